/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * route: which facility takes this patient at this minute. A table is built from one publication's board
 * and the region's master data; look-up reads only the table; check-table evaluates every cell a second
 * time from board and master data. No path leads from symptom to urgency: a person gives the level.
 */
#ifndef TOBAN_ROUTE_ROUTE_H
#define TOBAN_ROUTE_ROUTE_H

#include "toban/domain/board.h"
#include "toban/domain/incidents.h"
#include "toban/base/printer.h"

enum tb_channel { TB_CHANNEL_119, TB_CHANNEL_PHONE, TB_CHANNEL_DESK, TB_CHANNEL_PUBLIC, TB_CHANNEL_COUNT };
#define TB_U_GUIDANCE 0 /* no level asked: which place is open? */
#define TB_U_UNKNOWN 6  /* level unknown: rounds up */

struct tb_query {
    tb_minute at;
    /* index in the region's areas (any level); -1 unknown: the area above all others */
    int area;
    int age;       /* years, -1 unknown */
    int complaint; /* index, -1 unknown */
    int urgency;   /* TB_U_GUIDANCE, 1..5, TB_U_UNKNOWN */
    int channel;
    /* puts hospitals that offer what it needs first. 0: none or not known, else 1 + index in the region's
     * modifiers */
    int modifier;
};

enum tb_answer_role {
    TB_ANSWER_EMERGENCY,
    TB_ANSWER_MAIN,
    TB_ANSWER_BACKUP,
    TB_ANSWER_LATER,
    TB_ANSWER_LINE,
    TB_ANSWER_FAMILY,
    TB_ANSWER_LAST
};
/* "emergency" .. "last": for programs, as in the table's file. */
const char *tb_answer_role_word(int role);
struct tb_answer_entry {
    int role;
    int slot;     /* in the board, -1: a line, the family doctor, the tertiary centre, 119 */
    int provider; /* facility where the patient goes, -1: none */
    int tier;     /* 0 advice, 1 primary, 2 secondary, 3 tertiary */
    const char *name, *phone, *note;              /* borrowed from the table or region */
    tb_minute open_from, reception_until, closes; /* INT64_MIN where none */
    int minutes;                                  /* travel */
    const char *rule;                             /* id of the policy row that put it there */
    /* ids and name, "" where none: duty, date and band are the roster's row */
    const char *facility, *duty, *duty_name, *band;
    tb_day date, checked; /* duty date; the facility's data were last checked on; TB_DAY_NONE where none */
    const char *mark;     /* what an override says of it, "" where none */
    tb_minute mark_until;
    /* the modifier's name when the hospital does not say that it offers what it needs: ring first; "" */
    const char *lacks;
    /* the duty promises what was asked, who holds it does not say that he offers it: 電話で確認 */
    bool doubtful;
    bool ring;            /* takes patients in part, or has not confirmed in a disaster: ring first */
    int age_from, age_to; /* whom the door takes: years, from and below; 0 and 150 where it says nothing */
    const char *name_en, *address; /* of the facility or the support centre; "" */
    int64_t latitude, longitude;   /* millionths of a degree; both 0: not known */
};
struct tb_answer {
    int n;
    struct tb_answer_entry e[16];
    tb_minute expires;
    bool fallback;
};

typedef struct tb_table tb_table;
/* Builds the table of the board for minutes [from 00:00 of board->from, 09:00 after board->to). TB_NO: some
 * cell would be empty or wrong, names minute, key and the missing duty (what is wrong in other ways
 * tb_route_verify finds). TB_INPUT: the region has no policy rows. Board and region are borrowed; the region
 * must outlive the table. */
TB_MUST_USE enum tb_code tb_route_build(const struct tb_board *b, tb_minute issued_at, tb_table **out,
                                        struct tb_err *e);
/* The same for [00:00 of from, 09:00 after to) of a board that may reach further on both sides: the night
 * that began before the table, and what opens next after its last day, come from there. */
TB_MUST_USE enum tb_code tb_route_build_span(const struct tb_board *b, tb_day from, tb_day to,
                                             tb_minute issued_at, tb_table **out, struct tb_err *e);
void tb_table_free(tb_table *t);
void tb_table_json(const tb_table *t, tb_printer *p); /* canonical; digest inside */
/* The file alone: a table that answers without database, roster or region (all it needs of the region is its
 * own). Accepts exactly the bytes that tb_table_json writes, and a newline. TB_INVALID: anything else; then
 * tb_table_last_resort still has rows. */
