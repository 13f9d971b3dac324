/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * said: dates, hours, ages and telephone numbers as people write and say them, on the command line, in
 * spreadsheets and on pages alike. Full width, half width and decomposed kana are one (tb_nfkc).
 *
 * Each function returns NULL and fills *out, or one sentence in the language set that says what is wrong with
 * the text and what would be right; then *out is as it was. Never a guess: what can be two things is refused
 * with both.
 */
#ifndef TOBAN_DOMAIN_SAID_H
#define TOBAN_DOMAIN_SAID_H

#include "toban/base/base.h"

/* 2026-12-03, 2026/12/3, 2026.12.3, 2026年12月3日, 20261203, R8.12.3, 令和8年12月3日, 令和元年…, H31/4/30,
 * 今日, 明日, 明後日, 昨日; 12/3, 12月3日; with a weekday behind, (木) or 木曜日, which must be that day's;
 * with Excel's " 0:00" behind. Without a year it is the date nearest to `today`, `today` TB_DAY_NONE: words
 * and dates without a year are refused, the year is to be written. A bare number of five digits is refused as
 * Excel's count of days. */
const char *tb_said_date(const char *text, tb_day today, tb_day *out);

/* 19:30, 7:05, 19時, 19時半, 19時30分, 1930, 午後7時半, 夜7時, 正午, 7:30pm, 翌8:30, 翌日8時半, 32:30.
 * Minutes from the day's midnight, 0 to 47:59. "7時" is seven in the morning. */
const char *tb_said_time(const char *text, int *out);

/* An instant: a date and an hour as above with a blank, T or nothing between them (12/3 19:30, 明日19時); an
 * hour alone is today's; 今 or now is `now`. `now` TB_NEVER: only with a date that has its year. */
const char *tb_said_instant(const char *text, tb_minute now, tb_minute *out);

/* Whole years: 68, 2歳, ２才, 六十八歳, 8か月 (ヶ月, カ月, ケ月, 箇月: 0 or 1), 1歳半, 1歳6か月, 生後10日,
 * 3週. 0 to 149. "80代", 大人 and the like are refused: which age? */
const char *tb_said_age(const char *text, int *out);

/* A telephone number as digits with hyphens: 076-222-0099, (076)222-0099, 076 222 0099, ０７６－…, +81 76…,
 * 0120…, #7119, 119; 内線12 behind it stays. Without hyphens: mobile and 0120, 0570, 0800, 03, 06 and
 * Ishikawa's own area codes are grouped, others are left as digits. What Excel destroyed (a leading zero,
 * 7.6E+08, ="…") and words (なし) are refused with the reason. Appended to out. */
const char *tb_said_phone(const char *text, struct tb_buf *out);

#endif
