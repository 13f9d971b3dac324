/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the bytes of a calendar as the strictest client might. Knows nothing of libical: it is the second
 * pair of eyes on what libical wrote.
 */
#include "publish_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OCTETS_MAX 75

static const char *const calendar_once[] = {
    "VERSION",       "PRODID",           "CALSCALE",        "NAME", "X-WR-CALNAME",
    "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", NULL};
static const char *const event_once[] = {"UID",   "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART",
                                         "DTEND", "SUMMARY", "STATUS",        "TRANSP",   NULL};
/* METHOD would make the feed an invitation, SOURCE would spread its address, the others mean that libical
 * found a fault or that the entry became a meeting or rings. */
static const char *const never[] = {"METHOD", "SOURCE", "ATTENDEE",    "ORGANIZER",
                                    "RRULE",  "RDATE",  "X-LIC-ERROR", NULL};

/* An alarm that is asked for shows a line before the duty, and does nothing else. */
static const char *const alarm_once[] = {"ACTION", "DESCRIPTION", "TRIGGER", NULL};

struct scan {
    int line;              /* first physical line of the logical one */
    const char *inside[4]; /* open components */
    int depth;
    int calendars, zones, standards, events;
    int seen_calendar[TB_COUNT(calendar_once)], seen_event[TB_COUNT(event_once)],
        seen_alarm[TB_COUNT(alarm_once)];
    char *name;
    char stamp[32], from[64], to[64];
    bool cancelled, transparent, says_cancelled;
    char **uids;
    size_t n_uids, cap_uids;
};

static enum tb_code bad(const struct scan *s, struct tb_err *e, const char *what)
{
    return tb_fail(e, TB_INTERNAL, tb_t("カレンダーの %d 行目: %s", "calendar line %d: %s"), s->line, what);
}

static int find(const char *const *names, const char *name, size_t n)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strlen(names[i]) == n && strncmp(names[i], name, n) == 0) return i;
    return -1;
}

static bool all_once(const int *seen, const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++)
        if (seen[i] != 1) return false;
    return true;
}

static bool uuid_shaped(const char *s)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (strlen(s) != sizeof shape - 1) return false;
    for (size_t i = 0; s[i] != '\0'; i++)
        if (shape[i] == '-' ? s[i] != '-' : strchr("0123456789abcdef", s[i]) == NULL) return false;
    return true;
}

/* Commas and the like in these values come out differently from one libical to the next, or are taken for
 * separators. */
static bool plain(const char *value) { return strpbrk(value, ",;\\") == NULL && strstr(value, "；") == NULL; }

static enum tb_code begin(struct scan *s, const char *what, struct tb_err *e)
{
    if (s->depth == (int)TB_COUNT(s->inside)) return bad(s, e, "BEGIN");
    static const char *const known[] = {"VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT", "VALARM", NULL};
    int k = find(known, what, strlen(what));
    if (k < 0) return bad(s, e, tb_t("知らない構成要素", "unknown component"));
    s->inside[s->depth++] = known[k];
    if (k == 0) s->calendars++;
    if (k == 1) s->zones++;
    if (k == 2) s->standards++;
    if (k == 4 && (s->depth != 3 || strcmp(s->inside[1], "VEVENT") != 0 || s->cancelled))
        return bad(s, e, "VALARM");
    if (k == 4) memset(s->seen_alarm, 0, sizeof s->seen_alarm);
    if (k == 3) {
        s->events++;
        memset(s->seen_event, 0, sizeof s->seen_event);
        s->cancelled = s->transparent = s->says_cancelled = false;
    }
    return TB_OK;
}

static enum tb_code end(struct scan *s, const char *what, struct tb_err *e)
{
    if (s->depth == 0 || strcmp(s->inside[s->depth - 1], what) != 0)
        return bad(s, e, tb_t("END が BEGIN と合わない", "END without its BEGIN"));
    s->depth--;
    if (strcmp(what, "VALARM") == 0 && !all_once(s->seen_alarm, alarm_once)) return bad(s, e, "VALARM");
    if (strcmp(what, "VEVENT") != 0) return TB_OK;
    if (!all_once(s->seen_event, event_once))
        return bad(s, e,
                   tb_t("必要な項目がちょうど一つずつない", "a required property is missing or double"));
    if (s->cancelled != s->says_cancelled || (s->cancelled && !s->transparent))
        return bad(s, e,
                   tb_t("取消の印がそろっていない",
                        "STATUS, TRANSP and title do not agree on whether it is cancelled"));
    /* Both are Asia/Tokyo in one fixed form, so text order is time order. */
    return strcmp(s->from, s->to) < 0
               ? TB_OK
               : bad(s, e, tb_t("終わりが始まりより後でない", "ends before it starts"));
}

