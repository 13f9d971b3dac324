/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan: the asking side. Generates candidates and rows, starts the child, listens, and turns what comes back
 * into a roster. Nothing the child says is believed: its choices are counted again over the rows, in
 * integers.
 */
#include "toban/plan/plan.h"

#include "gen.h"
#include "toban/mip/mip.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEFAULT_SECONDS = 600, DEFAULT_MEMORY_MB = 8192, GRACE_SECONDS = 5, POLL_MS = 50, WORDS = 4096 };

const char *tb_plan_status_word(enum tb_plan_status s)
{
    static const char *const words[] = {
        [TB_PLAN_OPTIMAL] = "optimal", [TB_PLAN_FEASIBLE] = "feasible", [TB_PLAN_NONE] = "none"};
    return words[s];
}

const char *tb_plan_stop_word(enum tb_plan_stop s)
{
    static const char *const words[] = {[TB_STOP_PROOF] = "proof",
                                        [TB_STOP_TIME] = "time",
                                        [TB_STOP_GAP] = "gap",
                                        [TB_STOP_INTERRUPT] = "interrupt"};
    return words[s];
}

void tb_plan_result_free(struct tb_plan_result *r)
{
    tb_roster_free(&r->roster);
    tb_certificate_free(&r->certificate);
    tb_rows_free(&r->program);
    free(r->seats);
    free(r->basis.at);
    *r = (struct tb_plan_result){0};
}

/* ---- the child ----------------------------------------------------------------------------------- */

struct run {
    const struct tb_gen *g;
    const struct tb_gen_program *program; /* to solve; NULL: the child translates the model */
    const int *rough; /* a choice for when nothing better comes in time, or NULL; borrowed */
    size_t n_rough;
    const struct tb_plan_opts *o;
    int data, bulk, words, pipe; /* descriptors; -1: none */
    pid_t pid;
    double seconds; /* limit */
    bool interrupted, killed;
    double asked_to_stop; /* when */
    int exit_status;      /* of waitpid */
    long peak_kb;
    struct tb_buf in; /* bytes not yet understood */
    /* what it said */
    bool ended, garbled;
    struct tb_wire_end end;
    struct tb_wire_sizes sizes;
    int *best;
    size_t n_best;
    bool have_best;
    int64_t best_cost;
    double told_bound; /* NAN: none */
    char phase[16];
    int64_t cert_bound;
    struct tb_certificate cert;
    struct tb_plan_basis basis;
};

static enum tb_code system_failed(struct tb_err *e, const char *what)
{
    return tb_fail(
        e, TB_INTERNAL,
        tb_t("計算の子プロセスを始められません(%s): %s", "the solving process cannot be started (%s): %s"),
        what, strerrordesc_np(errno));
}

/* Above the numbers that the child will know them by, so that moving one never closes another. */
static int high(int fd)
{
    if (fd < 0) return fd;
    int up = fcntl(fd, F_DUPFD_CLOEXEC, 10);
    int why = errno;
    close(fd);
    errno = why;
    return up;
}

static int memory_file(const char *name) { return high(memfd_create(name, MFD_CLOEXEC)); }

static enum tb_code spawn(struct run *r, const char *mode, int out, struct tb_err *e)
{
    const struct tb_plan_opts *o = r->o;
    char ms[24], gap[24], mb[24], name[] = "toban", command[] = "toban-solve", how[16];
    snprintf(how, sizeof how, "%s", mode);
    snprintf(ms, sizeof ms, "%" PRId64, (int64_t)(r->seconds * 1e3 + 0.5));
    snprintf(gap, sizeof gap, "%" PRId64, (int64_t)(o->gap * 1e6 + 0.5));
    snprintf(mb, sizeof mb, "%ld", o->memory_mb > 0 ? o->memory_mb : (long)DEFAULT_MEMORY_MB);
    char *argv[] = {name, command, how, ms, gap, mb, NULL};
    const char *self = o->self ? o->self : "/proc/self/exe";
    posix_spawn_file_actions_t act;
    posix_spawnattr_t attr;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&act);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_addopen(&act, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&act, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&act, r->words, 2);
    posix_spawn_file_actions_adddup2(&act, r->data, TB_WIRE_DATA);
    posix_spawn_file_actions_adddup2(&act, out, TB_WIRE_PIPE);
    posix_spawn_file_actions_adddup2(&act, r->bulk, TB_WIRE_BULK);
    extern char **environ;
    int why = posix_spawn(&r->pid, self, &act, &attr, argv, environ);
    posix_spawn_file_actions_destroy(&act);
    posix_spawnattr_destroy(&attr);
    if (why == 0) return TB_OK;
    r->pid = 0;
    errno = why;
    return system_failed(e, self);
}

