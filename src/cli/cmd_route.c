/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * route, override, now, check-table.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/domain/said.h"
#include "toban/tell/duties.h"
#include "toban/tell/export.h"
#include "toban/tell/route.h"

static struct tb_routing_source source_of(const struct cli *c)
{
    const char *state = cli_get(c, "state");
    return (struct tb_routing_source){cli_get(c, "table"), cli_get(c, "changes"),
                                      state ? state : getenv("TOBAN_STATE")};
}

static enum tb_code record_declined(struct cli *c, const struct tb_routing_source *from,
                                    const struct tb_region *r, const struct tb_ask *in,
                                    const struct tb_asked *x, struct tb_err *e)
{
    if (in->n_declined == 0) return TB_OK;
    /* the last is the new one; those before were recorded when they were */
    int last = in->n_declined - 1;
    const char *colon = strchr(in->declined[last], ':');
    bool recorded;
    return tb_app_declined(&c->app, from, r->providers[x->declined[last]].id, colon ? colon + 1 : "-",
                           &recorded, e);
}

static enum tb_code unusable(struct cli *c, const struct tb_routing *r, tb_minute at, struct tb_err *e)
{
    CLI_TELL(c, tb_tell_route, (&(struct tb_tell_route){r, at, NULL, false}));
    return tb_fail(e, TB_INVALID,
                   tb_t("案内表は%sです。119・相談電話・救命救急センターだけを示しました",
                        "the table is %s; only 119, advice lines and the tertiary centre were shown"),
                   tb_table_state_word(r->state));
}

static struct tb_ask ask_of(const struct cli *c)
{
    struct tb_ask in = {.area = cli_get(c, "area"),
                        .age = cli_get(c, "age"),
                        .complaint = cli_get(c, "complaint"),
                        .level = cli_get(c, "level"),
                        .scale = cli_get(c, "scale") ? cli_get(c, "scale") : getenv("TOBAN_SCALE"),
                        .guidance = cli_flag(c, "guidance"),
                        .channel = cli_get(c, "channel"),
                        .modifier = cli_get(c, "modifier"),
                        .home = cli_get(c, "home"),
                        .explain = cli_flag(c, "explain")};
    in.n_declined = cli_all(c, "declined", in.declined, TB_ASK_DECLINED); /* as many as a line can give */
    return in;
}

_Static_assert((int)TB_ASK_DECLINED >= (int)CLI_GIVEN, "nobody who declined is left out");

enum tb_code cmd_route(struct cli *c, struct tb_err *e)
{
    struct tb_routing r;
    struct tb_routing_source from = source_of(c);
    tb_minute now = tb_clock_now(&c->app.clock);
    CLI_TRY(tb_app_routing(&c->app, &from, now, &r, e));
    if (!tb_routing_usable(&r)) {
        enum tb_code code = unusable(c, &r, now, e);
        tb_routing_free(&r);
        return code;
    }
    struct tb_ask in = ask_of(c);
    struct tb_asked x = {0};
    enum tb_code code = tb_ask_answer(&r, &in, now, &x, e);
    if (code == TB_OK) code = record_declined(c, &from, tb_table_region(r.table), &in, &x, e);
    if (code == TB_OK) {
        CLI_TELL(c, tb_tell_route, (&(struct tb_tell_route){&r, now, &x, in.explain}));
        if (x.a.fallback) code = TB_NO;
    }
    tb_asked_free(&x);
    tb_routing_free(&r);
    return code;
}

/* ---- override ---------------------------------------------------------------------------------- */

static enum tb_code instant_option(const struct cli *c, const char *name, tb_minute def, tb_minute *out,
                                   struct tb_err *e)
{
    const char *text = cli_get(c, name);
    *out = def;
    char what[40];
    snprintf(what, sizeof what, "--%s", name);
    return text ? cli_instant(c, what, text, out, e) : TB_OK;
}

static const char *option(const struct cli *c, const char *name)
{
    return cli_get(c, name) ? cli_get(c, name) : "";
}

