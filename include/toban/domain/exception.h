/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * exception (特例): a signed consent to break one hard rule in one seat, a row of the region. `today` is the
 * region as it stands now; the problem may have been made from an older one.
 */
#ifndef TOBAN_DOMAIN_EXCEPTION_H
#define TOBAN_DOMAIN_EXCEPTION_H

#include "toban/domain/check.h"

/* Is it one of the rules to which nobody can consent? */
bool tb_exception_never(const char *rule);
/* Is there a hard rule of that id that can be consented to? A rule may have gone, or become soft, since
 * somebody signed: then the row says nothing. */
bool tb_exception_counts(const struct tb_region *r, const char *rule);
/* The exception that consents to this hard breach: same rule; its provider sits in its seat; the seat is one
 * that shows the breach, or the breach is his own and its days hold the seat's date. NULL: none. Borrowed
 * from `today`. */
const struct tb_exception *tb_exception_for(const struct tb_region *today, const struct tb_problem *p,
                                            const struct tb_roster *roster, const struct tb_violation *v);
/* Hard breaches to which nobody consented. */
int tb_exceptions_missing(const struct tb_region *today, const struct tb_problem *p,
                          const struct tb_roster *roster, const struct tb_verdict *v);

#endif
