#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the sample region rosters/ishikawa-chuo: 石川中央医療圏 in its true structure and size.

Every person, clinic, hospital, pharmacy, telephone number and address of theirs is fictitious (架空); so are
their wishes, leaves and balances. Real are the six municipalities with their populations (census of 2020), the 54
districts and 19 community support centres of Kanazawa (list of about FY2013), the advice lines, towns, stations and
sights. Travel minutes are rough reckonings.

    rosters/make-ishikawa-chuo.py           writes the files beside this script
    rosters/make-ishikawa-chuo.py --check   writes nothing; fills the whole fiscal year by a plain greedy hand, to show
                                            that the hard rules leave a roster, and says how full the files are

Only the standard library, no random module: every choice comes from a hash of its own name, so the same script writes
the same bytes everywhere, and a change in one place does not shuffle the others.
"""
import csv
import datetime as dt
import io
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "ishikawa-chuo")
D = dt.date
ONE = dt.timedelta(days=1)
WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]


# ---- arithmetic of our own ------------------------------------------------------------------

def h(*key):
    """64 bits from a name (FNV-1a, then mixed)."""
    v = 0xCBF29CE484222325
    for b in "/".join(str(k) for k in key).encode():
        v = ((v ^ b) * 0x100000001B3) & (2**64 - 1)
    v ^= v >> 29
    v = (v * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    return v ^ (v >> 32)


def pick(seq, *key):
    return seq[h(*key) % len(seq)]


def chance(per_cent, *key):
    return h(*key) % 100 < per_cent


def shuffled(seq, *key):
    return sorted(seq, key=lambda x: h(*key, x))


def days(a, b):
    while a <= b:
        yield a
        a += ONE


def weekday(d):
    return (d.weekday() + 1) % 7  # 0 = Sunday


# ---- the tables that are filled -------------------------------------------------------------

T = {}


def add(entity, **row):
    T.setdefault(entity, []).append({k: v for k, v in row.items() if v not in (None, "", [])})


# ---- region, areas, travel ------------------------------------------------------------------

CITY = [  # id, name, kana, en, population, under 15
    ("17201", "金沢市", "かなざわし", 463254, 56433),
    ("17209", "かほく市", "かほくし", 34889, 4400),
    ("17210", "白山市", "はくさんし", 110408, 14900),
    ("17212", "野々市市", "ののいちし", 57238, 7900),
    ("17361", "津幡町", "つばたまち", 36957, 5218),
    ("17365", "内灘町", "うちなだまち", 26574, 3300),
]
# 白山市 is a town by the sea, a town at the foot of the mountains and a valley of over an hour's drive: its former towns and
# villages. Inhabitants are shares of our own that add up to the city's.
PARTS = [  # name, kana, inhabitants, under 15
    ("松任", "まっとう", 72958, 10520),
    ("美川", "みかわ", 12150, 1560),
    ("鶴来", "つるぎ", 20600, 2560),
    ("河内", "かわち", 950, 80),
    ("吉野谷", "よしのだに", 950, 55),
    ("鳥越", "とりごえ", 1750, 90),
    ("尾口", "おぐち", 420, 15),
    ("白峰", "しらみね", 630, 20),
]
PART = {name: f"17210-{k}" for k, (name, *_) in enumerate(PARTS, 1)}


def part_of(pid):
    """Where in 白山市 somebody is: nobody in the valley. Those who serve at the centre, and the hospital, in 松任."""
    if pid.startswith(("c-hni-0", "h-")):
        return PART["松任"]
    return PART[("鶴来", "鶴来", "美川")[h("part", pid) % 10] if h("part", pid) % 10 < 3 else "松任"]


KANA = dict(zip(
    "森本 千坂 小坂 浅野 森山 夕日寺 松ヶ枝 此花 瓢箪 馬場 材木 味噌蔵 犀川 湯涌 浅川 諸江 浅野川 川北 鞍月 粟崎 大野 金石 戸板 大徳 長町 長土塀 芳斉 長田 西 押野 西南部 三和 米丸 二塚 安原 新竪 小立野 十一屋 内川 菊川 崎浦 泉野 長坂台 野町 中村 弥生 新神田 三馬 米泉 富樫 伏見台 額 扇台 四十万".split(),
    "もりもと ちさか こさか あさの もりやま ゆうひでら まつがえ このはな ひょうたん ばば ざいもく みそぐら さいがわ ゆわく あさかわ もろえ あさのがわ かわきた くらつき あわがさき おおの かないわ といた だいとく ながまち ながどへい ほうさい ながた にし おしの せいなんぶ みわ よねまる ふたつか やすはら しんたて こだつの じゅういちや うちかわ きくがわ さきうら いずみの ながさかだい のまち なかむら やよい しんかんだ みんま よねいずみ とがし ふしみだい ぬか おうぎだい しじま".split()))

# zone, centre, telephone without area code, address, districts, operator: the city's own list of about FY2013
CENTRES = """元町,きしかわ,257-7878,岸川町ほ5,森本,社会福祉法人 北伸福祉会
元町,ふくひさ,257-1323,福久町ワ1-1,千坂;小坂,医療法人社団 福久会
元町,かすが,253-4165,鳴和1-1-10,浅野;森山;夕日寺,医療法人社団 仁智会
元町,おおてまち,263-5517,大手町9-1,松ヶ枝;此花;瓢箪;馬場,医療法人社団 博仁会
元町,さくらまち,222-5722,桜町24-30,材木;味噌蔵,医療法人社団 金沢
元町,たがみ,231-8025,田上本町カ45-1,犀川;湯涌;浅川,医療法人 十全会
駅西,もろえ,293-5084,沖町ハ15,諸江;浅野川;川北,社団法人 全国社会保険協会連合会
駅西,くらつき,237-8063,鞍月東1-8-2,鞍月;粟崎;大野;金石,医療法人社団 映寿会
駅西,えきにしほんまち,233-1873,駅西本町6-15-41,戸板;大徳,医療法人社団 博友会
駅西,ひろおか,234-2129,広岡2-1-7,長町;長土塀;芳斉;長田;西,社会福祉法人 北伸福祉会
駅西,かみあらや,269-0850,上荒屋1-39,押野;西南部;三和,社会福祉法人 やすらぎ福祉会
駅西,きたづか,240-4604,北塚町西440,米丸;二塚;安原,社会福祉法人 北伸福祉会
泉野,とびうめ,231-3377,飛梅町2-1,新竪;小立野,社会医療法人財団 松原愛育会
泉野,みつくちしんまち,263-7163,三口新町1-8-1,十一屋;内川;菊川;崎浦,社会福祉法人 陽風園
泉野,ながさか,280-5111,泉野出町1-22-26,泉野;長坂台,医療法人 積仁会
泉野,いずみの,259-0522,泉野町6-15-5,野町;中村;弥生;新神田,公益財団法人 金沢市福祉サービス公社
泉野,ありまつ,242-5510,有松5-2-24,三馬;米泉,医療法人社団 中央会
泉野,やましな,241-8165,山科町午40-1,富樫;伏見台,社会福祉法人 洋裕会
泉野,まがえ,298-6964,馬替2-124-1,額;扇台;四十万,特定医療法人 扇翔会"""
CENTRE_ROWS = [line.split(",") for line in CENTRES.split("\n")]
ZONES = ["元町", "駅西", "泉野"]
ZONE_KANA = ["もとまち", "えきにし", "いずみの"]
DISTRICT = {}  # name -> id
COMMUNITY = []  # ids in order
CENTRE_SITE = None  # district of the night centre: 西念, taken here as 戸板


def make_areas():
    pop = sum(c[3] for c in CITY)
    add("areas", id="ishikawa-chuo", name="石川中央医療圏", kana="いしかわちゅうおういりょうけん", level="region",
        population=pop, under15=sum(c[4] for c in CITY))
    for cid, name, kana, n, young in CITY:
        add("areas", id=cid, name=name, kana=kana, level="municipality", parent="ishikawa-chuo", population=n, under15=young)
    for name, kana, n, young in PARTS:
        add("areas", id=PART[name], name=name, kana=kana, level="district", parent="17210", population=n, under15=young)
    for z, name in enumerate(ZONES, 1):
        add("areas", id=f"17201-{z}", name=f"{name}福祉健康センター圏域", kana=ZONE_KANA[z - 1] + "ふくしけんこうせんたーけんいき", level="zone", parent="17201")
    share = 463254 // 54
    for n, (zone, centre, phone, address, districts, operator) in enumerate(CENTRE_ROWS, 1):
        z = ZONES.index(zone) + 1
        com = f"17201-{z}-{n:02d}"
        COMMUNITY.append(com)
        add("areas", id=com, name=f"{centre}圏域", kana=f"{centre}けんいき", level="community", parent=f"17201-{z}", inside=10)
        for k, name in enumerate(districts.split(";"), 1):
            did = f"{com}-{k:02d}"
            DISTRICT[name] = did
            # the list gives no inhabitants by district: shares of our own that add up to about the city's
            p = share * (60 + h("pop", name) % 81) // 100
            add("areas", id=did, name=f"{name}地区", kana=KANA[name] + "ちく", level="district", parent=com, population=p, under15=p * 122 // 1000)
        add("centres", id=f"houkatsu-{n:02d}", name=f"金沢市地域包括支援センター {centre}", area=com, phone=f"076-{phone}", address=f"金沢市{address}", operator=operator,
            hours="平日 9:00-17:30（時間は架空。電話は平成25年度ごろの名簿）")
    add("centres", id="houkatsu-06-branch", name="たがみブランチ 第二金沢朱鷺の苑", area=COMMUNITY[5], phone="076-229-3737", address="金沢市上辰巳町10字211-1",
        operator="社会福祉法人 北伸福祉会", hours="平日 9:00-17:30（時間は架空。電話は平成25年度ごろの名簿）")
    add("centres", id="houkatsu-14-branch", name="みつくちしんまちブランチ 第三万陽苑", area=COMMUNITY[13], phone="076-280-6785", address="金沢市三小牛町24字3-1",
        operator="社会福祉法人 陽風園", hours="平日 9:00-17:30（時間は架空。電話は平成25年度ごろの名簿）")


# Towns that exist, each with the district it is told in by the schools' districts of Kanazawa, the former towns of 白山市 and the
# municipalities; where two districts share a town, or it is not sure, the centre's area above them. name/reading.
TOWNS = """森本: 南森本町/みなみもりもとまち 北森本町 弥勒町/みろくまち 吉原町 塚崎町 岸川町/きしかわまち 利屋町/とぎやまち 観法寺町 不動寺町 深谷町 梅田町 二日市町 月影町 今町 花園八幡町
千坂: 福久町/ふくひさまち 福久東 千木町/せんぎまち 千木 疋田/ひきだ 疋田町 柳橋町 横枕町 荒屋町 法光寺町 金市町 百坂町 今昭町
小坂: 小坂町/こさかまち 三池町 三池新町 高柳町 神谷内町/かみやちまち 御所町
浅野: 浅野本町 昌永町/しょうえいまち 小橋町 京町 乙丸町
森山: 大樋町/おおひまち 山の上町/やまのうえまち 春日町
夕日寺: 夕日寺町 東長江町 伝燈寺町/でんどうじまち 小二又町
かすが: 鳴和町/なるわまち 鳴和台
此花: 本町/ほんまち 此花町 笠市町/かさいちまち 堀川町 堀川新町 木ノ新保町/きのしんぼまち
瓢箪: 瓢箪町/ひょうたんまち
馬場: 東山/ひがしやま
おおてまち: 大手町/おおてまち 尾張町/おわりちょう 彦三町/ひこそまち 武蔵町/むさしまち 袋町 十間町 下堤町 上堤町 青草町
材木: 材木町 桜町 横山町 暁町 天神町 扇町
味噌蔵: 兼六元町/けんろくもとまち 小将町
犀川: 末町 辰巳町 上辰巳町 相合谷町 東市瀬町 駒帰町
湯涌: 湯涌町 湯涌荒屋町 芝原町 板ヶ谷町
浅川: 田上町 田上本町 田上の里 朝霧台 角間町/かくままち 角間新町 太陽が丘 袋板屋町
たがみ: 若松町
諸江: 諸江町/もろえまち 諸江町上丁 諸江町中丁 諸江町下丁 割出町/わりだしまち
もろえ: 沖町
浅野川: 大河端町/おこばたまち 三ツ屋町 東蚊爪町 蚊爪町/かがつめまち 北間町
川北: 木越/きごし 木越町 大浦町 大場町 千田町 八田町 才田町
鞍月: 鞍月東 戸水/とみず 戸水町 南新保町 近岡町 直江町 大友町
粟崎: 粟崎町 粟崎浜町
大野: 大野町
金石: 金石本町 金石東 金石西 金石北 普正寺町
戸板: 西念/さいねん 藤江北 藤江南 二口町 駅西新町 西念町
大徳: 畝田東 畝田中 畝田西 畝田町/うねだまち 木曳野/きびきの 松村/まつむら 松村町 観音堂町 桂町 寺中町
長町: 香林坊/こうりんぼう 片町/かたまち
長土塀: 三社町
西: 広岡/ひろおか 広岡町 駅西本町
押野: 八日市/ようかいち 八日市出町
西南部: 西金沢/にしかなざわ 西金沢新町 新保本 矢木 黒田 古府 森戸
三和: 上荒屋/かみあらや 中屋 中屋町 中屋南 福増町 三十苅町 神野
米丸: 東力/とうりき 糸田 入江 保古 間明町
二塚: 北塚町 南塚町 赤土町 稚日野町 佐奇森町
安原: 下安原町 上安原 上安原町 上安原南 専光寺町 打木町
新竪: 新竪町/しんたてまち 竪町/たてまち 本多町/ほんだまち 広坂/ひろさか 里見町 茨木町 杉浦町 水溜町 鱗町
小立野: 石引/いしびき 宝町 飛梅町 下石引町 出羽町
十一屋: 十一屋町 平和町/へいわまち 若草町
内川: 三小牛町 山川町 菊水町 別所町 小原町
菊川: 川岸町 城南 幸町
崎浦: 三口新町 笠舞/かさまい 大桑町 大桑/おおくわ 錦町 涌波/わくなみ 土清水
泉野: 泉野町 泉野出町/いずみのでまち
長坂台: 長坂 長坂町 野田町
野町: 千日町 蛤坂町
中村: 中村町 増泉/ますいずみ 御影町 本江町
三馬: 有松/ありまつ 久安/ひさやす 横川 泉本町 西泉
米泉: 米泉町
富樫: 山科/やましな 山科町 円光寺 窪
伏見台: 寺地 伏見新町
額: 額新町 額谷 額乙丸町 大額
まがえ: 馬替/まがえ
扇台: 高尾南 光が丘
四十万: 四十万町
かほく市: 内高松 中沼 二ツ屋 長柄町 瀬戸町 学園台 若緑 箕打 元女 八野 野寺 黒川 木津 松浜 遠塚 浜北 外日角/そとひすみ 白尾/しろお 秋浜 大崎 宇野気/うのけ 気屋 指江 余地 多田 横山 鉢伏 狩鹿野 七窪 内日角 上山田 下山田
松任: 相木町 倉光/くらみつ 西新町 博労 成町 新田町 三浦町 徳丸町 横江町 番匠町 竹松町 宮丸町
美川: 鹿島町 平加町 湊町
鶴来: 鶴来本町 月橋町 白山町 日吉町 道法寺町 曽谷町 明島町 部入道町 安養寺町 三宮町 井口町 坂尻町
河内: 江津 中直海 内尾 口直海
吉野谷: 佐良 木滑/きなめり 市原 瀬波 中宮/ちゅうぐう
鳥越: 別宮 相滝 渡津 左礫 釜清水 河原山 若原 神子清水
尾口: 尾添 女原 東二口 深瀬 鴇ヶ谷
白峰: 桑島/くわじま
野々市市: 押野/おしの 住吉町 菅原町 横宮町 三納 下林 中林 上林 末松 粟田/あわだ 清金 藤平田 新庄 矢作 高橋町 扇が丘/おうぎがおか 若松町 太平寺 白山町 堀内 稲荷 三日市 二日市 徳用 郷町 柳町 田尻町 位川 蓮花寺町
津幡町: 加賀爪 庄 横浜 北中条 南中条 太田 潟端 川尻 舟橋 井上の荘 緑が丘 能瀬/のせ 谷内 領家 御門 杉瀬 倶利伽羅/くりから 竹橋 刈安 興津 鳥越
内灘町: 向陽台 千鳥台 大清台 旭ケ丘 アカシア 緑台 西荒屋 室 湖西 宮坂 ハマナス 白帆台/しらほだい"""
# What people name instead of a town. Real places; the ways to them are the district's.
LANDMARKS = """此花: 金沢駅/かなざわえき 金沢駅前 北鉄金沢駅 金沢フォーラス
小坂: 東金沢駅
森本: 森本駅
西南部: 西金沢駅 新西金沢駅
野町: 野町駅 にし茶屋街/にしちゃやがい 西茶屋街 妙立寺/みょうりゅうじ 忍者寺/にんじゃでら
馬場: ひがし茶屋街/ひがしちゃやがい 東茶屋街
長町: 香林坊大和 武家屋敷跡 長町武家屋敷
さくらまち: 兼六園/けんろくえん 兼六園下 金沢城/かなざわじょう 金沢城公園
おおてまち: 近江町市場/おうみちょういちば 近江町 武蔵ヶ辻/むさしがつじ 主計町茶屋街 主計町/かずえまち 尾山神社
新竪: 金沢21世紀美術館 21世紀美術館 二十一世紀美術館 金沢市役所
小立野: 石川県立美術館 国立工芸館 金大病院 金沢大学附属病院 金沢医療センター 石川県立図書館
鞍月: 石川県庁/いしかわけんちょう 県庁/けんちょう 県立中央病院 石川県立中央病院
浅川: 金沢大学/かなざわだいがく 金大
湯涌: 湯涌温泉/ゆわくおんせん
くらつき: 金沢港/かなざわこう
諸江: 上諸江駅
浅野川: 大河端駅 三ツ屋駅 蚊爪駅 運転免許センター
三馬: 金沢赤十字病院
十一屋: 金沢市立病院
まがえ: 馬替駅
額: 額住宅前駅
四十万: 四十万駅
野々市市: 野々市駅/ののいちえき 野々市工大前駅 金沢工業大学 金沢工大 石川県立大学 野々市市役所 イオン御経塚
松任: 松任駅/まっとうえき 西松任駅 加賀笠間駅 白山市役所 公立松任石川中央病院 イオンモール白山
美川: 美川駅 小舞子駅
鶴来: 鶴来駅 道法寺駅 日御子駅 白山比咩神社/しらやまひめじんじゃ 公立つるぎ病院
津幡町: 津幡駅/つばたえき 中津幡駅 本津幡駅 能瀬駅 倶利伽羅駅 津幡町役場 河北中央病院
内灘町: 内灘駅 内灘海岸 内灘町役場 金沢医科大学 金沢医科大学病院
かほく市: 宇野気駅 高松駅 横山駅 かほく市役所 イオンモールかほく 石川県立看護大学"""


# What callers say instead of a complaint group. A word of two groups is asked back.
SAID = {
    "internal": "内科 風邪 かぜ 熱 ねつ 発熱 高熱 咳 せき 喉の痛み のどの痛み 喉 のど 腹痛 腹が痛い お腹が痛い おなかが痛い お腹 おなか 腹 下痢 吐き気 嘔吐 吐いた 胃 胃腸炎 食あたり 食中毒 便秘 インフルエンザ コロナ だるい 喘息 ぜんそく 息苦しい 頭痛 頭が痛い めまい 蕁麻疹 じんましん 消化器 消化器内科 胃腸科 脱水 熱中症 fever cold cough diarrhoea stomach",
    "paed-internal": "小児科 小児 こども 子ども 子供 こどもの熱 子どもの熱 子供の熱 赤ちゃん 乳児 ひきつけ 熱性けいれん けいれん 痙攣 child paediatrics pediatrics",
    "trauma": "外科 整形外科 整形 けが ケガ 怪我 外傷 骨折 骨 捻挫 ねんざ 打撲 脱臼 切り傷 切った 傷 腰痛 ぎっくり腰 腰 膝 肩 手首 足首 転倒 転んだ やけど 火傷 頭を打った 泌尿器科 泌尿器 血尿 尿 fracture cut burn sprain",
    "neuro": "脳神経外科 脳外科 神経内科 脳 頭痛 頭が痛い 頭を打った けいれん 痙攣 しびれ 麻痺 まひ ろれつ ろれつが回らない 意識がない 脳卒中 headache seizure",
    "cardio": "循環器科 循環器内科 心臓 胸痛 胸が痛い 胸の痛み 胸 動悸 どうき 不整脈 血圧 息苦しい heart chest",
    "obgyn": "産婦人科 産科 婦人科 妊婦 妊娠 お産 陣痛 破水 つわり 不正出血 生理 生理痛 pregnancy",
    "eye": "眼科 目 め 眼 目が痛い 目の痛み 目が赤い 目やに ものもらい 目に異物 視力 eyes",
    "ent": "耳鼻科 耳鼻咽喉科 耳 鼻 鼻血 はなぢ 耳が痛い 中耳炎 耳鳴り 鼻水 花粉症 喉 のど めまい 難聴 魚の骨 ear nose throat nosebleed",
    "dental": "歯科 歯医者 歯 歯痛 歯が痛い 虫歯 親知らず 入れ歯 歯ぐき 口 口内炎 dentist toothache",
    "psych": "精神科 心療内科 こころ 心 不安 パニック うつ 幻覚 眠れない 不眠 psychiatry",
    "skin": "皮膚科 皮膚 湿疹 発疹 蕁麻疹 じんましん かゆい かゆみ 虫刺され 蜂 ハチ やけど 火傷 水ぼうそう 帯状疱疹 rash",
    "medicine": "薬 くすり 薬局 処方箋 処方せん 調剤 pharmacy prescription",
    "dialysis": "透析 人工透析 腎不全",
    "pregnancy": "妊婦 妊娠 おなかに赤ちゃん",
    "psychiatric": "精神科 精神疾患 精神科に通院中 統合失調症",
}


def make_aliases():
    seen = set()

    def alias(area, kind, text):
        if (area, kind, text) not in seen:
            seen.add((area, kind, text))
            add("aliases", area=area, kind=kind, text=text)
    for i, (name, did) in enumerate(sorted(DISTRICT.items(), key=lambda x: x[1])):
        alias(did, "name", name)
        alias(did, "name", f"{name}校下")
        for k in range(1, 2 + h("cho", name) % 3):
            alias(did, "name", f"{name}{k}丁目")
        alias(did, "reading", KANA[name])
        alias(did, "postcode", f"999-1{i + 1:02d}0")
        alias(did, "postcode", f"999-1{i + 1:02d}1")
    extra = {"17209": [("高松", "たかまつ"), ("七塚", "ななつか"), ("宇ノ気", "うのけ")],
             "17210": [("松任", "まっとう"), ("美川", "みかわ"), ("鶴来", "つるぎ"), ("白峰", "しらみね"), ("河内", "かわち"), ("吉野谷", "よしのだに"), ("鳥越", "とりごえ"), ("尾口", "おぐち")],
             "17212": [("本町", "ほんまち"), ("御経塚", "おきょうづか"), ("押越", "おしこし")],
             "17361": [("清水", "しみず"), ("中条", "ちゅうじょう"), ("英田", "あがた")],
             "17365": [("大根布", "おおねぶ"), ("向粟崎", "むかいあわがさき"), ("鶴ケ丘", "つるがおか")]}
    for n, (cid, name, kana, *_) in enumerate(CITY):
        alias(cid, "name", name[:-1])
        alias(cid, "reading", kana[:-1] if kana.endswith("し") else kana[:-2])
        alias(cid, "postcode", f"999-2{n}00")
        for k, (town, reading) in enumerate(extra.get(cid, [])):
            aid = PART.get(town, cid) if cid == "17210" else cid
            alias(aid, "name", town)
            alias(aid, "reading", reading)
            alias(aid, "postcode", f"999-2{n}{k + 1:02d}")
    for z, name in enumerate(ZONES, 1):
        alias(f"17201-{z}", "name", f"{name}福祉健康センター")
    for com, row in zip(COMMUNITY, CENTRE_ROWS):
        alias(com, "name", f"{row[1]}圏域")
    alias("ishikawa-chuo", "name", "石川県")
    alias("ishikawa-chuo", "reading", "いしかわけん")
    for cid in ("17361", "17365"):
        alias(cid, "name", "河北郡")
    for line in TOWNS.split("\n") + LANDMARKS.split("\n"):
        where, words = line.split(": ")
        area = PART.get(where) or DISTRICT.get(where) or next((c[0] for c in CITY if c[1] == where), None) or COMMUNITY[[row[1] for row in CENTRE_ROWS].index(where)]
        for word in words.split():
            name, _, reading = word.partition("/")
            alias(area, "name", name)
            if reading:
                alias(area, "reading", reading)


TRAVEL = {}
# The parts of 白山市 by the road along the 手取川, from one to the next and to the neighbours; never less than the city's own way.
VALLEY = {
    "松任": {"17201": 23, "17201-2": 25, "17212": 10, "17365": 42, "17361": 55, "17209": 64},
    "美川": {"17201": 33, "17201-2": 35, "17212": 20, "17365": 48, "17361": 62, "17209": 70, "松任": 12},
    "鶴来": {"17201": 30, "17201-2": 35, "17212": 18, "17365": 50, "17361": 58, "17209": 70, "松任": 20, "美川": 25},
    "河内": {"17201": 40, "17201-2": 45, "17212": 30, "17365": 62, "17361": 70, "17209": 82, "松任": 32, "美川": 37, "鶴来": 12},
    "吉野谷": {"17201": 55, "17201-2": 62, "17212": 47, "17365": 78, "17361": 86, "17209": 98, "松任": 48, "美川": 54, "鶴来": 30, "河内": 18},
    "鳥越": {"17201": 47, "17201-2": 53, "17212": 38, "17365": 70, "17361": 78, "17209": 90, "松任": 38, "美川": 44, "鶴来": 20, "河内": 14, "吉野谷": 15},
    "尾口": {"17201": 65, "17201-2": 72, "17212": 57, "17365": 88, "17361": 96, "17209": 108, "松任": 56, "美川": 64, "鶴来": 40, "河内": 28, "吉野谷": 12, "鳥越": 24},
    "白峰": {"17201": 75, "17201-2": 80, "17212": 65, "17365": 98, "17361": 106, "17209": 118, "松任": 65, "美川": 72, "鶴来": 50, "河内": 38, "吉野谷": 22, "鳥越": 34, "尾口": 12},
}


def make_travel():
    def way(a, b, minutes):
        TRAVEL[a, b] = TRAVEL[b, a] = minutes
        add("travel", **{"from": min(a, b), "to": max(a, b), "minutes": minutes})
    for a, b, m in [("17201", "17210", 23), ("17201", "17212", 15), ("17201", "17365", 25), ("17201", "17361", 33), ("17201", "17209", 44),
                    ("17210", "17212", 10), ("17210", "17365", 42), ("17210", "17361", 55), ("17210", "17209", 64), ("17212", "17365", 37),
                    ("17212", "17361", 48), ("17212", "17209", 58), ("17365", "17361", 19), ("17365", "17209", 22), ("17361", "17209", 15)]:
        way(a, b, m)
    # to the quarter of the night centre, which lies at the city's western edge
    for a, m in [("17210", 25), ("17212", 19), ("17365", 18), ("17361", 30), ("17209", 39)]:
        way("17201-2", a, m)
    for name, ways in VALLEY.items():
        for a, m in ways.items():
            way(PART.get(a, a), PART[name], m)
    way("17201-1", "17201-2", 15)
    way("17201-1", "17201-3", 18)
    way("17201-2", "17201-3", 17)
    for i, a in enumerate(COMMUNITY):
        for j, b in enumerate(COMMUNITY):
            if i < j and a[:7] == b[:7]:
                way(a, b, 7 + 3 * min(j - i, 3) + h("travel", a, b) % 3)
    home = COMMUNITY[8]
    for c in COMMUNITY:
        if c[:7] != home[:7]:
            way(home, c, 12 + h("to-centre", c) % 8)
    for name, m in [("湯涌", 35), ("犀川", 30), ("浅川", 24), ("内川", 32), ("夕日寺", 22)]:
        way(DISTRICT[name], home, m)


PARENT = {}
INSIDE = {}  # area -> minutes between places in it


TRAVEL_DEFAULT = 60


def above(x):
    """The area and those that contain it."""
    return [x, *above(PARENT[x])] if x in PARENT else [x]


def travel(a, b, winter):
    """As src/domain/travel.c."""
    if a == b:
        return 0
    m, x = None, a
    while x and m is None:
        y = b
        while y and m is None:
            m = TRAVEL.get((x, y))
            y = PARENT.get(y)
        x = PARENT.get(x)
    x = a
    while x and m is None:
        if x in above(b):
            m = INSIDE.get(x)
        x = PARENT.get(x)
    if m is None:
        m = TRAVEL_DEFAULT
    return (m * 150 + 99) // 100 if winter else m


# ---- small configuration --------------------------------------------------------------------

def make_small():
    for row in [("kma", "金沢市医師会（見本）", "Kanazawa Medical Association (sample)", "medical-association", "076-000-0101"),
                ("hnma", "白山ののいち医師会（見本）", "Hakusan-Nonoichi Medical Association (sample)", "medical-association", "076-000-0102"),
                ("kgma", "河北郡市医師会（見本）", "Kahoku District Medical Association (sample)", "medical-association", "076-000-0103"),
                ("foundation", "急病センター運営財団（見本）", "Foundation of the emergency centre (sample)", "foundation", "076-000-0104"),
                ("hospitals", "石川中央病院群輪番制協議会（架空）", "Hospitals' rotation council (fictitious)", "hospital-council", "076-000-0105"),
                ("pharmacists", "石川中央薬剤師会連絡会（架空）", "Pharmacists' liaison (fictitious)", "pharmacist-association", "076-000-0106")]:
        number = row[4][-2:]  # who signs letters, who answers questions: all fictitious
        add("bodies", **dict(zip(["id", "name", "name_en", "kind", "phone"], row)), signs={"foundation": "理事長", "hospitals": "会長", "pharmacists": "代表"}.get(row[0], "会長") + "　架空 " + "一二三四五六"[int(number) - 1] + "郎",
            office="事務局 当番係（架空）", fax=f"076-000-02{number}", mail=f"toban@{row[0]}.example", address="石川県（番地は略）",
            document={"kma": "見金医当発第{n}号", "hnma": "見白医発第{n}号", "kgma": "見河医発第{n}号", "foundation": "見財急第{n}号", "hospitals": "見輪協第{n}号", "pharmacists": "見薬連発第{n}号"}[row[0]],
            **({"approves": "yes", "approval": "協議会承認", "other_hand": "yes"} if row[0] == "hospitals" else {}))
    for row in [("doctor", "医師", "doctor", "yes"), ("paed-attendant", "小児科の出務者（医師、または氏名を後日届ける大学医局）", "paediatrician, or a university department that names the person later", "yes"),
                ("clinic", "診療所", "clinic", ""), ("hospital", "病院", "hospital", ""), ("pharmacy", "薬局", "pharmacy", ""),
                ("centre", "急病センター", "emergency centre", ""), ("visiting-nurse", "訪問看護", "visiting nurses", "")]:
        add("kinds", **dict(zip(["id", "name", "name_en", "person"], row)))
    for row in [("internal", "内科", "internal medicine"), ("paediatrics", "小児科", "paediatrics"), ("surgery", "外科", "surgery"), ("orthopaedics", "整形外科", "orthopaedics"),
                ("obgyn", "産婦人科", "obstetrics and gynaecology"), ("ophthalmology", "眼科", "ophthalmology"), ("ent", "耳鼻咽喉科", "ear, nose and throat"), ("dermatology", "皮膚科", "dermatology"),
                ("urology", "泌尿器科", "urology"), ("neurosurgery", "脳神経外科", "neurosurgery"), ("cardiology", "循環器内科", "cardiology"), ("gastroenterology", "消化器内科", "gastroenterology"),
                ("psychiatry", "精神科", "psychiatry"), ("dentistry", "歯科・歯科口腔外科", "dentistry and oral surgery"), ("dispensing", "調剤", "dispensing"), ("dialysis", "人工透析", "dialysis"),
                ("home-nursing", "訪問看護", "nursing at home")]:
        add("specialities", **dict(zip(["id", "name", "name_en"], row)))
    for c in [dict(id="all", name="毎日", name_en="every day"),
              dict(id="sunday", name="日曜", name_en="Sunday", weekdays="sun"),
              dict(id="saturday", name="土曜", name_en="Saturday", weekdays="sat"),
              dict(id="holiday", name="祝日", name_en="national holiday", holiday="yes"),
              dict(id="new-year", name="年末年始", name_en="New Year", **{"from": "12-29", "to": "01-03"}),
              dict(id="new-year-core", name="年末年始（昼間も開く日）", name_en="New Year, centre open in daytime", **{"from": "12-30", "to": "01-03"}),
              dict(id="golden-week", name="ゴールデンウイーク", name_en="Golden Week", **{"from": "05-03", "to": "05-06"}),
              dict(id="obon", name="お盆", name_en="Obon", **{"from": "08-13", "to": "08-16"}),
              dict(id="big", name="特定日", name_en="big days", any_of=["golden-week", "new-year", "obon"]),
              dict(id="duty-day", name="休日当番日", name_en="duty day of clinics", any_of=["holiday", "new-year", "sunday"]),
              dict(id="heavy", name="休日と特定日", name_en="holidays and big days", any_of=["big", "duty-day"]),
              dict(id="winter", name="冬期", name_en="winter", **{"from": "12-15", "to": "02-28"}),
              dict(id="winter-duty", name="冬期の休日", name_en="holidays in winter", all_of=["duty-day", "winter"]),
              dict(id="half-day", name="半日診療の日", name_en="half day", **{"from": "12-31", "to": "12-31"}),
              dict(id="duty-full", name="休日当番日（全日）", name_en="duty day, whole", all_of=["duty-day"], none_of=["half-day"]),
              dict(id="duty-half", name="休日当番日（半日）", name_en="duty day, half", all_of=["duty-day", "half-day"]),
              dict(id="consulting", name="一般の診療日（平日）", name_en="ordinary consulting day (Monday to Friday)", weekdays="mon;tue;wed;thu;fri", none_of=["holiday", "new-year"]),
              dict(id="consulting-half", name="一般の半日診療日（土曜）", name_en="ordinary half day (Saturday)", weekdays="sat", none_of=["holiday", "new-year"])]:
        add("classes", **c)
    add("periods", id="new-year-2026", name="年末年始", **{"from": "2026-12-29", "to": "2027-01-03"})
    add("periods", id="new-year-2027", name="令和9年度年末年始", **{"from": "2027-12-29", "to": "2028-01-03"})
    for row in [("internal", "内科系", "internal", ["internal", "gastroenterology", "cardiology", "paediatrics"]), ("paed-internal", "小児内科系", "internal, child", ["paediatrics"]),
                ("trauma", "外傷・外科系", "injury, surgical", ["orthopaedics", "surgery", "urology"]), ("neuro", "脳神経", "brain and nerves", ["neurosurgery"]),
                ("cardio", "循環器", "heart and circulation", ["cardiology"]), ("obgyn", "産婦", "obstetric, gynaecological", ["obgyn"]), ("eye", "眼", "eye", ["ophthalmology"]),
                ("ent", "耳鼻咽喉", "ear, nose, throat", ["ent"]), ("dental", "歯・口腔", "tooth and mouth", ["dentistry"]), ("psych", "精神", "psychiatric", ["psychiatry"]),
                ("skin", "皮膚", "skin", ["dermatology"]), ("medicine", "薬（処方せん・薬の相談）", "medicines (a prescription, advice)", ["dispensing"])]:
        add("complaints", **dict(zip(["id", "name", "name_en", "specialities"], row)), words=";".join(SAID[row[0]].split()))
    for row in [("dialysis", "透析中", "on dialysis", ["dialysis"]), ("pregnancy", "妊娠中", "pregnant", ["obgyn"]), ("psychiatric", "精神科の合併", "with a psychiatric illness", ["psychiatry"])]:
        add("modifiers", **dict(zip(["id", "name", "name_en", "specialities"], row)), words=";".join(SAID[row[0]].split()))
    sign = dict(approved_by="見本（架空の承認）", approved_on="2026-03-31")
    for scale, version, codes in [("qsuke", "v3", [("赤", 1, 0), ("黄", 3, 120), ("緑", 4, 1440), ("白", 5, 0)]),
                                  ("phone", "v1", [("赤", 1, 0), ("橙", 2, 60), ("黄", 3, 360), ("緑", 4, 1440), ("灰", 5, 0)]),
                                  ("jtas", "2017", [("1", 1, 0), ("2", 1, 10), ("3", 2, 30), ("4", 3, 60), ("5", 4, 120)]),
                                  ("dispatch119", "v3", [("R1", 1, 0), ("R2", 1, 0), ("R3", 1, 0), ("Y1", 2, 60), ("Y2", 3, 360), ("G", 4, 1440)]),
                                  ("field", "v3", [("赤", 1, 0), ("黄", 2, 60), ("緑", 3, 360), ("白", 4, 1440)])]:
        for rank, (code, urgency, within) in enumerate(codes, 1):
            add("scales", scale=scale, version=version, code=code, rank=rank, urgency=urgency, within=within, **sign)
    add("lines", id="7119", name="いしかわ救急安心センター", phone="#7119", **{"from": "00:00", "to": "24:00"}, age_from=15, note="おおむね15歳以上。24時間")
    add("lines", id="8000", name="子ども医療電話相談", phone="#8000", **{"from": "18:00", "to": "32:00"}, age_to=15, note="15歳未満。18時から翌朝8時まで")


# ---- names ----------------------------------------------------------------------------------

SUR = [x.split(":") for x in """青葉:あおば 藍原:あいはら 茜川:あかねがわ 秋津:あきつ 朝霧:あさぎり 梓:あずさ 天音:あまね 綾瀬:あやせ 泉川:いずみかわ 磯波:いそなみ 五十鈴:いすず 卯月:うづき 梅里:うめさと 雲井:くもい 榎並:えなみ 桜庭:さくらば 大鳥:おおとり 沖津:おきつ 音羽:おとわ 柏葉:かしわば 霞:かすみ 風早:かざはや 鏑木:かぶらぎ 神楽:かぐら 鴨居:かもい 唐橋:からはし 雁金:かりがね 桔梗:ききょう 菊水:きくすい 如月:きさらぎ 清里:きよさと 霧島:きりしま 葛城:かつらぎ 九重:ここのえ 琴平:ことひら 小夜:さよ 早月:さつき 佐保:さほ 沢渡:さわたり 四季:しき 敷島:しきしま 信楽:しがらき 東雲:しののめ 篠舞:しのまい 白峯:しらね 鈴鹿:すずか 須磨:すま 瀬名:せな 芹沢:せりざわ 園部:そのべ 高砂:たかさご 滝野:たきの 橘:たちばな 龍田:たつた 千歳:ちとせ 月岡:つきおか 辻風:つじかぜ 鶴見:つるみ 常盤:ときわ 鳥羽:とば 長月:ながつき 夏目:なつめ 七瀬:ななせ 鳴海:なるみ 錦織:にしごり 野分:のわき 萩野:はぎの 初瀬:はつせ 花房:はなぶさ 羽衣:はごろも 早瀬:はやせ 柊:ひいらぎ 氷室:ひむろ 日向:ひゅうが 広瀬:ひろせ 深雪:みゆき 藤波:ふじなみ 帆波:ほなみ 真木:まき 松風:まつかぜ 三笠:みかさ 水無月:みなづき 美浜:みはま 都:みやこ 睦月:むつき 紫野:むらさきの 最上:もがみ 望月:もちづき 八雲:やくも 八千草:やちぐさ 夕凪:ゆうなぎ 由良:ゆら 吉野:よしの 若狭:わかさ 若菜:わかな 和泉:いずみ""".split()]
GIVEN = [x.split(":") for x in """千晴:ちはる 一樹:かずき 真琴:まこと 直:なお 陽一:よういち 涼子:りょうこ 薫:かおる 誠一:せいいち 由紀:ゆき 和也:かずや 美咲:みさき 健吾:けんご 恵:めぐみ 拓海:たくみ 彩:あや 正樹:まさき 優子:ゆうこ 隆司:たかし 奈緒:なお 光:ひかる 智子:ともこ 英明:ひであき 葵:あおい 亮:りょう 香織:かおり 修:おさむ 瑞穂:みずほ 康平:こうへい 静:しずか 大輔:だいすけ 純:じゅん 文子:ふみこ 徹:とおる 春菜:はるな 慎:しん 美和:みわ 昇:のぼる 桂:けい 良太:りょうた 鈴:すず""".split()]
_people, _clinics = set(), set()


def person(key):
    """A full name that occurs once."""
    for k in range(10000):
        s, g = pick(SUR, "sur", key, k), pick(GIVEN, "given", key, k)
        if (s[0], g[0]) not in _people:
            _people.add((s[0], g[0]))
            return s, g
    raise SystemExit("out of names")


def clinic_name(sur, given, word, kana, key):
    for style, sk in shuffled([("{w}医院", "{k}いいん"), ("{w}クリニック", "{k}くりにっく"), ("{w}診療所", "{k}しんりょうじょ")], "style", key) + [("{g}{w}医院", "{g2}{k}いいん")]:
        name = sur[0] + style.format(w=word, g=given[0], k=kana)
        reading = sur[1] + sk.format(k=kana, g2=given[1])
        if name not in _clinics:
            _clinics.add(name)
            return name + "（架空）", reading
    raise SystemExit("clinic name twice: " + name)


_phone = 1000
_mobile = 2000


def phone():
    """076-000-xxxx: no exchange begins with 0, so these reach nobody."""
    global _phone
    _phone += 1
    return f"076-000-{_phone:04d}"


def staff_phone():
    return f"090-0000-{_phone:04d}"


def own_phone():
    """Of a person: nobody shares one."""
    global _mobile
    _mobile += 1
    return f"090-0000-{_mobile:04d}"


def address(area):
    town = next(a["name"] for a in T["areas"] if a["id"] == area)
    city = next(a["name"] for a in T["areas"] if a["id"] == area[:5])
    town = "" if area == area[:5] else town.replace("地区", "")
    street = area if area[:5] == "17201" else area[:5]
    return f"{city}{town}架空町{1 + h('street', street, _phone) % 9}-{1 + h('house', street, _phone) % 40}"


# ---- duties ---------------------------------------------------------------------------------

CLINIC_DUTIES = [  # id, name, en, specialities, body, area, pool, seats, age_from, age_to
    ("clinic-internal", "休日当番医 内科", "holiday clinic, internal medicine", ["internal"], "kma", "17201", 45, 3, 15, 150),
    ("clinic-paed", "休日当番医 小児科", "holiday clinic, paediatrics", ["paediatrics"], "kma", "17201", 14, 1, 0, 16),
    ("clinic-surgical", "休日当番医 外科・整形外科", "holiday clinic, surgery and orthopaedics", ["orthopaedics", "surgery"], "kma", "17201", 16, 1, 0, 150),
    ("clinic-obgyn", "休日当番医 産婦人科", "holiday clinic, obstetrics and gynaecology", ["obgyn"], "kma", "17201", 8, 1, 0, 150),
    ("clinic-eye", "休日当番医 眼科", "holiday clinic, ophthalmology", ["ophthalmology"], "kma", "17201", 10, 1, 0, 150),
    ("clinic-ent", "休日当番医 耳鼻咽喉科", "holiday clinic, ear, nose and throat", ["ent"], "kma", "17201", 9, 1, 0, 150),
    ("clinic-skin", "休日当番医 皮膚科", "holiday clinic, dermatology", ["dermatology"], "kma", "17201", 8, 1, 0, 150),
    ("hakusan-internal", "白山・野々市 休日当番医 内科系", "Hakusan-Nonoichi holiday clinic, medical", ["internal", "paediatrics"], "hnma", "17210", 20, 1, 0, 150),
    ("hakusan-surgical", "白山・野々市 休日当番医 外科系", "Hakusan-Nonoichi holiday clinic, surgical", ["ent", "ophthalmology", "orthopaedics", "surgery"], "hnma", "17210", 15, 1, 0, 150),
    ("kahoku", "河北 休日当番医", "Kahoku holiday clinic", ["internal", "paediatrics"], "kgma", "17361", 20, 1, 0, 150),
]
PHARMACY_DUTIES = [("pharmacy-kanazawa", "休日当番薬局 金沢", "holiday pharmacy, Kanazawa", "17201", 12, 2), ("pharmacy-hakusan", "休日当番薬局 白山・野々市", "holiday pharmacy, Hakusan-Nonoichi", "17210", 6, 1),
                   ("pharmacy-kahoku", "休日当番薬局 河北", "holiday pharmacy, Kahoku", "17361", 5, 1)]
CLINICS = [c[0] for c in CLINIC_DUTIES]
PHARMACIES = [c[0] for c in PHARMACY_DUTIES]
ROTATION = ["rotation-internal", "rotation-surgical", "rotation-paed", "rotation-backup"]
NIGHTS = ["night-internal", "night-paed"]
NEW_YEAR = ["day-internal", "day-paed"]
CENTRE_DUTIES = NIGHTS + NEW_YEAR
SCARCE_FIRST = ["rotation-paed", "rotation-surgical", "rotation-internal", "rotation-backup"]  # order for a hand that does not look ahead


def make_duties():
    def band(duty, bid, name, when, a, b, reception=None, handover=None):
        add("bands", duty=duty, id=bid, name=name, when=when, **{"from": a, "to": b}, reception=reception, handover=handover)

    def seat(duty, bid, role, rank, when, count):
        add("seats", duty=duty, band=bid, role=role, rank=rank, when=when, count=count)
    for did, name, en, spec, body, lo, hi, kind in [
            ("night-internal", "急病センター夜間 内科", "night centre, internal medicine", ["internal"], "kma", 15, 150, "doctor"),
            ("night-paed", "急病センター夜間 小児科", "night centre, paediatrics", ["paediatrics"], "foundation", 0, 16, "paed-attendant")]:
        add("duties", id=did, name=name, name_en=en, title=f"金沢広域急病センター 夜間診療 {name.split()[1]} 出務表", kind=kind, site="centre", specialities=spec, tier=1, body=body, period="month",
            group="centre-night", area="ishikawa-chuo", age_from=lo, age_to=hi, absence="forgiven" if did == "night-paed" else "owed", note="受付は22時30分まで。外傷は診ません。お薬は原則1日分です。")
        band(did, "night", "準夜", "all", "19:30", "23:00", "22:30", "23:00")
        seat(did, "night", "primary", 0, "all", 1)
        seat(did, "night", "reserve", 0, "all", 1)
    seat("night-paed", "night", "primary", 10, "winter-duty", 2)
    for did, name, en, spec, body, lo, hi, kind in [
            ("day-internal", "急病センター年末年始昼間 内科", "New Year daytime at the centre, internal medicine", ["internal"], "kma", 15, 150, "doctor"),
            ("day-paed", "急病センター年末年始昼間 小児科", "New Year daytime at the centre, paediatrics", ["paediatrics"], "foundation", 0, 16, "paed-attendant")]:
        add("duties", id=did, name=name, name_en=en, title=f"金沢広域急病センター 年末年始昼間診療 {name.split()[1]} 出務表", kind=kind, site="centre", specialities=spec, tier=1, body=body, period="new-year-2026",
            group="centre-new-year", area="ishikawa-chuo", age_from=lo, age_to=hi, absence="owed", note="12月30日から1月3日まで。受付は16時30分まで。")
        band(did, "day", "日中", "new-year-core", "09:00", "17:00", "16:30", "17:00")
        seat(did, "day", "primary", 0, "new-year-core", 1)
    for did, name, en, spec, body, area, pool, seats, lo, hi in CLINIC_DUTIES:
        add("duties", id=did, name=name, name_en=en, title=("金沢市 " if area == "17201" else "") + f"{name} 当番表", kind="clinic", specialities=spec, tier=1, body=body, period="half", group=body + "-clinics", area=area, age_from=lo, age_to=hi,
            absence="owed", note="受診の前に電話で確かめてください。往診はしません。")
        if did == "kahoku":
            band(did, "day", "日中", "duty-full", "09:00", "17:00", "16:30", "17:00")
            band(did, "half", "午前", "duty-half", "09:00", "12:00", "11:30", "12:00")
            seat(did, "day", "primary", 0, "duty-full", 1)
            seat(did, "half", "primary", 0, "duty-half", 1)
        else:
            band(did, "day", "日中", "duty-day", "09:00", "17:00", "16:30", "17:00")
            seat(did, "day", "primary", 0, "duty-day", seats)
    seat("clinic-paed", "day", "primary", 10, "new-year", 2)
    for did, name, en, area, pool, seats in PHARMACY_DUTIES:
        add("duties", id=did, name=name, name_en=en, title=f"{name} 当番表", kind="pharmacy", specialities=["dispensing"], tier=0, body="pharmacists", period="half", group="pharmacies", area=area, absence="owed",
            note="休日当番医の処方せんを受け付けます。")
        band(did, "day", "日中", "duty-day", "09:00", "17:30", "17:30", "17:30")
        seat(did, "day", "primary", 0, "duty-day", seats)
    surgical = ["dentistry", "dermatology", "ent", "neurosurgery", "obgyn", "ophthalmology", "orthopaedics", "surgery", "urology"]
    medical = ["cardiology", "gastroenterology", "internal", "psychiatry"]
    for did, name, en, spec, hi, more, note in [
            ("rotation-internal", "病院群輪番 内科系", "hospital rotation, medical", medical, 150, dict(age_from=15), "入院や手術を要する方のための当番です。内科・循環器・消化器、精神症状は身体の初期対応を行います。"),
            ("rotation-surgical", "病院群輪番 外科系", "hospital rotation, surgical", surgical, 150, {}, "入院や手術を要する方のための当番です。他科は初期対応のうえ専門の病院に引き継ぎます。"),
            ("rotation-paed", "小児救急輪番", "paediatric rotation", ["paediatrics"], 16, {}, "急病センターが閉まる23時から翌8時30分までは、こちらに電話してください。"),
            ("rotation-backup", "病院群輪番 後方支援", "hospital rotation, backup", sorted(medical + surgical), 150, dict(backup="yes"), "当番病院が満床などで受けられないときの二番手です。")]:
        add("duties", id=did, name=name, name_en=en, title=f"{name} 当番表", kind="hospital", specialities=spec, tier=2, body="hospitals", period="year", group="rotation", area="ishikawa-chuo", age_to=hi,
            ambulance="yes", absence="owed", note=note, **more)
        if did != "rotation-backup":
            band(did, "day", "休日日中", "duty-day", "08:30", "17:00", None, "17:00")
            seat(did, "day", "primary", 0, "duty-day", 1)
        band(did, "night", "夜間", "all", "17:00", "32:30", None, "08:30")
        seat(did, "night", "primary", 0, "all", 1)
    for duty, rank, name, prov, number in [("day-internal", 1, "急病センター事務室", "centre", "076-000-0099"), ("day-internal", 2, "担当理事（架空）", None, "090-0000-0001"),
                                           ("day-paed", 1, "急病センター事務室", "centre", "076-000-0099"), ("day-paed", 2, "小児科担当理事（架空）", None, "090-0000-0002"),
                                           ("rotation-paed", 1, "小児救急輪番 調整当番（架空）", None, "090-0000-0003"), ("rotation-internal", 1, "輪番協議会 当直事務（架空）", None, "090-0000-0004"),
                                           ("rotation-surgical", 1, "輪番協議会 当直事務（架空）", None, "090-0000-0004"),
                                           ("clinic-internal", 1, "金沢市医師会事務局（見本）", None, "076-000-0101")]:
        add("contacts", duty=duty, rank=rank, name=name, provider=prov, phone=number)
    # Who is told of what, and until when: planned changes go to the municipality's health section by two days before, later ones to whoever is awake there; the dispatch desks, which
    # act on the roster, are told of everything; the press of what is known a week ahead; each member of his own changes. Every name, number and address is fictitious (架空).
    centre = [d["id"] for d in T["duties"] if d["group"].startswith("centre")]
    rotation = [d["id"] for d in T["duties"] if d["group"] == "rotation"]
    seen_by_press = [d["id"] for d in T["duties"] if d["group"].endswith("-clinics") or d["group"] in ("pharmacies", "centre-new-year")]
    body_of = {"17201": "kma", "17210": "hnma", "17212": "hnma"}
    for k, (aid, name) in enumerate(row[:2] for row in CITY):
        own = [d["id"] for d in T["duties"] if d["group"] == body_of.get(aid, "kgma") + "-clinics"]
        add("recipients", id=f"health-{aid}", name=f"{name} 健康課（架空）", kind="municipality", way="mail", address=f"kenko-{aid}@city.example", duties=own + centre, days_from="2")
        add("recipients", id=f"watch-{aid}", name=f"{name} 宿直（架空）", kind="municipality", way="fax", address=f"076-000-03{k:02d}", duties=own + centre, days_to="1")
    for fid, name, fax in [("fire-east", "119 指令センター 東（架空）", "076-000-0391"), ("fire-west", "119 指令センター 西（架空）", "076-000-0392")]:
        add("recipients", id=fid, name=name, kind="fire", way="fax", address=fax)
    for k in range(12):
        add("recipients", id=f"hospital-{chr(97 + k)}", name=f"{chr(0xFF21 + k)}病院 医事課（架空）", kind="hospital", way="fax", address=f"076-000-04{k:02d}", duties=rotation + centre)
    for pid, name in [("press-daily", "日刊紙 地域面（架空）"), ("press-cable", "ケーブルテレビ 告知係（架空）")]:
        add("recipients", id=pid, name=name, kind="press", way="mail", address=f"{pid}@news.example", duties=seen_by_press, when="duty-day", days_from="7")
    add("recipients", id="members", name="会員（本人の変更）", kind="member", way="mail", each="yes", days_from="3")
    add("recipients", id="members-late", name="会員（本人の変更、直前）", kind="member", way="fax", each="yes", days_to="2")
    for kind, years, note in [("wishes", 3, "次の年度の計画と苦情の確認まで（見本。年数は各会の規程による）"), ("drafts", 1, "公表しなかった案は一年で足りる"), ("accesses", 3, "届いたかの確認"), ("swaps", 3, "理由には私事がある"),
                              ("deliveries", 5, "通知の控え"), ("overrides", 5, "当日の変更の控え"), ("audit", 10, "公表と同じ"), ("publications", 10, "委託料の請求の根拠")]:
        add("retention", kind=kind, years=years, note=note)
    for sid, name, weight in [("kanazawa", "金沢市", 22), ("hakusan", "白山市", 4), ("nonoichi", "野々市市", 3), ("kahoku", "かほく市・津幡町", 3), ("uchinada", "内灘町", 3)]:
        add("shares", duty="night-paed", id=sid, name=name, weight=str(weight))
    # The municipalities' agreement (fictitious in its percentages): equally, by under-15s of the census, by doctors sent, by visits two fiscal years before.
    for part, percent, before in [("equal", 10, None), ("under15", 30, None), ("doctors", 40, None), ("visits", 20, 2)]:
        add("formulas", duty="night-paed", of="share", part=part, percent=str(percent), before=before)
    of_share = {"kanazawa": ["17201"], "hakusan": ["17210"], "nonoichi": ["17212"], "kahoku": ["17209", "17361"], "uchinada": ["17365"]}
    visits = {2024: [6120, 1480, 910, 1010, 420], 2025: [5980, 1510, 940, 960, 400], 2026: [6050, 1495, 965, 985, 410]}
    for k, (sid, cities) in enumerate(of_share.items()):
        figure = dict(duty="night-paed", account=sid)
        add("figures", part="under15", year=2020, value=str(sum(c[4] for c in CITY if c[0] in cities)), source="令和2年国勢調査の15歳未満人口（推計を含む）", **figure)
        add("figures", part="doctors", year=2026, value=str([22, 4, 3, 3, 3][k]), source="出務する医師数（架空）", **figure)
        for year, values in visits.items():
            add("figures", part="visits", year=year, value=str(values[k]), source="急病センター小児科の受診者数（架空）", **figure)


# ---- providers ------------------------------------------------------------------------------

JOINED = ["2009-04-01", "2012-04-01", "2014-10-01", "2016-04-01", "2018-04-01", "2020-04-01", "2022-04-01", "2024-04-01"]
CHECKED = ["2026-01-20", "2026-02-03", "2026-02-17", "2026-03-02", "2026-03-16"]
HOSPITALS = [  # id, name, kana, area, weights in the four rotations, note, specialities
    ("h-01", "Ａ総合病院（架空）", "えーそうごうびょういん", "駅西:鞍月", (2, 2, 0, 2), "約400床。内科系・外科系とも受け入れ。紹介のない受診に選定療養費がかかることがあります。"),
    ("h-02", "Ｂ大学病院（架空）", "びーだいがくびょういん", "泉野:小立野", (2, 2, 1, 0), "約800床。小児の入院可。紹介のない受診に選定療養費がかかることがあります。"),
    ("h-03", "Ｃ大学病院（架空）", "しーだいがくびょういん", "17365", (2, 2, 1, 0), "約800床。小児の入院可。紹介のない受診に選定療養費がかかることがあります。"),
    ("h-04", "Ｄ病院（架空）", "でぃーびょういん", "元町:小坂", (1, 1, 1, 1), "約450床。小児の入院可。"),
    ("h-05", "Ｅ病院（架空）", "いーびょういん", "17210", (1, 1, 1, 1), "約300床。小児の入院可。"),
    ("h-06", "Ｆ病院（架空）", "えふびょういん", "泉野:三馬", (1, 1, 0, 1), "約260床。"),
    ("h-07", "Ｇ病院（架空）", "じーびょういん", "駅西:諸江", (2, 0, 0, 1), "約250床。内科系だけの当番。手術は行いません。"),
    ("h-08", "Ｈ病院（架空）", "えいちびょういん", "17212", (2, 0, 0, 1), "約200床。内科系だけの当番。"),
    ("h-09", "Ｉ整形外科病院（架空）", "あいせいけいげかびょういん", "駅西:西南部", (0, 2, 0, 0), "約100床。外科系だけの当番。腹部の手術は行いません。"),
    ("h-10", "Ｊ脳神経外科病院（架空）", "じぇいのうしんけいげかびょういん", "17212", (0, 2, 0, 0), "約150床。外科系だけの当番。"),
    ("h-11", "Ｋ病院（架空）", "けーびょういん", "泉野:泉野", (1, 1, 1, 1), "約300床。小児の入院可。"),
    ("h-12", "Ｌ病院（架空）", "えるびょういん", "17361", (1, 0, 0, 0), "約60床。内科系だけの当番。"),
]
PROV = {}      # id -> row
OWNS = {}      # doctor -> facilities
OWNER = {}     # facility -> doctor
EMPLOYED = {}  # doctor -> hospital
HOURS = {}     # provider -> [(weekday set, from, to)]
POOL = {}      # duty -> {provider: weight}


def provider(pid, **row):
    PROV[pid] = row
    if "staff_phone" in row:  # four of five read mail, the others have a fax
        row["way"] = "mail" if chance(80, "mail", pid) else "fax"
        row["staff_mail"] = f"{pid}@member.example" if row["way"] == "mail" else f"076-000-{h('fax', pid) % 10000:04d}"
    add("providers", id=pid, **row)


def member(duty, pid, weight=1, share=None, **more):
    POOL.setdefault(duty, {})[pid] = weight
    add("members", duty=duty, provider=pid, weight=str(weight) if weight != 1 else None, share=share, **more)


def link(a, kind, b, **more):
    add("links", **{"from": a, "type": kind, "to": b}, **more)
    if kind == "owns":
        OWNS.setdefault(a, []).append(b)
        OWNER[b] = a
    if kind == "employed-by":
        EMPLOYED[a] = b


def minutes(text):
    a, b = text.split(":")
    return int(a) * 60 + int(b)


def hours(pid, wd, a, b):
    HOURS.setdefault(pid, []).append(({WEEK.index(x) for x in wd.split(";")}, minutes(a), minutes(b)))
    add("hours", provider=pid, weekdays=wd, **{"from": a, "to": b})


def consulting(pid, close):
    """Mornings Monday to Saturday, afternoons but for one free half day beside Saturday's."""
    free = pick(["wed", "thu"], "free", pid)
    hours(pid, "mon;tue;wed;thu;fri;sat", "09:00", "12:30")
    hours(pid, ";".join(d for d in ["mon", "tue", "wed", "thu", "fri"] if d != free), "14:00", close)


