/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "now_rows.h"

#include <stdlib.h>
#include <string.h>

#include "toban/domain/now.h"
#include "toban/domain/private.h"

enum { SOON = 30 };

const struct rt_now_word rt_now_words[RT_NOW_STATES] = {
    [RT_NOW_OPEN] = {"●", "受付中"}, [RT_NOW_CLOSING] = {"△", "終了間近"}, [RT_NOW_FULL] = {"済", "受付終了"},
    [RT_NOW_SHUT] = {"×", "休止"},   [RT_NOW_VACANT] = {"？", "調整中"},   [RT_NOW_NEXT] = {"→", "次に開く"},
};
const char *const rt_now_parts[RT_NOW_PARTS] = {[RT_NOW_FIRST] = "一次（軽い人はこちらへ）",
                                                [RT_NOW_SECOND] = "二次（輪番・後方支援）",
                                                [RT_NOW_BESIDE] = "そのほかの当番"};

void rt_now_rows_free(struct rt_now_rows *x)
{
    for (size_t i = 0; i < x->n; i++) free(x->v[i].mark);
    free(x->v);
    *x = (struct rt_now_rows){0};
}

/* ---- words ------------------------------------------------------------------------------------------ */

void rt_duty_words(const struct tb_duty *d, struct tb_buf *own, struct tb_buf *shared)
{
    const char *last = strrchr(d->name, ' ');
    tb_buf_add(own, last ? last + 1 : d->name);
    if (last) tb_buf_addn(shared, d->name, (size_t)(last - d->name));
}

void rt_clock_from(tb_minute m, tb_minute at, struct tb_buf *out)
{
    tb_day today = tb_day_of_minute(at), d = tb_day_of_minute(m);
    char text[64];
    if (d > today + 1 || d < today) tb_buf_addf(out, "%s ", tb_format_md_ja(d, text, sizeof text));
    int minute = (int)(m - tb_minute_of(d, 0));
    tb_buf_addf(out, "%s%d:%02d", d == today + 1 ? "翌" : "", minute / 60, minute % 60);
}

/* 代替 12:00まで（一医院に代わる） 裏口から */
static char *mark_of(const struct tb_table *t, const struct tb_now_page *p, int place, int duty)
{
    struct tb_buf b = {0};
    bool confirmed = tb_disaster_at(p->v, p->n, p->at) == NULL;
    for (int i = 0; i < p->n; i++) {
        const struct tb_incident *x = &p->v[i];
        int who = x->kind == TB_INCIDENT_SUBSTITUTE ? x->other : x->provider;
        if (!tb_incident_acts(x, p->at, p->at + 1) || who != place || place < 0 ||
            (x->duty >= 0 && x->duty != duty))
            continue;
        confirmed |= x->kind == TB_INCIDENT_CONFIRMED;
        tb_buf_addf(&b, "%s%s ", b.len ? "、" : "", tb_incident_rules[x->kind].ja);
        rt_clock_from(x->until, p->at, &b);
        tb_buf_add(&b, "まで");
        if (x->kind == TB_INCIDENT_SUBSTITUTE && x->provider >= 0)
            tb_buf_addf(&b, "（%sに代わる）", t->shown[x->provider].name);
        if (*x->note) tb_buf_addf(&b, " %s", x->note);
    }
    if (!confirmed) tb_buf_addf(&b, "%s災害・未確認", b.len ? "、" : "");
    return tb_buf_take(&b);
}

static const char *phone_of(const struct tb_table *t, const struct tb_now_page *p, int place, int duty)
{
    const char *phone = t->shown[place].phone;
    for (int i = 0; i < p->n; i++)
        if (p->v[i].kind == TB_INCIDENT_PHONE && tb_incident_acts(&p->v[i], p->at, p->at + 1) &&
            p->v[i].provider == place && (p->v[i].duty < 0 || p->v[i].duty == duty))
            phone = p->v[i].phone;
    return phone;
}

/* ---- rows ------------------------------------------------------------------------------------------- */

static int part_of(const struct tb_duty *d)
{
    return d->tier == 1 ? RT_NOW_FIRST : d->tier >= 2 ? RT_NOW_SECOND : RT_NOW_BESIDE;
}

static struct rt_now_row *add_row(const struct tb_table *t, const struct tb_now_page *p, int duty, int place,
                                  struct rt_now_rows *out)
{
    struct rt_now_row *x = TB_PUSH(out->v, out->n, out->cap);
    const struct tb_duty *d = &t->region->duties[duty];
    *x = (struct rt_now_row){.part = part_of(d),
                             .duty = d,
                             .name = place < 0 ? "調整中" : t->shown[place].name,
                             .address = place < 0 ? "" : t->shown[place].address,
                             .phone = place < 0 ? "" : phone_of(t, p, place, duty)};
    x->mark = mark_of(t, p, place, duty);
    return x;
}

static enum rt_now_state state_of(tb_minute reception, tb_minute at)
{
    return reception < at ? RT_NOW_FULL : reception - at < SOON ? RT_NOW_CLOSING : RT_NOW_OPEN;
}

