/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question as people type it: which area, scale and complaint they mean, the answer, and the answer's
 * bytes.
 */
#include "toban/app/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the question ------------------------------------------------------------------------------ */

/* Postcodes are compared without the mark and the hyphen. */
static void plain(const char *text, char out[200])
{
    size_t n = 0;
    if (strncmp(text, "〒", strlen("〒")) == 0) text += strlen("〒");
    for (; *text && n < 199; text++)
        if (*text != '-' && *text != ' ') out[n++] = *text;
    out[n] = '\0';
}

enum closeness { SAME, BEGINS, CONTAINS };

static bool matches(const char *name, const char *typed, enum closeness how)
{
    char a[200], b[200];
    plain(name, a);
    plain(typed, b);
    if (!*b) return false;
    return how == SAME     ? strcmp(a, b) == 0
           : how == BEGINS ? strncmp(a, b, strlen(b)) == 0
                           : strstr(a, b) != NULL;
}

/* Areas that one of their names, readings, postcodes or ids matches; how many, the first, and their names for
 * people. */
static int matching_areas(const struct tb_region *r, const char *typed, enum closeness how, int *first,
                          struct tb_buf *names)
{
    int n = 0;
    for (int i = 0; i < r->n_areas; i++) {
        bool hit = matches(r->areas[i].id, typed, how) || matches(r->areas[i].name, typed, how) ||
                   matches(r->areas[i].kana, typed, how);
        for (int k = 0; k < r->n_aliases && !hit; k++)
            hit = r->aliases[k].area == i && matches(r->aliases[k].text, typed, how);
        if (!hit) continue;
        if (n++ == 0) *first = i;
        if (n <= 12) tb_buf_addf(names, "%s%s", n > 1 ? tb_t("、", ", ") : "", r->areas[i].name);
    }
    return n;
}

/* By id, name, reading, postcode or alias; then by the beginning of one when only one area begins so. Never
 * silently by the area above. */
static enum tb_code find_area(const struct tb_region *r, const char *text, int *out, struct tb_err *e)
{
    if (strcmp(text, "unknown") == 0) {
        *out = -1;
        return TB_OK;
    }
    struct tb_buf names = {0};
    for (enum closeness how = SAME; how <= CONTAINS; how++) {
        tb_buf_clear(&names);
        int n = matching_areas(r, text, how, out, &names);
        if (n == 0) continue;
        enum tb_code c = TB_OK;
        if (n > 1 || how == CONTAINS)
            c = tb_fail(
                e, TB_USAGE,
                tb_t("地区「%s」が決まりません。候補: %.600s", "which area is \"%s\"? Candidates: %.600s"),
                text, tb_buf_str(&names));
        tb_buf_free(&names);
        return c;
    }
    tb_buf_free(&names);
    return tb_fail(
        e, TB_USAGE,
        tb_t("地区「%s」はありません。町名・校下・よみ・郵便番号か、市町の名（例 金沢市）を書いてください",
             "no area \"%s\": write a town, school district, reading or postcode, or a municipality such as "
             "金沢市"),
        text);
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
    for (int i = 0; i < r->n_scales; i++)
        tb_buf_addf(&all, "%s%s:%s:%s", i ? tb_t("、", ", ") : "", r->scales[i].scale, r->scales[i].version,
                    r->scales[i].code);
    enum tb_code c = tb_fail(
        e, TB_USAGE,
        tb_t("緊急度「%s」は尺度:版:段階で書きます（色や数字だけでは決まりません）: %.900s",
             "a level is scale:version:code (a bare colour or number does not say), not \"%s\": %.900s"),
        text, tb_buf_str(&all));
    tb_buf_free(&all);
    return c;
}

static enum tb_code find_complaint(const struct tb_region *r, const char *text, int *out, struct tb_err *e)
{
    for (int i = 0; i < r->n_complaints; i++)
        if (strcmp(r->complaints[i].id, text) == 0 || strcmp(r->complaints[i].name, text) == 0) {
            *out = i;
            return TB_OK;
        }
    struct tb_buf all = {0};
    for (int i = 0; i < r->n_complaints; i++)
        tb_buf_addf(&all, "%s%s（%s）", i ? tb_t("、", ", ") : "", r->complaints[i].id,
                    r->complaints[i].name);
    enum tb_code code = tb_fail(e, TB_USAGE,
                                tb_t("症状区分「%s」はありません。あるのは: %.900s",
                                     "there is no complaint group \"%s\"; there are: %.900s"),
                                text, tb_buf_str(&all));
    tb_buf_free(&all);
    return code;
}

