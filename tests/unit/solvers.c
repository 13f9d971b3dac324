/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solvers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "toban/plan/plan.h"

bool number_said(const char *command, const char *word, double *value)
{
    char line[512];
    bool found = false;
    FILE *out = popen(command, "r");
    TB_ASSERT(out);
    while (fgets(line, sizeof line, out)) {
        char *at = strstr(line, word);
        if (!at || found) continue;
        at += strlen(word);
        while (*at && !strchr("-0123456789", *at)) at++;
        char *end;
        *value = strtod(at, &end);
        found = end > at;
    }
    pclose(out);
    return found;
}

bool cbc_optimum(const struct tb_problem *p, double *value)
{
    char dir[] = "/tmp/toban-cbc-XXXXXX", path[64], command[200];
    struct tb_err e = {0};
    TB_ASSERT(mkdtemp(dir));
    (void)snprintf(path, sizeof path, "%s/m.mps", dir);
    if (tb_plan_export(p, NULL, "mps", path, &e)) TB_BUG("%s", e.text);
    (void)snprintf(command, sizeof command, "timeout 60 cbc %s ratio 0 allow 0 solve quit 2>&1", path);
    bool found = number_said(command, "Objective value:", value);
    unlink(path);
    rmdir(dir);
    return found;
}
