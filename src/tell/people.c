/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/tell/people.h"

void tb_tell_users_json(const struct tb_tell_users *x, tb_printer *p)
{
    tb_print_key(p, "users");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_account *u = &x->v[i];
        tb_print_begin_object(p);
        tb_print_kstring(p, "login", u->login);
        tb_print_kstring(p, "name", u->name);
        tb_print_kstring(p, "role", u->role);
        tb_print_kstring(p, "bodies", u->bodies);
        tb_print_kbool(p, "totp", *u->totp != '\0');
        tb_print_kbool(p, "disabled", u->disabled);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_users_text(const struct tb_tell_users *x, struct tb_buf *out)
{
    if (!x->n)
        tb_buf_addf(out, "%s\n",
                    tb_t("まだ利用者がいません。toban office を始めるか、toban user add で加えます",
                         "nobody has an account yet: begin toban office, or toban user add"));
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_account *u = &x->v[i];
        tb_tell_cell(out, u->login, 16);
        tb_tell_cell(out, u->name, 20);
        tb_buf_addf(out, " %s%s%s", u->role, *u->bodies ? ":" : "", u->bodies);
        if (*u->totp) tb_buf_add(out, tb_t("  確認番号あり", "  with a code"));
        if (u->disabled) tb_buf_add(out, tb_t("  停止中", "  disabled"));
        tb_buf_addc(out, '\n');
    }
}

void tb_tell_user_json(const struct tb_tell_user *x, tb_printer *p)
{
    tb_print_kstring(p, "login", x->login);
    tb_print_kstring(p, "changed", x->word);
    if (*x->totp) tb_print_kstring(p, "totp_secret", x->totp);
}

void tb_tell_user_text(const struct tb_tell_user *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("利用者 %s: %s を記録しました\n", "user %s: %s is recorded\n"), x->login, x->word);
    if (*x->totp)
        tb_buf_addf(
            out,
            tb_t("電話の認証アプリに入れる鍵: %s\n（otpauth://totp/toban:%s?secret=%s&issuer=toban）\n",
                 "the key for the telephone's app: %s\n(otpauth://totp/toban:%s?secret=%s&issuer=toban)\n"),
            x->totp, x->login, x->totp);
}
