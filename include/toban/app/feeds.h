/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * feeds: what goes out at these addresses, and who has not fetched it.
 */
#ifndef TOBAN_APP_FEEDS_H
#define TOBAN_APP_FEEDS_H

#include "toban/app/app.h"
#include "toban/store/records.h"

/* One feed as it goes out. Strings are borrowed for the call. */
struct tb_app_feed {
    const char *token, *hash;
    const char *stamp; /* of all it tells: the same stamp, the same bytes */
    const char *bytes; /* NULL: the visitor has them */
    size_t len;
    /* in seconds after tb_minute 0: when the last thing was entered that calendars tell, or the day on which
     * something left this one; whatever the bytes, they were the same since then */
    int64_t modified;
};
struct tb_feed_visitor {
    /* Has he the bytes with this stamp, of the address with this hash? Then they are not made. NULL: never.
     */
    bool (*has)(void *arg, const char *hash, const char *stamp);
    enum tb_code (*visit)(void *arg, const struct tb_app_feed *feed, struct tb_err *e);
    void *arg;
};
struct tb_app_feeds {
    int live, closed;
    int64_t publication;
    char publication_hash[9];
    int64_t mark;          /* the last that they tell (tb_mark) */
    struct tb_notes notes; /* addresses whose subject the region gave up */
};
/* Renders the feeds of all addresses in use, and the notices of those given up less than TB_CLOSED_DAYS ago;
 * `visit` may fail. The same state and day give the same bytes, whatever the generation. TB_REFUSED: the key
 * file is not the one the addresses were made with. */
TB_MUST_USE enum tb_code tb_app_feeds(const struct tb_app *app, const char *key,
                                      const struct tb_feed_visitor *visitor, struct tb_app_feeds *out,
                                      struct tb_err *e);
/* DIR/TOKEN/toban.ics for each, in a new directory that is then switched. */
TB_MUST_USE enum tb_code tb_app_export_ics(const struct tb_app *app, const char *key, const char *dir,
                                           struct tb_app_feeds *out, struct tb_err *e);

/* One whose duty is near and whose calendar was not fetched since it changed: to be telephoned. Not the same
 * as a confirmation. */
struct tb_app_unfetched {
    int provider;
    tb_minute from; /* his next duty begins */
    /* publication in which one of his duties within the span last changed */
    int64_t changed;
    /* of his address in use; generation 0: he has none; TB_NEVER: never fetched */
    int64_t generation, fetched_publication;
    tb_minute fetched;
    bool missing; /* of one of them his calendar does not tell as it is, a name or an override counting too */
};
/* Duties that have not ended, with dates up to `days` from today; in order of time, then provider. */
TB_MUST_USE enum tb_code tb_app_unfetched(const struct tb_app *app, int days, struct tb_region **region,
                                          struct tb_app_unfetched **out, size_t *n, struct tb_err *e);

/* Numbers that grow with everything that may change what is served: not with fetches, wishes or drafts.
 * `table`: with what may change a routing table; overrides are no part of it, and addresses neither. */
struct tb_app_version {
    int64_t all, table;
};
TB_MUST_USE enum tb_code tb_app_version(const struct tb_app *app, struct tb_app_version *out,
                                        struct tb_err *e);
/* Enters that the feeds with these hashes were fetched, as they were in that state. */
TB_MUST_USE enum tb_code tb_app_tokens_fetched(const struct tb_app *app, const char *const *hashes, size_t n,
                                               const struct tb_fetched_state *state, struct tb_err *e);
/* roster.json of a board. */
void tb_app_roster_json(const struct tb_board *b, struct tb_buf *out);

#endif
