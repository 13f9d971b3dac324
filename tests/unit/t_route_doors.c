/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who sits there, and both directions: a region in which holders do not keep all that their duties promise,
 * and a pharmacy answers a complaint of its own. Planted faults of thirteen kinds are caught.
 */
#include "t_route_region.h"

static int sp_internal[1], sp_dispensing[1];

static int speciality(const char *id)
{
    for (int i = 0; i < region->n_specialities; i++)
        if (strcmp(region->specialities[i].id, id) == 0) return i;
    return -1;
}

static struct tb_provider *provider(const char *id)
{
    return &region->providers[tb_find_provider(region, id)];
}

/* North's clinic says nothing of itself, south's sees adults alone, the centre has no paediatrician's room,
 * the eye clinic sees nobody of 75 and more, and "teeth" asks for medicines. */
static int set_up(void **state)
{
    (void)state;
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    sp_internal[0] = speciality("internal");
    sp_dispensing[0] = speciality("dispensing");
    provider("c-s")->specialities = (struct tb_ids){1, sp_internal};
    provider("c-s")->age_from = 15;
    provider("centre")->specialities = (struct tb_ids){1, sp_internal};
    provider("c-e")->age_to = 75;
    for (int c = 0; c < region->n_complaints; c++)
        if (strcmp(region->complaints[c].id, "teeth") == 0)
            region->complaints[c].specialities = (struct tb_ids){1, sp_dispensing};
    board = make_board(region, tb_day_of(2026, 12, 5), tb_day_of(2026, 12, 7), -1, NULL, false);
    table = build(board);
    return 0;
}

static int unreached(const tb_table *t, const char *duty, bool tell)
{
    struct tb_seat_silences s;
    int found = 0;
    tb_route_seats(t, board, &s);
    for (int i = 0; i < s.n; i++) {
        if (tell) print_message("# %s: %s\n", region->duties[s.v[i].duty].id, s.v[i].why);
        if (!s.v[i].excused && (duty == NULL || strcmp(region->duties[s.v[i].duty].id, duty) == 0))
            found += s.v[i].seats;
    }
    assert_true(s.seats > 10);
    tb_seat_silences_free(&s);
    return found;
}

static void the_table_is_right_both_ways(void **state)
{
    (void)state;
    struct tb_err e = {0};
    int64_t cells;
    if (tb_route_verify(table, board, &cells, &e) != TB_OK) fail_msg("%s", e.text);
    assert_int_equal(unreached(table, NULL, true), 0);
    int doubtful = 0;
    for (int i = 0; i < table->n_entries; i++) doubtful += table->entries[i].doubtful;
    assert_true(doubtful > 20);
}

/* ---- planted faults ------------------------------------------------------------------------- */

static uint32_t seed = 1;

static int pick(int n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)n);
}

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

static struct rt_entry *an_entry(bool service, bool doubtful)
{
    for (;;) {
        struct rt_entry *x = &table->entries[pick(table->n_entries)];
        if ((x->ref == RT_SERVICE) == service && x->doubtful == doubtful) return x;
    }
}

static void mark_lost(void)
{
    struct rt_entry *x = an_entry(true, true);
    keep(x, sizeof *x);
    x->doubtful = 0;
}

static void mark_planted(void)
{
    struct rt_entry *x = an_entry(true, false);
    keep(x, sizeof *x);
    x->doubtful = 1;
}

static void mark_on_a_line(void)
{
    struct rt_entry *x = an_entry(false, false);
    keep(x, sizeof *x);
    x->doubtful = 1;
}

static void mark_of_no_kind(void)
{
    struct rt_entry *x = an_entry(true, pick(2));
    keep(x, sizeof *x);
    x->doubtful = 2 + pick(5);
}

/* A list with a sure door right before a doubtful one. */
static struct rt_entry *a_pair(void)
{
    for (;;) {
        struct rt_list *l = &table->lists[pick(table->n_lists)];
        if (l->n < 2) continue;
        struct rt_entry *x = &table->entries[l->first + pick(l->n - 1)];
        if (x[0].ref == RT_SERVICE && x[1].ref == RT_SERVICE && !x[0].doubtful && x[1].doubtful) return x;
    }
}

static void doubtful_first(void)
{
    struct rt_entry *x = a_pair(), was = x[0];
    keep(x, 2 * sizeof *x);
    x[0] = x[1];
    x[1] = was;
}

static void mark_on_the_wrong_one(void)
{
    struct rt_entry *x = a_pair();
    keep(x, 2 * sizeof *x);
    x[0].doubtful = 1;
    x[1].doubtful = 0;
}

static void holder_says_less(void)
{
    struct tb_provider *p = provider(pick(2) ? "c-n" : "c-e");
    keep(&p->specialities, sizeof p->specialities);
    p->specialities = (struct tb_ids){1, sp_dispensing};
}

static void holder_says_nothing(void)
{
    struct tb_provider *p = provider(pick(2) ? "c-s" : "centre");
    keep(&p->specialities, sizeof p->specialities);
    p->specialities = (struct tb_ids){0, NULL};
}

static void holder_takes_fewer(void)
{
    struct tb_provider *p = provider(pick(2) ? "c-n" : "ph");
    keep(&p->age_from, sizeof p->age_from);
    p->age_from = 15 + pick(60);
}

static void holder_takes_more(void)
{
    struct tb_provider *p = provider(pick(2) ? "c-s" : "c-e");
    keep(p->age_from > 0 ? &p->age_from : &p->age_to, sizeof(int));
    if (p->age_from > 0)
        p->age_from = 0;
    else
        p->age_to = 150;
}

