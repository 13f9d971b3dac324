/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits of published seats: who cannot come, holes, names, swaps.
 */
#include <stdlib.h>
#include <string.h>

#include "todo_int.h"
#include "toban/app/swap.h"

/* ---- seats that do not hold ------------------------------------------------------------------------ */

static enum tb_todo_kind kind_of(enum tb_trouble what)
{
    static const enum tb_todo_kind kinds[] = {[TB_TROUBLE_HOLDER] = TB_TODO_HOLDER,
                                              [TB_TROUBLE_WISH] = TB_TODO_WISH,
                                              [TB_TROUBLE_GONE] = TB_TODO_GONE,
                                              [TB_TROUBLE_OPEN] = TB_TODO_OPEN};
    return kinds[what];
}

/* Another doctor of the group who can come, -1: none. */
static enum tb_code somebody_else(struct todo_work *w, const struct tb_seat_row *seat, int but, int *who,
                                  struct tb_err *e)
{
    *who = -1;
    for (int p = 0; p < w->r->n_providers && *who < 0; p++) {
        bool fits = false;
        enum tb_code c = p == but || !app_name_on_list(w->r, seat->provider, p, seat->date)
                             ? TB_OK
                             : app_name_fits(w->s, w->r, seat, p, &fits, e);
        if (c) return c;
        if (fits) *who = p;
    }
    return TB_OK;
}

/* A seat that nobody holds any more is given to the first who breaks no rule; of a group, another doctor. A
 * day that is a duty day no more is taken back whole. */
static enum tb_code next_step(struct todo_work *w, const struct tb_conflict *c, struct tb_todo_item *x,
                              struct tb_err *e)
{
    const struct tb_region *r = w->r;
    const char *seat = todo_seat(w, &c->seat),
               *who = c->seat.provider < 0 ? NULL : r->providers[c->seat.provider].id;
    char date[64];
    int other = -1;
    tb_format_date(c->seat.date, date, sizeof date);
    enum tb_code code = c->person >= 0 ? somebody_else(w, &c->seat, c->person, &other, e) : TB_OK;
    if (code) return code;
    if (c->what == TB_TROUBLE_GONE) {
        x->look = todo_text(w, "toban duties %s..%s --duty %s", date, date, r->duties[c->seat.duty].id);
        x->command = todo_text(w, "toban withdraw %s..%s --duty %s --reason 診療日でなくなった", date, date,
                               r->duties[c->seat.duty].id);
        return TB_OK;
    }
    if (other >= 0) {
        x->look = todo_text(w, "toban name --letter %s", who);
        x->command = todo_text(w, "toban name %s --provider %s --person %s --instead-of %s", seat, who,
                               r->providers[other].id, r->providers[c->person].id);
        return TB_OK;
    }
    const char *stem = who ? todo_text(w, "toban replace --seat %s --provider %s", seat, who)
                           : todo_text(w, "toban replace --seat %s", seat);
    x->look = todo_text(w, "%s --today", stem);
    x->command = todo_text(w, "%s --with " TB_FILL_FIRST, stem);
    return TB_OK;
}

enum tb_code todo_find_trouble(struct todo_work *w, struct tb_err *e)
{
    const struct tb_region *r = w->r;
    enum tb_code code = todo_conflicts(w, e);
    for (size_t i = 0; i < w->conflicts.n && code == TB_OK; i++) {
        const struct tb_conflict *c = &w->conflicts.v[i];
        if (kind_of(c->what) != w->kind) continue;
        const char *who = c->seat.provider < 0 ? "" : r->providers[c->seat.provider].id;
        /* A night that began yesterday is today's. */
        tb_day day = c->seat.date < w->today ? w->today : c->seat.date;
        struct tb_todo_item *x =
            todo_add(w, day, todo_text(w, "%s%s%s", todo_seat(w, &c->seat), *who ? "/" : "", who));
        x->seat = c->seat;
        x->provider = c->person >= 0 ? c->person : c->seat.provider;
        x->what = todo_text(w, "%s（%s）%s", r->duties[c->seat.duty].name, r->bands[c->seat.band].name,
                            c->seat.role == TB_RESERVE ? tb_t("予備", " reserve") : "");
        x->why = todo_text(w, "%s", c->why);
        code = next_step(w, c, x, e);
    }
    return code;
}

/* ---- names ----------------------------------------------------------------------------------------- */

