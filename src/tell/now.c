/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is on duty at a minute.
 */
#include "toban/domain/words.h"
#include "toban/tell/duties.h"
#include "toban/tell/words.h"

/* One who is on duty, looked up once for both forms. */
struct present {
    const struct tb_region *region;
    const struct tb_now_seat *seat;
    const struct tb_duty *duty;
    /* provider NULL: nobody; person NULL: nobody is named, or nobody has to be */
    const struct tb_provider *provider, *person;
    bool judged, confirm; /* that he comes is to be confirmed; why is not told here */
};

static struct present present_of(const struct tb_app_now *x, size_t i)
{
    const struct tb_now_seat *seat = &x->now.v[i];
    const struct tb_board *b = x->now.board;
    const struct tb_region *r = seat->slot ? tb_board_region(b, seat->slot->date) : b->region;
    return (struct present){
        .region = r,
        .seat = seat,
        .duty = &r->duties[seat->duty],
        .provider = seat->provider >= 0 ? &r->providers[seat->provider] : NULL,
        .person = seat->person >= 0 ? &r->providers[seat->person] : NULL,
        .judged = x->judged && !seat->open && seat->slot,
        .confirm = !seat->open && seat->slot && seat->instead < 0 &&
                   tb_conflict_of(&x->conflicts, seat->slot, seat->provider) != NULL,
    };
}

static void present_json(const struct present *o, tb_printer *p)
{
    const struct tb_now_seat *x = o->seat;
    tb_print_begin_object(p);
    tb_print_kstring(p, "duty", o->duty->id);
    tb_print_kstring(p, "duty_name", o->duty->name);
    if (x->slot) {
        tb_print_kstring(p, "band", o->region->bands[x->slot->band].id);
        tb_print_kstring(p, "role", tb_role_word(x->slot->role));
    }
    if (o->provider) {
        tb_print_kstring(p, "provider", o->provider->id);
        tb_print_kstring(p, "name", o->provider->name);
    } else
        tb_tell_open_json(o->region, x->slot, p);
    if (o->person) tb_print_kstring(p, "person_name", o->person->name);
    tb_print_kstring(p, "phone", x->phone);
    tb_tell_instant(p, "reception_until", x->reception);
    tb_tell_instant(p, "until", x->until);
    if (o->judged) tb_print_kbool(p, "confirm", o->confirm);
    tb_tell_changes_json(o->region, x, p);
    tb_print_end_object(p);
}

static void disaster_json(const struct tb_now *x, tb_printer *p)
{
    if (!x->disaster) return;
    tb_print_key(p, "disaster");
    tb_print_begin_object(p);
    tb_print_kstring(p, "state", x->ended ? "ended-unconfirmed" : "declared");
    tb_tell_instant(p, "from", x->disaster->from);
    tb_tell_instant(p, "until", x->disaster->until);
    tb_print_end_object(p);
}

void tb_tell_now_json(const struct tb_app_now *x, tb_printer *p)
{
    const struct tb_board *b = x->now.board;
    tb_tell_instant(p, "at", x->now.at);
    tb_print_kint(p, "publication", b->publication);
    tb_print_kstring(p, "hash", b->hash);
    tb_tell_instant(p, "published_at", b->published_at);
    tb_print_kstring(p, "notice", b->region->regions[0].notice);
    disaster_json(&x->now, p);
    tb_print_key(p, "on_duty");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->now.n; i++) {
        struct present o = present_of(x, i);
        present_json(&o, p);
    }
    tb_print_end_list(p);
}

static void present_text(const struct present *o, struct tb_buf *out)
{
    const struct tb_now_seat *x = o->seat;
    char reception[64], until[64];
    struct tb_buf who = {0};
    tb_buf_add(&who, o->provider ? o->provider->name : tb_tell_open());
    if (o->person) tb_buf_addf(&who, tb_t("（%s）", " (%s)"), o->person->name);
    tb_tell_cell(out, o->duty->name, 30);
    tb_tell_cell(out, x->slot ? tb_role_name(x->slot->role) : tb_t("追加", "extra"), 8);
    tb_tell_cell(out, tb_buf_str(&who), 30);
    tb_tell_cell(out, *x->phone || o->provider ? x->phone : tb_open_call(o->region, x->slot)->phone, 16);
    if (x->closed)
        tb_buf_add(out, tb_t("★休止中", "* CLOSED"));
    else
        tb_buf_addf(out, tb_t("受付 %s  終了 %s", "reception %s  until %s"),
                    tb_format_instant_told(x->reception, reception, sizeof reception),
                    tb_format_instant_told(x->until, until, sizeof until));
    if (!o->provider) {
        tb_buf_add(out, "  ");
        tb_tell_open_text(o->region, x->slot, out);
    }
    tb_tell_changes_text(o->region, x, out);
    if (o->confirm) tb_buf_add(out, tb_t("  ★要確認（toban todo）", "  * to be confirmed (toban todo)"));
    tb_buf_addc(out, '\n');
    tb_buf_free(&who);
}

void tb_tell_now_text(const struct tb_app_now *x, struct tb_buf *out)
{
    char at[64];
    tb_buf_addf(out, tb_t("%s 現在  第%d版 %s\n", "at %s  publication %d %s\n"),
                tb_format_instant_told(x->now.at, at, sizeof at), x->now.board->publication,
                x->now.board->hash);
    tb_disaster_words(x->now.disaster, x->now.at, out);
    for (size_t i = 0; i < x->now.n; i++) {
        struct present o = present_of(x, i);
        present_text(&o, out);
    }
    if (!x->now.n) tb_buf_addf(out, "%s\n", tb_t("当番はありません", "nobody is on duty"));
}
