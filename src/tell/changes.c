/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was entered of a seat since it was published.
 */
#include "toban/tell/duties.h"
#include "toban/tell/words.h"

void tb_tell_changes_json(const struct tb_region *r, const struct tb_now_seat *x, tb_printer *p)
{
    const struct tb_incident *m = x->changes.mark;
    if (m) {
        tb_print_kstring(p, "override", tb_incident_rules[m->kind].word);
        tb_tell_instant(p, "override_until", m->until);
        if (*m->note) tb_print_kstring(p, "override_note", m->note);
    }
    if (x->instead >= 0) tb_print_kstring(p, "replaces", r->providers[x->instead].id);
    if (x->changes.unconfirmed) tb_print_kbool(p, "unconfirmed", true);
}

void tb_tell_changes_text(const struct tb_region *r, const struct tb_now_seat *x, struct tb_buf *out)
{
    const struct tb_incident *m = x->changes.mark;
    char until[64];
    if (m) {
        tb_buf_addf(out, tb_t("  〔%s %sまで", "  [%s until %s"),
                    tb_t(tb_incident_rules[m->kind].ja, tb_incident_rules[m->kind].word),
                    tb_format_instant_told(m->until, until, sizeof until));
        if (x->instead >= 0) tb_buf_addf(out, tb_t(" %sに代わる", ", for %s"), r->providers[x->instead].name);
        tb_buf_addf(out, "%s%s%s", *m->note ? " " : "", m->note, tb_t("〕", "]"));
    }
    if (x->changes.unconfirmed) tb_buf_add(out, tb_t("  〔災害・未確認〕", "  [disaster: not confirmed]"));
}
