/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The planner from end to end on regions so small that the optimum is known by hand, one or two for each rule
 * type; the same program exported and solved by glpsol and by cbc; and what becomes of a plan when the child
 * dies, runs out of memory, talks nonsense or is interrupted. This program is its own child: the planner
 * starts it again as `toban-solve`.
 */
#include "fixture.h"
#include "solvers.h"

#include "toban/mip/mip.h"
#include "plan/wire.h"
#include "toban/plan/plan.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

/* ---- known optima -------------------------------------------------------------------------------- */

/* Duty "night": doctors p1..pN, band "eve" 19:30-23:00, one seat a day from Tuesday 2026-12-01 on. Rows are
 * added to it. */
struct scenario {
    const char *name;
    int doctors, seats, reserve;
    const char *to;      /* last day */
    int open;            /* seats left open in the optimum */
    int64_t cost;        /* beyond the open seats */
    const char *rows[8]; /* "entity:cells" */
    const char *published[4];
    const char *duties; /* NULL: night */
};

#define RULE(text) "rules:id=r|" text
static const struct scenario scenarios[] = {
    {"nothing to weigh", 2, 1, 0, "2026-12-03", 0, 0, {0}, {0}, NULL},
    {"two seats and one doctor", 1, 2, 0, "2026-12-02", 2, 0, {0}, {0}, NULL},
    {"one.seat: not on duty and reserve at once", 1, 1, 1, "2026-12-02", 2, 0, {0}, {0}, NULL},
    /* two doctors, four days, three days apart: days 1 and 4, and one of 2 and 3 */
    {"rest.days hard", 2, 1, 0, "2026-12-04", 1, 0, {RULE("type=rest.days|params=days=3")}, {0}, NULL},
    {"rest.days hard, a published day before",
     1,
     1,
     0,
     "2026-12-03",
     2,
     0,
     {RULE("type=rest.days|params=days=3")},
     {"night 2026-11-30 eve primary p1"},
     NULL},
    /* {1,4} and {2,3}: days 2 and 3 stand together in two windows */
    {"rest.days priced",
     2,
     1,
     0,
     "2026-12-04",
     0,
     20,
     {RULE("type=rest.days|price=10|params=days=3")},
     {0},
     NULL},
    /* with the published 30 November: 11-30 and 12-01 in two windows, 12-01 and 12-02 in two, of which one
       holds all three (excess 2) */
    {"rest.days priced, a published day before",
     1,
     1,
     0,
     "2026-12-02",
     0,
     40,
     {RULE("type=rest.days|price=10|params=days=3")},
     {"night 2026-11-30 eve primary p1"},
     NULL},
    /* from 23:00 to 19:30 next day are 20.5 hours */
    {"rest.hours hard, short enough",
     1,
     1,
     0,
     "2026-12-02",
     0,
     0,
     {RULE("type=rest.hours|params=hours=20")},
     {0},
     NULL},
    {"rest.hours hard, too long",
     1,
     1,
     0,
     "2026-12-02",
     1,
     0,
     {RULE("type=rest.hours|params=hours=21")},
     {0},
     NULL},
    {"rest.hours priced",
     1,
     1,
     0,
     "2026-12-03",
     0,
     14,
     {RULE("type=rest.hours|price=7|params=hours=21")},
     {0},
     NULL},
    {"limit.count hard", 2, 1, 0, "2026-12-05", 1, 0, {RULE("type=limit.count|params=max=2")}, {0}, NULL},
    {"limit.count hard, a published day of the month",
     1,
     1,
     0,
     "2026-12-03",
     2,
     0,
     {RULE("type=limit.count|params=max=2")},
     {"night 2026-12-20 eve primary p1"},
     NULL},
    {"limit.count priced",
     1,
     1,
     0,
     "2026-12-05",
     0,
     9,
     {RULE("type=limit.count|price=3|params=max=2")},
     {0},
     NULL},
    /* the two bound seats exceed the limit already; each planned seat adds one */
    {"limit.count priced, exceeded before",
     1,
     1,
     0,
     "2026-12-02",
     0,
     9,
     {RULE("type=limit.count|price=3|params=max=1")},
     {"night 2026-12-20 eve primary p1", "night 2026-12-21 eve primary p1"},
     NULL},
    {"limit.count priced, per week",
     1,
     1,
     0,
     "2026-12-08",
     0,
     12,
     {RULE("type=limit.count|price=3|params=max=1 unit=week class=weekday")},
     {0},
     NULL},
    /* three days for two doctors who should have two each */
    {"min.count",
     2,
     1,
     0,
     "2026-12-03",
     0,
     5,
     {RULE("type=min.count|price=5|params=min=2 unit=period")},
     {0},
     NULL},
    /* Sunday the 6th, Sunday the 13th */
    {"class.run hard", 1, 1, 0, "2026-12-13", 1, 0, {RULE("type=class.run|params=class=sun")}, {0}, NULL},
    {"class.run priced",
     1,
     1,
     0,
     "2026-12-13",
     0,
     8,
     {RULE("type=class.run|price=8|params=class=sun")},
     {0},
     NULL},
    /* a week of one doctor: Sunday or all the others */
    {"week.class hard", 1, 1, 0, "2026-12-06", 1, 0, {RULE("type=week.class|params=class=sun")}, {0}, NULL},
    {"week.class priced",
     1,
     1,
     0,
     "2026-12-06",
     0,
     20,
     {RULE("type=week.class|price=4|params=class=sun")},
     {0},
     NULL},
    {"week.class priced, published on Monday",
     1,
     1,
     0,
     "2026-12-06",
     0,
     24,
     {RULE("type=week.class|price=4|params=class=sun")},
     {"night 2026-11-30 eve primary p1"},
     NULL},
    /* Saturday and Sunday: both of the class, four others */
    {"week.class priced, two days of the class",
     1,
     1,
     0,
     "2026-12-06",
     0,
     20,
     {"classes:id=weekend|any_of=sat;sun", RULE("type=week.class|price=4|params=class=weekend")},
     {0},
     NULL},
    {"person.day hard",
     1,
     1,
     0,
     "2026-12-06",
     1,
     0,
     {"duties:id=day|name=day|kind=clinic|specialities=internal|tier=1|body=body|period=month",
      "bands:duty=day|id=d|name=d|when=sun|from=09:00|to=12:00",
      "seats:duty=day|band=d|role=primary|rank=0|when=all|count=1",
      "providers:id=c1|name=c1|kind=clinic|area=d1", "members:duty=day|provider=c1",
      "links:from=p1|type=owns|to=c1", RULE("type=person.day|params=max=1")},
     {0},
     "night day"},
    /* an hour of margin reaches from the clinic's 19:00 to the night's 19:30 */
    {"link.exclude hard",
     1,
     1,
     0,
     "2026-12-06",
     1,
     0,
     {"duties:id=day|name=day|kind=clinic|specialities=internal|tier=1|body=body|period=month",
      "bands:duty=day|id=d|name=d|when=sun|from=09:00|to=19:00",
      "seats:duty=day|band=d|role=primary|rank=0|when=all|count=1",
      "providers:id=c1|name=c1|kind=clinic|area=d1", "members:duty=day|provider=c1",
      "links:from=p1|type=owns|to=c1", RULE("type=link.exclude|params=link=owns margin=60")},
     {0},
     "night day"},
    {"link.exclude priced, the clinic published",
     1,
     1,
     0,
     "2026-12-06",
     0,
     6,
     {"duties:id=day|name=day|kind=clinic|specialities=internal|tier=1|body=body|period=month",
      "bands:duty=day|id=d|name=d|when=sun|from=09:00|to=19:00",
      "seats:duty=day|band=d|role=primary|rank=0|when=all|count=1",
      "providers:id=c1|name=c1|kind=clinic|area=d1", "members:duty=day|provider=c1",
      "links:from=p1|type=owns|to=c1", RULE("type=link.exclude|price=6|params=link=owns margin=60")},
     {"day 2026-12-06 d primary c1"},
     NULL},
    {"consulting.hours hard",
     1,
     1,
     0,
     "2026-12-02",
     1,
     0,
     {"hours:provider=p1|weekdays=tue|from=09:00|to=19:00", RULE("type=consulting.hours|params=margin=40")},
     {0},
     NULL},
    {"consulting.hours, home in time",
     1,
     1,
     0,
     "2026-12-02",
     0,
     0,
     {"hours:provider=p1|weekdays=tue|from=09:00|to=19:00", RULE("type=consulting.hours|params=margin=30")},
     {0},
     NULL},
    {"consulting.hours priced",
     1,
     1,
     0,
     "2026-12-02",
     0,
     11,
     {"hours:provider=p1|weekdays=tue|from=09:00|to=19:00",
      RULE("type=consulting.hours|price=11|params=margin=40")},
     {0},
     NULL},
    {"pair.apart hard",
     2,
     2,
     0,
     "2026-12-02",
     2,
     0,
     {RULE("type=pair.apart|params=providers=p1,p2")},
     {0},
     NULL},
    {"pair.apart priced",
     2,
     2,
     0,
     "2026-12-02",
     0,
     10,
     {RULE("type=pair.apart|price=5|params=providers=p1,p2")},
     {0},
     NULL},
    {"pair.apart priced, a month costs once",
     2,
     2,
     0,
     "2026-12-02",
     0,
     5,
     {RULE("type=pair.apart|price=5|params=providers=p1,p2 unit=month")},
     {0},
     NULL},
    {"pair.apart priced, both published in that month",
     2,
     1,
     0,
     "2026-12-02",
     0,
     5,
     {RULE("type=pair.apart|price=5|params=providers=p1,p2 unit=month")},
     {"night 2026-12-20 eve primary p1", "night 2026-12-21 eve primary p2"},
     NULL},
    /* both live in the same community */
    {"area.spread hard",
     2,
     2,
     0,
     "2026-12-02",
     2,
     0,
     {RULE("type=area.spread|params=max=1 level=community")},
     {0},
     NULL},
    {"area.spread priced",
     2,
     2,
     0,
     "2026-12-02",
     0,
     6,
     {RULE("type=area.spread|price=3|params=max=1 level=community")},
     {0},
     NULL},
    {"skill.min, nobody has it",
     2,
     1,
     0,
     "2026-12-03",
     0,
     12,
     {RULE("type=skill.min|price=4|params=speciality=children")},
     {0},
     NULL},
    {"every.years hard",
     1,
     1,
     0,
     "2026-12-30",
     2,
     0,
     {RULE("type=every.years|params=class=newyear years=3")},
     {"night 2025-12-31 eve primary p1"},
     NULL},
    /* 29 and 30 December: each too soon after last year's (7), and two in one year (7); an open seat costs 15
     */
    {"every.years priced",
     1,
     1,
     0,
     "2026-12-30",
     0,
     21,
     {RULE("type=every.years|price=7|params=class=newyear years=3")},
     {"night 2025-12-31 eve primary p1"},
     NULL},
    {"labour.rest hard",
     0,
     1,
     0,
     "2026-12-02",
     1,
     0,
     {"providers:id=e1|name=e1|kind=doctor|area=d1|labour=B", "members:duty=night|provider=e1",
      "external:provider=e1|from=2026-11-30T17:00|to=2026-12-01T12:00|what=x", RULE("type=labour.rest")},
     {0},
     NULL},
    {"labour.rest priced",
     0,
     1,
     0,
     "2026-12-02",
     0,
     13,
     {"providers:id=e1|name=e1|kind=doctor|area=d1|labour=A", "members:duty=night|provider=e1",
      "external:provider=e1|from=2026-11-30T17:00|to=2026-12-01T12:00|what=x",
      RULE("type=labour.rest|price=13")},
     {0},
     NULL},
    {"external",
     1,
     1,
     0,
     "2026-12-02",
     1,
     0,
     {"external:provider=p1|from=2026-12-02T22:00|to=2026-12-03T06:00|what=x"},
     {0},
     NULL},
    {"exempt",
     1,
     1,
     0,
     "2026-12-03",
     2,
     0,
     {"exemptions:provider=p1|duty=night|from=2026-12-01|to=2026-12-02|reason=leave"},
     {0},
     NULL},
    {"wish.cannot must",
     1,
     1,
     0,
     "2026-12-03",
     1,
     0,
     {"surveys:id=s|from=2026-12-01|to=2026-12-31|duties=night",
      "wishes:survey=s|provider=p1|type=cannot|from=2026-12-02|must=yes"},
     {0},
     NULL},
    {"wish.only must",
     1,
     1,
     0,
     "2026-12-03",
     2,
     0,
     {"surveys:id=s|from=2026-12-01|to=2026-12-31|duties=night",
      "wishes:survey=s|provider=p1|type=only|from=2026-12-02|must=yes"},
     {0},
     NULL},
    {"wish.count must",
     1,
     1,
     0,
     "2026-12-03",
     1,
     0,
     {"surveys:id=s|from=2026-12-01|to=2026-12-31|duties=night",
      "wishes:survey=s|provider=p1|type=count|count=2|must=yes"},
     {0},
     NULL},
    {"wish rather-not",
     2,
     1,
     0,
     "2026-12-03",
     0,
     0,
     {"surveys:id=s|from=2026-12-01|to=2026-12-31|duties=night",
      "wishes:survey=s|provider=p1|type=rather-not|from=2026-12-02|must=no",
      RULE("type=wish|price=9|params=wish=rather-not")},
     {0},
     NULL},
    {"wish like",
     2,
     1,
     0,
     "2026-12-03",
     0,
     -9,
     {"surveys:id=s|from=2026-12-01|to=2026-12-31|duties=night",
      "wishes:survey=s|provider=p2|type=like|from=2026-12-02|must=no",
      RULE("type=wish|price=9|params=wish=like")},
     {0},
     NULL},
    {"wish count",
     1,
     1,
     0,
     "2026-12-03",
     0,
     18,
     {"surveys:id=s|from=2026-12-01|to=2026-12-31|duties=night",
      "wishes:survey=s|provider=p1|type=count|count=1|must=no", RULE("type=wish|price=9|params=wish=count")},
     {0},
     NULL},
    {"forbid",
     1,
     1,
     0,
     "2026-12-02",
     1,
     0,
     {"pins:duty=night|date=2026-12-01|band=eve|role=primary|provider=p1|action=forbid"},
     {0},
     NULL},
    {"pin",
     2,
     1,
     0,
     "2026-12-02",
     0,
     9,
     {"surveys:id=s|from=2026-12-01|to=2026-12-31|duties=night",
      "wishes:survey=s|provider=p1|type=rather-not|from=2026-12-02|must=no",
      RULE("type=wish|price=9|params=wish=rather-not"),
      "pins:duty=night|date=2026-12-02|band=eve|role=primary|provider=p1"},
     {0},
     NULL},
    /* four days for two doctors, two each: 2 * (100*4 - 2*200*2) */
    {"ledger",
     2,
     1,
     0,
     "2026-12-04",
     0,
     -800,
     {"ledgers:id=all|name=all|scope=provider|duties=night|class=all|price=1"},
     {0},
     NULL},
    /* and Sunday within: six days, E = 3 each: 2 * (900 - 1800); Sunday E = 0.5 each: 3 * (100 - 100) */
    {"ledgers nested",
     2,
     1,
     0,
     "2026-12-06",
     0,
     -1800,
     {"ledgers:id=all|name=all|scope=provider|duties=night|class=all|price=1",
      "ledgers:id=sun|name=sun|scope=provider|duties=night|class=sun|price=3|within=all"},
     {0},
     NULL},
};

