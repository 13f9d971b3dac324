/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of feeds: made from a key that is not in the data file, so that who reads a copy of the file can
 * read no calendar.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/base/outdir.h"
#include "toban/app/addresses.h"
#include "toban/app/feeds.h"
#include "toban/domain/now.h"
#include "toban/publish/publish.h"
#include "toban/base/secret.h"

static enum tb_code read_key(const struct tb_app *app, const char *path, bool create,
                             unsigned char key[TB_KEY_BYTES], struct tb_err *e)
{
    struct tb_buf own = {0};
    const char *env = getenv("TOBAN_KEY");
    if (!path) path = env && *env ? env : NULL;
    if (!path) tb_buf_addf(&own, "%s.key", app->db);
    enum tb_code c = tb_key_read(path ? path : own.s, create, key, e);
    tb_buf_free(&own);
    return c;
}

static enum tb_code find_subject(const struct tb_region *r, const char *word, const char *id, int *feed,
                                 int *index, struct tb_err *e)
{
    *feed = tb_feed_find(word);
    if (*feed < 0)
        return tb_fail(
            e, TB_USAGE,
            tb_t("「%s」という予定表はありません。provider duty body area facility region のどれかです",
                 "there is no feed \"%s\"; there are provider, duty, body, area, facility, region"),
            word);
    *index = tb_feed_subject(r, (enum tb_feed) * feed, id);
    if (*index >= 0) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("%s に「%s」はありません", "there is no %s \"%s\""), word, id);
}

const struct tb_token *app_token_latest(const struct tb_token *v, size_t n, const char *feed,
                                        const char *subject)
{
    const struct tb_token *found = NULL;
    for (size_t i = 0; i < n; i++)
        if (strcmp(v[i].feed, feed) == 0 && strcmp(v[i].subject, subject) == 0) found = &v[i];
    return found;
}

static void make(const unsigned char *key, const char *feed, const char *subject, int64_t generation,
                 struct tb_app_token *out)
{
    tb_token_make(key, feed, subject, generation, out->token);
    tb_sha256_hex(out->token, strlen(out->token), out->hash);
    out->generation = generation;
}

static enum tb_code other_key(struct tb_err *e)
{
    return tb_fail(
        e, TB_REFUSED,
        tb_t("鍵のファイルが、アドレスを作ったときのものと違います。--key で正しい鍵を指定します",
             "the key file is not the one the addresses were made with; name the right one with --key"));
}

