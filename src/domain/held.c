/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts that publications hold: which are in force, what differs from them, the region that they make.
 */
#include "toban/domain/held.h"

#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/dated.h"

void tb_held_free(struct tb_held *x)
{
    free(x->v);
    tb_arena_free(&x->arena);
    *x = (struct tb_held){0};
}

void tb_fact_changes_free(struct tb_fact_change *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].key);
        free(v[i].was);
        free(v[i].is);
    }
    free(v);
}

bool tb_entity_held(enum tb_entity_id entity)
{
    const struct tb_entity *t = &tb_entities[entity];
    for (int f = 0; f < t->n_fields; f++)
        if (t->fields[f].flags & TB_FIELD_SHOWN) return true;
    return false;
}

/* The cells of a row that are held, by field. */
static const char **cells_of(struct tb_arena *a, const struct tb_region *r, enum tb_entity_id entity, int row)
{
    const struct tb_entity *t = &tb_entities[entity];
    const char **cells = tb_arena_alloc(a, (size_t)t->n_fields * sizeof *cells);
    struct tb_buf cell = {0};
    for (int f = 0; f < t->n_fields; f++) {
        if (!(t->fields[f].flags & TB_FIELD_SHOWN)) continue;
        tb_buf_clear(&cell);
        tb_region_cell(r, entity, row, f, &cell);
        if (cell.len) cells[f] = tb_arena_strdup(a, cell.s);
    }
    tb_buf_free(&cell);
    return cells;
}

/* ---- rows of today by their keys ---------------------------------------------------------------- */

struct keyed {
    const char *key; /* as in struct tb_fact */
    int row;
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct keyed *)a)->key, ((const struct keyed *)b)->key);
}

static struct keyed *keys_of(struct tb_arena *a, const struct tb_region *r, enum tb_entity_id entity)
{
    const struct tb_entity *t = &tb_entities[entity];
    size_t n = (size_t)tb_region_count(r, entity);
    struct keyed *v = tb_arena_alloc(a, (n + 1) * sizeof *v);
    struct tb_buf key = {0};
    bool sorted = true; /* mostly: rows stand by their keys, but not always by the text of them */
    for (size_t i = 0; i < n; i++) {
        tb_buf_clear(&key);
        for (int f = 0; f < t->n_fields; f++) {
            if (!(t->fields[f].flags & TB_FIELD_KEY)) continue;
            tb_region_cell(r, entity, (int)i, f, &key);
            tb_buf_addc(&key, '\t');
        }
        v[i] = (struct keyed){tb_arena_strdup(a, tb_buf_str(&key)), (int)i};
        sorted = sorted && (i == 0 || by_key(&v[i - 1], &v[i]) <= 0);
    }
    tb_buf_free(&key);
    if (!sorted) qsort(v, n, sizeof *v, by_key);
    return v;
}

/* ---- facts of a row ------------------------------------------------------------------------------ */

/* The facts of one row: v[0..n). */
struct group {
    const struct tb_fact *v;
    size_t n;
};

static struct group group_at(const struct tb_held *x, size_t i)
{
    struct group g = {&x->v[i], 1};
    while (i + g.n < x->n && g.v[g.n].entity == g.v->entity && strcmp(g.v[g.n].key, g.v->key) == 0) g.n++;
    return g;
}

/* The first fact of the table. */
static size_t table_at(const struct tb_held *x, enum tb_entity_id entity)
{
    size_t lo = 0, hi = x->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->v[mid].entity < entity)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The fact in force on the day in publication `number`, or NULL: the row was not known. */
static const struct tb_fact *in_force(struct group g, int64_t number, tb_day day)
{
    const struct tb_fact *found = NULL;
    for (size_t i = 0; i < g.n; i++)
        if (g.v[i].publication <= number && g.v[i].since <= day) found = &g.v[i];
    return found;
}

static const char *cell_of(const struct tb_field *f, const char *cell) { return cell ? cell : f->def; }

static bool same_cells(enum tb_entity_id entity, const char *const *a, const char *const *b, unsigned flag)
{
    const struct tb_entity *t = &tb_entities[entity];
    for (int f = 0; f < t->n_fields; f++)
        if ((t->fields[f].flags & flag) &&
            strcmp(cell_of(&t->fields[f], a[f]), cell_of(&t->fields[f], b[f])) != 0)
            return false;
    return true;
}

