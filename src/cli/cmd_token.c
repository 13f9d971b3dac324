/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * token: addresses of calendar feeds; export ics: the feeds under these addresses as files.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/addresses.h"
#include "toban/app/feeds.h"

static void json_when(tb_printer *p, const char *key, tb_minute m)
{
    char t[64];
    tb_print_key(p, key);
    if (m == TB_NEVER)
        tb_print_null(p);
    else
        tb_print_string(p, tb_format_instant(m, t, sizeof t));
}

static enum tb_code list(struct cli *c, struct tb_err *e)
{
    struct tb_token *v;
    size_t n;
    CLI_TRY(tb_app_token_list(&c->app, &v, &n, e));
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "tokens");
        tb_print_begin_list(j.p);
    }
    for (size_t i = 0; i < n; i++) {
        char a[64], b[64];
        bool live = v[i].revoked == TB_NEVER;
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kstring(j.p, "feed", v[i].feed);
            tb_print_kstring(j.p, "subject", v[i].subject);
            tb_print_kint(j.p, "generation", v[i].generation);
            json_when(j.p, "issued", v[i].issued);
            json_when(j.p, "revoked", v[i].revoked);
            json_when(j.p, "fetched", v[i].fetched);
            tb_print_kint(j.p, "fetched_publication", v[i].fetched_publication);
            tb_print_end_object(j.p);
            continue;
        }
        cli_cell(v[i].feed, 10);
        cli_cell(v[i].subject, 20);
        printf("%3lld  ", (long long)v[i].generation);
        cli_cell(live ? tb_t("使用中", "in use") : tb_t("失効", "revoked"), 10);
        if (v[i].fetched == TB_NEVER)
            printf(tb_t("発行 %.16s  未取得\n", "issued %.16s  never fetched\n"),
                   tb_format_instant(v[i].issued, a, sizeof a));
        else
            printf(tb_t("発行 %.16s  最終取得 %.16s 第%lld版\n",
                        "issued %.16s  last fetched %.16s, publication %lld\n"),
                   tb_format_instant(v[i].issued, a, sizeof a), tb_format_instant(v[i].fetched, b, sizeof b),
                   (long long)v[i].fetched_publication);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    tb_tokens_free(v, n);
    return TB_OK;
}

static enum tb_code issue(struct cli *c, const char *feed, const char *subject, bool again, struct tb_err *e)
{
    struct tb_app_token t;
    struct tb_buf address = {0};
    const char *url = cli_get(c, "url");
    CLI_TRY(tb_app_token_issue(&c->app, cli_get(c, "key"), feed, subject, again, &t, e));
    tb_app_token_address(url ? url : "", t.token, &address);
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "feed", feed);
        tb_print_kstring(j.p, "subject", subject);
        tb_print_kint(j.p, "generation", t.generation);
        tb_print_kbool(j.p, "made", t.made);
        tb_print_kstring(j.p, "token", t.token);
        tb_print_kstring(j.p, "address", tb_buf_str(&address));
        cli_json_end(&j);
    } else
        puts(tb_buf_str(&address));
    tb_buf_free(&address);
    return TB_OK;
}

static enum tb_code revoke(struct cli *c, const char *feed, const char *subject, struct tb_err *e)
{
    CLI_TRY(tb_app_token_revoke(&c->app, feed, subject, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "feed", feed);
        tb_print_kstring(j.p, "subject", subject);
        cli_json_end(&j);
    } else
        printf(tb_t("失効させました。%d 日間はお知らせだけの予定表になり、その後は応答しません\n",
                    "revoked; for %d days the address shows a notice alone, then nothing\n"),
               TB_CLOSED_DAYS);
    return TB_OK;
}

static enum tb_code sheet(struct cli *c, const char *feed, const char *subject, struct tb_err *e)
{
    struct tb_buf html = {0};
    const char *out = cli_get(c, "out");
    CLI_TRY(tb_app_token_sheet(&c->app, cli_get(c, "key"), feed, subject, cli_get(c, "url"), &html, e));
    enum tb_code code = TB_OK;
    if (out)
        code = tb_file_write(out, tb_buf_str(&html), html.len, e);
    else
        fputs(tb_buf_str(&html), stdout);
    tb_buf_free(&html);
    return code;
}

