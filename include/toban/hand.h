/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hand: what the office changes by hand in a draft, and what it signs for. A draft is never changed: each step
 * makes a new one from it, judged at once. Pins, prohibitions and exceptions (特例) are rows of the region.
 */
#ifndef TOBAN_HAND_H
#define TOBAN_HAND_H

#include "toban/app.h"
#include "toban/exception.h"

/* A seat as people write it: DUTY:DATE:BAND or DUTY:DATE:BAND:ROLE (primary when not told). TB_USAGE: not of this form, or an unknown
 * word; TB_REFUSED: no such planned seat in the problem. */
TB_MUST_USE enum tb_code tb_app_seat(const struct tb_problem *p, const char *text, int *slot, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_provider(const struct tb_region *r, const char *id, int *out, struct tb_err *e);

struct tb_app_hand {
    const char *seat, *provider;
    const char *instead_of;      /* who leaves the seat; NULL: nobody */
    bool leave;                  /* unassign: `provider` leaves (NULL: the only one there) */
};
struct tb_app_handmade {
    struct tb_app_draft draft;   /* the new one */
    int64_t base;                /* number of the old one */
    struct tb_verdict *before;   /* of the old one */
};
void tb_app_handmade_free(struct tb_app_handmade *m);
/* A new draft with status "manual". TB_REFUSED: the date is past, the seat is taken, he sits there already, nobody like that sits there, or the draft's
 * seats were published and changed since. Broken rules are no refusal: they are in draft.verdict. */
TB_MUST_USE enum tb_code tb_app_assign(const struct tb_app *app, int64_t draft, const struct tb_app_hand *hand, struct tb_app_handmade *out, struct tb_err *e);
/* Does the verdict have this violation as well? */
bool tb_violation_in(const struct tb_violation *x, const struct tb_verdict *v);

/* One row of an entity, as cells by field name (name, value pairs, NULL at the end): added, replaced or taken out by its key. */
TB_MUST_USE enum tb_code tb_app_add_row(const struct tb_app *app, enum tb_entity_id entity, const char *const *pairs, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_remove_row(const struct tb_app *app, enum tb_entity_id entity, const char *const *pairs, struct tb_err *e);

/* Pin or prohibition of a provider in a seat. TB_REFUSED: the opposite is said of him there already. */
TB_MUST_USE enum tb_code tb_app_pin(const struct tb_app *app, const char *seat, const char *provider, bool forbid, bool remove, const char *reason, struct tb_err *e);
/* Signs an exception as of today, or takes it back. */
TB_MUST_USE enum tb_code tb_app_exception(const struct tb_app *app, const char *rule, const char *seat, const char *provider, const char *reason, const char *signed_by, bool remove, struct tb_err *e);

#endif
