/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the books hold: standing absences, catching up, help from outside, formulas, turns taken over; and
 * that every pool's sum is zero.
 */
#include "t_store_help.h"

/* ---- entitlement ----------------------------------------------------------------------------- */

/* A night a day, four doctors a b c d; `more` are further rows "entity:cells", ended by NULL. */
static struct fx *nights(const char *duty_cells, const char *const *more)
{
    struct fx *f = fx_new();
    fx_rowf(f, "duties", "id=night|kind=doctor|specialities=internal|tier=1|body=body|period=month|%s",
            duty_cells);
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    for (const char *id = "abcd"; *id; id++) fx_rowf(f, "providers", "id=%c|kind=doctor|area=d1", *id);
    for (const char *id = "abcd"; *id; id++) fx_rowf(f, "members", "duty=night|provider=%c", *id);
    fx_row(f, "ledgers", "id=n|scope=provider|duties=night|class=all|price=5");
    for (; *more; more++) {
        const char *colon = strchr(*more, ':');
        char entity[32] = "";
        memcpy(entity, *more, (size_t)(colon - *more));
        fx_row(f, entity, colon + 1);
    }
    return f;
}

static const struct tb_counter *counter(const struct fx *f, const char *account)
{
    int at = tb_counter_find(f->problem, 0, fx_provider(f, account));
    assert_true(at >= 0);
    return &f->problem->counters[at];
}

/* Four weeks, `a` never on Wednesdays: 4 of the 28 nights. */
static void a_standing_absence_is_forgiven_or_owed(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "exemptions:provider=a|from=2026-01-01|weekdays=wed|to=2030-01-01|reason=other", NULL};
    static const char *const accruing[] = {
        "exemptions:provider=a|from=2026-01-01|weekdays=wed|to=2030-01-01|reason=other|accrues=yes", NULL};
    static const struct {
        const char *duty;
        const char *const *rows;
        int64_t a, b;
    } cases[] = {{"absence=forgiven", rows, 6000000, 7333336},
                 {"absence=owed", rows, 7000000, 7000000},
                 {"absence=forgiven", accruing, 7000000, 7000000}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        struct fx *f = nights(cases[i].duty, cases[i].rows);
        fx_problem(f, "2026-12-01", "2026-12-28", "night");
        assert_int_equal(counter(f, "a")->accrued, cases[i].a);
        assert_int_equal(counter(f, "b")->accrued, cases[i].b);
        int a = fx_provider(f, "a"), night = tb_find_duty(f->region, "night");
        assert_true(tb_exempt_on(f->region, night, a, fx_day("2026-12-02"), NULL));
        assert_false(tb_exempt_on(f->region, night, a, fx_day("2026-12-03"), NULL));
        fx_free(f);
    }
}

static void leave_is_not_paid_back_at_once(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    static const struct {
        const char *cap, *carried;
        int entitlement;
    } cases[] = {{"0", "n a 3.5", 1050},
                 {"1", "n a 3.5", 800},
                 {"1", "n a 0.75", 775},
                 {"0.5", "n a 3.5", 750},
                 {"1", "n a -3.5", 350}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        struct fx *f = nights("absence=owed", none);
        fx_rowf(f, "ledgers", "id=m|scope=provider|duties=night|class=all|price=5|catch_up=%s", cases[i].cap);
        char carried[64];
        (void)snprintf(carried, sizeof carried, "m%s", cases[i].carried + 1);
        fx_carried(f, carried);
        fx_problem(f, "2026-12-01", "2026-12-28", "night");
        int at = tb_counter_find(f->problem, tb_find_ledger(f->region, "m"), fx_provider(f, "a"));
        assert_int_equal(f->problem->counters[at].entitlement, cases[i].entitlement);
        fx_free(f);
    }
}

struct sums {
    int ledger;
    int64_t accrued[8], done[8];
};
static void on_accrued(void *arg, int ledger, int account, int64_t millionths)
{
    struct sums *s = arg;
    if (ledger == s->ledger) s->accrued[account] += millionths;
}
static void on_done(void *arg, int ledger, int account)
{
    struct sums *s = arg;
    if (ledger == s->ledger) s->done[account] += 1000000;
}
static int64_t total(const int64_t v[8])
{
    int64_t sum = 0;
    for (int k = 0; k < 8; k++) sum += v[k];
    return sum;
}

