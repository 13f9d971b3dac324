/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * assign, unassign, pin, forbid, exception.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/hand.h"

static enum tb_code need(struct cli *c, const char *const *names, int n, struct tb_err *e)
{
    for (int i = 0; i < n; i++)
        if (!cli_get(c, names[i]))
            return tb_fail(e, TB_USAGE, tb_t("--%s が要ります", "--%s is needed"), names[i]);
    return TB_OK;
}

/* ---- assign, unassign ---------------------------------------------------------------------------- */

static void json_one(tb_printer *p, const struct tb_app_draft *d, const struct tb_violation *x)
{
    struct tb_buf text = {0};
    tb_violation_text(d->problem, x, &text);
    tb_print_begin_object(p);
    tb_print_kstring(p, "rule", x->rule);
    tb_print_kbool(p, "hard", x->hard);
    if (x->provider >= 0) tb_print_kstring(p, "provider", d->region->providers[x->provider].id);
    tb_print_kint(p, "measured", x->measured);
    tb_print_kint(p, "allowed", x->allowed);
    tb_print_kint(p, "cost", x->cost);
    tb_print_kbool(p, "excepted", tb_app_consent(d, x) != NULL);
    tb_print_kstring(p, "text", tb_buf_str(&text));
    tb_print_end_object(p);
    tb_buf_free(&text);
}

/* Violations of `of` that `than` does not have. */
static void differences(struct cli_json *j, const char *key, const char *heading,
                        const struct tb_app_draft *d, const struct tb_verdict *of,
                        const struct tb_verdict *than)
{
    if (j) {
        tb_print_key(j->p, key);
        tb_print_begin_list(j->p);
    }
    for (int i = 0, n = 0; i < of->n_violations; i++) {
        const struct tb_violation *x = &of->violations[i];
        if (tb_violation_in(x, than)) continue;
        if (j) {
            json_one(j->p, d, x);
            continue;
        }
        struct tb_buf text = {0};
        tb_violation_text(d->problem, x, &text);
        if (n++ == 0) puts(heading);
        printf("  %s %s\n",
               !x->hard               ? tb_t("努力", "soft")
               : tb_app_consent(d, x) ? tb_t("特例", "excepted")
                                      : tb_t("必須", "HARD"),
               tb_buf_str(&text));
        tb_buf_free(&text);
    }
    if (j) tb_print_end_list(j->p);
}

static enum tb_code render(struct cli *c, const struct tb_app_handmade *m)
{
    const struct tb_app_draft *d = &m->draft;
    const struct tb_verdict *v = d->verdict;
    int broken = tb_app_breaches(d);
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "draft", d->stored.id);
        tb_print_kint(j.p, "from_draft", m->base);
        tb_print_kstring(j.p, "status", d->stored.status);
        tb_print_kint(j.p, "objective", v->objective);
        tb_print_kint(j.p, "objective_before", m->before->objective);
        tb_print_kint(j.p, "hard", broken);
        tb_print_kint(j.p, "open", v->open_seats);
        differences(&j, "newly", NULL, d, v, m->before);
        differences(&j, "no_longer", NULL, d, m->before, v);
        cli_json_end(&j);
    } else {
        printf(tb_t("案 %lld（手作業、案 %lld から）  目的関数 %lld（前 %lld、差 %+lld）、空席 "
                    "%d、必須の違反 %d 件\n",
                    "draft %lld (by hand, from draft %lld)  objective %lld (before %lld, %+lld), %d open "
                    "seats, %d hard rules broken\n"),
               (long long)d->stored.id, (long long)m->base, (long long)v->objective,
               (long long)m->before->objective, (long long)(v->objective - m->before->objective),
               v->open_seats, broken);
        differences(NULL, NULL, tb_t("新しく破れる条件", "newly broken or priced"), d, v, m->before);
        differences(NULL, NULL, tb_t("なくなる違反", "no longer broken or priced"), d, m->before, v);
    }
    return broken || v->open_seats ? TB_NO : TB_OK;
}

static enum tb_code change(struct cli *c, bool leave, struct tb_err *e)
{
    int64_t id;
    struct tb_app_handmade m;
    static const char *const names[] = {"seat", "provider"};
    CLI_TRY(need(c, names, leave ? 1 : 2, e));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    struct tb_app_hand hand = {.seat = cli_get(c, "seat"),
                               .provider = cli_get(c, "provider"),
                               .instead_of = leave ? NULL : cli_get(c, "instead-of"),
                               .leave = leave};
    CLI_TRY(tb_app_assign(&c->app, id, &hand, &m, e));
    enum tb_code code = render(c, &m);
    tb_app_handmade_free(&m);
    return code;
}

enum tb_code cmd_assign(struct cli *c, struct tb_err *e) { return change(c, false, e); }
enum tb_code cmd_unassign(struct cli *c, struct tb_err *e) { return change(c, true, e); }

/* ---- pin, forbid --------------------------------------------------------------------------------- */

static void done(struct cli *c, const char *what)
{
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "seat", cli_get(c, "seat"));
        tb_print_kstring(j.p, "provider", cli_get(c, "provider"));
        tb_print_kbool(j.p, "removed", cli_flag(c, "remove"));
        cli_json_end(&j);
    } else
        printf(tb_t("%s %s: %s%s\n", "%s %s: %s%s\n"), cli_get(c, "seat"), cli_get(c, "provider"), what,
               cli_flag(c, "remove") ? tb_t("を取り消しました", " taken back")
                                     : tb_t("を記録しました", " recorded"));
}

static enum tb_code pin(struct cli *c, bool forbid, struct tb_err *e)
{
    static const char *const names[] = {"seat", "provider"};
    CLI_TRY(need(c, names, 2, e));
    CLI_TRY(tb_app_pin(&c->app, cli_get(c, "seat"), cli_get(c, "provider"), forbid, cli_flag(c, "remove"),
                       cli_get(c, "reason"), e));
    done(c, forbid ? tb_t("禁止", "prohibition") : tb_t("固定", "pin"));
    return TB_OK;
}

enum tb_code cmd_pin(struct cli *c, struct tb_err *e) { return pin(c, false, e); }
enum tb_code cmd_forbid(struct cli *c, struct tb_err *e) { return pin(c, true, e); }

/* ---- exception ------------------------------------------------------------------------------------ */

enum tb_code cmd_exception(struct cli *c, struct tb_err *e)
{
    static const char *const names[] = {"rule", "seat", "provider", "reason", "signed-by"};
    CLI_TRY(need(c, names, cli_flag(c, "remove") ? 3 : 5, e));
    const struct tb_app_signing x = {cli_get(c, "rule"), cli_get(c, "seat"), cli_get(c, "provider"),
                                     cli_get(c, "reason"), cli_get(c, "signed-by")};
    CLI_TRY(tb_app_exception(&c->app, &x, cli_flag(c, "remove"), e));
    done(c, tb_t("特例", "exception"));
    return TB_OK;
}
