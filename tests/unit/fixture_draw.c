/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small random regions with something of everything: the same dice, the same region, whatever the compiler.
 * So no call takes two throws among its arguments: their order is not defined.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

/* ---- numbers -------------------------------------------------------------------------------- */

uint64_t fx_next(struct fx_dice *d)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return d->state;
}

int fx_roll(struct fx_dice *d, int from, int to)
{
    return from + (int)(fx_next(d) % (uint64_t)(to - from + 1));
}
static bool chance(struct fx_dice *d, int percent) { return fx_roll(d, 1, 100) <= percent; }
#define PICK(d, table) ((table)[fx_roll(d, 0, (int)TB_COUNT(table) - 1)])

/* ---- instances ------------------------------------------------------------------------------ */

struct draw {
    struct fx_dice d;
    struct fx *f;
    int doctors, clinics, hospitals;
    char from[16], to[16];
    tb_day first, last;
    bool has[5]; /* duties that are planned */
    bool wide;   /* more people, more days, help from outside */
    bool member[16][5];
};

enum { NIGHT, LATE, DAY, ROT, TWO };
static const char *const duty_ids[] = {"night", "late", "day", "rot", "two"};
static const char *const duty_bands[] = {"eve", "deep", "noon", "watch", "mid"};
static const char *const duty_kinds[] = {"doctor", "doctor", "clinic", "hospital", "doctor"};
static const char *const classes[] = {"all", "weekday", "sat", "sun", "holiday", "newyear"};
static const char *const roles[] = {"both", "primary", "reserve"};

static const char *date_in(struct draw *w, tb_day from, tb_day to, char buf[64])
{
    return tb_format_date(from + fx_roll(&w->d, 0, to - from), buf, 64);
}

static int crowd(const struct draw *w) { return w->doctors + w->clinics + w->hospitals; }

static void name_of(const struct draw *w, int i, char out[16])
{
    char kind = i < w->doctors ? 'p' : i < w->doctors + w->clinics ? 'c' : 'h';
    snprintf(out, 16, "%c%d", kind, i);
}

static const char *kind_of(const struct draw *w, int i)
{
    return i < w->doctors ? "doctor" : i < w->doctors + w->clinics ? "clinic" : "hospital";
}

/* Adds the row unless one with the same key stands there. */
static void add_once(struct fx *f, const char *entity, const char *key, const char *rest)
{
    struct tb_buf row = {0};
    tb_buf_addf(&row, "%s: %s|", entity, key);
    if (!strstr(tb_buf_str(&f->log), tb_buf_str(&row))) fx_rowf(f, entity, "%s|%s", key, rest);
    tb_buf_free(&row);
}

static void draw_period(struct draw *w)
{
    /* Plain days, a month's end, the year's end, the fiscal year's end, a holiday in the middle. */
    static const char *const starts[] = {"2026-12-02", "2026-12-09", "2026-11-28",
                                         "2026-12-28", "2027-03-29", "2026-11-20"};
    w->first = fx_day(PICK(&w->d, starts)) + fx_roll(&w->d, 0, 2);
    w->last = w->first + (w->wide ? fx_roll(&w->d, 5, 24) : fx_roll(&w->d, 1, 4));
    tb_format_date(w->first, w->from, sizeof w->from);
    tb_format_date(w->last, w->to, sizeof w->to);
}