/* `x` from outside takes one of two seats: lent, he is ahead by one and the pool owes two; given, the pool
 * owes one. */
static void help_is_lent_or_given(void **state)
{
    (void)state;
    static const struct {
        const char *help;
        int64_t pool, done;
    } cases[] = {{"owed", 2000000, 1000000}, {"given", 1000000, 0}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        static const char *const none[] = {NULL};
        struct fx *f = nights("absence=owed", none);
        fx_row(f, "providers", "id=x|kind=doctor|area=d3");
        fx_rowf(f, "members", "duty=night|provider=x|since=2026-12-01|until=2026-12-02|help=%s",
                cases[i].help);
        fx_problem(f, "2026-12-01", "2026-12-02", "night");
        int people[] = {fx_provider(f, "a"), fx_provider(f, "x")};
        struct sums s = {0};
        tb_book_seats(f->region, f->problem->persons[0].of, &f->problem->slots[0], people, 2,
                      &(struct tb_book_calls){.accrued = on_accrued, .done = on_done, .arg = &s});
        assert_int_equal(total(s.accrued), cases[i].pool);
        assert_int_equal(total(s.done), cases[i].pool);
        assert_int_equal(s.accrued[people[1]], 0);
        assert_int_equal(s.done[people[1]], cases[i].done);
        assert_int_equal(s.accrued[people[0]], cases[i].pool / 4);
        fx_free(f);
    }
}

/* A seat of one who belongs to no share group is nothing that the groups owe. */
static void a_seat_without_account_is_not_accrued(void **state)
{
    (void)state;
    static const char *const rows[] = {"shares:duty=night|id=east|weight=1",
                                       "shares:duty=night|id=west|weight=1", NULL};
    struct fx *f = nights("absence=owed", rows);
    fx_row(f, "providers", "id=e|kind=doctor|area=d1");
    fx_row(f, "members", "duty=night|provider=e|share=east");
    fx_row(f, "ledgers", "id=s|scope=share|duties=night|class=all|price=5");
    fx_problem(f, "2026-12-01", "2026-12-01", "night");
    int people[] = {fx_provider(f, "a"), fx_provider(f, "e")};
    struct sums s = {.ledger = tb_find_ledger(f->region, "s")};
    tb_book_seats(f->region, f->problem->persons[0].of, &f->problem->slots[0], people, 2,
                  &(struct tb_book_calls){.accrued = on_accrued, .done = on_done, .arg = &s});
    assert_int_equal(total(s.accrued), 1000000);
    assert_int_equal(total(s.done), 1000000);
    fx_free(f);
}

/* ---- clinics that change hands ----------------------------------------------------------------- */

/* Every planned seat, as a publication would enter it and the books of the period's last day are read. */
static void book_roster(const struct fx *f, int64_t *balance)
{
    const struct tb_problem *p = f->problem;
    const struct tb_region *r = p->region;
    int *then = tb_xcalloc((size_t)r->n_providers, sizeof *then),
        *last = tb_xcalloc((size_t)r->n_providers, sizeof *last);
    tb_persons_on(r, p->to, last);
    for (int i = 0; i < p->n_slots; i++) {
        struct sums s = {0};
        int people[4], n = 0;
        for (int k = 0; k < f->roster.n; k++)
            if (f->roster.a[k].slot == i) people[n++] = f->roster.a[k].provider;
        tb_persons_on(r, p->slots[i].date, then);
        tb_book_seats(r, then, &p->slots[i], people, n,
                      &(struct tb_book_calls){.accrued = on_accrued, .done = on_done, .arg = &s});
        for (int k = 0; k < r->n_providers; k++) balance[last[k]] += s.accrued[k] - s.done[k];
    }
    free(then);
    free(last);
}

/* What the plan charges is what the books say when it is published: carried and accrued less its load,
 * account by account, whoever owned which clinic on the way. */
