/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of the data file.
 */
#include "toban/tell/office.h"
#include "toban/tell/rows.h"
#include "toban/tell/todo.h"

void tb_tell_init_json(const struct tb_tell_init *x, tb_printer *p)
{
    tb_print_kint(p, "providers", x->made->providers);
    tb_print_kint(p, "duties", x->made->duties);
    tb_print_kint(p, "rules", x->made->rules);
    tb_print_kint(p, "wishes", x->made->wishes);
}

void tb_tell_init_text(const struct tb_tell_init *x, struct tb_buf *out)
{
    tb_buf_addf(out,
                tb_t("%s を作りました: 担い手 %d、当番区分 %d、割当条件 %d、希望 %d\n",
                     "made %s: %d providers, %d duties, %d rules, %d wishes\n"),
                x->db, x->made->providers, x->made->duties, x->made->rules, x->made->wishes);
}

void tb_tell_import_json(const struct tb_app_import *x, tb_printer *p)
{
    tb_print_kint(p, "added", x->added);
    tb_print_kint(p, "replaced", x->replaced);
    tb_print_kint(p, "changed", x->changed);
    tb_print_kint(p, "removed", x->removed);
    tb_tell_todo_new_json(x->todo, p);
    tb_print_key(p, "rows");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_rows; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "table", tb_entities[x->rows[i].entity].name);
        tb_tell_change_json(&x->rows[i], p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_import_text(const struct tb_app_import *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n_rows; i++) {
        tb_buf_addf(out, "%s ", tb_entities[x->rows[i].entity].name);
        tb_tell_change_text(&x->rows[i], out);
        tb_buf_addc(out, '\n');
    }
    tb_buf_addf(
        out,
        tb_t("追加 %d、置き換え %d（うち内容が変わるもの %d）", "%d added, %d replaced (%d of them changed)"),
        x->added, x->replaced, x->changed);
    if (x->removed) tb_buf_addf(out, tb_t("、削除 %d", ", %d removed"), x->removed);
    tb_buf_addc(out, '\n');
    tb_tell_todo_new_text(x->todo, out);
}

void tb_tell_recorded_json(const void *x, tb_printer *p)
{
    (void)x;
    tb_print_kbool(p, "recorded", true);
}

void tb_tell_recorded_text(const void *x, struct tb_buf *out)
{
    (void)x;
    tb_buf_addf(out, "%s\n", tb_t("記録しました", "recorded"));
}

void tb_tell_backup_json(const char *path, tb_printer *p) { tb_print_kstring(p, "file", path); }

void tb_tell_backup_text(const char *path, struct tb_buf *out)
{
    tb_buf_addf(out, "%s: %s\n", tb_t("写しを作りました", "copied to"), path);
}

void tb_tell_restored_json(const char *path, tb_printer *p) { tb_print_kstring(p, "file", path); }

void tb_tell_restored_text(const char *path, struct tb_buf *out)
{
    tb_buf_addf(out, "%s: %s\n", tb_t("戻しました", "restored"), path);
}
