/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What press and public may be told: fields, names, seats, recipients.
 *
 *   t_private fields    prints every field: entity, field, type, flags (K R P N or -), argument (- when
 * empty); tests/cli/private.sh fills all that are private
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"

#include "toban/domain/change.h"
#include "toban/domain/private.h"

/* Two doctors and a hospital at a centre, a doctor at home, a clinic at its own door. */
static struct fx *region(void)
{
    struct fx *f = fx_new();
    fx_row(f, "providers",
           "id=centre|name=急病センター|kana=きゅうびょう|kind=clinic|area=d1|phone=076-000-0001|staff_phone="
           "090-0000-0001|"
           "address=東町1|joined=1990-04-01");
    fx_row(f, "providers",
           "id=ann|name=山田|kana=やまだ|kind=doctor|area=d1|phone=076-000-0002|staff_phone=090-0000-0002|"
           "staff_mail=a@b.example|address=西町2|joined=1991-04-01|labour=B");
    fx_row(f, "providers", "id=bob|name=川田|kind=doctor|area=d1");
    fx_row(f, "providers", "id=hosp|name=市民病院|kind=hospital|area=d1");
    fx_row(f, "duties",
           "id=night|kind=doctor|site=centre|specialities=internal|tier=1|body=body|period=month");
    fx_row(f, "duties", "id=home|kind=doctor|specialities=internal|tier=1|body=body|period=month");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 2, 1);
    fx_band(f, "home", "eve", "all", "19:30", "23:00", 1, 0);
    for (const char *const *d = (const char *const[]){"night", "home", NULL}; *d; d++)
        for (const char *const *p = (const char *const[]){"ann", "bob", NULL}; *p; p++) fx_member(f, *p, *d);
    fx_row(f, "recipients", "id=a|name=町|kind=municipality|way=fax|address=076-000-0011");
    fx_row(f, "recipients", "id=b|name=消防|kind=fire|way=fax|address=076-000-0012");
    fx_row(f, "recipients", "id=c|name=病院|kind=hospital|way=fax|address=076-000-0013");
    fx_row(f, "recipients", "id=d|name=新聞|kind=press|way=fax|address=076-000-0014");
    fx_row(f, "recipients", "id=e|name=会員|kind=member|way=fax|address=076-000-0015");
    fx_row(f, "recipients", "id=f|name=ほか|kind=other|way=fax|address=076-000-0016");
    fx_problem(f, "2026-12-01", "2026-12-02", "night");
    return f;
}

static const char *text_of(const void *row, const struct tb_field *field)
{
    return *(const char *const *)(const void *)((const char *)row + field->offset);
}

static void a_private_cell_is_empty_and_the_others_stand(void **state)
{
    (void)state;
    struct fx *f = region();
    const struct tb_entity *x = &tb_entities[TB_E_provider];
    for (int i = 0; i < f->region->n_providers; i++) {
        struct tb_provider out;
        const struct tb_provider *row = &f->region->providers[i];
        tb_public_row(f->region, TB_E_provider, i, &out);
        bool person = tb_is_person(f->region, i);
        for (int k = 0; k < x->n_fields; k++) {
            unsigned flags = x->fields[k].flags;
            bool hidden = flags & TB_FIELD_PRIVATE || (person && flags & TB_FIELD_PERSONAL);
            assert_int_equal(tb_field_is_public(f->region, TB_E_provider, i, k), !hidden);
            if (x->fields[k].type != TB_TYPE_TEXT || strcmp(x->fields[k].name, "name") == 0) continue;
            assert_string_equal(text_of(&out, &x->fields[k]), hidden ? "" : text_of(row, &x->fields[k]));
        }
        assert_int_equal(out.joined, TB_DAY_NONE);
        assert_string_equal(out.id, row->id);
        assert_string_equal(out.name, person ? f->region->kinds[row->kind].name : row->name);
    }
    fx_free(f);
}

/* Every type of cell that a private field has today, in the rows of every entity. */
static void rows_of_every_entity_can_be_emptied(void **state)
{
    (void)state;
    struct fx *f = region();
    struct tb_member out;
    tb_public_row(f->region, TB_E_member, 0, &out);
    assert_true(out.provider == -1 && out.weight == 0 && out.help == -1 && out.since == TB_DAY_NONE);
    assert_string_equal(out.share, "");
    assert_int_equal(out.duty, f->region->members[0].duty);
    struct tb_recipient to;
    tb_public_row(f->region, TB_E_recipient, 0, &to);
    assert_string_equal(to.address, "");
    assert_string_equal(to.name, "町");
    fx_free(f);
}

static void a_person_is_the_place_where_he_sits(void **state)
{
    (void)state;
    struct fx *f = region();
    const struct tb_region *r = f->region;
    int night = tb_find_duty(r, "night"), home = tb_find_duty(r, "home"), ann = tb_find_provider(r, "ann");
    const char *kind = r->kinds[r->providers[ann].kind].name;
    assert_string_equal(tb_public_name(r, night, ann), "急病センター");
    assert_string_equal(tb_public_name(r, home, ann), kind);
    assert_string_equal(tb_public_name(r, -1, ann), kind);
    assert_string_equal(tb_public_name(r, night, tb_find_provider(r, "hosp")), "市民病院");
    fx_free(f);
}