enum tb_code tb_app_token_issue(const struct tb_app *app, const char *key_path, const char *feed,
                                const char *subject, bool again, struct tb_app_token *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    struct tb_token *v = NULL;
    size_t n = 0;
    unsigned char key[TB_KEY_BYTES];
    int kind, index;
    *out = (struct tb_app_token){0};
    enum tb_code c = app_may(app, TB_USE_TOKEN_ISSUE, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    c = find_subject(r, feed, subject, &kind, &index, e);
    if (c == TB_OK) c = tb_store_tokens(s, &v, &n, e);
    /* with addresses in use a new key would give up all of them */
    if (c == TB_OK) c = read_key(app, key_path, n == 0, key, e);
    tb_minute now = tb_clock_now(&app->clock);
    if (c == TB_OK) {
        const struct tb_token *old = app_token_latest(v, n, feed, subject);
        bool live = old && old->revoked == TB_NEVER;
        if (old) {
            make(key, feed, subject, old->generation, out);
            if (!tb_secret_equal(out->hash, old->hash, 64)) c = other_key(e);
        }
        out->made = !live || again;
        if (c == TB_OK && live && again) c = tb_store_revoke_token(s, old->hash, now, e);
        if (c == TB_OK && out->made) {
            make(key, feed, subject, old ? old->generation + 1 : 1, out);
            struct tb_token t = {.feed = tb_xstrdup(feed),
                                 .subject = tb_xstrdup(subject),
                                 .generation = out->generation,
                                 .issued = now,
                                 .alarm = old ? old->alarm : 0};
            memcpy(t.hash, out->hash, sizeof t.hash);
            c = tb_store_add_token(s, &t, e);
            free(t.feed);
            free(t.subject);
            struct tb_buf detail = {0};
            tb_buf_addf(&detail, "%s %s %lld", feed, subject, (long long)out->generation);
            if (c == TB_OK)
                c = tb_store_audit(s, now, app->actor.name, live ? "token-rotate" : "token-issue",
                                   tb_buf_str(&detail), e);
            tb_buf_free(&detail);
        }
    }
    explicit_bzero(key, sizeof key);
    tb_tokens_free(v, n);
    c = app_commit(s, c, e);
    tb_region_free(r);
    return c;
}

enum tb_code tb_app_token_revoke(const struct tb_app *app, const char *feed, const char *subject,
                                 struct tb_err *e)
{
    tb_store *s;
    struct tb_token *v = NULL;
    size_t n = 0;
    enum tb_code c = app_may(app, TB_USE_TOKEN_REVOKE, e);
    if (c == TB_OK) c = app_begin(app, &s, NULL, e);
    if (c) return c;
    if (c == TB_OK) c = tb_store_tokens(s, &v, &n, e);
    if (c == TB_OK) {
        const struct tb_token *t = app_token_latest(v, n, feed, subject);
        tb_minute now = tb_clock_now(&app->clock);
        struct tb_buf detail = {0}, who = {0};
        tb_buf_addf(&detail, "%s %s", feed, subject);
        if (t && t->revoked == TB_NEVER)
            c = tb_store_revoke_token(s, t->hash, now, e);
        else
            c = app_who_last(s, "token-revoke", detail.s, &who, e);
        if (c == TB_OK && who.len)
            c = tb_fail(
                e, TB_REFUSED,
                tb_t("%s %s のアドレスはもう失効しています%s", "the address of %s %s was given up already%s"),
                feed, subject, who.s);
        else if (c == TB_OK && (!t || t->revoked != TB_NEVER))
            c = tb_fail(e, TB_NO,
                        tb_t("%s %s に使用中のアドレスはありません", "no address of %s %s is in use"), feed,
                        subject);
        tb_buf_free(&who);
        if (c == TB_OK) c = tb_store_audit(s, now, app->actor.name, "token-revoke", tb_buf_str(&detail), e);
        tb_buf_free(&detail);
    }
    tb_tokens_free(v, n);
    return app_commit(s, c, e);
}

/* Inside the transaction. */
static enum tb_code set_alarm(const struct tb_app *app, tb_store *s, const struct tb_token *t, int minutes,
                              struct tb_err *e)
{
    tb_minute now = tb_clock_now(&app->clock);
    const struct tb_mark x = {.at = now, .kind = TB_MARK_SETTING, .feed = t->feed, .subject = t->subject};
    struct tb_buf detail = {0};
    tb_buf_addf(&detail, "%s %s %d", t->feed, t->subject, minutes);
    enum tb_code c = tb_store_token_alarm(s, t->hash, minutes, e);
    if (c == TB_OK) c = tb_store_add_mark(s, &x, 0, e);
    if (c == TB_OK) c = tb_store_audit(s, now, app->actor.name, "token-alarm", tb_buf_str(&detail), e);
    tb_buf_free(&detail);
    return c;
}

enum tb_code tb_app_token_alarm(const struct tb_app *app, const char *feed, const char *subject,
                                int64_t minutes, bool *changed, struct tb_err *e)
{
    tb_store *s;
    struct tb_token *v = NULL;
    size_t n = 0;
    *changed = false;
    enum tb_code c = app_may(app, TB_USE_TOKEN_ALARM, e);
    if (c == TB_OK && (minutes < 0 || minutes > TB_ALARM_MAX))
        c = tb_fail(e, TB_USAGE,
                    tb_t("--minutes %lld: 当番の何分前か、0 から %d まで（0 は鳴らさない）です",
                         "--minutes %lld: how many minutes before a duty, 0 to %d (0: it does not ring)"),
                    (long long)minutes, TB_ALARM_MAX);
    if (c == TB_OK) c = app_begin(app, &s, NULL, e);
    if (c) return c;
    c = tb_store_tokens(s, &v, &n, e);
    const struct tb_token *t = c == TB_OK ? app_token_latest(v, n, feed, subject) : NULL;
    if (c == TB_OK && (!t || t->revoked != TB_NEVER))
        c = tb_fail(e, TB_NO,
                    tb_t("%s %s に使用中のアドレスはありません。token issue で発行します",
                         "no address of %s %s is in use; make one with token issue"),
                    feed, subject);
    *changed = c == TB_OK && t->alarm != minutes;
    if (*changed) c = set_alarm(app, s, t, (int)minutes, e);
    tb_tokens_free(v, n);
    return app_commit(s, c, e);
}

enum tb_code tb_app_token_list(const struct tb_app *app, struct tb_token **out, size_t *n, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_TOKEN_LIST, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_tokens(s, out, n, e);
    tb_store_close(s);
    return c;
}

void tb_app_token_address(const char *url, const char *token, struct tb_buf *out)
{
    size_t n = strlen(url);
    while (n && url[n - 1] == '/') n--;
    tb_buf_addn(out, url, n);
    tb_buf_addf(out, "/%s/toban.ics", token);
}

enum tb_code tb_app_token_sheet(const struct tb_app *app, const char *key, const char *feed,
                                const char *subject, const char *url, struct tb_buf *out, struct tb_err *e)
{
    struct tb_app_token t;
    struct tb_region *r;
    struct tb_board *b;
    struct tb_buf address = {0};
    /* Google takes no address of more than 256 characters, and says nothing. */
    enum tb_code c = app_may(app, TB_USE_TOKEN_SHEET, e);
    if (c) return c;
    if (!url || strncmp(url, "https://", 8) != 0 || strlen(url) > 200)
        return tb_fail(
            e, TB_USAGE,
            tb_t("--url に https:// で始まる 200 字までのアドレスが要ります",
                 "--url is needed: an address of at most 200 characters that begins with https://"));
    const struct tb_app within = app_within(app);
    c = tb_app_token_issue(&within, key, feed, subject, false, &t, e);
    if (c == TB_OK) c = tb_app_board(&within, 0, TB_DAY_NONE, TB_DAY_NONE, &r, &b, e);
    if (c) return c;
    int kind, index;
    c = find_subject(r, feed, subject, &kind, &index, e);
    tb_app_token_address(url, t.token, &address);
    if (c == TB_OK) c = tb_publish_token_sheet(b, (enum tb_feed)kind, index, tb_buf_str(&address), out, e);
    tb_buf_free(&address);
    tb_board_free(b);
    tb_region_free(r);
    return c;
}

/* ---- rendering ---------------------------------------------------------------------------------- */

struct rendering {
    const struct tb_board *b;
    const unsigned char *key;
    tb_minute now;
    int64_t entered; /* when anything was that calendars tell, in seconds */
    const struct tb_feed_visitor *visitor;
    struct tb_app_feeds *out;
};

static int64_t latest(int64_t a, int64_t b) { return a > b ? a : b; }

static enum tb_code render(const struct rendering *x, const struct tb_token *t, struct tb_err *e)
{
    int kind, index;
    bool closed = t->revoked != TB_NEVER;
    if (closed && t->revoked + (tb_minute)TB_CLOSED_DAYS * TB_MINUTES_PER_DAY <= x->now) return TB_OK;
    struct tb_app_token made = {0};
    make(x->key, t->feed, t->subject, t->generation, &made);
    if (!tb_secret_equal(made.hash, t->hash, 64)) return other_key(e);
    struct tb_err missing = {0};
    if (find_subject(x->b->region, t->feed, t->subject, &kind, &index, &missing)) {
        /* a body or an area that the region gave up takes nobody else's calendar with it */
        tb_notes_add(&x->out->notes, "%s", missing.text);
        return TB_OK;
    }
    const struct tb_ics ics = {(enum tb_feed)kind, index, t->revoked, t->alarm};
    struct tb_buf bytes = {0};
    char stamp[65] = "";
    enum tb_code c = tb_publish_ics_stamp(x->b, &ics, stamp, e);
    const bool had = c == TB_OK && x->visitor->has && x->visitor->has(x->visitor->arg, made.hash, stamp);
    if (c == TB_OK && !had) c = tb_publish_ics_at(x->b, &ics, &bytes, e);
    int64_t second = x->entered;
    const tb_day left = closed ? TB_DAY_NONE : tb_publish_ics_left(x->b, &ics);
    if (left != TB_DAY_NONE) second = latest(second, tb_minute_of(left, 0) * 60);
    if (closed) second = latest(second, t->revoked * 60);
    struct tb_app_feed f = {made.token, made.hash, stamp, had ? NULL : tb_buf_str(&bytes), bytes.len, second};
    if (c == TB_OK) c = x->visitor->visit(x->visitor->arg, &f, e);
    if (c == TB_OK && closed) x->out->closed++;
    if (c == TB_OK && !closed) x->out->live++;
    tb_buf_free(&bytes);
    return c;
}

enum tb_code tb_app_feeds(const struct tb_app *app, const char *key_path,
                          const struct tb_feed_visitor *visitor, struct tb_app_feeds *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r, *shown = NULL;
    struct tb_board *b = NULL;
    struct tb_token *v = NULL;
    size_t n = 0;
    unsigned char key[TB_KEY_BYTES] = {0};
    *out = (struct tb_app_feeds){0};
    enum tb_code c = app_may(app, TB_USE_FEEDS, e);
    if (c == TB_OK) c = app_ready_wording(app, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    tb_minute now = tb_clock_now(&app->clock);
    c = app_feed_board(s, r, tb_day_of_minute(now), &shown, &b, e);
    if (c == TB_OK) c = tb_store_tokens(s, &v, &n, e);
    tb_store_close(s);
    if (c == TB_OK && n) c = read_key(app, key_path, false, key, e);
    struct rendering x = {b, key, now, 0, visitor, out};
    if (c == TB_OK) x.entered = tb_marks_second(b->marks, (size_t)b->n_marks);
    for (size_t i = 0; i < n && c == TB_OK; i++) c = render(&x, &v[i], e);
    if (b) {
        out->publication = b->publication;
        out->mark = b->n_marks ? b->marks[b->n_marks - 1].id : 0;
        memcpy(out->publication_hash, b->hash, sizeof out->publication_hash);
    }
    explicit_bzero(key, sizeof key);
    tb_tokens_free(v, n);
    tb_board_free(b);
    tb_region_free(shown);
    tb_region_free(r);
    return c;
}

enum tb_code tb_app_tokens_fetched(const struct tb_app *app, const char *const *hashes, size_t n,
                                   const struct tb_fetched_state *state, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_FETCHED, e);
    if (c == TB_OK) c = app_begin(app, &s, NULL, e);
    if (c) return c;
    tb_minute now = tb_clock_now(&app->clock);
    for (size_t i = 0; i < n && c == TB_OK; i++) c = tb_store_token_fetched(s, hashes[i], now, state, e);
    return app_commit(s, c, e);
}

/* ---- who has not fetched ---------------------------------------------------------------------------- */

bool app_has_fetched(const struct tb_token *t, const struct tb_board *b, int assignment)
{
    struct tb_seat_state state;
    tb_publish_seat_state(b, assignment, &state);
    return t->fetched_publication >= state.publication && t->fetched_mark >= state.mark;
}

static int by_time(const void *p, const void *q)
{
    const struct tb_app_unfetched *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->provider > b->provider) - (a->provider < b->provider);
}

