/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a use case reads and writes: the data file opened, its region loaded, everything kept or nothing.
 */
#include "app_int.h"

enum tb_code app_store(const struct tb_app *app, tb_store **s, struct tb_err *e)
{
    if (!app->reading) return tb_store_open(app->db, TB_STORE_READ, s, e);
    *s = tb_store_share(app->reading->store);
    return TB_OK;
}

enum tb_code app_open(const struct tb_app *app, tb_store **s, struct tb_region **r, struct tb_err *e)
{
    enum tb_code c = app_store(app, s, e);
    if (c) return c;
    if (app->reading) {
        *r = tb_region_share(app->reading->region);
        return TB_OK;
    }
    /* What is read together is one state. */
    c = tb_store_hold(*s, e);
    if (c == TB_OK) c = app_today(app, *s, r, e);
    if (c) tb_store_close(*s);
    return c;
}

enum tb_code app_close(tb_store *s, enum tb_code c)
{
    tb_store_close(s);
    return c;
}

enum tb_code app_begin(const struct tb_app *app, tb_store **s, struct tb_region **r, struct tb_err *e)
{
    enum tb_code c = tb_store_open(app->db, app->trial ? TB_STORE_TRY : TB_STORE_WRITE, s, e);
    if (c) return c;
    c = tb_store_begin(*s, e);
    if (c == TB_OK && r) c = tb_store_load_region(*s, r, e);
    if (c == TB_OK) return TB_OK;
    tb_store_rollback(*s);
    tb_store_close(*s);
    return c;
}

enum tb_code app_commit(tb_store *s, enum tb_code c, struct tb_err *e)
{
    if (c == TB_OK) c = tb_store_commit(s, e);
    if (c != TB_OK) tb_store_rollback(s);
    tb_store_close(s);
    return c;
}
