/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * password: what proves who somebody is: passwords (argon2id, RFC 9106, by libsodium), one-time codes of a
 * telephone (TOTP, RFC 6238, by liboath), random words. In base; knows no people. The only user of sodium.h
 * and liboath.
 */
#ifndef TOBAN_BASE_PASSWORD_H
#define TOBAN_BASE_PASSWORD_H

#include "toban/base/base.h"

#define TB_PASSWORD_HASH 128 /* bytes of a stored hash, its end included */
#define TB_PASSWORD_LEAST 10 /* characters */
#define TB_PASSWORD_MOST 256 /* bytes */

/* TB_USAGE: too short or too long, or only one character; says what would be right. */
TB_MUST_USE enum tb_code tb_password_allowed(const char *password, struct tb_err *e);
/* One at a time in this process, 64 MiB and some tenths of a second each. TB_LIMIT: no memory. */
TB_MUST_USE enum tb_code tb_password_hash(const char *password, char out[TB_PASSWORD_HASH], struct tb_err *e);
/* `hash` NULL: false, in the time that a true one takes: who guesses names learns nothing. */
bool tb_password_fits(const char *hash, const char *password);

#define TB_RANDOM_WORD 43 /* characters of 256 bits */
/* 256 random bits as a word of letters, digits, - and _; out[TB_RANDOM_WORD + 1]. */
void tb_random_word(char *out);
/* What of such a word is stored: its SHA-256 in hex; out[65]. */
void tb_word_hash(const char *word, char out[65]);

#define TB_TOTP_SECRET 32 /* characters: 160 bits in base 32 */
void tb_totp_secret(char out[TB_TOTP_SECRET + 1]);
/* Is it the code of this half minute, the one before or the one after, and later than the step `last` that
 * was used already? *step: the one it is of. `now` in seconds of the real clock. */
bool tb_totp_fits(const char *secret, const char *code, int64_t now, int64_t last, int64_t *step);

#endif
