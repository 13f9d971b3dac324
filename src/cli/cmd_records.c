/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * diff, duties, withdraw, audit.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/diff.h"
#include "toban/app/history.h"

static void json_instant(tb_printer *p, const char *key, tb_minute m)
{
    char t[64];
    tb_print_kstring(p, key, tb_format_instant(m, t, sizeof t));
}

static void json_date(tb_printer *p, const char *key, tb_day d)
{
    char t[64];
    tb_print_kstring(p, key, tb_format_date(d, t, sizeof t));
}

static const char *role_word(int role) { return role == TB_PRIMARY ? "primary" : "reserve"; }
static const char *role_name(int role)
{
    return role == TB_PRIMARY ? tb_t("当番", "duty") : tb_t("予備", "reserve");
}

/* ---- diff --------------------------------------------------------------------------------------- */

static void json_side(tb_printer *p, const char *key, const struct tb_side *s)
{
    tb_print_key(p, key);
    tb_print_begin_object(p);
    tb_print_kint(p, "publication", s->number);
    if (s->draft)
        tb_print_kint(p, "draft", s->draft);
    else
        tb_print_kstring(p, "hash", s->hash);
    if (s->number || s->draft) json_instant(p, "at", s->at);
    tb_print_end_object(p);
}

static void json_provider(tb_printer *p, const struct tb_region *r, const char *key, const char *name_key,
                          int provider)
{
    tb_print_key(p, key);
    if (provider >= 0) {
        tb_print_string(p, r->providers[provider].id);
        tb_print_kstring(p, name_key, r->providers[provider].name);
    } else
        tb_print_null(p);
}

static void json_slot(tb_printer *p, const struct tb_region *r, const struct tb_seat_row *s)
{
    json_date(p, "date", s->date);
    tb_print_kstring(p, "duty", r->duties[s->duty].id);
    tb_print_kstring(p, "band", r->bands[s->band].id);
    tb_print_kstring(p, "role", role_word(s->role));
    tb_print_kint(p, "seat", s->seat);
}

/* Lost and gained seats of one provider; false when he has none of either. */
static bool tally(const struct tb_app_diff *d, int provider, int *lost, int *gained)
{
    *lost = *gained = 0;
    for (size_t i = 0; i < d->n; i++) {
        *lost += d->changes[i].seat.provider == provider;
        *gained += d->changes[i].after == provider;
    }
    return *lost || *gained;
}

static const char *account_name(const struct tb_region *r, const struct tb_ledger_change *l)
{
    return r->ledgers[l->ledger].scope == TB_SCOPE_SHARE ? r->shares[l->account].name
                                                         : r->providers[l->account].name;
}

