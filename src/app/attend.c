/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was done in the published seats.
 */
#include "toban/app/attend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/said.h"

#include "app_int.h"
#include "toban/codec/codec.h"
#include "toban/app/hand.h"
#include "toban/base/csv.h"

/* ---- entering ---------------------------------------------------------------------------------- */

struct entering {
    const struct tb_app *app;
    tb_store *s;
    const struct tb_region *r;
    struct tb_board *board;
    tb_minute now;
};

static enum tb_code begin(const struct tb_app *app, struct entering *x, struct tb_region **r,
                          struct tb_err *e)
{
    *x = (struct entering){.app = app, .now = tb_clock_now(&app->clock)};
    enum tb_code c = app_begin(app, &x->s, r, e);
    if (c) {
        x->s = NULL;
        return c;
    }
    x->r = *r;
    c = app_board(x->s, *r, 0, TB_DAY_NONE, TB_DAY_NONE, &x->board, e);
    return c;
}

static enum tb_code end(struct entering *x, struct tb_region *r, const char *what, enum tb_code c,
                        struct tb_err *e)
{
    if (!x->s) return c;
    if (c == TB_OK && what) c = tb_store_audit(x->s, x->now, x->app->actor.name, "attend", what, e);
    c = app_commit(x->s, c, e);
    tb_board_free(x->board);
    tb_region_free(r);
    return c;
}

/* The assignment meant: whose seat it is. */
static enum tb_code find_seat(const struct entering *x, const struct tb_attend_cells *cells,
                              struct tb_seat_row *seat, int *at, struct tb_err *e)
{
    enum tb_code c = app_seat_row(x->r, cells->seat, seat, e);
    if (c) return c;
    struct tb_buf there = {0};
    int n = 0;
    *at = -1;
    for (int i = 0; i < x->board->n; i++) {
        const struct tb_slot *slot = &x->board->slots[x->board->a[i].slot];
        if (slot->duty != seat->duty || slot->date != seat->date || slot->band != seat->band ||
            slot->role != seat->role)
            continue;
        const char *id = x->r->providers[x->board->a[i].provider].id;
        tb_buf_addf(&there, "%s%s", there.len ? ", " : "", id);
        if (cells->seated && strcmp(cells->seated, id) != 0) continue;
        *at = i;
        n++;
    }
    if (n > 1)
        c = tb_fail(e, TB_USAGE,
                    tb_t("席「%s」には %s がいます。--seated で選びます",
                         "in seat \"%s\" sit %s; choose with --seated"),
                    cells->seat, there.s);
    else if (!n)
        c = cells->seated ? tb_fail(e, TB_REFUSED,
                                    tb_t("席「%s」に %s は公表されていません（公表: %s）",
                                         "%2$s does not sit in seat \"%1$s\" as published (there: %3$s)"),
                                    cells->seat, cells->seated, there.len ? there.s : "-")
                          : tb_fail(e, TB_REFUSED,
                                    tb_t("席「%s」に公表された当番はありません",
                                         "nobody sits in seat \"%s\" as published"),
                                    cells->seat);
    tb_buf_free(&there);
    if (c) return c;
    const struct tb_slot *slot = &x->board->slots[x->board->a[*at].slot];
    char t[64];
    seat->provider = x->board->a[*at].provider;
    if (slot->interval[0].from > x->now)
        return tb_fail(e, TB_REFUSED,
                       tb_t("席「%s」の当番はまだ始まっていません（%.16s から）",
                            "the duty of seat \"%s\" has not begun (from %.16s)"),
                       cells->seat, tb_format_instant(slot->interval[0].from, t, sizeof t));
    return TB_OK;
}

static enum tb_code read_number(const char *text, const char *name, int64_t *out, struct tb_err *e)
{
    *out = -1;
    if (!text || tb_parse_int(text, 0, 100000, out)) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("%s「%s」: 0 以上の整数です", "%s \"%s\": a whole number from 0"), name,
                   text);
}

