/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What check and score say beyond the single rules: sums known by hand, bound seats, impossible rows, order,
 * words.
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

static struct tb_verdict *judge(struct fx *f)
{
    struct tb_verdict *v;
    tb_check(f->problem, &f->roster, &v);
    assert_int_equal(v->objective, v->open_cost + v->rule_cost + v->ledger_cost);
    assert_int_equal(tb_score(f->problem, &f->roster), v->objective);
    return v;
}

static int64_t ledger_cost(struct fx *f)
{
    struct tb_verdict *v = judge(f);
    int64_t cost = v->ledger_cost;
    tb_verdict_free(v);
    return cost;
}

static struct fx *two_doctors(void)
{
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_doctor(f, "p1", "night");
    fx_doctor(f, "p2", "night");
    return f;
}

/* ---- sums by hand --------------------------------------------------------------------------- */

static int64_t cost_of(struct fx *f)
{
    struct tb_verdict *v;
    tb_check(f->problem, &f->roster, &v);
    int64_t cost = v->objective;
    tb_verdict_free(v);
    return cost;
}

static void test_ledger_by_hand(void **state)
{
    (void)state;
    struct fx *f = two_doctors();
    fx_row(f, "ledgers", "id=l|name=l|scope=provider|duties=night|class=all|price=2");
    fx_carried(f, "l p1 0.5");
    fx_problem(f, "2026-12-01", "2026-12-04", "night");
    /* Each is owed two of the four; p1 half a one more. */
    assert_int_equal(f->problem->n_counters, 2);
    assert_int_equal(f->problem->counters[0].entitlement, 250);
    assert_int_equal(f->problem->counters[1].entitlement, 200);
    assert_int_equal(ledger_cost(f), 0);
    fx_sit(f, "night 2026-12-01 eve primary p1");
    assert_int_equal(ledger_cost(f), 2 * (100 - 500));
    fx_sit(f, "night 2026-12-02 eve primary p1");
    fx_sit(f, "night 2026-12-03 eve primary p1");
    fx_sit(f, "night 2026-12-04 eve primary p2");
    assert_int_equal(ledger_cost(f), 2 * (900 - 2 * 250 * 3) + 2 * (100 - 2 * 200));
    struct tb_verdict *v = judge(f);
    assert_int_equal(v->loads[0], 3);
    assert_int_equal(v->loads[1], 1);
    assert_int_equal(v->open_seats, 0);
    assert_int_equal(v->n_violations, 0);
    tb_verdict_free(v);
    fx_free(f);
}

static void test_beyond_the_steps(void **state)
{
    (void)state;
    struct fx *f = two_doctors();
    fx_row(f, "ledgers", "id=l|name=l|scope=provider|duties=night|class=all|price=3");
    fx_carried(f, "l p1 -10");
    fx_problem(f, "2026-12-01", "2026-12-04", "night");
    assert_int_equal(f->problem->counters[0].entitlement, -800);
    assert_int_equal(f->problem->counters[0].steps, 1);
    for (int i = 1; i <= 4; i++) {
        char seat[64];
        snprintf(seat, sizeof seat, "night 2026-12-%02d eve primary p1", i);
        fx_sit(f, seat);
        /* every step costs what the last one does */
        assert_int_equal(ledger_cost(f), 3 * i * (100 + 1600));
    }
    fx_free(f);
}

