/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits for somebody.
 */
#include "toban/tell/todo.h"

#include "toban/tell/seat.h"
#include "toban/tell/words.h"

/* ---- for programs ---------------------------------------------------------------------------------- */

static void todo_item_json(const struct tb_todo *x, const struct tb_todo_item *v, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "kind", tb_todo_word(v->kind));
    tb_print_kstring(p, "key", v->key);
    tb_print_key(p, "day");
    if (v->day == TB_DAY_NONE)
        tb_print_null(p);
    else {
        char date[64];
        tb_print_string(p, tb_format_date(v->day, date, sizeof date));
    }
    tb_print_key(p, "seat");
    if (v->seat.duty < 0)
        tb_print_null(p);
    else {
        tb_print_begin_object(p);
        tb_tell_seat_json(x->region, &v->seat, p);
        tb_print_end_object(p);
    }
    tb_print_key(p, "provider");
    if (v->provider < 0)
        tb_print_null(p);
    else {
        const struct tb_provider *who = &x->region->providers[v->provider];
        tb_print_begin_object(p);
        tb_print_kstring(p, "id", who->id);
        tb_print_kstring(p, "name", who->name);
        tb_print_kstring(p, "phone", tb_tell_phone(who));
        tb_print_end_object(p);
    }
    tb_print_kstring(p, "what", v->what);
    tb_print_kstring(p, "why", v->why);
    tb_print_kstring(p, "look", v->look);
    tb_print_kstring(p, "command", v->command);
    tb_print_end_object(p);
}

void tb_tell_todo_json(const struct tb_todo *x, tb_printer *p)
{
    tb_tell_date(p, "today", x->today);
    tb_print_kint(p, "n", (int64_t)x->n);
    tb_print_key(p, "kinds");
    tb_print_begin_object(p);
    for (int k = 0; k < TB_TODO_KINDS; k++)
        if (x->of[k]) tb_print_kint(p, tb_todo_word((enum tb_todo_kind)k), (int64_t)x->of[k]);
    tb_print_end_object(p);
    tb_print_key(p, "items");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) todo_item_json(x, &x->v[i], p);
    tb_print_end_list(p);
}

/* ---- for people ------------------------------------------------------------------------------------ */

/* Groups by urgency: days from today that still belong to each. */
static const struct {
    int days;
    const char *ja, *en;
} urgency[] = {{-1, "期限を過ぎたもの", "overdue"},
               {0, "今日", "today"},
               {1, "明日", "tomorrow"},
               {7, "7日以内", "within a week"},
               {INT32_MAX, "それより先", "later"}};

static size_t urgency_of(const struct tb_todo *x, const struct tb_todo_item *v)
{
    if (v->day == TB_DAY_NONE) return TB_COUNT(urgency);
    size_t g = 0;
    while (g + 1 < TB_COUNT(urgency) && v->day - x->today > urgency[g].days) g++;
    return g;
}

static void todo_item_text(const struct tb_todo *x, const struct tb_todo_item *v, struct tb_buf *out)
{
    char date[64];
    tb_buf_addf(out, "  ○ %s%s%s",
                v->day == TB_DAY_NONE ? "" : tb_format_date_told(v->day, date, sizeof date),
                v->day == TB_DAY_NONE ? "" : " ", v->what);
    if (v->provider >= 0) {
        const struct tb_provider *who = &x->region->providers[v->provider];
        tb_buf_addf(out, "  %s %s", who->name, tb_tell_phone(who));
    }
    tb_buf_addf(out, tb_t("  ［%s］\n", "  [%s]\n"), tb_todo_name(v->kind));
    if (*v->why) tb_buf_addf(out, "      %s\n", v->why);
    if (*v->look) tb_buf_addf(out, tb_t("      見る  %s\n", "      look  %s\n"), v->look);
    if (*v->command) tb_buf_addf(out, tb_t("      行う  %s\n", "      do    %s\n"), v->command);
}

