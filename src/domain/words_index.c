/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a region in order, those with a key, and those that are nearly it.
 */
#include <stdlib.h>
#include <string.h>

#include "words_int.h"

/* ---- the words ---------------------------------------------------------------------------------- */

static int compare_letters(const struct tb_word_key *a, const struct tb_word_key *b)
{
    for (int i = 0; i < a->n && i < b->n; i++)
        if (a->c[i] != b->c[i]) return a->c[i] < b->c[i] ? -1 : 1;
    return (a->n > b->n) - (a->n < b->n);
}

static int compare_words(const void *p, const void *q)
{
    const struct tb_word *a = p, *b = q;
    int c = (a->kind > b->kind) - (a->kind < b->kind);
    if (c == 0) c = compare_letters(&a->key, &b->key);
    if (c == 0) c = (a->way > b->way) - (a->way < b->way);
    if (c == 0) c = (a->row > b->row) - (a->row < b->row);
    return c ? c : strcmp(a->shown, b->shown);
}

/* The first n letters of the key as a word of the row. */
static void add_key(struct tb_words *w, int kind, int row, int way, const char *shown,
                    const struct tb_word_key *k, int n)
{
    if (n <= 0) return;
    uint32_t *c = tb_arena_alloc(&w->arena, (size_t)n * sizeof *c);
    memcpy(c, k->c, (size_t)n * sizeof *c);
    *TB_PUSH(w->v, w->n, w->cap) = (struct tb_word){{c, n}, kind, row, way, shown};
}

static void add_word(struct tb_words *w, int kind, int row, int way, const char *text)
{
    struct tb_word_key k;
    if (!text || !*text || !tb_word_key_of(text, &k)) return;
    add_key(w, kind, row, way, text, &k, k.n);
    tb_word_key_free(&k);
}

/* Where the digits of a 丁目 begin at the key's end, or 0. */
static int before_chome(const struct tb_word_key *k)
{
    int n = tb_word_key_ends(k, "丁目"), at = k->n - n;
    if (!n) return 0;
    while (at > 0 && k->c[at - 1] >= '0' && k->c[at - 1] <= '9') at--;
    return at < k->n - n ? at : 0;
}

/* A place as it is, and without what people leave out. */
static void add_place(struct tb_words *w, int row, const char *text)
{
    static const char *const left_out[] = {"地区", "校下", "校区", "ちく", "こうか", "こうく", NULL};
    struct tb_word_key k;
    if (!text || !*text || !tb_word_key_of(text, &k)) return;
    add_key(w, TB_WORD_AREA, row, TB_WAY_SAME, text, &k, k.n);
    for (const char *const *s = left_out; *s; s++) {
        int n = tb_word_key_ends(&k, *s);
        if (n && k.n - n > 0) add_key(w, TB_WORD_AREA, row, TB_WAY_SAME, text, &k, k.n - n);
    }
    int chome = before_chome(&k);
    if (chome) add_key(w, TB_WORD_AREA, row, TB_WAY_CHOME, text, &k, chome);
    if (tb_word_key_ends(&k, "町") && k.n > 2) add_key(w, TB_WORD_AREA, row, TB_WAY_SHORT, text, &k, k.n - 1);
    tb_word_key_free(&k);
}

/* Its digits alone. */
static void add_postcode(struct tb_words *w, int row, const char *text)
{
    struct tb_word_key k;
    int n = 0;
    if (!tb_word_key_of(text, &k)) return;
    for (int i = 0; i < k.n; i++)
        if (k.c[i] >= '0' && k.c[i] <= '9') k.c[n++] = k.c[i];
    add_key(w, TB_WORD_AREA, row, TB_WAY_SAME, text, &k, n);
    tb_word_key_free(&k);
}

static void add_areas(struct tb_words *w)
{
    const struct tb_region *r = w->region;
    for (int i = 0; i < r->n_areas; i++) {
        const struct tb_area *a = &r->areas[i];
        struct tb_word_key k;
        add_place(w, i, a->name);
        add_place(w, i, a->kana);
        if (a->level != TB_LEVEL_MUNICIPALITY || !tb_word_key_of(a->name, &k)) continue;
        if (k.n > 2) add_key(w, TB_WORD_AREA, i, TB_WAY_SAME, a->name, &k, k.n - 1); /* 金沢 */
        tb_word_key_free(&k);
    }
    for (int i = 0; i < r->n_aliases; i++) {
        if (r->aliases[i].area < 0) continue;
        if (r->aliases[i].kind == TB_ALIAS_POSTCODE)
            add_postcode(w, r->aliases[i].area, r->aliases[i].text);
        else
            add_place(w, r->aliases[i].area, r->aliases[i].text);
    }
}

