/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line: a table of commands, their options as tables, one function per command. A command parses,
 * calls one use case of app, renders. Results on stdout, everything else on stderr.
 */
#ifndef TOBAN_CLI_H
#define TOBAN_CLI_H

#include <stdio.h>

#include "toban/app/app.h"
#include "toban/domain/meant.h"
#include "toban/tell/words.h"

struct cli_opt {
    const char *name, *value, *ja, *en;
}; /* value NULL: a flag */

/* Options on one line at most; more are refused, so an array of this size holds all values of one. */
enum { CLI_GIVEN = 64 };

struct cli {
    const struct cli_command *command;
    struct tb_app app;
    bool json;
    char **args;
    int n_args;
    /* options given, in order; index into command->opts */
    struct {
        int opt;
        const char *value;
    } given[CLI_GIVEN];
    int n_given;
    struct tb_arena names; /* ids that stand for names that were typed */
};

struct cli_command {
    const char *name, *args; /* "PERIOD" ... as shown in the synopsis */
    int min_args, max_args;
    const char *ja, *en; /* one line each */
    const char *example;
    const struct cli_opt *opts;
    int n_opts;
    bool trial; /* has --dry-run: all that it writes goes through app_begin and app_commit */
    enum tb_code (*run)(struct cli *c, struct tb_err *e);
};
extern const struct cli_command cli_commands[];
extern const int cli_n_commands;

/* Value of an option (the last given), NULL when absent; "" for a flag that was given. */
const char *cli_get(const struct cli *c, const char *name);
bool cli_flag(const struct cli *c, const char *name);
/* All values of an option, in order. Returns their number, at most `max`. */
int cli_all(const struct cli *c, const char *name, const char **values, int max);
/* A date as people say it (tb_said_date), today being the clock's. `what` names it: "--until". */
TB_MUST_USE enum tb_code cli_date(const struct cli *c, const char *what, const char *text, tb_day *out,
                                  struct tb_err *e);
/* An instant (tb_said_instant). */
TB_MUST_USE enum tb_code cli_instant(const struct cli *c, const char *what, const char *text, tb_minute *out,
                                     struct tb_err *e);
/* Every option that takes an id may be given a name instead: TB_USAGE when it is none, or several. */
enum tb_code cli_names(struct cli *c, struct tb_err *e);
/* The same for one word; *text becomes the id, which lives as long as c. */
enum tb_code cli_named(struct cli *c, enum tb_word_kind kind, const char *what, const char **text,
                       struct tb_err *e);
enum tb_code cli_int(const struct cli *c, const char *name, int64_t min, int64_t max, int64_t def,
                     int64_t *out, struct tb_err *e);

/* What was said beside the result goes to stderr, a line each, and is freed. Returns `code`. */
enum tb_code cli_notes(enum tb_code code, struct tb_notes *x);

/* Writes the text to standard output and empties it. */
void cli_print(struct tb_buf *text);
/* An answer of src/tell: with --json the document {"format_version":1,"command":NAME and `answer`_json's
 * members, else `answer`_text. */
#define CLI_TELL(c, answer, x) \
    do { \
        struct tb_buf cli_told = {0}; \
        if ((c)->json) { \
            tb_printer *cli_p = tb_tell_begin(&cli_told, (c)->command->name, 1); \
            if ((c)->command->trial) tb_tell_trial_json((c)->app.trial, cli_p); \
            answer##_json((x), cli_p); \
            tb_tell_end(cli_p, &cli_told); \
        } else { \
            if ((c)->app.trial) tb_tell_trial_text(&cli_told); \
            answer##_text((x), &cli_told); \
        } \
        cli_print(&cli_told); \
    } while (0)

#define CLI_TRY(x) \
    do { \
        enum tb_code cli_code = (x); \
        if (cli_code) return cli_code; \
    } while (0)

