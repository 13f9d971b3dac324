/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has happened since the table was published: overrides act for their time, promote nobody, empty
 * nothing; who declined is followed by the next.
 */
#include "t_route_region.h"

static int set_up(void **state)
{
    (void)state;
    struct tb_err e = {0};
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    board = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), -1, NULL, false);
    return tb_route_build_span(board, board->from + 1, board->to - 1,
                               tb_minute_of(tb_day_of(2026, 11, 20), 600), &table, &e) == TB_OK
               ? 0
               : -1;
}

static uint64_t seed = 20261224;
static int draw(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)n);
}

static struct tb_query any_question(void)
{
    return (struct tb_query){table->from + draw((int)(table->to - table->from)),
                             draw(region->n_areas + 1) - 1,
                             draw(120) - 1,
                             draw(region->n_complaints + 1) - 1,
                             draw(RT_U_COUNT),
                             draw(TB_CHANNEL_COUNT),
                             draw(region->n_modifiers + 1)};
}

static tb_minute minute(const char *text)
{
    tb_minute m;
    if (!tb_parse_instant(text, &m)) fail_msg("%s", text);
    return m;
}

/* The answer as "role id, role id", with a star where an override is marked. */
static const char *ask(const char *at, int urgency, int channel, const struct tb_incident *v, int n,
                       int declined, tb_minute *expires)
{
    static struct tb_buf out;
    struct tb_query q = {minute(at), tb_find_area(region, "n1"), 40, 2 - 1, urgency, channel, 0};
    struct tb_answer a;
    struct tb_err e = {0};
    for (int i = 0; i < region->n_complaints; i++)
        if (strcmp(region->complaints[i].id, "internal") == 0) q.complaint = i;
    tb_buf_clear(&out);
    if (tb_route_live(table, &q, &(struct tb_live){v, n, &declined, declined >= 0}, &a, &e) != TB_OK)
        fail_msg("%s", e.text);
    for (int i = 0; i < a.n; i++)
        tb_buf_addf(&out, "%s%s %s%s", i > 0 ? ", " : "", rt_role_word[a.e[i].role],
                    a.e[i].provider >= 0    ? region->providers[a.e[i].provider].id
                    : *a.e[i].phone != '\0' ? a.e[i].phone
                                            : "-",
                    *a.e[i].mark != '\0' ? "*" : "");
    if (expires != NULL) *expires = a.expires;
    return tb_buf_str(&out);
}

static struct tb_incident change(int kind, const char *provider, const char *from, const char *until)
{
    return (struct tb_incident){
        kind, tb_find_provider(region, provider), -1, -1, minute(from), minute(until), "", "", ""};
}

/* The evaluation for one question and the table's cell agree, whatever is asked. */
static void the_live_answer_is_the_tables(void **state)
{
    (void)state;
    /* about a pharmacy that no list names */
    struct tb_incident nothing = change(TB_INCIDENT_NOTE, "ph", "2026-12-01T00:00", "2027-02-01T00:00");
    struct tb_err e = {0};
    for (int i = 0; i < 20000; i++) {
        struct tb_query q = any_question();
        struct tb_answer a, b;
        assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
        assert_int_equal(
            tb_route_live(table, &q, &(struct tb_live){.changes = &nothing, .n_changes = 1}, &b, &e), TB_OK);
        assert_int_equal(a.n, b.n);
        assert_int_equal(a.fallback, b.fallback);
        for (int k = 0; k < a.n; k++) {
            assert_string_equal(a.e[k].rule, b.e[k].rule);
            assert_string_equal(a.e[k].name, b.e[k].name);
            assert_int_equal(a.e[k].role, b.e[k].role);
            assert_int_equal(a.e[k].open_from, b.e[k].open_from);
            assert_int_equal(a.e[k].reception_until, b.e[k].reception_until);
        }
    }
}

