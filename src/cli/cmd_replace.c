/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replace.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/hand.h"

static bool counter_changed(const struct tb_substitutes *s, const struct tb_substitute *x, int k)
{
    return x->verdict->loads[k] != s->now->loads[k];
}

static void counter_words(const struct tb_problem *p, int k, struct tb_buf *out)
{
    const struct tb_region *r = p->region;
    const struct tb_counter *c = &p->counters[k];
    tb_buf_addf(out, tb_t("%s（%s）", "%s (%s)"),
                r->ledgers[c->ledger].scope == TB_SCOPE_SHARE ? r->shares[c->account].name
                                                              : r->providers[c->account].name,
                r->ledgers[c->ledger].name);
}

static void json_violations(tb_printer *p, const struct tb_problem *q, const char *key,
                            const struct tb_verdict *of, const struct tb_verdict *than)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < of->n_violations; i++) {
        if (tb_violation_in(&of->violations[i], than)) continue;
        struct tb_buf text = {0};
        tb_violation_text(q, &of->violations[i], &text);
        tb_print_begin_object(p);
        tb_print_kstring(p, "rule", of->violations[i].rule);
        tb_print_kbool(p, "hard", of->violations[i].hard);
        tb_print_kint(p, "cost", of->violations[i].cost);
        tb_print_kstring(p, "text", tb_buf_str(&text));
        tb_print_end_object(p);
        tb_buf_free(&text);
    }
    tb_print_end_list(p);
}

