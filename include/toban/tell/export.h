/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/export: what was written into files.
 */
#ifndef TOBAN_TELL_EXPORT_H
#define TOBAN_TELL_EXPORT_H

#include "toban/app/export.h"
#include "toban/app/feeds.h"
#include "toban/app/region_export.h"
#include "toban/app/routing.h"
#include "toban/tell/tell.h"

/* Every form. */
struct tb_tell_exported {
    const struct tb_app_export *export;
    const char *dir;
};
void tb_tell_exported_json(const struct tb_tell_exported *x, tb_printer *p);
void tb_tell_exported_text(const struct tb_tell_exported *x, struct tb_buf *out);

/* The region as a directory. */
struct tb_tell_exported_region {
    const struct tb_app_region_export *export;
    const char *dir;
    bool cp932;
};
void tb_tell_exported_region_json(const struct tb_tell_exported_region *x, tb_printer *p);
void tb_tell_exported_region_text(const struct tb_tell_exported_region *x, struct tb_buf *out);

/* The calendars under their addresses. */
struct tb_tell_exported_feeds {
    const struct tb_app_feeds *feeds;
    const char *dir;
};
void tb_tell_exported_feeds_json(const struct tb_tell_exported_feeds *x, tb_printer *p);
void tb_tell_exported_feeds_text(const struct tb_tell_exported_feeds *x, struct tb_buf *out);

/* The model of a plan, in this file. */
void tb_tell_exported_model_json(const char *file, tb_printer *p);
void tb_tell_exported_model_text(const char *file, struct tb_buf *out);

/* A routing table. */
struct tb_tell_exported_table {
    const struct tb_app_table_file *table;
    const char *file;
};
void tb_tell_exported_table_json(const struct tb_tell_exported_table *x, tb_printer *p);
void tb_tell_exported_table_text(const struct tb_tell_exported_table *x, struct tb_buf *out);

/* Sheets of a routing table. */
struct tb_tell_exported_sheets {
    const struct tb_app_sheets *sheets;
    const char *dir;
    bool since; /* an older table was given: changes are told */
};
void tb_tell_exported_sheets_json(const struct tb_tell_exported_sheets *x, tb_printer *p);
void tb_tell_exported_sheets_text(const struct tb_tell_exported_sheets *x, struct tb_buf *out);

#endif
