/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ledger FY2026: the books told to people.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/ledgers.h"

enum { LAST = TB_STANDING_YEARS - 1 };

static int64_t hundredths(int64_t millionths)
{
    return (millionths + (millionths < 0 ? -5000 : 5000)) / 10000;
}

static const char *amount(int64_t v, bool sign, char *buf, size_t n)
{
    int64_t h = hundredths(v);
    long long size = h < 0 ? -h : h;
    snprintf(buf, n, "%s%lld.%02lld", h < 0 ? "-" : sign && h > 0 ? "+" : "", size / 100, size % 100);
    return buf;
}

static void cell(int64_t v, bool sign, int width)
{
    char t[32];
    cli_cell(amount(v, sign, t, sizeof t), -width);
}

static void kmillionths(tb_printer *p, const char *key, int64_t v)
{
    char t[32];
    tb_print_kstring(p, key, tb_format_millionths(v, t, sizeof t));
}

static void kdate(tb_printer *p, const char *key, tb_day d)
{
    char t[64];
    tb_print_key(p, key);
    if (d == TB_DAY_NONE)
        tb_print_null(p);
    else
        tb_print_string(p, tb_format_date(d, t, sizeof t));
}

static const char *account_id(const struct tb_standing *s, const struct tb_standing_pool *p, int account)
{
    return p->scope == TB_SCOPE_SHARE ? s->region->shares[p->accounts[account]].id
                                      : s->region->providers[p->accounts[account]].id;
}

/* ---- all pools, for the office ---------------------------------------------------------------------- */

static void json_account(tb_printer *p, const struct tb_standing *s, const struct tb_standing_pool *pool,
                         int account)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "account", account_id(s, pool, account));
    tb_print_kstring(p, "name", tb_standing_account_name(s, pool, account));
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (int l = 0; l < pool->n_ledgers; l++) {
        const struct tb_year_figures *f = tb_figures(pool, account, l, LAST);
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", s->region->ledgers[pool->ledgers[l]].id);
        kmillionths(p, "done", f->done);
        kmillionths(p, "accrued", f->accrued);
        kmillionths(p, "deviation_before", f->before);
        kmillionths(p, "deviation", f->after);
        kmillionths(p, "worse", f->after - f->before);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_end_object(p);
}

