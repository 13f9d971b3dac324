/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the list of what waits: a finder for each kind, and what they share.
 */
#ifndef TOBAN_TODO_INT_H
#define TOBAN_TODO_INT_H

#include "app_int.h"
#include "toban/app/sent.h"
#include "toban/app/todo.h"

struct todo_work {
    const struct tb_app *app; /* as who asks; `within` for other use cases on the way */
    struct tb_app within;
    tb_store *s;
    const struct tb_region *r;
    tb_minute now;
    tb_day today;
    enum tb_todo_kind kind; /* which is being looked for */
    int ahead;              /* its row's days */
    const char *word;       /* and word */
    struct tb_todo *out;
    size_t cap;
    /* read once, for all kinds */
    struct tb_conflicts conflicts;
    struct tb_life_state *lives;
    size_t n_lives;
    struct tb_cover *covers;
    size_t n_covers;
    int64_t latest; /* publication, 0: none */
    struct tb_app_sent *sent;
    size_t n_sent;
    bool has_conflicts, has_lives, has_sent;
};
/* One that waits: of the kind that is being looked for; the caller fills the rest. */
struct tb_todo_item *todo_add(struct todo_work *w, tb_day day, const char *key);
/* Text into the list's arena. */
const char *todo_text(struct todo_work *w, const char *fmt, ...) TB_PRINTF(2, 3);
/* One word for a shell, in quotation marks where it needs them. */
const char *todo_word(struct todo_work *w, const char *word);
/* DUTY:DATE:BAND[:reserve] */
const char *todo_seat(struct todo_work *w, const struct tb_seat_row *s);
enum tb_code todo_lives(struct todo_work *w, struct tb_err *e);
enum tb_code todo_conflicts(struct todo_work *w, struct tb_err *e);

enum tb_code todo_find_trouble(struct todo_work *w, struct tb_err *e); /* holder, wish, gone, open */
enum tb_code todo_find_names(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_swaps(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_rounds(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_approved(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_doubts(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_unsent(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_unconfirmed(struct todo_work *w, struct tb_err *e);
void todo_sent_free(struct todo_work *w);
enum tb_code todo_find_unfetched(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_silent(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_plans(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_overrides(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_disasters(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_table(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_holidays(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_facts(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_retention(struct todo_work *w, struct tb_err *e);
enum tb_code todo_find_backup(struct todo_work *w, struct tb_err *e);

#endif
