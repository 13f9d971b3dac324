/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drafts: what was planned or made by hand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_int.h"

void tb_draft_free(struct tb_draft *d)
{
    if (d == NULL) return;
    free(d->duties);
    free(d->instance);
    free(d->status);
    free(d->stopped_by);
    free(d->certificate);
    free(d->steps);
    free(d->past);
    *d = (struct tb_draft){0};
}

static const char *text(const char *s) { return s != NULL ? s : ""; }

/* Of many drafts that answer one question the question is kept once. */
static void keep_instance(struct tb_db *db, const struct tb_draft *d)
{
    struct tb_sql *q = tb_sql(db, "INSERT OR IGNORE INTO instances (digest, bytes) VALUES (:digest, :bytes)");
    tb_sql_text(q, "digest", d->instance_digest);
    tb_sql_textn(q, "bytes", text(d->instance), d->instance_len);
    tb_sql_run(q);
}

enum tb_code tb_store_add_draft(tb_store *s, struct tb_draft *d, const struct tb_seat_row *seats, size_t n,
                                const struct tb_region *r, struct tb_err *e)
{
    struct tb_db *db = s->db;
    if (!tb_db_in_transaction(db))
        return tb_fail(e, TB_INTERNAL, "tb_store_add_draft: %s",
                       tb_t("処理のまとまりの外です", "outside a transaction"));
    int64_t id = tb_db_value(db, "SELECT coalesce(max(id), 0) + 1 FROM drafts");
    keep_instance(db, d);
    struct tb_sql *q = tb_sql(
        db,
        "INSERT INTO drafts (id, created_at, \"from\", \"to\", duties, instance_digest, status, stopped_by, "
        "objective, bound, certified, certificate, steps, open_seats, after_publication, supersedes, past)"
        " VALUES (:id, :created_at, :from, :to, :duties, :digest, :status, :stopped_by, :objective, :bound, "
        ":certified, :certificate, :steps, :open_seats, :base, :supersedes, :past)");
    tb_sql_int(q, "id", id);
    tb_sql_instant(q, "created_at", d->created_at);
    tb_sql_date(q, "from", d->from);
    tb_sql_date(q, "to", d->to);
    tb_sql_text(q, "duties", text(d->duties));
    tb_sql_text(q, "digest", d->instance_digest);
    tb_sql_text(q, "status", text(d->status));
    tb_sql_text(q, "stopped_by", text(d->stopped_by));
    tb_sql_int(q, "objective", d->objective);
    tb_sql_int(q, "bound", d->bound);
    tb_sql_int(q, "certified", d->certified);
    tb_sql_text(q, "certificate", text(d->certificate));
    tb_sql_text(q, "steps", text(d->steps));
    tb_sql_int(q, "open_seats", d->open_seats);
    tb_sql_int(q, "base", d->base);
    tb_sql_int(q, "supersedes", d->supersedes);
    tb_sql_text(q, "past", text(d->past));
    tb_sql_run(q);
    q = tb_sql(db, "INSERT INTO draft_seats (draft, date, duty, band, role, seat, provider) VALUES (:draft, "
                   ":date, :duty, :band, :role, "
                   ":seat, :provider)");
    for (size_t i = 0; i < n && tb_db_ok(db); i++) {
        const struct tb_seat_row *row = &seats[i];
        tb_sql_int(q, "draft", id);
        tb_sql_date(q, "date", row->date);
        tb_sql_text(q, "duty", r->duties[row->duty].id);
        tb_sql_text(q, "band", r->bands[row->band].id);
        tb_sql_text(q, "role", tb_role_word(row->role));
        tb_sql_int(q, "seat", row->seat);
        tb_sql_text(q, "provider", row->provider >= 0 ? r->providers[row->provider].id : NULL);
        tb_sql_run(q);
    }
    tb_moved(db, "drafts");
    enum tb_code code = tb_db_result(db, e);
    if (code == TB_OK) d->id = id;
    return code;
}

#define DRAFT_COLUMNS \
    "SELECT id, created_at, \"from\", \"to\", duties, (SELECT bytes FROM instances WHERE digest = " \
    "instance_digest), instance_digest, status, stopped_by, objective, bound, certified, certificate, " \
    "steps," \
    " open_seats, (SELECT max(publication) FROM rosters WHERE draft = drafts.id), after_publication, " \
    "supersedes, past FROM " \
    "drafts "

