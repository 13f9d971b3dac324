/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text after the region of an instance. What is read writes itself as it was read, and all its numbers
 * are indices that exist.
 */
#include "toban/codec/codec.h"

#include <stdlib.h>
#include <string.h>

#define BASE "tests/bad-input/base"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tb_buf head; /* {"format_version":1,"region":{...} */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct tb_region *r;
    struct tb_err e = {0};
    if (tb_codec_read_region(BASE, &r, &e) != TB_OK) TB_BUG("%s", e.text);
    tb_buf_add(&head, "{\"format_version\":1,\"region\":");
    tb_codec_write_region(r, &head);
    tb_region_free(r);
    return 0;
}

static void indices_exist(const struct tb_problem *p)
{
    const struct tb_region *r = p->region;
    for (int i = 0; i < p->n_slots; i++) TB_ASSERT(r->bands[p->slots[i].band].duty == p->slots[i].duty);
    for (int i = 0; i < p->n_bound; i++)
        TB_ASSERT(r->providers[p->bound[i].provider].id[0] != '\0' && p->slots[p->bound[i].slot].need > 0);
    for (int i = 0; i < p->n_pins; i++)
        TB_ASSERT(r->providers[p->pins[i].provider].id[0] != '\0' && p->slots[p->pins[i].slot].need > 0);
    for (int i = 0; i < p->n_counters; i++)
        TB_ASSERT(tb_account_id(r, p->counters[i].ledger, p->counters[i].account)[0] != '\0');
    for (int k = 0; k < p->n_persons; k++)
        for (int i = 0; i < r->n_providers; i++)
            TB_ASSERT(p->persons[k].of[p->persons[k].of[i]] == p->persons[k].of[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tb_buf text = {0};
    struct tb_region *r = NULL, *r2 = NULL;
    struct tb_problem *p = NULL, *p2 = NULL;
    struct tb_err e = {0};
    tb_buf_addn(&text, head.s, head.len);
    tb_buf_addn(&text, data, size);
    enum tb_code code = tb_codec_parse_problem(text.s, text.len, &r, &p, &e);
    tb_buf_free(&text);
    if (code != TB_OK) {
        TB_ASSERT(code == TB_INPUT && r == NULL && p == NULL);
        return 0;
    }
    indices_exist(p);
    struct tb_buf first = {0}, second = {0};
    tb_codec_write_problem(p, &first);
    if (tb_codec_parse_problem(first.s, first.len, &r2, &p2, &e) != TB_OK) TB_BUG("%s", e.text);
    tb_codec_write_problem(p2, &second);
    TB_ASSERT(strcmp(first.s, second.s) == 0);
    tb_buf_free(&first);
    tb_buf_free(&second);
    tb_problem_free(p);
    tb_problem_free(p2);
    tb_region_free(r);
    tb_region_free(r2);
    return 0;
}
