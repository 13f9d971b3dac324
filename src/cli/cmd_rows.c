/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rows: what stands in a table, entered and taken out row by row.
 */
#include <stdio.h>
#include <string.h>

#include "rows.h"
#include "toban/app/hand.h"
#include "toban/tell/rows.h"

void cli_rows_add(struct cli_rows *x, const char *name, const char *value)
{
    if (!value) return;
    TB_ASSERT(x->n + 3 <= (int)TB_COUNT(x->pairs));
    x->pairs[x->n++] = name;
    x->pairs[x->n++] = value;
}

enum tb_code cli_rows_seat(struct cli_rows *x, const char *seat, struct tb_err *e)
{
    static const char *const names[] = {"duty", "date", "band", "role"};
    if (!seat) return TB_OK;
    if (snprintf(x->text, sizeof x->text, "%s", seat) >= (int)sizeof x->text)
        return tb_fail(e, TB_USAGE, tb_t("席「%s」が長すぎます", "seat \"%s\" is too long"), seat);
    size_t n = 0;
    for (char *at = x->text; at; n++) {
        char *colon = strchr(at, ':');
        if (n == TB_COUNT(names))
            return tb_fail(e, TB_USAGE,
                           tb_t("席「%s」: 当番区分:日付:時間帯[:reserve] の形です（前からの一部でもよい）",
                                "seat \"%s\" has the form DUTY:DATE:BAND[:reserve], or the first of these"),
                           seat);
        if (colon) *colon = '\0';
        cli_rows_add(x, names[n], at);
        at = colon ? colon + 1 : NULL;
    }
    return TB_OK;
}

enum tb_code cli_rows_asked(struct cli *c, bool *out, struct tb_err *e)
{
    *out = cli_flag(c, "list") || cli_flag(c, "history");
    if (cli_flag(c, "list") + cli_flag(c, "history") + cli_flag(c, "remove") < 2) return TB_OK;
    return tb_fail(e, TB_USAGE,
                   tb_t("--list、--history、--remove のどれか一つです",
                        "--list, --history and --remove exclude each other"));
}

enum tb_code cli_rows_tell(struct cli *c, const struct cli_rows *x,
                           enum tb_code (*ask)(const struct tb_app *, const struct tb_rows_asked *,
                                               struct tb_app_rows *, struct tb_err *),
                           struct tb_err *e)
{
    struct tb_app_rows rows;
    const struct tb_rows_asked asked = {
        .table = x->table, .cells = x->pairs, .history = cli_flag(c, "history"), .on = cli_get(c, "on")};
    CLI_TRY(ask(&c->app, &asked, &rows, e));
    CLI_TELL(c, tb_tell_rows, &rows);
    tb_app_rows_free(&rows);
    return TB_OK;
}

/* ---- rows ------------------------------------------------------------------------------------------ */

/* COLUMN=VALUE */
static enum tb_code read_cells(struct cli *c, struct cli_rows *x, struct tb_err *e)
{
    for (int i = 1; i < c->n_args; i++) {
        char *is = strchr(c->args[i], '=');
        if (!is || is == c->args[i])
            return tb_fail(e, TB_USAGE, tb_t("「%s」: 列=値 の形です", "\"%s\": has the form COLUMN=VALUE"),
                           c->args[i]);
        *is = '\0';
        cli_rows_add(x, c->args[i], is + 1);
    }
    return TB_OK;
}

/* What these commands look at before they enter a row would be passed by. */
static enum tb_code has_its_command(const char *table, struct tb_err *e)
{
    static const char *const own[][2] = {
        {"wishes", "wish"}, {"pins", "pin / toban forbid"}, {"exceptions", "exception"}};
    for (size_t i = 0; i < TB_COUNT(own); i++)
        if (strcmp(own[i][0], table) == 0)
            return tb_fail(e, TB_USAGE,
                           tb_t("%s の行は toban %s で記入し、取り消します",
                                "rows of %s are entered and taken back with toban %s"),
                           table, own[i][1]);
    return TB_OK;
}

enum tb_code cmd_rows(struct cli *c, struct tb_err *e)
{
    struct cli_rows x = {.table = c->args[0]};
    bool add = cli_flag(c, "add"), remove = cli_flag(c, "remove");
    if (add + remove + cli_flag(c, "history") > 1)
        return tb_fail(e, TB_USAGE,
                       tb_t("--add、--remove、--history のどれか一つです",
                            "--add, --remove and --history exclude each other"));
    if (cli_flag(c, "on") && (add || remove || cli_flag(c, "history")))
        return tb_fail(e, TB_USAGE,
                       tb_t("--on は示すときだけです。ある日からの値は amendments に記入します",
                            "--on is for showing; a value from a day on is entered into amendments"));
    CLI_TRY(read_cells(c, &x, e));
    if (!add && !remove) return cli_rows_tell(c, &x, tb_app_rows, e);
    struct tb_row_done done = {0};
    int entity = tb_entity_find(x.table);
    CLI_TRY(has_its_command(x.table, e));
    if (entity < 0) return cli_rows_tell(c, &x, tb_app_rows, e); /* says which there are */
    if (add)
        CLI_TRY(
            cli_notes(tb_app_add_row(&c->app, (enum tb_entity_id)entity, x.pairs, &done, e), &done.notes));
    else
        CLI_TRY(tb_app_remove_row(&c->app, (enum tb_entity_id)entity, x.pairs, &done, e));
    CLI_TELL(c, tb_tell_row_done, (&(struct tb_tell_row_done){done.replaced, remove, done.todo}));
    return TB_OK;
}
