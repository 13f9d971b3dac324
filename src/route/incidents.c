/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Overrides as one small file beside the table: {"digest","format_version","rows"}, canonical bytes like the
 * table's. And rows by name against a table.
 */
#include "route_int.h"
#include "pull.h"

#include <stdlib.h>
#include <string.h>

static void print_rows(const struct tb_incident_list *l, tb_printer *p)
{
    char t[64];
    tb_print_begin_list(p);
    for (size_t i = 0; i < l->n; i++) {
        const struct tb_incident_row *x = &l->v[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "by", x->by);
        tb_print_kstring(p, "duty", x->duty);
        tb_print_kstring(p, "entered_at", tb_format_instant(x->entered_at, t, sizeof t));
        tb_print_kstring(p, "from", tb_format_instant(x->from, t, sizeof t));
        tb_print_kint(p, "id", x->id);
        tb_print_kstring(p, "kind", x->kind);
        tb_print_kstring(p, "note", x->note);
        tb_print_kstring(p, "other", x->other);
        tb_print_kstring(p, "phone", x->phone);
        tb_print_kstring(p, "provider", x->provider);
        tb_print_kstring(p, "reason", x->reason);
        tb_print_kstring(p, "source", x->source);
        tb_print_kint(p, "supersedes", x->supersedes);
        tb_print_kstring(p, "until", tb_format_instant(x->until, t, sizeof t));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_incidents_json(const struct tb_incident_list *l, struct tb_buf *out)
{
    struct tb_buf rows = {0};
    char digest[65];
    tb_printer *p = tb_printer_json(&rows, 0);
    print_rows(l, p);
    tb_printer_free(p);
    tb_sha256_hex(tb_buf_str(&rows), rows.len, digest);
    tb_buf_addf(out, "{\"digest\":\"%s\",\"format_version\":1,\"rows\":%s}\n", digest, tb_buf_str(&rows));
    tb_buf_free(&rows);
}

static const char *member(struct rt_pull *p, struct tb_arena *a, const char *before)
{
    rt_lit(p, before);
    return rt_string(p, a);
}

static tb_minute instant(struct rt_pull *p, struct tb_arena *a, const char *before)
{
    tb_minute m = 0;
    if (!tb_parse_instant(member(p, a, before), &m)) p->bad = true;
    return m;
}

enum tb_code tb_incidents_read(const char *bytes, size_t len, struct tb_incident_list *out, struct tb_err *e)
{
    struct rt_pull p = {bytes, bytes + len, false};
    char digest[65] = "";
    *out = (struct tb_incident_list){0};
    rt_lit(&p, "{\"digest\":\"");
    const char *said = p.s;
    rt_skip(&p, 64);
    rt_lit(&p, "\",\"format_version\":1,\"rows\":");
    const char *rows = p.s;
    rt_lit(&p, "[");
    for (bool first = true; rt_more(&p, ']', &first);) {
        struct tb_arena *a = &out->arena;
        struct tb_incident_row x = {0};
        x.by = member(&p, a, "{\"by\":");
        x.duty = member(&p, a, ",\"duty\":");
        x.entered_at = instant(&p, a, ",\"entered_at\":");
        x.from = instant(&p, a, ",\"from\":");
        rt_lit(&p, ",\"id\":");
        x.id = rt_int(&p, 0, INT32_MAX);
        x.kind = member(&p, a, ",\"kind\":");
        x.note = member(&p, a, ",\"note\":");
        x.other = member(&p, a, ",\"other\":");
        x.phone = member(&p, a, ",\"phone\":");
        x.provider = member(&p, a, ",\"provider\":");
        x.reason = member(&p, a, ",\"reason\":");
        x.source = member(&p, a, ",\"source\":");
        rt_lit(&p, ",\"supersedes\":");
        x.supersedes = rt_int(&p, 0, INT32_MAX);
        x.until = instant(&p, a, ",\"until\":");
        rt_lit(&p, "}");
        if (!p.bad) *TB_PUSH(out->v, out->n, out->cap) = x;
    }
    if (!p.bad) tb_sha256_hex(rows, (size_t)(p.s - rows), digest);
    rt_lit(&p, "}\n");
    if (!p.bad && p.s == p.end && memcmp(digest, said, 64) == 0) return TB_OK;
    tb_incident_list_free(out);
    return tb_fail(e, TB_INPUT, "%s",
                   tb_t("変更のファイルが破損しています（照合が合いません）。変更なしとして案内します。toban "
                        "override で書き直してください",
                        "the file of overrides is corrupt (its digest does not match); answers are given "
                        "without it: write it again with toban override"));
}

enum tb_code tb_incident_of(const tb_table *t, const struct tb_incident_row *x, struct tb_incident *out,
                            struct tb_err *e)
{
    const struct tb_region *r = t->region;
    *out = tb_incident_in(r, x);
    if (*x->duty != '\0' && out->duty < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("当番区分「%s」はこの案内表にありません", "this table has no duty \"%s\""),
                       x->duty);
    if (*x->provider != '\0' && out->provider < 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("医療機関「%s」はこの案内表にありません", "this table has no facility \"%s\""),
                       x->provider);
    return tb_incident_check(t, out, e);
}

struct tb_incident *tb_incidents_resolve(const tb_table *t, const struct tb_incident_list *l, int *n)
{
    struct tb_incident *out = tb_xcalloc(l->n + 1, sizeof *out);
    *n = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (!tb_incident_row_over(l, i) && tb_incident_of(t, &l->v[i], &out[*n], NULL) == TB_OK) (*n)++;
    }
    return out;
}
