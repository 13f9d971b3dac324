/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * words: what the model's enumerations are called: by programs (data files, JSON) and by people.
 */
#ifndef TOBAN_DOMAIN_WORDS_H
#define TOBAN_DOMAIN_WORDS_H

/* "primary", "reserve": as in the data. */
const char *tb_role_word(int role);
/* and back; anything but "primary" is the reserve */
int tb_role_of(const char *word);
/* In the language set: 当番, 予備. */
const char *tb_role_name(int role);

/* How a recipient is told: "fax", "mail", "post", "hand": as in the data. */
const char *tb_way_word(int way);

#endif
