/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * circulate, approve, sent.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/life.h"
#include "toban/app/sent.h"

static enum tb_code lives(struct cli *c, struct tb_err *e)
{
    static const char *const states[TB_LIFE_COUNT] = {"draft", "circulating", "approved",  "published",
                                                      "old",   "withdrawn",   "superseded"};
    struct tb_life_state *v;
    size_t n;
    CLI_TRY(tb_app_lives(&c->app, &v, &n, e));
    struct cli_json j = {0};
    char a[64], b[64];
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "drafts");
        tb_print_begin_list(j.p);
    }
    for (size_t i = 0; i < n; i++) {
        tb_format_date(v[i].from, a, sizeof a);
        tb_format_date(v[i].to, b, sizeof b);
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kint(j.p, "draft", v[i].draft);
            tb_print_kstring(j.p, "state", states[v[i].state]);
            tb_print_kstring(j.p, "from", a);
            tb_print_kstring(j.p, "to", b);
            tb_print_kstring(j.p, "duties", v[i].duties);
            tb_print_kint(j.p, "publication", v[i].published);
            if (v[i].ended) tb_print_kint(j.p, "ended", v[i].ended);
            if (v[i].until != TB_DAY_NONE)
                tb_print_kstring(j.p, "until", tb_format_date(v[i].until, a, sizeof a));
            tb_print_end_object(j.p);
            continue;
        }
        printf("%5lld  %s..%s  ", (long long)v[i].draft, a, b);
        cli_cell(tb_life_word(v[i].state), 12);
        if (v[i].published) printf(tb_t("第%lld版  ", "publication %lld  "), (long long)v[i].published);
        if (v[i].ended) printf(tb_t("第%lld版まで  ", "ended by publication %lld  "), (long long)v[i].ended);
        if (v[i].until != TB_DAY_NONE)
            printf(tb_t("%s まで  ", "until %s  "), tb_format_date(v[i].until, a, sizeof a));
        puts(v[i].duties);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    tb_lives_free(v, n);
    return TB_OK;
}

static enum tb_code done(const struct cli *c, int64_t draft, enum tb_life state)
{
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "draft", draft);
        cli_json_end(&j);
    } else
        printf(tb_t("案 %lld: %s\n", "draft %lld: %s\n"), (long long)draft, tb_life_word(state));
    return TB_OK;
}

static const char *given(const struct cli *c, const char *option)
{
    return cli_get(c, option) ? cli_get(c, option) : "";
}

static enum tb_code number(const struct cli *c, int64_t *out, struct tb_err *e)
{
    if (tb_parse_int(c->args[0], 1, INT32_MAX, out)) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("「%s」は番号ではありません", "\"%s\" is not a number"), c->args[0]);
}

enum tb_code cmd_circulate(struct cli *c, struct tb_err *e)
{
    int64_t draft;
    tb_day until;
    if (c->n_args == 0) return lives(c, e);
    CLI_TRY(number(c, &draft, e));
    if (!tb_parse_date(given(c, "until"), &until))
        return tb_fail(e, TB_USAGE,
                       tb_t("--until に異議を受け付ける末日が要ります（2026-11-20）",
                            "--until is needed: the last day for objections (2026-11-20)"));
    CLI_TRY(tb_app_circulate(&c->app, draft, until, given(c, "note"), e));
    return done(c, draft, TB_LIFE_CIRCULATING);
}

enum tb_code cmd_approve(struct cli *c, struct tb_err *e)
{
    int64_t draft;
    CLI_TRY(number(c, &draft, e));
    CLI_TRY(tb_app_approve(&c->app, draft, given(c, "note"), e));
    return done(c, draft, TB_LIFE_APPROVED);
}

/* ---- sent ----------------------------------------------------------------------------------------- */

static void json_when(tb_printer *p, const char *key, tb_minute m)
{
    char t[64];
    tb_print_key(p, key);
    if (m == TB_NEVER)
        tb_print_null(p);
    else
        tb_print_string(p, tb_format_instant(m, t, sizeof t));
}

static const char *const ways[] = {"fax", "mail", "post", "hand"}; /* in the order of the field */

