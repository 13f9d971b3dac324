/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * region: everything one database holds that people typed in, as rows of C structs made from the lists in
 * toban/domain/fields.h, and the questions that are asked of them: cells, ids, geography, the duty calendar.
 *
 * The order of rows in a file never matters: after loading every array is in key order.
 */
#ifndef TOBAN_DOMAIN_REGION_H
#define TOBAN_DOMAIN_REGION_H

#include <stdatomic.h>
#include "toban/base/base.h"
#include "toban/domain/fields.h"
#include "toban/domain/holiday.h"

struct tb_ids {
    int n;
    int *v;
};
/* Where a row came from, for messages. Not part of its value. */
struct tb_src {
    const char *file;
    int line;
};
/* `line` of a row that does not exist on the day, or in the publication, that the region tells of: it is
 * there so that every other row has the same number on all days. */
#define TB_LINE_ABSENT (-1)

/* ---- structs made from the lists ---------------------------------------------------------- */

#define TB_CTYPE_ID const char *
#define TB_CTYPE_TEXT const char *
#define TB_CTYPE_INT int
#define TB_CTYPE_DEC int64_t
#define TB_CTYPE_BOOL int
#define TB_CTYPE_DATE tb_day
#define TB_CTYPE_MONTHDAY int
#define TB_CTYPE_TIME int
#define TB_CTYPE_INSTANT tb_minute
#define TB_CTYPE_ENUM int
#define TB_CTYPE_WEEKDAYS int
#define TB_CTYPE_REF int
#define TB_CTYPE_REFS struct tb_ids

#define TB_MEMBER_OF_STRUCT(name, type, flags, arg, def, ja, en) TB_CTYPE_##type name;
#define TB_STRUCT(cname, plural, file, FIELDS, ja) \
    struct tb_##cname { \
        struct tb_src src; \
        FIELDS(TB_MEMBER_OF_STRUCT) \
    };
TB_ENTITIES(TB_STRUCT)
#undef TB_STRUCT

enum tb_entity_id {
#define TB_ENTITY_ENUM(cname, plural, file, FIELDS, ja) TB_E_##cname,
    TB_ENTITIES(TB_ENTITY_ENUM)
#undef TB_ENTITY_ENUM
        TB_E_COUNT
};

enum { TB_ALIAS_NAME, TB_ALIAS_READING, TB_ALIAS_POSTCODE };
enum { TB_LEVEL_REGION, TB_LEVEL_MUNICIPALITY, TB_LEVEL_ZONE, TB_LEVEL_COMMUNITY, TB_LEVEL_DISTRICT };
enum tb_role { TB_PRIMARY, TB_RESERVE };
enum {
    TB_LINK_OWNS,
    TB_LINK_EMPLOYED_BY,
    TB_LINK_DEPUTISES_FOR,
    TB_LINK_PAIRED_WITH,
    TB_LINK_NEXT_TO,
    TB_LINK_NURSES_FOR,
    TB_LINK_BACKS_UP
};
enum { TB_DISPENSING_NONE, TB_DISPENSING_INSIDE, TB_DISPENSING_OUTSIDE };
enum { TB_SCOPE_PROVIDER, TB_SCOPE_PERSON, TB_SCOPE_SHARE };
enum { TB_WISH_CANNOT, TB_WISH_ONLY, TB_WISH_RATHER_NOT, TB_WISH_LIKE, TB_WISH_COUNT, TB_WISH_ANY };
enum { TB_DAYS_DUTY, TB_DAYS_CLOCK }; /* of a survey; -1, not said, is the first */
enum { TB_OVERRIDE_ADD, TB_OVERRIDE_DROP };
enum { TB_PIN_PIN, TB_PIN_FORBID, TB_PIN_KEEP /* in problems only: see change_price there */ };
enum { TB_ABSENCE_FORGIVEN, TB_ABSENCE_OWED };
enum { TB_SWAPS_COUNTED, TB_SWAPS_NEUTRAL };
enum { TB_HELP_NO, TB_HELP_OWED, TB_HELP_GIVEN };
enum {
    TB_RECIPIENT_MUNICIPALITY,
    TB_RECIPIENT_FIRE,
    TB_RECIPIENT_HOSPITAL,
    TB_RECIPIENT_PRESS,
    TB_RECIPIENT_MEMBER,
    TB_RECIPIENT_OTHER
};
enum { TB_OF_SHARE, TB_OF_MEMBER };

/* Holds the rows of all entities; all memory is in the arena. Arrays are in key order, REFs are
 * indices into the array of the entity they name. Exactly one row in `regions`. */
