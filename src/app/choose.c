/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who could sit where: the roster with one seat changed, judged by check, for each that might be meant.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/choose.h"

#define THREADS 2

/* One draft under many small changes. */
struct bench {
    const struct tb_app_draft *d;
    struct tb_problem p; /* as after its publication, when it has one */
    tb_checker *checker;
    struct tb_verdict *now;
    struct tb_roster with;
};

static void bench_open(struct bench *b, const struct tb_app_draft *d)
{
    *b = (struct bench){.d = d, .p = *d->problem};
    b->p.pins = app_pins_after(d, &b->p.n_pins);
    b->with.a = tb_xcalloc((size_t)d->roster.n + 1, sizeof *b->with.a);
    b->checker = tb_checker_new(&b->p);
    tb_checker_judge(b->checker, &d->roster, &b->now);
}

static void bench_close(struct bench *b)
{
    tb_verdict_free(b->now);
    tb_checker_free(b->checker);
    tb_roster_free(&b->with);
    free(b->p.pins);
}

/* The roster with `provider` in the slot, in the seat of `who` or in an open one. */
static struct tb_verdict *judge(struct bench *b, int slot, int who, int provider)
{
    const struct tb_roster *r = &b->d->roster;
    struct tb_verdict *v;
    int gone = who < 0 ? -1 : tb_roster_find(r, slot, who);
    if (r->n) memcpy(b->with.a, r->a, (size_t)r->n * sizeof *r->a);
    b->with.n = r->n;
    if (gone >= 0)
        b->with.a[gone].provider = provider;
    else
        b->with.a[b->with.n++] = (struct tb_assignment){slot, 0, provider};
    tb_checker_judge(b->checker, &b->with, &v);
    return v;
}

static bool may_be_asked(const struct bench *b, int slot, int provider)
{
    const struct tb_region *r = b->p.region;
    const struct tb_slot *s = &b->p.slots[slot];
    return tb_member_on(r, s->duty, provider, s->date) >= 0 &&
           r->providers[provider].kind == r->duties[s->duty].kind &&
           tb_roster_find(&b->d->roster, slot, provider) < 0;
}

/* Without the price of open seats: filling one is no reason to call him cheap. */
static int64_t worth(const struct tb_verdict *v) { return v->objective - v->open_cost; }

static void weigh(struct bench *b, struct tb_choice *x, const struct tb_verdict *v)
{
    for (int i = 0; i < v->n_hard; i++) x->n_hard += !tb_violation_in(&v->violations[i], b->now);
    x->cost = worth(v) - worth(b->now);
    x->mark = x->n_hard ? TB_CHOICE_MAY_NOT : x->cost > 0 ? TB_CHOICE_PRICE : TB_CHOICE_MAY;
}

/* ---- what is told of one choice --------------------------------------------------------------------- */

static void reasons(const struct bench *b, const struct tb_verdict *v, struct tb_choice *x)
{
    int n = 0;
    x->rules = tb_xcalloc((size_t)x->n_hard + 1, sizeof *x->rules);
    for (int i = 0; i < v->n_violations; i++) {
        if (tb_violation_in(&v->violations[i], b->now)) continue;
        struct tb_buf text = {0};
        tb_violation_short(&b->p, &v->violations[i], x->slot, &text);
        tb_notes_add(&x->why, "%s", tb_buf_str(&text));
        tb_buf_free(&text);
        if (i < v->n_hard) x->rules[n++] = v->violations[i].rule;
    }
}

static void first_hit(void *arg, int ledger, int account)
{
    int *x = arg;
    if (x[0] < 0) {
        x[0] = ledger;
        x[1] = account;
    }
}

static void account(const struct bench *b, const struct tb_verdict *v, struct tb_choice *x)
{
    const struct tb_problem *p = &b->p;
    const struct tb_slot *s = &p->slots[x->slot];
    int hit[2] = {-1, -1};
    tb_counts_for(p->region, tb_problem_persons(p, s->date), s, x->provider, first_hit, hit);
    int at = hit[0] < 0 ? -1 : tb_counter_find(p, hit[0], tb_problem_account(p, hit[0], hit[1]));
    x->ledger = at < 0 ? -1 : hit[0];
    if (at < 0) return;
    x->before = 100 * b->now->loads[at] - p->counters[at].entitlement;
    x->after = 100 * v->loads[at] - p->counters[at].entitlement;
}

static void near(struct tb_choice *x, tb_day on, tb_day date)
{
    if (date < on && (x->last == TB_DAY_NONE || date > x->last)) x->last = date;
    if (date > on && (x->next == TB_DAY_NONE || date < x->next)) x->next = date;
}

