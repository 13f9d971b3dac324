/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a seat stays open. Causes are rows that can be left out of the problem; leaving one out never makes
 * anything impossible that was possible, so a set of causes that cannot be together, and can without any one
 * member, is a smallest one.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "question.h"
#include "toban/app/hand.h"

#define MAX_REPAIRS 3
#define MAX_CORES 6 /* sets looked at while repairs of two causes are sought */

/* ---- causes ----------------------------------------------------------------------------------------- */

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

static bool impossible(struct asking *a, const bool *keep) { return app_ask(a, keep) == IMPOSSIBLE; }

/* Junker's QuickXplain over v[0..n): sets keep[] so that, with what is kept already, it is impossible and
 * (unless a limit was hit) nothing can be spared. `grown`: something was added to keep[] since it was last
 * asked. */
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

/* A smallest impossible set among the causes of `within` (known to be impossible together), nearest causes
 * preferred. Every member is tried once more at the end: without it, possible. keep[] holds the set,
 * unknown[] the members for which a limit was hit. */
static void core(struct asking *a, tb_day at, const bool *within, bool *keep, bool *unknown)
{
    int *v = tb_xcalloc((size_t)a->n + 1, sizeof *v), n = 0;
    for (int i = 0; i < a->n; i++) unknown[i] = false;
    /* Far causes are usually to be spared all at once: rules and what lies within a week are asked about
     * first. */
    for (int i = 0; i < a->n; i++) keep[i] = within[i] && distance(a->p, &a->all[i], at) <= 7;
    bool near = impossible(a, keep);
    for (int i = 0; i < a->n; i++)
        if (within[i] && !a->fixed[i] && (!near || keep[i])) v[n++] = i;
    for (int i = 0; i < a->n; i++) keep[i] = false;
    if (n) narrow(a, v, n, false, keep);
    for (int i = 0; i < a->n; i++) {
        if (!keep[i]) continue;
        keep[i] = false;
        enum answer without = app_ask(a, keep);
        if (without == IMPOSSIBLE) continue;
        keep[i] = true;
        unknown[i] = without == UNKNOWN;
    }
    free(v);
}

/* ---- repairs ----------------------------------------------------------------------------------------------
 */

/* Open seats apart, with these published seats given away. */
static int64_t filled_cost(const struct tb_problem *p, const struct tb_roster *r, const struct tb_cause *gone,
                           int n)
{
    struct tb_verdict *v;
    struct tb_problem without = *p;
    without.bound = tb_xcalloc((size_t)p->n_bound + 1, sizeof *without.bound);
    without.n_bound = 0;
    for (int i = 0; i < p->n_bound; i++) {
        bool given = false;
        for (int k = 0; k < n; k++) given |= gone[k].kind == TB_CAUSE_BOUND && gone[k].row == i;
        if (!given) without.bound[without.n_bound++] = p->bound[i];
    }
    tb_check(&without, r, &v);
    free(without.bound);
    int64_t cost = v->objective - v->open_cost;
    tb_verdict_free(v);
    return cost;
}

