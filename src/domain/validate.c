/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What joins rows of a region, and one cell alone cannot show to be wrong.
 */
#include <stdio.h>
#include <string.h>

#include "check_int.h"
#include "domain_int.h"
#include "toban/domain/dated.h"
#include "toban/domain/exception.h"

#define FAIL(entity, row, field, value, ...) \
    return tb_row_fail(e, &(row)->src, TB_E_##entity, field, value, __VA_ARGS__)

/* `next(r, i)` follows a chain; a chain longer than there are rows runs in a circle. */
static bool in_circle(const struct tb_region *r, int start, int n, int (*next)(const struct tb_region *, int))
{
    int at = start;
    for (int steps = 0; at >= 0; steps++) {
        if (steps > n) return true;
        at = next(r, at);
    }
    return false;
}

static int area_next(const struct tb_region *r, int i) { return r->areas[i].parent; }
static int ledger_next(const struct tb_region *r, int i) { return r->ledgers[i].within; }

static const char *date_text(tb_day d, char *buf, size_t n)
{
    return d == TB_DAY_NONE ? "" : tb_format_date(d, buf, n);
}

#define BACKWARDS \
    tb_t("終わりが始まりより前です。始まりより後にします", \
         "it ends before it begins; the end must be after the beginning")

static enum tb_code check_tree(const struct tb_region *r, struct tb_err *e)
{
    for (int i = 0; i < r->n_areas; i++) {
        const struct tb_area *a = &r->areas[i];
        if (in_circle(r, i, r->n_areas, area_next))
            FAIL(area, a, "parent", r->areas[a->parent].id, "%s",
                 tb_t("区域の上下が輪になっています。上の区域をたどると region に着くようにします",
                      "the areas run in a circle; following parents must end"));
        if (a->parent >= 0 && a->level <= r->areas[a->parent].level)
            FAIL(area, a, "parent", r->areas[a->parent].id, "%s",
                 tb_t("上の区域の階層は自分より上でなければなりません",
                      "its parent must be of a higher level than the area itself"));
    }
    if (r->n_classes > TB_CLASS_MAX)
        FAIL(class, &r->classes[TB_CLASS_MAX], "id", r->classes[TB_CLASS_MAX].id,
             tb_t("診療日区分は%d個までです", "at most %d day classes"), TB_CLASS_MAX);
    int order[TB_CLASS_MAX], bad;
    if (!tb_class_order(r, order, &bad))
        FAIL(class, &r->classes[bad], "any_of", r->classes[bad].id, "%s",
             tb_t("診療日区分どうしが輪になっています", "day classes refer to each other in a circle"));
    for (int i = 0; i < r->n_classes; i++)
        if (!r->classes[i].from != !r->classes[i].to)
            FAIL(class, &r->classes[i], r->classes[i].from ? "to" : "from", "", "%s",
                 tb_t("期間は初日と末日の両方を書きます", "a span needs both its first and its last day"));
    for (int i = 0; i < r->n_travels; i++)
        if (r->travels[i].from == r->travels[i].to)
            FAIL(travel, &r->travels[i], "to", r->areas[r->travels[i].to].id, "%s",
                 tb_t("同じ区域どうしの行は要りません", "from and to are the same area; no row is needed"));
    for (int i = 0; i < r->n_periods; i++) {
        char d[64];
        if (r->periods[i].to < r->periods[i].from)
            FAIL(period, &r->periods[i], "to", date_text(r->periods[i].to, d, sizeof d), "%s", BACKWARDS);
    }
    return TB_OK;
}

static bool span_backwards(tb_day from, tb_day until)
{
    return from != TB_DAY_NONE && until != TB_DAY_NONE && until <= from;
}

static enum tb_code check_providers(const struct tb_region *r, struct tb_err *e)
{
    char d[64];
    for (int i = 0; i < r->n_providers; i++)
        if (span_backwards(r->providers[i].joined, r->providers[i].left))
            FAIL(provider, &r->providers[i], "left", date_text(r->providers[i].left, d, sizeof d), "%s",
                 BACKWARDS);
    for (int i = 0; i < r->n_links; i++) {
        const struct tb_link *l = &r->links[i];
        if (l->from == l->to)
            FAIL(link, l, "to", r->providers[l->to].id, "%s",
                 tb_t("自分自身への関係です。別の記号にします", "a link to itself; name another provider"));
        if (span_backwards(l->since, l->until))
            FAIL(link, l, "until", date_text(l->until, d, sizeof d), "%s", BACKWARDS);
        /* owns and employed-by go one way: following them from `to` must not come back to `from`. */
        if (l->type != TB_LINK_OWNS && l->type != TB_LINK_EMPLOYED_BY) continue;
        int at = l->to;
        for (int steps = 0; at >= 0 && steps <= r->n_links; steps++) {
            if (at == l->from)
                FAIL(link, l, "to", r->providers[l->to].id, "%s",
                     tb_t("所有・勤務の関係が輪になっています",
                          "links of owning or employment run in a circle"));
            int next = -1;
            for (int k = 0; k < r->n_links; k++)
                if (r->links[k].type == l->type && r->links[k].from == at) {
                    next = r->links[k].to;
                    break;
                }
            at = next;
        }
    }
    for (int i = 0; i < r->n_hours; i++) {
        const struct tb_hour *h = &r->hours[i];
        if (h->to <= h->from) FAIL(hour, h, "to", tb_format_time(h->to, d, sizeof d), "%s", BACKWARDS);
    }
    for (int i = 0; i < r->n_externals; i++) {
        const struct tb_external *x = &r->externals[i];
        if (x->to <= x->from) FAIL(external, x, "to", tb_format_instant(x->to, d, sizeof d), "%s", BACKWARDS);
    }
    for (int i = 0; i < r->n_exemptions; i++) {
        const struct tb_exemption *x = &r->exemptions[i];
        if (x->to < x->from) FAIL(exemption, x, "to", date_text(x->to, d, sizeof d), "%s", BACKWARDS);
    }
    return TB_OK;
}

static enum tb_code check_band(const struct tb_region *r, const struct tb_band *b, struct tb_err *e)
{
    char t[64];
    if (b->to <= b->from)
        FAIL(band, b, "to", tb_format_time(b->to, t, sizeof t), "%s",
             tb_t("終わりが始まりより前です。翌日なら 32:30 のように24を足します",
                  "it ends before it begins; for the next day add 24 hours, as in 32:30"));
    if (b->reception >= 0 && (b->reception < b->from || b->reception > b->to))
        FAIL(band, b, "reception", tb_format_time(b->reception, t, sizeof t), "%s",
             tb_t("受付終了が時間帯の外です", "reception must end within the band"));
    if ((b->from2 < 0) != (b->to2 < 0))
        FAIL(band, b, b->from2 < 0 ? "from2" : "to2", "", "%s",
             tb_t("二つめの時間は始まりと終わりの両方を書きます",
                  "a second interval needs both its start and its end"));
    if (b->from2 >= 0) {
        if (b->from2 < b->to)
            FAIL(band, b, "from2", tb_format_time(b->from2, t, sizeof t), "%s",
                 tb_t("二つめの時間が一つめと重なります", "the second interval overlaps the first"));
        if (b->to2 <= b->from2) FAIL(band, b, "to2", tb_format_time(b->to2, t, sizeof t), "%s", BACKWARDS);
        if (b->reception2 >= 0 && (b->reception2 < b->from2 || b->reception2 > b->to2))
            FAIL(band, b, "reception2", tb_format_time(b->reception2, t, sizeof t), "%s",
                 tb_t("受付終了が時間帯の外です", "reception must end within the band"));
    }
    for (int i = 0; i < r->n_seats; i++)
        if (r->seats[i].duty == b->duty && strcmp(r->seats[i].band, b->id) == 0 &&
            r->seats[i].role == TB_PRIMARY)
            return TB_OK;
    FAIL(band, b, "id", b->id, "%s",
         tb_t("この時間帯の席（role=primary）が seats にありません",
              "no row of seats (role=primary) gives it a seat"));
}

#define NO_BAND tb_t("%s の時間帯にありません。あるのは: %s", "not a band of %s; it has: %s")

/* The duty's bands, for a message. */
static const char *bands_of(const struct tb_region *r, int duty, char *buf, size_t size)
{
    size_t n = 0;
    buf[0] = '\0';
    for (int i = 0; i < r->n_bands; i++)
        if (r->bands[i].duty == duty && n + strlen(r->bands[i].id) + 3 < size)
            n += (size_t)snprintf(buf + n, size - n, "%s%s", n ? ", " : "", r->bands[i].id);
    return buf;
}

/* In millionths of a degree. */
static enum tb_code check_places(const struct tb_region *r, struct tb_err *e)
{
    char d[64];
    for (int i = 0; i < r->n_providers; i++) {
        const struct tb_provider *p = &r->providers[i];
        bool one = (p->latitude == 0) != (p->longitude == 0);
        if (one || p->latitude < -90000000 || p->latitude > 90000000)
            FAIL(provider, p, "latitude", tb_format_millionths(p->latitude, d, sizeof d), "%s",
                 one ? tb_t("緯度（latitude）と経度（longitude）は両方書くか、両方空にします",
                            "latitude and longitude are given both or not at all")
                     : tb_t("緯度は -90 から 90 です（金沢は 36.56）",
                            "latitude is -90 to 90 (Kanazawa: 36.56)"));
        if (p->longitude < -180000000 || p->longitude > 180000000)
            FAIL(provider, p, "longitude", tb_format_millionths(p->longitude, d, sizeof d), "%s",
                 tb_t("経度は -180 から 180 です（金沢は 136.66）",
                      "longitude is -180 to 180 (Kanazawa: 136.66)"));
    }
    return TB_OK;
}

static enum tb_code check_duties(const struct tb_region *r, struct tb_err *e)
{
    char d[64], words[200];
    for (int i = 0; i < r->n_duties; i++) {
        const struct tb_duty *u = &r->duties[i];
        bool named = strcmp(u->period, "month") == 0 || strcmp(u->period, "half") == 0 ||
                     strcmp(u->period, "year") == 0,
             band = false;
        for (int k = 0; k < r->n_periods; k++) named = named || strcmp(r->periods[k].id, u->period) == 0;
        if (!named)
            FAIL(duty, u, "period", u->period, "%s",
                 tb_t("month・half・year か periods の記号です", "month, half, year, or an id of periods"));
        if (u->age_to <= u->age_from) {
            snprintf(d, sizeof d, "%d", u->age_to);
            FAIL(duty, u, "age_to", d, tb_t("age_from（%d）より大きくします", "must be above age_from (%d)"),
                 u->age_from);
        }
        if (u->site >= 0 && r->kinds[r->providers[u->site].kind].person)
            FAIL(duty, u, "site", r->providers[u->site].id, "%s",
                 tb_t("診療場所が人になっています。医療機関か診療所の記号にします",
                      "the site is a person; name a facility"));
        for (int k = 0; k < r->n_bands; k++) band = band || r->bands[k].duty == i;
        if (!band)
            FAIL(duty, u, "id", u->id, "%s",
                 tb_t("時間帯が bands にありません", "no row of bands gives it a time"));
    }
    for (int i = 0; i < r->n_bands; i++) {
        enum tb_code c = check_band(r, &r->bands[i], e);
        if (c) return c;
    }
    for (int i = 0; i < r->n_seats; i++)
        if (tb_find_band(r, r->seats[i].duty, r->seats[i].band) < 0)
            FAIL(seat, &r->seats[i], "band", r->seats[i].band, NO_BAND, r->duties[r->seats[i].duty].id,
                 bands_of(r, r->seats[i].duty, words, sizeof words));
    for (int i = 0; i < r->n_members; i++) {
        const struct tb_member *m = &r->members[i];
        bool known = !*m->share;
        for (int k = 0; k < r->n_shares; k++)
            known = known || (r->shares[k].duty == m->duty && strcmp(r->shares[k].id, m->share) == 0);
        if (!known)
            FAIL(member, m, "share", m->share,
                 tb_t("%s の按分の組が shares にありません", "not a share group of %s in shares"),
                 r->duties[m->duty].id);
        if (span_backwards(m->since, m->until))
            FAIL(member, m, "until", date_text(m->until, d, sizeof d), "%s", BACKWARDS);
        if (m->weight < 0)
            FAIL(member, m, "weight", tb_format_millionths(m->weight, d, sizeof d), "%s",
                 tb_t("0以上の数です", "a number of 0 or more"));
        const struct tb_provider *p = &r->providers[m->provider];
        const struct tb_duty *u = &r->duties[m->duty];
        bool offers = p->specialities.n == 0;
        for (int a = 0; a < p->specialities.n; a++)
            for (int b = 0; b < u->specialities.n; b++)
                offers = offers || p->specialities.v[a] == u->specialities.v[b];
        if (!offers)
            FAIL(member, m, "provider", p->id,
                 tb_t("%s の診療科のどれも標榜していません", "offers none of the specialities of %s"), u->id);
        if (p->kind != u->kind)
            FAIL(member, m, "provider", p->id,
                 tb_t("種類は %s です。%s の担い手の種類は %s です", "is a %s; %s is filled by the kind %s"),
                 r->kinds[p->kind].id, u->id, r->kinds[u->kind].id);
    }
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].weight < 0)
            FAIL(share, &r->shares[i], "weight", tb_format_millionths(r->shares[i].weight, d, sizeof d), "%s",
                 tb_t("0以上の数です", "a number of 0 or more"));
    return TB_OK;
}