ROMAJI = dict(zip("あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽー",
                  "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa o n "
                  "ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po -".split()))
ENDINGS = [("いいん", " Iin"), ("くりにっく", " Clinic"), ("しんりょうじょ", " Shinryojo"), ("そうごうびょういん", " General Hospital"), ("びょういん", " Hospital"), ("やっきょく", " Pharmacy")]
SUBJECTS = [("のうしんけいげか", " Neurosurgery"), ("せいけいげか", " Orthopaedic"), ("しょうにか", " Children's"), ("さんふじんか", " Women's"), ("じびいんこうか", " ENT"), ("じびか", " ENT"), ("ひふか", " Skin"), ("がんか", " Eye"), ("ないか", " Internal"),
            ("げか", " Surgical"), ("だいがく", " University")]


def romaji(kana):
    """Hepburn without long vowels, as on road signs."""
    out, double = "", False
    for k in kana:
        if k == "っ":
            double = True
        elif k in "ゃゅょ":
            out = out[:-1] + ({"ゃ": "a", "ゅ": "u", "ょ": "o"}[k] if out[-3:-1] in ("sh", "ch") or out[-2:-1] == "j" else {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}[k])
        elif ROMAJI[k] == "-":
            continue
        else:
            step = ROMAJI[k]
            out, double = out + ("t" if double and step.startswith("ch") else step[0] if double else "") + step, False
    return out.replace("ou", "o").replace("uu", "u").replace("oo", "o").capitalize()


