/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening a table where it is needed, and writing it where it is made.
 */
#include "toban/app/routing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/duties.h"

enum { TABLE_MAX = 32 << 20, SMALL_MAX = 1 << 20, KEPT_MINUTES = 7 * TB_MINUTES_PER_DAY };

/* ---- what was seen before ---------------------------------------------------------------------- */

/* The state directory: `seen` has "publication id digest" for each table of the highest publication,
 * table.json the last good one, events.log what was refused. */
static char *within_dir(const char *dir, const char *name)
{
    struct tb_buf path = {0};
    tb_buf_addf(&path, "%s/%s", dir, name);
    return tb_buf_take(&path);
}

static enum tb_code append(const char *dir, const char *name, const char *line, struct tb_err *e)
{
    char *path = within_dir(dir, name), *old = NULL;
    struct tb_buf b = {0};
    size_t n = 0;
    enum tb_code c = tb_file_exists(path) ? tb_file_read(path, TABLE_MAX, &old, &n, e) : TB_OK;
    if (c == TB_OK) {
        if (old) tb_buf_addn(&b, old, n);
        tb_buf_addf(&b, "%s\n", line);
        c = tb_file_write(path, b.s, b.len, e);
    }
    tb_buf_free(&b);
    free(old);
    free(path);
    return c;
}

static void id_of(const struct tb_table_info *i, char id[200])
{
    char from[64], to[64];
    snprintf(id, 200, "%s.%s.%s", i->region, tb_format_date(tb_day_of_minute(i->from), from, sizeof from),
             tb_format_date(tb_day_of_minute(i->to) - 1, to, sizeof to));
}

enum verdict { NEW, KNOWN, ROLLBACK, FORK };

static enum verdict compare(const char *seen, const struct tb_table_info *i, int *highest)
{
    char id[200], line_id[200], digest[80];
    enum verdict v = NEW;
    id_of(i, id);
    *highest = -1;
    for (const char *s = seen; *s; s += strcspn(s, "\n"), s += *s == '\n') {
        int publication;
        if (sscanf(s, "%9d %199s %79s", &publication, line_id, digest) != 3) continue;
        if (publication > *highest) *highest = publication;
        if (publication == i->publication && strcmp(line_id, id) == 0)
            v = strcmp(digest, i->digest) == 0 ? KNOWN : FORK;
    }
    return *highest > i->publication ? ROLLBACK : v;
}

static enum tb_code remember(const char *dir, const char *seen, const struct tb_table_info *i, int highest,
                             const char *bytes, size_t len, struct tb_err *e)
{
    char id[200], *table = within_dir(dir, "table.json"), *record = within_dir(dir, "seen");
    struct tb_buf b = {0};
    if (highest == i->publication) tb_buf_add(&b, seen);
    id_of(i, id);
    tb_buf_addf(&b, "%d %s %s\n", i->publication, id, i->digest);
    enum tb_code c = tb_file_write(table, bytes, len, e);
    if (c == TB_OK) c = tb_file_write(record, b.s, b.len, e);
    tb_buf_free(&b);
    free(table);
    free(record);
    return c;
}

static void use_last_good(const char *dir, struct tb_routing *r)
{
    char *path = within_dir(dir, "table.json"), *bytes;
    size_t len;
    tb_table_free(r->table);
    r->table = NULL;
    enum tb_code c = tb_file_read(path, TABLE_MAX, &bytes, &len, NULL);
    free(path);
    if (c) return;
    if (tb_table_read(bytes, len, &r->table, NULL)) r->table = NULL;
    free(bytes);
}

