/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/tell/verify.h"

void tb_tell_intact_json(const char *db, tb_printer *p)
{
    tb_print_kstring(p, "db", db);
    tb_print_kbool(p, "intact", true);
}

void tb_tell_intact_text(const char *db, struct tb_buf *out)
{
    tb_buf_addf(out,
                tb_t("%s: 公表のすべての版、各当番表、案の元の問題、ファイルの構造は照合と合っています\n",
                     "%s: every publication, every roster, the drafts' instances and the file's structure "
                     "match their digests\n"),
                db);
}
