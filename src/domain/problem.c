/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One planning question: planned slots, what binds them, the ledgers' accounts, the price of an open seat.
 */
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/dated.h"

#define CONTEXT_DAYS 46

/* ---- the rules' columns ------------------------------------------------------------------------ */

enum reach { NEAR, DAYS, HOURS, CLASS_DATES, UNIT, YEARS, YEAR_BEFORE, MONTHS };
static const struct {
    enum reach reach;
    int touches;
} columns[TB_RULE_TYPE_COUNT] = {
#define COLUMNS(TYPE, name, word, price, reach, touches, ...) [TB_RULE_##TYPE] = {reach, touches},
    TB_RULES(COLUMNS)
#undef COLUMNS
};

/* ---- context --------------------------------------------------------------------------------- */

struct horizon {
    const struct tb_region *r;
    tb_day from, to;           /* planned */
    tb_day near_from, near_to; /* everything in here is context */
    tb_day year_from, year_to; /* fiscal years touched: for rules that count by year */
    struct tb_rule_args *args; /* per rule */
    /* of rules that reach farther than the days near, the days; and wishes for so many duties, which count
     * over all days of their survey */
    struct far {
        const struct tb_rule_args *args;
        int rule;
        tb_day from, to;
    } * far;
    int n_far;
    const struct tb_wish **counting;
    int n_counting;
    /* the classes asked for last: seats of one duty and day follow one another */
    struct {
        int duty;
        tb_day date;
        uint64_t classes;
    } * last;
};

static int days_to_class(const struct tb_region *r, int class_, tb_day d, int step)
{
    int days = 1;
    while (days < 400 && !(tb_day_classes(r, -1, d + days * step) >> class_ & 1)) days++;
    return days;
}

/* So many days before and after the planned ones everything is context for the rule. */
static int days_reached(const struct tb_problem_input *in, const struct tb_rule_args *x)
{
    switch (columns[x->type].reach) {
    case DAYS:
        return x->days;
    case HOURS:
        return x->hours / 24 + 3;
    case CLASS_DATES: { /* successive days of a rare class may lie far apart */
        int back = days_to_class(in->region, x->class_, in->from, -1),
            on = days_to_class(in->region, x->class_, in->to, 1);
        return back > on ? back : on;
    }
    case NEAR:
    case UNIT:
    case YEARS:
    case YEAR_BEFORE:
    case MONTHS:
        break;
    }
    return 0;
}

/* First day of the month that is so many months after the date's. */
static tb_day month_after(tb_day d, int months)
{
    struct tb_ymd y = tb_ymd_of(d);
    int month = 12 * y.year + y.month - 1 + months;
    return tb_day_of(month / 12, month % 12 + 1, 1);
}

/* Seats of the rule's class on these days are context for it. False: none are. */
static bool span_reached(const struct horizon *h, const struct tb_rule_args *x, tb_day *from, tb_day *to)
{
    *from = h->year_from;
    *to = h->year_to;
    switch (columns[x->type].reach) {
    case UNIT:
        return x->unit == TB_UNIT_YEAR;
    case YEARS:
        *from = tb_day_of(tb_fiscal_year(h->from) - x->years, 4, 1);
        return true;
    case YEAR_BEFORE:
        *from = tb_day_of(tb_fiscal_year(h->from) - 1, 4, 1);
        return true;
    case MONTHS:
        *from = month_after(h->from, 1 - x->months);
        *to = month_after(h->to, x->months) - 1;
        return true;
    case NEAR:
    case DAYS:
    case HOURS:
    case CLASS_DATES:
        break;
    }
    return false;
}