def english(name, kana):
    end = next(((k, e) for k, e in ENDINGS if kana.endswith(k)), ("", ""))
    rest = kana[: len(kana) - len(end[0])]
    subject = next(((k, e) for k, e in SUBJECTS if rest.endswith(k) and rest != k), ("", ""))
    letter = chr(ord(name[0]) - 0xFEE0) if "Ａ" <= name[0] <= "Ｚ" else None  # "Ｊ脳神経外科病院"
    return (letter or romaji(rest[: len(rest) - len(subject[0])])) + subject[1] + end[1] + " (fictitious)"


def facility(pid, name, kana, kind, area, spec, **more):
    area = part_of(pid) if area == "17210" else area
    provider(pid, name=name, name_en=english(name, kana), kana=kana, kind=kind, area=area, specialities=spec, phone=phone(), staff_phone=staff_phone(), address=address(area), joined=pick(JOINED, "joined", pid),
             home_visits="yes" if kind == "clinic" and chance(25, "visits", pid) else None, dispensing=pick(["inside", "outside", "outside"], "disp", pid) if kind == "clinic" else None,
             parking=4 + h("park", pid) % 20, checked=pick(CHECKED, "checked", pid), **more)


def make_ages():
    """Whom a clinic takes: one for children nobody of 16 or more, one of internal medicine alone no child under 15."""
    for row in T["providers"]:
        if row["kind"] == "clinic" and row["specialities"] == ["paediatrics"]:
            row["age_to"] = 16
        if row["kind"] == "clinic" and "internal" in row["specialities"] and "paediatrics" not in row["specialities"]:
            row["age_from"] = 15


