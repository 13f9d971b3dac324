/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * docs/reference/region-format.md, written from the field lists that the reader itself uses, so that the page
 * cannot say otherwise. The whole example in it is read by a test.
 */
#include "toban/codec/codec.h"

#include <string.h>

/* ---- prose --------------------------------------------------------------------------------------------- */

static const char head[] =
    "# The region format (医療圏データの書き方)\n"
    "\n"
    "Everything that `toban` knows about a region is typed in by the office that makes its rosters: one "
    "directory with\n"
    "one `region.json` and as many CSV files as are handy. `toban init --region DIR` reads the directory "
    "whole, checks it\n"
    "whole, and writes nothing when anything is wrong: the message names file, line, field, value and what "
    "would be right.\n"
    "\n"
    "事務局の方へ: 表計算ソフトで作った CSV "
    "をそのまま置けます。列の名は英語ですが、意味は下の表の「日本語」の列にあります。\n"
    "誤りがあれば、ファイル名・行・列・値・直し方を日本語で示し、何も書き込みません。\n"
    "\n"
    "This page is generated from the lists that the program reads with (`src/codec/format.c`); a test "
    "compares the two.\n"
    "\n"
    "## Where to begin (作る順)\n"
    "\n"
    "1. `region.json`: the region, its `areas` (a tree: region, municipalities, districts), `bodies` "
    "(実施主体), `kinds` of\n"
    "   provider, `specialities`, day `classes` (診療日区分).\n"
    "2. `providers.csv`: everybody who can be on duty, people and facilities alike; `links.csv`: who owns or "
    "works for whom.\n"
    "3. `duties.csv`, `bands.csv`, `seats.csv`: what is to be filled, when, how many seats.\n"
    "4. `members.csv`: who takes part in which duty, with which weight.\n"
    "5. `rules.csv`: what must hold and what is wished for. `ledgers.csv` and `balances.csv`: what is "
    "counted over the years.\n"
    "6. For each period: a row of `surveys.csv` and the answers in `wishes.csv`.\n"
    "7. Everything else when it is needed: history, duties of other bodies, pins, exemptions, the routing "
    "data.\n"
    "\n"
    "The whole example at the end is small enough to be copied and changed.\n"
    "\n"
    "## Files (ファイル)\n"
    "\n"
    "- `region.json` is required: `{\"format_version\": 1, \"region\": {...}, \"areas\": [{...}], ...}`. "
    "Every list below may stand\n"
    "  there, or in a CSV file of its name in the same directory, or in both with different keys. An unknown "
    "member is refused.\n"
    "- `NAME.csv`: first line the column names in any order; columns that are not required may be left out. "
    "An unknown column, a\n"
    "  column twice, a row with another number of cells, and a CSV file of an unknown name are refused: what "
    "nobody reads\n"
    "  would be believed to be in use.\n"
    "- `syukujitsu.csv`: the official list of holidays (内閣府「国民の祝日」) as published; it fills "
    "`holidays` with days that are added.\n"
    "  Years that it does not hold whole are computed from the law (below, `holidays`).\n"
    "- **Encoding.** UTF-8, with or without BOM. When the CSV files are in CP932 (シフト JIS, what Excel for "
    "Windows saves), say so at the top\n"
    "  of `region.json`: `\"encoding\": \"cp932\"`. `region.json` itself is always UTF-8, `syukujitsu.csv` "
    "may be either. Nothing is\n"
    "  guessed where it would turn one name into another. User-defined characters (外字) are refused with "
    "their place.\n"
    "- **CSV** follows RFC 4180: commas, lines ended by LF, CR LF or CR, `\"` around a value that holds a "
    "comma, `\"\"` for a quotation mark inside.\n"
    "  A value may not hold a line break. An apostrophe before `=`, `+`, `-` or `@` at the beginning of a "
    "text is "
    "taken off: `toban export region` writes it there,\n"
    "  so that no spreadsheet runs the text.\n"
    "- **Out again.** `toban export region DIR` writes such a directory from the data file "
    "([entries.md](entries.md)).\n"
    "- **Order.** The order of rows, columns and members never matters: the same data give the same rosters, "
    "byte for byte.\n"
    "- **Limits.** A file has at most 32 MiB, a row 64 KiB, a list 200000 rows.\n"
    "\n"
    "## Values (値)\n"
    "\n"
    "| type | in CSV | in JSON | notes |\n"
    "|---|---|---|---|\n"
    "| id (記号) | `d-sato` | string | 1 to 64 of `a-z 0-9 . _ -`, begins with a letter or digit; stands in "
    "file names, so it should not change |\n"
    "| text (文字) | any | string | at most 2000 bytes, no control characters, no line break |\n"
    "| whole number (整数) | `12` | number | within the range given |\n"
    "| decimal (小数) | `1.25` | number or string | at most six places |\n"
    "| yes/no | `yes`, `no` | `true`, `false` | |\n"
    "| date (日付) | `2026-12-03` | string | must exist; `2026/12/3` and `2026年12月3日` are read from CSV "
    "as well, because spreadsheets write them |\n"
    "| month and day (月日) | `12-29` | string | of every year |\n"
    "| time (時刻) | `19:30` | string | up to `47:59`; `32:30` or `翌08:30` is 8:30 on the next day; `9:00` "
    "is read from CSV as well |\n"
    "| instant (日時) | `2026-12-03T17:00` | string | Japan's time |\n"
    "| word (語) | one of those listed | string | |\n"
    "| weekdays (曜日) | `mon;tue;wed` | list or string | sun mon tue wed thu fri sat |\n"
    "| id of ... | the id of a row there | string | the row must exist |\n"
    "| ids of ... | `internal;paediatrics` | list or string | each at most once |\n"
    "\n"
    "An empty cell takes the default; where there is none, the value is \"not told\".\n"
    "\n"
    "## Lists (表)\n"
    "\n"
    "*key*: part of what tells rows apart; a key occurs once, and importing a row with an existing key "
    "changes the columns that the file has.\n"
    "*required*: must not be empty.\n"
    "*private* (非公開): stands in no form for press and public; *private of a person*: the same in the rows "
    "of people\n"
    "([publishing.md](publishing.md) says which forms these are).\n"
    "*may change on a day* (日を決めて変えられる): a row of [`amendments`](#amendments) may give it another "
    "value from a day on;\n"
    "*held* (公表が保つ): shown by a form of a publication, which holds it: a change is shown from the next "
    "publication on;\n"
    "*in calendars*: by events of calendars too.\n";

