/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes to domain and back: printer, CSV, encodings, regions, imports, instances, hand-made rosters.
 */
#include "codec/codec_int.h"

#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "toban/base/csv.h"

#define BASE "tests/bad-input/base"
#define SAMPLE "rosters/ishikawa-chuo"

/* ---- helpers --------------------------------------------------------------------------------------------
 */

static struct tb_region *read_region(const char *dir)
{
    struct tb_region *r = NULL;
    struct tb_err e = {0};
    if (tb_codec_read_region(dir, &r, &e) != TB_OK) fail_msg("%s", e.text);
    return r;
}

static char *snapshot(const struct tb_region *r)
{
    struct tb_buf b = {0};
    tb_codec_write_region(r, &b);
    return tb_buf_take(&b);
}

static char *snapshot_of(const char *dir)
{
    struct tb_region *r = read_region(dir);
    char *s = snapshot(r);
    tb_region_free(r);
    return s;
}

static char scratch[64];

static int make_scratch(void **state)
{
    (void)state;
    memcpy(scratch, "/tmp/toban-codec-XXXXXX", 24);
    return mkdtemp(scratch) == NULL;
}

static int remove_scratch(void **state)
{
    (void)state;
    return tb_dir_remove(scratch, NULL) != TB_OK;
}

static const char *path_of(const char *name)
{
    static char path[400];
    (void)snprintf(path, sizeof path, "%s/%s", scratch, name);
    return path;
}

static const char *put(const char *name, const char *bytes, size_t n)
{
    const char *path = path_of(name);
    assert_int_equal(tb_file_write(path, bytes, n, NULL), TB_OK);
    return path;
}

static const char *puts_file(const char *name, const char *text) { return put(name, text, strlen(text)); }

/* Copies the base into the scratch directory, each file through `how`. */
typedef void rewrite(const char *name, const char *bytes, size_t n, struct tb_buf *out);
static void rewrite_base(rewrite *how)
{
    DIR *d = opendir(BASE);
    assert_non_null(d);
    for (const struct dirent *x = readdir(d); x != NULL; x = readdir(d)) {
        if (x->d_name[0] == '.') continue;
        char from[400], *bytes;
        size_t n;
        struct tb_buf b = {0};
        (void)snprintf(from, sizeof from, "%s/%s", BASE, x->d_name);
        assert_int_equal(tb_file_read(from, TB_CODEC_FILE_MAX, &bytes, &n, NULL), TB_OK);
        how(x->d_name, bytes, n, &b);
        (void)put(x->d_name, tb_buf_str(&b), b.len);
        tb_buf_free(&b);
        free(bytes);
    }
    (void)closedir(d);
}

static bool is_json(const char *name) { return strstr(name, ".json") != NULL; }

static void as_it_is(const char *name, const char *bytes, size_t n, struct tb_buf *out)
{
    (void)name;
    tb_buf_addn(out, bytes, n);
}

/* ---- printer --------------------------------------------------------------------------------------------
 */

static void print_something(tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "name", "佐藤 \"一郎\" \\ \n\t\x01");
    tb_print_kint(p, "n", INT64_MIN);
    tb_print_kbool(p, "yes", true);
    tb_print_key(p, "list");
    tb_print_begin_list(p);
    tb_print_int(p, 1);
    tb_print_null(p);
    tb_print_begin_list(p);
    tb_print_end_list(p);
    tb_print_begin_object(p);
    tb_print_end_object(p);
    tb_print_end_list(p);
    tb_print_end_object(p);
}

static void json_is_canonical(void **state)
{
    (void)state;
    struct tb_buf b = {0};
    tb_printer *p = tb_printer_json(&b, 0);
    print_something(p);
    tb_printer_free(p);
    assert_string_equal(b.s,
                        "{\"name\":\"佐藤 \\\"一郎\\\" \\\\ "
                        "\\n\\t\\u0001\",\"n\":-9223372036854775808,\"yes\":true,\"list\":[1,null,[],{}]}");
    tb_buf_clear(&b);
    p = tb_printer_json(&b, 2);
    print_something(p);
    tb_printer_free(p);
    assert_string_equal(b.s, "{\n  \"name\": \"佐藤 \\\"一郎\\\" \\\\ \\n\\t\\u0001\",\n  \"n\": "
                             "-9223372036854775808,\n  \"yes\": true,\n"
                             "  \"list\": [\n    1,\n    null,\n    [],\n    {}\n  ]\n}\n");
    tb_buf_free(&b);
}

static void reals_have_six_places(void **state)
{
    (void)state;
    static const struct {
        double v;
        const char *text;
    } t[] = {{0.0, "0"},
             {1.5, "1.5"},
             {-0.25, "-0.25"},
             {0.1234567, "0.123457"},
             {1e300, "9000000000000"},
             {0.0 / 0.0, "null"},
             {1e-9, "0"}};
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf b = {0};
        tb_printer *p = tb_printer_json(&b, 0);
        tb_print_real(p, t[i].v);
        tb_printer_free(p);
        assert_string_equal(b.s, t[i].text);
        tb_buf_free(&b);
    }
}

static void key_in_list(tb_printer *p)
{
    tb_print_begin_list(p);
    tb_print_key(p, "x");
}
static void value_without_key(tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_int(p, 1);
}
static void wrong_end(tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_end_list(p);
}
static void left_open(tb_printer *p) { tb_print_begin_list(p); }
static void not_utf8(tb_printer *p) { tb_print_string(p, "\xFF"); }
static void too_deep(tb_printer *p)
{
    for (int i = 0; i < 100; i++) tb_print_begin_list(p);
}

static void misuse_of_the_printer_is_a_bug(void **state)
{
    (void)state;
    static void (*const t[])(tb_printer *) = {key_in_list, value_without_key, wrong_end,
                                              left_open,   not_utf8,          too_deep};
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        int status;
        pid_t child = fork();
        if (child == 0) {
            struct tb_buf b = {0};
            tb_printer *p = tb_printer_json(&b, 0);
            (void)!freopen("/dev/null", "w", stderr);
            t[i](p);
            tb_printer_free(p);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == TB_INTERNAL);
    }
}

/* ---- CSV --------------------------------------------------------------------------------------------------
 */

/* Cells joined by |, records by ;. */
static char *records(const char *text, size_t n)
{
    struct tb_text t = {0};
    struct tb_csv c;
    struct tb_buf b = {0};
    struct tb_err e = {0};
    if (tb_text_of("t.csv", text, n, TB_ENCODING_UTF8, &t, &e) != TB_OK) fail_msg("%s", e.text);
    tb_csv_open(&c, &t);
    for (;;) {
        if (tb_csv_next(&c, &e) != TB_OK) {
            tb_buf_addf(&b, "!%s", e.text);
            break;
        }
        if (c.n == 0) break;
        for (size_t i = 0; i < c.n; i++) tb_buf_addf(&b, "%s%s", i > 0 ? "|" : "", c.cells[i]);
        tb_buf_addf(&b, "@%d;", c.row_line);
    }
    tb_csv_close(&c);
    tb_text_free(&t);
    return tb_buf_take(&b);
}

