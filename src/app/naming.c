/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Doctors named for seats that a group holds.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/domain/exception.h"
#include "toban/app/hand.h"
#include "toban/app/naming.h"
#include "toban/store/records.h"
#include "toban/domain/dated.h"

static bool is_group(const struct tb_region *r, int provider)
{
    return r->providers[provider].names_days > 0;
}

bool app_name_on_list(const struct tb_region *r, int group, int person, tb_day date)
{
    for (int i = 0; i < r->n_links; i++)
        if (r->links[i].type == TB_LINK_EMPLOYED_BY && r->links[i].to == group &&
            r->links[i].from == person && tb_link_on(&r->links[i], date))
            return true;
    return false;
}

/* ---- the list ---------------------------------------------------------------------------------- */

void tb_app_names_free(struct tb_app_names *x)
{
    for (size_t i = 0; i < x->n; i++) free(x->v[i].why);
    free(x->v);
    tb_board_free(x->board);
    tb_region_free(x->region);
    *x = (struct tb_app_names){0};
}

static int by_due(const void *a, const void *b)
{
    const struct tb_app_named *x = a, *y = b;
    if (x->due != y->due) return x->due < y->due ? -1 : 1;
    return (x->assignment > y->assignment) - (x->assignment < y->assignment);
}

void tb_app_names_letter(const struct tb_app_names *x, int group, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    char a[64], b[64];
    tb_day first = TB_DAY_NONE;
    tb_buf_addf(out,
                "%s "
                "御中\n\n出務者の氏名のお届けのお願い\n\n次の当番について、出務される先生のお名前をお知らせく"
                "ださい。当番日そのものは公表済みで、変わりません。\n\n",
                r->providers[group].name);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_assignment *seat = &x->board->a[x->v[i].assignment];
        const struct tb_slot *s = &x->board->slots[seat->slot];
        if (x->v[i].person >= 0 || seat->provider != group) continue;
        if (first == TB_DAY_NONE) first = s->date;
        tb_buf_addf(out, "  %s %s（%s）%s　氏名　　　　　　　　（届け出の期限 %s%s）\n",
                    tb_format_date_ja(s->date, a, sizeof a), tb_duty_on(r, s->duty, s->date)->name,
                    tb_band_on(r, s->band, s->date)->name, s->role == TB_RESERVE ? "予備" : "",
                    tb_format_md_ja(x->v[i].due, b, sizeof b), x->v[i].late ? "、過ぎています" : "");
    }
    tb_buf_add(out, "\n名簿にある先生: ");
    int n = 0;
    for (int p = 0; p < r->n_providers; p++)
        if (first != TB_DAY_NONE && app_name_on_list(r, group, p, first))
            tb_buf_addf(out, "%s%s", n++ ? "、" : "", r->providers[p].name);
    tb_buf_addf(out, "%s\n名簿にない先生が出務される場合は、先にその旨をお知らせください。\n",
                n ? "" : "（なし）");
    if (r->regions[0].notice[0]) tb_buf_addf(out, "\n%s\n", r->regions[0].notice);
}

/* ---- seats with the doctors in them ---------------------------------------------------------------- */

/* The doctor named for a seat in force, or -1. */
static int named(const struct tb_seat_row *seat, const struct tb_name_row *names, size_t n)
{
    int person = -1;
    for (size_t i = 0; i < n; i++)
        if (names[i].seat.provider == seat->provider && tb_same_slot(&names[i].seat, seat))
            person = names[i].person;
    return person;
}

