/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * attend.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/attend.h"

static void print_buf(struct tb_buf *b)
{
    fwrite(tb_buf_str(b), 1, b->len, stdout);
    tb_buf_free(b);
}

static void json_count(tb_printer *p, const char *key, int64_t v)
{
    tb_print_key(p, key);
    if (v < 0)
        tb_print_null(p);
    else
        tb_print_int(p, v);
}

/* ---- seats --------------------------------------------------------------------------------------- */

static void seat_json(tb_printer *p, const struct tb_app_attended *x, const struct tb_app_served *v)
{
    const struct tb_region *r = x->region;
    const struct tb_slot *s = &x->board->slots[x->board->a[v->assignment].slot];
    char t[64];
    tb_print_begin_object(p);
    tb_print_kstring(p, "duty", r->duties[s->duty].id);
    tb_print_kstring(p, "date", tb_format_date(s->date, t, sizeof t));
    tb_print_kstring(p, "band", r->bands[s->band].id);
    tb_print_kstring(p, "role", s->role == TB_PRIMARY ? "primary" : "reserve");
    tb_print_kstring(p, "seated", r->providers[x->board->a[v->assignment].provider].id);
    tb_print_kbool(p, "recorded", v->record != NULL);
    tb_print_key(p, "came");
    v->came < 0 ? tb_print_null(p) : tb_print_string(p, r->providers[v->came].id);
    tb_print_key(p, "credit");
    v->credit < 0 ? tb_print_null(p) : tb_print_string(p, r->providers[v->credit].id);
    tb_print_kstring(p, "from", tb_format_instant(v->from, t, sizeof t));
    tb_print_kstring(p, "to", tb_format_instant(v->to, t, sizeof t));
    tb_print_kint(p, "minutes", v->minutes);
    json_count(p, "patients", v->record ? v->record->patients : -1);
    json_count(p, "referred", v->record ? v->record->referred : -1);
    json_count(p, "light", v->record ? v->record->light : -1);
    tb_print_end_object(p);
}

static void number_cell(int64_t v, int width)
{
    char room[24] = "-";
    if (v >= 0) snprintf(room, sizeof room, "%lld", (long long)v);
    cli_cell(room, -width);
}

static void seat_text(const struct tb_app_attended *x, const struct tb_app_served *v)
{
    const struct tb_region *r = x->region;
    const struct tb_slot *s = &x->board->slots[x->board->a[v->assignment].slot];
    int seated = x->board->a[v->assignment].provider;
    char t[64];
    cli_cell(tb_format_date_told(s->date, t, sizeof t), 22);
    cli_cell(r->duties[s->duty].name, 28);
    cli_cell(r->bands[s->band].name, 8);
    cli_cell(r->providers[seated].name, 30);
    if (!v->record) {
        puts(tb_t("記録なし", "no record"));
        return;
    }
    number_cell(v->record->patients, 6);
    number_cell(v->record->referred, 6);
    number_cell(v->record->light, 6);
    if (v->came < 0)
        fputs(tb_t("  だれも来なかった", "  nobody came"), stdout);
    else if (v->came != seated)
        printf(tb_t("  来たのは %s", "  came: %s"), r->providers[v->came].name);
    if (*v->record->reason) printf("  %s", v->record->reason);
    putchar('\n');
}

static void seats(struct cli *c, const struct tb_app_attended *x, bool missing)
{
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "publication", x->board->publication);
        tb_print_kint(j.p, "seats_begun", (int64_t)x->n);
        tb_print_kint(j.p, "missing", (int64_t)x->missing);
        tb_print_key(j.p, "seats");
        tb_print_begin_list(j.p);
    } else {
        printf(tb_t("始まった当番 %zu、記録のないもの %zu\n", "duties begun: %zu, without record: %zu\n"),
               x->n, x->missing);
        if (!missing && x->n) {
            cli_cell("", 88);
            cli_cell(tb_t("患者", "seen"), -6);
            cli_cell(tb_t("紹介", "ref."), -6);
            cli_cell(tb_t("軽症", "light"), -6);
            putchar('\n');
        }
    }
    for (size_t i = 0; i < x->n; i++) {
        if (missing && x->v[i].record) continue;
        c->json ? seat_json(j.p, x, &x->v[i]) : seat_text(x, &x->v[i]);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
}

/* ---- counts -------------------------------------------------------------------------------------- */

