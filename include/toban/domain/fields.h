/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields: everything one database holds that people typed in, as lists. Each kind of row (area, provider,
 * duty, rule, wish ...) is an *entity*: one list of fields below. From that one list come the C struct, the
 * reader of region.json and of the CSV files, the database table, the canonical snapshot and
 * docs/reference/region-format.md. A new column is one line here.
 *
 * F(name, TYPE, flags, argument, default, Japanese, English)
 *   TYPE      C type        cell text
 *   ID        const char *  word of [a-z0-9._-], 1..64
 *   TEXT      const char *  any text without control characters, at most 2000 bytes ("" when empty); argument
 *                           "phone": a telephone number (tb_said_phone), held in its one form
 *   INT       int           decimal integer; argument "min..max"
 *   DEC       int64_t       decimal with at most six places, held in millionths
 *   BOOL      int           yes / no
 *   DATE      tb_day        YYYY-MM-DD            (TB_DAY_NONE when empty)
 *   MONTHDAY  int           MM-DD as month*100+day (0 when empty)
 *   TIME      int           HH:MM, up to 47:59 or 翌HH:MM, minutes (-1 when empty)
 *   INSTANT   tb_minute     YYYY-MM-DDTHH:MM      (INT64_MIN when empty)
 *   ENUM      int           one word of the argument "a|b|c", its index (-1 when empty)
 *   WEEKDAYS  int           sun;mon;..., bit 0 = Sunday (0 when empty)
 *   REF       int           key of a row of the entity named in the argument: its index (-1 when empty)
 *   REFS      struct tb_ids several keys separated by ';' (or a JSON array): indices in file order
 * Flags: K part of the key (rows are sorted by key; a key occurs once), R required, P private: in no form for
 * press and public, N private in the rows of a person (a provider whose kind is one), D a row of `amendments`
 * may give it another value from a day on (toban/domain/dated.h), S shown by a form of a publication, which
 * holds it (decision 11), C held and shown by an event of a calendar, T not held and shown by calendars as it
 * is today, 0 none of these.
 * Writers of such forms ask toban/domain/private.h. The order of rows in a file never matters: after loading
 * every array is in key order.
 */
#ifndef TOBAN_DOMAIN_FIELDS_H
#define TOBAN_DOMAIN_FIELDS_H

#define TB_REGION_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "医療圏の記号", "id of the region") \
    F(name, TEXT, R | S, "", "", "医療圏の名", "name") \
    F(name_en, TEXT, S, "", "", "英名", "name in English") \
    F(notice, TEXT, C, "", "", "出力すべてに付ける注記（架空など）", \
      "notice printed on every form (fictitious data, say)") \
    F(winter, REF, S, "classes", "", "冬期の診療日区分", "day class in which travel takes longer") \
    F(winter_percent, INT, S, "100..300", "150", "冬期の移動時間（百分率）", \
      "travel time in winter, per cent") \
    F(travel_default, INT, S, "0..600", "60", "表にない移動時間（分）", \
      "minutes between areas that the table does not name") \
    F(consulting, REF, S, "classes", "", "一般の診療日の区分", "day class of ordinary consulting days") \
    F(consulting_from, TIME, S, "", "09:00", "一般の診療の始まり", "ordinary consulting hours begin") \
    F(consulting_to, TIME, S, "", "18:00", "一般の診療の終わり", "ordinary consulting hours end") \
    F(half, REF, S, "classes", "", "半日の診療日の区分（土曜など）", \
      "day class of half consulting days (Saturdays, say)") \
    F(half_to, TIME, S, "", "12:00", "半日の診療の終わり", "consulting hours end on a half day") \
    F(cancelled_days, INT, S, "1..400", "30", "取り消した当番を本人の予定表に残す日数（当番の終わりから）", \
      "days after its end for which a duty that was taken away stays in the calendar of the one who lost " \
      "it, as cancelled") \
    F(calendar_class, ENUM, T, "public|confidential|private", "public", \
      "本人の予定表の公開区分（CLASS。private と confidential では予定の名を見せないカレンダーがある）", \
      "CLASS in a provider's own calendar: with private or confidential some calendars show no title") \
    F(sender, REF, 0, "bodies", "", "お知らせの発信者（空は当番区分の実施主体の連名）", \
      "body that sends the notices; empty: the bodies of the duties told of, jointly")

#define TB_AREA_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "市町・地区の記号", "id") \
    F(name, TEXT, R | S, "", "", "名", "name") \
    F(kana, TEXT, S, "", "", "読み", "reading in kana") \
    F(level, ENUM, R | S, "region|municipality|zone|community|district", "", "階層", "level in the tree") \
    F(parent, REF, S, "areas", "", "上の区域", "area that contains it") \
    F(population, INT, 0, "0..100000000", "0", "人口", "inhabitants") \
    F(under15, INT, 0, "0..100000000", "0", "15歳未満人口", "inhabitants under 15") \
    F(inside, INT, D | S, "0..600", "", "区域の中の移動時間（分、表にない組の）", \
      "minutes between places in it that no row of travel names; empty: as the area above says")

#define TB_ALIAS_FIELDS(F) \
    F(area, REF, K | R | S, "areas", "", "地区", "area") \
    F(kind, ENUM, K | R | S, "name|reading|postcode", "", "種別（町名・読み・郵便番号）", "kind of alias") \
    F(text, TEXT, K | R | S, "", "", "別名", "what people type")

#define TB_TRAVEL_FIELDS(F) \
    F(from, REF, K | R | S, "areas", "", "出発", "from") \
    F(to, REF, K | R | S, "areas", "", "到着", "to (the way back is the same unless given)") \
    F(minutes, INT, R | D | S, "0..600", "", "分", "minutes by car without snow")

