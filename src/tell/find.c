/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a word may mean.
 */
#include "toban/tell/find.h"

#include "toban/tell/words.h"

/* In the order of enum tb_word_sure. */
static const struct {
    const char *word, *ja, *en;
} sure[] = {{"nothing", "", ""},
            {"near", "もしかして", "perhaps"},
            {"several", "どれか一つ", "one of"},
            {"one", "これ", "this"}};

void tb_tell_found_json(const struct tb_tell_found *x, tb_printer *p)
{
    struct tb_buf text = {0};
    tb_print_kstring(p, "word", x->word);
    tb_print_key(p, "found");
    tb_print_begin_list(p);
    for (int kind = 0; kind < TB_WORD_KINDS; kind++) {
        const struct tb_meant *m = &x->found->meant[kind];
        for (int i = 0; i < m->n; i++) {
            tb_print_begin_object(p);
            tb_print_kstring(p, "kind", tb_word_kind_word(kind));
            tb_print_kstring(p, "sure", sure[m->sure].word);
            tb_buf_clear(&text);
            tb_word_id(x->found->region, kind, m->c[i].row, &text);
            tb_print_kstring(p, "id", tb_buf_str(&text));
            tb_buf_clear(&text);
            tb_word_label(x->found->region, kind, m->c[i].row, &text);
            tb_print_kstring(p, "name", tb_buf_str(&text));
            tb_print_end_object(p);
        }
    }
    tb_print_end_list(p);
    tb_buf_free(&text);
}

void tb_tell_found_text(const struct tb_tell_found *x, struct tb_buf *out)
{
    bool any = false;
    for (int kind = 0; kind < TB_WORD_KINDS; kind++) {
        const struct tb_meant *m = &x->found->meant[kind];
        if (m->n == 0) continue;
        any = true;
        tb_buf_addf(out, tb_t("%s（%s）\n", "%s (%s)\n"), tb_word_kind_name(kind),
                    tb_t(sure[m->sure].ja, sure[m->sure].en));
        for (int i = 0; i < m->n; i++) {
            tb_buf_add(out, "  ");
            tb_word_id(x->found->region, kind, m->c[i].row, out);
            tb_buf_add(out, "  ");
            tb_word_label(x->found->region, kind, m->c[i].row, out);
            tb_buf_addc(out, '\n');
        }
        if (m->more) tb_buf_addf(out, tb_t("  ほか %d\n", "  and %d more\n"), m->more);
    }
    if (!any)
        tb_buf_addf(out, tb_t("「%s」に当たるものはありません\n", "nothing is called \"%s\", or nearly so\n"),
                    x->word);
}
