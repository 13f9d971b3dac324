/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two arrangements planned and put side by side. A variant is laid over a copy of the data file that lives in
 * a directory of its own and goes with it, so that planning reads it like any other and the office's file is
 * only ever read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app_int.h"
#include "toban/codec/codec.h"
#include "toban/app/compare.h"
#include "toban/publish/pages.h"

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The heading of DIR/README.md, or the directory's own name. */
static char *title_of(const char *dir)
{
    struct tb_buf path = {0}, title = {0};
    char *text = NULL;
    size_t len;
    tb_buf_addf(&path, "%s/README.md", dir);
    if (tb_file_exists(tb_buf_str(&path)) &&
        tb_file_read(tb_buf_str(&path), 1 << 20, &text, &len, NULL) == TB_OK &&
        tb_utf8_valid(text, len, NULL)) {
        const char *at = text + strspn(text, "# ");
        tb_buf_addn(&title, at, strcspn(at, "\r\n"));
    }
    free(text);
    tb_buf_free(&path);
    size_t end = strlen(dir);
    while (end > 1 && dir[end - 1] == '/') end--;
    size_t start = end;
    while (start > 0 && dir[start - 1] != '/') start--;
    if (!title.len) tb_buf_addn(&title, dir + start, end - start);
    return tb_buf_take(&title);
}

/* A copy of the data file in which the variant's rows are laid over the region. */
static enum tb_code lay_over(const struct tb_app *app, const char *dir, const char *copy,
                             struct tb_compared *x, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *base, *r = NULL;
    enum tb_code c = app_open(app, &s, &base, e);
    if (c) return c;
    c = tb_codec_overlay(base, dir, &r, &x->added, &x->changed, e);
    if (c == TB_OK) c = tb_store_backup(s, copy, e);
    tb_store_close(s);
    if (c == TB_OK) {
        struct tb_app other = *app;
        other.db = copy;
        c = app_begin(&other, &s, NULL, e);
        if (c == TB_OK) c = app_commit(s, tb_store_save_region(s, NULL, r, e), e);
    }
    tb_region_free(base);
    tb_region_free(r);
    return c;
}

/* The data file that stands for the side: its own, or one made under `dir`. */
static enum tb_code data_of(const struct tb_app *app, const char *side, const char *copy,
                            struct tb_compared *x, const char **file, struct tb_err *e)
{
    *file = side;
    if (strcmp(side, "now") == 0) {
        x->name = tb_xstrdup(tb_t("いまのまま", "as it is"));
        x->now = true;
        *file = app->db;
        return TB_OK;
    }
    if (!tb_file_exists(side))
        return tb_fail(e, TB_USAGE,
                       tb_t("「%"
                            "s」がありません。now（いまのまま）、変更案のフォルダ、医療圏のフォルダ、データフ"
                            "ァイルのどれかです",
                            "there is no \"%s\"; say now (as it is), or name the directory of a variant, "
                            "that of a region, or a data file"),
                       side);
    if (!is_directory(side)) {
        x->name = tb_xstrdup(side);
        return TB_OK;
    }
    x->name = title_of(side);
    *file = copy;
    struct tb_buf main = {0};
    tb_buf_addf(&main, "%s/region.json", side);
    bool whole = tb_file_exists(tb_buf_str(&main));
    tb_buf_free(&main);
    if (!whole) return lay_over(app, side, copy, x, e);
    struct tb_app own = app_within(app);
    struct tb_app_init made;
    own.db = copy;
    enum tb_code c = tb_app_init(&own, side, &made, e);
    x->notes = made.notes;
    return c;
}

static void name_region(struct tb_app_compare *x, const struct tb_region *r)
{
    if (x->region) return;
    x->region = tb_xstrdup(r->regions[0].name);
    x->notice = tb_xstrdup(r->regions[0].notice);
}

