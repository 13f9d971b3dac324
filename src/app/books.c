/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ledgers, the routing table of the moment, backup and restore.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/books.h"

enum tb_code tb_app_ledger(const struct tb_app *app, struct tb_region **region, struct tb_ledger_line **lines,
                           size_t *n, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_LEDGER, e);
    if (c == TB_OK) c = app_open(app, &s, region, e);
    if (c) return c;
    /* all that is entered, in the accounts of today's persons */
    c = tb_store_ledger_as(s, *region, INT32_MAX, tb_day_of_minute(tb_clock_now(&app->clock)), lines, n, e);
    tb_store_close(s);
    if (c) tb_region_free(*region);
    return c;
}

static int find_account(const struct tb_region *r, int ledger, const char *id)
{
    if (r->ledgers[ledger].scope != TB_SCOPE_SHARE) return tb_find_provider(r, id);
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].duty == r->ledgers[ledger].duties.v[0] && strcmp(r->shares[i].id, id) == 0) return i;
    return -1;
}

/* ---- entries by hand --------------------------------------------------------------------------- */

struct entry {
    tb_store *s;
    const struct tb_region *r;
    int ledger;
    tb_day date;
    struct tb_act act; /* its note is the reason */
};

static enum tb_code enter(const struct entry *x, int account, int64_t millionths, struct tb_err *e)
{
    if (!millionths) return TB_OK;
    const struct tb_adjustment a = {x->ledger, account, x->date, millionths};
    return tb_store_ledger_adjust(x->s, x->r, &a, &x->act, e);
}

static void add_weight(void *arg, int account, int64_t weight) { ((int64_t *)arg)[account] += weight; }

/* What one is given the others of the pool bear by their weights on that day, so that the pool's sum stays
 * zero. */
static enum tb_code spread(const struct entry *x, int account, int64_t millionths, struct tb_err *e)
{
    const struct tb_ledger *l = &x->r->ledgers[x->ledger];
    bool share = l->scope == TB_SCOPE_SHARE;
    size_t n = (size_t)(share ? x->r->n_shares : x->r->n_providers);
    int64_t *weights = tb_xcalloc(n + 1, sizeof *weights), *parts = tb_xcalloc(n + 1, sizeof *parts);
    for (int k = 0; k < l->duties.n; k++)
        tb_weights_on(x->r, l->duties.v[k], share ? TB_OF_SHARE : TB_OF_MEMBER, x->date, add_weight, weights);
    weights[account] = 0;
    enum tb_code c = TB_OK;
    if (!tb_apportion(-millionths, weights, n, parts))
        c = tb_fail(e, TB_REFUSED,
                    tb_t("帳簿 %s にはその日、ほかに負担する口座がありません。--against で口座を選びます",
                         "ledger %s has no other account on that day to bear it; choose one with --against"),
                    l->id);
    for (size_t i = 0; i < n && c == TB_OK; i++) c = enter(x, (int)i, parts[i], e);
    free(weights);
    free(parts);
    return c;
}

static enum tb_code adjust(const struct entry *x, const struct tb_app_adjustment *a, struct tb_err *e)
{
    const char *id = x->r->ledgers[x->ledger].id;
    int account = find_account(x->r, x->ledger, a->account),
        against = a->against ? find_account(x->r, x->ledger, a->against) : -1;
    if (account < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("「%s」は帳簿 %s の口座ではありません", "\"%s\" is not an account of ledger %s"),
                       a->account, id);
    if (a->against && (against < 0 || against == account))
        return tb_fail(e, TB_USAGE,
                       tb_t("--against「%s」は帳簿 %s のほかの口座ではありません",
                            "--against \"%s\" is not another account of ledger %s"),
                       a->against, id);
    enum tb_code c = enter(x, account, a->millionths, e);
    if (c) return c;
    if (a->against) return enter(x, against, -a->millionths, e);
    /* A ledger of persons holds a part of the pool only and has no sum to keep. */
    return x->r->ledgers[x->ledger].scope == TB_SCOPE_PERSON ? TB_OK : spread(x, account, a->millionths, e);
}

