/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * todo: everything that waits for somebody, each with its one next step as a command. What kinds there are is
 * a table (src/app/todo.c); docs/reference/todo.md says when each is on the list and what takes it off.
 */
#ifndef TOBAN_APP_TODO_H
#define TOBAN_APP_TODO_H

#include "toban/app/app.h"
#include "toban/domain/conflict.h"

enum tb_todo_kind {
    TB_TODO_HOLDER, /* published seats: enum tb_trouble */
    TB_TODO_WISH,
    TB_TODO_GONE,
    TB_TODO_OPEN,
    TB_TODO_NAME, /* of a group's seat */
    TB_TODO_SWAP,
    TB_TODO_ROUND,
    TB_TODO_APPROVED,
    TB_TODO_DOUBT,
    TB_TODO_SEND,
    TB_TODO_CONFIRM,
    TB_TODO_UNFETCHED,
    TB_TODO_SURVEY,
    TB_TODO_OVERRIDE,
    TB_TODO_DISASTER,
    TB_TODO_TABLE,
    TB_TODO_PLAN,
    TB_TODO_HOLIDAYS,
    TB_TODO_FACTS,
    TB_TODO_RETENTION,
    TB_TODO_BACKUP,
    TB_TODO_KINDS
};
/* The word for data and options, and the heading for people in the language set. */
const char *tb_todo_word(enum tb_todo_kind kind);
const char *tb_todo_name(enum tb_todo_kind kind);
/* TB_USAGE names those that there are. */
TB_MUST_USE enum tb_code tb_todo_kind_named(const char *word, enum tb_todo_kind *out, struct tb_err *e);

/* Strings in the list's arena; "" where there is nothing to say. */
struct tb_todo_item {
    enum tb_todo_kind kind;
    tb_day day;              /* by when, or of the seat; TB_DAY_NONE: any day */
    struct tb_seat_row seat; /* duty -1: it is about no seat */
    int provider;            /* whom to ask or to call; -1: nobody in particular */
    const char *key;         /* the same as long as the same thing waits */
    const char *what, *why;
    const char *look;    /* a command that shows more and changes nothing */
    const char *command; /* run as it stands, it takes the item off the list; "": no command alone can */
};
struct tb_todo {
    struct tb_region *region;
    tb_day today;
    struct tb_todo_item *v; /* by day, those of any day last, then in the order of kinds */
    size_t n;
    size_t of[TB_TODO_KINDS]; /* how many of each kind */
    struct tb_arena arena;
};
struct tb_todo_asked {
    int days;         /* those of the days up to so many from today, and those of no day; negative: all */
    const char *kind; /* of this kind alone, by its word; NULL: all */
};
/* Who works for some bodies is told of their duties' seats alone. */
TB_MUST_USE enum tb_code tb_app_todo(const struct tb_app *app, const struct tb_todo_asked *asked,
                                     struct tb_todo *out, struct tb_err *e);
void tb_todo_free(struct tb_todo *x);
/* Done by a person outside of the program (told on the telephone, say): entered in the audit trail, and off
 * the list as long as the key is the same. TB_REFUSED: nothing of that key waits, or it is of a kind that the
 * program sees done by itself. */
TB_MUST_USE enum tb_code tb_app_todo_done(const struct tb_app *app, const char *key, const char *note,
                                          struct tb_err *e);

/* ---- a published seat filled anew ------------------------------------------------------------------- */

#define TB_FILL_FIRST "first"
struct tb_fill {
    const char *seat;
    const char *leaves; /* who does not come; NULL: the only one there, or nobody of a seat that is open */
    const char *with;   /* who comes; TB_FILL_FIRST: the first of those to call who breaks no rule */
    const char *note;   /* may be NULL */
};
struct tb_filled {
    struct tb_region *region;
    struct tb_seat_row seat; /* its provider came */
    int went;                /* -1: it was open */
    bool reserve;            /* he was in reserve there, and that seat is open now */
    int64_t number;          /* of the publication */
    char hash[9];
    int todo; /* seats newly on the to-do list by it */
};
void tb_filled_free(struct tb_filled *x);
/* Whom to call, by today's tables, as tb_app_replace tells it; the draft is none that is stored (id 0). *who
 * -1: the seat is open. Errors as below. */
struct tb_substitutes;
TB_MUST_USE enum tb_code tb_app_fill_look(const struct tb_app *app, const struct tb_fill *rq,
                                          struct tb_app_draft *out, struct tb_substitutes *all, int *who,
                                          struct tb_err *e);
/* The seat changes hands in the next publication, and no other does, but the reserve's whom it takes.
 * TB_REFUSED: past, not published, nobody like that sits there, he who comes is none of the pool or breaks a
 * hard rule to which nobody consented. TB_NO: there is nobody who breaks none. */
TB_MUST_USE enum tb_code tb_app_fill(const struct tb_app *app, const struct tb_fill *rq,
                                     struct tb_filled *out, struct tb_err *e);

#endif
