/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys beside area, age, complaint and level: what narrows a hospital, the support centre of a district,
 * whose home-care patient it is; and what the verifier makes of each when it is wrong.
 */
#include "t_route_region.h"

/* c-n makes home visits; d-1 owns it; d-2 stands in for it, c-s from the 6th to the 7th; c-e nurses, h-a is
 * behind. */
static struct tb_link more[5];

static int provider(const char *id) { return tb_find_provider(region, id); }
static tb_minute minute(const char *text)
{
    tb_minute m;
    assert_true(tb_parse_instant(text, &m));
    return m;
}

static int set_up(void **state)
{
    (void)state;
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    region->providers[provider("c-n")].home_visits = 1;
    /* in the order of a region's file */
    static const struct {
        const char *from;
        int type;
        const char *to;
    } rows[] = {{"c-e", TB_LINK_NURSES_FOR, "c-n"},
                {"c-s", TB_LINK_DEPUTISES_FOR, "c-n"},
                {"d-1", TB_LINK_OWNS, "c-n"},
                {"d-2", TB_LINK_DEPUTISES_FOR, "d-1"},
                {"h-a", TB_LINK_BACKS_UP, "c-n"}};
    for (size_t i = 0; i < TB_COUNT(rows); i++)
        more[i] = (struct tb_link){
            {NULL, 0}, provider(rows[i].from), rows[i].type, provider(rows[i].to), TB_DAY_NONE, TB_DAY_NONE};
    more[1].since = tb_day_of(2026, 12, 6);
    more[1].until = tb_day_of(2026, 12, 8);
    more[3].since = tb_day_of(2026, 1, 1);
    region->links = more;
    region->n_links = 5;
    /* Saturday to Wednesday */
    board = make_board(region, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 9), -1, NULL, false);
    struct tb_err e = {0};
    if (tb_route_build_span(board, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 9), 0, &table, &e) != TB_OK)
        fail_msg("%s", e.text);
    return 0;
}

static enum tb_code verdict(void)
{
    struct tb_err e = {0};
    int64_t cells = 0;
    return tb_route_verify(table, board, &cells, &e);
}

static void the_table_passes_and_counts_them(void **state)
{
    (void)state;
    struct tb_err e = {0};
    int64_t cells = 0;
    if (tb_route_verify(table, board, &cells, &e) != TB_OK) fail_msg("%s", e.text);
    int64_t keys = (int64_t)(table->n_ages + 1) * (region->n_complaints + 1) * (region->n_modifiers + 1);
    assert_int_equal(cells, (int64_t)table->n_bounds * region->n_areas * keys * 7 * 4 + 3 * table->n_homes);
    assert_true(table->n_homes > 10);
}

/* ---- modifiers ------------------------------------------------------------------------------ */

static const char *asked(const char *at, const char *area, int age, int urgency, int channel, int modifier)
{
    static char text[2][600];
    static int turn;
    char *out = text[turn ^= 1];
    struct tb_query q = {minute(at), tb_find_area(region, area), age, -1, urgency, channel, modifier};
    struct tb_answer a;
    struct tb_err e = {0};
    for (int i = 0; i < region->n_complaints; i++)
        if (strcmp(region->complaints[i].id, "internal") == 0) q.complaint = i;
    if (tb_route_lookup(table, &q, &a, &e) != TB_OK) fail_msg("%s", e.text);
    *out = '\0';
    for (int i = 0; i < a.n; i++)
        (void)snprintf(out + strlen(out), 600 - strlen(out), "%s%s%s", i > 0 ? " " : "",
                       *a.e[i].facility != '\0' ? a.e[i].facility : a.e[i].phone,
                       *a.e[i].lacks != '\0' ? "?" : "");
    return out;
}

/* B offers dialysis, A does not; on the 6th A is first in turn and B behind it. */
static void who_offers_it_comes_first(void **state)
{
    (void)state;
    const char *at = "2026-12-06T23:30";
    assert_string_equal(asked(at, "n1", 40, 2, TB_CHANNEL_DESK, 0), "h-a h-b tert");
    assert_string_equal(asked(at, "n1", 40, 2, TB_CHANNEL_DESK, 1), "h-b h-a? tert");
    assert_string_equal(asked(at, "n1", 40, 1, TB_CHANNEL_PHONE, 1), "119 tert h-b h-a?");
    /* Light cases stay with the primary doors. */
    assert_string_equal(asked("2026-12-06T10:00", "n1", 40, 4, TB_CHANNEL_PUBLIC, 1),
                        asked("2026-12-06T10:00", "n1", 40, 4, TB_CHANNEL_PUBLIC, 0));
}

