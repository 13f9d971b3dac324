/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One cell: its text to its value, and back.
 */
#include <stdio.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/said.h"

#define TEXT_MAX_BYTES 2000

static const char *const weekday_words[7] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/* Index of `word` (n bytes) among the words of "a|b|c", or -1. */
static int word_index(const char *words, const char *word, size_t n)
{
    int i = 0;
    for (const char *p = words; *p; i++) {
        size_t len = strcspn(p, "|");
        if (len == n && strncmp(p, word, n) == 0) return i;
        p += len + (p[len] == '|');
    }
    return -1;
}

static void word_at(const char *words, int index, struct tb_buf *out)
{
    const char *p = words;
    for (int i = 0; i < index && *p; i++) {
        p += strcspn(p, "|");
        if (*p) p++;
    }
    tb_buf_addn(out, p, strcspn(p, "|"));
}

static bool text_ok(const char *s)
{
    if (!tb_utf8_valid(s, strlen(s), NULL)) return false;
    for (const unsigned char *p = (const unsigned char *)s; *p; p++)
        if (*p < 0x20 || *p == 0x7f) return false;
    return true;
}

static bool parse_weekdays(const char *cell, int *out)
{
    int mask = 0;
    for (const char *p = cell; *p;) {
        size_t n = strcspn(p, ";");
        int found = -1;
        for (int i = 0; i < 7; i++)
            if (strlen(weekday_words[i]) == n && strncmp(weekday_words[i], p, n) == 0) found = i;
        if (found < 0) return false;
        mask |= 1 << found;
        p += n + (p[n] == ';');
    }
    *out = mask;
    return true;
}

static bool parse_monthday(const char *cell, int *out)
{
    if (strlen(cell) != 5 || cell[2] != '-') return false;
    const char month[3] = {cell[0], cell[1], 0};
    int64_t m, d;
    /* 2024 is a leap year: 02-29 is a day of the calendar. */
    if (!tb_parse_int(month[0] == '0' ? month + 1 : month, 1, 12, &m)) return false;
    if (!tb_parse_int(cell[3] == '0' ? cell + 4 : cell + 3, 1, 31, &d)) return false;
    if (!tb_date_exists(2024, (int)m, (int)d)) return false;
    *out = (int)(m * 100 + d);
    return true;
}

/* What tb_cell_parse returns when a list of what is right had to be made up. */
static _Thread_local char hint[300];

static const char *parse_int(const struct tb_field *f, const char *cell, int *out)
{
    int64_t min = 0, max = 0, v = -1;
    char low[24];
    size_t n = strcspn(f->arg, ".");
    TB_ASSERT(n < sizeof low);
    memcpy(low, f->arg, n);
    low[n] = '\0';
    TB_ASSERT(tb_parse_int(low, INT32_MIN, INT32_MAX, &min) &&
              tb_parse_int(f->arg + n + 2, INT32_MIN, INT32_MAX, &max));
    if (*cell && !tb_parse_int(cell, min, max, &v)) {
        snprintf(hint, sizeof hint, tb_t("%lld から %lld の整数です", "a whole number from %lld to %lld"),
                 (long long)min, (long long)max);
        return hint;
    }
    *out = (int)v; /* -1 stands for empty; no field has a negative range */
    return NULL;
}

static const char *parse_enum(const struct tb_field *f, const char *cell, int *out)
{
    *out = *cell ? word_index(f->arg, cell, strlen(cell)) : -1;
    if (!*cell || *out >= 0) return NULL;
    snprintf(hint, sizeof hint, tb_t("次のどれかです: %s", "one of: %s"), f->arg);
    return hint;
}

static const char *parse_day(const char *cell, tb_day *out)
{
    *out = TB_DAY_NONE;
    return *cell ? tb_said_date(cell, TB_DAY_NONE, out) : NULL;
}

static const char *parse_time(const char *cell, int *out)
{
    *out = -1;
    return *cell ? tb_said_time(cell, out) : NULL;
}

static const char *parse_instant(const char *cell, tb_minute *out)
{
    *out = INT64_MIN;
    return *cell ? tb_said_instant(cell, TB_NEVER, out) : NULL;
}

