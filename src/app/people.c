/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts and the door. The clock is the real one: --at moves no session.
 */
#include "toban/app/people.h"

#include <stdlib.h>
#include <string.h>

#include "app_int.h"

/* ---- accounts ---- */

enum tb_code tb_app_users(const struct tb_app *app, struct tb_account **v, size_t *n, struct tb_err *e)
{
    tb_accounts *a;
    *v = NULL;
    *n = 0;
    enum tb_code c = app_may(app, TB_USE_USERS, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_USERS, e);
    if (c) return c;
    c = tb_accounts_open(app->db, false, &a, e);
    if (c == TB_NO) return TB_OK;
    if (c) return c;
    c = tb_accounts_list(a, v, n, e);
    tb_accounts_close(a);
    return c;
}

static bool login_fits(const char *s)
{
    size_t n = strlen(s);
    return n >= 2 && n <= 40 &&
           strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == n;
}

/* Fills role and bodies. */
static enum tb_code take_role(const char *text, struct tb_account *x, struct tb_err *e)
{
    struct tb_actor actor = {0};
    enum tb_code c = tb_actor_parse(text, &actor, e);
    if (c) return c;
    if (actor.role == TB_ROLE_MEMBER || actor.role == TB_ROLE_PUBLIC)
        return tb_fail(
            e, TB_USAGE, "%s",
            tb_t("利用者の役は office、director、coordinator、desk-119、desk-phone、reception です",
                 "a user is office, director, coordinator, desk-119, desk-phone or reception"));
    free(x->role);
    free(x->bodies);
    x->role = tb_xstrdup(tb_actor_role_id(actor.role));
    x->bodies = tb_xstrdup(actor.bodies ? actor.bodies : "");
    return TB_OK;
}

static enum tb_code take_password(const char *password, struct tb_account *x, struct tb_err *e)
{
    char hash[TB_PASSWORD_HASH];
    enum tb_code c = tb_password_allowed(password, e);
    if (c == TB_OK) c = tb_password_hash(password, hash, e);
    if (c) return c;
    free(x->hash);
    x->hash = tb_xstrdup(hash);
    return TB_OK;
}

static enum tb_code new_account(const struct tb_user_asked *asked, struct tb_account *x, struct tb_err *e)
{
    *x = (struct tb_account){0};
    if (!asked->login || !login_fits(asked->login))
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("利用者名は英数字と . _ - で、2 から 40 文字です",
                            "a login name has 2 to 40 letters, digits, or . _ -"));
    if (!asked->name || !*asked->name || strlen(asked->name) > 100)
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("名前を書いてください（記録に残ります）",
                            "the person's name is needed: it stands in the records"));
    if (!asked->password)
        return tb_fail(e, TB_USAGE, "%s", tb_t("パスワードが要ります", "a password is needed"));
    x->login = tb_xstrdup(asked->login);
    x->name = tb_xstrdup(asked->name);
    enum tb_code c = take_role(asked->role ? asked->role : "office", x, e);
    if (c == TB_OK) c = take_password(asked->password, x, e);
    if (c) tb_account_free(x);
    return c;
}

/* Two files: the account is written first, and taken back when the line of the trail cannot be written. */
static enum tb_code told(const struct tb_app *app, const char *what, const char *login, const char *detail,
                         struct tb_err *e)
{
    tb_store *s;
    struct tb_buf text = {0};
    tb_buf_addf(&text, "%s%s%s", login, *detail ? " " : "", detail);
    enum tb_code c = app_begin(app, &s, NULL, e);
    if (c == TB_OK)
        c = app_commit(
            s, tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, what, tb_buf_str(&text), e), e);
    tb_buf_free(&text);
    return c;
}

enum tb_code tb_app_user_add(const struct tb_app *app, const struct tb_user_asked *asked, struct tb_err *e)
{
    tb_accounts *a;
    struct tb_account x;
    enum tb_code c = app_may(app, TB_USE_USER_ADD, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_USER_ADD, e);
    if (c == TB_OK) c = new_account(asked, &x, e);
    if (c) return c;
    c = tb_accounts_open(app->db, true, &a, e);
    if (c == TB_OK) {
        tb_accounts_begin(a);
        c = tb_accounts_put(a, &x, e);
        if (c == TB_OK) c = told(app, "user add", x.login, x.role, e);
        c = tb_accounts_commit(a, c, e);
        tb_accounts_close(a);
    }
    tb_account_free(&x);
    return c;
}

