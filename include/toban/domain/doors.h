/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doors: what a duty promises, what those who hold it offer, and what complaints ask for. Master data alone.
 */
#ifndef TOBAN_DOMAIN_DOORS_H
#define TOBAN_DOMAIN_DOORS_H

#include "toban/base/notes.h"
#include "toban/domain/problem.h"
#include "toban/domain/region.h"

/* Does some complaint ask for a speciality of the duty? True when the region has no complaints: it routes
 * nobody. */
bool tb_duty_asked(const struct tb_region *r, int duty);
/* Names of the duty's specialities, appended. */
void tb_duty_specialities(const struct tb_region *r, int duty, struct tb_buf *out);
/* The reason why the duty is told to no patient, "" when it has none: `unrouted`, or that it is served at
 * home. */
const char *tb_duty_unrouted(const struct tb_region *r, int duty);
/* A sentence for each duty that no complaint asks for and that gives no reason. */
void tb_doors_untold(const struct tb_region *r, struct tb_notes *out);

/* Does the provider keep the duty's promise for this complaint and age? What he says nothing of he keeps. */
bool tb_provider_offers(const struct tb_region *r, int provider, int complaint);
bool tb_provider_takes(const struct tb_region *r, int provider, int age);

/* Departments at a door, as specialities: what the duty promises and its holder offers; what he offers where
 * he offers nothing of it; what the duty promises where he says nothing. `promised` empty: no duty, all that
 * he offers. Ascending, into `out` with room for n, the number of specialities there are; how many. */
int tb_departments(int n, const struct tb_ids *promised, const struct tb_ids *offered, int *out);
/* Of the duty held at this place: their names with ・ between, appended. */
void tb_departments_told(const struct tb_region *r, int duty, int place, struct tb_buf *out);

/* A duty with a complaint or ages that it promises and that a member does not offer. */
struct tb_lack {
    int duty, complaint; /* complaint -1: ages */
    int age_from, age_to;
    int days;                /* duty dates on which nobody who sits there offers it */
    int of;                  /* of so many */
    int members, of_members; /* members in force on the first day who do not offer it */
};
/* What the primary seats of these assignments leave open, by duty and complaint: an array of *n for the
 * caller to free. Days on which another seat of the duty offers it do not count. */
struct tb_lack *tb_lacks_of(const struct tb_region *r, const struct tb_slot *slots, int n_slots,
                            const struct tb_assignment *a, int n_a, int *n);
/* By master data alone: members of `day` who do not offer what their duty promises. */
struct tb_lack *tb_lacks_ahead(const struct tb_region *r, tb_day day, int *n);
/* A sentence for each duty among them. */
void tb_lacks_tell(const struct tb_region *r, const struct tb_lack *v, int n, struct tb_notes *out);

#endif
