/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a seat stays open or a rule is broken, and what would mend it.
 */
#include <string.h>

#include "toban/tell/explain.h"
#include "toban/tell/seat.h"

#define SHOWN_CANDIDATES 12

static const char *const hole_words[] = {[TB_HOLE_CORE] = "causes",
                                         [TB_HOLE_POOL] = "pool",
                                         [TB_HOLE_POSSIBLE] = "possible",
                                         [TB_HOLE_UNKNOWN] = "unknown"};

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void causes_json(const struct tb_problem *q, const char *key, const struct tb_cause *causes, int n,
                        tb_printer *p)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < n; i++) {
        struct tb_buf text = {0};
        int who = tb_cause_provider(q, &causes[i]);
        tb_cause_text(q, &causes[i], &text);
        tb_print_begin_object(p);
        tb_print_kstring(p, "kind", tb_cause_word(q, &causes[i]));
        if (who >= 0) tb_print_kstring(p, "provider", q->region->providers[who].id);
        if (causes[i].kind == TB_CAUSE_RULE) tb_print_kstring(p, "rule", q->region->rules[causes[i].row].id);
        tb_print_kstring(p, "role", causes[i].unknown ? "unknown" : "cause");
        tb_print_kstring(p, "text", tb_buf_str(&text));
        tb_print_end_object(p);
        tb_buf_free(&text);
    }
    tb_print_end_list(p);
}

