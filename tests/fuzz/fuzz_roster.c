/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a hand-made roster, with a problem and without.
 */
#include "codec/codec_int.h"

#include <stdlib.h>
#include <string.h>

#define BASE "tests/bad-input/base"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tb_region *region;
static struct tb_problem *problem;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct tb_err e = {0};
    if (tb_codec_read_region(BASE, &region, &e) != TB_OK) TB_BUG("%s", e.text);
    int duties[] = {tb_find_duty(region, "clinic"), tb_find_duty(region, "night")};
    struct tb_problem_input in = {.region = region,
                                  .from = tb_day_of(2026, 12, 1),
                                  .to = tb_day_of(2026, 12, 31),
                                  .duties = duties,
                                  .n_duties = 2};
    if (tb_problem_build(&in, false, &problem, &e) != TB_OK) TB_BUG("%s", e.text);
    return 0;
}

static void with_problem(const uint8_t *data, size_t size)
{
    struct tb_text t;
    struct tb_roster roster = {0};
    if (tb_text_of("fuzz", (const char *)data, size, TB_ENCODING_GUESS, &t, NULL) != TB_OK) return;
    enum tb_code code = tb_roster_of(&t, problem, &roster, NULL);
    TB_ASSERT(code == TB_OK || (code == TB_INPUT && roster.a == NULL));
    for (int i = 0; i < roster.n; i++) {
        const struct tb_assignment *a = &roster.a[i];
        TB_ASSERT(a->slot >= 0 && a->slot < problem->n_slots && a->provider >= 0 &&
                  a->provider < region->n_providers && a->seat >= 1);
        TB_ASSERT(i == 0 || a[-1].slot < a->slot || (a[-1].slot == a->slot && a[-1].seat < a->seat));
    }
    tb_roster_free(&roster);
    tb_text_free(&t);
}

static void without(const uint8_t *data, size_t size)
{
    struct tb_text t;
    struct tb_seat_row *rows = NULL;
    size_t n = 0;
    if (tb_text_of("fuzz", (const char *)data, size, TB_ENCODING_GUESS, &t, NULL) != TB_OK) return;
    enum tb_code code = tb_seats_of(&t, region, &rows, &n, NULL);
    TB_ASSERT(code == TB_OK || (code == TB_INPUT && rows == NULL));
    for (size_t i = 1; i < n; i++)
        TB_ASSERT(rows[i - 1].date <= rows[i].date &&
                  memcmp(&rows[i - 1], &rows[i], offsetof(struct tb_seat_row, provider)) != 0);
    free(rows);
    tb_text_free(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    with_problem(data, size);
    without(data, size);
    return 0;
}
