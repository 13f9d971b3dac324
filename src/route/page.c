/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page that says who is open now: 80 columns by 24 lines for a terminal, or one HTML file without script
 * that states its own age.
 */
#include "now_rows.h"
#include "toban/html/html.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 80, LINES = 24, DUTY_WIDTH = 30, PLACE_WIDTH = 20, PHONE_WIDTH = 13 };

/* ---- text ----------------------------------------------------------------------------------- */

/* Appends at most `width` columns of the text, then blanks up to them. */
static void cell(struct tb_buf *out, const char *text, int width)
{
    int used = 0;
    char c[5];
    while (*text != '\0') {
        size_t n = 1;
        while (n < 4 && (text[n] & 0xc0) == 0x80) n++;
        memcpy(c, text, n);
        c[n] = '\0';
        int w = tb_utf8_width(c);
        if (used + w > width) break;
        tb_buf_addn(out, text, n);
        used += w;
        text += n;
    }
    for (; used < width; used++) tb_buf_addc(out, ' ');
}

static void end_line(struct tb_buf *out)
{
    while (out->len > 0 && out->s[out->len - 1] == ' ') out->s[--out->len] = '\0';
    tb_buf_addc(out, '\n');
}

/* What differs stands first, so that what is cut is what rows share: 内科 15歳以上 急病センター夜間. */
static void duty_cell(const struct tb_duty *d, struct tb_buf *out)
{
    struct tb_buf own = {0}, shared = {0}, ages = {0};
    rt_duty_words(d, &own, &shared);
    rt_duty_ages(d, &ages);
    tb_buf_addf(&own, "%s%s%s%s", ages.len ? " " : "", tb_buf_str(&ages), shared.len ? " " : "",
                tb_buf_str(&shared));
    cell(out, tb_buf_str(&own), DUTY_WIDTH);
    tb_buf_free(&own);
    tb_buf_free(&shared);
    tb_buf_free(&ages);
}

/* ～23:00, 19:30～ */
static void time_cell(const struct rt_now_row *x, tb_minute at, struct tb_buf *out)
{
    if (x->state == RT_NOW_VACANT) return;
    if (x->state != RT_NOW_NEXT) tb_buf_add(out, "～");
    rt_clock_from(x->until, at, out);
    if (x->state == RT_NOW_NEXT) tb_buf_add(out, "～");
}

static void row_line(const struct rt_now_row *x, tb_minute at, struct tb_buf *out)
{
    struct tb_buf time = {0};
    cell(out, rt_now_words[x->state].sign, 2);
    cell(out, " ", 1);
    duty_cell(x->duty, out);
    cell(out, " ", 1);
    cell(out, x->name, PLACE_WIDTH);
    cell(out, " ", 1);
    cell(out, x->phone, PHONE_WIDTH);
    cell(out, " ", 1);
    time_cell(x, at, &time);
    cell(out, tb_buf_str(&time), WIDTH - 6 - DUTY_WIDTH - PLACE_WIDTH - PHONE_WIDTH);
    end_line(out);
    tb_buf_free(&time);
}

static void part_line(int part, struct tb_buf *out)
{
    struct tb_buf b = {0};
    tb_buf_addf(&b, "-- %s", rt_now_parts[part]);
    if (part != RT_NOW_FIRST) tb_buf_addc(&b, ' ');
    if (part == RT_NOW_FIRST)
        for (int s = 0; s < RT_NOW_STATES; s++)
            tb_buf_addf(&b, "%s%s ", rt_now_words[s].sign, rt_now_words[s].ja);
    while (tb_utf8_width(tb_buf_str(&b)) < WIDTH) tb_buf_addc(&b, '-');
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    tb_buf_free(&b);
}

/* The duties of rows that are not shown, each once; those that open next, or the others. */
static int rest_words(const struct rt_now_rows *rows, const bool *shown, bool next, struct tb_buf *line)
{
    enum { MORE = 10 }; /* " ほか12" */
    const struct tb_duty *last = NULL;
    int left_out = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const struct rt_now_row *x = &rows->v[i];
        struct tb_buf own = {0}, shared = {0}, ages = {0};
        if (shown[i] || x->duty == last || (x->state == RT_NOW_NEXT) != next) continue;
        last = x->duty;
        rt_duty_words(x->duty, &own, &shared);
        rt_duty_ages(x->duty, &ages);
        const char *words = own.len ? tb_buf_str(&own) : tb_buf_str(&shared);
        int width = 3 + tb_utf8_width(words) + tb_utf8_width(tb_buf_str(&ages));
        if (tb_utf8_width(tb_buf_str(line)) + width <= WIDTH - MORE)
            tb_buf_addf(line, " %s%s%s", rt_now_words[x->state].sign, words, tb_buf_str(&ages));
        else
            left_out++;
        tb_buf_free(&own);
        tb_buf_free(&shared);
        tb_buf_free(&ages);
    }
    return left_out;
}

