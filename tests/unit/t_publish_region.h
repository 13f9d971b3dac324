/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small region for the tests of src/publish: a night centre with doctors and a reserve, a hospital rotation
 * in tracks with a backup, holiday clinics, one duty with two intervals and one on call at home. All people
 * are fictitious.
 */
#ifndef TOBAN_T_PUBLISH_REGION_H
#define TOBAN_T_PUBLISH_REGION_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "toban/publish/publish.h"

struct row {
    enum tb_entity_id entity;
    const char *cells;
}; /* "field=value|field=value" */

static const struct row small_region[] = {
    {TB_E_region_row, "id=kaku|name=架空医療圏|notice=この表の人名・医療機関名・電話番号はすべて架空です"},
    {TB_E_area, "id=all|name=架空医療圏|level=region"},
    {TB_E_area, "id=east|name=東市|level=municipality|parent=all"},
    {TB_E_area, "id=west|name=西町|level=municipality|parent=all"},
    {TB_E_body, "id=ishikai|name=架空市医師会|kind=medical-association|phone=076-000-1000"},
    {TB_E_body, "id=byoin|name=架空病院協議会|kind=hospital-council"},
    {TB_E_kind, "id=doctor|name=医師|person=yes"},
    {TB_E_kind, "id=clinic|name=診療所"},
    {TB_E_kind, "id=hospital|name=病院"},
    {TB_E_kind, "id=centre|name=急病センター"},
    {TB_E_speciality, "id=internal|name=内科"},
    {TB_E_speciality, "id=paediatrics|name=小児科"},
    {TB_E_speciality, "id=surgery|name=外科"},
    {TB_E_class, "id=everyday|name=毎日"},
    {TB_E_class, "id=sundays|name=日曜・祝日|weekdays=sun|holiday=yes|any_of=newyear"},
    {TB_E_class, "id=newyear|name=年末年始|from=12-29|to=01-03"},
    {TB_E_class, "id=working|name=平日|none_of=sundays"},
    {TB_E_provider,
     "id=centre|name=架空急病センター|kind=centre|area=east|phone=076-000-0099|address=東市本町1-1"},
    {TB_E_provider,
     "id=d1|name=山田 花子|kind=doctor|area=east|phone=076-000-7777|staff_phone=090-0000-0001"},
    {TB_E_provider, "id=d2|name=髙橋 𠮷郎|kind=doctor|area=west|staff_phone=090-0000-0002"},
    {TB_E_provider, "id=d3|name=鈴木, 一; 二\\三|kind=doctor|area=east"},
    {TB_E_provider, "id=h1|name=東総合病院|kind=hospital|area=east|phone=076-000-2001|address=東市東町2-1"},
    {TB_E_provider, "id=h2|name=西中央病院|kind=hospital|area=west|phone=076-000-2002|address=西町西2-2"},
    {TB_E_provider, "id=h3|name=南病院|kind=hospital|area=west|phone=076-000-2003|address=西町南2-3"},
    {TB_E_provider, "id=k1|name=東内科医院|kind=clinic|area=east|phone=076-000-3001|address=東市東町3-1"},
    {TB_E_provider,
     "id=k2|name=西こどもクリニック|kind=clinic|area=west|phone=076-000-3002|address=西町西3-2"},
    {TB_E_duty, "id=night|name=急病センター小児科|title=急病センター小児科 "
                "当番医表|kind=doctor|site=centre|specialities=paediatrics|tier=1|body=ishikai|period=month"},
    {TB_E_duty, "id=clinics|name=休日当番医（内科）|title=休日当番医表（内科）|kind=clinic|specialities="
                "internal|tier=1|body=ishikai|period=half"},
    {TB_E_duty, "id=oncall|name=自宅待機（小児科）|kind=doctor|specialities=paediatrics|tier=1|body=ishikai|"
                "period=month|at_home=yes"},
    {TB_E_duty, "id=rot-a|name=輪番（内科系）|title=病院群輪番制当番表（内科系）|kind=hospital|specialities="
                "internal;paediatrics|tier=2|body=byoin|period=year|group=rotation|ambulance=yes"},
    {TB_E_duty, "id=rot-b|name=輪番（外科系）|title=病院群輪番制当番表（外科系）|kind=hospital|specialities="
                "surgery|tier=2|body=byoin|period=year|group=rotation|ambulance=yes"},
    {TB_E_duty, "id=rot-z|name=輪番（後方）|title=病院群輪番制当番表（後方）|kind=hospital|specialities="
                "internal;surgery;paediatrics|tier=2|body=byoin|period=year|group=rotation|backup=yes"},
    {TB_E_band,
     "duty=night|id=eve|name=準夜|when=everyday|from=19:30|to=23:00|reception=22:30|handover=23:00"},
    {TB_E_band, "duty=clinics|id=day|name=昼間|when=sundays|from=09:00|to=12:00|reception=11:30|from2=13:00|"
                "to2=17:00|reception2=16:30"},
    {TB_E_band, "duty=oncall|id=late|name=深夜|when=everyday|from=23:00|to=32:30"},
    {TB_E_band, "duty=rot-a|id=day|name=昼間|when=sundays|from=08:30|to=17:00"},
    {TB_E_band, "duty=rot-a|id=night|name=夜間|when=everyday|from=17:00|to=32:30|handover=32:30"},
    {TB_E_band, "duty=rot-b|id=night|name=夜間|when=everyday|from=17:00|to=32:30|handover=32:30"},
    {TB_E_band, "duty=rot-z|id=night|name=夜間|when=everyday|from=17:00|to=32:30|handover=32:30"},
    {TB_E_seat, "duty=night|band=eve|role=primary|rank=0|when=everyday|count=1"},
    {TB_E_seat, "duty=night|band=eve|role=reserve|rank=0|when=everyday|count=1"},
    {TB_E_seat, "duty=clinics|band=day|role=primary|rank=0|when=sundays|count=2"},
    {TB_E_seat, "duty=oncall|band=late|role=primary|rank=0|when=everyday|count=1"},
    {TB_E_seat, "duty=rot-a|band=day|role=primary|rank=0|when=sundays|count=1"},
    {TB_E_seat, "duty=rot-a|band=night|role=primary|rank=0|when=everyday|count=1"},
    {TB_E_seat, "duty=rot-b|band=night|role=primary|rank=0|when=everyday|count=1"},
    {TB_E_seat, "duty=rot-z|band=night|role=primary|rank=0|when=everyday|count=1"},
    {TB_E_contact, "duty=night|rank=1|name=センター事務室|phone=076-000-0099"},
    {TB_E_contact, "duty=night|rank=2|name=担当理事|phone=090-0000-0009"},
    {TB_E_member, "duty=night|provider=d1"},
    {TB_E_member, "duty=night|provider=d2"},
    {TB_E_member, "duty=night|provider=d3"},
    {TB_E_member, "duty=oncall|provider=d3"},
    {TB_E_member, "duty=clinics|provider=k1"},
    {TB_E_member, "duty=clinics|provider=k2"},
    {TB_E_member, "duty=rot-a|provider=h1"},
    {TB_E_member, "duty=rot-a|provider=h2"},
    {TB_E_member, "duty=rot-b|provider=h2"},
    {TB_E_member, "duty=rot-b|provider=h3"},
    {TB_E_member, "duty=rot-z|provider=h1"},
    {TB_E_member, "duty=rot-z|provider=h3"},
};

