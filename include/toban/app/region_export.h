/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * region_export: everything that was typed, as the directory that `init` makes the same data file from.
 */
#ifndef TOBAN_APP_REGION_EXPORT_H
#define TOBAN_APP_REGION_EXPORT_H

#include "toban/app/app.h"

struct tb_app_region_export {
    int files, rows;
    struct tb_notes notes; /* rows that CP932 cannot hold */
};
/* Writes `dir` (new, or one that this made and nobody changed since), for the owner's eyes alone: what is
 * private is in it. Read back before it is put in place. TB_REFUSED: something else stands there, or a file
 * was changed since it was written. TB_INPUT: a cell that no reader takes. */
TB_MUST_USE enum tb_code tb_app_export_region(const struct tb_app *app, const char *dir, bool cp932,
                                              struct tb_app_region_export *out, struct tb_err *e);

#endif
