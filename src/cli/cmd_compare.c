/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/compare.h"

enum { MANY = 40 };

/* ---- JSON -------------------------------------------------------------------------------------- */

static void print_date(tb_printer *p, const char *key, tb_day d)
{
    char t[64];
    tb_print_kstring(p, key, tb_format_date(d, t, sizeof t));
}

static void json_duties(tb_printer *p, const struct tb_tally *t)
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

static void json_providers(tb_printer *p, const struct tb_tally *t)
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

static void json_ledgers(tb_printer *p, const struct tb_tally *t)
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

static void json_rules(tb_printer *p, const struct tb_tally *t)
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

static void json_side(tb_printer *p, const struct tb_compared *x)
{
    const struct tb_tally *t = x->tally;
    tb_print_begin_object(p);
    tb_print_kstring(p, "name", x->name);
    tb_print_kint(p, "rows_changed", x->changed);
    tb_print_kint(p, "rows_added", x->added);
    tb_print_kstring(p, "status", !t ? "none" : t->proven ? "optimal" : "feasible");
    if (!t)
        tb_print_kstring(p, "reason", x->why_not);
    else {
        tb_print_kint(p, "objective", t->objective);
        tb_print_kint(p, "bound", t->bound);
        tb_print_kint(p, "seats", t->seats);
        tb_print_kint(p, "open", t->open);
        tb_print_kint(p, "open_reserve", t->open_reserve);
        tb_print_kint(p, "blank_days", t->blank_days);
        tb_print_kint(p, "soft", t->soft);
        tb_print_key(p, "open_slots");
        tb_print_begin_list(p);
        for (int i = 0; i < t->n_opens; i++) {
            tb_print_begin_object(p);
            print_date(p, "date", t->opens[i].date);
            tb_print_kstring(p, "duty", t->opens[i].duty);
            tb_print_kstring(p, "band", t->opens[i].band);
            tb_print_kstring(p, "role", t->opens[i].reserve ? "reserve" : "primary");
            tb_print_kint(p, "seats", t->opens[i].seats);
            tb_print_end_object(p);
        }
        tb_print_end_list(p);
        json_duties(p, t);
        json_providers(p, t);
        json_ledgers(p, t);
        json_rules(p, t);
    }
    tb_print_end_object(p);
}

/* ---- text -------------------------------------------------------------------------------------- */

static void number(int64_t v, int unit, bool sign, int width)
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
    cli_cell(t, -width);
}

static void row(const char *name, int64_t a, bool has_a, int64_t b, bool has_b, int unit, bool difference)
{
    fputs("  ", stdout);
    cli_cell(name, 42);
    has_a ? number(a, unit, false, 14) : cli_cell("-", -14);
    has_b ? number(b, unit, false, 14) : cli_cell("-", -14);
    if (difference && has_a && has_b) number(b - a, unit, true, 10);
    putchar('\n');
}

static void heading(const char *text)
{
    putchar('\n');
    cli_cell(text, 44);
    cli_cell("A", -14);
    cli_cell("B", -14);
    cli_cell("B-A", -10);
    putchar('\n');
}

static void text_duties(const struct tb_tally *a, const struct tb_tally *b)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_DUTIES, &n);
    for (int i = 0; i < n; i++) {
        static const struct tb_tally_duty none;
        int ia = tb_tally_duty(a, names[i].id), ib = tb_tally_duty(b, names[i].id);
        const struct tb_tally_duty *x = ia < 0 ? &none : &a->duties[ia], *y = ib < 0 ? &none : &b->duties[ib];
        heading(names[i].name);
        row(tb_t("席", "seats"), x->seats, ia >= 0, y->seats, ib >= 0, 1, true);
        row(tb_t("空席", "open seats"), x->open, ia >= 0, y->open, ib >= 0, 1, true);
        row(tb_t("当番時間", "hours on duty"), tb_tally_mean(x->minutes, 60), ia >= 0,
            tb_tally_mean(y->minutes, 60), ib >= 0, 1, true);
        row(tb_t("住民からの移動（平均・分）", "patients' way (mean minutes)"),
            tb_tally_mean(tb_tally_mean(x->patients, x->slots), 100), x->slots,
            tb_tally_mean(tb_tally_mean(y->patients, y->slots), 100), y->slots, 10, true);
        if (x->trips || y->trips)
            row(tb_t("出務の移動（平均・分）", "staff's way (mean minutes)"),
                tb_tally_mean(x->staff * 10, x->trips), x->trips, tb_tally_mean(y->staff * 10, y->trips),
                y->trips, 10, true);
    }
    free(names);
}

