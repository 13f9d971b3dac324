/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report.txt: what the office reads before it publishes, in Japanese, for a fixed-width font (kanji two
 * columns).
 */
#include "publish_int.h"
#include "toban/domain/conflict.h"
#include "toban/domain/exception.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXTREMES 5     /* accounts shown at either end of a ledger */
#define EXAMPLES 3     /* breaches shown of each soft rule */
#define NAMES_WIDTH 92 /* columns of a line of names */

struct report {
    const struct tb_report_draft *d;
    const struct tb_problem *p;
    const struct tb_region *r;
    const struct tb_region *today; /* exceptions are signed after planning */
    struct tb_buf *out;
};

/* ---- words and columns ------------------------------------------------------------------------------- */

static void left(struct tb_buf *out, const char *text, int width)
{
    tb_buf_add(out, text);
    for (int w = tb_utf8_width(text); w < width; w++) tb_buf_addc(out, ' ');
}

static void right(struct tb_buf *out, const char *text, int width)
{
    for (int w = tb_utf8_width(text); w < width; w++) tb_buf_addc(out, ' ');
    tb_buf_add(out, text);
}

static void heading(struct tb_buf *out, const char *text) { tb_buf_addf(out, "\n■ %s\n", text); }

/* Millionths of a duty to hundredths, half away from zero: +1.25, -0.50, 0.00. */
static void duties(struct tb_buf *out, int64_t millionths, bool sign, int width)
{
    char text[32];
    int64_t h = (millionths < 0 ? -millionths : millionths) / 10000 +
                ((millionths < 0 ? -millionths : millionths) % 10000 >= 5000);
    (void)snprintf(text, sizeof text, "%s%" PRId64 ".%02d",
                   millionths < 0 && h > 0 ? "-"
                   : sign && h > 0         ? "+"
                                           : "",
                   h / 100, (int)(h % 100));
    right(out, text, width);
}

/* Names one after the other, broken into lines. */
struct names {
    struct tb_buf *out;
    int column, n;
};
static void name(struct names *w, const char *text)
{
    int width = tb_utf8_width(text) + 2;
    if (w->n++ == 0 || w->column + width > NAMES_WIDTH) {
        if (w->n > 1) tb_buf_add(w->out, "\n");
        tb_buf_add(w->out, "    ");
        w->column = 4;
    } else {
        tb_buf_add(w->out, "、");
    }
    tb_buf_add(w->out, text);
    w->column += width;
}
static void names_end(const struct names *w)
{
    if (w->n > 0) tb_buf_add(w->out, "\n");
}

static void slot_words(const struct report *t, const struct tb_slot *s)
{
    char at[64];
    tb_buf_addf(t->out, "%s %s（%s）%s", tb_format_date_ja(s->date, at, sizeof at),
                t->r->duties[s->duty].name, t->r->bands[s->band].name, s->role == TB_RESERVE ? " 予備" : "");
}

static int filled(const struct tb_roster *roster, int slot)
{
    int n = 0;
    for (int i = 0; i < roster->n; i++) n += roster->a[i].slot == slot;
    return n;
}

static bool plans(const struct tb_problem *p, int duty)
{
    for (int i = 0; i < p->n_duties; i++)
        if (p->duties[i] == duty) return true;
    return false;
}

static bool asks(const struct tb_ids *ids, int x)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == x) return true;
    return false;
}

/* ---- sections ------------------------------------------------------------------------------------------ */

static void opening(const struct report *t, size_t number, size_t of)
{
    const struct tb_problem *p = t->p;
    char a[64], z[64];
    int seats = 0, slots = 0;
    for (int i = 0; i < p->n_slots; i++)
        if (p->slots[i].planned) {
            slots++;
            seats += p->slots[i].need;
        }
    tb_buf_add(t->out, "\n============================================================================\n");
    tb_buf_addf(t->out, "案 %zu／%zu　%s～%s\n", number, of, tb_format_date_ja(p->from, a, sizeof a),
                tb_format_date_ja(p->to, z, sizeof z));
    tb_buf_add(t->out, "============================================================================\n");
    heading(t->out, "当番区分");
    for (int i = 0; i < p->n_duties; i++)
        tb_buf_addf(t->out, "    %s（%s）\n", t->r->duties[p->duties[i]].name,
                    t->r->bodies[t->r->duties[p->duties[i]].body].name);
    tb_buf_addf(t->out, "    枠 %d、席 %d、割当 %d\n", slots, seats, t->d->roster->n);
}

