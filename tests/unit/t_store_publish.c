/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publications: who keeps his seat, what a change counts, what was in force when, what the books say, and
 * that nothing published moves.
 */
#include "t_store_help.h"

struct desk {
    const char *dir;
    struct fx *f;
    const struct tb_region *r;
    tb_store *s;
};

static int set_up(void **state)
{
    struct desk *d = tb_xcalloc(1, sizeof *d);
    d->dir = new_dir();
    d->f = people();
    d->s = new_store(in(d->dir, "a.db"), d->f);
    d->r = d->f->region;
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *d = *state;
    tb_store_close(d->s);
    fx_free(d->f);
    drop_dir(d->dir);
    free(d);
    return 0;
}

/* Seats in force in publication `number`: "date band role seat provider changed sequence publication",
 * changed in minutes after 1000. */
static char *in_force(const struct desk *d, int64_t number)
{
    struct tb_err e = {0};
    struct tb_board_row *rows;
    size_t n;
    struct tb_buf out = {0};
    char date[64];
    OK(tb_store_published(d->s, d->r, number, &rows, &n, &e));
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *s = &rows[i].seat;
        tb_buf_addf(&out, "%s %s %d %s +%lld #%d @%d\n", tb_format_date(s->date, date, sizeof date) + 5,
                    tb_role_word(s->role), s->seat, d->r->providers[s->provider].id,
                    (long long)(rows[i].changed - 1000), rows[i].sequence, rows[i].publication);
    }
    free(rows);
    return tb_buf_take(&out);
}

static void expect(const struct desk *d, int64_t number, const char *wanted)
{
    char *got = in_force(d, number);
    assert_string_equal(got, wanted);
    free(got);
}

#define DAY(n, a, b, c) \
    "night 2026-12-0" #n " eve primary 1 " a "\nnight 2026-12-0" #n " eve primary 2 " b \
    "\nnight 2026-12-0" #n " eve reserve 1 " c "\n"

static void who_stays_keeps_seat_and_history(void **state)
{
    struct desk *d = *state;
    assert_int_equal(publish(d->s, d->r, 1000, "2026-12-01", "2026-12-02", "night",
                             DAY(1, "p1", "p2", "p3") DAY(2, "p3", "p4", "p5")),
                     1);
    expect(d, 1,
           "12-01 primary 1 p1 +0 #0 @1\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n"
           "12-02 primary 1 p3 +0 #0 @1\n12-02 primary 2 p4 +0 #0 @1\n12-02 reserve 1 p5 +0 #0 @1\n");
    /* The draft lists p2 first and somebody new second: p2 stays in seat 2, the new one takes seat 1. */
    publish(d->s, d->r, 1060, "2026-12-01", "2026-12-02", "night",
            DAY(1, "p2", "p5", "p3") DAY(2, "p3", "p4", "p5"));
    expect(d, 2,
           "12-01 primary 1 p5 +60 #1 @2\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n"
           "12-02 primary 1 p3 +0 #0 @1\n12-02 primary 2 p4 +0 #0 @1\n12-02 reserve 1 p5 +0 #0 @1\n");
}

static void swap_and_swap_back_count_on(void **state)
{
    struct desk *d = *state;
    publish(d->s, d->r, 1000, "2026-12-01", "2026-12-02", "night",
            DAY(1, "p1", "p2", "p3") DAY(2, "p4", "p5", "p3"));
    publish(d->s, d->r, 1100, "2026-12-01", "2026-12-02", "night",
            DAY(1, "p4", "p2", "p3") DAY(2, "p1", "p5", "p3"));
    /* A clock that went back must not make a change look older than the one before it. */
    publish(d->s, d->r, 1050, "2026-12-01", "2026-12-02", "night",
            DAY(1, "p1", "p2", "p3") DAY(2, "p4", "p5", "p3"));
    expect(d, 0,
           "12-01 primary 1 p1 +101 #2 @3\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n"
           "12-02 primary 1 p4 +101 #2 @3\n12-02 primary 2 p5 +0 #0 @1\n12-02 reserve 1 p3 +0 #0 @1\n");
    expect(d, 2,
           "12-01 primary 1 p4 +100 #1 @2\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n"
           "12-02 primary 1 p1 +100 #1 @2\n12-02 primary 2 p5 +0 #0 @1\n12-02 reserve 1 p3 +0 #0 @1\n");
    struct tb_err e = {0};
    struct tb_publication first, third;
    OK(tb_store_get_publication(d->s, 1, &first, &e));
    OK(tb_store_get_publication(d->s, 3, &third, &e));
    assert_string_equal(first.digest, third.digest); /* the same seats */
    tb_publication_free(&first);
    tb_publication_free(&third);
}

