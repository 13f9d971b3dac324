/*
 * toban-mip: the solving engine on any mixed integer program in a file, for
 * judging it against other solvers on models that nobody here wrote.
 */
#include "toban/mip/mip.h"

#include <errno.h>
#include <glpk.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_OPTIMAL = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_LIMIT = 5, EXIT_BUG = 70 };

static const char help[] = "usage: toban-mip [options] FILE.lp|FILE.mps|FILE.lp.gz|FILE.mps.gz\n"
                           "\n"
                           "Solves a mixed integer program (CPLEX LP or free/fixed MPS) and prints\n"
                           "status, objective, bound, gap, seconds, nodes and the steps that ran.\n"
                           "\n"
                           "  --json        print one JSON object instead of text\n"
                           "  --time S      stop after S seconds (the best solution so far is kept)\n"
                           "  --gap G       stop at a relative gap of G (default 0: prove)\n"
                           "  --off LIST    leave out steps: blocks,lazy,sift,dive,free,fix,clique,branch\n"
                           "  --stock       GLPK's branch and bound alone\n"
                           "  --values      print the columns that are not zero\n"
                           "  --verbose     progress on stderr\n"
                           "  --help        this text\n"
                           "\n"
                           "exit codes: 0 optimal, 1 infeasible or unbounded, 2 usage, 3 bad file,\n"
                           "5 limit reached without proof, 70 internal error\n"
                           "\n"
                           "example: toban-mip --json --time 60 region-2026-12.lp.gz\n";

struct args {
    bool json, values, verbose;
    double time, gap;
    unsigned off;
    const char *file;
};

static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
    (void)sig;
    interrupted = 1;
}

static bool number(const char *s, double *v)
{
    char *end;

    errno = 0;
    *v = strtod(s, &end);
    return end != s && !*end && !errno && isfinite(*v) && *v >= 0;
}

static bool steps(const char *s, unsigned *off)
{
    while (*s) {
        size_t len = strcspn(s, ",");
        int k;

        for (k = 0; k < MIP_STEP_COUNT; k++) {
            const char *name = mip_step_name((enum mip_step)k);

            if (strlen(name) == len && !strncmp(name, s, len)) break;
        }
        if (k == MIP_STEP_COUNT) return false;
        *off |= 1u << k;
        s += len + (s[len] == ',');
    }
    return true;
}

/* 0: go on; else the exit code plus one. */
static int parse(int argc, char **argv, struct args *a)
{
    for (int i = 1; i < argc; i++) {
        const char *s = argv[i], *v = i + 1 < argc ? argv[i + 1] : "";

        if (!strcmp(s, "--help")) {
            fputs(help, stdout);
            return EXIT_OPTIMAL + 1;
        } else if (!strcmp(s, "--json")) {
            a->json = true;
        } else if (!strcmp(s, "--values")) {
            a->values = true;
        } else if (!strcmp(s, "--verbose")) {
            a->verbose = true;
        } else if (!strcmp(s, "--stock")) {
            a->off |= MIP_STOCK;
        } else if (!strcmp(s, "--time") && number(v, &a->time)) {
            i++;
        } else if (!strcmp(s, "--gap") && number(v, &a->gap)) {
            i++;
        } else if (!strcmp(s, "--off") && *v && steps(v, &a->off)) {
            i++;
        } else if (*s != '-' && !a->file) {
            a->file = s;
        } else {
            fprintf(stderr, "toban-mip: cannot use '%s%s%s'\n", s, *s == '-' && *v ? " " : "",
                    *s == '-' ? v : "");
            return EXIT_USAGE + 1;
        }
    }
    if (a->file) return 0;
    fputs("toban-mip: no file given; try --help\n", stderr);
    return EXIT_USAGE + 1;
}

static bool ends(const char *s, const char *tail)
{
    size_t n = strlen(s), k = strlen(tail);

    return n >= k && !strcmp(s + n - k, tail);
}

/* What the readers of GLPK say, kept for the message. */
struct said {
    char text[1024];
    size_t len;
};

static int listen(void *info, const char *s)
{
    struct said *w = info;

    for (; *s && w->len + 1 < sizeof w->text; s++) w->text[w->len++] = *s;
    w->text[w->len] = '\0';
    return 1;
}

static bool read_problem(const char *file, glp_prob *P)
{
    if (ends(file, ".lp") || ends(file, ".lp.gz")) return !glp_read_lp(P, NULL, file);
    if (ends(file, ".mps") || ends(file, ".mps.gz")) {
        if (!glp_read_mps(P, GLP_MPS_FILE, NULL, file)) return true;
        return !glp_read_mps(P, GLP_MPS_DECK, NULL, file);
    }
    return false;
}

static int load(const char *file, glp_prob *P)
{
    struct said said = {.len = 0};
    bool ok;

    glp_term_hook(listen, &said);
    ok = read_problem(file, P);
    glp_term_hook(NULL, NULL);
    if (ok) return 0;
    fprintf(stderr, "toban-mip: cannot read %s as an LP or MPS file\n%s", file, said.text);
    return EXIT_INPUT;
}

