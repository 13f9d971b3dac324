/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers and orders that docs/reference states and that no other test reads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"

static struct fx *nights(int doctors)
{
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    for (int i = 1; i <= doctors; i++) {
        char name[8];
        snprintf(name, sizeof name, "p%d", i);
        fx_doctor(f, name, "night");
    }
    return f;
}

/* One priced rule at 1000: what it adds to the price of an open seat. */
static int64_t touches(const char *type, const char *params)
{
    struct fx *f = nights(2);
    fx_rowf(f, "rules", "id=r|type=%s|params=%s|price=1000", type, params);
    fx_problem(f, "2026-12-01", "2026-12-04", "night");
    int64_t price = f->problem->open_price;
    fx_free(f);
    return price - 1;
}

static void an_open_seat_costs_what_one_seat_can_touch(void **state)
{
    (void)state;
    static const struct {
        const char *type, *params;
        int units;
    } cases[] = {
        {"rest.days", "days=6", 6},
        {"limit.window", "max=1 months=5", 5},
        {"class.run", "class=sun", 2},
        {"every.years", "class=newyear years=3", 2},
        {"week.class", "class=holiday", 7},
        {"rest.hours", "hours=9", 10},
        {"link.exclude", "link=owns", 10},
        {"pair.apart", "providers=p1,p2", 10},
        {"follow", "with=night", 10},
        {"labour.rest", "", 10},
        {"limit.hours", "max=80", 48},
        {"limit.count", "max=1", 1},
        {"min.count", "min=1", 1},
        {"person.day", "", 1},
        {"consulting.hours", "", 1},
        {"area.spread", "level=municipality", 1},
        {"skill.min", "speciality=internal", 1},
        {"turn.near", "days=3", 1},
        {"pair.together", "providers=p1,p2", 1},
        {"wish", "wish=like", 1},
    };
    for (size_t i = 0; i < TB_COUNT(cases); i++)
        if (touches(cases[i].type, cases[i].params) != 1000 * cases[i].units)
            fail_msg("%s: %lld", cases[i].type, (long long)touches(cases[i].type, cases[i].params));
}

/* E = 200 for each of two in four nights, S = 6: 3 * (100 * 11 + 400) and 100 * 70 of `beyond`, twice; a
 * second ledger of the duty adds to it whatever role and class it counts, one of another duty does not. */
static void an_open_seat_costs_twice_the_ledgers(void **state)
{
    (void)state;
    struct fx *f = nights(2);
    fx_duty(f, "other", "doctor");
    fx_band(f, "other", "eve", "all", "10:00", "11:00", 1, 0);
    fx_row(f, "ledgers", "id=l|scope=provider|duties=night|class=all|price=3|beyond=70");
    fx_problem(f, "2026-12-01", "2026-12-04", "night");
    assert_int_equal(f->problem->open_price, 1 + 2 * (3 * (100 * 11 + 400) + 100 * 70));
    fx_free(f);
    f = nights(2);
    fx_duty(f, "other", "doctor");
    fx_band(f, "other", "eve", "all", "10:00", "11:00", 1, 0);
    fx_member(f, "p1", "other");
    fx_row(f, "ledgers", "id=l|scope=provider|duties=night|class=all|price=3|beyond=70");
    fx_row(f, "ledgers", "id=s|scope=provider|duties=night|class=sun|price=1");
    fx_row(f, "ledgers", "id=o|scope=provider|duties=other|class=all|price=1");
    fx_problem(f, "2026-12-05", "2026-12-08", "night other");
    /* of the one Sunday E = 50, S = 5 */
    assert_int_equal(f->problem->open_price, 1 + 2 * (3 * (100 * 11 + 400) + 100 * 70 + (100 * 9 + 100)));
    fx_free(f);
}

static int64_t entitlement(const char *carried, const char *catch_up)
{
    struct fx *f = nights(4);
    char text[64];
    fx_rowf(f, "ledgers", "id=l|scope=provider|duties=night|class=all|price=1|catch_up=%s", catch_up);
    snprintf(text, sizeof text, "l p1 %s", carried);
    fx_carried(f, text);
    fx_problem(f, "2026-12-01", "2026-12-04", "night"); /* one night each */
    int64_t e = f->problem->counters[tb_counter_find(f->problem, 0, fx_provider(f, "p1"))].entitlement;
    fx_free(f);
    return e;
}

