/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form.h"

const struct rt_form rt_forms[RT_FORM_COUNT] = {
    [RT_FORM_ALIASES] = {"aliases", TB_E_alias, {"area", "kind", "text"}},
    [RT_FORM_AREAS] = {"areas", TB_E_area, {"id", "kana", "level", "name", "parent"}},
    [RT_FORM_BANDS] = {"bands", TB_E_band, {"duty", "id", "name"}},
    [RT_FORM_CENTRES] = {"centres",
                         TB_E_centre,
                         {"address", "age_from", "area", "hours", "id", "name", "phone"}},
    [RT_FORM_COMPLAINTS] = {"complaints", TB_E_complaint, {"id", "name", "name_en", "words"}},
    [RT_FORM_DEPARTMENTS] = {"departments", TB_E_speciality, {"id", "name", "name_en"}},
    [RT_FORM_DUTIES] = {"duties",
                        TB_E_duty,
                        {"age_from", "age_to", "ambulance", "area", "backup", "complaints", "departments",
                         "id", "name", "name_en", "note", "tier"}},
    [RT_FORM_LINES] = {"lines",
                       TB_E_line,
                       {"age_from", "age_to", "from", "id", "name", "note", "phone", "to"}},
    [RT_FORM_MODIFIERS] = {"modifiers", TB_E_modifier, {"id", "name", "name_en", "words"}},
    [RT_FORM_PLACES] = {"places",
                        TB_E_provider,
                        {"address", "age_from", "age_to", "area", "certified_until", "checked", "complaints",
                         "departments", "id", "latitude", "longitude", "modifiers", "name", "name_en", "note",
                         "phone", "tertiary"}},
    [RT_FORM_POLICIES] = {"policies",
                          TB_E_policy,
                          {"approved_by", "approved_on", "channel", "hours", "id", "if_none", "keep", "name",
                           "note", "phone", "rank", "role", "take", "urgency", "within"}},
    [RT_FORM_SCALES] = {"scales",
                        TB_E_scale,
                        {"approved_by", "approved_on", "code", "rank", "scale", "urgency", "version",
                         "within"}},
    [RT_FORM_STANDARDS] = {"standards",
                           TB_E_standard,
                           {"age_from", "age_to", "approved_by", "approved_on", "area", "complaint", "id",
                            "provider", "rank", "since", "until"}},
};

const char *const rt_kind_word[3] = {
    [RT_DUTY] = "duty", [RT_TERTIARY] = "tertiary", [RT_CERTIFIED] = "certified"};
const char *const rt_ref_word[5] = {[RT_SERVICE] = "service",
                                    [RT_LINE] = "line",
                                    [RT_TEXT] = "text",
                                    [RT_CONSULT] = "consulting",
                                    [RT_CENTRE] = "centre"};

bool rt_sees(const struct tb_region *r, int kind, int duty, int place, int complaint)
{
    if (kind == RT_TERTIARY) return true;
    const struct tb_ids *offered = kind == RT_DUTY ? &r->duties[duty].specialities
                                                   : &r->providers[place].specialities,
                        *wanted = &r->complaints[complaint].specialities;
    if (kind == RT_CERTIFIED && offered->n == 0) return true;
    for (int i = 0; i < wanted->n; i++)
        for (int k = 0; k < offered->n; k++)
            if (wanted->v[i] == offered->v[k]) return true;
    return false;
}

bool rt_keeps(const struct tb_region *r, int kind, int place, int complaint)
{
    const struct tb_ids *offered = &r->providers[place].specialities,
                        *wanted = &r->complaints[complaint].specialities;
    if (kind != RT_DUTY || offered->n == 0) return true;
    for (int i = 0; i < wanted->n; i++)
        for (int k = 0; k < offered->n; k++)
            if (wanted->v[i] == offered->v[k]) return true;
    return false;
}

bool rt_offers(const struct tb_region *r, int place, int modifier)
{
    const struct tb_ids *offered = &r->providers[place].specialities,
                        *wanted = &r->modifiers[modifier].specialities;
    for (int i = 0; i < wanted->n; i++)
        for (int k = 0; k < offered->n; k++)
            if (wanted->v[i] == offered->v[k]) return true;
    return false;
}
