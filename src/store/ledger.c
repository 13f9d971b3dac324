/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books: what each account was owed and has done, slot by slot, and the balances made from it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_int.h"

int tb_account_find(const struct tb_region *r, int ledger, const char *id)
{
    const struct tb_ledger *l = &r->ledgers[ledger];
    if (l->scope != TB_SCOPE_SHARE) return tb_find_provider(r, id);
    for (int k = 0; k < l->duties.n; k++)
        for (int i = 0; i < r->n_shares; i++)
            if (r->shares[i].duty == l->duties.v[k] && strcmp(r->shares[i].id, id) == 0) return i;
    return -1;
}

/* ---- entering ------------------------------------------------------------------------------ */

struct entry {
    const char *ledger, *account; /* ids */
    int64_t accrued, done;
};

struct entries {
    const struct tb_region *r;
    struct tb_arena names; /* of entries read back */
    struct entry *v;
    size_t n, cap;
};

static void add(struct entries *x, const char *ledger, const char *account, int64_t accrued, int64_t done)
{
    *TB_PUSH(x->v, x->n, x->cap) = (struct entry){ledger, account, accrued, done};
}

static void on_accrued(void *arg, int ledger, int account, int64_t millionths)
{
    struct entries *x = arg;
    add(x, x->r->ledgers[ledger].id, tb_account_id(x->r, ledger, account), millionths, 0);
}

static void on_done(void *arg, int ledger, int account)
{
    struct entries *x = arg;
    add(x, x->r->ledgers[ledger].id, tb_account_id(x->r, ledger, account), 0, 1000000);
}

static int by_account(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int c = strcmp(x->ledger, y->ledger);
    return c != 0 ? c : strcmp(x->account, y->account);
}

static void bind_slot(struct tb_sql *q, const struct tb_region *r, const struct tb_slot *slot)
{
    tb_sql_date(q, "date", slot->date);
    tb_sql_text(q, "duty", r->duties[slot->duty].id);
    tb_sql_text(q, "band", r->bands[slot->band].id);
    tb_sql_text(q, "role", tb_role_word(slot->role));
}

/* The opposite of all that stands in the books for this slot. */
static void add_opposite(struct tb_db *db, const struct tb_slot *slot, struct entries *x)
{
    struct tb_sql *q = tb_sql(
        db,
        "SELECT ledger, account, sum(accrued), sum(done) FROM ledger_slots"
        " WHERE date = :date AND duty = :duty AND band = :band AND role = :role GROUP BY ledger, account");
    bind_slot(q, x->r, slot);
    while (tb_sql_row(q))
        add(x, tb_arena_strdup(&x->names, tb_sql_get_text(q, 0)),
            tb_arena_strdup(&x->names, tb_sql_get_text(q, 1)), -tb_sql_get_int(q, 2), -tb_sql_get_int(q, 3));
}

void tb_books_enter(struct tb_db *db, const struct tb_region *r, int64_t number, const struct tb_slot *slot,
                    const int *person_of, const int *providers, int n)
{
    struct entries x = {.r = r};
    add_opposite(db, slot, &x);
    if (n > 0)
        tb_book_seats(r, person_of, slot, providers, n,
                      &(struct tb_book_calls){.accrued = on_accrued, .done = on_done, .arg = &x});
    if (x.n > 0) qsort(x.v, x.n, sizeof *x.v, by_account);
    struct tb_sql *q = tb_sql(
        db, "INSERT INTO ledger_slots (date, duty, band, role, ledger, account, publication, accrued, done)"
            " VALUES (:date, :duty, :band, :role, :ledger, :account, :publication, :accrued, :done)");
    for (size_t i = 0, k; i < x.n && tb_db_ok(db); i = k) {
        int64_t accrued = 0, done = 0;
        for (k = i; k < x.n && by_account(&x.v[i], &x.v[k]) == 0; k++) {
            accrued += x.v[k].accrued;
            done += x.v[k].done;
        }
        if (accrued == 0 && done == 0) continue;
        bind_slot(q, r, slot);
        tb_sql_text(q, "ledger", x.v[i].ledger);
        tb_sql_text(q, "account", x.v[i].account);
        tb_sql_int(q, "publication", number);
        tb_sql_int(q, "accrued", accrued);
        tb_sql_int(q, "done", done);
        tb_sql_run(q);
    }
    free(x.v);
    tb_arena_free(&x.names);
}

/* Dated by the last day of the month: balances are mostly asked for by months, and then need no slots. */
void tb_books_close(struct tb_db *db, int64_t number, tb_minute at, const char *by, tb_day from, tb_day to)
{
    struct tb_sql *q = tb_sql(
        db, "INSERT INTO ledger_entries (publication, ledger, account, date, accrued, done, adjusted, "
            "reason, \"by\", at)"
            " SELECT :publication, ledger, account, date(substr(date, 1, 7) || '-01', '+1 month', '-1 day') "
            "AS month,"
            " sum(accrued), sum(done), 0, '', :by, :at FROM ledger_slots"
            " WHERE publication = :publication AND date BETWEEN :from AND :to GROUP BY ledger, account, month"
            " HAVING sum(accrued) <> 0 OR sum(done) <> 0 ORDER BY ledger, account, month");
    tb_sql_int(q, "publication", number);
    tb_sql_text(q, "by", by);
    tb_sql_instant(q, "at", at);
    tb_sql_date(q, "from", from);
    tb_sql_date(q, "to", to);
    tb_sql_run(q);
}

