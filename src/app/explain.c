/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a seat stays open. Causes are rows that can be left out of the problem; leaving one out never makes anything impossible that was
 * possible, so a set of causes that cannot be together, and can without any one member, is a smallest one.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/explain.h"

#define MAX_REPAIRS 3
#define MAX_CORES 6      /* sets looked at while repairs of two causes are sought */
#define SUB_SECONDS 20.0 /* of one solve, unless told */

/* ---- a problem with causes left out --------------------------------------------------------------- */

struct asking {
    const struct tb_problem *p;
    const struct tb_roster *roster;
    const struct tb_plan_opts *o;
    int slot;
    int *need;                    /* seats that must be filled, per slot */
    struct tb_cause *all; int n;
    int solves;
    struct tb_err *e;
    enum tb_code failed;
};

struct edited { struct tb_problem p; struct tb_region r; };

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
    return x->type == TB_WISH_ONLY && y->type == TB_WISH_ONLY && y->must && x->provider == y->provider && x->survey == y->survey;
}

static bool left_out(const struct asking *a, const bool *keep, enum tb_cause_kind kind, int row)
{
    for (int i = 0; i < a->n; i++)
        if (cause_is(a, &a->all[i], kind, row)) return !keep[i];
    return false;
}

#define COPY_ROWS(plural, kind, drop) \
    x->r.plural = tb_xcalloc((size_t)r->n_##plural + 1, sizeof *x->r.plural); \
    x->r.n_##plural = 0; \
    for (int i = 0; i < r->n_##plural; i++) \
        if (!(drop) && !left_out(a, keep, kind, i)) x->r.plural[x->r.n_##plural++] = r->plural[i]

/* `priced`: what things cost stays in; otherwise an open seat costs 1 and nothing else costs anything. */
static void edit(const struct asking *a, const bool *keep, bool priced, struct edited *x)
{
    const struct tb_problem *p = a->p;
    const struct tb_region *r = p->region;
    x->r = *r;
    x->p = *p;
    x->p.region = &x->r;
    COPY_ROWS(wishes, TB_CAUSE_WISH, !priced && !binds(&r->wishes[i]) && r->wishes[i].type != TB_WISH_ONLY); /* an "only" opens days, must or not */
    COPY_ROWS(exemptions, TB_CAUSE_EXEMPTION, false);
    COPY_ROWS(externals, TB_CAUSE_EXTERNAL, false);
    COPY_ROWS(hours, TB_CAUSE_HOURS, false);
    COPY_ROWS(rules, TB_CAUSE_RULE, !priced && !tb_rule_hard(&r->rules[i]));
    x->p.slots = tb_xcalloc((size_t)p->n_slots + 1, sizeof *x->p.slots);
    memcpy(x->p.slots, p->slots, (size_t)p->n_slots * sizeof *p->slots);
    for (int s = 0; s < p->n_slots; s++) {
        if (!p->slots[s].planned) continue;
        x->p.slots[s].planned = a->need[s] > 0;
        if (a->need[s] > 0) x->p.slots[s].need = a->need[s];
    }
    x->p.bound = tb_xcalloc((size_t)p->n_bound + 1, sizeof *x->p.bound);
    x->p.n_bound = 0;
    for (int i = 0; i < p->n_bound; i++)
        if (!left_out(a, keep, TB_CAUSE_BOUND, i)) x->p.bound[x->p.n_bound++] = p->bound[i];
    x->p.pins = tb_xcalloc((size_t)p->n_pins + 1, sizeof *x->p.pins);
    x->p.n_pins = 0;
    for (int i = 0; i < p->n_pins; i++)
        if (a->need[p->pins[i].slot] > 0 && (priced || p->pins[i].action != TB_PIN_KEEP) && !left_out(a, keep, TB_CAUSE_PIN, i)) x->p.pins[x->p.n_pins++] = p->pins[i];
    if (priced) return;
    x->p.n_counters = 0;
    x->p.open_price = 1;
}

static void edited_free(struct edited *x)
{
    free(x->r.wishes);
    free(x->r.exemptions);
    free(x->r.externals);
    free(x->r.hours);
    free(x->r.rules);
    free(x->p.slots);
    free(x->p.bound);
    free(x->p.pins);
}

/* ---- one question ---------------------------------------------------------------------------------- */

enum answer { POSSIBLE, IMPOSSIBLE, UNKNOWN };

/* Is there a roster that fills every needed seat, with only these causes in force? A yes is a roster that check finds nothing against; a no is
 * the planner's proof. With `priced` it is the best roster, returned in *r; *proven says that it is. */
static enum answer ask(struct asking *a, const bool *keep, bool priced, struct tb_roster *roster, bool *proven)
{
    struct edited x;
    struct tb_plan_result result;
    struct tb_plan_opts o = a->o ? *a->o : (struct tb_plan_opts){0};
    if (a->failed) return UNKNOWN;
    if (o.seconds <= 0) o.seconds = SUB_SECONDS;
    edit(a, keep, priced, &x);
    a->solves++;
    enum tb_code c = tb_plan_run(&x.p, &o, &result, a->e);
    enum answer answer = UNKNOWN;
    if (c == TB_LIMIT) {
        *a->e = (struct tb_err){0};
    } else if (c) {
        a->failed = c;
    } else if (result.status == TB_PLAN_NONE) {
        answer = result.stopped_by == TB_STOP_PROOF ? IMPOSSIBLE : UNKNOWN;
    } else {
        struct tb_verdict *v;
        tb_check(&x.p, &result.roster, &v);
        if (v->n_hard)
            a->failed = tb_fail(a->e, TB_INTERNAL, tb_t("計画と点検が食い違います（%s）", "planner and check disagree (%s)"), v->violations[0].rule);
        else if (v->open_seats == 0)
            answer = POSSIBLE;
        else if (priced ? result.status == TB_PLAN_OPTIMAL : result.bound > 0)
            answer = IMPOSSIBLE;
        tb_verdict_free(v);
        if (roster && answer == POSSIBLE) {
            *roster = result.roster;
            result.roster = (struct tb_roster){0};
            *proven = result.status == TB_PLAN_OPTIMAL;
        }
    }
    tb_plan_result_free(&result);
    edited_free(&x);
    return answer;
}

/* ---- causes ----------------------------------------------------------------------------------------- */

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
    for (int i = 0; i < a->n; i++)
        if (cause_is(a, &a->all[i], kind, row)) return;
    size_t n = (size_t)a->n;
    *TB_PUSH(a->all, n, *cap) = (struct tb_cause){kind, row, false};
    a->n = (int)n;
}

/* Everything that might keep somebody out. Whatever does not reach the period is no cause and stays in force. */
static void gather(struct asking *a)
{
    const struct tb_problem *p = a->p;
    const struct tb_region *r = p->region;
    size_t cap = 0;
    for (int i = 0; i < r->n_wishes; i++)
        if (binds(&r->wishes[i]) && r->surveys[r->wishes[i].survey].from <= p->to && r->surveys[r->wishes[i].survey].to >= p->from && in_pool(p, r->wishes[i].provider)) {
            const struct tb_wish *w = &r->wishes[i];
            tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
            if (w->type != TB_WISH_CANNOT || (w->from <= p->to && to >= p->from)) add(a, &cap, TB_CAUSE_WISH, i);
        }
    for (int i = 0; i < r->n_exemptions; i++)
        if (r->exemptions[i].from <= p->to && r->exemptions[i].to >= p->from && in_pool(p, r->exemptions[i].provider)) add(a, &cap, TB_CAUSE_EXEMPTION, i);
    for (int i = 0; i < r->n_externals; i++)
        if (tb_day_of_minute(r->externals[i].from) <= p->to + 2 && tb_day_of_minute(r->externals[i].to) >= p->from - 1) add(a, &cap, TB_CAUSE_EXTERNAL, i);
    bool consulting = false;
    for (int i = 0; i < r->n_rules; i++) consulting |= tb_rule_hard(&r->rules[i]) && strcmp(r->rules[i].type, "consulting.hours") == 0;
    for (int i = 0; consulting && i < r->n_hours; i++) add(a, &cap, TB_CAUSE_HOURS, i);
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].action != TB_PIN_KEEP) add(a, &cap, TB_CAUSE_PIN, i);
    for (int i = 0; i < p->n_bound; i++) add(a, &cap, TB_CAUSE_BOUND, i);
    for (int i = 0; i < r->n_rules; i++)
        if (tb_rule_hard(&r->rules[i])) add(a, &cap, TB_CAUSE_RULE, i);
}