static enum tb_code plan_side(const struct tb_app *app, const char *file,
                              const struct tb_app_plan_request *rq, struct tb_app_compare *x,
                              struct tb_compared *side, struct tb_err *e)
{
    struct tb_app own = app_within(app);
    struct tb_app_draft d;
    own.db = file;
    enum tb_code c = tb_app_plan(&own, rq, &d, e);
    /* an answer about this side, not a failure: no roster, or the checks before planning say why there is
     * none */
    if (c == TB_LIMIT || c == TB_NO) {
        side->why_not = tb_xstrdup(e->text);
        *e = (struct tb_err){0};
        struct tb_region *r;
        c = tb_app_region(&own, &r, e);
        if (c) return c;
        c = tb_period_parse(r, rq->period, &x->from, &x->to, NULL, e);
        name_region(x, r);
        tb_region_free(r);
        return c;
    }
    if (c) return c;
    name_region(x, d.region);
    x->from = d.problem->from;
    x->to = d.problem->to;
    if (d.doubt.n) {
        struct tb_buf why = {0};
        tb_buf_addf(&why, "%s (%s)", d.doubt.v[0], d.doubt_file ? d.doubt_file : d.doubt.v[d.doubt.n - 1]);
        side->why_not = tb_buf_take(&why);
    } else
        side->tally =
            tb_tally_of(d.problem, &d.roster, d.verdict, d.result.bound, d.result.status == TB_PLAN_OPTIMAL);
    tb_app_draft_free(&d);
    return TB_OK;
}

enum tb_code tb_app_compare(const struct tb_app *app, const char *const sides[2], const char *period,
                            const char *const *duties, int n_duties, struct tb_app_compare *out,
                            struct tb_err *e)
{
    *out = (struct tb_app_compare){.period = NULL};
    enum tb_code c = app_may(app, TB_USE_COMPARE, e);
    if (c) return c;
    out->period = tb_xstrdup(period);
    struct tb_app_plan_request rq = {.period = period,
                                     .duties = duties,
                                     .n_duties = n_duties,
                                     .replan = true,
                                     .whole = true,
                                     .what_if = true,
                                     .aside = "."};
    const char *tmp = getenv("TMPDIR");
    struct tb_arena names = {0};
    char *dir = tb_arena_printf(&names, "%s/toban-compare.XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(dir)) {
        tb_app_compare_free(out);
        c = tb_fail(e, TB_STORAGE, tb_t("%s を作れません", "cannot make %s"), dir);
        tb_arena_free(&names);
        return c;
    }
    for (int i = 0; i < 2 && c == TB_OK; i++) {
        const char *copy = tb_arena_printf(&names, "%s/%d.db", dir, i), *file;
        c = data_of(app, sides[i], copy, &out->side[i], &file, e);
        if (c == TB_OK) c = plan_side(app, file, &rq, out, &out->side[i], e);
    }
    struct tb_err other = {0};
    enum tb_code gone = tb_dir_remove(dir, &other);
    tb_arena_free(&names);
    if (gone && c == TB_OK) c = tb_fail(e, gone, "%s", other.text);
    if (c) {
        struct tb_notes said[] = {out->side[0].notes, out->side[1].notes};
        out->side[0].notes = out->side[1].notes = (struct tb_notes){0};
        tb_app_compare_free(out);
        for (int i = 0; i < 2; i++) out->side[i].notes = said[i];
    }
    return c;
}

void tb_app_compare_free(struct tb_app_compare *x)
{
    for (int i = 0; i < 2; i++) {
        free(x->side[i].name);
        free(x->side[i].why_not);
        tb_notes_free(&x->side[i].notes);
        tb_tally_free(x->side[i].tally);
    }
    free(x->period);
    free(x->region);
    free(x->notice);
    *x = (struct tb_app_compare){0};
}

void tb_app_compare_html(const struct tb_app_compare *x, struct tb_buf *out)
{
    struct tb_page_side sides[2];
    for (int i = 0; i < 2; i++)
        sides[i] = (struct tb_page_side){x->side[i].now ? "いまのまま" : x->side[i].name, x->side[i].tally,
                                         x->side[i].why_not};
    tb_page_compare(x->region, x->notice, x->from, x->to, sides, out);
}
