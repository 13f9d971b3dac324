/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/history: publications made, those there are, and the audit trail.
 */
#ifndef TOBAN_TELL_HISTORY_H
#define TOBAN_TELL_HISTORY_H

#include "toban/app/history.h"
#include "toban/app/publishing.h"
#include "toban/tell/tell.h"

/* One that was just made, with what it says of itself. */
void tb_tell_published_json(const struct tb_publish_said *x, tb_printer *p);
void tb_tell_published_text(const struct tb_publish_said *x, struct tb_buf *out);
void tb_tell_withdrawn_json(const struct tb_withdrawn *x, tb_printer *p);
void tb_tell_withdrawn_text(const struct tb_withdrawn *x, struct tb_buf *out);

/* All of them, for anybody: /v1/publications. No command prints this list, so it has no text. */
struct tb_tell_publications {
    const struct tb_publication *v;
    size_t n;
};
void tb_tell_publications_json(const struct tb_tell_publications *x, tb_printer *p);

struct tb_tell_audit {
    const struct tb_audit_line *v;
    size_t n;
};
void tb_tell_audit_json(const struct tb_tell_audit *x, tb_printer *p);
void tb_tell_audit_text(const struct tb_tell_audit *x, struct tb_buf *out);

#endif
