/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A seat, a telephone number, an account: what the answers have in common.
 */
#include "toban/tell/seat.h"
#include "toban/domain/dated.h"

static struct tb_seat_row seat_of(const struct tb_slot *s)
{
    return (struct tb_seat_row){.duty = s->duty, .date = s->date, .band = s->band, .role = s->role};
}

void tb_tell_seat_json(const struct tb_region *r, const struct tb_seat_row *s, tb_printer *p)
{
    char date[64];
    tb_print_kstring(p, "duty", r->duties[s->duty].id);
    tb_print_kstring(p, "date", tb_format_date(s->date, date, sizeof date));
    tb_print_kstring(p, "band", r->bands[s->band].id);
    tb_print_kstring(p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
}

void tb_tell_slot_json(const struct tb_region *r, const struct tb_slot *s, tb_printer *p)
{
    struct tb_seat_row seat = seat_of(s);
    tb_tell_seat_json(r, &seat, p);
}

void tb_tell_seat_words(const struct tb_region *r, const struct tb_seat_row *s, struct tb_buf *out)
{
    char date[64];
    tb_buf_addf(out, "%s %s %s%s", tb_format_date_told(s->date, date, sizeof date),
                tb_duty_on(r, s->duty, s->date)->name, tb_band_on(r, s->band, s->date)->name,
                s->role == TB_RESERVE ? tb_t("（予備）", " (reserve)") : "");
}

void tb_tell_slot_words(const struct tb_region *r, const struct tb_slot *s, struct tb_buf *out)
{
    struct tb_seat_row seat = seat_of(s);
    tb_tell_seat_words(r, &seat, out);
}

void tb_tell_slot_typed(const struct tb_region *r, const struct tb_slot *s, struct tb_buf *out)
{
    char date[64];
    tb_buf_addf(out, "%s:%s:%s%s", r->duties[s->duty].id, tb_format_date(s->date, date, sizeof date),
                r->bands[s->band].id, s->role == TB_RESERVE ? ":reserve" : "");
}

const char *tb_tell_phone(const struct tb_provider *x) { return *x->staff_phone ? x->staff_phone : x->phone; }

const char *tb_tell_account_name(const struct tb_region *r, int ledger, int account)
{
    return r->ledgers[ledger].scope == TB_SCOPE_SHARE ? r->shares[account].name : r->providers[account].name;
}
