/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/cases/impossible: instances with a seat or more too many and the reason in their first line. Lines
 * with "* " before them are the only smallest set of causes (of several holes: those of any); where no line
 * has it there are several. Whatever explain names is proven again without it: in a region made of the lines
 * that are no causes and of the named ones alone the seat cannot be filled with the others that are, and can
 * without any one of them, by a plain solve and check.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "toban/app/explain.h"

#define CASES "tests/cases/impossible/*.case" /* the tests run at the top of the tree */
enum { MAX_LINES = 200 };

struct file {
    char *text, *line[MAX_LINES];
    bool blamed[MAX_LINES], cause[MAX_LINES];
    int n;
    char from[16], to[16], duties[64];
};

/* Lines that can be left out without changing what the others mean. */
static bool relaxable(const char *line)
{
    static const char *const heads[] = {
        "wishes: ", "exemptions: ", "external: ", "hours: ", "pins: ", "published ", "rules: "};
    for (size_t i = 0; i < TB_COUNT(heads); i++)
        if (strncmp(line, heads[i], strlen(heads[i])) == 0) return true;
    return false;
}

static struct file read_file(const char *path)
{
    struct file f = {0};
    struct tb_err e = {0};
    assert_int_equal(tb_file_read(path, 1 << 20, &f.text, NULL, &e), TB_OK);
    for (char *line = f.text, *end; line && *line; line = end) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        if (sscanf(line, "period %15s %15s %63[^\n]", f.from, f.to, f.duties) == 3) continue;
        assert_true(f.n < MAX_LINES);
        f.blamed[f.n] = strncmp(line, "* ", 2) == 0;
        f.line[f.n] = line + (f.blamed[f.n] ? 2 : 0);
        f.cause[f.n] = relaxable(f.line[f.n]);
        assert_true(f.cause[f.n] || !f.blamed[f.n]);
        f.n++;
    }
    return f;
}

/* The problem of all lines but the causes that are not kept (keep NULL: all). rows[i]: fixture row at which
 * line i begins, the next one after it at rows[i + 1]. */
static struct fx *make(const struct file *f, const bool *keep, int *rows)
{
    struct fx *x = fx_new();
    for (int i = 0; i < f->n; i++) {
        if (rows) rows[i] = x->rows + 1;
        if (f->cause[i] && keep && !keep[i]) continue;
        if (!fx_line(x, f->line[i])) fail_msg("not understood: %s", f->line[i]);
    }
    fx_problem(x, f->from, f->to, f->duties);
    return x;
}

/* The fewest seats that stay open, proven; the roster when asked for. */
static int fewest_open(const struct fx *x, struct tb_roster *roster)
{
    struct tb_plan_opts o = {.seconds = 60};
    struct tb_plan_result r = {0};
    struct tb_err e = {0};
    assert_int_equal(tb_plan_run(x->problem, &o, &r, &e), TB_OK);
    assert_int_equal(r.status, TB_PLAN_OPTIMAL);
    struct tb_verdict *v;
    tb_check(x->problem, &r.roster, &v);
    assert_int_equal(v->n_hard, 0);
    int open = v->open_seats;
    tb_verdict_free(v);
    if (roster) {
        *roster = r.roster;
        r.roster = (struct tb_roster){0};
    }
    tb_plan_result_free(&r);
    return open;
}

static int open_slot(const struct fx *x, const struct tb_roster *r)
{
    for (int s = 0; s < x->problem->n_slots; s++) {
        int filled = 0;
        for (int i = 0; i < r->n; i++) filled += r->a[i].slot == s;
        if (x->problem->slots[s].planned && filled < x->problem->slots[s].need) return s;
    }
    return -1;
}

static int line_of_row(const struct file *f, const int *rows, const struct tb_src *src)
{
    for (int i = f->n - 1; i >= 0; i--)
        if (f->cause[i] && rows[i] == src->line && strncmp(f->line[i], "published", 9) != 0) return i;
    fail_msg("no line for fixture row %d", src->line);
    return -1;
}

