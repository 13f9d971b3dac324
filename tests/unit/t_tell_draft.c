/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers about drafts, books and attendance, built by hand, in every form.
 */
#include <stdlib.h>

#include "fixture.h"
#include "t_tell_forms.h"

#include "toban/tell/attend.h"
#include "toban/tell/draft.h"
#include "toban/tell/explain.h"
#include "toban/tell/hand.h"
#include "toban/tell/replace.h"
#include "toban/tell/swap.h"

/* Two nights, two doctors, both nights planned; a hard rule forbids two nights running. */
struct world {
    struct fx *f;
    struct tb_app_draft draft;
    struct tb_exception consent;
};

static void judge_draft(struct world *w)
{
    tb_verdict_free(w->draft.verdict);
    w->draft.roster = w->f->roster;
    tb_check(w->f->problem, &w->f->roster, &w->draft.verdict);
}

static int small_world(void **state)
{
    struct world *w = tb_xcalloc(1, sizeof *w);
    w->f = fx_new();
    fx_duty(w->f, "night", "doctor");
    fx_band(w->f, "night", "eve", "all", "19:30", "23:00", 1, 0);
    fx_doctor(w->f, "p1", "night");
    fx_row(w->f, "providers",
           "id=p2|name=鈴木 次郎|kind=doctor|area=d1|phone=076-000-0002|staff_phone=090-0000-0002");
    fx_member(w->f, "p2", "night");
    fx_row(w->f, "rules", "id=gap|type=rest.days|params=days=2|ja=二晩続けない|en=no two nights running");
    fx_problem(w->f, "2026-12-02", "2026-12-03", "night");
    w->draft = (struct tb_app_draft){
        .region = w->f->region,
        .problem = w->f->problem,
        .stored = {.id = 7, .status = (char[]){"optimal"}, .stopped_by = (char[]){"proof"}}};
    judge_draft(w);
    *state = w;
    return 0;
}

static int end_of_world(void **state)
{
    struct world *w = *state;
    tb_verdict_free(w->draft.verdict);
    fx_free(w->f);
    free(w);
    return 0;
}

static void a_score_is_the_sum_of_its_parts(void **state)
{
    struct world *w = *state;
    struct tb_tell_score x = {.draft = &w->draft, .score = 12};
    w->draft.verdict->open_cost = 10;
    w->draft.verdict->rule_cost = 3;
    w->draft.verdict->ledger_cost = -1;
    w->draft.verdict->objective = 12;
    FORMS_ARE(tb_tell_score, &x,
              "{\"draft\":7,\"open_cost\":10,\"rule_cost\":3,\"ledger_cost\":-1,\"change_cost\":0,"
              "\"objective\":12,\"score\":12}",
              "空席                            10\n"
              "努力の条件                       3\n"
              "公平（帳簿）                    -1\n"
              "公表済みの席の変更               0\n"
              "合計                            12\n",
              "open seats                      10\n"
              "soft rules                       3\n"
              "fairness (ledgers)              -1\n"
              "published seats changed             0\n"
              "sum                             12\n");
}

static void a_check_tells_open_seats_and_broken_rules(void **state)
{
    struct world *w = *state;
    struct tb_tell_check x = {.draft = &w->draft, .by_file = true};
    fx_sit(w->f, "night 2026-12-02 eve primary p2");
    judge_draft(w);
    FORMS_ARE(
        tb_tell_check, &x,
        "{\"objective\":1,\"bound\":null,\"unconfirmed\":[],\"agrees\":true,\"hard\":0,\"excepted\":0,"
        "\"open\":1,"
        "\"open_slots\":[{\"duty\":\"night\",\"date\":\"2026-12-03\",\"band\":\"eve\",\"role\":\"primary\","
        "\"open\":1}],\"broken_hard_rules\":[],\"broken_rules\":[],\"notes\":[]}",
        "目的関数 1、必須の違反 0 件、努力の違反 0 件、空席 1\n"
        "  空席: 令和8年12月3日(木) night eve 1\n",
        "objective 1, 0 hard rules broken, 0 soft cases, 1 open seats\n"
        "  open: 2026-12-03 night eve 1\n");
}