static int by_day(const void *a, const void *b)
{
    tb_day x = *(const tb_day *)a, y = *(const tb_day *)b;
    return (x > y) - (x < y);
}

/* ---- what differs -------------------------------------------------------------------------------- */

struct differing {
    struct tb_fact_change *v;
    size_t n, cap;
};

/* `x` has the rest; its own key is not read. */
static void add_change(struct differing *d, const struct tb_fact_change *x, const char *key, const char *was,
                       const char *is)
{
    struct tb_fact_change *own = TB_PUSH(d->v, d->n, d->cap);
    *own = *x;
    own->key = tb_xstrdup(key);
    size_t len = strlen(key);
    if (len) own->key[len - 1] = '\0';
    for (char *p = own->key; *p; p++)
        if (*p == '\t') *p = '/';
    own->was = tb_xstrdup(was);
    own->is = tb_xstrdup(is);
}

/* What a row that came or went is called: its name, where it has one, else its key. */
static const char *row_name(enum tb_entity_id entity, const char *const *cells, const char *key)
{
    int name = tb_field_find(&tb_entities[entity], "name");
    if (!cells) return "";
    return name >= 0 && cells[name] ? cells[name] : key;
}

/* From the cells of a row to those that follow; NULL: none. `x` has table and day. */
static void add_changes(struct differing *d, struct tb_fact_change x, const char *key,
                        const char *const *before, const char *const *after)
{
    const struct tb_entity *t = &tb_entities[x.entity];
    x.field = -1;
    if (!before != !after)
        add_change(d, &x, key, row_name(x.entity, before, key), row_name(x.entity, after, key));
    if (!before || !after) return;
    for (int f = 0; f < t->n_fields; f++) {
        if (!(t->fields[f].flags & TB_FIELD_SHOWN)) continue;
        const char *was = cell_of(&t->fields[f], before[f]), *is = cell_of(&t->fields[f], after[f]);
        x.field = f;
        if (strcmp(was, is) != 0) add_change(d, &x, key, was, is);
    }
}

/* `cells` are of taken->arena. */
static void take(struct tb_held *taken, enum tb_entity_id entity, const char *key, const char **cells,
                 tb_day since)
{
    *TB_PUSH(taken->v, taken->n, taken->cap) = (struct tb_fact){
        .entity = entity, .key = tb_arena_strdup(&taken->arena, key), .cells = cells, .since = since};
}

/* Is it a duty, or of a duty, that no publication has held? What is new altogether moves nothing that was
 * shown, so it holds always; else a roster of days before its publication would have no hours. */
static bool of_new_duty(const struct tb_held *held, const struct tb_region *today, enum tb_entity_id entity,
                        int row)
{
    const struct tb_entity *t = &tb_entities[entity];
    int f = entity == TB_E_duty ? 0 : tb_field_find(t, "duty");
    if (f < 0 || !(t->fields[f].flags & TB_FIELD_KEY)) return false;
    struct tb_buf id = {0};
    tb_region_cell(today, entity, row, f, &id);
    tb_buf_addc(&id, '\t');
    bool known = id.len == 1;
    for (size_t i = table_at(held, TB_E_duty); i < held->n && held->v[i].entity == TB_E_duty && !known; i++)
        known = strcmp(held->v[i].key, id.s) == 0;
    tb_buf_free(&id);
    return !known;
}

/* Days from `from` on at which the row's facts or the tables may say something else, `from` the first. */
static size_t days_of(struct group g, const struct tb_region *today, tb_day from, tb_day **out)
{
    const tb_day *known;
    size_t n = 0, n_known = (size_t)tb_region_changes(today, &known);
    tb_day *v = tb_xcalloc(g.n + n_known + 1, sizeof *v);
    v[n++] = from;
    for (size_t i = 0; i < n_known; i++)
        if (known[i] > from) v[n++] = known[i];
    for (size_t i = 0; i < g.n; i++)
        if (g.v[i].since > from) v[n++] = g.v[i].since;
    qsort(v, n, sizeof *v, by_day);
    size_t kept = 1;
    for (size_t i = 1; i < n; i++)
        if (v[i] != v[kept - 1]) v[kept++] = v[i];
    *out = v;
    return kept;
}

