/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/app.
 */
#ifndef TOBAN_APP_INT_H
#define TOBAN_APP_INT_H

#include "toban/app/app.h"
#include "toban/domain/change.h"
#include "toban/domain/conflict.h"
#include "toban/store/records.h"

/* May the actor do this at all? TB_REFUSED names role and use case. Every use case asks it first. */
enum tb_code app_may(const struct tb_app *app, enum tb_use use, struct tb_err *e);
/* May he do it for himself alone, and is it himself? `provider` NULL: nobody. TB_OK for those who may all. */
bool app_only_own(const struct tb_app *app, enum tb_use use);
enum tb_code app_own(const struct tb_app *app, enum tb_use use, const char *provider, struct tb_err *e);
/* Who works for some bodies does it for their duties alone (TB_REFUSED names duty and body): one duty, a
 * list "a;b" of ids, those that a problem plans, those of a stored draft or of a ledger, any of which a
 * provider serves in; a whole region is for those who work for all. */
bool app_all_bodies(const struct tb_app *app);
bool app_works_for(const struct tb_app *app, const struct tb_region *r, int duty);
enum tb_code app_body(const struct tb_app *app, enum tb_use use, const struct tb_region *r, int duty,
                      struct tb_err *e);
enum tb_code app_duty_list(const struct tb_app *app, enum tb_use use, const struct tb_region *r,
                           const char *duties, struct tb_err *e);
enum tb_code app_planned_bodies(const struct tb_app *app, enum tb_use use, const struct tb_problem *p,
                                struct tb_err *e);
enum tb_code app_draft_bodies(const struct tb_app *app, enum tb_use use, tb_store *s, int64_t draft,
                              struct tb_err *e);
enum tb_code app_ledger_body(const struct tb_app *app, enum tb_use use, const struct tb_region *r, int ledger,
                             struct tb_err *e);
enum tb_code app_provider_body(const struct tb_app *app, enum tb_use use, const struct tb_region *r,
                               int provider, struct tb_err *e);
enum tb_code app_whole(const struct tb_app *app, enum tb_use use, struct tb_err *e);
/* Id of the member for whose eyes the answer is, NULL: of one who may see everything. */
const char *app_reader(const struct tb_app *app);
/* Now, by him who asks. */
struct tb_act app_act(const struct tb_app *app, const char *note);
struct tb_app_sent; /* toban/app/sent.h */
/* tb_app_sent without what letters are made of. */
enum tb_code app_told(const struct tb_app *app, int64_t number, struct tb_app_sent *out, struct tb_err *e);
/* What a use case asks of another on its way: the actor was asked at the outer one, and his name goes on. */
struct tb_app app_within(const struct tb_app *app);

/* What a use case has open that asks others on its way. */
struct app_reading {
    tb_store *store;
    const struct tb_region *region;
};
/* Opens the data file for reading, or joins the use case on whose way it is asked. app_close. */
enum tb_code app_store(const struct tb_app *app, tb_store **s, struct tb_err *e);
/* The same with its region (tb_region_free); all that is read until it is closed is one state. On failure
 * nothing is open. */
enum tb_code app_open(const struct tb_app *app, tb_store **s, struct tb_region **r, struct tb_err *e);
/* The problem of a stored draft and its region, and today's region as of the store's state, from what is kept
 * in memory (kept.c) or read. Nobody changes either region. */
enum tb_code app_instance(const struct tb_app *app, struct tb_app_draft *d, struct tb_err *e);
enum tb_code app_today(const struct tb_app *app, tb_store *s, struct tb_region **r, struct tb_err *e);
/* Closes a file that was opened for reading. Returns c. */
enum tb_code app_close(tb_store *s, enum tb_code c);

/* The one way to write: opens the data file, keeps everybody else from writing, and only then reads the
 * region
 * (`r` NULL: does not), so that what is decided is decided on what is written over. Everything that is
 * decided is read after this. TB_BUSY: others wrote for ten seconds on end. On failure nothing is open. */
enum tb_code app_begin(const struct tb_app *app, tb_store **s, struct tb_region **r, struct tb_err *e);
/* Before anything is written, and before calendars are made: when the program's words are not those that they
 * had last, that is entered (TB_CALENDAR_WORDING). */
