/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the page of now, for the terminal and for the browser alike: every duty of the minute, and what
 * opens next.
 */
#ifndef ROUTE_NOW_ROWS_H
#define ROUTE_NOW_ROWS_H

#include "people.h"

enum rt_now_state {
    RT_NOW_OPEN,
    RT_NOW_CLOSING, /* reception ends soon */
    RT_NOW_FULL,    /* reception is over, the hours are not */
    RT_NOW_SHUT,    /* reported closed, or somebody else has taken over */
    RT_NOW_VACANT,  /* nobody takes the seat */
    RT_NOW_NEXT,    /* opens within a day; its duty has nothing open now */
    RT_NOW_STATES
};
extern const struct rt_now_word {
    const char *sign, *ja;
} rt_now_words[RT_NOW_STATES];

enum { RT_NOW_FIRST, RT_NOW_SECOND, RT_NOW_BESIDE, RT_NOW_PARTS };
extern const char *const rt_now_parts[RT_NOW_PARTS];

struct rt_now_row {
    int part;
    enum rt_now_state state;
    const struct tb_duty *duty;
    const char *name, *phone, *address; /* borrowed */
    tb_minute until;                    /* reception's end; of NEXT the beginning; of SHUT its end */
    char *mark;                         /* what was entered, "" */
};
struct rt_now_rows {
    struct rt_now_row *v; /* by part; in it what is open first, then as duties stand */
    size_t n, cap;
};
void rt_now_rows_of(const struct tb_table *t, const struct tb_now_page *p, struct rt_now_rows *out);
void rt_now_rows_free(struct rt_now_rows *x);

/* The word in which duties differ, and what they share: 内科 and 急病センター夜間. */
void rt_duty_words(const struct tb_duty *d, struct tb_buf *own, struct tb_buf *shared);
/* 23:00, 翌8:30, 12月5日(土) 9:00 as seen from `at`. */
void rt_clock_from(tb_minute m, tb_minute at, struct tb_buf *out);

#endif