static bool same_row(enum tb_entity_id entity, const char *const *a, const char *const *b)
{
    return a && b ? same_cells(entity, a, b, TB_FIELD_SHOWN) : !a && !b;
}

/* Are the cells, of a row that is held, those of the row of the region? */
static bool row_is(const struct tb_region *r, enum tb_entity_id entity, int row, const char *const *cells)
{
    const struct tb_entity *t = &tb_entities[entity];
    struct tb_buf cell = {0};
    bool same = true;
    for (int f = 0; f < t->n_fields && same; f++) {
        if (!(t->fields[f].flags & TB_FIELD_SHOWN)) continue;
        tb_buf_clear(&cell);
        tb_region_cell(r, entity, row, f, &cell);
        same =
            strcmp(cell_of(&t->fields[f], cells[f]), cell_of(&t->fields[f], cell.len ? cell.s : NULL)) == 0;
    }
    tb_buf_free(&cell);
    return same;
}

struct differ {
    const struct tb_region *today;
    bool first; /* nothing was held before */
    struct tb_held *taken;
    struct differing *out;
};

/* One row (of the tables, -1: it is not there; its facts, none: it was not held) from `from` on. A fact of a
 * later publication goes before all of earlier ones, so from the first day that differs on each day on which
 * the row changes has its own. */
static void differ_row(const struct differ *x, enum tb_entity_id entity, const char *key, int row,
                       struct group g, tb_day from)
{
    tb_day *days;
    size_t n = days_of(g, x->today, from, &days);
    const char **last = NULL;
    bool begun = false;
    for (size_t i = 0; i < n; i++) {
        const struct tb_region *on = tb_region_on(x->today, days[i]);
        const struct tb_fact *held = in_force(g, INT64_MAX, days[i]);
        const char **was = held ? held->cells : NULL;
        if (!begun && (row >= 0 ? was && row_is(on, entity, row, was) : !was)) continue;
        const char **is = row >= 0 ? cells_of(&x->taken->arena, on, entity, row) : NULL;
        if (!same_row(entity, was, is) && !x->first)
            add_changes(x->out, (struct tb_fact_change){.entity = entity, .since = days[i]}, key, was, is);
        if (begun && same_row(entity, last, is)) continue;
        begun = true;
        last = is;
        take(x->taken, entity, key, is, days[i]);
    }
    free(days);
}

void tb_held_differ(const struct tb_held *held, const struct tb_region *today, tb_day day,
                    struct tb_held *taken, struct tb_fact_change **v, size_t *n)
{
    struct differing d = {0};
    *taken = (struct tb_held){0};
    const struct differ x = {today, !held->n, taken, &d};
    for (int k = 0; k < TB_E_COUNT; k++) {
        const enum tb_entity_id entity = (enum tb_entity_id)k;
        if (!tb_entity_held(entity)) continue;
        int count = tb_region_count(today, entity), row = 0;
        struct tb_arena a = {0};
        const struct keyed *keys = keys_of(&a, today, entity);
        size_t i = table_at(held, entity);
        while (row < count || (i < held->n && held->v[i].entity == entity)) {
            const bool more = i < held->n && held->v[i].entity == entity;
            struct group g = more ? group_at(held, i) : (struct group){0};
            int order = row == count ? 1 : !more ? -1 : strcmp(keys[row].key, g.v->key);
            if (order < 0) g = (struct group){0};
            int live = order <= 0 ? keys[row].row : -1;
            const bool always = !held->n || (order < 0 && of_new_duty(held, today, entity, live));
            differ_row(&x, entity, order <= 0 ? keys[row].key : g.v->key, live, g,
                       always ? TB_DAY_NONE : day);
            row += order <= 0;
            i += g.n;
        }
        tb_arena_free(&a);
    }
    *v = d.v;
    *n = d.n;
}