static bool has_id(const struct tb_ids *ids, int id)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == id) return true;
    return false;
}

static bool is_account(const struct tb_region *r, const struct tb_ledger *l, const char *account)
{
    if (l->scope != TB_SCOPE_SHARE) return tb_find_provider(r, account) >= 0;
    for (int i = 0; i < r->n_shares; i++)
        for (int k = 0; k < l->duties.n; k++)
            if (r->shares[i].duty == l->duties.v[k] && strcmp(r->shares[i].id, account) == 0) return true;
    return false;
}

static bool is_part(const struct tb_region *r, const struct tb_formula *f)
{
    for (int i = 0; i < r->n_figures; i++)
        if (r->figures[i].duty == f->duty && strcmp(r->figures[i].part, f->part) == 0) return true;
    return strcmp(f->part, "equal") == 0;
}

static bool shared_by_figure(const struct tb_region *r, const struct tb_figure *f)
{
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].duty == f->duty && strcmp(r->shares[i].id, f->account) == 0) return true;
    for (int i = 0; i < r->n_members; i++)
        if (r->members[i].duty == f->duty && strcmp(r->providers[r->members[i].provider].id, f->account) == 0)
            return true;
    return false;
}

static bool same_formula(const struct tb_formula *a, const struct tb_formula *b)
{
    return a->duty == b->duty && a->of == b->of;
}