static void json_one(tb_printer *p, const struct tb_app_draft *d, const struct tb_substitutes *s,
                     const struct tb_substitute *x)
{
    const struct tb_region *r = d->region;
    tb_print_begin_object(p);
    tb_print_kstring(p, "provider", r->providers[x->provider].id);
    tb_print_kstring(p, "name", r->providers[x->provider].name);
    tb_print_kbool(p, "reserve", x->reserve_slot >= 0);
    tb_print_kint(p, "contact_rank", x->contact);
    tb_print_kint(p, "hard", x->n_hard);
    tb_print_kint(p, "cost", x->cost);
    tb_print_kint(p, "opens", x->verdict->open_seats - s->now->open_seats);
    json_violations(p, d->problem, "newly", x->verdict, s->now);
    json_violations(p, d->problem, "no_longer", s->now, x->verdict);
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (int k = 0; k < d->problem->n_counters; k++) {
        if (!counter_changed(s, x, k)) continue;
        const struct tb_counter *c = &d->problem->counters[k];
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", r->ledgers[c->ledger].id);
        tb_print_kstring(p, "account", tb_account_id(r, c->ledger, c->account));
        tb_print_kint(p, "entitlement_hundredths", c->entitlement);
        tb_print_kint(p, "before", s->now->loads[k]);
        tb_print_kint(p, "after", x->verdict->loads[k]);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_end_object(p);
}

static void text_violations(const struct tb_problem *q, const char *mark, const struct tb_verdict *of,
                            const struct tb_verdict *than)
{
    for (int i = 0; i < of->n_violations; i++) {
        if (tb_violation_in(&of->violations[i], than)) continue;
        struct tb_buf text = {0};
        tb_violation_text(q, &of->violations[i], &text);
        printf("      %s%s %s\n", mark, of->violations[i].hard ? tb_t("必須", "HARD") : tb_t("努力", "soft"),
               tb_buf_str(&text));
        tb_buf_free(&text);
    }
}

static void text_one(const struct tb_app_draft *d, const struct tb_substitutes *s,
                     const struct tb_substitute *x, int rank)
{
    const struct tb_provider *who = &d->region->providers[x->provider];
    const char *phone = *who->staff_phone ? who->staff_phone : who->phone;
    printf(tb_t("%3d. %s%s%s  必須の違反 %d、費用 %+lld", "%3d. %s%s%s  hard rules broken %d, cost %+lld"),
           rank, who->name, *phone ? tb_t("  電話 ", ", tel. ") : "", phone, x->n_hard, (long long)x->cost);
    if (x->reserve_slot >= 0)
        fputs(tb_t("  予備から（予備の席が空きます）", "  from reserve (that seat stays open)"), stdout);
    if (x->contact) printf(tb_t("  連絡順 %d", "  no. %d to call"), x->contact);
    putchar('\n');
    text_violations(d->problem, tb_t("新しく ", "newly "), x->verdict, s->now);
    text_violations(d->problem, tb_t("なくなる ", "no longer "), s->now, x->verdict);
    for (int k = 0; k < d->problem->n_counters; k++) {
        if (!counter_changed(s, x, k)) continue;
        struct tb_buf words = {0};
        int64_t e = d->problem->counters[k].entitlement, size = e < 0 ? -e : e;
        counter_words(d->problem, k, &words);
        printf(tb_t("      帳簿 %s: %lld 回 → %lld 回（持分 %s%lld.%02lld）\n",
                    "      ledger %s: %lld -> %lld (share %s%lld.%02lld)\n"),
               tb_buf_str(&words), (long long)s->now->loads[k], (long long)x->verdict->loads[k],
               e < 0 ? "-" : "", (long long)(size / 100), (long long)(size % 100));
        tb_buf_free(&words);
    }
}

enum tb_code cmd_replace(struct cli *c, struct tb_err *e)
{
    int64_t id, most;
    int slot, who;
    char date[64];
    struct tb_app_draft d;
    struct tb_substitutes s;
    const char *seat = cli_get(c, "seat");
    if (!seat) return tb_fail(e, TB_USAGE, tb_t("--seat が要ります", "--seat is needed"));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "most", 1, 10000, 5, &most, e));
    const struct tb_seat_question q = {id, cli_flag(c, "published"), seat, cli_get(c, "provider")};
    CLI_TRY(tb_app_seat_draft(&c->app, &q, &d, &slot, &who, e));
    if (d.problem->slots[slot].date < tb_day_of_minute(tb_clock_now(&c->app.clock))) {
        enum tb_code past = tb_fail(e, TB_REFUSED, tb_t("%s は過ぎた日です", "%s is past"),
                                    tb_format_date(d.problem->slots[slot].date, date, sizeof date));
        tb_app_draft_free(&d);
        return past;
    }
    enum tb_code found = tb_app_replace(&c->app, &d, slot, who, &s, e);
    if (found) {
        tb_app_draft_free(&d);
        return found;
    }
    bool any = s.n && s.v[0].n_hard == 0;
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "draft", d.stored.id);
        tb_print_kint(j.p, "publication", d.stored.published);
        tb_print_kstring(j.p, "seat", seat);
        tb_print_kstring(j.p, "drops_out", d.region->providers[who].id);
        tb_print_kint(j.p, "pool", s.n);
        tb_print_key(j.p, "substitutes");
        tb_print_begin_list(j.p);
        for (int i = 0; i < s.n && i < most; i++) json_one(j.p, &d, &s, &s.v[i]);
        tb_print_end_list(j.p);
        cli_json_end(&j);
    } else {
        printf(tb_t("%s  %s が出られないとき（案 %lld%s）\n", "%s  when %s drops out (draft %lld%s)\n"), seat,
               d.region->providers[who].name, (long long)d.stored.id,
               d.stored.published ? tb_t("、公表済み", ", published") : "");
        if (!any)
            puts(tb_t("必須の条件を破らずに代われる人はいません",
                      "nobody can take it without breaking a hard rule"));
        for (int i = 0; i < s.n && i < most; i++) text_one(&d, &s, &s.v[i], i + 1);
        if (s.n > most)
            printf(tb_t("ほか %lld 人（--most で増やします）\n", "and %lld more (raise --most)\n"),
                   (long long)(s.n - most));
    }
    tb_substitutes_free(&s);
    tb_app_draft_free(&d);
    return any ? TB_OK : TB_NO;
}