#define TB_BODY_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "実施主体の記号", "id") \
    F(name, TEXT, R | D | C, "", "", "名", "name") \
    F(name_en, TEXT, D, "", "", "英名", "name in English") \
    F(kind, ENUM, R, \
      "medical-association|foundation|hospital-council|municipality|pharmacist-association|dental-" \
      "association|other", \
      "", "種別", "kind of body") \
    F(phone, TEXT, D | C, "phone", "", "電話", "telephone") \
    F(signs, TEXT, 0, "", "", "文書の発信者（会長 架空 一郎 など）", \
      "who signs its letters: title and name") \
    F(office, TEXT, 0, "", "", "問合せ先の係・担当者", "office or person in charge, for questions") \
    F(fax, TEXT, 0, "phone", "", "問合せと返送先の FAX 番号", "fax number, for questions and receipts") \
    F(mail, TEXT, 0, "", "", "問合せ先のメール", "mail address for questions") \
    F(address, TEXT, 0, "", "", "所在地", "address") \
    F(document, TEXT, 0, "", "", "文書番号の型（架医発第{n}号。{n} は年度の通し番号、{y} は年度）", \
      "pattern of its letters' numbers: {n} counts within the fiscal year, {y} is that year") \
    F(approves, BOOL, 0, "", "no", "公表の前に承認する", "its rosters are published only when approved") \
    F(approval, TEXT, 0, "", "", "承認の呼び方（理事会承認・担当理事決裁・協議会承認）", \
      "its own word for the approval") \
    F(other_hand, BOOL, 0, "", "no", "作成した人とは別の人が承認する", \
      "who approves is not who planned or changed it")

#define TB_KIND_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "当番の担い手の種類", "id of a provider kind") \
    F(name, TEXT, R | S, "", "", "名", "name") \
    F(name_en, TEXT, 0, "", "", "英名", "name in English") \
    F(person, BOOL, C, "", "no", "人か", "is it a person (doctor), not a facility?") \
    F(honorific, ENUM, 0, "sensei|sama|onchu", "", "敬称（空は人なら先生、ほかは御中）", \
      "how letters address them: 先生, 様, 御中; empty: 先生 for persons, else 御中")

#define TB_SPECIALITY_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "診療科の記号", "id") \
    F(name, TEXT, R | S, "", "", "診療科", "name") \
    F(name_en, TEXT, S, "", "", "英名", "name in English")

#define TB_CLASS_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "診療日区分の記号", "id of a day class") \
    F(name, TEXT, R | S, "", "", "名", "name") \
    F(name_en, TEXT, 0, "", "", "英名", "name in English") \
    F(weekdays, WEEKDAYS, D | S, "", "", "曜日", "weekdays") \
    F(holiday, BOOL, D | S, "", "no", "国民の祝日・休日", "every national holiday") \
    F(from, MONTHDAY, D | S, "", "", "期間の初日（毎年）", "first day of a span of each year") \
    F(to, MONTHDAY, D | S, "", "", "期間の末日（毎年、年をまたいでよい）", \
      "last day of it (may pass the year's end)") \
    F(any_of, REFS, D | S, "classes", "", "いずれかの区分", "also the days of any of these classes") \
    F(all_of, REFS, D | S, "classes", "", "すべての区分", "only days in all of these") \
    F(none_of, REFS, D | S, "classes", "", "除く区分", "no day of these")

#define TB_PERIOD_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "期間の記号", "id of a named period") \
    F(name, TEXT, R, "", "", "名（年末年始など）", "name that may be typed as PERIOD") \
    F(from, DATE, R | S, "", "", "初日", "first day") \
    F(to, DATE, R | S, "", "", "末日", "last day")

#define TB_PROVIDER_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "当番医・当番医療機関の記号", "id") \
    F(name, TEXT, R | N | D | C, "", "", "名", "name") \
    F(kana, TEXT, N | D | S, "", "", "よみ", "reading") \
    F(kind, REF, R | C, "kinds", "", "種類", "kind") \
    F(area, REF, R | D | S, "areas", "", "所在の地区", "area") \
    F(specialities, REFS, D | S, "specialities", "", "診療科", "specialities really offered") \
    F(phone, TEXT, D | C, "phone", "", "公開の電話", "public telephone") \
    F(staff_phone, TEXT, P | D, "phone", "", "関係者用の電話（公開しない）", \
      "telephone for staff, never public") \
    F(staff_mail, TEXT, P | D, "", "", "お知らせの送り先（公開しない。way の方法で届くもの）", \
      "where notices go, by the way of `way`; never public") \
    F(address, TEXT, N | D | C, "", "", "住所", "address") \
    F(joined, DATE, P, "", "", "入会日", "member since") \
    F(left, DATE, P, "", "", "退会日", "member until, that day excluded") \
    F(labour, ENUM, P, "none|A|linked-B|B|C-1|C-2", "none", "勤務医の水準", \
      "labour level of an employed doctor") \
    F(born, DATE, P, "", "", "生年月日（公開しない）", "date of birth, never public") \
    F(home_visits, BOOL, D | S, "", "no", "訪問診療", "makes home visits") \
    F(advice, TEXT, D, "", "", "相談日時と窓口", "when and where advice is given") \
    F(dispensing, ENUM, D, "none|inside|outside", "none", "院内・院外処方", \
      "dispenses inside or prescribes outside") \
    F(certified_until, DATE, D | S, "", "", "救急告示の期限", "certified emergency hospital until") \
    F(tertiary, BOOL, S, "", "no", "救命救急センター", "tertiary centre, open always") \
    F(disaster_base, BOOL, S, "", "no", "災害拠点病院", "disaster base hospital") \
    F(parking, INT, D, "0..10000", "0", "駐車台数", "parking places") \
    F(checked, DATE, D | S, "", "", "記載の確認日", "data last checked on") \
    F(note, TEXT, D | S, "", "", "注記（案内に載せる）", "note for those who are sent there") \
    F(age_from, INT, D | S, "0..150", "0", "診る年齢（以上）。この年齢の外の人には案内しない", \
      "ages taken, from: nobody of another age is sent there") \
    F(age_to, INT, D | S, "0..150", "150", "診る年齢（未満）", "ages taken, below") \
    F(names_days, INT, 0, "0..400", "0", \
      "派遣枠: 出務者の氏名を当番日の何日前までに届けるか（0 は自ら出務）", \
      "a group that names the doctor later, at least so many days before the duty; 0: comes itself") \
    F(way, ENUM, P, "fax|mail|post|hand", "", \
      "お知らせを送る方法（空は送り先の形で: @ があればメール、ほかは FAX）", \
      "how notices are sent to it; empty: by the form of the address, mail with an @, else fax") \
    F(name_en, TEXT, N | D | S, "", "", "英名", "name in English") \
    F(latitude, DEC, N | D | S, "", "0", \
      "緯度（度。36.5613 など。longitude と対で、案内の地図に使う。0 は無し）", \
      "degrees north (36.5613), with longitude, for the map of answers; both 0: none") \
    F(longitude, DEC, N | D | S, "", "0", "経度（度。136.6562 など）", "degrees east (136.6562)")

