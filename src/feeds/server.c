/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the threads of the server share.
 */
#include "feeds_int.h"

struct site *feeds_hold(struct feeds_server *s)
{
    pthread_mutex_lock(&s->lock);
    struct site *site = s->site;
    site->holders++;
    pthread_mutex_unlock(&s->lock);
    return site;
}

void feeds_let_go(struct feeds_server *s, struct site *site)
{
    pthread_mutex_lock(&s->lock);
    bool last = --site->holders == 0;
    pthread_mutex_unlock(&s->lock);
    if (last) feeds_site_free(site);
}

struct site *feeds_exchange(struct feeds_server *s, struct site *fresh)
{
    pthread_mutex_lock(&s->lock);
    struct site *old = s->site;
    s->site = fresh;
    pthread_mutex_unlock(&s->lock);
    return old;
}

void feeds_complain(struct feeds_server *s, const char *text)
{
    double now = tb_clock_seconds();
    pthread_mutex_lock(&s->lock);
    bool say = now - s->complained > 5;
    int unsaid = s->unsaid;
    s->unsaid = say ? 0 : s->unsaid + 1;
    if (say) s->complained = now;
    pthread_mutex_unlock(&s->lock);
    if (!say) return;
    if (unsaid)
        tb_log(tb_t("%s（ほかに %d 件）", "%s (and %d more)"), text, unsaid);
    else
        tb_log("%s", text);
}