/* What the columns alone do not say. */
static const char *const notes[TB_E_COUNT] = {
    [TB_E_region_row] =
        "Exactly one, in `region.json` only, as an object. Everything printed or published carries `notice`.",
    [TB_E_area] =
        "A tree: `parent` leads up to the region. Districts are needed only where patients are "
        "routed by them. `inside` is for the ways that are alike within an area: the districts of one "
        "part of a town, say; a way that is longer has a row of `travel`.",
    [TB_E_alias] = "What people type or say at the telephone: names of quarters (町名), readings, postcodes.",
    [TB_E_travel] = "By car, without snow; either way round. A pair that is not named itself takes the row "
                    "of areas above it, "
                    "then `inside` of the lowest area that contains both, then `travel_default`: exactly in "
                    "[rules.md](rules.md#exactly), Travel. `init`, `import` and `check-table` count the "
                    "pairs that are left "
                    "to `travel_default`.",
    [TB_E_kind] = "A kind is data, not program: add `pharmacy`, `dental`, `university` as needed.",
    [TB_E_class] = "A date may be in several classes. A class holds the days of any of its `weekdays`, "
                   "`holiday`, span `from`..`to` and `any_of` (every day, "
                   "when it has none of these), less those that are not in all of `all_of` or are in one of "
                   "`none_of`. 12/29 to 1/3 is one span: it may pass the "
                   "year's end. At most 64 classes; no circle.",
    [TB_E_period] = "For the PERIOD of commands: `toban plan 年末年始`.",
    [TB_E_provider] =
        "People and facilities, one row each. A doctor who runs a clinic has two rows and a link `owns`.",
    [TB_E_link] = "`owns`: a doctor and his clinic are one person for rest and for clashes. `employed-by`: a "
                  "doctor and his hospital. `until` is the first day on "
                  "which the link no longer holds.",
    [TB_E_hour] = "Ordinary consulting hours; national holidays are closed. The rule `consulting.hours` "
                  "keeps duties clear of them, travel included.",
    [TB_E_duty] = "`period` is the span of one roster: `month`, `half` (April to September, October to "
                  "March), `year` (April to March), or an id of `periods`. With a "
                  "`site` people go there; without one, to the provider.",
    [TB_E_band] = "Every duty needs a band, every band a row of `seats`. A band with a break has a second "
                  "interval: `from2`, `to2`. A time after midnight is written "
                  "past 24:00, or with 翌.",
    [TB_E_seat] = "Of the rows of a band and role whose class `when` holds the day, the one with the highest "
                  "`rank` counts. `role` `reserve` is 予備.",
    [TB_E_contact] = "A fixed order of calling, instead of reserve seats.",
    [TB_E_member] = "The pool of a duty. `weight` 0.5 is half a share. Somebody from outside who helps "
                    "(応援) has a row with `help` for the days of his help: `owed`, and the "
                    "pool owes him what he does; `given`, and his seats are in nobody's books.",
    [TB_E_exemption] = "Nobody is asked for a duty while exempt. The reason is for the office and the member "
                       "only and is never published. With `weekdays` it is a standing "
                       "absence (never on Wednesdays), and the duty's `absence` says whether its days are "
                       "forgiven or owed on others.",
    [TB_E_share] = "Groups of members that bear a fixed part of a duty, municipalities of a pooled duty for "
                   "instance; `share` in `members` names the group.",
    [TB_E_formula] = "Where weights are not typed but computed: so many per cent equally, so many by "
                     "population, by visits two years before. `of` `member` computes the "
                     "weights of the members (hospitals, say) instead of those of the share groups. `toban "
                     "shares` prints what comes out.",
    [TB_E_figure] =
        "The figures that a formula divides by, per fiscal year. Agreed percentages are figures, too.",
    [TB_E_ledger] = "What is kept even over the years. A ledger within another counts a part of it: Sundays "
                    "within all nights.",
    [TB_E_rule] = "Types, parameters and their exact meaning are in [rules.md](rules.md). Without `price` a "
                  "rule is hard: no roster breaks it. With a price it is "
                  "broken only where that is cheaper. The sentences are what people read.",
    [TB_E_survey] = "One round of asking; wishes lie within its days.",
    [TB_E_wish] = "`cannot` and `only` with `must` bind the plan; `rather-not`, `like` and whatever is not "
                  "`must` count by the price of a `wish` rule. `any` (お任せ) is an "
                  "answer; no row is no answer.",
    [TB_E_balance] = "The opening of the books. Positive: still owed, comes sooner.",
    [TB_E_history] =
        "Rosters of the past, made by hand. They bind rests and turns at the edge of the first period.",
    [TB_E_external] = "Nights at the own hospital, duties of another body. No seat overlaps them.",
    [TB_E_override] =
        "One date in or out of one class, for one duty or all: a town's own holiday, a festival.",
    [TB_E_amendment] =
        "What is known to change on a day, entered before: hours from April, a clinic that moves in June, "
        "one "
        "seat more from October. Before the first such day the cell of the table itself holds; from `from` "
        "on "
        "`value`, until a later row of the same cell. The row names the cell by its table, the row's key and "
        "the column, one of those marked *may change on a day*. `value` is written as in that table, and the "
        "whole region is checked as it is on every such day.",
    [TB_E_pin] = "Decided by people before planning. A pin does not switch off any rule.",
    [TB_E_recipient] =
        "Who is told of publications: `toban sent` lists, per publication, what each is to be told. Two rows "
        "of one place with other days (`days_from`, `days_to`) send late changes elsewhere.",
    [TB_E_exception] = "A signed consent to break one hard rule in one seat. `check` and the report list the "
                       "breach as 特例, and `publish` lets it pass.",
    [TB_E_official] =
        "Usually filled by `syukujitsu.csv`. A day with `drop` is no holiday, whatever else is said; a day "
        "with `add` is one. Of the other days the law decides, except in a year that the rows hold whole: "
        "they name, on whatever day, each holiday that the law names in that year. There nothing else is a "
        "holiday, so what the official list moves is moved. A list that ends in September, and a row by "
        "hand, leave the year to the law. What is added or dropped moves no substitute day (振替休日) by "
        "itself. `toban calendar` says of each year which it is, and where list and law differ.",
    [TB_E_retention] =
        "How long each kind of data is kept. What is past it is listed and goes only when somebody "
        "says so: `toban purge`. A kind without a row has no end.",
    [TB_E_scale] =
        "A named scale and version of urgency, mapped to U1 to U5; approved by somebody, on a day.",
    [TB_E_standard] =
        "The order of the prefecture's 実施基準 for U1 on the 119 desk, and nowhere else. It needs a policy "
        "row that takes `standard`; at most 1024 rows. What happens with them is in "
        "`docs/reference/routing.md`.",
    [TB_E_policy] =
        "What the routing table offers, row by row. The words are in `docs/reference/routing.md`.",
};

