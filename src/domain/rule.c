/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rule types of toban/domain/rules.h: their words and parameters, read and refused. What a type means is
 * in docs/reference/rules.md.
 */
#include <stdio.h>
#include <string.h>

#include "domain_int.h"

enum arg_kind {
    ARG_END,
    ARG_NUMBER,
    ARG_WORD,
    ARG_WORDS,
    ARG_CLASS,
    ARG_SPECIALITY,
    ARG_PAIR,
    ARG_PROVIDERS,
    ARG_DUTIES
};

struct arg_spec {
    const char *name;
    enum arg_kind kind;
    size_t offset;
    int def, min, max; /* numbers and words: default; -1: must be given */
    const char *words; /* ARG_WORD, ARG_WORDS: "a|b|c" */
};

#define AT(field) offsetof(struct tb_rule_args, field)
/* clang-format off */
#define NUMBER(name, field, d, min, max) {name, ARG_NUMBER, AT(field), d, min, max, NULL}
#define WORD(name, field, d, words) {name, ARG_WORD, AT(field), d, 0, 0, words}
#define ROLES(d) WORD("roles", roles, d, "both|primary|reserve")
#define UNIT_WORD(d) WORD("unit", unit, d, "day|week|month|year|period")
#define PLACE WORD("unit", unit, TB_UNIT_SLOT, "day|||||slot")
#define LEVEL(d) WORD("level", level, d, "|municipality|zone|community|district")
#define LEVELS {"levels", ARG_WORDS, AT(levels), 0, 0, 0, "none|A|linked-B|B|C-1|C-2"}
#define CLASS(required) {"class", ARG_CLASS, AT(class_), (required) ? -1 : 0, 0, 0, NULL}
#define SPECIALITY {"speciality", ARG_SPECIALITY, AT(speciality), -1, 0, 0, NULL}
#define WHO {"providers", ARG_PROVIDERS, AT(providers), 0, 0, 0, NULL}
#define PAIR {"providers", ARG_PAIR, AT(providers), -1, 0, 0, NULL}
#define DUTIES(name, field) {name, ARG_DUTIES, AT(field), -1, 0, 0, NULL}
/* clang-format on */

/* What joins the parameters of one row; NULL or what is wrong with them. */
typedef const char *settle_fn(const struct tb_rule *rule, struct tb_rule_args *out);

enum price { EITHER, SOFT_ONLY };
struct rule_spec {
    const char *word;
    enum price price;
    unsigned traits;
    settle_fn *settle;
    struct arg_spec args[7];
};

/* ---- what joins parameters ---------------------------------------------------------------- */

static const char *plain(const struct tb_rule *rule, struct tb_rule_args *out)
{
    (void)rule;
    (void)out;
    return NULL;
}

static const char *settle_follow(const struct tb_rule *rule, struct tb_rule_args *out)
{
    (void)rule;
    out->roles = TB_ROLES_PRIMARY;
    return NULL;
}

static const char *settle_skill_min(const struct tb_rule *rule, struct tb_rule_args *out)
{
    (void)rule;
    return out->level && out->unit != TB_UNIT_DAY
               ? tb_t("level=… は unit=day とともに書きます", "level=... goes with unit=day")
               : NULL;
}

/* Levels by bits as in `levels`: the rest rules bind linked-B, B and C; A should follow them. */
enum { LABOUR_A = 1 << 1, LABOUR_BOUND = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 };

static const char *settle_labour_rest(const struct tb_rule *rule, struct tb_rule_args *out)
{
    if (out->night_rest < out->rest || out->night_span < out->span)
        return tb_t("night.rest と night.span は rest と span より短くできません",
                    "night.rest and night.span cannot be shorter than rest and span");
    if (!out->levels) out->levels = tb_rule_hard(rule) ? LABOUR_BOUND : LABOUR_BOUND | LABOUR_A;
    return NULL;
}

