/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * addresses: the secret addresses of calendar feeds, issued, given up and listed.
 */
#ifndef TOBAN_APP_ADDRESSES_H
#define TOBAN_APP_ADDRESSES_H

#include "toban/app/app.h"
#include "toban/store/records.h"

/* Days for which an address that was given up still answers, with a notice in the place of the duties. */
#define TB_CLOSED_DAYS 30

/* How a token is named: kind of feed (provider, duty, body, area, facility, region) and the id of what it
 * tells of. `key` is the path of the key file; NULL: $TOBAN_KEY, then the data file's name with .key. */
struct tb_app_token {
    char token[33];
    char hash[65];
    int64_t generation;
    bool made;
};
/* The address in use, made when there is none; `again`: a new one, and the one in use is given up. */
TB_MUST_USE enum tb_code tb_app_token_issue(const struct tb_app *app, const char *key, const char *feed,
                                            const char *subject, bool again, struct tb_app_token *out,
                                            struct tb_err *e);
/* TB_NO: there is none in use. */
TB_MUST_USE enum tb_code tb_app_token_revoke(const struct tb_app *app, const char *feed, const char *subject,
                                             struct tb_err *e);
#define TB_ALARM_MAX 10080 /* minutes of a week */
/* The address in use rings so many minutes before each duty, 0: it does not; its events count on. *changed:
 * it did not do so already. TB_NO: there is no address. TB_USAGE: over a week, or less than 0. */
TB_MUST_USE enum tb_code tb_app_token_alarm(const struct tb_app *app, const char *feed, const char *subject,
                                            int64_t minutes, bool *changed, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_token_list(const struct tb_app *app, struct tb_token **out, size_t *n,
                                           struct tb_err *e);
/* The printable page for an address under `url` (https://host/ics), which is made when there is none. */
TB_MUST_USE enum tb_code tb_app_token_sheet(const struct tb_app *app, const char *key, const char *feed,
                                            const char *subject, const char *url, struct tb_buf *out,
                                            struct tb_err *e);
/* Feed's address: URL/TOKEN/toban.ics. */
void tb_app_token_address(const char *url, const char *token, struct tb_buf *out);

#endif
