/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The letters with which a publication is sent: put together, numbered, written as files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/sent.h"
#include "toban/domain/address.h"
#include "toban/domain/private.h"
#include "toban/domain/words.h"
#include "toban/publish/letter.h"
#include "toban/publish/publish.h"

/* ---- one letter --------------------------------------------------------------------------------- */

struct made {
    struct tb_letter letter;
    int *senders, *fresh;
    struct tb_change *changes;
    struct tb_letter_fact *facts;
    char **words; /* of each fact */
    struct tb_buf before;
};

static void made_clear(struct made *m)
{
    free(m->senders);
    free(m->fresh);
    free(m->changes);
    for (size_t i = 0; i < m->letter.n_facts; i++) free(m->words[i]);
    free(m->words);
    free(m->facts);
    tb_buf_free(&m->before);
}

/* Does the fact concern a duty of the body of which the recipient is told? */
static bool fact_of(const struct tb_region *r, const struct tb_app_due *due, const struct tb_fact_change *x,
                    int body)
{
    const struct tb_ids *told = &r->recipients[due->recipient].duties;
    for (int d = 0; d < r->n_duties; d++) {
        bool his = told->n == 0;
        for (int i = 0; i < told->n; i++) his = his || told->v[i] == d;
        if (his && r->duties[d].body == body && tb_fact_concerns(r, x, d)) return true;
    }
    return false;
}

static void add_facts(const struct tb_app_sent *x, const struct tb_app_due *due, struct made *m)
{
    m->facts = tb_xcalloc(due->n_facts + 1, sizeof *m->facts);
    m->words = tb_xcalloc(due->n_facts + 1, sizeof *m->words);
    for (size_t i = 0; i < due->n_facts; i++) {
        const struct tb_fact_change *f = &due->facts[i];
        struct tb_buf words = {0};
        tb_publish_fact_words(x->region, f, &words);
        m->words[i] = tb_buf_take(&words);
        m->facts[i] =
            (struct tb_letter_fact){.what = m->words[i], .was = f->was, .is = f->is, .from = f->since};
    }
    m->letter.facts = m->facts;
    m->letter.n_facts = due->n_facts;
}

/* The region's sender, or the bodies of the duties told of, in the order of bodies. */
static int *senders_of(const struct tb_region *r, const struct tb_app_due *due, int *n)
{
    int *v = tb_xcalloc((size_t)r->n_bodies + 1, sizeof *v);
    *n = 0;
    for (int b = 0; b < r->n_bodies; b++) {
        bool sends = r->regions[0].sender == b;
        for (size_t i = 0; i < due->n && r->regions[0].sender < 0; i++)
            sends |= r->duties[due->changes[i].seat.duty].body == b;
        for (size_t i = 0; i < due->n_facts && r->regions[0].sender < 0; i++)
            sends |= fact_of(r, due, &due->facts[i], b);
        if (sends) v[(*n)++] = b;
    }
    return v;
}

/* Announced for the first time. */
static bool is_fresh(const struct tb_app_sent *x, int duty, tb_day date)
{
    return !tb_cover_has(x->announced, x->n_announced, duty, date);
}

/* Slots that were not announced before and that he is told of: of one member, those where he sits. */
static void add_fresh(const struct tb_app_sent *x, const struct tb_app_due *due, bool outside, struct made *m)
{
    const struct tb_board *b = x->board;
    const struct tb_recipient *to = &x->region->recipients[due->recipient];
    size_t n = 0;
    m->fresh = tb_xcalloc((size_t)b->n_slots + 1, sizeof *m->fresh);
    for (int i = 0; i < b->n_slots; i++) {
        const struct tb_slot *s = &b->slots[i];
        int first, seats = tb_board_seats(b, i, &first);
        bool sits = due->provider < 0;
        for (int k = first; k < first + seats; k++) sits |= b->a[k].provider == due->provider;
        if (sits && !(outside && s->role == TB_RESERVE) && is_fresh(x, s->duty, s->date) &&
            app_concerns(x->region, to, s->duty, s->date, tb_day_of_minute(x->side.at)))
            m->fresh[n++] = i;
    }
    m->letter.n_fresh = n;
}

/* Number and day of issue, of a body; NULL: it has issued none. */
static const struct tb_document *document_of(const struct tb_app_sent *x, int body)
{
    const struct tb_document *found = NULL;
    for (size_t i = 0; i < x->n_documents; i++)
        if (strcmp(x->documents[i].body, x->region->bodies[body].id) == 0) found = &x->documents[i];
    return found;
}

