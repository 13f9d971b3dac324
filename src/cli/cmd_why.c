/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * why.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/hand.h"
#include "toban/app/why.h"

/* ---- parts ------------------------------------------------------------------------------------------- */

struct difference {
    struct tb_parts now, then;
};

static struct difference compare(const struct tb_problem *p, const struct tb_verdict *now,
                                 const struct tb_verdict *then)
{
    return (struct difference){tb_parts_of(p, now), tb_parts_of(p, then)};
}

static void compare_free(struct difference *d)
{
    free(d->now.v);
    free(d->then.v);
}

static void json_parts(tb_printer *p, const struct tb_problem *q, const char *key,
                       const struct tb_verdict *now, const struct tb_verdict *then)
{
    struct difference d = compare(q, now, then);
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
    compare_free(&d);
}

static void text_parts(const struct tb_problem *q, const struct tb_verdict *now,
                       const struct tb_verdict *then)
{
    struct difference d = compare(q, now, then);
    for (int i = 0; i < d.now.n; i++)
        if (d.now.v[i].cost != d.then.v[i].cost)
            printf("      %+lld  %s (%s) %lld -> %lld\n", (long long)(d.then.v[i].cost - d.now.v[i].cost),
                   tb_part_name(q, &d.now.v[i]), tb_part_id(q, &d.now.v[i]), (long long)d.now.v[i].cost,
                   (long long)d.then.v[i].cost);
    compare_free(&d);
}

/* ---- rivals -------------------------------------------------------------------------------------------- */

static void json_rival(tb_printer *p, const struct tb_app_draft *d, const struct tb_why *w,
                       const struct tb_rival *x)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "provider", d->region->providers[x->provider].id);
    tb_print_kint(p, "direct", x->direct);
    tb_print_key(p, "reasons");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->reasons.n; i++) tb_print_string(p, x->reasons.v[i]);
    tb_print_end_list(p);
    if (!w->for_member) json_parts(p, d->problem, "direct_parts", w->now, x->exchanged);
    tb_print_kstring(p, "replanned",
                     !x->possible ? "impossible"
                     : x->proven  ? "proven"
                     : x->known   ? "interval"
                                  : "unknown");
    tb_print_kbool(p, "solved", x->solved);
    if (x->possible && x->bounded) tb_print_kint(p, "at_least", x->least);
    if (x->possible && x->known) {
        tb_print_kint(p, "difference", x->difference);
        tb_print_kbool(p, "tie", x->proven && x->difference == 0);
        if (!w->for_member) {
            struct tb_verdict *v;
            tb_check(d->problem, &x->roster, &v);
            json_parts(p, d->problem, "difference_parts", w->now, v);
            tb_verdict_free(v);
        }
    }
    tb_print_end_object(p);
}

static void text_replanned(const struct tb_app_draft *d, const struct tb_why *w, const struct tb_rival *x)
{
    if (!x->possible) {
        puts(tb_t("    組み直し: この人が入る当番表はありません（証明済み）",
                  "    planned again: no roster has him there (proven)"));
        return;
    }
    if (!x->proven) {
        if (x->bounded && x->known)
            printf(
                tb_t("    組み直し: %+lld から %+lld の間\n", "    planned again: between %+lld and %+lld\n"),
                (long long)x->least, (long long)x->difference);
        else if (x->bounded)
            printf(tb_t("    組み直し: %+lld 以上\n", "    planned again: at least %+lld\n"),
                   (long long)x->least);
        else
            puts(tb_t("    組み直し: 制限までに分かりませんでした",
                      "    planned again: nothing known within the limit"));
        return;
    }
    if (x->difference == 0) {
        puts(tb_t("    組み直し: 同点（並びの順で決まりました）",
                  "    planned again: equal (decided by order)"));
        return;
    }
    printf(tb_t("    組み直し: %+lld（最適どうしの差、証明済み）  差を生むもの: %s\n",
                "    planned again: %+lld (difference of two optima, proven)  by: %s\n"),
           (long long)x->difference, x->deciding ? x->deciding : "-");
    if (w->for_member) return;
    struct tb_verdict *v;
    tb_check(d->problem, &x->roster, &v);
    text_parts(d->problem, w->now, v);
    tb_verdict_free(v);
}

