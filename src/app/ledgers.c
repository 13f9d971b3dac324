/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books told to people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/base/outdir.h"
#include "toban/app/ledgers.h"
#include "toban/publish/pages.h"
#include "toban/store/records.h"

static enum tb_code read_lines(tb_store *s, const struct tb_region *r, int year,
                               struct tb_book_line *v[TB_STANDING_YEARS + 1], struct tb_standing_lines *lines,
                               struct tb_err *e)
{
    for (int k = 0; k <= TB_STANDING_YEARS; k++) {
        struct tb_ledger_line *x;
        size_t n;
        /* all years by the persons of the year told, so that they can be compared */
        enum tb_code c = tb_store_ledger_as(s, r, tb_day_of(year - TB_STANDING_YEARS + k + 1, 3, 31),
                                            tb_day_of(year + 1, 3, 31), &x, &n, e);
        if (c) return c;
        v[k] = tb_xcalloc(n + 1, sizeof *v[k]);
        for (size_t i = 0; i < n; i++)
            v[k][i] = (struct tb_book_line){x[i].ledger, x[i].account, x[i].opening + x[i].adjusted,
                                            x[i].accrued, x[i].done};
        lines[k] = (struct tb_standing_lines){v[k], n};
        free(x);
    }
    return TB_OK;
}