static void counts(struct cli *c, const struct tb_app_attended *x)
{
    const struct tb_region *r = x->region;
    struct tb_app_count *v;
    size_t n;
    tb_app_attend_counts(x, &v, &n);
    if (cli_flag(c, "csv")) {
        struct tb_buf csv = {0};
        tb_app_counts_csv(r, v, n, &csv);
        print_buf(&csv);
        free(v);
        return;
    }
    struct cli_json j = {0};
    if (c->json) {
        cli_json_begin(&j, c);
        tb_print_key(j.p, "counts");
        tb_print_begin_list(j.p);
    }
    for (size_t i = 0; i < n; i++) {
        if (c->json) {
            tb_print_begin_object(j.p);
            tb_print_kstring(j.p, "duty", r->duties[v[i].duty].id);
            tb_print_kstring(j.p, "provider", r->providers[v[i].provider].id);
            tb_print_kstring(j.p, "name", r->providers[v[i].provider].name);
            tb_print_kint(j.p, "done", v[i].done);
            tb_print_kint(j.p, "recorded", v[i].recorded);
            tb_print_kint(j.p, "minutes", v[i].minutes);
            tb_print_kint(j.p, "patients", v[i].patients);
            tb_print_kint(j.p, "referred", v[i].referred);
            tb_print_kint(j.p, "light", v[i].light);
            tb_print_end_object(j.p);
            continue;
        }
        cli_cell(r->duties[v[i].duty].name, 30);
        cli_cell(r->providers[v[i].provider].name, 34);
        printf(tb_t("%3lld 回（記録 %lld）%5lld 時間 %02lld 分  患者 %lld\n",
                    "%3lld duties (%lld recorded) %5lld h %02lld  patients %lld\n"),
               (long long)v[i].done, (long long)v[i].recorded, (long long)(v[i].minutes / 60),
               (long long)(v[i].minutes % 60), (long long)v[i].patients);
    }
    if (c->json) {
        tb_print_end_list(j.p);
        cli_json_end(&j);
    }
    free(v);
}

/* ---- light cases --------------------------------------------------------------------------------- */

/* 83.2%, or - when there is nothing to divide. */
static const char *per_cent(int64_t part, int64_t whole, char *room, size_t size)
{
    int64_t permille = whole > 0 ? (part * 2000 + whole) / (2 * whole) : 0;
    if (whole > 0)
        snprintf(room, size, "%lld.%lld%%", (long long)(permille / 10), (long long)(permille % 10));
    else
        snprintf(room, size, "-");
    return room;
}

static const char *tier_name(int tier)
{
    static const char *const ja[] = {"相談", "一次救急", "二次救急", "三次救急"}, *const en[] = {
                                                                                      "advice",
                                                                                      "primary care",
                                                                                      "secondary care",
                                                                                      "tertiary care"};
    return tb_t(ja[tier], en[tier]);
}

static void line_text(const struct tb_region *r, const struct tb_light_line *l)
{
    char room[24], name[160];
    if (l->duty >= 0)
        snprintf(name, sizeof name, "  %s", r->duties[l->duty].name);
    else
        snprintf(name, sizeof name, l->duty == -1 ? tb_t("%s 計", "%s, all") : tb_t("全体", "all"),
                 tier_name(l->tier));
    cli_cell(name, 36);
    const int64_t numbers[] = {l->seats, l->recorded, l->patients, l->referred, l->light};
    for (size_t i = 0; i < TB_COUNT(numbers); i++) number_cell(numbers[i], 8);
    cli_cell(per_cent(l->light, l->light_of, room, sizeof room), -10);
    if (l->open) printf(tb_t("  空席 %lld", "  open %lld"), (long long)l->open);
    if (l->nobody) printf(tb_t("  来なかった席 %lld", "  nobody came %lld"), (long long)l->nobody);
    putchar('\n');
}

