/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The transport: header values, paths of routes, resources, and two listeners that share nothing.
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>
#include <zlib.h>

#include "http/http_int.h"

/* ---- header values ------------------------------------------------------------------------------ */

static void dates_there_and_back(void **state)
{
    (void)state;
    char text[40];
    int64_t at = (int64_t)tb_minute_of(tb_day_of(2026, 3, 4), 570) * 60 + 7, back;
    http_date(at, text);
    assert_string_equal(text, "Wed, 04 Mar 2026 00:30:07 GMT");
    assert_true(http_date_parse(text, &back));
    assert_int_equal(back, at);
    /* In Japan it is the next day already. */
    http_date((int64_t)tb_minute_of(tb_day_of(2027, 1, 1), 0) * 60, text);
    assert_string_equal(text, "Thu, 31 Dec 2026 15:00:00 GMT");
    static const char *const wrong[] = {
        "",
        "Wed, 04 Mar 2026 00:30:00",
        "Wed, 31 Feb 2026 00:30:00 GMT",
        "Wed, 04 Mar 2026 24:30:00 GMT",
        "Wed, 04 Mar 2026 00:30:61 GMT",
        "Wed, 04 arM 2026 00:30:00 GMT",
        "Wed, 04 Mar 2026 00:30:00 JST",
        "Wednesday, 04-Mar-26 00:30:00 GMT",
        "Wed, 04 Mar 2026 00:30:00 GMT ",
    };
    for (size_t i = 0; i < TB_COUNT(wrong); i++)
        if (http_date_parse(wrong[i], &back)) fail_msg("taken for a date: %s", wrong[i]);
}

static void tags_are_compared_weakly(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        bool listed;
    } rows[] = {
        {"\"a\"", true},
        {"W/\"a\"", true},
        {"\"x\", \"b\"", true},
        {"*", true},
        {"\"x\",W/\"b\"", true},
        {"", false},
        {"a", false},
        {"\"a", false},
        {"\"ab\"", false},
        {"\"x\" \"y\"", false},
        {"\"A\"", false},
        {"\"x,\"", false},
    };
    for (size_t i = 0; i < TB_COUNT(rows); i++)
        if (http_etag_listed(rows[i].header, "\"a\"", "\"b\"") != rows[i].listed)
            fail_msg("If-None-Match: %s", rows[i].header);
}

static void gzip_where_it_is_wanted(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        bool wanted;
    } rows[] = {
        {"gzip", true},      {"deflate, GZIP", true}, {"gzip;q=0.5", true},     {"br;q=0, gzip", true},
        {"", false},         {"gzip;q=0", false},     {"gzip; q=0.000", false}, {"gzippy", false},
        {"identity", false},
    };
    for (size_t i = 0; i < TB_COUNT(rows); i++)
        if (http_wants_gzip(rows[i].header) != rows[i].wanted)
            fail_msg("Accept-Encoding: %s", rows[i].header);
}

static void routes_match_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *route, *path;
        int rest; /* -1: no match */
    } rows[] = {
        {"/a", "/a", 2},       {"/a", "/a/", -1},    {"/a", "/", -1},
        {"/a", "/%61", -1},    {"/a/*", "/a/", 3},   {"/a/*", "/a", -1},
        {"/a/*", "/a/b/c", 3}, {"/a/*", "/b/b", -1}, {"*", "", 0},
    };
    for (size_t i = 0; i < TB_COUNT(rows); i++) {
        size_t rest;
        bool match = http_path_matches(rows[i].route, rows[i].path, strlen(rows[i].path), &rest);
        if (match != (rows[i].rest >= 0) || (match && rest != (size_t)rows[i].rest))
            fail_msg("%s and %s", rows[i].route, rows[i].path);
    }
}

static void the_same_bytes_pack_alike(void **state)
{
    (void)state;
    struct http_resource a, b;
    char text[2000];
    memset(text, 'x', sizeof text);
    http_resource_make(&a, text, sizeof text, 60);
    http_resource_make(&b, text, sizeof text, 120);
    assert_int_equal(a.packed.len, b.packed.len);
    assert_memory_equal(a.packed.s, b.packed.s, a.packed.len);
    assert_string_equal(a.etag, b.etag);
    assert_string_not_equal(a.etag, a.packed_etag);
    char back[sizeof text + 1];
    z_stream z = {.next_in = (Bytef *)a.packed.s,
                  .avail_in = (uInt)a.packed.len,
                  .next_out = (Bytef *)back,
                  .avail_out = sizeof back};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, sizeof text);
    assert_memory_equal(back, text, sizeof text);
    inflateEnd(&z);
    http_resource_free(&a);
    http_resource_free(&b);
}

