/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * attend: what was done in the published seats: who came, from when to when, patients seen, referred, light
 * cases. "Done" in the books and the counts for claims come from here where a record exists, else from the
 * roster. And the city's question: how many light cases primary care took.
 */
#ifndef TOBAN_APP_ATTEND_H
#define TOBAN_APP_ATTEND_H

#include "toban/app/app.h"
#include "toban/store/records.h"

#define TB_NOBODY "nobody"

/* One record as it is typed; NULL: not told. Names are those of the CSV columns. */
struct tb_attend_cells {
    const char *seat;   /* DUTY:DATE:BAND[:reserve] */
    const char *seated; /* id of whose seat it is; NULL: the only one there */
    /* id of who came; NULL: the one who sits there (of a group the named doctor); TB_NOBODY */
    const char *came;
    const char *from, *to; /* 19:30, 25:10 or 翌1:10, of the duty date; NULL: the hours of the seat */
    const char *patients, *referred, *light; /* NULL: not counted */
    const char *reason;                      /* needed to correct a record that is there */
    bool take_back;                          /* the record that is there was a mistake */
};
/* Enters one record. *added false: the same stands there already. TB_REFUSED: nobody sits there as published,
 * the duty has not begun, a correction without reason. TB_USAGE: a cell does not read as it should, or the
 * numbers contradict each other. */
TB_MUST_USE enum tb_code tb_app_attend(const struct tb_app *app, const struct tb_attend_cells *cells,
                                       bool *added, struct tb_err *e);
/* All rows of a CSV file (duty,date,band,role,seated,came,from,to,patients,referred,light,reason; the first
 * three and nothing else needed), or none. TB_INPUT names file and line. Rows with nothing told but the seat
 * are passed over, so that the file which tb_app_attend_csv writes may be filled in by parts. */
TB_MUST_USE enum tb_code tb_app_attend_file(const struct tb_app *app, const char *path, int *added, int *same,
                                            struct tb_err *e);

/* One seat of the period. */
struct tb_app_served {
    int assignment;                     /* in the board */
    const struct tb_attendance *record; /* NULL: none */
    int came;                           /* -1: nobody; without record: who sits there */
    int credit;                         /* in whose account it stands, -1: nobody's */
    tb_minute from, to;                 /* as recorded, else the seat's first start and last end */
    /* served: of the seat's intervals that lie in [from, to), and what goes beyond */
    int64_t minutes;
};
struct tb_app_attended {
    struct tb_region *region;
    struct tb_board *board;
    struct tb_attendance *records;
    size_t n_records;
    struct tb_app_served *v;
    size_t n;       /* seats whose duty has begun, in the board's order */
    size_t missing; /* of these without record */
};
TB_MUST_USE enum tb_code tb_app_attended(const struct tb_app *app, const char *period,
                                         struct tb_app_attended *out, struct tb_err *e);
void tb_app_attended_free(struct tb_app_attended *x);
/* The seats as a CSV that may be filled in and read back. */
void tb_app_attend_csv(const struct tb_app_attended *x, struct tb_buf *out);

/* What one provider has done in one duty, for ledgers on paper and for claims. */
/* recorded: of these with a record */
struct tb_app_count {
    int duty, provider;
    int64_t done, recorded, minutes, patients, referred, light;
};
/* By duty and provider; whoever did nothing has no line. The caller frees. */
void tb_app_attend_counts(const struct tb_app_attended *x, struct tb_app_count **out, size_t *n);
void tb_app_counts_csv(const struct tb_region *r, const struct tb_app_count *v, size_t n, struct tb_buf *out);

/* ---- the city's question ---- */

/* One duty in one month; sums over its records. duty -1: all of the tier in the month; duty -2: the whole
 * month. */
struct tb_light_line {
    int year, month, duty, tier;
    int64_t seats, recorded, counted; /* begun; with a record; with patients counted */
    int64_t open, nobody;             /* seats nobody took; records that nobody came */
    /* light: of the records that count light cases, like light_of: their patients */
    int64_t patients, referred, light;
    int64_t light_of;
};
/* What the routing table said in a month for who is not grave (U3, U4, U5; not 119): minutes x municipalities
 * x ages x complaints whose first open facility is of this tier; [0]: none is open. */
struct tb_light_urgency {
    int64_t first[4], cells;
};
/* u[0]: U3 */
struct tb_light_answers {
    int year, month;
    struct tb_light_urgency u[3];
    bool told;
    char why[256];
};
struct tb_light_refusal {
    const char *facility, *reason;
    int64_t n;
};
struct tb_light {
    struct tb_light_line *lines;
    size_t n;
    struct tb_light_answers *answers;
    size_t n_answers;
    struct tb_light_refusal *refusals;
    size_t n_refusals;
    struct tb_buf holes; /* where the table sends urgent patients to the last resort */
    struct tb_arena arena;
};
/* The report over the months of `x`. */
TB_MUST_USE enum tb_code tb_app_light(const struct tb_app *app, const char *period, struct tb_app_attended *x,
                                      struct tb_light *out, struct tb_err *e);
void tb_light_free(struct tb_light *x);
void tb_light_csv(const struct tb_region *r, const struct tb_light *x, struct tb_buf *out);
/* Light cases of primary care (tier 1) and of all tiers in a month: what the share is made of. */
void tb_light_share(const struct tb_light *x, int year, int month, int64_t *primary, int64_t *all);

#endif
