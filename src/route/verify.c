/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table, doubted. A second implementation that reads board, region and policy rows, calls nothing of the
 * builder or of the look-up (but the one function that orders a list for a modifier, to hold it against its
 * own reckoning), and compares every cell at every minute. It works minute by minute where the builder works
 * by boundaries:
 *
 *   - the table's own data (doors, openings, travel, ages, consulting hours) against the board and the master
 * data;
 *   - for each minute what is open; for each area what of it can be reached; where neither changed since the
 * minute before, the expected answers did not either, and the table must still point at the same column;
 *   - where something changed, the expected list of every key (keys that every door and line treats alike,
 * compared key by key, are reckoned once) against the table's list, entry by entry, and the properties that
 * any right list has.
 */
#include "route_int.h"

#include <stdlib.h>
#include <string.h>

enum { SHUT_FOR_GOOD = -1, MOST = 16 };

struct span {
    tb_minute from, reception, to;
    int slot;
};
struct gate { /* a duty at a place, a tertiary centre, a certified hospital */
    int kind, duty, place, tier;
    struct span *s;
    size_t n, cap;
};
struct sighting {
    int gate, minutes;
    bool own, reach;
    unsigned soon;
    tb_minute opens;
};
struct scene { /* one area, one minute */
    struct sighting *open, *soon, *next;
    int n_open, n_soon, n_next;
    bool *standard; /* rows of the 実施基準 that hold here and now */
};
struct expected {
    struct rt_entry e[MOST];
    int n;
    bool place;
};
struct world { /* one minute, for all areas */
    bool consulting, winter;
    tb_minute consulting_next;
    uint64_t lines;
};
struct prover {
    const struct tb_table *t;
    const struct tb_board *b;
    const struct tb_region *r;
    struct gate *gates;
    size_t n_gates, cap_gates;
    int *gate_of;                     /* per service of the table */
    int *minutes;                     /* [area * n_gates + gate], without snow */
    bool *own;                        /* likewise */
    int *rules;                       /* by rank, then id */
    int *nth;                         /* per rule: how many before it take the same */
    int n_keys, n_ages, n_complaints; /* with unknown */
    /* [key * n_gates + gate]; doubt: the holder does not say that he offers what the key's complaint asks */
    bool *strict, *loose, *age_strict, *age_loose, *doubt;
    bool *line; /* [key * n_lines + line] */
    /* rows of the 実施基準: [area * n + row] its area, [key * n + row] its patients */
    bool *covers, *meant;
    bool *valid, *was_valid; /* in force at this minute, a minute ago */
    int *asked;              /* by rank, then id */
    int64_t home_cells;
    int *group, n_groups, *chief; /* per key its group; per group its first key */
    /* per list of the table: tier of its first entry that is not a call for help */
    uint8_t *heads;
    int *heap; /* room for two piles of gates */
    struct world now;
    int64_t *state, *before; /* per gate: open, next opening, soon: what all areas see */
    tb_minute at;
    struct tb_err *e;
};

/* ---- complaints about the table ------------------------------------------------------------- */

static enum tb_code bad_data(struct prover *p, const char *what, int64_t where)
{
    return tb_fail(p->e, TB_NO,
                   tb_t("案内表の中身が当番表・基礎データと合いません: %s（%lld 番）。作り直してください",
                        "the table's data is not that of board and region: %s (number %lld); build it again"),
                   what, (long long)where);
}

static void tell_list(const struct prover *p, const struct rt_entry *e, int n, struct tb_buf *out)
{
    for (int i = 0; i < n; i++) {
        const char *name = p->r->policies[e[i].policy].name;
        if (e[i].ref == RT_SERVICE) name = p->r->providers[p->t->services[e[i].index].place].name;
        if (e[i].ref == RT_LINE) name = p->r->lines[e[i].index].name;
        tb_buf_addf(out, "%s%s[%s]%s", i > 0 ? " > " : "", name, p->r->policies[e[i].policy].id,
                    e[i].doubtful ? tb_t("電話で確認", "?") : "");
    }
    if (n == 0) tb_buf_add(out, tb_t("（空）", "(empty)"));
}

static enum tb_code bad_cell(struct prover *p, int area, int key, int urgency, int channel, const char *why)
{
    static const char *const level[RT_U_COUNT] = {"guidance", "U1", "U2", "U3", "U4", "U5", "unknown"};
    char at[64];
    int age = key / p->n_complaints, complaint = key % p->n_complaints;
    return tb_fail(p->e, TB_NO,
                   tb_t("案内表の欄が誤りです: %s 地区 %s 年齢区分 %d 症状 %s 緊急度 %s 窓口 %s: %s",
                        "wrong cell: %s, area %s, age group %d, complaint %s, urgency %s, desk %s: %s"),
                   tb_format_instant(p->at, at, sizeof at), p->r->areas[area].id,
                   age < p->n_ages - 1 ? p->t->cuts[age] : -1,
                   complaint < p->n_complaints - 1 ? p->r->complaints[complaint].id : "-", level[urgency],
                   channel == TB_CHANNEL_119 ? "119" : "phone/desk/public", why);
}

/* ---- what board and region say -------------------------------------------------------------- */

static bool common(struct tb_ids a, struct tb_ids b)
{
    for (int i = 0; i < a.n * b.n; i++)
        if (a.v[i / b.n] == b.v[i % b.n]) return true;
    return false;
}

static bool sees_complaint(const struct prover *p, const struct gate *g, int complaint)
{
    const struct tb_ids wanted = p->r->complaints[complaint].specialities;
    if (g->kind == RT_TERTIARY) return true;
    if (g->kind == RT_DUTY) return common(wanted, p->r->duties[g->duty].specialities);
    return p->r->providers[g->place].specialities.n == 0 ||
           common(wanted, p->r->providers[g->place].specialities);
}

static bool sees_year(const struct prover *p, const struct gate *g, int year)
{
    const struct tb_provider *holder = &p->r->providers[g->place];
    if (g->kind == RT_TERTIARY) return true;
    if (year > 149) year = 149;
    if (year < holder->age_from || year >= holder->age_to) return false;
    return g->kind != RT_DUTY ||
           (year >= p->r->duties[g->duty].age_from && year < p->r->duties[g->duty].age_to);
}

static struct gate *gate_for(struct prover *p, int kind, int duty, int place, int tier)
{
    for (size_t i = 0; i < p->n_gates; i++)
        if (p->gates[i].kind == kind && p->gates[i].duty == duty && p->gates[i].place == place)
            return &p->gates[i];
    struct gate *g = TB_PUSH(p->gates, p->n_gates, p->cap_gates);
    *g = (struct gate){.kind = kind, .duty = duty, .place = place, .tier = tier};
    return g;
}

static void read_board(struct prover *p)
{
    const struct tb_region *r = p->r;
    for (int i = 0; i < p->b->n; i++) {
        const struct tb_slot *s = &p->b->slots[p->b->a[i].slot];
        const struct tb_duty *d = &r->duties[s->duty];
        struct gate probe = {.kind = RT_DUTY, .duty = s->duty};
        bool wanted = false;
        for (int c = 0; c < r->n_complaints; c++) wanted = wanted || sees_complaint(p, &probe, c);
        if (s->role != TB_PRIMARY || d->at_home || !wanted) continue;
        struct gate *g = gate_for(p, RT_DUTY, s->duty, d->site >= 0 ? d->site : p->b->a[i].provider, d->tier);
        for (int k = 0; k < s->n_intervals; k++) {
            bool known = false;
            for (size_t j = 0; j < g->n; j++)
                known = known || (g->s[j].slot == p->b->a[i].slot && g->s[j].from == s->interval[k].from);
            if (!known)
                *TB_PUSH(g->s, g->n, g->cap) =
                    (struct span){s->interval[k].from, s->reception[k], s->interval[k].to, p->b->a[i].slot};
        }
    }
    for (int i = 0; i < r->n_providers; i++) {
        if (r->providers[i].tertiary) (void)gate_for(p, RT_TERTIARY, -1, i, 3);
        if (!r->providers[i].tertiary && r->providers[i].certified_until != TB_DAY_NONE)
            (void)gate_for(p, RT_CERTIFIED, -1, i, 2);
    }
}

static int farthest(const struct tb_region *r, int area, int to)
{
    int most = 0;
    bool has_child = false;
    for (int a = 0; a < r->n_areas; a++) {
        if (r->areas[a].parent != area) continue;
        int m = farthest(r, a, to);
        has_child = true;
        if (m > most) most = m;
    }
    return has_child ? most : tb_travel_minutes(r, area, to, false);
}

