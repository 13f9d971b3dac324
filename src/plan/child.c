/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child: the solving side. To solve, it reads the finished program that it inherited. To export, or to hand
 * the rows out as integers, it translates the embedded model with the data it inherited: that is the model as
 * people read it, and the judge's rows come from there. GLPK may end the process at any moment; what it said
 * last then stands on stderr, which the parent keeps.
 */
#include "bound.h"
#include "toban/mip/mip.h"
#include "wire.h"

#include "toban/plan/plan.h"

#include <errno.h>
#include <glpk.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

extern const char tb_roster_mod[];
extern const size_t tb_roster_mod_size;

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

/* The last words: GLPK's printing comes in pieces, often one character. */
struct words {
    char ring[4096];
    size_t n; /* bytes ever written */
};

struct child {
    struct words words;
    int *cand_of;           /* to solve, per column from 0: candidate, or -1 */
    int64_t *start;         /* to solve: values to begin with, or NULL */
    struct mip_basis basis; /* to solve: to begin with; m 0: none */
    struct tb_rows rows;    /* to solve */
    double begun;
};

/* Here and not in struct child: a signal's handler has no argument. */
static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
    (void)sig;
    interrupted = 1;
}

static int on_text(void *info, const char *s)
{
    struct words *w = info;
    for (; *s; s++) w->ring[w->n++ % sizeof w->ring] = *s;
    return 1;
}

static void say_last_words(const struct words *w)
{
    size_t n = w->n < sizeof w->ring ? w->n : sizeof w->ring;
    for (size_t i = w->n - n; i < w->n; i++) fputc(w->ring[i % sizeof w->ring], stderr);
    fflush(stderr);
}

/* GLPK would abort after this. */
static void on_fatal(void *info)
{
    say_last_words(info);
    _exit(TB_INTERNAL);
}

static int die(struct child *c, const char *what)
{
    say_last_words(&c->words);
    fprintf(stderr, "%s\n", what);
    return TB_INTERNAL;
}

static void put_bytes(int fd, const void *bytes, size_t n)
{
    if (!tb_wire_put(fd, bytes, n)) _exit(TB_INTERNAL); /* nobody listens any more */
}

static void tell(enum tb_wire_type type, const void *bytes, size_t n)
{
    struct tb_wire_header h = {(uint32_t)type, (uint32_t)n};
    put_bytes(TB_WIRE_PIPE, &h, sizeof h);
    put_bytes(TB_WIRE_PIPE, bytes, n);
}

/* ---- generating ---------------------------------------------------------------------------------- */

static int model_file(char *name, size_t size)
{
    int fd = memfd_create("toban-model", MFD_CLOEXEC);
    if (fd < 0) return -1;
    put_bytes(fd, tb_roster_mod, tb_roster_mod_size);
    snprintf(name, size, "/proc/self/fd/%d", fd);
    return fd;
}

/* MathProg makes a row of the objective; without limits it only burdens the simplex. */
static void drop_free_rows(glp_prob *P)
{
    int m = glp_get_num_rows(P), n = 0, *rows = tb_xcalloc((size_t)m + 2, sizeof *rows);
    for (int i = 1; i <= m; i++)
        if (glp_get_row_type(P, i) == GLP_FR) rows[++n] = i;
    if (n) glp_del_rows(P, n, rows);
    free(rows);
}

static glp_prob *translate(void)
{
    char name[40];
    int fd = model_file(name, sizeof name);
    glp_tran *T = glp_mpl_alloc_wksp();
    glp_prob *P = NULL;
    if (fd >= 0 && glp_mpl_read_model(T, name, 1) == 0 && glp_mpl_read_data(T, "/proc/self/fd/3") == 0 &&
        glp_mpl_generate(T, NULL) == 0) {
        P = glp_create_prob();
        glp_mpl_build_prob(T, P);
        glp_set_prob_name(P, "roster");
        drop_free_rows(P);
    }
    glp_mpl_free_wksp(T);
    if (fd >= 0) close(fd);
    return P;
}

static int type_of(int64_t lower, int64_t upper)
{
    if (lower == upper) return GLP_FX;
    if (lower == TB_NEG_INF) return upper == TB_INF ? GLP_FR : GLP_UP;
    return upper == TB_INF ? GLP_LO : GLP_DB;
}