/* Whether the basis given is one of this program; without values to begin with it is of little use. */
static bool warm(const struct run *r)
{
    const struct tb_plan_basis *b = r->o->from;
    return b && b->at && r->program->start && b->n == r->program->rows.n_rows + r->program->rows.n_cols;
}

/* What the child is to work on. */
static bool write_data(const struct run *r)
{
    if (r->program) {
        const struct tb_gen_program *p = r->program;
        size_t n = (size_t)p->rows.n_cols;
        return tb_wire_put_rows(r->data, &p->rows) &&
               tb_wire_put(r->data, p->cand_of, n * sizeof *p->cand_of) &&
               (!p->start || tb_wire_put(r->data, p->start, n * sizeof *p->start)) &&
               (!warm(r) || tb_wire_put(r->data, r->o->from->at, (size_t)r->o->from->n));
    }
    struct tb_buf text = {0};
    tb_gen_data(r->g, &text);
    bool written = tb_wire_put(r->data, text.s, text.len);
    tb_buf_free(&text);
    return written;
}

static enum tb_code start(struct run *r, const char *mode, struct tb_err *e)
{
    int ends[2];
    r->data = memory_file("toban-data");
    r->bulk = memory_file("toban-bulk");
    r->words = memory_file("toban-words");
    if (r->data < 0 || r->bulk < 0 || r->words < 0) return system_failed(e, "memfd_create");
    if (fcntl(r->words, F_SETFL, O_APPEND) < 0) return system_failed(e, "fcntl");
    if (!write_data(r)) return system_failed(e, "write");
    if (pipe2(ends, O_CLOEXEC) < 0) return system_failed(e, "pipe2");
    r->pipe = high(ends[0]);
    int out = high(ends[1]);
    if (r->pipe < 0 || out < 0) {
        if (out >= 0) close(out);
        return system_failed(e, "fcntl");
    }
    enum tb_code code = spawn(r, mode, out, e);
    close(out);
    return code;
}

static void close_all(struct run *r)
{
    int *fds[] = {&r->data, &r->bulk, &r->words, &r->pipe};
    for (size_t i = 0; i < TB_COUNT(fds); i++)
        if (*fds[i] >= 0) close(*fds[i]);
    tb_buf_free(&r->in);
    free(r->best);
    free(r->basis.at);
    tb_certificate_free(&r->cert);
}

/* ---- listening ----------------------------------------------------------------------------------- */

/* Keeps the choice when it holds under the rows and is better. */
static void hear_roster(struct run *r, const char *bytes, size_t n)
{
    size_t count = n / sizeof(int32_t);
    int *chosen = tb_xcalloc(count + 1, sizeof *chosen);
    if (n) memcpy(chosen, bytes, n);
    int64_t cost;
    if (!tb_gen_cost(r->g, chosen, count, &cost)) {
        r->garbled = true;
        free(chosen);
    } else if (r->have_best && cost >= r->best_cost) {
        free(chosen);
    } else {
        free(r->best);
        r->best = chosen;
        r->n_best = count;
        r->best_cost = cost;
        r->have_best = true;
        if (r->o->progress) r->o->progress(r->o->arg, r->phase, (double)cost, r->told_bound);
    }
}

static void hear_progress(struct run *r, const struct tb_wire_progress *m)
{
    memcpy(r->phase, m->phase, sizeof r->phase);
    r->phase[sizeof r->phase - 1] = '\0';
    if (isfinite(m->bound)) r->told_bound = m->bound;
    if (r->o->progress)
        r->o->progress(r->o->arg, r->phase, r->have_best ? (double)r->best_cost : (double)NAN, r->told_bound);
}

