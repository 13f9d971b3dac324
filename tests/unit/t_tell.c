/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One answer, every form: answers built by hand, as JSON and as text in both languages.
 */
#include "t_route_region.h"

#include "toban/tell/rows.h"
#include "toban/tell/calendar.h"
#include "toban/tell/diff.h"
#include "toban/tell/duties.h"
#include "toban/tell/eve.h"
#include "toban/tell/export.h"
#include "toban/tell/feeds.h"
#include "toban/tell/history.h"
#include "toban/tell/life.h"
#include "toban/tell/name.h"
#include "toban/tell/office.h"
#include "toban/tell/route.h"
#include "toban/tell/words.h"

static struct tb_buf said;

static const char *end_of_document(tb_printer *p)
{
    tb_print_end_object(p);
    tb_printer_free(p);
    return tb_buf_str(&said);
}

static tb_printer *start_of_document(void)
{
    tb_buf_clear(&said);
    tb_printer *p = tb_printer_json(&said, 0);
    tb_print_begin_object(p);
    return p;
}

static struct tb_buf *in_language(enum tb_lang lang)
{
    tb_lang_set(lang);
    tb_buf_clear(&said);
    return &said;
}

#define JSON_IS(answer, x, expected) \
    do { \
        tb_printer *printer = start_of_document(); \
        answer##_json((x), printer); \
        assert_string_equal(end_of_document(printer), expected); \
    } while (0)
#define TEXT_IS(lang, answer, x, expected) \
    do { \
        answer##_text((x), in_language(lang)); \
        assert_string_equal(tb_buf_str(&said), expected); \
    } while (0)
#define FORMS_ARE(answer, x, json, ja, en) \
    do { \
        JSON_IS(answer, x, json); \
        TEXT_IS(TB_JA, answer, x, ja); \
        TEXT_IS(TB_EN, answer, x, en); \
    } while (0)

static tb_minute minute(const char *text)
{
    tb_minute m;
    if (!tb_parse_instant(text, &m)) fail_msg("%s", text);
    return m;
}

static void has(const char *part)
{
    if (strstr(tb_buf_str(&said), part) == NULL) fail_msg("lacks %s in\n%s", part, tb_buf_str(&said));
}

static void has_not(const char *part)
{
    if (strstr(tb_buf_str(&said), part) != NULL) fail_msg("has %s in\n%s", part, tb_buf_str(&said));
}

/* ---- the office's short answers ------------------------------------------------------------------- */

static void the_data_file(void **state)
{
    (void)state;
    struct tb_app_init made = {.providers = 3, .duties = 2, .rules = 1, .wishes = 0};
    FORMS_ARE(tb_tell_init, (&(struct tb_tell_init){&made, "a.db"}),
              "{\"providers\":3,\"duties\":2,\"rules\":1,\"wishes\":0}",
              "a.db を作りました: 担い手 3、当番区分 2、割当条件 1、希望 0\n",
              "made a.db: 3 providers, 2 duties, 1 rules, 0 wishes\n");
    struct tb_app_import done = {.added = 4, .replaced = 5, .changed = 3};
    FORMS_ARE(tb_tell_import, &done,
              "{\"added\":4,\"replaced\":5,\"changed\":3,\"removed\":0,\"todo\":0,\"rows\":[]}",
              "追加 4、置き換え 5（うち内容が変わるもの 3）\n", "4 added, 5 replaced (3 of them changed)\n");
    char *before[16] = {0}, *after[16] = {0}, was[] = "家族", is[] = "学会", none[] = "", who[] = "p1";
    for (int f = 0; f < tb_entities[TB_E_wish].n_fields; f++) before[f] = after[f] = none;
    int note = tb_field_find(&tb_entities[TB_E_wish], "note"),
        provider = tb_field_find(&tb_entities[TB_E_wish], "provider");
    before[note] = was;
    after[note] = is;
    before[provider] = after[provider] = who;
    struct tb_row_change row = {TB_E_wish, before, after};
    done = (struct tb_app_import){.replaced = 1, .changed = 1, .removed = 2, .rows = &row, .n_rows = 1};
    FORMS_ARE(
        tb_tell_import, &done,
        "{\"added\":0,\"replaced\":1,\"changed\":1,\"removed\":2,\"todo\":0,\"rows\":[{\"table\":\"wishes\","
        "\"key\":\"p1\","
        "\"before\":{\"provider\":\"p1\",\"note\":\"家族\"},\"after\":{\"provider\":\"p1\",\"note\":"
        "\"学会\"}}]}",
        "wishes ~ p1  備考: 家族 → 学会\n追加 0、置き換え 1（うち内容が変わるもの 1）、削除 2\n",
        "wishes ~ p1  note: 家族 → 学会\n0 added, 1 replaced (1 of them changed), 2 removed\n");
    FORMS_ARE(tb_tell_recorded, NULL, "{\"recorded\":true}", "記録しました\n", "recorded\n");
    FORMS_ARE(tb_tell_backup, "copy.db", "{\"file\":\"copy.db\"}", "写しを作りました: copy.db\n",
              "copied to: copy.db\n");
    FORMS_ARE(tb_tell_restored, "a.db", "{\"file\":\"a.db\"}", "戻しました: a.db\n", "restored: a.db\n");
}

