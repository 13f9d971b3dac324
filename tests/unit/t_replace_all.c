/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whom to call when somebody drops out, held against everybody there is: by check, one roster for each
 * person. On small random regions with random rosters; and for the bench on the seats of a data file:
 *
 *   t_replace_all              random regions
 *   t_replace_all DB FROM TO   for each seat of the drafts on these days: SEAT PROVIDER and whether anybody
 * can take it without breaking a hard rule, everybody else staying where he is (1), only somebody in reserve
 * there (2), or nobody (0)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "toban/app/hand.h"

#define REGIONS 150

/* Hard breaches that the first has and the second has not. */
static int newly(const struct tb_verdict *v, const struct tb_verdict *now)
{
    int n = 0;
    for (int i = 0; i < v->n_hard; i++) {
        bool there = false;
        for (int k = 0; k < now->n_hard; k++) {
            const struct tb_violation *x = &v->violations[i], *y = &now->violations[k];
            there |= strcmp(x->rule, y->rule) == 0 && x->provider == y->provider && x->area == y->area &&
                     x->slots[0] == y->slots[0] && x->slots[1] == y->slots[1] && x->from == y->from &&
                     x->to == y->to && x->measured == y->measured && x->excess == y->excess;
        }
        n += !there;
    }
    return n;
}

/* The seat at a[at] to `who`, who leaves his own seat of that place and time when `steps_up`. */
static int breaks(const struct tb_problem *p, const struct tb_roster *roster, int at, int who, bool steps_up,
                  const struct tb_verdict *now)
{
    const struct tb_slot *s = &p->slots[roster->a[at].slot];
    struct tb_roster r = {tb_xcalloc((size_t)roster->n + 1, sizeof *r.a), 0};
    for (int i = 0; i < roster->n; i++) {
        const struct tb_slot *o = &p->slots[roster->a[i].slot];
        if (steps_up && i != at && roster->a[i].provider == who && o->duty == s->duty && o->date == s->date &&
            o->band == s->band)
            continue;
        r.a[r.n] = roster->a[i];
        if (i == at) r.a[r.n].provider = who;
        r.n++;
    }
    struct tb_verdict *v;
    tb_check(p, &r, &v);
    int n = newly(v, now);
    tb_verdict_free(v);
    tb_roster_free(&r);
    return n;
}

static bool sits(const struct tb_roster *r, int slot, int who)
{
    for (int i = 0; i < r->n; i++)
        if (r->a[i].slot == slot && r->a[i].provider == who) return true;
    return false;
}

/* Fewest newly broken hard rules over everybody else of the region whom the duty ever had; *kept: with
 * everybody else where he is. -1: nobody is left. */
static int fewest(const struct tb_problem *p, const struct tb_roster *roster, int at,
                  const struct tb_verdict *now, int *kept)
{
    const struct tb_slot *s = &p->slots[roster->a[at].slot];
    int beside = s->role == TB_PRIMARY ? tb_slot_find(p, s->duty, s->date, s->band, TB_RESERVE) : -1,
        best = -1;
    bool planned = beside >= 0 && p->slots[beside].planned;
    *kept = -1;
    for (int m = 0; m < p->region->n_members; m++) {
        int who = p->region->members[m].provider;
        if (p->region->members[m].duty != s->duty || who == roster->a[at].provider ||
            sits(roster, roster->a[at].slot, who))
            continue;
        bool reserve = planned && sits(roster, beside, who);
        int n = breaks(p, roster, at, who, reserve, now);
        if (tb_member_on(p->region, s->duty, who, s->date) < 0) {
            assert_true(n > 0); /* who is no member is nobody to call */
            continue;
        }
        if (best < 0 || n < best) best = n;
        if (!reserve && (*kept < 0 || n < *kept)) *kept = n;
    }
    return best;
}