static int by_slot(const void *p, const void *q)
{
    const struct tb_seat_row *x = p, *y = q;
    const int a[] = {x->duty, x->date, x->band, x->role, x->provider},
              b[] = {y->duty, y->date, y->band, y->role, y->provider};
    for (size_t i = 0; i < TB_COUNT(a); i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* A seat in which another came is his, as it is in the books; one that nobody served is nobody's. */
static enum tb_code who_came(tb_store *s, const struct tb_region *r, int year, struct tb_seat_row *seats,
                             size_t n, struct tb_err *e)
{
    struct tb_attendance *v;
    size_t n_records;
    enum tb_code c = tb_store_attendance(s, r, tb_day_of(year - TB_STANDING_YEARS + 1, 4, 1),
                                         tb_day_of(year + 1, 3, 31), &v, &n_records, e);
    if (c) return c;
    struct tb_seat_row *as_published = tb_xcalloc(n + 1, sizeof *as_published);
    if (n) qsort(seats, n, sizeof *seats, by_slot);
    memcpy(as_published, seats, n * sizeof *seats);
    for (size_t i = 0; i < n_records; i++) {
        const struct tb_seat_row *hit =
            n ? bsearch(&v[i].seat, as_published, n, sizeof *as_published, by_slot) : NULL;
        if (hit)
            seats[hit - as_published].provider =
                v[i].came < 0 ? -1 : tb_attend_credit(r, v[i].seat.provider, v[i].came, v[i].seat.date);
    }
    free(as_published);
    tb_attendance_free(v, n_records);
    return TB_OK;
}

static enum tb_code gather(tb_store *s, const char *period, struct tb_app_standing *out, struct tb_err *e)
{
    const struct tb_region *r = out->region;
    struct tb_standing_lines lines[TB_STANDING_YEARS + 1] = {{0}};
    struct tb_book_line *v[TB_STANDING_YEARS + 1] = {0};
    struct tb_board_row *rows = NULL;
    struct tb_publication p = {0};
    size_t n = 0;
    tb_day from, to;
    char kind[65];
    enum tb_code c = tb_period_parse(r, period, &from, &to, kind, e);
    if (c == TB_OK && strcmp(kind, "year") != 0)
        c = tb_fail(e, TB_USAGE,
                    tb_t("「%s」は年度ではありません。FY2026 の形です",
                         "\"%s\" is no fiscal year; write it as FY2026"),
                    period);
    int year = c == TB_OK ? tb_fiscal_year(from) : 0;
    if (c == TB_OK) c = read_lines(s, r, year, v, lines, e);
    if (c == TB_OK) c = tb_store_published(s, r, 0, &rows, &n, e);
    if (c == TB_OK) {
        c = tb_store_get_publication(s, 0, &p, e);
        if (c == TB_NO) {
            c = TB_OK;
            *e = (struct tb_err){0};
        } else if (c == TB_OK) {
            out->publication = p.number;
            out->at = p.at;
            memcpy(out->hash, p.digest, 8);
            tb_publication_free(&p);
        }
    }
    if (c == TB_OK) {
        struct tb_seat_row *seats = tb_xcalloc(n + 1, sizeof *seats);
        for (size_t i = 0; i < n; i++) seats[i] = rows[i].seat;
        c = who_came(s, r, year, seats, n, e);
        if (c == TB_OK) out->standing = out->whole = tb_standing_of(r, year, lines, seats, n);
        free(seats);
    }
    for (int k = 0; k <= TB_STANDING_YEARS; k++) free(v[k]);
    free(rows);
    return c;
}

/* ---- what a member may see ------------------------------------------------------------------------ */

static void *arena_copy(struct tb_arena *a, const void *from, size_t n, size_t size)
{
    void *to = tb_arena_alloc(a, (n + 1) * size);
    if (n) memcpy(to, from, n * size);
    return to;
}

/* Others keep their figures, which make the distribution, and lose their names; of a small pool, where
 * figures would tell who it is, they lose the figures as well. */
static void reduce_pool(struct tb_arena *a, const struct tb_standing *s, struct tb_standing_pool *p)
{
    int mine = tb_standing_account(s, p, s->reader);
    size_t per_account = (size_t)p->n_ledgers * TB_STANDING_YEARS;
    p->accounts = arena_copy(a, p->accounts, (size_t)p->n_accounts, sizeof *p->accounts);
    p->f = arena_copy(a, p->f, (size_t)p->n_accounts * per_account, sizeof *p->f);
    p->big = arena_copy(a, p->big, (size_t)p->n_big, sizeof *p->big);
    for (int i = 0; i < p->n_accounts; i++) {
        if (i == mine) continue;
        p->accounts[i] = -1;
        if (p->n_accounts < TB_STANDING_FEW)
            memset(p->f + (size_t)i * per_account, 0, per_account * sizeof *p->f);
    }
    for (int k = 0; k < p->n_big; k++) {
        struct tb_standing_class *big = &p->big[k];
        big->order = arena_copy(a, big->order, (size_t)big->n, sizeof *big->order);
        for (int i = 0; i < big->n; i++)
            if (big->order[i].account != s->reader)
                big->order[i] = (struct tb_turn){-1, TB_DAY_NONE, big->order[i].out};
    }
}

/* The same books as the one may see them; lives as long as `s`. */
static const struct tb_standing *standing_for(struct tb_standing *s, int reader)
{
    struct tb_standing *x = tb_arena_alloc(&s->arena, sizeof *x);
    *x = *s;
    x->reader = reader;
    x->pools = arena_copy(&s->arena, s->pools, (size_t)s->n_pools, sizeof *s->pools);
    for (int i = 0; i < x->n_pools; i++) reduce_pool(&s->arena, x, &x->pools[i]);
    x->days = arena_copy(&s->arena, s->days, (size_t)s->n_days, sizeof *s->days);
    for (int i = 0; i < x->n_days; i++)
        if (x->days[i].provider != reader) x->days[i].provider = -1;
    x->agains = arena_copy(&s->arena, s->agains, (size_t)s->n_agains, sizeof *s->agains);
    x->n_agains = 0;
    for (int i = 0; i < s->n_agains; i++) {
        const struct tb_again *y = &s->agains[i];
        if (x->days[y->day].provider != reader) continue;
        struct tb_again own = *y;
        own.same = own.out = own.later = own.first = NULL;
        if (x->pools[x->days[y->day].pool].n_accounts < TB_STANDING_FEW) {
            own.n_out += own.n_later + own.n_first;
            own.n_later = own.n_first = 0;
        }
        x->agains[x->n_agains++] = own;
    }
    return x;
}

enum tb_code tb_app_standing(const struct tb_app *app, const char *period, const char *account,
                             struct tb_app_standing *out, struct tb_err *e)
{
    tb_store *s;
    *out = (struct tb_app_standing){0};
    enum tb_code c = app_may(app, TB_USE_STANDING, e);
    if (c == TB_OK && account) c = app_own(app, TB_USE_STANDING, account, e);
    if (c == TB_OK) c = app_open(app, &s, &out->region, e);
    if (c) return c;
    c = gather(s, period, out, e);
    tb_store_close(s);
    int reader = -1;
    if (c == TB_OK && app_reader(app)) c = tb_app_provider(out->region, app_reader(app), &reader, e);
    if (c == TB_OK && reader >= 0) out->standing = standing_for(out->whole, reader);
    if (c) tb_app_standing_free(out);
    return c;
}

void tb_app_standing_free(struct tb_app_standing *x)
{
    tb_standing_free(x->whole);
    tb_region_free(x->region);
    *x = (struct tb_app_standing){0};
}

/* ---- pages --------------------------------------------------------------------------------------- */

static enum tb_code put(struct tb_outdir *o, const char *before, const char *id, const char *after,
                        struct tb_buf *page, struct tb_err *e)
{
    struct tb_buf name = {0};
    tb_buf_addf(&name, "%s%s%s", before, id, after);
    enum tb_code c = tb_outdir_put(o, tb_buf_str(&name), page, e);
    tb_buf_free(&name);
    tb_buf_free(page);
    return c;
}

static bool has_account(const struct tb_standing *s, int provider)
{
    for (int i = 0; i < s->n_pools; i++)
        if (tb_standing_account(s, &s->pools[i], provider) >= 0) return true;
    return false;
}

static enum tb_code write_pages(const struct tb_app_standing *x, const struct tb_page_edition *edition,
                                bool member, struct tb_outdir *o, struct tb_err *e)
{
    const struct tb_standing *s = x->standing;
    enum tb_code c = TB_OK;
    struct tb_buf page = {0};
    if (!member) {
        tb_page_ledgers(s, edition, &page);
        c = put(o, "index", "", ".html", &page, e);
        for (int i = 0; i < s->n_pools && c == TB_OK; i++) {
            tb_page_pool(s, edition, i, &page);
            c = put(o, "pool-", s->pools[i].id, ".html", &page, e);
            tb_svg_pool(s, i, -1, true, &page);
            if (c == TB_OK) c = put(o, "pool-", s->pools[i].id, ".svg", &page, e);
        }
    }
    for (int p = 0; p < x->region->n_providers && c == TB_OK; p++) {
        if (!has_account(s, p)) continue;
        tb_page_provider(member ? standing_for(x->whole, p) : s, edition, p, member, &page);
        c = put(o, "p-", x->region->providers[p].id, ".html", &page, e);
    }
    tb_buf_free(&page);
    return c;
}

enum tb_code tb_app_standing_html(const struct tb_app *app, const struct tb_app_standing *x, const char *dir,
                                  bool member, int *files, struct tb_err *e)
{
    *files = 0;
    struct tb_outdir o;
    enum tb_code c = app_may(app, TB_USE_STANDING_PAGES, e);
    if (c == TB_OK) c = tb_outdir_begin(dir, &o, e);
    if (c) return c;
    struct tb_page_edition edition = {x->publication, x->hash, x->at};
    c = write_pages(x, &edition, member, &o, e);
    *files = o.files;
    if (c == TB_OK)
        c = tb_outdir_commit(&o, e);
    else
        tb_outdir_abandon(&o);
    return c;
}