static enum tb_code find_modifier(const struct tb_region *r, const char *text, int *out, struct tb_err *e)
{
    for (int i = 0; i < r->n_modifiers; i++)
        if (strcmp(r->modifiers[i].id, text) == 0 || strcmp(r->modifiers[i].name, text) == 0) {
            *out = i + 1;
            return TB_OK;
        }
    struct tb_buf all = {0};
    for (int i = 0; i < r->n_modifiers; i++)
        tb_buf_addf(&all, "%s%s（%s）", i ? tb_t("、", ", ") : "", r->modifiers[i].id, r->modifiers[i].name);
    enum tb_code code = tb_fail(e, TB_USAGE,
                                tb_t("要配慮（modifier）「%s」はありません。あるのは: %.900s",
                                     "there is no modifier \"%s\"; there are: %.900s"),
                                text, tb_buf_str(&all));
    tb_buf_free(&all);
    return code;
}

static int find_place(const struct tb_region *r, const char *text)
{
    int who = tb_find_provider(r, text);
    for (int k = 0; k < r->n_providers && who < 0; k++)
        if (strcmp(r->providers[k].name, text) == 0) who = k;
    return who;
}

int tb_ask_channel(const char *word)
{
    static const char *const channels[TB_CHANNEL_COUNT] = {"119", "phone", "desk", "public"};
    for (int i = 0; word && i < TB_CHANNEL_COUNT; i++)
        if (strcmp(channels[i], word) == 0) return i;
    return word ? -1 : TB_CHANNEL_DESK;
}

static bool known(const char *text) { return text && strcmp(text, "unknown") != 0; }

static enum tb_code read_query(const struct tb_region *r, const struct tb_ask *in, tb_minute at,
                               struct tb_query *q, struct tb_err *e)
{
    *q = (struct tb_query){.at = at,
                           .age = -1,
                           .complaint = -1,
                           .urgency = TB_U_GUIDANCE,
                           .channel = tb_ask_channel(in->channel)};
    int64_t years;
    enum tb_code c = TB_OK;
    if (!in->area)
        return tb_fail(e, TB_USAGE, "%s", tb_t("地区（area）が要ります", "an area (area) is needed"));
    if (!in->level == !in->guidance)
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("緊急度（level）か、緊急度を問わない案内（guidance）のどちらか一つが要ります",
                            "either a level (level) or guidance without one (guidance) is needed"));
    if (q->channel < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("窓口（channel）は 119 phone desk public のどれかです。「%s」ではありません",
                            "the channel is 119, phone, desk or public, not \"%s\""),
                       in->channel);
    c = find_area(r, in->area, &q->area, e);
    if (c == TB_OK && in->level) c = find_level(r, in->level, &q->urgency, e);
    if (c == TB_OK && known(in->age)) {
        if (!tb_parse_int(in->age, 0, 149, &years))
            return tb_fail(e, TB_USAGE,
                           tb_t("年齢（age）「%s」: 0 から 149 の整数です",
                                "the age (age) is a whole number from 0 to 149, not \"%s\""),
                           in->age);
        q->age = (int)years;
    }
    if (c == TB_OK && known(in->modifier)) c = find_modifier(r, in->modifier, &q->modifier, e);
    if (c == TB_OK && known(in->complaint)) c = find_complaint(r, in->complaint, &q->complaint, e);
    return c;
}

/* FACILITY or FACILITY:REASON, by id or name. */
static enum tb_code read_declined(const struct tb_region *r, const struct tb_ask *in, struct tb_asked *out,
                                  struct tb_err *e)
{
    out->n_declined = 0;
    if (in->n_declined > TB_ASK_DECLINED)
        return tb_fail(e, TB_USAGE,
                       tb_t("断った医療機関（declined）は %d か所までです。%d か所ありました",
                            "declined: at most %d facilities, not %d"),
                       TB_ASK_DECLINED, in->n_declined);
    for (int i = 0; i < in->n_declined; i++) {
        char id[200];
        snprintf(id, sizeof id, "%.*s", (int)strcspn(in->declined[i], ":"), in->declined[i]);
        int who = find_place(r, id);
        if (who < 0)
            return tb_fail(e, TB_USAGE,
                           tb_t("断った医療機関（declined）「%s」は案内表にありません",
                                "declined: the table has no facility \"%s\""),
                           id);
        out->declined[out->n_declined++] = who;
    }
    return TB_OK;
}