enum tb_code todo_find_names(struct todo_work *w, struct tb_err *e)
{
    const struct tb_region *r = w->r;
    struct tb_board *b;
    if (!w->latest) return TB_OK;
    tb_day to = w->today;
    for (size_t i = 0; i < w->n_covers; i++)
        if (w->covers[i].to > to) to = w->covers[i].to;
    int most = -1; /* a group that names nobody in advance has no deadline */
    for (int p = 0; p < r->n_providers; p++)
        if (r->providers[p].names_days > most) most = r->providers[p].names_days;
    if (most <= 0) return TB_OK;
    if (to > w->today + most + w->ahead) to = w->today + most + w->ahead;
    enum tb_code code = app_board(w->s, r, 0, w->today - 1, to, &b, e);
    if (code) return code;
    for (int i = 0; i < b->n && code == TB_OK; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        int group = b->a[i].provider, first = -1;
        tb_day due = s->date - r->providers[group].names_days;
        if (r->providers[group].names_days <= 0 || b->person[i] >= 0 || due > w->today + w->ahead ||
            s->interval[s->n_intervals - 1].to <= w->now)
            continue;
        struct tb_seat_row seat = {s->duty, s->date, s->band, s->role, b->a[i].seat, group};
        code = somebody_else(w, &seat, -1, &first, e);
        const char *typed = todo_seat(w, &seat), *id = r->providers[group].id;
        struct tb_todo_item *x = todo_add(w, due, todo_text(w, "%s/%s", typed, id));
        char date[64];
        x->seat = seat;
        x->provider = group;
        x->what = todo_text(w, tb_t("%s %s（%s）の出務者", "who comes on %s, %s (%s)"),
                            tb_format_date_told(s->date, date, sizeof date), r->duties[s->duty].name,
                            r->bands[s->band].name);
        x->why = tb_t("氏名が届いていません", "no name has come");
        x->look = todo_text(w, "toban name --letter %s", id);
        x->command =
            first >= 0
                ? todo_text(w, "toban name %s --provider %s --person %s", typed, id, r->providers[first].id)
                : todo_text(w, "toban replace --seat %s --provider %s --with " TB_FILL_FIRST, typed, id);
    }
    tb_board_free(b);
    return code;
}

/* ---- swaps ----------------------------------------------------------------------------------------- */

static enum tb_code add_swap(struct todo_work *w, const struct tb_swap *v, struct tb_err *e)
{
    enum tb_swap_state state = tb_swap_state(v);
    struct tb_app_swap now;
    int waits = -1;
    if (state > TB_SWAP_APPROVED) return TB_OK;
    enum tb_code c = tb_app_swap_open(&w->within, v->id, &now, e);
    if (c) return c;
    for (int k = 0; k < 2; k++)
        if (!tb_swap_consented(v, k)) waits = k;
    tb_day day = v->side[0].date;
    if (v->side[1].band && v->side[1].date < day) day = v->side[1].date;
    struct tb_todo_item *x = todo_add(w, day, todo_text(w, "%lld/%s", (long long)v->id, tb_swap_id(state)));
    x->what = todo_text(w, tb_t("交換 %lld（%s）", "swap %lld (%s)"), (long long)v->id, tb_swap_word(state));
    if (now.n_changes) x->seat = now.changes[0].seat;
    x->look = todo_text(w, "toban swap show %lld", (long long)v->id);
    if (now.possible) {
        x->why = todo_text(w, "%s", now.why_not.text);
        x->command = todo_text(w, "toban swap refuse %lld --note 成り立たなくなった", (long long)v->id);
    } else if (state == TB_SWAP_ASKED && waits >= 0) {
        x->provider = tb_find_provider(w->r, v->side[waits].provider);
        x->why = tb_t("同意を待っています", "waits for consent");
        x->command =
            todo_text(w, "toban swap agree %lld --provider %s", (long long)v->id, v->side[waits].provider);
    } else if (state == TB_SWAP_AGREED) {
        x->why = tb_t("承認を待っています", "waits for approval");
        x->command = todo_text(w, "toban swap approve %lld", (long long)v->id);
    } else {
        x->why = tb_t("公表を待っています", "waits to be published");
        x->command = todo_text(w, "toban swap publish %lld", (long long)v->id);
    }
    tb_app_swap_free(&now);
    return TB_OK;
}

enum tb_code todo_find_swaps(struct todo_work *w, struct tb_err *e)
{
    struct tb_swap *v;
    size_t n;
    enum tb_code c = tb_store_swaps(w->s, &v, &n, e);
    if (c) return c;
    for (size_t i = 0; i < n; i++) {
        if (c == TB_OK) c = add_swap(w, &v[i], e);
        tb_swap_free(&v[i]);
    }
    free(v);
    return c;
}