static void make(const struct tb_app_sent *x, const struct tb_app_due *due, struct made *m)
{
    const struct tb_region *r = x->region;
    const struct tb_recipient *to = &r->recipients[due->recipient];
    struct tb_letter *l = &m->letter;
    *m = (struct made){0};
    m->senders = senders_of(r, due, &l->n_senders);
    const struct tb_document *d = l->n_senders ? document_of(x, m->senders[0]) : NULL;
    if (x->before.number) tb_app_side_words(&x->before, &m->before);
    l->board = x->board;
    l->to = due->provider >= 0 ? r->providers[due->provider].name : to->name;
    l->honorific = due->provider >= 0 ? tb_provider_honorific(r, due->provider) : tb_recipient_honorific(to);
    l->way = due->how;
    l->outside = due->provider < 0 && tb_recipient_is_public(to);
    l->provider = due->provider;
    l->date = tb_day_of_minute(d ? d->at : x->side.at);
    l->number = d ? d->text : "";
    l->before = tb_buf_str(&m->before);
    m->changes = tb_xcalloc(due->n + 1, sizeof *m->changes);
    for (size_t i = 0; i < due->n; i++)
        if (!is_fresh(x, due->changes[i].seat.duty, due->changes[i].seat.date))
            m->changes[l->n_changes++] = due->changes[i];
    add_fresh(x, due, l->outside, m);
    add_facts(x, due, m);
    l->senders = m->senders;
    l->changes = m->changes;
    l->fresh = m->fresh;
}

void tb_app_sent_text(const struct tb_app_sent *x, const struct tb_app_due *due, struct tb_buf *out)
{
    struct made m;
    make(x, due, &m);
    tb_publish_letter_text(&m.letter, out);
    made_clear(&m);
}

/* ---- files -------------------------------------------------------------------------------------- */

static void path_of(const struct tb_app_due *due, const char *dir, const char *ext, struct tb_buf *out)
{
    tb_buf_addf(out, "%s/%s-", dir, tb_way_word(due->how));
    for (const char *p = due->id; *p; p++) tb_buf_addc(out, *p == ':' ? '-' : *p);
    tb_buf_add(out, ext);
}

/* The envelope: where it goes, and the subject of a mail. */
static void envelope(const struct tb_app_sent *x, const struct tb_app_due *due, const struct tb_letter *l,
                     struct tb_buf *out)
{
    tb_buf_addf(out, "送り先 %s\n", *due->address ? due->address : "（宛先が登録されていません）");
    if (due->how == TB_WAY_MAIL)
        tb_buf_addf(out, "件名 【%s】%s 第%lld版\n", x->region->bodies[l->senders[0]].name,
                    tb_letter_subject(l), (long long)x->side.number);
    tb_buf_addc(out, '\n');
}

static enum tb_code write_letter(const struct tb_app_sent *x, const struct tb_app_due *due, const char *dir,
                                 struct tb_err *e)
{
    struct made m;
    struct tb_buf path = {0}, text = {0};
    make(x, due, &m);
    path_of(due, dir, ".txt", &path);
    envelope(x, due, &m.letter, &text);
    tb_publish_letter_text(&m.letter, &text);
    enum tb_code c = tb_file_write(path.s, text.s, text.len, e);
    if (c == TB_OK && due->how != TB_WAY_MAIL) {
        tb_buf_clear(&path);
        tb_buf_clear(&text);
        path_of(due, dir, ".html", &path);
        tb_publish_letter_html(&m.letter, &text);
        c = tb_file_write(path.s, text.s, text.len, e);
    }
    tb_buf_free(&path);
    tb_buf_free(&text);
    made_clear(&m);
    return c;
}

static bool is_to_be_sent(const struct tb_app_due *due)
{
    return due->sent == TB_NEVER && (due->n || due->n_facts);
}

enum tb_code tb_app_sent_write(const struct tb_app_sent *x, const char *dir, size_t *n, struct tb_err *e)
{
    enum tb_code c = tb_dir_make(dir, e);
    *n = 0;
    for (size_t i = 0; i < x->n && c == TB_OK; i++) {
        if (!is_to_be_sent(&x->v[i])) continue;
        c = write_letter(x, &x->v[i], dir, e);
        *n += c == TB_OK;
    }
    return c;
}

/* ---- numbers ------------------------------------------------------------------------------------ */

