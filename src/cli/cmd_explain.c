/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * explain.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/explain.h"
#include "toban/app/tiers.h"
#include "toban/app/hand.h"

#define SHOWN_CANDIDATES 12

static const char *const hole_words[] = {[TB_HOLE_CORE] = "causes",
                                         [TB_HOLE_POOL] = "pool",
                                         [TB_HOLE_POSSIBLE] = "possible",
                                         [TB_HOLE_UNKNOWN] = "unknown"};

static void slot_title(const struct tb_problem *p, int slot, struct tb_buf *out)
{
    char date[64];
    const struct tb_slot *s = &p->slots[slot];
    tb_buf_addf(out, "%s %s %s%s", tb_format_date_told(s->date, date, sizeof date),
                p->region->duties[s->duty].name, p->region->bands[s->band].name,
                s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "");
}

/* ---- JSON ----------------------------------------------------------------------------------------- */

static void json_causes(tb_printer *p, const struct tb_problem *q, const char *key,
                        const struct tb_cause *causes, int n)
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

static void json_moves(tb_printer *p, const struct tb_app_draft *d, const struct tb_roster *to)
{
    char date[64];
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (int i = 0; i < to->n; i++) {
        const struct tb_slot *s = &d->problem->slots[to->a[i].slot];
        if (tb_roster_find(&d->roster, to->a[i].slot, to->a[i].provider) >= 0) continue;
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", d->region->duties[s->duty].id);
        tb_print_kstring(p, "date", tb_format_date(s->date, date, sizeof date));
        tb_print_kstring(p, "band", d->region->bands[s->band].id);
        tb_print_kstring(p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
        tb_print_kstring(p, "provider", d->region->providers[to->a[i].provider].id);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void json_found(tb_printer *p, const struct tb_app_draft *d, const struct tb_explanation *x)
{
    tb_print_kstring(p, "explained_by", hole_words[x->hole]);
    json_causes(p, d->problem, "causes", x->causes, x->n_causes);
    tb_print_key(p, "repairs");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_repairs; i++) {
        const struct tb_repair *r = &x->repairs[i];
        tb_print_begin_object(p);
        json_causes(p, d->problem, "without", r->causes, r->n);
        tb_print_kint(p, "cost", r->cost);
        tb_print_kbool(p, "proven", r->proven);
        tb_print_kint(p, "changes", r->changes);
        json_moves(p, d, &r->roster);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_kint(p, "solves", x->solves);
}

static void json_hole(tb_printer *p, const struct tb_app_draft *d, const struct tb_explanation *x)
{
    char date[64];
    const struct tb_slot *s = &d->problem->slots[x->slot];
    tb_print_begin_object(p);
    tb_print_kstring(p, "duty", d->region->duties[s->duty].id);
    tb_print_kstring(p, "date", tb_format_date(s->date, date, sizeof date));
    tb_print_kstring(p, "band", d->region->bands[s->band].id);
    tb_print_kstring(p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
    json_found(p, d, x);
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

static void json_breach(tb_printer *p, const struct tb_app_draft *d, const struct tb_explanation *x)
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
    json_found(p, d, x);
    tb_print_end_object(p);
    tb_buf_free(&text);
}

/* ---- text ----------------------------------------------------------------------------------------- */

static void text_causes(const struct tb_problem *p, const struct tb_cause *causes, int n, const char *between)
{
    for (int i = 0; i < n; i++) {
        struct tb_buf text = {0};
        tb_cause_text(p, &causes[i], &text);
        printf("%s%s%s", i ? between : "", tb_buf_str(&text),
               causes[i].unknown ? tb_t("（不明: 制限に達しました）", " (unknown: a limit was hit)") : "");
        tb_buf_free(&text);
    }
}

static void ask_whom(const struct tb_problem *p, const struct tb_cause *c)
{
    int who = tb_cause_provider(p, c);
    if (who < 0 || c->kind == TB_CAUSE_PIN) {
        printf("%s", c->kind == TB_CAUSE_PIN
                         ? tb_t("事務局: 固定・禁止を見直す", "the office: take the pin or prohibition back")
                         : tb_t("実施主体: 条件を見直すか特例を認める",
                                "the body: change the rule or sign an exception"));
        return;
    }
    const struct tb_provider *x = &p->region->providers[who];
    const char *phone = *x->staff_phone ? x->staff_phone : x->phone;
    printf(tb_t("%s に相談%s%s", "ask %s%s%s"), x->name, *phone ? tb_t(" 電話 ", ", tel. ") : "", phone);
}

static void text_found(const struct tb_app_draft *d, const struct tb_explanation *x)
{
    const struct tb_problem *p = d->problem;
    bool seat = x->slot >= 0;
    if (x->hole == TB_HOLE_POOL)
        puts(seat ? tb_t("  担い手そのものが足りません。条件・希望・公表済みの席をすべて外しても埋まりません",
                         "  the pool itself is too small: it stays open even without any rule, wish or "
                         "published seat")
                  : tb_t("  "
                         "ほかの条件・希望・公表済みの席をすべて外しても守れません。埋まっている席の数に対し"
                         "て担い手が足りません",
                         "  it cannot be kept even without any other rule, wish or published seat: the pool "
                         "is too small for the seats that are filled"));
    if (x->hole == TB_HOLE_POSSIBLE)
        puts(seat ? tb_t("  埋められます。この案が最良ではありません（plan で作り直します）",
                         "  it can be filled: this draft is not the best one (plan again)")
                  : tb_t("  ほかの席とほかの条件をいまより悪くせずに、減らせます:",
                         "  it can be less, with no other seat and no other rule worse than now:"));
    if (x->hole == TB_HOLE_UNKNOWN)
        puts(tb_t("  制限までに分かりませんでした（--time を延ばします）",
                  "  nothing was shown within the limit (raise --time)"));
    if (x->hole == TB_HOLE_CORE) {
        puts(seat ? tb_t("  "
                         "ほかの席をいまのとおり埋め、ほかの条件をいまより破らないままでは、次がそろっている"
                         "限り埋まりません。どれか一つを外せば両立します:",
                         "  with every other seat filled as now and no rule broken more than now, it cannot "
                         "be filled while these hold together; any one of them gone, they no longer stand in "
                         "the way:")
                  : tb_t("  "
                         "埋まっている席をそのまま埋め、ほかの条件をいまより破らないままでは、次がそろってい"
                         "る限り避けられません。どれか一つを外せば両立します:",
                         "  with every filled seat filled and no other rule broken more than now, it cannot "
                         "be avoided while these hold together; any one of them gone, they no longer stand "
                         "in the way:"));
        printf("    - ");
        text_causes(p, x->causes, x->n_causes, "\n    - ");
        putchar('\n');
    }
    for (int i = 0; i < x->n_repairs; i++) {
        const struct tb_repair *r = &x->repairs[i];
        printf(tb_t("  直し方 %d: ", "  repair %d: "), i + 1);
        for (int k = 0; k < r->n; k++) {
            if (k) printf("%s", tb_t("、かつ ", ", and "));
            ask_whom(p, &r->causes[k]);
        }
        if (!r->n)
            printf("%s", tb_t("何も外さずに組み直す（努力の条件と公平に費用がかかる）",
                              "plan again with nothing taken away, at the price of soft rules and fairness"));
        if (r->n) printf("%s", tb_t("（", " ("));
        text_causes(p, r->causes, r->n, tb_t("、", "; "));
        printf(tb_t("%s  費用 %+lld、変わる席 %d%s\n", "%s  cost %+lld, %d seats change%s\n"),
               r->n ? tb_t("）", ")") : "", (long long)r->cost, r->changes,
               r->proven ? ""
                         : tb_t("（これより安いものがあるかもしれません）", " (there may be a cheaper one)"));
    }
}

static void text_hole(const struct tb_app_draft *d, const struct tb_explanation *x)
{
    const struct tb_problem *p = d->problem;
    struct tb_buf title = {0};
    slot_title(p, x->slot, &title);
    printf(tb_t("■ %s  担い手 %d 人\n", "* %s  pool of %d\n"), tb_buf_str(&title), x->n_candidates);
    tb_buf_free(&title);
    text_found(d, x);
    puts(tb_t("  いま直接入れるとしたら:", "  putting somebody there directly, as things are:"));
    for (int i = 0; i < x->n_candidates && i < SHOWN_CANDIDATES; i++) {
        const struct tb_candidate *c = &x->candidates[i];
        printf(tb_t("    %s  必須の違反 %d、費用 %+lld\n", "    %s  hard rules broken %d, cost %+lld\n"),
               p->region->providers[c->provider].name, c->n_hard, (long long)c->cost);
        for (const char *line = tb_buf_str(&c->why); *line;) {
            size_t len = strcspn(line, "\n");
            printf("      %.*s\n", (int)len, line);
            line += len + (line[len] == '\n');
        }
    }
    if (x->n_candidates > SHOWN_CANDIDATES)
        printf(tb_t("    ほか %d 人\n", "    and %d more\n"), x->n_candidates - SHOWN_CANDIDATES);
}

static void text_breach(const struct tb_app_draft *d, const struct tb_explanation *x)
{
    struct tb_buf text = {0};
    tb_violation_text(d->problem, &x->broken, &text);
    printf(tb_t("■ 破られている条件（%s）: %s\n", "* broken rule (%s): %s\n"), x->broken.rule,
           tb_buf_str(&text));
    if (x->had > 1)
        printf(tb_t("  この条件の違反は全部で %lld。それより少なくできるかを問います\n",
                    "  it is broken %lld times in all; asked is whether it can be less\n"),
               (long long)x->had);
    tb_buf_free(&text);
    text_found(d, x);
}

/* ---- the command -------------------------------------------------------------------------------------- */

static bool open_at(const struct tb_app_draft *d, int slot)
{
    int filled = 0;
    for (int i = 0; i < d->roster.n; i++) filled += d->roster.a[i].slot == slot;
    return d->problem->slots[slot].planned && filled < d->problem->slots[slot].need;
}

static void prechecks(struct cli_json *j, const struct tb_problem *p)
{
    struct tb_buf lines = {0};
    tb_plan_precheck(p, &lines);
    if (j) {
        tb_print_key(j->p, "prechecks");
        tb_print_begin_list(j->p);
    }
    for (const char *line = tb_buf_str(&lines); *line;) {
        size_t len = strcspn(line, "\n");
        struct tb_buf one = {0};
        tb_buf_addn(&one, line, len);
        if (j)
            tb_print_string(j->p, tb_buf_str(&one));
        else
            printf(tb_t("計画の前に数えて分かること: %s\n", "shown by counting alone: %s\n"),
                   tb_buf_str(&one));
        tb_buf_free(&one);
        line += len + (line[len] == '\n');
    }
    if (j) tb_print_end_list(j->p);
    tb_buf_free(&lines);
}

struct told {
    bool unknown;
    int n;
};

static enum tb_code every_hole(struct cli *c, const struct tb_app_draft *d, int only, struct cli_json *j,
                               struct told *told, struct tb_err *e)
{
    for (int s = 0; s < d->problem->n_slots; s++) {
        if (only >= 0 ? s != only : !open_at(d, s)) continue;
        struct tb_explanation x;
        CLI_TRY(tb_explain(d->problem, &d->roster, s, &c->app.plan, &x, e));
        if (j)
            json_hole(j->p, d, &x);
        else
            text_hole(d, &x);
        told->unknown |= x.hole == TB_HOLE_UNKNOWN;
        told->n++;
        tb_explanation_free(&x);
    }
    return TB_OK;
}

/* `rule` NULL: every hard one that is broken. */
static enum tb_code every_breach(struct cli *c, const struct tb_app_draft *d, const char *rule,
                                 struct cli_json *j, struct told *told, struct tb_err *e)
{
    const struct tb_verdict *v = d->verdict;
    int whole = -1; /* rule row that was told as a whole */
    for (int i = 0; i < v->n_violations; i++) {
        const struct tb_violation *b = &v->violations[i];
        if (rule ? strcmp(b->rule, rule) != 0 : !b->hard) continue;
        if (b->rule_row >= 0 && b->rule_row == whole) continue; /* they stand together */
        struct tb_explanation x;
        CLI_TRY(tb_explain_breach(d->problem, &d->roster, b, &c->app.plan, &x, e));
        if (j)
            json_breach(j->p, d, &x);
        else
            text_breach(d, &x);
        if (x.had) whole = b->rule_row;
        told->unknown |= x.hole == TB_HOLE_UNKNOWN;
        told->n++;
        tb_explanation_free(&x);
    }
    return TB_OK;
}

static enum tb_code rule_wanted(const struct tb_app_draft *d, const char *rule, struct tb_err *e)
{
    for (int i = 0; i < d->verdict->n_violations; i++)
        if (strcmp(d->verdict->violations[i].rule, rule) == 0) return TB_OK;
    for (int i = 0; i < d->region->n_rules; i++)
        if (strcmp(d->region->rules[i].id, rule) == 0)
            return tb_fail(
                e, TB_REFUSED,
                tb_t("条件「%s」はこの案では破られていません", "this draft does not break rule \"%s\""),
                rule);
    return tb_fail(e, TB_REFUSED,
                   tb_t("この案が破っている条件に「%s」はありません（check で見られます）",
                        "\"%s\" is no rule that this draft breaks (see check)"),
                   rule);
}

/* Do the duties stand in each other's way? Asked only of a draft of several duties with a hole. */
static enum tb_code tiers(struct cli *c, const struct tb_app_draft *d, struct cli_json *j, struct tb_err *e)
{
    struct tb_tiers x = {0};
    if (d->problem->n_duties > 1 && d->verdict->open_seats > 0) CLI_TRY(tb_app_tiers(d, &c->app.plan, &x, e));
    if (j) {
        tb_print_kbool(j->p, "only_together", x.apart);
        tb_print_key(j->p, "duties_alone");
        tb_print_begin_list(j->p);
        for (int i = 0; i < x.n; i++) {
            tb_print_begin_object(j->p);
            tb_print_kstring(j->p, "duty", d->region->duties[x.v[i].duty].id);
            tb_print_kint(j->p, "open", x.v[i].open);
            tb_print_kbool(j->p, "proven", x.v[i].proven);
            tb_print_end_object(j->p);
        }
        tb_print_end_list(j->p);
    } else if (x.apart) {
        printf(tb_t("当番区分を一つずつ計画すれば空席は %d、合わせると %d "
                    "です（証明済み）。空席は区分どうしがかみ合わないために生じます: ",
                    "each duty alone leaves %d seats open, together they leave %d (proven): they stand in "
                    "each other's way: "),
               x.alone, x.together);
        for (int i = 0; i < x.n; i++)
            printf("%s%s", i ? tb_t("、", ", ") : "", d->region->duties[x.v[i].duty].name);
        putchar('\n');
    }
    tb_tiers_free(&x);
    return TB_OK;
}

enum tb_code cmd_explain(struct cli *c, struct tb_err *e)
{
    int64_t id, seconds;
    struct tb_app_draft d;
    int only = -1;
    struct told told = {0};
    const char *seat = cli_get(c, "seat"), *rule = cli_get(c, "rule");
    if (seat && rule)
        return tb_fail(e, TB_USAGE,
                       tb_t("--seat と --rule はどちらか一つです", "--seat or --rule, not both"));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "time", 1, 86400, 20, &seconds, e));
    c->app.plan.seconds = (double)seconds;
    CLI_TRY(tb_app_open_draft(&c->app, id, c->n_args ? c->args[0] : NULL, false, &d, e));
    enum tb_code code = seat   ? tb_app_seat(d.problem, seat, &only, e)
                        : rule ? rule_wanted(&d, rule, e)
                               : TB_OK;
    struct cli_json j;
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "draft", d.stored.id);
    }
    if (code == TB_OK) prechecks(c->json ? &j : NULL, d.problem);
    if (code == TB_OK && !seat && !rule) code = tiers(c, &d, c->json ? &j : NULL, e);
    if (c->json) {
        tb_print_key(j.p, "open");
        tb_print_begin_list(j.p);
    }
    if (code == TB_OK && !rule) code = every_hole(c, &d, only, c->json ? &j : NULL, &told, e);
    if (c->json) {
        tb_print_end_list(j.p);
        tb_print_key(j.p, "broken");
        tb_print_begin_list(j.p);
    }
    if (code == TB_OK && !seat) code = every_breach(c, &d, rule, c->json ? &j : NULL, &told, e);
    if (c->json) tb_print_end_list(j.p);
    if (code) {
        if (c->json) cli_json_drop(&j);
    } else if (c->json) {
        cli_json_end(&j);
    } else if (!told.n) {
        puts(
            tb_t("空席も、破られている必須の条件もありません", "no seat is open and no hard rule is broken"));
    }
    tb_app_draft_free(&d);
    return code ? code : told.unknown ? TB_LIMIT : told.n ? TB_NO : TB_OK;
}
