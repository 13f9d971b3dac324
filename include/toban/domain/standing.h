/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * standing: the books told to people. Per pool everybody's deviation by class, year by year; who is worse off
 * than a year before; big days with their dates and the order of turns; and for each big day of the year,
 * where the others of the pool stood. Pure; amounts in millionths of a duty. docs/reference/ledger.md says
 * what each figure means.
 */
#ifndef TOBAN_DOMAIN_STANDING_H
#define TOBAN_DOMAIN_STANDING_H

#include "toban/domain/problem.h"

#define TB_STANDING_YEARS 5

/* One account in one ledger and fiscal year. A deviation is what was done less what was due, ever since: the
 * books' `carried` with the other sign. */
struct tb_year_figures {
    int64_t before, after; /* deviation at the end of the year before, and of this one */
    /* of this year; adjusted: opening balances and entries by hand, as they change the deviation */
    int64_t accrued, done, adjusted;
};
/* One in the order of turns of a class. */
struct tb_turn {
    int account; /* provider */
    tb_day last; /* last day in the class, TB_DAY_NONE: none in the records */
    bool out;    /* exempt on the next such day: not in the order */
};
struct tb_standing_class {
    int class_;
    tb_day next; /* first such day after the year, TB_DAY_NONE: none within two years */
    struct tb_turn *order;
    int n, n_in; /* who has waited longest first, those who are out at the end */
};
/* Ledgers of the same scope, duties and role, and their accounts. */
struct tb_standing_pool {
    const char *name;       /* what the ledgers' names have in common */
    const char *id;         /* of its first ledger */
    int first, scope, role; /* first: one of its ledgers */
    /* containing ones first; the rest of each name */
    int *ledgers;
    const char **classes;
    int n_ledgers;
    bool *known; /* [ledger * TB_STANDING_YEARS + year]: anything was entered */
    int *accounts;
    int n_accounts;
    struct tb_year_figures *f; /* tb_figures */
    struct tb_standing_class *big;
    int n_big; /* of providers' primary duties */
};
struct tb_big_day {
    int pool, class_, provider, duty, band;
    tb_day date;
    bool before; /* from the region's history, not from a publication */
};
/* One big day of the year and how the others of the pool stood: each is in the first row that holds. */
struct tb_again {
    int day;         /* index in `days` */
    tb_day previous; /* his turn in that class before it, TB_DAY_NONE: none */
    int *same;
    int n_same; /* have a day of that class in the same year */
    int *out;
    int n_out; /* could not: exempt, unavailable, busy elsewhere */
    int *later;
    int n_later; /* had their last turn after his */
    /* waited as long or longer, and did not get this day: other rules or the plan as a whole */
    int *first;
    int n_first;
};
struct tb_standing {
    const struct tb_region *region; /* borrowed */
    /* provider for whom it was reduced: what is another's is taken out (-1 in the place of a provider or an
     * account, no lists of names, of a small pool nobody's figures but his). -1: the whole, for the office */
    int reader;
    int year;        /* fiscal year; years[TB_STANDING_YEARS - 1] */
    tb_day from, to; /* its days */
    int *person_of;
    struct tb_standing_pool *pools;
    int n_pools;
    /* of the years shown, by (provider, date, duty, band, class) */
    struct tb_big_day *days;
    int n_days;
    struct tb_again *agains;
    int n_agains; /* of providers' days in `year` */
    struct tb_arena arena;
};
/* Sums up to a day: opening balances and entries by hand, entitlement, done. */
struct tb_book_line {
    int ledger, account;
    int64_t given, accrued, done;
};
struct tb_standing_lines {
    const struct tb_book_line *v;
    size_t n;
};
/* `lines[k]`: the books at the end of the fiscal year `year - TB_STANDING_YEARS + k`, for k
 * 0..TB_STANDING_YEARS. `seats`: what is in force, any date; the region's history is added. */
struct tb_standing *tb_standing_of(const struct tb_region *r, int year,
                                   const struct tb_standing_lines lines[TB_STANDING_YEARS + 1],
                                   const struct tb_seat_row *seats, size_t n_seats);
void tb_standing_free(struct tb_standing *s);

/* positions: accounts[account] ... */
const struct tb_year_figures *tb_figures(const struct tb_standing_pool *p, int account, int ledger, int year);
/* Position of the provider's account in the pool, -1: he has none. A person's account is his whichever of his
 * providers it is named by; share groups are nobody's. */
int tb_standing_account(const struct tb_standing *s, const struct tb_standing_pool *p, int provider);
const char *tb_standing_account_name(const struct tb_standing *s, const struct tb_standing_pool *p,
                                     int account);
/* Positions of the accounts by deviation at the end of a year, largest first, equal ones by account. `out`
 * has n_accounts ints. */
void tb_standing_sort(const struct tb_standing_pool *p, int ledger, int year, int *out);
/* The same by how much the deviation grew in the year, largest first; returns how many grew. */
int tb_standing_worse(const struct tb_standing_pool *p, int ledger, int year, int *out);
/* How many of the pool have a larger deviation. */
int tb_standing_above(const struct tb_standing_pool *p, int account, int ledger, int year);

/* Why somebody could not have the day. For the office alone. */
enum tb_out { TB_OUT_NOT, TB_OUT_EXEMPT, TB_OUT_UNAVAILABLE, TB_OUT_BUSY };
enum tb_out tb_standing_out(const struct tb_standing *s, const struct tb_big_day *d, int provider);
/* Does anybody of the pool have a day of the class on record in that year (0..TB_STANDING_YEARS - 1)? */
bool tb_standing_recorded(const struct tb_standing *s, int pool, int class_, int year);

/* Fewest accounts for which a distribution without names is shown to members. */
#define TB_STANDING_FEW 6

#endif
