/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * calendar: the days of a period with their classes and seats, and how far the surveys of wishes are
 * answered.
 */
#ifndef TOBAN_APP_CALENDAR_H
#define TOBAN_APP_CALENDAR_H

#include "toban/app/app.h"

struct tb_app_calendar {
    struct tb_region *region;
    tb_day from, to;
    struct tb_slot *slots; /* of the duties asked for, in canonical order */
    int n_slots;
    struct tb_arena arena;
};
/* `duties`: ids; none: all. TB_USAGE: the period or a duty is not known. */
TB_MUST_USE enum tb_code tb_app_calendar(const struct tb_app *app, const char *period,
                                         const char *const *duties, int n_duties, struct tb_app_calendar *out,
                                         struct tb_err *e);
void tb_app_calendar_free(struct tb_app_calendar *x);

/* One survey: wishes that came in, members who were asked, those of them who have not answered (providers, in
 * the region's order). */
struct tb_app_survey {
    int survey, wishes, asked;
    int *silent, n_silent;
};
struct tb_app_surveys {
    struct tb_region *region;
    struct tb_app_survey *v; /* all surveys, in the region's order */
    int n;
    struct tb_arena arena;
};
TB_MUST_USE enum tb_code tb_app_surveys(const struct tb_app *app, struct tb_app_surveys *out,
                                        struct tb_err *e);
void tb_app_surveys_free(struct tb_app_surveys *x);

#endif