static void plan_and_books_agree_while_clinics_change_hands(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"from=b|type=owns|to=a0"},
        {"from=b|type=owns|to=a0|since=2026-12-06"},
        {"from=b|type=owns|to=a0|until=2026-12-06"},
        {"from=b|type=owns|to=a0|until=2026-12-06", "from=c|type=owns|to=a0|since=2026-12-06"},
        {"from=b|type=owns|to=a1|until=2026-12-06", "from=b|type=owns|to=a0|since=2026-12-09"},
        {"from=b|type=owns|to=a1", "from=b|type=owns|to=a0|since=2026-12-09"},
        {"from=b|type=owns|to=a0|until=2026-12-06", "from=b|type=owns|to=a1",
         "from=c|type=owns|to=a0|since=2026-12-08"}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        struct fx *f = fx_new();
        struct tb_verdict *v;
        int64_t balance[8] = {0}, total_load = 0;
        fx_row(f, "duties", "id=night|kind=doctor|specialities=internal|tier=1|body=body|period=month");
        fx_row(f, "duties", "id=day|kind=clinic|specialities=internal|tier=1|body=body|period=month");
        fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 0);
        fx_band(f, "day", "noon", "all", "09:00", "17:00", 1, 0);
        for (const char *id = "bc"; *id; id++) {
            fx_rowf(f, "providers", "id=%c|kind=doctor|area=d1", *id);
            fx_rowf(f, "members", "duty=night|provider=%c", *id);
            fx_rowf(f, "providers", "id=a%d|kind=clinic|area=d1", *id == 'c');
            fx_rowf(f, "members", "duty=day|provider=a%d", *id == 'c');
        }
        fx_row(f, "ledgers", "id=n|scope=person|duties=night;day|class=all|price=5");
        for (int k = 0; k < 4 && cases[i][k]; k++) fx_row(f, "links", cases[i][k]);
        fx_problem(f, "2026-12-02", "2026-12-12", "night day");
        assert_int_equal(f->problem->n_persons > 1, i > 0);
        for (int d = 2; d <= 12; d++) {
            char seat[64];
            (void)snprintf(seat, sizeof seat, "night 2026-12-%02d eve primary %s", d, d % 3 ? "b" : "c");
            fx_sit(f, seat);
            (void)snprintf(seat, sizeof seat, "day 2026-12-%02d noon primary a%d", d, d % 4 == 0);
            fx_sit(f, seat);
        }
        tb_check(f->problem, &f->roster, &v);
        assert_int_equal(tb_score(f->problem, &f->roster), v->objective);
        book_roster(f, balance);
        for (int c = 0; c < f->problem->n_counters; c++) {
            const struct tb_counter *x = &f->problem->counters[c];
            assert_int_equal(balance[x->account], x->accrued - v->loads[c] * 1000000);
            balance[x->account] = 0;
            total_load += v->loads[c];
        }
        for (int k = 0; k < 8; k++) assert_int_equal(balance[k], 0);
        assert_true(total_load > 0);
        tb_verdict_free(v);
        fx_free(f);
    }
}

/* ---- formulas -------------------------------------------------------------------------------- */

static void set_weight(void *arg, int account, int64_t weight) { ((int64_t *)arg)[account] = weight; }

/* 20 per cent equally, 50 by under-15s, 30 by visits two fiscal years before. */
static void shares_come_from_formulas(void **state)
{
    (void)state;
    static const char *const rows[] = {"shares:duty=night|id=city|weight=9",
                                       "shares:duty=night|id=town|weight=1",
                                       "formulas:duty=night|of=share|part=equal|percent=20",
                                       "formulas:duty=night|of=share|part=under15|percent=50",
                                       "formulas:duty=night|of=share|part=visits|percent=30|before=2",
                                       "figures:duty=night|account=city|part=under15|year=2020|value=3000",
                                       "figures:duty=night|account=town|part=under15|year=2020|value=1000",
                                       "figures:duty=night|account=city|part=visits|year=2024|value=200",
                                       "figures:duty=night|account=town|part=visits|year=2024|value=100",
                                       "figures:duty=night|account=city|part=visits|year=2026|value=100",
                                       "figures:duty=night|account=town|part=visits|year=2026|value=0",
                                       NULL};
    struct fx *f = nights("absence=owed", rows);
    fx_row(f, "providers", "id=e|kind=doctor|area=d1");
    fx_row(f, "members", "duty=night|provider=e|share=city");
    fx_row(f, "providers", "id=g|kind=doctor|area=d3");
    fx_row(f, "members", "duty=night|provider=g|share=town");
    fx_region(f);
    int night = tb_find_duty(f->region, "night");
    static const struct {
        const char *date;
        int64_t city, town;
    } cases[] = {{"2026-04-01", 10000000 + 37500000 + 20000000, 10000000 + 12500000 + 10000000},
                 {"2028-03-31", 67500000, 32500000},
                 {"2028-04-01", 10000000 + 37500000 + 30000000, 22500000}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        int64_t w[8] = {0};
        tb_weights_on(f->region, night, TB_OF_SHARE, fx_day(cases[i].date), set_weight, w);
        assert_int_equal(w[0], cases[i].city);
        assert_int_equal(w[1], cases[i].town);
    }
    fx_free(f);
}

