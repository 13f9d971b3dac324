/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/web: long work that goes on while pages ask how far it is. A job is kept until the process
 * ends; what it makes (a draft) is in the data file.
 */
#ifndef TOBAN_WEB_JOBS_H
#define TOBAN_WEB_JOBS_H

#include "toban/app/app.h"

enum web_job_kind { WEB_JOB_PLAN, WEB_JOB_REPLAN };
/* What a plan is asked for; strings are copied. */
struct web_job_asked {
    enum web_job_kind kind;
    const char *period;
    const char *const *duties;
    int n_duties;
    double seconds; /* limit; 0: the planner's own */
};
enum web_job_state { WEB_JOB_RUNNING, WEB_JOB_DONE, WEB_JOB_FAILED };
struct web_job_seen {
    int64_t id;
    enum web_job_state state;
    char what[160], who[80], said[2048]; /* said: of one that failed, or the verdict of one that is done */
    double seconds;                      /* since it began; of one that ended: what it took */
    double best, bound;                  /* NAN: none yet */
    int64_t draft;                       /* made; 0: none */
    bool stopping;
};

struct web_jobs;
struct web_jobs *web_jobs_new(void);
/* Stops what runs, waits for it. */
void web_jobs_free(struct web_jobs *j);
/* Begins; one plan runs at a time, the next ones wait their turn. TB_REFUSED: too many wait. `app` is copied:
 * its strings outlive the job but the actor's, which are copied. */
TB_MUST_USE enum tb_code web_job_begin(struct web_jobs *j, const struct tb_app *app,
                                       const struct web_job_asked *asked, int64_t *id, struct tb_err *e);
bool web_job_seen(struct web_jobs *j, int64_t id, struct web_job_seen *out);
/* Ends it with the best roster so far thrown away: nothing is changed. False: there is no such job. */
bool web_job_stop(struct web_jobs *j, int64_t id);

#endif
