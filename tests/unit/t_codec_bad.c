/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every case of tests/bad-input/cases: a good region (tests/bad-input/base) with one thing wrong in it is
 * refused with the exact message. The file's own head tells its form.
 *
 *   t_codec_bad            runs the cases
 *   t_codec_bad write DIR  writes each case to DIR/<name>/ as tests/cli/bad-input.sh needs it: region/ (or
 * import.csv and entity), message
 */
#include "toban/codec/codec.h"

#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BASE "tests/bad-input/base"
#define CASES "tests/bad-input/cases"
#define REGION "region"
#define IMPORT "import.csv"

/* ---- the table ------------------------------------------------------------------------------------------
 */

struct change {
    char *op, *file, *text;
};
struct bad_case {
    char *name, *entity; /* entity: imported instead of read; NULL: the whole region */
    char *message[2];    /* TB_JA, TB_EN; NULL: not told */
    struct change changes[8];
    size_t n_changes;
};

static struct bad_case *cases;
static size_t n_cases;

/* \n \r \t \\ \xHH; in place. Returns the length: the result may hold any byte. */
static size_t unescape(char *s)
{
    size_t n = 0;
    for (const char *p = s; *p != '\0'; p++) {
        if (*p != '\\') {
            s[n++] = *p;
            continue;
        }
        p++;
        const char *plain = strchr("n\nr\rt\t\\\\", *p);
        if (*p == 'x') {
            char hex[3] = {p[1], p[2], '\0'};
            s[n++] = (char)strtoul(hex, NULL, 16);
            p += 2;
        } else {
            if (plain == NULL) fail_msg("unknown escape \\%c", *p);
            s[n++] = plain[1];
        }
    }
    s[n] = '\0';
    return n;
}

/* {entities}, {files} and {fields ENTITY} stand for what include/toban/region.h lists, so that a new column
 * is no new message. */
static char *expand(const char *message)
{
    struct tb_buf b = {0};
    for (const char *p = message; *p != '\0'; p++) {
        char entity[64];
        if (strncmp(p, "{entities}", 10) == 0) {
            for (int i = 0; i < TB_E_COUNT; i++)
                tb_buf_addf(&b, "%s%s", i > 0 ? ", " : "", tb_entities[i].name);
        } else if (strncmp(p, "{files}", 7) == 0) {
            for (int i = TB_E_region_row + 1; i < TB_E_COUNT; i++)
                tb_buf_addf(&b, "%s.csv, ", tb_entities[i].name);
            tb_buf_add(&b, "syukujitsu.csv");
        } else if (sscanf(p, "{fields %63[a-z]}", entity) == 1) {
            const struct tb_entity *ent = &tb_entities[tb_entity_find(entity)];
            for (int i = 0; i < ent->n_fields; i++)
                tb_buf_addf(&b, "%s%s", i > 0 ? ", " : "", ent->fields[i].name);
        } else {
            tb_buf_addc(&b, *p);
            continue;
        }
        p += strcspn(p, "}");
    }
    return tb_buf_take(&b);
}

static void add_line(char *line)
{
    char *rest = line + strcspn(line, " ");
    if (*rest != '\0') *rest++ = '\0';
    if (strcmp(line, "case") == 0) {
        cases = tb_xrealloc(cases, (n_cases + 1) * sizeof *cases);
        cases[n_cases++] = (struct bad_case){.name = tb_xstrdup(rest)};
        return;
    }
    if (n_cases == 0) fail_msg("%s: a line before the first case: %s", CASES, line);
    struct bad_case *c = &cases[n_cases - 1];
    if (strcmp(line, "ja") == 0) {
        c->message[TB_JA] = expand(rest);
    } else if (strcmp(line, "en") == 0) {
        c->message[TB_EN] = expand(rest);
    } else if (strcmp(line, "import") == 0) {
        c->entity = tb_xstrdup(rest);
    } else {
        char *text = rest + strcspn(rest, " ");
        if (*text != '\0') *text++ = '\0';
        if (c->n_changes == TB_COUNT(c->changes)) fail_msg("%s: case %s: too many changes", CASES, c->name);
        c->changes[c->n_changes++] = (struct change){tb_xstrdup(line), tb_xstrdup(rest), tb_xstrdup(text)};
    }
}

static void read_cases(void)
{
    char *text;
    struct tb_err e = {0};
    if (tb_file_read(CASES, TB_CODEC_FILE_MAX, &text, NULL, &e) != TB_OK) {
        printf("Bail out! %s\n", e.text);
        exit(1);
    }
    for (char *line = text, *next; *line != '\0'; line = next) {
        size_t n = strcspn(line, "\n");
        next = line + n + (line[n] == '\n');
        line[n] = '\0';
        if (n > 0 && line[0] != '#') add_line(line);
    }
    free(text);
}

