/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Seats, duties and providers as people name them, and what is said of a name that there is not.
 */
#include <stdio.h>
#include <string.h>

#include "app_int.h"
#include "toban/domain/said.h"
#include "toban/app/hand.h"

#define SEAT_FORM \
    tb_t("席「%s」: 当番区分:日付:時間帯[:primary|reserve] の形です（night-paed:2026-12-03:night など）", \
         "seat \"%s\": write it as DUTY:DATE:BAND[:primary|reserve], such as night-paed:2026-12-03:night")

enum tb_code app_seat_words(const char *text, struct app_seat_words *w, struct tb_err *e)
{
    *w = (struct app_seat_words){.part = {w->text}};
    int n = 1;
    if (snprintf(w->text, sizeof w->text, "%s", text) >= (int)sizeof w->text)
        return tb_fail(e, TB_USAGE, SEAT_FORM, "...");
    for (char *c = w->text; *c; c++)
        if (*c == ':') {
            *c = '\0';
            if (n == 4) return tb_fail(e, TB_USAGE, SEAT_FORM, text);
            w->part[n++] = c + 1;
        }
    bool reserve = n == 4 && strcmp(w->part[3], "reserve") == 0;
    if (n < 3 || tb_said_date(w->part[1], TB_DAY_NONE, &w->date) ||
        (n == 4 && !reserve && strcmp(w->part[3], "primary") != 0))
        return tb_fail(e, TB_USAGE, SEAT_FORM, text);
    w->role = reserve ? TB_RESERVE : TB_PRIMARY;
    return TB_OK;
}

enum tb_code app_seat_row(const struct tb_region *r, const char *text, struct tb_seat_row *out,
                          struct tb_err *e)
{
    struct app_seat_words w;
    enum tb_code c = app_seat_words(text, &w, e);
    if (c) return c;
    int duty = tb_find_duty(r, w.part[0]);
    if (duty < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("席「%s」: 当番区分 %s はありません", "seat \"%s\": there is no duty %s"), text,
                       w.part[0]);
    int band = tb_find_band(r, duty, w.part[2]);
    if (band < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("席「%s」: 時間帯 %s はありません", "seat \"%s\": there is no band %s"), text,
                       w.part[2]);
    *out = (struct tb_seat_row){.duty = duty, .date = w.date, .band = band, .role = w.role, .provider = -1};
    return TB_OK;
}

enum tb_code tb_app_seat(const struct tb_problem *p, const char *text, int *slot, struct tb_err *e)
{
    struct tb_seat_row s;
    enum tb_code c = app_seat_row(p->region, text, &s, e);
    if (c) return c;
    *slot = tb_slot_find(p, s.duty, s.date, s.band, s.role);
    char a[64], b[64];
    if (*slot < 0 || !p->slots[*slot].planned)
        return tb_fail(e, TB_REFUSED,
                       tb_t("席「%s」はこの案（%s から %s）で決める席ではありません",
                            "seat \"%s\" is not one that this draft (%s to %s) decides"),
                       text, tb_format_date(p->from, a, sizeof a), tb_format_date(p->to, b, sizeof b));
    return TB_OK;
}

enum tb_code tb_app_provider(const struct tb_region *r, const char *id, int *out, struct tb_err *e)
{
    *out = tb_find_provider(r, id);
    if (*out >= 0) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("当番医・医療機関「%s」はありません", "there is no provider \"%s\""),
                   id);
}

enum tb_code app_duty(const struct tb_region *r, const char *id, int *out, struct tb_err *e)
{
    *out = tb_find_duty(r, id);
    if (*out >= 0) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("当番区分「%s」はありません", "there is no duty \"%s\""), id);
}