#define TB_LINK_FIELDS(F) \
    F(from, REF, K | R | P | T, "providers", "", "誰が", "who") \
    F(type, ENUM, K | R | P | T, "owns|employed-by|deputises-for|paired-with|next-to|nurses-for|backs-up", \
      "", "関係", "relation") \
    F(to, REF, K | R | P | T, "providers", "", "何を・誰を", "to whom") \
    F(since, DATE, P | T, "", "", "から", "from") \
    F(until, DATE, P | T, "", "", "まで（その日を除く）", "until, that day excluded")

#define TB_HOUR_FIELDS(F) \
    F(provider, REF, K | R, "providers", "", "医療機関・医師", "whose ordinary consulting hours") \
    F(weekdays, WEEKDAYS, K | R, "", "", "曜日", "weekdays (national holidays are closed)") \
    F(from, TIME, K | R, "", "", "始まり", "from") \
    F(to, TIME, R, "", "", "終わり", "to")

#define TB_DUTY_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "当番区分の記号", "id") \
    F(name, TEXT, R | D | C, "", "", "当番区分", "name") \
    F(name_en, TEXT, D | S, "", "", "英名", "name in English") \
    F(title, TEXT, D | S, "", "", "当番表の表題", "title of its sheet") \
    F(kind, REF, R | C, "kinds", "", "担い手の種類", "kind of provider that fills it") \
    F(site, REF, D | C, "providers", "", "固定の診療場所（なければ当番自身）", \
      "fixed place; empty: the provider's own") \
    F(specialities, REFS, R | D | C, "specialities", "", "実際に診る診療科", "specialities really served") \
    F(tier, INT, R | C, "0..3", "", "一次・二次・三次", "tier of care") \
    F(body, REF, R | C, "bodies", "", "実施主体", "body responsible for the roster") \
    F(period, TEXT, R | S, "", "", "作成の単位 month・half・year・期間の記号", \
      "month, half, year, or the id of a named period") \
    F(group, ID, S, "", "", "当番区分の組", "group of duties it belongs to") \
    F(area, REF, D | S, "areas", "", "担当する区域", "area it serves first") \
    F(age_from, INT, D | S, "0..150", "0", "診る年齢（以上）", "ages served, from") \
    F(age_to, INT, D | S, "0..150", "150", "診る年齢（未満）", "ages served, below") \
    F(ambulance, BOOL, D | S, "", "no", "救急車を受ける", "takes ambulances") \
    F(backup, BOOL, C, "", "no", "後方支援（第二当番）", "backup behind the first") \
    F(at_home, BOOL, C, "", "no", "自宅待機（オンコール）", "on call at home") \
    F(absence, ENUM, 0, "forgiven|owed", "owed", "常の不在（毎週の曜日）の日の持分", \
      "entitlement of days in a standing absence: forgiven, or owed on other days") \
    F(swaps, ENUM, 0, "counted|neutral", "counted", "交代の数え方（出た人に・元の当番に）", \
      "swaps: counted for who serves, or neutral (the books stay as before the swap)") \
    F(note, TEXT, D | S, "", "", "当番表の注記", "note on the sheet") \
    F(unrouted, TEXT, D | S, "", "", \
      "案内に載せない理由（紹介だけで受ける、など。空なら、どの問いにも出ない席は誤り）", \
      "why no question is answered with it, such as: by referral only; empty: a seat that no question " \
      "reaches " \
      "is a fault")

#define TB_BAND_FIELDS(F) \
    F(duty, REF, K | R | S, "duties", "", "当番区分", "duty") \
    F(id, ID, K | R | S, "", "", "時間帯の記号", "id of the band") \
    F(name, TEXT, R | D | C, "", "", "時間帯", "name") \
    F(when, REF, R | D | S, "classes", "", "どの診療日に", "day class on which it exists") \
    F(from, TIME, R | D | C, "", "", "始まり", "start") \
    F(to, TIME, R | D | C, "", "", "終わり（翌8:30 は 32:30）", "end; 32:30 is 8:30 next day") \
    F(reception, TIME, D | C, "", "", "受付終了", "reception ends") \
    F(from2, TIME, D | C, "", "", "二つめの始まり", "start of a second interval") \
    F(to2, TIME, D | C, "", "", "二つめの終わり", "end of it") \
    F(reception2, TIME, D | C, "", "", "二つめの受付終了", "reception ends in it") \
    F(handover, TIME, D | C, "", "", "引き継ぎの時刻", "hand-over")

