/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store: one SQLite file. The only user of sqlite3.h. STRICT tables, foreign keys on, synchronous EXTRA,
 * journal in rollback mode (one file when nobody writes), migrations as an ordered table.
 * Entities of include/toban/domain/fields.h are tables made from their field lists.
 */
#ifndef TOBAN_STORE_STORE_H
#define TOBAN_STORE_STORE_H

#include "toban/base/act.h"
#include "toban/domain/region.h"
#include "toban/domain/problem.h"
#include "toban/domain/board.h"
#include "toban/domain/held.h"

typedef struct tb_store tb_store;

enum tb_store_mode { TB_STORE_READ, TB_STORE_WRITE, TB_STORE_TRY, TB_STORE_CREATE };
/* CREATE: the file must not exist (TB_REFUSED). READ and WRITE: it must be ours (application_id), not newer
 * than this program (TB_STORAGE names both versions); an older one is migrated in WRITE mode after a backup
 * FILE.v<n>.bak. TRY: as WRITE, but an older file is left as it is (TB_STORAGE), and a commit keeps nothing.
 * TB_BUSY: locked for 10 s. Damaged: TB_STORAGE. */
TB_MUST_USE enum tb_code tb_store_open(const char *path, enum tb_store_mode mode, tb_store **out,
                                       struct tb_err *e);
void tb_store_close(tb_store *s);
/* The same, opened to READ, for one more of this thread who closes it as if it were his own. */
tb_store *tb_store_share(tb_store *s);

/* From here on every read of a store opened for reading sees one state, until it is closed; others who write
 * wait for that. */
TB_MUST_USE enum tb_code tb_store_hold(tb_store *s, struct tb_err *e);

/* Transactions: begin immediate. Nested calls are refused (TB_INTERNAL names the place where the open one
 * began). Rollback is safe at any time. */
TB_MUST_USE enum tb_code tb_store_begin_at(tb_store *s, const char *file, int line, struct tb_err *e);
#define tb_store_begin(s, e) tb_store_begin_at((s), __FILE__, __LINE__, (e))
TB_MUST_USE enum tb_code tb_store_commit(tb_store *s, struct tb_err *e);
void tb_store_rollback(tb_store *s);

/* Makes all entity tables equal to the region's rows, writing those that differ alone (inside the caller's
 * transaction). Loading gives the same region. `before`: the region as it was loaded from this store in the
 * same transaction; NULL: it is loaded for this. TB_REFUSED: a duty, band, provider or account that stands in
 * a publication is missing. Loading: TB_NO when there is none yet. */
