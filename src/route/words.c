/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of the table for programs, and what stands on each of its forms.
 */
#include "route_int.h"

const char *const rt_role_word[] = {[TB_ANSWER_EMERGENCY] = "emergency",
                                    [TB_ANSWER_MAIN] = "main",
                                    [TB_ANSWER_BACKUP] = "backup",
                                    [TB_ANSWER_LATER] = "later",
                                    [TB_ANSWER_LINE] = "line",
                                    [TB_ANSWER_FAMILY] = "family",
                                    [TB_ANSWER_LAST] = "last"};

const char *tb_answer_role_word(int role) { return rt_role_word[role]; }

const char *rt_use_notice(void)
{
    return "緊急度は人が決めます。この表はその時刻に当番の医療機関を示すだけで、診断・緊急度の判定・治療の判"
           "断には使えません。受診の前に電話で確かめてください。";
}
