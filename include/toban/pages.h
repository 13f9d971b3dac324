/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pages: what is handed round on paper besides rosters: two arrangements side by side, ledgers for people. Printable A4 in
 * Japanese, no script, nothing fetched, no colour that carries meaning. Pure: the same arguments give the same bytes.
 */
#ifndef TOBAN_PAGES_H
#define TOBAN_PAGES_H

#include "toban/tally.h"

struct tb_page_side {
    const char *name;
    const struct tb_tally *tally; /* NULL: there is none, because */
    const char *why_not;
};
/* One page for two arrangements; a long list of providers is cut to those who differ most, and says so. */
void tb_page_compare(const char *region, const char *notice, tb_day from, tb_day to, const struct tb_page_side sides[2], struct tb_buf *out);

#endif
