/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * secret: what addresses are made from that nobody may guess. In base; knows no feeds.
 */
#ifndef TOBAN_BASE_SECRET_H
#define TOBAN_BASE_SECRET_H

#include "toban/base/base.h"

#define TB_KEY_BYTES 32
#define TB_TOKEN_CHARS 32 /* 160 bits, five to a character */

/* HMAC-SHA256 (RFC 2104, FIPS 198-1). */
void tb_hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t n, unsigned char out[32]);
/* Base 32 of RFC 4648 in lower case without padding: 5 bytes give 8 characters. `n` is a multiple of 5; out[n
 * / 5 * 8 + 1]. */
void tb_base32(const unsigned char *bytes, size_t n, char *out);
/* Equal? The time taken tells nothing about where they differ. */
bool tb_secret_equal(const char *a, const char *b, size_t n);
/* Reads the key file: 64 hex digits. With `create` a missing one is made from the system's random source,
 * with the permissions 0600. TB_INPUT: missing, or not a key; TB_REFUSED: others may read it. */
TB_MUST_USE enum tb_code tb_key_read(const char *path, bool create, unsigned char key[TB_KEY_BYTES],
                                     struct tb_err *e);
/* The token of a purpose: its words are joined by line feeds, so no two purposes are one. out[TB_TOKEN_CHARS
 * + 1]. */
void tb_token_make(const unsigned char key[TB_KEY_BYTES], const char *purpose, const char *subject,
                   int64_t generation, char *out);

#endif