enum tb_code cmd_init(struct cli *c, struct tb_err *e);
enum tb_code cmd_import(struct cli *c, struct tb_err *e);
enum tb_code cmd_calendar(struct cli *c, struct tb_err *e);
enum tb_code cmd_wish(struct cli *c, struct tb_err *e);
enum tb_code cmd_rows(struct cli *c, struct tb_err *e);
enum tb_code cmd_plan(struct cli *c, struct tb_err *e);
enum tb_code cmd_check(struct cli *c, struct tb_err *e);
enum tb_code cmd_score(struct cli *c, struct tb_err *e);
enum tb_code cmd_publish(struct cli *c, struct tb_err *e);
enum tb_code cmd_export(struct cli *c, struct tb_err *e);
enum tb_code cmd_route(struct cli *c, struct tb_err *e);
enum tb_code route_export_table(struct cli *c, struct tb_err *e);
enum tb_code route_export_sheets(struct cli *c, struct tb_err *e);
enum tb_code cmd_override(struct cli *c, struct tb_err *e);
enum tb_code cmd_now(struct cli *c, struct tb_err *e);
enum tb_code cmd_check_table(struct cli *c, struct tb_err *e);
enum tb_code cmd_diff(struct cli *c, struct tb_err *e);
enum tb_code cmd_duties(struct cli *c, struct tb_err *e);
enum tb_code cmd_name(struct cli *c, struct tb_err *e);
enum tb_code cmd_attend(struct cli *c, struct tb_err *e);
enum tb_code cmd_withdraw(struct cli *c, struct tb_err *e);
enum tb_code cmd_purge(struct cli *c, struct tb_err *e);
enum tb_code cmd_person(struct cli *c, struct tb_err *e);
enum tb_code cmd_find(struct cli *c, struct tb_err *e);
enum tb_code cmd_audit(struct cli *c, struct tb_err *e);
enum tb_code cmd_token(struct cli *c, struct tb_err *e);
enum tb_code cmd_export_ics(struct cli *c, struct tb_err *e); /* export ics */
enum tb_code cmd_circulate(struct cli *c, struct tb_err *e);
enum tb_code cmd_approve(struct cli *c, struct tb_err *e);
enum tb_code cmd_sent(struct cli *c, struct tb_err *e);
enum tb_code cmd_serve(struct cli *c, struct tb_err *e);
enum tb_code cmd_unfetched(struct cli *c, struct tb_err *e);
enum tb_code cmd_todo(struct cli *c, struct tb_err *e);
enum tb_code cmd_tomorrow(struct cli *c, struct tb_err *e);
enum tb_code cmd_ledger(struct cli *c, struct tb_err *e);
enum tb_code ledger_people(struct cli *c, struct tb_err *e); /* ledger FY2026 */
enum tb_code cmd_entries(struct cli *c, struct tb_err *e);
enum tb_code cmd_shares(struct cli *c, struct tb_err *e);
enum tb_code cmd_backup(struct cli *c, struct tb_err *e);
enum tb_code cmd_verify(struct cli *c, struct tb_err *e);
enum tb_code cmd_restore(struct cli *c, struct tb_err *e);
enum tb_code cmd_assign(struct cli *c, struct tb_err *e);
enum tb_code cmd_exchange(struct cli *c, struct tb_err *e);
enum tb_code cmd_office(struct cli *c, struct tb_err *e);
enum tb_code cmd_user(struct cli *c, struct tb_err *e);
enum tb_code cmd_unassign(struct cli *c, struct tb_err *e);
enum tb_code cmd_undo(struct cli *c, struct tb_err *e);
enum tb_code cmd_redo(struct cli *c, struct tb_err *e);
enum tb_code cmd_edits(struct cli *c, struct tb_err *e);
enum tb_code cmd_pin(struct cli *c, struct tb_err *e);
enum tb_code cmd_forbid(struct cli *c, struct tb_err *e);
enum tb_code cmd_exception(struct cli *c, struct tb_err *e);
enum tb_code cmd_explain(struct cli *c, struct tb_err *e);
enum tb_code cmd_compare(struct cli *c, struct tb_err *e);
enum tb_code cmd_replace(struct cli *c, struct tb_err *e);
enum tb_code cmd_why(struct cli *c, struct tb_err *e);
enum tb_code cmd_swap(struct cli *c, struct tb_err *e);

#endif
