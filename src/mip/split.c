/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Splitting: a program that falls apart even with all its rows (regions that
 * share nobody) is several programs.  Small parts are put together; each is
 * solved alone, then values, bounds, bases and certificates are joined.
 *
 * Two threads take the parts, the smallest first: what these leave of their
 * time is the large ones' in the end.  A part knows nothing of the others, so
 * the result is the same whoever solves it.  GLPK keeps an environment for
 * each thread where it was built so; a thread makes and deletes its own
 * problems in it.
 */
#include "mip_int.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 2000 }; /* columns of a part worth a solve of its own */

struct split {
    const struct mip_program *p;
    int *root;  /* union-find over columns */
    int *part;  /* 1.. by column */
    int *place; /* number of a column or row within its part */
    int *rpart, *rplace;
    int parts;
};

/* What the threads share; under the lock but for the split. */
struct crew {
    mip_solve_fn *solve;
    struct mip_run *u;
    struct split *s;
    struct mip_result *part; /* 1.. */
    int *order, next;        /* parts by size; the next to take */
    double todo;             /* columns of parts not yet taken */
    int hands;               /* threads */
    double *sofar;           /* 1..n, what is known; NULL: not told */
    pthread_mutex_t lock;
};

static int find(int *root, int j)
{
    while (root[j] != j) {
        root[j] = root[root[j]];
        j = root[j];
    }
    return j;
}

/* Components, those small gathered in the order of their first columns. */
static void find_parts(struct split *s)
{
    const struct mip_program *p = s->p;
    int *size = mip_alloc((size_t)p->n + 1, sizeof *size), fill = 0;

    for (int j = 1; j <= p->n; j++) s->root[j] = j;
    for (int i = 1; i <= p->m; i++)
        for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
            int a = find(s->root, p->rind[p->rbeg[i]]);
            int b = find(s->root, p->rind[k]);

            if (a < b)
                s->root[b] = a;
            else
                s->root[a] = b;
        }
    for (int j = 1; j <= p->n; j++) size[find(s->root, j)]++;
    s->parts = 1;
    for (int j = 1; j <= p->n; j++) {
        int r = find(s->root, j);

        if (r == j) {
            if (fill >= LEAST) {
                s->parts++;
                fill = 0;
            }
            fill += size[j];
            s->part[j] = s->parts;
        } else {
            s->part[j] = s->part[r];
        }
    }
    if (fill < LEAST && s->parts > 1) { /* the last is too small: join */
        for (int j = 1; j <= p->n; j++)
            if (s->part[j] == s->parts) s->part[j]--;
        s->parts--;
    }
    free(size);
}

/* A row without columns goes with the first part. */
static void place_rows(struct split *s)
{
    for (int i = 1; i <= s->p->m; i++)
        s->rpart[i] = s->p->rbeg[i] < s->p->rbeg[i + 1] ? s->part[s->p->rind[s->p->rbeg[i]]] : 1;
}

static glp_prob *make_part(struct split *s, int k)
{
    const struct mip_program *p = s->p;
    glp_prob *Q = glp_create_prob();
    int *ind = mip_alloc((size_t)p->n + 1, sizeof *ind);
    double *val = mip_alloc((size_t)p->n + 1, sizeof *val);

    glp_set_obj_dir(Q, p->sense < 0 ? GLP_MAX : GLP_MIN);
    for (int j = 1; j <= p->n; j++) {
        if (s->part[j] != k) continue;
        s->place[j] = glp_add_cols(Q, 1);
        glp_set_col_kind(Q, s->place[j], p->isint[j] ? GLP_IV : GLP_CV);
        glp_set_col_bnds(Q, s->place[j], mip_type(p->lo[j], p->up[j]), p->lo[j], p->up[j]);
        glp_set_obj_coef(Q, s->place[j], p->sense * p->cost[j]);
    }
    for (int i = 1; i <= p->m; i++) {
        int len = 0;

        if (s->rpart[i] != k) continue;
        for (int e = p->rbeg[i]; e < p->rbeg[i + 1]; e++) {
            ind[++len] = s->place[p->rind[e]];
            val[len] = p->rval[e];
        }
        s->rplace[i] = glp_add_rows(Q, 1);
        glp_set_row_bnds(Q, s->rplace[i], mip_type(p->rlo[i], p->rup[i]), p->rlo[i], p->rup[i]);
        glp_set_mat_row(Q, s->rplace[i], len, ind, val);
    }
    free(ind);
    free(val);
    return Q;
}

/* The start values and basis of part k, out of those of the whole. */
static void hand_down(const struct split *s, const struct mip_opts *o, int k, double *start,
                      struct mip_basis *b)
{
    const struct mip_program *p = s->p;

    for (int j = 1; j <= p->n; j++) {
        if (s->part[j] != k) continue;
        if (o->start) start[s->place[j]] = o->start[j];
        if (b) b->col[s->place[j]] = o->basis->col[j];
    }
    for (int i = 1; b && i <= p->m; i++)
        if (s->rpart[i] == k) b->row[s->rplace[i]] = o->basis->row[i];
}