static const char example_head[] =
    "## A whole region, small (見本、架空)\n"
    "\n"
    "Ten files and nothing else. It shows a hospital with **two intervals a day, the second until 翌08:30**; "
    "a night centre with a **second seat in winter**;\n"
    "an owner who is never on duty while his clinic is (**owner link**); and a day on which somebody "
    "**cannot**. All names are fictitious.\n";

struct example {
    const char *file, *why, *text;
};
static const struct example examples[] = {
    {"region.json",
     "The region itself and what is short. `winter` is one span over the year's end; `day-off` puts Sundays, "
     "national holidays and the turn of the year together.",
     "{\n"
     "  \"format_version\": 1,\n"
     "  \"region\": {\"id\": \"minato\", \"name\": \"みなと医療圏\", \"notice\": "
     "\"見本です。すべて架空です。\", \"winter\": \"winter\"},\n"
     "  \"areas\": [\n"
     "    {\"id\": \"minato\", \"name\": \"みなと医療圏\", \"level\": \"region\"},\n"
     "    {\"id\": \"higashi\", \"name\": \"東市\", \"level\": \"municipality\", \"parent\": \"minato\"},\n"
     "    {\"id\": \"nishi\", \"name\": \"西町\", \"level\": \"municipality\", \"parent\": \"minato\"}\n"
     "  ],\n"
     "  \"travel\": [{\"from\": \"higashi\", \"to\": \"nishi\", \"minutes\": 20}],\n"
     "  \"bodies\": [{\"id\": \"minato-ma\", \"name\": \"みなと医師会\", \"kind\": \"medical-association\", "
     "\"phone\": \"076-000-0001\"}],\n"
     "  \"kinds\": [\n"
     "    {\"id\": \"doctor\", \"name\": \"医師\", \"person\": true},\n"
     "    {\"id\": \"clinic\", \"name\": \"診療所\"},\n"
     "    {\"id\": \"hospital\", \"name\": \"病院\"}\n"
     "  ],\n"
     "  \"specialities\": [{\"id\": \"internal\", \"name\": \"内科\"}],\n"
     "  \"classes\": [\n"
     "    {\"id\": \"every\", \"name\": \"毎日\"},\n"
     "    {\"id\": \"sunday\", \"name\": \"日曜\", \"weekdays\": [\"sun\"]},\n"
     "    {\"id\": \"holiday\", \"name\": \"祝日\", \"holiday\": true},\n"
     "    {\"id\": \"year-end\", \"name\": \"年末年始\", \"from\": \"12-29\", \"to\": \"01-03\"},\n"
     "    {\"id\": \"day-off\", \"name\": \"休診日\", \"any_of\": [\"sunday\", \"holiday\", \"year-end\"]},\n"
     "    {\"id\": \"winter\", \"name\": \"冬期\", \"from\": \"12-01\", \"to\": \"03-15\"}\n"
     "  ]\n"
     "}\n"},
    {"providers.csv", "People and facilities in one list.",
     "id,name,kana,kind,area,specialities,phone\n"
     "d-tanaka,田中 一郎,たなか いちろう,doctor,higashi,internal,\n"
     "d-suzuki,鈴木 花子,すずき はなこ,doctor,nishi,internal,\n"
     "d-mori,森 次郎,もり じろう,doctor,higashi,internal,\n"
     "c-tanaka,田中内科,たなかないか,clinic,higashi,internal,076-000-0011\n"
     "c-suzuki,鈴木医院,すずきいいん,clinic,nishi,internal,076-000-0012\n"
     "h-higashi,東市民病院,ひがししみんびょういん,hospital,higashi,internal,076-000-0021\n"
     "h-nishi,西町病院,にしまちびょういん,hospital,nishi,internal,076-000-0022\n"
     "centre,夜間急病センター,やかんきゅうびょうせんたー,clinic,higashi,internal,076-000-0031\n"},
    {"links.csv",
     "The owner link. Together with the rule `owner` below: while 田中内科 is on duty, 田中 一郎 is not.",
     "from,type,to,since\n"
     "d-tanaka,owns,c-tanaka,2005-04-01\n"
     "d-suzuki,owns,c-suzuki,2012-04-01\n"},
    {"duties.csv", "Three duties: doctors at the centre, clinics on days off, hospitals in turn.",
     "id,name,title,kind,site,specialities,tier,body,period\n"
     "night,夜間内科,夜間急病センター当番表,doctor,centre,internal,1,minato-ma,month\n"
     "clinic,休日当番医,休日当番医表,clinic,,internal,1,minato-ma,half\n"
     "hospital,病院群輪番,病院群輪番表,hospital,,internal,2,minato-ma,year\n"},
    {"bands.csv",
     "The hospital's duty day is one band with two intervals: 8:30 to 17:15, and 22:30 to 8:30 of the next "
     "day, when reception ends half an hour before. 翌08:30 and 32:30 are "
     "the same. The slot belongs to the date on which it begins.",
     "duty,id,name,when,from,to,reception,from2,to2,reception2\n"
     "night,eve,準夜,every,19:30,23:00,22:30,,,\n"
     "clinic,day,昼間,day-off,09:00,17:00,16:30,,,\n"
     "hospital,duty,当番日,every,08:30,17:15,,22:30,翌08:30,32:00\n"},
    {"seats.csv",
     "In winter the night has two seats: the row with rank 10 beats the one with rank 0 on days of the class "
     "`winter`.",
     "duty,band,role,rank,when,count\n"
     "night,eve,primary,0,every,1\n"
     "night,eve,primary,10,winter,2\n"
     "clinic,day,primary,0,day-off,1\n"
     "hospital,duty,primary,0,every,1\n"},
    {"members.csv", "西町病院 takes one night for two of 東市民病院.",
     "duty,provider,weight\n"
     "night,d-tanaka,1\n"
     "night,d-suzuki,1\n"
     "night,d-mori,1\n"
     "clinic,c-tanaka,1\n"
     "clinic,c-suzuki,1\n"
     "hospital,h-higashi,2\n"
     "hospital,h-nishi,1\n"},
    {"rules.csv", "Two hard rules and a soft one; the types are explained in [rules.md](rules.md).",
     "id,type,duties,price,params,ja,en\n"
     "owner,link.exclude,,,link=owns margin=30,開設者と診療所は同時に当番をしません。,An owner and his "
     "clinic are never on duty at once.\n"
     "one.a.day,person.day,,,max=1,一人一日一当番です。,One duty a day for a person.\n"
     "week.even,limit.count,night,300,max=5 unit=week,週5回までが目安です。,Five a week at most.\n"},
    {"surveys.csv", "The office asked about December; answers were due on 10 November.",
     "id,from,to,duties,deadline\n"
     "s-2026-12,2026-12-01,2026-12-31,night,2026-11-10\n"},
    {"wishes.csv",
     "鈴木 花子 cannot from the 5th to the 7th; 森 次郎 would like Christmas Eve. 田中 一郎 has answered "
     "お任せ.",
     "survey,provider,type,from,to,must,received,note\n"
     "s-2026-12,d-suzuki,cannot,2026-12-05,2026-12-07,yes,2026-11-02,学会\n"
     "s-2026-12,d-mori,like,2026-12-24,,no,2026-11-03,\n"
     "s-2026-12,d-tanaka,any,,,no,2026-11-05,\n"},
};

