/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The days of a period: holiday, classes, seats.
 */
#include "toban/tell/calendar.h"

#include "toban/domain/words.h"
#include "toban/tell/words.h"
#include "toban/domain/dated.h"

static tb_minute calendar_seat_end(const struct tb_slot *s) { return s->interval[s->n_intervals - 1].to; }

/* ---- for programs ------------------------------------------------------------------------------- */

static void classes_json(const struct tb_region *r, tb_day d, tb_printer *p)
{
    uint64_t classes = tb_day_classes(r, -1, d);
    tb_print_key(p, "classes");
    tb_print_begin_list(p);
    for (int i = 0; i < r->n_classes; i++)
        if (classes >> i & 1) tb_print_string(p, r->classes[i].id);
    tb_print_end_list(p);
}

static void calendar_seats_json(const struct tb_app_calendar *x, tb_day d, tb_printer *p)
{
    const struct tb_region *r = x->region;
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for (int i = 0; i < x->n_slots; i++) {
        const struct tb_slot *s = &x->slots[i];
        if (s->date != d) continue;
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", r->duties[s->duty].id);
        tb_print_kstring(p, "band", r->bands[s->band].id);
        tb_print_kstring(p, "role", tb_role_word(s->role));
        tb_print_kint(p, "seats", s->need);
        tb_tell_instant(p, "start", s->interval[0].from);
        tb_tell_instant(p, "end", calendar_seat_end(s));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* What is another from that day on. */
static void amendments_json(const struct tb_region *r, tb_day d, tb_printer *p)
{
    tb_print_key(p, "amendments");
    tb_print_begin_list(p);
    for (int i = 0; i < r->n_amendments; i++) {
        const struct tb_amendment *a = &r->amendments[i];
        if (a->from != d) continue;
        tb_print_begin_object(p);
        tb_print_kstring(p, "table", a->what);
        tb_print_kstring(p, "key", a->key);
        tb_print_kstring(p, "field", a->field);
        tb_print_kstring(p, "value", a->value);
        tb_print_kstring(p, "reason", a->reason);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* Days of the year that one of the two has and the other has not, as a list of dates. */
static void only_json(const struct tb_region *r, int year, bool by_list, tb_printer *p)
{
    tb_print_key(p, by_list ? "list_only" : "law_only");
    tb_print_begin_list(p);
    for (tb_day d = tb_day_of(year, 1, 1); d <= tb_day_of(year, 12, 31); d++) {
        const bool told = tb_region_holiday(r, d) != NULL, law = tb_holiday_by_law(d) != NULL;
        char text[64];
        if (told != law && told == by_list) tb_print_string(p, tb_format_date(d, text, sizeof text));
    }
    tb_print_end_list(p);
}

static void years_json(const struct tb_app_calendar *x, tb_printer *p)
{
    tb_print_key(p, "holiday_years");
    tb_print_begin_list(p);
    for (int year = tb_ymd_of(x->from).year; year <= tb_ymd_of(x->to).year; year++) {
        tb_print_begin_object(p);
        tb_print_kint(p, "year", year);
        tb_print_kstring(p, "by", tb_holiday_year_whole(&x->region->official, year) ? "list" : "law");
        only_json(x->region, year, true, p);
        only_json(x->region, year, false, p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_calendar_json(const struct tb_app_calendar *x, tb_printer *p)
{
    tb_print_key(p, "days");
    tb_print_begin_list(p);
    for (tb_day d = x->from; d <= x->to; d++) {
        const char *holiday = tb_region_holiday(x->region, d);
        tb_print_begin_object(p);
        tb_tell_date(p, "date", d);
        tb_print_kstring(p, "weekday", tb_weekday_en(tb_weekday(d)));
        tb_print_key(p, "holiday");
        if (holiday)
            tb_print_string(p, holiday);
        else
            tb_print_null(p);
        classes_json(x->region, d, p);
        calendar_seats_json(x, d, p);
        amendments_json(x->region, d, p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    years_json(x, p);
}

/* ---- for people --------------------------------------------------------------------------------- */

static void classes_text(const struct tb_region *r, tb_day d, struct tb_buf *out)
{
    uint64_t classes = tb_day_classes(r, -1, d);
    bool first = true, ja = tb_lang_get() == TB_JA;
    for (int i = 0; i < r->n_classes; i++) {
        const struct tb_class *k = &r->classes[i];
        if (!(classes >> i & 1)) continue;
        tb_buf_addf(out, "%s%s", first ? "" : " ", ja || !*k->name_en ? k->name : k->name_en);
        first = false;
    }
}

static void calendar_seats_text(const struct tb_app_calendar *x, tb_day d, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    char from[64], to[64];
    for (int i = 0; i < x->n_slots; i++) {
        const struct tb_slot *s = &x->slots[i];
        if (s->date != d) continue;
        tb_buf_addf(out, "    %s %s %s %d  %.16s - %.16s\n", tb_duty_on(r, s->duty, s->date)->name,
                    tb_band_on(r, s->band, s->date)->name, tb_role_name(s->role), s->need,
                    tb_format_instant(s->interval[0].from, from, sizeof from),
                    tb_format_instant(calendar_seat_end(s), to, sizeof to));
    }
}

static void amendments_text(const struct tb_region *r, tb_day d, struct tb_buf *out)
{
    for (int i = 0; i < r->n_amendments; i++) {
        const struct tb_amendment *a = &r->amendments[i];
        if (a->from != d) continue;
        const struct tb_dated_cell x = tb_dated_cell(r, i);
        const struct tb_field *f = &tb_entities[x.entity].fields[x.field];
        tb_buf_addf(out, tb_t("  ＊この日から %s %s の%s: %s", "  * from this day on %s %s, %s: %s"),
                    tb_t(tb_entities[x.entity].ja, a->what), a->key, tb_t(f->ja, f->name),
                    *a->value ? a->value : "-");
        if (*a->reason) tb_buf_addf(out, tb_t("（%s）", " (%s)"), a->reason);
        tb_buf_addc(out, '\n');
    }
}

static void year_text(const struct tb_region *r, int year, struct tb_buf *out)
{
    tb_buf_addf(
        out,
        tb_holiday_year_whole(&r->official, year)
            ? tb_t("%d 年の祝日: 登録された一覧のとおり", "holidays of %d: by the list that was entered")
            : tb_t("%d 年の祝日: 法律から計算（一年分の一覧がありません）",
                   "holidays of %d: computed from the law (no list of the whole year)"),
        year);
    for (tb_day d = tb_day_of(year, 1, 1); d <= tb_day_of(year, 12, 31); d++) {
        const char *told = tb_region_holiday(r, d), *law = tb_holiday_by_law(d);
        char text[64];
        if (!told == !law) continue;
        tb_buf_addf(out, "%s%s %s %s", tb_t("、", ", "), told ? "+" : "-",
                    tb_format_date(d, text, sizeof text), told ? told : law);
    }
    tb_buf_addc(out, '\n');
}

void tb_tell_calendar_text(const struct tb_app_calendar *x, struct tb_buf *out)
{
    char text[64];
    for (tb_day d = x->from; d <= x->to; d++) {
        const char *holiday = tb_region_holiday(x->region, d);
        if (tb_lang_get() == TB_JA)
            tb_tell_cell(out, tb_format_date_ja(d, text, sizeof text), 26);
        else
            tb_buf_addf(out, "%s %s  ", tb_format_date(d, text, sizeof text), tb_weekday_en(tb_weekday(d)));
        tb_tell_cell(out, holiday ? holiday : "", 16);
        classes_text(x->region, d, out);
        tb_buf_addc(out, '\n');
        amendments_text(x->region, d, out);
        calendar_seats_text(x, d, out);
    }
    for (int year = tb_ymd_of(x->from).year; year <= tb_ymd_of(x->to).year; year++)
        year_text(x->region, year, out);
}
