/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books told to people.
 */
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/standing.h"
#include "toban/domain/tally.h"

enum { YEARS = TB_STANDING_YEARS };

struct work {
    struct tb_standing *s;
    const struct tb_region *r;
    const struct tb_standing_lines *lines;
    /* primary, past and published, by (date, duty, band, seat) */
    struct tb_seat_row *seats;
    size_t n_seats;
    bool *before; /* per seat: from the history */
    /* seats by provider: of[of_at[p]] .. of[of_at[p + 1] - 1] */
    int *of, *of_at;
    uint64_t big;
};

/* ---- pools --------------------------------------------------------------------------------------- */

static bool same_pool(const struct tb_ledger *a, const struct tb_ledger *b)
{
    if (a->scope != b->scope || a->role != b->role || a->duties.n != b->duties.n) return false;
    for (int i = 0; i < a->duties.n; i++)
        if (a->duties.v[i] != b->duties.v[i]) return false;
    return true;
}

static int depth(const struct tb_region *r, int ledger)
{
    int n = 0;
    for (int l = r->ledgers[ledger].within; l >= 0; l = r->ledgers[l].within) n++;
    return n;
}

/* Bytes up to and with the last blank that all names have in common; 0: nothing. */
static size_t common(const struct tb_region *r, const int *ledgers, int n)
{
    const char *first = r->ledgers[ledgers[0]].name;
    size_t cut = 0;
    for (size_t i = 0; first[i]; i++) {
        for (int k = 1; k < n; k++)
            if (strncmp(r->ledgers[ledgers[k]].name, first, i + 1) != 0) return cut;
        if (first[i] == ' ') cut = i + 1;
    }
    return n > 1 ? cut : 0;
}

static void name_pool(struct work *w, struct tb_standing_pool *p)
{
    const struct tb_region *r = w->r;
    size_t cut = common(r, p->ledgers, p->n_ledgers);
    p->id = r->ledgers[p->ledgers[0]].id;
    p->name = cut ? tb_arena_strndup(&w->s->arena, r->ledgers[p->ledgers[0]].name, cut - 1)
                  : r->ledgers[p->ledgers[0]].name;
    p->classes = tb_arena_alloc(&w->s->arena, (size_t)p->n_ledgers * sizeof *p->classes);
    for (int i = 0; i < p->n_ledgers; i++)
        p->classes[i] =
            cut ? r->ledgers[p->ledgers[i]].name + cut : r->classes[r->ledgers[p->ledgers[i]].class].name;
}

/* What people ask about first: providers' own duties, then the reserve, persons, share groups. */
static int precedence(const struct tb_standing_pool *p)
{
    return p->scope == TB_SCOPE_PROVIDER ? p->role : p->scope + 1;
}

static void find_pools(struct work *w)
{
    const struct tb_region *r = w->r;
    struct tb_standing *s = w->s;
    s->pools = tb_arena_alloc(&s->arena, ((size_t)r->n_ledgers + 1) * sizeof *s->pools);
    for (int l = 0; l < r->n_ledgers; l++) {
        bool known = false;
        for (int i = 0; i < s->n_pools; i++)
            known |= same_pool(&r->ledgers[s->pools[i].first], &r->ledgers[l]);
        if (!known)
            s->pools[s->n_pools++] = (struct tb_standing_pool){
                .first = l, .scope = r->ledgers[l].scope, .role = r->ledgers[l].role};
    }
    for (int i = 1; i < s->n_pools; i++) /* few: by insertion, equal ones stay in order */
        for (int k = i; k > 0 && precedence(&s->pools[k - 1]) > precedence(&s->pools[k]); k--) {
            struct tb_standing_pool other = s->pools[k];
            s->pools[k] = s->pools[k - 1];
            s->pools[k - 1] = other;
        }
    for (int i = 0; i < s->n_pools; i++) {
        struct tb_standing_pool *p = &s->pools[i];
        p->ledgers = tb_arena_alloc(&s->arena, ((size_t)r->n_ledgers + 1) * sizeof(int));
        for (int d = 0; d <= r->n_ledgers; d++) /* containing ones first */
            for (int l = 0; l < r->n_ledgers; l++)
                if (same_pool(&r->ledgers[l], &r->ledgers[p->first]) && depth(r, l) == d)
                    p->ledgers[p->n_ledgers++] = l;
        name_pool(w, p);
    }
}

