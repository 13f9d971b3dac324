/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 64

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void sha256(const struct tb_buf *b, unsigned char out[32])
{
    char hex[65];
    tb_sha256_hex(tb_buf_str(b), b->len, hex);
    for (int i = 0; i < 32; i++)
        out[i] = (unsigned char)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
}

void tb_hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t n, unsigned char out[32])
{
    unsigned char block[BLOCK] = {0}, inner[32];
    struct tb_buf b = {0};
    if (key_len > BLOCK) {
        tb_buf_addn(&b, key, key_len);
        sha256(&b, block);
        tb_buf_clear(&b);
    } else if (key_len > 0)
        memcpy(block, key, key_len);
    for (int i = 0; i < BLOCK; i++) tb_buf_addc(&b, (char)(block[i] ^ 0x36));
    tb_buf_addn(&b, bytes, n);
    sha256(&b, inner);
    tb_buf_clear(&b);
    for (int i = 0; i < BLOCK; i++) tb_buf_addc(&b, (char)(block[i] ^ 0x5c));
    tb_buf_addn(&b, inner, sizeof inner);
    sha256(&b, out);
    tb_buf_free(&b);
}

void tb_base32(const unsigned char *bytes, size_t n, char *out)
{
    TB_ASSERT(n % 5 == 0);
    for (size_t i = 0; i < n; i += 5) {
        uint64_t v = 0;
        for (size_t k = 0; k < 5; k++) v = v << 8 | bytes[i + k];
        for (int k = 7; k >= 0; k--) *out++ = "abcdefghijklmnopqrstuvwxyz234567"[v >> (5 * k) & 31];
    }
    *out = '\0';
}

bool tb_secret_equal(const char *a, const char *b, size_t n)
{
    unsigned char different = 0;
    for (size_t i = 0; i < n; i++) different |= (unsigned char)(a[i] ^ b[i]);
    return different == 0;
}

static enum tb_code make_key(const char *path, struct tb_err *e)
{
    unsigned char key[TB_KEY_BYTES];
    char text[2 * TB_KEY_BYTES + 1];
    if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key)
        return tb_fail(e, TB_STORAGE, "%s", tb_t("乱数を得られません", "the system gives no random bytes"));
    for (size_t i = 0; i < 2 * sizeof key; i++)
        text[i] = "0123456789abcdef"[key[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
    text[sizeof text - 1] = '\n';
    /* Under another name first: half a key, left by a crash, would be taken for the key ever after. */
    struct tb_buf part = {0};
    tb_buf_addf(&part, "%s.part", path);
    (void)unlink(part.s); /* of an attempt that was cut short */
    int fd = open(part.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = fd >= 0 && write(fd, text, sizeof text) == (ssize_t)sizeof text && fsync(fd) == 0;
    if (fd >= 0) (void)close(fd);
    written = written && rename(part.s, path) == 0;
    if (!written && fd >= 0) (void)unlink(part.s);
    tb_buf_free(&part);
    explicit_bzero(text, sizeof text);
    explicit_bzero(key, sizeof key);
    if (written) return TB_OK;
    return tb_fail(e, TB_STORAGE, tb_t("%s: 鍵のファイルを作れません", "%s: the key file cannot be made"),
                   path);
}

enum tb_code tb_key_read(const char *path, bool create, unsigned char key[TB_KEY_BYTES], struct tb_err *e)
{
    struct stat st;
    enum tb_code c = TB_OK;
    if (stat(path, &st) != 0 && errno == ENOENT && create) c = make_key(path, e);
    char *text = NULL;
    size_t n = 0;
    if (c == TB_OK) c = tb_file_read(path, 4096, &text, &n, e);
    if (c != TB_OK) return c;
    bool good = n == 2 * TB_KEY_BYTES + 1 && text[n - 1] == '\n';
    for (size_t i = 0; good && i < TB_KEY_BYTES; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        good = high >= 0 && low >= 0;
        if (good) key[i] = (unsigned char)(high << 4 | low);
    }
    explicit_bzero(text, n);
    free(text);
    if (!good)
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: 鍵のファイルではありません（16 進 64 字と改行）",
                            "%s: not a key file (64 hex digits and a line feed)"),
                       path);
    if (stat(path, &st) == 0 && (st.st_mode & 077) != 0)
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s: 他の人が読めます。chmod 600 で閉じてください",
                            "%s: others may read it; close it with chmod 600"),
                       path);
    return TB_OK;
}

void tb_token_make(const unsigned char key[TB_KEY_BYTES], const char *purpose, const char *subject,
                   int64_t generation, char *out)
{
    struct tb_buf words = {0};
    unsigned char mac[32];
    tb_buf_addf(&words, "toban-token-1\n%s\n%s\n%lld", purpose, subject, (long long)generation);
    tb_hmac_sha256(key, TB_KEY_BYTES, words.s, words.len, mac);
    tb_base32(mac, TB_TOKEN_CHARS / 8 * 5, out);
    tb_buf_free(&words);
}