static const char *settle_limit_window(const struct tb_rule *rule, struct tb_rule_args *out)
{
    (void)rule;
    return out->age_to && out->age_from > out->age_to
               ? tb_t("from（歳から）は to（歳まで）以下です", "from (age) is at most to (age)")
               : NULL;
}

/* ---- the list as a table -------------------------------------------------------------------- */

static const struct rule_spec specs[TB_RULE_TYPE_COUNT] = {
#define SPEC_ROW(TYPE, name, word, price, reach, touches, traits, settle, ...) \
    [TB_RULE_##TYPE] = {word, price, traits, settle, {__VA_ARGS__}},
    TB_RULES(SPEC_ROW)
#undef SPEC_ROW
};

static int find_type(const char *word)
{
    for (int i = 0; i < TB_RULE_TYPE_COUNT; i++)
        if (strcmp(specs[i].word, word) == 0) return i;
    return -1;
}

bool tb_rule_has(const struct tb_rule *rule, unsigned traits)
{
    int type = find_type(rule->type);
    return type >= 0 && (specs[type].traits & traits);
}

/* ---- reading parameters ----------------------------------------------------------------------- */

static int find_word(const char *words, const char *text)
{
    int i = 0;
    size_t n = strlen(text);
    for (const char *p = words;; i++) {
        size_t len = strcspn(p, "|");
        if (n && len == n && strncmp(p, text, n) == 0) return i;
        p += len;
        if (!*p) return -1;
        p++;
    }
}

static int find_speciality(const struct tb_region *r, const char *id)
{
    for (int i = 0; i < r->n_specialities; i++)
        if (strcmp(r->specialities[i].id, id) == 0) return i;
    return -1;
}

static struct tb_ids *ids_at(struct tb_rule_args *out, const struct arg_spec *s)
{
    return (struct tb_ids *)(void *)((char *)out + s->offset);
}

/* Calls for each part of "a,b,c"; false when one of them says no. */
static bool each_part(const char *value, struct tb_arena *a, bool (*call)(void *arg, const char *part),
                      void *arg)
{
    for (const char *p = value;;) {
        size_t n = strcspn(p, ",");
        if (!call(arg, tb_arena_strndup(a, p, n))) return false;
        if (!p[n]) return true;
        p += n + 1;
    }
}

struct listing {
    const struct tb_region *r;
    int (*find)(const struct tb_region *, const char *);
    struct tb_ids *out;
    const char *words;
    int mask;
};

static bool add_id(void *arg, const char *part)
{
    struct listing *l = arg;
    int id = l->find(l->r, part);
    for (int i = 0; i < l->out->n; i++)
        if (l->out->v[i] == id) return false;
    l->out->v[l->out->n++] = id;
    return id >= 0;
}

static bool add_word(void *arg, const char *part)
{
    struct listing *l = arg;
    int word = find_word(l->words, part);
    if (word < 0 || (l->mask >> word & 1)) return false;
    l->mask |= 1 << word;
    return true;
}

static bool set_ids(const struct tb_region *r, const char *value, struct tb_arena *a,
                    int (*find)(const struct tb_region *, const char *), struct tb_ids *out)
{
    size_t n = 1;
    for (const char *p = value; *p; p++) n += *p == ',';
    *out = (struct tb_ids){0, tb_arena_alloc(a, n * sizeof *out->v)};
    struct listing l = {.r = r, .find = find, .out = out};
    return each_part(value, a, add_id, &l);
}

static enum tb_code wrong(struct tb_err *e, const struct tb_rule *rule, const char *name, const char *value,
                          const char *right)
{
    return tb_row_fail(e, &rule->src, TB_E_rule, "params", rule->params,
                       tb_t("%s=%s は正しくありません。%s", "%s=%s is not right: %s"), name, value, right);
}

/* "a, b" of "a||b": some words have no meaning for a type. */
static void list_words(const char *words, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (const char *p = words; *p; p += strcspn(p, "|"), p += *p == '|') {
        size_t len = strcspn(p, "|");
        if (len && n + len + 3 < size)
            n += (size_t)snprintf(out + n, size - n, "%s%.*s", n ? ", " : "", (int)len, p);
    }
}

static enum tb_code set_arg(const struct tb_region *r, const struct tb_rule *rule, const struct arg_spec *s,
                            const char *value, struct tb_arena *a, struct tb_rule_args *out, struct tb_err *e)
{
    int *field = (int *)(void *)((char *)out + s->offset);
    char hint[200], words[120] = "";
    int64_t v;
    if (s->words) list_words(s->words, words, sizeof words);
    switch (s->kind) {
    case ARG_NUMBER:
        if (!tb_parse_int(value, s->min, s->max, &v)) {
            snprintf(hint, sizeof hint, tb_t("%d から %d の整数です", "a whole number from %d to %d"), s->min,
                     s->max);
            return wrong(e, rule, s->name, value, hint);
        }
        *field = (int)v;
        return TB_OK;
    case ARG_WORD:
        *field = find_word(s->words, value);
        if (*field >= 0) return TB_OK;
        snprintf(hint, sizeof hint, tb_t("次のどれかです: %s", "one of: %s"), words);
        return wrong(e, rule, s->name, value, hint);
    case ARG_CLASS:
        *field = tb_find_class(r, value);
        if (*field >= 0) return TB_OK;
        return wrong(e, rule, s->name, value, tb_t("classes にある記号です", "an id of classes"));
    case ARG_SPECIALITY:
        *field = find_speciality(r, value);
        if (*field >= 0) return TB_OK;
        return wrong(e, rule, s->name, value, tb_t("specialities にある記号です", "an id of specialities"));
    case ARG_WORDS: {
        struct listing l = {.words = s->words};
        if (!each_part(value, a, add_word, &l)) {
            snprintf(hint, sizeof hint,
                     tb_t("次のいくつかを「,」でつなぎます: %s", "some of these, joined by commas: %s"),
                     words);
            return wrong(e, rule, s->name, value, hint);
        }
        *field = l.mask;
        return TB_OK;
    }
    case ARG_PAIR:
        if (set_ids(r, value, a, tb_find_provider, ids_at(out, s)) && out->providers.n == 2) return TB_OK;
        return wrong(e, rule, s->name, value,
                     tb_t("providers にある二つの記号を「,」でつなぎます",
                          "two different ids of providers joined by a comma"));
    case ARG_PROVIDERS:
        if (set_ids(r, value, a, tb_find_provider, ids_at(out, s))) return TB_OK;
        return wrong(e, rule, s->name, value,
                     tb_t("providers にある記号を「,」でつなぎます（同じものは一度だけ）",
                          "ids of providers joined by commas, each once"));
    case ARG_DUTIES:
        if (set_ids(r, value, a, tb_find_duty, ids_at(out, s))) return TB_OK;
        return wrong(e, rule, s->name, value,
                     tb_t("duties にある記号を「,」でつなぎます（同じものは一度だけ）",
                          "ids of duties joined by commas, each once"));
    case ARG_END:
        break;
    }
    TB_BUG("argument kind");
}

enum tb_code tb_rule_parse(const struct tb_region *r, const struct tb_rule *rule, struct tb_arena *a,
                           struct tb_rule_args *out, struct tb_err *e)
{
    int type = find_type(rule->type);
    if (type < 0) {
        struct tb_buf words = {0};
        for (int i = 0; i < TB_RULE_TYPE_COUNT; i++)
            tb_buf_addf(&words, "%s%s", i ? ", " : "", specs[i].word);
        enum tb_code c = tb_row_fail(e, &rule->src, TB_E_rule, "type", rule->type,
                                     tb_t("種類にありません。次のどれかです: %s", "no such type; one of: %s"),
                                     tb_buf_str(&words));
        tb_buf_free(&words);
        return c;
    }
    const struct rule_spec *spec = &specs[type];
    if (spec->price == SOFT_ONLY && tb_rule_hard(rule))
        return tb_row_fail(
            e, &rule->src, TB_E_rule, "price", "",
            tb_t("%s は価格が要ります（必須にはできません）", "%s needs a price (it cannot be hard)"),
            spec->word);
    *out = (struct tb_rule_args){.type = (enum tb_rule_type)type, .class_ = -1, .speciality = -1};
    bool given[TB_COUNT(spec->args)] = {false};
    for (size_t i = 0; i < TB_COUNT(spec->args) && spec->args[i].name; i++)
        if (spec->args[i].kind == ARG_NUMBER || spec->args[i].kind == ARG_WORD)
            *(int *)(void *)((char *)out + spec->args[i].offset) = spec->args[i].def;
    for (const char *p = rule->params; *p;) {
        p += strspn(p, " ");
        if (!*p) break;
        size_t n = strcspn(p, " "), eq = strcspn(p, "= ");
        char name[64], value[2001];
        snprintf(name, sizeof name, "%.*s", (int)eq, p);
        snprintf(value, sizeof value, "%.*s", (int)(eq < n ? n - eq - 1 : 0), p + (eq < n ? eq + 1 : n));
        size_t k = 0;
        while (k < TB_COUNT(spec->args) && spec->args[k].name && strcmp(spec->args[k].name, name) != 0) k++;
        if (k == TB_COUNT(spec->args) || !spec->args[k].name) {
            struct tb_buf names = {0};
            for (size_t i = 0; i < TB_COUNT(spec->args) && spec->args[i].name; i++)
                tb_buf_addf(&names, "%s%s", i ? ", " : "", spec->args[i].name);
            enum tb_code c = tb_row_fail(e, &rule->src, TB_E_rule, "params", rule->params,
                                         tb_t("%s に「%s」という項目はありません。あるのは: %s",
                                              "%s has no parameter \"%s\"; it has: %s"),
                                         spec->word, name, names.len ? names.s : tb_t("なし", "none"));
            tb_buf_free(&names);
            return c;
        }
        if (given[k]) return wrong(e, rule, name, value, tb_t("二度書かれています", "it stands there twice"));
        given[k] = true;
        enum tb_code c = set_arg(r, rule, &spec->args[k], value, a, out, e);
        if (c) return c;
        p += n;
    }
    const char *unfit = spec->settle(rule, out);
    if (unfit) return tb_row_fail(e, &rule->src, TB_E_rule, "params", rule->params, "%s", unfit);
    for (size_t i = 0; i < TB_COUNT(spec->args) && spec->args[i].name; i++)
        if (spec->args[i].def < 0 && !given[i])
            return tb_row_fail(e, &rule->src, TB_E_rule, "params", rule->params,
                               tb_t("%s には %s=… が要ります", "%s needs %s=..."), spec->word,
                               spec->args[i].name);
    return TB_OK;
}

bool tb_rule_concerns(const struct tb_rule *rule, int duty, tb_day date)
{
    if (rule->since != TB_DAY_NONE && date < rule->since) return false;
    if (rule->until != TB_DAY_NONE && date >= rule->until) return false;
    for (int i = 0; i < rule->duties.n; i++)
        if (rule->duties.v[i] == duty) return true;
    return rule->duties.n == 0;
}

bool tb_rule_means(const struct tb_region *r, const struct tb_rule_args *a, int provider)
{
    if (a->levels && !(a->levels >> r->providers[provider].labour & 1)) return false;
    for (int i = 0; i < a->providers.n; i++)
        if (a->providers.v[i] == provider) return true;
    return a->providers.n == 0;
}

const char *tb_rule_sentence(const struct tb_rule *rule) { return tb_t(rule->ja, rule->en); }
