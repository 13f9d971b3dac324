/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the planner and the counting of check say the same of any roster: what check calls a breach of
 * a hard rule has no candidate or breaks a row, and where nothing is broken both arrive at the same integer.
 * Random small regions with every rule type, random rosters.
 */
#include "fixture.h"

#include "plan/gen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct dice {
    uint64_t s;
};
static int roll(struct dice *d, int n)
{
    d->s = d->s * 6364136223846793005U + 1442695040888963407U;
    return (int)((d->s >> 33) % (uint64_t)n);
}
static const char *one_of(struct dice *d, const char *const *words, int n) { return words[roll(d, n)]; }

static const char *const people[] = {"a1", "a2", "a3", "a4"};
static const char *const clinics[] = {"c1", "c2", "c3"};
static const char *const hospitals[] = {"h1", "h2"};
static const char *const everybody[] = {"a1", "a2", "a3", "a4", "c1", "c2", "c3", "h1", "h2"};
static const char *const classes[] = {"all", "sat", "sun", "holiday", "newyear", "weekday"};
static const char *const areas[] = {"d1", "d2", "d3"};
enum { FIRST = 24, DAYS = 10 }; /* from 2026-12-24 */

static void date_text(int n, char out[16]) { tb_format_date(tb_day_of(2026, 12, FIRST) + n, out, 16); }

static void providers(struct fx *f, struct dice *d)
{
    for (int i = 0; i < 4; i++)
        fx_rowf(
            f, "providers",
            "id=%s|name=%s（架空）|kind=doctor|area=%s|specialities=%s|labour=%s|dispensing=outside|born=%s",
            people[i], people[i], one_of(d, areas, 3), roll(d, 2) ? "internal" : "internal;children",
            one_of(d, (const char *const[]){"none", "A", "B", "C-1"}, 4),
            one_of(d, (const char *const[]){"1961-12-29", "1961-01-01", "1962-01-02", ""}, 4));
    for (int i = 0; i < 3; i++)
        fx_rowf(f, "providers", "id=%s|name=%s（架空）|kind=clinic|area=%s|specialities=%s|dispensing=%s",
                clinics[i], clinics[i], one_of(d, areas, 3), roll(d, 2) ? "children" : "internal",
                i ? "outside" : "inside");
    for (int i = 0; i < 2; i++)
        fx_rowf(f, "providers", "id=%s|name=%s（架空）|kind=hospital|area=%s", hospitals[i], hospitals[i],
                one_of(d, areas, 3));
    /* clinics that are taken over, given up, or change hands, before the period, in it, or never */
    for (int i = 0; i < 3; i++) {
        int owner = roll(d, 3), day = roll(d, DAYS + 3) - 2;
        char on[16], off[16];
        date_text(day, on);
        date_text(day + 1 + roll(d, 4), off);
        int dated = roll(d, 4); /* neither, since, until, changes hands */
        if (i && !roll(d, 4)) continue;
        if (dated == 3)
            fx_rowf(f, "links", "from=%s|type=owns|to=%s|since=%s", people[(owner + 1) % 4], clinics[i], off);
        fx_rowf(f, "links", "from=%s|type=owns|to=%s|since=%s|until=%s", people[owner], clinics[i],
                dated == 1 ? on : "", dated == 2 || (dated == 3 && roll(d, 2)) ? off : "");
    }
    fx_row(f, "links", "from=a2|type=employed-by|to=h1");
    if (roll(d, 2)) fx_row(f, "links", "from=a3|type=employed-by|to=h1|until=2026-12-30");
    if (roll(d, 2)) fx_row(f, "links", "from=a3|type=paired-with|to=a4");
}

static void duty_rows(struct fx *f, struct dice *d)
{
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1 + roll(d, 2), roll(d, 2));
    if (roll(d, 2)) fx_band(f, "night", "late", "all", "23:00", "31:00", 1, 0);
    fx_duty(f, "child", "doctor");
    fx_band(f, "child", "eve", "holiday", "18:00", "23:00", 1, 0);
    fx_duty(f, "day", "clinic");
    fx_row(f, "bands", "duty=day|id=day|name=day|when=holiday|from=09:00|to=12:00|from2=14:00|to2=18:00");
    fx_rowf(f, "seats", "duty=day|band=day|role=primary|rank=0|when=all|count=%d", 1 + roll(d, 2));
    fx_duty(f, "house", "hospital");
    fx_band(f, "house", "n", roll(d, 2) ? "all" : "sat", "17:00", "32:30", 1, roll(d, 2));
    for (int i = 0; i < 4; i++) {
        fx_rowf(f, "members", "duty=night|provider=%s|share=%s", people[i], i < 2 ? "x" : "y");
        if (roll(d, 3))
            fx_rowf(f, "members", "duty=child|provider=%s|since=%s", people[i],
                    roll(d, 3) ? "" : "2026-12-28");
    }
    for (int i = 0; i < 3; i++) fx_member(f, clinics[i], "day");
    for (int i = 0; i < 2; i++) fx_member(f, hospitals[i], "house");
    fx_row(f, "shares", "duty=night|id=x|name=x|weight=2");
    fx_row(f, "shares", "duty=night|id=y|name=y|weight=1");
}

