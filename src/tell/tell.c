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