/* His duties on record: of the draft, of what binds it, of the region's history. */
static void neighbours(const struct bench *b, struct tb_choice *x)
{
    const struct tb_problem *p = &b->p;
    const struct tb_region *r = p->region;
    tb_day on = p->slots[x->slot].date;
    x->last = x->next = TB_DAY_NONE;
    for (int i = 0; i < b->d->roster.n; i++)
        if (b->d->roster.a[i].provider == x->provider) near(x, on, p->slots[b->d->roster.a[i].slot].date);
    for (int i = 0; i < p->n_bound; i++)
        if (p->bound[i].provider == x->provider) near(x, on, p->slots[p->bound[i].slot].date);
    for (int i = 0; i < r->n_histories; i++)
        if (r->histories[i].provider == x->provider) near(x, on, r->histories[i].date);
}

static int wish_of(const struct tb_app_draft *d, const struct tb_choice *x)
{
    const struct tb_region *now = d->today ? d->today : d->region;
    const struct tb_slot *s = &d->problem->slots[x->slot];
    const char *id = d->region->providers[x->provider].id;
    for (int i = 0; i < now->n_wishes; i++) {
        const struct tb_wish *w = &now->wishes[i];
        tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
        if (w->from != TB_DAY_NONE && s->date >= w->from && s->date <= to &&
            strcmp(now->providers[w->provider].id, id) == 0 &&
            (w->duty < 0 || strcmp(now->duties[w->duty].id, d->region->duties[s->duty].id) == 0))
            return i;
    }
    return -1;
}

static bool in_reserve_here(const struct bench *b, const struct tb_choice *x)
{
    const struct tb_slot *s = &b->p.slots[x->slot];
    if (s->role == TB_RESERVE) return false;
    int beside = tb_slot_find(&b->p, s->duty, s->date, s->band, TB_RESERVE);
    return beside >= 0 && tb_roster_find(&b->d->roster, beside, x->provider) >= 0;
}

/* ---- a seat ------------------------------------------------------------------------------------------- */

#define ORDER(a, b) \
    do { \
        if ((a) != (b)) return (a) < (b) ? -1 : 1; \
    } while (0)

static int by_ease(const void *p, const void *q)
{
    const struct tb_choice *x = p, *y = q;
    ORDER(x->n_hard, y->n_hard);
    ORDER(x->mark, y->mark);
    ORDER(x->cost, y->cost);
    ORDER(x->before, y->before);
    ORDER(x->last, y->last);
    ORDER(x->provider, y->provider);
    return 0;
}

/* Every `of`th person from the `first`th on, by a thread of its own: judging is most of the time that a click
 * takes, and nothing is shared but what nobody changes. */
struct part {
    const struct tb_app_draft *d;
    int slot, who, first, of;
    struct tb_choice *v;
    size_t n, cap;
    enum tb_lang lang;
    pthread_t thread;
};

static void *judge_part(void *arg)
{
    struct part *x = arg;
    struct bench b;
    tb_lang_set(x->lang);
    bench_open(&b, x->d);
    for (int k = x->first; k < b.p.region->n_providers; k += x->of) {
        if (!may_be_asked(&b, x->slot, k)) continue;
        struct tb_choice c = {.slot = x->slot, .provider = k, .instead_of = x->who};
        struct tb_verdict *v = judge(&b, x->slot, x->who, k);
        weigh(&b, &c, v);
        reasons(&b, v, &c);
        account(&b, v, &c);
        neighbours(&b, &c);
        c.wish = wish_of(x->d, &c);
        c.reserve_here = in_reserve_here(&b, &c);
        tb_verdict_free(v);
        *TB_PUSH(x->v, x->n, x->cap) = c;
    }
    bench_close(&b);
    return NULL;
}

enum tb_code tb_app_choices(const struct tb_app *app, const struct tb_app_draft *d, int slot, int who,
                            struct tb_choices *out, struct tb_err *e)
{
    struct part part[THREADS];
    size_t n = 0;
    *out = (struct tb_choices){0};
    enum tb_code c = app_may(app, TB_USE_CHOICES, e);
    if (c) return c;
    for (int i = 0; i < THREADS; i++) {
        part[i] =
            (struct part){.d = d, .slot = slot, .who = who, .first = i, .of = THREADS, .lang = tb_lang_get()};
        /* Where there is no thread the caller does it. */
        if (i && pthread_create(&part[i].thread, NULL, judge_part, &part[i])) {
            judge_part(&part[i]);
            part[i].of = 0;
        }
    }
    judge_part(&part[0]);
    for (int i = 1; i < THREADS; i++)
        if (part[i].of) pthread_join(part[i].thread, NULL);
    for (int i = 0; i < THREADS; i++) n += part[i].n;
    out->v = tb_xcalloc(n + 1, sizeof *out->v);
    for (int i = 0; i < THREADS; i++) {
        if (part[i].n) memcpy(out->v + out->n, part[i].v, part[i].n * sizeof *out->v);
        out->n += (int)part[i].n;
        free(part[i].v);
    }
    if (n) qsort(out->v, n, sizeof *out->v, by_ease);
    return TB_OK;
}

