/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample region at its true size, everybody in turn without regard to rules: the table of December 2026
 * is proven cell by cell, and is small.
 */
#include "toban/codec/codec.h"
#include "route/now_rows.h"
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
                                      1,
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

/* ---- a town in parts ------------------------------------------------------------------------ */

/* The sample's table; `whole`: as if 白山市 were one area still, with everybody in it. */
static tb_table *table_of(bool whole, tb_day from, tb_day to, struct tb_region **r, struct tb_board **b)
{
    struct tb_err e = {0};
    tb_table *t = NULL;
    if (tb_codec_read_region("rosters/ishikawa-chuo", r, &e) != TB_OK) fail_msg("%s", e.text);
    int city = tb_find_area(*r, "17210"), root = (*r)->areas[city].parent;
    for (int i = 0; whole && i < (*r)->n_providers; i++)
        if (tb_area_within(*r, (*r)->providers[i].area, city)) (*r)->providers[i].area = city;
    for (int a = 0; whole && a < (*r)->n_areas; a++)
        if ((*r)->areas[a].parent == city) (*r)->areas[a].parent = root; /* out of the way */
    *b = turns(*r, from, to);
    if (tb_route_build_span(*b, from, to, tb_minute_of(from - 10, 600), &t, &e) != TB_OK)
        fail_msg("%s", e.text);
    return t;
}

static bool is_door(const struct tb_answer_entry *x)
{
    return x->provider >= 0 && (x->role == TB_ANSWER_MAIN || x->role == TB_ANSWER_BACKUP);
}

struct both {
    const struct tb_region *r;
    tb_table *before, *after;
    int64_t doors, lost, nearer;
    int least; /* minutes of the nearest door that is told now */
};

static void compare_answers(struct both *x, const struct tb_query *was, const struct tb_query *is)
{
    struct tb_answer a, b;
    struct tb_err e = {0};
    assert_int_equal(tb_route_lookup(x->before, was, &a, &e), TB_OK);
    assert_int_equal(tb_route_lookup(x->after, is, &b, &e), TB_OK);
    for (int k = 0; k < b.n; k++)
        if (is_door(&b.e[k]) && b.e[k].minutes < x->least) x->least = b.e[k].minutes;
    for (int i = 0; i < a.n; i++) {
        if (!is_door(&a.e[i])) continue;
        bool there = false;
        for (int k = 0; k < b.n; k++) {
            if (!is_door(&b.e[k]) || b.e[k].provider != a.e[i].provider) continue;
            there = true;
            x->nearer += b.e[k].minutes < a.e[i].minutes;
        }
        x->doors++;
        x->lost += !there;
    }
}

static void compare_days(struct both *x, const char *was, const char *is)
{
    static const char *const days[] = {"2026-12-05", "2026-12-06", "2026-12-09", "2026-12-31"};
    static const int ages[] = {4, 40, -1};
    for (size_t d = 0; d < TB_COUNT(days); d++)
        for (int hour = 0; hour < 24; hour++)
            for (int u = 0; u <= TB_U_UNKNOWN; u++)
                for (size_t k = 0; k < TB_COUNT(ages); k++)
                    for (int c = -1; c < x->r->n_complaints; c++) {
                        tb_day day;
                        assert_true(tb_parse_date(days[d], &day));
                        struct tb_query q = {.at = tb_minute_of(day, hour * 60),
                                             .area = tb_find_area(x->r, was),
                                             .age = ages[k],
                                             .complaint = c,
                                             .urgency = u,
                                             .channel = TB_CHANNEL_PHONE};
                        struct tb_query to = q;
                        to.area = tb_find_area(x->r, is);
                        compare_answers(x, &q, &to);
                    }
}

/* With 白山市 in its parts nobody else's answer is worse: the doors that were offered are offered, and none
 * is told nearer than it was. Whoever lives in the city's town has the answers that the city had; whoever
 * lives in the valley is told its ways. */