static void forms_of_csv(void **state)
{
    (void)state;
    static const struct {
        const char *text, *records;
    } t[] = {
        {"", ""},
        {"\n\n", ""},
        {"a,b\n1,2\n", "a|b@1;1|2@2;"},
        {"a,b\r\n1,2\r\n", "a|b@1;1|2@2;"},
        {"a,b\r1,2\r", "a|b@1;1|2@2;"},
        {"a,b\n1,2", "a|b@1;1|2@2;"},
        {"\xEF\xBB\xBF"
         "a,b\n",
         "a|b@1;"},
        {"\xEF\xBB\xBF\"a\",b\n", "a|b@1;"},
        {"a,,\n,,\n", "a||@1;||@2;"},
        {"a\n\n\nb\n", "a@1;b@4;"},
        {"\"a,b\",\"c\"\"d\"\n", "a,b|c\"d@1;"},
        {"\"\",\"\"\"\"\n", "|\"@1;"},
        {"\"a\r\nb\",\"c\rd\"\n1,2\n", "a\nb|c\nd@1;1|2@4;"},
        {" a , b \n", " a | b @1;"},
        {"表,\"ソ\"\n", "表|ソ@1;"},
        {"x,\"a\nb\n",
         "!t.csv:1:3: the quotation mark opened here is never closed; write \" at the end of the value"},
        {"表,a\"b\n", "!t.csv:1:4: a quotation mark inside a value; put the whole value in \" and write \"\" "
                      "for the mark"},
        {"ok\n\"a\"b\n", "ok@1;!t.csv:2:4: text after the closing quotation mark; write \"\" for a quotation "
                         "mark inside the value"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        char *got = records(t[i].text, strlen(t[i].text));
        assert_string_equal(got, t[i].records);
        free(got);
    }
}

static void long_rows_and_many_rows(void **state)
{
    (void)state;
    struct tb_buf b = {0};
    for (unsigned i = 0; i < TB_CODEC_LINE_MAX; i++) tb_buf_addc(&b, 'x');
    char *got = records(b.s, b.len);
    assert_int_equal(strlen(got), TB_CODEC_LINE_MAX + strlen("@1;"));
    free(got);
    tb_buf_addc(&b, 'x');
    tb_buf_addc(&b, 'x');
    got = records(b.s, b.len);
    assert_string_equal(
        got,
        "!t.csv:1: this row is longer than 65536 bytes; a quotation mark is not closed, or this is no CSV");
    free(got);
    tb_buf_clear(&b);
    for (int i = 0; i < TB_CODEC_ROWS_MAX + 2; i++) tb_buf_add(&b, "x\n");
    got = records(b.s, b.len);
    assert_non_null(strstr(got, "!t.csv:200002: too many rows; at most 200000 are read"));
    free(got);
    tb_buf_free(&b);
}

static void csv_is_written_for_spreadsheets(void **state)
{
    (void)state;
    static const struct {
        const char *cells[4], *line;
    } t[] = {
        {{"a", "b", "c"}, "a,b,c\r\n"},
        {{"", "b"}, "\"\",b\r\n"},
        {{"", ""}, "\"\",\r\n"},
        {{"a", "", ""}, "a,,\r\n"},
        {{"a,b", "c\"d", "e\nf"}, "\"a,b\",\"c\"\"d\",\"e\nf\"\r\n"},
        {{"=1+1", "+81", "-5", "@x"}, "'=1+1,'+81,'-5,'@x\r\n"},
        {{"\tx", "\rx", "=a,b"}, "'\tx,\"'\rx\",\"'=a,b\"\r\n"},
        {{"佐藤", "a=b"}, "佐藤,a=b\r\n"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        for (int bom = 0; bom < 2; bom++) {
            struct tb_buf b = {0};
            if (bom == 1) tb_buf_add(&b, "\xEF\xBB\xBF");
            for (int line = 0; line < 2; line++) {
                for (size_t k = 0; k < TB_COUNT(t[i].cells) && t[i].cells[k] != NULL; k++)
                    tb_csv_cell(&b, t[i].cells[k]);
                tb_csv_end(&b);
            }
            size_t n = strlen(t[i].line), from = bom == 1 ? 3 : 0;
            assert_int_equal(b.len, from + 2 * n);
            assert_memory_equal(b.s + from, t[i].line, n);
            assert_memory_equal(b.s + from + n, t[i].line, n);
            tb_buf_free(&b);
        }
    }
}

/* ---- encodings
 * ---------------------------------------------------------------------------------------------- */

/* Characters of names and signs where tables of Shift_JIS differ: the vendor's set is the one that offices
 * have. */
static void cp932_is_the_vendors(void **state)
{
    (void)state;
    static const struct {
        const char *cp932, *utf8;
    } t[] = {{"\x81\x60", "～"}, {"\x81\x7C", "－"},          {"\x81\x61", "∥"}, {"\\~", "\\~"},
             {"\xFB\xFC", "髙"}, {"\xFA\xB1", "﨑"},          {"\x87\x40", "①"}, {"\x87\x8A", "㈱"},
             {"\xB1\xB2", "ｱｲ"}, {"\x95\x5C\x83\x5C", "表ソ"}};
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf b = {0};
        assert_int_equal(tb_utf8_from_cp932(t[i].cp932, strlen(t[i].cp932), &b, NULL), TB_OK);
        assert_string_equal(b.s, t[i].utf8);
        tb_buf_clear(&b);
        assert_int_equal(tb_cp932_from_utf8(t[i].utf8, strlen(t[i].utf8), &b, NULL), TB_OK);
        /* some characters have two codes there, so bytes may differ but never the text */
        struct tb_buf again = {0};
        assert_int_equal(tb_utf8_from_cp932(b.s, b.len, &again, NULL), TB_OK);
        assert_string_equal(again.s, t[i].utf8);
        tb_buf_free(&again);
        tb_buf_free(&b);
    }
}

static void what_cp932_cannot_hold(void **state)
{
    (void)state;
    static const struct {
        const char *utf8, *en;
    } t[] = {
        {"a\n𠮷野家",
         "line 2: \"𠮷\" (U+20BB7) is not in CP932 (Shift_JIS); write another character, or export as UTF-8"},
        {"㋿",
         "line 1: \"㋿\" (U+32FF) is not in CP932 (Shift_JIS); write another character, or export as UTF-8"},
        {"é",
         "line 1: \"é\" (U+00E9) is not in CP932 (Shift_JIS); write another character, or export as UTF-8"},
        {"\xFF", "line 1: not UTF-8; the text must be UTF-8"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf b = {0};
        struct tb_err e = {0};
        assert_int_equal(tb_cp932_from_utf8(t[i].utf8, strlen(t[i].utf8), &b, &e), TB_INPUT);
        assert_string_equal(e.text, t[i].en);
        assert_int_equal(b.len, 0);
        tb_buf_free(&b);
    }
    struct tb_buf b = {0};
    struct tb_err e = {0};
    assert_int_equal(tb_utf8_from_cp932("a\nb\n\x81", 5, &b, &e), TB_INPUT);
    assert_string_equal(e.text,
                        "line 3: byte 81 is no character of CP932 (Shift_JIS); save the text as CP932 again");
    assert_int_equal(b.len, 0);
    tb_buf_free(&b);
}

static void encodings_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        enum tb_encoding said;
        const char *encoding, *text;
    } t[] = {
        {"abc", TB_ENCODING_UTF8, "UTF-8", "abc"},
        {"\xEF\xBB\xBF表", TB_ENCODING_UTF8, "UTF-8", "表"},
        {"\x95\x5C", TB_ENCODING_CP932, "CP932", "表"},
        {"\xC3\xB1", TB_ENCODING_CP932, "CP932", "ﾃｱ"}, /* valid UTF-8 by chance */
        {"\x95\x5C", TB_ENCODING_GUESS, "CP932", "表"},
        {"表", TB_ENCODING_GUESS, "UTF-8", "表"},
        {"\xEF\xBB\xBF表", TB_ENCODING_GUESS, "UTF-8", "表"},
        {"abc", TB_ENCODING_CP932, "CP932", "abc"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_text x = {0};
        struct tb_err e = {0};
        if (tb_text_of("t", t[i].bytes, strlen(t[i].bytes), t[i].said, &x, &e) != TB_OK)
            fail_msg("%zu: %s", i, e.text);
        assert_string_equal(x.s, t[i].text);
        assert_int_equal(x.len, strlen(t[i].text));
        assert_string_equal(x.encoding, t[i].encoding);
        tb_text_free(&x);
    }
}

/* ---- regions
 * -------------------------------------------------------------------------------------------------- */

static void snapshot_comes_back(void **state)
{
    (void)state;
    static const char *const dirs[] = {BASE, SAMPLE};
    for (size_t i = 0; i < TB_COUNT(dirs); i++) {
        struct tb_region *r = read_region(dirs[i]), *again = NULL;
        char *text = snapshot(r), before[65], after[65];
        struct tb_err e = {0};
        if (tb_codec_parse_region("snapshot", text, strlen(text), &again, &e) != TB_OK)
            fail_msg("%s", e.text);
        tb_region_digest(r, before);
        tb_region_digest(again, after);
        assert_string_equal(before, after);
        char *text2 = snapshot(again);
        assert_string_equal(text, text2);
        free(text);
        free(text2);
        tb_region_free(r);
        tb_region_free(again);
    }
}

static void crlf_and_bom(const char *name, const char *bytes, size_t n, struct tb_buf *out)
{
    tb_buf_add(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\n' && !is_json(name)) tb_buf_addc(out, '\r');
        tb_buf_addc(out, bytes[i]);
    }
}

static void cp932(const char *name, const char *bytes, size_t n, struct tb_buf *out)
{
    if (is_json(name)) {
        const char *comma = strchr(bytes, ',');
        tb_buf_addn(out, bytes, (size_t)(comma - bytes));
        tb_buf_add(out, ", \"encoding\": \"cp932\"");
        tb_buf_add(out, comma);
    } else {
        assert_int_equal(tb_cp932_from_utf8(bytes, n, out, NULL), TB_OK);
    }
}

static void every_cell_quoted(const char *name, const char *bytes, size_t n, struct tb_buf *out)
{
    if (is_json(name)) {
        as_it_is(name, bytes, n, out);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || bytes[i - 1] == '\n') tb_buf_addc(out, '"');
        tb_buf_add(out, bytes[i] == ',' ? "\",\"" : bytes[i] == '\n' ? "\"\r" : "");
        if (bytes[i] != ',' && bytes[i] != '\n') tb_buf_addc(out, bytes[i]);
    }
}