/* Millionths are added first, then rounded once, halves away from zero. */
static void an_entitlement_is_rounded_to_hundredths(void **state)
{
    (void)state;
    assert_int_equal(entitlement("0", "0"), 100);
    assert_int_equal(entitlement("0.004999", "0"), 100);
    assert_int_equal(entitlement("0.005", "0"), 101);
    assert_int_equal(entitlement("-0.005", "0"), 100); /* 0.995 */
    assert_int_equal(entitlement("-0.005001", "0"), 99);
    assert_int_equal(entitlement("-1.005", "0"), -1);
    assert_int_equal(entitlement("-1.004999", "0"), 0);
    assert_int_equal(entitlement("0.5", "0.334999"), 133); /* the cap is not rounded by itself */
    assert_int_equal(entitlement("0.5", "0.335"), 134);
}

static int minutes(const struct tb_region *r, const char *a, const char *b, bool winter)
{
    return tb_travel_minutes(r, tb_find_area(r, a), tb_find_area(r, b), winter);
}

/* d1 and d2 lie in city, d3 in town. */
static void travel_takes_the_nearest_row_from_the_first_area_on(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "areas", "id=lane|level=district|parent=d1");
    fx_row(f, "travel", "from=city|to=d3|minutes=31");
    fx_row(f, "travel", "from=d1|to=town|minutes=21");
    fx_row(f, "travel", "from=city|to=town|minutes=41");
    fx_region(f);
    const struct tb_region *r = f->region;
    assert_int_equal(minutes(r, "lane", "d3", false), 21); /* d1 and town: d1 is the nearest of the first's */
    assert_int_equal(minutes(r, "d3", "lane", false), 31); /* d3 and city: so the order of the two matters */
    assert_int_equal(minutes(r, "d2", "d3", false), 31);
    assert_int_equal(minutes(r, "d2", "town", false), 41);
    assert_int_equal(minutes(r, "d1", "d2", false), 10); /* no row: what city says */
    assert_int_equal(minutes(r, "lane", "d2", false), 10);
    assert_int_equal(minutes(r, "d1", "city", false), 10); /* an area contains itself */
    assert_int_equal(minutes(r, "lane", "lane", true), 0);
    assert_int_equal(minutes(r, "lane", "d3", true), 32); /* 31.5 */
    assert_int_equal(minutes(r, "d2", "d3", true), 47);   /* 46.5 */
    fx_free(f);
}

/* Without a row `inside` of the lowest area that contains both and has it; 0 is said, nothing is not. */
static void travel_without_a_row_is_what_the_region_says(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "areas", "id=east|level=region|inside=45");
    fx_row(f, "areas", "id=e1|level=municipality|parent=east");
    fx_row(f, "areas", "id=e2|level=municipality|parent=east|inside=0");
    for (int town = 1; town <= 2; town++)
        for (int d = 1; d <= 2; d++) fx_rowf(f, "areas", "id=e%d%d|level=district|parent=e%d", town, d, town);
    fx_row(f, "areas", "id=county|level=region");
    fx_row(f, "areas", "id=near|level=municipality|parent=county");
    fx_row(f, "areas", "id=next|level=municipality|parent=county");
    fx_row(f, "travel", "from=e11|to=e21|minutes=70");
    fx_region(f);
    const struct tb_region *r = f->region;
    assert_int_equal(r->regions[0].travel_default, 30);
    assert_int_equal(minutes(r, "near", "next", false),
                     30); /* two towns under one county that says nothing */
    assert_int_equal(minutes(r, "near", "county", false), 30);
    assert_int_equal(minutes(r, "near", "e1", false), 30);
    assert_int_equal(minutes(r, "e11", "e12", false), 45); /* e1 says nothing, so east */
    assert_int_equal(minutes(r, "e12", "e21", false), 45);
    assert_int_equal(minutes(r, "e21", "e22", false), 0);  /* e2 says 0 */
    assert_int_equal(minutes(r, "e21", "e11", false), 70); /* a row comes first */
    assert_int_equal(minutes(r, "e11", "e22", true), 68);  /* 67.5 */
    fx_free(f);
}

