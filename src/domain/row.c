/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of whatever entity: how many, which, and what is wrong with one of them.
 */
#include <stdio.h>

#include "domain_int.h"

int tb_region_count(const struct tb_region *r, enum tb_entity_id entity)
{
    return *(const int *)(const void *)((const char *)r + tb_entities[entity].count_offset);
}

const void *tb_region_row(const struct tb_region *r, enum tb_entity_id entity, int i)
{
    const char *rows = *(char *const *)(const void *)((const char *)r + tb_entities[entity].rows_offset);
    return rows + (size_t)i * tb_entities[entity].row_size;
}

enum tb_code tb_row_fail(struct tb_err *e, const struct tb_src *src, enum tb_entity_id entity,
                         const char *field, const char *value, const char *fmt, ...)
{
    char where[400], words[1200];
    if (src->line > 0)
        snprintf(where, sizeof where, "%s:%d", src->file, src->line);
    else
        snprintf(where, sizeof where, "%s", src->file);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(words, sizeof words, fmt, ap);
    va_end(ap);
    if (!field) return tb_fail(e, TB_INPUT, "%s: %s: %s", where, tb_entities[entity].name, words);
    return tb_fail(e, TB_INPUT, "%s: %s.%s \"%.200s\": %s", where, tb_entities[entity].name, field,
                   value ? value : "", words);
}