enum tb_code tb_store_ledger_adjust(tb_store *s, const struct tb_region *r, const struct tb_adjustment *x,
                                    const struct tb_act *act, struct tb_err *e)
{
    if (act->note == NULL || act->note[0] == '\0')
        return tb_fail(e, TB_INPUT, "%s",
                       tb_t("手で記入するときは理由が要ります", "an entry by hand needs a reason"));
    struct tb_sql *q =
        tb_sql(s->db, "INSERT INTO ledger_entries (publication, ledger, account, date, accrued, done, "
                      "adjusted, reason, \"by\", at)"
                      " VALUES (NULL, :ledger, :account, :date, 0, 0, :adjusted, :reason, :by, :at)");
    tb_sql_text(q, "ledger", r->ledgers[x->ledger].id);
    tb_sql_text(q, "account", tb_account_id(r, x->ledger, x->account));
    tb_sql_date(q, "date", x->date);
    tb_sql_int(q, "adjusted", x->millionths);
    tb_sql_text(q, "reason", act->note);
    tb_sql_text(q, "by", act->by);
    tb_sql_instant(q, "at", act->at);
    tb_sql_run(q);
    return tb_db_result(s->db, e);
}

void tb_ledger_entries_free(struct tb_ledger_entry *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].reason);
        free(v[i].by);
    }
    free(v);
}

