/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan, check, score.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/exception.h"

/* ---- what plan, check and score have in common ------------------------------------------------- */

static void print_slot(tb_printer *p, const struct tb_problem *q, int slot)
{
    char d[64];
    const struct tb_slot *s = &q->slots[slot];
    tb_print_kstring(p, "duty", q->region->duties[s->duty].id);
    tb_print_kstring(p, "date", tb_format_date(s->date, d, sizeof d));
    tb_print_kstring(p, "band", q->region->bands[s->band].id);
    tb_print_kstring(p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
}

static void json_open_slots(tb_printer *p, const struct tb_app_draft *d)
{
    tb_print_key(p, "open_slots");
    tb_print_begin_list(p);
    for (int i = 0, at = 0; i < d->problem->n_slots; i++) {
        if (!d->problem->slots[i].planned) continue;
        int filled = 0;
        while (at < d->roster.n && d->roster.a[at].slot < i) at++;
        while (at < d->roster.n && d->roster.a[at].slot == i) {
            filled++;
            at++;
        }
        if (filled >= d->problem->slots[i].need) continue;
        tb_print_begin_object(p);
        print_slot(p, d->problem, i);
        tb_print_kint(p, "open", d->problem->slots[i].need - filled);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void json_violations(tb_printer *p, const struct tb_app_draft *d, const char *key, bool hard)
{
    const struct tb_verdict *v = d->verdict;
    char a[64];
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < v->n_violations; i++) {
        const struct tb_violation *x = &v->violations[i];
        if (x->hard != hard) continue;
        const struct tb_exception *consent = tb_app_consent(d, x);
        struct tb_buf text = {0};
        tb_violation_text(d->problem, x, &text);
        tb_print_begin_object(p);
        tb_print_kstring(p, "rule", x->rule);
        if (x->provider >= 0) tb_print_kstring(p, "provider", d->region->providers[x->provider].id);
        tb_print_kstring(p, "from", tb_format_date(x->from, a, sizeof a));
        tb_print_kstring(p, "to", tb_format_date(x->to, a, sizeof a));
        tb_print_kint(p, "measured", x->measured);
        tb_print_kint(p, "allowed", x->allowed);
        tb_print_kint(p, "excess", x->excess);
        tb_print_kint(p, "cost", x->cost);
        tb_print_kstring(p, "text", tb_buf_str(&text));
        if (consent) {
            tb_print_key(p, "exception");
            tb_print_begin_object(p);
            tb_print_kstring(p, "reason", consent->reason);
            tb_print_kstring(p, "signed_by", consent->signed_by);
            tb_print_kstring(p, "signed_on", tb_format_date(consent->signed_on, a, sizeof a));
            tb_print_end_object(p);
        }
        tb_print_end_object(p);
        tb_buf_free(&text);
    }
    tb_print_end_list(p);
}

static void text_violations(const struct tb_app_draft *d, bool hard, int most)
{
    int shown = 0, all = 0;
    for (int i = 0; i < d->verdict->n_violations; i++) {
        if (d->verdict->violations[i].hard != hard) continue;
        if (all++ >= most) continue;
        struct tb_buf text = {0};
        tb_violation_text(d->problem, &d->verdict->violations[i], &text);
        const struct tb_exception *x = tb_app_consent(d, &d->verdict->violations[i]);
        printf("  %s\n", tb_buf_str(&text));
        if (x) printf(tb_t("    特例: %s（承認 %s）\n", "    exception: %s (signed by %s)\n"), x->reason, x->signed_by);
        tb_buf_free(&text);
        shown++;
    }
    if (all > shown) printf(tb_t("  ほか %d 件\n", "  and %d more\n"), all - shown);
}

static void text_open(const struct tb_app_draft *d)
{
    char date[64];
    for (int i = 0, at = 0; i < d->problem->n_slots; i++) {
        const struct tb_slot *s = &d->problem->slots[i];
        if (!s->planned) continue;
        int filled = 0;
        while (at < d->roster.n && d->roster.a[at].slot < i) at++;
        while (at < d->roster.n && d->roster.a[at].slot == i) {
            filled++;
            at++;
        }
        if (filled < s->need)
            printf(tb_t("  空席: %1$s %2$s %3$s %4$d\n", "  open: %1$s %2$s %3$s %4$d\n"), tb_lang_get() == TB_JA ? tb_format_date_ja(s->date, date, sizeof date) : tb_format_date(s->date, date, sizeof date),
                   d->region->duties[s->duty].name, d->region->bands[s->band].name, s->need - filled);
    }
}

/* The promise of the exit codes: a limit before anything, then broken rules and open seats. */
static enum tb_code verdict_code(const struct tb_app_draft *d, bool proven)
{
    if (!proven) return TB_LIMIT;
    return d->verdict->open_seats || tb_app_breaches(d) ? TB_NO : TB_OK;
}

/* ---- plan -------------------------------------------------------------------------------------- */

static enum tb_code limits(struct cli *c, struct tb_err *e)
{
    int64_t seconds, gap;
    CLI_TRY(cli_int(c, "time", 1, 86400, 600, &seconds, e));
    CLI_TRY(cli_int(c, "gap", 0, 1000, 0, &gap, e));
    c->app.plan.seconds = (double)seconds;
    c->app.plan.gap = (double)gap / 1000;
    c->app.plan.engine = cli_get(c, "engine");
    if (c->app.plan.engine && strcmp(c->app.plan.engine, "stock") != 0) return tb_fail(e, TB_USAGE, tb_t("--engine は stock だけです", "--engine is stock or nothing"));
    return TB_OK;
}

static void json_plan(const struct cli *c, const struct tb_app_draft *d, bool timings)
{
    struct cli_json j;
    char a[64];
    const struct tb_draft *s = &d->stored;
    cli_json_begin(&j, c);
    tb_print_kint(j.p, "draft", s->id);
    tb_print_kstring(j.p, "from", tb_format_date(d->problem->from, a, sizeof a));
    tb_print_kstring(j.p, "to", tb_format_date(d->problem->to, a, sizeof a));
    tb_print_key(j.p, "duties");
    tb_print_begin_list(j.p);
    for (int i = 0; i < d->problem->n_duties; i++) tb_print_string(j.p, d->region->duties[d->problem->duties[i]].id);
    tb_print_end_list(j.p);
    tb_print_kstring(j.p, "status", s->status);
    tb_print_kstring(j.p, "stopped_by", s->stopped_by);
    tb_print_kint(j.p, "objective", s->objective);
    tb_print_kint(j.p, "bound", s->bound);
    tb_print_kint(j.p, "gap", s->objective - s->bound);
    tb_print_kstring(j.p, "proof", strcmp(s->status, "optimal") != 0 ? "none" : s->certified ? "certificate" : "search");
    tb_print_kint(j.p, "candidates", d->result.candidates);
    tb_print_kint(j.p, "columns", d->result.columns);
    tb_print_kint(j.p, "rows", d->result.rows);
    tb_print_kint(j.p, "open", d->verdict->open_seats);
    json_open_slots(j.p, d);
    json_violations(j.p, d, "broken_rules", false);
    tb_print_kstring(j.p, "instance", s->instance_digest);
    tb_print_kstring(j.p, "steps", s->steps);
    if (timings) {
        tb_print_key(j.p, "seconds");
        tb_print_begin_object(j.p);
        const struct { const char *name; double value; } t[] = {
            {"load", d->seconds_load}, {"build", d->seconds_build}, {"generate", d->result.seconds_generate}, {"solve", d->result.seconds_solve},
            {"plan", d->seconds_plan}, {"check", d->seconds_check}, {"store", d->seconds_store}, {"total", d->seconds_load + d->seconds_build + d->seconds_plan + d->seconds_check + d->seconds_store}};
        for (size_t i = 0; i < TB_COUNT(t); i++) {
            tb_print_key(j.p, t[i].name);
            tb_print_real(j.p, t[i].value);
        }
        tb_print_end_object(j.p);
        tb_print_kint(j.p, "child_peak_kb", d->result.child_peak_kb);
    }
    cli_json_end(&j);
}

static int soft_cases(const struct tb_verdict *v) { return v->n_violations - v->n_hard; }

enum tb_code cmd_plan(struct cli *c, struct tb_err *e)
{
    const char *duties[64];
    struct tb_app_plan_request rq = {.period = c->args[0], .duties = duties, .replan = cli_flag(c, "replan")};
    rq.n_duties = cli_all(c, "duty", duties, 64);
    CLI_TRY(limits(c, e));
    struct tb_app_draft d;
    CLI_TRY(tb_app_plan(&c->app, &rq, &d, e));
    bool proven = d.result.status == TB_PLAN_OPTIMAL;
    if (c->json)
        json_plan(c, &d, true);
    else {
        char a[64], b[64];
        printf(tb_t("案 %lld  %s から %s  当番区分 %d\n", "draft %lld  %s to %s  %d duties\n"), (long long)d.stored.id, tb_format_date(d.problem->from, a, sizeof a), tb_format_date(d.problem->to, b, sizeof b), d.problem->n_duties);
        if (proven)
            printf(tb_t("最適: 目的関数 %lld、下界 %lld（%s）\n", "optimal: objective %lld, bound %lld (%s)\n"), (long long)d.result.objective, (long long)d.result.bound,
                   d.result.certified ? tb_t("整数の双対証明を再計算して確認", "integer dual certificate, recomputed") : tb_t("分枝限定による", "proven by search"));
        else
            printf(tb_t("証明なしに打ち切り（%s）: 目的関数 %lld、下界 %lld\n", "stopped without proof (%s): objective %lld, bound %lld\n"), tb_plan_stop_word(d.result.stopped_by), (long long)d.result.objective, (long long)d.result.bound);
        printf(tb_t("候補 %d、空席 %d、必須の違反 0、努力の違反 %d 件\n", "%d candidates, %d open seats, no hard rule broken, %d soft cases\n"), d.result.candidates, d.verdict->open_seats, soft_cases(d.verdict));
        text_open(&d);
    }
    enum tb_code code = verdict_code(&d, proven);
    tb_app_draft_free(&d);
    return code;
}

/* ---- check, score ------------------------------------------------------------------------------ */

static enum tb_code open_draft(struct cli *c, bool proof, struct tb_app_draft *d, struct tb_err *e)
{
    int64_t id;
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    return tb_app_open_draft(&c->app, id, c->n_args ? c->args[0] : NULL, proof, d, e);
}

enum tb_code cmd_check(struct cli *c, struct tb_err *e)
{
    struct tb_app_draft d;
    const char *file = cli_get(c, "file");
    if (file) {
        const char *duties[64];
        struct tb_app_plan_request rq = {.period = c->n_args ? c->args[0] : NULL, .duties = duties};
        rq.n_duties = cli_all(c, "duty", duties, 64);
        if (!rq.period) return tb_fail(e, TB_USAGE, tb_t("--file には PERIOD が要ります", "--file needs PERIOD"));
        CLI_TRY(tb_app_judge_file(&c->app, &rq, file, &d, e));
    } else
        CLI_TRY(open_draft(c, true, &d, e));
    const struct tb_verdict *v = d.verdict;
    int broken = tb_app_breaches(&d);
    bool agrees = file || (v->objective == d.stored.objective && (!d.bound_checked || d.checked_bound == d.stored.bound));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        if (!file) {
            tb_print_kint(j.p, "draft", d.stored.id);
            tb_print_kint(j.p, "stored_objective", d.stored.objective);
            tb_print_kint(j.p, "stored_bound", d.stored.bound);
        }
        tb_print_kint(j.p, "objective", v->objective);
        tb_print_key(j.p, "bound");
        if (d.bound_checked)
            tb_print_int(j.p, d.checked_bound);
        else
            tb_print_null(j.p);
        tb_print_kbool(j.p, "agrees", agrees);
        tb_print_kint(j.p, "hard", broken);
        tb_print_kint(j.p, "excepted", v->n_hard - broken);
        tb_print_kint(j.p, "open", v->open_seats);
        json_open_slots(j.p, &d);
        json_violations(j.p, &d, "broken_hard_rules", true);
        json_violations(j.p, &d, "broken_rules", false);
        cli_json_end(&j);
    } else {
        printf(tb_t("目的関数 %lld、必須の違反 %d 件、努力の違反 %d 件、空席 %d\n", "objective %lld, %d hard rules broken, %d soft cases, %d open seats\n"), (long long)v->objective, broken, soft_cases(v), v->open_seats);
        if (v->n_hard > broken) printf(tb_t("特例 %d 件\n", "%d exceptions\n"), v->n_hard - broken);
        text_violations(&d, true, 50);
        text_open(&d);
        if (d.bound_checked)
            printf(tb_t("下界を証明書から再計算: %lld（保存値 %lld）\n", "bound recomputed from the certificate: %lld (stored %lld)\n"), (long long)d.checked_bound, (long long)d.stored.bound);
        else if (!file)
            puts(tb_t("この案に証明書はありません（分枝限定による証明、または打ち切り）", "this draft has no certificate (proven by search, or stopped)"));
        if (!agrees) puts(tb_t("保存値と一致しません", "this does not agree with what was stored"));
    }
    enum tb_code code = broken || v->open_seats || !agrees ? TB_NO : TB_OK;
    tb_app_draft_free(&d);
    return code;
}

enum tb_code cmd_score(struct cli *c, struct tb_err *e)
{
    struct tb_app_draft d;
    CLI_TRY(open_draft(c, false, &d, e));
    const struct tb_verdict *v = d.verdict;
    const struct { const char *name, *ja, *en; int64_t value; } parts[] = {
        {"open_cost", "空席", "open seats", v->open_cost}, {"rule_cost", "努力の条件", "soft rules", v->rule_cost}, {"ledger_cost", "公平（帳簿）", "fairness (ledgers)", v->ledger_cost},
        {"objective", "合計", "sum", v->objective}};
    int64_t again = tb_score(d.problem, &d.roster);
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "draft", d.stored.id);
        for (size_t i = 0; i < TB_COUNT(parts); i++) tb_print_kint(j.p, parts[i].name, parts[i].value);
        tb_print_kint(j.p, "score", again);
        cli_json_end(&j);
    } else
        for (size_t i = 0; i < TB_COUNT(parts); i++) {
            char n[32];
            snprintf(n, sizeof n, "%lld", (long long)parts[i].value);
            cli_cell(tb_t(parts[i].ja, parts[i].en), 20);
            cli_cell(n, -14);
            putchar('\n');
        }
    enum tb_code code = again == v->objective ? TB_OK : tb_fail(e, TB_INTERNAL, "score %lld, check %lld", (long long)again, (long long)v->objective);
    tb_app_draft_free(&d);
    return code;
}
