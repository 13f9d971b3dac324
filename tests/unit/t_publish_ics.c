/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calendar feeds: the statements of docs/reference/calendar.md that are about bytes.
 */
#include "t_publish_region.h"

#include <locale.h>
#include <time.h>

#include "publish/publish_int.h"

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

static char *feed(const struct tb_board *b, enum tb_feed kind, const char *id)
{
    struct tb_buf out = {0};
    struct tb_err e = {0};
    int index = kind == TB_FEED_PROVIDER ? tb_find_provider(b->region, id)
                : kind == TB_FEED_DUTY   ? tb_find_duty(b->region, id)
                                         : 0;
    assert_true(index >= 0);
    if (tb_publish_ics(b, kind, index, &out, &e) != TB_OK) fail_msg("%s", e.text);
    return tb_buf_take(&out);
}

/* Without folds, so that a text can be looked for. */
static char *unfolded(char *ics)
{
    char *to = ics;
    for (const char *p = ics; *p != '\0'; p++)
        if (strncmp(p, "\r\n ", 3) == 0)
            p += 2;
        else
            *to++ = *p;
    *to = '\0';
    return ics;
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = strstr(text, what); p != NULL; p = strstr(p + 1, what)) n++;
    return n;
}

/* The VEVENT that has the text in it, from BEGIN to END. */
static char *event_with(const char *ics, const char *what)
{
    for (const char *p = strstr(ics, "BEGIN:VEVENT"); p != NULL; p = strstr(p + 1, "BEGIN:VEVENT")) {
        const char *end = strstr(p, "END:VEVENT\r\n");
        char *copy = tb_xstrdup(p);
        copy[end - p] = '\0';
        if (strstr(copy, what) != NULL) return copy;
        free(copy);
    }
    fail_msg("no event with %s in\n%s", what, ics);
    return NULL;
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

static void calendar_level(void **state)
{
    (void)state;
    static const char *const lines[] = {"VERSION:2.0\r\n",
                                        "PRODID:-//toban//toban//JA\r\n",
                                        "CALSCALE:GREGORIAN\r\n",
                                        "\r\nNAME:架空医療圏 当番表\r\n",
                                        "X-WR-CALNAME:架空医療圏 当番表\r\n",
                                        "X-WR-TIMEZONE:Asia/Tokyo\r\n",
                                        "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
                                        "X-PUBLISHED-TTL:PT1H\r\n",
                                        "TZOFFSETFROM:+0900\r\n",
                                        "TZOFFSETTO:+0900\r\n",
                                        "BEGIN:STANDARD\r\n",
                                        "BEGIN:VTIMEZONE\r\n",
                                        "END:VCALENDAR\r\n"};
    static const char *const nowhere[] = {"METHOD",   "SOURCE",    "freeassociation", "DAYLIGHT", "VALARM",
                                          "ATTENDEE", "ORGANIZER", "X-LIC-ERROR",     "RRULE"};
    char *ics = unfolded(feed(board, TB_FEED_REGION, ""));
    for (size_t i = 0; i < TB_COUNT(lines); i++) assert_int_equal(1, count(ics, lines[i]));
    for (size_t i = 0; i < TB_COUNT(nowhere); i++) lacks(ics, nowhere[i]);
    const char *first = strstr(ics, "BEGIN:VEVENT"), *uid = strstr(ics, "UID:");
    assert_non_null(first);
    assert_true(uid > first);
    free(ics);
}

static void every_seat_and_interval_is_an_event(void **state)
{
    (void)state;
    char *ics = feed(board, TB_FEED_REGION, "");
    /* the two clinics open twice; one seat is open */
    assert_int_equal((int)TB_COUNT(december) + 3, count(ics, "BEGIN:VEVENT"));
    free(ics);
    ics = unfolded(feed(board, TB_FEED_DUTY, "clinics"));
    assert_int_equal(4, count(ics, "BEGIN:VEVENT"));
    assert_int_equal(
        2,
        count(ics, "DTSTART;TZID=Asia/Tokyo:20261206T090000\r\nDTEND;TZID=Asia/Tokyo:20261206T120000\r\n"));
    assert_int_equal(
        2,
        count(ics, "DTSTART;TZID=Asia/Tokyo:20261206T130000\r\nDTEND;TZID=Asia/Tokyo:20261206T170000\r\n"));
    free(ics);
}

static void a_night_is_one_event_across_midnight(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_DUTY, "rot-b"));
    char *ev = event_with(ics, "20261206T170000");
    has(ev, "DTEND;TZID=Asia/Tokyo:20261207T083000\r\n");
    has(ev, "SUMMARY:当番 輪番（外科系）（夜間） 南病院\r\n");
    has(ev, "LOCATION:南病院 西町南2-3\r\n");
    has(ev, "引き継ぎ 翌8:30");
    free(ev);
    free(ics);
}