int tb_cause_provider(const struct tb_problem *p, const struct tb_cause *c)
{
    const struct tb_region *r = p->region;
    if (c->kind == TB_CAUSE_WISH) return r->wishes[c->row].provider;
    if (c->kind == TB_CAUSE_EXEMPTION) return r->exemptions[c->row].provider;
    if (c->kind == TB_CAUSE_EXTERNAL) return r->externals[c->row].provider;
    if (c->kind == TB_CAUSE_HOURS) return r->hours[c->row].provider;
    if (c->kind == TB_CAUSE_PIN) return p->pins[c->row].provider;
    return c->kind == TB_CAUSE_BOUND ? p->bound[c->row].provider : -1;
}

/* Days from the seat to the nearest day that the cause speaks of; rules are everywhere. */
static int64_t distance(const struct tb_problem *p, const struct tb_cause *c, tb_day at)
{
    const struct tb_region *r = p->region;
    tb_day from = at, to = at;
    if (c->kind == TB_CAUSE_WISH && r->wishes[c->row].type == TB_WISH_CANNOT) {
        from = r->wishes[c->row].from;
        to = r->wishes[c->row].to == TB_DAY_NONE ? from : r->wishes[c->row].to;
    } else if (c->kind == TB_CAUSE_EXEMPTION) {
        from = r->exemptions[c->row].from;
        to = r->exemptions[c->row].to;
    } else if (c->kind == TB_CAUSE_EXTERNAL) {
        from = tb_day_of_minute(r->externals[c->row].from);
        to = tb_day_of_minute(r->externals[c->row].to);
    } else if (c->kind == TB_CAUSE_PIN || c->kind == TB_CAUSE_BOUND) {
        from = to = p->slots[c->kind == TB_CAUSE_PIN ? p->pins[c->row].slot : p->bound[c->row].slot].date;
    }
    return at < from ? from - at : at > to ? at - to : 0;
}

