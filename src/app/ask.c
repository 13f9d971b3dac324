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

static enum tb_code find_area(const tb_words *w, const char *text, int *out, struct tb_err *e)
{
    if (strcmp(text, "unknown") == 0) {
        *out = -1;
        return TB_OK;
    }
    return tb_words_one(w, TB_WORD_AREA, tb_t("地区（area）", "area"), text, out, e);
}

/* There is none: every row of the kind, to choose from. */
static enum tb_code none_of(const struct tb_region *r, enum tb_word_kind kind, int n, const char *text,
                            struct tb_err *e)
{
    struct tb_buf all = {0};
    for (int i = 0; i < n; i++) {
        tb_buf_add(&all, i ? tb_t("、", ", ") : "");
        tb_word_id(r, kind, i, &all);
        if (kind == TB_WORD_LEVEL) continue;
        tb_buf_add(&all, tb_t("（", " ("));
        tb_word_label(r, kind, i, &all);
        tb_buf_add(&all, tb_t("）", ")"));
    }
    if (kind == TB_WORD_LEVEL)
        (void)tb_fail(
            e, TB_USAGE,
            tb_t("緊急度「%s」は尺度:版:段階で書きます（色や数字だけでは決まりません）: %.900s",
                 "a level is scale:version:code (a bare colour or number does not say), not \"%s\": %.900s"),
            text, tb_buf_str(&all));
    else
        (void)tb_fail(
            e, TB_USAGE,
            tb_t("%s「%s」はありません。あるのは: %.900s", "there is no %s \"%s\"; there are: %.900s"),
            tb_word_kind_name(kind), text, tb_buf_str(&all));
    tb_buf_free(&all);
    return TB_USAGE;
}

/* *out: a row of scales, -1: not known. */
static enum tb_code find_level(const struct tb_region *r, const tb_words *w, const struct tb_ask *in,
                               int *out, struct tb_err *e)
{
    *out = -1;
    if (strcmp(in->level, "unknown") == 0) return TB_OK;
    struct tb_meant m = tb_words_level(w, in->scale, in->level);
    int row = m.c[0].row;
    if (m.sure == TB_WORD_NOTHING) return none_of(r, TB_WORD_LEVEL, r->n_scales, in->level, e);
    if (m.sure != TB_WORD_ONE) {
        enum tb_code c = tb_words_one(w, TB_WORD_LEVEL, tb_t("緊急度（level）", "level"), in->level, &row, e);
        if (c) return c;
    }
    *out = row;
    return TB_OK;
}

static enum tb_code find_complaint(const struct tb_region *r, const tb_words *w, const char *text, int *out,
                                   struct tb_err *e)
{
    if (tb_words_mean(w, TB_WORD_COMPLAINT, text).sure == TB_WORD_NOTHING)
        return none_of(r, TB_WORD_COMPLAINT, r->n_complaints, text, e);
    return tb_words_one(w, TB_WORD_COMPLAINT, tb_t("症状区分（complaint）", "complaint"), text, out, e);
}

/* *out: 1 is the first, none is 0 */
static enum tb_code find_modifier(const struct tb_region *r, const tb_words *w, const char *text, int *out,
                                  struct tb_err *e)
{
    int row = -1;
    if (tb_words_mean(w, TB_WORD_MODIFIER, text).sure == TB_WORD_NOTHING)
        return none_of(r, TB_WORD_MODIFIER, r->n_modifiers, text, e);
    enum tb_code c = tb_words_one(w, TB_WORD_MODIFIER, tb_t("要配慮（modifier）", "modifier"), text, &row, e);
    *out = row + 1;
    return c;
}

/* No candidates are named: among the names may be some that the one who asks is not told. */
static int find_place(const tb_words *w, const char *text)
{
    struct tb_meant m = tb_words_mean(w, TB_WORD_PROVIDER, text);
    return m.sure == TB_WORD_ONE ? m.c[0].row : -1;
}

int tb_ask_channel(const char *word)
{
    static const char *const channels[TB_CHANNEL_COUNT] = {"119", "phone", "desk", "public"};
    for (int i = 0; word && i < TB_CHANNEL_COUNT; i++)
        if (strcmp(channels[i], word) == 0) return i;
    return word ? -1 : TB_CHANNEL_DESK;
}

static bool known(const char *text) { return text && strcmp(text, "unknown") != 0; }

static enum tb_code read_query(const struct tb_routing *from, const struct tb_ask *in, tb_minute at,
                               struct tb_asked *x, struct tb_err *e)
{
    const struct tb_region *r = tb_table_region(from->table);
    const tb_words *w = from->words;
    struct tb_query *q = &x->q;
    x->home = x->level = -1;
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
    c = find_area(w, in->area, &q->area, e);
    if (c == TB_OK && in->level) {
        c = find_level(r, w, in, &x->level, e);
        q->urgency = x->level < 0 ? TB_U_UNKNOWN : r->scales[x->level].urgency;
    }
    if (c == TB_OK && known(in->age)) {
        const char *bad = tb_said_age(in->age, &q->age);
        if (bad)
            return tb_fail(e, TB_USAGE, tb_t("年齢（age）「%s」: %s", "the age (age) \"%s\" %s"), in->age,
                           bad);
    }
    if (c == TB_OK && known(in->modifier)) c = find_modifier(r, w, in->modifier, &q->modifier, e);
    if (c == TB_OK && known(in->complaint)) c = find_complaint(r, w, in->complaint, &q->complaint, e);
    return c;
}

/* FACILITY or FACILITY:REASON, by id or name. */
static enum tb_code read_declined(const tb_words *w, const struct tb_ask *in, struct tb_asked *out,
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
        int who = find_place(w, id);
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
    int doctor = find_place(r->words, in->home);
    out->q = (struct tb_query){.at = at,
                               .area = -1,
                               .age = -1,
                               .complaint = -1,
                               .urgency = TB_U_GUIDANCE,
                               .channel = tb_ask_channel(in->channel)};
    out->n_declined = 0;
    out->level = -1;
    out->home = doctor;
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
    out->near = NULL;
    out->n_near = 0;
    if (in->home) return at_home(r, in, at, out, e);
    enum tb_code c = read_query(r, in, at, out, e);
    if (c == TB_OK) c = read_declined(r->words, in, out, e);
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
