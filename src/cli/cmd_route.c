/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * route, override, now, check-table.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/ask.h"
#include "toban/app/diff.h"

/* ---- the answer -------------------------------------------------------------------------------- */

static void text_last(const struct tb_last_resort *l)
{
    char from[64], to[64];
    for (int i = 0; i < l->n; i++) {
        const struct tb_last_row *x = &l->rows[i];
        printf("%d. ", i + 1);
        cli_cell(tb_ask_role(x->role), 16);
        printf("%s  %s", x->name, x->phone);
        if (x->to - x->from < TB_MINUTES_PER_DAY)
            printf("  %s-%s", tb_format_time_ja(x->from, from, sizeof from),
                   tb_format_time_ja(x->to, to, sizeof to));
        printf("  %s\n", x->note);
    }
}

static void text_header(const struct tb_routing *r, tb_minute at)
{
    char t[64];
    printf("【%s】 %.16s", tb_table_state_word(r->state), tb_format_instant(at, t, sizeof t));
    if (r->table) {
        struct tb_table_info i = tb_table_info(r->table);
        printf(tb_t("  第%d版 %s  表 %.8s", "  publication %d %s  table %.8s"), i.publication, i.hash,
               i.digest);
    }
    putchar('\n');
    fputs(tb_buf_str(&r->banner), stdout);
}

static const struct tb_policy *policy_of(const struct tb_region *r, const char *id)
{
    for (int i = 0; i < r->n_policies; i++)
        if (strcmp(r->policies[i].id, id) == 0) return &r->policies[i];
    return NULL;
}

static void text_reasons(const struct tb_region *r, const struct tb_answer_entry *x)
{
    char row[200], date[64] = "-", checked[64] = "-";
    const struct tb_policy *p = policy_of(r, x->rule);
    tb_ask_row(x, row);
    if (p && p->approved_on != TB_DAY_NONE) tb_format_date(p->approved_on, date, sizeof date);
    if (x->checked != TB_DAY_NONE) tb_format_date(x->checked, checked, sizeof checked);
    printf(tb_t("     規則 %s（順 %d、承認 %s %s）", "     rule %s (rank %d, approved by %s on %s)"), x->rule,
           p ? p->rank : 0, p ? p->approved_by : "-", date);
    if (*row) printf(tb_t("  当番表の行 %s", "  roster row %s"), row);
    if (*x->facility)
        printf(tb_t("  施設 %s（確認日 %s）", "  facility %s (data checked on %s)"), x->facility, checked);
    putchar('\n');
}

static void text_answer(const struct cli *c, const struct tb_routing *r, const struct tb_query *q,
                        const struct tb_answer *a, const struct tb_near *near, int n_near)
{
    char t[64];
    struct tb_buf heading = {0};
    tb_answer_heading(r->table, q, a, &heading);
    if (heading.len > 0) puts(tb_buf_str(&heading));
    tb_buf_free(&heading);
    const struct tb_region *region = tb_table_region(r->table);
    printf(tb_t("この答えは %.16s まで\n", "this answer holds until %.16s\n"),
           tb_format_instant(a->expires, t, sizeof t));
    for (int i = 0; i < a->n; i++) {
        const struct tb_answer_entry *x = &a->e[i];
        printf("%d. ", i + 1);
        cli_cell(tb_ask_role(x->role), 16);
        printf("%s  %s", x->name, x->phone);
        if (x->role == TB_ANSWER_LATER && x->open_from != INT64_MIN)
            printf(tb_t("  %.16s から", "  from %.16s"), tb_format_instant(x->open_from, t, sizeof t));
        if (x->reception_until != INT64_MIN)
            printf(tb_t("  受付 %.16s まで", "  reception until %.16s"),
                   tb_format_instant(x->reception_until, t, sizeof t));
        if (x->provider >= 0 && x->minutes > 0) printf(tb_t("  約%d分", "  about %d min"), x->minutes);
        if (*x->mark) printf("  〔%s〕", x->mark);
        if (*x->mark && x->mark_until != INT64_MIN)
            printf(tb_t(" %.16s に自動復帰", " over at %.16s"),
                   tb_format_instant(x->mark_until, t, sizeof t));
        if (*x->lacks) printf(tb_t("  〔%s の受け入れは電話で確かめる〕", "  [%s: ring first]"), x->lacks);
        if (*x->note) printf("  %s", x->note);
        if (x->closes != INT64_MIN && strcmp(x->rule, "home-care") == 0)
            printf(tb_t("（%.16s まで）", " (until %.16s)"), tb_format_instant(x->closes, t, sizeof t));
        putchar('\n');
        if (cli_flag(c, "explain")) text_reasons(region, x);
    }
    if (cli_flag(c, "explain")) {
        puts(tb_t("並べ方: 規則の順、開いている所が先、車の分、当番区分の記号、医療機関の記号",
                  "order: policy rank; open before closed; minutes by car; duty id; facility id"));
        for (int i = 0; i < n_near; i++)
            printf(tb_t("あと一つで載る: %s（%s）: %s\n", "near miss: %s (%s): %s\n"), near[i].name,
                   *near[i].duty_name ? near[i].duty_name : "-", tb_t(near[i].test_ja, near[i].test_en));
    }
    struct tb_table_info info = tb_table_info(r->table);
    printf("%s\n%s\n", info.use, info.notice);
}

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
    if (c->json) {
        struct tb_buf out = {0};
        tb_ask_json(r, at, NULL, false, &out);
        fputs(tb_buf_str(&out), stdout);
        tb_buf_free(&out);
    } else {
        text_header(r, at);
        text_last(&r->last);
    }
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
                        .guidance = cli_flag(c, "guidance"),
                        .channel = cli_get(c, "channel"),
                        .modifier = cli_get(c, "modifier"),
                        .home = cli_get(c, "home"),
                        .explain = cli_flag(c, "explain")};
    in.n_declined = cli_all(c, "declined", in.declined, TB_ASK_DECLINED);
    return in;
}

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
        if (c->json) {
            struct tb_buf out = {0};
            tb_ask_json(&r, now, &x, in.explain, &out);
            fputs(tb_buf_str(&out), stdout);
            tb_buf_free(&out);
        } else {
            text_header(&r, now);
            text_answer(c, &r, &x.q, &x.a, x.near, x.n_near);
        }
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
    if (!text || tb_parse_instant(text, out)) return TB_OK;
    return tb_fail(
        e, TB_USAGE,
        tb_t("--%s 「%s」: 2026-12-03T19:30 の形です", "--%s \"%s\": write it as 2026-12-03T19:30"), name,
        text);
}

