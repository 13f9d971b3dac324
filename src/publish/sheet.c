/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/doors.h"

/* A4 within its margins, and parts of fixed height, in millimetres. sheet_html.c's style sheet has the same
 * numbers. */
#define LONG_MM 277.0
#define SHORT_MM 190.0
#define HEADER_MM 18.0
#define EDITION_MM 58.0 /* beside the title */
#define FOOTER_MM 12.5
#define FACT_MM 4.2
#define FACT_PT 8.5
#define TERM_MM 20.0
#define PT_MM 0.3528
#define LINE_HEIGHT 1.3
#define ROW_PAD_MM 1.0
#define CELL_PAD_MM 2.6
#define COLUMNS_MAX 12
#define ROW_MAX_MM 8.5
#define TALL_ROW_MAX_MM 26.0

int tb_sheet_cell(const struct sheet *s, const struct sheet_row *row, const struct sheet_column *column)
{
    const struct tb_board *b = s->b;
    const struct tb_region *r = tb_board_region(b, row->date);
    int end = tb_pub_slot_from(b, row->date + 1);
    for (int k = tb_pub_slot_from(b, row->date); k < end; k++) {
        const struct tb_slot *slot = &b->slots[k];
        if (slot->duty != column->duty || slot->role != column->role ||
            strcmp(r->bands[slot->band].name, row->band) != 0)
            continue;
        if (column->seat > slot->need) return -2;
        int first, n = tb_board_seats(b, k, &first);
        for (int i = first; i < first + n; i++)
            if (b->a[i].seat == column->seat) return i;
        return -1;
    }
    return -2;
}

void tb_sheet_mark(const struct sheet *s, tb_day d, const char **mark, const char **words)
{
    const struct tb_region *r = tb_board_region(s->b, d);
    const char *holiday = tb_region_holiday(r, d), *span = tb_pub_span(r, d);
    int weekday = tb_weekday(d);
    *mark = holiday != NULL ? "祝" : weekday == 0 ? "休" : weekday == 6 ? "土" : span != NULL ? "特" : "";
    *words = holiday != NULL ? holiday : span != NULL ? span : "";
}

/* ---- words ------------------------------------------------------------------------------------------ */

/* Length of the sign that divides a name there, or 0. */
static size_t divider(const char *at)
{
    static const char *const dividers[] = {"（", "(", " ", "　", "・", "：", "／"};
    for (size_t i = 0; i < TB_COUNT(dividers); i++)
        if (strncmp(at, dividers[i], strlen(dividers[i])) == 0) return strlen(dividers[i]);
    return 0;
}

/* Bytes of the beginning that all texts share, up to and with its last divider: 輪番（内科系）,
 * 輪番（外科系） share 輪番（. */
static size_t shared_beginning(const char *const *texts, int n)
{
    size_t same = n > 1 ? strlen(texts[0]) : 0, cut = 0;
    for (int i = 1; i < n; i++) {
        size_t k = 0;
        while (k < same && texts[0][k] == texts[i][k]) k++;
        same = k;
    }
    for (size_t at = 0; at < same; at++) {
        size_t len = divider(texts[0] + at);
        if (len > 0 && at + len <= same) cut = at + len;
    }
    return cut;
}

/* The end that all texts share, from its first divider on: 休日当番医 内科 当番表, 休日当番医 眼科 当番表
 * share " 当番表". */
static const char *shared_ending(const char *const *texts, int n, size_t after)
{
    size_t len = strlen(texts[0]), same = len - after;
    for (int i = 1; i < n; i++) {
        size_t other = strlen(texts[i]), k = 0;
        while (k < same && k < other - after && texts[0][len - 1 - k] == texts[i][other - 1 - k]) k++;
        same = k;
    }
    for (size_t at = len - same; at < len; at++)
        if (divider(texts[0] + at) > 0) return texts[0] + at;
    return "";
}

static const char *title_of(const struct tb_region *r, int duty, struct tb_arena *a)
{
    const struct tb_duty *d = &r->duties[duty];
    return d->title[0] != '\0' ? d->title : tb_arena_printf(a, "%s 当番表", d->name);
}

/* Titles that begin differently: their first words, then the end they share. 病院群輪番・小児救急輪番 当番表.
 */