void tb_held_changes(const struct tb_held *held, int64_t number, struct tb_fact_change **v, size_t *n)
{
    struct differing d = {0};
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < held->n; i++)
        if (held->v[i].publication < first) first = held->v[i].publication;
    for (size_t i = 0; i < held->n && number > first;) {
        struct group g = group_at(held, i);
        for (size_t k = 0; k < g.n; k++)
            if (g.v[k].publication == number) {
                const struct tb_fact *was =
                    in_force(g, number - 1, g.v[k].since == TB_DAY_NONE ? INT32_MAX : g.v[k].since);
                add_changes(&d, (struct tb_fact_change){.entity = g.v[k].entity, .since = g.v[k].since},
                            g.v[k].key, was ? was->cells : NULL, g.v[k].cells);
            }
        i += g.n;
    }
    *v = d.v;
    *n = d.n;
}

bool tb_fact_in_calendars(const struct tb_fact_change *x)
{
    return x->field >= 0 && (tb_entities[x->entity].fields[x->field].flags & TB_FIELD_EVENT);
}

bool tb_fact_concerns(const struct tb_region *r, const struct tb_fact_change *x, int duty)
{
    const struct tb_duty *u = &r->duties[duty];
    const struct {
        enum tb_entity_id entity;
        const char *id;
    } of[] = {{TB_E_duty, u->id},
              {TB_E_band, u->id},
              {TB_E_seat, u->id},
              {TB_E_contact, u->id},
              {TB_E_body, r->bodies[u->body].id},
              {TB_E_kind, r->kinds[u->kind].id},
              {TB_E_provider, u->site >= 0 ? r->providers[u->site].id : ""}};
    size_t len = strcspn(x->key, "/");
    int provider = x->entity == TB_E_provider ? tb_find_provider(r, x->key) : -1;
    if (provider >= 0 && r->providers[provider].kind == u->kind) return true;
    for (size_t i = 0; i < TB_COUNT(of); i++)
        if (of[i].entity == x->entity) return strlen(of[i].id) == len && memcmp(of[i].id, x->key, len) == 0;
    return true;
}

/* ---- the region as published --------------------------------------------------------------------- */

/* Is a row of it named by its number elsewhere? */
static bool numbered(enum tb_entity_id entity)
{
    if (entity == TB_E_band) return true; /* slots name them */
    for (int k = 0; k < TB_E_COUNT; k++)
        for (int f = 0; f < tb_entities[k].n_fields; f++) {
            const struct tb_field *field = &tb_entities[k].fields[f];
            if ((field->type == TB_TYPE_REF || field->type == TB_TYPE_REFS) &&
                strcmp(field->arg, tb_entities[entity].name) == 0)
                return true;
        }
    return false;
}

/* A row into the loader: what is held (NULL: nothing) from the fact, all else from today's row (-1: none). */
static enum tb_code add_row(struct tb_loader *l, enum tb_entity_id entity, const char *const *held,
                            const struct tb_region *today, int row, int line, struct tb_err *e)
{
    const struct tb_entity *t = &tb_entities[entity];
    char **live = tb_xcalloc((size_t)t->n_fields, sizeof *live);
    const char **cells = tb_xcalloc((size_t)t->n_fields, sizeof *cells);
    for (int f = 0; f < t->n_fields; f++) {
        const bool shown = held && (t->fields[f].flags & TB_FIELD_SHOWN);
        struct tb_buf cell = {0};
        if (!shown && row >= 0) tb_region_cell(today, entity, row, f, &cell);
        live[f] = tb_buf_take(&cell);
        cells[f] = shown ? held[f] : live[f];
    }
    enum tb_code c = tb_loader_row(l, entity, cells, t->name, line, e);
    for (int f = 0; f < t->n_fields; f++) free(live[f]);
    free(live);
    free(cells);
    return c;
}

/* The fact that tells most of a row that is not there on the day: the next one that has it, else the last. */
static const struct tb_fact *nearest(struct group g, tb_day day)
{
    const struct tb_fact *found = NULL;
    for (size_t i = 0; i < g.n; i++)
        if (g.v[i].cells && (!found || found->since <= day)) found = &g.v[i];
    return found;
}

struct viewing {
    const struct tb_region *today;
    tb_day day;
    bool alone;
};