static void free_cases(void)
{
    for (size_t i = 0; i < n_cases; i++) {
        struct bad_case *c = &cases[i];
        for (size_t k = 0; k < c->n_changes; k++) {
            free(c->changes[k].op);
            free(c->changes[k].file);
            free(c->changes[k].text);
        }
        free(c->name);
        free(c->entity);
        free(c->message[TB_JA]);
        free(c->message[TB_EN]);
    }
    free(cases);
}

/* ---- one case as files
 * -------------------------------------------------------------------------------------- */

static void put(const char *dir, const char *name, const void *bytes, size_t n)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%.3000s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) fail_msg("%s: cannot be written", path);
}

static char *get(const char *dir, const char *name, size_t *n)
{
    char path[4096], *bytes = NULL;
    struct tb_err e = {0};
    (void)snprintf(path, sizeof path, "%.3000s/%s", dir, name);
    if (tb_file_read(path, TB_CODEC_FILE_MAX, &bytes, n, &e) != TB_OK) fail_msg("%s", e.text);
    return bytes;
}

static void copy_base(const char *to)
{
    DIR *d = opendir(BASE);
    assert_non_null(d);
    for (const struct dirent *x = readdir(d); x != NULL; x = readdir(d)) {
        if (x->d_name[0] == '.') continue;
        size_t n;
        char *bytes = get(BASE, x->d_name, &n);
        put(to, x->d_name, bytes, n);
        free(bytes);
    }
    (void)closedir(d);
}

static void edit(const char *dir, const struct change *k)
{
    char *old = tb_xstrdup(k->text), *arrow = strstr(old, " => ");
    if (arrow == NULL) fail_msg("no => in: %s", k->text);
    char *fresh = arrow + 4;
    *arrow = '\0';
    (void)unescape(old);
    size_t fresh_len = unescape(fresh), n;
    char *bytes = get(dir, k->file, &n), *at = strstr(bytes, old);
    if (at == NULL) fail_msg("%s does not hold: %s", k->file, old);
    struct tb_buf b = {0};
    tb_buf_addn(&b, bytes, (size_t)(at - bytes));
    tb_buf_addn(&b, fresh, fresh_len);
    tb_buf_addn(&b, at + strlen(old), n - (size_t)(at - bytes) - strlen(old));
    put(dir, k->file, tb_buf_str(&b), b.len);
    tb_buf_free(&b);
    free(bytes);
    free(old);
}

/* So many megabytes of x, after what is there. */
static void fill(const char *dir, const struct change *k)
{
    static char block[1 << 20];
    char path[4096];
    memset(block, 'x', sizeof block);
    (void)snprintf(path, sizeof path, "%.3000s/%s", dir, k->file);
    FILE *f = fopen(path, "ab");
    assert_non_null(f);
    for (unsigned long i = strtoul(k->text, NULL, 10); i > 0; i--)
        assert_int_equal(fwrite(block, 1, sizeof block, f), sizeof block);
    assert_int_equal(fclose(f), 0);
}

static void change(const char *dir, const struct change *k)
{
    char *text = tb_xstrdup(k->text);
    if (strcmp(k->op, "edit") == 0) {
        edit(dir, k);
    } else if (strcmp(k->op, "fill") == 0) {
        fill(dir, k);
    } else if (strcmp(k->op, "write") == 0) {
        size_t n = unescape(text);
        put(dir, k->file, text, n);
    } else if (strcmp(k->op, "append") == 0) {
        size_t n, more = unescape(text);
        char *bytes = get(dir, k->file, &n);
        struct tb_buf b = {0};
        tb_buf_addn(&b, bytes, n);
        tb_buf_addn(&b, text, more);
        put(dir, k->file, tb_buf_str(&b), b.len);
        tb_buf_free(&b);
        free(bytes);
    } else if (strcmp(k->op, "cp932") == 0) {
        size_t n;
        char *bytes = get(dir, k->file, &n);
        struct tb_buf b = {0};
        assert_int_equal(tb_cp932_from_utf8(bytes, n, &b, NULL), TB_OK);
        put(dir, k->file, tb_buf_str(&b), b.len);
        tb_buf_free(&b);
        free(bytes);
    } else if (strcmp(k->op, "remove") == 0) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%.3000s/%s", dir, k->file);
        assert_int_equal(unlink(path), 0);
    } else {
        fail_msg("unknown change: %s", k->op);
    }
    free(text);
}