static void publications_and_trail(void **state)
{
    (void)state;
    char note[] = "理事会", by[] = "見本";
    struct tb_publication p = {
        .number = 7, .at = minute("2026-11-20T10:05"), .digest = "0123456789abcdef", .by = by, .note = note};
    struct tb_publish_said out = {.made = p};
    FORMS_ARE(tb_tell_published, &out,
              "{\"publication\":7,\"digest\":\"0123456789abcdef\",\"at\":\"2026-11-20T10:05+09:00\","
              "\"facts\":[],\"drafts\":[],"
              "\"open_seats\":[],\"concerned\":[],\"left\":[],\"todo\":0}",
              "公表 第7版 01234567  2026-11-20T10:05+09:00\n",
              "publication 7 01234567  2026-11-20T10:05+09:00\n");
    const struct tb_withdrawn gone = {p, 2};
    FORMS_ARE(tb_tell_withdrawn, &gone,
              "{\"publication\":7,\"digest\":\"0123456789abcdef\",\"at\":\"2026-11-20T10:05+09:00\","
              "\"facts\":[],\"served\":2}",
              "取り消しました。公表 第7版 01234567\n始まった 2 席は公表したまま残ります（帳簿・予定表も）\n",
              "withdrawn by publication 7 01234567\n2 seats had begun and stay as published, in books and "
              "calendars too\n");
    JSON_IS(tb_tell_publications, (&(struct tb_tell_publications){&p, 1}),
            "{\"publications\":[{\"number\":7,\"at\":\"2026-11-20T10:05+09:00\",\"digest\":"
            "\"0123456789abcdef\",\"note\":\"理事会\"}]}");
    char what[] = "publish", detail[] = "7";
    struct tb_audit_line line = {12, minute("2026-11-20T10:05"), by, what, detail};
    FORMS_ARE(
        tb_tell_audit, (&(struct tb_tell_audit){&line, 1}),
        "{\"lines\":[{\"id\":12,\"at\":\"2026-11-20T10:05+09:00\",\"who\":\"見本\",\"what\":\"publish\","
        "\"detail\":\"7\"}]}",
        "    12  2026-11-20T10:05  見本              publish     7\n",
        "    12  2026-11-20T10:05  見本              publish     7\n");
}

/* A line as the trail keeps it, read back. */
static struct tb_row_change change(const char *of, const char *detail)
{
    struct tb_row_change x;
    assert_true(tb_codec_parse_change(of, detail, &x));
    return x;
}

#define WISH "\"survey\":\"dec\",\"provider\":\"p1\",\"type\":\"cannot\",\"from\":\"2026-12-24\",\"count\":0,"
#define OLD "{" WISH "\"must\":true,\"note\":\"家族\"}"
#define NEW "{" WISH "\"must\":false,\"note\":\"\\\"学会\\\"\"}"
#define KEY "\"key\":\"dec/p1/cannot/2026-12-24\","