/* Agreed percentages of three hospitals, new ones from another day on. */
static void members_take_what_was_agreed(void **state)
{
    (void)state;
    static const char *const rows[] = {"formulas:duty=night|of=member|part=agreed|percent=100",
                                       "figures:duty=night|account=a|part=agreed|year=2025|value=33.3",
                                       "figures:duty=night|account=b|part=agreed|year=2025|value=28.6",
                                       "figures:duty=night|account=c|part=agreed|year=2025|value=23.8",
                                       "figures:duty=night|account=d|part=agreed|year=2025|value=14.3",
                                       "figures:duty=night|account=a|part=agreed|year=2027|value=50",
                                       "figures:duty=night|account=b|part=agreed|year=2027|value=50",
                                       "figures:duty=night|account=c|part=agreed|year=2027|value=0",
                                       "figures:duty=night|account=d|part=agreed|year=2027|value=0",
                                       NULL};
    struct fx *f = nights("absence=owed", rows);
    fx_problem(f, "2026-12-01", "2026-12-10", "night");
    assert_int_equal(counter(f, "a")->accrued, 3330000);
    assert_int_equal(counter(f, "d")->accrued, 1430000);
    int64_t w[8] = {0};
    tb_weights_on(f->region, 0, TB_OF_MEMBER, fx_day("2027-04-01"), set_weight, w);
    assert_int_equal(w[fx_provider(f, "a")], 50000000);
    assert_int_equal(w[fx_provider(f, "c")], 0);
    fx_free(f);
}

static void rests_go_to_the_largest_remainders(void **state)
{
    (void)state;
    int64_t out[3];
    assert_true(tb_apportion(10, (const int64_t[]){1, 1, 1}, 3, out));
    assert_true(out[0] == 4 && out[1] == 3 && out[2] == 3);
    /* 224.11, 90.155, 50.735 */
    assert_true(tb_apportion(365, (const int64_t[]){614, 247, 139}, 3, out));
    assert_true(out[0] == 224 && out[1] == 90 && out[2] == 51);
    assert_true(tb_apportion(-5, (const int64_t[]){3, 1, 0}, 3, out)); /* 3.75, 1.25 */
    assert_true(out[0] == -4 && out[1] == -1 && out[2] == 0);
    assert_false(tb_apportion(5, (const int64_t[]){0, 0, 0}, 3, out));
}

/* What a formula cannot be is told with its row. */
static void wrong_formulas_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *row, *word;
    } cases[] = {{"formulas:duty=night|of=member|part=equal|percent=90", "must be 100"},
                 {"formulas:duty=night|of=member|part=beds|percent=100", "an item that figures has"},
                 {"figures:duty=night|account=nobody|part=beds|year=2026|value=1",
                  "neither a share group nor a member"},
                 {"figures:duty=night|account=a|part=beds|year=2026|value=-1", "0 or more"}};
    tb_lang_set(TB_EN);
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        const char *rows[] = {cases[i].row, NULL};
        struct fx *f = nights("absence=owed", rows);
        struct tb_region *r;
        struct tb_err e = {0};
        enum tb_code c = tb_loader_finish(f->loader, &r, &e);
        f->loader = NULL;
        if (c != TB_INPUT || !strstr(e.text, cases[i].word))
            fail_msg("%s: %d %s", cases[i].row, (int)c, e.text);
        fx_free(f);
    }
}

/* ---- turns ----------------------------------------------------------------------------------- */

struct desk {
    const char *dir;
    struct fx *f;
    tb_store *s;
};

static struct desk open_desk(const char *swaps)
{
    static const char *const none[] = {NULL};
    char cells[32];
    (void)snprintf(cells, sizeof cells, "swaps=%s", swaps);
    struct desk d = {new_dir(), nights(cells, none), NULL};
    d.s = new_store(in(d.dir, "a.db"), d.f);
    return d;
}

static void close_desk(struct desk *d)
{
    tb_store_close(d->s);
    fx_free(d->f);
    drop_dir(d->dir);
}

