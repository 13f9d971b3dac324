/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that travel inside the table's file, so that it answers alone: which entities, which of their
 * fields. Printing and reading follow this one list.
 */
#ifndef ROUTE_FORM_H
#define ROUTE_FORM_H

#include "route_int.h"

enum { RT_FORM_FIELDS = 20 };
enum { RT_FORM_VERSION = 2 }; /* of routing.json; the reader takes 1 as well */
/* Names ascending. "complaints" is no field: the groups that the duty or place really sees, as indices;
 * "modifiers" likewise: what the place offers; "departments": what the duty promises or the place offers, as
 * indices of the specialities. */
struct rt_form {
    const char *key;
    enum tb_entity_id entity;
    const char *names[RT_FORM_FIELDS];
};
enum rt_form_id {
    RT_FORM_ALIASES,
    RT_FORM_AREAS,
    RT_FORM_BANDS,
    RT_FORM_CENTRES,
    RT_FORM_COMPLAINTS,
    RT_FORM_DEPARTMENTS,
    RT_FORM_DUTIES,
    RT_FORM_LINES,
    RT_FORM_MODIFIERS,
    RT_FORM_PLACES,
    RT_FORM_POLICIES,
    RT_FORM_SCALES,
    RT_FORM_STANDARDS,
    RT_FORM_COUNT
};
extern const struct rt_form rt_forms[RT_FORM_COUNT];
extern const char *const rt_kind_word[3], *const rt_ref_word[5];

/* Does the duty (>= 0), else the place, see the complaint? */
bool rt_sees(const struct tb_region *r, int kind, int duty, int place, int complaint);
/* Does whoever holds the duty offer what the complaint asks? True as well when he says nothing of what he
 * offers, and of doors that are no duty. */
bool rt_keeps(const struct tb_region *r, int kind, int place, int complaint);
/* Does the place offer what the modifier needs? */
bool rt_offers(const struct tb_region *r, int place, int modifier);
struct rt_pull;
void rt_last_resort_print(const struct tb_table *t, tb_printer *p, const char *key);
bool rt_last_resort_at(struct rt_pull *p, struct tb_last_resort *out);

#endif