static enum tb_code event_property(struct scan *s, const char *line, size_t n, const char *value,
                                   struct tb_err *e)
{
    int k = find(event_once, line, n);
    if (k >= 0) s->seen_event[k]++;
    if (n == 3 && strncmp(line, "UID", n) == 0) {
        if (!uuid_shaped(value)) return bad(s, e, "UID");
        *TB_PUSH(s->uids, s->n_uids, s->cap_uids) = tb_xstrdup(value);
    } else if (n == 7 && strncmp(line, "DTSTAMP", n) == 0) {
        (void)snprintf(s->stamp, sizeof s->stamp, "%s", value);
        if (strlen(value) != 16 || value[15] != 'Z') return bad(s, e, "DTSTAMP");
    } else if (n == 13 && strncmp(line, "LAST-MODIFIED", n) == 0) {
        if (strcmp(value, s->stamp) != 0) return bad(s, e, "LAST-MODIFIED");
    } else if (n <= 7 && (strncmp(line, "DTSTART", n) == 0 || strncmp(line, "DTEND", n) == 0)) {
        if (strncmp(line + n, ";TZID=Asia/Tokyo:", 17) != 0 || strlen(value) != 15)
            return bad(s, e, tb_t("時刻に TZID がない", "time without TZID"));
        (void)snprintf(n == 7 ? s->from : s->to, sizeof s->from, "%s", value);
    } else if (n == 6 && strncmp(line, "STATUS", n) == 0) {
        s->cancelled = strcmp(value, "CANCELLED") == 0;
    } else if (n == 6 && strncmp(line, "TRANSP", n) == 0) {
        s->transparent = strcmp(value, "TRANSPARENT") == 0;
    } else if (n == 7 && strncmp(line, "SUMMARY", n) == 0) {
        s->says_cancelled = strncmp(value, TB_PUB_CANCELLED, sizeof TB_PUB_CANCELLED - 1) == 0;
    } else if (n == 10 && strncmp(line, "CATEGORIES", n) == 0 && !plain(value)) {
        return bad(s, e, "CATEGORIES");
    }
    return TB_OK;
}

static enum tb_code alarm_property(struct scan *s, const char *line, size_t n, const char *value,
                                   struct tb_err *e)
{
    int k = find(alarm_once, line, n);
    if (k < 0) return bad(s, e, "VALARM");
    s->seen_alarm[k]++;
    if ((k == 0 && strcmp(value, "DISPLAY") != 0) || (k == 2 && strncmp(value, "-P", 2) != 0))
        return bad(s, e, alarm_once[k]);
    return TB_OK;
}

static enum tb_code calendar_property(struct scan *s, const char *line, size_t n, const char *value,
                                      struct tb_err *e)
{
    int k = find(calendar_once, line, n);
    if (k < 0)
        return bad(s, e,
                   tb_t("カレンダーにあってはならない項目",
                        "a property that must not stand at the calendar's level"));
    s->seen_calendar[k]++;
    if (strcmp(calendar_once[k], "NAME") != 0 && strcmp(calendar_once[k], "X-WR-CALNAME") != 0) return TB_OK;
    if (!plain(value) || (s->name != NULL && strcmp(s->name, value) != 0))
        return bad(s, e, "NAME, X-WR-CALNAME");
    free(s->name);
    s->name = tb_xstrdup(value);
    return TB_OK;
}

static enum tb_code logical_line(struct scan *s, const char *line, struct tb_err *e)
{
    size_t n = strcspn(line, ":;");
    const char *value = strchr(line, ':');
    if (n == 0 || value == NULL) return bad(s, e, tb_t("項目の形でない", "not a property"));
    value++;
    if (strncmp(line, "BEGIN:", 6) == 0) return begin(s, value, e);
    if (strncmp(line, "END:", 4) == 0) return end(s, value, e);
    if (find(never, line, n) >= 0)
        return bad(s, e, tb_t("あってはならない項目", "a property that must not be there"));
    if (s->depth == 1) return calendar_property(s, line, n, value, e);
    if (s->depth == 2 && strcmp(s->inside[1], "VEVENT") == 0) return event_property(s, line, n, value, e);
    if (s->depth == 3 && strcmp(s->inside[2], "VALARM") == 0) return alarm_property(s, line, n, value, e);
    if (strncmp(line, "TZOFFSET", 8) == 0 && strcmp(value, "+0900") != 0) return bad(s, e, "TZOFFSET");
    if (strncmp(line, "TZID", 4) == 0 && strcmp(value, "Asia/Tokyo") != 0) return bad(s, e, "TZID");
    return s->depth > 1 ? TB_OK : bad(s, e, tb_t("VCALENDAR の外の行", "a line outside of VCALENDAR"));
}

