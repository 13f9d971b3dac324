/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words for roles and ways.
 */
#include "toban/domain/words.h"

#include <string.h>

#include "toban/domain/region.h"

const char *tb_role_word(int role) { return role == TB_PRIMARY ? "primary" : "reserve"; }

int tb_role_of(const char *word) { return strcmp(word, "primary") == 0 ? TB_PRIMARY : TB_RESERVE; }

const char *tb_role_name(int role)
{
    return role == TB_PRIMARY ? tb_t("当番", "duty") : tb_t("予備", "reserve");
}

/* in the order of the field (recipients.way) */
static const char *const ways[] = {"fax", "mail", "post", "hand"};

const char *tb_way_word(int way) { return ways[way]; }
