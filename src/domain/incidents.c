/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/domain/incidents.h"

#include <stdlib.h>

void tb_incident_list_free(struct tb_incident_list *l)
{
    tb_arena_free(&l->arena);
    free(l->v);
    *l = (struct tb_incident_list){0};
}
