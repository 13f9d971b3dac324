/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page that says who is open now: 80 columns by 24 lines for a terminal, or one HTML file without script
 * that states its own age.
 */
#include "people.h"
#include "toban/html/html.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 80, LINES = 24, SOON = 30 };

/* ---- what there is now ---------------------------------------------------------------------- */

static const struct tb_incident *incident_of(const struct tb_table *t, const struct tb_now_page *p,
                                             int service)
{
    for (int i = 0; i < p->n; i++)
        if (p->v[i].from <= p->at && p->at < p->v[i].until &&
            p->v[i].provider == t->services[service].place &&
            (p->v[i].duty < 0 || p->v[i].duty == t->services[service].duty))
            return &p->v[i];
    return NULL;
}

static bool is_open(const struct rt_opening *o, tb_minute at) { return o->from <= at && at < o->to; }

/* Open doors first, then for every duty that has none the next opening within a day. */
static void now_and_next(const struct tb_table *t, int tier, tb_minute at, struct rt_turns *open,
                         struct rt_turns *next)
{
    struct rt_turns all = {0};
    bool *busy = tb_xcalloc((size_t)t->region->n_duties + 1, 1);
    rt_turns_of(t, tier, rt_open_between, at, at + TB_MINUTES_PER_DAY, &all);
    for (size_t i = 0; i < all.n; i++)
        if (t->services[all.v[i].service].kind == RT_DUTY && is_open(&all.v[i].o, at)) {
            *TB_PUSH(open->v, open->n, open->cap) = all.v[i];
            busy[t->services[all.v[i].service].duty] = true;
        }
    for (size_t i = 0; i < all.n; i++)
        if (t->services[all.v[i].service].kind == RT_DUTY && all.v[i].o.from > at &&
            !busy[t->services[all.v[i].service].duty]) {
            *TB_PUSH(next->v, next->n, next->cap) = all.v[i];
            bool more = i + 1 < all.n && all.v[i + 1].o.from == all.v[i].o.from &&
                        t->services[all.v[i + 1].service].duty == t->services[all.v[i].service].duty;
            busy[t->services[all.v[i].service].duty] = !more;
        }
    free(busy);
    rt_turns_free(&all);
}

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

static void turn_line(const struct tb_table *t, const struct tb_now_page *p, const struct rt_turn *x,
                      struct tb_buf *out)
{
    struct tb_buf b = {0};
    const struct tb_duty *d = rt_duty(t, x->service);
    const struct tb_incident *i = incident_of(t, p, x->service);
    char time[64];
    bool open = is_open(&x->o, p->at);
    cell(out,
         open ? x->o.reception < p->at          ? "受付済"
                : x->o.reception - p->at < SOON ? "△まもなく"
                                                : "●"
              : "　次",
         9);
    cell(out, " ", 1);
    tb_buf_addf(&b, "%s ", d->name);
    rt_duty_ages(d, &b);
    cell(out, tb_buf_str(&b), 22);
    cell(out, " ", 1);
    cell(out, rt_place(t, x->service)->name, 20);
    cell(out, " ", 1);
    cell(out, i != NULL && i->kind == TB_INCIDENT_PHONE ? i->phone : rt_place(t, x->service)->phone, 13);
    tb_buf_clear(&b);
    if (i != NULL && i->kind != TB_INCIDENT_PHONE)
        tb_buf_addf(&b, "〔%s〕", tb_incident_rules[i->kind].ja);
    else {
        tb_minute m = open ? x->o.reception : x->o.from;
        tb_buf_addf(&b, "%s%s%.5s%s", open ? "受付" : "",
                    tb_day_of_minute(m) > tb_day_of_minute(p->at) ? "翌" : "",
                    tb_format_instant(m, time, sizeof time) + 11, open ? "" : "から");
    }
    cell(out, " ", 1);
    cell(out, tb_buf_str(&b), 12);
    end_line(out);
    tb_buf_free(&b);
}