/* 2026-12-06 is a Sunday: clinic-n sees from 09:00, the rotation hospital behind. */
static void each_kind_does_what_it_says(void **state)
{
    (void)state;
    const char *at = "2026-12-06T10:00", *from = "2026-12-06T09:30", *until = "2026-12-06T12:30";
    tb_minute expires;
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, NULL, 0, -1, &expires),
                        "main c-n, main c-s, line #1, last 119");
    assert_true(expires > minute("2026-12-06T10:30"));
    struct tb_incident x = change(TB_INCIDENT_CLOSED, "c-n", from, "2026-12-06T10:30");
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, &x, 1, -1, &expires), "main c-s, line #1, last 119");
    assert_int_equal(expires, minute("2026-12-06T10:30"));
    assert_string_equal(ask("2026-12-06T10:29", 4, TB_CHANNEL_PUBLIC, &x, 1, -1, NULL),
                        "main c-s, line #1, last 119");
    assert_string_equal(ask("2026-12-06T10:30", 4, TB_CHANNEL_PUBLIC, &x, 1, -1, NULL),
                        "main c-n, main c-s, line #1, last 119");
    assert_string_equal(ask("2026-12-06T09:29", 4, TB_CHANNEL_PUBLIC, &x, 1, -1, &expires),
                        "main c-n, main c-s, line #1, last 119");
    assert_int_equal(expires, x.from);
    x = change(TB_INCIDENT_LATE, "c-n", from, "2026-12-06T10:30");
    assert_string_equal(ask(at, 3, TB_CHANNEL_DESK, &x, 1, -1, NULL),
                        "main c-s, later c-n*, backup h-a, line #1, last 119");
    x = change(TB_INCIDENT_SUBSTITUTE, "c-n", from, until);
    x.other = tb_find_provider(region, "c-e");
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, &x, 1, -1, NULL),
                        "main c-e*, main c-s, line #1, last 119");
    x = change(TB_INCIDENT_EXTRA, "c-e", from, until);
    x.duty = tb_find_duty(region, "clinic-n");
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, &x, 1, -1, NULL),
                        "main c-n, main c-e*, main c-s, line #1, last 119");
    x = change(TB_INCIDENT_PHONE, "c-n", from, until);
    x.phone = "076-000-0099";
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, &x, 1, -1, NULL),
                        "main c-n*, main c-s, line #1, last 119");
    struct tb_incident both[2] = {change(TB_INCIDENT_EXTRA, "c-e", from, until),
                                  change(TB_INCIDENT_LIMITED, "c-n", from, until)};
    both[0].duty = tb_find_duty(region, "clinic-n");
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, both, 2, -1, NULL),
                        "main c-e*, main c-n*, main c-s, line #1, last 119");
    struct tb_incident all[2] = {change(TB_INCIDENT_CLOSED, "c-n", from, until),
                                 change(TB_INCIDENT_CLOSED, "c-s", from, until)};
    assert_string_equal(ask("2026-12-06T10:00", 4, TB_CHANNEL_PUBLIC, all, 2, -1, NULL),
                        "line #1, later c-s*, later -, last 119, last c-n*");
}

/* A disaster: every duty is unconfirmed until somebody says otherwise, confirmed ones stand before their
 * peers; lines and the tertiary centre are no duties. */
static void in_a_disaster_duties_are_confirmed_one_by_one(void **state)
{
    (void)state;
    const char *at = "2026-12-06T10:00", *from = "2026-12-06T09:30", *until = "2026-12-06T11:00";
    struct tb_incident v[3] = {change(TB_INCIDENT_DISASTER, "c-n", from, until),
                               change(TB_INCIDENT_CONFIRMED, "c-s", from, until),
                               change(TB_INCIDENT_CLOSED, "c-n", from, until)};
    v[0].provider = -1;
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, v, 1, -1, NULL),
                        "main c-n*, main c-s*, line #1, last 119");
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, v, 2, -1, NULL),
                        "main c-n*, main c-s*, line #1, last 119");
    assert_string_equal(ask(at, 4, TB_CHANNEL_PUBLIC, v, 3, -1, NULL), "main c-s*, line #1, last 119");
    /* Its end does not end it: until two people say so everything stays unconfirmed. */
    assert_string_equal(ask("2026-12-06T11:00", 4, TB_CHANNEL_PUBLIC, v, 3, -1, NULL),
                        "main c-n*, main c-s*, line #1, last 119");
    assert_string_equal(ask("2026-12-06T11:00", 4, TB_CHANNEL_PUBLIC, v + 1, 2, -1, NULL),
                        "main c-n, main c-s, line #1, last 119");
    assert_string_equal(ask(at, 1, TB_CHANNEL_PUBLIC, v, 1, -1, NULL),
                        "emergency 119, main tert, backup h-a*");
    struct tb_query q = {minute(at), tb_find_area(region, "n1"), 40, 1, 1, TB_CHANNEL_PUBLIC, 0};
    struct tb_answer a;
    struct tb_err e = {0};
    v[1] = change(TB_INCIDENT_CONFIRMED, "h-a", from, until);
    assert_int_equal(tb_route_live(table, &q, &(struct tb_live){.changes = v, .n_changes = 2}, &a, &e),
                     TB_OK);
    for (int i = 0; i < a.n; i++)
        if (a.e[i].provider >= 0)
            assert_string_equal(a.e[i].mark, strcmp(a.e[i].facility, "tert") == 0 ? ""
                                             : strcmp(a.e[i].facility, "h-a") == 0
                                                 ? "confirmed"
                                                 : "disaster: not confirmed");
}

