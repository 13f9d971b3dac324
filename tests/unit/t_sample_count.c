/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample regions are of the size they claim, and their hard rules can be filled: for every window of a
 * hard rest, every pair of successive holidays, every month with a limit and every day with one duty a
 * person, the seats of that window are matched with people who may serve in it (Hall's condition, decided by
 * a matching). The count is made here from dates, pools, absences and hours alone, without planner or check.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "toban/codec/codec.h"
#include "toban/domain/problem.h"

#define SAMPLE "rosters/ishikawa-chuo"

static struct tb_region *sample;

static struct tb_region *read_region(const char *dir)
{
    struct tb_err e = {0};
    struct tb_region *r = NULL;
    if (tb_codec_read_region(dir, &r, &e)) fail_msg("%s: %s", dir, e.text);
    return r;
}

static int set_up(void **state)
{
    (void)state;
    sample = read_region(SAMPLE);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    tb_region_free(sample);
    return 0;
}

/* ---- who may serve ------------------------------------------------------------------------ */

static bool holds(const struct tb_ids *ids, int id)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == id) return true;
    return false;
}

static bool covers(const struct tb_region *r, const struct tb_wish *w, const struct tb_slot *s)
{
    tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
    if (s->date < w->from || s->date > to) return false;
    if (w->duty >= 0 ? w->duty != s->duty : !holds(&r->surveys[w->survey].duties, s->duty)) return false;
    return !*w->band || strcmp(w->band, r->bands[s->band].id) == 0;
}

static bool wishes_allow(const struct tb_region *r, const struct tb_slot *s, int provider)
{
    int i = 0;
    for (int v = 0; v < r->n_surveys; v++) { /* wishes are sorted by survey */
        const struct tb_survey *survey = &r->surveys[v];
        bool asks = s->date >= survey->from && s->date <= survey->to && holds(&survey->duties, s->duty),
             only = false, named = false;
        for (; i < r->n_wishes && r->wishes[i].survey == v; i++) {
            const struct tb_wish *w = &r->wishes[i];
            if (!asks || w->provider != provider || !w->must) continue;
            if (w->type == TB_WISH_CANNOT && covers(r, w, s)) return false;
            only = only || w->type == TB_WISH_ONLY;
            named = named || (w->type == TB_WISH_ONLY && covers(r, w, s));
        }
        if (only && !named) return false;
    }
    return true;
}

/* Leave by the clock: a minute of the seat on one of its days. */
static bool away(const struct tb_region *r, const struct tb_slot *s, int provider)
{
    for (int i = 0; i < r->n_exemptions; i++) {
        const struct tb_exemption *x = &r->exemptions[i];
        if (x->provider != provider || (x->duty >= 0 && x->duty != s->duty)) continue;
        for (tb_day d = x->from; d <= x->to; d++)
            for (int k = 0; k < s->n_intervals && (!x->weekdays || (x->weekdays >> tb_weekday(d) & 1)); k++)
                if (s->interval[k].from < tb_minute_of(d + 1, 0) && tb_minute_of(d, 0) < s->interval[k].to)
                    return true;
    }
    return false;
}

static bool free_of_others(const struct tb_region *r, const int *person_of, const struct tb_slot *s,
                           int provider)
{
    for (int i = 0; i < r->n_externals; i++) {
        const struct tb_external *x = &r->externals[i];
        if (person_of[x->provider] != person_of[provider]) continue;
        int rest = x->provider == provider && r->providers[provider].labour > 1 ? 9 * 60 : 0;
        if (x->from < s->interval[0].to + rest && s->interval[0].from - rest < x->to) return false;
    }
    return true;
}

/* Own consulting hours plus the way to the site; only for duties at a site. */
static bool arrives(const struct tb_region *r, const struct tb_slot *s, int provider, int margin)
{
    int site = r->duties[s->duty].site, winter = tb_find_class(r, "winter");
    if (site < 0 || tb_region_holiday(r, s->date)) return true;
    for (int i = 0; i < r->n_hours; i++) {
        const struct tb_hour *h = &r->hours[i];
        bool own = h->provider == provider;
        for (int k = 0; k < r->n_links && !own; k++)
            own = r->links[k].from == provider && r->links[k].type == TB_LINK_OWNS &&
                  r->links[k].to == h->provider;
        if (!own || !((unsigned)h->weekdays >> tb_weekday(s->date) & 1U)) continue;
        int way = tb_travel_minutes(r, r->providers[h->provider].area, r->providers[site].area,
                                    s->classes >> winter & 1);
        if (tb_minute_of(s->date, h->from) < s->interval[0].to &&
            s->interval[0].from < tb_minute_of(s->date, h->to) + way + margin)
            return false;
    }
    return true;
}

