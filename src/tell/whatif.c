/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan that was not stored, beside the draft that is there.
 */
#include "toban/tell/draft.h"
#include "toban/tell/seat.h"

#define SHOWN_CHANGES 20

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void parts_json(const struct tb_what_if *x, tb_printer *p)
{
    tb_print_key(p, "parts");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_parts; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "part", x->parts[i].id);
        tb_print_kint(p, "before", x->parts[i].before);
        tb_print_kint(p, "after", x->parts[i].after);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void changes_json(const struct tb_region *r, const struct tb_what_if *x, tb_printer *p)
{
    tb_print_kint(p, "seats_with_somebody_else", (int64_t)x->n_changes);
    tb_print_key(p, "changes");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_changes; i++) {
        const struct tb_seat_row *s = &x->changes[i].seat;
        tb_print_begin_object(p);
        tb_tell_seat_json(r, s, p);
        if (s->provider >= 0) tb_print_kstring(p, "before", r->providers[s->provider].id);
        if (x->changes[i].after >= 0) tb_print_kstring(p, "after", r->providers[x->changes[i].after].id);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void ledgers_json(const struct tb_region *r, const struct tb_what_if *x, tb_printer *p)
{
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_ledgers; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", r->ledgers[x->ledgers[i].ledger].id);
        tb_print_kstring(p, "account", tb_account_id(r, x->ledgers[i].ledger, x->ledgers[i].account));
        tb_print_kint(p, "duties", x->ledgers[i].done);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_what_if_json(const struct tb_tell_plan *plan, tb_printer *p)
{
    const struct tb_app_draft *d = plan->draft;
    const struct tb_what_if *x = plan->beside;
    if (!x->draft) return;
    tb_print_key(p, "compared_with");
    tb_print_begin_object(p);
    tb_print_kint(p, "draft", x->draft);
    tb_print_kbool(p, "same_seats", !x->other_seats);
    tb_print_kint(p, "objective", x->objective);
    tb_print_kint(p, "cost", x->cost);
    tb_print_kint(p, "cost_now", d->verdict->rule_cost + d->verdict->ledger_cost);
    tb_print_kint(p, "open", x->open);
    parts_json(x, p);
    changes_json(d->region, x, p);
    ledgers_json(d->region, x, p);
    tb_print_end_object(p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

static const char *name_or_open(const struct tb_region *r, int provider)
{
    return provider >= 0 ? r->providers[provider].name : tb_t("空席", "open");
}

static void ledgers_text(const struct tb_region *r, const struct tb_what_if *x, struct tb_buf *out)
{
    for (size_t i = 0, k; i < x->n_ledgers; i = k) {
        int more = 0, less = 0;
        for (k = i; k < x->n_ledgers && x->ledgers[k].ledger == x->ledgers[i].ledger; k++) {
            more += x->ledgers[k].done > 0;
            less += x->ledgers[k].done < 0;
        }
        tb_buf_addf(out,
                    tb_t("  帳簿 %s: 回数が増える %d、減る %d\n",
                         "  ledger %s: %d with more duties, %d with fewer\n"),
                    r->ledgers[x->ledgers[i].ledger].name, more, less);
    }
}

static void changes_text(const struct tb_region *r, const struct tb_what_if *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n_changes && i < SHOWN_CHANGES; i++) {
        const struct tb_seat_row *s = &x->changes[i].seat;
        tb_buf_add(out, "  ");
        tb_tell_seat_words(r, s, out);
        tb_buf_addf(out, tb_t(": %s → %s\n", ": %s -> %s\n"), name_or_open(r, s->provider),
                    name_or_open(r, x->changes[i].after));
    }
    if (x->n_changes > SHOWN_CHANGES)
        tb_buf_addf(out,
                    tb_t("  ほか %zu 席（--json で全部）\n", "  and %zu more seats (--json shows all)\n"),
                    x->n_changes - SHOWN_CHANGES);
}

void tb_tell_what_if_text(const struct tb_tell_plan *plan, struct tb_buf *out)
{
    const struct tb_verdict *v = plan->draft->verdict;
    const struct tb_what_if *x = plan->beside;
    tb_buf_add(out, tb_t("もしも: 何も保存していません\n", "what if: nothing was stored\n"));
    if (!x->draft) {
        tb_buf_add(out, tb_t("この期間と当番区分の案はまだありません\n",
                             "there is no draft of this period and these duties to compare with\n"));
        return;
    }
    tb_buf_addf(
        out,
        tb_t("案 %lld と比べて: 目的関数 %+lld、空席 %+d、努力の条件と公平 %+lld、別の人になる席 %zu\n",
             "against draft %lld: objective %+lld, open seats %+d, soft rules and fairness %+lld, %zu "
             "seats with somebody else\n"),
        (long long)x->draft, (long long)(v->objective - x->objective), v->open_seats - x->open,
        (long long)(v->rule_cost + v->ledger_cost - x->cost), x->n_changes);
    if (x->other_seats)
        tb_buf_add(out,
                   tb_t("  （決める席が同じではないので、合計は別の席についてのものです）\n",
                        "  (they do not decide the same seats, so these sums are of different seats)\n"));
    for (int i = 0; i < x->n_parts; i++)
        tb_buf_addf(out, "  %+lld  %s (%s) %lld -> %lld\n",
                    (long long)(x->parts[i].after - x->parts[i].before), x->parts[i].name, x->parts[i].id,
                    (long long)x->parts[i].before, (long long)x->parts[i].after);
    ledgers_text(plan->draft->region, x, out);
    changes_text(plan->draft->region, x, out);
}
