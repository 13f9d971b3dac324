/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The region as it is on a day: values that change, rows that do not move, days before that stay.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "toban/domain/dated.h"

static struct fx *night(void)
{
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_doctor(f, "p1", "night");
    fx_doctor(f, "p2", "night");
    return f;
}

static void amend(struct fx *f, const char *what, const char *key, const char *field, const char *from,
                  const char *value)
{
    fx_rowf(f, "amendments", "what=%s|key=%s|field=%s|from=%s|value=%s", what, key, field, from, value);
}

static const struct tb_region *on(const struct fx *f, const char *day)
{
    return tb_region_on(f->region, fx_day(day));
}

static void without_amendments_every_day_is_the_region(void **state)
{
    (void)state;
    struct fx *f = night();
    const tb_day *days;
    fx_region(f);
    assert_ptr_equal(on(f, "2027-04-01"), f->region);
    assert_int_equal(tb_region_changes(f->region, &days), 0);
    fx_free(f);
}

static void a_value_holds_from_its_day_until_the_next(void **state)
{
    (void)state;
    struct fx *f = night();
    amend(f, "bands", "night/eve", "reception", "2027-06-01", "");
    amend(f, "bands", "night/eve", "to", "2027-06-01", "22:00");
    amend(f, "bands", "night/eve", "reception", "2027-04-01", "22:30");
    fx_region(f);
    const struct {
        const char *day;
        int to, reception;
    } cases[] = {{"1990-01-01", 1380, -1},   {"2027-03-31", 1380, -1}, {"2027-04-01", 1380, 1350},
                 {"2027-05-31", 1380, 1350}, {"2027-06-01", 1320, -1}, {"2199-12-31", 1320, -1}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        const struct tb_region *r = on(f, cases[i].day);
        assert_int_equal(r->bands[0].to, cases[i].to);
        assert_int_equal(r->bands[0].reception, cases[i].reception);
        assert_ptr_equal(tb_region_on(r, fx_day("2027-04-01")), on(f, "2027-04-01")); /* any view answers */
    }
    assert_ptr_equal(tb_region_on(f->region, TB_DAY_NONE), f->region);
    const tb_day *days;
    assert_int_equal(tb_region_changes(f->region, &days), 2);
    assert_int_equal(days[0], fx_day("2027-04-01"));
    assert_int_equal(days[1], fx_day("2027-06-01"));
    fx_free(f);
}

static void only_values_differ(void **state)
{
    (void)state;
    struct fx *f = night();
    amend(f, "providers", "p1", "area", "2027-04-01", "d3");
    amend(f, "providers", "p2", "specialities", "2027-05-01", "children;internal");
    amend(f, "providers", "p2", "specialities", "2027-06-01", "");
    fx_region(f);
    const struct tb_region *r = f->region, *april = on(f, "2027-04-10"), *may = on(f, "2027-05-10");
    for (int e = 0; e < TB_E_COUNT; e++) {
        assert_int_equal(tb_region_count(r, (enum tb_entity_id)e),
                         tb_region_count(may, (enum tb_entity_id)e));
        for (int i = 0; i < tb_region_count(r, (enum tb_entity_id)e); i++)
            if (e != TB_E_provider) assert_true(tb_region_row_same(r, i, may, i, (enum tb_entity_id)e));
    }
    int p1 = fx_provider(f, "p1"), p2 = fx_provider(f, "p2");
    assert_string_equal(may->providers[p1].id, "p1");
    assert_int_equal(april->providers[p1].area, tb_find_area(r, "d3"));
    assert_int_not_equal(r->providers[p1].area, tb_find_area(r, "d3"));
    assert_int_equal(may->providers[p2].specialities.n, 2);
    assert_int_equal(on(f, "2027-06-01")->providers[p2].specialities.n, 0);
    assert_ptr_equal(may->bands, r->bands); /* what no row names is shared */
    fx_free(f);
}