static void draw_duties(struct draw *w)
{
    struct fx *f = w->f;
    fx_row(f, "providers", "id=centre|kind=hospital|area=d3");
    do {
        for (int i = 0; i < 5; i++) w->has[i] = chance(&w->d, 50);
    } while (w->has[NIGHT] + w->has[LATE] + w->has[DAY] + w->has[ROT] + w->has[TWO] < 2);
    for (int i = 0; i < 5; i++) {
        /* All exist, so that another body's published seats may bind; only some are planned. */
        fx_rowf(f, "duties", "id=%s|kind=%s|specialities=internal;children|tier=1|body=body|period=month%s",
                duty_ids[i], duty_kinds[i], i == NIGHT ? "|site=centre" : "");
    }
    const char *when = chance(&w->d, 50) ? "all" : "weekday";
    fx_band(f, "night", "eve", when, "19:30", "23:00", 1, chance(&w->d, 40));
    fx_band(f, "late", "deep", chance(&w->d, 60) ? "all" : "holiday", "23:00", "32:00", 1, 0);
    fx_row(f, "bands", "duty=day|id=noon|name=noon|when=holiday|from=09:00|to=12:00|from2=13:00|to2=17:00");
    fx_rowf(f, "seats", "duty=day|band=noon|role=primary|rank=0|when=all|count=%d", fx_roll(&w->d, 1, 2));
    fx_band(f, "rot", "watch", "all", "18:00", "32:30", 1, 0);
    fx_band(f, "two", "mid", chance(&w->d, 50) ? "sat" : "sun", "08:00", "16:00", 2, 0);
}