static void ledgers(struct fx *f, struct dice *d)
{
    fx_rowf(f, "ledgers", "id=n-all|scope=provider|duties=night|class=all|price=%d|beyond=%d", roll(d, 3),
            40 * roll(d, 3));
    fx_rowf(f, "ledgers",
            "id=n-hol|scope=provider|duties=night|class=holiday|price=%d|beyond=%d|within=n-all",
            1 + roll(d, 3), roll(d, 3));
    fx_row(f, "ledgers", "id=n-ny|scope=provider|duties=night|class=newyear|price=2|within=n-hol");
    fx_row(f, "ledgers", "id=n-sun|scope=provider|duties=night|class=sun|price=2|within=n-all");
    if (roll(d, 2)) fx_row(f, "ledgers", "id=share|scope=share|duties=night|class=all|price=1");
    if (roll(d, 2)) fx_row(f, "ledgers", "id=person|scope=person|duties=night;child;day|class=all|price=1");
    if (roll(d, 2)) fx_row(f, "ledgers", "id=res|scope=provider|duties=night|role=reserve|class=all|price=1");
}

static void wishes(struct fx *f, struct dice *d)
{
    static const char *const types[] = {"cannot", "only", "rather-not", "like", "count"};
    char from[16], to[16];
    fx_rowf(f, "surveys", "id=s1|from=2026-12-25|to=2026-12-31|duties=night;child|days=%s",
            roll(d, 2) ? "clock" : "");
    fx_rowf(f, "surveys", "id=s2|from=2026-12-20|to=2027-01-10|duties=day;night;house|days=%s",
            roll(d, 2) ? "clock" : "duty");
    bool seen[2][9][5][8] = {{{{false}}}};
    for (int n = roll(d, 16); n > 0; n--) {
        int s = roll(d, 2), w = roll(d, s ? 9 : 4), t = roll(d, 5);
        char ends[16] = "";
        int a = 1 + roll(d, 7), b = a + roll(d, 3);
        bool *before = &seen[s][w][t][t == 4 ? 0 : a];
        if (*before) continue;
        *before = true;
        if (b > 7) b = 7;
        date_text(a, from);
        date_text(b, to);
        const char *must =
            strcmp(types[t], "rather-not") && strcmp(types[t], "like") && roll(d, 2) ? "yes" : "no";
        if ((t == 0 || t == 2) && roll(d, 3) == 0) snprintf(ends, sizeof ends, "%02d:15", roll(d, 33));
        const char *duty = w >= 4 || roll(d, 3) ? "" : "night", *band = *duty && roll(d, 2) ? "eve" : "";
        if (t == 4)
            fx_rowf(f, "wishes", "survey=s%d|provider=%s|type=count|duty=%s|band=%s|count=%d|must=%s", s + 1,
                    everybody[w], duty, band, roll(d, 3), must);
        else
            fx_rowf(f, "wishes",
                    "survey=s%d|provider=%s|type=%s|from=%s|to=%s|duty=%s|band=%s|must=%s|ends=%s", s + 1,
                    everybody[w], types[t], from, roll(d, 2) ? to : "", duty, band, must, ends);
    }
}