/* ---- tables ----------------------------------------------------------------------------------------------
 */

static void add_words(struct tb_buf *out, const char *words)
{
    for (const char *p = words; *p != '\0';) {
        size_t n = strcspn(p, "|");
        tb_buf_addf(out, "%s`%.*s`", p == words ? "" : ", ", (int)n, p);
        p += n + (p[n] == '|');
    }
}

static void add_type(struct tb_buf *out, const struct tb_field *f)
{
    static const char *const words[] = {[TB_TYPE_ID] = "id",
                                        [TB_TYPE_TEXT] = "text",
                                        [TB_TYPE_INT] = "whole number ",
                                        [TB_TYPE_DEC] = "decimal",
                                        [TB_TYPE_BOOL] = "yes/no",
                                        [TB_TYPE_DATE] = "date",
                                        [TB_TYPE_MONTHDAY] = "month and day",
                                        [TB_TYPE_TIME] = "time",
                                        [TB_TYPE_INSTANT] = "instant",
                                        [TB_TYPE_ENUM] = "",
                                        [TB_TYPE_WEEKDAYS] = "weekdays",
                                        [TB_TYPE_REF] = "id of ",
                                        [TB_TYPE_REFS] = "ids of "};
    tb_buf_add(out, tb_field_phone(f) ? "telephone" : words[f->type]);
    if (tb_field_phone(f)) return;
    if (f->type == TB_TYPE_ENUM)
        add_words(out, f->arg);
    else if (f->type == TB_TYPE_INT)
        tb_buf_add(out, f->arg);
    else if (f->arg[0] != '\0')
        tb_buf_addf(out, "[`%s`](#%s)", f->arg, f->arg);
}

