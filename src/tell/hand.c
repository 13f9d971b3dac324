/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft changed by hand and its log; a pin, a prohibition, an exception.
 */
#include <string.h>

#include "toban/tell/hand.h"
#include "toban/domain/words.h"
#include "toban/tell/todo.h"
#include "toban/tell/words.h"
#include "toban/domain/dated.h"

/* ---- assign, unassign, undo, redo ------------------------------------------------------------------- */

static const char *id_of(const struct tb_region *r, int provider)
{
    return provider >= 0 ? r->providers[provider].id : NULL;
}

static void seats_json(const struct tb_region *r, const struct tb_edit_seat *v, size_t n, tb_printer *p)
{
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *s = &v[i].seat;
        const char *ids[] = {id_of(r, v[i].went), id_of(r, s->provider)};
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", r->duties[s->duty].id);
        tb_tell_date(p, "date", s->date);
        tb_print_kstring(p, "band", r->bands[s->band].id);
        tb_print_kstring(p, "role", tb_role_word(s->role));
        tb_print_kint(p, "seat", s->seat);
        if (ids[0]) tb_print_kstring(p, "went", ids[0]);
        if (ids[1]) tb_print_kstring(p, "came", ids[1]);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void seats_text(const struct tb_region *r, const struct tb_edit_seat *v, size_t n, struct tb_buf *out)
{
    char date[64];
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *s = &v[i].seat;
        tb_buf_addf(out, "  %s %s %s%s  %s → %s\n", tb_duty_on(r, s->duty, s->date)->name,
                    tb_format_date(s->date, date, sizeof date), tb_band_on(r, s->band, s->date)->name,
                    s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "",
                    v[i].went >= 0 ? r->providers[v[i].went].name : tb_t("（空席）", "(open)"),
                    s->provider >= 0 ? r->providers[s->provider].name : tb_t("（空席）", "(open)"));
    }
}

static void change_json(const struct tb_app_draft *d, const struct tb_violation *x, tb_printer *p)
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
static void changes_json(const struct tb_app_draft *d, const struct tb_verdict *of,
                         const struct tb_verdict *than, const char *key, tb_printer *p)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < of->n_violations; i++)
        if (!tb_violation_in(&of->violations[i], than)) change_json(d, &of->violations[i], p);
    tb_print_end_list(p);
}

static void changes_text(const struct tb_app_draft *d, const struct tb_verdict *of,
                         const struct tb_verdict *than, const char *heading, struct tb_buf *out)
{
    for (int i = 0, n = 0; i < of->n_violations; i++) {
        const struct tb_violation *x = &of->violations[i];
        if (tb_violation_in(x, than)) continue;
        if (n++ == 0) tb_buf_addf(out, "%s\n", heading);
        tb_buf_addf(out, "  %s ",
                    !x->hard               ? tb_t("努力", "soft")
                    : tb_app_consent(d, x) ? tb_t("特例", "excepted")
                                           : tb_t("必須", "HARD"));
        tb_violation_text(d->problem, x, out);
        tb_buf_addc(out, '\n');
    }
}

void tb_tell_handmade_json(const struct tb_app_handmade *x, tb_printer *p)
{
    const struct tb_app_draft *d = &x->draft;
    tb_print_kint(p, "draft", d->stored.id);
    tb_print_kint(p, "from_draft", x->base);
    tb_print_kint(p, "revision", d->stored.revision);
    seats_json(d->region, x->seats, x->n, p);
    tb_print_kstring(p, "status", d->stored.status);
    tb_print_kint(p, "objective", d->verdict->objective);
    tb_print_kint(p, "objective_before", x->before->objective);
    tb_print_kint(p, "hard", tb_app_breaches(d));
    tb_print_kint(p, "open", d->verdict->open_seats);
    changes_json(d, d->verdict, x->before, "newly", p);
    changes_json(d, x->before, d->verdict, "no_longer", p);
}