static void personal_feed_tells_only_of_oneself(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_PROVIDER, "d1"));
    assert_int_equal(1, count(ics, "BEGIN:VEVENT"));
    has(ics, "SUMMARY:当番 急病センター小児科（準夜） 山田 花子\r\n");
    has(ics, "DTSTART;TZID=Asia/Tokyo:20261206T193000\r\nDTEND;TZID=Asia/Tokyo:20261206T230000\r\n");
    has(ics, "受付 22:30まで");
    has(ics, "引き継ぎ 23:00");
    has(ics, "電話 076-000-0099");
    has(ics, "LOCATION:架空急病センター 東市本町1-1\r\n");
    has(ics, "すべて架空です");
    has(ics, "CLASS:PUBLIC\r\n"); /* Google shows no title of others */
    lacks(ics, "髙橋");
    lacks(ics, "鈴木");
    lacks(ics, "090-");
    lacks(ics, "076-000-7777"); /* a doctor's own number is not the place's */
    free(ics);
    ics = feed(board, TB_FEED_DUTY, "night");
    lacks(ics, "CLASS:");
    free(ics);
}

static void backup_of_the_night_is_named(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_PROVIDER, "d1"));
    has(ics, "後方病院 輪番（内科系）: 西中央病院 電話 076-000-2002");
    has(ics, "後方病院 輪番（後方）: 東総合病院");
    lacks(ics, "南病院"); /* surgery does not take the children's ward */
    free(ics);
    ics = unfolded(feed(board, TB_FEED_DUTY, "rot-b"));
    has(ics, "後方病院 輪番（後方）");
    lacks(ics, "後方病院 輪番（内科系）"); /* the rotation is backed by its backup only */
    free(ics);
    ics = feed(board, TB_FEED_DUTY, "rot-z");
    lacks(ics, "後方病院");
    free(ics);
}

static void a_person_is_never_named_as_backup(void **state)
{
    (void)state;
    struct tb_duty *oncall = &region->duties[tb_find_duty(region, "oncall")];
    oncall->backup = 1;
    char *ics = unfolded(feed(board, TB_FEED_DUTY, "rot-a"));
    lacks(ics, "鈴木");
    has(ics, "後方病院 輪番（後方）");
    free(ics);
    oncall->backup = 0;
}

static void the_rotation_does_not_back_itself(void **state)
{
    (void)state;
    struct tb_duty *a = &region->duties[tb_find_duty(region, "rot-a")],
                   *b = &region->duties[tb_find_duty(region, "rot-b")];
    struct tb_ids kept = b->specialities;
    b->specialities = a->specialities;
    char *ics = unfolded(feed(board, TB_FEED_DUTY, "rot-b"));
    lacks(ics, "後方病院 輪番（内科系）");
    free(ics);
    b->specialities = kept;
}

