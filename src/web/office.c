/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The office's server: the table of its addresses, and the process that watches over the one that answers.
 */
#include "toban/web/office.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "toban/store/store.h"
#include "visit.h"

#define DRAFTS_KEPT 8
#define ASKING 16             /* answers that take long, at once */
#define FORM_MOST (64 * 1024) /* bytes */
#define END_SECONDS 5.0
#define SOON_SECONDS 0.5
#define PAUSE_MICROSECONDS 300000
#define CALM_SECONDS 10.0 /* who lived so long did not die of how he was begun */

static const struct http_header headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
     "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
     "trusted-types toban"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"X-Robots-Tag", "noindex, nofollow, noarchive"},
};

/* ---- static files ---- */

extern const char web_toban_css[], web_office_js[];
extern const size_t web_toban_css_size, web_office_js_size;

static void send_static(struct http_request *rq, const char *type, const char *bytes, size_t n)
{
    http_answer(rq,
                &(struct http_answer){
                    .status = 200, .type = type, .cache = "private, max-age=60", .bytes = bytes, .len = n});
}
static void css(void *arg, struct http_request *rq)
{
    (void)arg;
    send_static(rq, "text/css; charset=utf-8", web_toban_css, web_toban_css_size);
}
static void js(void *arg, struct http_request *rq)
{
    (void)arg;
    send_static(rq, "text/javascript; charset=utf-8", web_office_js, web_office_js_size);
}

/* ---- a draft ---- */

/* "17" or "17/thin": the number, and what stands behind it ("" for the draft itself). */
static bool draft_path(const struct visit *v, int64_t *draft, char *view, size_t size)
{
    char rest[128], *end;
    if (!visit_rest(v, rest, sizeof rest) || *rest < '1' || *rest > '9') return false;
    errno = 0;
    *draft = strtoll(rest, &end, 10);
    if (errno || *draft > INT32_MAX || (*end && *end != '/')) return false;
    (void)snprintf(view, size, "%s", *end ? end + 1 : "");
    return true;
}

static const struct {
    const char *name;
    void (*show)(struct visit *v, int64_t draft); /* NULL: no such page */
    void (*run)(struct visit *v, int64_t draft);
} draft_pages[] = {{"publish", page_publish, page_publish_do},
                   {"replan", page_replan, NULL},
                   {"explain", page_explain, NULL},
                   {"why", page_why, NULL}};

static void not_there(struct visit *v) { web_not_there(&v->ask, "その頁はありません。", &v->reply); }

static void draft_page(struct visit *v)
{
    int64_t draft;
    char view[64];
    if (!draft_path(v, &draft, view, sizeof view)) {
        not_there(v);
        return;
    }
    for (size_t i = 0; i < TB_COUNT(draft_pages); i++)
        if (strcmp(draft_pages[i].name, view) == 0) {
            void (*page)(struct visit *, int64_t) = v->post ? draft_pages[i].run : draft_pages[i].show;
            if (page)
                page(v, draft);
            else
                not_there(v);
            return;
        }
    if (v->post) {
        if (!web_act(&v->ask, draft, view, &v->reply)) not_there(v);
    } else if (!*view)
        web_draft(&v->ask, draft, NULL, NULL, &v->reply);
    else if (strcmp(view, "exception") == 0)
        web_exception(&v->ask, draft, &v->reply);
    else if (!web_view(&v->ask, draft, view, &v->reply))
        not_there(v);
}

static void start(struct visit *v)
{
    v->reply.status = 303;
    tb_buf_add(&v->reply.location, "/m");
}

/* ---- the table ---- */

#define PAGE(name, page) \
    static void name(void *arg, struct http_request *rq) { visit_run(arg, rq, page); }
PAGE(run_draft, draft_page)
PAGE(run_start, start)
PAGE(run_home, page_home)
PAGE(run_users, page_users)
PAGE(run_user_add, page_user_add)
PAGE(run_todo, page_todo)
PAGE(run_publications, page_publications)
PAGE(run_coming, page_coming)
PAGE(run_replace, page_replace)
PAGE(run_replace_do, page_replace_do)
PAGE(run_sent, page_sent)
PAGE(run_sent_do, page_sent_do)
PAGE(run_ledger, page_ledger)
PAGE(run_diff, page_diff)
PAGE(run_practice, page_practice)
PAGE(run_all, page_all)
PAGE(run_compare, page_compare)
PAGE(run_plan, page_plan)
PAGE(run_job, page_job)
PAGE(run_job_stop, page_job_stop)
PAGE(run_logout, door_logout)

static const struct http_param draft_params[] = {{"seat", HTTP_ONE},  {"who", HTTP_ONE},
                                                 {"month", HTTP_ONE}, {"provider", HTTP_ONE},
                                                 {"side", HTTP_ONE},  {0}};
