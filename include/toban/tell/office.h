/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/office: what became of the data file: made, read into, copied, put back.
 */
#ifndef TOBAN_TELL_OFFICE_H
#define TOBAN_TELL_OFFICE_H

#include "toban/app/app.h"
#include "toban/tell/tell.h"

struct tb_tell_init {
    const struct tb_app_init *made;
    const char *db; /* path of the new data file */
};
void tb_tell_init_json(const struct tb_tell_init *x, tb_printer *p);
void tb_tell_init_text(const struct tb_tell_init *x, struct tb_buf *out);

void tb_tell_import_json(const struct tb_app_import *x, tb_printer *p);
void tb_tell_import_text(const struct tb_app_import *x, struct tb_buf *out);

/* An adjustment of the books is entered; there is nothing else to tell. `x` is not looked at. */
void tb_tell_recorded_json(const void *x, tb_printer *p);
void tb_tell_recorded_text(const void *x, struct tb_buf *out);

/* A copy of the data file, or the data file restored from one, at this path. */
void tb_tell_backup_json(const char *path, tb_printer *p);
void tb_tell_backup_text(const char *path, struct tb_buf *out);
void tb_tell_restored_json(const char *path, tb_printer *p);
void tb_tell_restored_text(const char *path, struct tb_buf *out);

#endif