/* Enters the letter of a body: with `given`, or the next number of the fiscal year. */
static enum tb_code issue_one(const struct tb_app *app, tb_store *s, int64_t publication,
                              const struct tb_body *b, int64_t given, struct tb_err *e)
{
    tb_minute now = tb_clock_now(&app->clock);
    int year = tb_fiscal_year(tb_day_of_minute(now));
    int64_t highest, taken;
    struct tb_buf text = {0}, detail = {0};
    enum tb_code c = tb_store_document_numbers(s, b->id, year, given, &highest, &taken, e);
    if (c == TB_OK && given && taken && taken != publication)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%2$sの文書番号 %1$lld は第%3$lld版の文書に使われています。次の番号は %4$lld です",
                         "number %1$lld of %2$s stands on the letter of publication %3$lld; the next one "
                         "is %4$lld"),
                    (long long)given, b->name, (long long)taken, (long long)(highest + 1));
    int64_t number = !*b->document ? 0 : given ? given : highest + 1;
    if (number) tb_document_text(b->document, year, number, &text);
    struct tb_document d = {.body = tb_xstrdup(b->id),
                            .text = tb_xstrdup(tb_buf_str(&text)),
                            .by = tb_xstrdup(app->actor.name),
                            .fiscal_year = year,
                            .number = number,
                            .at = now};
    if (c == TB_OK) c = tb_store_add_document(s, publication, &d, e);
    tb_buf_addf(&detail, "%lld %s%s%s", (long long)publication, b->id, text.len ? " " : "",
                tb_buf_str(&text));
    if (c == TB_OK) c = tb_store_audit(s, now, app->actor.name, "document", tb_buf_str(&detail), e);
    tb_buf_free(&text);
    tb_buf_free(&detail);
    free(d.body);
    free(d.text);
    free(d.by);
    return c;
}

/* Which bodies head a letter that is still to be sent. */
static bool *heads_of(const struct tb_app_sent *x)
{
    bool *heads = tb_xcalloc((size_t)x->region->n_bodies + 1, sizeof *heads);
    for (size_t i = 0; i < x->n; i++) {
        int n, *v = senders_of(x->region, &x->v[i], &n);
        if (n && is_to_be_sent(&x->v[i])) heads[v[0]] = true;
        free(v);
    }
    return heads;
}

/* Which of the bodies the given number is of. */
static enum tb_code given_to(const struct tb_app_sent *x, const char *body, const bool *heads, int *out,
                             struct tb_err *e)
{
    const struct tb_region *r = x->region;
    struct tb_buf names = {0};
    int n = 0, found = -1;
    for (int b = 0; b < r->n_bodies; b++) {
        if (!heads[b] && !document_of(x, b)) continue;
        if (body && strcmp(body, r->bodies[b].id) != 0) continue;
        tb_buf_addf(&names, "%s%s", names.len ? ", " : "", r->bodies[b].id);
        found = b;
        n++;
    }
    enum tb_code c = TB_OK;
    if (n != 1)
        c = tb_fail(e, TB_USAGE,
                    tb_t("--number: どの実施主体の文書かを --body で一つ選びます（%s）",
                         "--number: say with --body whose letter it is (%s)"),
                    names.len ? names.s : tb_t("送る文書がありません", "there is no letter to send"));
    else if (!*r->bodies[found].document)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%sには文書番号の型がありません。toban rows bodies で document に「架医発第{n}号」の"
                         "ように入れます",
                         "%s has no pattern for numbers; enter one as document of bodies (KMA-{y}-{n})"),
                    r->bodies[found].name);
    *out = found;
    tb_buf_free(&names);
    return c;
}

enum tb_code tb_app_issue(const struct tb_app *app, const struct tb_app_sent *x, int64_t number,
                          const char *body, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_ISSUE, e);
    if (c == TB_OK) c = app_own(app, TB_USE_ISSUE, NULL, e);
    if (c) return c;
    bool *heads = heads_of(x), some = number != 0;
    int given = -1;
    if (number) c = given_to(x, body, heads, &given, e);
    for (int b = 0; b < x->region->n_bodies; b++) {
        if (document_of(x, b)) heads[b] = false;
        if (number) heads[b] = b == given;
        some |= heads[b];
    }
    if (c || !some) {
        free(heads);
        return c;
    }
    c = app_begin(app, &s, NULL, e);
    if (c == TB_OK) {
        /* Somebody may have been quicker. */
        struct tb_document *v = NULL;
        size_t n = 0;
        c = tb_store_documents(s, x->side.number, &v, &n, e);
        for (size_t i = 0; i < n && !number; i++)
            for (int b = 0; b < x->region->n_bodies; b++)
                if (strcmp(v[i].body, x->region->bodies[b].id) == 0) heads[b] = false;
        tb_documents_free(v, n);
        for (int b = 0; b < x->region->n_bodies && c == TB_OK; b++)
            if (heads[b]) c = issue_one(app, s, x->side.number, &x->region->bodies[b], number, e);
        c = app_commit(s, c, e);
    }
    free(heads);
    return c;
}