static void text_providers(const struct tb_tally *a, const struct tb_tally *b)
{
    int n, n_classes;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_PROVIDERS, &n),
                         *classes = tb_tally_union(a, b, TB_TALLY_CLASSES, &n_classes);
    bool all = n <= MANY; /* of a large pool those who stand differently */
    heading(all ? tb_t("当番の回数", "turns") : tb_t("当番の回数（違う人だけ）", "turns (those who differ)"));
    for (int i = 0; i < n; i++) {
        int ia = tb_tally_provider(a, names[i].id), ib = tb_tally_provider(b, names[i].id);
        int x = ia < 0 ? 0 : a->providers[ia].turns, y = ib < 0 ? 0 : b->providers[ib].turns;
        if (all || x != y) row(names[i].name, x, ia >= 0, y, ib >= 0, 1, true);
    }
    for (int c = 0; c < n_classes; c++) {
        int ca = tb_tally_class(a, classes[c].id), cb = tb_tally_class(b, classes[c].id);
        heading(classes[c].name);
        for (int i = 0; i < n; i++) {
            int ia = tb_tally_provider(a, names[i].id), ib = tb_tally_provider(b, names[i].id);
            int x = ia < 0 || ca < 0 ? 0 : a->providers[ia].by_class[ca],
                y = ib < 0 || cb < 0 ? 0 : b->providers[ib].by_class[cb];
            if (all ? x || y : x != y) row(names[i].name, x, ia >= 0, y, ib >= 0, 1, true);
        }
    }
    free(names);
    free(classes);
}

static void text_ledgers(const struct tb_tally *a, const struct tb_tally *b)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_LEDGERS, &n);
    for (int k = 0; k < 2; k++) {
        heading(k == 0 ? tb_t("帳簿の最も大きい偏り", "ledgers: largest deviation")
                       : tb_t("帳簿の偏りの二乗の和", "ledgers: sum of squares"));
        for (int i = 0; i < n; i++) {
            int ia = tb_tally_ledger(a, names[i].id), ib = tb_tally_ledger(b, names[i].id);
            int64_t x = ia < 0   ? 0
                        : k == 0 ? a->ledgers[ia].largest
                                 : (a->ledgers[ia].squares + 50) / 100,
                    y = ib < 0   ? 0
                        : k == 0 ? b->ledgers[ib].largest
                                 : (b->ledgers[ib].squares + 50) / 100;
            row(names[i].name, x, ia >= 0, y, ib >= 0, 100, true);
        }
    }
    free(names);
}

static void text_rules(const struct tb_tally *a, const struct tb_tally *b)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_RULES, &n);
    if (n) heading(tb_t("努力の条件に合わない件数", "cases of soft rules not kept"));
    for (int i = 0; i < n; i++) {
        int ia = tb_tally_rule(a, names[i].id), ib = tb_tally_rule(b, names[i].id);
        const struct tb_tally_rule *x = ia < 0 ? &b->rules[ib] : &a->rules[ia];
        row(tb_t(x->ja, x->en), ia < 0 ? 0 : a->rules[ia].times, true, ib < 0 ? 0 : b->rules[ib].times, true,
            1, true);
    }
    free(names);
}