/* Seats of `to` in which somebody sits who does not now. */
static void moves_json(const struct tb_app_draft *d, const struct tb_roster *to, tb_printer *p)
{
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (int i = 0; i < to->n; i++) {
        if (tb_roster_find(&d->roster, to->a[i].slot, to->a[i].provider) >= 0) continue;
        tb_print_begin_object(p);
        tb_tell_slot_json(d->region, &d->problem->slots[to->a[i].slot], p);
        tb_print_kstring(p, "provider", d->region->providers[to->a[i].provider].id);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void found_json(const struct tb_app_draft *d, const struct tb_explanation *x, tb_printer *p)
{
    tb_print_kstring(p, "explained_by", hole_words[x->hole]);
    causes_json(d->problem, "causes", x->causes, x->n_causes, p);
    tb_print_key(p, "repairs");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_repairs; i++) {
        const struct tb_repair *r = &x->repairs[i];
        tb_print_begin_object(p);
        causes_json(d->problem, "without", r->causes, r->n, p);
        tb_print_kint(p, "cost", r->cost);
        tb_print_kbool(p, "proven", r->proven);
        tb_print_kint(p, "changes", r->changes);
        moves_json(d, &r->roster, p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_kint(p, "solves", x->solves);
}

static void hole_json(const struct tb_app_draft *d, const struct tb_explanation *x, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_tell_slot_json(d->region, &d->problem->slots[x->slot], p);
    found_json(d, x, p);
    tb_print_key(p, "candidates");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_candidates; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", d->region->providers[x->candidates[i].provider].id);
        tb_print_kint(p, "hard", x->candidates[i].n_hard);
        tb_print_kint(p, "cost", x->candidates[i].cost);
        tb_print_kstring(p, "why", tb_buf_str(&x->candidates[i].why));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_end_object(p);
}

static void breach_json(const struct tb_app_draft *d, const struct tb_explanation *x, tb_printer *p)
{
    char date[64];
    const struct tb_violation *v = &x->broken;
    struct tb_buf text = {0};
    tb_violation_text(d->problem, v, &text);
    tb_print_begin_object(p);
    tb_print_kstring(p, "rule", v->rule);
    tb_print_kbool(p, "hard", v->hard);
    if (v->provider >= 0) tb_print_kstring(p, "provider", d->region->providers[v->provider].id);
    tb_print_kstring(p, "from", tb_format_date(v->from, date, sizeof date));
    tb_print_kstring(p, "to", tb_format_date(v->to, date, sizeof date));
    tb_print_kint(p, "excess", x->had ? x->had : 1);
    tb_print_kstring(p, "text", tb_buf_str(&text));
    found_json(d, x, p);
    tb_print_end_object(p);
    tb_buf_free(&text);
}

static void prechecks_json(const char *line, tb_printer *p)
{
    tb_print_key(p, "prechecks");
    tb_print_begin_list(p);
    while (*line) {
        size_t len = strcspn(line, "\n");
        struct tb_buf one = {0};
        tb_buf_addn(&one, line, len);
        tb_print_string(p, tb_buf_str(&one));
        tb_buf_free(&one);
        line += len + (line[len] == '\n');
    }
    tb_print_end_list(p);
}

static void tiers_json(const struct tb_region *r, const struct tb_tiers *x, tb_printer *p)
{
    tb_print_kbool(p, "only_together", x->apart);
    tb_print_key(p, "duties_alone");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", r->duties[x->v[i].duty].id);
        tb_print_kint(p, "open", x->v[i].open);
        tb_print_kbool(p, "proven", x->v[i].proven);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_explain_json(const struct tb_tell_explain *x, tb_printer *p)
{
    tb_print_kint(p, "draft", x->draft->stored.id);
    prechecks_json(x->prechecks, p);
    if (x->tiers) tiers_json(x->draft->region, x->tiers, p);
    tb_print_key(p, "open");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_open; i++) hole_json(x->draft, &x->open[i], p);
    tb_print_end_list(p);
    tb_print_key(p, "broken");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_broken; i++) breach_json(x->draft, &x->broken[i], p);
    tb_print_end_list(p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

/* `text` line by line, each after `before`. */
static void each_line_text(const char *text, const char *before, struct tb_buf *out)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        tb_buf_add(out, before);
        tb_buf_addn(out, text, len);
        tb_buf_addc(out, '\n');
        text += len + (text[len] == '\n');
    }
}

static void causes_text(const struct tb_problem *q, const struct tb_cause *causes, int n, const char *between,
                        struct tb_buf *out)
{
    for (int i = 0; i < n; i++) {
        if (i) tb_buf_add(out, between);
        tb_cause_text(q, &causes[i], out);
        if (causes[i].unknown)
            tb_buf_add(out, tb_t("（不明: 制限に達しました）", " (unknown: a limit was hit)"));
    }
}

static void ask_whom(const struct tb_problem *q, const struct tb_cause *c, struct tb_buf *out)
{
    int who = tb_cause_provider(q, c);
    if (c->kind == TB_CAUSE_PIN) {
        tb_buf_add(out, tb_t("事務局: 固定・禁止を見直す", "the office: take the pin or prohibition back"));
        return;
    }
    if (who < 0) {
        tb_buf_add(out, tb_t("実施主体: 条件を見直すか特例を認める",
                             "the body: change the rule or sign an exception"));
        return;
    }
    const struct tb_provider *x = &q->region->providers[who];
    const char *phone = tb_tell_phone(x);
    tb_buf_addf(out, tb_t("%s に相談%s%s", "ask %s%s%s"), x->name, *phone ? tb_t(" 電話 ", ", tel. ") : "",
                phone);
}

static void pool_text(bool seat, struct tb_buf *out)
{
    tb_buf_add(
        out,
        seat ? tb_t("  担い手そのものが足りません。条件・希望・公表済みの席をすべて外しても埋まりません\n",
                    "  the pool itself is too small: it stays open even without any rule, wish or "
                    "published seat\n")
             : tb_t("  "
                    "ほかの条件・希望・公表済みの席をすべて外しても守れません。埋まっている席の数に対し"
                    "て担い手が足りません\n",
                    "  it cannot be kept even without any other rule, wish or published seat: the pool "
                    "is too small for the seats that are filled\n"));
}

static void possible_text(bool seat, struct tb_buf *out)
{
    tb_buf_add(out, seat ? tb_t("  埋められます。この案が最良ではありません（plan で作り直します）\n",
                                "  it can be filled: this draft is not the best one (plan again)\n")
                         : tb_t("  ほかの席とほかの条件をいまより悪くせずに、減らせます:\n",
                                "  it can be less, with no other seat and no other rule worse than now:\n"));
}

static void core_text(const struct tb_problem *q, const struct tb_explanation *x, struct tb_buf *out)
{
    tb_buf_add(out,
               x->slot >= 0
                   ? tb_t("  "
                          "ほかの席をいまのとおり埋め、ほかの条件をいまより破らないままでは、次がそろって"
                          "いる限り埋まりません。どれか一つを外せば両立します:\n",
                          "  with every other seat filled as now and no rule broken more than now, it "
                          "cannot be filled while these hold together; any one of them gone, they no "
                          "longer stand in the way:\n")
                   : tb_t("  "
                          "埋まっている席をそのまま埋め、ほかの条件をいまより破らないままでは、次がそろって"
                          "いる限り避けられません。どれか一つを外せば両立します:\n",
                          "  with every filled seat filled and no other rule broken more than now, it "
                          "cannot be avoided while these hold together; any one of them gone, they no "
                          "longer stand in the way:\n"));
    tb_buf_add(out, "    - ");
    causes_text(q, x->causes, x->n_causes, "\n    - ", out);
    tb_buf_addc(out, '\n');
}

static void repair_text(const struct tb_problem *q, const struct tb_repair *r, int number, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("  直し方 %d: ", "  repair %d: "), number);
    for (int k = 0; k < r->n; k++) {
        if (k) tb_buf_add(out, tb_t("、かつ ", ", and "));
        ask_whom(q, &r->causes[k], out);
    }
    if (r->n) {
        tb_buf_add(out, tb_t("（", " ("));
        causes_text(q, r->causes, r->n, tb_t("、", "; "), out);
        tb_buf_add(out, tb_t("）", ")"));
    } else
        tb_buf_add(out, tb_t("何も外さずに組み直す（努力の条件と公平に費用がかかる）",
                             "plan again with nothing taken away, at the price of soft rules and fairness"));
    tb_buf_addf(
        out, tb_t("  費用 %+lld、変わる席 %d%s\n", "  cost %+lld, %d seats change%s\n"), (long long)r->cost,
        r->changes,
        r->proven ? "" : tb_t("（これより安いものがあるかもしれません）", " (there may be a cheaper one)"));
}

static void found_text(const struct tb_problem *q, const struct tb_explanation *x, struct tb_buf *out)
{
    if (x->hole == TB_HOLE_POOL) pool_text(x->slot >= 0, out);
    if (x->hole == TB_HOLE_POSSIBLE) possible_text(x->slot >= 0, out);
    if (x->hole == TB_HOLE_UNKNOWN)
        tb_buf_add(out, tb_t("  制限までに分かりませんでした（--time を延ばします）\n",
                             "  nothing was shown within the limit (raise --time)\n"));
    if (x->hole == TB_HOLE_CORE) core_text(q, x, out);
    for (int i = 0; i < x->n_repairs; i++) repair_text(q, &x->repairs[i], i + 1, out);
}

static void hole_text(const struct tb_problem *q, const struct tb_explanation *x, struct tb_buf *out)
{
    tb_buf_add(out, tb_t("■ ", "* "));
    tb_tell_slot_words(q->region, &q->slots[x->slot], out);
    tb_buf_addf(out, tb_t("  担い手 %d 人\n", "  pool of %d\n"), x->n_candidates);
    found_text(q, x, out);
    tb_buf_add(out,
               tb_t("  いま直接入れるとしたら:\n", "  putting somebody there directly, as things are:\n"));
    for (int i = 0; i < x->n_candidates && i < SHOWN_CANDIDATES; i++) {
        const struct tb_candidate *c = &x->candidates[i];
        tb_buf_addf(out,
                    tb_t("    %s  必須の違反 %d、費用 %+lld\n", "    %s  hard rules broken %d, cost %+lld\n"),
                    q->region->providers[c->provider].name, c->n_hard, (long long)c->cost);
        each_line_text(tb_buf_str(&c->why), "      ", out);
    }
    if (x->n_candidates > SHOWN_CANDIDATES)
        tb_buf_addf(out, tb_t("    ほか %d 人\n", "    and %d more\n"), x->n_candidates - SHOWN_CANDIDATES);
}

static void breach_text(const struct tb_problem *q, const struct tb_explanation *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("■ 破られている条件（%s）: ", "* broken rule (%s): "), x->broken.rule);
    tb_violation_text(q, &x->broken, out);
    tb_buf_addc(out, '\n');
    if (x->had > 1)
        tb_buf_addf(out,
                    tb_t("  この条件の違反は全部で %lld。それより少なくできるかを問います\n",
                         "  it is broken %lld times in all; asked is whether it can be less\n"),
                    (long long)x->had);
    found_text(q, x, out);
}