/* One line of bytes as it will go over the wire, without its CR LF. */
static enum tb_code physical_line(const struct scan *s, const char *p, size_t n, struct tb_err *e)
{
    if (n == 0) return bad(s, e, tb_t("空の行", "an empty line"));
    if (n > OCTETS_MAX) return bad(s, e, tb_t("75 オクテットを超える", "more than 75 octets"));
    if (!tb_utf8_valid(p, n, NULL))
        return bad(s, e, tb_t("文字の途中で折られている", "not UTF-8, or folded inside a character"));
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)p[i] < 0x20 && p[i] != '\t') || p[i] == 0x7F)
            return bad(s, e, tb_t("制御文字", "a control character"));
    return TB_OK;
}

static enum tb_code scan_lines(struct scan *s, const char *bytes, size_t len, struct tb_err *e)
{
    struct tb_buf logical = {0};
    enum tb_code rc = TB_OK;
    int line = 0;
    for (size_t at = 0; at < len && rc == TB_OK;) {
        const char *p = bytes + at, *cr = memchr(p, '\r', len - at);
        line++;
        size_t n = cr != NULL ? (size_t)(cr - p) : len - at;
        if (cr == NULL || at + n + 1 >= len || cr[1] != '\n') {
            s->line = line;
            rc = bad(s, e, tb_t("行末が CR LF でない", "a line does not end with CR LF"));
            break;
        }
        at += n + 2;
        bool folded = n > 0 && (p[0] == ' ' || p[0] == '\t') && logical.len > 0;
        if (!folded && logical.len > 0) rc = logical_line(s, tb_buf_str(&logical), e);
        if (!folded) {
            tb_buf_clear(&logical);
            s->line = line;
        }
        if (rc == TB_OK) rc = physical_line(s, p, n, e);
        if (rc == TB_OK) tb_buf_addn(&logical, folded ? p + 1 : p, folded ? n - 1 : n);
    }
    if (rc == TB_OK && logical.len > 0) rc = logical_line(s, tb_buf_str(&logical), e);
    tb_buf_free(&logical);
    return rc;
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static enum tb_code whole(struct scan *s, const char *bytes, size_t len, struct tb_err *e)
{
    static const char last[] = "END:VCALENDAR\r\n";
    if (s->depth != 0 || s->calendars != 1 || len < sizeof last ||
        strcmp(bytes + len - (sizeof last - 1), last) != 0)
        return bad(s, e, tb_t("VCALENDAR がちょうど一つでない", "not exactly one VCALENDAR"));
    if (s->zones != 1 || s->standards != 1)
        return bad(s, e,
                   tb_t("VTIMEZONE がちょうど一つでない", "not exactly one VTIMEZONE with one STANDARD"));
    if (s->events == 0) return bad(s, e, tb_t("予定が一つもない", "no event"));
    if (!all_once(s->seen_calendar, calendar_once))
        return bad(s, e, tb_t("カレンダーの項目が足りない", "a calendar property is missing or double"));
    qsort(s->uids, s->n_uids, sizeof *s->uids, by_text);
    for (size_t i = 1; i < s->n_uids; i++)
        if (strcmp(s->uids[i - 1], s->uids[i]) == 0)
            return bad(s, e, tb_t("UID の重なり", "two events with one UID"));
    return TB_OK;
}

enum tb_code tb_pub_lint(const char *bytes, size_t len, int *events, struct tb_err *e)
{
    struct scan s = {0};
    enum tb_code rc = scan_lines(&s, bytes, len, e);
    if (rc == TB_OK) rc = whole(&s, bytes, len, e);
    *events = s.events;
    free(s.name);
    for (size_t i = 0; i < s.n_uids; i++) free(s.uids[i]);
    free(s.uids);
    return rc;
}
