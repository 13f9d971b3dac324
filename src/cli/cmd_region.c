/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * init, import, calendar, wish, backup, restore.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum tb_code cmd_init(struct cli *c, struct tb_err *e)
{
    const char *dir = cli_get(c, "region");
    if (!dir) return tb_fail(e, TB_USAGE, tb_t("--region が要ります", "--region is needed"));
    struct tb_app_init n;
    CLI_TRY(cli_notes(tb_app_init(&c->app, dir, &n, e), &n.notes));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "providers", n.providers);
        tb_print_kint(j.p, "duties", n.duties);
        tb_print_kint(j.p, "rules", n.rules);
        tb_print_kint(j.p, "wishes", n.wishes);
        cli_json_end(&j);
    } else
        printf(tb_t("%s を作りました: 担い手 %d、当番区分 %d、割当条件 %d、希望 %d\n",
                    "made %s: %d providers, %d duties, %d rules, %d wishes\n"),
               c->app.db, n.providers, n.duties, n.rules, n.wishes);
    return TB_OK;
}

enum tb_code cmd_import(struct cli *c, struct tb_err *e)
{
    struct tb_app_import x;
    CLI_TRY(cli_notes(tb_app_import(&c->app, cli_get(c, "entity"), c->args[0], cli_flag(c, "cp932"), &x, e),
                      &x.notes));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "added", x.added);
        tb_print_kint(j.p, "replaced", x.replaced);
        cli_json_end(&j);
    } else if (cli_get(c, "entity"))
        printf(tb_t("追加 %d、置き換え %d\n", "%d added, %d replaced\n"), x.added, x.replaced);
    else
        printf(tb_t("%s の表をすべて取り込みました\n", "imported all tables of %s\n"), c->args[0]);
    return TB_OK;
}

static void print_classes(const struct tb_region *r, uint64_t classes, tb_printer *p)
{
    bool first = true;
    if (p) {
        tb_print_key(p, "classes");
        tb_print_begin_list(p);
    }
    for (int i = 0; i < r->n_classes; i++) {
        if (!(classes >> i & 1)) continue;
        if (p)
            tb_print_string(p, r->classes[i].id);
        else
            printf("%s%s", first ? "" : " ",
                   tb_lang_get() == TB_JA || !*r->classes[i].name_en ? r->classes[i].name
                                                                     : r->classes[i].name_en);
        first = false;
    }
    if (p) tb_print_end_list(p);
}

