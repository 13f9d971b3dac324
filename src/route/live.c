/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer when something has happened since the table was published. The doors are changed, the policy
 * rows are not: the same evaluation that filled the table runs once more for one question.
 */
#include "build_int.h"
#include "people.h"

#include <stdlib.h>
#include <string.h>

/* ---- may it be entered? --------------------------------------------------------------------- */

static int n_tertiary(const struct tb_table *t, int but)
{
    int n = 0;
    for (int i = 0; i < t->n_services; i++)
        n += t->services[i].kind == RT_TERTIARY && t->services[i].place != but;
    return n;
}

static bool is_tertiary(const struct tb_table *t, int place)
{
    return n_tertiary(t, -1) != n_tertiary(t, place);
}

enum tb_code tb_incident_check(const tb_table *t, const struct tb_incident *x, struct tb_err *e)
{
    const struct tb_region *r = t->region;
    if (x->kind < 0 || x->kind >= TB_INCIDENT_COUNT)
        return tb_fail(e, TB_USAGE, "%s", tb_t("変更の種類が分かりません", "unknown kind of override"));
    const struct tb_incident_rule *rule = &tb_incident_rules[x->kind];
    const char *kind = tb_t(rule->ja, rule->word);
    if (x->from == INT64_MIN || x->until == INT64_MIN || x->until <= x->from)
        return tb_fail(e, TB_USAGE,
                       tb_t("%sには終わりの時刻（--until）が要ります。始まりより後にしてください",
                            "%s needs an end (--until) after its beginning"),
                       kind);
    if (x->until - x->from > rule->max_minutes)
        return tb_fail(e, TB_USAGE,
                       tb_t("%sは長くて %d 分です。過ぎてもまだ続くなら入れ直してください",
                            "%s lasts at most %d minutes: enter it again if it goes on"),
                       kind, rule->max_minutes);
    if (x->kind == TB_INCIDENT_DISASTER) return TB_OK;
    if (x->provider < 0 || x->provider >= r->n_providers)
        return tb_fail(e, TB_USAGE, tb_t("%sには医療機関が要ります", "%s needs a facility"), kind);
    if (x->kind == TB_INCIDENT_EXTRA && (x->duty < 0 || x->duty >= r->n_duties))
        return tb_fail(e, TB_USAGE, tb_t("%sには当番区分（--duty）が要ります", "%s needs a duty (--duty)"),
                       kind);
    if (x->kind == TB_INCIDENT_SUBSTITUTE &&
        (x->other < 0 || x->other >= r->n_providers || x->other == x->provider))
        return tb_fail(
            e, TB_USAGE,
            tb_t("%sには代わりの医療機関（--to）が要ります", "%s needs the facility that takes over (--to)"),
            kind);
    if (x->kind == TB_INCIDENT_PHONE && *x->phone == '\0')
        return tb_fail(e, TB_USAGE,
                       tb_t("%sには電話番号（--phone）が要ります", "%s needs a number (--phone)"), kind);
    if (x->kind == TB_INCIDENT_NOTE && *x->note == '\0')
        return tb_fail(e, TB_USAGE, tb_t("%sには文（--note）が要ります", "%s needs a text (--note)"), kind);
    if (x->kind == TB_INCIDENT_CLOSED && is_tertiary(t, x->provider) && n_tertiary(t, x->provider) == 0 &&
        strcmp(x->reason, "院内災害") != 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("%s "
                            "は最後の救命救急センターです。休止にできるのは理由が「院内災害」のときだけです（"
                            "行は残り、印が付きます）",
                            "%s is the last tertiary centre: it can be closed only with the reason 院内災害 "
                            "(its row stays, marked)"),
                       r->providers[x->provider].name);
    return TB_OK;
}

/* ---- the doors as they are now -------------------------------------------------------------- */

struct doors {
    struct rt_service *s;
    size_t n, cap;
    struct rt_opening *o;
    size_t m, cap_m;
    int *like;
    size_t n_like, cap_like;
};

struct set {
    const int *v;
    int n;
};

static bool among(struct set ids, int place)
{
    for (int i = 0; i < ids.n; i++)
        if (ids.v[i] == place) return true;
    return false;
}

