/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two arrangements side by side.
 */
#include <stdio.h>
#include <stdlib.h>

#include "toban/tell/compare.h"

enum { MANY = 40 };

/* ---- JSON -------------------------------------------------------------------------------------- */

static void date_json(const char *key, tb_day d, tb_printer *p)
{
    char t[64];
    tb_print_kstring(p, key, tb_format_date(d, t, sizeof t));
}

static void duties_json(const struct tb_tally *t, tb_printer *p)
{
    tb_print_key(p, "duties");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_duties; i++) {
        const struct tb_tally_duty *d = &t->duties[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", d->id);
        tb_print_kint(p, "seats", d->seats);
        tb_print_kint(p, "open", d->open);
        tb_print_kint(p, "minutes", d->minutes);
        tb_print_kint(p, "patient_millimin", tb_tally_mean(d->patients, d->slots));
        tb_print_kint(p, "patient_slots", d->slots);
        tb_print_kint(p, "staff_minutes", d->staff);
        tb_print_kint(p, "staff_trips", d->trips);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void providers_json(const struct tb_tally *t, tb_printer *p)
{
    tb_print_key(p, "providers");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_providers; i++) {
        const struct tb_tally_provider *x = &t->providers[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "provider", x->id);
        tb_print_kstring(p, "name", x->name);
        tb_print_kint(p, "turns", x->turns);
        tb_print_kint(p, "reserve", x->reserve);
        tb_print_kint(p, "minutes", x->minutes);
        tb_print_kint(p, "big", x->big);
        tb_print_key(p, "by_duty");
        tb_print_begin_object(p);
        for (int d = 0; d < t->n_duties; d++) tb_print_kint(p, t->duties[d].id, x->by_duty[d]);
        tb_print_end_object(p);
        tb_print_key(p, "by_class");
        tb_print_begin_object(p);
        for (int c = 0; c < t->n_classes; c++) tb_print_kint(p, t->classes[c].id, x->by_class[c]);
        tb_print_end_object(p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void ledgers_json(const struct tb_tally *t, tb_printer *p)
{
    tb_print_key(p, "ledgers");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_ledgers; i++) {
        char text[32];
        tb_print_begin_object(p);
        tb_print_kstring(p, "ledger", t->ledgers[i].id);
        tb_print_kstring(p, "largest",
                         tb_format_millionths(t->ledgers[i].largest * 10000, text, sizeof text));
        tb_print_kstring(p, "account", t->ledgers[i].who);
        tb_print_kstring(p, "squares", tb_format_millionths(t->ledgers[i].squares * 100, text, sizeof text));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void rules_json(const struct tb_tally *t, tb_printer *p)
{
    tb_print_key(p, "rules");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_rules; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "rule", t->rules[i].id);
        tb_print_kstring(p, "sentence", tb_t(t->rules[i].ja, t->rules[i].en));
        tb_print_kint(p, "times", t->rules[i].times);
        tb_print_kint(p, "cost", t->rules[i].cost);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void opens_json(const struct tb_tally *t, tb_printer *p)
{
    tb_print_key(p, "open_slots");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_opens; i++) {
        tb_print_begin_object(p);
        date_json("date", t->opens[i].date, p);
        tb_print_kstring(p, "duty", t->opens[i].duty);
        tb_print_kstring(p, "band", t->opens[i].band);
        tb_print_kstring(p, "role", t->opens[i].reserve ? "reserve" : "primary");
        tb_print_kint(p, "seats", t->opens[i].seats);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void tally_json(const struct tb_tally *t, tb_printer *p)
{
    tb_print_kint(p, "objective", t->objective);
    tb_print_kint(p, "bound", t->bound);
    tb_print_kint(p, "seats", t->seats);
    tb_print_kint(p, "open", t->open);
    tb_print_kint(p, "open_reserve", t->open_reserve);
    tb_print_kint(p, "blank_days", t->blank_days);
    tb_print_kint(p, "soft", t->soft);
    opens_json(t, p);
    duties_json(t, p);
    providers_json(t, p);
    ledgers_json(t, p);
    rules_json(t, p);
}

static void side_json(const struct tb_compared *x, const char *key, tb_printer *p)
{
    const struct tb_tally *t = x->tally;
    tb_print_key(p, key);
    tb_print_begin_object(p);
    tb_print_kstring(p, "name", x->name);
    tb_print_kint(p, "rows_changed", x->changed);
    tb_print_kint(p, "rows_added", x->added);
    tb_print_kstring(p, "status", !t ? "none" : t->proven ? "optimal" : "feasible");
    if (t)
        tally_json(t, p);
    else
        tb_print_kstring(p, "reason", x->why_not);
    tb_print_end_object(p);
}

void tb_tell_compare_json(const struct tb_app_compare *x, tb_printer *p)
{
    tb_print_kstring(p, "period", x->period);
    date_json("from", x->from, p);
    date_json("to", x->to, p);
    side_json(&x->side[0], "a", p);
    side_json(&x->side[1], "b", p);
}

/* ---- text ------------------------------------------------------------------------------------------- */

/* A number that may be missing on one of the sides, and how it is written: `unit` 1, 10 or 100 to the whole.
 */
struct figure {
    int64_t v;
    bool there;
};
static struct figure figure_of(int64_t v, bool there) { return (struct figure){.v = v, .there = there}; }

struct figures {
    struct figure a, b;
    int unit;
    bool alone; /* the difference says nothing */
};

static void number_cell(int64_t v, int unit, bool sign, int width, struct tb_buf *out)
{
    char t[48];
    long long size = v < 0 ? -v : v;
    const char *s = v < 0 ? "-" : sign && v > 0 ? "+" : "";
    if (unit == 1)
        snprintf(t, sizeof t, "%s%lld", s, size);
    else if (unit == 10)
        snprintf(t, sizeof t, "%s%lld.%lld", s, size / 10, size % 10);
    else
        snprintf(t, sizeof t, "%s%lld.%02lld", s, size / 100, size % 100);
    tb_tell_cell(out, t, -width);
}

static void figure_cell(const struct figure *f, int unit, struct tb_buf *out)
{
    if (f->there)
        number_cell(f->v, unit, false, 14, out);
    else
        tb_tell_cell(out, "-", -14);
}

static void figures_text(const char *name, struct figures f, struct tb_buf *out)
{
    tb_buf_add(out, "  ");
    tb_tell_cell(out, name, 42);
    figure_cell(&f.a, f.unit, out);
    figure_cell(&f.b, f.unit, out);
    if (!f.alone && f.a.there && f.b.there) number_cell(f.b.v - f.a.v, f.unit, true, 10, out);
    tb_buf_addc(out, '\n');
}

/* Whole numbers of both sides. */
static void counts_text(const char *name, struct figure a, struct figure b, struct tb_buf *out)
{
    figures_text(name, (struct figures){.a = a, .b = b, .unit = 1}, out);
}

static void section_text(const char *text, struct tb_buf *out)
{
    tb_buf_addc(out, '\n');
    tb_tell_cell(out, text, 44);
    tb_tell_cell(out, "A", -14);
    tb_tell_cell(out, "B", -14);
    tb_tell_cell(out, "B-A", -10);
    tb_buf_addc(out, '\n');
}

static void duty_text(const struct tb_tally_duty *a, const struct tb_tally_duty *b, struct tb_buf *out)
{
    static const struct tb_tally_duty none;
    const struct tb_tally_duty *x = a ? a : &none, *y = b ? b : &none;
    counts_text(tb_t("席", "seats"), figure_of(x->seats, a), figure_of(y->seats, b), out);
    counts_text(tb_t("空席", "open seats"), figure_of(x->open, a), figure_of(y->open, b), out);
    counts_text(tb_t("当番時間", "hours on duty"), figure_of(tb_tally_mean(x->minutes, 60), a),
                figure_of(tb_tally_mean(y->minutes, 60), b), out);
    figures_text(
        tb_t("住民からの移動（平均・分）", "patients' way (mean minutes)"),
        (struct figures){.a = figure_of(tb_tally_mean(tb_tally_mean(x->patients, x->slots), 100), x->slots),
                         .b = figure_of(tb_tally_mean(tb_tally_mean(y->patients, y->slots), 100), y->slots),
                         .unit = 10},
        out);
    if (x->trips || y->trips)
        figures_text(tb_t("出務の移動（平均・分）", "staff's way (mean minutes)"),
                     (struct figures){.a = figure_of(tb_tally_mean(x->staff * 10, x->trips), x->trips),
                                      .b = figure_of(tb_tally_mean(y->staff * 10, y->trips), y->trips),
                                      .unit = 10},
                     out);
}

static void duties_text(const struct tb_tally *a, const struct tb_tally *b, struct tb_buf *out)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_DUTIES, &n);
    for (int i = 0; i < n; i++) {
        int ia = tb_tally_duty(a, names[i].id), ib = tb_tally_duty(b, names[i].id);
        section_text(names[i].name, out);
        duty_text(ia < 0 ? NULL : &a->duties[ia], ib < 0 ? NULL : &b->duties[ib], out);
    }
    free(names);
}

/* Turns of a provider, in one class or (class NULL) all of them. */
static struct figure turns_of(const struct tb_tally *t, const char *provider, const char *class_)
{
    int i = tb_tally_provider(t, provider), c = class_ ? tb_tally_class(t, class_) : 0;
    if (i < 0 || c < 0) return (struct figure){.there = i >= 0};
    return figure_of(class_ ? t->providers[i].by_class[c] : t->providers[i].turns, true);
}

static void providers_text(const struct tb_tally *a, const struct tb_tally *b, struct tb_buf *out)
{
    int n, n_classes;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_PROVIDERS, &n),
                         *classes = tb_tally_union(a, b, TB_TALLY_CLASSES, &n_classes);
    bool all = n <= MANY; /* of a large pool those who stand differently */
    for (int c = -1; c < n_classes; c++) {
        const char *class_ = c < 0 ? NULL : classes[c].id;
        section_text(c >= 0 ? classes[c].name
                     : all  ? tb_t("当番の回数", "turns")
                            : tb_t("当番の回数（違う人だけ）", "turns (those who differ)"),
                     out);
        for (int i = 0; i < n; i++) {
            struct figure x = turns_of(a, names[i].id, class_), y = turns_of(b, names[i].id, class_);
            if (x.v != y.v || (all && (!class_ || x.v))) counts_text(names[i].name, x, y, out);
        }
    }
    free(names);
    free(classes);
}

static void ledgers_text(const struct tb_tally *a, const struct tb_tally *b, bool squares, struct tb_buf *out)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_LEDGERS, &n);
    section_text(squares ? tb_t("帳簿の偏りの二乗の和", "ledgers: sum of squares")
                         : tb_t("帳簿の最も大きい偏り", "ledgers: largest deviation"),
                 out);
    for (int i = 0; i < n; i++) {
        struct figure f[2] = {{0}};
        for (int k = 0; k < 2; k++) {
            const struct tb_tally *t = k ? b : a;
            int l = tb_tally_ledger(t, names[i].id);
            f[k].there = l >= 0;
            if (l >= 0) f[k].v = squares ? (t->ledgers[l].squares + 50) / 100 : t->ledgers[l].largest;
        }
        figures_text(names[i].name, (struct figures){.a = f[0], .b = f[1], .unit = 100}, out);
    }
    free(names);
}

static void rules_text(const struct tb_tally *a, const struct tb_tally *b, struct tb_buf *out)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_RULES, &n);
    if (n) section_text(tb_t("努力の条件に合わない件数", "cases of soft rules not kept"), out);
    for (int i = 0; i < n; i++) {
        int ia = tb_tally_rule(a, names[i].id), ib = tb_tally_rule(b, names[i].id);
        const struct tb_tally_rule *x = ia < 0 ? &b->rules[ib] : &a->rules[ia];
        counts_text(tb_t(x->ja, x->en), figure_of(ia < 0 ? 0 : a->rules[ia].times, true),
                    figure_of(ib < 0 ? 0 : b->rules[ib].times, true), out);
    }
    free(names);
}