static const char *parse_text(const struct tb_field *f, const char *cell, const char **out,
                              struct tb_arena *a)
{
    if (strlen(cell) > TEXT_MAX_BYTES) return tb_t("2000バイトまでです", "at most 2000 bytes");
    if (!text_ok(cell))
        return tb_t("改行などの制御文字や不正なUTF-8は使えません",
                    "control characters and invalid UTF-8 are not allowed");
    if (!*cell || !tb_field_phone(f)) {
        *out = tb_arena_strdup(a, cell);
        return NULL;
    }
    struct tb_buf number = {0};
    const char *bad = tb_said_phone(cell, &number);
    if (!bad) *out = tb_arena_strdup(a, tb_buf_str(&number));
    tb_buf_free(&number);
    return bad;
}

bool tb_field_phone(const struct tb_field *f)
{
    return f->type == TB_TYPE_TEXT && strcmp(f->arg, "phone") == 0;
}

const char *tb_cell_parse(const struct tb_field *f, const char *cell, void *row, struct tb_arena *a)
{
    char *at = (char *)row + f->offset;
    if (!cell || !*cell) cell = f->def;
    bool empty = !*cell;
    if (empty && (f->flags & TB_FIELD_REQUIRED)) return tb_t("空にできません", "must not be empty");
    switch (f->type) {
    case TB_TYPE_ID:
        if (!empty && !tb_is_id(cell))
            return tb_t("記号は英小文字・数字・「.」「_」「-」で64字まで、英字か数字で始めます",
                        "an id has 1 to 64 of a-z, 0-9, '.', '_', '-' and begins with a letter or digit");
        *(const char **)(void *)at = tb_arena_strdup(a, cell);
        return NULL;
    case TB_TYPE_TEXT:
        return parse_text(f, cell, (const char **)(void *)at, a);
    case TB_TYPE_INT:
        return parse_int(f, cell, (int *)(void *)at);
    case TB_TYPE_DEC: {
        int64_t v = 0;
        if (!empty && !tb_parse_millionths(cell, &v))
            return tb_t("小数6桁までの数です（例 1.25）",
                        "a number with at most six decimal places, such as 1.25");
        *(int64_t *)(void *)at = v;
        return NULL;
    }
    case TB_TYPE_BOOL:
        if (!empty && strcmp(cell, "yes") != 0 && strcmp(cell, "no") != 0)
            return tb_t("yes か no です", "yes or no");
        *(int *)(void *)at = strcmp(cell, "yes") == 0;
        return NULL;
    case TB_TYPE_DATE:
        return parse_day(cell, (tb_day *)(void *)at);
    case TB_TYPE_MONTHDAY: {
        int v = 0;
        if (!empty && !parse_monthday(cell, &v))
            return tb_t("実在する月日です（例 12-29）", "month and day that exist, such as 12-29");
        *(int *)(void *)at = v;
        return NULL;
    }
    case TB_TYPE_TIME:
        return parse_time(cell, (int *)(void *)at);
    case TB_TYPE_INSTANT:
        return parse_instant(cell, (tb_minute *)(void *)at);
    case TB_TYPE_ENUM:
        return parse_enum(f, cell, (int *)(void *)at);
    case TB_TYPE_WEEKDAYS:
        if (!parse_weekdays(cell, (int *)(void *)at))
            return tb_t("曜日を ; で区切ります（例 sun;sat）", "weekdays separated by ';', such as sun;sat");
        return NULL;
    case TB_TYPE_REF:
        *(int *)(void *)at = -1;
        if (!empty && !tb_is_id(cell))
            return tb_t("記号ではありません（英小文字・数字・「.」「_」「-」）",
                        "not an id (a-z, 0-9, '.', '_', '-')");
        return NULL;
    case TB_TYPE_REFS:
        *(struct tb_ids *)(void *)at = (struct tb_ids){0, NULL};
        return NULL;
    }
    TB_BUG("field type %d", (int)f->type);
}

/* ---- cells that name other rows ------------------------------------------------------------------------ */

static const char *id_at(const struct tb_region *r, int entity, int row)
{
    const char *at = tb_region_row(r, (enum tb_entity_id)entity, row);
    return *(const char *const *)(const void *)(at + tb_entities[entity].fields[0].offset);
}

