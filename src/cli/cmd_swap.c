/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * swap.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/tell/swap.h"

/* ---- the words of the command -------------------------------------------------------------------------- */

static enum tb_code swap_number(struct cli *c, int64_t *id, struct tb_err *e)
{
    if (c->n_args < 2)
        return tb_fail(
            e, TB_USAGE,
            tb_t("交換の番号が要ります（swap %s 3）", "the number of the swap is needed (swap %s 3)"),
            c->args[0]);
    if (!tb_parse_int(c->args[1], 1, INT32_MAX, id))
        return tb_fail(e, TB_USAGE,
                       tb_t("交換の番号「%s」が読めません", "\"%s\" is not the number of a swap"),
                       c->args[1]);
    return TB_OK;
}

static enum tb_code ask_swap(struct cli *c, struct tb_err *e)
{
    struct tb_app_swap x;
    struct tb_swap_request rq = {.seat = cli_get(c, "seat"),
                                 .provider = cli_get(c, "provider"),
                                 .with = cli_get(c, "with"),
                                 .partner = cli_get(c, "partner"),
                                 .to = cli_get(c, "to"),
                                 .by_office = cli_flag(c, "office"),
                                 .by_phone = cli_get(c, "phone"),
                                 .reason = cli_get(c, "note"),
                                 .what_if = cli_flag(c, "what-if")};
    if (!rq.seat) return tb_fail(e, TB_USAGE, tb_t("--seat が要ります", "--seat is needed"));
    CLI_TRY(cli_int(c, "publication", 1, INT32_MAX, 0, &rq.publication, e));
    c->app.reader = cli_get(c, "for");
    CLI_TRY(tb_app_swap_ask(&c->app, &rq, &x, e));
    CLI_TELL(c, tb_tell_swap, &x);
    tb_app_swap_free(&x);
    return TB_OK;
}

static enum tb_code show_swap(struct cli *c, struct tb_err *e)
{
    struct tb_app_swap x;
    int64_t id;
    CLI_TRY(swap_number(c, &id, e));
    c->app.reader = cli_get(c, "for");
    CLI_TRY(tb_app_swap_open(&c->app, id, &x, e));
    CLI_TELL(c, tb_tell_swap, &x);
    tb_app_swap_free(&x);
    return TB_OK;
}

static enum tb_code move_swap(struct cli *c, enum tb_swap_state to, struct tb_err *e)
{
    struct tb_app_swap x;
    int64_t id;
    CLI_TRY(swap_number(c, &id, e));
    CLI_TRY(tb_app_swap_move(&c->app, id, to, cli_get(c, "provider"), cli_get(c, "note"), &x, e));
    CLI_TELL(c, tb_tell_swap_moved, &x);
    tb_app_swap_free(&x);
    return TB_OK;
}

static enum tb_code agree_swap(struct cli *c, struct tb_err *e) { return move_swap(c, TB_SWAP_AGREED, e); }
static enum tb_code approve_swap(struct cli *c, struct tb_err *e)
{
    return move_swap(c, TB_SWAP_APPROVED, e);
}
static enum tb_code refuse_swap(struct cli *c, struct tb_err *e) { return move_swap(c, TB_SWAP_REFUSED, e); }
static enum tb_code withdraw_swap(struct cli *c, struct tb_err *e)
{
    return move_swap(c, TB_SWAP_WITHDRAWN, e);
}

static enum tb_code publish_swap(struct cli *c, struct tb_err *e)
{
    struct tb_publication p = {0};
    struct tb_app_diff d;
    int64_t id;
    char text[24];
    CLI_TRY(swap_number(c, &id, e));
    CLI_TRY(tb_app_swap_publish(&c->app, id, cli_get(c, "note"), &p, e));
    snprintf(text, sizeof text, "%lld", (long long)p.number);
    enum tb_code code = tb_app_diff(&c->app, text, NULL, &d, e);
    if (code == TB_OK) {
        struct tb_tell_swap_published x = {.swap = id, .publication = &p, .diff = &d};
        CLI_TELL(c, tb_tell_swap_published, &x);
        tb_app_diff_free(&d);
    }
    tb_publication_free(&p);
    return code;
}

static enum tb_code list_swaps(struct cli *c, struct tb_err *e)
{
    struct tb_swap *v;
    size_t n;
    CLI_TRY(tb_app_swaps(&c->app, &v, &n, e));
    struct tb_tell_swaps x = {.v = v, .n = n, .provider = cli_get(c, "provider")};
    CLI_TELL(c, tb_tell_swaps, &x);
    for (size_t i = 0; i < n; i++) tb_swap_free(&v[i]);
    free(v);
    return TB_OK;
}

enum tb_code cmd_swap(struct cli *c, struct tb_err *e)
{
    static const struct {
        const char *word;
        enum tb_code (*run)(struct cli *c, struct tb_err *e);
    } verbs[] = {{"ask", ask_swap},         {"agree", agree_swap},   {"approve", approve_swap},
                 {"publish", publish_swap}, {"refuse", refuse_swap}, {"withdraw", withdraw_swap},
                 {"show", show_swap},       {"list", list_swaps}};
    for (size_t i = 0; i < TB_COUNT(verbs); i++)
        if (strcmp(c->args[0], verbs[i].word) == 0) return verbs[i].run(c, e);
    return tb_fail(e, TB_USAGE,
                   tb_t("swap 「%s」: ask agree approve publish refuse withdraw show list のどれかです",
                        "swap \"%s\": one of ask, agree, approve, publish, refuse, withdraw, show, list"),
                   c->args[0]);
}
