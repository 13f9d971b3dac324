/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A region goes into the file and comes out the same, whatever kinds of rows and empty cells it has.
 */
#include "t_store_help.h"
#include "toban/codec/codec.h"

static void round_trip(const struct tb_region *r)
{
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "a.db");
    tb_store *s;
    struct tb_region *back;
    char before[65], after[65];
    OK(tb_store_open(path, TB_STORE_CREATE, &s, &e));
    FAILS(TB_NO, "no region yet", tb_store_load_region(s, &back, &e));
    char *dumps[2];
    for (int twice = 0; twice < 2; twice++) {
        OK(tb_store_begin(s, &e));
        OK(tb_store_save_region(s, NULL, r, &e));
        OK(tb_store_commit(s, &e));
        OK(tb_store_load_region(s, &back, &e));
        tb_region_digest(r, before);
        tb_region_digest(back, after);
        assert_string_equal(before, after);
        for (int i = 0; i < TB_E_COUNT; i++)
            assert_int_equal(tb_region_count(r, (enum tb_entity_id)i),
                             tb_region_count(back, (enum tb_entity_id)i));
        tb_region_free(back);
        dumps[twice] = dump(path);
    }
    assert_string_equal(dumps[0], dumps[1]);
    assert_null(strstr(dumps[0], "integrity_check"));
    free(dumps[0]);
    free(dumps[1]);
    tb_store_close(s);
    drop_dir(dir);
}

static void every_kind_of_row(void **state)
{
    (void)state;
    static const struct {
        const char *entity, *cells;
    } rows[] = {
        {"aliases", "area=d1|kind=postcode|text=920-0001"},
        {"aliases", "area=d1|kind=name|text=髙橋町 ''1丁目''; \"角\""},
        {"travel", "from=d1|to=d3|minutes=25"},
        {"providers", "id=dept|name=架空大学医局|kind=doctor|area=d1|names_days=10"},
        {"periods", "id=nenmatsu|name=年末年始|from=2026-12-29|to=2027-01-03"},
        {"hours", "provider=c1|weekdays=mon;wed|from=09:00|to=12:30"},
        {"contacts", "duty=night|rank=1|name=事務局|phone=076-000-0000"},
        {"exemptions", "provider=p1|from=2026-05-01|to=2026-05-31|reason=leave|accrues=yes"},
        {"exemptions", "provider=p1|duty=night|from=2026-05-01|to=2026-05-31|reason=age"},
        {"exemptions", "provider=p1|from=2026-05-01|weekdays=wed;sun|to=2027-05-31|reason=other"},
        {"shares", "duty=night|id=east|name=東|weight=0.5"},
        {"formulas", "duty=night|of=share|part=equal|since=2026-04-01|until=2027-04-01|percent=40"},
        {"formulas", "duty=night|of=share|part=visits|since=2026-04-01|until=2027-04-01|percent=60|before=2"},
        {"figures", "duty=night|account=east|part=visits|year=2024|value=1234|source=架空"},
        {"rules", "id=rest|type=rest.days|params=days=7"},
        {"rules", "id=soft|type=rest.days|params=days=9|price=40|duties=night"},
        {"surveys", "id=q3|from=2026-10-01|to=2026-12-31|duties=night;clinics"},
        {"wishes", "survey=q3|provider=p1|type=cannot|from=2026-10-03|must=no|note=学会"},
        {"wishes", "survey=q3|provider=p1|type=cannot|from=2026-10-03|duty=night"},
        {"wishes", "survey=q3|provider=p2|type=any"},
        {"wishes", "survey=q3|provider=p2|type=count|count=3"},
        {"history", "duty=night|date=2026-03-31|band=eve|role=primary|seat=1|provider=p1"},
        {"external", "provider=p1|from=2026-04-01T17:00|to=2026-04-02T08:30|what=自院の当直"},
        {"overrides", "date=2026-12-30|class=holiday|action=add"},
        {"overrides", "date=2026-12-30|class=holiday|duty=night|action=drop"},
        {"amendments", "what=bands|key=night/eve|field=reception|from=2027-04-01|value=22:00|reason=理事会"},
        {"amendments", "what=providers|key=p1|field=phone|from=2026-06-01|value="},
        {"pins", "duty=night|date=2026-12-01|band=eve|role=primary|provider=p1|action=pin"},
        {"exceptions", "rule=wish.cannot|duty=night|date=2026-12-01|band=eve|provider=p1|reason="
                       "本人の承諾（電話）|signed_by=架空の理事|signed_on=2026-11-20"},
        {"holidays", "date=2026-01-01|name=元日"},
        {"complaints", "id=fever|specialities=internal"},
        {"modifiers", "id=dialysis|specialities=internal"},
        {"homecare",
         "area=d1|device=oxygen|count=12|keeper=架空の保健所|phone=076-000-0001|checked=2026-10-01"},
        {"suppliers", "id=gas|name=架空の酸素|phone=076-000-0002|count=4"},
        {"scales",
         "scale=jtas|version=2.0|code=1|rank=1|urgency=1|approved_by=架空の委員会|approved_on=2026-01-01"},
        {"lines", "id=8000|phone=#8000|from=18:00|to=32:00|age_to=15"},
        {"policies", "id=u1|urgency=u1|rank=2|take=tertiary|role=emergency|approved_by=架空の委員会|approved_"
                     "on=2026-01-01"},
        {"standards", "id=mc-1|rank=1|provider=p1|complaint=fever|area=d1|age_from=15|since=2026-04-01|"
                      "approved_by=架空の協議会|approved_on=2026-03-01"},
        {"policies", "id=u1-mc|urgency=u1|rank=1|channel=119|take=standard|role=main|approved_by="
                     "架空の委員会|approved_on=2026-01-01"},
        {"recipients", "id=fire|name=消防指令センター（架空）|kind=fire|way=fax|address=076-000-0009|duties="
                       "night|days_to=3"},
        {"retention", "kind=wishes|years=3|note=規程"},
        {"centres", "id=tomizu|area=d1|phone=076-000-0001"},
    };
    struct fx *f = people();
    for (size_t i = 0; i < TB_COUNT(rows); i++) fx_row(f, rows[i].entity, rows[i].cells);
    fx_region(f);
    for (int i = 0; i < TB_E_COUNT; i++)
        if (tb_region_count(f->region, (enum tb_entity_id)i) == 0)
            fail_msg("no row of %s: add one above", tb_entities[i].name);
    round_trip(f->region);
    fx_free(f);
}

