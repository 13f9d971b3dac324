/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is to be told of a publication, and who was.
 */
#include "toban/domain/words.h"
#include "toban/tell/life.h"
#include "toban/tell/words.h"

static const char *due_name(const struct tb_app_sent *x, const struct tb_app_due *due)
{
    return due->provider >= 0 ? x->region->providers[due->provider].name
                              : x->region->recipients[due->recipient].name;
}

static bool due_is_shown(const struct tb_tell_sent *x, const struct tb_app_due *due)
{
    return !x->todo || due->sent == TB_NEVER;
}

static void due_json(const struct tb_app_sent *x, const struct tb_app_due *due, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "recipient", due->id);
    tb_print_kstring(p, "name", due_name(x, due));
    tb_print_kstring(p, "address", due->address);
    tb_print_kstring(p, "by", tb_way_word(due->how));
    tb_print_kint(p, "changes", (int64_t)due->n);
    tb_print_kint(p, "facts", (int64_t)due->n_facts);
    tb_tell_instant(p, "sent", due->sent);
    tb_print_kstring(p, "way", due->way);
    tb_tell_instant(p, "confirmed", due->confirmed);
    tb_print_kstring(p, "confirmed_by", due->confirmed_by);
    tb_print_end_object(p);
}

void tb_tell_sent_json(const struct tb_tell_sent *x, tb_printer *p)
{
    const struct tb_app_sent *s = x->sent;
    tb_print_kint(p, "publication", s->side.number);
    tb_print_kint(p, "texts", (int64_t)x->texts);
    tb_print_key(p, "documents");
    tb_print_begin_list(p);
    for (size_t i = 0; i < s->n_documents; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "body", s->documents[i].body);
        tb_print_kint(p, "number", s->documents[i].number);
        tb_print_kstring(p, "text", s->documents[i].text);
        tb_tell_instant(p, "at", s->documents[i].at);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_key(p, "recipients");
    tb_print_begin_list(p);
    for (size_t i = 0; i < s->n; i++)
        if (due_is_shown(x, &s->v[i])) due_json(s, &s->v[i], p);
    tb_print_end_list(p);
}

static void due_text(const struct tb_app_sent *x, const struct tb_app_due *due, struct tb_buf *out)
{
    char t[64];
    tb_tell_cell(out, due->id, 24);
    tb_tell_cell(out, due_name(x, due), 32);
    tb_buf_addf(out, tb_t("変更 %zu 件  ", "%zu changes  "), due->n + due->n_facts);
    if (due->sent == TB_NEVER)
        tb_buf_addf(out, tb_t("未送付（%s %s）", "not sent (%s %s)"), tb_way_word(due->how),
                    *due->address ? due->address : tb_t("宛先なし", "no address"));
    else
        tb_buf_addf(out, tb_t("送付 %.16s %s", "sent %.16s %s"), tb_format_instant(due->sent, t, sizeof t),
                    due->way);
    if (due->confirmed != TB_NEVER)
        tb_buf_addf(out, tb_t("  受領確認 %.16s %s", "  confirmed %.16s %s"),
                    tb_format_instant(due->confirmed, t, sizeof t), due->confirmed_by);
    tb_buf_addc(out, '\n');
}

void tb_tell_sent_text(const struct tb_tell_sent *x, struct tb_buf *out)
{
    const struct tb_app_sent *s = x->sent;
    tb_buf_addf(out, tb_t("第%lld版（%s）の送付\n", "publication %lld (%s): who was sent it\n"),
                (long long)s->side.number, s->side.hash);
    for (size_t i = 0; i < s->n; i++)
        if (due_is_shown(x, &s->v[i])) due_text(s, &s->v[i], out);
}
