/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a publication shows otherwise than the one before, beside seats: for notices of changes.
 */
#include "publish_int.h"

#include <stdlib.h>
#include <string.h>

#include "toban/domain/private.h"

/* Tables of which notices tell, and which fields: NULL, those that calendars show; else these. */
static const struct {
    enum tb_entity_id entity;
    const char *fields;
} told[] = {
    {TB_E_region_row, NULL},
    {TB_E_provider, NULL},
    {TB_E_duty, NULL},
    {TB_E_band, NULL},
    {TB_E_body, "phone"},
    {TB_E_contact, "name phone"},
    {TB_E_line, "name phone from to"},
    {TB_E_override, ""},
    {TB_E_official, "name"},
};

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = words; *p != '\0';) {
        size_t len = strcspn(p, " ");
        if (len == n && memcmp(p, word, n) == 0) return true;
        p += len + (p[len] == ' ');
    }
    return false;
}

bool tb_publish_fact_told(const struct tb_region *r, const struct tb_fact_change *x, bool to_public)
{
    const struct tb_field *f = x->field >= 0 ? &tb_entities[x->entity].fields[x->field] : NULL;
    int provider = x->entity == TB_E_provider ? tb_find_provider(r, x->key) : -1;
    if (to_public && f != NULL && (f->flags & TB_FIELD_PRIVATE)) return false;
    if (to_public && provider >= 0 && tb_is_person(r, provider)) return false;
    for (size_t i = 0; i < TB_COUNT(told); i++) {
        if (told[i].entity != x->entity) continue;
        /* of rows that came or went, days that are other days */
        if (f == NULL) return x->entity == TB_E_override || x->entity == TB_E_official;
        return told[i].fields != NULL ? has_word(told[i].fields, f->name) : tb_fact_in_calendars(x);
    }
    return false;
}

/* What the row is called on a notice. */
static void row_words(const struct tb_region *r, const struct tb_fact_change *x, struct tb_buf *out)
{
    char *key = tb_xstrdup(x->key), *rest = strchr(key, '/');
    if (rest != NULL) *rest++ = '\0';
    int provider = tb_find_provider(r, key), duty = tb_find_duty(r, key);
    int band = duty >= 0 && rest != NULL ? tb_find_band(r, duty, rest) : -1;
    if (x->entity == TB_E_provider && provider >= 0)
        tb_buf_add(out, r->providers[provider].name);
    else if (x->entity == TB_E_band && band >= 0)
        tb_buf_addf(out, "%s（%s）", r->duties[duty].name, r->bands[band].name);
    else if ((x->entity == TB_E_duty || x->entity == TB_E_contact) && duty >= 0)
        tb_buf_addf(out, "%s%s%s", r->duties[duty].name, rest != NULL ? " 連絡先" : "",
                    rest != NULL ? rest : "");
    else
        tb_buf_addf(out, "%s %s", tb_entities[x->entity].ja, x->key);
    free(key);
}

void tb_publish_fact_words(const struct tb_region *r, const struct tb_fact_change *x, struct tb_buf *out)
{
    row_words(r, x, out);
    tb_buf_addf(out, " %s",
                x->field >= 0      ? tb_entities[x->entity].fields[x->field].ja
                : x->is[0] != '\0' ? "（追加）"
                                   : "（削除）");
}