static bool acts(const struct tb_incident *x, tb_minute at) { return tb_incident_acts(x, at, at + 1); }

static bool about(const struct tb_incident *x, const struct rt_service *s)
{
    return x->provider == s->place && (x->duty < 0 || x->duty == s->duty);
}

/* `like`: the service whose travel it has. */
static struct rt_service *add_service(struct doors *d, int kind, int duty, int place, int tier, int like)
{
    *TB_PUSH(d->like, d->n_like, d->cap_like) = like;
    struct rt_service *s = TB_PUSH(d->s, d->n, d->cap);
    *s = (struct rt_service){kind, duty, place, tier, (int)d->m, 0};
    return s;
}

static void add_opening(struct doors *d, struct rt_opening o)
{
    if (o.to <= o.from) return;
    *TB_PUSH(d->o, d->m, d->cap_m) = o;
    d->s[d->n - 1].n++;
}

static bool shut(const struct tb_incident *v, int n, int kind, const struct rt_service *s, tb_minute at,
                 tb_minute *until)
{
    bool yes = false;
    for (int i = 0; i < n; i++)
        if (v[i].kind == kind && acts(&v[i], at) && about(&v[i], s)) {
            yes = true;
            if (v[i].until > *until) *until = v[i].until;
        }
    return yes;
}

static int service_at(const struct tb_table *t, int place, int otherwise)
{
    for (int i = 0; i < t->n_services; i++)
        if (t->services[i].place == place) return i;
    return otherwise;
}

/* Doors with the changes in force at `at`; the last tertiary centre stays. */
static void open_doors(const struct tb_table *t, const struct tb_incident *v, int n, struct set declined,
                       tb_minute at, struct doors *d)
{
    for (int i = 0; i < t->n_services; i++) {
        const struct rt_service *s = &t->services[i];
        tb_minute until = INT64_MIN;
        bool closed = shut(v, n, TB_INCIDENT_CLOSED, s, at, &until);
        bool gone = shut(v, n, TB_INCIDENT_SUBSTITUTE, s, at, &until) && s->kind == RT_DUTY;
        bool late = shut(v, n, TB_INCIDENT_LATE, s, at, &until);
        if (s->kind == RT_TERTIARY && n_tertiary(t, s->place) == 0)
            closed = gone = late = false;
        else if (among(declined, s->place))
            continue;
        if (closed && s->kind != RT_DUTY) continue;
        (void)add_service(d, s->kind, s->duty, s->place, s->tier, i);
        for (int k = s->first; k < s->first + s->n; k++) {
            struct rt_opening o = t->openings[k];
            /* open again when it is over */
            if ((closed || gone || late) && o.from < until) o.from = until;
            if (o.reception < o.from && o.from < o.to) o.reception = o.from;
            add_opening(d, o);
        }
    }
    for (int i = 0; i < n; i++) {
        if (!acts(&v[i], at)) continue;
        if (v[i].kind == TB_INCIDENT_EXTRA && !among(declined, v[i].provider)) {
            int band = 0;
            while (band < t->region->n_bands && t->region->bands[band].duty != v[i].duty) band++;
            if (band == t->region->n_bands) continue;
            struct rt_opening o = {v[i].from, v[i].until - 1, v[i].until, -1, tb_day_of_minute(v[i].from),
                                   band};
            (void)add_service(d, RT_DUTY, v[i].duty, v[i].provider, t->region->duties[v[i].duty].tier,
                              service_at(t, v[i].provider, 0));
            add_opening(d, o);
        }
        if (v[i].kind != TB_INCIDENT_SUBSTITUTE || among(declined, v[i].other)) continue;
        for (int k = 0; k < t->n_services; k++) {
            const struct rt_service *s = &t->services[k];
            if (s->kind != RT_DUTY || !about(&v[i], s)) continue;
            (void)add_service(d, RT_DUTY, s->duty, v[i].other, s->tier, service_at(t, v[i].other, k));
            for (int j = s->first; j < s->first + s->n; j++) {
                struct rt_opening o = t->openings[j];
                if (o.from >= v[i].until || o.to <= v[i].from) continue;
                if (o.to > v[i].until) o.to = v[i].until;
                if (o.reception > o.to) o.reception = o.to;
                add_opening(d, o);
            }
        }
    }
}