static void test_one_duty_or_more(void **state)
{
    (void)state;
    /* carried by p1, his entitlement, then what loads of 1, 2, 3 and 4 cost besides the squares, in prices of
     * a duty begun beyond one */
    static const struct {
        const char *carried;
        int entitlement, besides[4];
    } cases[] = {
        {"l p1 -1", 100, {-1, 0, 1, 2}}, /* none of 1.00 is one duty less, 2 are one more */
        /* none of 1.01 is one duty less, and 2 of 1.01 is none more yet */
        {"l p1 -0.99", 101, {-1, -1, 0, 1}},
        {"l p1 1.5", 350, {-1, -2, -3, -3}},
        {"l p1 -3", -100, {1, 2, 3, 4}}, /* the last step's cost for all beyond it */
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct fx *f = two_doctors();
        fx_row(f, "ledgers", "id=l|name=l|scope=provider|duties=night|class=all|price=1|beyond=70");
        fx_carried(f, cases[k].carried);
        fx_problem(f, "2026-12-01", "2026-12-04", "night");
        struct tb_counter *c = &f->problem->counters[0];
        assert_int_equal(c->entitlement, cases[k].entitlement);
        for (int i = 1; i <= 4; i++) {
            char seat[64];
            snprintf(seat, sizeof seat, "night 2026-12-%02d eve primary p1", i);
            fx_sit(f, seat);
            int inside = i < c->steps ? i : c->steps;
            int64_t squares = 100 * inside * inside - 2 * c->entitlement * inside +
                              (i - inside) * (100 * (2 * c->steps - 1) - 2 * c->entitlement);
            assert_int_equal(ledger_cost(f), squares + 7000 * cases[k].besides[i - 1]);
            assert_int_equal(tb_counter_cost(c, i), squares + 7000 * cases[k].besides[i - 1]);
        }
        fx_free(f);
    }
}

/* p1 owns a clinic and is given from outside in one duty: that seat is in nobody's books, though his person
 * has an account, and so has he by the other duty. */
static void test_given_help_is_in_no_ledger(void **state)
{
    (void)state;
    static const char *const scopes[] = {"provider", "person"};
    for (size_t i = 0; i < TB_COUNT(scopes); i++) {
        struct fx *f = fx_new();
        fx_duty(f, "night", "doctor");
        fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
        fx_duty(f, "late", "doctor");
        fx_band(f, "late", "deep", "all", "23:00", "32:00", 1, 0);
        fx_duty(f, "hol", "clinic");
        fx_band(f, "hol", "day", "sun", "09:00", "17:00", 1, 0);
        fx_doctor(f, "p1", "late");
        fx_row(f, "providers", "id=c1|kind=clinic|area=d1");
        fx_row(f, "links", "from=p1|type=owns|to=c1");
        fx_row(f, "members", "duty=night|provider=p1|help=given");
        fx_member(f, "c1", "hol");
        fx_rowf(f, "ledgers", "id=l|name=x|scope=%s|duties=night;late;hol|class=all|price=1", scopes[i]);
        fx_problem(f, "2026-12-04", "2026-12-07", "night late hol");
        fx_sit(f, "night 2026-12-05 eve primary p1");
        assert_int_equal(ledger_cost(f), 0);
        assert_int_equal(tb_score(f->problem, &f->roster), cost_of(f));
        fx_sit(f, "late 2026-12-04 deep primary p1");
        assert_int_not_equal(ledger_cost(f), 0);
        assert_int_equal(tb_score(f->problem, &f->roster), cost_of(f));
        fx_free(f);
    }
}

static void test_person_and_share_ledgers(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 1);
    fx_duty(f, "hol", "clinic");
    fx_band(f, "hol", "day", "sun", "09:00", "17:00", 1, 0);
    fx_row(f, "shares", "duty=night|id=east|weight=1");
    fx_row(f, "shares", "duty=night|id=west|weight=1");
    fx_row(f, "providers", "id=p1|kind=doctor|area=d1");
    fx_row(f, "providers", "id=p2|kind=doctor|area=d1");
    fx_row(f, "providers", "id=c1|kind=clinic|area=d1");
    fx_row(f, "members", "duty=night|provider=p1|share=east");
    fx_row(f, "members", "duty=night|provider=p2|share=west");
    fx_row(f, "members", "duty=hol|provider=c1");
    fx_row(f, "links", "from=p1|type=owns|to=c1");
    fx_row(f, "ledgers", "id=person|name=x|scope=person|duties=night;hol|class=sun|price=1");
    fx_row(f, "ledgers", "id=share|name=x|scope=share|duties=night|class=all|price=1");
    fx_row(f, "ledgers", "id=reserve|name=x|scope=provider|duties=night|role=reserve|class=all|price=1");
    fx_problem(f, "2026-12-05", "2026-12-06", "hol night");
    /* person: only p1 and c1 are one with two providers; a Sunday night is half his, the clinic's day all
     * his: 1.5. share: one night each. reserve: one each. */
    int person = tb_counter_find(f->problem, tb_find_ledger(f->region, "person"),
                                 f->problem->persons[0].of[fx_provider(f, "p1")]);
    assert_true(person >= 0);
    assert_int_equal(f->problem->counters[person].entitlement, 150);
    assert_int_equal(f->problem->n_counters, 1 + 2 + 2);
    fx_sit(f, "night 2026-12-06 eve primary p1");
    assert_int_equal(ledger_cost(f), (100 - 300) + (100 - 200));
    fx_sit(f, "hol 2026-12-06 day primary c1");
    assert_int_equal(ledger_cost(f), (400 - 600) + (100 - 200));
    fx_sit(f, "night 2026-12-05 eve primary p2");
    assert_int_equal(ledger_cost(f), (400 - 600) + 2 * (100 - 200));
    fx_sit(f, "night 2026-12-06 eve reserve p2");
    assert_int_equal(ledger_cost(f), (400 - 600) + 2 * (100 - 200) + (100 - 200));
    fx_free(f);
}