static bool is_copy(const struct tb_routing *r) { return !r->board; }

bool tb_routing_usable(const struct tb_routing *r)
{
    return r->table && r->state != TB_TABLE_EXPIRED && r->state != TB_TABLE_EARLY;
}

/* Whom to call for a home-care patient of a doctor: nothing else of the question matters. */
static enum tb_code at_home(const struct tb_routing *r, const struct tb_ask *in, tb_minute at,
                            struct tb_asked *out, struct tb_err *e)
{
    int doctor = find_place(tb_table_region(r->table), in->home);
    out->q = (struct tb_query){.at = at,
                               .area = -1,
                               .age = -1,
                               .complaint = -1,
                               .urgency = TB_U_GUIDANCE,
                               .channel = tb_ask_channel(in->channel)};
    out->n_declined = 0;
    if (out->q.channel < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("窓口（channel）は 119 phone desk です。「%s」ではありません",
                            "the channel is 119, phone or desk, not \"%s\""),
                       in->channel);
    if (in->area || in->level || in->guidance || in->n_declined)
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("在宅の患者（home）の問い合わせに、地区・緊急度・断った所は付けません",
                            "a home-care question (home) takes no area, level or declined facility"));
    if (doctor < 0 && out->q.channel != TB_CHANNEL_PUBLIC && !is_copy(r))
        return tb_fail(e, TB_USAGE,
                       tb_t("医師・診療所「%s」はありません", "there is no doctor or clinic \"%s\""),
                       in->home);
    return tb_route_home(r->table, doctor, at, out->q.channel, &out->a, e);
}

enum tb_code tb_ask_answer(const struct tb_routing *r, const struct tb_ask *in, tb_minute at,
                           struct tb_asked *out, struct tb_err *e)
{
    const struct tb_region *region = tb_table_region(r->table);
    out->near = NULL;
    out->n_near = 0;
    if (in->home) return at_home(r, in, at, out, e);
    enum tb_code c = read_query(region, in, at, &out->q, e);
    if (c == TB_OK) c = read_declined(region, in, out, e);
    if (c == TB_OK)
        c = tb_route_live(r->table, &out->q, r->changes, r->n_changes, out->declined, out->n_declined,
                          &out->a, e);
    if (c == TB_OK && in->explain)
        out->near = tb_route_near(r->table, &out->q, r->changes, r->n_changes, &out->n_near);
    return c;
}

void tb_asked_free(struct tb_asked *x)
{
    free(x->near);
    x->near = NULL;
    x->n_near = 0;
}

/* ---- the answer -------------------------------------------------------------------------------- */

static const struct {
    const char *word, *ja, *en;
} roles[] = {
    [TB_ANSWER_EMERGENCY] = {"emergency", "119", "119"},
    [TB_ANSWER_MAIN] = {"main", "案内先", "go to"},
    [TB_ANSWER_BACKUP] = {"backup", "後方", "behind it"},
    [TB_ANSWER_LATER] = {"later", "次の診療", "next opening"},
    [TB_ANSWER_LINE] = {"line", "相談電話", "advice line"},
    [TB_ANSWER_FAMILY] = {"family", "診療時間内", "consulting hours"},
    [TB_ANSWER_LAST] = {"last", "最終", "last resort"},
};

void tb_ask_minute_json(tb_printer *p, const char *key, tb_minute m)
{
    char t[64];
    tb_print_key(p, key);
    if (m == INT64_MIN)
        tb_print_null(p);
    else
        tb_print_string(p, tb_format_instant(m, t, sizeof t));
}

const char *tb_ask_role_word(int role) { return roles[role].word; }
const char *tb_ask_role(int role) { return tb_t(roles[role].ja, roles[role].en); }

void tb_ask_header_json(const struct tb_routing *r, tb_minute at, tb_printer *p)
{
    char sha[9] = "";
    tb_ask_minute_json(p, "at", at);
    tb_print_kstring(p, "state", tb_table_state_word(r->state));
    tb_print_kbool(p, "rollback_checked", r->rollback_checked);
    tb_print_kstring(p, "banner", tb_buf_str(&r->banner));
    if (!r->table) return;
    struct tb_table_info i = tb_table_info(r->table);
    memcpy(sha, i.digest, 8);
    tb_print_kint(p, "publication", i.publication);
    tb_print_kstring(p, "hash", i.hash);
    tb_print_kstring(p, "table", sha);
    tb_ask_minute_json(p, "issued_at", i.issued_at);
    tb_ask_minute_json(p, "valid_from", i.from);
    tb_ask_minute_json(p, "valid_to", i.to);
    tb_print_kstring(p, "notice", i.notice);
    tb_print_kstring(p, "use", i.use);
}

