/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pages beside the draft: what drafts there are, what waits, what is published, who may log in.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/app/history.h"
#include "toban/app/todo.h"
#include "visit.h"

/* ---- drafts ---- */

static void span(tb_day from, tb_day to, struct tb_buf *out)
{
    web_day(from, out);
    if (to == from) return;
    tb_buf_add(out, "〜");
    web_day(to, out);
}

/* "a;b;c" as names: what they have in common, or the first and how many more. */
static void duty_names(const struct tb_region *r, const char *ids, struct tb_buf *out)
{
    const char *names[64];
    int n = 0;
    char *copy = tb_xstrdup(ids), *at = copy;
    while (at && *at && n < 64) {
        char *next = strchr(at, ';');
        if (next) *next++ = '\0';
        int duty = tb_find_duty(r, at);
        if (duty >= 0) names[n++] = r->duties[duty].name;
        at = next;
    }
    struct tb_buf common = {0};
    web_common(names, n, &common);
    if (common.len)
        tb_buf_add(out, common.s);
    else if (n)
        tb_buf_add(out, names[0]);
    if (n > 1) tb_buf_addf(out, common.len ? "（%d区分）" : " ほか%d区分", common.len ? n : n - 1);
    tb_buf_free(&common);
    free(copy);
}

static void life_row(struct tb_html *h, const struct tb_region *r, const struct tb_life_state *x)
{
    struct tb_buf days = {0}, duties = {0};
    char to[40];
    span(x->from, x->to, &days);
    duty_names(r, x->duties, &duties);
    tb_html_open(h, "tr");
    tb_html_open(h, "td");
    (void)snprintf(to, sizeof to, "/d/%lld", (long long)x->draft);
    tb_html_open(h, "a");
    tb_html_attr(h, "href", to);
    tb_html_textf(h, "案%lld", (long long)x->draft);
    tb_html_close(h, "a");
    tb_html_close(h, "td");
    tb_html_el_as(h, "td", "num", tb_buf_str(&days));
    tb_html_el(h, "td", tb_buf_str(&duties));
    tb_html_open(h, "td");
    tb_html_text(h, tb_life_word(x->state));
    if (x->published) tb_html_textf(h, " 第%lld版", (long long)x->published);
    if (x->doubt) tb_html_el_as(h, "span", "is-stop", " 要確認");
    tb_html_close(h, "td");
    tb_html_close_line(h, "tr");
    tb_buf_free(&days);
    tb_buf_free(&duties);
}

static bool is_open(const struct tb_life_state *x) { return x->state <= TB_LIFE_APPROVED; }

static void life_table(struct tb_html *h, const struct tb_region *r, const struct tb_life_state *v, size_t n,
                       bool open)
{
    static const char *const words[] = {"案", "日", "当番区分", "今"};
    size_t shown = 0;
    for (size_t i = 0; i < n; i++) shown += is_open(&v[i]) == open;
    if (!shown) {
        tb_html_el(h, "p",
                   open ? "作りかけの案はありません。下で期間をえらんで組みます。"
                        : "まだ何も公表していません。");
        return;
    }
    tb_html_open_as(h, "table", "plain list");
    web_heads(h, words, TB_COUNT(words));
    tb_html_open(h, "tbody");
    for (size_t i = n; i-- > 0;)
        if (is_open(&v[i]) == open) life_row(h, r, &v[i]);
    tb_html_close(h, "tbody");
    tb_html_close_line(h, "table");
}

static void draft_select(struct tb_html *h, const char *name, const char *label,
                         const struct tb_life_state *v, size_t n, int64_t chosen)
{
    tb_html_open_as(h, "label", "label");
    tb_html_textf(h, "%s ", label);
    tb_html_open_as(h, "select", "input fit");
    tb_html_attr(h, "name", name);
    for (size_t i = n; i-- > 0;) {
        struct tb_buf days = {0};
        if (!is_open(&v[i])) continue;
        span(v[i].from, v[i].to, &days);
        tb_html_open(h, "option");
        tb_html_attr_int(h, "value", v[i].draft);
        if (v[i].draft == chosen) tb_html_attr(h, "selected", "");
        tb_html_textf(h, "案%lld %s", (long long)v[i].draft, tb_buf_str(&days));
        tb_html_close(h, "option");
        tb_buf_free(&days);
    }
    tb_html_close(h, "select");
    tb_html_close_line(h, "label");
}