static struct tb_region *load_rows(const struct row *rows, size_t n)
{
    struct tb_err e = {0};
    struct tb_loader *l = tb_loader_new();
    for (size_t i = 0; i < n; i++) {
        const struct tb_entity *entity = &tb_entities[rows[i].entity];
        const char *cells[64] = {0};
        char *copy = tb_xstrdup(rows[i].cells);
        for (char *p = copy; p != NULL;) {
            char *next = strchr(p, '|'), *value = strchr(p, '=');
            if (next != NULL) *next++ = '\0';
            assert_non_null(value);
            *value++ = '\0';
            int field = tb_field_find(entity, p);
            if (field < 0) fail_msg("row %zu: no field %s", i, p);
            cells[field] = value;
            p = next;
        }
        if (tb_loader_row(l, rows[i].entity, cells, "small", (int)i + 1, &e) != TB_OK) fail_msg("%s", e.text);
        free(copy);
    }
    struct tb_region *r = NULL;
    if (tb_loader_finish(l, &r, &e) != TB_OK) fail_msg("%s", e.text);
    return r;
}

/* One published seat in short: who sits where, in which publication it last changed, how often. */
struct sits {
    const char *duty, *date, *band;
    int role, seat;
    const char *provider;
    int publication, sequence;
};

#define PUBLISHED_AT(n) (tb_minute_of(tb_day_of(2026, 11, 10 + (n)), 9 * 60 + 30)) /* publication n */

