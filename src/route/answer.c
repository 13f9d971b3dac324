/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What one area is told at one minute. First the situation: which doors are open, about to open, next to
 * open, in this area's order. Then, for every profile (urgency, desk, class of age and complaint), the policy
 * rows in their order. A situation seen before has its column already.
 */
#include "build_int.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = RT_LIST_MAX };

struct door {
    int service, minutes;
    tb_minute from; /* of the opening meant (INT64_MIN: always) */
    /* open doors: can be reached before reception ends; in the area that the duty serves first */
    uint8_t reach, own;
    /* bit k: opens within the time of the k-th policy row that takes `soon` (of those shut now), `next` */
    uint8_t soon;
};

/* One area's view. Doors are in the order in which they are offered. Freed by view_free. */
struct view {
    struct door *open, *soon, *next; /* each service stands in each once at most */
    int n_open, n_soon, n_next;
    bool consulting;
    tb_minute consulting_next;
    uint64_t lines;
    uint8_t standard[TB_STANDARDS_MAX]; /* rows of the 実施基準 in force here */
};

static int by_nearness(const void *p, const void *q)
{
    const struct door *a = p, *b = q;
    if (a->minutes != b->minutes) return a->minutes < b->minutes ? -1 : 1;
    return (a->service > b->service) - (a->service < b->service);
}

static int by_opening(const void *p, const void *q)
{
    const struct door *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->own != b->own) return a->own ? -1 : 1;
    return by_nearness(p, q);
}

/* ---- the minute, whoever asks --------------------------------------------------------------- */

/* The pharmacies of the hour, of tier 0, stand with them: their complaint is no other door's. */
static bool primary(const struct rt_service *s) { return s->kind == RT_DUTY && s->tier <= 1; }

static struct view *view_new(const struct builder *b)
{
    struct view *v = tb_xcalloc(1, sizeof *v);
    size_t room = (size_t)b->t->n_services + 1;
    v->open = tb_xcalloc(room, sizeof *v->open);
    v->soon = tb_xcalloc(room, sizeof *v->soon);
    v->next = tb_xcalloc(room, sizeof *v->next);
    return v;
}

static void view_free(struct view *v)
{
    free(v->open);
    free(v->soon);
    free(v->next);
    free(v);
}

static void add_door(struct door *v, int *n, struct door d) { v[(*n)++] = d; }

/* Of a row that takes `next`, no time is no limit. */
static uint8_t soon_bits(const struct builder *b, enum rt_take take, tb_minute wait)
{
    const struct tb_region *r = b->t->region;
    unsigned bits = 0, k = 0;
    for (int i = 0; i < b->n_rules; i++) {
        const struct tb_policy *rule = &r->policies[b->rules[i]];
        if (rule->take != (int)take) continue;
        bool unlimited = take == RT_TAKE_NEXT && rule->within == 0;
        if (k < 8 && (unlimited || wait <= rule->within)) bits |= 1u << k;
        k++;
    }
    TB_ASSERT(k <= 8);
    return (uint8_t)bits;
}

/* Of the upcoming openings only those matter that are the first for some class, for ambulances or for all. */
static void keep_first_openings(const struct builder *b, struct view *v)
{
    const struct tb_table *t = b->t;
    bool *wanted = tb_xcalloc((size_t)v->n_next + 1, sizeof *wanted);
    for (int class = 0; class < t->n_classes; class ++)
        for (int by_ambulance = 0; by_ambulance < 2; by_ambulance++)
            for (int bit = FIT_ALL; bit <= FIT_SOME; bit++) {
                tb_minute first = INT64_MAX;
                for (int pass = 0; pass < 2; pass++)
                    for (int i = 0; i < v->n_next; i++) {
                        const struct door *d = &v->next[i];
                        if (!(b->fit[b->rep[class] * t->n_services + d->service] & bit)) continue;
                        if (by_ambulance && !rt_ambulance_ok(t->region, &t->services[d->service])) continue;
                        if (pass == 0 && d->from < first) first = d->from;
                        if (pass == 1 && d->from == first) wanted[i] = true;
                    }
            }
    int n = 0;
    for (int i = 0; i < v->n_next; i++)
        if (wanted[i]) v->next[n++] = v->next[i];
    v->n_next = n;
    free(wanted);
}

