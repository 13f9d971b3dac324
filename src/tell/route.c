/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer to one question to the routing table.
 */
#include "toban/tell/route.h"

#include <stdlib.h>
#include <string.h>

#include "toban/tell/words.h"

enum { DOING_WIDTH = 22 }; /* columns of what to do */

/* In the language set; the Japanese name where there is no other. */
static const char *named_in(const char *ja, const char *en) { return tb_t(ja, *en ? en : ja); }

/* ---- what to do there --------------------------------------------------------------------------- */

enum doing {
    DO_CALL_119,
    DO_GO,
    DO_BY_119,
    DO_RING_FIRST,
    DO_BACKUP,
    DO_NEXT_CHOICE,
    DO_OPENS_NEXT,
    DO_ADVICE,
    DO_CONSULTING,
    DO_CALL,
    DO_IF_WORSE,
    DO_LAST
};
/* The 119 desk does not go there, it brings. NULL: the same words. */
static const struct {
    const char *word, *ja, *en, *ja_119, *en_119;
} doings[] = {
    [DO_CALL_119] = {"call-119", "すぐに", "at once", NULL, NULL},
    [DO_GO] = {"go", "行く", "go there", "搬送", "take there"},
    [DO_BY_119] = {"by-119", "119を通して", "by way of 119", NULL, NULL},
    [DO_RING_FIRST] = {"ring-first", "電話してから行く", "ring, then go", "電話してから搬送",
                       "ring, then take"},
    [DO_BACKUP] = {"backup", "入院・紹介の受け皿", "for admission", NULL, NULL},
    [DO_NEXT_CHOICE] = {"next-choice", "次の候補・電話で確認", "next choice, ring", NULL, NULL},
    [DO_OPENS_NEXT] = {"opens-next", "次に開く", "opens next", NULL, NULL},
    [DO_ADVICE] = {"advice", "電話で相談", "advice by phone", NULL, NULL},
    [DO_CONSULTING] = {"consulting", "診療時間内に受診", "in open hours", NULL, NULL},
    [DO_CALL] = {"call", "電話する", "call", NULL, NULL},
    [DO_IF_WORSE] = {"if-worse", "悪くなったら", "if it gets worse", NULL, NULL},
    [DO_LAST] = {"last", "ほかになければ電話", "ring if no other", NULL, NULL},
};

/* Tier of the first door to which the answer sends before its i-th entry; -1: there is none. */
static int sent_before(const struct tb_answer *a, int i)
{
    for (int k = 0; k < i; k++)
        if (a->e[k].role == TB_ANSWER_MAIN && a->e[k].provider >= 0) return a->e[k].tier;
    return -1;
}

/* What is behind no other door is not called so: who reads one line at night looks for what stands before. */
static enum doing doing_of(const struct tb_answer *a, int i, int channel)
{
    const struct tb_answer_entry *x = &a->e[i];
    if (strcmp(x->rule, "home-care") == 0) return DO_CALL;
    switch ((enum tb_answer_role)x->role) {
    case TB_ANSWER_EMERGENCY:
        return DO_CALL_119;
    case TB_ANSWER_MAIN:
        if (x->tier == 3 && channel != TB_CHANNEL_119) return DO_BY_119;
        return x->doubtful || x->ring || *x->lacks ? DO_RING_FIRST : DO_GO;
    case TB_ANSWER_BACKUP:
        return sent_before(a, i) < 0 ? DO_RING_FIRST : sent_before(a, i) == 3 ? DO_NEXT_CHOICE : DO_BACKUP;
    case TB_ANSWER_LATER:
        return DO_OPENS_NEXT;
    case TB_ANSWER_LINE:
        return DO_ADVICE;
    case TB_ANSWER_FAMILY:
        return DO_CONSULTING;
    case TB_ANSWER_LAST:
        return x->provider >= 0 ? DO_LAST : DO_IF_WORSE;
    }
    return DO_GO;
}

static const char *doing_told(enum doing d, int channel)
{
    bool by_119 = channel == TB_CHANNEL_119 && doings[d].ja_119;
    return by_119 ? tb_t(doings[d].ja_119, doings[d].en_119) : tb_t(doings[d].ja, doings[d].en);
}

/* ---- the question as understood ----------------------------------------------------------------- */