struct tb_region {
    struct tb_arena arena;
#define TB_ARRAY(cname, plural, file, FIELDS, ja) \
    struct tb_##cname *plural; \
    int n_##plural;
    TB_ENTITIES(TB_ARRAY)
#undef TB_ARRAY
    struct tb_holiday_list official; /* built from `officials` */
    /* what `amendments` change on which day; NULL: nothing. Asked by toban/domain/dated.h alone */
    const struct tb_dated *dated;
    atomic_int *holders; /* how many will free it (tb_region_share) */
};

/* ---- the field tables, for readers, writers, storage and documentation --------------------- */

enum tb_type {
    TB_TYPE_ID,
    TB_TYPE_TEXT,
    TB_TYPE_INT,
    TB_TYPE_DEC,
    TB_TYPE_BOOL,
    TB_TYPE_DATE,
    TB_TYPE_MONTHDAY,
    TB_TYPE_TIME,
    TB_TYPE_INSTANT,
    TB_TYPE_ENUM,
    TB_TYPE_WEEKDAYS,
    TB_TYPE_REF,
    TB_TYPE_REFS
};
enum {
    TB_FIELD_KEY = 1,
    TB_FIELD_REQUIRED = 2,
    TB_FIELD_PRIVATE = 4,
    TB_FIELD_PERSONAL = 8,
    TB_FIELD_DATED = 16,
    TB_FIELD_SHOWN = 32, /* a publication holds it */
    TB_FIELD_EVENT = 64, /* and an event of a calendar shows it */
    TB_FIELD_TODAY = 128 /* no publication holds it; calendars show it as it is today (app_enter_settings) */
};

struct tb_field {
    const char *name;
    enum tb_type type;
    unsigned flags;
    const char *arg, *def, *ja, *en;
    size_t offset; /* in the row's struct */
};
struct tb_entity {
    const char *name; /* "areas": the array's name in region.json, areas.csv, the table */
    const char *ja;
    const struct tb_field *fields;
    int n_fields;
    size_t row_size;
    size_t rows_offset, count_offset; /* of the pointer and the int in struct tb_region */
};
extern const struct tb_entity tb_entities[TB_E_COUNT];

/* Index by name, or -1. */
int tb_entity_find(const char *name);
int tb_field_find(const struct tb_entity *entity, const char *name);
bool tb_field_phone(const struct tb_field *f); /* holds a telephone number (said.h) */

/* ---- building a region from text cells ------------------------------------------------------ */

/* A region is built from rows of text cells, whatever they came from (CSV, JSON, database, snapshot):
 *   tb_loader_new -> tb_loader_row ... -> tb_loader_finish
 * `tb_loader_row` checks each cell's own form (type, range, required, enum word). `tb_loader_finish` sorts,
 * finds double keys, resolves references and checks what joins rows (circles in area and class
 * trees, links to itself, bands without seats and the reverse, intervals that end before they start, wishes
 * outside their survey's days, contradictory pins, unknown rule types and parameters, ...).
 * Messages name file, line, field, value, the rule and what would be right. At most one error is told
 * per call: the first in file order. */
struct tb_loader;
struct tb_loader *tb_loader_new(void);
/* Its rows are not typed now but were kept by toban: what later versions ask of addresses is not asked. */
void tb_loader_kept(struct tb_loader *l);
/* Of rows that were judged when they were entered, as publications hold them: what joins rows is not judged
 * again, a cell that must not be empty may be, and a reference to a row that is not there is empty; a row
 * that must have it is left out. TB_REFUSED: more day classes than there may be. */
struct tb_loader *tb_loader_held(void);
/* cells[i] belongs to entity->fields[i]; NULL or "" is an empty cell (the default applies).
 * TB_INPUT: a cell is not of its type. The loader may still be freed; nothing else. */
TB_MUST_USE enum tb_code tb_loader_row(struct tb_loader *l, enum tb_entity_id entity,
                                       const char *const *cells, const char *file, int line,
                                       struct tb_err *e);
/* The row as another region has it, said to stand at `src`; copied. */
void tb_loader_take(struct tb_loader *l, const struct tb_region *from, enum tb_entity_id entity, int row,
                    const struct tb_src *src);
