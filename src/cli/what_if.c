/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan --what-if: beside the draft that is there.
 */
#include <stdio.h>

#include "cli.h"
#include "toban/app/whatif.h"

#define SHOWN_CHANGES 20

void cli_json_what_if(tb_printer *p, const struct tb_app_draft *d, const struct tb_what_if *x)
{
    const struct tb_region *r = d->region;
    char date[64];
    if (!x->draft) return;
    tb_print_key(p, "compared_with");
    tb_print_begin_object(p);
    tb_print_kint(p, "draft", x->draft);
    tb_print_kbool(p, "same_seats", !x->other_seats);
    tb_print_kint(p, "objective", x->objective);
    tb_print_kint(p, "cost", x->cost);
    tb_print_kint(p, "cost_now", d->verdict->rule_cost + d->verdict->ledger_cost);
    tb_print_kint(p, "open", x->open);
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
    tb_print_kint(p, "seats_with_somebody_else", (int64_t)x->n_changes);
    tb_print_key(p, "changes");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_changes; i++) {
        const struct tb_seat_row *s = &x->changes[i].seat;
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", r->duties[s->duty].id);
        tb_print_kstring(p, "date", tb_format_date(s->date, date, sizeof date));
        tb_print_kstring(p, "band", r->bands[s->band].id);
        tb_print_kstring(p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
        if (s->provider >= 0) tb_print_kstring(p, "before", r->providers[s->provider].id);
        if (x->changes[i].after >= 0) tb_print_kstring(p, "after", r->providers[x->changes[i].after].id);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
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
    tb_print_end_object(p);
}

static const char *who(const struct tb_region *r, int provider)
{
    return provider >= 0 ? r->providers[provider].name : tb_t("空席", "open");
}

static void text_ledgers(const struct tb_region *r, const struct tb_what_if *x)
{
    for (size_t i = 0, k; i < x->n_ledgers; i = k) {
        int more = 0, less = 0;
        for (k = i; k < x->n_ledgers && x->ledgers[k].ledger == x->ledgers[i].ledger; k++) {
            more += x->ledgers[k].done > 0;
            less += x->ledgers[k].done < 0;
        }
        printf(tb_t("  帳簿 %s: 回数が増える %d、減る %d\n",
                    "  ledger %s: %d with more duties, %d with fewer\n"),
               r->ledgers[x->ledgers[i].ledger].name, more, less);
    }
}

void cli_text_what_if(const struct tb_app_draft *d, const struct tb_what_if *x)
{
    const struct tb_region *r = d->region;
    char date[64];
    puts(tb_t("もしも: 何も保存していません", "what if: nothing was stored"));
    if (!x->draft) {
        puts(tb_t("この期間と当番区分の案はまだありません",
                  "there is no draft of this period and these duties to compare with"));
        return;
    }
    printf(tb_t("案 %lld と比べて: 目的関数 %+lld、空席 %+d、努力の条件と公平 %+lld、別の人になる席 %zu\n",
                "against draft %lld: objective %+lld, open seats %+d, soft rules and fairness %+lld, %zu "
                "seats with somebody else\n"),
           (long long)x->draft, (long long)(d->verdict->objective - x->objective),
           d->verdict->open_seats - x->open,
           (long long)(d->verdict->rule_cost + d->verdict->ledger_cost - x->cost), x->n_changes);
    if (x->other_seats)
        puts(tb_t("  （決める席が同じではないので、合計は別の席についてのものです）",
                  "  (they do not decide the same seats, so these sums are of different seats)"));
    for (int i = 0; i < x->n_parts; i++)
        printf("  %+lld  %s (%s) %lld -> %lld\n", (long long)(x->parts[i].after - x->parts[i].before),
               x->parts[i].name, x->parts[i].id, (long long)x->parts[i].before, (long long)x->parts[i].after);
    text_ledgers(r, x);
    for (size_t i = 0; i < x->n_changes && i < SHOWN_CHANGES; i++) {
        const struct tb_seat_row *s = &x->changes[i].seat;
        printf(tb_t("  %s %s %s%s: %s → %s\n", "  %s %s %s%s: %s -> %s\n"),
               tb_format_date_told(s->date, date, sizeof date), r->duties[s->duty].name,
               r->bands[s->band].name, s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "",
               who(r, s->provider), who(r, x->changes[i].after));
    }
    if (x->n_changes > SHOWN_CHANGES)
        printf(tb_t("  ほか %zu 席（--json で全部）\n", "  and %zu more seats (--json shows all)\n"),
               x->n_changes - SHOWN_CHANGES);
}
