/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * why.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/hand.h"
#include "toban/tell/seat.h"
#include "toban/tell/why.h"

/* What is asked of each seat, and what was found. */
struct asking {
    const struct tb_app_draft *draft;
    int rival; /* -1: every other one */
    int most;
    bool member; /* what the office prints for him who sits there */
    struct tb_tell_why_seat *v;
    size_t n, cap;
};

static void asking_free(struct asking *q)
{
    for (size_t i = 0; i < q->n; i++) {
        free(q->v[i].seat);
        tb_why_free(&q->v[i].why);
    }
    free(q->v);
}

static bool why_proven(const struct tb_why *w)
{
    bool proven = w->best_proven && w->spared_proven;
    for (int i = 0; i < w->n_rivals; i++) proven = proven && (!w->rivals[i].solved || w->rivals[i].proven);
    return proven;
}

static enum tb_code ask_seat(struct cli *c, struct asking *q, int slot, int who, const char *seat,
                             struct tb_err *e)
{
    struct tb_why w;
    if (q->member) c->app.reader = q->draft->region->providers[who].id;
    CLI_TRY(tb_why(&c->app, q->draft, &(struct tb_why_question){slot, who, q->rival, q->most}, &w, e));
    *TB_PUSH(q->v, q->n, q->cap) = (struct tb_tell_why_seat){.seat = tb_xstrdup(seat), .why = w};
    return TB_OK;
}

/* Every seat that he has in the draft. */
static enum tb_code ask_his_seats(struct cli *c, struct asking *q, int who, struct tb_err *e)
{
    const struct tb_app_draft *d = q->draft;
    for (int i = 0; i < d->roster.n; i++) {
        struct tb_buf seat = {0};
        if (d->roster.a[i].provider != who) continue;
        tb_tell_slot_typed(d->region, &d->problem->slots[d->roster.a[i].slot], &seat);
        enum tb_code code = ask_seat(c, q, d->roster.a[i].slot, who, tb_buf_str(&seat), e);
        tb_buf_free(&seat);
        if (code) return code;
    }
    if (q->n) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("%s は案 %lld に席がありません（--draft で選びます）",
                        "%s has no seat in draft %lld (choose with --draft)"),
                   d->region->providers[who].id, (long long)d->stored.id);
}

static enum tb_code tell_asked(struct cli *c, const struct asking *q, bool all)
{
    struct tb_tell_why x = {.draft = q->draft, .v = q->v, .n = q->n, .all = all, .most = q->most};
    bool proven = true;
    CLI_TELL(c, tb_tell_why, &x);
    for (size_t i = 0; i < q->n; i++) proven = proven && why_proven(&q->v[i].why);
    return proven ? TB_OK : TB_LIMIT;
}

enum tb_code cmd_why(struct cli *c, struct tb_err *e)
{
    int64_t id, most, seconds;
    int slot = -1, who = -1;
    struct tb_app_draft d;
    const char *seat = cli_get(c, "seat"), *audience = cli_get(c, "audience"),
               *rival = cli_get(c, "provider"), *of = cli_get(c, "of");
    if (!seat && !of)
        return tb_fail(e, TB_USAGE, tb_t("--seat か --of が要ります", "--seat or --of is needed"));
    if (audience && strcmp(audience, "member") != 0 && strcmp(audience, "office") != 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("--audience は office か member です", "--audience is office or member"));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "most", 0, 10000, 5, &most, e));
    CLI_TRY(cli_int(c, "time", 1, 86400, 60, &seconds, e));
    c->app.plan.seconds = (double)seconds;
    if (seat)
        CLI_TRY(tb_app_seat_draft(&c->app, &(struct tb_seat_question){id, cli_flag(c, "published"), seat, of},
                                  &d, &slot, &who, e));
    else
        CLI_TRY(tb_app_open_draft(&c->app, id, NULL, false, &d, e));
    struct asking q = {.draft = &d,
                       .rival = -1,
                       .most = rival ? 1 : (int)most,
                       .member = audience && strcmp(audience, "member") == 0};
    enum tb_code code = rival ? tb_app_provider(d.region, rival, &q.rival, e) : TB_OK;
    if (code == TB_OK && !seat) code = tb_app_provider(d.region, of, &who, e);
    if (code == TB_OK) code = seat ? ask_seat(c, &q, slot, who, seat, e) : ask_his_seats(c, &q, who, e);
    if (code == TB_OK) code = tell_asked(c, &q, !seat);
    asking_free(&q);
    tb_app_draft_free(&d);
    return code;
}
