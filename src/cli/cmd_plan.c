/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan, check, score.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/domain/exception.h"
#include "toban/app/whatif.h"

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
        if (x)
            printf(tb_t("    特例: %s（承認 %s）\n", "    exception: %s (signed by %s)\n"), x->reason,
                   x->signed_by);
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
            printf(tb_t("  空席: %1$s %2$s %3$s %4$d\n", "  open: %1$s %2$s %3$s %4$d\n"),
                   tb_format_date_told(s->date, date, sizeof date), d->region->duties[s->duty].name,
                   d->region->bands[s->band].name, s->need - filled);
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
    if (c->app.plan.engine && strcmp(c->app.plan.engine, "stock") != 0)
        return tb_fail(e, TB_USAGE, tb_t("--engine は stock だけです", "--engine is stock or nothing"));
    return TB_OK;
}

/* ---- re-planning: whom to telephone ---------------------------------------------------------------- */

static enum tb_code changes_wanted(struct cli *c, struct tb_app_plan_request *rq, struct tb_err *e)
{
    const char *freeze = cli_get(c, "freeze-until");
    bool keep = cli_get(c, "keep") != NULL, price = cli_get(c, "change-price") != NULL;
    rq->freeze_until = TB_DAY_NONE;
    CLI_TRY(cli_int(c, "keep", 0, INT32_MAX, INT32_MAX, &rq->most_changes, e));
    CLI_TRY(cli_int(c, "change-price", 1, 100000000, 0, &rq->change_price, e));
    if (keep && price)
        return tb_fail(
            e, TB_USAGE,
            tb_t("--keep と --change-price はどちらか一つです", "--keep or --change-price, not both"));
    rq->keep = keep || price;
    if (rq->keep) rq->replan = true;
    if (freeze && !rq->keep)
        return tb_fail(e, TB_USAGE,
                       tb_t("--freeze-until には --keep か --change-price が要ります",
                            "--freeze-until needs --keep or --change-price"));
    if (freeze && !tb_parse_date(freeze, &rq->freeze_until))
        return tb_fail(e, TB_USAGE,
                       tb_t("--freeze-until 「%s」: 2026-12-03 の形です",
                            "--freeze-until \"%s\": write it as 2026-12-03"),
                       freeze);
    return TB_OK;
}

static void free_words(char **v, int n)
{
    for (int i = 0; i < n; i++) free(v[i]);
}

/* RULE=off, as ids of the rules. */
static enum tb_code rules_wanted(struct cli *c, struct tb_app_plan_request *rq, char **off, struct tb_err *e)
{
    const char *given[64];
    int n = cli_all(c, "with", given, 64);
    for (int i = 0; i < n; i++) {
        size_t len = strcspn(given[i], "=");
        if (strcmp(given[i] + len, "=off") != 0) {
            free_words(off, rq->n_rules_off);
            return tb_fail(
                e, TB_USAGE,
                tb_t("--with 「%s」: 条件の記号=off の形です", "--with \"%s\": write it as RULE=off"),
                given[i]);
        }
        char *id = tb_xstrdup(given[i]);
        id[len] = '\0';
        off[rq->n_rules_off++] = id;
    }
    return TB_OK;
}

static bool published_there(const struct tb_problem *p, int slot, int provider)
{
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].action == TB_PIN_KEEP && p->pins[i].slot == slot && p->pins[i].provider == provider)
            return true;
    return false;
}

/* In the order of the days: `say(arg, slot, provider, enters)`, those who enter a seat before those who leave
 * it. */
