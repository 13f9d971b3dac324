/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * purge, person.
 */
#include "cli.h"
#include "toban/tell/person.h"
#include "toban/tell/retention.h"

static enum tb_code list_kinds(const struct cli *c, struct tb_err *e)
{
    struct tb_retentions x;
    CLI_TRY(tb_app_retention(&c->app, &x, e));
    CLI_TELL(c, tb_tell_retention, &x);
    tb_retentions_free(&x);
    return TB_OK;
}

enum tb_code cmd_purge(struct cli *c, struct tb_err *e)
{
    const char *before = cli_get(c, "before");
    struct tb_purge_request rq = {.kind = c->n_args ? c->args[0] : NULL,
                                  .before = TB_DAY_NONE,
                                  .due = cli_flag(c, "due"),
                                  .yes = cli_flag(c, "yes")};
    struct tb_retained done;
    if (!rq.kind && (before || rq.due))
        return tb_fail(e, TB_USAGE,
                       tb_t("データの種類が要ります（toban purge が一覧を出します）",
                            "a kind of data is needed (toban purge lists them)"));
    if (!rq.kind) return list_kinds(c, e);
    if (!before == !rq.due)
        return tb_fail(
            e, TB_USAGE,
            tb_t("--before か --due のどちらか一つが要ります", "either --before or --due is needed"));
    if (before && !tb_parse_date(before, &rq.before))
        return tb_fail(e, TB_USAGE,
                       tb_t("--before「%s」: 2023-12-01 の形で書きます", "--before \"%s\": write 2023-12-01"),
                       before);
    CLI_TRY(tb_app_purge(&c->app, &rq, &done, e));
    CLI_TELL(c, tb_tell_purged, &done);
    return TB_OK;
}

enum tb_code cmd_person(struct cli *c, struct tb_err *e)
{
    struct tb_person_held x;
    const char *who = c->args[0];
    CLI_TRY(cli_named(c, TB_WORD_PROVIDER, "ID", &who, e));
    CLI_TRY(tb_app_person(&c->app, who, &x, e));
    CLI_TELL(c, tb_tell_person, &x);
    tb_person_held_free(&x);
    return TB_OK;
}