/* Rollback and fork: the table at hand gives way to the last good one. */
static void against_the_past(const struct tb_app *app, const char *dir, const char *bytes, size_t len,
                             struct tb_routing *r)
{
    char *path = within_dir(dir, "seen"), *seen = NULL, at[64];
    struct tb_table_info i = tb_table_info(r->table);
    struct tb_err e = {0};
    int highest;
    bool unread =
        tb_dir_make(dir, &e) || (tb_file_exists(path) && tb_file_read(path, SMALL_MAX, &seen, NULL, &e));
    free(path);
    if (unread) {
        tb_buf_addf(&r->banner, tb_t("後退の確認なし: %s\n", "rollback not checked: %s\n"), e.text);
        return;
    }
    enum verdict v = compare(seen ? seen : "", &i, &highest);
    r->rollback_checked = true;
    if (v == NEW && remember(dir, seen ? seen : "", &i, highest, bytes, len, &e)) {
        r->rollback_checked = false;
        tb_buf_addf(&r->banner, tb_t("後退の確認なし: %s\n", "rollback not checked: %s\n"), e.text);
    }
    if (v == ROLLBACK || v == FORK) {
        struct tb_buf text = {0}, line = {0};
        tb_buf_addf(
            &text,
            v == ROLLBACK
                ? tb_t(
                      "古い版です: 第%d版 %.8s（見たことのある最新は第%d版）。使わず、前の正しい表で答えます",
                      "an older edition: publication %d %.8s (the highest seen is %d); refused, the last "
                      "good table answers")
                : tb_t("同じ版で中身が違います: 第%d版 %.8s（最新は第%d版）。使わず、前の正しい表で答えます",
                       "the same publication %d with other contents (%.8s; the highest seen is %d): refused, "
                       "the last good table answers"),
            i.publication, i.digest, highest);
        tb_buf_addf(&r->banner, "%s\n", text.s);
        tb_buf_addf(&line, "%s %s %s", tb_format_instant(tb_clock_now(&app->clock), at, sizeof at),
                    app->actor.name, text.s);
        if (append(dir, "events.log", line.s, &e)) tb_buf_addf(&r->banner, "%s\n", e.text);
        tb_buf_free(&text);
        tb_buf_free(&line);
        use_last_good(dir, r);
    }
    free(seen);
}

/* ---- opening ----------------------------------------------------------------------------------- */

static enum tb_code open_file(const struct tb_app *app, const struct tb_routing_source *from,
                              struct tb_routing *out, struct tb_err *e)
{
    char *bytes;
    size_t len;
    struct tb_err why = {0};
    enum tb_code c = tb_file_read(from->table, TABLE_MAX, &bytes, &len, e);
    if (c) return c;
    if (tb_table_read(bytes, len, &out->table, &why)) {
        out->table = NULL;
        out->state = TB_TABLE_CORRUPT;
        tb_table_last_resort(bytes, len, &out->last);
        tb_buf_addf(&out->banner, "%s\n", why.text);
    } else if (from->state) {
        against_the_past(app, from->state, bytes, len, out);
        if (!out->table) {
            out->state = TB_TABLE_CORRUPT;
            tb_table_last_resort(bytes, len, &out->last);
        }
    } else {
        tb_buf_add(&out->banner, tb_t("後退の確認なし（--state DIR で確かめます）\n",
                                      "rollback not checked (--state DIR checks it)\n"));
    }
    free(bytes);
    return TB_OK;
}

static void read_changes(const char *path, struct tb_routing *out)
{
    char *bytes;
    size_t len;
    struct tb_err e = {0};
    if (!path || !tb_file_exists(path)) return;
    if (tb_file_read(path, SMALL_MAX, &bytes, &len, &e)) {
        tb_buf_addf(&out->banner, "%s\n", e.text);
        return;
    }
    if (tb_incidents_read(bytes, len, &out->incidents, &e)) tb_buf_addf(&out->banner, "%s\n", e.text);
    free(bytes);
}

static enum tb_code happened(const struct tb_app *app, tb_minute at, struct tb_routing *out, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    tb_incident_list_free(&out->incidents);
    c = tb_store_incidents(s, at, &out->incidents, e);
    tb_store_close(s);
    return c;
}

static enum tb_code open_db(const struct tb_app *app, tb_minute at, struct tb_routing *out, struct tb_err *e)
{
    const struct tb_app within = app_within(app);
    enum tb_code c = tb_app_table(&within, at, &out->own_region, &out->board, &out->table, e);
    if (c) {
        out->own_region = NULL;
        out->board = NULL;
        out->table = NULL;
        return c;
    }
    out->rollback_checked = true;
    return happened(app, at, out, e);
}

