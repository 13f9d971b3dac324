/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * route, now, check-table.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/office.h"

/* ---- the question ------------------------------------------------------------------------------ */

static bool begins(const char *text, const char *with) { return *with && strncmp(text, with, strlen(with)) == 0; }

/* By id, name, reading or alias; then by the beginning of one of them when only one area begins so. */
static enum tb_code find_area(const struct tb_region *r, const char *text, int *out, struct tb_err *e)
{
    int id = tb_find_area(r, text), exact = id, prefix = -1, many = 0;
    struct tb_buf near = {0};
    for (int i = 0; i < r->n_areas && exact < 0; i++)
        if (strcmp(r->areas[i].name, text) == 0 || strcmp(r->areas[i].kana, text) == 0) exact = i;
    for (int i = 0; i < r->n_aliases && exact < 0; i++)
        if (strcmp(r->aliases[i].text, text) == 0) exact = r->aliases[i].area;
    for (int i = 0; i < r->n_areas && exact < 0; i++)
        if (begins(r->areas[i].name, text) || begins(r->areas[i].kana, text)) {
            many += prefix != i;
            prefix = i;
            tb_buf_addf(&near, "%s%s", near.len ? "、" : "", r->areas[i].name);
        }
    for (int i = 0; i < r->n_aliases && exact < 0; i++)
        if (begins(r->aliases[i].text, text) && r->aliases[i].area != prefix) {
            many++;
            prefix = r->aliases[i].area;
            tb_buf_addf(&near, "%s%s（%s）", near.len ? "、" : "", r->aliases[i].text, r->areas[prefix].name);
        }
    *out = exact >= 0 ? exact : many == 1 ? prefix : -1;
    enum tb_code c = TB_OK;
    if (*out < 0)
        c = tb_fail(e, TB_USAGE, tb_t("地区「%s」が決まりません。候補: %.600s", "which area is \"%s\"? Candidates: %.600s"), text, near.len ? near.s : tb_t("なし。市町の名なら、例えば 金沢市", "none; a municipality is right, such as 金沢市"));
    tb_buf_free(&near);
    return c;
}

static enum tb_code find_level(const struct tb_region *r, const char *text, int *out, struct tb_err *e)
{
    for (int i = 0; i < r->n_scales; i++) {
        char full[256];
        snprintf(full, sizeof full, "%s:%s:%s", r->scales[i].scale, r->scales[i].version, r->scales[i].code);
        if (strcmp(full, text) == 0) {
            *out = r->scales[i].urgency;
            return TB_OK;
        }
    }
    if (strcmp(text, "unknown") == 0) {
        *out = TB_U_UNKNOWN;
        return TB_OK;
    }
    struct tb_buf all = {0};
    for (int i = 0; i < r->n_scales; i++) tb_buf_addf(&all, "%s%s:%s:%s", i ? "、" : "", r->scales[i].scale, r->scales[i].version, r->scales[i].code);
    enum tb_code c = tb_fail(e, TB_USAGE, tb_t("緊急度「%s」は尺度:版:段階で書きます（色や数字だけでは決まりません）: %.900s", "a level is scale:version:code (a bare colour or number does not say), not \"%s\": %.900s"), text, tb_buf_str(&all));
    tb_buf_free(&all);
    return c;
}

static enum tb_code read_query(const struct cli *c, const struct tb_region *r, struct tb_query *q, struct tb_err *e)
{
    const char *area = cli_get(c, "area"), *age = cli_get(c, "age"), *complaint = cli_get(c, "complaint"), *level = cli_get(c, "level"), *channel = cli_get(c, "channel");
    *q = (struct tb_query){.at = tb_clock_now(&c->app.clock), .age = -1, .complaint = -1, .urgency = TB_U_UNKNOWN, .channel = TB_CHANNEL_DESK};
    if (!area) return tb_fail(e, TB_USAGE, tb_t("--area が要ります", "--area is needed"));
    if (!level == !cli_flag(c, "guidance")) return tb_fail(e, TB_USAGE, tb_t("--level か --guidance のどちらかが要ります", "either --level or --guidance is needed"));
    CLI_TRY(find_area(r, area, &q->area, e));
    if (level)
        CLI_TRY(find_level(r, level, &q->urgency, e));
    else
        q->urgency = TB_U_GUIDANCE;
    int64_t years;
    if (age && strcmp(age, "unknown") != 0) {
        CLI_TRY(cli_int(c, "age", 0, 149, -1, &years, e));
        q->age = (int)years;
    }
    if (complaint && strcmp(complaint, "unknown") != 0) {
        for (int i = 0; i < r->n_complaints; i++)
            if (strcmp(r->complaints[i].id, complaint) == 0 || strcmp(r->complaints[i].name, complaint) == 0) q->complaint = i;
        if (q->complaint < 0) {
            struct tb_buf all = {0};
            for (int i = 0; i < r->n_complaints; i++) tb_buf_addf(&all, "%s%s（%s）", i ? "、" : "", r->complaints[i].id, r->complaints[i].name);
            enum tb_code code = tb_fail(e, TB_USAGE, tb_t("症状区分「%s」はありません。あるのは: %.900s", "there is no complaint group \"%s\"; there are: %.900s"), complaint, tb_buf_str(&all));
            tb_buf_free(&all);
            return code;
        }
    }
    static const char *const channels[TB_CHANNEL_COUNT] = {"119", "phone", "desk", "public"};
    for (int i = 0; channel && i <= TB_CHANNEL_COUNT; i++) {
        if (i == TB_CHANNEL_COUNT) return tb_fail(e, TB_USAGE, tb_t("--channel は 119 phone desk public です", "--channel is 119, phone, desk or public"));
        if (strcmp(channels[i], channel) == 0) {
            q->channel = i;
            break;
        }
    }
    return TB_OK;
}

