/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in a letter, line by line. Empty sections are left out.
 */
#include "letter_int.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/address.h"
#include "toban/domain/private.h"

/* ---- lines ------------------------------------------------------------------------------------------ */

static struct letter_line *add(struct letter_lines *out, enum letter_kind kind)
{
    struct letter_line *v = TB_PUSH(out->v, out->n, out->cap);
    *v = (struct letter_line){.kind = kind};
    return v;
}

static void cell(struct letter_line *line, const char *text)
{
    TB_ASSERT(line->n < LETTER_CELLS);
    line->cell[line->n++] = tb_xstrdup(text);
}

TB_PRINTF(3, 4) static void say(struct letter_lines *out, enum letter_kind kind, const char *fmt, ...)
{
    struct tb_buf text = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&text, fmt, ap);
    va_end(ap);
    cell(add(out, kind), tb_buf_str(&text));
    tb_buf_free(&text);
}

static void heads(struct letter_lines *out, const char *const *names, int n)
{
    struct letter_line *v = add(out, LETTER_HEADS);
    for (int i = 0; i < n; i++) cell(v, names[i]);
}

void letter_clear(struct letter_lines *x)
{
    for (size_t i = 0; i < x->n; i++)
        for (int k = 0; k < x->v[i].n; k++) free(x->v[i].cell[k]);
    free(x->v);
    *x = (struct letter_lines){0};
}

size_t letter_table(const struct letter_lines *x, size_t from, int width[LETTER_CELLS], int *columns)
{
    size_t to = from;
    for (int k = 0; k < LETTER_CELLS; k++) width[k] = 0;
    *columns = 0;
    for (; to < x->n && (x->v[to].kind == LETTER_ROW || (to == from && x->v[to].kind == LETTER_HEADS)); to++)
        for (int k = 0; k < x->v[to].n; k++) {
            int w = tb_utf8_width(x->v[to].cell[k]);
            if (w > width[k]) width[k] = w;
            if (k >= *columns) *columns = k + 1;
        }
    return to;
}

/* ---- words ------------------------------------------------------------------------------------------ */

/* 令和8年11月6日: a letter's date has no weekday. */
static void letter_date(tb_day d, struct tb_buf *out)
{
    char text[64];
    tb_format_date_ja(d, text, sizeof text);
    tb_buf_addn(out, text, strcspn(text, "("));
}

/* A facility that opens its own door is told with its telephone. */
static void name_of(const struct tb_letter *x, int duty, int provider, bool phone, struct tb_buf *out)
{
    const struct tb_region *r = x->board->region;
    const struct tb_provider *p = &r->providers[provider];
    tb_buf_add(out, x->outside ? tb_public_name(r, duty, provider) : p->name);
    if (phone && r->duties[duty].site < 0 && !tb_is_person(r, provider) && *p->phone)
        tb_buf_addf(out, " %s", p->phone);
}

static void duty_title(const struct tb_duty *d, struct tb_buf *out)
{
    tb_buf_addf(out, "%s%s", *d->title ? d->title : d->name, *d->title ? "" : " 当番表");
}

/* The board's slot of a seat, NULL: it is gone. */
static const struct tb_slot *slot_of(const struct tb_board *b, const struct tb_seat_row *s)
{
    for (int i = tb_pub_slot_from(b, s->date); i < b->n_slots && b->slots[i].date == s->date; i++)
        if (tb_slot_is(&b->slots[i], s)) return &b->slots[i];
    return NULL;
}

/* 準夜 19:30～23:00, or the band's name alone where the slot is gone. */
static void band_words(const struct tb_region *r, int band, const struct tb_slot *s, struct tb_buf *out)
{
    tb_buf_add(out, r->bands[band].name);
    if (!s) return;
    tb_buf_addc(out, ' ');
    tb_pub_hours(s, out);
}

static bool first_issue(const struct tb_letter *x) { return !x->n_changes && !x->n_facts; }

const char *tb_letter_subject(const struct tb_letter *x)
{
    if (x->provider >= 0) return first_issue(x) ? "当番のお知らせ" : "当番の変更について（通知）";
    if (first_issue(x)) return "当番表の送付について";
    return x->n_changes ? "当番表の変更について（通知）" : "当番表の記載の変更について（通知）";
}

/* ---- head ------------------------------------------------------------------------------------------- */

