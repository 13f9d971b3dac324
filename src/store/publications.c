/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publications. What is in force is not copied from one to the next: a publication adds a row for each seat
 * that changed, and the state as of any publication is the last row of each seat up to it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_int.h"
#include "toban/store/records.h"

void tb_publication_free(struct tb_publication *p)
{
    if (p == NULL) return;
    free(p->by);
    free(p->note);
    tb_fact_changes_free(p->facts, p->n_facts);
    *p = (struct tb_publication){0};
}

enum tb_code tb_store_latest(tb_store *s, int64_t *number, struct tb_err *e)
{
    *number = tb_db_value(s->db, "SELECT coalesce(max(number), 0) FROM publications");
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_sat(tb_store *s, const char *provider, tb_day from, tb_day to, bool *sat,
                          struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "SELECT 1 FROM publication_seats WHERE provider = :provider AND date "
                                     "BETWEEN :from AND :to LIMIT 1");
    tb_sql_text(q, "provider", provider);
    tb_sql_date(q, "from", from);
    tb_sql_date(q, "to", to);
    *sat = false;
    while (tb_sql_row(q)) *sat = true;
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_get_publication(tb_store *s, int64_t number, struct tb_publication *out,
                                      struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "SELECT number, at, digest, \"by\", note, digest_format FROM publications WHERE "
                      ":number IN (0, number) ORDER BY number DESC LIMIT 1");
    tb_sql_int(q, "number", number);
    struct tb_publication p = {0};
    bool found = tb_sql_row(q);
    if (found) {
        p = (struct tb_publication){.number = tb_sql_get_int(q, 0),
                                    .at = tb_sql_get_instant(q, 1),
                                    .by = tb_xstrdup(tb_sql_get_text(q, 3)),
                                    .note = tb_xstrdup(tb_sql_get_text(q, 4)),
                                    .facts_of_upgrade = tb_sql_get_int(q, 5) == TB_DIGEST_SEATS};
        const char *digest = tb_sql_get_text(q, 2);
        memcpy(p.digest, digest, strnlen(digest, sizeof p.digest - 1));
    }
    tb_sql_end(q);
    enum tb_code code = tb_db_result(s->db, e);
    if (code == TB_OK && !found)
        code = number == 0 ? tb_fail(e, TB_NO, "%s",
                                     tb_t("まだ何も公表されていません", "nothing has been published yet"))
                           : tb_fail(e, TB_NO, tb_t("第%lld版はありません", "there is no publication %lld"),
                                     (long long)number);
    if (code != TB_OK) {
        tb_publication_free(&p);
        return code;
    }
    *out = p;
    return TB_OK;
}

/* ---- what is in force ---------------------------------------------------------------------- */

static int by_row(const void *a, const void *b)
{
    const struct tb_board_row *x = a, *y = b;
    return tb_seat_row_compare(&x->seat, &y->seat);
}