static struct fx *build(const struct scenario *s)
{
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", s->seats, s->reserve);
    for (int i = 1; i <= s->doctors; i++) {
        char id[16];
        snprintf(id, sizeof id, "p%d", i);
        fx_doctor(f, id, "night");
    }
    for (size_t i = 0; i < TB_COUNT(s->rows) && s->rows[i]; i++) {
        char entity[32];
        const char *colon = strchr(s->rows[i], ':');
        snprintf(entity, sizeof entity, "%.*s", (int)(colon - s->rows[i]), s->rows[i]);
        fx_row(f, entity, colon + 1);
    }
    for (size_t i = 0; i < TB_COUNT(s->published) && s->published[i]; i++) fx_published(f, s->published[i]);
    const char *from = strcmp(s->to, "2026-12-30") == 0   ? "2026-12-29"
                       : strcmp(s->to, "2026-12-13") == 0 ? "2026-12-06"
                                                          : "2026-12-01";
    fx_problem(f, from, s->to, s->duties ? s->duties : "night");
    return f;
}

static int seats_of(const struct tb_problem *p)
{
    int n = 0;
    for (int s = 0; s < p->n_slots; s++) n += p->slots[s].planned ? p->slots[s].need : 0;
    return n;
}

static void known_optimum(void **state)
{
    const struct scenario *s = *state;
    struct fx *f = build(s);
    struct tb_plan_result r;
    struct tb_err e = {0};
    if (tb_plan_run(f->problem, NULL, &r, &e) != TB_OK) fail_msg("%s", e.text);
    assert_int_equal(r.status, TB_PLAN_OPTIMAL);
    assert_int_equal(r.stopped_by, TB_STOP_PROOF);
    assert_int_equal(r.bound, r.objective);
    assert_int_equal(seats_of(f->problem) - r.roster.n, s->open);
    assert_int_equal(r.objective - s->open * f->problem->open_price, s->cost);
    assert_int_equal(tb_score(f->problem, &r.roster), r.objective);
    tb_plan_result_free(&r);
    fx_free(f);
}

