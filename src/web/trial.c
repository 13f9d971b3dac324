/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What came of a plan or of a trial, in the office's words.
 */
#include <string.h>

#include "month.h"
#include "toban/app/whatif.h"

#define SHOWN 40 /* seats with somebody else */

static void counts(const struct tb_app_draft *d, struct tb_buf *out)
{
    tb_buf_addf(out, "空席 %d、必須違反 %d件、努力未達 %d件。", d->verdict->open_seats, tb_app_breaches(d),
                web_soft(d));
    if (d->result.status == TB_PLAN_OPTIMAL)
        tb_buf_add(out, "これより良い組み方はないことを確かめました。\n");
    else
        tb_buf_add(out, "もっと良い組み方があるかどうかは、確かめきっていません。\n");
}

static void parts(const struct tb_what_if *x, struct tb_buf *out)
{
    if (!x->n_parts) return;
    tb_buf_add(out, "\n条件と公平（+ は今の案より悪く、− は良くなります）\n");
    for (int i = 0; i < x->n_parts; i++) {
        struct tb_buf by = {0};
        if (strcmp(x->parts[i].id, "change") == 0) continue; /* said as a number of seats */
        web_difference(x->parts[i].after - x->parts[i].before, &by);
        tb_buf_addf(out, "　%s　%s\n", tb_buf_str(&by), x->parts[i].name);
        tb_buf_free(&by);
    }
}

static void seats(const struct tb_region *r, const struct tb_what_if *x, struct tb_buf *out)
{
    if (!x->n_changes) {
        tb_buf_add(out, "\nどの席も同じ人のままです。\n");
        return;
    }
    tb_buf_addf(out, "\n別の人になる席 %zu\n", x->n_changes);
    for (size_t i = 0; i < x->n_changes && i < SHOWN; i++) {
        const struct tb_seat_row *s = &x->changes[i].seat;
        tb_buf_add(out, "　");
        web_seat_name(r, s->date, s->duty, s->role, out);
        tb_buf_addf(out, "　%s → %s\n", web_named(r, s->provider), web_named(r, x->changes[i].after));
    }
    if (x->n_changes > SHOWN) tb_buf_addf(out, "　ほか %zu席\n", x->n_changes - SHOWN);
}

void web_plan_words(const struct tb_app_draft *d, struct tb_buf *out) { counts(d, out); }

void web_trial_words(const struct tb_app_draft *d, const struct tb_what_if *x, struct tb_buf *out)
{
    tb_buf_add(out, "何も保存していません。\n");
    counts(d, out);
    if (!x->draft) {
        tb_buf_add(out, "同じ期間と当番区分の案がないので、比べるものがありません。\n");
        return;
    }
    tb_buf_addf(out, "案%lld と比べて　空席 %+d、別の人になる席 %zu。\n", (long long)x->draft,
                d->verdict->open_seats - x->open, x->n_changes);
    if (x->other_seats) tb_buf_add(out, "（決める席が同じではないので、差は別の席についてのものです。）\n");
    seats(d->region, x, out);
    parts(x, out);
}