static void every_list_keeps_its_entries(void **state)
{
    (void)state;
    for (int l = 0; l < table->n_lists; l++) {
        struct rt_entry v[RT_LIST_MAX];
        const struct rt_entry *was = table->entries + table->lists[l].first;
        int n = table->lists[l].n;
        memcpy(v, was, (size_t)n * sizeof *v);
        rt_order_for(table, 1, v, n);
        for (int i = 0; i < n; i++) {
            int there = 0;
            for (int k = 0; k < n; k++) there += memcmp(&v[k], &was[i], sizeof *v) == 0;
            assert_true(there >= 1);
            if (was[i].ref != RT_SERVICE || table->services[was[i].index].tier != 2)
                assert_memory_equal(&v[i], &was[i], sizeof *v);
        }
    }
}

/* ---- support centres ------------------------------------------------------------------------ */

static void the_centre_of_the_district(void **state)
{
    (void)state;
    const char *at = "2026-12-09T20:00";
    assert_non_null(strstr(asked(at, "n1", 80, 5, TB_CHANNEL_PUBLIC, 0), " 076-000-0021 076-000-0022 "));
    assert_non_null(strstr(asked(at, "n2", 80, 5, TB_CHANNEL_PUBLIC, 0), " 076-000-0023 "));
    assert_null(strstr(asked(at, "n2", 80, 5, TB_CHANNEL_PUBLIC, 0), "076-000-0021"));
    assert_null(strstr(asked(at, "n1", 64, 5, TB_CHANNEL_PUBLIC, 0), "076-000-0021"));
    assert_non_null(strstr(asked(at, "n1", 65, 4, TB_CHANNEL_PUBLIC, 0), "076-000-0021"));
    assert_non_null(strstr(asked(at, "n1", -1, 4, TB_CHANNEL_PUBLIC, 0), "076-000-0021"));
    assert_null(strstr(asked(at, "n1", 80, 3, TB_CHANNEL_PUBLIC, 0), "076-000-0021"));
    /* An area that has several is told to name the town. */
    struct tb_query q = {minute(at), tb_find_area(region, "n"), 80, -1, 5, TB_CHANNEL_PUBLIC, 0};
    struct tb_answer a;
    struct tb_err e = {0};
    bool words = false;
    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
    for (int i = 0; i < a.n; i++) words = words || strstr(a.e[i].name, "地域包括支援センター") != NULL;
    assert_true(words);
}

static void what_is_for_staff_is_not_told_to_the_public(void **state)
{
    (void)state;
    assert_null(strstr(asked("2026-12-09T20:00", "n1", 40, 5, TB_CHANNEL_PUBLIC, 0), "076-000-0120"));
    for (int channel = TB_CHANNEL_119; channel < TB_CHANNEL_PUBLIC; channel++)
        assert_non_null(strstr(asked("2026-12-09T20:00", "n1", 40, 5, channel, 0), "076-000-0120"));
}

/* ---- home-care patients --------------------------------------------------------------------- */

static const char *called(const char *at, int channel)
{
    static char text[600];
    struct tb_answer a;
    struct tb_err e = {0};
    if (tb_route_home(table, provider("c-n"), minute(at), channel, &a, &e) != TB_OK) fail_msg("%s", e.text);
    *text = '\0';
    for (int i = 0; i < a.n; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s%s", i > 0 ? " " : "",
                       a.e[i].facility, *a.e[i].mark != '\0' ? "*" : "");
    return text;
}

static void in_turn_and_by_date(void **state)
{
    (void)state;
    assert_string_equal(called("2026-12-05T10:00", TB_CHANNEL_PHONE), "c-n d-2 c-e h-a");
    /* The second deputy stands in from the 6th, until the 8th begins; on Sunday both clinics see patients, so
     * that the doctor who does not comes first. */
    assert_string_equal(called("2026-12-05T23:59", TB_CHANNEL_PHONE), "c-n d-2 c-e h-a");
    assert_string_equal(called("2026-12-06T00:00", TB_CHANNEL_PHONE), "c-n c-s d-2 c-e h-a");
    assert_string_equal(called("2026-12-06T10:00", TB_CHANNEL_PHONE), "d-2 c-n* c-s* c-e h-a");
    assert_string_equal(called("2026-12-07T23:59", TB_CHANNEL_PHONE), "c-n c-s d-2 c-e h-a");
    assert_string_equal(called("2026-12-08T00:00", TB_CHANNEL_PHONE), "c-n d-2 c-e h-a");
}

static void whoever_sits_at_the_centre_comes_later(void **state)
{
    (void)state;
    int away = 0;
    for (int d = 5; d <= 9; d++) {
        char at[32];
        (void)snprintf(at, sizeof at, "2026-12-%02dT20:00", d);
        const char *list = called(at, TB_CHANNEL_DESK);
        /* d-1, who owns the clinic, and d-2 take turns at the night centre, one for adults, one for children:
         * both are away every evening. */
        away += strstr(list, "c-n*") != NULL && strstr(list, "d-2*") != NULL;
    }
    assert_int_equal(away, 5);
}

