/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is on duty at a minute.
 */
#include "toban/domain/words.h"
#include "toban/tell/duties.h"
#include "toban/tell/words.h"

/* One who is on duty, looked up once for both forms. */
struct present {
    const struct tb_slot *slot;
    const struct tb_duty *duty;
    const struct tb_provider *provider,
        *person; /* provider NULL: the seat is open; person NULL: nobody is named, or nobody has to be */
    const char *phone;
    tb_minute reception, until;
    bool judged, confirm; /* that he comes is to be confirmed; why is not told here */
};

static struct present present_of(const struct tb_app_now *x, int i)
{
    const struct tb_board *b = x->board;
    const struct tb_open_seat *o = x->v[i].open;
    int at = x->v[i].assignment, k = x->v[i].interval;
    const struct tb_slot *s = &b->slots[o ? o->slot : b->a[at].slot];
    const struct tb_region *r = tb_board_region(b, s->date);
    const struct tb_duty *d = &r->duties[s->duty];
    if (o)
        return (struct present){.slot = s,
                                .duty = d,
                                .phone = d->site >= 0 ? r->providers[d->site].phone : "",
                                .reception = s->reception[k],
                                .until = s->interval[k].to};
    const struct tb_assignment *a = &b->a[at];
    int person = b->person[at];
    return (struct present){.slot = s,
                            .duty = d,
                            .provider = &r->providers[a->provider],
                            .person = person >= 0 ? &r->providers[person] : NULL,
                            .phone = r->providers[d->site >= 0 ? d->site : a->provider].phone,
                            .reception = s->reception[k],
                            .until = s->interval[k].to,
                            .judged = x->judged,
                            .confirm = tb_conflict_of(&x->conflicts, s, a->provider) != NULL};
}

static void present_json(const struct tb_region *r, const struct present *o, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "duty", o->duty->id);
    tb_print_kstring(p, "duty_name", o->duty->name);
    tb_print_kstring(p, "band", r->bands[o->slot->band].id);
    tb_print_kstring(p, "role", tb_role_word(o->slot->role));
    if (o->provider) {
        tb_print_kstring(p, "provider", o->provider->id);
        tb_print_kstring(p, "name", o->provider->name);
    } else
        tb_tell_open_json(r, o->slot, p);
    if (o->person) tb_print_kstring(p, "person_name", o->person->name);
    tb_print_kstring(p, "phone", o->phone);
    tb_tell_instant(p, "reception_until", o->reception);
    tb_tell_instant(p, "until", o->until);
    if (o->judged) tb_print_kbool(p, "confirm", o->confirm);
    tb_print_end_object(p);
}

void tb_tell_now_json(const struct tb_app_now *x, tb_printer *p)
{
    const struct tb_board *b = x->board;
    tb_tell_instant(p, "at", x->at);
    tb_print_kint(p, "publication", b->publication);
    tb_print_kstring(p, "hash", b->hash);
    tb_tell_instant(p, "published_at", b->published_at);
    tb_print_kstring(p, "notice", b->region->regions[0].notice);
    tb_print_key(p, "on_duty");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n; i++) {
        struct present o = present_of(x, i);
        present_json(b->region, &o, p);
    }
    tb_print_end_list(p);
}

static void present_text(const struct tb_region *r, const struct present *o, struct tb_buf *out)
{
    char reception[64], until[64];
    struct tb_buf who = {0};
    tb_buf_add(&who, o->provider ? o->provider->name : tb_tell_open());
    if (o->person) tb_buf_addf(&who, tb_t("（%s）", " (%s)"), o->person->name);
    tb_tell_cell(out, o->duty->name, 30);
    tb_tell_cell(out, tb_role_name(o->slot->role), 8);
    tb_tell_cell(out, tb_buf_str(&who), 30);
    tb_tell_cell(out, *o->phone || o->provider ? o->phone : tb_open_call(r, o->slot)->phone, 16);
    tb_buf_addf(out, tb_t("受付 %.16s  終了 %.16s", "reception %.16s  until %.16s"),
                tb_format_instant(o->reception, reception, sizeof reception),
                tb_format_instant(o->until, until, sizeof until));
    if (!o->provider) {
        tb_buf_add(out, "  ");
        tb_tell_open_text(r, o->slot, out);
    }
    if (o->confirm) tb_buf_add(out, tb_t("  ★要確認（toban todo）", "  * to be confirmed (toban todo)"));
    tb_buf_addc(out, '\n');
    tb_buf_free(&who);
}

void tb_tell_now_text(const struct tb_app_now *x, struct tb_buf *out)
{
    char at[64];
    tb_buf_addf(out, tb_t("%.16s 現在  第%d版 %s\n", "at %.16s  publication %d %s\n"),
                tb_format_instant(x->at, at, sizeof at), x->board->publication, x->board->hash);
    for (int i = 0; i < x->n; i++) {
        struct present o = present_of(x, i);
        present_text(x->board->region, &o, out);
    }
    if (!x->n) tb_buf_addf(out, "%s\n", tb_t("当番はありません", "nobody is on duty"));
}
