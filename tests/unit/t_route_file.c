/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table's file alone: what is read back answers as what was written; whatever is damaged answers with the
 * last resort and nothing else.
 */
#include "t_route_region.h"

static tb_table *copy;
static struct tb_buf file;

static int set_up(void **state)
{
    (void)state;
    struct tb_err e = {0};
    region = make_region(NULL, POLICIES);
    if (region == NULL) return -1;
    board = make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), -1, NULL, false);
    if (tb_route_build_span(board, board->from + 1, board->to - 1, tb_minute_of(tb_day_of(2026, 11, 20), 600),
                            &table, &e) != TB_OK)
        return -1;
    tb_printer *p = tb_printer_json(&file, 0);
    tb_table_json(table, p);
    tb_printer_free(p);
    if (tb_table_read(file.s, file.len, &copy, &e) != TB_OK) {
        (void)fprintf(stderr, "%s\n", e.text);
        return -1;
    }
    return 0;
}

static int tear_down_both(void **state)
{
    tb_table_free(copy);
    tb_buf_free(&file);
    return tear_down(state);
}

static uint64_t seed = 20261201;
static size_t draw(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static struct tb_query any_question(void)
{
    return (struct tb_query){table->from + (tb_minute)draw((size_t)(table->to - table->from)),
                             (int)draw((size_t)region->n_areas + 1) - 1,
                             (int)draw(120) - 1,
                             (int)draw((size_t)region->n_complaints + 1) - 1,
                             (int)draw(RT_U_COUNT),
                             (int)draw(TB_CHANNEL_COUNT),
                             (int)draw((size_t)region->n_modifiers + 1)};
}

static void same_answer(const struct tb_query *q, const struct tb_answer *a, const struct tb_answer *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->expires, b->expires);
    assert_int_equal(a->fallback, b->fallback);
    for (int i = 0; i < a->n; i++) {
        const struct tb_answer_entry *x = &a->e[i], *y = &b->e[i];
        assert_string_equal(x->name, y->name);
        if (q->channel != TB_CHANNEL_119) assert_string_equal(x->phone, y->phone);
        assert_string_equal(x->note, y->note);
        assert_string_equal(x->rule, y->rule);
        assert_string_equal(x->facility, y->facility);
        assert_string_equal(x->duty, y->duty);
        assert_string_equal(x->band, y->band);
        assert_int_equal(x->date, y->date);
        assert_int_equal(x->role, y->role);
        assert_int_equal(x->tier, y->tier);
        assert_int_equal(x->minutes, y->minutes);
        assert_int_equal(x->open_from, y->open_from);
        assert_int_equal(x->reception_until, y->reception_until);
        assert_int_equal(x->closes, y->closes);
    }
}

static void the_copy_answers_alike(void **state)
{
    (void)state;
    struct tb_err e = {0};
    for (int i = 0; i < 200000; i++) {
        struct tb_query q = any_question();
        struct tb_answer a, b;
        assert_int_equal(tb_route_lookup(table, &q, &a, &e), TB_OK);
        assert_int_equal(tb_route_lookup(copy, &q, &b, &e), TB_OK);
        same_answer(&q, &a, &b);
    }
}

/* The copy holds all that was written: it prints the same bytes. */
static void the_copy_prints_the_same_bytes(void **state)
{
    (void)state;
    struct tb_buf again = {0}, one = {0}, two = {0};
    tb_printer *p = tb_printer_json(&again, 0);
    tb_table_json(copy, p);
    tb_printer_free(p);
    assert_true(strcmp(again.s, file.s) == 0); /* not assert_string_equal: it would print both */
    tb_table_csv(table, &one);
    tb_table_csv(copy, &two);
    assert_true(strcmp(one.s, two.s) == 0);
    tb_buf_free(&again);
    tb_buf_free(&one);
    tb_buf_free(&two);
}