static void look_around(const struct builder *b, tb_minute at, struct view *v)
{
    const struct tb_table *t = b->t;
    const struct tb_region *r = t->region;
    v->consulting = rt_consulting_at(t, at);
    v->consulting_next = rt_consulting_after(t, at);
    TB_ASSERT(r->n_lines <= 64);
    for (int l = 0; l < r->n_lines; l++)
        if (rt_line_at(r, l, at, NULL, NULL)) v->lines |= UINT64_C(1) << l;
    for (int s = 0; s < t->n_services; s++) {
        const struct rt_service *x = &t->services[s];
        struct door d = {.service = s, .from = INT64_MIN};
        if (x->kind == RT_TERTIARY || (x->kind == RT_CERTIFIED && v->consulting &&
                                       tb_day_of_minute(at) <= r->providers[x->place].certified_until))
            add_door(v->open, &v->n_open, d);
        if (x->kind != RT_DUTY) continue;
        int o = rt_open_at(t, s, at), later = rt_opens_after(t, s, at);
        if (o >= 0 && at <= t->openings[o].reception) add_door(v->open, &v->n_open, d);
        if (!primary(x) || later < 0) continue;
        d.from = t->openings[later].from;
        d.soon = soon_bits(b, RT_TAKE_SOON, d.from - at);
        if (o < 0 && d.soon) add_door(v->soon, &v->n_soon, d);
        d.soon = soon_bits(b, RT_TAKE_NEXT, d.from - at);
        add_door(v->next, &v->n_next, d);
    }
    keep_first_openings(b, v);
}

/* ---- the minute as this area sees it -------------------------------------------------------- */

static void find_standards(const struct builder *b, tb_minute at, int area, struct view *v)
{
    const struct tb_region *r = b->t->region;
    TB_ASSERT(r->n_standards <= TB_STANDARDS_MAX);
    for (int i = 0; i < r->n_standards; i++)
        v->standard[i] = rt_in_force(&r->standards[i], tb_day_of_minute(at)) &&
                         (r->standards[i].area < 0 || tb_area_within(r, area, r->standards[i].area));
}

static void from_here(const struct builder *b, tb_minute at, int area, const struct view *around,
                      struct view *v)
{
    const struct tb_table *t = b->t;
    const struct tb_region *r = t->region;
    v->n_open = around->n_open;
    v->n_soon = around->n_soon;
    v->n_next = around->n_next;
    v->consulting = around->consulting;
    v->consulting_next = around->consulting_next;
    v->lines = around->lines;
    find_standards(b, at, area, v);
    memcpy(v->open, around->open, (size_t)v->n_open * sizeof v->open[0]);
    memcpy(v->soon, around->soon, (size_t)v->n_soon * sizeof v->soon[0]);
    memcpy(v->next, around->next, (size_t)v->n_next * sizeof v->next[0]);
    struct door *lists[3] = {v->open, v->soon, v->next};
    int n[3] = {v->n_open, v->n_soon, v->n_next};
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < n[k]; i++) {
            struct door *d = &lists[k][i];
            const struct rt_service *s = &t->services[d->service];
            d->minutes = t->travel[area * t->n_services + d->service];
            d->own = s->kind != RT_DUTY || r->duties[s->duty].area < 0 ||
                     tb_area_within(r, area, r->duties[s->duty].area);
            d->reach = 1;
            if (k > 0 || s->kind != RT_DUTY) continue;
            int o = rt_open_at(t, d->service, at);
            d->reach = at + rt_band(rt_travel_now(t, area, d->service, at)) <= t->openings[o].reception;
        }
        if (n[k] > 0) qsort(lists[k], (size_t)n[k], sizeof *lists[k], k == 0 ? by_nearness : by_opening);
    }
}

