/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was done: who came, how long, how many patients. Rows are added and never changed; and the books
 * follow.
 */
#include <stdlib.h>
#include <string.h>

#include "store_int.h"
#include "toban/store/records.h"

void tb_attendance_free(struct tb_attendance *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].reason);
        free(v[i].by);
    }
    free(v);
}

int tb_attend_credit(const struct tb_region *r, int seated, int came, tb_day date)
{
    for (int i = 0; i < r->n_links && r->providers[seated].names_days > 0; i++) {
        const struct tb_link *l = &r->links[i];
        if (l->type == TB_LINK_EMPLOYED_BY && l->from == came && l->to == seated && tb_link_on(l, date))
            return seated;
    }
    return came;
}

/* ---- records ------------------------------------------------------------------------------- */

static int64_t count_of(struct tb_sql *q, int column)
{
    return tb_sql_is_null(q, column) ? -1 : tb_sql_get_int(q, column);
}
static tb_minute instant_of(struct tb_sql *q, int column)
{
    return tb_sql_is_null(q, column) ? TB_NEVER : tb_sql_get_instant(q, column);
}

#define COLUMNS \
    "id, duty, band, date, role, seated, came, \"from\", until, patients, referred, light, taken_back, " \
    "reason, " \
    "at, \"by\""

static struct tb_attendance record_of(struct tb_db *db, const struct tb_region *r, struct tb_names *names,
                                      struct tb_sql *q)
{
    int band = tb_names_band(names, db, r, tb_sql_get_text(q, 1), tb_sql_get_text(q, 2));
    return (struct tb_attendance){
        .id = tb_sql_get_int(q, 0),
        .seat = {.duty = names->duty,
                 .band = band,
                 .date = tb_sql_get_date(q, 3),
                 .role = tb_role_of(tb_sql_get_text(q, 4)),
                 .provider = tb_names_provider(db, r, tb_sql_get_text(q, 5))},
        .came = tb_sql_is_null(q, 6) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 6)),
        .from = instant_of(q, 7),
        .to = instant_of(q, 8),
        .patients = count_of(q, 9),
        .referred = count_of(q, 10),
        .light = count_of(q, 11),
        .taken_back = tb_sql_get_int(q, 12) != 0,
        .reason = tb_xstrdup(tb_sql_get_text(q, 13)),
        .at = tb_sql_get_instant(q, 14),
        .by = tb_xstrdup(tb_sql_get_text(q, 15))};
}

enum tb_code tb_store_attended_last(tb_store *s, const struct tb_region *r, const struct tb_seat_row *seat,
                                    struct tb_attendance *out, struct tb_err *e)
{
    struct tb_names names = {0};
    struct tb_sql *q =
        tb_sql(s->db, "SELECT " COLUMNS " FROM attendance WHERE date = :date AND duty = :duty AND "
                      "band = :band AND role = :role AND seated = :seated ORDER BY id DESC LIMIT 1");
    *out = (struct tb_attendance){0};
    tb_sql_date(q, "date", seat->date);
    tb_sql_text(q, "duty", r->duties[seat->duty].id);
    tb_sql_text(q, "band", r->bands[seat->band].id);
    tb_sql_text(q, "role", tb_role_word(seat->role));
    tb_sql_text(q, "seated", r->providers[seat->provider].id);
    if (tb_sql_row(q)) *out = record_of(s->db, r, &names, q);
    tb_sql_end(q);
    enum tb_code code = tb_db_result(s->db, e);
    if (code == TB_OK) return TB_OK;
    free(out->reason);
    free(out->by);
    *out = (struct tb_attendance){0};
    return code;
}