static void json_turns(tb_printer *p, const struct tb_standing *s, const struct tb_standing_pool *pool)
{
    tb_print_key(p, "turns");
    tb_print_begin_list(p);
    for (int c = 0; c < pool->n_big; c++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "class", s->region->classes[pool->big[c].class_].id);
        kdate(p, "next", pool->big[c].next);
        tb_print_key(p, "order");
        tb_print_begin_list(p);
        for (int i = 0; i < pool->big[c].n; i++) {
            tb_print_begin_object(p);
            tb_print_kstring(p, "provider", s->region->providers[pool->big[c].order[i].account].id);
            kdate(p, "last", pool->big[c].order[i].last);
            tb_print_kbool(p, "out", pool->big[c].order[i].out);
            tb_print_end_object(p);
        }
        tb_print_end_list(p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void json_pools(struct cli *c, const struct tb_app_standing *x, int only)
{
    const struct tb_standing *s = x->standing;
    struct cli_json j;
    cli_json_begin(&j, c);
    tb_print_kint(j.p, "year", s->year);
    tb_print_kint(j.p, "publication", x->publication);
    tb_print_key(j.p, "pools");
    tb_print_begin_list(j.p);
    for (int i = 0; i < s->n_pools; i++) {
        const struct tb_standing_pool *p = &s->pools[i];
        if (only >= 0 && only != i) continue;
        int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order);
        tb_print_begin_object(j.p);
        tb_print_kstring(j.p, "pool", p->id);
        tb_print_kstring(j.p, "name", p->name);
        tb_print_kint(j.p, "worse", tb_standing_worse(p, 0, LAST, order));
        tb_print_key(j.p, "accounts");
        tb_print_begin_list(j.p);
        tb_standing_sort(p, 0, LAST, order);
        for (int a = 0; a < p->n_accounts; a++) json_account(j.p, s, p, order[a]);
        tb_print_end_list(j.p);
        json_turns(j.p, s, p);
        tb_print_end_object(j.p);
        free(order);
    }
    tb_print_end_list(j.p);
    cli_json_end(&j);
}

/* A bar of half widths around zero, at most ten to each side. */
static void bar(int64_t v, int64_t most)
{
    int n = most ? (int)((v < 0 ? -v : v) * 10 / most) : 0;
    char t[32] = "          |          ";
    for (int i = 0; i < n; i++) t[v < 0 ? 9 - i : 11 + i] = v < 0 ? '-' : '#';
    printf("  %s", t);
}

static void text_pool(const struct tb_standing *s, const struct tb_standing_pool *p)
{
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order),
        grew = tb_standing_worse(p, 0, LAST, order);
    char day[64];
    printf(tb_t("\n%s (%s)  %d 口座、昨年度末より重くなった %d\n",
                "\n%s (%s)  %d accounts, worse off than a year before: %d\n"),
           p->name, p->id, p->n_accounts, grew);
    if (grew) {
        printf(tb_t("  最も重くなった: %s  ", "  worst: %s  "), tb_standing_account_name(s, p, order[0]));
        cell(tb_figures(p, order[0], 0, LAST)->after - tb_figures(p, order[0], 0, LAST)->before, true, 1);
        putchar('\n');
    }
    cli_cell("", 34);
    const char *const heads[] = {tb_t("実績", "done"), tb_t("持分", "due"), tb_t("偏り", "deviation"),
                                 tb_t("増減", "change")};
    for (size_t k = 0; k < TB_COUNT(heads); k++) cli_cell(heads[k], k == 2 ? -11 : -9);
    cli_cell("", 23);
    for (int l = 1; l < p->n_ledgers; l++) {
        cli_cell("", 2);
        cli_cell(p->classes[l], -18);
    }
    putchar('\n');
    tb_standing_sort(p, 0, LAST, order);
    int64_t most = 0;
    for (int a = 0; a < p->n_accounts; a++) {
        int64_t v = llabs(tb_figures(p, a, 0, LAST)->after);
        if (v > most) most = v;
    }
    for (int a = 0; a < p->n_accounts; a++) {
        const struct tb_year_figures *f = tb_figures(p, order[a], 0, LAST);
        cli_cell("  ", 2);
        cli_cell(tb_standing_account_name(s, p, order[a]), 32);
        cell(f->done, false, 9);
        cell(f->accrued, false, 9);
        cell(f->after, true, 11);
        cell(f->after - f->before, true, 9);
        bar(f->after, most);
        for (int l = 1; l < p->n_ledgers; l++) {
            cell(tb_figures(p, order[a], l, LAST)->done, false, 10);
            cell(tb_figures(p, order[a], l, LAST)->after, true, 10);
        }
        putchar('\n');
    }
    for (int c = 0; c < p->n_big; c++) {
        printf(tb_t("  次の順番 %s:", "  next turns, %s:"), s->region->classes[p->big[c].class_].name);
        for (int i = 0; i < p->big[c].n_in && i < 5; i++)
            printf("  %d %s %s", i + 1, s->region->providers[p->big[c].order[i].account].name,
                   p->big[c].order[i].last == TB_DAY_NONE
                       ? tb_t("（記録なし）", "(none on record)")
                       : tb_format_date(p->big[c].order[i].last, day, sizeof day));
        putchar('\n');
    }
    free(order);
}

/* ---- one provider ---------------------------------------------------------------------------------------
 */

static void json_years(tb_printer *p, const struct tb_standing *s, const struct tb_standing_pool *pool,
                       int account)
{
    tb_print_key(p, "years");
    tb_print_begin_list(p);
    for (int y = 0; y < TB_STANDING_YEARS; y++)
        for (int l = 0; l < pool->n_ledgers; l++) {
            const struct tb_year_figures *f = tb_figures(pool, account, l, y);
            tb_print_begin_object(p);
            tb_print_kint(p, "year", s->year - LAST + y);
            tb_print_kstring(p, "ledger", s->region->ledgers[pool->ledgers[l]].id);
            tb_print_kbool(p, "recorded", pool->known[l * TB_STANDING_YEARS + y]);
            kmillionths(p, "done", f->done);
            kmillionths(p, "accrued", f->accrued);
            kmillionths(p, "adjusted", f->adjusted);
            kmillionths(p, "deviation", f->after);
            tb_print_end_object(p);
        }
    tb_print_end_list(p);
}

