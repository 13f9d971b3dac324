/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may do what: the whole table, row by row and role by role, against what is written here; and no use
 * case without a row, nor one that does not ask.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/app/app_int.h"

/* A row for each use case. */
/* clang-format off */
/* office, director, member, coordinator, desk-119, desk-phone, reception, public: y may, s for himself alone,
 * - may not. */
static const struct {
    const char *name, *may;
} wanted[] = {
    {"INIT", "y-------"},
    {"IMPORT", "y-------"},
    {"REGION", "yy------"},
    {"WISH", "y-s-----"},
    {"WISH_REMOVE", "y-s-----"},
    {"WISHES", "yys-----"},
    {"ROWS", "yy------"},
    {"ADD_ROW", "y-------"},
    {"REMOVE_ROW", "y-------"},
    {"DEPUTY", "y--y----"},
    {"DEPUTY_REMOVE", "y--y----"},
    {"PLAN", "y-------"},
    {"WHAT_IF", "yy------"},
    {"WHAT_IF_BESIDE", "yy------"},
    {"PROBLEM", "yy------"},
    {"OPEN_DRAFT", "yy------"},
    {"SEAT_DRAFT", "yys-----"},
    {"REPLACE", "yy------"},
    {"CHOICES", "yy------"},
    {"PLACES", "yy------"},
    {"THIN", "yy------"},
    {"FILL", "y-------"},
    {"FILL_LOOK", "yy------"},
    {"CALL", "yy------"},
    {"CALLS", "yy------"},
    {"TODO", "yy------"},
    {"TODO_DONE", "yy------"},
    {"DRAFT_CONFLICTS", "yy------"},
    {"JUDGE_FILE", "yy------"},
    {"EXPORT_MODEL", "yy------"},
    {"WHY", "yys-----"},
    {"ASSIGN", "y-------"},
    {"UNDO", "y-------"},
    {"EDITS", "yy------"},
    {"EDITS_OF", "yy------"},
    {"PIN", "y-------"},
    {"EXCEPTION", "y-------"},
    {"CIRCULATE", "y-------"},
    {"APPROVE", "yy------"},
    {"LIVES", "yy------"},
    {"PUBLISH", "y-------"},
    {"FACTS", "yy------"},
    {"PUBLISH_FACTS", "y-------"},
    {"WITHDRAW", "y-------"},
    {"BOARD", "yy------"},
    {"CHANGES", "yy------"},
    {"TABLE_BOARD", "yy------"},
    {"PUBLICATIONS", "yy------"},
    {"SIDE", "yy------"},
    {"DIFF", "yy------"},
    {"VERIFY", "yy------"},
    {"EXPORT", "y-------"},
    {"EXPORT_REGION", "y-------"},
    {"COMPARE", "yy------"},
    {"SENT", "yy------"},
    {"SEND", "y-------"},
    {"ISSUE", "y-------"},
    {"CONFIRM", "y-s-----"},
    {"NAMES", "yy------"},
    {"NAME", "y-------"},
    {"SWAP_ASK", "y-s-----"},
    {"SWAP_OPEN", "yys-----"},
    {"SWAPS", "yys-----"},
    {"SWAP_SAY", "y-s-----"},
    {"SWAP_SETTLE", "yy------"},
    {"SWAP_PUBLISH", "y-------"},
    {"LEDGER", "yy------"},
    {"ENTRIES", "yy------"},
    {"ADJUST", "y-------"},
    {"SHARES", "yy------"},
    {"STANDING", "yys-----"},
    {"STANDING_PAGES", "y-------"},
    {"ATTEND", "y-------"},
    {"ATTEND_FILE", "y-------"},
    {"ATTENDED", "yy------"},
    {"LIGHT", "yy------"},
    {"EVE", "yy------"},
    {"UNFETCHED", "yy------"},
    {"TOKEN_LIST", "yy------"},
    {"TOKEN_ISSUE", "y-------"},
    {"TOKEN_REVOKE", "y-------"},
    {"TOKEN_ALARM", "y-------"},
    {"TOKEN_SHEET", "y-------"},
    {"FEEDS", "y-------"},
    {"EXPORT_ICS", "y-------"},
    {"FETCHED", "y-------"},
    {"CALENDAR", "yy------"},
    {"SURVEYS", "yy------"},
    {"DUTIES", "yy------"},
    {"NOW", "yy------"},
    {"NOW_OF", "yy------"},
    {"CHECK_TABLE", "yy------"},
    {"CHECK_FILE", "yy--yyy-"},
    {"VERSION", "yy------"},
    {"FIND", "yy------"},
    {"NAMED", "yy------"},
    {"AUDIT", "yy------"},
    {"RETENTION", "yy------"},
    {"PURGE", "y-------"},
    {"PERSON", "y-------"},
    {"TABLE", "yy--yyy-"},
    {"ROUTING", "yy-yyyyy"},
    {"ROUTING_AGAIN", "yy-yyyyy"},
    {"DECLINED", "y---yyy-"},
    {"OVERRIDE", "yys-yyy-"},
    {"WRITE_TABLE", "y-------"},
    {"WRITE_SHEETS", "y-------"},
    {"USERS", "y-------"},
    {"USER_ADD", "y-------"},
    {"USER_CHANGE", "y-------"},
    {"BACKUP", "y-------"},
    {"PRACTICE", "y-------"},
    {"RESTORE", "y-------"},
};
/* clang-format on */