/* The pairs that are left to travel_default are counted, each once. */
static void ways_that_nobody_tells_are_counted(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "providers", "id=c|kind=clinic|area=d1");
    fx_row(f, "providers", "id=h|kind=hospital|area=d3");
    fx_row(f, "providers", "id=p|kind=doctor|area=d2"); /* nobody goes to his house */
    fx_region(f);
    struct tb_ways w = tb_region_ways(f->region);
    /* d1 and d3 with d1, d2, d3: d1-d2 is inside city, d1-d3 and d2-d3 nobody tells */
    assert_int_equal(w.pairs, 3);
    assert_int_equal(w.untold, 2);
    assert_string_equal(f->region->areas[w.area].id, "d3");
    assert_string_equal(f->region->areas[w.place].id, "d1");
    struct tb_buf text = {0};
    tb_ways_text(f->region, &w, &text);
    assert_non_null(strstr(tb_buf_str(&text), "travel: 2 of 3 ways"));
    assert_non_null(strstr(tb_buf_str(&text), "travel_default, 30 minutes"));
    tb_buf_free(&text);
    fx_free(f);
    f = fx_new();
    fx_row(f, "providers", "id=c|kind=clinic|area=d1");
    fx_row(f, "providers", "id=p|kind=doctor|area=d2");
    fx_row(f, "hours", "provider=p|weekdays=mon|from=09:00|to=18:00"); /* but from his surgery he sets out */
    fx_row(f, "travel", "from=city|to=town|minutes=25");
    fx_region(f);
    w = tb_region_ways(f->region);
    assert_int_equal(w.pairs, 3); /* d1-d2, d1-d3, d2-d3 */
    assert_int_equal(w.untold, 0);
    assert_int_equal(w.area, -1);
    tb_ways_text(f->region, &w, &text);
    assert_int_equal(text.len, 0);
    tb_buf_free(&text);
    fx_free(f);
}

/* Two dates of a class are successive when they are at most 400 days apart. */
static void a_class_runs_over_400_days_at_most(void **state)
{
    (void)state;
    static const struct {
        const char *bound;
        int hard;
    } cases[] = {{"night 2025-11-26 eve primary p1", 1}, {"night 2025-11-25 eve primary p1", 0}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        struct fx *f = nights(2);
        struct tb_verdict *v;
        fx_rowf(f, "classes", "id=some|from=02-29|to=02-29");
        fx_row(f, "rules", "id=run|type=class.run|params=class=some");
        fx_rowf(f, "overrides", "date=%.10s|class=some|action=add|reason=x", cases[i].bound + 6);
        fx_row(f, "overrides", "date=2026-12-31|class=some|action=add|reason=x");
        fx_published(f, cases[i].bound);
        fx_problem(f, "2026-12-31", "2026-12-31", "night");
        fx_sit(f, "night 2026-12-31 eve primary p1");
        tb_check(f->problem, &f->roster, &v);
        assert_int_equal(v->n_hard, cases[i].hard);
        tb_verdict_free(v);
        fx_free(f);
    }
}

/* A published seat planned anew raises the price by 20 changes. */
static void a_hole_is_worth_twenty_changes(void **state)
{
    (void)state;
    struct fx *f = nights(2);
    fx_problem(f, "2026-12-01", "2026-12-01", "night");
    int64_t before = f->problem->open_price;
    struct tb_seat_row kept = {0, fx_day("2026-12-01"), 0, TB_PRIMARY, 1, fx_provider(f, "p1")};
    tb_problem_keep(f->problem, &kept, 1, 7);
    assert_int_equal(f->problem->open_price, before + 20 * 7);
    fx_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_seat_costs_what_one_seat_can_touch),
        cmocka_unit_test(an_open_seat_costs_twice_the_ledgers),
        cmocka_unit_test(an_entitlement_is_rounded_to_hundredths),
        cmocka_unit_test(travel_takes_the_nearest_row_from_the_first_area_on),
        cmocka_unit_test(travel_without_a_row_is_what_the_region_says),
        cmocka_unit_test(ways_that_nobody_tells_are_counted),
        cmocka_unit_test(a_class_runs_over_400_days_at_most),
        cmocka_unit_test(a_hole_is_worth_twenty_changes),
    };
    return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
