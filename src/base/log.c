/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <errno.h>
#include <unistd.h>

/* One write per event, so that lines of several processes do not mix; control characters become blanks,
 * so that text from outside cannot make a second line or steer a terminal. */
void tb_log(const char *fmt, ...)
{
    struct tb_buf b = {0};
    tb_buf_add(&b, "toban: ");
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&b, fmt, ap);
    va_end(ap);
    while (b.len > 0 && b.s[b.len - 1] == '\n') b.len--;
    for (size_t i = 0; i < b.len; i++)
        if ((unsigned char)b.s[i] < 0x20 || b.s[i] == 0x7F) b.s[i] = ' ';
    b.s[b.len] = '\0';
    tb_buf_addc(&b, '\n');

    for (size_t done = 0; done < b.len;) {
        ssize_t n = write(STDERR_FILENO, b.s + done, b.len - done);
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR)
            break; /* nowhere is left to tell it */
    }
    tb_buf_free(&b);
}
