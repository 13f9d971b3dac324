/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes that are sent often: packed beforehand, and not sent at all to who has them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "http_int.h"

/* With a header that tells no time, so the same bytes pack to the same bytes. */
static void pack(const struct tb_buf *plain, struct tb_buf *out)
{
    z_stream z = {0};
    TB_ASSERT(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    size_t room = deflateBound(&z, plain->len);
    unsigned char *bytes = tb_xmalloc(room);
    z.next_in = (Bytef *)plain->s;
    z.avail_in = (uInt)plain->len;
    z.next_out = bytes;
    z.avail_out = (uInt)room;
    TB_ASSERT(deflate(&z, Z_FINISH) == Z_STREAM_END);
    tb_buf_addn(out, bytes, room - z.avail_out);
    deflateEnd(&z);
    free(bytes);
}

void http_resource_make(struct http_resource *x, const void *bytes, size_t len, int64_t modified)
{
    char digest[65];
    *x = (struct http_resource){.modified_at = modified};
    tb_buf_addn(&x->plain, bytes, len);
    pack(&x->plain, &x->packed);
    tb_sha256_hex(bytes, len, digest);
    snprintf(x->etag, sizeof x->etag, "\"%.16s\"", digest);
    snprintf(x->packed_etag, sizeof x->packed_etag, "\"%.16s-gz\"", digest);
    http_date(modified, x->modified);
}

void http_resource_free(struct http_resource *x)
{
    tb_buf_free(&x->plain);
    tb_buf_free(&x->packed);
}

static bool client_has(const struct http_request *rq, const struct http_resource *x)
{
    const char *tags = http_header(rq, "If-None-Match"), *since = http_header(rq, "If-Modified-Since");
    int64_t at;
    if (tags) return http_etag_listed(tags, x->etag, x->packed_etag);
    return since && http_date_parse(since, &at) && at >= x->modified_at;
}

bool http_answer_resource(struct http_request *rq, const struct http_resource *x, const char *type,
                          const char *name)
{
    const char *takes = http_header(rq, "Accept-Encoding");
    bool packed = takes && http_wants_gzip(takes), has = client_has(rq, x);
    const struct tb_buf *bytes = packed ? &x->packed : &x->plain;
    char disposition[100];
    snprintf(disposition, sizeof disposition, "inline; filename=\"%s\"", name);
    http_answer(rq, &(struct http_answer){
                        .status = has ? 304 : 200,
                        .type = has ? NULL : type,
                        .cache = "private, no-cache",
                        .bytes = has ? NULL : bytes->s,
                        .len = has ? 0 : bytes->len,
                        .headers = {{"ETag", packed ? x->packed_etag : x->etag},
                                    {"Last-Modified", x->modified},
                                    {"Vary", "Accept-Encoding"},
                                    {"Content-Disposition", disposition},
                                    {packed && !has ? "Content-Encoding" : NULL, "gzip"}},
                    });
    return has || !rq->head;
}
