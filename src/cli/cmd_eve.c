/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tomorrow: the list of the day before.
 */
#include "cli.h"
#include "toban/app/eve.h"

static void json_providers(struct cli_json *j, const struct tb_region *r, const char *key, const int *v,
                           int n)
{
    tb_print_key(j->p, key);
    tb_print_begin_list(j->p);
    for (int i = 0; i < n; i++) {
        const struct tb_provider *p = &r->providers[v[i]];
        tb_print_begin_object(j->p);
        tb_print_kstring(j->p, "provider", p->id);
        tb_print_kstring(j->p, "name", p->name);
        tb_print_kstring(j->p, "phone", *p->staff_phone ? p->staff_phone : p->phone);
        tb_print_end_object(j->p);
    }
    tb_print_end_list(j->p);
}

static void json_contacts(struct cli_json *j, const struct tb_region *r, int duty)
{
    tb_print_key(j->p, "contacts");
    tb_print_begin_list(j->p);
    for (int i = 0; i < r->n_contacts; i++) {
        if (r->contacts[i].duty != duty) continue;
        tb_print_begin_object(j->p);
        tb_print_kint(j->p, "rank", r->contacts[i].rank);
        tb_print_kstring(j->p, "name", r->contacts[i].name);
        tb_print_kstring(j->p, "phone", r->contacts[i].phone);
        tb_print_end_object(j->p);
    }
    tb_print_end_list(j->p);
}

static void json_seat(struct cli_json *j, const struct tb_eve *x, const struct tb_eve_seat *s)
{
    const struct tb_region *r = x->region;
    const struct tb_slot *slot = &x->board->slots[s->slot];
    const struct tb_provider *p = &r->providers[s->provider];
    char t[64];
    tb_print_begin_object(j->p);
    tb_print_kstring(j->p, "duty", r->duties[slot->duty].id);
    tb_print_kstring(j->p, "band", r->bands[slot->band].id);
    tb_print_kstring(j->p, "from", tb_format_instant(slot->interval[0].from, t, sizeof t));
    tb_print_kstring(j->p, "to", tb_format_instant(slot->interval[slot->n_intervals - 1].to, t, sizeof t));
    tb_print_kstring(j->p, "provider", p->id);
    tb_print_kstring(j->p, "name", p->name);
    tb_print_kstring(j->p, "phone", *p->staff_phone ? p->staff_phone : p->phone);
    int person = tb_board_person(x->board, s->slot, s->provider);
    if (p->names_days > 0) json_providers(j, r, "person", &person, person >= 0);
    tb_print_kbool(j->p, "has_address", s->has_address);
    tb_print_kbool(j->p, "fetched", s->fetched);
    tb_print_kint(j->p, "changed_publication", s->changed);
    json_providers(j, r, "reserves", s->reserves, s->n_reserves);
    json_contacts(j, r, slot->duty);
    json_providers(j, r, "backups", s->backups, s->n_backups);
    tb_print_end_object(j->p);
}

static void names(const struct tb_region *r, const char *head, const int *v, int n)
{
    for (int i = 0; i < n; i++) {
        const struct tb_provider *p = &r->providers[v[i]];
        printf("        %s%s %s\n", head, p->name, *p->staff_phone ? p->staff_phone : p->phone);
    }
}

static void text_seat(const struct tb_eve *x, const struct tb_eve_seat *s, int last)
{
    const struct tb_region *r = x->region;
    const struct tb_slot *slot = &x->board->slots[s->slot];
    const struct tb_provider *p = &r->providers[s->provider];
    char a[64], b[64];
    if (s->slot != last)
        printf(
            "\n%s（%s） %s～%s\n", r->duties[slot->duty].name, r->bands[slot->band].name,
            tb_format_time_ja((int)(slot->interval[0].from - tb_minute_of(slot->date, 0)), a, sizeof a),
            tb_format_time_ja((int)(slot->interval[slot->n_intervals - 1].to - tb_minute_of(slot->date, 0)),
                              b, sizeof b));
    printf("    ");
    cli_cell(p->name, 32);
    cli_cell(*p->staff_phone ? p->staff_phone : p->phone, 16);
    puts(s->fetched       ? tb_t("取得済み", "fetched")
         : s->has_address ? tb_t("★未取得 電話で伝える", "* not fetched: telephone")
                          : tb_t("★アドレス未発行 電話で伝える", "* no address: telephone"));
    int person = tb_board_person(x->board, s->slot, s->provider);
    if (person >= 0) names(r, tb_t("出務 ", "comes: "), &person, 1);
    if (person < 0 && p->names_days > 0) puts(tb_t("        ★氏名未定", "        * no name yet"));
}

/* Whom to call when somebody cannot: the reserve of the hours, else the order of calling. */
static void text_help(const struct tb_eve *x, const struct tb_eve_seat *s)
{
    const struct tb_region *r = x->region;
    int duty = x->board->slots[s->slot].duty;
    names(r, tb_t("予備 ", "reserve "), s->reserves, s->n_reserves);
    for (int i = 0; i < r->n_contacts; i++)
        if (r->contacts[i].duty == duty)
            printf(tb_t("        連絡順%d %s %s\n", "        call %d: %s %s\n"), r->contacts[i].rank,
                   r->contacts[i].name, r->contacts[i].phone);
    names(r, tb_t("後方病院 ", "backup "), s->backups, s->n_backups);
}

enum tb_code cmd_tomorrow(struct cli *c, struct tb_err *e)
{
    struct tb_eve x;
    struct cli_json j = {0};
    tb_day date = TB_DAY_NONE;
    char t[64];
    if (c->n_args && !tb_parse_date(c->args[0], &date))
        return tb_fail(e, TB_USAGE,
                       tb_t("「%s」は日付ではありません（2026-12-03）", "\"%s\" is not a date (2026-12-03)"),
                       c->args[0]);
    CLI_TRY(tb_app_eve(&c->app, date, &x, e));
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "date", tb_format_date(x.date, t, sizeof t));
        tb_print_kint(j.p, "publication", x.board->publication);
        tb_print_key(j.p, "seats");
        tb_print_begin_list(j.p);
    } else
        printf(tb_t("前日連絡一覧 %s 第%d版（%s）\n", "on duty on %s, by publication %d (%s)\n"),
               tb_format_date_told(x.date, t, sizeof t), x.board->publication, x.board->hash);
    for (size_t i = 0; i < x.n; i++) {
        if (c->json) {
            json_seat(&j, &x, &x.v[i]);
            continue;
        }
        text_seat(&x, &x.v[i], i ? x.v[i - 1].slot : -1);
        if (i + 1 == x.n || x.v[i + 1].slot != x.v[i].slot) text_help(&x, &x.v[i]);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    } else if (!x.n)
        puts(tb_t("この日の当番はありません", "nobody is on duty on that day"));
    else if (*x.region->regions[0].notice)
        printf("\n%s\n", x.region->regions[0].notice);
    tb_app_eve_free(&x);
    return TB_OK;
}
