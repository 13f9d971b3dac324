/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * name.
 */
#include "cli.h"
#include "toban/tell/name.h"

static enum tb_code print_letter(const struct tb_app_names *x, const char *group, struct tb_err *e)
{
    int provider = tb_find_provider(x->region, group), n = 0;
    for (size_t i = 0; i < x->n; i++)
        n += x->v[i].person < 0 && x->board->a[x->v[i].assignment].provider == provider;
    if (!n)
        return tb_fail(e, TB_NO,
                       tb_t("「%s」に届けてもらう氏名はありません", "no name is missing from \"%s\""), group);
    struct tb_buf text = {0};
    tb_app_names_letter(x, provider, &text);
    cli_print(&text);
    return TB_OK;
}

static enum tb_code list_names(struct cli *c, struct tb_err *e)
{
    struct tb_app_names x;
    CLI_TRY(tb_app_names(&c->app, cli_get(c, "period"), &x, e));
    if (cli_get(c, "letter")) {
        enum tb_code code = print_letter(&x, cli_get(c, "letter"), e);
        tb_app_names_free(&x);
        return code;
    }
    CLI_TELL(c, tb_tell_names, (&(struct tb_tell_names){&x, cli_flag(c, "all")}));
    bool no = x.late + x.conflicts > 0;
    tb_app_names_free(&x);
    return no ? TB_NO : TB_OK;
}

enum tb_code cmd_name(struct cli *c, struct tb_err *e)
{
    const char *person = cli_get(c, "person"), *note = cli_get(c, "note");
    bool remove = cli_flag(c, "remove"), late = false;
    if (c->n_args == 0) {
        if (person || remove)
            return tb_fail(e, TB_USAGE,
                           tb_t("席が要ります（当番区分:日付:時間帯）", "a seat is needed (DUTY:DATE:BAND)"));
        return list_names(c, e);
    }
    if (!person == !remove)
        return tb_fail(e, TB_USAGE,
                       tb_t("--person か --remove のどちらかが要ります", "say either --person or --remove"));
    const struct tb_naming x = {.seat = c->args[0],
                                .group = cli_get(c, "provider"),
                                .person = person,
                                .instead_of = cli_get(c, "instead-of"),
                                .note = note ? note : ""};
    CLI_TRY(tb_app_name(&c->app, &x, &late, e));
    CLI_TELL(c, tb_tell_named, (&(struct tb_tell_named){c->args[0], remove, late}));
    return TB_OK;
}