static void rows_and_their_history(void **state)
{
    (void)state;
    char who[] = "見本", wishes[] = "wishes";
    char detail[] = "{" KEY "\"before\":" OLD ",\"after\":" NEW "}";
    struct tb_row_entry v = {
        .what = change("wishes", detail), .audit = 12, .at = minute("2026-11-20T10:05"), .who = who};
    struct tb_buf again = {0};
    tb_codec_write_change(&v.what, &again);
    assert_string_equal(again.s, detail);
    tb_buf_free(&again);
    FORMS_ARE(tb_tell_rows, (&(struct tb_app_rows){TB_E_wish, true, &v, 1}),
              "{\"table\":\"wishes\",\"changes\":[{\"audit\":12,\"at\":\"2026-11-20T10:05+09:00\",\"who\":"
              "\"見本\"," KEY "\"before\":" OLD ",\"after\":" NEW "}]}",
              "    12  2026-11-20T10:05  見本              ~ dec/p1/cannot/2026-12-24  必須か（no "
              "はできれば）: yes → no  備考: "
              "家族 → \"学会\"\n希望: 変更 1 件\n",
              "    12  2026-11-20T10:05  見本              ~ dec/p1/cannot/2026-12-24  must: yes → no  note: "
              "家族 → "
              "\"学会\"\nchanges of wishes: 1\n");
    struct tb_audit_line line = {12, v.at, who, wishes, detail};
    FORMS_ARE(tb_tell_audit, (&(struct tb_tell_audit){&line, 1}),
              "{\"lines\":[{\"id\":12,\"at\":\"2026-11-20T10:05+09:00\",\"who\":\"見本\",\"what\":\"wishes\","
              "\"detail\":"
              "\"dec/p1/cannot/2026-12-24\",\"before\":" OLD ",\"after\":" NEW "}]}",
              "    12  2026-11-20T10:05  見本              wishes      ~ dec/p1/cannot/2026-12-24  "
              "必須か（no はできれば）: yes → "
              "no  備考: 家族 → \"学会\"\n",
              "    12  2026-11-20T10:05  見本              wishes      ~ dec/p1/cannot/2026-12-24  must: yes "
              "→ no  note: 家族 → "
              "\"学会\"\n");
    tb_row_change_clear(&v.what);
    v = (struct tb_row_entry){.what = change("wishes", "{" KEY "\"after\":" OLD "}")};
    FORMS_ARE(tb_tell_rows, (&(struct tb_app_rows){TB_E_wish, false, &v, 1}),
              "{\"table\":\"wishes\",\"rows\":[{" KEY "\"row\":" OLD ",\"entered\":null,\"amendments\":[]}]}",
              "dec/p1/cannot/2026-12-24  備考: 家族\n希望: 1 行\n",
              "dec/p1/cannot/2026-12-24  note: 家族\nrows of wishes: 1\n");
    char later[] = "学会";
    v.amended = &(struct tb_row_amended){tb_day_of(2026, 12, 10),
                                         tb_field_find(&tb_entities[TB_E_wish], "note"), later};
    v.n_amended = 1;
    FORMS_ARE(tb_tell_rows, (&(struct tb_app_rows){TB_E_wish, false, &v, 1}),
              "{\"table\":\"wishes\",\"rows\":[{" KEY "\"row\":" OLD ",\"entered\":null,\"amendments\":"
              "[{\"field\":\"note\",\"from\":\"2026-12-10\",\"value\":\"学会\"}]}]}",
              "dec/p1/cannot/2026-12-24  備考: 家族  〔2026-12-10 から 備考: 学会〕\n希望: 1 行\n",
              "dec/p1/cannot/2026-12-24  note: 家族  [from 2026-12-10 note: 学会]\nrows of wishes: 1\n");
    tb_row_change_clear(&v.what);
    /* Lines of before, of other commands, and what is none of the table's. */
    struct tb_row_change x;
    assert_false(tb_codec_parse_change("wishes", "dec/p1/cannot/2026-12-24", &x));
    assert_false(tb_codec_parse_change("publish", "{\"key\":\"x\",\"after\":{}}", &x));
    assert_false(tb_codec_parse_change("wishes", "{\"key\":\"x\"}", &x));
    assert_false(tb_codec_parse_change("wishes", "{\"key\":\"x\",\"after\":[1]}", &x));
    assert_false(tb_codec_parse_change("wishes", "{\"key\":\"x\",\"after\":", &x));
}

static void a_row_is_entered_or_taken_back(void **state)
{
    (void)state;
    FORMS_ARE(tb_tell_row_done, (&(struct tb_tell_row_done){0}),
              "{\"recorded\":true,\"replaced\":false,\"removed\":false,\"todo\":0}", "記録しました\n",
              "recorded\n");
    FORMS_ARE(tb_tell_row_done, (&(struct tb_tell_row_done){.removed = true}),
              "{\"recorded\":false,\"replaced\":false,\"removed\":true,\"todo\":0}", "取り消しました\n",
              "taken back\n");
    FORMS_ARE(tb_tell_row_done, (&(struct tb_tell_row_done){.replaced = true}),
              "{\"recorded\":true,\"replaced\":true,\"removed\":false,\"todo\":0}",
              "前の記入を改めました（前の内容は --history にあります）\n",
              "recorded: an earlier entry was changed (what it said is in --history)\n");
    FORMS_ARE(tb_tell_row_done, (&(struct tb_tell_row_done){.todo = 2}),
              "{\"recorded\":true,\"replaced\":false,\"removed\":false,\"todo\":2}",
              "記録しました\n公表した席のうち 2 席が新しく手当てを要します。toban todo で一覧します\n",
              "recorded\n2 published seats newly need somebody; toban todo lists them\n");
}