static void show(const struct cli *c, const struct tb_app_sent *x, const struct tb_app_due *due,
                 struct cli_json *j)
{
    const struct tb_recipient *to = &x->region->recipients[due->recipient];
    const char *name = due->provider >= 0 ? x->region->providers[due->provider].name : to->name;
    char t[64];
    if (c->json) {
        tb_print_begin_object(j->p);
        tb_print_kstring(j->p, "recipient", due->id);
        tb_print_kstring(j->p, "name", name);
        tb_print_kstring(j->p, "address", due->address);
        tb_print_kint(j->p, "changes", (int64_t)due->n);
        json_when(j->p, "sent", due->sent);
        tb_print_kstring(j->p, "way", due->way);
        json_when(j->p, "confirmed", due->confirmed);
        tb_print_kstring(j->p, "confirmed_by", due->confirmed_by);
        tb_print_end_object(j->p);
        return;
    }
    cli_cell(due->id, 24);
    cli_cell(name, 32);
    printf(tb_t("変更 %zu 件  ", "%zu changes  "), due->n);
    if (due->sent == TB_NEVER)
        printf(tb_t("未送付（%s %s）", "not sent (%s %s)"), ways[to->way],
               *due->address ? due->address : tb_t("宛先なし", "no address"));
    else
        printf(tb_t("送付 %.16s %s", "sent %.16s %s"), tb_format_instant(due->sent, t, sizeof t), due->way);
    if (due->confirmed != TB_NEVER)
        printf(tb_t("  受領確認 %.16s %s", "  confirmed %.16s %s"),
               tb_format_instant(due->confirmed, t, sizeof t), due->confirmed_by);
    putchar('\n');
}

static enum tb_code sent_text(const struct tb_app_sent *x, const char *recipient, struct tb_err *e)
{
    for (size_t i = 0; i < x->n; i++) {
        if (strcmp(x->v[i].id, recipient) != 0) continue;
        struct tb_buf text = {0};
        tb_app_sent_text(x, &x->v[i], &text);
        fputs(tb_buf_str(&text), stdout);
        tb_buf_free(&text);
        return TB_OK;
    }
    return tb_fail(e, TB_NO, tb_t("「%s」に知らせることはありません", "there is nothing to tell \"%s\""),
                   recipient);
}

/* One file for each to whom it is still to be sent: DIR/fax-fire.txt. */
static enum tb_code write_texts(const struct tb_app_sent *x, const char *dir, size_t *n, struct tb_err *e)
{
    enum tb_code c = tb_dir_make(dir, e);
    *n = 0;
    for (size_t i = 0; i < x->n && c == TB_OK; i++) {
        const struct tb_app_due *due = &x->v[i];
        if (due->sent != TB_NEVER || !due->n) continue;
        struct tb_buf path = {0}, text = {0};
        tb_buf_addf(&path, "%s/%s-", dir, ways[x->region->recipients[due->recipient].way]);
        for (const char *p = due->id; *p; p++) tb_buf_addc(&path, *p == ':' ? '-' : *p);
        tb_buf_add(&path, ".txt");
        tb_buf_addf(&text, "送り先 %s\n\n", *due->address ? due->address : "（宛先が登録されていません）");
        tb_app_sent_text(x, due, &text);
        c = tb_file_write(path.s, text.s, text.len, e);
        *n += c == TB_OK;
        tb_buf_free(&path);
        tb_buf_free(&text);
    }
    return c;
}

enum tb_code cmd_sent(struct cli *c, struct tb_err *e)
{
    const char *recipient = cli_get(c, "recipient");
    int64_t n = 0;
    if (c->n_args) CLI_TRY(number(c, &n, e));
    if (!recipient && (cli_flag(c, "confirmed") || cli_get(c, "way")))
        return tb_fail(e, TB_USAGE, tb_t("--recipient が要ります", "--recipient is needed"));
    if (recipient)
        CLI_TRY(tb_app_deliver(&c->app, n, recipient, cli_flag(c, "confirmed"), cli_get(c, "way"),
                               given(c, "note"), e));
    struct tb_app_sent x;
    CLI_TRY(tb_app_sent(&c->app, n, &x, e));
    if (cli_get(c, "text")) {
        enum tb_code code = sent_text(&x, cli_get(c, "text"), e);
        tb_app_sent_free(&x);
        return code;
    }
    struct cli_json j = {0};
    size_t written = 0;
    if (cli_get(c, "texts")) {
        enum tb_code code = write_texts(&x, cli_get(c, "texts"), &written, e);
        if (code) {
            tb_app_sent_free(&x);
            return code;
        }
    }
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", x.side.number);
        tb_print_kint(j.p, "texts", (int64_t)written);
        tb_print_key(j.p, "recipients");
        tb_print_begin_list(j.p);
    } else
        printf(tb_t("第%lld版（%s）の送付\n", "publication %lld (%s): who was sent it\n"),
               (long long)x.side.number, x.side.hash);
    for (size_t i = 0; i < x.n; i++)
        if (!cli_flag(c, "todo") || x.v[i].sent == TB_NEVER) show(c, &x, &x.v[i], &j);
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    tb_app_sent_free(&x);
    return TB_OK;
}
