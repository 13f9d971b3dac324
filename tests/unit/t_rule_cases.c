/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/cases/rules: every rule by itself, one file each. check alone tells a roster that keeps it from one
 * that breaks it and says so with the rule's own sentence; and a small instance is planned with and without
 * the rule, hard and priced: each optimum is the least over all rosters there are, judged by check and score,
 * and what another solver finds on the exported program.
 *
 * A case is the lines of fx_line and
 *   tested LINE              a row of the rule (more than one may be); "$" in it stands for the price, empty
 * when hard breach ID                what check calls it; without this line: the rule row named "t" period
 * FROM TO DUTIES keeps SEAT, breaks SEAT  the two rosters without N, hard N, priced PRICE N    the optima; at
 * least one of the last two
 *
 *   t_rule_cases FILE        prints the optima found by enumeration
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

#include "domain/check_int.h"
#include "fixture.h"
#include "solvers.h"
#include "toban/plan/plan.h"

#define CASES "tests/cases/rules/*.case" /* the tests run at the top of the tree */
enum { MOST_LINES = 80, MOST_SEATS = 8 };

struct rule_case {
    char *text, *line[MOST_LINES], *tested[8], *keeps[MOST_SEATS], *breaks[MOST_SEATS];
    int n_lines, n_tested, n_keeps, n_breaks;
    char from[16], to[16], duties[64], breach[32];
    long long without, hard, priced;
    int price; /* -1: the rule cannot be priced */
    bool has_hard;
};

static bool begins(const char *line, const char *word, char **rest)
{
    size_t n = strlen(word);
    if (strncmp(line, word, n) != 0 || line[n] != ' ') return false;
    *rest = (char *)(uintptr_t)line + n + 1;
    return true;
}

static struct rule_case read_case(const char *path)
{
    struct rule_case c = {.breach = "t", .price = -1};
    struct tb_err e = {0};
    if (tb_file_read(path, 1 << 20, &c.text, NULL, &e)) TB_BUG("%s", e.text);
    for (char *line = c.text, *end, *rest; line && *line; line = end) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        if (sscanf(line, "period %15s %15s %63[^\n]", c.from, c.to, c.duties) == 3 ||
            sscanf(line, "breach %31s", c.breach) == 1)
            continue;
        if (sscanf(line, "without %lld", &c.without) == 1 ||
            sscanf(line, "priced %d %lld", &c.price, &c.priced) == 2)
            continue;
        if (sscanf(line, "hard %lld", &c.hard) == 1) {
            c.has_hard = true;
            continue;
        }
        TB_ASSERT(c.n_lines < MOST_LINES && c.n_tested < 8 && c.n_keeps < MOST_SEATS &&
                  c.n_breaks < MOST_SEATS);
        if (begins(line, "tested", &rest))
            c.tested[c.n_tested++] = rest;
        else if (begins(line, "keeps", &rest))
            c.keeps[c.n_keeps++] = rest;
        else if (begins(line, "breaks", &rest))
            c.breaks[c.n_breaks++] = rest;
        else
            c.line[c.n_lines++] = line;
    }
    return c;
}

/* The case's region without the rule (NULL), or with it at a price ("": hard). */
static struct fx *stage(const struct rule_case *c, const char *price)
{
    struct fx *f = fx_new();
    for (int i = 0; i < c->n_lines; i++)
        if (!fx_line(f, c->line[i])) TB_BUG("not understood: %s", c->line[i]);
    for (int i = 0; i < c->n_tested && price; i++) {
        struct tb_buf b = {0};
        for (const char *p = c->tested[i]; *p; p++)
            tb_buf_addf(&b, *p == '$' ? "%s" : "%.1s", *p == '$' ? price : p);
        if (!fx_line(f, tb_buf_str(&b))) TB_BUG("not understood: %s", c->tested[i]);
        tb_buf_free(&b);
    }
    fx_problem(f, c->from, c->to, c->duties);
    return f;
}

/* ---- all rosters ---------------------------------------------------------------------------- */