static const char *option(const struct cli *c, const char *name)
{
    return cli_get(c, name) ? cli_get(c, name) : "";
}

static enum tb_code list_overrides(struct cli *c, const struct tb_routing_source *from, tb_minute now,
                                   struct tb_err *e)
{
    struct tb_routing r;
    CLI_TRY(tb_app_routing(&c->app, from, now, &r, e));
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "overrides");
        tb_print_begin_list(j.p);
    } else
        text_header(&r, now);
    for (size_t i = 0; i < r.incidents.n; i++) {
        const struct tb_incident_row *x = &r.incidents.v[i];
        char t[64], u[64];
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kint(j.p, "id", x->id);
            tb_print_kstring(j.p, "kind", x->kind);
            tb_print_kstring(j.p, "provider", x->provider);
            tb_ask_minute_json(j.p, "from", x->from);
            tb_ask_minute_json(j.p, "until", x->until);
            tb_print_kint(j.p, "supersedes", x->supersedes);
            tb_print_kstring(j.p, "reason", x->reason);
            tb_print_end_object(j.p);
        } else {
            printf("%lld %s %s %.16s - %.16s %s %s", (long long)x->id, x->kind, x->provider,
                   tb_format_instant(x->from, t, sizeof t), tb_format_instant(x->until, u, sizeof u),
                   x->reason, x->note);
            if (x->supersedes)
                printf(tb_t("（%lld に代わる）", " (in place of %lld)"), (long long)x->supersedes);
            putchar('\n');
        }
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    tb_routing_free(&r);
    return TB_OK;
}

enum tb_code cmd_override(struct cli *c, struct tb_err *e)
{
    struct tb_routing_source from = source_of(c);
    tb_minute now = tb_clock_now(&c->app.clock);
    if (c->n_args == 0) return list_overrides(c, &from, now, e);
    int64_t minutes, supersedes;
    struct tb_incident_row x = {.entered_at = now,
                                .by = c->app.who,
                                .kind = c->args[0],
                                .provider = option(c, "provider"),
                                .duty = option(c, "duty"),
                                .other = *option(c, "with") ? option(c, "with") : option(c, "to"),
                                .phone = option(c, "phone"),
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
    char t[64];
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "id", x.id);
        tb_ask_minute_json(j.p, "until", x.until);
        cli_json_end(&j);
    } else
        printf(tb_t("変更 %lld を記録しました。%.16s に自動で戻ります\n",
                    "override %lld recorded; it is over at %.16s by itself\n"),
               (long long)x.id, tb_format_instant(x.until, t, sizeof t));
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
    struct tb_now_page p = {now, r.changes, r.n_changes, tb_buf_str(&r.banner)};
    enum tb_code code = TB_OK;
    if (disaster)
        code = tb_sheet_disaster(r.table, r.board, now, r.changes, r.n_changes, &out, e);
    else if (html)
        tb_now_html(r.table, &p, &out);
    else
        tb_now_text(r.table, &p, &out);
    fputs(tb_buf_str(&out), stdout);
    tb_buf_free(&out);
    tb_routing_free(&r);
    return code;
}