enum tb_code app_enter_wording(const struct tb_app *app, tb_store *s, struct tb_err *e);
enum tb_code app_ready_wording(const struct tb_app *app, struct tb_err *e);
/* What calendars show as it is today (TB_FIELD_TODAY), and is another than before. */
enum tb_code app_enter_settings(const struct tb_app *app, tb_store *s, const struct tb_region *before,
                                const struct tb_region *after, struct tb_err *e);
/* Did the address's calendar, when it was last fetched, tell of the seat as it is? */
struct tb_token;
bool app_has_fetched(const struct tb_token *t, const struct tb_board *b, int assignment);
/* Its end: everything is there when `c` is TB_OK and TB_OK is returned, else nothing is. Closes. */
enum tb_code app_commit(tb_store *s, enum tb_code c, struct tb_err *e);

/* One row of a table: cells by field name (name, value pairs, NULL at the end). `judge` sees the region that
 * the row is written into; what it refuses is not written. NULL: nobody objects. */
struct app_row {
    enum tb_entity_id entity;
    const char *const *pairs;
    enum tb_code (*judge)(const struct tb_app *app, const struct tb_region *now, const void *arg,
                          struct tb_err *e);
    const void *arg;
};
struct tb_row_done;
enum tb_code app_add_row(const struct tb_app *app, const struct app_row *x, struct tb_row_done *done,
                         struct tb_err *e);
/* TB_REFUSED: no row has that key; who took it away is told. */
enum tb_code app_remove_row(const struct tb_app *app, const struct app_row *x, struct tb_row_done *done,
                            struct tb_err *e);
/* "（事務 が 2026-12-03T10:00）": who did `what` last on exactly `detail`, for the end of a refusal; nothing
 * when nobody did. */
TB_MUST_USE enum tb_code app_who_last(tb_store *s, const char *what, const char *detail, struct tb_buf *out,
                                      struct tb_err *e);
/* The same of who took the row of that key out of its table. */
TB_MUST_USE enum tb_code app_who_removed(tb_store *s, enum tb_entity_id entity, const char *key,
                                         struct tb_buf *out, struct tb_err *e);
/* An audit line for each row that is not the same in both; *n: how many. */
struct app_changed {
    const struct tb_region *before, *after;
    int table; /* the one that may differ; TB_E_COUNT: any */
};
enum tb_code app_audit_rows(const struct tb_app *app, tb_store *s, const struct app_changed *x, int *n,
                            struct tb_err *e);
/* The table of that name, and are these its columns? TB_USAGE names those that there are. */
enum tb_code app_table(const char *name, enum tb_entity_id *out, struct tb_err *e);
enum tb_code app_columns(enum tb_entity_id entity, const char *const *pairs, struct tb_err *e);
/* Do the two say the same, however they are written? */
bool app_cell_is(const struct tb_field *f, const char *cell, const char *asked);
/* Recomputes the bound of the draft's certificate from the model's text: d->checked_bound, d->bound_checked.
 * Where that cannot be done the draft is judged all the same, and d->unconfirmed says why. */
void app_prove_draft(const struct tb_app *app, struct tb_app_draft *d);

/* ---- proofs.c: what the second hand has confirmed once ---- */

struct app_proofs {
    char *known;         /* of earlier; NULL: nothing */
    struct tb_buf fresh; /* of now */
    int made, remembered;
    char *table; /* the routing table that was kept: what it was made from, a line, and its bytes */
    struct tb_buf fresh_table;
};
/* Is the kept table one that was made from this (app_proof_key)? Its bytes; keeps another in its place. */
bool app_kept_is(const struct app_proofs *p, const char *made_from);
void app_kept_bytes(const struct app_proofs *p, struct tb_buf *out);
void app_keep(struct app_proofs *p, const char *made_from, const struct tb_buf *bytes);
/* Names what is proven: its kind, and the bytes that the proof looks at. */
void app_proof_key(const char *kind, const struct tb_buf *const *parts, size_t n, char key[65]);
/* again: nothing is known */
void app_proofs_load(tb_store *s, bool again, struct app_proofs *out);
bool app_proof_known(struct app_proofs *p, const char *key, int64_t *value);
void app_proof_add(struct app_proofs *p, const char *key, int64_t value);
/* Writes those of now into the data file; where that cannot be written they are made again next time. */
void app_proofs_keep(const struct tb_app *app, const struct app_proofs *p);
void app_proofs_free(struct app_proofs *p);