/* Of the hard rule on consulting hours that concerns the duty; -1 when none does. */
static int consulting_margin(const struct tb_region *r, int duty, tb_day date)
{
    struct tb_arena a = {0};
    int margin = -1;
    for (int i = 0; i < r->n_rules; i++) {
        struct tb_rule_args args;
        struct tb_err e = {0};
        assert_int_equal(tb_rule_parse(r, &r->rules[i], &a, &args, &e), TB_OK);
        if (args.type == TB_RULE_CONSULTING_HOURS && tb_rule_hard(&r->rules[i]) &&
            tb_rule_concerns(&r->rules[i], duty, date))
            margin = args.margin;
    }
    tb_arena_free(&a);
    return margin;
}

/* ---- the year's slots with those who may take them ---------------------------------------------- */

struct year {
    struct tb_arena arena;
    const struct tb_region *r;
    tb_day from, to;
    struct tb_slot *slots;
    int n;
    int **able, *n_able; /* per slot */
    int *person_of;
};

static struct year year_of(const struct tb_region *r, tb_day from, tb_day to)
{
    struct year y = {.r = r, .from = from, .to = to};
    int *all = tb_arena_alloc(&y.arena, (size_t)r->n_duties * sizeof *all);
    for (int i = 0; i < r->n_duties; i++) all[i] = i;
    y.n = tb_slots_of(r, all, r->n_duties, from, to, &y.arena, &y.slots);
    y.person_of = tb_arena_alloc(&y.arena, (size_t)r->n_providers * sizeof *y.person_of);
    tb_persons_on(r, from, y.person_of);
    y.able = tb_arena_alloc(&y.arena, (size_t)y.n * sizeof *y.able);
    y.n_able = tb_arena_alloc(&y.arena, (size_t)y.n * sizeof *y.n_able);
    int *margins = tb_arena_alloc(&y.arena, (size_t)r->n_duties * sizeof *margins);
    for (int i = 0; i < r->n_duties; i++) margins[i] = consulting_margin(r, i, from);
    for (int i = 0; i < y.n; i++) {
        const struct tb_slot *s = &y.slots[i];
        int margin = margins[s->duty];
        y.able[i] = tb_arena_alloc(&y.arena, (size_t)r->n_members * sizeof **y.able);
        for (int m = 0; m < r->n_members; m++) {
            int p = r->members[m].provider;
            if (r->members[m].duty != s->duty || tb_member_on(r, s->duty, p, s->date) < 0 || away(r, s, p))
                continue;
            assert_int_equal(r->providers[p].kind, r->duties[s->duty].kind);
            if (!wishes_allow(r, s, p) || !free_of_others(r, y.person_of, s, p) ||
                (margin >= 0 && !arrives(r, s, p, margin)))
                continue;
            y.able[i][y.n_able[i]++] = p;
        }
    }
    return y;
}

/* ---- matching -------------------------------------------------------------------------------- */

enum { SEATS_MAX = 400, TAKEN_MAX = 4 };
struct match {
    const struct year *y;
    int seats[SEATS_MAX], n;   /* slot of each seat */
    int taken[600][TAKEN_MAX]; /* provider or person -> seats, up to `each` */
    int n_taken[600];
    int each;
    bool by_person;
    bool seen[600];
};

static bool augment(struct match *m, int seat)
{
    const struct year *y = m->y;
    int slot = m->seats[seat];
    for (int i = 0; i < y->n_able[slot]; i++) {
        int p = y->able[slot][i], who = m->by_person ? y->person_of[p] : p;
        if (m->seen[who]) continue;
        m->seen[who] = true;
        if (m->n_taken[who] < m->each) {
            m->taken[who][m->n_taken[who]++] = seat;
            return true;
        }
        for (int k = 0; k < m->each; k++)
            if (augment(m, m->taken[who][k])) {
                m->taken[who][k] = seat;
                return true;
            }
    }
    return false;
}