static void horizon_of(const struct tb_problem_input *in, struct tb_arena *a, struct horizon *h)
{
    const struct tb_region *r = in->region;
    int reach = CONTEXT_DAYS;
    *h = (struct horizon){.r = r,
                          .from = in->from,
                          .to = in->to,
                          .args = tb_arena_alloc(a, sizeof *h->args * (size_t)(r->n_rules ? r->n_rules : 1))};
    for (int i = 0; i < r->n_rules; i++) {
        struct tb_err e = {0};
        if (tb_rule_parse(r, &r->rules[i], a, &h->args[i], &e)) TB_BUG("rule %s: %s", r->rules[i].id, e.text);
        int days = days_reached(in, &h->args[i]);
        if (days > reach) reach = days;
    }
    h->near_from = in->from - reach;
    h->near_to = in->to + reach;
    h->year_from = tb_day_of(tb_fiscal_year(in->from), 4, 1);
    h->year_to = tb_day_of(tb_fiscal_year(in->to) + 1, 3, 31);
    h->far = tb_arena_alloc(a, sizeof *h->far * (size_t)(r->n_rules + 1));
    for (int i = 0; i < r->n_rules; i++) {
        struct far x = {.args = &h->args[i], .rule = i};
        if (span_reached(h, x.args, &x.from, &x.to)) h->far[h->n_far++] = x;
    }
    h->counting = tb_arena_alloc(a, sizeof(struct tb_wish *) * (size_t)(r->n_wishes + 1));
    for (int i = 0; i < r->n_wishes; i++) {
        const struct tb_survey *v = &r->surveys[r->wishes[i].survey];
        if (r->wishes[i].type == TB_WISH_COUNT && v->to >= h->from && v->from <= h->to)
            h->counting[h->n_counting++] = &r->wishes[i];
    }
    h->last = tb_arena_alloc(a, sizeof *h->last);
    h->last->duty = -1;
}

static uint64_t classes_of(const struct horizon *h, const struct tb_seat_row *s)
{
    if (h->last->duty != s->duty || h->last->date != s->date) {
        h->last->duty = s->duty;
        h->last->date = s->date;
        h->last->classes = tb_day_classes(h->r, s->duty, s->date);
    }
    return h->last->classes;
}

static bool is_context(const struct horizon *h, const struct tb_seat_row *s)
{
    if (s->date >= h->near_from && s->date <= h->near_to) return true;
    for (int i = 0; i < h->n_counting; i++) {
        const struct tb_wish *w = h->counting[i];
        const struct tb_survey *v = &h->r->surveys[w->survey];
        if (w->provider == s->provider && s->date >= v->from && s->date <= v->to) return true;
    }
    for (int i = 0; i < h->n_far; i++) {
        const struct far *x = &h->far[i];
        if (s->date < x->from || s->date > x->to) continue;
        if (!tb_rule_concerns(&h->r->rules[x->rule], s->duty, s->date)) continue;
        if (x->args->class_ < 0 || (classes_of(h, s) >> x->args->class_ & 1)) return true;
    }
    return false;
}

/* The order of slots: rows of one slot are the same in it. */
static int compare_row_slots(const void *p, const void *q)
{
    const struct tb_seat_row *a = p, *b = q;
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

static bool has_slot(const struct tb_seat_row *rows, size_t n, const struct tb_seat_row *slot)
{
    return n && bsearch(slot, rows, n, sizeof *rows, compare_row_slots) != NULL;
}

static int compare_rows(const void *p, const void *q)
{
    const struct tb_seat_row *a = p, *b = q;
    int c = compare_row_slots(p, q);
    if (c) return c;
    if (a->seat != b->seat) return a->seat < b->seat ? -1 : 1;
    return (a->provider > b->provider) - (a->provider < b->provider);
}

bool tb_seat_begun(const struct tb_region *r, const struct tb_seat_row *s, tb_minute now)
{
    tb_day today = tb_day_of_minute(now);
    if (s->date > today || s->date < today - 2) return s->date < today;
    return tb_slot_make(r, s->band, s->role, s->date, 1).interval[0].from <= now;
}

/* Is the row's slot one of those that are planned anew? */
static bool planned_anew(const struct tb_problem_input *in, bool replan, const struct tb_seat_row *s)
{
    bool ours = false;
    for (int k = 0; k < in->n_duties && replan; k++)
        ours = ours || (in->duties[k] == s->duty && s->date >= in->from && s->date <= in->to);
    return ours && !(in->begun && tb_seat_begun(in->region, s, in->begun));
}

/* Published rows and the region's history that bind, sorted; history gives way to published rows of the same
 * slot. */
static struct tb_seat_row *bound_rows(const struct tb_problem_input *in, bool replan, const struct horizon *h,
                                      size_t *n)
{
    const struct tb_region *r = in->region;
    struct tb_seat_row *rows = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < in->n_published; i++) {
        const struct tb_seat_row *s = &in->published[i];
        if (!planned_anew(in, replan, s) && is_context(h, s)) *TB_PUSH(rows, count, cap) = *s;
    }
    if (count) qsort(rows, count, sizeof *rows, compare_rows);
    size_t published = count;
    for (int i = 0; i < r->n_histories; i++) {
        const struct tb_history *y = &r->histories[i];
        struct tb_seat_row s = {y->duty, y->date, tb_find_band(r, y->duty, y->band),
                                y->role, y->seat, y->provider};
        if (!has_slot(rows, published, &s) && !planned_anew(in, replan, &s) && is_context(h, &s))
            *TB_PUSH(rows, count, cap) = s;
    }
    if (count) qsort(rows, count, sizeof *rows, compare_rows);
    *n = count;
    return rows;
}

