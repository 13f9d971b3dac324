/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/password.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/secret.h"

#define STEP_SECONDS 30

/* Each takes 64 MiB: who sends many log-ins at once waits, and the memory does not. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void begin(void)
{
    TB_ASSERT(sodium_init() >= 0);
    TB_ASSERT(oath_init() == OATH_OK);
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

enum tb_code tb_password_allowed(const char *password, struct tb_err *e)
{
    bool same = true;
    for (const char *p = password; *p; p++) same = same && *p == *password;
    if (characters(password) < TB_PASSWORD_LEAST || same)
        return tb_fail(e, TB_USAGE,
                       tb_t("パスワードは %d 文字以上で、同じ文字だけにはできません。何も変えていません",
                            "a password has at least %d characters, not all the same; nothing was changed"),
                       TB_PASSWORD_LEAST);
    if (strlen(password) > TB_PASSWORD_MOST)
        return tb_fail(e, TB_USAGE,
                       tb_t("パスワードは %d バイトまでです。何も変えていません",
                            "a password has %d bytes at most; nothing was changed"),
                       TB_PASSWORD_MOST);
    return TB_OK;
}

enum tb_code tb_password_hash(const char *password, char out[TB_PASSWORD_HASH], struct tb_err *e)
{
    pthread_once(&once, begin);
    _Static_assert(TB_PASSWORD_HASH == crypto_pwhash_STRBYTES, "a hash fits");
    pthread_mutex_lock(&one_at_a_time);
    int failed = crypto_pwhash_str(out, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                   crypto_pwhash_MEMLIMIT_INTERACTIVE);
    pthread_mutex_unlock(&one_at_a_time);
    if (!failed) return TB_OK;
    return tb_fail(e, TB_LIMIT, "%s",
                   tb_t("メモリーが足りず、パスワードを確かめられません。少し待ってからもう一度どうぞ",
                        "not enough memory for a password; try again in a moment"));
}

bool tb_password_fits(const char *hash, const char *password)
{
    /* Of a password that nobody has. */
    static char nobody[TB_PASSWORD_HASH];
    bool fits;
    pthread_once(&once, begin);
    if (!*password || strlen(password) > TB_PASSWORD_MOST) return false;
    pthread_mutex_lock(&one_at_a_time);
    if (!*nobody) {
        char word[TB_RANDOM_WORD + 1];
        tb_random_word(word);
        if (crypto_pwhash_str(nobody, word, strlen(word), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE))
            *nobody = '\0';
    }
    fits = crypto_pwhash_str_verify(hash ? hash : nobody, password, strlen(password)) == 0;
    pthread_mutex_unlock(&one_at_a_time);
    return fits && hash;
}

void tb_random_word(char *out)
{
    unsigned char bytes[32];
    pthread_once(&once, begin);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, TB_RANDOM_WORD + 1, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void tb_word_hash(const char *word, char out[65]) { tb_sha256_hex(word, strlen(word), out); }

void tb_totp_secret(char out[TB_TOTP_SECRET + 1])
{
    unsigned char bytes[20];
    pthread_once(&once, begin);
    randombytes_buf(bytes, sizeof bytes);
    tb_base32(bytes, sizeof bytes, out);
    for (char *p = out; *p; p++)
        if (*p >= 'a' && *p <= 'z') *p = (char)(*p - 'a' + 'A');
    sodium_memzero(bytes, sizeof bytes);
}

bool tb_totp_fits(const char *secret, const char *code, int64_t now, int64_t last, int64_t *step)
{
    char *key = NULL, want[8];
    size_t n = 0;
    bool fits = false;
    pthread_once(&once, begin);
    if (strlen(code) != 6 || strspn(code, "0123456789") != 6) return false;
    if (oath_base32_decode(secret, strlen(secret), &key, &n) != OATH_OK) return false;
    for (int64_t k = now / STEP_SECONDS - 1; k <= now / STEP_SECONDS + 1 && !fits; k++) {
        if (k <= last ||
            oath_hotp_generate(key, n, (uint64_t)k, 6, false, OATH_HOTP_DYNAMIC_TRUNCATION, want) != OATH_OK)
            continue;
        fits = tb_secret_equal(want, code, 6);
        if (fits) *step = k;
    }
    sodium_memzero(key, n);
    free(key);
    return fits;
}
