/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * export: every form of the publication in force, as files under one directory. What forms there are is a
 * table; who has more of them (pages, say) hands a longer one.
 */
#ifndef TOBAN_APP_EXPORT_H
#define TOBAN_APP_EXPORT_H

#include "toban/app/app.h"

struct tb_exporting; /* what a writer works on: src/app/export.c */
struct tb_export {
    const char *name;
    unsigned needs; /* what is opened for it, once for all that need it */
    /* Writes its files; TB_NO: it would be wrong (a routing table that the second hand refutes). */
    enum tb_code (*write)(struct tb_exporting *x, struct tb_err *e);
};
/* roster, calendars, routing, report */
extern const struct tb_export tb_exports[];
extern const size_t tb_n_exports;

struct tb_export_request {
    const char *dir;     /* a new directory, switched by rename (outdir.h) */
    const char *routing; /* span of the routing table; NULL: there is none */
    bool prove;          /* prove again what was proven before */
    const struct tb_export *exports;
    size_t n_exports;
};
struct tb_app_export {
    int files, feeds;
    int64_t publication;
    char hash[9];
    int64_t cells;                 /* of the routing table, each confirmed by the second implementation */
    int proofs_made, proofs_known; /* now, and by an earlier export of the same content */
    struct tb_notes notes;         /* files that were left out */
};
/* Proofs are remembered in the data file by a digest of all that they look at (and the program's version). */
TB_MUST_USE enum tb_code tb_app_export(const struct tb_app *app, const struct tb_export_request *rq,
                                       struct tb_app_export *out, struct tb_err *e);

#endif