def place(key, city=None):
    if city:
        return city
    return DISTRICT[pick(sorted(DISTRICT), "place", key)]


def doctor(pid, sg, kind, area, spec, **more):
    s, g = sg
    provider(pid, name=f"{s[0]} {g[0]}", kana=f"{s[1]} {g[1]}", kind=kind, area=area, specialities=spec, staff_phone=own_phone(), joined=pick(JOINED, "joined", pid), note="架空の人物", **more)


def make_providers():
    global CENTRE_SITE
    CENTRE_SITE = DISTRICT["戸板"]
    provider("centre", name="金沢広域急病センター（見本）", kana="かなざわこういききゅうびょうせんたー", kind="centre", area=CENTRE_SITE, specialities=["internal", "paediatrics"], phone="076-000-0099",
             staff_phone="090-0000-0099", address="金沢市西念（番地は略）", parking=120, dispensing="inside", checked="2026-03-02", note="内科と小児科。外傷は診ません。電話番号は架空です。",
             name_en="Kanazawa Regional Emergency Centre (sample)", latitude="36.5805", longitude="136.6425")
    provider("tertiary", name="Ｚ救命救急センター（架空）", kana="ぜっときゅうめいきゅうきゅうせんたー", kind="hospital", area=DISTRICT["鞍月"],
             specialities=sorted(["cardiology", "dentistry", "dermatology", "ent", "gastroenterology", "internal", "neurosurgery", "obgyn", "ophthalmology", "orthopaedics", "paediatrics", "psychiatry", "surgery", "urology", "dialysis"]),
             phone="076-000-9119", staff_phone="090-0000-9119", address="金沢市鞍月架空町9-1", tertiary="yes", disaster_base="yes", certified_until="2028-03-31", checked="2026-03-02", note="救命救急センター。電話番号は架空です。119番を通して受診します。",
             name_en="Z emergency and critical care centre (fictitious)", latitude="36.5865", longitude="136.6355")
    spec_of = {"medical": ["cardiology", "gastroenterology", "internal"], "surgical": ["neurosurgery", "orthopaedics", "surgery"]}
    for hid, name, kana, where, weights, note in HOSPITALS:
        area = DISTRICT[where.split(":")[1]] if ":" in where else where
        spec = set()
        if weights[0]:
            spec |= set(spec_of["medical"])
        if weights[1]:
            spec |= {"neurosurgery"} if hid == "h-10" else {"orthopaedics", "surgery"} if hid == "h-09" else set(spec_of["surgical"])
        if weights[2]:
            spec |= {"paediatrics", "obgyn"}
        if hid in ("h-01", "h-03", "h-04", "h-07"):
            spec |= {"dialysis"}
        if hid in ("h-02", "h-03", "h-12"):
            spec |= {"psychiatry"}
        facility(hid, name, kana, "hospital", area, sorted(spec), certified_until=pick(["2027-06-30", "2028-03-31", "2028-09-30"], "cert", hid), disaster_base="yes" if hid in ("h-01", "h-02", "h-03", "h-04") else None, note=note)
        for duty, w in zip(ROTATION, weights):
            if w:
                member(duty, hid, w)

    # clinics of the ten holiday duties, each with its owner
    short = {"clinic-internal": ("int", "内科", "ないか"), "clinic-paed": ("ped", "小児科", "しょうにか"), "clinic-surgical": ("srg", "整形外科", "せいけいげか"), "clinic-obgyn": ("obg", "産婦人科", "さんふじんか"),
             "clinic-eye": ("eye", "眼科", "がんか"), "clinic-ent": ("ent", "耳鼻咽喉科", "じびいんこうか"), "clinic-skin": ("skn", "皮膚科", "ひふか"), "hakusan-internal": ("hni", "内科", "ないか"),
             "hakusan-surgical": ("hns", "整形外科", "せいけいげか"), "kahoku": ("khk", "内科", "ないか")}
    owners = {}
    for did, name, en, spec, body, area, pool, seats, lo, hi in CLINIC_DUTIES:
        tag, word, kana = short[did]
        for i in range(1, pool + 1):
            cid = f"c-{tag}-{i:02d}"
            if area == "17201":
                at = place(cid)
            elif area == "17210":
                at = "17212" if i % 5 in (2, 4) else "17210"
            else:
                at = ["17209", "17361", "17365"][i % 3]
            specs, w, k = list(spec), word, kana
            if did == "clinic-internal":
                specs = ["internal"] + (["cardiology"] if i % 3 == 0 else ["gastroenterology"] if i % 3 == 1 else [])
            elif did == "clinic-surgical":
                specs, w, k = (["orthopaedics"], "整形外科", "せいけいげか") if i % 4 else (["surgery"], "外科", "げか")
            elif did in ("hakusan-internal", "kahoku"):
                paed = i <= (7 if did == "hakusan-internal" else 3)
                specs, w, k = (["paediatrics"], "小児科", "しょうにか") if paed else (["internal"], "内科", "ないか")
                if not paed and i % 5 == 0:
                    specs = ["internal", "paediatrics"]
                if paed:  # four of 白山, three of 野々市; one each of かほく, 津幡, かほく
                    at = ("17210" if i <= 4 else "17212") if did == "hakusan-internal" else ["17209", "17361", "17209"][i - 1]
            elif did == "hakusan-surgical":
                specs, w, k = [(["orthopaedics"], "整形外科", "せいけいげか"), (["surgery"], "外科", "げか"), (["orthopaedics"], "整形外科", "せいけいげか"), (["ophthalmology"], "眼科", "がんか"), (["ent"], "耳鼻咽喉科", "じびいんこうか")][i % 5]
            sg = person(cid)
            title, reading = clinic_name(sg[0], sg[1], w, k, cid)
            facility(cid, title, reading, "clinic", at, sorted(specs))
            member(did, cid)
            consulting(cid, "19:00" if (did == "kahoku" and i == 1) or chance(12, "late", cid) else pick(["17:30", "18:00", "18:00", "18:30"], "close", cid))
            owners[cid] = sg
    # doctors who own them; those of Hakusan and Kahoku only where they serve at the centre
    paed = ([(f"c-ped-{i:02d}", "kanazawa") for i in range(1, 15)] + [(f"c-hni-{i:02d}", "hakusan") for i in range(1, 5)] + [(f"c-hni-{i:02d}", "nonoichi") for i in range(5, 8)] +
            [(f"c-khk-{i:02d}", "kahoku") for i in range(1, 4)])
    n = 0
    for cid, share in paed:
        n += 1
        pid = f"d-ped-{n:02d}"
        doctor(pid, owners.pop(cid), "paed-attendant", PROV[cid]["area"], ["paediatrics"], labour="none")
        link(pid, "owns", cid)
        member("night-paed", pid, share=share)
        member("day-paed", pid)
    uni = [("h-02", "kanazawa", "17201")] * 7 + [("h-03", "uchinada", "17365")] * 2
    for k, (hid, share, city) in enumerate(uni):
        n += 1
        pid = f"d-ped-{n:02d}"
        doctor(pid, person(pid), "paed-attendant", PROV[hid]["area"], ["paediatrics"], labour=["linked-B", "B", "A", "linked-B", "C-1", "A", "linked-B", "B", "A"][k])
        link(pid, "employed-by", hid)
        member("night-paed", pid, share=share)
        member("day-paed", pid)
    for hid, share, pid, name, kana in [("h-02", "kanazawa", "d-ped-34", "Ｂ大学 小児科医局（架空）", "びーだいがくしょうにかいきょく"),
                                        ("h-03", "uchinada", "d-ped-35", "Ｃ大学 小児科医局（架空）", "しーだいがくしょうにかいきょく")]:
        provider(pid, name=name, kana=kana, kind="paed-attendant", area=PROV[hid]["area"], specialities=["paediatrics"], staff_phone=f"090-0000-00{pid[-2:]}", joined="2018-04-01", note="大学の医局。出務者の氏名は当番日の10日前までに届く。", names_days=10)
        link(pid, "employed-by", hid)
        member("night-paed", pid, share=share)
        member("day-paed", pid)
    for i in range(1, 116):
        pid = f"d-int-{i:03d}"
        spec = ["internal"]
        if i <= 40:
            cid = f"c-int-{i:02d}"
            doctor(pid, owners.pop(cid), "doctor", PROV[cid]["area"], spec, labour="none")
            link(pid, "owns", cid)
        elif i <= 65:  # owns a clinic that takes no holiday duty: only its hours matter
            doctor(pid, person(pid), "doctor", place(pid), spec, labour="none")
            consulting(pid, "19:00" if chance(10, "late", pid) else pick(["18:00", "18:00", "18:30"], "close", pid))
        else:
            hid = pick(["h-01", "h-02", "h-04", "h-06", "h-07", "h-11"], "post", pid)
            doctor(pid, person(pid), "doctor", place(pid), spec, labour=pick(["A", "A", "A", "linked-B", "B"], "labour", pid))
            link(pid, "employed-by", hid, since=pick(["2019-04-01", "2021-04-01", "2024-04-01"], "post-since", pid))
        member("night-internal", pid)
        member("day-internal", pid)
    # the other owners in Kanazawa: not at the centre, but the books of persons and the 119 list know them
    for k, (cid, sg) in enumerate(sorted(x for x in owners.items() if x[0][2:5] in ("int", "srg", "obg", "eye", "ent", "skn")), 1):
        pid = f"d-own-{k:02d}"
        doctor(pid, sg, "doctor", PROV[cid]["area"], PROV[cid]["specialities"], labour="none")
        link(pid, "owns", cid)
    # deputies: two owners stand in for one another
    link("d-own-10", "deputises-for", "d-own-11", since="2025-04-01")
    link("d-int-100", "deputises-for", "d-int-003", since="2026-01-01")
    for did, name, en, area, pool, seats in PHARMACY_DUTIES:
        for i in range(1, pool + 1):
            pid = f"p-{did.split('-')[1][:3]}-{i:02d}"
            s, g = person(pid)
            at = place(pid) if area == "17201" else (["17210", "17212"][i % 2] if area == "17210" else ["17209", "17361", "17365"][i % 3])
            facility(pid, f"{s[0]}{g[0]}薬局（架空）", f"{s[1]}{g[1]}やっきょく", "pharmacy", at, ["dispensing"])
            member(did, pid)
    # whom the two university departments send: on their lists only, members of nothing (a person like any other, so leave and own nights hold for him)
    for group, hid in [("d-ped-34", "h-02"), ("d-ped-35", "h-03")]:
        for i in range(1, 5):
            pid = f"{group}-{i}"
            doctor(pid, person(pid), "paed-attendant", PROV[hid]["area"], ["paediatrics"], labour="B")
            add("links", **{"from": pid, "type": "employed-by", "to": group})
    make_home_care()
    # a few who come and go within the year
    for row in T["providers"]:
        if row["id"] == "d-int-090":
            row["left"] = "2026-10-01"
        if row["id"] == "d-int-115":
            row["joined"] = "2026-07-01"
        if row["id"] == "c-int-45":
            row["joined"] = "2026-04-01"
    for row in T["members"]:
        if row["provider"] == "d-int-064":
            row["weight"] = "0.5"
    PROV["d-int-090"]["left"] = "2026-10-01"
    PROV["d-int-115"]["joined"] = "2026-07-01"
    PROV["c-int-45"]["joined"] = "2026-04-01"