/* Those that find no room are named by their duties, open doors before next ones; none is cut inside: how
 * many are not named is said. */
static void rest_line(const struct rt_now_rows *rows, const bool *shown, struct tb_buf *out)
{
    struct tb_buf b = {0};
    int n = 0;
    for (size_t i = 0; i < rows->n; i++) n += !shown[i];
    tb_buf_addf(&b, "ほか%dか所（toban now）:", n);
    int left_out = rest_words(rows, shown, false, &b) + rest_words(rows, shown, true, &b);
    if (left_out) tb_buf_addf(&b, " ほか%d", left_out);
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    tb_buf_free(&b);
}

/* Rows into at most `room` lines: what is open before what opens next, each duty's first door before its
 * second. Returns the lines used. */
static int row_lines(const struct tb_table *t, const struct rt_now_rows *rows, tb_minute at, int room,
                     struct tb_buf *out)
{
    bool *shown = tb_xcalloc(rows->n + 1, 1), parts[RT_NOW_PARTS] = {0};
    int used = 0, all = (int)rows->n, last = -1;
    for (size_t i = 0; i < rows->n; i++) parts[rows->v[i].part] = true;
    parts[RT_NOW_FIRST] = true;
    for (int k = 0; k < RT_NOW_PARTS; k++) used += parts[k];
    bool none = !rows->n || rows->v[0].part != RT_NOW_FIRST;
    used += none;
    int left = all <= room - used ? all : room - used - 1;
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < rows->n && left > 0; i++) {
            bool next = rows->v[i].state == RT_NOW_NEXT,
                 again = i > 0 && rows->v[i - 1].duty == rows->v[i].duty;
            if (shown[i] || (pass == 0 && (next || again)) || (pass == 1 && next)) continue;
            shown[i] = true;
            left--;
            used++;
        }
    if (none) {
        part_line(RT_NOW_FIRST, out);
        last = RT_NOW_FIRST;
        tb_buf_add(out, rt_consulting_at(t, at) ? "　診療時間内です。かかりつけ医・医療情報ネットへ\n"
                                                : "　開いている所も、一日以内に開く所もありません\n");
    }
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->v[i].part != last) part_line(last = rows->v[i].part, out);
        if (shown[i]) row_line(&rows->v[i], at, out);
    }
    bool rest = false;
    for (size_t i = 0; i < rows->n; i++) rest |= !shown[i];
    if (rest) rest_line(rows, shown, out);
    free(shown);
    return used + rest;
}

static void line_rows(const struct tb_table *t, tb_minute at, struct tb_buf *out)
{
    const struct tb_region *r = t->region;
    for (int i = 0; i < r->n_lines && i < 2; i++) {
        bool on = rt_line_at(r, i, at, NULL, NULL);
        tb_buf_addf(out, "%s%s %s%s", i > 0 ? "   " : "", r->lines[i].phone, r->lines[i].name,
                    on ? "" : "（時間外）");
    }
}

static void head_lines(const struct tb_table *t, const struct tb_now_page *p, int *used, struct tb_buf *out)
{
    struct tb_buf b = {0};
    char at[64], day[64], to[64];
    tb_format_instant(p->at, at, sizeof at);
    tb_buf_addf(&b, "今の当番 %s %.5s 【%s】第%d版 %.8s %s",
                tb_format_md_ja(tb_day_of_minute(p->at), day, sizeof day), at + 11,
                tb_table_state_word(tb_table_state_at(t, p->at)), t->publication, t->digest,
                tb_format_md_ja(tb_day_of_minute(t->to), to, sizeof to));
    tb_buf_addf(&b, " %.5sまで", tb_format_instant(t->to, to, sizeof to) + 11);
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    *used = 1;
    for (const char *s = p->banner; *s != '\0' && *used < 3; ++*used) {
        size_t n = strcspn(s, "\n");
        tb_buf_clear(&b);
        tb_buf_add(&b, "！");
        tb_buf_addn(&b, s, n);
        cell(out, tb_buf_str(&b), WIDTH);
        end_line(out);
        s += n + (s[n] == '\n');
    }
    tb_buf_clear(&b);
    tb_buf_add(&b, "■ 119 ");
    for (int s = 0; s < t->n_services; s++)
        if (t->services[s].kind == RT_TERTIARY)
            tb_buf_addf(&b, " 救命救急センター %s %s", rt_place(t, s)->name, rt_place(t, s)->phone);
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    ++*used;
    tb_buf_free(&b);
}

