/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample region at its true size, everybody in turn without regard to rules: the table of December 2026
 * is proven cell by cell, and is small.
 */
#include "toban/codec/codec.h"
#include "route/route_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

enum { DUTIES = 64 };

/* Members sit in turn; the roster reaches a day and a week past the month. */
static struct tb_board *turns(const struct tb_region *r, tb_day from, tb_day to)
{
    struct tb_board_row *rows = NULL;
    size_t n = 0, cap = 0;
    struct tb_cover covers[DUTIES];
    struct tb_arena a = {0};
    struct tb_slot *slots;
    int duties[DUTIES], turn[DUTIES] = {0}, n_slots;
    assert_true(r->n_duties <= DUTIES);
    for (int d = 0; d < r->n_duties; d++) {
        duties[d] = d;
        covers[d] = (struct tb_cover){d, from - 1, to + 7};
    }
    n_slots = tb_slots_of(r, duties, r->n_duties, from - 1, to + 7, &a, &slots);
    for (int i = 0; i < n_slots; i++)
        for (int seat = 1; seat <= slots[i].need; seat++) {
            int d = slots[i].duty, first = 0, members = 0;
            while (r->members[first].duty != d) first++;
            while (first + members < r->n_members && r->members[first + members].duty == d) members++;
            *TB_PUSH(rows, n, cap) =
                (struct tb_board_row){{d, slots[i].date, slots[i].band, slots[i].role, seat,
                                       r->members[first + turn[d]++ % members].provider},
                                      0,
                                      0,
                                      1};
        }
    struct tb_board *b = tb_board_new(r, from - 1, to + 7, rows, n, covers, (size_t)r->n_duties);
    b->publication = 1;
    memcpy(b->hash, "0123abcd", 9);
    free(rows);
    tb_arena_free(&a);
    return b;
}

static void a_month_is_proven_and_small(void **state)
{
    (void)state;
    struct tb_region *r = NULL;
    struct tb_err e = {0};
    tb_table *t = NULL;
    int64_t cells = 0;
    if (tb_codec_read_region("rosters/ishikawa-chuo", &r, &e) != TB_OK) fail_msg("%s", e.text);
    tb_day from = tb_day_of(2026, 12, 1), to = tb_day_of(2026, 12, 31);
    struct tb_board *b = turns(r, from, to);
    if (tb_route_build_span(b, from, to, tb_minute_of(from - 10, 600), &t, &e) != TB_OK)
        fail_msg("%s", e.text);
    if (tb_route_verify(t, b, &cells, &e) != TB_OK) fail_msg("%s", e.text);
    struct tb_buf json = {0}, csv = {0};
    tb_printer *p = tb_printer_json(&json, 0);
    tb_table_json(t, p);
    tb_printer_free(p);
    tb_table_csv(t, &csv);
    size_t rows = 0;
    for (size_t i = 0; i < csv.len; i++) rows += csv.s[i] == '\n';
    print_message("# %lld cells in %d intervals, %zu bytes of JSON, %zu rows of CSV\n", (long long)cells,
                  t->n_bounds, json.len, rows);
    assert_true(cells > 10000000);
    assert_true(json.len <= 2000000);
    assert_true(rows <= 5000 * 32);
    assert_int_equal(tb_table_check_json(json.s, json.len, &e), TB_OK);
    tb_buf_free(&json);
    tb_buf_free(&csv);
    tb_table_free(t);
    tb_board_free(b);
    tb_region_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_month_is_proven_and_small)};
    return cmocka_run_group_tests_name("route_sample", tests, NULL, NULL);
}
