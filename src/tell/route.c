/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer to one question to the routing table.
 */
#include "toban/tell/route.h"

#include <string.h>

#include "toban/tell/words.h"

static const char *role_told(int role)
{
    static const struct {
        const char *ja, *en;
    } words[] = {
        [TB_ANSWER_EMERGENCY] = {"119", "119"},
        [TB_ANSWER_MAIN] = {"案内先", "go to"},
        [TB_ANSWER_BACKUP] = {"後方", "behind it"},
        [TB_ANSWER_LATER] = {"次の診療", "next opening"},
        [TB_ANSWER_LINE] = {"相談電話", "advice line"},
        [TB_ANSWER_FAMILY] = {"診療時間内", "consulting hours"},
        [TB_ANSWER_LAST] = {"最終", "last resort"},
    };
    return tb_t(words[role].ja, words[role].en);
}

/* The roster's row that an entry comes from, duty/date/band; nothing where none. */
static void roster_row(const struct tb_answer_entry *x, struct tb_buf *out)
{
    char date[64] = "";
    if (!*x->duty) return;
    if (x->date != TB_DAY_NONE) tb_format_date(x->date, date, sizeof date);
    tb_buf_addf(out, "%s/%s/%s", x->duty, date, x->band);
}

/* ---- for programs ------------------------------------------------------------------------------- */

static void last_resort_json(const struct tb_last_resort *l, tb_printer *p)
{
    char t[64];
    tb_print_key(p, "last_resort");
    tb_print_begin_list(p);
    for (size_t i = 0; i < l->n; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "role", tb_answer_role_word(l->rows[i].role));
        tb_print_kstring(p, "name", l->rows[i].name);
        tb_print_kstring(p, "phone", l->rows[i].phone);
        tb_print_kstring(p, "from", tb_format_time(l->rows[i].from, t, sizeof t));
        tb_print_kstring(p, "to", tb_format_time(l->rows[i].to, t, sizeof t));
        tb_print_kstring(p, "note", l->rows[i].note);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void entry_json(const struct tb_answer_entry *x, tb_printer *p)
{
    struct tb_buf row = {0};
    roster_row(x, &row);
    tb_print_begin_object(p);
    tb_print_kstring(p, "role", tb_answer_role_word(x->role));
    tb_print_kstring(p, "name", x->name);
    tb_print_kstring(p, "phone", x->phone);
    tb_print_kint(p, "tier", x->tier);
    if (*x->facility) tb_print_kstring(p, "facility", x->facility);
    if (*x->duty) {
        tb_print_kstring(p, "duty", x->duty);
        tb_print_kstring(p, "roster_row", tb_buf_str(&row));
    }
    if (x->checked != TB_DAY_NONE) tb_tell_date(p, "checked", x->checked);
    tb_tell_instant(p, "open_from", x->open_from);
    tb_tell_instant(p, "reception_until", x->reception_until);
    tb_tell_instant(p, "closes", x->closes);
    tb_print_kint(p, "minutes", x->minutes);
    tb_print_kstring(p, "rule", x->rule);
    tb_print_kstring(p, "note", x->note);
    if (*x->lacks) tb_print_kstring(p, "ring_first_for", x->lacks);
    if (x->doubtful) tb_print_kbool(p, "confirm_by_phone", true);
    if (*x->mark) {
        tb_print_kstring(p, "override", x->mark);
        tb_tell_instant(p, "override_until", x->mark_until);
    }
    tb_print_end_object(p);
    tb_buf_free(&row);
}

static void near_json(const struct tb_asked *x, tb_printer *p)
{
    tb_print_key(p, "near_miss");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_near; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "name", x->near[i].name);
        tb_print_kstring(p, "duty", x->near[i].duty);
        tb_print_kstring(p, "failed", tb_t(x->near[i].test_ja, x->near[i].test_en));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_kstring(p, "order",
                     "policy rank; open before closed; minutes by car; duty id; facility id; then hospitals "
                     "that offer what the modifier needs before the others of their tier");
}

void tb_tell_route_json(const struct tb_tell_route *x, tb_printer *p)
{
    const struct tb_asked *asked = x->asked;
    struct tb_buf heading = {0};
    tb_tell_table_json(x->routing, x->at, p);
    if (!asked) {
        last_resort_json(&x->routing->last, p);
        return;
    }
    tb_answer_heading(x->routing->table, &asked->q, &asked->a, &heading);
    if (heading.len > 0) tb_print_kstring(p, "heading", tb_buf_str(&heading));
    tb_buf_free(&heading);
    tb_tell_instant(p, "expires", asked->a.expires);
    tb_print_kbool(p, "fallback", asked->a.fallback);
    tb_print_key(p, "entries");
    tb_print_begin_list(p);
    for (int i = 0; i < asked->a.n; i++) entry_json(&asked->a.e[i], p);
    tb_print_end_list(p);
    if (x->explain) near_json(asked, p);
}

void tb_tell_route_document(const struct tb_tell_route *x, struct tb_buf *out)
{
    tb_printer *p = tb_tell_begin(out, "route", 1);
    tb_tell_route_json(x, p);
    tb_tell_end(p, out);
}

/* ---- for people --------------------------------------------------------------------------------- */

static void last_resort_text(const struct tb_last_resort *l, struct tb_buf *out)
{
    char from[64], to[64];
    for (size_t i = 0; i < l->n; i++) {
        const struct tb_last_row *x = &l->rows[i];
        tb_buf_addf(out, "%zu. ", i + 1);
        tb_tell_cell(out, role_told(x->role), 16);
        tb_buf_addf(out, "%s  %s", x->name, x->phone);
        if (x->to - x->from < TB_MINUTES_PER_DAY)
            tb_buf_addf(out, "  %s-%s", tb_format_time_ja(x->from, from, sizeof from),
                        tb_format_time_ja(x->to, to, sizeof to));
        tb_buf_addf(out, "  %s\n", x->note);
    }
}

