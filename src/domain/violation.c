/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is a breach of one verdict also in another?
 */
#include <string.h>

#include "toban/domain/check.h"

bool tb_violation_in(const struct tb_violation *x, const struct tb_verdict *v)
{
    for (int i = 0; i < v->n_violations; i++) {
        const struct tb_violation *y = &v->violations[i];
        if (strcmp(x->rule, y->rule) == 0 && x->provider == y->provider && x->area == y->area &&
            x->slots[0] == y->slots[0] && x->slots[1] == y->slots[1] && x->from == y->from &&
            x->to == y->to && x->measured == y->measured && x->excess == y->excess)
            return true;
    }
    return false;
}
