/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The routing table's data, shared by those who fill it, read it, print it and doubt it. Data only: the
 * verifier reads these structs and calls none of the builder's functions.
 *
 *   minute -> interval (binary search over `bounds`) -> column of the area -> list of the profile -> entries
 */
#ifndef ROUTE_INT_H
#define ROUTE_INT_H

#include "toban/route/route.h"

enum { RT_LIST_MAX = 16 };
/* guidance, U1..U5, unknown: TB_U_GUIDANCE .. TB_U_UNKNOWN */
enum { RT_U_COUNT = 7, RT_PARTS = 2 * RT_U_COUNT };
enum rt_kind { RT_DUTY, RT_TERTIARY, RT_CERTIFIED };
enum rt_take {
    RT_TAKE_TEXT,
    RT_TAKE_LINE,
    RT_TAKE_TERTIARY,
    RT_TAKE_CERTIFIED,
    RT_TAKE_ROTATION,
    RT_TAKE_BACKUP,
    RT_TAKE_ROTATION_ANY,
    RT_TAKE_PRIMARY,
    RT_TAKE_NEIGHBOUR,
    RT_TAKE_SOON,
    RT_TAKE_NEXT,
    RT_TAKE_CENTRE,
    RT_TAKE_STANDARD,
    RT_TAKE_UNSURE
};
enum rt_hours { RT_HOURS_ANY, RT_HOURS_CONSULTING, RT_HOURS_CLOSED };
enum rt_channel { RT_CHANNEL_ANY, RT_CHANNEL_119, RT_CHANNEL_OTHERS, RT_CHANNEL_STAFF };

/* slot: in the board, -1 when the table was read from a file; date and band name the roster's row in both
 * cases. */
struct rt_opening {
    tb_minute from, reception, to;
    int slot;
    tb_day date;
    int band;
};

/* One kind of care at one door: a duty at its place (whoever sits there), a tertiary centre, or a certified
 * hospital in consulting hours. Tier belongs to the service, not to the building. */
struct rt_service {
    int kind, duty, place, tier;
    int first, n; /* openings[first..first+n), ascending; none: by kind */
};

/* RT_CENTRE: the support centres of the asker's area, which the list need not know. */
enum rt_ref { RT_SERVICE, RT_LINE, RT_TEXT, RT_CONSULT, RT_CENTRE };
struct rt_entry {
    int ref, index, role, policy; /* index: service, line; -1 else */
    int doubtful; /* the duty promises what is asked, who holds it does not say that he offers it: ring first
                   */
};
struct rt_list {
    int first, n;
};
/* Who is called for a home-care patient of a doctor, from one minute to the next. */
enum rt_relation { RT_ATTENDING, RT_DEPUTY, RT_NURSE, RT_HOSPITAL };
struct rt_home_entry {
    int provider, relation;
    bool away; /* sits on duty elsewhere */
};
struct rt_home {
    int doctor;
    tb_minute from, to;
    int first, n;
};
/* A slot in which nobody sits: its doors stay shut. */
struct rt_gap {
    int duty, band;
    tb_day date;
    struct tb_interval span;
};

struct tb_table {
    const struct tb_region *region; /* borrowed, unless it is `own` */
    struct tb_region *own;          /* of a table read from a file: what the file tells of the region */
    struct tb_provider *shown;      /* the region's providers, as press and public may see them */
    /* what each provider offers and each duty promises, as the region's specialities: departments to be told,
     * for a table that was read from a file has specialities of its own making elsewhere */
    struct tb_ids *place_offers, *duty_offers;
    struct tb_arena arena;
    int publication;
    char hash[9];
    char digest[65];               /* of the canonical body */
    tb_minute issued_at, from, to; /* valid [from, to) */
    tb_minute next_due;            /* a successor is due */

    struct rt_service *services;
    int n_services;
    struct rt_opening *openings;
    int n_openings;
    int *cuts;
    int n_ages; /* age atom i is [cuts[i], cuts[i+1]) years; n_ages atoms */
    int n_complaints;
    /* [rt_key]; the last age and the last complaint stand for unknown */
    int *class_of;
    int n_classes;
    tb_minute *bounds;
    int n_bounds;        /* interval i is [bounds[i], bounds[i+1]), the last ends at `to` */
    uint32_t *column_of; /* [interval * n_areas + area] */
    /* A column has a part for each urgency and desk, a part a row for each `width` classes (as many as a
     * complaint may have), a row `width` lists; equal parts and rows stand once. */
    uint32_t *columns;
    int n_columns; /* [column * RT_PARTS + 2 * urgency + (119 desk)]: part */
    uint32_t *parts;
    int n_parts; /* [part * rt_part_rows + class / width]: row */
    uint32_t *rows;
    int n_rows; /* [row * width + class % width]: list */
    int width;
    struct rt_list *lists;
    int n_lists;
    struct rt_entry *entries;
    int n_entries;
    struct rt_gap *gaps;
    int n_gaps;
    bool *published; /* per duty: has the board a roster of it? */
    /* the area above all others, -1 when there is none: stands for an unknown area */
    int root;
    uint16_t *travel;  /* [area * n_services + service]: minutes without snow */
    uint8_t *winter;   /* per civil day from the day of `from` */
    uint64_t *centres; /* per area: its support centres, by index */
    struct rt_home *homes;
    int n_homes; /* by doctor, then minute; none in a table read from a file */
    struct rt_home_entry *home_entries;
    int n_home_entries;
    /* consulting hours as intervals, ascending, reaching a fortnight past `to` */
    tb_minute *consult_from, *consult_to;
    int n_consult;
};

