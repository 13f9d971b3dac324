/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/calendar: the days of a period, and how far the surveys are answered.
 */
#ifndef TOBAN_TELL_CALENDAR_H
#define TOBAN_TELL_CALENDAR_H

#include "toban/app/calendar.h"
#include "toban/tell/tell.h"

void tb_tell_calendar_json(const struct tb_app_calendar *x, tb_printer *p);
void tb_tell_calendar_text(const struct tb_app_calendar *x, struct tb_buf *out);

/* JSON names those who have not answered; the text counts them. */
void tb_tell_surveys_json(const struct tb_app_surveys *x, tb_printer *p);
void tb_tell_surveys_text(const struct tb_app_surveys *x, struct tb_buf *out);

#endif