static void the_table_is_as_written(void **state)
{
    (void)state;
    assert_int_equal((int)TB_COUNT(wanted), TB_USE_COUNT);
    for (int use = 0; use < TB_USE_COUNT; use++) {
        assert_string_equal(tb_uses[use].name, wanted[use].name);
        assert_int_equal(strlen(wanted[use].may), TB_ROLE_COUNT);
        for (int role = 0; role < TB_ROLE_COUNT; role++) {
            struct tb_app app = {.actor = {.name = "x", .role = (enum tb_actor_role)role, .provider = "p1"}};
            struct tb_err e = {0};
            char may = wanted[use].may[role];
            enum tb_code c = app_may(&app, (enum tb_use)use, &e);
            if (c != (may == '-' ? TB_REFUSED : TB_OK))
                fail_msg("%s: %s", tb_uses[use].name, tb_actor_role_id((enum tb_actor_role)role));
            if (c == TB_OK) {
                assert_int_equal(app_own(&app, (enum tb_use)use, "p1", &e), TB_OK);
                assert_int_equal(app_own(&app, (enum tb_use)use, "p2", &e), may == 's' ? TB_REFUSED : TB_OK);
                assert_int_equal(app_own(&app, (enum tb_use)use, NULL, &e), may == 's' ? TB_REFUSED : TB_OK);
            } else {
                assert_non_null(strstr(e.text, tb_actor_role_id(app.actor.role)));
                assert_non_null(strstr(e.text, tb_t(tb_uses[use].ja, tb_uses[use].en)));
            }
        }
    }
}

static void a_refusal_is_told_in_both_languages(void **state)
{
    (void)state;
    struct tb_app app = {.actor = {.name = "x", .role = TB_ROLE_RECEPTION}};
    struct tb_err e = {0};
    tb_lang_set(TB_JA);
    assert_int_equal(app_may(&app, TB_USE_APPROVE, &e), TB_REFUSED);
    assert_string_equal(e.text, "受付（reception）は「案の承認」ができません。できるのは: 事務局、担当理事");
    tb_lang_set(TB_EN);
    assert_int_equal(app_may(&app, TB_USE_APPROVE, &e), TB_REFUSED);
    assert_string_equal(e.text,
                        "a reception (reception) may not approve a draft; who may: the office, a director");
}

/* ---- no use case is forgotten ----------------------------------------------------------------------- */