/* ---- the smallest set ---------------------------------------------------------------------------------- */

static bool impossible(struct asking *a, const bool *keep) { return ask(a, keep, false, NULL, NULL) == IMPOSSIBLE; }

/* Junker's QuickXplain over v[0..n): sets keep[] so that, with what is kept already, it is impossible and (unless a limit was hit) nothing can be
 * spared. `grown`: something was added to keep[] since it was last asked. */
static void narrow(struct asking *a, const int *v, int n, bool grown, bool *keep)
{
    if (grown && impossible(a, keep)) return;
    if (n == 1) {
        keep[v[0]] = true;
        return;
    }
    int half = n / 2;
    bool *mine = tb_xcalloc((size_t)a->n + 1, sizeof *mine);
    /* the second half first, with the whole first half in force */
    memcpy(mine, keep, (size_t)a->n * sizeof *mine);
    for (int i = 0; i < half; i++) mine[v[i]] = true;
    narrow(a, v + half, n - half, half > 0, mine);
    bool more = false;
    for (int i = half; i < n; i++) {
        more |= mine[v[i]] && !keep[v[i]];
        keep[v[i]] = mine[v[i]];
    }
    narrow(a, v, half, more, keep);
    free(mine);
}

/* A smallest impossible set among the causes of `within` (known to be impossible together), nearest causes preferred. Every member is tried once more at the
 * end: without it, possible. keep[] holds the set, unknown[] the members for which a limit was hit. */
