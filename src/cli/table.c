/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands and their options.
 */
#include "cli.h"

static const struct cli_opt init_opts[] = {
    {"region", "DIR", "医療圏のフォルダ（docs/reference/region-format.md）",
     "directory of the region (docs/reference/region-format.md)"},
};
static const struct cli_opt import_opts[] = {
    {"entity", "NAME", "FILE が持つ表（wishes など）。なければ FILE はフォルダ全体",
     "table that FILE holds (wishes, say); without it FILE is a whole directory"},
    {"cp932", NULL, "FILE の文字は CP932", "FILE is in CP932"},
    {"replace", NULL, "フォルダにない行は消す（承認した特例は残る）。消える行を示し、--yes が要る",
     "rows that the directory does not name go (signed exceptions stay); they are shown, and --yes is "
     "needed"},
    {"yes", NULL, "示された行が消えてよい", "the rows shown may go"},
};
static const struct cli_opt calendar_opts[] = {
    {"duty", "ID", "その当番区分の席も示す（くり返してよい）",
     "show the seats of that duty (may be repeated)"},
};
/* What stands in the tables, beside entering it. */
#define LIST_OPTS \
    {"list", NULL, "記録されたものを示す（ほかのオプションで絞る）", \
     "list what is entered (of what is told beside)"}, \
    { \
        "history", NULL, "だれがいつ何をどう変えたか（取り消したものも）", \
            "who changed what, and when, with what was taken back" \
    }
