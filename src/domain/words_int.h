/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the files of words that people say (src/domain/words_*.c).
 */
#ifndef TOBAN_DOMAIN_WORDS_INT_H
#define TOBAN_DOMAIN_WORDS_INT_H

#include "toban/domain/meant.h"

/* A text in the one spelling in which words are compared: its letters as code points. */
struct tb_word_key {
    uint32_t *c;
    int n;
};
/* At most 4,000 letters; false when the text is not valid UTF-8 or longer. Freed with tb_word_key_free. */
bool tb_word_key_of(const char *text, struct tb_word_key *out);
void tb_word_key_free(struct tb_word_key *k);
/* Is `word`, which is short and already in that spelling, at position `at`? Its letters, or 0. */
int tb_word_key_has(const struct tb_word_key *k, int at, const char *word);
/* Does the key end with it? Its letters, or 0. */
int tb_word_key_ends(const struct tb_word_key *k, const char *word);
bool tb_word_kanji(uint32_t c);

/* How a row came to a key. */
enum tb_word_way {
    TB_WAY_SAME,  /* one of its names, readings, postcodes, everyday words */
    TB_WAY_CHOME, /* the name that its 丁目 have in common */
    TB_WAY_SHORT, /* a name without its 町 */
    TB_WAY_PART   /* a family name, a bare code: never more than a suggestion */
};
struct tb_word {
    struct tb_word_key key;
    int kind, row, way;
    const char *shown; /* as the region has it */
};

struct tb_words {
    const struct tb_region *region;
    struct tb_arena arena;
    struct tb_word *v; /* by kind, key, way, row */
    size_t n, cap;
};

/* The words of a kind with this key: first of them, their number in *n. */
const struct tb_word *tb_words_with(const struct tb_words *w, int kind, const struct tb_word_key *k,
                                    size_t *n);
/* All words of a kind. */
const struct tb_word *tb_words_of(const struct tb_words *w, int kind, size_t *n);

/* Adds a candidate, unless its row is there. */
void tb_meant_add(struct tb_meant *m, const struct tb_word *x);
/* Candidates that are nearly the key: one letter off, the beginning or a part of a word; in the area `within`
 * (-1: anywhere), which counts for places alone. */
void tb_words_near(const struct tb_words *w, int kind, const struct tb_word_key *k, int within,
                   struct tb_meant *out);
/* Places have a grammar of their own (words_place.c). */
void tb_words_place(const struct tb_words *w, const struct tb_word_key *k, struct tb_meant *out);

#endif