/* What stands in `seats` ("night 2026-12-01 eve primary ann 1", ended by NULL) as the public sees it. */
static size_t seen(const struct fx *f, const char *const *seats, struct tb_seat_row *v)
{
    size_t n = 0;
    for (; *seats; seats++) {
        char duty[16], date[16], role[16], who[16];
        int seat;
        assert_int_equal(sscanf(*seats, "%15s %15s %15s %15s %d", duty, date, role, who, &seat), 5);
        int d = tb_find_duty(f->region, duty);
        v[n++] = (struct tb_seat_row){.duty = d,
                                      .date = fx_day(date),
                                      .band = tb_find_band(f->region, d, "eve"),
                                      .role = role[0] == 'r' ? TB_RESERVE : TB_PRIMARY,
                                      .seat = seat,
                                      .provider = tb_find_provider(f->region, who)};
    }
    return tb_public_seats(f->region, v, n);
}

static size_t changes_seen(const struct fx *f, const char *const *before, const char *const *after)
{
    struct tb_seat_row a[8], b[8];
    struct tb_change *c;
    size_t n, n_a = seen(f, before, a), n_b = seen(f, after, b);
    tb_changes(a, n_a, b, n_b, &c, &n);
    for (size_t i = 0; i < n; i++)
        assert_true(c[i].seat.provider < 0 || c[i].after < 0 || c[i].seat.provider != c[i].after);
    free(c);
    return n;
}

static void the_public_sees_places(void **state)
{
    (void)state;
    struct fx *f = region();
    static const char *const none[] = {NULL}, *const ann[] = {"night 2026-12-01 primary ann 1", NULL},
                             *const bob[] = {"night 2026-12-01 primary bob 1", NULL},
                             *const both[] = {"night 2026-12-01 primary ann 1",
                                              "night 2026-12-01 primary bob 2", NULL},
                             *const behind[] = {"night 2026-12-01 primary ann 1",
                                                "night 2026-12-01 reserve bob 1", NULL},
                             *const hosp[] = {"night 2026-12-01 primary hosp 1", NULL},
                             *const at_home[] = {"home 2026-12-01 primary ann 1", NULL},
                             *const his[] = {"home 2026-12-01 primary bob 1", NULL};
    struct tb_seat_row v[8];
    assert_int_equal(seen(f, both, v), 1);
    assert_int_equal(v[0].provider, tb_find_provider(f->region, "centre"));
    assert_int_equal(changes_seen(f, none, both), 1); /* the centre opens, once */
    assert_int_equal(changes_seen(f, ann, bob), 0);   /* another doctor is no change */
    assert_int_equal(changes_seen(f, both, bob), 0);  /* nor is one of two who leaves */
    assert_int_equal(changes_seen(f, ann, behind), 0);
    assert_int_equal(changes_seen(f, both, none), 1);
    assert_int_equal(changes_seen(f, ann, hosp), 1); /* a facility is told by its name */
    assert_int_equal(changes_seen(f, at_home, his), 0);
    assert_int_equal(changes_seen(f, none, his), 1);
    fx_free(f);
}

static void press_and_the_unknown_are_outside(void **state)
{
    (void)state;
    struct fx *f = region();
    struct tb_buf got = {0};
    for (int i = 0; i < f->region->n_recipients; i++)
        if (tb_recipient_is_public(&f->region->recipients[i])) tb_buf_add(&got, f->region->recipients[i].id);
    assert_string_equal(tb_buf_str(&got), "df");
    tb_buf_free(&got);
    fx_free(f);
}

static void print_fields(void)
{
    for (int e = 0; e < TB_E_COUNT; e++)
        for (int k = 0; k < tb_entities[e].n_fields; k++) {
            static const char *const types[] = {"ID",       "TEXT",     "INT",  "DEC",     "BOOL",
                                                "DATE",     "MONTHDAY", "TIME", "INSTANT", "ENUM",
                                                "WEEKDAYS", "REF",      "REFS"};
            const struct tb_field *x = &tb_entities[e].fields[k];
            printf("%s %s %s %s%s%s%s%s%s %s\n", tb_entities[e].name, x->name, types[x->type],
                   x->flags & TB_FIELD_KEY ? "K" : "", x->flags & TB_FIELD_REQUIRED ? "R" : "",
                   x->flags & TB_FIELD_PRIVATE ? "P" : "", x->flags & TB_FIELD_PERSONAL ? "N" : "",
                   x->flags & TB_FIELD_DATED ? "D" : "", x->flags ? "" : "-", *x->arg ? x->arg : "-");
        }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "fields") == 0) {
        print_fields();
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_private_cell_is_empty_and_the_others_stand),
        cmocka_unit_test(rows_of_every_entity_can_be_emptied),
        cmocka_unit_test(a_person_is_the_place_where_he_sits),
        cmocka_unit_test(the_public_sees_places),
        cmocka_unit_test(press_and_the_unknown_are_outside),
    };
    return cmocka_run_group_tests_name("private", tests, NULL, NULL);
}