static void who_declined_is_followed_by_the_next(void **state)
{
    (void)state;
    assert_string_equal(
        ask("2026-12-06T10:00", 4, TB_CHANNEL_PUBLIC, NULL, 0, tb_find_provider(region, "c-n"), NULL),
        "main c-s, line #1, last 119");
    /* The last tertiary centre cannot be declined off the list. */
    assert_string_equal(
        ask("2026-12-06T10:00", 1, TB_CHANNEL_DESK, NULL, 0, tb_find_provider(region, "tert"), NULL),
        "emergency 119, main tert*, backup h-a");
}

/* Where one door was all there is, the answer goes on: hospitals of the hour as the last resort, what opens
 * next, however far ahead; a light case is sent to no tertiary centre, one to be watched to no hospital, a
 * red one to nothing that opens later. */
static void where_one_was_all_the_answer_goes_on(void **state)
{
    (void)state;
    int centre = tb_find_provider(region, "centre"), h_a = tb_find_provider(region, "h-a");
    const char *evening = "2026-12-05T21:00", *night = "2026-12-05T02:00";
    assert_string_equal(ask(evening, TB_U_GUIDANCE, TB_CHANNEL_PUBLIC, NULL, 0, centre, NULL),
                        "later c-n, later c-s, last h-b, later -, line #1, last 119");
    assert_string_equal(ask(evening, 5, TB_CHANNEL_PUBLIC, NULL, 0, centre, NULL),
                        "line #1, later c-n, later c-s, later -, last 119");
    assert_string_equal(ask(night, 3, TB_CHANNEL_PUBLIC, NULL, 0, h_a, NULL),
                        "last h-b, last tert, later -, later centre, line #1, last 119");
    assert_string_equal(ask(night, 2, TB_CHANNEL_PUBLIC, NULL, 0, h_a, NULL), "backup h-b, last tert");
}

static void what_has_no_end_is_refused(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_incident good = change(TB_INCIDENT_CLOSED, "c-n", "2026-12-06T10:00", "2026-12-07T10:00"),
                       x = good;
    assert_int_equal(tb_incident_check(table, &x, &e), TB_OK);
    x.until++;
    assert_int_equal(tb_incident_check(table, &x, &e), TB_USAGE);
    x.until = INT64_MIN;
    assert_int_equal(tb_incident_check(table, &x, &e), TB_USAGE);
    x = change(TB_INCIDENT_LATE, "c-n", "2026-12-06T10:00", "2026-12-06T16:01");
    assert_int_equal(tb_incident_check(table, &x, &e), TB_USAGE);
    x = change(TB_INCIDENT_CLOSED, "tert", "2026-12-06T10:00", "2026-12-06T12:00");
    assert_int_equal(tb_incident_check(table, &x, &e), TB_USAGE);
    x.reason = "院内災害";
    assert_int_equal(tb_incident_check(table, &x, &e), TB_OK);
    assert_non_null(strstr(ask("2026-12-06T10:30", 1, TB_CHANNEL_DESK, &x, 1, -1, NULL), "main tert*"));
    int missing[] = {TB_INCIDENT_SUBSTITUTE, TB_INCIDENT_EXTRA, TB_INCIDENT_PHONE, TB_INCIDENT_NOTE};
    for (size_t i = 0; i < TB_COUNT(missing); i++) {
        x = change(missing[i], "c-n", "2026-12-06T10:00", "2026-12-06T12:00");
        assert_int_equal(tb_incident_check(table, &x, &e), TB_USAGE);
    }
}