static int block(const struct tb_table *t, const struct tb_now_page *p, const struct rt_turns *open,
                 const struct rt_turns *next, int room, struct tb_buf *out)
{
    size_t all = open->n + next->n, shown = all <= (size_t)room ? all : (size_t)room - 1;
    for (size_t i = 0; i < shown; i++)
        turn_line(t, p, i < open->n ? &open->v[i] : &next->v[i - open->n], out);
    if (shown < all)
        tb_buf_addf(out, "　　　　   ほか %zu か所（toban route で地区と診療科から）\n", all - shown);
    return (int)(shown + (shown < all));
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

void tb_now_text(const tb_table *t, const struct tb_now_page *p, struct tb_buf *out)
{
    struct rt_turns open[3] = {{0}}, next[3] = {{0}};
    struct tb_buf b = {0};
    char at[64], day[64], to[64];
    for (int tier = 1; tier <= 2; tier++) now_and_next(t, tier, p->at, &open[tier], &next[tier]);
    tb_format_instant(p->at, at, sizeof at);
    tb_buf_addf(&b, "今の当番 %s %.5s 【%s】第%d版 %.8s %s",
                tb_format_md_ja(tb_day_of_minute(p->at), day, sizeof day), at + 11,
                tb_table_state_word(tb_table_state_at(t, p->at)), t->publication, t->digest,
                tb_format_md_ja(tb_day_of_minute(t->to), to, sizeof to));
    tb_buf_addf(&b, " %.5sまで", tb_format_instant(t->to, to, sizeof to) + 11);
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    tb_buf_clear(&b);
    int used = 0;
    for (const char *s = p->banner; *s != '\0' && used < 2; used++) {
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
    tb_buf_add(out, "-- 一次（軽い人はこちらへ）");
    for (int i = 0; i < WIDTH - 27; i++) tb_buf_addc(out, '-');
    tb_buf_addc(out, '\n');
    int fixed = 1 + used + 1 + 1 + 1 + 1 + 3, room = LINES - fixed, second = (int)(open[2].n + next[2].n),
        low = second < 6 ? second : 6;
    int first = block(t, p, &open[1], &next[1], room - low, out);
    if (first == 0) {
        tb_buf_add(out, rt_consulting_at(t, p->at) ? "　診療時間内です。かかりつけ医・医療情報ネットへ\n"
                                                   : "　開いている所も、一日以内に開く所もありません\n");
        first = 1;
    }
    tb_buf_add(out, "-- 二次（輪番・後方）");
    for (int i = 0; i < WIDTH - 21; i++) tb_buf_addc(out, '-');
    tb_buf_addc(out, '\n');
    int rest = block(t, p, &open[2], &next[2], room - first, out);
    for (int i = first + rest; i < room; i++) tb_buf_addc(out, '\n');
    tb_buf_clear(&b);
    tb_buf_add(&b, "電話相談 ");
    line_rows(t, p->at, &b);
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    int n = 0;
    tb_buf_clear(&b);
    for (int i = 0; i < p->n; i++) {
        if (p->v[i].from > p->at || p->at >= p->v[i].until || p->v[i].provider < 0) continue;
        char until[64];
        tb_buf_addf(&b, "%s%s %s %d分で自動復帰(%.5s)",
                    n++ > 0 ? "、" : "変更: ", tb_incident_rules[p->v[i].kind].ja,
                    t->region->providers[p->v[i].provider].name, (int)(p->v[i].until - p->at),
                    tb_format_instant(p->v[i].until, until, sizeof until) + 11);
    }
    cell(out, n > 0 ? tb_buf_str(&b) : "変更: なし", WIDTH);
    end_line(out);
    tb_buf_clear(&b);
    tb_buf_add(&b, "表 ");
    rt_table_id(t, &b);
    tb_buf_addf(&b, " 作成 %.16s 開始 %.10s", tb_format_instant(t->issued_at, at, sizeof at),
                tb_format_instant(t->from, to, sizeof to));
    cell(out, tb_buf_str(&b), WIDTH);
    end_line(out);
    cell(out, "必ず電話してから。緊急度は人が決めます。この表は診断・治療の判断に使えません。", WIDTH);
    end_line(out);
    for (int tier = 1; tier <= 2; tier++) {
        rt_turns_free(&open[tier]);
        rt_turns_free(&next[tier]);
    }
    tb_buf_free(&b);
}

/* ---- HTML ----------------------------------------------------------------------------------- */

#define NOW_STYLE \
    "body{font:17px/1.35 " \
    "sans-serif;margin:12px;color:#000;background:#fff}h1{font-size:26px;margin:0}h2{font-size:19px;" \
    "margin:14px 0 4px;border-bottom:3px solid #000}" \
    ".age{border:3px solid #000;padding:6px " \
    "10px;font-size:20px}table{border-collapse:collapse;width:100%}td{border-bottom:1px solid " \
    "#888;padding:3px 8px;vertical-align:baseline}" \
    ".name{font-weight:bold}.phone{font:bold 24px monospace;white-space:nowrap}.next td{color:#333}.next " \
    ".name{font-weight:normal}.mark{border:2px solid #000}.u1{border:5px solid " \
    "#000;padding:8px;font-size:22px}" \
    ".warn{border:5px double " \
    "#000;padding:6px;font-weight:bold}footer{font-size:13px;margin-top:14px}\n"

static void turn_row(struct tb_html *h, const struct tb_table *t, const struct tb_now_page *p,
                     const struct rt_turn *x)
{
    const struct tb_duty *d = rt_duty(t, x->service);
    const struct tb_incident *i = incident_of(t, p, x->service);
    bool open = is_open(&x->o, p->at), soon = open && x->o.reception - p->at < SOON;
    tb_minute m = open ? x->o.reception : x->o.from;
    char time[64];
    struct tb_buf ages = {0};
    rt_duty_ages(d, &ages);
    tb_html_open_as(h, "tr", open ? "open" : "next");
    tb_html_el(h, "td",
               !open                    ? "次"
               : x->o.reception < p->at ? "受付済"
               : soon                   ? "△ まもなく終了"
                                        : "● 受付中");
    tb_html_open(h, "td");
    tb_html_textf(h, "%s ", d->name);
    tb_html_el(h, "b", tb_buf_str(&ages));
    tb_html_close(h, "td");
    tb_html_el_as(h, "td", "name", rt_place(t, x->service)->name);
    tb_html_el_as(h, "td", "phone",
                  i != NULL && i->kind == TB_INCIDENT_PHONE ? i->phone : rt_place(t, x->service)->phone);
    tb_html_open(h, "td");
    tb_html_textf(h, "%s%s", open ? "受付 " : "", tb_day_of_minute(m) > tb_day_of_minute(p->at) ? "翌" : "");
    tb_html_elf(h, "b", NULL, "%.5s", tb_format_instant(m, time, sizeof time) + 11);
    tb_html_text(h, open ? " まで" : " から");
    tb_html_close(h, "td");
    if (i != NULL)
        tb_html_elf(h, "td", "mark", "%s %d分で自動復帰 (%.5s)", tb_incident_rules[i->kind].ja,
                    (int)(i->until - p->at), tb_format_instant(i->until, time, sizeof time) + 11);
    tb_html_close_line(h, "tr");
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
    tb_html_void(h, "meta");
    tb_html_attr(h, "http-equiv", "refresh");
    tb_html_attr(h, "content", "60");
    tb_html_line(h);
    tb_html_style(h, NOW_STYLE);
    tb_html_body(h, NULL);
    char at[64], day[64];
    tb_html_elf(h, "h1", NULL, "今の当番　%s %.5s",
                tb_format_date_ja(tb_day_of_minute(p->at), day, sizeof day),
                tb_format_instant(p->at, at, sizeof at) + 11);
    tb_html_line(h);
}

static void age_line(struct tb_html *h, const struct tb_table *t, const struct tb_now_page *p)
{
    char at[64], until[64];
    tb_minute expires = page_expires(t, p);
    tb_format_instant(p->at, at, sizeof at);
    tb_html_open_as(h, "p", "age");
    tb_html_text(h, "この頁は ");
    tb_html_elf(h, "b", NULL, "%.10s %.5s", at, at + 11);
    tb_html_text(h, " に作られ、");
    tb_html_elf(h, "b", NULL, "%.5s", tb_format_instant(expires, until, sizeof until) + 11);
    tb_html_textf(
        h,
        " まで正しい（%d分）。時計がそれを過ぎていたら古い頁です。使わず、作り直すか紙の表を見てください。",
        (int)(expires - p->at));
    tb_html_close_line(h, "p");
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

/* Who is open, tier by tier, then who opens next. */
static void turn_tables(struct tb_html *h, const struct tb_table *t, const struct tb_now_page *p)
{
    static const char *const heads[] = {"", "一次（軽い人はこちらへ）", "二次（輪番・後方支援）"};
    struct rt_turns open[3] = {{0}}, next[3] = {{0}};
    for (int tier = 1; tier <= 2; tier++) {
        now_and_next(t, tier, p->at, &open[tier], &next[tier]);
        tb_html_el(h, "h2", heads[tier]);
        tb_html_line(h);
        tb_html_open(h, "table");
        tb_html_line(h);
        for (size_t k = 0; k < open[tier].n; k++) turn_row(h, t, p, &open[tier].v[k]);
        tb_html_close_line(h, "table");
        if (open[tier].n > 0 || tier != 1) continue;
        tb_html_el(h, "p",
                   rt_consulting_at(t, p->at) ? "診療時間内です。かかりつけ医・医療情報ネットへ。"
                                              : "今開いている一次はありません。");
        tb_html_line(h);
    }
    if (next[1].n + next[2].n > 0) {
        tb_html_el(h, "h2", "次に開く所（24時間以内）");
        tb_html_line(h);
        tb_html_open(h, "table");
        tb_html_line(h);
        for (int tier = 1; tier <= 2; tier++)
            for (size_t k = 0; k < next[tier].n; k++) turn_row(h, t, p, &next[tier].v[k]);
        tb_html_close_line(h, "table");
    }
    for (int tier = 1; tier <= 2; tier++) {
        rt_turns_free(&open[tier]);
        rt_turns_free(&next[tier]);
    }
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
    turn_tables(h, t, p);
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
    tb_html_end(h);
    tb_buf_free(&b);
}