/* A name with and without what stands in brackets behind it; of persons the family name as a part. */
static void add_name(struct tb_words *w, int kind, int row, const char *name, bool person)
{
    struct tb_word_key k;
    if (!name || !*name || !tb_word_key_of(name, &k)) return;
    add_key(w, kind, row, TB_WAY_SAME, name, &k, k.n);
    int bracket = 0;
    for (int i = 1; i < k.n && !bracket; i++)
        if (k.c[i] == '(' && k.c[k.n - 1] == ')') bracket = i;
    if (bracket) add_key(w, kind, row, TB_WAY_SAME, name, &k, bracket);
    tb_word_key_free(&k);
    size_t family = strcspn(name, " ");
    if (!person || !name[family]) return;
    char *first = tb_arena_strndup(&w->arena, name, family);
    if (!tb_word_key_of(first, &k)) return;
    add_key(w, kind, row, TB_WAY_PART, name, &k, k.n);
    tb_word_key_free(&k);
}

/* Everyday words, each by itself. */
static void add_list(struct tb_words *w, int kind, int row, const char *words)
{
    for (const char *s = words; *s;) {
        size_t n = strcspn(s, ";");
        add_word(w, kind, row, TB_WAY_SAME, tb_arena_strndup(&w->arena, s, n));
        s += n + (s[n] == ';');
    }
}

static void add_named(struct tb_words *w)
{
    const struct tb_region *r = w->region;
    for (int i = 0; i < r->n_complaints; i++) {
        add_name(w, TB_WORD_COMPLAINT, i, r->complaints[i].name, false);
        add_name(w, TB_WORD_COMPLAINT, i, r->complaints[i].name_en, false);
        add_list(w, TB_WORD_COMPLAINT, i, r->complaints[i].words);
    }
    for (int i = 0; i < r->n_modifiers; i++) {
        add_name(w, TB_WORD_MODIFIER, i, r->modifiers[i].name, false);
        add_name(w, TB_WORD_MODIFIER, i, r->modifiers[i].name_en, false);
        add_list(w, TB_WORD_MODIFIER, i, r->modifiers[i].words);
    }
    for (int i = 0; i < r->n_scales; i++) {
        const struct tb_scale *s = &r->scales[i];
        add_word(w, TB_WORD_LEVEL, i, TB_WAY_SAME,
                 tb_arena_printf(&w->arena, "%s:%s:%s", s->scale, s->version, s->code));
        add_word(w, TB_WORD_LEVEL, i, TB_WAY_SAME, tb_arena_printf(&w->arena, "%s:%s", s->scale, s->code));
        add_word(w, TB_WORD_LEVEL, i, TB_WAY_PART, s->code);
    }
    for (int i = 0; i < r->n_providers; i++) {
        const struct tb_provider *p = &r->providers[i];
        bool person = p->kind >= 0 && p->kind < r->n_kinds && r->kinds[p->kind].person;
        add_name(w, TB_WORD_PROVIDER, i, p->name, person);
        add_name(w, TB_WORD_PROVIDER, i, p->kana, person);
    }
    for (int i = 0; i < r->n_duties; i++) {
        add_name(w, TB_WORD_DUTY, i, r->duties[i].name, false);
        add_name(w, TB_WORD_DUTY, i, r->duties[i].name_en, false);
    }
    for (int i = 0; i < r->n_bodies; i++) {
        add_name(w, TB_WORD_BODY, i, r->bodies[i].name, false);
        add_name(w, TB_WORD_BODY, i, r->bodies[i].name_en, false);
    }
}

tb_words *tb_words_new(const struct tb_region *r)
{
    tb_words *w = tb_xcalloc(1, sizeof *w);
    w->region = r;
    add_areas(w);
    add_named(w);
    if (w->n > 0) qsort(w->v, w->n, sizeof *w->v, compare_words);
    return w;
}