/* DIR/region/..., or DIR/import.csv. */
static void write_case(const struct bad_case *c, const char *dir)
{
    char region[4096];
    (void)snprintf(region, sizeof region, "%.3000s/%s", dir, REGION);
    assert_int_equal(tb_dir_make(region, NULL), TB_OK);
    if (c->entity == NULL) copy_base(region);
    for (size_t i = 0; i < c->n_changes; i++) change(c->entity == NULL ? region : dir, &c->changes[i]);
}

/* ---- running them
 * --------------------------------------------------------------------------------------------- */

static enum tb_code refuse(const struct bad_case *c, const struct tb_region *base, struct tb_err *e)
{
    struct tb_region *r = NULL;
    enum tb_code code;
    if (c->entity == NULL) {
        code = tb_codec_read_region(REGION, &r, e);
    } else {
        struct tb_import_counts counts = {.added = -1, .replaced = -1};
        code = tb_codec_import_csv(base, (enum tb_entity_id)tb_entity_find(c->entity), IMPORT, false, &r,
                                   &counts, e);
        if (code != TB_OK) assert_true(counts.added == -1 && counts.replaced == -1);
    }
    if (code != TB_OK) assert_null(r);
    tb_region_free(r);
    return code;
}

static void is_refused(void **state)
{
    const struct bad_case *c = *state;
    char dir[] = "/tmp/toban-bad-XXXXXX", top[4096], before[65], after[65];
    struct tb_region *base = NULL;
    assert_non_null(mkdtemp(dir));
    assert_non_null(getcwd(top, sizeof top));
    assert_int_equal(tb_codec_read_region(BASE, &base, NULL), TB_OK);
    tb_region_digest(base, before);
    write_case(c, dir);
    assert_int_equal(chdir(dir), 0);
    enum tb_code code[2];
    struct tb_err e[2] = {{0}, {0}};
    for (int lang = TB_JA; lang <= TB_EN; lang++) {
        tb_lang_set((enum tb_lang)lang);
        code[lang] = refuse(c, base, &e[lang]);
    }
    assert_int_equal(chdir(top), 0);
    assert_int_equal(tb_dir_remove(dir, NULL), TB_OK);
    tb_region_digest(base, after);
    tb_region_free(base);
    assert_string_equal(before, after);
    for (int lang = TB_JA; lang <= TB_EN; lang++) {
        assert_int_equal(code[lang], TB_INPUT);
        if (c->message[lang] != NULL && strcmp(e[lang].text, c->message[lang]) != 0)
            fail_msg("%s\n  said: %s\n  not:  %s", c->name, e[lang].text, c->message[lang]);
    }
}

static void good_base_is_read(void **state)
{
    (void)state;
    struct tb_region *r = NULL;
    struct tb_err e = {0};
    if (tb_codec_read_region(BASE, &r, &e) != TB_OK) fail_msg("%s", e.text);
    tb_region_free(r);
}

/* The table itself: names are files, every case says what is expected in English, a third of them in Japanese
 * too. */
static void table_is_whole(void **state)
{
    (void)state;
    size_t ja = 0;
    for (size_t i = 0; i < n_cases; i++) {
        if (!tb_is_id(cases[i].name) || cases[i].message[TB_EN] == NULL || cases[i].n_changes == 0)
            fail_msg("case %s is not whole", cases[i].name);
        for (size_t k = 0; k < i; k++) assert_string_not_equal(cases[i].name, cases[k].name);
        ja += cases[i].message[TB_JA] != NULL;
    }
    assert_true(n_cases >= 65 && ja * 3 >= n_cases);
}

static int write_all(const char *to)
{
    for (size_t i = 0; i < n_cases; i++) {
        char dir[4096];
        (void)snprintf(dir, sizeof dir, "%s/%s", to, cases[i].name);
        write_case(&cases[i], dir);
        put(dir, "message", cases[i].message[TB_EN], strlen(cases[i].message[TB_EN]));
        if (cases[i].entity != NULL) put(dir, "entity", cases[i].entity, strlen(cases[i].entity));
    }
    free_cases();
    return 0;
}

int main(int argc, char **argv)
{
    read_cases();
    if (argc == 3 && strcmp(argv[1], "write") == 0) return write_all(argv[2]);
    struct CMUnitTest *tests = tb_xcalloc(n_cases + 2, sizeof *tests);
    tests[0] = (struct CMUnitTest)cmocka_unit_test(good_base_is_read);
    tests[1] = (struct CMUnitTest)cmocka_unit_test(table_is_whole);
    for (size_t i = 0; i < n_cases; i++)
        tests[i + 2] =
            (struct CMUnitTest){.name = cases[i].name, .test_func = is_refused, .initial_state = &cases[i]};
    int failed = _cmocka_run_group_tests("bad input", tests, n_cases + 2, NULL, NULL);
    free(tests);
    free_cases();
    return failed;
}