static void letter_head(const struct tb_letter *x, struct letter_lines *out)
{
    const struct tb_region *r = x->board->region;
    struct tb_buf date = {0};
    letter_date(x->date, &date);
    if (*x->number) say(out, LETTER_RIGHT, "%s", x->number);
    say(out, LETTER_RIGHT, "%s", tb_buf_str(&date));
    say(out, LETTER_TO, "%s　%s", x->to, x->honorific);
    for (int i = 0; i < x->n_senders; i++) {
        const struct tb_body *b = &r->bodies[x->senders[i]];
        say(out, LETTER_RIGHT, "%s", b->name);
        if (*b->signs) say(out, LETTER_RIGHT, "%s", b->signs);
    }
    say(out, LETTER_SUBJECT, "%s", tb_letter_subject(x));
    tb_buf_free(&date);
}

static void letter_greeting(const struct tb_letter *x, struct letter_lines *out)
{
    say(out, LETTER_PARA, "　%s",
        x->provider >= 0 ? "平素より当番の業務にご協力をいただき、厚くお礼申し上げます。"
                         : "平素より救急医療の業務にご理解とご協力をいただき、厚くお礼申し上げます。");
    if (x->provider >= 0)
        say(out, LETTER_PARA, "　%s",
            first_issue(x)
                ? "ご担当いただく当番が下記のとおり決まりましたので、お知らせします。ご都合の悪い日があるとき"
                  "は、お早めにご連絡ください。"
                : "ご担当いただく当番に下記のとおり変更がありましたので、お知らせします。ご不明の点がありまし"
                  "たら、お早めにご連絡ください。");
    else if (first_issue(x))
        say(out, LETTER_PARA, "　当番表を公表しましたので、下記のとおり送付します。ご査収ください。");
    else
        say(out, LETTER_PARA,
            "　先にお知らせした当番表%s%sを下記のとおり変更しましたので、通知します。お手元の当番表をお改めく"
            "ださい。",
            *x->before ? " " : "", x->before);
    say(out, LETTER_MIDDLE, "記");
}

static int add_heading(struct letter_lines *out, int number, const char *text)
{
    say(out, LETTER_HEADING, "%d　%s", number, text);
    return number + 1;
}

/* ---- what changed ------------------------------------------------------------------------------------ */

static const char *const change_heads[] = {"当番日", "時間帯", "役", "変更前", "変更後"};

static void change_row(const struct tb_letter *x, const struct tb_change *c, struct letter_lines *out)
{
    const struct tb_region *r = x->board->region;
    const struct tb_seat_row *s = &c->seat;
    struct tb_buf was = {0}, is = {0}, band = {0};
    char date[64];
    if (s->provider >= 0) name_of(x, s->duty, s->provider, false, &was);
    if (c->after >= 0) name_of(x, s->duty, c->after, true, &is);
    band_words(r, s->band, slot_of(x->board, s), &band);
    struct letter_line *row = add(out, LETTER_ROW);
    cell(row, tb_format_date_ja(s->date, date, sizeof date));
    cell(row, tb_buf_str(&band));
    cell(row, tb_pub_role(&r->duties[s->duty], s->role));
    cell(row, was.len ? was.s : "未定");
    cell(row, is.len ? is.s : slot_of(x->board, s) ? "未定（調整中）" : "取りやめ");
    tb_buf_free(&was);
    tb_buf_free(&is);
    tb_buf_free(&band);
}

/* By duty, each in order of days. */
static int changes_by_duty(const struct tb_letter *x, int number, struct letter_lines *out)
{
    const struct tb_region *r = x->board->region;
    if (!x->n_changes) return number;
    struct tb_buf head = {0};
    tb_buf_addf(&head, "変更する当番（%zu件）", x->n_changes);
    number = add_heading(out, number, tb_buf_str(&head));
    for (int d = 0; d < r->n_duties; d++) {
        bool told = false;
        for (size_t i = 0; i < x->n_changes; i++) {
            if (x->changes[i].seat.duty != d) continue;
            if (!told) {
                say(out, LETTER_GROUP, "%s", r->duties[d].name);
                heads(out, change_heads, TB_COUNT(change_heads));
            }
            told = true;
            change_row(x, &x->changes[i], out);
        }
    }
    tb_buf_free(&head);
    return number;
}

