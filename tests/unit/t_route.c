/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The routing table of a small region: known answers at the seams of the day, the forms it is written in,
 * what it refuses.
 */
#include "t_route_region.h"

#include <jansson.h>

static int set_up(void **state)
{
    (void)state;
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    board = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), -1, NULL, false);
    table = build(board);
    return 0;
}

static tb_minute minute(const char *text)
{
    tb_minute m;
    if (!tb_parse_instant(text, &m)) fail_msg("%s", text);
    return m;
}

static int complaint(const char *id)
{
    for (int i = 0; i < region->n_complaints; i++)
        if (strcmp(region->complaints[i].id, id) == 0) return i;
    return -1;
}

/* Who is answered, as "role name, role name". */
static void ask(const char *at, const char *area, int age, const char *what, int urgency, int channel,
                struct tb_buf *out)
{
    struct tb_query q = {
        minute(at), *area != '\0' ? tb_find_area(region, area) : -1, age, complaint(what), urgency, channel,
        0};
    struct tb_answer a;
    struct tb_err e = {0};
    tb_buf_clear(out);
    if (tb_route_lookup(table, &q, &a, &e) != TB_OK) fail_msg("%s", e.text);
    for (int i = 0; i < a.n; i++) {
        const struct tb_answer_entry *x = &a.e[i];
        tb_buf_addf(out, "%s%s %s", i > 0 ? ", " : "", rt_role_word[x->role],
                    x->provider >= 0      ? region->providers[x->provider].id
                    : x->phone[0] != '\0' ? x->phone
                                          : x->name);
    }
}

enum { U_G = TB_U_GUIDANCE, OTHERS = TB_CHANNEL_PUBLIC, DESK119 = TB_CHANNEL_119 };
#define FAMILY "family かかりつけ医, family 医療情報ネット（ナビイ）"
#define NEXT "later かかりつけ医"

struct known {
    const char *at, *area;
    int age;
    const char *what;
    int urgency, channel;
    const char *answer;
};

static void check_known(const struct known *v, size_t n)
{
    struct tb_buf b = {0};
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        ask(v[i].at, v[i].area, v[i].age, v[i].what, v[i].urgency, v[i].channel, &b);
        if (strcmp(tb_buf_str(&b), v[i].answer) == 0) continue;
        print_message("%s %s %d %s U%d:\n   is %s\n  not %s\n", v[i].at, v[i].area, v[i].age, v[i].what,
                      v[i].urgency, tb_buf_str(&b), v[i].answer);
        wrong++;
    }
    tb_buf_free(&b);
    assert_int_equal(wrong, 0);
}

/* 2026-12-05 is a Saturday, 06 a Sunday, 07 a Monday. */
static void seams_of_the_day(void **state)
{
    (void)state;
    static const struct known v[] = {
#include "t_route_seams.h"
    };
    check_known(v, TB_COUNT(v));
}

/* now + travel in bands <= last reception, to the minute; in winter a half more. The centre is in n1 and
 * takes patients until 22:30. */
static void reachable_to_the_minute(void **state)
{
    (void)state;
    static const struct {
        const char *area, *last, *too_late;
    } v[] = {{"n1", "2026-12-05T22:20", "2026-12-05T22:21"}, {"s", "2026-12-05T22:00", "2026-12-05T22:01"},
             {"n1", "2026-12-20T22:20", "2026-12-20T22:21"}, {"n2", "2026-12-20T22:10", "2026-12-20T22:11"},
             {"s", "2026-12-20T21:45", "2026-12-20T21:46"},  {"r", "2026-12-20T21:45", "2026-12-20T21:46"},
             {"", "2026-12-20T21:45", "2026-12-20T21:46"},   {"n", "2026-12-05T22:20", "2026-12-05T22:21"}};
    struct tb_buf b = {0};
    for (size_t i = 0; i < TB_COUNT(v); i++) {
        ask(v[i].last, v[i].area, 40, "internal", 4, OTHERS, &b);
        if (strncmp(tb_buf_str(&b), "main centre", 11) != 0)
            fail_msg("%s %s: %s", v[i].area, v[i].last, tb_buf_str(&b));
        ask(v[i].too_late, v[i].area, 40, "internal", 4, OTHERS, &b);
        if (strstr(tb_buf_str(&b), "main centre") != NULL)
            fail_msg("%s %s: %s", v[i].area, v[i].too_late, tb_buf_str(&b));
    }
    tb_buf_free(&b);
}