/* What depends on the minute: the table's state, the changes that stand, what the reader must know first. */
static void settle(const struct tb_routing_source *from, tb_minute at, struct tb_routing *out)
{
    struct tb_table_info i = tb_table_info(out->table);
    char t[64];
    out->state = tb_table_state_at(out->table, at);
    free(out->changes);
    out->changes = tb_incidents_resolve(out->table, &out->incidents, &out->n_changes);
    if (out->state == TB_TABLE_DUE && from->table)
        tb_buf_addf(&out->banner,
                    tb_t("更新待ち: 次の表の期日（%.16s）を過ぎています。新しい表を受け取ってください\n",
                         "renewal due since %.16s: get the next table\n"),
                    tb_format_instant(i.next_due, t, sizeof t));
    if (out->state == TB_TABLE_EXPIRED)
        tb_buf_addf(&out->banner,
                    tb_t("期限切れ: %.16s に切れました。当番の部分は使えません\n",
                         "expired at %.16s: the roster part is not used\n"),
                    tb_format_instant(i.to, t, sizeof t));
    if (out->state == TB_TABLE_EARLY)
        tb_buf_addf(&out->banner,
                    tb_t("未開始: %.16s からの表です。当番の部分は使えません\n",
                         "not yet valid, from %.16s: the roster part is not used\n"),
                    tb_format_instant(i.from, t, sizeof t));
    tb_disaster_words(tb_disaster_at(out->changes, out->n_changes, at), at, &out->banner);
    if (at < i.issued_at)
        tb_buf_addf(&out->banner,
                    tb_t("時計が表の作成（%.16s）より前です。時計を確かめてください\n",
                         "the clock is before the table was made (%.16s): check it\n"),
                    tb_format_instant(i.issued_at, t, sizeof t));
}

enum tb_code tb_app_routing(const struct tb_app *app, const struct tb_routing_source *from, tb_minute at,
                            struct tb_routing *out, struct tb_err *e)
{
    *out = (struct tb_routing){0};
    enum tb_code c = app_may(app, TB_USE_ROUTING, e);
    if (c == TB_OK) c = from->table ? open_file(app, from, out, e) : open_db(app, at, out, e);
    if (c) {
        tb_routing_free(out);
        return c;
    }
    out->channel = tb_actor_channel(&app->actor);
    /* no person's name for the public */
    for (int i = 0; out->board && app->actor.role == TB_ROLE_PUBLIC && i < out->board->n; i++)
        out->board->person[i] = -1;
    if (from->changes) {
        tb_incident_list_free(&out->incidents);
        read_changes(from->changes, out);
    }
    if (!out->table) return TB_OK;
    tb_last_resort_of(out->table, &out->last);
    settle(from, at, out);
    out->words = tb_words_new(tb_table_region(out->table));
    return TB_OK;
}

enum tb_code tb_app_routing_again(const struct tb_app *app, tb_minute at, const struct tb_routing *made,
                                  struct tb_routing *out, struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_ROUTING_AGAIN, e);
    *out = *made;
    out->incidents = (struct tb_incident_list){0};
    out->changes = NULL;
    out->n_changes = 0;
    out->banner = (struct tb_buf){0};
    if (c == TB_OK) c = happened(app, at, out, e);
    if (c)
        tb_routing_again_free(out);
    else
        settle(&(struct tb_routing_source){0}, at, out);
    return c;
}

void tb_routing_again_free(struct tb_routing *r)
{
    tb_incident_list_free(&r->incidents);
    free(r->changes);
    tb_buf_free(&r->banner);
    *r = (struct tb_routing){0};
}

void tb_routing_free(struct tb_routing *r)
{
    tb_words_free(r->words);
    tb_table_free(r->table);
    tb_board_free(r->board);
    tb_region_free(r->own_region);
    tb_last_resort_free(&r->last);
    tb_incident_list_free(&r->incidents);
    free(r->changes);
    tb_buf_free(&r->banner);
    *r = (struct tb_routing){0};
}

/* ---- overrides, refusals ----------------------------------------------------------------------- */

/* The small file is read whole at every question: rows that ended long ago leave it, but never the one with
 * the highest number, from which the next is counted, nor one that holds down another that would still act.
 */
