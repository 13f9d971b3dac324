/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Notice of changes, as offices send it: what stood on the sheet before, what stands there now.
 */
#include "publish_int.h"

#include <stdlib.h>

#include "toban/domain/private.h"

static void line(const struct tb_region *r, const struct tb_seat_row *s, int provider, bool to_public,
                 struct tb_buf *out)
{
    char date[64];
    const char *name = "（なし）";
    if (provider >= 0) name = to_public ? tb_public_name(r, s->duty, provider) : r->providers[provider].name;
    const struct tb_duty *duty = &r->duties[s->duty];
    tb_buf_addf(out, "  %s %s（%s）%s %s\n", tb_format_date_ja(s->date, date, sizeof date), duty->name,
                r->bands[s->band].name, s->role == TB_RESERVE ? " 予備" : "", name);
}

void tb_publish_change_notice(const struct tb_region *r, const struct tb_change *c, size_t n,
                              const char *before, const char *after, bool to_public, struct tb_buf *out)
{
    tb_buf_addf(out, "当番表の変更のお知らせ\n%s から %s へ\n", before, after);
    if (n == 0) tb_buf_add(out, "\n当番の席に変更はありません。\n");
    for (int side = 0; side < 2 && n > 0; side++) {
        tb_buf_add(out, side == 0 ? "\n【変更前】\n" : "\n【変更後】\n");
        for (size_t i = 0; i < n; i++)
            line(r, &c[i].seat, side == 0 ? c[i].seat.provider : c[i].after, to_public, out);
    }
    if (r->regions[0].notice[0] != '\0') tb_buf_addf(out, "\n%s\n", r->regions[0].notice);
}

void tb_publish_own_notice(const struct tb_region *r, int provider, const struct tb_change *c, size_t n,
                           const char *before, const char *after, struct tb_buf *out)
{
    static const char *const heads[] = {"\n【担当から外れた当番】\n", "\n【新しく担当する当番】\n"};
    char from[64], to[64];
    tb_buf_addf(out, "当番の変更のお知らせ\n%s から %s へ\n", before, after);
    for (int side = 0; side < 2; side++) {
        bool told = false;
        for (size_t i = 0; i < n; i++) {
            if ((side == 0 ? c[i].seat.provider : c[i].after) != provider) continue;
            if (!told) tb_buf_add(out, heads[side]);
            told = true;
            const struct tb_seat_row *s = &c[i].seat;
            const struct tb_duty *duty = &r->duties[s->duty];
            const struct tb_band *band = &r->bands[s->band];
            char date[64];
            tb_buf_addf(out, "  %s %s（%s）%s %s～%s\n", tb_format_date_ja(s->date, date, sizeof date),
                        duty->name, band->name, s->role == TB_RESERVE ? " 予備" : "",
                        tb_format_time_ja(band->from, from, sizeof from),
                        tb_format_time_ja(band->to2 >= 0 ? band->to2 : band->to, to, sizeof to));
        }
    }
    if (r->regions[0].notice[0] != '\0') tb_buf_addf(out, "\n%s\n", r->regions[0].notice);
}
