/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was written into files.
 */
#include "toban/tell/export.h"

void tb_tell_exported_json(const struct tb_tell_exported *x, tb_printer *p)
{
    tb_print_kstring(p, "directory", x->dir);
    tb_print_kint(p, "publication", x->export->publication);
    tb_print_kstring(p, "hash", x->export->hash);
    tb_print_kint(p, "files", x->export->files);
    tb_print_kint(p, "feeds", x->export->feeds);
    tb_print_kint(p, "routing_cells", x->export->cells);
    tb_print_kint(p, "proofs_made", x->export->proofs_made);
    tb_print_kint(p, "proofs_known", x->export->proofs_known);
}

void tb_tell_exported_text(const struct tb_tell_exported *x, struct tb_buf *out)
{
    const struct tb_app_export *v = x->export;
    tb_buf_addf(out,
                tb_t("第%lld版 %s を %s に書きました: %d ファイル、うち予定表 %d\n",
                     "wrote publication %lld %s to %s: %d files, %d of them calendars\n"),
                (long long)v->publication, v->hash, x->dir, v->files, v->feeds);
    if (v->cells)
        tb_buf_addf(out,
                    tb_t("案内表: %lld セルを別の実装で確認\n",
                         "routing table: %lld cells confirmed by a second implementation\n"),
                    (long long)v->cells);
    if (v->proofs_made || v->proofs_known)
        tb_buf_addf(
            out,
            tb_t(
                "証明の確認: 今回 %d 件、同じ内容で確認済み %d 件（やり直すなら --prove）\n",
                "proofs: %d made now, %d known from an earlier export of the same content (--prove makes all "
                "again)\n"),
            v->proofs_made, v->proofs_known);
}

void tb_tell_exported_region_json(const struct tb_tell_exported_region *x, tb_printer *p)
{
    tb_print_kstring(p, "directory", x->dir);
    tb_print_kint(p, "files", x->export->files);
    tb_print_kint(p, "rows", x->export->rows);
    tb_print_kbool(p, "cp932", x->cp932);
    tb_print_kbool(p, "private", true);
}

void tb_tell_exported_region_text(const struct tb_tell_exported_region *x, struct tb_buf *out)
{
    tb_buf_addf(
        out,
        tb_t("医療圏を %s に書きました: %d ファイル、%d 行。\n非公開の欄（個人の電話・理由など）を含む"
             "事務局の控えです。外に出さないでください\n",
             "wrote the region to %s: %d files, %d rows.\nPrivate fields (people's telephones, "
             "reasons) are in it: it is the office's own copy, to be given to nobody\n"),
        x->dir, x->export->files, x->export->rows);
}

void tb_tell_exported_feeds_json(const struct tb_tell_exported_feeds *x, tb_printer *p)
{
    tb_print_kstring(p, "directory", x->dir);
    tb_print_kint(p, "publication", x->feeds->publication);
    tb_print_kstring(p, "hash", x->feeds->publication_hash);
    tb_print_kint(p, "feeds", x->feeds->live);
    tb_print_kint(p, "notices", x->feeds->closed);
}

void tb_tell_exported_feeds_text(const struct tb_tell_exported_feeds *x, struct tb_buf *out)
{
    tb_buf_addf(out,
                tb_t("第%lld版 %s の予定表を %s に書きました: %d、失効のお知らせ %d\n",
                     "wrote the calendars of publication %lld %s to %s: %d, and %d notices of revoked "
                     "addresses\n"),
                (long long)x->feeds->publication, x->feeds->publication_hash, x->dir, x->feeds->live,
                x->feeds->closed);
}

void tb_tell_exported_model_json(const char *file, tb_printer *p) { tb_print_kstring(p, "file", file); }

void tb_tell_exported_model_text(const char *file, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("%s に書きました\n", "wrote %s\n"), file);
}

void tb_tell_exported_table_json(const struct tb_tell_exported_table *x, tb_printer *p)
{
    tb_print_kint(p, "publication", x->table->publication);
    tb_print_kstring(p, "digest", x->table->digest);
    tb_print_kint(p, "cells", x->table->cells);
    tb_print_kint(p, "bytes", (int64_t)x->table->bytes);
}

void tb_tell_exported_table_text(const struct tb_tell_exported_table *x, struct tb_buf *out)
{
    tb_buf_addf(out,
                tb_t("第%d版 表 %.8s を %s に書きました: %lld セルを確認、%zu バイト\n",
                     "wrote publication %d, table %.8s, to %s: %lld cells proven, %zu bytes\n"),
                x->table->publication, x->table->digest, x->file, (long long)x->table->cells,
                x->table->bytes);
}

void tb_tell_exported_sheets_json(const struct tb_tell_exported_sheets *x, tb_printer *p)
{
    tb_print_kint(p, "files", x->sheets->files);
    tb_print_kint(p, "changes", x->sheets->changes);
}

void tb_tell_exported_sheets_text(const struct tb_tell_exported_sheets *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("%s に %d 枚を書きました\n", "%s: wrote %d sheets\n"), x->dir, x->sheets->files);
    if (x->since)
        tb_buf_addf(out, tb_t("前の表からの変更 %d 行\n", "%d lines changed since the table before\n"),
                    x->sheets->changes);
}