enum tb_code tb_app_adjust(const struct tb_app *app, const struct tb_app_adjustment *a, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    enum tb_code c = app_may(app, TB_USE_ADJUST, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    tb_minute now = tb_clock_now(&app->clock);
    struct entry x = {.s = s,
                      .r = r,
                      .ledger = tb_find_ledger(r, a->ledger),
                      .date = a->date == TB_DAY_NONE ? tb_day_of_minute(now) : a->date,
                      .act = app_act(app, a->reason)};
    if (x.ledger < 0)
        c = tb_fail(e, TB_USAGE,
                    tb_t("帳簿「%s」はありません（例 %s）", "there is no ledger \"%s\" (such as %s)"),
                    a->ledger, r->n_ledgers ? r->ledgers[0].id : "-");
    else if (!*a->reason)
        c = tb_fail(e, TB_USAGE, tb_t("理由が要ります（--reason）", "a reason is needed (--reason)"));
    if (c == TB_OK) c = app_ledger_body(app, TB_USE_ADJUST, r, x.ledger, e);
    if (c == TB_OK) c = adjust(&x, a, e);
    if (c == TB_OK) {
        struct tb_buf detail = {0};
        char t[32];
        tb_buf_addf(&detail, "%s %s %s: %s", a->ledger, a->account,
                    tb_format_millionths(a->millionths, t, sizeof t), a->reason);
        c = tb_store_audit(s, now, app->actor.name, "ledger", tb_buf_str(&detail), e);
        tb_buf_free(&detail);
    }
    c = app_commit(s, c, e);
    tb_region_free(r);
    return c;
}

enum tb_code tb_app_entries(const struct tb_app *app, struct tb_region **region, struct tb_ledger_entry **v,
                            size_t *n, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_ENTRIES, e);
    if (c == TB_OK) c = app_open(app, &s, region, e);
    if (c) return c;
    c = tb_store_ledger_entries(s, *region, v, n, e);
    tb_store_close(s);
    if (c) tb_region_free(*region);
    return c;
}

enum tb_code tb_app_table(const struct tb_app *app, tb_minute at, struct tb_region **region,
                          struct tb_board **board, tb_table **out, struct tb_err *e)
{
    tb_day d = tb_day_of_minute(at);
    enum tb_code c = app_may(app, TB_USE_TABLE, e);
    const struct tb_app within = app_within(app);
    if (c == TB_OK)
        c = tb_app_table_board(&within, 0, d - TB_TABLE_BACK, d + TB_TABLE_AHEAD, region, board, e);
    if (c) return c;
    c = tb_route_build(*board, (*board)->published_at, out, e);
    if (c) {
        tb_board_free(*board);
        tb_region_free(*region);
    }
    return c;
}

/* The trail of the file that was copied says so; the copy is of the moment before. */
static enum tb_code copied(const struct tb_app *app, const char *what, const char *to, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_begin(app, &s, NULL, e);
    if (c) return c;
    c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, what, to, e);
    return app_commit(s, c, e);
}

static enum tb_code copy(const struct tb_app *app, const char *to, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_store(app, &s, e);
    return c ? c : app_close(s, tb_store_backup(s, to, e));
}

enum tb_code tb_app_backup(const struct tb_app *app, const char *to, struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_BACKUP, e);
    if (c == TB_OK) c = copy(app, to, e);
    return c ? c : copied(app, "backup", to, e);
}

enum tb_code tb_app_practice(const struct tb_app *app, const char *to, struct tb_err *e)
{
    struct tb_buf fresh = {0}, journal = {0};
    enum tb_code c = app_may(app, TB_USE_PRACTICE, e);
    tb_buf_addf(&fresh, "%s.new", to);
    tb_buf_addf(&journal, "%s-journal", to);
    if (c == TB_OK) {
        (void)remove(fresh.s); /* of one that was stopped on its way */
        c = copy(app, fresh.s, e);
    }
    if (c == TB_OK) {
        (void)remove(journal.s); /* of the copy before: it would be played into the new one */
        if (rename(fresh.s, to)) c = tb_fail(e, TB_STORAGE, "%s: %s", to, strerror(errno));
    }
    tb_buf_free(&fresh);
    tb_buf_free(&journal);
    return c ? c : copied(app, "practice", to, e);
}

enum tb_code tb_app_verify(const struct tb_app *app, bool whole, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_VERIFY, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_verify(s, whole, e);
    tb_store_close(s);
    return c;
}

enum tb_code tb_app_restore(const struct tb_app *app, const char *from, struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_RESTORE, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_RESTORE, e);
    return c ? c : tb_store_restore(from, app->db, e);
}