/* ---- listeners ---------------------------------------------------------------------------------- */

struct shop {
    const char *name;
    atomic_int answers;
    struct http_resource page;
};

static void say_language(void *arg, struct http_request *rq)
{
    const struct shop *s = arg;
    struct tb_buf out = {0};
    tb_buf_addf(&out, "%s: %s", s->name, tb_t("日本語", "English"));
    http_answer_text(rq, 200, tb_buf_str(&out));
    tb_buf_free(&out);
}

/* What one request sets, the next does not find. */
static void turn_language(void *arg, struct http_request *rq)
{
    tb_lang_set(tb_lang_get() == TB_JA ? TB_EN : TB_JA);
    say_language(arg, rq);
}

static void echo_param(void *arg, const char *name, const char *value)
{
    tb_buf_addf(arg, "[%s=%s]", name, value ? value : "(none)");
}

static void say_what_was_asked(void *arg, struct http_request *rq)
{
    struct tb_buf out = {0};
    size_t n;
    const char *rest = http_rest(rq, &n), *host = http_header(rq, "host"), *a = http_param(rq, "a");
    (void)arg;
    tb_buf_addf(&out, "%.*s %s %s ", (int)n, rest, host ? host : "-", a ? a : "-");
    http_params(rq, echo_param, &out);
    http_answer_text(rq, 200, tb_buf_str(&out));
    tb_buf_free(&out);
}

static void send_page(void *arg, struct http_request *rq)
{
    struct shop *s = arg;
    http_answer_resource(rq, &s->page, "text/html", "page.html");
}

static void count_answer(void *arg, unsigned status)
{
    struct shop *s = arg;
    (void)status;
    atomic_fetch_add(&s->answers, 1);
}

enum { SHOP_APART = 8 };
static const struct http_param said[] = {{"a", HTTP_ONE}, {"b", HTTP_FLAG}, {"c", HTTP_MANY}, {0}};
static const struct http_route routes[] = {
    {.method = "GET", .path = "/language", .run = say_language},
    {.method = "GET", .path = "/turned", .run = turn_language},
    {.method = "GET", .path = "/page", .run = send_page},
    {.method = "GET", .path = "/said/*", .run = say_what_was_asked, .params = said},
    {.method = "GET", .path = "/slow/*", .run = say_what_was_asked, .params = said, .apart = true},
};

static http_listener *open_shop(struct shop *s)
{
    static const struct http_header headers[] = {{"X-Shop", "open"}};
    struct tb_err e = {0};
    http_listener *l;
    assert_int_equal(http_listener_new(&(struct http_opts){.address = "127.0.0.1",
                                                           .routes = routes,
                                                           .n_routes = TB_COUNT(routes),
                                                           .headers = headers,
                                                           .n_headers = TB_COUNT(headers),
                                                           .answered = count_answer,
                                                           .arg = s,
                                                           .apart = SHOP_APART},
                                       &l, &e),
                     TB_OK);
    assert_int_equal(http_listener_start(l, &e), TB_OK);
    assert_true(http_listener_port(l) > 0);
    return l;
}

/* The whole answer to a request head; borrowed until the next one. */
static const char *ask(const http_listener *l, const char *head)
{
    static char text[8192];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_listener_port(l))};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(write(fd, head, strlen(head)), strlen(head));
    size_t n = 0;
    for (ssize_t got; (got = read(fd, text + n, sizeof text - 1 - n)) > 0;) n += (size_t)got;
    text[n] = '\0';
    (void)close(fd);
    return text;
}

static const char *get(const http_listener *l, const char *path)
{
    char head[256];
    (void)snprintf(head, sizeof head, "GET %s HTTP/1.1\r\nHost: here\r\n\r\n", path);
    return ask(l, head);
}

static void has(const char *text, const char *part)
{
    if (!strstr(text, part)) fail_msg("no \"%s\" in: %s", part, text);
}

