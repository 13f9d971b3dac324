/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * accounts: who may log in, and the long work he has asked for, in a file of its own beside the data file:
 * DB.office, for its owner alone (0600), brought up to this program's version when it is opened.
 * It is no part of the data file, so that no copy of that carries a secret. Words are stored as hashes.
 * Seconds are those of the real clock (tb_clock_real).
 */
#ifndef TOBAN_STORE_ACCOUNTS_H
#define TOBAN_STORE_ACCOUNTS_H

#include "toban/base/base.h"

typedef struct tb_accounts tb_accounts;
/* `data`: path of the data file. With `create` a missing one is made; else TB_NO: nobody has an account yet.
 * TB_STORAGE: others may read it, it is not ours, or newer. */
TB_MUST_USE enum tb_code tb_accounts_open(const char *data, bool create, tb_accounts **out, struct tb_err *e);
void tb_accounts_close(tb_accounts *a); /* NULL is fine */
/* What is done between the two is there as a whole or not at all. */
void tb_accounts_begin(tb_accounts *a);
TB_MUST_USE enum tb_code tb_accounts_commit(tb_accounts *a, enum tb_code c, struct tb_err *e);

/* Strings are owned; "" where there is none. */
struct tb_account {
    int64_t id; /* 0: new */
    char *login, *name;
    char *role, *bodies; /* as tb_actor_parse has them; bodies "": all */
    char *hash, *totp;   /* of the password; secret of one-time codes */
    int64_t totp_step;   /* the last that was used */
    bool disabled;
};
void tb_account_free(struct tb_account *x);
/* By login name; free each, then the array. */
TB_MUST_USE enum tb_code tb_accounts_list(tb_accounts *a, struct tb_account **out, size_t *n,
                                          struct tb_err *e);
/* By login name, or (login NULL) by id. TB_NO: there is none. */
TB_MUST_USE enum tb_code tb_accounts_find(tb_accounts *a, const char *login, int64_t id,
                                          struct tb_account *out, struct tb_err *e);
/* Adds (id 0, which is set) or changes. TB_REFUSED: another has that login name. */
TB_MUST_USE enum tb_code tb_accounts_put(tb_accounts *a, struct tb_account *x, struct tb_err *e);

struct tb_session {
    int64_t user, begun, seen;
    char form[65]; /* word that forms carry */
};
TB_MUST_USE enum tb_code tb_accounts_session_add(tb_accounts *a, const char *hash, const struct tb_session *s,
                                                 struct tb_err *e);
/* TB_NO: there is none. */
TB_MUST_USE enum tb_code tb_accounts_session(tb_accounts *a, const char *hash, struct tb_session *out,
                                             struct tb_err *e);
TB_MUST_USE enum tb_code tb_accounts_session_seen(tb_accounts *a, const char *hash, int64_t now,
                                                  struct tb_err *e);
/* Ends one (`hash`), or (NULL) all of a user, and all that were seen last before `stale`. */
TB_MUST_USE enum tb_code tb_accounts_session_end(tb_accounts *a, const char *hash, int64_t user,
                                                 int64_t stale, struct tb_err *e);

/* A word that may be used once, until `ends`: by a user, or (0) to make the first one. */
TB_MUST_USE enum tb_code tb_accounts_invite(tb_accounts *a, const char *hash, int64_t user, int64_t ends,
                                            struct tb_err *e);
/* Is it one that may be used? With `take` it is used up. TB_NO: no. */
TB_MUST_USE enum tb_code tb_accounts_invited(tb_accounts *a, const char *hash, int64_t now, bool take,
                                             int64_t *user, struct tb_err *e);

/* Attempts that failed, of a login name or an address; those before `since` are forgotten. */
TB_MUST_USE enum tb_code tb_accounts_failed(tb_accounts *a, const char *who, int64_t now, struct tb_err *e);
TB_MUST_USE enum tb_code tb_accounts_failures(tb_accounts *a, const char *who, int64_t since, int *n,
                                              struct tb_err *e);

/* Long work that somebody asked for at a page: kept, so that a process that dies takes none of it along. Of
 * those that have ended the last few hundred. Strings are owned. */
enum tb_job_state { TB_JOB_OPEN, TB_JOB_DONE, TB_JOB_FAILED };
struct tb_job {
    int64_t id;                 /* 0: new */
    char *asked;                /* what, in the words of whoever does it */
    char *name, *role, *bodies; /* of who asked, as in struct tb_account */
    bool practice;              /* on the copy that is practised on */
    enum tb_job_state state;
    int64_t tries; /* how often it was begun */
    int64_t begun; /* seconds of the real clock */
    int64_t took;  /* milliseconds */
    int64_t draft; /* that it made; 0: none */
    char *said;    /* how it ended */
};
void tb_job_free(struct tb_job *x);
/* Adds (id 0, which is set), or changes how often it was begun and how it ended. */
TB_MUST_USE enum tb_code tb_accounts_job_put(tb_accounts *a, struct tb_job *x, struct tb_err *e);
/* TB_NO: there is none, without a word. */
TB_MUST_USE enum tb_code tb_accounts_job(tb_accounts *a, int64_t id, struct tb_job *out, struct tb_err *e);
/* Those that have not ended, in their order; free each, then the array. */
TB_MUST_USE enum tb_code tb_accounts_jobs_open(tb_accounts *a, struct tb_job **out, size_t *n,
                                               struct tb_err *e);

#endif