static void sit_somehow(struct fx_dice *d, const struct tb_problem *p, struct tb_roster *r)
{
    size_t n = 0, cap = 0;
    for (int s = 0; s < p->n_slots; s++) {
        const struct tb_slot *x = &p->slots[s];
        for (int seat = 0; x->planned && seat < x->need; seat++)
            for (int tries = 0; tries < 4; tries++) {
                int who = fx_roll(d, 0, p->region->n_providers - 1);
                bool no = tb_member_on(p->region, x->duty, who, x->date) < 0 ||
                          p->region->providers[who].kind != p->region->duties[x->duty].kind;
                for (size_t i = 0; i < n; i++)
                    no |= r->a[i].provider == who && p->slots[r->a[i].slot].date == x->date;
                if (no) continue;
                *TB_PUSH(r->a, n, cap) = (struct tb_assignment){s, seat + 1, who};
                break;
            }
    }
    r->n = (int)n;
    tb_roster_normalise(p, r);
}

static void the_first_to_call_breaks_least_of_all_there_are(void **state)
{
    (void)state;
    struct fx_dice d = {4242};
    int seats = 0, free_of = 0, up = 0;
    for (int done = 0; done < REGIONS;) {
        struct fx *f = fx_draw(&d);
        if (!f) continue;
        done++;
        struct tb_app_draft draft = {.region = f->region, .problem = f->problem};
        struct tb_verdict *now;
        sit_somehow(&d, f->problem, &draft.roster);
        tb_check(f->problem, &draft.roster, &now);
        for (int i = 0; i < draft.roster.n; i++) {
            struct tb_substitutes s;
            int kept, best = fewest(f->problem, &draft.roster, i, now, &kept);
            assert_int_equal(tb_app_replace(&(struct tb_app){.db = NULL}, &draft, draft.roster.a[i].slot,
                                            draft.roster.a[i].provider, &s, NULL),
                             TB_OK);
            assert_int_equal(s.n ? s.v[0].n_hard : -1, best);
            for (int k = 1; k < s.n; k++) assert_true(s.v[k - 1].n_hard <= s.v[k].n_hard);
            seats++;
            free_of += best == 0;
            up += s.n && s.v[0].reserve_slot >= 0;
            tb_substitutes_free(&s);
        }
        tb_verdict_free(now);
        tb_roster_free(&draft.roster);
        fx_free(f);
    }
    print_message("# %d seats: for %d somebody breaks nothing, %d times the reserve is first\n", seats,
                  free_of, up);
    assert_true(seats > 300 && free_of > 100 && free_of < seats && up > 10);
}

static int tell(const char *db, const char *from, const char *to)
{
    struct tb_app app = {.db = db, .actor = {.name = "bench"}};
    struct tb_err e = {0};
    tb_day first, last;
    if (!tb_parse_date(from, &first) || !tb_parse_date(to, &last)) return 2;
    for (int64_t id = 1;; id++) {
        struct tb_app_draft d;
        enum tb_code c = tb_app_open_draft(&app, id, NULL, false, &d, &e);
        if (c != TB_OK) {
            if (id == 1 || c != TB_NO) fprintf(stderr, "%s\n", e.text);
            return id == 1 || c != TB_NO;
        }
        const struct tb_problem *p = d.problem;
        for (int i = 0; i < d.roster.n; i++) {
            const struct tb_slot *s = &p->slots[d.roster.a[i].slot];
            char date[64];
            if (s->date < first || s->date > last) continue;
            int kept, best = fewest(p, &d.roster, i, d.verdict, &kept);
            printf("%s:%s:%s%s %s %d\n", d.region->duties[s->duty].id,
                   tb_format_date(s->date, date, sizeof date), d.region->bands[s->band].id,
                   s->role == TB_RESERVE ? ":reserve" : "", d.region->providers[d.roster.a[i].provider].id,
                   kept == 0   ? 1
                   : best == 0 ? 2
                               : 0);
        }
        tb_app_draft_free(&d);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    if (argc == 4) return tell(argv[1], argv[2], argv[3]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_first_to_call_breaks_least_of_all_there_are)};
    return cmocka_run_group_tests_name("replace held against everybody", tests, NULL, NULL);
}