static void a_vacated_seat_counts_as_a_change(void **state)
{
    struct desk *d = *state;
    publish(d->s, d->r, 1000, "2026-12-01", "2026-12-01", "night", DAY(1, "p1", "p2", "p3"));
    publish(d->s, d->r, 1010, "2026-12-01", "2026-12-01", "night", DAY(1, "-", "p2", "-"));
    expect(d, 2, "12-01 primary 2 p2 +0 #0 @1\n");
    publish(d->s, d->r, 1020, "2026-12-01", "2026-12-01", "night", DAY(1, "p4", "p2", "p3"));
    expect(d, 3, "12-01 primary 1 p4 +20 #2 @3\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +20 #2 @3\n");
    expect(d, 1, "12-01 primary 1 p1 +0 #0 @1\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n");
}

static void slots_without_a_row_stay_in_force(void **state)
{
    struct desk *d = *state;
    publish(d->s, d->r, 1000, "2026-12-01", "2026-12-02", "night",
            DAY(1, "p1", "p2", "p3") DAY(2, "p4", "p5", "p3"));
    publish(d->s, d->r, 1010, "2026-12-01", "2026-12-03", "night", DAY(3, "p1", "p2", "p3"));
    expect(d, 2,
           "12-01 primary 1 p1 +0 #0 @1\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n"
           "12-02 primary 1 p4 +0 #0 @1\n12-02 primary 2 p5 +0 #0 @1\n12-02 reserve 1 p3 +0 #0 @1\n"
           "12-03 primary 1 p1 +10 #0 @2\n12-03 primary 2 p2 +10 #0 @2\n12-03 reserve 1 p3 +10 #0 @2\n");
}

static void what_looked_ahead_is_dropped(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    struct tb_publication p = {0};
    const char *seats = DAY(1, "p1", "p2", "p3") DAY(2, "p4", "p5", "p3");
    OK(tb_store_begin(d->s, &e));
    int64_t id = add_draft(d->s, d->r, "2026-12-01", "2026-12-02", "night", seats);
    FAILS(TB_NO, "no seat up to 2026-11-30",
          tb_store_publish(d->s, d->r, &(struct tb_to_publish){&id, 1, fx_day("2026-11-30"), false, false},
                           &(struct tb_act){1000, "事務局", ""}, &p, &e));
    tb_store_rollback(d->s);
    e = (struct tb_err){0};
    OK(tb_store_begin(d->s, &e));
    id = add_draft(d->s, d->r, "2026-12-01", "2026-12-02", "night", seats);
    OK(tb_store_publish(d->s, d->r, &(struct tb_to_publish){&id, 1, fx_day("2026-12-01"), false, false},
                        &(struct tb_act){1000, "事務局", ""}, &p, &e));
    OK(tb_store_commit(d->s, &e));
    tb_publication_free(&p);
    expect(d, 1, "12-01 primary 1 p1 +0 #0 @1\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n");
    struct tb_cover *c;
    size_t n_covers;
    OK(tb_store_covers(d->s, d->r, 0, &c, &n_covers, &e));
    assert_int_equal(n_covers, 1);
    assert_int_equal(c[0].to, fx_day("2026-12-01"));
    free(c);
    /* The second day is planned and published on its own. */
    publish(d->s, d->r, 1010, "2026-12-02", "2026-12-02", "night", DAY(2, "p5", "p4", "p3"));
    expect(d, 2,
           "12-01 primary 1 p1 +0 #0 @1\n12-01 primary 2 p2 +0 #0 @1\n12-01 reserve 1 p3 +0 #0 @1\n"
           "12-02 primary 1 p5 +10 #0 @2\n12-02 primary 2 p4 +10 #0 @2\n12-02 reserve 1 p3 +10 #0 @2\n");
}

