/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish_int.h"

const char *tb_pub_role(const struct tb_duty *duty, int role)
{
    if (role == TB_RESERVE) return "予備";
    return duty->at_home ? "待機" : "当番";
}

int tb_pub_place(const struct tb_region *r, const struct tb_slot *s, int provider)
{
    const struct tb_duty *duty = &r->duties[s->duty];
    if (duty->at_home) return -1;
    if (duty->site >= 0) return duty->site;
    return provider < 0 || r->kinds[r->providers[provider].kind].person ? -1 : provider;
}

const char *tb_pub_phone(const struct tb_region *r, const struct tb_slot *s, int provider)
{
    int place = tb_pub_place(r, s, provider);
    return place < 0 ? "" : r->providers[place].phone;
}

void tb_pub_title(const struct tb_region *r, const struct tb_slot *s, int provider, struct tb_buf *out)
{
    const struct tb_duty *duty = &r->duties[s->duty];
    tb_buf_addf(out, "%s %s（%s） %s", tb_pub_role(duty, s->role), duty->name, r->bands[s->band].name,
                r->providers[provider].name);
}

const char *tb_pub_name(const struct tb_board *b, int assignment, struct tb_arena *a)
{
    const struct tb_provider *p = tb_board_region(b, b->slots[b->a[assignment].slot].date)->providers;
    const char *name = p[b->a[assignment].provider].name;
    int person = b->person[assignment];
    return person < 0 ? name : tb_arena_printf(a, "%s（%s）", name, p[person].name);
}

int tb_pub_minute_of_day(const struct tb_slot *s, tb_minute m) { return (int)(m - tb_minute_of(s->date, 0)); }

void tb_pub_hours(const struct tb_slot *s, struct tb_buf *out)
{
    char a[64], z[64];
    for (int i = 0; i < s->n_intervals; i++)
        tb_buf_addf(out, "%s%s～%s", i > 0 ? "・" : "",
                    tb_format_time_ja(tb_pub_minute_of_day(s, s->interval[i].from), a, sizeof a),
                    tb_format_time_ja(tb_pub_minute_of_day(s, s->interval[i].to), z, sizeof z));
}

bool tb_pub_reception(const struct tb_slot *s, struct tb_buf *out)
{
    bool earlier = false;
    char t[64];
    for (int i = 0; i < s->n_intervals; i++) earlier |= s->reception[i] != s->interval[i].to;
    if (!earlier) return false;
    tb_buf_add(out, "受付 ");
    for (int i = 0; i < s->n_intervals; i++)
        tb_buf_addf(out, "%s%s", i > 0 ? "・" : "",
                    tb_format_time_ja(tb_pub_minute_of_day(s, s->reception[i]), t, sizeof t));
    tb_buf_add(out, "まで");
    return true;
}

void tb_pub_edition(const struct tb_board *b, struct tb_buf *out)
{
    if (b->publication <= 0) {
        tb_buf_add(out, "案");
        return;
    }
    tb_buf_addf(out, "第%d版", b->publication);
    if (b->hash[0] != '\0') tb_buf_addf(out, "（%s）", b->hash);
}

/* Days of the leap year 2000 from 1 January, so that 02-29 has its place. */
static int day_of_year(int monthday)
{
    return tb_day_of(2000, monthday / 100, monthday % 100) - tb_day_of(2000, 1, 1);
}

/* Days of a class that is a span of the year of less than three weeks, else 0. */
static int short_span(const struct tb_class *c)
{
    if (c->from == 0 || c->to == 0 || c->weekdays != 0) return 0;
    int length = day_of_year(c->to) - day_of_year(c->from) + 1;
    if (length <= 0) length += 366;
    return length <= 21 ? length : 0;
}

const char *tb_pub_span(const struct tb_region *r, tb_day d)
{
    uint64_t classes = tb_day_classes(r, -1, d);
    const char *name = NULL;
    for (int i = 0, longest = 0; i < r->n_classes; i++) {
        bool there = (classes >> i & 1) != 0 && r->classes[i].src.line != TB_LINE_ABSENT;
        int length = there ? short_span(&r->classes[i]) : 0;
        if (length <= longest) continue;
        longest = length;
        name = r->classes[i].name;
    }
    return name;
}

int tb_pub_slot_from(const struct tb_board *b, tb_day date)
{
    int low = 0, high = b->n_slots;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (b->slots[mid].date < date)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* ---- backup hospitals ---------------------------------------------------------------------------- */

static bool overlap(const struct tb_slot *a, const struct tb_slot *b)
{
    for (int i = 0; i < a->n_intervals; i++)
        for (int k = 0; k < b->n_intervals; k++)
            if (a->interval[i].from < b->interval[k].to && b->interval[k].from < a->interval[i].to)
                return true;
    return false;
}

bool tb_pub_related(const struct tb_region *r, const struct tb_slot *a, const struct tb_slot *b)
{
    const struct tb_duty *x = &r->duties[a->duty], *y = &r->duties[b->duty];
    for (int i = 0; i < x->specialities.n; i++)
        for (int k = 0; k < y->specialities.n; k++)
            if (x->specialities.v[i] == y->specialities.v[k]) return true;
    return false;
}

/* A primary duty is backed by the rotation and its backup, the rotation by its backup only. Persons are never
 * named: a feed tells nobody of another's duty. */
bool tb_pub_backs(const struct tb_region *r, const struct tb_slot *back, const struct tb_slot *front)
{
    const struct tb_duty *b = &r->duties[back->duty], *f = &r->duties[front->duty];
    if (back->duty == front->duty || back->role != TB_PRIMARY || r->kinds[b->kind].person || f->backup)
        return false;
    return (b->backup || (b->tier == 2 && f->tier < 2)) && overlap(back, front);
}

int tb_publish_backups(const struct tb_board *b, const struct tb_slot *s, int *seats, int max)
{
    const struct tb_region *r = tb_board_region(b, s->date);
    int n = 0, end = tb_pub_slot_from(b, s->date + 2);
    bool related = false;
    for (int k = tb_pub_slot_from(b, s->date - 1); k < end; k++) {
        if (!tb_pub_backs(r, &b->slots[k], s)) continue;
        int first, count = tb_board_seats(b, k, &first);
        bool same = count > 0 && tb_pub_related(r, &b->slots[k], s);
        if (same && !related) n = 0; /* from the first of its own specialities on, only those */
        related |= same;
        for (int i = first; i < first + count && n < max; i++)
            if (same == related) seats[n++] = i;
    }
    return n;
}
