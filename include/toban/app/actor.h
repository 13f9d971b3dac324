/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * actor: who asks, and what he may: one table of use cases and roles, asked at the entry of every use case of
 * app and nowhere else.
 */
#ifndef TOBAN_APP_ACTOR_H
#define TOBAN_APP_ACTOR_H

#include "toban/base/base.h"

enum tb_actor_role {
    TB_ROLE_OFFICE,
    TB_ROLE_DIRECTOR,    /* 担当理事 */
    TB_ROLE_MEMBER,      /* 当番医・医療機関 */
    TB_ROLE_COORDINATOR, /* 在宅医療連携グループ */
    TB_ROLE_DESK_119,
    TB_ROLE_DESK_PHONE,
    TB_ROLE_RECEPTION,
    TB_ROLE_PUBLIC,
    TB_ROLE_COUNT
};

/* Strings are borrowed. All zero: the office, of every body. */
struct tb_actor {
    const char *name; /* for audit lines and entries */
    enum tb_actor_role role;
    const char *provider; /* of a member: whose doings and reasons are his; an id */
    const char *bodies;   /* ids with commas between, whose duties he works for; NULL or "": all */
};

/* The word for data and options (office, desk-119), and for people in the language set. */
const char *tb_actor_role_id(enum tb_actor_role role);
const char *tb_actor_role_name(enum tb_actor_role role);
/* ROLE, member:PROVIDER; office, director and coordinator:BODY[,BODY...]. Sets all but the name; `text` must
 * outlive the actor. TB_USAGE: no such role, or a member without provider. */
TB_MUST_USE enum tb_code tb_actor_parse(const char *text, struct tb_actor *out, struct tb_err *e);
bool tb_actor_is_member(const struct tb_actor *a);
/* The channel of a desk's look-up, which comes from the role and never from what is typed; NULL: any. */
const char *tb_actor_channel(const struct tb_actor *a);

/* ---- the table ------------------------------------------------------------------------------------- */

#define TB_MAY(role) (1U << TB_ROLE_##role)
#define TB_MAY_OFFICE TB_MAY(OFFICE)
#define TB_MAY_READ (TB_MAY_OFFICE | TB_MAY(DIRECTOR))
#define TB_MAY_APPROVE (TB_MAY_OFFICE | TB_MAY(DIRECTOR))
#define TB_MAY_DESKS (TB_MAY(DESK_119) | TB_MAY(DESK_PHONE) | TB_MAY(RECEPTION))

/* U(name, function of app, roles that may, roles that may for themselves alone, what it is in Japanese and in
 * English). A function that does two things has two rows. */
