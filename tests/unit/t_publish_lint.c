/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lint of calendar bytes: a good feed with one fault put in, fault by fault.
 */
#include "t_publish_region.h"

#include "publish/publish_int.h"

static char *good;

static int setup(void **state)
{
    (void)state;
    struct tb_region *r = small();
    struct tb_board *b = december_board(r);
    struct tb_buf out = {0};
    struct tb_err e = {0};
    assert_int_equal(TB_OK, tb_publish_ics(b, TB_FEED_DUTY, tb_find_duty(r, "rot-b"), &out, &e));
    good = tb_buf_take(&out);
    tb_board_free(b);
    tb_region_free(r);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(good);
    return 0;
}

static void good_feed_passes(void **state)
{
    (void)state;
    struct tb_err e = {0};
    int events = 0;
    assert_int_equal(TB_OK, tb_pub_lint(good, strlen(good), &events, &e));
    assert_int_equal(2, events);
}

static const struct {
    const char *what, *find, *put;
} faults[] = {
    {"a byte order mark", "BEGIN:VCALENDAR",
     "\xEF\xBB\xBF"
     "BEGIN:VCALENDAR"},
    {"a bare LF", "VERSION:2.0\r\n", "VERSION:2.0\n"},
    {"a bare CR", "VERSION:2.0\r\n", "VERSION:2.0\r"},
    {"an empty line", "VERSION:2.0\r\n", "VERSION:2.0\r\n\r\n"},
    {"a control character", "SUMMARY:", "SUMMARY:\007"},
    {"DEL", "SUMMARY:", "SUMMARY:\177"},
    {"Shift_JIS", "SUMMARY:", "SUMMARY:\x93\x96"},
    {"a fold inside a character", "SUMMARY:当", "SUMMARY:\xE5\r\n \xBD\x93"},
    {"a line of 76 octets", "CALSCALE:GREGORIAN\r\n",
     "CALSCALE:GREGORIANAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"},
    {"METHOD", "CALSCALE:GREGORIAN", "METHOD:PUBLISH\r\nCALSCALE:GREGORIAN"},
    {"SOURCE", "CALSCALE:GREGORIAN", "SOURCE;VALUE=URI:https://x.example/t\r\nCALSCALE:GREGORIAN"},
    {"UID of the calendar", "CALSCALE:GREGORIAN",
     "UID:88ee921b-538b-8e81-a25b-7f99351e7cd8\r\nCALSCALE:GREGORIAN"},
    {"no X-WR-TIMEZONE", "X-WR-TIMEZONE:Asia/Tokyo\r\n", ""},
    {"NAME and X-WR-CALNAME differ", "X-WR-CALNAME:", "X-WR-CALNAME:x"},
    {"a comma in the name", "\r\nNAME:", "\r\nNAME:a\\,"},
    {"a comma in CATEGORIES", "CATEGORIES:当番", "CATEGORIES:当番,夜"},
    {"a wide semicolon in CATEGORIES", "CATEGORIES:当番", "CATEGORIES:当；番"},
    {"offset with seconds", "TZOFFSETFROM:+0900", "TZOFFSETFROM:+091859"},
    {"another zone's name", "TZID:Asia/Tokyo", "TZID:/freeassociation.sourceforge.net/Asia/Tokyo"},
    {"two STANDARD", "BEGIN:STANDARD\r\n", "BEGIN:STANDARD\r\nEND:STANDARD\r\nBEGIN:STANDARD\r\n"},
    {"summer time", "END:VTIMEZONE", "BEGIN:DAYLIGHT\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE"},
    {"floating time", "DTSTART;TZID=Asia/Tokyo:20261206T170000", "DTSTART:20261206T170000"},
    {"UTC on one side", "DTEND;TZID=Asia/Tokyo:20261207T083000", "DTEND:20261206T233000Z"},
    {"ends before it starts", "DTEND;TZID=Asia/Tokyo:20261207T083000",
     "DTEND;TZID=Asia/Tokyo:20261206T083000"},
    {"DTSTAMP without Z", "Z\r\nLAST-MODIFIED", "\r\nLAST-MODIFIED"},
    {"DTSTAMP is not LAST-MODIFIED", "LAST-MODIFIED:2026", "LAST-MODIFIED:2027"},
    {"no SEQUENCE", "SEQUENCE:0\r\n", ""},
    {"two SUMMARY", "SUMMARY:", "SUMMARY:x\r\nSUMMARY:"},
    {"UID not of UUID's shape", "\r\nUID:", "\r\nUID:x"},
    {"an alarm", "STATUS:CONFIRMED", "BEGIN:VALARM\r\nEND:VALARM\r\nSTATUS:CONFIRMED"},
    {"an alarm that mails", "STATUS:CONFIRMED",
     "BEGIN:VALARM\r\nACTION:EMAIL\r\nDESCRIPTION:x\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\nSTATUS:CONFIRMED"},
    {"an alarm after it begins", "STATUS:CONFIRMED",
     "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:PT1H\r\nEND:VALARM\r\nSTATUS:CONFIRMED"},
    {"an attendee", "STATUS:CONFIRMED", "ATTENDEE:mailto:a@x.example\r\nSTATUS:CONFIRMED"},
    {"a fault of libical", "STATUS:CONFIRMED", "X-LIC-ERROR:x\r\nSTATUS:CONFIRMED"},
    {"a rule of repetition", "STATUS:CONFIRMED", "RRULE:FREQ=DAILY\r\nSTATUS:CONFIRMED"},
    {"no end", "END:VCALENDAR\r\n", ""},
    {"more after the end", "END:VCALENDAR\r\n", "END:VCALENDAR\r\nX:1\r\n"},
    {"a second calendar", "END:VCALENDAR\r\n", "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"},
    {"no end of the last line", "END:VCALENDAR\r\n", "END:VCALENDAR"},
    {"cancelled without the word in its title", "STATUS:CONFIRMED", "STATUS:CANCELLED"},
    {"the word without being cancelled", "SUMMARY:", "SUMMARY:【取消】"},
};

