/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Day classes, periods, slots, pools, accounts, problems, boards: facts known beforehand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "toban/domain/board.h"

static bool in_class(const struct fx *f, int duty, const char *date, const char *id)
{
    int c = tb_find_class(f->region, id);
    assert_true(c >= 0);
    return tb_day_classes(f->region, duty, fx_day(date)) >> c & 1;
}

static void classes_follow_rules_and_overrides(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "classes", "id=obon|from=08-13|to=08-16");
    fx_row(f, "classes", "id=duty-day|any_of=holiday;newyear");
    fx_row(f, "classes", "id=plain-sat|all_of=sat|none_of=holiday;newyear");
    fx_duty(f, "clinic", "clinic");
    fx_band(f, "clinic", "day", "duty-day", "09:00", "17:00", 1, 0);
    fx_row(f, "overrides", "date=2026-08-14|class=holiday|action=add");
    fx_row(f, "overrides", "date=2026-11-03|class=duty-day|duty=clinic|action=drop");
    fx_region(f);
    int clinic = tb_find_duty(f->region, "clinic");
    const struct {
        const char *date, *class;
        bool in;
    } cases[] = {
        {"2026-12-06", "sun", true},       {"2026-12-07", "sun", false},
        {"2026-12-06", "holiday", true},   {"2026-05-06", "holiday", true},
        {"2026-09-22", "holiday", true},   {"2026-12-29", "newyear", true},
        {"2026-12-28", "newyear", false},  {"2027-01-03", "newyear", true},
        {"2027-01-04", "newyear", false},  {"2026-12-30", "duty-day", true},
        {"2026-08-14", "obon", true},      {"2026-08-17", "obon", false},
        {"2026-08-14", "duty-day", true}, /* an added day goes on into the classes made from it */
        {"2026-12-05", "plain-sat", true}, {"2027-01-02", "plain-sat", false},
        {"2026-11-03", "duty-day", true},
    };
    for (size_t i = 0; i < TB_COUNT(cases); i++)
        assert_int_equal(in_class(f, -1, cases[i].date, cases[i].class), cases[i].in);
    assert_false(in_class(f, clinic, "2026-11-03", "duty-day"));
    fx_free(f);
}

static void rows_of_holidays_and_the_law(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "holidays", "date=2026-01-01|name=元日");
    fx_row(f, "holidays", "date=2026-06-10|name=臨時の休日");
    fx_row(f, "holidays", "date=2026-11-23|kind=drop");
    fx_region(f);
    assert_string_equal(tb_region_holiday(f->region, fx_day("2026-06-10")), "臨時の休日");
    assert_string_equal(tb_region_holiday(f->region, fx_day("2026-11-03")), "文化の日");
    assert_null(tb_region_holiday(f->region, fx_day("2026-11-23")));
    assert_string_equal(tb_region_holiday(f->region, fx_day("2027-11-03")), "文化の日");
    fx_free(f);
}