static void read_map(struct prover *p)
{
    const struct tb_region *r = p->r;
    p->minutes = tb_xcalloc((size_t)r->n_areas * p->n_gates + 1, sizeof *p->minutes);
    p->own = tb_xcalloc((size_t)r->n_areas * p->n_gates + 1, sizeof *p->own);
    for (int a = 0; a < r->n_areas; a++)
        for (size_t g = 0; g < p->n_gates; g++) {
            const struct gate *x = &p->gates[g];
            size_t i = (size_t)a * p->n_gates + g, twin = 0;
            while (twin < g && r->providers[p->gates[twin].place].area != r->providers[x->place].area) twin++;
            p->minutes[i] = twin < g ? p->minutes[i - g + twin] : farthest(r, a, r->providers[x->place].area);
            p->own[i] = x->kind != RT_DUTY || r->duties[x->duty].area < 0 ||
                        tb_area_within(r, a, r->duties[x->duty].area);
        }
}

/* Consulting hours of that day as [from, to); empty: from == to. */
static void consulting_of(const struct prover *p, tb_day d, tb_minute *from, tb_minute *to)
{
    const struct tb_region_row *x = &p->r->regions[0];
    uint64_t classes = tb_day_classes(p->r, -1, d);
    bool half = x->half >= 0 && (classes & UINT64_C(1) << x->half),
         whole = x->consulting >= 0 && (classes & UINT64_C(1) << x->consulting);
    *from = tb_minute_of(d, x->consulting_from);
    *to = half ? tb_minute_of(d, x->half_to) : whole ? tb_minute_of(d, x->consulting_to) : *from;
}

/* ---- keys ----------------------------------------------------------------------------------- */

static void judge_key(struct prover *p, int key)
{
    int age = key / p->n_complaints, complaint = key % p->n_complaints;
    bool any_age = age == p->n_ages - 1, any_complaint = complaint == p->n_complaints - 1;
    for (size_t g = 0; g < p->n_gates; g++) {
        size_t i = (size_t)key * p->n_gates + g;
        bool every_year = true, some_year = false, every = true, some = false;
        for (int y = any_age ? 0 : p->t->cuts[age]; y <= (any_age ? 150 : p->t->cuts[age]); y++) {
            bool in = sees_year(p, &p->gates[g], y);
            every_year &= in;
            some_year |= in;
        }
        for (int c = any_complaint ? 0 : complaint; c <= (any_complaint ? p->n_complaints - 2 : complaint);
             c++) {
            bool in = sees_complaint(p, &p->gates[g], c);
            every &= in;
            some |= in;
        }
        const struct gate *x = &p->gates[g];
        const struct tb_ids offered = p->r->providers[x->place].specialities;
        if (any_complaint && x->tier == 0) every = some = false; /* pharmacies are asked for, never meant */
        p->doubt[i] = x->kind == RT_DUTY && !any_complaint && offered.n > 0 &&
                      !common(offered, p->r->complaints[complaint].specialities);
        p->age_strict[i] = every_year;
        p->age_loose[i] = some_year;
        p->strict[i] = every_year && every;
        p->loose[i] = some_year && some;
    }
    for (int l = 0; l < p->r->n_lines; l++)
        for (int y = any_age ? 0 : p->t->cuts[age]; y <= (any_age ? 150 : p->t->cuts[age]); y++)
            if (y >= p->r->lines[l].age_from && (y < 150 ? y : 149) < p->r->lines[l].age_to)
                p->line[key * p->r->n_lines + l] = true;
    for (int i = 0; i < p->r->n_standards; i++) {
        const struct tb_standard *x = &p->r->standards[i];
        bool every_year = true;
        for (int y = any_age ? 0 : p->t->cuts[age]; y <= (any_age ? 149 : p->t->cuts[age]); y++)
            every_year &= y >= x->age_from && y < x->age_to;
        p->meant[key * p->r->n_standards + i] =
            every_year && (x->complaint == -1 || (!any_complaint && x->complaint == complaint));
    }
}

static bool alike(const struct prover *p, int a, int b)
{
    size_t g = p->n_gates, l = (size_t)p->r->n_lines;
    const bool *const v[] = {p->strict, p->loose, p->age_strict, p->age_loose, p->doubt};
    for (size_t k = 0; k < TB_COUNT(v); k++)
        if (memcmp(v[k] + (size_t)a * g, v[k] + (size_t)b * g, g * sizeof *v[k]) != 0) return false;
    size_t s = (size_t)p->r->n_standards;
    if (memcmp(p->meant + (size_t)a * s, p->meant + (size_t)b * s, s * sizeof *p->meant) != 0) return false;
    return memcmp(p->line + (size_t)a * l, p->line + (size_t)b * l, l * sizeof *p->line) == 0;
}

static void read_keys(struct prover *p)
{
    p->n_ages = p->t->n_ages + 1;
    p->n_complaints = p->r->n_complaints + 1;
    p->n_keys = p->n_ages * p->n_complaints;
    size_t keys = (size_t)p->n_keys, flags = keys * p->n_gates + 1;
    p->strict = tb_xcalloc(flags, sizeof(bool));
    p->loose = tb_xcalloc(flags, sizeof(bool));
    p->age_strict = tb_xcalloc(flags, sizeof(bool));
    p->age_loose = tb_xcalloc(flags, sizeof(bool));
    p->doubt = tb_xcalloc(flags, sizeof(bool));
    p->heap = tb_xcalloc(2 * p->n_gates + 1, sizeof *p->heap);
    p->line = tb_xcalloc(keys * (size_t)p->r->n_lines + 1, sizeof(bool));
    p->meant = tb_xcalloc(keys * (size_t)p->r->n_standards + 1, sizeof(bool));
    p->group = tb_xcalloc(keys, sizeof *p->group);
    p->chief = tb_xcalloc(keys, sizeof *p->chief);
    for (int key = 0; key < p->n_keys; key++) {
        judge_key(p, key);
        int k = 0;
        while (k < p->n_groups && !alike(p, p->chief[k], key)) k++;
        if (k == p->n_groups) p->chief[p->n_groups++] = key;
        p->group[key] = k;
    }
}

/* No door and no line may tell two years of one atom apart. */
static enum tb_code check_ages(struct prover *p)
{
    const struct tb_table *t = p->t;
    if (t->n_ages < 1 || t->cuts[0] != 0 || t->n_complaints != p->r->n_complaints)
        return bad_data(p, tb_t("年齢区分", "ages"), 0);
    for (int a = 0, y = 0; y <= 150; y++) {
        if (a + 1 < t->n_ages && t->cuts[a + 1] <= y) a++;
        if (t->cuts[a] > y || (a + 1 < t->n_ages && t->cuts[a + 1] <= y))
            return bad_data(p, tb_t("年齢区分", "ages"), y);
        for (size_t g = 0; g < p->n_gates; g++)
            if (sees_year(p, &p->gates[g], y) != sees_year(p, &p->gates[g], t->cuts[a]))
                return bad_data(p, tb_t("年齢区分", "ages"), y);
        for (int l = 0; l < p->r->n_lines; l++) {
            const struct tb_line *x = &p->r->lines[l];
            int z = y < 150 ? y : 149, c = t->cuts[a];
            if ((z >= x->age_from && z < x->age_to) != (c >= x->age_from && c < x->age_to))
                return bad_data(p, tb_t("年齢区分", "ages"), y);
        }
        for (int i = 0; i < p->r->n_standards; i++) {
            const struct tb_standard *x = &p->r->standards[i];
            int z = y < 150 ? y : 149, c = t->cuts[a];
            if ((z >= x->age_from && z < x->age_to) != (c >= x->age_from && c < x->age_to))
                return bad_data(p, tb_t("年齢区分", "ages"), y);
        }
    }
    return TB_OK;
}

/* ---- the table's data ----------------------------------------------------------------------- */

