/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ten thousand events of the sample region, with their backup hospitals, written, linted and read back:
 * processor time of one rendering. feeds REGION-DIR [RUNS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "toban/codec/codec.h"
#include "toban/publish/publish.h"

#define EVENTS 10000

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Every slot of every duty from 2026-04-01 on, filled in turn by the duty's members, until there are enough.
 */
static struct tb_board *fill(const struct tb_region *r)
{
    struct tb_arena arena = {0};
    struct tb_slot *slots;
    int n_slots, *duties = calloc((size_t)r->n_duties, sizeof *duties);
    struct tb_cover *covers = calloc((size_t)r->n_duties, sizeof *covers);
    struct tb_board_row *rows = calloc(EVENTS, sizeof *rows);
    int n = 0;
    tb_day from = tb_day_of(2026, 4, 1), to = from;
    if (!duties || !covers || !rows) exit(1);
    for (int d = 0; d < r->n_duties; d++) duties[d] = d;
    n_slots = tb_slots_of(r, duties, r->n_duties, from, from + 2000, &arena, &slots);
    for (int i = 0; i < n_slots && n < EVENTS; i++) {
        const struct tb_slot *s = &slots[i];
        for (int seat = 1, k = 0; seat <= s->need && n < EVENTS; seat++) {
            int skip = (int)((unsigned)(s->date + seat) % 7);
            while (k < r->n_members && (r->members[k].duty != s->duty || skip-- > 0)) k++;
            if (k == r->n_members) break;
            rows[n++] = (struct tb_board_row){{.duty = s->duty,
                                               .date = s->date,
                                               .band = s->band,
                                               .role = s->role,
                                               .seat = seat,
                                               .provider = r->members[k++].provider},
                                              1000000,
                                              0,
                                              1};
            to = s->date;
        }
    }
    for (int d = 0; d < r->n_duties; d++) covers[d] = (struct tb_cover){d, from, to};
    struct tb_board *b = tb_board_new(r, from, to, rows, (size_t)n, covers, (size_t)r->n_duties);
    b->publication = 1;
    b->published_at = 1000000;
    tb_arena_free(&arena);
    free(duties);
    free(covers);
    free(rows);
    return b;
}

int main(int argc, char **argv)
{
    struct tb_err e = {0};
    struct tb_region *r;
    int64_t runs = 5;
    if (argc < 2 || (argc > 2 && !tb_parse_int(argv[2], 1, 1000, &runs))) {
        fputs("feeds REGION-DIR [RUNS]\n", stderr);
        return 2;
    }
    if (tb_codec_read_region(argv[1], &r, &e)) {
        fprintf(stderr, "%s\n", e.text);
        return 1;
    }
    struct tb_board *b = fill(r);
    double best = 1e9;
    size_t bytes = 0;
    for (int i = 0; i < runs; i++) {
        struct tb_buf out = {0};
        double begun = cpu();
        if (tb_publish_ics(b, TB_FEED_REGION, 0, &out, &e)) {
            fprintf(stderr, "%s\n", e.text);
            return 1;
        }
        double took = cpu() - begun;
        if (took < best) best = took;
        bytes = out.len;
        tb_buf_free(&out);
    }
    printf("{\"name\":\"feeds.render\",\"events\":%d,\"bytes\":%zu,\"cpu_seconds\":%.3f}\n", b->n, bytes,
           best);
    tb_board_free(b);
    tb_region_free(r);
    return 0;
}