static int compare_slots(const void *p, const void *q)
{
    const struct tb_slot *a = p, *b = q;
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

int tb_slot_find(const struct tb_problem *p, int duty, tb_day date, int band, int role)
{
    struct tb_slot key = {.duty = duty, .date = date, .band = band, .role = role};
    const struct tb_slot *s =
        p->n_slots ? bsearch(&key, p->slots, (size_t)p->n_slots, sizeof key, compare_slots) : NULL;
    return s ? (int)(s - p->slots) : -1;
}

/* The slots that alone are asked for, in their order; the caller's to free. */
static struct tb_seat_row *only_sorted(const struct tb_problem_input *in)
{
    struct tb_seat_row *only = tb_xcalloc(in->n_only + 1, sizeof *only);
    if (!in->n_only) return only;
    memcpy(only, in->only, in->n_only * sizeof *only);
    qsort(only, in->n_only, sizeof *only, compare_row_slots);
    return only;
}

/* The calendar's slots with other numbers of seats. Memory from p->arena. */
static void recount(struct tb_problem *p, const struct tb_problem_input *in, struct tb_slot **slots, int *n)
{
    struct tb_slot *v = NULL;
    size_t count = 0, cap = 0;
    for (int i = 0; i < *n; i++) *TB_PUSH(v, count, cap) = (*slots)[i];
    for (size_t k = 0; k < in->n_counts; k++) {
        const struct tb_seat_count *c = &in->counts[k];
        for (tb_day d = in->from; d <= in->to; d++) {
            uint64_t classes = tb_day_classes(p->region, c->duty, d);
            if ((c->date != TB_DAY_NONE && c->date != d) || (c->class_ >= 0 && !(classes >> c->class_ & 1)) ||
                !(classes >> tb_region_on(p->region, d)->bands[c->band].when & 1))
                continue;
            size_t at = 0;
            while (at < count && !(v[at].duty == c->duty && v[at].date == d && v[at].band == c->band &&
                                   v[at].role == c->role))
                at++;
            if (at == count) *TB_PUSH(v, count, cap) = tb_slot_make(p->region, c->band, c->role, d, c->need);
            v[at].need = c->need;
        }
    }
    *slots = tb_arena_alloc(&p->arena, (count + 1) * sizeof **slots);
    *n = 0;
    for (size_t i = 0; i < count; i++)
        if (v[i].need > 0) (*slots)[(*n)++] = v[i];
    if (*n) qsort(*slots, (size_t)*n, sizeof **slots, compare_slots);
    free(v);
}

static void add_slots(struct tb_problem *p, const struct tb_problem_input *in, const struct tb_seat_row *rows,
                      size_t n_rows)
{
    struct tb_slot *mine, *all = NULL;
    size_t count = 0, cap = 0;
    int n;
    n = tb_slots_of(p->region, p->duties, p->n_duties, in->from, in->to, &p->arena, &mine);
    if (in->n_counts) recount(p, in, &mine, &n);
    for (size_t i = 0; i < n_rows; i++) {
        int most = rows[i].seat;
        size_t k = i;
        while (k + 1 < n_rows && tb_same_slot(&rows[i], &rows[k + 1]))
            most = rows[++k].seat > most ? rows[k].seat : most;
        if ((size_t)most < k - i + 1) most = (int)(k - i + 1);
        *TB_PUSH(all, count, cap) = tb_slot_make(p->region, rows[i].band, rows[i].role, rows[i].date, most);
        i = k;
    }
    size_t n_bound = count;
    struct tb_seat_row *only = only_sorted(in);
    for (int i = 0; i < n; i++) {
        const struct tb_seat_row row = {mine[i].duty, mine[i].date, mine[i].band, mine[i].role, 0, -1};
        if ((in->n_only && !has_slot(only, in->n_only, &row)) ||
            (in->begun && !in->past && mine[i].interval[0].from <= in->begun) ||
            (n_bound && bsearch(&mine[i], all, n_bound, sizeof *all, compare_slots)))
            continue;
        mine[i].planned = true;
        *TB_PUSH(all, count, cap) = mine[i];
    }
    free(only);
    if (count) qsort(all, count, sizeof *all, compare_slots);
    p->slots = tb_arena_alloc(&p->arena, (count ? count : 1) * sizeof *all);
    if (count) memcpy(p->slots, all, count * sizeof *all);
    p->n_slots = (int)count;
    free(all);
    p->bound = tb_arena_alloc(&p->arena, (n_rows ? n_rows : 1) * sizeof *p->bound);
    for (size_t i = 0; i < n_rows; i++) {
        int slot = tb_slot_find(p, rows[i].duty, rows[i].date, rows[i].band, rows[i].role);
        p->bound[p->n_bound++] = (struct tb_assignment){slot, rows[i].seat, rows[i].provider};
    }
}

static void add_pins(struct tb_problem *p)
{
    const struct tb_region *r = p->region;
    p->pins = tb_arena_alloc(&p->arena, sizeof *p->pins * (size_t)(r->n_pins ? r->n_pins : 1));
    for (int i = 0; i < r->n_pins; i++) {
        const struct tb_pin *x = &r->pins[i];
        int band = tb_find_band(r, x->duty, x->band);
        int slot = band < 0 ? -1 : tb_slot_find(p, x->duty, x->date, band, x->role);
        if (slot >= 0 && p->slots[slot].planned)
            p->pins[p->n_pins++] = (struct tb_pinned){slot, x->provider, x->action};
    }
}

/* ---- persons --------------------------------------------------------------------------------- */

/* Those of the first day that the problem looks at, and of each day after it on which they change. */
static void add_persons(struct tb_problem *p, const struct horizon *h)
{
    const struct tb_region *r = p->region;
    size_t n = (size_t)(r->n_providers ? r->n_providers : 1), cap = 0, count = 0;
    struct tb_persons *v = NULL;
    int *today = tb_xcalloc(n, sizeof *today), *first = tb_arena_alloc(&p->arena, n * sizeof *first);
    tb_persons_on(r, h->near_from, first);
    *TB_PUSH(v, count, cap) = (struct tb_persons){h->near_from, first};
    for (tb_day d = h->near_from + 1; d <= h->near_to; d++) {
        bool moves = false;
        for (int i = 0; i < r->n_links && !moves; i++)
            moves = r->links[i].type == TB_LINK_OWNS && (r->links[i].since == d || r->links[i].until == d);
        if (!moves) continue;
        tb_persons_on(r, d, today);
        if (memcmp(v[count - 1].of, today, n * sizeof *today) == 0) continue;
        int *of = tb_arena_alloc(&p->arena, n * sizeof *of);
        memcpy(of, today, n * sizeof *of);
        *TB_PUSH(v, count, cap) = (struct tb_persons){d, of};
    }
    p->persons = tb_arena_alloc(&p->arena, count * sizeof *v);
    memcpy(p->persons, v, count * sizeof *v);
    p->n_persons = (int)count;
    free(v);
    free(today);
}

const int *tb_problem_persons(const struct tb_problem *p, tb_day date)
{
    int i = p->n_persons - 1;
    while (i > 0 && p->persons[i].from > date) i--;
    return p->persons[i].of;
}

int tb_problem_account(const struct tb_problem *p, int ledger, int account)
{
    return p->region->ledgers[ledger].scope == TB_SCOPE_PERSON ? tb_problem_persons(p, p->to)[account]
                                                               : account;
}

/* ---- ledgers --------------------------------------------------------------------------------- */

struct accounts {
    struct tb_counter *v;
    size_t n, cap;
    int *at;
    int width;
    const struct tb_problem *p;
    const struct tb_region *r;
};

static struct tb_counter *account(struct accounts *x, int ledger, int id)
{
    int *at = &x->at[ledger * x->width + id];
    if (*at < 0) {
        *at = (int)x->n;
        *TB_PUSH(x->v, x->n, x->cap) = (struct tb_counter){.ledger = ledger,
                                                           .account = id,
                                                           .price = x->r->ledgers[ledger].price,
                                                           .beyond = x->r->ledgers[ledger].beyond};
    }
    return &x->v[*at];
}

static void touch(void *arg, int ledger, int id)
{
    struct accounts *x = arg;
    account(x, ledger, tb_problem_account(x->p, ledger, id));
}
static void accrue(void *arg, int ledger, int id, int64_t millionths)
{
    struct accounts *x = arg;
    account(x, ledger, tb_problem_account(x->p, ledger, id))->accrued += millionths;
}

static int compare_counters(const void *p, const void *q)
{
    const struct tb_counter *a = p, *b = q;
    if (a->ledger != b->ledger) return a->ledger < b->ledger ? -1 : 1;
    return (a->account > b->account) - (a->account < b->account);
}

int tb_counter_find(const struct tb_problem *p, int ledger, int id)
{
    struct tb_counter key = {.ledger = ledger, .account = id};
    const struct tb_counter *c =
        p->n_counters ? bsearch(&key, p->counters, (size_t)p->n_counters, sizeof key, compare_counters)
                      : NULL;
    return c ? (int)(c - p->counters) : -1;
}

static int64_t hundredths(int64_t millionths)
{
    int64_t half = millionths < 0 ? -5000 : 5000;
    return (millionths + half) / 10000;
}

static void add_counters(struct tb_problem *p, const struct tb_problem_input *in)
{
    const struct tb_region *r = p->region;
    int width = r->n_providers > r->n_shares ? r->n_providers : r->n_shares;
    size_t cells = (size_t)r->n_ledgers * (size_t)width;
    struct accounts x = {
        .at = tb_xmalloc((cells ? cells : 1) * sizeof *x.at), .width = width, .p = p, .r = r};
    memset(x.at, 0xff, cells * sizeof *x.at);
    for (int i = 0; i < p->n_slots; i++) {
        const struct tb_slot *s = &p->slots[i];
        if (!s->planned) continue;
        const int *person_of = tb_problem_persons(p, s->date);
        for (int m = tb_first_member(r, s->duty); m < r->n_members && r->members[m].duty == s->duty; m++)
            if (tb_member_row_on(r, m, s->date))
                tb_counts_for(r, person_of, s, r->members[m].provider, touch, &x);
        tb_accrue(r, person_of, s, s->need, accrue, &x);
    }
    for (size_t i = 0; i < in->n_carried; i++) {
        const struct tb_carried *c = &in->carried[i];
        int at = x.at[c->ledger * width + tb_problem_account(p, c->ledger, c->account)];
        if (at >= 0) x.v[at].carried += c->millionths;
    }
    free(x.at);
    if (x.n) qsort(x.v, x.n, sizeof *x.v, compare_counters);
    struct tb_ymd first = tb_ymd_of(p->from), last = tb_ymd_of(p->to);
    int months = 12 * (last.year - first.year) + last.month - first.month + 1;
    for (size_t i = 0; i < x.n; i++) {
        struct tb_counter *c = &x.v[i];
        int64_t cap = r->ledgers[c->ledger].catch_up * months;
        c->entitlement = hundredths((cap > 0 && c->carried > cap ? cap : c->carried) + c->accrued);
        int64_t whole = c->entitlement > 0 ? (c->entitlement + 99) / 100 : -(-c->entitlement / 100);
        c->steps = whole + 4 > 1 ? (int)(whole + 4) : 1;
    }
    p->counters = tb_arena_alloc(&p->arena, (x.n ? x.n : 1) * sizeof *x.v);
    if (x.n) memcpy(p->counters, x.v, x.n * sizeof *x.v);
    p->n_counters = (int)x.n;
    free(x.v);
}

/* docs/reference/rules.md, "Objective". */
static int64_t open_price(const struct tb_problem *p, const struct horizon *h)
{
    const struct tb_region *r = p->region;
    int64_t rules = 0, books = 0;
    for (int i = 0; i < r->n_rules; i++) {
        if (tb_rule_hard(&r->rules[i])) continue;
        int touches = columns[h->args[i].type].touches;
        if (touches == TB_TOUCHES_DAYS) touches = h->args[i].days;
        if (touches == TB_TOUCHES_MONTHS) touches = h->args[i].months;
        rules += (int64_t)r->rules[i].price * touches;
    }
    int64_t *worst = tb_xcalloc((size_t)(r->n_ledgers ? r->n_ledgers : 1), sizeof *worst);
    for (int i = 0, k; i < p->n_counters; i = k) {
        int64_t steps = 0, size = 0;
        for (k = i; k < p->n_counters && p->counters[k].ledger == p->counters[i].ledger; k++) {
            int64_t e =
                p->counters[k].entitlement < 0 ? -p->counters[k].entitlement : p->counters[k].entitlement;
            if (p->counters[k].steps > steps) steps = p->counters[k].steps;
            if (e > size) size = e;
        }
        worst[p->counters[i].ledger] =
            p->counters[i].price * (100 * (2 * steps - 1) + 2 * size) + 100 * (int64_t)p->counters[i].beyond;
    }
    for (int d = 0; d < p->n_duties; d++) {
        int64_t sum = 0;
        for (int l = 0; l < r->n_ledgers; l++)
            for (int k = 0; k < r->ledgers[l].duties.n; k++)
                if (r->ledgers[l].duties.v[k] == p->duties[d]) sum += worst[l];
        if (sum > books) books = sum;
    }
    free(worst);
    return 1 + rules + 2 * books;
}

/* ---- published seats planned anew --------------------------------------------------------------- */

#define CHANGES_FOR_A_HOLE 20 /* so many changes are still better than an open seat */

static int compare_pins(const void *p, const void *q)
{
    const struct tb_pinned *a = p, *b = q;
    if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
    if (a->provider != b->provider) return a->provider < b->provider ? -1 : 1;
    return (a->action > b->action) - (a->action < b->action);
}

static void more_pins(struct tb_problem *p, const struct tb_pinned *more, size_t n)
{
    struct tb_pinned *v = tb_arena_alloc(&p->arena, sizeof *v * ((size_t)p->n_pins + n + 1));
    if (p->n_pins) memcpy(v, p->pins, sizeof *v * (size_t)p->n_pins);
    if (n) memcpy(v + p->n_pins, more, sizeof *v * n);
    p->pins = v;
    p->n_pins += (int)n;
    qsort(v, (size_t)p->n_pins, sizeof *v, compare_pins);
}

void tb_problem_keep(struct tb_problem *p, const struct tb_seat_row *published, size_t n, int64_t price)
{
    struct tb_pinned *v = NULL;
    size_t kept = 0, cap = 0;
    for (size_t i = 0; i < n; i++) {
        int slot =
            tb_slot_find(p, published[i].duty, published[i].date, published[i].band, published[i].role);
        if (slot >= 0 && p->slots[slot].planned && published[i].provider >= 0)
            *TB_PUSH(v, kept, cap) = (struct tb_pinned){slot, published[i].provider, TB_PIN_KEEP};
    }
    more_pins(p, v, kept);
    p->change_price = price;
    p->open_price += CHANGES_FOR_A_HOLE * price;
    free(v);
}

void tb_problem_without(struct tb_problem *p, int provider)
{
    struct tb_pinned *v = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < p->n_slots; i++)
        if (p->slots[i].planned) *TB_PUSH(v, n, cap) = (struct tb_pinned){i, provider, TB_PIN_FORBID};
    more_pins(p, v, n);
    free(v);
}