/* On TB_OK *out is a new region (tb_region_free). Frees the loader in every case. */
TB_MUST_USE enum tb_code tb_loader_finish(struct tb_loader *l, struct tb_region **out, struct tb_err *e);
void tb_loader_free(struct tb_loader *l);
/* An empty one, for a reader that fills in rows of its own. */
struct tb_region *tb_region_new(void);
void tb_region_free(struct tb_region *r);
/* The same region for one more holder, who frees it as if it were his own; it goes with the last. Nobody
 * changes a region that is loaded. */
struct tb_region *tb_region_share(const struct tb_region *r);

/* Rows of an entity, generically. */
int tb_region_count(const struct tb_region *r, enum tb_entity_id entity);
const void *tb_region_row(const struct tb_region *r, enum tb_entity_id entity, int i);
/* Have row `i` of `a` and row `k` of `b` the same cells? */
bool tb_region_row_same(const struct tb_region *a, int i, const struct tb_region *b, int k,
                        enum tb_entity_id entity);
/* The canonical cell text of a field: what a reader would read back to the same value; "" when empty.
 * Appended to `out`. A REF gives the key of its row ("a" or, for composite keys, "a/b"). */
void tb_region_cell(const struct tb_region *r, enum tb_entity_id entity, int row, int field,
                    struct tb_buf *out);
/* Digest of all cells of all entities in canonical order. */
void tb_region_digest(const struct tb_region *r, char out[65]);

/* Look-up by id in the sorted arrays; -1 when there is none. */
int tb_find_provider(const struct tb_region *r, const char *id);
int tb_find_duty(const struct tb_region *r, const char *id);
/* The same for an id that somebody typed. TB_USAGE: there is no such duty. */
TB_MUST_USE enum tb_code tb_duty_named(const struct tb_region *r, const char *id, int *duty,
                                       struct tb_err *e);
int tb_find_area(const struct tb_region *r, const char *id);
int tb_find_class(const struct tb_region *r, const char *id);
int tb_find_ledger(const struct tb_region *r, const char *id);
/* Index of the band row (duty, id) or -1. */
int tb_find_band(const struct tb_region *r, int duty, const char *id);

/* ---- geography --------------------------------------------------------------------------- */

/* Minutes by car from area `a` to area `b` on a day without snow; 0 for the same area. Otherwise the travel
 * row of the pair, either direction, looked up for `a` with `b` and each area above `b`, the nearest first,
 * then for the area above `a` with the same, and so on up; without a row `inside` of the lowest area that
 * contains both and has it; without that region.travel_default. On days of the class region.winter the result
 * is multiplied by winter_percent and rounded up. */
int tb_travel_minutes(const struct tb_region *r, int a, int b, bool winter);
/* Pairs of a place's area with another area that contains none, one for each two areas. Places: facilities,
 * where patients go, and whoever has consulting hours, after which he sets out. */
struct tb_ways {
    int pairs;
    int untold;      /* of these: neither a travel row nor `inside`, so travel_default */
    int area, place; /* the first such pair, areas; -1 when there is none */
};
struct tb_ways tb_region_ways(const struct tb_region *r);
/* One sentence about the untold ones in the language set, appended; nothing when there are none. */
void tb_ways_text(const struct tb_region *r, const struct tb_ways *w, struct tb_buf *out);
/* Ancestor-or-self at that level, or -1. */
int tb_area_at_level(const struct tb_region *r, int area, int level);
bool tb_area_within(const struct tb_region *r, int area, int ancestor);

/* ---- calendar ---------------------------------------------------------------------------- */

#define TB_CLASS_MAX 64
/* Bit i set: the date is in class i (index in r->classes). `duty` >= 0 applies that duty's one-day overrides
 * too; -1 only those for all duties. A class contains a date when one of its positives does (weekdays,
 * holiday, from..to, any_of; with no positive at all: every date) and all_of and none_of do not object.
 * An override has the last word on its class, before classes made from that class are evaluated. */
uint64_t tb_day_classes(const struct tb_region *r, int duty, tb_day d);
const char *tb_region_holiday(const struct tb_region *r, tb_day d); /* name or NULL */

/* PERIOD of the command line: 2026-12, 2026-12-03 (that day; any form of tb_said_date with its year),
 * 2026-12-29..2027-01-03, 2026-12..2027-03, R8-12, FY2026, FY2026-H1, FY2026-H2, or id or name of a named
 * period. Days [from, to] inclusive. TB_USAGE says what would be right. `kind` (may be NULL): "month",
 * "half", "year", the id of the named period, or "days". */
TB_MUST_USE enum tb_code tb_period_parse(const struct tb_region *r, const char *text, tb_day *from,
                                         tb_day *to, char kind[65], struct tb_err *e);

#endif
