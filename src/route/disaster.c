/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One A4 for the first hours of a disaster: who can take the wounded, who is on duty and must be asked one by
 * one, how many patients at home depend on a device in each district and who keeps their list. Numbers and
 * telephones; a patient's name is nowhere in the data (docs/developer/decisions).
 */
#include "people.h"
#include "toban/domain/now.h"
#include "toban/html/html.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 16 * 60, DEVICES = 3 };

#define DISASTER_STYLE \
    "@page{size:A4 " \
    "landscape;margin:6mm}*{box-sizing:border-box}" \
    "body{margin:0;font:7.2pt/1.12 \"IPAexGothic\",\"Noto Sans CJK " \
    "JP\",sans-serif;color:#000;background:#fff}h1{font-size:17pt;margin:0}h1 small{font-size:10pt}" \
    "h2{font-size:9.5pt;margin:1." \
    "2mm 0 .6mm;border-left:3mm solid #000;padding-left:1.2mm}" \
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;padding:.45mm " \
    ".6mm;text-align:left;white-space:nowrap}p{margin:.8mm " \
    "0}.top{display:flex;justify-content:space-between;align-items:flex-end;border-bottom:3px solid #000}" \
    ".p{font-family:\"DejaVu Sans " \
    "Mono\",monospace;font-weight:bold;white-space:nowrap;font-size:1.15em}.n{text-align:right;font-" \
    "weight:bold}.b{font-weight:bold}.s{font-size:.9em}.box{width:7mm}.night td{border-top:2px solid " \
    "#000}" \
    ".three{display:grid;grid-template-columns:auto auto " \
    "auto;justify-content:space-between;gap:2.5mm}.two{display:grid;grid-template-columns:1fr " \
    "1fr;gap:1.5mm}.foot{font-size:7pt;border-top:1px solid #000;margin-top:1mm}\n"

/* What stands in brackets (fictitious, say) is said at the foot. */
static void short_name(struct tb_html *h, const char *name)
{
    const char *bracket = strstr(name, "（");
    struct tb_buf b = {0};
    tb_buf_addn(&b, name, bracket != NULL && bracket != name ? (size_t)(bracket - name) : strlen(name));
    tb_html_text(h, tb_buf_str(&b));
    tb_buf_free(&b);
}

static void name_cell(struct tb_html *h, const char *class, const char *name)
{
    tb_html_open_as(h, "td", class);
    short_name(h, name);
    tb_html_close(h, "td");
}

static void part_title(struct tb_html *h, const char *title)
{
    tb_html_el(h, "h2", title);
    tb_html_line(h);
}

/* <table> and its line of heads; those from `box` on are narrow, for a tick. */
static void begin_list(struct tb_html *h, const char *const *heads, int n, int box)
{
    tb_html_open(h, "table");
    tb_html_open(h, "tr");
    for (int i = 0; i < n; i++) tb_html_el_as(h, "th", i < box ? NULL : "box", heads[i]);
    tb_html_close_line(h, "tr");
}

static void disaster_head(struct tb_html *h, const struct tb_table *t, tb_minute at,
                          const struct tb_incident *declared)
{
    char date[64], time[64];
    tb_html_begin(h, "ja", "災害時の一枚", false);
    tb_html_style(h, DISASTER_STYLE);
    tb_html_body(h, NULL);
    tb_html_open_as(h, "div", "top");
    tb_html_open(h, "h1");
    tb_html_text(h, "災害時の一枚 ");
    tb_html_elf(h, "small", NULL, "関係者限り　%s %.5s 現在　%s",
                tb_format_date_ja(tb_day_of_minute(at), date, sizeof date),
                tb_format_instant(at, time, sizeof time) + 11,
                declared == NULL       ? "平時に刷ったもの（宣言は toban override disaster）"
                : at < declared->until ? "災害モード宣言中"
                                       : "災害モード【終了未確認】");
    tb_html_close(h, "h1");
    tb_html_open(h, "div");
    tb_html_textf(h, "第%d版 %s　表 %.8s　1/1", t->publication, t->hash, t->digest);
    tb_html_void(h, "br");
    if (declared != NULL)
        tb_html_textf(h, "宣言の期限 %.16s　1時間ごとに見直し",
                      tb_format_instant(declared->until, time, sizeof time));
    tb_html_close(h, "div");
    tb_html_close_line(h, "div");
    tb_html_el(h, "b", "EMIS の情報が優先します。当番は一つずつ電話で確かめるまで「未確認」です。");
    tb_html_line(h);
}

static void base_list(struct tb_html *h, const struct tb_region *r)
{
    part_title(h, "災害拠点病院");
    begin_list(h, (const char *[]){"病院", "電話", "関係者用", "可"}, 4, 3);
    for (int pass = 0; pass < 2; pass++) /* the tertiary centre first */
        for (int i = 0; i < r->n_providers; i++) {
            const struct tb_provider *p = &r->providers[i];
            if (!p->disaster_base || p->tertiary != (pass == 0)) continue;
            tb_html_open(h, "tr");
            name_cell(h, "b", p->name);
            tb_html_el_as(h, "td", "p", p->phone);
            tb_html_el_as(h, "td", "p", p->staff_phone);
            tb_html_el(h, "td", "");
            tb_html_close_line(h, "tr");
        }
    tb_html_close_line(h, "table");
    tb_html_el(h, "p", "受けられないとき: 次の拠点病院 → 県の調整本部（EMIS）");
    tb_html_line(h);
}

static void supplier_list(struct tb_html *h, const struct tb_region *r)
{
    static const char *const what[] = {"酸素", "人工呼吸器", "透析", "電源"};
    part_title(h, "供給会社");
    begin_list(h, (const char *[]){"何を", "会社", "電話", "人数"}, 4, 4);
    for (int i = 0; i < r->n_suppliers; i++) {
        const struct tb_supplier *x = &r->suppliers[i];
        tb_html_open(h, "tr");
        tb_html_el(h, "td", what[x->supplies]);
        name_cell(h, NULL, x->name);
        tb_html_el_as(h, "td", "p", x->phone);
        if (x->count > 0)
            tb_html_elf(h, "td", "n", "%d", x->count);
        else
            tb_html_el(h, "td", "");
        tb_html_close_line(h, "tr");
    }
    tb_html_close_line(h, "table");
}

/* What the sheet is made of. */
struct disaster {
    struct tb_html *h;
    const struct tb_table *t;
    const struct tb_board *b;
    tb_minute at;
    const struct tb_incident *v;
    int n, rows;
};

static const char *state_of(const struct tb_now_seat *x)
{
    return x->closed ? "中止" : x->changes.of[TB_INCIDENT_CONFIRMED] ? "確認済" : "未確認";
}

/* Who is to be asked, and where he is reached: whoever sits there now; of a seat that nobody takes, the
 * office of the body responsible. */
static const char *who_to_ask(const struct tb_region *r, const struct tb_now_seat *x, const char **phone)
{
    int who = x->person >= 0 ? x->person : x->provider;
    if (who < 0) {
        *phone = tb_open_call(r, x->slot)->phone;
        return "調整中";
    }
    const struct tb_provider *p = &r->providers[who];
    *phone = x->changes.of[TB_INCIDENT_PHONE] ? x->phone : *p->staff_phone ? p->staff_phone : p->phone;
    return p->name;
}

static void check_row(struct disaster *x, const struct tb_now_seat *seat)
{
    struct tb_html *h = x->h;
    const struct tb_region *r = x->t->region;
    tb_day date = seat->slot ? seat->slot->date : tb_day_of_minute(seat->from);
    const char *phone, *name = who_to_ask(r, seat, &phone);
    struct tb_buf text = {0};
    rt_hours(seat->from, seat->until, date, &text);
    tb_html_open(h, "tr");
    tb_html_el(h, "td", tb_buf_str(&text));
    tb_html_open(h, "td");
    tb_html_open(h, "b");
    short_name(h, name);
    tb_html_close(h, "b");
    tb_html_text(h, " ");
    tb_html_elf(h, "span", "s", "%s%s%s", r->duties[seat->duty].name, seat->slot ? "" : " 追加",
                seat->slot && seat->slot->role == TB_RESERVE ? " 予備" : "");
    if (seat->instead >= 0) {
        tb_html_open_as(h, "span", "s");
        tb_html_text(h, " 代: ");
        short_name(h, r->providers[seat->instead].name);
        tb_html_close(h, "span");
    }
    tb_html_close(h, "td");
    tb_html_el_as(h, "td", "p", phone);
    tb_html_el(h, "td", state_of(seat));
    for (int k = 0; k < 3; k++) tb_html_el(h, "td", "");
    tb_html_close_line(h, "tr");
    tb_buf_free(&text);
    x->rows++;
}

/* As it stands now where it has begun, and with all that is entered for its hours where it has not. */
static void check_seat(void *arg, int assignment, const struct tb_open_seat *open)
{
    struct disaster *x = arg;
    const struct tb_slot *s = &x->b->slots[open ? open->slot : x->b->a[assignment].slot];
    for (int k = 0; k < s->n_intervals; k++) {
        const struct tb_interval *o = &s->interval[k];
        if (o->to <= x->at || o->from >= x->at + AHEAD) continue;
        const struct tb_now_span span = {o->from > x->at ? o->from : x->at,
                                         o->from > x->at ? o->to : x->at + 1, x->v, x->n};
        struct tb_now_seat seat;
        tb_now_seat_of(x->b, assignment, open, k, &span, &seat);
        check_row(x, &seat);
    }
}

/* Everybody who sits now or within AHEAD minutes, in the order of the seats, and the extra doors of now. */
static void check_list(struct disaster *x)
{
    struct tb_html *h = x->h;
    struct tb_now now;
    part_title(h, "これから16時間の当番: 安否 → 出られるか → 中止");
    begin_list(h, (const char *[]){"時間", "だれ・当番", "電話", "今", "安否", "出務", "中止"}, 7, 4);
    tb_board_walk(x->b, check_seat, x);
    tb_now_of(x->b, x->at, x->v, x->n, &now);
    for (size_t i = 0; i < now.n; i++)
        if (!now.v[i].slot) check_row(x, &now.v[i]);
    tb_now_free(&now);
    if (x->rows == 0) {
        tb_html_open(h, "tr");
        tb_html_open(h, "td");
        tb_html_attr_int(h, "colspan", 7);
        tb_html_text(h, "公表された当番はありません");
        tb_html_close(h, "td");
        tb_html_close_line(h, "tr");
    }
    tb_html_close_line(h, "table");
}

static int in_district(const struct tb_region *r, int area, int count[DEVICES])
{
    int first = -1;
    for (int i = 0; i < r->n_homecares; i++)
        if (r->homecares[i].area == area) {
            count[r->homecares[i].device] = r->homecares[i].count;
            if (first < 0) first = i;
        }
    return first;
}

/* The keepers' telephones, each once; districts name them by number. */
static int keeper_number(const struct tb_region *r, int row)
{
    int n = 0;
    for (int i = 0; i <= row; i++) {
        bool again = false;
        for (int k = 0; k < i; k++)
            again = again || (strcmp(r->homecares[k].keeper, r->homecares[i].keeper) == 0 &&
                              strcmp(r->homecares[k].phone, r->homecares[i].phone) == 0);
        if (!again) n++;
        if (strcmp(r->homecares[i].keeper, r->homecares[row].keeper) == 0 &&
            strcmp(r->homecares[i].phone, r->homecares[row].phone) == 0)
            return n;
    }
    return n;
}

static void counts(struct tb_html *h, const int total[DEVICES])
{
    static const char *const words[DEVICES] = {"合計 呼吸器 ", "　酸素 ", "　透析 "};
    tb_html_open(h, "p");
    for (int k = 0; k < DEVICES; k++) {
        tb_html_text(h, words[k]);
        tb_html_elf(h, "b", NULL, "%d", total[k]);
    }
    tb_html_close_line(h, "p");
}

static void at_home(struct tb_html *h, const struct tb_region *r)
{
    int areas = 0, shown = 0, total[DEVICES] = {0};
    for (int a = 0; a < r->n_areas; a++) areas += in_district(r, a, (int[DEVICES]){0}) >= 0;
    part_title(h, "在宅の人数（だれかは、名簿を持つ所へ電話）");
    tb_html_open_as(h, "div", "two");
    for (int a = 0; a < r->n_areas; a++) {
        int count[DEVICES] = {0}, first = in_district(r, a, count);
        if (first < 0) continue;
        if (shown > 0 && shown == (areas + 1) / 2) tb_html_close_line(h, "table");
        if (shown == 0 || shown == (areas + 1) / 2)
            begin_list(h, (const char *[]){"地区", "呼吸", "酸素", "透析", "名簿"}, 5, 5);
        shown++;
        tb_html_open(h, "tr");
        name_cell(h, NULL, r->areas[a].name);
        for (int k = 0; k < DEVICES; k++) {
            tb_html_elf(h, "td", "n", "%d", count[k]);
            total[k] += count[k];
        }
        tb_html_elf(h, "td", NULL, "%d", keeper_number(r, first));
        tb_html_close_line(h, "tr");
    }
    if (shown > 0) tb_html_close_line(h, "table");
    tb_html_close_line(h, "div");
    counts(h, total);
}

static void keeper_list(struct tb_html *h, const struct tb_region *r)
{
    part_title(h, "名簿を持つ所");
    tb_html_open(h, "table");
    for (int i = 0, last = 0; i < r->n_homecares; i++) {
        int number = keeper_number(r, i);
        if (number <= last) continue;
        last = number;
        tb_html_open(h, "tr");
        tb_html_elf(h, "td", NULL, "%d", number);
        name_cell(h, NULL, r->homecares[i].keeper);
        tb_html_el_as(h, "td", "p", r->homecares[i].phone);
        tb_html_close_line(h, "tr");
    }
    tb_html_close_line(h, "table");
}

static void begin_column(struct tb_html *h)
{
    tb_html_open(h, "div");
    tb_html_line(h);
}

enum tb_code tb_sheet_disaster(const tb_table *t, const struct tb_board *b, tb_minute at,
                               const struct tb_incident *v, int n, struct tb_buf *out, struct tb_err *e)
{
    const struct tb_region *r = t->region;
    if (t->own != NULL || b == NULL)
        return tb_fail(
            e, TB_USAGE, "%s",
            tb_t("災害時の一枚はデータファイルから作ります（写した案内表には当番の人も人数も入っていません）",
                 "the disaster sheet is made from the data file: a copied table has neither the people on "
                 "duty nor the counts"));
    struct tb_html writer = {.out = out}, *h = &writer;
    disaster_head(h, t, at, tb_disaster_at(v, n, at));
    tb_html_open_as(h, "div", "three");
    begin_column(h);
    base_list(h, r);
    supplier_list(h, r);
    keeper_list(h, r);
    tb_html_close(h, "div");
    begin_column(h);
    check_list(&(struct disaster){.h = h, .t = t, .b = b, .at = at, .v = v, .n = n});
    tb_html_close(h, "div");
    begin_column(h);
    at_home(h, r);
    tb_html_close(h, "div");
    tb_html_close_line(h, "div");
    tb_html_open_as(h, "div", "foot");
    tb_html_text(h, rt_use_notice());
    tb_html_text(h, r->regions[0].notice);
    tb_html_close_line(h, "div");
    tb_html_end(h);
    return TB_OK;
}