static void each_listener_has_its_language(void **state)
{
    (void)state;
    struct shop one = {.name = "one"}, two = {.name = "two"};
    tb_lang_set(TB_JA);
    http_listener *ja = open_shop(&one);
    tb_lang_set(TB_EN);
    http_listener *en = open_shop(&two);
    for (int i = 0; i < 8; i++) {
        has(get(ja, "/language"), "one: 日本語");
        has(get(en, "/language"), "two: English");
        has(get(ja, "/turned"), "one: English");
        has(get(en, "/turned"), "two: 日本語");
    }
    assert_int_equal(tb_lang_get(), TB_EN);
    http_listener_free(ja);
    has(get(en, "/language"), "two: English"); /* the one ends without the other */
    http_listener_free(en);
    assert_int_equal(atomic_load(&one.answers), 16);
    assert_int_equal(atomic_load(&two.answers), 17);
}

static void what_was_asked_arrives(void **state)
{
    (void)state;
    struct shop s = {0};
    http_listener *l = open_shop(&s);
    has(get(l, "/said/a%2Fb/c?a=1+2&b&c=%E6%97%A5"), "\r\n\r\na%2Fb/c here 1 2 [a=1 2][b=][c=日]");
    has(get(l, "/said/"), "\r\n\r\n here - ");
    has(get(l, "/said"), " 404 ");
    const char *text = get(l, "/said/x");
    has(text, "X-Shop: open\r\n");
    has(text, "Cache-Control: no-store\r\n");
    has(text, "Connection: close\r\n");
    http_listener_free(l);
}

/* Nothing that was asked is passed over: a name mistyped would be answered as if it had not been there. */
static void parameters_are_strict(void **state)
{
    (void)state;
    static const struct {
        const char *path, *text;
    } rows[] = {
        {"/said/x?aa=1", "there is no parameter \"aa\" here; there are: a, b, c\n"},
        {"/said/x?a=1&a=1", "the parameter \"a\" stands there twice; write it once\n"},
        {"/said/x?a", "the parameter \"a\" needs a value: a=...\n"},
        {"/said/x?b=2", "the parameter \"b\" takes no value (or 1); leave it out where it is not wanted\n"},
        {"/language?x=1", "there is no parameter \"x\" here; this address takes none\n"},
    };
    struct shop s = {0};
    http_listener *l = open_shop(&s);
    for (size_t i = 0; i < TB_COUNT(rows); i++) {
        const char *text = get(l, rows[i].path);
        has(text, " 400 ");
        has(text, rows[i].text);
    }
    has(get(l, "/said/x?c=1&c=2&b=1"), "[c=1][c=2][b=1]");
    struct tb_buf many = {0};
    tb_buf_add(&many, "/said/x?c=1");
    for (int i = 0; i < HTTP_PARAMS_MAX; i++) tb_buf_add(&many, "&c=1");
    struct tb_buf head = {0};
    tb_buf_addf(&head, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", many.s);
    has(ask(l, head.s), " 400 ");
    for (int i = 0; i < 400; i++) tb_buf_add(&many, "&c=1");
    tb_buf_clear(&head);
    tb_buf_addf(&head, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", many.s);
    has(ask(l, head.s), " 414 ");
    tb_buf_free(&many);
    tb_buf_free(&head);
    http_listener_free(l);
}

/* Several at once, each a client who has said all and shut his side before he is answered. */
static void what_takes_longer_is_answered_apart(void **state)
{
    (void)state;
    static const char head[] = "GET /slow/x?a=7 HTTP/1.1\r\nHost: x\r\n\r\n";
    struct shop s = {0};
    http_listener *l = open_shop(&s);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_listener_port(l))};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 100; i++) {
        int fd[SHOP_APART];
        for (size_t k = 0; k < TB_COUNT(fd); k++) {
            fd[k] = socket(AF_INET, SOCK_STREAM, 0);
            assert_int_equal(connect(fd[k], (struct sockaddr *)&to, sizeof to), 0);
            assert_int_equal(write(fd[k], head, sizeof head - 1), sizeof head - 1);
            assert_int_equal(shutdown(fd[k], SHUT_WR), 0);
        }
        for (size_t k = 0; k < TB_COUNT(fd); k++) {
            static char text[4096];
            size_t n = 0;
            for (ssize_t got; (got = read(fd[k], text + n, sizeof text - 1 - n)) > 0;) n += (size_t)got;
            text[n] = '\0';
            (void)close(fd[k]);
            has(text, "x x 7 [a=7]");
        }
    }
    http_listener_free(l);
}

