/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft just planned: how well, what stays open, and (of a re-plan) whom to telephone.
 */
#include <stdlib.h>
#include <string.h>

#include "toban/domain/doors.h"
#include "toban/tell/draft.h"
#include "toban/tell/seat.h"
#include "verdict.h"

/* ---- re-planning: whom to telephone ----------------------------------------------------------------- */

static bool published_there(const struct tb_problem *p, int slot, int provider)
{
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].action == TB_PIN_KEEP && p->pins[i].slot == slot && p->pins[i].provider == provider)
            return true;
    return false;
}

static bool leaves_seat(const struct tb_app_draft *d, int pin, int slot)
{
    const struct tb_pinned *x = &d->problem->pins[pin];
    return x->action == TB_PIN_KEEP && x->slot == slot && tb_roster_find(&d->roster, slot, x->provider) < 0;
}

static bool enters_seat(const struct tb_app_draft *d, int row, int slot)
{
    return d->roster.a[row].slot == slot && !published_there(d->problem, slot, d->roster.a[row].provider);
}

struct call {
    int slot, provider;
    bool enters;
};

/* In the order of the days, those who enter a seat before those who leave it. Returns their number; the
 * caller frees. */
static size_t calls_of(const struct tb_app_draft *d, struct call **out)
{
    const struct tb_problem *p = d->problem;
    struct call *v = NULL;
    size_t n = 0, cap = 0;
    for (int s = 0; s < p->n_slots; s++) {
        if (!p->slots[s].planned) continue;
        for (int i = 0; i < d->roster.n; i++)
            if (enters_seat(d, i, s))
                *TB_PUSH(v, n, cap) =
                    (struct call){.slot = s, .provider = d->roster.a[i].provider, .enters = true};
        for (int k = 0; k < p->n_pins; k++)
            if (leaves_seat(d, k, s))
                *TB_PUSH(v, n, cap) = (struct call){.slot = s, .provider = p->pins[k].provider};
    }
    *out = v;
    return n;
}

static void calls_json(const struct tb_app_draft *d, tb_printer *p)
{
    struct call *v;
    size_t n = calls_of(d, &v);
    tb_print_kint(p, "changes", d->verdict->changes);
    tb_print_key(p, "calls");
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) {
        tb_print_begin_object(p);
        tb_tell_slot_json(d->region, &d->problem->slots[v[i].slot], p);
        tb_print_kstring(p, "provider", d->region->providers[v[i].provider].id);
        tb_print_kstring(p, "change", v[i].enters ? "enters" : "leaves");
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    free(v);
}

static void call_text(const struct tb_app_draft *d, const struct call *x, size_t number, struct tb_buf *out)
{
    const struct tb_provider *who = &d->region->providers[x->provider];
    const char *phone = tb_tell_phone(who);
    tb_buf_addf(out, "  %zu. %s%s%s: ", number, who->name, *phone ? tb_t(" 電話 ", ", tel. ") : "", phone);
    tb_tell_slot_words(d->region, &d->problem->slots[x->slot], out);
    tb_buf_addf(out, " %s\n",
                x->enters ? tb_t("に入っていただく", "takes it") : tb_t("を外れる", "is relieved of it"));
}

static void name_in(const struct tb_app_draft *d, int provider, bool first, struct tb_buf *out)
{
    tb_buf_addf(out, "%s%s", first ? "" : tb_t("・", ", "), d->region->providers[provider].name);
}

static void names_before(const struct tb_app_draft *d, int slot, struct tb_buf *out)
{
    const struct tb_problem *p = d->problem;
    int n = 0;
    for (int k = 0; k < p->n_pins; k++)
        if (p->pins[k].action == TB_PIN_KEEP && p->pins[k].slot == slot)
            name_in(d, p->pins[k].provider, n++ == 0, out);
    if (!n) tb_buf_add(out, tb_t("空席", "open"));
}

static void names_after(const struct tb_app_draft *d, int slot, struct tb_buf *out)
{
    int n = 0;
    for (int i = 0; i < d->roster.n; i++)
        if (d->roster.a[i].slot == slot) name_in(d, d->roster.a[i].provider, n++ == 0, out);
    if (!n) tb_buf_add(out, tb_t("空席", "open"));
}

