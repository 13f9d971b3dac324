/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * init, import, calendar, wish, backup, restore.
 */
#include "rows.h"
#include "toban/tell/calendar.h"
#include "toban/tell/office.h"
#include "toban/tell/rows.h"

enum tb_code cmd_init(struct cli *c, struct tb_err *e)
{
    const char *dir = cli_get(c, "region");
    if (!dir) return tb_fail(e, TB_USAGE, tb_t("--region が要ります", "--region is needed"));
    struct tb_app_init n;
    CLI_TRY(cli_notes(tb_app_init(&c->app, dir, &n, e), &n.notes));
    CLI_TELL(c, tb_tell_init, (&(struct tb_tell_init){&n, c->app.db}));
    return TB_OK;
}

enum tb_code cmd_import(struct cli *c, struct tb_err *e)
{
    const struct tb_app_import_request rq = {.entity = cli_get(c, "entity"),
                                             .path = c->args[0],
                                             .cp932 = cli_flag(c, "cp932"),
                                             .replace = cli_flag(c, "replace"),
                                             .yes = cli_flag(c, "yes")};
    struct tb_app_import done;
    if (rq.entity && rq.replace)
        return tb_fail(e, TB_USAGE,
                       tb_t("--replace はフォルダ全体だけに使います", "--replace is for whole directories"));
    CLI_TRY(cli_notes(tb_app_import(&c->app, &rq, &done, e), &done.notes));
    CLI_TELL(c, tb_tell_import, &done);
    tb_app_import_free(&done);
    return TB_OK;
}

enum tb_code cmd_calendar(struct cli *c, struct tb_err *e)
{
    const char *duties[CLI_GIVEN];
    int n = cli_all(c, "duty", duties, CLI_GIVEN);
    struct tb_app_calendar x;
    CLI_TRY(tb_app_calendar(&c->app, c->args[0], duties, n, &x, e));
    CLI_TELL(c, tb_tell_calendar, &x);
    tb_app_calendar_free(&x);
    return TB_OK;
}

/* ---- wishes ----------------------------------------------------------------------------------- */

static enum tb_code list_surveys(const struct cli *c, struct tb_err *e)
{
    struct tb_app_surveys x;
    CLI_TRY(tb_app_surveys(&c->app, &x, e));
    CLI_TELL(c, tb_tell_surveys, &x);
    tb_app_surveys_free(&x);
    return TB_OK;
}

enum tb_code cmd_wish(struct cli *c, struct tb_err *e)
{
    static const char *const fields[] = {"survey", "provider", "type", "from",  "to",
                                         "ends",   "duty",     "band", "count", "note"};
    struct cli_rows x = {.table = "wishes"};
    struct tb_row_done done = {0};
    char today[64];
    bool list, remove = cli_flag(c, "remove");
    if (!c->n_given) return list_surveys(c, e);
    for (size_t i = 0; i < TB_COUNT(fields); i++) cli_rows_add(&x, fields[i], cli_get(c, fields[i]));
    CLI_TRY(cli_rows_asked(c, &list, e));
    if (list && cli_flag(c, "if-possible")) cli_rows_add(&x, "must", "no");
    if (list) return cli_rows_tell(c, &x, tb_app_wishes, e);
    if (remove)
        CLI_TRY(tb_app_wish_remove(&c->app, x.pairs, &done, e));
    else {
        cli_rows_add(&x, "must", cli_flag(c, "if-possible") ? "no" : "yes");
        cli_rows_add(&x, "received",
                     tb_format_date(tb_day_of_minute(tb_clock_now(&c->app.clock)), today, sizeof today));
        CLI_TRY(tb_app_wish(&c->app, x.pairs, &done, e));
    }
    CLI_TELL(c, tb_tell_row_done, (&(struct tb_tell_row_done){done.replaced, remove, done.todo}));
    return TB_OK;
}

/* ---- backup ----------------------------------------------------------------------------------- */

enum tb_code cmd_backup(struct cli *c, struct tb_err *e)
{
    CLI_TRY(tb_app_backup(&c->app, c->args[0], e));
    CLI_TELL(c, tb_tell_backup, c->args[0]);
    return TB_OK;
}

enum tb_code cmd_restore(struct cli *c, struct tb_err *e)
{
    CLI_TRY(tb_app_restore(&c->app, c->args[0], e));
    CLI_TELL(c, tb_tell_restored, c->app.db);
    return TB_OK;
}
