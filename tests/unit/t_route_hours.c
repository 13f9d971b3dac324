/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample's December, planned, published, asked: at every hour, in every municipality, a light complaint
 * goes to an open primary service where one can be reached, in consulting hours to the family doctor and the
 * advice line, otherwise to the advice line and the next opening, never to the tertiary centre; a grave one
 * to the rotation or the tertiary centre; and nobody is named who is not on duty.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "toban/app/life.h"
#include "toban/app/publishing.h"
#include "toban/app/app.h"

static struct tb_region *region;
static struct tb_board *board;
static tb_table *table;
static tb_day first, last;

static int prepare(void **state)
{
    (void)state;
    char dir[] = "/tmp/toban-hours-XXXXXX", db[64];
    assert_non_null(mkdtemp(dir));
    (void)snprintf(db, sizeof db, "%s/t.db", dir);
    struct tb_app app = {
        .db = db, .clock = {true, tb_minute_of(tb_day_of(2026, 11, 1), 600)}, .actor = {.name = "test"}};
    struct tb_err e = {0};
    struct tb_app_init n;
    const char *all = "all";
    struct tb_app_plan_request rq = {.period = "2026-12", .duties = &all, .n_duties = 1};
    struct tb_app_draft d;
    struct tb_publish_said p;
    enum tb_code c = tb_app_init(&app, "rosters/ishikawa-chuo", &n, &e);
    if (c == TB_OK) c = tb_app_plan(&app, &rq, &d, &e);
    if (c == TB_OK) {
        assert_int_equal(d.verdict->open_seats, 0);
        const struct tb_approval yes = {.date = tb_day_of(2026, 11, 1)};
        struct tb_app council = app;
        council.actor.name = "council";
        c = tb_app_approve(&council, d.stored.id, &yes, "", &e);
        tb_app_draft_free(&d);
    }
    if (c == TB_OK) { c = tb_app_publish(&app, &(struct tb_publish_asked){.until = TB_DAY_NONE}, &p, &e); }
    if (c == TB_OK) {
        tb_publish_said_free(&p);
        c = tb_app_board(&app, 0, TB_DAY_NONE, TB_DAY_NONE, &region, &board, &e);
    }
    if (c == TB_OK) {
        /* The last week of the roster is the look-ahead of the table. */
        first = board->from;
        last = board->to - TB_TABLE_AHEAD;
        c = tb_route_build_span(board, first, last, board->published_at, &table, &e);
    }
    if (c) print_message("%s\n", e.text);
    assert_int_equal(tb_dir_remove(dir, &e), TB_OK);
    return (int)c;
}

static int finish(void **state)
{
    (void)state;
    tb_table_free(table);
    tb_board_free(board);
    tb_region_free(region);
    return 0;
}

static int complaint(const char *id)
{
    for (int i = 0; i < region->n_complaints; i++)
        if (strcmp(region->complaints[i].id, id) == 0) return i;
    fail_msg("no complaint %s", id);
    return -1;
}

/* Is the slot open at the minute, and can the place still be reached before reception ends? `minutes`:
 * travel, banded upwards at most 30 more. */
static bool open_at(const struct tb_slot *s, tb_minute at, int minutes)
{
    for (int i = 0; i < s->n_intervals; i++)
        if (at >= s->interval[i].from && at < s->interval[i].to && at + minutes <= s->reception[i])
            return true;
    return false;
}

static bool serves(const struct tb_duty *d, int what, int age)
{
    if (age < d->age_from || age >= d->age_to) return false;
    const struct tb_ids *want = &region->complaints[what].specialities;
    for (int i = 0; i < want->n; i++)
        for (int k = 0; k < d->specialities.n; k++)
            if (want->v[i] == d->specialities.v[k]) return true;
    return false;
}

static bool consulting(tb_minute at)
{
    tb_day day = tb_day_of_minute(at);
    int minute = (int)(at - tb_minute_of(day, 0));
    const struct tb_region_row *g = &region->regions[0];
    uint64_t classes = tb_day_classes(region, -1, day);
    if ((classes >> g->consulting & 1) && minute >= g->consulting_from && minute < g->consulting_to)
        return true;
    return g->half >= 0 && (classes >> g->half & 1) && minute >= g->consulting_from && minute < g->half_to;
}

/* To the farthest of those in the area that contain none: whoever names a city may be anywhere in it. */
static int farthest(int area, int to, bool winter)
{
    int most = 0;
    for (int a = 0; a < region->n_areas; a++) {
        bool contains = false;
        for (int k = 0; k < region->n_areas; k++) contains = contains || region->areas[k].parent == a;
        if (contains || !tb_area_within(region, a, area)) continue;
        int m = tb_travel_minutes(region, a, to, winter);
        if (m > most) most = m;
    }
    return most;
}

static bool offers(const struct tb_provider *p, int what)
{
    const struct tb_ids *wanted = &region->complaints[what].specialities;
    for (int i = 0; i < wanted->n; i++)
        for (int k = 0; k < p->specialities.n; k++)
            if (wanted->v[i] == p->specialities.v[k]) return true;
    return p->specialities.n == 0;
}

