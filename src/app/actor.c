/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may do what: the tables, and the one question put to them.
 */
#include <stdio.h>
#include <string.h>

#include "app_int.h"

static const struct role_row {
    const char *id, *ja, *en, *channel;
} roles[TB_ROLE_COUNT] = {
    [TB_ROLE_OFFICE] = {"office", "事務局", "the office", NULL},
    [TB_ROLE_DIRECTOR] = {"director", "担当理事", "a director", NULL},
    [TB_ROLE_MEMBER] = {"member", "当番医・医療機関", "a member", NULL},
    [TB_ROLE_COORDINATOR] = {"coordinator", "在宅医療連携グループ", "a home care coordinator", NULL},
    [TB_ROLE_DESK_119] = {"desk-119", "119番の指令台", "the 119 desk", "119"},
    [TB_ROLE_DESK_PHONE] = {"desk-phone", "電話案内の窓口", "the telephone desk", "phone"},
    [TB_ROLE_RECEPTION] = {"reception", "受付", "a reception", "desk"},
    [TB_ROLE_PUBLIC] = {"public", "一般の方", "the public", "public"},
};

#define USE_ROW(name, function, all, own, ja, en) {#name, #function, all, own, ja, en},
const struct tb_use_row tb_uses[TB_USE_COUNT] = {TB_USES(USE_ROW)};

/* A director's are in force at once and stand on the office's list until published; a member speaks for his
 * own door. */
const struct tb_override_row tb_override_rows[] = {
    {TB_ROLE_DIRECTOR, "closed"}, {TB_ROLE_DIRECTOR, "late"},      {TB_ROLE_DIRECTOR, "substitute"},
    {TB_ROLE_DIRECTOR, "phone"},  {TB_ROLE_DIRECTOR, "cancelled"}, {TB_ROLE_MEMBER, "closed"},
    {TB_ROLE_MEMBER, "limited"},  {TB_ROLE_MEMBER, "phone"},       {TB_ROLE_MEMBER, "cancelled"},
};
const size_t tb_n_override_rows = TB_COUNT(tb_override_rows);

const char *tb_actor_role_id(enum tb_actor_role role) { return roles[role].id; }
const char *tb_actor_role_name(enum tb_actor_role role) { return tb_t(roles[role].ja, roles[role].en); }

bool tb_actor_is_member(const struct tb_actor *a) { return a->role == TB_ROLE_MEMBER; }
const char *tb_actor_channel(const struct tb_actor *a) { return roles[a->role].channel; }

/* Roles that work for bodies: what follows the colon is theirs. */
static bool works_for_bodies(enum tb_actor_role role)
{
    return role == TB_ROLE_OFFICE || role == TB_ROLE_DIRECTOR || role == TB_ROLE_COORDINATOR;
}

enum tb_code tb_actor_parse(const char *text, struct tb_actor *out, struct tb_err *e)
{
    size_t n = strcspn(text, ":");
    const char *rest = text[n] ? text + n + 1 : NULL;
    for (int i = 0; i < TB_ROLE_COUNT; i++) {
        enum tb_actor_role role = (enum tb_actor_role)i;
        if (strlen(roles[i].id) != n || memcmp(roles[i].id, text, n) != 0) continue;
        if (rest && (!*rest || (role != TB_ROLE_MEMBER && !works_for_bodies(role)))) break;
        if (role == TB_ROLE_MEMBER && !rest)
            return tb_fail(e, TB_USAGE,
                           tb_t("member には当番医・医療機関の記号が要ります（member:d-012）",
                                "a member is somebody: name the provider, such as member:d-012"));
        out->role = role;
        out->provider = role == TB_ROLE_MEMBER ? rest : NULL;
        out->bodies = role == TB_ROLE_MEMBER ? NULL : rest;
        return TB_OK;
    }
    struct tb_buf list = {0};
    for (int i = 0; i < TB_ROLE_COUNT; i++) tb_buf_addf(&list, "%s%s", i ? ", " : "", roles[i].id);
    enum tb_code c = tb_fail(e, TB_USAGE,
                             tb_t("立場「%s」: 次のどれかです: %s（member:当番医の記号、office:実施主体）",
                                  "role \"%s\": one of %s (member:PROVIDER, office:BODY)"),
                             text, tb_buf_str(&list));
    tb_buf_free(&list);
    return c;
}

