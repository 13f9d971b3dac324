/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calendar feeds. A feed is a whole-state mirror: what is in it stands in the reader's calendar, what is not
 * vanishes. The reasons for each property are in docs/reference/calendar.md. Two steps: the board's seats
 * become `struct event`s (which events, in which words), then events become bytes (libical), which are linted
 * and read back before anybody gets them.
 */
#include "publish_int.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/now.h"

#define ZONE "Asia/Tokyo"
#define UTC_BEHIND 540 /* minutes */

enum status { CONFIRMED, TENTATIVE, CANCELLED };

/* One VEVENT in plain words. Strings live in the feed's arena or the region. */
struct event {
    char uid[37];
    tb_minute from, to;
    int64_t changed; /* in seconds after tb_minute 0 */
    int sequence;
    enum status status;
    bool free;   /* leaves the reader's day free: on call at home, in reserve, a notice */
    bool notice; /* no duty: it never rings */
    const char *summary, *description, *location, *category;
};

/* One line of an event as it was written: kind and value, and its bytes. */
struct line {
    uint64_t hash;
    int64_t number;
    const char *text, *bytes;
    int kind;
};

struct feed {
    const struct tb_board *b;
    enum tb_feed kind;
    int index;
    const char *id;
    const char *key; /* the UIDs are made from it: the same seat has another UID in another feed */
    const char *name;
    int *owned; /* links by which the reader of his own feed owns something */
    int n_owned;
    int alarm;                     /* minutes before a duty; 0: none */
    bool *provider_fit, *band_fit; /* rows whose texts were looked at already */
    struct event *v;
    size_t n, cap;
    struct line *lines; /* those written so far, a hash table */
    size_t n_lines, cap_lines;
    struct tb_arena arena;
};

static const struct {
    const char *word, *before, *after;
} feed_words[TB_FEED_COUNT] = {
    [TB_FEED_PROVIDER] = {"provider", "当番 ", ""}, [TB_FEED_DUTY] = {"duty", "", ""},
    [TB_FEED_REGION] = {"region", "", " 当番表"},   [TB_FEED_BODY] = {"body", "", " 当番表"},
    [TB_FEED_AREA] = {"area", "", " 当番表"},       [TB_FEED_FACILITY] = {"facility", "", " 当番表"},
};

/* ---- is the text fit to be written? ------------------------------------------------------------- */

/* libical copies control characters and broken UTF-8 into its output as they are. */
static enum tb_code fit(enum tb_entity_id entity, const char *id, const struct tb_src *src, const char *field,
                        const char *text, struct tb_err *e)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t n = strlen(text), bad = n;
    (void)tb_utf8_valid(text, n, &bad);
    for (size_t i = 0; i < bad; i++)
        if (p[i] < 0x20 || p[i] == 0x7F || (p[i] == 0xC2 && p[i + 1] < 0xA0)) bad = i;
    if (bad == n) return TB_OK;
    return tb_fail(
        e, TB_INPUT,
        tb_t("%s:%d %s「%s」の項目 %s: %zu バイト目に制御文字か UTF-8 でないバイトがあります。除いてください",
             "%s:%d %s \"%s\", field %s: byte %zu is a control character or not UTF-8; remove it"),
        src->file != NULL ? src->file : "-", src->line, tb_entities[entity].name, id, field, bad + 1);
}

/* Rows are looked at once, unless they say something else on other days. */
static bool looked_at(const struct feed *f, bool *seen)
{
    bool before = *seen && f->b->n_views <= 1;
    *seen = true;
    return before;
}

static enum tb_code fit_provider(struct feed *f, const struct tb_region *r, int i, struct tb_err *e)
{
    const struct tb_provider *p = &r->providers[i];
    if (looked_at(f, &f->provider_fit[i])) return TB_OK;
    enum tb_code rc = fit(TB_E_provider, p->id, &p->src, "name", p->name, e);
    if (rc == TB_OK) rc = fit(TB_E_provider, p->id, &p->src, "phone", p->phone, e);
    if (rc == TB_OK) rc = fit(TB_E_provider, p->id, &p->src, "address", p->address, e);
    return rc;
}

static enum tb_code fit_duty(struct feed *f, const struct tb_region *r, int duty, int band, struct tb_err *e)
{
    const struct tb_duty *d = &r->duties[duty];
    if (looked_at(f, &f->band_fit[band])) return TB_OK;
    enum tb_code rc = fit(TB_E_duty, d->id, &d->src, "name", d->name, e);
    if (rc == TB_OK && d->site >= 0) rc = fit_provider(f, r, d->site, e);
    if (rc == TB_OK)
        rc = fit(TB_E_band, r->bands[band].id, &r->bands[band].src, "name", r->bands[band].name, e);
    return rc;
}

static enum tb_code fit_region(const struct tb_region *r, struct tb_err *e)
{
    const struct tb_region_row *row = &r->regions[0];
    enum tb_code rc = fit(TB_E_region_row, row->id, &row->src, "name", row->name, e);
    return rc == TB_OK ? fit(TB_E_region_row, row->id, &row->src, "notice", row->notice, e) : rc;
}

/* ---- what stands in the feed ---------------------------------------------------------------------- */

/* A UUID (version 8) out of the words that name the event for ever: never a time, never the person, so that
 * both may change. */