/* ---- figures ------------------------------------------------------------------------------------- */

static struct tb_year_figures *figures(const struct tb_standing_pool *p, int account, int ledger, int year)
{
    return &p->f[((size_t)account * (size_t)p->n_ledgers + (size_t)ledger) * YEARS + (size_t)year];
}

const struct tb_year_figures *tb_figures(const struct tb_standing_pool *p, int account, int ledger, int year)
{
    return figures(p, account, ledger, year);
}

/* An account as the last day has it: persons' links may have changed meanwhile. */
static int account_now(const struct work *w, const struct tb_standing_pool *p, int account)
{
    return p->scope == TB_SCOPE_PERSON ? w->s->person_of[account] : account;
}

static int ledger_at(const struct tb_standing_pool *p, int ledger)
{
    for (int i = 0; i < p->n_ledgers; i++)
        if (p->ledgers[i] == ledger) return i;
    return -1;
}

static bool active(const struct work *w, int duty, int provider)
{
    for (int m = 0; m < w->r->n_members; m++) {
        const struct tb_member *x = &w->r->members[m];
        if (x->duty == duty && x->provider == provider && (x->since == TB_DAY_NONE || x->since <= w->s->to) &&
            (x->until == TB_DAY_NONE || x->until > w->s->from))
            return true;
    }
    return false;
}

/* Whoever is in the pool during the year, or has anything in its books. */
static void find_accounts(struct work *w, struct tb_standing_pool *p)
{
    const struct tb_region *r = w->r;
    size_t n = (size_t)(p->scope == TB_SCOPE_SHARE ? r->n_shares : r->n_providers);
    bool *in = tb_xcalloc(n + 1, sizeof *in);
    const struct tb_ledger *l = &r->ledgers[p->ledgers[0]];
    if (p->scope == TB_SCOPE_PROVIDER)
        for (int m = 0; m < r->n_members; m++)
            for (int d = 0; d < l->duties.n; d++)
                if (r->members[m].duty == l->duties.v[d] && active(w, l->duties.v[d], r->members[m].provider))
                    in[r->members[m].provider] = true;
    for (size_t i = 0; i < w->lines[YEARS].n; i++)
        if (ledger_at(p, w->lines[YEARS].v[i].ledger) >= 0)
            in[account_now(w, p, w->lines[YEARS].v[i].account)] = true;
    p->accounts = tb_arena_alloc(&w->s->arena, (n + 1) * sizeof(int));
    for (size_t i = 0; i < n; i++)
        if (in[i]) p->accounts[p->n_accounts++] = (int)i;
    free(in);
    p->f = tb_arena_alloc(&w->s->arena,
                          ((size_t)p->n_accounts * (size_t)p->n_ledgers * YEARS + 1) * sizeof *p->f);
    p->known = tb_arena_alloc(&w->s->arena, ((size_t)p->n_ledgers * YEARS + 1) * sizeof *p->known);
}

static int account_at(const struct tb_standing_pool *p, int account)
{
    for (int i = 0; i < p->n_accounts; i++)
        if (p->accounts[i] == account) return i;
    return -1;
}

static void fill(struct work *w, struct tb_standing_pool *p)
{
    for (int k = 0; k <= YEARS; k++)
        for (size_t i = 0; i < w->lines[k].n; i++) {
            const struct tb_book_line *x = &w->lines[k].v[i];
            int l = ledger_at(p, x->ledger), a = l < 0 ? -1 : account_at(p, account_now(w, p, x->account));
            if (a < 0) continue;
            int64_t deviation = x->done - x->accrued - x->given;
            if (k > 0) { /* sums up to this year's end, less those up to the end before */
                struct tb_year_figures *f = figures(p, a, l, k - 1);
                f->after += deviation;
                f->accrued += x->accrued;
                f->done += x->done;
                f->adjusted -= x->given;
            }
            if (k < YEARS) {
                struct tb_year_figures *f = figures(p, a, l, k);
                f->before += deviation;
                f->accrued -= x->accrued;
                f->done -= x->done;
                f->adjusted += x->given;
            }
        }
    for (int l = 0; l < p->n_ledgers; l++)
        for (int y = 0; y < YEARS; y++)
            for (int a = 0; a < p->n_accounts; a++)
                p->known[l * YEARS + y] |=
                    tb_figures(p, a, l, y)->accrued != 0 || tb_figures(p, a, l, y)->done != 0;
}