# ---- ledgers, rules -------------------------------------------------------------------------

BOOKS = []  # (id, scope, duties, role, class, within)


NURSES = [("vn-01", "訪問看護ステーション元町（架空）", "ほうもんかんごすてーしょんもとまち", "浅野"), ("vn-02", "訪問看護ステーション駅西（架空）", "ほうもんかんごすてーしょんえきにし", "戸板"),
          ("vn-03", "訪問看護ステーション泉野（架空）", "ほうもんかんごすてーしょんいずみの", "泉野")]
SUPPLIERS = [("oxygen-a", "北の酸素（架空）", "oxygen", "076-000-7001", 310), ("oxygen-b", "浅野メディカルガス（架空）", "oxygen", "076-000-7002", 240), ("oxygen-c", "犀川在宅サービス（架空）", "oxygen", "076-000-7003", 160),
             ("ventilator-a", "加賀呼吸器サービス（架空）", "ventilator", "076-000-7011", 46), ("dialysis-a", "腹膜透析液センター（架空）", "dialysis", "076-000-7021", 58), ("power-a", "発電機・蓄電池の貸し出し窓口（架空）", "power", "076-000-7031", 0)]
KEEPERS = {"元町": ("元町福祉健康センター（電話は架空）", "076-000-7101"), "駅西": ("駅西福祉健康センター（電話は架空）", "076-000-7102"), "泉野": ("泉野福祉健康センター（電話は架空）", "076-000-7103")}