/* Seats in [from, to] that the rule counts, on days of `only` (a set of two dates) when given. */
static void collect(struct match *m, const struct tb_rule *rule, int roles, tb_day from, tb_day to,
                    const tb_day *only)
{
    m->n = 0;
    memset(m->n_taken, 0, sizeof m->n_taken);
    int first = 0;
    for (int hi = m->y->n; first < hi;) { /* slots are sorted by date */
        int mid = (first + hi) / 2;
        if (m->y->slots[mid].date < from)
            first = mid + 1;
        else
            hi = mid;
    }
    for (int i = first; i < m->y->n && m->y->slots[i].date <= to; i++) {
        const struct tb_slot *s = &m->y->slots[i];
        if (!tb_rule_concerns(rule, s->duty, s->date)) continue;
        if (only && s->date != only[0] && s->date != only[1]) continue;
        if (roles == TB_ROLES_PRIMARY ? s->role != TB_PRIMARY
                                      : roles == TB_ROLES_RESERVE && s->role != TB_RESERVE)
            continue;
        for (int k = 0; k < s->need; k++) {
            assert_true(m->n < SEATS_MAX);
            m->seats[m->n++] = i;
        }
    }
}

/* NULL when every seat can be given to somebody within the limit; else the slot that is left. */
static const struct tb_slot *unfilled(struct match *m)
{
    for (int i = 0; i < m->n; i++) {
        memset(m->seen, 0, sizeof m->seen);
        if (!augment(m, i)) return &m->y->slots[m->seats[i]];
    }
    return NULL;
}

static int windows;

static void must_fill(struct match *m, const struct tb_rule *rule, tb_day from, tb_day to)
{
    windows++;
    const struct tb_slot *s = unfilled(m);
    char a[32], b[32], c[32];
    if (s)
        fail_msg("%s: %s to %s: %d seats cannot all be filled; %s on %s is left", rule->id,
                 tb_format_date(from, a, sizeof a), tb_format_date(to, b, sizeof b), m->n,
                 m->y->r->duties[s->duty].id, tb_format_date(s->date, c, sizeof c));
}

static tb_day next_of_class(const struct tb_region *r, int class_, tb_day d, tb_day end)
{
    for (tb_day x = d + 1; x <= end; x++)
        if (tb_day_classes(r, -1, x) >> class_ & 1) return x;
    return TB_DAY_NONE;
}

static void count_rule(struct match *m, const struct tb_rule *rule, const struct tb_rule_args *args)
{
    const struct year *y = m->y;
    m->each = 1;
    m->by_person = false;
    switch ((int)args->type) {
    case TB_RULE_REST_DAYS:
        for (tb_day d = y->from; d + args->days - 1 <= y->to; d++) {
            collect(m, rule, args->roles, d, d + args->days - 1, NULL);
            must_fill(m, rule, d, d + args->days - 1);
        }
        return;
    case TB_RULE_CLASS_RUN:
        for (tb_day d = next_of_class(y->r, args->class_, y->from - 1, y->to), e;
             (e = next_of_class(y->r, args->class_, d, y->to)) != TB_DAY_NONE; d = e) {
            collect(m, rule, args->roles, d, e, (tb_day[]){d, e});
            must_fill(m, rule, d, e);
        }
        return;
    case TB_RULE_PERSON_DAY:
        m->by_person = true;
        m->each = args->max;
        for (tb_day d = y->from; d <= y->to; d++) {
            collect(m, rule, args->roles, d, d, NULL);
            must_fill(m, rule, d, d);
        }
        return;
    case TB_RULE_LIMIT_COUNT:
        assert_true(args->max <= TAKEN_MAX && args->class_ < 0);
        m->each = args->max;
        for (tb_day d = y->from, e; d <= y->to; d = e + 1) {
            struct tb_ymd now = tb_ymd_of(d);
            e = args->unit == TB_UNIT_YEAR ? y->to
                                           : tb_day_of(now.year + now.month / 12, now.month % 12 + 1, 1) - 1;
            collect(m, rule, args->roles, d, e, NULL);
            must_fill(m, rule, d, e);
        }
        return;
    default:
        return; /* links, pairs and single-seat rules: in `able`, or one seat at a time */
    }
}