static int line_of(const struct file *f, const int *rows, const struct fx *x, const struct tb_cause *c)
{
    const struct tb_region *r = x->region;
    const struct tb_problem *p = x->problem;
    if (c->kind == TB_CAUSE_WISH) return line_of_row(f, rows, &r->wishes[c->row].src);
    if (c->kind == TB_CAUSE_EXEMPTION) return line_of_row(f, rows, &r->exemptions[c->row].src);
    if (c->kind == TB_CAUSE_EXTERNAL) return line_of_row(f, rows, &r->externals[c->row].src);
    if (c->kind == TB_CAUSE_HOURS) return line_of_row(f, rows, &r->hours[c->row].src);
    if (c->kind == TB_CAUSE_RULE) return line_of_row(f, rows, &r->rules[c->row].src);
    const struct tb_slot *s =
        &p->slots[c->kind == TB_CAUSE_PIN ? p->pins[c->row].slot : p->bound[c->row].slot];
    int who = tb_cause_provider(p, c);
    if (c->kind == TB_CAUSE_PIN) {
        for (int i = 0; i < r->n_pins; i++)
            if (r->pins[i].duty == s->duty && r->pins[i].date == s->date && r->pins[i].role == s->role &&
                r->pins[i].provider == who)
                return line_of_row(f, rows, &r->pins[i].src);
    } else {
        char date[64], want[256];
        snprintf(want, sizeof want, "published %s %s %s %s %s", r->duties[s->duty].id,
                 tb_format_date(s->date, date, sizeof date), r->bands[s->band].id,
                 s->role == TB_PRIMARY ? "primary" : "reserve", r->providers[who].id);
        for (int i = 0; i < f->n; i++)
            if (strcmp(f->line[i], want) == 0) return i;
    }
    fail_msg("no line for a cause");
    return -1;
}

/* The lines that are kept, and of the seats those that the roster of `x` fills and one of `slot`. */
static struct fx *narrowed(const struct file *f, const bool *keep, const struct fx *x,
                           const struct tb_roster *roster, int slot)
{
    struct fx *y = make(f, keep, NULL);
    struct tb_problem *p = y->problem;
    for (int s = 0; s < x->problem->n_slots; s++) {
        const struct tb_slot *o = &x->problem->slots[s];
        if (!o->planned) continue;
        /* slots have other numbers without the published ones */
        int need = s == slot, there = tb_slot_find(p, o->duty, o->date, o->band, o->role);
        for (int i = 0; i < roster->n; i++) need += roster->a[i].slot == s;
        p->slots[there].planned = need > 0;
        if (need) p->slots[there].need = need;
    }
    int n = 0;
    for (int k = 0; k < p->n_pins; k++)
        if (p->slots[p->pins[k].slot].planned) p->pins[n++] = p->pins[k];
    p->n_pins = n;
    return y;
}

static void prove_again(const struct file *f, const bool *core, const struct fx *x,
                        const struct tb_roster *roster, int slot)
{
    struct fx *y = narrowed(f, core, x, roster, slot);
    assert_int_equal(fewest_open(y, NULL), 1);
    fx_free(y);
    bool without[MAX_LINES];
    for (int i = 0; i < f->n; i++) {
        if (!core[i]) continue;
        memcpy(without, core, sizeof without);
        without[i] = false;
        y = narrowed(f, without, x, roster, slot);
        assert_int_equal(fewest_open(y, NULL), 0);
        fx_free(y);
    }
}

/* What check says a roster of `x` costs in the region of `y`, open seats apart. */
static int64_t cost_there(const struct fx *x, const struct tb_roster *roster, const struct fx *y, int *open)
{
    struct tb_verdict *v;
    struct tb_roster there = {tb_xcalloc((size_t)roster->n + 1, sizeof *there.a), roster->n};
    for (int i = 0; i < there.n; i++) {
        const struct tb_assignment *a = &roster->a[i];
        const struct tb_slot *s = &x->problem->slots[a->slot];
        there.a[i] = (struct tb_assignment){tb_slot_find(y->problem, s->duty, s->date, s->band, s->role),
                                            a->seat, a->provider};
    }
    tb_check(y->problem, &there, &v);
    tb_roster_free(&there);
    assert_int_equal(v->n_hard, 0);
    int64_t cost = v->objective - v->open_cost;
    *open = v->open_seats;
    tb_verdict_free(v);
    return cost;
}

/* Each repair, by itself: the region without its lines can be filled, and at that price at best, by a plain
 * solve. */
static void prove_repairs(const struct file *f, const int *rows, const struct fx *x,
                          const struct tb_roster *roster, const struct tb_explanation *why)
{
    int open, now_open;
    int64_t now = cost_there(x, roster, x, &now_open);
    for (int k = 0; k < why->n_repairs; k++) {
        const struct tb_repair *r = &why->repairs[k];
        bool keep[MAX_LINES];
        memcpy(keep, f->cause, sizeof keep);
        for (int i = 0; i < r->n; i++) keep[line_of(f, rows, x, &r->causes[i])] = false;
        struct fx *y = make(f, keep, NULL), *z = narrowed(f, keep, x, roster, why->slot);
        assert_int_equal(cost_there(x, &r->roster, y, &open), now + r->cost);
        assert_int_equal(open, now_open - 1);
        assert_true(r->proven);
        assert_true(r->changes >= 1);
        struct tb_plan_opts o = {.seconds = 60};
        struct tb_plan_result best = {0};
        struct tb_err e = {0};
        assert_int_equal(tb_plan_run(z->problem, &o, &best, &e), TB_OK);
        assert_int_equal(best.status, TB_PLAN_OPTIMAL);
        /* no roster is cheaper */
        assert_int_equal(best.objective, cost_there(x, &r->roster, z, &open));
        assert_int_equal(open, 0);
        if (k && why->repairs[k - 1].n == r->n) assert_true(why->repairs[k - 1].cost <= r->cost);
        tb_plan_result_free(&best);
        fx_free(y);
        fx_free(z);
    }
}

