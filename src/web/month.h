/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/web: a draft as a page shows it, days down and seats across, and the list beside it.
 */
#ifndef TOBAN_WEB_MONTH_H
#define TOBAN_WEB_MONTH_H

#include "toban/app/app.h"
#include "toban/app/choose.h"
#include "toban/app/hand.h"
#include "toban/app/life.h"
#include "toban/html/html.h"

/* ---- words.c: figures and days in the office's words; all append ------------------------------------- */

void web_day(tb_day d, struct tb_buf *out); /* 12/5(土) */
/* 2026-12 as its first day; false: no month, and *first is as before */
bool web_month_asked(const char *text, tb_day *first);
void web_deviation(int64_t hundredths, struct tb_buf *out); /* 0.5回先行, 0.4回不足, ほぼ等しい */
void web_difference(int64_t cost, struct tb_buf *out);      /* ±0, +0.02, +3.1: the objective by 10,000 */
/* What the names have in common, up to a blank; "" when nothing. */
void web_common(const char *const *names, int n, struct tb_buf *out);
/* "?name=value" or "&name=value" behind an address; NULL: nothing */
void web_arg(struct tb_buf *out, const char *name, const char *value);
/* 12/5(土) 急病センター夜間（予備） */
void web_seat_name(const struct tb_region *r, tb_day date, int duty, int role, struct tb_buf *out);
const char *web_named(const struct tb_region *r, int provider); /* -1: 空席 */
/* The month of a draft with that seat open: /d/17?seat=...&who=...; seat, who NULL: none */
void web_seat_address(int64_t draft, const char *seat, const char *who, struct tb_buf *out);

/* ---- month.c: the draft laid out ---- */

struct web_column {
    int duty, band, role, seat; /* seat from 1 */
};
/* What a cell says beside the name; each is written as a word. */
enum { WEB_BREACH = 1, WEB_BREACH_OTHER = 2, WEB_CONSENT = 4, WEB_SOFT = 8, WEB_WISH = 16, WEB_PINNED = 32 };
struct web_cell {
    int slot;     /* -1: no seat that day */
    int provider; /* -1: open */
    unsigned says;
};
struct web_month {
    const struct tb_app_draft *d;
    tb_day from, to; /* in view */
    struct web_column *columns;
    int n_columns;
    struct web_cell *cells; /* (day - from) * n_columns + column */
    int hard, open, soft, consents;
    struct tb_arena arena;
};
/* Days [from, to] of the draft; what is counted is counted over the whole draft. */
void web_month_of(const struct tb_app_draft *d, tb_day from, tb_day to, struct web_month *out);
void web_month_free(struct web_month *m);
const struct web_cell *web_cell(const struct web_month *m, tb_day date, int column);

/* ---- a question and its answer, whoever carries them ---- */

struct web_ask {
    const struct tb_app *app;
    const char *token;                                 /* for forms */
    const char *(*value)(void *arg, const char *name); /* of the address or of the form; NULL: not sent */
    void *arg;
    bool part;     /* a script asks: what changes alone, not a whole page */
    bool practice; /* on a copy: every page says so */
};
struct web_reply {
    unsigned status;
    struct tb_buf body;     /* HTML */
    struct tb_buf location; /* 303: where to go on */
    bool json;              /* the body is JSON */
};
void web_reply_free(struct web_reply *r);

/* draft.c: the draft as a page, with the seat that the question names. `given`: as an act has left it, taken
 * over; NULL: it is opened. `said`: what an act was refused with, NULL: nothing */
void web_draft(const struct web_ask *q, int64_t draft, struct tb_app_draft *given, const char *said,
               struct web_reply *out);
/* acts.c: what is done to a draft (assign, leave, exchange, undo, redo, pin, forbid, exception); false: there
 * is no such act */