static const struct tb_policy *policy(const char *id)
{
    for (int i = 0; i < region->n_policies; i++)
        if (strcmp(region->policies[i].id, id) == 0) return &region->policies[i];
    fail_msg("%s", id);
    return NULL;
}

static int tier_of(int take)
{
    return take == RT_TAKE_TERTIARY ? 3
           : take == RT_TAKE_PRIMARY || take == RT_TAKE_NEIGHBOUR || take == RT_TAKE_SOON ||
                   take == RT_TAKE_NEXT
               ? 1
               : 2;
}

/* Any five overrides: never empty, 119 and the tertiary first for U1, nobody twice, nobody above his policy
 * row. */
static void nothing_is_emptied_or_promoted(void **state)
{
    (void)state;
    struct tb_err e = {0};
    int changed = 0, back = 0;
    for (int trial = 0; trial < 10000; trial++) {
        struct tb_query q = any_question();
        struct tb_incident v[5];
        int n = 1 + draw(5);
        for (int i = 0; i < n; i++) {
            v[i] = (struct tb_incident){draw(3) ? TB_INCIDENT_CLOSED : draw(TB_INCIDENT_COUNT),
                                        draw(region->n_providers),
                                        draw(2) ? -1 : draw(region->n_duties),
                                        draw(region->n_providers),
                                        q.at - draw(60),
                                        q.at + 1 + draw(300),
                                        "076-000-0099",
                                        "",
                                        ""};
            if (v[i].kind == TB_INCIDENT_EXTRA && v[i].duty < 0) v[i].duty = draw(region->n_duties);
        }
        struct tb_answer base, a;
        assert_int_equal(tb_route_lookup(table, &q, &base, &e), TB_OK);
        assert_int_equal(tb_route_live(table, &q, &(struct tb_live){.changes = v, .n_changes = n}, &a, &e),
                         TB_OK);
        if (a.n == 0) fail_msg("trial %d: an empty list", trial);
        changed += a.n != base.n;
        int first_tier = -1, rank = 0;
        for (int i = 0; i < a.n; i++) {
            const struct tb_answer_entry *x = &a.e[i];
            const struct tb_policy *rule = policy(x->rule);
            bool returned = x->role == TB_ANSWER_LAST && strstr(x->note, "closed") != NULL;
            back += returned;
            for (int k = 0; k < i; k++)
                if (x->provider >= 0 && a.e[k].provider == x->provider)
                    fail_msg("trial %d: %s twice", trial, x->name);
            /* hospitals that offer what is needed come first */
            bool moved = q.modifier > 0 && x->tier == 2;
            if (!returned && !moved && rule->rank < rank)
                fail_msg("trial %d: %s before its turn", trial, x->name);
            rank = returned || moved ? rank : rule->rank;
            if (x->provider >= 0 && x->tier != tier_of(rule->take))
                fail_msg("trial %d: %s of tier %d by %s", trial, x->name, x->tier, x->rule);
            if (x->provider >= 0 && first_tier < 0) first_tier = x->tier;
            if (q.urgency == 1 && x->tier == 1) fail_msg("trial %d: a clinic for U1", trial);
            if ((q.urgency >= 3 && q.urgency <= 5) && x->provider >= 0 && x->tier == 3)
                fail_msg("trial %d: the tertiary centre for U%d", trial, q.urgency);
        }
        if (q.urgency == 1 && q.channel != TB_CHANNEL_119) assert_string_equal(a.e[0].phone, "119");
        if (q.urgency == 1) assert_int_equal(first_tier, 3);
        for (int i = 0; i < n; i++) assert_true(a.expires <= v[i].until);
    }
    print_message("# 10,000 trials: %d lists of another length, %d closed facilities brought back, none "
                  "empty, none promoted\n",
                  changed, back);
    assert_true(changed > 100 && back > 10);
}

