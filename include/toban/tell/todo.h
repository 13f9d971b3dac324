/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/todo: what waits for somebody, and how commands end that make more of it. For the office: private
 * reasons and staff numbers.
 */
#ifndef TOBAN_TELL_TODO_H
#define TOBAN_TELL_TODO_H

#include "toban/app/todo.h"
#include "toban/tell/tell.h"

void tb_tell_todo_json(const struct tb_todo *x, tb_printer *p);
void tb_tell_todo_text(const struct tb_todo *x, struct tb_buf *out);

/* todo --done. */
void tb_tell_todo_done_json(const char *key, tb_printer *p);
void tb_tell_todo_done_text(const char *key, struct tb_buf *out);

/* A member "todo": seats newly on the list; and a sentence of it, nothing when there are none. */
void tb_tell_todo_new_json(int n, tb_printer *p);
void tb_tell_todo_new_text(int n, struct tb_buf *out);

/* replace --with. */
void tb_tell_filled_json(const struct tb_filled *x, tb_printer *p);
void tb_tell_filled_text(const struct tb_filled *x, struct tb_buf *out);

/* The mark of a seat that does not hold: a member "conflict" with the reasons, or null; a line for the
 * office. */
void tb_tell_conflict_json(const struct tb_conflict *c, tb_printer *p);
void tb_tell_conflict_text(const struct tb_conflict *c, struct tb_buf *out);

#endif