#define TB_USES(U) \
    U(INIT, tb_app_init, TB_MAY_OFFICE, 0, "データファイルの作成", "make a data file") \
    U(IMPORT, tb_app_import, TB_MAY_OFFICE, 0, "表の取込み", "import tables") \
    U(REGION, tb_app_region, TB_MAY_READ, 0, "基本の表を見ること", "read the tables") \
    U(WISH, tb_app_wish, TB_MAY_OFFICE, TB_MAY(MEMBER), "希望の記入", "enter wishes") \
    U(WISH_REMOVE, tb_app_wish_remove, TB_MAY_OFFICE, TB_MAY(MEMBER), "希望の取消", "take back wishes") \
    U(WISHES, tb_app_wishes, TB_MAY_READ, TB_MAY(MEMBER), "希望を見ること", "read wishes") \
    U(ROWS, tb_app_rows, TB_MAY_READ, 0, "表の行を見ること", "read the rows of a table") \
    U(ADD_ROW, tb_app_add_row, TB_MAY_OFFICE, 0, "表への記入", "add a row to a table") \
    U(REMOVE_ROW, tb_app_remove_row, TB_MAY_OFFICE, 0, "表の行の削除", "take a row out of a table") \
    U(DEPUTY, tb_app_add_row, TB_MAY_OFFICE | TB_MAY(COORDINATOR), 0, "在宅医療の代診の記入", \
      "enter deputies of home care") \
    U(DEPUTY_REMOVE, tb_app_remove_row, TB_MAY_OFFICE | TB_MAY(COORDINATOR), 0, "在宅医療の代診の削除", \
      "take out deputies of home care") \
    U(PLAN, tb_app_plan, TB_MAY_OFFICE, 0, "当番表の作成", "plan a roster") \
    U(WHAT_IF, tb_app_plan, TB_MAY_READ, 0, "保存しない試算", "try a plan that is not stored") \
    U(WHAT_IF_BESIDE, tb_what_if, TB_MAY_READ, 0, "試算と案の比較", "compare a trial with the draft") \
    U(PROBLEM, tb_app_problem, TB_MAY_READ, 0, "作成の前提を見ること", "read what a plan is made from") \
    U(OPEN_DRAFT, tb_app_open_draft, TB_MAY_READ, 0, "案を見ること", "read a draft") \
    U(SEAT_DRAFT, tb_app_seat_draft, TB_MAY_READ, TB_MAY(MEMBER), "席の案を見ること", \
      "read the draft of a seat") \
    U(REPLACE, tb_app_replace, TB_MAY_READ, 0, "代われる人を調べること", "look for substitutes") \
    U(CHOICES, tb_app_choices, TB_MAY_READ, 0, "席に入れる人を調べること", "look who could sit where") \
    U(PLACES, tb_app_places, TB_MAY_READ, 0, "その人が入れる席を調べること", \
      "look where somebody could sit") \
    U(THIN, tb_app_thin, TB_MAY_READ, 0, "手薄な席を調べること", "look which seats hang by a thread") \
    U(FILL, tb_app_fill, TB_MAY_OFFICE, 0, "公表した席への代わりの記入", "fill a published seat anew") \
    U(FILL_LOOK, tb_app_fill_look, TB_MAY_READ, 0, "公表した席に代われる人を調べること", \
      "look for substitutes in a published seat") \
    U(CALL, tb_app_call, TB_MAY_APPROVE, 0, "電話の結果の記入", "enter what was said on the telephone") \
    U(CALLS, tb_app_calls, TB_MAY_READ, 0, "電話の記録を見ること", "read who was telephoned") \
    U(TODO, tb_app_todo, TB_MAY_READ, 0, "やることの一覧を見ること", "read what waits for somebody") \
    U(TODO_DONE, tb_app_todo_done, TB_MAY_APPROVE, 0, "済んだことの記入", "enter that something was done") \
    U(DRAFT_CONFLICTS, tb_app_draft_conflicts, TB_MAY_READ, 0, "公表した案の支障を見ること", \
      "read which seats of a published draft do not hold") \
    U(JUDGE_FILE, tb_app_judge_file, TB_MAY_READ, 0, "当番表ファイルの点検", "check a file") \
    U(EXPORT_MODEL, tb_app_export_model, TB_MAY_READ, 0, "数理モデルの書出し", "export the model") \
    U(WHY, tb_why, TB_MAY_READ, TB_MAY(MEMBER), "当番の理由を見ること", "read why somebody sits there") \
    U(ASSIGN, tb_app_assign, TB_MAY_OFFICE, 0, "案の手直し", "change a draft by hand") \
    U(UNDO, tb_app_undo, TB_MAY_OFFICE, 0, "手直しの取消とやり直し", \
      "take back a change by hand, or do it again") \
    U(EDITS, tb_app_edits, TB_MAY_READ, 0, "手直しの記録を見ること", "read what was changed by hand") \
    U(EDITS_OF, tb_app_edits_of, TB_MAY_READ, 0, "手直しの記録を見ること", "read what was changed by hand") \
    U(PIN, tb_app_pin, TB_MAY_OFFICE, 0, "固定と禁止", "pin or forbid") \
    U(EXCEPTION, tb_app_exception, TB_MAY_OFFICE, 0, "特例の記入", "sign an exception") \
    U(CIRCULATE, tb_app_circulate, TB_MAY_OFFICE, 0, "回覧", "circulate a draft") \
    U(APPROVE, tb_app_approve, TB_MAY_APPROVE, 0, "案の承認", "approve a draft") \
    U(LIVES, tb_app_lives, TB_MAY_READ, 0, "案の一覧を見ること", "list drafts") \
    U(PUBLISH, tb_app_publish, TB_MAY_OFFICE, 0, "公表", "publish a roster") \
    U(FACTS, tb_app_facts, TB_MAY_READ, 0, "公表と表の違いを見ること", \
      "read what is no longer as published") \
    U(PUBLISH_FACTS, tb_app_publish_facts, TB_MAY_OFFICE, 0, "載せる事項の公表", "publish what is shown") \
    U(WITHDRAW, tb_app_withdraw, TB_MAY_OFFICE, 0, "公表の取消", "withdraw a publication") \
    U(BOARD, tb_app_board, TB_MAY_READ, 0, "公表された当番表を見ること", "read the published roster") \
    U(CHANGES, tb_app_changes, TB_MAY_READ, 0, "公表後の変更を見ること", \
      "read what was entered since the publication") \
    U(TABLE_BOARD, tb_app_table_board, TB_MAY_READ, 0, "案内表の元を見ること", \
      "read what a routing table is made of") \
    U(PUBLICATIONS, tb_app_publications, TB_MAY_READ, 0, "公表の一覧を見ること", "list publications") \
    U(SIDE, tb_app_side, TB_MAY_READ, 0, "版を見ること", "look up a publication") \
    U(DIFF, tb_app_diff, TB_MAY_READ, 0, "版の違いを見ること", "compare publications") \
    U(VERIFY, tb_app_verify, TB_MAY_READ, 0, "データファイルの照合", "verify the data file") \
    U(EXPORT, tb_app_export, TB_MAY_OFFICE, 0, "公表物の書出し", "export a publication") \
    U(EXPORT_REGION, tb_app_export_region, TB_MAY_OFFICE, 0, "医療圏の書出し（非公開の欄を含む）", \
      "export the region, private fields included") \
    U(COMPARE, tb_app_compare, TB_MAY_READ, 0, "二つの案の比較", "compare two arrangements") \
    U(SENT, tb_app_sent, TB_MAY_READ, 0, "送付の一覧を見ること", "list who was told") \
    U(SEND, tb_app_deliver, TB_MAY_OFFICE, 0, "送付の記録", "record a sending") \
    U(ISSUE, tb_app_issue, TB_MAY_OFFICE, 0, "文書番号を付けること", "number letters") \
    U(CONFIRM, tb_app_deliver, TB_MAY_OFFICE, TB_MAY(MEMBER), "受領の確認", "confirm receipt") \
    U(NAMES, tb_app_names, TB_MAY_READ, 0, "届いた氏名を見ること", "list named doctors") \
    U(NAME, tb_app_name, TB_MAY_OFFICE, 0, "氏名の届け", "name the doctor of a seat") \
    U(SWAP_ASK, tb_app_swap_ask, TB_MAY_OFFICE, TB_MAY(MEMBER), "交換の申し出", "ask for a swap") \
    U(SWAP_OPEN, tb_app_swap_open, TB_MAY_READ, TB_MAY(MEMBER), "交換を見ること", "read a swap") \
    U(SWAPS, tb_app_swaps, TB_MAY_READ, TB_MAY(MEMBER), "交換の一覧を見ること", "list swaps") \
    U(SWAP_SAY, tb_app_swap_move, TB_MAY_OFFICE, TB_MAY(MEMBER), "交換への同意と取下げ", \
      "agree to a swap or step back") \
    U(SWAP_SETTLE, tb_app_swap_move, TB_MAY_APPROVE, 0, "交換の承認と却下", "approve or refuse a swap") \
    U(SWAP_PUBLISH, tb_app_swap_publish, TB_MAY_OFFICE, 0, "交換の公表", "publish a swap") \
    U(LEDGER, tb_app_ledger, TB_MAY_READ, 0, "帳簿を見ること", "read the ledgers") \
    U(ENTRIES, tb_app_entries, TB_MAY_READ, 0, "帳簿の記入を見ること", "read the entries of the ledgers") \
    U(ADJUST, tb_app_adjust, TB_MAY_OFFICE, 0, "帳簿への記入", "enter into a ledger") \
    U(SHARES, tb_app_shares, TB_MAY_READ, 0, "分担を見ること", "read the shares") \
    U(STANDING, tb_app_standing, TB_MAY_READ, TB_MAY(MEMBER), "当番の実績を見ること", "read accounts") \
    U(STANDING_PAGES, tb_app_standing_html, TB_MAY_OFFICE, 0, "実績の紙の書出し", \
      "write the accounts' pages") \
    U(ATTEND, tb_app_attend, TB_MAY_OFFICE, 0, "出務の記録", "record attendance") \
    U(ATTEND_FILE, tb_app_attend_file, TB_MAY_OFFICE, 0, "出務の取込み", "import attendance") \
    U(ATTENDED, tb_app_attended, TB_MAY_READ, 0, "出務の記録を見ること", "read attendance") \
    U(LIGHT, tb_app_light, TB_MAY_READ, 0, "軽症の集計を見ること", "read the count of light cases") \
    U(EVE, tb_app_eve, TB_MAY_READ, 0, "前日連絡一覧を見ること", "read the list of the day before") \
    U(UNFETCHED, tb_app_unfetched, TB_MAY_READ, 0, "カレンダー未取得を見ること", \
      "list calendars not fetched") \
    U(TOKEN_LIST, tb_app_token_list, TB_MAY_READ, 0, "カレンダーの一覧を見ること", \
      "list calendar addresses") \
    U(TOKEN_ISSUE, tb_app_token_issue, TB_MAY_OFFICE, 0, "カレンダーの発行", "issue a calendar address") \
    U(TOKEN_REVOKE, tb_app_token_revoke, TB_MAY_OFFICE, 0, "カレンダーの失効", "revoke a calendar address") \
    U(TOKEN_ALARM, tb_app_token_alarm, TB_MAY_OFFICE, 0, "カレンダーの通知の設定", \
      "set the alarm of a calendar") \
    U(TOKEN_SHEET, tb_app_token_sheet, TB_MAY_OFFICE, 0, "カレンダーの案内の作成", \
      "make the sheet of a calendar address") \
    U(FEEDS, tb_app_feeds, TB_MAY_OFFICE, 0, "カレンダーの配信", "serve calendars") \
    U(EXPORT_ICS, tb_app_export_ics, TB_MAY_OFFICE, 0, "カレンダーの書出し", "export calendars") \
    U(FETCHED, tb_app_tokens_fetched, TB_MAY_OFFICE, 0, "取得の記録", "record that calendars were fetched") \
    U(CALENDAR, tb_app_calendar, TB_MAY_READ, 0, "診療日の暦を見ること", "read the calendar") \
    U(SURVEYS, tb_app_surveys, TB_MAY_READ, 0, "希望の回答状況を見ること", "read who has answered") \
    U(DUTIES, tb_app_duties, TB_MAY_READ, 0, "当番の一覧を見ること", "list who is on duty") \
    U(NOW, tb_app_now, TB_MAY_READ, 0, "今の当番を見ること", "read who is on duty now") \
    U(NOW_OF, tb_app_now_of, TB_MAY_READ, 0, "その時刻の当番を見ること", "read who is on duty at a time") \
    U(CHECK_TABLE, tb_app_check_table, TB_MAY_READ, 0, "案内表の点検", "check the routing table") \
    U(CHECK_FILE, tb_app_check_file, TB_MAY_READ | TB_MAY_DESKS, 0, "案内表ファイルの点検", \
      "check a copied routing table") \
    U(VERSION, tb_app_version, TB_MAY_READ, 0, "更新の有無を見ること", "see whether anything changed") \
    U(FIND, tb_app_find, TB_MAY_READ, 0, "名からの検索", "look for what a name means") \
    U(NAMED, tb_app_named, TB_MAY_READ, 0, "名での指定", "call somebody by name instead of by id") \
    U(AUDIT, tb_app_audit, TB_MAY_READ, 0, "操作の記録を見ること", "read the audit trail") \
    U(RETENTION, tb_app_retention, TB_MAY_READ, 0, "保存期間を見ること", "read how long data is kept") \
    U(PURGE, tb_app_purge, TB_MAY_OFFICE, 0, "データの消去", "take data out for good") \
    U(PERSON, tb_app_person, TB_MAY_OFFICE, 0, "一人について保存している全部を見ること", \
      "read all that is held of one provider") \
    U(TABLE, tb_app_table, TB_MAY_READ | TB_MAY_DESKS, 0, "案内表を引くこと", "look up the routing table") \
    U(ROUTING, tb_app_routing, TB_MAY_READ | TB_MAY(COORDINATOR) | TB_MAY_DESKS | TB_MAY(PUBLIC), 0, \
      "開いている所を調べること", "look up who is open") \
    U(ROUTING_AGAIN, tb_app_routing_again, \
      TB_MAY_READ | TB_MAY(COORDINATOR) | TB_MAY_DESKS | TB_MAY(PUBLIC), 0, "開いている所を調べ直すこと", \
      "look up again who is open") \
    U(DECLINED, tb_app_declined, TB_MAY_OFFICE | TB_MAY_DESKS, 0, "断られたことの記録", "record a refusal") \
    U(OVERRIDE, tb_app_override, TB_MAY_APPROVE | TB_MAY_DESKS, TB_MAY(MEMBER), "当番の変更の記入", \
      "enter an override") \
    U(WRITE_TABLE, tb_app_write_table, TB_MAY_OFFICE, 0, "案内表の書出し", "write the routing table") \
    U(WRITE_SHEETS, tb_app_write_sheets, TB_MAY_OFFICE, 0, "当番病院一覧の書出し", "write the sheets") \
    U(USERS, tb_app_users, TB_MAY_OFFICE, 0, "利用者を見ること", "list users") \
    U(USER_ADD, tb_app_user_add, TB_MAY_OFFICE, 0, "利用者を加えること", "add a user") \
    U(USER_CHANGE, tb_app_user_change, TB_MAY_OFFICE, 0, "利用者を変えること", "change a user") \
    U(BACKUP, tb_app_backup, TB_MAY_OFFICE, 0, "控えの作成", "make a backup") \
    U(PRACTICE, tb_app_practice, TB_MAY_OFFICE, 0, "練習を始めること", "begin to practise") \
    U(RESTORE, tb_app_restore, TB_MAY_OFFICE, 0, "控えからの復元", "restore a backup")

#define TB_USE_ENUM(name, function, all, own, ja, en) TB_USE_##name,
enum tb_use { TB_USES(TB_USE_ENUM) TB_USE_COUNT };

struct tb_use_row {
    const char *name, *function;
    unsigned all, own; /* roles, 1 << enum tb_actor_role */
    const char *ja, *en;
};
extern const struct tb_use_row tb_uses[TB_USE_COUNT];
/* For what is offered to somebody: the use case itself asks again. */
bool tb_actor_may(const struct tb_actor *a, enum tb_use use);

/* Overrides are of many kinds, and some roles may enter some of them only; kinds that are in no row are for
 * those who may enter all. */
struct tb_override_row {
    enum tb_actor_role role;
    const char *kind;
};
extern const struct tb_override_row tb_override_rows[];
extern const size_t tb_n_override_rows;
bool tb_actor_may_override(const struct tb_actor *a, const char *kind);

#endif
