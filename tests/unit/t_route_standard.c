/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of the prefecture's 実施基準 on the 119 desk. Rows, council and dates are fictitious (架空).
 */
#include "t_route_region.h"

#include "toban/base/printer.h"

#define COUNCIL "見本MC協議会（架空）"

static struct tb_policy more[128];
static struct tb_standard rows[6];
enum { FIRST, SECOND, THIRD, CHILD, LATER, SHUT };

static int provider(const char *id) { return tb_find_provider(region, id); }
static int complaint(const char *id)
{
    for (int i = 0; i < region->n_complaints; i++)
        if (strcmp(region->complaints[i].id, id) == 0) return i;
    return -1;
}

static struct tb_standard standard(const char *id, int rank, const char *who, const char *what,
                                   const char *where)
{
    return (struct tb_standard){.id = id,
                                .rank = rank,
                                .provider = provider(who),
                                .complaint = complaint(what),
                                .age_to = 150,
                                .area = tb_find_area(region, where),
                                .since = TB_DAY_NONE,
                                .until = TB_DAY_NONE,
                                .approved_by = COUNCIL,
                                .approved_on = tb_day_of(2026, 4, 1),
                                .source = "架空"};
}

/* Internal, 15 and over, in the north: B, the tertiary centre, A. Children anywhere: B from the 7th on. A
 * clinic is no emergency hospital. */
static int set_up(void **state)
{
    (void)state;
    region = make_region(NULL, POLICIES);
    if (region == NULL || region->n_policies + 1 > (int)TB_COUNT(more)) return -1;
    memcpy(more, region->policies, (size_t)region->n_policies * sizeof *more);
    more[region->n_policies] = (struct tb_policy){.id = "zz-standard",
                                                  .urgency = 1,
                                                  .rank = 15,
                                                  .channel = RT_CHANNEL_119,
                                                  .take = RT_TAKE_STANDARD,
                                                  .role = TB_ANSWER_MAIN,
                                                  .keep = 6,
                                                  .name = "",
                                                  .phone = "",
                                                  .note = "",
                                                  .approved_by = "見本（架空の承認）",
                                                  .approved_on = tb_day_of(2026, 3, 1)};
    region->policies = more;
    region->n_policies++;
    rows[FIRST] = standard("1", 1, "h-b", "internal", "n");
    rows[SECOND] = standard("2", 2, "tert", "internal", "n");
    rows[THIRD] = standard("3", 3, "h-a", "internal", "n");
    rows[CHILD] = standard("4", 1, "h-b", "child", "");
    rows[LATER] = standard("5", 1, "h-a", "internal", "s");
    rows[SHUT] = standard("6", 1, "c-s", "", "");
    for (int i = FIRST; i <= THIRD; i++) rows[i].age_from = 15;
    rows[CHILD].since = tb_day_of(2026, 12, 7);
    rows[LATER].until = tb_day_of(2026, 12, 6);
    region->standards = rows;
    region->n_standards = (int)TB_COUNT(rows);
    /* Saturday to Monday */
    board = make_board(region, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 7), -1, NULL, false);
    table = build(board);
    return 0;
}

static struct tb_query question(const char *at, const char *area, int age, const char *what, int urgency,
                                int channel)
{
    struct tb_query q = {0, tb_find_area(region, area), age, complaint(what), urgency, channel, 0};
    assert_true(tb_parse_instant(at, &q.at));
    return q;
}

static const char *words(const struct tb_answer *a)
{
    static char text[2][400];
    static int turn;
    char *out = text[turn ^= 1];
    *out = '\0';
    for (int i = 0; i < a->n; i++)
        (void)snprintf(out + strlen(out), 400 - strlen(out), "%s%s", i > 0 ? " " : "",
                       *a->e[i].facility != '\0' ? a->e[i].facility : a->e[i].phone);
    return out;
}

static const char *asked(const tb_table *t, struct tb_query q)
{
    struct tb_answer a;
    struct tb_err e = {0};
    if (tb_route_lookup(t, &q, &a, &e) != TB_OK) fail_msg("%s", e.text);
    return words(&a);
}

static const char *at_119(const char *at, const char *area, int age, const char *what)
{
    return asked(table, question(at, area, age, what, 1, TB_CHANNEL_119));
}