static int changed_facts(const struct tb_letter *x, int number, struct letter_lines *out)
{
    static const char *const names[] = {"事項", "変更前", "変更後", "いつから"};
    if (!x->n_facts) return number;
    number = add_heading(out, number, "変わった記載");
    heads(out, names, TB_COUNT(names));
    for (size_t i = 0; i < x->n_facts; i++) {
        const struct tb_letter_fact *f = &x->facts[i];
        char from[64];
        struct letter_line *row = add(out, LETTER_ROW);
        cell(row, f->what);
        cell(row, *f->was ? f->was : "なし");
        cell(row, *f->is ? f->is : "なし");
        cell(row, f->from == TB_DAY_NONE ? "公表の日" : tb_format_date_ja(f->from, from, sizeof from));
    }
    return number;
}

/* ---- one member's own ------------------------------------------------------------------------------- */

static void own_row(const struct tb_letter *x, const struct tb_seat_row *s, struct letter_lines *out)
{
    const struct tb_region *r = x->board->region;
    struct tb_buf band = {0};
    char date[64];
    band_words(r, s->band, slot_of(x->board, s), &band);
    struct letter_line *row = add(out, LETTER_ROW);
    cell(row, tb_format_date_ja(s->date, date, sizeof date));
    cell(row, r->duties[s->duty].name);
    cell(row, tb_buf_str(&band));
    cell(row, tb_pub_role(&r->duties[s->duty], s->role));
    tb_buf_free(&band);
}

static const char *const own_heads[] = {"当番日", "当番区分", "時間帯", "役"};

/* Seats that he lost, or got, on days that were announced. */
static int own_changes(const struct tb_letter *x, bool lost, int number, struct letter_lines *out)
{
    bool told = false;
    for (size_t i = 0; i < x->n_changes; i++) {
        const struct tb_change *c = &x->changes[i];
        if ((lost ? c->seat.provider : c->after) != x->provider) continue;
        if (!told) {
            number = add_heading(out, number, lost ? "担当から外れた当番" : "新しくお願いする当番");
            heads(out, own_heads, TB_COUNT(own_heads));
        }
        told = true;
        own_row(x, &c->seat, out);
    }
    return number;
}

static int own_fresh(const struct tb_letter *x, int number, struct letter_lines *out)
{
    if (!x->n_fresh) return number;
    number =
        add_heading(out, number, first_issue(x) ? "お願いする当番" : "新たに公表した期間にお願いする当番");
    heads(out, own_heads, TB_COUNT(own_heads));
    for (size_t i = 0; i < x->n_fresh; i++) {
        const struct tb_slot *s = &x->board->slots[x->fresh[i]];
        own_row(x, &(struct tb_seat_row){.duty = s->duty, .date = s->date, .band = s->band, .role = s->role},
                out);
    }
    return number;
}

/* ---- sheets ----------------------------------------------------------------------------------------- */

/* First and last day of the fresh slots of a duty; how many sheets come before it. */
static bool sheet_span(const struct tb_letter *x, int duty, tb_day *from, tb_day *to)
{
    *from = TB_DAY_NONE;
    for (size_t i = 0; i < x->n_fresh; i++) {
        const struct tb_slot *s = &x->board->slots[x->fresh[i]];
        if (s->duty != duty) continue;
        if (*from == TB_DAY_NONE) *from = s->date;
        *to = s->date;
    }
    return *from != TB_DAY_NONE;
}

static void span_words(tb_day from, tb_day to, struct tb_buf *out)
{
    char a[64], z[64];
    tb_buf_add(out, tb_format_date_ja(from, a, sizeof a));
    if (to != from)
        tb_buf_addf(out, "から%s",
                    tb_ymd_of(from).year == tb_ymd_of(to).year ? tb_format_md_ja(to, z, sizeof z)
                                                               : tb_format_date_ja(to, z, sizeof z));
    if (to != from) tb_buf_add(out, "まで");
}

