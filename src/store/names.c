/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ids in the file and indices in the region.
 */
#include <stdio.h>
#include <string.h>

#include "store_int.h"

static int unknown(struct tb_db *db, const char *what, const char *id)
{
    tb_db_fail(
        db, TB_STORAGE,
        tb_t("%s: 保存された当番表にある%s「%s」が医療圏にありません。その行を戻してください",
             "%s: a stored roster names the %s \"%s\", which the region no longer has; bring its row back"),
        tb_db_path(db), what, id);
    return -1;
}

/* Rows come sorted by duty, so most of them ask for the same again. */
int tb_names_duty(struct tb_names *n, struct tb_db *db, const struct tb_region *r, const char *id)
{
    if (strcmp(n->duty_id, id) == 0) return n->duty;
    int duty = tb_find_duty(r, id);
    if (duty < 0) return unknown(db, tb_t("当番区分", "duty"), id);
    n->duty = duty;
    n->band_id[0] = '\0';
    (void)snprintf(n->duty_id, sizeof n->duty_id, "%s", id);
    return duty;
}

int tb_names_band(struct tb_names *n, struct tb_db *db, const struct tb_region *r, const char *duty,
                  const char *band)
{
    int d = tb_names_duty(n, db, r, duty);
    if (d < 0) return -1;
    if (strcmp(n->band_id, band) == 0) return n->band;
    int b = tb_find_band(r, d, band);
    if (b < 0) return unknown(db, tb_t("時間帯", "band"), band);
    n->band = b;
    (void)snprintf(n->band_id, sizeof n->band_id, "%s", band);
    return b;
}

int tb_names_provider(struct tb_db *db, const struct tb_region *r, const char *id)
{
    int provider = tb_find_provider(r, id);
    return provider >= 0 ? provider : unknown(db, tb_t("当番医・医療機関", "provider"), id);
}

int tb_slot_compare(const struct tb_seat_row *a, const struct tb_seat_row *b)
{
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

int tb_seat_row_compare(const struct tb_seat_row *a, const struct tb_seat_row *b)
{
    int c = tb_slot_compare(a, b);
    return c != 0 ? c : (a->seat > b->seat) - (a->seat < b->seat);
}