static void the_councils_order_is_told_at_119(void **state)
{
    (void)state;
    const char *at = "2026-12-06T23:30"; /* A first in turn, B behind it */
    assert_string_equal(at_119(at, "n1", 40, "internal"), "h-b tert h-a");
    assert_string_equal(at_119(at, "n", 40, "internal"), "h-b tert h-a");
    /* Other desks and other urgencies keep their own. */
    assert_string_equal(asked(table, question(at, "n1", 40, "internal", 1, TB_CHANNEL_PHONE)),
                        "119 tert h-a h-b");
    assert_string_equal(asked(table, question(at, "n1", 40, "internal", 2, TB_CHANNEL_119)), "h-a h-b tert");
    /* A row of another complaint, age, area is none; what is unknown is in no row that names one. */
    assert_string_equal(at_119(at, "n1", 40, "child"), "tert h-a");
    assert_string_equal(at_119(at, "n1", 40, "injury"), "tert h-b"); /* whom B would take */
    assert_string_equal(at_119(at, "n1", 14, "internal"), "tert h-a h-b");
    assert_string_equal(at_119(at, "n1", 15, "internal"), "h-b tert h-a");
    assert_string_equal(at_119(at, "s", 40, "internal"), "tert h-a h-b");
    assert_string_equal(at_119(at, "r", 40, "internal"), at_119(at, "", 40, "internal"));
    assert_int_equal(strncmp(at_119(at, "r", 40, "internal"), "tert", 4), 0);
    assert_int_equal(strncmp(at_119(at, "n1", 40, ""), "tert", 4), 0);
    assert_int_equal(strncmp(at_119(at, "n1", -1, "internal"), "tert", 4), 0);
}

static void only_who_is_open_is_listed(void **state)
{
    (void)state;
    /* On Sunday morning A alone is on duty; B is not, so the next of the order is first. */
    assert_string_equal(at_119("2026-12-06T10:00", "n1", 40, "internal"), "tert h-a");
    /* The clinic of a row is open then, and takes ambulances: no door of the second tier, no entry for U1. */
    assert_null(strstr(at_119("2026-12-06T10:00", "s", 40, "internal"), "c-s"));
}

static void rows_are_in_force_by_the_day(void **state)
{
    (void)state;
    struct tb_answer a;
    struct tb_query q = question("2026-12-07T23:59", "n1", 40, "child", 1, TB_CHANNEL_119);
    /* On the 7th B is first in turn for children; the row is in force from that day's midnight. */
    assert_int_equal(tb_route_lookup(table, &q, &a, NULL), TB_OK);
    assert_string_equal(a.e[0].rule, "zz-standard");
    assert_string_equal(words(&a), "h-b tert");
    assert_string_equal(at_119("2026-12-05T23:59", "s", 40, "internal"), "h-a tert h-b");
    assert_string_equal(at_119("2026-12-06T00:00", "s", 40, "internal"), "tert h-b h-a");
    q = question("2026-12-05T23:59", "s", 40, "internal", 1, TB_CHANNEL_119);
    assert_int_equal(tb_route_lookup(table, &q, &a, NULL), TB_OK);
    assert_int_equal(a.expires, q.at + 1);
}

static void a_modifier_does_not_change_it(void **state)
{
    (void)state;
    struct tb_query q = question("2026-12-05T23:30", "s", 40, "internal", 1, TB_CHANNEL_119);
    const char *without = asked(table, q);
    q.modifier = 1; /* dialysis: B offers it, A does not */
    assert_string_equal(asked(table, q), without);
    assert_string_equal(without, "h-a tert h-b");
}

/* ---- overrides ------------------------------------------------------------------------------ */

static const char *live(struct tb_query q, int kind, const char *const *who, int n)
{
    struct tb_incident v[4];
    struct tb_answer a;
    struct tb_err e = {0};
    for (int i = 0; i < n; i++)
        v[i] = (struct tb_incident){kind, provider(who[i]), -1, -1, q.at - 10, q.at + 60, "", "", ""};
    if (tb_route_live(table, &q, &(struct tb_live){.changes = v, .n_changes = n}, &a, &e) != TB_OK)
        fail_msg("%s", e.text);
    return words(&a);
}

static void overrides_neither_empty_nor_promote(void **state)
{
    (void)state;
    struct tb_query q = question("2026-12-06T23:30", "n1", 40, "internal", 1, TB_CHANNEL_119);
    static const char *const all[] = {"h-b", "h-a", "tert"};
    assert_string_equal(live(q, TB_INCIDENT_CLOSED, all, 1), "tert h-a");
    assert_string_equal(live(q, TB_INCIDENT_CLOSED, all, 2), "tert");
    assert_string_equal(live(q, TB_INCIDENT_CLOSED, all, 3), "tert");
    assert_string_equal(live(q, TB_INCIDENT_LIMITED, all, 1), "tert h-a h-b");
    int gone = provider("h-b");
    struct tb_answer a;
    assert_int_equal(
        tb_route_live(table, &q, &(struct tb_live){.declined = &gone, .n_declined = 1}, &a, NULL), TB_OK);
    assert_string_equal(words(&a), "tert h-a");
}