static const struct cli_opt wish_opts[] = {
    {"survey", "ID", "希望調査", "survey"},
    {"provider", "ID", "当番医・医療機関", "provider"},
    {"type", "WORD", "cannot only rather-not like count any", "cannot, only, rather-not, like, count, any"},
    {"from", "DATE", "初日", "first day"},
    {"to", "DATE", "末日", "last day"},
    {"ends", "HH:MM", "末日の何時まで（cannot・rather-not）",
     "hour of the last day at which it ends (cannot, rather-not)"},
    {"duty", "ID", "当番区分", "duty"},
    {"band", "ID", "時間帯", "band"},
    {"count", "N", "回数", "number of duties"},
    {"if-possible", NULL, "できれば（必須ではない）", "if possible, not a must"},
    {"note", "TEXT", "備考", "note"},
    LIST_OPTS,
    {"remove", NULL, "その希望を取り消す（記録したときと同じ調査・人・希望・日・当番区分・時間帯で）",
     "take that wish back (told by the same survey, provider, type, days, duty, band)"},
};
static const struct cli_opt rows_opts[] = {
    {"on", "DATE", "その日の値で示す（予定された変更 amendments を当てて）",
     "as the rows are on that day, with amendments applied"},
    {"add", NULL, "その行を記入する（同じ鍵の行があれば、書いた列だけ改める）",
     "enter that row (or change the row of that key, in the columns told)"},
    {"remove", NULL, "その鍵の行を消す", "take the row of that key out"},
    {"history", NULL, "だれがいつ何をどう変えたか（消えた行も）",
     "who changed what, and when, with rows that are gone"},
};
static const struct cli_opt swap_opts[] = {
    {"seat", "SEAT", "ask: 出したい席（当番区分:日付:時間帯[:reserve]）",
     "ask: the seat to be relieved of (DUTY:DATE:BAND[:reserve])"},
    {"provider", "ID", "ask: その席の人。ほか: だれが言ったか（なしは事務局）",
     "ask: whose seat it is; otherwise: which of the two says it (none: the office)"},
    {"with", "SEAT", "ask: 代わりに受ける相手の席", "ask: the seat taken in return"},
    {"partner", "ID", "ask: --with の席の人", "ask: whose seat --with is"},
    {"to", "ID", "ask: 席だけを引き受ける人（--with の代わりに）",
     "ask: who takes the seat and gives none (instead of --with)"},
    {"publication", "N", "ask: 見ている版（既定は最新）",
     "ask: publication in which the seats were read (default: the latest)"},
    {"office", NULL, "ask: 事務局の提案（どちらの同意もまだ）",
     "ask: the office proposes it; neither has agreed yet"},
    {"phone", "TEXT", "ask: 双方が電話で同意した（いつ、だれが聞いたか）",
     "ask: both agreed by telephone (when, who heard it)"},
    {"what-if", NULL, "ask: 何も保存せず、影響だけを示す", "ask: store nothing, show what it means"},
    {"for", "ID", "ask show: この人に見せる分だけ", "ask, show: only what this one of the two may see"},
    {"note", "TEXT", "備考", "remark"},
};
static const struct cli_opt plan_opts[] = {
    {"duty", "ID", "当番区分（くり返してよい。all は全部）", "duty (may be repeated; all: every duty)"},
    {"replan", NULL, "公表済みの席も計画し直す", "plan published seats anew"},
    {"keep", "N", "公表済みの席を最も少なく、多くても N 席だけ変える",
     "change as few published seats as can be, and at most N"},
    {"change-price", "P", "公表済みの席を変える費用（--keep の代わりに）",
     "what one changed published seat costs (instead of --keep)"},
    {"freeze-until", "DATE", "この日の前は変えない（過ぎた日は常に変えない）",
     "days before it stay as published (past days always do)"},
    {"supersede", NULL, "同じ当番区分・同じ期間の回覧中・承認済の案に代える",
     "take the place of a draft of the same duties and days that goes round or is approved"},
    {"past", "REASON", "過ぎた当番を入れる理由（公表するときも要る）",
     "why duties of the past are planned (to publish them it is said again)"},
    {"without", "ID", "この人を席に就かせない（くり返してよい）",
     "this provider takes no seat (may be repeated)"},
    {"with", "RULE=off", "この条件を外す（--what-if とともに）", "without this rule (needs --what-if)"},
    {"pin", "SEAT=ID", "この席に固定する（--what-if とともに）",
     "somebody fixed in a seat (needs --what-if)"},
    {"forbid", "SEAT=ID", "この席に就かせない（--what-if とともに）",
     "somebody kept out of a seat (needs --what-if)"},
    {"seats", "SEATS=N", "席数を変える 当番区分:日付か診療日区分:時間帯[:reserve]=N（--what-if とともに）",
     "other numbers of seats, as DUTY:DATE-or-CLASS:BAND[:reserve]=N (needs --what-if)"},
    {"what-if", NULL, "保存せず、いまの案と比べる", "store nothing, compare with the present draft"},
    {"time", "SECONDS", "制限時間（既定 600）", "time limit (default 600)"},
    {"gap", "PERMILLE", "下界との差がこの千分率になれば止める", "stop at this relative gap, in thousandths"},
    {"out", "DIR",
     "二つの計算が食い違ったとき、送るためのファイルを置くフォルダ（既定はデータファイルと同じ所）",
     "where the file to send goes when two computations disagree (default: beside the data file)"},
    {"engine", "NAME", "stock: GLPK の分枝限定だけで解く", "stock: GLPK's own branch and bound alone"},
};
static const struct cli_opt check_opts[] = {
    {"file", "FILE", "手で作った当番表（CSV か JSON）を点検する。PERIOD が要る",
     "judge a roster made by hand (CSV or JSON); needs PERIOD"},
    {"duty", "ID", "--file の当番区分", "duties of --file"},
    {"draft", "N", "案の番号（既定は最後の案）", "number of the draft (default: the latest)"},
};
static const struct cli_opt score_opts[] = {
    {"draft", "N", "案の番号（既定は最後の案）", "number of the draft (default: the latest)"},
};
static const struct cli_opt publish_opts[] = {
    {"draft", "N", "公表する案（くり返してよい。既定は未公表の案。どれか決まらなければ断る）",
     "draft to publish (may be repeated; default: the open drafts, where it is clear which are meant)"},
    {"running", "REASON", "いま務めている席を変える理由", "why a seat that runs now is changed"},
    {"past", "REASON", "過ぎた当番を入れる理由", "why duties of the past are entered"},
    {"until", "DATE", "この日までの席だけを公表する（先まで見通して組んだ案の当月分など）",
     "only seats up to this day (of a draft that was planned further ahead)"},
    {"facts", NULL, "案は公表せず、時間・名・電話など、載せている事項の変更だけを新しい版にする",
     "no draft: a publication that takes changes of what is shown (hours, names, telephones ...) alone"},
    {"note", "TEXT", "公表の注記", "note of the publication"},
};
static const struct cli_opt export_opts[] = {
    {"out", "DIR", "all ics: 書き出すフォルダ（前に書き出したものなら入れ替える）",
     "all, ics: directory to write (replaced if an export made it)"},
    {"cp932", NULL, "region: CSV を CP932 で", "region: CSV files in CP932"},
    {"key", "FILE", "ics: 鍵のファイル（既定 $TOBAN_KEY、次に DB.key）",
     "ics: key file (default $TOBAN_KEY, then DB.key)"},
    {"routing", "PERIOD", "all: 案内表の期間", "all: span of the routing table"},
    {"prove", NULL, "all: 前に確認した証明もすべてやり直す",
     "all: make every proof again, those made before too"},
    {"format", "mps|lp|dat|names", "model: 形式（names は x[i] がだれのどの席かの CSV）",
     "model: format (names: a CSV of whose seat each x[i] is)"},
    {"duty", "ID", "model: 当番区分", "model: duties"},
    {"replan", NULL, "model: 公表済みの席も含める", "model: published seats too"},
    {"file", "FILE", "model, table: 出力先", "model, table: output file"},
    {"table", "FILE", "sheets: この案内表から（PERIOD の代わり）",
     "sheets: from this table instead of PERIOD"},
    {"since", "FILE", "sheets: この表からの変更も", "sheets: with what changed since that table"},
};
static const struct cli_opt route_opts[] = {
    {"area", "NAME", "地区・市町・町名・駅など、言われたとおりに（住所、読み、郵便番号でもよい）",
     "place as people say it: an area, town, station, address, reading or postcode"},
    {"age", "YEARS", "年齢", "age in years"},
    {"complaint", "ID", "症状区分", "complaint group"},
    {"level", "SCALE:VERSION:CODE", "緊急度（人が判定したもの。--scale があれば段階だけ）",
     "urgency, as a person judged it; CODE alone with --scale"},
    {"scale", "SCALE[:VERSION]", "この窓口の尺度（既定 $TOBAN_SCALE）",
     "the desk's scale (default $TOBAN_SCALE)"},
    {"guidance", NULL, "緊急度を問わない案内", "which place is open, without a level"},
    {"modifier", "ID", "要配慮（透析・妊娠など）を一つ。応じられる病院を先に",
     "one of dialysis, pregnancy ...: hospitals that offer what it needs come first"},
    {"home", "PROVIDER", "この医師・診療所の在宅の患者: 連絡する順（関係者の窓口だけ。患者の名は尋ねない）",
     "a home-care patient of that doctor or clinic: whom to call (staff channels; no patient's name)"},
    {"channel", "119|phone|desk|public", "だれが尋ねるか（既定 desk）", "who asks (default desk)"},
    {"explain", NULL, "理由も示す", "with reasons"},
    {"declined", "FACILITY[:REASON]", "断られた所を除いて次を示し、理由を記録する（くり返してよい）",
     "leave out who declined, show the next, record the reason (may be repeated)"},
    {"table", "FILE", "写した案内表だけで答える（データファイル不要）",
     "answer from this copied table alone (no data file)"},
    {"changes", "FILE", "変更の小さなファイル", "the small file of overrides"},
    {"state", "DIR", "見た版を覚えるフォルダ（古い版を退ける。TOBAN_STATE でも）",
     "directory that remembers editions seen, to refuse older ones (or TOBAN_STATE)"},
};
static const struct cli_opt override_opts[] = {
    {"provider", "ID", "だれについて", "whom it is about"},
    {"duty", "ID", "その当番区分だけ（extra には要る）", "that duty alone (extra needs it)"},
    {"to", "ID", "substitute: 代わりの医療機関", "substitute: who takes over"},
    {"with", "NAME", "disaster とその解除: 二人目の名", "disaster and its end: the second person"},
    {"from", "INSTANT", "始まり（既定は今）", "from (default: now)"},
    {"until", "INSTANT", "終わり（必ず要る）", "until (always needed)"},
    {"minutes", "N", "終わりを分で", "the end in minutes"},
    {"phone", "NUMBER", "phone: 変わった番号", "phone: the number that holds instead"},
    {"note", "TEXT", "案内に載せる文（120字まで）", "text shown with the entry"},
    {"reason", "WORD", "手術中 患者対応中 満床 処置困難 専門外 医師不在 理由不明 その他 院内災害", "reason"},
    {"source", "TEXT", "だれから、電話・FAX など", "who said so, and how"},
    {"supersedes", "N", "この番号の変更に代わる", "takes the place of that override"},
    {"table", "FILE", "写した案内表だけで答える（データファイル不要）",
     "answer from this copied table alone (no data file)"},
    {"changes", "FILE", "変更の小さなファイル", "the small file of overrides"},
    {"state", "DIR", "見た版を覚えるフォルダ（古い版を退ける。TOBAN_STATE でも）",
     "directory that remembers editions seen, to refuse older ones (or TOBAN_STATE)"},
};
static const struct cli_opt now_opts[] = {
    {"page", "text|html|disaster",
     "案内板（80x24 の文字、または一枚の HTML）、災害時の一枚（A4、関係者限り）",
     "the page: 80x24 text, or one HTML file; or the disaster sheet (A4, for staff)"},
    {"table", "FILE", "写した案内表だけで答える（データファイル不要）",
     "answer from this copied table alone (no data file)"},
    {"changes", "FILE", "変更の小さなファイル", "the small file of overrides"},
    {"state", "DIR", "見た版を覚えるフォルダ（古い版を退ける。TOBAN_STATE でも）",
     "directory that remembers editions seen, to refuse older ones (or TOBAN_STATE)"},
    {"as-of", "N|INSTANT", "その版、またはその日時に公表されていたものによる",
     "by that publication, or by what was published at that instant"},
};
static const struct cli_opt duties_opts[] = {
    {"as-of", "N|INSTANT", "その版、またはその日時に公表されていたものによる",
     "by that publication, or by what was published at that instant"},
    {"duty", "ID", "その当番区分だけ", "this duty alone"},
    {"provider", "ID", "その当番医・医療機関だけ", "this provider alone"},
};
static const struct cli_opt diff_opts[] = {
    {"notice", NULL, "変更前・変更後のお知らせ文にする", "as a notice: before and after"},
};
static const struct cli_opt withdraw_opts[] = {
    {"duty", "ID", "取り消す当番区分（くり返してよい。all は全部）",
     "duty to withdraw (may be repeated; all: every duty)"},
    {"reason", "TEXT", "理由（要る）", "reason (needed)"},
};
static const struct cli_opt audit_opts[] = {
    {"what", "WORD", "その操作だけ（publish など）", "this command alone (publish, say)"},
    {"last", "N", "新しいほうから N 行", "the last N lines"},
};
static const struct cli_opt purge_opts[] = {
    {"before", "DATE", "この日より前のもの", "what lies before this day"},
    {"due", NULL, "保存年数を過ぎたもの（表 retention）", "what is past its years (table retention)"},
    {"yes", NULL, "二度と戻らないことを承知した", "it is known that it goes for good"},
};
static const struct cli_opt circulate_opts[] = {
    {"until", "DATE", "異議を受け付ける末日", "last day for objections"},
    {"note", "TEXT", "備考", "remark"},
};
static const struct cli_opt approve_opts[] = {
    {"date", "DATE", "会議・決裁の日（承認を要する実施主体では必ず）",
     "day of the meeting or decision (needed where the body approves)"},
    {"number", "TEXT", "会議の回・文書番号（第8回 など）", "number of the meeting or paper"},
    {"word", "TEXT", "承認の呼び方（既定は実施主体の approval）",
     "what the approval is called (default: the body's own word)"},
    {"note", "TEXT", "備考。回覧の期限前に承認するときは理由",
     "remark; the reason when the day for objections has not passed"},
};
static const struct cli_opt sent_opts[] = {
    {"todo", NULL, "まだ送っていない送付先だけ", "only those to whom it is still to be sent"},
    {"text", "RECIPIENT", "その送付先へのお知らせ文", "the text for this recipient"},
    {"texts", "DIR",
     "まだ送っていない文書をすべて DIR に書く（FAX・郵送・手渡しは印刷用の .html も）。文書番号と日付が付く",
     "write all letters still to be sent into DIR (by fax, post and hand also as .html); they get their "
     "number and date"},
    {"number", "N", "文書番号を決める（なければ年度の次の番号）",
     "the number of the letter (default: the next of the fiscal year)"},
    {"body", "ID", "どの実施主体の文書番号か（--number に）", "whose number it is (with --number)"},
    {"recipient", "ID", "この送付先に送ったことを記録する（一人ずつなら members:d-001）",
     "enter that it was sent to this recipient (members:d-001 where each is told)"},
    {"way", "fax|mail|post|hand", "送った方法（既定は送付先の方法）",
     "how (default: the recipient's own way)"},
    {"confirmed", NULL, "送付ではなく受領確認を記録する（--note に相手の名）",
     "enter a confirmation instead (--note: who confirmed)"},
    {"remove", NULL, "その送付先の送付の記録（--confirmed なら受領確認）を取り消す（--note に理由）",
     "take the last entry of this recipient back (with --confirmed the confirmation); --note says why"},
    {"note", "TEXT", "備考", "remark"},
};
static const struct cli_opt serve_opts[] = {
    {"listen", "ADDRESS", "待ち受けるアドレス（既定 127.0.0.1）", "address to listen on (default 127.0.0.1)"},
    {"port", "N", "ポート（既定 8380、0 は空いているもの）", "port (default 8380; 0: any that is free)"},
    {"key", "FILE", "鍵のファイル（既定 $TOBAN_KEY、次に DB.key）",
     "key file (default $TOBAN_KEY, then DB.key)"},
    {"staff", NULL, "関係者用の電話も答える（119の窓口）。ほかの人をプロキシが通さないときだけ",
     "tell staff numbers too (119 desk); only where the proxy lets nobody else in"},
};
static const struct cli_opt office_opts[] = {
    {"listen", "ADDRESS", "待ち受けるアドレス（既定 127.0.0.1）", "address to listen on (default 127.0.0.1)"},
    {"port", "N", "ポート（既定 8390、0 は空いているもの）", "port (default 8390; 0: any that is free)"},
    {"trust-proxy", "NAME", "https://NAME を受けるプロキシの後ろで開く（docs/operator/office.md）",
     "opened behind a proxy that answers https://NAME (docs/operator/office.md)"},
};
static const struct cli_opt user_opts[] = {
    {"name", "NAME", "名前（記録に残る）", "the person's name (it stands in the records)"},
    {"role", "ROLE", "立場（既定 office。office:kma、director:kma、desk-119 など）",
     "role (default office; office:BODY, director:BODY, desk-119 ...)"},
};
static const struct cli_opt unfetched_opts[] = {
    {"days", "N", "今日から何日先までの当番か（既定 7）", "duties up to so many days from today (default 7)"},
};
static const struct cli_opt token_opts[] = {
    {"key", "FILE", "鍵のファイル（既定 $TOBAN_KEY、次に DB.key）",
     "key file (default $TOBAN_KEY, then DB.key)"},
    {"url", "URL", "予定表を置くアドレス https://…/ics", "where the feeds are, https://host/ics"},
    {"out", "FILE", "sheet: 書き出す先（既定は標準出力）", "sheet: file to write (default: standard output)"},
};
static const struct cli_opt table_opts[] = {
    {"period", "PERIOD", "案内表の期間", "span of the table"},
    {"table", "FILE", "写した案内表だけで答える（データファイル不要）",
     "answer from this copied table alone (no data file)"},
    {"changes", "FILE", "変更の小さなファイル", "the small file of overrides"},
    {"state", "DIR", "見た版を覚えるフォルダ（古い版を退ける。TOBAN_STATE でも）",
     "directory that remembers editions seen, to refuse older ones (or TOBAN_STATE)"},
};
static const struct cli_opt compare_opts[] = {
    {"duty", "ID", "当番区分（くり返してよい。all は全部）", "duty (may be repeated; all: every duty)"},
    {"html", "FILE", "A4 一枚の HTML も書く", "also write one HTML page of A4"},
    {"time", "SECONDS", "一方ごとの制限時間（既定 600）", "time limit of each side (default 600)"},
};
static const struct cli_opt ledger_opts[] = {
    {"ledger", "ID", "その帳簿だけ", "this ledger alone"},
    {"account", "ID", "その口座だけ", "this account alone"},
    {"adjust", "DUTIES", "手で加える回数（--ledger --account --reason が要る）",
     "signed entry by hand (needs --ledger --account --reason)"},
    {"against", "ID", "--adjust の反対を負う口座（なければほかの全員で割合に応じて）",
     "account that bears the opposite of --adjust (default: all others, by weight)"},
    {"date", "DATE", "--adjust の日付（既定は今日）", "date of --adjust (default: today)"},
    {"reason", "TEXT", "理由", "reason"},
    {"html", "DIR", "年度の紙を書き出すフォルダ（前に書き出したものなら入れ替える）",
     "directory for the pages of the year (replaced if it has them already)"},
    {"audience", "office|member", "だれ向けか（member はほかの人の名・休み・免除を出さない）",
     "for whom (member: no one else's name, absence or exemption)"},
};
static const struct cli_opt entries_opts[] = {
    {"ledger", "ID", "その帳簿だけ", "this ledger alone"},
    {"account", "ID", "その口座だけ", "this account alone"},
    {"by-hand", NULL, "手で記入したものだけ", "those by hand alone"},
};
static const struct cli_opt shares_opts[] = {
    {"duty", "ID", "その当番区分だけ", "this duty alone"},
};