/* Every seat of the planned slots in order, open ones (provider -1) too: a publication replaces slot by slot.
 */
struct tb_seat_row *app_seat_rows(const struct tb_problem *p, const struct tb_roster *r, size_t *n);
/* Who sits in the slot, ids with commas between. */
void app_who_sits(const struct tb_app_draft *d, int slot, struct tb_buf *out);
/* Where in the roster he sits; `id` NULL: the only one there. `seat` as typed. */
enum tb_code app_sitter(const struct tb_app_draft *d, int slot, const char *seat, const char *id, int *out,
                        struct tb_err *e);
/* TB_REFUSED: the draft was published, and a later publication changed some of its seats. */
enum tb_code app_still_in_force(const struct tb_app *app, const struct tb_app_draft *d, struct tb_err *e);
/* Stores draft and seats and writes the audit line `what`, inside the caller's transaction. d->stored.status
 * NULL: all texts are those of d->result. */
enum tb_code app_store_draft_here(const struct tb_app *app, tb_store *s, struct tb_app_draft *d,
                                  const char *what, struct tb_err *e);
/* The same, and ends the transaction and closes the store. */
enum tb_code app_store_draft(const struct tb_app *app, tb_store *s, struct tb_app_draft *d, const char *what,
                             struct tb_err *e);
/* The same inside the caller's transaction and without an audit line; the draft decides its problem's planned
 * slots, which lie on [from, to]. */
enum tb_code app_add_draft(const struct tb_app *app, tb_store *s, struct tb_app_draft *d, tb_day from,
                           tb_day to, struct tb_err *e);
/* What pins and prohibitions still say of a draft that is published: no pin; the prohibitions that were
 * planned with and have not been taken back, and those that were entered since. Of another draft: all that
 * it was planned with. The caller's to free. */
struct tb_pinned *app_pins_after(const struct tb_app_draft *d, int *n);
/* Makes it so in the draft itself, and judges it again when it was judged. */
void app_after_publication(struct tb_app_draft *d);
/* Planning anew: a pin that a publication has kept (its holder sat in that slot, now or before) says nothing
 * where he cannot serve there any more, whatever else is planned. Each that is left out is told. */
enum tb_code app_pins_yield(tb_store *s, struct tb_problem *p, struct tb_notes *notes, struct tb_err *e);
/* The slots of `only` (one duty, all who sit there as published) are planned and nothing else; `bound` is
 * what stands elsewhere, `elsewhere` how that differs from what is published and in the books. `r` outlives
 * the problem. Published seats: no pin binds them. */
struct app_slots {
    const struct tb_seat_row *only;
    size_t n_only;
    const struct tb_seat_row *bound;
    size_t n_bound;
    const struct tb_change *elsewhere;
    size_t n_elsewhere;
};
enum tb_code app_slots_problem(tb_store *s, const struct tb_region *r, tb_day from, tb_day to,
                               const struct app_slots *x, struct tb_problem **out, struct tb_err *e);
/* Judges d->roster as the planner answered it (d->result), by check, score and the recomputed proof: fills
 * verdict, score and checked_bound. Where two hands disagree d->doubt says so and d->stored.status becomes
 * TB_DRAFT_DOUBT; a proof that is not confirmed is none (result.certified false, d->unconfirmed). */
void app_weigh(struct tb_app_draft *d);
/* The same of a plan made on the way to another answer (why, explain): where check disagrees nothing is
 * claimed of it any more: not proven, at check's objective, without a bound; one that breaks a hard rule was
 * not found. Said on stderr. */
void app_sober(const struct tb_problem *p, struct tb_plan_result *r);
/* Writes what shows the doubt of a described draft into one file in `dir` (NULL: where the data file is):
 * d->doubt_file, or a note more in d->doubt why there is none. */
