/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * meant: which rows of a region people mean by a word: places, complaints, levels, and the names of
 * providers, duties and bodies, as they are said, typed and written in spreadsheets.
 *
 * One spelling stands for what looks or sounds alike: full and half width, composed or not, katakana and
 * hiragana, ヶ ケ が and ノ の 之 between kanji, 髙 and 高, 﨑 and 崎, 𠮷 and 吉 and their like. A place may
 * have its prefecture and municipality before it, its 校下, 丁目 and house number behind it.
 *
 * Never a guess: a word means one row, or it is a question (several rows fit), or a suggestion (nearly one).
 */
#ifndef TOBAN_DOMAIN_MEANT_H
#define TOBAN_DOMAIN_MEANT_H

#include "toban/domain/region.h"

enum tb_word_kind {
    TB_WORD_AREA,
    TB_WORD_COMPLAINT,
    TB_WORD_MODIFIER,
    TB_WORD_LEVEL, /* rows of scales */
    TB_WORD_PROVIDER,
    TB_WORD_DUTY,
    TB_WORD_BODY,
    TB_WORD_KINDS
};
enum tb_word_sure {
    TB_WORD_NOTHING, /* no row, and none that is nearly so */
    TB_WORD_NEAR,    /* none; the candidates are nearly so */
    TB_WORD_SEVERAL, /* each of the candidates */
    TB_WORD_ONE      /* c[0] */
};
enum { TB_WORD_CANDIDATES = 12 };
struct tb_meant {
    enum tb_word_sure sure;
    int n, more; /* candidates, and how many there are beyond them */
    struct tb_word_candidate {
        int row;
        const char *word; /* the region's own word that fits; borrowed from the region */
    } c[TB_WORD_CANDIDATES];
};

/* The words of a region, in order: made once, asked often. Borrows the region. */
typedef struct tb_words tb_words;
tb_words *tb_words_new(const struct tb_region *r);
void tb_words_free(tb_words *w);

/* What the word means. An id is always that row. Does not change `w`: threads may share it. */
struct tb_meant tb_words_mean(const tb_words *w, enum tb_word_kind kind, const char *text);

/* A level where the desk's scale is set (SCALE or SCALE:VERSION; NULL or empty: none): its code is enough. */
struct tb_meant tb_words_level(const tb_words *w, const char *scale, const char *text);

/* "area", "complaint" ...; and in the language set: 地区, 症状区分 ... */
const char *tb_word_kind_word(enum tb_word_kind kind);
const char *tb_word_kind_name(enum tb_word_kind kind);
/* A row's id, as it may be typed (scale:version:code of a level), and its name with what tells it from
 * others: 金沢市 此花地区. Appended to out. */
void tb_word_id(const struct tb_region *r, enum tb_word_kind kind, int row, struct tb_buf *out);
void tb_word_label(const struct tb_region *r, enum tb_word_kind kind, int row, struct tb_buf *out);

/* The one row that the word means. TB_USAGE: none (a suggestion where there is one) or several (a question);
 * the candidates are named with their ids. `what` names the field or option: "--area", "providers.area". */
TB_MUST_USE enum tb_code tb_words_one(const tb_words *w, enum tb_word_kind kind, const char *what,
                                      const char *text, int *row, struct tb_err *e);
/* The same for one word of a region whose words are not at hand; an id costs nothing. */
TB_MUST_USE enum tb_code tb_word_row(const struct tb_region *r, enum tb_word_kind kind, const char *what,
                                     const char *text, int *row, struct tb_err *e);

#endif
