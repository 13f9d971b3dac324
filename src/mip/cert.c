/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The certificate: duals of the relaxation as integers, and the bound they
 * prove, in 128-bit arithmetic.  The same arithmetic checks one.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

/* S c_j - y'A_j for every column; clique rows included. */
static void reduced_costs(const struct mip_program *p, const struct mip_cert *k, wide *d)
{
    for (int j = 1; j <= p->n; j++) {
        d[j] = (wide)k->scale * (int64_t)p->cost[j];
        for (int e = p->cbeg[j]; e < p->cbeg[j + 1]; e++)
            d[j] -= (wide)k->y[p->cind[e]] * (int64_t)p->cval[e];
    }
    for (int c = 0; c < k->cliques; c++)
        for (int e = k->start[c]; e < k->start[c + 1]; e++) d[k->member[e]] -= k->clique_y[c];
}

/* The bound times the scale; false if it is minus infinity or a sign is wrong. */
static bool lagrange(const struct mip_program *p, const struct mip_cert *k, const wide *d, wide *sum)
{
    *sum = 0;
    for (int i = 1; i <= p->m; i++) {
        double b = k->y[i] > 0 ? p->rlo[i] : p->rup[i];

        if (!k->y[i]) continue;
        if (!isfinite(b)) return false;
        *sum += (wide)k->y[i] * (int64_t)b;
    }
    for (int c = 0; c < k->cliques; c++) {
        if (k->clique_y[c] > 0) return false;
        *sum += k->clique_y[c];
    }
    for (int j = 1; j <= p->n; j++) {
        double b = d[j] > 0 ? p->lo[j] : p->up[j];

        if (!d[j]) continue;
        if (!isfinite(b)) return false;
        *sum += d[j] * (int64_t)b;
    }
    return true;
}

/* sum / (scale * unit), rounded up, times unit. */
static bool round_up(wide sum, int64_t scale, int64_t unit, int64_t *bound)
{
    wide by = (wide)scale * unit, q = sum / by;

    if (q * by < sum) q++;
    q *= unit;
    if (q > INT64_MAX || q < INT64_MIN) return false;
    *bound = (int64_t)q;
    return true;
}

/* Moves one dual so that column j, unbounded on the wrong side, prices right. */
static bool mend(const struct mip_program *p, struct mip_cert *k, int j, wide d)
{
    for (int pass = 0; pass < 2; pass++)
        for (int e = p->cbeg[j]; e < p->cbeg[j + 1]; e++) {
            int i = p->cind[e];
            int64_t a = (int64_t)p->cval[e], y;
            bool both = isfinite(p->rlo[i]) && isfinite(p->rup[i]);

            if (a != 1 && a != -1) continue;
            y = k->y[i] + (int64_t)d * a;
            if (pass == 0 && !both) continue;
            if ((y > 0 && !isfinite(p->rlo[i])) || (y < 0 && !isfinite(p->rup[i]))) continue;
            k->y[i] = y;
            return true;
        }
    return false;
}

/* Whether some dual was moved; columns that cannot be mended stay as they are. */
static bool mend_all(const struct mip_program *p, struct mip_cert *k, wide *d)
{
    bool moved = false;

    for (int j = 1; j <= p->n; j++) {
        double b = d[j] > 0 ? p->lo[j] : p->up[j];

        if (d[j] && !isfinite(b) && mend(p, k, j, d[j])) {
            moved = true;
            reduced_costs(p, k, d);
        }
    }
    return moved;
}

static int64_t rounded(double v, int64_t scale, double lo, double up)
{
    double y = nearbyint(v * (double)scale);

    if ((y > 0 && !isfinite(lo)) || (y < 0 && !isfinite(up)) || !(fabs(y) < 4e18)) return 0;
    return (int64_t)y;
}