/* A damaged file is never a table, and still has 119 in its last resort. */
static void refused(const char *bytes, size_t len, const char *how, size_t at, int sources[4])
{
    struct tb_err e = {0};
    tb_table *t = NULL;
    struct tb_last_resort l;
    if (tb_table_read(bytes, len, &t, &e) != TB_INVALID) fail_msg("%s at byte %zu went unseen", how, at);
    tb_table_last_resort(bytes, len, &l);
    if (l.n < 3 || strcmp(l.rows[0].phone, "119") != 0) fail_msg("%s at byte %zu: no last resort", how, at);
    sources[l.source]++;
    tb_last_resort_free(&l);
}

static void damage_is_always_seen(void **state)
{
    (void)state;
    int sources[4] = {0};
    for (int i = 0; i < 10000; i++) {
        size_t at = draw(file.len);
        char was = file.s[at];
        file.s[at] ^= (char)(1 + draw(255));
        refused(file.s, file.len, "a flip", at, sources);
        file.s[at] = was;
    }
    for (int i = 0; i < 1000; i++) {
        size_t n = draw(file.len);
        refused(file.s, n, "a cut", n, sources);
    }
    refused("", 0, "nothing", 0, sources);
    print_message("# 10,000 flips and 1,001 cuts: last resort from the first copy %d, from the second %d, "
                  "built in %d times\n",
                  sources[1], sources[2], sources[3]);
    assert_true(sources[1] > 0 && sources[2] > 0 && sources[3] > 0);
    assert_int_equal(sources[0], 0);
}

/* Numbers that point nowhere, in a file whose digest is right. */
static void a_deceiving_file_is_refused(void **state)
{
    (void)state;
    int refusals = 0, taken = 0;
    for (int i = 0; i < 4000; i++) {
        char *bytes = tb_xstrdup(file.s), *body = strstr(bytes, ",\"table\":") + strlen(",\"table\":"),
             *end = strstr(bytes, ",\"trailer\":"), digest[65];
        size_t at = draw((size_t)(end - body));
        while (body[at] < '0' || body[at] > '9') at = (at + 1) % (size_t)(end - body);
        body[at] = (char)('0' + draw(10));
        tb_sha256_hex(body, (size_t)(end - body), digest);
        memcpy(bytes + strlen("{\"digest\":\""), digest, 64);
        struct tb_err e = {0};
        tb_table *t = NULL;
        if (tb_table_read(bytes, file.len, &t, &e) == TB_OK) {
            taken++;
            for (int k = 0; k < 20; k++) { /* its own words, whatever they are, but no crash */
                struct tb_query q = any_question();
                struct tb_answer a;
                enum tb_code c = tb_route_lookup(t, &q, &a, &e);
                assert_true(c == TB_OK || c == TB_INVALID || c == TB_USAGE);
            }
            tb_table_free(t);
        } else
            refusals++;
        free(bytes);
    }
    print_message("# digits changed under a right digest: %d refused, %d mean something else\n", refusals,
                  taken);
    assert_true(refusals > 0 && taken > 0);
}

static void the_state_follows_the_clock(void **state)
{
    (void)state;
    struct tb_table_info i = tb_table_info(copy);
    static const char *const words[] = {"valid", "renewal due", "expired", "not yet valid", "corrupt"};
    const struct {
        tb_minute at;
        enum tb_table_state state;
        enum tb_code code;
    } v[] = {{i.from - 1, TB_TABLE_EARLY, TB_INVALID},
             {i.from, TB_TABLE_VALID, TB_OK},
             {i.next_due, TB_TABLE_VALID, TB_OK},
             {i.next_due + 1, TB_TABLE_DUE, TB_OK},
             {i.to - 1, TB_TABLE_DUE, TB_OK},
             {i.to, TB_TABLE_EXPIRED, TB_INVALID},
             {i.issued_at - 1, TB_TABLE_EARLY, TB_INVALID}};
    for (size_t k = 0; k < TB_COUNT(v); k++) {
        struct tb_query q = {v[k].at, -1, 40, 0, 3, TB_CHANNEL_DESK, 0};
        struct tb_answer a;
        struct tb_err e = {0};
        assert_int_equal(tb_table_state_at(copy, v[k].at), v[k].state);
        assert_string_equal(tb_table_state_word(v[k].state), words[v[k].state]);
        assert_int_equal(tb_route_lookup(copy, &q, &a, &e), v[k].code);
        for (int n = 0; v[k].code == TB_INVALID && n < a.n; n++) assert_string_equal(a.e[n].duty, "");
    }
    assert_int_equal(i.next_due, i.to - 7 * TB_MINUTES_PER_DAY);
}