/* A table with these doors, for one question. Its arena is its own, the rest belongs to `t`. */
static void make_live(const struct tb_table *t, const struct doors *d, struct tb_table *live)
{
    size_t areas = (size_t)t->region->n_areas;
    *live = *t;
    live->arena = (struct tb_arena){0};
    live->services = d->s;
    live->n_services = (int)d->n;
    live->openings = d->o;
    live->n_openings = (int)d->m;
    live->travel = tb_arena_alloc(&live->arena, areas * d->n * sizeof *live->travel + 1);
    for (size_t a = 0; a < areas; a++)
        for (size_t s = 0; s < d->n; s++)
            live->travel[a * d->n + s] =
                t->n_services > 0 ? t->travel[a * (size_t)t->n_services + (size_t)d->like[s]] : 0;
}

struct rt_live {
    struct tb_table t;
    struct builder b;
    struct doors d;
};

static struct rt_live *live_new(const struct tb_table *t, const struct tb_incident *v, int n,
                                struct set declined, tb_minute at)
{
    struct rt_live *l = tb_xcalloc(1, sizeof *l);
    open_doors(t, v, n, declined, at, &l->d);
    make_live(t, &l->d, &l->t);
    rt_live_begin(&l->b, &l->t);
    return l;
}

static void live_free(struct rt_live *l)
{
    rt_live_end(&l->b);
    tb_arena_free(&l->t.arena);
    free(l->d.s);
    free(l->d.o);
    free(l->d.like);
    free(l);
}

struct rt_live *rt_live_new(const struct tb_table *t, const struct tb_incident *v, int n, tb_minute at)
{
    return live_new(t, v, n, (struct set){NULL, 0}, at);
}

const struct tb_table *rt_live_table(const struct rt_live *l) { return &l->t; }

void rt_live_free(struct rt_live *l) { live_free(l); }

static int key_of(const struct tb_table *t, const struct tb_query *q)
{
    return rt_key(t, rt_age_atom(t, q->age), q->complaint < 0 ? t->n_complaints : q->complaint);
}

/* ---- disaster ------------------------------------------------------------------------------- */

/* Has somebody said that this duty is served, since the disaster was declared? */
static bool confirmed(const struct tb_table *t, const struct tb_incident *v, int n,
                      const struct tb_answer_entry *x, tb_minute at)
{
    for (int i = 0; i < n; i++)
        if (v[i].kind == TB_INCIDENT_CONFIRMED && acts(&v[i], at) && v[i].provider == x->provider &&
            (v[i].duty < 0 || strcmp(t->region->duties[v[i].duty].id, x->duty) == 0))
            return true;
    return false;
}

static void mark(struct tb_answer_entry *x, const char *text, tb_minute until);

static void mark_unconfirmed(const struct tb_table *t, const struct tb_incident *v, int n, tb_minute at,
                             struct tb_answer *a)
{
    const struct tb_incident *d = tb_disaster_at(v, n, at);
    for (int i = 0; i < a->n && d != NULL; i++)
        if (*a->e[i].duty != '\0' && !confirmed(t, v, n, &a->e[i], at)) {
            a->e[i].ring = true;
            mark(&a->e[i], tb_t("災害・未確認", "disaster: not confirmed"),
                 d->until > at ? d->until : INT64_MIN);
        }
}

/* ---- marks ---------------------------------------------------------------------------------- */

static void mark(struct tb_answer_entry *x, const char *text, tb_minute until)
{
    x->mark = text;
    x->mark_until = until;
}

static void mark_all(const struct tb_table *t, const struct tb_incident *v, int n, tb_minute at,
                     struct tb_answer *a)
{
    for (int i = 0; i < n; i++) {
        if (!acts(&v[i], at)) continue;
        for (int k = 0; k < a->n; k++) {
            struct tb_answer_entry *x = &a->e[k];
            int who = v[i].kind == TB_INCIDENT_SUBSTITUTE ? v[i].other : v[i].provider;
            bool same_duty =
                v[i].duty < 0 || (*x->duty != '\0' && strcmp(t->region->duties[v[i].duty].id, x->duty) == 0);
            if (x->provider < 0 || x->provider != who || !same_duty) continue;
            x->ring = x->ring || v[i].kind == TB_INCIDENT_LIMITED;
            mark(x, tb_t(tb_incident_rules[v[i].kind].ja, tb_incident_rules[v[i].kind].word), v[i].until);
            if (v[i].kind == TB_INCIDENT_PHONE) x->phone = v[i].phone;
            if (*v[i].note != '\0') x->note = v[i].note;
        }
    }
}