static void diff_json(const struct cli *c, const struct tb_app_diff *d)
{
    const struct tb_region *r = d->region;
    struct cli_json j;
    cli_json_begin(&j, c);
    json_side(j.p, "a", &d->a);
    json_side(j.p, "b", &d->b);
    tb_print_key(j.p, "changes");
    tb_print_begin_list(j.p);
    for (size_t i = 0; i < d->n; i++) {
        tb_print_begin_object(j.p);
        json_slot(j.p, r, &d->changes[i].seat);
        json_provider(j.p, r, "before", "before_name", d->changes[i].seat.provider);
        json_provider(j.p, r, "after", "after_name", d->changes[i].after);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    tb_print_key(j.p, "providers");
    tb_print_begin_list(j.p);
    for (int p = 0, lost, gained; p < r->n_providers; p++) {
        if (!tally(d, p, &lost, &gained)) continue;
        tb_print_begin_object(j.p);
        json_provider(j.p, r, "provider", "name", p);
        tb_print_kint(j.p, "lost", lost);
        tb_print_kint(j.p, "gained", gained);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    tb_print_key(j.p, "ledgers");
    tb_print_begin_list(j.p);
    for (size_t i = 0; i < d->n_ledgers; i++) {
        const struct tb_ledger_change *l = &d->ledgers[i];
        tb_print_begin_object(j.p);
        tb_print_kstring(j.p, "ledger", r->ledgers[l->ledger].id);
        tb_print_kstring(j.p, "account", tb_account_id(r, l->ledger, l->account));
        tb_print_kint(j.p, "done", l->done);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    cli_json_end(&j);
}

static void print_seat(const struct tb_region *r, const struct tb_seat_row *s)
{
    char date[64];
    cli_cell(tb_format_date_told(s->date, date, sizeof date), 22);
    cli_cell(r->duties[s->duty].name, 28);
    cli_cell(r->bands[s->band].name, 10);
    cli_cell(role_name(s->role), 8);
}

static const char *who(const struct tb_region *r, int provider)
{
    return provider >= 0 ? r->providers[provider].name : tb_t("（なし）", "(nobody)");
}

static void diff_text(const struct tb_app_diff *d)
{
    const struct tb_region *r = d->region;
    struct tb_buf a = {0}, b = {0};
    tb_app_side_words(&d->a, &a);
    tb_app_side_words(&d->b, &b);
    printf(tb_t("%s → %s  変わる席 %zu\n", "%s -> %s  seats that change: %zu\n"), tb_buf_str(&a),
           tb_buf_str(&b), d->n);
    tb_buf_free(&a);
    tb_buf_free(&b);
    if (d->n) puts(tb_t("\n席ごと", "\nby seat"));
    for (size_t i = 0; i < d->n; i++) {
        fputs("  ", stdout);
        print_seat(r, &d->changes[i].seat);
        printf("%s → %s\n", who(r, d->changes[i].seat.provider), who(r, d->changes[i].after));
    }
    if (d->n) puts(tb_t("\n当番医・医療機関ごと", "\nby provider"));
    for (int p = 0, lost, gained; p < r->n_providers; p++) {
        if (!tally(d, p, &lost, &gained)) continue;
        fputs("  ", stdout);
        cli_cell(r->providers[p].name, 36);
        printf(tb_t("減 %d  増 %d\n", "%d fewer, %d more\n"), lost, gained);
    }
    if (d->n_ledgers) puts(tb_t("\n帳簿ごと（回数）", "\nby ledger (duties)"));
    for (size_t i = 0; i < d->n_ledgers; i++) {
        fputs("  ", stdout);
        cli_cell(r->ledgers[d->ledgers[i].ledger].name, 36);
        cli_cell(account_name(r, &d->ledgers[i]), 32);
        printf("%+d\n", d->ledgers[i].done);
    }
}

enum tb_code cmd_diff(struct cli *c, struct tb_err *e)
{
    struct tb_app_diff d;
    if (c->json && cli_flag(c, "notice"))
        return tb_fail(
            e, TB_USAGE,
            tb_t("--json と --notice は一緒に使えません", "--json and --notice exclude each other"));
    CLI_TRY(tb_app_diff(&c->app, c->args[0], c->n_args > 1 ? c->args[1] : NULL, &d, e));
    if (c->json)
        diff_json(c, &d);
    else if (cli_flag(c, "notice")) {
        struct tb_buf text = {0};
        tb_app_diff_notice(&d, &text);
        fputs(tb_buf_str(&text), stdout);
        tb_buf_free(&text);
    } else
        diff_text(&d);
    tb_app_diff_free(&d);
    return TB_OK;
}

/* ---- duties ------------------------------------------------------------------------------------- */

static enum tb_code choose(const char *text, int (*find)(const struct tb_region *, const char *),
                           const struct tb_region *r, const char *option, int *out, struct tb_err *e)
{
    *out = text ? find(r, text) : -1;
    if (!text || *out >= 0) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("--%s 「%s」はありません", "--%s: there is no \"%s\""), option, text);
}

static void duty_json(tb_printer *p, const struct tb_region *r, const struct tb_slot *s,
                      const struct tb_assignment *a, int person)
{
    struct tb_seat_row row = {s->duty, s->date, s->band, s->role, a->seat, a->provider};
    tb_print_begin_object(p);
    json_slot(p, r, &row);
    json_provider(p, r, "provider", "name", a->provider);
    if (person >= 0) json_provider(p, r, "person", "person_name", person);
    json_instant(p, "start", s->interval[0].from);
    json_instant(p, "end", s->interval[s->n_intervals - 1].to);
    tb_print_end_object(p);
}

enum tb_code cmd_duties(struct cli *c, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_board *b;
    struct tb_side side;
    tb_day from, to;
    int duty, provider, n = 0;
    CLI_TRY(tb_app_side(&c->app, cli_get(c, "as-of"), &side, e));
    if (side.draft)
        return tb_fail(
            e, TB_USAGE,
            tb_t("--as-of は公表の番号か日時です", "--as-of is the number of a publication, or an instant"));
    CLI_TRY(tb_app_region(&c->app, &r, e));
    enum tb_code code = tb_period_parse(r, c->args[0], &from, &to, NULL, e);
    if (code == TB_OK) code = choose(cli_get(c, "duty"), tb_find_duty, r, "duty", &duty, e);
    if (code == TB_OK) code = choose(cli_get(c, "provider"), tb_find_provider, r, "provider", &provider, e);
    tb_region_free(r);
    if (code) return code;
    CLI_TRY(tb_app_board(&c->app, side.number, from, to, &r, &b, e));
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", b->publication);
        tb_print_kstring(j.p, "hash", b->hash);
        json_instant(j.p, "published_at", b->published_at);
        tb_print_key(j.p, "duties");
        tb_print_begin_list(j.p);
    } else
        printf(tb_t("第%d版（%s）による\n", "by publication %d (%s)\n"), b->publication, b->hash);
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        if ((duty >= 0 && s->duty != duty) || (provider >= 0 && b->a[i].provider != provider)) continue;
        n++;
        if (c->json) {
            duty_json(j.p, r, s, &b->a[i], b->person[i]);
            continue;
        }
        struct tb_seat_row row = {s->duty, s->date, s->band, s->role, b->a[i].seat, b->a[i].provider};
        print_seat(r, &row);
        printf("%s%s%s%s\n", r->providers[b->a[i].provider].name, b->person[i] >= 0 ? tb_t("（", " (") : "",
               b->person[i] >= 0 ? r->providers[b->person[i]].name : "",
               b->person[i] >= 0 ? tb_t("）", ")") : "");
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    } else if (!n)
        puts(tb_t("当番はありません", "nobody is on duty"));
    tb_board_free(b);
    tb_region_free(r);
    return n ? TB_OK : TB_NO;
}