static void text_rival(const struct tb_app_draft *d, const struct tb_why *w, const struct tb_rival *x)
{
    printf(tb_t("  %s\n    そのまま入れ替え: 必須の違反 %d、費用 %+lld\n",
                "  %s\n    exchange alone: hard rules broken %d, cost %+lld\n"),
           d->region->providers[x->provider].name, x->n_hard, (long long)x->direct);
    for (size_t i = 0; i < x->reasons.n; i++) printf("      %s\n", x->reasons.v[i]);
    if (!w->for_member) text_parts(d->problem, w->now, x->exchanged);
    text_replanned(d, w, x);
}

/* ---- the command ------------------------------------------------------------------------------------------
 */

static void json_seat(tb_printer *p, const struct tb_app_draft *d, const struct tb_why *w, const char *seat)
{
    tb_print_kstring(p, "seat", seat);
    tb_print_kstring(p, "provider", d->region->providers[w->who].id);
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
    for (int i = 0; i < w->n_rivals; i++) json_rival(p, d, w, &w->rivals[i]);
    tb_print_end_list(p);
}

static void text_why(const struct tb_app_draft *d, const struct tb_why *w, const char *seat, int64_t most)
{
    printf(tb_t("%s  %s（案 %lld、目的関数 %lld%s）\n", "%s  %s (draft %lld, objective %lld%s)\n"), seat,
           d->region->providers[w->who].name, (long long)d->stored.id, (long long)w->objective,
           w->draft_is_best ? tb_t("、最適", ", optimal") : "");
    if (!w->draft_is_best)
        printf(
            tb_t("この案は最適ではありません（最良 %lld%s）。組み直しの差は最良との差です\n",
                 "this draft is not the best one (best %lld%s); planned again is compared with the best\n"),
            (long long)w->best, w->best_proven ? "" : tb_t("、証明なし", ", not proven"));
    if (!w->spared_possible)
        puts(w->spared_proven ? tb_t("この人を外した当番表はありません（証明済み）",
                                     "no roster has somebody else there (proven)")
                              : tb_t("外せるかどうか、制限までに分かりませんでした",
                                     "whether he can be spared is not known within the limit"));
    else
        printf(tb_t("外すための費用: %+lld%s\n", "to be spared costs: %+lld%s\n"), (long long)w->spared,
               w->spared_proven ? w->spared == 0 ? tb_t("（同点の人がいます）", " (somebody is equal)") : ""
                                : tb_t("（以下）", " (or less)"));
    for (int i = 0; i < w->n_rivals && (i < most || i < 5); i++) text_rival(d, w, &w->rivals[i]);
    if (w->n_rivals > most && w->n_rivals > 5)
        printf(tb_t("ほか %lld 人（--provider か --most で）\n", "and %lld more (--provider or --most)\n"),
               (long long)(w->n_rivals - (most > 5 ? most : 5)));
}

struct asked {
    int rival;
    int most;
    bool member;
};

static bool all_proven(const struct tb_why *w)
{
    bool proven = w->best_proven && w->spared_proven;
    for (int i = 0; i < w->n_rivals; i++) proven = proven && (!w->rivals[i].solved || w->rivals[i].proven);
    return proven;
}

