/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan, check, score.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/whatif.h"
#include "toban/domain/conflict.h"
#include "toban/tell/draft.h"

/* The promise of the exit codes: a limit before anything, then broken rules and open seats. */
static enum tb_code verdict_code(const struct tb_app_draft *d, bool proven)
{
    if (d->doubt.n) return TB_NO;
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
    if (freeze) CLI_TRY(cli_date(c, "--freeze-until", freeze, &rq->freeze_until, e));
    return TB_OK;
}

static void free_words(char **v, int n)
{
    for (int i = 0; i < n; i++) free(v[i]);
}

/* RULE=off, as ids of the rules. */
static enum tb_code rules_wanted(struct cli *c, struct tb_app_plan_request *rq, char **off, struct tb_err *e)
{
    const char *given[CLI_GIVEN];
    int n = cli_all(c, "with", given, CLI_GIVEN);
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

enum tb_code cmd_plan(struct cli *c, struct tb_err *e)
{
    const char *duties[CLI_GIVEN], *without[CLI_GIVEN], *pins[CLI_GIVEN], *forbids[CLI_GIVEN],
        *seats[CLI_GIVEN];
    char *off[CLI_GIVEN];
    struct tb_app_plan_request rq = {.period = c->args[0],
                                     .duties = duties,
                                     .replan = cli_flag(c, "replan"),
                                     .without = without,
                                     .rules_off = (const char *const *)off,
                                     .pins = pins,
                                     .forbids = forbids,
                                     .seats = seats,
                                     .what_if = cli_flag(c, "what-if"),
                                     .past = cli_get(c, "past"),
                                     .supersede = cli_flag(c, "supersede"),
                                     .aside = cli_get(c, "out")};
    rq.n_duties = cli_all(c, "duty", duties, CLI_GIVEN);
    rq.n_without = cli_all(c, "without", without, CLI_GIVEN);
    rq.n_pins = cli_all(c, "pin", pins, CLI_GIVEN);
    rq.n_forbids = cli_all(c, "forbid", forbids, CLI_GIVEN);
    rq.n_seats = cli_all(c, "seats", seats, CLI_GIVEN);
    CLI_TRY(limits(c, e));
    CLI_TRY(changes_wanted(c, &rq, e));
    CLI_TRY(rules_wanted(c, &rq, off, e));
    struct tb_app_draft d;
    enum tb_code planned = tb_app_plan(&c->app, &rq, &d, e);
    free_words(off, rq.n_rules_off);
    if (planned) return planned;
    CLI_TRY(cli_notes(TB_OK, &d.pins_idle));
    struct tb_what_if beside = {0};
    enum tb_code code = rq.what_if ? tb_what_if(&c->app, &d, &beside, e) : TB_OK;
    if (code == TB_OK) {
        struct tb_tell_plan x = {.draft = &d, .beside = rq.what_if ? &beside : NULL};
        CLI_TELL(c, tb_tell_plan, &x);
        code = verdict_code(&d, d.result.status == TB_PLAN_OPTIMAL);
    }
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
        const char *duties[CLI_GIVEN];
        struct tb_app_plan_request rq = {.period = c->n_args ? c->args[0] : NULL, .duties = duties};
        rq.n_duties = cli_all(c, "duty", duties, CLI_GIVEN);
        if (!rq.period)
            return tb_fail(e, TB_USAGE, tb_t("--file には PERIOD が要ります", "--file needs PERIOD"));
        CLI_TRY(tb_app_judge_file(&c->app, &rq, file, &d, e));
    } else
        CLI_TRY(open_draft(c, true, &d, e));
    struct tb_conflicts today = {0};
    enum tb_code code = file ? TB_OK : tb_app_draft_conflicts(&c->app, &d, &today, e);
    if (code == TB_OK) {
        struct tb_tell_check x = {.draft = &d, .by_file = file != NULL, .today = &today};
        CLI_TELL(c, tb_tell_check, &x);
        if (tb_app_breaches(&d) || d.verdict->open_seats || !tb_tell_check_agrees(&x) || today.n)
            code = TB_NO;
    }
    tb_conflicts_free(&today);
    tb_app_draft_free(&d);
    return code;
}

enum tb_code cmd_score(struct cli *c, struct tb_err *e)
{
    struct tb_app_draft d;
    CLI_TRY(open_draft(c, false, &d, e));
    struct tb_tell_score x = {.draft = &d, .score = tb_score(d.problem, &d.roster)};
    CLI_TELL(c, tb_tell_score, &x);
    enum tb_code code =
        x.score == d.verdict->objective
            ? TB_OK
            : tb_fail(
                  e, TB_INTERNAL,
                  tb_t(
                      "採点は %lld、点検は %lld と数えました。プログラムの誤りです。案はそのまま残っています",
                      "the score counts %lld, the check %lld: a fault of the program; the "
                      "draft is as it was"),
                  (long long)x.score, (long long)d.verdict->objective);
    tb_app_draft_free(&d);
    return code;
}