static void test_whole_objective_by_hand(void **state)
{
    (void)state;
    struct fx *f = two_doctors();
    fx_row(f, "ledgers", "id=l|name=l|scope=provider|duties=night|class=all|price=1");
    fx_row(f, "rules", "id=rest|type=rest.days|params=days=3|price=10");
    fx_row(f, "rules", "id=like|type=wish|params=wish=like|price=25");
    fx_row(f, "surveys", "id=s|from=2026-12-01|to=2026-12-04|duties=night");
    fx_row(f, "wishes", "survey=s|provider=p1|type=like|from=2026-12-02");
    fx_problem(f, "2026-12-01", "2026-12-04", "night");
    /* E = 200 each, S = 6; 1 + W 25 + R 10 * 3 + C 2 * (100 * 11 + 400) */
    assert_int_equal(f->problem->open_price, 1 + 25 + 30 + 2 * 1500);
    fx_sit(f, "night 2026-12-01 eve primary p1");
    fx_sit(f, "night 2026-12-02 eve primary p1");
    fx_sit(f, "night 2026-12-04 eve primary p2");
    struct tb_verdict *v = judge(f);
    assert_int_equal(v->open_seats, 1);
    assert_int_equal(v->open_cost, 3056);
    /* windows from 11-30 and from 12-01 hold both; the wish is met */
    assert_int_equal(v->rule_cost, 10 * 2 - 25);
    assert_int_equal(v->ledger_cost, (400 - 800) + (100 - 400));
    assert_int_equal(v->n_violations, 1);
    assert_int_equal(v->violations[0].excess, 2);
    assert_int_equal(v->violations[0].measured, 2);
    assert_int_equal(v->violations[0].allowed, 1);
    assert_int_equal(v->violations[0].from, fx_day("2026-12-01"));
    assert_int_equal(v->violations[0].to, fx_day("2026-12-02"));
    tb_verdict_free(v);
    fx_free(f);
}

/* ---- bound seats ---------------------------------------------------------------------------- */

static void test_bound_among_themselves(void **state)
{
    (void)state;
    for (int priced = 0; priced < 2; priced++) {
        struct fx *f = two_doctors();
        fx_rowf(f, "rules", "id=rest|type=rest.days|params=days=4|price=%s", priced ? "10" : "");
        fx_published(f, "night 2026-11-28 eve primary p1");
        fx_published(f, "night 2026-11-29 eve primary p1");
        fx_published(f, "night 2026-11-20 eve primary p1");
        fx_published(f, "night 2026-11-21 eve primary p1");
        fx_problem(f, "2026-12-01", "2026-12-04", "night");
        /* One window, 11-28 to 12-01, can be touched; the others with two bound seats are history. */
        struct tb_verdict *v = judge(f);
        assert_int_equal(v->n_hard, 0);
        assert_int_equal(v->rule_cost, priced ? 10 : 0);
        assert_int_equal(v->n_violations, priced);
        tb_verdict_free(v);
        fx_sit(f, "night 2026-12-01 eve primary p1");
        v = judge(f);
        assert_int_equal(v->n_hard, priced ? 0 : 1);
        /* from 11-28: three seats; from 11-29: two */
        assert_int_equal(v->rule_cost, priced ? 10 * (2 + 1) : 0);
        tb_verdict_free(v);
        fx_free(f);
    }
}

