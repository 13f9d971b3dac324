/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tables say and no publication does yet.
 */
#include "toban/app/facts.h"

#include <stdio.h>

#include "app_int.h"

void tb_app_facts_free(struct tb_app_facts *x)
{
    tb_fact_changes_free(x->v, x->n);
    tb_region_free(x->today);
    *x = (struct tb_app_facts){0};
}

enum tb_code app_facts(tb_store *s, const struct tb_region *today, tb_day day, struct tb_fact_change **v,
                       size_t *n, struct tb_err *e)
{
    struct tb_held held, taken;
    enum tb_code c = tb_store_facts(s, 0, &held, e);
    if (c) return c;
    tb_held_differ(&held, today, day, &taken, v, n);
    tb_held_free(&taken);
    tb_held_free(&held);
    return TB_OK;
}

enum tb_code tb_app_facts(const struct tb_app *app, struct tb_app_facts *out, struct tb_err *e)
{
    tb_store *s;
    *out = (struct tb_app_facts){0};
    enum tb_code c = app_may(app, TB_USE_FACTS, e);
    if (c == TB_OK) c = app_open(app, &s, &out->today, e);
    if (c) return c;
    c = tb_store_latest(s, &out->publication, e);
    if (c == TB_OK)
        c = app_facts(s, out->today, tb_day_of_minute(tb_clock_now(&app->clock)), &out->v, &out->n, e);
    c = app_close(s, c);
    if (c) tb_app_facts_free(out);
    return c;
}

enum tb_code tb_app_publish_facts(const struct tb_app *app, const char *note, struct tb_publication *out,
                                  struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    enum tb_code c = app_may(app, TB_USE_PUBLISH_FACTS, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_PUBLISH_FACTS, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    const struct tb_act act = app_act(app, note);
    c = tb_store_publish_facts(s, r, &act, out, e);
    if (c == TB_OK) {
        char detail[96];
        snprintf(detail, sizeof detail, "%lld %.8s", (long long)out->number, out->digest);
        c = tb_store_audit(s, act.at, act.by, "publish", detail, e);
    }
    c = app_commit(s, c, e);
    tb_region_free(r);
    return c;
}
