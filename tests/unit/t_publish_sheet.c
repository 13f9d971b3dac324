/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sheets and data files: roster.html, roster.json, roster.csv.
 */
#include "t_publish_region.h"

#include <locale.h>
#include <time.h>

#include "publish/sheet.h"
#include "toban/codec/codec.h"

static struct tb_region *region;
static struct tb_board *board;

static int setup(void **state)
{
    (void)state;
    region = small();
    board = december_board(region);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    tb_board_free(board);
    tb_region_free(region);
    return 0;
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = strstr(text, what); p != NULL; p = strstr(p + 1, what)) n++;
    return n;
}

static void has(const char *text, const char *what)
{
    if (strstr(text, what) != NULL) return;
    fprintf(stderr, "%s\n", text); /* cmocka cuts long messages */
    fail_msg("missing: %s", what);
}

static void lacks(const char *text, const char *what)
{
    if (strstr(text, what) == NULL) return;
    fprintf(stderr, "%s\n", text);
    fail_msg("must not be there: %s", what);
}

static char *html(const struct tb_board *b)
{
    struct tb_buf out = {0};
    tb_publish_html(b, &out);
    return tb_buf_take(&out);
}

static char *json(const struct tb_board *b)
{
    struct tb_buf out = {0};
    tb_printer *p = tb_printer_json(&out, 0);
    tb_publish_json(b, p);
    tb_printer_free(p);
    return tb_buf_take(&out);
}

/* The section of the sheet whose title is given. */
static char *section(const char *page, const char *title)
{
    struct tb_buf head = {0};
    tb_buf_addf(&head, ">%s</h2>", title);
    const char *at = strstr(page, head.s);
    if (at == NULL) fail_msg("no sheet %s", title);
    tb_buf_free(&head);
    char *copy = tb_xstrdup(at);
    *(strstr(copy, "</section>")) = '\0';
    return copy;
}

static void one_sheet_for_each_duty_or_group(void **state)
{
    (void)state;
    char *page = html(board);
    assert_int_equal(4, count(page, "<section "));
    has(page, ">急病センター小児科 当番医表</h2>");
    has(page, ">休日当番医表（内科）</h2>");
    has(page, ">自宅待機（小児科） 当番表</h2>"); /* no title of its own */
    has(page, ">病院群輪番制当番表</h2>");
    free(page);
}

static void what_stands_on_a_sheet(void **state)
{
    (void)state;
    char *page = html(board), *s = section(page, "急病センター小児科 当番医表");
    static const char *const words[] = {
        "令和8年12月", "第3版（a1b2c3d4）", "令和8年11月13日(金)公表", "架空市医師会　電話 076-000-1000",
        "架空急病センター　東市本町1-1　電話 076-000-0099",
        "準夜 19:30～23:00（受付 22:30まで） 引き継ぎ 23:00", ">当番医</th>", ">予備</th>", "12月6日(日)",
        "12月7日(月)", ">山田 花子</td>", ">髙橋 𠮷郎</td>", "すべて架空です", ">休</span>",
        /* his own number stays off the wall */
        "1 センター事務室 076-000-0099、2 担当理事<"};
    for (size_t i = 0; i < TB_COUNT(words); i++) has(s, words[i]);
    lacks(page, "090-");
    lacks(page, "076-000-7777");
    free(s);
    free(page);
}

static void tracks_stand_side_by_side(void **state)
{
    (void)state;
    char *page = html(board), *s = section(page, "病院群輪番制当番表");
    has(s, ">内科系</th>");
    has(s, ">外科系</th>");
    has(s, ">後方</th>");
    has(s, "昼間 8:30～17:00［内科系］");
    has(s, "夜間 17:00～翌8:30 引き継ぎ 翌8:30");
    assert_int_equal(1, count(s, ">昼間</td>"));
    assert_int_equal(2, count(s, ">夜間</td>"));
    assert_int_equal(2, count(s, ">－</td>")); /* the other tracks have no day seat on the Sunday */
    assert_int_equal(1, count(s, "rowspan=\"2\">12月6日(日)"));
    free(s);
    free(page);
}

