/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books of every pool, for the office.
 */
#include <stdio.h>
#include <stdlib.h>

#include "standing.h"

/* ---- what both answers of the books share ----------------------------------------------------------- */

void tell_millionths_json(const char *key, int64_t v, tb_printer *p)
{
    char t[32];
    tb_print_kstring(p, key, tb_format_millionths(v, t, sizeof t));
}

void tell_day_json(const char *key, tb_day d, tb_printer *p)
{
    char t[64];
    tb_print_key(p, key);
    if (d == TB_DAY_NONE)
        tb_print_null(p);
    else
        tb_print_string(p, tb_format_date(d, t, sizeof t));
}

const char *tell_amount(int64_t millionths, bool sign, char *buf, size_t size)
{
    int64_t h = (millionths + (millionths < 0 ? -5000 : 5000)) / 10000;
    long long whole = h < 0 ? -h : h;
    snprintf(buf, size, "%s%lld.%02lld", h < 0 ? "-" : sign && h > 0 ? "+" : "", whole / 100, whole % 100);
    return buf;
}

/* ---- JSON ------------------------------------------------------------------------------------------- */

static const char *pool_account_id(const struct tb_standing *s, const struct tb_standing_pool *pool,
                                   int account)
{
    return pool->scope == TB_SCOPE_SHARE ? s->region->shares[pool->accounts[account]].id
                                         : s->region->providers[pool->accounts[account]].id;
}