#define TB_SEAT_FIELDS(F) \
    F(duty, REF, K | R | S, "duties", "", "当番区分", "duty") \
    F(band, ID, K | R | S, "", "", "時間帯", "band of that duty") \
    F(role, ENUM, K | R | S, "primary|reserve", "", "役（当番・予備）", "on duty or reserve") \
    F(rank, INT, K | R | S, "0..100", "", "優先（大きいものが勝つ）", \
      "rank: of the rows that match a day the highest wins") \
    F(when, REF, R | D | S, "classes", "", "どの診療日に", "day class") \
    F(count, INT, R | D | S, "0..50", "", "席数", "seats")

#define TB_CONTACT_FIELDS(F) \
    F(duty, REF, K | R | S, "duties", "", "当番区分", "duty") \
    F(rank, INT, K | R | S, "1..100", "", "順", "order of calling") \
    F(name, TEXT, R | P | S, "", "", "連絡先", "whom to call") \
    F(provider, REF, P, "providers", "", "当番医", "provider, if it is one") \
    F(phone, TEXT, P | S, "phone", "", "電話", "telephone")

#define TB_MEMBER_FIELDS(F) \
    F(duty, REF, K | R | T, "duties", "", "当番区分", "duty") \
    F(provider, REF, K | R | P | T, "providers", "", "当番医・医療機関", "provider in its pool") \
    F(weight, DEC, P | D, "", "1", "負担の割合", "weight of its share") \
    F(share, ID, P, "", "", "按分の組（市町など）", "group whose share it counts to") \
    F(since, DATE, P | T, "", "", "から", "from") \
    F(until, DATE, P | T, "", "", "まで（その日を除く）", "until, that day excluded") \
    F(help, ENUM, P, "no|owed|given", "no", "応援（owed 貸しになる・given 返さなくてよい）", \
      "help from outside the pool: no entitlement; its duties are owed back, or given")

#define TB_EXEMPTION_FIELDS(F) \
    F(provider, REF, K | R | P, "providers", "", "当番医・医療機関", "provider") \
    F(duty, REF, K | P, "duties", "", "当番区分（空は全部）", "duty; empty: all") \
    F(from, DATE, K | R | P, "", "", "から", "first day") \
    F(weekdays, WEEKDAYS, K | P, "", "", "常の不在の曜日（空は毎日）", \
      "weekdays of a standing absence; empty: every day") \
    F(to, DATE, R | P, "", "", "まで", "last day") \
    F(reason, ENUM, R | P, "leave|age|illness|other", "", "理由（本人と事務局のみ）", \
      "reason, for office and member only") \
    F(accrues, BOOL, P, "", "no", "持分が積もるか", "does entitlement accrue meanwhile?")

#define TB_SHARE_FIELDS(F) \
    F(duty, REF, K | R, "duties", "", "当番区分", "duty") \
    F(id, ID, K | R, "", "", "按分の組", "share group") \
    F(name, TEXT, R, "", "", "名", "name") \
    F(weight, DEC, R | D, "", "", "割合（formulas があればそちら）", "weight, unless formulas say it")

/* Where weights come from a formula: so many per cent by each part, of the figures of a fiscal year. */
#define TB_FORMULA_FIELDS(F) \
    F(duty, REF, K | R, "duties", "", "当番区分", "duty") \
    F(of, ENUM, K | R, "share|member", "", "だれの割合か（按分の組・担い手）", \
      "whose weights: share groups, or members") \
    F(part, ID, K | R, "", "", "割り方（equal 均等、ほかは figures の項目）", \
      "equal, or an item of the figures (population, doctors, visits ...)") \
    F(since, DATE, K, "", "", "から", "from") \
    F(until, DATE, 0, "", "", "まで（その日を除く）", "until, that day excluded") \
    F(percent, DEC, R, "", "", "百分率（同じ日に合わせて100）", \
      "per cent of the whole; 100 together on any day") \
    F(before, INT, 0, "0..10", "0", "何年度前の数か", "figures of so many fiscal years before")

#define TB_FIGURE_FIELDS(F) \
    F(duty, REF, K | R, "duties", "", "当番区分", "duty") \
    F(account, ID, K | R, "", "", "按分の組・担い手", "share group or member") \
    F(part, ID, K | R, "", "", "項目（人口など）", "item: population, doctors, visits ...") \
    F(year, INT, K | R, "1900..2200", "", "年度（この年度から次の行の年度まで）", \
      "fiscal year; it holds until a later row") \
    F(value, DEC, R, "", "", "数", "figure") \
    F(source, TEXT, 0, "", "", "出典", "source")

#define TB_LEDGER_FIELDS(F) \
    F(id, ID, K | R, "", "", "当番実績の帳簿", "id of a ledger") \
    F(name, TEXT, R, "", "", "名", "name") \
    F(scope, ENUM, R, "provider|person|share", "", "誰ごとに", \
      "one account per provider, per person (a doctor with what he owns), or per share group") \
    F(duties, REFS, R, "duties", "", "数える当番区分", "duties that count") \
    F(role, ENUM, 0, "primary|reserve", "primary", "数える役", "role that counts") \
    F(class, REF, R, "classes", "", "数える診療日区分", "day class that counts") \
    F(price, INT, R, "0..1000", "", "偏りの重み", "price of a squared deviation of one duty, in hundreds") \
    F(within, REF, 0, "ledgers", "", "これを含む帳簿", "ledger that contains it (same scope and duties)") \
    F(catch_up, DEC, 0, "", "0", "一月に取り戻す上限（回、0 はなし）", \
      "at most so many owed duties are asked for in a month (0: no cap)") \
    F(beyond, INT, 0, "0..100000", "0", "一回以上の偏りの重み（一回ごと）", \
      "price of each duty begun from a deviation of one duty on, in hundreds, beside the square")