static void a_broken_rule_is_told_with_its_sentence(void **state)
{
    struct world *w = *state;
    struct tb_tell_check x = {.draft = &w->draft, .by_file = true};
    fx_sit(w->f, "night 2026-12-02 eve primary p2");
    fx_sit(w->f, "night 2026-12-03 eve primary p2");
    judge_draft(w);
    FORMS_ARE(tb_tell_check, &x,
              "{\"objective\":0,\"bound\":null,\"unconfirmed\":[],\"agrees\":true,\"hard\":1,\"excepted\":0,"
              "\"open\":0,"
              "\"open_slots\":[],\"broken_hard_rules\":[{\"rule\":\"gap\",\"provider\":\"p2\","
              "\"from\":\"2026-12-02\",\"to\":\"2026-12-03\",\"measured\":2,\"allowed\":1,\"excess\":1,"
              "\"cost\":0,\"text\":\"鈴木 次郎,"
              " 2026-12-02 night eve and 2026-12-03 night eve (2026-12-02 to 2026-12-03): no tw"
              "o nights running (2, at most 1)\"}],\"broken_rules\":[],\"notes\":[]}",
              "目的関数 0、必須の違反 1 件、努力の違反 0 件、空席 0\n"
              "  鈴木 次郎、令和8年12月2日(水) night eveと令和8年12月3日(木) night "
              "eve（令和8年12月2日(水)から令和8年12月3日(木)まで）：二晩続けない（実際 2、上限 1）\n",
              "objective 0, 1 hard rules broken, 0 soft cases, 0 open seats\n"
              "  鈴木 次郎, 2026-12-02 night eve and 2026-12-03 night eve (2026-12-02 to 2026-12-03): no two "
              "nights running (2, at most 1)\n");
}

static void a_draft_by_hand_is_told_beside_the_old_one(void **state)
{
    struct world *w = *state;
    struct tb_verdict *before;
    fx_sit(w->f, "night 2026-12-02 eve primary p2");
    tb_check(w->f->problem, &w->f->roster, &before);
    fx_sit(w->f, "night 2026-12-03 eve primary p2");
    judge_draft(w);
    const struct tb_slot *third = &w->f->problem->slots[1];
    struct tb_edit_seat seat = {{third->duty, third->date, third->band, third->role, 1, 1}, -1};
    struct tb_app_handmade x = {.draft = w->draft, .base = 7, .before = before, .seats = &seat, .n = 1};
    x.draft.stored.status = (char[]){"manual"};
    x.draft.stored.revision = 3;
    FORMS_ARE(
        tb_tell_handmade, &x,
        "{\"draft\":7,\"from_draft\":7,\"revision\":3,\"seats\":[{\"duty\":\"night\",\"date\":\"2026-12-03\","
        "\"band\":\"eve\","
        "\"role\":\"primary\",\"seat\":1,\"came\":\"p2\"}],\"status\":\"manual\",\"objective\":0,\"objective_"
        "before\":1,"
        "\"hard\":1,\"open\":0,\"newly\":[{\"rule\":\"gap\",\"hard\":true,\"provider\":\"p2\","
        "\"measured\":2,\"allowed\":1,\"cost\":0,\"excepted\":false,\"text\":\"鈴木 次郎,"
        " 2026-12-02 night eve and 2026-12-03 night eve (2026-12-02 to 2026-12-03): no tw"
        "o nights running (2, at most 1)\"}],\"no_longer\":[]}",
        "案 7（手直し 3 手目）  目的関数 0（前 1、差 -1）、空席 0、必須の違反 1 件\n"
        "  night 2026-12-03 eve  （空席） → 鈴木 次郎\n"
        "新しく破れる条件\n"
        "  必須 鈴木 次郎、令和8年12月2日(水) night eveと令和8年12月3日(木) night "
        "eve（令和8年12月2日(水)から令和8年12月3日(木)まで）：二晩続けない（実際 2、上限 1）\n",
        "draft 7 (by hand, revision 3)  objective 0 (before 1, -1), 0 open seats, 1 hard rules broken\n"
        "  night 2026-12-03 eve  (open) → 鈴木 次郎\n"
        "newly broken or priced\n"
        "  HARD 鈴木 次郎, 2026-12-02 night eve and 2026-12-03 night eve (2026-12-02 to 2026-12-03): no two "
        "nights running (2, at most 1)\n");
    tb_verdict_free(before);
}

static void a_prohibition_is_recorded_and_taken_back(void **state)
{
    (void)state;
    struct tb_tell_marked x = {
        .what = TB_TELL_FORBID, .seat = "night:2026-12-02:eve", .provider = "p2", .removed = false};
    FORMS_ARE(tb_tell_marked, &x,
              "{\"seat\":\"night:2026-12-02:eve\",\"provider\":\"p2\",\"removed\":false,\"replaced\":false,"
              "\"todo\":0}",
              "night:2026-12-02:eve p2: 禁止を記録しました\n",
              "night:2026-12-02:eve p2: prohibition recorded\n");
    x.replaced = true;
    TEXT_IS(tb_tell_marked, &x, TB_EN,
            "night:2026-12-02:eve p2: prohibition recorded: an earlier entry was changed (what it said is in "
            "--history)\n");
    x.removed = true;
    TEXT_IS(tb_tell_marked, &x, TB_JA, "night:2026-12-02:eve p2: 禁止を取り消しました\n");
    TEXT_IS(tb_tell_marked, &x, TB_EN, "night:2026-12-02:eve p2: prohibition taken back\n");
}