/* ---- orders -------------------------------------------------------------------------------------- */

struct keyed {
    int64_t key;
    int at;
};

static int by_key(const void *p, const void *q)
{
    const struct keyed *x = p, *y = q;
    if (x->key != y->key) return x->key > y->key ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static int order(const struct tb_standing_pool *p, int ledger, int year, bool growth, int *out)
{
    struct keyed *v = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *v);
    int grew = 0;
    for (int a = 0; a < p->n_accounts; a++) {
        const struct tb_year_figures *f = tb_figures(p, a, ledger, year);
        v[a] = (struct keyed){growth ? f->after - f->before : f->after, a};
        grew += growth && v[a].key > 0;
    }
    qsort(v, (size_t)p->n_accounts, sizeof *v, by_key);
    for (int a = 0; a < p->n_accounts; a++) out[a] = v[a].at;
    free(v);
    return grew;
}

void tb_standing_sort(const struct tb_standing_pool *p, int ledger, int year, int *out)
{
    (void)order(p, ledger, year, false, out);
}
int tb_standing_worse(const struct tb_standing_pool *p, int ledger, int year, int *out)
{
    return order(p, ledger, year, true, out);
}

int tb_standing_above(const struct tb_standing_pool *p, int account, int ledger, int year)
{
    int n = 0;
    for (int a = 0; a < p->n_accounts; a++)
        n += tb_figures(p, a, ledger, year)->after > tb_figures(p, account, ledger, year)->after;
    return n;
}

int tb_standing_account(const struct tb_standing *s, const struct tb_standing_pool *p, int provider)
{
    if (p->scope == TB_SCOPE_SHARE) return -1;
    return account_at(p, p->scope == TB_SCOPE_PERSON ? s->person_of[provider] : provider);
}

const char *tb_standing_account_name(const struct tb_standing *s, const struct tb_standing_pool *p,
                                     int account)
{
    return p->scope == TB_SCOPE_SHARE ? s->region->shares[p->accounts[account]].name
                                      : s->region->providers[p->accounts[account]].name;
}

/* ---- big days ------------------------------------------------------------------------------------ */

