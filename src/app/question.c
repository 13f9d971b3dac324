/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions are problems with rows left out. A rule that may be broken so often has no row of its own: it is
 * given a price, and a bound on what all such rules cost together says that their caps cannot all be kept.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "question.h"

#define SUB_SECONDS 20.0 /* of one solve, unless told */
#define ROUNDS 6         /* prices tried until caps are kept, or shown not to be */
#define STRICT 1000      /* price of what may not be broken at all, beside what may */

/* ---- causes ----------------------------------------------------------------------------------------- */

static bool binds(const struct tb_wish *w)
{
    return w->must && (w->type == TB_WISH_CANNOT || w->type == TB_WISH_ONLY || w->type == TB_WISH_COUNT);
}

static bool cause_is(const struct asking *a, const struct tb_cause *c, enum tb_cause_kind kind, int row)
{
    if (c->kind != kind) return false;
    if (c->row == row) return true;
    if (kind != TB_CAUSE_WISH) return false;
    const struct tb_wish *x = &a->p->region->wishes[c->row], *y = &a->p->region->wishes[row];
    return x->type == TB_WISH_ONLY && y->type == TB_WISH_ONLY && y->must && x->provider == y->provider &&
           x->survey == y->survey;
}

static int cause_of(const struct asking *a, enum tb_cause_kind kind, int row)
{
    for (int i = 0; i < a->n; i++)
        if (cause_is(a, &a->all[i], kind, row)) return i;
    return -1;
}

static bool in_pool(const struct tb_problem *p, int provider)
{
    for (int m = 0; m < p->region->n_members; m++)
        if (p->region->members[m].provider == provider)
            for (int d = 0; d < p->n_duties; d++)
                if (p->duties[d] == p->region->members[m].duty) return true;
    return false;
}

static void add(struct asking *a, size_t *cap, enum tb_cause_kind kind, int row)
{
    if (cause_of(a, kind, row) >= 0) return;
    size_t n = (size_t)a->n;
    *TB_PUSH(a->all, n, *cap) = (struct tb_cause){kind, row, false};
    a->n = (int)n;
}

/* Granted wishes lower the cost; they are no breach. */
static bool grants(const struct tb_problem *p, int rule)
{
    struct tb_arena arena = {0};
    struct tb_rule_args args;
    TB_ASSERT(tb_rule_parse(p->region, &p->region->rules[rule], &arena, &args, NULL) == TB_OK);
    tb_arena_free(&arena);
    return args.wish == TB_WISH_LIKE; /* no other type has wishes */
}

/* The most that a hard rule asks for between two places. */
static int hours_of_rest(const struct tb_region *r)
{
    int most = 0;
    struct tb_arena arena = {0};
    for (int i = 0; i < r->n_rules; i++) {
        struct tb_rule_args a;
        TB_ASSERT(tb_rule_parse(r, &r->rules[i], &arena, &a, NULL) == TB_OK);
        int rest = a.type == TB_RULE_REST_HOURS    ? a.hours
                   : a.type == TB_RULE_LABOUR_REST ? a.night_rest + a.night_span
                                                   : 0;
        if (tb_rule_hard(&r->rules[i]) && rest > most) most = rest;
    }
    tb_arena_free(&arena);
    return most;
}

/* Everything that might keep somebody out. Whatever does not reach the period is no cause and stays in force.
 */
