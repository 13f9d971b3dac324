/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * address: by which way somebody is told, where it goes, and how a letter addresses him. Pure.
 */
#ifndef TOBAN_DOMAIN_ADDRESS_H
#define TOBAN_DOMAIN_ADDRESS_H

#include "toban/domain/region.h"

/* In the order of the field (recipients.way, providers.way). */
enum { TB_WAY_FAX, TB_WAY_MAIL, TB_WAY_POST, TB_WAY_HAND };

/* NULL: the address is one of this way; else what would be right, in the language set (static). An empty one
 * is none, and right. */
const char *tb_address_wrong(int way, const char *address);

/* The provider's own way; where he gave none, mail when the address has an @, else fax. */
int tb_provider_way(const struct tb_provider *p);
/* Where notices to him go: staff_mail; by post, where that is empty, his address. Borrowed; "": not known. */
const char *tb_provider_notices(const struct tb_provider *p);

/* 先生, 様, 御中, 各位. A group that names the doctor later is no person. */
const char *tb_provider_honorific(const struct tb_region *r, int provider);
const char *tb_recipient_honorific(const struct tb_recipient *x);

/* A letter's number after the body's pattern (bodies.document): {n} is `number`, {y} the year of the era in
 * which the fiscal year began. */
void tb_document_text(const char *pattern, int fiscal_year, int64_t number, struct tb_buf *out);

#endif