static void calls_text(const struct tb_app_draft *d, struct tb_buf *out)
{
    struct call *v;
    size_t n = calls_of(d, &v);
    tb_buf_addf(out,
                tb_t("公表済みの席の変更 %d\n電話をかける順:\n",
                     "%d published seats change\ntelephone calls, in order:\n"),
                d->verdict->changes);
    for (size_t i = 0; i < n; i++) call_text(d, &v[i], i + 1, out);
    tb_buf_addf(out, "%s\n", tb_t("変更前・変更後:", "before and after:"));
    for (size_t i = 0; i < n; i++) {
        if (i && v[i].slot == v[i - 1].slot) continue;
        tb_buf_add(out, "  ");
        tb_tell_slot_words(d->region, &d->problem->slots[v[i].slot], out);
        tb_buf_add(out, tb_t("  変更前 ", "  before: "));
        names_before(d, v[i].slot, out);
        tb_buf_add(out, tb_t("  変更後 ", "  after: "));
        names_after(d, v[i].slot, out);
        tb_buf_addc(out, '\n');
    }
    free(v);
}

/* ---- two hands that disagree ------------------------------------------------------------------------ */

static void notes_json(const struct tb_notes *x, const char *key, tb_printer *p)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) tb_print_string(p, x->v[i]);
    tb_print_end_list(p);
}

static void doubt_json(const struct tb_app_draft *d, tb_printer *p)
{
    tb_print_key(p, "doubt");
    if (!d->doubt.n) {
        tb_print_null(p);
        return;
    }
    tb_print_begin_object(p);
    notes_json(&d->doubt, "reasons", p);
    tb_print_kint(p, "planned", d->result.objective);
    tb_print_kint(p, "checked", d->verdict->objective);
    tb_print_kint(p, "scored", d->score);
    tb_print_kint(p, "hard", d->verdict->n_hard);
    tb_print_key(p, "file");
    if (d->doubt_file)
        tb_print_string(p, d->doubt_file);
    else
        tb_print_null(p);
    tb_print_end_object(p);
}

static void doubt_text(const struct tb_app_draft *d, struct tb_buf *out)
{
    tb_buf_add(out,
               tb_t("要確認: 二つの計算が食い違いました。この当番表は残してありますが、公表できません\n",
                    "doubt: two computations disagree; the roster is kept aside and cannot be published\n"));
    for (size_t i = 0; i < d->doubt.n; i++) tb_buf_addf(out, "  %s\n", d->doubt.v[i]);
    if (d->doubt_file)
        tb_buf_addf(
            out,
            tb_t("  プログラムの誤りです。次のファイルを開発元に送ってください: %s\n"
                 "  問題と当番表の全部が入っています。氏名・電話番号・休みの理由など個人情報を含みます\n",
                 "  this is a fault of the program; send this file to its makers: %s\n"
                 "  it holds the whole problem and the roster: names, telephones, reasons of leave and "
                 "other personal data\n"),
            d->doubt_file);
}

/* ---- the answer ------------------------------------------------------------------------------------- */

static void seconds_json(const struct tb_app_draft *d, tb_printer *p)
{
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
             {"total",
              d->seconds_load + d->seconds_build + d->seconds_plan + d->seconds_check + d->seconds_store}};
    tb_print_key(p, "seconds");
    tb_print_begin_object(p);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        tb_print_key(p, t[i].name);
        tb_print_real(p, t[i].value);
    }
    tb_print_end_object(p);
}

static void span_json(const struct tb_problem *q, tb_printer *p)
{
    char date[64];
    tb_print_kstring(p, "from", tb_format_date(q->from, date, sizeof date));
    tb_print_kstring(p, "to", tb_format_date(q->to, date, sizeof date));
    tb_print_key(p, "duties");
    tb_print_begin_list(p);
    for (int i = 0; i < q->n_duties; i++) tb_print_string(p, q->region->duties[q->duties[i]].id);
    tb_print_end_list(p);
}

/* What the duties promise and nobody offers who sits there by this draft, with the number of days. */
static struct tb_notes lacks_of(const struct tb_app_draft *d)
{
    int n;
    struct tb_notes out = {0};
    const struct tb_problem *x = d->problem;
    struct tb_lack *v = tb_lacks_of(x->region, x->slots, x->n_slots, d->roster.a, d->roster.n, &n);
    tb_lacks_tell(x->region, v, n, &out);
    free(v);
    return out;
}