struct tb_board_row *tb_seat_states(struct tb_db *db, const struct tb_region *r, int64_t number, bool vacated,
                                    size_t *n)
{
    struct tb_board_row *rows = NULL, row = {0};
    size_t count = 0, cap = 0;
    bool kept = false;
    struct tb_names names = {0};
    /* Backwards along the primary key: of the rows of a seat the first met tells its state, the last met is
     * its first. */
    struct tb_sql *q =
        tb_sql(db, "SELECT duty, band, date, role, seat, provider, changed, sequence, publication FROM "
                   "publication_seats WHERE publication <= :number ORDER BY duty DESC, date DESC, band DESC, "
                   "role DESC, seat DESC, publication DESC");
    tb_sql_int(q, "number", number);
    while (tb_sql_row(q)) {
        const bool empty = tb_sql_is_null(q, 5);
        const int band = tb_names_band(&names, db, r, tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
        const struct tb_seat_row seat = {.duty = names.duty,
                                         .date = tb_sql_get_date(q, 2),
                                         .band = band,
                                         .role = tb_role_of(tb_sql_get_text(q, 3)),
                                         .seat = (int)tb_sql_get_int(q, 4),
                                         .provider = -1};
        const int publication = (int)tb_sql_get_int(q, 8);
        if (row.publication > 0 && tb_same_slot(&row.seat, &seat) && row.seat.seat == seat.seat) {
            if (kept) rows[count - 1].first = publication;
            continue;
        }
        kept = vacated || !empty;
        row = (struct tb_board_row){.seat = seat,
                                    .changed = tb_sql_get_instant(q, 6),
                                    .sequence = (int)tb_sql_get_int(q, 7),
                                    .publication = publication,
                                    .first = publication};
        if (!empty) row.seat.provider = tb_names_provider(db, r, tb_sql_get_text(q, 5));
        if (kept) *TB_PUSH(rows, count, cap) = row;
    }
    if (count > 0) qsort(rows, count, sizeof *rows, by_row);
    *n = count;
    return rows;
}

/* A publication without a roster takes seats out of force. */
bool tb_seat_withdrawn(struct tb_db *db, int64_t publication)
{
    struct tb_sql *q =
        tb_sql(db, "SELECT 1 FROM publications WHERE number = :number AND NOT EXISTS (SELECT 1 "
                   "FROM rosters WHERE publication = :number)");
    tb_sql_int(q, "number", publication);
    bool yes = tb_sql_row(q);
    tb_sql_end(q);
    return yes;
}

static int by_cover(const void *a, const void *b)
{
    const struct tb_cover *x = a, *y = b;
    if (x->duty != y->duty) return x->duty < y->duty ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

struct tb_cover *tb_cover_cut(struct tb_cover *v, size_t *n, size_t *cap, const struct tb_cover *out)
{
    size_t kept = 0, before = *n;
    struct tb_cover *rest = NULL;
    size_t n_rest = 0, cap_rest = 0;
    for (size_t i = 0; i < before; i++) {
        struct tb_cover c = v[i];
        if (c.duty != out->duty || c.from > out->to || c.to < out->from) {
            v[kept++] = c;
            continue;
        }
        if (c.from < out->from)
            *TB_PUSH(rest, n_rest, cap_rest) = (struct tb_cover){c.duty, c.from, out->from - 1};
        if (c.to > out->to) *TB_PUSH(rest, n_rest, cap_rest) = (struct tb_cover){c.duty, out->to + 1, c.to};
    }
    for (size_t i = 0; i < n_rest; i++) *TB_PUSH(v, kept, *cap) = rest[i];
    free(rest);
    *n = kept;
    return v;
}

/* What rosters cover less what was withdrawn, in the order of publications. Spans that touch or overlap
 * become one. */
static struct tb_cover *covers_of(struct tb_db *db, const struct tb_region *r, int64_t number, size_t *n)
{
    struct tb_cover *v = NULL;
    size_t count = 0, cap = 0, kept = 0;
    struct tb_names names = {0};
    struct tb_sql *q =
        tb_sql(db, "SELECT duty, \"from\", \"to\", 0, publication FROM rosters WHERE publication <= :number"
                   " UNION ALL SELECT duty, \"from\", \"to\", 1, publication FROM withdrawals WHERE "
                   "publication <= :number"
                   " ORDER BY 5, 1");
    tb_sql_int(q, "number", number);
    while (tb_sql_row(q)) {
        struct tb_cover c = {.duty = tb_names_duty(&names, db, r, tb_sql_get_text(q, 0)),
                             .from = tb_sql_get_date(q, 1),
                             .to = tb_sql_get_date(q, 2)};
        if (tb_sql_get_int(q, 3) != 0)
            v = tb_cover_cut(v, &count, &cap, &c);
        else
            *TB_PUSH(v, count, cap) = c;
    }
    if (count > 0) qsort(v, count, sizeof *v, by_cover);
    for (size_t i = 0; i < count; i++) {
        struct tb_cover *last = kept > 0 ? &v[kept - 1] : NULL;
        if (last == NULL || last->duty != v[i].duty || v[i].from > last->to + 1)
            v[kept++] = v[i];
        else if (v[i].to > last->to)
            last->to = v[i].to;
    }
    *n = kept;
    return v;
}

/* 0 is the latest; one that is not there makes a failure stick. */
static int64_t publication_meant(struct tb_db *db, int64_t number)
{
    int64_t last = tb_db_value(db, "SELECT coalesce(max(number), 0) FROM publications");
    if (tb_db_ok(db) && (number < 0 || number > last))
        tb_db_fail(db, TB_NO,
                   tb_t("第%lld版はありません。最新は第%lld版です",
                        "there is no publication %lld; the latest is %lld"),
                   (long long)number, (long long)last);
    return number == 0 ? last : number;
}

enum tb_code tb_store_published(tb_store *s, const struct tb_region *r, int64_t number,
                                struct tb_board_row **rows, size_t *n, struct tb_err *e)
{
    struct tb_db *db = s->db;
    bool opened = tb_db_read_begin(db);
    size_t n_found;
    struct tb_board_row *found = tb_seat_states(db, r, publication_meant(db, number), false, &n_found);
    tb_db_read_end(db, opened);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        free(found);
        return code;
    }
    *rows = found;
    *n = n_found;
    return TB_OK;
}

enum tb_code tb_store_covers(tb_store *s, const struct tb_region *r, int64_t number, struct tb_cover **covers,
                             size_t *n, struct tb_err *e)
{
    struct tb_db *db = s->db;
    bool opened = tb_db_read_begin(db);
    size_t n_found;
    struct tb_cover *found = covers_of(db, r, publication_meant(db, number), &n_found);
    tb_db_read_end(db, opened);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        free(found);
        return code;
    }
    *covers = found;
    *n = n_found;
    return TB_OK;
}

