/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stays when a table cannot be used: 119, the advice lines, the tertiary centre. The block stands twice
 * in the file, each with a digest of its own, and is looked for by its mark, so that damage anywhere else
 * does not matter.
 */
#include "form.h"
#include "pull.h"

#include <stdlib.h>
#include <string.h>

enum { DUE_DAYS = 7 };

tb_minute rt_next_due(tb_minute from, tb_minute to)
{
    tb_minute quarter = (to - from) / 4, most = DUE_DAYS * TB_MINUTES_PER_DAY;
    return to - (quarter < most ? quarter : most);
}

enum tb_table_state tb_table_state_at(const tb_table *t, tb_minute at)
{
    if (at < t->from) return TB_TABLE_EARLY;
    if (at >= t->to) return TB_TABLE_EXPIRED;
    return at > t->next_due ? TB_TABLE_DUE : TB_TABLE_VALID;
}

const char *tb_table_state_word(enum tb_table_state s)
{
    switch (s) {
    case TB_TABLE_VALID:
        return tb_t("有効", "valid");
    case TB_TABLE_DUE:
        return tb_t("更新待ち", "renewal due");
    case TB_TABLE_EXPIRED:
        return tb_t("期限切れ", "expired");
    case TB_TABLE_EARLY:
        return tb_t("未開始", "not yet valid");
    case TB_TABLE_CORRUPT:
        break;
    }
    return tb_t("破損", "corrupt");
}

struct tb_table_info tb_table_info(const tb_table *t)
{
    const struct tb_region_row *r = &t->region->regions[0];
    return (struct tb_table_info){t->publication,  t->hash,      t->digest, r->id, r->name,    r->notice,
                                  rt_use_notice(), t->issued_at, t->from,   t->to, t->next_due};
}

const struct tb_region *tb_table_region(const tb_table *t) { return t->region; }

/* ---- printing ------------------------------------------------------------------------------- */

static void add(struct tb_last_resort *l, struct tb_last_row row) { *TB_PUSH(l->rows, l->n, l->cap) = row; }

static void rows_of(const struct tb_table *t, struct tb_last_resort *l)
{
    const struct tb_region *r = t->region;
    bool lines = false, tertiary = false, emergency = false;
    for (int i = 0; i < r->n_policies; i++) {
        const struct tb_policy *p = &r->policies[i];
        if (p->take == RT_TAKE_TEXT && p->role == TB_ANSWER_EMERGENCY && !emergency) {
            emergency = true;
            add(l,
                (struct tb_last_row){TB_ANSWER_EMERGENCY, p->name, p->phone, p->note, 0, TB_MINUTES_PER_DAY});
        }
        lines = lines || p->take == RT_TAKE_LINE;
        tertiary = tertiary || p->take == RT_TAKE_TERTIARY;
    }
    for (int i = 0; i < r->n_lines && lines; i++)
        add(l, (struct tb_last_row){TB_ANSWER_LINE, r->lines[i].name, r->lines[i].phone, r->lines[i].note,
                                    r->lines[i].from, r->lines[i].to});
    for (int i = 0; i < t->n_services && tertiary; i++)
        if (t->services[i].kind == RT_TERTIARY) {
            const struct tb_provider *p = &t->shown[t->services[i].place];
            add(l, (struct tb_last_row){TB_ANSWER_LAST, p->name, p->phone, p->note, 0, TB_MINUTES_PER_DAY});
        }
}