static bool limited(const struct tb_incident *v, int n, const struct tb_answer_entry *x,
                    const struct tb_table *t, tb_minute at)
{
    for (int i = 0; i < n; i++)
        if (v[i].kind == TB_INCIDENT_LIMITED && acts(&v[i], at) && x->provider >= 0 &&
            v[i].provider == x->provider &&
            (v[i].duty < 0 || strcmp(t->region->duties[v[i].duty].id, x->duty) == 0))
            return true;
    return tb_disaster_at(v, n, at) != NULL && *x->duty != '\0' && !confirmed(t, v, n, x, at);
}

/* Below its peers: those that the same row put there. */
static void lower_limited(const struct tb_table *t, const struct tb_incident *v, int n, tb_minute at,
                          struct tb_answer *a)
{
    for (int from = 0, to; from < a->n; from = to) {
        for (to = from + 1; to < a->n && strcmp(a->e[to].rule, a->e[from].rule) == 0; to++) {}
        struct tb_answer_entry kept[TB_COUNT(a->e)] = {{0}};
        int m = 0;
        for (int pass = 0; pass < 2; pass++)
            for (int k = from; k < to; k++)
                if (limited(v, n, &a->e[k], t, at) == (pass == 1)) kept[m++] = a->e[k];
        memcpy(&a->e[from], kept, (size_t)m * sizeof kept[0]);
    }
}

static bool has_place(const struct tb_answer *a)
{
    for (int i = 0; i < a->n; i++)
        if (a->e[i].provider >= 0 && a->e[i].role != TB_ANSWER_LATER) return true;
    return false;
}

/* Nobody open is left: those who said they were closed come back at the end, marked. */
static void bring_back(const struct tb_answer *base, struct set declined, const struct tb_incident *v, int n,
                       tb_minute at, struct tb_answer *a)
{
    for (int i = 0; i < base->n && a->n < (int)TB_COUNT(a->e); i++) {
        const struct tb_answer_entry *x = &base->e[i];
        bool said = false;
        if (x->provider < 0 || x->role == TB_ANSWER_LATER || among(declined, x->provider)) continue;
        for (int k = 0; k < n; k++)
            said =
                said || (acts(&v[k], at) && v[k].kind == TB_INCIDENT_CLOSED && v[k].provider == x->provider);
        for (int k = 0; k < a->n; k++)
            if (a->e[k].provider == x->provider && a->e[k].role == TB_ANSWER_LATER)
                said = false; /* stands there with its next opening */
        if (!said) continue;
        a->e[a->n] = *x;
        a->e[a->n].role = TB_ANSWER_LAST;
        a->e[a->n].note =
            tb_t("休止の届けが出ています。ほかに開いている所がないので示します。必ず電話で確かめてください",
                 "reported closed; shown because nothing else is open: ring first");
        mark(&a->e[a->n++], tb_t("休止", "closed"), INT64_MIN);
    }
}

static bool on_list(const struct tb_answer *a, int place)
{
    for (int i = 0; i < a->n; i++)
        if (a->e[i].provider == place) return true;
    return false;
}

/* ---- when others have declined and one place at most is left
 * ----------------------------------------------------------------- */

/* Is a place left that is more than the last resort? The last tertiary centre stays on the list when it
 * declines. */
static bool is_left(const struct tb_answer *a, struct set declined)
{
    for (int i = 0; i < a->n; i++)
        if (a->e[i].provider >= 0 && (a->e[i].role == TB_ANSWER_MAIN || a->e[i].role == TB_ANSWER_BACKUP) &&
            !among(declined, a->e[i].provider))
            return true;
    return false;
}

static bool has_next(const struct tb_answer *a)
{
    for (int i = 0; i < a->n; i++)
        if (a->e[i].role == TB_ANSWER_LATER) return true;
    return false;
}

