/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * nfkc: one spelling for what looks alike: full and half width, composed and decomposed kana, ligatures such
 * as ㈭ and ㍻ (Unicode's compatibility composition).
 */
#ifndef TOBAN_BASE_NFKC_H
#define TOBAN_BASE_NFKC_H

#include "toban/base/base.h"

/* The text in that spelling, appended to out; ASCII letters become small where `fold` is set, and every run
 * of blanks one blank, none at the ends. False when it is not valid UTF-8 or longer than 4,000 bytes: then
 * nothing is appended. */
TB_MUST_USE bool tb_nfkc(const char *text, bool fold, struct tb_buf *out);

#endif
