/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drafts on their way to publication, and who was sent what.
 */
#include <stdlib.h>

#include "store_int.h"
#include "toban/store/records.h"

void tb_lives_free(struct tb_life_state *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].duties);
        free(v[i].by);
        free(v[i].note);
        free(v[i].word);
        free(v[i].number);
        free(v[i].past);
    }
    free(v);
}

/* A span of a duty by its number in this file's own list of ids: the region may have given up a duty that an
 * old roster has. */
static int duty_number(struct tb_db *db, const char *id)
{
    struct tb_sql *q = tb_sql(db, "SELECT count(DISTINCT duty) FROM rosters WHERE duty < :id");
    tb_sql_text(q, "id", id);
    int k = tb_sql_row(q) ? (int)tb_sql_get_int(q, 0) : 0;
    tb_sql_end(q);
    return k;
}

/* What became of a published draft: its days, less those that each later publication took, until the last is
 * gone. */
static enum tb_life end_of(struct tb_db *db, int64_t draft, int64_t *ended)
{
    struct tb_cover *v = NULL;
    size_t n = 0, cap = 0;
    enum tb_life state = TB_LIFE_PUBLISHED;
    struct tb_sql *q = tb_sql(
        db,
        "SELECT duty, \"from\", \"to\", publication, 0 FROM rosters WHERE draft = :draft"
        " UNION ALL SELECT duty, \"from\", \"to\", publication, 1 FROM rosters WHERE publication > (SELECT "
        "max(publication)"
        " FROM rosters WHERE draft = :draft) UNION ALL SELECT duty, \"from\", \"to\", publication, 2 FROM "
        "withdrawals"
        " WHERE publication > (SELECT max(publication) FROM rosters WHERE draft = :draft) ORDER BY 4, 1, 2");
    tb_sql_int(q, "draft", draft);
    while (state == TB_LIFE_PUBLISHED && tb_sql_row(q)) {
        struct tb_cover c = {.duty = duty_number(db, tb_sql_get_text(q, 0)),
                             .from = tb_sql_get_date(q, 1),
                             .to = tb_sql_get_date(q, 2)};
        int64_t by = tb_sql_get_int(q, 4);
        if (by == 0) {
            *TB_PUSH(v, n, cap) = c;
            continue;
        }
        v = tb_cover_cut(v, &n, &cap, &c);
        if (n > 0) continue;
        state = by == 1 ? TB_LIFE_OLD : TB_LIFE_WITHDRAWN;
        *ended = tb_sql_get_int(q, 3);
    }
    tb_sql_end(q);
    free(v);
    return state;
}

static enum tb_life life_of(struct tb_db *db, int64_t draft, int64_t published, const char *word,
                            int64_t *ended)
{
    if (published > 0) return end_of(db, draft, ended);
    if (tb_draft_superseded(db, draft)) return TB_LIFE_SUPERSEDED;
    return word[0] == 'c' ? TB_LIFE_CIRCULATING : word[0] == 'a' ? TB_LIFE_APPROVED : TB_LIFE_DRAFT;
}

enum tb_code tb_store_lives(tb_store *s, int64_t draft, struct tb_life_state **out, size_t *n,
                            struct tb_err *e)
{
    struct tb_life_state *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_db *db = s->db;
    struct tb_sql *q = tb_sql(db, "SELECT d.id, d.\"from\", d.\"to\", d.duties, coalesce((SELECT "
                                  "max(publication) FROM rosters WHERE draft = d.id), 0),"
                                  " m.state, m.until, coalesce(m.at, d.created_at), m.\"by\", "
                                  "m.note, m.word, m.number, m.meeting, d.past, d.status = '" TB_DRAFT_DOUBT
                                  "' FROM drafts AS "
                                  "d LEFT JOIN draft_moves AS m"
                                  " ON m.id = (SELECT max(id) FROM draft_moves WHERE draft = d.id) WHERE "
                                  ":draft IN (0, d.id) ORDER BY d.id");
    tb_sql_int(q, "draft", draft);
    while (tb_sql_row(q)) {
        struct tb_life_state x = {.draft = tb_sql_get_int(q, 0),
                                  .from = tb_sql_get_date(q, 1),
                                  .to = tb_sql_get_date(q, 2),
                                  .duties = tb_xstrdup(tb_sql_get_text(q, 3)),
                                  .published = tb_sql_get_int(q, 4),
                                  .until = tb_sql_is_null(q, 6) ? TB_DAY_NONE : tb_sql_get_date(q, 6),
                                  .at = tb_sql_get_instant(q, 7),
                                  .by = tb_xstrdup(tb_sql_get_text(q, 8)),
                                  .note = tb_xstrdup(tb_sql_get_text(q, 9)),
                                  .word = tb_xstrdup(tb_sql_get_text(q, 10)),
                                  .number = tb_xstrdup(tb_sql_get_text(q, 11)),
                                  .meeting = tb_sql_is_null(q, 12) ? TB_DAY_NONE : tb_sql_get_date(q, 12),
                                  .past = tb_xstrdup(tb_sql_get_text(q, 13)),
                                  .doubt = tb_sql_get_int(q, 14) != 0};
        x.state = life_of(db, x.draft, x.published, tb_sql_get_text(q, 5), &x.ended);
        *TB_PUSH(v, count, cap) = x;
    }
    enum tb_code code = tb_db_result(db, e);
    if (code == TB_OK && draft != 0 && count == 0)
        code = tb_fail(e, TB_NO, tb_t("案 %lld はありません", "there is no draft %lld"), (long long)draft);
    if (code != TB_OK) {
        tb_lives_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

static void sql_day(struct tb_sql *q, const char *name, tb_day day)
{
    if (day != TB_DAY_NONE)
        tb_sql_date(q, name, day);
    else
        tb_sql_text(q, name, NULL);
}

enum tb_code tb_store_move_draft(tb_store *s, const struct tb_draft_move *x, const struct tb_act *act,
                                 struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "INSERT INTO draft_moves (draft, state, until, at, \"by\", note, word, "
                      "meeting, number) VALUES (:draft, :state, :until, :at, :by, :note, :word, "
                      ":meeting, :number)");
    tb_sql_int(q, "draft", x->draft);
    tb_sql_text(q, "state", x->state == TB_LIFE_CIRCULATING ? "circulating" : "approved");
    sql_day(q, "until", x->until);
    tb_sql_instant(q, "at", act->at);
    tb_sql_text(q, "by", act->by);
    tb_sql_text(q, "note", act->note);
    tb_sql_text(q, "word", x->word ? x->word : "");
    sql_day(q, "meeting", x->meeting);
    tb_sql_text(q, "number", x->number ? x->number : "");
    tb_sql_run(q);
    tb_moved(s->db, "drafts");
    return tb_db_result(s->db, e);
}

void tb_deliveries_free(struct tb_delivery *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].recipient);
        free(v[i].way);
        free(v[i].by);
        free(v[i].note);
    }
    free(v);
}

