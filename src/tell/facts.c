/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What publications show and has changed.
 */
#include "toban/tell/facts.h"

static const char *field_word(const struct tb_fact_change *x)
{
    const struct tb_field *f = &tb_entities[x->entity].fields[x->field];
    return tb_t(f->ja, f->name);
}

void tb_tell_facts_json(const struct tb_fact_change *v, size_t n, tb_printer *p)
{
    char day[64];
    tb_print_key(p, "facts");
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) {
        const struct tb_entity *t = &tb_entities[v[i].entity];
        tb_print_begin_object(p);
        tb_print_kstring(p, "table", t->name);
        tb_print_kstring(p, "key", v[i].key);
        if (v[i].field >= 0) tb_print_kstring(p, "field", t->fields[v[i].field].name);
        tb_print_kstring(p, "was", v[i].was);
        tb_print_kstring(p, "is", v[i].is);
        if (v[i].since != TB_DAY_NONE)
            tb_print_kstring(p, "since", tb_format_date(v[i].since, day, sizeof day));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_facts_text(const struct tb_fact_change *v, size_t n, struct tb_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        const struct tb_entity *t = &tb_entities[v[i].entity];
        tb_buf_addf(out, "  %s %s", tb_t(t->ja, t->name), v[i].key);
        if (v[i].field >= 0)
            tb_buf_addf(out, "  %s: %s → %s\n", field_word(&v[i]), *v[i].was ? v[i].was : "-",
                        *v[i].is ? v[i].is : "-");
        else
            tb_buf_addf(out, "  %s\n",
                        *v[i].is ? tb_t("（追加）", "(new)") : tb_t("（削除）", "(taken out)"));
    }
}