/* ---- publishing ---------------------------------------------------------------------------- */

/* One planned seat of one of the drafts. */
struct planned {
    struct tb_seat_row seat;
    int64_t draft, after; /* id; publication that was the latest when the draft was made */
};

struct publishing {
    struct tb_db *db;
    const struct tb_region *r;
    int64_t number;
    tb_minute at;
    struct planned *planned;
    size_t n_planned, cap_planned;
    struct tb_board_row *before; /* vacated seats too */
    size_t n_before;
    struct tb_arena arena;
    struct tb_slot *slots; /* of the duties and days concerned, in canonical order */
    int n_slots;
    int *person_of; /* on person_day */
    tb_day person_day;
    bool running, past; /* as in struct tb_to_publish */
};

static int by_planned(const void *a, const void *b)
{
    const struct planned *x = a, *y = b;
    int c = tb_seat_row_compare(&x->seat, &y->seat);
    return c != 0 ? c : (x->draft > y->draft) - (x->draft < y->draft);
}

static void take_draft(struct publishing *p, int64_t id, tb_day until)
{
    struct tb_db *db = p->db;
    int64_t after = 0, published = 0;
    struct tb_sql *q = tb_sql(db, "SELECT after_publication, (SELECT max(publication) FROM rosters WHERE "
                                  "draft = :id) FROM drafts WHERE id = :id");
    tb_sql_int(q, "id", id);
    bool found = tb_sql_row(q);
    if (found) {
        after = tb_sql_get_int(q, 0);
        published = tb_sql_get_int(q, 1);
    }
    tb_sql_end(q);
    if (!found)
        tb_db_fail(db, TB_NO, tb_t("案 %lld はありません", "there is no draft %lld"), (long long)id);
    else if (published != 0)
        tb_db_fail(db, TB_REFUSED,
                   tb_t("案 %lld は第%lld版で公表済みです。直すときは新しい案を作ってください",
                        "draft %lld was published as publication %lld; make a new draft to correct it"),
                   (long long)id, (long long)published);
    else if (tb_draft_superseded(db, id))
        tb_db_fail(
            db, TB_REFUSED,
            tb_t("案 %lld "
                 "のあとに同じ当番区分・同じ期間の新しい案が作られています。新しいほうを公表してください",
                 "draft %lld is superseded by a later draft of the same duties and days; publish that one"),
            (long long)id);
    size_t n;
    struct tb_seat_row *rows = tb_draft_rows(db, id, p->r, &n);
    size_t before = p->n_planned;
    for (size_t i = 0; i < n; i++)
        if (until == TB_DAY_NONE || rows[i].date <= until)
            *TB_PUSH(p->planned, p->n_planned, p->cap_planned) = (struct planned){rows[i], id, after};
    char date[64];
    if (n > 0 && p->n_planned == before)
        tb_db_fail(db, TB_NO, tb_t("案 %lld には %s までの席がありません", "draft %lld has no seat up to %s"),
                   (long long)id, tb_format_date(until, date, sizeof date));
    free(rows);
}

static void slot_words(const struct tb_region *r, const struct tb_seat_row *s, char *out, size_t size)
{
    char date[64];
    (void)snprintf(out, size, "%s %s %s%s", r->duties[s->duty].name,
                   tb_format_date(s->date, date, sizeof date), r->bands[s->band].name,
                   s->role == TB_RESERVE ? tb_t("(予備)", " (reserve)") : "");
}

static int by_slot(const void *key, const void *element)
{
    const struct tb_seat_row *s = key;
    const struct tb_slot *slot = element;
    struct tb_seat_row x = {.duty = slot->duty, .date = slot->date, .band = slot->band, .role = slot->role};
    return tb_slot_compare(s, &x);
}