static void other_facts(struct fx *f, struct dice *d)
{
    char day[16];
    for (int n = roll(d, 5); n > 0; n--) {
        char end[16];
        date_text(n * 2, day);
        int from = roll(d, 22), to = from + 1 + roll(d, 23 - from), night = roll(d, 4) == 0,
            late = roll(d, 60);
        const char *who = one_of(d, everybody, 9), *permit = roll(d, 4) ? "" : "yes";
        date_text(n * 2 + night, end);
        fx_rowf(f, "external", "provider=%s|from=%sT%02d:%02d|to=%sT%02d:30|what=x|permit=%s", who, day, from,
                late, end, night ? to % 13 : to, permit);
    }
    for (int n = roll(d, 4); n > 0; n--) {
        char end[16];
        int from = roll(d, DAYS + 1), days = roll(d, 3);
        const char *on = one_of(d, (const char *const[]){"", "", "sat", "thu;sun"}, 4);
        date_text(from, day);
        date_text(from + (*on ? 7 : days), end);
        fx_rowf(f, "exemptions", "provider=%s|from=%s|to=%s|weekdays=%s|reason=leave|accrues=%s",
                everybody[2 * n], day, end, on, roll(d, 2) ? "yes" : "no");
    }
    for (int n = roll(d, 4); n > 0; n--)
        fx_rowf(f, "hours", "provider=%s|weekdays=%s|from=09:00|to=%s", everybody[n * 2],
                roll(d, 2) ? "mon;tue;wed;thu;fri" : "sat;sun;thu", roll(d, 2) ? "19:00" : "17:30");
    if (roll(d, 3) == 0)
        fx_row(f, "exemptions", "provider=a4|duty=night|from=2026-12-26|to=2026-12-29|reason=leave");
    if (roll(d, 3) == 0) fx_row(f, "overrides", "date=2026-12-28|class=holiday|duty=day|action=add|reason=x");
    if (roll(d, 4) == 0) fx_row(f, "overrides", "date=2026-12-27|class=sun|duty=night|action=drop|reason=x");
    if (roll(d, 4) == 0)
        fx_row(f, "pins", "duty=night|date=2026-12-26|band=eve|role=primary|provider=a1|action=forbid");
    if (roll(d, 4) == 0)
        fx_row(f, "pins", "duty=night|date=2026-12-26|band=eve|role=primary|provider=a2|action=pin");
}

