/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Look-ups in a region: ids, areas, day classes, periods.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/dated.h"
#include "toban/domain/said.h"

#define FIND(fn, rows, count) \
    int fn(const struct tb_region *r, const char *id) \
    { \
        int lo = 0, hi = r->count; \
        while (lo < hi) { \
            int mid = (lo + hi) / 2, c = strcmp(r->rows[mid].id, id); \
            if (c == 0) return mid; \
            if (c < 0) \
                lo = mid + 1; \
            else \
                hi = mid; \
        } \
        return -1; \
    }
FIND(tb_find_provider, providers, n_providers)
FIND(tb_find_duty, duties, n_duties)
FIND(tb_find_area, areas, n_areas)
FIND(tb_find_class, classes, n_classes)
FIND(tb_find_ledger, ledgers, n_ledgers)

enum tb_code tb_duty_named(const struct tb_region *r, const char *id, int *duty, struct tb_err *e)
{
    *duty = tb_find_duty(r, id);
    if (*duty >= 0) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("当番区分「%s」はありません", "there is no duty \"%s\""), id);
}

int tb_find_band(const struct tb_region *r, int duty, const char *id)
{
    for (int i = 0; i < r->n_bands; i++)
        if (r->bands[i].duty == duty && strcmp(r->bands[i].id, id) == 0) return i;
    return -1;
}

/* ---- geography ------------------------------------------------------------------------------ */

int tb_area_at_level(const struct tb_region *r, int area, int level)
{
    for (int a = area; a >= 0; a = r->areas[a].parent)
        if (r->areas[a].level == level) return a;
    return -1;
}

bool tb_area_within(const struct tb_region *r, int area, int ancestor)
{
    for (int a = area; a >= 0; a = r->areas[a].parent)
        if (a == ancestor) return true;
    return false;
}

/* ---- calendar ------------------------------------------------------------------------------- */

const char *tb_region_holiday(const struct tb_region *r, tb_day d)
{
    return tb_holiday(r->official.n ? &r->official : NULL, d);
}

bool tb_class_order(const struct tb_region *r, int *order, int *bad)
{
    int done = 0;
    uint64_t ready = 0;
    for (bool moved = true; moved && done < r->n_classes;) {
        moved = false;
        for (int i = 0; i < r->n_classes; i++) {
            if (ready >> i & 1) continue;
            const struct tb_class *c = &r->classes[i];
            const struct tb_ids *lists[3] = {&c->any_of, &c->all_of, &c->none_of};
            bool ok = true;
            for (int k = 0; k < 3; k++)
                for (int j = 0; j < lists[k]->n; j++) ok = ok && (ready >> lists[k]->v[j] & 1);
            if (!ok) continue;
            order[done++] = i;
            ready |= UINT64_C(1) << i;
            moved = true;
        }
    }
    for (int i = 0; i < r->n_classes && done < r->n_classes; i++)
        if (!(ready >> i & 1)) {
            *bad = i;
            return false;
        }
    return true;
}

static bool in_span(int monthday, int from, int to)
{
    return from <= to ? monthday >= from && monthday <= to : monthday >= from || monthday <= to;
}

/* A day, taken apart once for all classes. */
struct day {
    tb_day d;
    int weekday, monthday;
};

static bool class_contains(const struct tb_region *r, const struct tb_class *c, const struct day *day,
                           uint64_t have)
{
    bool positive = c->weekdays || c->holiday || c->from || c->any_of.n;
    bool in = !positive || (c->weekdays >> day->weekday & 1) ||
              (c->holiday && tb_region_holiday(r, day->d)) ||
              (c->from && in_span(day->monthday, c->from, c->to));
    for (int i = 0; i < c->any_of.n && !in; i++) in = have >> c->any_of.v[i] & 1;
    for (int i = 0; i < c->all_of.n && in; i++) in = have >> c->all_of.v[i] & 1;
    for (int i = 0; i < c->none_of.n && in; i++) in = !(have >> c->none_of.v[i] & 1);
    return in;
}

/* What overrides say of the day, class by class: the last row counts. One of the duty itself comes after, and
 * beats, one for all duties. */
struct said {
    uint64_t added, dropped;
};

static struct said overrides_of(const struct tb_region *r, int duty, tb_day d)
{
    struct said said = {0};
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < r->n_overrides && r->overrides[k].date <= d; k++) { /* they stand by date */
            const struct tb_override *o = &r->overrides[k];
            if (o->date != d || !(pass == 0 ? o->duty < 0 : duty >= 0 && o->duty == duty)) continue;
            const uint64_t bit = UINT64_C(1) << o->class, add = o->action == TB_OVERRIDE_ADD ? bit : 0;
            said.added = (said.added & ~bit) | add;
            said.dropped = (said.dropped & ~bit) | (bit & ~add);
        }
    return said;
}