/* First state of a seat of the slot, and how many there are. */
static struct tb_board_row *states_of(const struct publishing *p, const struct tb_seat_row *slot, size_t *n)
{
    size_t low = 0, high = p->n_before;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (tb_slot_compare(&p->before[mid].seat, slot) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    size_t end = low;
    while (end < p->n_before && tb_slot_compare(&p->before[end].seat, slot) == 0) end++;
    *n = end - low;
    return p->before + low;
}

/* Is the draft still an answer to what is published and to the calendar? */
static const struct tb_slot *admit(struct publishing *p, const struct planned *v, size_t n)
{
    char words[400];
    slot_words(p->r, &v[0].seat, words, sizeof words);
    size_t n_old, filled = 0;
    const struct tb_board_row *old = states_of(p, &v[0].seat, &n_old);
    for (size_t i = 0; i < n; i++) {
        filled += v[i].seat.provider >= 0;
        if (v[i].draft != v[0].draft) {
            tb_db_fail(p->db, TB_REFUSED,
                       tb_t("案 %lld と案 %lld は同じ枠（%s）を決めています。どちらかだけを公表してください",
                            "drafts %lld and %lld decide the same slot (%s); publish only one of them"),
                       (long long)v[0].draft, (long long)v[i].draft, words);
            return NULL;
        }
    }
    for (size_t i = 0; i < n_old; i++)
        if (old[i].publication > v[0].after) {
            tb_db_fail(
                p->db, TB_REFUSED,
                tb_t("案 %lld を作ったあと、第%d版で同じ枠（%s）が公表されました。案を作り直してください",
                     "draft %lld was made before publication %d, which changed the same slot (%s); make the "
                     "draft again"),
                (long long)v[0].draft, old[i].publication, words);
            return NULL;
        }
    const struct tb_slot *slot = bsearch(&v[0].seat, p->slots, (size_t)p->n_slots, sizeof *p->slots, by_slot);
    if (slot == NULL || filled > (size_t)slot->need) {
        tb_db_fail(
            p->db, TB_REFUSED,
            tb_t("案 %lld "
                 "を作ったあと診療日や席数が変わり、枠（%s）が今の暦に合いません。案を作り直してください",
                 "the calendar changed after draft %lld was made: its slot (%s) no longer fits; make the "
                 "draft again"),
            (long long)v[0].draft, words);
        return NULL;
    }
    return slot;
}

enum { SEATS_MAX = 64 };

/* Who stays keeps his seat; the others take the number of the draft if it is free, else the lowest free one.
 * now[seat] is the provider or -1. */
static void seat_people(const struct planned *v, size_t n, const struct tb_board_row *old, size_t n_old,
                        int need, int *now)
{
    bool seated[SEATS_MAX + 1] = {false};
    for (int k = 0; k <= SEATS_MAX; k++) now[k] = -1;
    for (size_t k = 0; k < n_old; k++) {
        if (old[k].seat.provider < 0 || old[k].seat.seat > need) continue;
        for (size_t i = 0; i < n; i++)
            if (!seated[i] && v[i].seat.provider == old[k].seat.provider) {
                now[old[k].seat.seat] = v[i].seat.provider;
                seated[i] = true;
                break;
            }
    }
    for (int wished = 1; wished >= 0; wished--)
        for (size_t i = 0; i < n; i++) {
            if (seated[i] || v[i].seat.provider < 0) continue;
            int seat = wished ? v[i].seat.seat : 1;
            while (!wished && now[seat] >= 0) seat++;
            if (seat > need || now[seat] >= 0) continue;
            now[seat] = v[i].seat.provider;
            seated[i] = true;
        }
}

static void enter_change(const struct publishing *p, const struct tb_seat_row *slot, int seat, int provider,
                         const struct tb_board_row *old)
{
    tb_minute changed = p->at;
    if (old != NULL && changed <= old->changed) changed = old->changed + 1;
    struct tb_sql *q = tb_sql(
        p->db, "INSERT INTO publication_seats (duty, date, band, role, seat, publication, provider, changed, "
               "sequence)"
               " VALUES (:duty, :date, :band, :role, :seat, :publication, :provider, :changed, :sequence)");
    tb_sql_text(q, "duty", p->r->duties[slot->duty].id);
    tb_sql_date(q, "date", slot->date);
    tb_sql_text(q, "band", p->r->bands[slot->band].id);
    tb_sql_text(q, "role", tb_role_word(slot->role));
    tb_sql_int(q, "seat", seat);
    tb_sql_int(q, "publication", p->number);
    tb_sql_text(q, "provider", provider >= 0 ? p->r->providers[provider].id : NULL);
    tb_sql_instant(q, "changed", changed);
    tb_sql_int(q, "sequence", old != NULL ? old->sequence + 1 : 0);
    tb_sql_run(q);
}

/* A seat that is served stays: it may be filled where nobody was (`past`), or change hands while it runs
 * (`running`). */
static void refuse_begun(const struct publishing *p, const struct planned *v, const struct tb_slot *slot,
                         bool taken)
{
    char words[400];
    slot_words(p->r, &v->seat, words, sizeof words);
    bool runs = slot->interval[slot->n_intervals - 1].to > p->at;
    if (runs && p->running) return;
    if (runs && taken)
        tb_db_fail(
            p->db, TB_REFUSED,
            tb_t("案 %lld は、いま務めている席（%s）を変えます。変えるなら --running に理由を書きます。"
                 "ほかは計画し直すと、始まった席はそのままになります",
                 "draft %lld changes a seat that runs now (%s); to change it say why with --running; "
                 "planned anew, what has begun stays"),
            (long long)v->draft, words);
    else if (taken)
        tb_db_fail(p->db, TB_REFUSED,
                   tb_t("案 %lld は、もう務められた席（%s）を変えます。過ぎた席は公表したままです。"
                        "計画し直してください（来た人の訂正は attend）",
                        "draft %lld changes a seat that was served (%s); what is past stays as published; "
                        "plan anew (who really came: attend)"),
                   (long long)v->draft, words);
    else if (!p->past)
        tb_db_fail(p->db, TB_REFUSED,
                   tb_t("案 %lld は、もう始まった席（%s）に人を入れます。過ぎた当番を入れるのなら --past "
                        "に理由を書きます。そうでなければ計画し直してください",
                        "draft %lld fills a seat that has begun (%s); to enter duties of the past say why "
                        "with --past; else plan anew"),
                   (long long)v->draft, words);
}

static void publish_slot(struct publishing *p, const struct planned *v, size_t n)
{
    const struct tb_slot *slot = admit(p, v, n);
    if (slot == NULL) return;
    TB_ASSERT(slot->need <= SEATS_MAX && n <= SEATS_MAX);
    size_t n_old;
    const struct tb_board_row *old = states_of(p, &v[0].seat, &n_old);
    int now[SEATS_MAX + 1], last = slot->need, people[SEATS_MAX], n_people = 0;
    seat_people(v, n, old, n_old, slot->need, now);
    if (n_old > 0 && old[n_old - 1].seat.seat > last) last = old[n_old - 1].seat.seat;
    TB_ASSERT(last <= SEATS_MAX);
    for (int seat = 1; seat <= last; seat++) {
        const struct tb_board_row *was = NULL;
        for (size_t k = 0; k < n_old; k++)
            if (old[k].seat.seat == seat) was = &old[k];
        if (now[seat] >= 0) people[n_people++] = now[seat];
        int held = was != NULL ? was->seat.provider : -1;
        if (now[seat] == held) {
            /* a hole is published too: from here on it has a history */
            if (held < 0 && seat <= slot->need && (was == NULL || tb_seat_withdrawn(p->db, was->publication)))
                enter_change(p, &v[0].seat, seat, -1, was);
            continue;
        }
        if (slot->interval[0].from <= p->at) refuse_begun(p, &v[0], slot, held >= 0);
        enter_change(p, &v[0].seat, seat, now[seat], was);
    }
    if (p->person_day != slot->date) {
        tb_persons_on(p->r, slot->date, p->person_of);
        p->person_day = slot->date;
    }
    tb_turns_books(p->db, p->r, v[0].draft, slot, people, n_people);
    tb_books_enter(p->db, p->r, p->number, slot, p->person_of, people, n_people);
}

/* One line per seat in force; everything that a publication says and nothing else. */
static void seats_text(const struct tb_region *r, const struct tb_board_row *rows, size_t n, int duty,
                       tb_day from, tb_day to, struct tb_buf *out)
{
    char date[64];
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *s = &rows[i].seat;
        if (s->provider < 0 || (duty >= 0 && (s->duty != duty || s->date < from || s->date > to))) continue;
        tb_buf_addf(out, "%s\t%s\t%s\t%s\t%d\t%s\n", r->duties[s->duty].id,
                    tb_format_date(s->date, date, sizeof date), r->bands[s->band].id, tb_role_word(s->role),
                    s->seat, r->providers[s->provider].id);
    }
}

