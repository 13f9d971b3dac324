/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whom to call for a home-care patient of a doctor: the attending doctor, the deputies of the day, the
 * visiting nurse, the hospital behind. The question names the doctor, never the patient.
 */
#include "build_int.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = RT_LIST_MAX };

struct times {
    tb_minute *v;
    size_t n, cap;
};

/* One and the same door: himself, the clinic he owns, who owns the clinic. */
static bool same_hand(const struct tb_region *r, int a, int b, tb_day d)
{
    if (a == b) return true;
    for (int i = 0; i < r->n_links; i++) {
        const struct tb_link *l = &r->links[i];
        if (l->type == TB_LINK_OWNS && ((l->from == a && l->to == b) || (l->from == b && l->to == a)) &&
            tb_link_on(l, d))
            return true;
    }
    return false;
}

static bool sits(const struct tb_region *r, const struct tb_slot *s)
{
    return s->role == TB_PRIMARY && r->duties[s->duty].tier > 0 && !r->duties[s->duty].at_home;
}

/* Who is on duty somewhere at the minute: he himself, his clinic, or the clinic's owner. One byte per
 * provider. */
static void list_away(const struct tb_board *b, tb_minute at, bool *away)
{
    const struct tb_region *r = b->region;
    bool *sitting = tb_xcalloc((size_t)r->n_providers + 1, sizeof *sitting);
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        if (!sits(r, s)) continue;
        for (int k = 0; k < s->n_intervals; k++)
            if (s->interval[k].from <= at && at < s->interval[k].to) sitting[b->a[i].provider] = true;
    }
    memcpy(away, sitting, (size_t)r->n_providers * sizeof *away);
    for (int i = 0; i < r->n_links; i++) {
        const struct tb_link *l = &r->links[i];
        if (l->type != TB_LINK_OWNS || !tb_link_on(l, tb_day_of_minute(at))) continue;
        if (sitting[l->to]) away[l->from] = true;
        if (sitting[l->from]) away[l->to] = true;
    }
    free(sitting);
}

static void add(struct rt_home_entry *v, int *n, int provider, int relation, bool is_away)
{
    for (int i = 0; i < *n && i < LIST_MAX; i++)
        if (v[i].provider == provider) return;
    if (*n < LIST_MAX) v[*n] = (struct rt_home_entry){provider, relation, is_away};
    ++*n;
}

/* How many there are; the first LIST_MAX of them are in `out`. `away`: as list_away says of the minute. */
static int list_at(const struct tb_region *r, const bool *away, int doctor, tb_minute at,
                   struct rt_home_entry out[LIST_MAX])
{
    tb_day d = tb_day_of_minute(at);
    int n = 0;
    memset(out, 0, LIST_MAX * sizeof *out); /* compared as bytes */
    for (int gone = 0; gone < 2; gone++) {
        if (away[doctor] == (gone == 1)) add(out, &n, doctor, RT_ATTENDING, gone == 1);
        for (int i = 0; i < r->n_links; i++)
            if (r->links[i].type == TB_LINK_DEPUTISES_FOR && same_hand(r, r->links[i].to, doctor, d) &&
                tb_link_on(&r->links[i], d) && away[r->links[i].from] == (gone == 1))
                add(out, &n, r->links[i].from, RT_DEPUTY, gone == 1);
    }
    for (int type = TB_LINK_NURSES_FOR; type <= TB_LINK_BACKS_UP; type++)
        for (int i = 0; i < r->n_links; i++)
            if ((int)r->links[i].type == type && same_hand(r, r->links[i].to, doctor, d) &&
                tb_link_on(&r->links[i], d))
                add(out, &n, r->links[i].from, type == TB_LINK_NURSES_FOR ? RT_NURSE : RT_HOSPITAL, false);
    return n;
}

static void mark(const struct tb_table *t, struct times *x, tb_minute m)
{
    if (t->from < m && m < t->to) *TB_PUSH(x->v, x->n, x->cap) = m;
}

static int compare(const void *p, const void *q)
{
    const tb_minute *a = p, *b = q;
    return (*a > *b) - (*a < *b);
}

/* Every minute at which a list may change, whoever's it is. */
static void list_times(const struct tb_table *t, const struct tb_board *b, struct times *x)
{
    const struct tb_region *r = b->region;
    *TB_PUSH(x->v, x->n, x->cap) = t->from;
    for (int i = 0; i < r->n_links; i++) {
        if (r->links[i].since != TB_DAY_NONE) mark(t, x, tb_minute_of(r->links[i].since, 0));
        if (r->links[i].until != TB_DAY_NONE) mark(t, x, tb_minute_of(r->links[i].until, 0));
    }
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        for (int k = 0; k < s->n_intervals && sits(r, s); k++) {
            mark(t, x, s->interval[k].from);
            mark(t, x, s->interval[k].to);
        }
    }
    qsort(x->v, x->n, sizeof *x->v, compare);
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++)
        if (n == 0 || x->v[i] != x->v[n - 1]) x->v[n++] = x->v[i];
    x->n = n;
}