static enum tb_code add_held(struct tb_loader *l, const struct tb_held *x, enum tb_entity_id entity,
                             const struct viewing *w, struct tb_err *e)
{
    const bool keep = !w->alone && numbered(entity);
    int count = tb_region_count(w->today, entity), row = 0;
    struct tb_arena a = {0};
    const struct keyed *keys = keys_of(&a, w->today, entity);
    size_t i = table_at(x, entity);
    enum tb_code c = TB_OK;
    while (c == TB_OK && (row < count || (i < x->n && x->v[i].entity == entity))) {
        const bool more = i < x->n && x->v[i].entity == entity;
        struct group g = more ? group_at(x, i) : (struct group){0};
        int order = row == count ? 1 : !more ? -1 : strcmp(keys[row].key, g.v->key);
        const struct tb_fact *is = order >= 0 ? in_force(g, INT64_MAX, w->day) : NULL;
        int live = order <= 0 ? keys[row].row : -1;
        if (is && is->cells)
            c = add_row(l, entity, is->cells, w->today, live, 1, e);
        else if (keep) {
            const struct tb_fact *other = order >= 0 ? nearest(g, w->day) : NULL;
            if (other || live >= 0)
                c = add_row(l, entity, other ? other->cells : NULL, w->today, live, TB_LINE_ABSENT, e);
        }
        row += order <= 0;
        i += order >= 0 ? g.n : 0;
    }
    tb_arena_free(&a);
    return c;
}

/* Does the table hold on that day what today's rows say, each of them and no other? */
static bool held_as_today(const struct tb_held *x, enum tb_entity_id entity, const struct viewing *w)
{
    const int count = tb_region_count(w->today, entity);
    struct tb_arena a = {0};
    const struct keyed *keys = keys_of(&a, w->today, entity);
    size_t i = table_at(x, entity);
    bool same = true;
    for (int row = 0; same && row < count; row++) {
        struct group g = i < x->n && x->v[i].entity == entity ? group_at(x, i) : (struct group){0};
        const struct tb_fact *is =
            g.n && strcmp(keys[row].key, g.v->key) == 0 ? in_force(g, INT64_MAX, w->day) : NULL;
        same = is && is->cells && row_is(w->today, entity, keys[row].row, is->cells);
        i += g.n;
    }
    tb_arena_free(&a);
    return same && (i == x->n || x->v[i].entity != entity);
}

static bool all_as_today(const struct tb_held *x, const struct viewing *w)
{
    const tb_day *days;
    if (tb_region_changes(w->today, &days) > 0) return false;
    for (int k = 0; k < TB_E_COUNT; k++)
        if (tb_entity_held((enum tb_entity_id)k) && !held_as_today(x, (enum tb_entity_id)k, w)) return false;
    return true;
}

enum tb_code tb_held_region(const struct tb_held *x, const struct tb_region *today, tb_day day, bool alone,
                            struct tb_region **out, struct tb_err *e)
{
    const struct viewing w = {tb_region_on(today, day), day, alone};
    if (w.today == today && all_as_today(x, &w)) {
        *out = tb_region_share(today);
        return TB_OK;
    }
    struct tb_loader *l = tb_loader_held();
    enum tb_code c = TB_OK;
    for (int k = 0; k < TB_E_COUNT && c == TB_OK; k++) {
        const enum tb_entity_id entity = (enum tb_entity_id)k;
        if (entity == TB_E_amendment) continue; /* it is the region of one day */
        if (tb_entity_held(entity))
            c = add_held(l, x, entity, &w, e);
        else
            for (int row = 0; row < tb_region_count(today, entity) && c == TB_OK; row++)
                c = add_row(l, entity, NULL, w.today, row, 1, e);
    }
    if (c == TB_OK) return tb_loader_finish(l, out, e);
    tb_loader_free(l);
    return c;
}

/* The last day on or before `day` on which anything begins to hold. */
static tb_day begun(const struct tb_held *x, tb_day day)
{
    tb_day found = TB_DAY_NONE;
    for (size_t i = 0; i < x->n; i++)
        if (x->v[i].since <= day && x->v[i].since > found) found = x->v[i].since;
    return found;
}