static const char *joined_title(const struct sheet *s, const char *const *titles)
{
    const char *words = "";
    for (int i = 0; i < s->n_duties; i++) {
        size_t n = 0;
        while (titles[i][n] != '\0' && divider(titles[i] + n) == 0) n++;
        const char *word = tb_arena_strndup(s->arena, titles[i], n);
        if (strstr(words, word) == NULL)
            words = tb_arena_printf(s->arena, "%s%s%s", words, words[0] != '\0' ? "・" : "", word);
    }
    return tb_arena_printf(s->arena, "%s%s", words, shared_ending(titles, s->n_duties, 0));
}

static void name_columns(struct sheet *s)
{
    const struct tb_region *r = s->region;
    const char **titles = tb_arena_alloc(s->arena, sizeof *titles * (size_t)s->n_duties);
    s->heads = tb_arena_alloc(s->arena, sizeof *s->heads * (size_t)s->n_duties);
    bool one_title = true;
    for (int i = 0; i < s->n_duties; i++) {
        titles[i] = title_of(r, s->duties[i], s->arena);
        s->heads[i] = r->duties[s->duties[i]].name;
        one_title &= strcmp(titles[i], titles[0]) == 0;
    }
    size_t cut = shared_beginning(s->heads, s->n_duties);
    for (int i = 0; i < s->n_duties && cut > 0; i++) {
        const char *rest = s->heads[i] + cut;
        size_t n = strlen(rest), close = strlen("）");
        bool closed = n > close && strcmp(rest + n - close, "）") == 0 && strstr(rest, "（") == NULL;
        s->heads[i] = tb_arena_strndup(s->arena, rest, closed ? n - close : n);
    }
    size_t shared = one_title ? 0 : shared_beginning(titles, s->n_duties);
    if (one_title || shared == 0) {
        s->title = one_title ? titles[0] : joined_title(s, titles);
        return;
    }
    char *title = tb_arena_strndup(s->arena, titles[0], shared);
    for (size_t at = 0; title[at] != '\0'; at++)
        if (divider(title + at) > 0 && title[at + divider(title + at)] == '\0') title[at] = '\0';
    s->title = tb_arena_printf(s->arena, "%s%s", title, shared_ending(titles, s->n_duties, shared));
}

/* ---- rows and columns -------------------------------------------------------------------------------- */

static int duty_at(const struct sheet *s, int duty)
{
    for (int i = 0; i < s->n_duties; i++)
        if (s->duties[i] == duty) return i;
    return -1;
}

static int by_start(const void *x, const void *y)
{
    const struct sheet_hours *a = x, *b = y;
    return a->from != b->from ? (a->from < b->from ? -1 : 1) : strcmp(a->text, b->text);
}

static int by_row(const void *x, const void *y)
{
    const struct sheet_row *a = x, *b = y;
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return strcmp(a->band, b->band);
}

static void add_row(struct sheet *s, const struct tb_slot *slot)
{
    const char *band = tb_board_region(s->b, slot->date)->bands[slot->band].name;
    for (int i = 0; i < s->n_rows; i++)
        if (s->rows[i].date == slot->date && strcmp(s->rows[i].band, band) == 0) {
            if (slot->interval[0].from < s->rows[i].from) s->rows[i].from = slot->interval[0].from;
            return;
        }
    s->rows[s->n_rows++] =
        (struct sheet_row){.date = slot->date, .band = band, .from = slot->interval[0].from};
}

static void add_hours(struct sheet *s, const struct tb_slot *slot)
{
    const struct tb_band *band = &tb_board_region(s->b, slot->date)->bands[slot->band];
    struct tb_buf text = {0};
    char at[64];
    tb_buf_addf(&text, "%s ", band->name);
    tb_pub_hours(slot, &text);
    size_t hours = text.len;
    if (tb_pub_reception(slot, &text)) {
        char *reception = tb_arena_strdup(s->arena, text.s + hours);
        text.s[text.len = hours] = '\0';
        tb_buf_addf(&text, "（%s）", reception);
    }
    if (band->handover >= 0)
        tb_buf_addf(&text, " 引き継ぎ %s", tb_format_time_ja(band->handover, at, sizeof at));
    uint64_t bit = UINT64_C(1) << duty_at(s, slot->duty);
    int k = 0;
    while (k < s->n_hours && strcmp(s->hours[k].text, tb_buf_str(&text)) != 0) k++;
    if (k == s->n_hours)
        s->hours[s->n_hours++] = (struct sheet_hours){tb_arena_strdup(s->arena, tb_buf_str(&text)),
                                                      tb_pub_minute_of_day(slot, slot->interval[0].from), 0};
    s->hours[k].duties |= bit;
    tb_buf_free(&text);
}