static void month_text(const struct tb_region *r, const struct tb_light *x, const struct tb_light_answers *a)
{
    static const char *const ja[] = {"", "当番", "記録", "患者", "紹介", "軽症", "軽症率"},
                             *const en[] = {"", "duties", "records", "seen", "referred", "light", "share"};
    int64_t primary, all;
    char share[24], first[3][24];
    printf(tb_t("%d年%d月\n", "%d-%02d\n"), a->year, a->month);
    for (int i = 0; i < 7; i++) cli_cell(tb_t(ja[i], en[i]), i == 0 ? 36 : i == 6 ? -10 : -8);
    putchar('\n');
    for (size_t i = 0; i < x->n; i++)
        if (x->lines[i].year == a->year && x->lines[i].month == a->month) line_text(r, &x->lines[i]);
    tb_light_share(x, a->year, a->month, &primary, &all);
    printf(tb_t("軽症の患者のうち一次救急が診た割合 %s（%lld 人中 %lld 人）\n",
                "light cases seen in primary care: %s (of %lld: %lld)\n"),
           per_cent(primary, all, share, sizeof share), (long long)all, (long long)primary);
    static const char *const urgency[] = {"U3", "U4", "U5"};
    if (a->told) {
        puts(tb_t(
            "案内表が、開いている所の先頭に示すもの（時間・市町・年齢・症状をならして）",
            "what the table puts first of the places open (over minutes, municipalities, ages, complaints)"));
        for (int u = 0; u < 3; u++)
            printf(
                tb_t(
                    "  %s  一次 %s  二次・三次 %s  開いている所なし %s（かかりつけ医・次の診療・相談電話）\n",
                    "  %s  primary %s, secondary or tertiary %s, none open %s (family doctor, next opening, "
                    "advice line)\n"),
                urgency[u], per_cent(a->u[u].first[1], a->u[u].cells, first[0], sizeof first[0]),
                per_cent(a->u[u].first[2] + a->u[u].first[3], a->u[u].cells, first[1], sizeof first[1]),
                per_cent(a->u[u].first[0], a->u[u].cells, first[2], sizeof first[2]));
    } else
        printf(tb_t("案内表は作れません: %s\n", "there is no routing table: %s\n"), a->why);
    putchar('\n');
}

