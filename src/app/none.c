/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No roster at all: only pins can be the reason, as every seat may stay open. Which of them, found by leaving
 * them out and planning again; and what of the rules stands against each, by check.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/domain/dated.h"

enum { ENOUGH = 1600 }; /* bytes of causes that one message holds */

struct hunt {
    const struct tb_app *app;
    const struct tb_problem *p;
    struct tb_pinned *pins; /* those that are not explained yet */
    int n;
    struct tb_pinned *others; /* prohibitions and the like: they leave seats open */
    int n_others;
    bool limited; /* a solve came to no answer */
};

/* Is there a roster with these pins? */
static bool possible(struct hunt *h, const struct tb_pinned *v, int n)
{
    struct tb_problem p = *h->p;
    struct tb_plan_opts o = h->app->plan;
    struct tb_plan_result r;
    struct tb_err e = {0};
    if (h->limited) return true;
    p.n_pins = 0;
    p.pins = tb_xcalloc((size_t)(n + h->n_others) + 1, sizeof *p.pins);
    for (int i = 0; i < n; i++) p.pins[p.n_pins++] = v[i];
    for (int i = 0; i < h->n_others; i++) p.pins[p.n_pins++] = h->others[i];
    o.gap = 1e9; /* any roster will do */
    o.progress = NULL;
    bool none = false;
    if (tb_plan_run(&p, &o, &r, &e) == TB_OK) {
        none = r.status == TB_PLAN_NONE;
        h->limited = none && r.stopped_by != TB_STOP_PROOF;
        tb_plan_result_free(&r);
    } else {
        h->limited = true;
    }
    free(p.pins);
    return !none || h->limited;
}

static int by_slot(const void *a, const void *b)
{
    const struct tb_pinned *x = a, *y = b;
    return x->slot != y->slot ? (x->slot > y->slot) - (x->slot < y->slot)
                              : (x->provider > y->provider) - (x->provider < y->provider);
}

/* Moves a smallest set of pins that no roster keeps to the front of h->pins. Returns its size, 0: all of them
 * can be kept. Each step finds the first pin that together with those found and all before it is too much. */
static int smallest(struct hunt *h)
{
    struct tb_pinned *v = h->pins;
    int found = 0, n = h->n;
    if (possible(h, v, n)) return 0;
    while (possible(h, v, found) && !h->limited) {
        int lo = found + 1, hi = n; /* v[0..hi) cannot be */
        while (lo < hi) {
            int mid = lo + (hi - lo) / 2;
            if (possible(h, v, mid))
                lo = mid + 1;
            else
                hi = mid;
        }
        struct tb_pinned last = v[lo - 1];
        memmove(&v[found + 1], &v[found], (size_t)(lo - 1 - found) * sizeof *v);
        v[found++] = last;
        n = lo;
    }
    qsort(v, (size_t)found, sizeof *v, by_slot);
    return h->limited ? 0 : found;
}

static void name_pin(const struct tb_problem *p, const struct tb_pinned *x, struct tb_buf *out)
{
    const struct tb_region *r = p->region;
    const struct tb_slot *s = &p->slots[x->slot];
    const struct tb_duty *d = tb_duty_on(r, s->duty, s->date);
    char date[64];
    tb_buf_addf(out, "%s %s %s%s %s", tb_format_date_told(s->date, date, sizeof date),
                tb_lang_get() == TB_EN && d->name_en[0] ? d->name_en : d->name,
                tb_band_on(r, s->band, s->date)->name,
                s->role == TB_RESERVE ? tb_t("(予備)", " (reserve)") : "", r->providers[x->provider].name);
}

