/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Published seats by the tables of today.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/conflict.h"
#include "toban/domain/exception.h"

const char *tb_trouble_word(enum tb_trouble what)
{
    static const char *const words[] = {[TB_TROUBLE_HOLDER] = "holder",
                                        [TB_TROUBLE_WISH] = "wish",
                                        [TB_TROUBLE_GONE] = "gone",
                                        [TB_TROUBLE_OPEN] = "open"};
    return words[what];
}

void tb_conflicts_free(struct tb_conflicts *x)
{
    free(x->v);
    tb_arena_free(&x->arena);
    *x = (struct tb_conflicts){0};
}

void tb_duty_period(const struct tb_region *r, int duty, tb_day day, tb_day *from, tb_day *to)
{
    const char *kind = r->duties[duty].period;
    struct tb_ymd d = tb_ymd_of(day);
    struct tb_err e = {0};
    char text[80];
    if (strcmp(kind, "month") == 0)
        snprintf(text, sizeof text, "%04d-%02d", d.year, d.month);
    else if (strcmp(kind, "year") == 0)
        snprintf(text, sizeof text, "FY%d", tb_fiscal_year(day));
    else if (strcmp(kind, "half") == 0)
        snprintf(text, sizeof text, "FY%d-H%d", tb_fiscal_year(day), d.month >= 4 && d.month <= 9 ? 1 : 2);
    else
        snprintf(text, sizeof text, "%s", kind);
    /* Validation has seen that the duty's word is a period. */
    if (tb_period_parse(r, text, from, to, NULL, &e) || day < *from || day > *to) *from = *to = day;
}

/* ---- what is filed ------------------------------------------------------------------------------- */

struct work {
    const struct tb_region *r;
    const struct tb_conflict_question *q;
    struct tb_seat_row *seats; /* judged: who sits on the board and has not ended */
    int *persons;              /* the doctor named for each, -1: none */
    size_t n_seats;
    struct tb_conflicts *out;
};

static tb_minute slot_end(const struct tb_slot *s) { return s->interval[s->n_intervals - 1].to; }

static struct tb_conflict *file(struct work *w, const struct tb_seat_row *seat, enum tb_trouble what)
{
    struct tb_conflicts *out = w->out;
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i].seat.provider == seat->provider && tb_same_slot(&out->v[i].seat, seat) &&
            (out->v[i].what == TB_TROUBLE_OPEN) == (what == TB_TROUBLE_OPEN)) {
            if (what < out->v[i].what) out->v[i].what = what;
            return &out->v[i];
        }
    const struct tb_slot s = tb_slot_make(w->r, seat->band, seat->role, seat->date, 1);
    struct tb_conflict *x = TB_PUSH(out->v, out->n, out->cap);
    *x = (struct tb_conflict){.seat = *seat,
                              .other = {.provider = -1},
                              .what = what,
                              .person = -1,
                              .from = s.interval[0].from,
                              .rules = "",
                              .why = ""};
    return x;
}

static void add_reason(struct work *w, struct tb_conflict *x, const char *rule, const char *text)
{
    struct tb_arena *a = &w->out->arena;
    if (strstr(x->why, text)) return;
    x->rules = tb_arena_printf(a, "%s%s%s", x->rules, *x->rules ? "," : "", rule);
    x->why = tb_arena_printf(a, "%s%s%s", x->why, *x->why ? tb_t("／", "; ") : "", text);
}

/* ---- one judgement ------------------------------------------------------------------------------- */

/* The seats in a problem of today's rows: as they are published, and with the doctors named for them. */
struct judgement {
    struct tb_problem *p;
    struct tb_roster seated, named;
    int *seat_of; /* per row of either roster: index in work.seats */
};

static bool is_wish(const char *rule) { return strncmp(rule, "wish.", 5) == 0; }

/* The seat of the breach that is to be changed: the first slot told, from `from` on, that is judged, and in
 * it the seat of him whose breach it is. -1: it lies in no seat that is judged. */