/* Everything about a view that any answer depends on, as bytes. */
static void write_view(const struct view *v, int n_standards, struct tb_buf *out)
{
    tb_buf_clear(out);
    tb_buf_addn(out, &v->lines, sizeof v->lines);
    tb_buf_addc(out, (char)v->consulting);
    tb_buf_addn(out, v->standard, (size_t)n_standards);
    tb_buf_addc(out, (char)(v->consulting_next != INT64_MIN));
    const struct door *lists[3] = {v->open, v->soon, v->next};
    int n[3] = {v->n_open, v->n_soon, v->n_next};
    for (int k = 0; k < 3; k++) {
        tb_buf_addn(out, &n[k], sizeof n[k]);
        for (int i = 0; i < n[k]; i++) {
            const struct door *d = &lists[k][i];
            tb_buf_addn(out, &d->service, sizeof d->service);
            tb_buf_addc(out, (char)d->reach);
            tb_buf_addc(out, (char)d->own);
            if (k > 0) tb_buf_addc(out, (char)d->soon);
            if (k == 2)
                tb_buf_addc(out,
                            (char)((i > 0 && d->from != d[-1].from) | (d->from < v->consulting_next) << 1));
        }
    }
}

/* ---- policy --------------------------------------------------------------------------------- */

struct draft {
    struct rt_entry e[LIST_MAX];
    int n;
    bool has_place;
    int full; /* the policy row, plus one, whose door found no room any more */
};

static bool listed(const struct builder *b, const struct draft *l, int place)
{
    for (int i = 0; i < l->n; i++)
        if (l->e[i].ref == RT_SERVICE && b->t->services[l->e[i].index].place == place) return true;
    return false;
}

static void put(struct draft *l, int ref, int index, int policy, int role, bool doubtful)
{
    if (l->n == LIST_MAX) {
        l->full = policy + 1;
        return;
    }
    l->e[l->n++] = (struct rt_entry){ref, index, role, policy, doubtful};
    if (ref == RT_SERVICE && role != TB_ANSWER_LATER) l->has_place = true;
}

/* Is the service of the sort that the policy row takes? */
static bool sort_of(const struct tb_region *r, const struct rt_service *s, bool own, int take)
{
    bool backup = s->kind == RT_DUTY && r->duties[s->duty].backup;
    switch ((enum rt_take)take) {
    case RT_TAKE_TERTIARY:
        return s->tier == 3;
    case RT_TAKE_CERTIFIED:
        return s->kind == RT_CERTIFIED;
    case RT_TAKE_ROTATION:
        return s->kind == RT_DUTY && s->tier == 2 && !backup;
    case RT_TAKE_BACKUP:
        return s->kind == RT_DUTY && s->tier == 2 && backup;
    case RT_TAKE_ROTATION_ANY:
    case RT_TAKE_UNSURE:
        return s->kind == RT_DUTY && s->tier == 2;
    case RT_TAKE_PRIMARY:
        return primary(s) && own;
    case RT_TAKE_NEIGHBOUR:
        return primary(s) && !own;
    case RT_TAKE_SOON:
    case RT_TAKE_NEXT:
        return primary(s);
    case RT_TAKE_TEXT:
    case RT_TAKE_CENTRE:
    case RT_TAKE_STANDARD:
    case RT_TAKE_LINE:
        break;
    }
    return false;
}

struct asker {
    int class, urgency;
    bool by_ambulance;
};

/* U1, U2 and an unknown level ask for doors that take whatever an unknown age or complaint may turn out to
 * be; `unsure` for those that take some of it and not all. */