static void tell_entry(const struct rt_live *l, const struct tb_query *q, const struct rt_entry *x,
                       const char *note, struct tb_answer *a)
{
    int from = a->n;
    if (x->ref == RT_SERVICE && on_list(a, l->t.services[x->index].place)) return;
    if (!rt_is_told(&l->t, q, x)) return;
    rt_tell(&l->t, q, x, a);
    for (int i = from; i < a->n && note != NULL; i++) a->e[i].note = note;
}

/* What is left to try: hospitals of the hour and the tertiary centre, for the urgencies that may be sent
 * there, and what opens next, however far ahead. Stands before the advice lines and 119. */
static void go_on(const struct rt_live *l, const struct tb_query *q, struct tb_answer *a)
{
    struct rt_entry list[RT_LIST_MAX];
    struct tb_answer with = {.expires = a->expires, .fallback = a->fallback};
    const char *ring = tb_t("ほかに断られたときの続きです。必ず電話で確かめてください",
                            "after the others declined: ring first");
    int split = 0, n = rt_answer_after(&l->b, q, key_of(&l->t, q), list);
    while (split < a->n && (a->e[split].role == TB_ANSWER_EMERGENCY || a->e[split].provider >= 0)) split++;
    memcpy(with.e, a->e, (size_t)split * sizeof a->e[0]);
    with.n = split;
    for (int i = 0; i < n; i++)
        if (list[i].role != TB_ANSWER_LATER || !has_next(a))
            tell_entry(l, q, &list[i], list[i].role == TB_ANSWER_LATER ? NULL : ring, &with);
    for (int i = split; i < a->n && with.n < (int)TB_COUNT(with.e); i++) with.e[with.n++] = a->e[i];
    *a = with;
}

/* ---- the answer ----------------------------------------------------------------------------- */

enum tb_code tb_route_live(const tb_table *t, const struct tb_query *q, const struct tb_live *now,
                           struct tb_answer *out, struct tb_err *e)
{
    const struct tb_incident *v = now->changes;
    int n = now->n_changes;
    struct set gone = {now->declined, now->n_declined};
    struct tb_answer base;
    struct tb_query known;
    enum tb_code c = tb_route_lookup(t, q, &base, e);
    *out = base;
    if (c != TB_OK || (n == 0 && now->n_declined == 0)) return c;
    c = rt_question(t, q, &known, e);
    if (c != TB_OK) return c;
    struct rt_live *l = live_new(t, v, n, gone, q->at);
    struct rt_entry list[RT_LIST_MAX];
    int m = rt_answer_one(&l->b, q->at, known.area, q->urgency, q->channel == TB_CHANNEL_119,
                          key_of(&l->t, q), list);
    rt_order_for(&l->t, q->modifier, list, m);
    *out = (struct tb_answer){.expires = base.expires, .fallback = true};
    for (int i = 0; i < m; i++) {
        if (!rt_is_told(&l->t, &known, &list[i])) continue;
        rt_tell(&l->t, &known, &list[i], out);
        if (list[i].role != TB_ANSWER_LAST && list[i].role != TB_ANSWER_EMERGENCY) out->fallback = false;
    }
    if (now->n_declined > 0 && !is_left(out, gone)) go_on(l, &known, out);
    live_free(l);
    if (has_place(&base) && !has_place(out)) bring_back(&base, gone, v, n, q->at, out);
    for (int i = 0; i < out->n; i++)
        if (out->e[i].provider >= 0 && among(gone, out->e[i].provider)) {
            out->e[i].ring = true;
            mark(&out->e[i], tb_t("断られた所（ほかにない）", "declined; there is no other"), INT64_MIN);
        }
    lower_limited(t, v, n, q->at, out);
    mark_unconfirmed(t, v, n, q->at, out);
    mark_all(t, v, n, q->at, out);
    for (int i = 0; i < n; i++) {
        if (acts(&v[i], q->at) && v[i].until < out->expires) out->expires = v[i].until;
        if (v[i].from > q->at && v[i].from < out->expires) out->expires = v[i].from;
    }
    return TB_OK;
}

enum { NEAR_MINUTES = 720 };