static const char *const urgency_words[] = {"guidance", "U1", "U2", "U3", "U4", "U5", "unknown"};
static const struct {
    const char *word, *ja, *en;
} channel_words[] = {
    [TB_CHANNEL_119] = {"119", "119", "119"},
    [TB_CHANNEL_PHONE] = {"phone", "電話", "phone"},
    [TB_CHANNEL_DESK] = {"desk", "窓口", "desk"},
    [TB_CHANNEL_PUBLIC] = {"public", "一般公開", "public"},
};

static void level_words(const struct tb_region *r, const struct tb_asked *x, struct tb_buf *out)
{
    if (x->q.urgency == TB_U_GUIDANCE)
        tb_buf_add(out, tb_t("緊急度は問わない", "no level asked"));
    else if (x->level < 0)
        tb_buf_add(out, tb_t("緊急度不明", "level unknown"));
    else
        tb_buf_addf(out, tb_t("緊急度 %s（%s %s）", "level %s (%s %s)"), r->scales[x->level].code,
                    r->scales[x->level].scale, r->scales[x->level].version);
}

/* 金沢市 此花地区 ・ 2歳 ・ 小児内科系 ・ 緊急度 黄（qsuke v3） ・ 12月7日(月) 1:00 */
static void question_words(const struct tb_region *r, const struct tb_asked *x, struct tb_buf *out)
{
    static const char dot[] = " ・ ";
    char t[64];
    if (x->home >= 0)
        tb_buf_addf(out, tb_t("在宅の患者（%s）", "home-care patient of %s"), r->providers[x->home].name);
    else {
        if (x->q.area >= 0)
            tb_word_label(r, TB_WORD_AREA, x->q.area, out);
        else
            tb_buf_add(out, tb_t("地区不明", "area unknown"));
        tb_buf_add(out, dot);
        if (x->q.age >= 0)
            tb_buf_addf(out, tb_t("%d歳", "aged %d"), x->q.age);
        else
            tb_buf_add(out, tb_t("年齢不明", "age unknown"));
        tb_buf_add(out, dot);
        if (x->q.complaint >= 0)
            tb_buf_add(out,
                       named_in(r->complaints[x->q.complaint].name, r->complaints[x->q.complaint].name_en));
        else
            tb_buf_add(out, tb_t("症状不明", "complaint unknown"));
        tb_buf_add(out, dot);
        level_words(r, x, out);
        if (x->q.modifier > 0)
            tb_buf_addf(
                out, "%s%s", dot,
                named_in(r->modifiers[x->q.modifier - 1].name, r->modifiers[x->q.modifier - 1].name_en));
    }
    tb_buf_addf(out, "%s%s%s%s", dot, tb_format_instant_told(x->q.at, t, sizeof t), dot,
                tb_t(channel_words[x->q.channel].ja, channel_words[x->q.channel].en));
    for (int i = 0; i < x->n_declined; i++)
        tb_buf_addf(out, "%s%s", i ? tb_t("、", ", ") : tb_t(" ・ 断られた所 ", " ・ declined "),
                    r->providers[x->declined[i]].name);
}

static void id_or_null(tb_printer *p, const char *key, const char *id)
{
    tb_print_key(p, key);
    if (id)
        tb_print_string(p, id);
    else
        tb_print_null(p);
}