static char *text_of(const char *path)
{
    char *text;
    struct tb_err e = {0};
    if (tb_file_read(path, 1 << 22, &text, NULL, &e) != TB_OK) fail_msg("%s", e.text);
    return text;
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The texts of all files in a directory whose names end so, one after another. */
static char *texts_of(const char *dir, const char *end)
{
    struct tb_buf all = {0};
    char **names = NULL;
    size_t n = 0, cap = 0;
    DIR *d = opendir(dir);
    assert_non_null(d);
    for (struct dirent *f; (f = readdir(d));) {
        size_t len = strlen(f->d_name), tail = strlen(end);
        if (len > tail && strcmp(f->d_name + len - tail, end) == 0)
            *TB_PUSH(names, n, cap) = tb_xstrdup(f->d_name);
    }
    closedir(d);
    qsort(names, n, sizeof *names, by_text);
    for (size_t i = 0; i < n; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        char *text = text_of(path);
        tb_buf_add(&all, text);
        free(text);
        free(names[i]);
    }
    free(names);
    return tb_buf_take(&all);
}

static bool has_row(const char *function, size_t n)
{
    for (int i = 0; i < TB_USE_COUNT; i++)
        if (strlen(tb_uses[i].function) == n && memcmp(tb_uses[i].function, function, n) == 0) return true;
    return false;
}

static const char PARAMETER[] = "(const struct tb_app *app";

/* Every function of the headers that takes the app is a use case. */
static void every_public_function_has_a_row(void **state)
{
    (void)state;
    char *all = texts_of("include/toban/app", ".h");
    int found = 0;
    for (char *at = all; (at = strstr(at, PARAMETER)); at++) {
        char *name = at;
        while (name > all && (name[-1] == '_' || (name[-1] >= 'a' && name[-1] <= 'z'))) name--;
        if (!has_row(name, (size_t)(at - name))) fail_msg("%.*s has no row", (int)(at - name), name);
        found++;
    }
    assert_true(found > 60);
    for (int i = 0; i < TB_USE_COUNT; i++) {
        char prototype[160];
        snprintf(prototype, sizeof prototype, "%s%s", tb_uses[i].function, PARAMETER);
        if (!strstr(all, prototype)) fail_msg("%s is in no header", tb_uses[i].function);
    }
    free(all);
}

/* ... and asks for its own row before it opens anything. */
static void every_use_case_asks(void **state)
{
    (void)state;
    char *all = texts_of("src/app", ".c");
    for (int i = 0; i < TB_USE_COUNT; i++) {
        char head[160], use[96];
        snprintf(head, sizeof head, "\nenum tb_code %s%s", tb_uses[i].function, PARAMETER);
        snprintf(use, sizeof use, "TB_USE_%s", tb_uses[i].name);
        char *body = strstr(all, head);
        if (!body) fail_msg("%s is nowhere", tb_uses[i].function);
        body = strstr(body, "\n{\n");
        assert_non_null(body);
        char *end = strstr(body, "\n}\n"), *may = strstr(body, "app_may(app, "), *own = strstr(body, use),
             *opens = strstr(body, "_open(");
        if (!may || may > end) fail_msg("%s asks nothing", tb_uses[i].function);
        if (!own || own > end) fail_msg("%s does not ask for %s", tb_uses[i].function, use);
        if (opens && opens < may) fail_msg("%s opens before it asks", tb_uses[i].function);
    }
    free(all);
}

/* ---- roles as they are written, overrides, bodies ----------------------------------------------------- */

static void roles_are_read(void **state)
{
    (void)state;
    struct tb_actor a = {.name = "x"};
    struct tb_err e = {0};
    for (int i = 0; i < TB_ROLE_COUNT; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s%s", tb_actor_role_id((enum tb_actor_role)i),
                 i == TB_ROLE_MEMBER ? ":p1" : "");
        assert_int_equal(tb_actor_parse(text, &a, &e), TB_OK);
        assert_int_equal(a.role, i);
    }
    assert_int_equal(tb_actor_parse("member:d-012", &a, &e), TB_OK);
    assert_string_equal(a.provider, "d-012");
    assert_int_equal(tb_actor_parse("office:assoc,city", &a, &e), TB_OK);
    assert_string_equal(a.bodies, "assoc,city");
    assert_null(a.provider);
    static const char *const bad[] = {"",        "member", "member:",   "offic",
                                      "office:", "boss",   "public:p1", "desk-119:p1"};
    for (size_t i = 0; i < TB_COUNT(bad); i++) assert_int_equal(tb_actor_parse(bad[i], &a, &e), TB_USAGE);
}