static void draw_providers(struct draw *w)
{
    static const char *const wards[] = {"d1", "d2", "d3"}, *const skills[] = {"internal", "children",
                                                                              "internal;children", ""};
    /* somebody turns 65 in each of the periods, or just before; somebody is not known */
    static const char *const births[] = {"",           "",           "1961-12-04", "1961-12-11", "1961-11-29",
                                         "1961-12-31", "1962-03-31", "1960-02-29", "1975-07-01"};
    static const char *const levels[] = {"none", "none", "A", "B", "C-1"},
                             *const weights[] = {"1", "1", "0.5", "1.5", "2"},
                             *const dispensing[] = {"none", "inside", "outside", "outside"},
                             *const helps[] = {"given", "owed"};
    struct fx *f = w->f;
    char a[16], b[16], day[64];
    bool any_doctor = w->has[NIGHT] || w->has[LATE] || w->has[TWO];
    w->doctors = any_doctor ? fx_roll(&w->d, 2, 4) : 1;
    w->clinics = w->has[DAY] ? fx_roll(&w->d, 1, 2) : chance(&w->d, 30);
    w->hospitals = w->has[ROT] ? fx_roll(&w->d, 1, 2) : chance(&w->d, 20);
    while (crowd(w) < 3) w->doctors++;
    if (w->wide) w->doctors += any_doctor ? fx_roll(&w->d, 0, 6) : 0;
    if (w->wide) w->clinics += w->has[DAY] ? fx_roll(&w->d, 0, 2) : 0;
    fx_row(f, "shares", "duty=night|id=east|name=east|weight=2");
    fx_row(f, "shares", "duty=night|id=west|name=west|weight=1");
    for (int i = 0; i < crowd(w); i++) {
        name_of(w, i, a);
        const char *ward = PICK(&w->d, wards), *skill = PICK(&w->d, skills), *level = PICK(&w->d, levels);
        const char *where = PICK(&w->d, dispensing), *born = PICK(&w->d, births);
        fx_rowf(f, "providers", "id=%s|kind=%s|area=%s|specialities=%s|labour=%s|dispensing=%s|born=%s", a,
                kind_of(w, i), ward, skill, level, where, born);
        for (int u = 0; u < 5; u++) {
            if (strcmp(duty_kinds[u], kind_of(w, i)) != 0 || !chance(&w->d, 85)) continue;
            w->member[i][u] = true;
            const char *share = u == NIGHT ? (chance(&w->d, 50) ? "east" : "west") : "";
            const char *since = chance(&w->d, 8) ? date_in(w, w->first, w->last, day) : "";
            const char *weight = PICK(&w->d, weights),
                       *help = w->wide && chance(&w->d, 12) ? PICK(&w->d, helps) : "no";
            fx_rowf(f, "members", "duty=%s|provider=%s|weight=%s|share=%s|since=%s|help=%s", duty_ids[u], a,
                    weight, share, since, help);
        }
        if (chance(&w->d, 15)) {
            static const char *const standing[] = {"", "", "", "wed", "sat;sun", "mon;thu"};
            tb_day from = w->first + fx_roll(&w->d, -1, 5), to = from + fx_roll(&w->d, 0, 1);
            char end[64];
            const char *on = PICK(&w->d, standing);
            if (*on) to += 7;
            fx_rowf(f, "exemptions", "provider=%s|from=%s|to=%s|weekdays=%s|reason=leave|accrues=%s", a,
                    tb_format_date(from, day, sizeof day), tb_format_date(to, end, sizeof end), on,
                    chance(&w->d, 50) ? "yes" : "no");
        }
        int opens = fx_roll(&w->d, 7, 12), closes = fx_roll(&w->d, 13, 19);
        if (chance(&w->d, 30))
            fx_rowf(f, "hours", "provider=%s|weekdays=mon;tue;wed;sat|from=%02d:00|to=%d:30", a, opens,
                    closes);
        if (chance(&w->d, 20)) {
            int hour = fx_roll(&w->d, 0, 20);
            tb_day on = w->first + fx_roll(&w->d, -1, 5);
            char end[64];
            tb_format_date(on, day, sizeof day);
            int until = hour + fx_roll(&w->d, 0, 3);
            bool night = chance(&w->d, 25);
            tb_format_date(on + night, end, sizeof end);
            fx_rowf(f, "external", "provider=%s|from=%sT%02d:00|to=%sT%02d:30|what=x|permit=%s", a, day, hour,
                    end, night ? until % 12 : until, chance(&w->d, 20) ? "yes" : "no");
        }
    }
    static const char *const types[] = {"employed-by", "deputises-for", "paired-with", "next-to"},
                             *const overridden[] = {"day", "night", "rot", "two", ""};
    for (int i = 0; i < w->clinics; i++)
        if (chance(&w->d, 70)) {
            int next = fx_roll(&w->d, 0, w->doctors - 1);
            int owner = i < w->doctors && chance(&w->d, 50) ? i : 0;
            /* it begins, or ends, or changes hands, now and then within the period */
            tb_day on = w->first + fx_roll(&w->d, -2, 5), off = on + fx_roll(&w->d, 0, 3);
            bool begins = chance(&w->d, 35), ends = chance(&w->d, 35);
            char end[64];
            tb_format_date(on, day, sizeof day);
            tb_format_date(begins ? off + 1 : off, end, sizeof end);
            name_of(w, w->doctors + i, b);
            name_of(w, owner, a);
            fx_rowf(f, "links", "from=%s|type=owns|to=%s|since=%s|until=%s", a, b, begins ? day : "",
                    ends ? end : "");
            name_of(w, next, a);
            if (ends && next != owner && chance(&w->d, 60))
                fx_rowf(f, "links", "from=%s|type=owns|to=%s|since=%s", a, b, end);
        }
    for (int i = fx_roll(&w->d, 0, 4); i > 0; i--) {
        int x = fx_roll(&w->d, 0, crowd(w) - 1), y = fx_roll(&w->d, 0, crowd(w) - 1);
        if (x == y) continue; /* employment goes one way, lest it run in a circle */
        name_of(w, x, a);
        name_of(w, y, b);
        char key[128];
        snprintf(key, sizeof key, "from=%s|type=%s|to=%s", a, types[i - 1], b);
        if (x < y || i > 1) add_once(f, "links", key, chance(&w->d, 20) ? "since=2026-12-03" : "since=");
    }
    const char *on = date_in(w, w->first, w->last, day), *into = PICK(&w->d, classes),
               *whose = PICK(&w->d, overridden);
    if (chance(&w->d, 50)) fx_rowf(f, "overrides", "date=%s|class=%s|duty=%s|action=add", on, into, whose);
}