static int seat_shown(const struct tb_violation *v, const struct tb_roster *of, int from)
{
    for (int k = from; k < 2; k++) {
        int any = -1;
        for (int i = 0; v->slots[k] >= 0 && i < of->n; i++) {
            if (of->a[i].slot != v->slots[k]) continue;
            any = i;
            if (of->a[i].provider == v->provider) break;
        }
        if (any >= 0) return any;
    }
    return -1;
}

static void file_breach(struct work *w, const struct judgement *j, const struct tb_violation *v, bool named)
{
    const struct tb_roster *of = named ? &j->named : &j->seated;
    const int *index = j->seat_of;
    int at = seat_shown(v, of, 0);
    if (at < 0) return;
    struct tb_seat_row seat = w->seats[index[at]];
    struct tb_conflict *x = file(w, &seat, is_wish(v->rule) ? TB_TROUBLE_WISH : TB_TROUBLE_HOLDER);
    if (named && w->persons[index[at]] >= 0) x->person = w->persons[index[at]];
    int other = of->a[at].slot == v->slots[0] ? seat_shown(v, of, 1) : -1;
    if (other >= 0 && x->other.provider < 0) x->other = w->seats[index[other]];
    struct tb_buf text = {0};
    tb_violation_text(j->p, v, &text);
    add_reason(w, x, v->rule, tb_buf_str(&text));
    tb_buf_free(&text);
}

/* A doctor who sits there for a group need not be a member, and what the group now lacks is no breach. */
static bool of_named(const struct work *w, const struct judgement *j, const struct tb_violation *v)
{
    int at = seat_shown(v, &j->named, 0);
    int person = at < 0 ? -1 : w->persons[j->seat_of[at]];
    return !(person >= 0 && person == v->provider && strcmp(v->rule, "member") == 0);
}

static void file_all(struct work *w, const struct judgement *j)
{
    const struct tb_region *r = w->r;
    struct tb_verdict *seated, *named = NULL;
    bool any = false;
    for (size_t i = 0; i < w->n_seats; i++) any |= w->persons[i] >= 0;
    tb_checker *checker = tb_checker_new(j->p);
    tb_checker_judge(checker, &j->seated, &seated);
    if (any) tb_checker_judge(checker, &j->named, &named);
    for (int i = 0; i < seated->n_hard; i++)
        if (!tb_exception_for(r, j->p, &j->seated, &seated->violations[i]))
            file_breach(w, j, &seated->violations[i], false);
    for (int i = 0; named && i < named->n_hard; i++) {
        const struct tb_violation *v = &named->violations[i];
        if (!tb_violation_in(v, seated) && of_named(w, j, v) && !tb_exception_for(r, j->p, &j->named, v))
            file_breach(w, j, v, true);
    }
    tb_verdict_free(seated);
    tb_verdict_free(named);
    tb_checker_free(checker);
}

static bool duty_in(const int *duties, int n, int duty)
{
    for (int i = 0; i < n; i++)
        if (duties[i] == duty) return true;
    return false;
}

/* Which seats of the board are planned in a judgement, by which rules. */
struct part {
    const struct tb_region *r; /* of the rules that count */
    const int *duties;
    int n_duties;
    tb_day from, to;
};

static bool in_part(const struct part *x, const struct tb_seat_row *s)
{
    return s->date >= x->from && s->date <= x->to && duty_in(x->duties, x->n_duties, s->duty);
}

