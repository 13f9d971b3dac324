/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * routing: what a desk does with the table: open it (from the data file, or from a copied file alone), note
 * overrides and refusals, write it for others.
 */
#ifndef TOBAN_APP_ROUTING_H
#define TOBAN_APP_ROUTING_H

#include "toban/app/app.h"
#include "toban/domain/incidents.h"
#include "toban/domain/meant.h"

/* Where a table is taken from. All NULL: the latest publication of the data file. */
struct tb_routing_source {
    const char *table;   /* a copied routing.json */
    const char *changes; /* the small file of overrides beside it */
    /* directory that remembers the highest publication seen and the last good table */
    const char *state;
};
struct tb_routing {
    struct tb_region *own_region;
    struct tb_board *board; /* from the data file only */
    tb_table *table;        /* NULL: no usable table, `last` answers */
    tb_words *words;        /* of the table's region; NULL with the table */
    enum tb_table_state state;
    struct tb_last_resort last;
    struct tb_incident_list incidents;
    struct tb_incident *changes; /* of the incidents those that stand */
    int n_changes;
    struct tb_buf banner; /* what the reader must know first; lines, may be empty */
    bool rollback_checked;
    const char *channel; /* the only one that may be asked for: the actor's; NULL: any */
};
/* TB_OK also when the table is corrupt or not valid: read `state`. */
TB_MUST_USE enum tb_code tb_app_routing(const struct tb_app *app, const struct tb_routing_source *from,
                                        tb_minute at, struct tb_routing *out, struct tb_err *e);
void tb_routing_free(struct tb_routing *r);
/* `made`, from the data file and no older than its last publication, as at another minute of its day: with
 * what has happened since, read anew. `made` is only read, so that many may ask it at once; it outlives what
 * comes out, which is for tb_routing_again_free. */
TB_MUST_USE enum tb_code tb_app_routing_again(const struct tb_app *app, tb_minute at,
                                              const struct tb_routing *made, struct tb_routing *out,
                                              struct tb_err *e);
void tb_routing_again_free(struct tb_routing *r);

/* One override: into the data file, else (`changes`) into the small file, which is written anew. Checked
 * against the table. Sets x->id. */
TB_MUST_USE enum tb_code tb_app_override(const struct tb_app *app, const struct tb_routing_source *from,
                                         struct tb_incident_row *x, struct tb_err *e);
/* Somebody declined: facility, reason and rule, no patient. Into the audit trail of the data file, else into
 * the state directory; nowhere when there is neither. */
TB_MUST_USE enum tb_code tb_app_declined(const struct tb_app *app, const struct tb_routing_source *from,
                                         const char *facility, const char *reason, bool *recorded,
                                         struct tb_err *e);

/* Builds, proves and writes the table of a period: FILE whole or not at all, the two before it as FILE.1 and
 * FILE.2. TB_REFUSED: FILE holds a table that ends before this one begins, or a later publication. */
struct tb_app_table_file {
    int publication;
    char digest[65];
    int64_t cells;
    size_t bytes;
};
TB_MUST_USE enum tb_code tb_app_write_table(const struct tb_app *app, const char *period, const char *file,
                                            struct tb_app_table_file *out, struct tb_err *e);

/* Sheets of a table into a directory: day-DATE.html, rotation-MONTH.html, holidays-DATE.html for runs of four
 * days and more without consulting hours, now.html, now.txt, changes.html when `since` names an older table's
 * file. From `from->table`, else from the period of the data file. */
struct tb_app_sheets {
    int files, changes;
};
TB_MUST_USE enum tb_code tb_app_write_sheets(const struct tb_app *app, const struct tb_routing_source *from,
                                             const char *period, const char *since, const char *dir,
                                             struct tb_app_sheets *out, struct tb_err *e);

#endif