/* What was entered, by name, with its end. */
static void changes_line(const struct tb_table *t, const struct tb_now_page *p, struct tb_buf *out)
{
    struct tb_buf b = {0};
    int n = 0;
    for (int i = 0; i < p->n; i++) {
        const struct tb_incident *x = &p->v[i];
        if (!tb_incident_acts(x, p->at, p->at + 1) || x->provider < 0) continue;
        tb_buf_addf(&b, "%s%s %s", n++ > 0 ? "、" : "変更: ", tb_incident_rules[x->kind].ja,
                    t->shown[x->provider].name);
        if (x->kind == TB_INCIDENT_SUBSTITUTE && x->other >= 0)
            tb_buf_addf(&b, "→%s", t->shown[x->other].name);
        tb_buf_addc(&b, ' ');
        rt_clock_from(x->until, p->at, &b);
        tb_buf_add(&b, "まで");
    }
    cell(out, n > 0 ? tb_buf_str(&b) : "変更: なし", WIDTH);
    end_line(out);
    tb_buf_free(&b);
}

void tb_now_text(const tb_table *t, const struct tb_now_page *p, struct tb_buf *out)
{
    struct rt_now_rows rows = {0};
    struct tb_buf b = {0};
    char at[64], from[64];
    int used;
    rt_now_rows_of(t, p, &rows);
    head_lines(t, p, &used, out);
    int room = LINES - used - 4; /* the four lines below */
    for (int i = row_lines(t, &rows, p->at, room, out); i < room; i++) tb_buf_addc(out, '\n');
    tb_buf_add(&b, "電話相談 ");
    line_rows(t, p->at, &b);
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    changes_line(t, p, out);
    tb_buf_clear(&b);
    tb_buf_add(&b, "表 ");
    rt_table_id(t, &b);
    tb_buf_addf(&b, " 作成 %.16s 開始 %.10s", tb_format_instant(t->issued_at, at, sizeof at),
                tb_format_instant(t->from, from, sizeof from));
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    cell(out, "必ず電話してから。緊急度は人が決めます。この表は診断・治療の判断に使えません。", WIDTH);
    end_line(out);
    rt_now_rows_free(&rows);
    tb_buf_free(&b);
}

/* ---- HTML ----------------------------------------------------------------------------------- */

/* A row is a grid: in one line on a desk, in three on a telephone. Signs and words carry the state, not
 * colour: the page is printed black and white. */
#define NOW_STYLE \
    "*{box-sizing:border-box}body{font:17px/1.4 " \
    "sans-serif;margin:0;padding:12px;color:#000;background:#fff}" \
    "main{max-width:1200px;margin:0 auto}h1{font-size:26px;line-height:1.2;margin:0 0 8px}" \
    "h2{font-size:19px;margin:16px 0 0;border-bottom:3px solid #000}" \
    ".age{border:3px solid #000;padding:6px 10px;margin:8px 0}" \
    ".again{display:inline-block;border:2px solid #000;border-radius:4px;padding:6px " \
    "18px;margin:0 0 0 8px;color:#000;font-weight:bold;text-decoration:none;background:#eee}" \
    ".u1{border:5px solid #000;padding:8px;font-size:20px;margin:8px 0}" \
    ".warn{border:5px double #000;padding:6px;font-weight:bold;white-space:pre-line}" \
    "ul{list-style:none;margin:0;padding:0}" \
    "li{display:grid;grid-template-columns:8.5em minmax(0,1.1fr) minmax(0,1.2fr) 9.5em 8em;column-gap:12px;" \
    "align-items:baseline;border-bottom:1px solid #777;padding:4px 2px;break-inside:avoid}" \
    ".shut .name,.shut .phone{text-decoration:line-through}.next .name,.next .state{font-weight:normal}" \
    ".state,.name{font-weight:bold}.duty b{border:1px solid #000;padding:0 4px;white-space:nowrap}" \
    ".duty small,.address{display:block;font-size:14px;font-weight:normal}.phone{font:bold 20px " \
    "monospace;white-space:nowrap;" \
    "color:#000;text-decoration:none}.mark{grid-column:1/-1;border:2px solid #000;padding:0 6px;margin:2px " \
    "0}" \
    "footer{font-size:13px;margin-top:14px}" \
    "@media(max-width:720px){li{grid-template-columns:minmax(0,1fr) auto;padding:8px 2px}" \
    ".duty{grid-column:1/-1;grid-row:1}.state{grid-row:3}.name{grid-column:1/-1;grid-row:2;font-size:19px}" \
    ".phone{grid-row:4;grid-column:1/-1;font-size:24px;padding:4px 0}.when{grid-row:3;text-align:right}" \
    ".again{display:block;text-align:center;margin:8px 0 0}}" \
    "@media print{.again{display:none}body{font-size:12px;padding:0}li{padding:1px " \
    "2px}.phone{font-size:15px}" \
    "h1{font-size:19px}h2{font-size:14px;margin-top:8px}.u1{font-size:15px;border-width:3px}" \
    ".duty small,.address{font-size:10px;display:inline}.age{border-width:2px}}\n"

