/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the page and the sheets share: openings in the order in which people read them, and words for them.
 */
#ifndef ROUTE_PEOPLE_H
#define ROUTE_PEOPLE_H

#include "route_int.h"

/* One door in one opening. */
struct rt_turn {
    int service;
    struct rt_opening o;
};
struct rt_turns {
    struct rt_turn *v;
    size_t n, cap;
};

/* Openings of that tier that `want` accepts; by beginning, duty, place. The pharmacies of the hour, of tier
 * 0, are among those of tier 1. */
void rt_turns_of(const struct tb_table *t, int tier,
                 bool (*want)(const struct rt_opening *o, tb_minute a, tb_minute b), tb_minute a, tb_minute b,
                 struct rt_turns *out);
bool rt_open_between(const struct rt_opening *o, tb_minute a, tb_minute b); /* overlaps [a, b) */
/* its duty date is one of the days of [a, b) */
bool rt_dated_between(const struct rt_opening *o, tb_minute a, tb_minute b);
void rt_turns_free(struct rt_turns *x);

/* The table with its doors as they are at `at` under these changes, by the hand that answers questions: what
 * the page shows is what `route` says. Borrows the table. */
struct rt_live;
struct rt_live *rt_live_new(const struct tb_table *t, const struct tb_incident *v, int n, tb_minute at);
const struct tb_table *rt_live_table(const struct rt_live *l);
void rt_live_free(struct rt_live *l);

/* Where the service is given, as press and public may see it. */
const struct tb_provider *rt_place(const struct tb_table *t, int service);
const struct tb_duty *rt_duty(const struct tb_table *t, int service);
/* "15歳未満", "15歳以上", "" when all. */
void rt_duty_ages(const struct tb_duty *d, struct tb_buf *out);
/* Those of the duty that who holds it takes as well. */
void rt_service_ages(const struct tb_table *t, int service, struct tb_buf *out);
/* Which of the duty's complaints its holder offers, when he lacks some: "眼。ほかは電話で確認". */
void rt_service_offers(const struct tb_table *t, int service, struct tb_buf *out);
/* "9:00-翌8:30" as seen from the day `d`. */
void rt_hours(tb_minute from, tb_minute to, tb_day d, struct tb_buf *out);
/* "第3版 0123abcd 表 89abcdef 作成 ... 有効 ... から ... まで" */
void rt_edition(const struct tb_table *t, struct tb_buf *out);

#endif