/* One rule of a type with random parameters. */
static void rule(struct fx *f, struct dice *d, int n, int type)
{
    static const char *const units[] = {"day", "week", "month", "year", "period"};
    static const char *const roles[] = {"both", "primary", "reserve"};
    char params[160] = "", text[120] = "";
    bool soft = roll(d, 2);
    const char *name = "";
    switch (type) {
    case 0:
        name = "rest.days";
        snprintf(params, sizeof params, "days=%d", 2 + roll(d, 5));
        break;
    case 1:
        name = "rest.hours";
        snprintf(params, sizeof params, "hours=%d", 1 + roll(d, 40));
        break;
    case 2:
        name = "limit.count";
        snprintf(params, sizeof params, "max=%d unit=%s", roll(d, 3), one_of(d, units, 5));
        break;
    case 3:
        name = "min.count";
        soft = true;
        snprintf(params, sizeof params, "min=%d unit=%s", 1 + roll(d, 3), one_of(d, units, 5));
        break;
    case 4:
        name = "class.run";
        break;
    case 5:
        name = "week.class";
        break;
    case 6:
        name = "person.day";
        snprintf(params, sizeof params, "max=%d", 1 + roll(d, 2));
        break;
    case 7:
        name = "link.exclude";
        snprintf(params, sizeof params, "link=%s margin=%d",
                 one_of(d, (const char *const[]){"owns", "employed-by", "paired-with"}, 3), roll(d, 3) * 60);
        break;
    case 8:
        name = "consulting.hours";
        snprintf(params, sizeof params, "margin=%d", roll(d, 3) * 30);
        break;
    case 9:
        name = "pair.apart";
        snprintf(params, sizeof params, "providers=%s,%s unit=%s", people[roll(d, 2)], people[2 + roll(d, 2)],
                 roll(d, 2) ? "day" : "month");
        break;
    case 10:
        name = "area.spread";
        snprintf(params, sizeof params, "max=1 level=%s unit=%s",
                 one_of(d, (const char *const[]){"community", "municipality"}, 2),
                 one_of(d, (const char *const[]){"slot", "day"}, 2));
        break;
    case 11:
        name = "skill.min";
        snprintf(params, sizeof params, "speciality=children min=%d%s", 1 + roll(d, 2),
                 one_of(d,
                        (const char *const[]){"", " unit=day", " unit=day level=community",
                                              " unit=day level=municipality"},
                        4));
        break;
    case 12:
        name = "every.years";
        snprintf(params, sizeof params, "years=%d", 1 + roll(d, 4));
        break;
    case 13:
        name = "labour.rest";
        snprintf(params, sizeof params, "%s",
                 one_of(d, (const char *const[]){"", "levels=none,A,B,C-1", "rest=4 span=8"}, 3));
        break;
    case 14:
        name = "pair.together";
        snprintf(params, sizeof params, "providers=%s,%s", people[roll(d, 2)], people[2 + roll(d, 2)]);
        break;
    case 15:
        name = "follow";
        snprintf(params, sizeof params, "with=%s level=%s dispensing=%s",
                 one_of(d, (const char *const[]){"night", "house", "day", "child,house"}, 4),
                 one_of(d, (const char *const[]){"community", "municipality"}, 2),
                 one_of(d, (const char *const[]){"any", "outside"}, 2));
        break;
    case 16:
        name = "turn.near";
        snprintf(params, sizeof params, "days=%d", roll(d, 4));
        break;
    case 17:
        name = "limit.hours";
        snprintf(params, sizeof params, "max=%d unit=%s%s", roll(d, 24), one_of(d, units, 5),
                 roll(d, 2) ? " levels=A,B" : "");
        break;
    case 18:
        name = "limit.window";
        snprintf(params, sizeof params, "max=%d months=%d%s", roll(d, 3), 1 + roll(d, 4),
                 one_of(d, (const char *const[]){"", " from=65", " to=64", " from=64 to=65"}, 4));
        break;
    default:
        name = "wish";
        soft = true;
        snprintf(params, sizeof params, "wish=%s",
                 one_of(d, (const char *const[]){"cannot", "only", "rather-not", "like", "count"}, 5));
    }
    bool classed =
        type == 4 || type == 5 || type == 12 || (((type >= 2 && type <= 3) || type == 18) && roll(d, 2));
    if (classed) snprintf(text, sizeof text, " class=%s", one_of(d, classes, 6));
    if ((type <= 6 || type == 12 || type == 13 || type >= 16) && type <= 18 && roll(d, 3) == 0)
        snprintf(text + strlen(text), sizeof text - strlen(text), " roles=%s", one_of(d, roles, 3));
    bool names = type == 0 || (type >= 2 && type <= 5) || type == 12 || (type >= 16 && type <= 18);
    if (names && roll(d, 4) == 0)
        snprintf(text + strlen(text), sizeof text - strlen(text), " providers=%s,%s", everybody[roll(d, 4)],
                 everybody[4 + roll(d, 5)]);
    const char *some =
        roll(d, 3) ? "" : one_of(d, (const char *const[]){"night", "night;day", "child;house"}, 3);
    char price[16] = "";
    if (soft) snprintf(price, sizeof price, "%d", roll(d, 200));
    fx_rowf(f, "rules", "id=r%02d|type=%s|duties=%s|price=%s|params=%s%s|since=%s|until=%s", n, name, some,
            price, params, text, roll(d, 6) ? "" : "2026-12-26", roll(d, 6) ? "" : "2027-01-01");
}

static void published(struct fx *f, struct dice *d)
{
    char day[16], seat[80];
    for (int n = -9; n < DAYS + 6; n++) {
        date_text(n, day);
        bool inside = n >= 0 && n < DAYS;
        if (!inside && roll(d, 3) == 0) {
            snprintf(seat, sizeof seat, "night %s eve primary %s", day, people[roll(d, 4)]);
            fx_published(f, seat);
        }
        if (!inside && roll(d, 3) == 0 && tb_weekday(fx_day(day)) == 0) {
            snprintf(seat, sizeof seat, "day %s day primary %s", day, clinics[roll(d, 3)]);
            fx_published(f, seat);
        }
        if (roll(d, 3) == 0 && (tb_weekday(fx_day(day)) == 0)) {
            snprintf(seat, sizeof seat, "child %s eve primary %s", day, people[roll(d, 4)]);
            fx_published(f, seat);
        }
    }
    if (roll(d, 2)) fx_published(f, "night 2025-12-31 eve primary a1");
    if (roll(d, 2)) fx_published(f, "night 2024-01-01 eve primary a2");
    if (roll(d, 2)) fx_published(f, "night 2025-12-28 eve primary a3");
}

static struct fx *make(uint64_t seed, bool *planned)
{
    struct dice d = {seed * 7919 + 13};
    for (int i = 0; i < 5; i++) (void)roll(&d, 2);
    struct fx *f = fx_new();
    providers(f, &d);
    duty_rows(f, &d);
    ledgers(f, &d);
    wishes(f, &d);
    other_facts(f, &d);
    for (int n = 0, many = 1 + roll(&d, 8); n < many; n++) rule(f, &d, n, roll(&d, 20));
    published(f, &d);
    *planned = fx_try_problem(f, "2026-12-24", "2027-01-02", roll(&d, 2) ? "night day house" : "night");
    return f;
}