static void digest_of(const struct tb_region *r, const struct tb_board_row *rows, size_t n, int duty,
                      tb_day from, tb_day to, char out[65])
{
    struct tb_buf text = {0};
    seats_text(r, rows, n, duty, from, to, &text);
    tb_sha256_hex(tb_buf_str(&text), text.len, out);
    tb_buf_free(&text);
}

/* Seats in force and what is held, format 2. */
static void digest_all(struct tb_db *db, const struct tb_region *r, const struct tb_board_row *rows, size_t n,
                       struct tb_publication *made)
{
    struct tb_buf text = {0};
    struct tb_facts_sums sums = {0};
    seats_text(r, rows, n, -1, 0, 0, &text);
    tb_facts_sums_text(db, made->number, &sums, &text);
    tb_sha256_hex(tb_buf_str(&text), text.len, made->digest);
    tb_facts_sums_free(&sums);
    tb_buf_free(&text);
}

/* A roster per draft and duty, with the digest of the duty's seats on the draft's days. */
static void enter_rosters(const struct publishing *p, int64_t draft, tb_day until,
                          const struct tb_board_row *rows, size_t n)
{
    tb_day from = 0, to = 0;
    struct tb_buf duties = {0};
    /* Days that were past when it was made, and of which it decides nothing, are those of earlier rosters. */
    struct tb_sql *q = tb_sql(p->db, "SELECT max(\"from\", min(substr(created_at, 1, 10), coalesce((SELECT "
                                     "min(date) FROM draft_seats WHERE "
                                     "draft = :id), \"from\"))), \"to\", duties FROM drafts WHERE id = :id");
    tb_sql_int(q, "id", draft);
    if (tb_sql_row(q)) {
        from = tb_sql_get_date(q, 0);
        to = tb_sql_get_date(q, 1);
        if (until != TB_DAY_NONE && until < to) to = until;
        tb_buf_add(&duties, tb_sql_get_text(q, 2));
    }
    tb_sql_end(q);
    char *rest = duties.s, *id;
    while ((id = strsep(&rest, ";")) != NULL && tb_db_ok(p->db)) {
        struct tb_names names = {0};
        int duty = tb_names_duty(&names, p->db, p->r, id);
        if (duty < 0) break;
        char digest[65];
        digest_of(p->r, rows, n, duty, from, to, digest);
        q = tb_sql(p->db, "INSERT INTO rosters (publication, duty, draft, \"from\", \"to\", digest) VALUES "
                          "(:publication, :duty, :draft, "
                          ":from, :to, :digest)");
        tb_sql_int(q, "publication", p->number);
        tb_sql_text(q, "duty", id);
        tb_sql_int(q, "draft", draft);
        tb_sql_date(q, "from", from);
        tb_sql_date(q, "to", to);
        tb_sql_text(q, "digest", digest);
        tb_sql_run(q);
    }
    tb_buf_free(&duties);
}