static enum tb_code check_doors(struct prover *p)
{
    const struct tb_table *t = p->t;
    bool *met = tb_xcalloc(p->n_gates + 1, sizeof *met);
    enum tb_code code = TB_OK;
    p->gate_of = tb_xcalloc((size_t)t->n_services + 1, sizeof *p->gate_of);
    for (int s = 0; s < t->n_services && code == TB_OK; s++) {
        const struct rt_service *x = &t->services[s];
        size_t g = 0;
        while (g < p->n_gates &&
               (p->gates[g].kind != x->kind || p->gates[g].duty != x->duty || p->gates[g].place != x->place))
            g++;
        if (g == p->n_gates || met[g] || p->gates[g].tier != x->tier || (size_t)x->n != p->gates[g].n) {
            code = bad_data(p,
                            tb_t("当番でない窓口、または階層・枠数の違い",
                                 "a door that is not on duty, or another tier or number of openings"),
                            s);
            break;
        }
        met[g] = true;
        p->gate_of[s] = (int)g;
        for (int i = 0; i < x->n; i++) {
            const struct rt_opening *o = &t->openings[x->first + i];
            bool known = i == 0 || o[-1].from < o->from || (o[-1].from == o->from && o[-1].slot < o->slot);
            bool same = false;
            for (size_t k = 0; k < p->gates[g].n; k++) {
                const struct span *y = &p->gates[g].s[k];
                same = same || (y->from == o->from && y->reception == o->reception && y->to == o->to &&
                                y->slot == o->slot);
            }
            if (!known || !same) code = bad_data(p, tb_t("窓口の時間", "hours of a door"), s);
        }
    }
    for (size_t g = 0; g < p->n_gates && code == TB_OK; g++)
        if (!met[g])
            code = bad_data(p, tb_t("表にない窓口", "a door on duty that the table lacks"), (int64_t)g);
    free(met);
    return code;
}

/* From a centre's area downwards: who lives below is served by it. */
static void serve_below(const struct prover *p, int area, int centre, uint64_t *served)
{
    served[area] |= UINT64_C(1) << centre;
    for (int a = 0; a < p->r->n_areas; a++)
        if (p->r->areas[a].parent == area) serve_below(p, a, centre, served);
}

static enum tb_code check_centres(struct prover *p)
{
    uint64_t *served = tb_xcalloc((size_t)p->r->n_areas + 1, sizeof *served);
    int wrong = -1;
    for (int c = 0; c < p->r->n_centres; c++) serve_below(p, p->r->centres[c].area, c, served);
    for (int a = 0; a < p->r->n_areas && wrong < 0; a++)
        if (served[a] != p->t->centres[a]) wrong = a;
    free(served);
    return wrong < 0
               ? TB_OK
               : bad_data(p, tb_t("地区の地域包括支援センター", "the support centre of an area"), wrong);
}

static enum tb_code check_data(struct prover *p)
{
    const struct tb_table *t = p->t;
    if (t->publication != p->b->publication || strcmp(t->hash, p->b->hash) != 0)
        return bad_data(p, tb_t("公表の版", "the publication"), t->publication);
    enum tb_code code = check_doors(p);
    if (code == TB_OK) code = check_ages(p);
    if (code == TB_OK) code = check_centres(p);
    if (code != TB_OK) return code;
    for (int a = 0; a < p->r->n_areas; a++)
        for (int s = 0; s < t->n_services; s++)
            if (t->travel[a * t->n_services + s] !=
                p->minutes[(size_t)a * p->n_gates + (size_t)p->gate_of[s]])
                return bad_data(p, tb_t("移動時間", "travel minutes"), s);
    int k = 0;
    tb_day first = tb_day_of_minute(t->from);
    for (tb_day d = first; d <= tb_day_of_minute(t->to) + 14; d++) {
        tb_minute from, to;
        bool winter = p->r->regions[0].winter >= 0 &&
                      (tb_day_classes(p->r, -1, d) & UINT64_C(1) << p->r->regions[0].winter);
        consulting_of(p, d, &from, &to);
        if (t->winter[d - first] != winter) return bad_data(p, tb_t("冬期", "winter"), d - first);
        if (from == to) continue;
        if (k >= t->n_consult || t->consult_from[k] != from || t->consult_to[k] != to)
            return bad_data(p, tb_t("一般の診療時間", "consulting hours"), k);
        k++;
    }
    if (k != t->n_consult) return bad_data(p, tb_t("一般の診療時間", "consulting hours"), k);
    if (t->n_bounds < 1 || t->bounds[0] != t->from) return bad_data(p, tb_t("区切りの時刻", "boundaries"), 0);
    for (int i = 1; i < t->n_bounds; i++)
        if (t->bounds[i] <= t->bounds[i - 1] || t->bounds[i] >= t->to)
            return bad_data(p, tb_t("区切りの時刻", "boundaries"), i);
    for (int i = 0; i < t->n_bounds * p->r->n_areas; i++)
        if (t->column_of[i] >= (uint32_t)t->n_columns)
            return bad_data(p, tb_t("欄の番号", "column numbers"), i);
    int64_t chunks = t->width > 0 ? (t->n_classes + t->width - 1) / t->width : 0;
    if (t->width < 1) return bad_data(p, tb_t("行の幅", "width of a row"), t->width);
    for (int64_t i = 0; i < (int64_t)t->n_columns * RT_U_COUNT * 2; i++)
        if (t->columns[i] >= (uint32_t)t->n_parts)
            return bad_data(p, tb_t("欄の部分の番号", "part numbers"), i);
    for (int64_t i = 0; i < t->n_parts * chunks; i++)
        if (t->parts[i] >= (uint32_t)t->n_rows) return bad_data(p, tb_t("行の番号", "row numbers"), i);
    for (int64_t i = 0; i < (int64_t)t->n_rows * t->width; i++)
        if (t->rows[i] >= (uint32_t)t->n_lists) return bad_data(p, tb_t("一覧の番号", "list numbers"), i);
    for (int i = 0; i < (t->n_ages + 1) * (t->n_complaints + 1); i++)
        if (t->class_of[i] < 0 || t->class_of[i] >= t->n_classes)
            return bad_data(p, tb_t("鍵の区分", "key classes"), i);
    for (int i = 0; i < t->n_lists; i++)
        if (t->lists[i].n < 0 || t->lists[i].n > MOST || t->lists[i].first < 0 ||
            t->lists[i].first + t->lists[i].n > t->n_entries)
            return bad_data(p, tb_t("一覧", "lists"), i);
    for (int i = 0; i < t->n_entries; i++) {
        const struct rt_entry *x = &t->entries[i];
        int most = x->ref == RT_SERVICE ? t->n_services : x->ref == RT_LINE ? p->r->n_lines : 0;
        if (x->ref < 0 || x->ref > RT_CENTRE || x->index < -1 || x->index >= most ||
            (most > 0 && x->index < 0) || x->doubtful < 0 || x->doubtful > 1 || x->policy < 0 ||
            x->policy >= p->r->n_policies)
            return bad_data(p, tb_t("一覧の行", "entries"), i);
    }
    return TB_OK;
}

/* ---- one minute ----------------------------------------------------------------------------- */

static int rounded_up(int minutes)
{
    static const int steps[] = {10, 20, 30, 45, 60, 90};
    for (size_t i = 0; i < TB_COUNT(steps); i++)
        if (steps[i] >= minutes) return steps[i];
    int m = 120;
    while (m < minutes) m += 30;
    return m;
}

static const struct span *open_span(const struct gate *g, tb_minute at)
{
    const struct span *best = NULL;
    for (size_t i = 0; i < g->n; i++)
        if (at >= g->s[i].from && at < g->s[i].to &&
            (best == NULL || g->s[i].from < best->from ||
             (g->s[i].from == best->from && g->s[i].slot < best->slot)))
            best = &g->s[i];
    return best;
}

static tb_minute next_start(const struct gate *g, tb_minute at)
{
    tb_minute first = INT64_MAX;
    for (size_t i = 0; i < g->n; i++)
        if (g->s[i].from > at && g->s[i].from < first) first = g->s[i].from;
    return first;
}

/* State of a gate in four numbers; the last two have a bit for each rule: shut, and opens soon enough for it;
 * opens soon enough to be the next. */
enum { OPEN, OPENS, SOON, NEAR, STATES };

