/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of the day before (前日連絡一覧).
 */
#include "toban/tell/eve.h"

#include "toban/tell/duties.h"
#include "toban/tell/seat.h"
#include "toban/tell/todo.h"
#include "toban/tell/words.h"

static tb_minute eve_start(const struct tb_slot *s) { return s->interval[0].from; }

static tb_minute eve_end(const struct tb_slot *s) { return s->interval[s->n_intervals - 1].to; }

/* ---- for programs ------------------------------------------------------------------------------- */

static void eve_people_json(tb_printer *p, const struct tb_region *r, const char *key, const int *v, int n)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < n; i++) {
        const struct tb_provider *who = &r->providers[v[i]];
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", who->id);
        tb_print_kstring(p, "name", who->name);
        tb_print_kstring(p, "phone", tb_tell_phone(who));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void contacts_json(tb_printer *p, const struct tb_region *r, int duty)
{
    tb_print_key(p, "contacts");
    tb_print_begin_list(p);
    for (int i = 0; i < r->n_contacts; i++) {
        if (r->contacts[i].duty != duty) continue;
        tb_print_begin_object(p);
        tb_print_kint(p, "rank", r->contacts[i].rank);
        tb_print_kstring(p, "name", r->contacts[i].name);
        tb_print_kstring(p, "phone", r->contacts[i].phone);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void eve_seat_json(const struct tb_eve *x, const struct tb_eve_seat *s, tb_printer *p)
{
    const struct tb_region *r = x->region;
    const struct tb_slot *slot = &x->board->slots[s->slot];
    const struct tb_provider *who = s->provider >= 0 ? &r->providers[s->provider] : NULL;
    int person = who ? tb_board_person(x->board, s->slot, s->provider) : -1;
    tb_print_begin_object(p);
    tb_print_kstring(p, "duty", r->duties[slot->duty].id);
    tb_print_kstring(p, "band", r->bands[slot->band].id);
    tb_tell_instant(p, "from", eve_start(slot));
    tb_tell_instant(p, "to", eve_end(slot));
    if (who) {
        tb_print_kstring(p, "provider", who->id);
        tb_print_kstring(p, "name", who->name);
        tb_print_kstring(p, "phone", tb_tell_phone(who));
        if (who->names_days > 0) eve_people_json(p, r, "person", &person, person >= 0);
        tb_print_kbool(p, "has_address", s->has_address);
        tb_print_kbool(p, "fetched", s->fetched);
    } else
        tb_tell_open_json(r, slot, p);
    tb_print_kint(p, "changed_publication", s->changed);
    if (s->now.instead >= 0)
        eve_people_json(
            p, r, "comes_instead",
            s->now.instead == s->provider || s->now.person < 0 ? &s->now.provider : &s->now.person, 1);
    tb_tell_changes_json(r, &s->now, p);
    tb_tell_conflict_json(tb_conflict_of(&x->conflicts, slot, s->provider), p);
    eve_people_json(p, r, "reserves", s->reserves, s->n_reserves);
    if (s->open_reserves) tb_print_kint(p, "open_reserves", s->open_reserves);
    contacts_json(p, r, slot->duty);
    eve_people_json(p, r, "backups", s->backups, s->n_backups);
    tb_print_end_object(p);
}

void tb_tell_eve_json(const struct tb_eve *x, tb_printer *p)
{
    tb_tell_date(p, "date", x->date);
    tb_print_kint(p, "publication", x->board->publication);
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) eve_seat_json(x, &x->v[i], p);
    tb_print_end_list(p);
}

/* ---- for people --------------------------------------------------------------------------------- */

static void eve_people_text(const struct tb_region *r, const char *head, const int *v, int n,
                            struct tb_buf *out)
{
    for (int i = 0; i < n; i++) {
        const struct tb_provider *who = &r->providers[v[i]];
        tb_buf_addf(out, "        %s%s %s\n", head, who->name, tb_tell_phone(who));
    }
}

static void slot_head(const struct tb_region *r, const struct tb_slot *slot, struct tb_buf *out)
{
    char from[64], to[64];
    tb_minute day = tb_minute_of(slot->date, 0);
    tb_buf_addf(out, "\n%s（%s） %s～%s\n", r->duties[slot->duty].name, r->bands[slot->band].name,
                tb_format_time_ja((int)(eve_start(slot) - day), from, sizeof from),
                tb_format_time_ja((int)(eve_end(slot) - day), to, sizeof to));
}

static void eve_seat_text(const struct tb_eve *x, const struct tb_eve_seat *s, struct tb_buf *out)
{
    tb_buf_add(out, "    ");
    if (s->provider < 0) {
        tb_buf_add(out, "★");
        tb_tell_open_text(x->region, &x->board->slots[s->slot], out);
        tb_buf_addc(out, '\n');
        return;
    }
    const struct tb_provider *who = &x->region->providers[s->provider];
    int person = tb_board_person(x->board, s->slot, s->provider);
    tb_tell_cell(out, who->name, 32);
    tb_tell_cell(out, tb_tell_phone(who), 16);
    tb_buf_addf(out, "%s\n",
                s->fetched       ? tb_t("取得済み", "fetched")
                : s->has_address ? tb_t("★未取得 電話で伝える", "* not fetched: telephone")
                                 : tb_t("★アドレス未発行 電話で伝える", "* no address: telephone"));
    tb_tell_conflict_text(tb_conflict_of(&x->conflicts, &x->board->slots[s->slot], s->provider), out);
    struct tb_buf changed = {0};
    tb_tell_changes_text(x->region, &s->now, &changed);
    if (changed.len)
        tb_buf_addf(out, tb_t("        ★公表後の変更%s\n", "        * changed since%s\n"), changed.s);
    tb_buf_free(&changed);
    if (s->now.instead >= 0) {
        int comes = s->now.instead == s->provider || s->now.person < 0 ? s->now.provider : s->now.person;
        eve_people_text(x->region, tb_t("代わり ", "instead: "), &comes, 1, out);
    }
    if (person >= 0) eve_people_text(x->region, tb_t("出務 ", "comes: "), &person, 1, out);
    if (person < 0 && who->names_days > 0)
        tb_buf_addf(out, "%s\n", tb_t("        ★氏名未定", "        * no name yet"));
}

/* Whom to call when somebody cannot: the reserve of the hours, else the order of calling. */
static void help_text(const struct tb_eve *x, const struct tb_eve_seat *s, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    int duty = x->board->slots[s->slot].duty;
    eve_people_text(r, tb_t("予備 ", "reserve "), s->reserves, s->n_reserves, out);
    if (s->open_reserves)
        tb_buf_addf(out, tb_t("        予備 調整中 %d\n", "        reserve: %d being arranged\n"),
                    s->open_reserves);
    for (int i = 0; i < r->n_contacts; i++)
        if (r->contacts[i].duty == duty)
            tb_buf_addf(out, tb_t("        連絡順%d %s %s\n", "        call %d: %s %s\n"),
                        r->contacts[i].rank, r->contacts[i].name, r->contacts[i].phone);
    eve_people_text(r, tb_t("後方病院 ", "backup "), s->backups, s->n_backups, out);
}

void tb_tell_eve_text(const struct tb_eve *x, struct tb_buf *out)
{
    char date[64];
    tb_buf_addf(out, tb_t("前日連絡一覧 %s 第%d版（%s）\n", "on duty on %s, by publication %d (%s)\n"),
                tb_format_date_told(x->date, date, sizeof date), x->board->publication, x->board->hash);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_eve_seat *s = &x->v[i];
        if (!i || x->v[i - 1].slot != s->slot) slot_head(x->region, &x->board->slots[s->slot], out);
        eve_seat_text(x, s, out);
        if (i + 1 == x->n || x->v[i + 1].slot != s->slot) help_text(x, s, out);
    }
    const char *notice = x->region->regions[0].notice;
    if (!x->n)
        tb_buf_addf(out, "%s\n", tb_t("この日の当番はありません", "nobody is on duty on that day"));
    else if (*notice)
        tb_buf_addf(out, "\n%s\n", notice);
}
