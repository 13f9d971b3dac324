/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a word means, and what is asked back when it does not say.
 */
#include <stdio.h>
#include <string.h>

#include "words_int.h"

/* ---- what is meant ------------------------------------------------------------------------------ */

static int row_of_id(const struct tb_region *r, int kind, const char *id)
{
#define BY_ID(rows, n_rows) \
    for (int i = 0; i < r->n_rows; i++) \
        if (strcmp(r->rows[i].id, id) == 0) return i; \
    return -1
    switch (kind) {
    case TB_WORD_AREA:
        return tb_find_area(r, id);
    case TB_WORD_PROVIDER:
        return tb_find_provider(r, id);
    case TB_WORD_DUTY:
        return tb_find_duty(r, id);
    case TB_WORD_COMPLAINT:
        BY_ID(complaints, n_complaints);
    case TB_WORD_MODIFIER:
        BY_ID(modifiers, n_modifiers);
    case TB_WORD_BODY:
        BY_ID(bodies, n_bodies);
    default:
        return -1;
    }
#undef BY_ID
}

static const struct {
    const char *word, *ja, *en;
} kinds[TB_WORD_KINDS] = {
    [TB_WORD_AREA] = {"area", "地区", "area"},
    [TB_WORD_COMPLAINT] = {"complaint", "症状区分", "complaint group"},
    [TB_WORD_MODIFIER] = {"modifier", "要配慮", "modifier"},
    [TB_WORD_LEVEL] = {"level", "緊急度", "level"},
    [TB_WORD_PROVIDER] = {"provider", "当番医・医療機関", "provider"},
    [TB_WORD_DUTY] = {"duty", "当番区分", "duty"},
    [TB_WORD_BODY] = {"body", "実施主体", "body"},
};

const char *tb_word_kind_word(enum tb_word_kind kind) { return kinds[kind].word; }
const char *tb_word_kind_name(enum tb_word_kind kind) { return tb_t(kinds[kind].ja, kinds[kind].en); }

void tb_word_id(const struct tb_region *r, enum tb_word_kind kind, int row, struct tb_buf *out)
{
    switch (kind) {
    case TB_WORD_AREA:
        tb_buf_add(out, r->areas[row].id);
        return;
    case TB_WORD_COMPLAINT:
        tb_buf_add(out, r->complaints[row].id);
        return;
    case TB_WORD_MODIFIER:
        tb_buf_add(out, r->modifiers[row].id);
        return;
    case TB_WORD_LEVEL:
        tb_buf_addf(out, "%s:%s:%s", r->scales[row].scale, r->scales[row].version, r->scales[row].code);
        return;
    case TB_WORD_PROVIDER:
        tb_buf_add(out, r->providers[row].id);
        return;
    case TB_WORD_DUTY:
        tb_buf_add(out, r->duties[row].id);
        return;
    case TB_WORD_BODY:
        tb_buf_add(out, r->bodies[row].id);
        return;
    case TB_WORD_KINDS:
        break;
    }
    TB_BUG("word kind %d", (int)kind);
}

static void area_label(const struct tb_region *r, int row, struct tb_buf *out)
{
    int city = tb_area_at_level(r, row, TB_LEVEL_MUNICIPALITY);
    if (city >= 0 && city != row) tb_buf_addf(out, "%s ", r->areas[city].name);
    tb_buf_add(out, r->areas[row].name);
}

void tb_word_label(const struct tb_region *r, enum tb_word_kind kind, int row, struct tb_buf *out)
{
    const char *name = NULL;
    switch (kind) {
    case TB_WORD_AREA:
        area_label(r, row, out);
        return;
    case TB_WORD_LEVEL:
        tb_buf_addf(out, tb_t("%s %s の %s（緊急度 U%d）", "%3$s of %1$s %2$s (urgency U%4$d)"),
                    r->scales[row].scale, r->scales[row].version, r->scales[row].code,
                    r->scales[row].urgency);
        return;
    case TB_WORD_COMPLAINT:
        name = r->complaints[row].name;
        break;
    case TB_WORD_MODIFIER:
        name = r->modifiers[row].name;
        break;
    case TB_WORD_PROVIDER:
        name = r->providers[row].name;
        break;
    case TB_WORD_DUTY:
        name = r->duties[row].name;
        break;
    case TB_WORD_BODY:
        name = r->bodies[row].name;
        break;
    case TB_WORD_KINDS:
        break;
    }
    TB_ASSERT(name != NULL);
    tb_buf_add(out, name);
}