static void make_uid(const struct feed *f, const char *words, char uid[37])
{
    struct tb_buf text = {0};
    char hex[65];
    tb_buf_addf(&text, "toban-uid-1\n%s\n%s", f->key, words);
    tb_sha256_hex(text.s, text.len, hex);
    tb_buf_free(&text);
    hex[12] = '8';
    hex[16] = "89ab"[(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') & 3];
    (void)snprintf(uid, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

#define BACKUPS 64

/* What an event tells besides its own seat, and how that moves the event's revision: the text changes when
 * one of these seats does. */
struct told {
    struct tb_buf text;
    tb_minute changed;
    int publication;
    /* what was entered that is in no publication: when last, and how often */
    tb_minute entered;
    int n_entered;
    int backs[BACKUPS], n_backs; /* seats of the backup hospitals that it names */
    bool body;                   /* it names the body responsible */
    enum tb_code rc;
    struct tb_err *e;
};

/* First of the lost seats on or after the date: they are in order of date. */
static int gone_from(const struct tb_board *b, tb_day date)
{
    int low = 0, high = b->n_gone;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (b->gone[mid].slot.date < date)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The backup hospitals of the hour, by name and public telephone. */
static void tell_backups(struct feed *f, const struct tb_slot *s, struct told *t)
{
    const struct tb_board *b = f->b;
    const struct tb_region *r = tb_board_region(b, s->date);
    const int *seats = t->backs, n = t->n_backs = tb_publish_backups(b, s, t->backs, BACKUPS);
    bool related = n > 0 && tb_pub_related(r, &b->slots[b->a[seats[0]].slot], s);
    for (int k = 0; k < n; k++) {
        int i = seats[k];
        const struct tb_slot *back = &b->slots[b->a[i].slot];
        const struct tb_provider *p = &r->providers[b->a[i].provider];
        if (t->rc == TB_OK) t->rc = fit_duty(f, r, back->duty, back->band, t->e);
        if (t->rc == TB_OK) t->rc = fit_provider(f, r, b->a[i].provider, t->e);
        tb_buf_add(&t->text, "後方病院 ");
        tb_buf_add(&t->text, r->duties[back->duty].name);
        tb_buf_add(&t->text, ": ");
        tb_buf_add(&t->text, p->name);
        if (p->phone[0] != '\0') tb_buf_add(&t->text, " 電話 ");
        tb_buf_add(&t->text, p->phone);
        tb_buf_add(&t->text, "\n");
        if (b->changed[i] > t->changed) t->changed = b->changed[i];
        if (b->publication_of[i] > t->publication) t->publication = b->publication_of[i];
    }
    /* Where one was taken away the text has lost a line: that is a change too. */
    for (int i = gone_from(b, s->date - 1); i < b->n_gone && b->gone[i].slot.date < s->date + 2; i++) {
        const struct tb_gone *g = &b->gone[i];
        if (!tb_pub_backs(r, &g->slot, s) || (related && !tb_pub_related(r, &g->slot, s))) continue;
        if (g->stint.changed > t->changed) t->changed = g->stint.changed;
        if (g->stint.publication > t->publication) t->publication = g->stint.publication;
    }
}

/* Is it a row of the backup hospitals that the text names? Or, where it is not words alone that changed, of
 * one that it may have named? */
static bool touches_backup(const struct tb_board *b, const struct tb_slot *s, const struct told *t,
                           const struct tb_touch *x)
{
    const struct tb_region *r = tb_board_region(b, s->date);
    for (int k = 0; k < t->n_backs; k++) {
        const struct tb_assignment *a = &b->a[t->backs[k]];
        if (x->entity == TB_E_provider && a->provider == x->row) return true;
        if (x->entity == TB_E_duty && b->slots[a->slot].duty == x->row) return true;
    }
    if (!x->rank || r->duties[s->duty].backup) return false;
    int duty = x->entity == TB_E_duty ? x->row : r->bands[x->row].duty;
    for (int k = tb_pub_slot_from(b, s->date - 1); k < b->n_slots && b->slots[k].date < s->date + 2; k++)
        if (b->slots[k].duty == duty && duty != s->duty && b->slots[k].role == TB_PRIMARY &&
            (x->entity == TB_E_duty || b->slots[k].band == x->row))
            return x->entity == TB_E_duty || r->duties[duty].backup || r->duties[duty].tier == 2;
    return false;
}

/* Does an event of the slot tell of the row? */
static bool tells_of(const struct tb_board *b, const struct tb_slot *s, int provider, int person,
                     const struct told *t, const struct tb_touch *x)
{
    const struct tb_region *r = tb_board_region(b, s->date);
    if (x->entity == TB_E_duty && x->row == s->duty) return true;
    if (x->entity == TB_E_band && x->row == s->band) return true;
    if (x->entity == TB_E_provider &&
        (x->row == provider || x->row == person || x->row == tb_pub_place(r, s, provider)))
        return true;
    if (x->entity == TB_E_body) return t->body && x->row == r->duties[s->duty].body;
    if (x->entity == TB_E_duty || x->entity == TB_E_band || x->entity == TB_E_provider)
        return touches_backup(b, s, t, x);
    return true; /* the region's notice, what kinds of providers there are */
}

/* What the event tells of was published anew after the seat: that moves it, as a change of the seat does. How
 * often: by all publications after the seat's first up to that one that changed what calendars tell, so that
 * the number goes on whoever sits there. `t` has what moved the event until then. */
static int move_by_facts(const struct tb_board *b, const struct tb_slot *s, int provider, int person,
                         int first, struct told *t)
{
    int count = 0, last = first;
    for (int i = 0; i < b->n_touches; i++) {
        const struct tb_touch *x = &b->touches[i];
        if (x->publication <= t->publication || x->since > s->date || !tells_of(b, s, provider, person, t, x))
            continue;
        t->changed = x->at > t->changed ? x->at : t->changed + 1;
        t->publication = x->publication;
    }
    for (int i = 0; i < b->n_touches && b->touches[i].publication <= t->publication; i++) {
        count += b->touches[i].publication > last;
        if (b->touches[i].publication > last) last = b->touches[i].publication;
    }
    return count;
}

void tb_publish_seat_state(const struct tb_board *b, int assignment, struct tb_seat_state *out)
{
    const struct tb_assignment *a = &b->a[assignment];
    const struct tb_slot *s = &b->slots[a->slot];
    struct tb_entered_moves moves;
    struct told t = {.publication = b->publication_of[assignment], .body = true};
    (void)move_by_facts(b, s, a->provider, b->person[assignment], b->first_of[assignment], &t);
    tb_board_entered(b, s, a->provider, true, &moves);
    *out = (struct tb_seat_state){t.publication,
                                  moves.mark > b->mark[assignment] ? moves.mark : b->mark[assignment]};
}

/* When it changed last, in seconds: what is entered beside publications goes on by a second each, so that two
 * of one minute are two. */
static int64_t changed_second(const struct told *t)
{
    return (int64_t)(t->entered > t->changed ? t->entered : t->changed) * 60 + t->n_entered;
}

static void enter(struct told *t, tb_minute at, int n)
{
    if (n > 0 && at > t->entered) t->entered = at;
    t->n_entered += n;
}

/* Wordings and settings since it was first published move every event of the calendars they are of. Returns
 * how many there were. */
static int move_by_marks(const struct feed *f, int first, struct told *t)
{
    const struct tb_board *b = f->b;
    int count = 0;
    for (int i = 0; i < b->n_marks; i++) {
        const struct tb_mark *x = &b->marks[i];
        if ((x->kind != TB_MARK_WORDING && x->kind != TB_MARK_SETTING) || x->publication < first) continue;
        if (x->feed[0] != '\0' && strcmp(x->feed, feed_words[f->kind].word) != 0) continue;
        if (x->subject[0] != '\0' && strcmp(x->subject, f->id) != 0) continue;
        enter(t, x->at, 1);
        count++;
    }
    return count;
}

/* The end of every text: the publication in which this event last changed. Not the board's own hash: what is
 * not told of earlier publications would vanish from the text with the next one. */
static void tell_edition(const struct tb_board *b, tb_day date, struct told *t)
{
    char at[64];
    tb_buf_addf(&t->text, t->publication > 0 ? "第%d版" : "案", t->publication);
    if (t->publication > 0 && t->publication < b->n_hashes)
        tb_buf_addf(&t->text, "（%s）", b->hashes[t->publication]);
    tb_buf_addf(&t->text, " %s\n", tb_format_date_ja(tb_day_of_minute(t->changed), at, sizeof at));
    tb_buf_addf(&t->text, "%s", tb_board_region(b, date)->regions[0].notice);
    while (t->text.len > 0 && t->text.s[t->text.len - 1] == '\n') t->text.s[--t->text.len] = '\0';
}

/* A seat as it is told: who sits there now, and what was entered of it. */
struct telling {
    const struct tb_slot *s;
    int provider, person;          /* -1: none */
    int place;                     /* where the patient goes; -1: nowhere */
    int first;                     /* publication in which it was first published */
    bool own;                      /* in the calendar of somebody who is in it */
    bool cancelled;                /* he does not come, or nobody is seen */
    const struct tb_now_seat *now; /* NULL: nothing was entered */
    struct tb_entered_moves moves;
};

static struct tb_now_span span_of(const struct tb_board *b, const struct tb_slot *s)
{
    return (struct tb_now_span){s->interval[0].from, s->interval[s->n_intervals - 1].to, b->in_force,
                                b->n_in_force};
}

/* 12月2日(水) 19:30: the same in whatever language the program speaks. */
static void tell_instant(tb_minute m, struct tb_buf *out)
{
    char day[64], time[64];
    const tb_day date = tb_day_of_minute(m);
    tb_buf_addf(out, "%s %s", tb_format_md_ja(date, day, sizeof day),
                tb_format_time_ja((int)(m - tb_minute_of(date, 0)), time, sizeof time));
}

/* What was entered since, in a line each: in the order of its weight. Of a substitute his own calendar tells
 * that he comes, and no name. */
static void tell_entered(struct feed *f, const struct telling *x, struct told *t)
{
    static const struct {
        enum tb_incident_kind kind;
        bool note;
    } told[] = {{TB_INCIDENT_CLOSED, false}, {TB_INCIDENT_SUBSTITUTE, false}, {TB_INCIDENT_LATE, true},
                {TB_INCIDENT_LIMITED, true}, {TB_INCIDENT_PHONE, false},      {TB_INCIDENT_NOTE, true}};
    const struct tb_board *b = f->b;
    for (size_t k = 0; k < TB_COUNT(told); k++) {
        const struct tb_incident *c = x->now->changes.of[told[k].kind];
        if (c == NULL) continue;
        if (told[k].note && t->rc == TB_OK)
            t->rc =
                fit(TB_E_duty, b->region->duties[x->s->duty].id, &(struct tb_src){0}, "note", c->note, t->e);
        tb_buf_addf(&t->text, "★公表後の変更 %s（", tb_incident_rules[told[k].kind].ja);
        tell_instant(c->from, &t->text);
        tb_buf_add(&t->text, "～");
        tell_instant(c->until, &t->text);
        tb_buf_addf(&t->text, "）%s%s\n", told[k].note && c->note[0] != '\0' ? " " : "",
                    told[k].note ? c->note : "");
    }
    if (x->own && x->cancelled && x->now->instead >= 0)
        tb_buf_add(&t->text, "この当番は代わりの方が出ます。\n");
}

/* A disaster is told for the hours it was declared for; whether it is over is no calendar's to say. */
static void tell_disaster(const struct tb_board *b, const struct tb_slot *s, struct told *t)
{
    for (int i = 0; i < b->n_in_force; i++) {
        const struct tb_incident *c = &b->in_force[i];
        if (c->kind != TB_INCIDENT_DISASTER || c->from >= s->interval[s->n_intervals - 1].to ||
            c->until <= s->interval[0].from)
            continue;
        tb_buf_add(&t->text, "★災害時の扱い（");
        tell_instant(c->from, &t->text);
        tb_buf_add(&t->text, " から）: 当番は電話で確認してください\n");
        return;
    }
}

/* For him who is in it: what to do when he cannot come; in reserve, where to wait, and who calls. */
static void tell_oneself(const struct telling *x, const struct tb_region *r, struct told *t)
{
    const struct tb_body *call = tb_open_call(r, x->s);
    t->body = true;
    if (x->s->role == TB_RESERVE && !x->cancelled)
        tb_buf_addf(&t->text,
                    "予備です。自宅など電話に出られる所で待ち、呼ばれたら出ます。%s%s%s から電話が"
                    "あります\n",
                    x->place >= 0 ? r->providers[x->place].name : "", x->place >= 0 ? " か " : "",
                    call->name);
    if (x->cancelled) return;
    tb_buf_addf(&t->text, "来られないとき 連絡先 %s%s%s\n", call->name, call->phone[0] != '\0' ? " " : "",
                call->phone);
}

static enum tb_code fit_body(struct feed *f, const struct tb_region *r, const struct tb_slot *s,
                             struct tb_err *e)
{
    const struct tb_body *call = tb_open_call(r, s);
    (void)f;
    enum tb_code rc = fit(TB_E_body, call->id, &call->src, "name", call->name, e);
    return rc == TB_OK ? fit(TB_E_body, call->id, &call->src, "phone", call->phone, e) : rc;
}

/* Returns how often what is not the seat moved the event: what was entered, facts, wordings and settings. */
static int tell(struct feed *f, const struct telling *x, struct told *t)
{
    const struct tb_board *b = f->b;
    const struct tb_slot *s = x->s;
    const struct tb_region *r = tb_board_region(b, s->date);
    const struct tb_incident *phone = x->now != NULL ? x->now->changes.of[TB_INCIDENT_PHONE] : NULL;
    char at[64];
    if (x->now != NULL) tell_entered(f, x, t);
    tell_disaster(b, s, t);
    if (s->n_intervals > 1) { /* each interval is an event of its own; the text tells of the other */
        tb_buf_add(&t->text, "時間 ");
        tb_pub_hours(s, &t->text);
        tb_buf_add(&t->text, "\n");
    }
    bool reception = tb_pub_reception(s, &t->text);
    if (r->bands[s->band].handover >= 0)
        tb_buf_addf(&t->text, "%s引き継ぎ %s", reception ? "、" : "",
                    tb_format_time_ja(r->bands[s->band].handover, at, sizeof at));
    if (t->text.len > 0 && t->text.s[t->text.len - 1] != '\n') tb_buf_add(&t->text, "\n");
    if (phone != NULL)
        tb_buf_addf(&t->text, "電話 %s\n", phone->phone);
    else if (x->place >= 0 && r->providers[x->place].phone[0] != '\0')
        tb_buf_addf(&t->text, "電話 %s\n", r->providers[x->place].phone);
    if (x->own) {
        if (t->rc == TB_OK) t->rc = fit_body(f, r, s, t->e);
        tell_oneself(x, r, t);
    }
    tell_backups(f, s, t);
    enter(t, x->moves.at, x->moves.count);
    int moved = x->moves.count + move_by_facts(b, s, x->provider, x->person, x->first, t);
    tell_edition(b, s->date, t);
    return moved + move_by_marks(f, x->first, t);
}

/* One event for each interval of the slot's band; `ev` has all that they share. `more`: what tells it from
 * another event of the slot in a provider's own feed, "" for his own seat. */
static void add_intervals(struct feed *f, const struct tb_slot *s, int seat, const char *more,
                          struct event ev)
{
    const struct tb_region *r = f->b->region;
    for (int k = 0; k < s->n_intervals; k++) {
        char words[400], date[64];
        /* A provider sits once in a slot, so his own feed needs no seat number and keeps its UID when seats
         * are renumbered. */
        (void)snprintf(words, sizeof words, "%s\n%s\n%s\n%s\n%d\n%d%s", r->duties[s->duty].id,
                       tb_format_date(s->date, date, sizeof date), r->bands[s->band].id,
                       s->role == TB_RESERVE ? "reserve" : "primary", f->kind == TB_FEED_PROVIDER ? 0 : seat,
                       k + 1, more);
        make_uid(f, words, ev.uid);
        ev.from = s->interval[k].from;
        ev.to = s->interval[k].to;
        *TB_PUSH(f->v, f->n, f->cap) = ev;
    }
}

/* Who waits in reserve is where he is until he is called. */
static const char *location(struct feed *f, const struct tb_slot *s, int place)
{
    const struct tb_region *r = tb_board_region(f->b, s->date);
    if (place < 0) return "自宅待機";
    const struct tb_provider *p = &r->providers[place];
    const char *address = p->address[0] != '\0' ? " " : "";
    if (s->role == TB_RESERVE)
        return tb_arena_printf(&f->arena, "自宅待機（呼ばれたら %s%s%s）", p->name, address, p->address);
    return tb_arena_printf(&f->arena, "%s%s%s", p->name, address, p->address);
}

/* Who waits at home or in reserve has the hours to himself. */
static bool leaves_free(const struct tb_duty *duty, const struct tb_slot *s)
{
    return duty->at_home != 0 || s->role == TB_RESERVE;
}

/* Is he in the seat by himself, or by what he owns? */
static bool is_his(const struct feed *f, int provider, tb_day date)
{
    if (f->kind != TB_FEED_PROVIDER || provider < 0) return false;
    if (provider == f->index) return true;
    for (int i = 0; i < f->n_owned; i++) {
        const struct tb_link *l = &f->b->region->links[f->owned[i]];
        if (l->to == provider && tb_link_on(l, date)) return true;
    }
    return false;
}

/* Does he whose seat it was in this calendar no longer come? In those of the duty the seat goes on with
 * another name. */
static bool is_replaced(const struct feed *f, const struct tb_now_seat *now, int holder, int person)
{
    if (f->kind != TB_FEED_PROVIDER || now->instead < 0) return false;
    if (person == f->index && now->instead == person) return true;
    return is_his(f, holder, now->slot->date) && now->instead == holder;
}

/* The seat as it is now, for this calendar. */
static void view_seat(struct feed *f, int i, struct tb_now_seat *now, struct telling *x)
{
    const struct tb_board *b = f->b;
    const struct tb_assignment *a = &b->a[i];
    const struct tb_slot *s = &b->slots[a->slot];
    const struct tb_now_span span = span_of(b, s);
    *x = (struct telling){
        .s = s, .provider = a->provider, .person = b->person[i], .own = f->kind == TB_FEED_PROVIDER};
    x->place = tb_pub_place(tb_board_region(b, s->date), s, a->provider);
    tb_board_entered(b, s, a->provider, x->own, &x->moves);
    if (x->moves.count == 0) return;
    tb_now_seat_of(b, i, NULL, 0, &span, now);
    x->now = now;
    x->cancelled = now->closed || is_replaced(f, now, a->provider, b->person[i]);
    if (x->cancelled) return;
    x->provider = now->provider;
    x->person = now->person;
    x->place = now->instead >= 0 && x->place == now->instead
                   ? now->place
                   : tb_pub_place(tb_board_region(b, s->date), s, now->provider);
}

static const char *seat_title(struct feed *f, const struct telling *x, struct told *t)
{
    const struct tb_region *r = tb_board_region(f->b, x->s->date);
    struct tb_buf title = {0};
    if (x->cancelled) tb_buf_add(&title, TB_PUB_CANCELLED);
    tb_pub_title(r, x->s, x->provider, &title);
    if (x->person >= 0) {
        if (t->rc == TB_OK) t->rc = fit_provider(f, r, x->person, t->e);
        tb_buf_addf(&title, "（%s）", r->providers[x->person].name);
    }
    const char *text = tb_arena_strdup(&f->arena, tb_buf_str(&title));
    tb_buf_free(&title);
    return text;
}

/* `more`: as for add_intervals. */
static enum tb_code put_seat(struct feed *f, const struct telling *x, struct told *t, int sequence, int seat,
                             const char *more)
{
    const struct tb_board *b = f->b;
    const struct tb_region *r = tb_board_region(b, x->s->date);
    const struct tb_duty *duty = &r->duties[x->s->duty];
    if (t->rc == TB_OK) t->rc = fit_provider(f, r, x->provider, t->e);
    if (t->rc == TB_OK) t->rc = fit_duty(f, r, x->s->duty, x->s->band, t->e);
    if (t->rc == TB_OK && x->place >= 0) t->rc = fit_provider(f, r, x->place, t->e);
    sequence += tell(f, x, t);
    struct event ev = {
        .changed = changed_second(t),
        .sequence = sequence,
        .status = x->cancelled         ? CANCELLED
                  : b->publication > 0 ? CONFIRMED
                                       : TENTATIVE,
        .free = x->cancelled || leaves_free(duty, x->s),
        .summary = seat_title(f, x, t),
        .description = tb_arena_strdup(&f->arena, tb_buf_str(&t->text)),
        .category = tb_pub_role(duty, x->s->role),
        .location = location(f, x->s, x->place),
    };
    tb_buf_free(&t->text);
    add_intervals(f, x->s, seat, more, ev);
    return t->rc;
}

static enum tb_code add_seat(struct feed *f, int i, struct tb_err *e)
{
    const struct tb_board *b = f->b;
    const struct tb_assignment *a = &b->a[i];
    struct tb_now_seat now;
    struct telling x;
    view_seat(f, i, &now, &x);
    struct told t = {.changed = b->changed[i], .publication = b->publication_of[i], .e = e};
    int sequence = b->sequence[i];
    x.first = b->first_of[i];
    /* In his own calendar the event is his sitting there, not the seat: who comes back goes on counting. */
    if (f->kind == TB_FEED_PROVIDER && b->own != NULL) {
        t.changed = b->own[i]->changed;
        t.publication = b->own[i]->publication;
        sequence = b->own[i]->sequence;
        x.first = b->own[i]->first;
    }
    const bool owned = is_his(f, a->provider, x.s->date) && a->provider != f->index;
    return put_seat(f, &x, &t, sequence, a->seat,
                    owned ? tb_arena_printf(&f->arena, "\n%s", b->region->providers[a->provider].id) : "");
}

/* A duty that he takes over for this once, as it was entered since the publication. */
static enum tb_code add_taken_over(struct feed *f, int i, struct tb_err *e)
{
    const struct tb_board *b = f->b;
    struct tb_now_seat now;
    const struct tb_slot *s = &b->slots[b->a[i].slot];
    const struct tb_now_span span = span_of(b, s);
    struct tb_entered_moves moves;
    tb_board_entered(b, s, b->a[i].provider, false, &moves);
    if (moves.count == 0) return TB_OK;
    tb_now_seat_of(b, i, NULL, 0, &span, &now);
    const bool holds = is_his(f, now.provider, s->date) && !is_his(f, b->a[i].provider, s->date),
               named = now.person == f->index && b->person[i] != f->index;
    if (now.instead < 0 || (!holds && !named)) return TB_OK;
    struct telling x = {.s = s,
                        .provider = now.provider,
                        .person = now.person,
                        .place = tb_pub_place(tb_board_region(b, s->date), s, now.provider),
                        .first = b->first_of[i],
                        .own = true,
                        .cancelled = now.closed,
                        .now = &now,
                        .moves = moves};
    struct told t = {.changed = b->changed[i], .publication = b->publication_of[i], .e = e};
    return put_seat(f, &x, &t, b->sequence[i], b->a[i].seat,
                    tb_arena_printf(&f->arena, "\nsubstitute %d", b->a[i].seat));
}

/* A duty that was his and is no longer: it stays for a while so that he sees it was taken away. Some clients
 * hide a cancelled event, one shows it as if nothing had happened; therefore the word in the title. */
static enum tb_code add_lost(struct feed *f, const struct tb_gone *g, struct tb_err *e)
{
    const struct tb_board *b = f->b;
    const struct tb_slot *s = &g->slot;
    const struct tb_region *r = tb_board_region(b, s->date);
    const struct tb_duty *duty = &r->duties[s->duty];
    int provider = g->stint.seat.provider;
    enum tb_code rc = fit_provider(f, r, provider, e);
    if (rc == TB_OK) rc = fit_duty(f, r, s->duty, s->band, e);
    if (rc != TB_OK) return rc;
    struct told t = {.changed = g->stint.changed, .publication = g->stint.publication, .e = e};
    struct tb_buf title = {0};
    tb_buf_add(&title, TB_PUB_CANCELLED);
    tb_pub_title(r, s, provider, &title);
    tb_buf_add(&t.text, "この当番は担当ではなくなりました。\n");
    struct tb_entered_moves moves;
    tb_board_entered(b, s, provider, true, &moves);
    enter(&t, moves.at, moves.count);
    int moved = moves.count + move_by_facts(b, s, provider, -1, g->stint.first, &t);
    tell_edition(b, s->date, &t);
    moved += move_by_marks(f, g->stint.first, &t);
    struct event ev = {
        .changed = changed_second(&t),
        .sequence = g->stint.sequence + moved,
        .status = CANCELLED,
        .free = true,
        .summary = tb_arena_strdup(&f->arena, tb_buf_str(&title)),
        .description = tb_arena_strdup(&f->arena, tb_buf_str(&t.text)),
        .category = tb_pub_role(duty, s->role),
        .location = location(f, s, tb_pub_place(r, s, provider)),
    };
    tb_buf_free(&title);
    tb_buf_free(&t.text);
    add_intervals(f, s, g->stint.seat.seat,
                  provider != f->index ? tb_arena_printf(&f->arena, "\n%s", r->providers[provider].id) : "",
                  ev);
    return TB_OK;
}

/* Is the duty one that this calendar tells of? Of a doctor: he, or what he owns, is in its pool. */
static bool tells_duty(const struct feed *f, int duty)
{
    const struct tb_region *r = f->b->region;
    const struct tb_duty *d = &r->duties[duty];
    switch (f->kind) {
    case TB_FEED_DUTY:
        return duty == f->index;
    case TB_FEED_BODY:
        return d->body == f->index;
    case TB_FEED_AREA:
        return d->area >= 0 && tb_area_within(r, d->area, f->index);
    case TB_FEED_PROVIDER:
    case TB_FEED_FACILITY:
        if (f->kind == TB_FEED_FACILITY && d->site == f->index) return true;
        for (int i = 0; i < r->n_members; i++) {
            bool his = r->members[i].provider == f->index;
            for (int k = 0; k < f->n_owned && !his; k++)
                his = r->links[f->owned[k]].to == r->members[i].provider;
            if (his && r->members[i].duty == duty) return true;
        }
        return false;
    case TB_FEED_REGION:
    case TB_FEED_COUNT:
        break;
    }
    return true;
}

/* The days of a duty that are published, by the slots of the board. False: none is. */
static bool published_days(const struct tb_board *b, int duty, tb_day *from, tb_day *to)
{
    *from = *to = TB_DAY_NONE;
    for (int i = 0; i < b->n_slots; i++) {
        if (b->slots[i].duty != duty) continue;
        if (*from == TB_DAY_NONE) *from = b->slots[i].date;
        *to = b->slots[i].date;
    }
    return *to != TB_DAY_NONE;
}

/* Which duties it is about, a line each, and up to which day each is published: nothing is said of days that
 * nobody has decided yet. *first: of the one that is published least far. */
static int list_published(struct feed *f, struct tb_buf *lines, int *first, tb_day *until)
{
    const struct tb_board *b = f->b;
    const struct tb_region *r = b->region;
    char from[64], to[64];
    int n = 0;
    *first = -1;
    for (int d = 0; d < r->n_duties; d++) {
        tb_day begins, ends;
        if (r->duties[d].src.line == TB_LINE_ABSENT || !tells_duty(f, d)) continue;
        bool any = published_days(b, d, &begins, &ends);
        if (any)
            tb_buf_addf(lines, "%s: %s～%s を公表。割り当てはありません\n", r->duties[d].name,
                        tb_format_date_ja(begins, from, sizeof from), tb_format_date_ja(ends, to, sizeof to));
        else
            tb_buf_addf(lines, "%s: まだ公表していません\n", r->duties[d].name);
        n += any;
        if (!any || (*first >= 0 && ends >= *until)) continue;
        *first = d;
        *until = ends;
    }
    return n;
}

static enum tb_code fit_duties(const struct feed *f, struct tb_err *e)
{
    const struct tb_region *r = f->b->region;
    enum tb_code rc = TB_OK;
    for (int d = 0; d < r->n_duties && rc == TB_OK; d++)
        rc = fit(TB_E_duty, r->duties[d].id, &r->duties[d].src, "name", r->duties[d].name, e);
    return rc;
}

/* How often it became another, beside publications and settings: whom it tells of is looked up in tables that
 * no publication holds. */
static int notice_moves(const struct feed *f, struct told *t)
{
    const struct tb_board *b = f->b;
    int count = move_by_marks(f, 1, t);
    for (int i = 0; i < b->n_marks; i++) {
        if (b->marks[i].kind != TB_MARK_TABLE || b->marks[i].publication < 1) continue;
        enter(t, b->marks[i].at, 1);
        count++;
    }
    return count;
}

/* An empty calendar is ignored or refused by clients that then keep showing old duties; one event replaces
 * them all. */
static enum tb_code add_notice(struct feed *f, struct tb_err *e)
{
    const struct tb_board *b = f->b;
    char to[64];
    int first, n;
    tb_day day = b->publication > 0 ? tb_day_of_minute(b->published_at) : b->from, until = TB_DAY_NONE;
    struct told t = {.changed = b->published_at};
    struct tb_buf text = {0}, title = {0};
    enum tb_code rc = fit_duties(f, e);
    n = list_published(f, &text, &first, &until);
    tb_buf_add(&title, "お知らせ 割り当てられた当番はありません");
    if (first >= 0)
        tb_buf_addf(&title, "（%s %sまで公表%s）", b->region->duties[first].name,
                    tb_format_md_ja(until, to, sizeof to), n > 1 ? "ほか" : "");
    tb_pub_edition(b, &text);
    tb_buf_addf(&text, "\n%s", b->region->regions[0].notice);
    struct event ev = {
        .from = tb_minute_of(day, 9 * 60),
        .to = tb_minute_of(day, 9 * 60 + 15),
        .sequence = b->publication + notice_moves(f, &t),
        .status = b->publication > 0 ? CONFIRMED : TENTATIVE,
        .free = true,
        .notice = true,
        .summary = tb_arena_strdup(&f->arena, tb_buf_str(&title)),
        .description = tb_arena_strdup(&f->arena, tb_buf_str(&text)),
        .location = "",
        .category = "お知らせ",
    };
    ev.changed = changed_second(&t);
    tb_buf_free(&text);
    tb_buf_free(&title);
    make_uid(f, "notice", ev.uid);
    *TB_PUSH(f->v, f->n, f->cap) = ev;
    return rc;
}

/* NAME and X-WR-CALNAME must carry no sign that one libical escapes and the next does not. */
static const char *calendar_name(struct feed *f, const char *text)
{
    struct tb_buf out = {0};
    for (const char *p = text; *p != '\0'; p++) {
        bool wide = strncmp(p, "；", 3) == 0;
        if (wide || strchr(",;\\", *p) != NULL)
            tb_buf_add(&out, "・");
        else
            tb_buf_addc(&out, *p);
        if (wide) p += 2;
    }
    const char *name = tb_arena_strdup(&f->arena, tb_buf_str(&out));
    tb_buf_free(&out);
    return name;
}

const char *tb_feed_word(enum tb_feed feed) { return feed_words[feed].word; }

int tb_feed_find(const char *word)
{
    for (int i = 0; i < TB_FEED_COUNT; i++)
        if (strcmp(feed_words[i].word, word) == 0) return i;
    return -1;
}

/* The row that a feed tells of. */
struct subject {
    enum tb_entity_id entity;
    const char *id, *name;
    const struct tb_src *src;
};

static struct subject subject(const struct tb_region *r, enum tb_feed feed, int i)
{
#define SUBJECT(row, plural) \
    ((struct subject){TB_E_##row, r->plural[i].id, r->plural[i].name, &r->plural[i].src})
    switch (feed) {
    case TB_FEED_DUTY:
        return SUBJECT(duty, duties);
    case TB_FEED_REGION:
        return SUBJECT(region_row, regions);
    case TB_FEED_BODY:
        return SUBJECT(body, bodies);
    case TB_FEED_AREA:
        return SUBJECT(area, areas);
    case TB_FEED_PROVIDER:
    case TB_FEED_FACILITY:
    case TB_FEED_COUNT:
        break;
    }
    return SUBJECT(provider, providers);
#undef SUBJECT
}

int tb_feed_subject(const struct tb_region *r, enum tb_feed feed, const char *id)
{
    const int counts[TB_FEED_COUNT] = {r->n_providers, r->n_duties, 1,
                                       r->n_bodies,    r->n_areas,  r->n_providers};
    for (int i = 0; i < counts[feed]; i++)
        if (strcmp(subject(r, feed, i).id, id) == 0)
            return feed == TB_FEED_FACILITY && r->kinds[r->providers[i].kind].person ? -1 : i;
    return -1;
}

const char *tb_feed_subject_id(const struct tb_region *r, enum tb_feed feed, int index)
{
    return subject(r, feed, index).id;
}

void tb_feed_title(const struct tb_region *r, enum tb_feed feed, int index, struct tb_buf *out)
{
    tb_buf_addf(out, "%s%s%s", feed_words[feed].before, subject(r, feed, index).name, feed_words[feed].after);
}

static enum tb_code name_feed(struct feed *f, struct tb_err *e)
{
    const struct tb_region *r = f->b->region;
    struct subject s = subject(r, f->kind, f->index);
    struct tb_buf title = {0};
    enum tb_code rc = fit_region(r, e);
    if (rc == TB_OK) rc = fit(s.entity, s.id, s.src, "name", s.name, e);
    tb_feed_title(r, f->kind, f->index, &title);
    f->id = s.id;
    f->key = tb_arena_printf(&f->arena, "%s %s", feed_words[f->kind].word, s.id);
    f->name = calendar_name(f, tb_buf_str(&title));
    tb_buf_free(&title);
    return rc;
}

/* First duty date that the feed still holds on the day. By whole months, so that a feed without a change
 * moves once a month and not every day. */
static tb_day window_on(enum tb_feed kind, tb_day today)
{
    if (today == TB_DAY_NONE) return INT32_MIN;
    if (kind == TB_FEED_PROVIDER) return tb_day_of(tb_fiscal_year(today) - 1, 4, 1);
    return tb_month_first(today - TB_FEED_PAST_DAYS);
}

static tb_day window(const struct feed *f) { return window_on(f->kind, f->b->today); }

/* The first day on which a duty of the date is no longer in the feed. */
static tb_day leaves_on(enum tb_feed kind, tb_day date)
{
    if (kind == TB_FEED_PROVIDER) return tb_day_of(tb_fiscal_year(date) + 2, 4, 1);
    return tb_month_last(date) + 1 + TB_FEED_PAST_DAYS;
}

/* `provider` -1: nobody takes the seat, and no calendar of his own has it. */
static bool belongs(const struct feed *f, const struct tb_slot *s, int provider)
{
    const struct tb_region *r = tb_board_region(f->b, s->date);
    const struct tb_duty *duty = &r->duties[s->duty];
    int place = tb_pub_place(r, s, provider);
    switch (f->kind) {
    case TB_FEED_PROVIDER:
        return is_his(f, provider, s->date);
    case TB_FEED_DUTY:
        return s->duty == f->index;
    case TB_FEED_BODY:
        return duty->body == f->index;
    case TB_FEED_AREA:
        return (duty->area >= 0 && tb_area_within(r, duty->area, f->index)) ||
               (place >= 0 && tb_area_within(r, r->providers[place].area, f->index));
    case TB_FEED_FACILITY:
        return place == f->index || provider == f->index;
    case TB_FEED_REGION:
    case TB_FEED_COUNT:
        break;
    }
    return true;
}

/* A seat that nobody takes stands in the calendars of the duty and of those responsible. */
static enum tb_code add_open(struct feed *f, const struct tb_open_seat *o, struct tb_err *e)
{
    const struct tb_board *b = f->b;
    const struct tb_slot *s = &b->slots[o->slot];
    const struct tb_region *r = tb_board_region(b, s->date);
    const struct tb_duty *duty = &r->duties[s->duty];
    const struct tb_body *call = tb_open_call(r, s);
    enum tb_code rc = fit_duty(f, r, s->duty, s->band, e);
    if (rc == TB_OK) rc = fit(TB_E_body, call->id, &call->src, "name", call->name, e);
    if (rc == TB_OK) rc = fit(TB_E_body, call->id, &call->src, "phone", call->phone, e);
    if (rc != TB_OK) return rc;
    int place = duty->at_home ? -1 : duty->site;
    struct told t = {.changed = o->changed, .publication = o->publication, .body = true, .e = e};
    tb_buf_addf(&t.text, TB_PUB_OPEN " 当番がまだ決まっていません。連絡先 %s %s\n", call->name, call->phone);
    struct tb_entered_moves moves;
    tb_board_entered(b, s, -1, false, &moves);
    enter(&t, moves.at, moves.count);
    int moved = moves.count + move_by_facts(b, s, -1, -1, o->first, &t);
    tell_edition(b, s->date, &t);
    moved += move_by_marks(f, o->first, &t);
    struct event ev = {
        .changed = changed_second(&t),
        .sequence = o->sequence + moved,
        .status = TENTATIVE,
        .free = true,
        .summary = tb_arena_printf(&f->arena, "%s %s（%s） " TB_PUB_OPEN, tb_pub_role(duty, s->role),
                                   duty->name, r->bands[s->band].name),
        .description = tb_arena_strdup(&f->arena, tb_buf_str(&t.text)),
        .category = tb_pub_role(duty, s->role),
        .location = place < 0 ? ""
                              : tb_arena_printf(&f->arena, "%s%s%s", r->providers[place].name,
                                                r->providers[place].address[0] != '\0' ? " " : "",
                                                r->providers[place].address),
    };
    tb_buf_free(&t.text);
    add_intervals(f, s, o->seat, "", ev);
    return TB_OK;
}

/* The last day on which a duty that was taken away is told as cancelled. */
static tb_day told_until(const struct tb_board *b, const struct tb_slot *s)
{
    return tb_day_of_minute(s->interval[s->n_intervals - 1].to) + b->region->regions[0].cancelled_days;
}

static bool still_told(const struct tb_board *b, const struct tb_slot *s)
{
    return b->today == TB_DAY_NONE || told_until(b, s) >= b->today;
}

tb_day tb_publish_ics_left(const struct tb_board *b, const struct tb_ics *x)
{
    const struct feed f = {.b = b, .kind = x->feed, .index = x->index};
    const tb_day first = window(&f);
    tb_day left = TB_DAY_NONE;
    for (int i = 0; i < b->n_slots && b->slots[i].date < first; i++) {
        tb_day day = leaves_on(x->feed, b->slots[i].date);
        if (day > left) left = day;
    }
    for (int i = 0; i < b->n_gone && x->feed == TB_FEED_PROVIDER; i++) {
        const struct tb_gone *g = &b->gone[i];
        if (still_told(b, &g->slot)) continue;
        if (told_until(b, &g->slot) + 1 > left) left = told_until(b, &g->slot) + 1;
    }
    return left;
}

static void find_owned(struct feed *f)
{
    const struct tb_region *r = f->b->region;
    f->owned = tb_arena_alloc(&f->arena, ((size_t)r->n_links + 1) * sizeof *f->owned);
    for (int i = 0; i < r->n_links && f->kind == TB_FEED_PROVIDER; i++)
        if (r->links[i].type == TB_LINK_OWNS && r->links[i].from == f->index) f->owned[f->n_owned++] = i;
}

/* The row whose place it took in the end, and how many there were. */
static int64_t root_of(const struct tb_board *b, int i, int *rows)
{
    int64_t id = b->entered[i].id;
    *rows = 1;
    for (int k = i, step; b->entered[k].supersedes != 0; k = step) {
        for (step = 0; step < b->n_entered && b->entered[step].id != b->entered[k].supersedes; step++) {}
        if (step == b->n_entered) break;
        id = b->entered[step].id;
        ++*rows;
    }
    return id;
}

/* Who serves besides, as it was entered since the publication: there is no slot. */
static enum tb_code add_extra(struct feed *f, int i, tb_day first, struct tb_err *e)
{
    const struct tb_board *b = f->b;
    const struct tb_incident *c = &b->entered[i].what;
    const tb_day date = tb_day_of_minute(c->from);
    if (c->kind != TB_INCIDENT_EXTRA || b->entered[i].over || c->provider < 0 || c->duty < 0) return TB_OK;
    const struct tb_slot s = {.duty = c->duty, .date = date, .role = TB_PRIMARY};
    if (date < first || !belongs(f, &s, c->provider)) return TB_OK;
    const struct tb_region *r = tb_board_region(b, date);
    enum tb_code rc = fit_provider(f, r, c->provider, e);
    if (rc == TB_OK)
        rc = fit(TB_E_duty, r->duties[c->duty].id, &r->duties[c->duty].src, "name", r->duties[c->duty].name,
                 e);
    if (rc == TB_OK) rc = fit(TB_E_duty, r->duties[c->duty].id, &(struct tb_src){0}, "note", c->note, e);
    int rows;
    char words[64];
    (void)snprintf(words, sizeof words, "extra\n%lld", (long long)root_of(b, i, &rows));
    struct told t = {.changed = b->entered[i].at, .n_entered = rows - 1};
    int sequence = rows - 1 + move_by_marks(f, b->publication, &t);
    struct event ev = {
        .from = c->from,
        .to = c->until,
        .changed = changed_second(&t),
        .sequence = sequence,
        .status = CONFIRMED,
        .free = r->duties[c->duty].at_home != 0,
        .summary =
            tb_arena_printf(&f->arena, "%s %s（追加） %s", tb_pub_role(&r->duties[c->duty], TB_PRIMARY),
                            r->duties[c->duty].name, r->providers[c->provider].name),
        .description = tb_arena_printf(&f->arena, "★公表後の変更 追加%s%s\n%s", c->note[0] != '\0' ? " " : "",
                                       c->note, r->regions[0].notice),
        .location = location(f, &s, tb_pub_place(r, &s, c->provider)),
        .category = tb_pub_role(&r->duties[c->duty], TB_PRIMARY),
    };
    make_uid(f, words, ev.uid);
    *TB_PUSH(f->v, f->n, f->cap) = ev;
    return rc;
}

static enum tb_code collect(struct feed *f, struct tb_err *e)
{
    const struct tb_board *b = f->b;
    f->provider_fit = tb_arena_alloc(&f->arena, (size_t)b->region->n_providers + 1);
    f->band_fit = tb_arena_alloc(&f->arena, (size_t)b->region->n_bands + 1);
    tb_day first = window(f);
    enum tb_code rc = name_feed(f, e);
    find_owned(f);
    for (int i = 0; i < b->n && rc == TB_OK; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        /* The doctor whom a group has named finds the seat in his own calendar as well. */
        bool his = f->kind == TB_FEED_PROVIDER && b->person[i] == f->index;
        if (s->date >= first && (his || belongs(f, s, b->a[i].provider))) rc = add_seat(f, i, e);
    }
    for (int i = 0; i < b->n_open && rc == TB_OK; i++) {
        const struct tb_slot *s = &b->slots[b->open[i].slot];
        if (s->date >= first && belongs(f, s, -1)) rc = add_open(f, &b->open[i], e);
    }
    for (int i = 0; i < b->n_gone && rc == TB_OK && f->kind == TB_FEED_PROVIDER; i++) {
        const struct tb_gone *g = &b->gone[i];
        if (is_his(f, g->stint.seat.provider, g->slot.date) && still_told(b, &g->slot))
            rc = add_lost(f, g, e);
    }
    for (int i = 0; i < b->n && rc == TB_OK && f->kind == TB_FEED_PROVIDER && b->n_in_force > 0; i++)
        if (b->slots[b->a[i].slot].date >= first) rc = add_taken_over(f, i, e);
    for (int i = 0; i < b->n_entered && rc == TB_OK; i++) rc = add_extra(f, i, first, e);
    if (rc == TB_OK && f->n == 0) rc = add_notice(f, e);
    return rc;
}

/* ---- events to bytes ------------------------------------------------------------------------------ */

static void add(icalcomponent *c, icalproperty *p)
{
    TB_ASSERT(p != NULL);
    icalcomponent_add_property(c, p);
}

static icalproperty *x_property(const char *name, const char *value)
{
    icalproperty *p = icalproperty_new_x(value);
    TB_ASSERT(p != NULL);
    icalproperty_set_x_name(p, name);
    return p;
}

/* By hand: libical's own zone starts in 1888 with offsets in seconds, which some clients refuse. */
static icalcomponent *zone_tokyo(void)
{
    return icalcomponent_vanew(
        ICAL_VTIMEZONE_COMPONENT, icalproperty_new_tzid(ZONE),
        icalcomponent_vanew(ICAL_XSTANDARD_COMPONENT,
                            icalproperty_new_dtstart(icaltime_from_string("19700101T000000")),
                            icalproperty_new_tzoffsetfrom(9 * 3600), icalproperty_new_tzoffsetto(9 * 3600),
                            icalproperty_new_tzname("JST"), (void *)0),
        (void *)0);
}

static struct icaltimetype civil(tb_minute m)
{
    tb_day day = tb_day_of_minute(m);
    struct tb_ymd date = tb_ymd_of(day);
    int minute = (int)(m - tb_minute_of(day, 0));
    struct icaltimetype t = icaltime_null_time();
    t.year = date.year;
    t.month = date.month;
    t.day = date.day;
    t.hour = minute / 60;
    t.minute = minute % 60;
    return t;
}

static struct icaltimetype utc(int64_t second)
{
    struct icaltimetype t = civil(second / 60 - UTC_BEHIND);
    t.second = (int)(second % 60);
    t.zone = icaltimezone_get_utc_timezone();
    return t;
}

static icalproperty *local(icalproperty *p)
{
    TB_ASSERT(p != NULL);
    icalproperty_add_parameter(p, icalparameter_new_tzid(ZONE));
    return p;
}

static const icalproperty_status status_words[] = {[CONFIRMED] = ICAL_STATUS_CONFIRMED,
                                                   [TENTATIVE] = ICAL_STATUS_TENTATIVE,
                                                   [CANCELLED] = ICAL_STATUS_CANCELLED};

/* In the order of region.calendar_class. */
static const icalproperty_class class_words[] = {ICAL_CLASS_PUBLIC, ICAL_CLASS_CONFIDENTIAL,
                                                 ICAL_CLASS_PRIVATE};

static struct icaltriggertype minutes_before(int64_t minutes)
{
    struct icaltriggertype t = {.time = icaltime_null_time()};
    t.duration = icaldurationtype_from_int((int)(-60 * minutes));
    return t;
}

/* The lines of an event in their order, each made from a number or a text. */
#define LINES(L) \
    L(uid, icalproperty_new_uid(text)) \
    L(dtstamp, icalproperty_new_dtstamp(utc(number))) \
    L(last_modified, icalproperty_new_lastmodified(utc(number))) \
    L(sequence, icalproperty_new_sequence((int)number)) \
    L(dtstart, local(icalproperty_new_dtstart(civil(number)))) \
    L(dtend, local(icalproperty_new_dtend(civil(number)))) \
    L(summary, icalproperty_new_summary(text)) \
    L(description, icalproperty_new_description(text)) \
    L(location, icalproperty_new_location(text)) \
    L(categories, icalproperty_new_categories(text)) \
    L(status, icalproperty_new_status(status_words[number])) \
    L(transp, icalproperty_new_transp(number ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE)) \
    L(busy, x_property("X-MICROSOFT-CDO-BUSYSTATUS", number ? "FREE" : "BUSY")) \
    L(class, icalproperty_new_class(class_words[number])) \
    L(action, icalproperty_new_action(ICAL_ACTION_DISPLAY)) \
    L(trigger, icalproperty_new_trigger(minutes_before(number)))
#define LINE_MAKER(name, property) \
    static icalproperty *line_##name(int64_t number, const char *text) \
    { \
        (void)number; \
        (void)text; \
        return property; \
    }
#define LINE_NAME(name, property) LINE_##name,
#define LINE_ROW(name, property) line_##name,
LINES(LINE_MAKER)
enum line_kind { LINES(LINE_NAME) LINE_COUNT };
static icalproperty *(*const makers[LINE_COUNT])(int64_t number, const char *text) = {LINES(LINE_ROW)};

/* The line as libical writes it, after it has read it back and written it again the same. */
static enum tb_code write_line(struct feed *f, enum line_kind kind, int64_t number, const char *text,
                               const char **out, struct tb_err *e)
{
    icalproperty *p = makers[kind](number, text);
    TB_ASSERT(p != NULL);
    char *bytes = icalproperty_as_ical_string_r(p); /* _r: the other form keeps 2500 of them alive */
    icalproperty_free(p);
    TB_ASSERT(bytes != NULL);
    icalproperty *again = icalproperty_new_from_string(bytes);
    char *twice = again != NULL ? icalproperty_as_ical_string_r(again) : NULL;
    enum tb_code rc = TB_OK;
    if (twice == NULL || strcmp(bytes, twice) != 0)
        rc = tb_fail(
            e, TB_INTERNAL,
            tb_t("カレンダーの読み戻しが合わない: %s", "a calendar's line reads back differently: %s"),
            bytes);
    else
        *out = tb_arena_strdup(&f->arena, bytes);
    if (again != NULL) icalproperty_free(again);
    free(twice);
    free(bytes);
    return rc;
}

static uint64_t hash_of(enum line_kind kind, int64_t number, const char *text)
{
    uint64_t h = 0xCBF29CE484222325u ^ (uint64_t)kind ^ (uint64_t)number << 8;
    for (; *text != '\0'; text++) h = (h ^ (unsigned char)*text) * 0x100000001B3u;
    return h ^ h >> 29;
}

/* Most lines of a feed stand in many of its events: each is written and read back once. Keys are numbers, and
 * texts that live as long as the feed. */
static enum tb_code put_line(struct feed *f, enum line_kind kind, int64_t number, const char *text,
                             struct tb_buf *out, struct tb_err *e)
{
    if (f->n_lines * 2 >= f->cap_lines) {
        size_t cap = f->cap_lines > 0 ? f->cap_lines * 2 : 256;
        struct line *more = tb_xcalloc(cap, sizeof *more);
        for (size_t i = 0; i < f->cap_lines; i++) {
            if (f->lines[i].bytes == NULL) continue;
            size_t k = f->lines[i].hash & (cap - 1);
            while (more[k].bytes != NULL) k = (k + 1) & (cap - 1);
            more[k] = f->lines[i];
        }
        free(f->lines);
        f->lines = more;
        f->cap_lines = cap;
    }
    uint64_t hash = hash_of(kind, number, text);
    size_t k = hash & (f->cap_lines - 1);
    for (; f->lines[k].bytes != NULL; k = (k + 1) & (f->cap_lines - 1)) {
        const struct line *x = &f->lines[k];
        if (x->hash == hash && x->kind == (int)kind && x->number == number && strcmp(x->text, text) == 0)
            break;
    }
    if (f->lines[k].bytes == NULL) {
        struct line made = {.hash = hash, .number = number, .kind = (int)kind, .text = text};
        enum tb_code rc = write_line(f, kind, number, text, &made.bytes, e);
        if (rc != TB_OK) return rc;
        f->lines[k] = made;
        f->n_lines++;
    }
    tb_buf_add(out, f->lines[k].bytes);
    return TB_OK;
}

static enum tb_code put_alarm(struct feed *f, const struct event *ev, struct tb_buf *out, struct tb_err *e)
{
    tb_buf_add(out, "BEGIN:VALARM\r\n");
    enum tb_code rc = put_line(f, LINE_action, 0, "", out, e);
    if (rc == TB_OK) rc = put_line(f, LINE_description, 0, ev->summary, out, e);
    if (rc == TB_OK) rc = put_line(f, LINE_trigger, f->alarm, "", out, e);
    tb_buf_add(out, "END:VALARM\r\n");
    return rc;
}

static enum tb_code put_event(struct feed *f, const struct event *ev, struct tb_buf *out, struct tb_err *e)
{
    const struct {
        enum line_kind kind;
        bool there;
        int64_t number;
        const char *text;
    } lines[] = {
        {LINE_uid, true, 0, ev->uid},
        {LINE_dtstamp, true, ev->changed, ""},
        {LINE_last_modified, true, ev->changed, ""},
        {LINE_sequence, true, ev->sequence, ""},
        {LINE_dtstart, true, ev->from, ""},
        {LINE_dtend, true, ev->to, ""},
        {LINE_summary, true, 0, ev->summary},
        {LINE_description, true, 0, ev->description},
        {LINE_location, ev->location[0] != '\0', 0, ev->location},
        {LINE_categories, true, 0, ev->category},
        {LINE_status, true, ev->status, ""},
        {LINE_transp, true, ev->free, ""},
        {LINE_busy, true, ev->free, ""},
        {LINE_class, f->kind == TB_FEED_PROVIDER, f->b->region->regions[0].calendar_class, ""},
    };
    enum tb_code rc = TB_OK;
    tb_buf_add(out, "BEGIN:VEVENT\r\n");
    for (size_t i = 0; i < TB_COUNT(lines) && rc == TB_OK; i++)
        if (lines[i].there) rc = put_line(f, lines[i].kind, lines[i].number, lines[i].text, out, e);
    if (rc == TB_OK && f->alarm > 0 && !ev->notice && ev->status != CANCELLED) rc = put_alarm(f, ev, out, e);
    tb_buf_add(out, "END:VEVENT\r\n");
    return rc;
}

/* The calendar without its events. */
static icalcomponent *frame(const struct feed *f)
{
    icalcomponent *c = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    add(c, icalproperty_new_version("2.0"));
    /* without a version: it would move every feed at each upgrade */
    add(c, icalproperty_new_prodid("-//toban//toban//JA"));
    add(c, icalproperty_new_calscale("GREGORIAN"));
    add(c, icalproperty_new_name(f->name));
    add(c, x_property("X-WR-CALNAME", f->name));
    add(c, x_property("X-WR-TIMEZONE", ZONE));
    add(c, icalproperty_new_refreshinterval(icaldurationtype_from_string("PT1H")));
    add(c, x_property("X-PUBLISHED-TTL", "PT1H"));
    icalcomponent_add_component(c, zone_tokyo());
    return c;
}

/* Writes the frame, and has libical read back what it wrote. */
static enum tb_code put_frame(const struct feed *f, struct tb_buf *out, struct tb_err *e)
{
    icalcomponent *c = frame(f);
    char *bytes = icalcomponent_as_ical_string_r(c);
    icalcomponent_free(c);
    TB_ASSERT(bytes != NULL);
    icalcomponent *again = icalparser_parse_string(bytes);
    bool same = again != NULL && icalcomponent_isa(again) == ICAL_VCALENDAR_COMPONENT &&
                icalcomponent_count_errors(again) == 0;
    if (again != NULL) icalcomponent_free(again);
    if (same) tb_buf_add(out, bytes);
    enum tb_code rc = same ? TB_OK
                           : tb_fail(e, TB_INTERNAL,
                                     tb_t("カレンダーの読み戻しが合わない: %s",
                                          "a calendar's part reads back differently: %s"),
                                     bytes);
    free(bytes);
    return rc;
}

static enum tb_code serialise(struct feed *f, struct tb_buf *bytes, struct tb_err *e)
{
    static const char last[] = "END:VCALENDAR\r\n";
    enum tb_code rc = put_frame(f, bytes, e);
    if (rc != TB_OK) return rc;
    TB_ASSERT(bytes->len > sizeof last && strcmp(bytes->s + bytes->len - (sizeof last - 1), last) == 0);
    bytes->len -= sizeof last - 1;
    for (size_t i = 0; i < f->n && rc == TB_OK; i++) rc = put_event(f, &f->v[i], bytes, e);
    tb_buf_add(bytes, last);
    return rc;
}

static void drop(struct feed *f)
{
    free(f->v);
    free(f->lines);
    tb_arena_free(&f->arena);
}

/* Bytes of the events collected, linted. */
static enum tb_code write_bytes(struct feed *f, struct tb_buf *out, struct tb_err *e)
{
    struct tb_buf bytes = {0};
    int events = 0;
    enum tb_code rc = serialise(f, &bytes, e);
    if (rc == TB_OK) rc = tb_pub_lint(tb_buf_str(&bytes), bytes.len, &events, e);
    if (rc == TB_OK && (size_t)events != f->n)
        rc = tb_fail(e, TB_INTERNAL,
                     tb_t("カレンダーに %zu 件を書いたが %d 件ある", "%zu events were written, %d are there"),
                     f->n, events);
    if (rc == TB_OK) tb_buf_addn(out, bytes.s, bytes.len);
    tb_buf_free(&bytes);
    return rc;
}

/* What is served at an address that was given up: one event that says so. */
static enum tb_code collect_closed(struct feed *f, tb_minute since, struct tb_err *e)
{
    enum tb_code rc = name_feed(f, e);
    tb_day day = tb_day_of_minute(since);
    struct event ev = {
        .from = tb_minute_of(day, 9 * 60),
        .to = tb_minute_of(day, 9 * 60 + 15),
        .changed = (int64_t)since * 60,
        .status = CONFIRMED,
        .free = true,
        .summary = "お知らせ この予定表のアドレスは使えなくなりました",
        .notice = true,
        .description = "新しいアドレスで登録し直し、この予定表は削除してください。当番は公表された当番表で確"
                       "かめられます。",
        .location = "",
        .category = "お知らせ",
    };
    make_uid(f, "closed", ev.uid);
    *TB_PUSH(f->v, f->n, f->cap) = ev;
    return rc;
}

static enum tb_code collect_all(struct feed *f, const struct tb_ics *x, struct tb_err *e)
{
    return x->closed == TB_NEVER ? collect(f, e) : collect_closed(f, x->closed, e);
}

enum tb_code tb_publish_ics_at(const struct tb_board *b, const struct tb_ics *x, struct tb_buf *out,
                               struct tb_err *e)
{
    struct feed f = {.b = b, .kind = x->feed, .index = x->index, .alarm = x->alarm};
    enum tb_code rc = collect_all(&f, x, e);
    if (rc == TB_OK) rc = write_bytes(&f, out, e);
    drop(&f);
    return rc;
}

enum tb_code tb_publish_ics(const struct tb_board *b, enum tb_feed feed, int index, struct tb_buf *out,
                            struct tb_err *e)
{
    return tb_publish_ics_at(b, &(struct tb_ics){feed, index, TB_NEVER, 0}, out, e);
}

/* Every word of every event, each ended by a byte that no text has: what is served is made from nothing else.
 */
enum tb_code tb_publish_ics_stamp(const struct tb_board *b, const struct tb_ics *x, char stamp[65],
                                  struct tb_err *e)
{
    struct feed f = {.b = b, .kind = x->feed, .index = x->index};
    struct tb_buf text = {0};
    enum tb_code rc = collect_all(&f, x, e);
    if (rc == TB_OK)
        tb_buf_addf(&text, "%d %d %d\n%s\n", f.kind == TB_FEED_PROVIDER, b->region->regions[0].calendar_class,
                    x->alarm, f.name);
    for (size_t i = 0; i < f.n && rc == TB_OK; i++) {
        const struct event *ev = &f.v[i];
        tb_buf_addf(&text, "%s %lld %lld %lld %d %d %d %d", ev->uid, (long long)ev->from, (long long)ev->to,
                    (long long)ev->changed, ev->sequence, (int)ev->status, (int)ev->free, (int)ev->notice);
        tb_buf_addf(&text, "\x01%s\x01%s\x01%s\x01%s\x01", ev->summary, ev->description, ev->location,
                    ev->category);
    }
    if (rc == TB_OK) tb_sha256_hex(tb_buf_str(&text), text.len, stamp);
    tb_buf_free(&text);
    drop(&f);
    return rc;
}

void tb_publish_ics_name(const struct tb_board *b, enum tb_feed feed, int index, struct tb_buf *out)
{
    if (feed == TB_FEED_REGION)
        tb_buf_add(out, "region.ics");
    else
        tb_buf_addf(out, "%c-%s.ics", feed_words[feed].word[0], subject(b->region, feed, index).id);
}
