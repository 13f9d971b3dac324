/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two drafts side by side: what each keeps and does not keep, how even it is, and the seats that differ.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/app/whatif.h"
#include "visit.h"

struct side {
    struct tb_app_draft d;
    int64_t most, least; /* hundredths of a duty: who is furthest ahead, who furthest behind */
};

static enum tb_code open_side(struct visit *v, const char *name, struct side *x, struct tb_err *e)
{
    int64_t id = 0;
    enum tb_code c = web_number(&v->ask, name, &id, e);
    if (c == TB_OK && !id) c = tb_fail(e, TB_USAGE, "比べる案を二つえらんでください");
    if (c == TB_OK) c = tb_app_open_draft(&v->app, id, NULL, false, &x->d, e);
    if (c) return c;
    for (int i = 0; i < x->d.problem->n_counters; i++) {
        const struct tb_counter *k = &x->d.problem->counters[i];
        int64_t by = 100 * x->d.verdict->loads[i] - k->entitlement;
        if (x->d.region->ledgers[k->ledger].scope == TB_SCOPE_SHARE) continue;
        if (by > x->most) x->most = by;
        if (by < x->least) x->least = by;
    }
    return TB_OK;
}

static int holes(const struct tb_app_draft *d) { return d->verdict->open_seats; }

static void row(struct tb_html *h, const char *word, const char *a, const char *b)
{
    tb_html_open(h, "tr");
    tb_html_open(h, "th");
    tb_html_attr(h, "scope", "row");
    tb_html_text(h, word);
    tb_html_close(h, "th");
    tb_html_el_as(h, "td", "num", a);
    tb_html_el_as(h, "td", "num", b);
    tb_html_close_line(h, "tr");
}

static void account_row(struct tb_html *h, const char *word, int64_t a, int64_t b)
{
    struct tb_buf one = {0}, two = {0};
    web_deviation(a, &one);
    web_deviation(b, &two);
    row(h, word, tb_buf_str(&one), tb_buf_str(&two));
    tb_buf_free(&one);
    tb_buf_free(&two);
}

static void figures(struct tb_html *h, const struct side s[2])
{
    static const struct {
        const char *word;
        int (*of)(const struct tb_app_draft *d);
    } count[] = {
        {"空席", holes}, {"必須違反", tb_app_breaches}, {"特例", web_excepted}, {"努力未達", web_soft}};
    tb_html_open_as(h, "section", "panel");
    tb_html_open_as(h, "table", "plain");
    tb_html_open(h, "thead");
    tb_html_open(h, "tr");
    tb_html_el(h, "td", "");
    for (int i = 0; i < 2; i++) {
        char to[40], name[40];
        (void)snprintf(to, sizeof to, "/d/%lld", (long long)s[i].d.stored.id);
        (void)snprintf(name, sizeof name, "案%lld", (long long)s[i].d.stored.id);
        tb_html_open(h, "th");
        tb_html_attr(h, "scope", "col");
        web_link(h, NULL, to, name);
        tb_html_close(h, "th");
    }
    tb_html_close(h, "tr");
    tb_html_close_line(h, "thead");
    tb_html_open(h, "tbody");
    for (size_t i = 0; i < TB_COUNT(count); i++) {
        char a[16], b[16];
        (void)snprintf(a, sizeof a, "%d", count[i].of(&s[0].d));
        (void)snprintf(b, sizeof b, "%d", count[i].of(&s[1].d));
        row(h, count[i].word, a, b);
    }
    account_row(h, "いちばん多く出る人", s[0].most, s[1].most);
    account_row(h, "いちばん少ない人", s[0].least, s[1].least);
    tb_html_close(h, "tbody");
    tb_html_close_line(h, "table");
    tb_html_close_line(h, "section");
}

static void seats(struct tb_html *h, const struct tb_what_if *x, const struct side s[2])
{
    const struct tb_region *r = s[1].d.region;
    char a[32], b[32];
    (void)snprintf(a, sizeof a, "案%lld", (long long)s[0].d.stored.id);
    (void)snprintf(b, sizeof b, "案%lld", (long long)s[1].d.stored.id);
    const char *words[] = {"席", a, b};
    tb_html_open_as(h, "section", "panel");
    if (!x->slots)
        tb_html_el_as(h, "p", "is-care", "同じ席を決める案ではないので、席は比べられません。");
    else
        tb_html_elf(h, "h2", NULL, "人が違う席 %zu", x->n_changes);
    if (x->slots && x->other_seats)
        tb_html_el_as(
            h, "p", "is-care",
            "決める席が同じではありません。上の数はそれぞれの案の全部、ここは両方が決める席だけです。");
    if (x->n_changes) {
        tb_html_open_as(h, "table", "plain");
        web_heads(h, words, TB_COUNT(words));
        tb_html_open(h, "tbody");
        for (size_t i = 0; i < x->n_changes; i++) {
            const struct tb_seat_row *seat = &x->changes[i].seat;
            struct tb_buf text = {0};
            web_seat_name(r, seat->date, seat->duty, seat->role, &text);
            tb_html_open(h, "tr");
            tb_html_el(h, "td", tb_buf_str(&text));
            tb_html_el_as(h, "td", "name", web_named(r, seat->provider));
            tb_html_el_as(h, "td", "name", web_named(r, x->changes[i].after));
            tb_html_close_line(h, "tr");
            tb_buf_free(&text);
        }
        tb_html_close(h, "tbody");
        tb_html_close_line(h, "table");
    }
    tb_html_close_line(h, "section");
}

void page_compare(struct visit *v)
{
    struct side s[2] = {{.most = 0}, {.most = 0}};
    struct tb_err e = {0};
    enum tb_code c = open_side(v, "a", &s[0], &e);
    if (c == TB_OK) c = open_side(v, "b", &s[1], &e);
    if (!visit_refused(v, c, &e)) {
        struct tb_html h = {.out = &v->reply.body};
        struct tb_what_if beside;
        const struct web_frame frame = {"案を比べる", "/m", NULL};
        tb_beside(&s[0].d, &s[1].d, &beside);
        web_frame_open(&v->ask, &frame, &h);
        tb_html_elf(&h, "h1", NULL, "案%lld と案%lld を比べる", (long long)s[0].d.stored.id,
                    (long long)s[1].d.stored.id);
        figures(&h, s);
        seats(&h, &beside, s);
        web_frame_close(&v->ask, &h);
        v->reply.status = 200;
        tb_what_if_free(&beside);
    }
    tb_app_draft_free(&s[0].d);
    tb_app_draft_free(&s[1].d);
}