/* The sum changes only where a row comes into force or ends. */
static enum tb_code check_percent(const struct tb_region *r, const struct tb_formula *f, tb_day date,
                                  struct tb_err *e)
{
    int64_t sum = 0;
    char d[64], t[64];
    for (int i = 0; i < r->n_formulas; i++)
        if (same_formula(f, &r->formulas[i]) && tb_in_force(r->formulas[i].since, r->formulas[i].until, date))
            sum += r->formulas[i].percent;
    if (sum == 0 || sum == INT64_C(100000000)) return TB_OK;
    FAIL(formula, f, "percent", tb_format_millionths(f->percent, d, sizeof d),
         tb_t("%s に有効な行の百分率の合計が %s です。100 にします",
              "the per cent in force on %s are %s together; they must be 100"),
         date_text(date, d, sizeof d), tb_format_millionths(sum, t, sizeof t));
}

static enum tb_code check_formulas(const struct tb_region *r, struct tb_err *e)
{
    char d[64];
    for (int i = 0; i < r->n_figures; i++) {
        const struct tb_figure *f = &r->figures[i];
        if (f->value < 0)
            FAIL(figure, f, "value", tb_format_millionths(f->value, d, sizeof d), "%s",
                 tb_t("0以上の数です", "a number of 0 or more"));
        if (!shared_by_figure(r, f))
            FAIL(figure, f, "account", f->account,
                 tb_t("%s の按分の組でも担い手でもありません", "neither a share group nor a member of %s"),
                 r->duties[f->duty].id);
    }
    for (int i = 0; i < r->n_formulas; i++) {
        const struct tb_formula *f = &r->formulas[i];
        if (f->percent <= 0)
            FAIL(formula, f, "percent", tb_format_millionths(f->percent, d, sizeof d), "%s",
                 tb_t("0より大きい数です", "a number above 0"));
        if (!is_part(r, f))
            FAIL(formula, f, "part", f->part,
                 tb_t("equal か、figures にある %s の項目です", "equal, or an item that figures has for %s"),
                 r->duties[f->duty].id);
        if (span_backwards(f->since, f->until))
            FAIL(formula, f, "until", date_text(f->until, d, sizeof d), "%s", BACKWARDS);
        enum tb_code c = check_percent(r, f, f->since == TB_DAY_NONE ? tb_day_of(1900, 1, 1) : f->since, e);
        if (c == TB_OK && f->until != TB_DAY_NONE) c = check_percent(r, f, f->until, e);
        if (c) return c;
    }
    return TB_OK;
}

