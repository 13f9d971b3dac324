/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question as people type it: which area, scale and complaint they mean, and the answer.
 */
#include "toban/app/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/said.h"

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
        const char *bad = tb_said_age(in->age, &q->age);
        if (bad)
            return tb_fail(e, TB_USAGE, tb_t("年齢（age）「%s」: %s", "the age (age) \"%s\" %s"), in->age,
                           bad);
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

enum tb_code tb_ask_answer(const struct tb_routing *r, const struct tb_ask *asked, tb_minute at,
                           struct tb_asked *out, struct tb_err *e)
{
    struct tb_ask own = *asked;
    const struct tb_ask *in = &own;
    if (r->channel && own.channel && strcmp(own.channel, r->channel) != 0)
        return tb_fail(e, TB_REFUSED,
                       tb_t("この窓口の channel は %s です。%s では引けません",
                            "this desk looks up in channel %s, not in %s"),
                       r->channel, own.channel);
    if (r->channel) own.channel = r->channel;
    const struct tb_region *region = tb_table_region(r->table);
    out->near = NULL;
    out->n_near = 0;
    if (in->home) return at_home(r, in, at, out, e);
    enum tb_code c = read_query(region, in, at, &out->q, e);
    if (c == TB_OK) c = read_declined(region, in, out, e);
    if (c == TB_OK)
        c = tb_route_live(r->table, &out->q,
                          &(struct tb_live){r->changes, r->n_changes, out->declined, out->n_declined},
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
