/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON documents and their rows. Sizes are counted before Jansson builds anything, so that a hostile file
 * costs no memory.
 */
#include "codec_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- before parsing ---------------------------------------------------------------------------- */

/* Walks over text that need not be valid; strings are passed over. */
struct scan {
    const char *s;
    size_t len, pos;
    int line, depth;
};

/* The next structural character ({ } [ ] ,) or 0 at the end. Lines end by LF, CR LF or CR, as everywhere. */
static char next_mark(struct scan *w)
{
    bool string = false;
    while (w->pos < w->len) {
        char c = w->s[w->pos++];
        if (c == '\n' || (c == '\r' && (w->pos == w->len || w->s[w->pos] != '\n'))) {
            w->line++;
        } else if (string) {
            if (c == '\\' && w->pos < w->len)
                w->pos++;
            else if (c == '"')
                string = false;
        } else if (c == '"') {
            string = true;
        } else if (c == '{' || c == '[') {
            w->depth++;
            return c;
        } else if (c == '}' || c == ']') {
            w->depth--;
            return c;
        } else if (c == ',') {
            return c;
        }
    }
    return 0;
}

static enum tb_code measure(const struct tb_text *t, int values_max, struct tb_err *e)
{
    struct scan w = {.s = t->s, .len = t->len, .line = 1};
    int values = 0;
    for (char c = next_mark(&w); c != 0; c = next_mark(&w)) {
        if (w.depth > TB_JSON_DEPTH_MAX)
            return tb_fail(e, TB_INPUT,
                           tb_t("%s:%d: 入れ子が深すぎます。%d 段までです",
                                "%s:%d: nested too deeply; at most %d levels are read"),
                           t->name, w.line, TB_JSON_DEPTH_MAX);
        if (c != '}' && c != ']' && ++values > values_max)
            return tb_fail(
                e, TB_INPUT,
                tb_t("%s:%d: 値が多すぎます。%d 個までです。大きな表は CSV にしてください",
                     "%s:%d: too many values; at most %d are read: put large tables into CSV files"),
                t->name, w.line, values_max);
    }
    return TB_OK;
}

/* Lines of the objects that are members of the root, or elements of a list that is. (An object within an
 * object would be counted too, but its row is refused before another line is asked for.) Only for valid text.
 */
static void find_lines(const struct tb_text *t, struct tb_doc *d)
{
    struct scan w = {.s = t->s, .len = t->len, .line = 1};
    size_t cap = 0;
    for (char c = next_mark(&w); c != 0; c = next_mark(&w))
        if (c == '{' && (w.depth == 2 || w.depth == 3)) *TB_PUSH(d->lines, d->n_lines, cap) = w.line;
    d->flat = d->n_lines > 1 && d->lines[0] == d->lines[d->n_lines - 1];
}

/* ---- parsing ------------------------------------------------------------------------------------ */

static enum tb_code syntax(const struct tb_text *t, const json_error_t *at, struct tb_err *e)
{
    const char *what;
    switch (json_error_code(at)) {
    case json_error_duplicate_key:
        what = tb_t("同じ名前の項目が二つあります。一つにしてください",
                    "a member of that name stands there already; leave one");
        break;
    case json_error_premature_end_of_input:
        what = tb_t("途中で終わっています。閉じる括弧か引用符を書いてください",
                    "the text ends too early; close what is open");
        break;
    case json_error_null_character:
        what = tb_t("文字 U+0000 は使えません", "the character U+0000 is not allowed");
        break;
    case json_error_numeric_overflow:
        what = tb_t("数が大きすぎます", "the number is too large");
        break;
    case json_error_end_of_input_expected:
        what = tb_t("終わりの括弧のあとに文字があります。取り除いてください",
                    "text after the last bracket; remove it");
        break;
    case json_error_invalid_utf8:
    case json_error_invalid_syntax:
    case json_error_unknown:
    case json_error_out_of_memory:
    case json_error_stack_overflow:
    case json_error_invalid_argument:
    case json_error_cannot_open_file:
    case json_error_invalid_format:
    case json_error_wrong_type:
    case json_error_null_value:
    case json_error_null_byte_in_key:
    case json_error_item_not_found:
    case json_error_index_out_of_range:
    default:
        what = tb_t("JSON の書き方に誤りがあります。この前のコンマ・引用符・括弧を確かめてください",
                    "not JSON; look at the comma, quotation mark or bracket before this place");
        break;
    }
    return tb_fail(e, TB_INPUT, "%s:%d:%d: %s", t->name, at->line, at->column > 0 ? at->column : 1, what);
}

