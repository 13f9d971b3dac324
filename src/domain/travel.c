/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ways from area to area, and those that the region does not tell.
 */
#include <stdlib.h>

#include "domain_int.h"

/* Minutes of a travel row for exactly this pair, -1 when none. Rows are sorted by (from, to) ids, thus by
 * index. */
static int travel_row(const struct tb_region *r, int a, int b)
{
    int lo = 0, hi = r->n_travels;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        const struct tb_travel *t = &r->travels[mid];
        if (t->from == a && t->to == b) return t->minutes;
        if (t->from < a || (t->from == a && t->to < b))
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

/* -1: the region does not say. */
static int travel_told(const struct tb_region *r, int a, int b)
{
    if (a == b) return 0;
    for (int x = a; x >= 0; x = r->areas[x].parent)
        for (int y = b; y >= 0; y = r->areas[y].parent) {
            int m = travel_row(r, x, y);
            if (m < 0) m = travel_row(r, y, x);
            if (m >= 0) return m;
        }
    for (int x = a; x >= 0; x = r->areas[x].parent)
        if (r->areas[x].inside >= 0 && tb_area_within(r, b, x)) return r->areas[x].inside;
    return -1;
}

int tb_travel_minutes(const struct tb_region *r, int a, int b, bool winter)
{
    int m = travel_told(r, a, b);
    if (m < 0) m = r->regions[0].travel_default;
    return winter ? (m * r->regions[0].winter_percent + 99) / 100 : m;
}

struct tb_ways tb_region_ways(const struct tb_region *r)
{
    struct tb_ways w = {.area = -1, .place = -1};
    bool *place = tb_xcalloc((size_t)r->n_areas + 1, sizeof *place);
    bool *contains = tb_xcalloc((size_t)r->n_areas + 1, sizeof *contains);
    for (int i = 0; i < r->n_providers; i++)
        if (!r->kinds[r->providers[i].kind].person) place[r->providers[i].area] = true;
    for (int i = 0; i < r->n_hours; i++) place[r->providers[r->hours[i].provider].area] = true;
    for (int a = 0; a < r->n_areas; a++)
        if (r->areas[a].parent >= 0) contains[r->areas[a].parent] = true;
    for (int p = 0; p < r->n_areas; p++)
        for (int a = 0; a < r->n_areas; a++) {
            if (!place[p] || contains[a] || a == p) continue;
            if (a < p && place[a] && !contains[p]) continue; /* counted the other way round */
            w.pairs++;
            if (travel_told(r, a, p) >= 0) continue;
            if (w.untold++ > 0) continue;
            w.area = a;
            w.place = p;
        }
    free(place);
    free(contains);
    return w;
}

void tb_ways_text(const struct tb_region *r, const struct tb_ways *w, struct tb_buf *out)
{
    if (w->untold == 0) return;
    tb_buf_addf(out,
                tb_t("移動時間: 施設などのある地区といちばん小さい区域の組 %2$d のうち %1$d 組は、travel "
                     "の行も、両方を含む区域の inside もなく、travel_default の %3$d 分とみなします（例 "
                     "%4$s（%5$s）から%6$s（%7$s））。travel に行を加えるか、areas の inside に分を書きます",
                     "travel: %d of %d ways between a place's area and a smallest area have no row of "
                     "travel, and no area "
                     "that contains both has an inside: they count as travel_default, %d minutes (such as "
                     "from %s (%s) "
                     "to %s (%s)); add rows to travel, or write minutes in inside of areas"),
                w->untold, w->pairs, r->regions[0].travel_default, r->areas[w->area].name,
                r->areas[w->area].id, r->areas[w->place].name, r->areas[w->place].id);
}