/* ---- forms agree ------------------------------------------------------------------------------ */

/* Cells of a CSV record without quotes; returns how many. */
static int split(char *line, char **cell, int max)
{
    int n = 0;
    for (char *s = line; n < max; s++) {
        cell[n++] = s;
        s += strcspn(s, ",\r\n");
        if (*s != ',') {
            *s = '\0';
            break;
        }
        *s = '\0';
    }
    return n;
}

static int area_named(const char *name)
{
    for (int i = 0; i < region->n_areas; i++)
        if (strcmp(region->areas[i].name, name) == 0) return i;
    return -1;
}

static int complaint_named(const char *name)
{
    for (int i = 0; i < region->n_complaints; i++)
        if (strcmp(region->complaints[i].name, name) == 0) return i;
    return -1;
}

/* Every row of the CSV, at its beginning and its last minute, for every area, group and both ends of the ages
 * it names. */
static void csv_rows_are_the_tables(void **state)
{
    (void)state;
    struct tb_buf csv = {0};
    int rows = 0, questions = 0;
    tb_table_csv(copy, &csv);
    char *next = strchr(csv.s, '\n') + 1;
    while (*next != '\0') {
        char *line = next, *cell[130];
        next = strchr(next, '\n');
        *next++ = '\0';
        int n = split(line, cell, 130), urgency = 0, entries;
        tb_minute from, to;
        assert_true(n > 11 && tb_parse_instant(cell[2], &from) && tb_parse_instant(cell[3], &to));
        while (strcmp(rt_urgency_word[urgency], cell[5]) != 0) urgency++;
        int64_t young = 0, old = 0, many = 0;
        assert_true(tb_parse_int(cell[7], 0, 150, &young) && tb_parse_int(cell[8], 0, 150, &old) &&
                    tb_parse_int(cell[10], 1, 16, &many));
        entries = (int)many;
        for (char *areas = cell[6], *area; (area = strsep(&areas, ";")) != NULL;) {
            char groups[400], *rest = groups, *complaint;
            (void)snprintf(groups, sizeof groups, "%s", cell[9]);
            while ((complaint = strsep(&rest, ";")) != NULL)
                for (int probe = 0; probe < 4; probe++) {
                    struct tb_query q = {probe & 1 ? to - 1 : from,
                                         area_named(area),
                                         (int)(probe & 2 ? old - 1 : young),
                                         complaint_named(complaint),
                                         urgency,
                                         strncmp(cell[4], "119", 3) == 0 ? TB_CHANNEL_119 : TB_CHANNEL_PHONE,
                                         0};
                    struct tb_answer a;
                    struct tb_err e = {0};
                    assert_int_equal(tb_route_lookup(copy, &q, &a, &e), TB_OK);
                    int told = 0;
                    for (int i = 0; i < entries; i++) {
                        /* the cell says for whom it is */
                        if (q.age < 65 && strstr(cell[12 + 6 * i], "65歳以上") != NULL) continue;
                        if (told == a.n || strcmp(cell[11 + 6 * i], rt_role_word[a.e[told].role]) != 0 ||
                            strcmp(cell[12 + 6 * i], a.e[told].name) != 0)
                            fail_msg("row %d entry %d: %s, the table has %s", rows, i, cell[12 + 6 * i],
                                     told < a.n ? a.e[told].name : "no more");
                        if ((*cell[16 + 6 * i] != '\0') != a.e[told].doubtful)
                            fail_msg("row %d entry %d: %s is to be rung first or not", rows, i,
                                     a.e[told].name);
                        told++;
                    }
                    if (told != a.n) fail_msg("row %d: %d entries, the table has %d", rows, told, a.n);
                    questions++;
                }
        }
        rows++;
    }
    print_message("# %d rows of CSV, %d questions: the same entries in the same order\n", rows, questions);
    assert_true(rows > 1000);
    tb_buf_free(&csv);
}

