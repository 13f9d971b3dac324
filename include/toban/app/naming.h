/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * naming: seats given to a group (派遣枠: a university department, a hospital) whose doctor is named later
 * from the group's own list. The seat stays as it was published; a name is a row beside it, judged by the
 * rules as if the doctor sat there.
 */
#ifndef TOBAN_APP_NAMING_H
#define TOBAN_APP_NAMING_H

#include "toban/app/app.h"

/* One seat of a group. */
struct tb_app_named {
    int assignment; /* in the board */
    int person;     /* -1: nobody is named yet */
    tb_day due;     /* last day for the name */
    bool late;      /* nobody is named and that day has passed */
    /* the named doctor cannot come after all: leave, a duty elsewhere or a rule that came later. NULL: he can
     */
    char *why;
};
struct tb_app_names {
    struct tb_region *region;
    struct tb_board *board;
    struct tb_app_named *v;
    size_t n; /* by deadline, then in the board's order */
    size_t missing, late, conflicts;
};
/* Seats of groups in force on the days of `period` (NULL: from today on). Named doctors whose day has not
 * passed are judged again. */
TB_MUST_USE enum tb_code tb_app_names(const struct tb_app *app, const char *period, struct tb_app_names *out,
                                      struct tb_err *e);
void tb_app_names_free(struct tb_app_names *x);
/* The letter to one group: what is missing, until when, whom its list has. Japanese. */
void tb_app_names_letter(const struct tb_app_names *x, int group, struct tb_buf *out);

struct tb_naming {
    const char *seat;   /* DUTY:DATE:BAND[:reserve] */
    const char *group;  /* whose seat; NULL: the one that sits there */
    const char *person; /* id or full name, on the list of the group (link employed-by); NULL: the name is
                           taken back */
    /* who is named now and gives way; NULL: nobody is thought to be (to take a name back: whoever) */
    const char *instead_of;
    const char *note;
};
/* *late: after the deadline. TB_REFUSED: no group sits there, the date is past, he is not on the list, he has
 * another seat at that time, or a hard rule without a signed exception forbids it (told by the rule's own
 * sentence); or another is named than was thought (who did it, and when). */
TB_MUST_USE enum tb_code tb_app_name(const struct tb_app *app, const struct tb_naming *x, bool *late,
                                     struct tb_err *e);

#endif
