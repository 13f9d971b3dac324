/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * publish, export, ledger.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/books.h"

enum tb_code cmd_publish(struct cli *c, struct tb_err *e)
{
    const char *texts[64];
    int64_t ids[64];
    int n = cli_all(c, "draft", texts, 64);
    for (int i = 0; i < n; i++)
        if (!tb_parse_int(texts[i], 1, INT32_MAX, &ids[i]))
            return tb_fail(e, TB_USAGE,
                           tb_t("--draft 「%s」: 案の番号です", "--draft \"%s\": the number of a draft"),
                           texts[i]);
    tb_day until = TB_DAY_NONE;
    if (cli_get(c, "until") && !tb_parse_date(cli_get(c, "until"), &until))
        return tb_fail(e, TB_USAGE,
                       tb_t("--until 「%s」: 2026-12-31 の形です", "--until \"%s\": has the form 2026-12-31"),
                       cli_get(c, "until"));
    struct tb_publication p = {0};
    CLI_TRY(
        tb_app_publish(&c->app, ids, (size_t)n, until, cli_get(c, "note") ? cli_get(c, "note") : "", &p, e));
    char at[64];
    tb_format_instant(p.at, at, sizeof at);
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", p.number);
        tb_print_kstring(j.p, "digest", p.digest);
        tb_print_kstring(j.p, "at", at);
        cli_json_end(&j);
    } else
        printf(tb_t("公表 第%lld版 %.8s  %s\n", "publication %lld %.8s  %s\n"), (long long)p.number, p.digest,
               at);
    tb_publication_free(&p);
    return TB_OK;
}

static enum tb_code export_model(struct cli *c, struct tb_err *e)
{
    const char *duties[64], *format = cli_get(c, "format"), *file = cli_get(c, "file");
    struct tb_app_plan_request rq = {
        .period = c->n_args > 1 ? c->args[1] : NULL, .duties = duties, .replan = cli_flag(c, "replan")};
    rq.n_duties = cli_all(c, "duty", duties, 64);
    if (!rq.period || !format || !file)
        return tb_fail(e, TB_USAGE,
                       tb_t("model には PERIOD と --format と --file が要ります",
                            "model needs PERIOD, --format and --file"));
    CLI_TRY(tb_app_export_model(&c->app, &rq, format, file, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "file", file);
        cli_json_end(&j);
    } else
        printf(tb_t("%s に書きました\n", "wrote %s\n"), file);
    return TB_OK;
}

enum tb_code cmd_export(struct cli *c, struct tb_err *e)
{
    if (strcmp(c->args[0], "model") == 0) return export_model(c, e);
    if (strcmp(c->args[0], "ics") == 0) return cmd_export_ics(c, e);
    if (strcmp(c->args[0], "table") == 0) return route_export_table(c, e);
    if (strcmp(c->args[0], "sheets") == 0) return route_export_sheets(c, e);
    if (strcmp(c->args[0], "all") != 0)
        return tb_fail(
            e, TB_USAGE,
            tb_t("all, ics, model, table, sheets のどれかです", "all, ics, model, table or sheets"));
    const char *out = cli_get(c, "out");
    if (!out) return tb_fail(e, TB_USAGE, tb_t("--out が要ります", "--out is needed"));
    struct tb_app_export x;
    CLI_TRY(cli_notes(tb_app_export(&c->app, out, cli_get(c, "routing"), &x, e), &x.notes));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "directory", out);
        tb_print_kint(j.p, "publication", x.publication);
        tb_print_kstring(j.p, "hash", x.hash);
        tb_print_kint(j.p, "files", x.files);
        tb_print_kint(j.p, "feeds", x.feeds);
        tb_print_kint(j.p, "routing_cells", x.cells);
        cli_json_end(&j);
    } else {
        printf(tb_t("第%lld版 %s を %s に書きました: %d ファイル、うち予定表 %d\n",
                    "wrote publication %lld %s to %s: %d files, %d of them calendars\n"),
               (long long)x.publication, x.hash, out, x.files, x.feeds);
        if (x.cells)
            printf(tb_t("案内表: %lld セルを別の実装で確認\n",
                        "routing table: %lld cells confirmed by a second implementation\n"),
                   (long long)x.cells);
    }
    return TB_OK;
}

/* ---- ledger ------------------------------------------------------------------------------------ */

static const char *account_name(const struct tb_region *r, const struct tb_ledger_line *l)
{
    return r->ledgers[l->ledger].scope == TB_SCOPE_SHARE ? r->shares[l->account].name
                                                         : r->providers[l->account].name;
}