void app_put_aside(const struct tb_app *app, const char *dir, struct tb_app_draft *d);
/* TB_NO: which pins leave no roster at all, found by planning without them, and what stands against each. */
enum tb_code app_no_roster(const struct tb_app *app, const struct tb_problem *p, struct tb_err *e);
/* The second half of tb_app_plan: what the planner answered (out->problem, out->result) is judged and stored.
 */
enum tb_code app_take_plan(const struct tb_app *app, const struct tb_app_plan_request *rq,
                           struct tb_app_draft *out, struct tb_err *e);
/* tb_app_replace, for a use case on its way; `who` -1: nobody leaves, a seat of the slot is open. */
struct tb_substitutes;
void app_replace(const struct tb_app_draft *d, int slot, int who, struct tb_substitutes *out);
/* What drafts.steps says of a draft made by a swap. */
#define APP_SWAP_STEPS "swap"
/* Has the list of ids "a;b", as drafts name their duties, the first n bytes of `id` as one of them? */
bool app_ids_have(const char *ids, const char *id, size_t n);
/* Is the recipient told of this day of the duty, when it was published that day (deliver.c)? */
bool app_concerns(const struct tb_region *r, const struct tb_recipient *to, int duty, tb_day date,
                  tb_day published);
/* Which publication (0: the latest), and the days; from TB_DAY_NONE: all that it covers. */
struct app_days {
    int64_t number;
    tb_day from, to;
};
/* Board of a publication from an open store, as it shows itself: with the region and the hours that it holds
 * (*region is the caller's to free, after the board). `today`: the tables as they are, for what is not held.
 */
enum tb_code app_shown_board(tb_store *s, const struct tb_region *today, const struct app_days *d,
                             struct tb_region **region, struct tb_board **out, struct tb_err *e);
/* The same for the office: seats and hours as published, on today's region `r`. */
enum tb_code app_board(tb_store *s, const struct tb_region *r, int64_t number, tb_day from, tb_day to,
                       struct tb_board **out, struct tb_err *e);
/* The same for a routing table: hours as published for each day, all else as on the first day of the table
 * (`from` is TB_TABLE_BACK before it), or on the day of publication where that is later. */
enum tb_code app_table_board(tb_store *s, const struct tb_region *today, const struct app_days *d,
                             struct tb_region **region, struct tb_board **out, struct tb_err *e);
/* Board of the latest publication over all it covers, with what was taken away, as feeds need it on `day`. */
enum tb_code app_feed_board(tb_store *s, const struct tb_region *today, tb_day day, struct tb_region **region,
                            struct tb_board **out, struct tb_err *e);

/* Published seats that do not hold by the region (domain/conflict.h): of the days, or (NULL) of all that have
 * not ended. Nothing is published: none. */
enum tb_code app_conflicts(tb_store *s, const struct tb_region *r, tb_minute now, const struct app_days *days,
                           struct tb_conflicts *out, struct tb_err *e);
/* The same from the data file, for a use case that has closed it. */
enum tb_code app_conflicts_apart(const struct tb_app *app, const struct tb_region *r,
                                 const struct app_days *days, struct tb_conflicts *out, struct tb_err *e);
/* May the row (cells by field, NULL: not told) make a published seat to come hold no longer, or hold again?
 * Of a wish, an absence or another body's duty: only where he, or who is linked to him, has a seat about
 * those days. */
enum tb_code app_may_touch(tb_store *s, const struct tb_region *r, enum tb_entity_id entity,
                           const char *const *cells, tb_minute now, bool *may, struct tb_err *e);
/* How many there are by the region `now` that there were not before. */
struct app_before {
    const struct tb_region *region;
    struct tb_conflicts conflicts;
};
enum tb_code app_conflicts_new(tb_store *s, const struct app_before *before, const struct tb_region *now,
                               tb_minute at, int *n, struct tb_err *e);
/* The same where rows of the region alone have changed: both are judged by the books as they are now. */
enum tb_code app_conflicts_of_rows(tb_store *s, const struct tb_region *before, const struct tb_region *now,
                                   tb_minute at, int *n, struct tb_err *e);

/* What differs from what the latest publication holds, from an open store; `day`: today. */
struct tb_fact_change;
enum tb_code app_facts(tb_store *s, const struct tb_region *today, tb_day day, struct tb_fact_change **v,
                       size_t *n, struct tb_err *e);