static void gather(struct asking *a)
{
    const struct tb_problem *p = a->p;
    const struct tb_region *r = p->region;
    size_t cap = 0;
    tb_day last = p->to + 2, rest = hours_of_rest(r) / 24 + 1; /* a night of the last day ends after it */
    for (int i = 0; i < r->n_wishes; i++)
        if (binds(&r->wishes[i]) && r->surveys[r->wishes[i].survey].from <= p->to &&
            r->surveys[r->wishes[i].survey].to >= p->from && in_pool(p, r->wishes[i].provider)) {
            const struct tb_wish *w = &r->wishes[i];
            tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
            if (w->type != TB_WISH_CANNOT || (w->from <= last && to >= p->from))
                add(a, &cap, TB_CAUSE_WISH, i);
        }
    for (int i = 0; i < r->n_exemptions; i++)
        if (r->exemptions[i].from <= last && r->exemptions[i].to >= p->from &&
            in_pool(p, r->exemptions[i].provider))
            add(a, &cap, TB_CAUSE_EXEMPTION, i);
    for (int i = 0; i < r->n_externals; i++)
        if (tb_day_of_minute(r->externals[i].from) <= last + rest &&
            tb_day_of_minute(r->externals[i].to) >= p->from - 1 - rest)
            add(a, &cap, TB_CAUSE_EXTERNAL, i);
    bool consulting = false;
    for (int i = 0; i < r->n_rules; i++)
        consulting |= tb_rule_hard(&r->rules[i]) && tb_rule_has(&r->rules[i], TB_RULE_CONSULTS);
    for (int i = 0; consulting && i < r->n_hours; i++) add(a, &cap, TB_CAUSE_HOURS, i);
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].action != TB_PIN_KEEP && !a->pin_gone[i]) add(a, &cap, TB_CAUSE_PIN, i);
    for (int i = 0; i < p->n_bound; i++) add(a, &cap, TB_CAUSE_BOUND, i);
    for (int i = 0; i < r->n_rules; i++)
        if (tb_rule_hard(&r->rules[i])) add(a, &cap, TB_CAUSE_RULE, i);
    a->n_hard = a->n;
    for (int i = 0; i < r->n_rules; i++)
        if (a->rule[i].stand == STAND_CAPPED) add(a, &cap, TB_CAUSE_RULE, i);
}

/* ---- a problem with causes left out --------------------------------------------------------------- */

struct edited {
    struct tb_problem p;
    struct tb_region r;
    int *rule_of;
};

static bool kept(const struct asking *a, const bool *keep, int i) { return keep[i] || a->fixed[i]; }

static bool left_out(const struct asking *a, const bool *keep, enum tb_cause_kind kind, int row)
{
    int i = cause_of(a, kind, row);
    return i >= 0 && (a->barred[i] || !kept(a, keep, i));
}

static int by_slot(const void *p, const void *q)
{
    const struct tb_pinned *x = p, *y = q;
    if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
    return (x->provider > y->provider) - (x->provider < y->provider);
}

static void edit_pins(const struct asking *a, const bool *keep, bool priced, struct edited *x)
{
    const struct tb_problem *p = a->p;
    x->p.pins = tb_xcalloc((size_t)p->n_pins + (size_t)a->n_bars + 1, sizeof *x->p.pins);
    x->p.n_pins = 0;
    for (int i = 0; i < p->n_pins; i++)
        if (a->need[p->pins[i].slot] > 0 && !a->pin_gone[i] && (priced || p->pins[i].action != TB_PIN_KEEP) &&
            !left_out(a, keep, TB_CAUSE_PIN, i))
            x->p.pins[x->p.n_pins++] = p->pins[i];
    for (int i = 0; i < a->n_bars; i++)
        if (a->need[a->bars[i].slot] > 0 && kept(a, keep, a->bar_of[i]))
            x->p.pins[x->p.n_pins++] = a->bars[i];
    if (x->p.n_pins) qsort(x->p.pins, (size_t)x->p.n_pins, sizeof *x->p.pins, by_slot);
}

/* Seats that need not be filled are not planned at all. */
static struct tb_slot *needed_slots(const struct asking *a)
{
    const struct tb_problem *p = a->p;
    struct tb_slot *v = tb_xcalloc((size_t)p->n_slots + 1, sizeof *v);
    for (int s = 0; s < p->n_slots; s++) {
        v[s] = p->slots[s];
        v[s].planned = v[s].planned && a->need[s] > 0;
        if (v[s].planned) v[s].need = a->need[s];
    }
    return v;
}