static int list_sheets(const struct tb_letter *x, int number, struct letter_lines *out)
{
    static const char *const names[] = {"別紙", "当番表", "期間"};
    const struct tb_region *r = x->board->region;
    int sheet = 0;
    if (!x->n_fresh) return number;
    number = add_heading(out, number, first_issue(x) ? "送付するもの" : "新たに公表した期間（当番表は別紙）");
    heads(out, names, TB_COUNT(names));
    for (int d = 0; d < r->n_duties; d++) {
        tb_day from, to;
        if (!sheet_span(x, d, &from, &to)) continue;
        struct tb_buf at = {0}, title = {0}, span = {0};
        tb_buf_addf(&at, "別紙%d", ++sheet);
        duty_title(&r->duties[d], &title);
        span_words(from, to, &span);
        struct letter_line *row = add(out, LETTER_ROW);
        cell(row, tb_buf_str(&at));
        cell(row, tb_buf_str(&title));
        cell(row, tb_buf_str(&span));
        tb_buf_free(&at);
        tb_buf_free(&title);
        tb_buf_free(&span);
    }
    return number;
}

/* Who sits in the slot; a seat without anybody is seen. Outside, those who look alike are one. */
static void seated(const struct tb_letter *x, int slot, struct tb_buf *out)
{
    const struct tb_board *b = x->board;
    const struct tb_slot *s = &b->slots[slot];
    int first, n = tb_board_seats(b, slot, &first);
    const char *last = "";
    for (int i = first; i < first + n; i++) {
        const char *name = tb_public_name(b->region, s->duty, b->a[i].provider);
        if (x->outside && strcmp(last, name) == 0) continue;
        last = name;
        if (out->len) tb_buf_add(out, "、");
        name_of(x, s->duty, b->a[i].provider, true, out);
    }
    if (x->outside && n) return;
    for (int i = n; i < s->need; i++) tb_buf_addf(out, "%s未定（調整中）", out->len ? "、" : "");
}

/* Bands and hours of all the duty's slots are the same: said once, above. */
static bool one_band(const struct tb_letter *x, int duty, struct tb_buf *words)
{
    for (size_t i = 0; i < x->n_fresh; i++) {
        const struct tb_slot *s = &x->board->slots[x->fresh[i]];
        if (s->duty != duty) continue;
        struct tb_buf here = {0};
        band_words(x->board->region, s->band, s, &here);
        bool same = !words->len || strcmp(words->s, tb_buf_str(&here)) == 0;
        if (!words->len) tb_buf_add(words, tb_buf_str(&here));
        tb_buf_free(&here);
        if (!same) return false;
    }
    return true;
}

static bool has_reserve(const struct tb_letter *x, int duty)
{
    for (size_t i = 0; i < x->n_fresh; i++) {
        const struct tb_slot *s = &x->board->slots[x->fresh[i]];
        if (s->duty == duty && s->role == TB_RESERVE) return true;
    }
    return false;
}

/* A line for each day and band: who is on duty, and who in reserve, whose slot comes after. */
static void sheet_rows(const struct tb_letter *x, int duty, bool bands, bool reserve,
                       struct letter_lines *out)
{
    const struct tb_board *b = x->board;
    for (size_t i = 0; i < x->n_fresh; i++) {
        const struct tb_slot *s = &b->slots[x->fresh[i]];
        if (s->duty != duty || s->role != TB_PRIMARY) continue;
        struct tb_buf band = {0}, on = {0}, behind = {0};
        char date[64];
        band_words(b->region, s->band, s, &band);
        seated(x, x->fresh[i], &on);
        for (size_t k = i + 1; k < x->n_fresh && b->slots[x->fresh[k]].date == s->date; k++) {
            const struct tb_slot *t = &b->slots[x->fresh[k]];
            if (t->duty == duty && t->band == s->band && t->role == TB_RESERVE)
                seated(x, x->fresh[k], &behind);
        }
        struct letter_line *row = add(out, LETTER_ROW);
        cell(row, tb_format_md_ja(s->date, date, sizeof date));
        if (bands) cell(row, tb_buf_str(&band));
        cell(row, tb_buf_str(&on));
        if (reserve) cell(row, tb_buf_str(&behind));
        tb_buf_free(&band);
        tb_buf_free(&on);
        tb_buf_free(&behind);
    }
}