static enum tb_code read_hour(const char *text, const char *name, tb_day date, tb_minute *out,
                              struct tb_err *e)
{
    int minute;
    *out = TB_NEVER;
    if (!text) return TB_OK;
    if (tb_said_time(text, &minute))
        return tb_fail(e, TB_USAGE,
                       tb_t("%s「%s」: 19:30、25:10、翌1:10 のように書きます",
                            "%s \"%s\": write it as 19:30, or 25:10 after midnight"),
                       name, text);
    *out = tb_minute_of(date, minute);
    return TB_OK;
}

static enum tb_code read_cells(const struct entering *x, const struct tb_attend_cells *cells, int at,
                               struct tb_attendance *out, struct tb_err *e)
{
    int seated = out->seat.provider, named = x->board->person[at];
    out->came = named >= 0 ? named : seated;
    if (cells->came && strcmp(cells->came, TB_NOBODY) == 0)
        out->came = -1;
    else if (cells->came) {
        enum tb_code c = tb_app_provider(x->r, cells->came, &out->came, e);
        if (c) return c;
    }
    enum tb_code c = read_hour(cells->from, "from", out->seat.date, &out->from, e);
    if (c == TB_OK) c = read_hour(cells->to, "to", out->seat.date, &out->to, e);
    if (c == TB_OK) c = read_number(cells->patients, "patients", &out->patients, e);
    if (c == TB_OK) c = read_number(cells->referred, "referred", &out->referred, e);
    if (c == TB_OK) c = read_number(cells->light, "light", &out->light, e);
    if (c) return c;
    if ((out->from == TB_NEVER) != (out->to == TB_NEVER) || (out->from != TB_NEVER && out->from >= out->to))
        return tb_fail(e, TB_USAGE,
                       tb_t("時間は from と to の両方で、from が先です",
                            "hours need both from and to, and from is the earlier"));
    if (out->referred > out->patients || out->light > out->patients)
        return tb_fail(
            e, TB_USAGE,
            tb_t("紹介 %lld 人・軽症 %lld 人は患者 %lld 人を超えられません（-1 は未記入）",
                 "referred %lld and light %lld cannot be more than the patients %lld (-1: not told)"),
            (long long)out->referred, (long long)out->light, (long long)out->patients);
    if (out->came < 0 && (out->patients > 0 || out->from != TB_NEVER))
        return tb_fail(e, TB_USAGE,
                       tb_t("だれも来なかった席に患者や時間は書けません",
                            "a seat nobody served has no patients and no hours"));
    return TB_OK;
}

static void number_words(const char *name, int64_t v, struct tb_buf *out)
{
    if (v >= 0) tb_buf_addf(out, " %s=%lld", name, (long long)v);
}

/* "came=p1 patients=14" */
static void record_words(const struct tb_region *r, const struct tb_attendance *v, struct tb_buf *out)
{
    char t[64];
    tb_buf_addf(out, "came=%s", v->came < 0 ? TB_NOBODY : r->providers[v->came].id);
    if (v->from != TB_NEVER) tb_buf_addf(out, " from=%.16s", tb_format_instant(v->from, t, sizeof t));
    if (v->to != TB_NEVER) tb_buf_addf(out, " to=%.16s", tb_format_instant(v->to, t, sizeof t));
    number_words("patients", v->patients, out);
    number_words("referred", v->referred, out);
    number_words("light", v->light, out);
}

/* The line of the trail: seat, whose; what stood there, what stands there; why. */
static enum tb_code tell_record(const struct entering *x, const char *seat, const struct tb_attendance *was,
                                const struct tb_attendance *is, struct tb_err *e)
{
    struct tb_buf words = {0};
    tb_buf_addf(&words, "%s %s: ", seat, x->r->providers[is->seat.provider].id);
    if (was) record_words(x->r, was, &words);
    if (was) tb_buf_add(&words, " -> ");
    if (is->taken_back)
        tb_buf_add(&words, "-");
    else
        record_words(x->r, is, &words);
    if (*is->reason) tb_buf_addf(&words, ": %s", is->reason);
    enum tb_code c = tb_store_audit(x->s, x->now, x->app->actor.name, "attend", words.s, e);
    tb_buf_free(&words);
    return c;
}