static const struct http_param draft_fields[] = {
    {"form", HTTP_ONE},   {"revision", HTTP_ONE},   {"seat", HTTP_ONE},   {"provider", HTTP_ONE},
    {"with", HTTP_ONE},   {"instead-of", HTTP_ONE}, {"reason", HTTP_ONE}, {"signed-by", HTTP_ONE},
    {"remove", HTTP_ONE}, {"note", HTTP_ONE},       {"until", HTTP_ONE},  {"date", HTTP_ONE},
    {"number", HTTP_ONE}, {"what", HTTP_ONE},       {"text", HTTP_ONE},   {0}};
static const struct http_param login_fields[] = {
    {"login", HTTP_ONE}, {"password", HTTP_ONE}, {"code", HTTP_ONE}, {0}};
static const struct http_param first_fields[] = {
    {"key", HTTP_ONE}, {"name", HTTP_ONE}, {"login", HTTP_ONE}, {"password", HTTP_ONE}, {0}};
static const struct http_param form_fields[] = {{"form", HTTP_ONE}, {0}};
static const struct http_param user_fields[] = {
    {"form", HTTP_ONE}, {"login", HTTP_ONE},  {"name", HTTP_ONE}, {"password", HTTP_ONE},
    {"role", HTTP_ONE}, {"bodies", HTTP_ONE}, {"what", HTTP_ONE}, {0}};
static const struct http_param replace_params[] = {
    {"seat", HTTP_ONE}, {"who", HTTP_ONE}, {"with", HTTP_ONE}, {0}};
static const struct http_param replace_fields[] = {{"form", HTTP_ONE},
                                                   {"seat", HTTP_ONE},
                                                   {"who", HTTP_ONE},
                                                   {"provider", HTTP_ONE},
                                                   {"said", HTTP_ONE},
                                                   {"note", HTTP_ONE},
                                                   {0}};
static const struct http_param sent_params[] = {{"number", HTTP_ONE}, {0}};
static const struct http_param sent_fields[] = {
    {"form", HTTP_ONE}, {"number", HTTP_ONE}, {"recipient", HTTP_ONE}, {"what", HTTP_ONE}, {0}};
static const struct http_param ledger_params[] = {{"year", HTTP_ONE}, {"account", HTTP_ONE}, {0}};
static const struct http_param month_params[] = {{"month", HTTP_ONE}, {0}};
static const struct http_param diff_params[] = {{"a", HTTP_ONE}, {"b", HTTP_ONE}, {0}};
static const struct http_param practice_fields[] = {{"form", HTTP_ONE}, {"what", HTTP_ONE}, {0}};
static const struct http_param plan_fields[] = {{"form", HTTP_ONE},
                                                {"period", HTTP_ONE},
                                                {"duty", HTTP_MANY},
                                                {"kind", HTTP_ONE},
                                                {"without", HTTP_MANY},
                                                {"off", HTTP_MANY},
                                                {0}};
static const struct http_param job_fields[] = {{"form", HTTP_ONE}, {"take", HTTP_ONE}, {0}};

static const struct http_route routes[] = {
    {"GET", "/static/toban.css", .run = css},
    {"GET", "/static/office.js", .run = js},
    {"GET", "/login", .run = door_login},
    {"POST", "/login", .run = door_try, .body = 2048, .fields = login_fields, .apart = true},
    {"GET", "/first/*", .run = door_first},
    {"POST", "/first", .run = door_begin, .body = 4096, .fields = first_fields, .apart = true},
    {"POST", "/logout", .run = run_logout, .body = 1024, .fields = form_fields},
    {"GET", "/", .run = run_start},
    {"GET", "/m", .run = run_home},
    {"GET", "/d/*", .run = run_draft, .params = draft_params, .apart = true},
    {"POST", "/d/*", .run = run_draft, .body = FORM_MOST, .fields = draft_fields, .apart = true},
    {"GET", "/all", .run = run_all, .params = month_params, .apart = true},
    {"GET", "/compare", .run = run_compare, .params = diff_params, .apart = true},
    {"GET", "/todo", .run = run_todo, .apart = true},
    {"GET", "/publications", .run = run_publications, .apart = true},
    {"GET", "/diff", .run = run_diff, .params = diff_params, .apart = true},
    {"GET", "/coming", .run = run_coming, .apart = true},
    {"GET", "/replace", .run = run_replace, .params = replace_params, .apart = true},
    {"POST", "/replace", .run = run_replace_do, .body = 4096, .fields = replace_fields, .apart = true},
    {"GET", "/sent", .run = run_sent, .params = sent_params, .apart = true},
    {"POST", "/sent", .run = run_sent_do, .body = 2048, .fields = sent_fields, .apart = true},
    {"GET", "/ledger", .run = run_ledger, .params = ledger_params, .apart = true},
    {"GET", "/users", .run = run_users},
    {"POST", "/users", .run = run_user_add, .body = 4096, .fields = user_fields, .apart = true},
    {"POST", "/practice", .run = run_practice, .body = 1024, .fields = practice_fields, .apart = true},
    {"POST", "/plan", .run = run_plan, .body = FORM_MOST, .fields = plan_fields},
    {"GET", "/jobs/*", .run = run_job},
    {"POST", "/jobs/*", .run = run_job_stop, .body = 1024, .fields = job_fields},
};

/* ---- the process that answers ---- */

