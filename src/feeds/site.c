/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is served, rendered beforehand: a request costs a look-up and no rendering.
 */
#include <stdlib.h>
#include <string.h>

#include "feeds_int.h"
#include "toban/tell/duties.h"
#include "toban/tell/history.h"
#include "toban/tell/words.h"

struct collecting {
    struct site *before;
    struct page *v;
    size_t n, cap;
    long long renders;
};

static struct page *add_page(struct collecting *c, const char *hash)
{
    struct page *p = TB_PUSH(c->v, c->n, c->cap);
    memset(p, 0, sizeof *p);
    memcpy(p->hash, hash, sizeof p->hash);
    return p;
}

static bool has(void *arg, const char *hash, const char *stamp)
{
    struct site *before = ((struct collecting *)arg)->before;
    const struct page *was = before ? feeds_site_page(before, hash) : NULL;
    return was && was->leaf && strcmp(was->stamp, stamp) == 0;
}

static struct leaf *leaf_keep(struct leaf *x)
{
    atomic_fetch_add(&x->holders, 1);
    return x;
}

static void leaf_free(struct leaf *x)
{
    if (!x || atomic_fetch_sub(&x->holders, 1) > 1) return;
    http_resource_free(&x->bytes);
    free(x);
}

static enum tb_code take(void *arg, const struct tb_app_feed *f, struct tb_err *e)
{
    (void)e;
    struct collecting *c = arg;
    struct page *p = add_page(c, f->hash);
    memcpy(p->stamp, f->stamp, sizeof p->stamp);
    if (!f->bytes) {
        p->leaf = leaf_keep(feeds_site_page(c->before, f->hash)->leaf);
        return TB_OK;
    }
    p->leaf = leaf_keep(tb_xcalloc(1, sizeof *p->leaf));
    http_resource_make(&p->leaf->bytes, f->bytes, f->len, f->modified);
    c->renders++;
    return TB_OK;
}

static int by_hash(const void *a, const void *b)
{
    return strcmp(((const struct page *)a)->hash, ((const struct page *)b)->hash);
}

/* Addresses given up long ago answer 410 and not 404: their readers may stop asking. */
static enum tb_code add_gone(const struct tb_app *app, struct collecting *c, struct tb_err *e)
{
    struct tb_token *v;
    size_t n, rendered = c->n;
    enum tb_code code = tb_app_token_list(app, &v, &n, e);
    if (code) return code;
    for (size_t i = 0; i < n; i++) {
        bool known = false;
        for (size_t k = 0; k < rendered && !known; k++) known = strcmp(c->v[k].hash, v[i].hash) == 0;
        if (!known && v[i].revoked != TB_NEVER) (void)add_page(c, v[i].hash);
    }
    tb_tokens_free(v, n);
    return TB_OK;
}

static enum tb_code publications(const struct tb_app *app, struct tb_buf *out, struct tb_err *e)
{
    struct tb_publication *v;
    size_t n;
    enum tb_code c = tb_app_publications(app, &v, &n, e);
    if (c) return c;
    tb_printer *p = tb_tell_begin(out, NULL, 0);
    tb_tell_publications_json(&(struct tb_tell_publications){v, n}, p);
    tb_tell_end(p, out);
    for (size_t i = 0; i < n; i++) tb_publication_free(&v[i]);
    free(v);
    return TB_OK;
}

void feeds_site_free(struct site *s)
{
    if (!s) return;
    for (size_t i = 0; i < s->n; i++) leaf_free(s->pages[i].leaf);
    free(s->pages);
    tb_board_free(s->board);
    tb_region_free(s->region);
    tb_buf_free(&s->publications);
    tb_buf_free(&s->roster);
    free(s);
}

enum tb_code feeds_site_new(const struct tb_app *app, const char *key, struct site *before, struct site **out,
                            struct tb_err *e)
{
    struct site *s = tb_xcalloc(1, sizeof *s);
    struct collecting c = {.before = before};
    struct tb_app_feeds counts = {0};
    s->holders = 1;
    s->rendered = tb_clock_now(&app->clock);
    s->day = tb_day_of_minute(s->rendered);
    /* The version first: what is entered meanwhile is rendered next time. */
    enum tb_code code = tb_app_version(app, &s->version, e);
    if (code == TB_OK) {
        code = tb_app_feeds(app, key, &(struct tb_feed_visitor){has, take, &c}, &counts, e);
        for (size_t i = 0; i < counts.notes.n; i++) tb_log("%s", counts.notes.v[i]);
        tb_notes_free(&counts.notes);
    }
    if (code == TB_OK) code = add_gone(app, &c, e);
    if (code == TB_OK) code = publications(app, &s->publications, e);
    if (code == TB_OK) code = tb_app_board(app, 0, TB_DAY_NONE, TB_DAY_NONE, &s->region, &s->board, e);
    if (code) {
        s->region = NULL;
        s->board = NULL;
    }
    s->pages = c.v;
    s->n = c.n;
    s->renders = c.renders;
    s->mark = counts.mark;
    if (code == TB_OK) {
        tb_app_roster_json(s->board, &s->roster);
        if (s->n) qsort(s->pages, s->n, sizeof *s->pages, by_hash);
        *out = s;
    } else
        feeds_site_free(s);
    return code;
}

struct page *feeds_site_page(struct site *s, const char *hash)
{
    struct page key = {0};
    memcpy(key.hash, hash, sizeof key.hash);
    return s->n ? bsearch(&key, s->pages, s->n, sizeof key, by_hash) : NULL;
}

struct page *feeds_site_find(struct site *s, const char *token, size_t n)
{
    char hash[65];
    /* By hash: how long the look-up takes tells nothing about the tokens that are in use. */
    tb_sha256_hex(token, n, hash);
    return feeds_site_page(s, hash);
}

enum tb_code feeds_on_duty(const struct tb_app *app, const struct site *s, tb_minute at, struct tb_buf *out,
                           struct tb_err *e)
{
    struct tb_app_now x;
    enum tb_code c = tb_app_now_of(app, s->board, at, &x, e);
    if (c) return c;
    tb_printer *p = tb_tell_begin(out, NULL, 0);
    tb_tell_now_json(&x, p);
    tb_tell_end(p, out);
    tb_app_now_free(&x);
    return TB_OK;
}