static bool same(const struct tb_attendance *a, const struct tb_attendance *b)
{
    return a->came == b->came && a->from == b->from && a->to == b->to && a->patients == b->patients &&
           a->referred == b->referred && a->light == b->light;
}

/* What stands there was entered by somebody, perhaps after the one who now writes had looked. */
static enum tb_code has_record(const struct entering *x, const char *seat, const struct tb_attendance *k,
                               struct tb_err *e)
{
    char at[64], patients[32] = "-";
    if (k->patients >= 0) snprintf(patients, sizeof patients, "%lld", (long long)k->patients);
    return tb_fail(
        e, TB_REFUSED,
        tb_t("席「%s」にはもう記録があります（%s が %.16s に: 来たのは %s、患者 "
             "%s）。直すなら理由が要ります（reason）",
             "seat \"%s\" has a record already (by %s at %.16s: %s came, patients %s); to correct it say why "
             "(reason)"),
        seat, k->by, tb_format_instant(k->at, at, sizeof at),
        k->came >= 0 ? x->r->providers[k->came].id : TB_NOBODY, patients);
}

static enum tb_code no_record(const struct entering *x, const char *text, const struct tb_seat_row *seat,
                              struct tb_err *e)
{
    struct tb_attendance last;
    char at[64];
    enum tb_code c = tb_store_attended_last(x->s, x->r, seat, &last, e);
    if (c) return c;
    c = last.id
            ? tb_fail(e, TB_REFUSED,
                      tb_t("席「%s」の記録はもう取り消されています（%s が %.16s に: %s）",
                           "the record of seat \"%s\" was taken back already (by %s at %.16s: %s)"),
                      text, last.by, tb_format_instant(last.at, at, sizeof at), last.reason)
            : tb_fail(e, TB_REFUSED,
                      tb_t("席「%s」に取り消す記録はありません", "seat \"%s\" has no record to take back"),
                      text);
    free(last.by);
    free(last.reason);
    return c;
}

static enum tb_code enter(struct entering *x, const struct tb_attend_cells *cells, bool *added,
                          struct tb_err *e)
{
    struct tb_attendance row = {.came = -1,
                                .from = TB_NEVER,
                                .to = TB_NEVER,
                                .patients = -1,
                                .referred = -1,
                                .light = -1,
                                .taken_back = cells->take_back,
                                .at = x->now},
                         *old = NULL;
    const struct tb_attendance *standing = NULL;
    size_t n = 0;
    int at;
    *added = false;
    enum tb_code c = find_seat(x, cells, &row.seat, &at, e);
    if (c == TB_OK) c = app_body(x->app, TB_USE_ATTEND, x->r, row.seat.duty, e);
    if (c == TB_OK && !cells->take_back) c = read_cells(x, cells, at, &row, e);
    if (c == TB_OK) c = tb_store_attendance(x->s, x->r, row.seat.date, row.seat.date, &old, &n, e);
    if (c) return c;
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *s = &old[i].seat;
        if (s->duty == row.seat.duty && s->band == row.seat.band && s->role == row.seat.role &&
            s->provider == row.seat.provider)
            standing = &old[i];
    }
    bool told = cells->reason && *cells->reason;
    if (cells->take_back && !standing)
        c = no_record(x, cells->seat, &row.seat, e);
    else if (standing && (cells->take_back || !same(standing, &row)) && !told)
        c = has_record(x, cells->seat, standing, e);
    else if (cells->take_back || !standing || !same(standing, &row)) {
        row.reason = tb_xstrdup(told ? cells->reason : "");
        row.by = tb_xstrdup(x->app->actor.name);
        c = tb_store_add_attendance(x->s, x->r, &row, e);
        if (c == TB_OK) c = tell_record(x, cells->seat, standing, &row, e);
        free(row.reason);
        free(row.by);
        *added = c == TB_OK;
    }
    tb_attendance_free(old, n);
    return c;
}

