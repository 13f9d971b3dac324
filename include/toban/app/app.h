/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * app: one function per thing a person wants done. Opens the store, keeps the transaction, writes the
 * audit line, judges before storing. Prints nothing: adapters (cli, http) render what comes back.
 */
#ifndef TOBAN_APP_APP_H
#define TOBAN_APP_APP_H

#include "toban/app/actor.h"
#include "toban/base/notes.h"
#include "toban/domain/board.h"
#include "toban/domain/check.h"
#include "toban/plan/plan.h"
#include "toban/base/printer.h"
#include "toban/route/route.h"
#include "toban/store/store.h"

struct tb_app {
    const char *db; /* path of the one data file */
    struct tb_clock clock;
    struct tb_actor actor; /* who asks, and what he may (actor.h): TB_REFUSED of any function here */
    /* Answers are as this provider, a member, may see them: what the office prints for him. NULL: as the
     * actor may, and a member always as himself. */
    const char *reader;
    /* A trial: whatever writes does all it would do, answers, and nothing is kept. */
    bool trial;
    struct tb_plan_opts plan; /* limits, progress, interrupt */
    /* Set by a use case for those that it asks on its way: they read the state that it has opened. */
    const struct app_reading *reading;
    struct tb_kept *kept; /* of a process that answers for long (kept.h); NULL: all is read each time */
};

/* ---- region ---- */

/* Notes are told on failure as well, here and wherever a result has them; whoever asked frees them. */
struct tb_app_init {
    int providers, duties, rules, wishes;
    struct tb_notes notes;
};
/* A new data file from a region's directory. The file must not exist (TB_REFUSED). Nothing is left behind on
 * failure. */
TB_MUST_USE enum tb_code tb_app_init(const struct tb_app *app, const char *dir, struct tb_app_init *out,
                                     struct tb_err *e);
struct tb_app_import_request {
    const char *entity; /* table that the file holds; NULL: `path` is a whole directory */
    const char *path;
    bool cp932;
    bool replace; /* of a directory: what it does not name goes, but what was signed */
    bool yes;     /* who asks has seen what goes; a trial needs none */
};
struct tb_row_change; /* toban/codec/codec.h */
/* replaced: rows with the key of one that was there; changed: of these the ones that are not as it was. */
struct tb_app_import {
    int added, replaced, changed, removed;
    int todo;                   /* published seats that newly do not hold (todo.h) */
    struct tb_row_change *rows; /* of a trial: each row that would not be as before */
    size_t n_rows;
    struct tb_notes notes;
};
void tb_app_import_free(struct tb_app_import *x); /* all but the notes */
/* What is named is added or changed; what is not named stays, rows and columns. TB_REFUSED: with `replace`
 * rows would go and nobody said yes; the notes name each. */
