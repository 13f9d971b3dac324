/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The city's question: how many light cases primary care took, and where the table sent them.
 */
#include <stdio.h>

#include "toban/tell/attend.h"

/* tb_light_line.duty where a line is no duty's */
enum { TIER_LINE = -1, MONTH_LINE = -2 };

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void month_json(int year, int month, tb_printer *p)
{
    char t[32];
    snprintf(t, sizeof t, "%04d-%02d", year, month);
    tb_print_kstring(p, "month", t);
}

static void line_json(const struct tb_region *r, const struct tb_light_line *l, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "kind", l->duty >= 0 ? "duty" : l->duty == TIER_LINE ? "tier" : "month");
    month_json(l->year, l->month, p);
    if (l->duty >= 0) tb_print_kstring(p, "duty", r->duties[l->duty].id);
    if (l->duty != MONTH_LINE) tb_print_kint(p, "tier", l->tier);
    tb_print_kint(p, "seats", l->seats);
    tb_print_kint(p, "recorded", l->recorded);
    tb_print_kint(p, "counted", l->counted);
    tb_print_kint(p, "open", l->open);
    tb_print_kint(p, "nobody", l->nobody);
    tb_print_kint(p, "patients", l->patients);
    tb_print_kint(p, "referred", l->referred);
    tb_print_kint(p, "light", l->light);
    tb_print_kint(p, "light_of", l->light_of);
    tb_print_end_object(p);
}

static void urgency_json(int urgency, const struct tb_light_urgency *u, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kint(p, "urgency", urgency);
    tb_print_kint(p, "minutes", u->cells);
    tb_print_kint(p, "primary", u->first[1]);
    tb_print_kint(p, "hospital", u->first[2] + u->first[3]);
    tb_print_kint(p, "none_open", u->first[0]);
    tb_print_end_object(p);
}

static void answers_json(const struct tb_light *x, const struct tb_light_answers *a, tb_printer *p)
{
    int64_t primary, all;
    tb_light_share(x, a->year, a->month, &primary, &all);
    tb_print_begin_object(p);
    month_json(a->year, a->month, p);
    tb_print_kint(p, "light_primary", primary);
    tb_print_kint(p, "light_all", all);
    tb_print_kbool(p, "table", a->told);
    if (!a->told) tb_print_kstring(p, "why", a->why);
    tb_print_key(p, "first");
    tb_print_begin_list(p);
    for (int u = 0; u < 3 && a->told; u++) urgency_json(u + 3, &a->u[u], p);
    tb_print_end_list(p);
    tb_print_end_object(p);
}