/* ---- other solvers ------------------------------------------------------------------------------- */

static char place[] = "/tmp/toban-plan-XXXXXX";

static void path_of(const char *name, char out[64]) { snprintf(out, 64, "%s/%s", place, name); }

static void agrees_with(const struct fx *f, int64_t objective)
{
    struct tb_err e = {0};
    char dat[64], lp[64], out[64], command[400];
    double value = 0;
    path_of("m.dat", dat);
    path_of("m.lp", lp);
    path_of("m.out", out);
    if (tb_plan_export(f->problem, NULL, "dat", dat, &e) || tb_plan_export(f->problem, NULL, "lp", lp, &e))
        fail_msg("%s", e.text);
    snprintf(command, sizeof command,
             "glpsol -m models/roster.mod -d %s -o %s >/dev/null 2>&1; grep '^Objective:' %s", dat, out, out);
    assert_true(number_said(command, "total = ", &value));
    assert_true((int64_t)value == objective);
    snprintf(command, sizeof command, "glpsol --lp %s -o %s >/dev/null 2>&1; grep '^Objective:' %s", lp, out,
             out);
    assert_true(number_said(command, " = ", &value));
    assert_true((int64_t)value == objective);
    assert_true(cbc_optimum(f->problem, &value));
    assert_true((int64_t)value == objective);
}

