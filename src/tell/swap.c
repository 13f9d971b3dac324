/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A swap, its steps, and the list of all.
 */
#include <stdio.h>
#include <string.h>

#include "toban/tell/swap.h"

/* ---- what all of them tell -------------------------------------------------------------------------- */

/* DUTY:DATE:BAND:ROLE as stored: the region may have changed since. */
static const char *stored_seat(const struct tb_swap *w, int side, char *buf, size_t size)
{
    char date[64];
    const struct tb_swap_seat *s = &w->side[side];
    snprintf(buf, size, "%s:%s:%s:%s", w->duty, tb_format_date(s->date, date, sizeof date), s->band,
             s->role == TB_RESERVE ? "reserve" : "primary");
    return buf;
}

static void swap_head_json(const struct tb_swap *w, tb_printer *p)
{
    char seat[160];
    tb_print_kint(p, "swap", w->id);
    tb_print_kstring(p, "state", tb_swap_id(tb_swap_state(w)));
    tb_print_kint(p, "publication", w->publication);
    tb_print_kstring(p, "duty", w->duty);
    for (int k = 0; k < 2; k++) {
        tb_print_key(p, k ? "taker" : "giver");
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", w->side[k].provider);
        if (w->side[k].band) tb_print_kstring(p, "seat", stored_seat(w, k, seat, sizeof seat));
        tb_print_end_object(p);
    }
}

/* ---- one swap --------------------------------------------------------------------------------------- */

static void moves_json(const struct tb_swap *w, tb_printer *p)
{
    char at[64];
    tb_print_key(p, "moves");
    tb_print_begin_list(p);
    for (size_t i = 0; i < w->n_moves; i++) {
        const struct tb_swap_move *m = &w->moves[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "move", tb_swap_id(m->state));
        tb_print_kstring(p, "of", *m->provider ? m->provider : "office");
        tb_print_kstring(p, "at", tb_format_instant(m->at, at, sizeof at));
        tb_print_kstring(p, "by", m->by);
        tb_print_kstring(p, "note", m->note);
        if (m->publication) tb_print_kint(p, "publication", m->publication);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_swap_json(const struct tb_app_swap *x, tb_printer *p)
{
    const struct tb_app_swap *s = x;
    swap_head_json(&s->swap, p);
    tb_print_kbool(p, "possible", s->possible == TB_OK);
    if (s->possible) tb_print_kstring(p, "why_not", x->why_not.text);
    if (x->side < 0) {
        tb_print_kstring(p, "reason", s->swap.reason);
        moves_json(&s->swap, p);
    }
    tb_print_key(p, "effects");
    tb_print_begin_list(p);
    for (int k = 0; k < 2 && s->n_parts; k++)
        if (x->side < 0 || x->side == k) tb_tell_swap_effect_json(s, k, p);
    tb_print_end_list(p);
}

static void sides_text(const struct tb_app_swap *x, struct tb_buf *out)
{
    const struct tb_swap *w = &x->swap;
    for (int k = 0; k < 2; k++) {
        char seat[160];
        int who = tb_find_provider(x->region, w->side[k].provider);
        tb_buf_addf(out, "  %s  %s\n",
                    w->side[k].band ? stored_seat(w, k, seat, sizeof seat)
                                    : tb_t("（席は出さない）", "(gives no seat)"),
                    who < 0 ? w->side[k].provider : x->region->providers[who].name);
    }
}

static void moves_text(const struct tb_app_swap *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->swap.n_moves; i++) {
        char at[64];
        const struct tb_swap_move *m = &x->swap.moves[i];
        int who = tb_find_provider(x->region, m->provider);
        tb_buf_addf(out, "  %s  %s  %s%s%s\n", tb_format_instant(m->at, at, sizeof at),
                    m->state == TB_SWAP_AGREED ? tb_t("同意", "agreed") : tb_swap_word(m->state),
                    who < 0 ? tb_t("事務局", "office") : x->region->providers[who].name, *m->note ? ": " : "",
                    m->note);
    }
}

void tb_tell_swap_text(const struct tb_app_swap *x, struct tb_buf *out)
{
    const struct tb_app_swap *s = x;
    if (s->swap.id)
        tb_buf_addf(out,
                    tb_t("交換 %lld  %s（第%lld版の席）\n", "swap %lld  %s (seats of publication %lld)\n"),
                    (long long)s->swap.id, tb_swap_word(s->state), (long long)s->swap.publication);
    else
        tb_buf_addf(out,
                    tb_t("交換したとすれば（第%lld版の席。何も保存していません）\n",
                         "if swapped (seats of publication %lld; nothing was stored)\n"),
                    (long long)s->swap.publication);
    sides_text(s, out);
    if (x->side < 0) moves_text(s, out); /* what was noted is for the office */
    if (s->possible)
        tb_buf_addf(out, tb_t("今は成立しません: %s\n", "not possible today: %s\n"), x->why_not.text);
    for (int k = 0; k < 2 && s->n_parts; k++)
        if (x->side < 0 || x->side == k) tb_tell_swap_effect_text(s, k, out);
}

/* ---- its steps -------------------------------------------------------------------------------------- */

void tb_tell_swap_moved_json(const struct tb_app_swap *x, tb_printer *p) { swap_head_json(&x->swap, p); }

void tb_tell_swap_moved_text(const struct tb_app_swap *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("交換 %lld: %s\n", "swap %lld: %s\n"), (long long)x->swap.id,
                tb_swap_word(x->state));
}

void tb_tell_swap_published_json(const struct tb_tell_swap_published *x, tb_printer *p)
{
    struct tb_buf notice = {0};
    tb_app_diff_notice(x->diff, &notice);
    tb_print_kint(p, "swap", x->swap);
    tb_print_kint(p, "publication", x->publication->number);
    tb_print_kstring(p, "digest", x->publication->digest);
    tb_print_kint(p, "changes", (int64_t)x->diff->n);
    tb_print_kstring(p, "notice", tb_buf_str(&notice));
    tb_buf_free(&notice);
}

void tb_tell_swap_published_text(const struct tb_tell_swap_published *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("第%lld版（%.8s）として公表しました\n\n", "publication %lld (%.8s)\n\n"),
                (long long)x->publication->number, x->publication->digest);
    tb_app_diff_notice(x->diff, out);
}

/* ---- all swaps -------------------------------------------------------------------------------------- */

static bool swap_concerns(const struct tb_swap *w, const char *provider)
{
    return !provider || strcmp(w->side[0].provider, provider) == 0 ||
           strcmp(w->side[1].provider, provider) == 0;
}

void tb_tell_swaps_json(const struct tb_tell_swaps *x, tb_printer *p)
{
    tb_print_key(p, "swaps");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        if (!swap_concerns(&x->v[i], x->provider)) continue;
        tb_print_begin_object(p);
        swap_head_json(&x->v[i], p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_swaps_text(const struct tb_tell_swaps *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n; i++) {
        char giver[160], taker[160];
        const struct tb_swap *w = &x->v[i];
        if (!swap_concerns(w, x->provider)) continue;
        tb_buf_addf(out, "%5lld  ", (long long)w->id);
        tb_tell_cell(out, tb_swap_word(tb_swap_state(w)), 16);
        tb_buf_addf(out, "%s %s  %s %s\n", stored_seat(w, 0, giver, sizeof giver), w->side[0].provider,
                    w->side[1].band ? stored_seat(w, 1, taker, sizeof taker) : "-", w->side[1].provider);
    }
}
