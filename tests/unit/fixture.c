/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIE(...) \
    do { \
        fprintf(stderr, "fixture: " __VA_ARGS__); \
        fputc('\n', stderr); \
        abort(); \
    } while (0)

struct fx *fx_empty(void)
{
    struct fx *f = tb_xcalloc(1, sizeof *f);
    f->loader = tb_loader_new();
    return f;
}

struct fx *fx_new(void)
{
    struct fx *f = fx_empty();
    fx_row(f, "region", "id=test|name=試験の医療圏（架空）|notice=架空|winter=|travel_default=30");
    fx_row(f, "areas", "id=city|level=municipality|inside=10");
    fx_row(f, "areas", "id=d1|level=community|parent=city");
    fx_row(f, "areas", "id=d2|level=community|parent=city");
    fx_row(f, "areas", "id=town|level=municipality");
    fx_row(f, "areas", "id=d3|level=community|parent=town");
    fx_row(f, "bodies", "id=body|kind=medical-association");
    fx_row(f, "kinds", "id=doctor|person=yes");
    fx_row(f, "kinds", "id=clinic");
    fx_row(f, "kinds", "id=hospital");
    fx_row(f, "specialities", "id=internal");
    fx_row(f, "specialities", "id=children");
    fx_row(f, "classes", "id=all");
    fx_row(f, "classes", "id=weekday|weekdays=mon;tue;wed;thu;fri");
    fx_row(f, "classes", "id=sat|weekdays=sat");
    fx_row(f, "classes", "id=sun|weekdays=sun");
    fx_row(f, "classes", "id=holiday|weekdays=sun|holiday=yes");
    fx_row(f, "classes", "id=newyear|from=12-29|to=01-03");
    return f;
}

void fx_free(struct fx *f)
{
    tb_roster_free(&f->roster);
    tb_problem_free(f->problem);
    if (f->region) tb_region_free(f->region);
    if (f->loader) tb_loader_free(f->loader);
    tb_buf_free(&f->log);
    free(f->published);
    free(f->carried);
    free(f);
}

/* ---- rows ----------------------------------------------------------------------------------- */

void fx_row(struct fx *f, const char *entity, const char *text)
{
    tb_buf_addf(&f->log, "%s: %s\n", entity, text);
    int id = tb_entity_find(entity);
    if (id < 0) DIE("no entity %s", entity);
    const struct tb_entity *ent = &tb_entities[id];
    const char *cells[64] = {NULL};
    char *copy = tb_xstrdup(text), *key = NULL;
    for (char *p = copy, *end; p; p = end) {
        end = strchr(p, '|');
        if (end) *end++ = '\0';
        char *value = strchr(p, '=');
        if (!value) DIE("%s: no '=' in \"%s\"", entity, p);
        *value++ = '\0';
        int field = tb_field_find(ent, p);
        if (field < 0) DIE("%s has no field %s", entity, p);
        cells[field] = value;
        if (!key) key = value;
    }
    static const char *const filled[] = {"name", "ja", "en"};
    for (size_t i = 0; i < TB_COUNT(filled); i++) {
        int field = tb_field_find(ent, filled[i]);
        if (field >= 0 && !cells[field] && (ent->fields[field].flags & TB_FIELD_REQUIRED)) cells[field] = key;
    }
    struct tb_err e = {0};
    if (tb_loader_row(f->loader, (enum tb_entity_id)id, cells, "fixture", ++f->rows, &e)) DIE("%s", e.text);
    free(copy);
}

void fx_rowf(struct fx *f, const char *entity, const char *fmt, ...)
{
    struct tb_buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&b, fmt, ap);
    va_end(ap);
    fx_row(f, entity, tb_buf_str(&b));
    tb_buf_free(&b);
}

void fx_duty(struct fx *f, const char *id, const char *kind)
{
    fx_rowf(f, "duties", "id=%s|kind=%s|specialities=internal;children|tier=1|body=body|period=month", id,
            kind);
}