static void same_optimum_elsewhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < TB_COUNT(scenarios); i++) {
        struct fx *f = build(&scenarios[i]);
        struct tb_plan_result r;
        struct tb_err e = {0};
        assert_int_equal(tb_plan_run(f->problem, NULL, &r, &e), TB_OK);
        agrees_with(f, r.objective);
        tb_plan_result_free(&r);
        fx_free(f);
    }
}

static struct fx *fourteen(void)
{
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 1);
    for (int i = 0; i < 14; i++) {
        char id[16];
        snprintf(id, sizeof id, "p%d", i);
        fx_doctor(f, id, "night");
    }
    fx_row(f, "rules", "id=rest|type=rest.days|params=days=4");
    fx_row(f, "ledgers", "id=all|scope=provider|duties=night|class=all|price=2");
    fx_row(f, "ledgers", "id=sun|scope=provider|duties=night|class=sun|price=2|within=all");
    return f;
}

/* A month with everything at once. */
static struct fx *month(void)
{
    struct fx *f = fourteen();
    fx_row(f, "rules", "id=rest-soft|type=rest.days|price=10|params=days=7 roles=primary");
    fx_row(f, "rules", "id=run|type=class.run|price=50|params=class=sun");
    fx_row(f, "rules", "id=week|type=week.class|price=30|params=class=holiday");
    fx_row(f, "rules", "id=min|type=min.count|price=30|params=min=2");
    fx_row(f, "ledgers", "id=res|scope=provider|duties=night|role=reserve|class=all|price=1");
    fx_published(f, "night 2026-11-30 eve primary p1");
    fx_published(f, "night 2026-11-29 eve reserve p2");
    fx_problem(f, "2026-12-01", "2026-12-31", "night");
    return f;
}