/* Last row first, header kept. */
static void rows_reversed(const char *name, const char *bytes, size_t n, struct tb_buf *out)
{
    if (is_json(name)) {
        as_it_is(name, bytes, n, out);
        return;
    }
    size_t head = strcspn(bytes, "\n") + 1, end = n;
    tb_buf_addn(out, bytes, head);
    for (size_t i = n - 1; i > head; i--)
        if (bytes[i - 1] == '\n') {
            tb_buf_addn(out, bytes + i, end - i);
            end = i;
        }
    tb_buf_addn(out, bytes + head, end - head);
}

/* 2026-12-03 -> 2026/12/3 and 09:00 -> 9:00, as Excel saves them. */
static void as_excel_saves(const char *name, const char *bytes, size_t n, struct tb_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        int y, m, d, used = 0;
        bool start = i > 0 && bytes[i - 1] == ',';
        if (!is_json(name) && start && sscanf(bytes + i, "%4d-%2d-%2d%n", &y, &m, &d, &used) == 3 &&
            used == 10 && strchr(",\n", bytes[i + 10]) != NULL) {
            tb_buf_addf(out, "%d/%d/%d", y, m, d);
            i += 9;
        } else if (!is_json(name) && start && bytes[i] == '0' && bytes[i + 2] == ':') {
            continue;
        } else {
            tb_buf_addc(out, bytes[i]);
        }
    }
}

static void same_region_however_written(void **state)
{
    (void)state;
    static rewrite *const ways[] = {as_it_is,          crlf_and_bom,  cp932,
                                    every_cell_quoted, rows_reversed, as_excel_saves};
    char *want = snapshot_of(BASE);
    for (size_t i = 0; i < TB_COUNT(ways); i++) {
        assert_int_equal(make_scratch(NULL), 0);
        rewrite_base(ways[i]);
        char *got = snapshot_of(scratch);
        assert_string_equal(got, want);
        free(got);
        assert_int_equal(remove_scratch(NULL), 0);
    }
    free(want);
}

/* One region.json alone, its members and rows in another order and its cells in other JSON types. */
static void json_alone_is_enough(void **state)
{
    (void)state;
    static const char a[] =
        "{\"format_version\":1,\"region\":{\"id\":\"x\",\"name\":\"架空\",\"travel_default\":30},"
        "\"classes\":[{\"id\":\"a\",\"name\":\"A\",\"weekdays\":[\"sun\",\"sat\"],\"holiday\":true},{\"id\":"
        "\"b\",\"name\":\"B\",\"any_of\":[\"a\"]}],"
        "\"kinds\":[{\"id\":\"doctor\",\"name\":\"医師\",\"person\":true}]}";
    static const char b[] =
        "{\"kinds\":[{\"name_en\":null,\"person\":\"yes\",\"name\":\"医師\",\"id\":\"doctor\"}],"
        "\"classes\":[{\"id\":\"b\",\"name\":\"B\",\"any_of\":\"a\"},\n{\"weekdays\":\"sat;sun\",\"name\":"
        "\"A\",\"id\":\"a\",\"holiday\":\"yes\"}],"
        "\"region\":{\"name\":\"架空\",\"id\":\"x\",\"travel_default\":\"30\"},\"format_version\":1}";
    const char *const texts[] = {a, b};
    char *got[2];
    for (int i = 0; i < 2; i++) {
        struct tb_region *r = NULL;
        struct tb_err e = {0};
        assert_int_equal(make_scratch(NULL), 0);
        (void)puts_file("region.json", texts[i]);
        if (tb_codec_read_region(scratch, &r, &e) != TB_OK) fail_msg("%s", e.text);
        got[i] = snapshot(r);
        tb_region_free(r);
        assert_int_equal(remove_scratch(NULL), 0);
    }
    assert_string_equal(got[0], got[1]);
    free(got[0]);
    free(got[1]);
}