static void periods_are_read(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "periods", "id=ny|name=年末年始|from=2026-12-29|to=2027-01-03");
    fx_region(f);
    const struct {
        const char *text, *from, *to, *kind;
    } good[] = {
        {"2026-12", "2026-12-01", "2026-12-31", "month"},
        {"R8-12", "2026-12-01", "2026-12-31", "month"},
        {"2028-02", "2028-02-01", "2028-02-29", "month"},
        {"2026-12-29..2027-01-03", "2026-12-29", "2027-01-03", "ny"},
        {"FY2026", "2026-04-01", "2027-03-31", "year"},
        {"FY2026-H1", "2026-04-01", "2026-09-30", "half"},
        {"FY2026-H2", "2026-10-01", "2027-03-31", "half"},
        {"年末年始", "2026-12-29", "2027-01-03", "ny"},
        {"ny", "2026-12-29", "2027-01-03", "ny"},
        {"2026-12-03..2026-12-03", "2026-12-03", "2026-12-03", "days"},
        {"2026-12..2027-02", "2026-12-01", "2027-02-28", "days"},
        {"R8-12..2027-01-03", "2026-12-01", "2027-01-03", "days"},
    };
    for (size_t i = 0; i < TB_COUNT(good); i++) {
        tb_day from, to;
        char kind[65];
        struct tb_err e = {0};
        assert_int_equal(tb_period_parse(f->region, good[i].text, &from, &to, kind, &e), TB_OK);
        assert_int_equal(from, fx_day(good[i].from));
        assert_int_equal(to, fx_day(good[i].to));
        assert_string_equal(kind, good[i].kind);
    }
    const char *const bad[] = {"",
                               "2026",
                               "2026-13",
                               "2026-00",
                               "2026-1x",
                               "R0-12",
                               "2026-02-30..2026-03-01",
                               "2026-12-31..2026-12-01",
                               "FY20",
                               "FY2026-H3",
                               "H1",
                               "2026-12-01..",
                               "2027-01..2026-12",
                               "2026-12..2027-13",
                               "FY2026..2027-05",
                               "2020-01-01..2026-12-31",
                               "来月"};
    for (size_t i = 0; i < TB_COUNT(bad); i++) {
        tb_day from, to;
        struct tb_err e = {0};
        assert_int_equal(tb_period_parse(f->region, bad[i], &from, &to, NULL, &e), TB_USAGE);
        assert_true(*e.text);
    }
    fx_free(f);
}

static void highest_rank_gives_the_seats(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 1);
    fx_row(f, "seats", "duty=night|band=eve|role=primary|rank=50|when=newyear|count=2");
    fx_row(f, "seats", "duty=night|band=eve|role=reserve|rank=50|when=sun|count=0");
    fx_region(f);
    struct tb_arena a = {0};
    struct tb_slot *s;
    int n, night = tb_find_duty(f->region, "night");
    n = tb_slots_of(f->region, &night, 1, fx_day("2026-12-26"), fx_day("2026-12-29"), &a, &s);
    /* Sat 26: 1+1, Sun 27: 1, Mon 28: 1+1, Tue 29: 2+1 */
    assert_int_equal(n, 7);
    int primary = 0, reserve = 0;
    for (int i = 0; i < n; i++) *(s[i].role == TB_PRIMARY ? &primary : &reserve) += s[i].need;
    assert_int_equal(primary, 5);
    assert_int_equal(reserve, 3);
    assert_int_equal(s[0].interval[0].from, tb_minute_of(fx_day("2026-12-26"), 19 * 60 + 30));
    tb_arena_free(&a);
    fx_free(f);
}

static void two_intervals_and_the_next_morning(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "split", "hospital");
    fx_row(f, "bands", "duty=split|id=b|when=all|from=08:30|to=17:15|reception=16:45|from2=22:30|to2=32:30");
    fx_row(f, "seats", "duty=split|band=b|role=primary|rank=1|when=all|count=1");
    fx_region(f);
    struct tb_arena a = {0};
    struct tb_slot *s;
    int n, duty = tb_find_duty(f->region, "split");
    n = tb_slots_of(f->region, &duty, 1, fx_day("2026-02-28"), fx_day("2026-02-28"), &a, &s);
    assert_int_equal(n, 1);
    assert_int_equal(s->n_intervals, 2);
    assert_int_equal(s->interval[1].to, tb_minute_of(fx_day("2026-03-01"), 8 * 60 + 30));
    assert_int_equal(s->reception[0], tb_minute_of(fx_day("2026-02-28"), 16 * 60 + 45));
    assert_int_equal(s->reception[1], s->interval[1].to);
    tb_arena_free(&a);
    fx_free(f);
}

/* ---- accounts ---------------------------------------------------------------------------------- */

struct sum {
    int64_t total;
    int n;
    int64_t of[64];
};
static void add(void *arg, int ledger, int account, int64_t millionths)
{
    struct sum *s = arg;
    (void)ledger;
    s->total += millionths;
    s->n++;
    s->of[account] += millionths;
}

