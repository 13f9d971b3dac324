/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What part of a duty's seats each municipality or hospital bears in a period, and what is carried on.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/books.h"

void tb_app_shares_free(struct tb_app_shares *x)
{
    free(x->v);
    tb_region_free(x->region);
    *x = (struct tb_app_shares){0};
}

int tb_app_share_of(const struct tb_region *r, int duty)
{
    for (int i = 0; i < r->n_formulas; i++)
        if (r->formulas[i].duty == duty && r->formulas[i].of == TB_OF_MEMBER) return TB_OF_MEMBER;
    return TB_OF_SHARE;
}

static bool shared(const struct tb_region *r, int duty)
{
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].duty == duty) return true;
    return tb_app_share_of(r, duty) == TB_OF_MEMBER;
}

/* The widest ledger of primary seats that keeps such accounts for this duty; -1: none. */
static int ledger_of(const struct tb_region *r, int duty, int of)
{
    for (int i = 0; i < r->n_ledgers; i++) {
        const struct tb_ledger *l = &r->ledgers[i];
        if (l->role != TB_PRIMARY || l->within >= 0 ||
            l->scope != (of == TB_OF_SHARE ? TB_SCOPE_SHARE : TB_SCOPE_PROVIDER))
            continue;
        for (int k = 0; k < l->duties.n; k++)
            if (l->duties.v[k] == duty) return i;
    }
    return -1;
}

/* Of one duty, by account. */
struct reckoning {
    int64_t *weight, *accrued;
    size_t n;
    int64_t seats;
};

static void set_weight(void *arg, int account, int64_t weight) { ((int64_t *)arg)[account] = weight; }

static void reckon(const struct tb_region *r, int duty, int of, tb_day from, tb_day to, struct reckoning *x)
{
    struct tb_arena a = {0};
    struct tb_slot *slots;
    int n;
    int64_t *weights = tb_xcalloc(x->n + 1, sizeof *weights), *parts = tb_xcalloc(x->n + 1, sizeof *parts);
    n = tb_slots_of(r, &duty, 1, from, to, &a, &slots);
    for (int i = 0; i < n; i++) {
        if (slots[i].role != TB_PRIMARY) continue;
        memset(weights, 0, x->n * sizeof *weights);
        tb_weights_of(r, of, &slots[i], set_weight, weights);
        if (!tb_apportion(slots[i].need * INT64_C(1000000), weights, x->n, parts)) continue;
        for (size_t k = 0; k < x->n; k++) x->accrued[k] += parts[k];
        (void)tb_apportion(INT64_C(100000000), weights, x->n, parts); /* formulas may change on the way */
        for (size_t k = 0; k < x->n; k++) x->weight[k] += slots[i].need * parts[k];
        x->seats += slots[i].need;
    }
    if (!x->seats) tb_weights_on(r, duty, of, from, set_weight, x->weight);
    free(weights);
    free(parts);
    tb_arena_free(&a);
}

static void add_duty(struct tb_app_shares *out, size_t *cap, int duty, const struct tb_ledger_line *lines,
                     size_t n_lines)
{
    const struct tb_region *r = out->region;
    int of = tb_app_share_of(r, duty), ledger = ledger_of(r, duty, of);
    size_t n = (size_t)(of == TB_OF_SHARE ? r->n_shares : r->n_providers);
    struct reckoning x = {tb_xcalloc(n + 1, sizeof(int64_t)), tb_xcalloc(n + 1, sizeof(int64_t)), n, 0};
    int64_t *quota = tb_xcalloc(n + 1, sizeof *quota), *carried = tb_xcalloc(n + 1, sizeof *carried),
            *seats = tb_xcalloc(n + 1, sizeof *seats), *percent = tb_xcalloc(n + 1, sizeof *percent);
    reckon(r, duty, of, out->from, out->to, &x);
    for (size_t i = 0; i < n_lines; i++)
        if (lines[i].ledger == ledger)
            carried[lines[i].account] =
                lines[i].opening + lines[i].accrued - lines[i].done + lines[i].adjusted;
    for (size_t i = 0; i < n; i++)
        quota[i] = x.accrued[i] && carried[i] + x.accrued[i] > 0 ? carried[i] + x.accrued[i] : 0;
    (void)tb_apportion(x.seats, quota, n, seats); /* all zero when the period has no seat */
    (void)tb_apportion(INT64_C(100000000), x.weight, n, percent);
    for (size_t i = 0; i < n; i++)
        if (x.weight[i] || x.accrued[i])
            *TB_PUSH(out->v, out->n, *cap) =
                (struct tb_app_share){duty,
                                      (int)i,
                                      percent[i],
                                      carried[i],
                                      x.accrued[i],
                                      seats[i],
                                      carried[i] + x.accrued[i] - seats[i] * INT64_C(1000000)};
    free(x.weight);
    free(x.accrued);
    free(quota);
    free(carried);
    free(seats);
    free(percent);
}

enum tb_code tb_app_shares(const struct tb_app *app, const char *period, const char *duty,
                           struct tb_app_shares *out, struct tb_err *e)
{
    *out = (struct tb_app_shares){0};
    tb_store *s;
    struct tb_ledger_line *lines = NULL;
    size_t n = 0, cap = 0;
    enum tb_code c = app_may(app, TB_USE_SHARES, e);
    if (c == TB_OK) c = app_open(app, &s, &out->region, e);
    if (c) return c;
    const struct tb_region *r = out->region;
    c = tb_period_parse(r, period, &out->from, &out->to, NULL, e);
    int one = -1;
    if (c == TB_OK && duty) c = app_duty(r, duty, &one, e);
    if (c == TB_OK) c = tb_store_ledger(s, r, out->from - 1, &lines, &n, e);
    tb_store_close(s);
    for (int d = 0; d < r->n_duties && c == TB_OK; d++)
        if (shared(r, d) && (!duty || d == one)) add_duty(out, &cap, d, lines, n);
    if (c == TB_OK && !out->n)
        c = tb_fail(e, TB_NO,
                    tb_t("按分の組（shares）も担い手の式（formulas）もありません",
                         "no share groups (shares) and no formula for members (formulas)"));
    free(lines);
    if (c) tb_app_shares_free(out);
    return c;
}