TB_MUST_USE enum tb_code tb_table_read(const char *bytes, size_t len, tb_table **out, struct tb_err *e);
/* would tb_table_read take it? */
TB_MUST_USE enum tb_code tb_table_check_json(const char *json, size_t len, struct tb_err *e);
/* areas, aliases, complaints, scales, lines, policies; of a file's table no more */
const struct tb_region *tb_table_region(const tb_table *t);
struct tb_table_info {
    int publication;
    const char *hash, *digest, *region, *region_name, *notice, *use;
    tb_minute issued_at, from, to, next_due;
};
struct tb_table_info tb_table_info(const tb_table *t); /* borrowed from the table */

enum tb_table_state { TB_TABLE_VALID, TB_TABLE_DUE, TB_TABLE_EXPIRED, TB_TABLE_EARLY, TB_TABLE_CORRUPT };
enum tb_table_state tb_table_state_at(const tb_table *t, tb_minute at);
const char *tb_table_state_word(enum tb_table_state s);

/* What is answered when the table cannot be: 119, lines, tertiary centre. source: 0 a sound table, 1 and 2
 * the first and second copy in a damaged file, 3 neither could be read: the numbers that hold everywhere. */
struct tb_last_row {
    int role;
    const char *name, *phone, *note;
    int from, to; /* minutes of the day, `to` may pass it */
};
struct tb_last_resort {
    struct tb_arena arena;
    int source;
    struct tb_last_row *rows;
    size_t n, cap;
};
void tb_table_last_resort(const char *bytes, size_t len, struct tb_last_resort *out);
void tb_last_resort_of(const tb_table *t, struct tb_last_resort *out);
void tb_last_resort_free(struct tb_last_resort *l);
void tb_table_csv(const tb_table *t, struct tb_buf *out);
/* Answer from the table. TB_INVALID: `at` outside the table's validity: the answer holds the last resort and
 * the lines only. */
enum tb_code tb_route_lookup(const tb_table *t, const struct tb_query *q, struct tb_answer *out,
                             struct tb_err *e);

/* Departments at the door of an entry (tb_departments), as the table's region's specialities; none of an
 * entry that is no door. The list is the caller's to free. */
struct tb_ids tb_answer_departments(const tb_table *t, const struct tb_answer_entry *x);

/* What stands above an answer on the 119 desk, appended: whose order it is and of which day when a row of the
 * 実施基準 put an entry there, else that the list is for reference and without ranks. Nothing on other desks
 * and for home-care lists. In Japanese, as on every form. */
void tb_answer_heading(const tb_table *t, const struct tb_query *q, const struct tb_answer *a,
                       struct tb_buf *out);

/* A home-care patient of this doctor or clinic (`provider`): who is called, in turn: attending doctor,
 * deputies of the day, visiting nurse, hospital behind; attending doctor and deputies who sit on duty
 * elsewhere at that minute come after those who do not, marked. Asks and tells nothing about the patient. For
 * staff: TB_REFUSED on the public channel; TB_USAGE: makes no home visits, or the table came from a copied
 * file, which does not carry these lists. */
TB_MUST_USE enum tb_code tb_route_home(const tb_table *t, int provider, tb_minute at, int channel,
                                       struct tb_answer *out, struct tb_err *e);

/* ---- what has happened since the table was published ---- */

/* Why a row cannot be taken, when it cannot: no end, an end beyond its kind's limit, a duty or facility
 * missing, the last tertiary centre closed without the reason 院内災害. TB_USAGE. */
TB_MUST_USE enum tb_code tb_incident_check(const tb_table *t, const struct tb_incident *x, struct tb_err *e);
/* A row by name, made for this table and checked. TB_USAGE. */
TB_MUST_USE enum tb_code tb_incident_of(const tb_table *t, const struct tb_incident_row *x,
                                        struct tb_incident *out, struct tb_err *e);
/* The rows that stand (not superseded, not cancelled, known to this table), all of them: an array of *n for
 * the caller to free. Texts stay the list's. */
struct tb_incident *tb_incidents_resolve(const tb_table *t, const struct tb_incident_list *l, int *n);
/* One small file that works without a network. Reading: TB_INPUT when the digest does not match. */
void tb_incidents_json(const struct tb_incident_list *l, struct tb_buf *out);
TB_MUST_USE enum tb_code tb_incidents_read(const char *bytes, size_t len, struct tb_incident_list *out,
                                           struct tb_err *e);