static void role_first_and_reserve_differs(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_DUTY, "night"));
    assert_int_equal(2, count(ics, "SUMMARY:当番 急病センター小児科"));
    assert_int_equal(2, count(ics, "SUMMARY:予備 急病センター小児科"));
    assert_int_equal(2, count(ics, "CATEGORIES:予備\r\n"));
    free(ics);
}

static void at_home_leaves_the_day_free(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_DUTY, "oncall"));
    has(ics, "SUMMARY:待機 自宅待機（小児科）（深夜） ");
    has(ics, "TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n");
    has(ics, "LOCATION:自宅待機\r\n");
    free(ics);
    ics = unfolded(feed(board, TB_FEED_DUTY, "night"));
    assert_int_equal(2, count(ics, "TRANSP:OPAQUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n"));
    assert_int_equal(2, count(ics, "LOCATION:自宅待機（呼ばれたら 架空急病センター 東市本町1-1）"));
    free(ics);
}

static void text_is_escaped_names_are_not(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_PROVIDER, "d3"));
    has(ics, " 鈴木\\, 一\\; 二\\\\三\r\n");
    has(ics, "\r\nNAME:当番 鈴木・ 一・ 二・三\r\nX-WR-CALNAME:当番 鈴木・ 一・ 二・三\r\n");
    free(ics);
    ics = unfolded(feed(board, TB_FEED_PROVIDER, "d2"));
    has(ics, "髙橋 𠮷郎\r\n");
    free(ics);
}

static void revision_is_the_events_own(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_DUTY, "night")),
         *ev = event_with(ics, "髙橋 𠮷郎\r\nDESCRIPTION");
    free(ev);
    ev = event_with(ics, "SEQUENCE:2\r\n");
    has(ev, "DTSTAMP:20261113T003000Z\r\nLAST-MODIFIED:20261113T003000Z\r\n"); /* 09:30 in Japan */
    has(ev, "第3版 令和8年11月13日(金)");
    free(ev);
    ev = event_with(ics, "鈴木");
    has(ev, "第1版 令和8年11月11日(水)");
    has(ev, "SEQUENCE:0\r\n");
    free(ev);
    free(ics);
    char hashes[4][9] = {"", "11111111", "22222222", "a1b2c3d4"};
    board->hashes = hashes;
    board->n_hashes = 4;
    ics = unfolded(feed(board, TB_FEED_DUTY, "night"));
    has(ics, "第1版（11111111） 令和8年11月11日(水)");
    has(ics, "第3版（a1b2c3d4） 令和8年11月13日(金)");
    free(ics);
    board->hashes = NULL;
    board->n_hashes = 0;
}

static void told_backup_moves_the_revision(void **state)
{
    (void)state;
    /* rot-a of the 6th changed in publication 2: its own entry says so, and so does the doctor's, whose text
     * names it. */
    char *ics = unfolded(feed(board, TB_FEED_PROVIDER, "d1"));
    has(ics, "LAST-MODIFIED:20261112T003000Z\r\nSEQUENCE:0\r\n");
    has(ics, "第2版 令和8年11月12日(木)");
    free(ics);
}

static void a_draft_is_tentative(void **state)
{
    (void)state;
    int kept = board->publication;
    board->publication = 0;
    char *ics = unfolded(feed(board, TB_FEED_DUTY, "rot-b"));
    assert_int_equal(2, count(ics, "STATUS:TENTATIVE\r\n"));
    free(ics);
    board->publication = kept;
    ics = unfolded(feed(board, TB_FEED_DUTY, "rot-b"));
    assert_int_equal(2, count(ics, "STATUS:CONFIRMED\r\n"));
    free(ics);
}

static void never_empty(void **state)
{
    (void)state;
    char *ics = unfolded(feed(board, TB_FEED_PROVIDER, "centre"));
    assert_int_equal(1, count(ics, "BEGIN:VEVENT"));
    has(ics, "SUMMARY:お知らせ 割り当てられた当番はありません\r\n");
    has(ics, "TRANSP:TRANSPARENT\r\n");
    has(ics, "第3版（a1b2c3d4）");
    free(ics);
}

