/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entry: finds the command, reads options, runs it, turns the code into an exit status.
 */
#include <getopt.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "toban/base/version.h"
#include "toban/domain/said.h"

static volatile int interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* The first alone of commands that can be tried. */
static const struct cli_opt common[] = {
    {"dry-run", NULL, "試し: 何も書かず、どうなるかだけを示す",
     "a trial: write nothing, show what would become of it"},
    {"db", "FILE", "データファイル（既定 $TOBAN_DB、次に ./toban.db）",
     "data file (default $TOBAN_DB, then ./toban.db)"},
    {"at", "INSTANT", "今の時刻の代わり 2026-12-03T19:30", "instead of the clock, such as 2026-12-03T19:30"},
    {"lang", "ja|en", "言葉", "language of messages"},
    {"by", "NAME", "記録に残す名（既定 $USER）", "name for the records (default $USER)"},
    {"as", "ROLE[:PROVIDER]", "だれとして（既定 office）", "in whose role (default office)"},
    {"json", NULL, "JSON で出す", "print the result as JSON"},
    {"help", NULL, "この説明", "this help"},
};

/* ---- help ------------------------------------------------------------------------------------- */

static void print_options(FILE *f, const struct cli_opt *opts, int n)
{
    for (int i = 0; i < n; i++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", opts[i].name, opts[i].value ? " " : "",
                 opts[i].value ? opts[i].value : "");
        fprintf(f, "  %-24s %s\n", left, tb_t(opts[i].ja, opts[i].en));
    }
}

static void command_help(FILE *f, const struct cli_command *cmd)
{
    fprintf(f, "%s toban %s%s%s [%s]\n\n%s\n\n", tb_t("使い方:", "Usage:"), cmd->name, *cmd->args ? " " : "",
            cmd->args, tb_t("オプション", "options"), tb_t(cmd->ja, cmd->en));
    print_options(f, cmd->opts, cmd->n_opts);
    print_options(f, common + !cmd->trial, (int)TB_COUNT(common) - !cmd->trial);
    fprintf(f, "\n%s\n  %s\n", tb_t("例:", "Example:"), cmd->example);
}

static void general_help(FILE *f)
{
    fprintf(f, "%s toban COMMAND [%s]\n\n%s\n\n", tb_t("使い方:", "Usage:"), tb_t("オプション", "options"),
            tb_t("休日・夜間の当番表を作り、点検し、公表します。",
                 "Makes, checks and publishes out-of-hours medical rosters."));
    for (int i = 0; i < cli_n_commands; i++)
        fprintf(f, "  %-12s %s\n", cli_commands[i].name, tb_t(cli_commands[i].ja, cli_commands[i].en));
    fprintf(f, "\n%s\n",
            tb_t("終了コード: 0 完了、1 否（条件違反・空席など）、2 使い方、3 入力の拒否、4 保存、5 "
                 "証明なしの打ち切り、6 状態・権限、7 案内表が有効でない、70 内部、75 再試行",
                 "Exit codes: 0 done, 1 no (rule broken, seat open), 2 usage, 3 input rejected, 4 storage, 5 "
                 "limit without proof, 6 refused, 7 table not valid now, 70 internal, 75 try again"));
    fprintf(f, "%s\n  toban init --region rosters/ishikawa-chuo --db toban.db\n  toban plan 2026-12 --help\n",
            tb_t("例:", "Example:"));
}

static void progress(void *arg, const char *phase, double best, double bound)
{
    double *last = arg, now = tb_clock_seconds();
    if (now - *last < 0.1) return;
    *last = now;
    fprintf(stderr, "\r\033[K%s", phase);
    if (isfinite(best)) fprintf(stderr, tb_t("  最良 %.0f", "  best %.0f"), best);
    if (isfinite(bound)) fprintf(stderr, tb_t("  下界 %.0f", "  bound %.0f"), bound);
    fflush(stderr);
}

/* ---- main ------------------------------------------------------------------------------------- */

static enum tb_lang locale_language(void)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < TB_COUNT(names); i++) {
        const char *v = getenv(names[i]);
        if (v && *v) return strncmp(v, "ja", 2) == 0 ? TB_JA : TB_EN;
    }
    return TB_EN;
}

static enum tb_code usage(const struct cli_command *cmd, const char *what)
{
    fprintf(stderr, "toban: %s\n", what);
    fprintf(stderr, "%s toban %s --help\n", tb_t("説明:", "See:"), cmd ? cmd->name : "");
    return TB_USAGE;
}

