/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * board: what a publication says about a span of days: slots and who sits in them. The one input of
 * everything that goes out (calendars, sheets, tables) and of the routing table.
 */
#ifndef TOBAN_DOMAIN_BOARD_H
#define TOBAN_DOMAIN_BOARD_H

#include "toban/domain/incidents.h"
#include "toban/domain/problem.h"

/* What became of one provider in one slot over the publications: he sits there or does no longer, since when,
 * and how often that changed since he was first published there (0: never). `seat.seat` is the seat he has or
 * last had. */
struct tb_stint {
    struct tb_seat_row seat;
    bool in;
    tb_minute changed;
    int sequence;
    int publication;
    int first; /* publication in which he was first published there */
};
/* of a stint that is over; the slot as the day's region has it */
struct tb_gone {
    struct tb_slot slot;
    struct tb_stint stint;
};

/* A doctor named for a seat that a group holds (派遣枠). `seat.provider` is the group, seat.seat is not told:
 * the name holds while the group sits in the slot. */
/* person -1: the name was taken back */
struct tb_name_row {
    struct tb_seat_row seat;
    int person;
    tb_minute at;
    int64_t mark; /* id of its tb_mark */
};

/* A seat that nobody takes (調整中). */
struct tb_open_seat {
    int slot, seat;
    tb_minute changed; /* when it became so; as publication and sequence below */
    int sequence;
    int publication;
    int first; /* publication in which the seat was first published */
};
/* The number of the words in which calendars say what they say: it goes up with every release that says the
 * same in other words, or shows another of its properties, so that readers who look at SEQUENCE and
 * LAST-MODIFIED take the new text (TB_MARK_WORDING). */
#define TB_CALENDAR_WORDING 2
/* Something was entered that calendars tell. In the order entered, whatever the clock did meanwhile. */
enum tb_mark_kind {
    TB_MARK_PUBLICATION,
    TB_MARK_NAME,
    TB_MARK_OVERRIDE,
    TB_MARK_WORDING, /* the program says the same in other words than the one before */
    TB_MARK_SETTING,
    TB_MARK_TABLE, /* a table that no publication holds and calendars look at: who owns what, whose duty */
    TB_MARK_COUNT
};
struct tb_mark {
    int64_t id;
    tb_minute at;
    enum tb_mark_kind kind;
    int publication;            /* the latest one then, 0: none */
    const char *feed, *subject; /* of a setting of one calendar, "": of all */
};
/* When the last of them was entered, in seconds after tb_minute 0: what is entered in one minute, or by a
 * clock that was put back, goes on by a second each. Before the first publication there was no calendar. 0:
 * there is none. */
int64_t tb_marks_second(const struct tb_mark *v, size_t n);
/* The region from a day on, until the next view's; rows have the same numbers in all views of a board. */
struct tb_board_view {
    tb_day since;
    struct tb_region *region;
};
/* A row of which a publication changed what calendars show (toban/domain/held.h). */
struct tb_touch {
    enum tb_entity_id entity;
    int row;
    tb_day since; /* TB_DAY_NONE: always */
    int publication;
    tb_minute at;
    bool rank; /* of a duty or band: not its words alone, but when it is open or whom it backs */
};

struct tb_board {
    /* borrowed; what stands on a form for no day in particular. For what is told of a day: tb_board_region */
    const struct tb_region *region;
    /* owned but for `region`, ascending; none: `region` on all days */
    struct tb_board_view *views;
    int n_views;
    struct tb_touch *touches; /* of all publications up to the board's, ascending, in memory of `arena` */
    int n_touches;
    tb_day from, to; /* inclusive duty dates */
    int *duties;
    int n_duties; /* those with a published roster touching the span, ascending */
    /* canonical order; all slots of those duties that a roster of the publication covers */
    struct tb_slot *slots;
    int n_slots;
    struct tb_assignment *a;
    int n; /* by (slot, seat) */
    /* per assignment: when this seat last changed, by publication time */
    tb_minute *changed;
    /* per assignment: how often it changed since first published (0 at first) */
    int *sequence;
    /* per assignment: number of the publication in which it last changed */
    int *publication_of;
    /* per assignment: number of the publication in which the seat was first published */
    int *first_of;
    /* per assignment: the doctor that a group has named for it, -1: none */
    int *person;
    struct tb_open_seat *open; /* by (slot, seat) */
    int n_open;
    int publication; /* its number, 0: a draft */
    char hash[9];    /* first eight hex digits of its digest, "" for a draft */
    tb_minute published_at;
    char (*hashes)[9];
    int n_hashes; /* hashes[k]: short hash of publication k, so that an event can name the one it last changed
                     in; n_hashes 0: not told, only the number is printed. Memory from `arena` */
    const struct tb_stint **own; /* per assignment: its stint; NULL: not told */
    struct tb_gone *gone;
    int n_gone; /* those that lost a seat, by (slot, provider) */
    /* per assignment: id of the last mark of a doctor's name, 0: none was entered */
    int64_t *mark;
    /* doctors' names in the order entered, of slots of the board */
    const struct tb_name_row *names;
    int n_names;
    /* overrides: all rows, and those in force; none: not told. Texts from entered_rows */
    struct tb_incident_list entered_rows;
    struct tb_entered *entered;
    struct tb_incident *in_force;
    int n_entered, n_in_force;
    bool *slot_entered;    /* per slot: was anything entered for its hours? */
    struct tb_mark *marks; /* all there are, in memory of `arena`; none: not told */
    int n_marks;
    /* feeds leave out what is long past; TB_DAY_NONE: nothing is left out */
    tb_day today;
    struct tb_arena arena;
};
void tb_board_free(struct tb_board *b);
/* Board of rows (published seats with their history), e.g. from the store; rows outside [from, to] are
 * dropped. `covered[i]` says for duties[i] the first and last covered day. Memory of the board is its own. */