static void test_touched_through_the_person(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_band(f, "night", "late", "all", "23:00", "32:00", 1, 0);
    fx_duty(f, "hol", "clinic");
    fx_band(f, "hol", "day", "sun", "09:00", "17:00", 1, 0);
    fx_doctor(f, "p1", "night");
    fx_row(f, "providers", "id=c1|kind=clinic|area=d1");
    fx_member(f, "c1", "hol");
    fx_row(f, "links", "from=p1|type=owns|to=c1");
    fx_row(f, "rules", "id=day|type=person.day|price=10");
    fx_published(f, "hol 2026-12-06 day primary c1");
    fx_published(f, "night 2026-12-06 eve primary p1");
    fx_published(f, "hol 2026-11-29 day primary c1");
    fx_published(f, "night 2026-11-29 eve primary p1");
    fx_problem(f, "2026-12-06", "2026-12-06", "night");
    /* the late seat of that Sunday is planned: the day's excess counts; that of 11-29 does not */
    struct tb_verdict *v = judge(f);
    assert_int_equal(v->rule_cost, 10);
    tb_verdict_free(v);
    fx_sit(f, "night 2026-12-06 late primary p1");
    v = judge(f);
    assert_int_equal(v->rule_cost, 20);
    tb_verdict_free(v);
    fx_free(f);
}

static void test_full_unit_takes_no_more(void **state)
{
    (void)state;
    struct fx *f = two_doctors();
    fx_row(f, "rules", "id=most|type=limit.count|params=max=1");
    fx_published(f, "night 2026-12-01 eve primary p1");
    fx_published(f, "night 2026-12-02 eve primary p1");
    fx_problem(f, "2026-12-03", "2026-12-04", "night");
    struct tb_verdict *v = judge(f);
    assert_int_equal(v->n_hard, 0);
    tb_verdict_free(v);
    fx_sit(f, "night 2026-12-03 eve primary p1");
    v = judge(f);
    assert_int_equal(v->n_hard, 1);
    assert_int_equal(v->violations[0].measured, 3);
    assert_int_equal(v->violations[0].excess, 2);
    /* the planned seat is the one shown first: it can be changed */
    assert_true(f->problem->slots[v->violations[0].slots[0]].planned);
    tb_verdict_free(v);
    fx_free(f);
}

/* The reader refuses such a member row; check does not lean on it. */
static void test_member_of_another_kind(void **state)
{
    (void)state;
    struct fx *f = two_doctors();
    fx_problem(f, "2026-12-01", "2026-12-01", "night");
    fx_sit(f, "night 2026-12-01 eve primary p1");
    f->region->providers[fx_provider(f, "p1")].kind++;
    struct tb_verdict *v = judge(f);
    assert_int_equal(v->n_hard, 1);
    assert_string_equal(v->violations[0].rule, "member");
    tb_verdict_free(v);
    fx_free(f);
}

static void test_level_a_only_when_priced(void **state)
{
    (void)state;
    for (int priced = 0; priced < 2; priced++) {
        struct fx *f = fx_new();
        fx_duty(f, "night", "doctor");
        fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
        fx_row(f, "providers", "id=p1|kind=doctor|area=d1|labour=A");
        fx_member(f, "p1", "night");
        fx_row(f, "external", "provider=p1|from=2026-12-02T07:59|to=2026-12-02T17:00|what=x");
        fx_rowf(f, "rules", "id=labour|type=labour.rest|price=%s", priced ? "10" : "");
        fx_problem(f, "2026-12-01", "2026-12-01", "night");
        fx_sit(f, "night 2026-12-01 eve primary p1");
        struct tb_verdict *v = judge(f);
        assert_int_equal(v->n_hard, 0);
        assert_int_equal(v->rule_cost, priced ? 10 : 0);
        tb_verdict_free(v);
        fx_free(f);
    }
}

/* ---- rows that cannot be -------------------------------------------------------------------- */

