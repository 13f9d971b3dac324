/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/person: all that is held of one provider.
 */
#ifndef TOBAN_TELL_PERSON_H
#define TOBAN_TELL_PERSON_H

#include "toban/app/person.h"
#include "toban/tell/tell.h"

void tb_tell_person_json(const struct tb_person_held *x, tb_printer *p);
void tb_tell_person_text(const struct tb_person_held *x, struct tb_buf *out);

#endif