static int by_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* The slots of today's calendar that the drafts can touch. */
static void calendar(struct publishing *p, tb_day from, tb_day to)
{
    int *duties = tb_arena_alloc(&p->arena, (p->n_planned + 1) * sizeof *duties), n = 0;
    for (size_t i = 0; i < p->n_planned; i++) {
        bool known = false;
        for (int k = 0; k < n && !known; k++) known = duties[k] == p->planned[i].seat.duty;
        if (!known) duties[n++] = p->planned[i].seat.duty;
    }
    qsort(duties, (size_t)n, sizeof *duties, by_int);
    p->n_slots = tb_slots_of(p->r, duties, n, from, to, &p->arena, &p->slots);
}

static void publish_slots(struct publishing *p, const char *by)
{
    if (!tb_db_ok(p->db) || p->n_planned == 0) return;
    qsort(p->planned, p->n_planned, sizeof *p->planned, by_planned);
    tb_day from = p->planned[0].seat.date, to = p->planned[p->n_planned - 1].seat.date;
    calendar(p, from, to);
    for (size_t i = 0, k; i < p->n_planned && tb_db_ok(p->db); i = k) {
        for (k = i; k < p->n_planned && tb_slot_compare(&p->planned[i].seat, &p->planned[k].seat) == 0; k++) {
        }
        publish_slot(p, &p->planned[i], k - i);
    }
    tb_books_close(p->db, p->number, p->at, by, from, to);
}

/* Before it there was no calendar: the first ones are in the words of the program that publishes. */
static void first_wording(struct tb_db *db, tb_minute at)
{
    struct tb_sql *q = tb_sql(db, "INSERT INTO calendar_marks (at, what, ref, publication) "
                                  "VALUES (:at, 'wording', :ref, 0)");
    tb_sql_instant(q, "at", at);
    tb_sql_int(q, "ref", TB_CALENDAR_WORDING);
    tb_sql_run(q);
}

/* Last, because from here on the triggers let nothing be added to it. */
static void enter_publication(struct tb_db *db, const struct tb_publication *made, const char *by,
                              const char *note)
{
    if (made->number == 1) first_wording(db, made->at);
    struct tb_sql *q =
        tb_sql(db, "INSERT INTO publications (number, at, digest, \"by\", note, digest_format) "
                   "VALUES (:number, :at, :digest, :by, :note, :format)");
    tb_sql_int(q, "format", TB_DIGEST_FACTS);
    tb_sql_int(q, "number", made->number);
    tb_sql_instant(q, "at", made->at);
    tb_sql_text(q, "digest", made->digest);
    tb_sql_text(q, "by", by);
    tb_sql_text(q, "note", note);
    tb_sql_run(q);
    tb_moved(db, "publications");
}

