/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_data: candidates and rows as MathProg data: finished index sets and integers, nothing else. The names
 * are those of models/roster.mod.
 */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_value(struct tb_buf *b, int64_t v)
{
    char text[24], *at = text + sizeof text;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do *--at = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0) *--at = '-';
    tb_buf_addn(b, at, (size_t)(text + sizeof text - at));
}

static void put_pair(struct tb_buf *b, int64_t key, int64_t v)
{
    put_value(b, key);
    tb_buf_addc(b, ' ');
    put_value(b, v);
    tb_buf_addc(b, '\n');
}

static void put_set(struct tb_buf *b, const char *name, int64_t key, const int *v, int n, int base)
{
    if (n == 0) return;
    tb_buf_addf(b, "set %s[", name);
    put_value(b, key);
    tb_buf_addn(b, "] :=", 4);
    for (int i = 0; i < n; i++) {
        tb_buf_addc(b, ' ');
        put_value(b, v[i] + base);
    }
    tb_buf_addn(b, ";\n", 2);
}

static void put_number(struct tb_buf *b, const char *name, int64_t v)
{
    tb_buf_addf(b, "param %s := ", name);
    put_value(b, v);
    tb_buf_addn(b, ";\n", 2);
}

static const char *const at_most_names[TB_GEN_AT_MOST] = {
    [TB_GEN_SEAT] = "seat",     [TB_GEN_COUNT] = "count",   [TB_GEN_REST] = "rest",
    [TB_GEN_HOURS] = "hours",   [TB_GEN_LIMIT] = "limit",   [TB_GEN_RUN] = "run",
    [TB_GEN_WEEK] = "week",     [TB_GEN_PERSON] = "person", [TB_GEN_LINK] = "link",
    [TB_GEN_APART] = "apart",   [TB_GEN_SPREAD] = "spread", [TB_GEN_YEARS] = "years",
    [TB_GEN_LABOUR] = "labour", [TB_GEN_KEEP] = "keep",     [TB_GEN_FOLLOW] = "follow",
};
static const char *const least_names[TB_GEN_AT_LEAST] = {[TB_GEN_MIN] = "min", [TB_GEN_SKILL] = "skill"};

/* Do caps of the family differ? The others are at most one, and say so in the model. */
static bool has_cap(const char *name)
{
    static const char *const with[] = {"count", "limit", "person", "spread", "apart_soft",
                                       "min",   "skill", "keep",   "follow", "hours_most"};
    for (size_t i = 0; i < TB_COUNT(with); i++) {
        size_t n = strlen(with[i]);
        if (strncmp(name, with[i], n) == 0 && (name[n] == '\0' || strcmp(name + n, "_soft") == 0))
            return true;
    }
    return false;
}

/* Rows of one family: n_NAME, NAME_X[k], NAME_cap[k] where caps differ, and the price of priced ones. */
static void put_rows(struct tb_buf *b, const struct tb_gen *g, const char *name,
                     const struct tb_gen_rows *rows, bool priced)
{
    char word[40];
    if (rows->n == 0) return;
    snprintf(word, sizeof word, "n_%s", name);
    put_number(b, word, (int64_t)rows->n);
    snprintf(word, sizeof word, "%s_X", name);
    for (size_t k = 0; k < rows->n; k++)
        put_set(b, word, (int64_t)k + 1, &g->pool[rows->v[k].first], rows->v[k].n, 1);
    if (has_cap(name)) {
        tb_buf_addf(b, "param %s_cap :=\n", name);
        for (size_t k = 0; k < rows->n; k++) put_pair(b, (int64_t)k + 1, rows->v[k].limit);
        tb_buf_add(b, ";\n");
    }
    if (!priced) return;
    tb_buf_addf(b, "param %s_price :=\n", name);
    for (size_t k = 0; k < rows->n; k++) put_pair(b, (int64_t)k + 1, rows->v[k].price);
    tb_buf_add(b, ";\n");
}

static void put_at_most(struct tb_buf *b, const struct tb_gen *g)
{
    char word[40];
    for (int f = 0; f < TB_GEN_AT_MOST; f++) {
        put_rows(b, g, at_most_names[f], &g->hard[f], false);
        if (f == TB_GEN_APART) continue;
        snprintf(word, sizeof word, "%s_soft", at_most_names[f]);
        put_rows(b, g, word, &g->soft[f], true);
    }
}

