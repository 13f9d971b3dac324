/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ledgers: the books told to people (standing.h), from the data file, and their pages.
 */
#ifndef TOBAN_APP_LEDGERS_H
#define TOBAN_APP_LEDGERS_H

#include "toban/app/app.h"
#include "toban/domain/standing.h"

struct tb_app_standing {
    struct tb_region *region;
    const struct tb_standing *standing; /* as the actor may see it: a member what is his own */
    struct tb_standing *whole;          /* owned; for pages of each member's own */
    int64_t publication;                /* 0: nothing published yet */
    char hash[9];
    tb_minute at;
};
/* `period` is a fiscal year (FY2026). A member gets the books as he may see them; `account` (NULL: not told)
 * is whom is asked about, which for a member is himself. */
TB_MUST_USE enum tb_code tb_app_standing(const struct tb_app *app, const char *period, const char *account,
                                         struct tb_app_standing *out, struct tb_err *e);
void tb_app_standing_free(struct tb_app_standing *x);
/* Pages in a new directory that is then switched with `dir`. For the office: index.html, per pool
 * pool-ID.html and pool-ID.svg, per provider p-ID.html. For members: p-ID.html alone, in which no other
 * member is named. *files: how many. */
TB_MUST_USE enum tb_code tb_app_standing_html(const struct tb_app *app, const struct tb_app_standing *x,
                                              const char *dir, bool member, int *files, struct tb_err *e);

#endif
