/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What two states of the published seats have not in common.
 */
#include "toban/tell/diff.h"

#include "toban/tell/duties.h"
#include "toban/tell/seat.h"
#include "toban/tell/words.h"

/* Lost and gained seats of one provider; false when he has none of either. */
static bool tally_of(const struct tb_app_diff *d, int provider, int *lost, int *gained)
{
    *lost = *gained = 0;
    for (size_t i = 0; i < d->n; i++) {
        *lost += d->changes[i].seat.provider == provider;
        *gained += d->changes[i].after == provider;
    }
    return *lost || *gained;
}

/* ---- for programs ------------------------------------------------------------------------------- */

static void side_json(tb_printer *p, const char *key, const struct tb_side *s)
{
    tb_print_key(p, key);
    tb_print_begin_object(p);
    tb_print_kint(p, "publication", s->number);
    if (s->draft)
        tb_print_kint(p, "draft", s->draft);
    else
        tb_print_kstring(p, "hash", s->hash);
    if (s->number || s->draft) tb_tell_instant(p, "at", s->at);
    tb_print_end_object(p);
}

/* "before": null, or its id and beside it "before_name". */
static void provider_json(tb_printer *p, const struct tb_region *r, const char *key, const char *name_key,
                          int provider)
{
    tb_print_key(p, key);
    if (provider < 0) {
        tb_print_null(p);
        return;
    }
    tb_print_string(p, r->providers[provider].id);
    tb_print_kstring(p, name_key, r->providers[provider].name);
}

static void changes_json(const struct tb_app_diff *d, tb_printer *p)
{
    tb_print_key(p, "changes");
    tb_print_begin_list(p);
    for (size_t i = 0; i < d->n; i++) {
        tb_print_begin_object(p);
        tb_tell_row_json(d->region, &d->changes[i].seat, p);
        provider_json(p, d->region, "before", "before_name", d->changes[i].seat.provider);
        provider_json(p, d->region, "after", "after_name", d->changes[i].after);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void open_json(const struct tb_app_diff *d, tb_printer *p)
{
    tb_print_key(p, "open");
    tb_print_begin_list(p);
    for (size_t i = 0; i < d->n_open; i++) {
        const struct tb_body *call = &d->region->bodies[d->region->duties[d->open[i].duty].body];
        tb_print_begin_object(p);
        tb_tell_row_json(d->region, &d->open[i], p);
        tb_print_kstring(p, "call_name", call->name);
        tb_print_kstring(p, "call_phone", call->phone);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void providers_json(const struct tb_app_diff *d, tb_printer *p)
{
    tb_print_key(p, "providers");
    tb_print_begin_list(p);
    for (int i = 0, lost, gained; i < d->region->n_providers; i++) {
        if (!tally_of(d, i, &lost, &gained)) continue;
        tb_print_begin_object(p);
        provider_json(p, d->region, "provider", "name", i);
        tb_print_kint(p, "lost", lost);
        tb_print_kint(p, "gained", gained);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void ledgers_json(const struct tb_app_diff *d, tb_printer *p)
{
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (size_t i = 0; i < d->n_ledgers; i++) {
        const struct tb_ledger_change *l = &d->ledgers[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", d->region->ledgers[l->ledger].id);
        tb_print_kstring(p, "account", tb_account_id(d->region, l->ledger, l->account));
        tb_print_kint(p, "done", l->done);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_diff_json(const struct tb_app_diff *x, tb_printer *p)
{
    side_json(p, "a", &x->a);
    side_json(p, "b", &x->b);
    changes_json(x, p);
    open_json(x, p);
    providers_json(x, p);
    ledgers_json(x, p);
}

/* ---- for people --------------------------------------------------------------------------------- */

static const char *name_or_nobody(const struct tb_region *r, int provider)
{
    return provider >= 0 ? r->providers[provider].name : tb_t("（なし）", "(nobody)");
}

/* Nobody came, and the seat is still there. */
static bool is_open(const struct tb_app_diff *d, const struct tb_change *c)
{
    if (c->after >= 0) return false;
    for (size_t i = 0; i < d->n_open; i++)
        if (tb_same_slot(&d->open[i], &c->seat)) return true;
    return false;
}

static void changes_text(const struct tb_app_diff *d, struct tb_buf *out)
{
    if (d->n) tb_buf_addf(out, "%s\n", tb_t("\n席ごと", "\nby seat"));
    for (size_t i = 0; i < d->n; i++) {
        tb_buf_add(out, "  ");
        tb_tell_row_cells(d->region, &d->changes[i].seat, out);
        tb_buf_addf(out, "%s → %s\n", name_or_nobody(d->region, d->changes[i].seat.provider),
                    is_open(d, &d->changes[i]) ? tb_tell_open()
                                               : name_or_nobody(d->region, d->changes[i].after));
    }
}

static void open_text(const struct tb_app_diff *d, struct tb_buf *out)
{
    if (d->n_open) tb_buf_addf(out, "%s\n", tb_t("\n空いた席", "\nopen seats"));
    for (size_t i = 0; i < d->n_open; i++) {
        const struct tb_body *call = &d->region->bodies[d->region->duties[d->open[i].duty].body];
        tb_buf_add(out, "  ");
        tb_tell_row_cells(d->region, &d->open[i], out);
        tb_buf_addf(out, tb_t("調整中 連絡先 %s %s\n", "being arranged, call %s %s\n"), call->name,
                    call->phone);
    }
}

static void providers_text(const struct tb_app_diff *d, struct tb_buf *out)
{
    if (d->n) tb_buf_addf(out, "%s\n", tb_t("\n当番医・医療機関ごと", "\nby provider"));
    for (int i = 0, lost, gained; i < d->region->n_providers; i++) {
        if (!tally_of(d, i, &lost, &gained)) continue;
        tb_buf_add(out, "  ");
        tb_tell_cell(out, d->region->providers[i].name, 36);
        tb_buf_addf(out, tb_t("減 %d  増 %d\n", "%d fewer, %d more\n"), lost, gained);
    }
}

static void ledgers_text(const struct tb_app_diff *d, struct tb_buf *out)
{
    if (d->n_ledgers) tb_buf_addf(out, "%s\n", tb_t("\n帳簿ごと（回数）", "\nby ledger (duties)"));
    for (size_t i = 0; i < d->n_ledgers; i++) {
        const struct tb_ledger_change *l = &d->ledgers[i];
        tb_buf_add(out, "  ");
        tb_tell_cell(out, d->region->ledgers[l->ledger].name, 36);
        tb_tell_cell(out, tb_tell_account_name(d->region, l->ledger, l->account), 32);
        tb_buf_addf(out, "%+d\n", l->done);
    }
}

void tb_tell_diff_text(const struct tb_app_diff *x, struct tb_buf *out)
{
    struct tb_buf a = {0}, b = {0};
    tb_app_side_words(&x->a, &a);
    tb_app_side_words(&x->b, &b);
    tb_buf_addf(out, tb_t("%s → %s  変わる席 %zu\n", "%s -> %s  seats that change: %zu\n"), tb_buf_str(&a),
                tb_buf_str(&b), x->n);
    tb_buf_free(&a);
    tb_buf_free(&b);
    changes_text(x, out);
    open_text(x, out);
    providers_text(x, out);
    ledgers_text(x, out);
}