/* Somebody of every body's office must be left, or nobody could let anybody in. */
static enum tb_code others_left(tb_accounts *a, int64_t but, struct tb_err *e)
{
    struct tb_account *v;
    size_t n;
    bool left = false;
    enum tb_code c = tb_accounts_list(a, &v, &n, e);
    for (size_t i = 0; i < n; i++) {
        left =
            left || (v[i].id != but && !v[i].disabled && strcmp(v[i].role, "office") == 0 && !*v[i].bodies);
        tb_account_free(&v[i]);
    }
    free(v);
    if (c || left) return c;
    return tb_fail(e, TB_REFUSED, "%s",
                   tb_t("この人のほかに、全団体の事務局の利用者がいません。先に一人加えてください",
                        "nobody else is an office of every body; add one first"));
}

static enum tb_code set(struct tb_account *x, enum tb_user_change what, const char *word, struct tb_err *e)
{
    switch (what) {
    case TB_USER_ROLE:
        return take_role(word ? word : "", x, e);
    case TB_USER_PASSWORD:
        return take_password(word ? word : "", x, e);
    case TB_USER_DISABLE:
        x->disabled = true;
        break;
    case TB_USER_ENABLE:
        x->disabled = false;
        break;
    case TB_USER_TOTP:
    case TB_USER_NO_TOTP:
        free(x->totp);
        x->totp = tb_xstrdup(what == TB_USER_TOTP && word ? word : "");
        x->totp_step = 0;
        break;
    }
    return TB_OK;
}

enum tb_code tb_app_user_change(const struct tb_app *app, const char *login, enum tb_user_change what,
                                const char *word, struct tb_err *e)
{
    static const char *const words[] = {
        [TB_USER_ROLE] = "role",     [TB_USER_PASSWORD] = "password", [TB_USER_DISABLE] = "disable",
        [TB_USER_ENABLE] = "enable", [TB_USER_TOTP] = "totp",         [TB_USER_NO_TOTP] = "no-totp"};
    tb_accounts *a;
    struct tb_account x = {0};
    enum tb_code c = app_may(app, TB_USE_USER_CHANGE, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_USER_CHANGE, e);
    if (c == TB_OK) c = tb_accounts_open(app->db, false, &a, e);
    if (c) return c;
    tb_accounts_begin(a);
    c = tb_accounts_find(a, login, 0, &x, e);
    if (c == TB_OK && (what == TB_USER_DISABLE || what == TB_USER_ROLE)) c = others_left(a, x.id, e);
    if (c == TB_OK) c = set(&x, what, word, e);
    if (c == TB_OK) c = tb_accounts_put(a, &x, e);
    if (c == TB_OK && what != TB_USER_ENABLE) c = tb_accounts_session_end(a, NULL, x.id, 0, e);
    if (c == TB_OK) c = told(app, "user change", login, words[what], e);
    c = tb_accounts_commit(a, c, e);
    tb_account_free(&x);
    tb_accounts_close(a);
    return c;
}

/* ---- the first account ---- */

static enum tb_code nobody_yet(tb_accounts *a, struct tb_err *e)
{
    struct tb_account *v;
    size_t n;
    enum tb_code c = tb_accounts_list(a, &v, &n, e);
    for (size_t i = 0; i < n; i++) tb_account_free(&v[i]);
    free(v);
    if (c || !n) return c;
    return tb_fail(e, TB_REFUSED, "%s",
                   tb_t("利用者はもういます。ログインしてください", "there is a user already; log in"));
}

enum tb_code tb_door_first(const struct tb_door *door, char word[TB_RANDOM_WORD + 1], struct tb_err *e)
{
    tb_accounts *a;
    char hash[65];
    enum tb_code c = tb_accounts_open(door->db, true, &a, e);
    if (c) return c;
    tb_random_word(word);
    tb_word_hash(word, hash);
    tb_accounts_begin(a);
    c = nobody_yet(a, e);
    if (c == TB_OK) c = tb_accounts_invite(a, hash, 0, tb_clock_real() + TB_DOOR_FIRST, e);
    c = tb_accounts_commit(a, c, e);
    tb_accounts_close(a);
    return c;
}

