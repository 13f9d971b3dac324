/*
 * t_engine_gen: makes programs shaped like the roster models, for the engine's
 * tests and measurements before and beside the planner: pools of providers,
 * slots per day, availability, rest windows, one duty a day, links between
 * persons and houses, nested counters with convex unit steps.  Deterministic
 * in the seed.  Integer data throughout.
 */
#ifndef T_ENGINE_GEN_H
#define T_ENGINE_GEN_H

#include <glpk.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static uint64_t gen_state;

static void gen_seed(uint64_t s) { gen_state = s * 2654435761u + 88172645463325252u; }

static unsigned gen_next(void)
{
    gen_state ^= gen_state << 13;
    gen_state ^= gen_state >> 7;
    gen_state ^= gen_state << 17;
    return (unsigned)(gen_state >> 33);
}

/* Uniform in 0..n-1. */
static int gen_below(int n) { return (int)(gen_next() % (unsigned)n); }

/* Rows and columns under construction. */
struct gen {
    glp_prob *P;
    int *ind;
    double *val;
    int len;
};

static void gen_put(struct gen *g, int col, double v)
{
    g->ind[++g->len] = col;
    g->val[g->len] = v;
}

/* Closes the row being put together: GLP_UP, GLP_LO or GLP_FX with b. */
static int gen_row(struct gen *g, int type, double b)
{
    int i = glp_add_rows(g->P, 1);

    glp_set_row_bnds(g->P, i, type, b, b);
    glp_set_mat_row(g->P, i, g->len, g->ind, g->val);
    g->len = 0;
    return i;
}

static int gen_col(struct gen *g, bool binary, double up, double cost)
{
    int j = glp_add_cols(g->P, 1);

    glp_set_obj_coef(g->P, j, cost);
    if (binary)
        glp_set_col_kind(g->P, j, GLP_BV);
    else if (up > 0)
        glp_set_col_bnds(g->P, j, GLP_DB, 0, up);
    else
        glp_set_col_bnds(g->P, j, GLP_LO, 0, 0);
    return j;
}

/* One candidate: a provider in a slot. */
struct gen_cand {
    int col, who, day, slot, pool, town;
    bool heavy, big;
};

struct gen_size {
    int regions, days;
    int away;  /* per cent of days a provider is not available */
    int links; /* persons with a house, per region */
    int scale; /* per cent of the region's providers, 100 the true size */
    bool soft; /* some priced windows */
    bool wish; /* costs on candidates */
};

enum { GEN_POOLS = 12, GEN_NIGHT = 0, GEN_CHILD = 1, GEN_HOUSE = 2, GEN_WARD = 3 };

/* Providers, weight of rest (days), seats a day, of a pool in one region. */
struct gen_pool {
    int people, rest, seats, away;
    bool holidays; /* on Sundays and holidays only */
};

static struct gen_pool gen_pool(const struct gen_size *z, int k)
{
    static const struct gen_pool base[GEN_POOLS] = {
        {124, 4, 2, 45, false}, {55, 3, 2, 20, false}, {17, 0, 1, 0, true}, {18, 1, 6, 35, false},
        {17, 0, 1, 0, true},    {16, 0, 1, 0, true},   {16, 0, 1, 0, true}, {16, 0, 1, 0, true},
        {16, 0, 1, 0, true},    {16, 0, 1, 0, true},   {16, 0, 1, 0, true}, {0, 0, 0, 0, true}};
    struct gen_pool p = base[k];

    p.people = (p.people * z->scale + 50) / 100;
    if (p.people < 2 && base[k].people) p.people = 2;
    return p;
}

static bool gen_sunday(int day) { return day % 7 == 5; /* the first day is a Tuesday */ }

static bool gen_big(const struct gen_size *z, int day)
{
    return day % 91 >= 29 && day % 91 <= 30 && day < z->days;
}

static bool gen_heavy(const struct gen_size *z, int day)
{
    return gen_sunday(day) || gen_big(z, day) || day % 31 == 28;
}

/* The convex steps of one counter over the columns put so far. */
static void gen_counter(struct gen *g, int e100, int w, int steps)
{
    if (!g->len) return;
    if (steps > g->len) steps = g->len;
    for (int k = 1; k <= steps; k++)
        gen_put(g, gen_col(g, false, k < steps ? 1 : 0, w * (100.0 * (2 * k - 1) - 2 * e100)), -1);
    gen_row(g, GLP_FX, 0);
}