enum tb_code tb_app_attend(const struct tb_app *app, const struct tb_attend_cells *cells, bool *added,
                           struct tb_err *e)
{
    struct entering x = {0};
    struct tb_region *r = NULL;
    *added = false;
    enum tb_code c = app_may(app, TB_USE_ATTEND, e);
    if (c == TB_OK) c = begin(app, &x, &r, e);
    if (c == TB_OK) c = enter(&x, cells, added, e);
    return end(&x, r, NULL, c, e);
}

/* ---- files ------------------------------------------------------------------------------------- */

enum {
    DUTY,
    DATE,
    BAND,
    ROLE,
    SEATED,
    SEATED_NAME,
    CAME,
    FROM,
    TO,
    PATIENTS,
    REFERRED,
    LIGHT,
    REASON,
    COLUMNS
};
static const struct tb_column columns[COLUMNS] = {
    [DUTY] = {"duty", true},
    [DATE] = {"date", true},
    [BAND] = {"band", true},
    [ROLE] = {"role", false},
    [SEATED] = {"seated", false},
    [SEATED_NAME] = {"seated_name", false},
    [CAME] = {"came", false},
    [FROM] = {"from", false},
    [TO] = {"to", false},
    [PATIENTS] = {"patients", false},
    [REFERRED] = {"referred", false},
    [LIGHT] = {"light", false},
    [REASON] = {"reason", false},
};

struct reading {
    struct entering *x;
    const char *path;
    int added, same;
};

static enum tb_code row(void *arg, const char *const *cells, int line, struct tb_err *e)
{
    struct reading *k = arg;
    const char *v[COLUMNS];
    bool told = false;
    for (int i = 0; i < COLUMNS; i++) {
        v[i] = cells[i] && *cells[i] ? cells[i] : NULL;
        told = told || (i >= CAME && v[i]);
    }
    if (!told) return TB_OK;
    tb_day date;
    char day[64];
    if (!v[DATE] || tb_said_date(v[DATE], TB_DAY_NONE, &date))
        return tb_fail(e, TB_INPUT,
                       tb_t("%s:%d: date「%s」: 実在する日付にしてください（2026-12-03）",
                            "%s:%d: date \"%s\": write a date that exists (2026-12-03)"),
                       k->path, line, v[DATE] ? v[DATE] : "");
    struct tb_buf seat = {0};
    tb_buf_addf(&seat, "%s:%s:%s:%s", v[DUTY] ? v[DUTY] : "", tb_format_date(date, day, sizeof day),
                v[BAND] ? v[BAND] : "", v[ROLE] ? v[ROLE] : "primary");
    struct tb_attend_cells c = {.seat = seat.s,
                                .seated = v[SEATED],
                                .came = v[CAME],
                                .from = v[FROM],
                                .to = v[TO],
                                .patients = v[PATIENTS],
                                .referred = v[REFERRED],
                                .light = v[LIGHT],
                                .reason = v[REASON]};
    bool added;
    struct tb_err why = {0};
    enum tb_code code = enter(k->x, &c, &added, &why);
    if (code == TB_OK)
        ++*(added ? &k->added : &k->same);
    else if (code == TB_USAGE || code == TB_REFUSED)
        code = tb_fail(e, TB_INPUT, "%s:%d: %s", k->path, line, why.text);
    else
        *e = why;
    tb_buf_free(&seat);
    return code;
}

enum tb_code tb_app_attend_file(const struct tb_app *app, const char *path, int *added, int *unchanged,
                                struct tb_err *e)
{
    struct entering x = {0};
    struct tb_region *r = NULL;
    struct reading k = {&x, path, 0, 0};
    enum tb_code c = app_may(app, TB_USE_ATTEND_FILE, e);
    if (c == TB_OK) c = begin(app, &x, &r, e);
    if (c == TB_OK) c = tb_codec_read_csv(path, columns, COLUMNS, row, &k, e);
    struct tb_buf what = {0};
    tb_buf_addf(&what, "%s: %d", path, k.added);
    c = end(&x, r, k.added ? what.s : NULL, c, e);
    tb_buf_free(&what);
    *added = k.added;
    *unchanged = k.same;
    return c;
}

