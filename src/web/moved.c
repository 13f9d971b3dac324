/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has come in since a draft was made: wishes, leave, duties elsewhere that fall on its days.
 */
#include <string.h>

#include "moved.h"

/* Tables whose rows speak of a person on days; the columns that name them. */
static const struct {
    enum tb_entity_id entity;
    const char *word;
} watched[] = {{TB_E_wish, "希望"}, {TB_E_exemption, "休み・免除"}, {TB_E_external, "ほかの当番"}};

static const char *cell(const struct tb_row_change *x, const char *name)
{
    int field = tb_field_find(&tb_entities[x->entity], name);
    char *const *row = x->after ? x->after : x->before;
    return field < 0 || !row[field] ? "" : row[field];
}

/* Does it say something of the draft's days? Rows without days do. */
static bool concerns(const struct tb_row_change *x, const struct tb_problem *p)
{
    tb_day from, to;
    const char *first = cell(x, "from"), *last = cell(x, "to");
    if (!*first) first = cell(x, "date");
    if (!*first || strlen(first) < 10) return true;
    char day[11] = "";
    memcpy(day, first, 10);
    if (!tb_parse_date(day, &from)) return true;
    to = from;
    if (strlen(last) >= 10) {
        memcpy(day, last, 10);
        if (!tb_parse_date(day, &to)) to = from;
    } else if (x->entity != TB_E_wish && *first && !*last)
        to = x->entity == TB_E_external ? from : INT32_MAX;
    return from <= p->to && to >= p->from;
}

static void say(const struct tb_row_change *x, const struct tb_region *now, struct tb_buf *out)
{
    static const struct {
        const char *type, *sign;
    } signs[] = {{"cannot", "×"}, {"rather-not", "△"}, {"like", "○"},
                 {"only", "○"},   {"any", "お任せ"},   {"count", "回数"}};
    const char *id = cell(x, "provider"), *from = cell(x, "from"), *sign = "";
    int who = tb_find_provider(now, id);
    for (size_t i = 0; i < TB_COUNT(signs) && x->entity == TB_E_wish; i++)
        if (strcmp(signs[i].type, cell(x, "type")) == 0) sign = signs[i].sign;
    tb_buf_addf(out, "%s%s %s", out->len ? "、" : "", who < 0 ? id : now->providers[who].name, sign);
    tb_day day;
    if (strlen(from) == 10 && tb_parse_date(from, &day)) web_day(day, out);
    if (!x->after) tb_buf_add(out, "（取消）");
}

void web_moved(struct tb_html *h, const struct tb_app_draft *d)
{
    struct tb_buf words = {0}, counts = {0};
    int all = 0;
    if (!d->today || d->today == d->region) return;
    for (size_t k = 0; k < TB_COUNT(watched); k++) {
        struct tb_row_change *v;
        size_t n;
        int here = 0;
        tb_codec_row_changes(d->region, d->today, (int)watched[k].entity, &v, &n);
        for (size_t i = 0; i < n; i++) {
            if (!concerns(&v[i], d->problem)) continue;
            here++;
            if (all + here <= 3) say(&v[i], d->today, &words);
        }
        all += here;
        if (here) tb_buf_addf(&counts, "%s%sが%d件", counts.len ? "、" : "", watched[k].word, here);
        tb_row_changes_free(v, n);
    }
    if (all) {
        tb_html_open_as(h, "p", "msg care inside");
        tb_html_elf(h, "b", NULL, "%s変わりました", tb_buf_str(&counts));
        tb_html_elf(h, "span", NULL, "この案を組んだ後: %s%s", tb_buf_str(&words), all > 3 ? " ほか" : "");
        tb_html_open_as(h, "a", "btn small");
        tb_html_attrf(h, "href", "/d/%lld/replan", (long long)d->stored.id);
        tb_html_text(h, "作り直す");
        tb_html_close(h, "a");
        tb_html_close_line(h, "p");
    }
    tb_buf_free(&words);
    tb_buf_free(&counts);
}