#define SEAT_OPTS \
    {"seat", "SEAT", "席 当番区分:日付:時間帯[:reserve]", "seat as DUTY:DATE:BAND[:reserve]"}, \
    { \
        "provider", "ID", "当番医・医療機関", "provider" \
    }
#define DRAFT_OPT \
    { \
        "draft", "N", "案の番号（既定は最後の案）", "number of the draft (default: the latest)" \
    }
#define REVISION_OPT \
    { \
        "revision", "N", "見ていた案の手数（そのあと変わっていれば断る）", \
            "revision of the draft that was looked at (refused when it has moved on)" \
    }
static const struct cli_opt assign_opts[] = {
    SEAT_OPTS,
    {"instead-of", "ID", "その人に代わって入る", "take this provider's place"},
    DRAFT_OPT,
    REVISION_OPT,
};
static const struct cli_opt exchange_opts[] = {
    SEAT_OPTS,
    {"with", "SEAT", "入れ替える相手の席（空席なら移るだけ）",
     "the other seat (an open one: he moves there)"},
    {"instead-of", "ID", "相手の席から来る人（一人なら要らない）",
     "who comes from the other seat (not needed of one alone)"},
    DRAFT_OPT,
    REVISION_OPT,
};
static const struct cli_opt unassign_opts[] = {SEAT_OPTS, DRAFT_OPT, REVISION_OPT};
static const struct cli_opt undo_opts[] = {DRAFT_OPT, REVISION_OPT};
static const struct cli_opt edits_opts[] = {DRAFT_OPT};
static const struct cli_opt pin_opts[] = {
    SEAT_OPTS,
    {"reason", "TEXT", "理由", "reason"},
    {"remove", NULL, "取り消す", "take it back"},
    LIST_OPTS,
};
static const struct cli_opt exception_opts[] = {
    {"rule", "ID", "破ってよい必須の条件（rules の記号、wish.cannot など）",
     "hard rule that may be broken (id of a rule, wish.cannot ...)"},
    SEAT_OPTS,
    {"reason", "TEXT", "理由", "reason"},
    {"signed-by", "NAME", "承認者", "who signs for it"},
    {"remove", NULL, "取り消す", "take it back"},
    LIST_OPTS,
};

