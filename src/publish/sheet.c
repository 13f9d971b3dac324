/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

/* A4 within its margins, and parts of fixed height, in millimetres. sheet_html.c's style sheet has the same numbers. */
#define LONG_MM 273.0
#define SHORT_MM 186.0
#define HEADER_MM 25.0
#define FOOTER_MM 14.0
#define FACT_MM 4.9
#define PT_MM 0.3528
#define LINE_HEIGHT 1.3
#define ROW_PAD_MM 1.3
#define CELL_PAD_MM 2.4
#define COLUMNS_MAX 12
#define ROW_MAX_MM 8.5

int tb_sheet_cell(const struct sheet *s, const struct sheet_row *row, const struct sheet_column *column) {
    const struct tb_board *b = s->b;
    int end = tb_pub_slot_from(b, row->date + 1);
    for (int k = tb_pub_slot_from(b, row->date); k < end; k++) {
        const struct tb_slot *slot = &b->slots[k];
        if (slot->duty != column->duty || slot->role != column->role || strcmp(b->region->bands[slot->band].name, row->band) != 0) continue;
        if (column->seat > slot->need) return -2;
        int first, n = tb_board_seats(b, k, &first);
        for (int i = first; i < first + n; i++)
            if (b->a[i].seat == column->seat) return i;
        return -1;
    }
    return -2;
}

void tb_sheet_mark(const struct sheet *s, tb_day d, const char **mark, const char **words) {
    const char *holiday = tb_region_holiday(s->b->region, d), *span = tb_pub_span(s->b->region, d);
    int weekday = tb_weekday(d);
    *mark = holiday != NULL ? "祝" : weekday == 0 ? "休" : weekday == 6 ? "土" : "";
    *words = holiday != NULL ? holiday : span != NULL ? span : "";
}

/* ---- words ------------------------------------------------------------------------------------------ */

/* Bytes of the beginning that all texts share, cut back to the last sign that divides a name: 輪番（内科系）, 輪番（外科系） share 輪番（. */
static size_t shared_beginning(const char *const *texts, int n) {
    static const char *const dividers[] = {"（", "(", " ", "　", "・", "：", "／"};
    size_t same = 0, cut = 0;
    for (int i = 1; i < n; i++) {
        size_t k = 0;
        while (texts[0][k] != '\0' && texts[0][k] == texts[i][k]) k++;
        if (i == 1 || k < same) same = k;
    }
    for (size_t at = 0; at < same; at++)
        for (size_t d = 0; d < TB_COUNT(dividers); d++) {
            size_t len = strlen(dividers[d]);
            if (at + len <= same && strncmp(texts[0] + at, dividers[d], len) == 0) cut = at + len;
        }
    return cut;
}

static const char *title_of(const struct tb_region *r, int duty, struct tb_arena *a) {
    const struct tb_duty *d = &r->duties[duty];
    return d->title[0] != '\0' ? d->title : tb_arena_printf(a, "%s 当番表", d->name);
}

static void name_columns(struct sheet *s) {
    const struct tb_region *r = s->b->region;
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
        s->title = one_title ? titles[0] : tb_arena_printf(s->arena, "%s ほか", titles[0]);
        return;
    }
    char *title = tb_arena_strndup(s->arena, titles[0], shared);
    for (size_t n = strlen(title); n > 0; n = strlen(title)) { /* without the divider itself */
        size_t len = title[n - 1] == ' ' || title[n - 1] == '(' ? 1 : 3;
        if (len == 3 && (n < 3 || (strcmp(title + n - 3, "（") != 0 && strcmp(title + n - 3, "　") != 0 && strcmp(title + n - 3, "・") != 0 &&
                                   strcmp(title + n - 3, "：") != 0 && strcmp(title + n - 3, "／") != 0)))
            break;
        title[n - len] = '\0';
    }
    s->title = title;
}

/* ---- rows and columns -------------------------------------------------------------------------------- */

static int duty_at(const struct sheet *s, int duty) {
    for (int i = 0; i < s->n_duties; i++)
        if (s->duties[i] == duty) return i;
    return -1;
}

static int by_row(const void *x, const void *y) {
    const struct sheet_row *a = x, *b = y;
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return strcmp(a->band, b->band);
}

static void add_row(struct sheet *s, const struct tb_slot *slot) {
    const char *band = s->b->region->bands[slot->band].name;
    for (int i = 0; i < s->n_rows; i++)
        if (s->rows[i].date == slot->date && strcmp(s->rows[i].band, band) == 0) {
            if (slot->interval[0].from < s->rows[i].from) s->rows[i].from = slot->interval[0].from;
            return;
        }
    s->rows[s->n_rows++] = (struct sheet_row){.date = slot->date, .band = band, .from = slot->interval[0].from};
}