static void hear_cert(struct run *r, const char *bytes, size_t n)
{
    struct tb_wire_cert h;
    struct tb_certificate *c = &r->cert;
    memcpy(&h, bytes, sizeof h);
    const char *at = bytes + sizeof h;
    int64_t *y = tb_xcalloc((size_t)h.rows + 1, sizeof *y);
    memcpy(y, at, (size_t)h.rows * sizeof *y);
    at += (size_t)h.rows * sizeof *y;
    tb_certificate_free(c);
    *c = (struct tb_certificate){.scale = h.scale};
    c->row = tb_xcalloc((size_t)h.rows + 1, sizeof *c->row);
    c->y = tb_xcalloc((size_t)h.rows + 1, sizeof *c->y);
    for (int i = 0; i < h.rows; i++)
        if (y[i]) {
            c->row[c->n] = i;
            c->y[c->n++] = y[i];
        }
    free(y);
    c->n_cliques = h.cliques;
    c->clique_start = tb_xcalloc((size_t)h.cliques + 1, sizeof *c->clique_start);
    if (h.cliques > 0) {
        memcpy(c->clique_start, at, ((size_t)h.cliques + 1) * sizeof(int));
        at += ((size_t)h.cliques + 1) * sizeof(int);
    }
    size_t members = (size_t)c->clique_start[h.cliques];
    c->clique_col = tb_xcalloc(members + 1, sizeof *c->clique_col);
    c->clique_y = tb_xcalloc((size_t)h.cliques + 1, sizeof *c->clique_y);
    memcpy(c->clique_col, at, members * sizeof(int));
    memcpy(c->clique_y, at + members * sizeof(int), (size_t)h.cliques * sizeof *c->clique_y);
    for (size_t i = 0; i < members; i++) c->clique_col[i]--; /* columns from 0 here */
    r->cert_bound = h.bound;
    (void)n;
}

static void hear(struct run *r, uint32_t type, const char *bytes, size_t n)
{
    struct tb_wire_progress progress;
    switch (type) {
    case TB_WIRE_SIZES:
        memcpy(&r->sizes, bytes, sizeof r->sizes);
        break;
    case TB_WIRE_ROSTER:
        hear_roster(r, bytes, n);
        break;
    case TB_WIRE_PROGRESS:
        memcpy(&progress, bytes, sizeof progress);
        hear_progress(r, &progress);
        break;
    case TB_WIRE_CERT:
        hear_cert(r, bytes, n);
        break;
    case TB_WIRE_BASIS:
        free(r->basis.at);
        r->basis = (struct tb_plan_basis){(int)n, tb_xcalloc(n + 1, 1)};
        memcpy(r->basis.at, bytes, n);
        break;
    case TB_WIRE_END:
        memcpy(&r->end, bytes, sizeof r->end);
        r->end.steps[sizeof r->end.steps - 1] = '\0';
        r->ended = true;
        break;
    default:
        r->garbled = true;
    }
}

/* Whole messages out of what has come. */
static void understand(struct run *r)
{
    size_t at = 0;
    struct tb_wire_header h;
    while (r->in.len - at >= sizeof h) {
        memcpy(&h, r->in.s + at, sizeof h);
        if (r->in.len - at - sizeof h < h.bytes) break;
        hear(r, h.type, r->in.s + at + sizeof h, h.bytes);
        at += sizeof h + h.bytes;
    }
    if (at == 0) return;
    memmove(r->in.s, r->in.s + at, r->in.len - at + 1);
    r->in.len -= at;
}

static void keep_to_limits(struct run *r, double begun)
{
    double now = tb_clock_seconds();
    if (r->o->interrupt && *r->o->interrupt && !r->interrupted) {
        r->interrupted = true;
        r->asked_to_stop = now;
        kill(r->pid, SIGINT);
    }
    bool late = now - begun > 2 * r->seconds + GRACE_SECONDS;
    bool deaf = r->interrupted && now - r->asked_to_stop > 2 * GRACE_SECONDS;
    if ((late || deaf) && !r->killed) {
        r->killed = true;
        kill(r->pid, SIGKILL);
    }
}