static void text_compare(const struct tb_app_compare *x)
{
    char a[64], b[64];
    static const struct tb_tally none;
    const struct tb_tally *s = x->side[0].tally ? x->side[0].tally : &none,
                          *t = x->side[1].tally ? x->side[1].tally : &none;
    bool has_a = x->side[0].tally, has_b = x->side[1].tally;
    printf(tb_t("%s  %s から %s（何も保存していません）\n", "%s  %s to %s (nothing is stored)\n"), x->period,
           tb_format_date(x->from, a, sizeof a), tb_format_date(x->to, b, sizeof b));
    for (int i = 0; i < 2; i++) {
        printf("  %c  %s\n", 'A' + i, x->side[i].name);
        if (x->side[i].why_not)
            printf(tb_t("     当番表を作れませんでした: %s\n", "     no roster: %s\n"), x->side[i].why_not);
    }
    heading(tb_t("全体", "altogether"));
    row(tb_t("席", "seats"), s->seats, has_a, t->seats, has_b, 1, true);
    row(tb_t("空席", "open seats"), s->open, has_a, t->open, has_b, 1, true);
    row(tb_t("空席のある日（空白日）", "days with an open seat (blank days)"), s->blank_days, has_a,
        t->blank_days, has_b, 1, true);
    row(tb_t("予備の空席", "open seats of the reserve"), s->open_reserve, has_a, t->open_reserve, has_b, 1,
        true);
    row(tb_t("努力の条件に合わない件数", "cases of soft rules not kept"), s->soft, has_a, t->soft, has_b, 1,
        true);
    row(tb_t("目的関数", "objective"), s->objective, has_a, t->objective, has_b, 1, false);
    row(tb_t("下界", "bound"), s->bound, has_a, t->bound, has_b, 1, false);
    fputs("  ", stdout);
    cli_cell(tb_t("証明", "proof"), 42);
    cli_cell(!has_a ? "-" : s->proven ? tb_t("最適", "optimal") : tb_t("なし", "none"), -14);
    cli_cell(!has_b ? "-" : t->proven ? tb_t("最適", "optimal") : tb_t("なし", "none"), -14);
    putchar('\n');
    if (!has_a || !has_b) return;
    text_duties(s, t);
    text_providers(s, t);
    text_ledgers(s, t);
    text_rules(s, t);
}

/* ---- the command --------------------------------------------------------------------------------- */

enum tb_code cmd_compare(struct cli *c, struct tb_err *e)
{
    const char *duties[64], *html = cli_get(c, "html");
    int64_t seconds;
    int n = cli_all(c, "duty", duties, 64);
    CLI_TRY(cli_int(c, "time", 1, 86400, 600, &seconds, e));
    c->app.plan.seconds = (double)seconds;
    struct tb_app_compare x;
    enum tb_code code =
        tb_app_compare(&c->app, (const char *const[]){c->args[0], c->args[1]}, c->args[2], duties, n, &x, e);
    for (int i = 0; i < 2; i++) code = cli_notes(code, &x.side[i].notes);
    if (code) return code;
    for (int i = 0; i < 2; i++) {
        if (x.side[i].tally && !x.side[i].tally->proven && code == TB_OK) code = TB_LIMIT;
        if (!x.side[i].tally) code = TB_NO;
    }
    if (html) {
        struct tb_buf page = {0};
        tb_app_compare_html(&x, &page);
        enum tb_code written = tb_file_write(html, tb_buf_str(&page), page.len, e);
        tb_buf_free(&page);
        if (written) {
            tb_app_compare_free(&x);
            return written;
        }
    }
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "period", x.period);
        print_date(j.p, "from", x.from);
        print_date(j.p, "to", x.to);
        tb_print_key(j.p, "a");
        json_side(j.p, &x.side[0]);
        tb_print_key(j.p, "b");
        json_side(j.p, &x.side[1]);
        cli_json_end(&j);
    } else
        text_compare(&x);
    tb_app_compare_free(&x);
    return code;
}
