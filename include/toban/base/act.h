/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * act: when something is done, by whom, and what he says of it: what every record of it keeps.
 */
#ifndef TOBAN_BASE_ACT_H
#define TOBAN_BASE_ACT_H

#include "toban/base/base.h"

struct tb_act {
    tb_minute at;
    const char *by, *note;
};

#endif
