/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * people: who may log in at the office's pages, and the door itself: passwords, codes, sessions. Kept beside
 * the data file (toban/store/accounts.h); a change of an account is a line of the audit trail.
 */
#ifndef TOBAN_APP_PEOPLE_H
#define TOBAN_APP_PEOPLE_H

#include "toban/app/app.h"
#include "toban/base/password.h"
#include "toban/store/accounts.h"

/* ---- accounts --------------------------------------------------------------------------------------- */

struct tb_user_asked {
    const char *login, *name;
    const char *role;     /* office, director:kma ... as tb_actor_parse takes them; no member */
    const char *password; /* NULL: as it is */
};
/* By login name. */
TB_MUST_USE enum tb_code tb_app_users(const struct tb_app *app, struct tb_account **v, size_t *n,
                                      struct tb_err *e);
/* Adds somebody. TB_USAGE: a word is missing, too short, or no role; TB_REFUSED: the login name is taken. */
TB_MUST_USE enum tb_code tb_app_user_add(const struct tb_app *app, const struct tb_user_asked *x,
                                         struct tb_err *e);
enum tb_user_change {
    TB_USER_ROLE,     /* word: the new role */
    TB_USER_PASSWORD, /* word: the new password; his sessions end */
    TB_USER_DISABLE,  /* he may log in no more; his sessions end */
    TB_USER_ENABLE,
    TB_USER_TOTP,   /* word: a secret of tb_totp_secret; from now on a code is asked for */
    TB_USER_NO_TOTP /* his telephone is lost */
};
/* TB_NO: there is no such user. TB_REFUSED: nobody would be left who may do this. */
TB_MUST_USE enum tb_code tb_app_user_change(const struct tb_app *app, const char *login,
                                            enum tb_user_change what, const char *word, struct tb_err *e);

/* ---- the door: asked by whoever stands before it ------------------------------------------------------ */

#define TB_DOOR_IDLE (30 * 60)      /* seconds without a question after which a session ends */
#define TB_DOOR_LONGEST (12 * 3600) /* after which it ends in any case */
#define TB_DOOR_TRIES 5             /* that fail, of one name, in */
#define TB_DOOR_TRIES_ADDRESS 50    /* and of one address, in */
#define TB_DOOR_WINDOW (15 * 60)    /* so many seconds */
#define TB_DOOR_FIRST (60 * 60)     /* how long the first address may be used */

/* Where the door is: nobody is known yet, so there is no actor to ask. */
struct tb_door {
    const char *db;
    struct tb_clock clock; /* for the audit trail alone: sessions go by the real one */
};
/* A word that makes the first account, once. TB_REFUSED: there is one already. */
TB_MUST_USE enum tb_code tb_door_first(const struct tb_door *door, char word[TB_RANDOM_WORD + 1],
                                       struct tb_err *e);
/* Is the word of an address one that may be used? TB_NO: it was used, or its time is over. */
TB_MUST_USE enum tb_code tb_door_invited(const struct tb_door *door, const char *word, struct tb_err *e);
/* Uses it up: makes the first account, an office of every body. Errors as tb_app_user_add. */
TB_MUST_USE enum tb_code tb_door_begin(const struct tb_door *door, const char *word,
                                       const struct tb_user_asked *x, struct tb_err *e);

struct tb_login {
    const char *login, *password, *code; /* code: of the telephone, NULL or "" when none was sent */
    const char *address;                 /* who is connected, for counting */
};
/* A session's word, which the visitor's browser keeps and we do not. TB_REFUSED: name, password or code is
 * wrong or missing, and never which; TB_LIMIT: too many attempts. */
TB_MUST_USE enum tb_code tb_door_login(const struct tb_door *door, const struct tb_login *x,
                                       char word[TB_RANDOM_WORD + 1], struct tb_err *e);
struct tb_visitor {
    struct tb_account account; /* tb_account_free */
    struct tb_actor actor;     /* its strings are the account's */
    char form[65];             /* what each of his forms carries */
};
/* Whose session is it? TB_NO: of nobody, or it has ended. */
TB_MUST_USE enum tb_code tb_door_visitor(const struct tb_door *door, const char *word, struct tb_visitor *out,
                                         struct tb_err *e);
TB_MUST_USE enum tb_code tb_door_logout(const struct tb_door *door, const char *word, struct tb_err *e);

#endif