#define TB_RULE_FIELDS(F) \
    F(id, ID, K | R, "", "", "割当条件の記号", "id") \
    F(type, ID, R, "", "", "種類（docs/reference/rules.md）", "type, a word of docs/reference/rules.md") \
    F(duties, REFS, 0, "duties", "", "対象の当番区分（空は全部）", "duties; empty: all") \
    F(price, INT, 0, "0..1000000", "", "努力なら価格（空は必須）", "price if soft; empty: hard") \
    F(params, TEXT, 0, "", "", "数値 days=7 など", "parameters, name=value separated by blanks") \
    F(since, DATE, 0, "", "", "から", "in force from") \
    F(until, DATE, 0, "", "", "まで（その日を除く）", "until, that day excluded") \
    F(ja, TEXT, R, "", "", "文（日本語）", "its sentence in Japanese") \
    F(en, TEXT, R, "", "", "文（英語）", "its sentence in English")

#define TB_SURVEY_FIELDS(F) \
    F(id, ID, K | R, "", "", "希望調査の記号", "id of a survey of wishes") \
    F(from, DATE, R, "", "", "対象の初日", "first day asked about") \
    F(to, DATE, R, "", "", "対象の末日", "last day") \
    F(duties, REFS, R, "duties", "", "対象の当番区分", "duties asked about") \
    F(deadline, DATE, 0, "", "", "締切", "answers due") \
    F(days, ENUM, 0, "duty|clock", "", \
      "出務できない日の意味（duty 当番日・clock 暦日の0時から24時。空は duty）", \
      "what the days mean on which somebody cannot: duty dates, or days by the clock from 0:00 to 24:00; " \
      "empty: duty dates")

#define TB_WISH_FIELDS(F) \
    F(survey, REF, K | R | P, "surveys", "", "希望調査", "survey it answers") \
    F(provider, REF, K | R | P, "providers", "", "当番医・医療機関", "who wishes") \
    F(type, ENUM, K | R | P, "cannot|only|rather-not|like|count|any", "", "希望", \
      "cannot, can only, rather not, like, so many, any (お任せ)") \
    F(from, DATE, K | P, "", "", "初日", "first day (not for count and any)") \
    F(to, DATE, K | P, "", "", "末日（空は初日）", "last day; empty: the first") \
    F(duty, REF, K | P, "duties", "", "当番区分（空は全部）", "duty; empty: all of the survey") \
    F(band, ID, K | P, "", "", "時間帯（空は全部）", "band; empty: all") \
    F(count, INT, P, "0..366", "0", "回数", "how many duties (count)") \
    F(must, BOOL, P, "", "yes", "必須か（no はできれば）", "must (yes) or if possible (no)") \
    F(received, DATE, P, "", "", "受付日", "received on") \
    F(note, TEXT, P, "", "", "備考", "note") \
    F(ends, TIME, P, "", "", "末日の何時まで（cannot・rather-not。空は日の終わり）", \
      "hour of the last day at which it ends (cannot, rather-not); empty: with the day")

#define TB_BALANCE_FIELDS(F) \
    F(ledger, REF, K | R, "ledgers", "", "帳簿", "ledger") \
    F(account, ID, K | R | P, "", "", "口座（当番医・按分の組）", \
      "provider, person's provider, or share group") \
    F(date, DATE, K | R | P, "", "", "日付", "as of") \
    F(carried, DEC, R | P, "", "", "持越し（多いほど次に当たる）", \
      "carried over, duties still owed (positive) or done ahead (negative)") \
    F(reason, TEXT, P, "", "", "理由", "reason")

#define TB_HISTORY_FIELDS(F) \
    F(duty, REF, K | R, "duties", "", "当番区分", "duty") \
    F(date, DATE, K | R, "", "", "当番日", "duty date") \
    F(band, ID, K | R, "", "", "時間帯", "band") \
    F(role, ENUM, K | R, "primary|reserve", "", "役", "role") \
    F(seat, INT, K | R, "1..50", "", "席", "seat") \
    F(provider, REF, R | P, "providers", "", "当番医・医療機関", "provider")

#define TB_EXTERNAL_FIELDS(F) \
    F(provider, REF, K | R | P, "providers", "", "当番医・医療機関", "provider") \
    F(from, INSTANT, K | R | P, "", "", "始まり", "busy from") \
    F(to, INSTANT, R | P, "", "", "終わり", "until") \
    F(what, TEXT, R | P, "", "", "他団体の当番・自院の当直", \
      "another body's duty, or a night at the own hospital") \
    F(permit, BOOL, P, "", "no", "宿日直許可あり（休息・時間数に数えない）", \
      "under a duty permit (宿日直許可): counts as rest, not as hours of work")

#define TB_OVERRIDE_FIELDS(F) \
    F(date, DATE, K | R | S, "", "", "日付", "date") \
    F(class, REF, K | R | S, "classes", "", "診療日区分", "day class") \
    F(duty, REF, K | S, "duties", "", "当番区分（空は全部）", "duty; empty: all") \
    F(action, ENUM, R | S, "add|drop", "", "加える・外す", "put the date into the class, or take it out") \
    F(reason, TEXT, 0, "", "", "理由", "reason")