void fx_band(struct fx *f, const char *duty, const char *id, const char *when, const char *from,
             const char *to, int seats, int reserve)
{
    fx_rowf(f, "bands", "duty=%s|id=%s|name=%s|when=%s|from=%s|to=%s", duty, id, id, when, from, to);
    fx_rowf(f, "seats", "duty=%s|band=%s|role=primary|rank=0|when=all|count=%d", duty, id, seats);
    if (reserve)
        fx_rowf(f, "seats", "duty=%s|band=%s|role=reserve|rank=0|when=all|count=%d", duty, id, reserve);
}

void fx_member(struct fx *f, const char *id, const char *duty)
{
    fx_rowf(f, "members", "duty=%s|provider=%s", duty, id);
}

void fx_doctor(struct fx *f, const char *id, const char *duty)
{
    fx_rowf(f, "providers", "id=%s|name=%s（架空）|kind=doctor|area=d1", id, id);
    if (duty) fx_member(f, id, duty);
}

/* ---- problem -------------------------------------------------------------------------------- */

tb_day fx_day(const char *date)
{
    tb_day d;
    if (!tb_parse_date(date, &d)) DIE("no date: %s", date);
    return d;
}

int fx_provider(const struct fx *f, const char *id)
{
    int i = tb_find_provider(f->region, id);
    if (i < 0) DIE("no provider %s", id);
    return i;
}

struct place {
    char duty[32], date[32], band[32], role[32], provider[32];
};

static struct place place_of(const char *text, int words)
{
    struct place p = {0};
    if (sscanf(text, "%31s %31s %31s %31s %31s", p.duty, p.date, p.band, p.role, p.provider) != words)
        DIE("not a seat: %s", text);
    return p;
}

static struct tb_seat_row seat_row(const struct fx *f, const char *text)
{
    struct place p = place_of(text, 5);
    struct tb_seat_row s = {.duty = tb_find_duty(f->region, p.duty),
                            .date = fx_day(p.date),
                            .role = strcmp(p.role, "reserve") == 0,
                            .seat = 1,
                            .provider = fx_provider(f, p.provider)};
    s.band = s.duty < 0 ? -1 : tb_find_band(f->region, s.duty, p.band);
    if (s.band < 0) DIE("no duty or band: %s", text);
    return s;
}

void fx_published(struct fx *f, const char *seat)
{
    tb_buf_addf(&f->log, "published %s\n", seat);
    snprintf(*TB_PUSH(f->published, f->n_published, f->published_cap), sizeof *f->published, "%s", seat);
}

void fx_carried(struct fx *f, const char *balance)
{
    tb_buf_addf(&f->log, "carried %s\n", balance);
    snprintf(*TB_PUSH(f->carried, f->n_carried, f->carried_cap), sizeof *f->carried, "%s", balance);
}

bool fx_line(struct fx *f, const char *line)
{
    char a[32], b[32], c[32], d[32], e[32];
    int seats, reserve;
    size_t word = strcspn(line, " ");
    if (!*line || *line == '#') return true;
    if (word > 1 && word < sizeof a && line[word - 1] == ':') {
        snprintf(a, sizeof a, "%.*s", (int)word - 1, line);
        fx_row(f, a, line + word + 1);
    } else if (sscanf(line, "duty %31s %31s", a, b) == 2) {
        fx_duty(f, a, b);
    } else if (sscanf(line, "band %31s %31s %31s %31s %31s %d %d", a, b, c, d, e, &seats, &reserve) == 7) {
        fx_band(f, a, b, c, d, e, seats, reserve);
    } else if (sscanf(line, "doctor %31s %31s", a, b) == 2) {
        fx_doctor(f, a, b);
    } else if (sscanf(line, "member %31s %31s", a, b) == 2) {
        fx_member(f, a, b);
    } else if (strncmp(line, "published ", 10) == 0) {
        fx_published(f, line + 10);
    } else if (strncmp(line, "carried ", 8) == 0) {
        fx_carried(f, line + 8);
    } else {
        return false;
    }
    return true;
}

void fx_region(struct fx *f)
{
    struct tb_err e = {0};
    if (f->region) return;
    enum tb_code c = tb_loader_finish(f->loader, &f->region, &e);
    f->loader = NULL;
    if (c) DIE("%s", e.text);
}