static bool keeps_row(const struct tb_incident_list *l, size_t i, tb_minute now)
{
    const struct tb_incident_row *x = &l->v[i];
    bool last = true, holds = false;
    if (strcmp(x->kind, "disaster") == 0 && !tb_incident_row_over(l, i))
        return true; /* nobody has ended it */
    for (size_t k = 0; k < l->n; k++) {
        last = last && l->v[k].id <= x->id;
        holds = holds || (x->supersedes == l->v[k].id && l->v[k].until > now - KEPT_MINUTES);
    }
    return last || holds || x->until > now - KEPT_MINUTES;
}

static enum tb_code into_file(const struct tb_app *app, const char *path, const struct tb_routing *r,
                              struct tb_incident_row *x, struct tb_err *e)
{
    struct tb_incident_list all = {0};
    struct tb_buf bytes = {0};
    for (size_t i = 0; i < r->incidents.n; i++) {
        if (keeps_row(&r->incidents, i, x->entered_at)) *TB_PUSH(all.v, all.n, all.cap) = r->incidents.v[i];
        if (r->incidents.v[i].id >= x->id) x->id = r->incidents.v[i].id + 1;
    }
    *TB_PUSH(all.v, all.n, all.cap) = *x;
    tb_incidents_json(&all, &bytes);
    enum tb_code c = bytes.len > SMALL_MAX
                         ? tb_fail(e, TB_REFUSED,
                                   tb_t("%s が %d バイトを超えます。これ以上は加えられません",
                                        "%s would be larger than %d bytes: no more can be added"),
                                   path, SMALL_MAX)
                     : app->trial ? TB_OK
                                  : tb_file_write(path, bytes.s, bytes.len, e);
    tb_buf_free(&bytes);
    free(all.v);
    return c;
}

/* The line of the trail: all that was entered. */
static void incident_words(const struct tb_incident_row *x, struct tb_buf *out)
{
    const struct {
        const char *name, *value;
    } words[] = {{"with", x->other},
                 {"phone", x->phone},
                 {"reason", x->reason},
                 {"source", x->source},
                 {"note", x->note}};
    char from[64], until[64];
    tb_buf_addf(out, "%lld %s %s %s from %.16s until %.16s", (long long)x->id, x->kind, x->provider, x->duty,
                tb_format_instant(x->from, from, sizeof from),
                tb_format_instant(x->until, until, sizeof until));
    if (x->supersedes) tb_buf_addf(out, " supersedes=%lld", (long long)x->supersedes);
    for (size_t i = 0; i < TB_COUNT(words); i++)
        if (words[i].value && *words[i].value) tb_buf_addf(out, " %s=%s", words[i].name, words[i].value);
}

static enum tb_code into_db(const struct tb_app *app, tb_store *s, struct tb_incident_row *x,
                            struct tb_err *e)
{
    struct tb_buf words = {0};
    enum tb_code c = tb_store_add_incident(s, x, e);
    incident_words(x, &words);
    if (c == TB_OK) c = tb_store_audit(s, x->entered_at, app->actor.name, "override", words.s, e);
    tb_buf_free(&words);
    return c;
}

/* Some roles enter some kinds only. */
static enum tb_code may_enter_kind(const struct tb_app *app, const char *kind, struct tb_err *e)
{
    if (tb_actor_may_override(&app->actor, kind)) return TB_OK;
    return tb_fail(
        e, TB_REFUSED,
        tb_t("%s（%s）は「%s」の変更を記入できません", "%s (%s) may not enter an override of kind %s"),
        tb_actor_role_name(app->actor.role), tb_actor_role_id(app->actor.role), kind);
}

/* A member speaks for his own door, a director for his bodies' duties. */
static enum tb_code speaks_for(const struct tb_app *app, const struct tb_region *r, const char *door,
                               const char *duty_id, struct tb_err *e)
{
    enum tb_code c = app_own(app, TB_USE_OVERRIDE, door, e);
    if (c || app_all_bodies(app) || !r) return c;
    int duty = tb_find_duty(r, duty_id), provider = tb_find_provider(r, door);
    if (duty >= 0) return app_body(app, TB_USE_OVERRIDE, r, duty, e);
    return provider < 0 ? app_whole(app, TB_USE_OVERRIDE, e)
                        : app_provider_body(app, TB_USE_OVERRIDE, r, provider, e);
}