static void test_impossible_rows(void **state)
{
    (void)state;
    struct fx *f = two_doctors();
    fx_published(f, "night 2026-11-30 eve primary p1");
    fx_problem(f, "2026-12-01", "2026-12-02", "night");
    int bound = fx_slot(f, "night 2026-11-30 eve primary"),
        planned = fx_slot(f, "night 2026-12-01 eve primary");
    struct tb_assignment rows[] = {{-1, 1, 0},    {1000, 1, 0},     {INT32_MIN, 0, INT32_MIN},
                                   {bound, 1, 0}, {planned, 1, -1}, {planned, 1, 1 << 30}};
    struct tb_roster r = {rows, (int)TB_COUNT(rows)};
    struct tb_verdict *v;
    tb_check(f->problem, &r, &v);
    assert_int_equal(v->n_hard, 6);
    assert_int_equal(v->open_seats, 2);
    int members = 0;
    for (int i = 0; i < v->n_violations; i++) {
        members += strcmp(v->violations[i].rule, "member") == 0;
        struct tb_buf b = {0};
        tb_violation_text(f->problem, &v->violations[i], &b);
        assert_true(b.len > 0);
        tb_buf_free(&b);
    }
    assert_int_equal(members, 2);
    assert_int_equal(tb_score(f->problem, &r), v->objective);
    tb_verdict_free(v);
    /* twice the same: one too many, and two seats at once */
    rows[0] = rows[1] = (struct tb_assignment){planned, 1, fx_provider(f, "p1")};
    r.n = 2;
    tb_check(f->problem, &r, &v);
    assert_int_equal(v->n_hard, 2);
    assert_string_equal(v->violations[0].rule, "one.seat");
    assert_string_equal(v->violations[1].rule, "seat.count");
    assert_int_equal(tb_score(f->problem, &r), v->objective);
    tb_verdict_free(v);
    fx_free(f);
}

static bool same(const struct tb_verdict *a, const struct tb_verdict *b)
{
    if (a->n_violations != b->n_violations || a->n_hard != b->n_hard || a->objective != b->objective ||
        a->open_seats != b->open_seats)
        return false;
    for (int i = 0; i < a->n_violations; i++) {
        const struct tb_violation *x = &a->violations[i], *y = &b->violations[i];
        if (strcmp(x->rule, y->rule) != 0 || x->provider != y->provider || x->from != y->from ||
            x->to != y->to || x->cost != y->cost || x->measured != y->measured ||
            x->slots[0] != y->slots[0] || x->slots[1] != y->slots[1])
            return false;
    }
    return true;
}

/* Random rosters, most of them nonsense, on random regions: no crash, score and check agree, the order of
 * rows says nothing. */
