/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * base: what every room stands on. Errors, memory, text buffers, checked numbers, civil dates,
 * the clock, and files that are written whole or not at all. Knows libc and nothing of rosters.
 *
 * Memory: allocation failure ends the process with a message (exit 70); nothing here returns NULL
 * for want of memory. Work that may be huge runs in a child process, so a server survives it.
 * Ownership words: a returned `char *` is the caller's to free; a `const char *` is borrowed.
 */
#ifndef TOBAN_BASE_BASE_H
#define TOBAN_BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TB_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define TB_FORMATS(a, b) __attribute__((format_arg(a), format_arg(b)))
#define TB_MUST_USE __attribute__((warn_unused_result))
#define TB_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- errors ------------------------------------------------------------------------------ */

/* Every function that can fail returns one of these; TB_OK is 0. The value says what the caller
 * can do about it; the words are in `struct tb_err`. They are also the program's exit codes. */
enum tb_code {
    TB_OK = 0,        /* done */
    TB_NO = 1,        /* the answer is no: rule broken, seat open, table not total */
    TB_USAGE = 2,     /* the call is wrong */
    TB_INPUT = 3,     /* input rejected; nothing was written */
    TB_STORAGE = 4,   /* database or file system failed */
    TB_LIMIT = 5,     /* a limit was reached without proof */
    TB_REFUSED = 6,   /* refused by state or permission */
    TB_INVALID = 7,   /* the routing table is not valid now */
    TB_INTERNAL = 70, /* a bug */
    TB_BUSY = 75      /* temporary: try again */
};

enum tb_lang { TB_JA, TB_EN };

/* Language of messages for people, of this thread alone: TB_EN until an adapter sets it. Messages are built
 * with both texts at hand (tb_t), so no text exists in one language only. */
void tb_lang_set(enum tb_lang lang);
enum tb_lang tb_lang_get(void);
/* Picks `ja` or `en` by the language set; both are borrowed. The result may stand where a printf format
 * stands: the compiler checks both texts against the arguments ("%2$s" where the word order differs). */
const char *tb_t(const char *ja, const char *en) TB_FORMATS(1, 2);

#define TB_ERR_MAX 2048
/* Caller-owned: `struct tb_err e = {0};`. Low rooms describe, only the adapter prints. */
struct tb_err {
    enum tb_code code;
    char text[TB_ERR_MAX]; /* UTF-8, never cut inside a character, no newline at the end */
};
/* Sets code and text (printf-like) and returns `code`, so that one can `return tb_fail(...)`.
 * A text already set by a lower room is replaced: use tb_err_wrap to keep it. `e` may be NULL. */
enum tb_code tb_fail(struct tb_err *e, enum tb_code code, const char *fmt, ...) TB_PRINTF(3, 4);
/* Puts "context: " before the text that is there; keeps the code; returns it. `e` must hold an error. */
enum tb_code tb_err_wrap(struct tb_err *e, const char *fmt, ...) TB_PRINTF(2, 3);
/* A broken invariant: prints file, line, words to stderr and ends the process with 70. */
_Noreturn void tb_bug(const char *file, int line, const char *fmt, ...) TB_PRINTF(3, 4);
#define TB_BUG(...) tb_bug(__FILE__, __LINE__, __VA_ARGS__)
#define TB_ASSERT(x) ((x) ? (void)0 : TB_BUG("%s", #x))

/* ---- memory ------------------------------------------------------------------------------ */

void *tb_xmalloc(size_t size);
void *tb_xcalloc(size_t n, size_t size);
void *tb_xrealloc(void *p, size_t size);
char *tb_xstrdup(const char *s);

/* Things that die together. Zero-initialised is empty. */
struct tb_arena {
    struct tb_arena_block *head;
};
void *tb_arena_alloc(struct tb_arena *a, size_t size); /* zeroed, aligned for anything */
char *tb_arena_strdup(struct tb_arena *a, const char *s);
char *tb_arena_strndup(struct tb_arena *a, const char *s, size_t n);
char *tb_arena_printf(struct tb_arena *a, const char *fmt, ...) TB_PRINTF(2, 3);
void tb_arena_free(struct tb_arena *a); /* frees all; leaves it empty and usable */