static void proof(const struct report *t)
{
    const struct tb_report_draft *d = t->d;
    heading(t->out, "最適性の証明");
    tb_buf_addf(t->out, "    目的関数の値   %" PRId64 "（検査での計算 %" PRId64 "：%s）\n", d->objective,
                d->verdict->objective, d->objective == d->verdict->objective ? "一致" : "不一致");
    tb_buf_addf(t->out, "    内訳           空席 %" PRId64 "、努力条件 %" PRId64 "、帳簿の偏り %" PRId64 "\n",
                d->verdict->open_cost, d->verdict->rule_cost, d->verdict->ledger_cost);
    if (t->p->change_price > 0)
        tb_buf_addf(t->out, "    公表済みの席の変更 %d 席、費用 %" PRId64 "\n", d->verdict->changes,
                    d->verdict->change_cost);
    if (strcmp(d->status, "manual") == 0) {
        tb_buf_add(t->out, "    手作業による案です。最適性は調べていません\n");
    } else {
        tb_buf_addf(t->out, "    下限           %" PRId64 "\n    差             %" PRId64 "\n", d->bound,
                    d->objective - d->bound);
        if (strcmp(d->stopped_by, "proof") != 0)
            tb_buf_addf(
                t->out,
                "    証明           なし（%s で打ち切り。これより良い案が残っているかもしれません）\n",
                d->stopped_by);
        else if (d->certified && !d->unconfirmed)
            tb_buf_add(t->out, "    証明           整数の双対証明（これより良い案はありません）\n");
        else
            tb_buf_add(t->out,
                       "    証明           探索による（これより良い案はありません。整数の証明書はなし）\n");
        if (d->bound_checked)
            tb_buf_addf(t->out, "    証明の検査     保存した双対から下限を再計算：%" PRId64 "（%s）\n",
                        d->checked_bound, d->checked_bound == d->bound ? "一致" : "不一致");
        if (d->unconfirmed)
            tb_buf_addf(t->out, "    証明の検査     確かめられませんでした：%s\n", d->unconfirmed);
    }
    if (d->steps != NULL && d->steps[0] != '\0') tb_buf_addf(t->out, "    手順           %s\n", d->steps);
    tb_buf_addf(t->out, "    問題の照合値   %s\n", d->instance_digest);
}

static void open_seats(const struct report *t)
{
    int open = 0;
    heading(t->out, "空席");
    for (int i = 0; i < t->p->n_slots; i++) {
        if (!t->p->slots[i].planned) continue;
        int lack = t->p->slots[i].need - filled(t->d->roster, i);
        if (lack <= 0) continue;
        open += lack;
        tb_buf_add(t->out, "    ");
        slot_words(t, &t->p->slots[i]);
        tb_buf_addf(t->out, " %d 席\n", lack);
    }
    if (open == 0)
        tb_buf_add(t->out, "    空席なし\n");
    else
        tb_buf_addf(t->out, "    計 %d 席\n", open);
}

static void hard_rules(const struct report *t)
{
    const struct tb_verdict *v = t->d->verdict;
    heading(t->out, "必須の割当条件");
    if (v->n_hard == 0) tb_buf_add(t->out, "    違反なし\n");
    for (int i = 0; i < v->n_violations; i++)
        if (v->violations[i].hard) {
            const struct tb_exception *x = tb_exception_for(t->today, t->p, t->d->roster, &v->violations[i]);
            char on[64];
            tb_buf_add(t->out, x != NULL ? "    特例 " : "    違反 ");
            tb_violation_text(t->p, &v->violations[i], t->out);
            tb_buf_add(t->out, "\n");
            if (x != NULL)
                tb_buf_addf(t->out, "         理由 %s、承認 %s %s\n", x->reason, x->signed_by,
                            tb_format_date_ja(x->signed_on, on, sizeof on));
        }
}

