/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * swap.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/diff.h"
#include "toban/app/swap.h"

/* ---- words ---------------------------------------------------------------------------------------- */

static void seat_words(const struct tb_region *r, const struct tb_seat_row *s, struct tb_buf *out)
{
    char date[64];
    tb_buf_addf(out, "%s %s %s%s", tb_format_date_told(s->date, date, sizeof date), r->duties[s->duty].name,
                r->bands[s->band].name, s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "");
}

static void signed_words(int64_t millionths, struct tb_buf *out)
{
    int64_t h = (millionths + (millionths < 0 ? -5000 : 5000)) / 10000, size = h < 0 ? -h : h;
    tb_buf_addf(out, "%s%lld.%02lld", h < 0 ? "-" : "+", (long long)(size / 100), (long long)(size % 100));
}

static void stored_seat(const struct tb_swap *w, int side, char out[160])
{
    char date[64];
    const struct tb_swap_seat *s = &w->side[side];
    snprintf(out, 160, "%s:%s:%s:%s", w->duty, tb_format_date(s->date, date, sizeof date), s->band,
             s->role == TB_RESERVE ? "reserve" : "primary");
}

/* ---- one side ---------------------------------------------------------------------------------------- */

static void json_effect(tb_printer *p, const struct tb_app_swap *x, int side)
{
    const struct tb_region *r = x->region;
    struct tb_swap_effect f;
    char a[64];
    tb_app_swap_effect(x, side, &f);
    tb_print_begin_object(p);
    tb_print_kstring(p, "provider", r->providers[f.provider].id);
    tb_print_kstring(p, "name", r->providers[f.provider].name);
    tb_print_kstring(p, "other", r->providers[f.other].id);
    tb_print_kbool(p, "consented", tb_swap_consented(&x->swap, side));
    tb_print_key(p, "rules");
    tb_print_begin_list(p);
    for (size_t i = 0; i < f.n_rules; i++) {
        struct tb_buf text = {0};
        tb_violation_text(f.rules[i].problem, f.rules[i].violation, &text);
        tb_print_begin_object(p);
        tb_print_kstring(p, "change", f.rules[i].newly ? "newly" : "no_longer");
        tb_print_kstring(p, "rule", f.rules[i].violation->rule);
        tb_print_kbool(p, "hard", f.rules[i].violation->hard);
        tb_print_kbool(p, "excepted", f.rules[i].consented);
        tb_print_kstring(p, "text", tb_buf_str(&text));
        tb_print_end_object(p);
        tb_buf_free(&text);
    }
    tb_print_end_list(p);
    tb_print_kbool(p, "impossible_for_others", f.others_hard > 0);
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (size_t i = 0; i < f.n_books; i++) {
        char n[32];
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", r->ledgers[f.books[i].ledger].id);
        tb_print_kstring(p, "account", tb_account_id(r, f.books[i].ledger, f.books[i].account));
        tb_print_kstring(p, "carried_before", tb_format_millionths(f.books[i].before, n, sizeof n));
        tb_print_kstring(p, "carried_after", tb_format_millionths(f.books[i].after, n, sizeof n));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_key(p, "around");
    tb_print_begin_list(p);
    for (int i = 0; i < f.n_rest; i++) {
        const struct tb_swap_rest *y = &f.rest[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "change", y->takes ? "takes" : "leaves");
        tb_print_kstring(p, "date", tb_format_date(y->seat.date, a, sizeof a));
        if (y->before.duty >= 0)
            tb_print_kstring(p, "duty_before", tb_format_date(y->before.date, a, sizeof a));
        if (y->after.duty >= 0) tb_print_kstring(p, "duty_after", tb_format_date(y->after.date, a, sizeof a));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_kint(p, "fiscal_year", f.year);
    tb_print_key(p, "duties");
    tb_print_begin_list(p);
    for (size_t i = 0; i < f.n_counts; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "class", f.counts[i].class_ < 0 ? "" : r->classes[f.counts[i].class_].id);
        tb_print_kint(p, "before", f.counts[i].before);
        tb_print_kint(p, "after", f.counts[i].after);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_end_object(p);
    tb_swap_effect_free(&f);
}

static void neighbour(const char *ja, const char *en, tb_day from, const struct tb_seat_row *s)
{
    char date[64];
    fputs(tb_t(ja, en), stdout);
    if (s->duty < 0)
        fputs(tb_t("なし", "none"), stdout);
    else
        printf(tb_t("%s%s（%d日）", "%s%s (%d days)"), tb_format_date_told(s->date, date, sizeof date),
               s->role == TB_RESERVE ? tb_t(" 予備", ", in reserve") : "",
               s->date > from ? s->date - from : from - s->date);
}

static void text_effect(const struct tb_app_swap *x, int side)
{
    const struct tb_region *r = x->region;
    struct tb_swap_effect f;
    tb_app_swap_effect(x, side, &f);
    printf(tb_t("\n%s さんにとって（%s）\n", "\nfor %s (%s)\n"), r->providers[f.provider].name,
           tb_swap_consented(&x->swap, side) ? tb_t("同意済み", "has agreed")
                                             : tb_t("まだ同意していない", "has not agreed yet"));
    for (int i = 0; i < f.n_rest; i++) {
        struct tb_buf seat = {0};
        seat_words(r, &f.rest[i].seat, &seat);
        printf(f.rest[i].takes ? tb_t("  受ける: %s\n", "  takes: %s\n")
                               : tb_t("  出す: %s\n", "  leaves: %s\n"),
               tb_buf_str(&seat));
        neighbour("    前の当番 ", "    duty before: ", f.rest[i].seat.date, &f.rest[i].before);
        neighbour("、次の当番 ", ", next: ", f.rest[i].seat.date, &f.rest[i].after);
        putchar('\n');
        tb_buf_free(&seat);
    }
    for (size_t i = 0; i < f.n_rules; i++) {
        const struct tb_swap_rule *y = &f.rules[i];
        struct tb_buf text = {0};
        tb_violation_text(y->problem, y->violation, &text);
        printf("  %s %s %s\n", y->newly ? tb_t("新しく", "newly") : tb_t("なくなる", "no longer"),
               y->consented         ? tb_t("特例", "excepted")
               : y->violation->hard ? tb_t("必須", "HARD")
                                    : tb_t("努力", "soft"),
               tb_buf_str(&text));
        tb_buf_free(&text);
    }
    if (!f.n_rules)
        puts(tb_t("  新しく破れる条件も、なくなる違反もありません",
                  "  no rule is newly broken or no longer broken"));
    if (f.others_hard)
        puts(tb_t("  都合により、このままでは成立しません", "  it cannot be done as it is: not available"));
    for (size_t i = 0; i < f.n_books; i++) {
        struct tb_buf before = {0}, after = {0};
        signed_words(f.books[i].before, &before);
        signed_words(f.books[i].after, &after);
        printf(tb_t("  帳簿 %s: 持越し %s → %s\n", "  ledger %s: carried %s -> %s\n"),
               r->ledgers[f.books[i].ledger].name, tb_buf_str(&before), tb_buf_str(&after));
        tb_buf_free(&before);
        tb_buf_free(&after);
    }
    printf(tb_t("  %d年度の回数:", "  duties of fiscal %d:"), f.year);
    for (size_t i = 0; i < f.n_counts; i++)
        printf(tb_t("%s%s %d → %d", "%s%s %d -> %d"), i ? tb_t("、", ", ") : " ",
               f.counts[i].class_ < 0 ? tb_t("計", "all") : r->classes[f.counts[i].class_].name,
               f.counts[i].before, f.counts[i].after);
    putchar('\n');
    tb_swap_effect_free(&f);
}

/* ---- a swap ------------------------------------------------------------------------------------------ */

static void json_head(tb_printer *p, const struct tb_swap *w)
{
    char a[160];
    tb_print_kint(p, "swap", w->id);
    tb_print_kstring(p, "state", tb_swap_id(tb_swap_state(w)));
    tb_print_kint(p, "publication", w->publication);
    tb_print_kstring(p, "duty", w->duty);
    for (int k = 0; k < 2; k++) {
        tb_print_key(p, k ? "taker" : "giver");
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", w->side[k].provider);
        if (w->side[k].band) {
            stored_seat(w, k, a);
            tb_print_kstring(p, "seat", a);
        }
        tb_print_end_object(p);
    }
}

static void json_moves(tb_printer *p, const struct tb_swap *w)
{
    char at[64];
    tb_print_key(p, "moves");
    tb_print_begin_list(p);
    for (size_t i = 0; i < w->n_moves; i++) {
        const struct tb_swap_move *m = &w->moves[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "move", tb_swap_id(m->state));
        tb_print_kstring(p, "of", *m->provider ? m->provider : "office");
        tb_print_kstring(p, "at", tb_format_instant(m->at, at, sizeof at));
        tb_print_kstring(p, "by", m->by);
        tb_print_kstring(p, "note", m->note);
        if (m->publication) tb_print_kint(p, "publication", m->publication);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void text_head(const struct tb_app_swap *x)
{
    const struct tb_swap *w = &x->swap;
    const struct tb_region *r = x->region;
    char a[160], at[64];
    if (w->id)
        printf(tb_t("交換 %lld  %s（第%lld版の席）\n", "swap %lld  %s (seats of publication %lld)\n"),
               (long long)w->id, tb_swap_word(x->state), (long long)w->publication);
    else
        printf(tb_t("交換したとすれば（第%lld版の席。何も保存していません）\n",
                    "if swapped (seats of publication %lld; nothing was stored)\n"),
               (long long)w->publication);
    for (int k = 0; k < 2; k++) {
        int who = tb_find_provider(r, w->side[k].provider);
        if (w->side[k].band) stored_seat(w, k, a);
        printf("  %s  %s\n", w->side[k].band ? a : tb_t("（席は出さない）", "(gives no seat)"),
               who < 0 ? w->side[k].provider : r->providers[who].name);
    }
    for (size_t i = 0; i < w->n_moves && x->side < 0; i++) {
        const struct tb_swap_move *m = &w->moves[i];
        int who = tb_find_provider(r, m->provider);
        printf("  %s  %s  %s%s%s\n", tb_format_instant(m->at, at, sizeof at),
               m->state == TB_SWAP_AGREED ? tb_t("同意", "agreed") : tb_swap_word(m->state),
               who < 0 ? tb_t("事務局", "office") : r->providers[who].name, *m->note ? ": " : "", m->note);
    }
    if (x->possible) printf(tb_t("今は成立しません: %s\n", "not possible today: %s\n"), x->why_not.text);
}

/* One of the two has neither notes nor the other's side in it. */
static void render(struct cli *c, const struct tb_app_swap *x)
{
    const int side = x->side;
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        json_head(j.p, &x->swap);
        tb_print_kbool(j.p, "possible", x->possible == TB_OK);
        if (x->possible) tb_print_kstring(j.p, "why_not", x->why_not.text);
        if (side < 0) {
            tb_print_kstring(j.p, "reason", x->swap.reason);
            json_moves(j.p, &x->swap);
        }
        tb_print_key(j.p, "effects");
        tb_print_begin_list(j.p);
        for (int k = 0; k < 2 && x->n_parts; k++)
            if (side < 0 || side == k) json_effect(j.p, x, k);
        tb_print_end_list(j.p);
        cli_json_end(&j);
        return;
    }
    text_head(x);
    for (int k = 0; k < 2 && x->n_parts; k++)
        if (side < 0 || side == k) text_effect(x, k);
}

/* ---- the words of the command -------------------------------------------------------------------------- */

static enum tb_code number(struct cli *c, int64_t *id, struct tb_err *e)
{
    if (c->n_args < 2)
        return tb_fail(
            e, TB_USAGE,
            tb_t("交換の番号が要ります（swap %s 3）", "the number of the swap is needed (swap %s 3)"),
            c->args[0]);
    if (!tb_parse_int(c->args[1], 1, INT32_MAX, id))
        return tb_fail(e, TB_USAGE,
                       tb_t("交換の番号「%s」が読めません", "\"%s\" is not the number of a swap"),
                       c->args[1]);
    return TB_OK;
}

static enum tb_code ask(struct cli *c, struct tb_err *e)
{
    struct tb_app_swap x;
    struct tb_swap_request rq = {.seat = cli_get(c, "seat"),
                                 .provider = cli_get(c, "provider"),
                                 .with = cli_get(c, "with"),
                                 .partner = cli_get(c, "partner"),
                                 .to = cli_get(c, "to"),
                                 .by_office = cli_flag(c, "office"),
                                 .by_phone = cli_get(c, "phone"),
                                 .reason = cli_get(c, "note"),
                                 .what_if = cli_flag(c, "what-if")};
    if (!rq.seat) return tb_fail(e, TB_USAGE, tb_t("--seat が要ります", "--seat is needed"));
    CLI_TRY(cli_int(c, "publication", 1, INT32_MAX, 0, &rq.publication, e));
    c->app.reader = cli_get(c, "for");
    CLI_TRY(tb_app_swap_ask(&c->app, &rq, &x, e));
    render(c, &x);
    tb_app_swap_free(&x);
    return TB_OK;
}

static enum tb_code show(struct cli *c, struct tb_err *e)
{
    struct tb_app_swap x;
    int64_t id;
    CLI_TRY(number(c, &id, e));
    c->app.reader = cli_get(c, "for");
    CLI_TRY(tb_app_swap_open(&c->app, id, &x, e));
    render(c, &x);
    tb_app_swap_free(&x);
    return TB_OK;
}

static enum tb_code move(struct cli *c, enum tb_swap_state to, struct tb_err *e)
{
    struct tb_app_swap x;
    int64_t id;
    CLI_TRY(number(c, &id, e));
    CLI_TRY(tb_app_swap_move(&c->app, id, to, cli_get(c, "provider"), cli_get(c, "note"), &x, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        json_head(j.p, &x.swap);
        cli_json_end(&j);
    } else
        printf(tb_t("交換 %lld: %s\n", "swap %lld: %s\n"), (long long)id, tb_swap_word(x.state));
    tb_app_swap_free(&x);
    return TB_OK;
}

static enum tb_code agree(struct cli *c, struct tb_err *e) { return move(c, TB_SWAP_AGREED, e); }
static enum tb_code approve(struct cli *c, struct tb_err *e) { return move(c, TB_SWAP_APPROVED, e); }
static enum tb_code refuse(struct cli *c, struct tb_err *e) { return move(c, TB_SWAP_REFUSED, e); }
static enum tb_code withdraw(struct cli *c, struct tb_err *e) { return move(c, TB_SWAP_WITHDRAWN, e); }

static enum tb_code publish(struct cli *c, struct tb_err *e)
{
    struct tb_publication p = {0};
    struct tb_app_diff d;
    int64_t id;
    char text[24];
    CLI_TRY(number(c, &id, e));
    CLI_TRY(tb_app_swap_publish(&c->app, id, cli_get(c, "note"), &p, e));
    snprintf(text, sizeof text, "%lld", (long long)p.number);
    enum tb_code code = tb_app_diff(&c->app, text, NULL, &d, e);
    if (code == TB_OK) {
        struct tb_buf notice = {0};
        tb_app_diff_notice(&d, &notice);
        if (c->json) {
            struct cli_json j;
            cli_json_begin(&j, c);
            tb_print_kint(j.p, "swap", id);
            tb_print_kint(j.p, "publication", p.number);
            tb_print_kstring(j.p, "digest", p.digest);
            tb_print_kint(j.p, "changes", (int64_t)d.n);
            tb_print_kstring(j.p, "notice", tb_buf_str(&notice));
            cli_json_end(&j);
        } else {
            printf(tb_t("第%lld版（%.8s）として公表しました\n\n", "publication %lld (%.8s)\n\n"),
                   (long long)p.number, p.digest);
            fputs(tb_buf_str(&notice), stdout);
        }
        tb_buf_free(&notice);
        tb_app_diff_free(&d);
    }
    tb_publication_free(&p);
    return code;
}

static bool concerns(const struct tb_swap *w, const char *provider)
{
    return !provider || strcmp(w->side[0].provider, provider) == 0 ||
           strcmp(w->side[1].provider, provider) == 0;
}

static enum tb_code list(struct cli *c, struct tb_err *e)
{
    struct tb_swap *v;
    size_t n;
    struct cli_json j = {0};
    CLI_TRY(tb_app_swaps(&c->app, &v, &n, e));
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "swaps");
        tb_print_begin_list(j.p);
    }
    for (size_t i = 0; i < n; i++) {
        char a[160], b[160] = "-";
        if (concerns(&v[i], cli_get(c, "provider"))) {
            stored_seat(&v[i], 0, a);
            if (v[i].side[1].band) stored_seat(&v[i], 1, b);
            if (c->json) {
                tb_print_begin_object(j.p);
                json_head(j.p, &v[i]);
                tb_print_end_object(j.p);
            } else {
                printf("%5lld  ", (long long)v[i].id);
                cli_cell(tb_swap_word(tb_swap_state(&v[i])), 16);
                printf("%s %s  %s %s\n", a, v[i].side[0].provider, b, v[i].side[1].provider);
            }
        }
        tb_swap_free(&v[i]);
    }
    free(v);
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    return TB_OK;
}

enum tb_code cmd_swap(struct cli *c, struct tb_err *e)
{
    static const struct {
        const char *word;
        enum tb_code (*run)(struct cli *c, struct tb_err *e);
    } verbs[] = {{"ask", ask},       {"agree", agree},       {"approve", approve}, {"publish", publish},
                 {"refuse", refuse}, {"withdraw", withdraw}, {"show", show},       {"list", list}};
    for (size_t i = 0; i < TB_COUNT(verbs); i++)
        if (strcmp(c->args[0], verbs[i].word) == 0) return verbs[i].run(c, e);
    return tb_fail(e, TB_USAGE,
                   tb_t("swap 「%s」: ask agree approve publish refuse withdraw show list のどれかです",
                        "swap \"%s\": one of ask, agree, approve, publish, refuse, withdraw, show, list"),
                   c->args[0]);
}
