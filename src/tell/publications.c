/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publications: the one just made, and the list.
 */
#include "toban/tell/facts.h"
#include "toban/tell/history.h"

#include "toban/app/life.h"
#include "toban/tell/duties.h"
#include "toban/tell/life.h"
#include "toban/tell/seat.h"
#include "toban/tell/todo.h"
#include "toban/tell/words.h"

static void made_json(const struct tb_publication *x, tb_printer *p)
{
    tb_print_kint(p, "publication", x->number);
    tb_print_kstring(p, "digest", x->digest);
    tb_tell_instant(p, "at", x->at);
    tb_tell_facts_json(x->facts, x->n_facts, p);
}

static void facts_text(const struct tb_publication *x, struct tb_buf *out)
{
    if (!x->n_facts) return;
    tb_buf_addf(out, "%s\n", tb_t("載せるようになった変更:", "what it shows from now on:"));
    tb_tell_facts_text(x->facts, x->n_facts, out);
}

void tb_tell_withdrawn_json(const struct tb_withdrawn *x, tb_printer *p)
{
    made_json(&x->made, p);
    tb_print_kint(p, "served", (int64_t)x->served);
}

void tb_tell_withdrawn_text(const struct tb_withdrawn *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("取り消しました。公表 第%lld版 %.8s\n", "withdrawn by publication %lld %.8s\n"),
                (long long)x->made.number, x->made.digest);
    facts_text(&x->made, out);
    if (x->served)
        tb_buf_addf(out,
                    tb_t("始まった %zu 席は公表したまま残ります（帳簿・予定表も）\n",
                         "%zu seats had begun and stay as published, in books and calendars too\n"),
                    x->served);
}

/* ---- what was published ------------------------------------------------------------------------- */

static void head_json(const struct tb_life_state *s, tb_printer *p)
{
    tb_print_kint(p, "draft", s->draft);
    tb_print_kstring(p, "state", tb_tell_life_word(s->state));
    tb_print_kstring(p, "duties", s->duties);
}

static void draft_json(const struct tb_publish_draft *d, tb_printer *p)
{
    tb_print_begin_object(p);
    head_json(&d->life, p);
    if (*d->life.word) tb_print_kstring(p, "approval", d->life.word);
    if (d->life.meeting != TB_DAY_NONE) tb_tell_date(p, "meeting", d->life.meeting);
    if (*d->life.number) tb_print_kstring(p, "number", d->life.number);
    tb_tell_date(p, "from", d->from);
    tb_tell_date(p, "to", d->to);
    tb_print_kint(p, "days", d->days);
    tb_print_kint(p, "seats", d->seats);
    tb_print_kint(p, "changed", d->changed);
    tb_print_kint(p, "open", d->open);
    tb_print_kint(p, "breaches", d->breaches);
    tb_print_end_object(p);
}

