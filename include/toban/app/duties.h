/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * duties: who is on duty, by what is published: in a period, and at a minute.
 */
#ifndef TOBAN_APP_DUTIES_H
#define TOBAN_APP_DUTIES_H

#include "toban/app/app.h"
#include "toban/domain/now.h"

/* What was entered since the publication and has not ended at `at`, of the region. */
struct tb_changes {
    struct tb_incident_list rows;
    struct tb_incident *v;
    int n;
};
TB_MUST_USE enum tb_code tb_app_changes(const struct tb_app *app, const struct tb_region *r, tb_minute at,
                                        struct tb_changes *out, struct tb_err *e);
void tb_changes_free(struct tb_changes *x);

/* What is asked. NULL: `as_of` the latest publication, `duty` and `provider` all. */
struct tb_app_duties_asked {
    const char *period, *as_of; /* as_of: number of a publication or an instant, as in diff.h */
    const char *duty, *provider;
};
/* A seat: an assignment of the board, or -1 and an open seat of it. */
struct tb_app_duty {
    int assignment;
    const struct tb_open_seat *open;
};
struct tb_app_duties {
    struct tb_region *region;
    struct tb_board *board;
    struct tb_app_duty *v; /* seats of the board, in its order */
    int n;
    struct tb_changes changes; /* not with `as_of`: that asks what was published */
};
/* TB_OK also when nobody is on duty: n is 0. TB_USAGE: what is asked names nothing, or `as_of` a draft. */
TB_MUST_USE enum tb_code tb_app_duties(const struct tb_app *app, const struct tb_app_duties_asked *asked,
                                       struct tb_app_duties *out, struct tb_err *e);
void tb_app_duties_free(struct tb_app_duties *x);

/* Who is on duty at one minute. */
struct tb_app_now {
    struct tb_region *region; /* NULL, and `own` NULL: the board was another's */
    struct tb_board *own;
    struct tb_changes changes; /* none with `as_of`: that asks what was published */
    struct tb_now now;
    bool judged; /* by today's tables: of the latest publication, for office and director */
    struct tb_conflicts conflicts;
};
/* At the clock's minute. TB_OK also when nobody is. TB_USAGE: `as_of` names no publication. */
TB_MUST_USE enum tb_code tb_app_now(const struct tb_app *app, const char *as_of, struct tb_app_now *out,
                                    struct tb_err *e);
/* The same from a board that is there, which is borrowed. */
TB_MUST_USE enum tb_code tb_app_now_of(const struct tb_app *app, const struct tb_board *board, tb_minute at,
                                       struct tb_app_now *out, struct tb_err *e);
void tb_app_now_free(struct tb_app_now *x);

#endif