static int count_region(const struct tb_region *r, tb_day from, tb_day to)
{
    struct year y = year_of(r, from, to);
    struct match *m = tb_arena_alloc(&y.arena, sizeof *m);
    m->y = &y;
    assert_true(r->n_providers <= 600);
    windows = 0;
    for (int i = 0; i < r->n_rules; i++) {
        struct tb_rule_args args;
        struct tb_err e = {0};
        assert_int_equal(tb_rule_parse(r, &r->rules[i], &y.arena, &args, &e), TB_OK);
        if (tb_rule_hard(&r->rules[i])) count_rule(m, &r->rules[i], &args);
    }
    tb_arena_free(&y.arena);
    return windows;
}

/* ---- sizes -------------------------------------------------------------------------------- */

static int areas_at(const struct tb_region *r, int level)
{
    int n = 0;
    for (int i = 0; i < r->n_areas; i++) n += r->areas[i].level == level;
    return n;
}

static void it_has_the_true_structure(void **state)
{
    (void)state;
    assert_int_equal(areas_at(sample, TB_LEVEL_REGION), 1);
    assert_int_equal(areas_at(sample, TB_LEVEL_MUNICIPALITY), 6);
    assert_int_equal(areas_at(sample, TB_LEVEL_ZONE), 3);
    assert_int_equal(areas_at(sample, TB_LEVEL_COMMUNITY), 19);
    assert_int_equal(areas_at(sample, TB_LEVEL_DISTRICT), 54 + 8); /* 金沢, 白山 */
    int centres = 0, branches = 0, people = 0, associations = 0, parts = 0, young = 0;
    int city = tb_find_area(sample, "17210");
    for (int i = 0; i < sample->n_areas; i++) {
        if (sample->areas[i].parent != city) continue;
        parts += sample->areas[i].population;
        young += sample->areas[i].under15;
    }
    assert_int_equal(parts, sample->areas[city].population);
    assert_int_equal(young, sample->areas[city].under15);
    assert_int_equal(tb_region_ways(sample).untold, 0);
    for (int i = 0; i < sample->n_centres; i++) {
        assert_int_equal(sample->areas[sample->centres[i].area].level, TB_LEVEL_COMMUNITY);
        *(strstr(sample->centres[i].id, "branch") ? &branches : &centres) += 1;
    }
    for (int i = 0; i < sample->n_areas; i++)
        if (sample->areas[i].level == TB_LEVEL_MUNICIPALITY) people += sample->areas[i].population;
    for (int i = 0; i < sample->n_bodies; i++) associations += sample->bodies[i].kind == 0;
    assert_int_equal(centres, 19);
    assert_int_equal(branches, 2);
    assert_int_equal(people, 729320);
    assert_int_equal(associations, 3);
    assert_in_range(sample->n_providers, 327, 444);
}

static int pool(const char *duty)
{
    int d = tb_find_duty(sample, duty), n = 0;
    assert_true(d >= 0);
    for (int i = 0; i < sample->n_members; i++) n += sample->members[i].duty == d;
    return n;
}

static void its_pools_have_the_sizes_of_the_field(void **state)
{
    (void)state;
    static const struct {
        const char *duty;
        int n;
    } pools[] = {{"night-internal", 115}, {"night-paed", 35},      {"clinic-internal", 45},
                 {"clinic-paed", 14},     {"clinic-surgical", 16}, {"clinic-obgyn", 8},
                 {"clinic-eye", 10},      {"clinic-ent", 9},       {"clinic-skin", 8},
                 {"rotation-paed", 5},    {"kahoku", 20},          {"pharmacy-kanazawa", 12},
                 {"pharmacy-hakusan", 6}, {"pharmacy-kahoku", 5}};
    for (size_t i = 0; i < TB_COUNT(pools); i++) assert_int_equal(pool(pools[i].duty), pools[i].n);
    assert_int_equal(pool("hakusan-internal") + pool("hakusan-surgical"), 35);
    static const struct {
        const char *share;
        int n;
    } shares[] = {{"kanazawa", 22}, {"hakusan", 4}, {"nonoichi", 3}, {"kahoku", 3}, {"uchinada", 3}};
    for (size_t i = 0; i < TB_COUNT(shares); i++) {
        int n = 0;
        for (int k = 0; k < sample->n_members; k++)
            n += strcmp(sample->members[k].share, shares[i].share) == 0;
        assert_int_equal(n, shares[i].n);
    }
}

