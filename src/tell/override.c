/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has happened since the table was made.
 */
#include "toban/tell/route.h"
#include "toban/tell/words.h"

void tb_tell_overrides_json(const struct tb_tell_overrides *x, tb_printer *p)
{
    tb_print_key(p, "overrides");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->routing->incidents.n; i++) {
        const struct tb_incident_row *v = &x->routing->incidents.v[i];
        tb_print_begin_object(p);
        tb_print_kint(p, "id", v->id);
        tb_print_kstring(p, "kind", v->kind);
        tb_print_kstring(p, "provider", v->provider);
        tb_tell_instant(p, "from", v->from);
        tb_tell_instant(p, "until", v->until);
        tb_print_kint(p, "supersedes", v->supersedes);
        tb_print_kstring(p, "reason", v->reason);
        tb_print_kstring(p, "note", v->note);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_overrides_text(const struct tb_tell_overrides *x, struct tb_buf *out)
{
    char from[64], until[64];
    tb_tell_table_text(x->routing, x->at, out);
    for (size_t i = 0; i < x->routing->incidents.n; i++) {
        const struct tb_incident_row *v = &x->routing->incidents.v[i];
        tb_buf_addf(out, "%lld %s %s %s - %s %s %s", (long long)v->id, v->kind, v->provider,
                    tb_format_instant_told(v->from, from, sizeof from),
                    tb_format_instant_told(v->until, until, sizeof until), v->reason, v->note);
        if (v->supersedes)
            tb_buf_addf(out, tb_t("（%lld に代わる）", " (in place of %lld)"), (long long)v->supersedes);
        tb_buf_addc(out, '\n');
    }
}

void tb_tell_overridden_json(const struct tb_incident_row *x, tb_printer *p)
{
    tb_print_kint(p, "id", x->id);
    tb_tell_instant(p, "until", x->until);
}

void tb_tell_overridden_text(const struct tb_incident_row *x, struct tb_buf *out)
{
    char t[64];
    tb_buf_addf(out,
                tb_t("変更 %lld を記録しました。%s に自動で戻ります\n",
                     "override %lld recorded; it is over at %s by itself\n"),
                (long long)x->id, tb_format_instant_told(x->until, t, sizeof t));
}
