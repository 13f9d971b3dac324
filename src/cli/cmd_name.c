/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * name.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/naming.h"

static void show_json(struct cli_json *j, const struct tb_app_names *x, const struct tb_app_named *v)
{
    const struct tb_region *r = x->region;
    const struct tb_assignment *a = &x->board->a[v->assignment];
    const struct tb_slot *s = &x->board->slots[a->slot];
    char t[64];
    tb_print_begin_object(j->p);
    tb_print_kstring(j->p, "duty", r->duties[s->duty].id);
    tb_print_kstring(j->p, "date", tb_format_date(s->date, t, sizeof t));
    tb_print_kstring(j->p, "band", r->bands[s->band].id);
    tb_print_kstring(j->p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
    tb_print_kstring(j->p, "provider", r->providers[a->provider].id);
    tb_print_kstring(j->p, "provider_name", r->providers[a->provider].name);
    if (v->person >= 0) {
        tb_print_kstring(j->p, "person", r->providers[v->person].id);
        tb_print_kstring(j->p, "person_name", r->providers[v->person].name);
    }
    tb_print_kstring(j->p, "due", tb_format_date(v->due, t, sizeof t));
    tb_print_kbool(j->p, "late", v->late);
    if (v->why) tb_print_kstring(j->p, "conflict", v->why);
    tb_print_end_object(j->p);
}

static void show(const struct tb_app_names *x, const struct tb_app_named *v)
{
    const struct tb_region *r = x->region;
    const struct tb_assignment *a = &x->board->a[v->assignment];
    const struct tb_slot *s = &x->board->slots[a->slot];
    char date[64], due[64];
    cli_cell(tb_format_date_told(s->date, date, sizeof date), 22);
    cli_cell(r->duties[s->duty].name, 28);
    cli_cell(r->bands[s->band].name, 8);
    cli_cell(r->providers[a->provider].name, 46);
    tb_lang_get() == TB_JA ? tb_format_md_ja(v->due, due, sizeof due)
                           : tb_format_date(v->due, due, sizeof due);
    if (v->person >= 0)
        printf("%s%s%s\n", r->providers[v->person].name, v->why ? tb_t("  ★", "  * ") : "",
               v->why ? v->why : "");
    else
        printf(v->late ? tb_t("未定（期限 %s を過ぎました）\n", "not named; was due %s\n")
                       : tb_t("未定（期限 %s）\n", "not named; due %s\n"),
               due);
}

static enum tb_code letter(const struct tb_app_names *x, const char *group, struct tb_err *e)
{
    int provider = tb_find_provider(x->region, group), n = 0;
    for (size_t i = 0; i < x->n; i++)
        n += x->v[i].person < 0 && x->board->a[x->v[i].assignment].provider == provider;
    if (!n)
        return tb_fail(e, TB_NO,
                       tb_t("「%s」に届けてもらう氏名はありません", "no name is missing from \"%s\""), group);
    struct tb_buf text = {0};
    tb_app_names_letter(x, provider, &text);
    fputs(tb_buf_str(&text), stdout);
    tb_buf_free(&text);
    return TB_OK;
}

static enum tb_code list(struct cli *c, struct tb_err *e)
{
    struct tb_app_names x;
    CLI_TRY(tb_app_names(&c->app, cli_get(c, "period"), &x, e));
    if (cli_get(c, "letter")) {
        enum tb_code code = letter(&x, cli_get(c, "letter"), e);
        tb_app_names_free(&x);
        return code;
    }
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", x.board->publication);
        tb_print_kint(j.p, "missing", (int64_t)x.missing);
        tb_print_kint(j.p, "late", (int64_t)x.late);
        tb_print_kint(j.p, "conflicts", (int64_t)x.conflicts);
        tb_print_key(j.p, "seats");
        tb_print_begin_list(j.p);
    } else
        printf(tb_t("氏名を後で届ける席 %zu、未定 %zu（うち期限を過ぎたもの "
                    "%zu）、届けた人が出られなくなったもの %zu\n",
                    "seats of groups: %zu, not named: %zu (overdue: %zu), named but no longer able: %zu\n"),
               x.n, x.missing, x.late, x.conflicts);
    for (size_t i = 0; i < x.n; i++) {
        if (x.v[i].person >= 0 && !x.v[i].why && !cli_flag(c, "all")) continue;
        if (c->json)
            show_json(&j, &x, &x.v[i]);
        else
            show(&x, &x.v[i]);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    bool no = x.late + x.conflicts > 0;
    tb_app_names_free(&x);
    return no ? TB_NO : TB_OK;
}

enum tb_code cmd_name(struct cli *c, struct tb_err *e)
{
    const char *person = cli_get(c, "person"), *note = cli_get(c, "note");
    bool remove = cli_flag(c, "remove"), late = false;
    if (c->n_args == 0) {
        if (person || remove)
            return tb_fail(e, TB_USAGE,
                           tb_t("席が要ります（当番区分:日付:時間帯）", "a seat is needed (DUTY:DATE:BAND)"));
        return list(c, e);
    }
    if (!person == !remove)
        return tb_fail(e, TB_USAGE,
                       tb_t("--person か --remove のどちらかが要ります", "say either --person or --remove"));
    CLI_TRY(tb_app_name(&c->app, c->args[0], cli_get(c, "provider"), person, note ? note : "", &late, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "seat", c->args[0]);
        tb_print_kbool(j.p, "named", !remove);
        tb_print_kbool(j.p, "late", late);
        cli_json_end(&j);
    } else if (remove)
        puts(tb_t("氏名を取り消しました。席はそのままです", "the name is taken back; the seat stays"));
    else
        printf("%s%s\n",
               tb_t("氏名を記録しました。席と版はそのままです",
                    "the name is recorded; seat and publication stay"),
               late ? tb_t("（期限後）", " (after the deadline)") : "");
    return TB_OK;
}