static void done_is(const struct desk *d, int a, int b, int c)
{
    struct tb_err e = {0};
    struct tb_ledger_line *lines;
    size_t n;
    int64_t done[8] = {0}, sum = 0;
    OK(tb_store_ledger(d->s, d->f->region, INT32_MAX, &lines, &n, &e));
    for (size_t i = 0; i < n; i++) {
        done[lines[i].account] = lines[i].done;
        sum += lines[i].accrued - lines[i].done;
    }
    free(lines);
    assert_int_equal(done[fx_provider(d->f, "a")], a * 1000000);
    assert_int_equal(done[fx_provider(d->f, "b")], b * 1000000);
    assert_int_equal(done[fx_provider(d->f, "c")], c * 1000000);
    assert_int_equal(sum, 0);
}

/* Publishes "12-01" with `first`, where he sits in the turn of `of` (NULL: his own). */
static void change(const struct desk *d, tb_minute at, const char *who, const char *of)
{
    struct tb_err e = {0};
    const struct tb_region *r = d->f->region;
    char seat[64];
    (void)snprintf(seat, sizeof seat, "night 2026-12-01 eve primary 1 %s\n", who);
    struct tb_publication p = {0};
    size_t n;
    struct tb_seat_row *rows = seats_of(r, seat, &n);
    OK(tb_store_begin(d->s, &e));
    int64_t id = add_draft(d->s, r, "2026-12-01", "2026-12-01", "night", seat);
    if (of) OK(tb_store_add_turn(d->s, r, id, &rows[0], tb_find_provider(r, of), &e));
    OK(tb_store_publish(d->s, r, &(struct tb_to_publish){&id, 1, TB_DAY_NONE, false, false},
                        &(struct tb_act){at, "事務局", ""}, &p, &e));
    OK(tb_store_commit(d->s, &e));
    tb_publication_free(&p);
    free(rows);
}

#define THREE \
    "night 2026-12-01 eve primary 1 a\nnight 2026-12-02 eve primary 1 b\nnight 2026-12-03 eve primary 1 c\n"

static void swaps_count_or_do_not(void **state)
{
    (void)state;
    static const struct {
        const char *swaps;
        int a, b;
    } cases[] = {{"counted", 0, 2}, {"neutral", 1, 1}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        struct desk d = open_desk(cases[i].swaps);
        publish(d.s, d.f->region, 1000, "2026-12-01", "2026-12-03", "night", THREE);
        done_is(&d, 1, 1, 1);
        change(&d, 1010, "b", "a");
        done_is(&d, cases[i].a, cases[i].b, 1);
        close_desk(&d);
    }
}

static void a_turn_stays_his_until_somebody_else_sits_there(void **state)
{
    (void)state;
    struct desk d = open_desk("neutral");
    publish(d.s, d.f->region, 1000, "2026-12-01", "2026-12-03", "night", THREE);
    change(&d, 1010, "b", "a");
    publish(d.s, d.f->region, 1020, "2026-12-01", "2026-12-03", "night",
            "night 2026-12-01 eve primary 1 b\nnight 2026-12-02 eve primary 1 d\nnight 2026-12-03 eve "
            "primary 1 c\n");
    done_is(&d, 1, 0, 1); /* published again: still a's turn */
    change(&d, 1030, "c", "b");
    done_is(&d, 1, 0, 1); /* handed on: the first one's turn */
    change(&d, 1040, "d", NULL);
    done_is(&d, 0, 0, 1);
    change(&d, 1050, "b", NULL);
    done_is(&d, 0, 1, 1); /* back without a swap: his own */
    close_desk(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_standing_absence_is_forgiven_or_owed),
        cmocka_unit_test(leave_is_not_paid_back_at_once),
        cmocka_unit_test(help_is_lent_or_given),
        cmocka_unit_test(a_seat_without_account_is_not_accrued),
        cmocka_unit_test(plan_and_books_agree_while_clinics_change_hands),
        cmocka_unit_test(shares_come_from_formulas),
        cmocka_unit_test(members_take_what_was_agreed),
        cmocka_unit_test(rests_go_to_the_largest_remainders),
        cmocka_unit_test(wrong_formulas_are_refused),
        cmocka_unit_test(swaps_count_or_do_not),
        cmocka_unit_test(a_turn_stays_his_until_somebody_else_sits_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
