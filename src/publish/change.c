/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Notice of changes: what stood on the sheet before, what stands there now.
 */
#include "publish_int.h"

static void line(const struct tb_region *r, const struct tb_seat_row *s, int provider, struct tb_buf *out)
{
    char date[64];
    const struct tb_duty *duty = &r->duties[s->duty];
    tb_buf_addf(out, "  %s %s（%s）%s %s\n", tb_format_date_ja(s->date, date, sizeof date), duty->name,
                r->bands[s->band].name, s->role == TB_RESERVE ? " 予備" : "",
                provider >= 0 ? r->providers[provider].name : "未定");
}

static bool is_fresh(const struct tb_notice *x, size_t i)
{
    return !tb_cover_has(x->announced, x->n_announced, x->changes[i].seat.duty, x->changes[i].seat.date);
}

static void open_seats(const struct tb_region *r, const struct tb_seat_row *v, size_t n, struct tb_buf *out)
{
    char date[64];
    if (n) tb_buf_add(out, "\n【" TB_PUB_OPEN "】\n");
    for (size_t i = 0; i < n; i++) {
        const struct tb_body *call = &r->bodies[r->duties[v[i].duty].body];
        tb_buf_addf(out, "  %s %s（%s）%s 連絡先 %s %s\n", tb_format_date_ja(v[i].date, date, sizeof date),
                    r->duties[v[i].duty].name, r->bands[v[i].band].name,
                    v[i].role == TB_RESERVE ? " 予備" : "", call->name, call->phone);
    }
}

/* Duties whose days are announced for the first time: first and last of them, and how many seats. */
static void fresh_days(const struct tb_region *r, const struct tb_notice *x, struct tb_buf *out)
{
    bool told = false;
    for (int d = 0; d < r->n_duties; d++) {
        tb_day from = TB_DAY_NONE, to = TB_DAY_NONE;
        int seats = 0;
        char a[64], z[64];
        for (size_t i = 0; i < x->n; i++) {
            if (!is_fresh(x, i) || x->changes[i].seat.duty != d) continue;
            if (!seats++) from = x->changes[i].seat.date;
            to = x->changes[i].seat.date;
        }
        if (!seats) continue;
        if (!told) tb_buf_add(out, "\n【新たに公表した期間】\n");
        told = true;
        tb_buf_addf(out, "  %s %s～%s %d席\n", r->duties[d].name, tb_format_date_ja(from, a, sizeof a),
                    tb_format_date_ja(to, z, sizeof z), seats);
    }
}

static void facts(const struct tb_region *r, const struct tb_notice *x, struct tb_buf *out)
{
    bool told = false;
    char day[64];
    for (size_t i = 0; i < x->n_facts; i++) {
        const struct tb_fact_change *f = &x->facts[i];
        if (!tb_publish_fact_told(r, f, false)) continue;
        if (!told) tb_buf_add(out, "\n【時間・電話などの変更】\n");
        told = true;
        tb_buf_add(out, "  ");
        tb_publish_fact_words(r, f, out);
        if (f->field >= 0)
            tb_buf_addf(out, " %s → %s", f->was[0] != '\0' ? f->was : "（なし）",
                        f->is[0] != '\0' ? f->is : "（なし）");
        if (f->since != TB_DAY_NONE)
            tb_buf_addf(out, "（%sから）", tb_format_date_ja(f->since, day, sizeof day));
        tb_buf_addc(out, '\n');
    }
}

void tb_publish_change_notice(const struct tb_region *r, const struct tb_notice *x, struct tb_buf *out)
{
    size_t changed = 0;
    for (size_t i = 0; i < x->n; i++) changed += !is_fresh(x, i);
    tb_buf_addf(out, "%s\n%s から %s へ\n",
                changed || x->n_facts ? "当番表の変更のお知らせ" : "当番表のお知らせ", x->before, x->after);
    if (x->n == 0) tb_buf_add(out, "\n当番の席に変更はありません。\n");
    for (int side = 0; side < 2 && changed > 0; side++) {
        tb_buf_add(out, side == 0 ? "\n【変更前】\n" : "\n【変更後】\n");
        for (size_t i = 0; i < x->n; i++)
            if (!is_fresh(x, i))
                line(r, &x->changes[i].seat, side == 0 ? x->changes[i].seat.provider : x->changes[i].after,
                     out);
    }
    fresh_days(r, x, out);
    open_seats(r, x->open, x->n_open, out);
    facts(r, x, out);
    if (r->regions[0].notice[0] != '\0') tb_buf_addf(out, "\n%s\n", r->regions[0].notice);
}
