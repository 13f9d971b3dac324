/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * records: what the store tells of what was done: publications, withdrawals, the audit trail, addresses of
 * feeds.
 */
#ifndef TOBAN_STORE_RECORDS_H
#define TOBAN_STORE_RECORDS_H

#include "toban/store/store.h"

/* The next publication, in which these duties have no roster on [from, to]: their seats are vacated, their
 * books taken back. What has begun by the act's instant stays as published. Inside the caller's transaction.
 * TB_NO: nothing is published there. TB_REFUSED: all of it has begun. */
struct tb_to_withdraw {
    const int *duties;
    int n;
    tb_day from, to;
    size_t *served; /* how many seats stay because they have begun; may be NULL */
};
TB_MUST_USE enum tb_code tb_store_withdraw(tb_store *s, const struct tb_region *r,
                                           const struct tb_to_withdraw *what, const struct tb_act *act,
                                           struct tb_publication *out, struct tb_err *e);

/* Seats that nobody has in publication `number`, with the change that left them so; withdrawn[i]: that change
 * was a withdrawal. Both are the caller's to free. */
TB_MUST_USE enum tb_code tb_store_vacant(tb_store *s, const struct tb_region *r, int64_t number,
                                         struct tb_board_row **rows, bool **withdrawn, size_t *n,
                                         struct tb_err *e);

/* All publications, ascending. Free each with tb_publication_free, then the array. */
TB_MUST_USE enum tb_code tb_store_publications(tb_store *s, struct tb_publication **out, size_t *n,
                                               struct tb_err *e);
/* Number of the publication that was in force at the instant. TB_NO: none yet. */
TB_MUST_USE enum tb_code tb_store_publication_at(tb_store *s, tb_minute at, int64_t *number,
                                                 struct tb_err *e);

/* What is in force in publication `number` (0: nothing); with `draft` not 0 as it would be if that draft were
 * published on top of it. */
struct tb_outlook {
    struct tb_seat_row *seats; /* filled, in canonical order */
    struct tb_seat_row *open;  /* nobody's, and not withdrawn: published ones, then the draft's */
    size_t n_seats, n_open;
};
void tb_outlook_free(struct tb_outlook *x);
TB_MUST_USE enum tb_code tb_store_outlook(tb_store *s, const struct tb_region *r, int64_t number,
                                          int64_t draft, struct tb_outlook *out, struct tb_err *e);

/* Everybody who ever was in a slot up to publication `number` (0: the latest), by (slot, provider). */
TB_MUST_USE enum tb_code tb_store_stints(tb_store *s, const struct tb_region *r, int64_t number,
                                         struct tb_stint **out, size_t *n, struct tb_err *e);

struct tb_audit_line {
    int64_t id;
    tb_minute at;
    char *who, *what, *detail;
};
void tb_audit_free(struct tb_audit_line *v, size_t n);
/* The last `limit` lines (0: all), oldest first; only of the command `what` unless NULL. */
TB_MUST_USE enum tb_code tb_store_audit_lines(tb_store *s, const char *what, int64_t limit,
                                              struct tb_audit_line **out, size_t *n, struct tb_err *e);

/* The last line of the command `what` on exactly `detail`; out->id 0: none. out's texts are the caller's
 * (tb_audit_line_clear). */
TB_MUST_USE enum tb_code tb_store_audit_last(tb_store *s, const char *what, const char *detail,
                                             struct tb_audit_line *out, struct tb_err *e);
void tb_audit_line_clear(struct tb_audit_line *x);

/* ---- drafts on their way ---- */

/* OLD and WITHDRAWN: none of the days it was published for is its own any more, because later rosters of its
 * duties took the last of them, or a withdrawal did. SUPERSEDED: a later draft of the same duties and days
 * took its place before it was published. */
enum tb_life {
    TB_LIFE_DRAFT,
    TB_LIFE_CIRCULATING,
    TB_LIFE_APPROVED,
    TB_LIFE_PUBLISHED,
    TB_LIFE_OLD,
    TB_LIFE_WITHDRAWN,
    TB_LIFE_SUPERSEDED,
    TB_LIFE_COUNT
};
/* until: TB_DAY_NONE unless circulating; published: its publication, 0: none; ended: the publication that
 * made it OLD or WITHDRAWN, else 0 */
struct tb_life_state {
    int64_t draft;
    enum tb_life state;
    tb_day from, to, until;
    tb_minute at;
    char *duties, *by, *note;
    /* of an approval: the body's own word, the meeting's day (TB_DAY_NONE: not told) and number */
    char *word, *number;
    tb_day meeting;
    char *past; /* why days that were past were planned; "": none were */
    bool doubt;
    int64_t published, ended;
};
void tb_lives_free(struct tb_life_state *v, size_t n);
/* All drafts, or one (0: all), ascending. TB_NO: there is no such draft. */
TB_MUST_USE enum tb_code tb_store_lives(tb_store *s, int64_t draft, struct tb_life_state **out, size_t *n,
                                        struct tb_err *e);