static void draw_books(struct draw *w)
{
    static const char *const amounts[] = {"0.33", "-0.5", "1.005", "-1.27", "2.71", "0.999999", "-2"};
    struct fx *f = w->f;
    int n = fx_roll(&w->d, 1, 3), first_scope = 0;
    char a[16];
    for (int i = 0; i < n; i++) {
        int scope = fx_roll(&w->d, 0, 3);
        if (i == 0) first_scope = scope;
        const char *class_ = i == 0 ? "all" : PICK(&w->d, classes);
        int price = fx_roll(&w->d, 0, 4), beyond = chance(&w->d, 40) ? fx_roll(&w->d, 1, 60) : 0;
        if (scope == 3)
            fx_rowf(f, "ledgers", "id=l%d|name=l|scope=share|duties=night|class=%s|price=%d|beyond=%d", i,
                    class_, price, beyond);
        else
            fx_rowf(f, "ledgers",
                    "id=l%d|name=l|scope=%s|duties=night;late;day;two;rot|role=%s|class=%s|price=%d|beyond=%"
                    "d|within=%s",
                    i, scope == 2 ? "person" : "provider", chance(&w->d, 15) ? "reserve" : "primary", class_,
                    price, beyond, i > 0 && scope == first_scope ? "l0" : "");
        for (int k = 0; k < crowd(w); k++) {
            name_of(w, k, a);
            char text[64];
            if (scope == 3)
                snprintf(text, sizeof text, "l%d %s %s", i, k % 2 ? "west" : "east", PICK(&w->d, amounts));
            else
                snprintf(text, sizeof text, "l%d %s %s", i, a, PICK(&w->d, amounts));
            if (chance(&w->d, 40)) fx_carried(f, text);
        }
    }
}

static void draw_wishes(struct draw *w)
{
    static const char *const types[] = {"cannot", "only", "rather-not", "like", "count", "cannot", "like"};
    struct fx *f = w->f;
    char a[16], x[64], y[64];
    fx_rowf(f, "surveys", "id=s1|from=%s|to=%s|duties=night;late;two|days=%s",
            tb_format_date(w->first - 2, x, sizeof x), tb_format_date(w->last + 1, y, sizeof y),
            chance(&w->d, 50) ? "clock" : "");
    fx_rowf(f, "surveys", "id=s2|from=%s|to=%s|duties=night;late;day;rot;two|days=%s", w->from,
            tb_format_date(w->last + 3, y, sizeof y), chance(&w->d, 50) ? "clock" : "duty");
    for (int i = 0; i < crowd(w); i++)
        for (int k = 0; k < 3; k++) {
            const bool *in = w->member[i];
            if (!chance(&w->d, 40) || !(in[NIGHT] || in[LATE] || in[DAY] || in[ROT] || in[TWO])) continue;
            name_of(w, i, a);
            const char *type = PICK(&w->d, types), *must = chance(&w->d, 40) ? "yes" : "no";
            int survey = i < w->doctors && chance(&w->d, 50) ? 1 : 2;
            tb_day from = w->first + fx_roll(&w->d, 0, w->last - w->first + 1),
                   to = from + (from < w->last && chance(&w->d, 40));
            const char *duty = "", *band = "";
            if (in[NIGHT] && chance(&w->d, 20)) {
                duty = "night";
                band = chance(&w->d, 50) ? "eve" : "";
            }
            bool dated = strcmp(type, "count") != 0;
            char key[256], rest[64];
            snprintf(key, sizeof key, "survey=s%d|provider=%s|type=%s|from=%s|to=%s|duty=%s|band=%s", survey,
                     a, type, dated ? tb_format_date(from, x, sizeof x) : "",
                     dated ? tb_format_date(to, y, sizeof y) : "", duty, band);
            bool hour = (strcmp(type, "cannot") == 0 || strcmp(type, "rather-not") == 0) && chance(&w->d, 30);
            int count = fx_roll(&w->d, 0, 2), ends = fx_roll(&w->d, 1, 32);
            char at[16] = "";
            if (hour) snprintf(at, sizeof at, "%02d:30", ends);
            snprintf(rest, sizeof rest, "count=%d|must=%s|ends=%s", count, must, at);
            add_once(f, "wishes", key, rest);
        }
}

