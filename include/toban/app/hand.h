/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hand: what the office changes by hand in a draft, and what it signs for. Each step is a revision of the
 * draft, judged at once, and can be taken back. Pins, prohibitions and exceptions (特例) are rows of the
 * region.
 */
#ifndef TOBAN_APP_HAND_H
#define TOBAN_APP_HAND_H

#include "toban/app/app.h"
#include "toban/domain/exception.h"
#include "toban/store/records.h"

/* A seat as people write it: DUTY:DATE:BAND or DUTY:DATE:BAND:ROLE (primary when not told). TB_USAGE: not of
 * this form, or an unknown word; TB_REFUSED: no such planned seat in the problem. */
TB_MUST_USE enum tb_code tb_app_seat(const struct tb_problem *p, const char *text, int *slot,
                                     struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_provider(const struct tb_region *r, const char *id, int *out,
                                         struct tb_err *e);

#define TB_ANY_REVISION (-1)
struct tb_app_hand {
    const char *seat, *provider;
    const char *instead_of; /* who leaves the seat; NULL: nobody */
    bool leave;             /* unassign: `provider` leaves (NULL: the only one there) */
    /* exchange: `provider` (NULL: the only one there) goes to this seat, and `instead_of` (NULL: the only
     * one, nobody where a seat is open) from there to `seat`; one change. NULL: none. */
    const char *with;
    int64_t revision; /* of the draft that was looked at; TB_ANY_REVISION: not told */
};
struct tb_app_handmade {
    struct tb_app_draft draft; /* as it is now */
    int64_t base; /* number of the draft before: another one when that one is no longer changed */
    struct tb_verdict *before;
    struct tb_edit_seat *seats; /* what was changed, in the draft's own region */
    size_t n;
};
void tb_app_handmade_free(struct tb_app_handmade *m);
/* One more revision of the draft, which is "manual" from then on; `draft` 0: the latest. A draft that goes
 * round, was approved, published, superseded or is in doubt is not changed: a new one begins. TB_REFUSED: the
 * date is past, the seat is taken, he sits there already, nobody like that sits there, the draft has another
 * revision than was looked at (what was done since is told), or its seats were published and changed since.
 * Broken rules are no refusal: they are in draft.verdict. */
TB_MUST_USE enum tb_code tb_app_assign(const struct tb_app *app, int64_t draft,
                                       const struct tb_app_hand *hand, struct tb_app_handmade *out,
                                       struct tb_err *e);
/* Takes back the latest change by hand, whoever made it, or does again (`redo`) what was taken back last and
 * not overtaken by a later change. `revision` as above. TB_NO: there is none; TB_REFUSED: the draft is no
 * longer changed, has another revision, or the seat is past. */
TB_MUST_USE enum tb_code tb_app_undo(const struct tb_app *app, int64_t draft, int64_t revision, bool redo,
                                     struct tb_app_handmade *out, struct tb_err *e);
/* What was done, in the language set: changed, taken back, done again. */
const char *tb_edit_act_name(enum tb_edit_act act);
/* What was done by hand to a draft (0: the latest). */
struct tb_app_edits {
    struct tb_region *region; /* of the draft's instance */
    int64_t draft;
    struct tb_edit *v;
    size_t n;
};
void tb_app_edits_free(struct tb_app_edits *x);
TB_MUST_USE enum tb_code tb_app_edits(const struct tb_app *app, int64_t draft, struct tb_app_edits *out,
                                      struct tb_err *e);
/* The same of a draft that is open, and where it is on its way. `edits->region` is the draft's own, shared.
 */
TB_MUST_USE enum tb_code tb_app_edits_of(const struct tb_app *app, const struct tb_app_draft *d,
                                         struct tb_app_edits *edits, enum tb_life *life, struct tb_err *e);
/* The draft that a question about a seat is put to: `draft`, or (0) the latest that decides the seat, of
 * those published when `published`, and then with its seats as they are in force today. `provider` NULL:
 * whoever sits there alone. A member is told of what is published, of a seat of his own, and without the
 * verdict. */
struct tb_seat_question {
    int64_t draft;
    bool published;
    const char *seat, *provider;
};
/* Then *slot and *who. TB_REFUSED: nobody like that sits there, or the seats of a draft told by id were
 * changed since; TB_NO: no such draft. */
TB_MUST_USE enum tb_code tb_app_seat_draft(const struct tb_app *app, const struct tb_seat_question *q,
                                           struct tb_app_draft *out, int *slot, int *who, struct tb_err *e);

/* ---- somebody drops out --------------------------------------------------------------------------- */

/* One who might take the seat, all else kept. */
struct tb_substitute {
    int provider;
    int reserve_slot;           /* the reserve seat he leaves for it (it stays open), -1: none */
    int contact;                /* his rank in the duty's order of calling, 0: not in it */
    int n_hard;                 /* hard rules newly broken */
    int64_t cost;               /* soft rules and ledgers: what it costs more than now */
    struct tb_verdict *verdict; /* of the roster with him */
};
struct tb_substitutes {
    struct tb_verdict *now;
    struct tb_substitute *v;
    int n;
};
/* Everybody of the pool but the one who drops out (`who` in `slot`), in the order in which to call: those who
 * break no hard rule first, then who is in reserve there, then the order of calling, then by cost. By check
 * alone: nothing is planned. */
TB_MUST_USE enum tb_code tb_app_replace(const struct tb_app *app, const struct tb_app_draft *d, int slot,
                                        int who, struct tb_substitutes *out, struct tb_err *e);
void tb_substitutes_free(struct tb_substitutes *s);

/* One row of an entity, as cells by field name (name, value pairs, NULL at the end): added, changed in these
 * columns, or taken out by its key. TB_USAGE: no such column. */
TB_MUST_USE enum tb_code tb_app_add_row(const struct tb_app *app, enum tb_entity_id entity,
                                        const char *const *pairs, struct tb_row_done *done, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_remove_row(const struct tb_app *app, enum tb_entity_id entity,
                                           const char *const *pairs, struct tb_row_done *done,
                                           struct tb_err *e);

/* Pin or prohibition of a provider in a seat. TB_REFUSED: the opposite is said of him there already, or this
 * pin and another break a hard rule together. */
struct tb_app_pinning {
    const char *seat, *provider, *reason;
    bool forbid, remove;
};
TB_MUST_USE enum tb_code tb_app_pin(const struct tb_app *app, const struct tb_app_pinning *x,
                                    struct tb_row_done *done, struct tb_err *e);
/* Signs an exception as of today, or takes it back. */
struct tb_app_signing {
    const char *rule, *seat, *provider, *reason, *signed_by;
    bool remove;
};
TB_MUST_USE enum tb_code tb_app_exception(const struct tb_app *app, const struct tb_app_signing *x,
                                          struct tb_row_done *done, struct tb_err *e);

#endif