/* state: TB_LIFE_CIRCULATING or TB_LIFE_APPROVED. Texts NULL: "". Whether the move is allowed is the caller's
 * to know. */
struct tb_draft_move {
    int64_t draft;
    enum tb_life state;
    tb_day until, meeting; /* TB_DAY_NONE: none */
    const char *word, *number;
};
TB_MUST_USE enum tb_code tb_store_move_draft(tb_store *s, const struct tb_draft_move *x,
                                             const struct tb_act *act, struct tb_err *e);

/* ---- drafts that are worked on by hand ---- */

/* Each act is one revision of the draft, from 1. An edit changes seats; what is taken back stays in the log.
 */
enum tb_edit_act { TB_EDIT_SEATS, TB_EDIT_UNDO, TB_EDIT_REDO };
const char *tb_edit_word(enum tb_edit_act act); /* edit, undo, redo */
struct tb_edit_seat {
    struct tb_seat_row seat; /* its provider came; -1: it is left open */
    int went;                /* -1: it was open */
};
struct tb_edit {
    int64_t revision, of; /* of: the edit that is taken back or done again; 0: itself an edit */
    enum tb_edit_act act;
    bool undone;       /* an edit that does not count now */
    int64_t objective; /* of the roster after it */
    int open_seats;
    tb_minute at;
    char *by;
    struct tb_edit_seat *seats;
    size_t n, cap;
};
void tb_edits_free(struct tb_edit *v, size_t n);
/* The whole log, in order. `r`: the region of the draft's instance. */
TB_MUST_USE enum tb_code tb_store_edits(tb_store *s, int64_t draft, const struct tb_region *r,
                                        struct tb_edit **out, size_t *n, struct tb_err *e);
/* The edit that comes next when one is taken back, or done again; NULL: there is none. */
const struct tb_edit *tb_edit_to_undo(const struct tb_edit *v, size_t n);
const struct tb_edit *tb_edit_to_redo(const struct tb_edit *v, size_t n);
/* Adds to the log and sets x->revision. TB_INTERNAL: the draft goes round or is published. */
TB_MUST_USE enum tb_code tb_store_add_edit(tb_store *s, int64_t draft, const struct tb_region *r,
                                           struct tb_edit *x, struct tb_err *e);

/* ---- swaps (当番の交換) ---- */

enum tb_swap_state {
    TB_SWAP_ASKED,
    TB_SWAP_AGREED,
    TB_SWAP_APPROVED,
    TB_SWAP_PUBLISHED,
    TB_SWAP_REFUSED,
    TB_SWAP_WITHDRAWN,
    TB_SWAP_COUNT
};
/* band NULL: he takes the other's seat and gives none */
struct tb_swap_seat {
    tb_day date;
    char *band;
    int role;
    char *provider;
};
/* `provider`: which of the two (who asks consents by that), "": the office. `publication`: of the move
 * PUBLISHED, else 0. */