static int slots_between(const struct tb_region *r, tb_day from, tb_day to, const char *duty)
{
    struct tb_arena a = {0};
    struct tb_slot *slots;
    int n, all[64], n_all = 0;
    for (int i = 0; i < r->n_duties; i++)
        if (!duty || strcmp(r->duties[i].id, duty) == 0) all[n_all++] = i;
    n = tb_slots_of(r, all, n_all, from, to, &a, &slots);
    tb_arena_free(&a);
    return n;
}

static void its_calendar_has_the_right_days(void **state)
{
    (void)state;
    tb_day from = tb_day_of(2026, 4, 1), to = tb_day_of(2027, 3, 31);
    /* Sundays, holidays, 12/29 to 1/3 */
    assert_int_equal(slots_between(sample, from, to, "clinic-eye"), 73);
    /* and the Friday of Obon */
    assert_int_equal(slots_between(sample, from, to, "clinic-internal"), 74);
    assert_int_equal(slots_between(sample, from, to, "clinic-skin"), 72); /* but New Year's Day */
    assert_int_equal(slots_between(sample, from, to, "kahoku"), 73);
    assert_int_equal(slots_between(sample, from, to, "night-paed"), 2 * 365); /* and a reserve each */
    assert_int_equal(slots_between(sample, from, to, "rotation-internal"), 365 + 73);
    assert_int_equal(slots_between(sample, from, to, "day-paed"), 5);
    assert_in_range(slots_between(sample, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), NULL), 340, 460);
}

static void a_third_of_the_members_answers_and_in_every_way(void **state)
{
    (void)state;
    for (int v = 0; v < sample->n_surveys; v++) {
        int asked = 0, answered = 0;
        for (int p = 0; p < sample->n_providers; p++) {
            bool in = false, told = false;
            for (int i = 0; i < sample->n_members; i++)
                in = in || (sample->members[i].provider == p &&
                            holds(&sample->surveys[v].duties, sample->members[i].duty));
            for (int i = 0; i < sample->n_wishes; i++)
                told = told || (sample->wishes[i].provider == p && sample->wishes[i].survey == v);
            asked += in;
            answered += told;
        }
        if (asked > 20) assert_in_range(100 * answered / asked, 22, 45);
    }
    for (int type = TB_WISH_CANNOT; type <= TB_WISH_ANY; type++) {
        int n = 0;
        for (int i = 0; i < sample->n_wishes; i++) n += sample->wishes[i].type == type;
        assert_true(n > 0);
    }
}

static void every_ledger_opens_with_a_sum_of_zero(void **state)
{
    (void)state;
    for (int l = 0; l < sample->n_ledgers; l++) {
        int64_t sum = 0;
        for (int i = 0; i < sample->n_balances; i++)
            if (sample->balances[i].ledger == l) {
                sum += sample->balances[i].carried;
                assert_int_equal(sample->balances[i].date, tb_day_of(2026, 3, 31));
            }
        assert_int_equal(sum, 0);
    }
}

static void consulting_hours_have_something_to_do(void **state)
{
    (void)state;
    /* かほく, closing at 19:00: thirty-nine minutes on the road end after 19:30; 金沢, closing at 18:30,
     * arrives. */
    int night = tb_find_duty(sample, "night-paed"), far = tb_find_provider(sample, "d-ped-22");
    struct tb_arena a = {0};
    struct tb_slot *slots;
    int n, near_late = 0;
    /* a Monday */
    n = tb_slots_of(sample, &night, 1, tb_day_of(2026, 6, 1), tb_day_of(2026, 6, 1), &a, &slots);
    assert_true(n > 0 && far >= 0);
    assert_false(arrives(sample, &slots[0], far, 10));
    for (int i = 0; i < sample->n_hours; i++) {
        const struct tb_hour *h = &sample->hours[i];
        if (h->to != 18 * 60 + 30 || !(h->weekdays >> 1 & 1)) continue;
        int area = sample->providers[h->provider].area;
        if (strcmp(sample->areas[tb_area_at_level(sample, area, TB_LEVEL_MUNICIPALITY)].id, "17201") != 0)
            continue;
        near_late++;
        assert_true(arrives(sample, &slots[0], h->provider, 10));
    }
    assert_true(near_late > 5);
    tb_arena_free(&a);
}

