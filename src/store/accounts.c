/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the office keeps beside the data file: accounts, sessions, jobs; a small database of its own.
 */
#include "toban/store/accounts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db.h"

#define OFFICE_ID 1953390434 /* application_id of the file */
#define OFFICE_VERSION 2
#define BUSY_MS 5000

struct tb_accounts {
    struct tb_db *db;
};

/* What each version has added, one after the other: a new file takes all of them. */
static const char *const first[] = {
    "PRAGMA application_id=1953390434",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT "
    "NOT "
    "NULL, bodies TEXT NOT NULL, hash TEXT NOT NULL, totp TEXT NOT NULL, totp_step INTEGER NOT NULL, "
    "disabled "
    "INTEGER NOT NULL) STRICT",
    "CREATE TABLE sessions (hash TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users (id), form TEXT "
    "NOT "
    "NULL, begun INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE invitations (hash TEXT PRIMARY KEY, user INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT, "
    "WITHOUT ROWID",
    "CREATE TABLE failures (who TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
    "CREATE INDEX failures_who ON failures (who, at)",
    "PRAGMA user_version=1",
    NULL,
};
static const char *const second[] = {
    "CREATE TABLE jobs (id INTEGER PRIMARY KEY, asked TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, "
    "bodies TEXT NOT NULL, practice INTEGER NOT NULL, state INTEGER NOT NULL, tries INTEGER NOT NULL, begun "
    "INTEGER NOT NULL, took INTEGER NOT NULL, draft INTEGER NOT NULL, said TEXT NOT NULL) STRICT",
    "PRAGMA user_version=2",
    NULL,
};
static const char *const *const versions[OFFICE_VERSION] = {first, second};

static void bring_up(struct tb_db *db)
{
    TB_DB_BEGIN(db, "IMMEDIATE");
    /* Another may have done it meanwhile. */
    for (int64_t v = tb_db_value(db, "PRAGMA user_version"); tb_db_ok(db) && v < OFFICE_VERSION; v++)
        for (const char *const *sql = versions[v]; *sql; sql++) tb_db_exec(db, *sql);
    tb_db_commit(db);
}

/* Ours, and not newer than this program. */
static enum tb_code recognise(struct tb_db *db, struct tb_err *e)
{
    bool fresh = !tb_db_value(db, "SELECT count(*) FROM sqlite_schema");
    bool ours = fresh || tb_db_value(db, "PRAGMA application_id") == OFFICE_ID;
    int64_t version = tb_db_value(db, "PRAGMA user_version");
    if (tb_db_ok(db) && ours && version < OFFICE_VERSION) bring_up(db);
    if (tb_db_ok(db) && (!ours || version > OFFICE_VERSION))
        tb_db_fail(db, TB_STORAGE,
                   tb_t("%s: toban の利用者のファイルではないか、新しい toban のものです",
                        "%s: not a file of toban's accounts, or one of a newer toban"),
                   tb_db_path(db));
    return tb_db_result(db, e);
}

enum tb_code tb_accounts_open(const char *data, bool create, tb_accounts **out, struct tb_err *e)
{
    struct tb_buf path = {0};
    struct tb_db *db = NULL;
    struct stat st;
    enum tb_code c = TB_OK;
    tb_buf_addf(&path, "%s.office", data);
    if (!tb_file_exists(path.s)) {
        mode_t old = umask(077);
        c = create ? tb_db_claim(path.s, e)
                   : tb_fail(e, TB_NO, "%s",
                             tb_t("まだ利用者がいません。toban office で始めるか、toban user add で加えます",
                                  "nobody has an account yet: begin with toban office, or toban user add"));
        (void)umask(old);
        if (c == TB_REFUSED) c = TB_OK; /* another has made it meanwhile */
    } else if (stat(path.s, &st) == 0 && (st.st_mode & 077))
        c = tb_fail(e, TB_STORAGE,
                    tb_t("%s: 他の人が読めます。chmod 600 で閉じてください",
                         "%s: others may read it; close it with chmod 600"),
                    path.s);
    if (c == TB_OK) c = tb_db_open(path.s, BUSY_MS, &db, e);
    if (c == TB_OK) c = recognise(db, e);
    tb_buf_free(&path);
    if (c) {
        tb_db_close(db);
        return c;
    }
    tb_accounts *a = tb_xcalloc(1, sizeof *a);
    a->db = db;
    *out = a;
    return TB_OK;
}

