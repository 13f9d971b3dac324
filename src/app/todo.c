/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that waits for somebody: one row and one finder for each kind.
 */
#include <stdlib.h>
#include <string.h>

#include "todo_int.h"

/* `ahead`: so many days before its day it is on the list. `by_hand`: only a person knows when it is done, and
 * says so with todo --done. */
static const struct {
    const char *word, *ja, *en;
    int ahead;
    bool by_hand;
    enum tb_code (*find)(struct todo_work *w, struct tb_err *e);
} rows[TB_TODO_KINDS] = {
    [TB_TODO_HOLDER] = {"holder", "出られない当番（公表後の支障）", "on duty, and cannot be", 0, false,
                        todo_find_trouble},
    [TB_TODO_WISH] = {"wish", "公表後に届いた出務不可・希望", "wishes against what is published", 0, false,
                      todo_find_trouble},
    [TB_TODO_GONE] = {"gone", "暦から消えた席", "published seats of no duty day", 0, false,
                      todo_find_trouble},
    [TB_TODO_OPEN] = {"open", "空席", "open seats", 0, false, todo_find_trouble},
    [TB_TODO_NAME] = {"name", "氏名が未定の席", "names missing", 7, false, todo_find_names},
    [TB_TODO_SWAP] = {"swap", "当番の交換", "swaps waiting", 0, false, todo_find_swaps},
    [TB_TODO_ROUND] = {"round", "回覧が終わった案", "drafts whose round is over", 0, false, todo_find_rounds},
    [TB_TODO_APPROVED] = {"approved", "承認済みで未公表の案", "approved, not published", 0, false,
                          todo_find_approved},
    [TB_TODO_DOUBT] = {"doubt", "要確認の案", "drafts in doubt", 0, false, todo_find_doubts},
    [TB_TODO_SEND] = {"send", "未送付の送付先", "not told yet", 0, false, todo_find_unsent},
    [TB_TODO_CONFIRM] = {"confirm", "受領確認待ち", "told, not confirmed", 0, false, todo_find_unconfirmed},
    [TB_TODO_UNFETCHED] = {"unfetched", "予定表が未取得（電話で伝える）", "calendar not fetched (telephone)",
                           3, true, todo_find_unfetched},
    [TB_TODO_SURVEY] = {"survey", "希望調査が未回答", "wishes not answered", 7, false, todo_find_silent},
    [TB_TODO_OVERRIDE] = {"override", "公表後の変更（紙の窓口に知らせる）",
                          "overrides to be told to desks on paper", 0, true, todo_find_overrides},
    [TB_TODO_DISASTER] = {"disaster", "災害モード", "disaster mode", 0, false, todo_find_disasters},
    [TB_TODO_TABLE] = {"table", "案内表の更新", "the routing table's renewal", 0, false, todo_find_table},
    [TB_TODO_PLAN] = {"plan", "次の期間の当番表", "the next period's roster", 0, false, todo_find_plans},
    [TB_TODO_HOLIDAYS] = {"holidays", "次の年の祝日", "the next year's holidays", 60, false,
                          todo_find_holidays},
    [TB_TODO_FACTS] = {"facts", "公表と違ってきた記載", "no longer as published", 0, false, todo_find_facts},
    [TB_TODO_RETENTION] = {"retention", "保存年限を過ぎたもの", "past their years", 0, false,
                           todo_find_retention},
    [TB_TODO_BACKUP] = {"backup", "控え", "backup", 7, false, todo_find_backup},
};

const char *tb_todo_word(enum tb_todo_kind kind) { return rows[kind].word; }
const char *tb_todo_name(enum tb_todo_kind kind) { return tb_t(rows[kind].ja, rows[kind].en); }

enum tb_code tb_todo_kind_named(const char *word, enum tb_todo_kind *out, struct tb_err *e)
{
    struct tb_buf all = {0};
    for (int k = 0; k < TB_TODO_KINDS; k++) {
        tb_buf_addf(&all, "%s%s", k ? ", " : "", rows[k].word);
        if (strcmp(rows[k].word, word) != 0) continue;
        *out = (enum tb_todo_kind)k;
        tb_buf_free(&all);
        return TB_OK;
    }
    enum tb_code c = tb_fail(
        e, TB_USAGE, tb_t("種類「%s」はありません。あるのは: %s", "there is no kind \"%s\"; there are: %s"),
        word, tb_buf_str(&all));
    tb_buf_free(&all);
    return c;
}

void tb_todo_free(struct tb_todo *x)
{
    free(x->v);
    tb_region_free(x->region);
    tb_arena_free(&x->arena);
    *x = (struct tb_todo){0};
}

/* ---- the list -------------------------------------------------------------------------------------- */

