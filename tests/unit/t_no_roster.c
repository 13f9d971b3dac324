/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pins that leave no roster at all: those that do are named, with the rule, and nothing else is blamed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/app/app_int.h"
#include "fixture.h"

/* Four doctors for a night a day, three days between two; a duty that nobody is a member of. */
static struct fx *region(void)
{
    struct fx *f = fx_new();
    char name[8];
    tb_lang_set(TB_EN);
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_duty(f, "empty", "clinic");
    fx_band(f, "empty", "day", "all", "09:00", "12:00", 1, 0);
    for (int i = 1; i <= 4; i++) {
        snprintf(name, sizeof name, "p%d", i);
        fx_doctor(f, name, "night");
    }
    fx_row(f, "rules", "id=rest|type=rest.days|params=days=4|ja=間をあける|en=keep a distance");
    return f;
}

static void pin(struct fx *f, int day, const char *who)
{
    fx_rowf(f, "pins", "duty=night|date=2026-12-%02d|band=eve|role=primary|provider=%s|action=pin", day, who);
}

/* The sentence about a region, planned for ten days. */
static const char *said(struct fx *f)
{
    static struct tb_err e;
    struct tb_app app = {.db = "", .plan = {.seconds = 30}};
    struct tb_plan_result r;
    fx_problem(f, "2026-12-01", "2026-12-10", "night empty");
    assert_int_equal(tb_plan_run(f->problem, &app.plan, &r, &e), TB_OK);
    assert_int_equal(r.status, TB_PLAN_NONE);
    assert_int_equal(r.stopped_by, TB_STOP_PROOF);
    tb_plan_result_free(&r);
    assert_int_equal(app_no_roster(&app, f->problem, &e), TB_NO);
    fx_free(f);
    return e.text;
}

static void has(const char *text, const char *what)
{
    if (!strstr(text, what)) fail_msg("missing: %s\n%s", what, text);
}

static void lacks(const char *text, const char *what)
{
    if (strstr(text, what)) fail_msg("must not be there: %s\n%s", what, text);
}

/* The empty pool leaves ten seats open; it is no reason. */
static void two_pins_too_near(void **state)
{
    (void)state;
    struct fx *f = region();
    pin(f, 1, "p2");
    pin(f, 3, "p1");
    pin(f, 5, "p1");
    pin(f, 9, "p1");
    const char *text = said(f), *pins = strstr(text, "these pins cannot all be kept:"),
               *rest = strstr(text, "what only leaves seats open");
    assert_non_null(pins);
    has(text, "2026-12-03 night eve p1");
    has(text, "2026-12-05 night eve p1");
    has(text, "keep a distance");
    lacks(text, "2026-12-01 night eve p2");
    lacks(text, "2026-12-09 night eve p1");
    assert_true(rest > pins);
    assert_non_null(strstr(rest, "empty"));
    for (const char *at = text; (at = strstr(at, "only 0 can serve")); at++) assert_true(at > rest);
}

static void a_pin_by_itself_and_a_pair(void **state)
{
    (void)state;
    struct fx *f = region();
    fx_row(f, "exemptions", "provider=p4|from=2026-12-07|to=2026-12-08|reason=leave");
    pin(f, 1, "p2");
    pin(f, 2, "p2");
    pin(f, 7, "p4");
    const char *text = said(f);
    has(text, "this pin cannot be kept: 2026-12-07 night eve p4");
    has(text, "exempt");
    has(text, "these pins cannot all be kept: 2026-12-0");
    has(text, "2026-12-01 night eve p2");
    has(text, "2026-12-02 night eve p2");
}

/* Three in a slot of one seat, or a partner who is kept away: more than rows of two. */
static void more_than_pairs(void **state)
{
    (void)state;
    struct fx *f = region();
    fx_row(f, "rules", "id=cap|type=limit.count|params=max=2 unit=period|ja=二回まで|en=twice at most");
    pin(f, 1, "p3");
    pin(f, 5, "p3");
    pin(f, 9, "p3");
    pin(f, 2, "p1");
    const char *text = said(f);
    has(text, "2026-12-01 night eve p3");
    has(text, "2026-12-05 night eve p3");
    has(text, "2026-12-09 night eve p3");
    has(text, "twice at most");
    lacks(text, "p1");
}

static void a_partner_who_is_kept_away(void **state)
{
    (void)state;
    struct fx *f = region();
    fx_row(f, "rules", "id=two|type=pair.together|params=providers=p1,p2|ja=一緒に|en=on together");
    pin(f, 4, "p1"); /* one seat a day: p2 cannot be there */
    pin(f, 6, "p3");
    const char *text = said(f);
    has(text, "this pin cannot be kept: 2026-12-04 night eve p1");
    has(text, "on together");
    lacks(text, "eve p3");
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_pins_too_near),
        cmocka_unit_test(a_pin_by_itself_and_a_pair),
        cmocka_unit_test(more_than_pairs),
        cmocka_unit_test(a_partner_who_is_kept_away),
    };
    return cmocka_run_group_tests_name("no roster", tests, NULL, NULL);
}