static int explain_slot(const struct file *f, const int *rows, const struct fx *x,
                        const struct tb_roster *roster, int slot, bool *blamed)
{
    bool core[MAX_LINES] = {false};
    int named = 0;
    struct tb_explanation why;
    struct tb_err e = {0};
    struct tb_plan_opts o = {.seconds = 60};
    enum tb_code c = tb_explain(x->problem, roster, slot, &o, &why, &e);
    if (c) fail_msg("%s", e.text);
    assert_int_equal(why.hole, TB_HOLE_CORE);
    for (int i = 0; i < why.n_causes; i++) {
        assert_false(why.causes[i].unknown);
        struct tb_buf text = {0};
        tb_cause_text(x->problem, &why.causes[i], &text);
        print_message("# %s\n", tb_buf_str(&text));
        assert_true(text.len > 0);
        tb_buf_free(&text);
        core[line_of(f, rows, x, &why.causes[i])] = true;
    }
    for (int i = 0; i < f->n; i++) {
        named += core[i];
        blamed[i] |= core[i];
    }
    assert_int_equal(named, why.n_causes);
    prove_again(f, core, x, roster, slot);
    prove_repairs(f, rows, x, roster, &why);
    tb_explanation_free(&why);
    return 1;
}

static void test_case(void **state)
{
    struct file f = read_file(*state);
    int rows[MAX_LINES], expected = 0, told = 0;
    bool blamed[MAX_LINES] = {false};
    struct fx *x = make(&f, NULL, rows);
    struct tb_roster roster = {0};
    int holes = fewest_open(x, &roster);
    assert_int_equal(holes, strstr(*state, "holes") ? 2 : 1);
    for (int s = 0; s < x->problem->n_slots; s++) {
        int filled = 0;
        for (int i = 0; i < roster.n; i++) filled += roster.a[i].slot == s;
        if (x->problem->slots[s].planned && filled < x->problem->slots[s].need)
            told += explain_slot(&f, rows, x, &roster, s, blamed) * (x->problem->slots[s].need - filled);
    }
    assert_int_equal(told, holes);
    for (int i = 0; i < f.n; i++) expected += f.blamed[i];
    for (int i = 0; i < f.n && expected; i++)
        if (blamed[i] != f.blamed[i])
            fail_msg("%s: %s", f.line[i], blamed[i] ? "blamed and innocent" : "to blame and not named");
    tb_roster_free(&roster);
    fx_free(x);
    free(f.text);
}

static struct fx *one_night(const char *more, const char *cells)
{
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 1);
    fx_doctor(f, "p1", "night");
    if (more) fx_row(f, more, cells);
    fx_problem(f, "2026-12-01", "2026-12-01", "night");
    return f;
}

static void too_small_a_pool_has_no_causes(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_explanation why;
    struct fx *f = one_night("exemptions", "provider=p1|from=2026-11-01|to=2026-11-02|reason=age");
    fx_sit(f, "night 2026-12-01 eve primary p1");
    assert_int_equal(
        tb_explain(f->problem, &f->roster, fx_slot(f, "night 2026-12-01 eve reserve"), NULL, &why, &e),
        TB_OK);
    assert_int_equal(why.hole, TB_HOLE_POOL);
    assert_int_equal(why.n_causes, 0);
    assert_int_equal(why.n_repairs, 0);
    assert_int_equal(why.n_candidates, 1);
    assert_int_equal(why.candidates[0].n_hard, 1);
    tb_explanation_free(&why);
    fx_free(f);
}

static void a_seat_that_can_be_filled_is_said_to_be(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_explanation why;
    struct fx *f = one_night(NULL, NULL);
    assert_int_equal(
        tb_explain(f->problem, &f->roster, fx_slot(f, "night 2026-12-01 eve primary"), NULL, &why, &e),
        TB_OK);
    assert_int_equal(why.hole, TB_HOLE_POSSIBLE);
    tb_explanation_free(&why);
    fx_free(f);
}