static void a_port_that_is_taken(void **state)
{
    (void)state;
    struct shop s = {0};
    struct tb_err e = {0};
    http_listener *l = open_shop(&s), *other;
    const struct http_opts again = {.address = "127.0.0.1", .port = http_listener_port(l)};
    assert_int_equal(http_listener_new(&again, &other, &e), TB_OK);
    assert_int_equal(http_listener_start(other, &e), TB_REFUSED);
    has(e.text, "is in use by another program: stop that one, or take another port");
    http_listener_free(other);
    http_listener_free(l);
}

static void refusals_carry_the_headers_too(void **state)
{
    (void)state;
    static const struct {
        const char *head, *status;
    } rows[] = {
        {"POST /language HTTP/1.1\r\nHost: x\r\n\r\n", " 405 "},
        {"DELETE /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", " 405 "},
        {"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", " 404 "},
        {"GET /language HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", " 400 "},
        {"GET /language HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", " 400 "},
        {"GET language HTTP/1.1\r\nHost: x\r\n\r\n", " 400 "},
        {"GET /language HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1", " 413 "},
    };
    struct shop s = {0};
    http_listener *l = open_shop(&s);
    for (size_t i = 0; i < TB_COUNT(rows); i++) {
        const char *text = ask(l, rows[i].head);
        if (!strstr(text, rows[i].status)) fail_msg("%s: %s", rows[i].head, text);
        has(text, "X-Shop: open\r\n");
        if (strstr(text, " 405 ")) has(text, "Allow: GET, HEAD\r\n");
    }
    assert_int_equal(atomic_load(&s.answers), TB_COUNT(rows));
    http_listener_free(l);
}

static void a_page_is_sent_once(void **state)
{
    (void)state;
    struct shop s = {0};
    http_resource_make(&s.page, "<p>", 3, (int64_t)tb_minute_of(tb_day_of(2026, 3, 4), 570) * 60);
    http_listener *l = open_shop(&s);
    char head[256];
    const char *text = get(l, "/page");
    has(text, " 200 ");
    has(text, "Content-Disposition: inline; filename=\"page.html\"\r\n");
    has(text, "\r\n\r\n<p>");
    (void)snprintf(head, sizeof head, "GET /page HTTP/1.1\r\nHost: x\r\nIf-None-Match: %s\r\n\r\n",
                   s.page.etag);
    has(ask(l, head), " 304 ");
    has(ask(l, "GET /page HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: Wed, 04 Mar 2026 00:30:00 GMT\r\n\r\n"),
        " 304 ");
    has(ask(l, "GET /page HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: Wed, 04 Mar 2026 00:29:00 GMT\r\n\r\n"),
        " 200 ");
    has(ask(l, "GET /page HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"),
        "Content-Encoding: gzip\r\n");
    http_listener_free(l);
    http_resource_free(&s.page);
}

static void an_address_that_cannot_be_had(void **state)
{
    (void)state;
    struct tb_err e = {0};
    http_listener *l;
    assert_int_equal(http_listener_new(&(struct http_opts){.address = "example.com"}, &l, &e), TB_USAGE);
    has(e.text, "\"example.com\" is not an IPv4 address");
    /* 192.0.2.0/24 is for documents and on no machine. */
    assert_int_equal(http_listener_new(&(struct http_opts){.address = "192.0.2.1", .port = 8380}, &l, &e),
                     TB_OK);
    assert_int_equal(http_listener_start(l, &e), TB_STORAGE);
    has(e.text, "cannot listen on 192.0.2.1:8380");
    http_listener_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_there_and_back),      cmocka_unit_test(tags_are_compared_weakly),
        cmocka_unit_test(gzip_where_it_is_wanted),   cmocka_unit_test(routes_match_bytes),
        cmocka_unit_test(the_same_bytes_pack_alike), cmocka_unit_test(each_listener_has_its_language),
        cmocka_unit_test(what_was_asked_arrives),    cmocka_unit_test(refusals_carry_the_headers_too),
        cmocka_unit_test(a_page_is_sent_once),       cmocka_unit_test(an_address_that_cannot_be_had),
        cmocka_unit_test(parameters_are_strict),     cmocka_unit_test(what_takes_longer_is_answered_apart),
        cmocka_unit_test(a_port_that_is_taken),
    };
    (void)signal(SIGPIPE, SIG_IGN);
    tb_lang_set(TB_EN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
