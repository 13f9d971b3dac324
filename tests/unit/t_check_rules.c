/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every built-in and every rule type of docs/rules.md: a roster that keeps it, one that breaks it, hard and priced.
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

#define PRICE 7

struct rule_case {
    const char *name;
    const char *rule;         /* "type=..|params=.." or NULL for a built-in */
    const char *id;           /* the built-in's id */
    const char *rows[6];      /* "entity: cells" */
    const char *published[4];
    const char *from, *to;
    const char *keeps[6], *breaks[6];
    int hits;                 /* hard: violations of the roster that breaks it; 0: the rule may only be priced */
    int excess;               /* priced: its excess */
};

#define DEC "2026-12-01", "2026-12-31"

static const struct rule_case cases[] = {
    /* ---- built-in ---- */
    {"seat.count", NULL, "seat.count", {0}, {0}, DEC, {"night 2026-12-01 eve primary p1"}, {"night 2026-12-01 eve primary p1", "night 2026-12-01 eve primary p2"}, 1, 0},
    {"member: no row", NULL, "member", {0}, {0}, DEC, {"night 2026-12-01 eve primary p1"}, {"night 2026-12-01 eve primary p9"}, 1, 0},
    {"member: row not yet in force", NULL, "member", {"members: duty=night|provider=p9|since=2026-12-03"}, {0}, DEC, {"night 2026-12-03 eve primary p9"}, {"night 2026-12-02 eve primary p9"}, 1, 0},
    {"member: row no longer in force on its until", NULL, "member", {"members: duty=night|provider=p9|until=2026-12-03"}, {0}, DEC, {"night 2026-12-02 eve primary p9"}, {"night 2026-12-03 eve primary p9"}, 1, 0},
    {"member: left the association", NULL, "member", {"providers: id=q|kind=doctor|area=d1|left=2026-12-10", "members: duty=night|provider=q"}, {0}, DEC, {"night 2026-12-09 eve primary q"},
     {"night 2026-12-10 eve primary q"}, 1, 0},
    {"exempt: last day included", NULL, "exempt", {"exemptions: provider=p1|from=2026-12-01|to=2026-12-05|reason=leave"}, {0}, DEC, {"night 2026-12-06 eve primary p1"},
     {"night 2026-12-05 eve primary p1"}, 1, 0},
    {"exempt: another duty's", NULL, "exempt", {"exemptions: provider=p1|duty=night|from=2026-12-01|to=2026-12-05|reason=age"}, {0}, DEC, {"pair 2026-12-05 mid primary p1"},
     {"night 2026-12-05 late primary p1"}, 1, 0},
    {"wish.cannot", NULL, "wish.cannot", {"surveys: id=s|from=2026-12-01|to=2026-12-31|duties=night", "wishes: survey=s|provider=p1|type=cannot|from=2026-12-02|to=2026-12-04"}, {0}, DEC,
     {"night 2026-12-05 eve primary p1", "night 2026-12-01 late primary p1"}, {"night 2026-12-04 eve reserve p1"}, 1, 0},
    {"wish.cannot: only its band and duty", NULL, "wish.cannot",
     {"surveys: id=s|from=2026-12-01|to=2026-12-31|duties=night;pair", "wishes: survey=s|provider=p1|type=cannot|from=2026-12-05|duty=night|band=late"}, {0}, DEC,
     {"night 2026-12-05 eve primary p1", "pair 2026-12-05 mid primary p1"}, {"night 2026-12-05 late primary p1"}, 1, 0},
    {"wish.cannot: only duties of the survey", NULL, "wish.cannot", {"surveys: id=s|from=2026-12-01|to=2026-12-31|duties=night", "wishes: survey=s|provider=p1|type=cannot|from=2026-12-05"}, {0}, DEC,
     {"pair 2026-12-05 mid primary p1"}, {"night 2026-12-05 eve primary p1"}, 1, 0},
    {"wish.cannot: if possible is not must", NULL, "wish.cannot",
     {"surveys: id=s|from=2026-12-01|to=2026-12-31|duties=night", "wishes: survey=s|provider=p1|type=cannot|from=2026-12-05|must=no", "wishes: survey=s|provider=p1|type=cannot|from=2026-12-06"}, {0}, DEC,
     {"night 2026-12-05 eve primary p1"}, {"night 2026-12-06 eve primary p1"}, 1, 0},
    {"wish.only", NULL, "wish.only", {"surveys: id=s|from=2026-12-01|to=2026-12-20|duties=night", "wishes: survey=s|provider=p1|type=only|from=2026-12-02|to=2026-12-04"}, {0}, DEC,
     {"night 2026-12-03 eve primary p1", "night 2026-12-21 eve primary p1", "pair 2026-12-12 mid primary p1"}, {"night 2026-12-05 eve primary p1"}, 1, 0},
    {"wish.only: a mild one opens its days as well", NULL, "wish.only",
     {"surveys: id=s|from=2026-12-01|to=2026-12-31|duties=night", "wishes: survey=s|provider=p1|type=only|from=2026-12-02", "wishes: survey=s|provider=p1|type=only|from=2026-12-09|must=no"}, {0}, DEC,
     {"night 2026-12-02 eve primary p1", "night 2026-12-09 eve primary p1"}, {"night 2026-12-10 eve primary p1"}, 1, 0},
    {"wish.only: another survey's wish opens nothing", NULL, "wish.only",
     {"surveys: id=s|from=2026-12-01|to=2026-12-20|duties=night", "surveys: id=t|from=2026-12-02|to=2026-12-20|duties=night", "wishes: survey=s|provider=p1|type=only|from=2026-12-01|to=2026-12-03",
      "wishes: survey=t|provider=p1|type=only|from=2026-12-03|to=2026-12-05"}, {0}, DEC,
     {"night 2026-12-01 eve primary p1", "night 2026-12-03 eve primary p1"}, {"night 2026-12-05 eve primary p1"}, 1, 0},
    {"wish.count: primary seats, bound ones too", NULL, "wish.count",
     {"surveys: id=s|from=2026-11-30|to=2026-12-31|duties=night", "wishes: survey=s|provider=p1|type=count|count=2"}, {"night 2026-11-30 eve primary p1"}, DEC,
     {"night 2026-12-05 eve primary p1", "night 2026-12-07 eve reserve p1"}, {"night 2026-12-05 eve primary p1", "night 2026-12-07 eve primary p1"}, 1, 0},
    {"wish.count: bound ones alone are not ours", NULL, "wish.count", {"surveys: id=s|from=2026-11-01|to=2026-12-31|duties=night", "wishes: survey=s|provider=p1|type=count|count=0"},
     {"night 2026-11-30 eve primary p1"}, DEC, {"pair 2026-12-05 mid primary p1"}, {"night 2026-12-05 eve primary p1"}, 1, 0},
    {"external: touching is not overlapping", NULL, "external", {"external: provider=p1|from=2026-12-05T16:00|to=2026-12-05T19:30|what=x", "external: provider=p2|from=2026-12-05T16:00|to=2026-12-05T19:31|what=x"}, {0}, DEC,
     {"night 2026-12-05 eve primary p1", "pair 2026-12-05 mid primary p1"}, {"night 2026-12-05 eve primary p2"}, 1, 0},
    {"external: of the person", NULL, "external", {"external: provider=p1|from=2026-12-06T11:00|to=2026-12-06T12:30|what=x"}, {0}, DEC, {"hol 2026-12-06 day primary c2"},
     {"hol 2026-12-06 day primary c1"}, 1, 0},
    {"external: in the gap between two intervals", NULL, "external", {"external: provider=c1|from=2026-12-06T12:00|to=2026-12-06T13:00|what=x", "external: provider=c2|from=2026-12-06T12:00|to=2026-12-06T13:01|what=x"},
     {0}, DEC, {"hol 2026-12-06 day primary c1"}, {"hol 2026-12-06 day primary c2"}, 1, 0},
    {"external: a night past midnight", NULL, "external", {"external: provider=p1|from=2026-12-06T07:00|to=2026-12-06T09:00|what=x"}, {0}, DEC, {"night 2026-12-05 eve primary p1"},
     {"night 2026-12-05 late primary p1"}, 1, 0},
    {"one.seat: the reserve counts", NULL, "one.seat", {0}, {0}, DEC, {"night 2026-12-05 eve primary p1", "night 2026-12-05 late primary p1", "night 2026-12-06 eve reserve p1"},
     {"night 2026-12-05 eve primary p1", "night 2026-12-05 eve reserve p1"}, 1, 0},
    {"one.seat: a bound seat counts", NULL, "one.seat", {0}, {"night 2026-12-05 eve reserve p1"}, DEC, {"night 2026-12-05 eve primary p2"}, {"night 2026-12-05 eve primary p1"}, 1, 0},
    {"one.seat: a bound primary seat counts", NULL, "one.seat", {0}, {"night 2026-12-05 eve primary p1"}, DEC, {"night 2026-12-05 eve reserve p2"}, {"night 2026-12-05 eve reserve p1"}, 1, 0},
    {"pin", NULL, "pin", {"pins: duty=night|date=2026-12-05|band=eve|provider=p2|action=pin"}, {0}, DEC, {"night 2026-12-05 eve primary p2"}, {"night 2026-12-05 eve primary p1"}, 1, 0},
    {"forbid", NULL, "forbid", {"pins: duty=night|date=2026-12-05|band=eve|provider=p2|action=forbid"}, {0}, DEC, {"night 2026-12-05 eve reserve p2"}, {"night 2026-12-05 eve primary p2"}, 1, 0},

    /* ---- rest.days ---- */
    {"rest.days", "type=rest.days|params=days=7", NULL, {0}, {0}, DEC, {"night 2026-12-01 eve primary p1", "night 2026-12-08 eve primary p1"},
     {"night 2026-12-01 eve primary p1", "night 2026-12-07 eve primary p1"}, 1, 1},
    {"rest.days: two bands of one day, a reserve seat", "type=rest.days|params=days=3", NULL, {0}, {0}, DEC, {"night 2026-12-02 eve primary p1", "night 2026-12-05 late primary p1"},
     {"night 2026-12-02 eve reserve p1", "night 2026-12-02 late primary p1"}, 1, 3},
    {"rest.days: bound before", "type=rest.days|params=days=7", NULL, {0}, {"night 2026-11-30 eve primary p1"}, DEC, {"night 2026-12-07 eve primary p1"}, {"night 2026-12-04 eve primary p1"}, 1, 3},
    {"rest.days: bound after the year's end", "type=rest.days|params=days=7", NULL, {0}, {"night 2027-01-02 eve primary p1"}, DEC, {"night 2026-12-26 eve primary p1"},
     {"night 2026-12-31 eve primary p1"}, 1, 5},
    {"rest.days: primary only", "type=rest.days|params=days=7 roles=primary", NULL, {0}, {0}, DEC, {"night 2026-12-01 eve primary p1", "night 2026-12-03 eve reserve p1"},
     {"night 2026-12-01 eve primary p1", "night 2026-12-03 eve primary p1"}, 1, 5},
    {"rest.days: three in a row", "type=rest.days|params=days=3", NULL, {0}, {0}, DEC, {"night 2026-12-01 eve primary p1", "night 2026-12-04 eve primary p1", "night 2026-12-07 eve primary p1"},
     {"night 2026-12-01 eve primary p1", "night 2026-12-02 eve primary p1", "night 2026-12-03 eve primary p1"}, 2, 4},
    {"rest.days: not counted before since", "type=rest.days|params=days=7|since=2026-12-03", NULL, {0}, {0}, DEC, {"night 2026-12-02 eve primary p1", "night 2026-12-03 eve primary p1"},
     {"night 2026-12-03 eve primary p1", "night 2026-12-09 eve primary p1"}, 1, 1},
    {"rest.days: other duties are not counted", "type=rest.days|params=days=7|duties=night", NULL, {0}, {0}, DEC, {"night 2026-12-04 eve primary p1", "pair 2026-12-05 mid primary p1"},
     {"night 2026-12-04 eve primary p1", "night 2026-12-05 eve primary p1"}, 1, 6},

    /* ---- rest.hours ---- */
    {"rest.hours: a doctor and his clinic, exact hours are enough", "type=rest.hours|params=hours=10", NULL, {0}, {0}, DEC, {"night 2026-12-05 eve primary p1", "hol 2026-12-06 day primary c1"},
     {"night 2026-12-05 late primary p1", "hol 2026-12-06 day primary c1"}, 1, 1},
    {"rest.hours: from one night to the next", "type=rest.hours|params=hours=10", NULL, {0}, {0}, DEC, {"rot 2026-12-04 night primary h1", "rot 2026-12-06 night primary h1"},
     {"rot 2026-12-04 night primary h1", "rot 2026-12-05 night primary h1"}, 1, 1},
    {"rest.hours: with a bound seat of the person", "type=rest.hours|params=hours=12", NULL, {0}, {"hol 2026-11-29 day primary c2", "night 2026-11-30 late primary p2"}, DEC, {"night 2026-12-01 late primary p2"},
     {"night 2026-12-01 eve primary p2"}, 1, 1},
    {"rest.hours: between the intervals is no rest", "type=rest.hours|params=hours=1", NULL, {"bands: duty=noon|id=n|name=n|when=all|from=12:00|to=13:00", "seats: duty=noon|band=n|role=primary|rank=0|when=all|count=1"},
     {0}, DEC, {"hol 2026-12-06 day primary c1", "noon 2026-12-07 n primary p1"}, {"hol 2026-12-06 day primary c1", "noon 2026-12-06 n primary p1"}, 1, 1},

    /* ---- limit.count ---- */
    {"limit.count: month", "type=limit.count|params=max=2", NULL, {0}, {0}, "2026-12-28", "2027-01-03",
     {"night 2026-12-29 eve primary p1", "night 2026-12-31 eve primary p1", "night 2027-01-01 eve primary p1", "night 2026-12-30 eve reserve p1"},
     {"night 2026-12-28 eve primary p1", "night 2026-12-29 eve primary p1", "night 2026-12-30 eve primary p1", "night 2026-12-31 eve primary p1"}, 1, 2},
    {"limit.count: fiscal year", "type=limit.count|params=max=1 unit=year", NULL, {0}, {0}, "2027-03-29", "2027-04-02", {"night 2027-03-31 eve primary p1", "night 2027-04-01 eve primary p1"},
     {"night 2027-03-30 eve primary p1", "night 2027-03-31 eve primary p1"}, 1, 1},
    {"limit.count: a week begins on Monday", "type=limit.count|params=max=1 unit=week", NULL, {0}, {0}, DEC, {"night 2026-12-06 eve primary p1", "night 2026-12-07 eve primary p1"},
     {"night 2026-12-07 eve primary p1", "night 2026-12-13 eve primary p1"}, 1, 1},
    {"limit.count: a week that began before the period", "type=limit.count|params=max=1 unit=week", NULL, {0}, {"night 2026-11-30 eve primary p1"}, DEC, {"night 2026-12-07 eve primary p1"},
     {"night 2026-12-06 eve primary p1"}, 1, 1},
    {"limit.count: day", "type=limit.count|params=max=1 unit=day", NULL, {0}, {0}, DEC, {"night 2026-12-05 eve primary p1", "night 2026-12-06 late primary p1"},
     {"night 2026-12-05 eve primary p1", "night 2026-12-05 late primary p1"}, 1, 1},
    {"limit.count: only days of the class", "type=limit.count|params=max=1 class=holiday", NULL, {0}, {0}, DEC, {"night 2026-12-05 eve primary p1", "night 2026-12-06 eve primary p1", "night 2026-12-07 eve primary p1"},
     {"night 2026-12-06 eve primary p1", "night 2026-12-13 eve primary p1"}, 1, 1},
    {"limit.count: a duty's own override makes the class", "type=limit.count|params=max=1 class=holiday", NULL, {"overrides: date=2026-12-08|class=holiday|duty=night|action=add"}, {0}, DEC,
     {"night 2026-12-06 eve primary p1", "night 2026-12-07 eve primary p1"}, {"night 2026-12-06 eve primary p1", "night 2026-12-08 eve primary p1"}, 1, 1},
    {"limit.count: reserve seats", "type=limit.count|params=max=1 roles=reserve", NULL, {0}, {0}, DEC, {"night 2026-12-05 eve primary p1", "night 2026-12-06 eve primary p1", "night 2026-12-07 eve reserve p1"},
     {"night 2026-12-06 eve reserve p1", "night 2026-12-07 eve reserve p1"}, 1, 1},
    {"limit.count: the period counts bound seats inside it", "type=limit.count|params=max=1 unit=period", NULL, {0}, {"night 2026-11-30 eve primary p1", "night 2026-12-03 eve primary p2"}, DEC,
     {"night 2026-12-05 eve primary p1"}, {"night 2026-12-05 eve primary p2"}, 1, 1},

    /* ---- min.count ---- */
    {"min.count", "type=min.count|params=min=1|duties=night", NULL, {0}, {0}, DEC,
     {"night 2026-12-01 eve primary p1", "night 2026-12-02 eve primary p2", "night 2026-12-03 eve primary p3", "night 2026-12-04 eve primary p4"}, {"night 2026-12-01 eve primary p1", "night 2026-12-02 eve reserve p2"}, 0, 3},
    {"min.count: a bound seat fills it, a unit that sticks out does not count", "type=min.count|params=min=2 unit=week|duties=pair", NULL, {0}, {0}, "2026-12-02", "2026-12-10", {0}, {0}, 0, 0},
    {"min.count: bound seats fill it", "type=min.count|params=min=1|duties=pair", NULL, {"members: duty=pair|provider=p9|since=2027-01-01"}, {"pair 2026-12-05 mid primary p3", "pair 2026-12-05 mid primary p4"}, DEC,
     {"pair 2026-12-12 mid primary p1", "pair 2026-12-12 mid primary p2"}, {"pair 2026-12-12 mid primary p1"}, 0, 1},

    /* ---- class.run ---- */
    {"class.run", "type=class.run|params=class=sun", NULL, {0}, {0}, DEC, {"night 2026-12-06 eve primary p1", "night 2026-12-20 eve primary p1", "night 2026-12-14 eve primary p1"},
     {"night 2026-12-06 eve primary p1", "night 2026-12-13 eve reserve p1"}, 1, 1},
    {"class.run: bound before the month", "type=class.run|params=class=sun", NULL, {0}, {"night 2026-11-29 eve primary p1"}, DEC, {"night 2026-12-13 eve primary p1"}, {"night 2026-12-06 eve primary p1"}, 1, 1},
    {"class.run: over the year's end", "type=class.run|params=class=newyear", NULL, {0}, {0}, "2026-12-28", "2027-01-04", {"night 2026-12-30 eve primary p1", "night 2027-01-01 eve primary p1"},
     {"night 2026-12-31 eve primary p1", "night 2027-01-01 eve primary p1"}, 1, 1},
    {"class.run: the last of one year and the first of the next", "type=class.run|params=class=newyear", NULL, {0}, {"night 2026-01-03 eve primary p1"}, "2026-12-28", "2027-01-04",
     {"night 2026-12-30 eve primary p1"}, {"night 2026-12-29 eve primary p1"}, 1, 1},
    {"class.run: two bands of one date count in both pairs", "type=class.run|params=class=sun", NULL, {0}, {0}, DEC, {"night 2026-12-06 eve primary p1"},
     {"night 2026-12-06 eve primary p1", "night 2026-12-06 late primary p1"}, 2, 2},
    {"class.run: duty overrides do not change the calendar", "type=class.run|params=class=sun", NULL, {"overrides: date=2026-12-09|class=sun|duty=night|action=add"}, {0}, DEC,
     {"night 2026-12-06 eve primary p1", "night 2026-12-09 eve primary p1"}, {"night 2026-12-06 eve primary p1", "night 2026-12-13 eve primary p1"}, 1, 1},

    /* ---- week.class ---- */
    {"week.class", "type=week.class|params=class=sun", NULL, {0}, {0}, DEC, {"night 2026-12-07 eve primary p1", "night 2026-12-08 eve primary p1", "night 2026-12-20 eve primary p1"},
     {"night 2026-12-07 eve primary p1", "night 2026-12-08 eve primary p1", "night 2026-12-13 eve primary p1"}, 1, 2},
    {"week.class: a bound seat makes the condition", "type=week.class|params=class=sun", NULL, {0}, {"night 2026-12-13 eve primary p1"}, "2026-12-01", "2026-12-12", {"night 2026-12-06 eve primary p1"},
     {"night 2026-12-07 eve primary p1"}, 1, 1},

    /* ---- person.day ---- */
    {"person.day", "type=person.day", NULL, {0}, {0}, DEC, {"night 2026-12-05 late primary p1", "hol 2026-12-06 day primary c1"}, {"night 2026-12-06 eve primary p1", "hol 2026-12-06 day primary c1"}, 1, 1},
    {"person.day: max 2", "type=person.day|params=max=2", NULL, {0}, {0}, DEC, {"night 2026-12-06 eve primary p1", "hol 2026-12-06 day primary c1"},
     {"night 2026-12-06 eve primary p1", "night 2026-12-06 late primary p1", "hol 2026-12-06 day primary c1"}, 1, 1},

    /* ---- link.exclude ---- */
    {"link.exclude", "type=link.exclude|params=link=employed-by", NULL, {0}, {0}, DEC, {"night 2026-12-03 eve primary p3", "rot 2026-12-02 night primary h1"},
     {"night 2026-12-02 eve primary p3", "rot 2026-12-02 night primary h1"}, 1, 1},
    {"link.exclude: after midnight", "type=link.exclude|params=link=employed-by", NULL, {0}, {"rot 2026-11-30 night primary h1", "night 2026-11-30 late primary p3"}, "2026-12-01", "2026-12-02", {"early 2026-12-01 e primary p2"},
     {"early 2026-12-01 e primary p3"}, 1, 1},
    {"link.exclude: margin, touching is free", "type=link.exclude|params=link=employed-by margin=90", NULL, {"bands: duty=noon|id=n|name=n|when=all|from=09:59|to=13:00", "seats: duty=noon|band=n|role=primary|rank=0|when=all|count=1"},
     {0}, DEC, {"pair 2026-12-05 mid primary p3", "rot 2026-12-04 night primary h1"}, {"noon 2026-12-05 n primary p3", "rot 2026-12-04 night primary h1"}, 1, 1},
    {"link.exclude: not in force", "type=link.exclude|params=link=deputises-for", NULL, {"links: from=p1|type=deputises-for|to=p2|since=2026-12-05"}, {0}, DEC,
     {"night 2026-12-04 eve primary p1", "night 2026-12-04 eve reserve p2"}, {"night 2026-12-05 eve primary p1", "night 2026-12-05 eve reserve p2"}, 1, 1},
    {"link.exclude: two seats of one slot", "type=link.exclude|params=link=paired-with", NULL, {"links: from=p1|type=paired-with|to=p2"}, {0}, DEC, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p3"},
     {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p2"}, 1, 1},
    {"link.exclude: both duties must be counted", "type=link.exclude|params=link=employed-by|duties=night;rot", NULL, {0}, {0}, DEC, {"early 2026-12-03 e primary p3", "rot 2026-12-02 night primary h1"},
     {"night 2026-12-02 late primary p3", "rot 2026-12-02 night primary h1"}, 1, 1},

    /* ---- consulting.hours ---- */
    {"consulting.hours: travel, touching is free", "type=consulting.hours", NULL, {"hours: provider=p1|weekdays=tue|from=14:00|to=19:00", "hours: provider=p2|weekdays=tue|from=14:00|to=19:01"}, {0}, DEC,
     {"night 2026-12-01 eve primary p1", "night 2026-12-02 eve primary p2"}, {"night 2026-12-01 eve primary p2"}, 1, 1},
    {"consulting.hours: the own clinic's, margin", "type=consulting.hours|params=margin=60", NULL, {"hours: provider=c1|weekdays=wed|from=14:00|to=18:30", "hours: provider=c2|weekdays=wed|from=14:00|to=18:00"}, {0}, DEC,
     {"night 2026-12-02 eve primary p2"}, {"night 2026-12-02 eve primary p1"}, 1, 1},
    {"consulting.hours: a clinic owned from a later day", "type=consulting.hours", NULL, {"links: from=p4|type=owns|to=c2|since=2026-12-16", "hours: provider=c2|weekdays=wed|from=14:00|to=20:00"}, {0}, DEC,
     {"night 2026-12-09 eve primary p4"}, {"night 2026-12-16 eve primary p4"}, 1, 1},
    {"consulting.hours: closed on a national holiday", "type=consulting.hours", NULL, {"hours: provider=p1|weekdays=mon|from=14:00|to=20:00"}, {0}, "2026-11-16", "2026-11-30", {"night 2026-11-23 eve primary p1"},
     {"night 2026-11-16 eve primary p1"}, 1, 1},
    {"consulting.hours: winter takes longer", "type=consulting.hours", NULL, {"hours: provider=p1|weekdays=mon;tue|from=14:00|to=18:46"}, {0}, DEC, {"night 2026-12-28 eve primary p1"}, {"night 2026-12-29 eve primary p1"}, 1, 1},
    {"consulting.hours: no site, the own area", "type=consulting.hours", NULL, {"hours: provider=c1|weekdays=sun|from=08:00|to=09:00", "hours: provider=c2|weekdays=wed|from=12:00|to=13:01"}, {0}, "2026-11-16", "2026-11-30", {"hol 2026-11-29 day primary c1"},
     {0}, 0, 0},
    {"consulting.hours: in the gap between two intervals is free", "type=consulting.hours", NULL, {"overrides: date=2026-12-09|class=holiday|action=add", "hours: provider=c1|weekdays=wed|from=12:00|to=13:00", "hours: provider=c2|weekdays=wed|from=12:00|to=13:01"}, {0}, DEC, {"hol 2026-12-09 day primary c1"},
     {"hol 2026-12-09 day primary c2"}, 1, 1},

    /* ---- pair.apart ---- */
    {"pair.apart: day", "type=pair.apart|params=providers=p1,p2", NULL, {0}, {0}, DEC, {"night 2026-12-05 late primary p1", "night 2026-12-06 eve primary p2"},
     {"night 2026-12-05 late primary p1", "night 2026-12-05 eve reserve p2"}, 1, 1},
    {"pair.apart: month, one side bound", "type=pair.apart|params=providers=p1,p2 unit=month", NULL, {0}, {"night 2026-12-05 late primary p1", "night 2026-11-30 late primary p2"}, DEC, {"night 2026-12-06 eve primary p1"},
     {"night 2026-12-31 eve primary p2", "night 2026-12-30 eve primary p2"}, 1, 1},

    /* ---- area.spread ---- */
    {"area.spread: community", "type=area.spread|params=level=community", NULL, {0}, {0}, DEC, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p3"},
     {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p2"}, 1, 1},
    {"area.spread: municipality", "type=area.spread", NULL, {0}, {0}, DEC, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p4"}, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p3"}, 1, 1},

    /* ---- skill.min ---- */
    {"skill.min", "type=skill.min|params=speciality=children|duties=pair", NULL, {0}, {0}, "2026-12-05", "2026-12-05", {"pair 2026-12-05 mid primary p4"}, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p2"}, 0, 1},
    {"skill.min: never more than seats", "type=skill.min|params=speciality=children min=3|duties=pair", NULL, {0}, {0}, "2026-12-05", "2026-12-05", {"pair 2026-12-05 mid primary p4", "pair 2026-12-05 mid primary p9"}, {0}, 0, 2},

    /* ---- providers= ---- */
    {"providers: the seats of others are not counted", "type=limit.count|params=max=1 providers=p1,p3", NULL, {0}, {0}, DEC, {"night 2026-12-01 eve primary p1", "night 2026-12-02 eve primary p2", "night 2026-12-03 eve primary p2"},
     {"night 2026-12-01 eve primary p3", "night 2026-12-02 eve primary p3", "night 2026-12-03 eve primary p3"}, 1, 2},
    {"providers: agreed weekdays", "type=limit.count|params=max=0 class=sun providers=p2", NULL, {0}, {0}, DEC, {"night 2026-12-05 eve primary p2", "night 2026-12-06 eve primary p1"},
     {"night 2026-12-06 eve primary p2"}, 1, 1},

    /* ---- link.exclude: next door, joint turns ---- */
    {"link.exclude: next door", "type=link.exclude|params=link=next-to", NULL,
     {"links: from=p1|type=next-to|to=p2"}, {0}, DEC, {"pair 2026-12-05 mid primary p1", "pair 2026-12-12 mid primary p2"}, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p2"}, 1, 1},
    {"link.exclude: a margin of a day", "type=link.exclude|params=link=paired-with margin=1440|duties=night", NULL, {"links: from=p1|type=paired-with|to=p2"}, {0}, DEC,
     {"night 2026-12-01 eve primary p1", "night 2026-12-03 eve primary p2"}, {"night 2026-12-01 eve primary p1", "night 2026-12-02 eve primary p2"}, 1, 1},

    /* ---- pair.together ---- */
    {"pair.together", "type=pair.together|params=providers=p1,p2|duties=pair", NULL, {0}, {0}, DEC, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p2", "night 2026-12-07 eve primary p1"},
     {"pair 2026-12-05 mid primary p1", "pair 2026-12-12 mid primary p2", "pair 2026-12-12 mid primary p3"}, 2, 2},
    {"pair.together: a bound seat is company enough", "type=pair.together|params=providers=p1,p2", NULL, {0}, {"night 2026-12-03 late primary p2"}, DEC, {"night 2026-12-03 eve primary p1"},
     {"night 2026-12-04 eve primary p1", "night 2026-12-03 eve primary p1"}, 1, 1},

    /* ---- area.spread, skill.min: a day ---- */
    {"area.spread: a day, bound seats too", "type=area.spread|params=max=2 level=community unit=day", NULL, {0}, {"early 2026-12-05 e primary p1"}, DEC,
     {"night 2026-12-05 eve primary p2", "pair 2026-12-05 mid primary p3"}, {"night 2026-12-05 eve primary p2", "pair 2026-12-05 mid primary p2"}, 1, 1},
    {"skill.min: hard keeps a seat", "type=skill.min|params=speciality=children|duties=pair", NULL, {0}, {0}, "2026-12-05", "2026-12-05", {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p4"},
     {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p2"}, 1, 1},
    {"skill.min: hard, each of two seats", "type=skill.min|params=speciality=internal min=9|duties=pair", NULL, {"members: duty=pair|provider=p9"}, {0}, "2026-12-05", "2026-12-05",
     {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p2"}, {"pair 2026-12-05 mid primary p1", "pair 2026-12-05 mid primary p9"}, 1, 1},
    {"skill.min: a day, two duties, a bound seat", "type=skill.min|params=speciality=children unit=day|duties=early;pair", NULL, {0}, {"early 2026-12-05 e primary p4"}, "2026-12-05", "2026-12-09",
     {"pair 2026-12-05 mid primary p1", "early 2026-12-06 e primary p4", "early 2026-12-07 e primary p4", "early 2026-12-08 e primary p4", "early 2026-12-09 e primary p4"}, {0}, 0, 4},
    {"skill.min: each area where somebody offers it", "type=skill.min|params=speciality=internal unit=day level=municipality|duties=night;early", NULL, {0}, {0}, "2026-12-07", "2026-12-07",
     {"night 2026-12-07 eve primary p1", "early 2026-12-07 e primary p4"}, {"night 2026-12-07 eve primary p1", "night 2026-12-07 eve reserve p3"}, 0, 1},

    /* ---- follow ---- */
    {"follow: somebody of the municipality", "type=follow|params=with=early dispensing=any|duties=noon", NULL, {0}, {0}, DEC, {"noon 2026-12-06 n primary p1", "early 2026-12-06 e primary p3", "noon 2026-12-13 n primary p1"},
     {"noon 2026-12-06 n primary p1", "early 2026-12-06 e primary p4"}, 1, 1},
    {"follow: of the community", "type=follow|params=with=early dispensing=any level=community|duties=noon", NULL, {0}, {0}, DEC, {"noon 2026-12-06 n primary p1", "early 2026-12-06 e primary p2"},
     {"noon 2026-12-06 n primary p1", "early 2026-12-06 e primary p3"}, 1, 1},
    {"follow: only those who prescribe outside", "type=follow|params=with=early|duties=noon", NULL, {"providers: id=q|kind=doctor|area=d1|dispensing=outside", "members: duty=noon|provider=q"}, {0}, DEC,
     {"noon 2026-12-06 n primary p1", "early 2026-12-06 e primary p4"}, {"noon 2026-12-06 n primary q", "early 2026-12-06 e primary p4"}, 1, 1},
    {"follow: a bound seat leads", "type=follow|params=with=early dispensing=any|duties=noon", NULL, {0}, {"noon 2026-12-06 n primary p1"}, DEC, {"early 2026-12-06 e primary p2", "early 2026-12-07 e primary p4"},
     {"early 2026-12-06 e primary p4"}, 1, 1},

    /* ---- turn.near ---- */
    {"turn.near: 52 weeks on, the nearest of last year's", "type=turn.near|params=days=3", NULL, {0}, {"night 2025-12-02 eve primary p1", "night 2025-12-16 eve primary p1", "night 2024-12-20 eve primary p1"}, DEC,
     {"night 2026-12-04 eve primary p1", "night 2026-12-12 eve primary p1", "night 2026-12-09 eve primary p2"}, {"night 2026-12-05 eve primary p1", "night 2026-12-19 eve primary p1"}, 2, 2},

    /* ---- limit.hours ---- */
    {"limit.hours: begun hours count", "type=limit.hours|params=max=12 unit=month", NULL, {0}, {0}, DEC, {"night 2026-12-01 eve primary p1", "night 2026-12-02 eve primary p1", "night 2026-12-03 eve primary p1"},
     {"night 2026-12-01 late primary p1", "night 2026-12-04 eve primary p1"}, 1, 1},
    {"limit.hours: work elsewhere, of a level", "type=limit.hours|params=max=5 levels=A,B unit=month", NULL,
     {"members: duty=early|provider=p5", "external: provider=p5|from=2026-12-20T22:00|to=2026-12-21T01:00|what=x", "external: provider=p5|from=2026-12-25T20:00|to=2026-12-26T08:00|what=x|permit=yes"}, {0}, DEC,
     {"early 2026-12-03 e primary p5", "early 2026-12-04 e primary p1", "early 2026-12-05 e primary p1", "early 2026-12-06 e primary p1"}, {"early 2026-12-03 e primary p5", "early 2026-12-04 e primary p5"}, 1, 2},

    /* ---- every.years ---- */
    {"every.years", "type=every.years|params=class=newyear years=3", NULL, {0}, {"night 2024-12-31 eve primary p1", "night 2024-01-02 eve primary p2"}, "2026-12-28", "2027-01-04", {"night 2026-12-31 eve primary p2", "night 2026-12-28 eve primary p1"},
     {"night 2026-12-31 eve primary p1"}, 1, 1},
    {"every.years: once a fiscal year", "type=every.years|params=class=newyear years=1", NULL, {0}, {"night 2025-12-31 eve primary p1"}, "2026-12-28", "2027-01-04", {"night 2026-12-31 eve primary p1", "night 2027-01-04 eve primary p1"},
     {"night 2026-12-29 eve primary p1", "night 2027-01-03 eve primary p1"}, 1, 1},

    /* ---- labour.rest ---- */
    {"labour.rest: the own clinic's rows are not his", "type=labour.rest", NULL,
     {"links: from=p5|type=owns|to=c1", "external: provider=c1|from=2026-12-08T07:00|to=2026-12-08T18:00|what=x", "external: provider=p5|from=2026-12-16T07:00|to=2026-12-16T18:00|what=x"}, {0}, DEC,
     {"night 2026-12-08 eve primary p5"}, {"night 2026-12-16 eve primary p5"}, 1, 1},
    {"labour.rest: exactly nine hours are enough, and fifteen of work", "type=labour.rest", NULL,
     {"external: provider=p5|from=2026-12-02T08:00|to=2026-12-02T17:00|what=x", "external: provider=p5|from=2026-12-08T08:00|to=2026-12-08T17:00|what=x", "external: provider=p1|from=2026-12-15T07:59|to=2026-12-15T17:00|what=x",
      "external: provider=p5|from=2026-12-15T07:59|to=2026-12-15T17:00|what=x", "external: provider=p5|from=2026-12-21T07:59|to=2026-12-21T17:00|what=x"}, {0}, DEC,
     {"night 2026-12-01 eve primary p5", "night 2026-12-08 eve primary p5", "night 2026-12-14 eve primary p1"}, {"night 2026-12-14 eve primary p5", "night 2026-12-21 eve primary p5"}, 2, 2},
    {"labour.rest: after a night, twenty-eight hours and eighteen of rest", "type=labour.rest", NULL,
     {"external: provider=p5|from=2026-12-08T08:00|to=2026-12-08T17:00|what=x", "external: provider=p5|from=2026-12-09T11:00|to=2026-12-09T12:00|what=x",
      "external: provider=p5|from=2026-12-15T08:00|to=2026-12-15T17:00|what=x", "external: provider=p5|from=2026-12-16T10:59|to=2026-12-16T12:00|what=x"}, {0}, DEC,
     {"night 2026-12-07 late primary p5"}, {"night 2026-12-14 late primary p5"}, 1, 1},
    {"labour.rest: a first-year trainee has no nights", "type=labour.rest", NULL,
     {"providers: id=p6|kind=doctor|area=d1|labour=C-1", "members: duty=night|provider=p6", "external: provider=p5|from=2026-12-08T08:00|to=2026-12-08T17:00|what=x",
      "external: provider=p6|from=2026-12-08T08:00|to=2026-12-08T17:00|what=x"}, {0}, DEC,
     {"night 2026-12-07 late primary p5"}, {"night 2026-12-07 late primary p6"}, 1, 1},
    {"labour.rest: a night under a permit is rest", "type=labour.rest", NULL,
     {"external: provider=p5|from=2026-12-08T17:00|to=2026-12-09T18:00|what=x|permit=yes", "external: provider=p5|from=2026-12-15T17:00|to=2026-12-16T18:00|what=x"}, {0}, DEC,
     {"night 2026-12-09 eve primary p5"}, {"night 2026-12-16 eve primary p5"}, 1, 1},
    {"labour.rest: two own seats, neither too much by itself", "type=labour.rest", NULL,
     {"external: provider=p5|from=2026-12-05T12:00|to=2026-12-05T15:00|what=x", "external: provider=p5|from=2026-12-06T10:00|to=2026-12-06T11:00|what=x", "external: provider=p5|from=2026-12-12T12:00|to=2026-12-12T15:00|what=x"}, {0}, DEC,
     {"night 2026-12-11 late primary p5", "night 2026-12-12 eve primary p5"}, {"night 2026-12-04 late primary p5", "night 2026-12-05 eve primary p5"}, 1, 1},
    {"labour.rest: a bound seat is work", "type=labour.rest|params=rest=12 span=10 night.span=20", NULL, {0}, {"night 2026-11-30 late primary p5"}, DEC,
     {"night 2026-12-02 eve primary p5"}, {"night 2026-12-01 eve primary p5"}, 1, 1},
    {"labour.rest: only the levels named", "type=labour.rest|params=levels=A,C-1", NULL,
     {"providers: id=p6|kind=doctor|area=d1|labour=A", "members: duty=night|provider=p6", "external: provider=p5|from=2026-12-08T07:00|to=2026-12-08T18:00|what=x",
      "external: provider=p6|from=2026-12-08T07:00|to=2026-12-08T18:00|what=x"}, {0}, DEC,
     {"night 2026-12-08 eve primary p5"}, {"night 2026-12-08 eve primary p6"}, 1, 1},

    /* ---- wishes if possible ---- */
    {"wish cannot", "type=wish|params=wish=cannot", NULL, {"surveys: id=s|from=2026-12-01|to=2026-12-31|duties=night", "wishes: survey=s|provider=p1|type=cannot|from=2026-12-02|to=2026-12-04|must=no",
     "wishes: survey=s|provider=p1|type=cannot|from=2026-12-03|must=no"}, {0}, DEC, {"night 2026-12-05 eve primary p1"}, {"night 2026-12-03 eve primary p1"}, 0, 1},
    {"wish only", "type=wish|params=wish=only", NULL, {"surveys: id=s|from=2026-12-01|to=2026-12-20|duties=night", "wishes: survey=s|provider=p1|type=only|from=2026-12-02|must=no"}, {0}, DEC,
     {"night 2026-12-02 eve primary p1", "night 2026-12-21 eve primary p1"}, {"night 2026-12-03 eve primary p1", "night 2026-12-10 eve reserve p1"}, 0, 2},
    {"wish rather-not", "type=wish|params=wish=rather-not|duties=night", NULL, {"surveys: id=s|from=2026-12-01|to=2026-12-20|duties=night;pair", "wishes: survey=s|provider=p1|type=rather-not|from=2026-12-05|must=yes"}, {0}, DEC,
     {"pair 2026-12-05 mid primary p1"}, {"night 2026-12-05 eve primary p1"}, 0, 1},
    {"wish like", "type=wish|params=wish=like", NULL, {"surveys: id=s|from=2026-12-01|to=2026-12-20|duties=night", "wishes: survey=s|provider=p1|type=like|from=2026-12-05|to=2026-12-06"}, {0}, DEC, {"night 2026-12-04 eve primary p1"},
     {"night 2026-12-05 eve primary p1", "night 2026-12-06 eve primary p1"}, 0, -2},
    {"wish count", "type=wish|params=wish=count", NULL, {"surveys: id=s|from=2026-11-30|to=2026-12-20|duties=night", "wishes: survey=s|provider=p1|type=count|count=2|must=no", "wishes: survey=s|provider=p2|type=count|count=1|band=late|must=no"},
     {"night 2026-11-30 eve primary p1"}, DEC, {"night 2026-12-05 eve primary p1", "night 2026-12-21 eve primary p1", "night 2026-12-06 eve primary p2", "night 2026-12-07 late primary p2"},
     {"night 2026-12-05 eve primary p1", "night 2026-12-06 eve primary p1", "night 2026-12-07 eve primary p1", "night 2026-12-06 late primary p2", "night 2026-12-07 late primary p2"}, 0, 3},
};

/* Duties: night (doctors at the centre in town: evening with reserve, late past midnight), pair (two doctors, Saturdays), hol (clinics, holidays, two
 * intervals), rot (hospitals, night), early and noon (doctors). p1 owns c1, p2 owns c2; p3 is employed by h1; p5 is of labour level B; p9 is in no pool. */
static struct fx *stage(const struct rule_case *c, const char *price)
{
    struct fx *f = fx_empty();
    fx_row(f, "region", "id=test|name=試験の医療圏（架空）|notice=架空|winter=newyear|winter_percent=150|travel_default=30");
    fx_row(f, "areas", "id=city|level=municipality");
    fx_row(f, "areas", "id=d1|level=community|parent=city");
    fx_row(f, "areas", "id=d2|level=community|parent=city");
    fx_row(f, "areas", "id=town|level=municipality");
    fx_row(f, "bodies", "id=body|kind=medical-association");
    fx_row(f, "kinds", "id=doctor|person=yes");
    fx_row(f, "kinds", "id=clinic");
    fx_row(f, "kinds", "id=hospital");
    fx_row(f, "specialities", "id=internal");
    fx_row(f, "specialities", "id=children");
    fx_row(f, "classes", "id=all");
    fx_row(f, "classes", "id=sat|weekdays=sat");
    fx_row(f, "classes", "id=sun|weekdays=sun");
    fx_row(f, "classes", "id=holiday|weekdays=sun|holiday=yes");
    fx_row(f, "classes", "id=newyear|from=12-29|to=01-03");
    fx_row(f, "providers", "id=centre|kind=hospital|area=town");
    fx_row(f, "duties", "id=night|kind=doctor|site=centre|specialities=internal;children|tier=1|body=body|period=month");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 1, 1);
    fx_band(f, "night", "late", "all", "23:00", "32:00", 1, 0);
    fx_duty(f, "pair", "doctor");
    fx_band(f, "pair", "mid", "sat", "10:00", "16:00", 2, 0);
    fx_duty(f, "hol", "clinic");
    fx_row(f, "bands", "duty=hol|id=day|name=day|when=holiday|from=09:00|to=12:00|from2=13:00|to2=17:00");
    fx_row(f, "seats", "duty=hol|band=day|role=primary|rank=0|when=all|count=1");
    fx_duty(f, "rot", "hospital");
    fx_band(f, "rot", "night", "all", "18:00", "32:30", 1, 0);
    fx_duty(f, "early", "doctor");
    fx_band(f, "early", "e", "all", "07:00", "09:00", 1, 0);
    bool noon = false;
    for (int i = 0; i < 6 && c->rows[i]; i++) noon |= strncmp(c->rows[i], "bands: duty=noon", 16) == 0;
    fx_duty(f, "noon", "doctor");
    if (!noon) fx_band(f, "noon", "n", "sun", "12:00", "13:00", 1, 0);
    fx_row(f, "providers", "id=p1|kind=doctor|area=d1|specialities=internal");
    fx_row(f, "providers", "id=p2|kind=doctor|area=d1|specialities=internal");
    fx_row(f, "providers", "id=p3|kind=doctor|area=d2|specialities=internal");
    fx_row(f, "providers", "id=p4|kind=doctor|area=town|specialities=internal;children");
    fx_row(f, "providers", "id=p5|kind=doctor|area=d1|labour=B");
    fx_row(f, "providers", "id=p9|kind=doctor|area=d1|specialities=children");
    fx_row(f, "providers", "id=c1|kind=clinic|area=d1");
    fx_row(f, "providers", "id=c2|kind=clinic|area=d1");
    fx_row(f, "providers", "id=h1|kind=hospital|area=d2");
    fx_row(f, "links", "from=p1|type=owns|to=c1");
    fx_row(f, "links", "from=p2|type=owns|to=c2");
    fx_row(f, "links", "from=p3|type=employed-by|to=h1");
    for (int i = 1; i <= 4; i++) {
        static const char *const duties[] = {"night", "pair", "early", "noon"};
        for (size_t k = 0; k < TB_COUNT(duties); k++) fx_rowf(f, "members", "duty=%s|provider=p%d", duties[k], i);
    }
    bool level_b = c->rule && strncmp(c->rule, "type=labour.rest", 16) == 0;
    if (level_b) fx_member(f, "p5", "night");
    if (c->rule && strstr(c->rule, "min=3")) fx_member(f, "p9", "pair");
    fx_member(f, "c1", "hol");
    fx_member(f, "c2", "hol");
    fx_member(f, "h1", "rot");
    for (int i = 0; i < 6 && c->rows[i]; i++) {
        char entity[32];
        const char *colon = strchr(c->rows[i], ':');
        snprintf(entity, sizeof entity, "%.*s", (int)(colon - c->rows[i]), c->rows[i]);
        fx_row(f, entity, colon + 2);
    }
    if (c->rule) fx_rowf(f, "rules", "id=tested|ja=試験の条件|en=the rule tested|%s|price=%s", c->rule, price);
    for (int i = 0; i < 4 && c->published[i]; i++) fx_published(f, c->published[i]);
    fx_problem(f, c->from, c->to, "early hol night noon pair rot");
    return f;
}

static void seat_all(struct fx *f, const char *const seats[6])
{
    fx_clear(f);
    for (int i = 0; i < 6 && seats[i]; i++) fx_sit(f, seats[i]);
}

static void show(const struct fx *f, const struct tb_verdict *v)
{
    for (int i = 0; i < v->n_violations; i++) {
        struct tb_buf b = {0};
        tb_violation_text(f->problem, &v->violations[i], &b);
        printf("# %s: %s\n", v->violations[i].rule, tb_buf_str(&b));
        tb_buf_free(&b);
    }
}

static void expect(struct fx *f, const char *const seats[6], const char *rule, int hard, int64_t cost)
{
    seat_all(f, seats);
    struct tb_verdict *v;
    tb_check(f->problem, &f->roster, &v);
    if (v->n_hard != hard || v->rule_cost != cost) show(f, v);
    assert_int_equal(v->n_hard, hard);
    assert_int_equal(v->rule_cost, cost);
    for (int i = 0; i < v->n_violations; i++) assert_string_equal(v->violations[i].rule, rule);
    assert_int_equal(tb_score(f->problem, &f->roster), v->objective);
    tb_verdict_free(v);
}

static void test_case(void **state)
{
    const struct rule_case *c = *state;
    struct fx *f;
    if (!c->rule || c->hits) {
        f = stage(c, "");
        expect(f, c->keeps, c->id ? c->id : "tested", 0, 0);
        expect(f, c->breaks, c->id ? c->id : "tested", c->hits, 0);
        fx_free(f);
    }
    if (c->rule) {
        f = stage(c, "7");
        expect(f, c->keeps, "tested", 0, 0);
        expect(f, c->breaks, "tested", 0, PRICE * c->excess);
        fx_free(f);
    }
}

int main(void)
{
    struct CMUnitTest tests[TB_COUNT(cases)];
    for (size_t i = 0; i < TB_COUNT(cases); i++) tests[i] = (struct CMUnitTest){cases[i].name, test_case, NULL, NULL, (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