void tb_problem_unpin(struct tb_problem *p)
{
    int n = 0;
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].action != TB_PIN_PIN) p->pins[n++] = p->pins[i];
    p->n_pins = n;
}

void tb_problem_pin(struct tb_problem *p, int slot, int provider, int action)
{
    more_pins(p, &(struct tb_pinned){slot, provider, action}, 1);
}

/* ---- building -------------------------------------------------------------------------------- */

static int compare_ints(const void *p, const void *q)
{
    int a = *(const int *)p, b = *(const int *)q;
    return (a > b) - (a < b);
}

enum tb_code tb_problem_build(const struct tb_problem_input *in, bool replan, struct tb_problem **out,
                              struct tb_err *e)
{
    const struct tb_region *r = in->region;
    struct tb_problem *p = tb_xcalloc(1, sizeof *p);
    p->region = r;
    p->from = in->from;
    p->to = in->to;
    p->duties = tb_arena_alloc(&p->arena, sizeof(int) * (size_t)(in->n_duties ? in->n_duties : 1));
    if (in->n_duties) memcpy(p->duties, in->duties, sizeof(int) * (size_t)in->n_duties);
    p->n_duties = in->n_duties;
    qsort(p->duties, (size_t)p->n_duties, sizeof(int), compare_ints);
    struct horizon h;
    horizon_of(in, &p->arena, &h);
    size_t n_rows;
    struct tb_seat_row *rows = bound_rows(in, replan, &h, &n_rows);
    add_slots(p, in, rows, n_rows);
    free(rows);
    int planned = 0;
    for (int i = 0; i < p->n_slots; i++) planned += p->slots[i].planned;
    if (!planned) {
        char a[64], b[64];
        struct tb_buf names = {0};
        for (int i = 0; i < p->n_duties; i++)
            tb_buf_addf(&names, "%s%s", i ? tb_t("、", ", ") : "",
                        tb_t(r->duties[p->duties[i]].name, r->duties[p->duties[i]].id));
        enum tb_code c = tb_fail(
            e, TB_NO,
            tb_t("%s から %s "
                 "に計画する席がありません（%s。すべて公表済みか、始まっているか、診療日がありません）",
                 "nothing to plan from %s to %s (duties %s: all published already or begun, or no duty day)"),
            tb_format_date_told(in->from, a, sizeof a), tb_format_date_told(in->to, b, sizeof b),
            names.len ? names.s : "-");
        tb_buf_free(&names);
        tb_problem_free(p);
        return c;
    }
    add_pins(p);
    add_persons(p, &h);
    add_counters(p, in);
    p->open_price = open_price(p, &h);
    *out = p;
    return TB_OK;
}

