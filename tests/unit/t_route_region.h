/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A region small enough to know every answer by heart: two towns, a night centre, clinics on Sundays and
 * holidays, hospitals in rotation. All names are fictitious (架空). The policy rows are those of the sample
 * region.
 */
#ifndef T_ROUTE_REGION_H
#define T_ROUTE_REGION_H

#include "toban/codec/codec.h"
#include "route/route_int.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define POLICIES "rosters/ishikawa-chuo/policies.csv"

/* One row of the region's file: entity and object. A shuffled region has the same rows in another order. */
struct row {
    const char *entity, *text;
};

static const struct row rows_of_region[] = {
    {"areas", "{\"id\":\"r\",\"name\":\"見本圏\",\"level\":\"region\"}"},
    {"areas", "{\"id\":\"n\",\"name\":\"北市\",\"level\":\"municipality\",\"parent\":\"r\",\"inside\":10}"},
    {"areas", "{\"id\":\"n1\",\"name\":\"北一\",\"level\":\"district\",\"parent\":\"n\"}"},
    {"areas", "{\"id\":\"n2\",\"name\":\"北二\",\"level\":\"district\",\"parent\":\"n\"}"},
    {"areas", "{\"id\":\"s\",\"name\":\"南町\",\"level\":\"municipality\",\"parent\":\"r\"}"},
    {"travel", "{\"from\":\"n\",\"to\":\"s\",\"minutes\":25}"},
    {"bodies", "{\"id\":\"ma\",\"name\":\"見本医師会(架空)\",\"kind\":\"medical-association\"}"},
    {"kinds", "{\"id\":\"doctor\",\"name\":\"医師\",\"person\":\"yes\"}"},
    {"kinds", "{\"id\":\"clinic\",\"name\":\"診療所\"}"},
    {"kinds", "{\"id\":\"hospital\",\"name\":\"病院\"}"},
    {"kinds", "{\"id\":\"pharmacy\",\"name\":\"薬局\"}"},
    {"specialities", "{\"id\":\"internal\",\"name\":\"内科\"}"},
    {"specialities", "{\"id\":\"paediatrics\",\"name\":\"小児科\"}"},
    {"specialities", "{\"id\":\"surgery\",\"name\":\"外科\"}"},
    {"specialities", "{\"id\":\"eye\",\"name\":\"眼科\"}"},
    {"specialities", "{\"id\":\"dentistry\",\"name\":\"歯科\"}"},
    {"specialities", "{\"id\":\"dialysis\",\"name\":\"透析\"}"},
    {"specialities", "{\"id\":\"dispensing\",\"name\":\"調剤\"}"},
    {"classes", "{\"id\":\"all\",\"name\":\"毎日\"}"},
    {"classes", "{\"id\":\"off\",\"name\":\"休診日\",\"weekdays\":\"sun\",\"holiday\":\"yes\",\"from\":\"12-"
                "29\",\"to\":\"01-03\"}"},
    {"classes",
     "{\"id\":\"work\",\"name\":\"平日\",\"weekdays\":\"mon;tue;wed;thu;fri\",\"none_of\":[\"off\"]}"},
    {"classes", "{\"id\":\"sat\",\"name\":\"土曜\",\"weekdays\":\"sat\",\"none_of\":[\"off\"]}"},
    {"classes", "{\"id\":\"winter\",\"name\":\"冬\",\"from\":\"12-15\",\"to\":\"02-28\"}"},
    {"providers",
     "{\"id\":\"tert\",\"name\":\"救命(架空)\",\"kind\":\"hospital\",\"area\":\"n2\",\"phone\":\"076-000-"
     "0001\","
     "\"staff_phone\":\"090-0000-0001\",\"tertiary\":\"yes\",\"certified_until\":\"2030-01-01\"}"},
    {"providers",
     "{\"id\":\"h-a\",\"name\":\"A病院(架空)\",\"kind\":\"hospital\",\"area\":\"n1\",\"phone\":"
     "\"076-000-0002\",\"staff_phone\":\"090-0000-0002\",\"specialities\":[\"internal\",\"surgery\"],"
     "\"certified_until\":\"2026-12-10\"}"},
    {"providers",
     "{\"id\":\"h-b\",\"name\":\"B病院(架空)\",\"kind\":\"hospital\",\"area\":\"s\",\"phone\":\"076-000-"
     "0003\","
     "\"staff_phone\":\"090-0000-0003\",\"specialities\":[\"internal\",\"paediatrics\",\"dialysis\"]}"},
    {"modifiers", "{\"id\":\"dialysis\",\"name\":\"透析中\",\"specialities\":[\"dialysis\"]}"},
    {"centres", "{\"id\":\"ce-1\",\"name\":\"北一支援(架空)\",\"area\":\"n1\",\"phone\":\"076-000-0021\","
                "\"hours\":\"平日\"}"},
    {"centres",
     "{\"id\":\"ce-1b\",\"name\":\"北一支援の枝(架空)\",\"area\":\"n1\",\"phone\":\"076-000-0022\","
     "\"hours\":\"平日\"}"},
    {"centres", "{\"id\":\"ce-2\",\"name\":\"北二支援(架空)\",\"area\":\"n2\",\"phone\":\"076-000-0023\","
                "\"hours\":\"平日\"}"},
    {"providers", "{\"id\":\"centre\",\"name\":\"センター(架空)\",\"kind\":\"clinic\",\"area\":\"n1\","
                  "\"phone\":\"076-000-0004\"}"},
    {"providers", "{\"id\":\"d-1\",\"name\":\"一郎(架空)\",\"kind\":\"doctor\",\"area\":\"n1\",\"phone\":"
                  "\"076-000-0051\"}"},
    {"providers", "{\"id\":\"d-2\",\"name\":\"二郎(架空)\",\"kind\":\"doctor\",\"area\":\"n2\",\"phone\":"
                  "\"076-000-0052\"}"},
    {"providers", "{\"id\":\"c-n\",\"name\":\"北医院(架空)\",\"kind\":\"clinic\",\"area\":\"n2\",\"phone\":"
                  "\"076-000-0006\",\"staff_phone\":\"090-0000-0006\"}"},
    {"providers", "{\"id\":\"c-s\",\"name\":\"南医院(架空)\",\"kind\":\"clinic\",\"area\":\"s\",\"phone\":"
                  "\"076-000-0007\"}"},
    {"providers", "{\"id\":\"c-e\",\"name\":\"眼科医院(架空)\",\"kind\":\"clinic\",\"area\":\"s\",\"phone\":"
                  "\"076-000-0008\"}"},
    {"providers", "{\"id\":\"ph\",\"name\":\"薬局(架空)\",\"kind\":\"pharmacy\",\"area\":\"n1\",\"phone\":"
                  "\"076-000-0009\"}"},
    {"duties",
     "{\"id\":\"night-adult\",\"name\":\"夜間内科\",\"kind\":\"doctor\",\"site\":\"centre\",\"specialities\":"
     "[\"internal\"],\"tier\":1,\"body\":\"ma\",\"period\":\"month\",\"age_from\":15}"},
    {"duties",
     "{\"id\":\"night-child\",\"name\":\"夜間小児科\",\"kind\":\"doctor\",\"site\":\"centre\","
     "\"specialities\":[\"paediatrics\"],\"tier\":1,\"body\":\"ma\",\"period\":\"month\",\"age_to\":15}"},
    {"duties", "{\"id\":\"clinic-n\",\"name\":\"北当番医\",\"kind\":\"clinic\",\"specialities\":["
               "\"internal\"],\"tier\":1,\"body\":\"ma\",\"period\":\"half\",\"area\":\"n\"}"},
    {"duties",
     "{\"id\":\"clinic-s\",\"name\":\"南当番医\",\"kind\":\"clinic\",\"specialities\":[\"internal\","
     "\"paediatrics\"],\"tier\":1,\"body\":\"ma\",\"period\":\"half\",\"area\":\"s\",\"ambulance\":\"yes\"}"},
    {"duties", "{\"id\":\"clinic-e\",\"name\":\"眼科当番医\",\"kind\":\"clinic\",\"specialities\":[\"eye\"],"
               "\"tier\":1,\"body\":\"ma\",\"period\":\"half\"}"},
    {"duties", "{\"id\":\"pharmacy\",\"name\":\"当番薬局\",\"kind\":\"pharmacy\",\"specialities\":["
               "\"dispensing\"],\"tier\":0,\"body\":\"ma\",\"period\":\"half\"}"},
    {"duties",
     "{\"id\":\"rot\",\"name\":\"輪番内科系\",\"kind\":\"hospital\",\"specialities\":[\"internal\","
     "\"paediatrics\",\"eye\"],\"tier\":2,\"body\":\"ma\",\"period\":\"year\",\"ambulance\":\"yes\"}"},
    {"duties",
     "{\"id\":\"rot-2\",\"name\":\"後方支援\",\"kind\":\"hospital\",\"specialities\":[\"internal\","
     "\"surgery\"],\"tier\":2,\"body\":\"ma\",\"period\":\"year\",\"ambulance\":\"yes\",\"backup\":\"yes\"}"},
    {"bands", "{\"duty\":\"night-adult\",\"id\":\"late\",\"name\":\"準夜\",\"when\":\"all\",\"from\":\"19:"
              "30\",\"to\":\"23:00\",\"reception\":\"22:30\"}"},
    {"bands", "{\"duty\":\"night-child\",\"id\":\"late\",\"name\":\"準夜\",\"when\":\"all\",\"from\":\"19:"
              "30\",\"to\":\"23:00\",\"reception\":\"22:30\"}"},
    {"bands",
     "{\"duty\":\"clinic-n\",\"id\":\"day\",\"name\":\"昼間\",\"when\":\"off\",\"from\":\"09:00\",\"to\":"
     "\"12:00\",\"reception\":\"11:30\",\"from2\":\"13:00\",\"to2\":\"17:00\",\"reception2\":\"16:30\"}"},
    {"bands", "{\"duty\":\"clinic-s\",\"id\":\"day\",\"name\":\"昼間\",\"when\":\"off\",\"from\":\"09:00\","
              "\"to\":\"17:00\",\"reception\":\"16:30\"}"},
    {"bands", "{\"duty\":\"clinic-e\",\"id\":\"day\",\"name\":\"昼間\",\"when\":\"off\",\"from\":\"09:00\","
              "\"to\":\"17:00\",\"reception\":\"16:30\"}"},
    {"bands", "{\"duty\":\"pharmacy\",\"id\":\"day\",\"name\":\"昼間\",\"when\":\"off\",\"from\":\"09:00\","
              "\"to\":\"17:30\"}"},
    {"bands", "{\"duty\":\"rot\",\"id\":\"day\",\"name\":\"昼間\",\"when\":\"off\",\"from\":\"08:30\",\"to\":"
              "\"17:00\"}"},
    {"bands", "{\"duty\":\"rot\",\"id\":\"night\",\"name\":\"夜間\",\"when\":\"all\",\"from\":\"17:00\","
              "\"to\":\"32:30\"}"},
    {"bands", "{\"duty\":\"rot-2\",\"id\":\"night\",\"name\":\"夜間\",\"when\":\"all\",\"from\":\"17:00\","
              "\"to\":\"32:30\"}"},
    {"seats", "{\"duty\":\"night-adult\",\"band\":\"late\",\"role\":\"primary\",\"rank\":0,\"when\":\"all\","
              "\"count\":1}"},
    {"seats", "{\"duty\":\"night-adult\",\"band\":\"late\",\"role\":\"reserve\",\"rank\":0,\"when\":\"all\","
              "\"count\":1}"},
    {"seats", "{\"duty\":\"night-child\",\"band\":\"late\",\"role\":\"primary\",\"rank\":0,\"when\":\"all\","
              "\"count\":2}"},
    {"seats",
     "{\"duty\":\"clinic-n\",\"band\":\"day\",\"role\":\"primary\",\"rank\":0,\"when\":\"off\",\"count\":1}"},
    {"seats",
     "{\"duty\":\"clinic-s\",\"band\":\"day\",\"role\":\"primary\",\"rank\":0,\"when\":\"off\",\"count\":1}"},
    {"seats",
     "{\"duty\":\"clinic-e\",\"band\":\"day\",\"role\":\"primary\",\"rank\":0,\"when\":\"off\",\"count\":1}"},
    {"seats",
     "{\"duty\":\"pharmacy\",\"band\":\"day\",\"role\":\"primary\",\"rank\":0,\"when\":\"off\",\"count\":1}"},
    {"seats",
     "{\"duty\":\"rot\",\"band\":\"day\",\"role\":\"primary\",\"rank\":0,\"when\":\"off\",\"count\":1}"},
    {"seats",
     "{\"duty\":\"rot\",\"band\":\"night\",\"role\":\"primary\",\"rank\":0,\"when\":\"all\",\"count\":1}"},
    {"seats",
     "{\"duty\":\"rot-2\",\"band\":\"night\",\"role\":\"primary\",\"rank\":0,\"when\":\"all\",\"count\":1}"},
    {"complaints", "{\"id\":\"internal\",\"name\":\"内科系\",\"specialities\":[\"internal\"]}"},
    {"complaints", "{\"id\":\"child\",\"name\":\"小児内科系\",\"specialities\":[\"paediatrics\"]}"},
    {"complaints", "{\"id\":\"injury\",\"name\":\"外傷\",\"specialities\":[\"surgery\"]}"},
    {"complaints", "{\"id\":\"eye\",\"name\":\"眼\",\"specialities\":[\"eye\"]}"},
    {"complaints", "{\"id\":\"teeth\",\"name\":\"歯\",\"specialities\":[\"dentistry\"]}"},
    {"lines", "{\"id\":\"adult\",\"name\":\"大人の相談(架空)\",\"phone\":\"#1\",\"from\":\"00:00\",\"to\":"
              "\"24:00\",\"age_from\":15}"},
    {"lines", "{\"id\":\"child\",\"name\":\"子の相談(架空)\",\"phone\":\"#2\",\"from\":\"18:00\",\"to\":\"32:"
              "00\",\"age_to\":15}"},
};