/* The id of the entity that looks most like `text`: same longest beginning, then the first. NULL when there
 * is none. */
static const char *nearest_id(const struct tb_region *r, int entity, const char *text)
{
    const char *best = NULL;
    size_t best_len = 0;
    for (int i = 0; i < tb_region_count(r, (enum tb_entity_id)entity); i++) {
        const char *id = id_at(r, entity, i);
        size_t len = 0;
        while (id[len] && id[len] == text[len]) len++;
        if (!best || len > best_len) {
            best = id;
            best_len = len;
        }
    }
    return best;
}

/* Index of the row whose id is the first n bytes of `id`, or -1. */
static int find_id(const struct tb_region *r, int entity, const char *id, size_t n)
{
    int lo = 0, hi = tb_region_count(r, (enum tb_entity_id)entity);
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        const char *have = id_at(r, entity, mid);
        int c = strncmp(have, id, n);
        if (c == 0 && have[n]) c = 1;
        if (c == 0) return mid;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

enum tb_code tb_cell_resolve(struct tb_region *r, enum tb_entity_id entity, const struct tb_field *f,
                             const char *cell, bool loose, void *row, struct tb_err *e)
{
    int target = tb_entity_find(f->arg);
    TB_ASSERT(target >= 0);
    size_t n = 1;
    for (const char *p = cell; *p; p++) n += *p == ';';
    int *v = tb_arena_alloc(&r->arena, n * sizeof *v);
    int count = 0;
    for (const char *p = cell; *p;) {
        size_t len = f->type == TB_TYPE_REFS ? strcspn(p, ";") : strlen(p);
        int at = find_id(r, target, p, len);
        if (at < 0 && loose) {
            p += len + (p[len] == ';');
            continue;
        }
        if (at < 0) {
            char word[80];
            snprintf(word, sizeof word, "%.*s", (int)(len < 70 ? len : 70), p);
            const char *near = nearest_id(r, target, word);
            return tb_row_fail(e, row, entity, f->name, word,
                               tb_t("%s にありません。そこにある記号にします（例 %s）",
                                    "not in %s; an id defined there is right, such as %s"),
                               tb_entities[target].name, near ? near : tb_t("なし", "none yet"));
        }
        for (int k = 0; k < count; k++)
            if (v[k] == at)
                return tb_row_fail(e, row, entity, f->name, cell, "%s",
                                   tb_t("同じ記号が二度あります", "the same id stands there twice"));
        v[count++] = at;
        p += len + (p[len] == ';');
    }
    if (!count && (f->flags & TB_FIELD_REQUIRED) && !loose)
        return tb_row_fail(e, row, entity, f->name, cell, "%s", tb_t("空にできません", "must not be empty"));
    char *at = (char *)row + f->offset;
    if (f->type == TB_TYPE_REFS)
        *(struct tb_ids *)(void *)at = (struct tb_ids){count, v};
    else
        *(int *)(void *)at = count ? v[0] : -1;
    return TB_OK;
}

static const char *key_of(const struct tb_region *r, const char *entity, int index)
{
    int e = tb_entity_find(entity);
    TB_ASSERT(e >= 0 && index >= 0 && index < tb_region_count(r, (enum tb_entity_id)e));
    const char *row = tb_region_row(r, (enum tb_entity_id)e, index);
    const struct tb_field *f = &tb_entities[e].fields[0];
    TB_ASSERT(f->type == TB_TYPE_ID);
    return *(const char *const *)(const void *)(row + f->offset);
}

void tb_region_cell(const struct tb_region *r, enum tb_entity_id entity, int row, int field,
                    struct tb_buf *out)
{
    const struct tb_field *f = &tb_entities[entity].fields[field];
    const char *at = (const char *)tb_region_row(r, entity, row) + f->offset;
    int i = 0;
    if (f->type != TB_TYPE_REFS && f->type != TB_TYPE_ID && f->type != TB_TYPE_TEXT &&
        f->type != TB_TYPE_DEC && f->type != TB_TYPE_INSTANT)
        i = *(const int *)(const void *)at;
    char tmp[64];
    switch (f->type) {
    case TB_TYPE_ID:
    case TB_TYPE_TEXT:
        tb_buf_add(out, *(const char *const *)(const void *)at);
        return;
    case TB_TYPE_INT:
        if (i != -1) tb_buf_addf(out, "%d", i);
        return;
    case TB_TYPE_DEC:
        tb_buf_add(out, tb_format_millionths(*(const int64_t *)(const void *)at, tmp, sizeof tmp));
        return;
    case TB_TYPE_BOOL:
        tb_buf_add(out, i ? "yes" : "no");
        return;
    case TB_TYPE_DATE:
        if (i != TB_DAY_NONE) tb_buf_add(out, tb_format_date(i, tmp, sizeof tmp));
        return;
    case TB_TYPE_MONTHDAY:
        if (i) tb_buf_addf(out, "%02d-%02d", i / 100, i % 100);
        return;
    case TB_TYPE_TIME:
        if (i >= 0) tb_buf_add(out, tb_format_time(i, tmp, sizeof tmp));
        return;
    case TB_TYPE_INSTANT: {
        tb_minute m = *(const tb_minute *)(const void *)at;
        if (m != INT64_MIN) tb_buf_add(out, tb_format_instant(m, tmp, sizeof tmp));
        return;
    }
    case TB_TYPE_ENUM:
        if (i >= 0) word_at(f->arg, i, out);
        return;
    case TB_TYPE_WEEKDAYS: {
        bool first = true;
        for (int d = 0; d < 7; d++)
            if (i >> d & 1) {
                if (!first) tb_buf_addc(out, ';');
                tb_buf_add(out, weekday_words[d]);
                first = false;
            }
        return;
    }
    case TB_TYPE_REF:
        if (i >= 0) tb_buf_add(out, key_of(r, f->arg, i));
        return;
    case TB_TYPE_REFS: {
        const struct tb_ids *ids = (const struct tb_ids *)(const void *)at;
        for (int k = 0; k < ids->n; k++) {
            if (k) tb_buf_addc(out, ';');
            tb_buf_add(out, key_of(r, f->arg, ids->v[k]));
        }
        return;
    }
    }
}

/* Numbers by their value; what names other rows by their keys, for the two regions may number them apart. */
static bool same_field(const struct tb_region *a, const char *x, const struct tb_region *b, const char *y,
                       const struct tb_field *f)
{
    switch (f->type) {
    case TB_TYPE_ID:
    case TB_TYPE_TEXT:
        return strcmp(*(const char *const *)(const void *)x, *(const char *const *)(const void *)y) == 0;
    case TB_TYPE_DEC:
    case TB_TYPE_INSTANT:
        return *(const int64_t *)(const void *)x == *(const int64_t *)(const void *)y;
    case TB_TYPE_REF: {
        const int i = *(const int *)(const void *)x, k = *(const int *)(const void *)y;
        return i < 0 || k < 0 ? i == k : strcmp(key_of(a, f->arg, i), key_of(b, f->arg, k)) == 0;
    }
    case TB_TYPE_REFS: {
        const struct tb_ids *v = (const struct tb_ids *)(const void *)x,
                            *w = (const struct tb_ids *)(const void *)y;
        bool same = v->n == w->n;
        for (int i = 0; i < v->n && same; i++)
            same = strcmp(key_of(a, f->arg, v->v[i]), key_of(b, f->arg, w->v[i])) == 0;
        return same;
    }
    case TB_TYPE_INT:
    case TB_TYPE_BOOL:
    case TB_TYPE_DATE:
    case TB_TYPE_MONTHDAY:
    case TB_TYPE_TIME:
    case TB_TYPE_ENUM:
    case TB_TYPE_WEEKDAYS:
        break;
    }
    return *(const int *)(const void *)x == *(const int *)(const void *)y;
}

bool tb_region_row_same(const struct tb_region *a, int i, const struct tb_region *b, int k,
                        enum tb_entity_id entity)
{
    const struct tb_entity *ent = &tb_entities[entity];
    const char *x = tb_region_row(a, entity, i), *y = tb_region_row(b, entity, k);
    for (int f = 0; f < ent->n_fields; f++)
        if (!same_field(a, x + ent->fields[f].offset, b, y + ent->fields[f].offset, &ent->fields[f]))
            return false;
    return true;
}
