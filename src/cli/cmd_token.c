/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * token: addresses of calendar feeds; export ics: the feeds under these addresses as files.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/tell/export.h"
#include "toban/tell/feeds.h"

static enum tb_code list_tokens(struct cli *c, struct tb_err *e)
{
    struct tb_token *v;
    size_t n;
    CLI_TRY(tb_app_token_list(&c->app, &v, &n, e));
    CLI_TELL(c, tb_tell_tokens, (&(struct tb_tell_tokens){v, n}));
    tb_tokens_free(v, n);
    return TB_OK;
}

static enum tb_code issue_token(struct cli *c, const char *feed, const char *subject, bool again,
                                struct tb_err *e)
{
    struct tb_app_token t;
    const char *url = cli_get(c, "url");
    CLI_TRY(tb_app_token_issue(&c->app, cli_get(c, "key"), feed, subject, again, &t, e));
    CLI_TELL(c, tb_tell_address, (&(struct tb_tell_address){feed, subject, url ? url : "", &t}));
    return TB_OK;
}

static enum tb_code revoke_token(struct cli *c, const char *feed, const char *subject, struct tb_err *e)
{
    CLI_TRY(tb_app_token_revoke(&c->app, feed, subject, e));
    CLI_TELL(c, tb_tell_revoked, (&(struct tb_tell_revoked){feed, subject}));
    return TB_OK;
}

static enum tb_code token_alarm(struct cli *c, const char *feed, const char *subject, struct tb_err *e)
{
    struct tb_tell_alarm x = {.feed = feed, .subject = subject};
    if (!cli_get(c, "minutes"))
        return tb_fail(e, TB_USAGE,
                       tb_t("--minutes が要ります（当番の何分前か。0 は鳴らさない）",
                            "--minutes is needed: how many minutes before a duty (0: it does not ring)"));
    CLI_TRY(cli_int(c, "minutes", 0, TB_ALARM_MAX, 0, &x.minutes, e));
    CLI_TRY(tb_app_token_alarm(&c->app, feed, subject, x.minutes, &x.changed, e));
    CLI_TELL(c, tb_tell_alarm, (&x));
    return TB_OK;
}

static enum tb_code token_sheet(struct cli *c, const char *feed, const char *subject, struct tb_err *e)
{
    struct tb_buf html = {0};
    const char *out = cli_get(c, "out");
    CLI_TRY(tb_app_token_sheet(&c->app, cli_get(c, "key"), feed, subject, cli_get(c, "url"), &html, e));
    enum tb_code code = TB_OK;
    if (out)
        code = tb_file_write(out, tb_buf_str(&html), html.len, e);
    else
        cli_print(&html);
    tb_buf_free(&html);
    return code;
}

/* FEED SUBJECT, or a provider's id alone. */
enum tb_code cmd_token(struct cli *c, struct tb_err *e)
{
    const char *what = c->args[0], *feed = c->n_args == 3 ? c->args[1] : "provider",
               *subject = c->n_args > 1 ? c->args[c->n_args - 1] : NULL;
    if (strcmp(what, "list") == 0 && !subject) return list_tokens(c, e);
    if (!subject)
        return tb_fail(
            e, TB_USAGE,
            tb_t("issue rotate revoke alarm sheet には、当番医の記号か、予定表の種類と記号が要ります",
                 "issue, rotate, revoke, alarm and sheet need a provider's id, or kind of feed and id"));
    bool duty = strcmp(feed, "duty") == 0;
    if (duty || strcmp(feed, "provider") == 0)
        CLI_TRY(cli_named(c, duty ? TB_WORD_DUTY : TB_WORD_PROVIDER, "ID", &subject, e));
    if (strcmp(what, "issue") == 0) return issue_token(c, feed, subject, false, e);
    if (strcmp(what, "rotate") == 0) return issue_token(c, feed, subject, true, e);
    if (strcmp(what, "revoke") == 0) return revoke_token(c, feed, subject, e);
    if (strcmp(what, "alarm") == 0) return token_alarm(c, feed, subject, e);
    if (strcmp(what, "sheet") == 0) return token_sheet(c, feed, subject, e);
    return tb_fail(e, TB_USAGE,
                   tb_t("「%s」: issue rotate revoke list alarm sheet のどれかです",
                        "\"%s\": one of issue, rotate, revoke, list, alarm, sheet"),
                   what);
}

enum tb_code cmd_export_ics(struct cli *c, struct tb_err *e)
{
    const char *out = cli_get(c, "out");
    struct tb_app_feeds x;
    if (!out) return tb_fail(e, TB_USAGE, tb_t("--out が要ります", "--out is needed"));
    CLI_TRY(cli_notes(tb_app_export_ics(&c->app, cli_get(c, "key"), out, &x, e), &x.notes));
    CLI_TELL(c, tb_tell_exported_feeds, (&(struct tb_tell_exported_feeds){&x, out}));
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
    CLI_TELL(c, tb_tell_unfetched, (&(struct tb_tell_unfetched){r, v, n}));
    free(v);
    tb_region_free(r);
    return TB_OK;
}