static void a_cause_names_whom_to_ask(void **state)
{
    struct world *w = *state;
    struct tb_cause rule = {.kind = TB_CAUSE_RULE, .row = 0};
    struct tb_repair repair = {.causes = &rule, .n = 1, .cost = -5, .proven = true, .changes = 1};
    struct tb_explanation hole = {.slot = 1,
                                  .hole = TB_HOLE_CORE,
                                  .causes = &rule,
                                  .n_causes = 1,
                                  .repairs = &repair,
                                  .n_repairs = 1,
                                  .solves = 3};
    struct tb_tell_explain x = {.draft = &w->draft, .prechecks = "一\n二\n", .open = &hole, .n_open = 1};
    FORMS_ARE(
        tb_tell_explain, &x,
        "{\"draft\":7,\"prechecks\":[\"一\",\"二\"],\"open\":[{\"duty\":\"night\",\"date\":\"2026-12-03\","
        "\"band\":\"eve\",\"role\":\"primary\",\"explained_by\":\"causes\",\"causes\":[{\"kind\":\"rule\","
        "\"rule\":\"gap\",\"role\":\"cause\","
        "\"text\":\"hard rule \\\"no two nights running\\\" (gap)\"}],"
        "\"repairs\":[{\"without\":[{\"kind\":\"rule\",\"rule\":\"gap\",\"role\":\"cause\","
        "\"text\":\"hard rule \\\"no two nights running\\\" (gap)\"}],\"cost\":-5,\"proven\":true,"
        "\"changes\":1,\"seats\":[]}],\"solves\":3,\"candidates\":[]}],\"broken\":[]}",
        "計画の前に数えて分かること: 一\n"
        "計画の前に数えて分かること: 二\n"
        "■ 令和8年12月3日(木) night eve  担い手 0 人\n"
        "  "
        "ほかの席をいまのとおり埋め、ほかの条件をいまより破らないままでは、次がそろっている限り埋まりません。"
        "どれか一つを外せば両立します:\n"
        "    - 必須の条件「二晩続けない」（gap）\n"
        "  直し方 1: 実施主体: 条件を見直すか特例を認める（必須の条件「二晩続けない」（gap））  費用 "
        "-5、変わる席 1\n"
        "  いま直接入れるとしたら:\n",
        "shown by counting alone: 一\n"
        "shown by counting alone: 二\n"
        "* 2026-12-03 night eve  pool of 0\n"
        "  with every other seat filled as now and no rule broken more than now, it cannot be filled while "
        "these hold together; any one of them gone, they no longer stand in the way:\n"
        "    - hard rule \"no two nights running\" (gap)\n"
        "  repair 1: the body: change the rule or sign an exception (hard rule \"no two nights running\" "
        "(gap))  cost -5, 1 seats change\n"
        "  putting somebody there directly, as things are:\n");
}

static void a_substitute_is_told_with_the_number_to_dial(void **state)
{
    struct world *w = *state;
    fx_sit(w->f, "night 2026-12-02 eve primary p1");
    judge_draft(w);
    struct tb_substitute one = {.provider = fx_provider(w->f, "p2"),
                                .reserve_slot = -1,
                                .contact = 2,
                                .cost = 40,
                                .verdict = w->draft.verdict};
    struct tb_substitutes all = {.now = w->draft.verdict, .v = &one, .n = 1};
    struct tb_tell_replace x = {.draft = &w->draft,
                                .substitutes = &all,
                                .seat = "night:2026-12-02:eve",
                                .who = fx_provider(w->f, "p1"),
                                .most = 5};
    assert_true(tb_tell_replace_any(&x));
    FORMS_ARE(tb_tell_replace, &x,
              "{\"draft\":7,\"publication\":0,\"seat\":\"night:2026-12-02:eve\",\"drops_out\":\"p1\","
              "\"pool\":1,\"substitutes\":[{\"provider\":\"p2\",\"name\":\"鈴木 次郎\",\"reserve\":false,"
              "\"contact_rank\":2,\"hard\":0,\"cost\":40,\"opens\":0,\"newly\":[],\"no_longer\":[],"
              "\"ledgers\":[]}]}",
              "night:2026-12-02:eve  p1（架空） が出られないとき（案 7）\n"
              "  1. 鈴木 次郎  電話 090-0000-0002  必須の違反 0、費用 +40  連絡順 2\n",
              "night:2026-12-02:eve  when p1（架空） drops out (draft 7)\n"
              "  1. 鈴木 次郎, tel. 090-0000-0002  hard rules broken 0, cost +40  no. 2 to call\n");
    one.n_hard = 1;
    assert_false(tb_tell_replace_any(&x));
}

