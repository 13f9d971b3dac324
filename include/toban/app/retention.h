/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long each kind of data is kept, what has come to its end, and taking it out. Nothing goes by itself.
 */
#ifndef TOBAN_APP_RETENTION_H
#define TOBAN_APP_RETENTION_H

#include "toban/app/app.h"

/* One row of the table `retention`: the kind, and what lies before the day that many years ago. */
struct tb_retained {
    char kind[32], note[256];
    const char *what; /* in the language set; static */
    int years;
    tb_day before;
    int64_t due; /* rows past their end */
    char first[32], last[32];
    bool by_hand; /* `toban purge` can take it out */
};
struct tb_retentions {
    struct tb_retained *v; /* in the order of the table */
    size_t n;
};
/* Every kind that has an end, due or not. */
TB_MUST_USE enum tb_code tb_app_retention(const struct tb_app *app, struct tb_retentions *out,
                                          struct tb_err *e);
/* The same of a file and region that are open, for another use case on its way: asks no actor. */
TB_MUST_USE enum tb_code tb_retention_of(tb_store *s, const struct tb_region *r, tb_day today,
                                         struct tb_retentions *out, struct tb_err *e);
void tb_retentions_free(struct tb_retentions *x);

/* What to take out: rows of the kind before a day, or (`due`) those past the kind's years. */
struct tb_purge_request {
    const char *kind;
    tb_day before; /* TB_DAY_NONE with `due` */
    bool due, yes;
};
/* Takes them out, with one line in the audit trail: kind, day, how many, from when to when. TB_USAGE: no such
 * kind. TB_REFUSED: a kind that cannot be taken out, one that has no years (`due`), a day to come, or `yes`
 * is missing and it is no trial; *out says how many rows it would be. */
TB_MUST_USE enum tb_code tb_app_purge(const struct tb_app *app, const struct tb_purge_request *rq,
                                      struct tb_retained *out, struct tb_err *e);

#endif