static void soft_rules(const struct report *t)
{
    const struct tb_verdict *v = t->d->verdict;
    bool any = false;
    heading(t->out, "努力の割当条件で守れなかったもの");
    for (int i = 0; i < t->r->n_rules; i++) {
        int n = 0;
        int64_t cost = 0;
        for (int k = 0; k < v->n_violations; k++)
            if (!v->violations[k].hard && v->violations[k].rule_row == i && v->violations[k].cost > 0) {
                n++;
                cost += v->violations[k].cost;
            }
        if (n == 0) continue;
        any = true;
        tb_buf_addf(t->out, "  ・%s　%d 件、費用 %" PRId64 "\n", t->r->rules[i].ja, n, cost);
        for (int k = 0, shown = 0; k < v->n_violations && shown < EXAMPLES; k++)
            if (!v->violations[k].hard && v->violations[k].rule_row == i && v->violations[k].cost > 0) {
                tb_buf_add(t->out, shown++ == 0 ? "      例 " : "         ");
                tb_violation_text(t->p, &v->violations[k], t->out);
                tb_buf_add(t->out, "\n");
            }
    }
    if (!any) tb_buf_add(t->out, "    なし\n");
}

/* ---- wishes ---------------------------------------------------------------------------------------------
 */

static const char *const wish_words[] = {[TB_WISH_CANNOT] = "出務不可日",
                                         [TB_WISH_ONLY] = "出務可能日",
                                         [TB_WISH_RATHER_NOT] = "できれば避けたい日",
                                         [TB_WISH_LIKE] = "希望する日",
                                         [TB_WISH_COUNT] = "回数",
                                         [TB_WISH_ANY] = "お任せ"};

/* Does the wish speak of this slot? */
static bool covers(const struct report *t, const struct tb_wish *w, const struct tb_slot *s, bool days_too)
{
    const struct tb_survey *survey = &t->r->surveys[w->survey];
    struct tb_interval hours;
    bool clock = days_too && tb_wish_hours(t->r, w, &hours), meets = false;
    if (!clock && (s->date < survey->from || s->date > survey->to)) return false;
    if (w->duty >= 0 ? s->duty != w->duty : !asks(&survey->duties, s->duty)) return false;
    if (!days_too) return true;
    if (w->band[0] != '\0' && strcmp(t->r->bands[s->band].id, w->band) != 0) return false;
    for (int k = 0; clock && k < s->n_intervals; k++)
        meets |= s->interval[k].from < hours.to && hours.from < s->interval[k].to;
    if (clock) return meets;
    return s->date >= w->from && s->date <= (w->to == TB_DAY_NONE ? w->from : w->to);
}

/* Assignments of the wisher that the wish speaks of; primary only where it is about how many. */
static int touched(const struct report *t, const struct tb_wish *w, bool days_too)
{
    int n = 0;
    for (int i = 0; i < t->d->roster->n; i++) {
        const struct tb_assignment *a = &t->d->roster->a[i];
        const struct tb_slot *s = &t->p->slots[a->slot];
        if (a->provider != w->provider || (w->type == TB_WISH_COUNT && s->role != TB_PRIMARY)) continue;
        n += covers(t, w, s, days_too);
    }
    return n;
}

/* "Only" wishes of one member stand together: each of his duties must lie in one of them. */
static bool only_met(const struct report *t, const struct tb_wish *w)
{
    for (int i = 0; i < t->d->roster->n; i++) {
        const struct tb_assignment *a = &t->d->roster->a[i];
        const struct tb_slot *s = &t->p->slots[a->slot];
        if (a->provider != w->provider || !asks(&t->r->surveys[w->survey].duties, s->duty)) continue;
        bool inside = false;
        for (int k = 0; k < t->r->n_wishes; k++) {
            const struct tb_wish *o = &t->r->wishes[k];
            inside |= o->survey == w->survey && o->provider == w->provider && o->type == TB_WISH_ONLY &&
                      covers(t, o, s, true);
        }
        if (!inside && s->date >= t->r->surveys[w->survey].from && s->date <= t->r->surveys[w->survey].to)
            return false;
    }
    return true;
}