static void draw_published(struct draw *w)
{
    struct fx *f = w->f;
    char a[16], day[64], text[128];
    /* Days near the period, far enough for every window; years back for every.years. */
    for (int i = fx_roll(&w->d, 0, 7); i > 0; i--) {
        int who = fx_roll(&w->d, 0, crowd(w) - 1), duty = fx_roll(&w->d, 0, 4);
        name_of(w, who, a);
        tb_day on = chance(&w->d, 20)
                        ? (chance(&w->d, 40) ? w->first - 364
                                             : fx_day(chance(&w->d, 50) ? "2024-12-30" : "2025-12-31")) +
                              fx_roll(&w->d, 0, 3)
                        : w->first + fx_roll(&w->d, -8, 11);
        bool inside = on >= w->first && on <= w->last;
        if (strcmp(duty_kinds[duty], kind_of(w, who)) != 0 || (inside && chance(&w->d, 50))) continue;
        snprintf(text, sizeof text, "%s %s %s %s %s", duty_ids[duty], tb_format_date(on, day, sizeof day),
                 duty_bands[duty], duty == NIGHT && chance(&w->d, 30) ? "reserve" : "primary", a);
        bool twice = false;
        for (size_t k = 0; k < f->n_published; k++)
            twice |= strncmp(f->published[k], text, strlen(text) - strlen(a)) == 0;
        if (!twice) fx_published(f, text);
    }
}

/* "a,b" of the crowd; of them all, now and then. */
static void draw_names(struct draw *w, bool two, char out[64])
{
    char a[16], b[16];
    int x = fx_roll(&w->d, 0, crowd(w) - 1), y = (x + fx_roll(&w->d, 1, crowd(w) - 1)) % crowd(w);
    bool one = chance(&w->d, 40) && !two;
    name_of(w, x, a);
    name_of(w, y, b);
    snprintf(out, 64, "%s%s%s", a, one ? "" : ",", one ? "" : b);
}

/* A rule being drawn. */
struct drawn {
    const char *type, *unit;
    int number;
    char params[160], class_[32];
    bool soft_only, role, who; /* only with a price; takes roles; takes providers */
};

/* Types that count seats of one provider or person; false: it is another one. */
static bool draw_counting(struct fx_dice *d, int which, struct drawn *r)
{
    static const char *const labour[] = {"levels=none,A", "levels=B,C-1", "", "rest=4 span=8"},
                             *const ages[] = {"", "from=65", "to=64", "from=64 to=65"};
    switch (which) {
    case 0:
    case 1:
        r->type = "rest.days";
        snprintf(r->params, sizeof r->params, "days=%d", fx_roll(d, 2, 6));
        break;
    case 2:
        r->type = "rest.hours";
        r->who = false;
        snprintf(r->params, sizeof r->params, "hours=%d", fx_roll(d, 1, 60));
        break;
    case 3:
        r->type = "limit.count";
        snprintf(r->params, sizeof r->params, "max=%d unit=%s %s", r->number, r->unit, r->class_);
        break;
    case 4:
        r->type = "min.count";
        snprintf(r->params, sizeof r->params, "min=%d unit=%s %s", 1 + r->number % 2, r->unit, r->class_);
        r->soft_only = true;
        break;
    case 5:
        r->type = "class.run";
        snprintf(r->params, sizeof r->params, "class=%s", PICK(d, classes));
        break;
    case 6:
        r->type = "week.class";
        snprintf(r->params, sizeof r->params, "class=%s", PICK(d, classes));
        break;
    case 7:
        r->type = "person.day";
        r->who = false;
        snprintf(r->params, sizeof r->params, "max=%d", fx_roll(d, 1, 2));
        break;
    case 15:
        r->type = "every.years";
        snprintf(r->params, sizeof r->params, "class=%s years=%d", PICK(d, classes), 1 + r->number);
        break;
    case 16:
    case 17:
        r->type = "labour.rest";
        snprintf(r->params, sizeof r->params, "%s", PICK(d, labour));
        r->who = false;
        break;
    case 22:
        r->type = "turn.near";
        snprintf(r->params, sizeof r->params, "days=%d", fx_roll(d, 0, 4));
        break;
    case 23:
        r->type = "limit.hours";
        snprintf(r->params, sizeof r->params, "max=%d unit=%s %s", fx_roll(d, 0, 16), r->unit,
                 chance(d, 30) ? "levels=A,B,C-1" : "");
        break;
    case 24:
    case 25: {
        int months = chance(d, 70) ? fx_roll(d, 1, 3) : fx_roll(d, 4, 24);
        r->type = "limit.window";
        snprintf(r->params, sizeof r->params, "max=%d months=%d %s %s", r->number, months, r->class_,
                 PICK(d, ages));
        break;
    }
    default:
        return false;
    }
    return true;
}

