/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why this person: what the exchange alone would cost, and what planning again would.
 */
#include <stdlib.h>
#include <string.h>

#include "toban/app/hand.h"
#include "toban/tell/why.h"

enum { LEAST_SHOWN = 5 };

/* ---- parts of the objective ------------------------------------------------------------------------- */

struct difference {
    struct tb_parts now, then;
};

static struct difference difference_of(const struct tb_problem *q, const struct tb_verdict *now,
                                       const struct tb_verdict *then)
{
    return (struct difference){.now = tb_parts_of(q, now), .then = tb_parts_of(q, then)};
}

static void difference_free(struct difference *d)
{
    free(d->now.v);
    free(d->then.v);
}

static void parts_json(const struct tb_problem *q, const struct tb_verdict *now,
                       const struct tb_verdict *then, const char *key, tb_printer *p)
{
    struct difference d = difference_of(q, now, then);
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < d.now.n; i++) {
        if (d.now.v[i].cost == d.then.v[i].cost) continue;
        tb_print_begin_object(p);
        tb_print_kstring(p, "part", tb_part_id(q, &d.now.v[i]));
        tb_print_kint(p, "before", d.now.v[i].cost);
        tb_print_kint(p, "after", d.then.v[i].cost);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    difference_free(&d);
}

static void parts_text(const struct tb_problem *q, const struct tb_verdict *now,
                       const struct tb_verdict *then, struct tb_buf *out)
{
    struct difference d = difference_of(q, now, then);
    for (int i = 0; i < d.now.n; i++)
        if (d.now.v[i].cost != d.then.v[i].cost)
            tb_buf_addf(out, "      %+lld  %s (%s) %lld -> %lld\n",
                        (long long)(d.then.v[i].cost - d.now.v[i].cost), tb_part_name(q, &d.now.v[i]),
                        tb_part_id(q, &d.now.v[i]), (long long)d.now.v[i].cost, (long long)d.then.v[i].cost);
    difference_free(&d);
}

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void reasons_json(const struct tb_rival *rival, tb_printer *p)
{
    tb_print_key(p, "reasons");
    tb_print_begin_list(p);
    for (size_t i = 0; i < rival->reasons.n; i++) tb_print_string(p, rival->reasons.v[i]);
    tb_print_end_list(p);
}

static void replanned_json(const struct tb_tell_why *x, const struct tb_why *w, const struct tb_rival *rival,
                           tb_printer *p)
{
    tb_print_kstring(p, "replanned",
                     !rival->possible ? "impossible"
                     : rival->proven  ? "proven"
                     : rival->known   ? "interval"
                                      : "unknown");
    tb_print_kbool(p, "solved", rival->solved);
    if (rival->possible && rival->bounded) tb_print_kint(p, "at_least", rival->least);
    if (!rival->possible || !rival->known) return;
    tb_print_kint(p, "difference", rival->difference);
    tb_print_kbool(p, "tie", rival->proven && rival->difference == 0);
    if (w->for_member) return;
    struct tb_verdict *v;
    tb_check(x->draft->problem, &rival->roster, &v);
    parts_json(x->draft->problem, w->now, v, "difference_parts", p);
    tb_verdict_free(v);
}

static void rival_json(const struct tb_tell_why *x, const struct tb_why *w, const struct tb_rival *rival,
                       tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "provider", x->draft->region->providers[rival->provider].id);
    tb_print_kint(p, "direct", rival->direct);
    reasons_json(rival, p);
    if (!w->for_member) parts_json(x->draft->problem, w->now, rival->exchanged, "direct_parts", p);
    replanned_json(x, w, rival, p);
    tb_print_end_object(p);
}

static void seat_json(const struct tb_tell_why *x, const struct tb_tell_why_seat *s, tb_printer *p)
{
    const struct tb_why *w = &s->why;
    tb_print_kstring(p, "seat", s->seat);
    tb_print_kstring(p, "provider", x->draft->region->providers[w->who].id);
    tb_print_kint(p, "objective", w->objective);
    tb_print_kint(p, "best", w->best);
    tb_print_kbool(p, "best_proven", w->best_proven);
    tb_print_kstring(p, "spared",
                     !w->spared_possible ? (w->spared_proven ? "impossible" : "unknown")
                     : w->spared_proven  ? "proven"
                                         : "at most");
    if (w->spared_possible) tb_print_kint(p, "spared_cost", w->spared);
    tb_print_key(p, "rivals");
    tb_print_begin_list(p);
    for (int i = 0; i < w->n_rivals; i++) rival_json(x, w, &w->rivals[i], p);
    tb_print_end_list(p);
}

