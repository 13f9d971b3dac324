/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everybody's deviation as bars around zero. Black above (more than due), hollow below (less): it reads on
 * any printer and any fax.
 */
#include <stdlib.h>

#include "page.h"
#include "toban/publish/pages.h"

/* Tenths of a millimetre. */
enum { WIDTH = 1860, LEFT = 370, RIGHT = 20, PANEL = 150, PLOT = 140, TOP = 6, LAST = TB_STANDING_YEARS - 1 };

static int64_t hundredths(int64_t millionths)
{
    return (millionths + (millionths < 0 ? -5000 : 5000)) / 10000;
}

/* One scale for all strips, in millionths: whole halves of a duty that hold every bar. */
static int64_t scale_of(const struct tb_standing_pool *p)
{
    int64_t most = 500000;
    for (int a = 0; a < p->n_accounts; a++)
        for (int l = 0; l < p->n_ledgers; l++)
            if (llabs(tb_figures(p, a, l, LAST)->after) > most)
                most = llabs(tb_figures(p, a, l, LAST)->after);
    return (most + 499999) / 500000 * 500000;
}

static void label(struct tb_buf *out, int x, int y, int size, const char *anchor)
{
    tb_buf_addf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\">", x, y, size, anchor);
}

static void end_words(const struct tb_standing *s, const struct tb_standing_pool *p, int ledger, int account,
                      const char *word, int y, bool names, struct tb_buf *out)
{
    label(out, 0, y, 25, "start");
    tb_buf_add(out, word);
    page_decimal(out, hundredths(tb_figures(p, account, ledger, LAST)->after), 100, true);
    if (names) page_element(out, " ", tb_standing_account_name(s, p, account), "");
    tb_buf_add(out, "</text>\n");
}

static void strip(const struct tb_standing *s, const struct tb_standing_pool *p, int ledger, int mine,
                  bool names, int64_t scale, int top, struct tb_buf *out)
{
    int zero = top + PLOT / 2, half = PLOT / 2 - 4, room = WIDTH - LEFT - RIGHT;
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order);
    tb_standing_sort(p, ledger, LAST, order);
    label(out, 0, top + 36, 32, "start");
    page_element(out, "", p->classes[ledger], "</text>\n");
    end_words(s, p, ledger, order[0], "最多 ", top + 74, names, out);
    end_words(s, p, ledger, order[p->n_accounts - 1], "最少 ", top + 104, names, out);
    /* Lines at whole duties, but not so many that they hide the bars; a scale of half a duty has its own. */
    int64_t step = scale < 1000000 ? scale : (scale + 2999999) / 3000000 * 1000000;
    for (int64_t k = -(scale / step); k <= scale / step; k++) {
        int y = zero - (int)(k * step * half / scale);
        tb_buf_addf(out,
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#000\" stroke-width=\"%s\"%s/>\n",
                    LEFT, y, WIDTH - RIGHT, y, k == 0 ? "2" : "1", k == 0 ? "" : " stroke-dasharray=\"2 8\"");
        label(out, LEFT - 8, y + 8, 22, "end");
        if (step % 1000000 == 0)
            page_number(out, k * step / 1000000, true);
        else
            page_decimal(out, k * step / 100000, 10, true);
        tb_buf_add(out, "</text>\n");
    }
    int each = room / p->n_accounts < 60 ? room / p->n_accounts : 60;
    int bar = each > 5 ? each * 7 / 10 : each > 1 ? each - 1 : 1;
    for (int i = 0; i < p->n_accounts; i++) {
        int64_t v = tb_figures(p, order[i], ledger, LAST)->after;
        int size = (int)(llabs(v) * half / scale), x = LEFT + 6 + i * each, y = v > 0 ? zero - size : zero;
        bool own = order[i] == mine, others = mine >= 0 && !own;
        if (size < 2) size = 2;
        const char *fill = own || (v > 0 && !others) ? "#000" : others ? "#ccc" : "#fff";
        tb_buf_addf(out,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"%s\" "
                    "stroke-width=\"1\"/>\n",
                    x, y, bar, size, fill, others ? "#999" : "#000");
        if (own)
            tb_buf_addf(out, "<path d=\"M%d %dl-11 -17h22z\" fill=\"#000\"/>\n", x + bar / 2,
                        v > 0 ? y - 3 : zero - 4);
    }
    free(order);
}

void tb_svg_pool(const struct tb_standing *s, int pool, int mine, bool names, struct tb_buf *out)
{
    const struct tb_standing_pool *p = &s->pools[pool];
    int height = TOP * 2 + PANEL * p->n_ledgers;
    tb_buf_addf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"186mm\" height=\"%d.%dmm\" viewBox=\"0 0 %d %d\" "
        "font-family=\"IPAexGothic,'Noto Sans CJK JP','Hiragino Sans','Yu Gothic',sans-serif\">\n",
        height / 10, height % 10, WIDTH, height);
    page_element(out, "<title>", p->name, " 持分からの偏り（回）</title>\n");
    int64_t scale = scale_of(p);
    for (int l = 0; l < p->n_ledgers && p->n_accounts > 0; l++)
        strip(s, p, l, mine, names, scale, TOP + PANEL * l, out);
    tb_buf_add(out, "</svg>\n");
}
