/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A million random questions to a table's file: how long, on one core, from reading to the last answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "toban/route/route.h"

int main(int argc, char **argv)
{
    enum { QUESTIONS = 1000000 };
    struct tb_err e = {0};
    char *bytes;
    size_t len;
    tb_table *t;
    double start = tb_clock_seconds();
    if (argc != 2 || tb_file_read(argv[1], 32u << 20, &bytes, &len, &e) ||
        tb_table_read(bytes, len, &t, &e)) {
        fprintf(stderr, "%s\n", e.text);
        return 1;
    }
    free(bytes);
    struct tb_table_info i = tb_table_info(t);
    const struct tb_region *r = tb_table_region(t);
    double ready = tb_clock_seconds();
    struct rusage begun;
    getrusage(RUSAGE_SELF, &begun);
    uint64_t x = 1;
    long entries = 0;
    for (int k = 0; k < QUESTIONS; k++) {
        struct tb_answer a;
        uint32_t v[7];
        for (int n = 0; n < 7; n++) {
            x = x * 6364136223846793005u + 1442695040888963407u;
            v[n] = (uint32_t)(x >> 33);
        }
        struct tb_query q = {i.from + v[0] % (uint32_t)(i.to - i.from),
                             (int)(v[1] % (uint32_t)r->n_areas),
                             (int)(v[2] % 101) - 1,
                             (int)(v[3] % (uint32_t)(r->n_complaints + 1)) - 1,
                             (int)(v[4] % 7),
                             (int)(v[5] % TB_CHANNEL_COUNT),
                             (int)(v[6] % (uint32_t)(r->n_modifiers + 1))};
        if (tb_route_lookup(t, &q, &a, &e) != TB_OK) return 1;
        entries += a.n;
    }
    double end = tb_clock_seconds();
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    double cpu =
        (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec - begun.ru_utime.tv_sec - begun.ru_stime.tv_sec) +
        (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec - begun.ru_utime.tv_usec - begun.ru_stime.tv_usec) /
            1e6;
    printf("{\"name\":\"route.read\",\"ms\":%.1f,\"bytes\":%zu}\n", (ready - start) * 1e3, len);
    printf("{\"name\":\"route.million-questions\",\"seconds\":%.3f,\"cpu_seconds\":%.3f,\"entries\":%ld,"
           "\"peak_kb\":%ld}\n",
           end - ready, cpu, entries, u.ru_maxrss);
    tb_table_free(t);
    return 0;
}