struct unfetched {
    const struct tb_region *region;
    const struct tb_token *tokens;
    size_t n_tokens;
    struct tb_app_unfetched *v;
    size_t n, cap;
};

/* The address in use of his own calendar, NULL: none. */
static const struct tb_token *own_token(const struct unfetched *u, int provider)
{
    const struct tb_token *t = app_token_latest(u->tokens, u->n_tokens, tb_feed_word(TB_FEED_PROVIDER),
                                                u->region->providers[provider].id);
    return t && t->revoked == TB_NEVER ? t : NULL;
}

/* One whose calendar tells of the seat. */
static void need_fetch(struct unfetched *u, const struct tb_board *b, int assignment, int provider)
{
    const struct tb_token *t = own_token(u, provider);
    struct tb_seat_state state;
    struct tb_app_unfetched *x = NULL;
    for (size_t k = 0; k < u->n && !x; k++)
        if (u->v[k].provider == provider) x = &u->v[k];
    if (!x) {
        x = TB_PUSH(u->v, u->n, u->cap);
        *x = (struct tb_app_unfetched){.provider = provider,
                                       .from = b->slots[b->a[assignment].slot].interval[0].from,
                                       .fetched = TB_NEVER};
        if (t) {
            x->generation = t->generation;
            x->fetched = t->fetched;
            x->fetched_publication = t->fetched_publication;
        }
    }
    tb_publish_seat_state(b, assignment, &state);
    if (state.publication > x->changed) x->changed = state.publication;
    x->missing |= !t || !app_has_fetched(t, b, assignment);
}