static void decimals_in_json(void **state)
{
    (void)state;
    static const struct {
        const char *number, *cell;
    } t[] = {{"1", "1"},
             {"0.5", "0.5"},
             {"-1.25", "-1.25"},
             {"0.000001", "0.000001"},
             {"12345.654321", "12345.654321"},
             {"1e3", "1000"}};
    struct tb_region *base = read_region(BASE);
    char *text = snapshot(base);
    tb_region_free(base);
    char *at = strstr(text, "\"carried\":\"-1.25\"");
    assert_non_null(at);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf b = {0}, cell = {0};
        struct tb_region *r = NULL;
        struct tb_err e = {0};
        tb_buf_addn(&b, text, (size_t)(at - text));
        tb_buf_addf(&b, "\"carried\":%s%s", t[i].number, at + strlen("\"carried\":\"-1.25\""));
        if (tb_codec_parse_region("s", b.s, b.len, &r, &e) != TB_OK) fail_msg("%s", e.text);
        tb_region_cell(r, TB_E_balance, 1, tb_field_find(&tb_entities[TB_E_balance], "carried"), &cell);
        assert_string_equal(cell.s, t[i].cell);
        tb_region_free(r);
        tb_buf_free(&cell);
        tb_buf_free(&b);
    }
    free(text);
}

/* A snapshot stands in one line, so its rows are told by list and index. */
static void damaged_snapshot_is_told_by_index(void **state)
{
    (void)state;
    struct tb_region *base = read_region(BASE), *r = NULL;
    char *text = snapshot(base), *at = strstr(text, "\"area\":\"minami\",\"specialities\"");
    struct tb_err e = {0};
    assert_non_null(at);
    memcpy(at, "\"area\":\"manami\"", 15);
    assert_int_equal(tb_codec_parse_region("snapshot", text, strlen(text), &r, &e), TB_INPUT);
    assert_string_equal(e.text, "snapshot: providers[0]: providers.area \"manami\": not in areas; an id "
                                "defined there is right, such as mihon");
    assert_null(r);
    free(text);
    tb_region_free(base);
}

static void official_list_of_holidays(void **state)
{
    (void)state;
    assert_int_equal(make_scratch(NULL), 0);
    rewrite_base(as_it_is);
    char *bytes;
    size_t n;
    assert_int_equal(tb_file_read("tests/data/syukujitsu.csv", TB_CODEC_FILE_MAX, &bytes, &n, NULL), TB_OK);
    (void)put("syukujitsu.csv", bytes, n);
    struct tb_region *r = read_region(scratch);
    assert_true(r->n_officials > 1000 && (size_t)r->n_officials == r->official.n);
    assert_string_equal(tb_region_holiday(r, tb_day_of(2026, 1, 1)), "元日");
    char *want = snapshot(r);
    tb_region_free(r);
    struct tb_buf b = {0};
    assert_int_equal(tb_utf8_from_cp932(bytes, n, &b, NULL), TB_OK);
    (void)put("syukujitsu.csv", b.s, b.len);
    char *got = snapshot_of(scratch);
    assert_string_equal(got, want);
    free(got);
    free(want);
    free(bytes);
    tb_buf_free(&b);
    assert_int_equal(remove_scratch(NULL), 0);
}

/* ---- import
 * ---------------------------------------------------------------------------------------------------- */

static void import_adds_and_replaces(void **state)
{
    (void)state;
    static const struct {
        enum tb_entity_id entity;
        const char *csv;
        int added, replaced;
    } t[] = {
        {TB_E_wish, "survey,provider,type,from,to\n", 0, 0},
        {TB_E_wish, "survey,provider,type,from,to\ns-2026-12,d-sato,cannot,2026-12-20,\n", 1, 0},
        {TB_E_wish,
         "survey,provider,type,from,to,note\ns-2026-12,d-sato,cannot,2026/12/5,2026/12/"
         "7,直し\ns-2026-12,d-ito,any,,,\n",
         1, 1},
        {TB_E_hour, "provider,weekdays,from,to\nc-sato,fri;thu;wed;tue;mon,9:00,12:00\n", 0, 1},
        {TB_E_external, "provider,from,to,what\nd-kato,2026-12-10T17:00:00+09:00,2026-12-10T20:00,当直\n", 0,
         1},
        {TB_E_seat, "duty,band,role,rank,when,count\nnight,late,primary,010,year-end,1\n", 0, 1},
        {TB_E_provider, "id,name,kind,area\nd-sato,佐藤 三郎(架空),doctor,kita\n", 0, 1},
        /* role and action by default */
        {TB_E_pin, "duty,date,band,provider\nnight,2026-12-31,late,d-kato\nnight,2026-12-30,late,d-ito\n", 1,
         1},
        {TB_E_region_row, "id,name\nmihon,見本\n", 0, 1},
    };
    struct tb_region *base = read_region(BASE);
    char *before = snapshot(base);
    assert_int_equal(make_scratch(NULL), 0);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_region *r = NULL;
        struct tb_err e = {0};
        struct tb_import_counts counts = {.added = -1, .replaced = -1};
        const char *path = puts_file("in.csv", t[i].csv);
        if (tb_codec_import_csv(base, t[i].entity, path, false, &r, &counts, &e) != TB_OK)
            fail_msg("%zu: %s", i, e.text);
        assert_int_equal(counts.added, t[i].added);
        assert_int_equal(counts.replaced, t[i].replaced);
        assert_int_equal(tb_region_count(r, t[i].entity), tb_region_count(base, t[i].entity) + counts.added);
        tb_region_free(r);
        char *after = snapshot(base);
        assert_string_equal(before, after);
        free(after);
    }
    /* Importing what is there already changes nothing. */
    for (int entity = 1; entity < TB_E_COUNT; entity++) {
        char path[200];
        (void)snprintf(path, sizeof path, "%s/%s.csv", BASE, tb_entities[entity].name);
        if (!tb_file_exists(path)) continue;
        struct tb_region *r = NULL;
        struct tb_import_counts counts = {.added = -1, .replaced = -1};
        assert_int_equal(tb_codec_import_csv(base, (enum tb_entity_id)entity, path, false, &r, &counts, NULL),
                         TB_OK);
        assert_int_equal(counts.added, 0);
        char *after = snapshot(r);
        assert_string_equal(before, after);
        free(after);
        tb_region_free(r);
    }
    struct tb_region *r = NULL;
    const char *path = puts_file("in.csv", "area,kind,text\nkita,name,\x96\x6B\x8E\x73\n");
    assert_int_equal(tb_codec_import_csv(base, TB_E_alias, path, true, &r, NULL, NULL), TB_OK);
    assert_int_equal(r->n_aliases, base->n_aliases + 1);
    assert_string_equal(r->aliases[0].text, "北市");
    tb_region_free(r);
    assert_int_equal(remove_scratch(NULL), 0);
    tb_region_free(base);
    free(before);
}