static void left_json(const struct tb_publish_said *x, tb_printer *p)
{
    tb_print_key(p, "left");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_left; i++) {
        tb_print_begin_object(p);
        head_json(&x->left[i].life, p);
        tb_tell_date(p, "from", x->left[i].life.from);
        tb_tell_date(p, "to", x->left[i].life.to);
        tb_print_kstring(p, "why", tb_publish_why_word(x->left[i].why));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_published_json(const struct tb_publish_said *x, tb_printer *p)
{
    const struct tb_region *r = x->region;
    made_json(&x->made, p);
    tb_print_key(p, "drafts");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_drafts; i++) draft_json(&x->drafts[i], p);
    tb_print_end_list(p);
    tb_print_key(p, "open_seats");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_open; i++) {
        tb_print_begin_object(p);
        tb_tell_row_json(r, &x->open[i], p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_key(p, "concerned");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_concerned; i++) {
        const struct tb_publish_concerned *c = &x->concerned[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", r->providers[c->provider].id);
        tb_print_kstring(p, "name", r->providers[c->provider].name);
        tb_print_kint(p, "lost", c->lost);
        tb_print_kint(p, "gained", c->gained);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    left_json(x, p);
    tb_tell_todo_new_json(x->made.todo, p);
}

static void duty_names(const struct tb_region *r, const char *duties, struct tb_buf *out)
{
    for (const char *at = duties; *at;) {
        size_t n = 0;
        while (at[n] && at[n] != ';') n++;
        char id[80] = "";
        for (size_t i = 0; i < n && i + 1 < sizeof id; i++) id[i] = at[i];
        int d = tb_find_duty(r, id);
        tb_buf_addf(out, "%s%s", at == duties ? "" : tb_t("、", ", "), d >= 0 ? r->duties[d].name : id);
        at += n + (at[n] == ';');
    }
}

static void draft_text(const struct tb_region *r, const struct tb_publish_draft *d, struct tb_buf *out)
{
    char a[64], b[64];
    tb_buf_addf(out, tb_t("  案 %lld（%s）  ", "  draft %lld (%s)  "), (long long)d->life.draft,
                tb_life_word(d->life.state));
    duty_names(r, d->life.duties, out);
    tb_tell_approval(&d->life, out);
    tb_buf_addf(out, tb_t("\n    %s から %s まで %d 日 %d 席", "\n    %s to %s, %d days, %d seats"),
                tb_format_date_told(d->from, a, sizeof a), tb_format_date_told(d->to, b, sizeof b), d->days,
                d->seats);
    tb_buf_addf(out, tb_t("  変わる席 %d  空席 %d", "  changed %d  open %d"), d->changed, d->open);
    if (d->breaches) tb_buf_addf(out, tb_t("  特例 %d", "  by exception %d"), d->breaches);
    tb_buf_addc(out, '\n');
}

static void open_text(const struct tb_publish_said *x, struct tb_buf *out)
{
    if (x->n_open)
        tb_buf_addf(out, tb_t("空席 %zu（調整中）\n", "open seats, being arranged: %zu\n"), x->n_open);
    for (size_t i = 0; i < x->n_open; i++) {
        tb_buf_add(out, "  ");
        tb_tell_seat_words(x->region, &x->open[i], out);
        tb_buf_addc(out, '\n');
    }
}

static void concerned_text(const struct tb_publish_said *x, struct tb_buf *out)
{
    if (x->n_concerned)
        tb_buf_addf(out, tb_t("当番が変わる %zu 名・機関\n", "those whose duties change: %zu\n"),
                    x->n_concerned);
    for (size_t i = 0; i < x->n_concerned; i++) {
        const struct tb_publish_concerned *c = &x->concerned[i];
        tb_buf_add(out, "  ");
        tb_tell_cell(out, x->region->providers[c->provider].name, 36);
        tb_buf_addf(out, tb_t("減 %d  増 %d\n", "%d fewer, %d more\n"), c->lost, c->gained);
    }
}

static void left_text(const struct tb_publish_said *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n_left; i++) {
        const struct tb_life_state *s = &x->left[i].life;
        tb_buf_addf(out, tb_t("残した案 %lld（%s）: %s\n", "left: draft %lld (%s): %s\n"),
                    (long long)s->draft, tb_life_word(s->state),
                    x->left[i].why == TB_LEFT_UNAPPROVED ? tb_t("承認がまだです", "not approved")
                                                         : tb_t("過ぎた日の案です", "its days are past"));
    }
}

void tb_tell_published_text(const struct tb_publish_said *x, struct tb_buf *out)
{
    char at[64];
    tb_buf_addf(out, tb_t("公表 第%lld版 %.8s  %s\n", "publication %lld %.8s  %s\n"),
                (long long)x->made.number, x->made.digest, tb_format_instant(x->made.at, at, sizeof at));
    facts_text(&x->made, out);
    for (size_t i = 0; i < x->n_drafts; i++) draft_text(x->region, &x->drafts[i], out);
    open_text(x, out);
    concerned_text(x, out);
    left_text(x, out);
    tb_tell_todo_new_text(x->made.todo, out);
}

void tb_tell_publications_json(const struct tb_tell_publications *x, tb_printer *p)
{
    tb_print_key(p, "publications");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        tb_print_begin_object(p);
        tb_print_kint(p, "number", x->v[i].number);
        tb_tell_instant(p, "at", x->v[i].at);
        tb_print_kstring(p, "digest", x->v[i].digest);
        tb_print_kstring(p, "note", x->v[i].note);
        if (x->v[i].facts_of_upgrade) tb_print_kbool(p, "facts_of_upgrade", true);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}