static void ages_at_their_limits(void **state)
{
    (void)state;
    struct tb_query q = {
        minute("2026-12-05T20:00"), tb_find_area(region, "n1"), 14, complaint("child"), 3, OTHERS, 0};
    struct tb_answer a;
    struct tb_err e = {0};
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
    assert_string_equal(region->duties[board->slots[a.e[0].slot].duty].id, "night-child");
    q.complaint = complaint("internal");
    q.age = 15;
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
    assert_string_equal(region->duties[board->slots[a.e[0].slot].duty].id, "night-adult");
    q.age = 150;
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
    assert_string_equal(region->duties[board->slots[a.e[0].slot].duty].id, "night-adult");
    q.age = 151;
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_USAGE);
}

static void an_answer_tells_hours_and_expiry(void **state)
{
    (void)state;
    struct tb_query q = {
        minute("2026-12-06T14:00"), tb_find_area(region, "n2"), 40, complaint("internal"), 3, OTHERS, 0};
    struct tb_answer a;
    struct tb_err e = {0};
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
    assert_string_equal(region->providers[a.e[0].provider].id, "c-n");
    assert_int_equal(a.e[0].open_from, minute("2026-12-06T13:00"));
    assert_int_equal(a.e[0].reception_until, minute("2026-12-06T16:30"));
    assert_int_equal(a.e[0].closes, minute("2026-12-06T17:00"));
    assert_int_equal(a.e[0].minutes, 0);
    assert_string_equal(a.e[0].rule, "u3-primary");
    assert_true(a.expires > q.at && a.expires <= minute("2026-12-06T16:21"));
    assert_false(a.fallback);
    q.at = minute("2026-12-06T12:30"); /* the pause between the two intervals */
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
    for (int i = 0; i < a.n; i++)
        if (a.e[i].provider >= 0 && strcmp(region->providers[a.e[i].provider].id, "c-n") == 0) {
            assert_int_equal(a.e[i].role, TB_ANSWER_LATER);
            assert_int_equal(a.e[i].open_from, minute("2026-12-06T13:00"));
        }
}

/* ---- whole-domain properties that look-up alone can show ------------------------------------- */

static void each_cell(void (*check)(const struct tb_query *q, const struct tb_answer *a))
{
    for (int i = 0; i < table->n_bounds; i++)
        for (int area = 0; area < region->n_areas; area++)
            for (int age = -1; age < 20; age += 7)
                for (int c = -1; c < region->n_complaints; c++)
                    for (int u = 0; u <= TB_U_UNKNOWN; u++)
                        for (int channel = 0; channel < TB_CHANNEL_COUNT; channel++) {
                            struct tb_query q = {table->bounds[i], area, age, c, u, channel, 0};
                            struct tb_answer a;
                            struct tb_err e = {0};
                            if (tb_route_lookup(table, &q, &a, &e) != TB_OK) fail_msg("%s", e.text);
                            check(&q, &a);
                        }
}

static void level_is_as_asked(const struct tb_query *q, const struct tb_answer *a)
{
    for (int i = 0; i < a->n; i++) {
        int row = 0;
        while (strcmp(region->policies[row].id, a->e[i].rule) != 0) row++;
        if (region->policies[row].urgency != q->urgency)
            fail_msg("U%d answered by %s", q->urgency, a->e[i].rule);
    }
    if (a->n < 1) fail_msg("an empty answer");
}

/* Whatever the complaint, only rows of the urgency that the person gave ever act. */
static void no_path_from_complaint_to_urgency(void **state)
{
    (void)state;
    each_cell(level_is_as_asked);
}

static void no_staff_number(const struct tb_query *q, const struct tb_answer *a)
{
    for (int i = 0; i < a->n; i++) {
        bool staff = strncmp(a->e[i].phone, "090-9", 5) == 0;
        if (staff && q->channel != TB_CHANNEL_119)
            fail_msg("a staff number outside the 119 desk: %s", a->e[i].phone);
        for (int k = 0; k < i; k++)
            if (a->e[i].provider >= 0 && a->e[k].provider == a->e[i].provider) fail_msg("a facility twice");
    }
}

