/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pages: what is handed round on paper besides rosters: two arrangements side by side, ledgers for people.
 * Printable A4 in Japanese, no script, nothing fetched, no colour that carries meaning. Pure: the same
 * arguments give the same bytes.
 */
#ifndef TOBAN_PUBLISH_PAGES_H
#define TOBAN_PUBLISH_PAGES_H

#include "toban/domain/standing.h"
#include "toban/domain/tally.h"

struct tb_page_side {
    const char *name;
    const struct tb_tally *tally; /* NULL: there is none, because */
    const char *why_not;
};
/* One page for two arrangements; a long list of providers is cut to those who differ most, and says so. */
void tb_page_compare(const char *region, const char *notice, tb_day from, tb_day to,
                     const struct tb_page_side sides[2], struct tb_buf *out);

/* ---- ledgers for people ---- */

/* of the publication the books follow; number 0: none */
struct tb_page_edition {
    int64_t number;
    const char *hash;
    tb_minute at;
};
/* For the office: all pools; who is worse off than a year before. */
void tb_page_ledgers(const struct tb_standing *s, const struct tb_page_edition *edition, struct tb_buf *out);
/* For the office: one pool, with names. */
void tb_page_pool(const struct tb_standing *s, const struct tb_page_edition *edition, int pool,
                  struct tb_buf *out);
/* Why me again: one provider. `member`: for himself, with nobody else's name, absence or exemption. */
void tb_page_provider(const struct tb_standing *s, const struct tb_page_edition *edition, int provider,
                      bool member, struct tb_buf *out);
/* Everybody's deviation, a strip per ledger: bars around zero, sorted. `mine`: position of the account to be
 * picked out, -1: none; `names`: tell who is first and last. */
void tb_svg_pool(const struct tb_standing *s, int pool, int mine, bool names, struct tb_buf *out);

#endif
