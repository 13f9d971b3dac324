/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this room share. Nothing here is for others.
 */
#ifndef TOBAN_STORE_INT_H
#define TOBAN_STORE_INT_H

#include "db.h"
#include "toban/domain/words.h"
#include "toban/store/store.h"

#define TB_STORE_BUSY_MS 10000

struct tb_store {
    struct tb_db *db;
    enum tb_store_mode mode;
    int others; /* who close it beside the one that opened it */
    bool held;  /* tb_store_hold: what was read once would be read again */
    /* once asked for, what all publications hold, while it is held; else empty */
    struct tb_held *facts;
};

/* tb_store_open with another patience, for tests. */
TB_MUST_USE enum tb_code tb_store_open_busy(const char *path, enum tb_store_mode mode, int busy_ms,
                                            tb_store **out, struct tb_err *e);

/* ---- steps.c, schema.c: what the file looks like, by version ---- */

/* In the header of the file, so that `file` and we know it is ours: "tobn". */
#define TB_APPLICATION_ID 0x746f626e
#define TB_SCHEMA_VERSION 4

/* From the version before it to this one: `sql` (ends with NULL; NULL: none), then the callback, and after
 * all steps the tables of entities. */
struct tb_schema_step {
    int version;
    const char *fields; /* "+table.field -table.field +table": what came and went in the field lists */
    const char *const *sql;
    void (*callback)(struct tb_db *db);
};
/* Ascending versions without gaps, the last is TB_SCHEMA_VERSION. */
extern const struct tb_schema_step tb_schema_steps[];
extern const size_t tb_schema_n_steps;

/* TB_STORAGE: not ours, newer than this program, or with other fields than its version has. *version is what
 * the file has. */
TB_MUST_USE enum tb_code tb_schema_recognise(struct tb_db *db, int64_t *version, struct tb_err *e);
/* Brings the file from whatever version it has to ours in one transaction, in which nobody else writes.
 * `backup`: first a copy to FILE.v<n>.bak. */
TB_MUST_USE enum tb_code tb_schema_migrate(struct tb_db *db, bool backup, struct tb_err *e);

/* ---- entities.c: tables made from the field lists ---- */

/* CREATE TABLE of an entity under the given name (its own, or the one it has while it is rebuilt). */
void tb_entity_ddl(enum tb_entity_id entity, const char *table, struct tb_buf *out);
/* Its unique index when a key field may be empty (a PRIMARY KEY takes no notice of NULL); else nothing. */
void tb_entity_index_ddl(enum tb_entity_id entity, struct tb_buf *out);

/* ---- lease.c ---- */

/* As long as it lives nobody has a lease and none is given. TB_REFUSED names who has one. */
TB_MUST_USE enum tb_code tb_store_lease_alone(const char *path, tb_lease **out, struct tb_err *e);

/* ---- names: ids of the file to indices of the region ---- */

/* The last duty and band asked for. An id that the region no longer has gives -1 and a failure that sticks
 * (TB_STORAGE). */
struct tb_names {
    int duty, band;
    char duty_id[65], band_id[65];
};
int tb_names_duty(struct tb_names *n, struct tb_db *db, const struct tb_region *r, const char *id);
int tb_names_band(struct tb_names *n, struct tb_db *db, const struct tb_region *r, const char *duty,
                  const char *band);
int tb_names_provider(struct tb_db *db, const struct tb_region *r, const char *id);
/* Canonical order: date, duty, band, role, seat. */
/* A publication without a roster takes seats out of force. */
bool tb_seat_withdrawn(struct tb_db *db, int64_t publication);
int tb_seat_row_compare(const struct tb_seat_row *a, const struct tb_seat_row *b);
/* the same without the seat */
int tb_slot_compare(const struct tb_seat_row *a, const struct tb_seat_row *b);

/* ---- moved.c ---- */

/* Counts one more writing of what `what` names, inside the transaction that wrote it. Failures stick. */
void tb_moved(struct tb_db *db, const char *what);

/* ---- edits.c ---- */

