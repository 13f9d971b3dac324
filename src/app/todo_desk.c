/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits at the desks and about the data file: overrides, the routing table, holidays, the backup.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "todo_int.h"
#include "toban/app/facts.h"
#include "toban/app/retention.h"
#include "toban/publish/publish.h"
#include "toban/domain/incidents.h"

/* ---- what has happened since ----------------------------------------------------------------------- */

#define DISASTER "disaster"

static void add_override(struct todo_work *w, const struct tb_incident_row *v)
{
    char until[64];
    int provider = tb_find_provider(w->r, v->provider), duty = tb_find_duty(w->r, v->duty);
    tb_day day = tb_day_of_minute(v->from);
    struct tb_todo_item *x =
        todo_add(w, day < w->today ? w->today : day, todo_text(w, "%lld", (long long)v->id));
    x->provider = provider;
    x->what = todo_text(w, "%s %s%s%s", v->kind, provider < 0 ? "" : w->r->providers[provider].name,
                        duty < 0 ? "" : " ", duty < 0 ? "" : w->r->duties[duty].name);
    x->why = todo_text(w, tb_t("%.16s まで（%s）", "until %.16s (%s)"),
                       tb_format_instant(v->until, until, sizeof until),
                       *v->reason ? v->reason
                       : *v->note ? v->note
                                  : v->source);
    x->look = todo_text(w, "toban override");
    if (w->kind == TB_TODO_DISASTER)
        x->command =
            todo_text(w, "toban override cancelled --supersedes %lld --with 担当理事", (long long)v->id);
    else
        x->command = todo_text(w, "toban todo --done %s --note 窓口に知らせた", x->key);
}

static enum tb_code find_overrides(struct todo_work *w, bool disaster, struct tb_err *e)
{
    struct tb_incident_list list = {0};
    enum tb_code c = tb_store_incidents(w->s, w->now, &list, e);
    for (size_t i = 0; i < list.n && c == TB_OK; i++)
        if ((strcmp(list.v[i].kind, DISASTER) == 0) == disaster && strcmp(list.v[i].kind, "cancelled") != 0)
            add_override(w, &list.v[i]);
    tb_incident_list_free(&list);
    return c;
}

enum tb_code todo_find_overrides(struct todo_work *w, struct tb_err *e)
{
    return find_overrides(w, false, e);
}
enum tb_code todo_find_disasters(struct todo_work *w, struct tb_err *e) { return find_overrides(w, true, e); }

/* ---- the routing table ----------------------------------------------------------------------------- */

#define TABLE_MOST ((size_t)64 << 20)

/* The file of the table that was written last: the trail has "OLD -> NEW FILE". */
static enum tb_code last_table(struct todo_work *w, char **file, struct tb_err *e)
{
    struct tb_audit_line *v;
    size_t n;
    *file = NULL;
    enum tb_code c = tb_store_audit_lines(w->s, "table", 1, &v, &n, e);
    if (c) return c;
    const char *at = n ? strstr(v[n - 1].detail, " -> ") : NULL;
    at = at ? strchr(at + strlen(" -> "), ' ') : NULL;
    if (at) *file = tb_xstrdup(at + 1);
    tb_audit_free(v, n);
    return TB_OK;
}

static void add_table(struct todo_work *w, const char *file, const struct tb_table_info *i)
{
    char a[64], b[64], at[64];
    tb_day first = tb_day_of_minute(i->from), last = tb_day_of_minute(i->to) - 1, next = last + 1,
           end = next + (last - first), most = TB_DAY_NONE;
    for (size_t k = 0; k < w->n_covers; k++)
        if (w->covers[k].to > most) most = w->covers[k].to;
    struct tb_todo_item *x = todo_add(w, last, todo_text(w, "%.8s", i->digest));
    x->what = todo_text(w, "%s", file);
    x->why = todo_text(w, tb_t("%.16s に切れます", "ends at %.16s"), tb_format_instant(i->to, at, sizeof at));
    x->look = todo_text(w, "toban check-table --table %s", todo_word(w, file));
    /* One of as many days that follows it, as far as rosters are published; what is past is in no table. */
    if (next < w->today) next = w->today;
    if (end < next) end = next + (last - first);
    if (end > most) end = most;
    if (end >= next)
        x->command = todo_text(w, "toban export table %s..%s --file %s", tb_format_date(next, a, sizeof a),
                               tb_format_date(end, b, sizeof b), todo_word(w, file));
    else
        x->why = todo_text(
            w,
            tb_t("%s。先の当番表がまだ公表されていません", "%s; no roster of the days after it is published"),
            x->why);
}

enum tb_code todo_find_table(struct todo_work *w, struct tb_err *e)
{
    char *file, *bytes = NULL;
    size_t len = 0;
    tb_table *t = NULL;
    struct tb_err no = {0};
    enum tb_code c = last_table(w, &file, e);
    if (c || !file) return c;
    if (tb_file_read(file, TABLE_MOST, &bytes, &len, &no) == TB_OK &&
        tb_table_read(bytes, len, &t, &no) == TB_OK) {
        struct tb_table_info i = tb_table_info(t);
        if (w->now > i.next_due) add_table(w, file, &i);
        tb_table_free(t);
    } else {
        struct tb_todo_item *x = todo_add(w, TB_DAY_NONE, "unreadable");
        x->what = todo_text(w, "%s", file);
        x->why = todo_text(
            w, tb_t("最後に書き出した案内表が読めません: %s", "the table written last cannot be read: %s"),
            no.text);
        x->look = todo_text(w, "toban check-table --table %s", todo_word(w, file));
    }
    free(bytes);
    free(file);
    return TB_OK;
}

