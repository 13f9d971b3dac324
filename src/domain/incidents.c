/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be entered of a duty after its publication, and what of it stands.
 */
#include "toban/domain/incidents.h"

#include <stdlib.h>
#include <string.h>

#include "toban/domain/region.h"

const struct tb_incident_rule tb_incident_rules[TB_INCIDENT_COUNT] = {
    [TB_INCIDENT_CLOSED] = {"closed", "休止", 240, 1440},
    [TB_INCIDENT_LIMITED] = {"limited", "制限", 240, 1440},
    [TB_INCIDENT_LATE] = {"late", "遅延", 60, 360},
    [TB_INCIDENT_SUBSTITUTE] = {"substitute", "代替", 720, 1440},
    [TB_INCIDENT_EXTRA] = {"extra", "追加", 240, 1440},
    [TB_INCIDENT_PHONE] = {"phone", "電話変更", 1440, 1440},
    [TB_INCIDENT_NOTE] = {"note", "注意", 240, 1440},
    [TB_INCIDENT_DISASTER] = {"disaster", "災害", 1440, 10080},
    [TB_INCIDENT_CONFIRMED] = {"confirmed", "確認済", 720, 1440},
};

void tb_incident_list_free(struct tb_incident_list *l)
{
    tb_arena_free(&l->arena);
    free(l->v);
    *l = (struct tb_incident_list){0};
}

int tb_incident_kind_named(const char *word)
{
    for (int i = 0; i < TB_INCIDENT_COUNT; i++)
        if (strcmp(tb_incident_rules[i].word, word) == 0) return i;
    return -1;
}

static int provider_in(const struct tb_region *r, const char *id)
{
    return *id ? tb_find_provider(r, id) : -1;
}

struct tb_incident tb_incident_in(const struct tb_region *r, const struct tb_incident_row *x)
{
    return (struct tb_incident){.kind = tb_incident_kind_named(x->kind),
                                .provider = provider_in(r, x->provider),
                                .duty = *x->duty ? tb_find_duty(r, x->duty) : -1,
                                .other = provider_in(r, x->other),
                                .from = x->from,
                                .until = x->until,
                                .phone = x->phone,
                                .note = x->note,
                                .reason = x->reason};
}

bool tb_incident_acts(const struct tb_incident *x, tb_minute from, tb_minute to)
{
    return x->from < to && (from < x->until || x->kind == TB_INCIDENT_DISASTER);
}

const struct tb_incident *tb_disaster_at(const struct tb_incident *v, int n, tb_minute at)
{
    const struct tb_incident *found = NULL;
    for (int i = 0; i < n; i++)
        if (v[i].kind == TB_INCIDENT_DISASTER && tb_incident_acts(&v[i], at, at + 1) &&
            (!found || v[i].until > found->until))
            found = &v[i];
    return found;
}

bool tb_incident_row_over(const struct tb_incident_list *l, size_t i)
{
    if (strcmp(l->v[i].kind, "cancelled") == 0) return true;
    for (size_t k = 0; k < l->n; k++)
        if (l->v[k].supersedes != 0 && l->v[k].supersedes == l->v[i].id) return true;
    return false;
}

void tb_disaster_words(const struct tb_incident *x, tb_minute at, struct tb_buf *out)
{
    char until[64];
    if (!x) return;
    tb_format_instant_told(x->until, until, sizeof until);
    if (at < x->until)
        tb_buf_addf(out,
                    tb_t("災害モード（宣言から%lld時間、%s まで。1時間ごとに見直す）: "
                         "当番は一つずつ確認されるまで「未確認」です。EMIS の情報が優先します\n",
                         "disaster (declared %lld hours ago, until %s; look at it every hour): each duty is "
                         "unconfirmed until somebody confirms it; EMIS is the authority\n"),
                    (long long)((at - x->from) / 60), until);
    else
        tb_buf_addf(
            out,
            tb_t("災害モード【終了未確認】: %s までと宣言されましたが、終わったことを二人で確認していません。"
                 "当番は「未確認」のままです。終えるには toban override cancelled --supersedes N --with "
                 "二人目\n",
                 "disaster, END NOT CONFIRMED: it was declared until %s and nobody has ended it; each "
                 "duty stays unconfirmed. Two end it: toban override cancelled --supersedes N --with "
                 "SECOND\n"),
            until);
}

/* ---- how often ------------------------------------------------------------------------------------- */

static bool is_one_of(int provider, const int *who, int n)
{
    for (int i = 0; i < n; i++)
        if (provider >= 0 && who[i] == provider) return true;
    return false;
}

/* Is it about somebody there, or about one who was entered for him by an earlier row? */
static bool speaks_of(const struct tb_entered *v, const bool *told, int i, const struct tb_entered_about *x)
{
    const struct tb_incident *c = &v[i].what;
    if (c->from >= x->to || c->until <= x->from) return false;
    if (c->kind == TB_INCIDENT_DISASTER) return true;
    if (c->kind < 0 || (c->duty >= 0 && c->duty != x->duty)) return false;
    if (is_one_of(c->provider, x->who, x->n_who)) return true;
    for (int k = 0; k < i; k++)
        if (told[k] && v[k].what.other >= 0 && v[k].what.other == c->provider) return true;
    return false;
}

void tb_entered_moves_of(const struct tb_entered *v, int n, const struct tb_entered_about *about,
                         struct tb_entered_moves *out)
{
    *out = (struct tb_entered_moves){0};
    if (n == 0) return;
    bool *told = tb_xcalloc((size_t)n, sizeof *told);
    for (int i = 0; i < n; i++) {
        told[i] = speaks_of(v, told, i, about);
        for (int k = 0; k < i && !told[i]; k++) told[i] = told[k] && v[i].supersedes == v[k].id;
        if (!told[i]) continue;
        out->at = out->count == 0 || v[i].at > out->at ? v[i].at : out->at + 1;
        out->mark = v[i].mark;
        out->count++;
    }
    free(told);
}