enum tb_code tb_door_invited(const struct tb_door *door, const char *word, struct tb_err *e)
{
    tb_accounts *a;
    char hash[65];
    int64_t user;
    enum tb_code c = tb_accounts_open(door->db, false, &a, e);
    if (c) return c;
    tb_word_hash(word, hash);
    c = tb_accounts_invited(a, hash, tb_clock_real(), false, &user, e);
    tb_accounts_close(a);
    return c;
}

enum tb_code tb_door_begin(const struct tb_door *door, const char *word, const struct tb_user_asked *asked,
                           struct tb_err *e)
{
    tb_accounts *a;
    struct tb_account x = {0};
    char hash[65];
    int64_t user;
    enum tb_code c = tb_door_invited(door, word, e);
    if (c == TB_OK) c = new_account(asked, &x, e);
    if (c == TB_OK) c = tb_accounts_open(door->db, false, &a, e);
    if (c) {
        tb_account_free(&x);
        return c;
    }
    tb_word_hash(word, hash);
    tb_accounts_begin(a);
    c = tb_accounts_invited(a, hash, tb_clock_real(), true, &user, e);
    if (c == TB_OK) c = nobody_yet(a, e);
    if (c == TB_OK) c = tb_accounts_put(a, &x, e);
    if (c == TB_OK) {
        const struct tb_app first = {.db = door->db, .clock = door->clock, .actor = {.name = x.name}};
        c = told(&first, "user add", x.login, x.role, e);
    }
    c = tb_accounts_commit(a, c, e);
    tb_account_free(&x);
    tb_accounts_close(a);
    return c;
}

/* ---- log-in ---- */

static enum tb_code wrong(tb_accounts *a, const struct tb_login *x, int64_t now, struct tb_err *e)
{
    enum tb_code c = tb_accounts_failed(a, x->login, now, e);
    if (c == TB_OK) c = tb_accounts_failed(a, x->address, now, e);
    if (c) return c;
    return tb_fail(
        e, TB_REFUSED, "%s",
        tb_t("利用者名・パスワード・確認番号のどれかが違います", "name, password or code is not right"));
}

static enum tb_code not_too_often(tb_accounts *a, const struct tb_login *x, int64_t now, struct tb_err *e)
{
    int of_name = 0, of_address = 0;
    enum tb_code c = tb_accounts_failures(a, x->login, now - TB_DOOR_WINDOW, &of_name, e);
    if (c == TB_OK) c = tb_accounts_failures(a, x->address, now - TB_DOOR_WINDOW, &of_address, e);
    if (c || (of_name < TB_DOOR_TRIES && of_address < TB_DOOR_TRIES_ADDRESS)) return c;
    return tb_fail(e, TB_LIMIT,
                   tb_t("続けて間違えたため、しばらくログインできません。%d 分たってからもう一度どうぞ",
                        "too many attempts failed; try again in %d minutes"),
                   TB_DOOR_WINDOW / 60);
}

/* The name is bound to 100 bytes before it is kept anywhere. */
static enum tb_code judge(tb_accounts *a, const struct tb_login *x, int64_t now, struct tb_account *him,
                          struct tb_err *e)
{
    struct tb_err none = {0};
    enum tb_code c = tb_accounts_find(a, x->login, 0, him, &none);
    if (c && c != TB_NO) return tb_fail(e, c, "%s", none.text);
    bool fits = tb_password_fits(c == TB_OK && !him->disabled ? him->hash : NULL, x->password);
    if (!fits) return wrong(a, x, now, e);
    if (!*him->totp) return TB_OK;
    /* A right password without its code is answered as a wrong one: who guesses learns nothing. */
    return x->code && tb_totp_fits(him->totp, x->code, now, him->totp_step, &him->totp_step)
               ? TB_OK
               : wrong(a, x, now, e);
}

/* Inside the transaction that lets him in: of two at once with one code one comes in, and nobody who was
 * stopped or whose password was changed while his own was worked on. */
