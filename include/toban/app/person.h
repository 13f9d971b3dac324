/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that the data file holds of one provider, for a request of disclosure (開示請求).
 */
#ifndef TOBAN_APP_PERSON_H
#define TOBAN_APP_PERSON_H

#include "toban/app/app.h"

struct tb_person_held_row {
    char **names, **values; /* columns that hold something */
    size_t n;
};
struct tb_person_held_table {
    char *table;
    struct tb_person_held_row *v;
    size_t n, cap;
};
struct tb_person_held {
    char *provider;
    struct tb_person_held_table *v; /* the region's tables in their order, then the others by name */
    size_t n, cap;
    int64_t instances; /* stored problems of drafts that name him: copies of the tables of their day */
};
/* Rows of every table in which his id stands: as a reference, or as a word of a text (a parameter of a rule,
 * a line of the audit trail). Names in remarks are not looked for. TB_USAGE: no such provider. */
TB_MUST_USE enum tb_code tb_app_person(const struct tb_app *app, const char *provider,
                                       struct tb_person_held *out, struct tb_err *e);
void tb_person_held_free(struct tb_person_held *x);

#endif
