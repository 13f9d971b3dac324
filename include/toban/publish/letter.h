/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * letter: what an office sends with a publication: a covering letter (送付状) with the roster, a notice of
 * changes (変更通知), or what concerns one member alone. In Japanese, whatever the language set.
 */
#ifndef TOBAN_PUBLISH_LETTER_H
#define TOBAN_PUBLISH_LETTER_H

#include "toban/domain/board.h"
#include "toban/domain/change.h"

/* Something a sheet says that is not who sits where: 受付時間 of a duty, a telephone. */
struct tb_letter_fact {
    const char *what, *was, *is;
    tb_day from; /* TB_DAY_NONE: at once */
};

struct tb_letter {
    const struct tb_board *board; /* of the publication, over all days told of */
    const char *to, *honorific;
    int way;            /* by which it goes (address.h) */
    bool outside;       /* press and public: no person is named */
    int provider;       /* one member: his own duties alone, nobody else is named; -1: the roster */
    tb_day date;        /* of the letter */
    const char *number; /* of the letter; "" */
    const int *senders; /* bodies, the first has the number */
    int n_senders;
    const char *before; /* edition of before, 第1版（a1b2c3d4）; "": there was none */
    const struct tb_change *changes;
    size_t n_changes; /* on days that were announced before */
    const int *fresh;
    size_t n_fresh; /* slots of the board on days that were not, ascending */
    const struct tb_letter_fact *facts;
    size_t n_facts;
};

/* 当番表の送付について, 当番表の変更について（通知）...: what it is, in one line. */
const char *tb_letter_subject(const struct tb_letter *x);
/* For a plain mail client: no line is wider than 76 columns. By other ways in pages of A4 with their numbers,
 * a form feed between them. */
void tb_publish_letter_text(const struct tb_letter *x, struct tb_buf *out);
/* The same as A4 pages of HTML, black on white, in type that a fax carries. */
void tb_publish_letter_html(const struct tb_letter *x, struct tb_buf *out);

#endif
