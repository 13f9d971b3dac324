/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A violation as one sentence for people, and the sentences of what is always hard.
 */
#include "check_int.h"
#include "toban/domain/dated.h"

const struct tb_builtin_text tb_builtin_texts[TB_BUILTIN_COUNT] = {
    [TB_BUILTIN_SLOT] = {"slot.exists", "この期間に割り当てる枠ではありません",
                         "not a slot that is planned here"},
    [TB_BUILTIN_SEATS] = {"seat.count", "席数を超えています", "more people than seats"},
    [TB_BUILTIN_MEMBER] = {"member", "この当番区分の担い手ではありません（名簿・入会・退会・種類）",
                           "not a member of this duty's pool on the date"},
    [TB_BUILTIN_EXEMPT] = {"exempt", "免除・休みの期間です", "exempt on the date"},
    [TB_BUILTIN_CANNOT] = {"wish.cannot", "出務不可日（必須）です", "a day on which he cannot serve (must)"},
    [TB_BUILTIN_ONLY] = {"wish.only", "出務可能日（必須）ではありません",
                         "not one of the only days on which he can serve (must)"},
    [TB_BUILTIN_WISH_COUNT] = {"wish.count", "希望回数（必須）を超えています",
                               "more duties than the number wished (must)"},
    [TB_BUILTIN_EXTERNAL] = {"external", "他団体の当番・自院の当直と重なります", "overlaps a duty elsewhere"},
    [TB_BUILTIN_ONE_SEAT] = {"one.seat", "同じ日の同じ時間帯に二つの席に就いています",
                             "two seats of one duty, date and band"},
    [TB_BUILTIN_PIN] = {"pin", "固定した割当がありません", "pinned there but not assigned"},
    [TB_BUILTIN_FORBID] = {"forbid", "禁止した割当です", "forbidden there but assigned"},
};

static void add_day(tb_day d, struct tb_buf *out)
{
    char text[64];
    tb_buf_add(out, tb_format_date_told(d, text, sizeof text));
}

static const char *named(const char *ja, const char *en)
{
    return tb_lang_get() == TB_EN && en && *en ? en : ja;
}

static void add_slot(const struct tb_problem *p, int slot, struct tb_buf *out)
{
    const struct tb_region *r = p->region;
    const struct tb_slot *s = &p->slots[slot];
    add_day(s->date, out);
    tb_buf_addf(out, " %s %s",
                named(tb_duty_on(r, s->duty, s->date)->name, tb_duty_on(r, s->duty, s->date)->name_en),
                tb_band_on(r, s->band, s->date)->name);
    if (s->role == TB_RESERVE) tb_buf_add(out, tb_t("（予備）", " (reserve)"));
}

static const char *sentence_of(const struct tb_problem *p, const struct tb_violation *v)
{
    if (v->rule_row >= 0) return tb_rule_sentence(&p->region->rules[v->rule_row]);
    for (int i = 0; i < TB_BUILTIN_COUNT; i++)
        if (tb_builtin_texts[i].id == v->rule) return tb_t(tb_builtin_texts[i].ja, tb_builtin_texts[i].en);
    return v->rule;
}

void tb_violation_short(const struct tb_problem *p, const struct tb_violation *v, int slot,
                        struct tb_buf *out)
{
    int other = v->slots[0] >= 0 && v->slots[0] != slot   ? v->slots[0]
                : v->slots[1] >= 0 && v->slots[1] != slot ? v->slots[1]
                                                          : -1;
    tb_buf_add(out, sentence_of(p, v));
    if (other >= 0) {
        const struct tb_slot *s = &p->slots[other];
        const struct tb_ymd d = tb_ymd_of(s->date);
        int days = p->slots[slot].date - s->date;
        tb_buf_addf(out, tb_t("（%d/%d %s%s", " (%d/%d %s%s"), d.month, d.day,
                    s->duty == p->slots[slot].duty ? "" : p->region->duties[s->duty].name,
                    s->role == TB_RESERVE ? tb_t("予備", "reserve") : tb_t("当番", "duty"));
        if (days)
            tb_buf_addf(out,
                        days > 0 ? tb_t("から%d日）", ", %d days before)")
                                 : tb_t("まで%d日）", ", %d days after)"),
                        days > 0 ? days : -days);
        else
            tb_buf_add(out, tb_t("、同じ日）", ", the same day)"));
    } else if (v->allowed > 0 && v->measured > v->allowed)
        tb_buf_addf(out, tb_t("（%lld、上限 %lld）", " (%lld, at most %lld)"), (long long)v->measured,
                    (long long)v->allowed);
}

void tb_violation_text(const struct tb_problem *p, const struct tb_violation *v, struct tb_buf *out)
{
    if (v->provider >= 0) tb_buf_addf(out, "%s%s", p->region->providers[v->provider].name, tb_t("、", ", "));
    if (v->area) tb_buf_addf(out, "%s%s", p->region->areas[v->area - 1].name, tb_t("、", ", "));
    bool shown = false;
    for (int i = 0; i < 2; i++) {
        if (v->slots[i] < 0) continue;
        if (shown) tb_buf_add(out, tb_t("と", " and "));
        add_slot(p, v->slots[i], out);
        shown = true;
    }
    if (!shown || v->from != v->to) {
        if (shown) tb_buf_add(out, tb_t("（", " ("));
        add_day(v->from, out);
        if (v->from != v->to) {
            tb_buf_add(out, tb_t("から", " to "));
            add_day(v->to, out);
            tb_buf_add(out, tb_t("まで", ""));
        }
        if (shown) tb_buf_add(out, tb_t("）", ")"));
    }
    const char *bound = v->measured < v->allowed ? tb_t("下限", "at least") : tb_t("上限", "at most");
    tb_buf_addf(out, tb_t("：%s（実際 %lld、%s %lld", ": %s (%lld, %s %lld"), sentence_of(p, v),
                (long long)v->measured, bound, (long long)v->allowed);
    if (!v->hard) tb_buf_addf(out, tb_t("、費用 %lld", ", cost %lld"), (long long)v->cost);
    tb_buf_add(out, tb_t("）", ")"));
}
