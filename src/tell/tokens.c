/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The secret addresses of calendars.
 */
#include "toban/tell/feeds.h"
#include "toban/tell/words.h"

void tb_tell_tokens_json(const struct tb_tell_tokens *x, tb_printer *p)
{
    tb_print_key(p, "tokens");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_token *t = &x->v[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "feed", t->feed);
        tb_print_kstring(p, "subject", t->subject);
        tb_print_kint(p, "generation", t->generation);
        tb_tell_instant(p, "issued", t->issued);
        tb_tell_instant(p, "revoked", t->revoked);
        tb_tell_instant(p, "fetched", t->fetched);
        tb_print_kint(p, "fetched_publication", t->fetched_publication);
        if (t->alarm > 0) tb_print_kint(p, "alarm", t->alarm);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_tokens_text(const struct tb_tell_tokens *x, struct tb_buf *out)
{
    char a[64], b[64];
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_token *t = &x->v[i];
        tb_tell_cell(out, t->feed, 10);
        tb_tell_cell(out, t->subject, 20);
        tb_buf_addf(out, "%3lld  ", (long long)t->generation);
        tb_tell_cell(out, t->revoked == TB_NEVER ? tb_t("使用中", "in use") : tb_t("失効", "revoked"), 10);
        tb_format_instant(t->issued, a, sizeof a);
        if (t->fetched == TB_NEVER)
            tb_buf_addf(out, tb_t("発行 %.16s  未取得\n", "issued %.16s  never fetched\n"), a);
        else
            tb_buf_addf(out,
                        tb_t("発行 %.16s  最終取得 %.16s 第%lld版\n",
                             "issued %.16s  last fetched %.16s, publication %lld\n"),
                        a, tb_format_instant(t->fetched, b, sizeof b), (long long)t->fetched_publication);
    }
}

void tb_tell_address_json(const struct tb_tell_address *x, tb_printer *p)
{
    struct tb_buf address = {0};
    tb_app_token_address(x->url, x->token->token, &address);
    tb_print_kstring(p, "feed", x->feed);
    tb_print_kstring(p, "subject", x->subject);
    tb_print_kint(p, "generation", x->token->generation);
    tb_print_kbool(p, "made", x->token->made);
    tb_print_kstring(p, "token", x->token->token);
    tb_print_kstring(p, "address", tb_buf_str(&address));
    tb_buf_free(&address);
}

void tb_tell_address_text(const struct tb_tell_address *x, struct tb_buf *out)
{
    tb_app_token_address(x->url, x->token->token, out);
    tb_buf_addc(out, '\n');
}

void tb_tell_revoked_json(const struct tb_tell_revoked *x, tb_printer *p)
{
    tb_print_kstring(p, "feed", x->feed);
    tb_print_kstring(p, "subject", x->subject);
}

void tb_tell_revoked_text(const struct tb_tell_revoked *x, struct tb_buf *out)
{
    (void)x;
    tb_buf_addf(out,
                tb_t("失効させました。%d 日間はお知らせだけの予定表になり、その後は応答しません\n",
                     "revoked; for %d days the address shows a notice alone, then nothing\n"),
                TB_CLOSED_DAYS);
}

void tb_tell_alarm_json(const struct tb_tell_alarm *x, tb_printer *p)
{
    tb_print_kstring(p, "feed", x->feed);
    tb_print_kstring(p, "subject", x->subject);
    tb_print_kint(p, "alarm", x->minutes);
    tb_print_kbool(p, "changed", x->changed);
}

void tb_tell_alarm_text(const struct tb_tell_alarm *x, struct tb_buf *out)
{
    if (x->minutes > 0)
        tb_buf_addf(
            out,
            tb_t("当番の %lld 分前に通知を付けます。Google と Outlook は捨て、Apple は登録のときに「通知"
                 "を削除」を外した人だけに届きます\n",
                 "rings %lld minutes before a duty; Google and Outlook drop it, Apple keeps it where "
                 "\"remove alerts\" is switched off\n"),
            (long long)x->minutes);
    else
        tb_buf_add(out, tb_t("通知を付けません\n", "does not ring\n"));
}