static const char *const row_classes[RT_NOW_STATES] = {
    [RT_NOW_OPEN] = "open", [RT_NOW_CLOSING] = "open",  [RT_NOW_FULL] = "open",
    [RT_NOW_SHUT] = "shut", [RT_NOW_VACANT] = "vacant", [RT_NOW_NEXT] = "next"};

static void row_when(struct tb_html *h, const struct rt_now_row *x, tb_minute at)
{
    struct tb_buf time = {0};
    rt_clock_from(x->until, at, &time);
    tb_html_open_as(h, "span", "when");
    if (x->state == RT_NOW_VACANT)
        tb_html_text(h, "電話で確認");
    else {
        if (x->state != RT_NOW_NEXT && x->state != RT_NOW_SHUT) tb_html_text(h, "受付 ");
        tb_html_el(h, "b", tb_buf_str(&time));
        tb_html_text(h, x->state == RT_NOW_NEXT ? " から" : " まで");
    }
    tb_html_close(h, "span");
    tb_buf_free(&time);
}

static void row_phone(struct tb_html *h, const char *phone)
{
    tb_html_open_as(h, "span", "number");
    if (*phone) {
        tb_html_open_as(h, "a", "phone");
        tb_html_attrf(h, "href", "tel:%s", phone);
        tb_html_text(h, phone);
        tb_html_close(h, "a");
    }
    tb_html_close(h, "span");
}

static void row_item(struct tb_html *h, const struct rt_now_row *x, tb_minute at)
{
    struct tb_buf own = {0}, shared = {0}, ages = {0};
    rt_duty_words(x->duty, &own, &shared);
    rt_duty_ages(x->duty, &ages);
    tb_html_open_as(h, "li", row_classes[x->state]);
    tb_html_elf(h, "span", "state", "%s %s", rt_now_words[x->state].sign, rt_now_words[x->state].ja);
    tb_html_open_as(h, "span", "duty");
    tb_html_textf(h, "%s ", tb_buf_str(&own));
    if (x->duty->tier) tb_html_el(h, "b", ages.len ? ages.s : "全年齢");
    if (shared.len) tb_html_el(h, "small", shared.s);
    tb_html_close(h, "span");
    tb_html_open_as(h, "span", "name");
    tb_html_text(h, x->name);
    if (*x->address) tb_html_el_as(h, "span", "address", x->address);
    tb_html_close(h, "span");
    row_phone(h, x->phone);
    row_when(h, x, at);
    if (*x->mark) tb_html_el_as(h, "span", "mark", x->mark);
    tb_html_close_line(h, "li");
    tb_buf_free(&own);
    tb_buf_free(&shared);
    tb_buf_free(&ages);
}

/* How long what the page says holds: the table's next change, or the end of what was put on top of it. */
static tb_minute page_expires(const struct tb_table *t, const struct tb_now_page *p)
{
    tb_minute expires = t->to;
    int i = rt_interval_at(t, p->at);
    if (i + 1 < t->n_bounds) expires = t->bounds[i + 1];
    for (int k = 0; k < p->n; k++)
        if (p->v[k].until > p->at && p->v[k].until < expires) expires = p->v[k].until;
    return expires;
}