static int seats_on(const struct fx *f, const char *day, int *from)
{
    struct tb_arena a = {0};
    struct tb_slot *slots;
    int duty = tb_find_duty(f->region, "night"), need = 0;
    int n = tb_slots_of(f->region, &duty, 1, fx_day(day), fx_day(day), &a, &slots);
    for (int i = 0; i < n; i++) need += slots[i].need;
    *from = n ? (int)(slots[0].interval[0].from - tb_minute_of(fx_day(day), 0)) : -1;
    tb_arena_free(&a);
    return need;
}

static void slots_are_of_their_own_date(void **state)
{
    (void)state;
    struct fx *f = night();
    amend(f, "seats", "night/eve/primary/0", "count", "2026-12-02", "2");
    amend(f, "bands", "night/eve", "from", "2026-12-03", "20:00");
    amend(f, "bands", "night/eve", "when", "2026-12-05", "sun");
    amend(f, "classes", "sun", "weekdays", "2026-12-08", "tue");
    fx_region(f);
    const struct {
        const char *day;
        int seats, from;
    } cases[] = {{"2026-12-01", 1, 1170}, {"2026-12-02", 2, 1170}, {"2026-12-04", 2, 1200},
                 {"2026-12-05", 0, -1},   {"2026-12-06", 2, 1200}, {"2026-12-07", 0, -1},
                 {"2026-12-08", 2, 1200}, {"2026-12-13", 0, -1}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        int from;
        assert_int_equal(seats_on(f, cases[i].day, &from), cases[i].seats);
        assert_int_equal(from, cases[i].from);
        struct tb_slot s = tb_slot_make(f->region, 0, TB_PRIMARY, fx_day(cases[i].day), 1);
        if (from >= 0) assert_int_equal(s.interval[0].from - tb_minute_of(s.date, 0), from);
    }
    fx_free(f);
}

struct weights {
    int64_t v[8];
};
static void put_weight(void *arg, int account, int64_t weight)
{
    ((struct weights *)arg)->v[account] = weight;
}

static void weights_and_ways_are_of_the_day(void **state)
{
    (void)state;
    struct fx *f = night();
    amend(f, "members", "night/p2", "weight", "2026-12-02", "0.5");
    amend(f, "areas", "city", "inside", "2026-12-02", "25");
    fx_region(f);
    int p2 = fx_provider(f, "p2");
    for (int d = 1; d <= 2; d++) {
        struct weights w = {{0}};
        tb_day day = fx_day("2026-12-01") + d - 1;
        tb_weights_on(f->region, tb_find_duty(f->region, "night"), TB_OF_MEMBER, day, put_weight, &w);
        assert_int_equal(w.v[p2], d == 1 ? 1000000 : 500000);
        const struct tb_region *r = tb_region_on(f->region, day);
        assert_int_equal(tb_travel_minutes(r, tb_find_area(r, "d1"), tb_find_area(r, "d2"), false),
                         d == 1 ? 10 : 25);
    }
    fx_free(f);
}

/* The digest is of the rows, whatever day it is asked of; the order of rows says nothing. */
static void one_region_in_any_order(void **state)
{
    (void)state;
    char digest[2][65];
    for (int i = 0; i < 2; i++) {
        struct fx *f = night();
        amend(f, "bands", "night/eve", i ? "to" : "from", "2027-04-01", i ? "22:00" : "20:00");
        amend(f, "bands", "night/eve", i ? "from" : "to", "2027-04-01", i ? "20:00" : "22:00");
        fx_region(f);
        assert_int_equal(on(f, "2027-04-01")->bands[0].from, 1200);
        tb_region_digest(f->region, digest[i]);
        fx_free(f);
    }
    assert_string_equal(digest[0], digest[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_amendments_every_day_is_the_region),
        cmocka_unit_test(a_value_holds_from_its_day_until_the_next),
        cmocka_unit_test(only_values_differ),
        cmocka_unit_test(slots_are_of_their_own_date),
        cmocka_unit_test(weights_and_ways_are_of_the_day),
        cmocka_unit_test(one_region_in_any_order),
    };
    return cmocka_run_group_tests_name("dated", tests, NULL, NULL);
}