void tb_accounts_close(tb_accounts *a)
{
    if (!a) return;
    tb_db_close(a->db);
    free(a);
}

void tb_accounts_begin(tb_accounts *a) { TB_DB_BEGIN(a->db, "IMMEDIATE"); }

enum tb_code tb_accounts_commit(tb_accounts *a, enum tb_code c, struct tb_err *e)
{
    if (c)
        tb_db_rollback(a->db);
    else
        tb_db_commit(a->db);
    return c ? c : tb_db_result(a->db, e);
}

/* ---- users ---- */

void tb_account_free(struct tb_account *x)
{
    free(x->login);
    free(x->name);
    free(x->role);
    free(x->bodies);
    free(x->hash);
    free(x->totp);
    *x = (struct tb_account){0};
}

#define USER "SELECT id, login, name, role, bodies, hash, totp, totp_step, disabled FROM users "

static struct tb_account read_user(struct tb_sql *q)
{
    return (struct tb_account){.id = tb_sql_get_int(q, 0),
                               .login = tb_xstrdup(tb_sql_get_text(q, 1)),
                               .name = tb_xstrdup(tb_sql_get_text(q, 2)),
                               .role = tb_xstrdup(tb_sql_get_text(q, 3)),
                               .bodies = tb_xstrdup(tb_sql_get_text(q, 4)),
                               .hash = tb_xstrdup(tb_sql_get_text(q, 5)),
                               .totp = tb_xstrdup(tb_sql_get_text(q, 6)),
                               .totp_step = tb_sql_get_int(q, 7),
                               .disabled = tb_sql_get_int(q, 8) != 0};
}

enum tb_code tb_accounts_list(tb_accounts *a, struct tb_account **out, size_t *n, struct tb_err *e)
{
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    struct tb_sql *q = tb_sql(a->db, USER "ORDER BY login");
    while (tb_sql_row(q)) *TB_PUSH(*out, *n, cap) = read_user(q);
    return tb_db_result(a->db, e);
}

enum tb_code tb_accounts_find(tb_accounts *a, const char *login, int64_t id, struct tb_account *out,
                              struct tb_err *e)
{
    struct tb_sql *q =
        login ? tb_sql(a->db, USER "WHERE login = :login") : tb_sql(a->db, USER "WHERE id = :id");
    if (login)
        tb_sql_text(q, "login", login);
    else
        tb_sql_int(q, "id", id);
    bool found = tb_sql_row(q);
    if (found) *out = read_user(q);
    tb_sql_end(q);
    enum tb_code c = tb_db_result(a->db, e);
    if (c || found) return c;
    return tb_fail(e, TB_NO, tb_t("利用者「%s」はいません", "there is no user \"%s\""), login ? login : "");
}

enum tb_code tb_accounts_put(tb_accounts *a, struct tb_account *x, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(a->db, "SELECT id FROM users WHERE login = :login AND id <> :id");
    tb_sql_text(q, "login", x->login);
    tb_sql_int(q, "id", x->id);
    bool taken = tb_sql_row(q);
    tb_sql_end(q);
    if (taken)
        return tb_fail(e, TB_REFUSED,
                       tb_t("利用者「%s」はもういます。別の名にしてください",
                            "there is a user \"%s\" already; take another name"),
                       x->login);
    if (!x->id) x->id = tb_db_value(a->db, "SELECT coalesce(max(id), 0) + 1 FROM users");
    q = tb_sql(a->db,
               "INSERT INTO users (id, login, name, role, bodies, hash, totp, totp_step, disabled) "
               "VALUES (:id, :login, :name, :role, :bodies, :hash, :totp, :step, :disabled) ON CONFLICT "
               "(id) DO UPDATE SET login = :login, name = :name, role = :role, bodies = :bodies, hash = "
               ":hash, totp = :totp, totp_step = :step, disabled = :disabled");
    tb_sql_int(q, "id", x->id);
    tb_sql_text(q, "login", x->login);
    tb_sql_text(q, "name", x->name);
    tb_sql_text(q, "role", x->role);
    tb_sql_text(q, "bodies", x->bodies ? x->bodies : "");
    tb_sql_text(q, "hash", x->hash ? x->hash : "");
    tb_sql_text(q, "totp", x->totp ? x->totp : "");
    tb_sql_int(q, "step", x->totp_step);
    tb_sql_int(q, "disabled", x->disabled);
    tb_sql_run(q);
    return tb_db_result(a->db, e);
}

/* ---- sessions ---- */