void tb_tell_todo_text(const struct tb_todo *x, struct tb_buf *out)
{
    char date[64];
    tb_buf_addf(out, tb_t("やること %s: %zu 件\n", "to do on %s: %zu\n"),
                tb_format_date_told(x->today, date, sizeof date), x->n);
    for (int k = 0; k < TB_TODO_KINDS; k++)
        if (x->of[k]) tb_buf_addf(out, "  %s %zu\n", tb_todo_name((enum tb_todo_kind)k), x->of[k]);
    for (size_t i = 0; i < x->n; i++) {
        size_t g = urgency_of(x, &x->v[i]);
        if (!i || urgency_of(x, &x->v[i - 1]) != g)
            tb_buf_addf(out, tb_t("\n【%s】\n", "\n%s\n"),
                        g == TB_COUNT(urgency) ? tb_t("日の決まりのないもの", "at any time")
                                               : tb_t(urgency[g].ja, urgency[g].en));
        todo_item_text(x, &x->v[i], out);
    }
    if (!x->n) tb_buf_addf(out, "%s\n", tb_t("待っているものはありません", "nothing waits"));
}

void tb_tell_todo_done_json(const char *key, tb_printer *p) { tb_print_kstring(p, "done", key); }

void tb_tell_todo_done_text(const char *key, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("済みと記録しました: %s\n", "entered as done: %s\n"), key);
}

void tb_tell_todo_new_json(int n, tb_printer *p) { tb_print_kint(p, "todo", n); }

void tb_tell_todo_new_text(int n, struct tb_buf *out)
{
    if (n)
        tb_buf_addf(out,
                    tb_t("公表した席のうち %d 席が新しく手当てを要します。toban todo で一覧します\n",
                         "%d published seats newly need somebody; toban todo lists them\n"),
                    n);
}

/* ---- replace --with --------------------------------------------------------------------------------- */

static void filled_person_json(const struct tb_region *r, const char *key, int provider, tb_printer *p)
{
    tb_print_key(p, key);
    if (provider < 0) {
        tb_print_null(p);
        return;
    }
    tb_print_begin_object(p);
    tb_print_kstring(p, "id", r->providers[provider].id);
    tb_print_kstring(p, "name", r->providers[provider].name);
    tb_print_kstring(p, "phone", tb_tell_phone(&r->providers[provider]));
    tb_print_end_object(p);
}

void tb_tell_filled_json(const struct tb_filled *x, tb_printer *p)
{
    tb_print_key(p, "seat_filled");
    tb_print_begin_object(p);
    tb_tell_seat_json(x->region, &x->seat, p);
    tb_print_end_object(p);
    filled_person_json(x->region, "went", x->went, p);
    filled_person_json(x->region, "came", x->seat.provider, p);
    tb_print_kbool(p, "reserve_open", x->reserve);
    tb_print_kint(p, "publication", x->number);
    tb_print_kstring(p, "hash", x->hash);
    tb_tell_todo_new_json(x->todo, p);
}

void tb_tell_filled_text(const struct tb_filled *x, struct tb_buf *out)
{
    const struct tb_provider *came = &x->region->providers[x->seat.provider];
    tb_tell_seat_words(x->region, &x->seat, out);
    tb_buf_addf(out, "\n  %s → %s %s\n",
                x->went < 0 ? tb_t("空席", "open") : x->region->providers[x->went].name, came->name,
                tb_tell_phone(came));
    tb_buf_addf(out,
                tb_t("第%lld版（%s）として公表しました。まだなら、代わる人に電話で伝えます\n",
                     "published as number %lld (%s); if it is not done yet, telephone who takes it\n"),
                (long long)x->number, x->hash);
    if (x->reserve)
        tb_buf_add(
            out, tb_t("予備からです。予備の席が空きました\n", "from the reserve, whose seat is open now\n"));
    tb_tell_todo_new_text(x->todo, out);
}

/* ---- the mark of a seat ------------------------------------------------------------------------------ */

void tb_tell_conflict_json(const struct tb_conflict *c, tb_printer *p)
{
    tb_print_key(p, "conflict");
    if (!c) {
        tb_print_null(p);
        return;
    }
    tb_print_begin_object(p);
    tb_print_kstring(p, "what", tb_trouble_word(c->what));
    tb_print_kstring(p, "rules", c->rules);
    tb_print_kstring(p, "why", c->why);
    tb_print_end_object(p);
}

void tb_tell_conflict_text(const struct tb_conflict *c, struct tb_buf *out)
{
    if (c)
        tb_buf_addf(out,
                    tb_t("        ★要確認 %s（toban todo）\n", "        * to be settled: %s (toban todo)\n"),
                    c->why);
}
