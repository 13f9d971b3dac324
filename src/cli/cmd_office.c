/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * office, user.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli.h"
#include "toban/app/people.h"
#include "toban/tell/people.h"
#include "toban/web/office.h"

/* ---- office ------------------------------------------------------------------------------------------- */

struct place {
    const char *address, *host;
};

static void ready(void *arg, int port, const char *first)
{
    const struct place *x = arg;
    struct tb_buf base = {0}, text = {0};
    if (x->host)
        tb_buf_addf(&base, "https://%s", x->host);
    else
        tb_buf_addf(&base, "http://%s:%d", x->address, port);
    if (first)
        tb_buf_addf(
            &text,
            tb_t("事務局の頁: %s%s\n（はじめの利用者をつくる入口です。一度だけ、1時間以内に開けます）\n",
                 "the office's pages: %s%s\n(this address makes the first user; it opens once, within an "
                 "hour)\n"),
            base.s, first);
    else
        tb_buf_addf(&text, tb_t("事務局の頁: %s\n", "the office's pages: %s\n"), base.s);
    cli_print(&text);
    tb_buf_free(&base);
    fflush(stdout);
}

enum tb_code cmd_office(struct cli *c, struct tb_err *e)
{
    int64_t port;
    CLI_TRY(cli_int(c, "port", 0, 65535, 8390, &port, e));
    struct place x = {cli_get(c, "listen") ? cli_get(c, "listen") : "127.0.0.1", cli_get(c, "trust-proxy")};
    const struct tb_office_opts o = {
        .address = x.address, .port = (int)port, .host = x.host, .ready = ready, .arg = &x};
    return tb_office_serve(&c->app, &o, e);
}

/* ---- user ---- */

/* A line of standard input without its end; a terminal does not show it. */
static enum tb_code read_secret(const char *prompt, char *out, size_t size, struct tb_err *e)
{
    struct termios shown, hidden;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        hidden = shown;
        hidden.c_lflag &= (tcflag_t)~ECHO;
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        tb_log("%s", prompt);
    }
    bool got = fgets(out, (int)size, stdin) != NULL;
    if (terminal) (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    if (!got)
        return tb_fail(
            e, TB_USAGE, "%s",
            tb_t("パスワードは標準入力の一行で渡します", "the password is a line of standard input"));
    out[strcspn(out, "\r\n")] = '\0';
    return TB_OK;
}

static enum tb_code list_users(struct cli *c, struct tb_err *e)
{
    struct tb_tell_users x = {0};
    CLI_TRY(tb_app_users(&c->app, &x.v, &x.n, e));
    CLI_TELL(c, tb_tell_users, &x);
    for (size_t i = 0; i < x.n; i++) tb_account_free(&x.v[i]);
    free(x.v);
    return TB_OK;
}

static const struct {
    const char *word;
    enum tb_user_change what;
} changes[] = {{"role", TB_USER_ROLE},     {"password", TB_USER_PASSWORD}, {"disable", TB_USER_DISABLE},
               {"enable", TB_USER_ENABLE}, {"totp", TB_USER_TOTP},         {"no-totp", TB_USER_NO_TOTP}};

static enum tb_code add_user(struct cli *c, const char *login, struct tb_err *e)
{
    char password[TB_PASSWORD_MOST + 2];
    CLI_TRY(read_secret(tb_t("パスワード: ", "password: "), password, sizeof password, e));
    const struct tb_user_asked x = {login, cli_get(c, "name"), cli_get(c, "role"), password};
    enum tb_code code = tb_app_user_add(&c->app, &x, e);
    explicit_bzero(password, sizeof password);
    return code;
}

static enum tb_code change_user(struct cli *c, const char *login, enum tb_user_change what,
                                struct tb_tell_user *said, struct tb_err *e)
{
    char word[TB_PASSWORD_MOST + 2] = "";
    if (what == TB_USER_PASSWORD)
        CLI_TRY(read_secret(tb_t("新しいパスワード: ", "new password: "), word, sizeof word, e));
    if (what == TB_USER_ROLE)
        (void)snprintf(word, sizeof word, "%s", cli_get(c, "role") ? cli_get(c, "role") : "");
    if (what == TB_USER_TOTP) tb_totp_secret(word);
    CLI_TRY(tb_app_user_change(&c->app, login, what, word, e));
    if (what == TB_USER_TOTP) (void)snprintf(said->totp, sizeof said->totp, "%s", word);
    explicit_bzero(word, sizeof word);
    return TB_OK;
}

enum tb_code cmd_user(struct cli *c, struct tb_err *e)
{
    const char *word = c->n_args ? c->args[0] : "list", *login = c->n_args > 1 ? c->args[1] : NULL;
    struct tb_tell_user said = {.login = login, .word = word};
    if (strcmp(word, "list") == 0) return list_users(c, e);
    if (!login)
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("利用者名が要ります: toban user add 利用者名",
                            "a login name is needed: toban user add LOGIN"));
    if (strcmp(word, "add") == 0) {
        CLI_TRY(add_user(c, login, e));
        CLI_TELL(c, tb_tell_user, &said);
        return TB_OK;
    }
    for (size_t i = 0; i < TB_COUNT(changes); i++)
        if (strcmp(changes[i].word, word) == 0) {
            CLI_TRY(change_user(c, login, changes[i].what, &said, e));
            CLI_TELL(c, tb_tell_user, &said);
            return TB_OK;
        }
    return tb_fail(e, TB_USAGE,
                   tb_t("user %s: list、add、role、password、disable、enable、totp、no-totp のどれかです",
                        "user %s: list, add, role, password, disable, enable, totp or no-totp"),
                   word);
}
