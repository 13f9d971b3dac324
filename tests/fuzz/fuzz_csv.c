/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a CSV file, in every encoding and for every entity. What is read can be written and read
 * again.
 */
#include "codec/codec_int.h"
#include "toban/base/csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct cells {
    char **v;
    size_t n, cap;
};

static bool read_all(const struct tb_text *t, struct cells *out, struct tb_buf *written)
{
    struct tb_csv c;
    struct tb_err e = {0};
    enum tb_code code;
    tb_csv_open(&c, t);
    while ((code = tb_csv_next(&c, &e)) == TB_OK && c.n > 0) {
        for (size_t i = 0; i < c.n; i++) {
            *TB_PUSH(out->v, out->n, out->cap) = tb_xstrdup(c.cells[i]);
            tb_csv_cell(written, c.cells[i]);
        }
        tb_csv_end(written);
    }
    tb_csv_close(&c);
    return code == TB_OK;
}

static void cells_free(struct cells *c)
{
    for (size_t i = 0; i < c->n; i++) free(c->v[i]);
    free(c->v);
}

/* A cell that begins like a formula comes back with the apostrophe that it was written with. */
static void same(const char *a, const char *b)
{
    bool marked = b[0] == '\'' && a[0] != '\0' && strchr("=+-@\t\r", a[0]) != NULL;
    TB_ASSERT(strcmp(a, marked ? b + 1 : b) == 0);
}

static void round_trip(const struct tb_text *t)
{
    struct cells first = {0}, second = {0};
    struct tb_buf written = {0}, again = {0};
    if (read_all(t, &first, &written)) {
        struct tb_text t2 = {0};
        TB_ASSERT(tb_text_of("again", tb_buf_str(&written), written.len, TB_ENCODING_UTF8, &t2, NULL) ==
                  TB_OK);
        if (read_all(&t2, &second, &again)) {
            TB_ASSERT(first.n == second.n);
            for (size_t i = 0; i < first.n; i++) same(first.v[i], second.v[i]);
        }
        tb_text_free(&t2);
    }
    cells_free(&first);
    cells_free(&second);
    tb_buf_free(&written);
    tb_buf_free(&again);
}

struct sink {
    struct tb_loader *loader;
    enum tb_entity_id entity;
};

static enum tb_code to_loader(void *arg, const char *const *cells, int line, struct tb_err *e)
{
    const struct sink *k = arg;
    return tb_loader_row(k->loader, k->entity, cells, "fuzz.csv", line, e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int said = TB_ENCODING_UTF8; said <= TB_ENCODING_GUESS; said++) {
        struct tb_err e = {0};
        struct tb_text t;
        if (tb_text_of("fuzz.csv", (const char *)data, size, (enum tb_encoding)said, &t, &e) != TB_OK) {
            TB_ASSERT(e.code == TB_INPUT && strncmp(e.text, "fuzz.csv", 8) == 0);
            continue;
        }
        TB_ASSERT(tb_utf8_valid(t.s, t.len, NULL) && strlen(t.s) == t.len);
        for (int i = 0; i < TB_E_COUNT; i++) {
            struct tb_text copy = t;
            copy.s = tb_xstrdup(t.s); /* read in place */
            struct sink k = {tb_loader_new(), (enum tb_entity_id)i};
            struct tb_region *r = NULL;
            enum tb_code code = tb_entity_csv(&tb_entities[i], &copy, to_loader, &k, &e);
            if (code == TB_OK)
                code = tb_loader_finish(k.loader, &r, &e);
            else
                tb_loader_free(k.loader);
            TB_ASSERT(code == TB_OK || code == TB_INPUT);
            tb_region_free(r);
            tb_text_free(&copy);
        }
        round_trip(&t);
        tb_text_free(&t);
    }
    return 0;
}