/* The end of every publishing: what was made to whoever asked. */
static enum tb_code give(struct tb_db *db, struct tb_publication *made, const char *by, const char *note,
                         struct tb_publication *out, struct tb_err *e)
{
    enum tb_code code = tb_db_result(db, e);
    if (code == TB_OK && out != NULL) {
        made->by = tb_xstrdup(by);
        made->note = tb_xstrdup(note);
        *out = *made;
    } else
        tb_publication_free(made);
    return code;
}

enum tb_code tb_store_publish(tb_store *s, const struct tb_region *r, const struct tb_to_publish *what,
                              const struct tb_act *act, struct tb_publication *out, struct tb_err *e)
{
    struct tb_db *db = s->db;
    const int64_t *drafts = what->drafts;
    const size_t n = what->n;
    const char *by = act->by ? act->by : "", *note = act->note ? act->note : "";
    if (!tb_db_in_transaction(db))
        return tb_fail(e, TB_INTERNAL, "tb_store_publish: %s",
                       tb_t("処理のまとまりの外です", "outside a transaction"));
    if (n == 0) return tb_fail(e, TB_USAGE, "%s", tb_t("公表する案がありません", "no draft to publish"));
    struct publishing p = {.db = db,
                           .r = r,
                           .at = act->at,
                           .running = what->running,
                           .past = what->past,
                           .person_of = tb_xcalloc((size_t)r->n_providers + 1, sizeof(int)),
                           .person_day = TB_DAY_NONE};
    int64_t last = tb_db_value(db, "SELECT coalesce(max(number), 0) FROM publications");
    p.number = last + 1;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            if (drafts[k] == drafts[i])
                tb_db_fail(db, TB_USAGE, tb_t("案 %lld が二度指定されています", "draft %lld is named twice"),
                           (long long)drafts[i]);
        take_draft(&p, drafts[i], what->until);
    }
    p.before = tb_seat_states(db, r, last, true, &p.n_before);
    publish_slots(&p, by);
    size_t n_after;
    struct tb_board_row *after = tb_seat_states(db, r, p.number, false, &n_after);
    struct tb_publication made = {.number = p.number, .at = act->at};
    for (size_t i = 0; i < n && tb_db_ok(db); i++) enter_rosters(&p, drafts[i], what->until, after, n_after);
    tb_facts_take(db, r, made.number, tb_day_of_minute(act->at), &made);
    if (tb_db_ok(db)) digest_all(db, r, after, n_after, &made);
    enter_publication(db, &made, by, note);
    tb_attend_follow(db, r, p.number);
    free(after);
    free(p.before);
    free(p.planned);
    free(p.person_of);
    tb_arena_free(&p.arena);
    return give(db, &made, by, note, out, e);
}

/* ---- withdrawing --------------------------------------------------------------------------- */

static bool concerned(const struct tb_seat_row *s, const int *duties, int n, tb_day from, tb_day to)
{
    for (int i = 0; i < n; i++)
        if (s->duty == duties[i]) return s->date >= from && s->date <= to;
    return false;
}

/* Vacates the seats of these duties and days, slot by slot, and takes them out of the books; those of slots
 * that have begun stay, *served counts them. Returns how many were vacated. */
static size_t vacate(struct publishing *p, const int *duties, int n, tb_day from, tb_day to, size_t *served)
{
    size_t vacated = 0;
    *served = 0;
    for (size_t i = 0, k; i < p->n_before && tb_db_ok(p->db); i = k) {
        const struct tb_seat_row *first = &p->before[i].seat;
        struct tb_slot slot = tb_slot_make(p->r, first->band, first->role, first->date, 1);
        bool ours = concerned(first, duties, n, from, to), begun = slot.interval[0].from <= p->at;
        size_t seats = 0;
        for (k = i; k < p->n_before && tb_slot_compare(first, &p->before[k].seat) == 0; k++) {
            const struct tb_board_row *was = &p->before[k];
            if (!ours || was->seat.provider < 0) continue;
            *served += begun;
            if (begun) continue;
            enter_change(p, &was->seat, was->seat.seat, -1, was);
            seats++;
        }
        if (seats == 0) continue;
        slot = (struct tb_slot){
            .duty = first->duty, .date = first->date, .band = first->band, .role = first->role};
        tb_books_enter(p->db, p->r, p->number, &slot, p->person_of, NULL, 0);
        vacated += seats;
    }
    return vacated;
}