/* Who takes the place of an override, or ends it, is asked whether that one was his as well. */
static enum tb_code may_override(const struct tb_app *app, const struct tb_region *r,
                                 const struct tb_incident_row *x, const struct tb_incident_row *old,
                                 struct tb_err *e)
{
    enum tb_code c = old ? speaks_for(app, r, old->provider, old->duty, e) : TB_OK;
    if (c == TB_OK && strcmp(x->kind, "cancelled") != 0) c = speaks_for(app, r, x->provider, x->duty, e);
    return c;
}

/* The row that x takes the place of or ends must still act: what it was changed to meanwhile is told. */
static enum tb_code still_stands(const struct tb_incident_list *l, const struct tb_incident_row *x,
                                 const struct tb_incident_row **old, struct tb_err *e)
{
    const struct tb_incident_row *later = NULL;
    char at[64];
    *old = NULL;
    if (!x->supersedes) return TB_OK;
    for (size_t i = 0; i < l->n; i++) {
        if (l->v[i].id == x->supersedes) *old = &l->v[i];
        if (l->v[i].supersedes == x->supersedes) later = &l->v[i];
    }
    if (later && strcmp(later->kind, "cancelled") == 0)
        return tb_fail(e, TB_REFUSED,
                       tb_t("変更 %lld は %s が %.16s に取り消しました（%lld）。もう一度ご覧ください",
                            "override %lld was ended by %s at %.16s (%lld); look again"),
                       (long long)x->supersedes, later->by,
                       tb_format_instant(later->entered_at, at, sizeof at), (long long)later->id);
    if (later)
        return tb_fail(
            e, TB_REFUSED,
            tb_t("変更 %lld は %s が %.16s に直しました。いまは %lld（%s %s %s）です。それを見てから直します",
                 "override %lld was corrected by %s at %.16s; it is %lld now (%s %s %s): look at that one"),
            (long long)x->supersedes, later->by, tb_format_instant(later->entered_at, at, sizeof at),
            (long long)later->id, later->kind, later->provider, later->note);
    if (!*old)
        return tb_fail(e, TB_USAGE, tb_t("変更 %lld はありません", "there is no override %lld"),
                       (long long)x->supersedes);
    if ((*old)->until <= x->entered_at && strcmp((*old)->kind, "disaster") != 0)
        return tb_fail(e, TB_REFUSED,
                       tb_t("変更 %lld は %.16s に終わっています", "override %lld has been over since %.16s"),
                       (long long)x->supersedes, tb_format_instant((*old)->until, at, sizeof at));
    return TB_OK;
}

/* `near`: the row that x names and what became of it. */
static enum tb_code judge_override(const struct tb_app *app, const struct tb_routing *r,
                                   const struct tb_incident_list *near, const struct tb_incident_row *x,
                                   struct tb_err *e)
{
    const struct tb_incident_row *old;
    struct tb_incident checked;
    bool cancels = strcmp(x->kind, "cancelled") == 0;
    enum tb_code c = still_stands(near, x, &old, e);
    if (c == TB_OK) c = may_override(app, r->own_region, x, old, e);
    if (c) return c;
    bool two = strcmp(x->kind, "disaster") == 0 || (old && strcmp(old->kind, "disaster") == 0);
    if (two && (*x->other == '\0' || strcmp(x->other, x->by) == 0))
        return tb_fail(
            e, TB_USAGE,
            tb_t("災害モードの宣言と解除は二人で行います: --with "
                 "に、記録する人（%s）とは別の名を書いてください",
                 "declaring and ending a disaster takes two: name a second person with --with, not %s"),
            x->by);
    if (!r->table) return tb_fail(e, TB_INVALID, "%s", tb_buf_str(&r->banner));
    return cancels ? TB_OK : tb_incident_of(r->table, x, &checked, e);
}

/* The small file beside a data file has what the data file has. */
static enum tb_code mirror(const struct tb_app *app, const char *path, tb_minute now, struct tb_err *e)
{
    tb_store *s;
    struct tb_incident_list all;
    struct tb_buf bytes = {0};
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_incidents(s, now, &all, e);
    tb_store_close(s);
    if (c) return c;
    tb_incidents_json(&all, &bytes);
    c = tb_file_write(path, bytes.s, bytes.len, e);
    tb_incident_list_free(&all);
    tb_buf_free(&bytes);
    return c;
}