static int by_day(const void *p, const void *q)
{
    const struct tb_todo_item *a = p, *b = q;
    bool none_a = a->day == TB_DAY_NONE, none_b = b->day == TB_DAY_NONE;
    if (none_a != none_b) return none_a ? 1 : -1;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return strcmp(a->key, b->key);
}

#define DONE "done"

/* Takes out what a person has said is done, what lies further than asked, and what is other bodies'. */
static enum tb_code keep_waiting(struct todo_work *w, const struct tb_todo_asked *asked, struct tb_err *e)
{
    struct tb_audit_line *done;
    size_t n_done, n = 0;
    struct tb_todo *x = w->out;
    enum tb_code c = tb_store_audit_lines(w->s, DONE, 0, &done, &n_done, e);
    if (c) return c;
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_todo_item *v = &x->v[i];
        bool off = asked->days >= 0 && v->day != TB_DAY_NONE && v->day > w->today + asked->days;
        off |= v->seat.duty >= 0 && !app_works_for(w->app, w->r, v->seat.duty);
        size_t len = strlen(v->key);
        for (size_t k = 0; k < n_done && !off && rows[v->kind].by_hand; k++)
            off = strncmp(done[k].detail, v->key, len) == 0 &&
                  (done[k].detail[len] == '\0' || done[k].detail[len] == ' ');
        if (!off) x->v[n++] = *v;
    }
    x->n = n;
    tb_audit_free(done, n_done);
    return TB_OK;
}

static enum tb_code find_all(struct todo_work *w, const struct tb_todo_asked *asked, struct tb_err *e)
{
    enum tb_todo_kind only = TB_TODO_KINDS;
    enum tb_code c = asked->kind ? tb_todo_kind_named(asked->kind, &only, e) : TB_OK;
    if (c == TB_OK) c = tb_store_latest(w->s, &w->latest, e);
    if (c == TB_OK && w->latest) c = tb_store_covers(w->s, w->r, 0, &w->covers, &w->n_covers, e);
    for (int k = 0; k < TB_TODO_KINDS && c == TB_OK; k++) {
        if (only != TB_TODO_KINDS && (int)only != k) continue;
        w->kind = (enum tb_todo_kind)k;
        w->ahead = rows[k].ahead;
        w->word = rows[k].word;
        c = rows[k].find(w, e);
    }
    if (c == TB_OK) c = keep_waiting(w, asked, e);
    tb_conflicts_free(&w->conflicts);
    tb_lives_free(w->lives, w->n_lives);
    todo_sent_free(w);
    free(w->covers);
    return c;
}

enum tb_code tb_app_todo(const struct tb_app *app, const struct tb_todo_asked *asked, struct tb_todo *out,
                         struct tb_err *e)
{
    *out = (struct tb_todo){0};
    struct todo_work w = {
        .app = app, .within = app_within(app), .now = tb_clock_now(&app->clock), .out = out};
    enum tb_code c = app_may(app, TB_USE_TODO, e);
    if (c == TB_OK) c = app_open(app, &w.s, &out->region, e);
    if (c) return c;
    const struct app_reading reading = {w.s, out->region};
    w.within.reading = &reading;
    w.r = out->region;
    w.today = out->today = tb_day_of_minute(w.now);
    c = app_close(w.s, find_all(&w, asked, e));
    if (c) {
        tb_todo_free(out);
        return c;
    }
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_day);
    for (size_t i = 0; i < out->n; i++) out->of[out->v[i].kind]++;
    return TB_OK;
}

/* ---- done by a person ------------------------------------------------------------------------------ */

enum tb_code tb_app_todo_done(const struct tb_app *app, const char *key, const char *note, struct tb_err *e)
{
    struct tb_todo all;
    const struct tb_app within = app_within(app);
    enum tb_code c = app_may(app, TB_USE_TODO_DONE, e);
    if (c == TB_OK) c = tb_app_todo(&within, &(struct tb_todo_asked){.days = -1}, &all, e);
    if (c) return c;
    const struct tb_todo_item *found = NULL;
    for (size_t i = 0; i < all.n; i++)
        if (strcmp(all.v[i].key, key) == 0) found = &all.v[i];
    if (!found)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("「%s」は、いま待っているものの中にありません（toban todo --json の key）",
                         "\"%s\" is none of what waits (a key of toban todo --json)"),
                    key);
    else if (!rows[found->kind].by_hand)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("「%s」は、済めば一覧から消えます。手順: %s",
                         "\"%s\" goes off the list when it is done: %s"),
                    key, *found->command ? found->command : found->what);
    tb_todo_free(&all);
    tb_store *s;
    if (c == TB_OK) c = app_begin(app, &s, NULL, e);
    if (c) return c;
    struct tb_buf detail = {0};
    tb_buf_addf(&detail, "%s%s%s", key, note && *note ? " " : "", note ? note : "");
    c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, DONE, tb_buf_str(&detail), e);
    tb_buf_free(&detail);
    return app_commit(s, c, e);
}
