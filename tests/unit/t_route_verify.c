/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verifier is alive: right tables pass, planted faults of ten kinds do not, wrong policies are called
 * wrong, a lost duty is seen.
 */
#include "t_route_region.h"

static int set_up(void **state)
{
    (void)state;
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    /* Saturday to Monday */
    board = make_board(region, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 7), -1, NULL, false);
    table = build(board);
    return 0;
}

static void a_right_table_passes_cell_by_cell(void **state)
{
    (void)state;
    struct tb_err e = {0};
    int64_t cells = 0;
    if (tb_route_verify(table, board, &cells, &e) != TB_OK) fail_msg("%s", e.text);
    assert_int_equal(cells, (int64_t)table->n_bounds * region->n_areas * (table->n_ages + 1) *
                                (region->n_complaints + 1) * (region->n_modifiers + 1) * 7 * 4);
}

static void the_month_and_the_turn_of_the_year_pass(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_board *b = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2027, 1, 4), -1, NULL, false);
    tb_table *t = build(b);
    int64_t cells = 0;
    if (tb_route_verify(t, b, &cells, &e) != TB_OK) fail_msg("%s", e.text);
    assert_true(cells > 1000000);
    tb_table_free(t);
    tb_board_free(b);
}

static void a_leap_day_passes(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_board *b = make_board(region, tb_day_of(2028, 2, 27), tb_day_of(2028, 3, 1), -1, NULL, false);
    tb_table *t = build(b);
    int64_t cells = 0;
    if (tb_route_verify(t, b, &cells, &e) != TB_OK) fail_msg("%s", e.text);
    tb_table_free(t);
    tb_board_free(b);
}

/* ---- planted faults ------------------------------------------------------------------------- */

static uint32_t seed = 1;

static int pick(int n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)n);
}

static struct rt_list *a_list(int least)
{
    for (;;) {
        struct rt_list *l = &table->lists[pick(table->n_lists)];
        if (l->n >= least) return l;
    }
}

static struct rt_entry *an_entry(int ref)
{
    for (;;) {
        struct rt_entry *x = &table->entries[pick(table->n_entries)];
        if (x->ref == ref) return x;
    }
}

/* Bytes to put back after the fault. */
static struct {
    void *at;
    size_t n;
    unsigned char was[64];
} kept[4];
static int n_kept;

static void keep(void *at, size_t n)
{
    assert_true(n <= sizeof kept[0].was && n_kept < (int)TB_COUNT(kept));
    kept[n_kept].at = at;
    kept[n_kept].n = n;
    memcpy(kept[n_kept++].was, at, n);
}

static void put_back(void)
{
    while (n_kept > 0) {
        n_kept--;
        memcpy(kept[n_kept].at, kept[n_kept].was, kept[n_kept].n);
    }
}

static void closed_entry(void)
{
    struct rt_entry *x = an_entry(RT_SERVICE);
    keep(x, sizeof *x);
    x->index = (x->index + 1 + pick(table->n_services - 1)) % table->n_services;
}

static void wrong_age(void)
{
    int keys = (table->n_ages + 1) * (table->n_complaints + 1), a = pick(keys), b = pick(keys);
    while (table->class_of[b] == table->class_of[a]) b = pick(keys);
    keep(&table->class_of[a], sizeof(int));
    table->class_of[a] = table->class_of[b];
}

static void lost_row(void)
{
    struct rt_list *l = a_list(2);
    keep(l, sizeof *l);
    l->first++;
    l->n--;
}

static void swapped_rank(void)
{
    struct rt_list *l = a_list(2);
    struct rt_entry *x = &table->entries[l->first + pick(l->n - 1)];
    keep(x, 2 * sizeof *x);
    struct rt_entry was = x[0];
    x[0] = x[1];
    x[1] = was;
}

