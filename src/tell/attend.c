/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was done in the seats: seat by seat, in counts, and what was recorded just now.
 */
#include <stdio.h>

#include "toban/tell/attend.h"
#include "toban/tell/seat.h"
#include "toban/domain/dated.h"

/* ---- seats ------------------------------------------------------------------------------------------ */

static void count_or_null(const char *key, int64_t v, tb_printer *p)
{
    tb_print_key(p, key);
    if (v < 0)
        tb_print_null(p);
    else
        tb_print_int(p, v);
}

static void provider_or_null(const struct tb_region *r, const char *key, int provider, tb_printer *p)
{
    tb_print_key(p, key);
    if (provider < 0)
        tb_print_null(p);
    else
        tb_print_string(p, r->providers[provider].id);
}

static void served_json(const struct tb_app_attended *x, const struct tb_app_served *v, tb_printer *p)
{
    const struct tb_region *r = x->region;
    const struct tb_assignment *a = &x->board->a[v->assignment];
    char t[64];
    tb_print_begin_object(p);
    tb_tell_slot_json(r, &x->board->slots[a->slot], p);
    tb_print_kstring(p, "seated", r->providers[a->provider].id);
    tb_print_kbool(p, "recorded", v->record != NULL);
    provider_or_null(r, "came", v->came, p);
    provider_or_null(r, "credit", v->credit, p);
    tb_print_kstring(p, "from", tb_format_instant(v->from, t, sizeof t));
    tb_print_kstring(p, "to", tb_format_instant(v->to, t, sizeof t));
    tb_print_kint(p, "minutes", v->minutes);
    count_or_null("patients", v->record ? v->record->patients : -1, p);
    count_or_null("referred", v->record ? v->record->referred : -1, p);
    count_or_null("light", v->record ? v->record->light : -1, p);
    tb_print_end_object(p);
}

void tb_tell_attended_json(const struct tb_tell_attended *x, tb_printer *p)
{
    const struct tb_app_attended *a = x->attended;
    tb_print_kint(p, "publication", a->board->publication);
    tb_print_kint(p, "seats_begun", (int64_t)a->n);
    tb_print_kint(p, "missing", (int64_t)a->missing);
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (size_t i = 0; i < a->n; i++)
        if (!(x->missing && a->v[i].record)) served_json(a, &a->v[i], p);
    tb_print_end_list(p);
}

static void count_cell(int64_t v, struct tb_buf *out)
{
    char t[24] = "-";
    if (v >= 0) snprintf(t, sizeof t, "%lld", (long long)v);
    tb_tell_cell(out, t, -6);
}

static void record_text(const struct tb_region *r, const struct tb_app_served *v, int seated,
                        struct tb_buf *out)
{
    count_cell(v->record->patients, out);
    count_cell(v->record->referred, out);
    count_cell(v->record->light, out);
    if (v->came < 0)
        tb_buf_add(out, tb_t("  だれも来なかった", "  nobody came"));
    else if (v->came != seated)
        tb_buf_addf(out, tb_t("  来たのは %s", "  came: %s"), r->providers[v->came].name);
    if (*v->record->reason) tb_buf_addf(out, "  %s", v->record->reason);
    tb_buf_addc(out, '\n');
}

static void served_text(const struct tb_app_attended *x, const struct tb_app_served *v, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    const struct tb_assignment *a = &x->board->a[v->assignment];
    const struct tb_slot *s = &x->board->slots[a->slot];
    char t[64];
    tb_tell_cell(out, tb_format_date_told(s->date, t, sizeof t), 22);
    tb_tell_cell(out, tb_duty_on(r, s->duty, s->date)->name, 28);
    tb_tell_cell(out, tb_band_on(r, s->band, s->date)->name, 8);
    tb_tell_cell(out, r->providers[a->provider].name, 30);
    if (v->record)
        record_text(r, v, a->provider, out);
    else
        tb_buf_add(out, tb_t("記録なし\n", "no record\n"));
}

void tb_tell_attended_text(const struct tb_tell_attended *x, struct tb_buf *out)
{
    const struct tb_app_attended *a = x->attended;
    tb_buf_addf(out,
                tb_t("始まった当番 %zu、記録のないもの %zu\n", "duties begun: %zu, without record: %zu\n"),
                a->n, a->missing);
    if (!x->missing && a->n) {
        tb_tell_cell(out, "", 88);
        tb_tell_cell(out, tb_t("患者", "seen"), -6);
        tb_tell_cell(out, tb_t("紹介", "ref."), -6);
        tb_tell_cell(out, tb_t("軽症", "light"), -6);
        tb_buf_addc(out, '\n');
    }
    for (size_t i = 0; i < a->n; i++)
        if (!(x->missing && a->v[i].record)) served_text(a, &a->v[i], out);
}

/* ---- counts ----------------------------------------------------------------------------------------- */

void tb_tell_counts_json(const struct tb_tell_counts *x, tb_printer *p)
{
    const struct tb_region *r = x->region;
    tb_print_key(p, "counts");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_app_count *v = &x->v[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", r->duties[v->duty].id);
        tb_print_kstring(p, "provider", r->providers[v->provider].id);
        tb_print_kstring(p, "name", r->providers[v->provider].name);
        tb_print_kint(p, "done", v->done);
        tb_print_kint(p, "recorded", v->recorded);
        tb_print_kint(p, "minutes", v->minutes);
        tb_print_kint(p, "patients", v->patients);
        tb_print_kint(p, "referred", v->referred);
        tb_print_kint(p, "light", v->light);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_counts_text(const struct tb_tell_counts *x, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_app_count *v = &x->v[i];
        tb_tell_cell(out, r->duties[v->duty].name, 30);
        tb_tell_cell(out, r->providers[v->provider].name, 34);
        tb_buf_addf(out,
                    tb_t("%3lld 回（記録 %lld）%5lld 時間 %02lld 分  患者 %lld\n",
                         "%3lld duties (%lld recorded) %5lld h %02lld  patients %lld\n"),
                    (long long)v->done, (long long)v->recorded, (long long)(v->minutes / 60),
                    (long long)(v->minutes % 60), (long long)v->patients);
    }
}

/* ---- what was recorded ------------------------------------------------------------------------------ */

void tb_tell_attendance_json(const struct tb_tell_attendance *x, tb_printer *p)
{
    tb_print_kstring(p, "seat", x->seat);
    tb_print_kbool(p, "added", x->added);
}

void tb_tell_attendance_text(const struct tb_tell_attendance *x, struct tb_buf *out)
{
    tb_buf_add(out, !x->added ? tb_t("同じ記録がもうあります\n", "the same record is there already\n")
                    : x->taken_back ? tb_t("記録を取り消しました\n", "the record is taken back\n")
                                    : tb_t("記録しました\n", "recorded\n"));
}

void tb_tell_attendance_file_json(const struct tb_tell_attendance_file *x, tb_printer *p)
{
    tb_print_kint(p, "added", x->added);
    tb_print_kint(p, "unchanged", x->unchanged);
}

void tb_tell_attendance_file_text(const struct tb_tell_attendance_file *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("記録 %d 件（変わらないもの %d 件）\n", "%d records (%d unchanged)\n"), x->added,
                x->unchanged);
}