static void a_seat_is_shared_out_exactly(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    for (int i = 0; i < 7; i++) {
        char id[8];
        (void)snprintf(id, sizeof id, "p%d", i);
        fx_doctor(f, id, "night");
    }
    fx_row(f, "exemptions", "provider=p3|from=2026-12-01|to=2026-12-10|reason=leave");
    fx_row(f, "exemptions", "provider=p4|from=2026-12-01|to=2026-12-10|reason=illness|accrues=yes");
    fx_row(f, "ledgers", "id=night.all|scope=provider|duties=night|class=all|price=5");
    fx_problem(f, "2026-12-01", "2026-12-12", "night");
    const struct tb_problem *p = f->problem;
    struct sum s = {0};
    tb_accrue(f->region, p->persons[0].of, &p->slots[0], 1, add, &s);
    assert_int_equal(s.total, 1000000);
    assert_int_equal(s.n, 6);
    assert_int_equal(s.of[fx_provider(f, "p3")], 0);
    assert_true(s.of[fx_provider(f, "p4")] > 166000);
    memset(&s, 0, sizeof s);
    tb_accrue(f->region, p->persons[0].of, &p->slots[11], 3, add, &s);
    assert_int_equal(s.total, 3000000);
    assert_int_equal(s.n, 7);
    /* The problem's accounts hold the whole period: twelve seats. */
    int64_t all = 0;
    for (int i = 0; i < p->n_counters; i++) all += p->counters[i].accrued;
    assert_int_equal(all, 12000000);
    fx_free(f);
}

static void weights_and_carried_make_the_entitlement(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_doctor(f, "full", "night");
    fx_row(f, "providers", "id=half|kind=doctor|area=d1");
    fx_row(f, "members", "duty=night|provider=half|weight=0.5");
    fx_row(f, "ledgers", "id=night.all|scope=provider|duties=night|class=all|price=5");
    fx_carried(f, "night.all half -1.25");
    fx_problem(f, "2026-12-01", "2026-12-06", "night");
    const struct tb_problem *p = f->problem;
    assert_int_equal(p->n_counters, 2);
    const struct tb_counter *full = &p->counters[tb_counter_find(p, 0, fx_provider(f, "full"))],
                            *half = &p->counters[tb_counter_find(p, 0, fx_provider(f, "half"))];
    assert_int_equal(full->accrued + half->accrued, 6000000);
    assert_int_equal(full->entitlement, 400);
    assert_int_equal(half->entitlement, 75);
    assert_int_equal(full->steps, 8);
    assert_int_equal(half->steps, 5);
    fx_free(f);
}

static void share_groups_and_persons_have_accounts(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_duty(f, "day", "clinic");
    fx_band(f, "day", "d", "holiday", "09:00", "17:00", 1, 0);
    fx_row(f, "shares", "duty=night|id=a|weight=3");
    fx_row(f, "shares", "duty=night|id=b|weight=1");
    fx_row(f, "providers", "id=d1x|kind=doctor|area=d1");
    fx_row(f, "providers", "id=d2x|kind=doctor|area=d2");
    fx_row(f, "members", "duty=night|provider=d1x|share=a");
    fx_row(f, "members", "duty=night|provider=d2x|share=b");
    fx_row(f, "providers", "id=clinic1|kind=clinic|area=d1");
    fx_row(f, "members", "duty=day|provider=clinic1");
    fx_row(f, "links", "from=d1x|type=owns|to=clinic1");
    fx_row(f, "ledgers", "id=shares|scope=share|duties=night|class=all|price=5");
    fx_row(f, "ledgers", "id=persons|scope=person|duties=night;day|class=all|price=5");
    fx_problem(f, "2026-12-01", "2026-12-08", "night day");
    const struct tb_problem *p = f->problem;
    int shares = tb_find_ledger(f->region, "shares"), persons = tb_find_ledger(f->region, "persons");
    assert_int_equal(p->counters[tb_counter_find(p, shares, 0)].entitlement, 600);
    assert_int_equal(p->counters[tb_counter_find(p, shares, 1)].entitlement, 200);
    int owner =
        fx_provider(f, "clinic1") < fx_provider(f, "d1x") ? fx_provider(f, "clinic1") : fx_provider(f, "d1x");
    assert_int_equal(p->persons[0].of[fx_provider(f, "d1x")], owner);
    assert_int_equal(p->persons[0].of[fx_provider(f, "clinic1")], owner);
    assert_true(tb_counter_find(p, persons, owner) >= 0);
    assert_int_equal(tb_counter_find(p, persons, fx_provider(f, "d2x")), -1);
    /* His group bears three quarters of eight nights; and the one holiday is his clinic's alone. */
    assert_int_equal(p->counters[tb_counter_find(p, persons, owner)].entitlement, 700);
    fx_free(f);
}

