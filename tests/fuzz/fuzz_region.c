/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as region.json or snapshot. A region that is read writes a snapshot that reads to the same
 * region.
 */
#include "toban/codec/codec.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tb_region *r = NULL, *again = NULL;
    struct tb_err e = {0};
    enum tb_code code = tb_codec_parse_region("fuzz.json", (const char *)data, size, &r, &e);
    if (code != TB_OK) {
        TB_ASSERT(code == TB_INPUT && r == NULL && e.text[0] != '\0');
        return 0;
    }
    struct tb_buf first = {0}, second = {0};
    tb_codec_write_region(r, &first);
    if (tb_codec_parse_region("snapshot", first.s, first.len, &again, &e) != TB_OK) TB_BUG("%s", e.text);
    tb_codec_write_region(again, &second);
    TB_ASSERT(strcmp(first.s, second.s) == 0);
    char a[65], b[65];
    tb_region_digest(r, a);
    tb_region_digest(again, b);
    TB_ASSERT(strcmp(a, b) == 0);
    tb_buf_free(&first);
    tb_buf_free(&second);
    tb_region_free(r);
    tb_region_free(again);
    return 0;
}
