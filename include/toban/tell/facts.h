/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/facts: what is shown and has changed, row by row and field by field.
 */
#ifndef TOBAN_TELL_FACTS_H
#define TOBAN_TELL_FACTS_H

#include "toban/domain/held.h"
#include "toban/tell/tell.h"

/* A list under the key `facts`. */
void tb_tell_facts_json(const struct tb_fact_change *v, size_t n, tb_printer *p);
/* A line for each: what, was → is, from when. */
void tb_tell_facts_text(const struct tb_fact_change *v, size_t n, struct tb_buf *out);

#endif