static int account_of(const struct tb_region *r, int ledger, const char *id)
{
    if (r->ledgers[ledger].scope != TB_SCOPE_SHARE) return tb_find_provider(r, id);
    for (int i = 0; i < r->n_shares; i++)
        if (strcmp(r->shares[i].id, id) == 0 && r->shares[i].duty == r->ledgers[ledger].duties.v[0]) return i;
    return -1;
}

static int compare_carried(const void *a, const void *b)
{
    const struct tb_carried *x = a, *y = b;
    if (x->ledger != y->ledger) return x->ledger < y->ledger ? -1 : 1;
    return (x->account > y->account) - (x->account < y->account);
}

bool fx_try_problem(struct fx *f, const char *from, const char *to, const char *duties)
{
    tb_buf_addf(&f->log, "period %s %s %s\n", from, to, duties);
    fx_region(f);
    int ids[32], n = 0;
    for (const char *p = duties; *p;) {
        char word[32];
        size_t len = strcspn(p, " ");
        snprintf(word, sizeof word, "%.*s", (int)len, p);
        ids[n] = tb_find_duty(f->region, word);
        if (ids[n++] < 0) DIE("no duty %s", word);
        p += len + (p[len] == ' ');
    }
    struct tb_seat_row *published = tb_xcalloc(f->n_published + 1, sizeof *published);
    for (size_t i = 0; i < f->n_published; i++) {
        published[i] = seat_row(f, f->published[i]);
        for (size_t k = 0; k < i; k++)
            if (published[k].duty == published[i].duty && published[k].date == published[i].date &&
                published[k].band == published[i].band && published[k].role == published[i].role)
                published[i].seat++;
    }
    struct tb_carried *carried = tb_xcalloc(f->n_carried + 1, sizeof *carried);
    for (size_t i = 0; i < f->n_carried; i++) {
        char ledger[32], account[32], amount[32];
        if (sscanf(f->carried[i], "%31s %31s %31s", ledger, account, amount) != 3)
            DIE("not a balance: %s", f->carried[i]);
        carried[i].ledger = tb_find_ledger(f->region, ledger);
        if (carried[i].ledger < 0) DIE("no ledger %s", ledger);
        carried[i].account = account_of(f->region, carried[i].ledger, account);
        if (carried[i].account < 0 || !tb_parse_millionths(amount, &carried[i].millionths))
            DIE("not a balance: %s", f->carried[i]);
    }
    qsort(carried, f->n_carried, sizeof *carried, compare_carried);
    tb_problem_free(f->problem);
    f->problem = NULL;
    struct tb_problem_input in = {.region = f->region,
                                  .from = fx_day(from),
                                  .to = fx_day(to),
                                  .duties = ids,
                                  .n_duties = n,
                                  .published = published,
                                  .n_published = f->n_published,
                                  .carried = carried,
                                  .n_carried = f->n_carried};
    struct tb_err e = {0};
    enum tb_code c = tb_problem_build(&in, false, &f->problem, &e);
    if (c && c != TB_NO) DIE("%s", e.text);
    free(published);
    free(carried);
    return c == TB_OK;
}

void fx_problem(struct fx *f, const char *from, const char *to, const char *duties)
{
    if (!fx_try_problem(f, from, to, duties)) DIE("nothing to plan from %s to %s", from, to);
}

/* ---- roster --------------------------------------------------------------------------------- */

int fx_slot(const struct fx *f, const char *text)
{
    struct place p = place_of(text, 4);
    int duty = tb_find_duty(f->region, p.duty), band = duty < 0 ? -1 : tb_find_band(f->region, duty, p.band);
    int slot =
        band < 0 ? -1 : tb_slot_find(f->problem, duty, fx_day(p.date), band, strcmp(p.role, "reserve") == 0);
    if (slot < 0) DIE("no slot %s", text);
    return slot;
}

void fx_sit(struct fx *f, const char *text)
{
    struct tb_seat_row s = seat_row(f, text);
    int slot = tb_slot_find(f->problem, s.duty, s.date, s.band, s.role);
    if (slot < 0) DIE("no slot %s", text);
    size_t n = (size_t)f->roster.n;
    *TB_PUSH(f->roster.a, n, f->roster_cap) = (struct tb_assignment){slot, 0, s.provider};
    f->roster.n = (int)n;
}

void fx_clear(struct fx *f) { f->roster.n = 0; }