static enum tb_code still_so(tb_accounts *a, const struct tb_login *x, int64_t now, struct tb_account *him,
                             struct tb_err *e)
{
    struct tb_account is = {0};
    enum tb_code c = tb_accounts_find(a, NULL, him->id, &is, e);
    if (c == TB_OK && (is.disabled || strcmp(is.hash, him->hash) != 0 || strcmp(is.totp, him->totp) != 0 ||
                       (*is.totp && is.totp_step >= him->totp_step)))
        c = wrong(a, x, now, e);
    tb_account_free(&is);
    return c == TB_OK && *him->totp ? tb_accounts_put(a, him, e) : c;
}

enum tb_code tb_door_login(const struct tb_door *door, const struct tb_login *x,
                           char word[TB_RANDOM_WORD + 1], struct tb_err *e)
{
    tb_accounts *a;
    struct tb_account him = {0};
    const int64_t now = tb_clock_real();
    if (strlen(x->login) > 100)
        return tb_fail(e, TB_REFUSED, "%s", tb_t("利用者名が長すぎます", "the name is too long"));
    enum tb_code c = tb_accounts_open(door->db, true, &a, e);
    if (c) return c;
    c = not_too_often(a, x, now, e);
    if (c == TB_OK) c = judge(a, x, now, &him, e);
    if (c == TB_OK) {
        struct tb_session s = {.user = him.id, .begun = now, .seen = now};
        char hash[65], form[TB_RANDOM_WORD + 1];
        tb_random_word(word);
        tb_word_hash(word, hash);
        tb_random_word(form);
        memcpy(s.form, form, sizeof form);
        tb_accounts_begin(a);
        c = still_so(a, x, now, &him, e);
        if (c == TB_OK) c = tb_accounts_session_end(a, "", 0, now - TB_DOOR_IDLE, e);
        if (c == TB_OK) c = tb_accounts_session_add(a, hash, &s, e);
        c = tb_accounts_commit(a, c, e);
    }
    tb_account_free(&him);
    tb_accounts_close(a);
    return c;
}

/* ---- sessions ---- */

static enum tb_code whose(tb_accounts *a, const char *hash, struct tb_visitor *out, struct tb_err *e)
{
    struct tb_session s;
    struct tb_buf role = {0};
    const int64_t now = tb_clock_real();
    enum tb_code c = tb_accounts_session(a, hash, &s, e);
    if (c == TB_OK && (now - s.seen > TB_DOOR_IDLE || now - s.begun > TB_DOOR_LONGEST)) {
        c = tb_accounts_session_end(a, hash, 0, 0, e);
        return c ? c : TB_NO;
    }
    if (c == TB_OK) c = tb_accounts_find(a, NULL, s.user, &out->account, e);
    if (c == TB_OK && out->account.disabled) c = TB_NO;
    /* Once a minute is often enough. */
    if (c == TB_OK && now - s.seen >= 60) c = tb_accounts_session_seen(a, hash, now, e);
    if (c) return c;
    tb_buf_add(&role, out->account.role);
    c = tb_actor_parse(tb_buf_str(&role), &out->actor, e);
    tb_buf_free(&role);
    out->actor.provider = NULL;
    out->actor.name = out->account.name;
    out->actor.bodies = out->account.bodies;
    memcpy(out->form, s.form, sizeof out->form);
    return c;
}

enum tb_code tb_door_visitor(const struct tb_door *door, const char *word, struct tb_visitor *out,
                             struct tb_err *e)
{
    tb_accounts *a;
    char hash[65];
    *out = (struct tb_visitor){0};
    enum tb_code c = tb_accounts_open(door->db, false, &a, e);
    if (c) return c;
    tb_word_hash(word, hash);
    c = whose(a, hash, out, e);
    if (c) tb_account_free(&out->account);
    tb_accounts_close(a);
    return c;
}

enum tb_code tb_door_logout(const struct tb_door *door, const char *word, struct tb_err *e)
{
    tb_accounts *a;
    char hash[65];
    enum tb_code c = tb_accounts_open(door->db, false, &a, e);
    if (c) return c;
    tb_word_hash(word, hash);
    c = tb_accounts_session_end(a, hash, 0, 0, e);
    tb_accounts_close(a);
    return c;
}