static inline int rt_n_keys(const struct tb_table *t) { return (t->n_ages + 1) * (t->n_complaints + 1); }
static inline int rt_key(const struct tb_table *t, int age, int complaint)
{
    return age * (t->n_complaints + 1) + complaint;
}
static inline int rt_part_rows(const struct tb_table *t) { return (t->n_classes + t->width - 1) / t->width; }
/* The list of one cell. */
static inline uint32_t rt_cell(const struct tb_table *t, uint32_t column, int urgency, int channel, int class)
{
    uint32_t part = t->columns[column * RT_PARTS + (uint32_t)(urgency * 2 + (channel == TB_CHANNEL_119))];
    uint32_t row = t->parts[part * (uint32_t)rt_part_rows(t) + (uint32_t)(class / t->width)];
    return t->rows[row * (uint32_t)t->width + (uint32_t)(class % t->width)];
}

/* A provider as this channel may see it: the public sees what press and public may (toban/domain/private.h).
 */
static inline const struct tb_provider *rt_face(const struct tb_table *t, int provider, int channel)
{
    return channel == TB_CHANNEL_PUBLIC ? &t->shown[provider] : &t->region->providers[provider];
}
/* Fills `shown`; the table's region is there. */
void rt_list_shown(struct tb_table *t);
/* Fills the offers from the region, of a table that is built. */
void rt_list_offers(struct tb_table *t);

extern const int rt_bands[6];
/* Minutes rounded up to a band. */
int rt_band(int minutes);
int rt_interval_at(const struct tb_table *t, tb_minute at);
int rt_age_atom(const struct tb_table *t, int age);
/* Opening of the service that contains `at`, else -1. */
int rt_open_at(const struct tb_table *t, int service, tb_minute at);
/* First opening that begins after `at`, else -1. */
int rt_opens_after(const struct tb_table *t, int service, tb_minute at);
bool rt_consulting_at(const struct tb_table *t, tb_minute at);
tb_minute rt_consulting_after(const struct tb_table *t, tb_minute at); /* INT64_MIN: none known */
/* Is the line answered? Its hours repeat daily and may pass midnight; *from and *to (may be NULL) are this
 * span's. */
bool rt_line_at(const struct tb_region *r, int line, tb_minute at, tb_minute *from, tb_minute *to);
/* TB_NO: names the first cell that nobody answers, and the duty missing there. */
enum tb_code rt_no_empty_cell(const struct tb_table *t, struct tb_err *e);
/* Adds "duty (why shut), ..." for the duties that would take an urgent patient of the key at `at` and do not.
 */
void rt_missing(const struct tb_table *t, tb_minute at, int age, int complaint, struct tb_buf *out);
/* Ages of an atom, or of atoms a..b, for people: "0-14歳"; the name of a complaint, "不明" when unknown. */
void rt_ages_text(const struct tb_table *t, int a, int b, struct tb_buf *out);
const char *rt_complaint_name(const struct tb_table *t, int complaint);
extern const char *const rt_urgency_word[RT_U_COUNT], *const rt_role_word[];
/* Short words on every form made from the table. */
void rt_table_id(const struct tb_table *t, struct tb_buf *out);
const char *rt_use_notice(void);
/* Is the entry for this asker? What is for staff is not told to the public, a support centre only to the ages
 * it is for. */
bool rt_is_told(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x);
/* The hospitals of the second tier on a list, those first that offer what the modifier (1 + index; 0: none)
 * needs; all other entries, those of the 実施基準 among them, stay in their places. */
void rt_order_for(const struct tb_table *t, int modifier, struct rt_entry *v, int n);
/* Is the row of the 実施基準 in force on that day? */
bool rt_in_force(const struct tb_standard *x, tb_day d);
/* What stands above the 119 desk's lists: whose order it is and when it was approved, else that there is
 * none. */
void rt_heading_119(const struct tb_table *t, struct tb_buf *out);
/* The support centres that serve each area (those of the areas above it included). */
void rt_list_centres(struct tb_table *t);
/* Words and numbers of an entry, appended to the answer: one row, or one for each support centre of the area.
 */
void rt_tell(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x,
             struct tb_answer *a);
/* The question with its area made certain; TB_USAGE when it is out of range. */
enum tb_code rt_question(const struct tb_table *t, const struct tb_query *q, struct tb_query *known,
                         struct tb_err *e);
void rt_body(const struct tb_table *t, tb_printer *p);
void rt_digest(struct tb_table *t);
tb_minute rt_next_due(tb_minute from, tb_minute to);
int rt_travel_now(const struct tb_table *t, int area, int service, tb_minute at);

/* Byte strings as dense numbers in order of first appearance. */
struct rt_pool {
    struct tb_arena arena;
    const unsigned char **key;
    size_t *len;
    uint32_t *slot;
    size_t n, cap, cap_len, n_slots;
};
uint32_t rt_pool_put(struct rt_pool *p, const void *bytes, size_t len, bool *fresh);
void rt_pool_free(struct rt_pool *p);

#endif