static int by_seat(const void *p, const void *q)
{
    const struct tb_seat_row *x = p, *y = q;
    const int a[] = {x->date, x->duty, x->band, x->seat, x->provider},
              b[] = {y->date, y->duty, y->band, y->seat, y->provider};
    for (size_t i = 0; i < TB_COUNT(a); i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* What is published, and of the history the seats that are not. */
static void gather_seats(struct work *w, const struct tb_seat_row *seats, size_t n)
{
    const struct tb_region *r = w->r;
    size_t cap = n + (size_t)r->n_histories;
    w->seats = tb_xcalloc(cap + 1, sizeof *w->seats);
    w->before = tb_xcalloc(cap + 1, sizeof *w->before);
    for (size_t i = 0; i < n; i++)
        if (seats[i].role == TB_PRIMARY && seats[i].provider >= 0) w->seats[w->n_seats++] = seats[i];
    size_t published = w->n_seats;
    if (published) qsort(w->seats, published, sizeof *w->seats, by_seat);
    for (int i = 0; i < r->n_histories; i++) {
        const struct tb_history *h = &r->histories[i];
        struct tb_seat_row x = {h->duty, h->date, tb_find_band(r, h->duty, h->band),
                                h->role, h->seat, h->provider};
        bool known = false;
        for (size_t k = 0; k < published && !known; k++)
            known = w->seats[k].date == x.date && w->seats[k].duty == x.duty && w->seats[k].band == x.band &&
                    w->seats[k].seat == x.seat;
        if (x.role == TB_PRIMARY && !known) w->seats[w->n_seats++] = x;
    }
    for (size_t i = published; i < w->n_seats; i++) w->before[i] = true;
    w->of = tb_xcalloc(w->n_seats + 1, sizeof *w->of);
    w->of_at = tb_xcalloc((size_t)r->n_providers + 2, sizeof *w->of_at);
    for (size_t i = 0; i < w->n_seats; i++) w->of_at[w->seats[i].provider + 2]++;
    for (int p = 0; p < r->n_providers; p++) w->of_at[p + 2] += w->of_at[p + 1];
    for (size_t i = 0; i < w->n_seats; i++) w->of[w->of_at[w->seats[i].provider + 1]++] = (int)i;
}

static int pool_of_duty(const struct tb_standing *s, int duty)
{
    for (int i = 0; i < s->n_pools; i++) {
        const struct tb_standing_pool *p = &s->pools[i];
        if (p->scope != TB_SCOPE_PROVIDER || p->role != TB_PRIMARY) continue;
        const struct tb_ids *d = &s->region->ledgers[p->ledgers[0]].duties;
        for (int k = 0; k < d->n; k++)
            if (d->v[k] == duty) return i;
    }
    return -1;
}

static int by_day(const void *p, const void *q)
{
    const struct tb_big_day *x = p, *y = q;
    const int a[] = {x->provider, x->date, x->duty, x->band, x->class_},
              b[] = {y->provider, y->date, y->duty, y->band, y->class_};
    for (size_t i = 0; i < TB_COUNT(a); i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

static void find_days(struct work *w)
{
    struct tb_standing *s = w->s;
    tb_day first = tb_day_of(s->year - YEARS + 1, 4, 1);
    struct tb_big_day *v = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < w->n_seats; i++) {
        const struct tb_seat_row *x = &w->seats[i];
        int pool = pool_of_duty(s, x->duty);
        if (pool < 0 || x->date < first || x->date > s->to) continue;
        uint64_t classes = tb_day_classes(w->r, x->duty, x->date) & w->big;
        for (int c = 0; c < w->r->n_classes; c++)
            if (classes >> c & 1)
                *TB_PUSH(v, n, cap) =
                    (struct tb_big_day){pool, c, x->provider, x->duty, x->band, x->date, w->before[i]};
    }
    if (n) qsort(v, n, sizeof *v, by_day);
    s->days = tb_arena_alloc(&s->arena, (n + 1) * sizeof *s->days);
    for (size_t i = 0; i < n; i++) s->days[i] = v[i];
    s->n_days = (int)n;
    free(v);
}

/* The provider's last day of the class in the pool's duties before `date`, of all that is on record. */
static tb_day last_before(const struct work *w, int pool, int class_, int provider, tb_day date)
{
    tb_day last = TB_DAY_NONE;
    for (int i = w->of_at[provider]; i < w->of_at[provider + 1]; i++) {
        const struct tb_seat_row *x = &w->seats[w->of[i]];
        if (x->date >= date || x->date <= last || pool_of_duty(w->s, x->duty) != pool) continue;
        if (tb_day_classes(w->r, x->duty, x->date) >> class_ & 1) last = x->date;
    }
    return last;
}

/* ---- turns --------------------------------------------------------------------------------------- */

struct waiting {
    struct tb_turn turn;
    int64_t owed;
};

static int by_wait(const void *p, const void *q)
{
    const struct waiting *x = p, *y = q;
    if (x->turn.out != y->turn.out) return x->turn.out ? 1 : -1;
    /* TB_DAY_NONE is before all days */
    if (x->turn.last != y->turn.last) return x->turn.last < y->turn.last ? -1 : 1;
    if (x->owed != y->owed) return x->owed > y->owed ? -1 : 1;
    return (x->turn.account > y->turn.account) - (x->turn.account < y->turn.account);
}

static bool exempt_from_all(const struct work *w, const struct tb_ids *duties, int provider, tb_day date)
{
    bool any = false;
    for (int d = 0; d < duties->n; d++) {
        if (tb_member_on(w->r, duties->v[d], provider, date) < 0) continue;
        if (!tb_exempt_on(w->r, duties->v[d], provider, date, NULL)) return false;
        any = true;
    }
    return any;
}

static bool member_of_any(const struct work *w, const struct tb_ids *duties, int provider, tb_day date)
{
    for (int d = 0; d < duties->n; d++)
        if (tb_member_on(w->r, duties->v[d], provider, date) >= 0) return true;
    return false;
}

static void find_turns(struct work *w, int pool)
{
    struct tb_standing *s = w->s;
    struct tb_standing_pool *p = &s->pools[pool];
    if (p->scope != TB_SCOPE_PROVIDER || p->role != TB_PRIMARY) return;
    const struct tb_ids *duties = &w->r->ledgers[p->ledgers[0]].duties;
    uint64_t seen = 0;
    for (int i = 0; i < s->n_days; i++)
        if (s->days[i].pool == pool) seen |= UINT64_C(1) << s->days[i].class_;
    p->big = tb_arena_alloc(&s->arena, TB_CLASS_MAX * sizeof *p->big);
    for (int c = 0; c < w->r->n_classes; c++) {
        if (!(seen >> c & 1)) continue;
        struct tb_standing_class *x = &p->big[p->n_big++];
        *x = (struct tb_standing_class){.class_ = c, .next = TB_DAY_NONE};
        for (tb_day d = s->to + 1; d <= s->to + 731 && x->next == TB_DAY_NONE; d++)
            if (tb_day_classes(w->r, duties->v[0], d) >> c & 1) x->next = d;
        tb_day when = x->next == TB_DAY_NONE ? s->to : x->next;
        struct waiting *v = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *v);
        int within = 0; /* the ledger of this class, else the first */
        for (int l = 0; l < p->n_ledgers; l++)
            if (w->r->ledgers[p->ledgers[l]].class == c) within = l;
        for (int a = 0; a < p->n_accounts; a++) {
            int who = p->accounts[a];
            if (!member_of_any(w, duties, who, when)) continue;
            bool out = exempt_from_all(w, duties, who, when);
            v[x->n++] = (struct waiting){{who, last_before(w, pool, c, who, s->to + 1), out},
                                         -tb_figures(p, a, within, YEARS - 1)->after};
            x->n_in += !out;
        }
        qsort(v, (size_t)x->n, sizeof *v, by_wait);
        x->order = tb_arena_alloc(&s->arena, ((size_t)x->n + 1) * sizeof *x->order);
        for (int i = 0; i < x->n; i++) x->order[i] = v[i].turn;
        free(v);
    }
}

/* ---- why again ----------------------------------------------------------------------------------- */

static bool holds(const struct tb_ids *ids, int x)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == x) return true;
    return false;
}