def make_home_care():
    """Whom to call for patients at home, and how many of them hang on a device: doctors, numbers and telephones, no patient."""
    for n, (pid, name, kana, where) in enumerate(NURSES, 1):
        provider(pid, name=name, kana=kana, kind="visiting-nurse", area=DISTRICT[where], specialities=["home-nursing"], phone=f"076-000-71{n:02d}", staff_phone=f"090-0000-71{n:02d}", address="金沢市（番地は略）",
                 checked="2026-03-02", note="24時間対応の訪問看護。架空です。")
    visits = sorted(p["id"] for p in T["providers"] if p.get("home_visits") == "yes")
    for i, cid in enumerate(visits):
        link(visits[(i + 1) % len(visits)], "deputises-for", cid, since="2026-04-01")
        if i % 5 == 0:  # a second one over New Year
            link(visits[(i + 7) % len(visits)], "deputises-for", cid, since="2026-12-28", until="2027-01-05")
        link(NURSES[i % 3][0], "nurses-for", cid, since="2026-04-01")
        link(["h-01", "h-04", "h-07"][i % 3], "backs-up", cid, since="2026-04-01")
    for a in T["areas"]:
        if a["level"] not in ("district", "municipality") or a["id"] == "17201" or a["parent"] == "17210":
            continue
        zone = ZONES[int(a["id"].split("-")[1]) - 1] if "-" in a["id"] else None
        keeper, number = KEEPERS[zone] if zone else (f"{a['name']} 健康福祉課（電話は架空）", f"076-000-71{int(a['id']) % 90 + 10}")
        for device, per in [("dialysis", 90), ("oxygen", 1000), ("ventilator", 60)]:
            add("homecare", area=a["id"], device=device, count=a["population"] * per * (70 + h("home", device, a["id"]) % 61) // 100000000 + (1 if h("one", device, a["id"]) % 3 == 0 else 0), keeper=keeper, phone=number,
                checked="2026-10-01")
    for sid, name, what, number, count in SUPPLIERS:
        add("suppliers", id=sid, name=name, supplies=what, phone=number, count=count, note="24時間")


def make_ledgers():
    def book(lid, name, scope, duties, cls, price, within=None, role=None):
        BOOKS.append((lid, scope, duties, role or "primary", cls, within))
        catch_up = "1" if lid in ("internal.all", "paed.all") else None  # after leave: one owed turn a month on top of the share
        add("ledgers", id=lid, name=name, scope=scope, duties=duties, role=role, **{"class": cls}, price=price, beyond=beyond if scope != "person" else None, within=within, catch_up=catch_up)
    cname = {"all": "全部", "heavy": "休日・特定日", "big": "特定日", "new-year": "年末年始", "golden-week": "ゴールデンウイーク", "obon": "お盆"}

    def chain(prefix, name, scope, duties, classes, price):
        above = {"heavy": "all", "big": "heavy" if "heavy" in classes else "all", "new-year": "big", "golden-week": "big", "obon": "big"}
        for c in classes:
            w = above.get(c)
            book(f"{prefix}.{c}", f"{name} {cname[c]}", scope, duties, c, price * dearer[c], f"{prefix}.{w}" if w else None)
    # Whoever is a duty or more off costs the same in every ledger and more than wishes do: so as few as can be are.
    beyond = 300
    # The rarer a class, the dearer: what a month gets wrong in a rare one, the months after it cannot mend.
    dearer = {"all": 1, "heavy": 4, "big": 4, "new-year": 6, "golden-week": 6, "obon": 6}
    six = ["all", "heavy", "big", "new-year", "golden-week", "obon"]
    chain("internal", "急病センター内科", "provider", ["day-internal", "night-internal"], six, 3)
    chain("paed", "急病センター小児科", "provider", ["day-paed", "night-paed"], six, 5)
    chain("paed-share", "小児科夜間 市町の按分", "share", ["night-paed"], ["all", "heavy"], 10)
    for did, name, *_ in CLINIC_DUTIES:
        chain(did, name, "provider", [did], ["all", "big", "new-year", "golden-week", "obon"], 6)
    for did, name, *_ in PHARMACY_DUTIES:
        chain(did, name, "provider", [did], ["all", "big"], 2)
    chain("rotation", "病院群輪番（両系統）", "provider", ["rotation-internal", "rotation-surgical"], six, 2)
    chain("rotation-paed", "小児救急輪番", "provider", ["rotation-paed"], ["all", "heavy", "big"], 2)
    chain("rotation-backup", "輪番 後方支援", "provider", ["rotation-backup"], ["all", "heavy"], 1)
    person_duties = sorted(NIGHTS + NEW_YEAR + CLINICS)
    book("person.heavy", "本人と自院の休日・特定日", "person", person_duties, "heavy", 1)
    book("person.big", "本人と自院の特定日", "person", person_duties, "big", 1, "person.heavy")
    for g, name in [("internal", "内科"), ("paed", "小児科")]:
        book(f"{g}-reserve.all", f"急病センター{name} 予備 全部", "provider", [f"night-{g}"], "all", 2, None, "reserve")
        book(f"{g}-reserve.heavy", f"急病センター{name} 予備 休日・特定日", "provider", [f"night-{g}"], "heavy", 2, f"{g}-reserve.all", "reserve")


def make_rules():
    def rule(rid, rtype, duties, price, params, ja, en, **more):
        add("rules", id=rid, type=rtype, duties=sorted(duties) if duties else None, price=price, params=params, ja=ja, en=en, **more)
    people = CLINICS + CENTRE_DUTIES
    internal, paed = ["day-internal", "night-internal"], ["day-paed", "night-paed"]
    # hard
    rule("clinic.rest", "rest.days", CLINICS, None, "days=10", "休日当番医の当番は10日以上あける", "A clinic's duties are at least 10 days apart")
    rule("pharmacy.rest", "rest.days", PHARMACIES, None, "days=2", "当番薬局は二日続けない", "A pharmacy does not serve two days running")
    rule("internal.rest", "rest.days", internal, None, "days=7 roles=primary", "急病センター内科の出務は7日以上あける", "Turns at the centre, internal medicine, are at least 7 days apart")
    rule("paed.rest", "rest.days", paed, None, "days=7 roles=primary", "急病センター小児科の出務は7日以上あける", "Turns at the centre, paediatrics, are at least 7 days apart")
    rule("centre.rest-reserve", "rest.days", CENTRE_DUTIES, None, "days=3 roles=both", "予備も含めて3日以上あける", "Reserve turns included, at least 3 days apart")
    rule("paed.month", "limit.count", paed, None, "max=2 unit=month roles=primary", "小児科の出務は月2回まで", "At most two paediatric turns a month")
    rule("internal.month", "limit.count", internal, None, "max=2 unit=month roles=primary", "内科の出務は月2回まで", "At most two turns a month in internal medicine")
    rule("centre.reserve-month", "limit.count", NIGHTS, None, "max=2 unit=month roles=reserve", "予備は月2回まで", "At most two reserve turns a month")
    rule("person.day", "person.day", people, None, "max=1", "本人と自院をあわせて一日一つまで", "One duty a day for a doctor and his clinic together")
    rule("owner.apart", "link.exclude", people, None, "link=owns margin=60", "自院の当番の前後1時間は急病センターに出ない", "An owner is not at the centre within an hour of his clinic's duty")
    rule("paed.own-hospital", "link.exclude", ["night-paed", "day-paed", "rotation-paed"], None, "link=employed-by", "勤務先が小児救急輪番の夜は急病センターに出ない", "No paediatrician at the centre while his hospital is on the paediatric rotation")
    rule("clinic.run", "class.run", CLINICS, None, "class=duty-day", "続く二つの休日に当番をしない", "No two successive holidays")
    rule("centre.run", "class.run", CENTRE_DUTIES, None, "class=heavy roles=primary", "続く二つの休日・特定日に出務しない", "No two successive holidays or big days at the centre")
    rule("centre.consulting", "consulting.hours", NIGHTS, None, "margin=10", "自院の診療を終えて急病センターに着けること（10分の余裕）", "The centre can be reached after consulting hours, with ten minutes to spare")
    rule("centre.labour", "labour.rest", CENTRE_DUTIES, None, "", "B・連携B・C水準の勤務医は24時間に9時間、夜勤なら46時間に18時間を休む", "Employed doctors of level B, linked B or C rest nine hours in 24, after a night eighteen in 46")
    rule("rotation.one", "person.day", ["rotation-backup", "rotation-internal", "rotation-surgical"], None, "max=1", "一つの病院は一日一つの系統まで（小児科は別の当直体制）",
         "One hospital, one track a day (its paediatricians are a team of their own)")
    rule("rotation.rest", "rest.days", ["rotation-internal", "rotation-surgical"], None, "days=2", "輪番は二日続けない", "No hospital has the rotation two days running")
    rule("rotation.paed-rest", "rest.days", ["rotation-paed"], None, "days=2", "小児救急輪番は二日続けない", "No hospital has the paediatric rotation two days running")
    rule("internal.household", "pair.apart", internal, None, "providers=d-int-041,d-int-052 unit=day", "同じ世帯の二人は同じ日に出ない", "Two of one household are not on duty the same day")
    # priced, in hundredths of the squared deviation of one duty
    rule("clinic.rest-28", "rest.days", CLINICS, 6, "days=28", "なるべく28日以上あける", "28 days apart where possible")
    large = [c[0] for c in CLINIC_DUTIES if c[6] >= 14]  # eight to ten clinics have a turn every forty to fifty days anyhow
    rule("clinic.rest-45", "rest.days", large, 2, "days=45", "できれば45日以上あける（14施設以上の区分）", "45 days apart if it can be had (pools of 14 and more)")
    rule("paed.rest-14", "rest.days", paed, 10, "days=14 roles=primary", "なるべく14日以上あける", "14 days apart where possible")
    rule("internal.rest-28", "rest.days", internal, 6, "days=28 roles=primary", "なるべく28日以上あける", "28 days apart where possible")
    rule("rotation.week", "limit.count", ["rotation-internal", "rotation-surgical"], 30, "max=3 unit=week", "輪番はなるべく週に3回まで", "At most three rotation turns a week where possible")
    rule("centre.week", "week.class", CENTRE_DUTIES, 40, "class=heavy roles=both", "休日に出た週はほかに当てない", "Nothing else in the week of a holiday turn")
    rule("person.rest-hours", "rest.hours", people, 60, "hours=12 roles=primary", "夜の出務の翌朝に自院の当番を置かない", "No clinic duty on the morning after a night at the centre")
    rule("centre.new-year-years", "every.years", CENTRE_DUTIES, 150, "class=new-year years=2 roles=primary", "年末年始は2年に1回まで", "New Year at most once in two years")
    rule("clinic.new-year-years", "every.years", CLINICS, 80, "class=new-year years=2", "年末年始の休日当番は2年に1回まで", "A clinic's New Year duty at most once in two years")
    rule("centre.golden-week-years", "every.years", CENTRE_DUTIES, 80, "class=golden-week years=2 roles=primary", "ゴールデンウイークは2年に1回まで", "Golden Week at most once in two years")
    rule("rotation.obon-years", "every.years", ["rotation-internal", "rotation-surgical"], 120, "class=obon years=2", "お盆の輪番はなるべく2年に1回まで", "Obon at most once in two years where possible")
    rule("clinic.spread", "area.spread", ["clinic-internal"], 30, "max=1 level=zone", "内科の三つの席は三つの圏域に分ける", "The three internal-medicine clinics lie in three zones")
    rule("clinic.heart", "skill.min", ["clinic-internal"], 15, "speciality=cardiology min=1", "内科のうち一つは循環器を診る", "One of the internal-medicine clinics offers cardiology")
    rule("centre.labour-a", "labour.rest", CENTRE_DUTIES, 40, "", "A水準の勤務医もなるべく24時間に9時間、夜勤なら46時間に18時間を休む", "Level A doctors, too, rest nine hours in 24, after a night eighteen in 46, where possible")
    rule("wish.cannot-soft", "wish", None, 120, "wish=cannot", "できれば避けたい日を避ける", "Days to be avoided if possible")
    rule("wish.only-soft", "wish", None, 80, "wish=only", "できればこの日だけ", "These days only, if possible")
    rule("wish.rather-not", "wish", None, 30, "wish=rather-not", "気が進まない日を避ける", "Rather not that day")
    rule("wish.like", "wish", None, 20, "wish=like", "希望の日に当てる", "A day that was wished for")
    rule("wish.count-soft", "wish", None, 60, "wish=count", "希望の回数を超えない", "No more turns than wished for")