static void some_roles_enter_some_overrides(void **state)
{
    (void)state;
    static const char *const kinds[] = {"closed", "limited", "late",     "substitute", "extra",
                                        "phone",  "note",    "disaster", "confirmed",  "cancelled"};
    static const struct {
        enum tb_actor_role role;
        const char *may;
    } rows[] = {{TB_ROLE_OFFICE, "yyyyyyyyyy"},
                {TB_ROLE_DIRECTOR, "y-yy-y---y"},
                {TB_ROLE_MEMBER, "yy---y---y"},
                {TB_ROLE_DESK_119, "yyyyyyyyyy"}};
    for (size_t i = 0; i < TB_COUNT(rows); i++)
        for (size_t k = 0; k < TB_COUNT(kinds); k++) {
            struct tb_actor a = {.role = rows[i].role};
            assert_int_equal(tb_actor_may_override(&a, kinds[k]), rows[i].may[k] == 'y');
        }
}

static void a_desk_has_its_channel(void **state)
{
    (void)state;
    static const char *const channels[TB_ROLE_COUNT] = {NULL,  NULL,    NULL,   NULL,
                                                        "119", "phone", "desk", "public"};
    for (int i = 0; i < TB_ROLE_COUNT; i++) {
        const char *got = tb_actor_channel(&(struct tb_actor){.role = (enum tb_actor_role)i});
        if (channels[i])
            assert_string_equal(got, channels[i]);
        else
            assert_null(got);
    }
}

static void who_works_for_some_bodies_leaves_the_others_alone(void **state)
{
    (void)state;
    struct tb_body bodies[] = {{.id = "assoc"}, {.id = "city"}};
    struct tb_duty duties[] = {{.id = "night", .body = 0}, {.id = "paed", .body = 1}};
    struct tb_region r = {.bodies = bodies, .n_bodies = 2, .duties = duties, .n_duties = 2};
    struct tb_err e = {0};
    static const struct {
        const char *bodies;
        bool night, paed;
    } rows[] = {{NULL, true, true},      {"", true, true},           {"assoc", true, false},
                {"city", false, true},   {"city,assoc", true, true}, {"ass", false, false},
                {"assoc2", false, false}};
    for (size_t i = 0; i < TB_COUNT(rows); i++) {
        struct tb_app app = {.actor = {.bodies = rows[i].bodies}};
        assert_int_equal(app_body(&app, TB_USE_ASSIGN, &r, 0, &e), rows[i].night ? TB_OK : TB_REFUSED);
        assert_int_equal(app_body(&app, TB_USE_ASSIGN, &r, 1, &e), rows[i].paed ? TB_OK : TB_REFUSED);
        assert_int_equal(app_duty_list(&app, TB_USE_ASSIGN, &r, "night;paed", &e),
                         rows[i].night && rows[i].paed ? TB_OK : TB_REFUSED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_as_written),
        cmocka_unit_test(a_refusal_is_told_in_both_languages),
        cmocka_unit_test(every_public_function_has_a_row),
        cmocka_unit_test(every_use_case_asks),
        cmocka_unit_test(roles_are_read),
        cmocka_unit_test(some_roles_enter_some_overrides),
        cmocka_unit_test(a_desk_has_its_channel),
        cmocka_unit_test(who_works_for_some_bodies_leaves_the_others_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