/* A month in which it matters who sits where: each would rather not have fifteen days of his own. */
static struct fx *wishful(void)
{
    struct fx *f = fourteen();
    fx_row(f, "surveys", "id=s|from=2026-12-01|to=2026-12-31|duties=night");
    for (int i = 0; i < 14; i++) {
        char cells[120];
        snprintf(cells, sizeof cells,
                 "survey=s|provider=p%d|type=rather-not|from=2026-12-%02d|to=2026-12-%02d", i, 1 + i, 15 + i);
        fx_row(f, "wishes", cells);
    }
    fx_row(f, "rules", "id=rather|type=wish|price=40|params=wish=rather-not");
    fx_problem(f, "2026-12-01", "2026-12-31", "night");
    return f;
}

static void a_month_agrees_everywhere(void **state)
{
    (void)state;
    struct fx *f = month();
    struct tb_plan_result a, b;
    struct tb_err e = {0};
    struct tb_plan_opts stock = {.engine = "stock"};
    assert_int_equal(tb_plan_run(f->problem, NULL, &a, &e), TB_OK);
    assert_int_equal(tb_plan_run(f->problem, &stock, &b, &e), TB_OK);
    assert_int_equal(a.status, TB_PLAN_OPTIMAL);
    assert_int_equal(a.objective, b.objective);
    agrees_with(f, a.objective);
    tb_plan_result_free(&a);
    tb_plan_result_free(&b);
    fx_free(f);
}

/* The optimum with one pin more, planned as a problem of its own. */
static int64_t pinned(const struct fx *f, const struct tb_plan_fix *fix, enum tb_plan_status *status)
{
    struct tb_problem p = *f->problem;
    struct tb_pinned pin = {fix->slot, fix->provider, fix->seated ? TB_PIN_PIN : TB_PIN_FORBID};
    struct tb_plan_result r;
    struct tb_err e = {0};
    p.pins = &pin;
    p.n_pins = 1;
    if (tb_plan_run(&p, NULL, &r, &e) != TB_OK) fail_msg("%s", e.text);
    int64_t objective = r.objective;
    *status = r.status;
    tb_plan_result_free(&r);
    return objective;
}

static void a_fix_is_a_pin_and_a_basis_changes_nothing(void **state)
{
    (void)state;
    struct fx *f = wishful();
    struct tb_plan_result first, r;
    struct tb_err e = {0};
    enum tb_plan_status expected;
    int dearer = 0;
    assert_int_equal(f->problem->n_pins, 0);
    assert_int_equal(tb_plan_run(f->problem, NULL, &first, &e), TB_OK);
    assert_int_equal(first.basis.n, first.rows + first.columns);
    for (int i = 0; i < first.roster.n; i += 5)
        for (int seated = 0; seated < 2; seated++) {
            int slot = first.roster.a[i].slot, who = first.roster.a[i].provider;
            struct tb_plan_fix fix = {slot, seated ? (who + 5) % 14 : who, seated};
            struct tb_plan_opts o = {.fix = &fix, .n_fix = 1};
            int64_t objective = pinned(f, &fix, &expected);
            for (int warm = 0; warm < 2; warm++) {
                if (warm) {
                    o.from = &first.basis;
                    o.begin = &first.roster;
                }
                if (tb_plan_run(f->problem, &o, &r, &e) != TB_OK) fail_msg("%s", e.text);
                assert_int_equal(r.status, expected);
                assert_int_equal(r.objective, objective);
                bool sits = false;
                for (int k = 0; k < r.roster.n; k++)
                    sits |= r.roster.a[k].slot == fix.slot && r.roster.a[k].provider == fix.provider;
                if (r.status == TB_PLAN_OPTIMAL) assert_int_equal(sits, fix.seated);
                tb_plan_result_free(&r);
            }
            dearer += objective > first.objective;
        }
    assert_true(dearer > 0);
    /* nobody of that number is a candidate */
    struct tb_plan_fix nobody = {first.roster.a[0].slot, 14, true};
    struct tb_plan_opts o = {.fix = &nobody, .n_fix = 1};
    assert_int_equal(tb_plan_run(f->problem, &o, &r, &e), TB_OK);
    assert_int_equal(r.status, TB_PLAN_NONE);
    assert_int_equal(r.stopped_by, TB_STOP_PROOF);
    tb_plan_result_free(&r);
    tb_plan_result_free(&first);
    fx_free(f);
}

static void the_proof_can_be_recomputed(void **state)
{
    (void)state;
    struct fx *f = month();
    struct tb_plan_result r;
    struct tb_rows rows;
    struct tb_err e = {0};
    int64_t bound = 0;
    assert_int_equal(tb_plan_run(f->problem, NULL, &r, &e), TB_OK);
    assert_int_equal(tb_plan_rows(f->problem, NULL, &rows, &e), TB_OK);
    assert_int_equal(rows.n_cols, r.columns);
    assert_int_equal(rows.n_rows, r.rows);
    if (tb_proof_bound(&rows, &r.certificate, &bound, &e) != TB_OK) fail_msg("%s", e.text);
    assert_true(bound <= r.objective);
    assert_int_equal(r.certified, bound == r.objective);
    tb_rows_free(&rows);
    tb_plan_result_free(&r);
    fx_free(f);
}