static void drafts_on_their_way(void **state)
{
    (void)state;
    char duties[] = "night", by[] = "", word[] = "理事会承認", number[] = "第8回";
    struct tb_life_state v[2] = {{.draft = 3,
                                  .state = TB_LIFE_CIRCULATING,
                                  .from = tb_day_of(2026, 12, 1),
                                  .to = tb_day_of(2026, 12, 31),
                                  .until = tb_day_of(2026, 11, 20),
                                  .meeting = TB_DAY_NONE,
                                  .duties = duties,
                                  .word = by,
                                  .number = by,
                                  .past = by,
                                  .by = by},
                                 {.draft = 2,
                                  .state = TB_LIFE_OLD,
                                  .from = tb_day_of(2026, 11, 1),
                                  .to = tb_day_of(2026, 11, 30),
                                  .until = TB_DAY_NONE,
                                  .duties = duties,
                                  .by = by,
                                  .word = word,
                                  .number = number,
                                  .meeting = tb_day_of(2026, 10, 15),
                                  .past = by,
                                  .published = 4,
                                  .ended = 5}};
    FORMS_ARE(tb_tell_lives, (&(struct tb_tell_lives){v, 2}),
              "{\"drafts\":[{\"draft\":3,\"state\":\"circulating\",\"from\":\"2026-12-01\",\"to\":\"2026-12-"
              "31\",\"duties\":\"night\",\"publication\":0,\"until\":\"2026-11-20\"},"
              "{\"draft\":2,\"state\":\"old\",\"from\":\"2026-11-01\",\"to\":\"2026-11-30\",\"duties\":"
              "\"night\",\"publication\":4,\"ended\":5,\"approval\":\"理事会承認\",\"meeting\":\"2026-10-"
              "15\",\"number\":\"第8回\"}]}",
              "    3  2026-12-01..2026-12-31  回覧中      2026-11-20 まで  night\n"
              "    2  2026-11-01..2026-11-30  旧版        第4版  第5版まで  night  理事会承認  "
              "令和8年10月15日(木)  第8回\n",
              "    3  2026-12-01..2026-12-31  circulating until 2026-11-20  night\n"
              "    2  2026-11-01..2026-11-30  an old editionpublication 4  ended by publication 5  night  "
              "理事会承認  2026-10-15  第8回\n");
    FORMS_ARE(tb_tell_moved, (&(struct tb_tell_moved){3, TB_LIFE_APPROVED}),
              "{\"draft\":3,\"state\":\"approved\"}", "案 3: 承認済\n", "draft 3: approved\n");
}

static void names_given(void **state)
{
    (void)state;
    FORMS_ARE(tb_tell_named, (&(struct tb_tell_named){"n:2026-12-01:eve", false, true}),
              "{\"seat\":\"n:2026-12-01:eve\",\"named\":true,\"late\":true}",
              "氏名を記録しました。席と版はそのままです（期限後）\n",
              "the name is recorded; seat and publication stay (after the deadline)\n");
    FORMS_ARE(tb_tell_named, (&(struct tb_tell_named){"n:2026-12-01:eve", true, false}),
              "{\"seat\":\"n:2026-12-01:eve\",\"named\":false,\"late\":false}",
              "氏名を取り消しました。席はそのままです\n", "the name is taken back; the seat stays\n");
}

static void addresses(void **state)
{
    (void)state;
    char feed[] = "provider", subject[] = "d-001";
    struct tb_token v[2] = {{.feed = feed,
                             .subject = subject,
                             .generation = 1,
                             .issued = minute("2026-04-01T09:00"),
                             .revoked = minute("2026-05-01T09:00"),
                             .fetched = TB_NEVER},
                            {.feed = feed,
                             .subject = subject,
                             .generation = 2,
                             .issued = minute("2026-05-01T09:00"),
                             .revoked = TB_NEVER,
                             .fetched = minute("2026-06-01T08:00"),
                             .fetched_publication = 4}};
    FORMS_ARE(
        tb_tell_tokens, (&(struct tb_tell_tokens){v, 2}),
        "{\"tokens\":[{\"feed\":\"provider\",\"subject\":\"d-001\",\"generation\":1,\"issued\":\"2026-"
        "04-01T09:00+09:00\",\"revoked\":\"2026-05-01T09:00+09:00\",\"fetched\":null,\"fetched_"
        "publication\":0},"
        "{\"feed\":\"provider\",\"subject\":\"d-001\",\"generation\":2,\"issued\":\"2026-05-01T09:00+09:"
        "00\",\"revoked\":null,\"fetched\":\"2026-06-01T08:00+09:00\",\"fetched_publication\":4}]}",
        "provider  d-001                 1  失効      発行 2026-04-01T09:00  未取得\n"
        "provider  d-001                 2  使用中    発行 2026-05-01T09:00  最終取得 2026-06-01T08:00 "
        "第4版\n",
        "provider  d-001                 1  revoked   issued 2026-04-01T09:00  never fetched\n"
        "provider  d-001                 2  in use    issued 2026-05-01T09:00  last fetched "
        "2026-06-01T08:00, publication 4\n");
    struct tb_app_token t = {.token = "0123456789abcdef0123456789abcdef", .generation = 2, .made = true};
    FORMS_ARE(tb_tell_address, (&(struct tb_tell_address){feed, subject, "https://x/ics", &t}),
              "{\"feed\":\"provider\",\"subject\":\"d-001\",\"generation\":2,\"made\":true,\"token\":"
              "\"0123456789abcdef0123456789abcdef\",\"address\":"
              "\"https://x/ics/0123456789abcdef0123456789abcdef/toban.ics\"}",
              "https://x/ics/0123456789abcdef0123456789abcdef/toban.ics\n",
              "https://x/ics/0123456789abcdef0123456789abcdef/toban.ics\n");
}