static void look(struct prover *p)
{
    const struct tb_region *r = p->r;
    tb_day day = tb_day_of_minute(p->at);
    tb_minute from, to;
    int minute = (int)(p->at - tb_minute_of(day, 0));
    consulting_of(p, day, &from, &to);
    p->now.consulting = p->at >= from && p->at < to;
    p->now.winter = p->t->winter[day - tb_day_of_minute(p->t->from)];
    p->now.consulting_next = INT64_MAX;
    for (int i = 0; i < p->t->n_consult && p->now.consulting_next == INT64_MAX; i++)
        if (p->t->consult_from[i] > p->at) p->now.consulting_next = p->t->consult_from[i];
    p->now.lines = 0;
    for (int i = 0; i < r->n_standards; i++) {
        const struct tb_standard *x = &r->standards[i];
        bool early = x->since != TB_DAY_NONE && p->at < tb_minute_of(x->since, 0),
             late = x->until != TB_DAY_NONE && p->at >= tb_minute_of(x->until, 0);
        p->valid[i] = !early && !late;
    }
    for (int l = 0; l < r->n_lines; l++)
        if ((minute >= r->lines[l].from && minute < r->lines[l].to) ||
            minute + TB_MINUTES_PER_DAY < r->lines[l].to)
            p->now.lines |= UINT64_C(1) << l;
    for (size_t g = 0; g < p->n_gates; g++) {
        const struct gate *x = &p->gates[g];
        int64_t *s = p->state + g * STATES;
        s[OPENS] = INT64_MAX;
        s[SOON] = s[NEAR] = 0;
        if (x->kind == RT_TERTIARY) s[OPEN] = 1;
        if (x->kind == RT_CERTIFIED)
            s[OPEN] = p->now.consulting && day <= r->providers[x->place].certified_until;
        if (x->kind != RT_DUTY) continue;
        const struct span *now = open_span(x, p->at);
        s[OPEN] = now != NULL && p->at <= now->reception ? 1 + (now - x->s) : 0;
        if (x->tier > 1) continue;
        s[OPENS] = next_start(x, p->at);
        for (int i = 0; i < r->n_policies && s[OPENS] != INT64_MAX; i++) {
            const struct tb_policy *y = &r->policies[p->rules[i]];
            if (y->take == RT_TAKE_NEXT && (y->within == 0 || p->at >= s[OPENS] - y->within))
                s[NEAR] |= INT64_C(1) << p->nth[i];
        }
        if (now != NULL || s[OPENS] == INT64_MAX) continue;
        for (int i = 0; i < r->n_policies; i++)
            if (r->policies[p->rules[i]].take == RT_TAKE_SOON &&
                s[OPENS] - p->at <= r->policies[p->rules[i]].within)
                s[SOON] |= INT64_C(1) << p->nth[i];
    }
}

static bool reaches(const struct prover *p, int area, size_t gate)
{
    const struct gate *x = &p->gates[gate];
    if (x->kind != RT_DUTY) return true;
    int m = p->minutes[(size_t)area * p->n_gates + gate];
    if (p->now.winter) m = (m * p->r->regions[0].winter_percent + 99) / 100;
    return p->at + rounded_up(m) <= x->s[p->state[gate * STATES + OPEN] - 1].reception;
}

static int nearer(const void *a, const void *b)
{
    const struct sighting *x = a, *y = b;
    int d = (x->minutes > y->minutes) - (x->minutes < y->minutes);
    return d != 0 ? d : (x->gate > y->gate) - (x->gate < y->gate);
}

static int sooner(const void *a, const void *b)
{
    const struct sighting *x = a, *y = b;
    int d = (x->opens > y->opens) - (x->opens < y->opens);
    if (d == 0) d = (int)y->own - (int)x->own;
    return d != 0 ? d : nearer(a, b);
}

/* Ties are broken by the order of ids: gates are put into the order (kind, duty, place) once. */
static int by_name(const void *a, const void *b)
{
    const struct gate *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->duty != y->duty) return x->duty < y->duty ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static void see(const struct prover *p, int area, struct scene *s)
{
    s->n_open = s->n_soon = s->n_next = 0;
    for (int i = 0; i < p->r->n_standards; i++)
        s->standard[i] = p->valid[i] && p->covers[area * p->r->n_standards + i];
    for (size_t g = 0; g < p->n_gates; g++) {
        const int64_t *state = p->state + g * STATES;
        size_t i = (size_t)area * p->n_gates + g;
        struct sighting x = {.gate = (int)g,
                             .minutes = p->minutes[i],
                             .own = p->own[i],
                             .soon = (unsigned)(state[SOON] != 0),
                             .opens = state[OPENS]};
        if (state[OPEN]) {
            x.reach = reaches(p, area, g);
            s->open[s->n_open++] = x;
        }
        if (state[SOON]) s->soon[s->n_soon++] = x;
        if (state[OPENS] != INT64_MAX) s->next[s->n_next++] = x;
    }
    if (s->n_open > 1) qsort(s->open, (size_t)s->n_open, sizeof *s->open, nearer);
    if (s->n_soon > 1) qsort(s->soon, (size_t)s->n_soon, sizeof *s->soon, sooner);
    if (s->n_next > 1) qsort(s->next, (size_t)s->n_next, sizeof *s->next, sooner);
}

/* ---- what should be answered ---------------------------------------------------------------- */

struct question {
    int key, urgency;
    bool by_ambulance;
};

static bool suits(const struct prover *p, const struct question *q, int gate, int take)
{
    size_t i = (size_t)q->key * p->n_gates + (size_t)gate;
    const struct gate *g = &p->gates[gate];
    bool all = q->urgency == TB_U_UNKNOWN || (q->urgency >= 1 && q->urgency <= 2);
    bool any_complaint = take == RT_TAKE_ROTATION_ANY;
    if (take == RT_TAKE_UNSURE) return p->loose[i] && !p->strict[i];
    bool ok = any_complaint ? (all ? p->age_strict[i] : p->age_loose[i]) : (all ? p->strict[i] : p->loose[i]);
    return ok && !(q->by_ambulance && g->kind == RT_DUTY && g->tier <= 1 && !p->r->duties[g->duty].ambulance);
}

static bool taken_by(const struct prover *p, int take, const struct sighting *x)
{
    const struct gate *g = &p->gates[x->gate];
    bool duty = g->kind == RT_DUTY, backup = duty && p->r->duties[g->duty].backup;
    return take == RT_TAKE_TERTIARY       ? g->tier == 3
           : take == RT_TAKE_CERTIFIED    ? g->kind == RT_CERTIFIED
           : take == RT_TAKE_ROTATION     ? duty && g->tier == 2 && !backup
           : take == RT_TAKE_BACKUP       ? duty && g->tier == 2 && backup
           : take == RT_TAKE_ROTATION_ANY ? duty && g->tier == 2
           : take == RT_TAKE_UNSURE       ? duty && g->tier == 2
           : take == RT_TAKE_PRIMARY      ? duty && g->tier <= 1 && x->own
           : take == RT_TAKE_NEIGHBOUR    ? duty && g->tier <= 1 && !x->own
                                          : duty && g->tier <= 1;
}

static void write_down(struct expected *x, int ref, int index, int policy, int role)
{
    if (x->n < MOST) x->e[x->n++] = (struct rt_entry){ref, index, role, policy, 0};
    if (ref == RT_SERVICE && role != TB_ANSWER_LATER) x->place = true;
}

static bool is_there(const struct prover *p, const struct expected *x, int gate)
{
    for (int k = 0; k < x->n; k++)
        if (x->e[k].ref == RT_SERVICE && p->gates[x->e[k].index].place == p->gates[gate].place) return true;
    return false;
}

/* Sorts the doors that the row may take into those without doubt and the others, then writes them down in
 * this order; `index` of the entries written is the gate. */
static void write_doors(const struct prover *p, const struct question *q, int rule, const struct sighting *v,
                        int n, struct expected *x)
{
    const struct tb_policy *y = &p->r->policies[p->rules[rule]];
    int *heap[2] = {p->heap, p->heap + p->n_gates}, size[2] = {0, 0}, left = y->keep;
    for (int i = 0; i < n; i++) {
        int gate = v[i].gate, doubt = p->doubt[(size_t)q->key * p->n_gates + (size_t)gate];
        if (!taken_by(p, y->take, &v[i]) || (y->role == TB_ANSWER_MAIN && !v[i].reach) ||
            !suits(p, q, gate, y->take))
            continue;
        const int64_t *state = p->state + (size_t)gate * STATES, bit = INT64_C(1) << (p->nth[rule] & 63);
        if ((y->take == RT_TAKE_SOON && !(state[SOON] & bit)) ||
            (y->take == RT_TAKE_NEXT && !(state[NEAR] & bit)))
            continue;
        heap[doubt][size[doubt]++] = gate;
    }
    for (int doubt = 0; doubt < 2; doubt++)
        for (int i = 0; i < size[doubt] && left > 0; i++) {
            if (is_there(p, x, heap[doubt][i])) continue;
            write_down(x, RT_SERVICE, heap[doubt][i], p->rules[rule], y->role);
            left--;
        }
}