/* Into the small file beside a copied table. */
static enum tb_code override_file(const struct tb_app *app, const struct tb_routing_source *from,
                                  struct tb_incident_row *x, struct tb_err *e)
{
    struct tb_routing r;
    const struct tb_app within = app_within(app);
    enum tb_code c = tb_app_routing(&within, from, x->from, &r, e);
    if (c) return c;
    c = judge_override(app, &r, &r.incidents, x, e);
    if (c == TB_OK)
        c = from->changes
                ? into_file(app, from->changes, &r, x, e)
                : tb_fail(e, TB_USAGE, "%s",
                          tb_t("--table には --changes FILE が要ります", "--table needs --changes FILE"));
    tb_routing_free(&r);
    return c;
}

/* Into the data file: what is judged is read under the lock under which the row is written. */
static enum tb_code override_db(const struct tb_app *app, const struct tb_routing_source *from,
                                struct tb_incident_row *x, struct tb_err *e)
{
    struct tb_routing r;
    struct tb_incident_list near = {0};
    const struct tb_app within = app_within(app);
    tb_store *s;
    enum tb_code c = app_begin(app, &s, NULL, e);
    if (c) return c;
    c = tb_app_routing(&within, from, x->from, &r, e);
    if (c == TB_OK) {
        c = tb_store_incident(s, x->supersedes, &near, e);
        if (c == TB_OK) c = judge_override(app, &r, &near, x, e);
        if (c == TB_OK) c = into_db(app, s, x, e);
        tb_incident_list_free(&near);
        tb_routing_free(&r);
    }
    c = app_commit(s, c, e);
    return c == TB_OK && from->changes && !app->trial ? mirror(app, from->changes, x->entered_at, e) : c;
}

/* The small file is read, added to and written again: one at a time. Beside a data file too, or the file
 * could be older than what it was written after. */
enum tb_code tb_app_override(const struct tb_app *app, const struct tb_routing_source *from,
                             struct tb_incident_row *x, struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_OVERRIDE, e);
    if (c) return c;
    c = may_enter_kind(app, x->kind, e);
    if (c) return c;
    int lock = from->changes ? tb_file_lock(from->changes) : -1;
    x->id = 1;
    c = from->table ? override_file(app, from, x, e) : override_db(app, from, x, e);
    tb_file_unlock(lock);
    return c;
}

enum tb_code tb_app_declined(const struct tb_app *app, const struct tb_routing_source *from,
                             const char *facility, const char *reason, bool *recorded, struct tb_err *e)
{
    tb_minute now = tb_clock_now(&app->clock);
    char at[64];
    struct tb_buf line = {0};
    *recorded = false;
    enum tb_code c = app_may(app, TB_USE_DECLINED, e);
    if (c || (from->table && !from->state)) return c;
    if (from->table) {
        tb_buf_addf(&line, "%.16s %s declined %s %s", tb_format_instant(now, at, sizeof at), app->actor.name,
                    facility, reason);
        c = append(from->state, "declined.log", line.s, e);
    } else {
        tb_store *s;
        tb_buf_addf(&line, "%s %s", facility, reason);
        c = app_begin(app, &s, NULL, e);
        if (c == TB_OK) c = app_commit(s, tb_store_audit(s, now, app->actor.name, "declined", line.s, e), e);
    }
    *recorded = c == TB_OK;
    tb_buf_free(&line);
    return c;
}

/* ---- writing ----------------------------------------------------------------------------------- */

static enum tb_code keep_predecessors(const char *file, const char *old, size_t len, struct tb_err *e)
{
    struct tb_buf one = {0}, two = {0};
    char *before = NULL;
    size_t n = 0;
    tb_buf_addf(&one, "%s.1", file);
    tb_buf_addf(&two, "%s.2", file);
    enum tb_code c = tb_file_exists(one.s) ? tb_file_read(one.s, TABLE_MAX, &before, &n, e) : TB_OK;
    if (c == TB_OK && before) c = tb_file_write(two.s, before, n, e);
    if (c == TB_OK) c = tb_file_write(one.s, old, len, e);
    free(before);
    tb_buf_free(&one);
    tb_buf_free(&two);
    return c;
}