/* Growing arrays: `T *v = NULL; size_t n = 0, cap = 0; *TB_PUSH(v, n, cap) = x;` */
void *tb_grow(void *v, size_t n, size_t *cap, size_t size);
#define TB_PUSH(v, n, cap) ((v) = tb_grow((v), (n), &(cap), sizeof *(v)), &(v)[(n)++])

/* ---- text buffer ------------------------------------------------------------------------- */

/* Invariant: `s` is NULL when nothing was ever added, else s[len] == 0. Zero-initialised is empty. */
struct tb_buf {
    char *s;
    size_t len, cap;
};
void tb_buf_add(struct tb_buf *b, const char *s);
void tb_buf_addn(struct tb_buf *b, const void *bytes, size_t n);
void tb_buf_addc(struct tb_buf *b, char c);
void tb_buf_addf(struct tb_buf *b, const char *fmt, ...) TB_PRINTF(2, 3);
void tb_buf_vaddf(struct tb_buf *b, const char *fmt, va_list ap) TB_PRINTF(2, 0);
void tb_buf_clear(struct tb_buf *b); /* keeps the memory */
void tb_buf_free(struct tb_buf *b);
char *tb_buf_take(struct tb_buf *b);            /* the caller owns the result, never NULL; b is empty after */
const char *tb_buf_str(const struct tb_buf *b); /* borrowed, "" when empty */

/* ---- numbers and text -------------------------------------------------------------------- */

/* Is the word one of those that stand in the list, joined by ';'? NULL: there are none. */
bool tb_list_holds(const char *list, const char *word);
/* The whole string is a decimal integer in [min, max] (optional leading '-'); no blanks. */
TB_MUST_USE bool tb_parse_int(const char *s, int64_t min, int64_t max, int64_t *out);
/* Decimal with at most six places ("1.25", "-0.5") to millionths, |value| <= 1e9. */
TB_MUST_USE bool tb_parse_millionths(const char *s, int64_t *out);
/* Shortest decimal of millionths: 1250000 -> "1.25". Returns `buf` (>= 24 bytes). */
char *tb_format_millionths(int64_t v, char *buf, size_t size);
/* Valid UTF-8 (no overlong forms, no surrogates)? On false *bad (may be NULL) is the offset where
 * the first bad sequence begins. */
bool tb_utf8_valid(const char *s, size_t n, size_t *bad);
/* Columns a terminal needs for the text (kanji 2, combining 0). */
int tb_utf8_width(const char *s);
/* An id is 1..64 of [a-z0-9._-], starting with a letter or digit: safe in file names, URLs and data. */
bool tb_is_id(const char *s);
/* 64 lower-case hex digits of SHA-256, for digests of canonical bytes. out[65]. */
void tb_sha256_hex(const void *bytes, size_t n, char out[65]);

/* ---- civil time --------------------------------------------------------------------------- */

/* Japan is UTC+09:00 without summer time (Act repealed 1952). A day counts civil days in Japan,
 * 1970-01-01 = 0; a minute counts minutes in Japan since 1970-01-01T00:00+09:00. Intervals are
 * half-open. No zone database, no libc time function besides the clock below. */
typedef int32_t tb_day;
typedef int64_t tb_minute;
#define TB_DAY_NONE INT32_MIN
#define TB_NEVER INT64_MIN /* no instant */
#define TB_MINUTES_PER_DAY 1440