static void listen_to(struct run *r)
{
    double begun = tb_clock_seconds();
    char chunk[65536];
    for (;;) {
        struct pollfd p = {.fd = r->pipe, .events = POLLIN};
        int ready = poll(&p, 1, POLL_MS);
        keep_to_limits(r, begun);
        if (ready <= 0) continue;
        ssize_t n = read(r->pipe, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        tb_buf_addn(&r->in, chunk, (size_t)n);
        understand(r);
    }
    struct rusage use = {0};
    while (wait4(r->pid, &r->exit_status, 0, &use) < 0 && errno == EINTR) {}
    r->peak_kb = use.ru_maxrss;
}

/* Starts the child in a mode and hears it out. TB_OK: it ran; how it ended is in r. */
static enum tb_code ask(struct run *r, const char *mode, struct tb_err *e)
{
    enum tb_code code = start(r, mode, e);
    if (code == TB_OK) listen_to(r);
    return code;
}

static bool well_ended(const struct run *r)
{
    return r->ended && !r->garbled && WIFEXITED(r->exit_status) && WEXITSTATUS(r->exit_status) == TB_OK;
}

/* The end of what it wrote to stderr, on one line. */
static void last_words(const struct run *r, char *out, size_t size)
{
    char text[WORDS + 1];
    off_t end = lseek(r->words, 0, SEEK_END);
    off_t from = end > (off_t)(size - 1) ? end - (off_t)(size - 1) : 0;
    ssize_t n = end > 0 ? pread(r->words, text, size - 1 < WORDS ? size - 1 : WORDS, from) : 0;
    size_t k = 0;
    for (ssize_t i = 0; i < n; i++) {
        char ch = text[i];
        bool blank = (unsigned char)ch < 0x20 || (unsigned char)ch == 0x7f;
        if (blank && (k == 0 || out[k - 1] == ' ')) continue;
        out[k++] = blank ? ' ' : ch;
    }
    while (k > 0 && out[k - 1] == ' ') k--;
    out[k] = '\0';
    if (!tb_utf8_valid(out, k, NULL)) {
        for (size_t i = 0; i < k; i++)
            if ((unsigned char)out[i] >= 0x80) out[i] = '?';
    }
}

static enum tb_code dead(const struct run *r, struct tb_err *e)
{
    char words[1200], how[80];
    last_words(r, words, sizeof words);
    if (r->killed)
        return tb_fail(
            e, TB_LIMIT,
            tb_t("時間内(%.0f "
                 "秒)に当番表が一つも見つかりませんでした。期間を短くするか、時間を延ばしてください",
                 "no roster was found within %.0f s; plan a shorter period or allow more seconds"),
            r->seconds);
    if (strstr(words, "memory") || strstr(words, "メモリ") || strstr(words, "GLPK initialization failed"))
        return tb_fail(
            e, TB_LIMIT,
            tb_t("計算がメモリの上限(%ld MB)に達しました。上限を上げるか、期間を短くしてください: %s",
                 "the solver reached its memory limit (%ld MB); raise it or plan a shorter period: %s"),
            r->o->memory_mb > 0 ? r->o->memory_mb : (long)DEFAULT_MEMORY_MB, words);
    if (WIFSIGNALED(r->exit_status))
        snprintf(how, sizeof how, tb_t("シグナル %d", "signal %d"), WTERMSIG(r->exit_status));
    else
        snprintf(how, sizeof how, tb_t("終了コード %d", "exit status %d"), WEXITSTATUS(r->exit_status));
    return tb_fail(e, TB_INTERNAL,
                   tb_t("計算の子プロセスが異常終了しました(%s): %s", "the solving process died (%s): %s"),
                   how, words[0] ? words : tb_t("何も言い残していません", "it left no words"));
}

static struct run new_run(const struct tb_gen *g, const struct tb_plan_opts *o)
{
    return (struct run){.g = g,
                        .o = o,
                        .data = -1,
                        .bulk = -1,
                        .words = -1,
                        .pipe = -1,
                        .seconds = o->seconds > 0 ? o->seconds : DEFAULT_SECONDS,
                        .told_bound = (double)NAN};
}

/* ---- the result ---------------------------------------------------------------------------------- */

static void make_roster(const struct run *r, struct tb_roster *out)
{
    out->n = (int)r->n_best;
    out->a = tb_xcalloc(r->n_best + 1, sizeof *out->a);
    for (size_t i = 0; i < r->n_best; i++) {
        const struct tb_gen_cand *c = &r->g->cand[r->best[i]];
        out->a[i] = (struct tb_assignment){.slot = c->slot, .seat = 0, .provider = c->provider};
    }
    tb_roster_normalise(r->g->p, out);
}

/* The solver's bound as an integer: costs are integers, and a float a little above one means that one. */
static int64_t integer_bound(const struct run *r, double bound)
{
    int64_t least = tb_gen_floor(r->g);
    double up = ceil(bound - 1e-5 - 1e-9 * fabs(bound));
    if (!isfinite(bound) || up < (double)least) return least;
    return (int64_t)up;
}

static enum tb_plan_stop why_stopped(const struct run *r)
{
    if (r->interrupted) return TB_STOP_INTERRUPT;
    return TB_STOP_TIME;
}

/* A limit came before any roster: the one made without solving, if there is one. */
static void take_rough(struct run *r)
{
    int64_t cost;
    if (!r->rough || !tb_gen_cost(r->g, r->rough, r->n_rough, &cost)) return;
    r->best = tb_xcalloc(r->n_rough + 1, sizeof *r->best);
    memcpy(r->best, r->rough, r->n_rough * sizeof *r->best);
    r->n_best = r->n_rough;
    r->best_cost = cost;
    r->have_best = true;
}

static enum tb_code judge(struct run *r, struct tb_plan_result *out, struct tb_err *e)
{
    bool well = well_ended(r);
    enum mip_outcome outcome = (enum mip_outcome)r->end.outcome;
    bool at_limit = r->killed || r->interrupted || (well && outcome == MIP_NOTHING);
    if (!r->have_best && !r->garbled && at_limit) take_rough(r);
    double told = well && r->end.have_bound ? r->end.bound : r->told_bound;
    out->status = TB_PLAN_NONE;
    out->stopped_by = why_stopped(r);
    out->bound = integer_bound(r, told);
    if (r->cert.scale > 0 && r->cert_bound > out->bound) out->bound = r->cert_bound;
    if (well) snprintf(out->steps, sizeof out->steps, "%s", r->end.steps);
    if (!r->have_best) {
        if (well && outcome == MIP_INFEASIBLE) {
            out->stopped_by = TB_STOP_PROOF;
            return TB_OK;
        }
        if (r->interrupted) return TB_OK;
        if (!well) return dead(r, e);
        if (outcome == MIP_NOTHING) {
            r->killed = true; /* the same message: time came first */
            return dead(r, e);
        }
        return tb_fail(e, TB_INTERNAL,
                       tb_t("計算の答えが読めません(%s)", "the solver's answer makes no sense (%s)"),
                       mip_outcome_name(outcome));
    }
    if (well && (outcome == MIP_OPTIMAL || outcome == MIP_FEASIBLE)) {
        /* Before the proof an excess may stand higher than its roster needs: then the recount is lower, and
         * right. */
        bool loose = outcome == MIP_FEASIBLE || r->o->gap > 0;
        double over = (double)r->best_cost - r->end.obj, near = 1e-5 * fmax(1, fabs(r->end.obj));
        int64_t off = (int64_t)nearbyint(r->end.obj) - r->best_cost;
        if (over > near || (!loose && over < -near))
            return tb_fail(e, TB_INTERNAL,
                           tb_t("計算の目的値 %.6f と数え直した値 %" PRId64 " が違います(差 %" PRId64 ")",
                                "the solver's objective %.6f differs from the recount %" PRId64
                                " (by %" PRId64 ")"),
                           r->end.obj, r->best_cost, off);
    } else if (!well) {
        struct tb_err why = {0};
        dead(r, &why);
        snprintf(out->steps, sizeof out->steps, "%.250s", why.text);
    }
    make_roster(r, &out->roster);
    out->objective = r->best_cost;
    if (well && outcome == MIP_OPTIMAL && r->o->gap <= 0) out->bound = out->objective;
    if (out->bound > out->objective) out->bound = out->objective;
    out->status = out->bound == out->objective ? TB_PLAN_OPTIMAL : TB_PLAN_FEASIBLE;
    if (out->status == TB_PLAN_OPTIMAL)
        out->stopped_by = TB_STOP_PROOF;
    else if (well && outcome == MIP_OPTIMAL)
        out->stopped_by = TB_STOP_GAP;
    out->certificate = r->cert;
    out->certified = r->cert.scale > 0 && r->cert_bound >= out->objective;
    r->cert = (struct tb_certificate){0};
    return TB_OK;
}

/* The candidate of a provider in a slot, or -1. */
static int candidate(const struct tb_gen *g, int slot, int provider)
{
    for (size_t i = 0; i < g->n_cand; i++)
        if (g->cand[i].slot == slot && g->cand[i].provider == provider) return (int)i;
    return -1;
}

static struct tb_plan_seat *seats_of(const struct tb_gen *g, const struct tb_gen_program *program)
{
    struct tb_plan_seat *v = tb_xcalloc((size_t)program->rows.n_cols + 1, sizeof *v);
    for (int j = 0; j < program->rows.n_cols; j++) {
        int c = program->cand_of[j];
        v[j] = c < 0 ? (struct tb_plan_seat){-1, -1}
                     : (struct tb_plan_seat){g->cand[c].slot, g->cand[c].provider};
    }
    return v;
}

/* Narrows the columns of the fixes. False: somebody is to sit where he cannot. */
static bool fix(const struct tb_gen *g, const struct tb_plan_opts *o, struct tb_gen_program *program)
{
    for (int k = 0; k < o->n_fix; k++) {
        int c = candidate(g, o->fix[k].slot, o->fix[k].provider);
        if (c < 0 && o->fix[k].seated) return false;
        for (int j = 0; c >= 0 && j < program->rows.n_cols; j++) {
            if (program->cand_of[j] != c) continue;
            if (o->fix[k].seated)
                program->rows.lower[j] = 1;
            else
                program->rows.upper[j] = 0;
            if (program->rows.lower[j] > program->rows.upper[j]) return false;
        }
    }
    return true;
}

/* The candidates of a roster that there are. */
static int *choice_of(const struct tb_gen *g, const struct tb_roster *r, size_t *n)
{
    int *chosen = tb_xcalloc((size_t)r->n + 1, sizeof *chosen);
    *n = 0;
    for (int i = 0; i < r->n; i++) {
        int c = candidate(g, r->a[i].slot, r->a[i].provider);
        if (c >= 0) chosen[(*n)++] = c;
    }
    return chosen;
}

enum tb_code tb_plan_run(const struct tb_problem *p, const struct tb_plan_opts *o, struct tb_plan_result *out,
                         struct tb_err *e)
{
    static const struct tb_plan_opts defaults;
    struct tb_gen *g;
    double begun = tb_clock_seconds();
    *out = (struct tb_plan_result){.status = TB_PLAN_NONE};
    if (!o) o = &defaults;
    bool stock = o->engine && strcmp(o->engine, "stock") == 0;
    if (o->engine && !stock)
        return tb_fail(e, TB_USAGE,
                       tb_t("解法 %s はありません。stock か、指定なしです",
                            "there is no engine %s; say stock or nothing"),
                       o->engine);
    enum tb_code code = tb_gen_new(p, &g, e);
    if (code != TB_OK) return code;
    struct tb_gen_program program;
    int *rough;
    size_t n_rough;
    bool have_rough = tb_gen_greedy(g, &rough, &n_rough) && !o->n_fix; /* it knows nothing of fixes */
    size_t n_begin = 0;
    int *begin = o->begin ? choice_of(g, o->begin, &n_begin) : NULL;
    tb_gen_build(g, begin ? begin : have_rough ? rough : NULL, begin ? n_begin : n_rough, &program);
    free(begin);
    double generated = tb_clock_seconds() - begun;
    struct run r = new_run(g, o);
    r.program = &program;
    r.rough = have_rough ? rough : NULL;
    r.n_rough = n_rough;
    if (tb_gen_lost(g) || !fix(g, o, &program)) {
        out->stopped_by = TB_STOP_PROOF;
        snprintf(out->steps, sizeof out->steps, "pin");
    } else {
        code = ask(&r, stock ? "stock" : "solve", e);
        if (code == TB_OK) code = judge(&r, out, e);
    }
    out->candidates = (int)g->n_cand;
    out->columns = r.sizes.columns;
    out->rows = r.sizes.rows;
    out->seconds_generate = generated + r.sizes.seconds;
    out->seconds_solve = r.end.seconds;
    out->child_peak_kb = r.peak_kb;
    /* A failure leaves nothing to free. */
    if (code == TB_OK) {
        out->seats = seats_of(g, &program);
        out->program = program.rows;
        program.rows = (struct tb_rows){0};
        out->basis = r.basis;
        r.basis = (struct tb_plan_basis){0};
    }
    tb_gen_program_free(&program);
    free(rough);
    close_all(&r);
    tb_gen_free(g);
    return code;
}

/* ---- the model itself ---------------------------------------------------------------------------- */

/* What the child left in the bulk file; the caller owns *bytes. */
static enum tb_code bulk_of(const struct tb_problem *p, const struct tb_plan_opts *o, const char *mode,
                            char **bytes, size_t *n, struct tb_err *e)
{
    static const struct tb_plan_opts defaults;
    struct tb_gen *g;
    enum tb_code code = tb_gen_new(p, &g, e);
    if (code != TB_OK) return code;
    struct run r = new_run(g, o ? o : &defaults);
    code = ask(&r, mode, e);
    if (code == TB_OK && !well_ended(&r)) code = dead(&r, e);
    if (code == TB_OK) {
        if (!tb_wire_get(r.bulk, bytes, n)) code = system_failed(e, "pread");
    }
    close_all(&r);
    tb_gen_free(g);
    return code;
}

enum tb_code tb_plan_rows(const struct tb_problem *p, const struct tb_plan_opts *o, struct tb_rows *out,
                          struct tb_err *e)
{
    char *bytes = NULL;
    size_t size = 0;
    *out = (struct tb_rows){0};
    enum tb_code code = bulk_of(p, o, "rows", &bytes, &size, e);
    if (code == TB_OK) {
        const char *at = bytes;
        TB_ASSERT(tb_wire_get_rows(&at, bytes + size, out) && at == bytes + size);
    }
    free(bytes);
    return code;
}

/* Who sits where when x[i] is 1. */
static void names(const struct tb_gen *g, struct tb_buf *out)
{
    char date[32];
    tb_buf_add(out, "column,date,duty,band,role,provider\n");
    for (size_t i = 0; i < g->n_cand; i++) {
        const struct tb_slot *s = &g->p->slots[g->cand[i].slot];
        const struct tb_region *r = g->p->region;
        tb_buf_addf(out, "x[%zu],%s,%s,%s,%s,%s\n", i + 1, tb_format_date(s->date, date, sizeof date),
                    r->duties[s->duty].id, r->bands[s->band].id,
                    s->role == TB_RESERVE ? "reserve" : "primary", r->providers[g->cand[i].provider].id);
    }
}

enum tb_code tb_plan_export(const struct tb_problem *p, const struct tb_plan_opts *o, const char *format,
                            const char *path, struct tb_err *e)
{
    char *bytes = NULL;
    size_t size = 0;
    enum tb_code code;
    bool data = strcmp(format, "dat") == 0;
    if (data || strcmp(format, "names") == 0) {
        struct tb_gen *g;
        struct tb_buf b = {0};
        code = tb_gen_new(p, &g, e);
        if (code != TB_OK) return code;
        if (data)
            tb_gen_data(g, &b);
        else
            names(g, &b);
        tb_gen_free(g);
        size = b.len;
        bytes = tb_buf_take(&b);
    } else if (strcmp(format, "mps") == 0 || strcmp(format, "lp") == 0) {
        code = bulk_of(p, o, format, &bytes, &size, e);
        if (code != TB_OK) {
            free(bytes);
            return code;
        }
    } else {
        return tb_fail(e, TB_USAGE,
                       tb_t("形式 %s はありません。mps、lp、dat、names のどれかです",
                            "there is no format %s; it is mps, lp, dat or names"),
                       format);
    }
    code = tb_file_write(path, bytes, size, e);
    free(bytes);
    return code;
}