#define REGION_ROW \
    "{\"id\":\"mihon\",\"name\":\"見本圏(架空)\",\"notice\":\"すべて架空です\",\"winter\":\"winter\"," \
    "\"winter_percent\":150,\"consulting\":\"work\"," \
    "\"consulting_from\":\"09:00\",\"consulting_to\":\"18:00\",\"half\":\"sat\",\"half_to\":\"12:00\"}"

/* `order` (may be NULL): the row to write at each place. Without policy rows: `policies` NULL. */
static struct tb_region *make_region(const int *order, const char *policies)
{
    struct tb_buf b = {0};
    struct tb_err e = {0};
    struct tb_region *bare = NULL, *whole = NULL;
    bool done[TB_COUNT(rows_of_region)] = {false};
    tb_buf_add(&b, "{\"format_version\":1,\"region\":" REGION_ROW);
    for (size_t i = 0; i < TB_COUNT(rows_of_region); i++) {
        const char *entity = rows_of_region[order != NULL ? order[i] : (int)i].entity;
        bool first = true;
        for (size_t k = i; k < TB_COUNT(rows_of_region); k++) {
            size_t at = order != NULL ? (size_t)order[k] : k;
            if (done[at] || strcmp(rows_of_region[at].entity, entity) != 0) continue;
            if (first) tb_buf_addf(&b, ",\"%s\":[", entity);
            tb_buf_addf(&b, "%s%s", first ? "" : ",", rows_of_region[at].text);
            first = false;
            done[at] = true;
        }
        if (!first) tb_buf_add(&b, "]");
    }
    tb_buf_add(&b, "}");
    enum tb_code code = tb_codec_parse_region("small", tb_buf_str(&b), b.len, &bare, &e);
    tb_buf_free(&b);
    if (code == TB_OK && policies != NULL) {
        code = tb_codec_import_csv(bare, TB_E_policy, policies, false, &whole, NULL, &e);
        tb_region_free(bare);
        bare = whole;
    }
    if (code != TB_OK) (void)fprintf(stderr, "%s\n", e.text);
    return code == TB_OK ? bare : NULL;
}

