/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replace.
 */
#include "cli.h"
#include "toban/app/hand.h"
#include "toban/tell/replace.h"

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
