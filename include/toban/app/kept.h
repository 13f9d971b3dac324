/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * kept: what a process that answers for long keeps in memory from question to question: the problems of
 * drafts, which never change, and the region as it was loaded last. None of it is state: each answer looks in
 * the data file what holds, and reads anew what has moved. Any number of threads may use one.
 */
#ifndef TOBAN_APP_KEPT_H
#define TOBAN_APP_KEPT_H

struct tb_kept; /* for tb_app.kept */

/* The problems of so many drafts at most; the one that was asked for longest ago goes first. */
struct tb_kept *tb_kept_new(int most);
void tb_kept_free(struct tb_kept *k); /* NULL is fine; nobody uses it any more */

#endif
