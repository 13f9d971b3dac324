/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * office: use cases of app around what was published: differences, what was known when, withdrawing, the audit trail, addresses of feeds.
 */
#ifndef TOBAN_OFFICE_H
#define TOBAN_OFFICE_H

#include "toban/app.h"
#include "toban/change.h"
#include "toban/records.h"

/* A state of the seats: publication `number`, or with `draft` what it would be with that draft published on top of it. */
struct tb_side { int64_t number, draft; tb_minute at; char hash[9]; };

/* `text`: 3 or 第3版 (a publication), 2026-11-03T02:10 (the one in force then), draft (the latest), draft:7 or 案7. NULL: the latest
 * publication. TB_USAGE tells the forms. */
TB_MUST_USE enum tb_code tb_app_side(const struct tb_app *app, const char *text, struct tb_side *out, struct tb_err *e);

struct tb_app_diff {
    struct tb_region *region;
    struct tb_side a, b;
    struct tb_change *changes; size_t n;
    struct tb_ledger_change *ledgers; size_t n_ledgers;
};
/* `b` NULL: what follows `a`, i.e. from the one before to publication a, from what is in force to draft a. */
TB_MUST_USE enum tb_code tb_app_diff(const struct tb_app *app, const char *a, const char *b, struct tb_app_diff *out, struct tb_err *e);
void tb_app_diff_free(struct tb_app_diff *d);
/* 第3版（a1b2c3d4）, 案7. */
void tb_app_side_words(const struct tb_side *s, struct tb_buf *out);
void tb_app_diff_notice(const struct tb_app_diff *d, struct tb_buf *out);

/* A publication that takes the rosters of these duties ("all" alone: of every duty) out of force in the period. */
TB_MUST_USE enum tb_code tb_app_withdraw(const struct tb_app *app, const char *period, const char *const *duties, int n, const char *reason,
                                         struct tb_publication *out, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_audit(const struct tb_app *app, const char *what, int64_t limit, struct tb_audit_line **out, size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_publications(const struct tb_app *app, struct tb_publication **out, size_t *n, struct tb_err *e);

#endif