struct tb_problem *tb_problem_share(struct tb_problem *p)
{
    struct tb_problem *one = tb_xcalloc(1, sizeof *one), *first = p->of ? p->of : p;
    if (!first->holders) {
        first->holders = tb_xcalloc(1, sizeof *first->holders);
        atomic_init(first->holders, 1);
    }
    atomic_fetch_add(first->holders, 1);
    *one = *p;
    one->arena = (struct tb_arena){0};
    one->of = first;
    one->holders = NULL;
    one->pins = tb_arena_alloc(&one->arena, ((size_t)p->n_pins + 1) * sizeof *one->pins);
    if (p->n_pins) memcpy(one->pins, p->pins, (size_t)p->n_pins * sizeof *one->pins);
    return one;
}

void tb_problem_free(struct tb_problem *p)
{
    struct tb_problem *of = p ? p->of : NULL;
    if (!p || (p->holders && atomic_fetch_sub(p->holders, 1) > 1)) return;
    tb_arena_free(&p->arena);
    free(p->holders);
    free(p);
    tb_problem_free(of);
}

/* ---- rosters --------------------------------------------------------------------------------- */

void tb_roster_free(struct tb_roster *r)
{
    free(r->a);
    *r = (struct tb_roster){0};
}

static int compare_assignments(const void *p, const void *q)
{
    const struct tb_assignment *a = p, *b = q;
    if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
    if (a->seat != b->seat) return a->seat < b->seat ? -1 : 1;
    return (a->provider > b->provider) - (a->provider < b->provider);
}

