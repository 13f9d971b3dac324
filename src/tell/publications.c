/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publications: the one just made, and the list.
 */
#include "toban/tell/history.h"
#include "toban/tell/todo.h"
#include "toban/tell/words.h"

static void publication_made_json(const struct tb_publication *x, tb_printer *p)
{
    tb_print_kint(p, "publication", x->number);
    tb_print_kstring(p, "digest", x->digest);
    tb_tell_instant(p, "at", x->at);
}

void tb_tell_published_json(const struct tb_publication *x, tb_printer *p)
{
    publication_made_json(x, p);
    tb_tell_todo_new_json(x->todo, p);
}

void tb_tell_published_text(const struct tb_publication *x, struct tb_buf *out)
{
    char at[64];
    tb_buf_addf(out, tb_t("公表 第%lld版 %.8s  %s\n", "publication %lld %.8s  %s\n"), (long long)x->number,
                x->digest, tb_format_instant(x->at, at, sizeof at));
    tb_tell_todo_new_text(x->todo, out);
}

void tb_tell_withdrawn_json(const struct tb_publication *x, tb_printer *p) { publication_made_json(x, p); }

void tb_tell_withdrawn_text(const struct tb_publication *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("取り消しました。公表 第%lld版 %.8s\n", "withdrawn by publication %lld %.8s\n"),
                (long long)x->number, x->digest);
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
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}