void tb_tell_light_json(const struct tb_tell_light *x, tb_printer *p)
{
    const struct tb_light *l = x->light;
    tb_print_key(p, "lines");
    tb_print_begin_list(p);
    for (size_t i = 0; i < l->n; i++) line_json(x->region, &l->lines[i], p);
    tb_print_end_list(p);
    tb_print_key(p, "months");
    tb_print_begin_list(p);
    for (size_t i = 0; i < l->n_answers; i++) answers_json(l, &l->answers[i], p);
    tb_print_end_list(p);
    tb_print_kstring(p, "holes", tb_buf_str(&l->holes));
    tb_print_key(p, "refusals");
    tb_print_begin_list(p);
    for (size_t i = 0; i < l->n_refusals; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "facility", l->refusals[i].facility);
        tb_print_kstring(p, "reason", l->refusals[i].reason);
        tb_print_kint(p, "n", l->refusals[i].n);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

/* 83.2%, or - when there is nothing to divide. */
static const char *per_cent(int64_t part, int64_t whole, char *buf, size_t size)
{
    int64_t permille = whole > 0 ? (part * 2000 + whole) / (2 * whole) : 0;
    if (whole > 0)
        snprintf(buf, size, "%lld.%lld%%", (long long)(permille / 10), (long long)(permille % 10));
    else
        snprintf(buf, size, "-");
    return buf;
}

static const char *tier_name(int tier)
{
    static const char *const ja[] = {"相談", "一次救急", "二次救急", "三次救急"};
    static const char *const en[] = {"advice", "primary care", "secondary care", "tertiary care"};
    return tb_t(ja[tier], en[tier]);
}

static void line_text(const struct tb_region *r, const struct tb_light_line *l, struct tb_buf *out)
{
    char t[24], name[160];
    const int64_t numbers[] = {l->seats, l->recorded, l->patients, l->referred, l->light};
    if (l->duty >= 0)
        snprintf(name, sizeof name, "  %s", r->duties[l->duty].name);
    else
        snprintf(name, sizeof name, l->duty == TIER_LINE ? tb_t("%s 計", "%s, all") : tb_t("全体", "all"),
                 tier_name(l->tier));
    tb_tell_cell(out, name, 36);
    for (size_t i = 0; i < TB_COUNT(numbers); i++) {
        snprintf(t, sizeof t, "%lld", (long long)numbers[i]);
        tb_tell_cell(out, t, -8);
    }
    tb_tell_cell(out, per_cent(l->light, l->light_of, t, sizeof t), -10);
    if (l->open) tb_buf_addf(out, tb_t("  空席 %lld", "  open %lld"), (long long)l->open);
    if (l->nobody) tb_buf_addf(out, tb_t("  来なかった席 %lld", "  nobody came %lld"), (long long)l->nobody);
    tb_buf_addc(out, '\n');
}

static void table_text(const struct tb_light_answers *a, struct tb_buf *out)
{
    static const char *const urgency[] = {"U3", "U4", "U5"};
    char primary[24], hospital[24], none[24];
    if (!a->told) {
        tb_buf_addf(out, tb_t("案内表は作れません: %s\n", "there is no routing table: %s\n"), a->why);
        return;
    }
    tb_buf_add(out, tb_t("案内表が、開いている所の先頭に示すもの（時間・市町・年齢・症状をならして）\n",
                         "what the table puts first of the places open (over minutes, municipalities, ages, "
                         "complaints)\n"));
    for (int u = 0; u < 3; u++) {
        const struct tb_light_urgency *x = &a->u[u];
        tb_buf_addf(
            out,
            tb_t("  %s  一次 %s  二次・三次 %s  開いている所なし %s（かかりつけ医・次の診療・相談電話）\n",
                 "  %s  primary %s, secondary or tertiary %s, none open %s (family doctor, next opening, "
                 "advice line)\n"),
            urgency[u], per_cent(x->first[1], x->cells, primary, sizeof primary),
            per_cent(x->first[2] + x->first[3], x->cells, hospital, sizeof hospital),
            per_cent(x->first[0], x->cells, none, sizeof none));
    }
}

static void month_text(const struct tb_tell_light *x, const struct tb_light_answers *a, struct tb_buf *out)
{
    static const char *const ja[] = {"", "当番", "記録", "患者", "紹介", "軽症", "軽症率"};
    static const char *const en[] = {"", "duties", "records", "seen", "referred", "light", "share"};
    const struct tb_light *l = x->light;
    int64_t primary, all;
    char share[24];
    tb_buf_addf(out, tb_t("%d年%d月\n", "%d-%02d\n"), a->year, a->month);
    for (int i = 0; i < 7; i++) tb_tell_cell(out, tb_t(ja[i], en[i]), i == 0 ? 36 : i == 6 ? -10 : -8);
    tb_buf_addc(out, '\n');
    for (size_t i = 0; i < l->n; i++)
        if (l->lines[i].year == a->year && l->lines[i].month == a->month)
            line_text(x->region, &l->lines[i], out);
    tb_light_share(l, a->year, a->month, &primary, &all);
    tb_buf_addf(out,
                tb_t("軽症の患者のうち一次救急が診た割合 %s（%lld 人中 %lld 人）\n",
                     "light cases seen in primary care: %s (of %lld: %lld)\n"),
                per_cent(primary, all, share, sizeof share), (long long)all, (long long)primary);
    table_text(a, out);
    tb_buf_addc(out, '\n');
}

void tb_tell_light_text(const struct tb_tell_light *x, struct tb_buf *out)
{
    const struct tb_light *l = x->light;
    for (size_t i = 0; i < l->n_answers; i++) month_text(x, &l->answers[i], out);
    if (l->holes.len)
        tb_buf_addf(
            out,
            tb_t("案内の穴（最終の案内だけになる時間）\n%s\n", "holes of the table (last resort only)\n%s\n"),
            l->holes.s);
    tb_buf_add(out, l->n_refusals ? tb_t("断られた件数（施設・理由）\n", "refusals by facility and reason\n")
                                  : tb_t("断られた記録はありません\n", "no refusal is recorded\n"));
    for (size_t i = 0; i < l->n_refusals; i++) {
        int who = tb_find_provider(x->region, l->refusals[i].facility);
        tb_buf_add(out, "  ");
        tb_tell_cell(out, who >= 0 ? x->region->providers[who].name : l->refusals[i].facility, 34);
        tb_tell_cell(out, l->refusals[i].reason, 28);
        tb_buf_addf(out, "%lld\n", (long long)l->refusals[i].n);
    }
}