/* A cell that has another value from a day on: hours that change in April, a clinic that moves in June. */
#define TB_AMENDMENT_FIELDS(F) \
    F(what, ID, K | R, "", "", "どの表の", "table") \
    F(key, TEXT, K | R | P, "", "", "どの行の（キーを / でつなぐ。例 holiday-clinic/day）", \
      "row: its key cells joined by /, as `toban rows` has them (holiday-clinic/day)") \
    F(field, ID, K | R, "", "", "どの列が", "column, one that may change on a day") \
    F(from, DATE, K | R, "", "", "いつから（その日を含む）", "from this day on") \
    F(value, TEXT, P, "", "", "この値になる（空は空欄）", "its value from then on; empty: an empty cell") \
    F(reason, TEXT, P, "", "", "理由", "reason")

#define TB_PIN_FIELDS(F) \
    F(duty, REF, K | R, "duties", "", "当番区分", "duty") \
    F(date, DATE, K | R, "", "", "当番日", "duty date") \
    F(band, ID, K | R, "", "", "時間帯", "band") \
    F(role, ENUM, K | R, "primary|reserve", "primary", "役", "role") \
    F(provider, REF, K | R | P, "providers", "", "当番医・医療機関", "provider") \
    F(action, ENUM, R | P, "pin|forbid", "pin", "固定・禁止", "pin or forbid") \
    F(reason, TEXT, P, "", "", "理由", "reason")

/* A consent to break one hard rule in one seat (src/domain/exception.c). */
#define TB_EXCEPTION_FIELDS(F) \
    F(rule, ID, K | R, "", "", "破ってよい条件の記号", \
      "id of the hard rule, or of one that is always hard (docs/reference/rules.md)") \
    F(duty, REF, K | R, "duties", "", "当番区分", "duty") \
    F(date, DATE, K | R, "", "", "当番日", "duty date") \
    F(band, ID, K | R, "", "", "時間帯", "band") \
    F(role, ENUM, K | R, "primary|reserve", "primary", "役", "role") \
    F(provider, REF, K | R | P, "providers", "", "当番医・医療機関", "who sits there") \
    F(reason, TEXT, R | P, "", "", "理由", "reason") \
    F(signed_by, TEXT, R | P, "", "", "承認者", "signed by") \
    F(signed_on, DATE, R | P, "", "", "承認日", "signed on")

#define TB_OFFICIAL_FIELDS(F) \
    F(date, DATE, K | R | S, "", "", "日付", "date") \
    F(kind, ENUM, K, "add|drop", "add", "加える・外す", "add: it is a holiday; drop: it is none") \
    F(name, TEXT, S, "", "", "祝日・休日の名（外すときは空でよい）", \
      "name of the holiday, up to 63 bytes; may be empty where it is dropped")

/* How long a kind of data is kept (src/app/retention.c). */
#define TB_RETENTION_FIELDS(F) \
    F(kind, ENUM, K | R, "wishes|drafts|accesses|audit|swaps|deliveries|overrides|publications", "", \
      "データの種類", "kind of data (toban purge lists them)") \
    F(years, INT, R, "1..100", "", "保存する年数", "years that it is kept") \
    F(note, TEXT, 0, "", "", "理由・根拠", "why, or by which rule")

#define TB_COMPLAINT_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "症状区分の記号", "id of a complaint group") \
    F(name, TEXT, R | S, "", "", "症状区分", "name") \
    F(name_en, TEXT, S, "", "", "英名", "name in English") \
    F(specialities, REFS, R | S, "specialities", "", "診る診療科", "specialities that take it") \
    F(words, TEXT, S, "", "", "ふだんの言い方（; で区切る。二つの区分にあれば聞き返す）", \
      "everyday words for it, separated by ';'; a word of two groups is asked back")

/* What a patient has beside the complaint and what narrows the hospitals: one at a time (src/route). */
#define TB_MODIFIER_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "要配慮の記号", \
      "id of what narrows the choice of a hospital, beside the complaint") \
    F(name, TEXT, R | S, "", "", "要配慮（透析・精神科・妊娠など）", \
      "name (dialysis, psychiatric, pregnancy ...)") \
    F(name_en, TEXT, S, "", "", "英名", "name in English") \
    F(specialities, REFS, R | S, "specialities", "", "病院に要る診療（いずれか）", \
      "the hospital must offer one of these") \
    F(words, TEXT, S, "", "", "ふだんの言い方（; で区切る）", "everyday words for it, separated by ';'")

#define TB_SCALE_FIELDS(F) \
    F(scale, ID, K | R | S, "", "", "緊急度の尺度", "scale") \
    F(version, ID, K | R | S, "", "", "版", "version") \
    F(code, TEXT, K | R | S, "", "", "段階", "code on it") \
    F(rank, INT, R | S, "1..20", "", "順（1 が最も急ぐ）", "1 is the most urgent") \
    F(urgency, INT, R | S, "1..5", "", "緊急度 U1..U5", "urgency class U1 to U5") \
    F(within, INT, S, "0..10080", "0", "受診までの分", "minutes within which to be seen") \
    F(approved_by, TEXT, R | S, "", "", "承認者", "approved by") \
    F(approved_on, DATE, R | S, "", "", "承認日", "approved on")

#define TB_LINE_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "相談電話の記号", "id of an advice line") \
    F(name, TEXT, R | S, "", "", "名", "name") \
    F(phone, TEXT, R | S, "phone", "", "電話", "telephone") \
    F(from, TIME, R | S, "", "", "始まり", "from") \
    F(to, TIME, R | S, "", "", "終わり", "to") \
    F(age_from, INT, S, "0..150", "0", "年齢（以上）", "ages, from") \
    F(age_to, INT, S, "0..150", "150", "年齢（未満）", "ages, below") \
    F(note, TEXT, S, "", "", "注記", "note")