enum tb_code app_named_rows(tb_store *s, const struct tb_region *r, const struct tb_seat_row *seats, size_t n,
                            struct tb_seat_row **out, size_t *n_out, struct tb_err *e)
{
    struct tb_name_row *names;
    struct tb_seat_row *rows = NULL;
    size_t n_names, count = 0, cap = 0;
    enum tb_code c = tb_store_names(s, r, INT64_MAX, &names, &n_names, e);
    if (c) return c;
    for (size_t i = 0; i < n && n_names; i++) {
        int person = named(&seats[i], names, n_names), last = 0;
        if (person < 0) continue;
        for (size_t k = 0; k < n; k++)
            if (tb_same_slot(&seats[k], &seats[i]) && seats[k].seat > last) last = seats[k].seat;
        for (size_t k = 0; k < count; k++)
            if (tb_same_slot(&rows[k], &seats[i]) && rows[k].seat > last) last = rows[k].seat;
        struct tb_seat_row x = seats[i];
        x.provider = person;
        x.seat = last + 1;
        *TB_PUSH(rows, count, cap) = x;
    }
    free(names);
    *out = rows;
    *n_out = count;
    return TB_OK;
}

/* ---- is he free, and do the rules let him? ----------------------------------------------------------- */

/* One seat, and everything else as it will be. */
struct question {
    const struct tb_region *r;
    struct tb_seat_row seat; /* provider: the group */
    int person;
    /* seats in force, with the named doctors in the place of their groups; the seat itself still with the
     * group */
    struct tb_seat_row *rows;
    size_t n, at; /* rows[at] is the seat */
};

static enum tb_code load(tb_store *s, struct question *x, struct tb_err *e)
{
    struct tb_board_row *rows = NULL;
    struct tb_name_row *names = NULL;
    size_t n = 0, n_names = 0;
    enum tb_code c = tb_store_published(s, x->r, 0, &rows, &n, e);
    if (c == TB_OK) c = tb_store_names(s, x->r, INT64_MAX, &names, &n_names, e);
    if (c == TB_OK) {
        x->rows = tb_xcalloc(n + 1, sizeof *x->rows);
        x->n = n;
        x->at = n;
        for (size_t i = 0; i < n; i++) {
            x->rows[i] = rows[i].seat;
            if (tb_same_slot(&rows[i].seat, &x->seat) && rows[i].seat.provider == x->seat.provider) {
                x->at = i;
                continue;
            }
            int person = named(&rows[i].seat, names, n_names);
            if (person >= 0) x->rows[i].provider = person;
        }
    }
    free(rows);
    free(names);
    return c;
}

static bool overlap(const struct tb_slot *a, const struct tb_slot *b)
{
    for (int i = 0; i < a->n_intervals; i++)
        for (int k = 0; k < b->n_intervals; k++)
            if (a->interval[i].from < b->interval[k].to && b->interval[k].from < a->interval[i].to)
                return true;
    return false;
}

/* Of one person on the one day or on the other. */
static bool one_person(const struct tb_problem *p, int a, int b, tb_day day, tb_day other)
{
    const int *x = tb_problem_persons(p, day), *y = tb_problem_persons(p, other);
    return x[a] == x[b] || y[a] == y[b];
}

/* Two places at one time, whatever the rules say. */
static enum tb_code double_booked(const struct question *x, const struct tb_problem *p, int slot,
                                  const struct tb_assignment *a, int n, struct tb_err *e)
{
    char date[64];
    for (int i = 0; i < n; i++) {
        const struct tb_slot *other = &p->slots[a[i].slot];
        if (a[i].slot == slot || !overlap(other, &p->slots[slot]) ||
            !one_person(p, a[i].provider, x->person, other->date, p->slots[slot].date))
            continue;
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s は同じ時間に %s %s に就いています", "%s sits at that time in %s, %s"),
                       x->r->providers[x->person].name, tb_format_date(other->date, date, sizeof date),
                       x->r->duties[other->duty].name);
    }
    return TB_OK;
}

/* He sits there for a member: that he is none himself is no breach, nor is whatever the group now lacks: the
 * seat is still the group's. */
static bool his_breach(const struct question *x, const struct tb_violation *v,
                       const struct tb_verdict *before)
{
    return v->hard && v->provider != x->seat.provider && strcmp(v->rule, "member") != 0 &&
           !tb_violation_in(v, before);
}

