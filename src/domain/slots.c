/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The duty calendar: which seats exist; who belongs to a pool on a date; which accounts a seat touches.
 */
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"

static bool overridden(const struct tb_region *r, int duty, tb_day d)
{
    for (int i = 0; i < r->n_overrides && r->overrides[i].date <= d; i++)
        if (r->overrides[i].date == d && r->overrides[i].duty == duty) return true;
    return false;
}

/* Seats of a band and role on a day of those classes: the matching row of the highest rank. */
static int seats_on(const struct tb_region *r, const struct tb_band *b, int role, uint64_t classes)
{
    int best = -1, count = 0;
    for (int i = 0; i < r->n_seats; i++) {
        const struct tb_seat *s = &r->seats[i];
        if (s->duty != b->duty || s->role != role || strcmp(s->band, b->id) != 0) continue;
        if (!(classes >> s->when & 1) || s->rank <= best) continue;
        best = s->rank;
        count = s->count;
    }
    return count;
}

static struct tb_slot make_slot(const struct tb_region *r, int band, int role, tb_day date, uint64_t classes, int need)
{
    const struct tb_band *b = &r->bands[band];
    struct tb_slot s = {.duty = b->duty, .band = band, .role = role, .date = date, .need = need, .n_intervals = b->from2 >= 0 ? 2 : 1, .classes = classes, .planned = false};
    s.interval[0] = (struct tb_interval){tb_minute_of(date, b->from), tb_minute_of(date, b->to)};
    s.reception[0] = tb_minute_of(date, b->reception >= 0 ? b->reception : b->to);
    if (s.n_intervals == 2) {
        s.interval[1] = (struct tb_interval){tb_minute_of(date, b->from2), tb_minute_of(date, b->to2)};
        s.reception[1] = tb_minute_of(date, b->reception2 >= 0 ? b->reception2 : b->to2);
    }
    return s;
}

struct tb_slot tb_slot_make(const struct tb_region *r, int band, int role, tb_day date, int need)
{
    return make_slot(r, band, role, date, tb_day_classes(r, r->bands[band].duty, date), need);
}

void tb_slots_of(const struct tb_region *r, const int *duties, int n_duties, tb_day from, tb_day to, struct tb_arena *a, struct tb_slot **out, int *n)
{
    struct tb_slot *slots = NULL;
    size_t count = 0, cap = 0;
    for (tb_day d = from; d <= to; d++) {
        uint64_t all = tb_day_classes(r, -1, d);
        for (int i = 0; i < n_duties; i++) {
            uint64_t classes = overridden(r, duties[i], d) ? tb_day_classes(r, duties[i], d) : all;
            for (int b = 0; b < r->n_bands; b++) {
                if (r->bands[b].duty != duties[i] || !(classes >> r->bands[b].when & 1)) continue;
                for (int role = TB_PRIMARY; role <= TB_RESERVE; role++) {
                    int need = seats_on(r, &r->bands[b], role, classes);
                    if (need > 0) *TB_PUSH(slots, count, cap) = make_slot(r, b, role, d, classes, need);
                }
            }
        }
    }
    *out = tb_arena_alloc(a, (count ? count : 1) * sizeof *slots);
    if (count) memcpy(*out, slots, count * sizeof *slots);
    *n = (int)count;
    free(slots);
}

/* ---- pools ---------------------------------------------------------------------------------- */

static bool in_force(tb_day since, tb_day until, tb_day d)
{
    return (since == TB_DAY_NONE || d >= since) && (until == TB_DAY_NONE || d < until);
}

/* First member row of the duty (rows are sorted by duty and provider). */
static int first_member(const struct tb_region *r, int duty)
{
    int lo = 0, hi = r->n_members;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (r->members[mid].duty < duty)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool member_row_on(const struct tb_region *r, int row, tb_day date)
{
    const struct tb_member *m = &r->members[row];
    const struct tb_provider *p = &r->providers[m->provider];
    return in_force(m->since, m->until, date) && in_force(p->joined, p->left, date);
}

int tb_member_on(const struct tb_region *r, int duty, int provider, tb_day date)
{
    int lo = first_member(r, duty), hi = r->n_members;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        const struct tb_member *m = &r->members[mid];
        if (m->duty == duty && m->provider == provider) return member_row_on(r, mid, date) ? mid : -1;
        if (m->duty < duty || (m->duty == duty && m->provider < provider))
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

bool tb_exempt_on(const struct tb_region *r, int duty, int provider, tb_day date, bool *accrues)
{
    bool exempt = false, goes_on = true;
    for (int i = 0; i < r->n_exemptions; i++) {
        const struct tb_exemption *x = &r->exemptions[i];
        if (x->provider != provider || (x->duty >= 0 && x->duty != duty) || date < x->from || date > x->to) continue;
        exempt = true;
        goes_on = goes_on && x->accrues;
    }
    if (accrues) *accrues = exempt && goes_on;
    return exempt;
}

bool tb_link_on(const struct tb_link *l, tb_day date) { return in_force(l->since, l->until, date); }

static int root(const int *of, int i)
{
    while (of[i] != i) i = of[i];
    return i;
}

void tb_persons_on(const struct tb_region *r, tb_day date, int *out)
{
    for (int i = 0; i < r->n_providers; i++) out[i] = i;
    for (int i = 0; i < r->n_links; i++) {
        const struct tb_link *l = &r->links[i];
        if (l->type != TB_LINK_OWNS || !tb_link_on(l, date)) continue;
        int a = root(out, l->from), b = root(out, l->to);
        if (a != b) out[a > b ? a : b] = a < b ? a : b;
    }
    for (int i = 0; i < r->n_providers; i++) out[i] = root(out, i);
}

/* ---- accounts ------------------------------------------------------------------------------- */

static bool has_id(const struct tb_ids *ids, int id)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == id) return true;
    return false;
}