static bool gen_in_class(const struct gen_cand *c, int class)
{
    return class == 0 || (class == 1 && c->heavy) || (class == 2 && c->big);
}

/* Entitlement in hundredths: the fair share of n seats, shaken by carry-over. */
static int gen_share(int seats, int people)
{
    int e = people ? 100 * seats / people : 0;

    return e + gen_below(121) - 60;
}

struct gen_work {
    struct gen_size z;
    struct gen g;
    struct gen_cand *c;
    int n, cap;
    bool *off; /* availability by provider and day */
    int who0, slot0;
};

static void gen_candidate(struct gen_work *w, int who, int day, int slot, int pool, int town)
{
    struct gen_cand *c;
    double cost = 0;

    if (w->z.wish && !gen_below(8)) cost = 10 * (gen_below(41) - 15);
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 4096;
        w->c = realloc(w->c, (size_t)w->cap * sizeof *w->c);
    }
    c = &w->c[w->n++];
    *c = (struct gen_cand){.who = who,
                           .day = day,
                           .slot = slot,
                           .pool = pool,
                           .town = town,
                           .heavy = gen_heavy(&w->z, day),
                           .big = gen_big(&w->z, day)};
    c->col = gen_col(&w->g, true, 1, cost);
    gen_put(&w->g, c->col, 1);
}

/* Slots, candidates and cover rows of one pool; returns the seats. */
static int gen_slots(struct gen_work *w, int pool, int first, struct gen_pool q, int who0)
{
    int seats = 0;

    for (int d = 0; d < w->z.days; d++) {
        if (q.holidays && !gen_heavy(&w->z, d)) continue;
        for (int s = 0; s < q.seats; s++) {
            for (int i = 0; i < q.people; i++) {
                if (w->off[(size_t)(first + i) * (size_t)w->z.days + (size_t)d] || gen_below(100) < q.away)
                    continue;
                gen_candidate(w, who0 + first + i, d, w->slot0, pool, (first + i) % 12);
            }
            gen_put(&w->g, gen_col(&w->g, false, 1, 4000000), 1);
            gen_row(&w->g, GLP_FX, 1);
            w->slot0++;
            seats++;
        }
    }
    return seats;
}

/* At most one (or cap) of a provider's candidates in each window. */
static void gen_windows(struct gen_work *w, int from, int who, int rest, bool soft)
{
    int last = -1;

    for (int d = 0; d + rest < w->z.days; d++) {
        int end = -1;

        w->g.len = 0;
        for (int k = from; k < w->n; k++) {
            const struct gen_cand *c = &w->c[k];

            if (c->who == who && c->day >= d && c->day <= d + rest) {
                gen_put(&w->g, c->col, 1);
                end = c->day > end ? c->day : end;
            }
        }
        if (w->g.len > 1 && (end > last || soft)) {
            if (soft) gen_put(&w->g, gen_col(&w->g, false, 0, 700), -1);
            gen_row(&w->g, GLP_UP, 1);
            last = end;
        }
        w->g.len = 0;
    }
}

static void gen_limits(struct gen_work *w, int from, int who, struct gen_pool q)
{
    gen_windows(w, from, who, q.rest, false);
    if (w->z.soft && q.rest > 1 && !gen_below(6)) gen_windows(w, from, who, q.rest + 3, true);
    for (int k = from; k < w->n; k++)
        if (w->c[k].who == who && w->c[k].big) gen_put(&w->g, w->c[k].col, 1);
    if (w->g.len > 1 && q.seats < 3) gen_row(&w->g, GLP_UP, 1);
    w->g.len = 0;
    for (int wd = 0; wd < 7; wd++) { /* not the same weekday all the time */
        for (int k = from; k < w->n; k++)
            if (w->c[k].who == who && w->c[k].day % 7 == wd) gen_put(&w->g, w->c[k].col, 1);
        if (w->g.len > 2 && q.rest > 1) gen_row(&w->g, GLP_UP, 2 + w->z.days / 40);
        w->g.len = 0;
    }
}