static bool fits(const struct builder *b, const struct asker *q, int service, int take)
{
    const struct tb_table *t = b->t;
    bool strict = q->urgency == 1 || q->urgency == 2 || q->urgency == TB_U_UNKNOWN;
    int fit = b->fit[b->rep[q->class] * t->n_services + service];
    int bit = take == RT_TAKE_ROTATION_ANY ? (strict ? AGE_ALL : AGE_SOME) : (strict ? FIT_ALL : FIT_SOME);
    bool ok = take == RT_TAKE_UNSURE ? (fit & (FIT_SOME | FIT_ALL)) == FIT_SOME : (fit & bit) != 0;
    return ok && (!q->by_ambulance || rt_ambulance_ok(t->region, &t->services[service]));
}

static bool is_doubtful(const struct builder *b, const struct asker *q, int service)
{
    return b->fit[b->rep[q->class] * b->t->n_services + service] & DOUBTFUL;
}

/* Those whose holder offers what is asked, then, while the row has room, those that the duty alone promises.
 */
static void take_doors(const struct builder *b, const struct door *v, int n, const struct asker *q,
                       int policy, int soon_bit, struct draft *l)
{
    const struct tb_policy *rule = &b->t->region->policies[policy];
    int taken = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < n && taken < rule->keep; i++) {
            const struct rt_service *s = &b->t->services[v[i].service];
            if (is_doubtful(b, q, v[i].service) != (pass == 1)) continue;
            if (!sort_of(b->t->region, s, v[i].own, rule->take) || !fits(b, q, v[i].service, rule->take))
                continue;
            if (rule->role == TB_ANSWER_MAIN && !v[i].reach) continue;
            bool waits = rule->take == RT_TAKE_SOON || rule->take == RT_TAKE_NEXT;
            if (waits && !(v[i].soon >> soon_bit & 1)) continue;
            if (listed(b, l, s->place)) continue;
            put(l, RT_SERVICE, v[i].service, policy, rule->role, pass == 1);
            taken++;
        }
}

/* Of the open doors at the place the one of the highest tier, the second at least; -1: none that takes the
 * patient in time. */
static int door_of_standard(const struct builder *b, const struct view *v, const struct asker *q,
                            const struct tb_policy *rule, int place)
{
    int best = -1, tier = 1;
    for (int i = 0; i < v->n_open; i++) {
        const struct rt_service *s = &b->t->services[v->open[i].service];
        if (s->place != place || s->tier <= tier || !fits(b, q, v->open[i].service, rule->take) ||
            (rule->role == TB_ANSWER_MAIN && !v->open[i].reach))
            continue;
        best = v->open[i].service;
        tier = s->tier;
    }
    return best;
}

static void take_standards(const struct builder *b, const struct view *v, const struct asker *q, int policy,
                           struct draft *l)
{
    const struct tb_region *r = b->t->region;
    const struct tb_policy *rule = &r->policies[policy];
    for (int i = 0, taken = 0; i < r->n_standards && taken < rule->keep; i++) {
        int row = b->standards[i], place = r->standards[row].provider;
        if (!v->standard[row] || !b->standard_fit[b->rep[q->class] * r->n_standards + row] ||
            listed(b, l, place))
            continue;
        int service = door_of_standard(b, v, q, rule, place);
        if (service < 0) continue;
        put(l, RT_SERVICE, service, policy, rule->role, is_doubtful(b, q, service));
        taken++;
    }
}

/* The doors that open first, where that is within the row's time, and the family doctor's next hours, the
 * earlier before the later. */
static void take_next(const struct builder *b, const struct view *v, const struct asker *q, int policy,
                      int soon_bit, struct draft *l)
{
    const struct tb_policy *rule = &b->t->region->policies[policy];
    int first = 0, last;
    while (first < v->n_next && !fits(b, q, v->next[first].service, RT_TAKE_NEXT)) first++;
    for (last = first; last < v->n_next && v->next[last].from == v->next[first].from; last++) {}
    bool family = *rule->name != '\0' && v->consulting_next != INT64_MIN;
    bool family_first = family && (first == v->n_next || v->consulting_next <= v->next[first].from);
    if (family_first) put(l, RT_CONSULT, -1, policy, rule->role, false);
    take_doors(b, v->next + first, last - first, q, policy, soon_bit, l);
    if (family && !family_first) put(l, RT_CONSULT, -1, policy, rule->role, false);
}

