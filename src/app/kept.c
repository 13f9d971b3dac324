/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept in memory. A problem is found by the digest of its bytes, the region by the versions of all
 * its tables, read in the transaction that it is wanted in: neither can be out of date.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/kept.h"
#include "toban/codec/codec.h"

struct kept_problem {
    char digest[65]; /* "": nothing */
    struct tb_region *region;
    struct tb_problem *problem;
    int64_t asked; /* when, in questions */
};
struct tb_kept {
    pthread_mutex_t lock;
    struct kept_problem *v;
    int most;
    int64_t questions;
    int64_t version; /* of today's tables; of none: -1 */
    struct tb_region *today;
};

struct tb_kept *tb_kept_new(int most)
{
    struct tb_kept *k = tb_xcalloc(1, sizeof *k);
    TB_ASSERT(most > 0);
    pthread_mutex_init(&k->lock, NULL);
    k->v = tb_xcalloc((size_t)most, sizeof *k->v);
    k->most = most;
    k->version = -1;
    return k;
}

static void drop(struct kept_problem *x)
{
    tb_problem_free(x->problem);
    tb_region_free(x->region);
    *x = (struct kept_problem){0};
}

void tb_kept_free(struct tb_kept *k)
{
    if (!k) return;
    for (int i = 0; i < k->most; i++) drop(&k->v[i]);
    tb_region_free(k->today);
    pthread_mutex_destroy(&k->lock);
    free(k->v);
    free(k);
}

static struct kept_problem *find(struct tb_kept *k, const char *digest)
{
    for (int i = 0; i < k->most; i++)
        if (strcmp(k->v[i].digest, digest) == 0) return &k->v[i];
    return NULL;
}

static void lend(struct tb_kept *k, struct kept_problem *x, struct tb_app_draft *d)
{
    x->asked = ++k->questions;
    d->region = tb_region_share(x->region);
    d->problem = tb_problem_share(x->problem);
}

/* What was asked for longest ago gives way. */
static void keep(struct tb_kept *k, struct tb_app_draft *d)
{
    struct kept_problem *at = &k->v[0];
    for (int i = 1; i < k->most; i++)
        if (k->v[i].asked < at->asked) at = &k->v[i];
    drop(at);
    memcpy(at->digest, d->stored.instance_digest, sizeof at->digest);
    at->region = d->region;
    at->problem = d->problem;
    lend(k, at, d);
}

enum tb_code app_instance(const struct tb_app *app, struct tb_app_draft *d, struct tb_err *e)
{
    struct tb_kept *k = app->kept;
    struct kept_problem *x;
    if (k) {
        pthread_mutex_lock(&k->lock);
        x = find(k, d->stored.instance_digest);
        if (x) lend(k, x, d);
        pthread_mutex_unlock(&k->lock);
        if (x) return TB_OK;
    }
    enum tb_code c =
        tb_codec_parse_problem(d->stored.instance, d->stored.instance_len, &d->region, &d->problem, e);
    if (c || !k) return c;
    pthread_mutex_lock(&k->lock);
    /* Another may have read the same meanwhile. */
    if (!find(k, d->stored.instance_digest)) keep(k, d);
    pthread_mutex_unlock(&k->lock);
    return TB_OK;
}

static void add_version(void *arg, const char *what, int64_t version)
{
    int64_t *sum = arg;
    for (int i = 0; i < TB_E_COUNT; i++)
        if (strcmp(tb_entities[i].name, what) == 0) *sum += version;
}

enum tb_code app_today(const struct tb_app *app, tb_store *s, struct tb_region **r, struct tb_err *e)
{
    struct tb_kept *k = app->kept;
    int64_t version = 0;
    enum tb_code c;
    if (!k) return tb_store_load_region(s, r, e);
    c = tb_store_versions(s, add_version, &version, e);
    if (c) return c;
    pthread_mutex_lock(&k->lock);
    *r = k->version == version ? tb_region_share(k->today) : NULL;
    pthread_mutex_unlock(&k->lock);
    if (*r) return TB_OK;
    c = tb_store_load_region(s, r, e);
    if (c) return c;
    pthread_mutex_lock(&k->lock);
    if (k->version < version) {
        tb_region_free(k->today);
        k->today = tb_region_share(*r);
        k->version = version;
    }
    pthread_mutex_unlock(&k->lock);
    return TB_OK;
}