/* What a what-if asks beside the tables: numbers of seats (*out is the caller's to free), then pins in the
 * problem. TB_USAGE, TB_REFUSED: said what is wrong. */
enum tb_code app_asked_seats(const struct tb_region *r, const struct tb_app_plan_request *rq,
                             struct tb_seat_count **out, size_t *n, struct tb_err *e);
enum tb_code app_asked_pins(struct tb_problem *p, const struct tb_app_plan_request *rq, struct tb_err *e);

/* A seat as people write it, taken apart: duty, date, band, role. TB_USAGE tells the form. */
struct app_seat_words {
    char text[256];
    const char *part[4];
    tb_day date;
    int role;
};
enum tb_code app_seat_words(const char *text, struct app_seat_words *w, struct tb_err *e);
/* TB_USAGE: there is no such duty. */
enum tb_code app_duty(const struct tb_region *r, const char *id, int *out, struct tb_err *e);

/* A seat as people write it (tb_app_seat), of whatever date: duty, date, band, role; no seat number, no
 * provider. */
enum tb_code app_seat_row(const struct tb_region *r, const char *text, struct tb_seat_row *out,
                          struct tb_err *e);

/* Seats of the doctors whom groups have named, of those among `seats` (what is in force): they bind the
 * doctors as the groups' own seats bind the groups. */
enum tb_code app_named_rows(tb_store *s, const struct tb_region *r, const struct tb_seat_row *seats, size_t n,
                            struct tb_seat_row **out, size_t *n_out, struct tb_err *e);

/* Does the group send him on that day? And may he be named for its seat (`seat->provider` is the group)? */
bool app_name_on_list(const struct tb_region *r, int group, int person, tb_day date);
enum tb_code app_name_fits(tb_store *s, const struct tb_region *r, const struct tb_seat_row *seat, int person,
                           bool *fits, struct tb_err *e);

/* Members asked by the survey who have not answered, into `silent` (of n_providers ints). Returns how many.
 */
int app_survey_silent(const struct tb_region *r, int survey, int *silent);

/* The latest generation of a feed's address, or NULL. */
const struct tb_token *app_token_latest(const struct tb_token *v, size_t n, const char *feed,
                                        const char *subject);

/* ---- approve.c: what a body asks for before publication; `duties` as of a draft: "a;b" ---- */

/* The first of their bodies that approves, or NULL. */
const struct tb_body *app_approving_body(const struct tb_region *r, const char *duties);
/* The bodies' own words for it, each once. */
void app_approval_words(const struct tb_region *r, const char *duties, struct tb_buf *out);
/* TB_REFUSED: a body wants another hand than the one that made the draft, and it is the same. */
enum tb_code app_other_hand(const struct tb_app *app, tb_store *s, const struct tb_region *r,
                            const struct tb_life_state *x, struct tb_err *e);

/* ---- publish_choose.c, publish_says.c ---- */

struct app_left {
    int64_t draft;
    int why; /* enum tb_publish_why */
};
struct app_chosen {
    int64_t *ids;
    size_t n;
    struct app_left *left; /* open drafts that are not taken */
    size_t n_left;
    struct tb_life_state *lives; /* of all drafts */
    size_t n_lives;
};
struct tb_publish_asked;
struct tb_publish_said;
/* The drafts that are meant; errors as tb_app_publish has them. */
TB_MUST_USE enum tb_code app_choose_drafts(tb_store *s, const struct tb_region *r,
                                           const struct tb_publish_asked *asked, tb_day today,
                                           struct app_chosen *out, struct tb_err *e);
void app_chosen_free(struct app_chosen *x);
/* Fills drafts, left, open and concerned of *out, whose region is set, before it is published; breaches[i] of
 * the i-th chosen draft. */
TB_MUST_USE enum tb_code app_publish_says(tb_store *s, const struct app_chosen *chosen, tb_day until,
                                          const int *breaches, struct tb_publish_said *out, struct tb_err *e);

/* TB_REFUSED: the draft goes round and is not approved. */
enum tb_code app_may_publish(tb_store *s, int64_t draft, struct tb_err *e);

#endif