struct tb_swap_move {
    enum tb_swap_state state;
    char *provider, *by, *note;
    tb_minute at;
    int64_t publication;
};
struct tb_swap {
    int64_t id, publication; /* the seats are meant as they stood in this publication */
    char *duty, *reason;
    struct tb_swap_seat side[2]; /* who wants to be relieved of his seat; who takes it */
    struct tb_swap_move *moves;
    size_t n_moves;
};
void tb_swap_free(struct tb_swap *x);
/* By number. Free each, then the array. */
TB_MUST_USE enum tb_code tb_store_swaps(tb_store *s, struct tb_swap **out, size_t *n, struct tb_err *e);
/* Sets x->id; x->moves are not stored. */
TB_MUST_USE enum tb_code tb_store_add_swap(tb_store *s, struct tb_swap *x, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_move_swap(tb_store *s, int64_t id, const struct tb_swap_move *m,
                                            struct tb_err *e);

/* ---- who was sent what ---- */

struct tb_delivery {
    int64_t publication;
    char *recipient, *way, *by, *note;
    bool confirmed;
    tb_minute at;
};
void tb_deliveries_free(struct tb_delivery *v, size_t n);
/* Of one publication, in the order entered. */
TB_MUST_USE enum tb_code tb_store_deliveries(tb_store *s, int64_t publication, struct tb_delivery **out,
                                             size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_add_delivery(tb_store *s, const struct tb_delivery *d, struct tb_err *e);

/* Number and date of a body's letter for a publication. */
struct tb_document {
    char *body, *text, *by;
    int fiscal_year;
    int64_t number; /* 0: the body numbers none, and the text is empty */
    tb_minute at;
};
void tb_documents_free(struct tb_document *v, size_t n);
/* Of one publication, in the order entered: the last one of a body holds. */
TB_MUST_USE enum tb_code tb_store_documents(tb_store *s, int64_t publication, struct tb_document **out,
                                            size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_add_document(tb_store *s, int64_t publication, const struct tb_document *d,
                                               struct tb_err *e);
/* The highest number that a letter of the body has in the fiscal year, 0: none; and the publication whose
 * letter has `number` (0: none has). */
TB_MUST_USE enum tb_code tb_store_document_numbers(tb_store *s, const char *body, int fiscal_year,
                                                   int64_t number, int64_t *highest, int64_t *publication,
                                                   struct tb_err *e);

/* ---- doctors named for seats that a group holds ---- */

/* In the order entered; those entered before the instant (INT64_MAX: all). */
TB_MUST_USE enum tb_code tb_store_names(tb_store *s, const struct tb_region *r, tb_minute before,
                                        struct tb_name_row **out, size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_add_name(tb_store *s, const struct tb_region *r,
                                           const struct tb_name_row *x, const char *by, const char *note,
                                           struct tb_err *e);

/* The last naming of the group's seat (seat->provider is the group). TB_NO: none. out->by is the caller's. */
struct tb_named_by {
    int person; /* -1: taken back */
    tb_minute at;
    char *by;
};
TB_MUST_USE enum tb_code tb_store_named_last(tb_store *s, const struct tb_region *r,
                                             const struct tb_seat_row *seat, struct tb_named_by *out,
                                             struct tb_err *e);

/* ---- what was done ---- */

struct tb_attendance {
    int64_t id;
    struct tb_seat_row seat;           /* who sat there as published (seat.seat is not told) */
    int came;                          /* -1: nobody */
    tb_minute from, to;                /* TB_NEVER: the hours of the seat */
    int64_t patients, referred, light; /* -1: not counted */
    bool taken_back;                   /* the record was a mistake: as if there were none */
    tb_minute at;                      /* entered */
    char *reason, *by;
};
void tb_attendance_free(struct tb_attendance *v, size_t n);
/* Records of duty dates [from, to] that hold, in the order entered. */
TB_MUST_USE enum tb_code tb_store_attendance(tb_store *s, const struct tb_region *r, tb_day from, tb_day to,
                                             struct tb_attendance **out, size_t *n, struct tb_err *e);
/* The last record of the seat of seat->provider, taken back or not; out->id 0: there never was one. Free its
 * reason and by. */
TB_MUST_USE enum tb_code tb_store_attended_last(tb_store *s, const struct tb_region *r,
                                                const struct tb_seat_row *seat, struct tb_attendance *out,
                                                struct tb_err *e);
/* Adds a record and brings the books in line with it: "done" is his who came, and a seat that nobody served
 * has not been a duty. Sets x->id. Inside the caller's transaction. */
TB_MUST_USE enum tb_code tb_store_add_attendance(tb_store *s, const struct tb_region *r,
                                                 struct tb_attendance *x, struct tb_err *e);
/* In whose account a duty stands: the group's, when its doctor came for it. */
int tb_attend_credit(const struct tb_region *r, int seated, int came, tb_day date);

/* ---- addresses of feeds ---- */

struct tb_token {
    char *feed, *subject; /* provider, d-001 */
    int64_t generation;
    char hash[65];                             /* SHA-256 of the token, which is nowhere in the file */
    tb_minute issued, revoked, fetched;        /* TB_NEVER: not */
    int64_t fetched_publication, fetched_mark; /* what it told then */
    int alarm;                                 /* minutes before a duty that it rings; 0: it does not */
};
void tb_tokens_free(struct tb_token *v, size_t n);
/* By (feed, subject, generation). */
TB_MUST_USE enum tb_code tb_store_tokens(tb_store *s, struct tb_token **out, size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_add_token(tb_store *s, const struct tb_token *t, struct tb_err *e);
TB_MUST_USE enum tb_code tb_store_revoke_token(tb_store *s, const char *hash, tb_minute at, struct tb_err *e);
/* What a calendar that was fetched told: the publication in force, and the last mark. */
struct tb_fetched_state {
    int64_t publication, mark;
};
TB_MUST_USE enum tb_code tb_store_token_fetched(tb_store *s, const char *hash, tb_minute at,
                                                const struct tb_fetched_state *state, struct tb_err *e);
/* How many minutes before a duty the calendar rings; 0: it does not. */
TB_MUST_USE enum tb_code tb_store_token_alarm(tb_store *s, const char *hash, int minutes, struct tb_err *e);

/* ---- what was entered that calendars tell ---- */

/* All of it, in memory of the arena. */
TB_MUST_USE enum tb_code tb_store_marks(tb_store *s, struct tb_arena *a, struct tb_mark **out, int *n,
                                        struct tb_err *e);
/* A wording (`ref`: its number) or a setting (0); id and publication are the store's. The others are entered
 * by themselves. */
TB_MUST_USE enum tb_code tb_store_add_mark(tb_store *s, const struct tb_mark *x, int64_t ref,
                                           struct tb_err *e);
/* Number of the wording that calendars have had last, 0: of a program that had none; today's where nothing is
 * published yet. */
TB_MUST_USE enum tb_code tb_store_wording(tb_store *s, int64_t *out, struct tb_err *e);

#endif