/* Types about links, pairs, places and wishes: they take no roles. */
static void draw_joining(struct draw *w, int which, struct drawn *r)
{
    static const char *const links[] = {"owns", "employed-by", "deputises-for", "paired-with", "next-to"},
                             *const wish_types[] = {"cannot", "only", "rather-not", "like", "count"},
                             *const levels[] = {"community", "municipality"},
                             *const followed[] = {"day", "two", "night", "rot,late"},
                             *const skills[] = {"internal", "children"};
    struct fx_dice *d = &w->d;
    char names[64];
    r->role = false;
    switch (which) {
    case 8:
    case 9:
        r->type = "link.exclude";
        snprintf(r->params, sizeof r->params, "link=%s margin=%d", PICK(d, links),
                 r->number == 0 ? 0 : 90 * r->number + 7);
        break;
    case 10:
        r->type = "consulting.hours";
        snprintf(r->params, sizeof r->params, "margin=%d", fx_roll(d, 0, 2) * 30);
        break;
    case 11:
        draw_names(w, true, names);
        r->type = "pair.apart";
        snprintf(r->params, sizeof r->params, "providers=%s unit=%s", names, chance(d, 60) ? "day" : "month");
        break;
    case 12:
        r->type = "area.spread";
        snprintf(r->params, sizeof r->params, "max=1 level=%s unit=%s", PICK(d, levels),
                 r->number ? "slot" : "day");
        break;
    case 13:
    case 14: {
        const char *skill = PICK(d, skills), *level = PICK(d, levels);
        r->type = "skill.min";
        snprintf(r->params, sizeof r->params, "speciality=%s min=%d%s", skill, 1 + r->number % 2,
                 chance(d, 50) ? " unit=day" : "");
        if (strstr(r->params, "day") && chance(d, 60))
            snprintf(r->params + strlen(r->params), sizeof r->params - strlen(r->params), " level=%s", level);
        break;
    }
    case 18:
    case 19:
        draw_names(w, true, names);
        r->type = "pair.together";
        snprintf(r->params, sizeof r->params, "providers=%s", names);
        break;
    case 20:
    case 21: {
        const char *with = PICK(d, followed), *level = PICK(d, levels);
        r->type = "follow";
        snprintf(r->params, sizeof r->params, "with=%s level=%s dispensing=%s", with, level,
                 chance(d, 40) ? "any" : "outside");
        break;
    }
    default:
        r->type = "wish";
        snprintf(r->params, sizeof r->params, "wish=%s", PICK(d, wish_types));
        r->soft_only = true;
        break;
    }
}

