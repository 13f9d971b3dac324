/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the finders of the list share: an item begun, texts, what is read once.
 */
#include <stdarg.h>
#include <string.h>

#include "todo_int.h"

struct tb_todo_item *todo_add(struct todo_work *w, tb_day day, const char *key)
{
    struct tb_todo_item *x = TB_PUSH(w->out->v, w->out->n, w->cap);
    *x = (struct tb_todo_item){.kind = w->kind,
                               .day = day,
                               .seat = {.duty = -1},
                               .provider = -1,
                               .what = "",
                               .why = "",
                               .look = "",
                               .command = ""};
    x->key = todo_text(w, "%s:%s", w->word, key);
    return x;
}

const char *todo_text(struct todo_work *w, const char *fmt, ...)
{
    struct tb_buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&b, fmt, ap);
    va_end(ap);
    const char *text = tb_arena_strdup(&w->out->arena, tb_buf_str(&b));
    tb_buf_free(&b);
    return text;
}

const char *todo_word(struct todo_work *w, const char *word)
{
    if (*word &&
        word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@+")] == '\0')
        return word;
    struct tb_buf b = {0};
    tb_buf_addc(&b, '\'');
    for (; *word; word++)
        if (*word == '\'')
            tb_buf_add(&b, "'\\''");
        else
            tb_buf_addc(&b, *word);
    tb_buf_addc(&b, '\'');
    const char *quoted = tb_arena_strdup(&w->out->arena, tb_buf_str(&b));
    tb_buf_free(&b);
    return quoted;
}

const char *todo_seat(struct todo_work *w, const struct tb_seat_row *s)
{
    char date[64];
    return todo_text(w, "%s:%s:%s%s", w->r->duties[s->duty].id, tb_format_date(s->date, date, sizeof date),
                     w->r->bands[s->band].id, s->role == TB_RESERVE ? ":reserve" : "");
}

enum tb_code todo_lives(struct todo_work *w, struct tb_err *e)
{
    enum tb_code c = w->has_lives ? TB_OK : tb_store_lives(w->s, 0, &w->lives, &w->n_lives, e);
    w->has_lives |= c == TB_OK;
    return c;
}

enum tb_code todo_conflicts(struct todo_work *w, struct tb_err *e)
{
    enum tb_code c = w->has_conflicts ? TB_OK : app_conflicts(w->s, w->r, w->now, NULL, &w->conflicts, e);
    w->has_conflicts |= c == TB_OK;
    return c;
}
