/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/attend: who came and how many were seen: by seat, by provider, the share of light cases, and what was
 * recorded just now. (The CSV forms are app's.)
 */
#ifndef TOBAN_TELL_ATTEND_H
#define TOBAN_TELL_ATTEND_H

#include "toban/app/attend.h"
#include "toban/tell/tell.h"

struct tb_tell_attended {
    const struct tb_app_attended *attended;
    bool missing; /* seats without record alone */
};
void tb_tell_attended_json(const struct tb_tell_attended *x, tb_printer *p);
void tb_tell_attended_text(const struct tb_tell_attended *x, struct tb_buf *out);

struct tb_tell_counts {
    const struct tb_region *region;
    const struct tb_app_count *v;
    size_t n;
};
void tb_tell_counts_json(const struct tb_tell_counts *x, tb_printer *p);
void tb_tell_counts_text(const struct tb_tell_counts *x, struct tb_buf *out);

struct tb_tell_light {
    const struct tb_region *region;
    const struct tb_light *light;
};
void tb_tell_light_json(const struct tb_tell_light *x, tb_printer *p);
void tb_tell_light_text(const struct tb_tell_light *x, struct tb_buf *out);

/* One record. */
struct tb_tell_attendance {
    const char *seat; /* as typed */
    bool added;       /* false: the same was there already */
    bool taken_back;
};
void tb_tell_attendance_json(const struct tb_tell_attendance *x, tb_printer *p);
void tb_tell_attendance_text(const struct tb_tell_attendance *x, struct tb_buf *out);

/* The rows of a file. */
struct tb_tell_attendance_file {
    int added, unchanged;
};
void tb_tell_attendance_file_json(const struct tb_tell_attendance_file *x, tb_printer *p);
void tb_tell_attendance_file_text(const struct tb_tell_attendance_file *x, struct tb_buf *out);

#endif
