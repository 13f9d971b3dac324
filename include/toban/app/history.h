/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * history: what was published, what was taken out of force, and the audit trail.
 */
#ifndef TOBAN_APP_HISTORY_H
#define TOBAN_APP_HISTORY_H

#include "toban/app/app.h"
#include "toban/store/records.h"

/* A publication that takes the rosters of these duties ("all" alone: of every duty) out of force in the
 * period. What has begun stays as published; TB_REFUSED: all has. */
struct tb_withdrawn {
    struct tb_publication made;
    size_t served; /* seats that have begun and stay */
};
TB_MUST_USE enum tb_code tb_app_withdraw(const struct tb_app *app, const char *period,
                                         const char *const *duties, int n, const char *reason,
                                         struct tb_withdrawn *out, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_audit(const struct tb_app *app, const char *what, int64_t limit,
                                      struct tb_audit_line **out, size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_publications(const struct tb_app *app, struct tb_publication **out, size_t *n,
                                             struct tb_err *e);

#endif
