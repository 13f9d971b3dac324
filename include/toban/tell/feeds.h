/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/feeds: the secret addresses of calendars, and who has not fetched his. For the office: staff numbers.
 */
#ifndef TOBAN_TELL_FEEDS_H
#define TOBAN_TELL_FEEDS_H

#include "toban/app/addresses.h"
#include "toban/app/feeds.h"
#include "toban/tell/tell.h"

struct tb_tell_tokens {
    const struct tb_token *v;
    size_t n;
};
void tb_tell_tokens_json(const struct tb_tell_tokens *x, tb_printer *p);
void tb_tell_tokens_text(const struct tb_tell_tokens *x, struct tb_buf *out);

/* The address in use, under `url` ("": the token alone). */
struct tb_tell_address {
    const char *feed, *subject, *url;
    const struct tb_app_token *token;
};
void tb_tell_address_json(const struct tb_tell_address *x, tb_printer *p);
void tb_tell_address_text(const struct tb_tell_address *x, struct tb_buf *out);

/* An address given up. */
struct tb_tell_revoked {
    const char *feed, *subject;
};
void tb_tell_revoked_json(const struct tb_tell_revoked *x, tb_printer *p);
void tb_tell_revoked_text(const struct tb_tell_revoked *x, struct tb_buf *out);
struct tb_tell_alarm {
    const char *feed, *subject;
    int64_t minutes;
    bool changed;
};
void tb_tell_alarm_json(const struct tb_tell_alarm *x, tb_printer *p);
void tb_tell_alarm_text(const struct tb_tell_alarm *x, struct tb_buf *out);

struct tb_tell_unfetched {
    const struct tb_region *region;
    const struct tb_app_unfetched *v;
    size_t n;
};
void tb_tell_unfetched_json(const struct tb_tell_unfetched *x, tb_printer *p);
void tb_tell_unfetched_text(const struct tb_tell_unfetched *x, struct tb_buf *out);

#endif
