/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared inside the publish room: the words and times that calendars, sheets and tables have in common, so
 * that the same seat reads the same on each of them.
 */
#ifndef TOBAN_PUBLISH_INT_H
#define TOBAN_PUBLISH_INT_H

#include "toban/publish/publish.h"

/* ---- words (words.c) ------------------------------------------------------------------------- */

/* 当番, 待機 (on call at home), 予備: what a title begins with and the vocabulary of CATEGORIES. */
const char *tb_pub_role(const struct tb_duty *duty, int role);
/* Where the patient goes: the duty's fixed site, else the provider (-1: nobody) when it is a facility; -1:
 * nowhere (on call at home, nobody yet). */
int tb_pub_place(const struct tb_region *r, const struct tb_slot *s, int provider);
/* What the title of a cancelled event begins with. */
/* What stands where nobody sits. */
#define TB_PUB_OPEN "調整中"
#define TB_PUB_CANCELLED "【取消】"
/* Telephone that may be printed: the place's, never a person's own. "" when there is none. */
const char *tb_pub_phone(const struct tb_region *r, const struct tb_slot *s, int provider);
/* One title for all forms: 当番 急病センター小児科（準夜） 山田 花子. */
void tb_pub_title(const struct tb_region *r, const struct tb_slot *s, int provider, struct tb_buf *out);
/* Name of him who sits there; of a group with the doctor it has named: Ｂ大学小児科医局（山田 花子）. */
const char *tb_pub_name(const struct tb_board *b, int assignment, struct tb_arena *a);
/* 19:30～23:00, 17:00～翌8:30, 9:00～12:00・14:00～17:00. */
void tb_pub_hours(const struct tb_slot *s, struct tb_buf *out);
/* 受付 11:30・16:30まで; nothing is added and false is returned when the reception ends with the hours. */
bool tb_pub_reception(const struct tb_slot *s, struct tb_buf *out);
/* The board's edition: 第3版（a1b2c3d4）, 案 for a draft. */
void tb_pub_edition(const struct tb_board *b, struct tb_buf *out);
/* Name of the special days (年末年始, お盆 ...) the date belongs to, or NULL: of the classes that are a span
 * of the year of at most three weeks, the longest. */
const char *tb_pub_span(const struct tb_region *r, tb_day d);
/* counted from the duty date's 00:00, may pass 1440 */
int tb_pub_minute_of_day(const struct tb_slot *s, tb_minute m);
/* First slot of the board on or after the date: slots are in order of date. */
int tb_pub_slot_from(const struct tb_board *b, tb_day date);

/* May `back` be the hospital that takes over from `front`? And do they share a speciality? */
bool tb_pub_backs(const struct tb_region *r, const struct tb_slot *back, const struct tb_slot *front);
bool tb_pub_related(const struct tb_region *r, const struct tb_slot *a, const struct tb_slot *b);

/* ---- bytes of a calendar (lint.c) -------------------------------------------------------------- */

/* What no reader complains of and some client stumbles over, looked for in the finished bytes
 * (docs/reference/calendar.md). TB_INTERNAL names line and fault. *events counts BEGIN:VEVENT. */
TB_MUST_USE enum tb_code tb_pub_lint(const char *bytes, size_t len, int *events, struct tb_err *e);

#endif