static void covers_join_spans_that_touch(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    publish(d->s, d->r, 1000, "2026-12-01", "2026-12-02", "night",
            DAY(1, "p1", "p2", "p3") DAY(2, "p4", "p5", "p3"));
    publish(d->s, d->r, 1010, "2026-12-03", "2026-12-04", "night",
            DAY(3, "p1", "p2", "p3") DAY(4, "p4", "p5", "p3"));
    publish(d->s, d->r, 1020, "2026-12-06", "2026-12-06", "clinics;night",
            DAY(6, "p1", "p2", "p3") "clinics 2026-12-06 day primary 1 c1\n");
    struct tb_cover *c;
    size_t n_covers;
    OK(tb_store_covers(d->s, d->r, 0, &c, &n_covers, &e));
    assert_int_equal(n_covers, 3);
    assert_true(c[0].duty == tb_find_duty(d->r, "clinics") && c[0].from == fx_day("2026-12-06") &&
                c[0].to == fx_day("2026-12-06"));
    assert_true(c[1].duty == tb_find_duty(d->r, "night") && c[1].from == fx_day("2026-12-01") &&
                c[1].to == fx_day("2026-12-04"));
    assert_true(c[2].from == fx_day("2026-12-06"));
    free(c);
    OK(tb_store_covers(d->s, d->r, 1, &c, &n_covers, &e));
    assert_int_equal(n_covers, 1);
    assert_int_equal(c[0].to, fx_day("2026-12-02"));
    free(c);
}

static void nothing_published_is_no_error(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    struct tb_publication p;
    expect(d, 0, "");
    FAILS(TB_NO, "nothing has been published", tb_store_get_publication(d->s, 0, &p, &e));
    struct tb_board_row *rows;
    struct tb_cover *covers;
    size_t n, m;
    FAILS(TB_NO, "no publication 1", tb_store_published(d->s, d->r, 1, &rows, &n, &e));
    FAILS(TB_NO, "no publication 1", tb_store_covers(d->s, d->r, 1, &covers, &m, &e));
}

/* ---- refusals ------------------------------------------------------------------------------ */

