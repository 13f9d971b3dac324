/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer of src/tell in its three forms, for tests: JSON, Japanese, English.
 */
#ifndef TOBAN_T_TELL_FORMS_H
#define TOBAN_T_TELL_FORMS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "toban/tell/tell.h"

#define JSON_IS(answer, x, expected) \
    do { \
        struct tb_buf form = {0}; \
        tb_printer *printer = tb_printer_json(&form, 0); \
        tb_print_begin_object(printer); \
        answer##_json((x), printer); \
        tb_print_end_object(printer); \
        tb_printer_free(printer); \
        assert_string_equal(tb_buf_str(&form), expected); \
        tb_buf_free(&form); \
    } while (0)
#define TEXT_IS(answer, x, language, expected) \
    do { \
        struct tb_buf form = {0}; \
        tb_lang_set(language); \
        answer##_text((x), &form); \
        tb_lang_set(TB_EN); \
        assert_string_equal(tb_buf_str(&form), expected); \
        tb_buf_free(&form); \
    } while (0)
#define FORMS_ARE(answer, x, json, ja, en) \
    do { \
        JSON_IS(answer, x, json); \
        TEXT_IS(answer, x, TB_JA, ja); \
        TEXT_IS(answer, x, TB_EN, en); \
    } while (0)

#endif
