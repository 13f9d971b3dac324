/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floor that every step stands on: clock and stop, the bound and the best, what is offered, told and
 * accounted for.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/base.h"

double mip_now(void) { return tb_clock_seconds(); }

bool mip_stop(const struct mip_run *u)
{
    return (u->o->interrupt && *u->o->interrupt) || mip_now() > u->deadline;
}

double mip_round(const struct mip_program *p, double v)
{
    double tol;

    if (p->unit <= 0 || !isfinite(v)) return v;
    tol = fmin(0.4 * p->unit, 1e-5 + 1e-9 * fabs(v));
    return p->unit * ceil((v - tol) / p->unit);
}

/* What a solution must gain to be told apart from the best. */
static double grain(const struct mip_run *u)
{
    return u->p->unit > 0 ? 0.5 * u->p->unit : 1e-7 * (1 + fabs(u->best));
}

double mip_cutoff(const struct mip_run *u)
{
    double g = u->p->unit;

    if (!u->has_best) return HUGE_VAL;
    if (g > 0) return u->best - g + fmin(0.4 * g, 1e-5 + 1e-9 * fabs(u->best));
    return u->best - grain(u);
}

double mip_gap(const struct mip_run *u)
{
    double v = u->best + u->p->sense * u->p->c0;

    return fmax(0, u->best - u->bound) / fmax(1e-9, fabs(v));
}

bool mip_closed(const struct mip_run *u)
{
    return u->has_best && (u->best - u->bound < grain(u) || mip_gap(u) <= u->o->gap_limit);
}

void mip_raise(struct mip_run *u, double bound)
{
    bound = mip_round(u->p, bound);
    if (bound > u->bound) u->bound = bound;
    if (u->has_best && u->bound > u->best) u->bound = u->best;
}

double mip_outside(const struct mip_program *p, double v) { return p->c0 + p->sense * v; }

bool mip_offer(struct mip_run *u, const double *x)
{
    const struct mip_program *p = u->p;
    double *y = mip_alloc((size_t)p->n + 1, sizeof *y);
    bool ok;
    double v;

    for (int j = 1; j <= p->n; j++) {
        y[j] = p->isint[j] || (p->implied[j] && fabs(x[j] - nearbyint(x[j])) < 1e-5)
                   ? nearbyint(x[j])
                   : fmin(fmax(x[j], p->lo[j]), p->up[j]);
        if (fabs(y[j]) <= 0.0) y[j] = 0; /* no negative zero */
    }
    ok = mip_program_feasible(p, y);
    v = mip_program_cost(p, y);
    if (ok && (!u->has_best || v < u->best - 1e-9 * (1 + fabs(v)))) {
        memcpy(u->x, y, ((size_t)p->n + 1) * sizeof *y);
        u->best = v;
        u->has_best = true;
        if (u->o->on_incumbent) u->o->on_incumbent(u->o->arg, mip_outside(p, v), u->x);
    }
    free(y);
    return ok;
}

void mip_tell(struct mip_run *u, enum mip_step s, bool now)
{
    struct mip_progress g = {0};
    double t;

    if (!u->o->on_progress) return;
    t = mip_now();
    if (!now && t - u->told < 0.2) return;
    u->told = t;
    g.phase = mip_step_name(s);
    g.seconds = t - u->t0;
    g.have_best = u->has_best;
    g.best = u->has_best ? mip_outside(u->p, u->best) : 0;
    g.have_bound = isfinite(u->bound);
    g.bound = g.have_bound ? mip_outside(u->p, u->bound) : 0;
    u->o->on_progress(u->o->arg, &g);
}

void mip_account(struct mip_run *u, enum mip_step s, double t, long count)
{
    u->r->step[s].used = true;
    u->r->step[s].seconds += mip_now() - t;
    u->r->step[s].count += count;
}

bool mip_on(const struct mip_run *u, enum mip_step s) { return !(u->o->off & 1u << s); }

void mip_result_free(struct mip_result *r)
{
    if (!r) return;
    free(r->x);
    free(r->cert.y);
    free(r->cert.start);
    free(r->cert.member);
    free(r->cert.clique_y);
    free(r->basis.row);
    free(r->basis.col);
    memset(r, 0, sizeof *r);
}