/* ---- instances
 * ---------------------------------------------------------------------------------------------------- */

static struct tb_problem *problem_of(const struct tb_region *r)
{
    struct tb_problem *p = NULL;
    struct tb_err e = {0};
    int duties[] = {tb_find_duty(r, "clinic"), tb_find_duty(r, "night")};
    struct tb_seat_row published[] = {{tb_find_duty(r, "night"), tb_day_of(2026, 12, 2),
                                       tb_find_band(r, tb_find_duty(r, "night"), "late"), TB_PRIMARY, 1,
                                       tb_find_provider(r, "d-ito")}};
    struct tb_problem_input in = {.region = r,
                                  .from = tb_day_of(2026, 12, 1),
                                  .to = tb_day_of(2026, 12, 31),
                                  .duties = duties,
                                  .n_duties = 2,
                                  .published = published,
                                  .n_published = 1};
    if (tb_problem_build(&in, false, &p, &e) != TB_OK) fail_msg("%s", e.text);
    assert_true(p->n_slots > 0 && p->n_bound > 0 && p->n_pins > 0 && p->n_counters > 0);
    return p;
}

static char *instance(const struct tb_problem *p)
{
    struct tb_buf b = {0};
    tb_codec_write_problem(p, &b);
    return tb_buf_take(&b);
}

static void instance_comes_back(void **state)
{
    (void)state;
    struct tb_region *r = read_region(BASE), *r2 = NULL;
    struct tb_problem *p = problem_of(r), *p2 = NULL;
    struct tb_err e = {0};
    char *text = instance(p);
    if (tb_codec_parse_problem(text, strlen(text), &r2, &p2, &e) != TB_OK) fail_msg("%s", e.text);
    char *text2 = instance(p2);
    assert_string_equal(text, text2);
    assert_ptr_equal(p2->region, r2);
    assert_int_equal(p2->n_slots, p->n_slots);
    for (int i = 0; i < p->n_slots; i++) {
        const struct tb_slot *a = &p->slots[i], *b = &p2->slots[i];
        assert_true(a->duty == b->duty && a->band == b->band && a->role == b->role && a->date == b->date &&
                    a->need == b->need && a->classes == b->classes && a->planned == b->planned &&
                    a->n_intervals == b->n_intervals);
        for (int k = 0; k < a->n_intervals; k++)
            assert_true(a->interval[k].from == b->interval[k].from &&
                        a->interval[k].to == b->interval[k].to && a->reception[k] == b->reception[k]);
    }
    assert_int_equal(p2->n_bound, p->n_bound);
    assert_memory_equal(p2->bound, p->bound, (size_t)p->n_bound * sizeof *p->bound);
    assert_int_equal(p2->n_pins, p->n_pins);
    assert_memory_equal(p2->pins, p->pins, (size_t)p->n_pins * sizeof *p->pins);
    assert_int_equal(p2->n_persons, p->n_persons);
    for (int i = 0; i < p->n_persons; i++)
        assert_memory_equal(p2->persons[i].of, p->persons[i].of, (size_t)r->n_providers * sizeof(int));
    assert_int_equal(p2->n_counters, p->n_counters);
    assert_int_equal(p2->open_price, p->open_price);
    free(text);
    free(text2);
    tb_problem_free(p);
    tb_problem_free(p2);
    tb_region_free(r);
    tb_region_free(r2);
}

/* The class bits may use all 64, and the highest one is a sign in JSON. */
static void highest_class_bit_survives(void **state)
{
    (void)state;
    struct tb_region *r = read_region(BASE), *r2 = NULL;
    struct tb_problem *p = problem_of(r), *p2 = NULL;
    p->slots[0].classes |= UINT64_C(1) << 63;
    char *text = instance(p);
    assert_int_equal(tb_codec_parse_problem(text, strlen(text), &r2, &p2, NULL), TB_OK);
    assert_true(p2->slots[0].classes == p->slots[0].classes);
    free(text);
    tb_problem_free(p);
    tb_problem_free(p2);
    tb_region_free(r);
    tb_region_free(r2);
}

/* Every integer of the first line in turn, and some of the tables', becomes something else: what comes back
 * is refused, or writes itself as read. */
static void damaged_instances_do_no_harm(void **state)
{
    (void)state;
    static const char *const damage[] = {"-1", "4611686018427387904", "99999", "null", "\"x\"", "[]", "0.5"};
    struct tb_region *r = read_region(BASE);
    struct tb_problem *p = problem_of(r);
    p->n_bound = p->n_bound > 3 ? 3 : p->n_bound;
    char *text = instance(p);
    const char *body = strstr(text, "},\"from\":");
    assert_non_null(body);
    int tried = 0, refused = 0;
    for (const char *at = body; *at != '\0'; at++) {
        size_t n = strspn(at, "-0123456789");
        if (n == 0) continue;
        for (size_t i = 0; i < TB_COUNT(damage); i++) {
            /* All of the head, then a sample: each try reads the whole region. */
            if (tried > 200 && (tried * 7 + (int)i) % 97 != 0) {
                tried++;
                continue;
            }
            struct tb_buf b = {0};
            struct tb_region *r2 = NULL;
            struct tb_problem *p2 = NULL;
            struct tb_err e = {0};
            tb_buf_addn(&b, text, (size_t)(at - text));
            tb_buf_add(&b, damage[i]);
            tb_buf_add(&b, at + n);
            enum tb_code code = tb_codec_parse_problem(b.s, b.len, &r2, &p2, &e);
            if (code == TB_OK) {
                char *again = instance(p2);
                assert_string_equal(again, b.s);
                free(again);
                tb_problem_free(p2);
                tb_region_free(r2);
            } else {
                assert_int_equal(code, TB_INPUT);
                assert_true(strncmp(e.text, "instance", 8) == 0);
                assert_null(r2);
                assert_null(p2);
                refused++;
            }
            tried++;
            tb_buf_free(&b);
        }
        at += n - 1;
    }
    assert_true(refused > 100);
    free(text);
    tb_problem_free(p);
    tb_region_free(r);
}

/* Format 1, one JSON document with an object for each row, is read for ever, and writes itself as format 2.
 */
static void instances_of_format_1(void **state)
{
    (void)state;
    struct tb_region *r = read_region(BASE), *r2 = NULL;
    struct tb_problem *p = problem_of(r), *p2 = NULL;
    struct tb_err e = {0};
    struct tb_buf b = {0};
    char *text = instance(p), *from = strstr(text, ",\"from\":"), *again;
    tb_buf_add(&b, "{\"format_version\":1,\"region\":");
    tb_codec_write_region(r, &b);
    tb_buf_addn(&b, from, strcspn(from, "\n"));
    if (tb_codec_parse_problem(b.s, b.len, &r2, &p2, &e) != TB_OK) fail_msg("%s", e.text);
    again = instance(p2);
    assert_string_equal(again, text);
    free(again);
    tb_problem_free(p2);
    tb_region_free(r2);
    r2 = NULL, p2 = NULL;
    tb_buf_addc(&b, '\n'); /* of no format: rows before the line's end, and no tables after it */
    assert_int_equal(tb_codec_parse_problem(b.s, b.len, &r2, &p2, &e), TB_INPUT);
    assert_string_equal(e.text, "instance: there is no region; plan again");
    tb_buf_free(&b);
    free(text);
    tb_problem_free(p);
    tb_region_free(r);
}