static const char *proof_word(const struct tb_tally *t)
{
    return !t ? "-" : t->proven ? tb_t("最適", "optimal") : tb_t("なし", "none");
}

static void altogether_text(const struct tb_tally *a, const struct tb_tally *b, struct tb_buf *out)
{
    static const struct tb_tally none;
    const struct tb_tally *s = a ? a : &none, *t = b ? b : &none;
    section_text(tb_t("全体", "altogether"), out);
    counts_text(tb_t("席", "seats"), figure_of(s->seats, a), figure_of(t->seats, b), out);
    counts_text(tb_t("空席", "open seats"), figure_of(s->open, a), figure_of(t->open, b), out);
    counts_text(tb_t("空席のある日（空白日）", "days with an open seat (blank days)"),
                figure_of(s->blank_days, a), figure_of(t->blank_days, b), out);
    counts_text(tb_t("予備の空席", "open seats of the reserve"), figure_of(s->open_reserve, a),
                figure_of(t->open_reserve, b), out);
    counts_text(tb_t("努力の条件に合わない件数", "cases of soft rules not kept"), figure_of(s->soft, a),
                figure_of(t->soft, b), out);
    figures_text(
        tb_t("目的関数", "objective"),
        (struct figures){
            .a = figure_of(s->objective, a), .b = figure_of(t->objective, b), .unit = 1, .alone = true},
        out);
    figures_text(
        tb_t("下界", "bound"),
        (struct figures){.a = figure_of(s->bound, a), .b = figure_of(t->bound, b), .unit = 1, .alone = true},
        out);
    tb_buf_add(out, "  ");
    tb_tell_cell(out, tb_t("証明", "proof"), 42);
    tb_tell_cell(out, proof_word(a), -14);
    tb_tell_cell(out, proof_word(b), -14);
    tb_buf_addc(out, '\n');
}

void tb_tell_compare_text(const struct tb_app_compare *x, struct tb_buf *out)
{
    char from[64], to[64];
    const struct tb_tally *a = x->side[0].tally, *b = x->side[1].tally;
    tb_buf_addf(out, tb_t("%s  %s から %s（何も保存していません）\n", "%s  %s to %s (nothing is stored)\n"),
                x->period, tb_format_date(x->from, from, sizeof from), tb_format_date(x->to, to, sizeof to));
    for (int i = 0; i < 2; i++) {
        tb_buf_addf(out, "  %c  %s\n", 'A' + i, x->side[i].name);
        if (x->side[i].why_not)
            tb_buf_addf(out, tb_t("     当番表を作れませんでした: %s\n", "     no roster: %s\n"),
                        x->side[i].why_not);
    }
    altogether_text(a, b, out);
    if (!a || !b) return;
    duties_text(a, b, out);
    providers_text(a, b, out);
    ledgers_text(a, b, false, out);
    ledgers_text(a, b, true, out);
    rules_text(a, b, out);
}