static bool met(const struct report *t, const struct tb_wish *w)
{
    switch (w->type) {
    case TB_WISH_CANNOT:
    case TB_WISH_RATHER_NOT:
        return touched(t, w, true) == 0;
    case TB_WISH_ONLY:
        return only_met(t, w);
    case TB_WISH_LIKE:
        return touched(t, w, true) > 0;
    case TB_WISH_COUNT:
        return touched(t, w, false) <= w->count;
    default:
        return true;
    }
}

/* A wish for days counts when a day of it lies in the period; the others always. */
static bool in_period(const struct report *t, const struct tb_wish *w)
{
    if (w->from == TB_DAY_NONE) return true;
    return w->from <= t->p->to && (w->to == TB_DAY_NONE ? w->from : w->to) >= t->p->from;
}

static void unmet(const struct report *t, int survey)
{
    char at[64];
    for (int k = 0; k < t->r->n_wishes; k++) {
        const struct tb_wish *w = &t->r->wishes[k];
        if (w->survey != survey || !in_period(t, w) || met(t, w)) continue;
        tb_buf_addf(t->out, "    かなわず %s %s", t->r->providers[w->provider].name, wish_words[w->type]);
        if (w->from != TB_DAY_NONE) tb_buf_addf(t->out, " %s", tb_format_md_ja(w->from, at, sizeof at));
        if (w->to != TB_DAY_NONE && w->to != w->from)
            tb_buf_addf(t->out, "～%s", tb_format_md_ja(w->to, at, sizeof at));
        if (w->ends >= 0) tb_buf_addf(t->out, " %sまで", tb_format_time(w->ends, at, sizeof at));
        if (w->type == TB_WISH_COUNT)
            tb_buf_addf(t->out, " %d 回（割当 %d 回）", w->count, touched(t, w, false));
        tb_buf_add(t->out, "\n");
    }
}

/* Members of the duties asked about who gave no answer at all. */
static void unanswered(const struct report *t, int survey)
{
    const struct tb_survey *s = &t->r->surveys[survey];
    struct names w = {.out = t->out};
    bool *member = tb_xcalloc((size_t)t->r->n_providers + 1, sizeof *member),
         *answered = tb_xcalloc((size_t)t->r->n_providers + 1, sizeof *answered);
    int members = 0, silent = 0;
    for (int i = 0; i < t->r->n_members; i++) {
        const struct tb_member *m = &t->r->members[i];
        for (tb_day d = t->p->from; d <= t->p->to && asks(&s->duties, m->duty) && plans(t->p, m->duty); d++)
            if (d >= s->from && d <= s->to && tb_member_on(t->r, m->duty, m->provider, d) >= 0)
                member[m->provider] = true;
    }
    for (int k = 0; k < t->r->n_wishes; k++)
        if (t->r->wishes[k].survey == survey) answered[t->r->wishes[k].provider] = true;
    for (int i = 0; i < t->r->n_providers; i++) {
        members += member[i];
        silent += member[i] && !answered[i];
    }
    tb_buf_addf(t->out, "    対象 %d、回答 %d、未回答 %d\n", members, members - silent, silent);
    if (silent > 0) tb_buf_add(t->out, "    未回答：\n");
    for (int i = 0; i < t->r->n_providers; i++)
        if (member[i] && !answered[i]) name(&w, t->r->providers[i].name);
    names_end(&w);
    free(member);
    free(answered);
}

