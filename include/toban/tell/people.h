/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/people: who may log in at the office's pages. No hash and no secret, but the one just made.
 */
#ifndef TOBAN_TELL_PEOPLE_H
#define TOBAN_TELL_PEOPLE_H

#include "toban/app/people.h"
#include "toban/tell/tell.h"

struct tb_tell_users {
    struct tb_account *v;
    size_t n;
};
void tb_tell_users_json(const struct tb_tell_users *x, tb_printer *p);
void tb_tell_users_text(const struct tb_tell_users *x, struct tb_buf *out);

/* One that was just added or changed. */
struct tb_tell_user {
    const char *login, *word;      /* add, password ... */
    char totp[TB_TOTP_SECRET + 1]; /* the new secret, for his telephone; "": none */
};
void tb_tell_user_json(const struct tb_tell_user *x, tb_printer *p);
void tb_tell_user_text(const struct tb_tell_user *x, struct tb_buf *out);

#endif