/* To which doors is the patient sent now? */
static bool sends(const struct prover *p, const struct rt_entry *x)
{
    bool now = x->role == TB_ANSWER_MAIN || x->role == TB_ANSWER_BACKUP;
    return now && x->ref == RT_SERVICE && p->gates[x->index].tier < 3 &&
           p->r->policies[x->policy].take != RT_TAKE_STANDARD;
}

/* Marks what is in doubt, and moves it behind all that is not, one step at a time, within the seats of the
 * doors to which the patient is sent. */
static void write_doubts(const struct prover *p, const struct question *q, struct expected *x)
{
    int seat[MOST], n = 0;
    for (int i = 0; i < x->n; i++) {
        x->e[i].doubtful =
            x->e[i].ref == RT_SERVICE && p->doubt[(size_t)q->key * p->n_gates + (size_t)x->e[i].index];
        if (sends(p, &x->e[i])) seat[n++] = i;
    }
    for (int turns = n; turns > 0; turns--)
        for (int i = 0; i + 1 < turns; i++) {
            struct rt_entry *a = &x->e[seat[i]], *b = &x->e[seat[i + 1]], was = *a;
            if (!a->doubtful || b->doubtful) continue;
            *a = *b;
            *b = was;
        }
}

/* The 実施基準 by its ranks: at each facility the tertiary door, else the first open door of the second tier.
 */
static void write_standards(const struct prover *p, const struct question *q, int rule, const struct scene *s,
                            struct expected *x)
{
    const struct tb_policy *y = &p->r->policies[p->rules[rule]];
    int left = y->keep;
    for (int i = 0; i < p->r->n_standards && left > 0; i++) {
        int row = p->asked[i], found = -1;
        bool again = false;
        if (!s->standard[row] || !p->meant[q->key * p->r->n_standards + row]) continue;
        for (int k = 0; k < x->n; k++)
            again = again || (x->e[k].ref == RT_SERVICE &&
                              p->gates[x->e[k].index].place == p->r->standards[row].provider);
        for (int tier = 3; tier >= 2 && found < 0 && !again; tier--)
            for (int k = 0; k < s->n_open && found < 0; k++) {
                const struct gate *g = &p->gates[s->open[k].gate];
                bool in_time = s->open[k].reach || y->role != TB_ANSWER_MAIN;
                if (g->tier == tier && g->place == p->r->standards[row].provider && in_time &&
                    suits(p, q, s->open[k].gate, RT_TAKE_STANDARD))
                    found = s->open[k].gate;
            }
        if (found < 0) continue;
        write_down(x, RT_SERVICE, found, p->rules[rule], y->role);
        left--;
    }
}

static void write_next(const struct prover *p, const struct question *q, int rule, const struct scene *s,
                       struct expected *x)
{
    const struct tb_policy *y = &p->r->policies[p->rules[rule]];
    tb_minute when = INT64_MAX;
    for (int i = 0; i < s->n_next; i++)
        if (suits(p, q, s->next[i].gate, RT_TAKE_NEXT) && s->next[i].opens < when) when = s->next[i].opens;
    int first = 0, n = 0;
    while (first < s->n_next && s->next[first].opens != when) first++;
    while (first + n < s->n_next && s->next[first + n].opens == when) n++;
    bool family = *y->name != '\0' && p->now.consulting_next != INT64_MAX,
         before = p->now.consulting_next <= when;
    if (family && before) write_down(x, RT_CONSULT, -1, p->rules[rule], y->role);
    if (when != INT64_MAX) write_doors(p, q, rule, s->next + first, n, x);
    if (family && !before) write_down(x, RT_CONSULT, -1, p->rules[rule], y->role);
}

static void answer(const struct prover *p, const struct question *q, const struct scene *s,
                   struct expected *x)
{
    static const int meant[] = {TB_U_GUIDANCE, 1, 2, 3, 4, 5, TB_U_UNKNOWN};
    x->n = 0;
    x->place = false;
    for (int i = 0; i < p->r->n_policies; i++) {
        const struct tb_policy *y = &p->r->policies[p->rules[i]];
        if (meant[y->urgency] != q->urgency) continue;
        if ((y->hours == RT_HOURS_CONSULTING && !p->now.consulting) ||
            (y->hours == RT_HOURS_CLOSED && p->now.consulting))
            continue;
        if ((y->channel == RT_CHANNEL_119 && !q->by_ambulance) ||
            (y->channel == RT_CHANNEL_OTHERS && q->by_ambulance))
            continue;
        if (y->if_none && x->place) continue;
        if (y->take == RT_TAKE_TEXT)
            write_down(x, RT_TEXT, -1, p->rules[i], y->role);
        else if (y->take == RT_TAKE_STANDARD)
            write_standards(p, q, i, s, x);
        else if (y->take == RT_TAKE_CENTRE)
            write_down(x, RT_CENTRE, -1, p->rules[i], y->role);
        else if (y->take == RT_TAKE_LINE) {
            for (int l = 0, left = y->keep; l < p->r->n_lines && left > 0; l++)
                if ((p->now.lines & UINT64_C(1) << l) && p->line[q->key * p->r->n_lines + l]) {
                    write_down(x, RT_LINE, l, p->rules[i], y->role);
                    left--;
                }
        } else if (y->take == RT_TAKE_NEXT)
            write_next(p, q, i, s, x);
        else if (y->take == RT_TAKE_SOON)
            write_doors(p, q, i, s->soon, s->n_soon, x);
        else
            write_doors(p, q, i, s->open, s->n_open, x);
    }
    write_doubts(p, q, x);
}

/* ---- what any right answer has -------------------------------------------------------------- */

static int tier_of(const struct prover *p, const struct rt_entry *x)
{
    if (x->ref == RT_SERVICE) return p->gates[x->index].tier;
    return x->ref == RT_CONSULT || (x->ref == RT_TEXT && x->role == TB_ANSWER_FAMILY);
}

static int head_of(const struct prover *p, const struct expected *x)
{
    for (int i = 0; i < x->n; i++)
        if (x->e[i].role != TB_ANSWER_EMERGENCY) return tier_of(p, &x->e[i]);
    return 0;
}

static bool has_tertiary(const struct prover *p)
{
    for (size_t g = 0; g < p->n_gates; g++)
        if (p->gates[g].kind == RT_TERTIARY) return true;
    return false;
}

static const char *fault_of(const struct prover *p, const struct question *q, const struct scene *s,
                            const struct expected *x)
{
    int everybody = 0; /* what is for staff or for some ages may not be all there is */
    for (int i = 0; i < x->n; i++)
        everybody += x->e[i].ref != RT_CENTRE && p->r->policies[x->e[i].policy].channel != RT_CHANNEL_STAFF;
    if (everybody == 0) return tb_t("空の一覧", "an empty list");
    int first_door = -1;
    bool named = false; /* by the council, which may put another hospital before the tertiary centre */
    for (int i = 0; i < x->n; i++) {
        int tier = x->e[i].ref == RT_SERVICE ? p->gates[x->e[i].index].tier : -1;
        if (first_door < 0 && tier >= 0) {
            first_door = tier;
            named = p->r->policies[x->e[i].policy].take == RT_TAKE_STANDARD;
        }
        if (q->urgency == 1 && (tier == 0 || tier == 1))
            return tb_t("U1 に一次の窓口", "a primary door for U1");
        if (q->urgency >= 3 && q->urgency <= 5 && tier == 3)
            return tb_t("軽い緊急度に三次の窓口", "a tertiary door for U3 to U5");
        if ((q->urgency == 4 || q->urgency == 5 || q->urgency == TB_U_GUIDANCE) && tier >= 2)
            return tb_t("U4・U5・案内に病院", "a hospital for U4, U5 or guidance");
    }
    if (q->urgency == 1 && !q->by_ambulance &&
        (x->e[0].ref != RT_TEXT || x->e[0].role != TB_ANSWER_EMERGENCY))
        return tb_t("U1 の一行目が119でない", "U1 does not begin with 119");
    if (q->urgency == 1 && has_tertiary(p) && first_door != 3 && !(named && q->by_ambulance))
        return tb_t("U1 の最初の行き先が三次でない", "the first door for U1 is not tertiary");
    if ((q->urgency == 3 || q->urgency == 4) && !q->by_ambulance && !p->now.consulting)
        for (int i = 0; i < s->n_open; i++) {
            const struct gate *g = &p->gates[s->open[i].gate];
            if (g->kind != RT_DUTY || g->tier > 1 || !s->open[i].reach ||
                !suits(p, q, s->open[i].gate, RT_TAKE_PRIMARY) ||
                p->doubt[(size_t)q->key * p->n_gates + (size_t)s->open[i].gate])
                continue;
            if (x->e[0].ref != RT_SERVICE || p->gates[x->e[0].index].tier > 1)
                return tb_t("開いている一次の窓口が先頭でない", "an open primary door is not first");
        }
    return NULL;
}