/* ---- problems ---------------------------------------------------------------------------------- */

static void published_seats_bind_unless_planned_anew(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_doctor(f, "p1", "night");
    fx_published(f, "night 2026-12-02 eve primary p1");
    fx_row(f, "history", "duty=night|date=2026-11-30|band=eve|role=primary|seat=1|provider=p1");
    fx_problem(f, "2026-12-01", "2026-12-03", "night");
    const struct tb_problem *p = f->problem;
    assert_int_equal(p->n_slots, 4);
    assert_int_equal(p->n_bound, 2);
    int planned = 0;
    for (int i = 0; i < p->n_slots; i++) planned += p->slots[i].planned;
    assert_int_equal(planned, 2);
    for (int i = 1; i < p->n_slots; i++) assert_true(p->slots[i - 1].date < p->slots[i].date);

    struct tb_seat_row row = {
        tb_find_duty(f->region, "night"), fx_day("2026-12-02"), 0, TB_PRIMARY, 1, fx_provider(f, "p1")};
    int night = row.duty;
    struct tb_problem_input in = {f->region,
                                  fx_day("2026-12-01"),
                                  fx_day("2026-12-03"),
                                  &night,
                                  1,
                                  &row,
                                  1,
                                  NULL,
                                  0,
                                  NULL,
                                  0,
                                  NULL,
                                  0,
                                  0,
                                  false};
    struct tb_problem *again;
    struct tb_err e = {0};
    assert_int_equal(tb_problem_build(&in, true, &again, &e), TB_OK);
    assert_int_equal(again->n_bound, 1);
    tb_problem_free(again);
    in.from = in.to = fx_day("2026-12-02");
    assert_int_equal(tb_problem_build(&in, false, &again, &e), TB_NO);
    assert_non_null(strstr(e.text, "2026-12-02"));

    /* Told slots alone: the 3rd is planned, the 1st is not there at all, and the 2nd stays bound. */
    struct tb_seat_row third = {night, fx_day("2026-12-03"), 0, TB_PRIMARY, 0, -1};
    in.from = fx_day("2026-12-01");
    in.to = fx_day("2026-12-03");
    in.only = &third;
    in.n_only = 1;
    assert_int_equal(tb_problem_build(&in, false, &again, &e), TB_OK);
    assert_int_equal(tb_slot_find(again, night, fx_day("2026-12-01"), 0, TB_PRIMARY), -1);
    assert_false(again->slots[tb_slot_find(again, night, fx_day("2026-12-02"), 0, TB_PRIMARY)].planned);
    assert_true(again->slots[tb_slot_find(again, night, fx_day("2026-12-03"), 0, TB_PRIMARY)].planned);
    tb_problem_free(again);
    fx_free(f);
}