/* The first day that the duty has no roster any more: days of which a seat has begun keep theirs. */
static tb_day first_withdrawn(const struct publishing *p, int duty, tb_day from)
{
    tb_day today = tb_day_of_minute(p->at), first = from > today ? from : today;
    for (size_t i = 0; i < p->n_before; i++) {
        const struct tb_seat_row *s = &p->before[i].seat;
        if (s->duty != duty || s->provider < 0 || s->date != today) continue;
        if (tb_slot_make(p->r, s->band, s->role, s->date, 1).interval[0].from <= p->at) first = today + 1;
    }
    return first;
}

enum tb_code tb_store_withdraw(tb_store *s, const struct tb_region *r, const struct tb_to_withdraw *what,
                               const struct tb_act *act, struct tb_publication *out, struct tb_err *e)
{
    struct tb_db *db = s->db;
    if (!tb_db_in_transaction(db))
        return tb_fail(e, TB_INTERNAL, "tb_store_withdraw: %s",
                       tb_t("処理のまとまりの外です", "outside a transaction"));
    struct publishing p = {
        .db = db, .r = r, .at = act->at, .person_of = tb_xcalloc((size_t)r->n_providers + 1, sizeof(int))};
    int64_t last = tb_db_value(db, "SELECT coalesce(max(number), 0) FROM publications");
    p.number = last + 1;
    p.before = tb_seat_states(db, r, last, true, &p.n_before);
    size_t served, vacated = vacate(&p, what->duties, what->n, what->from, what->to, &served);
    char now[64];
    if (tb_db_ok(db) && vacated == 0 && served > 0)
        tb_db_fail(db, TB_REFUSED,
                   tb_t("その期間の席はすべて %.16s までに始まっています。務められた当番は取り消せません",
                        "every seat there had begun by %.16s; duties that were served are not withdrawn"),
                   tb_format_instant(act->at, now, sizeof now));
    else if (tb_db_ok(db) && vacated == 0)
        tb_db_fail(
            db, TB_NO, "%s",
            tb_t("その期間・当番区分に公表された当番はありません", "no duty is published on these days"));
    tb_books_close(db, p.number, act->at, act->by, what->from, what->to);
    struct tb_sql *q = tb_sql(db, "INSERT INTO withdrawals (publication, duty, \"from\", \"to\") VALUES "
                                  "(:publication, :duty, :from, :to)");
    for (int i = 0; i < what->n && tb_db_ok(db); i++) {
        tb_day first = first_withdrawn(&p, what->duties[i], what->from);
        if (first > what->to) continue;
        tb_sql_int(q, "publication", p.number);
        tb_sql_text(q, "duty", r->duties[what->duties[i]].id);
        tb_sql_date(q, "from", first);
        tb_sql_date(q, "to", what->to);
        tb_sql_run(q);
    }
    size_t n_after;
    struct tb_board_row *after = tb_seat_states(db, r, p.number, false, &n_after);
    struct tb_publication made = {.number = p.number, .at = act->at};
    tb_facts_take(db, r, made.number, tb_day_of_minute(act->at), &made);
    if (tb_db_ok(db)) digest_all(db, r, after, n_after, &made);
    enter_publication(db, &made, act->by, act->note);
    tb_attend_follow(db, r, p.number);
    free(after);
    free(p.before);
    free(p.person_of);
    if (what->served && tb_db_ok(db)) *what->served = served;
    return give(db, &made, act->by, act->note, out, e);
}

/* ---- facts alone --------------------------------------------------------------------------- */

enum tb_code tb_store_publish_facts(tb_store *s, const struct tb_region *r, const struct tb_act *act,
                                    struct tb_publication *out, struct tb_err *e)
{
    struct tb_db *db = s->db;
    if (!tb_db_in_transaction(db))
        return tb_fail(e, TB_INTERNAL, "tb_store_publish_facts: %s",
                       tb_t("処理のまとまりの外です", "outside a transaction"));
    int64_t last = tb_db_value(db, "SELECT coalesce(max(number), 0) FROM publications");
    if (tb_db_ok(db) && last == 0)
        return tb_fail(e, TB_NO, "%s", tb_t("まだ何も公表されていません", "nothing has been published yet"));
    struct tb_publication made = {.number = last + 1, .at = act->at};
    tb_facts_take(db, r, made.number, tb_day_of_minute(act->at), &made);
    if (tb_db_ok(db) && made.n_facts == 0)
        tb_db_fail(db, TB_NO,
                   tb_t("公表した当番表の記載（時間・名・電話など）は、いまの表と同じです（第%lld版）",
                        "what publication %lld shows (hours, names, telephones ...) is as the tables are"),
                   (long long)last);
    size_t n;
    struct tb_board_row *seats = tb_seat_states(db, r, last, false, &n);
    if (tb_db_ok(db)) digest_all(db, r, seats, n, &made);
    enter_publication(db, &made, act->by, act->note);
    free(seats);
    return give(db, &made, act->by, act->note, out, e);
}