static enum tb_code check_books(const struct tb_region *r, struct tb_err *e)
{
    char d[64], words[200];
    for (int i = 0; i < r->n_ledgers; i++) {
        const struct tb_ledger *l = &r->ledgers[i];
        if (in_circle(r, i, r->n_ledgers, ledger_next))
            FAIL(ledger, l, "within", r->ledgers[l->within].id, "%s",
                 tb_t("帳簿の入れ子が輪になっています", "ledgers are within each other in a circle"));
        if (l->within >= 0 && r->ledgers[l->within].scope != l->scope)
            FAIL(ledger, l, "within", r->ledgers[l->within].id, "%s",
                 tb_t("含む帳簿と scope が違います",
                      "its scope differs from that of the ledger it is within"));
        for (int k = 0; k < l->duties.n && l->within >= 0; k++)
            if (!has_id(&r->ledgers[l->within].duties, l->duties.v[k]))
                FAIL(ledger, l, "within", r->ledgers[l->within].id,
                     tb_t("含む帳簿は当番区分 %s を数えていません",
                          "the ledger that contains it does not count the duty %s"),
                     r->duties[l->duties.v[k]].id);
        if (l->catch_up < 0)
            FAIL(ledger, l, "catch_up", tb_format_millionths(l->catch_up, d, sizeof d), "%s",
                 tb_t("0以上の数です（0 は上限なし）", "a number of 0 or more (0: no cap)"));
        if (l->scope == TB_SCOPE_SHARE && l->duties.n != 1)
            FAIL(ledger, l, "duties", "", "%s",
                 tb_t("按分の帳簿の当番区分は一つだけです", "a ledger of shares counts exactly one duty"));
    }
    for (int i = 0; i < r->n_balances; i++) {
        const struct tb_balance *b = &r->balances[i];
        if (!is_account(r, &r->ledgers[b->ledger], b->account))
            FAIL(balance, b, "account", b->account,
                 tb_t("帳簿 %s の口座ではありません（providers か shares の記号）",
                      "not an account of ledger %s (an id of providers or shares)"),
                 r->ledgers[b->ledger].id);
    }
    for (int i = 0; i < r->n_histories; i++)
        if (tb_find_band(r, r->histories[i].duty, r->histories[i].band) < 0)
            FAIL(history, &r->histories[i], "band", r->histories[i].band, NO_BAND,
                 r->duties[r->histories[i].duty].id, bands_of(r, r->histories[i].duty, words, sizeof words));
    for (int i = 0; i < r->n_lines; i++) {
        const struct tb_line *l = &r->lines[i];
        if (l->to <= l->from)
            FAIL(line, l, "to", tb_format_time(l->to, d, sizeof d), "%s",
                 tb_t("終わりが始まりより前です。翌日なら 32:30 のように24を足します",
                      "it ends before it begins; for the next day add 24 hours, as in 32:30"));
        if (l->age_to <= l->age_from) {
            snprintf(d, sizeof d, "%d", l->age_to);
            FAIL(line, l, "age_to", d, tb_t("age_from（%d）より大きくします", "must be above age_from (%d)"),
                 l->age_from);
        }
    }
    for (int i = 0; i < r->n_scales; i++) {
        const struct tb_scale *s = &r->scales[i];
        for (int k = 0; k < r->n_scales; k++) {
            const struct tb_scale *o = &r->scales[k];
            if (strcmp(o->scale, s->scale) != 0 || strcmp(o->version, s->version) != 0) continue;
            if (o->rank < s->rank && o->urgency > s->urgency) {
                snprintf(d, sizeof d, "%d", s->urgency);
                FAIL(scale, s, "urgency", d,
                     tb_t("より急ぐ段階「%s」より緊急度が高くなっています",
                          "more urgent than the more urgent code \"%s\": the map must be monotone"),
                     o->code);
            }
        }
    }
    return TB_OK;
}