/* Tells what is known when part k is solved: its values, the rough ones for the parts to come. */
static void tell_part(struct mip_run *u, const struct split *s, int k, const double *x, double *sofar)
{
    for (int j = 1; x && j <= s->p->n; j++)
        if (s->part[j] == k) sofar[j] = x[s->place[j]];
    mip_offer(u, sofar);
}

static int64_t lcm(int64_t a, int64_t b)
{
    int64_t x = a, y = b;

    while (y) {
        int64_t t = x % y;

        x = y;
        y = t;
    }
    return a / x * b;
}

/* Joins the certificates of all parts on a common scale. */
static void join_certs(const struct split *s, const struct mip_result *part, struct mip_cert *k)
{
    const struct mip_program *p = s->p;
    int cliques = 0, members = 0, at = 0;
    int *back = mip_alloc((size_t)p->n + 1, sizeof *back);

    k->scale = 1;
    for (int t = 1; t <= s->parts && k->scale; t++) {
        const struct mip_cert *c = &part[t].cert;

        k->scale = c->scale ? lcm(k->scale, c->scale) : 0;
        cliques += c->cliques;
        members += c->cliques ? c->start[c->cliques] : 0;
    }
    if (!k->scale) {
        free(back);
        return;
    }
    k->m = p->m;
    k->unit = (int64_t)p->unit;
    k->y = mip_alloc((size_t)p->m + 1, sizeof *k->y);
    k->start = mip_alloc((size_t)cliques + 1, sizeof *k->start);
    k->clique_y = mip_alloc((size_t)cliques, sizeof *k->clique_y);
    k->member = mip_alloc((size_t)members, sizeof *k->member);
    for (int i = 1; i <= p->m; i++) {
        const struct mip_cert *c = &part[s->rpart[i]].cert;

        k->y[i] = c->y[s->rplace[i]] * (k->scale / c->scale);
    }
    for (int t = 1; t <= s->parts; t++) {
        const struct mip_cert *c = &part[t].cert;

        for (int j = 1; j <= p->n; j++)
            if (s->part[j] == t) back[s->place[j]] = j;
        for (int q = 0; q < c->cliques; q++) {
            for (int e = c->start[q]; e < c->start[q + 1]; e++) k->member[at++] = back[c->member[e]];
            k->clique_y[k->cliques++] = c->clique_y[q] * (k->scale / c->scale);
            k->start[k->cliques] = at;
        }
    }
    free(back);
}

static void join_steps(struct mip_result *r, const struct mip_result *t)
{
    for (int k = 0; k < MIP_STEP_COUNT; k++) {
        r->step[k].used |= t->step[k].used;
        r->step[k].seconds += t->step[k].seconds;
        r->step[k].count += t->step[k].count;
    }
    r->nodes += t->nodes;
    if (t->closed && t->closed_by > r->closed_by) r->closed_by = t->closed_by;
}

/* The worse of two outcomes, for the whole. */
static enum mip_outcome worse(enum mip_outcome a, enum mip_outcome b)
{
    static const int rank[] = {0, 1, 5, 3, 2, 4};

    return rank[b] > rank[a] ? b : a;
}

static void join(struct mip_run *u, const struct split *s, const struct mip_result *part)
{
    const struct mip_program *p = s->p;
    struct mip_result *r = u->r;
    double bound = 0, root = 0;
    bool have = true, rooted = true;

    r->outcome = MIP_OPTIMAL;
    for (int t = 1; t <= s->parts; t++) {
        r->outcome = worse(r->outcome, part[t].outcome);
        have &= part[t].have_bound;
        rooted &= part[t].have_root;
        bound += part[t].bound * p->sense;
        root += part[t].root_bound;
        join_steps(r, &part[t]);
        u->searched |= part[t].proof == MIP_PROOF_SEARCH;
    }
    r->have_root = rooted;
    r->root_bound = rooted ? root + p->c0 : 0;
    if (r->outcome == MIP_OPTIMAL || r->outcome == MIP_FEASIBLE) {
        double *x = mip_alloc((size_t)p->n + 1, sizeof *x);

        for (int j = 1; j <= p->n; j++) x[j] = part[s->part[j]].x[s->place[j]];
        mip_offer(u, x);
        free(x);
    }
    if (have) mip_raise(u, bound);
    r->closed = mip_closed(u);
    join_certs(s, part, &r->cert);
}

/* The next part, 0: none is left; *limit: its share of the time that is left, all
 * of it when no thread will have to take another part after it. */
static int take(struct crew *c, double *limit)
{
    int k = 0;

    pthread_mutex_lock(&c->lock);
    if (c->next < c->s->parts) {
        double n = 0, left = c->u->deadline - mip_now();

        k = c->order[c->next++];
        for (int j = 1; j <= c->s->p->n; j++) n += c->s->part[j] == k;
        *limit = !isfinite(left)                    ? 0
                 : c->next + c->hands > c->s->parts ? fmax(1e-3, left)
                                                    : fmax(1e-3, left * fmin(1, c->hands * n / c->todo));
        c->todo -= n;
    }
    pthread_mutex_unlock(&c->lock);
    return k;
}

