/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What press and public may be told.
 */
#include <string.h>

#include "toban/domain/private.h"

bool tb_is_person(const struct tb_region *r, int provider)
{
    int kind = r->providers[provider].kind;
    return kind >= 0 && kind < r->n_kinds && r->kinds[kind].person;
}

bool tb_field_is_public(const struct tb_region *r, enum tb_entity_id entity, int row, int field)
{
    unsigned flags = tb_entities[entity].fields[field].flags;
    if (flags & TB_FIELD_PRIVATE) return false;
    return !(flags & TB_FIELD_PERSONAL) || !tb_is_person(r, row);
}

/* Only the rows of providers can be those of a person: the lists have no N elsewhere. */
static void make_empty(void *cell, enum tb_type type)
{
    switch (type) {
    case TB_TYPE_ID:
    case TB_TYPE_TEXT:
        *(const char **)cell = "";
        break;
    case TB_TYPE_DEC:
        *(int64_t *)cell = 0;
        break;
    case TB_TYPE_INSTANT:
        *(tb_minute *)cell = INT64_MIN;
        break;
    case TB_TYPE_DATE:
        *(tb_day *)cell = TB_DAY_NONE;
        break;
    case TB_TYPE_TIME:
    case TB_TYPE_ENUM:
    case TB_TYPE_REF:
        *(int *)cell = -1;
        break;
    case TB_TYPE_REFS:
        *(struct tb_ids *)cell = (struct tb_ids){0};
        break;
    case TB_TYPE_INT:
    case TB_TYPE_BOOL:
    case TB_TYPE_MONTHDAY:
    case TB_TYPE_WEEKDAYS:
        *(int *)cell = 0;
        break;
    }
}

void tb_public_row(const struct tb_region *r, enum tb_entity_id entity, int row, void *out)
{
    const struct tb_entity *x = &tb_entities[entity];
    memcpy(out, tb_region_row(r, entity, row), x->row_size);
    for (int f = 0; f < x->n_fields; f++)
        if (!tb_field_is_public(r, entity, row, f))
            make_empty((char *)out + x->fields[f].offset, x->fields[f].type);
    if (entity == TB_E_provider) ((struct tb_provider *)out)->name = tb_public_name(r, -1, row);
}

static bool name_is_public(const struct tb_region *r, int provider)
{
    return tb_field_is_public(r, TB_E_provider, provider, tb_field_find(&tb_entities[TB_E_provider], "name"));
}

const char *tb_public_name(const struct tb_region *r, int duty, int provider)
{
    const struct tb_provider *p = &r->providers[provider];
    if (name_is_public(r, provider)) return p->name;
    if (duty >= 0 && r->duties[duty].site >= 0) return tb_public_name(r, -1, r->duties[duty].site);
    return r->kinds[p->kind].name;
}

/* Who stands for the person in what the public sees. */
static int stand_in(const struct tb_region *r, int duty, int person)
{
    if (r->duties[duty].site >= 0) return r->duties[duty].site;
    for (int i = 0; i < person; i++)
        if (r->providers[i].kind == r->providers[person].kind) return i;
    return person;
}

size_t tb_public_seats(const struct tb_region *r, struct tb_seat_row *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct tb_seat_row s = v[i];
        bool told = true;
        if (!name_is_public(r, s.provider)) {
            told = s.role != TB_RESERVE;
            s.provider = stand_in(r, s.duty, s.provider);
        }
        for (size_t k = kept; told && k > 0 && tb_same_slot(&v[k - 1], &s); k--)
            told = v[k - 1].provider != s.provider;
        if (told) v[kept++] = s;
    }
    return kept;
}

bool tb_recipient_is_public(const struct tb_recipient *to)
{
    return to->kind == TB_RECIPIENT_PRESS || to->kind == TB_RECIPIENT_OTHER;
}