static enum tb_code adjust(struct cli *c, struct tb_err *e)
{
    const char *ledger = cli_get(c, "ledger"), *account = cli_get(c, "account"),
               *reason = cli_get(c, "reason");
    int64_t v;
    if (!ledger || !account || !reason)
        return tb_fail(e, TB_USAGE,
                       tb_t("--adjust には --ledger と --account と --reason が要ります",
                            "--adjust needs --ledger, --account and --reason"));
    if (!tb_parse_millionths(cli_get(c, "adjust"), &v))
        return tb_fail(e, TB_USAGE,
                       tb_t("--adjust は小数6桁までの回数です（例 -0.5）",
                            "--adjust is a number of duties with at most six decimals, such as -0.5"));
    struct tb_app_adjustment a = {ledger, account, cli_get(c, "against"), reason, TB_DAY_NONE, v};
    if (cli_get(c, "date") && !tb_parse_date(cli_get(c, "date"), &a.date))
        return tb_fail(e, TB_USAGE, tb_t("--date は 2026-12-03 の形です", "--date has the form 2026-12-03"));
    CLI_TRY(tb_app_adjust(&c->app, &a, e));
    puts(tb_t("記録しました", "recorded"));
    return TB_OK;
}

enum tb_code cmd_ledger(struct cli *c, struct tb_err *e)
{
    if (c->n_args && cli_get(c, "adjust"))
        return tb_fail(
            e, TB_USAGE,
            tb_t("--adjust は年度と一緒に使えません", "--adjust and a fiscal year exclude each other"));
    if (!c->n_args && (cli_get(c, "html") || cli_get(c, "audience")))
        return tb_fail(e, TB_USAGE,
                       tb_t("--html と --audience には年度（FY2026 など）が要ります",
                            "--html and --audience need a fiscal year, such as FY2026"));
    if (c->n_args) return ledger_people(c, e);
    if (cli_get(c, "adjust")) return adjust(c, e);
    struct tb_region *r;
    struct tb_ledger_line *lines;
    size_t n;
    CLI_TRY(tb_app_ledger(&c->app, &r, &lines, &n, e));
    const char *ledger = cli_get(c, "ledger"), *account = cli_get(c, "account");
    enum tb_code code = TB_OK;
    if (ledger && tb_find_ledger(r, ledger) < 0)
        code = tb_fail(e, TB_USAGE, tb_t("帳簿「%s」はありません", "there is no ledger \"%s\""), ledger);
    struct cli_json j = {0};
    if (code == TB_OK && c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "accounts");
        tb_print_begin_list(j.p);
    }
    int shown = -1;
    for (size_t i = 0; i < n && code == TB_OK; i++) {
        const struct tb_ledger_line *l = &lines[i];
        if (ledger && strcmp(r->ledgers[l->ledger].id, ledger) != 0) continue;
        if (account && strcmp(tb_account_id(r, l->ledger, l->account), account) != 0) continue;
        int64_t values[5] = {l->opening, l->accrued, l->done, l->adjusted,
                             l->opening + l->accrued - l->done + l->adjusted};
        const char *const keys[5] = {"opening", "accrued", "done", "adjusted", "carried"};
        char text[32];
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kstring(j.p, "ledger", r->ledgers[l->ledger].id);
            tb_print_kstring(j.p, "account", tb_account_id(r, l->ledger, l->account));
            tb_print_kstring(j.p, "name", account_name(r, l));
            for (int k = 0; k < 5; k++)
                tb_print_kstring(j.p, keys[k], tb_format_millionths(values[k], text, sizeof text));
            tb_print_end_object(j.p);
            continue;
        }
        if (shown != l->ledger) {
            shown = l->ledger;
            printf("%s (%s)\n", r->ledgers[shown].name, r->ledgers[shown].id);
            cli_cell("", 34);
            const char *const heads[5] = {tb_t("期首", "opening"), tb_t("持分", "accrued"),
                                          tb_t("実績", "done"), tb_t("調整", "adjusted"),
                                          tb_t("持越し", "carried")};
            for (int k = 0; k < 5; k++) cli_cell(heads[k], -12);
            putchar('\n');
        }
        cli_cell("  ", 2);
        cli_cell(account_name(r, l), 32);
        for (int k = 0; k < 5; k++) cli_cell(tb_format_millionths(values[k], text, sizeof text), -12);
        putchar('\n');
    }
    if (code == TB_OK && c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    free(lines);
    tb_region_free(r);
    return code;
}