/* Row duals of l as integers; clique rows with a dual other than 0 are listed. */
static void take_duals(const struct mip_lp *l, struct mip_cert *k)
{
    const struct mip_program *p = l->u->p;
    const struct mip_cliques *q = &l->u->cliques;
    int at = 0;

    k->cliques = 0;
    k->start[0] = 0;
    memset(k->y, 0, ((size_t)p->m + 1) * sizeof *k->y);
    for (int r = 1; r <= l->rows; r++) {
        int i = l->row_of[r];
        double v = glp_get_row_dual(l->W, r);
        int64_t y;

        if (i > 0) {
            k->y[i] = rounded(v, k->scale, p->rlo[i], p->rup[i]);
            continue;
        }
        y = rounded(v, k->scale, -HUGE_VAL, 1);
        if (!y) continue;
        for (int e = q->start[-i - 1]; e < q->start[-i]; e++) k->member[at++] = q->member[e];
        k->clique_y[k->cliques++] = y;
        k->start[k->cliques] = at;
    }
}

static bool try_scale(const struct mip_lp *l, struct mip_cert *k, wide *d)
{
    const struct mip_program *p = l->u->p;
    wide sum;

    take_duals(l, k);
    reduced_costs(p, k, d);
    for (int t = 0; t < 4 && mend_all(p, k, d); t++)
        ;
    return lagrange(p, k, d, &sum) && round_up(sum, k->scale, k->unit, &k->bound);
}

void mip_cert_make(const struct mip_lp *l, double aim, struct mip_cert *k)
{
    static const int64_t scales[] = {1000, 10000, 1000000, 12600, 720720000};
    const struct mip_program *p = l->u->p;
    size_t c = (size_t)l->u->cliques.count + 1;
    wide *d;
    int64_t best = 0;

    memset(k, 0, sizeof *k);
    if (!p->integral || p->unit <= 0) return;
    d = mip_alloc((size_t)p->n + 1, sizeof *d);
    k->m = p->m;
    k->unit = (int64_t)p->unit;
    k->y = mip_alloc((size_t)p->m + 1, sizeof *k->y);
    k->start = mip_alloc(c, sizeof *k->start);
    k->clique_y = mip_alloc(c, sizeof *k->clique_y);
    k->member = mip_alloc((size_t)l->u->cliques.members, sizeof *k->member);
    for (size_t t = 0; t < sizeof scales / sizeof *scales; t++) {
        k->scale = scales[t];
        if (!try_scale(l, k, d)) continue;
        if ((double)k->bound >= aim - 0.5 * p->unit) {
            best = k->scale;
            break;
        }
        if (!best) best = k->scale;
    }
    k->scale = best ? best : 1;
    if (!best || !try_scale(l, k, d)) k->scale = 0;
    free(d);
}

/* Whether columns a and b exclude each other by one row of the problem. */
static bool conflict(const struct mip_program *p, int a, int b)
{
    for (int e = p->cbeg[a]; e < p->cbeg[a + 1]; e++) {
        int i = p->cind[e];
        bool other = false, sound = p->rup[i] < 2 && p->cval[e] >= 1;

        for (int t = p->rbeg[i]; sound && t < p->rbeg[i + 1]; t++) {
            int j = p->rind[t];

            sound = p->lo[j] >= 0 && p->rval[t] >= 0;
            other |= j == b && p->rval[t] >= 1;
        }
        if (sound && other) return true;
    }
    return false;
}

static bool sound_clique(const struct mip_program *p, const int *m, int len)
{
    for (int s = 0; s < len; s++) {
        if (m[s] < 1 || m[s] > p->n || !p->isint[m[s]] || p->lo[m[s]] < 0 || p->up[m[s]] > 1) return false;
        for (int t = 0; t < s; t++)
            if (m[t] == m[s] || !conflict(p, m[s], m[t])) return false;
    }
    return true;
}

static bool sound(const struct mip_program *p, const struct mip_cert *k)
{
    if (!p->integral || p->unit <= 0 || k->scale <= 0 || k->m != p->m || !k->y) return false;
    for (int c = 0; c < k->cliques; c++)
        if (!sound_clique(p, k->member + k->start[c], k->start[c + 1] - k->start[c])) return false;
    return true;
}

bool mip_cert_check(glp_prob *P, const struct mip_cert *k, int64_t *bound)
{
    struct mip_program *p = mip_program_new(P);
    wide *d = mip_alloc((size_t)p->n + 1, sizeof *d), sum;
    bool ok = sound(p, k);

    if (ok) {
        reduced_costs(p, k, d);
        ok = lagrange(p, k, d, &sum) && round_up(sum, k->scale, (int64_t)p->unit, bound);
    }
    free(d);
    mip_program_free(p);
    return ok;
}
