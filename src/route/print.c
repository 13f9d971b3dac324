/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table as JSON: {"digest","format_version","table"}. Members are in the order of their names; the digest is that of the canonical bytes of
 * "table" (compact, UTF-8). docs/routing.md describes the members.
 */
#include "route_int.h"

#include <stdlib.h>
#include <string.h>

const char *const rt_urgency_word[RT_U_COUNT] = {"guidance", "U1", "U2", "U3", "U4", "U5", "unknown"};
const char *const rt_role_word[] = {[TB_ANSWER_EMERGENCY] = "emergency", [TB_ANSWER_MAIN] = "main", [TB_ANSWER_BACKUP] = "backup",
    [TB_ANSWER_LATER] = "later", [TB_ANSWER_LINE] = "line", [TB_ANSWER_FAMILY] = "family", [TB_ANSWER_LAST] = "last"};
static const char *const kind_word[] = {[RT_DUTY] = "duty", [RT_TERTIARY] = "tertiary", [RT_CERTIFIED] = "certified"};

const char *rt_use_notice(void) {
    return "緊急度は人が決めます。この表はその時刻に当番の医療機関を示すだけで、診断・緊急度の判定・治療の判断には使えません。受診の前に電話で確かめてください。";
}

void rt_table_id(const struct tb_table *t, struct tb_buf *out) {
    char from[64], to[64];
    tb_buf_addf(out, "%s.%s.%s", t->region->regions[0].id, tb_format_date(tb_day_of_minute(t->from), from, sizeof from),
                tb_format_date(tb_day_of_minute(t->to) - 1, to, sizeof to));
}

static void print_instant(tb_printer *p, const char *key, tb_minute m) {
    char text[64];
    tb_print_kstring(p, key, m == INT64_MIN ? "" : tb_format_instant(m, text, sizeof text));
}

static void print_ints(tb_printer *p, const int *v, size_t n) {
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) tb_print_int(p, v[i]);
    tb_print_end_list(p);
}

/* ---- dictionaries --------------------------------------------------------------------------- */

