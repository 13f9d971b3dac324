/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the builder's two halves share: build.c lists services, keys and boundaries; answer.c says what one
 * area is told at one minute.
 */
#ifndef ROUTE_BUILD_INT_H
#define ROUTE_BUILD_INT_H

#include "route_int.h"

/* takes every, or some, concrete value of the key; age alone likewise; the complaint is known, and who holds
 * the duty does not say that he offers what it asks */
enum { FIT_ALL = 1, FIT_SOME = 2, AGE_ALL = 4, AGE_SOME = 8, DOUBTFUL = 16 };

struct builder {
    struct tb_table *t;
    const struct tb_board *board;
    uint8_t *fit;      /* [key * n_services + service] */
    uint8_t *line_fit; /* [key * n_lines + line]: some value of the key is in its ages */
    int *rep;          /* per class: a key of it */
    /* [key * n_standards + row]: the row of the 実施基準 is for every value of the key */
    uint8_t *standard_fit;
    int *rules, n_rules; /* policy rows by rank, then id */
    int *standards;      /* rows of the 実施基準 likewise */
    struct rt_pool situations, columns, parts, rows, lists;
    uint32_t *column_of_situation;
    size_t n_situations, cap_situations;
    struct rt_entry *entries;
    size_t n_entries, cap_entries;
    struct rt_list *list;
    size_t n_lists, cap_lists;
    int full, full_urgency; /* the first policy row, plus one, that a list had no room for, and whose list */
};

static inline bool rt_ambulance_ok(const struct tb_region *r, const struct rt_service *s)
{
    return s->kind != RT_DUTY || s->tier > 1 || r->duties[s->duty].ambulance;
}

/* For one question outside the table: what rt_answer_all needs, of a table whose services were changed. Freed
 * by rt_live_end. */
void rt_live_begin(struct builder *b, struct tb_table *t);
void rt_live_end(struct builder *b);
/* The list of one key (age atom and complaint) evaluated now, not looked up. Returns its length. */
int rt_answer_one(const struct builder *b, tb_minute at, int area, int urgency, bool by_ambulance, int key,
                  struct rt_entry out[RT_LIST_MAX]);
/* Where every place of the list has declined, as the last resort: the hospitals of the hour that may take the
 * patient, for U1 to U3 and an unknown level also those of his age alone and the tertiary centre, for U5
 * none; for guidance and U3 to U5 what opens next, however far ahead. In the words of the rows that take the
 * like. */
int rt_answer_after(const struct builder *b, const struct tb_query *q, int key,
                    struct rt_entry out[RT_LIST_MAX]);
/* Is the service of the sort that the row takes, in these hours? */
bool rt_row_takes(const struct builder *b, const struct tb_policy *rule, int service, int area, tb_minute at);
/* Whom to call for the home-care patients of each doctor, minute by minute of the table (src/route/home.c). A
 * doctor whose list had no room for all, -1: none. */
int rt_list_homes(struct tb_table *t, const struct tb_board *board);
/* Fills the columns of all areas at `at`. */
void rt_answer_all(struct builder *b, tb_minute at, uint32_t *columns);

#endif