enum tb_code tb_doc_open(const struct tb_text *t, int values_max, struct tb_doc *out, struct tb_err *e)
{
    struct tb_doc d = {.name = t->name};
    enum tb_code code = measure(t, values_max, e);
    if (code != TB_OK) return code;
    json_error_t at;
    d.root = json_loadb(t->s, t->len, JSON_REJECT_DUPLICATES, &at);
    if (d.root == NULL) return syntax(t, &at, e);
    if (!json_is_object(d.root)) {
        json_decref(d.root);
        return tb_fail(e, TB_INPUT,
                       tb_t("%s:1: 全体を { } で囲んだオブジェクトにしてください",
                            "%s:1: the whole must be one object in { }"),
                       t->name);
    }
    find_lines(t, &d);
    *out = d;
    return TB_OK;
}

void tb_doc_close(struct tb_doc *d)
{
    json_decref(d->root);
    free(d->lines);
    tb_arena_free(&d->arena);
    *d = (struct tb_doc){0};
}

/* ---- rows ---------------------------------------------------------------------------------------- */

struct tb_src tb_doc_place(struct tb_doc *d, const char *list, size_t index)
{
    if (!d->flat) {
        TB_ASSERT(d->next < d->n_lines);
        return (struct tb_src){d->name, d->lines[d->next++]};
    }
    return (struct tb_src){tb_arena_printf(&d->arena, "%s: %s[%zu]", d->name, list, index), 0};
}

const char *tb_doc_where(struct tb_doc *d, const struct tb_src *at)
{
    return at->line > 0 ? tb_arena_printf(&d->arena, "%s:%d", at->file, at->line) : at->file;
}

/* Decimals as the reader of cells wants them: at most six places, none lost. */
static const char *decimal(struct tb_doc *d, double v)
{
    double scaled = v * 1e6;
    if (!(fabs(scaled) < 1e15)) return NULL;
    int64_t millionths = llround(scaled);
    if (fabs(scaled - (double)millionths) > 1e-3) return NULL;
    char *text = tb_arena_alloc(&d->arena, 24);
    return tb_format_millionths(millionths, text, 24);
}

static const char *joined(struct tb_doc *d, const json_t *list, const char **wrong)
{
    struct tb_buf b = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        const char *s = json_string_value(v);
        if (s == NULL || s[0] == '\0' || strchr(s, ';') != NULL) {
            *wrong = tb_t("リストの中は、空でない「;」のない文字列だけです",
                          "a list holds only strings that are not empty and have no ';'");
            tb_buf_free(&b);
            return NULL;
        }
        if (i > 0) tb_buf_addc(&b, ';');
        tb_buf_add(&b, s);
    }
    const char *text = tb_arena_strdup(&d->arena, tb_buf_str(&b));
    tb_buf_free(&b);
    return text;
}

/* What the text screen cannot see: characters written as \uXXXX. */
static const char *clean(const char *s, const char **wrong)
{
    uint32_t c = s == NULL ? 0 : tb_cell_odd(s);
    if (c == 0) return s;
    *wrong = tb_text_odd_rule(c);
    return NULL;
}

const char *tb_doc_cell(struct tb_doc *d, const json_t *value, const char **wrong)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return clean(json_string_value(value), wrong);
    case JSON_INTEGER:
        return tb_arena_printf(&d->arena, "%lld", (long long)json_integer_value(value));
    case JSON_TRUE:
        return "yes";
    case JSON_FALSE:
        return "no";
    case JSON_NULL:
        return "";
    case JSON_ARRAY:
        return clean(joined(d, value, wrong), wrong);
    case JSON_REAL: {
        const char *text = decimal(d, json_real_value(value));
        if (text == NULL) *wrong = tb_t("小数は 6 桁までです", "a decimal has at most six places");
        return text;
    }
    case JSON_OBJECT:
        break;
    }
    *wrong = tb_t("文字列・数・true・false・リストのどれかです",
                  "a string, a number, true, false or a list is right");
    return NULL;
}

static enum tb_code unknown_member(struct tb_doc *d, const struct tb_entity *entity, const struct tb_src *at,
                                   const char *name, struct tb_err *e)
{
    struct tb_buf names = {0};
    tb_entity_names(entity, &names);
    (void)tb_fail(e, TB_INPUT,
                  tb_t("%s: %s.%.80s: そのような項目はありません。使える項目: %s",
                       "%s: %s.%.80s: unknown member; there are %s"),
                  tb_doc_where(d, at), entity->name, name, tb_buf_str(&names));
    tb_buf_free(&names);
    return TB_INPUT;
}

static enum tb_code row_of(struct tb_doc *d, struct tb_loader *l, int entity, json_t *row, size_t index,
                           struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    TB_ASSERT(ent->n_fields <= TB_FIELDS_MAX);
    const char *cells[TB_FIELDS_MAX] = {0};
    struct tb_src at = tb_doc_place(d, ent->name, index);
    const char *name;
    json_t *value;
    json_object_foreach(row, name, value)
    {
        int f = tb_field_find(ent, name);
        if (f < 0) return unknown_member(d, ent, &at, name, e);
        const char *wrong = NULL;
        cells[f] = tb_doc_cell(d, value, &wrong);
        if (cells[f] == NULL)
            return tb_fail(e, TB_INPUT, "%s: %s.%s: %s", tb_doc_where(d, &at), ent->name, name, wrong);
    }
    return tb_loader_row(l, (enum tb_entity_id)entity, cells, at.file, at.line, e);
}