#define COPY_ROWS(plural, kind) \
    x->r.plural = tb_xcalloc((size_t)r->n_##plural + 1, sizeof *x->r.plural); \
    x->r.n_##plural = 0; \
    for (int i = 0; i < r->n_##plural; i++) \
        if (!left_out(a, keep, kind, i)) x->r.plural[x->r.n_##plural++] = r->plural[i]

/* `prices`: of the capped rules. `priced`: what things cost stays in; otherwise an open seat costs `open`,
 * capped rules their price, and nothing else costs anything. */
static void edit(const struct asking *a, const bool *keep, const int64_t *prices, bool priced, int64_t open,
                 struct edited *x)
{
    const struct tb_problem *p = a->p;
    const struct tb_region *r = p->region;
    x->r = *r;
    x->p = *p;
    x->p.region = &x->r;
    x->r.wishes = tb_xcalloc((size_t)r->n_wishes + 1, sizeof *x->r.wishes);
    x->r.n_wishes = 0;
    for (int i = 0; i < r->n_wishes; i++) {
        if (left_out(a, keep, TB_CAUSE_WISH, i)) continue;
        x->r.wishes[x->r.n_wishes] = r->wishes[i];
        if (a->at_most[i] >= 0) x->r.wishes[x->r.n_wishes].count = a->at_most[i];
        x->r.n_wishes++;
    }
    COPY_ROWS(exemptions, TB_CAUSE_EXEMPTION);
    COPY_ROWS(externals, TB_CAUSE_EXTERNAL);
    COPY_ROWS(hours, TB_CAUSE_HOURS);
    x->r.rules = tb_xcalloc((size_t)r->n_rules + 1, sizeof *x->r.rules);
    x->rule_of = tb_xcalloc((size_t)r->n_rules + 1, sizeof *x->rule_of);
    x->r.n_rules = 0;
    for (int i = 0; i < r->n_rules; i++) {
        bool real = priced && !tb_rule_hard(&r->rules[i]); /* costs what it costs, in force or not */
        if (a->rule[i].stand == STAND_FREE ? !priced : !real && left_out(a, keep, TB_CAUSE_RULE, i)) continue;
        struct tb_rule *row = &x->r.rules[x->r.n_rules];
        x->rule_of[x->r.n_rules++] = i;
        *row = r->rules[i];
        if (a->rule[i].stand == STAND_CAPPED) row->price = (int)((real ? row->price : 0) + prices[i]);
    }
    x->p.slots = needed_slots(a);
    x->p.bound = tb_xcalloc((size_t)p->n_bound + 1, sizeof *x->p.bound);
    x->p.n_bound = 0;
    for (int i = 0; i < p->n_bound; i++)
        if (!left_out(a, keep, TB_CAUSE_BOUND, i)) x->p.bound[x->p.n_bound++] = p->bound[i];
    edit_pins(a, keep, priced, x);
    x->p.open_price = open;
    if (!priced) x->p.n_counters = 0;
}

static void edited_free(struct edited *x)
{
    free(x->r.wishes);
    free(x->r.exemptions);
    free(x->r.externals);
    free(x->r.hours);
    free(x->r.rules);
    free(x->rule_of);
    free(x->p.slots);
    free(x->p.bound);
    free(x->p.pins);
}

/* ---- one solve ---------------------------------------------------------------------------------------- */

struct outcome {
    bool limited, none; /* a limit was hit before any roster; proven that there is none */
    bool optimal;
    int open;
    int64_t bound;
    int64_t *excess; /* per rule row of the region */
    struct tb_roster roster;
};

static void excess_of(const struct edited *x, const struct tb_verdict *v, int64_t *excess)
{
    for (int i = 0; i < v->n_violations; i++)
        if (v->violations[i].rule_row >= 0)
            excess[x->rule_of[v->violations[i].rule_row]] += v->violations[i].excess;
}

static void solve(struct asking *a, const struct edited *x, struct outcome *y)
{
    struct tb_plan_result result;
    struct tb_plan_opts o = a->o ? *a->o : (struct tb_plan_opts){0};
    *y = (struct outcome){.limited = true,
                          .excess = tb_xcalloc((size_t)a->p->region->n_rules + 1, sizeof *y->excess)};
    if (a->failed) return;
    if (o.seconds <= 0) o.seconds = SUB_SECONDS;
    a->solves++;
    enum tb_code c = tb_plan_run(&x->p, &o, &result, a->e);
    if (c == TB_OK) app_sober(&x->p, &result);
    if (c == TB_LIMIT) {
        *a->e = (struct tb_err){0};
    } else if (c) {
        a->failed = c;
    } else if (result.status == TB_PLAN_NONE) {
        y->none = result.stopped_by == TB_STOP_PROOF;
        y->limited = !y->none;
    } else {
        struct tb_verdict *v;
        tb_check(&x->p, &result.roster, &v);
        y->limited = false;
        y->optimal = result.status == TB_PLAN_OPTIMAL;
        y->open = v->open_seats;
        y->bound = result.bound;
        excess_of(x, v, y->excess);
        y->roster = result.roster;
        result.roster = (struct tb_roster){0};
        tb_verdict_free(v);
    }
    tb_plan_result_free(&result);
}

static void outcome_free(struct outcome *y)
{
    tb_roster_free(&y->roster);
    free(y->excess);
}

static bool in_force(const struct asking *a, const bool *keep, int rule)
{
    return a->rule[rule].stand == STAND_CAPPED && !left_out(a, keep, TB_CAUSE_RULE, rule);
}

/* Capped even when prices stay what they are: what is asked about, and hard rules. */
static bool measured(const struct asking *a, const bool *keep, int rule)
{
    return in_force(a, keep, rule) && (rule == a->target || tb_rule_hard(&a->p->region->rules[rule]));
}

/* Raises the price of what is broken more than it may be. True: nothing is. */
static bool caps_kept(const struct asking *a, const bool *keep, const struct outcome *y, int64_t *prices)
{
    bool all = true;
    for (int i = 0; i < a->p->region->n_rules; i++) {
        if (!in_force(a, keep, i) || y->excess[i] <= a->rule[i].cap) continue;
        prices[i] *= 3;
        all = false;
    }
    return all;
}

enum answer app_ask(struct asking *a, const bool *keep)
{
    int n = a->p->region->n_rules;
    int64_t *prices = tb_xcalloc((size_t)n + 1, sizeof *prices);
    bool some = false; /* may be broken, but not more */
    for (int i = 0; i < n; i++) some |= in_force(a, keep, i) && a->rule[i].cap > 0;
    for (int i = 0; i < n; i++)
        prices[i] = !in_force(a, keep, i) ? 0 : some && a->rule[i].cap == 0 ? STRICT : 1;
    enum answer answer = UNKNOWN;
    for (int round = 0; round < ROUNDS && answer == UNKNOWN && !a->failed; round++) {
        struct edited x;
        struct outcome y;
        int64_t allowed = 0;
        for (int i = 0; i < n; i++) allowed += prices[i] * (in_force(a, keep, i) ? a->rule[i].cap : 0);
        edit(a, keep, prices, false, allowed + 1, &x);
        solve(a, &x, &y);
        bool limited = y.limited || (!y.none && !y.optimal);
        if (!y.none && !y.limited && y.open == 0 && caps_kept(a, keep, &y, prices))
            answer = POSSIBLE;
        else if (y.none || (!y.limited && y.bound > allowed))
            answer = IMPOSSIBLE; /* who keeps every cap and opens nothing costs at most what is allowed */
        outcome_free(&y);
        edited_free(&x);
        if (limited) break;
    }
    free(prices);
    return a->failed ? UNKNOWN : answer;
}

enum answer app_ask_best(struct asking *a, const bool *keep, struct tb_roster *roster, bool *proven)
{
    int n = a->p->region->n_rules, capped = 0;
    int64_t *prices = tb_xcalloc((size_t)n + 1, sizeof *prices);
    enum answer answer = UNKNOWN;
    for (int i = 0; i < n; i++) capped += measured(a, keep, i);
    /* First as if the caps were not there: when they are kept all the same nothing is cheaper. Then dearer
     * than anything else: nothing that keeps the caps is cheaper when they are just reached. */
    for (int round = 0; round < (capped ? 2 : 1) && answer == UNKNOWN && !a->failed; round++) {
        struct edited x;
        struct outcome y;
        bool within = true, reached = true;
        for (int i = 0; i < n && round; i++) prices[i] = measured(a, keep, i) ? a->p->open_price : 0;
        edit(a, keep, prices, true, a->p->open_price * (1 + (round ? 20 * capped : 0)), &x);
        solve(a, &x, &y);
        for (int i = 0; i < n && !y.none && !y.limited; i++) {
            if (!measured(a, keep, i)) continue;
            within = within && y.excess[i] <= a->rule[i].cap;
            reached = reached && y.excess[i] == a->rule[i].cap;
        }
        if (!y.none && !y.limited && y.open == 0 && within) {
            answer = POSSIBLE;
            *proven = y.optimal && (!round || reached);
            *roster = y.roster;
            y.roster = (struct tb_roster){0};
        } else if (y.none || (!y.limited && y.optimal && y.open > 0)) {
            answer = IMPOSSIBLE;
        }
        outcome_free(&y);
        edited_free(&x);
    }
    free(prices);
    return a->failed ? UNKNOWN : answer;
}

/* ---- what the roster breaks ------------------------------------------------------------------------- */

static bool same_breach(const struct tb_violation *x, const struct tb_violation *y)
{
    return y && strcmp(x->rule, y->rule) == 0 && x->provider == y->provider && x->area == y->area &&
           x->slots[0] == y->slots[0] && x->slots[1] == y->slots[1] && x->from == y->from && x->to == y->to;
}

/* Breaches of one seat by itself stand for a row that keeps somebody out. False: it is none of these. */
static bool of_one_seat(const struct tb_problem *p, const struct tb_violation *v, enum tb_cause_kind *kind)
{
    static const struct {
        const char *id;
        enum tb_cause_kind kind;
    } some[] = {{"exempt", TB_CAUSE_EXEMPTION},
                {"wish.cannot", TB_CAUSE_WISH},
                {"wish.only", TB_CAUSE_WISH},
                {"external", TB_CAUSE_EXTERNAL}};
    if (v->rule_row >= 0) {
        const struct tb_rule *rule = &p->region->rules[v->rule_row];
        *kind = TB_CAUSE_RULE;
        /* the others look at more than the seat: they are counted */
        return tb_rule_hard(rule) && tb_rule_has(rule, TB_RULE_CONSULTS);
    }
    for (size_t i = 0; i < TB_COUNT(some); i++)
        if (strcmp(some[i].id, v->rule) == 0) {
            *kind = some[i].kind;
            return true;
        }
    return false;
}

static bool is(const struct tb_violation *v, const char *id)
{
    return v->rule_row < 0 && strcmp(v->rule, id) == 0;
}

static enum tb_code refuse(const struct tb_problem *p, const struct tb_violation *v, struct tb_err *e)
{
    struct tb_buf text = {0};
    tb_violation_text(p, v, &text);
    enum tb_code c = tb_fail(
        e, TB_REFUSED,
        tb_t("この当番表には当番として成り立たない行があるので、理由は問えません。先に直します: %s",
             "this roster holds what can be no duty, so nothing can be asked of it; mend that first: %s"),
        tb_buf_str(&text));
    tb_buf_free(&text);
    return c;
}

static void more_wished(struct asking *a, const struct tb_violation *v)
{
    const struct tb_region *r = a->p->region;
    for (int w = 0; w < r->n_wishes; w++)
        if (r->wishes[w].type == TB_WISH_COUNT && r->wishes[w].must && r->wishes[w].provider == v->provider &&
            r->wishes[w].count == v->allowed && r->surveys[r->wishes[w].survey].from == v->from &&
            r->surveys[r->wishes[w].survey].to == v->to)
            a->at_most[w] = (int)v->measured;
}

static int pin_of(const struct asking *a, const struct tb_violation *v)
{
    for (int i = 0; i < a->p->n_pins; i++)
        if (a->p->pins[i].action == (is(v, "pin") ? TB_PIN_PIN : TB_PIN_FORBID) &&
            a->p->pins[i].slot == v->slots[0] && a->p->pins[i].provider == v->provider)
            return i;
    return -1;
}

static enum tb_code note_breaches(struct asking *a, const struct tb_verdict *now,
                                  const struct tb_violation *broken)
{
    static const char *const never[] = {"slot.exists", "member", "one.seat"};
    enum tb_cause_kind kind;
    for (int i = 0; i < now->n_hard; i++) {
        const struct tb_violation *v = &now->violations[i];
        bool target = same_breach(v, broken);
        for (size_t k = 0; k < TB_COUNT(never); k++)
            if (is(v, never[k])) return refuse(a->p, v, a->e);
        if (target && is(v, "seat.count")) return refuse(a->p, v, a->e);
        if (v->rule_row >= 0 && !of_one_seat(a->p, v, &kind)) a->rule[v->rule_row].stand = STAND_CAPPED;
        if (target) continue;
        if (is(v, "wish.count")) more_wished(a, v);
        if (is(v, "pin") || is(v, "forbid")) a->pin_gone[pin_of(a, v)] = true;
    }
    return TB_OK;
}

/* Caps are measured as prices are: with the broken hard rules made soft. */
static void measure(struct asking *a)
{
    const struct tb_region *r = a->p->region;
    struct tb_region soft = *r;
    struct tb_problem p = *a->p;
    struct tb_verdict *v;
    p.region = &soft;
    p.slots = needed_slots(a);
    soft.rules = tb_xcalloc((size_t)r->n_rules + 1, sizeof *soft.rules);
    for (int i = 0; i < r->n_rules; i++) {
        soft.rules[i] = r->rules[i];
        if (!tb_rule_hard(&r->rules[i])) a->rule[i].stand = grants(a->p, i) ? STAND_FREE : STAND_CAPPED;
        if (a->rule[i].stand == STAND_CAPPED && tb_rule_hard(&r->rules[i])) soft.rules[i].price = 1;
    }
    tb_check(&p, a->roster, &v);
    for (int i = 0; i < v->n_violations; i++) {
        int row = v->violations[i].rule_row;
        if (row >= 0 && a->rule[row].stand == STAND_CAPPED) a->rule[row].cap += v->violations[i].excess;
    }
    tb_verdict_free(v);
    free(soft.rules);
    free(p.slots);
    if (a->target < 0) return;
    struct standing *s = &a->rule[a->target];
    if (s->stand == STAND_CAPPED) {
        a->had = s->cap--;
        if (s->cap <= 0 && tb_rule_hard(&r->rules[a->target])) *s = (struct standing){STAND_HARD, 0};
    }
}

/* ---- rows that are broken in some seats --------------------------------------------------------------- */

static bool concerned(const struct asking *a, const struct tb_cause *c, int provider)
{
    if (c->kind == TB_CAUSE_RULE) return true;
    int his = tb_cause_provider(a->p, c);
    if (c->kind != TB_CAUSE_EXTERNAL) return his == provider;
    for (int k = 0; k < a->p->n_persons; k++)
        if (a->p->persons[k].of[his] == a->p->persons[k].of[provider]) return true;
    return false;
}

/* Who is kept out of which seats by this row (a rule: with the hours that it asks about): everybody is put
 * everywhere, and judged. */
static struct tb_verdict *everywhere(struct asking *a, int cause)
{
    const struct tb_problem *p = a->p;
    struct tb_roster all = {0};
    size_t n = 0, cap = 0;
    struct edited x;
    struct tb_verdict *v;
    bool *keep = tb_xcalloc((size_t)a->n + 1, sizeof *keep);
    int64_t *prices = tb_xcalloc((size_t)p->region->n_rules + 1, sizeof *prices);
    for (int i = 0; i < a->n; i++) keep[i] = i == cause || a->all[i].kind == TB_CAUSE_HOURS;
    edit(a, keep, prices, false, 1, &x);
    for (int s = 0; s < p->n_slots; s++)
        for (int k = 0; k < p->region->n_providers; k++)
            if (x.p.slots[s].planned && concerned(a, &a->all[cause], k) &&
                tb_member_on(p->region, p->slots[s].duty, k, p->slots[s].date) >= 0)
                *TB_PUSH(all.a, n, cap) = (struct tb_assignment){s, 0, k};
    all.n = (int)n;
    tb_check(&x.p, &all, &v);
    for (int i = 0; i < v->n_violations; i++)
        if (v->violations[i].rule_row >= 0) v->violations[i].rule_row = x.rule_of[v->violations[i].rule_row];
    tb_roster_free(&all);
    edited_free(&x);
    free(prices);
    free(keep);
    return v;
}

/* A row that the roster breaks goes on to hold in all seats where it is not broken. */
static void bar(struct asking *a, const struct tb_verdict *now, const struct tb_violation *broken, int cause)
{
    const struct tb_violation *mine = NULL;
    enum tb_cause_kind kind;
    for (int i = 0; i < now->n_hard; i++)
        if (of_one_seat(a->p, &now->violations[i], &kind) && kind == a->all[cause].kind &&
            (kind != TB_CAUSE_RULE || a->all[cause].row == now->violations[i].rule_row) &&
            concerned(a, &a->all[cause], now->violations[i].provider))
            mine = &now->violations[i];
    if (!mine) return;
    struct tb_verdict *all = everywhere(a, cause);
    size_t first = (size_t)a->n_bars;
    bool broken_here = false;
    for (int i = 0; i < all->n_hard; i++) {
        const struct tb_violation *v = &all->violations[i];
        if (!of_one_seat(a->p, v, &kind) || kind != a->all[cause].kind) continue;
        bool excused = false;
        for (int k = 0; k < now->n_hard; k++) {
            const struct tb_violation *w = &now->violations[k];
            if (strcmp(v->rule, w->rule) != 0 || v->slots[0] != w->slots[0] || v->provider != w->provider)
                continue;
            if (same_breach(w, broken))
                a->fixed[cause] = true;
            else
                excused = true;
        }
        broken_here = broken_here || excused;
        if (excused) continue;
        a->bars = tb_xrealloc(a->bars, ((size_t)a->n_bars + 1) * sizeof *a->bars);
        a->bar_of = tb_xrealloc(a->bar_of, ((size_t)a->n_bars + 1) * sizeof *a->bar_of);
        a->bars[a->n_bars] = (struct tb_pinned){v->slots[0], v->provider, TB_PIN_FORBID};
        a->bar_of[a->n_bars++] = cause;
    }
    if (!broken_here) a->n_bars = (int)first;
    a->barred[cause] = broken_here;
    tb_verdict_free(all);
}

static void fix(struct asking *a, const struct tb_violation *broken)
{
    const struct tb_region *r = a->p->region;
    int cause = -1;
    if (a->target >= 0) cause = cause_of(a, TB_CAUSE_RULE, a->target);
    if (is(broken, "pin") || is(broken, "forbid")) cause = cause_of(a, TB_CAUSE_PIN, pin_of(a, broken));
    for (int w = 0; w < r->n_wishes && is(broken, "wish.count"); w++)
        if (r->wishes[w].type == TB_WISH_COUNT && r->wishes[w].must &&
            r->wishes[w].provider == broken->provider && r->wishes[w].count == broken->allowed)
            cause = cause_of(a, TB_CAUSE_WISH, w);
    if (cause >= 0) a->fixed[cause] = true;
}

enum tb_code app_ask_begin(struct asking *a, const struct tb_problem *p, const struct tb_roster *roster,
                           int slot, const struct tb_violation *broken, const struct tb_plan_opts *o,
                           struct tb_err *e)
{
    const struct tb_region *r = p->region;
    enum tb_cause_kind kind;
    *a = (struct asking){.p = p, .roster = roster, .o = o, .e = e, .target = -1};
    a->need = tb_xcalloc((size_t)p->n_slots + 1, sizeof *a->need);
    a->rule = tb_xcalloc((size_t)r->n_rules + 1, sizeof *a->rule);
    a->at_most = tb_xcalloc((size_t)r->n_wishes + 1, sizeof *a->at_most);
    a->pin_gone = tb_xcalloc((size_t)p->n_pins + 1, sizeof *a->pin_gone);
    for (int i = 0; i < r->n_wishes; i++) a->at_most[i] = -1;
    if (broken && broken->rule_row >= 0 && !of_one_seat(p, broken, &kind)) a->target = broken->rule_row;
    struct tb_verdict *now;
    tb_check(p, roster, &now);
    enum tb_code c = note_breaches(a, now, broken);
    if (c == TB_OK) {
        for (int i = 0; i < roster->n; i++)
            if (a->need[roster->a[i].slot] < p->slots[roster->a[i].slot].need) a->need[roster->a[i].slot]++;
        if (slot >= 0) a->need[slot]++;
        if (broken && is(broken, "pin") && !a->need[broken->slots[0]]) a->need[broken->slots[0]] = 1;
        measure(a);
        gather(a);
        a->fixed = tb_xcalloc((size_t)a->n + 1, sizeof *a->fixed);
        a->barred = tb_xcalloc((size_t)a->n + 1, sizeof *a->barred);
        for (int i = 0; i < a->n_hard && now->n_hard; i++) bar(a, now, broken, i);
        if (broken) fix(a, broken);
    }
    tb_verdict_free(now);
    return c;
}

void app_ask_end(struct asking *a)
{
    free(a->need);
    free(a->all);
    free(a->fixed);
    free(a->barred);
    free(a->bars);
    free(a->bar_of);
    free(a->rule);
    free(a->at_most);
    free(a->pin_gone);
    *a = (struct asking){0};
}
