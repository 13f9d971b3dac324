/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * facts: what publications hold of the region, beside what the tables say today (toban/domain/held.h).
 */
#ifndef TOBAN_APP_FACTS_H
#define TOBAN_APP_FACTS_H

#include "toban/app/app.h"
#include "toban/domain/held.h"

/* What `publish --facts` would take now: fields of rows that are no longer as the latest publication holds
 * them. Which duties a change concerns: tb_fact_concerns; whether calendars move: tb_fact_in_calendars. */
struct tb_app_facts {
    struct tb_region *today;
    int64_t publication; /* the latest, 0: nothing has been published, and nothing differs */
    struct tb_fact_change *v;
    size_t n;
};
void tb_app_facts_free(struct tb_app_facts *x);
TB_MUST_USE enum tb_code tb_app_facts(const struct tb_app *app, struct tb_app_facts *out, struct tb_err *e);
/* A publication that takes these alone. TB_NO: there are none. */
TB_MUST_USE enum tb_code tb_app_publish_facts(const struct tb_app *app, const char *note,
                                              struct tb_publication *out, struct tb_err *e);

#endif