static void same_bytes_twice(void **state)
{
    static const char *const formats[] = {"mps", "lp", "dat", "names"};
    (void)state;
    struct fx *f = month();
    struct tb_err e = {0};
    for (size_t i = 0; i < TB_COUNT(formats); i++) {
        char one[64], two[64], *a, *b;
        size_t na, nb;
        path_of("one", one);
        path_of("two", two);
        assert_int_equal(tb_plan_export(f->problem, NULL, formats[i], one, &e), TB_OK);
        assert_int_equal(tb_plan_export(f->problem, NULL, formats[i], two, &e), TB_OK);
        assert_int_equal(tb_file_read(one, 1U << 28, &a, &na, &e), TB_OK);
        assert_int_equal(tb_file_read(two, 1U << 28, &b, &nb, &e), TB_OK);
        assert_true(na > 1000 && na == nb && memcmp(a, b, na) == 0);
        free(a);
        free(b);
    }
    assert_int_equal(tb_plan_export(f->problem, NULL, "xls", "/tmp/x", &e), TB_USAGE);
    assert_non_null(strstr(e.text, "xls"));
    assert_int_equal(tb_plan_export(f->problem, NULL, "dat", "/nonexistent/x", &e), TB_STORAGE);
    fx_free(f);
}

static void same_roster_twice(void **state)
{
    (void)state;
    struct fx *f = month();
    struct tb_plan_result a, b;
    struct tb_err e = {0};
    assert_int_equal(tb_plan_run(f->problem, NULL, &a, &e), TB_OK);
    assert_int_equal(tb_plan_run(f->problem, NULL, &b, &e), TB_OK);
    assert_int_equal(a.roster.n, b.roster.n);
    assert_memory_equal(a.roster.a, b.roster.a, (size_t)a.roster.n * sizeof *a.roster.a);
    tb_plan_result_free(&a);
    tb_plan_result_free(&b);
    fx_free(f);
}

/* ---- pins that cannot be, counts that cannot add up ------------------------------------------------- */

static void an_impossible_pin_leaves_no_roster(void **state)
{
    static const struct scenario s = {
        .doctors = 2,
        .seats = 1,
        .to = "2026-12-02",
        .rows = {"exemptions:provider=p1|duty=night|from=2026-12-01|to=2026-12-02|reason=leave",
                 "pins:duty=night|date=2026-12-02|band=eve|role=primary|provider=p1"}};
    (void)state;
    struct fx *f = build(&s);
    struct tb_plan_result r;
    struct tb_err e = {0};
    struct tb_buf words = {0};
    assert_int_equal(tb_plan_run(f->problem, NULL, &r, &e), TB_OK);
    assert_int_equal(r.status, TB_PLAN_NONE);
    assert_int_equal(r.stopped_by, TB_STOP_PROOF);
    assert_int_equal(r.roster.n, 0);
    tb_plan_result_free(&r);
    assert_int_equal(tb_plan_precheck(f->problem, &words), 1);
    assert_non_null(strstr(tb_buf_str(&words), "2026-12-02"));
    assert_non_null(strstr(tb_buf_str(&words), "p1"));
    tb_buf_free(&words);
    fx_free(f);
}

static void pins_that_exclude_each_other_leave_no_roster(void **state)
{
    static const struct scenario s = {
        .doctors = 2,
        .seats = 1,
        .to = "2026-12-03",
        .rows = {RULE("type=rest.days|params=days=7"),
                 "pins:duty=night|date=2026-12-01|band=eve|role=primary|provider=p1",
                 "pins:duty=night|date=2026-12-02|band=eve|role=primary|provider=p1"}};
    (void)state;
    struct fx *f = build(&s);
    struct tb_plan_result r;
    struct tb_err e = {0};
    assert_int_equal(tb_plan_run(f->problem, NULL, &r, &e), TB_OK);
    assert_int_equal(r.status, TB_PLAN_NONE);
    assert_int_equal(r.stopped_by, TB_STOP_PROOF);
    tb_plan_result_free(&r);
    fx_free(f);
}

static void precheck_counts(void **state)
{
    static const struct scenario s = {
        .doctors = 2, .seats = 1, .to = "2026-12-10", .rows = {RULE("type=limit.count|params=max=3")}};
    static const struct scenario fine = {
        .doctors = 4, .seats = 1, .to = "2026-12-10", .rows = {RULE("type=limit.count|params=max=3")}};
    static const struct scenario rest = {
        .doctors = 2, .seats = 1, .to = "2026-12-10", .rows = {RULE("type=rest.days|params=days=5")}};
    (void)state;
    struct tb_buf words = {0};
    struct fx *f = build(&s);
    assert_int_equal(tb_plan_precheck(f->problem, &words), 1);
    assert_non_null(
        strstr(tb_buf_str(&words), "10 seats, but 2 people at the limits of the rules fill 6; 4 stay open"));
    fx_free(f);
    tb_buf_clear(&words);
    f = build(&fine);
    assert_int_equal(tb_plan_precheck(f->problem, &words), 0);
    fx_free(f);
    f = build(&rest); /* two in ten days, five apart, for each */
    assert_int_equal(tb_plan_precheck(f->problem, &words), 1);
    assert_non_null(
        strstr(tb_buf_str(&words), "10 seats, but 2 people at the limits of the rules fill 4; 6 stay open"));
    fx_free(f);
    tb_buf_clear(&words);
    f = build(&scenarios[1]);
    assert_int_equal(tb_plan_precheck(f->problem, &words), 3); /* two slots, and the month */
    assert_non_null(
        strstr(tb_buf_str(&words), "2026-12-01 night eve (on duty): 2 seats, but only 1 can serve"));
    fx_free(f);
    tb_buf_free(&words);
}

