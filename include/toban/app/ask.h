/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ask: one question to the routing table as people type it, answered. src/tell gives the answer its forms.
 */
#ifndef TOBAN_APP_ASK_H
#define TOBAN_APP_ASK_H

#include "toban/app/routing.h"

enum { TB_ASK_DECLINED = 64 };

/* What was typed; NULL where nothing was. Words are those of `toban route`. */
struct tb_ask {
    const char *area;            /* a place as people say it (toban/domain/meant.h); "unknown" */
    const char *age, *complaint; /* "unknown" or NULL: not known */
    const char *level;           /* scale:version:code, the code alone where `scale` is set; "unknown" */
    const char *scale;           /* the desk's own: SCALE or SCALE:VERSION; NULL: none */
    bool guidance;               /* instead of a level */
    const char *channel;         /* NULL: desk */
    const char *modifier;        /* id or name; NULL: none or not known */
    /* in place of all but the channel: whose home-care patient it is, doctor or clinic, by id or name */
    const char *home;
    const char *declined[TB_ASK_DECLINED];
    int n_declined; /* FACILITY[:REASON] */
    bool explain;
};
struct tb_asked {
    struct tb_query q;
    int level; /* row of scales; -1: not known, or not asked */
    int home;  /* provider whose home-care patient it is; -1: it is not about one */
    struct tb_answer a;
    int declined[TB_ASK_DECLINED], n_declined; /* providers of the table's region */
    struct tb_near *near;                      /* with `explain`: every one; tb_asked_free */
    int n_near;
};

/* Channel by its word; NULL: the desk. -1: there is none of that name. */
int tb_ask_channel(const char *word);
/* Is the roster part of the table used at all? Otherwise only `r->last` answers. */
bool tb_routing_usable(const struct tb_routing *r);
/* Reads the question against the table's own areas, complaints and scales, and answers it. TB_USAGE: what was
 * typed names nothing, or too much; candidates are named. */
TB_MUST_USE enum tb_code tb_ask_answer(const struct tb_routing *r, const struct tb_ask *in, tb_minute at,
                                       struct tb_asked *out, struct tb_err *e);

/* Forgets what an answer holds; one that was never given is fine when zeroed. */
void tb_asked_free(struct tb_asked *x);

#endif
