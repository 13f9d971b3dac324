/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * outdir: a directory that the program writes as a whole, time and again. Readers see the old one or the new
 * one. It bears a mark, the file TB_OUTDIR_MARK, that knows every file in it; only a directory with that mark
 * is replaced, and only while nothing else stands in it, so nobody's own files are ever touched. The mark has
 * digests of the names, not the names: they may be secret addresses, and a web server may show it.
 *
 *   tb_outdir_begin -> tb_outdir_put ... -> tb_outdir_commit, or tb_outdir_abandon
 *
 * Between begin and the end a lock on the directory above is held: a second writer there waits, so an older
 * state never follows a newer one. A crash leaves the old directory and a private one beside it, which the
 * next begin takes away.
 */
#ifndef TOBAN_BASE_OUTDIR_H
#define TOBAN_BASE_OUTDIR_H

#include "toban/base/base.h"

#define TB_OUTDIR_MARK ".toban-files"
/* A file of this name says that people work on the files: no writer but its own replaces the directory. */
#define TB_OUTDIR_KEPT ".toban-kept"

struct tb_outdir {
    char *tmp;     /* where it is written; owned */
    char *dir;     /* what is replaced, links followed; owned */
    int lock;      /* descriptor of the directory above */
    bool in_place; /* it cannot be renamed (mount point, working directory): file by file */
    int files;     /* written so far */
};
/* Directories above `dir` are made. TB_USAGE: no usable name. TB_REFUSED: something stands there that is not
 * ours (the first names are told); nothing was touched. TB_STORAGE. On failure *o need not be ended. */
TB_MUST_USE enum tb_code tb_outdir_begin(const char *dir, struct tb_outdir *o, struct tb_err *e);
/* The same for the writer of TB_OUTDIR_KEPT, who sees to it himself that nobody's work is lost. */
TB_MUST_USE enum tb_code tb_outdir_begin_kept(const char *dir, struct tb_outdir *o, struct tb_err *e);
/* Writes the file `name`, a path from the directory; directories in it are made. TB_STORAGE. */
TB_MUST_USE enum tb_code tb_outdir_put(struct tb_outdir *o, const char *name, const struct tb_buf *bytes,
                                       struct tb_err *e);
/* Brings all of it to the disk, marks what was written and puts it in the place of what was there. Ends *o in
 * every case; on TB_STORAGE the old content stands (in place: each file is the old or the new one). */
TB_MUST_USE enum tb_code tb_outdir_commit(struct tb_outdir *o, struct tb_err *e);
/* Forgets what was written; the old content stands. */
void tb_outdir_abandon(struct tb_outdir *o);

#endif
