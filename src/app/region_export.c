/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The region as a directory: written, read again, and only then put in place. What a clerk changed in an
 * earlier one is never written over: TB_OUTDIR_KEPT has the files' digests as they were written.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app_int.h"
#include "toban/app/region_export.h"
#include "toban/base/outdir.h"
#include "toban/codec/codec.h"

enum { WRITTEN_LIMIT = 64 << 10 };

struct writing {
    struct tb_outdir *dir;
    struct tb_buf written;
};

static enum tb_code write_private(struct tb_outdir *o, const char *name, const struct tb_buf *bytes,
                                  struct tb_err *e)
{
    struct tb_buf path = {0};
    tb_buf_addf(&path, "%s/%s", o->tmp, name);
    enum tb_code c = tb_outdir_put(o, name, bytes, e);
    if (c == TB_OK && chmod(path.s, 0600) != 0)
        c = tb_fail(e, TB_STORAGE,
                    tb_t("%s: 本人だけが読めるようにできません", "%s: cannot be kept from other users' eyes"),
                    path.s);
    tb_buf_free(&path);
    return c;
}

static enum tb_code write_one(void *arg, const char *name, const struct tb_buf *bytes, struct tb_err *e)
{
    struct writing *w = arg;
    char hex[65];
    tb_sha256_hex(tb_buf_str(bytes), bytes->len, hex);
    tb_buf_addf(&w->written, "%s  %s\n", hex, name);
    return write_private(w->dir, name, bytes, e);
}

/* TB_REFUSED: the file is not as `hex` says; one that was taken away holds nothing that could be lost. */
static enum tb_code as_written(const char *dir, const char *hex, const char *name, struct tb_err *e)
{
    struct tb_buf path = {0};
    char *bytes = NULL, now[65];
    size_t len = 0;
    tb_buf_addf(&path, "%s/%s", dir, name);
    enum tb_code c = TB_OK;
    if (tb_file_exists(path.s)) {
        c = tb_file_read(path.s, TB_CODEC_FILE_MAX, &bytes, &len, e);
        if (c == TB_OK) tb_sha256_hex(bytes, len, now);
        if (c == TB_OK && strcmp(now, hex) != 0)
            c = tb_fail(e, TB_REFUSED,
                        tb_t("%s は書き出したあとに変えられています。消さないように、何も書きません。先に "
                             "import で取り込むか、別のフォルダを指定してください",
                             "%s was changed since it was written. Nothing is written, so that this is not "
                             "lost: import it first, or name another directory"),
                        path.s);
    }
    free(bytes);
    tb_buf_free(&path);
    return c;
}

/* What stands there was made by this and nobody worked on it. */
static enum tb_code nothing_to_lose(const char *dir, struct tb_err *e)
{
    struct tb_buf path = {0}, mark = {0};
    char *text = NULL;
    enum tb_code c = TB_OK;
    tb_buf_addf(&path, "%s/%s", dir, TB_OUTDIR_KEPT);
    tb_buf_addf(&mark, "%s/%s", dir, TB_OUTDIR_MARK);
    if (tb_file_exists(path.s))
        c = tb_file_read(path.s, WRITTEN_LIMIT, &text, NULL, e);
    else if (tb_file_exists(mark.s))
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%s はほかの書き出し（公表物など）のフォルダです。非公開の欄を含むので、そこには"
                         "書きません。別のフォルダを指定してください",
                         "%s was made by another export (of what is published, say). Private fields are not "
                         "put there: name another directory"),
                    dir);
    for (char *at = text; c == TB_OK && at && strlen(at) > 66;) {
        size_t n = strcspn(at, "\n");
        bool more = at[n] == '\n';
        at[n] = at[64] = '\0';
        c = as_written(dir, at, at + 66, e);
        at += n + more;
    }
    free(text);
    tb_buf_free(&path);
    tb_buf_free(&mark);
    return c;
}

static enum tb_code read_again(const struct tb_region *r, const char *dir, struct tb_err *e)
{
    struct tb_region *back;
    char was[65], is[65];
    enum tb_code c = tb_codec_read_region(dir, &back, e);
    if (c) return tb_err_wrap(e, "%s", tb_t("書いたものが読めません", "what was written cannot be read"));
    tb_region_digest(r, was);
    tb_region_digest(back, is);
    tb_region_free(back);
    if (strcmp(was, is) == 0) return TB_OK;
    return tb_fail(e, TB_INTERNAL,
                   tb_t("書いたものを読み直すと、元と違います。何も置いていません",
                        "what was written reads otherwise than it is; nothing was put in place"));
}

static enum tb_code write_all(const struct tb_region *r, bool cp932, struct tb_outdir *o,
                              struct tb_app_region_export *out, struct tb_err *e)
{
    struct writing w = {.dir = o};
    enum tb_code c = tb_codec_write_directory(r, cp932, write_one, &w, &out->notes, e);
    out->files = o->files;
    if (c == TB_OK) c = write_private(o, TB_OUTDIR_KEPT, &w.written, e);
    if (c == TB_OK) c = read_again(r, o->tmp, e);
    for (int i = 0; i < TB_E_COUNT; i++) out->rows += tb_region_count(r, (enum tb_entity_id)i);
    tb_buf_free(&w.written);
    return c;
}

enum tb_code tb_app_export_region(const struct tb_app *app, const char *dir, bool cp932,
                                  struct tb_app_region_export *out, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_outdir o;
    tb_store *s;
    *out = (struct tb_app_region_export){0};
    enum tb_code c = app_may(app, TB_USE_EXPORT_REGION, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_EXPORT_REGION, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    tb_store_close(s);
    c = tb_outdir_begin_kept(dir, &o, e);
    if (c == TB_OK) {
        c = nothing_to_lose(o.dir, e);
        if (c == TB_OK && chmod(o.tmp, 0700) != 0)
            c = tb_fail(
                e, TB_STORAGE,
                tb_t("%s: 本人だけが読めるようにできません", "%s: cannot be kept from other users' eyes"),
                o.tmp);
        if (c == TB_OK) c = write_all(r, cp932, &o, out, e);
        if (c == TB_OK)
            c = tb_outdir_commit(&o, e);
        else
            tb_outdir_abandon(&o);
    }
    tb_region_free(r);
    return c;
}