static void instances_refused(void **state)
{
    (void)state;
    static const struct {
        const char *old, *fresh, *en;
    } t[] = {
        {"{\"format_version\":2,\"tables\"", "{\"format_version\":3,\"tables\"",
         "instance: format_version is neither 1 nor 2; plan again"},
        {"{\"region\":", "{\"regions\":", "instance: tables.regions: no such table; plan again"},
        {"{\"region\":", "{\"region\":1", "instance:"},
        {"{\"region\":", "{\"region\":-", "instance: tables.region: no such table; plan again"},
        {"{\"region\":", "{\"region\":\"x\",\"x\":", "instance: tables.region: no such table; plan again"},
        {"\nid,name,", "\nid,nome,", "instance:1: column \"nome\" (number 2) is unknown"},
        {"\"open_price\"", "\"price\"", "instance: unknown member \"price\"; plan again"},
        {",\"open_price\":", ",\"open_price\":\"1\",\"from\":", "instance:1:"},
        {"\"pins\":[", "\"pins\":[[1],", "instance: pins[0]: not the integers that belong there; plan again"},
        {"\"pins\":[", "\"pins\":[[0,0,0],", "instance: pins[0]: a value is out of its range; plan again"},
        {"\"duties\":[0,1]", "\"duties\":[1,0]",
         "instance: duties[1]: not in the order that belongs there; plan again"},
        {"\"duties\":[0,1]", "\"duties\":[0,9]",
         "instance: duties[1]: a value is out of its range; plan again"},
        {"\"person_of\":[0", "\"person_of\":[1",
         "instance: person_of[0]: a value is out of its range; plan again"},
        {"\"person_of\":[0,", "\"person_of\":[", "instance: person_of["},
        {"\"slots\":[[1,1,", "\"slots\":[[1,0,",
         "instance: slots[0]: not the integers that belong there; plan again"},
        {"\"slots\":[[1,1,",
         "\"slots\":[[0,0,0,20000,1,0,0,29000000,29000001,29000001],[0,0,0,20000,1,0,0,29000000,29000001,"
         "29000001],[1,1,",
         "instance: slots[1]: not in the order that belongs there; plan again"},
        {"\"person_of\":[0,1,2,0,4,1", "\"person_of\":[0,1,2,0,4,3",
         "instance: person_of[5]: a value is out of its range; plan again"},
        {"],[2,1,", "],[2,2,", "instance: counters[7]: a value is out of its range; plan again"},
        {"\"counters\":[", "\"counters\":{},\"bound\":[", "instance:1:"},
    };
    struct tb_region *r = read_region(BASE);
    struct tb_problem *p = problem_of(r);
    char *text = instance(p);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf b = {0};
        struct tb_region *r2 = NULL;
        struct tb_problem *p2 = NULL;
        struct tb_err e = {0};
        const char *last = NULL; /* names stand in more than one place */
        for (const char *at = strstr(text, t[i].old); at != NULL; at = strstr(at + 1, t[i].old)) last = at;
        assert_non_null(last);
        tb_buf_addn(&b, text, (size_t)(last - text));
        tb_buf_add(&b, t[i].fresh);
        tb_buf_add(&b, last + strlen(t[i].old));
        assert_int_equal(tb_codec_parse_problem(b.s, b.len, &r2, &p2, &e), TB_INPUT);
        if (strncmp(e.text, t[i].en, strlen(t[i].en)) != 0) fail_msg("%zu: %s", i, e.text);
        tb_buf_free(&b);
    }
    free(text);
    tb_problem_free(p);
    tb_region_free(r);
}

/* A row of "persons": the day and everybody by himself, `first` as the number of provider 2. */
static void add_persons_row(const struct tb_region *r, int64_t day, int first, struct tb_buf *out)
{
    tb_buf_addf(out, "[%lld", (long long)day);
    for (int i = 0; i < r->n_providers; i++) tb_buf_addf(out, ",%d", i == 2 ? first : i);
    tb_buf_add(out, "]");
}

/* Persons by days: read back, or refused. An instance without them is that of an older draft. */
static void persons_change_on_days(void **state)
{
    (void)state;
    static const struct {
        int64_t day, next;
        int first;
        const char *en; /* NULL: read */
    } t[] = {{20820, 20830, 0, NULL},
             {20830, 20830, 2, "instance: persons[1]: not in the order that belongs there; plan again"},
             {20830, 20820, 2, "instance: persons[1]: not in the order that belongs there; plan again"},
             {20830, 20840, 3, "instance: persons[0]: a value is out of its range; plan again"},
             {-99999999, 20840, 2, "instance: persons[0]: a value is out of its range; plan again"}};
    static const char *const shapes[] = {"[]", "{}", "[7]", "[[20820]]", "[[20820,0,1]]"};
    struct tb_region *r = read_region(BASE);
    struct tb_problem *p = problem_of(r);
    assert_int_equal(p->n_persons, 1);
    char *text = instance(p), *at = strstr(text, ",\"counters\":[[");
    assert_non_null(at);
    for (size_t i = 0; i < TB_COUNT(t) + TB_COUNT(shapes); i++) {
        struct tb_buf b = {0};
        struct tb_region *r2 = NULL;
        struct tb_problem *p2 = NULL;
        struct tb_err e = {0};
        bool shape = i >= TB_COUNT(t);
        const char *en =
            shape ? "instance: persons[0]: not the integers that belong there; plan again" : t[i].en;
        tb_buf_addn(&b, text, (size_t)(at - text));
        tb_buf_add(&b, ",\"persons\":");
        if (shape) {
            tb_buf_add(&b, shapes[i - TB_COUNT(t)]);
        } else {
            tb_buf_add(&b, "[");
            add_persons_row(r, t[i].day, t[i].first, &b);
            tb_buf_add(&b, ",");
            add_persons_row(r, t[i].next, 2, &b);
            tb_buf_add(&b, "]");
        }
        tb_buf_add(&b, at);
        enum tb_code code = tb_codec_parse_problem(b.s, b.len, &r2, &p2, &e);
        if (en && (code != TB_INPUT || strcmp(e.text, en) != 0)) fail_msg("%zu: %s", i, e.text);
        if (!en) {
            assert_int_equal(code, TB_OK);
            assert_int_equal(p2->n_persons, 3);
            assert_int_equal(tb_problem_persons(p2, 20819)[2], p->persons[0].of[2]);
            assert_int_equal(tb_problem_persons(p2, 20820)[2], 0);
            assert_int_equal(tb_problem_persons(p2, 20829)[2], 0);
            assert_int_equal(tb_problem_persons(p2, 20830)[2], 2);
            char *again = instance(p2);
            assert_string_equal(again, b.s);
            free(again);
            tb_problem_free(p2);
            tb_region_free(r2);
        }
        tb_buf_free(&b);
    }
    free(text);
    tb_problem_free(p);
    tb_region_free(r);
}