# ---- calendar as data, read back to make the rest consistent ----------------------------------

HOLIDAYS = {}


def read_holidays():
    with open(os.path.join(OUT, "syukujitsu.csv"), "rb") as f:
        for line in f.read().decode("cp932").splitlines()[1:]:
            day, name = line.split(",")
            HOLIDAYS[D(*map(int, day.split("/")))] = name


_memo = {}


def classes_on(duty, d):
    if (duty, d) in _memo:
        return _memo[duty, d]
    defs = {c["id"]: c for c in T["classes"]}
    over = [o for o in T.get("overrides", []) if o["date"] == d.isoformat()]
    have = {}

    def inside(cid):
        if cid in have:
            return have[cid]
        c = defs[cid]
        md = d.strftime("%m-%d")
        positive = any(k in c for k in ("weekdays", "holiday", "from", "any_of"))
        ok = not positive or WEEK[weekday(d)] in c.get("weekdays", "").split(";") or ("holiday" in c and d in HOLIDAYS)
        if "from" in c:
            a, b = c["from"], c["to"]
            ok = ok or (a <= md <= b if a <= b else md >= a or md <= b)
        ok = ok or any(inside(x) for x in c.get("any_of", []))
        ok = ok and all(inside(x) for x in c.get("all_of", [])) and not any(inside(x) for x in c.get("none_of", []))
        for o in sorted((o for o in over if o["class"] == cid and o.get("duty") in (None, duty)), key=lambda o: "duty" in o):
            ok = o["action"] == "add"
        have[cid] = ok
        return ok
    _memo[duty, d] = {c for c in defs if inside(c)}
    return _memo[duty, d]


def slots_on(duty, d):
    """[(band row, role, need)] of a duty on a date."""
    cls = classes_on(duty, d)
    out = []
    for b in T["bands"]:
        if b["duty"] == duty and b["when"] in cls:
            for role in ("primary", "reserve"):
                rows = [s for s in T["seats"] if s["duty"] == duty and s["band"] == b["id"] and s["role"] == role and s["when"] in cls]
                if rows:
                    need = max(rows, key=lambda s: s["rank"])["count"]
                    if need:
                        out.append((b, role, need))
    return out


def make_overrides():
    for row in [("2026-08-14", "duty-day", "clinic-internal", "add", "お盆の平日に内科の当番医を開く"), ("2026-08-14", "duty-day", "pharmacy-kanazawa", "add", "お盆の平日に内科の当番医を開くため"),
                ("2027-01-01", "duty-day", "clinic-skin", "drop", "皮膚科は元日を休む"), ("2026-05-06", "half-day", "kahoku", "add", "会場の都合で午前だけ開く"),
                ("2026-06-06", "winter-duty", "night-paed", "add", "市の祭りのため小児科を二人にする")]:
        add("overrides", **dict(zip(["date", "class", "duty", "action", "reason"], row)))


# ---- a plain greedy hand: writes the past, and shows that the year can be filled ----------------

def absolute(d, t):
    return d.toordinal() * 1440 + t


def end_of(text):
    return minutes(text)


KIN = [("rotation-internal", "rotation-surgical"), ("night-internal", "day-internal"), ("night-paed", "day-paed")]  # counted in one ledger


class Hand:
    """Fills slots in date order, each seat by the fittest who may, counting every hard rule. No looking ahead."""

    def __init__(self, seed):
        self.seed = seed
        self.done = {}    # provider -> [(date, duty, band row, role)]
        self.people = {}  # (person, date) -> [provider...]
        self.rows = []
        self.open = []

    def person(self, p):
        return OWNER.get(p, p)

    def put(self, duty, d, band, role, seat, p):
        self.rows.append((duty, d, band["id"], role, seat, p))
        self.done.setdefault(p, []).append((d, duty, band, role))
        self.people.setdefault((self.person(p), d), []).append((p, duty, band))

    def may(self, p, duty, d, band, role, cls):
        row = PROV[p]
        if row.get("joined", "") > d.isoformat() or row.get("left", "9999") <= d.isoformat():
            return False
        if forbidden(p, duty, d, band["id"]):
            return False
        a, b = absolute(d, minutes(band["from"])), absolute(d, minutes(band["to"]))
        past = self.done.get(p, [])
        near = [x for x in past if abs((d - x[0]).days) < 46]
        if duty in ROTATION:
            if duty != "rotation-paed" and any(x[0] == d and x[1] != "rotation-paed" for x in near):
                return False
            group = ("rotation-internal", "rotation-surgical") if duty in ("rotation-internal", "rotation-surgical") else (duty,)
            if duty != "rotation-backup" and any(x[1] in group and abs((d - x[0]).days) < 2 for x in near):
                return False
        elif duty in PHARMACIES:
            if any(abs((d - x[0]).days) < 2 for x in near):
                return False
        else:
            if (self.person(p), d) in self.people:
                return False
            for x in near:
                gap = abs((d - x[0]).days)
                if duty in CLINICS and gap < 10:
                    return False
                if duty in CENTRE_DUTIES and gap < (7 if role == x[3] == "primary" else 3):
                    return False
            if duty in CENTRE_DUTIES:
                month = sum(1 for x in near if x[0].month == d.month and x[3] == role)
                if month >= 2:
                    return False
                if role == "primary" and "heavy" in cls:
                    back, fore = d - ONE, d + ONE
                    while "heavy" not in classes_on(None, back):
                        back -= ONE
                    while "heavy" not in classes_on(None, fore):
                        fore += ONE
                    if any(x[3] == "primary" and x[0] in (back, fore) for x in near):
                        return False
                if "paed" in duty and p in EMPLOYED:
                    for x in self.done.get(EMPLOYED[p], []):
                        if x[1] == "rotation-paed" and abs((d - x[0]).days) < 2:
                            xa, xb = absolute(x[0], minutes(x[2]["from"])), absolute(x[0], minutes(x[2]["to"]))
                            if a < xb and xa < b:
                                return False
                if p == "d-int-041" and ("d-int-052", d) in self.people or p == "d-int-052" and ("d-int-041", d) in self.people:
                    return False
        return True

    def fill(self, duties, a, b):
        for d in days(a, b):
            for duty in duties:
                cls = classes_on(duty, d)
                for band, role, need in slots_on(duty, d):
                    for seat in range(1, need + 1):
                        best, key = None, None
                        kin = next((k for k in KIN if duty in k), (duty,))
                        for p, w in POOL[duty].items():
                            past = self.done.get(p, [])
                            mine = [x for x in past if x[1] == duty and x[3] == role]
                            last = (d - mine[-1][0]).days if mine else 999
                            big = sum(1 for x in past if x[1] in kin and x[3] == role and "big" in classes_on(None, x[0]))
                            all_w = sum(POOL[u].get(p, 0) for u in kin) if kin[0] in ROTATION else 1
                            k = ((len(mine) + 0.5) / w, (big + 0.5) / all_w if "big" in cls else 0, -min(last, 60), h(self.seed, p, duty))
                            if "big" in cls:
                                k = (k[1], k[0], k[2], k[3])
                            if (key is None or k < key) and self.may(p, duty, d, band, role, cls):
                                best, key = p, k
                        if best is None:
                            self.open.append((duty, d.isoformat(), band["id"], role))
                        else:
                            self.put(duty, d, band, role, seat, best)


_cannot, _only, _external, _exempt = {}, {}, {}, {}