/* Every opening of a day is on that day's sheet with place and number, and nothing else is; every open door
 * is on the page at each boundary. */
static void sheet_and_page_have_the_same_doors(void **state)
{
    (void)state;
    int doors = 0, minutes = 0;
    for (tb_day d = tb_day_of(2026, 12, 1); d <= tb_day_of(2026, 12, 31); d++) {
        struct tb_buf sheet = {0};
        tb_sheet_day(copy, d, NULL, &sheet);
        int rows = 0, expected = 0;
        for (const char *s = sheet.s; (s = strstr(s, "<td class=\"n\">")) != NULL; s++) rows++;
        for (int k = 0; k < copy->n_services; k++)
            for (int i = copy->services[k].first; i < copy->services[k].first + copy->services[k].n; i++) {
                if (copy->openings[i].date != d) continue;
                const struct tb_provider *p = &copy->region->providers[copy->services[k].place];
                expected++;
                if (strstr(sheet.s, p->phone) == NULL) fail_msg("%s is not on the sheet", p->name);
            }
        assert_int_equal(rows, expected);
        doors += rows;
        tb_buf_free(&sheet);
    }
    for (int i = 0; i < copy->n_bounds; i++) {
        struct tb_buf page = {0}, html = {0};
        struct tb_now_page now = {.at = copy->bounds[i], .banner = ""};
        tb_now_text(copy, &now, &page);
        tb_now_html(copy, &now, &html);
        int open = 0, shown = 0, lines = 0;
        for (int k = 0; k < copy->n_services; k++)
            open += copy->services[k].kind == RT_DUTY && rt_open_at(copy, k, now.at) >= 0;
        for (const char *s = html.s; (s = strstr(s, "class=\"open\"")) != NULL; s++) shown++;
        assert_int_equal(shown, open);
        for (const char *s = page.s; (s = strchr(s, '\n')) != NULL; s++) lines++;
        assert_int_equal(lines, 24);
        minutes++;
        tb_buf_free(&page);
        tb_buf_free(&html);
    }
    print_message("# 31 sheets with %d doors, pages at %d boundaries\n", doors, minutes);
}

/* One seat after the other left open: what a patient would have found there is struck out, and nothing else.
 */
static void changes_are_told(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_buf out = {0};
    int told = 0;
    assert_int_equal(tb_sheet_changes(copy, copy, &out), 0);
    for (int seat = 40; seat < 52; seat++) {
        struct tb_board *b =
            make_board(region, tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), seat, NULL, false);
        tb_table *t = NULL;
        assert_int_equal(tb_route_build_span(b, b->from + 1, b->to - 1, 0, &t, &e), TB_OK);
        tb_buf_clear(&out);
        int n = tb_sheet_changes(copy, t, &out);
        assert_true(n <= 2); /* a day in two parts */
        assert_int_equal(strstr(out.s, "消す") != NULL, n > 0);
        assert_null(strstr(out.s, "加える"));
        told += n > 0;
        tb_table_free(t);
        tb_board_free(b);
    }
    assert_true(told >= 4);
    tb_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_copy_answers_alike),
        cmocka_unit_test(the_copy_prints_the_same_bytes),
        cmocka_unit_test(damage_is_always_seen),
        cmocka_unit_test(a_deceiving_file_is_refused),
        cmocka_unit_test(the_state_follows_the_clock),
        cmocka_unit_test(csv_rows_are_the_tables),
        cmocka_unit_test(sheet_and_page_have_the_same_doors),
        cmocka_unit_test(changes_are_told),
    };
    return cmocka_run_group_tests_name("route_file", tests, set_up, tear_down_both);
}