static glp_prob *load(const struct tb_rows *r)
{
    glp_prob *P = glp_create_prob();
    int nz = r->start[r->n_rows];
    if (r->n_cols) glp_add_cols(P, r->n_cols);
    for (int j = 0; j < r->n_cols; j++) {
        glp_set_col_kind(P, j + 1, r->integral[j] ? GLP_IV : GLP_CV);
        glp_set_col_bnds(P, j + 1, type_of(r->lower[j], r->upper[j]), (double)r->lower[j],
                         (double)r->upper[j]);
        glp_set_obj_coef(P, j + 1, (double)r->cost[j]);
    }
    if (r->n_rows) glp_add_rows(P, r->n_rows);
    int *ia = tb_xcalloc((size_t)nz + 1, sizeof *ia), *ja = tb_xcalloc((size_t)nz + 1, sizeof *ja);
    double *ar = tb_xcalloc((size_t)nz + 1, sizeof *ar);
    for (int i = 0; i < r->n_rows; i++) {
        glp_set_row_bnds(P, i + 1, type_of(r->row_lower[i], r->row_upper[i]), (double)r->row_lower[i],
                         (double)r->row_upper[i]);
        for (int k = r->start[i]; k < r->start[i + 1]; k++) {
            ia[k + 1] = i + 1;
            ja[k + 1] = r->col[k] + 1;
            ar[k + 1] = (double)r->coef[k];
        }
    }
    glp_load_matrix(P, nz, ia, ja, ar);
    free(ia);
    free(ja);
    free(ar);
    return P;
}

/* A byte per row, then per column; element 0 of each is not used. */
static void take_basis(struct child *c, const char *bytes, size_t n)
{
    size_t rows = (size_t)c->rows.n_rows, cols = (size_t)c->rows.n_cols;
    if (n != rows + cols) return;
    c->basis =
        (struct mip_basis){c->rows.n_rows, c->rows.n_cols, tb_xcalloc(rows + 1, 1), tb_xcalloc(cols + 1, 1)};
    memcpy(c->basis.row + 1, bytes, rows);
    memcpy(c->basis.col + 1, bytes + rows, cols);
}

/* The finished program that was inherited. */
static glp_prob *take_over(struct child *c)
{
    char *bytes;
    size_t size;
    glp_prob *P = NULL;
    bool ok = tb_wire_get(TB_WIRE_DATA, &bytes, &size);
    const char *at = bytes, *end = bytes + size;
    if (ok && tb_wire_get_rows(&at, end, &c->rows)) {
        size_t n = (size_t)c->rows.n_cols;
        c->cand_of = tb_wire_cut(&at, end, n, sizeof *c->cand_of);
        c->start = at < end ? tb_wire_cut(&at, end, n, sizeof *c->start) : NULL;
        if (at < end) take_basis(c, at, (size_t)(end - at));
        if (c->cand_of) P = load(&c->rows);
    }
    free(bytes);
    return P;
}

/* ---- rows as integers ---------------------------------------------------------------------------- */

static bool whole(double v, int64_t *out)
{
    double r = nearbyint(v);
    if (!(fabs(v) < 9e15) || fabs(v - r) > 1e-5) return false;
    *out = (int64_t)r;
    return true;
}

static bool bounds(int type, double lb, double ub, int64_t *lo, int64_t *up)
{
    *lo = TB_NEG_INF;
    *up = TB_INF;
    bool ok = true;
    if (type == GLP_LO || type == GLP_DB || type == GLP_FX) ok &= whole(lb, lo);
    if (type == GLP_UP || type == GLP_DB) ok &= whole(ub, up);
    if (type == GLP_FX) *up = *lo;
    return ok;
}