struct search {
    const struct tb_problem *p;
    struct tb_assignment seats[32];
    int n;
    bool any;
    int64_t best;
};

static void judge(struct search *s)
{
    struct tb_verdict *v;
    struct tb_roster r = {s->seats, s->n};
    tb_check(s->p, &r, &v);
    int64_t objective = v->objective;
    bool broken = v->n_hard > 0;
    tb_verdict_free(v);
    TB_ASSERT(broken || tb_score(s->p, &r) == objective);
    if (broken || (s->any && objective >= s->best)) return;
    s->best = objective;
    s->any = true;
}

/* Everybody in every seat, and every seat open. */
static void walk(struct search *s, int slot, int seat, int first)
{
    while (slot < s->p->n_slots && !s->p->slots[slot].planned) slot++;
    if (slot == s->p->n_slots) {
        judge(s);
        return;
    }
    walk(s, slot + 1, 0, 0);
    if (seat == s->p->slots[slot].need) return;
    for (int who = first; who < s->p->region->n_providers; who++) {
        if (s->p->region->providers[who].kind != s->p->region->duties[s->p->slots[slot].duty].kind) continue;
        s->seats[s->n++] = (struct tb_assignment){slot, seat + 1, who};
        walk(s, slot, seat + 1, who + 1);
        s->n--;
    }
}

static int64_t least(const struct fx *f)
{
    struct search s = {.p = f->problem};
    walk(&s, 0, 0, 0);
    TB_ASSERT(s.any);
    return s.best;
}

/* ---- planned -------------------------------------------------------------------------------- */

static void plan(const struct rule_case *c, const char *price, int64_t known)
{
    struct fx *f = stage(c, price);
    struct tb_plan_opts o = {.seconds = 60};
    struct tb_plan_result r = {0};
    struct tb_err e = {0};
    double elsewhere = 0;
    assert_int_equal(least(f), known);
    assert_int_equal(tb_plan_run(f->problem, &o, &r, &e), TB_OK);
    assert_int_equal(r.status, TB_PLAN_OPTIMAL);
    assert_int_equal(r.objective, known);
    assert_true(cbc_optimum(f->problem, &elsewhere));
    assert_int_equal((int64_t)elsewhere, known);
    tb_plan_result_free(&r);
    fx_free(f);
}

/* ---- judged --------------------------------------------------------------------------------- */

static const char *sentence(const struct fx *f, const struct tb_violation *v)
{
    for (int i = 0; i < TB_BUILTIN_COUNT; i++)
        if (strcmp(tb_builtin_texts[i].id, v->rule) == 0)
            return tb_t(tb_builtin_texts[i].ja, tb_builtin_texts[i].en);
    return tb_rule_sentence(&f->region->rules[v->rule_row]);
}

static void says_it(const struct fx *f, const struct tb_violation *v)
{
    enum tb_lang before = tb_lang_get();
    for (int lang = 0; lang < 2; lang++) {
        struct tb_buf b = {0};
        tb_lang_set(lang ? TB_EN : TB_JA);
        tb_violation_text(f->problem, v, &b);
        if (!strstr(tb_buf_str(&b), sentence(f, v)))
            fail_msg("\"%s\" does not say \"%s\"", tb_buf_str(&b), sentence(f, v));
        tb_buf_free(&b);
    }
    tb_lang_set(before);
}

/* Breaches of the rule in the roster of these seats. */
static int breaches(const struct rule_case *c, const char *price, char *const *seats, int n)
{
    struct fx *f = stage(c, price);
    int found = 0;
    for (int i = 0; i < n; i++) fx_sit(f, seats[i]);
    struct tb_verdict *v;
    tb_check(f->problem, &f->roster, &v);
    for (int i = 0; i < v->n_violations; i++) {
        says_it(f, &v->violations[i]);
        if (strcmp(v->violations[i].rule, c->breach) != 0) continue;
        assert_int_equal(v->violations[i].hard, !*price);
        found++;
    }
    if (v->n_violations && !found) print_message("# only %s\n", v->violations[0].rule);
    assert_int_equal(tb_score(f->problem, &f->roster), v->objective);
    tb_verdict_free(v);
    fx_free(f);
    return found;
}