/* ---- withdraw, audit ------------------------------------------------------------------------------ */

enum tb_code cmd_withdraw(struct cli *c, struct tb_err *e)
{
    const char *duties[64];
    int n = cli_all(c, "duty", duties, 64);
    struct tb_publication p = {0};
    CLI_TRY(tb_app_withdraw(&c->app, c->args[0], duties, n, cli_get(c, "reason"), &p, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", p.number);
        tb_print_kstring(j.p, "digest", p.digest);
        json_instant(j.p, "at", p.at);
        cli_json_end(&j);
    } else
        printf(tb_t("取り消しました。公表 第%lld版 %.8s\n", "withdrawn by publication %lld %.8s\n"),
               (long long)p.number, p.digest);
    tb_publication_free(&p);
    return TB_OK;
}

enum tb_code cmd_audit(struct cli *c, struct tb_err *e)
{
    int64_t limit;
    struct tb_audit_line *v;
    size_t n;
    CLI_TRY(cli_int(c, "last", 0, INT32_MAX, 0, &limit, e));
    CLI_TRY(tb_app_audit(&c->app, cli_get(c, "what"), limit, &v, &n, e));
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "lines");
        tb_print_begin_list(j.p);
    }
    char t[64];
    for (size_t i = 0; i < n; i++) {
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kint(j.p, "id", v[i].id);
            json_instant(j.p, "at", v[i].at);
            tb_print_kstring(j.p, "who", v[i].who);
            tb_print_kstring(j.p, "what", v[i].what);
            tb_print_kstring(j.p, "detail", v[i].detail);
            tb_print_end_object(j.p);
            continue;
        }
        printf("%6lld  %.16s  ", (long long)v[i].id, tb_format_instant(v[i].at, t, sizeof t));
        cli_cell(v[i].who, 18);
        cli_cell(v[i].what, 12);
        puts(v[i].detail);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    tb_audit_free(v, n);
    return TB_OK;
}