/* The program in plain integers, or NULL when a number is none. */
static struct tb_rows *integers(glp_prob *P)
{
    struct tb_rows *r = tb_xcalloc(1, sizeof *r);
    int n = r->n_cols = glp_get_num_cols(P), m = r->n_rows = glp_get_num_rows(P), nz = glp_get_num_nz(P);
    bool ok = true;
    r->cost = tb_xcalloc((size_t)n + 1, sizeof(int64_t));
    r->lower = tb_xcalloc((size_t)n + 1, sizeof(int64_t));
    r->upper = tb_xcalloc((size_t)n + 1, sizeof(int64_t));
    r->integral = tb_xcalloc((size_t)n + 1, sizeof(bool));
    r->row_lower = tb_xcalloc((size_t)m + 1, sizeof(int64_t));
    r->row_upper = tb_xcalloc((size_t)m + 1, sizeof(int64_t));
    r->start = tb_xcalloc((size_t)m + 1, sizeof(int));
    r->col = tb_xcalloc((size_t)nz + 1, sizeof(int));
    r->coef = tb_xcalloc((size_t)nz + 1, sizeof(int64_t));
    for (int j = 0; j < n; j++) {
        ok &= whole(glp_get_obj_coef(P, j + 1), &r->cost[j]);
        ok &= bounds(glp_get_col_type(P, j + 1), glp_get_col_lb(P, j + 1), glp_get_col_ub(P, j + 1),
                     &r->lower[j], &r->upper[j]);
        r->integral[j] = glp_get_col_kind(P, j + 1) != GLP_CV;
    }
    int *ind = tb_xcalloc((size_t)n + 1, sizeof *ind), k = 0;
    double *val = tb_xcalloc((size_t)n + 1, sizeof *val);
    for (int i = 0; i < m; i++) {
        ok &= bounds(glp_get_row_type(P, i + 1), glp_get_row_lb(P, i + 1), glp_get_row_ub(P, i + 1),
                     &r->row_lower[i], &r->row_upper[i]);
        int len = glp_get_mat_row(P, i + 1, ind, val);
        r->start[i] = k;
        for (int t = len; t >= 1; t--, k++) {
            r->col[k] = ind[t] - 1;
            ok &= whole(val[t], &r->coef[k]);
        }
    }
    r->start[m] = k;
    free(ind);
    free(val);
    return ok ? r : NULL;
}

static int give_rows(struct child *c, glp_prob *P)
{
    struct tb_rows *r = integers(P);
    if (!r) return die(c, "a number of the model is not an integer");
    return tb_wire_put_rows(TB_WIRE_BULK, r) ? TB_OK : die(c, "the rows cannot be written");
}

/* ---- solving ------------------------------------------------------------------------------------- */

static void tell_roster(const struct child *c, const double *x)
{
    int32_t *chosen = tb_xcalloc((size_t)c->rows.n_cols + 1, sizeof *chosen);
    size_t n = 0;
    for (int j = 0; j < c->rows.n_cols; j++) {
        int64_t v;
        if (c->cand_of[j] < 0) continue;
        if (!whole(x[j + 1], &v) || v < 0 || v > 1) {
            free(chosen);
            return;
        }
        if (v == 1) chosen[n++] = c->cand_of[j];
    }
    tell(TB_WIRE_ROSTER, chosen, n * sizeof *chosen);
    free(chosen);
}

static void on_incumbent(void *arg, double obj, const double *x)
{
    (void)obj;
    tell_roster(arg, x);
}

static void on_progress(void *arg, const struct mip_progress *p)
{
    struct tb_wire_progress m = {.best = p->have_best ? p->best : (double)NAN,
                                 .bound = p->have_bound ? p->bound : (double)NAN};
    (void)arg;
    snprintf(m.phase, sizeof m.phase, "%s", p->phase ? p->phase : "");
    tell(TB_WIRE_PROGRESS, &m, sizeof m);
}

static void tell_cert(const struct tb_rows *r, const struct mip_cert *k)
{
    struct tb_wire_cert head = {.scale = k->scale, .rows = k->m, .cliques = k->cliques};
    if (!tb_plan_cert_bound(r, k, &head.bound)) return;
    struct tb_buf b = {0};
    tb_buf_addn(&b, &head, sizeof head);
    tb_buf_addn(&b, k->y + 1, (size_t)k->m * sizeof *k->y);
    if (k->cliques > 0) {
        tb_buf_addn(&b, k->start, ((size_t)k->cliques + 1) * sizeof *k->start);
        tb_buf_addn(&b, k->member, (size_t)k->start[k->cliques] * sizeof *k->member);
        tb_buf_addn(&b, k->clique_y, (size_t)k->cliques * sizeof *k->clique_y);
    }
    tell(TB_WIRE_CERT, b.s, b.len);
    tb_buf_free(&b);
}

static void tell_basis(const struct mip_basis *b)
{
    if (!b->m || !b->row || !b->col) return;
    struct tb_buf out = {0};
    tb_buf_addn(&out, b->row + 1, (size_t)b->m);
    tb_buf_addn(&out, b->col + 1, (size_t)b->n);
    tell(TB_WIRE_BASIS, out.s, out.len);
    tb_buf_free(&out);
}

/* "blocks 12, lazy 340, dive 3: certificate after dive" */
static void describe(const struct mip_result *r, char *out, size_t size)
{
    struct tb_buf b = {0};
    for (int s = 0; s < MIP_STEP_COUNT; s++)
        if (r->step[s].used)
            tb_buf_addf(&b, "%s%s %ld", b.len ? ", " : "", mip_step_name((enum mip_step)s), r->step[s].count);
    if (r->closed)
        tb_buf_addf(&b, "%s%s: %s", b.len ? "; " : "", mip_step_name(r->closed_by), mip_proof_name(r->proof));
    snprintf(out, size, "%s", tb_buf_str(&b));
    tb_buf_free(&b);
}