TB_MUST_USE enum tb_code tb_store_save_region(tb_store *s, const struct tb_region *before,
                                              const struct tb_region *r, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_load_region(tb_store *s, struct tb_region **out, struct tb_err *e);

/* Status of a draft about which two computations disagree: kept aside. It supersedes no other and is not
 * among the open ones. */
#define TB_DRAFT_DOUBT "doubt"
/* A draft: what plan, assign and check work on. Strings owned by the struct (tb_draft_free). */
struct tb_draft {
    int64_t id;
    tb_minute created_at;
    tb_day from, to;
    char *duties;   /* ids joined by ';' */
    char *instance; /* canonical problem JSON */
    size_t instance_len;
    char instance_digest[65];
    /* latest publication in what it was made from, 0: none; what was published later refuses it */
    int64_t base;
    char *status, *stopped_by; /* "optimal" ..., "proof" ...; "manual" for hand-made ones; TB_DRAFT_DOUBT */
    int64_t objective, bound;
    bool certified;
    char *certificate; /* text, "" when none */
    char *steps;
    int open_seats;
    int64_t published; /* publication that took it, 0: not published */
    bool
        supersedes; /* takes the place of earlier ones of its duties and days that go round or are approved */
    char *past;     /* why days that were past were planned; "": none were */
    int64_t revision; /* acts by hand so far; with edits in force the draft is "manual" */
};
void tb_draft_free(struct tb_draft *d);
/* Stores draft and seats; sets d->id. Every planned slot has a row for each of its seats; provider -1 is an
 * open seat. Slots without a row are not the draft's. */
TB_MUST_USE enum tb_code tb_store_add_draft(tb_store *s, struct tb_draft *d, const struct tb_seat_row *seats,
                                            size_t n, const struct tb_region *r, struct tb_err *e);
/* id 0: the latest that covers exactly [from, to] (any duties), or simply the latest when from is
 * TB_DAY_NONE. TB_NO: none. */
TB_MUST_USE enum tb_code tb_store_get_draft(tb_store *s, int64_t id, tb_day from, tb_day to,
                                            struct tb_draft *out, struct tb_err *e);
/* The filled seats, in canonical order. */
TB_MUST_USE enum tb_code tb_store_draft_seats(tb_store *s, int64_t id, const struct tb_region *r,
                                              struct tb_seat_row **rows, size_t *n, struct tb_err *e);
/* All its seats, open ones (provider -1) too. */
TB_MUST_USE enum tb_code tb_store_draft_rows(tb_store *s, int64_t id, const struct tb_region *r,
                                             struct tb_seat_row **rows, size_t *n, struct tb_err *e);
/* Did he plan it, or change it by hand, or one that it was begun from? *made: the latest of them, 0: no. */
TB_MUST_USE enum tb_code tb_store_draft_made_by(tb_store *s, int64_t id, const char *who, int64_t *made,
                                                struct tb_err *e);
/* Ids of drafts that a publication took, ascending. */
TB_MUST_USE enum tb_code tb_store_published_drafts(tb_store *s, int64_t **ids, size_t *n, struct tb_err *e);
/* Ids of drafts not yet published nor superseded, ascending. A later draft of the same duties and span
 * supersedes one that is neither circulating nor approved; those only when it says so, or is published. */
TB_MUST_USE enum tb_code tb_store_open_drafts(tb_store *s, int64_t **ids, size_t *n, struct tb_err *e);

struct tb_publication {
    int64_t number;
    tb_minute at;
    char digest[65];
    char *by;
    char *note;
    int todo; /* of one just made: published seats that newly need somebody (app/todo.h) */
    /* the publication is of before facts were held: they are those of the day of the upgrade, and the digest
     * does not cover them */
    bool facts_of_upgrade;
    struct tb_fact_change *facts; /* of one just made: what it takes beside seats */
    size_t n_facts;
};
void tb_publication_free(struct tb_publication *p);
/* In the draft `seat->provider` sits in the seat's slot in place of `turn_of`, whose turn it was (a swap).
 * Where the duty's `swaps` is neutral the books count the seat for `turn_of`, from the publication of the
 * draft on and as long as the provider stays in that slot; where swaps are counted the row is only kept. For
 * use after tb_store_add_draft in the same transaction. Whose turn it is may itself be a turn taken over: the
 * first one counts. */
TB_MUST_USE enum tb_code tb_store_add_turn(tb_store *s, const struct tb_region *r, int64_t draft,
                                           const struct tb_seat_row *seat, int turn_of, struct tb_err *e);
/* Makes the next publication from the drafts, inside the caller's transaction: the drafts' slots (duty, date,
 * band, role; those that have rows, open seats included) replace what is in force for the same slots,
 * everything else stays in force. Digest = SHA-256 over the canonical text of all seats in force. Sequence
 * numbers and change times per seat are kept from publication to publication: unchanged seats keep theirs.
 * Publications are immutable (triggers). Enters ledger rows: for every filled primary or reserve seat of the
 * drafts, accrued and done (tb_accrue, tb_counts_for); for replaced seats the opposite. `until` other than
 * TB_DAY_NONE: only the slots up to that day; what a draft says of later days is dropped, it looked ahead.
 * A slot that has begun by the act's instant stays as published: a draft that says otherwise is refused. With
 * `running` one that has not ended may be changed; with `past` an empty seat may be filled. Nobody loses a
 * seat that is served.
 * TB_NO: a draft has no slot up to then. TB_REFUSED: a draft is published or superseded, two drafts decide
 * one slot, a slot was published after the draft was made, a slot no longer fits the calendar; the caller
 * rolls back. */
struct tb_to_publish {
    const int64_t *drafts;
    size_t n;
    tb_day until;
    bool running, past;
};
TB_MUST_USE enum tb_code tb_store_publish(tb_store *s, const struct tb_region *r,
                                          const struct tb_to_publish *what, const struct tb_act *act,
                                          struct tb_publication *out, struct tb_err *e);
/* A publication without seats: takes the facts that differ from those held, and nothing else. TB_NO: none
 * does, or nothing has been published yet. */
TB_MUST_USE enum tb_code tb_store_publish_facts(tb_store *s, const struct tb_region *r,
                                                const struct tb_act *act, struct tb_publication *out,
                                                struct tb_err *e);
/* What publications up to `number` (0: the latest) hold of the region; to be freed before the store is
 * closed. */
TB_MUST_USE enum tb_code tb_store_facts(tb_store *s, int64_t number, struct tb_held *out, struct tb_err *e);
/* Number of the latest publication; 0: none. */
TB_MUST_USE enum tb_code tb_store_latest(tb_store *s, int64_t *number, struct tb_err *e);
/* number 0: the latest. TB_NO: none. */
TB_MUST_USE enum tb_code tb_store_get_publication(tb_store *s, int64_t number, struct tb_publication *out,
                                                  struct tb_err *e);
/* Seats in force in publication `number` (0: latest; none published: zero rows), with their change history.
 * TB_NO: there is no such publication. */
TB_MUST_USE enum tb_code tb_store_published(tb_store *s, const struct tb_region *r, int64_t number,
                                            struct tb_board_row **rows, size_t *n, struct tb_err *e);
/* Did the provider ever have a published seat on these days? */
TB_MUST_USE enum tb_code tb_store_sat(tb_store *s, const char *provider, tb_day from, tb_day to, bool *sat,
                                      struct tb_err *e);
/* The days for which duties have a roster in it, spans that touch joined. */
TB_MUST_USE enum tb_code tb_store_covers(tb_store *s, const struct tb_region *r, int64_t number,
                                         struct tb_cover **covers, size_t *n, struct tb_err *e);

/* Ledger up to and with the duty date `until` (INT32_MAX: all): carried = sum of opening balances
 * (region.balances) and entries (accrued - done). Sorted (ledger, account). */
/* millionths; carried = opening + accrued - done + adjusted */
struct tb_ledger_line {
    int ledger, account;
    int64_t opening, accrued, done, adjusted;
};
TB_MUST_USE enum tb_code tb_store_ledger(tb_store *s, const struct tb_region *r, tb_day until,
                                         struct tb_ledger_line **lines, size_t *n, struct tb_err *e);
/* The same, read by the persons of another day than `until`. */
TB_MUST_USE enum tb_code tb_store_ledger_as(tb_store *s, const struct tb_region *r, tb_day until,
                                            tb_day persons_on, struct tb_ledger_line **lines, size_t *n,
                                            struct tb_err *e);
/* What stands in the books for the slots of these seats (each slot once): accrued and done alone. A plan that
 * decides them anew takes it out of the balances first. */
struct tb_booked_for {
    const struct tb_seat_row *seats;
    size_t n;
    tb_day persons_on; /* who is whom as on this day */
};
TB_MUST_USE enum tb_code tb_store_booked(tb_store *s, const struct tb_region *r,
                                         const struct tb_booked_for *what, struct tb_ledger_line **lines,
                                         size_t *n, struct tb_err *e);
/* A signed entry by hand; the act's note is its reason. */
struct tb_adjustment {
    int ledger, account;
    tb_day date;
    int64_t millionths;
};
TB_MUST_USE enum tb_code tb_store_ledger_adjust(tb_store *s, const struct tb_region *r,
                                                const struct tb_adjustment *x, const struct tb_act *act,
                                                struct tb_err *e);

/* Every entry: sums per publication and month (publication > 0), and those by hand (publication 0). By id;
 * accounts that the region no longer has are left out. */
struct tb_ledger_entry {
    int64_t id, publication;
    int ledger, account;
    tb_day date;
    int64_t accrued, done, adjusted;
    char *reason, *by;
    tb_minute at;
};
void tb_ledger_entries_free(struct tb_ledger_entry *v, size_t n);
TB_MUST_USE enum tb_code tb_store_ledger_entries(tb_store *s, const struct tb_region *r,
                                                 struct tb_ledger_entry **v, size_t *n, struct tb_err *e);

/* How often each kind of thing was written: a region's tables by their names, publications, drafts,
 * route_overrides, names, addresses, attendance, swaps, sent. Who shows some of it looks here whether it has
 * moved. `what` is borrowed for the call. */
TB_MUST_USE enum tb_code tb_store_versions(tb_store *s,
                                           void (*each)(void *arg, const char *what, int64_t version),
                                           void *arg, struct tb_err *e);

/* Append-only audit: who, when, what, why. */
TB_MUST_USE enum tb_code tb_store_audit(tb_store *s, tb_minute at, const char *who, const char *what,
                                        const char *detail, struct tb_err *e);

/* Named blobs kept in the file (routing table, for instance), replaced atomically. */
TB_MUST_USE enum tb_code tb_store_put_blob(tb_store *s, const char *name, const void *bytes, size_t len,
                                           struct tb_err *e);
/* TB_NO: none */
TB_MUST_USE enum tb_code tb_store_get_blob(tb_store *s, const char *name, char **bytes, size_t *len,
                                           struct tb_err *e);

/* Do the publications hold what their digests say? `whole`: their rosters, the drafts' instances and the
 * file's pages, indices and references too. TB_STORAGE names the first that does not; nothing is changed. */
TB_MUST_USE enum tb_code tb_store_verify(tb_store *s, bool whole, struct tb_err *e);

/* Online backup to a new file (refuses an existing one), verified by integrity_check. Restore: the file is
 * checked (ours, version, integrity, digests) and replaces `path` by rename; the old one is kept as
 * `path`.old. TB_REFUSED: a server holds a lease of `path`. Who has the old file open for writing is told
 * TB_BUSY when he writes: his entry is nowhere. */
TB_MUST_USE enum tb_code tb_store_backup(tb_store *s, const char *to, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_restore(const char *from, const char *path, struct tb_err *e);

/* A process that goes on answering from `path` says so as long as the lease lives; many may. It ends with the
 * process, however that ends. TB_BUSY: a restore is at work. TB_STORAGE: the directory cannot be written. */
typedef struct tb_lease tb_lease;
TB_MUST_USE enum tb_code tb_store_lease(const char *path, tb_lease **out, struct tb_err *e);
void tb_store_lease_end(tb_lease *l); /* NULL is fine */

#endif
