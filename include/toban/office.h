/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * office: use cases of app around what was published: differences, what was known when, withdrawing, the
 * audit trail, addresses of feeds.
 */
#ifndef TOBAN_OFFICE_H
#define TOBAN_OFFICE_H

#include "toban/app.h"
#include "toban/change.h"
#include "toban/records.h"

/* A state of the seats: publication `number`, or with `draft` what it would be with that draft published on
 * top of it. */
struct tb_side {
    int64_t number, draft;
    tb_minute at;
    char hash[9];
};

/* `text`: 3 or 第3版 (a publication), 2026-11-03T02:10 (the one in force then), draft (the latest), draft:7
 * or 案7. NULL: the latest publication. TB_USAGE tells the forms. */
TB_MUST_USE enum tb_code tb_app_side(const struct tb_app *app, const char *text, struct tb_side *out,
                                     struct tb_err *e);

struct tb_app_diff {
    struct tb_region *region;
    struct tb_side a, b;
    struct tb_change *changes;
    size_t n;
    struct tb_ledger_change *ledgers;
    size_t n_ledgers;
};
/* `b` NULL: what follows `a`, i.e. from the one before to publication a, from what is in force to draft a. */
TB_MUST_USE enum tb_code tb_app_diff(const struct tb_app *app, const char *a, const char *b,
                                     struct tb_app_diff *out, struct tb_err *e);
void tb_app_diff_free(struct tb_app_diff *d);
/* 第3版（a1b2c3d4）, 案7. */
void tb_app_side_words(const struct tb_side *s, struct tb_buf *out);
void tb_app_diff_notice(const struct tb_app_diff *d, struct tb_buf *out);

/* A publication that takes the rosters of these duties ("all" alone: of every duty) out of force in the
 * period. */
TB_MUST_USE enum tb_code tb_app_withdraw(const struct tb_app *app, const char *period,
                                         const char *const *duties, int n, const char *reason,
                                         struct tb_publication *out, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_audit(const struct tb_app *app, const char *what, int64_t limit,
                                      struct tb_audit_line **out, size_t *n, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_publications(const struct tb_app *app, struct tb_publication **out, size_t *n,
                                             struct tb_err *e);

/* ---- the life of a roster: 案, 回覧中, 承認済, 公表, 旧版 or 取消 ---- */

/* `draft` goes round among the members until the day given, or is approved. Which moves there are is a table;
 * TB_REFUSED tells the state and what may be done. Approving before the day for objections has passed needs a
 * note that says why. */
TB_MUST_USE enum tb_code tb_app_circulate(const struct tb_app *app, int64_t draft, tb_day until,
                                          const char *note, struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_approve(const struct tb_app *app, int64_t draft, const char *note,
                                        struct tb_err *e);
TB_MUST_USE enum tb_code tb_app_lives(const struct tb_app *app, struct tb_life_state **out, size_t *n,
                                      struct tb_err *e);
const char *tb_life_word(enum tb_life state); /* in the language set */

/* ---- who is to be told, who was ---- */

/* One recipient and what a publication means to him. Of a row with `each` there is one for every provider
 * concerned: his own changes, to his own address. */
struct tb_app_due {
    char id[136];            /* fire; of a row with `each`: members:d-001 */
    int recipient, provider; /* in the region; provider -1 unless `each` */
    const char *address;     /* borrowed; "" */
    struct tb_change *changes;
    size_t n;                       /* what he is to be told */
    tb_minute sent, confirmed;      /* TB_NEVER: not */
    const char *way, *confirmed_by; /* of the last sending; "" */
};
struct tb_app_sent {
    struct tb_region *region;
    struct tb_side before, side; /* publication and the one before */
    struct tb_app_due *v;
    size_t n; /* those with something to be told, or who were sent it */
    struct tb_delivery *deliveries;
    size_t n_deliveries;
};
/* number 0: the latest. */
TB_MUST_USE enum tb_code tb_app_sent(const struct tb_app *app, int64_t number, struct tb_app_sent *out,
                                     struct tb_err *e);
void tb_app_sent_free(struct tb_app_sent *x);
/* The text for one of them, ready for mail or fax. */
void tb_app_sent_text(const struct tb_app_sent *x, const struct tb_app_due *due, struct tb_buf *out);
/* Enters that it was sent (way NULL: the recipient's own), or confirmed. `recipient` is the id of a due. */
TB_MUST_USE enum tb_code tb_app_deliver(const struct tb_app *app, int64_t number, const char *recipient,
                                        bool confirmed, const char *way, const char *note, struct tb_err *e);

/* ---- addresses of feeds ---- */

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
TB_MUST_USE enum tb_code tb_app_token_list(const struct tb_app *app, struct tb_token **out, size_t *n,
                                           struct tb_err *e);
/* The printable page for an address under `url` (https://host/ics), which is made when there is none. */
TB_MUST_USE enum tb_code tb_app_token_sheet(const struct tb_app *app, const char *key, const char *feed,
                                            const char *subject, const char *url, struct tb_buf *out,
                                            struct tb_err *e);
/* Feed's address: URL/TOKEN/toban.ics. */
void tb_app_token_address(const char *url, const char *token, struct tb_buf *out);

/* One feed as it goes out. Strings are borrowed for the call. */
struct tb_app_feed {
    const char *token, *hash;
    const char *bytes;
    size_t len;
    tb_minute modified;
};
struct tb_app_feeds {
    int live, closed;
    int64_t publication;
    char publication_hash[9];
};
/* Renders the feeds of all addresses in use, and the notices of those given up less than TB_CLOSED_DAYS ago;
 * `visit` may fail. The same state and day give the same bytes, whatever the generation. TB_REFUSED: the key
 * file is not the one the addresses were made with. */
TB_MUST_USE enum tb_code tb_app_feeds(const struct tb_app *app, const char *key,
                                      enum tb_code (*visit)(void *arg, const struct tb_app_feed *feed,
                                                            struct tb_err *e),
                                      void *arg, struct tb_app_feeds *out, struct tb_err *e);
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
};
/* Duties that have not ended, with dates up to `days` from today; in order of time, then provider. */
TB_MUST_USE enum tb_code tb_app_unfetched(const struct tb_app *app, int days, struct tb_region **region,
                                          struct tb_app_unfetched **out, size_t *n, struct tb_err *e);

/* A number that grows with everything that may change what is served, but not with fetches. */
TB_MUST_USE enum tb_code tb_app_version(const struct tb_app *app, int64_t *out, struct tb_err *e);
/* Enters that the feeds with these hashes were fetched. */
TB_MUST_USE enum tb_code tb_app_tokens_fetched(const struct tb_app *app, const char *const *hashes, size_t n,
                                               int64_t publication, struct tb_err *e);
/* roster.json of a board. */
void tb_app_roster_json(const struct tb_board *b, struct tb_buf *out);

#endif
