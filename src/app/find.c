/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a word may mean.
 */
#include "toban/app/find.h"

#include "app_int.h"

enum tb_code tb_app_find(const struct tb_app *app, const char *word, struct tb_found *out, struct tb_err *e)
{
    tb_store *s;
    *out = (struct tb_found){0};
    enum tb_code c = app_may(app, TB_USE_FIND, e);
    if (c == TB_OK) c = app_open(app, &s, &out->region, e);
    if (c) return c;
    tb_words *w = tb_words_new(out->region);
    for (int kind = 0; kind < TB_WORD_KINDS; kind++) {
        out->meant[kind] = tb_words_mean(w, kind, word);
        for (int i = 0; i < out->meant[kind].n; i++) out->meant[kind].c[i].word = NULL; /* may be of w */
    }
    tb_words_free(w);
    return app_close(s, TB_OK);
}

void tb_found_free(struct tb_found *x)
{
    if (x->region) tb_region_free(x->region);
    *x = (struct tb_found){0};
}

enum tb_code tb_app_named(const struct tb_app *app, enum tb_word_kind kind, const char *what,
                          const char *text, struct tb_buf *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    int row;
    enum tb_code c = app_may(app, TB_USE_NAMED, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    c = tb_word_row(r, kind, what, text, &row, e);
    if (c == TB_OK) tb_word_id(r, kind, row, out);
    tb_region_free(r);
    return app_close(s, c);
}
