/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is on duty in a period.
 */
#include "toban/tell/duties.h"

#include "toban/domain/words.h"
#include "toban/tell/words.h"

void tb_tell_row_json(const struct tb_region *r, const struct tb_seat_row *s, tb_printer *p)
{
    tb_tell_date(p, "date", s->date);
    tb_print_kstring(p, "duty", r->duties[s->duty].id);
    tb_print_kstring(p, "band", r->bands[s->band].id);
    tb_print_kstring(p, "role", tb_role_word(s->role));
    tb_print_kint(p, "seat", s->seat);
}

void tb_tell_row_cells(const struct tb_region *r, const struct tb_seat_row *s, struct tb_buf *out)
{
    char date[64];
    tb_tell_cell(out, tb_format_date_told(s->date, date, sizeof date), 22);
    tb_tell_cell(out, r->duties[s->duty].name, 28);
    tb_tell_cell(out, r->bands[s->band].name, 10);
    tb_tell_cell(out, tb_role_name(s->role), 8);
}

static struct tb_seat_row row_of(const struct tb_board *b, int assignment)
{
    const struct tb_slot *s = &b->slots[b->a[assignment].slot];
    return (struct tb_seat_row){.duty = s->duty,
                                .date = s->date,
                                .band = s->band,
                                .role = s->role,
                                .seat = b->a[assignment].seat,
                                .provider = b->a[assignment].provider};
}

const char *tb_tell_open(void) { return tb_t("調整中", "being arranged"); }

void tb_tell_open_json(const struct tb_region *r, const struct tb_slot *s, tb_printer *p)
{
    const struct tb_body *body = tb_open_call(r, s);
    tb_print_kbool(p, "open", true);
    tb_print_kstring(p, "call_name", body->name);
    tb_print_kstring(p, "call_phone", body->phone);
}

void tb_tell_open_text(const struct tb_region *r, const struct tb_slot *s, struct tb_buf *out)
{
    const struct tb_body *body = tb_open_call(r, s);
    tb_buf_addf(out, tb_t("調整中 連絡先 %s %s", "being arranged, call %s %s"), body->name, body->phone);
}

static void open_duty_json(const struct tb_app_duties *x, const struct tb_open_seat *o, tb_printer *p)
{
    const struct tb_slot *s = &x->board->slots[o->slot];
    struct tb_seat_row row = {s->duty, s->date, s->band, s->role, o->seat, -1};
    tb_print_begin_object(p);
    tb_tell_row_json(x->region, &row, p);
    tb_tell_open_json(x->region, s, p);
    tb_tell_instant(p, "start", s->interval[0].from);
    tb_tell_instant(p, "end", s->interval[s->n_intervals - 1].to);
    tb_print_end_object(p);
}

/* With what was entered of any minute of the seat. */
static struct tb_now_seat seat_now(const struct tb_app_duties *x, int i)
{
    const struct tb_slot *s = &x->board->slots[x->board->a[i].slot];
    struct tb_now_seat seat;
    tb_now_seat_of(x->board, i, NULL, 0,
                   &(struct tb_now_span){s->interval[0].from, s->interval[s->n_intervals - 1].to,
                                         x->changes.v, x->changes.n},
                   &seat);
    return seat;
}

static void duty_json(const struct tb_app_duties *x, int i, tb_printer *p)
{
    const struct tb_board *b = x->board;
    const struct tb_slot *s = &b->slots[b->a[i].slot];
    const struct tb_region *r = tb_board_region(b, s->date);
    struct tb_seat_row row = row_of(b, i);
    const struct tb_now_seat seat = seat_now(x, i);
    tb_print_begin_object(p);
    tb_tell_row_json(r, &row, p);
    tb_print_kstring(p, "provider", r->providers[seat.provider].id);
    tb_print_kstring(p, "name", r->providers[seat.provider].name);
    if (seat.person >= 0) {
        tb_print_kstring(p, "person", r->providers[seat.person].id);
        tb_print_kstring(p, "person_name", r->providers[seat.person].name);
    }
    tb_tell_changes_json(r, &seat, p);
    tb_tell_instant(p, "start", s->interval[0].from);
    tb_tell_instant(p, "end", s->interval[s->n_intervals - 1].to);
    tb_print_end_object(p);
}

void tb_tell_duties_json(const struct tb_app_duties *x, tb_printer *p)
{
    tb_print_kint(p, "publication", x->board->publication);
    tb_print_kstring(p, "hash", x->board->hash);
    tb_tell_instant(p, "published_at", x->board->published_at);
    tb_print_key(p, "duties");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n; i++) {
        if (x->v[i].open)
            open_duty_json(x, x->v[i].open, p);
        else
            duty_json(x, x->v[i].assignment, p);
    }
    tb_print_end_list(p);
}

void tb_tell_duties_text(const struct tb_app_duties *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("第%d版（%s）による\n", "by publication %d (%s)\n"), x->board->publication,
                x->board->hash);
    for (int i = 0; i < x->n; i++) {
        const struct tb_open_seat *o = x->v[i].open;
        if (o) {
            const struct tb_slot *s = &x->board->slots[o->slot];
            const struct tb_region *r = tb_board_region(x->board, s->date);
            struct tb_seat_row open = {s->duty, s->date, s->band, s->role, o->seat, -1};
            tb_tell_row_cells(r, &open, out);
            tb_tell_open_text(r, s, out);
            tb_buf_addc(out, '\n');
            continue;
        }
        struct tb_seat_row row = row_of(x->board, x->v[i].assignment);
        const struct tb_now_seat seat = seat_now(x, x->v[i].assignment);
        const struct tb_region *r = tb_board_region(x->board, row.date);
        tb_tell_row_cells(r, &row, out);
        tb_buf_add(out, r->providers[seat.provider].name);
        if (seat.person >= 0) tb_buf_addf(out, tb_t("（%s）", " (%s)"), r->providers[seat.person].name);
        tb_tell_changes_text(r, &seat, out);
        tb_buf_addc(out, '\n');
    }
    if (!x->n) tb_buf_addf(out, "%s\n", tb_t("当番はありません", "nobody is on duty"));
}
