/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done to a draft from its page: each act is one call of a use case, named by what the form sends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "month.h"
#include "toban/domain/exception.h"
#include "toban/tell/seat.h"

/* One act under way. */
struct doing {
    const struct web_ask *q;
    int64_t draft, revision;
    const char *seat, *provider;
    struct tb_err *e;
    /* for the page afterwards: another draft when the one before was no longer changed; who is looked at */
    int64_t now;
    const char *who;
    struct tb_app_draft after; /* as the act has left it */
};

static void keep(struct doing *x, struct tb_app_handmade *made)
{
    x->now = made->draft.stored.id;
    x->after = made->draft;
    made->draft = (struct tb_app_draft){0};
    tb_app_handmade_free(made);
}

static enum tb_code missing(struct doing *x, const char *name)
{
    return tb_fail(x->e, TB_USAGE, "欄「%s」が送られていません。頁を読み直してください", name);
}

static enum tb_code by_hand(struct doing *x, struct tb_app_hand *hand)
{
    struct tb_app_handmade made;
    hand->seat = x->seat;
    hand->revision = x->revision;
    if (!x->seat) return missing(x, "seat");
    enum tb_code c = tb_app_assign(x->q->app, x->draft, hand, &made, x->e);
    if (c) return c;
    keep(x, &made);
    return TB_OK;
}

static enum tb_code assign(struct doing *x)
{
    struct tb_app_hand hand = {.provider = x->provider, .instead_of = web_value(x->q, "instead-of")};
    if (!x->provider) return missing(x, "provider");
    x->who = x->provider;
    return by_hand(x, &hand);
}

static enum tb_code leave(struct doing *x)
{
    struct tb_app_hand hand = {.provider = x->provider, .leave = true};
    return by_hand(x, &hand);
}

/* `with`: SEAT or SEAT=PROVIDER */
static enum tb_code exchange(struct doing *x)
{
    const char *with = web_value(x->q, "with");
    if (!with) return missing(x, "with");
    char *seat = tb_xstrdup(with), *comes = strchr(seat, '=');
    if (comes) *comes++ = '\0';
    struct tb_app_hand hand = {.provider = x->provider, .with = seat, .instead_of = comes};
    enum tb_code c = by_hand(x, &hand);
    free(seat);
    return c;
}

static enum tb_code take_back(struct doing *x, bool redo)
{
    struct tb_app_handmade made;
    enum tb_code c = tb_app_undo(x->q->app, x->draft, x->revision, redo, &made, x->e);
    if (c) return c;
    keep(x, &made);
    return TB_OK;
}

static enum tb_code undo(struct doing *x) { return take_back(x, false); }
static enum tb_code redo(struct doing *x) { return take_back(x, true); }

static enum tb_code mark(struct doing *x, bool forbid)
{
    struct tb_row_done done = {0};
    const char *reason = web_value(x->q, "reason");
    const struct tb_app_pinning pin = {.seat = x->seat,
                                       .provider = x->provider,
                                       .reason = reason ? reason : "月表から",
                                       .forbid = forbid,
                                       .remove = web_value(x->q, "remove") != NULL};
    if (!x->seat || !x->provider) return missing(x, x->seat ? "provider" : "seat");
    enum tb_code c = tb_app_pin(x->q->app, &pin, &done, x->e);
    tb_notes_free(&done.notes);
    x->who = x->provider;
    return c;
}

static enum tb_code pin(struct doing *x) { return mark(x, false); }
static enum tb_code forbid(struct doing *x) { return mark(x, true); }

/* ---- 特例: who breaks a hard rule sits there, and somebody signs for each rule ---- */