static bool wish_speaks(const struct tb_region *r, const struct tb_wish *w, const struct tb_big_day *d)
{
    return (w->duty < 0 ? holds(&r->surveys[w->survey].duties, d->duty) : w->duty == d->duty) &&
           (!*w->band || strcmp(w->band, r->bands[d->band].id) == 0);
}

static bool covers(const struct tb_region *r, const struct tb_wish *w, const struct tb_big_day *d)
{
    struct tb_interval hours;
    const struct tb_slot slot = tb_slot_make(r, d->band, TB_PRIMARY, d->date, 1);
    if (!tb_wish_hours(r, w, &hours))
        return d->date >= w->from && d->date <= (w->to == TB_DAY_NONE ? w->from : w->to);
    for (int k = 0; k < slot.n_intervals; k++)
        if (slot.interval[k].from < hours.to && hours.from < slot.interval[k].to) return true;
    return false;
}

/* Said so in time: this day he cannot, or he can on other days only. */
static bool unavailable(const struct tb_region *r, int provider, const struct tb_big_day *d)
{
    bool asked = false, open = false;
    for (int i = 0; i < r->n_wishes; i++) {
        const struct tb_wish *w = &r->wishes[i];
        if (w->provider != provider || !w->must) continue;
        if (w->type == TB_WISH_CANNOT && covers(r, w, d) && wish_speaks(r, w, d)) return true;
        const struct tb_survey *s = &r->surveys[w->survey];
        if (w->type != TB_WISH_ONLY || d->date < s->from || d->date > s->to || !holds(&s->duties, d->duty))
            continue;
        asked = true;
        open |= covers(r, w, d) && wish_speaks(r, w, d);
    }
    return asked && !open;
}

static bool one_person(const struct tb_region *r, int a, int b, tb_day date)
{
    if (a == b) return true;
    int *of = tb_xcalloc((size_t)r->n_providers + 1, sizeof *of);
    tb_persons_on(r, date, of);
    bool one = of[a] == of[b];
    free(of);
    return one;
}

static bool busy(const struct tb_standing *s, int provider, const struct tb_big_day *d)
{
    const struct tb_slot slot = tb_slot_make(s->region, d->band, TB_PRIMARY, d->date, 1);
    for (int i = 0; i < s->region->n_externals; i++) {
        const struct tb_external *x = &s->region->externals[i];
        for (int k = 0; k < slot.n_intervals; k++) {
            tb_minute from = slot.interval[k].from > x->from ? slot.interval[k].from : x->from,
                      to = slot.interval[k].to < x->to ? slot.interval[k].to : x->to;
            for (tb_day on = tb_day_of_minute(from); from < to && on <= tb_day_of_minute(to - 1); on++)
                if (one_person(s->region, x->provider, provider, on)) return true;
        }
    }
    return false;
}