static bool same_list(const struct prover *p, const struct rt_list *l, const struct expected *x)
{
    if (l->n != x->n) return false;
    for (int i = 0; i < l->n; i++) {
        const struct rt_entry *a = &p->t->entries[l->first + i], *b = &x->e[i];
        int index = a->ref == RT_SERVICE ? p->gate_of[a->index] : a->index;
        if (a->ref != b->ref || index != b->index || a->role != b->role || a->policy != b->policy ||
            a->doubtful != b->doubtful)
            return false;
    }
    return true;
}

static enum tb_code differs(struct prover *p, int area, int key, const struct question *q,
                            const struct rt_list *l, const struct expected *x)
{
    struct expected named = *x;
    struct tb_buf b = {0};
    for (int i = 0; i < named.n; i++)
        for (int s = 0; s < p->t->n_services; s++)
            if (named.e[i].ref == RT_SERVICE && p->gate_of[s] == x->e[i].index) named.e[i].index = s;
    tb_buf_add(&b, tb_t("あるべき一覧は ", "should be "));
    tell_list(p, named.e, named.n, &b);
    tb_buf_add(&b, tb_t("、表の一覧は ", ", but is "));
    tell_list(p, &p->t->entries[l->first], l->n, &b);
    enum tb_code code = bad_cell(p, area, key, q->urgency,
                                 q->by_ambulance ? TB_CHANNEL_119 : TB_CHANNEL_PHONE, tb_buf_str(&b));
    tb_buf_free(&b);
    return code;
}

/* Where the table sends that cell: column, part, row, list. */
static uint32_t told(const struct tb_table *t, uint32_t column, int urgency, bool by_ambulance, int class)
{
    size_t chunks = (size_t)((t->n_classes + t->width - 1) / t->width);
    uint32_t part = t->columns[(column * RT_U_COUNT + (uint32_t)urgency) * 2 + by_ambulance];
    uint32_t row = t->parts[part * chunks + (size_t)(class / t->width)];
    return t->rows[(size_t)row * (size_t)t->width + (size_t)(class % t->width)];
}

/* heads[urgency * n_groups + group] of one desk: monotone, and unknown not below any known value. */
static enum tb_code check_heads(struct prover *p, int area, const int *heads, int channel)
{
    for (int key = 0; key < p->n_keys; key++) {
        const int *h = heads + p->group[key];
        int n = p->n_groups;
        for (int u = 1; u < 5; u++)
            if (h[u * n] < h[(u + 1) * n])
                return bad_cell(
                    p, area, key, u, channel,
                    tb_t("急ぐほうの先頭の階層が低い", "a more urgent class begins with a lower tier"));
        for (int u = 1; u <= 2; u++) {
            int age = key / p->n_complaints, complaint = key % p->n_complaints;
            int older = (p->n_ages - 1) * p->n_complaints + complaint,
                vaguer = age * p->n_complaints + p->n_complaints - 1;
            bool low = heads[u * n + p->group[older]] < h[u * n] ||
                       heads[u * n + p->group[vaguer]] < h[u * n] || h[TB_U_UNKNOWN * n] < h[u * n];
            if (low)
                return bad_cell(
                    p, area, key, u, channel,
                    tb_t("不明のときの先頭の階層が低い", "an unknown value lowers the first tier"));
        }
    }
    return TB_OK;
}

static enum tb_code check_column(struct prover *p, int area, const struct scene *s, uint32_t column)
{
    const struct tb_table *t = p->t;
    int *heads = tb_xcalloc((size_t)RT_U_COUNT * (size_t)p->n_groups, sizeof *heads);
    enum tb_code code = TB_OK;
    for (int desk = 0; desk < 2 && code == TB_OK; desk++) {
        for (int u = 0; u < RT_U_COUNT && code == TB_OK; u++)
            for (int k = 0; k < p->n_groups && code == TB_OK; k++) {
                struct question q = {p->chief[k], u, desk == 0};
                struct expected x;
                answer(p, &q, s, &x);
                heads[u * p->n_groups + k] = head_of(p, &x);
                const char *fault = fault_of(p, &q, s, &x);
                if (fault != NULL)
                    code = bad_cell(p, area, q.key, u, desk == 0 ? TB_CHANNEL_119 : TB_CHANNEL_PHONE, fault);
                uint32_t seen = UINT32_MAX;
                for (int key = q.key; key < p->n_keys && code == TB_OK; key++) {
                    if (p->group[key] != k) continue;
                    uint32_t list = told(t, column, u, desk == 0, t->class_of[key]);
                    if (list == seen) continue;
                    if (!same_list(p, &t->lists[list], &x))
                        code = differs(p, area, key, &q, &t->lists[list], &x);
                    seen = list;
                }
            }
        if (code == TB_OK) code = check_heads(p, area, heads, desk == 0 ? TB_CHANNEL_119 : TB_CHANNEL_PHONE);
    }
    free(heads);
    return code;
}

/* ---- the walk ------------------------------------------------------------------------------- */

static bool same_scene(const struct prover *p, const struct scene *a, const struct scene *b)
{
    if (memcmp(a->standard, b->standard, (size_t)p->r->n_standards * sizeof *a->standard) != 0) return false;
    if (a->n_open != b->n_open || a->n_soon != b->n_soon || a->n_next != b->n_next) return false;
    const struct sighting *const x[3] = {a->open, a->soon, a->next}, *const y[3] = {b->open, b->soon,
                                                                                    b->next};
    const int n[3] = {a->n_open, a->n_soon, a->n_next};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < n[k]; i++)
            if (x[k][i].gate != y[k][i].gate || x[k][i].own != y[k][i].own || x[k][i].reach != y[k][i].reach)
                return false;
    return true;
}

struct walk {
    struct scene *scene; /* scenes proven at this minute */
    uint32_t *proven;    /* and their columns */
    int n;
    uint64_t *reach; /* per area and word: which open gates it reached a minute ago */
    size_t words;
    uint32_t *column; /* per area: a minute ago */
};

/* Which of the open gates this area reaches; true when that differs from a minute ago. */
static bool reach_changed(const struct prover *p, struct walk *w, int area)
{
    bool changed = false;
    uint64_t *old = w->reach + (size_t)area * w->words;
    for (size_t k = 0; k < w->words; k++) {
        uint64_t bits = 0;
        for (size_t g = k * 64; g < p->n_gates && g < k * 64 + 64; g++)
            if (p->state[g * STATES + OPEN] && reaches(p, area, g)) bits |= UINT64_C(1) << (g & 63);
        changed |= bits != old[k];
        old[k] = bits;
    }
    return changed;
}

static enum tb_code walk_minute(struct prover *p, struct walk *w, int interval, bool changed)
{
    int areas = p->r->n_areas;
    w->n = 0;
    for (int a = 0; a < areas; a++) {
        uint32_t column = p->t->column_of[interval * areas + a];
        bool moved = reach_changed(p, w, a) || changed;
        if (!moved) {
            if (column == w->column[a]) continue;
            return bad_cell(
                p, a, 0, 0, TB_CHANNEL_PHONE,
                tb_t("何も変わらないのに欄が変わる", "the cells change although nothing else does"));
        }
        w->column[a] = column;
        struct scene *s = &w->scene[w->n];
        see(p, a, s);
        int k = 0;
        while (k < w->n && !same_scene(p, &w->scene[k], s)) k++;
        if (k < w->n && w->proven[k] == column) continue;
        enum tb_code code = check_column(p, a, s, column);
        if (code != TB_OK) return code;
        w->proven[w->n++] = column;
    }
    return TB_OK;
}

