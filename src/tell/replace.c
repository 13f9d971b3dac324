/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whom to call when somebody drops out, with every consequence.
 */
#include "toban/tell/replace.h"
#include "toban/tell/seat.h"

bool tb_tell_replace_any(const struct tb_tell_replace *x)
{
    return x->substitutes->n && x->substitutes->v[0].n_hard == 0;
}

static bool counter_changed(const struct tb_substitutes *s, const struct tb_substitute *x, int k)
{
    return x->verdict->loads[k] != s->now->loads[k];
}

/* ---- JSON ------------------------------------------------------------------------------------------- */

/* Violations of `of` that `than` does not have. */
static void changes_json(const struct tb_problem *q, const struct tb_verdict *of,
                         const struct tb_verdict *than, const char *key, tb_printer *p)
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

static void counters_json(const struct tb_app_draft *d, const struct tb_substitutes *s,
                          const struct tb_substitute *x, tb_printer *p)
{
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (int k = 0; k < d->problem->n_counters; k++) {
        if (!counter_changed(s, x, k)) continue;
        const struct tb_counter *c = &d->problem->counters[k];
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", d->region->ledgers[c->ledger].id);
        tb_print_kstring(p, "account", tb_account_id(d->region, c->ledger, c->account));
        tb_print_kint(p, "entitlement_hundredths", c->entitlement);
        tb_print_kint(p, "before", s->now->loads[k]);
        tb_print_kint(p, "after", x->verdict->loads[k]);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void substitute_json(const struct tb_app_draft *d, const struct tb_substitutes *s,
                            const struct tb_substitute *x, tb_printer *p)
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
    changes_json(d->problem, x->verdict, s->now, "newly", p);
    changes_json(d->problem, s->now, x->verdict, "no_longer", p);
    counters_json(d, s, x, p);
    tb_print_end_object(p);
}

void tb_tell_replace_json(const struct tb_tell_replace *x, tb_printer *p)
{
    const struct tb_app_draft *d = x->draft;
    tb_print_kint(p, "draft", d->stored.id);
    tb_print_kint(p, "publication", d->stored.published);
    tb_print_kstring(p, "seat", x->seat);
    tb_print_key(p, "drops_out");
    if (x->who < 0)
        tb_print_null(p);
    else
        tb_print_string(p, d->region->providers[x->who].id);
    tb_print_kint(p, "pool", x->substitutes->n);
    tb_print_key(p, "substitutes");
    tb_print_begin_list(p);
    for (int i = 0; i < x->substitutes->n && i < x->most; i++)
        substitute_json(d, x->substitutes, &x->substitutes->v[i], p);
    tb_print_end_list(p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

static void changes_text(const struct tb_problem *q, const struct tb_verdict *of,
                         const struct tb_verdict *than, const char *mark, struct tb_buf *out)
{
    for (int i = 0; i < of->n_violations; i++) {
        const struct tb_violation *v = &of->violations[i];
        if (tb_violation_in(v, than)) continue;
        tb_buf_addf(out, "      %s%s ", mark, v->hard ? tb_t("必須", "HARD") : tb_t("努力", "soft"));
        tb_violation_text(q, v, out);
        tb_buf_addc(out, '\n');
    }
}

static void counter_text(const struct tb_app_draft *d, int k, int64_t before, int64_t after,
                         struct tb_buf *out)
{
    const struct tb_counter *c = &d->problem->counters[k];
    int64_t size = c->entitlement < 0 ? -c->entitlement : c->entitlement;
    tb_buf_addf(out,
                tb_t("      帳簿 %s（%s）: %lld 回 → %lld 回（持分 %s%lld.%02lld）\n",
                     "      ledger %s (%s): %lld -> %lld (share %s%lld.%02lld)\n"),
                tb_tell_account_name(d->region, c->ledger, c->account), d->region->ledgers[c->ledger].name,
                (long long)before, (long long)after, c->entitlement < 0 ? "-" : "", (long long)(size / 100),
                (long long)(size % 100));
}

static void substitute_text(const struct tb_app_draft *d, const struct tb_substitutes *s,
                            const struct tb_substitute *x, int rank, struct tb_buf *out)
{
    const struct tb_provider *who = &d->region->providers[x->provider];
    const char *phone = tb_tell_phone(who);
    tb_buf_addf(
        out, tb_t("%3d. %s%s%s  必須の違反 %d、費用 %+lld", "%3d. %s%s%s  hard rules broken %d, cost %+lld"),
        rank, who->name, *phone ? tb_t("  電話 ", ", tel. ") : "", phone, x->n_hard, (long long)x->cost);
    if (x->reserve_slot >= 0)
        tb_buf_add(out, tb_t("  予備から（予備の席が空きます）", "  from reserve (that seat stays open)"));
    if (x->contact) tb_buf_addf(out, tb_t("  連絡順 %d", "  no. %d to call"), x->contact);
    tb_buf_addc(out, '\n');
    changes_text(d->problem, x->verdict, s->now, tb_t("新しく ", "newly "), out);
    changes_text(d->problem, s->now, x->verdict, tb_t("なくなる ", "no longer "), out);
    for (int k = 0; k < d->problem->n_counters; k++)
        if (counter_changed(s, x, k)) counter_text(d, k, s->now->loads[k], x->verdict->loads[k], out);
}

void tb_tell_replace_text(const struct tb_tell_replace *x, struct tb_buf *out)
{
    const struct tb_app_draft *d = x->draft;
    const struct tb_substitutes *s = x->substitutes;
    if (!d->stored.id)
        tb_buf_addf(
            out,
            tb_t("%s  %s%s（公表した席を、いまの表で）\n", "%s  %s%s (as published, by today's tables)\n"),
            x->seat, x->who < 0 ? tb_t("空席", "an open seat") : d->region->providers[x->who].name,
            x->who < 0 ? "" : tb_t(" が出られないとき", " drops out"));
    else
        tb_buf_addf(out,
                    tb_t("%s  %s が出られないとき（案 %lld%s）\n", "%s  when %s drops out (draft %lld%s)\n"),
                    x->seat, d->region->providers[x->who].name, (long long)d->stored.id,
                    d->stored.published ? tb_t("、公表済み", ", published") : "");
    if (!tb_tell_replace_any(x))
        tb_buf_add(out, tb_t("必須の条件を破らずに代われる人はいません\n",
                             "nobody can take it without breaking a hard rule\n"));
    for (int i = 0; i < s->n && i < x->most; i++) substitute_text(d, s, &s->v[i], i + 1, out);
    if (s->n > x->most)
        tb_buf_addf(out, tb_t("ほか %d 人（--most で増やします）\n", "and %d more (raise --most)\n"),
                    s->n - x->most);
}
