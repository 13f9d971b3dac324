/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What app says beside a result.
 */
#include "cli.h"

enum tb_code cli_notes(enum tb_code code, struct tb_notes *x)
{
    for (size_t i = 0; i < x->n; i++) tb_log("%s", x->v[i]);
    tb_notes_free(x);
    return code;
}
