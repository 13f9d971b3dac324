/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a body asks for before one of its rosters is published: its approval, by another hand perhaps.
 */
#include <string.h>

#include "app_int.h"

/* The next duty of a list "a;b" of ids that the region has, -1: no more. */
static int next_duty(const struct tb_region *r, const char **at)
{
    int duty = -1;
    while (duty < 0 && **at) {
        size_t n = strcspn(*at, ";");
        for (int d = 0; d < r->n_duties && duty < 0; d++)
            if (strlen(r->duties[d].id) == n && memcmp(r->duties[d].id, *at, n) == 0) duty = d;
        *at += n + ((*at)[n] == ';');
    }
    return duty;
}

const struct tb_body *app_approving_body(const struct tb_region *r, const char *duties)
{
    for (int d; (d = next_duty(r, &duties)) >= 0;)
        if (r->bodies[r->duties[d].body].approves) return &r->bodies[r->duties[d].body];
    return NULL;
}

void app_approval_words(const struct tb_region *r, const char *duties, struct tb_buf *out)
{
    for (int d; (d = next_duty(r, &duties)) >= 0;) {
        const char *word = r->bodies[r->duties[d].body].approval;
        if (!*word || (out->len && strstr(tb_buf_str(out), word))) continue;
        tb_buf_addf(out, "%s%s", out->len ? "・" : "", word);
    }
}

enum tb_code app_other_hand(const struct tb_app *app, tb_store *s, const struct tb_region *r,
                            const struct tb_life_state *x, struct tb_err *e)
{
    const struct tb_body *body = NULL;
    const char *rest = x->duties;
    for (int d; !body && (d = next_duty(r, &rest)) >= 0;)
        if (r->bodies[r->duties[d].body].other_hand) body = &r->bodies[r->duties[d].body];
    if (!body) return TB_OK;
    int64_t made;
    enum tb_code c = tb_store_draft_made_by(s, x->draft, app->actor.name, &made, e);
    if (c || !made) return c;
    return tb_fail(e, TB_REFUSED,
                   tb_t("%s は作成した人とは別の人の承認が要ります。案 %lld は %s が作ったか手直ししました",
                        "%s wants the approval by another hand; draft %lld was planned or changed by %s"),
                   body->name, (long long)made, app->actor.name);
}