/* ---- the proof ------------------------------------------------------------------------------ */

static void the_table_is_proven(void **state)
{
    (void)state;
    struct tb_err e = {0};
    int64_t cells = 0;
    if (tb_route_verify(table, board, &cells, &e) != TB_OK) fail_msg("%s", e.text);
    assert_int_equal(cells, (int64_t)table->n_bounds * region->n_areas * (table->n_ages + 1) *
                                (region->n_complaints + 1) * (region->n_modifiers + 1) * 7 * 4);
    assert_int_equal(table->n_ages, 2); /* 15 is a limit anyway */
}

/* A table made with a row that is not the region's: another rank, place, complaint, age, area, day, a row too
 * few or too many. */
static void planted_rows_are_caught(void **state)
{
    (void)state;
    static const char *const kinds[] = {"wrong order",        "another facility", "another complaint",
                                        "another age",        "another area",     "not in force yet",
                                        "no longer in force", "a row lost",       "a row too many"};
    int planted = 0;
    for (size_t kind = 0; kind < TB_COUNT(kinds); kind++)
        for (int i = FIRST; i <= LATER; i++) {
            struct tb_standard was = rows[i];
            struct tb_err e = {0};
            int64_t cells = 1;
            if ((kind == 0 && i > THIRD) || (kind == 6 && i == LATER) || (kind == 4 && i == CHILD)) continue;
            if (kind == 0) rows[i].rank = 5 - 2 * i;
            if (kind == 0 && i == SECOND) rows[i].rank = 9;
            if (kind == 1) rows[i].provider = provider("c-s");
            if (kind == 2) rows[i].complaint = complaint(i == CHILD ? "internal" : "injury");
            if (kind == 3) rows[i].age_from = 65;
            if (kind == 4) rows[i].area = tb_find_area(region, i == LATER ? "n" : "s");
            if (kind == 5) rows[i].since = tb_day_of(2026, 12, 9);
            if (kind == 6) rows[i].until = tb_day_of(2026, 12, i == CHILD ? 8 : 6);
            if (kind == 6 && i == CHILD) rows[i].since = TB_DAY_NONE;
            if (kind == 7) rows[i].complaint = complaint("teeth");
            if (kind == 8)
                rows[SHUT] = (struct tb_standard){rows[i].src,
                                                  "6",
                                                  1,
                                                  provider(i <= THIRD ? "h-a" : "tert"),
                                                  rows[i].complaint,
                                                  rows[i].age_from,
                                                  150,
                                                  rows[i].area,
                                                  rows[i].since,
                                                  rows[i].until,
                                                  COUNCIL,
                                                  was.approved_on,
                                                  ""};
            tb_table *t = build(board);
            rows[i] = was;
            rows[SHUT] = standard("6", 1, "c-s", "", "");
            if (tb_route_verify(t, board, &cells, &e) != TB_NO || cells != 0)
                fail_msg("%s, row %d: not seen", kinds[kind], i);
            assert_true(e.text[0] != '\0');
            planted++;
            tb_table_free(t);
        }
    print_message("%d planted\n", planted);
    assert_true(planted >= 35);
}

/* Entries of the order changed in the table itself. */
static void planted_entries_are_caught(void **state)
{
    (void)state;
    int planted = 0;
    for (int l = 0; l < table->n_lists; l++)
        for (int k = table->lists[l].first; k + 1 < table->lists[l].first + table->lists[l].n; k++) {
            struct rt_entry *x = &table->entries[k], was[2] = {x[0], x[1]};
            struct tb_err e = {0};
            int64_t cells = 1;
            if (region->policies[x->policy].take != RT_TAKE_STANDARD) continue;
            x[0] = was[1];
            x[1] = was[0];
            if (tb_route_verify(table, board, &cells, &e) != TB_NO)
                fail_msg("list %d: a swap was not seen", l);
            x[1] = was[1];
            x[0].policy = 0;
            x[0].index = was[0].index;
            x[0].ref = was[0].ref;
            if (tb_route_verify(table, board, &cells, &e) != TB_NO)
                fail_msg("list %d: another rule was not seen", l);
            x[0] = was[0];
            planted += 2;
        }
    print_message("%d planted\n", planted);
    assert_true(planted >= 10);
}

/* What is unknown never begins lower: a hospital that does not take every complaint is not told for an
 * unknown one, and where a list for everywhere begins lower than a town's, the proof refuses the table. */