/* ---- a child in trouble ----------------------------------------------------------------------------- */

static void say(uint32_t type, const void *bytes, size_t n)
{
    struct tb_wire_header h = {type, (uint32_t)n};
    if (write(TB_WIRE_PIPE, &h, sizeof h) < 0 || (n && write(TB_WIRE_PIPE, bytes, n) < 0)) _exit(9);
}

static volatile sig_atomic_t asked;
static void on_interrupt(int sig)
{
    (void)sig;
    asked = 1;
}

/* What the child does instead of solving, told by the environment. */
static int trouble(const char *how)
{
    int32_t wrong = 99999;
    if (strcmp(how, "killed") == 0) raise(SIGKILL);
    if (strcmp(how, "words") == 0) {
        fputs("teta >= 0.0\nfarewell", stderr);
        abort();
    }
    if (strcmp(how, "nonsense") == 0) {
        say(TB_WIRE_ROSTER, &wrong, sizeof wrong);
        say(TB_WIRE_END, &(struct tb_wire_end){.outcome = MIP_OPTIMAL}, sizeof(struct tb_wire_end));
        return 0;
    }
    if (strcmp(how, "lies") == 0) { /* all seats open is a roster, but it costs more than nothing */
        say(TB_WIRE_ROSTER, NULL, 0);
        say(TB_WIRE_END, &(struct tb_wire_end){.outcome = MIP_OPTIMAL, .obj = 0}, sizeof(struct tb_wire_end));
        return 0;
    }
    if (strcmp(how, "boasts") == 0 || strcmp(how, "stops") == 0) { /* no roster costs less than 1e12 */
        int32_t outcome = strcmp(how, "stops") == 0 ? MIP_FEASIBLE : MIP_OPTIMAL;
        say(TB_WIRE_ROSTER, NULL, 0);
        say(TB_WIRE_END, &(struct tb_wire_end){.outcome = outcome, .obj = 1e12}, sizeof(struct tb_wire_end));
        return 0;
    }
    if (strcmp(how, "late") == 0) {
        say(TB_WIRE_ROSTER, NULL, 0);
        raise(SIGKILL);
    }
    if (strcmp(how, "deaf") == 0)
        for (;;) pause();
    if (strcmp(how, "obedient") == 0) {
        sigaction(SIGINT, &(struct sigaction){.sa_handler = on_interrupt}, NULL);
        say(TB_WIRE_PROGRESS, &(struct tb_wire_progress){.phase = "dive"}, sizeof(struct tb_wire_progress));
        while (!asked) usleep(1000);
        say(TB_WIRE_ROSTER, NULL, 0);
        say(TB_WIRE_END, &(struct tb_wire_end){.outcome = MIP_NOTHING}, sizeof(struct tb_wire_end));
        return 0;
    }
    return 9;
}

static enum tb_code run_in(const char *how, const struct tb_plan_opts *o, struct tb_plan_result *r,
                           struct tb_err *e, int64_t *open_cost)
{
    struct fx *f = build(&scenarios[0]);
    setenv("TOBAN_TEST_CHILD", how, 1);
    enum tb_code code = tb_plan_run(f->problem, o, r, e);
    unsetenv("TOBAN_TEST_CHILD");
    *open_cost = seats_of(f->problem) * f->problem->open_price;
    fx_free(f);
    return code;
}

static void a_dead_child_is_an_error_message(void **state)
{
    (void)state;
    struct tb_plan_result r;
    struct tb_err e = {0};
    int64_t all;
    assert_int_equal(run_in("killed", NULL, &r, &e, &all), TB_INTERNAL);
    assert_non_null(strstr(e.text, "signal 9"));
    assert_int_equal(run_in("words", NULL, &r, &e, &all), TB_INTERNAL);
    assert_non_null(strstr(e.text, "teta >= 0.0 farewell"));
    assert_int_equal(run_in("nonsense", NULL, &r, &e, &all), TB_INTERNAL);
    struct tb_plan_opts nowhere = {.self = "/nonexistent/toban"};
    assert_int_equal(run_in("", &nowhere, &r, &e, &all), TB_INTERNAL);
    assert_non_null(strstr(e.text, "/nonexistent/toban"));
    struct tb_plan_opts other = {.self = "/bin/false"};
    assert_int_equal(run_in("", &other, &r, &e, &all), TB_INTERNAL);
    struct tb_plan_opts engine = {.engine = "magic"};
    assert_int_equal(run_in("", &engine, &r, &e, &all), TB_USAGE);
}