/* ---- rosters
 * -------------------------------------------------------------------------------------------------------- */

/* "date role seat provider;" of each assignment. */
static char *roster_text(const struct tb_problem *p, const struct tb_roster *roster)
{
    struct tb_buf b = {0};
    for (int i = 0; i < roster->n; i++) {
        const struct tb_slot *s = &p->slots[roster->a[i].slot];
        char date[64];
        tb_buf_addf(&b, "%s %s %d %d %s;", tb_format_date(s->date, date, sizeof date) + 5,
                    p->region->bands[s->band].id, s->role, roster->a[i].seat,
                    p->region->providers[roster->a[i].provider].id);
    }
    return tb_buf_take(&b);
}

static void rosters_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rows, *encoding;
    } t[] = {
        {"duty,date,band,provider\nnight,2026-12-30,late,d-sato\nnight,2026-12-30,late,d-ito\n",
         "12-30 late 0 1 d-ito;12-30 late 0 2 d-sato;", "UTF-8"},
        {"provider,band,date,duty\nd-sato,late,2026/12/3,night\nc-sato,day,2026年12月6日,clinic\n",
         "12-03 late 0 1 d-sato;12-06 day 0 1 c-sato;", "UTF-8"},
        {"\xEF\xBB\xBF"
         "duty,date,band,role,seat,provider\r\nnight,2026-12-30,late,primary,2,d-sato\r\nnight,2026-12-30,"
         "late,reserve,1,d-kato\r\n",
         "12-30 late 0 2 d-sato;12-30 late 1 1 d-kato;", "UTF-8"},
        {"duty,duty_name,date,band,provider,phone,note\nnight,\"夜間\n内科\",2026-12-03,late,d-sato,000,\n",
         "12-03 late 0 1 d-sato;", "UTF-8"},
        {"duty,date,band,provider,note\nnight,2026-12-03,late,d-sato,\x96\x6B\n", "12-03 late 0 1 d-sato;",
         "CP932"},
        {"duty,date,band,provider\nnight,2026-12-03,late,\nnight,2026-12-04,late,d-sato\n",
         "12-04 late 0 1 d-sato;", "UTF-8"},
        /* published, as in force */
        {"duty,date,band,provider\nnight,2026-12-02,late,d-ito\nnight,2026-12-04,late,d-sato\n",
         "12-04 late 0 1 d-sato;", "UTF-8"},
        /* and not */
        {"duty,date,band,provider\nnight,2026-12-02,late,d-sato\n", "12-02 late 0 1 d-sato;", "UTF-8"},
        {"duty,date,band,provider\n", "", "UTF-8"},
        {" {\"seats\":[{\"duty\":\"night\",\"date\":\"2026-12-03\",\"band\":\"late\",\"role\":\"primary\","
         "\"seat\":1,\"provider\":\"d-sato\",\"phone\":\"0\"}],\"hash\":\"x\"}",
         "12-03 late 0 1 d-sato;", "UTF-8"},
    };
    struct tb_region *r = read_region(BASE);
    struct tb_problem *p = problem_of(r);
    assert_int_equal(make_scratch(NULL), 0);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_roster roster = {0};
        struct tb_err e = {0};
        const char *encoding = NULL;
        if (tb_codec_read_roster(puts_file("r.csv", t[i].text), p, &roster, &encoding, &e) != TB_OK)
            fail_msg("%zu: %s", i, e.text);
        char *got = roster_text(p, &roster);
        assert_string_equal(got, t[i].rows);
        assert_string_equal(encoding, t[i].encoding);
        free(got);
        tb_roster_free(&roster);
    }
    assert_int_equal(remove_scratch(NULL), 0);
    tb_problem_free(p);
    tb_region_free(r);
}

#define HEAD "duty,date,band,role,seat,provider\n"
static void rosters_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *en;
    } t[] = {
        {"", ":1: the required column \"duty\" is missing; the header is duty,date,band,role,seat,provider "
             "(role and seat may be left out)"},
        {"duty,date,provider\n", ":1: the required column \"band\" is missing; the header is "
                                 "duty,date,band,role,seat,provider (role and seat may be left out)"},
        {"duty,date,band,provider,date\n", ":1: column \"date\" stands twice (numbers 2 and 5); leave one"},
        {HEAD "night,2026-12-03,late,,\n", ":2: 5 cells; write 6, as many as the header has"},
        {HEAD "nite,2026-12-03,late,,,d-sato\n", ":2: duty \"nite\": write an id of duties"},
        {HEAD "night,2026-12-32,late,,,d-sato\n",
         ":2: date \"2026-12-32\": write a date that exists, such as 2026-12-03"},
        {HEAD "night,2026/2/29,late,,,d-sato\n",
         ":2: date \"2026/2/29\": write a date that exists, such as 2026-12-03"},
        {HEAD "night,2026-12-03,day,,,d-sato\n", ":2: band \"day\": write an id of the bands of that duty"},
        {HEAD "night,2026-12-03,late,first,,d-sato\n", ":2: role \"first\": primary or reserve"},
        {HEAD "night,2026-12-03,late,,0,d-sato\n", ":2: seat \"0\": a whole number from 1 to 50, or nothing"},
        {HEAD "night,2026-12-03,late,,,d-abe\n", ":2: provider \"d-abe\": write an id of providers"},
        {HEAD "night,2027-02-03,late,,,d-sato\n",
         ":2: date \"2027-02-03\": there is no seat night late (primary) that day within what is planned "
         "(2026-12-01 to 2026-12-31)"},
        {HEAD "night,2026-12-03,late,reserve,,d-sato\n",
         ":2: date \"2026-12-03\": there is no seat night late (reserve) that day within what is planned "
         "(2026-12-01 to 2026-12-31)"},
        {"{\"rows\":[]}", ": there is no list \"seats\": [ { }, ... ]"},
        {"{\"seats\":[1]}", ": seats[0]: must be an object, { }"},
        {"{\"seats\":[{\"duty\":{}}]}",
         ": seats[0]: duty \"\": a string, a number, true, false or a list is right"},
        {"{\"seats\":[{\"duty\":\"nite\"}]}", ": seats[0]: duty \"nite\": write an id of duties"},
        {"{\"seats\":", ":1:9: the text ends too early; close what is open"},
    };
    struct tb_region *r = read_region(BASE);
    struct tb_problem *p = problem_of(r);
    assert_int_equal(make_scratch(NULL), 0);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_roster roster = {0};
        struct tb_err e = {0};
        const char *path = puts_file("r.csv", t[i].text);
        assert_int_equal(tb_codec_read_roster(path, p, &roster, NULL, &e), TB_INPUT);
        if (strncmp(e.text, path, strlen(path)) != 0 || strcmp(e.text + strlen(path), t[i].en) != 0)
            fail_msg("%zu: %s\n  not: %s", i, e.text, t[i].en);
        assert_true(roster.a == NULL && roster.n == 0);
    }
    assert_int_equal(remove_scratch(NULL), 0);
    tb_problem_free(p);
    tb_region_free(r);
}

