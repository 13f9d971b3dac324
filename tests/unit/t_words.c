/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people mean by a word, each form with its exact result: the tables of tests/cases/words on the sample
 * region. A line is the form, then what it must mean: the label of the one row, "?" and labels for a
 * question,
 * "~" and a label that must be among those suggested, "-" for nothing at all.
 *
 *   t_words KIND WORD...     prints what words mean
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/words_int.h"
#include "toban/codec/codec.h"

static struct tb_region *sample(void)
{
    struct tb_region *r = NULL;
    struct tb_err e = {0};
    if (tb_codec_read_region("rosters/ishikawa-chuo", &r, &e) != TB_OK) fail_msg("%s", e.text);
    return r;
}

/* "金沢市 此花地区", "?a、b", "~a、b", "-". */
static void told(const struct tb_region *r, enum tb_word_kind kind, const struct tb_meant *m,
                 struct tb_buf *out)
{
    static const char *const sign[] = {
        [TB_WORD_NOTHING] = "-", [TB_WORD_NEAR] = "~", [TB_WORD_SEVERAL] = "?", [TB_WORD_ONE] = ""};
    tb_buf_add(out, sign[m->sure]);
    for (int i = 0; i < m->n; i++) {
        tb_buf_add(out, i ? "、" : "");
        if (kind == TB_WORD_AREA)
            tb_word_label(r, kind, m->c[i].row, out);
        else
            tb_word_id(r, kind, m->c[i].row, out);
    }
}

static bool as_expected(const char *is, const char *wanted)
{
    if (*wanted != '~' || *is != '~') return strcmp(is, wanted) == 0;
    size_t n = strlen(wanted + 1);
    for (const char *p = is + 1; *p;) {
        const char *end = strstr(p, "、");
        size_t len = end ? (size_t)(end - p) : strlen(p);
        if (len == n && strncmp(p, wanted + 1, n) == 0) return true;
        p += len + (end ? strlen("、") : 0);
    }
    return false;
}

struct outcome {
    int forms, right;
};

/* A line is FORM<tab>WHAT; of levels SCALE<tab>FORM<tab>WHAT. */
static struct outcome read_table(enum tb_word_kind kind, const char *path)
{
    struct tb_region *r = sample();
    tb_words *w = tb_words_new(r);
    struct outcome o = {0};
    char line[512];
    int wrong = 0, at = 0;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        struct tb_buf is = {0};
        char *form = line, *wanted;
        at++;
        line[strcspn(line, "\n")] = '\0';
        if (*line == '#' || !*line) continue;
        if (kind == TB_WORD_LEVEL) {
            form = strchr(line, '\t');
            assert_non_null(form);
            *form++ = '\0';
        }
        wanted = strchr(form, '\t');
        assert_non_null(wanted);
        *wanted++ = '\0';
        struct tb_meant m = kind == TB_WORD_LEVEL
                                ? tb_words_level(w, strcmp(line, "-") == 0 ? NULL : line, form)
                                : tb_words_mean(w, kind, form);
        told(r, kind, &m, &is);
        o.forms++;
        o.right += m.sure == TB_WORD_ONE;
        if (!as_expected(tb_buf_str(&is), wanted) && ++wrong)
            print_error("%s:%d: %s is %s, not %s\n", path, at, form, tb_buf_str(&is), wanted);
        tb_buf_free(&is);
    }
    (void)fclose(f);
    tb_words_free(w);
    tb_region_free(r);
    assert_int_equal(wrong, 0);
    return o;
}

static void places(void **state)
{
    (void)state;
    struct outcome o = read_table(TB_WORD_AREA, "tests/cases/words/places.tsv");
    assert_true(o.forms >= 300);
    assert_int_equal(o.right, o.forms);
}

static void complaints_and_levels(void **state)
{
    (void)state;
    struct outcome o = read_table(TB_WORD_COMPLAINT, "tests/cases/words/complaints.tsv");
    assert_true(o.forms >= 60 && o.right >= 50);
    o = read_table(TB_WORD_LEVEL, "tests/cases/words/levels.tsv");
    assert_true(o.forms >= 30 && o.right >= 20);
}

/* Questions and suggestions, never a guess. */
static void doubtful_places(void **state)
{
    (void)state;
    struct outcome o = read_table(TB_WORD_AREA, "tests/cases/words/doubtful.tsv");
    assert_true(o.forms >= 40);
    assert_int_equal(o.right, 0);
}