static void judged(const struct rule_case *c, const char *price)
{
    assert_int_equal(breaches(c, price, c->keeps, c->n_keeps), 0);
    if (c->n_breaks) assert_true(breaches(c, price, c->breaks, c->n_breaks) > 0);
}

static void test_case(void **state)
{
    struct rule_case c = read_case(*state);
    char price[16] = "";
    assert_true(c.n_tested > 0 && c.n_keeps > 0 && c.n_breaks > 0);
    assert_true(c.has_hard || c.price >= 0);
    plan(&c, NULL, c.without);
    if (c.has_hard) {
        judged(&c, "");
        plan(&c, "", c.hard);
        assert_int_not_equal(c.hard, c.without);
    }
    if (c.price >= 0) {
        (void)snprintf(price, sizeof price, "%d", c.price);
        judged(&c, price);
        plan(&c, price, c.priced);
        assert_int_not_equal(c.priced, c.without);
    }
    free(c.text);
}

enum price { EITHER, SOFT_ONLY };
static const struct {
    const char *word;
    enum price price;
} types[] = {
#define RULE_TYPE(TYPE, name, word, price, ...) {word, price},
    TB_RULES(RULE_TYPE)
#undef RULE_TYPE
};

/* No type without a case, hard and priced where it may be both, and none that docs/reference/rules.md does
 * not tell. */
static void test_every_type(void **state)
{
    const glob_t *g = *state;
    char *rules;
    struct tb_err e = {0};
    if (tb_file_read("docs/reference/rules.md", 1 << 20, &rules, NULL, &e)) fail_msg("%s", e.text);
    for (size_t k = 0; k < TB_COUNT(types); k++) {
        bool found = false;
        char text[80];
        (void)snprintf(text, sizeof text, "|type=%s|", types[k].word);
        for (size_t i = 0; i < g->gl_pathc; i++) {
            struct rule_case c = read_case(g->gl_pathv[i]);
            found = found || (c.n_tested && strstr(c.tested[0], text) && c.price >= 0 &&
                              (c.has_hard || types[k].price == SOFT_ONLY));
            free(c.text);
        }
        if (!found) fail_msg("no case of %s", types[k].word);
        (void)snprintf(text, sizeof text, "`%s`", types[k].word);
        if (!strstr(rules, text)) fail_msg("docs/reference/rules.md does not tell %s", text);
    }
    free(rules);
}

static int show(const char *path)
{
    struct rule_case c = read_case(path);
    char price[16] = "";
    struct fx *f = stage(&c, NULL);
    printf("without %lld\n", (long long)least(f));
    fx_free(f);
    if (c.has_hard) {
        f = stage(&c, "");
        printf("hard %lld\n", (long long)least(f));
        fx_free(f);
    }
    if (c.price >= 0) {
        (void)snprintf(price, sizeof price, "%d", c.price);
        f = stage(&c, price);
        printf("priced %d %lld\n", c.price, (long long)least(f));
        fx_free(f);
    }
    free(c.text);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    if (argc > 1) return show(argv[1]);
    glob_t g;
    if (glob(CASES, 0, NULL, &g) != 0) return 2;
    struct CMUnitTest *tests = tb_xcalloc(g.gl_pathc + 1, sizeof *tests);
    for (size_t i = 0; i < g.gl_pathc; i++)
        tests[i] = (struct CMUnitTest){strrchr(g.gl_pathv[i], '/') + 1, test_case, NULL, NULL, g.gl_pathv[i]};
    tests[g.gl_pathc] = (struct CMUnitTest){"every rule type has a case", test_every_type, NULL, NULL, &g};
    int failed = _cmocka_run_group_tests("rule cases", tests, g.gl_pathc + 1, NULL, NULL);
    free(tests);
    globfree(&g);
    return failed ? 1 : 0;
}