/* words of TB_POLICY_FIELDS; those from tertiary to neighbour take places, and unsure */
enum {
    POLICY_U1 = 1,
    POLICY_119 = 1,
    POLICY_TERTIARY = 2,
    POLICY_NEIGHBOUR = 8,
    POLICY_SOON = 9,
    POLICY_NEXT = 10,
    POLICY_STANDARD = 12,
    POLICY_UNSURE = 13
};

/* What the routing table keeps a bit for. */
static enum tb_code check_table_limits(const struct tb_region *r, struct tb_err *e)
{
    int soon = 0, next = 0;
    if (r->n_lines > TB_LINES_MAX)
        FAIL(line, &r->lines[TB_LINES_MAX], "id", r->lines[TB_LINES_MAX].id,
             tb_t("相談電話は %d 本までです", "at most %d advice lines"), TB_LINES_MAX);
    if (r->n_centres > TB_CENTRES_MAX)
        FAIL(centre, &r->centres[TB_CENTRES_MAX], "id", r->centres[TB_CENTRES_MAX].id,
             tb_t("地域包括支援センターは %d か所までです", "at most %d centres"), TB_CENTRES_MAX);
    if (r->n_complaints > 0 && r->n_complaints + r->n_modifiers > TB_KEYS_MAX)
        FAIL(complaint, &r->complaints[r->n_complaints - 1], "id", r->complaints[r->n_complaints - 1].id,
             tb_t("症状区分（%d）と付加条件（%d）を合わせて %d までです",
                  "%d complaint groups and %d modifiers: at most %d together"),
             r->n_complaints, r->n_modifiers, TB_KEYS_MAX);
    for (int i = 0; i < r->n_policies; i++) {
        bool is_soon = r->policies[i].take == POLICY_SOON, is_next = r->policies[i].take == POLICY_NEXT;
        if ((!is_soon || ++soon <= TB_SOON_MAX) && (!is_next || ++next <= TB_SOON_MAX)) continue;
        FAIL(policy, &r->policies[i], "take", is_soon ? "soon" : "next",
             tb_t("take=%s の行は %d 行までです", "at most %2$d rows that take %1$s"),
             is_soon ? "soon" : "next", TB_SOON_MAX);
    }
    return TB_OK;
}