enum tb_code tb_accounts_session_add(tb_accounts *a, const char *hash, const struct tb_session *s,
                                     struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(a->db, "INSERT INTO sessions (hash, user, form, begun, seen) VALUES (:hash, :user, "
                      ":form, :begun, :seen)");
    tb_sql_text(q, "hash", hash);
    tb_sql_int(q, "user", s->user);
    tb_sql_text(q, "form", s->form);
    tb_sql_int(q, "begun", s->begun);
    tb_sql_int(q, "seen", s->seen);
    tb_sql_run(q);
    return tb_db_result(a->db, e);
}

enum tb_code tb_accounts_session(tb_accounts *a, const char *hash, struct tb_session *out, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(a->db, "SELECT user, form, begun, seen FROM sessions WHERE hash = :hash");
    tb_sql_text(q, "hash", hash);
    bool found = tb_sql_row(q);
    *out = (struct tb_session){0};
    if (found) {
        const char *form = tb_sql_get_text(q, 1);
        *out = (struct tb_session){
            .user = tb_sql_get_int(q, 0), .begun = tb_sql_get_int(q, 2), .seen = tb_sql_get_int(q, 3)};
        memcpy(out->form, form, strnlen(form, sizeof out->form - 1));
    }
    tb_sql_end(q);
    enum tb_code c = tb_db_result(a->db, e);
    return c || found ? c : TB_NO;
}

enum tb_code tb_accounts_session_seen(tb_accounts *a, const char *hash, int64_t now, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(a->db, "UPDATE sessions SET seen = :now WHERE hash = :hash");
    tb_sql_text(q, "hash", hash);
    tb_sql_int(q, "now", now);
    tb_sql_run(q);
    return tb_db_result(a->db, e);
}

enum tb_code tb_accounts_session_end(tb_accounts *a, const char *hash, int64_t user, int64_t stale,
                                     struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(a->db, "DELETE FROM sessions WHERE hash = :hash OR user = :user OR seen < :stale");
    tb_sql_text(q, "hash", hash ? hash : "");
    tb_sql_int(q, "user", hash ? 0 : user);
    tb_sql_int(q, "stale", stale);
    tb_sql_run(q);
    return tb_db_result(a->db, e);
}

/* ---- words that may be used once ---- */

enum tb_code tb_accounts_invite(tb_accounts *a, const char *hash, int64_t user, int64_t ends,
                                struct tb_err *e)
{
    /* The newest of a user counts alone. */
    struct tb_sql *q = tb_sql(a->db, "DELETE FROM invitations WHERE user = :user");
    tb_sql_int(q, "user", user);
    tb_sql_run(q);
    q = tb_sql(a->db, "INSERT INTO invitations (hash, user, ends) VALUES (:hash, :user, :ends)");
    tb_sql_text(q, "hash", hash);
    tb_sql_int(q, "user", user);
    tb_sql_int(q, "ends", ends);
    tb_sql_run(q);
    return tb_db_result(a->db, e);
}

enum tb_code tb_accounts_invited(tb_accounts *a, const char *hash, int64_t now, bool take, int64_t *user,
                                 struct tb_err *e)
{
    struct tb_sql *q = tb_sql(a->db, "SELECT user FROM invitations WHERE hash = :hash AND ends > :now");
    tb_sql_text(q, "hash", hash);
    tb_sql_int(q, "now", now);
    bool found = tb_sql_row(q);
    if (found) *user = tb_sql_get_int(q, 0);
    tb_sql_end(q);
    if (found && take) {
        q = tb_sql(a->db, "DELETE FROM invitations WHERE hash = :hash");
        tb_sql_text(q, "hash", hash);
        tb_sql_run(q);
    }
    enum tb_code c = tb_db_result(a->db, e);
    if (c || found) return c;
    return tb_fail(
        e, TB_NO, "%s",
        tb_t("この入口は使えません（一度使ったか、期限が過ぎています）。新しい入口を出してください",
             "this address cannot be used: it was used once, or its time is over; make a new one"));
}

/* ---- attempts that failed ---- */

enum tb_code tb_accounts_failed(tb_accounts *a, const char *who, int64_t now, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(a->db, "INSERT INTO failures (who, at) VALUES (:who, :now)");
    tb_sql_text(q, "who", who);
    tb_sql_int(q, "now", now);
    tb_sql_run(q);
    return tb_db_result(a->db, e);
}

