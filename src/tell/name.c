/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Seats of groups: who is named, who is missing, who can no longer come.
 */
#include "toban/tell/name.h"

#include "toban/tell/seat.h"
#include "toban/tell/words.h"
#include "toban/domain/dated.h"

static bool named_is_shown(const struct tb_tell_names *x, const struct tb_app_named *v)
{
    return x->all || v->person < 0 || v->why;
}

static void named_seat_json(const struct tb_app_names *x, const struct tb_app_named *v, tb_printer *p)
{
    const struct tb_region *r = x->region;
    const struct tb_assignment *a = &x->board->a[v->assignment];
    tb_print_begin_object(p);
    tb_tell_slot_json(r, &x->board->slots[a->slot], p);
    tb_print_kstring(p, "provider", r->providers[a->provider].id);
    tb_print_kstring(p, "provider_name", r->providers[a->provider].name);
    if (v->person >= 0) {
        tb_print_kstring(p, "person", r->providers[v->person].id);
        tb_print_kstring(p, "person_name", r->providers[v->person].name);
    }
    tb_tell_date(p, "due", v->due);
    tb_print_kbool(p, "late", v->late);
    if (v->why) tb_print_kstring(p, "conflict", v->why);
    tb_print_end_object(p);
}

void tb_tell_names_json(const struct tb_tell_names *x, tb_printer *p)
{
    const struct tb_app_names *n = x->names;
    tb_print_kint(p, "publication", n->board->publication);
    tb_print_kint(p, "missing", (int64_t)n->missing);
    tb_print_kint(p, "late", (int64_t)n->late);
    tb_print_kint(p, "conflicts", (int64_t)n->conflicts);
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (size_t i = 0; i < n->n; i++)
        if (named_is_shown(x, &n->v[i])) named_seat_json(n, &n->v[i], p);
    tb_print_end_list(p);
}

static void named_seat_text(const struct tb_app_names *x, const struct tb_app_named *v, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    const struct tb_assignment *a = &x->board->a[v->assignment];
    const struct tb_slot *s = &x->board->slots[a->slot];
    char date[64], due[64];
    tb_tell_cell(out, tb_format_date_told(s->date, date, sizeof date), 22);
    tb_tell_cell(out, tb_duty_on(r, s->duty, s->date)->name, 28);
    tb_tell_cell(out, tb_band_on(r, s->band, s->date)->name, 8);
    tb_tell_cell(out, r->providers[a->provider].name, 46);
    tb_lang_get() == TB_JA ? tb_format_md_ja(v->due, due, sizeof due)
                           : tb_format_date(v->due, due, sizeof due);
    if (v->person >= 0)
        tb_buf_addf(out, "%s%s%s\n", r->providers[v->person].name, v->why ? tb_t("  ★", "  * ") : "",
                    v->why ? v->why : "");
    else
        tb_buf_addf(out,
                    v->late ? tb_t("未定（期限 %s を過ぎました）\n", "not named; was due %s\n")
                            : tb_t("未定（期限 %s）\n", "not named; due %s\n"),
                    due);
}

void tb_tell_names_text(const struct tb_tell_names *x, struct tb_buf *out)
{
    const struct tb_app_names *n = x->names;
    tb_buf_addf(out,
                tb_t("氏名を後で届ける席 %zu、未定 %zu（うち期限を過ぎたもの "
                     "%zu）、届けた人が出られなくなったもの %zu\n",
                     "seats of groups: %zu, not named: %zu (overdue: %zu), named but no longer able: %zu\n"),
                n->n, n->missing, n->late, n->conflicts);
    for (size_t i = 0; i < n->n; i++)
        if (named_is_shown(x, &n->v[i])) named_seat_text(n, &n->v[i], out);
}

void tb_tell_named_json(const struct tb_tell_named *x, tb_printer *p)
{
    tb_print_kstring(p, "seat", x->seat);
    tb_print_kbool(p, "named", !x->removed);
    tb_print_kbool(p, "late", x->late);
}

void tb_tell_named_text(const struct tb_tell_named *x, struct tb_buf *out)
{
    if (x->removed)
        tb_buf_addf(out, "%s\n",
                    tb_t("氏名を取り消しました。席はそのままです", "the name is taken back; the seat stays"));
    else
        tb_buf_addf(out, "%s%s\n",
                    tb_t("氏名を記録しました。席と版はそのままです",
                         "the name is recorded; seat and publication stay"),
                    x->late ? tb_t("（期限後）", " (after the deadline)") : "");
}
