/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rules: the rule types of docs/reference/rules.md, one row each. The row gives the enum, the word of region
 * files, how the parameters are read (src/domain/rule.c) and how far the context of a problem reaches
 * (src/domain/problem.c); and it demands one function of each hand, so that a type that one of them lacks
 * does not link:
 *
 *   tb_judge_NAME  src/domain/check_rules.c   breaches, by plain counting
 *   tb_score_NAME  src/domain/score.c         the excess, by its own counting
 *   tb_gen_NAME    src/plan/gen_*.c           rows over candidates
 *
 * The planner and check share this list and nothing of what it means.
 *
 * R(TYPE, NAME, word, price, reach, touches, traits, settle, parameters ...)
 *   price    EITHER (hard or priced), SOFT_ONLY (it needs a price)
 *   reach    which bound seats beyond the ordinary context the type looks at:
 *              NEAR         none
 *              DAYS         so many `days` before and after
 *              HOURS        so many `hours` before and after, and a night
 *              CLASS_DATES  to the next date of the class
 *              UNIT         the fiscal years touched, when its unit is the year
 *              YEARS        so many fiscal years before, `years`
 *              YEAR_BEFORE  the fiscal year before
 *              MONTHS       so many calendar months, `months`, that hold a planned day
 *   touches  the most units (windows, pairs ...) that one assignment can break: a number, or
 *            TB_TOUCHES_DAYS, TB_TOUCHES_MONTHS: as many as `days`, `months`
 *   traits   TB_RULE_IN_TURN, TB_RULE_CONSULTS, or 0: see below
 *   settle   plain, or what joins its parameters (settle_... in src/domain/rule.c)
 *   parameters as macros of src/domain/rule.c; a default of -1: must be given
 */
#ifndef TOBAN_DOMAIN_RULES_H
#define TOBAN_DOMAIN_RULES_H

#define TB_RULES(R) \
    R(REST_DAYS, rest_days, "rest.days", EITHER, DAYS, TB_TOUCHES_DAYS, 0, plain, \
      NUMBER("days", days, -1, 2, 400), ROLES(TB_ROLES_BOTH), WHO) \
    R(REST_HOURS, rest_hours, "rest.hours", EITHER, HOURS, 10, 0, plain, NUMBER("hours", hours, -1, 1, 720), \
      ROLES(TB_ROLES_BOTH)) \
    R(LIMIT_COUNT, limit_count, "limit.count", EITHER, UNIT, 1, 0, plain, NUMBER("max", max, -1, 0, 366), \
      UNIT_WORD(TB_UNIT_MONTH), CLASS(false), ROLES(TB_ROLES_PRIMARY), WHO) \
    R(MIN_COUNT, min_count, "min.count", SOFT_ONLY, UNIT, 1, 0, plain, NUMBER("min", min, -1, 1, 366), \
      UNIT_WORD(TB_UNIT_MONTH), CLASS(false), ROLES(TB_ROLES_PRIMARY), WHO) \
    R(CLASS_RUN, class_run, "class.run", EITHER, CLASS_DATES, 2, 0, plain, CLASS(true), \
      ROLES(TB_ROLES_BOTH), WHO) \
    R(WEEK_CLASS, week_class, "week.class", EITHER, NEAR, 7, 0, plain, CLASS(true), ROLES(TB_ROLES_BOTH), \
      WHO) \
    R(PERSON_DAY, person_day, "person.day", EITHER, NEAR, 1, 0, plain, NUMBER("max", max, 1, 1, 10), \
      ROLES(TB_ROLES_BOTH)) \
    R(LINK_EXCLUDE, link_exclude, "link.exclude", EITHER, NEAR, 10, 0, plain, \
      WORD("link", link, -1, "owns|employed-by|deputises-for|paired-with|next-to"), \
      NUMBER("margin", margin, 0, 0, 20160)) \
    R(CONSULTING_HOURS, consulting_hours, "consulting.hours", EITHER, NEAR, 1, TB_RULE_CONSULTS, plain, \
      NUMBER("margin", margin, 0, 0, 600)) \
    R(PAIR_APART, pair_apart, "pair.apart", EITHER, NEAR, 10, 0, plain, PAIR, \
      WORD("unit", unit, TB_UNIT_DAY, "day||month")) \
    R(AREA_SPREAD, area_spread, "area.spread", EITHER, NEAR, 1, 0, plain, NUMBER("max", max, 1, 1, 50), \
      LEVEL(TB_LEVEL_MUNICIPALITY), PLACE) \
    R(SKILL_MIN, skill_min, "skill.min", EITHER, NEAR, 1, 0, settle_skill_min, SPECIALITY, \
      NUMBER("min", min, 1, 1, 50), PLACE, LEVEL(0)) \
    R(EVERY_YEARS, every_years, "every.years", EITHER, YEARS, 2, TB_RULE_IN_TURN, plain, CLASS(true), \
      NUMBER("years", years, -1, 1, 20), ROLES(TB_ROLES_BOTH), WHO) \
    R(LABOUR_REST, labour_rest, "labour.rest", EITHER, NEAR, 10, 0, settle_labour_rest, LEVELS, \
      NUMBER("rest", rest, 9, 1, 48), NUMBER("span", span, 15, 1, 48), \
      NUMBER("night.rest", night_rest, 18, 1, 72), NUMBER("night.span", night_span, 28, 1, 72), \
      ROLES(TB_ROLES_BOTH)) \
    R(WISH, wish, "wish", SOFT_ONLY, NEAR, 1, 0, plain, \
      WORD("wish", wish, -1, "cannot|only|rather-not|like|count")) \
    R(PAIR_TOGETHER, pair_together, "pair.together", EITHER, NEAR, 1, 0, plain, PAIR) \
    R(FOLLOW, follow, "follow", EITHER, NEAR, 10, 0, settle_follow, DUTIES("with", with), \
      LEVEL(TB_LEVEL_MUNICIPALITY), WORD("dispensing", dispensing, 0, "outside|any")) \
    R(TURN_NEAR, turn_near, "turn.near", EITHER, YEAR_BEFORE, 1, 0, plain, NUMBER("days", days, -1, 0, 182), \
      ROLES(TB_ROLES_PRIMARY), WHO) \
    R(LIMIT_HOURS, limit_hours, "limit.hours", EITHER, UNIT, 48, 0, plain, NUMBER("max", max, -1, 0, 8784), \
      UNIT_WORD(TB_UNIT_YEAR), LEVELS, ROLES(TB_ROLES_PRIMARY), WHO) \
    R(LIMIT_WINDOW, limit_window, "limit.window", EITHER, MONTHS, TB_TOUCHES_MONTHS, 0, settle_limit_window, \
      NUMBER("max", max, -1, 0, 732), NUMBER("months", months, -1, 1, 24), CLASS(false), \
      NUMBER("from", age_from, 0, 1, 150), NUMBER("to", age_to, 0, 1, 150), ROLES(TB_ROLES_PRIMARY), WHO)

enum tb_rule_type {
#define TB_RULE_ENUM(TYPE, name, ...) TB_RULE_##TYPE,
    TB_RULES(TB_RULE_ENUM)
#undef TB_RULE_ENUM
        TB_RULE_TYPE_COUNT
};

/* What others than the three hands ask of a type. */
enum {
    TB_RULE_IN_TURN = 1, /* its class goes in turn over the years: big days, the turns in the ledgers */
    TB_RULE_CONSULTS = 2 /* it looks at one seat and the consulting hours alone */
};
enum { TB_TOUCHES_DAYS = -1, TB_TOUCHES_MONTHS = -2 };

#endif