/* The doctor named for it, and who comes instead, are told by their own calendars, where they have any. */
static void need_fetches(struct unfetched *u, const struct tb_board *b, int i)
{
    const struct tb_slot *s = &b->slots[b->a[i].slot];
    struct tb_now_seat now;
    tb_now_seat_of(b, i, NULL, 0,
                   &(struct tb_now_span){s->interval[0].from, s->interval[s->n_intervals - 1].to, b->in_force,
                                         b->n_in_force},
                   &now);
    need_fetch(u, b, i, b->a[i].provider);
    const int others[] = {b->person[i], now.provider, now.person};
    for (size_t k = 0; k < TB_COUNT(others); k++)
        if (others[k] >= 0 && others[k] != b->a[i].provider && own_token(u, others[k]))
            need_fetch(u, b, i, others[k]);
}

enum tb_code tb_app_unfetched(const struct tb_app *app, int days, struct tb_region **region,
                              struct tb_app_unfetched **out, size_t *n, struct tb_err *e)
{
    struct tb_board *b;
    struct tb_token *tokens;
    size_t n_tokens, kept = 0;
    tb_minute now = tb_clock_now(&app->clock);
    tb_day today = tb_day_of_minute(now);
    enum tb_code c = app_may(app, TB_USE_UNFETCHED, e);
    const struct tb_app within = app_within(app);
    if (c == TB_OK) c = tb_app_board(&within, 0, today - 1, today + days, region, &b, e);
    if (c) return c;
    c = tb_app_token_list(&within, &tokens, &n_tokens, e);
    if (c) {
        tb_board_free(b);
        tb_region_free(*region);
        return c;
    }
    struct unfetched u = {.region = *region, .tokens = tokens, .n_tokens = n_tokens};
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        if (s->interval[s->n_intervals - 1].to > now) need_fetches(&u, b, i);
    }
    for (size_t i = 0; i < u.n; i++)
        if (u.v[i].missing) u.v[kept++] = u.v[i];
    if (kept) qsort(u.v, kept, sizeof *u.v, by_time);
    *n = kept;
    *out = u.v;
    tb_tokens_free(tokens, n_tokens);
    tb_board_free(b);
    return TB_OK;
}

