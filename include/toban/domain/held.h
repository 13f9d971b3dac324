/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * held: what publications hold of the region, so that what they show does not move with the tables (decision
 * 11). A fact is what a publication says of one row, from a day on; fields with the mark S of
 * toban/domain/fields.h are held, and the tables that have one. Pure.
 */
#ifndef TOBAN_DOMAIN_HELD_H
#define TOBAN_DOMAIN_HELD_H

#include "toban/domain/board.h"

/* Of the facts of a row, those up to a publication and a day: the one of the latest publication is in force,
 * of these the latest day's. */
struct tb_fact {
    enum tb_entity_id entity;
    const char *key;    /* the cells of the key, each ended by a tab */
    const char **cells; /* by field, NULL where nothing is held; NULL: the row was taken out */
    int64_t publication;
    tb_day since; /* TB_DAY_NONE: always */
};
/* In the order of table, key, publication, day; keys and cells from the arena. */
struct tb_held {
    struct tb_fact *v;
    size_t n, cap;
    struct tb_arena arena;
};
void tb_held_free(struct tb_held *x);
/* Held at all? */
bool tb_entity_held(enum tb_entity_id entity);

/* ---- what differs ------------------------------------------------------------------------------- */

/* One field of one row that is no longer as the latest publication holds it; `field` -1: the row is new (`is`
 * names it) or gone (`was`). */
struct tb_fact_change {
    enum tb_entity_id entity;
    char *key; /* as people read it: cells with "/" between */
    int field;
    char *was, *is; /* cells; "" where there is none */
    tb_day since;   /* the day from which it holds as it is now; TB_DAY_NONE: always */
};
void tb_fact_changes_free(struct tb_fact_change *v, size_t n);
/* A row that is not as it is held, as the next publication takes it, on `day`: the facts to be entered
 * (*taken, as a list of its own; publication 0), and field by field what changed (*v, *n; none where nothing
 * was held before). */
void tb_held_differ(const struct tb_held *held, const struct tb_region *today, tb_day day,
                    struct tb_held *taken, struct tb_fact_change **v, size_t *n);
/* What publication `number` changed of what those before it held. */
void tb_held_changes(const struct tb_held *held, int64_t number, struct tb_fact_change **v, size_t *n);
/* Do calendars show the field? Of a row that is new or gone they show nothing. */
bool tb_fact_in_calendars(const struct tb_fact_change *x);
/* Does the change concern what is shown of the duty? A row of the duty, its place, its body, its kind; what
 * is of no duty concerns all. */
bool tb_fact_concerns(const struct tb_region *r, const struct tb_fact_change *x, int duty);

/* ---- the region as published -------------------------------------------------------------------- */

/* The region on `day` as the facts have it. Fields and tables that are not held are today's. `alone`: only
 * rows that there are then; else those of other days and of today stand among them (TB_LINE_ABSENT), so that
 * rows have the same numbers in each region made of the same facts and the same `today`. TB_INPUT: a fact is
 * not a row. */
TB_MUST_USE enum tb_code tb_held_region(const struct tb_held *x, const struct tb_region *today, tb_day day,
                                        bool alone, struct tb_region **out, struct tb_err *e);
/* Regions for each span of [from, to] in which nothing changes; the first holds before, too. `home` is the
 * region of `home_day`, and stands for the span with that day. */
struct tb_held_span {
    tb_day from, to, home_day;
    struct tb_region *home;
};
TB_MUST_USE enum tb_code tb_held_views(const struct tb_held *x, const struct tb_region *today,
                                       const struct tb_held_span *s, struct tb_board_view **out, int *n,
                                       struct tb_err *e);
/* Rows of which a publication after the first changed what calendars show (fields with the mark C); `at` is
 * left to the caller. */
void tb_held_touches(const struct tb_held *x, const struct tb_region *r, struct tb_touch **out, size_t *n);

#endif