enum tb_code tb_store_attendance(tb_store *s, const struct tb_region *r, tb_day from, tb_day to,
                                 struct tb_attendance **out, size_t *n, struct tb_err *e)
{
    struct tb_attendance *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_names names = {0};
    struct tb_db *db = s->db;
    struct tb_sql *q =
        tb_sql(db, "SELECT " COLUMNS " FROM attendance AS a"
                   " WHERE date BETWEEN :from AND :to AND taken_back = 0 AND id = (SELECT max(id) FROM "
                   "attendance"
                   " WHERE date = a.date AND duty = a.duty AND band = a.band AND role = a.role AND "
                   "seated = a.seated) ORDER BY id");
    tb_sql_date(q, "from", from);
    tb_sql_date(q, "to", to);
    while (tb_sql_row(q)) *TB_PUSH(v, count, cap) = record_of(db, r, &names, q);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        tb_attendance_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

static void bind_count(struct tb_sql *q, const char *name, int64_t value)
{
    if (value < 0)
        tb_sql_text(q, name, NULL);
    else
        tb_sql_int(q, name, value);
}

static void bind_instant(struct tb_sql *q, const char *name, tb_minute value)
{
    if (value == TB_NEVER)
        tb_sql_text(q, name, NULL);
    else
        tb_sql_instant(q, name, value);
}

static void settle(struct tb_db *db, const struct tb_region *r, const struct tb_seat_row *seat);

enum tb_code tb_store_add_attendance(tb_store *s, const struct tb_region *r, struct tb_attendance *x,
                                     struct tb_err *e)
{
    struct tb_db *db = s->db;
    struct tb_sql *q = tb_sql(db, "INSERT INTO attendance (duty, date, band, role, seated, came, \"from\", "
                                  "until, patients, referred, light, taken_back, reason, at, \"by\")"
                                  " VALUES (:duty, :date, :band, :role, :seated, :came, :from, :until, "
                                  ":patients, :referred, :light, :taken_back, :reason, :at, :by)");
    tb_sql_text(q, "duty", r->duties[x->seat.duty].id);
    tb_sql_date(q, "date", x->seat.date);
    tb_sql_text(q, "band", r->bands[x->seat.band].id);
    tb_sql_text(q, "role", tb_role_word(x->seat.role));
    tb_sql_text(q, "seated", r->providers[x->seat.provider].id);
    tb_sql_text(q, "came", x->came < 0 ? NULL : r->providers[x->came].id);
    bind_instant(q, "from", x->from);
    bind_instant(q, "until", x->to);
    bind_count(q, "patients", x->patients);
    bind_count(q, "referred", x->referred);
    bind_count(q, "light", x->light);
    tb_sql_int(q, "taken_back", x->taken_back);
    tb_sql_text(q, "reason", x->reason);
    tb_sql_instant(q, "at", x->at);
    tb_sql_text(q, "by", x->by);
    tb_sql_run(q);
    tb_moved(db, "attendance");
    x->id = tb_db_value(db, "SELECT max(id) FROM attendance");
    settle(db, r, &x->seat);
    return tb_db_result(db, e);
}

/* ---- the books ----------------------------------------------------------------------------- */

struct entry {
    int ledger;
    const char *account;
    int64_t accrued, done;
};

struct entries {
    const struct tb_region *r;
    struct tb_arena names;
    struct entry *v;
    size_t n, cap;
    int64_t sign;
};

static void on_accrued(void *arg, int ledger, int account, int64_t millionths)
{
    struct entries *x = arg;
    *TB_PUSH(x->v, x->n, x->cap) =
        (struct entry){ledger, tb_account_id(x->r, ledger, account), x->sign * millionths, 0};
}

static void on_done(void *arg, int ledger, int account)
{
    struct entries *x = arg;
    *TB_PUSH(x->v, x->n, x->cap) =
        (struct entry){ledger, tb_account_id(x->r, ledger, account), 0, x->sign * 1000000};
}

static int by_account(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->ledger != y->ledger) return x->ledger < y->ledger ? -1 : 1;
    return strcmp(x->account, y->account);
}

static void bind_slot(struct tb_sql *q, const struct tb_region *r, const struct tb_slot *slot)
{
    tb_sql_date(q, "date", slot->date);
    tb_sql_text(q, "duty", r->duties[slot->duty].id);
    tb_sql_text(q, "band", r->bands[slot->band].id);
    tb_sql_text(q, "role", tb_role_word(slot->role));
}

enum { SEATS_MAX = 64 };

/* Who sits in the slot as published. */
static int seated(struct tb_db *db, const struct tb_region *r, const struct tb_slot *slot,
                  int providers[SEATS_MAX])
{
    int n = 0;
    struct tb_sql *q = tb_sql(db, "SELECT provider, max(publication) FROM publication_seats WHERE duty = "
                                  ":duty AND date = :date AND band = :band AND role = :role GROUP BY seat");
    bind_slot(q, r, slot);
    while (tb_sql_row(q)) {
        int provider = tb_sql_is_null(q, 0) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 0));
        if (provider >= 0 && n < SEATS_MAX) providers[n++] = provider;
    }
    return n;
}

/* For whom the books count it: those of `booked` (who stand there as published) unless a record says that
 * somebody else came in the place of seats[i], or nobody. */