/* The best roster with these causes gone; none gone: it costs more, and that is all. */
static void try_repair(struct asking *a, const bool *gone, struct tb_explanation *out, size_t *cap)
{
    bool *keep = tb_xcalloc((size_t)a->n + 1, sizeof *keep);
    struct tb_repair x = {0};
    for (int i = 0; i < a->n; i++) keep[i] = !gone[i];
    if (app_ask_best(a, keep, &x.roster, &x.proven) == POSSIBLE) {
        size_t n = 0, c = 0;
        for (int i = 0; i < a->n; i++)
            if (gone[i]) *TB_PUSH(x.causes, n, c) = a->all[i];
        x.n = (int)n;
        tb_roster_normalise(a->p, &x.roster);
        x.cost = filled_cost(a->p, &x.roster, x.causes, x.n) - filled_cost(a->p, a->roster, NULL, 0);
        for (int i = 0; i < x.roster.n; i++)
            x.changes += tb_roster_find(a->roster, x.roster.a[i].slot, x.roster.a[i].provider) < 0;
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

/* Whatever mends it breaks every impossible set, so it holds a member of the first one. One cause alone
 * first; where no single one is enough, pairs: a member with a member of a set that is impossible without it.
 */
static void repairs(struct asking *a, tb_day at, const bool *first, struct tb_explanation *out)
{
    size_t cap = 0;
    bool *gone = tb_xcalloc((size_t)a->n + 1, sizeof *gone),
         *within = tb_xcalloc((size_t)a->n + 1, sizeof *within);
    bool *second = tb_xcalloc((size_t)a->n + 1, sizeof *second),
         *unknown = tb_xcalloc((size_t)a->n + 1, sizeof *unknown);
    bool soft = false;
    for (int i = a->n_hard; i < a->n; i++) soft |= first[i];
    if (soft) try_repair(a, gone, out, &cap); /* soft rules are bought out, not asked away */
    for (int i = 0; i < a->n_hard; i++) {
        if (!first[i]) continue;
        gone[i] = true;
        try_repair(a, gone, out, &cap);
        gone[i] = false;
    }
    int cores = 0;
    for (int i = 0; i < a->n_hard && out->n_repairs == 0 && cores < MAX_CORES; i++) {
        if (!first[i]) continue;
        cores++;
        for (int k = 0; k < a->n; k++) within[k] = k != i && k < a->n_hard;
        if (!impossible(a, within)) continue;
        core(a, at, within, second, unknown);
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

/* ---- people
 * -------------------------------------------------------------------------------------------------- */

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
    const struct tb_slot *s = &p->slots[out->slot];
    struct tb_roster with = {tb_xcalloc((size_t)a->roster->n + 2, sizeof *with.a), a->roster->n + 1};
    struct tb_verdict *now, *v;
    size_t cap = 0, n = 0;
    if (a->roster->n) memcpy(with.a, a->roster->a, (size_t)a->roster->n * sizeof *with.a);
    tb_checker *checker = tb_checker_new(p);
    tb_checker_judge(checker, a->roster, &now);
    for (int who = 0; who < p->region->n_providers; who++) {
        if (tb_member_on(p->region, s->duty, who, s->date) < 0 ||
            p->region->providers[who].kind != p->region->duties[s->duty].kind ||
            tb_roster_find(a->roster, out->slot, who) >= 0)
            continue;
        with.a[with.n - 1] = (struct tb_assignment){out->slot, 0, who};
        tb_checker_judge(checker, &with, &v);
        struct tb_candidate x = {.provider = who,
                                 .cost = v->objective - v->open_cost - (now->objective - now->open_cost)};
        for (int i = 0; i < v->n_hard; i++) {
            if (tb_violation_in(&v->violations[i], now)) continue;
            x.n_hard++;
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

/* ---- together
 * -------------------------------------------------------------------------------------------------- */

void tb_explanation_free(struct tb_explanation *x)
{
    for (int i = 0; i < x->n_repairs; i++) repair_free(&x->repairs[i]);
    for (int i = 0; i < x->n_candidates; i++) tb_buf_free(&x->candidates[i].why);
    free(x->repairs);
    free(x->candidates);
    free(x->causes);
    *x = (struct tb_explanation){0};
}

static void settle(struct asking *a, tb_day at, struct tb_explanation *out)
{
    bool *none = tb_xcalloc((size_t)a->n + 1, sizeof *none),
         *within = tb_xcalloc((size_t)a->n + 1, sizeof *within);
    bool *keep = tb_xcalloc((size_t)a->n + 1, sizeof *keep),
         *unknown = tb_xcalloc((size_t)a->n + 1, sizeof *unknown);
    size_t cap = 0;
    /* Soft rules stand in the way only where hard ones do not. */
    for (int i = 0; i < a->n_hard; i++) within[i] = true;
    enum answer with_all = app_ask(a, within);
    if (with_all == POSSIBLE && a->n > a->n_hard) {
        for (int i = a->n_hard; i < a->n; i++) within[i] = true;
        with_all = app_ask(a, within);
    }
    out->hole = with_all == POSSIBLE  ? TB_HOLE_POSSIBLE
                : with_all == UNKNOWN ? TB_HOLE_UNKNOWN
                                      : TB_HOLE_CORE;
    if (out->hole == TB_HOLE_CORE) {
        enum answer with_none = app_ask(a, none);
        if (with_none == IMPOSSIBLE) out->hole = TB_HOLE_POOL;
        if (with_none == UNKNOWN) out->hole = TB_HOLE_UNKNOWN;
    }
    if (out->hole == TB_HOLE_POSSIBLE) try_repair(a, none, out, &cap);
    if (out->hole == TB_HOLE_CORE) {
        core(a, at, within, keep, unknown);
        size_t n = 0, room = 0;
        for (int i = 0; i < a->n; i++)
            if (keep[i]) {
                *TB_PUSH(out->causes, n, room) = a->all[i];
                out->causes[n - 1].unknown = unknown[i];
            }
        out->n_causes = (int)n;
        repairs(a, at, keep, out);
    }
    free(none);
    free(within);
    free(keep);
    free(unknown);
}

static enum tb_code explain(const struct tb_problem *p, const struct tb_roster *roster, int slot,
                            const struct tb_violation *broken, const struct tb_plan_opts *o,
                            struct tb_explanation *out, struct tb_err *e)
{
    struct asking a;
    enum tb_code c = app_ask_begin(&a, p, roster, slot, broken, o, e);
    if (c == TB_OK) {
        if (slot >= 0) candidates(&a, out);
        settle(&a, broken ? broken->from : p->slots[slot].date, out);
        out->solves = a.solves;
        out->had = a.had;
        c = a.failed;
    }
    app_ask_end(&a);
    if (c) tb_explanation_free(out);
    return c;
}

enum tb_code tb_explain(const struct tb_problem *p, const struct tb_roster *roster, int slot,
                        const struct tb_plan_opts *o, struct tb_explanation *out, struct tb_err *e)
{
    int filled = 0;
    *out = (struct tb_explanation){.slot = slot};
    for (int i = 0; i < roster->n; i++) filled += roster->a[i].slot == slot;
    if (!p->slots[slot].planned || filled >= p->slots[slot].need)
        return tb_fail(e, TB_REFUSED, tb_t("その席は空いていません", "that seat is not open"));
    return explain(p, roster, slot, NULL, o, out, e);
}

enum tb_code tb_explain_breach(const struct tb_problem *p, const struct tb_roster *roster,
                               const struct tb_violation *broken, const struct tb_plan_opts *o,
                               struct tb_explanation *out, struct tb_err *e)
{
    *out = (struct tb_explanation){.slot = -1, .broken = *broken};
    return explain(p, roster, -1, broken, o, out, e);
}

/* ---- words
 * ------------------------------------------------------------------------------------------------------ */

static const char *day(tb_day d, char *buf)
{
    return tb_lang_get() == TB_JA ? tb_format_md_ja(d, buf, 64) : tb_format_date(d, buf, 64);
}

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
    tb_buf_addf(out, "%s %s %s%s", day(s->date, a), p->region->duties[s->duty].name,
                p->region->bands[s->band].name, s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "");
}

static void wish_text(const struct tb_region *r, const struct tb_wish *w, struct tb_buf *out)
{
    const char *name = r->providers[w->provider].name;
    if (w->type == TB_WISH_ONLY) {
        tb_buf_addf(out,
                    tb_t("%s は出務可能日（必須）以外に出られない（%s）",
                         "%s can serve only on the days he named (%s)"),
                    name, r->surveys[w->survey].id);
    } else if (w->type == TB_WISH_COUNT) {
        tb_buf_addf(out, tb_t("%s は %d 回まで（必須の希望回数、%s）", "%s serves at most %d times (%s)"),
                    name, w->count, r->surveys[w->survey].id);
    } else {
        tb_buf_addf(out, tb_t("%s は ", "%s cannot serve "), name);
        add_span(w->from, w->to, out);
        tb_buf_add(out, tb_t(" が出務不可日（必須）", ""));
    }
}

const char *tb_cause_word(const struct tb_problem *p, const struct tb_cause *c)
{
    static const char *const words[] = {[TB_CAUSE_WISH] = "wish",         [TB_CAUSE_EXEMPTION] = "exemption",
                                        [TB_CAUSE_EXTERNAL] = "external", [TB_CAUSE_HOURS] = "hours",
                                        [TB_CAUSE_PIN] = "pin",           [TB_CAUSE_BOUND] = "bound",
                                        [TB_CAUSE_RULE] = "rule"};
    return c->kind == TB_CAUSE_PIN && p->pins[c->row].action == TB_PIN_FORBID ? "forbid" : words[c->kind];
}

void tb_cause_text(const struct tb_problem *p, const struct tb_cause *c, struct tb_buf *out)
{
    const struct tb_region *r = p->region;
    char a[64], b[64];
    int provider = tb_cause_provider(p, c);
    const char *name = provider >= 0 ? r->providers[provider].name : "";
    switch (c->kind) {
    case TB_CAUSE_WISH:
        wish_text(r, &r->wishes[c->row], out);
        break;
    case TB_CAUSE_EXEMPTION:
        tb_buf_addf(out, tb_t("%s は ", "%s is exempt "), name);
        add_span(r->exemptions[c->row].from, r->exemptions[c->row].to, out);
        tb_buf_add(out, tb_t(" が免除・休み", ""));
        break;
    case TB_CAUSE_EXTERNAL:
        tb_buf_addf(out, tb_t("%s は %s から %s まで %s", "%s is taken from %s to %s: %s"), name,
                    tb_format_instant(r->externals[c->row].from, a, sizeof a),
                    tb_format_instant(r->externals[c->row].to, b, sizeof b), r->externals[c->row].what);
        break;
    case TB_CAUSE_HOURS:
        tb_buf_addf(out, tb_t("%s の診療時間 %s から %s", "consulting hours of %s, %s to %s"), name,
                    tb_format_time(r->hours[c->row].from, a, sizeof a),
                    tb_format_time(r->hours[c->row].to, b, sizeof b));
        break;
    case TB_CAUSE_PIN:
        add_seat(p, p->pins[c->row].slot, out);
        tb_buf_addf(out,
                    p->pins[c->row].action == TB_PIN_PIN ? tb_t(" は %s に固定", " is fixed for %s")
                                                         : tb_t(" は %s に禁止", " is forbidden to %s"),
                    name);
        break;
    case TB_CAUSE_BOUND:
        tb_buf_addf(out, tb_t("%s は ", "%s has "), name);
        add_seat(p, p->bound[c->row].slot, out);
        tb_buf_add(out, tb_t(" に決まっている（公表済み）", " (published)"));
        break;
    case TB_CAUSE_RULE:
        tb_buf_addf(out,
                    tb_rule_hard(&r->rules[c->row]) ? tb_t("必須の条件「%s」（%s）", "hard rule \"%s\" (%s)")
                                                    : tb_t("努力の条件「%s」（%s）をいまより破らない",
                                                           "soft rule \"%s\" (%s), broken no more than now"),
                    tb_rule_sentence(&r->rules[c->row]), r->rules[c->row].id);
        break;
    }
}