static void files_written(void **state)
{
    (void)state;
    struct tb_app_export x = {.files = 9, .feeds = 4, .publication = 2, .hash = "89abcdef", .cells = 0};
    FORMS_ARE(tb_tell_exported, (&(struct tb_tell_exported){&x, "www"}),
              "{\"directory\":\"www\",\"publication\":2,\"hash\":\"89abcdef\",\"files\":9,\"feeds\":4,"
              "\"routing_cells\":0,\"proofs_made\":0,\"proofs_known\":0}",
              "第2版 89abcdef を www に書きました: 9 ファイル、うち予定表 4\n",
              "wrote publication 2 89abcdef to www: 9 files, 4 of them calendars\n");
    struct tb_app_sheets s = {.files = 3, .changes = 2};
    FORMS_ARE(tb_tell_exported_sheets, (&(struct tb_tell_exported_sheets){&s, "out", true}),
              "{\"files\":3,\"changes\":2}", "out に 3 枚を書きました\n前の表からの変更 2 行\n",
              "out: wrote 3 sheets\n2 lines changed since the table before\n");
}

/* ---- who is on duty ------------------------------------------------------------------------------- */

static tb_words *words;

static int set_up(void **state)
{
    (void)state;
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    board = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 8), -1, NULL, false);
    board->published_at = minute("2026-11-20T10:00");
    table = build(board);
    words = tb_words_new(tb_table_region(table));
    return 0;
}

static int seat_of_duty(const char *duty, const char *date)
{
    tb_day d = TB_DAY_NONE;
    if (!tb_parse_date(date, &d)) fail_msg("%s", date);
    for (int i = 0; i < board->n; i++) {
        const struct tb_slot *s = &board->slots[board->a[i].slot];
        if (s->date == d && strcmp(region->duties[s->duty].id, duty) == 0) return i;
    }
    fail_msg("%s %s", duty, date);
    return -1;
}

/* The doctor whom a group has named is told in every form; staff numbers in none. */
static void on_duty_now(void **state)
{
    (void)state;
    struct tb_app_now x = {0};
    int seat = seat_of_duty("rot", "2026-12-03");
    board->person[seat] = tb_find_provider(region, "d-1");
    tb_now_of(board, minute("2026-12-03T20:00"), NULL, 0, &x.now);
    assert_int_equal(x.now.n, 6); /* two at the adults' desk, two at the children's, two hospitals */
    tb_printer *p = start_of_document();
    tb_tell_now_json(&x, p);
    (void)end_of_document(p);
    has("{\"at\":\"2026-12-03T20:00+09:00\",\"publication\":3,\"hash\":\"0123abcd\",\"published_at\":"
        "\"2026-11-20T10:00+09:00\",\"notice\":\"すべて架空です\",\"on_duty\":[");
    has("{\"duty\":\"rot\",\"duty_name\":\"輪番内科系\",\"band\":\"night\",\"role\":\"primary\",\"provider\":"
        "\"h-b\",\"name\":\"B病院(架空)\",\"person_name\":\"一郎(架空)\",\"phone\":\"076-000-0003\","
        "\"reception_until\":\"2026-12-04T08:30+09:00\",\"until\":\"2026-12-04T08:30+09:00\"}");
    has("\"provider\":\"d-1\",\"name\":\"一郎(架空)\",\"phone\":\"076-000-0004\""); /* the centre's */
    has("\"role\":\"reserve\"");
    has_not("090-");
    tb_tell_now_text(&x, in_language(TB_JA));
    has("12月3日(木) 20:00 現在  第3版 0123abcd\n");
    has("輪番内科系                    当番    B病院(架空)（一郎(架空)）     076-000-0003    受付 "
        "12月4日(金) 8:30  終了 12月4日(金) 8:30\n");
    has_not("090-");
    tb_tell_now_text(&x, in_language(TB_EN));
    has("at Thu 2026-12-03 20:00  publication 3 0123abcd\n");
    has("B病院(架空) (一郎(架空))      076-000-0003    reception Fri 2026-12-04 08:30  until Fri 2026-12-04 "
        "08:30\n");
    tb_app_now_free(&x);
    board->person[seat] = -1;
    tb_now_of(board, minute("2026-12-03T12:00"), NULL, 0, &x.now);
    TEXT_IS(TB_JA, tb_tell_now, &x, "12月3日(木) 12:00 現在  第3版 0123abcd\n当番はありません\n");
    TEXT_IS(TB_EN, tb_tell_now, &x, "at Thu 2026-12-03 12:00  publication 3 0123abcd\nnobody is on duty\n");
    tb_app_now_free(&x);
}

static void on_duty_in_a_period(void **state)
{
    (void)state;
    int at = seat_of_duty("rot", "2026-12-03");
    struct tb_app_duty v[1] = {{at, NULL}};
    struct tb_app_duties x = {.region = region, .board = board, .v = v, .n = 1};
    board->person[at] = tb_find_provider(region, "d-1");
    FORMS_ARE(
        tb_tell_duties, &x,
        "{\"publication\":3,\"hash\":\"0123abcd\",\"published_at\":\"2026-11-20T10:00+09:00\",\"duties\":"
        "[{\"date\":\"2026-12-03\",\"duty\":\"rot\",\"band\":\"night\",\"role\":\"primary\",\"seat\":1,"
        "\"provider\":\"h-b\",\"name\":\"B病院(架空)\",\"person\":\"d-1\",\"person_name\":\"一郎(架空)\","
        "\"start\":\"2026-12-03T17:00+09:00\",\"end\":\"2026-12-04T08:30+09:00\"}]}",
        "第3版（0123abcd）による\n令和8年12月3日(木)    輪番内科系                  夜間      当番    "
        "B病院(架空)（一郎(架空)）\n",
        "by publication 3 (0123abcd)\n2026-12-03            輪番内科系                  夜間      duty    "
        "B病院(架空) (一郎(架空))\n");
    board->person[at] = -1;
}

