/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft, or a roster made by hand, as it was judged.
 */
#include <string.h>

#include "toban/tell/draft.h"
#include "toban/tell/seat.h"
#include "toban/tell/todo.h"
#include "verdict.h"

enum { MOST_HARD = 50 };

bool tb_tell_check_agrees(const struct tb_tell_check *x)
{
    const struct tb_app_draft *d = x->draft;
    return x->by_file || (d->verdict->objective == d->stored.objective && !d->unconfirmed.n &&
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
    tb_print_key(p, "unconfirmed");
    tb_print_begin_list(p);
    for (size_t i = 0; i < d->unconfirmed.n; i++) tb_print_string(p, d->unconfirmed.v[i]);
    tb_print_end_list(p);
    tb_print_kbool(p, "agrees", tb_tell_check_agrees(x));
    tb_print_kint(p, "hard", broken);
    tb_print_kint(p, "excepted", d->verdict->n_hard - broken);
    tb_print_kint(p, "open", d->verdict->open_seats);
    tell_open_slots_json(d, p);
    tell_violations_json(d, "broken_hard_rules", true, p);
    tell_violations_json(d, "broken_rules", false, p);
    tell_notes_json(d, p);
    if (x->by_file) return;
    tb_print_key(p, "today");
    tb_print_begin_list(p);
    for (size_t i = 0; x->today && i < x->today->n; i++) {
        const struct tb_conflict *c = &x->today->v[i];
        tb_print_begin_object(p);
        tb_tell_seat_json(d->today, &c->seat, p);
        tb_print_key(p, "provider");
        if (c->seat.provider < 0)
            tb_print_null(p);
        else
            tb_print_string(p, d->today->providers[c->seat.provider].id);
        tb_tell_conflict_json(c, p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static const char *why_no_certificate(const struct tb_draft *s)
{
    if (strcmp(s->status, "manual") == 0)
        return tb_t("手作業による案です。最適かどうかは調べていません",
                    "made by hand; whether it is the best was not asked");
    if (strcmp(s->status, TB_DRAFT_DOUBT) == 0)
        return tb_t("要確認の案です（二つの計算の食い違い）。公表できません",
                    "kept aside, as two computations disagree about it; it cannot be published");
    if (strcmp(s->status, "optimal") == 0)
        return tb_t("最適であることは探索による証明です（整数の証明書はありません）",
                    "the optimum is proven by search (there is no integer certificate)");
    return tb_t("最適であることの証明はありません（途中で打ち切り）",
                "there is no proof that it is the best (it was stopped before)");
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
    else if (!x->by_file && !d->unconfirmed.n)
        tb_buf_addf(out, "%s\n", why_no_certificate(&d->stored));
    for (size_t i = 0; i < d->unconfirmed.n; i++)
        tb_buf_addf(
            out, tb_t("整数の証明は確かめられませんでした: %s\n", "the certificate was not confirmed: %s\n"),
            d->unconfirmed.v[i]);
    if (!tb_tell_check_agrees(x))
        tb_buf_add(out, tb_t("保存値と一致しません（作ったあとで条件の意味が変わったか、内容が変えられました"
                             "。計画をやり直してください）\n",
                             "this does not agree with what was stored (what a rule means has changed since "
                             "it was made, or what was stored has; plan again)\n"));
    if (!x->today || !x->today->n) return;
    tb_buf_addf(out,
                tb_t("公表した席のうち、いまの表では支障のあるもの %zu 席（toban todo）\n",
                     "published seats that do not hold by today's tables: %zu (toban todo)\n"),
                x->today->n);
    for (size_t i = 0; i < x->today->n; i++) {
        const struct tb_conflict *c = &x->today->v[i];
        tb_buf_add(out, "  ");
        tb_tell_seat_words(d->today, &c->seat, out);
        tb_buf_addf(out, "  %s  %s\n", c->seat.provider < 0 ? "" : d->today->providers[c->seat.provider].name,
                    c->why);
    }
}