static void uids_live_on(void **state)
{
    (void)state;
    struct sits v[TB_COUNT(december)];
    memcpy(v, december, sizeof v);
    v[2].provider = "d1"; /* the night of the 7th goes to another */
    v[2].publication = 4;
    v[2].sequence = 3;
    struct tb_board *later = make_board(region, "2026-12-06", "2026-12-07", v, TB_COUNT(v));
    char *old = feed(board, TB_FEED_DUTY, "night"), *now = feed(later, TB_FEED_DUTY, "night");
    char *old_ev = event_with(old, "SEQUENCE:2"), *now_ev = event_with(now, "SEQUENCE:3");
    assert_memory_equal(old_ev, now_ev, strlen("BEGIN:VEVENT\r\nUID:") + 36);
    assert_true(strcmp(old_ev, now_ev) != 0);
    /* Nothing else moved: with the one event taken out, the bytes are the same. */
    char *at_old = strstr(old, old_ev), *at_now = strstr(now, now_ev);
    assert_int_equal(at_old - old, at_now - now);
    assert_memory_equal(old, now, (size_t)(at_old - old));
    assert_string_equal(at_old + strlen(old_ev), at_now + strlen(now_ev));
    free(old_ev);
    free(now_ev);
    /* The same seat in another feed is another event. */
    char *whole = feed(board, TB_FEED_REGION, "");
    char *there = event_with(whole, "SEQUENCE:2"), *here = event_with(old, "SEQUENCE:2");
    assert_memory_not_equal(there, here, strlen("BEGIN:VEVENT\r\nUID:") + 36);
    free(there);
    free(here);
    free(whole);
    free(old);
    free(now);
    tb_board_free(later);
}

static void own_uid_does_not_hang_on_the_seat_number(void **state)
{
    (void)state;
    struct sits v[] = {{"clinics", "2026-12-06", "day", TB_PRIMARY, 1, "k1", 1, 0},
                       {"clinics", "2026-12-06", "day", TB_PRIMARY, 2, "k2", 1, 0}};
    struct tb_board *one = make_board(region, "2026-12-06", "2026-12-07", v, 2);
    v[0].seat = 2;
    v[1].seat = 1;
    struct tb_board *two = make_board(region, "2026-12-06", "2026-12-07", v, 2);
    char *a = feed(one, TB_FEED_PROVIDER, "k1"), *b = feed(two, TB_FEED_PROVIDER, "k1");
    assert_string_equal(a, b);
    free(a);
    free(b);
    tb_board_free(one);
    tb_board_free(two);
}

static void same_bytes_anywhere(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati",
                                        "Europe/Berlin"};
    static const char *const langs[] = {"C", "C.UTF-8", "ja_JP.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"};
    char *first = feed(board, TB_FEED_REGION, "");
    for (size_t i = 0; i < TB_COUNT(zones); i++) {
        setenv("TZ", zones[i], 1);
        setenv("LANG", langs[i], 1);
        setenv("LC_ALL", langs[i], 1);
        tzset();
        (void)setlocale(LC_ALL, "");
        char *again = feed(board, TB_FEED_REGION, "");
        assert_string_equal(first, again);
        free(again);
    }
    (void)setlocale(LC_ALL, "C");
    free(first);
}

