/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft, or a roster made by hand, as it was judged.
 */
#include "toban/tell/draft.h"
#include "verdict.h"

enum { MOST_HARD = 50 };

bool tb_tell_check_agrees(const struct tb_tell_check *x)
{
    const struct tb_app_draft *d = x->draft;
    return x->by_file || (d->verdict->objective == d->stored.objective &&
                          (!d->bound_checked || d->checked_bound == d->stored.bound));
}

void tb_tell_check_json(const struct tb_tell_check *x, tb_printer *p)
{
    const struct tb_app_draft *d = x->draft;
    int broken = tb_app_breaches(d);
    if (!x->by_file) {
        tb_print_kint(p, "draft", d->stored.id);
        tb_print_kint(p, "stored_objective", d->stored.objective);
        tb_print_kint(p, "stored_bound", d->stored.bound);
    }
    tb_print_kint(p, "objective", d->verdict->objective);
    tb_print_key(p, "bound");
    if (d->bound_checked)
        tb_print_int(p, d->checked_bound);
    else
        tb_print_null(p);
    tb_print_kbool(p, "agrees", tb_tell_check_agrees(x));
    tb_print_kint(p, "hard", broken);
    tb_print_kint(p, "excepted", d->verdict->n_hard - broken);
    tb_print_kint(p, "open", d->verdict->open_seats);
    tell_open_slots_json(d, p);
    tell_violations_json(d, "broken_hard_rules", true, p);
    tell_violations_json(d, "broken_rules", false, p);
    tell_notes_json(d, p);
}

void tb_tell_check_text(const struct tb_tell_check *x, struct tb_buf *out)
{
    const struct tb_app_draft *d = x->draft;
    const struct tb_verdict *v = d->verdict;
    int broken = tb_app_breaches(d);
    tb_buf_addf(out,
                tb_t("目的関数 %lld、必須の違反 %d 件、努力の違反 %d 件、空席 %d\n",
                     "objective %lld, %d hard rules broken, %d soft cases, %d open seats\n"),
                (long long)v->objective, broken, tell_soft_cases(v), v->open_seats);
    if (v->n_hard > broken) tb_buf_addf(out, tb_t("特例 %d 件\n", "%d exceptions\n"), v->n_hard - broken);
    tell_violations_text(d, true, MOST_HARD, out);
    tell_open_slots_text(d, out);
    tell_notes_text(d, out);
    if (d->bound_checked)
        tb_buf_addf(out,
                    tb_t("下界を証明書から再計算: %lld（保存値 %lld）\n",
                         "bound recomputed from the certificate: %lld (stored %lld)\n"),
                    (long long)d->checked_bound, (long long)d->stored.bound);
    else if (!x->by_file)
        tb_buf_add(out, tb_t("この案に証明書はありません（分枝限定による証明、または打ち切り）\n",
                             "this draft has no certificate (proven by search, or stopped)\n"));
    if (!tb_tell_check_agrees(x))
        tb_buf_add(out, tb_t("保存値と一致しません（作ったあとで条件の意味が変わったか、内容が変えられました"
                             "。計画をやり直してください）\n",
                             "this does not agree with what was stored (what a rule means has changed since "
                             "it was made, or what was stored has; plan again)\n"));
}