static void a_town_in_parts_has_no_worse_answers(void **state)
{
    (void)state;
    struct tb_region *old, *now;
    struct tb_board *old_board, *now_board;
    tb_day from = tb_day_of(2026, 12, 5), to = tb_day_of(2026, 12, 31);
    struct both x = {.before = table_of(true, from, to, &old, &old_board),
                     .after = table_of(false, from, to, &now, &now_board)};
    x.r = now;
    static const struct {
        const char *was, *is;
        bool same;
        int least;
    } areas[] = {
        {"17201", "17201", true, 0},   {"17201-2-09-01", "17201-2-09-01", true, 0},
        {"17209", "17209", true, 0},   {"17212", "17212", true, 0},
        {"17361", "17361", true, 0},   {"17365", "17365", true, 0},
        {"17210", "17210-1", true, 0}, {"17210", "17210-8", false, 65},
        {"17210", "17210", false, 65}, /* somewhere in it: as far as the farthest */
    };
    for (size_t i = 0; i < TB_COUNT(areas); i++) {
        x.doors = x.lost = x.nearer = 0;
        x.least = INT32_MAX;
        compare_days(&x, areas[i].was, areas[i].is);
        print_message("# %s: %lld doors, %lld no more in time or not among the nearest, from %d minutes on\n",
                      areas[i].is, (long long)x.doors, (long long)x.lost, x.least);
        assert_true(x.doors > 20000);
        assert_int_equal(x.nearer, 0);
        if (areas[i].same) assert_int_equal(x.lost, 0);
        assert_true(x.least >= areas[i].least);
    }
    tb_table_free(x.before);
    tb_table_free(x.after);
    tb_board_free(old_board);
    tb_board_free(now_board);
    tb_region_free(old);
    tb_region_free(now);
}

/* From the head of the valley to the night centre: over an hour, in winter half as much again. */
static void from_the_valley_it_is_over_an_hour(void **state)
{
    (void)state;
    struct tb_region *r;
    struct tb_board *b;
    struct tb_err e = {0};
    tb_table *t = table_of(false, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 31), &r, &b);
    struct tb_query q = {.at = tb_minute_of(tb_day_of(2026, 12, 9), 20 * 60),
                         .area = tb_find_area(r, "17210-8"),
                         .age = 40,
                         .complaint = -1,
                         .urgency = 4,
                         .channel = TB_CHANNEL_PHONE};
    struct tb_answer a;
    assert_string_equal(r->areas[q.area].name, "白峰");
    assert_int_equal(tb_route_lookup(t, &q, &a, &e), TB_OK);
    assert_true(is_door(&a.e[0]));
    assert_string_equal(a.e[0].facility, "centre");
    assert_int_equal(a.e[0].minutes, 80);
    q.at += 7 * 1440; /* winter begins on the 15th: two hours are on the road, but he is there before 22:30 */
    assert_int_equal(tb_route_lookup(t, &q, &a, &e), TB_OK);
    assert_string_equal(a.e[0].facility, "centre");
    assert_int_equal(a.e[0].minutes, 120);
    q.at += 31; /* and now he is not */
    assert_int_equal(tb_route_lookup(t, &q, &a, &e), TB_OK);
    for (int i = 0; i < a.n; i++)
        if (is_door(&a.e[i])) assert_string_not_equal(a.e[i].facility, "centre");
    tb_table_free(t);
    tb_board_free(b);
    tb_region_free(r);
}

/* On a holiday there are more doors than lines: the duty of each that is open is named, in a row or in the
 * line of the rest, in the words in which it differs; nothing there is cut inside. */
static void the_page_names_each_open_duty(void **state)
{
    (void)state;
    struct tb_region *r;
    struct tb_board *b;
    tb_table *t = table_of(false, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 31), &r, &b);
    int rests = 0;
    for (int hour = 7; hour < 24; hour++) {
        struct tb_buf page = {0};
        const struct tb_now_page now = {.at = tb_minute_of(tb_day_of(2026, 12, 6), hour * 60 + 5),
                                        .banner = ""};
        tb_now_text(t, &now, &page);
        for (int k = 0; k < t->n_services; k++) {
            struct tb_buf own = {0}, shared = {0};
            if (t->services[k].kind != RT_DUTY || rt_open_at(t, k, now.at) < 0) continue;
            rt_duty_words(&r->duties[t->services[k].duty], &own, &shared);
            if (!strstr(page.s, own.len ? own.s : tb_buf_str(&shared)))
                fail_msg("%s is not on the page:\n%s", own.len ? own.s : tb_buf_str(&shared), page.s);
            tb_buf_free(&own);
            tb_buf_free(&shared);
        }
        char *rest = strstr(page.s, "\nほか");
        if (rest) {
            rest[1 + strcspn(rest + 1, "\n")] = '\0';
            print_message("%s\n", rest + 1);
            assert_true(tb_utf8_width(rest + 1) <= 80);
            rests++;
        }
        tb_buf_free(&page);
    }
    assert_true(rests > 0);
    tb_table_free(t);
    tb_board_free(b);
    tb_region_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_month_is_proven_and_small),
                                       cmocka_unit_test(a_town_in_parts_has_no_worse_answers),
                                       cmocka_unit_test(from_the_valley_it_is_over_an_hour),
                                       cmocka_unit_test(the_page_names_each_open_duty)};
    return cmocka_run_group_tests_name("route_sample", tests, NULL, NULL);
}
