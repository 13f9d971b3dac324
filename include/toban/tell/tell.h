/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell: one answer, every form. Each answer of a use case has a header of its own beside this one and a file
 * in src/tell, with two functions of one name:
 *
 *   void tb_tell_ANSWER_json(const struct X *x, tb_printer *p);   members into the object that is open
 *   void tb_tell_ANSWER_text(const struct X *x, struct tb_buf *out); for a terminal, in the language set
 *
 * The command line, the server's /v1 and pages call these, so that no two of them can say different things.
 * docs/reference/json.md lists the keys. Pure: nothing is read, printed or stored.
 */
#ifndef TOBAN_TELL_TELL_H
#define TOBAN_TELL_TELL_H

#include "toban/base/base.h"
#include "toban/base/printer.h"

/* Before the answer of a trial: nobody may take it for a confirmation. */
void tb_tell_trial_json(bool trial, tb_printer *p);
void tb_tell_trial_text(struct tb_buf *out);

/* A cell of a table for terminals, padded with blanks to `width` columns of display (a kanji is two);
 * negative: right-aligned. What is wider is not cut. */
void tb_tell_cell(struct tb_buf *out, const char *text, int width);

#endif