/* ---- reading ----------------------------------------------------------------------------------- */

void tb_app_attended_free(struct tb_app_attended *x)
{
    free(x->v);
    tb_attendance_free(x->records, x->n_records);
    tb_board_free(x->board);
    tb_region_free(x->region);
    *x = (struct tb_app_attended){0};
}

static tb_minute overlap(tb_minute a, tb_minute b, tb_minute c, tb_minute d)
{
    tb_minute from = a > c ? a : c, to = b < d ? b : d;
    return to > from ? to - from : 0;
}

static void served(const struct tb_app_attended *x, int assignment, struct tb_app_served *out)
{
    const struct tb_slot *s = &x->board->slots[x->board->a[assignment].slot];
    int seated = x->board->a[assignment].provider;
    const struct tb_attendance *record = NULL;
    for (size_t i = 0; i < x->n_records; i++) {
        const struct tb_seat_row *k = &x->records[i].seat;
        if (k->date == s->date && k->duty == s->duty && k->band == s->band && k->role == s->role &&
            k->provider == seated)
            record = &x->records[i];
    }
    *out = (struct tb_app_served){.assignment = assignment,
                                  .record = record,
                                  .came = seated,
                                  .from = s->interval[0].from,
                                  .to = s->interval[s->n_intervals - 1].to};
    if (record) out->came = record->came;
    if (record && record->from != TB_NEVER) {
        out->from = record->from;
        out->to = record->to;
    }
    out->credit = out->came < 0 ? -1 : tb_attend_credit(x->region, seated, out->came, s->date);
    if (out->came < 0) return;
    out->minutes = out->to - out->from;
    if (s->n_intervals > 1)
        out->minutes -= overlap(out->from, out->to, s->interval[0].to, s->interval[1].from);
}

enum tb_code tb_app_attended(const struct tb_app *app, const char *period, struct tb_app_attended *out,
                             struct tb_err *e)
{
    *out = (struct tb_app_attended){0};
    tb_store *s;
    tb_day from, to;
    tb_minute now = tb_clock_now(&app->clock);
    enum tb_code c = app_may(app, TB_USE_ATTENDED, e);
    if (c == TB_OK) c = app_open(app, &s, &out->region, e);
    if (c) return c;
    c = tb_period_parse(out->region, period, &from, &to, NULL, e);
    if (c == TB_OK) c = app_board(s, out->region, 0, from, to, &out->board, e);
    if (c == TB_OK) c = tb_store_attendance(s, out->region, from, to, &out->records, &out->n_records, e);
    tb_store_close(s);
    if (c) {
        tb_app_attended_free(out);
        return c;
    }
    out->v = tb_xcalloc((size_t)out->board->n + 1, sizeof *out->v);
    for (int i = 0; i < out->board->n; i++) {
        if (out->board->slots[out->board->a[i].slot].interval[0].from > now) continue;
        served(out, i, &out->v[out->n]);
        out->missing += !out->v[out->n++].record;
    }
    return TB_OK;
}

static const char *count_words(int64_t v, char *room, size_t size)
{
    if (v < 0) return "";
    snprintf(room, size, "%lld", (long long)v);
    return room;
}