static void staff_numbers_stay_at_the_119_desk(void **state)
{
    (void)state;
    each_cell(no_staff_number);
    struct tb_query q = {minute("2026-12-05T20:00"), 0, 40, 0, 1, TB_CHANNEL_119, 0};
    struct tb_answer a;
    struct tb_err e = {0};
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
    assert_string_equal(a.e[0].phone, "090-0000-0001");
}

/* ---- forms ---------------------------------------------------------------------------------- */

static void write_json(const tb_table *t, int indent, struct tb_buf *out)
{
    tb_printer *p = tb_printer_json(out, indent);
    tb_table_json(t, p);
    tb_printer_free(p);
}

static void same_bytes_in_any_zone(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Apia",
                                        "No/Such/Zone"};
    struct tb_buf first = {0};
    for (size_t i = 0; i < TB_COUNT(zones); i++) {
        assert_int_equal(setenv("TZ", zones[i], 1), 0);
        tb_table *t = build(board);
        struct tb_buf b = {0};
        write_json(t, 0, &b);
        tb_table_csv(t, &b);
        if (i == 0)
            first = b;
        else {
            assert_string_equal(tb_buf_str(&b), tb_buf_str(&first));
            tb_buf_free(&b);
        }
        tb_table_free(t);
    }
    tb_buf_free(&first);
    assert_int_equal(unsetenv("TZ"), 0);
}

static void same_bytes_from_shuffled_rows(void **state)
{
    (void)state;
    struct tb_buf first = {0};
    write_json(table, 0, &first);
    tb_table_csv(table, &first);
    for (uint32_t seed = 1; seed <= 20; seed++) {
        int order[TB_COUNT(rows_of_region)];
        uint32_t x = seed;
        for (size_t i = 0; i < TB_COUNT(order); i++) order[i] = (int)i;
        for (size_t i = TB_COUNT(order) - 1; i > 0; i--) {
            x = x * 1664525u + 1013904223u;
            size_t k = (x >> 8) % (i + 1);
            int was = order[i];
            order[i] = order[k];
            order[k] = was;
        }
        struct tb_region *r = make_region(order, POLICIES);
        assert_non_null(r);
        struct tb_board *b =
            make_board(r, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), -1, NULL, seed & 1);
        tb_table *t = build(b);
        struct tb_buf bytes = {0};
        write_json(t, 0, &bytes);
        tb_table_csv(t, &bytes);
        assert_string_equal(tb_buf_str(&bytes), tb_buf_str(&first));
        tb_buf_free(&bytes);
        tb_table_free(t);
        tb_board_free(b);
        tb_region_free(r);
    }
    tb_buf_free(&first);
}

static json_int_t number(const json_t *list, size_t i) { return json_integer_value(json_array_get(list, i)); }

/* The file is read by other means and every cell of it compared with the table's. */
static void json_holds_every_cell(void **state)
{
    (void)state;
    struct tb_buf b = {0};
    write_json(table, 0, &b);
    json_t *file = json_loadb(b.s, b.len, 0, NULL);
    assert_non_null(file);
    const json_t *t = json_object_get(file, "table"), *states = json_object_get(t, "states"),
                 *columns = json_object_get(t, "columns");
    const json_t *parts = json_object_get(t, "columns_parts"), *rows = json_object_get(t, "columns_rows"),
                 *lists = json_object_get(t, "lists");
    const json_t *entries = json_object_get(t, "entries"), *intervals = json_object_get(t, "intervals"),
                 *classes = json_object_get(t, "classes");
    size_t width = (size_t)json_integer_value(json_object_get(t, "columns_width")),
           n_classes = (size_t)table->n_classes, n_rows = (n_classes + width - 1) / width;
    assert_int_equal(json_array_size(intervals), table->n_bounds);
    for (size_t i = 0; i < json_array_size(intervals); i++)
        assert_int_equal(number(intervals, i), table->bounds[i] - table->from);
    for (size_t i = 0; i < json_array_size(classes); i++)
        assert_int_equal(number(classes, i), table->class_of[i]);
    for (int area = 0; area < region->n_areas; area++) {
        const json_t *runs = json_array_get(states, (size_t)area);
        int interval = 0;
        for (size_t run = 0; run < json_array_size(runs); run += 2)
            for (json_int_t k = 0; k < number(runs, run); k++, interval++) {
                size_t column = (size_t)number(runs, run + 1);
                uint32_t ours = table->column_of[interval * region->n_areas + area];
                for (size_t profile = 0; profile < RT_U_COUNT * 2 * n_classes; profile++) {
                    size_t part = (size_t)number(columns, column * RT_U_COUNT * 2 + profile / n_classes),
                           class = profile % n_classes;
                    size_t row = (size_t)number(parts, part * n_rows + class / width);
                    const json_t *list =
                        json_array_get(lists, (size_t)number(rows, row * width + class % width));
                    const struct rt_list *l = &table->lists[rt_cell(
                        table, ours, (int)(profile / n_classes / 2),
                        profile / n_classes % 2 ? TB_CHANNEL_119 : TB_CHANNEL_DESK, (int)class)];
                    assert_int_equal(json_array_size(list), l->n);
                    for (int i = 0; i < l->n; i++) {
                        const json_t *entry = json_array_get(entries, (size_t)number(list, (size_t)i));
                        const struct rt_entry *x = &table->entries[l->first + i];
                        if (number(entry, 1) != x->index || number(entry, 3) != x->policy ||
                            strcmp(json_string_value(json_array_get(entry, 2)), rt_role_word[x->role]) != 0)
                            fail_msg("area %d interval %d profile %zu", area, interval, profile);
                    }
                }
            }
        assert_int_equal(interval, table->n_bounds);
    }
    json_decref(file);
    tb_buf_free(&b);
}

