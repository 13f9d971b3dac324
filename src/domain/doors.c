/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What duties promise and who keeps it.
 */
#include "toban/domain/doors.h"

#include <stdlib.h>

#include "domain_int.h"
#include "toban/domain/words.h"

static bool meet(const struct tb_ids *a, const struct tb_ids *b)
{
    for (int i = 0; i < a->n; i++)
        for (int k = 0; k < b->n; k++)
            if (a->v[i] == b->v[k]) return true;
    return false;
}

bool tb_duty_asked(const struct tb_region *r, int duty)
{
    for (int c = 0; c < r->n_complaints; c++)
        if (meet(&r->complaints[c].specialities, &r->duties[duty].specialities)) return true;
    return r->n_complaints == 0;
}

void tb_duty_specialities(const struct tb_region *r, int duty, struct tb_buf *out)
{
    const struct tb_ids *v = &r->duties[duty].specialities;
    for (int i = 0; i < v->n; i++) {
        const struct tb_speciality *s = &r->specialities[v->v[i]];
        tb_buf_addf(out, "%s%s", i > 0 ? tb_t("・", ", ") : "",
                    tb_t(s->name, *s->name_en != '\0' ? s->name_en : s->name));
    }
}

static bool has_speciality(const struct tb_ids *ids, int id)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == id) return true;
    return false;
}

int tb_departments(int n, const struct tb_ids *promised, const struct tb_ids *offered, int *out)
{
    const struct tb_ids *alone = offered->n > 0 ? offered : promised;
    int m = 0;
    for (int s = 0; s < n; s++)
        if (has_speciality(promised, s) && has_speciality(offered, s)) out[m++] = s;
    if (m > 0) return m;
    for (int s = 0; s < n; s++)
        if (has_speciality(alone, s)) out[m++] = s;
    return m;
}

void tb_departments_told(const struct tb_region *r, int duty, int place, struct tb_buf *out)
{
    const struct tb_ids none = {0};
    int *v = tb_xcalloc((size_t)r->n_specialities + 1, sizeof *v);
    int n = tb_departments(r->n_specialities, &r->duties[duty].specialities,
                           place >= 0 ? &r->providers[place].specialities : &none, v);
    for (int i = 0; i < n; i++) tb_buf_addf(out, "%s%s", i > 0 ? "・" : "", r->specialities[v[i]].name);
    free(v);
}

const char *tb_duty_unrouted(const struct tb_region *r, int duty)
{
    const struct tb_duty *d = &r->duties[duty];
    if (*d->unrouted != '\0') return d->unrouted;
    return d->at_home ? tb_t("自宅待機（オンコール）", "on call at home") : "";
}

void tb_doors_untold(const struct tb_region *r, struct tb_notes *out)
{
    if (r->n_policies == 0) return;
    for (int d = 0; d < r->n_duties; d++) {
        struct tb_buf names = {0};
        if (tb_duty_asked(r, d) || *tb_duty_unrouted(r, d) != '\0') continue;
        tb_duty_specialities(r, d, &names);
        tb_notes_add(out,
                     tb_t("当番区分 %s（%s）の診療科（%s）を求める症状区分がありません。当番は公表されても、"
                          "案内のどの問いにも出ません。complaints "
                          "に症状区分を加えるか、案内しない理由を duties の unrouted に書きます",
                          "no complaint asks for what duty %s (%s) offers (%s): it is published, and no "
                          "question is answered with it; add one to complaints, or write the reason into "
                          "`unrouted` of duties"),
                     r->duties[d].id, r->duties[d].name, tb_buf_str(&names));
        tb_buf_free(&names);
    }
}

/* ---- who keeps what ----------------------------------------------------------------------------- */

bool tb_provider_offers(const struct tb_region *r, int provider, int complaint)
{
    const struct tb_ids *offered = &r->providers[provider].specialities;
    return offered->n == 0 || meet(offered, &r->complaints[complaint].specialities);
}

bool tb_provider_takes(const struct tb_region *r, int provider, int age)
{
    return age >= r->providers[provider].age_from && age < r->providers[provider].age_to;
}

static bool promises(const struct tb_region *r, int duty, int complaint)
{
    const struct tb_duty *d = &r->duties[duty];
    return !d->at_home && meet(&d->specialities, &r->complaints[complaint].specialities);
}

/* Ages of the duty that none of these providers takes: the first such run [*from, *to). */
static bool ages_lacking(const struct tb_region *r, int duty, const int *who, int n, int *from, int *to)
{
    *from = -1;
    for (int y = r->duties[duty].age_from; y < r->duties[duty].age_to; y++) {
        bool taken = false;
        for (int i = 0; i < n; i++) taken = taken || tb_provider_takes(r, who[i], y);
        if (!taken && *from < 0) *from = y;
        if (!taken) *to = y + 1;
        if (taken && *from >= 0) break;
    }
    return *from >= 0;
}

struct lacks {
    struct tb_lack *v;
    size_t n, cap;
};

static struct tb_lack *lack_for(struct lacks *x, struct tb_lack like)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->v[i].duty == like.duty && x->v[i].complaint == like.complaint &&
            x->v[i].age_from == like.age_from && x->v[i].age_to == like.age_to)
            return &x->v[i];
    struct tb_lack *l = TB_PUSH(x->v, x->n, x->cap);
    *l = like;
    return l;
}