static void now_head(struct tb_html *h, const struct tb_now_page *p)
{
    tb_html_begin(h, "ja", "今の当番", true);
    tb_html_style(h, NOW_STYLE);
    tb_html_body(h, NULL);
    char at[64], day[64];
    tb_html_open(h, "main");
    tb_html_line(h);
    tb_html_elf(h, "h1", NULL, "今の当番　%s %.5s",
                tb_format_date_ja(tb_day_of_minute(p->at), day, sizeof day),
                tb_format_instant(p->at, at, sizeof at) + 11);
    tb_html_line(h);
}

static void age_line(struct tb_html *h, const struct tb_table *t, const struct tb_now_page *p)
{
    char at[64], until[64];
    tb_minute expires = page_expires(t, p);
    struct tb_buf end = {0};
    tb_format_instant(p->at, at, sizeof at);
    rt_clock_from(expires, p->at, &end);
    tb_html_open_as(h, "p", "age");
    tb_html_text(h, "この頁は ");
    tb_html_elf(h, "b", NULL, "%.5s", at + 11);
    tb_html_textf(h, "（%s）に作られ、", tb_format_md_ja(tb_day_of_minute(p->at), until, sizeof until));
    tb_html_el(h, "b", tb_buf_str(&end));
    tb_html_text(h, " まで正しい。時計がそれを過ぎていたら使わず、更新するか紙の表を見てください。");
    tb_html_open_as(h, "a", "again");
    tb_html_attr(h, "href", "");
    tb_html_text(h, "更新");
    tb_html_close(h, "a");
    tb_html_close_line(h, "p");
    tb_buf_free(&end);
}

static void emergency_line(struct tb_html *h, const struct tb_table *t)
{
    tb_html_open_as(h, "p", "u1");
    tb_html_el(h, "b", "119");
    tb_html_text(h, "　");
    for (int s = 0; s < t->n_services; s++)
        if (t->services[s].kind == RT_TERTIARY) {
            tb_html_textf(h, "救命救急センター %s ", rt_place(t, s)->name);
            tb_html_el(h, "b", rt_place(t, s)->phone);
            tb_html_text(h, "　");
        }
    tb_html_close_line(h, "p");
}

/* Part by part: who is open, then who opens next. */
static void row_lists(struct tb_html *h, const struct tb_table *t, const struct tb_now_page *p)
{
    struct rt_now_rows rows = {0};
    rt_now_rows_of(t, p, &rows);
    for (int part = 0; part < RT_NOW_PARTS; part++) {
        int n = 0, open = 0;
        for (size_t i = 0; i < rows.n; i++) {
            n += rows.v[i].part == part;
            open += rows.v[i].part == part && rows.v[i].state <= RT_NOW_FULL;
        }
        if (!n && part != RT_NOW_FIRST) continue;
        tb_html_el(h, "h2", rt_now_parts[part]);
        tb_html_line(h);
        if (part == RT_NOW_FIRST && !open) {
            tb_html_el(h, "p",
                       rt_consulting_at(t, p->at) ? "診療時間内です。かかりつけ医・医療情報ネットへ。"
                                                  : "今開いている一次はありません。");
            tb_html_line(h);
        }
        if (!n) continue;
        tb_html_open(h, "ul");
        tb_html_line(h);
        for (size_t i = 0; i < rows.n; i++)
            if (rows.v[i].part == part) row_item(h, &rows.v[i], p->at);
        tb_html_close_line(h, "ul");
    }
    rt_now_rows_free(&rows);
}

void tb_now_html(const tb_table *t, const struct tb_now_page *p, struct tb_buf *out)
{
    struct tb_html writer = {.out = out}, *h = &writer;
    struct tb_buf b = {0};
    now_head(h, p);
    age_line(h, t, p);
    if (*p->banner != '\0') {
        tb_html_el_as(h, "p", "warn", p->banner);
        tb_html_line(h);
    }
    emergency_line(h, t);
    row_lists(h, t, p);
    tb_html_el(h, "h2", "電話相談");
    tb_html_line(h);
    line_rows(t, p->at, &b);
    tb_html_el(h, "p", tb_buf_str(&b));
    tb_html_line(h);
    tb_buf_clear(&b);
    rt_edition(t, &b);
    tb_html_open(h, "footer");
    tb_html_textf(h, "【%s】 %s", tb_table_state_word(tb_table_state_at(t, p->at)), tb_buf_str(&b));
    tb_html_void(h, "br");
    tb_html_text(h, rt_use_notice());
    tb_html_text(h, t->region->regions[0].notice);
    tb_html_close_line(h, "footer");
    tb_html_close_line(h, "main");
    tb_html_end(h);
    tb_buf_free(&b);
}