static int served(struct tb_db *db, const struct tb_region *r, const struct tb_slot *slot, const int *seats,
                  const int *booked, int n, int out[SEATS_MAX])
{
    int m = 0;
    for (int i = 0; i < n; i++) {
        struct tb_sql *q = tb_sql(db, "SELECT came, taken_back FROM attendance WHERE date = :date AND duty = "
                                      ":duty AND band = :band AND role = :role AND seated = :seated"
                                      " ORDER BY id DESC LIMIT 1");
        bind_slot(q, r, slot);
        tb_sql_text(q, "seated", r->providers[seats[i]].id);
        int came = seats[i];
        if (tb_sql_row(q) && tb_sql_get_int(q, 1) == 0)
            came = tb_sql_is_null(q, 0) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 0));
        tb_sql_end(q);
        if (came >= 0) came = tb_attend_credit(r, seats[i], came, slot->date);
        if (came >= 0) out[m++] = came == seats[i] ? booked[i] : came;
    }
    return m;
}

static void count(struct entries *x, const int *person_of, const struct tb_slot *slot, const int *providers,
                  int n, int64_t sign)
{
    x->sign = sign;
    if (n > 0)
        tb_book_seats(x->r, person_of, slot, providers, n,
                      &(struct tb_book_calls){.accrued = on_accrued, .done = on_done, .arg = x});
}

/* What the slot comes to by attendance, less what it comes to as published, less what was entered before. */
static void settle(struct tb_db *db, const struct tb_region *r, const struct tb_seat_row *seat)
{
    if (!tb_db_ok(db)) return;
    struct tb_slot slot = tb_slot_make(r, seat->band, seat->role, seat->date, 1);
    struct entries x = {.r = r};
    int seats[SEATS_MAX] = {0}, booked[SEATS_MAX], who[SEATS_MAX], n = seated(db, r, &slot, seats), m;
    int *person_of = tb_xcalloc((size_t)r->n_providers + 1, sizeof *person_of);
    tb_persons_on(r, slot.date, person_of);
    memcpy(booked, seats, sizeof booked);
    tb_turns_books(db, r, 0, &slot, booked, n);
    m = served(db, r, &slot, seats, booked, n, who);
    count(&x, person_of, &slot, booked, n, -1);
    count(&x, person_of, &slot, who, m, 1);
    free(person_of);
    struct tb_sql *q =
        tb_sql(db, "SELECT ledger, account, sum(accrued), sum(done) FROM attend_ledger WHERE date = :date "
                   "AND duty = :duty AND band = :band AND role = :role GROUP BY ledger, account");
    bind_slot(q, r, &slot);
    while (tb_sql_row(q)) {
        int ledger = tb_find_ledger(r, tb_sql_get_text(q, 0));
        if (ledger >= 0)
            *TB_PUSH(x.v, x.n, x.cap) =
                (struct entry){ledger, tb_arena_strdup(&x.names, tb_sql_get_text(q, 1)),
                               -tb_sql_get_int(q, 2), -tb_sql_get_int(q, 3)};
    }
    if (x.n > 0) qsort(x.v, x.n, sizeof *x.v, by_account);
    q = tb_sql(db, "INSERT INTO attend_ledger (date, duty, band, role, ledger, account, accrued, done) "
                   "VALUES (:date, :duty, :band, :role, :ledger, :account, :accrued, :done)");
    for (size_t i = 0, k; i < x.n && tb_db_ok(db); i = k) {
        int64_t accrued = 0, done = 0;
        for (k = i; k < x.n && by_account(&x.v[i], &x.v[k]) == 0; k++) {
            accrued += x.v[k].accrued;
            done += x.v[k].done;
        }
        if (accrued == 0 && done == 0) continue;
        bind_slot(q, r, &slot);
        tb_sql_text(q, "ledger", r->ledgers[x.v[i].ledger].id);
        tb_sql_text(q, "account", x.v[i].account);
        tb_sql_int(q, "accrued", accrued);
        tb_sql_int(q, "done", done);
        tb_sql_run(q);
    }
    free(x.v);
    tb_arena_free(&x.names);
}

void tb_attend_follow(struct tb_db *db, const struct tb_region *r, int64_t number)
{
    struct tb_seat_row *v = NULL;
    size_t n = 0, cap = 0;
    struct tb_names names = {0};
    struct tb_sql *q = tb_sql(db, "SELECT DISTINCT duty, band, date, role FROM publication_seats AS p WHERE "
                                  "publication = :number AND EXISTS"
                                  " (SELECT 1 FROM attendance WHERE date = p.date AND duty = p.duty AND band "
                                  "= p.band AND role = p.role)");
    tb_sql_int(q, "number", number);
    while (tb_sql_row(q)) {
        int band = tb_names_band(&names, db, r, tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
        *TB_PUSH(v, n, cap) = (struct tb_seat_row){.duty = names.duty,
                                                   .date = tb_sql_get_date(q, 2),
                                                   .band = band,
                                                   .role = tb_role_of(tb_sql_get_text(q, 3))};
    }
    for (size_t i = 0; i < n; i++) settle(db, r, &v[i]);
    free(v);
}