/* The order of the 実施基準 is for U1 on the 119 desk and nowhere else, and somebody must take it. */
static enum tb_code check_standards(const struct tb_region *r, struct tb_err *e)
{
    bool taken = false;
    char d[64];
    for (int i = 0; i < r->n_policies; i++) {
        const struct tb_policy *p = &r->policies[i];
        if (p->take != POLICY_STANDARD) continue;
        if (p->urgency != POLICY_U1 || p->channel != POLICY_119)
            FAIL(policy, p, "take", "standard", "%s",
                 tb_t("実施基準の順は urgency u1・channel 119 の行だけで使えます",
                      "the order of the 実施基準 is for rows of urgency u1 and channel 119 only"));
        for (int k = 0; k < r->n_policies; k++) {
            const struct tb_policy *o = &r->policies[k];
            bool takes =
                (o->take >= POLICY_TERTIARY && o->take <= POLICY_NEIGHBOUR) || o->take == POLICY_UNSURE;
            if (o->urgency != POLICY_U1 || !takes || o->rank > p->rank) continue;
            snprintf(d, sizeof d, "%d", p->rank);
            FAIL(policy, p, "rank", d,
                 tb_t("実施基準の順が先です。u1 の「%s」（rank %d）より小さくします",
                      "the order of the 実施基準 comes first: must be below that of u1's \"%s\" (rank %d)"),
                 o->id, o->rank);
        }
        taken = true;
    }
    if (r->n_standards > TB_STANDARDS_MAX)
        FAIL(standard, &r->standards[TB_STANDARDS_MAX], "id", r->standards[TB_STANDARDS_MAX].id,
             tb_t("実施基準の行は %d までです", "at most %d rows of the 実施基準"), TB_STANDARDS_MAX);
    for (int i = 0; i < r->n_standards; i++) {
        const struct tb_standard *x = &r->standards[i];
        if (!taken)
            FAIL(standard, x, "id", x->id, "%s",
                 tb_t("この順を使う案内の規則がありません。先に policies に urgency=u1, channel=119, "
                      "take=standard, role=main の行を u1 の tertiary の行より小さい rank で足してください",
                      "no policy row takes this order: first add to policies a row with urgency=u1, "
                      "channel=119, take=standard, role=main and a rank below that of u1's tertiary row"));
        if (x->age_to <= x->age_from) {
            snprintf(d, sizeof d, "%d", x->age_to);
            FAIL(standard, x, "age_to", d,
                 tb_t("age_from（%d）より大きくします", "must be above age_from (%d)"), x->age_from);
        }
        if (span_backwards(x->since, x->until))
            FAIL(standard, x, "until", date_text(x->until, d, sizeof d), "%s", BACKWARDS);
    }
    return TB_OK;
}

static enum tb_code check_rules(const struct tb_region *r, struct tb_err *e)
{
    struct tb_arena a = {0};
    enum tb_code c = TB_OK;
    char d[64];
    for (int i = 0; i < r->n_rules && c == TB_OK; i++) {
        struct tb_rule_args args;
        c = tb_rule_parse(r, &r->rules[i], &a, &args, e);
        if (c == TB_OK && span_backwards(r->rules[i].since, r->rules[i].until))
            c = tb_row_fail(e, &r->rules[i].src, TB_E_rule, "until",
                            date_text(r->rules[i].until, d, sizeof d), "%s", BACKWARDS);
    }
    tb_arena_free(&a);
    return c;
}

/* Is he a member of a duty that the survey asks about, of the wish's own where it names one? */
static bool is_asked(const struct tb_region *r, const struct tb_survey *s, const struct tb_wish *w)
{
    for (int i = 0; i < s->duties.n; i++) {
        const int duty = s->duties.v[i];
        if (w->duty >= 0 && w->duty != duty) continue;
        for (int k = tb_first_member(r, duty); k < r->n_members && r->members[k].duty == duty; k++)
            if (r->members[k].provider == w->provider) return true;
    }
    return false;
}

