/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a plan that leaves nothing behind asks beside the tables: numbers of seats, pins, prohibitions.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/domain/said.h"

/* "WHAT=VALUE": WHAT is the caller's to free. */
static enum tb_code halves(const char *option, const char *text, char **what, const char **value,
                           struct tb_err *e)
{
    const char *eq = strrchr(text, '=');
    if (!eq || eq == text || !eq[1])
        return tb_fail(e, TB_USAGE,
                       tb_t("%s「%s」: = の左右が要ります（night-paed:2026-12-03:night=d-012 など）",
                            "%s \"%s\": something is missing at the \"=\" (write it as "
                            "night-paed:2026-12-03:night=d-012)"),
                       option, text);
    *what = tb_xstrdup(text);
    (*what)[eq - text] = '\0';
    *value = eq + 1;
    return TB_OK;
}

static enum tb_code one_count(const struct tb_region *r, const char *text, struct tb_seat_count *c,
                              struct tb_err *e)
{
    char *what;
    const char *value;
    int64_t need;
    enum tb_code code = halves("--seats", text, &what, &value, e);
    if (code) return code;
    char *part[4] = {what, NULL, NULL, NULL};
    int n = 1;
    for (char *at = what; *at; at++)
        if (*at == ':') {
            *at = '\0';
            if (n < 4) part[n] = at + 1;
            n++;
        }
    *c = (struct tb_seat_count){.date = TB_DAY_NONE, .class_ = -1};
    bool reserve = n == 4 && strcmp(part[3], "reserve") == 0;
    bool form = n >= 3 && n <= 4 && (n == 3 || reserve || strcmp(part[3], "primary") == 0) &&
                tb_parse_int(value, 0, 50, &need);
    if (!form) {
        code = tb_fail(
            e, TB_USAGE,
            tb_t(
                "--seats「%s」: 当番区分:日付か診療日区分:時間帯[:primary|reserve]=席数（0 から 50）の形です",
                "--seats \"%s\": write it as DUTY:DATE-or-CLASS:BAND[:primary|reserve]=N, N from 0 to 50"),
            text);
    } else {
        c->duty = tb_find_duty(r, part[0]);
        c->band = c->duty < 0 ? -1 : tb_find_band(r, c->duty, part[2]);
        c->role = reserve ? TB_RESERVE : TB_PRIMARY;
        c->need = (int)need;
        if (tb_said_date(part[1], TB_DAY_NONE, &c->date)) {
            c->date = TB_DAY_NONE;
            c->class_ = tb_find_class(r, part[1]);
        }
        const char *missing = c->duty < 0                               ? part[0]
                              : c->band < 0                             ? part[2]
                              : c->date == TB_DAY_NONE && c->class_ < 0 ? part[1]
                                                                        : NULL;
        if (missing)
            code = tb_fail(
                e, TB_USAGE,
                tb_t("--seats「%s」: %s はありません（当番区分、その時間帯、日付か診療日区分の順です）",
                     "--seats \"%s\": there is no %s (duty, date or day class, band of that duty)"),
                text, missing);
    }
    free(what);
    return code;
}

enum tb_code app_asked_seats(const struct tb_region *r, const struct tb_app_plan_request *rq,
                             struct tb_seat_count **out, size_t *n, struct tb_err *e)
{
    struct tb_seat_count *v = tb_xcalloc((size_t)rq->n_seats + 1, sizeof *v);
    enum tb_code c = TB_OK;
    for (int i = 0; i < rq->n_seats && c == TB_OK; i++) c = one_count(r, rq->seats[i], &v[i], e);
    *out = v;
    *n = (size_t)rq->n_seats;
    return c;
}

static enum tb_code one_pin(struct tb_problem *p, const char *text, bool forbid, struct tb_err *e)
{
    char *seat;
    const char *id;
    int slot, who;
    enum tb_code c = halves(forbid ? "--forbid" : "--pin", text, &seat, &id, e);
    if (c) return c;
    c = tb_app_seat(p, seat, &slot, e);
    if (c == TB_OK) c = tb_app_provider(p->region, id, &who, e);
    for (int i = 0; i < p->n_pins && c == TB_OK; i++)
        if (p->pins[i].slot == slot && p->pins[i].provider == who &&
            p->pins[i].action == (forbid ? TB_PIN_PIN : TB_PIN_FORBID))
            c = tb_fail(
                e, TB_REFUSED,
                forbid ? tb_t("%s は席「%s」に固定されています。固定と禁止は両立しません",
                              "%s is pinned in seat \"%s\"; pinned and forbidden cannot both be")
                       : tb_t("%s は席「%s」を禁止されています（または --without）。固定と禁止は両立しません",
                              "%s is forbidden in seat \"%s\" (or left out by --without); pinned and "
                              "forbidden cannot both be"),
                id, seat);
    if (c == TB_OK) tb_problem_pin(p, slot, who, forbid ? TB_PIN_FORBID : TB_PIN_PIN);
    free(seat);
    return c;
}

enum tb_code app_asked_pins(struct tb_problem *p, const struct tb_app_plan_request *rq, struct tb_err *e)
{
    enum tb_code c = TB_OK;
    for (int i = 0; i < rq->n_forbids && c == TB_OK; i++) c = one_pin(p, rq->forbids[i], true, e);
    for (int i = 0; i < rq->n_pins && c == TB_OK; i++) c = one_pin(p, rq->pins[i], false, e);
    return c;
}