static void add_hours(struct sheet *s, const struct tb_slot *slot) {
    const struct tb_band *band = &s->b->region->bands[slot->band];
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
    if (band->handover >= 0) tb_buf_addf(&text, " 引き継ぎ %s", tb_format_time_ja(band->handover, at, sizeof at));
    uint64_t bit = UINT64_C(1) << duty_at(s, slot->duty);
    int k = 0;
    while (k < s->n_hours && strcmp(s->hours[k].text, tb_buf_str(&text)) != 0) k++;
    if (k == s->n_hours) s->hours[s->n_hours++] = (struct sheet_hours){tb_arena_strdup(s->arena, tb_buf_str(&text)), 0};
    s->hours[k].duties |= bit;
    tb_buf_free(&text);
}

static void add_columns(struct sheet *s, int duty, const int seats[2]) {
    const struct tb_region *r = s->b->region;
    bool facility = r->duties[duty].site < 0 && !r->duties[duty].at_home && !r->kinds[r->duties[duty].kind].person;
    for (int role = TB_PRIMARY; role <= TB_RESERVE; role++)
        for (int seat = 1; seat <= seats[role]; seat++) s->columns[s->n_columns++] = (struct sheet_column){duty, role, seat, facility};
}

/* Most seats a slot of each duty and role has in the days. */
static void most_seats(const struct tb_board *b, tb_day from, tb_day to, int duty, int seats[2]) {
    int end = tb_pub_slot_from(b, to + 1);
    seats[TB_PRIMARY] = seats[TB_RESERVE] = 0;
    for (int k = tb_pub_slot_from(b, from); k < end; k++)
        if (b->slots[k].duty == duty && b->slots[k].need > seats[b->slots[k].role]) seats[b->slots[k].role] = b->slots[k].need;
}

static void fill(struct sheet *s, tb_day from, tb_day to) {
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
    bool working = false, free = false;
    for (int i = 0; i < s->n_rows; i++) {
        const char *mark, *words;
        tb_sheet_mark(s, s->rows[i].date, &mark, &words);
        *(mark[0] != '\0' ? &free : &working) = true;
        s->bands |= strcmp(s->rows[i].band, s->rows[0].band) != 0;
    }
    s->shaded = working && free;
}

static void count_days(struct sheet *s) {
    for (int i = 0, first = 0; i < s->n_rows; i++) {
        if (s->rows[i].date != s->rows[first].date) first = i;
        s->rows[i].first_of_day = i == first;
        s->rows[first].rows_of_day = i - first + 1;
    }
}

static int by_int(const void *a, const void *b) { return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b); }