static void draw_rule(struct draw *w, int i)
{
    static const char *const units[] = {"day", "week", "month", "year", "period"};
    struct fx_dice *d = &w->d;
    struct drawn r = {.type = "", .role = true, .who = true};
    char names[64];
    r.unit = PICK(d, units);
    r.number = fx_roll(d, 0, 2);
    if (chance(d, 40)) snprintf(r.class_, sizeof r.class_, "class=%s", PICK(d, classes));
    int which = fx_roll(d, 0, 26);
    if (!draw_counting(d, which, &r)) draw_joining(w, which, &r);
    if (r.role && r.who && chance(d, 25)) {
        draw_names(w, false, names);
        snprintf(r.params + strlen(r.params), sizeof r.params - strlen(r.params), " providers=%s", names);
    }
    char price[16] = "", since[64] = "";
    if (r.soft_only || chance(d, 60))
        snprintf(price, sizeof price, "%d", chance(d, 10) ? 0 : fx_roll(d, 1, 400));
    if (chance(d, 8)) date_in(w, w->first, w->last, since);
    const char *duties = chance(d, 25) ? "night;day;rot" : "", *end = chance(d, 50) ? "since" : "until",
               *counted = PICK(d, roles);
    fx_rowf(w->f, "rules", "id=r%d|type=%s|duties=%s|price=%s|params=%s%s%s|%s=%s", i, r.type, duties, price,
            r.params, r.role ? " roles=" : "", r.role ? counted : "", end, since);
}

static void draw_pins(struct draw *w)
{
    char a[16], day[64];
    for (int i = 0; i < 2; i++) {
        int hospital = w->doctors + w->clinics + (w->hospitals ? fx_roll(&w->d, 0, w->hospitals - 1) : 0);
        if (!chance(&w->d, 30) || !w->has[ROT] || !w->hospitals || !w->member[hospital][ROT]) continue;
        name_of(w, hospital, a);
        fx_rowf(w->f, "pins", "duty=rot|date=%s|band=watch|provider=%s|action=%s",
                tb_format_date(w->first + i, day, sizeof day), a, chance(&w->d, 65) ? "pin" : "forbid");
    }
}

/* Now and then some seats were published and are planned anew: anybody of the kind may have sat there, even
 * who no longer may. */
static void draw_kept(struct draw *w)
{
    struct tb_problem *p = w->f->problem;
    const struct tb_region *r = p->region;
    struct tb_seat_row kept[64];
    size_t n = 0;
    if (!chance(&w->d, 30)) return;
    for (int i = 0; i < p->n_slots && n < TB_COUNT(kept); i++) {
        const struct tb_slot *s = &p->slots[i];
        int who = fx_roll(&w->d, 0, r->n_providers - 1);
        if (s->planned && chance(&w->d, 60) && r->providers[who].kind == r->duties[s->duty].kind)
            kept[n++] = (struct tb_seat_row){s->duty, s->date, s->band, s->role, 1, who};
    }
    int64_t price = fx_roll(&w->d, 1, 300);
    tb_problem_keep(p, kept, n, price);
    tb_buf_addf(&w->f->log, "%d seats kept at %d\n", (int)n, (int)price);
}

static struct fx *draw_region(struct fx_dice *dice, bool wide)
{
    struct draw w = {.d = *dice, .f = fx_new(), .wide = wide};
    struct fx *f = w.f;
    draw_period(&w);
    draw_duties(&w);
    draw_providers(&w);
    draw_books(&w);
    draw_wishes(&w);
    draw_published(&w);
    for (int i = fx_roll(&w.d, 2, wide ? 12 : 7); i > 0; i--) draw_rule(&w, i);
    draw_pins(&w);
    char duties[64] = "";
    for (int i = 0; i < 5; i++)
        if (w.has[i])
            snprintf(duties + strlen(duties), sizeof duties - strlen(duties), "%s%s", *duties ? " " : "",
                     duty_ids[i]);
    *dice = w.d;
    if (fx_try_problem(f, w.from, w.to, duties)) {
        draw_kept(&w);
        *dice = w.d;
        return f;
    }
    fx_free(f);
    return NULL;
}

struct fx *fx_draw(struct fx_dice *d) { return draw_region(d, false); }

struct fx *fx_draw_wide(struct fx_dice *d) { return draw_region(d, true); }
