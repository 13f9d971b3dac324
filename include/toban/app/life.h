/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * life: the life of a roster: 案, 回覧中, 承認済, 公表, 旧版 or 取消.
 */
#ifndef TOBAN_APP_LIFE_H
#define TOBAN_APP_LIFE_H

#include "toban/app/app.h"
#include "toban/store/records.h"

/* `draft` goes round among the members until the day given, or is approved. Which moves there are is a table;
 * TB_REFUSED tells the state and what may be done. Approving before the day for objections has passed needs a
 * note that says why. Where a body approves its rosters (bodies.approves) the meeting's date is needed
 * (TB_USAGE); where it wants another hand (bodies.other_hand), who planned or changed the draft is refused.
 */
struct tb_approval {
    const char *word;   /* 理事会承認; NULL: the bodies' own words */
    tb_day date;        /* of the meeting or the decision; TB_DAY_NONE: not told */
    const char *number; /* 第8回; NULL: not told */
};
TB_MUST_USE enum tb_code tb_app_circulate(const struct tb_app *app, int64_t draft, tb_day until,
                                          const char *note, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_approve(const struct tb_app *app, int64_t draft,
                                        const struct tb_approval *how, const char *note, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_lives(const struct tb_app *app, struct tb_life_state **out, size_t *n,
                                      struct tb_err *e);
const char *tb_life_word(enum tb_life state); /* in the language set */

#endif
