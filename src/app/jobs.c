/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs, kept beside the data file.
 */
#include "toban/app/jobs.h"

enum tb_code tb_job_put(const char *db, struct tb_job *x, struct tb_err *e)
{
    tb_accounts *a;
    enum tb_code c = tb_accounts_open(db, false, &a, e);
    if (c) return c;
    tb_accounts_begin(a);
    c = tb_accounts_commit(a, tb_accounts_job_put(a, x, e), e);
    tb_accounts_close(a);
    return c;
}

enum tb_code tb_job_of(const char *db, int64_t id, struct tb_job *out, struct tb_err *e)
{
    tb_accounts *a;
    enum tb_code c = tb_accounts_open(db, false, &a, e);
    if (c) return c;
    c = tb_accounts_job(a, id, out, e);
    tb_accounts_close(a);
    return c;
}

enum tb_code tb_jobs_open(const char *db, struct tb_job **out, size_t *n, struct tb_err *e)
{
    tb_accounts *a;
    enum tb_code c = tb_accounts_open(db, false, &a, e);
    if (c) return c;
    c = tb_accounts_jobs_open(a, out, n, e);
    tb_accounts_close(a);
    return c;
}
