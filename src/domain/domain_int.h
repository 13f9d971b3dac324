/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/domain: what its files share.
 */
#ifndef TOBAN_DOMAIN_INT_H
#define TOBAN_DOMAIN_INT_H

#include "toban/domain/problem.h"
#include "toban/domain/region.h"

/* Reads one cell into the field at `row + f->offset`. REF and REFS are left for later. Returns NULL, or what
 * would be right, in the language set (static). Memory of texts from `a`. */
const char *tb_cell_parse(const struct tb_field *f, const char *cell, void *row, struct tb_arena *a);
/* The same for a cell of type REF or REFS, once the arrays of `r` are filled and sorted: finds the rows that
 * it names. `row` begins with its tb_src, for messages; memory from r's arena. TB_INPUT: no such row, one
 * named twice, none where one is needed. `loose`: what is not there is left out, and nothing is needed. */
enum tb_code tb_cell_resolve(struct tb_region *r, enum tb_entity_id entity, const struct tb_field *f,
                             const char *cell, bool loose, void *row, struct tb_err *e);
/* Makes r->dated from the rows of `amendments`. TB_INPUT: one names no table, row or column that may change
 * on a day, or its value is not one of the column's. What joins rows is left to tb_region_validate. */
enum tb_code tb_dated_build(struct tb_region *r, struct tb_err *e);
/* "file:line: entity.field "value": " before the text. */
enum tb_code tb_row_fail(struct tb_err *e, const struct tb_src *src, enum tb_entity_id entity,
                         const char *field, const char *value, const char *fmt, ...) TB_PRINTF(6, 7);
/* What joins rows: everything that one cell alone cannot show to be wrong, before all amendments and on each
 * day on which some take effect. */
enum tb_code tb_region_validate(const struct tb_region *r, struct tb_err *e);
/* What was typed as an address or as the pattern of a letter's number (address.h). Rows that were accepted
 * once are not asked: old files have rows of before the rule. */
enum tb_code tb_addresses_check(const struct tb_region *r, struct tb_err *e);
/* Order in which classes can be evaluated (each after those it names); false on a circle, *bad is in it. */
bool tb_class_order(const struct tb_region *r, int *order, int *bad);

bool tb_in_force(tb_day since, tb_day until, tb_day d);
/* First member row of the duty (rows are sorted by duty and provider), and whether a row holds on the date.
 */
int tb_first_member(const struct tb_region *r, int duty);
/* A slot of no band that lasts all day. */
struct tb_slot tb_slot_day(int duty, tb_day date);
bool tb_member_row_on(const struct tb_region *r, int row, tb_day date);

#endif