static void solve_part(struct crew *c, int k, double limit)
{
    const struct mip_opts *whole = c->u->o;
    const struct mip_basis *old = whole->basis;
    struct mip_opts o = *whole;
    struct mip_basis b = {0};
    bool fits = old && old->m == c->s->p->m && old->n == c->s->p->n && old->row;
    glp_prob *Q = make_part(c->s, k);
    double *start;

    b.m = glp_get_num_rows(Q);
    b.n = glp_get_num_cols(Q);
    b.row = mip_alloc((size_t)b.m + 1, 1);
    b.col = mip_alloc((size_t)b.n + 1, 1);
    start = mip_alloc((size_t)b.n + 1, sizeof *start);
    hand_down(c->s, whole, k, start, fits ? &b : NULL);
    o.start = whole->start ? start : NULL;
    o.basis = fits ? &b : NULL;
    o.rough = NULL;
    o.on_incumbent = NULL;
    o.on_progress = NULL;
    o.time_limit = limit;
    c->solve(Q, &o, &c->part[k]);
    glp_delete_prob(Q);
    free(b.row);
    free(b.col);
    free(start);
}

/* Solves parts until none is left. */
static void work(struct crew *c)
{
    double limit = 0;

    for (int k; (k = take(c, &limit)) != 0;) {
        solve_part(c, k, limit);
        pthread_mutex_lock(&c->lock);
        if (c->sofar) tell_part(c->u, c->s, k, c->part[k].x, c->sofar);
        mip_tell(c->u, MIP_BLOCKS, false);
        pthread_mutex_unlock(&c->lock);
    }
}

static void *second_hand(void *arg)
{
    glp_term_out(GLP_OFF);
    work(arg);
    glp_free_env();
    return NULL;
}

/* All parts, by this thread and another where one can be had. */
static void solve_parts(struct crew *c)
{
    pthread_t other;
    bool two;

    pthread_mutex_lock(&c->lock); /* until it is known how many they are */
    two = glp_config("TLS") && pthread_create(&other, NULL, second_hand, c) == 0;
    c->hands = two ? 2 : 1;
    pthread_mutex_unlock(&c->lock);
    work(c);
    if (two) pthread_join(other, NULL);
}

/* Parts by size, the smallest first. */
static void order_parts(const struct split *s, int *order)
{
    int *size = mip_alloc((size_t)s->parts + 1, sizeof *size);

    for (int j = 1; j <= s->p->n; j++) size[s->part[j]]++;
    for (int k = 1; k <= s->parts; k++) {
        int at = k - 1;

        for (; at > 0 && size[order[at - 1]] > size[k]; at--) order[at] = order[at - 1];
        order[at] = k;
    }
    free(size);
}

/* The bases of all parts as one; of none if one of them has none. */
static void join_bases(const struct split *s, const struct mip_result *part, struct mip_basis *b)
{
    const struct mip_program *p = s->p;

    b->m = p->m;
    b->n = p->n;
    b->row = mip_alloc((size_t)p->m + 1, 1);
    b->col = mip_alloc((size_t)p->n + 1, 1);
    for (int i = 1; i <= p->m && b->m; i++)
        if (part[s->rpart[i]].basis.row)
            b->row[i] = part[s->rpart[i]].basis.row[s->rplace[i]];
        else
            b->m = 0;
    for (int j = 1; j <= p->n && b->m; j++) b->col[j] = part[s->part[j]].basis.col[s->place[j]];
}

bool mip_split(struct mip_run *u, mip_solve_fn *solve)
{
    const struct mip_program *p = u->p;
    size_t n = (size_t)p->n + 1, m = (size_t)p->m + 1;
    struct split s = {.p = p};
    struct crew c = {.u = u, .s = &s, .solve = solve, .todo = p->n};

    s.root = mip_alloc(n, sizeof *s.root);
    s.part = mip_alloc(n, sizeof *s.part);
    s.place = mip_alloc(n, sizeof *s.place);
    s.rpart = mip_alloc(m, sizeof *s.rpart);
    s.rplace = mip_alloc(m, sizeof *s.rplace);
    find_parts(&s);
    place_rows(&s);
    c.part = mip_alloc((size_t)s.parts + 1, sizeof *c.part);
    c.order = mip_alloc((size_t)s.parts, sizeof *c.order);
    if (s.parts > 1) {
        order_parts(&s, c.order);
        if (u->o->rough) {
            c.sofar = mip_alloc(n, sizeof *c.sofar);
            memcpy(c.sofar, u->o->rough, n * sizeof *c.sofar);
        }
        pthread_mutex_init(&c.lock, NULL);
        solve_parts(&c);
        pthread_mutex_destroy(&c.lock);
        join(u, &s, c.part);
        join_bases(&s, c.part, &u->r->basis);
    }
    for (int k = 1; k <= s.parts; k++) mip_result_free(&c.part[k]);
    free(c.part);
    free(c.order);
    free(c.sofar);
    free(s.root);
    free(s.part);
    free(s.place);
    free(s.rpart);
    free(s.rplace);
    return s.parts > 1;
}
