/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books of one provider: five years, where he stands, his big days.
 */
#include <stdio.h>
#include <stdlib.h>

#include "standing.h"
#include "toban/domain/dated.h"

/* So few that a member could tell from a figure whose it is. */
static bool too_few(const struct tb_tell_account *x, const struct tb_standing_pool *pool)
{
    return x->standing->standing->reader >= 0 && pool->n_accounts < TB_STANDING_FEW;
}

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void years_json(const struct tb_standing *s, const struct tb_standing_pool *pool, int account,
                       tb_printer *p)
{
    tb_print_key(p, "years");
    tb_print_begin_list(p);
    for (int y = 0; y < TB_STANDING_YEARS; y++)
        for (int l = 0; l < pool->n_ledgers; l++) {
            const struct tb_year_figures *f = tb_figures(pool, account, l, y);
            tb_print_begin_object(p);
            tb_print_kint(p, "year", s->year - THIS_YEAR + y);
            tb_print_kstring(p, "ledger", s->region->ledgers[pool->ledgers[l]].id);
            tb_print_kbool(p, "recorded", pool->known[l * TB_STANDING_YEARS + y]);
            tell_millionths_json("done", f->done, p);
            tell_millionths_json("accrued", f->accrued, p);
            tell_millionths_json("adjusted", f->adjusted, p);
            tell_millionths_json("deviation", f->after, p);
            tb_print_end_object(p);
        }
    tb_print_end_list(p);
}

/* Deviations without names, largest first. */
static void distribution_json(const struct tb_tell_account *x, const struct tb_standing_pool *pool,
                              tb_printer *p)
{
    int *order = tb_xcalloc((size_t)pool->n_accounts + 1, sizeof *order);
    tb_standing_sort(pool, 0, THIS_YEAR, order);
    tb_print_key(p, "distribution");
    tb_print_begin_list(p);
    for (int a = 0; a < pool->n_accounts && !too_few(x, pool); a++) {
        char t[32];
        tb_print_string(p,
                        tb_format_millionths(tb_figures(pool, order[a], 0, THIS_YEAR)->after, t, sizeof t));
    }
    tb_print_end_list(p);
    free(order);
}

static void place_json(const struct tb_tell_account *x, const struct tb_standing_pool *pool, tb_printer *p)
{
    const struct tb_region *r = x->standing->region;
    tb_print_key(p, "turns");
    tb_print_begin_list(p);
    for (int c = 0; c < pool->n_big; c++)
        for (int i = 0; i < pool->big[c].n; i++) {
            const struct tb_turn *turn = &pool->big[c].order[i];
            if (turn->account != x->provider) continue;
            tb_print_begin_object(p);
            tb_print_kstring(p, "class", r->classes[pool->big[c].class_].id);
            tell_day_json("last", turn->last, p);
            tb_print_key(p, "place");
            if (turn->out)
                tb_print_null(p);
            else
                tb_print_int(p, i + 1);
            tb_print_kint(p, "of", pool->big[c].n_in);
            tb_print_end_object(p);
        }
    tb_print_end_list(p);
}

static void ids_json(const struct tb_region *r, const char *key, const int *v, int n, tb_printer *p)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < n; i++) tb_print_string(p, r->providers[v[i]].id);
    tb_print_end_list(p);
}

static void again_json(const struct tb_tell_account *x, const struct tb_again *y, bool few, tb_printer *p)
{
    tell_day_json("previous", y->previous, p);
    tb_print_kint(p, "others_same", y->n_same);
    if (few)
        tb_print_kint(p, "others_not", y->n_out + y->n_later + y->n_first);
    else {
        tb_print_kint(p, "others_out", y->n_out);
        tb_print_kint(p, "others_later", y->n_later);
        tb_print_kint(p, "others_first", y->n_first);
    }
    if ((x->standing->standing->reader >= 0)) return;
    ids_json(x->standing->region, "out", y->out, y->n_out, p);
    ids_json(x->standing->region, "first", y->first, y->n_first, p);
}

