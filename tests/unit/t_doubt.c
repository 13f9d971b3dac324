/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two computations that disagree never cost anybody a roster: what the planner answered is tampered with in
 * every way that the judges can see, and the roster is there afterwards, kept aside, with both numbers and a
 * file.
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
#include "toban/app/publishing.h"
#include "toban/codec/codec.h"
#include "toban/tell/draft.h"

static char dir[32], db[64];
static struct tb_app app;
static const char *const duty = "night-paed";
static struct tb_app_plan_request rq = {.period = "2026-12-01..2026-12-04", .duties = &duty, .n_duties = 1};

#define OK(call) \
    do { \
        enum tb_code ok_ = (call); \
        if (ok_ != TB_OK) fail_msg("%s: %d %s", #call, (int)ok_, e.text); \
    } while (0)

static int begin(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_app_init made = {0};
    tb_lang_set(TB_EN);
    snprintf(dir, sizeof dir, "/tmp/toban-doubt-XXXXXX");
    assert_non_null(mkdtemp(dir));
    snprintf(db, sizeof db, "%s/t.db", dir);
    app = (struct tb_app){
        .db = db, .clock = {true, tb_minute_of(tb_day_of(2026, 11, 1), 600)}, .actor = {.name = "test"}};
    OK(tb_app_init(&app, "rosters/ishikawa-chuo", &made, &e));
    tb_notes_free(&made.notes);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    struct tb_err e = {0};
    OK(tb_dir_remove(dir, &e));
    return 0;
}

/* What the planner answers, proven and certified; nobody has judged it. */
static struct tb_app_draft answered(void)
{
    struct tb_app_draft d;
    struct tb_err e = {0};
    OK(tb_app_problem(&app, &rq, &d, &e));
    OK(tb_plan_run(d.problem, &app.plan, &d.result, &e));
    assert_int_equal(d.result.status, TB_PLAN_OPTIMAL);
    assert_true(d.result.certified);
    return d;
}

static char *whole(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct tb_buf b = {0};
    assert_non_null(f);
    for (int ch; (ch = fgetc(f)) != EOF;) tb_buf_addc(&b, (char)ch);
    fclose(f);
    return tb_buf_take(&b);
}

/* A JSON string from its quotation mark on, in place: only line ends, marks and backslashes are escaped in
 * it. */
static char *unescaped(char *from, size_t *len)
{
    char *out = from;
    assert_int_equal(*from++, '"');
    for (char *to = out; *from != '"'; *len = (size_t)(to - out)) {
        assert_int_not_equal(*from, '\0');
        const char c = *from++, escaped = c == '\\' ? *from++ : '\0';
        *to++ = escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped != '\0' ? escaped : c;
    }
    return out;
}

/* The file has the numbers, the seats, and an instance that gives the same problem. */
static void file_is_whole(const struct tb_app_draft *d)
{
    struct tb_region *r;
    struct tb_problem *p;
    struct tb_err e = {0};
    char number[64], *text = whole(d->doubt_file), *instance = strstr(text, "\"instance\":"), digest[65];
    size_t len = 0;
    assert_non_null(instance);
    instance = unescaped(instance + strlen("\"instance\":"), &len);
    tb_sha256_hex(instance, len, digest);
    assert_string_equal(digest, d->stored.instance_digest);
    OK(tb_codec_parse_problem(instance, len, &r, &p, &e));
    assert_int_equal(p->n_slots, d->problem->n_slots);
    tb_problem_free(p);
    tb_region_free(r);
    snprintf(number, sizeof number, "\"planned\":%lld,\"checked\":%lld,\"scored\":%lld",
             (long long)d->result.objective, (long long)d->verdict->objective, (long long)d->score);
    assert_non_null(strstr(text, number));
    int seats = 0;
    for (const char *at = text; (at = strstr(at, "\"provider\":")) && at < instance; at++) seats++;
    assert_int_equal(seats, d->roster.n);
    free(text);
}

/* Kept, told, not to be published; and the roster is the one that was planned. */
static void is_kept_aside(struct tb_app_draft *d, const char *word)
{
    struct tb_err e = {0};
    int rows = d->result.roster.n;
    OK(app_take_plan(&app, &rq, d, &e));
    assert_true(d->doubt.n > 0 && d->stored.id > 0);
    if (!strstr(d->doubt.v[0], word)) fail_msg("%s: %s", word, d->doubt.v[0]);
    assert_string_equal(d->stored.status, "doubt");
    assert_false(d->stored.certified);
    assert_non_null(d->doubt_file);
    assert_true(strncmp(d->doubt_file, dir, strlen(dir)) == 0);
    file_is_whole(d);
    struct tb_app_draft again;
    OK(tb_app_open_draft(&app, d->stored.id, NULL, true, &again, &e));
    assert_int_equal(again.roster.n, rows);
    assert_string_equal(again.stored.status, "doubt");
    tb_app_draft_free(&again);
    struct tb_publish_said p;
    const struct tb_publish_asked it = {.ids = &d->stored.id, .n = 1, .until = TB_DAY_NONE};
    assert_int_equal(tb_app_publish(&app, &it, &p, &e), TB_REFUSED);
    assert_non_null(strstr(e.text, "kept aside"));
    struct tb_buf text = {0};
    struct tb_tell_plan x = {.draft = d};
    tb_tell_plan_text(&x, &text);
    assert_non_null(strstr(text.s, d->doubt_file));
    assert_non_null(strstr(text.s, "personal data"));
    assert_null(strstr(text.s, "optimal"));
    tb_buf_free(&text);
    tb_app_draft_free(d);
}

static void an_objective_that_differs(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    d.result.objective += 5;
    is_kept_aside(&d, "the objective is");
}

static void a_roster_that_the_check_refuses(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    struct tb_roster *r = &d.result.roster;
    assert_true(r->n > 2);
    for (int i = 1; i < r->n; i++) /* the same man in every seat of the duty */
        if (r->a[i].slot != r->a[0].slot) r->a[i].provider = r->a[0].provider;
    is_kept_aside(&d, "hard rules broken");
}

static void a_solver_that_contradicts_the_recount(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    snprintf(d.result.doubt, sizeof d.result.doubt, "the solver's objective is 1, the recount 2");
    is_kept_aside(&d, "the recount 2");
}

/* The proof says that no roster is as cheap as this one: one of the two is wrong. */
static void a_proof_above_the_roster(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    const struct tb_certificate *c = &d.result.certificate;
    struct tb_rows *p = &d.result.program;
    assert_true(c->n > 0);
    if (c->y[0] > 0)
        p->row_lower[c->row[0]] += 1000000;
    else
        p->row_upper[c->row[0]] -= 1000000;
    is_kept_aside(&d, "the proof's bound is");
}

/* The proof goes, the roster stays: optimal, proven by search, to be published like any other. */
static void a_certificate_that_does_not_hold(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    struct tb_err e = {0};
    struct tb_certificate *c = &d.result.certificate;
    assert_true(c->n > 0);
    for (int i = 0; i < c->n; i++) c->y[i] = 0;
    OK(app_take_plan(&app, &rq, &d, &e));
    assert_int_equal(d.doubt.n, 0);
    assert_int_equal(d.unconfirmed.n, 1);
    assert_non_null(strstr(d.unconfirmed.v[0], "recomputation"));
    assert_string_equal(d.stored.status, "optimal");
    assert_false(d.stored.certified);
    assert_null(d.doubt_file);
    struct tb_buf text = {0};
    struct tb_tell_plan x = {.draft = &d};
    tb_tell_plan_text(&x, &text);
    assert_non_null(strstr(text.s, "proven by search"));
    assert_non_null(strstr(text.s, "not confirmed"));
    tb_buf_free(&text);
    tb_app_draft_free(&d);
}

/* The same of a stored one: the draft is judged all the same, and it is said. */
static void a_stored_certificate_that_does_not_hold(void **state)
{
    (void)state;
    struct tb_app_draft d = answered(), again;
    struct tb_err e = {0};
    struct tb_buf text = {0};
    tb_store *store;
    d.roster = d.result.roster;
    d.result.roster = (struct tb_roster){0};
    app_weigh(&d);
    assert_true(d.result.certified && d.bound_checked && !d.doubt.n);
    d.result.certificate.row[0] = INT32_MAX; /* of no row */
    OK(app_begin(&app, &store, NULL, &e));
    OK(app_store_draft(&app, store, &d, "plan", &e));
    OK(tb_app_open_draft(&app, d.stored.id, NULL, true, &again, &e));
    assert_int_equal(again.unconfirmed.n, 1);
    struct tb_tell_check x = {.draft = &again};
    tb_tell_check_text(&x, &text);
    assert_false(tb_tell_check_agrees(&x));
    assert_non_null(strstr(text.s, "the certificate was not confirmed"));
    assert_non_null(strstr(text.s, "does not agree"));
    tb_buf_free(&text);
    tb_app_draft_free(&again);
    tb_app_draft_free(&d);
}

/* A what-if is stored nowhere, so its file is all there is: where it was asked for. */
static void a_what_if_leaves_its_file(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    struct tb_err e = {0};
    char aside[64];
    snprintf(aside, sizeof aside, "%s/aside", dir);
    struct tb_app_plan_request what = rq;
    what.what_if = true;
    what.aside = aside;
    d.result.objective -= 1;
    OK(app_take_plan(&app, &what, &d, &e));
    assert_int_equal(d.stored.id, 0);
    assert_true(d.doubt.n > 0 && strncmp(d.doubt_file, aside, strlen(aside)) == 0);
    file_is_whole(&d);
    tb_app_draft_free(&d);
}

/* Where the file cannot be written the draft is there, and it is said why there is no file. */
static void no_place_for_the_file(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    struct tb_err e = {0};
    struct tb_app_plan_request what = rq;
    what.aside = "/proc/nowhere";
    d.result.objective -= 1;
    OK(app_take_plan(&app, &what, &d, &e));
    assert_true(d.stored.id > 0);
    assert_null(d.doubt_file);
    assert_non_null(strstr(d.doubt.v[d.doubt.n - 1], "/proc/nowhere"));
    tb_app_draft_free(&d);
}

/* It stands in nobody's way: an earlier good draft of the same days is published. */
static void supersedes_nothing(void **state)
{
    (void)state;
    struct tb_app_draft good = answered(), bad = answered();
    struct tb_err e = {0};
    struct tb_publish_said p;
    OK(app_take_plan(&app, &rq, &good, &e));
    bad.result.objective += 1;
    OK(app_take_plan(&app, &rq, &bad, &e));
    assert_true(bad.stored.id > good.stored.id);
    OK(tb_app_publish(&app, &(struct tb_publish_asked){.until = TB_DAY_NONE}, &p, &e));
    tb_publish_said_free(&p);
    struct tb_app_draft again;
    OK(tb_app_open_draft(&app, good.stored.id, NULL, false, &again, &e));
    assert_int_equal(again.stored.published, 1);
    tb_app_draft_free(&again);
    tb_app_draft_free(&good);
    tb_app_draft_free(&bad);
}

/* A plan on the way to another answer: nothing is claimed of it any more, and nobody ends with nothing. */
static void an_answer_on_the_way_claims_nothing(void **state)
{
    (void)state;
    struct tb_app_draft d = answered();
    struct tb_plan_result *r = &d.result;
    int64_t right = r->objective;
    app_sober(d.problem, r);
    assert_true(r->status == TB_PLAN_OPTIMAL && r->certified && r->bound == right);
    r->objective += 3;
    app_sober(d.problem, r);
    assert_int_equal(r->status, TB_PLAN_FEASIBLE);
    assert_false(r->certified);
    assert_int_equal(r->objective, right);
    assert_true(r->bound == TB_NEG_INF && !r->certificate.scale && r->roster.n > 2);
    for (int i = 1; i < r->roster.n; i++)
        if (r->roster.a[i].slot != r->roster.a[0].slot) r->roster.a[i].provider = r->roster.a[0].provider;
    app_sober(d.problem, r);
    assert_int_equal(r->status, TB_PLAN_NONE);
    assert_int_equal(r->stopped_by, TB_STOP_TIME); /* not found, and not: there is none */
    tb_app_draft_free(&d);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_objective_that_differs),
        cmocka_unit_test(a_roster_that_the_check_refuses),
        cmocka_unit_test(a_solver_that_contradicts_the_recount),
        cmocka_unit_test(a_proof_above_the_roster),
        cmocka_unit_test(a_certificate_that_does_not_hold),
        cmocka_unit_test(a_stored_certificate_that_does_not_hold),
        cmocka_unit_test(a_what_if_leaves_its_file),
        cmocka_unit_test(no_place_for_the_file),
        cmocka_unit_test(an_answer_on_the_way_claims_nothing),
        cmocka_unit_test(supersedes_nothing), /* the last: it publishes */
    };
    return cmocka_run_group_tests_name("two hands that disagree", tests, begin, finish);
}
