/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * precheck: what counting alone shows before anything is solved. Said in the office's words, one line each.
 */
#include "toban/plan/plan.h"

#include "gen.h"
#include "toban/domain/dated.h"

#include <stdlib.h>

static const char *role_word(int role)
{
    return role == TB_PRIMARY ? tb_t("当番", "on duty") : tb_t("予備", "reserve");
}

static const char *duty_name(const struct tb_region *r, int duty)
{
    const struct tb_duty *d = &r->duties[duty];
    return tb_lang_get() == TB_EN && d->name_en[0] ? d->name_en : d->name;
}

static void say_slot(const struct tb_gen *g, int row, int n, struct tb_buf *out)
{
    const struct tb_region *r = g->p->region;
    const struct tb_slot *s = &g->p->slots[g->slots[row]];
    char date[64];
    tb_format_date_told(s->date, date, sizeof date);
    tb_buf_addf(out,
                tb_t("%s %s %s(%s): %d 席に対し、出られる人が %d 人しかいません\n",
                     "%s %s %s (%s): %d seats, but only %d can serve\n"),
                date, duty_name(tb_region_on(r, s->date), s->duty), tb_band_on(r, s->band, s->date)->name,
                role_word(s->role), s->need, n);
}

/* Most seats that the hard rows leave to the candidates v[0..n) of one provider: at most one for each row
 * that holds several, rows taken greedily from the earliest candidate on, never counted twice. */
static int most_of(const struct tb_gen *g, const int *v, int n, const int *row_first,
                   const struct tb_gen_row *const *rows, int *mark, int stamp)
{
    int most = 0, best_whole = n;
    for (int i = 0; i < n; i++) mark[v[i]] = stamp;
    int left = n;
    for (int i = 0; i < n; i++) {
        if (mark[v[i]] != stamp) continue;
        int best_gain = 0;
        const struct tb_gen_row *best = NULL;
        for (int t = row_first[v[i]]; t < row_first[v[i] + 1]; t++) {
            const struct tb_gen_row *row = rows[t];
            int inside = 0;
            for (int j = 0; j < row->n; j++) inside += mark[g->pool[row->first + j]] == stamp;
            if (inside == left && left == n && row->limit < best_whole) best_whole = row->limit;
            if (row->limit == 1 && inside - 1 > best_gain) {
                best_gain = inside - 1;
                best = row;
            }
        }
        most++;
        mark[v[i]] = 0;
        left--;
        for (int j = 0; best && j < best->n; j++)
            if (mark[g->pool[best->first + j]] == stamp) {
                mark[g->pool[best->first + j]] = 0;
                left--;
            }
    }
    return most < best_whole ? most : best_whole;
}

struct book {
    int *row_first;                 /* per candidate */
    const struct tb_gen_row **rows; /* hard rows it stands in */
    int *mark;
    int stamp;
};

static struct book book_of(const struct tb_gen *g)
{
    struct book b = {.row_first = tb_xcalloc(g->n_cand + 2, sizeof(int)),
                     .mark = tb_xcalloc(g->n_cand + 1, sizeof(int))};
    size_t total = 0;
    for (int f = 0; f < TB_GEN_AT_MOST; f++)
        for (size_t k = 0; k < g->hard[f].n; k++)
            for (int j = 0; j < g->hard[f].v[k].n; j++, total++)
                b.row_first[g->pool[g->hard[f].v[k].first + j] + 2]++;
    for (size_t i = 2; i < g->n_cand + 2; i++) b.row_first[i] += b.row_first[i - 1];
    b.rows = tb_xcalloc(total + 1, sizeof(struct tb_gen_row *));
    for (int f = 0; f < TB_GEN_AT_MOST; f++)
        for (size_t k = 0; k < g->hard[f].n; k++)
            for (int j = 0; j < g->hard[f].v[k].n; j++)
                b.rows[b.row_first[g->pool[g->hard[f].v[k].first + j] + 1]++] = &g->hard[f].v[k];
    return b;
}

/* Seats of a duty and role within these days, the first and last of a month or of the period. */
struct month {
    int duty, role;
    tb_day from, to;
    bool whole; /* the period, not a month of it */
};

static bool in_month(const struct tb_slot *s, const struct month *m)
{
    return s->duty == m->duty && s->role == m->role && s->date >= m->from && s->date <= m->to;
}