static void add_flags(struct tb_buf *out, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *word;
    } words[] = {{TB_FIELD_KEY, "key"},
                 {TB_FIELD_REQUIRED, "required"},
                 {TB_FIELD_PRIVATE, "private"},
                 {TB_FIELD_PERSONAL, "private of a person"},
                 {TB_FIELD_DATED, "may change on a day"},
                 {TB_FIELD_SHOWN, "held"},
                 {TB_FIELD_EVENT, "in calendars"},
                 {TB_FIELD_TODAY, "in calendars at once"}};
    const char *before = "";
    for (size_t i = 0; i < TB_COUNT(words); i++) {
        if (!(flags & words[i].flag)) continue;
        tb_buf_addf(out, "%s%s", before, words[i].word);
        before = ", ";
    }
}

/* Its own anchor, because headings with Japanese in them get another one from every renderer. */
static void add_entity(struct tb_buf *out, int i)
{
    const struct tb_entity *ent = &tb_entities[i];
    tb_buf_addf(out, "\n<a id=\"%s\"></a>\n### `%s` (%s)\n\n", ent->name, ent->name, ent->ja);
    if (notes[i] != NULL) tb_buf_addf(out, "%s\n\n", notes[i]);
    tb_buf_add(out, "| column | 日本語 | meaning | value | default | |\n|---|---|---|---|---|---|\n");
    for (int k = 0; k < ent->n_fields; k++) {
        const struct tb_field *f = &ent->fields[k];
        tb_buf_addf(out, "| `%s` | %s | %s | ", f->name, f->ja, f->en);
        add_type(out, f);
        tb_buf_addf(out, " | %s%s%s | ", f->def[0] != '\0' ? "`" : "", f->def, f->def[0] != '\0' ? "`" : "");
        add_flags(out, f->flags);
        tb_buf_add(out, " |\n");
    }
}

void tb_codec_format_doc(struct tb_buf *out)
{
    tb_buf_add(out, head);
    for (int i = 0; i < TB_E_COUNT; i++) add_entity(out, i);
    tb_buf_addf(out, "\n%s", example_head);
    for (size_t i = 0; i < TB_COUNT(examples); i++) {
        const struct example *x = &examples[i];
        tb_buf_addf(out, "\n`%s`: %s\n\n```%s\n%s```\n", x->file, x->why,
                    strstr(x->file, ".json") != NULL ? "json" : "csv", x->text);
    }
}