/* Where each 丁目 has its own row, another is asked back. */
static void a_chome_of_its_own(void **state)
{
    (void)state;
    struct tb_area areas[] = {
        {.id = "a", .name = "甲市", .kana = "", .level = TB_LEVEL_MUNICIPALITY, .parent = -1},
        {.id = "b", .name = "北", .kana = "", .level = TB_LEVEL_DISTRICT, .parent = 0},
        {.id = "c", .name = "南", .kana = "", .level = TB_LEVEL_DISTRICT, .parent = 0}};
    struct tb_alias aliases[] = {{.area = 1, .text = "泉町1丁目"}, {.area = 2, .text = "泉町2丁目"}};
    struct tb_region r = {.areas = areas, .n_areas = 3, .aliases = aliases, .n_aliases = 2};
    static const struct {
        const char *said;
        enum tb_word_sure sure;
        int row;
    } t[] = {{"泉町一丁目", TB_WORD_ONE, 1}, {"甲市泉町2-5", TB_WORD_ONE, 2},
             {"泉町", TB_WORD_SEVERAL, 1},   {"泉町3丁目", TB_WORD_NEAR, 1},
             {"泉町3-1", TB_WORD_NEAR, 1},   {"泉町5番地", TB_WORD_SEVERAL, 1}};
    tb_words *w = tb_words_new(&r);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_meant m = tb_words_mean(w, TB_WORD_AREA, t[i].said);
        if (m.sure != t[i].sure || m.c[0].row != t[i].row)
            fail_msg("%s: %d, row %d", t[i].said, (int)m.sure, m.c[0].row);
    }
    tb_words_free(w);
}

static void spellings(void **state)
{
    (void)state;
    static const char *const same[][2] = {{"松ヶ枝", "松が枝"},
                                          {"松ケ枝", "松ガ枝"},
                                          {"宇ノ気", "宇の気"},
                                          {"宇之気", "宇の気"},
                                          {"髙﨑", "高崎"},
                                          {"𠮷田", "吉田"},
                                          {"渡邊", "渡辺"},
                                          {"渡邉", "渡辺"},
                                          {"齋藤", "斉藤"},
                                          {"斎藤", "齊藤"},
                                          {"モリモト", "もりもと"},
                                          {"ﾓﾘﾓﾄ", "もりもと"},
                                          {"おきょうづか", "おきょうずか"},
                                          {"Ａ 病院", "a病院"},
                                          {"辻󠄀", "辻"},
                                          {"か\xe3\x82\x99", "ガ"},
                                          {"鶴ケ丘", "鶴が丘"},
                                          {"澤田", "沢田"}};
    struct tb_word_key a, b;
    for (size_t i = 0; i < TB_COUNT(same); i++) {
        assert_true(tb_word_key_of(same[i][0], &a));
        assert_true(tb_word_key_of(same[i][1], &b));
        if (a.n != b.n || memcmp(a.c, b.c, (size_t)a.n * sizeof *a.c) != 0)
            fail_msg("%s is not %s", same[i][0], same[i][1]);
        tb_word_key_free(&a);
        tb_word_key_free(&b);
    }
    assert_false(tb_word_key_of("\xc3\x28", &a));
}

/* Names by either form; a family name alone is never taken, nor is the bare code of a level. */
static void names(void **state)
{
    (void)state;
    struct tb_region *r = sample();
    tb_words *w = tb_words_new(r);
    for (int i = 0; i < r->n_providers; i++) {
        int row = -1;
        struct tb_err e = {0};
        assert_int_equal(tb_words_one(w, TB_WORD_PROVIDER, "x", r->providers[i].name, &row, &e), TB_OK);
        assert_int_equal(row, i);
        struct tb_meant m = tb_words_mean(w, TB_WORD_PROVIDER, r->providers[i].kana);
        assert_true(m.sure == TB_WORD_ONE || m.sure == TB_WORD_SEVERAL);
        size_t family = strcspn(r->providers[i].name, " ");
        if (!r->providers[i].name[family]) continue;
        char first[64];
        snprintf(first, sizeof first, "%.*s", (int)family, r->providers[i].name);
        assert_int_equal(tb_words_mean(w, TB_WORD_PROVIDER, first).sure, TB_WORD_NEAR);
    }
    assert_int_equal(tb_words_mean(w, TB_WORD_LEVEL, "qsuke:v3:黄").sure, TB_WORD_ONE);
    assert_int_equal(tb_words_mean(w, TB_WORD_LEVEL, "ｑｓｕｋｅ：黄").sure, TB_WORD_ONE);
    assert_int_equal(tb_words_mean(w, TB_WORD_LEVEL, "黄").sure, TB_WORD_NEAR);
    tb_words_free(w);
    tb_region_free(r);
}

static int show(int n, char **word)
{
    struct tb_region *r = sample();
    tb_words *w = tb_words_new(r);
    int kind = 0;
    while (kind < TB_WORD_KINDS && strcmp(tb_word_kind_word(kind), word[0]) != 0) kind++;
    for (int i = 1; i < n && kind < TB_WORD_KINDS; i++) {
        struct tb_meant m = tb_words_mean(w, kind, word[i]);
        struct tb_buf is = {0};
        told(r, kind, &m, &is);
        printf("%s\t%s\n", word[i], tb_buf_str(&is));
        tb_buf_free(&is);
    }
    tb_words_free(w);
    tb_region_free(r);
    return kind < TB_WORD_KINDS ? 0 : 2;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),
        cmocka_unit_test(doubtful_places),
        cmocka_unit_test(a_chome_of_its_own),
        cmocka_unit_test(complaints_and_levels),
        cmocka_unit_test(spellings),
        cmocka_unit_test(names),
    };
    if (argc > 2) return show(argc - 1, argv + 1);
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
