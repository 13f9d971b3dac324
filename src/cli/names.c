/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names in place of ids, in every command: what was typed is replaced by the id before the command runs.
 */
#include <string.h>

#include "cli.h"
#include "toban/app/find.h"
#include "toban/tell/find.h"

/* Options that take an id, and of what. */
static const struct {
    const char *option;
    enum tb_word_kind kind;
} named[] = {
    {"provider", TB_WORD_PROVIDER}, {"partner", TB_WORD_PROVIDER},    {"to", TB_WORD_PROVIDER},
    {"for", TB_WORD_PROVIDER},      {"without", TB_WORD_PROVIDER},    {"of", TB_WORD_PROVIDER},
    {"with", TB_WORD_PROVIDER},     {"instead-of", TB_WORD_PROVIDER}, {"seated", TB_WORD_PROVIDER},
    {"duty", TB_WORD_DUTY},         {"body", TB_WORD_BODY},
};

enum tb_code cli_named(struct cli *c, enum tb_word_kind kind, const char *what, const char **text,
                       struct tb_err *e)
{
    struct tb_buf id = {0};
    if (tb_is_id(*text) || !**text) return TB_OK;
    enum tb_code code = tb_app_named(&c->app, kind, what, *text, &id, e);
    if (code == TB_OK) *text = tb_arena_strdup(&c->names, tb_buf_str(&id));
    tb_buf_free(&id);
    return code;
}

/* The duty of DUTY:DATE:BAND, and the provider of SEAT=ID. */
static enum tb_code seat_names(struct cli *c, const char *what, const char **text, struct tb_err *e)
{
    const char *colon = strchr(*text, ':'), *equals = strchr(*text, '=');
    if (!colon) return TB_OK;
    const char *duty = tb_arena_strndup(&c->names, *text, (size_t)(colon - *text)),
               *who = equals ? equals + 1 : "";
    CLI_TRY(cli_named(c, TB_WORD_DUTY, what, &duty, e));
    CLI_TRY(cli_named(c, TB_WORD_PROVIDER, what, &who, e));
    *text = equals ? tb_arena_printf(&c->names, "%s%.*s=%s", duty, (int)(equals - colon), colon, who)
                   : tb_arena_printf(&c->names, "%s%s", duty, colon);
    return TB_OK;
}

enum tb_code cli_names(struct cli *c, struct tb_err *e)
{
    for (int i = 0; i < c->n_given; i++) /* a copied table has no names of its own: its commands take ids */
        if (strcmp(c->command->opts[c->given[i].opt].name, "table") == 0) return TB_OK;
    for (int i = 0; i < c->n_given; i++) {
        const struct cli_opt *o = &c->command->opts[c->given[i].opt];
        char what[40];
        snprintf(what, sizeof what, "--%s", o->name);
        if (!o->value || !c->given[i].value) continue;
        if (strcmp(o->value, "SEAT") == 0 || strcmp(o->value, "SEAT=ID") == 0)
            CLI_TRY(seat_names(c, what, &c->given[i].value, e));
        if (strcmp(o->value, "ID") != 0) continue;
        for (size_t k = 0; k < TB_COUNT(named); k++)
            if (strcmp(named[k].option, o->name) == 0)
                CLI_TRY(cli_named(c, named[k].kind, what, &c->given[i].value, e));
    }
    return TB_OK;
}

enum tb_code cmd_find(struct cli *c, struct tb_err *e)
{
    struct tb_found x;
    bool any = false;
    CLI_TRY(tb_app_find(&c->app, c->args[0], &x, e));
    for (int k = 0; k < TB_WORD_KINDS; k++) any = any || x.meant[k].n > 0;
    CLI_TELL(c, tb_tell_found, (&(struct tb_tell_found){c->args[0], &x}));
    tb_found_free(&x);
    return any ? TB_OK : TB_NO;
}