struct tb_board_row {
    struct tb_seat_row seat;
    tb_minute changed;
    int sequence;
    int publication;
    int first; /* publication in which the seat was first published */
};
struct tb_cover {
    int duty;
    tb_day from, to;
};
/* Is the duty's day in one of them? */
bool tb_cover_has(const struct tb_cover *v, size_t n, int duty, tb_day date);
struct tb_board *tb_board_new(const struct tb_region *r, tb_day from, tb_day to,
                              const struct tb_board_row *rows, size_t n_rows, const struct tb_cover *covers,
                              size_t n_covers);
/* The same with hours and seats of each day as the views have them, of which the board becomes the owner. */
struct tb_board_views {
    const struct tb_region *home; /* has the same rows */
    struct tb_board_view *v;
    int n;
};
struct tb_board *tb_board_of_views(const struct tb_board_views *views, tb_day from, tb_day to,
                                   const struct tb_board_row *rows, size_t n_rows,
                                   const struct tb_cover *covers, size_t n_covers);
/* The region as it is on the day. */
const struct tb_region *tb_board_region(const struct tb_board *b, tb_day day);
/* Brings the board to another region, by ids: its slots keep their hours, and what is told of them is that
 * region's. A slot of a duty or band that it has not is left out. */
void tb_board_move(struct tb_board *b, const struct tb_region *to);
/* Tells the board who came and went (canonical order of slots; every seated provider has his stint). Lost
 * seats are told of any date: a withdrawal takes their days out of the board's span. */
void tb_board_add_stints(struct tb_board *b, const struct tb_stint *v, size_t n);
/* Names in the order entered; after the stints. The last one of a group in a slot holds; each raises the
 * slot's events (sequence, changed). */
void tb_board_add_names(struct tb_board *b, const struct tb_name_row *v, size_t n);
/* Tells the board what was entered since; it becomes the owner of the rows. */
void tb_board_add_entered(struct tb_board *b, struct tb_incident_list *rows);
/* How that changed what is told of a slot: with all who ever were in it, or (`alone`) with this provider
 * alone and whom he named. `s`: one of the board's, unless alone. */
void tb_board_entered(const struct tb_board *b, const struct tb_slot *s, int provider, bool alone,
                      struct tb_entered_moves *out);
/* Tells the board what became of the open seats: rows of seats that nobody has any more, with the publication
 * in which they lost their holder. Those of `withdrawn` rows are not open, they are no longer there. Before
 * the board's publication is told, an open seat without a row is as old as the board. */
void tb_board_add_vacant(struct tb_board *b, const struct tb_board_row *v, const bool *withdrawn, size_t n);
/* Lists are made from seats: calls `each` for every seat of the board in its order, with its assignment, or
 * the open seat and assignment -1. */
typedef void tb_board_each(void *arg, int assignment, const struct tb_open_seat *open);
void tb_board_walk(const struct tb_board *b, tb_board_each *each, void *arg);
/* Whom to call about an open seat: the office of the body responsible. */
const struct tb_body *tb_open_call(const struct tb_region *r, const struct tb_slot *s);
/* The doctor whom a provider in the slot has named, -1: none. */
int tb_board_person(const struct tb_board *b, int slot, int provider);
/* Providers in the slot, ordered by seat: a[first..first+count). */
int tb_board_seats(const struct tb_board *b, int slot, int *first);

#endif