/* FEED SUBJECT, or a provider's id alone. */
enum tb_code cmd_token(struct cli *c, struct tb_err *e)
{
    const char *what = c->args[0], *feed = c->n_args == 3 ? c->args[1] : "provider",
               *subject = c->n_args > 1 ? c->args[c->n_args - 1] : NULL;
    if (strcmp(what, "list") == 0 && !subject) return list(c, e);
    if (!subject)
        return tb_fail(e, TB_USAGE,
                       tb_t("issue rotate revoke sheet には、当番医の記号か、予定表の種類と記号が要ります",
                            "issue, rotate, revoke and sheet need a provider's id, or kind of feed and id"));
    if (strcmp(what, "issue") == 0) return issue(c, feed, subject, false, e);
    if (strcmp(what, "rotate") == 0) return issue(c, feed, subject, true, e);
    if (strcmp(what, "revoke") == 0) return revoke(c, feed, subject, e);
    if (strcmp(what, "sheet") == 0) return sheet(c, feed, subject, e);
    return tb_fail(e, TB_USAGE,
                   tb_t("「%s」: issue rotate revoke list sheet のどれかです",
                        "\"%s\": one of issue, rotate, revoke, list, sheet"),
                   what);
}

enum tb_code cmd_export_ics(struct cli *c, struct tb_err *e)
{
    const char *out = cli_get(c, "out");
    struct tb_app_feeds x;
    if (!out) return tb_fail(e, TB_USAGE, tb_t("--out が要ります", "--out is needed"));
    CLI_TRY(cli_notes(tb_app_export_ics(&c->app, cli_get(c, "key"), out, &x, e), &x.notes));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "directory", out);
        tb_print_kint(j.p, "publication", x.publication);
        tb_print_kstring(j.p, "hash", x.publication_hash);
        tb_print_kint(j.p, "feeds", x.live);
        tb_print_kint(j.p, "notices", x.closed);
        cli_json_end(&j);
    } else
        printf(tb_t("第%lld版 %s の予定表を %s に書きました: %d、失効のお知らせ %d\n",
                    "wrote the calendars of publication %lld %s to %s: %d, and %d notices of revoked "
                    "addresses\n"),
               (long long)x.publication, x.publication_hash, out, x.live, x.closed);
    return TB_OK;
}

enum tb_code cmd_unfetched(struct cli *c, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_app_unfetched *v;
    size_t n;
    int64_t days;
    CLI_TRY(cli_int(c, "days", 0, 400, 7, &days, e));
    CLI_TRY(tb_app_unfetched(&c->app, (int)days, &r, &v, &n, e));
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "providers");
        tb_print_begin_list(j.p);
    }
    for (size_t i = 0; i < n; i++) {
        const struct tb_provider *p = &r->providers[v[i].provider];
        char t[64];
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kstring(j.p, "provider", p->id);
            tb_print_kstring(j.p, "name", p->name);
            json_when(j.p, "next", v[i].from);
            tb_print_kint(j.p, "changed_publication", v[i].changed);
            tb_print_kbool(j.p, "has_address", v[i].generation > 0);
            json_when(j.p, "fetched", v[i].fetched);
            tb_print_kint(j.p, "fetched_publication", v[i].fetched_publication);
            tb_print_end_object(j.p);
            continue;
        }
        printf("%.16s  ", tb_format_instant(v[i].from, t, sizeof t));
        cli_cell(p->name, 32);
        cli_cell(*p->staff_phone ? p->staff_phone : p->phone, 16);
        if (!v[i].generation)
            puts(tb_t("アドレス未発行", "no address issued"));
        else if (v[i].fetched == TB_NEVER)
            puts(tb_t("一度も取得していない", "never fetched"));
        else
            printf(tb_t("第%lld版まで取得、第%lld版で変更\n",
                        "fetched up to publication %lld, changed in %lld\n"),
                   (long long)v[i].fetched_publication, (long long)v[i].changed);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    } else if (!n)
        puts(tb_t("全員が取得しています", "everybody has fetched it"));
    free(v);
    tb_region_free(r);
    return TB_OK;
}