static void only_staff_and_only_by_doctor(void **state)
{
    (void)state;
    struct tb_answer a;
    struct tb_err e = {0};
    tb_minute at = minute("2026-12-05T10:00");
    assert_int_equal(tb_route_home(table, provider("c-n"), at, TB_CHANNEL_PUBLIC, &a, &e), TB_REFUSED);
    assert_int_equal(tb_route_home(table, provider("c-s"), at, TB_CHANNEL_PHONE, &a, &e), TB_USAGE);
    assert_int_equal(tb_route_home(table, provider("c-n"), at, TB_CHANNEL_119, &a, &e), TB_OK);
    assert_string_equal(a.e[0].phone, "090-0000-0006");
    assert_int_equal(tb_route_home(table, provider("c-n"), at, TB_CHANNEL_DESK, &a, &e), TB_OK);
    assert_string_equal(a.e[0].phone, "076-000-0006");
    /* The file that travels has nobody's deputies in it. */
    struct tb_buf json = {0};
    tb_printer *p = tb_printer_json(&json, 0);
    tb_table *copy;
    tb_table_json(table, p);
    tb_printer_free(p);
    assert_int_equal(tb_table_read(json.s, json.len, &copy, &e), TB_OK);
    assert_int_equal(tb_route_home(copy, 0, at, TB_CHANNEL_PHONE, &a, &e), TB_USAGE);
    tb_table_free(copy);
    tb_buf_free(&json);
}

/* ---- planted faults ------------------------------------------------------------------------- */

static uint32_t seed = 7;

static int pick(int n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)n);
}

static void planted_faults_are_caught(void **state)
{
    (void)state;
    int planted = 0;
    for (int i = 0; i < 12; i++, planted++) { /* another centre for an area */
        uint64_t *c = &table->centres[pick(region->n_areas)], was = *c;
        *c ^= UINT64_C(1) << pick(region->n_centres);
        if (verdict() != TB_NO) fail_msg("a wrong support centre was not seen");
        *c = was;
    }
    /* whom to call: another person, another relation, away or not */
    for (int i = 0; i < 12; i++, planted++) {
        struct rt_home_entry *x = &table->home_entries[pick(table->n_home_entries)], was = *x;
        if (i % 3 == 0) x->provider = (x->provider + 1 + pick(region->n_providers - 1)) % region->n_providers;
        if (i % 3 == 1) x->relation = (x->relation + 1 + pick(3)) % 4;
        if (i % 3 == 2) x->away = !x->away;
        if (verdict() != TB_NO) fail_msg("a wrong home-care entry was not seen");
        *x = was;
    }
    for (int i = 0; i < 12; i++, planted++) { /* a shifted hour, a lost row */
        struct rt_home *x = &table->homes[pick(table->n_homes)], was = *x;
        if (i % 3 == 0) x->from += pick(2) ? 1 : -1;
        if (i % 3 == 1) x->to += pick(2) ? 1 : -1;
        if (i % 3 == 2) x->n--;
        if (verdict() != TB_NO) fail_msg("a wrong home-care hour was not seen");
        *x = was;
    }
    assert_int_equal(planted, 36);
    table->n_homes--;
    assert_int_equal(verdict(), TB_NO);
    table->n_homes++;
    assert_int_equal(verdict(), TB_OK);
}

/* A row for staff alone would leave the public without an answer: called wrong. */
static void a_list_for_staff_alone_is_called_empty(void **state)
{
    (void)state;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < region->n_policies; i++)
            if (region->policies[i].urgency == 5)
                region->policies[i].channel = pass == 0 ? RT_CHANNEL_STAFF : RT_CHANNEL_ANY;
        tb_table *t = NULL;
        struct tb_err e = {0};
        int64_t cells;
        if (tb_route_build_span(board, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 9), 0, &t, &e) != TB_OK)
            fail_msg("%s", e.text);
        assert_int_equal(tb_route_verify(t, board, &cells, &e), pass == 0 ? TB_NO : TB_OK);
        if (pass == 0) assert_non_null(strstr(e.text, "an empty list"));
        tb_table_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_passes_and_counts_them),
        cmocka_unit_test(who_offers_it_comes_first),
        cmocka_unit_test(every_list_keeps_its_entries),
        cmocka_unit_test(the_centre_of_the_district),
        cmocka_unit_test(what_is_for_staff_is_not_told_to_the_public),
        cmocka_unit_test(in_turn_and_by_date),
        cmocka_unit_test(whoever_sits_at_the_centre_comes_later),
        cmocka_unit_test(only_staff_and_only_by_doctor),
        cmocka_unit_test(planted_faults_are_caught),
        cmocka_unit_test(a_list_for_staff_alone_is_called_empty),
    };
    return cmocka_run_group_tests_name("route_keys", tests, set_up, tear_down);
}