/* Brings the seats of a draft as it was made to what its edits have made of them. Failures stick. */
void tb_edits_apply(struct tb_db *db, int64_t draft, const struct tb_region *r, struct tb_seat_row *rows,
                    size_t n);
/* How far the draft has got by hand: its revision (0: as it was made), how many edits count, and what the
 * roster comes to. */
struct tb_edited {
    int64_t revision, objective;
    int in_force, open_seats;
};
struct tb_edited tb_edits_state(struct tb_db *db, int64_t draft);

/* ---- drafts.c ---- */

/* Planned seats of a draft in canonical order, as its edits left them, open ones (provider -1) too. Failures
 * stick. */
struct tb_seat_row *tb_draft_rows(struct tb_db *db, int64_t id, const struct tb_region *r, size_t *n);
bool tb_draft_superseded(struct tb_db *db, int64_t id);

/* ---- publications.c ---- */

/* Takes [from, to] out of the duty's spans: a span may shrink, vanish or fall into two. Returns the array,
 * which may have moved. */
struct tb_cover *tb_cover_cut(struct tb_cover *v, size_t *n, size_t *cap, const struct tb_cover *out);

/* Last change of every seat up to publication `number`, in canonical order; `vacated` ones (provider -1) too,
 * or only seats in force. */
struct tb_board_row *tb_seat_states(struct tb_db *db, const struct tb_region *r, int64_t number, bool vacated,
                                    size_t *n);

/* ---- facts.c ---- */

/* Of a store that is closed: what it keeps of facts. */
void tb_facts_drop(tb_store *s);
/* Enters what differs from the facts that publications hold into publication `number`, whose row is not there
 * yet, as of the day. The changes go to *made; failures stick. */
void tb_facts_take(struct tb_db *db, const struct tb_region *r, int64_t number, tb_day day,
                   struct tb_publication *made);
/* Publications of before facts were held get those of the tables as they are: into the first one, and without
 * the digest (format 1 says so). Does nothing when there is none, or facts are there. Failures stick. */
void tb_facts_fill(struct tb_db *db);
/* Adds to the text that a digest of format 2 is made of: a line for each publication up to `number` that
 * changed facts, "facts", number, SHA-256 of its rows. `kept` begins empty and is kept from one call to the
 * next. */
struct tb_facts_sums {
    int64_t *publication;
    char (*sum)[65];
    size_t n;
    bool made;
};
void tb_facts_sums_text(struct tb_db *db, int64_t number, struct tb_facts_sums *kept, struct tb_buf *out);
void tb_facts_sums_free(struct tb_facts_sums *kept);
/* Of publication `number`: 1 seats alone, 2 seats and facts. */
enum { TB_DIGEST_SEATS = 1, TB_DIGEST_FACTS = 2 };

/* ---- verify.c ---- */

/* tb_store_verify on a connection; the finding sticks. */
void tb_db_verify(struct tb_db *db, bool whole);

/* ---- turns.c ---- */

/* Replaces each provider who sits in the slot in another's turn by him whose turn it was, where the duty's
 * swaps are neutral. `draft`: being published; the seats of its publication are entered already. Failures
 * stick. */
void tb_turns_books(struct tb_db *db, const struct tb_region *r, int64_t draft, const struct tb_slot *slot,
                    int *providers, int n);

/* ---- ledger.c ---- */

/* Index of the account with this id in the ledger, or -1. */
int tb_account_find(const struct tb_region *r, int ledger, const char *id);
/* Enters into the books of publication `number` the difference between what the slot's `providers` come to
 * today and what was entered for it before. `person_of`: on the slot's date. Failures stick. */
void tb_books_enter(struct tb_db *db, const struct tb_region *r, int64_t number, const struct tb_slot *slot,
                    const int *person_of, const int *providers, int n);
/* attend.c: brings what attendance adds to the books in line with publication `number`, all of whose rows are
 * in. */
void tb_attend_follow(struct tb_db *db, const struct tb_region *r, int64_t number);
/* Sums the slots of publication `number` by month. */
void tb_books_close(struct tb_db *db, int64_t number, tb_minute at, const char *by, tb_day from, tb_day to);

#endif