/* ---- for the office ------------------------------------------------------------------------------- */

static void the_days_of_a_period(void **state)
{
    (void)state;
    struct tb_app_calendar x = {
        .region = region, .from = tb_day_of(2026, 12, 31), .to = tb_day_of(2027, 1, 1)};
    int duty = tb_find_duty(region, "clinic-s");
    x.n_slots = tb_slots_of(region, &duty, 1, x.from, x.to, &x.arena, &x.slots);
    FORMS_ARE(
        tb_tell_calendar, &x,
        "{\"days\":[{\"date\":\"2026-12-31\",\"weekday\":\"Thu\",\"holiday\":null,\"classes\":[\"all\","
        "\"off\",\"winter\"],\"seats\":[{\"duty\":\"clinic-s\",\"band\":\"day\",\"role\":\"primary\","
        "\"seats\":1,\"start\":\"2026-12-31T09:00+09:00\",\"end\":\"2026-12-31T17:00+09:00\"}],"
        "\"amendments\":[]},"
        "{\"date\":\"2027-01-01\",\"weekday\":\"Fri\",\"holiday\":\"元日\",\"classes\":[\"all\",\"off\","
        "\"winter\"],\"seats\":[{\"duty\":\"clinic-s\",\"band\":\"day\",\"role\":\"primary\",\"seats\":1,"
        "\"start\":\"2027-01-01T09:00+09:00\",\"end\":\"2027-01-01T17:00+09:00\"}],\"amendments\":[]}],"
        "\"holiday_years\":[{\"year\":2026,\"by\":\"law\",\"list_only\":[],\"law_only\":[]},"
        "{\"year\":2027,\"by\":\"law\",\"list_only\":[],\"law_only\":[]}]}",
        "令和8年12月31日(木)                       毎日 休診日 冬\n"
        "    南当番医 昼間 当番 1  2026-12-31T09:00 - 2026-12-31T17:00\n"
        "令和9年1月1日(金)         元日            毎日 休診日 冬\n"
        "    南当番医 昼間 当番 1  2027-01-01T09:00 - 2027-01-01T17:00\n"
        "2026 年の祝日: 法律から計算（一年分の一覧がありません）\n"
        "2027 年の祝日: 法律から計算（一年分の一覧がありません）\n",
        "2026-12-31 Thu                  毎日 休診日 冬\n"
        "    南当番医 昼間 duty 1  2026-12-31T09:00 - 2026-12-31T17:00\n"
        "2027-01-01 Fri  元日            毎日 休診日 冬\n"
        "    南当番医 昼間 duty 1  2027-01-01T09:00 - 2027-01-01T17:00\n"
        "holidays of 2026: computed from the law (no list of the whole year)\n"
        "holidays of 2027: computed from the law (no list of the whole year)\n");
    tb_arena_free(&x.arena);
}

static void what_changed(void **state)
{
    (void)state;
    struct tb_change change = {.seat = {.duty = tb_find_duty(region, "rot"),
                                        .date = tb_day_of(2026, 12, 3),
                                        .band = tb_find_band(region, tb_find_duty(region, "rot"), "night"),
                                        .role = TB_PRIMARY,
                                        .seat = 1,
                                        .provider = tb_find_provider(region, "h-a")},
                               .after = -1};
    struct tb_app_diff x = {.region = region,
                            .a = {.number = 0},
                            .b = {.number = 1, .draft = 7, .at = minute("2026-11-20T10:00")},
                            .changes = &change,
                            .n = 1};
    JSON_IS(
        tb_tell_diff, &x,
        "{\"a\":{\"publication\":0,\"hash\":\"\"},\"b\":{\"publication\":1,\"draft\":7,\"at\":\"2026-11-"
        "20T10:00+09:00\"},\"changes\":[{\"date\":\"2026-12-03\",\"duty\":\"rot\",\"band\":\"night\","
        "\"role\":\"primary\",\"seat\":1,\"before\":\"h-a\",\"before_name\":\"A病院(架空)\",\"after\":null}"
        "],\"open\":[],\"providers\":[{\"provider\":\"h-a\",\"name\":\"A病院(架空)\",\"lost\":1,\"gained\":0}"
        "],"
        "\"ledgers\":[]}");
    tb_tell_diff_text(&x, in_language(TB_JA));
    has("変わる席 1\n\n席ごと\n");
    has("A病院(架空) → （なし）\n\n当番医・医療機関ごと\n");
    has("減 1  増 0\n");
    has_not("帳簿");
    tb_tell_diff_text(&x, in_language(TB_EN));
    has("A病院(架空) → (nobody)\n");
    has("1 fewer, 0 more\n");
}

