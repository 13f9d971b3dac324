/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One spelling for words that look or sound alike.
 */
#include <stdlib.h>
#include <string.h>

#include "toban/base/nfkc.h"
#include "words_int.h"

/* Letters that are found by either, and what stands for both, by the first. Names are asked with whatever
 * form the directory, the register or the keyboard has. */
static const uint32_t variants[][2] = {
    {0x04E58, 0x04E57}, {0x04E88, 0x08C6B}, {0x04E9E, 0x04E9C}, {0x04F5B, 0x04ECF}, {0x04F86, 0x06765},
    {0x050B3, 0x04F1D}, {0x05152, 0x05150}, {0x05154, 0x0514E}, /* 乘乗 予豫 亞亜 佛仏 來来 傳伝 兒児 兔兎 */
    {0x05167, 0x05185}, {0x051A8, 0x05BCC}, {0x0528D, 0x05263}, {0x05294, 0x05263}, {0x05340, 0x0533A},
    {0x0570B, 0x056FD}, {0x05713, 0x05186}, {0x05716, 0x056F3}, /* 內内 冨富 劍剣 劔剣 區区 國国 圓円 圖図 */
    {0x05718, 0x056E3}, {0x0589E, 0x05897}, {0x058D8, 0x05841}, {0x058FD, 0x05BFF}, {0x05B78, 0x05B66},
    {0x05BE6, 0x05B9F}, {0x05C07, 0x05C06}, {0x05CEF, 0x05CF0}, /* 團団 增増 壘塁 壽寿 學学 實実 將将 峯峰 */
    {0x05D5C, 0x05D0E}, {0x05D8B, 0x05CF6}, {0x05D8C, 0x05CF6}, {0x05DD6, 0x05DCC}, {0x05DE2, 0x05DE3},
    {0x05EE3, 0x05E83}, {0x05F4C, 0x05F25}, {0x05FB7, 0x05FB3}, /* 嵜崎 嶋島 嶌島 巖巌 巢巣 廣広 彌弥 德徳 */
    {0x060E0, 0x06075}, {0x061C9, 0x05FDC}, {0x06200, 0x0604B}, {0x06236, 0x06238}, {0x062DC, 0x062DD},
    {0x064E7, 0x06319}, {0x06578, 0x06570}, {0x06589, 0x0658E}, /* 惠恵 應応 戀恋 戶戸 拜拝 擧挙 數数 斉斎 */
    {0x0665D, 0x0663C}, {0x066FE, 0x066FD}, {0x06703, 0x04F1A}, {0x06764, 0x06803}, {0x067A1, 0x0685D},
    {0x06801, 0x067F3}, {0x06852, 0x06851}, {0x0689D, 0x06761}, /* 晝昼 曾曽 會会 杤栃 枡桝 栁柳 桒桑 條条 */
    {0x069AE, 0x06804}, {0x069C7, 0x069D9}, {0x06A02, 0x0697D}, {0x06A23, 0x069D8}, {0x06A6B, 0x06A2A},
    {0x06A9C, 0x06867}, {0x06AFB, 0x0685C}, {0x06B0A, 0x06A29}, /* 榮栄 槇槙 樂楽 樣様 橫横 檜桧 櫻桜 權権 */
    {0x06B61, 0x06B53}, {0x06B65, 0x06B69}, {0x06B78, 0x05E30}, {0x06C23, 0x06C17}, {0x06DF8, 0x06E05},
    {0x06DFA, 0x06D45}, {0x06EAA, 0x06E13}, {0x06EFF, 0x06E80}, /* 歡歓 步歩 歸帰 氣気 淸清 淺浅 溪渓 滿満 */
    {0x06F80, 0x06E0B}, {0x06F81, 0x06E0B}, {0x06FA4, 0x06CA2}, {0x06FD5, 0x06E7F}, {0x06FF1, 0x06D5C},
    {0x06FF5, 0x06D5C}, {0x07027, 0x06EDD}, {0x07028, 0x0702C}, /* 澀渋 澁渋 澤沢 濕湿 濱浜 濵浜 瀧滝 瀨瀬 */
    {0x07063, 0x06E7E}, {0x071D2, 0x0713C}, {0x0722D, 0x04E89}, {0x07232, 0x070BA}, {0x074E3, 0x05F01},
    {0x07576, 0x05F53}, {0x0758A, 0x07573}, {0x0767C, 0x0767A}, /* 灣湾 燒焼 爭争 爲為 瓣弁 當当 疊畳 發発 */
    {0x076E1, 0x05C3D}, {0x0771E, 0x0771F}, {0x0788E, 0x07815}, {0x079AE, 0x0793C}, {0x07A57, 0x07A42},
    {0x07D72, 0x07CF8}, {0x07DA0, 0x07DD1}, {0x07E23, 0x0770C}, /* 盡尽 眞真 碎砕 禮礼 穗穂 絲糸 綠緑 縣県 */
    {0x07E3D, 0x07DCF}, {0x07E8C, 0x07D9A}, {0x08070, 0x08061}, {0x081FA, 0x053F0}, {0x08207, 0x04E0E},
    {0x0820A, 0x065E7}, {0x0820D, 0x0820E}, {0x08218, 0x09928}, /* 總総 續続 聰聡 臺台 與与 舊旧 舍舎 舘館 */
    {0x0838A, 0x08358}, {0x08396, 0x0830E}, {0x0842C, 0x04E07}, {0x085CF, 0x08535}, {0x085DD, 0x082B8},
    {0x085E5, 0x085AC}, {0x085EA, 0x085AE}, {0x08606, 0x082A6}, /* 莊荘 莖茎 萬万 藏蔵 藝芸 藥薬 藪薮 蘆芦 */
    {0x08655, 0x051E6}, {0x0865F, 0x053F7}, {0x087A2, 0x086CD}, {0x089BA, 0x0899A}, {0x089F8, 0x089E6},
    {0x08B49, 0x08A3C}, {0x08B7D, 0x08A89}, {0x08B80, 0x08AAD}, /* 處処 號号 螢蛍 覺覚 觸触 證証 譽誉 讀読 */
    {0x08C50, 0x08C4A}, {0x08CF4, 0x0983C}, {0x08D0A, 0x08CDB}, {0x08F49, 0x08EE2}, {0x08FA8, 0x05F01},
    {0x08FAD, 0x08F9E}, {0x08FAF, 0x05F01}, {0x0905E, 0x09013}, /* 豐豊 賴頼 贊賛 轉転 辨弁 辭辞 辯弁 遞逓 */
    {0x09072, 0x09045}, {0x09089, 0x08FBA}, {0x0908A, 0x08FBA}, {0x090DE, 0x090CE}, {0x09115, 0x090F7},
    {0x091AB, 0x0533B}, {0x09322, 0x092AD}, {0x09435, 0x09244}, /* 遲遅 邉辺 邊辺 郞郎 鄕郷 醫医 錢銭 鐵鉄 */
    {0x09444, 0x092F3}, {0x095DC, 0x095A2}, {0x09677, 0x09665}, {0x096AA, 0x0967A}, {0x096D9, 0x053CC},
    {0x096DC, 0x096D1}, {0x09748, 0x0970A}, {0x09751, 0x09752}, /* 鑄鋳 關関 陷陥 險険 雙双 雜雑 靈霊 靑青 */
    {0x0975C, 0x09759}, {0x09830, 0x0982C}, {0x09A45, 0x099C6}, {0x09A5B, 0x099C5}, {0x09AD3, 0x09AC4},
    {0x09AD4, 0x04F53}, {0x09AD9, 0x09AD8}, {0x09DC4, 0x09D8F}, /* 靜静 頰頬 驅駆 驛駅 髓髄 體体 髙高 鷄鶏 */
    {0x09DD7, 0x09D0E}, {0x09E7D, 0x05869}, {0x09EA5, 0x09EA6}, {0x09EB5, 0x09EBA}, {0x09ED1, 0x09ED2},
    {0x09ED8, 0x09ED9}, {0x09EE8, 0x0515A}, {0x09F4A, 0x0658E}, /* 鷗鴎 鹽塩 麥麦 麵麺 黑黒 默黙 黨党 齊斎 */
    {0x09F4B, 0x0658E}, {0x09F61, 0x09F62}, {0x09F8D, 0x07ADC}, {0x09F9C, 0x04E80}, {0x0FA11, 0x05D0E},
    {0x20BB7, 0x05409}, {0x2363A, 0x06A4B}, /* 齋斎 齡齢 龍竜 龜亀 﨑崎 𠮷吉 𣘺橋 */
};

