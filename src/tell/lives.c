/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drafts on their way to publication.
 */
#include "toban/tell/life.h"
#include "toban/tell/words.h"

static const char *const states[TB_LIFE_COUNT] = {[TB_LIFE_DRAFT] = "draft",
                                                  [TB_LIFE_CIRCULATING] = "circulating",
                                                  [TB_LIFE_APPROVED] = "approved",
                                                  [TB_LIFE_PUBLISHED] = "published",
                                                  [TB_LIFE_OLD] = "old",
                                                  [TB_LIFE_WITHDRAWN] = "withdrawn",
                                                  [TB_LIFE_SUPERSEDED] = "superseded"};

const char *tb_tell_life_word(enum tb_life state) { return states[state]; }

void tb_tell_lives_json(const struct tb_tell_lives *x, tb_printer *p)
{
    tb_print_key(p, "drafts");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_life_state *s = &x->v[i];
        tb_print_begin_object(p);
        tb_print_kint(p, "draft", s->draft);
        tb_print_kstring(p, "state", states[s->state]);
        tb_tell_date(p, "from", s->from);
        tb_tell_date(p, "to", s->to);
        tb_print_kstring(p, "duties", s->duties);
        tb_print_kint(p, "publication", s->published);
        if (s->ended) tb_print_kint(p, "ended", s->ended);
        if (s->until != TB_DAY_NONE) tb_tell_date(p, "until", s->until);
        if (*s->word) tb_print_kstring(p, "approval", s->word);
        if (s->meeting != TB_DAY_NONE) tb_tell_date(p, "meeting", s->meeting);
        if (*s->number) tb_print_kstring(p, "number", s->number);
        if (*s->past) tb_print_kstring(p, "past", s->past);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_approval(const struct tb_life_state *s, struct tb_buf *out)
{
    char day[64];
    if (*s->word) tb_buf_addf(out, "  %s", s->word);
    if (s->meeting != TB_DAY_NONE) tb_buf_addf(out, "  %s", tb_format_date_told(s->meeting, day, sizeof day));
    if (*s->number) tb_buf_addf(out, "  %s", s->number);
}

void tb_tell_lives_text(const struct tb_tell_lives *x, struct tb_buf *out)
{
    char a[64], b[64];
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_life_state *s = &x->v[i];
        tb_buf_addf(out, "%5lld  %s..%s  ", (long long)s->draft, tb_format_date(s->from, a, sizeof a),
                    tb_format_date(s->to, b, sizeof b));
        tb_tell_cell(out, tb_life_word(s->state), 12);
        if (s->published) tb_buf_addf(out, tb_t("第%lld版  ", "publication %lld  "), (long long)s->published);
        if (s->ended)
            tb_buf_addf(out, tb_t("第%lld版まで  ", "ended by publication %lld  "), (long long)s->ended);
        if (s->until != TB_DAY_NONE)
            tb_buf_addf(out, tb_t("%s まで  ", "until %s  "), tb_format_date(s->until, a, sizeof a));
        tb_buf_add(out, s->duties);
        tb_tell_approval(s, out);
        if (*s->past) tb_buf_addf(out, tb_t("  過ぎた日の案（%s）", "  of days past (%s)"), s->past);
        tb_buf_addc(out, '\n');
    }
}

void tb_tell_moved_json(const struct tb_tell_moved *x, tb_printer *p)
{
    tb_print_kint(p, "draft", x->draft);
    tb_print_kstring(p, "state", states[x->state]);
}

void tb_tell_moved_text(const struct tb_tell_moved *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("案 %lld: %s\n", "draft %lld: %s\n"), (long long)x->draft, tb_life_word(x->state));
}