/* The number in its one form. */
static enum tb_code phone_option(const struct cli *c, char *out, size_t size, struct tb_err *e)
{
    struct tb_buf number = {0};
    const char *text = option(c, "phone"), *bad = *text ? tb_said_phone(text, &number) : NULL;
    snprintf(out, size, "%s", tb_buf_str(&number));
    tb_buf_free(&number);
    return bad ? tb_fail(e, TB_USAGE, tb_t("--phone「%s」: %s", "--phone \"%s\" %s"), text, bad) : TB_OK;
}

static enum tb_code list_overrides(struct cli *c, const struct tb_routing_source *from, tb_minute now,
                                   struct tb_err *e)
{
    struct tb_routing r;
    CLI_TRY(tb_app_routing(&c->app, from, now, &r, e));
    CLI_TELL(c, tb_tell_overrides, (&(struct tb_tell_overrides){&r, now}));
    tb_routing_free(&r);
    return TB_OK;
}

enum tb_code cmd_override(struct cli *c, struct tb_err *e)
{
    struct tb_routing_source from = source_of(c);
    tb_minute now = tb_clock_now(&c->app.clock);
    if (c->n_args == 0) return list_overrides(c, &from, now, e);
    int64_t minutes, supersedes;
    char phone[64];
    CLI_TRY(phone_option(c, phone, sizeof phone, e));
    struct tb_incident_row x = {.entered_at = now,
                                .by = c->app.actor.name,
                                .kind = c->args[0],
                                .provider = option(c, "provider"),
                                .duty = option(c, "duty"),
                                .other = *option(c, "with") ? option(c, "with") : option(c, "to"),
                                .phone = phone,
                                .note = option(c, "note"),
                                .reason = option(c, "reason"),
                                .source = option(c, "source")};
    int kind = -1;
    for (int i = 0; i < TB_INCIDENT_COUNT; i++)
        if (strcmp(tb_incident_rules[i].word, x.kind) == 0) kind = i;
    bool cancel = strcmp(x.kind, "cancelled") == 0;
    if (kind < 0 && !cancel)
        return tb_fail(e, TB_USAGE,
                       tb_t("「%s」: closed limited late substitute extra phone note disaster confirmed "
                            "cancelled のどれかです",
                            "\"%s\": one of closed, limited, late, substitute, extra, phone, note, disaster, "
                            "confirmed, cancelled"),
                       x.kind);
    if (strlen(x.note) > 360)
        return tb_fail(e, TB_USAGE, tb_t("--note は 120 字までです", "--note has at most 120 characters"));
    CLI_TRY(cli_int(c, "supersedes", 1, INT32_MAX, 0, &supersedes, e));
    CLI_TRY(cli_int(c, "minutes", 1, 10080, 0, &minutes, e));
    CLI_TRY(instant_option(c, "from", now, &x.from, e));
    CLI_TRY(instant_option(c, "until",
                           minutes  ? x.from + minutes
                           : cancel ? x.from + 1
                                    : INT64_MIN,
                           &x.until, e));
    if (x.until == INT64_MIN)
        return tb_fail(e, TB_USAGE,
                       tb_t("終わりが要ります: --until か --minutes（%sのめやすは %d 分）",
                            "it needs an end: --until or --minutes (%s: %d, say)"),
                       tb_t(tb_incident_rules[kind].ja, x.kind), tb_incident_rules[kind].default_minutes);
    if (cancel && !supersedes)
        return tb_fail(e, TB_USAGE,
                       tb_t("cancelled には --supersedes N が要ります", "cancelled needs --supersedes N"));
    /* outlives what it ends */
    if (cancel && x.until <= x.from + 1) x.until = x.from + 2 * TB_MINUTES_PER_DAY;
    x.supersedes = supersedes;
    CLI_TRY(tb_app_override(&c->app, &from, &x, e));
    CLI_TELL(c, tb_tell_overridden, &x);
    return TB_OK;
}

/* ---- now --------------------------------------------------------------------------------------- */