/* Those who must be telephoned, with the staff's number, which stands in no public form. */
static void the_day_before(void **state)
{
    (void)state;
    int seat = seat_of_duty("rot", "2026-12-03"), reserve = tb_find_provider(region, "h-a");
    struct tb_eve_seat v = {.slot = board->a[seat].slot,
                            .provider = board->a[seat].provider,
                            .now = {.provider = board->a[seat].provider, .person = -1, .instead = -1},
                            .changed = 3,
                            .has_address = true,
                            .reserves = {reserve},
                            .n_reserves = 1};
    struct tb_eve x = {.region = region, .board = board, .date = tb_day_of(2026, 12, 3), .v = &v, .n = 1};
    FORMS_ARE(tb_tell_eve, &x,
              "{\"date\":\"2026-12-03\",\"publication\":3,\"seats\":[{\"duty\":\"rot\",\"band\":\"night\","
              "\"from\":\"2026-12-03T17:00+09:00\",\"to\":\"2026-12-04T08:30+09:00\",\"provider\":\"h-b\","
              "\"name\":\"B病院(架空)\",\"phone\":\"090-0000-0003\",\"has_address\":true,\"fetched\":false,"
              "\"changed_publication\":3,\"conflict\":null,\"reserves\":[{\"provider\":\"h-a\",\"name\":"
              "\"A病院(架空)\",\"phone\":"
              "\"090-0000-0002\"}],\"contacts\":[],\"backups\":[]}]}",
              "前日連絡一覧 令和8年12月3日(木) 第3版（0123abcd）\n\n輪番内科系（夜間） 17:00～翌8:30\n"
              "    B病院(架空)                     090-0000-0003   ★未取得 電話で伝える\n"
              "        予備 A病院(架空) 090-0000-0002\n\nすべて架空です\n",
              "on duty on 2026-12-03, by publication 3 (0123abcd)\n\n輪番内科系（夜間） 17:00～翌8:30\n"
              "    B病院(架空)                     090-0000-0003   * not fetched: telephone\n"
              "        reserve A病院(架空) 090-0000-0002\n\nすべて架空です\n");
    struct tb_app_unfetched late = {
        .provider = v.provider, .from = minute("2026-12-03T17:00"), .changed = 3, .fetched = TB_NEVER};
    FORMS_ARE(
        tb_tell_unfetched, (&(struct tb_tell_unfetched){region, &late, 1}),
        "{\"providers\":[{\"provider\":\"h-b\",\"name\":\"B病院(架空)\",\"phone\":\"090-0000-0003\",\"next\":"
        "\"2026-12-03T17:00+09:00\",\"changed_publication\":3,\"has_address\":false,\"fetched\":null,"
        "\"fetched_publication\":0}]}",
        "2026-12-03T17:00  B病院(架空)                     090-0000-0003   アドレス未発行\n",
        "2026-12-03T17:00  B病院(架空)                     090-0000-0003   no address issued\n");
}

/* ---- the routing table ---------------------------------------------------------------------------- */

static struct tb_routing routing_of(enum tb_table_state how)
{
    struct tb_routing r = {.table = table, .words = words, .state = how, .rollback_checked = true};
    tb_last_resort_of(table, &r.last);
    return r;
}

static void a_question_answered(void **state)
{
    (void)state;
    struct tb_routing r = routing_of(TB_TABLE_VALID);
    struct tb_err e = {0};
    tb_minute at = minute("2026-12-06T10:00");
    struct tb_ask in = {
        .area = "n1", .age = "40", .complaint = "internal", .guidance = true, .explain = true};
    struct tb_asked asked;
    if (tb_ask_answer(&r, &in, at, &asked, &e)) fail_msg("%s", e.text);
    struct tb_tell_route x = {&r, at, &asked, true};
    tb_tell_route_document(&x, in_language(TB_EN));
    has("{\n \"format_version\": 1,\n \"command\": \"route\",\n \"at\": \"2026-12-06T10:00+09:00\",\n");
    has("\"question\": {\n  \"text\": \"北市 北一 ・ aged 40 ・ 内科系 ・ no level asked ・ Sun 2026-12-06 "
        "10:00 ・ "
        "desk\",\n  \"area\": \"n1\",\n  \"area_name\": \"北市 北一\",\n  \"age\": 40,\n");
    has("\"role\": \"main\",\n   \"do\": \"go\",\n   \"do_text\": \"go there\",\n");
    has("\"name\": \"北医院(架空)\",\n   \"phone\": \"076-000-0006\"");
    has("\"roster_row\": \"clinic-n/2026-12-06/day\"");
    has("\"near_miss\": [");
    has_not("090-");
    tb_tell_route_text(&x, in_language(TB_JA));
    has("お尋ね: 北市 北一 ・ 40歳 ・ 内科系 ・ 緊急度は問わない ・ 12月6日(日) 10:00 ・ 窓口\n");
    has("1. 行く                  北医院(架空)  076-000-0006  受付 11:30 まで");
    has("     診療科 内科");
    has("  当番表の行 clinic-n/2026-12-06/day");
    has("あと一つで載る: ");
    tb_tell_route_text(&x, in_language(TB_EN));
    has("1. go there              北医院(架空)  076-000-0006  reception until 11:30");
    has("near miss: ");
    x.explain = false;
    tb_tell_route_text(&x, in_language(TB_EN));
    has_not("roster row");
    has_not("near miss");
    tb_asked_free(&asked);
    tb_last_resort_free(&r.last);
}