/* ---- the answer -------------------------------------------------------------------------------- */

static const struct { const char *word, *ja, *en; } roles[] = {
    [TB_ANSWER_EMERGENCY] = {"emergency", "119", "119"},         [TB_ANSWER_MAIN] = {"main", "案内先", "go to"},
    [TB_ANSWER_BACKUP] = {"backup", "後方", "behind it"},        [TB_ANSWER_LATER] = {"later", "次の診療", "next opening"},
    [TB_ANSWER_LINE] = {"line", "相談電話", "advice line"},      [TB_ANSWER_FAMILY] = {"family", "診療時間内", "consulting hours"},
    [TB_ANSWER_LAST] = {"last", "最終", "last resort"},
};

static void json_minute(tb_printer *p, const char *key, tb_minute m)
{
    char t[64];
    tb_print_key(p, key);
    if (m == INT64_MIN)
        tb_print_null(p);
    else
        tb_print_string(p, tb_format_instant(m, t, sizeof t));
}

static void json_answer(const struct cli *c, const struct tb_board *b, const struct tb_query *q, const struct tb_answer *a)
{
    struct cli_json j;
    cli_json_begin(&j, c);
    json_minute(j.p, "at", q->at);
    tb_print_kint(j.p, "publication", b->publication);
    tb_print_kstring(j.p, "hash", b->hash);
    json_minute(j.p, "expires", a->expires);
    tb_print_kbool(j.p, "fallback", a->fallback);
    tb_print_kstring(j.p, "notice", b->region->regions[0].notice);
    tb_print_key(j.p, "entries");
    tb_print_begin_list(j.p);
    for (int i = 0; i < a->n; i++) {
        const struct tb_answer_entry *x = &a->e[i];
        tb_print_begin_object(j.p);
        tb_print_kstring(j.p, "role", roles[x->role].word);
        tb_print_kstring(j.p, "name", x->name);
        tb_print_kstring(j.p, "phone", x->phone);
        tb_print_kint(j.p, "tier", x->tier);
        if (x->provider >= 0) tb_print_kstring(j.p, "facility", b->region->providers[x->provider].id);
        if (x->slot >= 0) tb_print_kstring(j.p, "duty", b->region->duties[b->slots[x->slot].duty].id);
        json_minute(j.p, "open_from", x->open_from);
        json_minute(j.p, "reception_until", x->reception_until);
        json_minute(j.p, "closes", x->closes);
        tb_print_kint(j.p, "minutes", x->minutes);
        tb_print_kstring(j.p, "rule", x->rule);
        tb_print_kstring(j.p, "note", x->note);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    cli_json_end(&j);
}

static void text_answer(const struct cli *c, const struct tb_board *b, const struct tb_query *q, const struct tb_answer *a)
{
    char t[64], u[64];
    printf(tb_t("%.16s  第%d版 %s  この答えは %.16s まで\n", "%.16s  publication %d %s  this answer holds until %.16s\n"), tb_format_instant(q->at, t, sizeof t), b->publication, b->hash, tb_format_instant(a->expires, u, sizeof u));
    for (int i = 0; i < a->n; i++) {
        const struct tb_answer_entry *x = &a->e[i];
        printf("%d. ", i + 1);
        cli_cell(tb_t(roles[x->role].ja, roles[x->role].en), 16);
        printf("%s  %s", x->name, x->phone);
        if (x->role == TB_ANSWER_LATER && x->open_from != INT64_MIN) printf(tb_t("  %.16s から", "  from %.16s"), tb_format_instant(x->open_from, t, sizeof t));
        if (x->reception_until != INT64_MIN) printf(tb_t("  受付 %.16s まで", "  reception until %.16s"), tb_format_instant(x->reception_until, t, sizeof t));
        if (x->provider >= 0 && x->minutes > 0) printf(tb_t("  約%d分", "  about %d min"), x->minutes);
        if (*x->note) printf("  %s", x->note);
        if (cli_flag(c, "explain")) printf("  [%s]", x->rule);
        putchar('\n');
    }
    printf("%s\n", b->region->regions[0].notice);
}

enum tb_code cmd_route(struct cli *c, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_board *b;
    tb_table *t;
    tb_minute now = tb_clock_now(&c->app.clock);
    CLI_TRY(tb_app_table(&c->app, now, &r, &b, &t, e));
    struct tb_query q;
    struct tb_answer a;
    enum tb_code code = read_query(c, r, &q, e);
    if (code == TB_OK) {
        code = tb_route_lookup(t, &q, &a, e);
        if (code == TB_OK || code == TB_INVALID) {
            if (c->json)
                json_answer(c, b, &q, &a);
            else
                text_answer(c, b, &q, &a);
            if (code == TB_OK && a.fallback) code = TB_NO;
        }
    }
    tb_table_free(t);
    tb_board_free(b);
    tb_region_free(r);
    return code;
}

/* ---- now --------------------------------------------------------------------------------------- */

enum tb_code cmd_now(struct cli *c, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_board *b;
    tb_minute now = tb_clock_now(&c->app.clock);
    tb_day today = tb_day_of_minute(now);
    struct tb_side side;
    CLI_TRY(tb_app_side(&c->app, cli_get(c, "as-of"), &side, e));
    if (side.draft) return tb_fail(e, TB_USAGE, tb_t("--as-of は公表の番号か日時です", "--as-of is the number of a publication, or an instant"));
    CLI_TRY(tb_app_board(&c->app, side.number, today - 1, today + 1, &r, &b, e));
    char t[64], u[64];
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        json_minute(j.p, "at", now);
        tb_print_kint(j.p, "publication", b->publication);
        tb_print_kstring(j.p, "hash", b->hash);
        tb_print_key(j.p, "on_duty");
        tb_print_begin_list(j.p);
    } else
        printf(tb_t("%.16s 現在  第%d版 %s\n", "at %.16s  publication %d %s\n"), tb_format_instant(now, t, sizeof t), b->publication, b->hash);
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
                json_minute(j.p, "reception_until", s->reception[k]);
                json_minute(j.p, "until", s->interval[k].to);
                tb_print_end_object(j.p);
            } else {
                cli_cell(d->name, 30);
                cli_cell(s->role == TB_PRIMARY ? tb_t("当番", "duty") : tb_t("予備", "reserve"), 8);
                cli_cell(p->name, 30);
                cli_cell(phone, 16);
                printf(tb_t("受付 %.16s  終了 %.16s\n", "reception %.16s  until %.16s\n"), tb_format_instant(s->reception[k], t, sizeof t), tb_format_instant(s->interval[k].to, u, sizeof u));
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

enum tb_code cmd_check_table(struct cli *c, struct tb_err *e)
{
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
    CLI_TRY(tb_app_board(&c->app, 0, whole ? from : from - TB_TABLE_BACK, whole ? to : to + TB_TABLE_AHEAD, &r, &b, e));
    if (whole) {
        from = b->from;
        to = b->to;
    }
    tb_table *t;
    int64_t cells = 0;
    struct tb_buf holes = {0};
    int n_holes = 0;
    double start = tb_clock_seconds();
    enum tb_code code = tb_route_build_span(b, from, to, b->published_at, &t, e);
    if (code == TB_OK) {
        code = tb_route_verify(t, b, &cells, e);
        if (code == TB_OK) n_holes = tb_route_holes(t, &holes);
        tb_table_free(t);
    }
    if (code == TB_OK && c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", b->publication);
        tb_print_kint(j.p, "cells", cells);
        tb_print_kint(j.p, "holes", n_holes);
        tb_print_kstring(j.p, "holes_text", tb_buf_str(&holes));
        tb_print_key(j.p, "seconds");
        tb_print_real(j.p, tb_clock_seconds() - start);
        cli_json_end(&j);
    } else if (code == TB_OK) {
        printf(tb_t("%lld セルすべて正しい\n", "all %lld cells are right\n"), (long long)cells);
        if (n_holes) printf(tb_t("当番のない時間（最終の案内だけになる）%d 件:\n%s", "%d spans without a duty (last resort only):\n%s"), n_holes, tb_buf_str(&holes));
    }
    tb_buf_free(&holes);
    tb_board_free(b);
    tb_region_free(r);
    return code;
}