static void refused(struct desk *d, enum tb_code code, const char *word, const int64_t *ids, size_t n)
{
    struct tb_err e = {0};
    struct tb_publication p;
    char *before = dump(in(d->dir, "a.db"));
    OK(tb_store_begin(d->s, &e));
    FAILS(code, word,
          tb_store_publish(d->s, d->r, &(struct tb_to_publish){ids, n, TB_DAY_NONE, false, false},
                           &(struct tb_act){2000, "事務局", ""}, &p, &e));
    tb_store_rollback(d->s);
    char *after = dump(in(d->dir, "a.db"));
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static int64_t stored(struct desk *d, const char *from, const char *to, const char *duties, const char *seats)
{
    struct tb_err e = {0};
    OK(tb_store_begin(d->s, &e));
    int64_t id = add_draft(d->s, d->r, from, to, duties, seats);
    OK(tb_store_commit(d->s, &e));
    return id;
}

static void published_and_superseded_drafts_are_refused(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    int64_t *open;
    size_t n;
    publish(d->s, d->r, 1000, "2026-12-01", "2026-12-01", "night", DAY(1, "p1", "p2", "p3"));
    refused(d, TB_REFUSED, "was published as publication 1", (int64_t[]){1}, 1);
    stored(d, "2026-12-02", "2026-12-02", "night", DAY(2, "p1", "p2", "p3"));
    stored(d, "2026-12-02", "2026-12-02", "night", DAY(2, "p1", "p4", "p3"));
    refused(d, TB_REFUSED, "superseded by a later draft", (int64_t[]){2}, 1);
    refused(d, TB_NO, "no draft 77", (int64_t[]){77}, 1);
    refused(d, TB_USAGE, "named twice", (int64_t[]){3, 3}, 2);
    refused(d, TB_USAGE, "no draft to publish", NULL, 0);
    OK(tb_store_open_drafts(d->s, &open, &n, &e));
    assert_int_equal(n, 1);
    assert_int_equal(open[0], 3);
    free(open);
}

static void two_drafts_of_one_slot_are_refused(void **state)
{
    struct desk *d = *state;
    stored(d, "2026-12-02", "2026-12-02", "night", DAY(2, "p1", "p2", "p3"));
    stored(d, "2026-12-02", "2026-12-03", "night", DAY(2, "p1", "p4", "p3") DAY(3, "p1", "p4", "p3"));
    refused(d, TB_REFUSED, "drafts 1 and 2 decide the same slot (night 2026-12-02 eve)", (int64_t[]){1, 2},
            2);
}

static void a_draft_overtaken_by_a_publication_is_refused(void **state)
{
    struct desk *d = *state;
    stored(d, "2026-12-01", "2026-12-02", "night", DAY(1, "p1", "p2", "p3") DAY(2, "p1", "p4", "p3"));
    publish(d->s, d->r, 1000, "2026-12-02", "2026-12-02", "night", DAY(2, "p5", "p4", "p3"));
    refused(d, TB_REFUSED, "made before publication 1", (int64_t[]){1}, 1);
}

static void a_slot_that_the_calendar_lost_is_refused(void **state)
{
    struct desk *d = *state;
    /* 2026-12-07 is a Monday without a holiday clinic. */
    stored(d, "2026-12-07", "2026-12-07", "clinics", "clinics 2026-12-07 day primary 1 c1\n");
    refused(d, TB_REFUSED, "the calendar changed", (int64_t[]){1}, 1);
    stored(d, "2026-12-06", "2026-12-06", "clinics",
           "clinics 2026-12-06 day primary 1 c1\nclinics 2026-12-06 day primary 2 c2\n");
    refused(d, TB_REFUSED, "no longer fits", (int64_t[]){2}, 1);
}

static void writing_needs_a_transaction(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    struct tb_publication p;
    int64_t id = stored(d, "2026-12-01", "2026-12-01", "night", DAY(1, "p1", "p2", "p3"));
    FAILS(TB_INTERNAL, "outside a transaction",
          tb_store_publish(d->s, d->r, &(struct tb_to_publish){&id, 1, TB_DAY_NONE, false, false},
                           &(struct tb_act){1000, "", ""}, &p, &e));
    FAILS(TB_INTERNAL, "outside a transaction", tb_store_save_region(d->s, NULL, d->r, &e));
    OK(tb_store_begin(d->s, &e));
    FAILS(TB_INTERNAL, "t_store_publish.c", tb_store_begin(d->s, &e));
    FAILS(TB_INTERNAL, "inside a transaction", tb_store_backup(d->s, in(d->dir, "b.db"), &e));
    tb_store_rollback(d->s);
    tb_store_rollback(d->s);
    FAILS(TB_INTERNAL, "commit without", tb_store_commit(d->s, &e));
}

static void what_is_published_cannot_leave_the_region(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    publish(d->s, d->r, 1000, "2026-12-01", "2026-12-01", "night", DAY(1, "p1", "p2", "-"));
    char *before = dump(in(d->dir, "a.db"));
    static const struct {
        const char *id, *word;
    } cases[] = {{"p2", "provider p2 stands in published"}, {"p3", "account p3 has entries in ledger"}};
    for (size_t k = 0; k < TB_COUNT(cases); k++) {
        struct fx *f = fx_new();
        fx_duty(f, "night", "doctor");
        fx_band(f, "night", "eve", "all", "19:30", "23:00", 2, 1);
        for (int i = 1; i <= 5; i++) {
            char id[8];
            (void)snprintf(id, sizeof id, "p%d", i);
            if (strcmp(id, cases[k].id) != 0) fx_doctor(f, id, "night");
        }
        fx_row(f, "ledgers", "id=nights|scope=provider|duties=night|class=all|price=3");
        fx_region(f);
        OK(tb_store_begin(d->s, &e));
        FAILS(TB_REFUSED, cases[k].word, tb_store_save_region(d->s, NULL, f->region, &e));
        tb_store_rollback(d->s);
        fx_free(f);
    }
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_band(f, "night", "late", "all", "19:30", "23:00", 2, 1);
    fx_region(f);
    OK(tb_store_begin(d->s, &e));
    FAILS(TB_REFUSED, "band eve of duty night", tb_store_save_region(d->s, NULL, f->region, &e));
    tb_store_rollback(d->s);
    fx_free(f);
    char *after = dump(in(d->dir, "a.db"));
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void published_rows_cannot_be_touched_by_any_tool(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    const char *path = in(d->dir, "a.db");
    publish(d->s, d->r, 1000, "2026-12-01", "2026-12-01", "night", DAY(1, "p1", "p2", "p3"));
    OK(tb_store_ledger_adjust(d->s, d->r,
                              &(struct tb_adjustment){tb_find_ledger(d->r, "nights"),
                                                      tb_find_provider(d->r, "p1"), fx_day("2026-12-01"),
                                                      -500000},
                              &(struct tb_act){1000, "x", "理由"}, &e));
    OK(tb_store_audit(d->s, 1000, "x", "y", "z", &e));
    char *before = dump(path);
    static const char *const tables[] = {"publications",   "rosters", "publication_seats", "ledger_slots",
                                         "ledger_entries", "audit",   "publication_facts"};
    static const char *const columns[] = {"note", "digest", "provider", "done", "reason", "detail", "cells"};
    for (size_t i = 0; i < TB_COUNT(tables); i++) {
        char sql[200];
        (void)snprintf(sql, sizeof sql, "UPDATE %s SET %s = %s", tables[i], columns[i], i == 3 ? "1" : "'x'");
        assert_int_equal(raw(path, sql), SQLITE_CONSTRAINT);
        (void)snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        assert_int_equal(raw(path, sql), SQLITE_CONSTRAINT);
        (void)snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO %s SELECT * FROM %s", tables[i], tables[i]);
        assert_int_equal(raw(path, sql), SQLITE_CONSTRAINT);
    }
    assert_int_equal(raw(path, "INSERT INTO publication_seats VALUES ('night', '2026-12-01', 'eve', "
                               "'primary', 1, 1, 'p5', '2026-12-01T00:00+09:00', 9)"),
                     SQLITE_CONSTRAINT);
    assert_int_equal(raw(path, "INSERT INTO publications VALUES (7, '', '', '', '', 2)"), SQLITE_CONSTRAINT);
    assert_int_equal(raw(path, "UPDATE drafts SET objective = 1"), SQLITE_CONSTRAINT);
    char *after = dump(path);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

/* ---- books --------------------------------------------------------------------------------- */

static const struct tb_ledger_line *line(const struct desk *d, const struct tb_ledger_line *lines, size_t n,
                                         const char *ledger, const char *account)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(d->r->ledgers[lines[i].ledger].id, ledger) == 0 &&
            strcmp(tb_account_id(d->r, lines[i].ledger, lines[i].account), account) == 0)
            return &lines[i];
    fail_msg("no account %s in %s", account, ledger);
    return NULL;
}

static void sums_are_zero(const struct desk *d)
{
    struct tb_err e = {0};
    struct tb_ledger_line *lines;
    size_t n;
    OK(tb_store_ledger(d->s, d->r, INT32_MAX, &lines, &n, &e));
    static const char *const pools[] = {"nights", "holidays", "reserves", "towns", "clinics"};
    for (size_t k = 0; k < TB_COUNT(pools); k++) {
        int64_t sum = 0, done = 0;
        for (size_t i = 0; i < n; i++)
            if (strcmp(d->r->ledgers[lines[i].ledger].id, pools[k]) == 0) {
                sum += lines[i].accrued - lines[i].done;
                done += lines[i].done;
            }
        assert_int_equal(sum, 0);
        assert_true(done > 0);
    }
    free(lines);
}

static void books_sum_to_zero_with_weights_that_do_not_divide(void **state)
{
    struct desk *d = *state;
    const char *clinic = "clinics 2026-12-06 day primary 1 c2\n";
    char seats[1000];
    (void)snprintf(seats, sizeof seats, "%s%s", DAY(5, "p1", "p2", "p3") DAY(6, "p4", "p5", "p3"), clinic);
    publish(d->s, d->r, 1000, "2026-12-05", "2026-12-06", "clinics;night", seats);
    sums_are_zero(d);
    /* Fewer seats filled, other people: the old entries go back exactly. */
    publish(d->s, d->r, 1010, "2026-12-05", "2026-12-06", "night",
            DAY(5, "p1", "-", "p2") DAY(6, "p4", "p2", "-"));
    sums_are_zero(d);
    struct tb_err e = {0};
    struct tb_ledger_line *lines;
    size_t n;
    OK(tb_store_ledger(d->s, d->r, INT32_MAX, &lines, &n, &e));
    assert_int_equal(line(d, lines, n, "nights", "p1")->done, 1000000);
    assert_int_equal(line(d, lines, n, "nights", "p1")->opening, 250000);
    assert_int_equal(line(d, lines, n, "nights", "p5")->done, 0);
    assert_int_equal(line(d, lines, n, "reserves", "p3")->done, 0);
    assert_int_equal(line(d, lines, n, "reserves", "p2")->done, 1000000);
    assert_int_equal(line(d, lines, n, "towns", "city")->done, 2000000);
    assert_int_equal(line(d, lines, n, "persons", "c1")->opening, -1000000);
    free(lines);
}

/* The person is p1 with his clinic c1; both names lead to one account. */
static void an_owner_and_his_clinic_are_one_person(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    publish(d->s, d->r, 1000, "2026-12-06", "2026-12-06", "clinics;night",
            DAY(6, "p1", "p2", "p3") "clinics 2026-12-06 day primary 1 c1\n");
    struct tb_ledger_line *lines;
    size_t n, persons = 0;
    OK(tb_store_ledger(d->s, d->r, INT32_MAX, &lines, &n, &e));
    for (size_t i = 0; i < n; i++) persons += strcmp(d->r->ledgers[lines[i].ledger].id, "persons") == 0;
    assert_int_equal(persons, 1);
    assert_int_equal(line(d, lines, n, "persons", "c1")->done, 2000000);
    free(lines);
}

static void a_withdrawn_roster_leaves_nothing_in_the_books(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    publish(d->s, d->r, 1000, "2026-12-05", "2026-12-06", "night",
            DAY(5, "p1", "p2", "p3") DAY(6, "p4", "p5", "p3"));
    publish(d->s, d->r, 1010, "2026-12-05", "2026-12-06", "night",
            DAY(5, "-", "-", "-") DAY(6, "-", "-", "-"));
    expect(d, 0, "");
    struct tb_ledger_line *lines;
    size_t n;
    OK(tb_store_ledger(d->s, d->r, INT32_MAX, &lines, &n, &e));
    for (size_t i = 0; i < n; i++) assert_true(lines[i].accrued == 0 && lines[i].done == 0);
    free(lines);
}

static void balances_are_asked_for_by_day(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    int nights = tb_find_ledger(d->r, "nights"), p1 = tb_find_provider(d->r, "p1");
    publish(d->s, d->r, 1000, "2026-11-30", "2026-12-02", "night",
            "night 2026-11-30 eve primary 1 p1\n" DAY(1, "p1", "p2", "p3") DAY(2, "p1", "p5", "p3"));
    OK(tb_store_ledger_adjust(d->s, d->r, &(struct tb_adjustment){nights, p1, fx_day("2026-12-01"), -1500000},
                              &(struct tb_act){1000, "事務局", "記録もれ"}, &e));
    FAILS(TB_INPUT, "needs a reason",
          tb_store_ledger_adjust(d->s, d->r, &(struct tb_adjustment){nights, p1, fx_day("2026-12-02"), 1},
                                 &(struct tb_act){1000, "事務局", ""}, &e));
    static const struct {
        const char *until;
        int64_t done, adjusted;
    } cases[] = {{"2026-11-29", 0, 0},
                 {"2026-11-30", 1000000, 0},
                 {"2026-12-01", 2000000, -1500000},
                 {"2026-12-02", 3000000, -1500000},
                 {"2026-12-31", 3000000, -1500000},
                 {"2027-01-01", 3000000, -1500000}};
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        struct tb_ledger_line *lines;
        size_t n;
        OK(tb_store_ledger(d->s, d->r, fx_day(cases[i].until), &lines, &n, &e));
        const struct tb_ledger_line *l = line(d, lines, n, "nights", "p1");
        assert_int_equal(l->done, cases[i].done);
        assert_int_equal(l->adjusted, cases[i].adjusted);
        for (size_t k = 1; k < n; k++)
            assert_true(lines[k - 1].ledger < lines[k].ledger ||
                        (lines[k - 1].ledger == lines[k].ledger && lines[k - 1].account < lines[k].account));
        free(lines);
    }
}

