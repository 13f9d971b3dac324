/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sent: who is to be told of a publication, who was, who has confirmed it.
 */
#ifndef TOBAN_APP_SENT_H
#define TOBAN_APP_SENT_H

#include "toban/app/diff.h"
#include "toban/store/records.h"

/* One recipient and what a publication means to him. Of a row with `each` there is one for every provider
 * concerned: his own changes, to his own address. */
struct tb_app_due {
    char id[136];            /* fire; of a row with `each`: members:d-001 */
    int recipient, provider; /* in the region; provider -1 unless `each` */
    const char *address;     /* borrowed; "" */
    int how;                 /* by which way it is to go (toban/domain/address.h) */
    struct tb_change *changes;
    size_t n; /* what he is to be told */
    struct tb_fact_change *facts;
    size_t n_facts;                 /* and that beside seats; texts are the diff's */
    tb_minute sent, confirmed;      /* TB_NEVER: not */
    const char *way, *confirmed_by; /* of the last sending; "" */
};
struct tb_app_sent {
    struct tb_region *region;
    struct tb_side before, side; /* publication and the one before */
    struct tb_app_due *v;
    size_t n; /* those with something to be told, or who were sent it */
    struct tb_delivery *deliveries;
    size_t n_deliveries;
    struct tb_document *documents; /* numbers and dates of its letters, as entered */
    size_t n_documents;
    struct tb_cover *announced; /* what was published before it */
    size_t n_announced;
    struct tb_board *board;       /* of the publication, over the days that change */
    struct tb_fact_change *facts; /* of the publication */
    size_t n_facts;
};
/* number 0: the latest. */
TB_MUST_USE enum tb_code tb_app_sent(const struct tb_app *app, int64_t number, struct tb_app_sent *out,
                                     struct tb_err *e);
void tb_app_sent_free(struct tb_app_sent *x);
/* The letter to one of them as text (toban/publish/letter.h). */
void tb_app_sent_text(const struct tb_app_sent *x, const struct tb_app_due *due, struct tb_buf *out);
/* The letters to those to whom it is still to be sent: DIR/fax-fire.txt with the address on top, and by other
 * ways than mail the pages DIR/fax-fire.html. *n: how many letters. */
TB_MUST_USE enum tb_code tb_app_sent_write(const struct tb_app_sent *x, const char *dir, size_t *n,
                                           struct tb_err *e);
/* Issues the letters still to be sent: each body that heads one and has issued none for this publication gets
 * the next number of its fiscal year, and today is the letter's date. With `number` not 0 that number is the
 * letter's, and today its date, whatever it had before; `body` says whose, NULL: the only one. TB_USAGE: not
 * clear whose; TB_REFUSED: it is another publication's, or the body numbers nothing. */
TB_MUST_USE enum tb_code tb_app_issue(const struct tb_app *app, const struct tb_app_sent *x, int64_t number,
                                      const char *body, struct tb_err *e);
/* Enters that it was sent (way NULL: the recipient's own), or confirmed; way "": takes the last of these
 * entries back (it is to be sent, or confirmed, again), and the note says why. `recipient` is the id of a
 * due. TB_REFUSED: nothing to take back. */
TB_MUST_USE enum tb_code tb_app_deliver(const struct tb_app *app, int64_t number, const char *recipient,
                                        bool confirmed, const char *way, const char *note, struct tb_err *e);

#endif