static enum tb_code check_wish(const struct tb_region *r, const struct tb_wish *w, struct tb_err *e)
{
    char d[64], x[64], y[64];
    const struct tb_survey *s = &r->surveys[w->survey];
    bool dated = w->type != TB_WISH_COUNT && w->type != TB_WISH_ANY;
    if (dated && w->from == TB_DAY_NONE)
        FAIL(wish, w, "from", "", "%s", tb_t("日付が要ります", "a date is needed"));
    if (!dated && w->from != TB_DAY_NONE)
        FAIL(wish, w, "from", date_text(w->from, d, sizeof d), "%s",
             tb_t("count と any に日付は書きません", "count and any take no date"));
    tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
    if (dated && to < w->from) FAIL(wish, w, "to", date_text(to, d, sizeof d), "%s", BACKWARDS);
    if (dated && (w->from < s->from || to > s->to))
        FAIL(wish, w, w->from < s->from ? "from" : "to",
             date_text(w->from < s->from ? w->from : to, d, sizeof d),
             tb_t("希望調査 %s の期間（%s から %s）の外です", "outside the days of survey %s (%s to %s)"),
             s->id, date_text(s->from, x, sizeof x), date_text(s->to, y, sizeof y));
    if (w->ends >= 0 && w->type != TB_WISH_CANNOT && w->type != TB_WISH_RATHER_NOT)
        FAIL(wish, w, "ends", tb_format_time(w->ends, d, sizeof d), "%s",
             tb_t("時刻は cannot と rather-not だけに書きます", "only cannot and rather-not end at an hour"));
    if (w->ends == 0)
        FAIL(wish, w, "ends", tb_format_time(w->ends, d, sizeof d), "%s",
             tb_t("0時には始まっていません。前の日までの希望にしてください",
                  "that is when the day begins; let the wish end with the day before"));
    if (w->type == TB_WISH_COUNT && w->count < 0)
        FAIL(wish, w, "count", "", "%s", tb_t("回数が要ります", "a number is needed"));
    if (w->duty >= 0 && !has_id(&s->duties, w->duty))
        FAIL(wish, w, "duty", r->duties[w->duty].id,
             tb_t("希望調査 %s はこの当番区分を尋ねていません", "survey %s does not ask about this duty"),
             s->id);
    if (*w->band) {
        bool known = false;
        struct tb_buf right = {0};
        for (int k = 0; k < s->duties.n; k++) {
            if (w->duty >= 0 && w->duty != s->duties.v[k]) continue;
            char words[200];
            known = known || tb_find_band(r, s->duties.v[k], w->band) >= 0;
            tb_buf_addf(&right, "%s%s", right.len ? ", " : "",
                        bands_of(r, s->duties.v[k], words, sizeof words));
        }
        enum tb_code c = known ? TB_OK
                               : tb_row_fail(e, &w->src, TB_E_wish, "band", w->band,
                                             tb_t("その当番区分の時間帯にありません。あるのは: %s",
                                                  "not a band of the duties asked about; they have: %s"),
                                             tb_buf_str(&right));
        tb_buf_free(&right);
        if (c) return c;
    }
    if (!is_asked(r, s, w))
        FAIL(wish, w, "provider", r->providers[w->provider].id,
             tb_t("希望調査 %s の当番区分の担い手ではありません",
                  "not a member of a duty that survey %s asks about"),
             s->id);
    return TB_OK;
}

static enum tb_code check_wishes(const struct tb_region *r, struct tb_err *e)
{
    char d[64];
    for (int i = 0; i < r->n_surveys; i++) {
        if (r->surveys[i].to < r->surveys[i].from)
            FAIL(survey, &r->surveys[i], "to", date_text(r->surveys[i].to, d, sizeof d), "%s", BACKWARDS);
        if (r->surveys[i].deadline != TB_DAY_NONE && r->surveys[i].deadline > r->surveys[i].to)
            FAIL(survey, &r->surveys[i], "deadline", date_text(r->surveys[i].deadline, d, sizeof d), "%s",
                 tb_t("締切が対象の末日より後です", "answers are due after the last day asked about"));
    }
    for (int i = 0; i < r->n_wishes; i++) {
        enum tb_code c = check_wish(r, &r->wishes[i], e);
        if (c) return c;
    }
    return TB_OK;
}

static enum tb_code check_pins(const struct tb_region *r, struct tb_err *e)
{
    struct tb_arena a = {0};
    enum tb_code c = TB_OK;
    char d[64];
    for (int i = 0; i < r->n_pins && c == TB_OK; i++) {
        const struct tb_pin *p = &r->pins[i];
        struct tb_slot *slots;
        int n, need = 0;
        n = tb_slots_of(r, &p->duty, 1, p->date, p->date, &a, &slots);
        for (int k = 0; k < n; k++)
            if (strcmp(r->bands[slots[k].band].id, p->band) == 0 && slots[k].role == p->role)
                need = slots[k].need;
        if (!need) {
            c = tb_row_fail(e, &p->src, TB_E_pin, "band", p->band,
                            tb_t("%s の %s にその席はありません", "%s has no such seat on %s"),
                            r->duties[p->duty].id, date_text(p->date, d, sizeof d));
            break;
        }
        bool member = false;
        for (int k = 0; k < r->n_members; k++)
            member = member || (r->members[k].duty == p->duty && r->members[k].provider == p->provider);
        if (!member) {
            c = tb_row_fail(e, &p->src, TB_E_pin, "provider", r->providers[p->provider].id,
                            tb_t("%s の担い手ではありません", "not a member of %s"), r->duties[p->duty].id);
            break;
        }
        const struct tb_pin *first = NULL;
        int pinned = 0;
        for (int k = 0; k <= i && c == TB_OK && p->action == TB_PIN_PIN; k++) {
            const struct tb_pin *o = &r->pins[k];
            if (o->action != TB_PIN_PIN || o->date != p->date) continue;
            bool same = o->duty == p->duty && strcmp(o->band, p->band) == 0;
            if (same && o->role == p->role && !first) first = o;
            if (same && o->role == p->role && ++pinned > need)
                c = tb_row_fail(e, &p->src, TB_E_pin, "provider", r->providers[p->provider].id,
                                tb_t("席の数（%d）より多く固定しています（%s:%d と矛盾します）",
                                     "more pins than seats (%d); contradicts %s:%d"),
                                need, first->src.file, first->src.line);
            else if (k < i && same && o->role != p->role && o->provider == p->provider)
                c = tb_row_fail(
                    e, &p->src, TB_E_pin, "role", r->providers[p->provider].id,
                    tb_t("同じ人を当番と予備の両方に固定しています（%s:%d と矛盾します）",
                         "the same provider is pinned on duty and in reserve (contradicts %s:%d)"),
                    o->src.file, o->src.line);
        }
    }
    tb_arena_free(&a);
    return c;
}