static void question_json(const struct tb_region *r, const struct tb_asked *x, tb_printer *p)
{
    struct tb_buf words = {0}, area = {0}, level = {0};
    const struct tb_query *q = &x->q;
    question_words(r, x, &words);
    if (q->area >= 0) tb_word_label(r, TB_WORD_AREA, q->area, &area);
    if (x->level >= 0) tb_word_id(r, TB_WORD_LEVEL, x->level, &level);
    tb_print_key(p, "question");
    tb_print_begin_object(p);
    tb_print_kstring(p, "text", tb_buf_str(&words));
    id_or_null(p, "area", q->area >= 0 ? r->areas[q->area].id : NULL);
    id_or_null(p, "area_name", q->area >= 0 ? tb_buf_str(&area) : NULL);
    tb_print_key(p, "age");
    if (q->age >= 0)
        tb_print_int(p, q->age);
    else
        tb_print_null(p);
    id_or_null(p, "complaint", q->complaint >= 0 ? r->complaints[q->complaint].id : NULL);
    id_or_null(p, "complaint_name",
               q->complaint >= 0
                   ? named_in(r->complaints[q->complaint].name, r->complaints[q->complaint].name_en)
                   : NULL);
    id_or_null(p, "level", x->level >= 0 ? tb_buf_str(&level) : NULL);
    tb_print_kstring(p, "urgency", urgency_words[q->urgency]);
    tb_print_kstring(p, "channel", channel_words[q->channel].word);
    id_or_null(p, "modifier", q->modifier > 0 ? r->modifiers[q->modifier - 1].id : NULL);
    id_or_null(p, "home", x->home >= 0 ? r->providers[x->home].id : NULL);
    tb_print_key(p, "declined");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_declined; i++) tb_print_string(p, r->providers[x->declined[i]].id);
    tb_print_end_list(p);
    tb_print_end_object(p);
    tb_buf_free(&words);
    tb_buf_free(&area);
    tb_buf_free(&level);
}

/* The roster's row that an entry comes from, duty/date/band; nothing where none. */
static void roster_row(const struct tb_answer_entry *x, struct tb_buf *out)
{
    char date[64] = "";
    if (!*x->duty) return;
    if (x->date != TB_DAY_NONE) tb_format_date(x->date, date, sizeof date);
    tb_buf_addf(out, "%s/%s/%s", x->duty, date, x->band);
}

/* ---- for programs ------------------------------------------------------------------------------- */

static void last_resort_json(const struct tb_last_resort *l, tb_printer *p)
{
    char t[64];
    tb_print_key(p, "last_resort");
    tb_print_begin_list(p);
    for (size_t i = 0; i < l->n; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "role", tb_answer_role_word(l->rows[i].role));
        tb_print_kstring(p, "name", l->rows[i].name);
        tb_print_kstring(p, "phone", l->rows[i].phone);
        tb_print_kstring(p, "from", tb_format_time(l->rows[i].from, t, sizeof t));
        tb_print_kstring(p, "to", tb_format_time(l->rows[i].to, t, sizeof t));
        tb_print_kstring(p, "note", l->rows[i].note);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void degrees_json(tb_printer *p, const char *key, int64_t millionths)
{
    tb_print_key(p, key);
    tb_print_real(p, (double)millionths / 1e6);
}

/* A page that any browser opens; what reads geo: has the degrees. */
static void map_link(const struct tb_answer_entry *x, struct tb_buf *out)
{
    char north[64], east[64];
    tb_format_millionths(x->latitude, north, sizeof north);
    tb_format_millionths(x->longitude, east, sizeof east);
    tb_buf_addf(out, "https://www.openstreetmap.org/?mlat=%s&mlon=%s#map=17/%s/%s", north, east, north, east);
}

static bool has_map(const struct tb_answer_entry *x) { return x->latitude || x->longitude; }

/* Where it is and what it offers. */
static void place_json(const struct tb_tell_route *t, const struct tb_answer_entry *x, tb_printer *p)
{
    const struct tb_region *r = tb_table_region(t->routing->table);
    struct tb_ids departments = tb_answer_departments(t->routing->table, x);
    if (*x->name_en) tb_print_kstring(p, "name_en", x->name_en);
    if (x->provider >= 0) {
        tb_print_key(p, "departments");
        tb_print_begin_list(p);
        for (int i = 0; i < departments.n; i++)
            tb_print_string(p, named_in(r->specialities[departments.v[i]].name,
                                        r->specialities[departments.v[i]].name_en));
        tb_print_end_list(p);
    }
    free(departments.v);
    if (x->provider >= 0 || *x->address) tb_print_kstring(p, "address", x->address);
    if (x->age_from > 0) tb_print_kint(p, "age_from", x->age_from);
    if (x->age_to < 150) tb_print_kint(p, "age_to", x->age_to);
    if (!has_map(x)) return;
    struct tb_buf map = {0};
    map_link(x, &map);
    degrees_json(p, "latitude", x->latitude);
    degrees_json(p, "longitude", x->longitude);
    tb_print_kstring(p, "map", tb_buf_str(&map));
    tb_buf_free(&map);
}

static void entry_json(const struct tb_tell_route *t, int i, tb_printer *p)
{
    const struct tb_answer_entry *x = &t->asked->a.e[i];
    enum doing d = doing_of(&t->asked->a, i, t->asked->q.channel);
    struct tb_buf row = {0};
    roster_row(x, &row);
    tb_print_begin_object(p);
    tb_print_kstring(p, "role", tb_answer_role_word(x->role));
    tb_print_kstring(p, "do", doings[d].word);
    tb_print_kstring(p, "do_text", doing_told(d, t->asked->q.channel));
    tb_print_kstring(p, "name", x->name);
    tb_print_kstring(p, "phone", x->phone);
    place_json(t, x, p);
    tb_print_kint(p, "tier", x->tier);
    if (*x->facility) tb_print_kstring(p, "facility", x->facility);
    if (*x->duty) {
        tb_print_kstring(p, "duty", x->duty);
        tb_print_kstring(p, "roster_row", tb_buf_str(&row));
    }
    if (x->checked != TB_DAY_NONE) tb_tell_date(p, "checked", x->checked);
    tb_tell_instant(p, "open_from", x->open_from);
    tb_tell_instant(p, "reception_until", x->reception_until);
    tb_tell_instant(p, "closes", x->closes);
    tb_print_kint(p, "minutes", x->minutes);
    tb_print_kstring(p, "rule", x->rule);
    tb_print_kstring(p, "note", x->note);
    if (*x->lacks) tb_print_kstring(p, "ring_first_for", x->lacks);
    if (x->doubtful) tb_print_kbool(p, "confirm_by_phone", true);
    if (*x->mark) {
        tb_print_kstring(p, "override", x->mark);
        tb_tell_instant(p, "override_until", x->mark_until);
    }
    tb_print_end_object(p);
    tb_buf_free(&row);
}

static void near_json(const struct tb_asked *x, tb_printer *p)
{
    tb_print_key(p, "near_miss");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_near; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "name", x->near[i].name);
        tb_print_kstring(p, "duty", x->near[i].duty);
        tb_print_kstring(p, "failed", tb_t(x->near[i].test_ja, x->near[i].test_en));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_kstring(p, "order",
                     "policy rank; open before closed; minutes by car; duty id; facility id; then hospitals "
                     "that offer what the modifier needs before the others of their tier");
}