#define TB_CENTRE_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "地域包括支援センターの記号", "id of a community support centre") \
    F(name, TEXT, R | S, "", "", "名", "name") \
    F(area, REF, R | S, "areas", "", "担当の圏域", "area it serves") \
    F(phone, TEXT, R | S, "phone", "", "電話", "telephone") \
    F(address, TEXT, S, "", "", "住所", "address") \
    F(operator, TEXT, 0, "", "", "運営", "operator") \
    F(hours, TEXT, S, "", "", "受付時間", "hours") \
    F(age_from, INT, S, "0..150", "65", "何歳以上の人の相談か", "told to people of this age and over")

/* How many patients at home depend on a device, and who keeps their list: a count, never a name
 * (docs/developer/decisions). */
#define TB_HOMECARE_FIELDS(F) \
    F(area, REF, K | R, "areas", "", "地区", "area") \
    F(device, ENUM, K | R, "ventilator|oxygen|dialysis", "", "人工呼吸器・酸素・透析", "device") \
    F(count, INT, R | P, "0..100000", "", "人数", "how many patients") \
    F(keeper, TEXT, R | P, "", "", "名簿を持つ所", "who keeps their list") \
    F(phone, TEXT, R | P, "phone", "", "その電話", "telephone of that") \
    F(checked, DATE, P, "", "", "確認日", "counted on")

#define TB_SUPPLIER_FIELDS(F) \
    F(id, ID, K | R, "", "", "供給会社の記号", "id") \
    F(name, TEXT, R, "", "", "名", "name") \
    F(supplies, ENUM, R, "oxygen|ventilator|dialysis|power", "oxygen", "何を", "what it supplies") \
    F(phone, TEXT, R | P, "phone", "", "電話", "telephone") \
    F(count, INT, P, "0..100000", "0", "受け持つ人数", "patients it supplies") \
    F(note, TEXT, P, "", "", "注記", "note")

/* One row of the routing policy: rows of an urgency class act in the order of `rank`. */
#define TB_POLICY_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "案内の規則の記号", "id") \
    F(urgency, ENUM, R | S, "guidance|u1|u2|u3|u4|u5|unknown", "", \
      "緊急度（guidance は緊急度を問わない案内）", "urgency class; guidance: no level asked") \
    F(rank, INT, R | S, "1..999", "", "順", "order among the rows of that class") \
    F(hours, ENUM, S, "any|consulting|closed", "any", "一般の診療時間の内・外", \
      "in, or outside, ordinary consulting hours") \
    F(channel, ENUM, S, "any|119|others|staff", "any", "窓口（119・その他・関係者）", \
      "119 desk, the others, or those of staff (119, phone, desk, not the public)") \
    F(take, ENUM, R | S, \
      "text|line|tertiary|certified|rotation|backup|rotation-any|primary|neighbour|soon|next|centre|" \
      "standard|unsure", \
      "", "何を案内するか（docs/reference/routing.md）", \
      "what it takes, a word of docs/reference/routing.md") \
    F(role, ENUM, R | S, "emergency|main|backup|later|line|family|last", "", "位置づけ", \
      "role of what it takes") \
    F(if_none, BOOL, S, "", "no", "行き先がまだないときだけ", "only while no open place is on the list") \
    F(within, INT, S, "0..10080", "0", "何分先に開く所まで（soon と next。next の 0 は限りなし）", \
      "opens within so many minutes (soon and next; of next 0: without limit)") \
    F(keep, INT, S, "1..6", "3", "いくつまで", "at most so many") \
    F(name, TEXT, S, "", "", "名（text と next）", "name (text and next)") \
    F(phone, TEXT, S, "phone", "", "電話（text）", "telephone (text)") \
    F(note, TEXT, S, "", "", "注記", "note") \
    F(approved_by, TEXT, R | S, "", "", "承認者", "approved by") \
    F(approved_on, DATE, R | S, "", "", "承認日", "approved on")

/* One row of the prefecture's 実施基準 (消防法35条の5): whom the 119 desk asks first for U1, as the medical
 * control council approved it (src/route). */
#define TB_STANDARD_FIELDS(F) \
    F(id, ID, K | R | S, "", "", "実施基準の行の記号", "id") \
    F(rank, INT, R | S, "1..999", "", "順（小さいものが先）", "order of asking, the smallest first") \
    F(provider, REF, R | S, "providers", "", "医療機関", "facility") \
    F(complaint, REF, S, "complaints", "", "症状区分（空は全部）", "complaint group; empty: all") \
    F(age_from, INT, S, "0..150", "0", "年齢（以上）", "ages, from") \
    F(age_to, INT, S, "0..150", "150", "年齢（未満）", "ages, below") \
    F(area, REF, S, "areas", "", "地区（空は全部）", "area; empty: all") \
    F(since, DATE, S, "", "", "から", "in force from") \
    F(until, DATE, S, "", "", "まで（その日を除く）", "until, that day excluded") \
    F(approved_by, TEXT, R | S, "", "", "承認したメディカルコントロール協議会", \
      "medical control council that approved it") \
    F(approved_on, DATE, R | S, "", "", "承認日", "approved on") \
    F(source, TEXT, 0, "", "", "出典", "source")

/* What the routing table keeps a bit or a short number for; refused when the region is read. */
enum { TB_STANDARDS_MAX = 1024, TB_LINES_MAX = 64, TB_CENTRES_MAX = 64, TB_KEYS_MAX = 63, TB_SOON_MAX = 8 };

