/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far the surveys of wishes are answered.
 */
#include "toban/tell/calendar.h"

void tb_tell_surveys_json(const struct tb_app_surveys *x, tb_printer *p)
{
    const struct tb_region *r = x->region;
    tb_print_key(p, "surveys");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n; i++) {
        const struct tb_app_survey *s = &x->v[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "survey", r->surveys[s->survey].id);
        tb_print_kint(p, "wishes", s->wishes);
        tb_print_kint(p, "asked", s->asked);
        tb_print_key(p, "unanswered");
        tb_print_begin_list(p);
        for (int k = 0; k < s->n_silent; k++) tb_print_string(p, r->providers[s->silent[k]].id);
        tb_print_end_list(p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_surveys_text(const struct tb_app_surveys *x, struct tb_buf *out)
{
    for (int i = 0; i < x->n; i++)
        tb_buf_addf(out,
                    tb_t("%-14s 希望 %4d  対象 %4d 名  未回答 %4d 名\n",
                         "%-14s %4d wishes, %4d asked, %4d have not answered\n"),
                    x->region->surveys[x->v[i].survey].id, x->v[i].wishes, x->v[i].asked, x->v[i].n_silent);
}