static int answer(struct office *o, int fd, const struct tb_office_opts *opts)
{
    sigset_t stop;
    int which;
    struct tb_err e = {0};
    http_listener *l;
    struct http_opts h = {.address = opts->address,
                          .port = o->port,
                          .fd = fd,
                          .routes = routes,
                          .n_routes = TB_COUNT(routes),
                          .headers = headers,
                          .n_headers = TB_COUNT(headers),
                          .arg = o,
                          .apart = ASKING};
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_SETMASK, &stop, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    /* Who watches may be killed: then nobody is left who could be asked to end this one. */
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    o->kept = tb_kept_new(DRAFTS_KEPT);
    o->jobs = web_jobs_new(o->app, o->practice);
    enum tb_code c = http_listener_new(&h, &l, &e);
    if (c == TB_OK) c = http_listener_start(l, &e);
    if (c) {
        tb_log("%s", e.text);
        return (int)c;
    }
    (void)sigwait(&stop, &which);
    /* What is answered now is told to somebody: it may end. */
    if (!http_listener_stop(l, END_SECONDS)) _exit(0);
    web_jobs_free(o->jobs);
    http_listener_free(l);
    tb_kept_free(o->kept);
    return 0;
}

/* ---- the one that watches ---- */

static enum tb_code watch(struct office *o, int fd, const struct tb_office_opts *opts, struct tb_err *e)
{
    sigset_t all;
    pid_t child = -1;
    double begun = 0;
    bool ending = false;
    sigemptyset(&all);
    sigaddset(&all, SIGTERM);
    sigaddset(&all, SIGINT);
    sigaddset(&all, SIGCHLD);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    for (;;) {
        int which, status;
        if (child < 0) {
            begun = tb_clock_seconds();
            child = fork();
            if (child == 0) _exit(answer(o, fd, opts));
            if (child < 0)
                return tb_fail(e, TB_STORAGE, "%s", tb_t("プロセスを作れません", "no process can be made"));
        }
        (void)sigwait(&all, &which);
        if (which != SIGCHLD) {
            ending = true;
            (void)kill(child, SIGTERM);
            continue;
        }
        if (waitpid(child, &status, WNOHANG) != child) continue;
        child = -1;
        if (ending) return TB_OK;
        tb_log(tb_t("頁を作るプロセスが終わりました（%s %d）。もう一度始めます",
                    "the process that makes the pages ended (%s %d); it is begun again"),
               WIFSIGNALED(status) ? "signal" : "exit",
               WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        /* A bug that a request met (70) is not how he was begun: the next request may be another. */
        const bool bug = WIFEXITED(status) && WEXITSTATUS(status) == TB_INTERNAL;
        if (bug && tb_clock_seconds() - begun < SOON_SECONDS) (void)usleep(PAUSE_MICROSECONDS);
        if (!bug && tb_clock_seconds() - begun < CALM_SECONDS && WIFEXITED(status) && WEXITSTATUS(status))
            return tb_fail(e, TB_STORAGE, "%s", tb_t("頁を始められません", "the pages cannot be begun"));
    }
}

static enum tb_code inside(const struct tb_office_opts *o, struct tb_err *e)
{
    if (strncmp(o->address, "127.", 4) == 0 || o->host) return TB_OK;
    return tb_fail(e, TB_USAGE,
                   tb_t("%s: 事務局の頁は、このパソコンの中（127.0.0.1）か、https "
                        "を話すプロキシーの後ろ（--trust-proxy）でだけ開きます",
                        "%s: the office's pages are opened on this machine (127.0.0.1), or behind a proxy "
                        "with TLS (--trust-proxy)"),
                   o->address);
}

enum tb_code tb_office_serve(const struct tb_app *app, const struct tb_office_opts *opts, struct tb_err *e)
{
    struct office o = {.app = app, .door = {app->db, app->clock}, .host = opts->host};
    tb_lease *lease = NULL;
    char word[TB_RANDOM_WORD + 1], first[TB_RANDOM_WORD + 16] = "";
    struct tb_buf practice = {0};
    int fd;
    tb_buf_addf(&practice, "%s.practice", app->db);
    o.practice = practice.s;
    enum tb_code c = inside(opts, e);
    if (c == TB_OK) c = http_socket(opts->address, opts->port, &fd, &o.port, e);
    if (c) {
        tb_buf_free(&practice);
        return c;
    }
    c = tb_store_lease(app->db, &lease, e);
    if (c == TB_OK) c = tb_app_verify(app, false, e);
    if (c == TB_OK) c = tb_door_first(&o.door, word, e);
    if (c == TB_OK) (void)snprintf(first, sizeof first, "/first/%s", word);
    if (c == TB_REFUSED) { /* there are users */
        *e = (struct tb_err){0};
        c = TB_OK;
    }
    if (c == TB_OK) {
        if (opts->ready) opts->ready(opts->arg, o.port, *first ? first : NULL);
        c = watch(&o, fd, opts, e);
    }
    (void)close(fd);
    tb_store_lease_end(lease);
    tb_buf_free(&practice);
    return c;
}