static void the_small_file_is_read_back(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_incident_list l = {0}, back;
    struct tb_buf bytes = {0};
    const struct tb_incident_row rows[] = {
        {1, minute("2026-12-06T09:40"), minute("2026-12-06T09:40"), minute("2026-12-06T12:00"), 0, "見本",
         "closed", "c-n", "", "", "", "手術\"中\"", "手術中", "電話", 0},
        {2, minute("2026-12-06T09:45"), minute("2026-12-06T09:40"), minute("2026-12-06T11:00"), 1, "見本",
         "limited", "c-n", "clinic-n", "", "", "", "患者対応中", "電話", 0},
        {3, minute("2026-12-06T09:50"), minute("2026-12-06T09:50"), minute("2026-12-06T12:00"), 0, "見本",
         "closed", "c-s", "", "", "", "", "満床", "電話", 0},
        {4, minute("2026-12-06T09:55"), minute("2026-12-06T09:50"), minute("2026-12-06T12:00"), 3, "見本",
         "cancelled", "c-s", "", "", "", "", "", "電話", 0}};
    for (size_t i = 0; i < TB_COUNT(rows); i++) *TB_PUSH(l.v, l.n, l.cap) = rows[i];
    tb_incidents_json(&l, &bytes);
    if (tb_incidents_read(bytes.s, bytes.len, &back, &e) != TB_OK) fail_msg("%s", e.text);
    int n = 0;
    assert_int_equal(back.n, 4);
    assert_string_equal(back.v[0].note, rows[0].note);
    /* one took the place of another, one was cancelled */
    struct tb_incident *v = tb_incidents_resolve(table, &back, &n);
    assert_int_equal(n, 1);
    assert_int_equal(v[0].kind, TB_INCIDENT_LIMITED);
    free(v);
    tb_incident_list_free(&back);
    for (size_t i = 0; i < bytes.len; i++) {
        bytes.s[i] ^= 4;
        assert_int_equal(tb_incidents_read(bytes.s, bytes.len, &back, &e), TB_INPUT);
        bytes.s[i] ^= 4;
    }
    for (size_t i = 0; i < bytes.len; i++)
        assert_int_equal(tb_incidents_read(bytes.s, i, &back, &e), TB_INPUT);
    tb_buf_free(&bytes);
    free(l.v);
}

/* Every near miss fails exactly the test it is told to fail. */
static void near_misses_name_their_test(void **state)
{
    (void)state;
    struct tb_query q = {
        minute("2026-12-06T10:00"), tb_find_area(region, "n1"), 40, -1, 4, TB_CHANNEL_DESK, 0};
    for (int i = 0; i < region->n_complaints; i++)
        if (strcmp(region->complaints[i].id, "internal") == 0) q.complaint = i;
    int n;
    struct tb_near *near = tb_route_near(table, &q, NULL, 0, &n);
    struct tb_buf b = {0};
    for (int i = 0; i < n; i++)
        tb_buf_addf(&b, "%s/%s: %s\n", region->providers[near[i].provider].id, near[i].duty, near[i].test_en);
    const char *const expected[] = {"centre/night-adult: not open now\n", "c-e/clinic-e: complaint\n",
                                    "h-a/rot: not offered at this urgency (policy)\n",
                                    "tert/: not offered at this urgency (policy)\n"};
    for (size_t i = 0; i < TB_COUNT(expected); i++)
        if (strstr(tb_buf_str(&b), expected[i]) == NULL)
            fail_msg("lacks %s in\n%s", expected[i], tb_buf_str(&b));
    if (strstr(tb_buf_str(&b), "c-n/") != NULL) fail_msg("%s", tb_buf_str(&b));
    tb_buf_clear(&b);
    struct tb_incident x = change(TB_INCIDENT_CLOSED, "c-n", "2026-12-06T09:30", "2026-12-06T12:00");
    free(near);
    near = tb_route_near(table, &q, &x, 1, &n);
    for (int i = 0; i < n; i++)
        tb_buf_addf(&b, "%s/%s: %s\n", region->providers[near[i].provider].id, near[i].duty, near[i].test_en);
    if (strstr(tb_buf_str(&b), "c-n/clinic-n: reported closed\n") == NULL) fail_msg("%s", tb_buf_str(&b));
    free(near);
    tb_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_live_answer_is_the_tables),
        cmocka_unit_test(each_kind_does_what_it_says),
        cmocka_unit_test(in_a_disaster_duties_are_confirmed_one_by_one),
        cmocka_unit_test(who_declined_is_followed_by_the_next),
        cmocka_unit_test(where_one_was_all_the_answer_goes_on),
        cmocka_unit_test(what_has_no_end_is_refused),
        cmocka_unit_test(nothing_is_emptied_or_promoted),
        cmocka_unit_test(the_small_file_is_read_back),
        cmocka_unit_test(near_misses_name_their_test),
    };
    return cmocka_run_group_tests_name("route_live", tests, set_up, tear_down);
}