enum tb_code tb_store_deliveries(tb_store *s, int64_t publication, struct tb_delivery **out, size_t *n,
                                 struct tb_err *e)
{
    struct tb_delivery *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q = tb_sql(s->db, "SELECT recipient, what = 'confirmed', way, at, \"by\", note FROM "
                                     "deliveries WHERE publication = :publication ORDER BY id");
    tb_sql_int(q, "publication", publication);
    while (tb_sql_row(q))
        *TB_PUSH(v, count, cap) = (struct tb_delivery){.publication = publication,
                                                       .recipient = tb_xstrdup(tb_sql_get_text(q, 0)),
                                                       .confirmed = tb_sql_get_int(q, 1) != 0,
                                                       .way = tb_xstrdup(tb_sql_get_text(q, 2)),
                                                       .at = tb_sql_get_instant(q, 3),
                                                       .by = tb_xstrdup(tb_sql_get_text(q, 4)),
                                                       .note = tb_xstrdup(tb_sql_get_text(q, 5))};
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        tb_deliveries_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

enum tb_code tb_store_add_delivery(tb_store *s, const struct tb_delivery *d, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(
        s->db,
        "INSERT INTO deliveries (publication, recipient, what, way, at, \"by\", note) VALUES (:publication,"
        " :recipient, :what, :way, :at, :by, :note)");
    tb_sql_int(q, "publication", d->publication);
    tb_sql_text(q, "recipient", d->recipient);
    tb_sql_text(q, "what", d->confirmed ? "confirmed" : "sent");
    tb_sql_text(q, "way", d->way);
    tb_sql_instant(q, "at", d->at);
    tb_sql_text(q, "by", d->by);
    tb_sql_text(q, "note", d->note);
    tb_sql_run(q);
    tb_moved(s->db, "sent");
    return tb_db_result(s->db, e);
}

void tb_documents_free(struct tb_document *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].body);
        free(v[i].text);
        free(v[i].by);
    }
    free(v);
}

enum tb_code tb_store_documents(tb_store *s, int64_t publication, struct tb_document **out, size_t *n,
                                struct tb_err *e)
{
    struct tb_document *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q = tb_sql(s->db, "SELECT body, text, \"by\", fiscal_year, number, at FROM documents "
                                     "WHERE publication = :publication ORDER BY id");
    tb_sql_int(q, "publication", publication);
    while (tb_sql_row(q))
        *TB_PUSH(v, count, cap) = (struct tb_document){.body = tb_xstrdup(tb_sql_get_text(q, 0)),
                                                       .text = tb_xstrdup(tb_sql_get_text(q, 1)),
                                                       .by = tb_xstrdup(tb_sql_get_text(q, 2)),
                                                       .fiscal_year = (int)tb_sql_get_int(q, 3),
                                                       .number = tb_sql_get_int(q, 4),
                                                       .at = tb_sql_get_instant(q, 5)};
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        tb_documents_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

enum tb_code tb_store_add_document(tb_store *s, int64_t publication, const struct tb_document *d,
                                   struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "INSERT INTO documents (publication, body, fiscal_year, number, text, "
                      "at, \"by\") VALUES (:publication, :body, :year, :number, :text, :at, :by)");
    tb_sql_int(q, "publication", publication);
    tb_sql_text(q, "body", d->body);
    tb_sql_int(q, "year", d->fiscal_year);
    tb_sql_int(q, "number", d->number);
    tb_sql_text(q, "text", d->text);
    tb_sql_instant(q, "at", d->at);
    tb_sql_text(q, "by", d->by);
    tb_sql_run(q);
    tb_moved(s->db, "sent");
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_document_numbers(tb_store *s, const char *body, int fiscal_year, int64_t number,
                                       int64_t *highest, int64_t *publication, struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "SELECT coalesce(max(number), 0), coalesce(max(CASE WHEN number = :number "
                      "THEN publication END), 0) FROM documents AS d WHERE body = :body AND "
                      "fiscal_year = :year AND id = (SELECT max(id) FROM documents WHERE "
                      "body = d.body AND publication = d.publication)");
    tb_sql_int(q, "number", number);
    tb_sql_text(q, "body", body);
    tb_sql_int(q, "year", fiscal_year);
    *highest = *publication = 0;
    if (tb_sql_row(q)) {
        *highest = tb_sql_get_int(q, 0);
        *publication = tb_sql_get_int(q, 1);
    }
    tb_sql_end(q);
    return tb_db_result(s->db, e);
}