static void seats_of_any_date(void **state)
{
    (void)state;
    struct tb_region *r = read_region(BASE);
    struct tb_seat_row *rows = NULL;
    size_t n = 0;
    struct tb_err e = {0};
    assert_int_equal(make_scratch(NULL), 0);
    const char *path =
        puts_file("s.csv", HEAD "night,2019-05-02,late,,,d-sato\nnight,2019-05-01,late,,,d-kato\nnight,2019-"
                                "05-02,late,primary,1,d-ito\nnight,2019-05-02,late,,,d-kato\n");
    if (tb_codec_read_seats(path, r, &rows, &n, &e) != TB_OK) fail_msg("%s", e.text);
    static const struct {
        int day, seat;
        const char *provider;
    } want[] = {{1, 1, "d-kato"}, {2, 1, "d-ito"}, {2, 2, "d-sato"}, {2, 3, "d-kato"}};
    assert_int_equal(n, TB_COUNT(want));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].date, tb_day_of(2019, 5, want[i].day));
        assert_int_equal(rows[i].seat, want[i].seat);
        assert_string_equal(r->providers[rows[i].provider].id, want[i].provider);
    }
    free(rows);
    rows = NULL;
    path = puts_file("s.csv", HEAD "night,2019-05-02,late,,1,d-sato\nnight,2019-05-02,late,,1,d-ito\n");
    assert_int_equal(tb_codec_read_seats(path, r, &rows, &n, &e), TB_INPUT);
    assert_non_null(
        strstr(e.text, "s.csv:3: seat \"1\": the same seat stands there twice; a seat takes one"));
    assert_null(rows);
    assert_int_equal(remove_scratch(NULL), 0);
    tb_region_free(r);
}

/* ---- the page about the format
 * ------------------------------------------------------------------------------------------ */

#define PAGE "docs/reference/region-format.md"

static void page_is_as_generated(void **state)
{
    (void)state;
    struct tb_buf b = {0};
    char *page;
    tb_codec_format_doc(&b);
    assert_int_equal(tb_file_read(PAGE, TB_CODEC_FILE_MAX, &page, NULL, NULL), TB_OK);
    if (strcmp(page, b.s) != 0)
        fail_msg("%s is not what tb_codec_format_doc says: run `build/tests/t_codec page > %s`", PAGE, PAGE);
    free(page);
    tb_buf_free(&b);
}

/* Files of the page's whole example: "`name`: why", a blank line, a fenced block. */
static void write_example(const char *page)
{
    for (const char *at = strstr(page, "## A whole region"); (at = strstr(at, "\n\n```")) != NULL;) {
        const char *line = at;
        while (line[-1] != '\n') line--;
        char name[64];
        assert_int_equal(sscanf(line, "`%63[a-z.]`", name), 1);
        const char *text = strchr(at + 5, '\n') + 1, *end = strstr(text, "```\n");
        (void)put(name, text, (size_t)(end - text));
        at = end;
    }
}

/* What the prose of the page says about its example. */
static void example_of_the_page_is_true(void **state)
{
    (void)state;
    struct tb_buf b = {0};
    tb_codec_format_doc(&b);
    assert_int_equal(make_scratch(NULL), 0);
    write_example(b.s);
    struct tb_region *r = read_region(scratch);
    assert_int_equal(remove_scratch(NULL), 0);
    assert_true(r->n_providers == 8 && r->n_duties == 3 && r->n_wishes == 3 && r->n_rules == 3 &&
                r->n_links == 2);
    struct tb_arena a = {0};
    struct tb_slot *slots;
    int n, hospital = tb_find_duty(r, "hospital"), night = tb_find_duty(r, "night");
    tb_day first = tb_day_of(2026, 12, 3), autumn = tb_day_of(2026, 11, 30), spring = tb_day_of(2027, 3, 16);
    n = tb_slots_of(r, &hospital, 1, first, first, &a, &slots);
    assert_true(n == 1 && slots[0].n_intervals == 2);
    assert_true(slots[0].interval[1].from == tb_minute_of(first, 22 * 60 + 30) &&
                slots[0].interval[1].to == tb_minute_of(first + 1, 8 * 60 + 30));
    assert_true(slots[0].reception[0] == slots[0].interval[0].to &&
                slots[0].reception[1] == tb_minute_of(first + 1, 8 * 60));
    const struct {
        tb_day day;
        int need;
    } seats[] = {{autumn, 1}, {first, 2}, {tb_day_of(2027, 1, 1), 2}, {spring - 1, 2}, {spring, 1}};
    for (size_t i = 0; i < TB_COUNT(seats); i++) {
        n = tb_slots_of(r, &night, 1, seats[i].day, seats[i].day, &a, &slots);
        assert_true(n == 1 && slots[0].need == seats[i].need);
    }
    int person[8];
    tb_persons_on(r, first, person);
    assert_int_equal(person[tb_find_provider(r, "d-tanaka")], person[tb_find_provider(r, "c-tanaka")]);
    tb_arena_free(&a);
    tb_region_free(r);
    tb_buf_free(&b);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "page") == 0) {
        struct tb_buf b = {0};
        tb_codec_format_doc(&b);
        (void)fputs(b.s, stdout);
        tb_buf_free(&b);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_canonical),
        cmocka_unit_test(reals_have_six_places),
        cmocka_unit_test(misuse_of_the_printer_is_a_bug),
        cmocka_unit_test(forms_of_csv),
        cmocka_unit_test(long_rows_and_many_rows),
        cmocka_unit_test(csv_is_written_for_spreadsheets),
        cmocka_unit_test(cp932_is_the_vendors),
        cmocka_unit_test(what_cp932_cannot_hold),
        cmocka_unit_test(encodings_are_told),
        cmocka_unit_test(snapshot_comes_back),
        cmocka_unit_test(same_region_however_written),
        cmocka_unit_test(json_alone_is_enough),
        cmocka_unit_test(decimals_in_json),
        cmocka_unit_test(damaged_snapshot_is_told_by_index),
        cmocka_unit_test(official_list_of_holidays),
        cmocka_unit_test(import_adds_and_replaces),
        cmocka_unit_test(instance_comes_back),
        cmocka_unit_test(highest_class_bit_survives),
        cmocka_unit_test(damaged_instances_do_no_harm),
        cmocka_unit_test(instances_of_format_1),
        cmocka_unit_test(instances_refused),
        cmocka_unit_test(persons_change_on_days),
        cmocka_unit_test(rosters_are_read),
        cmocka_unit_test(rosters_are_refused),
        cmocka_unit_test(seats_of_any_date),
        cmocka_unit_test(page_is_as_generated),
        cmocka_unit_test(example_of_the_page_is_true),
    };
    return cmocka_run_group_tests_name("codec", tests, NULL, NULL);
}
