/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Open seats and broken rules of a draft.
 */
#include "verdict.h"

#include "toban/domain/exception.h"
#include "toban/tell/seat.h"
#include "toban/domain/dated.h"

/* ---- open seats ----------------------------------------------------------------------------------- */

struct open_walk {
    int slot; /* -1 before the first */
    int at;   /* first row of the roster that may belong to a later slot: it is sorted by slot */
    int open; /* seats of `slot` that nobody took */
};

static bool next_open_slot(const struct tb_app_draft *d, struct open_walk *w)
{
    while (++w->slot < d->problem->n_slots) {
        const struct tb_slot *s = &d->problem->slots[w->slot];
        int filled = 0;
        if (!s->planned) continue;
        while (w->at < d->roster.n && d->roster.a[w->at].slot < w->slot) w->at++;
        for (; w->at < d->roster.n && d->roster.a[w->at].slot == w->slot; w->at++) filled++;
        w->open = s->need - filled;
        if (w->open > 0) return true;
    }
    return false;
}

void tell_open_slots_json(const struct tb_app_draft *d, tb_printer *p)
{
    tb_print_key(p, "open_slots");
    tb_print_begin_list(p);
    for (struct open_walk w = {.slot = -1}; next_open_slot(d, &w);) {
        tb_print_begin_object(p);
        tb_tell_slot_json(d->problem->region, &d->problem->slots[w.slot], p);
        tb_print_kint(p, "open", w.open);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tell_open_slots_text(const struct tb_app_draft *d, struct tb_buf *out)
{
    char date[64];
    for (struct open_walk w = {.slot = -1}; next_open_slot(d, &w);) {
        const struct tb_slot *s = &d->problem->slots[w.slot];
        tb_buf_addf(out, tb_t("  空席: %1$s %2$s %3$s %4$d\n", "  open: %1$s %2$s %3$s %4$d\n"),
                    tb_format_date_told(s->date, date, sizeof date),
                    tb_duty_on(d->region, s->duty, s->date)->name,
                    tb_band_on(d->region, s->band, s->date)->name, w.open);
    }
}

/* ---- broken rules --------------------------------------------------------------------------------- */

static void consent_json(const struct tb_exception *x, tb_printer *p)
{
    char date[64];
    tb_print_key(p, "exception");
    tb_print_begin_object(p);
    tb_print_kstring(p, "reason", x->reason);
    tb_print_kstring(p, "signed_by", x->signed_by);
    tb_print_kstring(p, "signed_on", tb_format_date(x->signed_on, date, sizeof date));
    tb_print_end_object(p);
}

static void violation_json(const struct tb_app_draft *d, const struct tb_violation *x, tb_printer *p)
{
    char date[64];
    const struct tb_exception *consent = tb_app_consent(d, x);
    struct tb_buf text = {0};
    tb_violation_text(d->problem, x, &text);
    tb_print_begin_object(p);
    tb_print_kstring(p, "rule", x->rule);
    if (x->provider >= 0) tb_print_kstring(p, "provider", d->region->providers[x->provider].id);
    tb_print_kstring(p, "from", tb_format_date(x->from, date, sizeof date));
    tb_print_kstring(p, "to", tb_format_date(x->to, date, sizeof date));
    tb_print_kint(p, "measured", x->measured);
    tb_print_kint(p, "allowed", x->allowed);
    tb_print_kint(p, "excess", x->excess);
    tb_print_kint(p, "cost", x->cost);
    tb_print_kstring(p, "text", tb_buf_str(&text));
    if (consent) consent_json(consent, p);
    tb_print_end_object(p);
    tb_buf_free(&text);
}

void tell_violations_json(const struct tb_app_draft *d, const char *key, bool hard, tb_printer *p)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < d->verdict->n_violations; i++)
        if (d->verdict->violations[i].hard == hard) violation_json(d, &d->verdict->violations[i], p);
    tb_print_end_list(p);
}

void tell_violations_text(const struct tb_app_draft *d, bool hard, int most, struct tb_buf *out)
{
    int all = 0;
    for (int i = 0; i < d->verdict->n_violations; i++) {
        const struct tb_violation *v = &d->verdict->violations[i];
        if (v->hard != hard || all++ >= most) continue;
        const struct tb_exception *x = tb_app_consent(d, v);
        tb_buf_add(out, "  ");
        tb_violation_text(d->problem, v, out);
        tb_buf_addc(out, '\n');
        if (x)
            tb_buf_addf(out, tb_t("    特例: %s（承認 %s）\n", "    exception: %s (signed by %s)\n"),
                        x->reason, x->signed_by);
    }
    if (all > most) tb_buf_addf(out, tb_t("  ほか %d 件\n", "  and %d more\n"), all - most);
}

/* ---- notes ---------------------------------------------------------------------------------------- */

enum { MOST_NOTES = 20 };

static void note_words(const struct tb_app_draft *d, const struct tb_reach *x, struct tb_buf *out)
{
    const struct tb_wish *w = &d->problem->region->wishes[x->wish];
    char day[64];
    tb_buf_addf(out, "%s%s", d->problem->region->providers[x->provider].name, tb_t("、", ", "));
    tb_tell_slot_words(d->problem->region, &d->problem->slots[x->slot], out);
    tb_buf_addf(
        out,
        tb_t("：出務できない %s "
             "に入り込みます。希望は当番日で数えるので違反ではありませんが、本人に確かめてください",
             ": reaches into %s, on which he cannot serve. The wish means duty dates, so nothing is broken; "
             "ask him"),
        tb_format_date_told(w->from, day, sizeof day));
}

void tell_notes_json(const struct tb_app_draft *d, tb_printer *p)
{
    struct tb_arena a = {0};
    struct tb_reach *v;
    int n = tb_reaching(d->problem, &d->roster, &a, &v);
    tb_print_key(p, "notes");
    tb_print_begin_list(p);
    for (int i = 0; i < n; i++) {
        struct tb_buf text = {0};
        note_words(d, &v[i], &text);
        tb_print_begin_object(p);
        tb_tell_slot_json(d->problem->region, &d->problem->slots[v[i].slot], p);
        tb_print_kstring(p, "provider", d->problem->region->providers[v[i].provider].id);
        tb_print_kstring(p, "text", tb_buf_str(&text));
        tb_print_end_object(p);
        tb_buf_free(&text);
    }
    tb_print_end_list(p);
    tb_arena_free(&a);
}

void tell_notes_text(const struct tb_app_draft *d, struct tb_buf *out)
{
    struct tb_arena a = {0};
    struct tb_reach *v;
    int n = tb_reaching(d->problem, &d->roster, &a, &v);
    for (int i = 0; i < n && i < MOST_NOTES; i++) {
        tb_buf_add(out, tb_t("  注意: ", "  note: "));
        note_words(d, &v[i], out);
        tb_buf_addc(out, '\n');
    }
    if (n > MOST_NOTES)
        tb_buf_addf(out, tb_t("  注意 ほか %d 件\n", "  and %d more notes\n"), n - MOST_NOTES);
    tb_arena_free(&a);
}

int tell_soft_cases(const struct tb_verdict *v) { return v->n_violations - v->n_hard; }
