/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the answers share.
 */
#include "toban/tell/tell.h"

void tb_tell_cell(struct tb_buf *out, const char *text, int width)
{
    int w = tb_utf8_width(text), want = width < 0 ? -width : width;
    if (width < 0)
        for (int i = w; i < want; i++) tb_buf_addc(out, ' ');
    tb_buf_add(out, text);
    if (width > 0)
        for (int i = w; i < want; i++) tb_buf_addc(out, ' ');
}

void tb_tell_trial_json(bool trial, tb_printer *p) { tb_print_kbool(p, "dry_run", trial); }

void tb_tell_trial_text(struct tb_buf *out)
{
    tb_buf_addf(out, "%s\n",
                tb_t("【試し】何も書いていません。行えば次のようになります:",
                     "TRIAL: nothing was written. If it were done:"));
}