/* One duty on one day: what nobody of `who` offers. */
static void lacks_of_day(const struct tb_region *r, int duty, const int *who, int n, struct lacks *x)
{
    int from, to;
    for (int c = 0; c < r->n_complaints; c++) {
        bool kept = false;
        if (!promises(r, duty, c)) continue;
        for (int i = 0; i < n; i++) kept = kept || tb_provider_offers(r, who[i], c);
        if (!kept) lack_for(x, (struct tb_lack){.duty = duty, .complaint = c})->days++;
    }
    if (tb_duty_asked(r, duty) && ages_lacking(r, duty, who, n, &from, &to))
        lack_for(x, (struct tb_lack){.duty = duty, .complaint = -1, .age_from = from, .age_to = to})->days++;
}

struct tb_lack *tb_lacks_of(const struct tb_region *r, const struct tb_slot *slots, int n_slots,
                            const struct tb_assignment *a, int n_a, int *n)
{
    struct lacks x = {0};
    int *who = tb_xcalloc((size_t)n_a + 1, sizeof *who);
    int *days = tb_xcalloc((size_t)r->n_duties + 1, sizeof *days);
    for (int s = 0; s < n_slots && r->n_complaints > 0; s++) {
        /* the day's first primary slot of the duty stands for all of that day; these stand one after another
         */
        bool first = slots[s].role == TB_PRIMARY;
        for (int k = s - 1; k >= 0 && slots[k].duty == slots[s].duty && slots[k].date == slots[s].date; k--)
            first = first && slots[k].role != TB_PRIMARY;
        if (!first || r->duties[slots[s].duty].site >= 0) continue;
        int m = 0;
        for (int i = 0; i < n_a; i++)
            if (slots[a[i].slot].role == TB_PRIMARY && slots[a[i].slot].duty == slots[s].duty &&
                slots[a[i].slot].date == slots[s].date)
                who[m++] = a[i].provider;
        if (m == 0) continue;
        days[slots[s].duty]++;
        lacks_of_day(r, slots[s].duty, who, m, &x);
    }
    for (size_t i = 0; i < x.n; i++) x.v[i].of = days[x.v[i].duty];
    free(who);
    free(days);
    *n = (int)x.n;
    return x.v;
}

struct tb_lack *tb_lacks_ahead(const struct tb_region *r, tb_day day, int *n)
{
    struct lacks x = {0};
    int *members = tb_xcalloc((size_t)r->n_duties + 1, sizeof *members);
    for (int i = 0; i < r->n_members && r->n_policies > 0; i++) {
        const struct tb_member *m = &r->members[i];
        const struct tb_provider *p = &r->providers[m->provider];
        int from, to;
        if (r->duties[m->duty].site >= 0 || (m->until != TB_DAY_NONE && m->until <= day) ||
            (p->left != TB_DAY_NONE && p->left <= day))
            continue;
        members[m->duty]++;
        for (int c = 0; c < r->n_complaints; c++)
            if (promises(r, m->duty, c) && !tb_provider_offers(r, m->provider, c))
                lack_for(&x, (struct tb_lack){.duty = m->duty, .complaint = c})->members++;
        if (tb_duty_asked(r, m->duty) && ages_lacking(r, m->duty, &m->provider, 1, &from, &to))
            lack_for(&x, (struct tb_lack){m->duty, -1, from, to, 0, 0, 0, 0})->members++;
    }
    for (size_t i = 0; i < x.n; i++) x.v[i].of_members = members[x.v[i].duty];
    free(members);
    *n = (int)x.n;
    return x.v;
}

static void lack_words(const struct tb_region *r, const struct tb_lack *x, struct tb_buf *out)
{
    const struct tb_complaint *c = x->complaint >= 0 ? &r->complaints[x->complaint] : NULL;
    if (c != NULL)
        tb_buf_add(out, tb_t(c->name, *c->name_en != '\0' ? c->name_en : c->name));
    else
        tb_buf_addf(out, tb_t("%d歳以上%d歳未満", "ages %d to below %d"), x->age_from, x->age_to);
    tb_buf_addf(out, tb_t(" %d", " %d"), x->of > 0 ? x->days : x->members);
}

void tb_lacks_tell(const struct tb_region *r, const struct tb_lack *v, int n, struct tb_notes *out)
{
    for (int d = 0; d < r->n_duties; d++) {
        const struct tb_lack *first = NULL;
        struct tb_buf what = {0};
        for (int i = 0; i < n; i++) {
            if (v[i].duty != d) continue;
            if (first != NULL) tb_buf_add(&what, tb_t("、", ", "));
            if (first == NULL) first = &v[i];
            lack_words(r, &v[i], &what);
        }
        if (first != NULL && first->of > 0)
            tb_notes_add(out,
                         tb_t("%s（%s）が受け持つ中で、出る施設のどこも診ない日（%d日のうち）: %s",
                              "%s (%s) promises what nobody who sits there offers; days of %d: %s"),
                         r->duties[d].name, r->duties[d].id, first->of, tb_buf_str(&what));
        if (first != NULL && first->of == 0)
            tb_notes_add(out,
                         tb_t("%s（%s）が受け持つ中で、診ない担い手の数（%d のうち）: %s",
                              "%s (%s) promises what some members do not offer; members of %d: %s"),
                         r->duties[d].name, r->duties[d].id, first->of_members, tb_buf_str(&what));
        tb_buf_free(&what);
    }
}