void tb_choices_free(struct tb_choices *x)
{
    for (int i = 0; i < x->n; i++) {
        tb_notes_free(&x->v[i].why);
        free(x->v[i].rules);
    }
    free(x->v);
    *x = (struct tb_choices){0};
}

/* ---- a person ---- */

/* Whose seats of the slot could become his: an open one, or that of each who sits there. */
static int holders(const struct bench *b, int slot, int *out)
{
    int n = 0;
    for (int i = 0; i < b->d->roster.n; i++)
        if (b->d->roster.a[i].slot == slot) out[n++] = b->d->roster.a[i].provider;
    if (n >= b->p.slots[slot].need) return n;
    out[0] = -1;
    return 1;
}

enum tb_code tb_app_places(const struct tb_app *app, const struct tb_app_draft *d, int provider, tb_day from,
                           tb_day to, struct tb_choices *out, struct tb_err *e)
{
    struct bench b;
    size_t n = 0, cap = 0;
    *out = (struct tb_choices){0};
    enum tb_code c = app_may(app, TB_USE_PLACES, e);
    if (c) return c;
    bench_open(&b, d);
    int *who = tb_xcalloc((size_t)d->roster.n + 1, sizeof *who);
    for (int slot = 0; slot < b.p.n_slots; slot++) {
        const struct tb_slot *s = &b.p.slots[slot];
        if (!s->planned || s->date < from || s->date > to || !may_be_asked(&b, slot, provider)) continue;
        struct tb_choice best = {.slot = -1};
        for (int i = 0, m = holders(&b, slot, who); i < m; i++) {
            struct tb_choice x = {
                .slot = slot, .provider = provider, .instead_of = who[i], .wish = -1, .ledger = -1};
            struct tb_verdict *v = judge(&b, slot, who[i], provider);
            weigh(&b, &x, v);
            tb_verdict_free(v);
            if (best.slot < 0 || x.n_hard < best.n_hard || (x.n_hard == best.n_hard && x.cost < best.cost))
                best = x;
        }
        *TB_PUSH(out->v, n, cap) = best;
    }
    out->n = (int)n;
    free(who);
    bench_close(&b);
    return TB_OK;
}

/* ---- seats that hang by a thread -------------------------------------------------------------------- */

static int fewest_first(const void *p, const void *q)
{
    const struct tb_thin *x = p, *y = q;
    ORDER(x->n, y->n);
    ORDER(x->slot, y->slot);
    return 0;
}

enum tb_code tb_app_thin(const struct tb_app *app, const struct tb_app_draft *d, struct tb_thin **out, int *n,
                         struct tb_err *e)
{
    struct bench b;
    size_t count = 0, cap = 0;
    *out = NULL;
    *n = 0;
    enum tb_code c = app_may(app, TB_USE_THIN, e);
    if (c) return c;
    bench_open(&b, d);
    int *who = tb_xcalloc((size_t)d->roster.n + 1, sizeof *who);
    for (int slot = 0; slot < b.p.n_slots; slot++) {
        if (!b.p.slots[slot].planned) continue;
        for (int i = 0, m = holders(&b, slot, who); i < m; i++) {
            struct tb_thin x = {.slot = slot, .holder = who[i]};
            for (int k = 0; k < b.p.region->n_providers && x.n <= TB_THIN; k++) {
                if (!may_be_asked(&b, slot, k)) continue;
                struct tb_choice one = {0};
                struct tb_verdict *v = judge(&b, slot, who[i], k);
                weigh(&b, &one, v);
                tb_verdict_free(v);
                if (one.n_hard) continue;
                if (x.n < TB_THIN) x.others[x.n] = k;
                x.n++;
            }
            if (x.n <= TB_THIN) *TB_PUSH(*out, count, cap) = x;
        }
    }
    if (count) qsort(*out, count, sizeof **out, fewest_first);
    *n = (int)count;
    free(who);
    bench_close(&b);
    return TB_OK;
}

const char *tb_choice_sign(enum tb_choice_mark mark)
{
    static const char *const sign[] = {
        [TB_CHOICE_MAY] = "○", [TB_CHOICE_PRICE] = "△", [TB_CHOICE_MAY_NOT] = "×"};
    return sign[mark];
}
