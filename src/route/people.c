/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"
#include "form.h"

#include <stdlib.h>

#include "toban/domain/private.h"

void rt_list_offers(struct tb_table *t)
{
    const struct tb_region *r = t->region;
    t->place_offers = tb_arena_alloc(&t->arena, ((size_t)r->n_providers + 1) * sizeof *t->place_offers);
    t->duty_offers = tb_arena_alloc(&t->arena, ((size_t)r->n_duties + 1) * sizeof *t->duty_offers);
    for (int i = 0; i < r->n_providers; i++) t->place_offers[i] = r->providers[i].specialities;
    for (int i = 0; i < r->n_duties; i++) t->duty_offers[i] = r->duties[i].specialities;
}

void rt_list_shown(struct tb_table *t)
{
    int n = t->region->n_providers;
    t->shown = tb_arena_alloc(&t->arena, ((size_t)n + 1) * sizeof *t->shown);
    for (int i = 0; i < n; i++) tb_public_row(t->region, TB_E_provider, i, &t->shown[i]);
}

static int by_beginning(const void *p, const void *q)
{
    const struct rt_turn *a = p, *b = q;
    if (a->o.from != b->o.from) return a->o.from < b->o.from ? -1 : 1;
    if (a->service != b->service) return a->service < b->service ? -1 : 1;
    return (a->o.to > b->o.to) - (a->o.to < b->o.to);
}

bool rt_open_between(const struct rt_opening *o, tb_minute a, tb_minute b)
{
    return o->from < b && a < o->to;
}

bool rt_dated_between(const struct rt_opening *o, tb_minute a, tb_minute b)
{
    return o->date >= tb_day_of_minute(a) && o->date < tb_day_of_minute(b);
}

void rt_turns_of(const struct tb_table *t, int tier,
                 bool (*want)(const struct rt_opening *o, tb_minute a, tb_minute b), tb_minute a, tb_minute b,
                 struct rt_turns *out)
{
    for (int s = 0; s < t->n_services; s++)
        for (int i = t->services[s].first; i < t->services[s].first + t->services[s].n; i++)
            if ((t->services[s].tier == tier || (tier == 1 && t->services[s].tier == 0)) &&
                want(&t->openings[i], a, b))
                *TB_PUSH(out->v, out->n, out->cap) = (struct rt_turn){s, t->openings[i]};
    if (out->n > 0) qsort(out->v, out->n, sizeof *out->v, by_beginning);
}

void rt_turns_free(struct rt_turns *x)
{
    free(x->v);
    *x = (struct rt_turns){0};
}

const struct tb_provider *rt_place(const struct tb_table *t, int service)
{
    return &t->shown[t->services[service].place];
}
const struct tb_duty *rt_duty(const struct tb_table *t, int service)
{
    return &t->region->duties[t->services[service].duty];
}

void rt_duty_ages(const struct tb_duty *d, struct tb_buf *out)
{
    if (d->age_from > 0) tb_buf_addf(out, "%d歳以上", d->age_from);
    if (d->age_to < 150) tb_buf_addf(out, "%d歳未満", d->age_to);
}

void rt_service_ages(const struct tb_table *t, int service, struct tb_buf *out)
{
    const struct tb_provider *p = &t->region->providers[t->services[service].place];
    struct tb_duty d = *rt_duty(t, service);
    if (p->age_from > d.age_from) d.age_from = p->age_from;
    if (p->age_to < d.age_to) d.age_to = p->age_to;
    rt_duty_ages(&d, out);
}

void rt_service_offers(const struct tb_table *t, int service, struct tb_buf *out)
{
    const struct rt_service *s = &t->services[service];
    struct tb_buf names = {0};
    bool lacks = false;
    for (int c = 0; c < t->n_complaints; c++) {
        if (!rt_sees(t->region, s->kind, s->duty, s->place, c)) continue;
        if (!rt_keeps(t->region, s->kind, s->place, c))
            lacks = true;
        else
            tb_buf_addf(&names, "%s%s", names.len > 0 ? "、" : "", t->region->complaints[c].name);
    }
    if (lacks && names.len > 0) tb_buf_addf(out, "%s。ほかは電話で確認", tb_buf_str(&names));
    if (lacks && names.len == 0) tb_buf_add(out, "電話で確認");
    tb_buf_free(&names);
}

static void clock_time(tb_minute m, tb_day d, struct tb_buf *out)
{
    int minute = (int)(m - tb_minute_of(d, 0));
    if (minute < 0 || minute >= 2 * TB_MINUTES_PER_DAY) {
        char date[64];
        tb_buf_addf(out, "%s ", tb_format_md_ja(tb_day_of_minute(m), date, sizeof date));
        minute = (int)(m - tb_minute_of(tb_day_of_minute(m), 0));
    }
    tb_buf_addf(out, "%s%d:%02d", minute >= TB_MINUTES_PER_DAY ? "翌" : "", minute % TB_MINUTES_PER_DAY / 60,
                minute % 60);
}

void rt_hours(tb_minute from, tb_minute to, tb_day d, struct tb_buf *out)
{
    clock_time(from, d, out);
    tb_buf_add(out, "-");
    clock_time(to, d, out);
}

void rt_edition(const struct tb_table *t, struct tb_buf *out)
{
    char a[64], b[64], c[64];
    rt_table_id(t, out);
    tb_buf_addf(out, "　第%d版 %s　表 %.8s　作成 %.16s　有効 %.16s から %.16s の前まで", t->publication,
                t->hash, t->digest, tb_format_instant(t->issued_at, a, sizeof a),
                tb_format_instant(t->from, b, sizeof b), tb_format_instant(t->to, c, sizeof c));
}

bool tb_day_has_consulting(const tb_table *t, tb_day d)
{
    for (int i = 0; i < t->n_consult; i++)
        if (tb_day_of_minute(t->consult_from[i]) == d) return true;
    return false;
}