/* Two that are open, side by side. */
static void compare_form(struct tb_html *h, const struct tb_life_state *v, size_t n)
{
    int64_t last[2] = {0, 0};
    for (size_t i = 0; i < n; i++)
        if (is_open(&v[i])) {
            last[0] = last[1];
            last[1] = v[i].draft;
        }
    if (!last[0]) return;
    tb_html_open_as(h, "form", "row");
    tb_html_attr(h, "action", "/compare");
    draft_select(h, "a", "案", v, n, last[0]);
    draft_select(h, "b", "と", v, n, last[1]);
    tb_html_el_as(h, "button", "btn small", "を比べる");
    tb_html_close_line(h, "form");
}

static void practice_form(struct visit *v, struct tb_html *h)
{
    tb_html_open_as(h, "section", "panel stack");
    tb_html_el(h, "h2", "練習する");
    tb_html_el(h, "p", "今のデータの写しの上で、同じ画面を自由に使えます。本物は何も変わりません。");
    web_form(h, v->ask.token, "/practice", NULL);
    web_hidden(h, "what", "begin");
    tb_html_el_as(h, "button", "btn", "練習を始める");
    tb_html_close_line(h, "form");
    tb_html_close_line(h, "section");
}

void page_home(struct visit *v)
{
    struct tb_region *r = NULL;
    struct tb_life_state *lives = NULL;
    size_t n = 0;
    struct tb_err e = {0};
    enum tb_code c = tb_app_region(&v->app, &r, &e);
    if (c == TB_OK) c = tb_app_lives(&v->app, &lives, &n, &e);
    if (!visit_refused(v, c, &e)) {
        struct tb_html h = {.out = &v->reply.body};
        const struct web_frame frame = {"月表", "/m", NULL};
        web_frame_open(&v->ask, &frame, &h);
        tb_html_el(&h, "h1", "月表");
        tb_html_open(&h, "p");
        web_link(&h, "btn", "/all", "すべての当番を月で見る");
        tb_html_close_line(&h, "p");
        tb_html_open_as(&h, "section", "panel");
        tb_html_el(&h, "h2", "作りかけの案");
        life_table(&h, r, lives, n, true);
        compare_form(&h, lives, n);
        tb_html_close_line(&h, "section");
        if (tb_actor_may(&v->app.actor, TB_USE_PLAN)) page_plan_form(v, &h, r);
        if (tb_actor_may(&v->app.actor, TB_USE_PRACTICE) && !v->ask.practice) practice_form(v, &h);
        tb_html_open_as(&h, "section", "panel");
        tb_html_el(&h, "h2", "公表したもの");
        life_table(&h, r, lives, n, false);
        tb_html_close_line(&h, "section");
        web_frame_close(&v->ask, &h);
        v->reply.status = 200;
    }
    tb_lives_free(lives, n);
    tb_region_free(r);
}

/* ---- practising ---- */

/* A fresh copy each time; the data file itself is opened by whoever is asked next. */
void page_practice(struct visit *v)
{
    const char *what = web_value(&v->ask, "what");
    bool on = what && strcmp(what, "begin") == 0;
    struct tb_err e = {0};
    if (on) {
        struct tb_app real = v->app;
        real.db = v->o->app->db;
        real.kept = NULL;
        if (visit_refused(v, tb_app_practice(&real, v->o->practice, &e), &e)) return;
    }
    visit_practise(v, on);
    tb_buf_add(&v->reply.location, "/m");
    v->reply.status = 303;
}

/* ---- what waits ---- */

