/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * incidents: what has happened since a table was published (closed, late, a substitute ...), told by ids so
 * that it outlives tables. Rows are only added; a row that names another in `supersedes` takes its place, one
 * of kind "cancelled" ends it.
 */
#ifndef TOBAN_DOMAIN_INCIDENTS_H
#define TOBAN_DOMAIN_INCIDENTS_H

#include "toban/base/base.h"

struct tb_incident_row {
    int64_t id;
    tb_minute entered_at, from, until;
    int64_t supersedes; /* 0: none */
    /* other: substitute: who takes over; disaster and its cancellation: the second person, since it takes two
     */
    const char *by, *kind, *provider, *duty, *other, *phone, *note, *reason, *source; /* ids or "" */
    int64_t mark; /* id of its tb_mark; 0: not told */
};
/* All memory in the arena. */
struct tb_incident_list {
    struct tb_arena arena;
    struct tb_incident_row *v;
    size_t n, cap;
};
void tb_incident_list_free(struct tb_incident_list *l);

enum tb_incident_kind {
    TB_INCIDENT_CLOSED,
    TB_INCIDENT_LIMITED,
    TB_INCIDENT_LATE,
    TB_INCIDENT_SUBSTITUTE,
    TB_INCIDENT_EXTRA,
    TB_INCIDENT_PHONE,
    TB_INCIDENT_NOTE,
    TB_INCIDENT_DISASTER,
    TB_INCIDENT_CONFIRMED,
    TB_INCIDENT_COUNT
};
struct tb_incident_rule {
    const char *word, *ja;
    int default_minutes, max_minutes;
};
extern const struct tb_incident_rule tb_incident_rules[TB_INCIDENT_COUNT];
/* -1: none of that word. */
int tb_incident_kind_named(const char *word);
/* An override acts from `from` to `until` and then is over, with nobody's help. It never changes an urgency,
 * never lifts a facility above what the policy gives it, never empties a list. While a disaster is declared
 * every duty is marked as unconfirmed, and stands below confirmed ones, until a row of kind "confirmed" names
 * it; suspended ones are "closed". A disaster alone does not end by itself: past `until` it stands as ended
 * and not confirmed, until two people end it. */
struct tb_incident {
    int kind;
    /* index in the region; whom it is about (extra: who serves besides); -1: disaster */
    int provider;
    int duty;  /* index; -1: whatever it does (extra: must be given) */
    int other; /* substitute: who takes the duty */
    tb_minute from, until;
    const char *phone, *note, *reason;
};
struct tb_region;
/* A row by name against a region: -1 where it names nothing. */
struct tb_incident tb_incident_in(const struct tb_region *r, const struct tb_incident_row *x);
/* Is it in force in some minute of [from, to)? A disaster whose end is past is. */
bool tb_incident_acts(const struct tb_incident *x, tb_minute from, tb_minute to);
/* The disaster that stands, NULL: none. Its `until` may be past: ended, not confirmed. */
const struct tb_incident *tb_disaster_at(const struct tb_incident *v, int n, tb_minute at);
/* A line for people, with its end: until when it is declared, or 終了未確認. NULL: nothing. */
void tb_disaster_words(const struct tb_incident *x, tb_minute at, struct tb_buf *out);
/* Has another row of the list taken its place or ended it, or does it only end another? */
bool tb_incident_row_over(const struct tb_incident_list *l, size_t i);

/* Rows that also tell how often something changed: those that are over too, in the order entered. */
struct tb_entered {
    struct tb_incident what; /* kind -1: it ends another */
    tb_minute at;
    int64_t id, supersedes, mark;
    bool over;
};
/* Whom and when it is asked about: a slot, and who ever was in it, in whatever way. */
struct tb_entered_about {
    int duty;
    tb_minute from, to;
    const int *who;
    int n_who;
};
/* How often what was entered changed what is told of it, when last (one minute further each time when the
 * clock did not go on), and by which mark. Never less than before, whoever sits there next. */
struct tb_entered_moves {
    int count;
    tb_minute at;
    int64_t mark;
};
void tb_entered_moves_of(const struct tb_entered *v, int n, const struct tb_entered_about *about,
                         struct tb_entered_moves *out);

struct tb_store;
/* Appends; sets x->id. */
TB_MUST_USE enum tb_code tb_store_add_incident(struct tb_store *s, struct tb_incident_row *x,
                                               struct tb_err *e);
/* Those that end after `at`, by id, and a disaster that nobody has ended. What another row has taken the
 * place of, or ended, is not among them, however early that other row ends: a wrong number must not come back
 * when its correction is over. */
TB_MUST_USE enum tb_code tb_store_incidents(struct tb_store *s, tb_minute at, struct tb_incident_list *out,
                                            struct tb_err *e);
/* All rows, by id, those that are over too, with their marks. */
TB_MUST_USE enum tb_code tb_store_incidents_all(struct tb_store *s, struct tb_incident_list *out,
                                                struct tb_err *e);
/* That row and those that took its place or ended it, by id; none: there is no such row. */
TB_MUST_USE enum tb_code tb_store_incident(struct tb_store *s, int64_t id, struct tb_incident_list *out,
                                           struct tb_err *e);

#endif