static void facilities_have_address_and_telephone(void **state)
{
    (void)state;
    char *page = html(board), *s = section(page, "休日当番医表（内科）");
    has(s, "東内科医院");
    has(s, "076-000-3001");
    has(s, "東市東町3-1");
    has(s, "9:00～12:00・13:00～17:00（受付 11:30・16:30まで）");
    lacks(s, "12月7日"); /* a working Monday */
    free(s);
    free(page);
}

static void open_seats_are_told(void **state)
{
    (void)state;
    char *page = html(board), *s = section(page, "自宅待機（小児科） 当番表");
    assert_int_equal(1, count(s, "<b>調整中</b>"));
    has(s, "当番がまだ決まっていない枠");
    free(s);
    free(page);
}

static void text_is_escaped(void **state)
{
    (void)state;
    int i = tb_find_provider(region, "d1");
    const char *kept = region->providers[i].name;
    region->providers[i].name = "<b>&\"x\"";
    char *page = html(board);
    has(page, "&lt;b&gt;&amp;&quot;x&quot;");
    lacks(page, "<b>&");
    region->providers[i].name = kept;
    free(page);
}

/* ---- does it fit? ---------------------------------------------------------------------------------- */

struct seen {
    int sheets, columns_most, rows;
    double pt_least;
    bool landscape, cut;
};

static void look(void *arg, const struct sheet *s)
{
    struct seen *seen = arg;
    seen->sheets++;
    seen->rows += s->n_rows;
    if (s->n_columns > seen->columns_most) seen->columns_most = s->n_columns;
    if (seen->sheets == 1 || s->pt < seen->pt_least) seen->pt_least = s->pt;
    seen->landscape |= s->landscape;
    seen->cut |= strstr(s->span, "（") != NULL;
}

/* Published for the whole month with nobody in it. */
static struct tb_board *whole_month(const struct tb_region *r)
{
    return make_board(r, "2026-12-01", "2026-12-31", NULL, 0);
}

static void a_month_is_one_page_in_readable_type(void **state)
{
    (void)state;
    struct tb_board *b = whole_month(region);
    struct seen seen = {0};
    tb_sheet_each(b, look, &seen);
    assert_int_equal(4, seen.sheets);
    assert_int_equal(31 + 7 + 31 + (31 + 7), seen.rows);
    assert_false(seen.cut);
    assert_false(seen.landscape);
    assert_true(seen.pt_least >= 8);
    tb_board_free(b);
}

static void what_cannot_fit_is_cut_by_days(void **state)
{
    (void)state;
    int i = tb_find_provider(region, "k1");
    const char *kept = region->providers[i].name;
    struct tb_buf name = {0};
    for (int k = 0; k < 250; k++) tb_buf_add(&name, "長い名前");
    region->providers[i].name = tb_buf_str(&name);
    static const char *const dates[] = {"2026-12-06", "2026-12-13", "2026-12-20", "2026-12-27",
                                        "2026-12-29", "2026-12-30", "2026-12-31"};
    struct sits v[TB_COUNT(dates)];
    for (size_t k = 0; k < TB_COUNT(dates); k++)
        v[k] = (struct sits){"clinics", dates[k], "day", TB_PRIMARY, 1, "k1", 1, 0};
    struct tb_board *b = make_board(region, "2026-12-01", "2026-12-31", v, TB_COUNT(v));
    struct seen seen = {0};
    tb_sheet_each(b, look, &seen);
    assert_true(seen.sheets > 4);
    assert_int_equal(31 + 7 + 31 + (31 + 7), seen.rows); /* no day is lost */
    assert_true(seen.cut);
    tb_board_free(b);
    region->providers[i].name = kept;
    tb_buf_free(&name);
}

static void one_sheet_for_each_month(void **state)
{
    (void)state;
    struct tb_board *b = make_board(region, "2026-04-01", "2027-03-31", NULL, 0);
    struct seen seen = {0};
    tb_sheet_each(b, look, &seen);
    assert_int_equal(4 * 12, seen.sheets);
    tb_board_free(b);
}