static void tiers_text(const struct tb_region *r, const struct tb_tiers *x, struct tb_buf *out)
{
    tb_buf_addf(out,
                tb_t("当番区分を一つずつ計画すれば空席は %d、合わせると %d "
                     "です（証明済み）。空席は区分どうしがかみ合わないために生じます: ",
                     "each duty alone leaves %d seats open, together they leave %d (proven): they stand in "
                     "each other's way: "),
                x->alone, x->together);
    for (int i = 0; i < x->n; i++)
        tb_buf_addf(out, "%s%s", i ? tb_t("、", ", ") : "", r->duties[x->v[i].duty].name);
    tb_buf_addc(out, '\n');
}

void tb_tell_explain_text(const struct tb_tell_explain *x, struct tb_buf *out)
{
    const struct tb_problem *q = x->draft->problem;
    each_line_text(x->prechecks, tb_t("計画の前に数えて分かること: ", "shown by counting alone: "), out);
    if (x->tiers && x->tiers->apart) tiers_text(x->draft->region, x->tiers, out);
    for (int i = 0; i < x->n_open; i++) hole_text(q, &x->open[i], out);
    for (int i = 0; i < x->n_broken; i++) breach_text(q, &x->broken[i], out);
    if (!x->n_open && !x->n_broken)
        tb_buf_add(out, tb_t("空席も、破られている必須の条件もありません\n",
                             "no seat is open and no hard rule is broken\n"));
}
