/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table's file alone: what is read back answers as what was written; whatever is damaged answers with the last resort and nothing else.
 */
#include "t_route_region.h"

#include <setjmp.h>
#include <cmocka.h>

static struct tb_region *region;
static struct tb_board *board;
static tb_table *table, *copy;
static struct tb_buf file;

static int set_up(void **state) {
    (void)state;
    struct tb_err e = {0};
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    board = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), -1, NULL, false);
    if (tb_route_build_span(board, board->from + 1, board->to - 1, tb_minute_of(tb_day_of(2026, 11, 20), 600), &table, &e) != TB_OK) return -1;
    tb_printer *p = tb_printer_json(&file, 0);
    tb_table_json(table, p);
    tb_printer_free(p);
    if (tb_table_read(file.s, file.len, &copy, &e) != TB_OK) {
        (void)fprintf(stderr, "%s\n", e.text);
        return -1;
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    tb_table_free(copy);
    tb_table_free(table);
    tb_board_free(board);
    tb_region_free(region);
    tb_buf_free(&file);
    return 0;
}

static uint64_t seed = 20261201;
static size_t draw(size_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static struct tb_query any_question(void) {
    return (struct tb_query){table->from + (tb_minute)draw((size_t)(table->to - table->from)), (int)draw((size_t)region->n_areas + 1) - 1, (int)draw(120) - 1,
        (int)draw((size_t)region->n_complaints + 1) - 1, (int)draw(RT_U_COUNT), (int)draw(TB_CHANNEL_COUNT)};
}

static void same_answer(const struct tb_query *q, const struct tb_answer *a, const struct tb_answer *b) {
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->expires, b->expires);
    assert_int_equal(a->fallback, b->fallback);
    for (int i = 0; i < a->n; i++) {
        const struct tb_answer_entry *x = &a->e[i], *y = &b->e[i];
        assert_string_equal(x->name, y->name);
        if (q->channel != TB_CHANNEL_119) assert_string_equal(x->phone, y->phone);
        assert_string_equal(x->note, y->note);
        assert_string_equal(x->rule, y->rule);
        assert_string_equal(x->facility, y->facility);
        assert_string_equal(x->duty, y->duty);
        assert_string_equal(x->band, y->band);
        assert_int_equal(x->date, y->date);
        assert_int_equal(x->role, y->role);
        assert_int_equal(x->tier, y->tier);
        assert_int_equal(x->minutes, y->minutes);
        assert_int_equal(x->open_from, y->open_from);
        assert_int_equal(x->reception_until, y->reception_until);
        assert_int_equal(x->closes, y->closes);
    }
}

static void the_copy_answers_alike(void **state) {
    (void)state;
    struct tb_err e = {0};
    for (int i = 0; i < 200000; i++) {
        struct tb_query q = any_question();
        struct tb_answer a, b;
        assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
        assert_int_equal(tb_route_lookup(copy, &q, &b, &e), TB_OK);
        same_answer(&q, &a, &b);
    }
}

/* The copy holds all that was written: it prints the same bytes. */
static void the_copy_prints_the_same_bytes(void **state) {
    (void)state;
    struct tb_buf again = {0}, one = {0}, two = {0};
    tb_printer *p = tb_printer_json(&again, 0);
    tb_table_json(copy, p);
    tb_printer_free(p);
    assert_true(strcmp(again.s, file.s) == 0); /* not assert_string_equal: it would print both */
    tb_table_csv(table, &one, tb_csv_cell, tb_csv_end);
    tb_table_csv(copy, &two, tb_csv_cell, tb_csv_end);
    assert_true(strcmp(one.s, two.s) == 0);
    tb_buf_free(&again);
    tb_buf_free(&one);
    tb_buf_free(&two);
}

/* A damaged file is never a table, and still has 119 in its last resort. */
static void refused(const char *bytes, size_t len, const char *how, size_t at, int sources[4]) {
    struct tb_err e = {0};
    tb_table *t = NULL;
    struct tb_last_resort l;
    if (tb_table_read(bytes, len, &t, &e) != TB_INVALID) fail_msg("%s at byte %zu went unseen", how, at);
    tb_table_last_resort(bytes, len, &l);
    if (l.n < 3 || strcmp(l.rows[0].phone, "119") != 0) fail_msg("%s at byte %zu: no last resort", how, at);
    sources[l.source]++;
    tb_last_resort_free(&l);
}