static enum tb_code judge(const struct question *x, struct tb_err *e)
{
    struct tb_problem_input in = {.region = x->r,
                                  .from = x->seat.date,
                                  .to = x->seat.date,
                                  .duties = &x->seat.duty,
                                  .n_duties = 1,
                                  .published = x->rows,
                                  .n_published = x->n};
    struct tb_problem *p;
    enum tb_code c = tb_problem_build(&in, true, &p, e);
    if (c) return c;
    struct tb_roster roster = {tb_xcalloc(x->n + 1, sizeof *roster.a), 0};
    int mine = -1;
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_seat_row *s = &x->rows[i];
        if (s->duty != x->seat.duty || s->date != x->seat.date) continue;
        int slot = tb_slot_find(p, s->duty, s->date, s->band, s->role);
        if (slot < 0 || !p->slots[slot].planned) continue;
        if (i == x->at) mine = roster.n;
        roster.a[roster.n++] = (struct tb_assignment){slot, s->seat, s->provider};
    }
    struct tb_verdict *before = NULL, *after = NULL;
    if (mine < 0)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("この席はいまの診療日の暦にありません", "today's calendar has no such seat"));
    else {
        tb_check(p, &roster, &before);
        roster.a[mine].provider = x->person;
        tb_check(p, &roster, &after);
        c = double_booked(x, p, roster.a[mine].slot, p->bound, p->n_bound, e);
        if (c == TB_OK) c = double_booked(x, p, roster.a[mine].slot, roster.a, roster.n, e);
    }
    for (int i = 0; c == TB_OK && i < after->n_violations; i++) {
        const struct tb_violation *v = &after->violations[i];
        if (!his_breach(x, v, before) || tb_exception_for(x->r, p, &roster, v)) continue;
        struct tb_buf text = {0};
        tb_violation_text(p, v, &text);
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("%s を届けられません。必須の条件（%s）: %s", "%s cannot be named; hard rule (%s): %s"),
            x->r->providers[x->person].name, v->rule, tb_buf_str(&text));
        tb_buf_free(&text);
    }
    tb_verdict_free(before);
    tb_verdict_free(after);
    tb_roster_free(&roster);
    tb_problem_free(p);
    return c;
}

enum tb_code app_name_fits(tb_store *s, const struct tb_region *r, const struct tb_seat_row *seat, int person,
                           bool *fits, struct tb_err *e)
{
    struct question x = {.r = r, .seat = *seat, .person = person};
    struct tb_err no = {0};
    enum tb_code c = load(s, &x, e);
    *fits = c == TB_OK && judge(&x, &no) == TB_OK;
    free(x.rows);
    return c;
}

/* ---- the list ------------------------------------------------------------------------------------------ */

/* What came later may keep him away: *why, or NULL. */
static enum tb_code judge_again(tb_store *s, const struct tb_region *r, const struct tb_board *b,
                                int assignment, char **why, struct tb_err *e)
{
    const struct tb_slot *slot = &b->slots[b->a[assignment].slot];
    struct question x = {
        .r = r,
        .seat = {slot->duty, slot->date, slot->band, slot->role, 0, b->a[assignment].provider},
        .person = b->person[assignment]};
    struct tb_err no = {0};
    enum tb_code c = load(s, &x, e);
    if (c == TB_OK && judge(&x, &no) != TB_OK) *why = tb_xstrdup(no.text);
    free(x.rows);
    return c;
}