static void add_columns(struct sheet *s, int duty, const int seats[2])
{
    const struct tb_region *r = s->region;
    bool facility =
        r->duties[duty].site < 0 && !r->duties[duty].at_home && !r->kinds[r->duties[duty].kind].person;
    for (int role = TB_PRIMARY; role <= TB_RESERVE; role++)
        for (int seat = 1; seat <= seats[role]; seat++)
            s->columns[s->n_columns++] = (struct sheet_column){duty, role, seat, facility};
}

/* A fact that several duties share is told once. */
static void add_fact(struct sheet *s, const char *term, const char *text)
{
    for (int i = 0; i < s->n_facts; i++)
        if (strcmp(s->facts[i].term, term) == 0 && strcmp(s->facts[i].text, text) == 0) return;
    if (text[0] != '\0') s->facts[s->n_facts++] = (struct sheet_fact){term, text};
}

static const char *hours_text(const struct sheet *s)
{
    struct tb_buf text = {0};
    for (int i = 0; i < s->n_hours; i++) {
        uint64_t all = (UINT64_C(1) << s->n_duties) - 1;
        tb_buf_addf(&text, "%s%s", i > 0 ? "　" : "", s->hours[i].text);
        for (int k = 0, named = 0; k < s->n_duties && s->hours[i].duties != all; k++)
            if ((s->hours[i].duties >> k & 1) != 0)
                tb_buf_addf(&text, "%s%s", named++ == 0 ? "［" : "・", s->heads[k]);
        if (s->hours[i].duties != all) tb_buf_add(&text, "］");
    }
    const char *kept = tb_arena_strdup(s->arena, tb_buf_str(&text));
    tb_buf_free(&text);
    return kept;
}

/* A sheet hangs on walls: of the numbers in the order of calling only those that are public anyway. */
static bool public_number(const struct tb_region *r, const char *phone)
{
    for (int i = 0; i < r->n_bodies; i++)
        if (strcmp(r->bodies[i].phone, phone) == 0) return true;
    for (int i = 0; i < r->n_providers; i++)
        if (!r->kinds[r->providers[i].kind].person && strcmp(r->providers[i].phone, phone) == 0) return true;
    return false;
}

static const char *contacts_text(const struct sheet *s, int duty)
{
    const struct tb_region *r = s->region;
    const char *text = "";
    for (int i = 0; i < r->n_contacts; i++) { /* in order of rank */
        const struct tb_contact *c = &r->contacts[i];
        if (c->duty != duty) continue;
        bool told = c->phone[0] != '\0' && public_number(r, c->phone);
        text = tb_arena_printf(s->arena, "%s%s%d %s%s%s", text, text[0] != '\0' ? "、" : "", c->rank, c->name,
                               told ? " " : "", told ? c->phone : "");
    }
    return text;
}

static const char *note_text(const struct sheet *s, int duty) { return s->region->duties[duty].note; }

/* What is the same for all duties is told once, what is some duties' own after their names. */
static void add_for_each(struct sheet *s, const char *term,
                         const char *(*of)(const struct sheet *s, int duty))
{
    for (int i = 0; i < s->n_duties; i++) {
        const char *text = of(s, s->duties[i]), *names = "";
        bool all = true, earlier = false;
        for (int k = 0; k < s->n_duties; k++) {
            bool same = strcmp(of(s, s->duties[k]), text) == 0;
            all &= same;
            earlier |= same && k < i;
            if (same)
                names = tb_arena_printf(s->arena, "%s%s%s", names, names[0] != '\0' ? "・" : "", s->heads[k]);
        }
        if (text[0] != '\0' && !earlier)
            add_fact(s, term, all ? text : tb_arena_printf(s->arena, "［%s］%s", names, text));
    }
}

