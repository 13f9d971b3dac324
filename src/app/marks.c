/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What calendars tell otherwise from now on, though no publication, name or override says so: other words by
 * another program, other settings, other tables that are shown as they are today.
 */
#include <string.h>

#include "app_int.h"
#include "toban/publish/publish.h"

enum tb_code app_enter_wording(const struct tb_app *app, tb_store *s, struct tb_err *e)
{
    int64_t wording;
    enum tb_code c = tb_store_wording(s, &wording, e);
    if (c || wording == TB_CALENDAR_WORDING) return c;
    const struct tb_mark x = {
        .at = tb_clock_now(&app->clock), .kind = TB_MARK_WORDING, .feed = "", .subject = ""};
    return tb_store_add_mark(s, &x, TB_CALENDAR_WORDING, e);
}

/* Does a column that calendars show as it is today say something else? */
static bool shown_otherwise(const struct tb_region *before, const struct tb_region *after,
                            enum tb_entity_id entity)
{
    const struct tb_entity *t = &tb_entities[entity];
    int n = tb_region_count(before, entity);
    bool other = false;
    struct tb_buf was = {0}, is = {0};
    for (int f = 0; f < t->n_fields && !other; f++) {
        if (!(t->fields[f].flags & TB_FIELD_TODAY)) continue;
        other = n != tb_region_count(after, entity);
        for (int row = 0; row < n && !other; row++) {
            tb_buf_clear(&was);
            tb_buf_clear(&is);
            tb_region_cell(before, entity, row, f, &was);
            tb_region_cell(after, entity, row, f, &is);
            other = strcmp(tb_buf_str(&was), tb_buf_str(&is)) != 0;
        }
    }
    tb_buf_free(&was);
    tb_buf_free(&is);
    return other;
}

enum tb_code app_enter_settings(const struct tb_app *app, tb_store *s, const struct tb_region *before,
                                const struct tb_region *after, struct tb_err *e)
{
    enum tb_code c = TB_OK;
    for (int k = 0; k < TB_E_COUNT && c == TB_OK; k++) {
        if (!shown_otherwise(before, after, (enum tb_entity_id)k)) continue;
        const struct tb_mark x = {.at = tb_clock_now(&app->clock),
                                  .kind = k == TB_E_region_row ? TB_MARK_SETTING : TB_MARK_TABLE,
                                  .feed = "provider",
                                  .subject = ""};
        c = tb_store_add_mark(s, &x, 0, e);
    }
    return c;
}
