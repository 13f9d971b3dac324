/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * publishing: what is published, and what it says of it.
 */
#ifndef TOBAN_APP_PUBLISHING_H
#define TOBAN_APP_PUBLISHING_H

#include "toban/app/app.h"
#include "toban/store/records.h"

/* n 0: the open drafts, where it is clear which are meant. */
struct tb_publish_asked {
    const int64_t *ids;
    size_t n;
    tb_day until;               /* other than TB_DAY_NONE: only the seats up to that day */
    const char *note;           /* NULL: none */
    const char *running, *past; /* why a seat that runs now, or one that is past, is entered; NULL: none is */
};

/* One draft of the publication. */
struct tb_publish_draft {
    struct tb_life_state life; /* as it was before */
    tb_day from, to;           /* first and last duty date with a seat */
    int days, seats;           /* duty dates with a seat; all its seats, open ones too */
    int changed;               /* seats that change hands against what was in force */
    int open;                  /* seats that nobody takes */
    int breaches;              /* hard rules broken, each with a signed exception */
};
enum tb_publish_why { TB_LEFT_UNAPPROVED, TB_LEFT_PAST, TB_LEFT_COUNT };
const char *tb_publish_why_word(enum tb_publish_why why); /* unapproved, past */
/* One that is open and was not taken. */
struct tb_publish_left {
    struct tb_life_state life;
    enum tb_publish_why why;
};
/* Who has seats more, or fewer. */
struct tb_publish_concerned {
    int provider, lost, gained;
};
struct tb_publish_said {
    struct tb_region *region;
    struct tb_publication made;
    struct tb_publish_draft *drafts;
    size_t n_drafts;
    struct tb_publish_left *left;
    size_t n_left;
    struct tb_seat_row *open; /* in canonical order of each draft */
    size_t n_open;
    struct tb_publish_concerned *concerned; /* by provider */
    size_t n_concerned;
};
/* TB_REFUSED: it is not clear which drafts are meant (the list, and how to say which); a draft wants an
 * approval, goes round, is in doubt or superseded; it breaks a hard rule without a signed exception; it
 * changes what has begun, or fills seats of the past without the word. TB_NO: there is no draft, or a draft
 * has no seat up to `until`. */
TB_MUST_USE enum tb_code tb_app_publish(const struct tb_app *app, const struct tb_publish_asked *asked,
                                        struct tb_publish_said *out, struct tb_err *e);
void tb_publish_said_free(struct tb_publish_said *x);

#endif