static void json_is_known_by_its_digest(void **state)
{
    (void)state;
    struct tb_buf b = {0}, wide = {0};
    struct tb_err e = {0};
    write_json(table, 0, &b);
    write_json(table, 2, &wide);
    assert_int_equal(tb_table_check_json(b.s, b.len, &e), TB_OK);
    /* only the bytes that were written */
    assert_int_equal(tb_table_check_json(wide.s, wide.len, &e), TB_INVALID);
    for (size_t i = 0; i < b.len; i += b.len / 400 + 1) {
        b.s[i] ^= 1;
        if (tb_table_check_json(b.s, b.len, &e) != TB_INVALID)
            fail_msg("byte %zu changed and nobody saw it", i);
        b.s[i] ^= 1;
    }
    for (size_t n = 0; n < b.len; n += b.len / 100 + 1)
        assert_int_equal(tb_table_check_json(b.s, n, &e), TB_INVALID);
    tb_buf_free(&b);
    tb_buf_free(&wide);
}

static void every_form_says_what_it_is(void **state)
{
    (void)state;
    struct tb_buf json = {0}, csv = {0};
    char digest[9];
    write_json(table, 0, &json);
    tb_table_csv(table, &csv);
    (void)snprintf(digest, sizeof digest, "%.8s", table->digest);
    const char *const words[] = {"mihon.2026-12-01.2026-12-31",
                                 "0123abcd",
                                 digest,
                                 "2026-11-20T10:00+09:00",
                                 "2026-12-01T00:00+09:00",
                                 "2027-01-01T09:00+09:00",
                                 "診断・緊急度の判定・治療の判断には使えません",
                                 "すべて架空です",
                                 "当番病院一覧（参考・順位なし）"};
    for (size_t i = 0; i < TB_COUNT(words); i++) {
        if (strstr(json.s, words[i]) == NULL) fail_msg("routing.json lacks %s", words[i]);
        if (strstr(csv.s, words[i]) == NULL) fail_msg("routing.csv lacks %s", words[i]);
    }
    if (strstr(json.s, "090-9") != NULL || strstr(csv.s, "090-9") != NULL)
        fail_msg("a staff number in a file");
    tb_buf_free(&json);
    tb_buf_free(&csv);
}

/* ---- validity, holes, refusals -------------------------------------------------------------- */

static void outside_its_days_only_the_last_resort(void **state)
{
    (void)state;
    static const struct {
        const char *at;
        enum tb_code code;
    } v[] = {{"2026-11-30T23:59", TB_INVALID},
             {"2026-12-01T00:00", TB_OK},
             {"2027-01-01T08:59", TB_OK},
             {"2027-01-01T09:00", TB_INVALID}};
    for (size_t i = 0; i < TB_COUNT(v); i++) {
        struct tb_query q = {minute(v[i].at), 0, 40, 0, 3, OTHERS, 0};
        struct tb_answer a;
        struct tb_err e = {0};
        assert_int_equal(tb_route_lookup(table, &q, &a, &e), v[i].code);
        if (v[i].code == TB_OK) continue;
        assert_true(a.n > 0 && a.fallback);
        for (int k = 0; k < a.n; k++)
            if (a.e[k].slot >= 0 || a.e[k].tier == 1 || a.e[k].tier == 2)
                fail_msg("%s: %s from the roster", v[i].at, a.e[k].name);
    }
}