/* The hard rules that he would newly break there; *rules is the caller's, the ids are the draft's. */
static enum tb_code broken_by(struct doing *x, struct tb_app_draft *d, struct tb_choices *all,
                              const struct tb_choice **out)
{
    int slot;
    const char *instead = web_value(x->q, "instead-of");
    enum tb_code c = tb_app_open_draft(x->q->app, x->draft, NULL, false, d, x->e);
    if (c == TB_OK) c = tb_app_seat(d->problem, x->seat, &slot, x->e);
    int who = c || !instead ? -1 : tb_find_provider(d->region, instead);
    if (c == TB_OK) c = tb_app_choices(x->q->app, d, slot, who, all, x->e);
    *out = NULL;
    for (int i = 0; i < all->n && c == TB_OK; i++)
        if (strcmp(d->region->providers[all->v[i].provider].id, x->provider) == 0) *out = &all->v[i];
    if (c == TB_OK && !*out)
        c = tb_fail(x->e, TB_REFUSED, "「%s」はこの席の担い手ではありません", x->provider);
    return c;
}

static enum tb_code sign(struct doing *x, const struct tb_choice *choice, const char *reason,
                         const char *signed_by)
{
    enum tb_code c = TB_OK;
    for (int i = 0; i < choice->n_hard && c == TB_OK; i++) {
        struct tb_row_done done = {0};
        bool again = false;
        for (int k = 0; k < i; k++) again = again || strcmp(choice->rules[k], choice->rules[i]) == 0;
        const struct tb_app_signing s = {.rule = choice->rules[i],
                                         .seat = x->seat,
                                         .provider = x->provider,
                                         .reason = reason,
                                         .signed_by = signed_by};
        if (!again) c = tb_app_exception(x->q->app, &s, &done, x->e);
        tb_notes_free(&done.notes);
    }
    return c;
}

static enum tb_code exception(struct doing *x)
{
    const char *reason = web_value(x->q, "reason"), *signed_by = web_value(x->q, "signed-by");
    struct tb_app_draft d = {0};
    struct tb_choices all = {0};
    const struct tb_choice *choice;
    if (!x->seat || !x->provider) return missing(x, x->seat ? "provider" : "seat");
    if (!reason || !signed_by)
        return tb_fail(x->e, TB_USAGE, "特例には理由と承認した人の名が要ります。何も変えていません");
    enum tb_code c = broken_by(x, &d, &all, &choice);
    for (int i = 0; c == TB_OK && i < choice->n_hard; i++)
        if (tb_exception_never(choice->rules[i]))
            c = tb_fail(x->e, TB_REFUSED, "特例では許せない条件です: %s", choice->why.v[i]);
    if (c == TB_OK) c = assign(x);
    tb_app_draft_free(&x->after); /* it was judged before anybody had signed */
    if (c == TB_OK) c = sign(x, choice, reason, signed_by);
    tb_choices_free(&all);
    tb_app_draft_free(&d);
    return c;
}

/* ---- the page that asks for it ---- */

static void exception_form(struct doing *x, const struct tb_app_draft *d, const struct tb_choice *choice,
                           struct web_reply *out)
{
    struct tb_html h = {.out = &out->body};
    const struct web_frame frame = {"特例", "/m", NULL};
    struct tb_buf words = {0}, back = {0};
    const struct tb_slot *s = &d->problem->slots[choice->slot];
    web_seat_name(d->region, s->date, s->duty, s->role, &words);
    web_frame_open(x->q, &frame, &h);
    tb_html_elf(&h, "h1", NULL, "特例: %s に %s", tb_buf_str(&words),
                d->region->providers[choice->provider].name);
    tb_html_el(&h, "p", "次の必須の条件を破ります。承認した人の名と理由を残し、この席だけに認めます。");
    tb_html_open(&h, "ul");
    for (int i = 0; i < choice->n_hard; i++) tb_html_el_as(&h, "li", "is-stop", choice->why.v[i]);
    tb_html_close_line(&h, "ul");
    tb_html_open_as(&h, "section", "panel stack");
    web_act_form(&h, d, x->q->token, "exception", x->seat);
    web_hidden(&h, "provider", x->provider);
    web_hidden(&h, "instead-of", web_value(x->q, "who"));
    web_field(&h, &(struct web_field){.name = "reason", .label = "理由", .needed = true});
    web_field(&h, &(struct web_field){
                      .name = "signed-by", .label = "承認した人（担当理事の名など）", .needed = true});
    tb_html_open_as(&h, "div", "row");
    tb_html_el_as(&h, "button", "btn main", "署名つきで入れる");
    web_seat_address(x->draft, x->seat, web_value(x->q, "who"), &back);
    web_link(&h, "btn", tb_buf_str(&back), "やめる");
    tb_html_close_line(&h, "div");
    tb_html_close_line(&h, "form");
    tb_html_close_line(&h, "section");
    web_frame_close(x->q, &h);
    tb_buf_free(&words);
    tb_buf_free(&back);
}

