/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a command asks of the line that was typed, and how its answer goes out.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "toban/domain/said.h"

const char *cli_get(const struct cli *c, const char *name)
{
    const char *value = NULL;
    for (int i = 0; i < c->n_given; i++)
        if (strcmp(c->command->opts[c->given[i].opt].name, name) == 0)
            value = c->given[i].value ? c->given[i].value : "";
    return value;
}

bool cli_flag(const struct cli *c, const char *name) { return cli_get(c, name) != NULL; }

int cli_all(const struct cli *c, const char *name, const char **values, int max)
{
    int n = 0;
    for (int i = 0; i < c->n_given && n < max; i++)
        if (strcmp(c->command->opts[c->given[i].opt].name, name) == 0) values[n++] = c->given[i].value;
    return n;
}

enum tb_code cli_int(const struct cli *c, const char *name, int64_t min, int64_t max, int64_t def,
                     int64_t *out, struct tb_err *e)
{
    const char *text = cli_get(c, name);
    *out = def;
    if (!text || tb_parse_int(text, min, max, out)) return TB_OK;
    return tb_fail(
        e, TB_USAGE,
        tb_t("--%s 「%s」: %lld から %lld の整数です", "--%s \"%s\": a whole number from %lld to %lld"), name,
        text, (long long)min, (long long)max);
}

enum tb_code cli_date(const struct cli *c, const char *what, const char *text, tb_day *out, struct tb_err *e)
{
    const char *bad = tb_said_date(text, tb_day_of_minute(tb_clock_now(&c->app.clock)), out);
    return bad ? tb_fail(e, TB_USAGE, tb_t("%s「%s」: %s", "%s \"%s\" %s"), what, text, bad) : TB_OK;
}

enum tb_code cli_instant(const struct cli *c, const char *what, const char *text, tb_minute *out,
                         struct tb_err *e)
{
    const char *bad = tb_said_instant(text, tb_clock_now(&c->app.clock), out);
    return bad ? tb_fail(e, TB_USAGE, tb_t("%s「%s」: %s", "%s \"%s\" %s"), what, text, bad) : TB_OK;
}

void cli_print(struct tb_buf *text)
{
    fwrite(tb_buf_str(text), 1, text->len, stdout);
    tb_buf_free(text);
}