/* ---- holidays -------------------------------------------------------------------------------------- */

/* Was the official list ever imported? A row by hand is no list. */
static bool has_official_list(const struct tb_holiday_list *list)
{
    for (int year = list->first_year; list->n && year <= list->last_year; year++)
        if (tb_holiday_year_whole(list, year)) return true;
    return false;
}

/* A region without the official list has the law's own computation, which ends nowhere near. */
enum tb_code todo_find_holidays(struct todo_work *w, struct tb_err *e)
{
    const struct tb_holiday_list *list = &w->r->official;
    const int first = tb_ymd_of(w->today).year, last = tb_ymd_of(w->today + w->ahead).year;
    (void)e;
    if (!has_official_list(list)) return TB_OK;
    int *years = tb_xcalloc((size_t)(last - first) + 1, sizeof *years);
    const int n = tb_holiday_years_missing(list, first, last, years);
    for (int i = 0; i < n; i++) {
        struct tb_todo_item *x = todo_add(w, tb_day_of(years[i] - 1, 12, 31), todo_text(w, "%d", years[i]));
        x->what = todo_text(w, tb_t("%d 年の祝日・休日", "holidays of %d"), years[i]);
        x->why =
            todo_text(w, "%s",
                      tb_t("公式の一覧にこの年の全部はないので、法律から計算しています。内閣府の "
                           "syukujitsu.csv を取り込みます",
                           "the official list does not hold the whole year, which is computed from the law; "
                           "import the Cabinet Office's syukujitsu.csv"));
        x->look = todo_text(w, "toban rows holidays");
    }
    free(years);
    return TB_OK;
}

/* ---- what is shown, and what is kept ------------------------------------------------------------------ */

enum tb_code todo_find_facts(struct todo_work *w, struct tb_err *e)
{
    struct tb_fact_change *v = NULL;
    size_t n = 0;
    if (!w->latest) return TB_OK;
    enum tb_code c = app_facts(w->s, w->r, w->today, &v, &n, e);
    if (c || !n) return c;
    struct tb_buf words = {0};
    tb_publish_fact_words(w->r, &v[0], &words);
    struct tb_todo_item *x = todo_add(w, TB_DAY_NONE, "facts");
    x->what = todo_text(w, tb_t("公表と違う記載 %zu 件", "%zu facts no longer as published"), n);
    x->why = todo_text(
        w, tb_t("%s: 公表は「%s」、いまの表は「%s」%s", "%s: published \"%s\", the tables have \"%s\"%s"),
        tb_buf_str(&words), v[0].was, v[0].is, n > 1 ? tb_t(" など", " and others") : "");
    x->look = "toban publish --facts --dry-run";
    x->command = "toban publish --facts";
    tb_buf_free(&words);
    tb_fact_changes_free(v, n);
    return TB_OK;
}

enum tb_code todo_find_retention(struct todo_work *w, struct tb_err *e)
{
    struct tb_retentions all;
    enum tb_code c = tb_retention_of(w->s, w->r, w->today, &all, e);
    if (c) return c;
    for (size_t i = 0; i < all.n; i++) {
        const struct tb_retained *k = &all.v[i];
        if (!k->due || !k->by_hand) continue;
        char day[64];
        struct tb_todo_item *x = todo_add(w, k->before, k->kind);
        x->what = todo_text(w, "%s", k->what);
        x->why = todo_text(w,
                           tb_t("%lld 件が保存年限の %d 年（%s より前）を過ぎました",
                                "%lld rows are past their %d years (before %s)"),
                           (long long)k->due, k->years, tb_format_date_told(k->before, day, sizeof day));
        x->look = "toban purge";
        x->command = todo_text(w, "toban purge %s --due --yes", k->kind);
    }
    tb_retentions_free(&all);
    return TB_OK;
}

/* ---- the backup ------------------------------------------------------------------------------------ */

/* Something was written since the last one, and that is some days ago, or there never was one. */
enum tb_code todo_find_backup(struct todo_work *w, struct tb_err *e)
{
    struct tb_audit_line *last = NULL, *v = NULL;
    size_t n_last = 0, n = 0;
    char day[64], minute[64];
    enum tb_code c = tb_store_audit_lines(w->s, "backup", 1, &last, &n_last, e);
    if (c == TB_OK) c = tb_store_audit_lines(w->s, NULL, 1, &v, &n, e);
    bool due = c == TB_OK && n &&
               (!n_last || (v[n - 1].id > last[n_last - 1].id &&
                            w->today - tb_day_of_minute(last[n_last - 1].at) >= w->ahead));
    if (due) {
        const char *db = w->app->db;
        size_t len = strlen(db);
        struct tb_todo_item *x = todo_add(w, TB_DAY_NONE, "data");
        if (len > 3 && strcmp(db + len - 3, ".db") == 0) len -= 3;
        tb_format_instant(w->now, minute, sizeof minute);
        x->what = todo_text(w, "%s", db);
        x->why = n_last
                     ? todo_text(w, tb_t("最後の控えは %s", "the last backup is of %s"),
                                 tb_format_date_told(tb_day_of_minute(last[n_last - 1].at), day, sizeof day))
                     : tb_t("控えがまだありません", "there is no backup yet");
        x->look = todo_text(w, "toban audit --what backup");
        x->command = todo_text(w, "toban backup %s",
                               todo_word(w, todo_text(w, "%.*s-%.10sT%.2s%.2s.db", (int)len, db, minute,
                                                      minute + 11, minute + 14)));
    }
    tb_audit_free(last, n_last);
    tb_audit_free(v, n);
    return c;
}