def forbidden(p, duty, d, band):
    """Unary hard rules: exemption, must wishes, externals, labour, consulting hours."""
    for a, b, duties, bd in _cannot.get(p, []):
        if a <= d <= b and duty in duties and bd in (None, band):
            return True
    for (a, b, duties), spans in _only.get(p, {}).items():
        if a <= d <= b and duty in duties and not any(x <= d <= y for x, y in spans):
            return True
    row = next(x for x in T["bands"] if x["duty"] == duty and x["id"] == band)
    s, e = absolute(d, minutes(row["from"])), absolute(d, minutes(row["to"]))
    days = [d + dt.timedelta(n) for n in range(minutes(row["from"]) // 1440, (minutes(row["to"]) - 1) // 1440 + 1)]
    for a, b, which, wd in _exempt.get(p, []):  # by the clock: a night reaches into the day after
        if which in (None, duty) and any(a <= x <= b and (wd is None or weekday(x) in wd) for x in days):
            return True
    person = {p, OWNER.get(p, p), *OWNS.get(p, [])}
    for q in person:
        for xa, xb in _external.get(q, []):
            if s < xb and xa < e:
                return True
            if q == p and duty in CENTRE_DUTIES and PROV[p].get("labour") in ("linked-B", "B", "C-1", "C-2") and (0 <= s - xb < 540 or 0 <= xa - e < 540):
                return True
    if duty in NIGHTS and d not in HOLIDAYS:
        winter = "winter" in classes_on(None, d)
        for q in [p] + OWNS.get(p, []):
            for wd, a, b in HOURS.get(q, []):
                if weekday(d) in wd:
                    b2 = b + travel(PROV[q]["area"], CENTRE_SITE, winter) + 10
                    if s < absolute(d, b2) and absolute(d, a) < e:
                        return True
    return False


# ---- absences, surveys, wishes ----------------------------------------------------------------

def exempt(pid, duty, a, b, reason, accrues=None, weekdays=None):
    add("exemptions", provider=pid, duty=duty, **{"from": a, "to": b}, weekdays=weekdays, reason=reason, accrues=accrues)
    _exempt.setdefault(pid, []).append((D.fromisoformat(a), D.fromisoformat(b), duty, {WEEK.index(x) for x in weekdays.split(";")} if weekdays else None))


def make_exemptions():
    for pid, duty, a, b, reason, accrues in [
            ("d-int-012", None, "2026-04-01", "2026-09-30", "leave", None), ("d-int-077", None, "2026-10-01", "2027-03-31", "leave", None), ("d-int-098", None, "2026-07-01", "2027-06-30", "leave", None),
            ("d-int-005", "night-internal", "2026-04-01", "2030-03-31", "age", None), ("d-int-021", "night-internal", "2025-04-01", "2030-03-31", "age", None), ("d-int-033", "night-internal", "2026-10-15", "2031-03-31", "age", None),
            ("d-int-058", None, "2026-05-10", "2026-06-20", "illness", "yes"), ("d-int-104", None, "2026-11-20", "2026-12-25", "illness", "yes"), ("d-ped-03", "night-paed", "2026-10-01", "2030-03-31", "age", None),
            ("d-ped-27", None, "2026-09-01", "2026-11-30", "leave", None), ("d-ped-18", None, "2026-06-01", "2026-06-21", "illness", "yes"), ("c-int-17", None, "2026-04-01", "2026-06-30", "other", None),
            ("c-int-29", None, "2026-10-01", "2027-03-31", "illness", None), ("c-srg-04", None, "2026-04-01", "2026-09-30", "other", None), ("c-hni-12", None, "2026-10-01", "2026-12-20", "leave", None),
            ("c-hns-06", None, "2026-07-01", "2026-09-30", "illness", "yes"), ("c-khk-14", None, "2026-11-01", "2027-01-31", "age", None), ("h-12", "rotation-internal", "2026-08-01", "2026-08-31", "other", None)]:
        exempt(pid, duty, a, b, reason, accrues)
    # standing absences: another hospital's clinic, a university's teaching day, one who never serves on Sundays
    for pid, weekdays in [("d-int-070", "wed"), ("d-int-088", "mon;thu"), ("d-int-093", "sun"), ("d-ped-26", "tue"), ("c-hni-15", "mon")]:
        exempt(pid, None, "2026-04-01", "2031-03-31", "other", None, weekdays)


def make_external(fy=2026):
    """Nights and Sundays at the own hospital, and a few turns for other bodies."""
    first = len(T.get("external", []))
    for pid in sorted(p for p in EMPLOYED if p not in ("d-ped-34", "d-ped-35")):
        if pid.startswith("d-int") and not chance(55, "own-nights", pid):
            continue
        for m in range(12):
            y, mo = (fy, m + 4) if m < 9 else (fy + 1, m - 8)
            k = m + 12 * (fy - 2026)
            if chance(30, "no-night", pid, k):
                continue
            d = D(y, mo, 1 + h("night", pid, k) % 28)
            if chance(25, "day", pid, k):
                a, b, what = f"{d}T08:30", f"{d}T17:15", "自院の日直"
            else:
                a, b, what = f"{d}T17:00", f"{d + ONE}T08:30", "自院の当直"
            add("external", provider=pid, **{"from": a, "to": b}, what=what)
    for pid, a, b, what in [] if fy != 2026 else [("d-int-007", "2026-12-09T18:00", "2026-12-09T21:00", "学校医会の健診"), ("d-int-044", "2026-12-16T18:30", "2026-12-16T22:00", "介護認定審査会"),
                            ("c-eye-03", "2026-12-06T08:00", "2026-12-06T18:00", "県の眼科当番"), ("c-ent-02", "2026-12-13T08:00", "2026-12-13T18:00", "県の耳鼻咽喉科当番"),
                            ("d-ped-05", "2026-12-03T19:00", "2026-12-03T21:00", "乳幼児健診の打ち合わせ"), ("c-srg-11", "2026-10-25T08:00", "2026-10-25T18:00", "マラソン大会の救護所")]:
        add("external", provider=pid, **{"from": a, "to": b}, what=what)

    def stamp(text):
        day, t = text.split("T")
        return absolute(D.fromisoformat(day), minutes(t))
    for x in T["external"][first:]:
        _external.setdefault(x["provider"], []).append((stamp(x["from"]), stamp(x["to"])))


SURVEYS = []


def make_wishes(fy=2026):
    first = len(SURVEYS)

    def survey(sid, a, b, duties, deadline):
        SURVEYS.append((sid, a, b, sorted(duties)))
        add("surveys", id=sid, **{"from": a.isoformat(), "to": b.isoformat()}, duties=sorted(duties), deadline=deadline.isoformat())
    for m in range(12):
        y, mo = (fy, m + 4) if m < 9 else (fy + 1, m - 8)
        a = D(y, mo, 1)
        b = D(y + mo // 12, mo % 12 + 1, 1) - ONE
        survey(f"night-{a:%Y-%m}", a, b, NIGHTS, a - dt.timedelta(days=50))
    survey(f"clinic-{fy}-h1", D(fy, 4, 1), D(fy, 9, 30), CLINICS + PHARMACIES, D(fy, 1, 31))
    survey(f"clinic-{fy}-h2", D(fy, 10, 1), D(fy + 1, 3, 31), CLINICS + PHARMACIES, D(fy, 7, 31))
    survey(f"rotation-{fy}", D(fy, 4, 1), D(fy + 1, 3, 31), ROTATION, D(fy, 1, 31))
    survey(f"new-year-{fy}", D(fy, 12, 29), D(fy + 1, 1, 3), NEW_YEAR, D(fy, 10, 31))
    for sid, a, b, duties in SURVEYS[first:]:
        received = (D.fromisoformat(next(s for s in T["surveys"] if s["id"] == sid)["deadline"]) - dt.timedelta(days=5)).isoformat()
        span = list(days(a, b))
        pool = sorted({p for duty in duties for p in POOL[duty]})
        tight = {p for duty in duties if duty in CLINICS and len(POOL[duty]) < 17 for p in POOL[duty]}

        def wish(p, kind, x=None, y=None, **more):
            add("wishes", survey=sid, provider=p, type=kind, **{"from": x.isoformat() if x else None, "to": y.isoformat() if y and y != x else None}, received=received, **more)
            if kind == "cannot" and more.get("must") != "no":
                _cannot.setdefault(p, []).append((x, y or x, duties, more.get("band")))
            if kind == "only" and more.get("must") != "no":
                _only.setdefault(p, {}).setdefault((a, b, tuple(duties)), []).append((x, y or x))
        for p in pool:
            if not chance(33, "answer", sid, p):
                continue
            mine = [u for u in duties if p in POOL[u]]
            at = [d for d in span if any(slots_on(u, d) for u in mine)]
            if p in tight:  # small pools need everybody at New Year
                at = [d for d in at if not (D(fy, 12, 20) <= d <= D(fy + 1, 1, 11))]
            sort = h("sort", sid, p) % 100
            used = set()
            if sid == f"new-year-{fy}":
                at = span
            for k in range(1 + h("days", sid, p) % 4):
                d = pick(at, "day", sid, p, k)
                if d in used:
                    continue
                used.add(d)
                if sort < 62:
                    wish(p, "cannot", d, note="家族の行事" if chance(6, "note", sid, p, k) else None)
                elif sort < 72:
                    wish(p, "cannot", d, must="no")
                elif sort < 84:
                    wish(p, "rather-not", d, must="no")
                elif sort < 92:
                    wish(p, "like", d, must="no")
            if sort >= 92 and sid.startswith("night"):
                if sort < 95:
                    for d in span:  # Saturdays only
                        if weekday(d) == 6:
                            wish(p, "only", d)
                elif sort < 98:
                    wish(p, "count", count=1)
                else:
                    wish(p, "any", note="お任せします")
            elif sort >= 92:
                if sort < 97:
                    wish(p, "count", count=max(4, len(span) // 30) if p[0] != "h" else 200, must="no")
                else:
                    wish(p, "any", note="お任せします")
            elif sort < 62 and chance(8, "week", sid, p) and p not in tight and p[0] in "cd" and len(span) > 14:
                i = h("week", sid, p) % (len(span) - 6)
                x, y = span[i], span[i + 4]
                if not any(x <= u <= y for u in used):
                    wish(p, "cannot", x, y, note="学会・旅行")
            elif sort < 62 and chance(6, "band", sid, p) and sid.startswith("night"):
                d = pick(at, "band-day", sid, p)
                if d not in used:
                    wish(p, "rather-not", d, must="no", band="night")


# ---- the past: rosters of New Year and March, balances ----------------------------------------

def make_history():
    hand = Hand("history")
    for a, b, duties in [(D(2025, 5, 3), D(2025, 5, 6), NIGHTS), (D(2025, 8, 13), D(2025, 8, 16), NIGHTS), (D(2025, 12, 29), D(2026, 1, 3), CENTRE_DUTIES)]:
        hand.fill(SCARCE_FIRST + CLINICS + PHARMACIES + duties, a, b)
    seasons = list(hand.rows)
    hand2 = Hand("march")
    hand2.fill(SCARCE_FIRST + CLINICS + PHARMACIES + NIGHTS, D(2026, 3, 1), D(2026, 3, 31))
    if hand.open or hand2.open:
        raise SystemExit(f"the past cannot be filled: {hand.open} {hand2.open}")
    for duty, d, band, role, seat, p in seasons + hand2.rows:
        if d < D(2026, 3, 25) and duty in ROTATION and d > D(2026, 1, 3):
            continue  # only the last week of the rotation matters to any rule
        add("history", duty=duty, date=d.isoformat(), band=band, role=role, seat=seat, provider=p)
    return seasons


def apportion(total, weights):
    """total (millionths) in proportion to weights, largest remainder, ties in order."""
    w = sum(weights.values())
    floor = {k: total * v // w for k, v in weights.items()}
    left = total - sum(floor.values())
    for k in sorted(weights, key=lambda k: (-(total * weights[k] % w), k))[:left]:
        floor[k] += 1
    return floor


def make_balances(past):
    """What the books of FY2025 would have left: seats of each class shared by weight, less turns done; sums are zero."""
    def million(v):
        sign, v = ("-", -v) if v < 0 else ("", v)
        text = f"{v // 1000000}.{v % 1000000:06d}".rstrip("0").rstrip(".")
        return sign + text
    cats = {"new-year": 6, "golden-week": 4, "obon": 4, "heavy": 60, "all": 290}
    chains = {}
    for lid, scope, duties, role, cls, within in BOOKS:
        if scope == "provider" and role == "primary":
            chains.setdefault(lid.rsplit(".", 1)[0], {})[cls] = (lid, duties)
    for prefix, books in chains.items():
        duties = books["all"][1]
        pool = {}
        for u in duties:
            for p, w in POOL[u].items():
                if PROV[p].get("joined", "") < "2025-04-01":
                    pool[p] = pool.get(p, 0) + (w if len(duties) > 1 and duties[0] in ROTATION else 0 if p in pool else w)
        left = {}
        for cat, n in cats.items():
            seats = sum(s["count"] for u in duties for s in T["seats"] if s["duty"] == u and s["role"] == "primary" and s["rank"] == 0 and u not in NEW_YEAR)
            if prefix.startswith(("clinic", "hakusan", "kahoku", "pharmacy")):
                n = {"new-year": 6, "golden-week": 4, "obon": 1, "heavy": 0, "all": 62}[cat]
            total = n * seats
            done = {p: 0 for p in pool}
            if cat in ("new-year", "golden-week", "obon") and cat in books:
                rows = [r for r in past if r[0] in duties and r[3] == "primary" and r[5] in pool and cat in classes_on(r[0], r[1])]
                total = len(rows)
                for r in rows:
                    done[r[5]] += 1
            else:
                part = apportion(total * 1000000, pool)
                order = shuffled(sorted(pool), "done", prefix, cat)
                for p in pool:
                    done[p] = part[p] // 1000000
                for p in order[:total - sum(done.values())]:
                    done[p] += 1
            due = apportion(total * 1000000, pool)
            left[cat] = {p: due[p] - done[p] * 1000000 for p in pool}
        sums = {"new-year": ["new-year"], "golden-week": ["golden-week"], "obon": ["obon"], "big": ["new-year", "golden-week", "obon"],
                "heavy": ["new-year", "golden-week", "obon", "heavy"], "all": list(cats)}
        for cls, (lid, _) in books.items():
            for p in sorted(pool):
                v = sum(left[c][p] for c in sums[cls])
                if v:
                    add("balances", ledger=lid, account=p, date="2026-03-31", carried=million(v), reason="令和7年度の精算")
    for lid, values in [("paed-share.all", [("kanazawa", 400000), ("hakusan", -250000), ("nonoichi", 100000), ("kahoku", -400000), ("uchinada", 150000)]),
                        ("paed-share.heavy", [("kanazawa", -200000), ("hakusan", 300000), ("nonoichi", -250000), ("kahoku", 50000), ("uchinada", 100000)])]:
        for account, v in values:
            add("balances", ledger=lid, account=account, date="2026-03-31", carried=million(v), reason="令和7年度の精算")
    persons = sorted(OWNS[p][0] for p in OWNS if p in POOL["night-internal"] or p in POOL["night-paed"])
    for lid in ("person.heavy", "person.big"):
        for a, b in zip(persons[0::2], persons[1::2]):
            v = (h(lid, a) % 13) * 100000 // (2 if lid == "person.big" else 1)
            if v:
                add("balances", ledger=lid, account=a, date="2026-03-31", carried=million(v), reason="令和7年度の精算")
                add("balances", ledger=lid, account=b, date="2026-03-31", carried=million(-v), reason="令和7年度の精算")


# ---- writing --------------------------------------------------------------------------------

CSV = {  # long tables and their columns
    "areas": "id name kana level parent population under15 inside", "aliases": "area kind text", "travel": "from to minutes",
    "providers": "id name kana kind area specialities phone staff_phone staff_mail address joined left labour home_visits dispensing certified_until tertiary disaster_base parking checked note age_from age_to names_days way name_en latitude longitude",
    "links": "from type to since until", "hours": "provider weekdays from to", "members": "duty provider weight share since until",
    "exemptions": "provider duty from weekdays to reason accrues", "wishes": "survey provider type from to duty band count must received note", "balances": "ledger account date carried reason",
    "history": "duty date band role seat provider", "external": "provider from to what", "centres": "id name area phone address operator hours", "overrides": "date class duty action reason",
    "homecare": "area device count keeper phone checked", "suppliers": "id name supplies phone count note",
}
JSON = "bodies kinds specialities classes periods duties bands seats contacts shares formulas figures ledgers rules surveys complaints modifiers scales lines recipients retention".split()


def cell(v):
    return ";".join(v) if isinstance(v, list) else str(v)


def files():
    out = {}
    for name, columns in CSV.items():
        columns = columns.split()
        buf = io.StringIO()
        w = csv.writer(buf, lineterminator="\n")
        w.writerow(columns)
        for row in T[name]:
            extra = set(row) - set(columns)
            if extra:
                raise SystemExit(f"{name}: columns not named: {extra}")
            w.writerow([cell(row.get(c, "")) for c in columns])
        out[name + ".csv"] = buf.getvalue()
    region = dict(id="ishikawa-chuo", name="石川中央医療圏（見本）", name_en="Ishikawa Central medical area (sample)",
                  notice="見本です。人・診療所・病院・薬局・電話番号・希望・実績はすべて架空であり、実在の当番ではありません。",
                  winter="winter", winter_percent=150, travel_default=TRAVEL_DEFAULT, consulting="consulting", consulting_from="09:00", consulting_to="18:00", half="consulting-half", half_to="12:30", sender="kma")
    text = ['{"format_version": 1,\n "region": ' + json.dumps(region, ensure_ascii=False)]
    for name in JSON:
        rows = ",\n  ".join(json.dumps(r, ensure_ascii=False) for r in T[name])
        text.append(f' "{name}": [\n  {rows}]')
    out["region.json"] = ",\n".join(text) + "}\n"
    return out


def self_check():
    """What the loader would also refuse, said here first."""
    keys = {"areas": "id", "providers": "id", "members": "duty provider", "aliases": "area kind text", "travel": "from to", "links": "from type to", "hours": "provider weekdays from", "classes": "id", "rules": "id", "ledgers": "id",
            "wishes": "survey provider type from to duty band", "balances": "ledger account date", "history": "duty date band role seat", "external": "provider from", "overrides": "date class duty",
            "exemptions": "provider duty from weekdays"}
    for name, key in keys.items():
        seen = set()
        for row in T[name]:
            k = tuple(row.get(c) for c in key.split())
            if k in seen:
                raise SystemExit(f"{name}: {k} twice")
            seen.add(k)
    for name, text in files().items():
        text.encode("cp932")
    sums = {}
    for b in T["balances"]:
        v = b["carried"]
        neg, v = v.startswith("-"), v.lstrip("-")
        whole, _, frac = v.partition(".")
        m = int(whole) * 1000000 + int((frac + "000000")[:6])
        sums[b["ledger"]] = sums.get(b["ledger"], 0) + (-m if neg else m)
    if any(sums.values()):
        raise SystemExit(f"balances do not add up to zero: {sums}")


def build():
    read_holidays()
    make_areas()
    for a in T["areas"]:
        if "parent" in a:
            PARENT[a["id"]] = a["parent"]
        if "inside" in a:
            INSIDE[a["id"]] = a["inside"]
    make_aliases()
    make_travel()
    make_small()
    make_duties()
    make_providers()
    make_ages()
    make_ledgers()
    make_rules()
    make_overrides()
    _memo.clear()
    past = make_history()
    make_exemptions()
    make_external()
    make_wishes()
    make_balances(past)
    self_check()


def main():
    build()
    if "--check" in sys.argv[1:]:
        print({k: len(v) for k, v in T.items()})
        dec = [(u["id"], band["id"], d, role, need) for u in T["duties"] for d in days(D(2026, 12, 1), D(2026, 12, 31)) for band, role, need in slots_on(u["id"], d)]
        print("December 2026:", len(dec), "slots,", sum(x[4] for x in dec), "seats")
        hand = Hand("year")
        for x in T["history"]:
            if x["date"] >= "2026-03-01":
                band = next(b for b in T["bands"] if b["duty"] == x["duty"] and b["id"] == x["band"])
                hand.put(x["duty"], D.fromisoformat(x["date"]), band, x["role"], x["seat"], x["provider"])
        hand.fill(SCARCE_FIRST, D(2026, 4, 1), D(2027, 3, 31))
        hand.fill(CLINICS + PHARMACIES, D(2026, 4, 1), D(2027, 3, 31))
        hand.fill(CENTRE_DUTIES, D(2026, 4, 1), D(2027, 3, 31))
        print("greedy hand over FY2026:", len(hand.rows), "seats filled,", len(hand.open), "open", hand.open[:20])
        return
    for name, text in files().items():
        with open(os.path.join(OUT, name), "w", encoding="utf-8", newline="") as f:
            f.write(text)


if __name__ == "__main__":
    main()