void tb_tell_handmade_text(const struct tb_app_handmade *x, struct tb_buf *out)
{
    const struct tb_app_draft *d = &x->draft;
    const struct tb_verdict *v = d->verdict;
    if (d->stored.id != x->base)
        tb_buf_addf(out,
                    tb_t("案 %lld はもう変わらない案（回覧・公表・差替え・要確認）なので、新しい案 %lld "
                         "を作りました\n",
                         "draft %lld is no longer changed (it goes round, is published, superseded or in "
                         "doubt); draft %lld begins from it\n"),
                    (long long)x->base, (long long)d->stored.id);
    const bool planned = strcmp(d->stored.status, "manual") != 0; /* every change was taken back */
    tb_buf_addf(out,
                planned ? tb_t("案 %lld（計画のとおり、手直し %lld 手目）",
                               "draft %lld (as it was planned, revision %lld)")
                        : tb_t("案 %lld（手直し %lld 手目）", "draft %lld (by hand, revision %lld)"),
                (long long)d->stored.id, (long long)d->stored.revision);
    tb_buf_addf(out,
                tb_t("  目的関数 %lld（前 %lld、差 %+lld）、空席 %d、必須の違反 %d 件\n",
                     "  objective %lld (before %lld, %+lld), %d open seats, %d hard rules broken\n"),
                (long long)v->objective, (long long)x->before->objective,
                (long long)(v->objective - x->before->objective), v->open_seats, tb_app_breaches(d));
    seats_text(d->region, x->seats, x->n, out);
    changes_text(d, v, x->before, tb_t("新しく破れる条件", "newly broken or priced"), out);
    changes_text(d, x->before, v, tb_t("なくなる違反", "no longer broken or priced"), out);
}

/* ---- the log ---------------------------------------------------------------------------------------- */

void tb_tell_edits_json(const struct tb_app_edits *x, tb_printer *p)
{
    tb_print_kint(p, "draft", x->draft);
    tb_print_key(p, "edits");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_edit *v = &x->v[i];
        tb_print_begin_object(p);
        tb_print_kint(p, "revision", v->revision);
        tb_print_kstring(p, "act", tb_edit_word(v->act));
        if (v->of) tb_print_kint(p, "of", v->of);
        tb_tell_instant(p, "at", v->at);
        tb_print_kstring(p, "by", v->by);
        tb_print_kbool(p, "undone", v->undone);
        tb_print_kint(p, "objective", v->objective);
        tb_print_kint(p, "open", v->open_seats);
        if (v->act == TB_EDIT_SEATS) seats_json(x->region, v->seats, v->n, p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_edits_text(const struct tb_app_edits *x, struct tb_buf *out)
{
    char at[64];
    if (!x->n)
        tb_buf_addf(out, tb_t("案 %lld: 手直しはありません\n", "draft %lld: nothing was changed by hand\n"),
                    (long long)x->draft);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_edit *v = &x->v[i];
        tb_buf_addf(out, "%4lld  %s  %s  %s", (long long)v->revision, tb_format_instant(v->at, at, sizeof at),
                    v->by, tb_edit_act_name(v->act));
        if (v->of) tb_buf_addf(out, tb_t("（%lld 手目を）", " (revision %lld)"), (long long)v->of);
        tb_buf_addf(out, "%s\n", v->undone ? tb_t("（取り消し済み）", " (taken back since)") : "");
        seats_text(x->region, v->seats, v->n, out);
    }
}

/* ---- pin, forbid, exception ------------------------------------------------------------------------- */

void tb_tell_marked_json(const struct tb_tell_marked *x, tb_printer *p)
{
    tb_print_kstring(p, "seat", x->seat);
    tb_print_kstring(p, "provider", x->provider);
    tb_print_kbool(p, "removed", x->removed);
    tb_print_kbool(p, "replaced", x->replaced);
    tb_tell_todo_new_json(x->todo, p);
}

void tb_tell_marked_text(const struct tb_tell_marked *x, struct tb_buf *out)
{
    const char *what = x->what == TB_TELL_PIN      ? tb_t("固定", "pin")
                       : x->what == TB_TELL_FORBID ? tb_t("禁止", "prohibition")
                                                   : tb_t("特例", "exception");
    tb_buf_addf(out, "%s %s: %s%s\n", x->seat, x->provider, what,
                x->removed ? tb_t("を取り消しました", " taken back")
                : x->replaced ? tb_t("の前の記入を改めました（前の内容は --history にあります）",
                                     " recorded: an earlier entry was changed (what it said is in --history)")
                              : tb_t("を記録しました", " recorded"));
    tb_tell_todo_new_text(x->todo, out);
}