static void a_count_wish_reaches_over_its_survey(void **state)
{
    (void)state;
    for (int wished = 0; wished < 2; wished++) {
        struct fx *f = fx_new();
        fx_duty(f, "night", "doctor");
        fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
        fx_doctor(f, "p1", "night");
        fx_doctor(f, "p2", "night");
        fx_row(f, "surveys", "id=half|from=2026-04-01|to=2026-09-30|duties=night");
        if (wished) fx_row(f, "wishes", "survey=half|provider=p1|type=count|count=3");
        fx_published(f, "night 2026-04-02 eve primary p1");
        fx_published(f, "night 2026-04-03 eve primary p2");
        fx_problem(f, "2026-09-01", "2026-09-03", "night");
        assert_int_equal(f->problem->n_bound, wished);
        fx_free(f);
    }
}

static void rosters_are_normalised(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 3, 0);
    fx_doctor(f, "p1", "night");
    fx_doctor(f, "p2", "night");
    fx_doctor(f, "p3", "night");
    fx_problem(f, "2026-12-01", "2026-12-01", "night");
    struct tb_assignment a[] = {{0, 9, 2}, {0, 2, 1}, {0, 0, 0}};
    struct tb_roster r = {a, 3};
    tb_roster_normalise(f->problem, &r);
    assert_int_equal(a[0].provider, 0);
    assert_int_equal(a[1].provider, 1);
    assert_int_equal(a[1].seat, 2);
    assert_int_equal(a[2].provider, 2);
    assert_int_equal(a[2].seat, 3);
    fx_free(f);
}

static void travel_climbs_the_tree(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "travel", "from=city|to=town|minutes=25");
    fx_region(f);
    const struct tb_region *r = f->region;
    int city = tb_find_area(r, "city"), town = tb_find_area(r, "town"), d1 = tb_find_area(r, "d1"),
        d2 = tb_find_area(r, "d2");
    assert_int_equal(tb_travel_minutes(r, d1, d1, false), 0);
    assert_int_equal(tb_travel_minutes(r, d1, d2, false), 10);
    assert_int_equal(tb_travel_minutes(r, d1, town, false), 25);
    assert_int_equal(tb_travel_minutes(r, town, d2, false), 25);
    assert_int_equal(tb_travel_minutes(r, city, town, true), 38); /* 25 * 150 %, rounded up */
    fx_free(f);
}

static void boards_keep_what_was_published(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_doctor(f, "p1", "night");
    fx_region(f);
    struct tb_board_row rows[] = {{{0, fx_day("2026-12-02"), 0, TB_PRIMARY, 1, 0}, 77, 2, 3, 1},
                                  {{0, fx_day("2026-12-09"), 0, TB_PRIMARY, 1, 0}, 78, 0, 1, 1}};
    struct tb_cover cover = {0, fx_day("2026-12-01"), fx_day("2026-12-31")};
    struct tb_board *b =
        tb_board_new(f->region, fx_day("2026-12-01"), fx_day("2026-12-07"), rows, 2, &cover, 1);
    assert_int_equal(b->n_slots, 7);
    assert_int_equal(b->n, 1);
    assert_int_equal(b->changed[0], 77);
    assert_int_equal(b->sequence[0], 2);
    assert_int_equal(b->publication_of[0], 3);
    int first;
    assert_int_equal(tb_board_seats(b, 1, &first), 1);
    assert_int_equal(first, 0);
    assert_int_equal(tb_board_seats(b, 0, &first), 0);
    tb_board_free(b);
    fx_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_follow_rules_and_overrides),
        cmocka_unit_test(rows_of_holidays_and_the_law),
        cmocka_unit_test(periods_are_read),
        cmocka_unit_test(highest_rank_gives_the_seats),
        cmocka_unit_test(two_intervals_and_the_next_morning),
        cmocka_unit_test(a_seat_is_shared_out_exactly),
        cmocka_unit_test(weights_and_carried_make_the_entitlement),
        cmocka_unit_test(share_groups_and_persons_have_accounts),
        cmocka_unit_test(published_seats_bind_unless_planned_anew),
        cmocka_unit_test(a_count_wish_reaches_over_its_survey),
        cmocka_unit_test(rosters_are_normalised),
        cmocka_unit_test(travel_climbs_the_tree),
        cmocka_unit_test(boards_keep_what_was_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