/* ---- near misses ---------------------------------------------------------------------------- */

/* A door that opens on no hour near this one is no near miss. */
static bool today(const struct tb_table *t, const struct rt_service *s, tb_minute at)
{
    for (int i = s->first; i < s->first + s->n; i++)
        if (t->openings[i].from < at + NEAR_MINUTES && at - NEAR_MINUTES < t->openings[i].to) return true;
    return false;
}

/* Tests that the service fails; *ja and *en name the last of them. */
static int failures(const struct rt_live *l, const struct tb_query *q, int key, int s, const char **ja,
                    const char **en)
{
    const struct tb_table *t = &l->t;
    const struct tb_region *r = t->region;
    const struct rt_service *x = &t->services[s];
    uint8_t fit = l->b.fit[key * t->n_services + s];
    bool strict = q->urgency == 1 || q->urgency == 2 || q->urgency == TB_U_UNKNOWN,
         age = fit & (strict ? AGE_ALL : AGE_SOME);
    bool open = x->kind == RT_TERTIARY || (x->kind == RT_CERTIFIED && rt_consulting_at(t, q->at)),
         reach = true, wanted = false;
    if (x->kind == RT_DUTY) {
        int o = rt_open_at(t, s, q->at);
        open = o >= 0 && q->at <= t->openings[o].reception;
        reach = !open || q->at + rt_band(rt_travel_now(t, q->area, s, q->at)) <= t->openings[o].reception;
    }
    for (int i = 0; i < r->n_policies; i++)
        wanted = wanted || (r->policies[i].urgency == q->urgency &&
                            rt_row_takes(&l->b, &r->policies[i], s, q->area, q->at));
    const struct {
        bool ok;
        const char *ja, *en;
    } tests[] = {
        {open, "今は開いていない", "not open now"},
        {reach, "受付終了までに着かない", "out of reach before reception ends"},
        {age, "年齢が合わない", "age"},
        {!age || (fit & (strict ? FIT_ALL : FIT_SOME)), "症状区分が合わない", "complaint"},
        {q->channel != TB_CHANNEL_119 || rt_ambulance_ok(r, x), "救急車を受けない", "takes no ambulances"},
        {wanted, "この緊急度では案内しない（案内の規則）", "not offered at this urgency (policy)"},
    };
    int n = 0;
    for (size_t i = 0; i < TB_COUNT(tests); i++)
        if (!tests[i].ok) {
            n++;
            *ja = tests[i].ja;
            *en = tests[i].en;
        }
    return n;
}

struct tb_near *tb_route_near(const tb_table *t, const struct tb_query *q, const struct tb_incident *v, int n,
                              int *found)
{
    struct tb_query known;
    struct tb_answer a;
    *found = 0;
    if (q->at < t->from || q->at >= t->to || rt_question(t, q, &known, NULL) != TB_OK ||
        tb_route_live(t, q, &(struct tb_live){.changes = v, .n_changes = n}, &a, NULL) != TB_OK)
        return NULL;
    struct rt_live *l = live_new(t, v, n, (struct set){NULL, 0}, q->at);
    int key = key_of(&l->t, q);
    struct tb_near *out = tb_xcalloc((size_t)l->t.n_services + 1, sizeof *out);
    for (int s = 0; s < l->t.n_services; s++) {
        const struct rt_service *x = &l->t.services[s];
        const char *ja = "順位が下（示す数の外）", *en = "ranked below those shown";
        if (on_list(&a, x->place) || (x->kind == RT_DUTY && !today(&l->t, x, q->at)) ||
            failures(l, &known, key, s, &ja, &en) > 1)
            continue;
        tb_minute until = INT64_MIN;
        if (shut(v, n, TB_INCIDENT_CLOSED, x, q->at, &until)) {
            ja = "休止の届け";
            en = "reported closed";
        }
        const struct tb_duty *d = x->kind == RT_DUTY ? &t->region->duties[x->duty] : NULL;
        out[(*found)++] = (struct tb_near){x->place,
                                           rt_face(t, x->place, q->channel)->name,
                                           d != NULL ? d->id : "",
                                           d != NULL ? d->name : "",
                                           ja,
                                           en};
    }
    live_free(l);
    return out;
}
