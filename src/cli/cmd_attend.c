/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * attend.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/tell/attend.h"

/* ---- a period --------------------------------------------------------------------------------------- */

static enum tb_code report_seats(struct cli *c, const struct tb_app_attended *a, bool missing)
{
    struct tb_tell_attended x = {.attended = a, .missing = missing};
    if (cli_flag(c, "csv")) {
        struct tb_buf csv = {0};
        tb_app_attend_csv(a, &csv);
        cli_print(&csv);
    } else
        CLI_TELL(c, tb_tell_attended, &x);
    return missing && a->missing ? TB_NO : TB_OK;
}

static enum tb_code report_counts(struct cli *c, const struct tb_app_attended *a)
{
    struct tb_app_count *v;
    struct tb_tell_counts x = {.region = a->region};
    tb_app_attend_counts(a, &v, &x.n);
    x.v = v;
    if (cli_flag(c, "csv")) {
        struct tb_buf csv = {0};
        tb_app_counts_csv(x.region, v, x.n, &csv);
        cli_print(&csv);
    } else
        CLI_TELL(c, tb_tell_counts, &x);
    free(v);
    return TB_OK;
}

static enum tb_code report_light(struct cli *c, struct tb_app_attended *a, struct tb_err *e)
{
    struct tb_light light;
    struct tb_tell_light x = {.region = a->region, .light = &light};
    CLI_TRY(tb_app_light(&c->app, c->args[0], a, &light, e));
    if (cli_flag(c, "csv")) {
        struct tb_buf csv = {0};
        tb_light_csv(a->region, &light, &csv);
        cli_print(&csv);
    } else
        CLI_TELL(c, tb_tell_light, &x);
    tb_light_free(&light);
    return TB_OK;
}

static enum tb_code report_period(struct cli *c, struct tb_err *e)
{
    enum { SEATS, MISSING, COUNTS, LIGHT };
    static const char *const words[] = {
        [SEATS] = "seats", [MISSING] = "missing", [COUNTS] = "counts", [LIGHT] = "light"};
    const char *report = cli_get(c, "report") ? cli_get(c, "report") : words[SEATS];
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
    struct tb_app_attended a;
    CLI_TRY(tb_app_attended(&c->app, c->args[0], &a, e));
    enum tb_code code = which == LIGHT    ? report_light(c, &a, e)
                        : which == COUNTS ? report_counts(c, &a)
                                          : report_seats(c, &a, which == MISSING);
    tb_app_attended_free(&a);
    return code;
}

/* ---- records ---------------------------------------------------------------------------------------- */

static enum tb_code record_file(struct cli *c, const char *file, struct tb_err *e)
{
    struct tb_tell_attendance_file x;
    CLI_TRY(tb_app_attend_file(&c->app, file, &x.added, &x.unchanged, e));
    CLI_TELL(c, tb_tell_attendance_file, &x);
    return TB_OK;
}

static enum tb_code record_seat(struct cli *c, struct tb_err *e)
{
    struct tb_attend_cells cells = {.seat = c->args[0],
                                    .seated = cli_get(c, "seated"),
                                    .came = cli_get(c, "came"),
                                    .from = cli_get(c, "from"),
                                    .to = cli_get(c, "to"),
                                    .patients = cli_get(c, "patients"),
                                    .referred = cli_get(c, "referred"),
                                    .light = cli_get(c, "light"),
                                    .reason = cli_get(c, "reason"),
                                    .take_back = cli_flag(c, "remove")};
    struct tb_tell_attendance x = {.seat = cells.seat, .taken_back = cells.take_back};
    CLI_TRY(tb_app_attend(&c->app, &cells, &x.added, e));
    CLI_TELL(c, tb_tell_attendance, &x);
    return TB_OK;
}

enum tb_code cmd_attend(struct cli *c, struct tb_err *e)
{
    const char *file = cli_get(c, "file");
    if (file && c->n_args)
        return tb_fail(e, TB_USAGE, tb_t("--file と席は一緒に使えません", "--file excludes a seat"));
    if (file) return record_file(c, file, e);
    if (!c->n_args)
        return tb_fail(e, TB_USAGE,
                       tb_t("席（当番区分:日付:時間帯）か期間か --file が要ります",
                            "a seat (DUTY:DATE:BAND), a period, or --file is needed"));
    return strchr(c->args[0], ':') ? record_seat(c, e) : report_period(c, e);
}
