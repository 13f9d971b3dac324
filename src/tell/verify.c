/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/tell/verify.h"

void tb_tell_intact_json(const struct tb_tell_intact *x, tb_printer *p)
{
    tb_print_kstring(p, "db", x->db);
    tb_print_kbool(p, "intact", true);
    tb_print_kint(p, "facts_of_upgrade", x->upgraded);
}

void tb_tell_intact_text(const struct tb_tell_intact *x, struct tb_buf *out)
{
    tb_buf_addf(out,
                tb_t("%s: 公表のすべての版、各当番表、案の元の問題、ファイルの構造は照合と合っています\n",
                     "%s: every publication, every roster, the drafts' instances and the file's structure "
                     "match their digests\n"),
                x->db);
    if (x->upgraded)
        tb_buf_addf(
            out,
            tb_t("第%lld版までの時間・名・電話などは、ファイルを新しい形式にした日の表のものです"
                 "（照合の対象は席だけです）\n",
                 "up to publication %lld, hours, names, telephones ... are those of the tables on the "
                 "day of the upgrade (their digests are of seats alone)\n"),
            (long long)x->upgraded);
}