static void take_lines(const struct builder *b, const struct view *v, const struct asker *q, int policy,
                       struct draft *l)
{
    const struct tb_region *r = b->t->region;
    int taken = 0;
    for (int i = 0; i < r->n_lines && taken < r->policies[policy].keep; i++)
        if ((v->lines >> i & 1) && b->line_fit[b->rep[q->class] * r->n_lines + i]) {
            put(l, RT_LINE, i, policy, r->policies[policy].role, false);
            taken++;
        }
}

static bool row_acts(const struct tb_policy *rule, const struct view *v, const struct asker *q,
                     const struct draft *l)
{
    if (rule->urgency != q->urgency || (rule->if_none && l->has_place)) return false;
    if (rule->hours != RT_HOURS_ANY && (rule->hours == RT_HOURS_CONSULTING) != v->consulting) return false;
    return rule->channel == RT_CHANNEL_ANY || rule->channel == RT_CHANNEL_STAFF ||
           (rule->channel == RT_CHANNEL_119) == q->by_ambulance;
}

/* Where a patient is sent now, or rings first: not the last resort, not what opens later, not the tertiary
 * centre, and not what the council put in its place. */
static bool is_sent_to(const struct builder *b, const struct rt_entry *x)
{
    return x->ref == RT_SERVICE && (x->role == TB_ANSWER_MAIN || x->role == TB_ANSWER_BACKUP) &&
           b->t->services[x->index].tier <= 2 && b->t->region->policies[x->policy].take != RT_TAKE_STANDARD;
}

/* Of the doors to which the patient is sent those stand first, whatever row took them, whose holder offers
 * what is asked. */
static void put_doubtful_last(const struct builder *b, struct draft *l)
{
    struct rt_entry kept[LIST_MAX];
    int m = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < l->n; i++)
            if (is_sent_to(b, &l->e[i]) && l->e[i].doubtful == pass) kept[m++] = l->e[i];
    m = 0;
    for (int i = 0; i < l->n; i++)
        if (is_sent_to(b, &l->e[i])) l->e[i] = kept[m++];
}

static void apply(const struct builder *b, const struct view *v, const struct asker *q, struct draft *l)
{
    l->n = 0;
    l->has_place = false;
    l->full = 0;
    int soon = 0, next = 0;
    for (int i = 0; i < b->n_rules; i++) {
        int policy = b->rules[i];
        const struct tb_policy *rule = &b->t->region->policies[policy];
        int soon_bit = rule->take == RT_TAKE_NEXT ? next++ : rule->take == RT_TAKE_SOON ? soon++ : 0;
        if (!row_acts(rule, v, q, l)) continue;
        switch ((enum rt_take)rule->take) {
        case RT_TAKE_TEXT:
            put(l, RT_TEXT, -1, policy, rule->role, false);
            break;
        case RT_TAKE_STANDARD:
            take_standards(b, v, q, policy, l);
            break;
        case RT_TAKE_CENTRE:
            put(l, RT_CENTRE, -1, policy, rule->role, false);
            break;
        case RT_TAKE_LINE:
            take_lines(b, v, q, policy, l);
            break;
        case RT_TAKE_SOON:
            take_doors(b, v->soon, v->n_soon, q, policy, soon_bit, l);
            break;
        case RT_TAKE_NEXT:
            take_next(b, v, q, policy, soon_bit, l);
            break;
        case RT_TAKE_TERTIARY:
        case RT_TAKE_CERTIFIED:
        case RT_TAKE_ROTATION:
        case RT_TAKE_BACKUP:
        case RT_TAKE_ROTATION_ANY:
        case RT_TAKE_PRIMARY:
        case RT_TAKE_NEIGHBOUR:
        case RT_TAKE_UNSURE:
            take_doors(b, v->open, v->n_open, q, policy, 0, l);
            break;
        }
    }
    put_doubtful_last(b, l);
}