static const struct rt_opening *open_at(const struct tb_table *t, int service, tb_minute at)
{
    int o = t->services[service].kind == RT_DUTY ? rt_open_at(t, service, at) : -1;
    return o < 0 ? NULL : &t->openings[o];
}

/* Doors that would be open and are not: reported closed, or replaced. */
static void shut_rows(const struct tb_table *t, const struct tb_table *live, const struct tb_now_page *p,
                      bool *told, struct rt_now_rows *out)
{
    for (int s = 0; s < t->n_services; s++) {
        const struct rt_service *x = &t->services[s];
        if (!open_at(t, s, p->at)) continue;
        bool open = false;
        for (int k = 0; k < live->n_services && !open; k++)
            open = live->services[k].place == x->place && live->services[k].duty == x->duty &&
                   open_at(live, k, p->at);
        told[x->duty] = true;
        if (open) continue;
        struct rt_now_row *row = add_row(t, p, x->duty, x->place, out);
        row->state = RT_NOW_SHUT;
        row->until = p->at;
        for (int i = 0; i < p->n; i++) {
            const struct tb_incident *v = &p->v[i];
            if (!tb_incident_acts(v, p->at, p->at + 1) || v->provider != x->place ||
                (v->duty >= 0 && v->duty != x->duty))
                continue;
            if (v->until > row->until) row->until = v->until;
            if (v->kind != TB_INCIDENT_SUBSTITUTE || v->other < 0 || *row->mark) continue;
            struct tb_buf b = {0};
            tb_buf_addf(&b, "%sが代わる", t->shown[v->other].name);
            free(row->mark);
            row->mark = tb_buf_take(&b);
        }
    }
}

/* The table's doors: those open, then for every duty that has none its next openings within a day. */
static void door_rows(const struct tb_table *t, const struct tb_now_page *p, bool *told,
                      struct rt_now_rows *out)
{
    bool *busy = tb_xcalloc((size_t)t->region->n_duties + 1, 1);
    tb_minute *next = tb_xcalloc((size_t)t->region->n_duties + 1, sizeof *next);
    for (int s = 0; s < t->n_services; s++) {
        const struct rt_opening *o = open_at(t, s, p->at);
        if (!o) continue;
        struct rt_now_row *row = add_row(t, p, t->services[s].duty, t->services[s].place, out);
        row->state = state_of(o->reception, p->at);
        row->until = o->reception;
        busy[t->services[s].duty] = told[t->services[s].duty] = true;
    }
    for (int pass = 0; pass < 2; pass++)
        for (int s = 0; s < t->n_services; s++) {
            int duty = t->services[s].duty, o = rt_opens_after(t, s, p->at);
            if (t->services[s].kind != RT_DUTY || busy[duty] || o < 0) continue;
            tb_minute from = t->openings[o].from;
            if (from >= p->at + TB_MINUTES_PER_DAY) continue;
            if (pass == 0 && (!next[duty] || from < next[duty])) next[duty] = from;
            if (pass == 0 || from != next[duty]) continue;
            struct rt_now_row *row = add_row(t, p, duty, t->services[s].place, out);
            row->state = RT_NOW_NEXT;
            row->until = from;
        }
    free(busy);
    free(next);
}

/* What the board knows and the table does not: seats that nobody takes, duties to which no question leads. */
static void board_rows(const struct tb_table *t, const struct tb_now_page *p, const bool *told,
                       struct rt_now_rows *out)
{
    struct tb_now now;
    if (!p->board) return;
    tb_now_of(p->board, p->at, p->v, p->n, &now);
    for (size_t i = 0; i < now.n; i++) {
        const struct tb_now_seat *x = &now.v[i];
        if ((x->slot && x->slot->role != TB_PRIMARY) || (!x->open && told[x->duty])) continue;
        struct rt_now_row *row = add_row(t, p, x->duty, x->open ? -1 : x->place, out);
        row->state = x->open ? RT_NOW_VACANT : x->closed ? RT_NOW_SHUT : state_of(x->reception, p->at);
        row->until = x->reception;
        if (x->open) {
            row->phone = tb_open_call(t->region, x->slot)->phone;
            row->name = tb_open_call(t->region, x->slot)->name;
        }
    }
    tb_now_free(&now);
}

static int by_part(const void *p, const void *q)
{
    const struct rt_now_row *a = p, *b = q;
    if (a->part != b->part) return a->part < b->part ? -1 : 1;
    bool later = a->state == RT_NOW_NEXT, after = b->state == RT_NOW_NEXT;
    if (later != after) return later ? 1 : -1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1; /* rows of one region */
    if (a->state != b->state) return a->state < b->state ? -1 : 1;
    int name = strcmp(a->name, b->name);
    return name ? name : strcmp(a->phone, b->phone);
}

void rt_now_rows_of(const struct tb_table *t, const struct tb_now_page *p, struct rt_now_rows *out)
{
    bool *told = tb_xcalloc((size_t)t->region->n_duties + 1, 1);
    struct rt_live *live = rt_live_new(t, p->v, p->n, p->at);
    door_rows(rt_live_table(live), p, told, out);
    shut_rows(t, rt_live_table(live), p, told, out);
    board_rows(t, p, told, out);
    rt_live_free(live);
    free(told);
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_part);
}