bool web_act(const struct web_ask *q, int64_t draft, const char *act, struct web_reply *out);
/* views.c: a draft from another side (thin, edits, people, places); false: there is no such view */
bool web_view(const struct web_ask *q, int64_t draft, const char *name, struct web_reply *out);
/* The page that asks for a signature before somebody who breaks a hard rule is put in. */
void web_exception(const struct web_ask *q, int64_t draft, struct web_reply *out);
/* "12/6(日) 急病センター夜間 内科 甲 → 乙" of each seat of a change. */
void web_edit_words(const struct tb_region *r, const struct tb_edit *x, struct tb_buf *out);
/* What a draft does not keep and may: soft rules; hard ones that somebody has signed for. */
int web_soft(const struct tb_app_draft *d);
int web_excepted(const struct tb_app_draft *d);
/* trial.c: what came of a plan, and of one that was not stored, in lines for people; append */
struct tb_what_if; /* toban/app/whatif.h */
void web_plan_words(const struct tb_app_draft *d, struct tb_buf *out);
void web_trial_words(const struct tb_app_draft *d, const struct tb_what_if *x, struct tb_buf *out);
/* frame.c: the page around <main> */
struct web_frame {
    const char *title, *here; /* here: the address of the entry of the menu that is current */
    const char *class;        /* of the body; NULL: none */
};
/* All before <body>'s content, for pages without a frame, too. */
void web_head(struct tb_html *h, const char *title, const char *class, bool script);
void web_frame_open(const struct web_ask *q, const struct web_frame *f, struct tb_html *h);
void web_frame_close(const struct web_ask *q, struct tb_html *h);
/* A refusal as a page or, for a script, as the message alone. */
void web_refuse(const struct web_ask *q, enum tb_code c, const struct tb_err *e, struct web_reply *out);
void web_not_there(const struct web_ask *q, const char *text, struct web_reply *out); /* 404 */
unsigned web_status(enum tb_code c);
/* What whoever asks is told of a refusal: why a file cannot be read or written goes to the log, since it
 * names paths and statements. */
const char *web_said(enum tb_code c, const struct tb_err *e);

/* form.c: pieces of forms and tables */
void web_hidden(struct tb_html *h, const char *name, const char *value); /* NULL: nothing */
/* <form method=post>, which the caller closes. token NULL: nobody is logged in; act: by which the script
 * knows it, NULL: it does not */
void web_form(struct tb_html *h, const char *token, const char *to, const char *act);
/* The form of an act on a draft, with what each names: seat (NULL: none) and revision. */
void web_act_form(struct tb_html *h, const struct tb_app_draft *d, const char *token, const char *act,
                  const char *seat);
void web_alert(struct tb_html *h, const char *text); /* NULL: nothing */
/* A labelled field for one line of text. */
struct web_field {
    const char *name, *label, *value;
    const char *type;     /* NULL: text */
    const char *complete; /* what a browser may fill in; NULL: nothing */
    const char *id;       /* where a page has several of the name; NULL: the name */
    bool needed;
};
void web_field(struct tb_html *h, const struct web_field *f);
void web_heads(struct tb_html *h, const char *const *words, size_t n); /* <thead> */
void web_link(struct tb_html *h, const char *class, const char *href, const char *text);
const char *web_value(const struct web_ask *q, const char *name); /* NULL when empty, too */
/* A number that was sent, 0 to INT32_MAX; not sent: *out is as before. TB_USAGE: something else was sent. */
TB_MUST_USE enum tb_code web_number(const struct web_ask *q, const char *name, int64_t *out,
                                    struct tb_err *e);

/* ---- what is open on the page ---- */

struct web_view {
    const char *token; /* of the forms; "" when nothing may be changed */
    enum tb_life life;
    const char *seat, *who;           /* the seat that is chosen, as typed, and who sits there; NULL: none */
    int slot, holder;                 /* the same found; -1: none */
    const struct tb_choices *choices; /* of that seat */
    const char *said;                 /* what an act was refused with; NULL: nothing */
    bool may_change;
};

/* grid.c: the table */
void web_grid(struct tb_html *h, const struct web_month *m, const struct web_view *v);
/* panel.c: the list of one seat */
void web_panel(struct tb_html *h, const struct web_month *m, const struct web_view *v);

#endif