/* Deviations without names, largest first. */
static void json_distribution(tb_printer *p, const struct tb_standing_pool *pool, bool member)
{
    tb_print_key(p, "distribution");
    tb_print_begin_list(p);
    int *order = tb_xcalloc((size_t)pool->n_accounts + 1, sizeof *order);
    tb_standing_sort(pool, 0, LAST, order);
    for (int a = 0; a < pool->n_accounts && !(member && pool->n_accounts < TB_STANDING_FEW); a++) {
        char t[32];
        tb_print_string(p, tb_format_millionths(tb_figures(pool, order[a], 0, LAST)->after, t, sizeof t));
    }
    tb_print_end_list(p);
    free(order);
}

static void json_ids(tb_printer *p, const struct tb_standing *s, const char *key, const int *v, int n)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < n; i++) tb_print_string(p, s->region->providers[v[i]].id);
    tb_print_end_list(p);
}

static void json_days(tb_printer *p, const struct tb_standing *s, int provider, int pool, bool member)
{
    tb_print_key(p, "big_days");
    tb_print_begin_list(p);
    for (int i = 0; i < s->n_days; i++) {
        const struct tb_big_day *d = &s->days[i];
        if (d->provider != provider || d->pool != pool) continue;
        tb_print_begin_object(p);
        kdate(p, "date", d->date);
        tb_print_kstring(p, "class", s->region->classes[d->class_].id);
        tb_print_kstring(p, "duty", s->region->duties[d->duty].id);
        tb_print_kstring(p, "band", s->region->bands[d->band].id);
        for (int k = 0; k < s->n_agains; k++) {
            const struct tb_again *x = &s->agains[k];
            if (x->day != i) continue;
            bool few = member && s->pools[pool].n_accounts < TB_STANDING_FEW;
            kdate(p, "previous", x->previous);
            tb_print_kint(p, "others_same", x->n_same);
            if (few)
                tb_print_kint(p, "others_not", x->n_out + x->n_later + x->n_first);
            else {
                tb_print_kint(p, "others_out", x->n_out);
                tb_print_kint(p, "others_later", x->n_later);
                tb_print_kint(p, "others_first", x->n_first);
            }
            if (!member) {
                json_ids(p, s, "out", x->out, x->n_out);
                json_ids(p, s, "first", x->first, x->n_first);
            }
        }
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void json_place(tb_printer *p, const struct tb_standing *s, const struct tb_standing_pool *pool,
                       int provider)
{
    tb_print_key(p, "turns");
    tb_print_begin_list(p);
    for (int c = 0; c < pool->n_big; c++)
        for (int i = 0; i < pool->big[c].n; i++) {
            if (pool->big[c].order[i].account != provider) continue;
            tb_print_begin_object(p);
            tb_print_kstring(p, "class", s->region->classes[pool->big[c].class_].id);
            kdate(p, "last", pool->big[c].order[i].last);
            tb_print_key(p, "place");
            if (pool->big[c].order[i].out)
                tb_print_null(p);
            else
                tb_print_int(p, i + 1);
            tb_print_kint(p, "of", pool->big[c].n_in);
            tb_print_end_object(p);
        }
    tb_print_end_list(p);
}

static void json_provider(struct cli *c, const struct tb_app_standing *x, int provider, bool member)
{
    const struct tb_standing *s = x->standing;
    struct cli_json j;
    cli_json_begin(&j, c);
    tb_print_kint(j.p, "year", s->year);
    tb_print_kint(j.p, "publication", x->publication);
    tb_print_kstring(j.p, "provider", s->region->providers[provider].id);
    tb_print_kstring(j.p, "name", s->region->providers[provider].name);
    tb_print_key(j.p, "pools");
    tb_print_begin_list(j.p);
    for (int i = 0; i < s->n_pools; i++) {
        const struct tb_standing_pool *p = &s->pools[i];
        int account = tb_standing_account(s, p, provider);
        if (account < 0) continue;
        tb_print_begin_object(j.p);
        tb_print_kstring(j.p, "pool", p->id);
        tb_print_kint(j.p, "accounts", p->n_accounts);
        if (!(member && p->n_accounts < TB_STANDING_FEW))
            tb_print_kint(j.p, "above", tb_standing_above(p, account, 0, LAST));
        json_years(j.p, s, p, account);
        json_distribution(j.p, p, member);
        json_place(j.p, s, p, provider);
        json_days(j.p, s, provider, i, member);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    cli_json_end(&j);
}

static void text_again(const struct tb_standing *s, const struct tb_again *x, bool member, bool few)
{
    const struct tb_big_day *d = &s->days[x->day];
    char a[64], b[64];
    printf(tb_t("  %s %s（%s）: 前回 %s\n", "  %s %s (%s): the time before %s\n"),
           tb_format_date(d->date, a, sizeof a), s->region->bands[d->band].name,
           s->region->classes[d->class_].name,
           x->previous == TB_DAY_NONE ? tb_t("記録なし", "none on record")
                                      : tb_format_date(x->previous, b, sizeof b));
    if (few) {
        printf(
            tb_t("    ほかの人: 今年度この期間に当番 %d、そのほか（都合により候補外を含む） %d\n",
                 "    others: on duty in this span this year %d, the rest (not available among them) %d\n"),
            x->n_same, x->n_out + x->n_later + x->n_first);
        return;
    }
    printf(
        tb_t("    ほかの人: 今年度この期間に当番 %d、都合により候補外 %d、前回が後 %d、前回が同じか前 %d\n",
             "    others: on duty in this span this year %d, not available %d, last time later %d, last time "
             "as long ago or longer %d\n"),
        x->n_same, x->n_out, x->n_later, x->n_first);
    for (int i = 0; i < x->n_first && !member; i++)
        printf(tb_t("      順番が先か同じ: %s\n", "      waited as long: %s\n"),
               s->region->providers[x->first[i]].name);
    for (int i = 0; i < x->n_out && !member; i++) {
        const char *const words[] = {"", tb_t("免除・休み", "exempt"),
                                     tb_t("出務不可の届け", "said he cannot"),
                                     tb_t("他の当番・当直", "busy elsewhere")};
        printf(tb_t("      候補外: %s（%s）\n", "      out: %s (%s)\n"), s->region->providers[x->out[i]].name,
               words[tb_standing_out(s, d, x->out[i])]);
    }
}

static void text_provider(const struct tb_standing *s, int provider, bool member)
{
    const struct tb_region *r = s->region;
    char t[64];
    puts(r->providers[provider].name);
    for (int i = 0; i < s->n_pools; i++) {
        const struct tb_standing_pool *p = &s->pools[i];
        int account = tb_standing_account(s, p, provider);
        bool few = member && p->n_accounts < TB_STANDING_FEW;
        if (account < 0) continue;
        printf("\n%s (%s)\n", p->name, p->id);
        const struct tb_year_figures *f = tb_figures(p, account, 0, LAST);
        printf(tb_t("  これまでの偏り %s 回", "  deviation so far: %s"), amount(f->after, true, t, sizeof t));
        if (!few)
            printf(tb_t("（%d 人のうち多いほうから %d 番目）", " (of %d, number %d from the top)"),
                   p->n_accounts, tb_standing_above(p, account, 0, LAST) + 1);
        printf(tb_t("、昨年度末から %s\n", ", since a year before: %s\n"),
               amount(f->after - f->before, true, t, sizeof t));
        cli_cell("", 10);
        for (int l = 0; l < p->n_ledgers; l++) cli_cell(p->classes[l], -28);
        putchar('\n');
        cli_cell("", 10);
        for (int l = 0; l < p->n_ledgers; l++) cli_cell(tb_t("実績/持分  偏り", "done/due   dev."), -28);
        putchar('\n');
        for (int y = 0; y < TB_STANDING_YEARS; y++) {
            printf("  FY%d  ", s->year - LAST + y);
            for (int l = 0; l < p->n_ledgers; l++) {
                f = tb_figures(p, account, l, y);
                if (!p->known[l * TB_STANDING_YEARS + y]) {
                    cli_cell(tb_t("記録なし", "no record"), -28);
                    continue;
                }
                char a[32], b[32], d[32], both[96];
                snprintf(both, sizeof both, "%s/%s %7s", amount(f->done, false, a, sizeof a),
                         amount(f->accrued, false, b, sizeof b), amount(f->after, true, d, sizeof d));
                cli_cell(both, -28);
            }
            putchar('\n');
        }
        for (int c = 0; c < p->n_big; c++)
            for (int k = 0; k < p->big[c].n; k++) {
                if (p->big[c].order[k].account != provider) continue;
                printf(p->big[c].order[k].out
                           ? tb_t("  次の順番 %s: 候補外\n", "  next turn, %s: out\n")
                           : tb_t("  次の順番 %s: %d人中 %d番目\n", "  next turn, %s: of %d, number %d\n"),
                       r->classes[p->big[c].class_].name, p->big[c].n_in, k + 1);
            }
        for (int k = 0; k < s->n_agains; k++)
            if (s->days[s->agains[k].day].provider == provider && s->days[s->agains[k].day].pool == i)
                text_again(s, &s->agains[k], member, few);
    }
}

/* ---- the command ------------------------------------------------------------------------------------------
 */

static int pool_with(const struct tb_standing *s, const char *ledger)
{
    for (int i = 0; i < s->n_pools; i++)
        for (int l = 0; l < s->pools[i].n_ledgers; l++)
            if (strcmp(s->region->ledgers[s->pools[i].ledgers[l]].id, ledger) == 0) return i;
    return -1;
}

static enum tb_code render(struct cli *c, const struct tb_app_standing *x, struct tb_err *e)
{
    const struct tb_standing *s = x->standing;
    const char *ledger = cli_get(c, "ledger"), *account = cli_get(c, "account"), *html = cli_get(c, "html"),
               *audience = cli_get(c, "audience");
    bool member = (audience && strcmp(audience, "member") == 0) || s->reader >= 0;
    int pool = ledger ? pool_with(s, ledger) : -1,
        provider = account ? tb_find_provider(s->region, account) : s->reader, files;
    if (audience && !member && strcmp(audience, "office") != 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("--audience は office か member です", "--audience is office or member"));
    if (ledger && pool < 0)
        return tb_fail(e, TB_USAGE, tb_t("帳簿「%s」はありません", "there is no ledger \"%s\""), ledger);
    if (account && provider < 0)
        return tb_fail(e, TB_USAGE, tb_t("当番医・医療機関「%s」はありません", "there is no provider \"%s\""),
                       account);
    if (member && provider < 0 && !html)
        return tb_fail(e, TB_USAGE,
                       tb_t("--audience member には --account か --html が要ります",
                            "--audience member needs --account or --html"));
    if (html && (ledger || account))
        return tb_fail(e, TB_USAGE,
                       tb_t("--html は全員の紙を書きます。--ledger や --account とは一緒に使えません",
                            "--html writes everybody's pages; leave out --ledger and --account"));
    if (html) {
        CLI_TRY(tb_app_standing_html(&c->app, x, html, member, &files, e));
        if (c->json) {
            struct cli_json j;
            cli_json_begin(&j, c);
            tb_print_kstring(j.p, "directory", html);
            tb_print_kint(j.p, "files", files);
            cli_json_end(&j);
        } else
            printf(tb_t("%s に %d ファイル書きました\n", "wrote to %s: %d files\n"), html, files);
    } else if (provider >= 0) {
        if (c->json)
            json_provider(c, x, provider, member);
        else
            text_provider(s, provider, member);
    } else if (c->json)
        json_pools(c, x, pool);
    else
        for (int i = 0; i < s->n_pools; i++)
            if ((pool < 0 || pool == i) && s->pools[i].n_accounts) text_pool(s, &s->pools[i]);
    return TB_OK;
}

enum tb_code ledger_people(struct cli *c, struct tb_err *e)
{
    struct tb_app_standing x;
    const char *account = cli_get(c, "account"), *audience = cli_get(c, "audience");
    if (audience && strcmp(audience, "member") == 0) c->app.reader = account;
    CLI_TRY(tb_app_standing(&c->app, c->args[0], account, &x, e));
    enum tb_code code = render(c, &x, e);
    tb_app_standing_free(&x);
    return code;
}
