/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/route: the answer to one question to the routing table; what has happened since the table was made;
 * and tables that were proven. `toban route` and the server's /v1/route.
 */
#ifndef TOBAN_TELL_ROUTE_H
#define TOBAN_TELL_ROUTE_H

#include "toban/app/ask.h"
#include "toban/app/table_check.h"
#include "toban/tell/tell.h"

/* All borrowed. `asked` NULL: the table is not usable, the last resort is told. */
struct tb_tell_route {
    const struct tb_routing *routing;
    tb_minute at;
    const struct tb_asked *asked;
    bool explain; /* JSON: near misses and the order; text: also what put each entry there */
};
void tb_tell_route_json(const struct tb_tell_route *x, tb_printer *p);
void tb_tell_route_text(const struct tb_tell_route *x, struct tb_buf *out);
/* The whole document, the bytes of `toban route --json`. */
void tb_tell_route_document(const struct tb_tell_route *x, struct tb_buf *out);

/* Overrides that have not ended. */
struct tb_tell_overrides {
    const struct tb_routing *routing;
    tb_minute at;
};
void tb_tell_overrides_json(const struct tb_tell_overrides *x, tb_printer *p);
void tb_tell_overrides_text(const struct tb_tell_overrides *x, struct tb_buf *out);
/* One that was just recorded. */
void tb_tell_overridden_json(const struct tb_incident_row *x, tb_printer *p);
void tb_tell_overridden_text(const struct tb_incident_row *x, struct tb_buf *out);

/* The table of a period, proven. */
void tb_tell_table_check_json(const struct tb_app_table_check *x, tb_printer *p);
void tb_tell_table_check_text(const struct tb_app_table_check *x, struct tb_buf *out);
/* A copied file that stood the test. */
struct tb_tell_file_check {
    const struct tb_routing *routing;
    tb_minute at;
    int64_t cells; /* proven against the data file; 0: it is not there */
};
void tb_tell_file_check_json(const struct tb_tell_file_check *x, tb_printer *p);
void tb_tell_file_check_text(const struct tb_tell_file_check *x, struct tb_buf *out);

/* Of whatever is told from a table: its state, edition and validity. For people with what they must know
 * first. */
void tb_tell_table_json(const struct tb_routing *r, tb_minute at, tb_printer *p);
void tb_tell_table_text(const struct tb_routing *r, tb_minute at, struct tb_buf *out);

#endif
