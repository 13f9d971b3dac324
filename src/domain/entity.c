/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The field tables, made from the lists in toban/domain/fields.h.
 */
#include <string.h>

#include "toban/domain/region.h"

#define K TB_FIELD_KEY
#define R TB_FIELD_REQUIRED
#define P TB_FIELD_PRIVATE
#define N TB_FIELD_PERSONAL
#define D TB_FIELD_DATED
#define S TB_FIELD_SHOWN
#define T TB_FIELD_TODAY
#define C (TB_FIELD_SHOWN | TB_FIELD_EVENT)
#define TB_FIELD_ROW(name, type, flags, arg, def, ja, en) \
    {#name, TB_TYPE_##type, (unsigned)(flags), arg, def, ja, en, offsetof(struct TB_THIS, name)},

/* One table per entity; TB_THIS is the row's struct while its list is expanded. */
#define TB_THIS tb_region_row
static const struct tb_field region_row_fields[] = {TB_REGION_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_area
static const struct tb_field area_fields[] = {TB_AREA_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_alias
static const struct tb_field alias_fields[] = {TB_ALIAS_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_travel
static const struct tb_field travel_fields[] = {TB_TRAVEL_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_body
static const struct tb_field body_fields[] = {TB_BODY_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_kind
static const struct tb_field kind_fields[] = {TB_KIND_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_speciality
static const struct tb_field speciality_fields[] = {TB_SPECIALITY_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_class
static const struct tb_field class_fields[] = {TB_CLASS_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_period
static const struct tb_field period_fields[] = {TB_PERIOD_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_provider
static const struct tb_field provider_fields[] = {TB_PROVIDER_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_link
static const struct tb_field link_fields[] = {TB_LINK_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_hour
static const struct tb_field hour_fields[] = {TB_HOUR_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_duty
static const struct tb_field duty_fields[] = {TB_DUTY_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_band
static const struct tb_field band_fields[] = {TB_BAND_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_seat
static const struct tb_field seat_fields[] = {TB_SEAT_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_contact
static const struct tb_field contact_fields[] = {TB_CONTACT_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_member
static const struct tb_field member_fields[] = {TB_MEMBER_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_exemption
static const struct tb_field exemption_fields[] = {TB_EXEMPTION_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_share
static const struct tb_field share_fields[] = {TB_SHARE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_formula
static const struct tb_field formula_fields[] = {TB_FORMULA_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_figure
static const struct tb_field figure_fields[] = {TB_FIGURE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_ledger
static const struct tb_field ledger_fields[] = {TB_LEDGER_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_rule
static const struct tb_field rule_fields[] = {TB_RULE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_survey
static const struct tb_field survey_fields[] = {TB_SURVEY_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_wish
static const struct tb_field wish_fields[] = {TB_WISH_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_balance
static const struct tb_field balance_fields[] = {TB_BALANCE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_history
static const struct tb_field history_fields[] = {TB_HISTORY_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_external
static const struct tb_field external_fields[] = {TB_EXTERNAL_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_override
static const struct tb_field override_fields[] = {TB_OVERRIDE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_amendment
static const struct tb_field amendment_fields[] = {TB_AMENDMENT_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_pin
static const struct tb_field pin_fields[] = {TB_PIN_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_exception
static const struct tb_field exception_fields[] = {TB_EXCEPTION_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_official
static const struct tb_field official_fields[] = {TB_OFFICIAL_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_complaint
static const struct tb_field complaint_fields[] = {TB_COMPLAINT_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_modifier
static const struct tb_field modifier_fields[] = {TB_MODIFIER_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_scale
static const struct tb_field scale_fields[] = {TB_SCALE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_line
static const struct tb_field line_fields[] = {TB_LINE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_centre
static const struct tb_field centre_fields[] = {TB_CENTRE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_policy
static const struct tb_field policy_fields[] = {TB_POLICY_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_standard
static const struct tb_field standard_fields[] = {TB_STANDARD_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_homecare
static const struct tb_field homecare_fields[] = {TB_HOMECARE_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_supplier
static const struct tb_field supplier_fields[] = {TB_SUPPLIER_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_recipient
static const struct tb_field recipient_fields[] = {TB_RECIPIENT_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS
#define TB_THIS tb_retention
static const struct tb_field retention_fields[] = {TB_RETENTION_FIELDS(TB_FIELD_ROW)};
#undef TB_THIS

const struct tb_entity tb_entities[TB_E_COUNT] = {
#define TB_ENTITY_ROW(cname, plural, file, FIELDS, ja) \
    {file, \
     ja, \
     cname##_fields, \
     (int)TB_COUNT(cname##_fields), \
     sizeof(struct tb_##cname), \
     offsetof(struct tb_region, plural), \
     offsetof(struct tb_region, n_##plural)},
    TB_ENTITIES(TB_ENTITY_ROW)
#undef TB_ENTITY_ROW
};

int tb_entity_find(const char *name)
{
    /* Fields name the entity that they refer to, and are asked for it at every row. */
    static _Thread_local int met[64];
    int *last = &met[(uintptr_t)name / 4 % TB_COUNT(met)];
    if (strcmp(tb_entities[*last].name, name) == 0) return *last;
    for (int i = 0; i < TB_E_COUNT; i++)
        if (strcmp(tb_entities[i].name, name) == 0) return *last = i;
    return -1;
}

int tb_field_find(const struct tb_entity *entity, const char *name)
{
    for (int i = 0; i < entity->n_fields; i++)
        if (strcmp(entity->fields[i].name, name) == 0) return i;
    return -1;
}