static void put_units(struct tb_buf *b, const char *name, const struct tb_gen_rows *rows)
{
    tb_buf_addf(b, "param %s :=\n", name);
    for (size_t k = 0; k < rows->n; k++) put_pair(b, (int64_t)k + 1, rows->v[k].unit + 1);
    tb_buf_add(b, ";\n");
}

static void put_apart(struct tb_buf *b, const struct tb_gen *g)
{
    const struct tb_gen_rows *rows = &g->soft[TB_GEN_APART];
    if (rows->n == 0) return;
    put_rows(b, g, "apart_soft", rows, false);
    put_units(b, "apart_unit", rows);
    put_number(b, "n_apart_units", (int64_t)g->n_unit);
    tb_buf_add(b, "param apart_price :=\n");
    for (size_t k = 0; k < g->n_unit; k++) put_pair(b, (int64_t)k + 1, g->unit_price[k]);
    tb_buf_add(b, ";\n");
}

static void put_needs(struct tb_buf *b, const struct tb_gen *g)
{
    const struct tb_gen_needs *rows[2] = {&g->need_hard, &g->need_soft};
    for (int soft = 0; soft < 2; soft++) {
        char word[40];
        const char *name = soft ? "pair_soft" : "pair";
        if (rows[soft]->n == 0) continue;
        snprintf(word, sizeof word, "n_%s", name);
        put_number(b, word, (int64_t)rows[soft]->n);
        for (size_t k = 0; k < rows[soft]->n; k++) {
            const struct tb_gen_need *v = &rows[soft]->v[k];
            snprintf(word, sizeof word, "%s_X", name);
            put_set(b, word, (int64_t)k + 1, &g->pool[v->first], v->n, 1);
            snprintf(word, sizeof word, "%s_by", name);
            put_set(b, word, (int64_t)k + 1, &g->pool[v->first_helper], v->n_helper, 1);
        }
    }
    if (g->need_soft.n == 0) return;
    tb_buf_add(b, "param : pair_soft_cap pair_unit :=\n");
    for (size_t k = 0; k < g->need_soft.n; k++) {
        put_value(b, (int64_t)k + 1);
        tb_buf_addc(b, ' ');
        put_pair(b, g->need_soft.v[k].limit, g->need_soft.v[k].unit + 1);
    }
    tb_buf_add(b, ";\n");
    put_number(b, "n_pair_units", (int64_t)g->n_alone);
    tb_buf_add(b, "param pair_price :=\n");
    for (size_t k = 0; k < g->n_alone; k++) put_pair(b, (int64_t)k + 1, g->alone_price[k]);
    tb_buf_add(b, ";\n");
}

static void put_hours(struct tb_buf *b, const struct tb_gen *g)
{
    put_rows(b, g, "hours_most", &g->hours_hard, false);
    put_rows(b, g, "hours_most_soft", &g->hours_soft, true);
    if (g->hours_hard.n + g->hours_soft.n == 0) return;
    tb_buf_add(b, "param minutes :=\n");
    for (size_t i = 0; i < g->n_cand; i++)
        put_pair(b, (int64_t)i + 1, tb_gen_slot_minutes(&g->p->slots[g->cand[i].slot]));
    tb_buf_add(b, ";\n");
}

static void put_week(struct tb_buf *b, const struct tb_gen *g)
{
    if (g->n_week == 0) return;
    put_number(b, "n_weeks", (int64_t)g->n_week);
    for (size_t k = 0; k < g->n_week; k++)
        put_set(b, "week_class_X", (int64_t)k + 1, &g->pool[g->week[k].first], g->week[k].n, 1);
    tb_buf_add(b, "param : weeks_price weeks_bound :=\n");
    for (size_t k = 0; k < g->n_week; k++) {
        put_value(b, (int64_t)k + 1);
        tb_buf_addc(b, ' ');
        put_pair(b, g->week[k].price, g->week[k].bound_other);
    }
    tb_buf_add(b, ";\n");
    put_rows(b, g, "week_some", &g->some, false);
    put_units(b, "week_some_of", &g->some);
    put_rows(b, g, "week_other", &g->other, false);
    put_units(b, "week_other_of", &g->other);
}

