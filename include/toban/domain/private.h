/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * private: what press and public may be told. The field lists say which fields are private (flags P and N of
 * toban/domain/fields.h); whoever writes a form for press and public (docs/reference/publishing.md lists
 * them) asks here and reads no provider's row itself. Pure.
 */
#ifndef TOBAN_DOMAIN_PRIVATE_H
#define TOBAN_DOMAIN_PRIVATE_H

#include "toban/domain/problem.h"

/* Is provider `provider` a person? Of a region that tells no kinds (a copied routing table) none is. */
bool tb_is_person(const struct tb_region *r, int provider);

/* May press and public see this field of this row? */
bool tb_field_is_public(const struct tb_region *r, enum tb_entity_id entity, int row, int field);

/* The row as press and public may see it, into *out (a struct of the entity's row_size): every private field
 * is empty, and the name of a person is the one that tb_public_name gives him without a duty. Texts are
 * borrowed from the region. */
void tb_public_row(const struct tb_region *r, enum tb_entity_id entity, int row, void *out);

/* The name under which press and public are told of `provider` on duty `duty` (-1: on none): a facility's
 * own; for a person that of the duty's site; where it has none, what kind of provider he is (医師). Borrowed.
 */
const char *tb_public_name(const struct tb_region *r, int duty, int provider);

/* Seats in canonical order, as press and public see them, in place; returns how many are left. A person's
 * seat is the site's, or where the duty has none, that of the first of his kind; seats that look alike in a
 * slot are one, and persons in reserve are nobody's business. So who takes whose place at a centre is no
 * change. */
size_t tb_public_seats(const struct tb_region *r, struct tb_seat_row *v, size_t n);

/* Is it press, or one of whom is not known that he is of the house (`other`)? What he is sent is public. */
bool tb_recipient_is_public(const struct tb_recipient *to);

#endif