/* A primary service that serves the patient, and whose holder does, and can be reached with half an hour to
 * spare: the table must not overlook it. */
static bool primary_within_reach(tb_minute at, int area, int what, int age)
{
    tb_day day = tb_day_of_minute(at);
    int winter_class = region->regions[0].winter;
    bool winter = winter_class >= 0 && (tb_day_classes(region, -1, day) >> winter_class & 1);
    for (int i = 0; i < board->n; i++) {
        const struct tb_slot *s = &board->slots[board->a[i].slot];
        const struct tb_duty *d = &region->duties[s->duty];
        if (d->tier != 1 || s->role != TB_PRIMARY || !serves(d, what, age)) continue;
        const struct tb_provider *place = &region->providers[d->site >= 0 ? d->site : board->a[i].provider];
        if (age < place->age_from || age >= place->age_to || !offers(place, what)) continue;
        if (open_at(s, at, farthest(area, place->area, winter) + 30)) return true;
    }
    return false;
}

/* #7119 is for about 15 and over, #8000 for children from 18:00 to 8:00: between, children have no line. */
static bool line_for(tb_minute at, int age)
{
    int minute = (int)(at - tb_minute_of(tb_day_of_minute(at), 0));
    for (int i = 0; i < region->n_lines; i++) {
        const struct tb_line *l = &region->lines[i];
        if (age < l->age_from || age >= l->age_to) continue;
        if ((minute >= l->from && minute < l->to) ||
            (minute + TB_MINUTES_PER_DAY >= l->from && minute + TB_MINUTES_PER_DAY < l->to))
            return true;
    }
    return false;
}

struct patient {
    const char *complaint;
    int age;
};

static void check_answer(const struct tb_query *q, const struct tb_answer *a, bool grave)
{
    char t[64];
    tb_format_instant(q->at, t, sizeof t);
    if (a->n < 1) fail_msg("%s %s: empty", t, region->areas[q->area].id);
    bool primary = false, line = false, later = false, family = false, strong = false;
    for (int i = 0; i < a->n; i++) {
        const struct tb_answer_entry *x = &a->e[i];
        if (x->slot >= 0 && x->role != TB_ANSWER_LATER && !open_at(&board->slots[x->slot], q->at, 0))
            fail_msg("%s %s: %s is not on duty", t, region->areas[q->area].id, x->name);
        if (x->slot >= 0) {
            int seat, n = tb_board_seats(board, x->slot, &seat);
            if (n < 1) fail_msg("%s: nobody sits there", t);
        }
        if (!grave && x->tier == 3 && x->provider >= 0)
            fail_msg("%s %s: a light case is sent to %s", t, region->areas[q->area].id, x->name);
        primary = primary || (i == 0 && x->role == TB_ANSWER_MAIN && x->tier == 1);
        line = line || x->role == TB_ANSWER_LINE;
        later = later || x->role == TB_ANSWER_LATER;
        family = family || x->role == TB_ANSWER_FAMILY;
        strong = strong || (x->provider >= 0 && x->tier >= 2);
    }
    line = line || !line_for(q->at, q->age);
    if (grave) {
        if (!strong) fail_msg("%s %s: a grave case without a hospital", t, region->areas[q->area].id);
    } else if (consulting(q->at)) {
        if (!family || !line)
            fail_msg("%s %s: consulting hours without family doctor and advice line", t,
                     region->areas[q->area].id);
    } else if (primary_within_reach(q->at, q->area, q->complaint, q->age)) {
        if (!primary) fail_msg("%s %s: an open primary service is overlooked", t, region->areas[q->area].id);
    } else if (!primary && !(line && later)) {
        fail_msg("%s %s: neither an open service nor the advice line with the next opening", t,
                 region->areas[q->area].id);
    }
}

static void every_hour_and_municipality(void **state)
{
    (void)state;
    const struct patient patients[] = {{"internal", 40}, {"paed-internal", 4}, {"internal", 80}};
    int asked = 0, consulted = 0;
    for (tb_minute at = tb_minute_of(first, 0); at < tb_minute_of(last + 1, 0); at += 60)
        for (int area = 0; area < region->n_areas; area++) {
            if (region->areas[area].level != TB_LEVEL_MUNICIPALITY) continue;
            for (size_t p = 0; p < TB_COUNT(patients); p++)
                for (int grave = 0; grave < 2; grave++) {
                    struct tb_query q = {at,
                                         area,
                                         patients[p].age,
                                         complaint(patients[p].complaint),
                                         grave ? 2 : 4,
                                         TB_CHANNEL_DESK,
                                         0};
                    struct tb_answer a;
                    struct tb_err e = {0};
                    assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
                    check_answer(&q, &a, grave);
                    asked++;
                    consulted += consulting(at);
                }
        }
    assert_int_equal(asked, (last - first + 1) * 24 * 6 * 3 * 2);
    assert_in_range(consulted, 1, asked / 2);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_hour_and_municipality)};
    return cmocka_run_group_tests(tests, prepare, finish);
}