static void shifted_hour(void)
{
    if (pick(2)) {
        struct rt_opening *o = &table->openings[pick(table->n_openings)];
        tb_minute *const times[3] = {&o->from, &o->reception, &o->to};
        tb_minute *m = times[pick(3)];
        keep(m, sizeof *m);
        *m += pick(2) ? 1 : -1;
    } else {
        tb_minute *m = &table->bounds[1 + pick(table->n_bounds - 1)];
        keep(m, sizeof *m);
        *m += pick(2) ? 1 : -1;
    }
}

static void stale_version(void)
{
    if (pick(2)) {
        keep(&table->publication, sizeof table->publication);
        table->publication--;
    } else {
        keep(table->hash, 1);
        table->hash[0] = 'f';
    }
}

static void wrong_role(void)
{
    struct rt_entry *x = &table->entries[pick(table->n_entries)];
    keep(x, sizeof *x);
    x->role = (x->role + 1 + pick(6)) % 7;
}

static void duplicated_facility(void)
{
    struct rt_list *l = a_list(2);
    struct rt_entry *x = &table->entries[l->first + 1];
    keep(x, sizeof *x);
    *x = x[-1];
}

static void missing_last_resort(void)
{
    struct rt_list *l = a_list(1);
    keep(l, sizeof *l);
    l->n = pick(2) ? 0 : l->n - 1;
}

static void broken_rule_id(void)
{
    struct rt_entry *x = &table->entries[pick(table->n_entries)];
    keep(x, sizeof *x);
    x->policy = (x->policy + 1 + pick(region->n_policies - 1)) % region->n_policies;
}

static void wrong_distance(void)
{
    uint16_t *m = &table->travel[pick(region->n_areas * table->n_services)];
    keep(m, sizeof *m);
    *m = (uint16_t)(*m + 1 + pick(30));
}

static void wrong_column(void)
{
    uint32_t *c = &table->column_of[pick(table->n_bounds * region->n_areas)];
    keep(c, sizeof *c);
    *c = (*c + 1 + (uint32_t)pick(table->n_columns - 1)) % (uint32_t)table->n_columns;
}

static void wrong_tier(void)
{
    struct rt_service *s = &table->services[pick(table->n_services)];
    keep(s, sizeof *s);
    s->tier = s->tier % 3 + 1;
}

static void wrong_consulting_hours(void)
{
    tb_minute *m = &table->consult_to[pick(table->n_consult)];
    keep(m, sizeof *m);
    *m += 30;
}

static void planted_faults_are_caught(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*plant)(void);
    } kinds[] = {{"closed entry", closed_entry},
                 {"wrong age", wrong_age},
                 {"lost row", lost_row},
                 {"swapped rank", swapped_rank},
                 {"shifted hour", shifted_hour},
                 {"stale version", stale_version},
                 {"wrong role", wrong_role},
                 {"duplicated facility", duplicated_facility},
                 {"missing last resort", missing_last_resort},
                 {"broken rule id", broken_rule_id},
                 {"wrong distance", wrong_distance},
                 {"wrong column", wrong_column},
                 {"wrong tier", wrong_tier},
                 {"wrong consulting hours", wrong_consulting_hours}};
    int planted = 0;
    for (size_t k = 0; k < TB_COUNT(kinds); k++)
        for (int i = 0; i < 12; i++, planted++) {
            struct tb_err e = {0};
            int64_t cells = 1;
            kinds[k].plant();
            if (tb_route_verify(table, board, &cells, &e) != TB_NO || cells != 0)
                fail_msg("%s number %d was not seen", kinds[k].name, i);
            assert_true(e.text[0] != '\0');
            put_back();
        }
    assert_true(planted >= 100);
    struct tb_err e = {0};
    int64_t cells;
    assert_int_equal(tb_route_verify(table, board, &cells, &e), TB_OK);
}

/* A table made without one seat, held against the whole roster: seen, unless nobody is sent to that seat
 * (reserve, pharmacy, second hand at the centre). */
