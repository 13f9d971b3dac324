/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TOBAN_PLAN_BOUND_H
#define TOBAN_PLAN_BOUND_H

#include "toban/domain/check.h"
#include "toban/mip/mip.h"

/* What the engine's certificate proves of the program, as an integer, rounded by the statement of
 * docs/developer/engine.md ("When a bound may be rounded up") and no further. The planner's hand: the
 * checker's is src/domain/proof.c, and the two share nothing. False: it proves nothing. */
bool tb_plan_cert_bound(const struct tb_rows *r, const struct mip_cert *k, int64_t *bound);

#endif