uint64_t tb_day_classes(const struct tb_region *r, int duty, tb_day d)
{
    const struct tb_class *classes = tb_region_on(r, d)->classes;
    const struct tb_ymd ymd = tb_ymd_of(d);
    const struct day day = {d, tb_weekday(d), ymd.month * 100 + ymd.day};
    const struct said said = overrides_of(r, duty, d);
    int order[TB_CLASS_MAX], bad;
    TB_ASSERT(tb_class_order(tb_region_on(r, d), order, &bad));
    uint64_t have = 0;
    for (int i = 0; i < r->n_classes; i++) {
        const uint64_t bit = UINT64_C(1) << order[i];
        if ((said.added & bit) ||
            (!(said.dropped & bit) && class_contains(r, &classes[order[i]], &day, have)))
            have |= bit;
    }
    return have;
}

/* ---- periods -------------------------------------------------------------------------------- */

/* Digits of `s` up to `stop` as a number in [min, max]; -1 when they are not. */
static int number_until(const char *s, char stop, int min, int max, const char **rest)
{
    size_t n = strspn(s, "0123456789");
    if (n < 1 || n > 4 || s[n] != stop) return -1;
    int v = 0;
    for (size_t i = 0; i < n; i++) v = v * 10 + (s[i] - '0');
    *rest = s + n + (stop ? 1 : 0);
    return v >= min && v <= max ? v : -1;
}

static bool parse_month(const char *text, tb_day *from, tb_day *to)
{
    const char *p = text;
    bool reiwa = *p == 'R' || *p == 'r';
    int year = number_until(p + reiwa, '-', reiwa ? 1 : 1900, reiwa ? 99 : 2199, &p);
    int month = year < 0 ? -1 : number_until(p, '\0', 1, 12, &p);
    if (month < 0 || strlen(text) > 7) return false;
    if (reiwa) year += 2018;
    *from = tb_day_of(year, month, 1);
    *to = tb_month_last(tb_day_of(year, month, 1));
    return true;
}

static bool parse_fiscal(const char *text, tb_day *from, tb_day *to, const char **kind)
{
    if (strncmp(text, "FY", 2) != 0) return false;
    const char *p = strchr(text, '-');
    const char *rest;
    int year = number_until(text + 2, p ? '-' : '\0', 1900, 2199, &rest);
    if (year < 0) return false;
    *from = tb_day_of(year, 4, 1);
    *to = tb_day_of(year + 1, 3, 31);
    *kind = "year";
    if (!p) return true;
    *kind = "half";
    if (strcmp(rest, "H1") == 0) {
        *to = tb_day_of(year, 9, 30);
        return true;
    }
    *from = tb_day_of(year, 10, 1);
    return strcmp(rest, "H2") == 0;
}

/* A day, or the first or last one of a month. */
static bool parse_side(const char *text, bool last, tb_day *day)
{
    tb_day from, to;
    if (!tb_said_date(text, TB_DAY_NONE, day)) return true;
    if (!parse_month(text, &from, &to)) return false;
    *day = last ? to : from;
    return true;
}

enum tb_code tb_period_parse(const struct tb_region *r, const char *text, tb_day *from, tb_day *to,
                             char kind[65], struct tb_err *e)
{
    const char *k = "days";
    const char *dots = strstr(text, "..");
    char first[64];
    bool ok = false;
    for (int i = 0; i < r->n_periods && !ok; i++)
        if (strcmp(r->periods[i].id, text) == 0 || strcmp(r->periods[i].name, text) == 0) {
            *from = r->periods[i].from;
            *to = r->periods[i].to;
            k = r->periods[i].id;
            ok = true;
        }
    if (!ok && dots && (size_t)(dots - text) < sizeof first) {
        snprintf(first, sizeof first, "%.*s", (int)(dots - text), text);
        ok = parse_side(first, false, from) && parse_side(dots + 2, true, to);
        if (ok && *to < *from)
            return tb_fail(
                e, TB_USAGE,
                tb_t("期間「%s」: 末日が初日より前です", "period \"%s\": the last day is before the first"),
                text);
        /* The days of a named period are that period. */
        for (int i = 0; i < r->n_periods && ok; i++)
            if (r->periods[i].from == *from && r->periods[i].to == *to) k = r->periods[i].id;
    }
    if (!ok && parse_month(text, from, to)) {
        k = "month";
        ok = true;
    }
    if (!ok) ok = parse_fiscal(text, from, to, &k);
    if (!ok && tb_said_date(text, TB_DAY_NONE, from) == NULL) {
        *to = *from;
        ok = true;
    }
    if (!ok)
        return tb_fail(
            e, TB_USAGE,
            tb_t("期間「%s」は読めません。2026-12、R8-12、2026-12-03（一日）、2026-12-29..2027-01-03、"
                 "2026-12..2027-03、FY2026、FY2026-H1、または期間の名（例 %s）です",
                 "period \"%s\" is not one: write 2026-12, R8-12, 2026-12-03 (one day), "
                 "2026-12-29..2027-01-03, "
                 "2026-12..2027-03, FY2026, FY2026-H1, or the name of a period (such as %s)"),
            text, r->n_periods ? r->periods[0].name : tb_t("なし", "none defined"));
    if (*to - *from > 400)
        return tb_fail(e, TB_USAGE,
                       tb_t("期間「%s」は400日を超えます", "period \"%s\" is longer than 400 days"), text);
    if (kind) snprintf(kind, 65, "%s", k);
    return TB_OK;
}