#define TB_RECIPIENT_FIELDS(F) \
    F(id, ID, K | R, "", "", "送付先の記号", "id of one who is told of publications and changes") \
    F(name, TEXT, R, "", "", "名", "name") \
    F(kind, ENUM, R, "municipality|fire|hospital|press|member|other", "", "種別", "kind") \
    F(way, ENUM, R, "fax|mail|post|hand", "", "送る方法（FAX・メール・郵送・手渡し）", "how it is sent") \
    F(address, TEXT, P, "", "", "宛先（FAX番号・メール・住所。手渡しは何でも）", \
      "where it goes: a fax number, a mail address, a postal address; by hand anything") \
    F(each, BOOL, 0, "", "no", "担当者本人に一人ずつ（本人の way と staff_mail で、本人の変更だけ）", \
      "to each provider concerned: his own changes alone, by his own way to his own staff_mail") \
    F(duties, REFS, 0, "duties", "", "知らせる当番区分（空は全部）", "duties it is told of; empty: all") \
    F(when, REF, 0, "classes", "", "知らせる診療日区分（空は全部）", "day class it is told of; empty: all") \
    F(days_from, INT, 0, "0..400", "0", "当番日の何日前以前に決まった変更か（以上）", \
      "told of changes published at least so many days before the duty") \
    F(days_to, INT, 0, "0..400", "400", "当番日の何日前以後に決まった変更か（以下）", \
      "told of changes published at most so many days before the duty") \
    F(honorific, ENUM, 0, "sensei|sama|onchu|kakui", "", "敬称（空は御中、会員の一覧は各位）", \
      "how letters address it: 先生, 様, 御中, 各位; empty: 御中, 各位 for members")

/* E(C name, plural, name in files, FIELDS, Japanese). The index in this list is enum tb_entity_id. */
#define TB_ENTITIES(E) \
    E(region_row, regions, "region", TB_REGION_FIELDS, "医療圏") \
    E(area, areas, "areas", TB_AREA_FIELDS, "市町・地区") \
    E(alias, aliases, "aliases", TB_ALIAS_FIELDS, "地区の別名") \
    E(travel, travels, "travel", TB_TRAVEL_FIELDS, "移動時間") \
    E(body, bodies, "bodies", TB_BODY_FIELDS, "実施主体") \
    E(kind, kinds, "kinds", TB_KIND_FIELDS, "担い手の種類") \
    E(speciality, specialities, "specialities", TB_SPECIALITY_FIELDS, "診療科") \
    E(class, classes, "classes", TB_CLASS_FIELDS, "診療日区分") \
    E(period, periods, "periods", TB_PERIOD_FIELDS, "名のある期間") \
    E(provider, providers, "providers", TB_PROVIDER_FIELDS, "当番医・当番医療機関") \
    E(link, links, "links", TB_LINK_FIELDS, "関係") \
    E(hour, hours, "hours", TB_HOUR_FIELDS, "診療時間") \
    E(duty, duties, "duties", TB_DUTY_FIELDS, "当番区分") \
    E(band, bands, "bands", TB_BAND_FIELDS, "時間帯") \
    E(seat, seats, "seats", TB_SEAT_FIELDS, "席") \
    E(contact, contacts, "contacts", TB_CONTACT_FIELDS, "連絡の順") \
    E(member, members, "members", TB_MEMBER_FIELDS, "当番の担い手") \
    E(exemption, exemptions, "exemptions", TB_EXEMPTION_FIELDS, "免除・休み") \
    E(share, shares, "shares", TB_SHARE_FIELDS, "按分") \
    E(formula, formulas, "formulas", TB_FORMULA_FIELDS, "按分の式") \
    E(figure, figures, "figures", TB_FIGURE_FIELDS, "按分の基になる数") \
    E(ledger, ledgers, "ledgers", TB_LEDGER_FIELDS, "当番実績の帳簿") \
    E(rule, rules, "rules", TB_RULE_FIELDS, "割当条件") \
    E(survey, surveys, "surveys", TB_SURVEY_FIELDS, "希望調査") \
    E(wish, wishes, "wishes", TB_WISH_FIELDS, "希望") \
    E(balance, balances, "balances", TB_BALANCE_FIELDS, "持越し") \
    E(history, histories, "history", TB_HISTORY_FIELDS, "過去の当番") \
    E(external, externals, "external", TB_EXTERNAL_FIELDS, "他団体の当番") \
    E(override, overrides, "overrides", TB_OVERRIDE_FIELDS, "一日だけの変更") \
    E(amendment, amendments, "amendments", TB_AMENDMENT_FIELDS, "予定された変更") \
    E(pin, pins, "pins", TB_PIN_FIELDS, "固定・禁止") \
    E(exception, exceptions, "exceptions", TB_EXCEPTION_FIELDS, "特例") \
    E(official, officials, "holidays", TB_OFFICIAL_FIELDS, "国民の祝日・休日") \
    E(complaint, complaints, "complaints", TB_COMPLAINT_FIELDS, "症状区分") \
    E(modifier, modifiers, "modifiers", TB_MODIFIER_FIELDS, "要配慮") \
    E(scale, scales, "scales", TB_SCALE_FIELDS, "緊急度の尺度") \
    E(line, lines, "lines", TB_LINE_FIELDS, "相談電話") \
    E(centre, centres, "centres", TB_CENTRE_FIELDS, "地域包括支援センター") \
    E(policy, policies, "policies", TB_POLICY_FIELDS, "案内の規則") \
    E(standard, standards, "standards", TB_STANDARD_FIELDS, "実施基準") \
    E(homecare, homecares, "homecare", TB_HOMECARE_FIELDS, "在宅の機器利用者数") \
    E(supplier, suppliers, "suppliers", TB_SUPPLIER_FIELDS, "供給会社") \
    E(recipient, recipients, "recipients", TB_RECIPIENT_FIELDS, "送付先") \
    E(retention, retentions, "retention", TB_RETENTION_FIELDS, "保存期間")

#endif