static void light_json(struct cli *c, const struct tb_region *r, const struct tb_light *x)
{
    struct cli_json j;
    char month[32];
    cli_json_begin(&j, c);
    tb_print_key(j.p, "lines");
    tb_print_begin_list(j.p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_light_line *l = &x->lines[i];
        snprintf(month, sizeof month, "%04d-%02d", l->year, l->month);
        tb_print_begin_object(j.p);
        tb_print_kstring(j.p, "kind", l->duty >= 0 ? "duty" : l->duty == -1 ? "tier" : "month");
        tb_print_kstring(j.p, "month", month);
        if (l->duty >= 0) tb_print_kstring(j.p, "duty", r->duties[l->duty].id);
        if (l->duty != -2) tb_print_kint(j.p, "tier", l->tier);
        tb_print_kint(j.p, "seats", l->seats);
        tb_print_kint(j.p, "recorded", l->recorded);
        tb_print_kint(j.p, "counted", l->counted);
        tb_print_kint(j.p, "open", l->open);
        tb_print_kint(j.p, "nobody", l->nobody);
        tb_print_kint(j.p, "patients", l->patients);
        tb_print_kint(j.p, "referred", l->referred);
        tb_print_kint(j.p, "light", l->light);
        tb_print_kint(j.p, "light_of", l->light_of);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    tb_print_key(j.p, "months");
    tb_print_begin_list(j.p);
    for (size_t i = 0; i < x->n_answers; i++) {
        const struct tb_light_answers *a = &x->answers[i];
        int64_t primary, all;
        tb_light_share(x, a->year, a->month, &primary, &all);
        snprintf(month, sizeof month, "%04d-%02d", a->year, a->month);
        tb_print_begin_object(j.p);
        tb_print_kstring(j.p, "month", month);
        tb_print_kint(j.p, "light_primary", primary);
        tb_print_kint(j.p, "light_all", all);
        tb_print_kbool(j.p, "table", a->told);
        if (!a->told) tb_print_kstring(j.p, "why", a->why);
        tb_print_key(j.p, "first");
        tb_print_begin_list(j.p);
        for (int u = 0; u < 3 && a->told; u++) {
            tb_print_begin_object(j.p);
            tb_print_kint(j.p, "urgency", u + 3);
            tb_print_kint(j.p, "minutes", a->u[u].cells);
            tb_print_kint(j.p, "primary", a->u[u].first[1]);
            tb_print_kint(j.p, "hospital", a->u[u].first[2] + a->u[u].first[3]);
            tb_print_kint(j.p, "none_open", a->u[u].first[0]);
            tb_print_end_object(j.p);
        }
        tb_print_end_list(j.p);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    tb_print_kstring(j.p, "holes", tb_buf_str(&x->holes));
    tb_print_key(j.p, "refusals");
    tb_print_begin_list(j.p);
    for (size_t i = 0; i < x->n_refusals; i++) {
        tb_print_begin_object(j.p);
        tb_print_kstring(j.p, "facility", x->refusals[i].facility);
        tb_print_kstring(j.p, "reason", x->refusals[i].reason);
        tb_print_kint(j.p, "n", x->refusals[i].n);
        tb_print_end_object(j.p);
    }
    tb_print_end_list(j.p);
    cli_json_end(&j);
}

static enum tb_code light(struct cli *c, struct tb_app_attended *a, struct tb_err *e)
{
    struct tb_light x;
    const struct tb_region *r = a->region;
    CLI_TRY(tb_app_light(&c->app, c->args[0], a, &x, e));
    if (c->json)
        light_json(c, r, &x);
    else if (cli_flag(c, "csv")) {
        struct tb_buf csv = {0};
        tb_light_csv(r, &x, &csv);
        print_buf(&csv);
    } else {
        for (size_t i = 0; i < x.n_answers; i++) month_text(r, &x, &x.answers[i]);
        if (x.holes.len)
            printf(tb_t("案内の穴（最終の案内だけになる時間）\n%s\n",
                        "holes of the table (last resort only)\n%s\n"),
                   x.holes.s);
        puts(x.n_refusals ? tb_t("断られた件数（施設・理由）", "refusals by facility and reason")
                          : tb_t("断られた記録はありません", "no refusal is recorded"));
        for (size_t i = 0; i < x.n_refusals; i++) {
            int p = tb_find_provider(r, x.refusals[i].facility);
            fputs("  ", stdout);
            cli_cell(p >= 0 ? r->providers[p].name : x.refusals[i].facility, 34);
            cli_cell(x.refusals[i].reason, 28);
            printf("%lld\n", (long long)x.refusals[i].n);
        }
    }
    tb_light_free(&x);
    return TB_OK;
}

/* ---- the command ----------------------------------------------------------------------------------- */

static enum tb_code list(struct cli *c, struct tb_err *e)
{
    static const char *const words[] = {"seats", "missing", "counts", "light"};
    const char *report = cli_get(c, "report") ? cli_get(c, "report") : "seats";
    size_t which = 0;
    while (which < TB_COUNT(words) && strcmp(words[which], report) != 0) which++;
    if (which == TB_COUNT(words))
        return tb_fail(e, TB_USAGE,
                       tb_t("--report 「%s」: seats、missing、counts、light のどれかです",
                            "--report \"%s\": seats, missing, counts or light"),
                       report);
    if (c->json && cli_flag(c, "csv"))
        return tb_fail(e, TB_USAGE,
                       tb_t("--json と --csv は一緒に使えません", "--json and --csv exclude each other"));
    struct tb_app_attended x;
    CLI_TRY(tb_app_attended(&c->app, c->args[0], &x, e));
    enum tb_code code = TB_OK;
    if (which == 3)
        code = light(c, &x, e);
    else if (which == 2)
        counts(c, &x);
    else if (cli_flag(c, "csv")) {
        struct tb_buf csv = {0};
        tb_app_attend_csv(&x, &csv);
        print_buf(&csv);
    } else
        seats(c, &x, which == 1);
    if (code == TB_OK && which == 1 && x.missing) code = TB_NO;
    tb_app_attended_free(&x);
    return code;
}

static enum tb_code from_file(struct cli *c, const char *file, struct tb_err *e)
{
    int added, same;
    CLI_TRY(tb_app_attend_file(&c->app, file, &added, &same, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kint(j.p, "added", added);
        tb_print_kint(j.p, "unchanged", same);
        cli_json_end(&j);
    } else
        printf(tb_t("記録 %d 件（変わらないもの %d 件）\n", "%d records (%d unchanged)\n"), added, same);
    return TB_OK;
}

enum tb_code cmd_attend(struct cli *c, struct tb_err *e)
{
    if (cli_get(c, "file"))
        return c->n_args
                   ? tb_fail(e, TB_USAGE, tb_t("--file と席は一緒に使えません", "--file excludes a seat"))
                   : from_file(c, cli_get(c, "file"), e);
    if (!c->n_args)
        return tb_fail(e, TB_USAGE,
                       tb_t("席（当番区分:日付:時間帯）か期間か --file が要ります",
                            "a seat (DUTY:DATE:BAND), a period, or --file is needed"));
    if (!strchr(c->args[0], ':')) return list(c, e);
    struct tb_attend_cells cells = {
        c->args[0],           cli_get(c, "seated"),   cli_get(c, "came"),     cli_get(c, "from"),
        cli_get(c, "to"),     cli_get(c, "patients"), cli_get(c, "referred"), cli_get(c, "light"),
        cli_get(c, "reason"), cli_flag(c, "remove")};
    bool added = false;
    CLI_TRY(tb_app_attend(&c->app, &cells, &added, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kstring(j.p, "seat", c->args[0]);
        tb_print_kbool(j.p, "added", added);
        cli_json_end(&j);
    } else
        puts(!added            ? tb_t("同じ記録がもうあります", "the same record is there already")
             : cells.take_back ? tb_t("記録を取り消しました", "the record is taken back")
                               : tb_t("記録しました", "recorded"));
    return TB_OK;
}