static void wishes(const struct report *t)
{
    bool any = false;
    heading(t->out, "希望調査");
    for (int i = 0; i < t->r->n_surveys; i++) {
        const struct tb_survey *s = &t->r->surveys[i];
        bool concerns = false;
        for (int k = 0; k < s->duties.n; k++) concerns |= plans(t->p, s->duties.v[k]);
        if (!concerns || s->from > t->p->to || s->to < t->p->from) continue;
        any = true;
        char a[64], z[64];
        tb_buf_addf(t->out, "  ・%s（%s～%s）\n", s->id, tb_format_date_ja(s->from, a, sizeof a),
                    tb_format_date_ja(s->to, z, sizeof z));
        int kept[TB_COUNT(wish_words)] = {0}, missed[TB_COUNT(wish_words)] = {0};
        for (int k = 0; k < t->r->n_wishes; k++)
            if (t->r->wishes[k].survey == i && in_period(t, &t->r->wishes[k]))
                (met(t, &t->r->wishes[k]) ? kept : missed)[t->r->wishes[k].type]++;
        left(t->out, "    希望", 26);
        tb_buf_add(t->out, "  件数  かなう  かなわず\n");
        for (size_t k = 0; k < TB_COUNT(wish_words); k++) {
            if (kept[k] + missed[k] == 0) continue;
            tb_buf_add(t->out, "    ");
            left(t->out, wish_words[k], 22);
            tb_buf_addf(t->out, "%6d%8d%10d\n", kept[k] + missed[k], kept[k], missed[k]);
        }
        unmet(t, i);
        unanswered(t, i);
    }
    if (!any) tb_buf_add(t->out, "    この期間の希望調査はありません\n");
}

/* ---- ledgers ----------------------------------------------------------------------------------------------
 */

struct line {
    int counter;
    int64_t after;
};

static int by_after(const void *x, const void *y)
{
    const struct line *a = x, *b = y;
    if (a->after != b->after) return a->after > b->after ? -1 : 1;
    return a->counter - b->counter;
}

static const char *account_name(const struct report *t, const struct tb_counter *c)
{
    if (t->r->ledgers[c->ledger].scope == TB_SCOPE_SHARE) return t->r->shares[c->account].name;
    return t->r->providers[c->account].name;
}

static void account(const struct report *t, const struct line *l)
{
    const struct tb_counter *c = &t->p->counters[l->counter];
    tb_buf_add(t->out, "    ");
    left(t->out, account_name(t, c), 34);
    duties(t->out, c->carried, true, 10);
    duties(t->out, c->accrued, false, 10);
    tb_buf_addf(t->out, "%8" PRId64, t->d->verdict->loads[l->counter]);
    duties(t->out, l->after, true, 12);
    tb_buf_add(t->out, "\n");
}

static void ledger(const struct report *t, int index, struct line *v)
{
    const struct tb_problem *p = t->p;
    int n = 0;
    for (int k = 0; k < p->n_counters; k++)
        if (p->counters[k].ledger == index)
            v[n++] = (struct line){k, p->counters[k].carried + p->counters[k].accrued -
                                          t->d->verdict->loads[k] * 1000000};
    if (n == 0) return;
    qsort(v, (size_t)n, sizeof *v, by_after);
    const struct tb_ledger *l = &t->r->ledgers[index];
    tb_buf_addf(t->out, "  ・%s（%s、%d 口座）\n    ", l->name, l->role == TB_RESERVE ? "予備" : "当番", n);
    left(t->out, l->scope == TB_SCOPE_SHARE ? "按分の組" : "当番医・医療機関", 34);
    tb_buf_add(t->out, "  前の持越  今期持分    割当    次の持越\n");
    bool all = l->scope == TB_SCOPE_SHARE || n <= 2 * EXTREMES + 1;
    for (int i = 0; i < (all ? n : EXTREMES); i++) account(t, &v[i]);
    if (all) return;
    tb_buf_addf(t->out, "    （ほか %d 口座、次の持越は ", n - 2 * EXTREMES);
    duties(t->out, v[n - 1 - EXTREMES].after, true, 0);
    tb_buf_add(t->out, " から ");
    duties(t->out, v[EXTREMES].after, true, 0);
    tb_buf_add(t->out, "）\n");
    for (int i = n - EXTREMES; i < n; i++) account(t, &v[i]);
}