static void holes_name_the_missing_duty(void **state)
{
    (void)state;
    struct tb_buf out = {0};
    struct tb_board *b = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 6), -1, "rot", false);
    tb_table *t = build(b);
    int n = tb_route_holes(t, &out);
    assert_true(n > 0);
    if (strstr(out.s, "輪番内科系 (roster not published)") == NULL) fail_msg("%s", out.s);
    if (strstr(out.s, "眼 0 years and over") == NULL) fail_msg("%s", out.s);
    tb_table_free(t);
    tb_board_free(b);
    /* the night before the first: not in the table */
    b = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 6), 0, NULL, false);
    t = build(b);
    tb_buf_clear(&out);
    (void)tb_route_holes(t, &out);
    if (strstr(tb_buf_str(&out), "2026-11-30") != NULL) fail_msg("%s", out.s);
    tb_table_free(t);
    tb_board_free(b);
    tb_buf_free(&out);
}

static void an_open_seat_is_told(void **state)
{
    (void)state;
    int told = 0;
    for (int without = 8; without < 16; without++) {
        struct tb_board *b =
            make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 2), without, NULL, false);
        struct tb_buf out = {0};
        tb_table *t = build(b);
        (void)tb_route_holes(t, &out);
        told += strstr(tb_buf_str(&out), "nobody in the slot") != NULL;
        tb_buf_free(&out);
        tb_table_free(t);
        tb_board_free(b);
    }
    /* of a day's eight seats: one reserve, two of four hands at the centre's children's desk, two nights with
     * one hand */
    assert_int_equal(told, 3);
}

static void without_policy_no_table(void **state)
{
    (void)state;
    struct tb_region *r = make_region(NULL, NULL);
    struct tb_board *b = make_board(r, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 2), -1, NULL, false);
    struct tb_err e = {0};
    tb_table *t = NULL;
    assert_int_equal(tb_route_build(b, 0, &t, &e), TB_INPUT);
    assert_non_null(strstr(e.text, "policies"));
    tb_board_free(b);
    tb_region_free(r);
}

static void an_empty_cell_is_refused(void **state)
{
    (void)state;
    struct tb_region *r = make_region(NULL, POLICIES);
    for (int i = 0; i < r->n_policies; i++) /* no row of U5 is left but the lines' */
        if (r->policies[i].urgency == 5 && r->policies[i].take != RT_TAKE_LINE) r->policies[i].urgency = 4;
    struct tb_board *b = make_board(r, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 2), -1, NULL, false);
    struct tb_err e = {0};
    tb_table *t = NULL;
    assert_int_equal(tb_route_build(b, 0, &t, &e), TB_NO);
    if (strstr(e.text, "urgency U5") == NULL || strstr(e.text, "2026-1") == NULL ||
        strstr(e.text, "輪番内科系 (no slot at this hour)") == NULL)
        fail_msg("%s", e.text);
    tb_board_free(b);
    tb_region_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seams_of_the_day),
        cmocka_unit_test(reachable_to_the_minute),
        cmocka_unit_test(ages_at_their_limits),
        cmocka_unit_test(an_answer_tells_hours_and_expiry),
        cmocka_unit_test(no_path_from_complaint_to_urgency),
        cmocka_unit_test(staff_numbers_stay_at_the_119_desk),
        cmocka_unit_test(same_bytes_in_any_zone),
        cmocka_unit_test(same_bytes_from_shuffled_rows),
        cmocka_unit_test(json_holds_every_cell),
        cmocka_unit_test(json_is_known_by_its_digest),
        cmocka_unit_test(every_form_says_what_it_is),
        cmocka_unit_test(outside_its_days_only_the_last_resort),
        cmocka_unit_test(holes_name_the_missing_duty),
        cmocka_unit_test(an_open_seat_is_told),
        cmocka_unit_test(without_policy_no_table),
        cmocka_unit_test(an_empty_cell_is_refused),
    };
    return cmocka_run_group_tests_name("route", tests, set_up, tear_down);
}