void tb_tell_why_json(const struct tb_tell_why *x, tb_printer *p)
{
    tb_print_kint(p, "draft", x->draft->stored.id);
    if (!x->all) {
        seat_json(x, x->v, p);
        return;
    }
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        tb_print_begin_object(p);
        seat_json(x, &x->v[i], p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

static void unproven_text(const struct tb_rival *rival, struct tb_buf *out)
{
    if (rival->bounded && rival->known)
        tb_buf_addf(
            out,
            tb_t("    組み直し: %+lld から %+lld の間\n", "    planned again: between %+lld and %+lld\n"),
            (long long)rival->least, (long long)rival->difference);
    else if (rival->bounded)
        tb_buf_addf(out, tb_t("    組み直し: %+lld 以上\n", "    planned again: at least %+lld\n"),
                    (long long)rival->least);
    else
        tb_buf_add(out, tb_t("    組み直し: 制限までに分かりませんでした\n",
                             "    planned again: nothing known within the limit\n"));
}

static void replanned_text(const struct tb_tell_why *x, const struct tb_why *w, const struct tb_rival *rival,
                           struct tb_buf *out)
{
    const struct tb_problem *q = x->draft->problem;
    if (!rival->possible) {
        tb_buf_add(out, tb_t("    組み直し: この人が入る当番表はありません（証明済み）\n",
                             "    planned again: no roster has him there (proven)\n"));
        return;
    }
    if (!rival->proven) {
        unproven_text(rival, out);
        return;
    }
    if (rival->difference == 0) {
        tb_buf_add(out, tb_t("    組み直し: 同点（並びの順で決まりました）\n",
                             "    planned again: equal (decided by order)\n"));
        return;
    }
    tb_buf_addf(out,
                tb_t("    組み直し: %+lld（最適どうしの差、証明済み）  差を生むもの: %s\n",
                     "    planned again: %+lld (difference of two optima, proven)  by: %s\n"),
                (long long)rival->difference, rival->deciding ? rival->deciding : "-");
    if (w->for_member) return;
    struct tb_verdict *v;
    tb_check(q, &rival->roster, &v);
    parts_text(q, w->now, v, out);
    tb_verdict_free(v);
}

static void rival_text(const struct tb_tell_why *x, const struct tb_why *w, const struct tb_rival *rival,
                       struct tb_buf *out)
{
    const struct tb_problem *q = x->draft->problem;
    tb_buf_addf(out,
                tb_t("  %s\n    そのまま入れ替え: 必須の違反 %d、費用 %+lld\n",
                     "  %s\n    exchange alone: hard rules broken %d, cost %+lld\n"),
                q->region->providers[rival->provider].name, rival->n_hard, (long long)rival->direct);
    for (size_t i = 0; i < rival->reasons.n; i++) tb_buf_addf(out, "      %s\n", rival->reasons.v[i]);
    if (!w->for_member) parts_text(q, w->now, rival->exchanged, out);
    replanned_text(x, w, rival, out);
}

static void spared_text(const struct tb_why *w, struct tb_buf *out)
{
    if (w->spared_possible)
        tb_buf_addf(out, tb_t("外すための費用: %+lld%s\n", "to be spared costs: %+lld%s\n"),
                    (long long)w->spared,
                    !w->spared_proven ? tb_t("（以下）", " (or less)")
                    : w->spared == 0  ? tb_t("（同点の人がいます）", " (somebody is equal)")
                                      : "");
    else
        tb_buf_add(out, w->spared_proven ? tb_t("この人を外した当番表はありません（証明済み）\n",
                                                "no roster has somebody else there (proven)\n")
                                         : tb_t("外せるかどうか、制限までに分かりませんでした\n",
                                                "whether he can be spared is not known within the limit\n"));
}

static void seat_text(const struct tb_tell_why *x, const struct tb_tell_why_seat *s, struct tb_buf *out)
{
    const struct tb_why *w = &s->why;
    int shown = x->most > LEAST_SHOWN ? x->most : LEAST_SHOWN;
    tb_buf_addf(out, tb_t("%s  %s（案 %lld、目的関数 %lld%s）\n", "%s  %s (draft %lld, objective %lld%s)\n"),
                s->seat, x->draft->region->providers[w->who].name, (long long)x->draft->stored.id,
                (long long)w->objective, w->draft_is_best ? tb_t("、最適", ", optimal") : "");
    if (!w->draft_is_best)
        tb_buf_addf(
            out,
            tb_t("この案は最適ではありません（最良 %lld%s）。組み直しの差は最良との差です\n",
                 "this draft is not the best one (best %lld%s); planned again is compared with the best\n"),
            (long long)w->best, w->best_proven ? "" : tb_t("、証明なし", ", not proven"));
    spared_text(w, out);
    for (int i = 0; i < w->n_rivals && i < shown; i++) rival_text(x, w, &w->rivals[i], out);
    if (w->n_rivals > shown)
        tb_buf_addf(out,
                    tb_t("ほか %d 人（--provider か --most で）\n", "and %d more (--provider or --most)\n"),
                    w->n_rivals - shown);
}

void tb_tell_why_text(const struct tb_tell_why *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n; i++) seat_text(x, &x->v[i], out);
}