/* The page, or the roster part of a copied table: from the table, not from the data file's roster. */
static enum tb_code now_page(struct cli *c, struct tb_err *e)
{
    struct tb_routing r;
    struct tb_routing_source from = source_of(c);
    tb_minute now = tb_clock_now(&c->app.clock);
    const char *page = cli_get(c, "page");
    bool html = page && strcmp(page, "html") == 0, disaster = page && strcmp(page, "disaster") == 0;
    if (page && !html && !disaster && strcmp(page, "text") != 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("--page は text か html か disaster です", "--page is text, html or disaster"));
    CLI_TRY(tb_app_routing(&c->app, &from, now, &r, e));
    struct tb_buf out = {0};
    if (!tb_routing_usable(&r)) {
        enum tb_code code = unusable(c, &r, now, e);
        tb_routing_free(&r);
        return code;
    }
    struct tb_now_page p = {now, r.changes, r.n_changes, tb_buf_str(&r.banner), r.board};
    enum tb_code code = TB_OK;
    if (disaster)
        code = tb_sheet_disaster(r.table, r.board, now, r.changes, r.n_changes, &out, e);
    else if (html)
        tb_now_html(r.table, &p, &out);
    else
        tb_now_text(r.table, &p, &out);
    cli_print(&out);
    tb_routing_free(&r);
    return code;
}

enum tb_code cmd_now(struct cli *c, struct tb_err *e)
{
    if (cli_get(c, "page") || cli_get(c, "table")) return now_page(c, e);
    struct tb_app_now x;
    CLI_TRY(tb_app_now(&c->app, cli_get(c, "as-of"), &x, e));
    CLI_TELL(c, tb_tell_now, &x);
    size_t n = x.now.n;
    tb_app_now_free(&x);
    return n ? TB_OK : TB_NO;
}

/* ---- check-table ------------------------------------------------------------------------------- */

static enum tb_code check_file(struct cli *c, struct tb_err *e)
{
    struct tb_routing r;
    struct tb_routing_source from = source_of(c);
    struct tb_tell_file_check x = {.routing = &r, .at = tb_clock_now(&c->app.clock)};
    CLI_TRY(tb_app_check_file(&c->app, &from, &r, &x.cells, e));
    CLI_TELL(c, tb_tell_file_check, &x);
    tb_routing_free(&r);
    return TB_OK;
}

enum tb_code cmd_check_table(struct cli *c, struct tb_err *e)
{
    struct tb_app_table_check x;
    if (cli_get(c, "table")) return check_file(c, e);
    CLI_TRY(tb_app_check_table(&c->app, cli_get(c, "period"), &x, e));
    CLI_TELL(c, tb_tell_table_check, &x);
    int unreached = x.seats.unreached;
    tb_app_table_check_free(&x);
    return unreached ? TB_NO : TB_OK;
}

/* ---- export ------------------------------------------------------------------------------------ */

enum tb_code route_export_table(struct cli *c, struct tb_err *e)
{
    const char *file = cli_get(c, "file");
    if (c->n_args < 2 || !file)
        return tb_fail(e, TB_USAGE,
                       tb_t("table には PERIOD と --file が要ります", "table needs PERIOD and --file"));
    struct tb_app_table_file x;
    CLI_TRY(tb_app_write_table(&c->app, c->args[1], file, &x, e));
    CLI_TELL(c, tb_tell_exported_table, (&(struct tb_tell_exported_table){&x, file}));
    return TB_OK;
}

enum tb_code route_export_sheets(struct cli *c, struct tb_err *e)
{
    const char *out = cli_get(c, "out");
    struct tb_routing_source from = {cli_get(c, "table"), NULL, NULL};
    if (!out || (c->n_args < 2) == !from.table)
        return tb_fail(e, TB_USAGE,
                       tb_t("sheets には --out と、PERIOD か --table が要ります",
                            "sheets needs --out, and PERIOD or --table"));
    struct tb_app_sheets x;
    CLI_TRY(tb_app_write_sheets(&c->app, &from, c->n_args > 1 ? c->args[1] : NULL, cli_get(c, "since"), out,
                                &x, e));
    CLI_TELL(c, tb_tell_exported_sheets,
             (&(struct tb_tell_exported_sheets){&x, out, cli_get(c, "since") != NULL}));
    return TB_OK;
}
