/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two hands that must agree and do not (docs/reference/plan.md, "要確認"): the roster is somebody's work, so
 * it is kept aside, and what shows the fault is put into one file.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/base/version.h"
#include "toban/domain/words.h"

/* ---- judging what the planner answered --------------------------------------------------------- */

/* A proof that is not confirmed costs the proof and not the roster; one that says that there can be no such
 * roster is a contradiction. */
static void weigh_proof(struct tb_app_draft *d)
{
    struct tb_err e = {0};
    struct tb_plan_result *r = &d->result;
    if (!r->certified) return;
    d->bound_checked = tb_proof_bound(&r->program, &r->certificate, &d->checked_bound, &e) == TB_OK;
    if (d->bound_checked && d->checked_bound > r->objective)
        tb_notes_add(&d->doubt,
                     tb_t("証明の下界 %lld より当番表の費用 %lld のほうが小さくなっています",
                          "the proof's bound is %lld, and the roster costs only %lld"),
                     (long long)d->checked_bound, (long long)r->objective);
    else if (d->bound_checked && d->checked_bound == r->objective)
        return;
    else if (d->bound_checked)
        tb_notes_add(&d->unconfirmed,
                     tb_t("証明の下界は計画では %lld、再計算では %lld です",
                          "the planner has the proof's bound at %lld, the recomputation at %lld"),
                     (long long)r->bound, (long long)d->checked_bound);
    else
        tb_notes_add(&d->unconfirmed, "%s", e.text);
    r->certified = false;
    d->bound_checked = false;
}

void app_weigh(struct tb_app_draft *d)
{
    struct tb_plan_result *r = &d->result;
    tb_check(d->problem, &d->roster, &d->verdict);
    d->score = tb_score(d->problem, &d->roster);
    if (*r->doubt) tb_notes_add(&d->doubt, "%s", r->doubt);
    if (d->verdict->n_hard) {
        struct tb_buf text = {0};
        tb_violation_text(d->problem, &d->verdict->violations[0], &text);
        tb_notes_add(
            &d->doubt,
            tb_t("点検は必須の条件の違反を %d 件数えました: %s", "the check counts %d hard rules broken: %s"),
            d->verdict->n_hard, tb_buf_str(&text));
        tb_buf_free(&text);
    }
    if (d->verdict->objective != r->objective || d->score != r->objective)
        tb_notes_add(&d->doubt,
                     tb_t("目的関数は計画では %lld、点検では %lld、採点では %lld です",
                          "the objective is %lld by the planner, %lld by the check, %lld by the score"),
                     (long long)r->objective, (long long)d->verdict->objective, (long long)d->score);
    weigh_proof(d);
    if (!d->doubt.n) return;
    r->certified = false;
    free(d->stored.status);
    d->stored.status = tb_xstrdup(TB_DRAFT_DOUBT);
}

void app_sober(const struct tb_problem *p, struct tb_plan_result *r)
{
    struct tb_verdict *v;
    if (r->status == TB_PLAN_NONE) return;
    tb_roster_normalise(p, &r->roster);
    tb_check(p, &r->roster, &v);
    if (v->n_hard || v->objective != r->objective || *r->doubt) {
        tb_log(tb_t("計画と点検が食い違います（目的関数 %lld と %lld、必須の違反 %d "
                    "件）。証明のない答えとして扱います。plan で同じ"
                    "計画を作ると、送るファイルができます",
                    "planner and check disagree (objective %lld and %lld, %d hard rules broken); the answer "
                    "is taken "
                    "as not proven; make the same plan with `plan` for a file to send"),
               (long long)r->objective, (long long)v->objective, v->n_hard);
        tb_certificate_free(&r->certificate);
        r->certified = false;
        r->status = v->n_hard ? TB_PLAN_NONE : TB_PLAN_FEASIBLE;
        r->stopped_by = TB_STOP_TIME;
        r->objective = v->objective;
        r->bound = TB_NEG_INF;
        if (v->n_hard) tb_roster_free(&r->roster);
    }
    tb_verdict_free(v);
}

/* ---- the file to send --------------------------------------------------------------------------- */

static void told(const struct tb_app_draft *d, tb_printer *p)
{
    const struct tb_plan_result *r = &d->result;
    tb_print_begin_object(p);
    tb_print_kstring(p, "program", TB_VERSION);
    tb_print_key(p, "reasons");
    tb_print_begin_list(p);
    for (size_t i = 0; i < d->doubt.n; i++) tb_print_string(p, d->doubt.v[i]);
    tb_print_end_list(p);
    tb_print_kint(p, "planned", r->objective);
    tb_print_kint(p, "checked", d->verdict->objective);
    tb_print_kint(p, "scored", d->score);
    tb_print_kint(p, "hard", d->verdict->n_hard);
    tb_print_kint(p, "bound", r->bound);
    tb_print_kstring(p, "steps", r->steps);
    tb_print_kstring(p, "instance_digest", d->stored.instance_digest);
    tb_print_end_object(p);
}

static void seats(const struct tb_app_draft *d, tb_printer *p)
{
    const struct tb_region *r = d->problem->region;
    tb_print_begin_list(p);
    for (int i = 0; i < d->roster.n; i++) {
        const struct tb_assignment *a = &d->roster.a[i];
        const struct tb_slot *s = &d->problem->slots[a->slot];
        char date[64];
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", r->duties[s->duty].id);
        tb_print_kstring(p, "date", tb_format_date(s->date, date, sizeof date));
        tb_print_kstring(p, "band", r->bands[s->band].id);
        tb_print_kstring(p, "role", tb_role_word(s->role));
        tb_print_kint(p, "seat", a->seat);
        tb_print_kstring(p, "provider", r->providers[a->provider].id);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void instance(const struct tb_app_draft *d, tb_printer *p) { tb_print_string(p, d->stored.instance); }

static void put(struct tb_buf *out, const char *key, const struct tb_app_draft *d,
                void (*tell)(const struct tb_app_draft *, tb_printer *))
{
    tb_buf_addf(out, ",\n\"%s\":", key);
    tb_printer *p = tb_printer_json(out, 0);
    tell(d, p);
    tb_printer_free(p);
}

void app_put_aside(const struct tb_app *app, const char *dir, struct tb_app_draft *d)
{
    struct tb_buf path = {0}, text = {0}, cert = {0};
    const char *slash = strrchr(app->db, '/');
    if (dir)
        tb_buf_addf(&path, "%s/", dir);
    else if (slash)
        tb_buf_addn(&path, app->db, (size_t)(slash - app->db) + 1);
    tb_buf_addf(&path, "toban-doubt-%.8s.json", d->stored.instance_digest);
    tb_buf_add(&text, "{\"format_version\":1");
    put(&text, "told", d, told);
    put(&text, "seats", d, seats);
    tb_certificate_write(&d->result.certificate, &cert);
    tb_buf_addf(&text, ",\n\"certificate\":\"%s\"", tb_buf_str(&cert));
    put(&text, "instance", d, instance);
    tb_buf_add(&text, "}\n");
    struct tb_err e = {0};
    enum tb_code c = dir ? tb_dir_make(dir, &e) : TB_OK;
    if (c == TB_OK) c = tb_file_write(tb_buf_str(&path), text.s, text.len, &e);
    if (c == TB_OK)
        d->doubt_file = tb_buf_take(&path);
    else
        tb_notes_add(&d->doubt, "%s", e.text);
    tb_buf_free(&path);
    tb_buf_free(&text);
    tb_buf_free(&cert);
}