int rt_list_homes(struct tb_table *t, const struct tb_board *board)
{
    int full = -1;
    const struct tb_region *r = board->region;
    struct times times = {0};
    struct rt_home *homes = NULL;
    struct rt_home_entry *entries = NULL, now[LIST_MAX], last[LIST_MAX];
    size_t n = 0, cap = 0, m = 0, cap_m = 0;
    list_times(t, board, &times);
    const size_t width = (size_t)r->n_providers;
    bool *away = tb_xcalloc(times.n * width + 1, sizeof *away);
    for (size_t i = 0; i < times.n; i++) list_away(board, times.v[i], away + i * width);
    for (int p = 0; p < r->n_providers; p++) {
        if (!r->providers[p].home_visits) continue;
        int before = -1;
        for (size_t i = 0; i < times.n; i++) {
            int k = list_at(r, away + i * width, p, times.v[i], now);
            if (k > LIST_MAX) {
                full = p;
                k = LIST_MAX;
            }
            if (before == k && memcmp(now, last, sizeof now) == 0) continue;
            if (before >= 0) homes[n - 1].to = times.v[i];
            *TB_PUSH(homes, n, cap) = (struct rt_home){p, times.v[i], t->to, (int)m, k};
            for (int j = 0; j < k; j++) *TB_PUSH(entries, m, cap_m) = now[j];
            memcpy(last, now, sizeof now);
            before = k;
        }
    }
    t->homes = tb_arena_alloc(&t->arena, (n + 1) * sizeof *homes);
    if (n > 0) memcpy(t->homes, homes, n * sizeof *homes);
    t->n_homes = (int)n;
    t->home_entries = tb_arena_alloc(&t->arena, (m + 1) * sizeof *entries);
    if (m > 0) memcpy(t->home_entries, entries, m * sizeof *entries);
    t->n_home_entries = (int)m;
    free(away);
    free(times.v);
    free(homes);
    free(entries);
    return full;
}

/* ---- the answer ----------------------------------------------------------------------------- */

static const struct {
    const char *ja, *en;
} relations[] = {
    [RT_ATTENDING] = {"主治医", "attending doctor"},
    [RT_DEPUTY] = {"代理の医師", "deputy"},
    [RT_NURSE] = {"訪問看護", "visiting nurse"},
    [RT_HOSPITAL] = {"後方の病院", "hospital behind"},
};

/* Until when a deputy stands in, INT64_MIN: no end. */
static tb_minute stands_in_until(const struct tb_region *r, int deputy, int doctor, tb_day d)
{
    for (int i = 0; i < r->n_links; i++)
        if (r->links[i].type == TB_LINK_DEPUTISES_FOR && r->links[i].from == deputy &&
            same_hand(r, r->links[i].to, doctor, d) && tb_link_on(&r->links[i], d) &&
            r->links[i].until != TB_DAY_NONE)
            return tb_minute_of(r->links[i].until, 0);
    return INT64_MIN;
}

enum tb_code tb_route_home(const tb_table *t, int provider, tb_minute at, int channel, struct tb_answer *out,
                           struct tb_err *e)
{
    const struct tb_region *r = t->region;
    int home = -1;
    *out = (struct tb_answer){.expires = t->to};
    if (channel == TB_CHANNEL_PUBLIC)
        return tb_fail(
            e, TB_REFUSED, "%s",
            tb_t("在宅の患者の連絡先は関係者だけに示します（窓口 119 phone desk）",
                 "whom to call for a home-care patient is told to staff alone (channel 119, phone or desk)"));
    if (t->own != NULL)
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("写した案内表には在宅の連絡先が入っていません。データファイルで尋ねてください",
                            "a copied table does not carry the home-care lists: ask the data file"));
    if (at < t->from || at >= t->to)
        return tb_fail(e, TB_INVALID, "%s", tb_t("案内表の有効期間の外です", "outside the table's validity"));
    for (int i = 0; i < t->n_homes; i++)
        if (t->homes[i].doctor == provider && t->homes[i].from <= at && at < t->homes[i].to) home = i;
    if (home < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("「%s」は訪問診療をしていません（providers の home_visits）",
                            "\"%s\" makes no home visits (home_visits in providers)"),
                       provider >= 0 && provider < r->n_providers ? r->providers[provider].name : "?");
    out->expires = t->homes[home].to;
    for (int i = 0; i < t->homes[home].n; i++) {
        const struct rt_home_entry *x = &t->home_entries[t->homes[home].first + i];
        const struct tb_provider *p = &r->providers[x->provider];
        bool staff = (channel == TB_CHANNEL_119 || channel == TB_CHANNEL_PHONE) && *p->staff_phone != '\0';
        out->e[out->n++] = (struct tb_answer_entry){
            .role = i == 0 ? TB_ANSWER_MAIN : TB_ANSWER_BACKUP,
            .slot = -1,
            .provider = x->provider,
            .tier = x->relation == RT_HOSPITAL ? 2 : 1,
            .name = p->name,
            .phone = staff ? p->staff_phone : p->phone,
            .note = tb_t(relations[x->relation].ja, relations[x->relation].en),
            .open_from = INT64_MIN,
            .reception_until = INT64_MIN,
            .closes = x->relation == RT_DEPUTY
                          ? stands_in_until(r, x->provider, provider, tb_day_of_minute(at))
                          : INT64_MIN,
            .minutes = -1,
            .rule = "home-care",
            .facility = p->id,
            .duty = "",
            .duty_name = "",
            .band = "",
            .date = TB_DAY_NONE,
            .checked = p->checked,
            .mark = x->away ? tb_t("当番で出務中", "on duty elsewhere") : "",
            .mark_until = x->away ? t->homes[home].to : INT64_MIN,
            .lacks = "",
            .age_to = 150,
            .name_en = p->name_en,
            .address = p->address,
            .latitude = p->latitude,
            .longitude = p->longitude};
    }
    return TB_OK;
}