enum tb_code tb_app_names(const struct tb_app *app, const char *period, struct tb_app_names *out,
                          struct tb_err *e)
{
    *out = (struct tb_app_names){0};
    tb_store *s;
    tb_day today = tb_day_of_minute(tb_clock_now(&app->clock)), from = today, to = TB_DAY_NONE;
    enum tb_code c = app_may(app, TB_USE_NAMES, e);
    if (c == TB_OK) c = app_open(app, &s, &out->region, e);
    if (c) return c;
    if (period) c = tb_period_parse(out->region, period, &from, &to, NULL, e);
    if (c == TB_OK) c = app_board(s, out->region, 0, period ? from : TB_DAY_NONE, to, &out->board, e);
    size_t cap = 0;
    for (int i = 0; c == TB_OK && i < out->board->n; i++) {
        int group = out->board->a[i].provider;
        tb_day date = out->board->slots[out->board->a[i].slot].date;
        if (!is_group(out->region, group) || date < from) continue;
        struct tb_app_named x = {i, out->board->person[i], date - out->region->providers[group].names_days,
                                 false, NULL};
        x.late = x.person < 0 && x.due < today;
        out->missing += x.person < 0;
        out->late += x.late;
        if (x.person >= 0 && date >= today) c = judge_again(s, out->region, out->board, i, &x.why, e);
        out->conflicts += x.why != NULL;
        *TB_PUSH(out->v, out->n, cap) = x;
    }
    tb_store_close(s);
    if (c) {
        tb_app_names_free(out);
        return c;
    }
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_due);
    return TB_OK;
}

/* ---- naming ------------------------------------------------------------------------------------------ */

static enum tb_code find_group(tb_store *s, const struct tb_region *r, const char *text, const char *id,
                               struct tb_seat_row *seat, struct tb_err *e)
{
    struct tb_board *b;
    enum tb_code c = app_board(s, r, 0, seat->date, seat->date, &b, e);
    if (c) return c;
    struct tb_buf there = {0};
    int groups = 0;
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *slot = &b->slots[b->a[i].slot];
        int provider = b->a[i].provider;
        if (slot->duty != seat->duty || slot->band != seat->band || slot->role != seat->role) continue;
        tb_buf_addf(&there, "%s%s", there.len ? ", " : "", r->providers[provider].id);
        if (!is_group(r, provider) || (id && strcmp(id, r->providers[provider].id) != 0)) continue;
        seat->provider = provider;
        groups++;
    }
    if (groups > 1)
        c = tb_fail(e, TB_USAGE,
                    tb_t("席「%s」には組がいくつもあります（%s）。--provider で選びます",
                         "several groups hold seat \"%s\" (%s); choose with --provider"),
                    text, there.s);
    if (!groups)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("席「%s」は、氏名を後で届ける組%s%sの席ではありません（就いているのは: %s）",
                         "seat \"%s\" is not held by a group that names its doctor later%s%s (there: %s)"),
                    text, id ? " " : "", id ? id : "", there.len ? there.s : "-");
    tb_buf_free(&there);
    tb_board_free(b);
    return c;
}

static enum tb_code find_person(const struct tb_region *r, const struct tb_seat_row *seat, const char *text,
                                int *out, struct tb_err *e)
{
    struct tb_buf list = {0};
    int found = 0, n = 0;
    for (int p = 0; p < r->n_providers; p++) {
        if (!app_name_on_list(r, seat->provider, p, seat->date)) continue;
        if (n++ < 12)
            tb_buf_addf(&list, "%s%s %s", list.len ? tb_t("、", ", ") : "", r->providers[p].id,
                        r->providers[p].name);
        if (strcmp(r->providers[p].id, text) != 0 && strcmp(r->providers[p].name, text) != 0) continue;
        *out = p;
        found++;
    }
    enum tb_code c = TB_OK;
    if (found > 1)
        c = tb_fail(e, TB_USAGE,
                    tb_t("「%s」は %s の名簿に %d 人います。記号で選びます: %s",
                         "\"%s\": the list of %s has %d of that name; choose by id: %s"),
                    text, r->providers[seat->provider].id, found, list.s);
    if (!found)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("「%s」は %s の名簿（links の employed-by）にありません。あるのは: %s",
                         "\"%s\" is not on the list of %s (links of type employed-by); it has: %s"),
                    text, r->providers[seat->provider].id, list.len ? list.s : "-");
    tb_buf_free(&list);
    return c;
}

/* Is the seat as whoever names took it to be? Else a name that somebody entered meanwhile would be gone
 * without a word. */