static const struct tb_policy *policy_named(const struct tb_region *r, const char *id)
{
    for (int i = 0; i < r->n_policies; i++)
        if (strcmp(r->policies[i].id, id) == 0) return &r->policies[i];
    return NULL;
}

/* What put the entry on the list. */
static void reasons_text(const struct tb_region *r, const struct tb_answer_entry *x, struct tb_buf *out)
{
    char date[64] = "-", checked[64] = "-";
    struct tb_buf row = {0};
    const struct tb_policy *p = policy_named(r, x->rule);
    roster_row(x, &row);
    if (p && p->approved_on != TB_DAY_NONE) tb_format_date(p->approved_on, date, sizeof date);
    if (x->checked != TB_DAY_NONE) tb_format_date(x->checked, checked, sizeof checked);
    tb_buf_addf(out,
                tb_t("     規則 %s（順 %d、承認 %s %s）", "     rule %s (rank %d, approved by %s on %s)"),
                x->rule, p ? p->rank : 0, p ? p->approved_by : "-", date);
    if (row.len) tb_buf_addf(out, tb_t("  当番表の行 %s", "  roster row %s"), row.s);
    if (*x->facility)
        tb_buf_addf(out, tb_t("  施設 %s（確認日 %s）", "  facility %s (data checked on %s)"), x->facility,
                    checked);
    tb_buf_addc(out, '\n');
    tb_buf_free(&row);
}

static void hours_text(const struct tb_answer_entry *x, struct tb_buf *out)
{
    char t[64];
    if (x->role == TB_ANSWER_LATER && x->open_from != INT64_MIN)
        tb_buf_addf(out, tb_t("  %.16s から", "  from %.16s"), tb_format_instant(x->open_from, t, sizeof t));
    if (x->reception_until != INT64_MIN)
        tb_buf_addf(out, tb_t("  受付 %.16s まで", "  reception until %.16s"),
                    tb_format_instant(x->reception_until, t, sizeof t));
    if (x->provider >= 0 && x->minutes > 0) tb_buf_addf(out, tb_t("  約%d分", "  about %d min"), x->minutes);
}

static void marks_text(const struct tb_answer_entry *x, struct tb_buf *out)
{
    char t[64];
    if (*x->mark) tb_buf_addf(out, "  〔%s〕", x->mark);
    if (*x->mark && x->mark_until != INT64_MIN)
        tb_buf_addf(out, tb_t(" %.16s に自動復帰", " over at %.16s"),
                    tb_format_instant(x->mark_until, t, sizeof t));
    if (x->doubtful)
        tb_buf_add(out, tb_t("  〔電話で確認: この当番の範囲ですが、この施設の診療科にありません〕",
                             "  [ring first: within this duty, but not among what this place offers]"));
    if (*x->lacks)
        tb_buf_addf(out, tb_t("  〔%s の受け入れは電話で確かめる〕", "  [%s: ring first]"), x->lacks);
    if (*x->note) tb_buf_addf(out, "  %s", x->note);
    if (x->closes != INT64_MIN && strcmp(x->rule, "home-care") == 0)
        tb_buf_addf(out, tb_t("（%.16s まで）", " (until %.16s)"), tb_format_instant(x->closes, t, sizeof t));
}

static void near_text(const struct tb_asked *x, struct tb_buf *out)
{
    tb_buf_addf(out, "%s\n",
                tb_t("並べ方: 規則の順、開いている所が先、車の分、当番区分の記号、医療機関の記号",
                     "order: policy rank; open before closed; minutes by car; duty id; facility id"));
    for (int i = 0; i < x->n_near; i++) {
        const struct tb_near *n = &x->near[i];
        tb_buf_addf(out, tb_t("あと一つで載る: %s（%s）: %s\n", "near miss: %s (%s): %s\n"), n->name,
                    *n->duty_name ? n->duty_name : "-", tb_t(n->test_ja, n->test_en));
    }
}

static void entries_text(const struct tb_tell_route *x, struct tb_buf *out)
{
    for (int i = 0; i < x->asked->a.n; i++) {
        const struct tb_answer_entry *entry = &x->asked->a.e[i];
        tb_buf_addf(out, "%d. ", i + 1);
        tb_tell_cell(out, role_told(entry->role), 16);
        tb_buf_addf(out, "%s  %s", entry->name, entry->phone);
        hours_text(entry, out);
        marks_text(entry, out);
        tb_buf_addc(out, '\n');
        if (x->explain) reasons_text(tb_table_region(x->routing->table), entry, out);
    }
}

void tb_tell_route_text(const struct tb_tell_route *x, struct tb_buf *out)
{
    char t[64];
    const struct tb_asked *asked = x->asked;
    tb_tell_table_text(x->routing, x->at, out);
    if (!asked) {
        last_resort_text(&x->routing->last, out);
        return;
    }
    size_t before = out->len;
    tb_answer_heading(x->routing->table, &asked->q, &asked->a, out);
    if (out->len > before) tb_buf_addc(out, '\n');
    tb_buf_addf(out, tb_t("この答えは %.16s まで\n", "this answer holds until %.16s\n"),
                tb_format_instant(asked->a.expires, t, sizeof t));
    entries_text(x, out);
    if (x->explain) near_text(asked, out);
    struct tb_table_info info = tb_table_info(x->routing->table);
    tb_buf_addf(out, "%s\n%s\n", info.use, info.notice);
}