/* An area that contains others answers for its most demanding one. */
static enum tb_code check_parents(struct prover *p, int interval)
{
    const struct tb_table *t = p->t;
    for (int a = 0; a < p->r->n_areas; a++) {
        int up = p->r->areas[a].parent;
        if (up < 0) continue;
        uint32_t child = t->column_of[interval * p->r->n_areas + a],
                 parent = t->column_of[interval * p->r->n_areas + up];
        if (child == parent) continue;
        for (int i = 2; i < 6; i++)
            for (int class = 0; class < t->n_classes; class ++)
                if (p->heads[told(t, parent, i / 2, i % 2, class)] <
                    p->heads[told(t, child, i / 2, i % 2, class)])
                    return bad_cell(
                        p, up, 0, i / 2, TB_CHANNEL_PHONE,
                        tb_t("地区不明のときの先頭の階層が低い", "an unknown area lowers the first tier"));
    }
    return TB_OK;
}

/* A boundary has a reason: some cell changes there, or a door changes hands. */
static bool boundary_needed(const struct prover *p, int interval)
{
    const uint32_t *here = p->t->column_of + (size_t)interval * (size_t)p->r->n_areas,
                   *before = here - p->r->n_areas;
    if (memcmp(here, before, (size_t)p->r->n_areas * sizeof *here) != 0) return true;
    for (size_t g = 0; g < p->n_gates; g++)
        for (size_t i = 0; i < p->gates[g].n; i++)
            for (size_t k = 0; k < p->gates[g].n; k++)
                if (p->gates[g].s[i].to == p->t->bounds[interval] &&
                    p->gates[g].s[k].from == p->t->bounds[interval])
                    return true;
    return false;
}

static enum tb_code walk(struct prover *p, struct walk *w)
{
    const struct tb_table *t = p->t;
    int interval = 0;
    struct world last = {0};
    for (p->at = t->from; p->at < t->to; p->at++) {
        bool border = p->at == t->from;
        if (interval + 1 < t->n_bounds && t->bounds[interval + 1] == p->at) {
            interval++;
            border = true;
            if (!boundary_needed(p, interval))
                return bad_data(p, tb_t("理由のない区切り", "a boundary without reason"), interval);
        }
        look(p);
        bool changed = p->at == t->from ||
                       memcmp(p->state, p->before, p->n_gates * STATES * sizeof *p->state) != 0 ||
                       last.consulting != p->now.consulting || last.winter != p->now.winter ||
                       last.lines != p->now.lines || last.consulting_next != p->now.consulting_next ||
                       memcmp(p->valid, p->was_valid, (size_t)p->r->n_standards * sizeof *p->valid) != 0;
        enum tb_code code = walk_minute(p, w, interval, changed);
        if (code == TB_OK && border) code = check_parents(p, interval);
        if (code != TB_OK) return code;
        last = p->now;
        memcpy(p->was_valid, p->valid, (size_t)p->r->n_standards * sizeof *p->valid);
        memcpy(p->before, p->state, p->n_gates * STATES * sizeof *p->state);
    }
    return TB_OK;
}

/* ---- modifiers ------------------------------------------------------------------------------ */

/* The one function of the look-up that is called here, to be doubted: how each list is put into order for
 * each modifier. By counting where each entry belongs: what is no hospital of the second tier, or put there
 * by the 実施基準, keeps its place, of these hospitals one that offers stands behind those before it that
 * offer, one that does not behind all that offer. */
static enum tb_code check_modifiers(struct prover *p)
{
    const struct tb_table *t = p->t;
    for (int list = 0; list < t->n_lists; list++)
        for (int m = 0; m < p->r->n_modifiers; m++) {
            struct rt_entry got[MOST];
            const struct rt_entry *was = t->entries + t->lists[list].first;
            int n = t->lists[list].n, seats[MOST], n_seats = 0;
            bool second[MOST], offers[MOST];
            memcpy(got, was, (size_t)n * sizeof *got);
            rt_order_for(t, m + 1, got, n);
            for (int i = 0; i < n; i++) {
                const struct gate *g = was[i].ref == RT_SERVICE ? &p->gates[p->gate_of[was[i].index]] : NULL;
                second[i] =
                    g != NULL && g->tier == 2 && p->r->policies[was[i].policy].take != RT_TAKE_STANDARD;
                offers[i] = second[i] &&
                            common(p->r->modifiers[m].specialities, p->r->providers[g->place].specialities);
                if (second[i]) seats[n_seats++] = i;
            }
            for (int i = 0; i < n; i++) {
                int before = 0;
                for (int k = 0; k < n; k++)
                    before += second[k] && ((offers[k] && !offers[i]) || (k < i && offers[k] == offers[i]));
                const struct rt_entry *x = &got[second[i] ? seats[before] : i];
                if (x->ref != was[i].ref || x->index != was[i].index || x->role != was[i].role ||
                    x->policy != was[i].policy || x->doubtful != was[i].doubtful)
                    return bad_data(p, tb_t("要配慮による順", "the order for a modifier"), list);
            }
        }
    return TB_OK;
}

/* ---- home-care patients --------------------------------------------------------------------- */

/* One more minute-by-minute walk, from the seats to the people: who is away is marked on a calendar of
 * minutes, each list is then put together by rank. */
struct calendar {
    const struct prover *p;
    uint8_t *away;
    size_t minutes;
    int *hand, n_hand, *calls,
        n_calls; /* links of ownership of a doctor, and those that may name whom to call */
};

static void mark_away(struct calendar *c, int provider, tb_minute at)
{
    if (at >= c->p->t->from && at < c->p->t->to)
        c->away[(size_t)provider * c->minutes + (size_t)(at - c->p->t->from)] = 1;
}

static bool in_force(const struct tb_link *l, tb_minute at)
{
    return (l->since == TB_DAY_NONE || at >= tb_minute_of(l->since, 0)) &&
           (l->until == TB_DAY_NONE || at < tb_minute_of(l->until, 0));
}

static void fill_calendar(struct calendar *c)
{
    const struct tb_board *b = c->p->b;
    const struct tb_region *r = c->p->r;
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        const struct tb_duty *d = &r->duties[s->duty];
        if (s->role == TB_RESERVE || d->tier == 0 || d->at_home) continue;
        for (int k = 0; k < s->n_intervals; k++)
            for (tb_minute m = s->interval[k].from; m < s->interval[k].to; m++) {
                mark_away(c, b->a[i].provider, m);
                for (int l = 0; l < r->n_links; l++) {
                    if (r->links[l].type != TB_LINK_OWNS || !in_force(&r->links[l], m)) continue;
                    if (r->links[l].from == b->a[i].provider) mark_away(c, r->links[l].to, m);
                    if (r->links[l].to == b->a[i].provider) mark_away(c, r->links[l].from, m);
                }
            }
    }
}

struct call {
    int provider, relation, rank;
    bool away;
};

static int by_call(const void *a, const void *b)
{
    const struct call *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    if (x->relation != y->relation) return x->relation < y->relation ? -1 : 1;
    return (x->provider > y->provider) - (x->provider < y->provider);
}

/* rank: those who are free, those who sit elsewhere, nurses, hospitals. */
static int calls_at(const struct calendar *c, int doctor, tb_minute at, struct call out[MOST])
{
    const struct tb_region *r = c->p->r;
    size_t minute = (size_t)(at - c->p->t->from);
    const int *hand = c->hand;
    bool out_now = c->away[(size_t)doctor * c->minutes + minute];
    struct call *all = tb_xcalloc((size_t)c->n_calls + 1, sizeof *all);
    int n = 1, kept = 0;
    all[0] = (struct call){doctor, RT_ATTENDING, out_now, out_now};
    for (int l = 0; l < c->n_calls; l++) {
        const struct tb_link *x = &r->links[c->calls[l]];
        bool gone = c->away[(size_t)x->from * c->minutes + minute];
        bool his = x->to == doctor;
        for (int i = 0; i < c->n_hand && !his; i++) {
            const struct tb_link *own = &r->links[hand[i]];
            his = in_force(own, at) && (own->from == x->to || own->to == x->to);
        }
        if (!his || !in_force(x, at)) continue;
        if (x->type == TB_LINK_DEPUTISES_FOR) all[n++] = (struct call){x->from, RT_DEPUTY, gone, gone};
        if (x->type == TB_LINK_NURSES_FOR) all[n++] = (struct call){x->from, RT_NURSE, 2, false};
        if (x->type == TB_LINK_BACKS_UP) all[n++] = (struct call){x->from, RT_HOSPITAL, 3, false};
    }
    qsort(all, (size_t)n, sizeof *all, by_call);
    for (int i = 0; i < n && kept < MOST; i++) {
        bool again = false;
        for (int k = 0; k < kept; k++) again |= out[k].provider == all[i].provider;
        if (!again) out[kept++] = all[i];
    }
    free(all);
    return kept;
}

