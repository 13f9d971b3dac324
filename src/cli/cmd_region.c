/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * init, import, calendar, wish, backup, restore.
 */
#include "cli.h"
#include "toban/tell/calendar.h"
#include "toban/tell/office.h"

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
                                             .yes = cli_flag(c, "yes"),
                                             .dry_run = cli_flag(c, "dry-run")};
    struct tb_app_import done;
    if (rq.entity && rq.replace)
        return tb_fail(e, TB_USAGE,
                       tb_t("--replace はフォルダ全体だけに使います", "--replace is for whole directories"));
    CLI_TRY(cli_notes(tb_app_import(&c->app, &rq, &done, e), &done.notes));
    CLI_TELL(c, tb_tell_import, (&(struct tb_tell_import){&done, rq.dry_run}));
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
    if (!c->n_given) return list_surveys(c, e);
    const char *const fields[] = {"survey", "provider", "type", "from",  "to",
                                  "ends",   "duty",     "band", "count", "note"};
    const char *pairs[2 * TB_COUNT(fields) + 8];
    char today[64];
    size_t n = 0;
    for (size_t i = 0; i < TB_COUNT(fields); i++)
        if (cli_get(c, fields[i])) {
            pairs[n++] = fields[i];
            pairs[n++] = cli_get(c, fields[i]);
        }
    pairs[n++] = "must";
    pairs[n++] = cli_flag(c, "if-possible") ? "no" : "yes";
    pairs[n++] = "received";
    pairs[n++] = tb_format_date(tb_day_of_minute(tb_clock_now(&c->app.clock)), today, sizeof today);
    pairs[n] = NULL;
    CLI_TRY(tb_app_wish(&c->app, pairs, e));
    CLI_TELL(c, tb_tell_recorded, NULL);
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