/* ---- the question ----------------------------------------------------------------------------------- */

static enum tb_code refused(const struct tb_app *app, enum tb_use use, struct tb_err *e)
{
    const struct tb_use_row *row = &tb_uses[use];
    struct tb_buf who = {0};
    for (int i = 0; i < TB_ROLE_COUNT; i++)
        if ((row->all | row->own) >> i & 1)
            tb_buf_addf(&who, "%s%s", who.len ? tb_t("、", ", ") : "",
                        tb_actor_role_name((enum tb_actor_role)i));
    enum tb_code c =
        tb_fail(e, TB_REFUSED,
                tb_t("%s（%s）は「%s」ができません。できるのは: %s", "%s (%s) may not %s; who may: %s"),
                tb_actor_role_name(app->actor.role), tb_actor_role_id(app->actor.role),
                tb_t(row->ja, row->en), tb_buf_str(&who));
    tb_buf_free(&who);
    return c;
}

bool tb_actor_may(const struct tb_actor *a, enum tb_use use)
{
    return (tb_uses[use].all | tb_uses[use].own) >> a->role & 1;
}

enum tb_code app_may(const struct tb_app *app, enum tb_use use, struct tb_err *e)
{
    return tb_actor_may(&app->actor, use) ? TB_OK : refused(app, use, e);
}

bool app_only_own(const struct tb_app *app, enum tb_use use)
{
    return !(tb_uses[use].all >> app->actor.role & 1);
}

enum tb_code app_own(const struct tb_app *app, enum tb_use use, const char *provider, struct tb_err *e)
{
    if (!app_only_own(app, use)) return TB_OK;
    if (provider && app->actor.provider && strcmp(provider, app->actor.provider) == 0) return TB_OK;
    return tb_fail(
        e, TB_REFUSED,
        tb_t("%s（%s）の「%s」は、ご自分（%s）の分だけできます", "%s (%s) may only %s for himself, %s"),
        tb_actor_role_name(app->actor.role), tb_actor_role_id(app->actor.role),
        tb_t(tb_uses[use].ja, tb_uses[use].en), app->actor.provider ? app->actor.provider : "-");
}

const char *app_reader(const struct tb_app *app)
{
    return tb_actor_is_member(&app->actor) ? app->actor.provider : app->reader;
}

/* ---- bodies ----------------------------------------------------------------------------------------- */

static bool is_listed(const char *list, const char *id)
{
    size_t n = strlen(id);
    for (const char *at = list; *at;) {
        size_t len = strcspn(at, ",");
        if (len == n && memcmp(at, id, n) == 0) return true;
        at += len + (at[len] == ',');
    }
    return false;
}

bool app_all_bodies(const struct tb_app *app) { return !app->actor.bodies || !*app->actor.bodies; }

bool app_works_for(const struct tb_app *app, const struct tb_region *r, int duty)
{
    return app_all_bodies(app) || is_listed(app->actor.bodies, r->bodies[r->duties[duty].body].id);
}

enum tb_code app_body(const struct tb_app *app, enum tb_use use, const struct tb_region *r, int duty,
                      struct tb_err *e)
{
    if (app_works_for(app, r, duty)) return TB_OK;
    return tb_fail(
        e, TB_REFUSED,
        tb_t("当番区分 %s は %s のもので、%s（%s）の受持ち（%s）ではありません。「%s」はできません",
             "duty %s is of body %s, which is none of those that %s (%s) works for (%s): may not "
             "%s"),
        r->duties[duty].id, r->bodies[r->duties[duty].body].id, tb_actor_role_name(app->actor.role),
        tb_actor_role_id(app->actor.role), app->actor.bodies, tb_t(tb_uses[use].ja, tb_uses[use].en));
}