void tb_tell_route_json(const struct tb_tell_route *x, tb_printer *p)
{
    const struct tb_asked *asked = x->asked;
    struct tb_buf heading = {0};
    tb_tell_table_json(x->routing, x->at, p);
    if (!asked) {
        last_resort_json(&x->routing->last, p);
        return;
    }
    question_json(tb_table_region(x->routing->table), asked, p);
    tb_answer_heading(x->routing->table, &asked->q, &asked->a, &heading);
    if (heading.len > 0) tb_print_kstring(p, "heading", tb_buf_str(&heading));
    tb_buf_free(&heading);
    tb_tell_instant(p, "expires", asked->a.expires);
    tb_print_kbool(p, "fallback", asked->a.fallback);
    tb_print_key(p, "entries");
    tb_print_begin_list(p);
    for (int i = 0; i < asked->a.n; i++) entry_json(x, i, p);
    tb_print_end_list(p);
    if (x->explain) near_json(asked, p);
}

void tb_tell_route_document(const struct tb_tell_route *x, struct tb_buf *out)
{
    tb_printer *p = tb_tell_begin(out, "route", 1);
    tb_tell_route_json(x, p);
    tb_tell_end(p, out);
}

/* ---- for people --------------------------------------------------------------------------------- */

/* A number that the name says is not said again. */
static void name_text(const char *name, const char *phone, struct tb_buf *out)
{
    tb_buf_add(out, name);
    if (*phone && !strstr(name, phone)) tb_buf_addf(out, "  %s", phone);
}

