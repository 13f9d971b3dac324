/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GLPK's codes folded into outcomes, and their names. The only place where these codes are read.
 */
#include "mip_int.h"

static enum mip_outcome fold_stopped(int mip)
{
    return mip == GLP_FEAS || mip == GLP_OPT ? MIP_FEASIBLE : MIP_NOTHING;
}

static enum mip_outcome fold_lp(int lp, bool limit)
{
    switch (lp) {
    case GLP_OPT:
        return MIP_OPTIMAL;
    case GLP_NOFEAS:
        return MIP_INFEASIBLE;
    case GLP_UNBND:
        return MIP_UNBOUNDED;
    case GLP_FEAS:
        return limit ? MIP_FEASIBLE : MIP_ERROR;
    default:
        return limit ? MIP_NOTHING : MIP_ERROR;
    }
}

static enum mip_outcome fold_done(int lp, int mip, bool limit)
{
    switch (mip) {
    case GLP_OPT:
        return MIP_OPTIMAL;
    case GLP_NOFEAS:
        return MIP_INFEASIBLE;
    case GLP_FEAS:
        return MIP_FEASIBLE;
    default:
        return fold_lp(lp, limit);
    }
}

enum mip_outcome mip_fold(int ret, int lp, int mip, bool limit)
{
    switch (ret) {
    case 0:
        return fold_done(lp, mip, limit);
    case GLP_ENOPFS:
        return MIP_INFEASIBLE;
    case GLP_ENODFS:
        return MIP_UNBOUNDED;
    case GLP_EMIPGAP:
        return mip == GLP_FEAS || mip == GLP_OPT ? MIP_OPTIMAL : MIP_ERROR;
    case GLP_ETMLIM:
    case GLP_EITLIM:
    case GLP_ESTOP:
        return fold_stopped(mip);
    case GLP_EOBJLL:
    case GLP_EOBJUL:
        return MIP_NOTHING;
    case GLP_EROOT:
        if (lp == GLP_NOFEAS) return MIP_INFEASIBLE;
        if (lp == GLP_UNBND) return MIP_UNBOUNDED;
        return limit ? fold_stopped(mip) : MIP_ERROR;
    default:
        return mip == GLP_FEAS ? MIP_FEASIBLE : MIP_ERROR;
    }
}

const char *mip_outcome_name(enum mip_outcome v)
{
    static const char *const name[] = {"optimal", "feasible", "infeasible", "unbounded", "nothing", "error"};

    _Static_assert(sizeof name / sizeof *name == MIP_OUTCOME_COUNT, "one name per outcome");
    return (unsigned)v < MIP_OUTCOME_COUNT ? name[v] : "?";
}

const char *mip_proof_name(enum mip_proof v)
{
    static const char *const name[] = {"none", "lp", "search", "certificate"};

    _Static_assert(sizeof name / sizeof *name == MIP_PROOF_COUNT, "one name per proof");
    return (unsigned)v < MIP_PROOF_COUNT ? name[v] : "?";
}

const char *mip_step_name(enum mip_step v)
{
    static const char *const name[] = {"blocks", "lazy", "sift", "dive", "free", "fix", "clique", "branch"};

    _Static_assert(sizeof name / sizeof *name == MIP_STEP_COUNT, "one name per step");
    return (unsigned)v < MIP_STEP_COUNT ? name[v] : "?";
}