static void a_record_is_new_the_same_or_taken_back(void **state)
{
    (void)state;
    struct tb_tell_attendance x = {.seat = "night:2026-12-02:eve", .added = true};
    FORMS_ARE(tb_tell_attendance, &x, "{\"seat\":\"night:2026-12-02:eve\",\"added\":true}", "記録しました\n",
              "recorded\n");
    x.taken_back = true;
    TEXT_IS(tb_tell_attendance, &x, TB_JA, "記録を取り消しました\n");
    x.added = false;
    TEXT_IS(tb_tell_attendance, &x, TB_EN, "the same record is there already\n");
}

static void the_two_of_a_swap_are_not_told_what_the_office_is(void **state)
{
    struct world *w = *state;
    struct tb_swap_move asked = {
        .state = TB_SWAP_ASKED, .provider = (char[]){"p1"}, .by = (char[]){"x"}, .note = (char[]){"電話"}};
    struct tb_app_swap swap = {
        .region = w->f->region,
        .swap = {.id = 3,
                 .publication = 2,
                 .duty = (char[]){"night"},
                 .reason = (char[]){"学会"},
                 .side = {{.provider = (char[]){"p1"}, .band = (char[]){"eve"}, .date = w->f->problem->from},
                          {.provider = (char[]){"p2"}}},
                 .moves = &asked,
                 .n_moves = 1},
        .state = TB_SWAP_ASKED,
        .possible = TB_REFUSED,
        .why_not = {.text = "p2 は通院"}};
    swap.side = -1;
    FORMS_ARE(
        tb_tell_swap, &swap,
        "{\"swap\":3,\"state\":\"asked\",\"publication\":2,\"duty\":\"night\","
        "\"giver\":{\"provider\":\"p1\",\"seat\":\"night:2026-12-02:eve:primary\"},"
        "\"taker\":{\"provider\":\"p2\"},\"possible\":false,\"why_not\":\"p2 は通院\",\"reason\":\"学会\","
        "\"moves\":[{\"move\":\"asked\",\"of\":\"p1\",\"at\":\"1970-01-01T00:00+09:00\",\"by\":\"x\","
        "\"note\":\"電話\"}],\"effects\":[]}",
        "交換 3  申し出（第2版の席）\n"
        "  night:2026-12-02:eve:primary  p1（架空）\n"
        "  （席は出さない）  鈴木 次郎\n"
        "  1970-01-01T00:00+09:00  申し出  p1（架空）: 電話\n"
        "今は成立しません: p2 は通院\n",
        "swap 3  asked for (seats of publication 2)\n"
        "  night:2026-12-02:eve:primary  p1（架空）\n"
        "  (gives no seat)  鈴木 次郎\n"
        "  1970-01-01T00:00+09:00  asked for  p1（架空）: 電話\n"
        "not possible today: p2 は通院\n");
    /* As app gives it to one of the two: his side, and a reason that tells nothing of the other. */
    swap.side = 0;
    swap.why_not = (struct tb_err){.text = "事務局へ"};
    FORMS_ARE(tb_tell_swap, &swap,
              "{\"swap\":3,\"state\":\"asked\",\"publication\":2,\"duty\":\"night\","
              "\"giver\":{\"provider\":\"p1\",\"seat\":\"night:2026-12-02:eve:primary\"},"
              "\"taker\":{\"provider\":\"p2\"},\"possible\":false,\"why_not\":\"事務局へ\","
              "\"effects\":[]}",
              "交換 3  申し出（第2版の席）\n"
              "  night:2026-12-02:eve:primary  p1（架空）\n"
              "  （席は出さない）  鈴木 次郎\n"
              "今は成立しません: 事務局へ\n",
              "swap 3  asked for (seats of publication 2)\n"
              "  night:2026-12-02:eve:primary  p1（架空）\n"
              "  (gives no seat)  鈴木 次郎\n"
              "not possible today: 事務局へ\n");
}

int main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, small_world, end_of_world)
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_score_is_the_sum_of_its_parts),
        IN_WORLD(a_check_tells_open_seats_and_broken_rules),
        IN_WORLD(a_broken_rule_is_told_with_its_sentence),
        IN_WORLD(a_draft_by_hand_is_told_beside_the_old_one),
        IN_WORLD(a_cause_names_whom_to_ask),
        IN_WORLD(a_substitute_is_told_with_the_number_to_dial),
        IN_WORLD(the_two_of_a_swap_are_not_told_what_the_office_is),
        cmocka_unit_test(a_prohibition_is_recorded_and_taken_back),
        cmocka_unit_test(a_record_is_new_the_same_or_taken_back),
    };
    return cmocka_run_group_tests_name("tell_draft", tests, NULL, NULL);
}
