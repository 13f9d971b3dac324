/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * circulate, approve, sent.
 */
#include <string.h>

#include "cli.h"
#include "toban/tell/life.h"

static enum tb_code list_lives(struct cli *c, struct tb_err *e)
{
    struct tb_life_state *v;
    size_t n;
    CLI_TRY(tb_app_lives(&c->app, &v, &n, e));
    CLI_TELL(c, tb_tell_lives, (&(struct tb_tell_lives){v, n}));
    tb_lives_free(v, n);
    return TB_OK;
}

static const char *given(const struct cli *c, const char *option)
{
    return cli_get(c, option) ? cli_get(c, option) : "";
}

static enum tb_code number_given(const struct cli *c, int64_t *out, struct tb_err *e)
{
    if (tb_parse_int(c->args[0], 1, INT32_MAX, out)) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("「%s」は番号ではありません", "\"%s\" is not a number"), c->args[0]);
}

enum tb_code cmd_circulate(struct cli *c, struct tb_err *e)
{
    int64_t draft;
    tb_day until;
    if (c->n_args == 0) return list_lives(c, e);
    CLI_TRY(number_given(c, &draft, e));
    if (!*given(c, "until"))
        return tb_fail(e, TB_USAGE,
                       tb_t("--until に異議を受け付ける末日が要ります（2026-11-20）",
                            "--until is needed: the last day for objections (2026-11-20)"));
    CLI_TRY(cli_date(c, "--until", given(c, "until"), &until, e));
    CLI_TRY(tb_app_circulate(&c->app, draft, until, given(c, "note"), e));
    CLI_TELL(c, tb_tell_moved, (&(struct tb_tell_moved){draft, TB_LIFE_CIRCULATING}));
    return TB_OK;
}

enum tb_code cmd_approve(struct cli *c, struct tb_err *e)
{
    int64_t draft;
    struct tb_approval how = {
        .word = cli_get(c, "word"), .date = TB_DAY_NONE, .number = cli_get(c, "number")};
    CLI_TRY(number_given(c, &draft, e));
    if (cli_get(c, "date") && !tb_parse_date(cli_get(c, "date"), &how.date))
        return tb_fail(e, TB_USAGE, tb_t("--date は 2026-12-03 の形です", "--date has the form 2026-12-03"));
    CLI_TRY(tb_app_approve(&c->app, draft, &how, given(c, "note"), e));
    CLI_TELL(c, tb_tell_moved, (&(struct tb_tell_moved){draft, TB_LIFE_APPROVED}));
    return TB_OK;
}

/* ---- sent ----------------------------------------------------------------------------------------- */

static enum tb_code print_text_for(const struct tb_app_sent *x, const char *recipient, struct tb_err *e)
{
    for (size_t i = 0; i < x->n; i++) {
        if (strcmp(x->v[i].id, recipient) != 0) continue;
        struct tb_buf text = {0};
        tb_app_sent_text(x, &x->v[i], &text);
        cli_print(&text);
        return TB_OK;
    }
    return tb_fail(e, TB_NO, tb_t("「%s」に知らせることはありません", "there is nothing to tell \"%s\""),
                   recipient);
}

/* Gives the letters their numbers, and reads them as they are then. */
static enum tb_code issue_letters(struct cli *c, int64_t number, struct tb_app_sent *x, struct tb_err *e)
{
    int64_t publication = x->side.number;
    enum tb_code code = tb_app_issue(&c->app, x, number, cli_get(c, "body"), e);
    tb_app_sent_free(x);
    return code ? code : tb_app_sent(&c->app, publication, x, e);
}

enum tb_code cmd_sent(struct cli *c, struct tb_err *e)
{
    const char *recipient = cli_get(c, "recipient");
    int64_t n = 0, number = 0;
    if (c->n_args) CLI_TRY(number_given(c, &n, e));
    if (cli_get(c, "number") && !tb_parse_int(cli_get(c, "number"), 1, INT32_MAX, &number))
        return tb_fail(e, TB_USAGE,
                       tb_t("--number「%s」は番号ではありません", "--number \"%s\" is not a number"),
                       cli_get(c, "number"));
    if (cli_get(c, "body") && !number)
        return tb_fail(e, TB_USAGE, tb_t("--body は --number と一緒に使います", "--body goes with --number"));
    if (!recipient && (cli_flag(c, "confirmed") || cli_flag(c, "remove") || cli_get(c, "way")))
        return tb_fail(e, TB_USAGE, tb_t("--recipient が要ります", "--recipient is needed"));
    if (cli_get(c, "way") && (!*cli_get(c, "way") || cli_flag(c, "remove")))
        return tb_fail(e, TB_USAGE,
                       tb_t("--way には方法を書きます。--remove とは一緒に使えません",
                            "--way names a way, and excludes --remove"));
    if (recipient)
        CLI_TRY(tb_app_deliver(&c->app, n, recipient, cli_flag(c, "confirmed"),
                               cli_flag(c, "remove") ? "" : cli_get(c, "way"), given(c, "note"), e));
    struct tb_app_sent x;
    CLI_TRY(tb_app_sent(&c->app, n, &x, e));
    if (cli_get(c, "texts") || number) CLI_TRY(issue_letters(c, number, &x, e));
    struct tb_tell_sent told = {.sent = &x, .todo = cli_flag(c, "todo")};
    enum tb_code code = TB_OK;
    if (cli_get(c, "text"))
        code = print_text_for(&x, cli_get(c, "text"), e);
    else {
        if (cli_get(c, "texts")) code = tb_app_sent_write(&x, cli_get(c, "texts"), &told.texts, e);
        if (code == TB_OK) CLI_TELL(c, tb_tell_sent, &told);
    }
    tb_app_sent_free(&x);
    return code;
}
