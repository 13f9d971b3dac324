/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A letter as lines of kinds: letter.c says what stands in it, letter_text.c and letter_html.c how it looks.
 */
#ifndef TOBAN_PUBLISH_LETTER_INT_H
#define TOBAN_PUBLISH_LETTER_INT_H

#include "publish_int.h"
#include "toban/publish/letter.h"

enum letter_kind {
    LETTER_RIGHT,   /* number, date, sender */
    LETTER_TO,      /* who it is for */
    LETTER_SUBJECT, /* in the middle, large */
    LETTER_PARA,    /* wrapped */
    LETTER_MIDDLE,  /* 記 */
    LETTER_HEADING, /* 1 変更する当番 */
    LETTER_GROUP,   /* whose rows follow */
    LETTER_HEADS,   /* heads of the columns of the rows that follow */
    LETTER_ROW,
    LETTER_LINE, /* indented */
    LETTER_BOX,  /* head of the lines that follow: お問合せ, 受領のご確認 */
    LETTER_SHEET /* 別紙1 and its title: a page of its own */
};
enum { LETTER_CELLS = 5 };
struct letter_line {
    enum letter_kind kind;
    char *cell[LETTER_CELLS];
    int n;
};
struct letter_lines {
    struct letter_line *v;
    size_t n, cap;
};
/* Every line of the letter, in order. */
void letter_write(const struct tb_letter *x, struct letter_lines *out);
void letter_clear(struct letter_lines *x);
/* The rows of one table, [from, to) with from at its heads or first row: widths of its columns. */
size_t letter_table(const struct letter_lines *x, size_t from, int width[LETTER_CELLS], int *columns);

#endif