static void last_resort_text(const struct tb_last_resort *l, struct tb_buf *out)
{
    static const enum doing of_role[] = {
        [TB_ANSWER_EMERGENCY] = DO_CALL_119, [TB_ANSWER_MAIN] = DO_GO,     [TB_ANSWER_BACKUP] = DO_BACKUP,
        [TB_ANSWER_LATER] = DO_OPENS_NEXT,   [TB_ANSWER_LINE] = DO_ADVICE, [TB_ANSWER_FAMILY] = DO_CONSULTING,
        [TB_ANSWER_LAST] = DO_LAST,
    };
    char from[64], to[64];
    for (size_t i = 0; i < l->n; i++) {
        const struct tb_last_row *x = &l->rows[i];
        tb_buf_addf(out, "%zu. ", i + 1);
        tb_tell_cell(out, doing_told(of_role[x->role], -1), DOING_WIDTH);
        name_text(x->name, x->phone, out);
        if (x->to - x->from < TB_MINUTES_PER_DAY)
            tb_buf_addf(out, "  %s-%s", tb_format_time_ja(x->from, from, sizeof from),
                        tb_format_time_ja(x->to, to, sizeof to));
        tb_buf_addf(out, "  %s\n", x->note);
    }
}

/* The hour alone on the day of the question. */
static const char *hour_told(tb_minute m, tb_minute asked, char *buf, size_t size)
{
    tb_day d = tb_day_of_minute(m);
    if (d != tb_day_of_minute(asked)) return tb_format_instant_told(m, buf, size);
    return tb_format_time_ja((int)(m - tb_minute_of(d, 0)), buf, size);
}

static const struct tb_policy *policy_named(const struct tb_region *r, const char *id)
{
    for (int i = 0; i < r->n_policies; i++)
        if (strcmp(r->policies[i].id, id) == 0) return &r->policies[i];
    return NULL;
}

/* What put the entry on the list. */
static void reasons_text(const struct tb_region *r, const struct tb_answer_entry *x, struct tb_buf *out)
{
    char date[64] = "-", checked[64] = "-";
    struct tb_buf row = {0};
    const struct tb_policy *p = policy_named(r, x->rule);
    roster_row(x, &row);
    if (p && p->approved_on != TB_DAY_NONE) tb_format_date(p->approved_on, date, sizeof date);
    if (x->checked != TB_DAY_NONE) tb_format_date(x->checked, checked, sizeof checked);
    tb_buf_addf(out,
                tb_t("     規則 %s（順 %d、承認 %s %s）", "     rule %s (rank %d, approved by %s on %s)"),
                x->rule, p ? p->rank : 0, p ? p->approved_by : "-", date);
    if (row.len) tb_buf_addf(out, tb_t("  当番表の行 %s", "  roster row %s"), row.s);
    if (*x->facility)
        tb_buf_addf(out, tb_t("  施設 %s（確認日 %s）", "  facility %s (data checked on %s)"), x->facility,
                    checked);
    tb_buf_addc(out, '\n');
    tb_buf_free(&row);
}

/* Of an unknown place the minutes are those of the farthest: no help to anybody. */
static void hours_text(const struct tb_answer_entry *x, const struct tb_query *q, struct tb_buf *out)
{
    char t[64];
    if (x->role == TB_ANSWER_LATER && x->open_from != INT64_MIN)
        tb_buf_addf(out, tb_t("  %s から", "  from %s"), hour_told(x->open_from, q->at, t, sizeof t));
    if (x->reception_until != INT64_MIN)
        tb_buf_addf(out, tb_t("  受付 %s まで", "  reception until %s"),
                    hour_told(x->reception_until, q->at, t, sizeof t));
    if (x->provider >= 0 && x->minutes > 0 && q->area >= 0)
        tb_buf_addf(out, tb_t("  車で約%d分", "  about %d min by car"), x->minutes);
}

static void marks_text(const struct tb_answer_entry *x, tb_minute asked, struct tb_buf *out)
{
    char t[64];
    if (*x->mark) tb_buf_addf(out, "  〔%s〕", x->mark);
    if (*x->mark && x->mark_until != INT64_MIN)
        tb_buf_addf(out, tb_t(" %s に自動復帰", " over at %s"), hour_told(x->mark_until, asked, t, sizeof t));
    if (x->doubtful)
        tb_buf_add(out, tb_t("  〔電話で確認: この当番の範囲ですが、この施設の診療科にありません〕",
                             "  [ring first: within this duty, but not among what this place offers]"));
    if (*x->lacks)
        tb_buf_addf(out, tb_t("  〔%s の受け入れは電話で確かめる〕", "  [%s: ring first]"), x->lacks);
    if (x->closes != INT64_MIN && strcmp(x->rule, "home-care") == 0)
        tb_buf_addf(out, tb_t("（%s まで）", " (until %s)"), hour_told(x->closes, asked, t, sizeof t));
}