static struct tb_board *make_board(const struct tb_region *r, const char *from, const char *to,
                                   const struct sits *v, size_t n)
{
    struct tb_board_row *rows = tb_xcalloc(n + 1, sizeof *rows);
    struct tb_cover *covers = tb_xcalloc((size_t)r->n_duties, sizeof *covers);
    tb_day first, last;
    assert_true(tb_parse_date(from, &first) && tb_parse_date(to, &last));
    for (size_t i = 0; i < n; i++) {
        struct tb_seat_row *s = &rows[i].seat;
        s->duty = tb_find_duty(r, v[i].duty);
        s->band = tb_find_band(r, s->duty, v[i].band);
        s->provider = tb_find_provider(r, v[i].provider);
        s->role = v[i].role;
        s->seat = v[i].seat;
        assert_true(tb_parse_date(v[i].date, &s->date) && s->duty >= 0 && s->band >= 0 && s->provider >= 0);
        rows[i].publication = v[i].publication;
        rows[i].sequence = v[i].sequence;
        rows[i].changed = PUBLISHED_AT(v[i].publication);
    }
    for (int d = 0; d < r->n_duties; d++) covers[d] = (struct tb_cover){d, first, last};
    struct tb_board *b = tb_board_new(r, first, last, rows, n, covers, (size_t)r->n_duties);
    b->publication = 3;
    (void)snprintf(b->hash, sizeof b->hash, "a1b2c3d4");
    b->published_at = PUBLISHED_AT(3);
    free(rows);
    free(covers);
    return b;
}

static const struct sits december[] = {
    {"night", "2026-12-06", "eve", TB_PRIMARY, 1, "d1", 1, 0},
    {"night", "2026-12-06", "eve", TB_RESERVE, 1, "d2", 1, 0},
    {"night", "2026-12-07", "eve", TB_PRIMARY, 1, "d2", 3, 2},
    {"night", "2026-12-07", "eve", TB_RESERVE, 1, "d3", 1, 0},
    {"clinics", "2026-12-06", "day", TB_PRIMARY, 1, "k1", 1, 0},
    {"clinics", "2026-12-06", "day", TB_PRIMARY, 2, "k2", 1, 0},
    {"oncall", "2026-12-06", "late", TB_PRIMARY, 1, "d3", 1, 0},
    {"rot-a", "2026-12-06", "day", TB_PRIMARY, 1, "h1", 1, 0},
    {"rot-a", "2026-12-06", "night", TB_PRIMARY, 1, "h2", 2, 1},
    {"rot-b", "2026-12-06", "night", TB_PRIMARY, 1, "h3", 1, 0},
    {"rot-z", "2026-12-06", "night", TB_PRIMARY, 1, "h1", 1, 0},
    {"rot-a", "2026-12-07", "night", TB_PRIMARY, 1, "h1", 1, 0},
    {"rot-b", "2026-12-07", "night", TB_PRIMARY, 1, "h2", 1, 0},
    {"rot-z", "2026-12-07", "night", TB_PRIMARY, 1, "h3", 1, 0},
};

static inline struct tb_region *small(void) { return load_rows(small_region, TB_COUNT(small_region)); }
static inline struct tb_board *december_board(const struct tb_region *r)
{
    return make_board(r, "2026-12-06", "2026-12-07", december, TB_COUNT(december));
}

#endif