static int provider_at(const struct tb_region *r, const char *duty, tb_day d, int seat)
{
    static const struct {
        const char *duty, *who[2];
    } turns[] = {{"night-adult", {"d-1", "d-2"}}, {"night-child", {"d-2", "d-1"}},
                 {"clinic-n", {"c-n", "c-n"}},    {"clinic-s", {"c-s", "c-s"}},
                 {"clinic-e", {"c-e", "c-e"}},    {"pharmacy", {"ph", "ph"}},
                 {"rot", {"h-a", "h-b"}},         {"rot-2", {"h-b", "h-a"}}};
    for (size_t i = 0; i < TB_COUNT(turns); i++)
        if (strcmp(turns[i].duty, duty) == 0) return tb_find_provider(r, turns[i].who[(d + seat) & 1]);
    return -1;
}

/* Everybody in turn from the day before `from` to the day after `to`, but for the seat number `without` (-1:
 * none) and the duty `unpublished`. `backwards`: the published rows come in the opposite order. */
static struct tb_board *make_board(const struct tb_region *r, tb_day from, tb_day to, int without,
                                   const char *unpublished, bool backwards)
{
    struct tb_board_row *rows = NULL;
    size_t n = 0, cap = 0, n_covers = 0;
    struct tb_cover covers[16];
    struct tb_arena a = {0};
    int duties[16], n_slots;
    struct tb_slot *slots;
    for (int d = 0; d < r->n_duties; d++) {
        duties[d] = d;
        if (unpublished == NULL || strcmp(r->duties[d].id, unpublished) != 0)
            covers[n_covers++] = (struct tb_cover){d, from - 1, to + 1};
    }
    n_slots = tb_slots_of(r, duties, r->n_duties, from - 1, to + 1, &a, &slots);
    for (int i = 0, seat_number = 0; i < n_slots; i++)
        for (int seat = 1; seat <= slots[i].need; seat++) {
            const char *duty = r->duties[slots[i].duty].id;
            if (seat_number++ == without || (unpublished != NULL && strcmp(duty, unpublished) == 0)) continue;
            *TB_PUSH(rows, n, cap) =
                (struct tb_board_row){{slots[i].duty, slots[i].date, slots[i].band, slots[i].role, seat,
                                       provider_at(r, duty, slots[i].date, seat + slots[i].role)},
                                      0,
                                      0,
                                      3,
                                      3};
        }
    for (size_t i = 0; backwards && i < n / 2; i++) {
        struct tb_board_row x = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = x;
    }
    struct tb_board *b = tb_board_new(r, from - 1, to + 1, rows, n, covers, n_covers);
    b->publication = 3;
    memcpy(b->hash, "0123abcd", 9);
    free(rows);
    tb_arena_free(&a);
    return b;
}

/* ---- what a test program looks at: its set-up fills these, tear_down frees them ---- */

__attribute__((unused)) static struct tb_region *region;
__attribute__((unused)) static struct tb_board *board;
__attribute__((unused)) static tb_table *table;

/* The board's table, but for the days before and after that only answer across midnight. */
__attribute__((unused)) static tb_table *build(const struct tb_board *b)
{
    struct tb_err e = {0};
    tb_table *t = NULL;
    if (tb_route_build_span(b, b->from + 1, b->to - 1, tb_minute_of(tb_day_of(2026, 11, 20), 600), &t, &e) !=
        TB_OK)
        fail_msg("%s", e.text);
    return t;
}

__attribute__((unused)) static int tear_down(void **state)
{
    (void)state;
    tb_table_free(table);
    tb_board_free(board);
    tb_region_free(region);
    return 0;
}

#endif