static void each_change(const struct tb_app_draft *d,
                        void (*say)(void *arg, const struct tb_app_draft *d, int slot, int provider,
                                    bool enters),
                        void *arg)
{
    const struct tb_problem *p = d->problem;
    for (int s = 0; s < p->n_slots; s++) {
        if (!p->slots[s].planned) continue;
        for (int i = 0; i < d->roster.n; i++)
            if (d->roster.a[i].slot == s && !published_there(p, s, d->roster.a[i].provider))
                say(arg, d, s, d->roster.a[i].provider, true);
        for (int k = 0; k < p->n_pins; k++)
            if (p->pins[k].action == TB_PIN_KEEP && p->pins[k].slot == s &&
                tb_roster_find(&d->roster, s, p->pins[k].provider) < 0)
                say(arg, d, s, p->pins[k].provider, false);
    }
}

static void json_change(void *arg, const struct tb_app_draft *d, int slot, int provider, bool enters)
{
    tb_printer *p = arg;
    tb_print_begin_object(p);
    print_slot(p, d->problem, slot);
    tb_print_kstring(p, "provider", d->region->providers[provider].id);
    tb_print_kstring(p, "change", enters ? "enters" : "leaves");
    tb_print_end_object(p);
}

static void say_change(void *arg, const struct tb_app_draft *d, int slot, int provider, bool enters)
{
    char date[64];
    int *n = arg;
    const struct tb_slot *s = &d->problem->slots[slot];
    const struct tb_provider *who = &d->region->providers[provider];
    const char *phone = *who->staff_phone ? who->staff_phone : who->phone;
    printf(tb_t("  %d. %s%s%s: %s %s %s%s %s\n", "  %d. %s%s%s: %s %s %s%s %s\n"), ++*n, who->name,
           *phone ? tb_t(" 電話 ", ", tel. ") : "", phone, tb_format_date_told(s->date, date, sizeof date),
           d->region->duties[s->duty].name, d->region->bands[s->band].name,
           s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "",
           enters ? tb_t("に入っていただく", "takes it") : tb_t("を外れる", "is relieved of it"));
}

static void names_in(const struct tb_app_draft *d, int slot, bool after, struct tb_buf *out)
{
    const struct tb_problem *p = d->problem;
    if (after) {
        for (int i = 0; i < d->roster.n; i++)
            if (d->roster.a[i].slot == slot)
                tb_buf_addf(out, "%s%s", out->len ? tb_t("・", ", ") : "",
                            d->region->providers[d->roster.a[i].provider].name);
    } else {
        for (int k = 0; k < p->n_pins; k++)
            if (p->pins[k].action == TB_PIN_KEEP && p->pins[k].slot == slot)
                tb_buf_addf(out, "%s%s", out->len ? tb_t("・", ", ") : "",
                            d->region->providers[p->pins[k].provider].name);
    }
    if (!out->len) tb_buf_add(out, tb_t("空席", "open"));
}

static void text_calls(const struct tb_app_draft *d)
{
    int n = 0;
    const struct tb_problem *p = d->problem;
    printf(tb_t("公表済みの席の変更 %d\n電話をかける順:\n",
                "%d published seats change\ntelephone calls, in order:\n"),
           d->verdict->changes);
    each_change(d, say_change, &n);
    puts(tb_t("変更前・変更後:", "before and after:"));
    for (int s = 0; s < p->n_slots; s++) {
        bool changed = false;
        for (int i = 0; i < d->roster.n; i++)
            changed |= d->roster.a[i].slot == s && !published_there(p, s, d->roster.a[i].provider);
        for (int k = 0; k < p->n_pins; k++)
            changed |= p->pins[k].action == TB_PIN_KEEP && p->pins[k].slot == s &&
                       tb_roster_find(&d->roster, s, p->pins[k].provider) < 0;
        if (!p->slots[s].planned || !changed) continue;
        char date[64];
        struct tb_buf before = {0}, after = {0};
        names_in(d, s, false, &before);
        names_in(d, s, true, &after);
        printf(tb_t("  %s %s %s%s  変更前 %s  変更後 %s\n", "  %s %s %s%s  before: %s  after: %s\n"),
               tb_format_date_told(p->slots[s].date, date, sizeof date),
               d->region->duties[p->slots[s].duty].name, d->region->bands[p->slots[s].band].name,
               p->slots[s].role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "", tb_buf_str(&before),
               tb_buf_str(&after));
        tb_buf_free(&before);
        tb_buf_free(&after);
    }
}

