/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/web: one request, from the socket to the page and back.
 */
#ifndef TOBAN_WEB_VISIT_H
#define TOBAN_WEB_VISIT_H

#include "jobs.h"
#include "month.h"
#include "toban/app/kept.h"
#include "toban/app/people.h"
#include "toban/http/http.h"

struct office {
    const struct tb_app *app;
    struct tb_door door;
    struct tb_kept *kept;
    const char *practice; /* path of the copy that is practised on */
    struct web_jobs *jobs;
    const char *host; /* NULL: loopback */
    int port;
};

struct visit {
    struct office *o;
    struct http_request *rq;
    struct tb_visitor who; /* of a page that needs somebody */
    struct tb_app app;     /* asked as him */
    struct web_ask ask;
    struct web_reply reply;
    char cookie[256]; /* to be set; "": none */
    bool post;
};
/* The rest of the path behind the route's star, terminated; false: too long. */
bool visit_rest(const struct visit *v, char *out, size_t size);

/* door.c: before anybody is known */
void door_login(void *arg, struct http_request *rq);
void door_try(void *arg, struct http_request *rq);
void door_first(void *arg, struct http_request *rq);
void door_begin(void *arg, struct http_request *rq);
void door_logout(struct visit *v);

/* visit.c: has `page` answer whoever is logged in; others are shown the door */
void visit_run(struct office *o, struct http_request *rq, void (*page)(struct visit *v));
/* For pages without anybody: is the request one of our own pages'? False: it was refused. */
bool visit_own(struct visit *v);
void visit_send(struct visit *v);
/* An error as the answer; false: there is none. */
bool visit_refused(struct visit *v, enum tb_code c, const struct tb_err *e);
const char *visit_cookie_name(const struct office *o);
/* Practising or not, as a cookie: it names no secret. */
void visit_practise(struct visit *v, bool on);
/* The session's cookie: for the browser to keep, or (word NULL) to forget. */
void visit_cookie(struct visit *v, const char *word);

/* pages.c: what there is beside the draft */
void page_home(struct visit *v);
void page_users(struct visit *v);
void page_user_add(struct visit *v);
void page_todo(struct visit *v);
void page_publications(struct visit *v);
void page_practice(struct visit *v); /* begins and ends practising */
void page_publish(struct visit *v, int64_t draft);
void page_publish_do(struct visit *v, int64_t draft);

/* all.c, compare.c */
void page_all(struct visit *v);
void page_compare(struct visit *v);
/* plan.c: planning, as a job */
void page_plan_form(struct visit *v, struct tb_html *h, const struct tb_region *r); /* a section of a page */
void page_plan(struct visit *v);
void page_replan(struct visit *v, int64_t draft);
void page_job(struct visit *v);
void page_job_stop(struct visit *v);

/* phone.c: somebody cannot come, and who is to be told */
void page_coming(struct visit *v);
void page_replace(struct visit *v);
void page_replace_do(struct visit *v);
void page_sent(struct visit *v);
void page_sent_do(struct visit *v);

/* reasons.c: why a seat stays open or a rule is broken, and why somebody sits there */
void page_explain(struct visit *v, int64_t draft);
void page_why(struct visit *v, int64_t draft);
/* books.c */
void page_ledger(struct visit *v);
void page_diff(struct visit *v);

#endif