static void core(struct asking *a, const bool *within, bool *keep, bool *unknown)
{
    int *v = tb_xcalloc((size_t)a->n + 1, sizeof *v), n = 0;
    tb_day at = a->p->slots[a->slot].date;
    for (int i = 0; i < a->n; i++) unknown[i] = false;
    /* Far causes are usually to be spared all at once: rules and what lies within a week are asked about first. */
    for (int i = 0; i < a->n; i++) keep[i] = within[i] && distance(a->p, &a->all[i], at) <= 7;
    bool near = impossible(a, keep);
    for (int i = 0; i < a->n; i++)
        if (within[i] && (!near || keep[i])) v[n++] = i;
    for (int i = 0; i < a->n; i++) keep[i] = false;
    if (n) narrow(a, v, n, false, keep);
    for (int i = 0; i < a->n; i++) {
        if (!keep[i]) continue;
        keep[i] = false;
        enum answer without = ask(a, keep, false, NULL, NULL);
        if (without == IMPOSSIBLE) continue;
        keep[i] = true;
        unknown[i] = without == UNKNOWN;
    }
    free(v);
}

/* ---- repairs ---------------------------------------------------------------------------------------------- */

static int64_t filled_cost(const struct tb_problem *p, const struct tb_roster *r)
{
    struct tb_verdict *v;
    tb_check(p, r, &v);
    int64_t cost = v->objective - v->open_cost;
    tb_verdict_free(v);
    return cost;
}

static int seated(const struct tb_roster *r, int slot, int provider)
{
    for (int i = 0; i < r->n; i++)
        if (r->a[i].slot == slot && r->a[i].provider == provider) return 1;
    return 0;
}

static void try_repair(struct asking *a, const bool *gone, struct tb_explanation *out, size_t *cap)
{
    bool *keep = tb_xcalloc((size_t)a->n + 1, sizeof *keep);
    struct tb_repair x = {0};
    for (int i = 0; i < a->n; i++) keep[i] = !gone[i];
    if (ask(a, keep, true, &x.roster, &x.proven) == POSSIBLE) {
        size_t n = 0, c = 0;
        for (int i = 0; i < a->n; i++)
            if (gone[i]) *TB_PUSH(x.causes, n, c) = a->all[i];
        x.n = (int)n;
        tb_roster_normalise(a->p, &x.roster);
        x.cost = filled_cost(a->p, &x.roster) - filled_cost(a->p, a->roster);
        for (int i = 0; i < x.roster.n; i++) x.changes += !seated(a->roster, x.roster.a[i].slot, x.roster.a[i].provider);
        size_t k = (size_t)out->n_repairs;
        *TB_PUSH(out->repairs, k, *cap) = x;
        out->n_repairs = (int)k;
    }
    free(keep);
}

static int by_cost(const void *p, const void *q)
{
    const struct tb_repair *x = p, *y = q;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    return x->changes != y->changes ? (x->changes < y->changes ? -1 : 1) : 0;
}

static void repair_free(struct tb_repair *x)
{
    free(x->causes);
    tb_roster_free(&x->roster);
}

/* Whatever mends it breaks every impossible set, so it holds a member of the first one. One cause alone first; where no single one is enough, pairs:
 * a member with a member of a set that is impossible without it. */