static void the_unknown_is_not_sent_lower(void **state)
{
    (void)state;
    struct tb_standard first = rows[FIRST], second = rows[SECOND];
    struct tb_err e = {0};
    int64_t cells;
    rows[FIRST].complaint = -1;
    tb_table *t = build(board);
    enum tb_code whole = tb_route_verify(t, board, &cells, &e);
    const char *unknown = asked(t, question("2026-12-06T23:30", "n1", 40, "", 1, TB_CHANNEL_119));
    tb_table_free(t);
    rows[FIRST] = first;
    rows[FIRST].area = -1;
    rows[FIRST].rank = 2;
    rows[SECOND].rank = 1;
    t = build(board);
    enum tb_code lower = tb_route_verify(t, board, &cells, &e);
    tb_table_free(t);
    rows[FIRST] = first;
    rows[SECOND] = second;
    assert_int_equal(whole, TB_OK);
    assert_int_equal(strncmp(unknown, "tert", 4), 0);
    assert_int_equal(lower, TB_NO);
    assert_non_null(strstr(e.text, "an unknown area lowers the first tier"));
}

/* ---- forms ---------------------------------------------------------------------------------- */

static void json_of(const tb_table *t, struct tb_buf *out)
{
    tb_printer *p = tb_printer_json(out, 0);
    tb_table_json(t, p);
    tb_printer_free(p);
}

static void the_heading_says_whose_list(void **state)
{
    (void)state;
    static const char heading[] =
        "当番病院一覧（U1の順は実施基準: " COUNCIL " 令和8年4月1日(水)承認。その行がない欄は参考・順位なし）";
    struct tb_buf json = {0}, csv = {0}, sheet = {0};
    json_of(table, &json);
    tb_table_csv(table, &csv);
    tb_sheet_day(table, tb_day_of(2026, 12, 6), NULL, &sheet);
    assert_non_null(strstr(tb_buf_str(&json), heading));
    assert_non_null(strstr(tb_buf_str(&csv), heading));
    assert_non_null(strstr(tb_buf_str(&sheet), heading));
    /* Rows out of force on all its days leave no order. */
    struct tb_standard was[TB_COUNT(rows)];
    memcpy(was, rows, sizeof was);
    for (size_t i = 0; i < TB_COUNT(rows); i++) rows[i].until = rows[i].since = tb_day_of(2026, 12, 1);
    tb_table *t = build(board);
    tb_buf_clear(&json);
    json_of(t, &json);
    assert_non_null(strstr(tb_buf_str(&json), "\"当番病院一覧（参考・順位なし）\""));
    assert_null(strstr(tb_buf_str(&json), heading));
    memcpy(rows, was, sizeof was);
    tb_table_free(t);
    tb_buf_free(&json);
    tb_buf_free(&csv);
    tb_buf_free(&sheet);
}

static void the_copied_file_answers_the_same(void **state)
{
    (void)state;
    struct tb_buf one = {0}, two = {0};
    struct tb_err e = {0};
    tb_table *copy;
    json_of(table, &one);
    if (tb_table_read(tb_buf_str(&one), one.len, &copy, &e) != TB_OK) fail_msg("%s", e.text);
    json_of(copy, &two);
    assert_string_equal(tb_buf_str(&one), tb_buf_str(&two));
    struct tb_query q = question("2026-12-06T23:30", "n1", 40, "internal", 1, TB_CHANNEL_119);
    struct tb_answer a;
    assert_string_equal(asked(copy, q), "h-b tert h-a");
    int gone = -1;
    for (int i = 0; i < tb_table_region(copy)->n_providers; i++)
        if (strcmp(tb_table_region(copy)->providers[i].id, "h-b") == 0) gone = i;
    /* reckoned anew from the file's rows */
    assert_int_equal(tb_route_live(copy, &q, &(struct tb_live){.declined = &gone, .n_declined = 1}, &a, &e),
                     TB_OK);
    assert_string_equal(words(&a), "tert h-a");
    gone = -1;
    assert_int_equal(tb_route_live(copy, &q, &(struct tb_live){.declined = &gone, .n_declined = 1}, &a, &e),
                     TB_OK);
    assert_string_equal(words(&a), "h-b tert h-a");
    tb_table_free(copy);
    tb_buf_free(&one);
    tb_buf_free(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_councils_order_is_told_at_119),
        cmocka_unit_test(only_who_is_open_is_listed),
        cmocka_unit_test(rows_are_in_force_by_the_day),
        cmocka_unit_test(a_modifier_does_not_change_it),
        cmocka_unit_test(overrides_neither_empty_nor_promote),
        cmocka_unit_test(the_table_is_proven),
        cmocka_unit_test(planted_rows_are_caught),
        cmocka_unit_test(planted_entries_are_caught),
        cmocka_unit_test(the_unknown_is_not_sent_lower),
        cmocka_unit_test(the_heading_says_whose_list),
        cmocka_unit_test(the_copied_file_answers_the_same),
    };
    return cmocka_run_group_tests_name("route_standard", tests, set_up, tear_down);
}