static void marks_of_a_date(void **state)
{
    (void)state;
    static const struct {
        int month, day;
        const char *mark, *words;
    } dates[] = {{12, 5, "土", ""},
                 {12, 6, "休", ""},
                 {12, 7, "", ""},
                 {12, 29, "特", "年末年始"},
                 {11, 23, "祝", "勤労感謝の日"},
                 {1, 1, "祝", "元日"}};
    struct sheet s = {.b = board};
    for (size_t i = 0; i < TB_COUNT(dates); i++) {
        const char *mark, *words;
        tb_sheet_mark(&s, tb_day_of(2026, dates[i].month, dates[i].day), &mark, &words);
        assert_string_equal(dates[i].mark, mark);
        assert_string_equal(dates[i].words, words);
    }
}

/* ---- data -------------------------------------------------------------------------------------------- */

static void json_has_every_seat(void **state)
{
    (void)state;
    char *text = json(board);
    has(text, "\"format_version\":1");
    has(text, "\"region\":\"kaku\"");
    has(text, "\"publication\":3,\"hash\":\"a1b2c3d4\"");
    has(text, "すべて架空です");
    assert_int_equal((int)TB_COUNT(december) + 1, count(text, "\"role\":")); /* and the open seat */
    has(text, "{\"duty\":\"clinics\",\"date\":\"2026-12-06\",\"band\":\"day\",\"role\":\"primary\",\"seat\":"
              "1,\"provider\":\"k1\"");
    has(text, "\"start\":\"2026-12-06T09:00+09:00\",\"end\":\"2026-12-06T12:00+09:00\",\"reception\":\"2026-"
              "12-06T11:30+09:00\",\"start2\":"
              "\"2026-12-06T13:00+09:00\"");
    has(text, "\"open\":[{\"duty\":\"oncall\",\"date\":\"2026-12-07\",\"band\":\"late\",\"role\":\"primary\","
              "\"seat\":1");
    has(text, "\"phone\":\"076-000-0099\"");
    lacks(text, "090-");
    lacks(text, "076-000-7777");
    free(text);
}

static void csv_has_every_seat(void **state)
{
    (void)state;
    struct tb_buf out = {0};
    tb_publish_csv(board, &out);
    assert_int_equal(0, strncmp(out.s, "duty,date,band,role,seat,provider,", 34));
    assert_int_equal((int)TB_COUNT(december) + 2, count(out.s, "\r\n")); /* a heading, an open seat */
    has(out.s, "\r\nnight,2026-12-06,eve,primary,1,d1,日,,急病センター小児科,準夜,山田 "
               "花子,2026-12-06T19:30+09:00,2026-12-06T23:00+09:00,");
    has(out.s, ",第3版（a1b2c3d4）,");
    lacks(out.s, "090-");
    tb_buf_free(&out);
}

static void same_bytes_anywhere(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati",
                                        "Europe/Berlin"};
    static const char *const langs[] = {"C", "C.UTF-8", "ja_JP.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"};
    char *page = html(board), *data = json(board);
    for (size_t i = 0; i < TB_COUNT(zones); i++) {
        setenv("TZ", zones[i], 1);
        setenv("LC_ALL", langs[i], 1);
        tzset();
        (void)setlocale(LC_ALL, "");
        char *page2 = html(board), *data2 = json(board);
        assert_string_equal(page, page2);
        assert_string_equal(data, data2);
        free(page2);
        free(data2);
    }
    (void)setlocale(LC_ALL, "C");
    free(page);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sheet_for_each_duty_or_group),
        cmocka_unit_test(what_stands_on_a_sheet),
        cmocka_unit_test(tracks_stand_side_by_side),
        cmocka_unit_test(facilities_have_address_and_telephone),
        cmocka_unit_test(open_seats_are_told),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(a_month_is_one_page_in_readable_type),
        cmocka_unit_test(what_cannot_fit_is_cut_by_days),
        cmocka_unit_test(one_sheet_for_each_month),
        cmocka_unit_test(marks_of_a_date),
        cmocka_unit_test(json_has_every_seat),
        cmocka_unit_test(csv_has_every_seat),
        cmocka_unit_test(same_bytes_anywhere),
    };
    return cmocka_run_group_tests_name("publish: sheets and data", tests, setup, teardown);
}