void tb_app_attend_csv(const struct tb_app_attended *x, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    for (int i = 0; i < COLUMNS; i++) tb_csv_cell(out, columns[i].name);
    tb_csv_end(out);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_slot *s = &x->board->slots[x->board->a[x->v[i].assignment].slot];
        const struct tb_attendance *k = x->v[i].record;
        int seated = x->board->a[x->v[i].assignment].provider;
        char date[64], from[64], to[64], counts[3][24];
        const char *cells[COLUMNS] = {
            [DUTY] = r->duties[s->duty].id,     [DATE] = tb_format_date(s->date, date, sizeof date),
            [BAND] = r->bands[s->band].id,      [ROLE] = s->role == TB_PRIMARY ? "primary" : "reserve",
            [SEATED] = r->providers[seated].id, [SEATED_NAME] = r->providers[seated].name};
        if (k) {
            cells[CAME] = k->came < 0 ? TB_NOBODY : r->providers[k->came].id;
            if (k->from != TB_NEVER) {
                cells[FROM] = tb_format_time((int)(k->from - tb_minute_of(s->date, 0)), from, sizeof from);
                cells[TO] = tb_format_time((int)(k->to - tb_minute_of(s->date, 0)), to, sizeof to);
            }
            cells[PATIENTS] = count_words(k->patients, counts[0], sizeof counts[0]);
            cells[REFERRED] = count_words(k->referred, counts[1], sizeof counts[1]);
            cells[LIGHT] = count_words(k->light, counts[2], sizeof counts[2]);
        }
        for (int c = 0; c < COLUMNS; c++) tb_csv_cell(out, cells[c] ? cells[c] : "");
        tb_csv_end(out);
    }
}

/* ---- counts ------------------------------------------------------------------------------------ */

static int by_duty(const void *a, const void *b)
{
    const struct tb_app_count *x = a, *y = b;
    if (x->duty != y->duty) return x->duty < y->duty ? -1 : 1;
    return (x->provider > y->provider) - (x->provider < y->provider);
}

void tb_app_attend_counts(const struct tb_app_attended *x, struct tb_app_count **out, size_t *n)
{
    struct tb_app_count *v = NULL;
    size_t count = 0, cap = 0, kept = 0;
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_app_served *s = &x->v[i];
        const struct tb_slot *slot = &x->board->slots[x->board->a[s->assignment].slot];
        if (s->credit < 0 || slot->role != TB_PRIMARY) continue;
        struct tb_app_count *c = TB_PUSH(v, count, cap);
        *c = (struct tb_app_count){.duty = slot->duty,
                                   .provider = s->credit,
                                   .done = 1,
                                   .recorded = s->record != NULL,
                                   .minutes = s->minutes};
        if (s->record && s->record->patients > 0) c->patients = s->record->patients;
        if (s->record && s->record->referred > 0) c->referred = s->record->referred;
        if (s->record && s->record->light > 0) c->light = s->record->light;
    }
    if (count) qsort(v, count, sizeof *v, by_duty);
    for (size_t i = 0; i < count; i++) {
        struct tb_app_count *last = kept ? &v[kept - 1] : NULL;
        if (!last || by_duty(last, &v[i]) != 0) {
            v[kept++] = v[i];
            continue;
        }
        last->done += v[i].done;
        last->recorded += v[i].recorded;
        last->minutes += v[i].minutes;
        last->patients += v[i].patients;
        last->referred += v[i].referred;
        last->light += v[i].light;
    }
    *out = v;
    *n = kept;
}

void tb_app_counts_csv(const struct tb_region *r, const struct tb_app_count *v, size_t n, struct tb_buf *out)
{
    static const char *const heads[] = {"duty",     "duty_name", "provider", "provider_name", "done",
                                        "recorded", "minutes",   "patients", "referred",      "light"};
    for (size_t k = 0; k < TB_COUNT(heads); k++) tb_csv_cell(out, heads[k]);
    tb_csv_end(out);
    for (size_t i = 0; i < n; i++) {
        const int64_t numbers[] = {v[i].done,     v[i].recorded, v[i].minutes,
                                   v[i].patients, v[i].referred, v[i].light};
        char room[24];
        tb_csv_cell(out, r->duties[v[i].duty].id);
        tb_csv_cell(out, r->duties[v[i].duty].name);
        tb_csv_cell(out, r->providers[v[i].provider].id);
        tb_csv_cell(out, r->providers[v[i].provider].name);
        for (size_t k = 0; k < TB_COUNT(numbers); k++)
            tb_csv_cell(out, count_words(numbers[k], room, sizeof room));
        tb_csv_end(out);
    }
}