/* The sums by month are the slots' sums, whatever was published over what. */
static void sums_and_details_agree(void **state)
{
    struct desk *d = *state;
    publish(d->s, d->r, 1000, "2026-12-05", "2026-12-06", "night",
            DAY(5, "p1", "p2", "p3") DAY(6, "p4", "p5", "p3"));
    publish(d->s, d->r, 1010, "2026-12-06", "2026-12-07", "night",
            DAY(6, "p4", "p1", "p3") DAY(7, "p2", "p5", "p3"));
    assert_int_equal(raw(in(d->dir, "a.db"),
                         "CREATE TEMP TABLE t (x CHECK (x = 0)); INSERT INTO t SELECT count(*) FROM ("
                         "SELECT publication, ledger, account, sum(accrued), sum(done) FROM ledger_slots "
                         "GROUP BY 1, 2, 3 HAVING sum(accrued) <> 0 OR sum(done) <> 0"
                         " EXCEPT SELECT publication, ledger, account, accrued, done FROM ledger_entries)"),
                     SQLITE_OK);
}

/* ---- drafts -------------------------------------------------------------------------------- */

static void drafts_come_back_as_they_were(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    struct tb_draft x = {.created_at = 12345,
                         .from = fx_day("2026-12-01"),
                         .to = fx_day("2026-12-01"),
                         .duties = tb_xstrdup("night"),
                         .instance = tb_xstrdup("{\"a\":1}"),
                         .instance_len = 7,
                         .status = tb_xstrdup("optimal"),
                         .stopped_by = tb_xstrdup("proof"),
                         .objective = -7,
                         .bound = -8,
                         .certified = true,
                         .certificate = tb_xstrdup("cert"),
                         .steps = tb_xstrdup("one\ntwo"),
                         .open_seats = 1},
                    y;
    memset(x.instance_digest, 'a', 64);
    size_t n, m;
    struct tb_seat_row *rows = seats_of(d->r, DAY(1, "p1", "-", "p3"), &n), *back;
    OK(tb_store_begin(d->s, &e));
    OK(tb_store_latest(d->s, &x.base, &e));
    OK(tb_store_add_draft(d->s, &x, rows, n, d->r, &e));
    OK(tb_store_commit(d->s, &e));
    static const struct {
        int64_t id;
        const char *from;
    } ways[] = {{1, NULL}, {0, "2026-12-01"}, {0, NULL}};
    for (size_t i = 0; i < TB_COUNT(ways); i++) {
        tb_day day = ways[i].from != NULL ? fx_day(ways[i].from) : TB_DAY_NONE;
        OK(tb_store_get_draft(d->s, ways[i].id, day, day, &y, &e));
        assert_true(y.id == 1 && y.created_at == 12345 && y.from == x.from && y.to == x.to &&
                    y.instance_len == 7 && y.objective == -7 && y.bound == -8 && y.certified &&
                    y.open_seats == 1 && y.published == 0);
        assert_string_equal(y.duties, "night");
        assert_string_equal(y.instance, x.instance);
        assert_string_equal(y.instance_digest, x.instance_digest);
        assert_string_equal(y.status, "optimal");
        assert_string_equal(y.stopped_by, "proof");
        assert_string_equal(y.certificate, "cert");
        assert_string_equal(y.steps, "one\ntwo");
        tb_draft_free(&y);
    }
    OK(tb_store_draft_seats(d->s, 1, d->r, &back, &m, &e));
    assert_int_equal(m, 2);
    assert_memory_equal(&back[0], &rows[0], sizeof *rows);
    assert_memory_equal(&back[1], &rows[2], sizeof *rows);
    free(back);
    FAILS(TB_NO, "no draft 2", tb_store_get_draft(d->s, 2, TB_DAY_NONE, TB_DAY_NONE, &y, &e));
    FAILS(TB_NO, "2026-12-01..2026-12-02", tb_store_get_draft(d->s, 0, x.from, x.from + 1, &y, &e));
    tb_draft_free(&x);
    free(rows);
}