static enum tb_code check_homes(struct prover *p)
{
    const struct tb_table *t = p->t;
    struct calendar c = {.p = p, .minutes = (size_t)(t->to - t->from)};
    int run = 0;
    enum tb_code code = TB_OK;
    c.away = tb_xcalloc((size_t)p->r->n_providers * c.minutes + 1, 1);
    c.hand = tb_xcalloc((size_t)p->r->n_links + 1, sizeof *c.hand);
    c.calls = tb_xcalloc((size_t)p->r->n_links + 1, sizeof *c.calls);
    for (int l = 0; l < p->r->n_links; l++)
        if (p->r->links[l].type == TB_LINK_DEPUTISES_FOR || p->r->links[l].type == TB_LINK_NURSES_FOR ||
            p->r->links[l].type == TB_LINK_BACKS_UP)
            c.calls[c.n_calls++] = l;
    fill_calendar(&c);
    for (int d = 0; d < p->r->n_providers && code == TB_OK; d++) {
        if (!p->r->providers[d].home_visits) continue;
        struct call before[MOST];
        int n_before = -1;
        c.n_hand = 0;
        for (int l = 0; l < p->r->n_links; l++)
            if (p->r->links[l].type == TB_LINK_OWNS && (p->r->links[l].from == d || p->r->links[l].to == d))
                c.hand[c.n_hand++] = l;
        for (tb_minute at = t->from; at < t->to && code == TB_OK; at++) {
            struct call now[MOST];
            int n = calls_at(&c, d, at, now);
            bool changed = n != n_before;
            for (int i = 0; i < n && !changed; i++)
                changed = now[i].provider != before[i].provider || now[i].relation != before[i].relation ||
                          now[i].away != before[i].away;
            bool closed = !changed || n_before < 0 || t->homes[run].to == at;
            if (changed && n_before >= 0) run++;
            const struct rt_home *x = &t->homes[run];
            bool right = closed && run < t->n_homes && x->doctor == d && x->n == n && x->from <= at &&
                         at < x->to && (!changed || x->from == at);
            if (right && x->first + n > t->n_home_entries) right = false;
            for (int i = 0; i < n && right; i++) {
                const struct rt_home_entry *y = &t->home_entries[x->first + i];
                right = y->provider == now[i].provider && y->relation == now[i].relation &&
                        y->away == now[i].away;
            }
            if (!right)
                code = bad_data(p, tb_t("在宅の患者の連絡順", "whom to call for a home-care patient"), run);
            memcpy(before, now, sizeof before);
            n_before = n;
            p->home_cells += changed;
        }
        if (code == TB_OK && t->homes[run].to != t->to)
            code = bad_data(p, tb_t("在宅の患者の連絡順", "whom to call for a home-care patient"), run);
        run++;
    }
    if (code == TB_OK && run != t->n_homes)
        code = bad_data(p, tb_t("在宅の患者の連絡順", "whom to call for a home-care patient"), run);
    free(c.away);
    free(c.hand);
    free(c.calls);
    return code;
}

static void read_heads(struct prover *p)
{
    p->heads = tb_xcalloc((size_t)p->t->n_lists + 1, 1);
    for (int i = 0; i < p->t->n_lists; i++) {
        struct expected x = {.n = p->t->lists[i].n};
        memcpy(x.e, p->t->entries + p->t->lists[i].first, (size_t)x.n * sizeof x.e[0]);
        for (int k = 0; k < x.n; k++)
            if (x.e[k].ref == RT_SERVICE) x.e[k].index = p->gate_of[x.e[k].index];
        p->heads[i] = (uint8_t)head_of(p, &x);
    }
}

static void read_rules(struct prover *p)
{
    int n = p->r->n_policies;
    p->rules = tb_xcalloc((size_t)n + 1, sizeof *p->rules);
    for (int i = 0; i < n; i++) {
        int before = 0;
        for (int k = 0; k < n; k++) {
            int by_rank = p->r->policies[k].rank - p->r->policies[i].rank;
            before += by_rank < 0 || (by_rank == 0 && k < i);
        }
        p->rules[before] = i;
    }
    p->nth = tb_xcalloc((size_t)n + 1, sizeof *p->nth);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            p->nth[i] += p->r->policies[p->rules[k]].take == p->r->policies[p->rules[i]].take;
    size_t rows = (size_t)p->r->n_standards;
    p->asked = tb_xcalloc(rows + 1, sizeof *p->asked);
    p->valid = tb_xcalloc(rows + 1, sizeof(bool));
    p->was_valid = tb_xcalloc(rows + 1, sizeof(bool));
    p->covers = tb_xcalloc(rows * (size_t)p->r->n_areas + 1, sizeof(bool));
    for (size_t i = 0; i < rows; i++) {
        const struct tb_standard *x = p->r->standards;
        size_t before = 0;
        for (size_t k = 0; k < rows; k++)
            before += x[k].rank < x[i].rank || (k < i && x[k].rank == x[i].rank);
        p->asked[before] = (int)i;
        for (int a = 0; a < p->r->n_areas; a++)
            p->covers[(size_t)a * rows + i] = x[i].area < 0 || tb_area_within(p->r, a, x[i].area);
    }
}

static enum tb_code prove(struct prover *p)
{
    struct walk w = {0};
    size_t areas = (size_t)p->r->n_areas;
    read_heads(p);
    p->state = tb_xcalloc(p->n_gates * STATES + 1, sizeof *p->state);
    p->before = tb_xcalloc(p->n_gates * STATES + 1, sizeof *p->before);
    w.words = p->n_gates / 64 + 1;
    w.reach = tb_xcalloc(areas * w.words, sizeof *w.reach);
    w.column = tb_xcalloc(areas, sizeof *w.column);
    w.proven = tb_xcalloc(areas + 1, sizeof *w.proven);
    w.scene = tb_xcalloc(areas + 1, sizeof *w.scene);
    struct sighting *room = tb_xcalloc((areas + 1) * 3 * (p->n_gates + 1), sizeof *room);
    bool *standards = tb_xcalloc((areas + 1) * (size_t)p->r->n_standards + 1, sizeof *standards);
    for (size_t a = 0; a <= areas; a++) {
        w.scene[a].standard = standards + a * (size_t)p->r->n_standards;
        w.scene[a].open = room + (a * 3) * (p->n_gates + 1);
        w.scene[a].soon = w.scene[a].open + p->n_gates + 1;
        w.scene[a].next = w.scene[a].soon + p->n_gates + 1;
    }
    enum tb_code code = walk(p, &w);
    free(room);
    free(standards);
    free(w.scene);
    free(w.proven);
    free(w.column);
    free(w.reach);
    return code;
}

enum tb_code tb_route_verify(const tb_table *t, const struct tb_board *b, int64_t *cells, struct tb_err *e)
{
    struct prover p = {.t = t, .b = b, .r = b->region, .e = e};
    read_board(&p);
    if (p.n_gates > 1) qsort(p.gates, p.n_gates, sizeof *p.gates, by_name);
    read_map(&p);
    read_rules(&p);
    enum tb_code code = check_data(&p);
    if (code == TB_OK) {
        read_keys(&p);
        code = prove(&p);
    }
    if (code == TB_OK) code = check_modifiers(&p);
    if (code == TB_OK) code = check_homes(&p);
    /* A home-care list stands for the three channels of staff. */
    if (cells != NULL)
        *cells = code == TB_OK ? (int64_t)t->n_bounds * p.r->n_areas * p.n_keys * (p.r->n_modifiers + 1) *
                                         RT_U_COUNT * TB_CHANNEL_COUNT +
                                     p.home_cells * (TB_CHANNEL_COUNT - 1)
                               : 0;
    for (size_t g = 0; g < p.n_gates; g++) free(p.gates[g].s);
    void *const all[] = {p.gates, p.gate_of,    p.minutes,   p.own,   p.rules,  p.strict,
                         p.loose, p.age_strict, p.age_loose, p.doubt, p.heap,   p.line,
                         p.group, p.chief,      p.heads,     p.state, p.before, p.covers,
                         p.meant, p.valid,      p.was_valid, p.asked, p.nth};
    for (size_t i = 0; i < TB_COUNT(all); i++) free(all[i]);
    return code;
}