/* `beside`: of a what-if, or NULL. */
static void json_plan(const struct cli *c, const struct tb_app_draft *d, const struct tb_what_if *beside,
                      bool timings)
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
    for (int i = 0; i < d->problem->n_duties; i++)
        tb_print_string(j.p, d->region->duties[d->problem->duties[i]].id);
    tb_print_end_list(j.p);
    tb_print_kstring(j.p, "status", s->status);
    tb_print_kstring(j.p, "stopped_by", s->stopped_by);
    tb_print_kint(j.p, "objective", s->objective);
    tb_print_kint(j.p, "bound", s->bound);
    tb_print_kint(j.p, "gap", s->objective - s->bound);
    tb_print_kstring(j.p, "proof",
                     strcmp(s->status, "optimal") != 0 ? "none"
                     : s->certified                    ? "certificate"
                                                       : "search");
    tb_print_kint(j.p, "candidates", d->result.candidates);
    tb_print_kint(j.p, "columns", d->result.columns);
    tb_print_kint(j.p, "rows", d->result.rows);
    tb_print_kint(j.p, "open", d->verdict->open_seats);
    json_open_slots(j.p, d);
    json_violations(j.p, d, "broken_rules", false);
    tb_print_kstring(j.p, "instance", s->instance_digest);
    tb_print_kstring(j.p, "steps", s->steps);
    if (d->problem->change_price) {
        tb_print_kint(j.p, "changes", d->verdict->changes);
        tb_print_key(j.p, "calls");
        tb_print_begin_list(j.p);
        each_change(d, json_change, j.p);
        tb_print_end_list(j.p);
    }
    if (beside) cli_json_what_if(j.p, d, beside);
    if (timings) {
        tb_print_key(j.p, "seconds");
        tb_print_begin_object(j.p);
        const struct {
            const char *name;
            double value;
        } t[] = {{"load", d->seconds_load},
                 {"build", d->seconds_build},
                 {"generate", d->result.seconds_generate},
                 {"solve", d->result.seconds_solve},
                 {"plan", d->seconds_plan},
                 {"check", d->seconds_check},
                 {"store", d->seconds_store},
                 {"total", d->seconds_load + d->seconds_build + d->seconds_plan + d->seconds_check +
                               d->seconds_store}};
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
    const char *duties[64], *without[64], *pins[64], *forbids[64], *seats[64];
    char *off[64];
    struct tb_app_plan_request rq = {.period = c->args[0],
                                     .duties = duties,
                                     .replan = cli_flag(c, "replan"),
                                     .without = without,
                                     .rules_off = (const char *const *)off,
                                     .pins = pins,
                                     .forbids = forbids,
                                     .seats = seats,
                                     .what_if = cli_flag(c, "what-if")};
    rq.n_duties = cli_all(c, "duty", duties, 64);
    rq.n_without = cli_all(c, "without", without, 64);
    rq.n_pins = cli_all(c, "pin", pins, 64);
    rq.n_forbids = cli_all(c, "forbid", forbids, 64);
    rq.n_seats = cli_all(c, "seats", seats, 64);
    CLI_TRY(limits(c, e));
    CLI_TRY(changes_wanted(c, &rq, e));
    CLI_TRY(rules_wanted(c, &rq, off, e));
    struct tb_app_draft d;
    enum tb_code planned = tb_app_plan(&c->app, &rq, &d, e);
    free_words(off, rq.n_rules_off);
    if (planned) return planned;
    bool proven = d.result.status == TB_PLAN_OPTIMAL;
    struct tb_what_if beside = {0};
    planned = rq.what_if ? tb_what_if(&c->app, &d, &beside, e) : TB_OK;
    if (planned) {
        tb_app_draft_free(&d);
        return planned;
    }
    if (c->json)
        json_plan(c, &d, rq.what_if ? &beside : NULL, true);
    else {
        char a[64], b[64];
        printf(tb_t("案 %lld  %s から %s  当番区分 %d\n", "draft %lld  %s to %s  %d duties\n"),
               (long long)d.stored.id, tb_format_date(d.problem->from, a, sizeof a),
               tb_format_date(d.problem->to, b, sizeof b), d.problem->n_duties);
        if (proven)
            printf(
                tb_t("最適: 目的関数 %lld、下界 %lld（%s）\n", "optimal: objective %lld, bound %lld (%s)\n"),
                (long long)d.result.objective, (long long)d.result.bound,
                d.result.certified
                    ? tb_t("整数の双対証明を再計算して確認", "integer dual certificate, recomputed")
                    : tb_t("分枝限定による", "proven by search"));
        else
            printf(tb_t("証明なしに打ち切り（%s）: 目的関数 %lld、下界 %lld\n",
                        "stopped without proof (%s): objective %lld, bound %lld\n"),
                   tb_plan_stop_word(d.result.stopped_by), (long long)d.result.objective,
                   (long long)d.result.bound);
        printf(tb_t("候補 %d、空席 %d、必須の違反 0、努力の違反 %d 件\n",
                    "%d candidates, %d open seats, no hard rule broken, %d soft cases\n"),
               d.result.candidates, d.verdict->open_seats, soft_cases(d.verdict));
        text_open(&d);
        if (rq.keep) text_calls(&d);
        if (rq.what_if) cli_text_what_if(&d, &beside);
    }
    enum tb_code code = verdict_code(&d, proven);
    tb_what_if_free(&beside);
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
        if (!rq.period)
            return tb_fail(e, TB_USAGE, tb_t("--file には PERIOD が要ります", "--file needs PERIOD"));
        CLI_TRY(tb_app_judge_file(&c->app, &rq, file, &d, e));
    } else
        CLI_TRY(open_draft(c, true, &d, e));
    const struct tb_verdict *v = d.verdict;
    int broken = tb_app_breaches(&d);
    bool agrees = file || (v->objective == d.stored.objective &&
                           (!d.bound_checked || d.checked_bound == d.stored.bound));
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
        printf(tb_t("目的関数 %lld、必須の違反 %d 件、努力の違反 %d 件、空席 %d\n",
                    "objective %lld, %d hard rules broken, %d soft cases, %d open seats\n"),
               (long long)v->objective, broken, soft_cases(v), v->open_seats);
        if (v->n_hard > broken) printf(tb_t("特例 %d 件\n", "%d exceptions\n"), v->n_hard - broken);
        text_violations(&d, true, 50);
        text_open(&d);
        if (d.bound_checked)
            printf(tb_t("下界を証明書から再計算: %lld（保存値 %lld）\n",
                        "bound recomputed from the certificate: %lld (stored %lld)\n"),
                   (long long)d.checked_bound, (long long)d.stored.bound);
        else if (!file)
            puts(tb_t("この案に証明書はありません（分枝限定による証明、または打ち切り）",
                      "this draft has no certificate (proven by search, or stopped)"));
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
    const struct {
        const char *name, *ja, *en;
        int64_t value;
    } parts[] = {{"open_cost", "空席", "open seats", v->open_cost},
                 {"rule_cost", "努力の条件", "soft rules", v->rule_cost},
                 {"ledger_cost", "公平（帳簿）", "fairness (ledgers)", v->ledger_cost},
                 {"change_cost", "公表済みの席の変更", "published seats changed", v->change_cost},
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
    enum tb_code code = again == v->objective ? TB_OK
                                              : tb_fail(e, TB_INTERNAL, "score %lld, check %lld",
                                                        (long long)again, (long long)v->objective);
    tb_app_draft_free(&d);
    return code;
}