static const struct cli_opt name_opts[] = {
    {"person", "ID|NAME", "出務する医師（組の名簿の記号か氏名）",
     "doctor who will come (id or name on the group's list)"},
    {"provider", "ID", "どの組の席か（一つなら要らない）",
     "whose seat it is (not needed when one group sits there)"},
    {"instead-of", "ID|NAME", "いま届いている人（替えるとき）", "who is named now (to change the name)"},
    {"remove", NULL, "届けた氏名を取り消す", "take the name back"},
    {"note", "TEXT", "備考", "note"},
    {"period", "PERIOD", "一覧: この期間（既定は今日から）", "list: this period (default: from today on)"},
    {"all", NULL, "一覧: 届け出済みの席も", "list: named seats as well"},
    {"letter", "ID", "その組に送る依頼文", "the letter to that group"},
};

static const struct cli_opt attend_opts[] = {
    {"seated", "ID", "だれの席か（一人なら要らない）", "whose seat it is (not needed when one sits there)"},
    {"came", "ID|nobody", "来た人（既定は席の人。だれも来なければ nobody）",
     "who came (default: who sits there); nobody"},
    {"from", "HH:MM", "始めた時刻（既定は席の時間）", "began (default: the hours of the seat)"},
    {"to", "HH:MM", "終えた時刻（翌1:10 は 25:10）", "ended (25:10 is 1:10 next day)"},
    {"patients", "N", "診た患者", "patients seen"},
    {"referred", "N", "うち上の救急へ紹介", "of these referred to a higher tier"},
    {"light", "N", "うち軽症", "of these light cases"},
    {"reason", "TEXT", "備考、訂正なら理由（必須）", "remark; of a correction its reason (needed)"},
    {"remove", NULL, "記録を取り消す", "take the record back"},
    {"file", "FILE", "CSV から（期間 --csv で出る形）", "from a CSV, as PERIOD --csv writes it"},
    {"report", "seats|missing|counts|light", "PERIOD: 席ごと、未記録、担い手ごと、軽症の割合",
     "PERIOD: by seat, without record, by provider, share of light cases"},
    {"csv", NULL, "PERIOD: CSV で出す", "PERIOD: as CSV"},
};

