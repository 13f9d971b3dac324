/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The instance: a problem as canonical JSON, and back. The region's tables are CSV, which is read in a third
 * of the time of an object per row (format 1, which is read for ever); everything else is integers in the
 * order of the structs. Reading trusts nothing: a stored instance may have been damaged or made by hand, and
 * its numbers become indices.
 */
#include "codec_json.h"

#include <stdlib.h>
#include <string.h>

#define NAME "instance"

/* ---- writing ------------------------------------------------------------------------------------------ */

static void ints(tb_printer *p, const int64_t *v, size_t n)
{
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) tb_print_int(p, v[i]);
    tb_print_end_list(p);
}

static void print_ints(tb_printer *p, const char *key, const int *v, int n)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < n; i++) tb_print_int(p, v[i]);
    tb_print_end_list(p);
}

/* The 64 class bits go as the signed number of the same bits. */
static void print_slot(tb_printer *p, const struct tb_slot *s)
{
    int64_t v[13] = {s->duty, s->band, s->role, s->date, s->need, s->planned, (int64_t)s->classes};
    size_t n = 7;
    for (int i = 0; i < s->n_intervals; i++) {
        v[n++] = s->interval[i].from;
        v[n++] = s->interval[i].to;
        v[n++] = s->reception[i];
    }
    ints(p, v, n);
}