enum tb_code tb_store_ledger_entries(tb_store *s, const struct tb_region *r, struct tb_ledger_entry **out,
                                     size_t *n, struct tb_err *e)
{
    struct tb_ledger_entry *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q = tb_sql(s->db, "SELECT id, coalesce(publication, 0), ledger, account, date, accrued, "
                                     "done, adjusted, reason, \"by\", at"
                                     " FROM ledger_entries ORDER BY id");
    while (tb_sql_row(q)) {
        int ledger = tb_find_ledger(r, tb_sql_get_text(q, 2)),
            account = ledger < 0 ? -1 : tb_account_find(r, ledger, tb_sql_get_text(q, 3));
        if (account < 0) continue;
        *TB_PUSH(v, count, cap) = (struct tb_ledger_entry){.id = tb_sql_get_int(q, 0),
                                                           .publication = tb_sql_get_int(q, 1),
                                                           .ledger = ledger,
                                                           .account = account,
                                                           .date = tb_sql_get_date(q, 4),
                                                           .accrued = tb_sql_get_int(q, 5),
                                                           .done = tb_sql_get_int(q, 6),
                                                           .adjusted = tb_sql_get_int(q, 7),
                                                           .reason = tb_xstrdup(tb_sql_get_text(q, 8)),
                                                           .by = tb_xstrdup(tb_sql_get_text(q, 9)),
                                                           .at = tb_sql_get_instant(q, 10)};
    }
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        tb_ledger_entries_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

/* ---- balances ------------------------------------------------------------------------------ */

struct lines {
    const struct tb_region *r;
    int *person_of;
    struct tb_ledger_line *v;
    size_t n, cap;
};

static bool add_line(struct lines *x, int ledger, const char *account, struct tb_ledger_line line)
{
    int index = tb_account_find(x->r, ledger, account);
    if (index < 0) return false;
    line.ledger = ledger;
    line.account = x->r->ledgers[ledger].scope == TB_SCOPE_PERSON ? x->person_of[index] : index;
    *TB_PUSH(x->v, x->n, x->cap) = line;
    return true;
}

static int by_ledger(const void *a, const void *b)
{
    const struct tb_ledger_line *x = a, *y = b;
    if (x->ledger != y->ledger) return x->ledger < y->ledger ? -1 : 1;
    return (x->account > y->account) - (x->account < y->account);
}

static void merge(struct lines *x)
{
    if (x->n == 0) return;
    qsort(x->v, x->n, sizeof *x->v, by_ledger);
    size_t n = 1;
    for (size_t i = 1; i < x->n; i++) {
        struct tb_ledger_line *to = &x->v[n - 1], *l = &x->v[i];
        if (by_ledger(to, l) != 0) {
            x->v[n++] = *l;
            continue;
        }
        to->opening += l->opening;
        to->accrued += l->accrued;
        to->done += l->done;
        to->adjusted += l->adjusted;
    }
    x->n = n;
}

/* One row of a query: ledger, account, accrued, done, adjusted. */
static void add_sums(struct tb_db *db, struct lines *x, struct tb_sql *q)
{
    int ledger = tb_find_ledger(x->r, tb_sql_get_text(q, 0));
    if (ledger < 0) return; /* a ledger that the region has given up: its entries stay in the file */
    struct tb_ledger_line line = {
        .accrued = tb_sql_get_int(q, 2), .done = tb_sql_get_int(q, 3), .adjusted = tb_sql_get_int(q, 4)};
    if (!add_line(x, ledger, tb_sql_get_text(q, 1), line))
        tb_db_fail(db, TB_STORAGE,
                   tb_t("%s: 帳簿 %s に記入のある口座「%s」が医療圏にありません。その行を戻してください",
                        "%s: ledger %s has entries of account \"%s\", which the region no longer has; bring "
                        "its row back"),
                   tb_db_path(db), tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
}

/* Hands the lines out, one per account; frees what `x` holds. */
static enum tb_code finish(struct tb_db *db, struct lines *x, struct tb_ledger_line **lines, size_t *n,
                           struct tb_err *e)
{
    free(x->person_of);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        free(x->v);
        return code;
    }
    merge(x);
    *lines = x->v;
    *n = x->n;
    return TB_OK;
}

enum tb_code tb_store_ledger(tb_store *s, const struct tb_region *r, tb_day until,
                             struct tb_ledger_line **lines, size_t *n, struct tb_err *e)
{
    return tb_store_ledger_as(s, r, until, until, lines, n, e);
}

enum tb_code tb_store_ledger_as(tb_store *s, const struct tb_region *r, tb_day until, tb_day persons_on,
                                struct tb_ledger_line **lines, size_t *n, struct tb_err *e)
{
    struct tb_db *db = s->db;
    tb_day last = tb_day_of(2199, 12, 31);
    if (until > last || until == TB_DAY_NONE) until = last;
    struct lines x = {.r = r, .person_of = tb_xcalloc((size_t)r->n_providers + 1, sizeof(int))};
    tb_persons_on(r, persons_on, x.person_of);
    for (int i = 0; i < r->n_balances; i++) {
        const struct tb_balance *b = &r->balances[i];
        if (b->date <= until)
            (void)add_line(&x, b->ledger, b->account,
                           (struct tb_ledger_line){.opening = b->carried}); /* the loader knows the account */
    }
    /* Whole months from their sums; the month that `until` cuts, slot by slot. */
    struct tb_ymd day = tb_ymd_of(until + 1);
    tb_day month = tb_day_of(day.year, day.month, 1);
    struct tb_sql *q = tb_sql(
        db, "SELECT ledger, account, sum(accrued), sum(done), sum(adjusted) FROM ("
            "SELECT ledger, account, accrued, done, adjusted FROM ledger_entries WHERE date < :month"
            " UNION ALL SELECT ledger, account, accrued, done, 0 FROM ledger_slots WHERE date BETWEEN :month "
            "AND :until"
            " UNION ALL SELECT ledger, account, accrued, done, 0 FROM attend_ledger WHERE date <= :until"
            " UNION ALL SELECT ledger, account, 0, 0, adjusted FROM ledger_entries WHERE publication IS NULL "
            "AND date BETWEEN :month AND :until"
            ") GROUP BY ledger, account");
    tb_sql_date(q, "month", month);
    tb_sql_date(q, "until", until);
    while (tb_sql_row(q)) add_sums(db, &x, q);
    return finish(db, &x, lines, n, e);
}

static int by_slot(const void *a, const void *b) { return tb_slot_compare(a, b); }

enum tb_code tb_store_booked(tb_store *s, const struct tb_region *r, const struct tb_booked_for *what,
                             struct tb_ledger_line **lines, size_t *n, struct tb_err *e)
{
    struct tb_db *db = s->db;
    struct lines x = {.r = r, .person_of = tb_xcalloc((size_t)r->n_providers + 1, sizeof(int))};
    tb_persons_on(r, what->persons_on, x.person_of);
    struct tb_seat_row *slots = tb_xcalloc(what->n + 1, sizeof *slots);
    if (what->n > 0) {
        memcpy(slots, what->seats, what->n * sizeof *slots);
        qsort(slots, what->n, sizeof *slots, by_slot);
    }
    struct tb_sql *q = tb_sql(
        db,
        "SELECT ledger, account, sum(accrued), sum(done), 0 FROM ledger_slots"
        " WHERE date = :date AND duty = :duty AND band = :band AND role = :role GROUP BY ledger, account");
    for (size_t i = 0; i < what->n && tb_db_ok(db); i++) {
        if (i > 0 && tb_slot_compare(&slots[i - 1], &slots[i]) == 0) continue;
        struct tb_slot slot = {
            .duty = slots[i].duty, .band = slots[i].band, .role = slots[i].role, .date = slots[i].date};
        bind_slot(q, r, &slot);
        while (tb_sql_row(q)) add_sums(db, &x, q);
        tb_sql_end(q);
    }
    free(slots);
    return finish(db, &x, lines, n, e);
}