/* A second line: what is treated there, where it is, and its note. */
static void place_text(const struct tb_tell_route *t, const struct tb_answer_entry *x, struct tb_buf *out)
{
    const struct tb_region *r = tb_table_region(t->routing->table);
    struct tb_ids departments = tb_answer_departments(t->routing->table, x);
    struct tb_buf line = {0};
    for (int i = 0; i < departments.n; i++)
        tb_buf_addf(
            &line, "%s%s", i ? tb_t("・", ", ") : tb_t("診療科 ", "departments: "),
            named_in(r->specialities[departments.v[i]].name, r->specialities[departments.v[i]].name_en));
    free(departments.v);
    if (x->age_from > 0) tb_buf_addf(&line, tb_t("（%d歳以上）", " (from %d years)"), x->age_from);
    if (x->age_to < 150) tb_buf_addf(&line, tb_t("（%d歳未満）", " (below %d years)"), x->age_to);
    const char *const parts[] = {x->address, x->name_en, x->note};
    for (size_t i = 0; i < TB_COUNT(parts); i++)
        if (*parts[i]) tb_buf_addf(&line, "%s%s", line.len ? "  " : "", parts[i]);
    if (line.len) tb_buf_addf(out, "     %s\n", line.s);
    tb_buf_clear(&line);
    if (has_map(x)) {
        map_link(x, &line);
        tb_buf_addf(out, "     %s %s\n", tb_t("地図", "map"), line.s);
    }
    tb_buf_free(&line);
}

static void near_text(const struct tb_asked *x, struct tb_buf *out)
{
    tb_buf_addf(out, "%s\n",
                tb_t("並べ方: 規則の順、開いている所が先、車の分、当番区分の記号、医療機関の記号",
                     "order: policy rank; open before closed; minutes by car; duty id; facility id"));
    for (int i = 0; i < x->n_near; i++) {
        const struct tb_near *n = &x->near[i];
        tb_buf_addf(out, tb_t("あと一つで載る: %s（%s）: %s\n", "near miss: %s (%s): %s\n"), n->name,
                    *n->duty_name ? n->duty_name : "-", tb_t(n->test_ja, n->test_en));
    }
}

static void entries_text(const struct tb_tell_route *x, struct tb_buf *out)
{
    const struct tb_asked *asked = x->asked;
    for (int i = 0; i < asked->a.n; i++) {
        const struct tb_answer_entry *entry = &asked->a.e[i];
        tb_buf_addf(out, "%d. ", i + 1);
        tb_tell_cell(out, doing_told(doing_of(&asked->a, i, asked->q.channel), asked->q.channel),
                     DOING_WIDTH);
        name_text(entry->name, entry->phone, out);
        hours_text(entry, &asked->q, out);
        marks_text(entry, asked->q.at, out);
        tb_buf_addc(out, '\n');
        place_text(x, entry, out);
        if (x->explain) reasons_text(tb_table_region(x->routing->table), entry, out);
    }
}

void tb_tell_route_text(const struct tb_tell_route *x, struct tb_buf *out)
{
    char t[64];
    const struct tb_asked *asked = x->asked;
    tb_tell_table_text(x->routing, x->at, out);
    if (!asked) {
        last_resort_text(&x->routing->last, out);
        return;
    }
    tb_buf_add(out, tb_t("お尋ね: ", "asked: "));
    question_words(tb_table_region(x->routing->table), asked, out);
    tb_buf_addc(out, '\n');
    size_t before = out->len;
    tb_answer_heading(x->routing->table, &asked->q, &asked->a, out);
    if (out->len > before) tb_buf_addc(out, '\n');
    tb_buf_addf(out, tb_t("この答えは %s まで\n", "this answer holds until %s\n"),
                hour_told(asked->a.expires, asked->q.at, t, sizeof t));
    entries_text(x, out);
    if (x->explain) near_text(asked, out);
    struct tb_table_info info = tb_table_info(x->routing->table);
    tb_buf_addf(out, "%s\n%s\n", info.use, info.notice);
}
