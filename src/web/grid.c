/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of a month: days down, seats across. Each seat is a link to its list, so that it works without
 * script and with any keyboard; the script makes one stop of it and moves by arrows.
 */
#include <stdlib.h>
#include <string.h>

#include "month.h"
#include "toban/domain/dated.h"
#include "toban/domain/holiday.h"
#include "toban/tell/seat.h"

static const char *role_word(const struct tb_region *r, const struct web_column *c)
{
    if (c->role == TB_RESERVE) return "予備";
    return r->duties[c->duty].at_home ? "待機" : "当番";
}

/* How many columns from `at` on stand under one heading. */
static int span_of(const struct web_month *m, int at)
{
    int n = 1;
    while (at + n < m->n_columns && m->columns[at + n].duty == m->columns[at].duty &&
           m->columns[at + n].band == m->columns[at].band)
        n++;
    return n;
}

static void heading(const struct web_month *m, const struct web_column *c, size_t common, struct tb_buf *out)
{
    const struct tb_region *r = m->d->region;
    const char *name = r->duties[c->duty].name;
    name += strlen(name) > common ? common : 0;
    while (*name == ' ') name++;
    tb_buf_add(out, name);
    for (int i = 0; i < m->n_columns; i++)
        if (m->columns[i].duty == c->duty && m->columns[i].band != c->band) {
            tb_buf_addf(out, " %s", r->bands[c->band].name);
            break;
        }
}

static void heads(struct tb_html *h, const struct web_month *m)
{
    const struct tb_region *r = m->d->region;
    const char **names = tb_xcalloc((size_t)m->n_columns + 1, sizeof *names);
    struct tb_buf common = {0};
    for (int i = 0; i < m->n_columns; i++) names[i] = r->duties[m->columns[i].duty].name;
    web_common(names, m->n_columns, &common);
    free(names);
    tb_html_open(h, "thead");
    tb_html_open(h, "tr");
    tb_html_open_as(h, "th", "corner");
    tb_html_attr(h, "scope", "col");
    tb_html_attr(h, "rowspan", "2");
    tb_html_text(h, "日");
    tb_html_close(h, "th");
    for (int i = 0, n; i < m->n_columns; i += n) {
        struct tb_buf text = {0};
        n = span_of(m, i);
        tb_html_open(h, "th");
        tb_html_attr(h, "scope", "colgroup");
        tb_html_attr_int(h, "colspan", n);
        heading(m, &m->columns[i], common.len, &text);
        tb_html_text(h, tb_buf_str(&text));
        tb_html_close(h, "th");
        tb_buf_free(&text);
    }
    tb_html_close_line(h, "tr");
    tb_html_open(h, "tr");
    for (int i = 0; i < m->n_columns; i++) {
        const struct web_column *c = &m->columns[i];
        tb_html_open(h, "th");
        tb_html_attr(h, "scope", "col");
        /* for the seat's own name, which the script puts together */
        tb_html_attrf(h, "data-name", "%s %s%s", r->duties[c->duty].name, role_word(r, c),
                      c->seat > 1 ? "2" : "");
        tb_html_text(h, role_word(r, c));
        if (c->seat > 1) tb_html_textf(h, "%d", c->seat);
        tb_html_close(h, "th");
    }
    tb_html_close_line(h, "tr");
    tb_html_close_line(h, "thead");
    tb_buf_free(&common);
}

/* ---- a seat ---- */

static void tag(struct tb_html *h, const char *class, const char *text)
{
    tb_html_el_as(h, "span", class, text);
}

static void tags(struct tb_html *h, unsigned says)
{
    if (says & WEB_BREACH) tag(h, "tag is-stop", "！違反");
    if (says & WEB_CONSENT) tag(h, "tag is-care inside", "特例");
    if (says & WEB_WISH) tag(h, "tag is-care inside", "△希望");
    if (says & WEB_SOFT) tag(h, "tag is-care inside", "△努力");
    if (says & WEB_PINNED) tag(h, "tag inside", "固定");
}

static bool is_chosen(const struct web_month *m, const struct web_view *v, const struct web_cell *x)
{
    return v->slot >= 0 && x->slot == v->slot && x->provider == v->holder && m;
}