static int solve(struct child *c, glp_prob *P, double seconds, double gap, bool stock)
{
    double *start = c->start ? tb_xcalloc((size_t)c->rows.n_cols + 2, sizeof *start) : NULL;
    for (int j = 0; start && j < c->rows.n_cols; j++) start[j + 1] = (double)c->start[j];
    bool warm = c->basis.m > 0;
    struct mip_opts o = {.time_limit = seconds,
                         .gap_limit = gap,
                         .interrupt = &interrupted,
                         .start = warm ? start : NULL,
                         .rough = warm ? NULL : start,
                         .basis = warm ? &c->basis : NULL,
                         .off = stock ? MIP_STOCK : 0,
                         .on_incumbent = on_incumbent,
                         .on_progress = on_progress,
                         .arg = c};
    struct mip_result r;
    memset(&r, 0, sizeof r);
    double from = tb_clock_seconds();
    mip_solve(P, &o, &r);
    if (r.outcome == MIP_ERROR) return die(c, r.text);
    if (r.x) tell_roster(c, r.x);
    tell_cert(&c->rows, &r.cert);
    tell_basis(&r.basis);
    struct tb_wire_end end = {.outcome = (int32_t)r.outcome,
                              .have_bound = r.have_bound,
                              .obj = r.obj,
                              .bound = r.bound,
                              .seconds = tb_clock_seconds() - from};
    describe(&r, end.steps, sizeof end.steps);
    mip_result_free(&r);
    free(start);
    tell(TB_WIRE_END, &end, sizeof end);
    return TB_OK;
}

static void limit_memory(int64_t mb)
{
#ifndef SANITIZED
    struct rlimit l = {(rlim_t)mb << 20, (rlim_t)mb << 20};
    if (mb > 0) (void)setrlimit(RLIMIT_AS, &l);
#else
    (void)mb; /* sanitizers reserve terabytes */
#endif
}

static int work(struct child *c, const char *mode, double seconds, double gap)
{
    bool stock = strcmp(mode, "stock") == 0, to_solve = stock || strcmp(mode, "solve") == 0;
    glp_prob *P = to_solve ? take_over(c) : translate();
    if (!P) return die(c, "the model cannot be generated");
    struct tb_wire_sizes sizes = {glp_get_num_cols(P), glp_get_num_rows(P), tb_clock_seconds() - c->begun};
    tell(TB_WIRE_SIZES, &sizes, sizeof sizes);
    if (to_solve) return solve(c, P, seconds, gap, stock);
    int status = TB_USAGE;
    if (strcmp(mode, "rows") == 0)
        status = give_rows(c, P);
    else if (strcmp(mode, "mps") == 0)
        status = glp_write_mps(P, GLP_MPS_FILE, NULL, "/proc/self/fd/5")
                     ? die(c, "the model cannot be written")
                     : TB_OK;
    else if (strcmp(mode, "lp") == 0)
        status = glp_write_lp(P, NULL, "/proc/self/fd/5") ? die(c, "the model cannot be written") : TB_OK;
    if (status != TB_OK) return status;
    struct tb_wire_end end = {0};
    tell(TB_WIRE_END, &end, sizeof end);
    return TB_OK;
}

/* toban-solve MODE MILLISECONDS GAP_MILLIONTHS MEMORY_MB */
int tb_plan_child_main(int argc, char **argv)
{
    int64_t ms, gap, mb;
    if (argc != 6 || !tb_parse_int(argv[3], 0, INT64_MAX, &ms) ||
        !tb_parse_int(argv[4], 0, INT64_MAX, &gap) || !tb_parse_int(argv[5], 0, INT32_MAX, &mb) ||
        lseek(TB_WIRE_DATA, 0, SEEK_CUR) < 0) {
        fputs("toban-solve: started by toban itself only\n", stderr);
        return TB_USAGE;
    }
    struct child c = {.begun = tb_clock_seconds()};
    struct sigaction act = {.sa_handler = on_signal};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit_memory(mb);
    glp_term_hook(on_text, &c.words);
    glp_error_hook(on_fatal, &c.words);
    int status = work(&c, argv[2], (double)ms / 1e3, (double)gap / 1e6);
    fflush(NULL);
    _exit(status); /* the process ends here: nothing of GLPK's needs to be taken down */
}