static void put_loads(struct tb_buf *b, const struct tb_gen *g)
{
    if (g->n_load == 0) return;
    put_number(b, "n_loads", (int64_t)g->n_load);
    for (size_t k = 0; k < g->n_load; k++) {
        put_set(b, "load_X", (int64_t)k + 1, &g->pool[g->load[k].first], g->load[k].n, 1);
        put_set(b, "load_in", (int64_t)k + 1, &g->pool[g->load[k].first_child], g->load[k].n_child, 1);
    }
    tb_buf_add(b, "param : load_price entitlement beyond steps last :=\n");
    for (size_t k = 0; k < g->n_load; k++) {
        const struct tb_gen_load *l = &g->load[k];
        put_value(b, (int64_t)k + 1);
        tb_buf_addc(b, ' ');
        put_value(b, l->price);
        tb_buf_addc(b, ' ');
        put_value(b, l->entitlement);
        tb_buf_addc(b, ' ');
        put_value(b, l->beyond);
        tb_buf_addc(b, ' ');
        put_pair(b, l->steps, l->last);
    }
    tb_buf_add(b, ";\n");
}

static void put_marked(struct tb_buf *b, const struct tb_gen *g, const char *name, int fee)
{
    tb_buf_addf(b, "set %s_X :=", name);
    for (size_t i = 0; i < g->n_cand; i++)
        if (fee < 0 ? g->cand[i].pinned : g->cand[i].fee[fee] != 0) {
            tb_buf_addc(b, ' ');
            put_value(b, (int64_t)i + 1);
        }
    tb_buf_add(b, ";\n");
}

static void put_candidates(struct tb_buf *b, const struct tb_gen *g)
{
    static const char *const fees[TB_GEN_FEES] = {"wish", "consulting", "tired", "recent", "rhythm", "bound"};
    put_number(b, "n_x", (int64_t)g->n_cand);
    put_marked(b, g, "pinned", -1);
    for (int f = 0; f < TB_GEN_FEES; f++) {
        put_marked(b, g, fees[f], f);
        tb_buf_addf(b, "param %s_fee :=\n", fees[f]);
        for (size_t i = 0; i < g->n_cand; i++)
            if (g->cand[i].fee[f]) put_pair(b, (int64_t)i + 1, g->cand[i].fee[f]);
        tb_buf_add(b, ";\n");
    }
}

/* Slots with pins that a hard rule forbids: the pinned candidates that are left, and how many there should
 * be. */
static void put_lost_pins(struct tb_buf *b, const struct tb_gen *g)
{
    int n = 0, *v = tb_xcalloc(g->n_cand + 1, sizeof *v);
    struct tb_buf needs = {0};
    for (int s = 0; s < g->n_slots; s++) {
        int here = 0;
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++)
            if (g->cand[i].pinned) v[here++] = i;
        if (!g->lost[s]) continue;
        put_set(b, "pin_X", ++n, v, here, 1);
        put_pair(&needs, n, here + g->lost[s]);
    }
    if (n) {
        put_number(b, "n_pin", n);
        tb_buf_addf(b, "param pins :=\n%s;\n", tb_buf_str(&needs));
    }
    tb_buf_free(&needs);
    free(v);
}

static void put_slots(struct tb_buf *b, const struct tb_gen *g)
{
    put_number(b, "n_slots", g->n_slots);
    tb_buf_add(b, "param : need first_x last_x :=\n");
    for (int s = 0; s < g->n_slots; s++) {
        put_value(b, s + 1);
        tb_buf_addc(b, ' ');
        put_value(b, g->p->slots[g->slots[s]].need);
        tb_buf_addc(b, ' ');
        put_pair(b, g->slot_first[s] + 1, g->slot_first[s + 1]);
    }
    tb_buf_add(b, ";\n");
    put_lost_pins(b, g);
}

void tb_gen_data(const struct tb_gen *g, struct tb_buf *out)
{
    tb_buf_add(out,
               "# toban: data for models/roster.mod (glpsol -m models/roster.mod -d THIS_FILE)\ndata;\n");
    put_number(out, "open_price", g->p->open_price);
    put_number(out, "fixed_cost", g->fixed);
    put_slots(out, g);
    put_candidates(out, g);
    put_at_most(out, g);
    put_apart(out, g);
    put_needs(out, g);
    put_hours(out, g);
    put_week(out, g);
    for (int f = 0; f < TB_GEN_AT_LEAST; f++) put_rows(out, g, least_names[f], &g->least[f], true);
    put_loads(out, g);
    tb_buf_add(out, "end;\n");
}
