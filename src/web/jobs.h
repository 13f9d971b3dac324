/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/web: long work that goes on while pages ask how far it is. What was asked for is stored
 * before anybody is told of it: a process that is begun anew does what was left, from its beginning (what
 * makes a draft may so make it twice, when the process died between the draft and the note that it is there).
 */
#ifndef TOBAN_WEB_JOBS_H
#define TOBAN_WEB_JOBS_H

#include "toban/app/jobs.h"

enum web_job_kind { WEB_JOB_PLAN, WEB_JOB_REPLAN, WEB_JOB_TRY };
#define WEB_JOB_WORDS 64 /* of each list */
struct web_job_list {
    const char *v[WEB_JOB_WORDS];
    int n;
};
/* What a plan is asked for: ids of duties (none: those whose period it is); of a trial, who takes no seat and
 * rules left out. Borrowed. */
struct web_job_asked {
    enum web_job_kind kind;
    const char *period;
    struct web_job_list duties, without, off;
};
/* Strings are owned: web_job_seen_free. */
struct web_job_seen {
    int64_t id;
    enum tb_job_state state;
    enum web_job_kind kind;
    char *period, *who, *said; /* said: why it failed, or the verdict */
    double seconds;            /* since it was begun here; of one that ended: what it took */
    double best, bound;        /* NAN: none yet */
    int64_t draft;             /* made; 0: none */
    bool stopping;
};
void web_job_seen_free(struct web_job_seen *x);

struct web_jobs;
/* Goes on with what was left when the process before ended. `app`: the office's; `practice`: path of the
 * copy. Both outlive the jobs. */
struct web_jobs *web_jobs_new(const struct tb_app *app, const char *practice);
/* Stops what runs and waits for it; it stays open for the next process. */
void web_jobs_free(struct web_jobs *j);
/* Stores and begins; one plan runs at a time, the next ones wait their turn. TB_REFUSED: too many wait. */
TB_MUST_USE enum tb_code web_job_begin(struct web_jobs *j, const struct tb_actor *who, bool practice,
                                       const struct web_job_asked *asked, int64_t *id, struct tb_err *e);
/* TB_NO: there is no such job. */
TB_MUST_USE enum tb_code web_job_seen(struct web_jobs *j, int64_t id, struct web_job_seen *out,
                                      struct tb_err *e);
/* Ends it: nothing is changed, or (`take`) the best roster so far is its draft. False: it does not run. */
bool web_job_stop(struct web_jobs *j, int64_t id, bool take);

#endif
