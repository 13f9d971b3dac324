/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small regions, problems and rosters for tests, from short text. All people in them are fictitious (架空).
 *
 *   struct fx *f = fx_new();                                  areas, kinds, classes, one body
 *   fx_duty(f, "night", "doctor");                            a duty without band
 *   fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);   band with primary seats and reserve seats
 *   fx_doctor(f, "p1", "night");                              a provider and his member row
 *   fx_row(f, "rules", "id=rest|type=rest.days|params=days=7");
 *   fx_published(f, "night 2026-11-30 eve primary p1");
 *   fx_problem(f, "2026-12-01", "2026-12-07", "night");       builds region and problem
 *   fx_sit(f, "night 2026-12-01 eve primary p1");             one row of f->roster
 *
 * Any failure ends the test program with a message. `fx_free` frees all.
 */
#ifndef TOBAN_FIXTURE_H
#define TOBAN_FIXTURE_H

#include "toban/domain/check.h"

struct fx {
    struct tb_loader *loader;
    struct tb_region *region;
    struct tb_problem *problem;
    struct tb_roster roster;
    size_t roster_cap;
    int rows;          /* rows added, for messages */
    struct tb_buf log; /* all that was added, as text */
    char (*published)[128];
    size_t n_published, published_cap;
    char (*carried)[128];
    size_t n_carried, carried_cap;
};

/* Areas: city (municipality) with wards d1, d2 (community) and town (municipality) with d3. Kinds doctor,
 * clinic, hospital. Specialities internal, children. Classes all, weekday (Monday to Friday), sat, sun,
 * holiday (Sundays and national holidays), newyear (12-29 to 01-03). */
struct fx *fx_new(void);
/* A region with nothing in it. */
struct fx *fx_empty(void);
void fx_free(struct fx *f);

/* "field=value|field=value": a row of the entity, by its name ("rules"). Required cells not told: name, ja,
 * en are filled in. */
void fx_row(struct fx *f, const char *entity, const char *cells) __attribute__((nonnull));
void fx_rowf(struct fx *f, const char *entity, const char *fmt, ...) TB_PRINTF(3, 4);
void fx_duty(struct fx *f, const char *id, const char *kind);
void fx_band(struct fx *f, const char *duty, const char *id, const char *when, const char *from,
             const char *to, int seats, int reserve);
void fx_doctor(struct fx *f, const char *id, const char *duty);
void fx_member(struct fx *f, const char *id, const char *duty);

/* One line of a file of tests/cases: "duty ID KIND", "band DUTY ID CLASS FROM TO SEATS RESERVE", "doctor ID
 * DUTY", "member ID DUTY", "published SEAT", "carried BALANCE", "ENTITY: CELLS"; blank lines and those after
 * # say nothing. False: none of these. */
bool fx_line(struct fx *f, const char *line);
/* "duty date band role provider" */
void fx_published(struct fx *f, const char *seat);
/* "ledger account decimal" */
void fx_carried(struct fx *f, const char *balance);
/* Loads the region (once); builds the problem. Duties separated by blanks. */
void fx_region(struct fx *f);
void fx_problem(struct fx *f, const char *from, const char *to, const char *duties);
/* Returns false when there is nothing to plan. */
bool fx_try_problem(struct fx *f, const char *from, const char *to, const char *duties);

void fx_sit(struct fx *f, const char *seat);
void fx_clear(struct fx *f); /* empties the roster */
tb_day fx_day(const char *date);
int fx_provider(const struct fx *f, const char *id);
int fx_slot(const struct fx *f, const char *duty_date_band_role);

/* xorshift; the state must not be 0. */
struct fx_dice {
    uint64_t state;
};
uint64_t fx_next(struct fx_dice *d);
int fx_roll(struct fx_dice *d, int from, int to); /* inclusive */
/* A random region of 2 to 5 duties with its problem, with rules of any type, wishes, ledgers, links,
 * published seats, pins (fixture_draw.c). NULL: nothing to plan this time, throw again. */
struct fx *fx_draw(struct fx_dice *d);
/* The same over up to 25 days, with up to 15 providers, more rules, and help from outside. */
struct fx *fx_draw_wide(struct fx_dice *d);

#endif
