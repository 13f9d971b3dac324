#include "engine.h"

static enum tb_engine_outcome fold_stopped(int mip)
{
    return mip == GLP_FEAS || mip == GLP_OPT ? TB_ENGINE_FEASIBLE : TB_ENGINE_NOTHING;
}

static enum tb_engine_outcome fold_lp(int lp, bool limit)
{
    switch (lp) {
    case GLP_OPT:
        return TB_ENGINE_OPTIMAL;
    case GLP_NOFEAS:
        return TB_ENGINE_INFEASIBLE;
    case GLP_UNBND:
        return TB_ENGINE_UNBOUNDED;
    case GLP_FEAS:
        return limit ? TB_ENGINE_FEASIBLE : TB_ENGINE_ERROR;
    default:
        return limit ? TB_ENGINE_NOTHING : TB_ENGINE_ERROR;
    }
}

static enum tb_engine_outcome fold_done(int lp, int mip, bool limit)
{
    switch (mip) {
    case GLP_OPT:
        return TB_ENGINE_OPTIMAL;
    case GLP_NOFEAS:
        return TB_ENGINE_INFEASIBLE;
    case GLP_FEAS:
        return TB_ENGINE_FEASIBLE;
    default:
        return fold_lp(lp, limit);
    }
}

enum tb_engine_outcome tb_engine_fold(int ret, int lp, int mip, bool limit)
{
    switch (ret) {
    case 0:
        return fold_done(lp, mip, limit);
    case GLP_ENOPFS:
        return TB_ENGINE_INFEASIBLE;
    case GLP_ENODFS:
        return TB_ENGINE_UNBOUNDED;
    case GLP_EMIPGAP:
        return mip == GLP_FEAS || mip == GLP_OPT ? TB_ENGINE_OPTIMAL : TB_ENGINE_ERROR;
    case GLP_ETMLIM:
    case GLP_EITLIM:
    case GLP_ESTOP:
        return fold_stopped(mip);
    case GLP_EOBJLL:
    case GLP_EOBJUL:
        return TB_ENGINE_NOTHING;
    case GLP_EROOT:
        if (lp == GLP_NOFEAS) return TB_ENGINE_INFEASIBLE;
        if (lp == GLP_UNBND) return TB_ENGINE_UNBOUNDED;
        return limit ? fold_stopped(mip) : TB_ENGINE_ERROR;
    default:
        return mip == GLP_FEAS ? TB_ENGINE_FEASIBLE : TB_ENGINE_ERROR;
    }
}

const char *tb_engine_outcome_name(enum tb_engine_outcome v)
{
    static const char *const name[] = {"optimal", "feasible", "infeasible", "unbounded", "nothing", "error"};

    _Static_assert(sizeof name / sizeof *name == TB_ENGINE_OUTCOME_COUNT, "one name per outcome");
    return (unsigned)v < TB_ENGINE_OUTCOME_COUNT ? name[v] : "?";
}

const char *tb_engine_proof_name(enum tb_engine_proof v)
{
    static const char *const name[] = {"none", "lp", "search", "certificate"};

    _Static_assert(sizeof name / sizeof *name == TB_ENGINE_PROOF_COUNT, "one name per proof");
    return (unsigned)v < TB_ENGINE_PROOF_COUNT ? name[v] : "?";
}

const char *tb_engine_step_name(enum tb_engine_step v)
{
    static const char *const name[] = {"blocks", "lazy", "sift", "dive", "free", "fix", "clique", "branch"};

    _Static_assert(sizeof name / sizeof *name == TB_ENGINE_STEP_COUNT, "one name per step");
    return (unsigned)v < TB_ENGINE_STEP_COUNT ? name[v] : "?";
}