static enum tb_code follows(const tb_table *before, const tb_table *t, struct tb_err *e)
{
    struct tb_table_info a = tb_table_info(before), b = tb_table_info(t);
    char to[64], from[64];
    if (strcmp(a.region, b.region) != 0)
        return tb_fail(
            e, TB_REFUSED,
            tb_t("そこにあるのは別の医療圏（%s）の表です", "the table there is of another region (%s)"),
            a.region);
    if (b.from > a.to)
        return tb_fail(
            e, TB_REFUSED,
            tb_t("前の表は %.16s に切れ、この表は %.16s に始まります。間があかないように期間を選んでください",
                 "the table before ends at %.16s and this one begins at %.16s: choose a period that leaves "
                 "no gap"),
            tb_format_instant(a.to, to, sizeof to), tb_format_instant(b.from, from, sizeof from));
    if (b.publication < a.publication)
        return tb_fail(e, TB_REFUSED,
                       tb_t("前の表は第%d版で、これは第%d版です。古い版には戻せません",
                            "the table before is of publication %d, this one of %d: an older one is refused"),
                       a.publication, b.publication);
    return TB_OK;
}

/* A table of the period from the data file, on a board that reaches beyond it. */
static enum tb_code table_of_period(const struct tb_app *app, const char *period, struct tb_region **r,
                                    struct tb_board **b, tb_table **t, struct tb_err *e)
{
    tb_day from, to;
    const struct tb_app within = app_within(app);
    enum tb_code c = tb_app_region(&within, r, e);
    if (c) return c;
    c = tb_period_parse(*r, period, &from, &to, NULL, e);
    tb_region_free(*r);
    if (c) return c;
    c = tb_app_table_board(&within, 0, from - TB_TABLE_BACK, to + TB_TABLE_AHEAD, r, b, e);
    if (c) return c;
    c = tb_route_build_span(*b, from, to, (*b)->published_at, t, e);
    if (c) {
        tb_board_free(*b);
        tb_region_free(*r);
    }
    return c;
}

enum tb_code tb_app_write_table(const struct tb_app *app, const char *period, const char *file,
                                struct tb_app_table_file *out, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_board *b;
    tb_table *t = NULL, *before = NULL;
    char *old = NULL;
    size_t old_len = 0;
    struct tb_buf json = {0};
    *out = (struct tb_app_table_file){0};
    enum tb_code c = app_may(app, TB_USE_WRITE_TABLE, e);
    if (c == TB_OK) c = table_of_period(app, period, &r, &b, &t, e);
    if (c) return c;
    c = tb_route_verify(t, b, &out->cells, e);
    if (c == TB_OK && tb_file_exists(file)) {
        c = tb_file_read(file, TABLE_MAX, &old, &old_len, e);
        if (c == TB_OK && tb_table_read(old, old_len, &before, NULL) == TB_OK) c = follows(before, t, e);
    }
    if (c == TB_OK) {
        tb_printer *p = tb_printer_json(&json, 0);
        tb_table_json(t, p);
        tb_printer_free(p);
        tb_buf_addc(&json, '\n');
        if (old && before) c = keep_predecessors(file, old, old_len, e);
    }
    if (c == TB_OK) c = tb_file_write(file, json.s, json.len, e);
    if (c == TB_OK) {
        struct tb_table_info i = tb_table_info(t);
        out->publication = i.publication;
        memcpy(out->digest, i.digest, sizeof out->digest);
        out->bytes = json.len;
        tb_store *s;
        c = app_begin(app, &s, NULL, e);
        if (c == TB_OK) {
            struct tb_buf detail = {0};
            tb_buf_addf(&detail, "%.8s -> %.8s %s", before ? tb_table_info(before).digest : "-", i.digest,
                        file);
            c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, "table", detail.s, e);
            tb_buf_free(&detail);
            c = app_commit(s, c, e);
        }
    }
    tb_buf_free(&json);
    free(old);
    tb_table_free(before);
    tb_table_free(t);
    tb_board_free(b);
    tb_region_free(r);
    return c;
}

/* ---- sheets ------------------------------------------------------------------------------------ */

static enum tb_code sheet(const char *dir, const char *name, struct tb_buf *text, struct tb_app_sheets *out,
                          struct tb_err *e)
{
    char *path = within_dir(dir, name);
    enum tb_code c = tb_file_write(path, tb_buf_str(text), text->len, e);
    free(path);
    tb_buf_clear(text);
    out->files += c == TB_OK;
    return c;
}