enum tb_code cmd_now(struct cli *c, struct tb_err *e)
{
    if (cli_get(c, "page") || cli_get(c, "table")) return now_page(c, e);
    struct tb_region *r;
    struct tb_board *b;
    tb_minute now = tb_clock_now(&c->app.clock);
    tb_day today = tb_day_of_minute(now);
    struct tb_side side;
    CLI_TRY(tb_app_side(&c->app, cli_get(c, "as-of"), &side, e));
    if (side.draft)
        return tb_fail(
            e, TB_USAGE,
            tb_t("--as-of は公表の番号か日時です", "--as-of is the number of a publication, or an instant"));
    CLI_TRY(tb_app_board(&c->app, side.number, today - 1, today + 1, &r, &b, e));
    char t[64], u[64];
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_ask_minute_json(j.p, "at", now);
        tb_print_kint(j.p, "publication", b->publication);
        tb_print_kstring(j.p, "hash", b->hash);
        tb_print_key(j.p, "on_duty");
        tb_print_begin_list(j.p);
    } else
        printf(tb_t("%.16s 現在  第%d版 %s\n", "at %.16s  publication %d %s\n"),
               tb_format_instant(now, t, sizeof t), b->publication, b->hash);
    int n = 0;
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        for (int k = 0; k < s->n_intervals; k++) {
            if (now < s->interval[k].from || now >= s->interval[k].to) continue;
            const struct tb_duty *d = &r->duties[s->duty];
            const struct tb_provider *p = &r->providers[b->a[i].provider];
            const char *phone = d->site >= 0 ? r->providers[d->site].phone : p->phone;
            n++;
            if (c->json) {
                tb_print_begin_object(j.p);
                tb_print_kstring(j.p, "duty", d->id);
                tb_print_kstring(j.p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
                tb_print_kstring(j.p, "provider", p->id);
                tb_print_kstring(j.p, "name", p->name);
                tb_print_kstring(j.p, "phone", phone);
                tb_ask_minute_json(j.p, "reception_until", s->reception[k]);
                tb_ask_minute_json(j.p, "until", s->interval[k].to);
                tb_print_end_object(j.p);
            } else {
                cli_cell(d->name, 30);
                cli_cell(s->role == TB_PRIMARY ? tb_t("当番", "duty") : tb_t("予備", "reserve"), 8);
                cli_cell(p->name, 30);
                cli_cell(phone, 16);
                printf(tb_t("受付 %.16s  終了 %.16s\n", "reception %.16s  until %.16s\n"),
                       tb_format_instant(s->reception[k], t, sizeof t),
                       tb_format_instant(s->interval[k].to, u, sizeof u));
            }
        }
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    } else if (!n)
        puts(tb_t("当番はありません", "nobody is on duty"));
    tb_board_free(b);
    tb_region_free(r);
    return n ? TB_OK : TB_NO;
}

/* The file alone: digest, form, limits, no empty list. Against the data file, when that publication is there:
 * built anew, proven, and the same bytes. */
static enum tb_code check_file(struct cli *c, struct tb_err *e)
{
    struct tb_routing r;
    struct tb_routing_source from = source_of(c);
    tb_minute now = tb_clock_now(&c->app.clock);
    CLI_TRY(tb_app_routing(&c->app, &from, now, &r, e));
    enum tb_code code = TB_OK;
    int64_t cells = 0;
    if (!r.table) {
        code = tb_fail(e, TB_INVALID, "%s", tb_buf_str(&r.banner));
    } else if (tb_file_exists(c->app.db)) {
        struct tb_table_info i = tb_table_info(r.table);
        tb_day first = tb_day_of_minute(i.from), last = tb_day_of_minute(i.to) - 1;
        struct tb_region *region;
        struct tb_board *b;
        tb_table *t = NULL;
        code = tb_app_board(&c->app, i.publication, first - TB_TABLE_BACK, last + TB_TABLE_AHEAD, &region, &b,
                            e);
        if (code == TB_OK) {
            code = tb_route_build_span(b, first, last, b->published_at, &t, e);
            if (code == TB_OK) code = tb_route_verify(t, b, &cells, e);
            if (code == TB_OK && strcmp(tb_table_info(t).digest, i.digest) != 0)
                code =
                    tb_fail(e, TB_NO,
                            tb_t("ファイルの表（%.8s）は、同じ版から作った表（%.8s）と違います",
                                 "the file's table (%.8s) is not the one made from that publication (%.8s)"),
                            i.digest, tb_table_info(t).digest);
            tb_table_free(t);
            tb_board_free(b);
            tb_region_free(region);
        }
    }
    if (code == TB_OK && c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_ask_header_json(&r, now, j.p);
        tb_print_kint(j.p, "cells", cells);
        cli_json_end(&j);
    } else if (code == TB_OK) {
        text_header(&r, now);
        puts(tb_t("ファイルの照合・形・範囲は正しい", "the file's digest, form and limits are right"));
        if (cells)
            printf(tb_t("同じ版から作り直して %lld セルを確かめ、同じ内容でした\n",
                        "made anew from the same publication, %lld cells proven, the same contents\n"),
                   (long long)cells);
    }
    tb_routing_free(&r);
    return code;
}

