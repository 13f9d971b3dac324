/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Telephone calls for a seat: lines "SEAT PROVIDER WORD" of the audit trail.
 */
#include "toban/app/calls.h"

#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"

static const struct {
    const char *word, *ja, *en;
} words[TB_CALL_COUNT] = {[TB_CALL_NO_ANSWER] = {"no-answer", "出ない", "no answer"},
                          [TB_CALL_BACK] = {"back", "折り返し", "calls back"},
                          [TB_CALL_DECLINED] = {"declined", "断る", "declines"},
                          [TB_CALL_ACCEPTED] = {"accepted", "引き受ける", "takes it"}};

const char *tb_call_word(enum tb_call_said said) { return words[said].word; }
const char *tb_call_name(enum tb_call_said said) { return tb_t(words[said].ja, words[said].en); }

enum tb_code tb_call_parse(const char *word, enum tb_call_said *out, struct tb_err *e)
{
    for (int i = 0; i < TB_CALL_COUNT; i++)
        if (strcmp(words[i].word, word) == 0) {
            *out = (enum tb_call_said)i;
            return TB_OK;
        }
    return tb_fail(e, TB_USAGE,
                   tb_t("電話の結果「%s」: no-answer、back、declined、accepted のどれかです",
                        "what was said on the telephone, \"%s\": no-answer, back, declined or accepted"),
                   word);
}

/* The seat in the one way that lines are written in, whatever was typed: DUTY:DATE:BAND[:reserve]. */
static enum tb_code one_form(const char *seat, struct tb_buf *out, struct tb_err *e)
{
    struct app_seat_words w;
    enum tb_code c = app_seat_words(seat, &w, e);
    if (c) return c;
    char date[64];
    tb_buf_addf(out, "%s:%s:%s%s", w.part[0], tb_format_date(w.date, date, sizeof date), w.part[2],
                w.role == TB_RESERVE ? ":reserve" : "");
    return TB_OK;
}

enum tb_code tb_app_call(const struct tb_app *app, const char *seat, const char *provider,
                         enum tb_call_said said, struct tb_err *e)
{
    struct tb_seat_row row;
    struct tb_region *r = NULL;
    tb_store *s;
    int who;
    struct tb_buf line = {0};
    enum tb_code c = app_may(app, TB_USE_CALL, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    c = app_seat_row(r, seat, &row, e);
    if (c == TB_OK) c = tb_app_provider(r, provider, &who, e);
    if (c == TB_OK) c = app_body(app, TB_USE_CALL, r, row.duty, e);
    if (c == TB_OK) c = one_form(seat, &line, e);
    if (c == TB_OK) {
        tb_buf_addf(&line, " %s %s", provider, words[said].word);
        c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, "call", line.s, e);
    }
    c = app_commit(s, c, e);
    tb_buf_free(&line);
    tb_region_free(r);
    return c;
}

/* "SEAT PROVIDER WORD" of this seat. */
static bool read_line(const struct tb_audit_line *x, const char *seat, struct tb_call *out)
{
    size_t n = strlen(seat);
    struct tb_err e = {0};
    if (strncmp(x->detail, seat, n) != 0 || x->detail[n] != ' ') return false;
    const char *who = x->detail + n + 1, *word = strchr(who, ' ');
    *out = (struct tb_call){.at = x->at};
    if (!word || tb_call_parse(word + 1, &out->said, &e)) return false;
    out->provider = tb_xstrdup(who);
    out->provider[word - who] = '\0';
    out->by = tb_xstrdup(x->who);
    return true;
}

enum tb_code tb_app_calls(const struct tb_app *app, const char *seat, struct tb_call **v, size_t *n,
                          struct tb_err *e)
{
    tb_store *s;
    struct tb_audit_line *lines = NULL;
    struct tb_buf form = {0};
    size_t n_lines = 0, cap = 0;
    *v = NULL;
    *n = 0;
    enum tb_code c = app_may(app, TB_USE_CALLS, e);
    if (c == TB_OK) c = one_form(seat, &form, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c == TB_OK) c = app_close(s, tb_store_audit_lines(s, "call", 0, &lines, &n_lines, e));
    for (size_t i = 0; i < n_lines; i++) {
        struct tb_call x;
        if (read_line(&lines[i], form.s, &x)) *TB_PUSH(*v, *n, cap) = x;
    }
    tb_audit_free(lines, n_lines);
    tb_buf_free(&form);
    return c;
}

void tb_calls_free(struct tb_call *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].provider);
        free(v[i].by);
    }
    free(v);
}
