/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books follow attendance: "done" is his who came, whatever is published, withdrawn, recorded and
 * corrected in whatever order.
 */
#include "t_store_help.h"
#include "toban/store/records.h"

enum { NIGHTS = 4, PEOPLE = 5, STEPS = 400 };

struct world {
    int seat[NIGHTS][2]; /* who sits there as published, -1: nobody */
    /* record of him who sits or sat there: -2 none, -1 nobody came, else who came */
    int came[NIGHTS][PEOPLE];
};

static const char *name(int p)
{
    static const char *const names[] = {"p1", "p2", "p3", "p4", "p5"};
    return p < 0 ? "-" : names[p];
}

static void publish_night(tb_store *s, const struct tb_region *r, struct world *w, int night, tb_minute at,
                          struct fx_dice *dice)
{
    char date[64], seats[400];
    int a = fx_roll(dice, -1, PEOPLE - 1), b = fx_roll(dice, -1, PEOPLE - 1);
    if (a == b) b = -1;
    /* Who stays keeps his seat number; only who sits there matters here. */
    w->seat[night][0] = a;
    w->seat[night][1] = b;
    (void)tb_format_date(tb_day_of(2026, 12, night + 1), date, sizeof date);
    (void)snprintf(seats, sizeof seats, "night %s eve primary 1 %s\nnight %s eve primary 2 %s\n", date,
                   name(a), date, name(b));
    publish(s, r, at, date, date, "night", seats);
}

static void attend(tb_store *s, const struct tb_region *r, struct world *w, int night, struct fx_dice *dice)
{
    struct tb_err e = {0};
    int who = w->seat[night][fx_roll(dice, 0, 1)];
    if (who < 0) return;
    struct tb_attendance x = {.seat = {tb_find_duty(r, "night"), tb_day_of(2026, 12, night + 1), 0,
                                       TB_PRIMARY, 0, tb_find_provider(r, name(who))},
                              .from = TB_NEVER,
                              .to = TB_NEVER,
                              .patients = 3,
                              .referred = -1,
                              .light = -1,
                              .reason = tb_xstrdup("訂正"),
                              .by = tb_xstrdup("x")};
    x.seat.band = tb_find_band(r, x.seat.duty, "eve");
    int came = fx_roll(dice, -2, PEOPLE - 1);
    x.taken_back = came == -2;
    x.came = came < 0 ? -1 : tb_find_provider(r, name(came));
    w->came[night][who] = came;
    OK(tb_store_begin(s, &e));
    OK(tb_store_add_attendance(s, r, &x, &e));
    OK(tb_store_commit(s, &e));
    free(x.reason);
    free(x.by);
}

static void expect_books(tb_store *s, const struct tb_region *r, const struct world *w, int step)
{
    struct tb_err e = {0};
    struct tb_ledger_line *lines;
    size_t n;
    int64_t done[PEOPLE] = {0}, sum = 0, towns = 0, books[PEOPLE] = {0};
    for (int k = 0; k < NIGHTS; k++)
        for (int i = 0; i < 2; i++) {
            int who = w->seat[k][i], came = who < 0 ? -1 : w->came[k][who];
            if (came == -2) came = who;
            if (came >= 0) done[came] += 1000000;
        }
    OK(tb_store_ledger(s, r, INT32_MAX, &lines, &n, &e));
    int nights = tb_find_ledger(r, "nights"), shares = tb_find_ledger(r, "towns");
    for (size_t i = 0; i < n; i++) {
        if (lines[i].ledger == shares) towns += lines[i].accrued - lines[i].done;
        if (lines[i].ledger != nights) continue;
        sum += lines[i].accrued - lines[i].done;
        if (lines[i].account == tb_find_provider(r, "away")) assert_int_equal(lines[i].accrued, 0);
        for (int p = 0; p < PEOPLE; p++)
            if (lines[i].account == tb_find_provider(r, name(p))) books[p] = lines[i].done;
    }
    free(lines);
    for (int p = 0; p < PEOPLE; p++)
        if (books[p] != done[p])
            fail_msg("step %d: %s has done %lld by the books, %lld by who came", step, name(p),
                     (long long)books[p], (long long)done[p]);
    assert_int_equal(sum, 0);
    assert_int_equal(towns, 0);
}

static void books_follow_who_came(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir();
    struct fx *f = people();
    /* a member on leave accrues nothing, whoever comes or stays away */
    fx_row(f, "providers", "id=away|kind=doctor|area=d1");
    fx_row(f, "members", "duty=night|provider=away");
    fx_row(f, "exemptions", "provider=away|from=2026-11-01|to=2027-01-31|reason=leave");
    tb_store *s = new_store(in(dir, "a.db"), f);
    struct fx_dice dice = {20261203};
    struct world w;
    for (int k = 0; k < NIGHTS; k++) {
        w.seat[k][0] = w.seat[k][1] = -1;
        for (int p = 0; p < PEOPLE; p++) w.came[k][p] = -2;
    }
    for (int step = 0; step < STEPS; step++) {
        int night = fx_roll(&dice, 0, NIGHTS - 1), what = fx_roll(&dice, 0, 9);
        if (what < 3)
            publish_night(s, f->region, &w, night, 1000 + step, &dice);
        else if (what == 3 && (w.seat[night][0] >= 0 || w.seat[night][1] >= 0)) {
            struct tb_publication p = {0};
            tb_day d = tb_day_of(2026, 12, night + 1);
            int duty = tb_find_duty(f->region, "night");
            OK(tb_store_begin(s, &e));
            OK(tb_store_withdraw(s, f->region, &(struct tb_to_withdraw){&duty, 1, d, d, NULL},
                                 &(struct tb_act){1000 + step, "x", "理由"}, &p, &e));
            OK(tb_store_commit(s, &e));
            tb_publication_free(&p);
            w.seat[night][0] = w.seat[night][1] = -1;
        } else
            attend(s, f->region, &w, night, &dice);
        expect_books(s, f->region, &w, step);
    }
    tb_store_close(s);
    fx_free(f);
    drop_dir(dir);
}

static void a_groups_doctor_comes_for_the_group(void **state)
{
    (void)state;
    struct fx *f = people();
    fx_row(f, "providers", "id=dept|kind=doctor|area=d1|names_days=5");
    fx_row(f, "providers", "id=u1|kind=doctor|area=d1");
    fx_row(f, "links", "from=u1|type=employed-by|to=dept|until=2026-12-10");
    fx_row(f, "links", "from=u1|type=employed-by|to=p2");
    fx_region(f);
    int dept = fx_provider(f, "dept"), u1 = fx_provider(f, "u1"), p2 = fx_provider(f, "p2");
    assert_int_equal(tb_attend_credit(f->region, dept, u1, fx_day("2026-12-09")), dept);
    assert_int_equal(tb_attend_credit(f->region, dept, u1, fx_day("2026-12-10")), u1); /* he had left */
    /* not on its list */
    assert_int_equal(tb_attend_credit(f->region, dept, p2, fx_day("2026-12-09")), p2);
    /* p2 names nobody: whoever came did it himself */
    assert_int_equal(tb_attend_credit(f->region, p2, u1, fx_day("2026-12-09")), u1);
    fx_free(f);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(books_follow_who_came),
        cmocka_unit_test(a_groups_doctor_comes_for_the_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