static void blobs_are_replaced_whole(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    char *bytes;
    size_t len;
    FAILS(TB_NO, "no \"table\"", tb_store_get_blob(d->s, "table", &bytes, &len, &e));
    OK(tb_store_put_blob(d->s, "table", "a\0b", 3, &e));
    OK(tb_store_get_blob(d->s, "table", &bytes, &len, &e));
    assert_int_equal(len, 3);
    assert_memory_equal(bytes, "a\0b", 3);
    free(bytes);
    OK(tb_store_put_blob(d->s, "table", "", 0, &e));
    OK(tb_store_get_blob(d->s, "table", &bytes, &len, &e));
    assert_int_equal(len, 0);
    free(bytes);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(who_stays_keeps_seat_and_history),
        T(swap_and_swap_back_count_on),
        T(a_vacated_seat_counts_as_a_change),
        T(slots_without_a_row_stay_in_force),
        T(what_looked_ahead_is_dropped),
        T(covers_join_spans_that_touch),
        T(nothing_published_is_no_error),
        T(published_and_superseded_drafts_are_refused),
        T(two_drafts_of_one_slot_are_refused),
        T(a_draft_overtaken_by_a_publication_is_refused),
        T(a_slot_that_the_calendar_lost_is_refused),
        T(writing_needs_a_transaction),
        T(what_is_published_cannot_leave_the_region),
        T(published_rows_cannot_be_touched_by_any_tool),
        T(books_sum_to_zero_with_weights_that_do_not_divide),
        T(an_owner_and_his_clinic_are_one_person),
        T(a_withdrawn_roster_leaves_nothing_in_the_books),
        T(balances_are_asked_for_by_day),
        T(sums_and_details_agree),
        T(drafts_come_back_as_they_were),
        T(blobs_are_replaced_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