static void a_lost_duty_is_seen(void **state)
{
    (void)state;
    int seen = 0, harmless = 0;
    for (int without = 0;; without++) {
        struct tb_board *b =
            make_board(region, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 7), without, NULL, false);
        if (b->n == board->n) {
            tb_board_free(b);
            break;
        }
        tb_table *t = build(b);
        struct tb_err e = {0};
        int64_t cells;
        if (tb_route_verify(t, board, &cells, &e) == TB_NO)
            seen++;
        else
            harmless++;
        assert_int_equal(tb_route_verify(t, b, &cells, &e), TB_OK);
        tb_table_free(t);
        tb_board_free(b);
    }
    /* Five days: adult centre 5 with 5 reserves, children's centre 10 hands for 5 doors, rotation and its
     * backup 10; one Sunday: three clinics, a pharmacy, a day rotation. */
    assert_int_equal(seen + harmless, 5 + 5 + 10 + 10 + 5);
    assert_int_equal(harmless, 5 + 10 + 1);
}

/* ---- wrong policies ------------------------------------------------------------------------- */

static int policy(const struct tb_region *r, const char *id)
{
    for (int i = 0; i < r->n_policies; i++)
        if (strcmp(r->policies[i].id, id) == 0) return i;
    return -1;
}

static void wrong_policies_are_called_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        int take, urgency, rank;
        const char *why;
    } v[] = {{"u3-rotation-any", RT_TAKE_TERTIARY, 3, 70, "a tertiary door for U3 to U5"},
             {"u4-primary", RT_TAKE_ROTATION, 4, 30, "a hospital for U4, U5 or guidance"},
             {"guidance-primary", RT_TAKE_ROTATION, 0, 30, "a hospital for U4, U5 or guidance"},
             {"u1-backup", RT_TAKE_PRIMARY, 1, 40, "a primary door for U1"},
             {"u1-119", RT_TAKE_TEXT, 1, 999, "U1 does not begin with 119"},
             {"u1-tertiary", RT_TAKE_TERTIARY, 1, 35, "the first door for U1 is not tertiary"},
             {"u3-rotation", RT_TAKE_ROTATION, 3, 5, "an open primary door is not first"},
             {"u4-line", RT_TAKE_LINE, 4, 5, "a more urgent class begins with a lower tier"},
             {"unknown-tertiary", RT_TAKE_TERTIARY, 6, 999, "an unknown value lowers the first tier"},
             {"u5-line", RT_TAKE_PRIMARY, 5, 30, "a more urgent class begins with a lower tier"}};
    for (size_t i = 0; i < TB_COUNT(v); i++) {
        struct tb_region *r = make_region(NULL, POLICIES);
        struct tb_policy *row = &r->policies[policy(r, v[i].row)];
        row->take = v[i].take;
        row->urgency = v[i].urgency;
        row->rank = v[i].rank;
        if (i + 1 == TB_COUNT(v)) { /* U4 loses its primary doors, U5 gains them */
            row->role = TB_ANSWER_MAIN;
            r->policies[policy(r, "u4-primary")].urgency = 5;
            r->policies[policy(r, "u3-primary")].take = RT_TAKE_SOON;
            r->policies[policy(r, "u3-neighbour")].take = RT_TAKE_SOON;
            r->policies[policy(r, "u4-neighbour")].take = RT_TAKE_SOON;
        }
        struct tb_board *b = make_board(r, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 7), -1, NULL, false);
        tb_table *t = build(b);
        struct tb_err e = {0};
        int64_t cells;
        if (tb_route_verify(t, b, &cells, &e) != TB_NO) fail_msg("%s passed", v[i].row);
        if (i + 1 < TB_COUNT(v) && strstr(e.text, v[i].why) == NULL) fail_msg("%s: %s", v[i].row, e.text);
        tb_table_free(t);
        tb_board_free(b);
        tb_region_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_table_passes_cell_by_cell),
        cmocka_unit_test(the_month_and_the_turn_of_the_year_pass),
        cmocka_unit_test(a_leap_day_passes),
        cmocka_unit_test(planted_faults_are_caught),
        cmocka_unit_test(a_lost_duty_is_seen),
        cmocka_unit_test(wrong_policies_are_called_wrong),
    };
    return cmocka_run_group_tests_name("route_verify", tests, set_up, tear_down);
}