enum tb_code tb_accounts_failures(tb_accounts *a, const char *who, int64_t since, int *n, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(a->db, "DELETE FROM failures WHERE at < :since");
    tb_sql_int(q, "since", since);
    tb_sql_run(q);
    q = tb_sql(a->db, "SELECT count(*) FROM failures WHERE who = :who");
    tb_sql_text(q, "who", who);
    *n = tb_sql_row(q) ? (int)tb_sql_get_int(q, 0) : 0;
    tb_sql_end(q);
    return tb_db_result(a->db, e);
}

/* ---- long work ---- */

#define JOBS_KEPT 200 /* that have ended */

void tb_job_free(struct tb_job *x)
{
    free(x->asked);
    free(x->name);
    free(x->role);
    free(x->bodies);
    free(x->said);
    *x = (struct tb_job){0};
}

#define JOB \
    "SELECT id, asked, name, role, bodies, practice, state, tries, begun, took, draft, said FROM jobs "

static struct tb_job read_job(struct tb_sql *q)
{
    return (struct tb_job){.id = tb_sql_get_int(q, 0),
                           .asked = tb_xstrdup(tb_sql_get_text(q, 1)),
                           .name = tb_xstrdup(tb_sql_get_text(q, 2)),
                           .role = tb_xstrdup(tb_sql_get_text(q, 3)),
                           .bodies = tb_xstrdup(tb_sql_get_text(q, 4)),
                           .practice = tb_sql_get_int(q, 5) != 0,
                           .state = (enum tb_job_state)tb_sql_get_int(q, 6),
                           .tries = tb_sql_get_int(q, 7),
                           .begun = tb_sql_get_int(q, 8),
                           .took = tb_sql_get_int(q, 9),
                           .draft = tb_sql_get_int(q, 10),
                           .said = tb_xstrdup(tb_sql_get_text(q, 11))};
}

enum tb_code tb_accounts_job_put(tb_accounts *a, struct tb_job *x, struct tb_err *e)
{
    if (!x->id) {
        x->id = tb_db_value(a->db, "SELECT coalesce(max(id), 0) + 1 FROM jobs");
        struct tb_sql *old = tb_sql(a->db, "DELETE FROM jobs WHERE state <> :open AND id <= :last");
        tb_sql_int(old, "open", TB_JOB_OPEN);
        tb_sql_int(old, "last", x->id - JOBS_KEPT);
        tb_sql_run(old);
    }
    struct tb_sql *q = tb_sql(
        a->db,
        "INSERT INTO jobs (id, asked, name, role, bodies, practice, state, tries, begun, took, draft, said) "
        "VALUES (:id, :asked, :name, :role, :bodies, :practice, :state, :tries, :begun, :took, :draft, "
        ":said) ON CONFLICT (id) DO UPDATE SET state = :state, tries = :tries, took = :took, draft = "
        ":draft, said = :said");
    tb_sql_int(q, "id", x->id);
    tb_sql_text(q, "asked", x->asked);
    tb_sql_text(q, "name", x->name ? x->name : "");
    tb_sql_text(q, "role", x->role);
    tb_sql_text(q, "bodies", x->bodies ? x->bodies : "");
    tb_sql_int(q, "practice", x->practice);
    tb_sql_int(q, "state", x->state);
    tb_sql_int(q, "tries", x->tries);
    tb_sql_int(q, "begun", x->begun);
    tb_sql_int(q, "took", x->took);
    tb_sql_int(q, "draft", x->draft);
    tb_sql_text(q, "said", x->said ? x->said : "");
    tb_sql_run(q);
    return tb_db_result(a->db, e);
}

enum tb_code tb_accounts_job(tb_accounts *a, int64_t id, struct tb_job *out, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(a->db, JOB "WHERE id = :id");
    tb_sql_int(q, "id", id);
    bool found = tb_sql_row(q);
    *out = found ? read_job(q) : (struct tb_job){0};
    tb_sql_end(q);
    enum tb_code c = tb_db_result(a->db, e);
    return c || found ? c : TB_NO;
}

enum tb_code tb_accounts_jobs_open(tb_accounts *a, struct tb_job **out, size_t *n, struct tb_err *e)
{
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    struct tb_sql *q = tb_sql(a->db, JOB "WHERE state = :open ORDER BY id");
    tb_sql_int(q, "open", TB_JOB_OPEN);
    while (tb_sql_row(q)) *TB_PUSH(*out, *n, cap) = read_job(q);
    return tb_db_result(a->db, e);
}
