/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * calls: who was telephoned for a seat, when, and what he said. Each is a line of the audit trail, so that
 * the next who takes the receiver sees it, and so that it is known afterwards.
 */
#ifndef TOBAN_APP_CALLS_H
#define TOBAN_APP_CALLS_H

#include "toban/app/app.h"

enum tb_call_said { TB_CALL_NO_ANSWER, TB_CALL_BACK, TB_CALL_DECLINED, TB_CALL_ACCEPTED, TB_CALL_COUNT };
const char *tb_call_word(enum tb_call_said said); /* no-answer, back, declined, accepted */
const char *tb_call_name(enum tb_call_said said); /* 出ない, 折り返し, 断る, 引き受ける */
/* TB_USAGE: no such word. */
TB_MUST_USE enum tb_code tb_call_parse(const char *word, enum tb_call_said *out, struct tb_err *e);

struct tb_call {
    char *provider, *by;
    enum tb_call_said said;
    tb_minute at;
};
/* Enters one. `seat` as people write it. TB_USAGE: no such seat or provider. */
TB_MUST_USE enum tb_code tb_app_call(const struct tb_app *app, const char *seat, const char *provider,
                                     enum tb_call_said said, struct tb_err *e);
/* Those for the seat, oldest first; tb_calls_free. */
TB_MUST_USE enum tb_code tb_app_calls(const struct tb_app *app, const char *seat, struct tb_call **v,
                                      size_t *n, struct tb_err *e);
void tb_calls_free(struct tb_call *v, size_t n);

#endif