static void unfit_text_is_refused_by_row(void **state)
{
    (void)state;
    static const char *const unfit[] = {"鐘\007",           "\033[1m",    "a\177", "\xC2\x85",
                                        "\x93\x96\x94\xD4", "半\xE5\xBD", "行\n行"};
    int i = tb_find_provider(region, "d1"), duty = tb_find_duty(region, "night");
    const char *kept = region->providers[i].name;
    for (size_t k = 0; k < TB_COUNT(unfit); k++) {
        struct tb_buf out = {0};
        struct tb_err e = {0};
        region->providers[i].name = unfit[k];
        assert_int_equal(TB_INPUT, tb_publish_ics(board, TB_FEED_DUTY, duty, &out, &e));
        has(e.text, "providers \"d1\", field name");
        has(e.text, "small:");
        assert_int_equal(0, out.len);
        tb_buf_free(&out);
    }
    region->providers[i].name = kept;
    struct tb_err e = {0};
    struct tb_buf out = {0};
    i = tb_find_provider(region, "h2"); /* named in the text of a doctor's night only */
    kept = region->providers[i].phone;
    region->providers[i].phone = "\001";
    assert_int_equal(TB_INPUT,
                     tb_publish_ics(board, TB_FEED_PROVIDER, tb_find_provider(region, "d1"), &out, &e));
    has(e.text, "providers \"h2\", field phone");
    region->providers[i].phone = kept;
    kept = region->regions[0].notice;
    region->regions[0].notice = "\001";
    assert_int_equal(TB_INPUT, tb_publish_ics(board, TB_FEED_REGION, 0, &out, &e));
    has(e.text, "field notice");
    region->regions[0].notice = kept;
    tb_buf_free(&out);
}

static void file_names(void **state)
{
    (void)state;
    struct tb_buf out = {0};
    tb_publish_ics_name(board, TB_FEED_PROVIDER, tb_find_provider(region, "d1"), &out);
    tb_buf_addc(&out, ' ');
    tb_publish_ics_name(board, TB_FEED_DUTY, tb_find_duty(region, "rot-a"), &out);
    tb_buf_addc(&out, ' ');
    tb_publish_ics_name(board, TB_FEED_REGION, 0, &out);
    assert_string_equal("p-d1.ics d-rot-a.ics region.ics", tb_buf_str(&out));
    tb_buf_free(&out);
}

/* A name without a place to break, long enough to be folded at each offset. */
static void folds_never_cut_a_character(void **state)
{
    (void)state;
    int i = tb_find_provider(region, "d1");
    const char *kept = region->providers[i].name;
    for (int pad = 0; pad < 80; pad++) {
        struct tb_buf name = {0};
        for (int k = 0; k < pad; k++) tb_buf_addc(&name, 'a');
        for (int k = 0; k < 40; k++) tb_buf_add(&name, k % 3 == 0 ? "𠮷" : k % 3 == 1 ? "髙" : "é");
        region->providers[i].name = tb_buf_str(&name);
        char *ics = feed(board, TB_FEED_PROVIDER, "d1"); /* the lint is inside */
        has(unfolded(ics), name.s);
        free(ics);
        tb_buf_free(&name);
    }
    region->providers[i].name = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_level),
        cmocka_unit_test(every_seat_and_interval_is_an_event),
        cmocka_unit_test(a_night_is_one_event_across_midnight),
        cmocka_unit_test(personal_feed_tells_only_of_oneself),
        cmocka_unit_test(backup_of_the_night_is_named),
        cmocka_unit_test(a_person_is_never_named_as_backup),
        cmocka_unit_test(the_rotation_does_not_back_itself),
        cmocka_unit_test(role_first_and_reserve_differs),
        cmocka_unit_test(at_home_leaves_the_day_free),
        cmocka_unit_test(text_is_escaped_names_are_not),
        cmocka_unit_test(revision_is_the_events_own),
        cmocka_unit_test(told_backup_moves_the_revision),
        cmocka_unit_test(a_draft_is_tentative),
        cmocka_unit_test(never_empty),
        cmocka_unit_test(uids_live_on),
        cmocka_unit_test(own_uid_does_not_hang_on_the_seat_number),
        cmocka_unit_test(same_bytes_anywhere),
        cmocka_unit_test(unfit_text_is_refused_by_row),
        cmocka_unit_test(folds_never_cut_a_character),
        cmocka_unit_test(file_names),
    };
    return cmocka_run_group_tests_name("publish: calendar feeds", tests, setup, teardown);
}