/* Words that are the key; no grammar. A bare code or a family name is a suggestion, however many have it. */
static void plain_meaning(const tb_words *w, int kind, const struct tb_word_key *k, struct tb_meant *out)
{
    size_t n;
    const struct tb_word *v = tb_words_with(w, kind, k, &n);
    for (int way = TB_WAY_SAME; way <= TB_WAY_PART && out->n == 0; way++) {
        for (size_t i = 0; i < n; i++)
            if (v[i].way == way) tb_meant_add(out, &v[i]);
        if (out->n > 0)
            out->sure = way == TB_WAY_PART ? TB_WORD_NEAR : out->n == 1 ? TB_WORD_ONE : TB_WORD_SEVERAL;
    }
    if (out->n == 0) tb_words_near(w, kind, k, -1, out);
}

struct tb_meant tb_words_mean(const tb_words *w, enum tb_word_kind kind, const char *text)
{
    struct tb_meant m = {0};
    struct tb_word_key k;
    int row = row_of_id(w->region, kind, text);
    if (row >= 0) {
        m = (struct tb_meant){.sure = TB_WORD_ONE, .n = 1, .c = {{row, text}}};
        return m;
    }
    if (!tb_word_key_of(text, &k)) return m;
    if (k.n > 0 && kind == TB_WORD_AREA)
        tb_words_place(w, &k, &m);
    else if (k.n > 0)
        plain_meaning(w, kind, &k, &m);
    tb_word_key_free(&k);
    return m;
}

struct tb_meant tb_words_level(const tb_words *w, const char *scale, const char *text)
{
    struct tb_meant m = {0};
    struct tb_buf full = {0};
    if (scale && *scale) {
        tb_buf_addf(&full, "%s:%s", scale, text);
        m = tb_words_mean(w, TB_WORD_LEVEL, tb_buf_str(&full));
        tb_buf_free(&full);
    }
    return m.sure == TB_WORD_ONE ? m : tb_words_mean(w, TB_WORD_LEVEL, text);
}

/* ---- one row, or a question --------------------------------------------------------------------- */

static void list_candidates(const tb_words *w, int kind, const struct tb_meant *m, struct tb_buf *out)
{
    struct tb_buf id = {0}, label = {0};
    for (int i = 0; i < m->n; i++) {
        tb_buf_clear(&id);
        tb_buf_clear(&label);
        tb_word_id(w->region, kind, m->c[i].row, &id);
        tb_word_label(w->region, kind, m->c[i].row, &label);
        tb_buf_addf(out, "%s%s", i ? tb_t("、", ", ") : "", tb_buf_str(&label));
        bool other = !strstr(tb_buf_str(&label), m->c[i].word) && strcmp(tb_buf_str(&id), m->c[i].word) != 0;
        if (other) tb_buf_addf(out, tb_t(" の %s", ": %s"), m->c[i].word);
        tb_buf_addf(out, tb_t("（%s）", " (%s)"), tb_buf_str(&id));
    }
    if (m->more) tb_buf_addf(out, tb_t("、ほか %d", " and %d more"), m->more);
    tb_buf_free(&id);
    tb_buf_free(&label);
}

static enum tb_code question(const tb_words *w, int kind, const char *what, const char *text,
                             const struct tb_meant *m, struct tb_err *e)
{
    struct tb_buf names = {0};
    list_candidates(w, kind, m, &names);
    const char *thing = tb_word_kind_name(kind), *rows = tb_buf_str(&names);
    if (m->sure == TB_WORD_SEVERAL)
        (void)tb_fail(e, TB_USAGE,
                      tb_t("%s「%s」は一つに決まりません。どの%sですか。候補: %s",
                           "%s \"%s\": which %s is meant? Candidates: %s"),
                      what, text, thing, rows);
    else if (m->sure == TB_WORD_NEAR)
        (void)tb_fail(e, TB_USAGE,
                      tb_t("%s「%s」という%sはありません。もしかして: %s",
                           "%s \"%s\": there is no such %s. Did you mean: %s"),
                      what, text, thing, rows);
    else
        (void)tb_fail(e, TB_USAGE, tb_t("%s「%s」という%sはありません", "%s \"%s\": there is no such %s"),
                      what, text, thing);
    tb_buf_free(&names);
    return TB_USAGE;
}

enum tb_code tb_words_one(const tb_words *w, enum tb_word_kind kind, const char *what, const char *text,
                          int *row, struct tb_err *e)
{
    struct tb_meant m = tb_words_mean(w, kind, text);
    if (m.sure != TB_WORD_ONE) return question(w, kind, what, text, &m, e);
    *row = m.c[0].row;
    return TB_OK;
}

enum tb_code tb_word_row(const struct tb_region *r, enum tb_word_kind kind, const char *what,
                         const char *text, int *row, struct tb_err *e)
{
    int at = row_of_id(r, kind, text);
    if (at >= 0) {
        *row = at;
        return TB_OK;
    }
    tb_words *w = tb_words_new(r);
    enum tb_code c = tb_words_one(w, kind, what, text, row, e);
    tb_words_free(w);
    return c;
}