static uint32_t list_number(struct builder *b, const struct draft *l)
{
    bool fresh;
    uint32_t id = rt_pool_put(&b->lists, l->e, (size_t)l->n * sizeof l->e[0], &fresh);
    if (!fresh) return id;
    *TB_PUSH(b->list, b->n_lists, b->cap_lists) = (struct rt_list){(int)b->n_entries, l->n};
    for (int i = 0; i < l->n; i++) *TB_PUSH(b->entries, b->n_entries, b->cap_entries) = l->e[i];
    return id;
}

/* Classes past the last repeat list 0, so that rows are of one width. */
static uint32_t part_number(struct builder *b, const struct view *v, int urgency, bool by_ambulance)
{
    const struct tb_table *t = b->t;
    int width = t->width, n_rows = rt_part_rows(t);
    uint32_t *part = tb_xcalloc((size_t)n_rows, sizeof *part), *row = tb_xcalloc((size_t)width, sizeof *row);
    bool fresh;
    for (int k = 0; k < n_rows; k++) {
        for (int i = 0; i < width; i++) {
            struct draft l;
            row[i] = 0;
            if (k * width + i >= t->n_classes) continue;
            apply(b, v, &(struct asker){k * width + i, urgency, by_ambulance}, &l);
            if (l.full && !b->full) {
                b->full = l.full;
                b->full_urgency = urgency;
            }
            row[i] = list_number(b, &l);
        }
        part[k] = rt_pool_put(&b->rows, row, (size_t)width * sizeof *row, &fresh);
    }
    uint32_t id = rt_pool_put(&b->parts, part, (size_t)n_rows * sizeof *part, &fresh);
    free(part);
    free(row);
    return id;
}

static uint32_t column_number(struct builder *b, const struct view *v)
{
    uint32_t column[RT_PARTS];
    bool fresh;
    for (int u = 0; u < RT_U_COUNT; u++)
        for (int desk = 0; desk < 2; desk++) column[u * 2 + desk] = part_number(b, v, u, desk == 1);
    return rt_pool_put(&b->columns, column, sizeof column, &fresh);
}

void rt_answer_all(struct builder *b, tb_minute at, uint32_t *columns)
{
    struct view *around = view_new(b), *here = view_new(b);
    struct tb_buf bytes = {0};
    look_around(b, at, around);
    for (int area = 0; area < b->t->region->n_areas; area++) {
        from_here(b, at, area, around, here);
        write_view(here, b->t->region->n_standards, &bytes);
        bool fresh;
        uint32_t situation = rt_pool_put(&b->situations, bytes.s, bytes.len, &fresh);
        if (fresh) {
            uint32_t column = column_number(b, here);
            *TB_PUSH(b->column_of_situation, b->n_situations, b->cap_situations) = column;
        }
        columns[area] = b->column_of_situation[situation];
    }
    tb_buf_free(&bytes);
    view_free(around);
    view_free(here);
}

int rt_answer_one(const struct builder *b, tb_minute at, int area, int urgency, bool by_ambulance, int key,
                  struct rt_entry out[RT_LIST_MAX])
{
    struct view *around = view_new(b), *here = view_new(b);
    struct draft l;
    look_around(b, at, around);
    from_here(b, at, area, around, here);
    apply(b, here, &(struct asker){b->t->class_of[key], urgency, by_ambulance}, &l);
    memcpy(out, l.e, (size_t)l.n * sizeof *out);
    view_free(around);
    view_free(here);
    return l.n;
}

/* A row whose words tell of what is taken: one of that urgency, else any; -1: there is none. */
static int row_for(const struct builder *b, int take, const struct asker *q)
{
    int other = -1;
    for (int i = 0; i < b->n_rules; i++) {
        const struct tb_policy *rule = &b->t->region->policies[b->rules[i]];
        if (rule->take != take || rule->channel == RT_CHANNEL_STAFF ||
            (rule->channel != RT_CHANNEL_ANY && (rule->channel == RT_CHANNEL_119) != q->by_ambulance))
            continue;
        if (rule->urgency == q->urgency) return b->rules[i];
        if (other < 0) other = b->rules[i];
    }
    return other;
}