static int row_order(const void *p, const void *q)
{
    const struct tb_seat_row *a = p, *b = q;
    const int x[] = {a->date, a->duty, a->band, a->role}, y[] = {b->date, b->duty, b->band, b->role};
    for (size_t i = 0; i < TB_COUNT(x); i++)
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* The problem in which these seats are to be decided and all else binds. False: today's calendar has none. */
static bool build(const struct work *w, const struct part *x, struct tb_problem **out)
{
    struct tb_seat_row *only = tb_xcalloc(w->n_seats + 1, sizeof *only),
                       *bound = tb_xcalloc(w->q->n_rows + 1, sizeof *bound);
    size_t n_only = 0, n_bound = 0;
    for (size_t i = 0; i < w->n_seats; i++)
        if (in_part(x, &w->seats[i])) only[n_only++] = w->seats[i];
    if (n_only) qsort(only, n_only, sizeof *only, row_order);
    for (size_t i = 0; i < w->q->n_rows; i++)
        if (!n_only || !bsearch(&w->q->rows[i], only, n_only, sizeof *only, row_order))
            bound[n_bound++] = w->q->rows[i];
    size_t slots = 0;
    for (size_t i = 0; i < n_only; i++)
        if (i == 0 || row_order(&only[slots - 1], &only[i]) != 0) only[slots++] = only[i];
    struct tb_problem_input in = {.region = x->r,
                                  .from = x->from,
                                  .to = x->to,
                                  .duties = x->duties,
                                  .n_duties = x->n_duties,
                                  .published = bound,
                                  .n_published = n_bound,
                                  .only = only,
                                  .n_only = slots};
    struct tb_err none = {0};
    bool any = slots && tb_problem_build(&in, false, out, &none) == TB_OK;
    free(only);
    free(bound);
    return any;
}

static void judge(struct work *w, const struct part *x)
{
    struct judgement j = {0};
    if (!build(w, x, &j.p)) return;
    j.seated.a = tb_xcalloc(w->n_seats + 1, sizeof *j.seated.a);
    j.named.a = tb_xcalloc(w->n_seats + 1, sizeof *j.named.a);
    j.seat_of = tb_xcalloc(w->n_seats + 1, sizeof *j.seat_of);
    for (size_t i = 0; i < w->n_seats; i++) {
        const struct tb_seat_row *s = &w->seats[i];
        int slot = in_part(x, s) ? tb_slot_find(j.p, s->duty, s->date, s->band, s->role) : -1;
        if (slot < 0 || !j.p->slots[slot].planned) continue;
        j.seat_of[j.seated.n] = (int)i;
        j.seated.a[j.seated.n++] = (struct tb_assignment){slot, s->seat, s->provider};
        j.named.a[j.named.n++] =
            (struct tb_assignment){slot, s->seat, w->persons[i] >= 0 ? w->persons[i] : s->provider};
    }
    file_all(w, &j);
    tb_roster_free(&j.seated);
    tb_roster_free(&j.named);
    free(j.seat_of);
    tb_problem_free(j.p);
}

/* ---- which rules --------------------------------------------------------------------------------- */

static bool by_period(const struct tb_region *r, const struct tb_rule *rule)
{
    struct tb_arena a = {0};
    struct tb_rule_args args;
    struct tb_err e = {0};
    bool yes = tb_rule_parse(r, rule, &a, &args, &e) == TB_OK && args.unit == TB_UNIT_PERIOD;
    tb_arena_free(&a);
    return yes;
}

/* The region with the hard rules of one kind alone; nobody is pinned, and there are no books: nothing of them
 * is asked here. `rules` holds its rows. */
static struct tb_region of_rules(const struct tb_region *r, bool period, struct tb_rule *rules)
{
    struct tb_region x = *r;
    x.rules = rules;
    x.n_rules = 0;
    for (int i = 0; i < r->n_rules; i++)
        if (tb_rule_hard(&r->rules[i]) && by_period(r, &r->rules[i]) == period)
            rules[x.n_rules++] = r->rules[i];
    x.n_pins = 0;
    x.n_ledgers = 0;
    return x;
}

/* Rules that count by the period: each period of each kind that the judged seats touch, by itself. */
static void judge_periods(struct work *w, const struct tb_region *rules)
{
    int *duties = tb_xcalloc((size_t)w->r->n_duties + 1, sizeof *duties);
    struct part x = {.r = rules, .duties = duties, .to = TB_DAY_NONE};
    for (int d = 0; d < w->r->n_duties && rules->n_rules; d++) {
        bool first = true;
        x.n_duties = 0;
        for (int k = 0; k < w->r->n_duties; k++)
            if (strcmp(w->r->duties[k].period, w->r->duties[d].period) == 0) {
                first &= k >= d;
                duties[x.n_duties++] = k;
            }
        x.to = TB_DAY_NONE;
        for (size_t i = 0; first && i < w->n_seats; i++) { /* they stand in order of days */
            if (!duty_in(duties, x.n_duties, w->seats[i].duty) || w->seats[i].date <= x.to) continue;
            tb_duty_period(w->r, d, w->seats[i].date, &x.from, &x.to);
            judge(w, &x);
        }
    }
    free(duties);
}

/* ---- holes --------------------------------------------------------------------------------------- */

static void gather(struct work *w)
{
    const struct tb_board *b = w->q->board;
    w->seats = tb_xcalloc((size_t)b->n + 1, sizeof *w->seats);
    w->persons = tb_xcalloc((size_t)b->n + 1, sizeof *w->persons);
    for (int s = 0; s < b->n_slots; s++) {
        const struct tb_slot *slot = &b->slots[s];
        int first, n = tb_board_seats(b, s, &first);
        if (slot_end(slot) <= w->q->now) continue;
        struct tb_seat_row row = {slot->duty, slot->date, slot->band, slot->role, 0, -1};
        if (n < slot->need) {
            struct tb_conflict *x = file(w, &row, TB_TROUBLE_OPEN);
            x->missing = slot->need - n;
            x->why = tb_arena_printf(&w->out->arena, tb_t("空席 %d", "%d open"), x->missing);
        }
        for (int i = first; i < first + n; i++) {
            row.seat = b->a[i].seat;
            row.provider = b->a[i].provider;
            w->persons[w->n_seats] = b->person[i];
            w->seats[w->n_seats++] = row;
        }
    }
}

/* Seats of days that are duty days no more, or of more seats than there are. */
static void find_gone(struct work *w)
{
    struct tb_arena a = {0};
    struct tb_slot *calendar;
    int n = tb_slots_of(w->r, w->q->board->duties, w->q->board->n_duties, w->q->board->from, w->q->board->to,
                        &a, &calendar);
    int at = 0;
    for (size_t i = 0; i < w->n_seats; i++) {
        const struct tb_seat_row *s = &w->seats[i];
        struct tb_seat_row c;
        for (; at < n; at++) { /* both stand in canonical order */
            c = (struct tb_seat_row){
                calendar[at].duty, calendar[at].date, calendar[at].band, calendar[at].role, 0, 0};
            if (row_order(&c, s) >= 0) break;
        }
        if (at < n && tb_slot_is(&calendar[at], s)) continue;
        add_reason(w, file(w, s, TB_TROUBLE_GONE), "slot.exists",
                   tb_t("いまの診療日の暦にこの席はありません", "today's calendar has no such seat"));
    }
    tb_arena_free(&a);
}

/* ---- together ------------------------------------------------------------------------------------ */

static int by_time(const void *p, const void *q)
{
    const struct tb_conflict *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    int c = row_order(&a->seat, &b->seat);
    if (c) return c;
    return (a->seat.provider > b->seat.provider) - (a->seat.provider < b->seat.provider);
}

void tb_conflicts_find(const struct tb_conflict_question *q, struct tb_conflicts *out)
{
    const struct tb_region *r = q->board->region;
    struct work w = {.r = r, .q = q, .out = out};
    *out = (struct tb_conflicts){0};
    gather(&w);
    find_gone(&w);
    struct tb_rule *rules = tb_xcalloc((size_t)r->n_rules + 1, sizeof *rules);
    if (w.n_seats) {
        struct tb_region by_days = of_rules(r, false, rules);
        judge(&w,
              &(struct part){&by_days, q->board->duties, q->board->n_duties, q->board->from, q->board->to});
        struct tb_region by_periods = of_rules(r, true, rules);
        judge_periods(&w, &by_periods);
    }
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_time);
    free(rules);
    free(w.seats);
    free(w.persons);
}

const struct tb_conflict *tb_conflict_of(const struct tb_conflicts *x, const struct tb_slot *s, int provider)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_conflict *c = &x->v[i];
        if (tb_slot_is(s, &c->seat) && c->seat.provider == provider) return c;
        if (provider >= 0 && c->other.provider == provider && tb_slot_is(s, &c->other)) return c;
    }
    return NULL;
}
