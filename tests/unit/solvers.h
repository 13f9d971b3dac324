/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Other solvers on exported models, for tests.
 */
#ifndef TOBAN_SOLVERS_H
#define TOBAN_SOLVERS_H

#include <stdbool.h>

#include "toban/domain/problem.h"

/* The number after `word` in what a command prints. */
bool number_said(const char *command, const char *word, double *value);
/* cbc's optimum on the problem exported as MPS; false when it says none. The file is made in a directory of
 * its own and removed. */
bool cbc_optimum(const struct tb_problem *p, double *value);

#endif