static void list_facts(struct sheet *s)
{
    const struct tb_region *r = s->region;
    s->facts = tb_arena_alloc(s->arena, sizeof *s->facts * (size_t)(4 * s->n_duties + 1));
    for (int i = 0; i < s->n_duties; i++) {
        const struct tb_body *body = &r->bodies[r->duties[s->duties[i]].body];
        add_fact(s, "実施主体",
                 tb_arena_printf(s->arena, "%s%s%s", body->name, body->phone[0] != '\0' ? "　電話 " : "",
                                 body->phone));
    }
    for (int i = 0; i < s->n_duties; i++) {
        if (r->duties[s->duties[i]].site < 0) continue;
        const struct tb_provider *p = &r->providers[r->duties[s->duties[i]].site];
        add_fact(s, "診療場所",
                 tb_arena_printf(s->arena, "%s　%s%s%s", p->name,
                                 tb_sheet_place(s, r->duties[s->duties[i]].site),
                                 p->phone[0] != '\0' ? "　電話 " : "", p->phone));
    }
    add_fact(s, "診療時間", hours_text(s));
    add_for_each(s, "連絡の順", contacts_text);
    add_for_each(s, "注記", note_text);
}

/* Most seats a slot of each duty and role has in the days. */
static void most_seats(const struct tb_board *b, tb_day from, tb_day to, int duty, int seats[2])
{
    int end = tb_pub_slot_from(b, to + 1);
    seats[TB_PRIMARY] = seats[TB_RESERVE] = 0;
    for (int k = tb_pub_slot_from(b, from); k < end; k++)
        if (b->slots[k].duty == duty && b->slots[k].need > seats[b->slots[k].role])
            seats[b->slots[k].role] = b->slots[k].need;
}

static void fill(struct sheet *s, tb_day from, tb_day to)
{
    const struct tb_board *b = s->b;
    int end = tb_pub_slot_from(b, to + 1), start = tb_pub_slot_from(b, from);
    s->rows = tb_arena_alloc(s->arena, sizeof *s->rows * (size_t)(end - start + 1));
    s->hours = tb_arena_alloc(s->arena, sizeof *s->hours * (size_t)(end - start + 1));
    for (int k = start; k < end; k++) {
        if (duty_at(s, b->slots[k].duty) < 0) continue;
        add_row(s, &b->slots[k]);
        add_hours(s, &b->slots[k]);
    }
    qsort(s->rows, (size_t)s->n_rows, sizeof *s->rows, by_row);
    qsort(s->hours, (size_t)s->n_hours, sizeof *s->hours, by_start);
    bool working = false, free = false;
    for (int i = 0; i < s->n_rows; i++) {
        const char *mark, *words;
        tb_sheet_mark(s, s->rows[i].date, &mark, &words);
        *(mark[0] != '\0' ? &free : &working) = true;
        s->bands |= strcmp(s->rows[i].band, s->rows[0].band) != 0;
    }
    s->shaded = working && free;
}

static void count_days(struct sheet *s)
{
    for (int i = 0, first = 0; i < s->n_rows; i++) {
        if (s->rows[i].date != s->rows[first].date) first = i;
        s->rows[i].first_of_day = i == first;
        s->rows[first].rows_of_day = i - first + 1;
    }
}