/* What check finds broken when these pins are kept and nobody else sits anywhere. */
static void say_rules(const struct hunt *h, int n, struct tb_buf *out)
{
    struct tb_problem p = *h->p;
    struct tb_roster roster = {tb_xcalloc((size_t)n + 1, sizeof *roster.a), 0};
    struct tb_verdict *v;
    for (int i = 0; i < n; i++)
        roster.a[roster.n++] =
            (struct tb_assignment){.slot = h->pins[i].slot, .provider = h->pins[i].provider};
    p.pins = h->others;
    p.n_pins = h->n_others;
    tb_roster_normalise(&p, &roster);
    tb_check(&p, &roster, &v);
    for (int i = 0; i < v->n_hard; i++) {
        tb_buf_add(out, i ? "; " : "");
        tb_violation_text(&p, &v->violations[i], out);
    }
    if (!v->n_hard) tb_buf_add(out, tb_t("必須の条件が重なり合うため", "hard rules together leave no way"));
    tb_verdict_free(v);
    tb_roster_free(&roster);
}

static void say_set(const struct hunt *h, int n, struct tb_notes *out)
{
    struct tb_buf line = {0};
    tb_buf_add(&line, n > 1 ? tb_t("両立しない固定: ", "these pins cannot all be kept: ")
                            : tb_t("守れない固定: ", "this pin cannot be kept: "));
    for (int i = 0; i < n; i++) {
        tb_buf_add(&line, i ? tb_t("、", ", ") : "");
        name_pin(h->p, &h->pins[i], &line);
    }
    tb_buf_add(&line, tb_t("（", " ("));
    say_rules(h, n, &line);
    tb_buf_add(&line, tb_t("）", ")"));
    tb_notes_add(out, "%s", tb_buf_str(&line));
    tb_buf_free(&line);
}

/* Set after set, until what is left can be kept: that last solve shows that nothing else is in the way. */
static void find_causes(struct hunt *h, struct tb_notes *out)
{
    for (int n; (n = smallest(h)) > 0;) {
        say_set(h, n, out);
        h->pins += n;
        h->n -= n;
    }
    if (!out->n && !h->limited)
        tb_notes_add(out, "%s",
                     tb_t("固定をすべて外しても成り立ちません", "there is none without any pin either"));
    if (h->limited)
        tb_notes_add(out, "%s",
                     tb_t("原因のすべては時間内に調べきれませんでした",
                          "not every cause could be found within the limits"));
}

/* Notes as one text, as many as it holds; the number of the others is told. */
static void join(const struct tb_notes *x, const char *title, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n; i++) {
        if (i && out->len + strlen(x->v[i]) > ENOUGH) {
            tb_buf_addf(out, tb_t("\n  ほか %zu 件", "\n  and %zu more"), x->n - i);
            return;
        }
        tb_buf_addf(out, "%s\n  %s", i ? "" : title, x->v[i]);
    }
}

/* What counting shows without any pin: it leaves seats open and is no cause. */
static void precheck(const struct tb_problem *p, struct tb_notes *out)
{
    struct tb_problem bare = *p;
    struct tb_buf lines = {0};
    bare.n_pins = 0;
    tb_plan_precheck(&bare, &lines);
    for (char *at = lines.s, *line; lines.len && (line = strsep(&at, "\n"));)
        if (*line) tb_notes_add(out, "%s", line);
    tb_buf_free(&lines);
}

enum tb_code app_no_roster(const struct tb_app *app, const struct tb_problem *p, struct tb_err *e)
{
    struct tb_pinned *pins = tb_xcalloc((size_t)p->n_pins + 1, sizeof *pins),
                     *others = tb_xcalloc((size_t)p->n_pins + 1, sizeof *others);
    struct hunt h = {.app = app, .p = p, .pins = pins, .others = others};
    struct tb_notes causes = {0}, besides = {0};
    struct tb_buf text = {0};
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].action == TB_PIN_PIN)
            pins[h.n++] = p->pins[i];
        else
            others[h.n_others++] = p->pins[i];
    find_causes(&h, &causes);
    precheck(p, &besides);
    join(&causes, "", &text);
    join(&besides, tb_t("\n  ほかに、席が空くだけのこと:", "\n  besides, what only leaves seats open:"),
         &text);
    enum tb_code c = tb_fail(
        e, TB_NO, tb_t("どの当番表も成り立ちません（証明済み）。%s", "no roster is possible (proven).%s"),
        tb_buf_str(&text));
    tb_notes_free(&causes);
    tb_notes_free(&besides);
    tb_buf_free(&text);
    free(pins);
    free(others);
    return c;
}
