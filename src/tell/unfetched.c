/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose duty is near and whose calendar was not fetched since it changed.
 */
#include "toban/tell/feeds.h"
#include "toban/tell/seat.h"
#include "toban/tell/words.h"

void tb_tell_unfetched_json(const struct tb_tell_unfetched *x, tb_printer *p)
{
    tb_print_key(p, "providers");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_app_unfetched *v = &x->v[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", x->region->providers[v->provider].id);
        tb_print_kstring(p, "name", x->region->providers[v->provider].name);
        tb_print_kstring(p, "phone", tb_tell_phone(&x->region->providers[v->provider]));
        tb_tell_instant(p, "next", v->from);
        tb_print_kint(p, "changed_publication", v->changed);
        tb_print_kbool(p, "has_address", v->generation > 0);
        tb_tell_instant(p, "fetched", v->fetched);
        tb_print_kint(p, "fetched_publication", v->fetched_publication);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_unfetched_text(const struct tb_tell_unfetched *x, struct tb_buf *out)
{
    char t[64];
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_app_unfetched *v = &x->v[i];
        const struct tb_provider *who = &x->region->providers[v->provider];
        tb_buf_addf(out, "%.16s  ", tb_format_instant(v->from, t, sizeof t));
        tb_tell_cell(out, who->name, 32);
        tb_tell_cell(out, tb_tell_phone(who), 16);
        if (!v->generation)
            tb_buf_addf(out, "%s\n", tb_t("アドレス未発行", "no address issued"));
        else if (v->fetched == TB_NEVER)
            tb_buf_addf(out, "%s\n", tb_t("一度も取得していない", "never fetched"));
        else
            tb_buf_addf(out,
                        tb_t("第%lld版まで取得、第%lld版で変更\n",
                             "fetched up to publication %lld, changed in %lld\n"),
                        (long long)v->fetched_publication, (long long)v->changed);
    }
    if (!x->n) tb_buf_addf(out, "%s\n", tb_t("全員が取得しています", "everybody has fetched it"));
}