static enum tb_code read_options(struct cli *c, int argc, char **argv, bool *help)
{
    const struct cli_command *cmd = c->command;
    struct option longs[TB_COUNT(common) + 32] = {{0}};
    TB_ASSERT(cmd->n_opts < 32);
    int n = 0;
    for (size_t i = !cmd->trial; i < TB_COUNT(common); i++)
        longs[n++] = (struct option){common[i].name, common[i].value ? required_argument : no_argument, NULL,
                                     1000 + (int)i};
    for (int i = 0; i < cmd->n_opts; i++)
        longs[n++] = (struct option){cmd->opts[i].name, cmd->opts[i].value ? required_argument : no_argument,
                                     NULL, i + 1};
    opterr = 0;
    optind = 1;
    char what[256];
    for (int o; (o = getopt_long(argc, argv, "h", longs, NULL)) != -1;) {
        const char *name = o >= 1000 ? common[o - 1000].name : NULL;
        if (o == 'h' || (name && strcmp(name, "help") == 0)) {
            *help = true;
        } else if (o == '?' || o == ':') {
            snprintf(what, sizeof what,
                     tb_t("分からないオプションか、値がありません: %s",
                          "unknown option, or its value is missing: %s"),
                     argv[optind - 1]);
            return usage(cmd, what);
        } else if (!name) {
            if (c->n_given == (int)TB_COUNT(c->given))
                return usage(cmd, tb_t("オプションが多すぎます", "too many options"));
            c->given[c->n_given].opt = o - 1;
            c->given[c->n_given++].value = optarg;
        } else if (strcmp(name, "db") == 0) {
            c->app.db = optarg;
        } else if (strcmp(name, "by") == 0) {
            c->app.actor.name = optarg;
        } else if (strcmp(name, "as") == 0) {
            struct tb_err e = {0};
            if (tb_actor_parse(optarg, &c->app.actor, &e)) return usage(cmd, e.text);
        } else if (strcmp(name, "dry-run") == 0) {
            c->app.trial = true;
        } else if (strcmp(name, "json") == 0) {
            c->json = true;
        } else if (strcmp(name, "at") == 0) {
            c->app.clock.fixed = true;
            const struct tb_clock real = {0};
            const char *bad = tb_said_instant(optarg, tb_clock_now(&real), &c->app.clock.at);
            if (bad) {
                snprintf(what, sizeof what, tb_t("--at「%s」: %s", "--at \"%s\" %s"), optarg, bad);
                return usage(cmd, what);
            }
        } else if (strcmp(optarg, "ja") == 0 || strcmp(optarg, "en") == 0) {
            tb_lang_set(strcmp(optarg, "ja") == 0 ? TB_JA : TB_EN);
        } else {
            return usage(cmd, tb_t("--lang は ja か en です", "--lang is ja or en"));
        }
    }
    c->args = argv + optind;
    c->n_args = argc - optind;
    if (*help) return TB_OK;
    if (c->n_args < cmd->min_args) {
        snprintf(what, sizeof what, tb_t("%s が足りません", "%s is missing"), cmd->args);
        return usage(cmd, what);
    }
    if (c->n_args > cmd->max_args) {
        snprintf(what, sizeof what, tb_t("余分な語です: %s", "unexpected word: %s"), c->args[cmd->max_args]);
        return usage(cmd, what);
    }
    return TB_OK;
}

static enum tb_code run(const struct cli_command *cmd, int argc, char **argv)
{
    static double last_progress;
    const char *db = getenv("TOBAN_DB"), *user = getenv("USER");
    struct cli c = {.command = cmd};
    c.app.db = db && *db ? db : "toban.db";
    c.app.actor.name = user && *user ? user : "office";
    c.app.plan.interrupt = &interrupted;
    if (isatty(STDERR_FILENO)) {
        c.app.plan.progress = progress;
        c.app.plan.arg = &last_progress;
    }
    bool help = false;
    enum tb_code code = read_options(&c, argc, argv, &help);
    if (code) return code;
    if (help) {
        command_help(stdout, cmd);
        return TB_OK;
    }
    struct tb_err e = {0};
    code = cli_names(&c, &e);
    if (code == TB_OK) code = cmd->run(&c, &e);
    tb_arena_free(&c.names);
    if (last_progress > 0) fputs("\r\033[K", stderr);
    if (code != TB_OK && *e.text) fprintf(stderr, "toban: %s\n", e.text);
    return code;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    setlocale(LC_CTYPE, "");
    tb_lang_set(locale_language());
    struct sigaction act = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &act, NULL);
    /* --lang anywhere also rules the help. */
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            tb_lang_set(strcmp(argv[i + 1], "ja") == 0 ? TB_JA : TB_EN);
        if (strncmp(argv[i], "--lang=", 7) == 0) tb_lang_set(strcmp(argv[i] + 7, "ja") == 0 ? TB_JA : TB_EN);
    }
    if (argc < 2) {
        general_help(stderr);
        return TB_USAGE;
    }
    enum tb_code code = TB_OK;
    if (strcmp(argv[1], "--version") == 0) {
        puts("toban " TB_VERSION);
    } else if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        general_help(stdout);
    } else {
        const struct cli_command *cmd = NULL;
        for (int i = 0; i < cli_n_commands; i++)
            if (strcmp(cli_commands[i].name, argv[1]) == 0) cmd = &cli_commands[i];
        if (!cmd) {
            fprintf(stderr,
                    tb_t("toban: 「%s」という命令はありません\n", "toban: there is no command \"%s\"\n"),
                    argv[1]);
            general_help(stderr);
            return TB_USAGE;
        }
        code = run(cmd, argc - 1, argv + 1);
    }
    /* A full disk must not look like an empty answer. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "toban: %s\n", tb_t("標準出力に書けません", "cannot write to standard output"));
        if (code == TB_OK) code = TB_STORAGE;
    }
    return (int)code;
}
