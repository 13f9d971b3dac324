/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that is held of one provider.
 */
#include "toban/tell/person.h"

#include "toban/domain/region.h"

void tb_tell_person_json(const struct tb_person_held *x, tb_printer *p)
{
    tb_print_kstring(p, "provider", x->provider);
    tb_print_key(p, "tables");
    tb_print_begin_list(p);
    for (size_t t = 0; t < x->n; t++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "table", x->v[t].table);
        tb_print_key(p, "rows");
        tb_print_begin_list(p);
        for (size_t i = 0; i < x->v[t].n; i++) {
            const struct tb_person_held_row *row = &x->v[t].v[i];
            tb_print_begin_object(p);
            for (size_t k = 0; k < row->n; k++) tb_print_kstring(p, row->names[k], row->values[k]);
            tb_print_end_object(p);
        }
        tb_print_end_list(p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_kint(p, "instances", x->instances);
}

void tb_tell_person_text(const struct tb_person_held *x, struct tb_buf *out)
{
    for (size_t t = 0; t < x->n; t++) {
        int entity = tb_entity_find(x->v[t].table);
        tb_buf_addf(out, tb_t("%s%s%s: %zu 行\n", "%s%s%s: %zu\n"), x->v[t].table, entity < 0 ? "" : " ",
                    entity < 0 ? "" : tb_t(tb_entities[entity].ja, ""), x->v[t].n);
        for (size_t i = 0; i < x->v[t].n; i++) {
            const struct tb_person_held_row *row = &x->v[t].v[i];
            tb_buf_add(out, "   ");
            for (size_t k = 0; k < row->n; k++) tb_buf_addf(out, " %s=%s", row->names[k], row->values[k]);
            tb_buf_addc(out, '\n');
        }
    }
    tb_buf_addf(
        out,
        tb_t("ほかに、案の元の問題 %lld 件に、その日の表の写しとして含まれます\n",
             "besides, %lld stored problems of drafts hold it as copies of the tables of their day\n"),
        (long long)x->instances);
}