static void big_days_json(const struct tb_tell_account *x, int pool, tb_printer *p)
{
    const struct tb_standing *s = x->standing->standing;
    const struct tb_region *r = s->region;
    tb_print_key(p, "big_days");
    tb_print_begin_list(p);
    for (int i = 0; i < s->n_days; i++) {
        const struct tb_big_day *d = &s->days[i];
        if (d->provider != x->provider || d->pool != pool) continue;
        tb_print_begin_object(p);
        tell_day_json("date", d->date, p);
        tb_print_kstring(p, "class", r->classes[d->class_].id);
        tb_print_kstring(p, "duty", r->duties[d->duty].id);
        tb_print_kstring(p, "band", r->bands[d->band].id);
        for (int k = 0; k < s->n_agains; k++)
            if (s->agains[k].day == i) again_json(x, &s->agains[k], too_few(x, &s->pools[pool]), p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_account_json(const struct tb_tell_account *x, tb_printer *p)
{
    const struct tb_standing *s = x->standing->standing;
    tb_print_kint(p, "year", s->year);
    tb_print_kint(p, "publication", x->standing->publication);
    tb_print_kstring(p, "provider", s->region->providers[x->provider].id);
    tb_print_kstring(p, "name", s->region->providers[x->provider].name);
    tb_print_key(p, "pools");
    tb_print_begin_list(p);
    for (int i = 0; i < s->n_pools; i++) {
        const struct tb_standing_pool *pool = &s->pools[i];
        int account = tb_standing_account(s, pool, x->provider);
        if (account < 0) continue;
        tb_print_begin_object(p);
        tb_print_kstring(p, "pool", pool->id);
        tb_print_kint(p, "accounts", pool->n_accounts);
        if (!too_few(x, pool)) tb_print_kint(p, "above", tb_standing_above(pool, account, 0, THIS_YEAR));
        years_json(s, pool, account, p);
        distribution_json(x, pool, p);
        place_json(x, pool, p);
        big_days_json(x, i, p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

static void deviation_text(const struct tb_tell_account *x, const struct tb_standing_pool *pool, int account,
                           struct tb_buf *out)
{
    char t[64];
    const struct tb_year_figures *f = tb_figures(pool, account, 0, THIS_YEAR);
    tb_buf_addf(out, tb_t("  これまでの偏り %s 回", "  deviation so far: %s"),
                tell_amount(f->after, true, t, sizeof t));
    if (!too_few(x, pool))
        tb_buf_addf(out, tb_t("（%d 人のうち多いほうから %d 番目）", " (of %d, number %d from the top)"),
                    pool->n_accounts, tb_standing_above(pool, account, 0, THIS_YEAR) + 1);
    tb_buf_addf(out, tb_t("、昨年度末から %s\n", ", since a year before: %s\n"),
                tell_amount(f->after - f->before, true, t, sizeof t));
}

static void year_cell(const struct tb_standing_pool *pool, int account, int ledger, int year,
                      struct tb_buf *out)
{
    char done[32], due[32], deviation[32], both[112];
    const struct tb_year_figures *f = tb_figures(pool, account, ledger, year);
    if (!pool->known[ledger * TB_STANDING_YEARS + year]) {
        tb_tell_cell(out, tb_t("記録なし", "no record"), -28);
        return;
    }
    snprintf(both, sizeof both, "%s/%s %7s", tell_amount(f->done, false, done, sizeof done),
             tell_amount(f->accrued, false, due, sizeof due),
             tell_amount(f->after, true, deviation, sizeof deviation));
    tb_tell_cell(out, both, -28);
}

static void years_text(const struct tb_standing *s, const struct tb_standing_pool *pool, int account,
                       struct tb_buf *out)
{
    tb_tell_cell(out, "", 10);
    for (int l = 0; l < pool->n_ledgers; l++) tb_tell_cell(out, pool->classes[l], -28);
    tb_buf_addc(out, '\n');
    tb_tell_cell(out, "", 10);
    for (int l = 0; l < pool->n_ledgers; l++)
        tb_tell_cell(out, tb_t("実績/持分  偏り", "done/due   dev."), -28);
    tb_buf_addc(out, '\n');
    for (int y = 0; y < TB_STANDING_YEARS; y++) {
        tb_buf_addf(out, "  FY%d  ", s->year - THIS_YEAR + y);
        for (int l = 0; l < pool->n_ledgers; l++) year_cell(pool, account, l, y, out);
        tb_buf_addc(out, '\n');
    }
}

static void place_text(const struct tb_region *r, const struct tb_standing_class *c, int provider,
                       struct tb_buf *out)
{
    for (int k = 0; k < c->n; k++) {
        if (c->order[k].account != provider) continue;
        tb_buf_addf(out, tb_t("  次の順番 %s: ", "  next turn, %s: "), r->classes[c->class_].name);
        if (c->order[k].out)
            tb_buf_add(out, tb_t("候補外\n", "out\n"));
        else
            tb_buf_addf(out, tb_t("%d人中 %d番目\n", "of %d, number %d\n"), c->n_in, k + 1);
    }
}

static void others_text(const struct tb_standing *s, const struct tb_again *y, struct tb_buf *out)
{
    const char *const words[] = {[TB_OUT_NOT] = "",
                                 [TB_OUT_EXEMPT] = tb_t("免除・休み", "exempt"),
                                 [TB_OUT_UNAVAILABLE] = tb_t("出務不可の届け", "said he cannot"),
                                 [TB_OUT_BUSY] = tb_t("他の当番・当直", "busy elsewhere")};
    for (int i = 0; i < y->n_first; i++)
        tb_buf_addf(out, tb_t("      順番が先か同じ: %s\n", "      waited as long: %s\n"),
                    s->region->providers[y->first[i]].name);
    for (int i = 0; i < y->n_out; i++)
        tb_buf_addf(out, tb_t("      候補外: %s（%s）\n", "      out: %s (%s)\n"),
                    s->region->providers[y->out[i]].name,
                    words[tb_standing_out(s, &s->days[y->day], y->out[i])]);
}

static void again_text(const struct tb_tell_account *x, const struct tb_again *y, bool few,
                       struct tb_buf *out)
{
    const struct tb_standing *s = x->standing->standing;
    const struct tb_big_day *d = &s->days[y->day];
    char a[64], b[64];
    tb_buf_addf(out, tb_t("  %s %s（%s）: 前回 %s\n", "  %s %s (%s): the time before %s\n"),
                tb_format_date(d->date, a, sizeof a), tb_band_on(s->region, d->band, d->date)->name,
                s->region->classes[d->class_].name,
                y->previous == TB_DAY_NONE ? tb_t("記録なし", "none on record")
                                           : tb_format_date(y->previous, b, sizeof b));
    if (few) {
        tb_buf_addf(
            out,
            tb_t("    ほかの人: 今年度この期間に当番 %d、そのほか（都合により候補外を含む） %d\n",
                 "    others: on duty in this span this year %d, the rest (not available among them) %d\n"),
            y->n_same, y->n_out + y->n_later + y->n_first);
        return;
    }
    tb_buf_addf(
        out,
        tb_t("    ほかの人: 今年度この期間に当番 %d、都合により候補外 %d、前回が後 %d、前回が同じか前 %d\n",
             "    others: on duty in this span this year %d, not available %d, last time later %d, last time "
             "as long ago or longer %d\n"),
        y->n_same, y->n_out, y->n_later, y->n_first);
    if (!(x->standing->standing->reader >= 0)) others_text(s, y, out);
}

static void account_pool_text(const struct tb_tell_account *x, int pool, int account, struct tb_buf *out)
{
    const struct tb_standing *s = x->standing->standing;
    const struct tb_standing_pool *q = &s->pools[pool];
    tb_buf_addf(out, "\n%s (%s)\n", q->name, q->id);
    deviation_text(x, q, account, out);
    years_text(s, q, account, out);
    for (int c = 0; c < q->n_big; c++) place_text(s->region, &q->big[c], x->provider, out);
    for (int k = 0; k < s->n_agains; k++) {
        const struct tb_big_day *d = &s->days[s->agains[k].day];
        if (d->provider == x->provider && d->pool == pool) again_text(x, &s->agains[k], too_few(x, q), out);
    }
}

void tb_tell_account_text(const struct tb_tell_account *x, struct tb_buf *out)
{
    const struct tb_standing *s = x->standing->standing;
    tb_buf_addf(out, "%s\n", s->region->providers[x->provider].name);
    for (int i = 0; i < s->n_pools; i++) {
        int account = tb_standing_account(s, &s->pools[i], x->provider);
        if (account >= 0) account_pool_text(x, i, account, out);
    }
}