static void ledgers(const struct report *t)
{
    struct line *v = tb_xcalloc((size_t)t->p->n_counters + 1, sizeof *v);
    heading(t->out, "当番実績の帳簿（持越しの多い順。＋は次に多く当たる）");
    if (t->p->n_counters == 0) tb_buf_add(t->out, "    数える帳簿はありません\n");
    for (int i = 0; i < t->r->n_ledgers; i++)
        if (t->r->ledgers[i].scope != TB_SCOPE_SHARE) ledger(t, i, v);
    bool shares = false;
    for (int k = 0; k < t->p->n_counters; k++)
        shares |= t->r->ledgers[t->p->counters[k].ledger].scope == TB_SCOPE_SHARE;
    if (shares) heading(t->out, "市町などの按分");
    for (int i = 0; i < t->r->n_ledgers; i++)
        if (t->r->ledgers[i].scope == TB_SCOPE_SHARE) ledger(t, i, v);
    free(v);
}

static void big_days(const struct report *t)
{
    char at[64];
    bool any = false;
    heading(t->out, "特定日の割当");
    for (int i = 0; i < t->p->n_slots; i++) {
        const struct tb_slot *s = &t->p->slots[i];
        const char *span = s->planned ? tb_pub_span(t->r, s->date) : NULL;
        if (span == NULL) continue;
        any = true;
        struct tb_buf words = {0};
        tb_buf_addf(&words, "%s（%s）%s", t->r->duties[s->duty].name, t->r->bands[s->band].name,
                    s->role == TB_RESERVE ? "予備" : "");
        tb_buf_add(t->out, "    ");
        left(t->out, span, 10);
        left(t->out, tb_format_md_ja(s->date, at, sizeof at), 14);
        left(t->out, tb_buf_str(&words), 40);
        tb_buf_free(&words);
        int n = 0;
        for (int k = 0; k < t->d->roster->n; k++)
            if (t->d->roster->a[k].slot == i)
                tb_buf_addf(t->out, "%s%s", n++ > 0 ? "、" : " ",
                            t->r->providers[t->d->roster->a[k].provider].name);
        tb_buf_add(t->out, n == 0 ? " 空席\n" : "\n");
    }
    if (!any) tb_buf_add(t->out, "    この期間に特定日はありません\n");
}

void tb_publish_report(const struct tb_board *b, const struct tb_report_draft *drafts, size_t n,
                       struct tb_buf *out)
{
    enum tb_lang before = tb_lang_get();
    struct tb_buf edition = {0};
    char at[64];
    tb_lang_set(TB_JA); /* sentences of check are in the language set; this form is Japanese */
    tb_pub_edition(b, &edition);
    tb_buf_addf(out, "%s 当番表 作成報告　%s\n", b->region->regions[0].name, tb_buf_str(&edition));
    if (b->publication > 0)
        tb_buf_addf(out, "%s公表\n", tb_format_date_ja(tb_day_of_minute(b->published_at), at, sizeof at));
    if (b->region->regions[0].notice[0] != '\0') tb_buf_addf(out, "%s\n", b->region->regions[0].notice);
    tb_buf_free(&edition);
    for (size_t i = 0; i < n; i++) {
        struct report t = {&drafts[i], drafts[i].problem, drafts[i].problem->region, b->region, out};
        opening(&t, i + 1, n);
        proof(&t);
        open_seats(&t);
        hard_rules(&t);
        soft_rules(&t);
        wishes(&t);
        ledgers(&t);
        big_days(&t);
    }
    tb_lang_set(before);
}

void tb_publish_report_conflicts(const struct tb_region *r, const struct tb_conflicts *c, struct tb_buf *out)
{
    char date[64];
    heading(out, "公表した席の要確認（いまの表による）");
    for (size_t i = 0; i < c->n; i++) {
        const struct tb_seat_row *s = &c->v[i].seat;
        tb_buf_addf(out, "  %s %s（%s）%s  %s\n      %s\n", tb_format_date_ja(s->date, date, sizeof date),
                    r->duties[s->duty].name, r->bands[s->band].name, s->role == TB_RESERVE ? "予備" : "",
                    s->provider < 0 ? "" : r->providers[s->provider].name, c->v[i].why);
    }
    if (!c->n) tb_buf_add(out, "  なし\n");
}