static void progress(void *arg, const struct mip_progress *p)
{
    (void)arg;
    fprintf(stderr, "%8.2f s  %-7s", p->seconds, p->phase);
    if (p->have_best) fprintf(stderr, "  best %.10g", p->best);
    if (p->have_bound) fprintf(stderr, "  bound %.10g", p->bound);
    fputc('\n', stderr);
}

static void json_string(const char *s)
{
    putchar('"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;

        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void json_steps(const struct mip_result *r)
{
    bool first = true;

    printf(",\"steps\":[");
    for (int k = 0; k < MIP_STEP_COUNT; k++) {
        if (!r->step[k].used) continue;
        printf("%s{\"step\":\"%s\",\"seconds\":%.4f,\"count\":%ld}", first ? "" : ",",
               mip_step_name((enum mip_step)k), r->step[k].seconds, r->step[k].count);
        first = false;
    }
    putchar(']');
}

static void json_values(const struct mip_result *r, glp_prob *P)
{
    bool first = true;

    printf(",\"values\":{");
    for (int j = 1; r->x && j <= r->n; j++) {
        const char *name = glp_get_col_name(P, j);
        char made[32];

        if (fabs(r->x[j]) <= 0.0) continue;
        snprintf(made, sizeof made, "C%d", j);
        if (!first) putchar(',');
        json_string(name ? name : made);
        printf(":%.12g", r->x[j]);
        first = false;
    }
    putchar('}');
}

static void print_json(const struct args *a, const struct mip_result *r, glp_prob *P)
{
    printf("{\"file\":");
    json_string(a->file);
    printf(",\"status\":\"%s\",\"proof\":\"%s\"", mip_outcome_name(r->outcome), mip_proof_name(r->proof));
    if (r->x) printf(",\"objective\":%.12g", r->obj);
    if (r->have_bound) printf(",\"bound\":%.12g", r->bound);
    if (r->have_root) printf(",\"root_bound\":%.12g", r->root_bound);
    if (r->gap >= 0) printf(",\"gap\":%.6g", r->gap);
    if (r->closed) printf(",\"closed_by\":\"%s\"", mip_step_name(r->closed_by));
    if (r->cert.scale) printf(",\"certificate_scale\":%lld", (long long)r->cert.scale);
    printf(",\"seconds\":%.4f,\"nodes\":%ld,\"rows\":%d,\"lazy_rows\":%d,"
           "\"columns\":%d",
           r->seconds, r->nodes, r->lazy_rows + r->kept_rows, r->lazy_rows, r->n);
    json_steps(r);
    if (a->values) json_values(r, P);
    puts("}");
}

static void print_text(const struct args *a, const struct mip_result *r, glp_prob *P)
{
    printf("status     %s\n", mip_outcome_name(r->outcome));
    if (r->x) printf("objective  %.12g\n", r->obj);
    if (r->have_bound) printf("bound      %.12g\n", r->bound);
    if (r->gap >= 0) printf("gap        %.4g %%\n", 100 * r->gap);
    printf("proof      %s\n", mip_proof_name(r->proof));
    if (r->closed) printf("closed by  %s\n", mip_step_name(r->closed_by));
    printf("seconds    %.3f\nnodes      %ld\n", r->seconds, r->nodes);
    printf("rows       %d, of them lazy %d\ncolumns    %d\n", r->lazy_rows + r->kept_rows, r->lazy_rows,
           r->n);
    for (int k = 0; k < MIP_STEP_COUNT; k++)
        if (r->step[k].used)
            printf("step       %-7s %8.3f s %8ld\n", mip_step_name((enum mip_step)k), r->step[k].seconds,
                   r->step[k].count);
    for (int j = 1; a->values && r->x && j <= r->n; j++)
        if (fabs(r->x[j]) > 0.0)
            printf("value      %s %.12g\n", glp_get_col_name(P, j) ? glp_get_col_name(P, j) : "?", r->x[j]);
}

static int exit_code(enum mip_outcome v)
{
    switch (v) {
    case MIP_OPTIMAL:
        return EXIT_OPTIMAL;
    case MIP_INFEASIBLE:
    case MIP_UNBOUNDED:
        return EXIT_NO;
    case MIP_FEASIBLE:
    case MIP_NOTHING:
        return EXIT_LIMIT;
    case MIP_ERROR:
    case MIP_OUTCOME_COUNT:
    default:
        return EXIT_BUG;
    }
}

static int run(const struct args *a, glp_prob *P)
{
    struct mip_opts o = {
        .time_limit = a->time, .gap_limit = a->gap, .interrupt = &interrupted, .off = a->off};
    struct mip_result r = {0};
    int code;

    if (a->verbose) o.on_progress = progress;
    code = exit_code((enum mip_outcome)mip_solve(P, &o, &r));
    if (a->json)
        print_json(a, &r, P);
    else
        print_text(a, &r, P);
    if (code == EXIT_BUG) fprintf(stderr, "toban-mip: the solver failed\n%s\n", r.text);
    mip_result_free(&r);
    return code;
}

int main(int argc, char **argv)
{
    struct args a = {0};
    struct sigaction act = {.sa_handler = on_signal};
    int code = parse(argc, argv, &a);
    glp_prob *P;

    if (code) return code - 1;
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    P = glp_create_prob();
    code = load(a.file, P);
    if (!code) code = run(&a, P);
    glp_delete_prob(P);
    glp_free_env();
    return code;
}