static void pool_account_json(const struct tb_standing *s, const struct tb_standing_pool *pool, int account,
                              tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "account", pool_account_id(s, pool, account));
    tb_print_kstring(p, "name", tb_standing_account_name(s, pool, account));
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (int l = 0; l < pool->n_ledgers; l++) {
        const struct tb_year_figures *f = tb_figures(pool, account, l, THIS_YEAR);
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", s->region->ledgers[pool->ledgers[l]].id);
        tell_millionths_json("done", f->done, p);
        tell_millionths_json("accrued", f->accrued, p);
        tell_millionths_json("deviation_before", f->before, p);
        tell_millionths_json("deviation", f->after, p);
        tell_millionths_json("worse", f->after - f->before, p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_end_object(p);
}

static void turns_json(const struct tb_standing *s, const struct tb_standing_class *c, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "class", s->region->classes[c->class_].id);
    tell_day_json("next", c->next, p);
    tb_print_key(p, "order");
    tb_print_begin_list(p);
    for (int i = 0; i < c->n; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", s->region->providers[c->order[i].account].id);
        tell_day_json("last", c->order[i].last, p);
        tb_print_kbool(p, "out", c->order[i].out);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_end_object(p);
}

static void pool_json(const struct tb_standing *s, const struct tb_standing_pool *pool, tb_printer *p)
{
    int *order = tb_xcalloc((size_t)pool->n_accounts + 1, sizeof *order);
    tb_print_begin_object(p);
    tb_print_kstring(p, "pool", pool->id);
    tb_print_kstring(p, "name", pool->name);
    tb_print_kint(p, "worse", tb_standing_worse(pool, 0, THIS_YEAR, order));
    tb_print_key(p, "accounts");
    tb_print_begin_list(p);
    tb_standing_sort(pool, 0, THIS_YEAR, order);
    for (int a = 0; a < pool->n_accounts; a++) pool_account_json(s, pool, order[a], p);
    tb_print_end_list(p);
    tb_print_key(p, "turns");
    tb_print_begin_list(p);
    for (int c = 0; c < pool->n_big; c++) turns_json(s, &pool->big[c], p);
    tb_print_end_list(p);
    tb_print_end_object(p);
    free(order);
}

void tb_tell_pools_json(const struct tb_tell_pools *x, tb_printer *p)
{
    const struct tb_standing *s = x->standing->standing;
    tb_print_kint(p, "year", s->year);
    tb_print_kint(p, "publication", x->standing->publication);
    tb_print_key(p, "pools");
    tb_print_begin_list(p);
    for (int i = 0; i < s->n_pools; i++)
        if (x->only < 0 || x->only == i) pool_json(s, &s->pools[i], p);
    tb_print_end_list(p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

static void amount_cell(int64_t v, bool sign, int width, struct tb_buf *out)
{
    char t[32];
    tb_tell_cell(out, tell_amount(v, sign, t, sizeof t), -width);
}

/* A bar of half widths around zero, at most ten to each side. */
static void bar_text(int64_t v, int64_t most, struct tb_buf *out)
{
    int n = most ? (int)((v < 0 ? -v : v) * 10 / most) : 0;
    char t[32] = "          |          ";
    for (int i = 0; i < n; i++) t[v < 0 ? 9 - i : 11 + i] = v < 0 ? '-' : '#';
    tb_buf_addf(out, "  %s", t);
}

static void heads_text(const struct tb_standing_pool *pool, struct tb_buf *out)
{
    const char *const heads[] = {tb_t("実績", "done"), tb_t("持分", "due"), tb_t("偏り", "deviation"),
                                 tb_t("増減", "change")};
    tb_tell_cell(out, "", 34);
    for (size_t k = 0; k < TB_COUNT(heads); k++) tb_tell_cell(out, heads[k], k == 2 ? -11 : -9);
    tb_tell_cell(out, "", 23);
    for (int l = 1; l < pool->n_ledgers; l++) {
        tb_tell_cell(out, "", 2);
        tb_tell_cell(out, pool->classes[l], -18);
    }
    tb_buf_addc(out, '\n');
}

static int64_t largest_deviation(const struct tb_standing_pool *pool)
{
    int64_t most = 0;
    for (int a = 0; a < pool->n_accounts; a++) {
        int64_t v = llabs(tb_figures(pool, a, 0, THIS_YEAR)->after);
        if (v > most) most = v;
    }
    return most;
}

static void pool_account_text(const struct tb_standing *s, const struct tb_standing_pool *pool, int account,
                              int64_t most, struct tb_buf *out)
{
    const struct tb_year_figures *f = tb_figures(pool, account, 0, THIS_YEAR);
    tb_tell_cell(out, "  ", 2);
    tb_tell_cell(out, tb_standing_account_name(s, pool, account), 32);
    amount_cell(f->done, false, 9, out);
    amount_cell(f->accrued, false, 9, out);
    amount_cell(f->after, true, 11, out);
    amount_cell(f->after - f->before, true, 9, out);
    bar_text(f->after, most, out);
    for (int l = 1; l < pool->n_ledgers; l++) {
        amount_cell(tb_figures(pool, account, l, THIS_YEAR)->done, false, 10, out);
        amount_cell(tb_figures(pool, account, l, THIS_YEAR)->after, true, 10, out);
    }
    tb_buf_addc(out, '\n');
}

static void turns_text(const struct tb_standing *s, const struct tb_standing_class *c, struct tb_buf *out)
{
    char day[64];
    tb_buf_addf(out, tb_t("  次の順番 %s:", "  next turns, %s:"), s->region->classes[c->class_].name);
    for (int i = 0; i < c->n_in && i < 5; i++)
        tb_buf_addf(out, "  %d %s %s", i + 1, s->region->providers[c->order[i].account].name,
                    c->order[i].last == TB_DAY_NONE ? tb_t("（記録なし）", "(none on record)")
                                                    : tb_format_date(c->order[i].last, day, sizeof day));
    tb_buf_addc(out, '\n');
}

static void pool_text(const struct tb_standing *s, const struct tb_standing_pool *pool, struct tb_buf *out)
{
    int *order = tb_xcalloc((size_t)pool->n_accounts + 1, sizeof *order),
        grew = tb_standing_worse(pool, 0, THIS_YEAR, order);
    int64_t most = largest_deviation(pool);
    tb_buf_addf(out,
                tb_t("\n%s (%s)  %d 口座、昨年度末より重くなった %d\n",
                     "\n%s (%s)  %d accounts, worse off than a year before: %d\n"),
                pool->name, pool->id, pool->n_accounts, grew);
    if (grew) {
        const struct tb_year_figures *f = tb_figures(pool, order[0], 0, THIS_YEAR);
        tb_buf_addf(out, tb_t("  最も重くなった: %s  ", "  worst: %s  "),
                    tb_standing_account_name(s, pool, order[0]));
        amount_cell(f->after - f->before, true, 1, out);
        tb_buf_addc(out, '\n');
    }
    heads_text(pool, out);
    tb_standing_sort(pool, 0, THIS_YEAR, order);
    for (int a = 0; a < pool->n_accounts; a++) pool_account_text(s, pool, order[a], most, out);
    for (int c = 0; c < pool->n_big; c++) turns_text(s, &pool->big[c], out);
    free(order);
}

void tb_tell_pools_text(const struct tb_tell_pools *x, struct tb_buf *out)
{
    const struct tb_standing *s = x->standing->standing;
    for (int i = 0; i < s->n_pools; i++)
        if ((x->only < 0 || x->only == i) && s->pools[i].n_accounts) pool_text(s, &s->pools[i], out);
}

/* ---- the pages -------------------------------------------------------------------------------------- */

void tb_tell_pages_json(const struct tb_tell_pages *x, tb_printer *p)
{
    tb_print_kstring(p, "directory", x->directory);
    tb_print_kint(p, "files", x->files);
}

void tb_tell_pages_text(const struct tb_tell_pages *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("%s に %d ファイル書きました\n", "wrote to %s: %d files\n"), x->directory,
                x->files);
}