void tb_tell_plan_json(const struct tb_tell_plan *x, tb_printer *p)
{
    const struct tb_app_draft *d = x->draft;
    const struct tb_draft *s = &d->stored;
    tb_print_kint(p, "draft", s->id);
    span_json(d->problem, p);
    tb_print_kstring(p, "status", s->status);
    tb_print_kstring(p, "stopped_by", s->stopped_by);
    tb_print_kint(p, "objective", s->objective);
    tb_print_kint(p, "bound", s->bound);
    tb_print_kint(p, "gap", s->objective - s->bound);
    tb_print_kstring(p, "proof",
                     strcmp(s->status, "optimal") != 0 ? "none"
                     : s->certified                    ? "certificate"
                                                       : "search");
    notes_json(&d->unconfirmed, "unconfirmed", p);
    doubt_json(d, p);
    tb_print_kint(p, "candidates", d->result.candidates);
    tb_print_kint(p, "columns", d->result.columns);
    tb_print_kint(p, "rows", d->result.rows);
    tb_print_kint(p, "open", d->verdict->open_seats);
    tell_open_slots_json(d, p);
    tell_violations_json(d, "broken_rules", false, p);
    tell_notes_json(d, p);
    struct tb_notes lacks = lacks_of(d);
    notes_json(&lacks, "lacks", p);
    tb_notes_free(&lacks);
    tb_print_kstring(p, "instance", s->instance_digest);
    tb_print_kstring(p, "steps", s->steps);
    if (d->problem->change_price) calls_json(d, p);
    if (x->beside) tb_tell_what_if_json(x, p);
    seconds_json(d, p);
    tb_print_kint(p, "child_peak_kb", d->result.child_peak_kb);
}

static void proof_text(const struct tb_plan_result *r, struct tb_buf *out)
{
    if (r->status == TB_PLAN_OPTIMAL)
        tb_buf_addf(
            out, tb_t("最適: 目的関数 %lld、下界 %lld（%s）\n", "optimal: objective %lld, bound %lld (%s)\n"),
            (long long)r->objective, (long long)r->bound,
            r->certified ? tb_t("整数の双対証明を再計算して確認", "integer dual certificate, recomputed")
                         : tb_t("探索による証明", "proven by search"));
    else
        tb_buf_addf(out,
                    tb_t("証明なしに打ち切り（%s）: 目的関数 %lld、下界 %lld\n",
                         "stopped without proof (%s): objective %lld, bound %lld\n"),
                    tb_plan_stop_word(r->stopped_by), (long long)r->objective, (long long)r->bound);
}

void tb_tell_plan_text(const struct tb_tell_plan *x, struct tb_buf *out)
{
    char a[64], b[64];
    const struct tb_app_draft *d = x->draft;
    tb_buf_addf(out, tb_t("案 %lld  %s から %s  当番区分 %d\n", "draft %lld  %s to %s  %d duties\n"),
                (long long)d->stored.id, tb_format_date(d->problem->from, a, sizeof a),
                tb_format_date(d->problem->to, b, sizeof b), d->problem->n_duties);
    if (d->doubt.n)
        doubt_text(d, out);
    else
        proof_text(&d->result, out);
    for (size_t i = 0; i < d->unconfirmed.n; i++)
        tb_buf_addf(
            out,
            tb_t("  整数の証明は確かめられませんでした: %s\n", "  the certificate was not confirmed: %s\n"),
            d->unconfirmed.v[i]);
    tb_buf_addf(out,
                tb_t("候補 %d、空席 %d、必須の違反 %d、努力の違反 %d 件\n",
                     "%d candidates, %d open seats, %d hard rules broken, %d soft cases\n"),
                d->result.candidates, d->verdict->open_seats, d->verdict->n_hard,
                tell_soft_cases(d->verdict));
    tell_open_slots_text(d, out);
    tell_notes_text(d, out);
    struct tb_notes lacks = lacks_of(d);
    for (size_t i = 0; i < lacks.n; i++) tb_buf_addf(out, "  %s\n", lacks.v[i]);
    tb_notes_free(&lacks);
    if (d->problem->change_price) calls_text(d, out);
    if (x->beside) tb_tell_what_if_text(x, out);
}