static void every_sample_region(void **state)
{
    (void)state;
    static const char *const dirs[] = {"rosters/ishikawa-chuo", "rosters/blank-day",
                                       "rosters/iga-three-hospitals", "rosters/imabari-split",
                                       "rosters/one-association-29"};
    for (size_t i = 0; i < TB_COUNT(dirs); i++) {
        struct tb_err e = {0};
        struct tb_region *r;
        OK(tb_codec_read_region(dirs[i], &r, &e));
        round_trip(r);
        tb_region_free(r);
    }
}

static void a_row_changed_by_another_tool_is_told(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "a.db");
    struct fx *f = people();
    struct tb_region *r;
    tb_store_close(new_store(path, f));
    tb_store *s;
    assert_int_equal(raw(path, "UPDATE bands SET \"from\" = 'noon'"), SQLITE_OK);
    OK(tb_store_open(path, TB_STORE_READ, &s, &e));
    FAILS(TB_STORAGE, "bands.from \"noon\"", tb_store_load_region(s, &r, &e));
    tb_store_close(s);
    /* What the table itself can forbid, it does. */
    assert_int_equal(raw(path, "UPDATE areas SET level = 'planet'"), SQLITE_CONSTRAINT);
    assert_int_equal(raw(path, "UPDATE providers SET joined = '2026-02-30'"), SQLITE_CONSTRAINT);
    assert_int_equal(raw(path, "UPDATE providers SET parking = -1"), SQLITE_CONSTRAINT);
    assert_int_equal(raw(path, "UPDATE providers SET parking = 'many'"), SQLITE_CONSTRAINT);
    assert_int_equal(raw(path, "PRAGMA foreign_keys=ON; UPDATE members SET provider = 'nobody'"),
                     SQLITE_CONSTRAINT);
    assert_int_equal(raw(path, "INSERT INTO exemptions (provider, \"from\", \"to\", reason) VALUES ('p1', "
                               "'2026-01-01', '2026-01-02', 'age')"),
                     SQLITE_OK);
    assert_int_equal(raw(path, "INSERT INTO exemptions (provider, \"from\", \"to\", reason) VALUES ('p1', "
                               "'2026-01-01', '2026-01-03', 'age')"),
                     SQLITE_CONSTRAINT);
    fx_free(f);
    drop_dir(dir);
}

static void a_reader_cannot_write(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "a.db");
    struct fx *f = people();
    tb_store_close(new_store(path, f));
    char *before = dump(path);
    tb_store *s;
    OK(tb_store_open(path, TB_STORE_READ, &s, &e));
    FAILS(TB_INTERNAL, "opened for reading", tb_store_begin(s, &e));
    FAILS(TB_STORAGE, "cannot be written", tb_store_audit(s, 1, "a", "b", "c", &e));
    tb_store_close(s);
    char *after = dump(path);
    assert_string_equal(before, after);
    free(before);
    free(after);
    fx_free(f);
    drop_dir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_row),
        cmocka_unit_test(every_sample_region),
        cmocka_unit_test(a_row_changed_by_another_tool_is_told),
        cmocka_unit_test(a_reader_cannot_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