/* Seats of a duty in a month against what its people can give. */
static int say_month(const struct tb_gen *g, struct book *b, const struct month *m, struct tb_buf *out)
{
    const struct tb_region *r = g->p->region;
    int need = 0, most = 0, people = 0, *v = tb_xcalloc(g->n_cand + 1, sizeof *v);
    int *by = tb_xcalloc((size_t)r->n_providers + 2, sizeof *by);
    for (int s = 0; s < g->n_slots; s++) {
        if (!in_month(&g->p->slots[g->slots[s]], m)) continue;
        need += g->p->slots[g->slots[s]].need;
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++) by[g->cand[i].provider + 2]++;
    }
    for (int k = 2; k < r->n_providers + 2; k++) by[k] += by[k - 1];
    for (int s = 0; s < g->n_slots; s++)
        for (int i = g->slot_first[s]; in_month(&g->p->slots[g->slots[s]], m) && i < g->slot_first[s + 1];
             i++)
            v[by[g->cand[i].provider + 1]++] = i;
    for (int who = 0; who < r->n_providers; who++) {
        if (by[who + 1] == by[who]) continue;
        people++;
        most += most_of(g, v + by[who], by[who + 1] - by[who], b->row_first, b->rows, b->mark, ++b->stamp);
    }
    free(v);
    free(by);
    if (most >= need) return 0;
    char a[64], z[64];
    struct tb_ymd y = tb_ymd_of(m->from);
    if (m->whole)
        tb_buf_addf(out, tb_t("%s から %s", "%s to %s"), tb_format_date_told(m->from, a, sizeof a),
                    tb_format_date_told(m->to, z, sizeof z));
    else
        tb_buf_addf(out, tb_t("%d年%d月", "%d-%02d"), y.year, y.month);
    tb_buf_addf(out,
                tb_t(" %s(%s): %d 席に対し、%d 人が条件の上限まで出ても %d 席です。%d 席が空きます\n",
                     " %s (%s): %d seats, but %d people at the limits of the rules fill %d; %d stay open\n"),
                duty_name(r, m->duty), role_word(m->role), need, people, most, need - most);
    return 1;
}

/* Pins of providers who are no candidates of the slot. */
static int say_pins(const struct tb_gen *g, struct tb_buf *out)
{
    const struct tb_problem *p = g->p;
    int lines = 0;
    for (int k = 0; k < p->n_pins; k++) {
        if (p->pins[k].action != TB_PIN_PIN) continue;
        bool can = false;
        for (int s = 0; s < g->n_slots; s++)
            for (int i = g->slot_first[s]; g->slots[s] == p->pins[k].slot && i < g->slot_first[s + 1]; i++)
                can |= g->cand[i].provider == p->pins[k].provider;
        if (can) continue;
        const struct tb_slot *s = &p->slots[p->pins[k].slot];
        char date[64];
        tb_buf_addf(out,
                    tb_t("%s %s %s(%s): 固定された %s "
                         "は必須の条件によりこの枠に入れません。固定を外すか、条件を見直してください\n",
                         "%s %s %s (%s): %s is pinned there, but a hard rule forbids it; take the pin back "
                         "or change what forbids it\n"),
                    tb_format_date_told(s->date, date, sizeof date),
                    duty_name(tb_region_on(p->region, s->date), s->duty),
                    tb_band_on(p->region, s->band, s->date)->name, role_word(s->role),
                    p->region->providers[p->pins[k].provider].name);
        lines++;
    }
    return lines;
}

int tb_plan_precheck(const struct tb_problem *p, struct tb_buf *out)
{
    struct tb_gen *g;
    struct tb_err e = {0};
    if (tb_gen_new(p, &g, &e) != TB_OK) {
        tb_buf_addf(out, "%s\n", e.text);
        return 1;
    }
    int lines = say_pins(g, out);
    for (int s = 0; s < g->n_slots; s++) {
        int n = g->slot_first[s + 1] - g->slot_first[s];
        if (n >= p->slots[g->slots[s]].need) continue;
        say_slot(g, s, n, out);
        lines++;
    }
    struct book b = book_of(g);
    for (int d = 0; d < p->n_duties; d++)
        for (int role = TB_PRIMARY; role <= TB_RESERVE; role++) {
            int before = lines, months = 0;
            for (tb_day day = p->from, next; day <= p->to; day = next, months++) {
                struct tb_ymd y = tb_ymd_of(day);
                next = tb_day_of(y.year + y.month / 12, y.month % 12 + 1, 1);
                struct month m = {p->duties[d], role, day, next - 1 < p->to ? next - 1 : p->to, false};
                lines += say_month(g, &b, &m, out);
            }
            /* Each month may do and the whole may not: limits of a year or of the period. */
            struct month whole = {p->duties[d], role, p->from, p->to, true};
            if (lines == before && months > 1) lines += say_month(g, &b, &whole, out);
        }
    free(b.row_first);
    free(b.rows);
    free(b.mark);
    tb_gen_free(g);
    return lines;
}