/* ---- files ---------------------------------------------------------------------------------------- */

static enum tb_code write_feed(void *arg, const struct tb_app_feed *f, struct tb_err *e)
{
    struct tb_buf name = {0}, bytes = {0};
    tb_buf_addf(&name, "%s/toban.ics", f->token);
    tb_buf_addn(&bytes, f->bytes, f->len);
    enum tb_code c = tb_outdir_put(arg, tb_buf_str(&name), &bytes, e);
    tb_buf_free(&name);
    tb_buf_free(&bytes);
    return c;
}

enum tb_code tb_app_export_ics(const struct tb_app *app, const char *key, const char *dir,
                               struct tb_app_feeds *out, struct tb_err *e)
{
    struct tb_outdir o;
    *out = (struct tb_app_feeds){0};
    const struct tb_app within = app_within(app);
    enum tb_code c = app_may(app, TB_USE_EXPORT_ICS, e);
    if (c == TB_OK) c = tb_app_verify(&within, false, e);
    if (c == TB_OK) c = tb_outdir_begin(dir, &o, e);
    if (c) return c;
    c = tb_app_feeds(&within, key, &(struct tb_feed_visitor){.visit = write_feed, .arg = &o}, out, e);
    if (c == TB_OK) return tb_outdir_commit(&o, e);
    tb_outdir_abandon(&o);
    return c;
}