static void each_fault_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < TB_COUNT(faults); i++) {
        const char *at = strstr(good, faults[i].find);
        if (at == NULL) fail_msg("%s: nothing to change", faults[i].what);
        struct tb_buf bad = {0};
        struct tb_err e = {0};
        int events;
        tb_buf_addn(&bad, good, (size_t)(at - good));
        tb_buf_add(&bad, faults[i].put);
        tb_buf_add(&bad, at + strlen(faults[i].find));
        if (tb_pub_lint(tb_buf_str(&bad), bad.len, &events, &e) != TB_INTERNAL)
            fail_msg("%s passes", faults[i].what);
        assert_non_null(strstr(e.text, "line"));
        tb_buf_free(&bad);
    }
}

static void double_uid_is_found(void **state)
{
    (void)state;
    char *bad = tb_xstrdup(good), *one = strstr(bad, "\r\nUID:"), *two = strstr(one + 1, "\r\nUID:");
    struct tb_err e = {0};
    int events;
    memcpy(two, one, strlen("\r\nUID:") + 36);
    assert_int_equal(TB_INTERNAL, tb_pub_lint(bad, strlen(bad), &events, &e));
    free(bad);
}

static void no_event_is_found(void **state)
{
    (void)state;
    char *bad = tb_xstrdup(good);
    struct tb_err e = {0};
    int events;
    memcpy(strstr(bad, "BEGIN:VEVENT"), "END:VCALENDAR\r\n", sizeof "END:VCALENDAR\r\n");
    assert_int_equal(TB_INTERNAL, tb_pub_lint(bad, strlen(bad), &events, &e));
    free(bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_feed_passes),
        cmocka_unit_test(each_fault_is_found),
        cmocka_unit_test(double_uid_is_found),
        cmocka_unit_test(no_event_is_found),
    };
    return cmocka_run_group_tests_name("publish: lint of calendars", tests, setup, teardown);
}