static void sheets(const struct tb_letter *x, struct letter_lines *out)
{
    const struct tb_region *r = x->board->region;
    for (int d = 0, sheet = 0; d < r->n_duties; d++) {
        struct tb_buf title = {0}, span = {0}, words = {0};
        tb_day from, to;
        if (!sheet_span(x, d, &from, &to)) continue;
        const struct tb_duty *duty = &r->duties[d];
        bool bands = !one_band(x, d, &words), reserve = has_reserve(x, d);
        const char *names[] = {"当番日", bands ? "時間帯" : tb_pub_role(duty, TB_PRIMARY),
                               bands ? tb_pub_role(duty, TB_PRIMARY) : "予備", "予備"};
        span_words(from, to, &span);
        duty_title(duty, &title);
        say(out, LETTER_SHEET, "別紙%d　%s", ++sheet, tb_buf_str(&title));
        say(out, LETTER_LINE, "期間　%s", tb_buf_str(&span));
        if (!bands) say(out, LETTER_LINE, "時間帯　%s", tb_buf_str(&words));
        if (duty->site >= 0) say(out, LETTER_LINE, "場所　%s", r->providers[duty->site].name);
        if (*duty->note) say(out, LETTER_LINE, "注記　%s", duty->note);
        heads(out, names, 2 + bands + reserve);
        sheet_rows(x, d, bands, reserve, out);
        tb_buf_free(&title);
        tb_buf_free(&span);
        tb_buf_free(&words);
    }
}

/* ---- foot ------------------------------------------------------------------------------------------- */

static void edition_line(const struct tb_letter *x, int number, struct letter_lines *out)
{
    struct tb_buf edition = {0};
    char at[64];
    tb_pub_edition(x->board, &edition);
    say(out, LETTER_HEADING, "%d　当番表の版　%s　%s公表", number, tb_buf_str(&edition),
        tb_format_date_ja(tb_day_of_minute(x->board->published_at), at, sizeof at));
    tb_buf_free(&edition);
    say(out, LETTER_RIGHT, "以上");
}

static void contacts(const struct tb_letter *x, struct letter_lines *out)
{
    bool told = false;
    for (int i = 0; i < x->n_senders; i++) {
        const struct tb_body *b = &x->board->region->bodies[x->senders[i]];
        if (!*b->office && !*b->phone && !*b->fax && !*b->mail) continue;
        if (!told) say(out, LETTER_BOX, "お問合せ");
        told = true;
        say(out, LETTER_LINE, "%s%s%s", b->name, *b->office ? "　" : "", b->office);
        if (*b->address) say(out, LETTER_LINE, "%s", b->address);
        struct tb_buf lines = {0};
        if (*b->phone) tb_buf_addf(&lines, "電話 %s", b->phone);
        if (*b->fax) tb_buf_addf(&lines, "%sFAX %s", lines.len ? "　" : "", b->fax);
        if (*b->mail) tb_buf_addf(&lines, "%sメール %s", lines.len ? "　" : "", b->mail);
        if (lines.len) say(out, LETTER_LINE, "%s", lines.s);
        tb_buf_free(&lines);
    }
}

static void receipt(const struct tb_letter *x, struct letter_lines *out)
{
    const struct tb_body *b = &x->board->region->bodies[x->senders[0]];
    say(out, LETTER_BOX, "受領のご確認");
    if (x->way == TB_WAY_MAIL) {
        say(out, LETTER_LINE, "お受け取りになりましたら、お名前を添えてこのメールにご返信ください。");
        return;
    }
    if (*b->fax)
        say(out, LETTER_LINE, "お受け取りになりましたら、この面を FAX %s へご返送ください。", b->fax);
    else
        say(out, LETTER_LINE, "お受け取りになりましたら、この面をご返送ください。");
    say(out, LETTER_LINE, "確認日　　　　月　　　日　　　お名前　＿＿＿＿＿＿＿＿＿＿＿＿");
}

void letter_write(const struct tb_letter *x, struct letter_lines *out)
{
    const char *notice = x->board->region->regions[0].notice;
    int number = 1;
    letter_head(x, out);
    letter_greeting(x, out);
    if (x->provider >= 0) {
        number = own_changes(x, true, number, out);
        number = own_changes(x, false, number, out);
        number = changed_facts(x, number, out);
        number = own_fresh(x, number, out);
    } else {
        number = changes_by_duty(x, number, out);
        number = changed_facts(x, number, out);
        number = list_sheets(x, number, out);
    }
    edition_line(x, number, out);
    contacts(x, out);
    receipt(x, out);
    if (*notice) say(out, LETTER_PARA, "※ %s", notice);
    if (x->provider < 0) sheets(x, out);
}
