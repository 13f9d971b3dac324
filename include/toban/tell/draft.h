/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/draft: a draft as it was planned, as it was judged, and what it costs. For the office: the calls of a
 * re-plan name staff numbers.
 */
#ifndef TOBAN_TELL_DRAFT_H
#define TOBAN_TELL_DRAFT_H

#include "toban/app/app.h"
#include "toban/app/whatif.h"
#include "toban/tell/tell.h"

/* Just planned, with its `result`. `beside` NULL: it was no what-if. */
struct tb_tell_plan {
    const struct tb_app_draft *draft;
    const struct tb_what_if *beside;
};
void tb_tell_plan_json(const struct tb_tell_plan *x, tb_printer *p);
void tb_tell_plan_text(const struct tb_tell_plan *x, struct tb_buf *out);

/* Beside a plan that was not stored: `beside` is needed. In JSON one member, "compared_with", and none when
 * there is no draft to compare with. */
void tb_tell_what_if_json(const struct tb_tell_plan *x, tb_printer *p);
void tb_tell_what_if_text(const struct tb_tell_plan *x, struct tb_buf *out);

/* Judged: a stored draft again, or (`by_file`) a roster that was made by hand and is stored nowhere. */
struct tb_tell_check {
    const struct tb_app_draft *draft;
    bool by_file;
    const struct tb_conflicts *today; /* of a published one: its seats that do not hold by today's tables */
};
/* Objective and bound, found anew, are those that were stored (nothing was, of a file: true). */
bool tb_tell_check_agrees(const struct tb_tell_check *x);
void tb_tell_check_json(const struct tb_tell_check *x, tb_printer *p);
void tb_tell_check_text(const struct tb_tell_check *x, struct tb_buf *out);

/* The parts of the objective. `score`: what the second way of counting found. */
struct tb_tell_score {
    const struct tb_app_draft *draft;
    int64_t score;
};
void tb_tell_score_json(const struct tb_tell_score *x, tb_printer *p);
void tb_tell_score_text(const struct tb_tell_score *x, struct tb_buf *out);

#endif