static void read_draft(struct tb_sql *q, struct tb_draft *d)
{
    size_t n;
    const char *instance = tb_sql_get_bytes(q, 5, &n);
    struct tb_buf b = {0};
    tb_buf_addn(&b, instance, n);
    *d = (struct tb_draft){
        .id = tb_sql_get_int(q, 0),
        .created_at = tb_sql_get_instant(q, 1),
        .from = tb_sql_get_date(q, 2),
        .to = tb_sql_get_date(q, 3),
        .duties = tb_xstrdup(tb_sql_get_text(q, 4)),
        .instance = tb_buf_take(&b),
        .instance_len = n,
        .status = tb_xstrdup(tb_sql_get_text(q, 7)),
        .stopped_by = tb_xstrdup(tb_sql_get_text(q, 8)),
        .objective = tb_sql_get_int(q, 9),
        .bound = tb_sql_get_int(q, 10),
        .certified = tb_sql_get_int(q, 11) != 0,
        .certificate = tb_xstrdup(tb_sql_get_text(q, 12)),
        .steps = tb_xstrdup(tb_sql_get_text(q, 13)),
        .open_seats = (int)tb_sql_get_int(q, 14),
        .published = tb_sql_get_int(q, 15),
        .base = tb_sql_get_int(q, 16),
        .supersedes = tb_sql_get_int(q, 17) != 0,
        .past = tb_xstrdup(tb_sql_get_text(q, 18)),
    };
    const char *digest = tb_sql_get_text(q, 6);
    memcpy(d->instance_digest, digest, strnlen(digest, sizeof d->instance_digest - 1));
}

/* What was changed by hand is no longer what was planned; when all of it is taken back, it is again. */
static void as_edited(struct tb_db *db, struct tb_draft *d)
{
    const struct tb_edited x = tb_edits_state(db, d->id);
    d->revision = x.revision;
    if (!x.in_force) return;
    char **gone[] = {&d->status, &d->stopped_by, &d->certificate, &d->steps};
    for (size_t i = 0; i < TB_COUNT(gone); i++) {
        free(*gone[i]);
        *gone[i] = tb_xstrdup(i ? "" : "manual");
    }
    d->certified = false;
    d->objective = x.objective;
    d->open_seats = x.open_seats;
}

enum tb_code tb_store_get_draft(tb_store *s, int64_t id, tb_day from, tb_day to, struct tb_draft *out,
                                struct tb_err *e)
{
    struct tb_db *db = s->db;
    struct tb_sql *q;
    char days[160] = "", a[64], b[64];
    if (id != 0) {
        q = tb_sql(db, DRAFT_COLUMNS "WHERE id = :id");
        tb_sql_int(q, "id", id);
    } else if (from != TB_DAY_NONE) {
        q = tb_sql(db, DRAFT_COLUMNS "WHERE \"from\" = :from AND \"to\" = :to ORDER BY id DESC LIMIT 1");
        tb_sql_date(q, "from", from);
        tb_sql_date(q, "to", to);
        (void)snprintf(days, sizeof days, "%s..%s", tb_format_date(from, a, sizeof a),
                       tb_format_date(to, b, sizeof b));
    } else
        q = tb_sql(db, DRAFT_COLUMNS "ORDER BY id DESC LIMIT 1");
    struct tb_draft d = {0};
    bool found = tb_sql_row(q);
    if (found) read_draft(q, &d);
    tb_sql_end(q);
    if (found) as_edited(db, &d);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        tb_draft_free(&d);
        return code;
    }
    if (found) {
        *out = d;
        return TB_OK;
    }
    if (id != 0)
        return tb_fail(e, TB_NO, tb_t("案 %lld はありません", "there is no draft %lld"), (long long)id);
    return tb_fail(e, TB_NO,
                   tb_t("%s の案はありません。toban plan で作ってください",
                        "there is no draft for %s; make one with toban plan"),
                   days[0] != '\0' ? days : tb_t("この医療圏", "this region"));
}

static int by_seat(const void *a, const void *b) { return tb_seat_row_compare(a, b); }

struct tb_seat_row *tb_draft_rows(struct tb_db *db, int64_t id, const struct tb_region *r, size_t *n)
{
    struct tb_seat_row *rows = NULL;
    size_t count = 0, cap = 0;
    struct tb_names names = {0};
    struct tb_sql *q = tb_sql(db, "SELECT duty, band, date, role, seat, provider FROM draft_seats WHERE "
                                  "draft = :id ORDER BY duty, band, date, role, seat");
    tb_sql_int(q, "id", id);
    while (tb_sql_row(q)) {
        int band = tb_names_band(&names, db, r, tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
        int provider = tb_sql_is_null(q, 5) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 5));
        struct tb_seat_row row = {.duty = names.duty,
                                  .date = tb_sql_get_date(q, 2),
                                  .band = band,
                                  .role = tb_role_of(tb_sql_get_text(q, 3)),
                                  .seat = (int)tb_sql_get_int(q, 4),
                                  .provider = provider};
        *TB_PUSH(rows, count, cap) = row;
    }
    if (count > 0) qsort(rows, count, sizeof *rows, by_seat);
    tb_edits_apply(db, id, r, rows, count);
    *n = count;
    return rows;
}