TB_MUST_USE enum tb_code tb_app_import(const struct tb_app *app, const struct tb_app_import_request *rq,
                                       struct tb_app_import *out, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_region(const struct tb_app *app, struct tb_region **out, struct tb_err *e);
/* What became of an entry: `replaced`: one of that key was there, and is changed by it; a note for each of
 * its cells that amendments hold from some day on (freed by whoever shows them; none but in tables that have
 * such columns). */
struct tb_row_done {
    bool replaced;
    struct tb_notes notes;
    int todo; /* published seats that newly do not hold: on the list of what waits (todo.h) */
};
/* One wish, as cells by field name (name, value pairs, NULL at the end): entered, or the one of that key
 * changed in what is told; or taken back by its key. A member his own. TB_REFUSED: no such wish, those like
 * it are named. */
TB_MUST_USE enum tb_code tb_app_wish(const struct tb_app *app, const char *const *pairs,
                                     struct tb_row_done *done, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_wish_remove(const struct tb_app *app, const char *const *pairs,
                                            struct tb_row_done *done, struct tb_err *e);

/* ---- drafts ---- */

struct tb_app_plan_request {
    const char *period;
    const char *const *duties;
    int n_duties; /* ids; "all"; none: the duties whose period it is */
    bool replan;  /* published seats of these duties in the period are planned anew */
    /* Of a re-plan that keeps what it can: past days, and those before `freeze_until` (TB_DAY_NONE or 0: none
     * told), stay as published. */
    bool keep;
    /* what one changed seat costs; 0: so much that no roster changes fewer seats */
    int64_t change_price;
    tb_day freeze_until;
    int64_t most_changes; /* TB_NO, and nothing stored, when more seats change (with keep) */
    const char *const *without;
    int n_without; /* providers who take no seat */
    const char *const *rules_off;
    int n_rules_off; /* rules left out; only with what_if */
    /* Only with what_if: pins and prohibitions as SEAT=PROVIDER, seats as DUTY:DATE:BAND[:ROLE]=NUMBER, where
     * a day class may stand for the date. */
    const char *const *pins;
    int n_pins;
    const char *const *forbids;
    int n_forbids;
    const char *const *seats;
    int n_seats;
    bool what_if; /* nothing is stored */
    /* Seats that have begun by the clock are not planned: what is published there binds. `past`: why those
     * where nothing is published are all the same (NULL: they are not). `whole`: all are, to judge or
     * compare; nothing of it is stored. */
    const char *past;
    bool whole;
    bool supersede; /* takes the place of drafts of the same duties and days that go round or are approved */
    /* directory for the file about a doubt (docs/reference/plan.md); NULL: the data file's */
    const char *aside;
};
/* A draft with everything needed to judge it. Owned; tb_app_draft_free. */
struct tb_app_draft {
    struct tb_region *region; /* as the draft knew it */
    /* as it is now, of a stored draft: exceptions are signed after planning. NULL: the same as `region` */
    struct tb_region *today;
    struct tb_problem *problem;
    struct tb_roster roster;
    struct tb_verdict *verdict;
    int64_t base;                 /* latest publication in what it was made from, or judged by now */
    struct tb_draft stored;       /* texts empty when it was not stored */
    struct tb_plan_result result; /* of a plan just made */
    bool bound_checked;           /* the certificate was recomputed */
    int64_t checked_bound;
    struct tb_notes
        unconfirmed; /* why a certificate that there was is no proof; none: it is one, or there was none */
    /* Of a plan just made: which two computations disagree, and both numbers. With one the draft is kept
     * aside (stored.status TB_DRAFT_DOUBT) and cannot be published. */
    struct tb_notes doubt;
    struct tb_notes pins_idle; /* of a plan just made: pins of published seats that it could not keep */
    char *doubt_file;          /* what to send: instance, roster, numbers; NULL: not written */
    int64_t score;             /* tb_score of a plan just made */
    double seconds_load, seconds_build, seconds_plan, seconds_check, seconds_store;
};
void tb_app_draft_free(struct tb_app_draft *d);
/* The consent to a violation of the draft's verdict, or NULL. */
const struct tb_exception *tb_app_consent(const struct tb_app_draft *d, const struct tb_violation *v);
/* Hard breaches of the draft to which nobody consented. */
int tb_app_breaches(const struct tb_app_draft *d);
/* Plans, judges, stores. TB_NO: nothing to plan, or the precheck's refusal, or more changes than may be. On
 * TB_OK read the draft: open seats, a limit reached and a doubt are not errors here. */
TB_MUST_USE enum tb_code tb_app_plan(const struct tb_app *app, const struct tb_app_plan_request *rq,
                                     struct tb_app_draft *out, struct tb_err *e);
/* The problem of a request alone, for export and for judging a roster made by hand. */
TB_MUST_USE enum tb_code tb_app_problem(const struct tb_app *app, const struct tb_app_plan_request *rq,
                                        struct tb_app_draft *out, struct tb_err *e);
/* A stored draft (id, or the latest of a period, or the latest: id 0 and period NULL), judged again from its
 * own instance; the bound recomputed when `proof`. */
TB_MUST_USE enum tb_code tb_app_open_draft(const struct tb_app *app, int64_t id, const char *period,
                                           bool proof, struct tb_app_draft *out, struct tb_err *e);
/* Of a draft's seats as published, those to come that do not hold by today's tables; the indices are those of
 * d->today. None of a draft that is not published. */
struct tb_conflicts; /* toban/domain/conflict.h */
TB_MUST_USE enum tb_code tb_app_draft_conflicts(const struct tb_app *app, const struct tb_app_draft *d,
                                                struct tb_conflicts *out, struct tb_err *e);
/* A roster made by hand, judged by today's tables (nothing is stored). */
TB_MUST_USE enum tb_code tb_app_judge_file(const struct tb_app *app, const struct tb_app_plan_request *rq,
                                           const char *path, struct tb_app_draft *out, struct tb_err *e);
/* The model of a stored draft's instance (when the period has one) or of the request. */
TB_MUST_USE enum tb_code tb_app_export_model(const struct tb_app *app, const struct tb_app_plan_request *rq,
                                             const char *format, const char *path, struct tb_err *e);

/* ---- publications ---- */

/* Board of a publication (0: the latest) over a span, with what it holds of the region (toban/app/facts.h);
 * from TB_DAY_NONE: all it covers. *region is owned by the caller as well, and freed after the board. */
TB_MUST_USE enum tb_code tb_app_board(const struct tb_app *app, int64_t number, tb_day from, tb_day to,
                                      struct tb_region **region, struct tb_board **out, struct tb_err *e);

/* ---- routing ---- */

/* The same as a routing table needs it: hours as published for each day, all else as on one day, its first or
 * that of the publication. */
TB_MUST_USE enum tb_code tb_app_table_board(const struct tb_app *app, int64_t number, tb_day from, tb_day to,
                                            struct tb_region **region, struct tb_board **out,
                                            struct tb_err *e);

/* Days of roster that a table reads beyond its own span: the night that goes on from the day before, the next
 * opening within a week. */
#define TB_TABLE_BACK 1
#define TB_TABLE_AHEAD 7
/* A table that answers at `at`. Region and board are the caller's to free, after the table. */
TB_MUST_USE enum tb_code tb_app_table(const struct tb_app *app, tb_minute at, struct tb_region **region,
                                      struct tb_board **board, tb_table **out, struct tb_err *e);

/* ---- ledger, backup ---- */

TB_MUST_USE enum tb_code tb_app_ledger(const struct tb_app *app, struct tb_region **region,
                                       struct tb_ledger_line **lines, size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_backup(const struct tb_app *app, const char *to, struct tb_err *e);
/* A fresh copy to practise on; one that is there gives way when the new one is whole. It is no backup: what
 * waits goes on asking for one. */
TB_MUST_USE enum tb_code tb_app_practice(const struct tb_app *app, const char *to, struct tb_err *e);
/* Does the data file still hold what its digests say? tb_store_verify. */
TB_MUST_USE enum tb_code tb_app_verify(const struct tb_app *app, bool whole, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_restore(const struct tb_app *app, const char *from, struct tb_err *e);

#endif