static void test_garbage(void **state)
{
    (void)state;
    struct fx_dice d = {4711};
    int regions = 0;
    long violations = 0;
    while (regions < 300) {
        struct fx *f = fx_draw(&d);
        if (!f) continue;
        regions++;
        for (int round = 0; round < 4; round++) {
            struct tb_assignment a[24], mixed[24];
            int n = fx_roll(&d, 0, 24), slack = round == 0 ? 3 : 0;
            for (int i = 0; i < n; i++) {
                int slot = fx_roll(&d, -slack, f->problem->n_slots - 1 + slack), seat = fx_roll(&d, -1, 3);
                a[i] = (struct tb_assignment){slot, seat,
                                              fx_roll(&d, -slack, f->region->n_providers - 1 + slack)};
            }
            memcpy(mixed, a, sizeof a);
            for (int i = n - 1; i > 0; i--) {
                int k = fx_roll(&d, 0, i);
                struct tb_assignment t = mixed[i];
                mixed[i] = mixed[k];
                mixed[k] = t;
            }
            struct tb_roster r = {a, n}, s = {mixed, n};
            struct tb_verdict *v, *w;
            tb_check(f->problem, &r, &v);
            tb_check(f->problem, &s, &w);
            assert_true(same(v, w));
            int64_t score = tb_score(f->problem, &r);
            if (score != v->objective)
                print_message("%s# score %lld, check %lld\n", tb_buf_str(&f->log), (long long)score,
                              (long long)v->objective);
            assert_int_equal(score, v->objective);
            int hard = 0;
            for (int i = 0; i < v->n_violations; i++) {
                hard += v->violations[i].hard;
                assert_true(v->violations[i].hard ? v->violations[i].cost == 0 : v->violations[i].excess > 0);
                assert_true(i == 0 || v->violations[i - 1].hard >= v->violations[i].hard);
            }
            assert_int_equal(hard, v->n_hard);
            violations += v->n_violations;
            tb_verdict_free(v);
            tb_verdict_free(w);
        }
        fx_free(f);
    }
    print_message("# %ld violations\n", violations);
    assert_true(violations > 5000);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void expect_text(const struct fx *f, const struct tb_violation *v, const char *ja, const char *en)
{
    struct tb_buf b = {0};
    tb_lang_set(TB_JA);
    tb_violation_text(f->problem, v, &b);
    assert_string_equal(tb_buf_str(&b), ja);
    tb_buf_clear(&b);
    tb_lang_set(TB_EN);
    tb_violation_text(f->problem, v, &b);
    assert_string_equal(tb_buf_str(&b), en);
    tb_buf_free(&b);
}

static void test_words(void **state)
{
    (void)state;
    struct fx *f = fx_new();
    fx_row(f, "duties",
           "id=night|name=内科夜間|name_en=Night "
           "clinic|kind=doctor|specialities=internal|tier=1|body=body|period=month");
    fx_row(f, "bands", "duty=night|id=eve|name=準夜|when=all|from=19:30|to=23:00");
    fx_row(f, "seats", "duty=night|band=eve|role=primary|rank=0|when=all|count=1");
    fx_row(f, "seats", "duty=night|band=eve|role=reserve|rank=0|when=all|count=1");
    fx_row(f, "providers", "id=p1|name=架空 太郎|kind=doctor|area=d1");
    fx_member(f, "p1", "night");
    fx_row(f, "rules",
           "id=rest|type=rest.days|params=days=7|ja=当番の間は7日以上あける|en=seven days between "
           "duties|price=100");
    fx_row(f, "rules",
           "id=some|type=min.count|params=min=3|ja=月に3回は当たる|en=three duties a month|price=5");
    fx_problem(f, "2026-12-01", "2026-12-31", "night");
    fx_sit(f, "night 2026-12-03 eve primary p1");
    fx_sit(f, "night 2026-12-03 eve reserve p1");
    struct tb_verdict *v = judge(f);
    assert_int_equal(v->n_violations, 3);
    expect_text(f, &v->violations[0],
                "架空 太郎、令和8年12月3日(木) 内科夜間 準夜と令和8年12月3日(木) 内科夜間 "
                "準夜（予備）：同じ日の同じ時間帯に二つの席に就いています（実際 2、上限 1）",
                "架空 太郎, 2026-12-03 Night clinic 準夜 and 2026-12-03 Night clinic 準夜 (reserve): two "
                "seats of one duty, date and band (2, at most 1)");
    expect_text(f, &v->violations[1],
                "架空 太郎、令和8年12月3日(木) 内科夜間 準夜と令和8年12月3日(木) 内科夜間 "
                "準夜（予備）：当番の間は7日以上あける（実際 2、上限 1、費用 700）",
                "架空 太郎, 2026-12-03 Night clinic 準夜 and 2026-12-03 Night clinic 準夜 (reserve): seven "
                "days between duties (2, at most 1, cost 700)");
    expect_text(
        f, &v->violations[2],
        "架空 太郎、令和8年12月3日(木) 内科夜間 "
        "準夜（令和8年12月1日(火)から令和8年12月31日(木)まで）：月に3回は当たる（実際 1、下限 3、費用 10）",
        "架空 太郎, 2026-12-03 Night clinic 準夜 (2026-12-01 to 2026-12-31): three duties a month (1, at "
        "least 3, cost 10)");
    tb_verdict_free(v);
    fx_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ledger_by_hand),
        cmocka_unit_test(test_beyond_the_steps),
        cmocka_unit_test(test_one_duty_or_more),
        cmocka_unit_test(test_given_help_is_in_no_ledger),
        cmocka_unit_test(test_person_and_share_ledgers),
        cmocka_unit_test(test_whole_objective_by_hand),
        cmocka_unit_test(test_bound_among_themselves),
        cmocka_unit_test(test_full_unit_takes_no_more),
        cmocka_unit_test(test_touched_through_the_person),
        cmocka_unit_test(test_member_of_another_kind),
        cmocka_unit_test(test_level_a_only_when_priced),
        cmocka_unit_test(test_impossible_rows),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
