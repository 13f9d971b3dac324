/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The region's days as they lie before the planner: classes, seats, wishes that came in.
 */
#include "app_int.h"
#include "toban/app/calendar.h"

/* ---- days --------------------------------------------------------------------------------------- */

static enum tb_code read_calendar(const char *period, const char *const *duties, int n_duties,
                                  struct tb_app_calendar *x, struct tb_err *e)
{
    int *wanted = tb_arena_alloc(&x->arena, (size_t)n_duties * sizeof *wanted + 1);
    enum tb_code c = tb_period_parse(x->region, period, &x->from, &x->to, NULL, e);
    for (int i = 0; i < n_duties && c == TB_OK; i++) c = tb_duty_named(x->region, duties[i], &wanted[i], e);
    if (c == TB_OK)
        x->n_slots = tb_slots_of(x->region, wanted, n_duties, x->from, x->to, &x->arena, &x->slots);
    return c;
}

enum tb_code tb_app_calendar(const struct tb_app *app, const char *period, const char *const *duties,
                             int n_duties, struct tb_app_calendar *out, struct tb_err *e)
{
    *out = (struct tb_app_calendar){0};
    enum tb_code c = app_may(app, TB_USE_CALENDAR, e);
    if (c == TB_OK) c = tb_app_region(app, &out->region, e);
    if (c) return c;
    c = read_calendar(period, duties, n_duties, out, e);
    if (c) tb_app_calendar_free(out);
    return c;
}

void tb_app_calendar_free(struct tb_app_calendar *x)
{
    tb_region_free(x->region);
    tb_arena_free(&x->arena);
    *x = (struct tb_app_calendar){0};
}

/* ---- surveys of wishes -------------------------------------------------------------------------- */

static bool has_answered(const struct tb_region *r, int survey, int provider)
{
    for (int i = 0; i < r->n_wishes; i++)
        if (r->wishes[i].survey == survey && r->wishes[i].provider == provider) return true;
    return false;
}

/* A member on some day of the survey: whoever joins within it is asked as well. */
static bool was_asked(const struct tb_region *r, int survey, int provider)
{
    const struct tb_survey *s = &r->surveys[survey];
    for (int k = 0; k < s->duties.n; k++)
        for (tb_day d = s->from; d <= s->to; d++)
            if (tb_member_on(r, s->duties.v[k], provider, d) >= 0) return true;
    return false;
}

int app_survey_silent(const struct tb_region *r, int survey, int *silent)
{
    int n = 0;
    for (int p = 0; p < r->n_providers; p++)
        if (!has_answered(r, survey, p) && was_asked(r, survey, p)) silent[n++] = p;
    return n;
}

static void count_survey(const struct tb_region *r, struct tb_app_survey *s)
{
    for (int i = 0; i < r->n_wishes; i++) s->wishes += r->wishes[i].survey == s->survey;
    for (int p = 0; p < r->n_providers; p++) {
        if (!was_asked(r, s->survey, p)) continue;
        s->asked++;
        if (!has_answered(r, s->survey, p)) s->silent[s->n_silent++] = p;
    }
}

enum tb_code tb_app_surveys(const struct tb_app *app, struct tb_app_surveys *out, struct tb_err *e)
{
    *out = (struct tb_app_surveys){0};
    enum tb_code c = app_may(app, TB_USE_SURVEYS, e);
    if (c == TB_OK) c = tb_app_region(app, &out->region, e);
    if (c) return c;
    const struct tb_region *r = out->region;
    out->n = r->n_surveys;
    out->v = tb_arena_alloc(&out->arena, (size_t)out->n * sizeof *out->v + 1);
    for (int i = 0; i < out->n; i++) {
        out->v[i].survey = i;
        out->v[i].silent = tb_arena_alloc(&out->arena, (size_t)r->n_providers * sizeof(int) + 1);
        count_survey(r, &out->v[i]);
    }
    return TB_OK;
}

void tb_app_surveys_free(struct tb_app_surveys *x)
{
    tb_region_free(x->region);
    tb_arena_free(&x->arena);
    *x = (struct tb_app_surveys){0};
}