static bool ledger_counts(const struct tb_ledger *l, const struct tb_slot *s)
{
    return l->role == s->role && (s->classes >> l->class & 1) && has_id(&l->duties, s->duty);
}

static int share_row(const struct tb_region *r, int duty, const char *id)
{
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].duty == duty && strcmp(r->shares[i].id, id) == 0) return i;
    return -1;
}

/* Has the person two providers or more that are members of a duty which the ledger counts? */
static bool several_providers(const struct tb_region *r, const int *person_of, const struct tb_ledger *l, int person)
{
    int seen = -1;
    for (int k = 0; k < l->duties.n; k++)
        for (int i = first_member(r, l->duties.v[k]); i < r->n_members && r->members[i].duty == l->duties.v[k]; i++) {
            int p = r->members[i].provider;
            if (person_of[p] != person || p == seen) continue;
            if (seen >= 0) return true;
            seen = p;
        }
    return false;
}

void tb_counts_for(const struct tb_region *r, const int *person_of, const struct tb_slot *s, int provider, void (*hit)(void *arg, int ledger, int account), void *arg)
{
    for (int i = 0; i < r->n_ledgers; i++) {
        const struct tb_ledger *l = &r->ledgers[i];
        if (!ledger_counts(l, s)) continue;
        switch (l->scope) {
        case TB_SCOPE_PROVIDER:
            hit(arg, i, provider);
            break;
        case TB_SCOPE_PERSON:
            if (several_providers(r, person_of, l, person_of[provider])) hit(arg, i, person_of[provider]);
            break;
        default: {
            int m = tb_member_on(r, s->duty, provider, s->date);
            int share = m >= 0 && *r->members[m].share ? share_row(r, s->duty, r->members[m].share) : -1;
            if (share >= 0) hit(arg, i, share);
        }
        }
    }
}

struct part { int account; int64_t weight, got, rest; };

static int by_account(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return (x->account > y->account) - (x->account < y->account);
}

static int by_rest(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->rest != y->rest) return x->rest < y->rest ? 1 : -1;
    return by_account(a, b);
}

/* Splits `total` by weight: floors, then one unit each to the largest remainders. */
static void split(struct part *parts, size_t n, int64_t total)
{
    __int128 sum = 0;
    for (size_t i = 0; i < n; i++) sum += parts[i].weight;
    if (sum == 0) return;
    int64_t left = total;
    for (size_t i = 0; i < n; i++) {
        __int128 x = (__int128)total * parts[i].weight;
        parts[i].got = (int64_t)(x / sum);
        parts[i].rest = (int64_t)(x % sum);
        left -= parts[i].got;
    }
    qsort(parts, n, sizeof *parts, by_rest);
    for (size_t i = 0; i < n && left > 0; i++, left--) parts[i].got++;
    qsort(parts, n, sizeof *parts, by_account);
}

void tb_accrue(const struct tb_region *r, const int *person_of, const struct tb_slot *s, int seats, void (*add)(void *arg, int ledger, int account, int64_t millionths), void *arg)
{
    struct part *parts = NULL, *shares = NULL;
    size_t n = 0, cap = 0, m = 0, share_cap = 0;
    bool counted = false;
    for (int i = 0; i < r->n_ledgers && !counted; i++) counted = ledger_counts(&r->ledgers[i], s);
    if (!counted) return;
    for (int i = first_member(r, s->duty); i < r->n_members && r->members[i].duty == s->duty; i++) {
        bool accrues;
        const struct tb_member *row = &r->members[i];
        if (!member_row_on(r, i, s->date)) continue;
        if (tb_exempt_on(r, s->duty, row->provider, s->date, &accrues) && !accrues) continue;
        *TB_PUSH(parts, n, cap) = (struct part){row->provider, row->weight, 0, 0};
        int share = *row->share ? share_row(r, s->duty, row->share) : -1;
        bool known = share < 0;
        for (size_t k = 0; k < m && !known; k++) known = shares[k].account == share;
        if (!known) *TB_PUSH(shares, m, share_cap) = (struct part){share, r->shares[share].weight, 0, 0};
    }
    split(parts, n, seats * INT64_C(1000000));
    split(shares, m, seats * INT64_C(1000000));
    for (int i = 0; i < r->n_ledgers; i++) {
        const struct tb_ledger *l = &r->ledgers[i];
        if (!ledger_counts(l, s)) continue;
        const struct part *of = l->scope == TB_SCOPE_SHARE ? shares : parts;
        for (size_t k = 0; k < (l->scope == TB_SCOPE_SHARE ? m : n); k++) {
            int account = of[k].account;
            if (l->scope == TB_SCOPE_PERSON) {
                account = person_of[account];
                if (!several_providers(r, person_of, l, account)) continue;
            }
            add(arg, i, account, of[k].got);
        }
    }
    free(parts);
    free(shares);
}

const char *tb_account_id(const struct tb_region *r, int ledger, int account)
{
    return r->ledgers[ledger].scope == TB_SCOPE_SHARE ? r->shares[account].id : r->providers[account].id;
}
