/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * entries, shares.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/books.h"

static const char *millionths(int64_t v, char *buf, size_t n) { return tb_format_millionths(v, buf, n); }

static const char *name_of(const struct tb_region *r, bool share, int account)
{
    return share ? r->shares[account].name : r->providers[account].name;
}

/* ---- entries ------------------------------------------------------------------------------------ */

static void entry_json(tb_printer *p, const struct tb_region *r, const struct tb_ledger_entry *x)
{
    char t[64];
    tb_print_begin_object(p);
    tb_print_kint(p, "id", x->id);
    tb_print_kstring(p, "ledger", r->ledgers[x->ledger].id);
    tb_print_kstring(p, "account", tb_account_id(r, x->ledger, x->account));
    tb_print_kstring(p, "date", tb_format_date(x->date, t, sizeof t));
    tb_print_kint(p, "publication", x->publication);
    tb_print_kstring(p, "accrued", millionths(x->accrued, t, sizeof t));
    tb_print_kstring(p, "done", millionths(x->done, t, sizeof t));
    tb_print_kstring(p, "adjusted", millionths(x->adjusted, t, sizeof t));
    tb_print_kstring(p, "reason", x->reason);
    tb_print_kstring(p, "by", x->by);
    tb_print_kstring(p, "at", tb_format_instant(x->at, t, sizeof t));
    tb_print_end_object(p);
}

static void entry_text(const struct tb_region *r, const struct tb_ledger_entry *x)
{
    char t[64];
    printf("%5lld  %s  ", (long long)x->id, tb_format_date(x->date, t, sizeof t));
    cli_cell(r->ledgers[x->ledger].id, 22);
    cli_cell(name_of(r, r->ledgers[x->ledger].scope == TB_SCOPE_SHARE, x->account), 32);
    if (x->publication) {
        printf(tb_t("第%lld版  ", "publication %lld  "), (long long)x->publication);
        printf(tb_t("持分 %s  ", "accrued %s  "), millionths(x->accrued, t, sizeof t));
        printf(tb_t("実績 %s  ", "done %s  "), millionths(x->done, t, sizeof t));
    } else
        printf(tb_t("手で %s%s  %s  ", "by hand %s%s  %s  "), x->adjusted > 0 ? "+" : "",
               millionths(x->adjusted, t, sizeof t), x->reason);
    printf(tb_t("%s が %.16s に記入\n", "entered by %s, %.16s\n"), x->by,
           tb_format_instant(x->at, t, sizeof t));
}

enum tb_code cmd_entries(struct cli *c, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_ledger_entry *v;
    size_t n;
    const char *ledger = cli_get(c, "ledger"), *account = cli_get(c, "account");
    CLI_TRY(tb_app_entries(&c->app, &r, &v, &n, e));
    enum tb_code code = TB_OK;
    if (ledger && tb_find_ledger(r, ledger) < 0)
        code = tb_fail(e, TB_USAGE, tb_t("帳簿「%s」はありません", "there is no ledger \"%s\""), ledger);
    struct cli_json j = {0};
    if (code == TB_OK && c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "entries");
        tb_print_begin_list(j.p);
    }
    for (size_t i = 0; i < n && code == TB_OK; i++) {
        if (ledger && strcmp(r->ledgers[v[i].ledger].id, ledger) != 0) continue;
        if (account && strcmp(tb_account_id(r, v[i].ledger, v[i].account), account) != 0) continue;
        if (cli_flag(c, "by-hand") && v[i].publication) continue;
        if (c->json)
            entry_json(j.p, r, &v[i]);
        else
            entry_text(r, &v[i]);
    }
    if (code == TB_OK && c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    tb_ledger_entries_free(v, n);
    tb_region_free(r);
    return code;
}

/* ---- shares ------------------------------------------------------------------------------------- */

enum tb_code cmd_shares(struct cli *c, struct tb_err *e)
{
    struct tb_app_shares x;
    CLI_TRY(tb_app_shares(&c->app, c->args[0], cli_get(c, "duty"), &x, e));
    const struct tb_region *r = x.region;
    const char *const keys[] = {"percent", "carried", "accrued", "seats", "rest"};
    const char *const heads[] = {tb_t("割合（%）", "per cent"), tb_t("前期から", "carried"),
                                 tb_t("今期の持分", "accrued"), tb_t("席（最大剰余）", "seats"),
                                 tb_t("次期へ", "to next")};
    struct cli_json j = {0};
    char t[64];
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "shares");
        tb_print_begin_list(j.p);
    }
    for (size_t i = 0; i < x.n; i++) {
        const struct tb_app_share *s = &x.v[i];
        bool share = tb_app_share_of(r, s->duty) == TB_OF_SHARE;
        const int64_t values[] = {s->percent, s->carried, s->accrued, s->seats * INT64_C(1000000), s->rest};
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kstring(j.p, "duty", r->duties[s->duty].id);
            tb_print_kstring(j.p, "account", share ? r->shares[s->account].id : r->providers[s->account].id);
            for (size_t k = 0; k < TB_COUNT(values); k++)
                tb_print_kstring(j.p, keys[k], millionths(values[k], t, sizeof t));
            tb_print_end_object(j.p);
            continue;
        }
        if (i == 0 || x.v[i - 1].duty != s->duty) {
            printf("%s (%s)\n", r->duties[s->duty].name, r->duties[s->duty].id);
            cli_cell("", 34);
            for (size_t k = 0; k < TB_COUNT(heads); k++) cli_cell(heads[k], -16);
            putchar('\n');
        }
        cli_cell("  ", 2);
        cli_cell(name_of(r, share, s->account), 32);
        for (size_t k = 0; k < TB_COUNT(values); k++) cli_cell(millionths(values[k], t, sizeof t), -16);
        putchar('\n');
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    tb_app_shares_free(&x);
    return TB_OK;
}