/* The roster is there, with what was counted; what is told of it is no proof. */
static void a_child_that_contradicts_itself_keeps_its_roster(void **state)
{
    (void)state;
    struct tb_plan_result r;
    struct tb_err e = {0};
    int64_t all;
    assert_int_equal(run_in("lies", NULL, &r, &e, &all), TB_OK);
    assert_non_null(strstr(r.doubt, "objective is 0.000000, the recount"));
    assert_int_equal(r.status, TB_PLAN_FEASIBLE);
    assert_int_equal(r.objective, all);
    tb_plan_result_free(&r);
    assert_int_equal(run_in("boasts", NULL, &r, &e, &all), TB_OK);
    assert_non_null(strstr(r.doubt, "objective is 1000000000000.000000, the recount"));
    assert_int_equal(r.objective, all);
    tb_plan_result_free(&r);
    /* at a limit its last roster may cost more than the best that was counted */
    assert_int_equal(run_in("stops", NULL, &r, &e, &all), TB_OK);
    assert_string_equal(r.doubt, "");
    assert_int_equal(r.status, TB_PLAN_FEASIBLE);
    assert_int_equal(r.objective, all);
    tb_plan_result_free(&r);
}

static void the_best_roster_outlives_the_child(void **state)
{
    (void)state;
    struct tb_plan_result r;
    struct tb_err e = {0};
    int64_t all;
    assert_int_equal(run_in("late", NULL, &r, &e, &all), TB_OK);
    assert_int_equal(r.status, TB_PLAN_FEASIBLE);
    assert_int_equal(r.objective, all);
    assert_true(r.bound <= r.objective);
    assert_non_null(strstr(r.steps, "signal 9"));
    tb_plan_result_free(&r);
}

static void an_interrupt_reaches_the_child(void **state)
{
    (void)state;
    volatile int flag = 1;
    struct tb_plan_opts o = {.interrupt = &flag};
    struct tb_plan_result r;
    struct tb_err e = {0};
    int64_t all;
    assert_int_equal(run_in("obedient", &o, &r, &e, &all), TB_OK);
    assert_int_equal(r.status, TB_PLAN_FEASIBLE);
    assert_int_equal(r.stopped_by, TB_STOP_INTERRUPT);
    assert_int_equal(r.objective, all);
    tb_plan_result_free(&r);
}

/* The roster made without solving is handed out then; as there is nothing to weigh here, it even meets the
 * bound that is certain. */
static void a_child_that_hangs_is_killed(void **state)
{
    (void)state;
    struct tb_plan_opts o = {.seconds = 0.01};
    struct tb_plan_result r;
    struct tb_err e = {0};
    int64_t all;
    assert_int_equal(run_in("deaf", &o, &r, &e, &all), TB_OK);
    assert_int_equal(r.status, TB_PLAN_OPTIMAL);
    assert_int_equal(r.roster.n, 3);
    assert_true(r.objective < all);
    assert_int_equal(r.bound, r.objective);
    tb_plan_result_free(&r);
}

/* Sanitizers need address space without end, so there the limit is off and the plan is made. */
static void memory_is_limited(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    enum tb_code expected = TB_OK;
#else
    enum tb_code expected = TB_LIMIT;
#endif
    struct fx *f = month();
    struct tb_plan_opts o = {.memory_mb = 6};
    struct tb_plan_result r;
    struct tb_err e = {0};
    enum tb_code code = tb_plan_run(f->problem, &o, &r, &e);
    if (code != expected) fail_msg("%d: %s", (int)code, e.text);
    tb_plan_result_free(&r);
    fx_free(f);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) {
        const char *how = getenv("TOBAN_TEST_CHILD");
        return how && *how ? trouble(how) : tb_plan_child_main(argc, argv);
    }
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(same_optimum_elsewhere),
        cmocka_unit_test(a_month_agrees_everywhere),
        cmocka_unit_test(a_fix_is_a_pin_and_a_basis_changes_nothing),
        cmocka_unit_test(the_proof_can_be_recomputed),
        cmocka_unit_test(same_bytes_twice),
        cmocka_unit_test(same_roster_twice),
        cmocka_unit_test(an_impossible_pin_leaves_no_roster),
        cmocka_unit_test(pins_that_exclude_each_other_leave_no_roster),
        cmocka_unit_test(precheck_counts),
        cmocka_unit_test(a_dead_child_is_an_error_message),
        cmocka_unit_test(a_child_that_contradicts_itself_keeps_its_roster),
        cmocka_unit_test(the_best_roster_outlives_the_child),
        cmocka_unit_test(an_interrupt_reaches_the_child),
        cmocka_unit_test(a_child_that_hangs_is_killed),
        cmocka_unit_test(memory_is_limited),
    };
    static struct CMUnitTest tests[TB_COUNT(scenarios) + TB_COUNT(others)];
    for (size_t i = 0; i < TB_COUNT(scenarios); i++)
        tests[i] = (struct CMUnitTest){.name = scenarios[i].name,
                                       .test_func = known_optimum,
                                       .initial_state = (void *)(uintptr_t)&scenarios[i]};
    memcpy(tests + TB_COUNT(scenarios), others, sizeof others);
    if (!mkdtemp(place)) return 9;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    struct tb_err e = {0};
    if (tb_dir_remove(place, &e) != TB_OK) fprintf(stderr, "%s\n", e.text);
    return failed;
}
