/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was proven once by the second hand, by a digest of all that it looked at. Kept in the data file for
 * speed alone: what is not known, or was changed, is proven again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/base/version.h"

#define BLOB "proofs"
#define TABLE "routing"
/* Lines "KEY VALUE"; the oldest go first. A region publishes a few dozen times a year. */
#define KEPT 256
#define KEY_LENGTH 64

void app_proof_key(const char *kind, const struct tb_buf *const *parts, size_t n, char key[65])
{
    struct tb_buf text = {0};
    char digest[65];
    tb_buf_addf(&text, "toban %s %s\n", TB_VERSION, kind);
    for (size_t i = 0; i < n; i++) {
        tb_sha256_hex(parts[i]->len ? parts[i]->s : "", parts[i]->len, digest);
        tb_buf_addf(&text, "%s\n", digest);
    }
    tb_sha256_hex(tb_buf_str(&text), text.len, key);
    tb_buf_free(&text);
}

void app_proofs_load(tb_store *s, bool again, struct app_proofs *out)
{
    struct tb_err none = {0};
    size_t len;
    *out = (struct app_proofs){0};
    if (again || tb_store_get_blob(s, BLOB, &out->known, &len, &none) != TB_OK) out->known = NULL;
    if (!out->known || tb_store_get_blob(s, TABLE, &out->table, &len, &none) != TB_OK) out->table = NULL;
}

bool app_kept_is(const struct app_proofs *p, const char *made_from)
{
    return p->table && strncmp(p->table, made_from, KEY_LENGTH) == 0 && p->table[KEY_LENGTH] == '\n';
}

void app_kept_bytes(const struct app_proofs *p, struct tb_buf *out)
{
    tb_buf_add(out, p->table + KEY_LENGTH + 1);
}

void app_keep(struct app_proofs *p, const char *made_from, const struct tb_buf *bytes)
{
    tb_buf_clear(&p->fresh_table);
    tb_buf_addf(&p->fresh_table, "%s\n", made_from);
    tb_buf_addn(&p->fresh_table, bytes->s, bytes->len);
}

void app_proofs_free(struct app_proofs *p)
{
    free(p->known);
    free(p->table);
    tb_buf_free(&p->fresh);
    tb_buf_free(&p->fresh_table);
    *p = (struct app_proofs){0};
}

bool app_proof_known(struct app_proofs *p, const char *key, int64_t *value)
{
    for (const char *at = p->known; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
        if (strncmp(at, key, KEY_LENGTH) != 0 || at[KEY_LENGTH] != ' ') continue;
        char number[24];
        (void)snprintf(number, sizeof number, "%.*s", (int)strcspn(at + KEY_LENGTH + 1, "\n"),
                       at + KEY_LENGTH + 1);
        if (!tb_parse_int(number, INT64_MIN, INT64_MAX, value)) continue;
        p->remembered++;
        return true;
    }
    return false;
}

void app_proof_add(struct app_proofs *p, const char *key, int64_t value)
{
    tb_buf_addf(&p->fresh, "%s %lld\n", key, (long long)value);
    p->made++;
}

/* The last KEPT lines. */
static const char *last_lines(const char *text)
{
    size_t n = 0;
    for (const char *at = text; *at; at++) n += *at == '\n';
    for (; n > KEPT; n--) text = strchr(text, '\n') + 1;
    return text;
}

void app_proofs_keep(const struct tb_app *app, const struct app_proofs *p)
{
    tb_store *s;
    struct tb_err none = {0};
    struct app_proofs now;
    struct tb_buf all = {0};
    if ((!p->made && !p->fresh_table.len) || tb_store_open(app->db, TB_STORE_WRITE, &s, &none) != TB_OK)
        return;
    enum tb_code c = tb_store_begin(s, &none);
    if (c == TB_OK) {
        app_proofs_load(s, false, &now);
        /* with --prove some of them stand there already */
        if (now.known) tb_buf_add(&all, now.known);
        tb_buf_addn(&all, p->fresh.s, p->fresh.len);
        const char *kept = last_lines(tb_buf_str(&all));
        c = tb_store_put_blob(s, BLOB, kept, strlen(kept), &none);
        app_proofs_free(&now);
        if (c == TB_OK && p->fresh_table.len)
            c = tb_store_put_blob(s, TABLE, p->fresh_table.s, p->fresh_table.len, &none);
    }
    if (c == TB_OK) c = tb_store_commit(s, &none);
    /* Who may not write proves again next time. */
    if (c != TB_OK) tb_store_rollback(s);
    tb_store_close(s);
    tb_buf_free(&all);
}