void page_todo(struct visit *v)
{
    static const char *const words[] = {"いつまで", "こと", "わけ"};
    struct tb_todo x;
    struct tb_err e = {0};
    const struct tb_todo_asked asked = {.days = 60};
    if (visit_refused(v, tb_app_todo(&v->app, &asked, &x, &e), &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"やること", "/todo", NULL};
    web_frame_open(&v->ask, &frame, &h);
    tb_html_elf(&h, "h1", NULL, "やること %zu件", x.n);
    if (!x.n) tb_html_el(&h, "p", "待っているものはありません。");
    for (int k = 0; k < TB_TODO_KINDS; k++) {
        if (!x.of[k]) continue;
        tb_html_open_as(&h, "section", "panel");
        tb_html_elf(&h, "h2", NULL, "%s %zu件", tb_todo_name((enum tb_todo_kind)k), x.of[k]);
        tb_html_open_as(&h, "table", "plain list");
        web_heads(&h, words, TB_COUNT(words));
        tb_html_open(&h, "tbody");
        for (size_t i = 0; i < x.n; i++) {
            struct tb_buf day = {0};
            if ((int)x.v[i].kind != k) continue;
            if (x.v[i].day != TB_DAY_NONE) web_day(x.v[i].day, &day);
            tb_html_open(&h, "tr");
            tb_html_el_as(&h, "td", "num", tb_buf_str(&day));
            tb_html_el(&h, "td", x.v[i].what);
            tb_html_el(&h, "td", x.v[i].why);
            tb_html_close_line(&h, "tr");
            tb_buf_free(&day);
        }
        tb_html_close(&h, "tbody");
        tb_html_close_line(&h, "table");
        tb_html_close_line(&h, "section");
    }
    web_frame_close(&v->ask, &h);
    tb_todo_free(&x);
    v->reply.status = 200;
}

/* ---- what is published ---- */

void page_publications(struct visit *v)
{
    static const char *const words[] = {"版", "いつ", "だれが", "メモ", "見る"};
    struct tb_publication *p;
    size_t n;
    char at[64];
    struct tb_err e = {0};
    if (visit_refused(v, tb_app_publications(&v->app, &p, &n, &e), &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"公表", "/publications", NULL};
    web_frame_open(&v->ask, &frame, &h);
    tb_html_el(&h, "h1", "公表");
    if (!n) tb_html_el(&h, "p", "まだ何も公表していません。月表で案を組み、「回覧・公表へ」から公表します。");
    tb_html_open_as(&h, "table", "plain list");
    web_heads(&h, words, TB_COUNT(words));
    tb_html_open(&h, "tbody");
    for (size_t i = n; i-- > 0;) {
        tb_html_open(&h, "tr");
        char to[48];
        tb_html_elf(&h, "td", "num", "第%lld版", (long long)p[i].number);
        tb_html_el_as(&h, "td", "num", tb_format_instant_told(p[i].at, at, sizeof at));
        tb_html_el(&h, "td", p[i].by);
        tb_html_el(&h, "td", p[i].note ? p[i].note : "");
        tb_html_open(&h, "td");
        (void)snprintf(to, sizeof to, "/diff?a=%lld", (long long)p[i].number);
        web_link(&h, "btn small", to, "前の版との違い");
        tb_html_text(&h, " ");
        (void)snprintf(to, sizeof to, "/sent?number=%lld", (long long)p[i].number);
        web_link(&h, "btn small", to, "知らせる相手");
        tb_html_close(&h, "td");
        tb_html_close_line(&h, "tr");
    }
    tb_html_close(&h, "tbody");
    tb_html_close_line(&h, "table");
    web_frame_close(&v->ask, &h);
    for (size_t i = 0; i < n; i++) tb_publication_free(&p[i]);
    free(p);
    v->reply.status = 200;
}

/* ---- who may log in ---- */

static void user_row(struct visit *v, struct tb_html *h, const struct tb_account *x)
{
    struct tb_actor actor = {0};
    struct tb_err e = {0};
    tb_html_open(h, "tr");
    tb_html_el(h, "td", x->name);
    tb_html_el(h, "td", x->login);
    tb_html_el(h, "td", tb_actor_parse(x->role, &actor, &e) ? x->role : tb_actor_role_name(actor.role));
    tb_html_el(h, "td", *x->bodies ? x->bodies : "全団体");
    tb_html_el(h, "td", x->disabled ? "停止中" : *x->totp ? "確認番号あり" : "");
    tb_html_open(h, "td");
    web_form(h, v->ask.token, "/users", NULL);
    web_hidden(h, "login", x->login);
    web_hidden(h, "what", x->disabled ? "enable" : "disable");
    tb_html_el_as(h, "button", "btn small", x->disabled ? "また使えるようにする" : "止める");
    tb_html_close(h, "form");
    tb_html_close(h, "td");
    tb_html_close_line(h, "tr");
}

static void add_form(struct visit *v, struct tb_html *h)
{
    static const enum tb_actor_role roles[] = {TB_ROLE_OFFICE,   TB_ROLE_DIRECTOR,   TB_ROLE_COORDINATOR,
                                               TB_ROLE_DESK_119, TB_ROLE_DESK_PHONE, TB_ROLE_RECEPTION};
    tb_html_open_as(h, "section", "panel stack");
    tb_html_el(h, "h2", "加える");
    web_form(h, v->ask.token, "/users", NULL);
    web_hidden(h, "what", "add");
    web_field(h, &(struct web_field){.name = "name", .label = "名前（記録に残ります）", .needed = true});
    web_field(h, &(struct web_field){.name = "login", .label = "利用者名（英数字）", .needed = true});
    web_field(h, &(struct web_field){.name = "password",
                                     .label = "はじめのパスワード（10文字以上）",
                                     .type = "password",
                                     .needed = true});
    tb_html_open_as(h, "div", "field");
    tb_html_open(h, "label");
    tb_html_attr(h, "for", "role");
    tb_html_text(h, "役");
    tb_html_close(h, "label");
    tb_html_open_as(h, "select", "input");
    tb_html_attr(h, "id", "role");
    tb_html_attr(h, "name", "role");
    for (size_t i = 0; i < TB_COUNT(roles); i++) {
        tb_html_open(h, "option");
        tb_html_attr(h, "value", tb_actor_role_id(roles[i]));
        tb_html_text(h, tb_actor_role_name(roles[i]));
        tb_html_close(h, "option");
    }
    tb_html_close(h, "select");
    tb_html_close_line(h, "div");
    web_field(
        h, &(struct web_field){.name = "bodies", .label = "実施主体の記号（空は全団体。kma,hnma のように）"});
    tb_html_el_as(h, "button", "btn main", "加える");
    tb_html_close_line(h, "form");
    tb_html_close_line(h, "section");
}

static void users_page(struct visit *v, unsigned status, const char *said)
{
    static const char *const words[] = {"名前", "利用者名", "役", "実施主体", "状態", "変える"};
    struct tb_account *u;
    size_t n;
    struct tb_err e = {0};
    if (visit_refused(v, tb_app_users(&v->app, &u, &n, &e), &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"利用者", "/users", NULL};
    web_frame_open(&v->ask, &frame, &h);
    tb_html_el(&h, "h1", "利用者");
    if (status != 200)
        web_alert(&h, said);
    else if (said) {
        tb_html_open_as(&h, "p", "msg ok");
        tb_html_attr(&h, "role", "status");
        tb_html_text(&h, said);
        tb_html_close_line(&h, "p");
    }
    tb_html_open_as(&h, "table", "plain list");
    web_heads(&h, words, TB_COUNT(words));
    tb_html_open(&h, "tbody");
    for (size_t i = 0; i < n; i++) {
        user_row(v, &h, &u[i]);
        tb_account_free(&u[i]);
    }
    free(u);
    tb_html_close(&h, "tbody");
    tb_html_close_line(&h, "table");
    add_form(v, &h);
    web_frame_close(&v->ask, &h);
    v->reply.status = status;
}

/* Who may log in is beside the data file, and no copy of it is practised on. */
static bool practised(struct visit *v)
{
    struct tb_err e = {0};
    return v->ask.practice &&
           visit_refused(
               v,
               tb_fail(&e, TB_REFUSED,
                       "練習では、利用者は見られず、変えられません。「練習を終える」を押してからどうぞ。"
                       "何も変えていません"),
               &e);
}

void page_users(struct visit *v)
{
    if (!practised(v)) users_page(v, 200, NULL);
}

void page_user_add(struct visit *v)
{
    const char *what = web_value(&v->ask, "what"), *login = web_value(&v->ask, "login"),
               *role = web_value(&v->ask, "role"), *bodies = web_value(&v->ask, "bodies");
    struct tb_err e = {0};
    struct tb_buf text = {0};
    enum tb_code c;
    if (practised(v)) return;
    tb_buf_addf(&text, "%s%s%s", role ? role : "office", bodies ? ":" : "", bodies ? bodies : "");
    const struct tb_user_asked x = {login, web_value(&v->ask, "name"), tb_buf_str(&text),
                                    web_value(&v->ask, "password")};
    if (what && strcmp(what, "disable") == 0)
        c = tb_app_user_change(&v->app, login ? login : "", TB_USER_DISABLE, NULL, &e);
    else if (what && strcmp(what, "enable") == 0)
        c = tb_app_user_change(&v->app, login ? login : "", TB_USER_ENABLE, NULL, &e);
    else
        c = tb_app_user_add(&v->app, &x, &e);
    users_page(v, c ? web_status(c) : 200, c ? web_said(c, &e) : "記録しました。");
    tb_buf_free(&text);
}