static const struct cli_opt replace_opts[] = {
    {"seat", "SEAT", "席 当番区分:日付:時間帯[:reserve]", "seat as DUTY:DATE:BAND[:reserve]"},
    {"provider", "ID", "出られない人（席に一人なら要らない）",
     "who drops out (not needed when he sits there alone)"},
    {"draft", "N", "案の番号（既定はその席を決める最後の案）",
     "number of the draft (default: the latest that decides the seat)"},
    {"published", NULL, "公表済みの案から選ぶ", "of the published drafts"},
    {"most", "N", "何人まで示すか（既定 5）", "how many to show (default 5)"},
    {"today", NULL, "公表した席（空席も）を、計画した日の表でなくいまの表で調べる",
     "a published seat, open ones too, by today's tables and not those of the day it was planned"},
    {"with", "ID|first",
     "この人を公表した席に就け、次の版として公表する（first は頼む順で条件に触れない最初の人）",
     "put him into the published seat, in the next publication (first: the first to call who breaks no "
     "rule)"},
    {"note", "TEXT", "--with の理由", "why, with --with"},
};
static const struct cli_opt todo_opts[] = {
    {"days", "N", "今日から何日先まで（既定は全部）", "up to so many days from today (default: all)"},
    {"kind", "KIND", "この種類だけ（docs/reference/todo.md）", "of this kind alone (docs/reference/todo.md)"},
    {"done", "KEY", "人が済ませたこと（電話で伝えた、など）を記録して一覧から外す",
     "enter that a person has done it (told on the telephone, say), which takes it off the list"},
    {"note", "TEXT", "--done の覚え", "a note, with --done"},
};
static const struct cli_opt why_opts[] = {
    {"seat", "SEAT", "席 当番区分:日付:時間帯[:reserve]", "seat as DUTY:DATE:BAND[:reserve]"},
    {"of", "ID", "だれについて（席に一人なら要らない。--seat なしなら案のその人の席すべて）",
     "who of those in the seat (not needed when he sits there alone; without --seat: all his seats of the "
     "draft)"},
    {"provider", "ID", "この人と比べる", "compare with this one alone"},
    {"draft", "N", "案の番号（既定はその席を決める最後の案）",
     "number of the draft (default: the latest that decides the seat)"},
    {"published", NULL, "公表済みの案から選ぶ", "of the published drafts"},
    {"most", "N", "下界と入れ替えで決まらない人のうち、何人について組み直すか（既定 5）",
     "for how many to plan again, of those whom bounds and exchanges do not settle (default 5)"},
    {"audience", "office|member", "member: ほかの人の事情を伏せる", "member: hides other people's reasons"},
    {"time", "SECONDS", "一回の計算の制限時間（既定 60）", "time limit of each solve (default 60)"},
};
static const struct cli_opt explain_opts[] = {
    {"seat", "SEAT", "その空席だけ 当番区分:日付:時間帯[:reserve]",
     "this open seat alone, as DUTY:DATE:BAND[:reserve]"},
    {"rule", "ID", "この条件だけ（努力の条件も）。なぜ守れないか",
     "this broken rule alone, soft ones too: why it cannot be kept"},
    DRAFT_OPT,
    {"time", "SECONDS", "一回の計算の制限時間（既定 20）", "time limit of each solve (default 20)"},
};

