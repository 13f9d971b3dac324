/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publications: the one just made, and the list.
 */
#include "toban/tell/facts.h"
#include "toban/tell/history.h"
#include "toban/tell/words.h"

void tb_tell_published_json(const struct tb_publication *x, tb_printer *p)
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

void tb_tell_published_text(const struct tb_publication *x, struct tb_buf *out)
{
    char at[64];
    tb_buf_addf(out, tb_t("公表 第%lld版 %.8s  %s\n", "publication %lld %.8s  %s\n"), (long long)x->number,
                x->digest, tb_format_instant(x->at, at, sizeof at));
    facts_text(x, out);
}

void tb_tell_withdrawn_json(const struct tb_publication *x, tb_printer *p) { tb_tell_published_json(x, p); }

void tb_tell_withdrawn_text(const struct tb_publication *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("取り消しました。公表 第%lld版 %.8s\n", "withdrawn by publication %lld %.8s\n"),
                (long long)x->number, x->digest);
    facts_text(x, out);
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
