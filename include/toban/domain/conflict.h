/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * conflict: published seats that do not hold by the tables as they are today, whatever the tables said when
 * the roster was planned. Nothing is judged here by itself: the seats are given to check on a problem of
 * today's rows. Pure: facts in, facts out.
 */
#ifndef TOBAN_DOMAIN_CONFLICT_H
#define TOBAN_DOMAIN_CONFLICT_H

#include "toban/domain/board.h"

/* HOLDER: he cannot sit there, or the seats break a hard rule. WISH: what he said of his days alone is
 * against it. GONE: the calendar of today has no such seat. OPEN: nobody sits there. */
enum tb_trouble { TB_TROUBLE_HOLDER, TB_TROUBLE_WISH, TB_TROUBLE_GONE, TB_TROUBLE_OPEN };
const char *tb_trouble_word(enum tb_trouble what); /* holder, wish, gone, open */

struct tb_conflict {
    struct tb_seat_row seat;  /* of an open one the provider is -1 */
    struct tb_seat_row other; /* a second seat that shows it; provider -1: there is none */
    enum tb_trouble what;
    int person;        /* the doctor named for the seat, whom it is about; -1: it is about who sits there */
    int missing;       /* of an open one: seats that nobody has */
    tb_minute from;    /* the slot begins */
    const char *rules; /* ids of what is broken, commas between; "" */
    const char *why;   /* sentences in the language set, for the office alone: they tell of absences */
};
/* In order of time, then canonical order, one for each seat; memory from the arena. */
struct tb_conflicts {
    struct tb_conflict *v;
    size_t n, cap;
    struct tb_arena arena;
};
void tb_conflicts_free(struct tb_conflicts *x);

struct tb_conflict_question {
    const struct tb_board *board; /* of the latest publication, by today's region; its seats are judged */
    /* everything that binds, any date: what is in force, and the doctors whom groups have named */
    const struct tb_seat_row *rows;
    size_t n_rows;
    tb_minute now; /* what has ended by then is not judged */
};
/* Breaches that somebody signed for are none; pins and prohibitions belong to planning and bind nobody here.
 * A rule that counts by the period counts the duty's own. */
void tb_conflicts_find(const struct tb_conflict_question *q, struct tb_conflicts *out);
/* The one of a seat or of the slot as a whole (provider -1), NULL: none. An open seat is none of those who
 * sit beside it. */
const struct tb_conflict *tb_conflict_of(const struct tb_conflicts *x, const struct tb_slot *s, int provider);

/* The days of the duty's own period in which the day lies; outside of a named one the day itself. */
void tb_duty_period(const struct tb_region *r, int duty, tb_day day, tb_day *from, tb_day *to);

#endif