static enum tb_code rows_of(struct tb_doc *d, struct tb_loader *l, int entity, json_t *list, struct tb_err *e)
{
    const char *name = tb_entities[entity].name;
    if (!json_is_array(list))
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: %s はオブジェクトのリスト [ { }, … ] にしてください",
                            "%s: %s must be a list of objects, [ { }, ... ]"),
                       d->name, name);
    if (json_array_size(list) > TB_CODEC_ROWS_MAX)
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: %s の行が多すぎます。%d 行以下にしてください",
                            "%s: too many rows in %s; at most %d are read"),
                       d->name, name, TB_CODEC_ROWS_MAX);
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *row = json_array_get(list, i);
        if (!json_is_object(row))
            return tb_fail(
                e, TB_INPUT,
                tb_t("%s: %s[%zu]: オブジェクト { } にしてください", "%s: %s[%zu]: must be an object, { }"),
                d->name, name, i);
        enum tb_code code = row_of(d, l, entity, row, i, e);
        if (code != TB_OK) return code;
    }
    return TB_OK;
}

/* ---- a region document ---------------------------------------------------------------------------- */

static enum tb_code check_version(const struct tb_doc *d, struct tb_err *e)
{
    const json_t *v = json_object_get(d->root, "format_version");
    if (json_is_integer(v) && json_integer_value(v) == 1) return TB_OK;
    if (json_is_integer(v) && json_integer_value(v) > 1)
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: format_version が %lld です。この toban が読めるのは 1 です。新しい toban "
                            "を使ってください",
                            "%s: format_version is %lld; this toban reads 1: use a newer one"),
                       d->name, (long long)json_integer_value(v));
    return tb_fail(e, TB_INPUT,
                   tb_t("%s: 先頭に \"format_version\": 1 を書いてください",
                        "%s: write \"format_version\": 1 at the top"),
                   d->name);
}

static enum tb_code read_encoding(const struct tb_doc *d, enum tb_encoding *out, struct tb_err *e)
{
    const json_t *v = json_object_get(d->root, "encoding");
    const char *word = json_string_value(v);
    if (v == NULL || (word != NULL && strcmp(word, "utf-8") == 0))
        *out = TB_ENCODING_UTF8;
    else if (word != NULL && strcmp(word, "cp932") == 0)
        *out = TB_ENCODING_CP932;
    else
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: encoding \"%.40s\": utf-8 か cp932 です",
                            "%s: encoding \"%.40s\": utf-8 or cp932 is right"),
                       d->name, word != NULL ? word : "");
    return TB_OK;
}

static enum tb_code unknown_list(const struct tb_doc *d, const char *name, struct tb_err *e)
{
    struct tb_buf names = {0};
    for (int i = 0; i < TB_E_COUNT; i++) tb_buf_addf(&names, ", %s", tb_entities[i].name);
    (void)tb_fail(e, TB_INPUT,
                  tb_t("%s: %.80s: そのような項目はありません。使える項目: format_version, encoding%s",
                       "%s: %.80s: unknown member; there are format_version, encoding%s"),
                  d->name, name, tb_buf_str(&names));
    tb_buf_free(&names);
    return TB_INPUT;
}

enum tb_code tb_doc_region(struct tb_doc *d, struct tb_loader *l, enum tb_encoding *encoding,
                           struct tb_err *e)
{
    enum tb_encoding said = TB_ENCODING_UTF8;
    enum tb_code code = check_version(d, e);
    if (code == TB_OK) code = read_encoding(d, &said, e);
    if (code != TB_OK) return code;
    if (encoding != NULL) *encoding = said;
    if (!json_is_object(json_object_get(d->root, tb_entities[TB_E_region_row].name)))
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: 医療圏そのもの、\"region\": { \"id\": …, \"name\": … } を書いてください",
                            "%s: write the region itself, \"region\": { \"id\": ..., \"name\": ... }"),
                       d->name);
    const char *name;
    json_t *value;
    json_object_foreach(d->root, name, value)
    {
        if (strcmp(name, "format_version") == 0 || strcmp(name, "encoding") == 0) continue;
        int entity = tb_entity_find(name);
        if (entity < 0) return unknown_list(d, name, e);
        code =
            entity == TB_E_region_row ? row_of(d, l, entity, value, 0, e) : rows_of(d, l, entity, value, e);
        if (code != TB_OK) return code;
    }
    return TB_OK;
}