static int by_int(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

static void list_places(struct sheet *s)
{
    s->places = tb_arena_alloc(s->arena, sizeof *s->places * (size_t)(s->n_rows * s->n_columns + 1));
    int n = 0;
    for (int i = 0; i < s->n_rows; i++)
        for (int c = 0; c < s->n_columns; c++) {
            int a = s->columns[c].facility ? tb_sheet_cell(s, &s->rows[i], &s->columns[c]) : -2;
            if (a >= 0) s->places[n++] = s->b->a[a].provider;
        }
    qsort(s->places, (size_t)n, sizeof *s->places, by_int);
    s->n_places = 0;
    for (int i = 0; i < n; i++)
        if (i == 0 || s->places[i] != s->places[i - 1]) s->places[s->n_places++] = s->places[i];
}

/* ---- does it fit? -------------------------------------------------------------------------------------- */

/* Lines that a text takes in a width, with a little room for lines that may not break where they are full. */
static int lines(const char *text, double pt, double mm)
{
    return text[0] == '\0' ? 0 : 1 + (int)(tb_utf8_width(text) * pt * PT_MM / 2 / (mm * 0.94) - 1e-9);
}

/* Widths of the first columns; the mark stands under the date where the rows are tall anyway. */
static void set_widths(struct sheet *s, double pt)
{
    double em = pt * PT_MM, used;
    int widest = tb_utf8_width("時間帯");
    for (int i = 0; i < s->n_rows; i++) {
        int w = tb_utf8_width(s->rows[i].band);
        if (w > widest) widest = w;
    }
    s->date_mm = 6.5 * em + CELL_PAD_MM;
    s->mark_mm = s->details ? 0 : 7.5 * em + CELL_PAD_MM;
    s->band_mm = s->bands ? widest * em / 2 + CELL_PAD_MM : 0;
    used = s->date_mm + s->mark_mm + s->band_mm;
    s->column_mm = ((s->landscape ? LONG_MM : SHORT_MM) - used) / s->n_columns;
}

static const char *joined(const struct sheet *s, struct tb_buf *departments, const char *address)
{
    const char *text = tb_arena_printf(s->arena, "%s%s%s", tb_buf_str(departments),
                                       departments->len > 0 && *address != '\0' ? "　" : "", address);
    tb_buf_free(departments);
    return text;
}

const char *tb_sheet_where(const struct sheet *s, const struct sheet_row *row,
                           const struct sheet_column *column, int provider)
{
    const struct tb_region *r = tb_board_region(s->b, row->date);
    struct tb_buf departments = {0};
    tb_departments_told(r, column->duty, provider, &departments);
    return joined(s, &departments, r->providers[provider].address);
}

const char *tb_sheet_place(const struct sheet *s, int provider)
{
    const struct tb_provider *p = &s->region->providers[provider];
    struct tb_buf departments = {0};
    for (int i = 0; i < p->specialities.n; i++)
        tb_buf_addf(&departments, "%s%s", i > 0 ? "・" : "",
                    s->region->specialities[p->specialities.v[i]].name);
    return joined(s, &departments, p->address);
}

/* What the table needs in that type: its head, and each row at the least (needs[]). Infinite: a telephone
 * number must stand on one line. */
static double measure_table(struct sheet *s, double pt, double *needs)
{
    double mm = s->column_mm - CELL_PAD_MM, line = pt * PT_MM * LINE_HEIGHT;
    int head = 1;
    if (mm < 7 * pt * 0.9 * PT_MM) return INFINITY;
    for (int i = 0; i < s->n_duties; i++) {
        int n = lines(s->heads[i], pt, mm);
        if (n > head) head = n;
    }
    for (int i = 0; i < s->n_rows; i++) {
        int most = s->details ? 2 : 1;
        for (int c = 0; c < s->n_columns; c++) {
            int a = tb_sheet_cell(s, &s->rows[i], &s->columns[c]);
            if (a < 0) continue;
            const struct tb_provider *p =
                &tb_board_region(s->b, s->rows[i].date)->providers[s->b->a[a].provider];
            int n = lines(tb_pub_name(s->b, a, s->arena), pt, mm);
            if (s->details && s->columns[c].facility)
                n += lines(p->phone, pt * 0.9, mm) +
                     lines(tb_sheet_where(s, &s->rows[i], &s->columns[c], s->b->a[a].provider), pt * 0.9, mm);
            if (n > most) most = n;
        }
        needs[i] = most * line + ROW_PAD_MM;
    }
    return (head + 1) * line + 2 * ROW_PAD_MM;
}

static double facts_mm(const struct sheet *s)
{
    const struct tb_region *r = s->region;
    double width = s->landscape ? LONG_MM : SHORT_MM, list = 0;
    int n = 0;
    for (int i = 0; i < s->n_facts; i++) n += lines(s->facts[i].text, FACT_PT, width - TERM_MM);
    if (!s->details && s->n_places > 0) {
        int columns = s->landscape ? 3 : 2, wrapped = 0;
        for (int i = 0; i < s->n_places; i++) {
            const struct tb_provider *p = &r->providers[s->places[i]];
            double w = (tb_utf8_width(p->name) + tb_utf8_width(p->phone) +
                        tb_utf8_width(tb_sheet_place(s, s->places[i])) + 4) *
                       3.5 * PT_MM;
            wrapped += 1 + (int)(w / (width / columns - 5));
        }
        list = 5 + (wrapped + columns - 1) / columns * 3.5;
    }
    return n * FACT_MM + list;
}

/* Whether the page holds it with rows of row_mm at least. */
static bool fits(const struct sheet *s, double around, double head, const double *needs)
{
    double sum = head;
    for (int i = 0; i < s->n_rows; i++) sum += needs[i] > s->row_mm ? needs[i] : s->row_mm;
    return around + sum <= (s->landscape ? SHORT_MM : LONG_MM);
}

/* The largest type that fits; room that is left goes to the rows. Telephone and address stand in the cell
 * itself where they can be read there, else in a list below the table. */
static bool set_type(struct sheet *s)
{
    static const double least[] = {6.5, 5.5}, most[] = {10.5, 11};
    double *needs = tb_arena_alloc(s->arena, sizeof *needs * (size_t)(s->n_rows + 1));
    s->landscape = s->n_columns > 6;
    for (s->title_pt = 17; s->title_pt > 10; s->title_pt -= 0.5)
        if (tb_utf8_width(s->title) * s->title_pt * PT_MM * 0.55 <=
            (s->landscape ? LONG_MM : SHORT_MM) - EDITION_MM)
            break;
    for (int list = s->n_places > 0 ? 0 : 1; list < 2; list++) {
        s->details = list == 0;
        const double around = HEADER_MM + FOOTER_MM + facts_mm(s);
        for (s->pt = most[list]; s->pt >= least[list]; s->pt -= 0.5) {
            s->row_mm = 0;
            set_widths(s, s->pt);
            const double head = measure_table(s, s->pt, needs);
            if (!fits(s, around, head, needs)) continue;
            s->row_mm = s->details ? TALL_ROW_MAX_MM : ROW_MAX_MM;
            while (s->row_mm > 0 && !fits(s, around, head, needs)) s->row_mm -= 0.1;
            return true;
        }
    }
    s->pt = least[1];
    s->row_mm = 0;
    set_widths(s, s->pt);
    return false;
}

/* ---- which sheets ---- */

/* 令和8年12月; with the days where the sheet is only a part of the month: [from, to] are the days it stands
 * for. */
static const char *span_text(const struct sheet *s, tb_day from, tb_day to)
{
    char text[64], a[64], z[64];
    (void)tb_format_month_ja(from, text, sizeof text);
    if (tb_ymd_of(from).month != tb_ymd_of(to).month)
        return tb_arena_printf(s->arena, "%s～%s", tb_format_date_ja(s->rows[0].date, a, sizeof a),
                               tb_format_date_ja(s->rows[s->n_rows - 1].date, z, sizeof z));
    if (from == tb_month_first(from) && to == tb_month_last(from)) return tb_arena_strdup(s->arena, text);
    return tb_arena_printf(s->arena, "%s（%s～%s）", text, tb_format_md_ja(s->rows[0].date, a, sizeof a),
                           tb_format_md_ja(s->rows[s->n_rows - 1].date, z, sizeof z));
}

/* A sheet that does not fit at the smallest type is cut in two by its days. */
static void give(struct sheet *s, tb_day from, tb_day to, void (*each)(void *arg, const struct sheet *s),
                 void *arg)
{
    list_places(s);
    count_days(s);
    s->span = span_text(s, from, to);
    if (set_type(s) || s->rows[0].date == s->rows[s->n_rows - 1].date) {
        each(arg, s);
        return;
    }
    int cut = s->n_rows / 2;
    while (cut < s->n_rows - 1 && s->rows[cut].date == s->rows[cut - 1].date) cut++;
    struct sheet half = *s;
    half.n_rows = cut;
    give(&half, from, s->rows[cut].date - 1, each, arg);
    half = *s;
    half.rows = s->rows + cut;
    half.n_rows = s->n_rows - cut;
    give(&half, s->rows[cut].date, to, each, arg);
}

static void one_sheet(const struct tb_board *b, const int *duties, int n, tb_day from, tb_day to,
                      void (*each)(void *arg, const struct sheet *s), void *arg)
{
    struct tb_arena arena = {0};
    struct sheet s = {
        .b = b, .region = tb_board_region(b, to), .duties = duties, .n_duties = n, .arena = &arena};
    int all = 0;
    for (int i = 0; i < n; i++) {
        int seats[2];
        most_seats(b, from, to, duties[i], seats);
        all += seats[0] + seats[1];
    }
    s.columns = tb_arena_alloc(&arena, sizeof *s.columns * (size_t)(all + 1));
    for (int i = 0; i < n; i++) {
        int seats[2];
        most_seats(b, from, to, duties[i], seats);
        add_columns(&s, duties[i], seats);
    }
    fill(&s, from, to);
    name_columns(&s);
    list_facts(&s);
    give(&s, from, to, each, arg);
    tb_arena_free(&arena);
}

/* Duties of a group that have slots in the month, on as few sheets as their columns allow. */
static void month_of(const struct tb_board *b, const int *duties, int n, tb_day from, tb_day to,
                     void (*each)(void *arg, const struct sheet *s), void *arg)
{
    int taken[COLUMNS_MAX], k = 0, columns = 0;
    for (int i = 0; i < n; i++) {
        int seats[2];
        most_seats(b, from, to, duties[i], seats);
        int more = seats[0] + seats[1];
        if (more == 0) continue;
        if (k > 0 && (columns + more > COLUMNS_MAX || k == COLUMNS_MAX)) {
            one_sheet(b, taken, k, from, to, each, arg);
            k = columns = 0;
        }
        taken[k++] = duties[i];
        columns += more;
    }
    if (k > 0) one_sheet(b, taken, k, from, to, each, arg);
}

/* Columns from left to right: who has most seats first, the backup last, else in the order of ids. Over the
 * whole board, so that every month has the same order. */
static void order_group(const struct tb_board *b, int *group, int n)
{
    const struct tb_duty *duties = b->region->duties;
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0; k--) {
            int left[2], right[2];
            most_seats(b, b->from, b->to, group[k - 1], left);
            most_seats(b, b->from, b->to, group[k], right);
            int order = duties[group[k - 1]].backup - duties[group[k]].backup;
            if (order == 0) order = right[TB_PRIMARY] - left[TB_PRIMARY];
            if (order <= 0) break;
            int moved = group[k];
            group[k] = group[k - 1];
            group[k - 1] = moved;
        }
}

