/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * now: who is really on duty at a minute: what is published, the names of doctors, and what was entered since
 * (closed, a substitute, another telephone, disaster). `app` fills it; whatever tells of a minute or of a
 * seat tells this and looks at no override of its own.
 */
#ifndef TOBAN_DOMAIN_NOW_H
#define TOBAN_DOMAIN_NOW_H

#include "toban/domain/board.h"
#include "toban/domain/conflict.h"
#include "toban/domain/incidents.h"

/* What was entered about one door or holder and is in force in the minutes asked about; NULL: nothing. Of two
 * of a kind the later entry. `mark` is the weightiest of them. */
struct tb_now_changes {
    const struct tb_incident *of[TB_INCIDENT_COUNT], *mark;
    bool unconfirmed; /* in a disaster, and nobody has confirmed that it is served */
};

struct tb_now_seat {
    int assignment, interval;        /* of the board (-1: open, or `extra`); of the slot */
    const struct tb_open_seat *open; /* NULL: somebody was published for it */
    const struct tb_slot *slot;      /* NULL: an extra door, of no slot */
    int duty;
    /* who is there now, in the board's region: the substitute where one was entered; provider -1: nobody */
    int provider, person;
    int instead; /* whom the substitute replaces; -1 */
    int place;   /* where patients go: the duty's site, or the provider; -1: nowhere */
    /* public; of the place, or the one entered; of an open seat without a place "" */
    const char *phone;
    tb_minute from, reception, until;
    bool closed;
    struct tb_now_changes changes;
};

struct tb_now {
    const struct tb_board *board; /* borrowed */
    tb_minute at;
    struct tb_now_seat *v; /* in the board's order, extra doors last */
    size_t n, cap;
    /* the disaster that stands, NULL: none; ended: its end is past and nobody has ended it */
    const struct tb_incident *disaster;
    bool ended;
};
/* Changes are of the board's region and are borrowed. */
void tb_now_of(const struct tb_board *b, tb_minute at, const struct tb_incident *v, int n,
               struct tb_now *out);
void tb_now_free(struct tb_now *x);

/* One seat of the board (an assignment, or -1 and an open seat) in the interval, with what is in force in
 * some minute of [from, to). */
struct tb_now_span {
    tb_minute from, to;
    const struct tb_incident *v;
    int n;
};
/* The same of a seat whose duty, provider, place, person and phone are as published: puts in what was
 * entered. */
void tb_now_enter(const struct tb_region *r, const struct tb_now_span *s, struct tb_now_seat *x);
void tb_now_seat_of(const struct tb_board *b, int assignment, const struct tb_open_seat *open, int interval,
                    const struct tb_now_span *s, struct tb_now_seat *out);

#endif