/* Open doors of the sort that take some value of what is asked; of rotation-any those of the age alone. */
static void take_open(const struct builder *b, const struct view *v, const struct asker *q, int take,
                      struct draft *l)
{
    int policy = row_for(b, take, q);
    int bit = take == RT_TAKE_ROTATION_ANY ? AGE_SOME : FIT_SOME;
    for (int i = 0; i < v->n_open && policy >= 0; i++) {
        int service = v->open[i].service;
        const struct rt_service *s = &b->t->services[service];
        if (sort_of(b->t->region, s, v->open[i].own, take) && !listed(b, l, s->place) &&
            (b->fit[b->rep[q->class] * b->t->n_services + service] & bit))
            put(l, RT_SERVICE, service, policy, TB_ANSWER_LAST, is_doubtful(b, q, service));
    }
}

/* What opens first, and the family doctor's next hours, the earlier before the later. */
static void take_waiting(const struct builder *b, const struct view *v, const struct asker *q,
                         struct draft *l)
{
    int row = row_for(b, RT_TAKE_NEXT, q), first = 0;
    if (row < 0) return;
    while (first < v->n_next && !fits(b, q, v->next[first].service, RT_TAKE_NEXT)) first++;
    bool door = first < v->n_next,
         family = *b->t->region->policies[row].name != '\0' && v->consulting_next != INT64_MIN,
         later = family && door && v->next[first].from < v->consulting_next;
    if (family && !later) put(l, RT_CONSULT, -1, row, TB_ANSWER_LATER, false);
    if (door) put(l, RT_SERVICE, v->next[first].service, row, TB_ANSWER_LATER, false);
    if (later) put(l, RT_CONSULT, -1, row, TB_ANSWER_LATER, false);
}

int rt_answer_after(const struct builder *b, const struct tb_query *q, int key,
                    struct rt_entry out[RT_LIST_MAX])
{
    static const int takes[] = {RT_TAKE_ROTATION, RT_TAKE_BACKUP, RT_TAKE_ROTATION_ANY, RT_TAKE_TERTIARY};
    /* per urgency: how many of them, and does what opens later help, first or after the hospitals */
    static const struct {
        size_t takes;
        bool before, after;
    } ways[RT_U_COUNT] = {{1, true, false}, {4, false, false}, {4, false, false}, {4, false, true},
                          {1, true, false}, {0, true, false},  {4, false, false}};
    struct view *around = view_new(b), *here = view_new(b);
    struct draft l = {.n = 0};
    const struct asker asker = {b->t->class_of[key], q->urgency, q->channel == TB_CHANNEL_119};
    look_around(b, q->at, around);
    from_here(b, q->at, q->area, around, here);
    if (ways[q->urgency].before) take_waiting(b, here, &asker, &l);
    for (size_t i = 0; i < ways[q->urgency].takes; i++) take_open(b, here, &asker, takes[i], &l);
    if (ways[q->urgency].after) take_waiting(b, here, &asker, &l);
    memcpy(out, l.e, (size_t)l.n * sizeof *out);
    view_free(around);
    view_free(here);
    return l.n;
}

bool rt_row_takes(const struct builder *b, const struct tb_policy *rule, int service, int area, tb_minute at)
{
    const struct tb_region *r = b->t->region;
    const struct rt_service *s = &b->t->services[service];
    bool own =
        s->kind != RT_DUTY || r->duties[s->duty].area < 0 || tb_area_within(r, area, r->duties[s->duty].area);
    if (rule->hours != RT_HOURS_ANY && (rule->hours == RT_HOURS_CONSULTING) != rt_consulting_at(b->t, at))
        return false;
    return rule->take != RT_TAKE_SOON && rule->take != RT_TAKE_NEXT && sort_of(r, s, own, rule->take);
}