static void print_day_slots(const struct tb_region *r, const struct tb_slot *slots, int n, tb_day d,
                            tb_printer *p)
{
    char a[64], b[64];
    if (p) {
        tb_print_key(p, "seats");
        tb_print_begin_list(p);
    }
    for (int i = 0; i < n; i++) {
        const struct tb_slot *s = &slots[i];
        if (s->date != d) continue;
        tb_format_instant(s->interval[0].from, a, sizeof a);
        tb_format_instant(s->interval[s->n_intervals - 1].to, b, sizeof b);
        if (p) {
            tb_print_begin_object(p);
            tb_print_kstring(p, "duty", r->duties[s->duty].id);
            tb_print_kstring(p, "band", r->bands[s->band].id);
            tb_print_kstring(p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
            tb_print_kint(p, "seats", s->need);
            tb_print_kstring(p, "start", a);
            tb_print_kstring(p, "end", b);
            tb_print_end_object(p);
        } else
            printf("    %s %s %s %d  %.16s - %.16s\n", r->duties[s->duty].name, r->bands[s->band].name,
                   s->role == TB_PRIMARY ? tb_t("当番", "duty") : tb_t("予備", "reserve"), s->need, a, b);
    }
    if (p) tb_print_end_list(p);
}

enum tb_code cmd_calendar(struct cli *c, struct tb_err *e)
{
    struct tb_region *r;
    CLI_TRY(tb_app_region(&c->app, &r, e));
    tb_day from, to;
    enum tb_code code = tb_period_parse(r, c->args[0], &from, &to, NULL, e);
    const char *names[32];
    int n_duties = cli_all(c, "duty", names, 32), duties[32];
    for (int i = 0; i < n_duties && code == TB_OK; i++) {
        duties[i] = tb_find_duty(r, names[i]);
        if (duties[i] < 0)
            code =
                tb_fail(e, TB_USAGE, tb_t("当番区分「%s」はありません", "there is no duty \"%s\""), names[i]);
    }
    if (code == TB_OK) {
        struct tb_arena arena = {0};
        struct tb_slot *slots;
        int n;
        tb_slots_of(r, duties, n_duties, from, to, &arena, &slots, &n);
        struct cli_json j = {0};
        if (c->json) {
            cli_json_begin(&j, c);
            tb_print_key(j.p, "days");
            tb_print_begin_list(j.p);
        }
        for (tb_day d = from; d <= to; d++) {
            char text[64];
            const char *holiday = tb_region_holiday(r, d);
            if (c->json) {
                tb_print_begin_object(j.p);
                tb_print_kstring(j.p, "date", tb_format_date(d, text, sizeof text));
                tb_print_kstring(j.p, "weekday", tb_weekday_en(tb_weekday(d)));
                tb_print_key(j.p, "holiday");
                if (holiday)
                    tb_print_string(j.p, holiday);
                else
                    tb_print_null(j.p);
                print_classes(r, tb_day_classes(r, -1, d), j.p);
                print_day_slots(r, slots, n, d, j.p);
                tb_print_end_object(j.p);
            } else {
                if (tb_lang_get() == TB_JA)
                    cli_cell(tb_format_date_ja(d, text, sizeof text), 26);
                else
                    printf("%s %s  ", tb_format_date(d, text, sizeof text), tb_weekday_en(tb_weekday(d)));
                cli_cell(holiday ? holiday : "", 16);
                print_classes(r, tb_day_classes(r, -1, d), NULL);
                putchar('\n');
                print_day_slots(r, slots, n, d, NULL);
            }
        }
        if (c->json) {
            tb_print_end_list(j.p);
            cli_json_end(&j);
        }
        tb_arena_free(&arena);
    }
    tb_region_free(r);
    return code;
}

/* ---- wishes ----------------------------------------------------------------------------------- */

static bool answered(const struct tb_region *r, int survey, int provider)
{
    for (int i = 0; i < r->n_wishes; i++)
        if (r->wishes[i].survey == survey && r->wishes[i].provider == provider) return true;
    return false;
}

static bool asked(const struct tb_region *r, int survey, int provider)
{
    for (int k = 0; k < r->surveys[survey].duties.n; k++)
        if (tb_member_on(r, r->surveys[survey].duties.v[k], provider, r->surveys[survey].from) >= 0)
            return true;
    return false;
}

static void list_wishes(const struct cli *c, const struct tb_region *r)
{
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "surveys");
        tb_print_begin_list(j.p);
    }
    for (int s = 0; s < r->n_surveys; s++) {
        int wishes = 0, members = 0, silent = 0;
        for (int i = 0; i < r->n_wishes; i++) wishes += r->wishes[i].survey == s;
        for (int p = 0; p < r->n_providers; p++)
            if (asked(r, s, p)) {
                members++;
                silent += !answered(r, s, p);
            }
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kstring(j.p, "survey", r->surveys[s].id);
            tb_print_kint(j.p, "wishes", wishes);
            tb_print_kint(j.p, "asked", members);
            tb_print_key(j.p, "unanswered");
            tb_print_begin_list(j.p);
            for (int p = 0; p < r->n_providers; p++)
                if (asked(r, s, p) && !answered(r, s, p)) tb_print_string(j.p, r->providers[p].id);
            tb_print_end_list(j.p);
            tb_print_end_object(j.p);
        } else
            printf(tb_t("%-14s 希望 %4d  対象 %4d 名  未回答 %4d 名\n",
                        "%-14s %4d wishes, %4d asked, %4d have not answered\n"),
                   r->surveys[s].id, wishes, members, silent);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
}

enum tb_code cmd_wish(struct cli *c, struct tb_err *e)
{
    if (!c->n_given) {
        struct tb_region *r;
        CLI_TRY(tb_app_region(&c->app, &r, e));
        list_wishes(c, r);
        tb_region_free(r);
        return TB_OK;
    }
    const char *const fields[] = {"survey", "provider", "type",  "from", "to",
                                  "duty",   "band",     "count", "note"};
    const char *pairs[2 * TB_COUNT(fields) + 8];
    char today[64];
    size_t n = 0;
    for (size_t i = 0; i < TB_COUNT(fields); i++)
        if (cli_get(c, fields[i])) {
            pairs[n++] = fields[i];
            pairs[n++] = cli_get(c, fields[i]);
        }
    pairs[n++] = "must";
    pairs[n++] = cli_flag(c, "if-possible") ? "no" : "yes";
    pairs[n++] = "received";
    pairs[n++] = tb_format_date(tb_day_of_minute(tb_clock_now(&c->app.clock)), today, sizeof today);
    pairs[n] = NULL;
    CLI_TRY(tb_app_wish(&c->app, pairs, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kbool(j.p, "recorded", true);
        cli_json_end(&j);
    } else
        puts(tb_t("記録しました", "recorded"));
    return TB_OK;
}

/* ---- backup ----------------------------------------------------------------------------------- */

static enum tb_code done(const struct cli *c, const char *path, const char *ja, const char *en)
{
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "file", path);
        cli_json_end(&j);
    } else
        printf("%s: %s\n", tb_t(ja, en), path);
    return TB_OK;
}

enum tb_code cmd_backup(struct cli *c, struct tb_err *e)
{
    CLI_TRY(tb_app_backup(&c->app, c->args[0], e));
    return done(c, c->args[0], "写しを作りました", "copied to");
}

enum tb_code cmd_restore(struct cli *c, struct tb_err *e)
{
    CLI_TRY(tb_app_restore(&c->app, c->args[0], e));
    return done(c, c->app.db, "戻しました", "restored");
}