static enum tb_code sheets_of(const tb_table *t, const tb_table *before, const struct tb_now_page *now,
                              const char *dir, struct tb_app_sheets *out, struct tb_err *e)
{
    struct tb_table_info i = tb_table_info(t);
    tb_day first = tb_day_of_minute(i.from), last = tb_day_of_minute(i.to) - 1;
    struct tb_buf b = {0};
    char name[100], date[64];
    enum tb_code c = tb_dir_make(dir, e);
    for (tb_day d = first; d <= last && c == TB_OK; d++) {
        tb_sheet_day(t, d, now, &b);
        snprintf(name, sizeof name, "day-%s.html", tb_format_date(d, date, sizeof date));
        c = sheet(dir, name, &b, out, e);
    }
    for (tb_day d = first, to; d <= last && c == TB_OK; d = to + 1) {
        for (to = d; to < last && tb_ymd_of(to + 1).month == tb_ymd_of(d).month; to++) {}
        tb_sheet_rotation(t, d, to, &b);
        snprintf(name, sizeof name, "rotation-%.7s.html", tb_format_date(d, date, sizeof date));
        c = sheet(dir, name, &b, out, e);
    }
    for (tb_day d = first, to; d <= last && c == TB_OK; d = to + 1) {
        for (to = d; to < last && !tb_day_has_consulting(t, d) && !tb_day_has_consulting(t, to + 1); to++) {}
        if (to - d < 3) continue;
        tb_sheet_holidays(t, d, to, &b);
        snprintf(name, sizeof name, "holidays-%s.html", tb_format_date(d, date, sizeof date));
        c = sheet(dir, name, &b, out, e);
    }
    if (c == TB_OK && now->at >= i.from && now->at < i.to) {
        tb_now_html(t, now, &b);
        c = sheet(dir, "now.html", &b, out, e);
        tb_now_text(t, now, &b);
        if (c == TB_OK) c = sheet(dir, "now.txt", &b, out, e);
    }
    if (c == TB_OK && before) {
        out->changes = tb_sheet_changes(before, t, &b);
        c = sheet(dir, "changes.html", &b, out, e);
    }
    tb_buf_free(&b);
    return c;
}

enum tb_code tb_app_write_sheets(const struct tb_app *app, const struct tb_routing_source *from,
                                 const char *period, const char *since, const char *dir,
                                 struct tb_app_sheets *out, struct tb_err *e)
{
    struct tb_region *r = NULL;
    struct tb_board *b = NULL;
    struct tb_routing file = {0};
    struct tb_changes entered = {0};
    tb_table *t = NULL, *before = NULL;
    tb_minute now = tb_clock_now(&app->clock);
    *out = (struct tb_app_sheets){0};
    enum tb_code c = app_may(app, TB_USE_WRITE_SHEETS, e);
    if (c) return c;
    const struct tb_app within = app_within(app);
    if (from->table) {
        c = tb_app_routing(&within, from, now, &file, e);
        if (c == TB_OK && !file.table) c = tb_fail(e, TB_INVALID, "%s", tb_buf_str(&file.banner));
    } else {
        c = table_of_period(app, period, &r, &b, &t, e);
        if (c == TB_OK) c = tb_app_changes(&within, r, now, &entered, e);
        tb_disaster_words(tb_disaster_at(entered.v, (int)entered.n, now), now, &file.banner);
    }
    if (c == TB_OK && since) {
        char *old;
        size_t n;
        c = tb_file_read(since, TABLE_MAX, &old, &n, e);
        if (c == TB_OK) {
            c = tb_table_read(old, n, &before, e);
            free(old);
        }
    }
    struct tb_now_page page = {now, from->table ? file.changes : entered.v,
                               from->table ? file.n_changes : (int)entered.n, tb_buf_str(&file.banner), b};
    if (c == TB_OK) c = sheets_of(from->table ? file.table : t, before, &page, dir, out, e);
    tb_changes_free(&entered);
    tb_table_free(before);
    if (t) {
        tb_table_free(t);
        tb_board_free(b);
        tb_region_free(r);
    }
    tb_routing_free(&file);
    return c;
}