/* The letter that begins at *s, which is valid UTF-8 and not at its end. */
static uint32_t letter(const char **s)
{
    const unsigned char *p = (const unsigned char *)*s;
    int n = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
    uint32_t c = n == 1 ? *p : *p & (0x7Fu >> n);
    for (int i = 1; i < n; i++) c = c << 6 | (p[i] & 0x3F);
    *s += n;
    return c;
}

bool tb_word_kanji(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005;
}

static uint32_t usual_kanji(uint32_t c)
{
    size_t lo = 0, hi = TB_COUNT(variants);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (variants[mid][0] == c) return variants[mid][1];
        if (variants[mid][0] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return c;
}

/* Nothing of a word: blanks, dots between katakana, selectors of a letter's form. */
static bool is_nothing(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == 0x30FB || c == 0xB7 || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF;
}

enum {
    LONG = 0x30FC,
    KE = 0x3051,
    SMALL_KE = 0x3096,
    GA = 0x304C,
    NO = 0x306E,
    KANJI_NO = 0x4E4B,
    KANJI_NO_2 = 0x4E43
};

static uint32_t usual(uint32_t c)
{
    if (c >= 0x30A1 && c <= 0x30F6) c -= 0x60; /* katakana */
    if (c == 0x3062) return 0x3058;            /* ぢ, ず */
    if (c == 0x3065) return 0x305A;
    if (c >= 0x2010 && c <= 0x2015) return '-';
    if (c == 0x2212 || c == 0x2500) return '-';
    return tb_word_kanji(c) ? usual_kanji(c) : c;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

/* ヶ ケ が and ノ の 之 between kanji are one each: 松ヶ枝 is 松が枝, 宇ノ気 is 宇の気. ー between digits is
 * a hyphen. */
static void between_kanji(struct tb_word_key *k)
{
    for (int i = 0; i < k->n; i++) {
        if (k->c[i] == LONG && i > 0 && i + 1 < k->n && is_digit(k->c[i - 1]) && is_digit(k->c[i + 1]))
            k->c[i] = '-';
        bool between = i > 0 && i + 1 < k->n && tb_word_kanji(k->c[i - 1]) && tb_word_kanji(k->c[i + 1]);
        if (between && (k->c[i] == KE || k->c[i] == SMALL_KE)) k->c[i] = GA;
        if (between && (k->c[i] == KANJI_NO || k->c[i] == KANJI_NO_2)) k->c[i] = NO;
        if (k->c[i] == SMALL_KE) k->c[i] = KE;
    }
}

bool tb_word_key_of(const char *text, struct tb_word_key *out)
{
    struct tb_buf plain = {0};
    *out = (struct tb_word_key){0};
    if (!tb_nfkc(text, true, &plain)) return false;
    out->c = tb_xcalloc(plain.len + 1, sizeof *out->c);
    for (const char *s = tb_buf_str(&plain); *s;) {
        uint32_t c = letter(&s);
        if (!is_nothing(c)) out->c[out->n++] = usual(c);
    }
    between_kanji(out);
    tb_buf_free(&plain);
    return true;
}

void tb_word_key_free(struct tb_word_key *k)
{
    free(k->c);
    *k = (struct tb_word_key){0};
}

int tb_word_key_has(const struct tb_word_key *k, int at, const char *word)
{
    int i = at;
    while (*word) {
        uint32_t c = letter(&word);
        if (i >= k->n || k->c[i++] != c) return 0;
    }
    return i - at;
}

int tb_word_key_ends(const struct tb_word_key *k, const char *word)
{
    int n = 0;
    for (const char *s = word; *s; n++) (void)letter(&s);
    return n <= k->n ? tb_word_key_has(k, k->n - n, word) : 0;
}
