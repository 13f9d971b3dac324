/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * jobs: long work asked for at a page, kept beside the data file until it has ended: told is stored. What is
 * done is asked of its own use case, in the name of whoever asked.
 */
#ifndef TOBAN_APP_JOBS_H
#define TOBAN_APP_JOBS_H

#include "toban/app/app.h"
#include "toban/store/accounts.h"

/* `db`: path of the data file. Errors as tb_accounts_open. As tb_accounts_job_put. */
TB_MUST_USE enum tb_code tb_job_put(const char *db, struct tb_job *x, struct tb_err *e);
/* TB_NO: there is none. */
TB_MUST_USE enum tb_code tb_job_of(const char *db, int64_t id, struct tb_job *out, struct tb_err *e);
/* Those that have not ended, in their order; free each, then the array. */
TB_MUST_USE enum tb_code tb_jobs_open(const char *db, struct tb_job **out, size_t *n, struct tb_err *e);

#endif