/* Those of the first day; where links begin or end near the period, each later day with its own. */
static void print_persons(tb_printer *p, const struct tb_problem *problem)
{
    int n = problem->region->n_providers;
    print_ints(p, "person_of", problem->persons[0].of, n);
    if (problem->n_persons == 1) return;
    tb_print_key(p, "persons");
    tb_print_begin_list(p);
    for (int k = 1; k < problem->n_persons; k++) {
        tb_print_begin_list(p);
        tb_print_int(p, problem->persons[k].from);
        for (int i = 0; i < n; i++) tb_print_int(p, problem->persons[k].of[i]);
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
}

/* How many bytes each table has; the tables themselves to `text`. */
static void print_tables(const struct tb_region *r, tb_printer *p, struct tb_buf *text)
{
    tb_print_key(p, "tables");
    tb_print_begin_object(p);
    for (int i = 0; i < TB_E_COUNT; i++) {
        size_t before = text->len;
        if (tb_region_count(r, (enum tb_entity_id)i) == 0) continue;
        tb_region_csv(r, i, text);
        tb_print_kint(p, tb_entities[i].name, (int64_t)(text->len - before));
    }
    tb_print_end_object(p);
}

void tb_codec_write_problem(const struct tb_problem *problem, struct tb_buf *out)
{
    struct tb_buf tables = {0};
    tb_printer *p = tb_printer_json(out, 0);
    tb_print_begin_object(p);
    tb_print_kint(p, "format_version", 2);
    print_tables(problem->region, p, &tables);
    tb_print_kint(p, "from", problem->from);
    tb_print_kint(p, "to", problem->to);
    print_ints(p, "duties", problem->duties, problem->n_duties);
    tb_print_key(p, "slots");
    tb_print_begin_list(p);
    for (int i = 0; i < problem->n_slots; i++) print_slot(p, &problem->slots[i]);
    tb_print_end_list(p);
    tb_print_key(p, "bound");
    tb_print_begin_list(p);
    for (int i = 0; i < problem->n_bound; i++) {
        const struct tb_assignment *a = &problem->bound[i];
        ints(p, (const int64_t[]){a->slot, a->seat, a->provider}, 3);
    }
    tb_print_end_list(p);
    tb_print_key(p, "pins");
    tb_print_begin_list(p);
    for (int i = 0; i < problem->n_pins; i++) {
        const struct tb_pinned *a = &problem->pins[i];
        ints(p, (const int64_t[]){a->slot, a->provider, a->action}, 3);
    }
    tb_print_end_list(p);
    print_persons(p, problem);
    tb_print_key(p, "counters");
    tb_print_begin_list(p);
    for (int i = 0; i < problem->n_counters; i++) {
        const struct tb_counter *c = &problem->counters[i];
        ints(p,
             (const int64_t[]){c->ledger, c->account, c->carried, c->accrued, c->entitlement, c->steps,
                               c->price},
             7);
    }
    tb_print_end_list(p);
    tb_print_kint(p, "open_price", problem->open_price);
    if (problem->change_price) tb_print_kint(p, "change_price", problem->change_price);
    tb_print_end_object(p);
    tb_printer_free(p);
    tb_buf_addc(out, '\n');
    tb_buf_addn(out, tables.s, tables.len);
    tb_buf_free(&tables);
}

/* ---- reading --------------------------------------------------------------------------------------------
 */

static const char *const members[] = {"format_version", "region",   "tables",     "from",        "to",
                                      "duties",         "slots",    "bound",      "pins",        "person_of",
                                      "persons",        "counters", "open_price", "change_price"};

struct reader {
    const json_t *root;
    struct tb_problem *p;
    struct tb_err *e;
};

static enum tb_code damaged(const struct reader *k, const char *member, size_t index, const char *rule)
{
    return tb_fail(k->e, TB_INPUT,
                   tb_t("%s: %s[%zu]: %s。計画をやり直してください", "%s: %s[%zu]: %s; plan again"), NAME,
                   member, index, rule);
}

#define SHAPE tb_t("整数の並びが決まりと違います", "not the integers that belong there")
#define RANGE tb_t("値が範囲の外です", "a value is out of its range")
#define ORDER tb_t("順序が決まりと違います", "not in the order that belongs there")

/* Exactly n integers. */
static bool row_of(const json_t *row, int64_t *v, size_t n)
{
    if (!json_is_array(row) || json_array_size(row) != n) return false;
    for (size_t i = 0; i < n; i++) {
        const json_t *x = json_array_get(row, i);
        if (!json_is_integer(x)) return false;
        v[i] = json_integer_value(x);
    }
    return true;
}

static bool within(int64_t v, int64_t min, int64_t below) { return v >= min && v < below; }

static bool is_day(int64_t v) { return within(v, tb_day_of(1868, 1, 1), tb_day_of(2200, 1, 1)); }

static bool is_minute(int64_t v)
{
    return within(v, tb_minute_of(tb_day_of(1868, 1, 1), 0), tb_minute_of(tb_day_of(2200, 1, 1), 0));
}

/* The list of that name and zeroed memory for as many rows. */
static enum tb_code list_of(const struct reader *k, const char *name, size_t size, const json_t **list,
                            void **rows, int *n)
{
    *list = json_object_get(k->root, name);
    if (!json_is_array(*list))
        return tb_fail(
            k->e, TB_INPUT,
            tb_t("%s: %s がありません。計画をやり直してください", "%s: there is no list %s; plan again"),
            NAME, name);
    size_t count = json_array_size(*list); /* bounded by the measure taken before parsing */
    *rows = tb_arena_alloc(&k->p->arena, count * size);
    *n = (int)count;
    return TB_OK;
}

static enum tb_code integer_of(const struct reader *k, const char *name, int64_t *out)
{
    const json_t *v = json_object_get(k->root, name);
    if (!json_is_integer(v))
        return tb_fail(
            k->e, TB_INPUT,
            tb_t("%s: %s が整数ではありません。計画をやり直してください", "%s: %s is no integer; plan again"),
            NAME, name);
    *out = json_integer_value(v);
    return TB_OK;
}

static enum tb_code read_head(struct reader *k)
{
    struct tb_problem *p = k->p;
    int64_t from, to;
    enum tb_code code = integer_of(k, "from", &from);
    if (code == TB_OK) code = integer_of(k, "to", &to);
    if (code == TB_OK) code = integer_of(k, "open_price", &p->open_price);
    if (code == TB_OK && json_object_get(k->root, "change_price"))
        code = integer_of(k, "change_price", &p->change_price);
    if (code != TB_OK) return code;
    if (!is_day(from) || !is_day(to) || to < from) return damaged(k, "to", 0, RANGE);
    if (p->open_price < 0) return damaged(k, "open_price", 0, RANGE);
    if (p->change_price < 0) return damaged(k, "change_price", 0, RANGE);
    p->from = (tb_day)from;
    p->to = (tb_day)to;
    const json_t *list;
    void *rows = NULL;
    code = list_of(k, "duties", sizeof *p->duties, &list, &rows, &p->n_duties);
    p->duties = rows;
    for (size_t i = 0; code == TB_OK && i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        if (!json_is_integer(v) || !within(json_integer_value(v), 0, p->region->n_duties))
            return damaged(k, "duties", i, RANGE);
        p->duties[i] = (int)json_integer_value(v);
        if (i > 0 && p->duties[i] <= p->duties[i - 1]) return damaged(k, "duties", i, ORDER);
    }
    return code;
}

static int compare_slots(const struct tb_slot *a, const struct tb_slot *b)
{
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

static bool slot_of(const struct tb_region *r, const json_t *row, struct tb_slot *s)
{
    enum { FIXED = 7, PER_INTERVAL = 3, NEED_MAX = 1000 };
    int64_t v[FIXED + 2 * PER_INTERVAL];
    s->n_intervals = json_array_size(row) == FIXED + PER_INTERVAL ? 1 : 2;
    if (!row_of(row, v, FIXED + PER_INTERVAL * (size_t)s->n_intervals)) return false;
    bool ok = within(v[0], 0, r->n_duties) && within(v[1], 0, r->n_bands) &&
              within(v[2], TB_PRIMARY, TB_RESERVE + 1) && is_day(v[3]) && within(v[4], 1, NEED_MAX) &&
              within(v[5], 0, 2);
    if (!ok || r->bands[v[1]].duty != (int)v[0]) return false;
    *s = (struct tb_slot){.duty = (int)v[0],
                          .band = (int)v[1],
                          .role = (int)v[2],
                          .date = (tb_day)v[3],
                          .need = (int)v[4],
                          .n_intervals = s->n_intervals,
                          .planned = v[5] == 1,
                          .classes = (uint64_t)v[6]};
    for (int i = 0; i < s->n_intervals; i++) {
        const int64_t *at = v + FIXED + PER_INTERVAL * i;
        if (!is_minute(at[0]) || !is_minute(at[1]) || !is_minute(at[2]) || at[1] <= at[0]) return false;
        s->interval[i] = (struct tb_interval){at[0], at[1]};
        s->reception[i] = at[2];
    }
    return true;
}

static enum tb_code read_slots(struct reader *k)
{
    const json_t *list;
    void *rows = NULL;
    enum tb_code code = list_of(k, "slots", sizeof *k->p->slots, &list, &rows, &k->p->n_slots);
    k->p->slots = rows;
    for (size_t i = 0; code == TB_OK && i < json_array_size(list); i++) {
        struct tb_slot *s = &k->p->slots[i];
        if (!slot_of(k->p->region, json_array_get(list, i), s)) return damaged(k, "slots", i, SHAPE);
        if (i > 0 && compare_slots(s - 1, s) >= 0) return damaged(k, "slots", i, ORDER);
    }
    return code;
}

static enum tb_code read_bound(struct reader *k)
{
    struct tb_problem *p = k->p;
    const json_t *list;
    void *rows = NULL;
    enum tb_code code = list_of(k, "bound", sizeof *p->bound, &list, &rows, &p->n_bound);
    p->bound = rows;
    for (size_t i = 0; code == TB_OK && i < json_array_size(list); i++) {
        int64_t v[3];
        if (!row_of(json_array_get(list, i), v, 3)) return damaged(k, "bound", i, SHAPE);
        if (!within(v[0], 0, p->n_slots) || p->slots[v[0]].planned || !within(v[1], 1, INT32_MAX) ||
            !within(v[2], 0, p->region->n_providers))
            return damaged(k, "bound", i, RANGE);
        p->bound[i] = (struct tb_assignment){(int)v[0], (int)v[1], (int)v[2]};
        const struct tb_assignment *b = &p->bound[i];
        if (i > 0 && (b->slot < b[-1].slot || (b->slot == b[-1].slot && b->seat <= b[-1].seat)))
            return damaged(k, "bound", i, ORDER);
    }
    return code;
}

static enum tb_code read_pins(struct reader *k)
{
    struct tb_problem *p = k->p;
    const json_t *list;
    void *rows = NULL;
    enum tb_code code = list_of(k, "pins", sizeof *p->pins, &list, &rows, &p->n_pins);
    p->pins = rows;
    for (size_t i = 0; code == TB_OK && i < json_array_size(list); i++) {
        int64_t v[3];
        if (!row_of(json_array_get(list, i), v, 3)) return damaged(k, "pins", i, SHAPE);
        if (!within(v[0], 0, p->n_slots) || !p->slots[v[0]].planned ||
            !within(v[1], 0, p->region->n_providers) || !within(v[2], TB_PIN_PIN, TB_PIN_KEEP + 1))
            return damaged(k, "pins", i, RANGE);
        p->pins[i] = (struct tb_pinned){(int)v[0], (int)v[1], (int)v[2]};
    }
    return code;
}

/* One number per provider, from the list's number `at` on: the first of his person. False: `wrong` says
 * which. */
static bool persons_of(const json_t *list, size_t at, int n, int *of, size_t *wrong)
{
    for (int i = 0; i < n; i++) {
        const json_t *v = json_array_get(list, at + (size_t)i);
        int64_t first = json_is_integer(v) ? json_integer_value(v) : -1;
        *wrong = (size_t)i;
        if (!within(first, 0, (int64_t)i + 1)) return false;
        of[i] = (int)first;
        if (of[first] != (int)first) return false;
    }
    return true;
}

/* Instances of older drafts have one list, which holds on all their days. */
static enum tb_code read_persons(struct reader *k)
{
    struct tb_problem *p = k->p;
    const json_t *list, *more = json_object_get(k->root, "persons");
    int n, most = p->region->n_providers;
    size_t wrong, days = json_array_size(more), width = (size_t)most + 1;
    void *rows = NULL;
    enum tb_code code = list_of(k, "person_of", sizeof *p->persons->of, &list, &rows, &n);
    if (code != TB_OK) return code;
    if (n != most) return damaged(k, "person_of", (size_t)n, SHAPE);
    p->persons = tb_arena_alloc(&p->arena, (days + 1) * sizeof *p->persons);
    p->persons[p->n_persons++] = (struct tb_persons){p->from, rows};
    if (!persons_of(list, 0, n, rows, &wrong)) return damaged(k, "person_of", wrong, RANGE);
    if (more && (!json_is_array(more) || days == 0)) return damaged(k, "persons", 0, SHAPE);
    for (size_t i = 0; i < days; i++) {
        const json_t *row = json_array_get(more, i), *from = json_array_get(row, 0);
        int *of = tb_arena_alloc(&p->arena, width * sizeof *of);
        if (json_array_size(row) != width || !json_is_integer(from)) return damaged(k, "persons", i, SHAPE);
        int64_t day = json_integer_value(from);
        if (!is_day(day) || !persons_of(row, 1, most, of, &wrong)) return damaged(k, "persons", i, RANGE);
        if (i > 0 && day <= p->persons[i].from) return damaged(k, "persons", i, ORDER);
        p->persons[p->n_persons++] = (struct tb_persons){(tb_day)day, of};
    }
    return code;
}

static enum tb_code read_counters(struct reader *k)
{
    struct tb_problem *p = k->p;
    const struct tb_region *r = p->region;
    const json_t *list;
    void *rows = NULL;
    enum tb_code code = list_of(k, "counters", sizeof *p->counters, &list, &rows, &p->n_counters);
    p->counters = rows;
    for (size_t i = 0; code == TB_OK && i < json_array_size(list); i++) {
        int64_t v[7];
        if (!row_of(json_array_get(list, i), v, 7)) return damaged(k, "counters", i, SHAPE);
        if (!within(v[0], 0, r->n_ledgers)) return damaged(k, "counters", i, RANGE);
        int accounts = r->ledgers[v[0]].scope == TB_SCOPE_SHARE ? r->n_shares : r->n_providers;
        if (!within(v[1], 0, accounts) || !within(v[5], 0, INT32_MAX) || !within(v[6], 0, INT32_MAX))
            return damaged(k, "counters", i, RANGE);
        p->counters[i] = (struct tb_counter){.ledger = (int)v[0],
                                             .account = (int)v[1],
                                             .carried = v[2],
                                             .accrued = v[3],
                                             .entitlement = v[4],
                                             .steps = (int)v[5],
                                             .price = (int)v[6],
                                             .beyond = r->ledgers[v[0]].beyond};
        const struct tb_counter *c = &p->counters[i];
        if (i > 0 && (c->ledger < c[-1].ledger || (c->ledger == c[-1].ledger && c->account <= c[-1].account)))
            return damaged(k, "counters", i, ORDER);
    }
    return code;
}

static enum tb_code check_members(json_t *root, struct tb_err *e)
{
    const char *name;
    json_t *value;
    json_object_foreach(root, name, value)
    {
        size_t i = 0;
        while (i < TB_COUNT(members) && strcmp(members[i], name) != 0) i++;
        if (i == TB_COUNT(members))
            return tb_fail(e, TB_INPUT,
                           tb_t("%s: 項目「%.80s」はありません。計画をやり直してください",
                                "%s: unknown member \"%.80s\"; plan again"),
                           NAME, name);
    }
    const json_t *version = json_object_get(root, "format_version");
    if (json_is_integer(version) && within(json_integer_value(version), 1, 3)) return TB_OK;
    return tb_fail(e, TB_INPUT,
                   tb_t("%s: format_version が 1 でも 2 でもありません。計画をやり直してください",
                        "%s: format_version is neither 1 nor 2; plan again"),
                   NAME);
}

struct table {
    struct tb_loader *loader;
    enum tb_entity_id entity;
};

static enum tb_code to_loader(void *arg, const char *const *cells, int line, struct tb_err *e)
{
    const struct table *k = arg;
    return tb_loader_row(k->loader, k->entity, cells, NAME, line, e);
}

static enum tb_code no_table(const char *name, struct tb_err *e)
{
    return tb_fail(e, TB_INPUT,
                   tb_t("%s: tables.%.80s: そのような表はありません。計画をやり直してください",
                        "%s: tables.%.80s: no such table; plan again"),
                   NAME, name);
}

/* Format 2. A column that a table does not have came later: its cells have their default. */
static enum tb_code read_tables(json_t *tables, const char *text, size_t len, struct tb_loader *l,
                                struct tb_err *e)
{
    const char *name;
    json_t *size;
    size_t at = 0;
    json_object_foreach(tables, name, size)
    {
        int entity = tb_entity_find(name);
        if (entity < 0 || !json_is_integer(size) ||
            !within(json_integer_value(size), 1, (int64_t)(len - at) + 1))
            return no_table(name, e);
        const size_t n = (size_t)json_integer_value(size);
        struct tb_text t;
        struct table k = {l, (enum tb_entity_id)entity};
        enum tb_code code = tb_text_of(NAME, text + at, n, TB_ENCODING_JSON, &t, e);
        if (code != TB_OK) return code;
        code = tb_entity_csv_part(&tb_entities[entity], &t, to_loader, &k, e);
        tb_text_free(&t);
        if (code != TB_OK) return code;
        at += n;
    }
    return at == len ? TB_OK : no_table("", e);
}

/* `text`: what stands after the first line. */
static enum tb_code read_region(struct tb_doc *d, const char *text, size_t len, struct tb_region **out,
                                struct tb_err *e)
{
    json_t *rows = json_object_get(d->root, "region"), *tables = json_object_get(d->root, "tables");
    if (!json_is_object(text != NULL ? tables : rows))
        return tb_fail(
            e, TB_INPUT,
            tb_t("%s: region がありません。計画をやり直してください", "%s: there is no region; plan again"),
            NAME);
    struct tb_doc sub = {.name = NAME, .root = rows, .flat = true};
    struct tb_loader *l = tb_loader_new();
    tb_loader_kept(l);
    enum tb_code code = text != NULL ? read_tables(tables, text, len, l, e) : tb_doc_region(&sub, l, NULL, e);
    tb_arena_free(&sub.arena);
    if (code == TB_OK) return tb_loader_finish(l, out, e);
    tb_loader_free(l);
    return code;
}

static enum tb_code read_all(struct tb_doc *d, struct tb_problem *p, struct tb_err *e)
{
    static enum tb_code (*const parts[])(struct reader *) = {read_head, read_slots,   read_bound,
                                                             read_pins, read_persons, read_counters};
    struct reader k = {d->root, p, e};
    enum tb_code code = TB_OK;
    for (size_t i = 0; code == TB_OK && i < TB_COUNT(parts); i++) code = parts[i](&k);
    return code;
}

enum tb_code tb_codec_parse_problem(const char *text, size_t len, struct tb_region **region,
                                    struct tb_problem **out, struct tb_err *e)
{
    struct tb_text t;
    struct tb_doc d;
    struct tb_region *r = NULL;
    const char *end = memchr(text, '\n', len);
    const size_t head = end != NULL ? (size_t)(end - text) : len;
    enum tb_code code = tb_text_of(NAME, text, head, TB_ENCODING_JSON, &t, e);
    if (code != TB_OK) return code;
    code = tb_doc_open(&t, TB_JSON_INSTANCE_MAX, &d, e);
    tb_text_free(&t);
    if (code != TB_OK) return code;
    code = check_members(d.root, e);
    if (code == TB_OK)
        code = read_region(&d, end != NULL ? end + 1 : NULL, end != NULL ? len - head - 1 : 0, &r, e);
    if (code == TB_OK) {
        struct tb_problem *p = tb_xcalloc(1, sizeof *p);
        p->region = r;
        code = read_all(&d, p, e);
        if (code == TB_OK) {
            *out = p;
            *region = r;
        } else {
            tb_problem_free(p);
            tb_region_free(r);
        }
    }
    tb_doc_close(&d);
    return code;
}