static void it_says_that_it_is_fictitious(void **state)
{
    (void)state;
    static const char *const dirs[] = {SAMPLE,
                                       "rosters/iga-three-hospitals",
                                       "rosters/imabari-split",
                                       "rosters/blank-day",
                                       "rosters/one-association-29",
                                       "rosters/three-tiers",
                                       "rosters/home-care-deputies"};
    for (size_t i = 0; i < TB_COUNT(dirs); i++) {
        struct tb_region *r = read_region(dirs[i]);
        assert_non_null(strstr(r->regions[0].notice, "架空"));
        tb_region_free(r);
    }
}

/* ---- what can be filled, and what cannot ---------------------------------------------------------- */

static void every_window_of_the_year_can_be_filled(void **state)
{
    (void)state;
    assert_true(count_region(sample, tb_day_of(2026, 4, 1), tb_day_of(2027, 3, 31)) > 3000);
}

static void three_hospitals_share_forty_two_slots(void **state)
{
    (void)state;
    struct tb_region *r = read_region("rosters/iga-three-hospitals");
    assert_int_equal(slots_between(r, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), NULL), 42);
    tb_region_free(r);
}

static void a_split_duty_leaves_no_minute_open(void **state)
{
    (void)state;
    struct tb_region *r = read_region("rosters/imabari-split");
    struct tb_arena a = {0};
    struct tb_slot *slots;
    int n, both[] = {0, 1};
    assert_int_equal(r->n_duties, 2);
    tb_day d = tb_day_of(2026, 12, 3);
    n = tb_slots_of(r, both, 2, d, d, &a, &slots);
    tb_minute covered = 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < slots[i].n_intervals; k++)
            covered += slots[i].interval[k].to - slots[i].interval[k].from;
    assert_int_equal(n, 2);
    assert_int_equal(covered, 24 * 60);
    tb_arena_free(&a);
    assert_true(count_region(r, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31)) > 0);
    tb_region_free(r);
}

static void one_association_fills_its_year_with_two_or_three_each(void **state)
{
    (void)state;
    struct tb_region *r = read_region("rosters/one-association-29");
    tb_day from = tb_day_of(2026, 4, 1), to = tb_day_of(2027, 3, 31);
    assert_int_equal(r->n_providers, 29);
    assert_int_equal(slots_between(r, from, to, NULL), 69);
    assert_true(count_region(r, from, to) > 200);
    tb_region_free(r);
}

static void the_blank_day_stays_blank(void **state)
{
    (void)state;
    struct tb_region *r = read_region("rosters/blank-day");
    tb_day d = tb_day_of(2026, 8, 30);
    struct year y = year_of(r, tb_day_of(2026, 8, 1), tb_day_of(2026, 8, 31));
    int left = -1;
    for (int i = 0; i < y.n; i++)
        if (y.slots[i].date == d) {
            assert_int_equal(y.n_able[i], 1); /* one is exempt, one cannot */
            left = y.able[i][0];
        }
    /* and the third is fixed for the next night, with a rest of two days */
    assert_int_equal(r->n_pins, 1);
    assert_int_equal(r->pins[0].provider, left);
    assert_int_equal(r->pins[0].date, d + 1);
    tb_arena_free(&y.arena);
    tb_region_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_the_true_structure),
        cmocka_unit_test(its_pools_have_the_sizes_of_the_field),
        cmocka_unit_test(its_calendar_has_the_right_days),
        cmocka_unit_test(a_third_of_the_members_answers_and_in_every_way),
        cmocka_unit_test(every_ledger_opens_with_a_sum_of_zero),
        cmocka_unit_test(consulting_hours_have_something_to_do),
        cmocka_unit_test(it_says_that_it_is_fictitious),
        cmocka_unit_test(every_window_of_the_year_can_be_filled),
        cmocka_unit_test(three_hospitals_share_forty_two_slots),
        cmocka_unit_test(a_split_duty_leaves_no_minute_open),
        cmocka_unit_test(one_association_fills_its_year_with_two_or_three_each),
        cmocka_unit_test(the_blank_day_stays_blank),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