static enum tb_code check_exceptions(const struct tb_region *r, struct tb_err *e)
{
    char d[200];
    for (int i = 0; i < r->n_exceptions; i++) {
        const struct tb_exception *x = &r->exceptions[i];
        if (tb_exception_never(x->rule))
            FAIL(exception, x, "rule", x->rule, "%s",
                 tb_t("特例にできる必須の条件ではありません。rules の必須の行か exempt, wish.cannot, "
                      "wish.only, wish.count, external, forbid です",
                      "no hard rule that can be consented to: a hard row of rules, or exempt, wish.cannot, "
                      "wish.only, wish.count, external, forbid"));
        if (tb_find_band(r, x->duty, x->band) < 0)
            FAIL(exception, x, "band", x->band, NO_BAND, r->duties[x->duty].id,
                 bands_of(r, x->duty, d, sizeof d));
    }
    return TB_OK;
}

static enum tb_code check_holidays(const struct tb_region *r, struct tb_err *e)
{
    const size_t room = sizeof((struct tb_holiday_row *)0)->name - 1;
    for (int i = 0; i < r->n_officials; i++) {
        const struct tb_official *x = &r->officials[i];
        if (x->kind == TB_HOLIDAY_ADD && !*x->name)
            FAIL(official, x, "name", "", "%s",
                 tb_t("加える祝日・休日には名が要ります。外すなら kind を drop にします",
                      "a holiday that is added needs a name; to take a day away, kind is drop"));
        if (strlen(x->name) > room)
            FAIL(official, x, "name", x->name, tb_t("%zu バイトまでです", "at most %zu bytes"), room);
    }
    return TB_OK;
}

typedef enum tb_code (*validator)(const struct tb_region *, struct tb_err *);

/* The amendments of the day, for a message about what they joined wrongly. */
static void amendments_of(const struct tb_region *r, tb_day day, struct tb_buf *out)
{
    for (int i = 0; i < r->n_amendments; i++) {
        const struct tb_amendment *a = &r->amendments[i];
        if (a->from != day) continue;
        tb_buf_addf(out, "%s%s", out->len ? ", " : "", a->src.file);
        if (a->src.line > 0) tb_buf_addf(out, ":%d", a->src.line);
        tb_buf_addf(out, " %s %s %s", a->what, a->key, a->field);
    }
}

static enum tb_code validate_from(const struct tb_region *r, tb_day day, validator valid, struct tb_err *e)
{
    enum tb_code c = valid(tb_region_on(r, day), e);
    if (c == TB_OK || !e) return c;
    char d[64];
    struct tb_buf rows = {0};
    amendments_of(r, day, &rows);
    c = tb_fail(e, c, tb_t("%s（%s からの変更のあとで。その変更: %s）", "%s (as of the changes of %s: %s)"),
                e->text, date_text(day, d, sizeof d), tb_buf_str(&rows));
    tb_buf_free(&rows);
    return c;
}

/* Each kind of check on all days before the next kind: those of slots need class trees without circles. */
enum tb_code tb_region_validate(const struct tb_region *r, struct tb_err *e)
{
    static const validator validators[] = {
        check_tree,  check_providers,  check_places,    check_duties,       check_formulas,
        check_books, check_rules,      check_standards, check_table_limits, check_wishes,
        check_pins,  check_exceptions, check_holidays};
    const tb_day *days;
    const int n_days = tb_region_changes(r, &days);
    for (size_t i = 0; i < TB_COUNT(validators); i++) {
        enum tb_code c = validators[i](r, e);
        for (int d = 0; d < n_days && c == TB_OK; d++) c = validate_from(r, days[d], validators[i], e);
        if (c) return c;
    }
    return TB_OK;
}