static void repairs(struct asking *a, const bool *first, struct tb_explanation *out)
{
    size_t cap = 0;
    bool *gone = tb_xcalloc((size_t)a->n + 1, sizeof *gone), *within = tb_xcalloc((size_t)a->n + 1, sizeof *within);
    bool *second = tb_xcalloc((size_t)a->n + 1, sizeof *second), *unknown = tb_xcalloc((size_t)a->n + 1, sizeof *unknown);
    for (int i = 0; i < a->n; i++) {
        if (!first[i]) continue;
        gone[i] = true;
        try_repair(a, gone, out, &cap);
        gone[i] = false;
    }
    int cores = 0;
    for (int i = 0; i < a->n && out->n_repairs == 0 && cores < MAX_CORES; i++) {
        if (!first[i]) continue;
        cores++;
        for (int k = 0; k < a->n; k++) within[k] = k != i;
        if (!impossible(a, within)) continue;
        core(a, within, second, unknown);
        gone[i] = true;
        for (int k = 0; k < a->n; k++) {
            if (!second[k]) continue;
            gone[k] = true;
            try_repair(a, gone, out, &cap);
            gone[k] = false;
        }
        gone[i] = false;
    }
    if (out->n_repairs) qsort(out->repairs, (size_t)out->n_repairs, sizeof *out->repairs, by_cost);
    while (out->n_repairs > MAX_REPAIRS) repair_free(&out->repairs[--out->n_repairs]);
    free(gone);
    free(within);
    free(second);
    free(unknown);
}

/* ---- people -------------------------------------------------------------------------------------------------- */

static int by_ease(const void *p, const void *q)
{
    const struct tb_candidate *x = p, *y = q;
    if (x->n_hard != y->n_hard) return x->n_hard < y->n_hard ? -1 : 1;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    return (x->provider > y->provider) - (x->provider < y->provider);
}

static void candidates(const struct asking *a, struct tb_explanation *out)
{
    const struct tb_problem *p = a->p;
    const struct tb_slot *s = &p->slots[a->slot];
    struct tb_roster with = {tb_xcalloc((size_t)a->roster->n + 2, sizeof *with.a), a->roster->n + 1};
    struct tb_verdict *now, *v;
    size_t cap = 0, n = 0;
    if (a->roster->n) memcpy(with.a, a->roster->a, (size_t)a->roster->n * sizeof *with.a);
    tb_checker *checker = tb_checker_new(p);
    tb_checker_judge(checker, a->roster, &now);
    for (int who = 0; who < p->region->n_providers; who++) {
        if (tb_member_on(p->region, s->duty, who, s->date) < 0 || p->region->providers[who].kind != p->region->duties[s->duty].kind || seated(a->roster, a->slot, who)) continue;
        with.a[with.n - 1] = (struct tb_assignment){a->slot, 0, who};
        tb_checker_judge(checker, &with, &v);
        struct tb_candidate x = {.provider = who, .n_hard = v->n_hard, .cost = v->objective - v->open_cost - (now->objective - now->open_cost)};
        for (int i = 0; i < v->n_hard; i++) {
            tb_violation_text(p, &v->violations[i], &x.why);
            tb_buf_addc(&x.why, '\n');
        }
        tb_verdict_free(v);
        *TB_PUSH(out->candidates, n, cap) = x;
    }
    out->n_candidates = (int)n;
    if (n) qsort(out->candidates, n, sizeof *out->candidates, by_ease);
    tb_verdict_free(now);
    tb_checker_free(checker);
    free(with.a);
}

/* ---- together -------------------------------------------------------------------------------------------------- */

void tb_explanation_free(struct tb_explanation *x)
{
    for (int i = 0; i < x->n_repairs; i++) repair_free(&x->repairs[i]);
    for (int i = 0; i < x->n_candidates; i++) tb_buf_free(&x->candidates[i].why);
    free(x->repairs);
    free(x->candidates);
    free(x->causes);
    *x = (struct tb_explanation){0};
}