static void by_month(const struct tb_board *b, const int *duties, int n, tb_day from, tb_day to,
                     void (*each)(void *arg, const struct sheet *s), void *arg)
{
    for (tb_day d = from; d <= to; d = tb_month_last(d) + 1)
        month_of(b, duties, n, d, tb_month_last(d) < to ? tb_month_last(d) : to, each, arg);
}

/* Duties made for a named period (年末年始) have that period on one sheet; all others go by months. */
static void by_period(const struct tb_board *b, const int *duties, int n,
                      void (*each)(void *arg, const struct sheet *s), void *arg)
{
    const struct tb_region *r = b->region;
    tb_day from = b->to + 1, to = b->to;
    for (int i = 0; i < r->n_periods; i++)
        if (strcmp(r->periods[i].id, r->duties[duties[0]].period) == 0 && r->periods[i].from <= b->to &&
            r->periods[i].to >= b->from && r->periods[i].to - r->periods[i].from < 31) {
            from = r->periods[i].from < b->from ? b->from : r->periods[i].from;
            to = r->periods[i].to > b->to ? b->to : r->periods[i].to;
        }
    by_month(b, duties, n, b->from, from - 1, each, arg);
    if (from <= to) month_of(b, duties, n, from, to, each, arg);
    by_month(b, duties, n, to + 1, b->to, each, arg);
}

void tb_sheet_each(const struct tb_board *b, void (*each)(void *arg, const struct sheet *s), void *arg)
{
    const struct tb_region *r = b->region;
    int *group = tb_xmalloc(sizeof *group * (size_t)(b->n_duties + 1));
    for (int i = 0; i < b->n_duties; i++) {
        const char *name = r->duties[b->duties[i]].group;
        int n = 0;
        bool earlier = false;
        for (int k = 0; k < b->n_duties; k++) {
            const char *other = r->duties[b->duties[k]].group;
            if (k != i && (name[0] == '\0' || strcmp(name, other) != 0)) continue;
            earlier |= k < i;
            group[n++] = b->duties[k];
        }
        if (earlier) continue;
        order_group(b, group, n);
        by_period(b, group, n, each, arg);
    }
    free(group);
}