enum tb_code tb_held_views(const struct tb_held *x, const struct tb_region *today,
                           const struct tb_held_span *s, struct tb_board_view **out, int *n, struct tb_err *e)
{
    tb_day *days = tb_xcalloc(x->n + 1, sizeof *days);
    size_t count = 0, kept = 0;
    days[count++] = s->from;
    for (size_t i = 0; i < x->n; i++)
        if (x->v[i].since > s->from && x->v[i].since <= s->to) days[count++] = x->v[i].since;
    qsort(days, count, sizeof *days, by_day);
    for (size_t i = 0; i < count; i++)
        if (!i || days[i] != days[kept - 1]) days[kept++] = days[i];
    struct tb_board_view *v = tb_xcalloc(kept, sizeof *v);
    const tb_day home = begun(x, s->home_day);
    enum tb_code c = TB_OK;
    int made = 0;
    for (size_t i = 0; i < kept && c == TB_OK; i++) {
        v[i].since = days[i];
        if (begun(x, days[i]) == home)
            v[i].region = s->home;
        else
            c = tb_held_region(x, today, days[i], false, &v[i].region, e);
        made += c == TB_OK;
    }
    free(days);
    *out = v;
    *n = made;
    if (c == TB_OK) return TB_OK;
    for (int i = 0; i < made; i++)
        if (v[i].region != s->home) tb_region_free(v[i].region);
    free(v);
    return c;
}

/* The row of a key, by way of its text: -1 when there is none. */
static int row_of(const struct keyed *keys, int n, const char *key)
{
    int lo = 0, hi = n;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2, c = strcmp(keys[mid].key, key);
        if (c == 0) return keys[mid].row;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

/* Is another field different than those that only are words? */
static bool rank_moved(enum tb_entity_id entity, const char *const *was, const char *const *is)
{
    static const char *const words[] = {"name",       "site",     "at_home", "reception",
                                        "reception2", "handover", "body"};
    const struct tb_entity *t = &tb_entities[entity];
    for (int f = 0; f < t->n_fields; f++) {
        const struct tb_field *field = &t->fields[f];
        bool word = !(field->flags & TB_FIELD_EVENT);
        for (size_t k = 0; k < TB_COUNT(words); k++) word |= strcmp(words[k], field->name) == 0;
        if (!word && strcmp(cell_of(field, was[f]), cell_of(field, is[f])) != 0) return true;
    }
    return false;
}

static int by_publication(const void *a, const void *b)
{
    const struct tb_touch *x = a, *y = b;
    if (x->publication != y->publication) return x->publication < y->publication ? -1 : 1;
    if (x->entity != y->entity) return x->entity < y->entity ? -1 : 1;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->since > y->since) - (x->since < y->since);
}

void tb_held_touches(const struct tb_held *x, const struct tb_region *r, struct tb_touch **out, size_t *n)
{
    struct tb_touch *v = NULL;
    size_t cap = 0;
    *n = 0;
    for (int k = 0; k < TB_E_COUNT; k++) {
        const enum tb_entity_id entity = (enum tb_entity_id)k;
        struct tb_arena a = {0};
        const struct keyed *keys = NULL;
        for (size_t i = table_at(x, entity); i < x->n && x->v[i].entity == entity;) {
            struct group g = group_at(x, i);
            i += g.n;
            for (size_t f = 1; f < g.n; f++) {
                const struct tb_fact *is = &g.v[f], *was = in_force(g, is->publication - 1, is->since);
                if (!was || !was->cells || !is->cells ||
                    same_cells(entity, was->cells, is->cells, TB_FIELD_EVENT))
                    continue;
                if (!keys) keys = keys_of(&a, r, entity);
                int row = row_of(keys, tb_region_count(r, entity), g.v->key);
                if (row >= 0)
                    *TB_PUSH(v, *n, cap) =
                        (struct tb_touch){.entity = entity,
                                          .row = row,
                                          .since = is->since,
                                          .publication = (int)is->publication,
                                          .rank = (entity == TB_E_duty || entity == TB_E_band) &&
                                                  rank_moved(entity, was->cells, is->cells)};
            }
        }
        tb_arena_free(&a);
    }
    if (*n) qsort(v, *n, sizeof *v, by_publication);
    *out = v;
}