enum tb_code app_duty_list(const struct tb_app *app, enum tb_use use, const struct tb_region *r,
                           const char *duties, struct tb_err *e)
{
    for (const char *at = duties; *at && !app_all_bodies(app);) {
        size_t len = strcspn(at, ";");
        char id[128];
        snprintf(id, sizeof id, "%.*s", (int)len, at);
        int duty = tb_find_duty(r, id);
        enum tb_code c = duty < 0 ? TB_OK : app_body(app, use, r, duty, e);
        if (c) return c;
        at += len + (at[len] == ';');
    }
    return TB_OK;
}

enum tb_code app_planned_bodies(const struct tb_app *app, enum tb_use use, const struct tb_problem *p,
                                struct tb_err *e)
{
    enum tb_code c = TB_OK;
    for (int i = 0; i < p->n_duties && c == TB_OK; i++) c = app_body(app, use, p->region, p->duties[i], e);
    return c;
}

enum tb_code app_draft_bodies(const struct tb_app *app, enum tb_use use, tb_store *s, int64_t draft,
                              struct tb_err *e)
{
    struct tb_region *r;
    struct tb_life_state *v = NULL;
    size_t n = 0;
    if (app_all_bodies(app)) return TB_OK;
    enum tb_code c = tb_store_load_region(s, &r, e);
    if (c) return c;
    c = tb_store_lives(s, draft, &v, &n, e);
    for (size_t i = 0; i < n && c == TB_OK; i++) c = app_duty_list(app, use, r, v[i].duties, e);
    tb_lives_free(v, n);
    tb_region_free(r);
    return c;
}

enum tb_code app_ledger_body(const struct tb_app *app, enum tb_use use, const struct tb_region *r, int ledger,
                             struct tb_err *e)
{
    enum tb_code c = TB_OK;
    for (int i = 0; i < r->ledgers[ledger].duties.n && c == TB_OK; i++)
        c = app_body(app, use, r, r->ledgers[ledger].duties.v[i], e);
    return c;
}

enum tb_code app_provider_body(const struct tb_app *app, enum tb_use use, const struct tb_region *r,
                               int provider, struct tb_err *e)
{
    for (int i = 0; i < r->n_members; i++)
        if (r->members[i].provider == provider && app_works_for(app, r, r->members[i].duty)) return TB_OK;
    if (app_all_bodies(app)) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("%s は受持ち（%s）の当番区分の担い手ではありません。「%s」はできません",
                        "%s serves in no duty of the bodies worked for (%s): may not %s"),
                   r->providers[provider].id, app->actor.bodies, tb_t(tb_uses[use].ja, tb_uses[use].en));
}

enum tb_code app_whole(const struct tb_app *app, enum tb_use use, struct tb_err *e)
{
    if (app_all_bodies(app)) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("「%s」は医療圏の全部に及びます。受持ちが %s だけなのでできません",
                        "to %s concerns the whole region: not for who works for %s alone"),
                   tb_t(tb_uses[use].ja, tb_uses[use].en), app->actor.bodies);
}

/* ---- overrides -------------------------------------------------------------------------------------- */

bool tb_actor_may_override(const struct tb_actor *a, const char *kind)
{
    bool some = false;
    for (size_t i = 0; i < tb_n_override_rows; i++) {
        if (tb_override_rows[i].role != a->role) continue;
        some = true;
        if (strcmp(tb_override_rows[i].kind, kind) == 0) return true;
    }
    return !some;
}

struct tb_act app_act(const struct tb_app *app, const char *note)
{
    return (struct tb_act){.at = tb_clock_now(&app->clock), .by = app->actor.name, .note = note};
}

/* ---- on the way ------------------------------------------------------------------------------------- */

struct tb_app app_within(const struct tb_app *app)
{
    struct tb_app own = *app;
    own.actor = (struct tb_actor){.name = app->actor.name};
    own.reader = NULL;
    return own;
}