#define OPTS(x) .opts = x, .n_opts = (int)TB_COUNT(x)
#define ARGS(words, min, max) .args = words, .min_args = min, .max_args = max
const struct cli_command cli_commands[] = {
    {
        .name = "init",
        ARGS("", 0, 0),
        .ja = "医療圏のフォルダからデータファイルを作る",
        .en = "make a data file from a region's directory",
        .example = "toban init --region rosters/ishikawa-chuo --db toban.db",
        OPTS(init_opts),
        .run = cmd_init,
    },
    {
        .name = "import",
        ARGS("FILE", 1, 1),
        .ja = "表を一つ、またはフォルダ全体を取り込む",
        .en = "import one table, or a whole directory",
        .example = "toban import --entity wishes wishes.csv",
        OPTS(import_opts),
        .trial = true,
        .run = cmd_import,
    },
    {
        .name = "calendar",
        ARGS("PERIOD", 1, 1),
        .ja = "診療日区分と席を日ごとに示す",
        .en = "day classes and seats, day by day",
        .example = "toban calendar 年末年始 --duty night-paed",
        OPTS(calendar_opts),
        .run = cmd_calendar,
    },
    {
        .name = "wish",
        ARGS("", 0, 0),
        .ja = "希望を一つ記録する、--list で一覧、--remove で取消（なしで調査ごとの数と未回答）",
        .en = "record one wish, --list them, --remove one (without options: how many, and who has not "
              "answered)",
        .example = "toban wish --survey 2026-12 --provider d-001 --type cannot --from 2026-12-24",
        OPTS(wish_opts),
        .trial = true,
        .run = cmd_wish,
    },
    {
        .name = "rows",
        ARGS("TABLE [COLUMN=VALUE]...", 1, CLI_GIVEN),
        .ja = "表（exemptions, members など）の行を、だれがいつ記入したかとともに示す。一行ずつの記入と削除",
        .en = "rows of a table (exemptions, members ...), with who entered each and when; entered and taken "
              "out "
              "one by one",
        .example = "toban rows exemptions provider=d-012 from=2026-12-01 to=2026-12-31 reason=leave --add",
        OPTS(rows_opts),
        .trial = true,
        .run = cmd_rows,
    },
    {
        .name = "plan",
        ARGS("PERIOD", 1, 1),
        .ja = "当番表の案を作る",
        .en = "make a draft roster",
        .example = "toban plan 2026-12 --duty all",
        OPTS(plan_opts),
        .run = cmd_plan,
    },
    {
        .name = "assign",
        ARGS("", 0, 0),
        .ja = "案の席に人を入れる（取り消せる）",
        .en = "put somebody into a seat of a draft (can be taken back)",
        .example = "toban assign --seat night-paed:2026-12-03:night --provider d-012 --instead-of d-034",
        OPTS(assign_opts),
        .trial = true,
        .run = cmd_assign,
    },
    {
        .name = "unassign",
        ARGS("", 0, 0),
        .ja = "案の席から人を外す（取り消せる）",
        .en = "take somebody out of a seat of a draft (can be taken back)",
        .example = "toban unassign --seat night-paed:2026-12-03:night",
        OPTS(unassign_opts),
        .trial = true,
        .run = cmd_unassign,
    },
    {
        .name = "exchange",
        ARGS("", 0, 0),
        .ja = "案の二つの席の人を入れ替える（一度に取り消せる）",
        .en = "exchange who sits in two seats of a draft (taken back as one change)",
        .example = "toban exchange --seat night-paed:2026-12-03:night --with night-paed:2026-12-10:night",
        OPTS(exchange_opts),
        .trial = true,
        .run = cmd_exchange,
    },
    {
        .name = "undo",
        ARGS("", 0, 0),
        .ja = "案の最後の手直しを取り消す",
        .en = "take back the latest change by hand",
        .example = "toban undo --draft 17",
        OPTS(undo_opts),
        .run = cmd_undo,
        .trial = true,
    },
    {
        .name = "redo",
        ARGS("", 0, 0),
        .ja = "取り消した手直しをやり直す",
        .en = "do again what was taken back",
        .example = "toban redo --draft 17",
        OPTS(undo_opts),
        .run = cmd_redo,
        .trial = true,
    },
    {
        .name = "edits",
        ARGS("", 0, 0),
        .ja = "案の手直しの記録を見る",
        .en = "list the changes by hand in a draft",
        .example = "toban edits --draft 17",
        OPTS(edits_opts),
        .run = cmd_edits,
    },
    {
        .name = "pin",
        ARGS("", 0, 0),
        .ja = "計画の前に人を席に固定する",
        .en = "fix somebody in a seat before planning",
        .example = "toban pin --seat night-paed:2026-12-03:night --provider d-012 --reason 本人の申し出",
        OPTS(pin_opts),
        .trial = true,
        .run = cmd_pin,
    },
    {
        .name = "forbid",
        ARGS("", 0, 0),
        .ja = "計画の前に人をその席に就かせないと決める",
        .en = "keep somebody out of a seat before planning",
        .example = "toban forbid --seat night-paed:2026-12-03:night --provider d-012",
        OPTS(pin_opts),
        .trial = true,
        .run = cmd_forbid,
    },
    {
        .name = "exception",
        ARGS("", 0, 0),
        .ja = "必須の条件を一席で破ることを承認する（特例）",
        .en = "sign for breaking one hard rule in one seat",
        .example =
            "toban exception --rule wish.cannot --seat night-paed:2026-12-03:night --provider d-012 --reason "
            "電話で承諾 --signed-by 理事",
        OPTS(exception_opts),
        .trial = true,
        .run = cmd_exception,
    },
    {
        .name = "explain",
        ARGS("[PERIOD]", 0, 1),
        .ja = "空席や破られた条件の理由（最小の組）と直し方",
        .en = "why a seat stays open or a rule is broken (a smallest set of causes), and what would mend it",
        .example = "toban explain 2026-08 --db toban.db",
        OPTS(explain_opts),
        .run = cmd_explain,
    },
    {
        .name = "replace",
        ARGS("", 0, 0),
        .ja = "だれかが出られないとき、代わりを頼む順に",
        .en = "somebody drops out: whom to call, in order, with every consequence",
        .example = "toban replace --seat night-paed:2026-12-03:night --published",
        OPTS(replace_opts),
        .trial = true,
        .run = cmd_replace,
    },
    {
        .name = "swap",
        ARGS("ask|agree|approve|publish|refuse|withdraw|show|list [N]", 1, 2),
        .ja = "当番の交換: 申し出、双方の同意、承認、公表",
        .en = "swap duties: asked for, agreed by both, approved, published",
        .example = "toban swap ask --seat night-paed:2026-12-03:night --provider d-012 --with "
                   "night-paed:2026-12-10:night "
                   "--what-if",
        OPTS(swap_opts),
        .trial = true,
        .run = cmd_swap,
    },
    {
        .name = "why",
        ARGS("", 0, 0),
        .ja = "なぜこの人か: ほかの人との差を二通りの数で",
        .en = "why this person: the difference to the others, in two figures",
        .example = "toban why --seat night-paed:2026-12-03:night --provider d-ped-17",
        OPTS(why_opts),
        .run = cmd_why,
    },
    {
        .name = "compare",
        ARGS("A B PERIOD", 3, 3),
        .ja = "二つの体制（いまのまま now と、変更案・医療圏のフォルダ）を計画して並べる。何も保存しない",
        .en = "two arrangements (now, and the directory of a variant or region), planned and put side by "
              "side; stores "
              "nothing",
        .example =
            "toban compare now rosters/ishikawa-chuo/variants/hospital-leaves FY2026 --html compare.html",
        OPTS(compare_opts),
        .run = cmd_compare,
    },
    {
        .name = "check",
        ARGS("[PERIOD]", 0, 1),
        .ja = "案か、手で作った当番表を点検する",
        .en = "judge a draft, or a roster made by hand",
        .example = "toban check 2026-12 --file roster.csv --duty night-paed",
        OPTS(check_opts),
        .run = cmd_check,
    },
    {
        .name = "score",
        ARGS("[PERIOD]", 0, 1),
        .ja = "案の目的関数の内訳",
        .en = "the objective of a draft and its parts",
        .example = "toban score 2026-12",
        OPTS(score_opts),
        .run = cmd_score,
    },
    {
        .name = "publish",
        ARGS("", 0, 0),
        .ja = "案を公表する（第n版）",
        .en = "publish drafts as the next publication",
        .example = "toban publish --note 12月分",
        OPTS(publish_opts),
        .trial = true,
        .run = cmd_publish,
    },
    {
        .name = "export",
        ARGS("all|ics|model|table|sheets [PERIOD] | region DIR", 1, 2),
        .ja = "公表したものすべて、解いた式、案内表、印刷する紙、医療圏のフォルダ（region: 非公開の欄を含む）"
              "を書き出す",
        .en = "write every form of the publication, the model solved, the routing table, sheets to print, or "
              "the region's directory (region: private fields are in it)",
        .example = "toban export all --out site --routing 2026-12-01..2027-01-03",
        OPTS(export_opts),
        .run = cmd_export,
    },
    {
        .name = "route",
        ARGS("", 0, 0),
        .ja = "この時刻・地区・患者はどこへ（緊急度は人が判定する）",
        .en = "who takes this patient at this minute (a person gives the level)",
        .example = "toban route --at 2026-12-06T18:10 --area 森本 --age 4 --complaint paed-internal --level "
                   "qsuke:v3:黄",
        OPTS(route_opts),
        .run = cmd_route,
    },
    {
        .name = "override",
        ARGS("[KIND]", 0, 1),
        .ja = "公表後の変更（休止・遅延・代替など）を記録する。終われば自動で戻る",
        .en = "note what has happened since (closed, late, substitute ...); it is over by itself",
        .example = "toban override closed --provider c-001 --until 2026-12-06T14:00 --reason 患者対応中 "
                   "--source 電話",
        OPTS(override_opts),
        .trial = true,
        .run = cmd_override,
    },
    {
        .name = "now",
        ARGS("", 0, 0),
        .ja = "今の当番",
        .en = "who is on duty now",
        .example = "toban now --at 2026-11-03T02:10 --as-of 2026-11-02T18:00",
        OPTS(now_opts),
        .run = cmd_now,
    },
    {
        .name = "duties",
        ARGS("PERIOD", 1, 1),
        .ja = "公表された当番を一覧する（いつの公表によるかも選べる）",
        .en = "published duties of a period, by any publication",
        .example = "toban duties 2026-12 --provider d-001 --as-of 3",
        OPTS(duties_opts),
        .run = cmd_duties,
    },
    {
        .name = "diff",
        ARGS("A [B]", 1, 2),
        .ja = "二つの版、または版と案の違い（席・人・帳簿ごと）",
        .en = "what differs between two publications, or from what is in force to a draft",
        .example = "toban diff 3 4 --notice",
        OPTS(diff_opts),
        .run = cmd_diff,
    },
    {
        .name = "name",
        ARGS("[SEAT]", 0, 1),
        .ja = "派遣枠: 組の席に出務する医師の氏名を記録する（SEAT なしで未定の一覧）",
        .en = "name the doctor for a seat that a group holds (without SEAT: which names are missing)",
        .example = "toban name night-paed:2026-12-03:night --person '山田 花子'",
        OPTS(name_opts),
        .trial = true,
        .run = cmd_name,
    },
    {
        .name = "attend",
        ARGS("[SEAT|PERIOD]", 0, 1),
        .ja = "だれが来て何人診たかを記録する。期間で一覧・集計",
        .en = "record who came and how many were seen; lists and sums of a period",
        .example = "toban attend night-paed:2026-12-03:night --patients 14 --referred 1 --light 11",
        OPTS(attend_opts),
        .trial = true,
        .run = cmd_attend,
    },
    {
        .name = "withdraw",
        ARGS("PERIOD", 1, 1),
        .ja = "公表した当番表を取り消す（新しい版になる）",
        .en = "take published rosters out of force, as a new publication",
        .example = "toban withdraw 2026-12 --duty night-paed --reason 休診",
        OPTS(withdraw_opts),
        .trial = true,
        .run = cmd_withdraw,
    },
    {
        .name = "circulate",
        ARGS("[DRAFT]", 0, 1),
        .ja = "案を回覧する（なしで案の状態の一覧）",
        .en = "let a draft go round for objections (without DRAFT: the state of all)",
        .example = "toban circulate 7 --until 2026-11-20",
        OPTS(circulate_opts),
        .trial = true,
        .run = cmd_circulate,
    },
    {
        .name = "approve",
        ARGS("DRAFT", 1, 1),
        .ja = "案を承認する",
        .en = "approve a draft",
        .example = "toban approve 7 --date 2026-11-05 --number 第8回",
        OPTS(approve_opts),
        .trial = true,
        .run = cmd_approve,
    },
    {
        .name = "sent",
        ARGS("[PUBLICATION]", 0, 1),
        .ja = "送付先ごとの送付と受領確認、未送付の一覧、お知らせ文",
        .en = "who is to be told of a publication, who was, who confirmed; texts ready to send",
        .example = "toban sent 4 --recipient fire --way fax",
        OPTS(sent_opts),
        .run = cmd_sent,
    },
    {
        .name = "token",
        ARGS("issue|rotate|revoke|list|sheet [FEED] [ID]", 1, 3),
        .ja = "予定表のアドレスを発行・再発行・失効・一覧、用紙を作る",
        .en = "addresses of calendar feeds: issue, rotate, revoke, list, a page for the member",
        .example = "toban token sheet d-001 --url https://toban.example.jp/ics --out d-001.html",
        OPTS(token_opts),
        .run = cmd_token,
    },
    {
        .name = "serve",
        ARGS("", 0, 0),
        .ja = "予定表と照会に HTTP で応答する（プロキシの後ろで）",
        .en = "serve feeds and answers over HTTP, behind a proxy (docs/operator/serve.md)",
        .example = "toban serve --port 8380 --db /var/lib/toban/toban.db",
        OPTS(serve_opts),
        .run = cmd_serve,
    },
    {
        .name = "office",
        ARGS("", 0, 0),
        .ja = "事務局の頁をブラウザーで開く（ログインつき）",
        .en = "the office's pages for a browser, behind a log-in (docs/operator/office.md)",
        .example = "toban office --db toban.db",
        OPTS(office_opts),
        .run = cmd_office,
    },
    {
        .name = "user",
        ARGS("[list|add|role|password|disable|enable|totp|no-totp] [LOGIN]", 0, 2),
        .ja = "事務局の頁にログインできる人（パスワードは標準入力の一行）",
        .en = "who may log in at the office's pages (passwords are a line of standard input)",
        .example = "toban user add kitagawa --name 北川",
        OPTS(user_opts),
        .run = cmd_user,
    },
    {
        .name = "todo",
        ARGS("", 0, 0),
        .ja = "やること: 待っているものすべてと、その次の一手",
        .en = "what waits for somebody, each with its next step",
        .example = "toban todo --days 7",
        OPTS(todo_opts),
        .trial = true,
        .run = cmd_todo,
    },
    {
        .name = "unfetched",
        ARGS("", 0, 0),
        .ja = "当番が近いのに、変更後の予定表を取得していない人",
        .en = "who has a duty soon and has not fetched the calendar since it changed",
        .example = "toban unfetched --days 3",
        OPTS(unfetched_opts),
        .run = cmd_unfetched,
    },
    {
        .name = "tomorrow",
        ARGS("[DATE]", 0, 1),
        .ja = "前日連絡一覧: 明日の当番、未取得の人、予備・連絡順、後方病院",
        .en =
            "the list of the day before: who is on duty tomorrow, who has not fetched it, reserve, order of "
            "calling, backup hospital",
        .example = "toban tomorrow",
        .run = cmd_tomorrow,
    },
    {
        .name = "find",
        ARGS("WORD", 1, 1),
        .ja = "言葉・名・よみから記号を探す（人、医療機関、地区、症状、当番区分、実施主体）",
        .en = "the ids of what a word may mean: people, facilities, places, complaints, duties, bodies",
        .example = "toban find 高橋",
        .run = cmd_find,
    },
    {
        .name = "audit",
        ARGS("", 0, 0),
        .ja = "だれがいつ何をしたか",
        .en = "who did what, and when",
        .example = "toban audit --what publish --last 20",
        OPTS(audit_opts),
        .run = cmd_audit,
    },
    {
        .name = "purge",
        ARGS("[KIND]", 0, 1),
        .ja = "保存年数を過ぎたデータを見る、手で消す",
        .en = "list data that is past its years, take it out by hand",
        .example = "toban purge wishes --due --dry-run",
        OPTS(purge_opts),
        .trial = true,
        .run = cmd_purge,
    },
    {
        .name = "person",
        ARGS("ID", 1, 1),
        .ja = "一人（一施設）について保存している全部（開示請求のため）",
        .en = "all that is held of one provider (for a request of disclosure)",
        .example = "toban person d-ped-07 --json",
        .run = cmd_person,
    },
    {
        .name = "check-table",
        ARGS("", 0, 0),
        .ja = "案内表の全セルを別の実装で確かめる",
        .en = "evaluate every cell of the routing table a second time",
        .example = "toban check-table --period 2026-12",
        OPTS(table_opts),
        .run = cmd_check_table,
    },
    {
        .name = "ledger",
        ARGS("[FY2026]", 0, 1),
        .ja = "当番実績と持越し。年度を書くと、人に見せる形（偏り、昨年度との差、五年の記録、次の順番）",
        .en = "entitlement, done and carried; with a fiscal year as told to people (deviations, who is worse "
              "off, "
              "five years, next turns)",
        .example = "toban ledger FY2026 --account d-ped-01 --audience member",
        OPTS(ledger_opts),
        .run = cmd_ledger,
    },
    {
        .name = "entries",
        ARGS("", 0, 0),
        .ja = "帳簿の記入（日付・理由・記入者・公表）",
        .en = "entries of the books: date, reason, who signed, publication",
        .example = "toban entries --ledger paed.all --by-hand",
        OPTS(entries_opts),
        .run = cmd_entries,
    },
    {
        .name = "shares",
        ARGS("PERIOD", 1, 1),
        .ja = "市町・病院の按分（式による割合・席・持越し）",
        .en = "what municipalities or hospitals bear: per cent by formula, seats, what is carried",
        .example = "toban shares FY2026-H1 --duty night-paed",
        OPTS(shares_opts),
        .run = cmd_shares,
    },
    {
        .name = "backup",
        ARGS("FILE", 1, 1),
        .ja = "データファイルの写しを作る",
        .en = "copy the data file while it is in use",
        .example = "toban backup toban-2026-12.db",
        .run = cmd_backup,
    },
    {
        .name = "verify",
        ARGS("", 0, 0),
        .ja = "データファイルが照合どおりか確かめる",
        .en = "does the data file still hold what its digests say?",
        .example = "toban verify",
        .run = cmd_verify,
    },
    {
        .name = "restore",
        ARGS("FILE", 1, 1),
        .ja = "写しから戻す",
        .en = "restore from a copy",
        .example = "toban restore toban-2026-12.db",
        .run = cmd_restore,
    },
};
const int cli_n_commands = (int)TB_COUNT(cli_commands);