static void refusals(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_explanation why;
    struct fx *f = one_night("providers", "id=p9|kind=doctor|area=d1");
    fx_sit(f, "night 2026-12-01 eve primary p9");
    assert_int_equal(
        tb_explain(f->problem, &f->roster, fx_slot(f, "night 2026-12-01 eve reserve"), NULL, &why, &e),
        TB_REFUSED);
    assert_non_null(strstr(e.text, "mend that first: p9"));
    fx_free(f);
    f = one_night(NULL, NULL);
    fx_sit(f, "night 2026-12-01 eve primary p1");
    assert_int_equal(
        tb_explain(f->problem, &f->roster, fx_slot(f, "night 2026-12-01 eve primary"), NULL, &why, &e),
        TB_REFUSED);
    assert_string_equal(e.text, "that seat is not open");
    fx_free(f);
}

/* What the roster breaks already is not asked to be mended on the way. */
static void a_broken_rule_is_no_refusal(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_explanation why;
    struct fx *f = one_night("exemptions", "provider=p1|from=2026-12-01|to=2026-12-02|reason=age");
    fx_sit(f, "night 2026-12-01 eve primary p1");
    assert_int_equal(
        tb_explain(f->problem, &f->roster, fx_slot(f, "night 2026-12-01 eve reserve"), NULL, &why, &e),
        TB_OK);
    assert_int_equal(why.hole, TB_HOLE_POOL);
    tb_explanation_free(&why);
    struct tb_verdict *v;
    tb_check(f->problem, &f->roster, &v);
    assert_int_equal(v->n_hard, 1);
    assert_int_equal(tb_explain_breach(f->problem, &f->roster, &v->violations[0], NULL, &why, &e), TB_OK);
    assert_int_equal(why.hole, TB_HOLE_POOL); /* nobody else is there */
    tb_explanation_free(&why);
    tb_verdict_free(v);
    fx_free(f);
}

/* A limit is never a cause: with no time at all nothing is shown, and nothing is claimed. */
static void a_limit_is_unknown(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_explanation why;
    const volatile int stop = 1;
    struct tb_plan_opts o = {.interrupt = &stop};
    struct file file = read_file("tests/cases/impossible/pigeonhole.case");
    struct fx *f = make(&file, NULL, NULL);
    assert_int_equal(fewest_open(f, &f->roster), 1);
    assert_int_equal(tb_explain(f->problem, &f->roster, open_slot(f, &f->roster), &o, &why, &e), TB_OK);
    assert_int_not_equal(why.hole, TB_HOLE_POOL);
    for (int i = 0; i < why.n_causes; i++) assert_true(why.causes[i].unknown);
    tb_explanation_free(&why);
    fx_free(f);
    free(file.text);
}

/* Counting alone shows the pigeonhole, with its numbers. */
static void the_pigeonhole_is_counted_before_planning(void **state)
{
    (void)state;
    struct file file = read_file("tests/cases/impossible/pigeonhole.case");
    struct fx *f = make(&file, NULL, NULL);
    struct tb_buf lines = {0};
    assert_int_equal(tb_plan_precheck(f->problem, &lines), 1);
    assert_string_equal(tb_buf_str(&lines), "2026-10-03 to 2026-12-27 night (on duty): 26 seats, but 25 "
                                            "people at the limits of the rules fill 25; 1 stay open\n");
    tb_buf_free(&lines);
    fx_free(f);
    free(file.text);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    glob_t g;
    if (glob(CASES, 0, NULL, &g) != 0) return 2;
    const struct CMUnitTest more[] = {
        cmocka_unit_test(too_small_a_pool_has_no_causes),
        cmocka_unit_test(a_seat_that_can_be_filled_is_said_to_be),
        cmocka_unit_test(refusals),
        cmocka_unit_test(a_broken_rule_is_no_refusal),
        cmocka_unit_test(a_limit_is_unknown),
        cmocka_unit_test(the_pigeonhole_is_counted_before_planning),
    };
    struct CMUnitTest *tests = tb_xcalloc(g.gl_pathc + TB_COUNT(more), sizeof *tests);
    for (size_t i = 0; i < g.gl_pathc; i++)
        tests[i] = (struct CMUnitTest){strrchr(g.gl_pathv[i], '/') + 1, test_case, NULL, NULL, g.gl_pathv[i]};
    memcpy(tests + g.gl_pathc, more, sizeof more);
    int failed = _cmocka_run_group_tests("explain", tests, g.gl_pathc + TB_COUNT(more), NULL, NULL);
    free(tests);
    globfree(&g);
    return failed ? 1 : 0;
}