static void print_areas(const struct tb_table *t, tb_printer *p) {
    const struct tb_region *r = t->region;
    tb_print_key(p, "areas");
    tb_print_begin_list(p);
    for (int i = 0; i < r->n_areas; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "id", r->areas[i].id);
        tb_print_kstring(p, "name", r->areas[i].name);
        tb_print_kint(p, "parent", r->areas[i].parent);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void print_complaints(const struct tb_table *t, tb_printer *p) {
    const struct tb_region *r = t->region;
    tb_print_key(p, "complaints");
    tb_print_begin_list(p);
    for (int i = 0; i < r->n_complaints; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "id", r->complaints[i].id);
        tb_print_kstring(p, "name", r->complaints[i].name);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void print_lines(const struct tb_table *t, tb_printer *p) {
    const struct tb_region *r = t->region;
    char time[64];
    tb_print_key(p, "lines");
    tb_print_begin_list(p);
    for (int i = 0; i < r->n_lines; i++) {
        const struct tb_line *l = &r->lines[i];
        tb_print_begin_object(p);
        tb_print_kint(p, "age_from", l->age_from);
        tb_print_kint(p, "age_to", l->age_to);
        tb_print_kstring(p, "from", tb_format_time(l->from, time, sizeof time));
        tb_print_kstring(p, "id", l->id);
        tb_print_kstring(p, "name", l->name);
        tb_print_kstring(p, "note", l->note);
        tb_print_kstring(p, "phone", l->phone);
        tb_print_kstring(p, "to", tb_format_time(l->to, time, sizeof time));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void print_policies(const struct tb_table *t, tb_printer *p) {
    const struct tb_region *r = t->region;
    char date[64];
    tb_print_key(p, "policies");
    tb_print_begin_list(p);
    for (int i = 0; i < r->n_policies; i++) {
        const struct tb_policy *x = &r->policies[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "approved_by", x->approved_by);
        tb_print_kstring(p, "approved_on", x->approved_on == TB_DAY_NONE ? "" : tb_format_date(x->approved_on, date, sizeof date));
        tb_print_kstring(p, "id", x->id);
        tb_print_kstring(p, "name", x->name);
        tb_print_kstring(p, "note", x->note);
        tb_print_kstring(p, "phone", x->phone);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* Openings are minutes from the table's start: [from, last reception, end]. */
static void print_services(const struct tb_table *t, tb_printer *p) {
    const struct tb_region *r = t->region;
    tb_print_key(p, "services");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_services; i++) {
        const struct rt_service *s = &t->services[i];
        const struct tb_provider *place = &r->providers[s->place];
        tb_print_begin_object(p);
        tb_print_kstring(p, "address", place->address);
        tb_print_kstring(p, "duty", s->kind == RT_DUTY ? r->duties[s->duty].id : "");
        tb_print_kstring(p, "kind", kind_word[s->kind]);
        tb_print_kstring(p, "name", place->name);
        tb_print_kstring(p, "note", s->kind == RT_DUTY ? r->duties[s->duty].note : place->note);
        tb_print_key(p, "openings");
        tb_print_begin_list(p);
        for (int k = s->first; k < s->first + s->n; k++) {
            tb_print_int(p, t->openings[k].from - t->from);
            tb_print_int(p, t->openings[k].reception - t->from);
            tb_print_int(p, t->openings[k].to - t->from);
        }
        tb_print_end_list(p);
        tb_print_kstring(p, "phone", place->phone);
        tb_print_kstring(p, "place", place->id);
        tb_print_kint(p, "tier", s->tier);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* ---- states and classes --------------------------------------------------------------------- */

/* One level of a tree of numbers: `n` strings of `width` numbers, equal ones told once and numbered by use, the most used first (ties: first
 * appearance), so that the file is short. `up` gets the number of each string given. */
struct level { uint32_t *strings; size_t n; };
struct use { uint32_t id, count; };

static int compare_uses(const void *a, const void *b) {
    const struct use *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static struct level fold(const uint32_t *v, size_t n, size_t width, uint32_t *up) {
    struct rt_pool pool = {0};
    bool fresh;
    for (size_t i = 0; i < n; i++) up[i] = rt_pool_put(&pool, v + i * width, width * sizeof *v, &fresh);
    struct level out = {tb_xcalloc(pool.n * width + 1, sizeof *v), pool.n};
    struct use *u = tb_xcalloc(pool.n + 1, sizeof *u);
    uint32_t *rank = tb_xcalloc(pool.n + 1, sizeof *rank);
    for (size_t i = 0; i < pool.n; i++) u[i].id = (uint32_t)i;
    for (size_t i = 0; i < n; i++) u[up[i]].count++;
    qsort(u, pool.n, sizeof *u, compare_uses);
    for (size_t i = 0; i < pool.n; i++) {
        rank[u[i].id] = (uint32_t)i;
        memcpy(out.strings + i * width, pool.key[u[i].id], width * sizeof *v);
    }
    for (size_t i = 0; i < n; i++) up[i] = rank[up[i]];
    free(u);
    free(rank);
    rt_pool_free(&pool);
    return out;
}

static void print_level(tb_printer *p, const char *key, const uint32_t *v, size_t n) {
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) tb_print_int(p, v[i]);
    tb_print_end_list(p);
}

/* A column holds a part for each urgency and desk, a part a row for each `row_width` classes (about one age group), a row the lists' numbers.
 * Returns the lists in their new order. */
static struct level print_columns(const struct tb_table *t, tb_printer *p) {
    size_t width = (size_t)t->n_complaints + 1, rows = ((size_t)t->n_classes + width - 1) / width, n = (size_t)t->n_columns * RT_U_COUNT * 2;
    uint32_t *cells = tb_xcalloc(n * rows * width + 1, sizeof *cells), *row = tb_xcalloc(n * rows + 1, sizeof *row), *part = tb_xcalloc(n + 1, sizeof *part);
    for (size_t i = 0; i < n; i++)
        memcpy(cells + i * rows * width, t->cells + i * (size_t)t->n_classes, (size_t)t->n_classes * sizeof *cells);
    struct level row_level = fold(cells, n * rows, width, row), part_level = fold(row, n, rows, part);
    uint32_t *list = tb_xcalloc(row_level.n * width + 1, sizeof *list);
    struct level list_level = fold(row_level.strings, row_level.n * width, 1, list);
    print_level(p, "columns", part, n);
    print_level(p, "columns_parts", part_level.strings, part_level.n * rows);
    print_level(p, "columns_rows", list, row_level.n * width);
    tb_print_kint(p, "columns_width", (int64_t)width);
    free(cells);
    free(row);
    free(part);
    free(list);
    free(row_level.strings);
    free(part_level.strings);
    return list_level;
}

/* Per area: [intervals, column, intervals, column ...]. */
static void print_states(const struct tb_table *t, tb_printer *p) {
    int areas = t->region->n_areas;
    tb_print_key(p, "states");
    tb_print_begin_list(p);
    for (int a = 0; a < areas; a++) {
        tb_print_begin_list(p);
        for (int i = 0, k; i < t->n_bounds; i = k) {
            for (k = i + 1; k < t->n_bounds && t->column_of[k * areas + a] == t->column_of[i * areas + a]; k++) {}
            tb_print_int(p, k - i);
            tb_print_int(p, t->column_of[i * areas + a]);
        }
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
}

/* Entries [what, index, role, policy]; lists of entries' numbers. */
static void print_lists(const struct tb_table *t, tb_printer *p, const struct level *order) {
    static const char *const ref_word[] = {[RT_SERVICE] = "service", [RT_LINE] = "line", [RT_TEXT] = "text", [RT_CONSULT] = "consulting"};
    struct rt_pool entries = {0};
    bool fresh;
    for (int i = 0; i < t->n_entries; i++) (void)rt_pool_put(&entries, &t->entries[i], sizeof t->entries[i], &fresh);
    tb_print_key(p, "entries");
    tb_print_begin_list(p);
    for (size_t i = 0; i < entries.n; i++) {
        struct rt_entry x;
        memcpy(&x, entries.key[i], sizeof x);
        tb_print_begin_list(p);
        tb_print_string(p, ref_word[x.ref]);
        tb_print_int(p, x.index);
        tb_print_string(p, rt_role_word[x.role]);
        tb_print_int(p, x.policy);
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
    tb_print_kstring(p, "hash", t->hash);
    tb_print_kstring(p, "heading_119", "当番病院一覧（参考・順位なし）");
    struct tb_buf id = {0};
    rt_table_id(t, &id);
    tb_print_kstring(p, "id", tb_buf_str(&id));
    tb_buf_free(&id);
    tb_print_key(p, "intervals");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_bounds; i++) tb_print_int(p, t->bounds[i] - t->from);
    tb_print_end_list(p);
    print_instant(p, "issued_at", t->issued_at);
    print_lines(t, p);
    tb_print_key(p, "lists");
    tb_print_begin_list(p);
    for (size_t i = 0; i < order->n; i++) {
        const struct rt_list *l = &t->lists[order->strings[i]];
        tb_print_begin_list(p);
        for (int k = 0; k < l->n; k++) tb_print_int(p, rt_pool_put(&entries, &t->entries[l->first + k], sizeof t->entries[0], &fresh));
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
    rt_pool_free(&entries);
}

static void print_consulting(const struct tb_table *t, tb_printer *p) {
    tb_print_key(p, "consulting");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_consult; i++) {
        tb_print_int(p, t->consult_from[i] - t->from);
        tb_print_int(p, t->consult_to[i] - t->from);
    }
    tb_print_end_list(p);
}

static void print_travel(const struct tb_table *t, tb_printer *p) {
    tb_print_key(p, "travel");
    tb_print_begin_list(p);
    for (int a = 0; a < t->region->n_areas; a++) {
        tb_print_begin_list(p);
        for (int s = 0; s < t->n_services; s++) tb_print_int(p, t->travel[a * t->n_services + s]);
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
}

void rt_body(const struct tb_table *t, tb_printer *p) {
    const struct tb_region *r = t->region;
    tb_print_begin_object(p);
    tb_print_key(p, "ages");
    print_ints(p, t->cuts, (size_t)t->n_ages);
    print_areas(t, p);
    tb_print_key(p, "classes");
    print_ints(p, t->class_of, (size_t)(t->n_ages + 1) * (size_t)(t->n_complaints + 1));
    struct level lists = print_columns(t, p);
    print_complaints(t, p);
    print_consulting(t, p);
    print_lists(t, p, &lists);
    free(lists.strings);
    tb_print_kstring(p, "notice", r->regions[0].notice);
    print_policies(t, p);
    tb_print_kint(p, "publication", t->publication);
    tb_print_kstring(p, "region", r->regions[0].id);
    print_services(t, p);
    print_states(t, p);
    tb_print_kstring(p, "title", "当番医療機関案内表");
    print_travel(t, p);
    tb_print_kstring(p, "use", rt_use_notice());
    print_instant(p, "valid_from", t->from);
    print_instant(p, "valid_to", t->to);
    tb_print_end_object(p);
}

void rt_digest(struct tb_table *t) {
    struct tb_buf body = {0};
    tb_printer *p = tb_printer_json(&body, 0);
    rt_body(t, p);
    tb_printer_free(p);
    tb_sha256_hex(tb_buf_str(&body), body.len, t->digest);
    tb_buf_free(&body);
}

void tb_table_json(const tb_table *t, tb_printer *p) {
    tb_print_begin_object(p);
    tb_print_kstring(p, "digest", t->digest);
    tb_print_kint(p, "format_version", 1);
    tb_print_key(p, "table");
    rt_body(t, p);
    tb_print_end_object(p);
}

/* ---- is this file what was printed? --------------------------------------------------------- */

/* The bytes without the blank space between tokens. */
static void compact(const char *s, size_t n, struct tb_buf *out) {
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        if (!quoted && (s[i] == ' ' || s[i] == '\n')) continue;
        tb_buf_addc(out, s[i]);
        if (s[i] == '"') quoted = !quoted;
        if (quoted && s[i] == '\\' && i + 1 < n) tb_buf_addc(out, s[++i]);
    }
}

enum tb_code tb_table_check_json(const char *json, size_t len, struct tb_err *e) {
    static const char head[] = "{\"digest\":\"", middle[] = "\",\"format_version\":1,\"table\":";
    const size_t at_digest = sizeof head - 1, at_middle = at_digest + 64, at_body = at_middle + sizeof middle - 1;
    struct tb_buf b = {0};
    char digest[65] = "";
    compact(json, len, &b);
    bool form = b.len > at_body + 2 && memchr(b.s, '\0', b.len) == NULL && tb_utf8_valid(b.s, b.len, NULL) && memcmp(b.s, head, at_digest) == 0 &&
                memcmp(b.s + at_middle, middle, sizeof middle - 1) == 0 && b.s[b.len - 1] == '}';
    if (form) tb_sha256_hex(b.s + at_body, b.len - 1 - at_body, digest);
    bool same = form && memcmp(digest, b.s + at_digest, 64) == 0;
    tb_buf_free(&b);
    if (same) return TB_OK;
    if (!form)
        return tb_fail(e, TB_INVALID, "%s",
                       tb_t("案内表の形ではありません（破損）。toban export で書き出した JSON をそのまま使ってください", "not a routing table (corrupt): use the JSON as it was exported"));
    return tb_fail(e, TB_INVALID, tb_t("案内表の照合が合いません（破損。中身の照合値は %.8s）。書き出し直してください", "the routing table's digest does not match (corrupt; its contents have %.8s): export it again"), digest);
}
