/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * publish, export, ledger.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/books.h"
#include "toban/app/facts.h"
#include "toban/tell/ledgers.h"
#include "toban/tell/export.h"
#include "toban/tell/history.h"
#include "toban/tell/office.h"

enum tb_code cmd_publish(struct cli *c, struct tb_err *e)
{
    const char *texts[CLI_GIVEN];
    int64_t ids[CLI_GIVEN];
    int n = cli_all(c, "draft", texts, CLI_GIVEN);
    for (int i = 0; i < n; i++)
        if (!tb_parse_int(texts[i], 1, INT32_MAX, &ids[i]))
            return tb_fail(e, TB_USAGE,
                           tb_t("--draft 「%s」: 案の番号です", "--draft \"%s\": the number of a draft"),
                           texts[i]);
    tb_day until = TB_DAY_NONE;
    if (cli_get(c, "until")) CLI_TRY(cli_date(c, "--until", cli_get(c, "until"), &until, e));
    struct tb_publication p = {0};
    if (cli_flag(c, "facts")) {
        if (n || until != TB_DAY_NONE)
            return tb_fail(e, TB_USAGE,
                           tb_t("--facts は案を公表しません（--draft、--until とは使えません）",
                                "--facts publishes no draft: it excludes --draft and --until"));
        CLI_TRY(tb_app_publish_facts(&c->app, cli_get(c, "note") ? cli_get(c, "note") : "", &p, e));
        const struct tb_publish_said facts = {.made = p};
        CLI_TELL(c, tb_tell_published, &facts);
        tb_publication_free(&p);
        return TB_OK;
    }
    struct tb_publish_said x;
    const struct tb_publish_asked asked = {.ids = ids,
                                           .n = (size_t)n,
                                           .until = until,
                                           .note = cli_get(c, "note"),
                                           .running = cli_get(c, "running"),
                                           .past = cli_get(c, "past")};
    CLI_TRY(tb_app_publish(&c->app, &asked, &x, e));
    CLI_TELL(c, tb_tell_published, &x);
    tb_publish_said_free(&x);
    return TB_OK;
}

static enum tb_code export_model(struct cli *c, struct tb_err *e)
{
    const char *duties[CLI_GIVEN], *format = cli_get(c, "format"), *file = cli_get(c, "file");
    struct tb_app_plan_request rq = {
        .period = c->n_args > 1 ? c->args[1] : NULL, .duties = duties, .replan = cli_flag(c, "replan")};
    rq.n_duties = cli_all(c, "duty", duties, CLI_GIVEN);
    if (!rq.period || !format || !file)
        return tb_fail(e, TB_USAGE,
                       tb_t("model には PERIOD と --format と --file が要ります",
                            "model needs PERIOD, --format and --file"));
    CLI_TRY(tb_app_export_model(&c->app, &rq, format, file, e));
    CLI_TELL(c, tb_tell_exported_model, file);
    return TB_OK;
}

static enum tb_code export_region(struct cli *c, struct tb_err *e)
{
    struct tb_app_region_export x;
    if (c->n_args < 2)
        return tb_fail(e, TB_USAGE,
                       tb_t("書き出すフォルダが要ります: export region DIR",
                            "a directory is needed: export region DIR"));
    const struct tb_tell_exported_region told = {&x, c->args[1], cli_flag(c, "cp932")};
    CLI_TRY(cli_notes(tb_app_export_region(&c->app, told.dir, told.cp932, &x, e), &x.notes));
    CLI_TELL(c, tb_tell_exported_region, &told);
    return TB_OK;
}

enum tb_code cmd_export(struct cli *c, struct tb_err *e)
{
    if (strcmp(c->args[0], "model") == 0) return export_model(c, e);
    if (strcmp(c->args[0], "region") == 0) return export_region(c, e);
    if (strcmp(c->args[0], "ics") == 0) return cmd_export_ics(c, e);
    if (strcmp(c->args[0], "table") == 0) return route_export_table(c, e);
    if (strcmp(c->args[0], "sheets") == 0) return route_export_sheets(c, e);
    if (strcmp(c->args[0], "all") != 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("all, ics, model, region, table, sheets のどれかです",
                            "all, ics, model, region, table or sheets"));
    const char *out = cli_get(c, "out");
    if (!out) return tb_fail(e, TB_USAGE, tb_t("--out が要ります", "--out is needed"));
    struct tb_app_export x;
    const struct tb_export_request rq = {out, cli_get(c, "routing"), cli_flag(c, "prove"), tb_exports,
                                         tb_n_exports};
    CLI_TRY(cli_notes(tb_app_export(&c->app, &rq, &x, e), &x.notes));
    CLI_TELL(c, tb_tell_exported, (&(struct tb_tell_exported){&x, out}));
    return TB_OK;
}

/* ---- ledger ------------------------------------------------------------------------------------ */

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
    if (cli_get(c, "date")) CLI_TRY(cli_date(c, "--date", cli_get(c, "date"), &a.date, e));
    CLI_TRY(tb_app_adjust(&c->app, &a, e));
    CLI_TELL(c, tb_tell_recorded, NULL);
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
    struct tb_tell_accounts x = {r, lines, n, cli_get(c, "ledger"), cli_get(c, "account")};
    enum tb_code code = TB_OK;
    if (x.ledger && tb_find_ledger(r, x.ledger) < 0)
        code = tb_fail(e, TB_USAGE, tb_t("帳簿「%s」はありません", "there is no ledger \"%s\""), x.ledger);
    else
        CLI_TELL(c, tb_tell_accounts, &x);
    free(lines);
    tb_region_free(r);
    return code;
}
