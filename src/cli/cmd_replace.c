/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replace.
 */
#include "cli.h"
#include "toban/app/hand.h"
#include "toban/tell/replace.h"
#include "toban/tell/todo.h"

/* A published seat by today's tables: who could take it, or the one who does. */
static enum tb_code published_today(struct cli *c, const char *seat, int64_t most, struct tb_err *e)
{
    const struct tb_fill rq = {.seat = seat,
                               .leaves = cli_get(c, "provider"),
                               .with = cli_get(c, "with"),
                               .note = cli_get(c, "note")};
    if (rq.with) {
        struct tb_filled done;
        CLI_TRY(tb_app_fill(&c->app, &rq, &done, e));
        CLI_TELL(c, tb_tell_filled, &done);
        tb_filled_free(&done);
        return TB_OK;
    }
    struct tb_app_draft d;
    struct tb_substitutes s = {0};
    int who;
    CLI_TRY(tb_app_fill_look(&c->app, &rq, &d, &s, &who, e));
    struct tb_tell_replace x = {.draft = &d, .substitutes = &s, .seat = seat, .who = who, .most = (int)most};
    CLI_TELL(c, tb_tell_replace, &x);
    enum tb_code code = tb_tell_replace_any(&x) ? TB_OK : TB_NO;
    tb_substitutes_free(&s);
    tb_app_draft_free(&d);
    return code;
}

enum tb_code cmd_replace(struct cli *c, struct tb_err *e)
{
    int64_t id, most;
    int slot, who;
    char date[64];
    struct tb_app_draft d;
    struct tb_substitutes s;
    const char *seat = cli_get(c, "seat");
    if (!seat) return tb_fail(e, TB_USAGE, tb_t("--seat が要ります", "--seat is needed"));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "most", 1, 10000, 5, &most, e));
    if ((cli_get(c, "with") || cli_flag(c, "today")) && cli_get(c, "draft"))
        return tb_fail(e, TB_USAGE,
                       tb_t("--with と --today は公表した席のもので、--draft とは使えません",
                            "--with and --today are of a published seat; they exclude --draft"));
    if (cli_get(c, "with") || cli_flag(c, "today")) return published_today(c, seat, most, e);
    const struct tb_seat_question q = {id, cli_flag(c, "published"), seat, cli_get(c, "provider")};
    CLI_TRY(tb_app_seat_draft(&c->app, &q, &d, &slot, &who, e));
    if (d.problem->slots[slot].date < tb_day_of_minute(tb_clock_now(&c->app.clock))) {
        enum tb_code past = tb_fail(e, TB_REFUSED, tb_t("%s は過ぎた日です", "%s is past"),
                                    tb_format_date(d.problem->slots[slot].date, date, sizeof date));
        tb_app_draft_free(&d);
        return past;
    }
    enum tb_code code = tb_app_replace(&c->app, &d, slot, who, &s, e);
    if (code) {
        tb_app_draft_free(&d);
        return code;
    }
    struct tb_tell_replace x = {.draft = &d, .substitutes = &s, .seat = seat, .who = who, .most = (int)most};
    CLI_TELL(c, tb_tell_replace, &x);
    code = tb_tell_replace_any(&x) ? TB_OK : TB_NO;
    tb_substitutes_free(&s);
    tb_app_draft_free(&d);
    return code;
}