void tb_words_free(tb_words *w)
{
    if (!w) return;
    tb_arena_free(&w->arena);
    free(w->v);
    free(w);
}

/* First word that is not before (kind, k); k NULL: of the kind. */
static size_t first_word(const tb_words *w, int kind, const struct tb_word_key *k)
{
    size_t lo = 0, hi = w->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const struct tb_word *x = &w->v[mid];
        bool before = x->kind < kind || (x->kind == kind && k && compare_letters(&x->key, k) < 0);
        if (before)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

const struct tb_word *tb_words_of(const tb_words *w, int kind, size_t *n)
{
    size_t from = first_word(w, kind, NULL);
    *n = first_word(w, kind + 1, NULL) - from;
    return w->v + from;
}

const struct tb_word *tb_words_with(const tb_words *w, int kind, const struct tb_word_key *k, size_t *n)
{
    size_t from = first_word(w, kind, k), to = from;
    while (to < w->n && w->v[to].kind == kind && compare_letters(&w->v[to].key, k) == 0) to++;
    *n = to - from;
    return w->v + from;
}

/* ---- what is nearly so -------------------------------------------------------------------------- */

void tb_meant_add(struct tb_meant *m, const struct tb_word *x)
{
    for (int i = 0; i < m->n; i++)
        if (m->c[i].row == x->row) return;
    if (m->n == TB_WORD_CANDIDATES) {
        m->more++;
        return;
    }
    m->c[m->n++] = (struct tb_word_candidate){x->row, x->shown};
}

/* One letter more, less, other, or two that changed places. */
static bool one_off(const struct tb_word_key *a, const struct tb_word_key *b)
{
    if (a->n > b->n) return one_off(b, a);
    if (b->n - a->n > 1) return false;
    int head = 0, tail = 0;
    while (head < a->n && a->c[head] == b->c[head]) head++;
    while (tail < a->n - head && a->c[a->n - 1 - tail] == b->c[b->n - 1 - tail]) tail++;
    int left = a->n - head - tail;
    if (left == 0) return true;
    if (a->n < b->n) return false;
    return left == 1 || (left == 2 && a->c[head] == b->c[head + 1] && a->c[head + 1] == b->c[head]);
}

static bool contains(const struct tb_word_key *all, const struct tb_word_key *part)
{
    for (int i = 0; i + part->n <= all->n; i++)
        if (memcmp(all->c + i, part->c, (size_t)part->n * sizeof *part->c) == 0) return true;
    return false;
}

/* How near, 0 the nearest; -1: not. Of words of two letters half is another word: such are asked last. */
static int nearness(const struct tb_word_key *said, const struct tb_word *x)
{
    if (said->n >= 3 && x->key.n >= 2 && one_off(said, &x->key)) return 0;
    if (x->key.n > said->n && memcmp(x->key.c, said->c, (size_t)said->n * sizeof *said->c) == 0) return 1;
    if (x->key.n >= 3 && said->n > x->key.n &&
        memcmp(x->key.c, said->c, (size_t)x->key.n * sizeof *said->c) == 0)
        return 1;
    if (said->n >= 2 && x->key.n > said->n && contains(&x->key, said)) return 2;
    /* a sentence with a word in it: 熱がある, 右の目が痛い */
    bool said_in_words = x->kind == TB_WORD_COMPLAINT || x->kind == TB_WORD_MODIFIER;
    if (said_in_words && (x->key.n > 1 || tb_word_kanji(x->key.c[0])) && contains(said, &x->key)) return 2;
    if (said->n == 2 && x->key.n >= 2 && one_off(said, &x->key)) return 3;
    return -1;
}

void tb_words_near(const tb_words *w, int kind, const struct tb_word_key *k, int within, struct tb_meant *out)
{
    size_t n;
    const struct tb_word *v = tb_words_of(w, kind, &n);
    for (int level = 0; level <= 3; level++) {
        for (size_t i = 0; i < n; i++)
            if (nearness(k, &v[i]) == level && (within < 0 || tb_area_within(w->region, v[i].row, within)))
                tb_meant_add(out, &v[i]);
        if (out->n > 0 && level >= 1) break; /* parts of words only where nothing is nearer */
    }
    if (out->n > 0) out->sure = TB_WORD_NEAR;
}
