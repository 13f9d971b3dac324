/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grammar of places: 〒, prefecture and municipality before the name, 校下, 丁目 and house number behind
 * it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words_int.h"

/* A place that was said, in the letters of its key. */
struct said {
    struct tb_word_key name; /* without house number; a slice, owns nothing */
    int chome;               /* 0: none was said */
    bool certain;            /* 丁目 was said; else the first number of 2-3-4, which may be one */
};

static struct tb_word_key slice(const struct tb_word_key *k, int from, int to)
{
    return (struct tb_word_key){k->c + from, to - from};
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

/* ---- 丁目 and house numbers --------------------------------------------------------------------- */

/* 一 to 九十九 that ends before `end`; where it begins in *from; 0: none. */
static int kanji_number(const struct tb_word_key *k, int end, int *from)
{
    static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    int at = end, v = 0, unit = 1;
    while (at > 1) {
        int d = 0;
        while (d < 10 && !tb_word_key_has(k, at - 1, digits[d])) d++;
        if (d == 10 || unit > 10) break;
        at--;
        if (d == 9) {
            unit = 10;
        } else {
            v += (d + 1) * unit;
            unit *= 10;
        }
    }
    if (at < end && tb_word_key_has(k, at, "十")) v += 10;
    *from = at;
    return at < end && v < 100 ? v : 0;
}

static struct said whole(const struct tb_word_key *k) { return (struct said){*k, 0, false}; }

/* The name without its house number: 森本一丁目2-3, 岸川町ほ5, 大手町9-1. False: it has none. What is behind
 * the first number is a number again, or what a number counts; anything else is a name with digits in it. */
static bool house_number(const struct tb_word_key *k, struct said *out)
{
    for (int i = 2; i < k->n; i++) {
        int from;
        if (!tb_word_key_has(k, i, "丁目") || is_digit(k->c[i - 1])) continue;
        int v = kanji_number(k, i, &from);
        if (v == 0 || from < 1) return false;
        *out = (struct said){slice(k, 0, from), v, true};
        return true;
    }
    int at = 1, v = 0;
    while (at < k->n && !is_digit(k->c[at])) at++;
    if (at >= k->n) return false;
    int end = at;
    for (; end < k->n && is_digit(k->c[end]) && v < 100000; end++) v = v * 10 + (int)(k->c[end] - '0');
    bool chome = tb_word_key_has(k, end, "丁") > 0,
         more = end < k->n && (k->c[end] == '-' ||
                               (tb_word_key_has(k, end, "の") && end + 1 < k->n && is_digit(k->c[end + 1])));
    if (!chome && !more && end < k->n && !tb_word_key_has(k, end, "番") && !tb_word_key_has(k, end, "号") &&
        !tb_word_key_has(k, end, "字"))
        return false;
    *out = (struct said){slice(k, 0, at), chome || more || end == k->n ? v : 0, chome};
    return true;
}

/* Is the last letter one that counts fields, as in 岸川町ほ5, 山科町午40 and 北塚町西440? */
static bool field_letter(const struct tb_word_key *k)
{
    static const char *const counted[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸",
                                          "子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉",
                                          "戌", "亥", "東", "西", "南", "北", "中", "上", "下", NULL};
    if (k->n < 2) return false;
    if (k->c[k->n - 1] >= 0x3041 && k->c[k->n - 1] <= 0x3096) return true;
    for (const char *const *s = counted; *s; s++)
        if (tb_word_key_ends(k, *s)) return true;
    return false;
}

/* ---- names -------------------------------------------------------------------------------------- */

/* Places inside `within` (-1: anywhere) of that name, come to in that way. */
static void named(const tb_words *w, const struct tb_word_key *k, int within, int way, struct tb_meant *out)
{
    size_t n;
    const struct tb_word *v = tb_words_with(w, TB_WORD_AREA, k, &n);
    for (size_t i = 0; i < n; i++)
        if (v[i].way == way && (within < 0 || tb_area_within(w->region, v[i].row, within)))
            tb_meant_add(out, &v[i]);
}

static bool has_way(const tb_words *w, const struct tb_word_key *k, int row, int way)
{
    size_t n;
    const struct tb_word *v = tb_words_with(w, TB_WORD_AREA, k, &n);
    for (size_t i = 0; i < n; i++)
        if (v[i].way == way && v[i].row == row) return true;
    return false;
}

/* Those whose 丁目 it is, and those that have the name without any of its 丁目. */
static void with_chome(const tb_words *w, const struct said *s, int within, struct tb_meant *out)
{
    char digits[16];
    struct tb_word_key full = {tb_xcalloc((size_t)s->name.n + 16, sizeof(uint32_t)), s->name.n};
    struct tb_meant bare = {0};
    memcpy(full.c, s->name.c, (size_t)s->name.n * sizeof *full.c);
    snprintf(digits, sizeof digits, "%d", s->chome);
    for (const char *d = digits; *d; d++) full.c[full.n++] = (uint32_t)*d;
    full.c[full.n++] = 0x4E01; /* 丁 */
    full.c[full.n++] = 0x76EE; /* 目 */
    named(w, &full, within, TB_WAY_SAME, out);
    named(w, &s->name, within, TB_WAY_SAME, &bare);
    for (int i = 0; i < bare.n; i++)
        if (!has_way(w, &s->name, bare.c[i].row, TB_WAY_CHOME) || out->n == 0)
            tb_meant_add(out, &(struct tb_word){.row = bare.c[i].row, .shown = bare.c[i].word});
    tb_word_key_free(&full);
}

/* How many letters of nothing stand at `at`, between a place and what lies in it. */
static int between(const struct tb_word_key *k, int at)
{
    static const char *const words[] = {"の", "、", ",", "大字", "字", NULL};
    for (const char *const *s = words; *s; s++) {
        int n = tb_word_key_has(k, at, *s);
        if (n && at + n < k->n) return n;
    }
    return 0;
}

static void fits(const tb_words *w, const struct said *s, int within, struct tb_meant *out);

/* 石川県金沢市森本: a place, and one that lies in it. */
static void inside(const tb_words *w, const struct said *s, int within, struct tb_meant *out)
{
    for (int i = 1; i < s->name.n; i++) {
        struct tb_word_key first = slice(&s->name, 0, i);
        struct tb_meant outer = {0};
        named(w, &first, within, TB_WAY_SAME, &outer);
        if (outer.n == 0) continue;
        for (int pass = 0, skip = 0; pass < 2; pass++, skip = between(&s->name, i)) {
            if (pass && !skip) break;
            struct said rest = *s;
            rest.name = slice(&s->name, i + skip, s->name.n);
            for (int k = 0; k < outer.n; k++) fits(w, &rest, outer.c[k].row, out);
        }
    }
}

static void fits(const tb_words *w, const struct said *s, int within, struct tb_meant *out)
{
    int before = out->n;
    if (s->chome > 0) {
        with_chome(w, s, within, out);
    } else {
        named(w, &s->name, within, TB_WAY_SAME, out);
        named(w, &s->name, within, TB_WAY_CHOME, out);
        named(w, &s->name, within, TB_WAY_SHORT, out);
    }
    if (out->n == before) inside(w, s, within, out);
    if (out->n == before && s->chome > 0) named(w, &s->name, within, TB_WAY_SHORT, out);
}

/* The name as it is; without a house number; without the letter that counts fields before that. */
static void addressed(const tb_words *w, const struct tb_word_key *k, struct tb_meant *out)
{
    struct said s, all = whole(k);
    bool numbered = house_number(k, &s);
    if (!numbered || !s.certain) fits(w, &all, -1, out);
    if (!numbered || out->n > 0) return;
    fits(w, &s, -1, out);
    if (out->n == 0 && field_letter(&s.name)) {
        struct said plain = {slice(&s.name, 0, s.name.n - 1), 0, false};
        fits(w, &plain, -1, out);
    }
    if (out->n == 0 && s.certain) fits(w, &all, -1, out);
}

/* ---- what comes with a name --------------------------------------------------------------------- */

/* Words behind a place that say nothing more than it, the longest first. */
static const char *const behind[] = {"小学校区", "小学校下", "小学校",   "地区",   "校下",
                                     "校区",     "学区",     "のあたり", "の近く", "近く",
                                     "付近",     "周辺",     "ちく",     "こうか", NULL};

static struct tb_word_key without_behind(const struct tb_word_key *k)
{
    for (const char *const *s = behind; *s; s++) {
        int n = tb_word_key_ends(k, *s);
        if (n && k->n > n) return slice(k, 0, k->n - n);
    }
    return *k;
}

static int compare_candidates(const void *p, const void *q)
{
    const struct tb_word_candidate *a = p, *b = q;
    return (a->row > b->row) - (a->row < b->row);
}

static void settle(struct tb_meant *m)
{
    if (m->n > 1) qsort(m->c, (size_t)m->n, sizeof m->c[0], compare_candidates);
    m->sure = m->n == 0 ? TB_WORD_NOTHING : m->n == 1 ? TB_WORD_ONE : TB_WORD_SEVERAL;
}

/* The longest beginning that is a place: 金沢市 of 金沢市御経塚. */
static int outer_place(const tb_words *w, const struct tb_word_key *k, int *row)
{
    for (int i = k->n - 1; i > 0; i--) {
        struct tb_word_key first = slice(k, 0, i);
        struct tb_meant m = {0};
        named(w, &first, -1, TB_WAY_SAME, &m);
        if (m.n != 1 || w->region->areas[m.c[0].row].level > TB_LEVEL_MUNICIPALITY) continue;
        *row = m.c[0].row;
        return i;
    }
    return 0;
}

/* Nothing fits: places of the name elsewhere, other numbers of its 丁目, names that are nearly it. */
static void nearly(const tb_words *w, const struct tb_word_key *k, struct tb_meant *out)
{
    struct said s = whole(k);
    int row = -1;
    if (!house_number(k, &s)) s = whole(k);
    struct tb_word_key name = without_behind(&s.name);
    named(w, &name, -1, TB_WAY_CHOME, out);
    int outer = outer_place(w, &name, &row);
    if (outer) {
        struct said rest = {slice(&name, outer, name.n), 0, false};
        fits(w, &rest, -1, out);
        if (out->n == 0) tb_words_near(w, TB_WORD_AREA, &rest.name, row, out);
    }
    if (out->n < 3) tb_words_near(w, TB_WORD_AREA, &name, -1, out);
    if (out->n > 0) out->sure = TB_WORD_NEAR;
}

static void place(const tb_words *w, const struct tb_word_key *k, struct tb_meant *out)
{
    addressed(w, k, out);
    struct tb_word_key shorter = without_behind(k);
    if (out->n == 0 && shorter.n < k->n) addressed(w, &shorter, out);
    settle(out);
    if (out->n == 0) nearly(w, k, out);
}

/* ---- postcodes ---------------------------------------------------------------------------------- */

/* Digits of a postcode at the beginning, with or without 〒 and hyphen, into d; where the rest begins, or 0
 * when the text does not begin with seven digits, or is nothing but digits. */
static int postcode(const struct tb_word_key *k, struct tb_word_key *d)
{
    int at = tb_word_key_has(k, 0, "〒");
    d->n = 0;
    for (; at < k->n && d->n < 7; at++) {
        if (is_digit(k->c[at]))
            d->c[d->n++] = k->c[at];
        else if (k->c[at] != '-' || d->n != 3)
            break;
    }
    bool only_digits = at == k->n && d->n > 0;
    return (d->n == 7 && (at == k->n || !is_digit(k->c[at]))) || only_digits ? at : 0;
}

/* Places that the rest names, where the postcode allows it; else both are asked back. */
static void with_postcode(const tb_words *w, const struct tb_word_key *digits, const struct tb_word_key *rest,
                          struct tb_meant *out)
{
    struct tb_meant by_code = {0}, by_name = {0};
    named(w, digits, -1, TB_WAY_SAME, &by_code);
    place(w, rest, &by_name);
    if (by_code.n == 0 || by_name.sure < TB_WORD_SEVERAL) {
        *out = by_name;
        return;
    }
    for (int i = 0; i < by_name.n; i++) {
        bool agree = false;
        for (int k = 0; k < by_code.n && !agree; k++)
            agree = tb_area_within(w->region, by_name.c[i].row, by_code.c[k].row) ||
                    tb_area_within(w->region, by_code.c[k].row, by_name.c[i].row);
        if (agree) tb_meant_add(out, &(struct tb_word){.row = by_name.c[i].row, .shown = by_name.c[i].word});
    }
    settle(out);
    if (out->n > 0) return;
    *out = by_name;
    for (int k = 0; k < by_code.n; k++)
        tb_meant_add(out, &(struct tb_word){.row = by_code.c[k].row, .shown = by_code.c[k].word});
    out->sure = TB_WORD_SEVERAL;
}

void tb_words_place(const tb_words *w, const struct tb_word_key *k, struct tb_meant *out)
{
    uint32_t d[8];
    struct tb_word_key digits = {d, 0};
    int end = postcode(k, &digits);
    if (end == 0) {
        place(w, k, out);
    } else if (end < k->n) {
        struct tb_word_key rest = slice(k, end, k->n);
        with_postcode(w, &digits, &rest, out);
    } else {
        named(w, &digits, -1, TB_WAY_SAME, out);
        settle(out);
        if (out->n == 0) tb_words_near(w, TB_WORD_AREA, &digits, -1, out);
    }
}
