/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * incidents: what has happened since a table was published (closed, late, a substitute ...), told by ids so
 * that it outlives tables. Rows are only added; a row that names another in `supersedes` takes its place, one
 * of kind "cancelled" ends it.
 */
#ifndef TOBAN_DOMAIN_INCIDENTS_H
#define TOBAN_DOMAIN_INCIDENTS_H

#include "toban/base/base.h"

struct tb_incident_row {
    int64_t id;
    tb_minute entered_at, from, until;
    int64_t supersedes; /* 0: none */
    /* other: substitute: who takes over; disaster and its cancellation: the second person, since it takes two
     */
    const char *by, *kind, *provider, *duty, *other, *phone, *note, *reason, *source; /* ids or "" */
};
/* All memory in the arena. */
struct tb_incident_list {
    struct tb_arena arena;
    struct tb_incident_row *v;
    size_t n, cap;
};
void tb_incident_list_free(struct tb_incident_list *l);

struct tb_store;
/* Appends; sets x->id. */
TB_MUST_USE enum tb_code tb_store_add_incident(struct tb_store *s, struct tb_incident_row *x,
                                               struct tb_err *e);
/* Those that end after `at`, by id. What another row has taken the place of, or ended, is not among them,
 * however early that other row ends: a wrong number must not come back when its correction is over. */
TB_MUST_USE enum tb_code tb_store_incidents(struct tb_store *s, tb_minute at, struct tb_incident_list *out,
                                            struct tb_err *e);
/* That row and those that took its place or ended it, by id; none: there is no such row. */
TB_MUST_USE enum tb_code tb_store_incident(struct tb_store *s, int64_t id, struct tb_incident_list *out,
                                           struct tb_err *e);

#endif