enum tb_code tb_store_draft_seats(tb_store *s, int64_t id, const struct tb_region *r,
                                  struct tb_seat_row **rows, size_t *n, struct tb_err *e)
{
    size_t all, filled = 0;
    struct tb_seat_row *v = tb_draft_rows(s->db, id, r, &all);
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        free(v);
        return code;
    }
    for (size_t i = 0; i < all; i++)
        if (v[i].provider >= 0) v[filled++] = v[i];
    *rows = v;
    *n = filled;
    return TB_OK;
}

/* What goes round or is approved gives way only to one that was told to take its place, or was published. */
enum tb_code tb_store_draft_rows(tb_store *s, int64_t id, const struct tb_region *r,
                                 struct tb_seat_row **rows, size_t *n, struct tb_err *e)
{
    struct tb_seat_row *v = tb_draft_rows(s->db, id, r, n);
    enum tb_code code = tb_db_result(s->db, e);
    if (code == TB_OK)
        *rows = v;
    else
        free(v);
    return code;
}

/* Revisions are told as ID/REVISION, so the number comes first. A draft begun by hand from another has its
 * question; what was planned anew has not. */
enum tb_code tb_store_draft_made_by(tb_store *s, int64_t id, const char *who, int64_t *made, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(
        s->db,
        "SELECT max(d.id) FROM drafts AS d, drafts AS this JOIN audit AS a ON CAST(a.detail AS INTEGER) "
        "= d.id WHERE this.id = :id AND a.who = :who AND a.what IN ('plan', 'assign', 'unassign', "
        "'undo', 'redo') AND (d.id = this.id OR (this.status = 'manual' AND d.id < this.id AND "
        "d.instance_digest = this.instance_digest))");
    tb_sql_int(q, "id", id);
    tb_sql_text(q, "who", who);
    *made = tb_sql_row(q) ? tb_sql_get_int(q, 0) : 0;
    tb_sql_end(q);
    return tb_db_result(s->db, e);
}

#define LATER \
    "EXISTS (SELECT 1 FROM drafts AS later WHERE later.id > d.id AND later.duties = d.duties AND " \
    "later.\"from\" = d.\"from\" AND " \
    "later.\"to\" = d.\"to\" AND later.status <> '" TB_DRAFT_DOUBT "' AND (later.supersedes = 1 OR NOT " \
    "EXISTS (SELECT 1 FROM draft_moves WHERE draft = d.id) OR EXISTS (SELECT 1 FROM rosters WHERE draft = " \
    "later.id)))"

bool tb_draft_superseded(struct tb_db *db, int64_t id)
{
    struct tb_sql *q = tb_sql(db, "SELECT 1 FROM drafts AS d WHERE id = :id AND " LATER);
    tb_sql_int(q, "id", id);
    bool yes = tb_sql_row(q);
    tb_sql_end(q);
    return yes;
}

static enum tb_code read_ids(tb_store *s, struct tb_sql *q, int64_t **ids, size_t *n, struct tb_err *e)
{
    int64_t *v = NULL;
    size_t count = 0, cap = 0;
    while (tb_sql_row(q)) *TB_PUSH(v, count, cap) = tb_sql_get_int(q, 0);
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        free(v);
        return code;
    }
    *ids = v;
    *n = count;
    return TB_OK;
}

enum tb_code tb_store_published_drafts(tb_store *s, int64_t **ids, size_t *n, struct tb_err *e)
{
    return read_ids(s, tb_sql(s->db, "SELECT DISTINCT draft FROM rosters ORDER BY draft"), ids, n, e);
}

enum tb_code tb_store_open_drafts(tb_store *s, int64_t **ids, size_t *n, struct tb_err *e)
{
    return read_ids(s,
                    tb_sql(s->db, "SELECT id FROM drafts AS d WHERE NOT EXISTS (SELECT 1 FROM rosters "
                                  "WHERE draft = d.id) AND d.status <> '" TB_DRAFT_DOUBT "' AND NOT " LATER
                                  " ORDER BY id"),
                    ids, n, e);
}