struct tb_ymd {
    int year, month, day;
};
/* proleptic Gregorian; the date must exist (years 1..9999) */
tb_day tb_day_of(int year, int month, int day);
bool tb_date_exists(int year, int month, int day); /* years 1868..2199 */
/* not TB_DAY_NONE: that is a bug and ends the process */
struct tb_ymd tb_ymd_of(tb_day d);
int tb_weekday(tb_day d);                            /* 0 Sunday .. 6 Saturday */
tb_minute tb_minute_of(tb_day d, int minute_of_day); /* minute_of_day may pass 1440 (翌) */
tb_day tb_day_of_minute(tb_minute m);
tb_day tb_month_first(tb_day d); /* the first day of its month */
tb_day tb_month_last(tb_day d);
int tb_fiscal_year(tb_day d);                               /* April to March */
TB_MUST_USE bool tb_parse_date(const char *s, tb_day *out); /* YYYY-MM-DD that exists */
/* HH:MM, 00:00..47:59; or 翌HH:MM, 翌H:MM */
TB_MUST_USE bool tb_parse_time(const char *s, int *minute);
/* YYYY-MM-DDTHH:MM, optional :SS ignored, optional +09:00 or Z (converted). */
TB_MUST_USE bool tb_parse_instant(const char *s, tb_minute *out);
char *tb_format_date(tb_day d, char *buf, size_t size);       /* 2026-12-03 */
char *tb_format_time(int minute, char *buf, size_t size);     /* 19:30, 32:30 (data form) */
char *tb_format_time_ja(int minute, char *buf, size_t size);  /* 19:30, 翌8:30 */
char *tb_format_instant(tb_minute m, char *buf, size_t size); /* 2026-12-03T19:30+09:00 */
char *tb_format_date_ja(tb_day d, char *buf, size_t size);    /* 令和8年12月3日(木) */
char *tb_format_md_ja(tb_day d, char *buf, size_t size);      /* 12月3日(木) */
char *tb_format_month_ja(tb_day d, char *buf, size_t size);   /* 令和8年12月 */
char *tb_format_fiscal_ja(int year, char *buf, size_t size);  /* 令和8年度, 令和元年度 */
/* for people, in the language set: 令和8年12月3日(木), or 2026-12-03 */
char *tb_format_date_told(tb_day d, char *buf, size_t size);
/* 12月3日(木) 8:30, in English Thu 2026-12-03 08:30: for people, in the language set */
char *tb_format_instant_told(tb_minute m, char *buf, size_t size);
const char *tb_weekday_ja(int weekday); /* 日 月 火 水 木 金 土 */
const char *tb_weekday_en(int weekday); /* Sun .. Sat */
/* All the tb_format_* above write at most `size` bytes and return buf; 64 bytes are always enough. */

/* ---- clock -------------------------------------------------------------------------------- */

/* The only reader of the system's time. With `fixed` set (the --at option) it stands still. */
struct tb_clock {
    bool fixed;
    tb_minute at;
};
tb_minute tb_clock_now(const struct tb_clock *c);
/* Seconds since 1970 by the system's clock, whatever --at says: for what keeps strangers out, nothing else.
 */
int64_t tb_clock_real(void);
double tb_clock_seconds(void); /* monotonic, for durations only; never in a result that is stored */

/* ---- files -------------------------------------------------------------------------------- */

/* Reads a whole file of at most `limit` bytes; NUL-terminated, `len` may be NULL. TB_INPUT: missing, larger,
 * a directory. On failure *out and *len stay as they were. */
TB_MUST_USE enum tb_code tb_file_read(const char *path, size_t limit, char **out, size_t *len,
                                      struct tb_err *e);
/* Temporary in the same directory, fsync, checked close, rename, fsync of the directory. An existing file
 * keeps its mode; a link, device or directory of that name is refused. TB_STORAGE. */
TB_MUST_USE enum tb_code tb_file_write(const char *path, const void *bytes, size_t len, struct tb_err *e);
/* Into a place that nobody reads yet and that is made safe as a whole afterwards (outdir.h): no temporary, no
 * fsync. TB_STORAGE. */
TB_MUST_USE enum tb_code tb_file_put(const char *path, const void *bytes, size_t len, struct tb_err *e);
TB_MUST_USE enum tb_code tb_dir_make(const char *path, struct tb_err *e); /* mkdir -p */
/* rm -r of what we made; never through links; gone already is TB_OK */
TB_MUST_USE enum tb_code tb_dir_remove(const char *path, struct tb_err *e);
/* Holds everybody else who locks a file of the same directory until tb_file_unlock; for what is read, changed
 * and written again. Nothing is left behind. -1 when the directory cannot be opened: the write will say so.
 */
int tb_file_lock(const char *path);
void tb_file_unlock(int lock);
bool tb_file_exists(const char *path); /* anything of that name, a directory too */

/* One line per event on stderr: "toban: text". */
void tb_log(const char *fmt, ...) TB_PRINTF(1, 2);

#endif