static void print_rows(const struct tb_last_resort *l, tb_printer *p)
{
    tb_print_begin_list(p);
    for (size_t i = 0; i < l->n; i++) {
        const struct tb_last_row *x = &l->rows[i];
        tb_print_begin_object(p);
        tb_print_kint(p, "from", x->from);
        tb_print_kstring(p, "name", x->name);
        tb_print_kstring(p, "note", x->note);
        tb_print_kstring(p, "phone", x->phone);
        tb_print_kstring(p, "role", rt_role_word[x->role]);
        tb_print_kint(p, "to", x->to);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void rt_last_resort_print(const struct tb_table *t, tb_printer *p, const char *key)
{
    struct tb_last_resort l = {0};
    struct tb_buf bytes = {0};
    char digest[65];
    rows_of(t, &l);
    tb_printer *alone = tb_printer_json(&bytes, 0);
    print_rows(&l, alone);
    tb_printer_free(alone);
    tb_sha256_hex(tb_buf_str(&bytes), bytes.len, digest);
    tb_buf_free(&bytes);
    tb_print_key(p, key);
    tb_print_begin_object(p);
    tb_print_kstring(p, "digest", digest);
    tb_print_key(p, "rows");
    print_rows(&l, p);
    tb_print_end_object(p);
    tb_last_resort_free(&l);
}

/* ---- reading -------------------------------------------------------------------------------- */

static bool read_rows(struct rt_pull *p, struct tb_last_resort *out)
{
    rt_lit(p, "[");
    for (bool first = true; rt_more(p, ']', &first);) {
        struct tb_last_row x = {.role = -1};
        rt_lit(p, "{\"from\":");
        x.from = (int)rt_int(p, 0, 2880);
        rt_lit(p, ",\"name\":");
        x.name = rt_string(p, &out->arena);
        rt_lit(p, ",\"note\":");
        x.note = rt_string(p, &out->arena);
        rt_lit(p, ",\"phone\":");
        x.phone = rt_string(p, &out->arena);
        rt_lit(p, ",\"role\":");
        x.role = rt_word(p, rt_role_word, TB_ANSWER_LAST + 1);
        rt_lit(p, ",\"to\":");
        x.to = (int)rt_int(p, 0, 2880);
        rt_lit(p, "}");
        if (p->bad) return false;
        add(out, x);
    }
    return !p->bad;
}

/* The block at p (its digest, then its rows), when both agree. */
bool rt_last_resort_at(struct rt_pull *p, struct tb_last_resort *out)
{
    char digest[65];
    rt_lit(p, "{\"digest\":\"");
    const char *said = p->s;
    rt_skip(p, 64);
    rt_lit(p, "\",\"rows\":");
    const char *rows = p->s;
    if (p->bad || !read_rows(p, out) || out->n == 0) return false;
    tb_sha256_hex(rows, (size_t)(p->s - rows), digest);
    rt_lit(p, "}");
    return !p->bad && memcmp(digest, said, 64) == 0;
}

void tb_table_last_resort(const char *bytes, size_t len, struct tb_last_resort *out)
{
    static const char *const marks[] = {"\"last_resort\":", "\"trailer\":"};
    for (int k = 0; k < (int)TB_COUNT(marks); k++)
        for (const char *s = bytes;
             len > 0 && (s = memmem(s, len - (size_t)(s - bytes), marks[k], strlen(marks[k]))) != NULL;) {
            s += strlen(marks[k]);
            struct rt_pull p = {s, bytes + len, false};
            *out = (struct tb_last_resort){.source = k + 1};
            if (rt_last_resort_at(&p, out)) return;
            tb_last_resort_free(out);
        }
    *out = (struct tb_last_resort){.source = 3};
    add(out, (struct tb_last_row){TB_ANSWER_EMERGENCY, "119", "119", "", 0, TB_MINUTES_PER_DAY});
    add(out, (struct tb_last_row){TB_ANSWER_LINE, tb_t("救急安心センター #7119", "advice line #7119"),
                                  "#7119", "", 0, TB_MINUTES_PER_DAY});
    add(out, (struct tb_last_row){
                 TB_ANSWER_LINE, tb_t("子ども医療電話相談 #8000", "children's advice line #8000"), "#8000",
                 tb_t("時間は県により異なります", "hours differ by prefecture"), 0, TB_MINUTES_PER_DAY});
}

void tb_last_resort_free(struct tb_last_resort *l)
{
    tb_arena_free(&l->arena);
    free(l->rows);
    *l = (struct tb_last_resort){0};
}

void tb_last_resort_of(const tb_table *t, struct tb_last_resort *out)
{
    *out = (struct tb_last_resort){.source = 0};
    rows_of(t, out);
}
