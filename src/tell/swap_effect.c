/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a swap means for one of the two: his duties around it, rules, books, counts of the year.
 */
#include "toban/tell/seat.h"
#include "toban/tell/swap.h"

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void rules_json(const struct tb_swap_effect *f, tb_printer *p)
{
    tb_print_key(p, "rules");
    tb_print_begin_list(p);
    for (size_t i = 0; i < f->n_rules; i++) {
        struct tb_buf text = {0};
        tb_violation_text(f->rules[i].problem, f->rules[i].violation, &text);
        tb_print_begin_object(p);
        tb_print_kstring(p, "change", f->rules[i].newly ? "newly" : "no_longer");
        tb_print_kstring(p, "rule", f->rules[i].violation->rule);
        tb_print_kbool(p, "hard", f->rules[i].violation->hard);
        tb_print_kbool(p, "excepted", f->rules[i].consented);
        tb_print_kstring(p, "text", tb_buf_str(&text));
        tb_print_end_object(p);
        tb_buf_free(&text);
    }
    tb_print_end_list(p);
}

static void books_json(const struct tb_region *r, const struct tb_swap_effect *f, tb_printer *p)
{
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (size_t i = 0; i < f->n_books; i++) {
        char n[32];
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", r->ledgers[f->books[i].ledger].id);
        tb_print_kstring(p, "account", tb_account_id(r, f->books[i].ledger, f->books[i].account));
        tb_print_kstring(p, "carried_before", tb_format_millionths(f->books[i].before, n, sizeof n));
        tb_print_kstring(p, "carried_after", tb_format_millionths(f->books[i].after, n, sizeof n));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void around_json(const struct tb_swap_effect *f, tb_printer *p)
{
    char date[64];
    tb_print_key(p, "around");
    tb_print_begin_list(p);
    for (int i = 0; i < f->n_rest; i++) {
        const struct tb_swap_rest *y = &f->rest[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "change", y->takes ? "takes" : "leaves");
        tb_print_kstring(p, "date", tb_format_date(y->seat.date, date, sizeof date));
        if (y->before.duty >= 0)
            tb_print_kstring(p, "duty_before", tb_format_date(y->before.date, date, sizeof date));
        if (y->after.duty >= 0)
            tb_print_kstring(p, "duty_after", tb_format_date(y->after.date, date, sizeof date));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void counts_json(const struct tb_region *r, const struct tb_swap_effect *f, tb_printer *p)
{
    tb_print_kint(p, "fiscal_year", f->year);
    tb_print_key(p, "duties");
    tb_print_begin_list(p);
    for (size_t i = 0; i < f->n_counts; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "class", f->counts[i].class_ < 0 ? "" : r->classes[f->counts[i].class_].id);
        tb_print_kint(p, "before", f->counts[i].before);
        tb_print_kint(p, "after", f->counts[i].after);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_swap_effect_json(const struct tb_app_swap *x, int side, tb_printer *p)
{
    const struct tb_region *r = x->region;
    struct tb_swap_effect f;
    tb_app_swap_effect(x, side, &f);
    tb_print_begin_object(p);
    tb_print_kstring(p, "provider", r->providers[f.provider].id);
    tb_print_kstring(p, "name", r->providers[f.provider].name);
    tb_print_kstring(p, "other", r->providers[f.other].id);
    tb_print_kbool(p, "consented", tb_swap_consented(&x->swap, side));
    rules_json(&f, p);
    tb_print_kbool(p, "impossible_for_others", f.others_hard > 0);
    books_json(r, &f, p);
    around_json(&f, p);
    counts_json(r, &f, p);
    tb_print_end_object(p);
    tb_swap_effect_free(&f);
}

/* ---- text ------------------------------------------------------------------------------------------- */

static void signed_words(int64_t millionths, struct tb_buf *out)
{
    int64_t h = (millionths + (millionths < 0 ? -5000 : 5000)) / 10000, size = h < 0 ? -h : h;
    tb_buf_addf(out, "%s%lld.%02lld", h < 0 ? "-" : "+", (long long)(size / 100), (long long)(size % 100));
}

static void neighbour_text(const char *before, tb_day from, const struct tb_seat_row *s, struct tb_buf *out)
{
    char date[64];
    tb_buf_add(out, before);
    if (s->duty < 0)
        tb_buf_add(out, tb_t("なし", "none"));
    else
        tb_buf_addf(out, tb_t("%s%s（%d日）", "%s%s (%d days)"),
                    tb_format_date_told(s->date, date, sizeof date),
                    s->role == TB_RESERVE ? tb_t(" 予備", ", in reserve") : "",
                    s->date > from ? s->date - from : from - s->date);
}

static void around_text(const struct tb_region *r, const struct tb_swap_rest *y, struct tb_buf *out)
{
    tb_buf_add(out, y->takes ? tb_t("  受ける: ", "  takes: ") : tb_t("  出す: ", "  leaves: "));
    tb_tell_seat_words(r, &y->seat, out);
    neighbour_text(tb_t("\n    前の当番 ", "\n    duty before: "), y->seat.date, &y->before, out);
    neighbour_text(tb_t("、次の当番 ", ", next: "), y->seat.date, &y->after, out);
    tb_buf_addc(out, '\n');
}

static void rule_text(const struct tb_swap_rule *y, struct tb_buf *out)
{
    tb_buf_addf(out, "  %s %s ", y->newly ? tb_t("新しく", "newly") : tb_t("なくなる", "no longer"),
                y->consented         ? tb_t("特例", "excepted")
                : y->violation->hard ? tb_t("必須", "HARD")
                                     : tb_t("努力", "soft"));
    tb_violation_text(y->problem, y->violation, out);
    tb_buf_addc(out, '\n');
}

static void book_text(const struct tb_region *r, const struct tb_swap_book *y, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("  帳簿 %s: 持越し ", "  ledger %s: carried "), r->ledgers[y->ledger].name);
    signed_words(y->before, out);
    tb_buf_add(out, tb_t(" → ", " -> "));
    signed_words(y->after, out);
    tb_buf_addc(out, '\n');
}

static void counts_text(const struct tb_region *r, const struct tb_swap_effect *f, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("  %d年度の回数:", "  duties of fiscal %d:"), f->year);
    for (size_t i = 0; i < f->n_counts; i++)
        tb_buf_addf(out, tb_t("%s%s %d → %d", "%s%s %d -> %d"), i ? tb_t("、", ", ") : " ",
                    f->counts[i].class_ < 0 ? tb_t("計", "all") : r->classes[f->counts[i].class_].name,
                    f->counts[i].before, f->counts[i].after);
    tb_buf_addc(out, '\n');
}

void tb_tell_swap_effect_text(const struct tb_app_swap *x, int side, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    struct tb_swap_effect f;
    tb_app_swap_effect(x, side, &f);
    tb_buf_addf(out, tb_t("\n%s さんにとって（%s）\n", "\nfor %s (%s)\n"), r->providers[f.provider].name,
                tb_swap_consented(&x->swap, side) ? tb_t("同意済み", "has agreed")
                                                  : tb_t("まだ同意していない", "has not agreed yet"));
    for (int i = 0; i < f.n_rest; i++) around_text(r, &f.rest[i], out);
    for (size_t i = 0; i < f.n_rules; i++) rule_text(&f.rules[i], out);
    if (!f.n_rules)
        tb_buf_add(out, tb_t("  新しく破れる条件も、なくなる違反もありません\n",
                             "  no rule is newly broken or no longer broken\n"));
    if (f.others_hard)
        tb_buf_add(out, tb_t("  都合により、このままでは成立しません\n",
                             "  it cannot be done as it is: not available\n"));
    for (size_t i = 0; i < f.n_books; i++) book_text(r, &f.books[i], out);
    counts_text(r, &f, out);
    tb_swap_effect_free(&f);
}
