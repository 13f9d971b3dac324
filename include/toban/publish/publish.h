/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * publish: a board becomes calendars, sheets and tables. The only user of libical. Pure: bytes into
 * buffers, no clock, no storage; the same board gives the same bytes. Every form carries publication number,
 * hash and the region's notice.
 */
#ifndef TOBAN_PUBLISH_PUBLISH_H
#define TOBAN_PUBLISH_PUBLISH_H

#include "toban/domain/board.h"
#include "toban/domain/change.h"
#include "toban/domain/held.h"
#include "toban/domain/check.h"
#include "toban/base/printer.h"

/* Past days that feeds of duties and of the region hold at least; a provider's own holds this fiscal year and
 * the last. */
#define TB_FEED_PAST_DAYS 62

enum tb_feed {
    TB_FEED_PROVIDER,
    TB_FEED_DUTY,
    TB_FEED_REGION,
    TB_FEED_BODY,
    TB_FEED_AREA,
    TB_FEED_FACILITY,
    TB_FEED_COUNT
};
/* provider, duty, region, body, area, facility. A facility's feed has what takes place there and what it does
 * itself; an area's the duties for it and at places in it. */
const char *tb_feed_word(enum tb_feed feed);
int tb_feed_find(const char *word); /* -1: no such kind */
/* index, -1: there is none; a person is no facility */
int tb_feed_subject(const struct tb_region *r, enum tb_feed feed, const char *id);
const char *tb_feed_subject_id(const struct tb_region *r, enum tb_feed feed, int index);
/* The feed's name for people: 当番 山田 花子. */
void tb_feed_title(const struct tb_region *r, enum tb_feed feed, int index, struct tb_buf *out);
/* One iCalendar feed (docs/reference/calendar.md). `index`: provider or duty, ignored for REGION. Never
 * empty: with no duty left it holds a notice event. TB_INPUT: a text libical would write wrongly (control
 * character, invalid UTF-8) names the row. */
TB_MUST_USE enum tb_code tb_publish_ics(const struct tb_board *b, enum tb_feed feed, int index,
                                        struct tb_buf *out, struct tb_err *e);
/* Feed's file name without directory: "p-<id>.ics", "d-<id>.ics", "region.ics". */
void tb_publish_ics_name(const struct tb_board *b, enum tb_feed feed, int index, struct tb_buf *out);

/* A feed, and since when its address is given up (TB_NEVER: it is in use): then one notice stands instead of
 * all duties, so that they vanish from the reader's calendar. */
struct tb_ics {
    enum tb_feed feed;
    int index;
    tb_minute closed;
    int alarm; /* minutes before each duty that it rings; 0: it does not */
};
TB_MUST_USE enum tb_code tb_publish_ics_at(const struct tb_board *b, const struct tb_ics *x,
                                           struct tb_buf *out, struct tb_err *e);
/* SHA-256 in hex of all that the feed tells: as long as it stays, so do the bytes. Costs a small part of
 * them. */
TB_MUST_USE enum tb_code tb_publish_ics_stamp(const struct tb_board *b, const struct tb_ics *x,
                                              char stamp[65], struct tb_err *e);

/* The last day, up to the board's today, on which something left the feed for no other reason than that the
 * day had come; TB_DAY_NONE: nothing ever did. */
tb_day tb_publish_ics_left(const struct tb_board *b, const struct tb_ics *x);

/* What a calendar must have told, so that it tells of the seat as it is: the publication in which what it
 * says of the seat last changed (the seat, its hours, its place, its telephone), and the last doctor's name
 * or override of it (0: none). */
struct tb_seat_state {
    int publication;
    int64_t mark;
};
void tb_publish_seat_state(const struct tb_board *b, int assignment, struct tb_seat_state *out);

/* One page for a member: how to have his calendar on the telephone. `address` is the feed's https address.
 * TB_INPUT: it cannot be put into a QR code. */
TB_MUST_USE enum tb_code tb_publish_token_sheet(const struct tb_board *b, enum tb_feed feed, int index,
                                                const char *address, struct tb_buf *out, struct tb_err *e);

/* roster.json (through the printer): format_version, region, notice, publication, hash, seats[] with duty,
 * date, band, role, seat, provider, names, start, end, reception, phone. */
void tb_publish_json(const struct tb_board *b, tb_printer *p);
/* roster.csv, UTF-8 rows without BOM (the caller adds BOM or recodes). `cell` and `end` write CSV cells
 * (codec's tb_csv_cell and tb_csv_end, handed in by app). */
void tb_publish_csv(const struct tb_board *b, struct tb_buf *out);
/* roster.html: per duty and month one printable A4. */
void tb_publish_html(const struct tb_board *b, struct tb_buf *out);

/* What report.txt tells of one draft. */
struct tb_report_draft {
    const struct tb_problem *problem;
    const struct tb_roster *roster;
    const struct tb_verdict *verdict;
    const char *status, *stopped_by, *steps;
    int64_t objective, bound;
    bool certified;
    int64_t checked_bound;
    bool bound_checked;
    const char *instance_digest;
    const char
        *unconfirmed; /* why the certificate is no proof now, in a line; NULL: it is, or there is none */
};
/* report.txt in Japanese: proof, open seats, broken soft rules, wishes met and unanswered, ledger before and
 * after for each pool, 特定日. */
void tb_publish_report(const struct tb_board *b, const struct tb_report_draft *drafts, size_t n,
                       struct tb_buf *out);

/* The end of report.txt: published seats that do not hold today, with why; `why` is in Japanese. */
struct tb_conflicts; /* toban/domain/conflict.h */
void tb_publish_report_conflicts(const struct tb_region *r, const struct tb_conflicts *c, struct tb_buf *out);

/* Seats, as indices into the board's assignments, of the hospitals that may take over from the slot while it
 * is open: duties marked backup, for primary duties also the rotation; those that share a speciality with it
 * where there is one, else all. Persons are never among them. Returns their number, at most `max`. */
int tb_publish_backups(const struct tb_board *b, const struct tb_slot *s, int *seats, int max);

/* Does a notice of changes tell of it? Telephones, places, names, hours, days: what stands on sheets and in
 * calendars. `to_public`: nothing private. */
bool tb_publish_fact_told(const struct tb_region *r, const struct tb_fact_change *x, bool to_public);
/* What changed, in words: the row and the field. */
void tb_publish_fact_words(const struct tb_region *r, const struct tb_fact_change *x, struct tb_buf *out);

/* What changes, for those who hold the earlier sheet, in Japanese: what stood there (【変更前】) and what
 * stands there now (【変更後】), seat by seat; days announced for the first time are named, not listed; then
 * seats that nobody takes, with whom to call, and what else the sheets say otherwise: what, was, is, from
 * when. `before` and `after` name the two editions. For members and desks: persons are named. What is sent is
 * a letter (letter.h). */
struct tb_notice {
    const char *before, *after;
    const struct tb_change *changes;
    size_t n;
    const struct tb_cover *announced; /* days that were published before */
    size_t n_announced;
    const struct tb_seat_row *open;
    size_t n_open;
    const struct tb_fact_change *facts;
    size_t n_facts;
};
void tb_publish_change_notice(const struct tb_region *r, const struct tb_notice *x, struct tb_buf *out);

#endif
