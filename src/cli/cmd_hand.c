/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * assign, unassign, undo, redo, edits, pin, forbid, exception.
 */
#include "rows.h"
#include "toban/app/hand.h"
#include "toban/tell/hand.h"

static enum tb_code options_needed(struct cli *c, const char *const *names, int n, struct tb_err *e)
{
    for (int i = 0; i < n; i++)
        if (!cli_get(c, names[i]))
            return tb_fail(e, TB_USAGE, tb_t("--%s が要ります", "--%s is needed"), names[i]);
    return TB_OK;
}

/* ---- assign, unassign ---------------------------------------------------------------------------- */

/* The draft as it is now; exit 1: it has a breach that nobody signed for, or an open seat. */
static enum tb_code tell_handmade(struct cli *c, struct tb_app_handmade *m)
{
    CLI_TELL(c, tb_tell_handmade, m);
    enum tb_code code = tb_app_breaches(&m->draft) || m->draft.verdict->open_seats ? TB_NO : TB_OK;
    tb_app_handmade_free(m);
    return code;
}

static enum tb_code change_seat(struct cli *c, bool leave, struct tb_err *e)
{
    int64_t id, revision;
    struct tb_app_handmade m;
    static const char *const names[] = {"seat", "provider"};
    CLI_TRY(options_needed(c, names, leave ? 1 : 2, e));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "revision", 0, INT32_MAX, TB_ANY_REVISION, &revision, e));
    struct tb_app_hand hand = {.seat = cli_get(c, "seat"),
                               .provider = cli_get(c, "provider"),
                               .instead_of = leave ? NULL : cli_get(c, "instead-of"),
                               .leave = leave,
                               .revision = revision};
    CLI_TRY(tb_app_assign(&c->app, id, &hand, &m, e));
    return tell_handmade(c, &m);
}

enum tb_code cmd_assign(struct cli *c, struct tb_err *e) { return change_seat(c, false, e); }
enum tb_code cmd_unassign(struct cli *c, struct tb_err *e) { return change_seat(c, true, e); }

enum tb_code cmd_exchange(struct cli *c, struct tb_err *e)
{
    int64_t id, revision;
    struct tb_app_handmade m;
    static const char *const names[] = {"seat", "with"};
    CLI_TRY(options_needed(c, names, 2, e));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "revision", 0, INT32_MAX, TB_ANY_REVISION, &revision, e));
    struct tb_app_hand hand = {.seat = cli_get(c, "seat"),
                               .with = cli_get(c, "with"),
                               .provider = cli_get(c, "provider"),
                               .instead_of = cli_get(c, "instead-of"),
                               .revision = revision};
    CLI_TRY(tb_app_assign(&c->app, id, &hand, &m, e));
    return tell_handmade(c, &m);
}

static enum tb_code take_back(struct cli *c, bool redo, struct tb_err *e)
{
    int64_t id, revision;
    struct tb_app_handmade m;
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "revision", 0, INT32_MAX, TB_ANY_REVISION, &revision, e));
    CLI_TRY(tb_app_undo(&c->app, id, revision, redo, &m, e));
    return tell_handmade(c, &m);
}

enum tb_code cmd_undo(struct cli *c, struct tb_err *e) { return take_back(c, false, e); }
enum tb_code cmd_redo(struct cli *c, struct tb_err *e) { return take_back(c, true, e); }

enum tb_code cmd_edits(struct cli *c, struct tb_err *e)
{
    int64_t id;
    struct tb_app_edits x;
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(tb_app_edits(&c->app, id, &x, e));
    CLI_TELL(c, tb_tell_edits, &x);
    tb_app_edits_free(&x);
    return TB_OK;
}

/* ---- pin, forbid, exception ---------------------------------------------------------------------- */

static void tell_marked(struct cli *c, enum tb_tell_mark what, const struct tb_row_done *done)
{
    struct tb_tell_marked x = {.what = what,
                               .seat = cli_get(c, "seat"),
                               .provider = cli_get(c, "provider"),
                               .removed = cli_flag(c, "remove"),
                               .replaced = done->replaced,
                               .todo = done->todo};
    CLI_TELL(c, tb_tell_marked, &x);
}

/* With --list or --history: of this seat, this provider. */
static enum tb_code list_marks(struct cli *c, const char *table, const char *const *more, struct tb_err *e)
{
    struct cli_rows x = {.table = table};
    CLI_TRY(cli_rows_seat(&x, cli_get(c, "seat"), e));
    cli_rows_add(&x, "provider", cli_get(c, "provider"));
    cli_rows_add(&x, "reason", cli_get(c, "reason"));
    for (; more[0]; more += 2) cli_rows_add(&x, more[0], more[1]);
    return cli_rows_tell(c, &x, tb_app_rows, e);
}

static enum tb_code pin_seat(struct cli *c, bool forbid, struct tb_err *e)
{
    static const char *const names[] = {"seat", "provider"};
    struct tb_row_done done = {0};
    bool list;
    const struct tb_app_pinning x = {.seat = cli_get(c, "seat"),
                                     .provider = cli_get(c, "provider"),
                                     .reason = cli_get(c, "reason"),
                                     .forbid = forbid,
                                     .remove = cli_flag(c, "remove")};
    CLI_TRY(cli_rows_asked(c, &list, e));
    if (list)
        return list_marks(c, "pins", (const char *const[]){"action", forbid ? "forbid" : "pin", NULL}, e);
    CLI_TRY(options_needed(c, names, 2, e));
    CLI_TRY(tb_app_pin(&c->app, &x, &done, e));
    tell_marked(c, forbid ? TB_TELL_FORBID : TB_TELL_PIN, &done);
    return TB_OK;
}

enum tb_code cmd_pin(struct cli *c, struct tb_err *e) { return pin_seat(c, false, e); }
enum tb_code cmd_forbid(struct cli *c, struct tb_err *e) { return pin_seat(c, true, e); }

enum tb_code cmd_exception(struct cli *c, struct tb_err *e)
{
    static const char *const names[] = {"rule", "seat", "provider", "reason", "signed-by"};
    struct tb_row_done done = {0};
    bool list;
    const struct tb_app_signing x = {.rule = cli_get(c, "rule"),
                                     .seat = cli_get(c, "seat"),
                                     .provider = cli_get(c, "provider"),
                                     .reason = cli_get(c, "reason"),
                                     .signed_by = cli_get(c, "signed-by"),
                                     .remove = cli_flag(c, "remove")};
    CLI_TRY(cli_rows_asked(c, &list, e));
    if (list)
        return list_marks(c, "exceptions",
                          (const char *const[]){"rule", x.rule, "signed_by", x.signed_by, NULL}, e);
    CLI_TRY(options_needed(c, names, x.remove ? 3 : 5, e));
    CLI_TRY(tb_app_exception(&c->app, &x, &done, e));
    tell_marked(c, TB_TELL_EXCEPTION, &done);
    return TB_OK;
}
