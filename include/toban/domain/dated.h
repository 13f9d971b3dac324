/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dated: the region as it is on a day. The rows of `amendments` (予定された変更) say which cell has which
 * value from which day on: hours that change in April, a clinic that moves in June, a seat more from October.
 * Which columns may, the list in toban/domain/fields.h says (flag D).
 *
 * A region that is already that of a day (facts that a publication holds) is loaded without the rows of
 * `amendments`: otherwise they are applied to it once more.
 *
 * Whoever reads such a column for a date (a slot's, say) reads it from here. Columns without the flag, and
 * the number and order of rows, are the same on every day.
 */
#ifndef TOBAN_DOMAIN_DATED_H
#define TOBAN_DOMAIN_DATED_H

#include "toban/base/notes.h"
#include "toban/domain/region.h"

/* The region as it is on that day: the same rows at the same indices, only values differ. What the loader
 * gave holds the values before the first change, as does this for TB_DAY_NONE. Borrowed; it lives as long as
 * the region that was loaded. May be asked of what it gave, and of a copy of the struct whose tables without
 * the flag D are others: read from the answer columns that have it, the rest from your own. */
const struct tb_region *tb_region_on(const struct tb_region *r, tb_day day);

/* A duty, a band of it, as told on that day. */
static inline const struct tb_duty *tb_duty_on(const struct tb_region *r, int duty, tb_day day)
{
    return &tb_region_on(r, day)->duties[duty];
}
static inline const struct tb_band *tb_band_on(const struct tb_region *r, int band, tb_day day)
{
    return &tb_region_on(r, day)->bands[band];
}

/* The days from which some value is another, ascending; *days is borrowed, the number returned. */
int tb_region_changes(const struct tb_region *r, const tb_day **days);

/* May a row of `amendments` name this column? */
bool tb_field_is_dated(enum tb_entity_id entity, int field);

/* Which row an amendment changes, and which column. The amendment is one of r->amendments. */
struct tb_dated_cell {
    enum tb_entity_id entity;
    int row, field;
};
struct tb_dated_cell tb_dated_cell(const struct tb_region *r, int amendment);

/* Cells that are not the same in `before` and `after`, while an amendment of `after` holds from a day on:
 * from then on the new value says nothing. A note for each, which names that day. */
void tb_dated_covered(const struct tb_region *before, const struct tb_region *after, struct tb_notes *out);

#endif