static enum tb_code one_seat(struct cli *c, const struct tb_app_draft *d, int slot, int who, const char *seat,
                             const struct asked *q, struct cli_json *j, bool *proven, struct tb_err *e)
{
    struct tb_why w;
    if (q->member) c->app.reader = d->region->providers[who].id;
    CLI_TRY(tb_why(&c->app, d, &(struct tb_why_question){slot, who, q->rival, q->most}, &w, e));
    *proven = *proven && all_proven(&w);
    if (j)
        json_seat(j->p, d, &w, seat);
    else
        text_why(d, &w, seat, q->most);
    tb_why_free(&w);
    return TB_OK;
}

/* Every seat that he has in the draft. */
static enum tb_code his_seats(struct cli *c, const struct tb_app_draft *d, int who, const struct asked *q,
                              struct cli_json *j, bool *proven, struct tb_err *e)
{
    int n = 0;
    char date[64];
    enum tb_code code = TB_OK;
    if (j) {
        tb_print_key(j->p, "seats");
        tb_print_begin_list(j->p);
    }
    for (int i = 0; i < d->roster.n && code == TB_OK; i++) {
        if (d->roster.a[i].provider != who) continue;
        const struct tb_slot *s = &d->problem->slots[d->roster.a[i].slot];
        struct tb_buf seat = {0};
        tb_buf_addf(&seat, "%s:%s:%s%s", d->region->duties[s->duty].id,
                    tb_format_date(s->date, date, sizeof date), d->region->bands[s->band].id,
                    s->role == TB_RESERVE ? ":reserve" : "");
        if (j) tb_print_begin_object(j->p);
        code = one_seat(c, d, d->roster.a[i].slot, who, tb_buf_str(&seat), q, j, proven, e);
        if (j) tb_print_end_object(j->p);
        tb_buf_free(&seat);
        n++;
    }
    if (j) tb_print_end_list(j->p);
    if (code == TB_OK && !n)
        code = tb_fail(e, TB_REFUSED,
                       tb_t("%s は案 %lld に席がありません（--draft で選びます）",
                            "%s has no seat in draft %lld (choose with --draft)"),
                       d->region->providers[who].id, (long long)d->stored.id);
    return code;
}

enum tb_code cmd_why(struct cli *c, struct tb_err *e)
{
    int64_t id, most, seconds;
    int slot = -1, who = -1;
    struct tb_app_draft d;
    const char *seat = cli_get(c, "seat"), *audience = cli_get(c, "audience"),
               *rival = cli_get(c, "provider"), *of = cli_get(c, "of");
    if (!seat && !of)
        return tb_fail(e, TB_USAGE, tb_t("--seat か --of が要ります", "--seat or --of is needed"));
    if (audience && strcmp(audience, "member") != 0 && strcmp(audience, "office") != 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("--audience は office か member です", "--audience is office or member"));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "most", 0, 10000, 5, &most, e));
    CLI_TRY(cli_int(c, "time", 1, 86400, 60, &seconds, e));
    c->app.plan.seconds = (double)seconds;
    if (seat)
        CLI_TRY(tb_app_seat_draft(&c->app, &(struct tb_seat_question){id, cli_flag(c, "published"), seat, of},
                                  &d, &slot, &who, e));
    else
        CLI_TRY(tb_app_open_draft(&c->app, id, NULL, false, &d, e));
    struct asked q = {-1, rival ? 1 : (int)most, audience && strcmp(audience, "member") == 0};
    enum tb_code code = rival ? tb_app_provider(d.region, rival, &q.rival, e) : TB_OK;
    if (code == TB_OK && !seat) code = tb_app_provider(d.region, of, &who, e);
    struct cli_json j;
    bool proven = true;
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "draft", d.stored.id);
    }
    if (code == TB_OK)
        code = seat ? one_seat(c, &d, slot, who, seat, &q, c->json ? &j : NULL, &proven, e)
                    : his_seats(c, &d, who, &q, c->json ? &j : NULL, &proven, e);
    if (c->json && code) cli_json_drop(&j);
    if (c->json && !code) cli_json_end(&j);
    tb_app_draft_free(&d);
    return code ? code : proven ? TB_OK : TB_LIMIT;
}