static void damage_is_always_seen(void **state) {
    (void)state;
    int sources[4] = {0};
    for (int i = 0; i < 10000; i++) {
        size_t at = draw(file.len);
        char was = file.s[at];
        file.s[at] ^= (char)(1 + draw(255));
        refused(file.s, file.len, "a flip", at, sources);
        file.s[at] = was;
    }
    for (int i = 0; i < 1000; i++) {
        size_t n = draw(file.len);
        refused(file.s, n, "a cut", n, sources);
    }
    refused("", 0, "nothing", 0, sources);
    print_message("# 10,000 flips and 1,001 cuts: last resort from the first copy %d, from the second %d, built in %d times\n", sources[1], sources[2], sources[3]);
    assert_true(sources[1] > 0 && sources[2] > 0 && sources[3] > 0);
    assert_int_equal(sources[0], 0);
}

/* Numbers that point nowhere, in a file whose digest is right. */
static void a_deceiving_file_is_refused(void **state) {
    (void)state;
    int refusals = 0, taken = 0;
    for (int i = 0; i < 4000; i++) {
        char *bytes = tb_xstrdup(file.s), *body = strstr(bytes, ",\"table\":") + strlen(",\"table\":"), *end = strstr(bytes, ",\"trailer\":"), digest[65];
        size_t at = draw((size_t)(end - body));
        while (body[at] < '0' || body[at] > '9') at = (at + 1) % (size_t)(end - body);
        body[at] = (char)('0' + draw(10));
        tb_sha256_hex(body, (size_t)(end - body), digest);
        memcpy(bytes + strlen("{\"digest\":\""), digest, 64);
        struct tb_err e = {0};
        tb_table *t = NULL;
        if (tb_table_read(bytes, file.len, &t, &e) == TB_OK) {
            taken++;
            for (int k = 0; k < 20; k++) { /* its own words, whatever they are, but no crash */
                struct tb_query q = any_question();
                struct tb_answer a;
                enum tb_code c = tb_route_lookup(t, &q, &a, &e);
                assert_true(c == TB_OK || c == TB_INVALID || c == TB_USAGE);
            }
            tb_table_free(t);
        } else
            refusals++;
        free(bytes);
    }
    print_message("# digits changed under a right digest: %d refused, %d mean something else\n", refusals, taken);
    assert_true(refusals > 0 && taken > 0);
}

static void the_state_follows_the_clock(void **state) {
    (void)state;
    struct tb_table_info i = tb_table_info(copy);
    static const char *const words[] = {"valid", "renewal due", "expired", "not yet valid", "corrupt"};
    const struct { tb_minute at; enum tb_table_state state; enum tb_code code; } v[] = {
        {i.from - 1, TB_TABLE_EARLY, TB_INVALID}, {i.from, TB_TABLE_VALID, TB_OK}, {i.next_due, TB_TABLE_VALID, TB_OK}, {i.next_due + 1, TB_TABLE_DUE, TB_OK},
        {i.to - 1, TB_TABLE_DUE, TB_OK}, {i.to, TB_TABLE_EXPIRED, TB_INVALID}, {i.issued_at - 1, TB_TABLE_EARLY, TB_INVALID}};
    for (size_t k = 0; k < TB_COUNT(v); k++) {
        struct tb_query q = {v[k].at, -1, 40, 0, 3, TB_CHANNEL_DESK};
        struct tb_answer a;
        struct tb_err e = {0};
        assert_int_equal(tb_table_state_at(copy, v[k].at), v[k].state);
        assert_string_equal(tb_table_state_word(v[k].state), words[v[k].state]);
        assert_int_equal(tb_route_lookup(copy, &q, &a, &e), v[k].code);
        for (int n = 0; v[k].code == TB_INVALID && n < a.n; n++) assert_string_equal(a.e[n].duty, "");
    }
    assert_int_equal(i.next_due, i.to - 7 * TB_MINUTES_PER_DAY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_copy_answers_alike),
        cmocka_unit_test(the_copy_prints_the_same_bytes),
        cmocka_unit_test(damage_is_always_seen),
        cmocka_unit_test(a_deceiving_file_is_refused),
        cmocka_unit_test(the_state_follows_the_clock),
    };
    return cmocka_run_group_tests_name("route_file", tests, set_up, tear_down);
}