static void address(const struct web_month *m, const struct web_cell *x, struct tb_buf *out)
{
    const struct tb_region *r = m->d->region;
    struct tb_buf seat = {0};
    tb_tell_slot_typed(r, &m->d->problem->slots[x->slot], &seat);
    web_seat_address(m->d->stored.id, tb_buf_str(&seat),
                     x->provider < 0 ? NULL : r->providers[x->provider].id, out);
    tb_buf_free(&seat);
}

static void cell(struct tb_html *h, const struct web_month *m, const struct web_view *v, tb_day date,
                 int column)
{
    const struct web_cell *x = web_cell(m, date, column);
    struct tb_buf to = {0};
    if (x->slot < 0) {
        tb_html_open_as(h, "td", "none");
        tb_html_open(h, "span");
        tb_html_attr(h, "aria-hidden", "true");
        tb_html_text(h, "–");
        tb_html_close(h, "span");
        tb_html_el_as(h, "span", "unseen", "席なし");
        tb_html_close(h, "td");
        return;
    }
    bool chosen = is_chosen(m, v, x);
    address(m, x, &to);
    tb_html_open_as(h, "td", "held");
    tb_html_attrf(h, "id", "c-%d-%d", x->slot, m->columns[column].seat);
    if (chosen) tb_html_attr(h, "aria-selected", "true");
    tb_html_open_as(h, "a",
                    x->provider < 0              ? "seat open"
                    : x->says & WEB_BREACH       ? "seat breach"
                    : x->says & WEB_BREACH_OTHER ? "seat other"
                                                 : "seat");
    tb_html_attr(h, "href", tb_buf_str(&to));
    tb_buf_free(&to);
    if (x->provider < 0)
        tb_html_el(h, "span", "空席");
    else
        tb_html_el_as(h, "span", "name", m->d->region->providers[x->provider].name);
    tags(h, x->says);
    tb_html_close(h, "a");
    tb_html_close(h, "td");
}

static void day_row(struct tb_html *h, const struct web_month *m, const struct web_view *v, tb_day d)
{
    const struct tb_region *r = m->d->region;
    const char *holiday = tb_holiday(&r->official, d);
    int weekday = tb_weekday(d);
    bool sunday = weekday == 0 || holiday, saturday = weekday == 6 && !holiday;
    struct tb_ymd x = tb_ymd_of(d);
    tb_html_open_as(h, "tr", sunday ? "is-sun" : saturday ? "is-sat" : NULL);
    tb_html_attrf(h, "id", "d-%d-%d", x.month, x.day);
    tb_html_open(h, "th");
    tb_html_attr(h, "scope", "row");
    tb_html_open_as(h, "span", sunday ? "num sun" : saturday ? "num sat" : "num");
    tb_html_textf(h, "%d/%d %s", x.month, x.day, tb_weekday_ja(weekday));
    tb_html_close(h, "span");
    if (holiday) {
        tb_html_open_as(h, "span", "tag");
        tb_html_attr(h, "title", holiday);
        tb_html_text(h, "祝");
        tb_html_close(h, "span");
    }
    tb_html_close(h, "th");
    for (int i = 0; i < m->n_columns; i++) cell(h, m, v, d, i);
    tb_html_close_line(h, "tr");
}

static bool has_seats(const struct web_month *m, tb_day d)
{
    for (int i = 0; i < m->n_columns; i++)
        if (web_cell(m, d, i)->slot >= 0) return true;
    return false;
}

void web_grid(struct tb_html *h, const struct web_month *m, const struct web_view *v)
{
    int row = 0;
    tb_html_open_as(h, "div", "scroll");
    tb_html_attr(h, "tabindex", "0");
    tb_html_attr(h, "role", "region");
    tb_html_attr(h, "aria-label", "当番表");
    tb_html_open_as(h, "table", "grid month");
    tb_html_attr(h, "id", "grid");
    tb_html_attr(h, "aria-label", "当番表");
    tb_html_attr_int(h, "data-draft", m->d->stored.id);
    tb_html_attrf(h, "data-month", "%04d-%02d", tb_ymd_of(m->from).year, tb_ymd_of(m->from).month);
    tb_html_attr_int(h, "data-revision", m->d->stored.revision);
    heads(h, m);
    tb_html_open(h, "tbody");
    for (tb_day d = m->from; d <= m->to; d++)
        if (has_seats(m, d)) {
            day_row(h, m, v, d);
            row++;
        }
    tb_html_close_line(h, "tbody");
    tb_html_close_line(h, "table");
    if (!row) tb_html_el(h, "p", "この月に席はありません。");
    tb_html_close_line(h, "div");
}