static enum tb_code as_thought(tb_store *s, const struct tb_region *r, const struct tb_naming *x,
                               const struct question *q, struct tb_err *e)
{
    struct tb_named_by now;
    struct tb_err none = {0};
    char at[64];
    int thought = -1;
    enum tb_code c = x->instead_of ? find_person(r, &q->seat, x->instead_of, &thought, e) : TB_OK;
    if (c) return c;
    c = tb_store_named_last(s, r, &q->seat, &now, &none);
    if (c != TB_OK && c != TB_NO) {
        *e = none;
        return c;
    }
    c = TB_OK;
    const char *by = now.by ? now.by : "-", *when = now.by ? tb_format_instant(now.at, at, sizeof at) : "-";
    if (now.person < 0 && (!x->person || thought >= 0))
        c = now.by ? tb_fail(e, TB_REFUSED,
                             tb_t("席「%s」の氏名はもう取り消されています（%s が %.16s に）",
                                  "seat \"%s\": the name was taken back already (%s, at %.16s)"),
                             x->seat, by, when)
                   : tb_fail(e, TB_REFUSED,
                             tb_t("席「%s」にまだ氏名はありません", "seat \"%s\": nobody is named there"),
                             x->seat);
    else if (now.person >= 0 && now.person == q->person)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("席「%s」には %s がもう届いています（%s が %.16s に）",
                         "seat \"%s\": %s is named there already (%s, at %.16s)"),
                    x->seat, r->providers[now.person].name, by, when);
    else if (now.person >= 0 && (x->person || x->instead_of) && now.person != thought)
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("席「%s」には %s（%s）が届いています（%s が %.16s に）。替えるなら --instead-of %s "
                 "を付けます",
                 "seat \"%s\": %s (%s) is named there (%s, at %.16s); to change it say --instead-of %s"),
            x->seat, r->providers[now.person].name, r->providers[now.person].id, by, when,
            r->providers[now.person].id);
    free(now.by);
    return c;
}

enum tb_code tb_app_name(const struct tb_app *app, const struct tb_naming *asked, bool *late,
                         struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    struct question x = {.person = -1};
    const char *person = asked->person, *note = asked->note;
    char day[64];
    tb_minute now = tb_clock_now(&app->clock);
    enum tb_code c = app_may(app, TB_USE_NAME, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    x.r = r;
    if (c == TB_OK) c = app_seat_row(r, asked->seat, &x.seat, e);
    if (c == TB_OK) c = app_body(app, TB_USE_NAME, r, x.seat.duty, e);
    if (c == TB_OK && x.seat.date < tb_day_of_minute(now))
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%s は過ぎた日です。だれが来たかは attend で記録します",
                         "%s is past; who came is recorded with attend"),
                    tb_format_date(x.seat.date, day, sizeof day));
    if (c == TB_OK) c = find_group(s, r, asked->seat, asked->group, &x.seat, e);
    if (c == TB_OK && person) c = find_person(r, &x.seat, person, &x.person, e);
    if (c == TB_OK) c = as_thought(s, r, asked, &x, e);
    if (c == TB_OK) c = load(s, &x, e);
    if (c == TB_OK && person) c = judge(&x, e);
    if (c == TB_OK) {
        struct tb_name_row row = {.seat = x.seat, .person = x.person, .at = now};
        *late = tb_day_of_minute(now) > x.seat.date - r->providers[x.seat.provider].names_days;
        c = tb_store_add_name(s, r, &row, app->actor.name, note, e);
    }
    if (c == TB_OK) {
        struct tb_buf detail = {0};
        tb_buf_addf(&detail, "%s %s: %s%s%s", asked->seat, r->providers[x.seat.provider].id,
                    x.person >= 0 ? r->providers[x.person].id : "-", *note ? ", " : "", note);
        c = tb_store_audit(s, now, app->actor.name, "name", tb_buf_str(&detail), e);
        tb_buf_free(&detail);
    }
    c = app_commit(s, c, e);
    free(x.rows);
    tb_region_free(r);
    return c;
}
