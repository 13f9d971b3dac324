/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/http.
 */
#ifndef TOBAN_HTTP_INT_H
#define TOBAN_HTTP_INT_H

#include "toban/http/http.h"

/* Wed, 04 Mar 2026 00:30:00 GMT, and back; only this form, which every client sends. */
void http_date(tb_minute m, char out[40]);
bool http_date_parse(const char *text, tb_minute *out);
/* Does the header If-None-Match name one of the two? Weak comparison (RFC 9110 13.1.2). */
bool http_etag_listed(const char *header, const char *one, const char *two);
/* Does Accept-Encoding want gzip? */
bool http_wants_gzip(const char *header);

/* Does the path of n bytes belong to the route's path? *rest: how many of its bytes stand before the rest. */
bool http_path_matches(const char *route, const char *path, size_t n, size_t *rest);

#endif