static void list_places(struct sheet *s) {
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
static int lines(const char *text, double pt, double mm) {
    double have = mm * 0.94, want = tb_utf8_width(text) * pt * PT_MM / 2;
    int n = 1;
    while (want > have && n < 40) {
        want -= have;
        n++;
    }
    return text[0] == '\0' ? 0 : n;
}

static double column_mm(const struct sheet *s, double pt) {
    double em = pt * PT_MM, band = 0;
    for (int i = 0; i < s->n_rows && s->bands; i++) {
        double w = tb_utf8_width(s->rows[i].band) * em / 2 + CELL_PAD_MM;
        if (w > band) band = w;
    }
    double date = 6.5 * em + CELL_PAD_MM, mark = 7.5 * em + CELL_PAD_MM;
    return ((s->landscape ? LONG_MM : SHORT_MM) - date - mark - band) / s->n_columns;
}

static double table_mm(const struct sheet *s, double pt, double line) {
    const struct tb_region *r = s->b->region;
    double mm = column_mm(s, pt) - CELL_PAD_MM, sum = 0;
    int head = 1;
    if (mm < 6 * pt * PT_MM) return 1e9; /* a telephone number must stand on one line */
    for (int i = 0; i < s->n_duties; i++) {
        int n = lines(s->heads[i], pt, mm);
        if (n > head) head = n;
    }
    sum += (head + 1) * line + 2 * ROW_PAD_MM;
    for (int i = 0; i < s->n_rows; i++) {
        int most = 1;
        for (int c = 0; c < s->n_columns; c++) {
            int a = tb_sheet_cell(s, &s->rows[i], &s->columns[c]);
            if (a < 0) continue;
            const struct tb_provider *p = &r->providers[s->b->a[a].provider];
            int n = lines(p->name, pt, mm);
            if (s->details && s->columns[c].facility) n += lines(p->phone, pt * 0.9, mm) + lines(p->address, pt * 0.9, mm);
            if (n > most) most = n;
        }
        double row = most * line + ROW_PAD_MM;
        sum += row > s->row_mm ? row : s->row_mm;
    }
    return sum;
}

static double facts_mm(const struct sheet *s) {
    const struct tb_region *r = s->b->region;
    double width = s->landscape ? LONG_MM : SHORT_MM, hours = 0;
    int n = 0;
    for (int i = 0; i < s->n_hours; i++) {
        double one = tb_utf8_width(s->hours[i].text) + 6;
        for (int k = 0; k < s->n_duties; k++)
            if (s->n_duties > 1 && (s->hours[i].duties >> k & 1) != 0) one += tb_utf8_width(s->heads[k]) + 2;
        hours += one;
    }
    n += 1 + (int)(hours * 4.5 * PT_MM * 1.1 / (width - 22));
    for (int k = 0; k < s->n_duties; k++) {
        const struct tb_duty *d = &r->duties[s->duties[k]];
        if (d->site >= 0) n++;
        if (d->note[0] != '\0') n += 1 + (int)(tb_utf8_width(d->note) * 4.5 * PT_MM * 1.1 / (width - 22));
    }
    for (int i = 0; i < r->n_contacts; i++) n += duty_at(s, r->contacts[i].duty) >= 0;
    double list = 0;
    if (!s->details && s->n_places > 0) {
        int columns = s->landscape ? 3 : 2, wrapped = 0;
        for (int i = 0; i < s->n_places; i++) {
            const struct tb_provider *p = &r->providers[s->places[i]];
            double w = (tb_utf8_width(p->name) + tb_utf8_width(p->phone) + tb_utf8_width(p->address) + 4) * 3.5 * PT_MM;
            wrapped += 1 + (int)(w / (width / columns - 5));
        }
        list = 5 + (wrapped + columns - 1) / columns * 3.5;
    }
    return n * FACT_MM + list;
}

static bool fits(const struct sheet *s, double pt, double *spare) {
    double page = s->landscape ? SHORT_MM : LONG_MM;
    *spare = page - HEADER_MM - FOOTER_MM - facts_mm(s) - table_mm(s, pt, pt * PT_MM * LINE_HEIGHT);
    return *spare >= 0;
}

/* The largest type that fits; room that is left goes to the rows. Telephone and address stand in the cell itself where they can be read
 * there, else in a list below the table. */
static bool set_type(struct sheet *s) {
    static const double least[] = {7.5, 5.5};
    double spare;
    s->landscape = s->n_columns > 6;
    for (int list = 0; list < 2; list++) {
        s->details = list == 0 && s->n_places > 0;
        if (list == 0 && s->n_places == 0) continue;
        for (double pt = 10.5; pt >= least[list]; pt -= 0.5) {
            s->row_mm = 0;
            if (!fits(s, pt, &spare)) continue;
            s->pt = pt;
            double row = pt * PT_MM * LINE_HEIGHT + ROW_PAD_MM;
            for (double wider = ROW_MAX_MM; wider > row; wider -= 0.1) {
                s->row_mm = wider;
                if (fits(s, pt, &spare)) return true;
            }
            s->row_mm = row;
            return true;
        }
    }
    s->pt = least[1];
    s->row_mm = 0;
    return false;
}

/* ---- which sheets --------------------------------------------------------------------------------------- */

static const char *span_text(const struct sheet *s, tb_day from, tb_day to) {
    char text[64], a[64], z[64];
    (void)tb_format_date_ja(from, text, sizeof text);
    char *month = strstr(text, "月");
    TB_ASSERT(month != NULL);
    month[strlen("月")] = '\0';
    tb_day first = s->rows[0].date, last = s->rows[s->n_rows - 1].date;
    bool whole = last - first > 20 || (first - from < 7 && to - last < 7);
    if (whole) return tb_arena_strdup(s->arena, text);
    return tb_arena_printf(s->arena, "%s（%s～%s）", text, tb_format_md_ja(first, a, sizeof a), tb_format_md_ja(last, z, sizeof z));
}

/* A sheet that does not fit at the smallest type is cut in two by its days. */
static void give(struct sheet *s, tb_day from, tb_day to, void (*each)(void *arg, const struct sheet *s), void *arg) {
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

static void one_sheet(const struct tb_board *b, const int *duties, int n, tb_day from, tb_day to, void (*each)(void *arg, const struct sheet *s), void *arg) {
    struct tb_arena arena = {0};
    struct sheet s = {.b = b, .duties = duties, .n_duties = n, .arena = &arena};
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
    give(&s, from, to, each, arg);
    tb_arena_free(&arena);
}

/* Duties of a group that have slots in the month, on as few sheets as their columns allow. */
static void month_of(const struct tb_board *b, const int *duties, int n, tb_day from, tb_day to, void (*each)(void *arg, const struct sheet *s), void *arg) {
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

static tb_day month_end(tb_day d) {
    struct tb_ymd c = tb_ymd_of(d);
    return c.month == 12 ? tb_day_of(c.year + 1, 1, 1) - 1 : tb_day_of(c.year, c.month + 1, 1) - 1;
}

void tb_sheet_each(const struct tb_board *b, void (*each)(void *arg, const struct sheet *s), void *arg) {
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
        for (tb_day d = b->from; d <= b->to && !earlier; d = month_end(d) + 1)
            month_of(b, group, n, d, month_end(d) < b->to ? month_end(d) : b->to, each, arg);
    }
    free(group);
}