static void gen_counters(struct gen_work *w, int from, int who, const int seats[3], struct gen_pool q)
{
    static const int weight[3] = {2, 4, 8};

    for (int class = 0; class < 3; class ++) {
        w->g.len = 0;
        for (int k = from; k < w->n; k++)
            if (w->c[k].who == who && gen_in_class(&w->c[k], class)) gen_put(&w->g, w->c[k].col, 1);
        gen_counter(&w->g, gen_share(seats[class], q.people), weight[class],
                    2 * seats[class] / (q.people ? q.people : 1) + 4);
    }
}

/* Towns share by a formula: counters over their providers. */
static void gen_towns(struct gen_work *w, int from, int seats)
{
    for (int t = 0; t < 12; t++) {
        w->g.len = 0;
        for (int k = from; k < w->n; k++)
            if (w->c[k].town == t) gen_put(&w->g, w->c[k].col, 1);
        gen_counter(&w->g, gen_share(seats, 12), 1, 2 * seats / 12 + 6);
    }
}

static void gen_seats_by_class(const struct gen_work *w, struct gen_pool q, int seats[3])
{
    seats[0] = seats[1] = seats[2] = 0;
    for (int d = 0; d < w->z.days; d++) {
        if (q.holidays && !gen_heavy(&w->z, d)) continue;
        seats[0] += q.seats;
        seats[1] += gen_heavy(&w->z, d) ? q.seats : 0;
        seats[2] += gen_big(&w->z, d) ? q.seats : 0;
    }
}

/* A person and a house (or a second duty): not on the same or the next day. */
static void gen_link(struct gen_work *w, int from, int a, int b)
{
    for (int d = 0; d < w->z.days; d++) {
        int sides[2] = {0, 0};

        w->g.len = 0;
        for (int k = from; k < w->n; k++) {
            const struct gen_cand *c = &w->c[k];

            if ((c->who == a && (c->day == d || c->day == d - 1)) || (c->who == b && c->day == d)) {
                gen_put(&w->g, c->col, 1);
                sides[c->who == b]++;
            }
        }
        if (sides[0] && sides[1]) gen_row(&w->g, GLP_UP, 1);
        w->g.len = 0;
    }
}

static void gen_region(struct gen_work *w)
{
    int from0 = w->n, people = 0, first = 0;
    size_t days = (size_t)w->z.days;

    for (int k = 0; k < GEN_POOLS; k++) people += gen_pool(&w->z, k).people;
    w->off = calloc((size_t)people * days, sizeof *w->off);
    for (size_t i = 0; i < (size_t)people * days; i++) w->off[i] = gen_below(100) < w->z.away;
    for (int k = 0; k < GEN_POOLS; k++) {
        struct gen_pool q = gen_pool(&w->z, k);
        int from = w->n, seats[3];

        if (!q.people) continue;
        gen_seats_by_class(w, q, seats);
        gen_slots(w, k, first, q, w->who0);
        for (int i = 0; i < q.people; i++) {
            gen_limits(w, from, w->who0 + first + i, q);
            gen_counters(w, from, w->who0 + first + i, seats, q);
        }
        if (k < 2 || k == GEN_WARD) gen_towns(w, from, seats[0]);
        first += q.people;
    }
    for (int k = 0; k < w->z.links && people > 3; k++) {
        int a = gen_below(gen_pool(&w->z, 0).people + gen_pool(&w->z, 1).people);
        int b = people - 1 - gen_below(people / 2);

        if (a < b) gen_link(w, from0, w->who0 + a, w->who0 + b);
    }
    w->who0 += people;
    free(w->off);
}

/* A problem of that size; the caller deletes it. */
static glp_prob *gen_make(struct gen_size z, unsigned seed)
{
    struct gen_work w = {.z = z};

    gen_seed(seed + 1);
    w.g.P = glp_create_prob();
    glp_set_obj_dir(w.g.P, GLP_MIN);
    w.g.ind = calloc(200000, sizeof *w.g.ind);
    w.g.val = calloc(200000, sizeof *w.g.val);
    for (int r = 0; r < z.regions; r++) gen_region(&w);
    free(w.g.ind);
    free(w.g.val);
    free(w.c);
    return w.g.P;
}

/* The region in one month. */
static struct gen_size gen_month(int away)
{
    return (struct gen_size){
        .regions = 1, .days = 31, .away = away, .links = 67, .scale = 100, .soft = true, .wish = true};
}

#endif