enum tb_code cmd_check_table(struct cli *c, struct tb_err *e)
{
    if (cli_get(c, "table")) return check_file(c, e);
    struct tb_region *r;
    struct tb_board *b;
    tb_day from = TB_DAY_NONE, to = TB_DAY_NONE;
    if (cli_get(c, "period")) {
        CLI_TRY(tb_app_region(&c->app, &r, e));
        enum tb_code code = tb_period_parse(r, cli_get(c, "period"), &from, &to, NULL, e);
        tb_region_free(r);
        if (code) return code;
    }
    bool whole = from == TB_DAY_NONE;
    CLI_TRY(tb_app_board(&c->app, 0, whole ? from : from - TB_TABLE_BACK, whole ? to : to + TB_TABLE_AHEAD,
                         &r, &b, e));
    if (whole) {
        from = b->from;
        to = b->to;
    }
    tb_table *t;
    int64_t cells = 0;
    struct tb_buf holes = {0};
    int n_holes = 0;
    struct tb_route_light light = {0};
    double start = tb_clock_seconds();
    enum tb_code code = tb_route_build_span(b, from, to, b->published_at, &t, e);
    if (code == TB_OK) {
        code = tb_route_verify(t, b, &cells, e);
        if (code == TB_OK) n_holes = tb_route_holes(t, &holes);
        if (code == TB_OK) light = tb_route_light_of(t);
        tb_table_free(t);
    }
    if (code == TB_OK && c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", b->publication);
        tb_print_kint(j.p, "cells", cells);
        tb_print_kint(j.p, "light_cells", light.cells);
        tb_print_kint(j.p, "light_to_primary", light.first);
        tb_print_kint(j.p, "holes", n_holes);
        tb_print_kstring(j.p, "holes_text", tb_buf_str(&holes));
        tb_print_key(j.p, "seconds");
        tb_print_real(j.p, tb_clock_seconds() - start);
        cli_json_end(&j);
    } else if (code == TB_OK) {
        printf(tb_t("%lld セルすべて正しい\n", "all %lld cells are right\n"), (long long)cells);
        if (light.cells)
            printf(tb_t("軽い人（U3・U4）に開いている一次がある %lld セルのうち、一次が先頭 %lld（%lld%%）\n",
                        "of %lld cells in which a light case (U3, U4) finds a primary door open, one stands "
                        "first in %lld (%lld%%)\n"),
                   (long long)light.cells, (long long)light.first,
                   (long long)(light.first * 100 / light.cells));
        if (n_holes)
            printf(tb_t("当番のない時間（最終の案内だけになる）%d 件:\n%s",
                        "%d spans without a duty (last resort only):\n%s"),
                   n_holes, tb_buf_str(&holes));
    }
    tb_buf_free(&holes);
    tb_board_free(b);
    tb_region_free(r);
    return code;
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
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", x.publication);
        tb_print_kstring(j.p, "digest", x.digest);
        tb_print_kint(j.p, "cells", x.cells);
        tb_print_kint(j.p, "bytes", (int64_t)x.bytes);
        cli_json_end(&j);
    } else
        printf(tb_t("第%d版 表 %.8s を %s に書きました: %lld セルを確認、%zu バイト\n",
                    "wrote publication %d, table %.8s, to %s: %lld cells proven, %zu bytes\n"),
               x.publication, x.digest, file, (long long)x.cells, x.bytes);
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
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "files", x.files);
        tb_print_kint(j.p, "changes", x.changes);
        cli_json_end(&j);
    } else {
        printf(tb_t("%s に %d 枚を書きました\n", "%s: wrote %d sheets\n"), out, x.files);
        if (cli_get(c, "since"))
            printf(tb_t("前の表からの変更 %d 行\n", "%d lines changed since the table before\n"), x.changes);
    }
    return TB_OK;
}