/* The page's address names who leaves as `who`, the form as `instead-of`. */
static const char *as_form(void *arg, const char *name)
{
    const struct web_ask *const *q = arg;
    return (*q)->value((*q)->arg, strcmp(name, "instead-of") == 0 ? "who" : name);
}

void web_exception(const struct web_ask *q, int64_t draft, struct web_reply *out)
{
    struct tb_err e = {0};
    struct web_ask form = *q;
    form.value = as_form;
    form.arg = &q;
    struct doing x = {.q = &form,
                      .draft = draft,
                      .seat = web_value(q, "seat"),
                      .provider = web_value(q, "provider"),
                      .e = &e};
    struct tb_app_draft d = {0};
    struct tb_choices all = {0};
    const struct tb_choice *choice = NULL;
    enum tb_code c =
        !x.seat || !x.provider ? missing(&x, x.seat ? "provider" : "seat") : broken_by(&x, &d, &all, &choice);
    if (c)
        web_refuse(q, c, &e, out);
    else {
        x.q = q;
        exception_form(&x, &d, choice, out);
        out->status = 200;
    }
    tb_choices_free(&all);
    tb_app_draft_free(&d);
}

/* ---- the table of acts ---- */

static const struct {
    const char *name;
    enum tb_code (*run)(struct doing *x);
} acts[] = {{"assign", assign}, {"leave", leave}, {"exchange", exchange}, {"undo", undo},
            {"redo", redo},     {"pin", pin},     {"forbid", forbid},     {"exception", exception}};

/* What the page afterwards shows: the same seat, with whoever was put there. */
static const char *afterwards(void *arg, const char *name)
{
    const struct doing *x = arg;
    if (strcmp(name, "who") == 0) return x->who;
    return x->q->value(x->q->arg, name);
}

static void go_on(const struct doing *x, struct web_reply *out)
{
    web_seat_address(x->now, x->seat, x->who, &out->location);
    out->status = 303;
}

/* Somebody else was faster: the same as another refusal, but the page shows what holds now and the act can be
 * done again on it. */
static unsigned refusal(const struct doing *x, enum tb_code c)
{
    struct tb_app_draft d;
    struct tb_err e = {0};
    unsigned status = web_status(c);
    if (c != TB_REFUSED || !tb_actor_may(&x->q->app->actor, TB_USE_ASSIGN) ||
        tb_app_open_draft(x->q->app, x->draft, NULL, false, &d, &e))
        return status;
    if (d.stored.revision != x->revision) status = 412;
    tb_app_draft_free(&d);
    return status;
}

bool web_act(const struct web_ask *q, int64_t draft, const char *act, struct web_reply *out)
{
    struct tb_err e = {0};
    struct doing x = {.q = q,
                      .draft = draft,
                      .now = draft,
                      .seat = web_value(q, "seat"),
                      .provider = web_value(q, "provider"),
                      .e = &e};
    const char *revision = web_value(q, "revision");
    enum tb_code known = revision ? web_number(q, "revision", &x.revision, &e) : missing(&x, "revision");
    for (size_t i = 0; i < TB_COUNT(acts); i++) {
        if (strcmp(acts[i].name, act)) continue;
        enum tb_code c = known ? known : acts[i].run(&x);
        if (c) out->status = refusal(&x, c);
        if (!c && !q->part)
            go_on(&x, out);
        else {
            struct web_ask then = *q;
            then.value = afterwards;
            then.arg = &x;
            web_draft(&then, x.now, c || !x.after.problem ? NULL : &x.after, c ? web_said(c, &e) : NULL, out);
        }
        tb_app_draft_free(&x.after);
        return true;
    }
    return false;
}