/* What a question is asked under: the changes that stand, and the places (provider indices) that declined. */
struct tb_live {
    const struct tb_incident *changes;
    int n_changes;
    const int *declined;
    int n_declined;
};
/* tb_route_lookup with changes, evaluated by the same policy rows; those in `declined` (provider indices) are
 * left out too. The answer's `expires` is no later than the first end of a change in force. Without changes
 * and nothing declined: the same answer as tb_route_lookup. */
enum tb_code tb_route_live(const tb_table *t, const struct tb_query *q, const struct tb_live *now,
                           struct tb_answer *out, struct tb_err *e);
/* Doors that one test alone keeps off the list. */
struct tb_near {
    int provider;
    const char *name, *duty, *duty_name, *test_ja, *test_en;
};
/* All of them: an array of *found for the caller to free. */
struct tb_near *tb_route_near(const tb_table *t, const struct tb_query *q, const struct tb_incident *v, int n,
                              int *found);

/* ---- for people ---- */

/* Who is open now: 24 lines of 80 columns, or an HTML file without script that says how old it is. Public
 * telephone numbers only. `board` (NULL: of a copied file, there is none) tells beside it of seats that
 * nobody takes and of duties to which no question leads. */
struct tb_now_page {
    tb_minute at;
    const struct tb_incident *v;
    int n;
    const char *banner;
    const struct tb_board *board;
};
void tb_now_text(const tb_table *t, const struct tb_now_page *p, struct tb_buf *out);
void tb_now_html(const tb_table *t, const struct tb_now_page *p, struct tb_buf *out);
/* A4 as HTML for printing, black and white: one duty day (landscape, one page), a span's rotation, a span of
 * holidays, and what changed since another table. */
bool tb_day_has_consulting(const tb_table *t, tb_day d);
/* `now` (NULL: nothing): what was entered and is in force in some minute of the day's hours stands on it. */
void tb_sheet_day(const tb_table *t, tb_day d, const struct tb_now_page *now, struct tb_buf *out);
void tb_sheet_rotation(const tb_table *t, tb_day from, tb_day to, struct tb_buf *out);
void tb_sheet_holidays(const tb_table *t, tb_day from, tb_day to, struct tb_buf *out);
/* number of lines */
int tb_sheet_changes(const tb_table *before, const tb_table *t, struct tb_buf *out);

/* One A4 for the first hours of a disaster, from the data file's table alone (TB_USAGE: of a copied file):
 * base hospitals, duties of the next hours with their state and a check list of those on them (staff
 * telephones), how many patients at home depend on a device in each district and who keeps their list,
 * suppliers. No patient's name. */
TB_MUST_USE enum tb_code tb_sheet_disaster(const tb_table *t, const struct tb_board *b, tb_minute at,
                                           const struct tb_incident *v, int n, struct tb_buf *out,
                                           struct tb_err *e);

/* Where outside consulting hours nobody but the last resort takes an urgent patient (U2, U3), although a duty
 * should: one line per span and group of keys, with the duties missing; slots in which nobody sits. *out may
 * stay empty. Returns the number of lines. */
int tb_route_holes(const tb_table *t, struct tb_buf *out);
/* Of the cells of U3 and U4 outside consulting hours (119 apart) in which some primary door of the patient's
 * kind is open and can be reached: how many there are, and in how many a primary door stands first. */
struct tb_route_light {
    int64_t cells, first;
};
struct tb_route_light tb_route_light_of(const tb_table *t);
/* Second implementation, from board and region only (src/route/verify.c shares no code with the builder).
 * Evaluates every cell: *cells counts them; TB_NO: first wrong cell. */
TB_MUST_USE enum tb_code tb_route_verify(const tb_table *t, const struct tb_board *b, int64_t *cells,
                                         struct tb_err *e);

/* Seats of one duty that no question reaches, for one reason. */
struct tb_seat_silence {
    int duty, days, seats;
    int64_t minutes; /* of reception, in all */
    bool excused;    /* the region gives a reason: `why` is it; else `why` says what is missing */
    char *why;
    tb_day last; /* the latest duty date */
};
/* The other direction, over every seat of the board with somebody in it: is it told, at every minute from
 * which the nearest asker can still be there before reception ends, to somebody whom the duty serves
 * (complaint and age named, some area, some desk)? For a table that tb_route_verify found right. */
struct tb_seat_silences {
    int n;
    size_t cap;
    struct tb_seat_silence *v; /* those without a reason first */
    int seats, unreached;      /* looked at; not told and without a reason */
};
void tb_route_seats(const tb_table *t, const struct tb_board *b, struct tb_seat_silences *out);
void tb_seat_silences_free(struct tb_seat_silences *x);

#endif