static int cand_of(const struct tb_gen *g, int slot, int provider)
{
    for (size_t i = 0; i < g->n_cand; i++)
        if (g->cand[i].slot == slot && g->cand[i].provider == provider) return (int)i;
    return -1;
}

/* Fills some seats, mostly with candidates (one in `strangers` with anybody); the fuller, the likelier a
 * breach. */
static void sit_down(struct fx *f, const struct tb_gen *g, struct dice *d, int tenths, int strangers)
{
    fx_clear(f);
    for (int s = 0; s < g->n_slots; s++)
        for (int seat = 0; seat < f->problem->slots[g->slots[s]].need; seat++) {
            if (roll(d, 10) >= tenths) continue;
            int n = g->slot_first[s + 1] - g->slot_first[s], who;
            if (n > 0 && roll(d, strangers))
                who = g->cand[g->slot_first[s] + roll(d, n)].provider;
            else
                who = roll(d, f->region->n_providers);
            bool twice = false;
            for (int i = 0; i < f->roster.n; i++)
                twice |= f->roster.a[i].slot == g->slots[s] && f->roster.a[i].provider == who;
            if (twice) continue;
            f->roster.a = tb_xrealloc(f->roster.a, (size_t)(f->roster.n + 1) * sizeof *f->roster.a);
            f->roster.a[f->roster.n++] =
                (struct tb_assignment){.slot = g->slots[s], .seat = 0, .provider = who};
        }
    tb_roster_normalise(f->problem, &f->roster);
}

struct tally {
    int rosters, clean, broken, outside;
};

static void compare(struct fx *f, const struct tb_gen *g, uint64_t seed, struct tally *t)
{
    struct tb_verdict *v;
    tb_check(f->problem, &f->roster, &v);
    int chosen[200];
    size_t n = 0;
    bool outside = false;
    for (int i = 0; i < f->roster.n; i++) {
        int x = cand_of(g, f->roster.a[i].slot, f->roster.a[i].provider);
        outside |= x < 0;
        if (x >= 0) chosen[n++] = x;
    }
    int64_t cost = 0;
    bool holds = tb_gen_cost(g, chosen, n, &cost);
    t->rosters++;
    t->outside += outside;
    const char *first = v->n_hard ? v->violations[0].rule : "-";
    if (outside) {
        if (v->n_hard == 0) fail_msg("seed %d: a seat without candidate breaks nothing", (int)seed);
    } else {
        if (holds != (v->n_hard == 0))
            fail_msg("seed %d: rows say %s, check says %d hard (%s)", (int)seed, holds ? "fine" : "broken",
                     v->n_hard, first);
        if (holds && cost != v->objective)
            fail_msg("seed %d: rows cost %ld, check %ld", (int)seed, (long)cost, (long)v->objective);
        t->clean += holds;
        t->broken += !holds;
    }
    tb_verdict_free(v);
}

static struct seeds {
    uint64_t first, last;
    bool given;
} seeds = {.first = 1, .last = 800};

static void rows_and_check_agree(void **state)
{
    (void)state;
    struct tally t = {0};
    for (uint64_t seed = seeds.first; seed <= seeds.last; seed++) {
        bool planned;
        struct fx *f = make(seed, &planned);
        struct tb_gen *g;
        struct tb_err e = {0};
        struct dice d = {seed};
        assert_true(planned);
        assert_int_equal(tb_gen_new(f->problem, &g, &e), TB_OK);
        for (int i = 0; i < 60; i++) {
            sit_down(f, g, &d, i % 10, i % 10 < 3 ? 3 : 40);
            compare(f, g, seed, &t);
        }
        tb_gen_free(g);
        fx_free(f);
    }
    print_message("# %d rosters: %d clean, %d break a row, %d have a seat without candidate\n", t.rosters,
                  t.clean, t.broken, t.outside);
    if (!seeds.given) assert_true(t.clean > 3000 && t.broken > 3000 && t.outside > 1000);
}

int main(int argc, char **argv)
{
    int64_t first, last;
    if (argc == 3 && tb_parse_int(argv[1], 1, INT32_MAX, &first) &&
        tb_parse_int(argv[2], first, INT32_MAX, &last)) {
        seeds = (struct seeds){.first = (uint64_t)first, .last = (uint64_t)last, .given = true};
    } else if (argc != 1) {
        return 2;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_and_check_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
