/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a table and what became of them.
 */
#include <string.h>

#include "toban/tell/rows.h"
#include "toban/tell/todo.h"
#include "toban/tell/words.h"

/* ---- one change ------------------------------------------------------------------------------------ */

static void key_text(const struct tb_row_change *x, struct tb_buf *out)
{
    tb_codec_row_key(x->entity, (const char *const *)(x->after ? x->after : x->before), out);
}

void tb_tell_change_json(const struct tb_row_change *x, tb_printer *p)
{
    struct tb_buf key = {0};
    key_text(x, &key);
    tb_print_kstring(p, "key", tb_buf_str(&key));
    tb_print_key(p, "before");
    if (x->before)
        tb_codec_print_row(x->entity, (const char *const *)x->before, p);
    else
        tb_print_null(p);
    tb_print_key(p, "after");
    if (x->after)
        tb_codec_print_row(x->entity, (const char *const *)x->after, p);
    else
        tb_print_null(p);
    tb_buf_free(&key);
}

/* Cells beside the key that say something; of a change those alone that are no longer the same. */
static void cells_text(const struct tb_row_change *x, struct tb_buf *out)
{
    const struct tb_entity *ent = &tb_entities[x->entity];
    for (int f = 0; f < ent->n_fields; f++) {
        const struct tb_field *field = &ent->fields[f];
        const char *was = x->before ? x->before[f] : NULL, *is = x->after ? x->after[f] : NULL,
                   *one = is ? is : was;
        if ((field->flags & TB_FIELD_KEY) || (was && is && strcmp(was, is) == 0)) continue;
        if (was && is)
            tb_buf_addf(out, "  %s: %s → %s", tb_t(field->ja, field->name), *was ? was : "-", *is ? is : "-");
        else if (*one && strcmp(one, field->def) != 0)
            tb_buf_addf(out, "  %s: %s", tb_t(field->ja, field->name), one);
    }
}

void tb_tell_change_text(const struct tb_row_change *x, struct tb_buf *out)
{
    tb_buf_addf(out, "%s ", !x->before ? "+" : !x->after ? "-" : "~");
    key_text(x, out);
    cells_text(x, out);
}

/* ---- what is to change -------------------------------------------------------------------------- */

static void amended_json(const struct tb_row_entry *x, tb_printer *p)
{
    tb_print_key(p, "amendments");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n_amended; i++) {
        tb_print_begin_object(p);
        tb_print_kstring(p, "field", tb_entities[x->what.entity].fields[x->amended[i].field].name);
        tb_tell_date(p, "from", x->amended[i].from);
        tb_print_kstring(p, "value", x->amended[i].value);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void amended_text(const struct tb_row_entry *x, struct tb_buf *out)
{
    char day[64];
    for (size_t i = 0; i < x->n_amended; i++) {
        const struct tb_field *f = &tb_entities[x->what.entity].fields[x->amended[i].field];
        const char *value = x->amended[i].value;
        tb_buf_addf(out, tb_t("  〔%s から %s: %s〕", "  [from %s %s: %s]"),
                    tb_format_date(x->amended[i].from, day, sizeof day), tb_t(f->ja, f->name),
                    *value ? value : "-");
    }
}

/* ---- rows ------------------------------------------------------------------------------------------ */

static void line_json(const struct tb_row_entry *x, tb_printer *p)
{
    tb_print_kint(p, "audit", x->audit);
    tb_tell_instant(p, "at", x->at);
    tb_print_kstring(p, "who", x->who);
}

static void row_json(const struct tb_row_entry *x, tb_printer *p)
{
    struct tb_buf key = {0};
    key_text(&x->what, &key);
    tb_print_kstring(p, "key", tb_buf_str(&key));
    tb_print_key(p, "row");
    tb_codec_print_row(x->what.entity, (const char *const *)x->what.after, p);
    tb_print_key(p, "entered");
    if (x->who) {
        tb_print_begin_object(p);
        line_json(x, p);
        tb_print_end_object(p);
    } else
        tb_print_null(p);
    amended_json(x, p);
    tb_buf_free(&key);
}

void tb_tell_rows_json(const struct tb_app_rows *x, tb_printer *p)
{
    tb_print_kstring(p, "table", tb_entities[x->entity].name);
    tb_print_key(p, x->history ? "changes" : "rows");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        tb_print_begin_object(p);
        if (x->history) {
            line_json(&x->v[i], p);
            tb_tell_change_json(&x->v[i].what, p);
        } else
            row_json(&x->v[i], p);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_rows_text(const struct tb_app_rows *x, struct tb_buf *out)
{
    char t[64];
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_row_entry *v = &x->v[i];
        if (x->history) {
            tb_buf_addf(out, "%6lld  %.16s  ", (long long)v->audit, tb_format_instant(v->at, t, sizeof t));
            tb_tell_cell(out, v->who, 18);
            tb_tell_change_text(&v->what, out);
        } else {
            key_text(&v->what, out);
            cells_text(&v->what, out);
            amended_text(v, out);
            if (v->who)
                tb_buf_addf(out, tb_t("  （%.16s %s）", "  (%.16s %s)"),
                            tb_format_instant(v->at, t, sizeof t), v->who);
        }
        tb_buf_addc(out, '\n');
    }
    tb_buf_addf(out,
                x->history ? tb_t("%s: 変更 %zu 件\n", "changes of %s: %zu\n")
                           : tb_t("%s: %zu 行\n", "rows of %s: %zu\n"),
                tb_t(tb_entities[x->entity].ja, tb_entities[x->entity].name), x->n);
}

/* ---- entered --------------------------------------------------------------------------------------- */

void tb_tell_row_done_json(const struct tb_tell_row_done *x, tb_printer *p)
{
    tb_print_kbool(p, "recorded", !x->removed);
    tb_print_kbool(p, "replaced", x->replaced);
    tb_print_kbool(p, "removed", x->removed);
    tb_tell_todo_new_json(x->todo, p);
}

void tb_tell_row_done_text(const struct tb_tell_row_done *x, struct tb_buf *out)
{
    tb_buf_addf(out, "%s\n",
                x->removed ? tb_t("取り消しました", "taken back")
                : x->replaced ? tb_t("前の記入を改めました（前の内容は --history にあります）",
                                     "recorded: an earlier entry was changed (what it said is in --history)")
                              : tb_t("記録しました", "recorded"));
    tb_tell_todo_new_text(x->todo, out);
}
