/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HMAC by the vectors of RFC 4231, base 32 by those of RFC 4648, tokens and key files.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "toban/base/secret.h"

static void hex(const unsigned char *bytes, size_t n, char *out)
{
    for (size_t i = 0; i < n; i++) snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void rfc_4231(void **state)
{
    (void)state;
    unsigned char aa[131], dd[50], cd[50], k4[25], k20[20], mac[32];
    char got[65];
    memset(aa, 0xaa, sizeof aa);
    memset(dd, 0xdd, sizeof dd);
    memset(cd, 0xcd, sizeof cd);
    memset(k20, 0x0b, sizeof k20);
    for (size_t i = 0; i < sizeof k4; i++) k4[i] = (unsigned char)(i + 1);
    static const char larger[] =
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs "
        "to be hashed before being used by the HMAC algorithm.";
    const struct {
        const void *key;
        size_t key_len;
        const void *data;
        size_t n;
        const char *mac;
    } cases[] = {
        {k20, 20, "Hi There", 8, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", 4, "what do ya want for nothing?", 28,
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {aa, 20, dd, 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {k4, 25, cd, 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {aa, 131, "Test Using Larger Than Block-Size Key - Hash Key First", 54,
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {aa, 131, larger, sizeof larger - 1,
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    for (size_t i = 0; i < TB_COUNT(cases); i++) {
        tb_hmac_sha256(cases[i].key, cases[i].key_len, cases[i].data, cases[i].n, mac);
        hex(mac, 32, got);
        assert_string_equal(got, cases[i].mac);
    }
}

static void rfc_4648(void **state)
{
    (void)state;
    char out[17];
    tb_base32((const unsigned char *)"fooba", 5, out);
    assert_string_equal(out, "mzxw6ytb");
    tb_base32((const unsigned char *)"\0\0\0\0\0\xff\xff\xff\xff\xff", 10, out);
    assert_string_equal(out, "aaaaaaaa77777777");
}

static void tokens_differ_by_each_word(void **state)
{
    (void)state;
    unsigned char key[TB_KEY_BYTES] = {7}, other[TB_KEY_BYTES] = {8};
    char a[TB_TOKEN_CHARS + 1], b[TB_TOKEN_CHARS + 1];
    tb_token_make(key, "provider", "p1", 1, a);
    assert_int_equal(strlen(a), TB_TOKEN_CHARS);
    assert_true(tb_is_id(a)); /* safe in names of files and in addresses */
    tb_token_make(key, "provider", "p1", 1, b);
    assert_true(tb_secret_equal(a, b, TB_TOKEN_CHARS));
    const struct {
        const unsigned char *key;
        const char *purpose, *subject;
        int64_t generation;
    } others[] = {{other, "provider", "p1", 1},
                  {key, "facility", "p1", 1},
                  {key, "provider", "p2", 1},
                  {key, "provider", "p1", 2},
                  {key, "provider", "p1\n1", 1}};
    for (size_t i = 0; i < TB_COUNT(others); i++) {
        tb_token_make(others[i].key, others[i].purpose, others[i].subject, others[i].generation, b);
        assert_false(tb_secret_equal(a, b, TB_TOKEN_CHARS));
    }
}

static void key_file_is_made_once_and_kept_close(void **state)
{
    (void)state;
    char dir[] = "/tmp/toban-secret-XXXXXX", path[64];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/key", dir);
    struct tb_err e = {0};
    unsigned char one[TB_KEY_BYTES], two[TB_KEY_BYTES];
    assert_int_equal(tb_key_read(path, false, one, &e), TB_INPUT);
    assert_int_equal(tb_key_read(path, true, one, &e), TB_OK);
    assert_int_equal(tb_key_read(path, true, two, &e), TB_OK);
    assert_memory_equal(one, two, sizeof one);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(tb_key_read(path, false, two, &e), TB_REFUSED);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(tb_file_write(path, "too short\n", 10, &e), TB_OK);
    assert_int_equal(tb_key_read(path, true, two, &e), TB_INPUT);
    assert_int_equal(tb_dir_remove(dir, &e), TB_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc_4231),
        cmocka_unit_test(rfc_4648),
        cmocka_unit_test(tokens_differ_by_each_word),
        cmocka_unit_test(key_file_is_made_once_and_kept_close),
    };
    return cmocka_run_group_tests_name("base: secrets", tests, NULL, NULL);
}