/* Who asks for medicines and who says nothing are of one class. */
static void unknown_to_the_pharmacy(void)
{
    int medicine = 0, age = pick(table->n_ages);
    while (strcmp(region->complaints[medicine].id, "teeth") != 0) medicine++;
    int *unknown = &table->class_of[rt_key(table, age, table->n_complaints)];
    keep(unknown, sizeof *unknown);
    *unknown = table->class_of[rt_key(table, age, medicine)];
}

static void wrong_tables_are_caught(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*plant)(void);
    } kinds[] = {{"mark lost", mark_lost},
                 {"mark planted", mark_planted},
                 {"mark on a line or a text", mark_on_a_line},
                 {"mark of no kind", mark_of_no_kind},
                 {"doubtful door first", doubtful_first},
                 {"mark on the wrong one of two", mark_on_the_wrong_one},
                 {"holder offers less than the table was made with", holder_says_less},
                 {"holder tells nothing any more", holder_says_nothing},
                 {"holder takes fewer ages", holder_takes_fewer},
                 {"holder takes more ages", holder_takes_more},
                 {"unknown complaint sent to the pharmacy", unknown_to_the_pharmacy}};
    int planted = 0;
    for (size_t k = 0; k < TB_COUNT(kinds); k++)
        for (int i = 0; i < 6; i++, planted++) {
            struct tb_err e = {0};
            int64_t cells = 1;
            kinds[k].plant();
            if (tb_route_verify(table, board, &cells, &e) != TB_NO || cells != 0)
                fail_msg("%s number %d was not seen", kinds[k].name, i);
            put_back();
        }
    struct tb_err e = {0};
    int64_t cells;
    assert_int_equal(tb_route_verify(table, board, &cells, &e), TB_OK);
    print_message("# %d faults of %d kinds\n", planted, (int)TB_COUNT(kinds));
    assert_true(planted >= 60);
}

/* ---- seats that no question reaches --------------------------------------------------------- */

/* Each duty in turn is erased from all answers of a table that is else as it was. */
static void an_erased_duty_is_seen(void **state)
{
    (void)state;
    struct rt_entry *was = tb_xcalloc((size_t)table->n_entries, sizeof *was);
    memcpy(was, table->entries, (size_t)table->n_entries * sizeof *was);
    for (int d = 0; d < region->n_duties; d++) {
        for (int i = 0; i < table->n_entries; i++) {
            struct rt_entry *x = &table->entries[i];
            if (x->ref == RT_SERVICE && table->services[x->index].duty == d) x->role = TB_ANSWER_LATER;
        }
        assert_true(unreached(table, region->duties[d].id, false) > 0);
        memcpy(table->entries, was, (size_t)table->n_entries * sizeof *was);
    }
    free(was);
    assert_int_equal(unreached(table, NULL, false), 0);
}

/* Tables that are right as far as questions go: every cell is as the policy says, and a duty is silent. */
static void a_duty_that_nobody_asks_for_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *complaint, *duty;
    } cases[] = {{"teeth", "pharmacy"}, {"eye", "clinic-e"}};
    for (size_t k = 0; k < TB_COUNT(cases); k++)
        for (int c = 0; c < region->n_complaints; c++) {
            if (strcmp(region->complaints[c].id, cases[k].complaint) != 0) continue;
            struct tb_ids was = region->complaints[c].specialities;
            struct tb_err e = {0};
            int64_t cells;
            region->complaints[c].specialities.n = 0;
            tb_table *t = build(board);
            assert_int_equal(tb_route_verify(t, board, &cells, &e), TB_OK);
            assert_true(unreached(t, cases[k].duty, true) > 0);
            tb_table_free(t);
            region->complaints[c].specialities = was;
        }
}

static void rows_that_take_no_clinic_are_seen(void **state)
{
    (void)state;
    struct tb_policy was[64];
    struct tb_err e = {0};
    int64_t cells;
    assert_true(region->n_policies <= 64);
    memcpy(was, region->policies, (size_t)region->n_policies * sizeof *was);
    for (int i = 0; i < region->n_policies; i++)
        if (was[i].take == RT_TAKE_PRIMARY || was[i].take == RT_TAKE_NEIGHBOUR) region->policies[i].keep = 0;
    tb_table *t = build(board);
    /* the proof of the questions sees that light cases lose their doors; that of the seats names the seats */
    assert_int_equal(tb_route_verify(t, board, &cells, &e), TB_NO);
    assert_true(unreached(t, "clinic-n", false) > 0 && unreached(t, "night-child", false) > 0);
    assert_int_equal(unreached(t, "rot", false), 0);
    tb_table_free(t);
    memcpy(region->policies, was, (size_t)region->n_policies * sizeof *was);
}

static void a_reason_excuses(void **state)
{
    (void)state;
    int d = tb_find_duty(region, "clinic-e");
    struct rt_entry *was = tb_xcalloc((size_t)table->n_entries, sizeof *was);
    memcpy(was, table->entries, (size_t)table->n_entries * sizeof *was);
    for (int i = 0; i < table->n_entries; i++) {
        struct rt_entry *x = &table->entries[i];
        if (x->ref == RT_SERVICE && table->services[x->index].duty == d) x->role = TB_ANSWER_LATER;
    }
    region->duties[d].unrouted = "紹介のみ";
    assert_int_equal(unreached(table, "clinic-e", true), 0);
    region->duties[d].unrouted = "";
    memcpy(table->entries, was, (size_t)table->n_entries * sizeof *was);
    free(was);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_right_both_ways),
        cmocka_unit_test(wrong_tables_are_caught),
        cmocka_unit_test(an_erased_duty_is_seen),
        cmocka_unit_test(a_duty_that_nobody_asks_for_is_seen),
        cmocka_unit_test(rows_that_take_no_clinic_are_seen),
        cmocka_unit_test(a_reason_excuses),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
