/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ways, addresses, and how people and offices are addressed.
 */
#include "toban/domain/address.h"

#include <string.h>

#include "domain_int.h"
#include "toban/domain/said.h"

/* ---- addresses ------------------------------------------------------------------------------------ */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* With the area's number, as it is dialled: 10 to 15 digits from 0 or +, grouped as people group them. */
static bool is_telephone(const char *s)
{
    int digits = 0;
    if (*s != '0' && *s != '+' && *s != '(') return false;
    for (const char *p = s; *p; p++) {
        if (is_digit(*p))
            digits++;
        else if (!strchr("-() ", *p) && !(*p == '+' && p == s))
            return false;
    }
    return digits >= 10 && digits <= 15;
}

/* Labels between single dots, of letters, digits and what `more` has. */
static bool are_labels(const char *s, size_t n, const char *more, int *count)
{
    *count = 1;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.' && (i == 0 || i + 1 == n || s[i - 1] == '.')) return false;
        if (s[i] == '.')
            ++*count;
        else if (!is_digit(s[i]) && !is_letter(s[i]) && !strchr(more, s[i]))
            return false;
    }
    return n > 0;
}

static bool is_mail(const char *s)
{
    const char *at = strchr(s, '@');
    int labels;
    return at && are_labels(s, (size_t)(at - s), "!#$%&'*+-/=?^_`{|}~", &labels) &&
           are_labels(at + 1, strlen(at + 1), "-", &labels) && labels >= 2;
}

/* A number, as digits at least: what a spreadsheet did to it is said so. */
static const char *fax_wrong(const char *s)
{
    struct tb_buf number = {0};
    const char *wrong = is_digit(*s) || *s == '=' ? tb_said_phone(s, &number) : NULL;
    tb_buf_free(&number);
    if (wrong) return wrong;
    return tb_t("FAX の番号ではありません。市外局番から半角の数字で書きます（076-000-0010）",
                "no fax number; write it with the area's number (076-000-0010)");
}

const char *tb_address_wrong(int way, const char *address)
{
    if (!*address || way == TB_WAY_HAND) return NULL;
    bool telephone = is_telephone(address), mail = is_mail(address);
    if (way == TB_WAY_FAX) return telephone ? NULL : fax_wrong(address);
    if (way == TB_WAY_MAIL && !mail)
        return tb_t("メールのアドレスではありません。名前@ドメインの形で書きます（kenko@town.example）",
                    "no mail address; write name@domain (kenko@town.example)");
    if (way == TB_WAY_POST && (telephone || mail))
        return tb_t("郵送の宛先ではありません。郵便番号と住所を書きます",
                    "no postal address; write postcode and address");
    return NULL;
}

int tb_provider_way(const struct tb_provider *p)
{
    if (p->way >= 0) return p->way;
    return strchr(p->staff_mail, '@') || !*p->staff_mail ? TB_WAY_MAIL : TB_WAY_FAX;
}

const char *tb_provider_notices(const struct tb_provider *p)
{
    return p->way == TB_WAY_POST && !*p->staff_mail ? p->address : p->staff_mail;
}

/* ---- how they are addressed ------------------------------------------------------------------------- */

/* In the order of the fields (kinds.honorific, recipients.honorific). */
static const char *const honorifics[] = {"先生", "様", "御中", "各位"};
enum { SENSEI, SAMA, ONCHU, KAKUI };

const char *tb_provider_honorific(const struct tb_region *r, int provider)
{
    const struct tb_provider *p = &r->providers[provider];
    const struct tb_kind *kind = &r->kinds[p->kind];
    if (p->names_days > 0) return honorifics[ONCHU];
    return honorifics[kind->honorific >= 0 ? kind->honorific : kind->person ? SENSEI : ONCHU];
}

const char *tb_recipient_honorific(const struct tb_recipient *x)
{
    return honorifics[x->honorific >= 0 ? x->honorific : x->kind == TB_RECIPIENT_MEMBER ? KAKUI : ONCHU];
}

/* ---- numbers of letters --------------------------------------------------------------------------- */

/* The place of the one {n} of the pattern; NULL: it has none, two, or other braces but {y}. */
static const char *count_of(const char *pattern)
{
    const char *n = NULL;
    for (const char *p = pattern; *p; p++) {
        if (*p != '{' && *p != '}') continue;
        bool counts = strncmp(p, "{n}", 3) == 0;
        if ((!counts && strncmp(p, "{y}", 3) != 0) || (counts && n)) return NULL;
        if (counts) n = p;
        p += 2;
    }
    return n;
}

void tb_document_text(const char *pattern, int fiscal_year, int64_t number, struct tb_buf *out)
{
    for (const char *p = pattern; *p; p++) {
        if (*p != '{') {
            tb_buf_addc(out, *p);
            continue;
        }
        if (p[1] == 'n')
            tb_buf_addf(out, "%lld", (long long)number);
        else
            tb_buf_addf(out, "%d", fiscal_year - (fiscal_year >= 2019 ? 2018 : 1988)); /* 令和, 平成 */
        p += 2;
    }
}

/* ---- what was typed --------------------------------------------------------------------------------- */

#define FAIL(entity, row, field, value, why) \
    return tb_row_fail(e, &(row)->src, TB_E_##entity, field, value, "%s", why)

enum tb_code tb_addresses_check(const struct tb_region *r, struct tb_err *e)
{
    const char *wrong;
    for (int i = 0; i < r->n_bodies; i++) {
        const struct tb_body *b = &r->bodies[i];
        if ((wrong = tb_address_wrong(TB_WAY_FAX, b->fax))) FAIL(body, b, "fax", b->fax, wrong);
        if ((wrong = tb_address_wrong(TB_WAY_MAIL, b->mail))) FAIL(body, b, "mail", b->mail, wrong);
        if (*b->document && !count_of(b->document))
            FAIL(body, b, "document", b->document,
                 tb_t("文書番号の型には {n} を一度だけ書きます。ほかに書けるのは {y} です（架医発第{n}号）",
                      "the pattern has {n} once, and no other braces but {y} (KMA-{y}-{n})"));
    }
    for (int i = 0; i < r->n_providers; i++) {
        const struct tb_provider *p = &r->providers[i];
        if ((wrong = tb_address_wrong(tb_provider_way(p), p->staff_mail)))
            FAIL(provider, p, "staff_mail", p->staff_mail, wrong);
    }
    for (int i = 0; i < r->n_recipients; i++) {
        const struct tb_recipient *x = &r->recipients[i];
        if (!x->each && (wrong = tb_address_wrong(x->way, x->address)))
            FAIL(recipient, x, "address", x->address, wrong);
    }
    return TB_OK;
}