static enum tb_code refuse_broken(const struct tb_problem *p, const struct tb_roster *roster, struct tb_err *e)
{
    struct tb_verdict *v;
    enum tb_code c = TB_OK;
    tb_check(p, roster, &v);
    if (v->n_hard) {
        struct tb_buf text = {0};
        tb_violation_text(p, &v->violations[0], &text);
        c = tb_fail(e, TB_REFUSED, tb_t("この当番表は必須の条件に違反しているので、空席の理由は問えません。先に直します: %s", "this roster breaks a hard rule, so why a seat is open cannot be asked; mend that first: %s"), tb_buf_str(&text));
        tb_buf_free(&text);
    }
    tb_verdict_free(v);
    return c;
}

static void settle(struct asking *a, struct tb_explanation *out)
{
    bool *none = tb_xcalloc((size_t)a->n + 1, sizeof *none), *every = tb_xcalloc((size_t)a->n + 1, sizeof *every);
    bool *keep = tb_xcalloc((size_t)a->n + 1, sizeof *keep), *unknown = tb_xcalloc((size_t)a->n + 1, sizeof *unknown);
    for (int i = 0; i < a->n; i++) every[i] = true;
    enum answer with_all = ask(a, every, false, NULL, NULL);
    out->hole = with_all == POSSIBLE ? TB_HOLE_POSSIBLE : with_all == UNKNOWN ? TB_HOLE_UNKNOWN : TB_HOLE_CORE;
    if (out->hole == TB_HOLE_CORE) {
        enum answer with_none = ask(a, none, false, NULL, NULL);
        if (with_none == IMPOSSIBLE) out->hole = TB_HOLE_POOL;
        if (with_none == UNKNOWN) out->hole = TB_HOLE_UNKNOWN;
    }
    if (out->hole == TB_HOLE_CORE) {
        core(a, every, keep, unknown);
        size_t n = 0, cap = 0;
        for (int i = 0; i < a->n; i++)
            if (keep[i]) {
                *TB_PUSH(out->causes, n, cap) = a->all[i];
                out->causes[n - 1].unknown = unknown[i];
            }
        out->n_causes = (int)n;
        repairs(a, keep, out);
    }
    free(none);
    free(every);
    free(keep);
    free(unknown);
}