static bool has_one(const struct tb_standing *s, int pool, int class_, int provider)
{
    for (int i = 0; i < s->n_days; i++)
        if (s->days[i].provider == provider && s->days[i].pool == pool && s->days[i].class_ == class_ &&
            s->days[i].date >= s->from)
            return true;
    return false;
}

static void tell(struct work *w, int day, struct tb_again *x)
{
    struct tb_standing *s = w->s;
    const struct tb_big_day *d = &s->days[day];
    const struct tb_standing_pool *p = &s->pools[d->pool];
    size_t n = (size_t)p->n_accounts + 1;
    *x = (struct tb_again){.day = day, .previous = last_before(w, d->pool, d->class_, d->provider, d->date)};
    x->same = tb_arena_alloc(&s->arena, n * sizeof(int));
    x->out = tb_arena_alloc(&s->arena, n * sizeof(int));
    x->later = tb_arena_alloc(&s->arena, n * sizeof(int));
    x->first = tb_arena_alloc(&s->arena, n * sizeof(int));
    for (int a = 0; a < p->n_accounts; a++) {
        int who = p->accounts[a];
        if (who == d->provider || tb_member_on(w->r, d->duty, who, d->date) < 0) continue;
        if (has_one(s, d->pool, d->class_, who))
            x->same[x->n_same++] = who;
        else if (tb_standing_out(s, d, who) != TB_OUT_NOT)
            x->out[x->n_out++] = who;
        else if (last_before(w, d->pool, d->class_, who, d->date) > x->previous)
            x->later[x->n_later++] = who;
        else
            x->first[x->n_first++] = who;
    }
}

enum tb_out tb_standing_out(const struct tb_standing *s, const struct tb_big_day *d, int provider)
{
    const struct tb_slot slot = tb_slot_make(s->region, d->band, TB_PRIMARY, d->date, 1);
    if (tb_exempt_from(s->region, &slot, provider, NULL)) return TB_OUT_EXEMPT;
    if (unavailable(s->region, provider, d)) return TB_OUT_UNAVAILABLE;
    return busy(s, provider, d) ? TB_OUT_BUSY : TB_OUT_NOT;
}

bool tb_standing_recorded(const struct tb_standing *s, int pool, int class_, int year)
{
    for (int i = 0; i < s->n_days; i++)
        if (s->days[i].pool == pool && s->days[i].class_ == class_ &&
            tb_fiscal_year(s->days[i].date) == s->year - YEARS + 1 + year)
            return true;
    return false;
}

struct tb_standing *tb_standing_of(const struct tb_region *r, int year,
                                   const struct tb_standing_lines lines[YEARS + 1],
                                   const struct tb_seat_row *seats, size_t n_seats)
{
    struct tb_standing *s = tb_xcalloc(1, sizeof *s);
    struct work w = {.s = s, .r = r, .lines = lines, .big = tb_big_classes(r)};
    *s = (struct tb_standing){.region = r,
                              .reader = -1,
                              .year = year,
                              .from = tb_day_of(year, 4, 1),
                              .to = tb_day_of(year + 1, 3, 31)};
    s->person_of = tb_arena_alloc(&s->arena, ((size_t)r->n_providers + 1) * sizeof(int));
    tb_persons_on(r, s->to, s->person_of);
    find_pools(&w);
    for (int i = 0; i < s->n_pools; i++) {
        find_accounts(&w, &s->pools[i]);
        fill(&w, &s->pools[i]);
    }
    gather_seats(&w, seats, n_seats);
    find_days(&w);
    for (int i = 0; i < s->n_pools; i++) find_turns(&w, i);
    s->agains = tb_arena_alloc(&s->arena, ((size_t)s->n_days + 1) * sizeof *s->agains);
    for (int i = 0; i < s->n_days; i++)
        if (s->days[i].date >= s->from) tell(&w, i, &s->agains[s->n_agains++]);
    free(w.seats);
    free(w.before);
    free(w.of);
    free(w.of_at);
    return s;
}

void tb_standing_free(struct tb_standing *s)
{
    if (!s) return;
    tb_arena_free(&s->arena);
    free(s);
}
