/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Causes in the office's words, and whom to ask about them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/explain.h"
#include "toban/domain/dated.h"

int tb_cause_provider(const struct tb_problem *p, const struct tb_cause *c)
{
    const struct tb_region *r = p->region;
    if (c->kind == TB_CAUSE_WISH) return r->wishes[c->row].provider;
    if (c->kind == TB_CAUSE_EXEMPTION) return r->exemptions[c->row].provider;
    if (c->kind == TB_CAUSE_EXTERNAL) return r->externals[c->row].provider;
    if (c->kind == TB_CAUSE_HOURS) return r->hours[c->row].provider;
    if (c->kind == TB_CAUSE_PIN) return p->pins[c->row].provider;
    return c->kind == TB_CAUSE_BOUND ? p->bound[c->row].provider : -1;
}

static const char *day(tb_day d, char *buf)
{
    return tb_lang_get() == TB_JA ? tb_format_md_ja(d, buf, 64) : tb_format_date(d, buf, 64);
}

static void add_span(tb_day from, tb_day to, struct tb_buf *out)
{
    char a[64], b[64];
    tb_buf_add(out, day(from, a));
    if (to != TB_DAY_NONE && to != from) tb_buf_addf(out, tb_t("から%s", " to %s"), day(to, b));
}

static void add_seat(const struct tb_problem *p, int slot, struct tb_buf *out)
{
    char a[64];
    const struct tb_slot *s = &p->slots[slot];
    tb_buf_addf(out, "%s %s %s%s", day(s->date, a), tb_duty_on(p->region, s->duty, s->date)->name,
                tb_band_on(p->region, s->band, s->date)->name,
                s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "");
}

static void wish_text(const struct tb_region *r, const struct tb_wish *w, struct tb_buf *out)
{
    const char *name = r->providers[w->provider].name;
    if (w->type == TB_WISH_ONLY) {
        tb_buf_addf(out,
                    tb_t("%s は出務可能日（必須）以外に出られない（%s）",
                         "%s can serve only on the days he named (%s)"),
                    name, r->surveys[w->survey].id);
    } else if (w->type == TB_WISH_COUNT) {
        tb_buf_addf(out, tb_t("%s は %d 回まで（必須の希望回数、%s）", "%s serves at most %d times (%s)"),
                    name, w->count, r->surveys[w->survey].id);
    } else {
        char at[64];
        tb_buf_addf(out, tb_t("%s は ", "%s cannot serve "), name);
        add_span(w->from, w->to, out);
        if (w->ends >= 0)
            tb_buf_addf(out, tb_t(" %sまで", " until %s"), tb_format_time(w->ends, at, sizeof at));
        tb_buf_add(out, tb_t(" が出務不可日（必須）", ""));
    }
}

const char *tb_cause_word(const struct tb_problem *p, const struct tb_cause *c)
{
    static const char *const words[] = {[TB_CAUSE_WISH] = "wish",         [TB_CAUSE_EXEMPTION] = "exemption",
                                        [TB_CAUSE_EXTERNAL] = "external", [TB_CAUSE_HOURS] = "hours",
                                        [TB_CAUSE_PIN] = "pin",           [TB_CAUSE_BOUND] = "bound",
                                        [TB_CAUSE_RULE] = "rule"};
    return c->kind == TB_CAUSE_PIN && p->pins[c->row].action == TB_PIN_FORBID ? "forbid" : words[c->kind];
}

void tb_cause_text(const struct tb_problem *p, const struct tb_cause *c, struct tb_buf *out)
{
    const struct tb_region *r = p->region;
    char a[64], b[64];
    int provider = tb_cause_provider(p, c);
    const char *name = provider >= 0 ? r->providers[provider].name : "";
    switch (c->kind) {
    case TB_CAUSE_WISH:
        wish_text(r, &r->wishes[c->row], out);
        break;
    case TB_CAUSE_EXEMPTION:
        tb_buf_addf(out, tb_t("%s は ", "%s is exempt "), name);
        add_span(r->exemptions[c->row].from, r->exemptions[c->row].to, out);
        tb_buf_add(out, tb_t(" が免除・休み", ""));
        break;
    case TB_CAUSE_EXTERNAL:
        tb_buf_addf(out, tb_t("%s は %s から %s まで %s", "%s is taken from %s to %s: %s"), name,
                    tb_format_instant(r->externals[c->row].from, a, sizeof a),
                    tb_format_instant(r->externals[c->row].to, b, sizeof b), r->externals[c->row].what);
        break;
    case TB_CAUSE_HOURS:
        tb_buf_addf(out, tb_t("%s の診療時間 %s から %s", "consulting hours of %s, %s to %s"), name,
                    tb_format_time(r->hours[c->row].from, a, sizeof a),
                    tb_format_time(r->hours[c->row].to, b, sizeof b));
        break;
    case TB_CAUSE_PIN:
        add_seat(p, p->pins[c->row].slot, out);
        tb_buf_addf(out,
                    p->pins[c->row].action == TB_PIN_PIN ? tb_t(" は %s に固定", " is fixed for %s")
                                                         : tb_t(" は %s に禁止", " is forbidden to %s"),
                    name);
        break;
    case TB_CAUSE_BOUND:
        tb_buf_addf(out, tb_t("%s は ", "%s has "), name);
        add_seat(p, p->bound[c->row].slot, out);
        tb_buf_add(out, tb_t(" に決まっている（公表済み）", " (published)"));
        break;
    case TB_CAUSE_RULE:
        tb_buf_addf(out,
                    tb_rule_hard(&r->rules[c->row]) ? tb_t("必須の条件「%s」（%s）", "hard rule \"%s\" (%s)")
                                                    : tb_t("努力の条件「%s」（%s）をいまより破らない",
                                                           "soft rule \"%s\" (%s), broken no more than now"),
                    tb_rule_sentence(&r->rules[c->row]), r->rules[c->row].id);
        break;
    }
}