/* A table that is no longer valid: the numbers that hold everywhere, in every form, and no duty. */
static void the_last_resort(void **state)
{
    (void)state;
    struct tb_routing r = routing_of(TB_TABLE_EXPIRED);
    struct tb_tell_route x = {&r, minute("2027-02-01T10:00"), NULL, false};
    tb_tell_route_document(&x, in_language(TB_EN));
    has("\"last_resort\": [");
    has("\"role\": \"emergency\"");
    has("\"name\": \"救命(架空)\"");
    has_not("\"entries\"");
    has_not("clinic-n");
    tb_tell_route_text(&x, in_language(TB_JA));
    has("1. すぐに                119に電話  すぐに119へ\n");
    has("救命(架空)  076-000-0001");
    has_not("北医院");
    tb_last_resort_free(&r.last);
}

static void what_has_happened(void **state)
{
    (void)state;
    struct tb_incident_row v = {.id = 5,
                                .from = minute("2026-12-06T10:00"),
                                .until = minute("2026-12-06T12:00"),
                                .supersedes = 4,
                                .by = "見本",
                                .kind = "closed",
                                .provider = "c-n",
                                .duty = "",
                                .other = "",
                                .phone = "",
                                .note = "裏口へ",
                                .reason = "患者対応中",
                                .source = "電話"};
    struct tb_routing r = routing_of(TB_TABLE_VALID);
    r.incidents.v = &v;
    r.incidents.n = 1;
    struct tb_tell_overrides x = {&r, v.from};
    JSON_IS(
        tb_tell_overrides, &x,
        "{\"overrides\":[{\"id\":5,\"kind\":\"closed\",\"provider\":\"c-n\",\"from\":\"2026-12-06T10:00+09:"
        "00\",\"until\":\"2026-12-06T12:00+09:00\",\"supersedes\":4,\"reason\":\"患者対応中\",\"note\":"
        "\"裏口へ\"}]}");
    tb_tell_overrides_text(&x, in_language(TB_JA));
    has("\n5 closed c-n 12月6日(日) 10:00 - 12月6日(日) 12:00 患者対応中 裏口へ（4 に代わる）\n");
    tb_tell_overrides_text(&x, in_language(TB_EN));
    has("\n5 closed c-n Sun 2026-12-06 10:00 - Sun 2026-12-06 12:00 患者対応中 裏口へ (in place of 4)\n");
    FORMS_ARE(tb_tell_overridden, &v, "{\"id\":5,\"until\":\"2026-12-06T12:00+09:00\"}",
              "変更 5 を記録しました。12月6日(日) 12:00 に自動で戻ります\n",
              "override 5 recorded; it is over at Sun 2026-12-06 12:00 by itself\n");
    tb_last_resort_free(&r.last);
}

/* ---- the frame ------------------------------------------------------------------------------------- */

static void a_whole_document(void **state)
{
    (void)state;
    tb_buf_clear(&said);
    tb_printer *p = tb_tell_begin(&said, NULL, 0);
    tb_tell_instant(p, "at", INT64_MIN);
    tb_tell_date(p, "day", tb_day_of(2026, 12, 3));
    tb_tell_end(p, &said);
    assert_string_equal(tb_buf_str(&said), "{\"format_version\":1,\"at\":null,\"day\":\"2026-12-03\"}\n");
}

static int at_the_end(void **state)
{
    tb_words_free(words);
    tb_buf_free(&said);
    return tear_down(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_data_file),
        cmocka_unit_test(publications_and_trail),
        cmocka_unit_test(rows_and_their_history),
        cmocka_unit_test(a_row_is_entered_or_taken_back),
        cmocka_unit_test(drafts_on_their_way),
        cmocka_unit_test(names_given),
        cmocka_unit_test(addresses),
        cmocka_unit_test(files_written),
        cmocka_unit_test(on_duty_now),
        cmocka_unit_test(on_duty_in_a_period),
        cmocka_unit_test(the_days_of_a_period),
        cmocka_unit_test(what_changed),
        cmocka_unit_test(the_day_before),
        cmocka_unit_test(a_question_answered),
        cmocka_unit_test(the_last_resort),
        cmocka_unit_test(what_has_happened),
        cmocka_unit_test(a_whole_document),
    };
    return cmocka_run_group_tests_name("tell", tests, set_up, at_the_end);
}
