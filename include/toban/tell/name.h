/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/name: seats of groups, and the doctors named for them.
 */
#ifndef TOBAN_TELL_NAME_H
#define TOBAN_TELL_NAME_H

#include "toban/app/naming.h"
#include "toban/tell/tell.h"

struct tb_tell_names {
    const struct tb_app_names *names;
    bool all; /* also those whom nothing is the matter with */
};
void tb_tell_names_json(const struct tb_tell_names *x, tb_printer *p);
void tb_tell_names_text(const struct tb_tell_names *x, struct tb_buf *out);

/* A name just given, or taken back. */
struct tb_tell_named {
    const char *seat; /* as typed */
    bool removed, late;
};
void tb_tell_named_json(const struct tb_tell_named *x, tb_printer *p);
void tb_tell_named_text(const struct tb_tell_named *x, struct tb_buf *out);

#endif