enum tb_code tb_explain(const struct tb_problem *p, const struct tb_roster *roster, int slot, const struct tb_plan_opts *o, struct tb_explanation *out, struct tb_err *e)
{
    *out = (struct tb_explanation){.slot = slot};
    struct asking a = {.p = p, .roster = roster, .o = o, .slot = slot, .e = e, .need = tb_xcalloc((size_t)p->n_slots + 1, sizeof *a.need)};
    enum tb_code c = refuse_broken(p, roster, e);
    for (int i = 0; i < roster->n; i++) a.need[roster->a[i].slot]++;
    if (c == TB_OK && (!p->slots[slot].planned || a.need[slot] >= p->slots[slot].need)) c = tb_fail(e, TB_REFUSED, tb_t("その席は空いていません", "that seat is not open"));
    if (c == TB_OK) {
        a.need[slot]++;
        gather(&a);
        candidates(&a, out);
        settle(&a, out);
        out->solves = a.solves;
        c = a.failed;
    }
    free(a.need);
    free(a.all);
    if (c) tb_explanation_free(out);
    return c;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

static const char *day(tb_day d, char *buf) { return tb_lang_get() == TB_JA ? tb_format_md_ja(d, buf, 64) : tb_format_date(d, buf, 64); }

static void add_span(tb_day from, tb_day to, struct tb_buf *out)
{
    char a[64], b[64];
    tb_buf_add(out, day(from, a));
    if (to != TB_DAY_NONE && to != from) tb_buf_addf(out, tb_t("から%s", " to %s"), day(to, b));
}

static void add_seat(const struct tb_problem *p, int slot, struct tb_buf *out)
{
    char a[64];
    const struct tb_slot *s = &p->slots[slot];
    tb_buf_addf(out, "%s %s %s%s", day(s->date, a), p->region->duties[s->duty].name, p->region->bands[s->band].name, s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "");
}

static void wish_text(const struct tb_region *r, const struct tb_wish *w, struct tb_buf *out)
{
    const char *name = r->providers[w->provider].name;
    if (w->type == TB_WISH_ONLY) {
        tb_buf_addf(out, tb_t("%s は出務可能日（必須）以外に出られない（%s）", "%s can serve only on the days he named (%s)"), name, r->surveys[w->survey].id);
    } else if (w->type == TB_WISH_COUNT) {
        tb_buf_addf(out, tb_t("%s は %d 回まで（必須の希望回数、%s）", "%s serves at most %d times (%s)"), name, w->count, r->surveys[w->survey].id);
    } else {
        tb_buf_addf(out, tb_t("%s は ", "%s cannot serve "), name);
        add_span(w->from, w->to, out);
        tb_buf_add(out, tb_t(" が出務不可日（必須）", ""));
    }
}

const char *tb_cause_word(const struct tb_problem *p, const struct tb_cause *c)
{
    static const char *const words[] = {[TB_CAUSE_WISH] = "wish", [TB_CAUSE_EXEMPTION] = "exemption", [TB_CAUSE_EXTERNAL] = "external", [TB_CAUSE_HOURS] = "hours",
                                        [TB_CAUSE_PIN] = "pin",   [TB_CAUSE_BOUND] = "bound",         [TB_CAUSE_RULE] = "rule"};
    return c->kind == TB_CAUSE_PIN && p->pins[c->row].action == TB_PIN_FORBID ? "forbid" : words[c->kind];
}

void tb_cause_text(const struct tb_problem *p, const struct tb_cause *c, struct tb_buf *out)
{
    const struct tb_region *r = p->region;
    char a[64], b[64];
    int provider = tb_cause_provider(p, c);
    const char *name = provider >= 0 ? r->providers[provider].name : "";
    switch (c->kind) {
    case TB_CAUSE_WISH: wish_text(r, &r->wishes[c->row], out); break;
    case TB_CAUSE_EXEMPTION:
        tb_buf_addf(out, tb_t("%s は ", "%s is exempt "), name);
        add_span(r->exemptions[c->row].from, r->exemptions[c->row].to, out);
        tb_buf_add(out, tb_t(" が免除・休み", ""));
        break;
    case TB_CAUSE_EXTERNAL:
        tb_buf_addf(out, tb_t("%s は %s から %s まで %s", "%s is taken from %s to %s: %s"), name, tb_format_instant(r->externals[c->row].from, a, sizeof a), tb_format_instant(r->externals[c->row].to, b, sizeof b), r->externals[c->row].what);
        break;
    case TB_CAUSE_HOURS:
        tb_buf_addf(out, tb_t("%s の診療時間 %s から %s", "consulting hours of %s, %s to %s"), name, tb_format_time(r->hours[c->row].from, a, sizeof a), tb_format_time(r->hours[c->row].to, b, sizeof b));
        break;
    case TB_CAUSE_PIN:
        add_seat(p, p->pins[c->row].slot, out);
        tb_buf_addf(out, p->pins[c->row].action == TB_PIN_PIN ? tb_t(" は %s に固定", " is fixed for %s") : tb_t(" は %s に禁止", " is forbidden to %s"), name);
        break;
    case TB_CAUSE_BOUND:
        tb_buf_addf(out, tb_t("%s は ", "%s has "), name);
        add_seat(p, p->bound[c->row].slot, out);
        tb_buf_add(out, tb_t(" に決まっている（公表済み）", " (published)"));
        break;
    case TB_CAUSE_RULE: tb_buf_addf(out, tb_t("必須の条件「%s」（%s）", "hard rule \"%s\" (%s)"), tb_rule_sentence(&r->rules[c->row]), r->rules[c->row].id); break;
    }
}
