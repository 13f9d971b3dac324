/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report.txt of a small plan whose every figure can be counted by hand.
 */
#include "t_publish_region.h"

static const struct row more[] = {
    {TB_E_share, "duty=night|id=east|name=東市の分|weight=1"},
    {TB_E_share, "duty=night|id=west|name=西町の分|weight=1"},
    {TB_E_ledger, "id=nights|name=準夜の当番|scope=provider|duties=night|class=everyday|price=1"},
    {TB_E_ledger, "id=towns|name=市町の按分|scope=share|duties=night|class=everyday|price=1"},
    {TB_E_rule, "id=rest.days|type=rest.days|price=7|params=days=3|ja=三日の間に二度当たらない|en=not twice "
                "in three days"},
    {TB_E_survey, "id=winter|from=2026-12-28|to=2026-12-31|duties=night"},
    {TB_E_wish, "survey=winter|provider=d1|type=cannot|from=2026-12-29|must=no"},
    {TB_E_wish, "survey=winter|provider=d1|type=like|from=2026-12-31"},
    {TB_E_wish, "survey=winter|provider=d2|type=any"},
};

static struct tb_region *region;
static struct tb_problem *problem;
static struct tb_roster roster;
static struct tb_verdict *verdict;
static struct tb_board *board;

static int setup(void **state)
{
    (void)state;
    struct row rows[TB_COUNT(small_region) + TB_COUNT(more)];
    size_t n = 0;
    for (size_t i = 0; i < TB_COUNT(small_region); i++) {
        rows[n] = small_region[i];
        if (strcmp(rows[n].cells, "duty=night|provider=d1") == 0)
            rows[n].cells = "duty=night|provider=d1|share=east";
        if (strcmp(rows[n].cells, "duty=night|provider=d2") == 0)
            rows[n].cells = "duty=night|provider=d2|share=west";
        if (strcmp(rows[n].cells, "duty=night|provider=d3") == 0)
            rows[n].cells = "duty=night|provider=d3|share=east";
        n++;
    }
    for (size_t i = 0; i < TB_COUNT(more); i++) rows[n++] = more[i];
    region = load_rows(rows, n);
    int duty = tb_find_duty(region, "night");
    struct tb_problem_input in = {.region = region,
                                  .from = tb_day_of(2026, 12, 28),
                                  .to = tb_day_of(2026, 12, 31),
                                  .duties = &duty,
                                  .n_duties = 1};
    struct tb_err e = {0};
    if (tb_problem_build(&in, false, &problem, &e) != TB_OK) fail_msg("%s", e.text);
    /* Primary: d1, d1, d2, nobody. Reserve: d3 every night. */
    static const char *const primary[] = {"d1", "d1", "d2", NULL};
    roster.a = tb_xcalloc(8, sizeof *roster.a);
    for (int i = 0; i < problem->n_slots; i++) {
        const struct tb_slot *s = &problem->slots[i];
        if (!s->planned) continue;
        const char *who = s->role == TB_RESERVE ? "d3" : primary[s->date - problem->from];
        if (who != NULL) roster.a[roster.n++] = (struct tb_assignment){i, 1, tb_find_provider(region, who)};
    }
    tb_check(problem, &roster, &verdict);
    board = make_board(region, "2026-12-28", "2026-12-31", NULL, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    tb_board_free(board);
    tb_verdict_free(verdict);
    tb_roster_free(&roster);
    tb_problem_free(problem);
    tb_region_free(region);
    return 0;
}

static char *report(const char *status, const char *stopped_by, bool certified, bool checked)
{
    struct tb_buf out = {0};
    struct tb_report_draft d = {problem,
                                &roster,
                                verdict,
                                status,
                                stopped_by,
                                "blocks",
                                verdict->objective,
                                verdict->objective - 4,
                                certified,
                                verdict->objective - 4,
                                checked,
                                "0123abcd",
                                NULL};
    tb_publish_report(board, &d, 1, &out);
    return tb_buf_take(&out);
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

static void says_what_was_planned(void **state)
{
    (void)state;
    char *text = report("optimal", "proof", true, true);
    has(text, "架空医療圏 当番表 作成報告　第3版（a1b2c3d4）");
    has(text, "すべて架空です");
    has(text, "令和8年12月28日(月)～令和8年12月31日(木)");
    has(text, "急病センター小児科（架空市医師会）");
    has(text, "枠 8、席 8、割当 7");
    has(text, "0123abcd");
    free(text);
}

static void says_how_it_was_proven(void **state)
{
    (void)state;
    char *text = report("optimal", "proof", true, true);
    has(text, "差             4\n");
    has(text, "整数の双対証明");
    has(text, "（一致）");
    free(text);
    text = report("optimal", "proof", false, false);
    has(text, "探索による");
    lacks(text, "双対から");
    free(text);
    text = report("feasible", "time", false, false);
    has(text, "なし（time で打ち切り");
    lacks(text, "これより良い案はありません");
    free(text);
    text = report("manual", "", false, false);
    has(text, "手作業による案");
    lacks(text, "下限");
    free(text);
}

static void tells_open_seats_and_rules(void **state)
{
    (void)state;
    char *text = report("optimal", "proof", true, true);
    has(text, "    令和8年12月31日(木) 急病センター小児科（準夜） 1 席\n    計 1 席\n");
    has(text, "■ 必須の割当条件\n    違反なし\n");
    has(text, "  ・三日の間に二度当たらない　");
    has(text, "      例 ");
    lacks(text, "not twice");
    free(text);
}

static void tells_wishes(void **state)
{
    (void)state;
    char *text = report("optimal", "proof", true, true);
    has(text, "かなわず 山田 花子 出務不可日 12月29日(火)\n");
    has(text, "かなわず 山田 花子 希望する日 12月31日(木)\n");
    has(text, "対象 3、回答 2、未回答 1\n    未回答：\n    鈴木");
    free(text);
}

/* Three filled nights and an open one: four duties of entitlement shared among three. */
static void tells_the_ledgers(void **state)
{
    (void)state;
    char *text = report("optimal", "proof", true, true);
    has(text, "・準夜の当番（当番、3 口座）");
    has(text, "鈴木, 一; 二\\三                         0.00      1.00       0       +1.00\n");
    has(text, "髙橋 𠮷郎                               0.00      2.00       1       +1.00\n");
    has(text, "山田 花子                               0.00      1.00       2       -1.00\n");
    has(text, "■ 市町などの按分\n  ・市町の按分（当番、2 口座）");
    has(text, "西町の分                                0.00      2.00       1       +1.00\n");
    free(text);
}

static void tells_special_days(void **state)
{
    (void)state;
    char *text = report("optimal", "proof", true, true);
    const char *part = strstr(text, "■ 特定日の割当");
    assert_non_null(part);
    lacks(part, "12月28日");
    has(part, "年末年始  12月29日(火)  急病センター小児科（準夜）               山田 花子\n");
    has(part, "12月31日(木)  急病センター小児科（準夜）               空席\n");
    free(text);
}

static void is_japanese_whatever_the_language(void **state)
{
    (void)state;
    tb_lang_set(TB_JA);
    char *ja = report("optimal", "proof", true, true);
    tb_lang_set(TB_EN);
    char *en = report("optimal", "proof", true, true);
    assert_string_equal(ja, en);
    assert_int_equal(TB_EN, tb_lang_get());
    free(ja);
    free(en);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_was_planned),
        cmocka_unit_test(says_how_it_was_proven),
        cmocka_unit_test(tells_open_seats_and_rules),
        cmocka_unit_test(tells_wishes),
        cmocka_unit_test(tells_the_ledgers),
        cmocka_unit_test(tells_special_days),
        cmocka_unit_test(is_japanese_whatever_the_language),
    };
    return cmocka_run_group_tests_name("publish: report", tests, setup, teardown);
}