static void json_last(tb_printer *p, const struct tb_last_resort *l)
{
    char t[64];
    tb_print_key(p, "last_resort");
    tb_print_begin_list(p);
    for (int i = 0; i < l->n; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "role", roles[l->rows[i].role].word);
        tb_print_kstring(p, "name", l->rows[i].name);
        tb_print_kstring(p, "phone", l->rows[i].phone);
        tb_print_kstring(p, "from", tb_format_time(l->rows[i].from, t, sizeof t));
        tb_print_kstring(p, "to", tb_format_time(l->rows[i].to, t, sizeof t));
        tb_print_kstring(p, "note", l->rows[i].note);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_ask_row(const struct tb_answer_entry *x, char out[200])
{
    char date[64];
    if (*x->duty)
        snprintf(out, 200, "%s/%s/%s", x->duty,
                 x->date == TB_DAY_NONE ? "" : tb_format_date(x->date, date, sizeof date), x->band);
    else
        *out = '\0';
}

static void json_answer(tb_printer *p, const struct tb_answer *a)
{
    char text[200], t[64];
    tb_ask_minute_json(p, "expires", a->expires);
    tb_print_kbool(p, "fallback", a->fallback);
    tb_print_key(p, "entries");
    tb_print_begin_list(p);
    for (int i = 0; i < a->n; i++) {
        const struct tb_answer_entry *x = &a->e[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "role", roles[x->role].word);
        tb_print_kstring(p, "name", x->name);
        tb_print_kstring(p, "phone", x->phone);
        tb_print_kint(p, "tier", x->tier);
        if (*x->facility) tb_print_kstring(p, "facility", x->facility);
        if (*x->duty) {
            tb_ask_row(x, text);
            tb_print_kstring(p, "duty", x->duty);
            tb_print_kstring(p, "roster_row", text);
        }
        if (x->checked != TB_DAY_NONE)
            tb_print_kstring(p, "checked", tb_format_date(x->checked, t, sizeof t));
        tb_ask_minute_json(p, "open_from", x->open_from);
        tb_ask_minute_json(p, "reception_until", x->reception_until);
        tb_ask_minute_json(p, "closes", x->closes);
        tb_print_kint(p, "minutes", x->minutes);
        tb_print_kstring(p, "rule", x->rule);
        tb_print_kstring(p, "note", x->note);
        if (*x->lacks) tb_print_kstring(p, "ring_first_for", x->lacks);
        if (*x->mark) {
            tb_print_kstring(p, "override", x->mark);
            tb_ask_minute_json(p, "override_until", x->mark_until);
        }
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void json_near(tb_printer *p, const struct tb_near *near, int n)
{
    tb_print_key(p, "near_miss");
    tb_print_begin_list(p);
    for (int i = 0; i < n; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "name", near[i].name);
        tb_print_kstring(p, "duty", near[i].duty);
        tb_print_kstring(p, "failed", tb_t(near[i].test_ja, near[i].test_en));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_kstring(p, "order",
                     "policy rank; open before closed; minutes by car; duty id; facility id; then hospitals "
                     "that offer what the modifier needs before the others of their tier");
}

void tb_ask_json(const struct tb_routing *r, tb_minute at, const struct tb_asked *x, bool explain,
                 struct tb_buf *out)
{
    tb_printer *p = tb_printer_json(out, 1);
    tb_print_begin_object(p);
    tb_print_kint(p, "format_version", 1);
    tb_print_kstring(p, "command", "route");
    tb_ask_header_json(r, at, p);
    if (x) {
        struct tb_buf heading = {0};
        tb_answer_heading(r->table, &x->q, &x->a, &heading);
        if (heading.len > 0) tb_print_kstring(p, "heading", tb_buf_str(&heading));
        tb_buf_free(&heading);
        json_answer(p, &x->a);
        if (explain) json_near(p, x->near, x->n_near);
    } else
        json_last(p, &r->last);
    tb_print_end_object(p);
    tb_printer_free(p);
    tb_buf_addc(out, '\n');
}