int tb_roster_find(const struct tb_roster *r, int slot, int provider)
{
    for (int i = 0; i < r->n; i++)
        if (r->a[i].slot == slot && r->a[i].provider == provider) return i;
    return -1;
}

void tb_roster_normalise(const struct tb_problem *p, struct tb_roster *r)
{
    if (!r->n) return;
    qsort(r->a, (size_t)r->n, sizeof *r->a, compare_assignments);
    for (int i = 0, k; i < r->n; i = k) {
        for (k = i; k < r->n && r->a[k].slot == r->a[i].slot; k++) {}
        int slot = r->a[i].slot, need = slot >= 0 && slot < p->n_slots ? p->slots[slot].need : 0;
        bool *taken = tb_xcalloc((size_t)(need > k - i ? need : k - i) + 1, sizeof *taken);
        for (int j = i; j < k; j++) {
            int seat = r->a[j].seat;
            if (seat > 0 && seat <= need && !taken[seat])
                taken[seat] = true;
            else
                r->a[j].seat = 0;
        }
        int next = 1;
        for (int j = i; j < k; j++) {
            if (r->a[j].seat) continue;
            while (taken[next]) next++;
            r->a[j].seat = next;
            taken[next] = true;
        }
        free(taken);
    }
    qsort(r->a, (size_t)r->n, sizeof *r->a, compare_assignments);
}
