/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts for those who are to be told, as files.
 */
#include "toban/app/sent.h"
#include "toban/domain/words.h"

static void path_of(const struct tb_app_sent *x, const struct tb_app_due *due, const char *dir,
                    struct tb_buf *out)
{
    tb_buf_addf(out, "%s/%s-", dir, tb_way_word(x->region->recipients[due->recipient].way));
    for (const char *p = due->id; *p; p++) tb_buf_addc(out, *p == ':' ? '-' : *p);
    tb_buf_add(out, ".txt");
}

enum tb_code tb_app_sent_write(const struct tb_app_sent *x, const char *dir, size_t *n, struct tb_err *e)
{
    enum tb_code c = tb_dir_make(dir, e);
    *n = 0;
    for (size_t i = 0; i < x->n && c == TB_OK; i++) {
        const struct tb_app_due *due = &x->v[i];
        if (due->sent != TB_NEVER || (!due->n && !due->n_facts)) continue;
        struct tb_buf path = {0}, text = {0};
        path_of(x, due, dir, &path);
        tb_buf_addf(&text, "送り先 %s\n\n", *due->address ? due->address : "（宛先が登録されていません）");
        tb_app_sent_text(x, due, &text);
        c = tb_file_write(path.s, text.s, text.len, e);
        *n += c == TB_OK;
        tb_buf_free(&path);
        tb_buf_free(&text);
    }
    return c;
}
