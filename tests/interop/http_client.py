# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to a server on loopback, polite and hostile, byte for byte. Prints "0 name" for what is as it must be, "1 name: what came" else.

  http_client.py PORT TOKEN GIVEN-UP-TOKEN LONG-GONE-TOKEN FEED-FILE
"""
import gzip
import json
import pathlib
import re
import socket
import sys

port, token, closed, gone = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
wanted = pathlib.Path(sys.argv[5]).read_bytes()
path = f"/ics/{token}/toban.ics"


def raw(data, more=()):
    """Sends the bytes and reads until the server closes, or says nothing for a while."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        answer = b""
        try:
            s.sendall(data)
            for piece in more:
                s.sendall(piece)
            s.shutdown(socket.SHUT_WR)
            while chunk := s.recv(65536):
                answer += chunk
        except OSError:
            pass
        return answer


class Answer:
    def __init__(self, data):
        self.raw = data
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if data else 0
        self.headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}


def ask(target, method="GET", **headers):
    head = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
    return Answer(raw(f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{head}\r\n".encode()))


def say(good, name, what=""):
    print(f"{0 if good else 1} {name}{'' if good else ': ' + str(what)[:300]}")


# ---- what calendars do ----
a = ask(path)
etag, modified = a.headers.get("etag", ""), a.headers.get("last-modified", "")
say(a.status == 200 and a.body == wanted, "a feed has the bytes of export ics", a.raw[:200])
say(a.headers.get("content-type") == "text/calendar; charset=utf-8", "its type and charset", a.headers)
say(a.headers.get("cache-control", "").startswith("private") and a.headers.get("referrer-policy") == "no-referrer"
    and "noindex" in a.headers.get("x-robots-tag", "") and a.headers.get("content-disposition", "").startswith("inline")
    and a.headers.get("x-content-type-options") == "nosniff" and a.headers.get("vary") == "Accept-Encoding", "its other headers", a.headers)
say(modified == "Mon, 02 Nov 2026 00:00:00 GMT", "Last-Modified is the publication's time, not now", modified)
for accept in ("*/*", "text/calendar", "application/json", "text/html"):
    b = ask(path, Accept=accept)
    say(b.status == 200 and b.body == wanted, f"the same for Accept: {accept}", b.raw[:200])
b = ask(path, method="HEAD")
say(b.status == 200 and b.body == b"" and b.headers.get("content-length") == str(len(wanted)) and b.headers.get("etag") == etag, "HEAD", b.raw[:300])
b = ask(path, If_None_Match=etag)
say(b.status == 304 and b.body == b"" and b.headers.get("etag") == etag, "the current ETag: 304 without a body", b.raw[:300])
for tags in (f"W/{etag}", f'"x", {etag}', "*"):
    say(ask(path, If_None_Match=tags).status == 304, f"If-None-Match {tags.replace(etag, 'ETAG')}: 304")
for tags in ('"x"', "x", '"', "W/", '"x', etag.strip('"'), ","):
    say(ask(path, If_None_Match=tags).status == 200, f"If-None-Match {tags.replace(etag.strip(chr(34)), 'BARE')}: 200")
say(ask(path, If_Modified_Since=modified).status == 304, "If-Modified-Since with the date: 304")
say(ask(path, If_Modified_Since="Sun, 01 Nov 2026 00:00:00 GMT").status == 200, "with an earlier date: 200")
say(ask(path, If_Modified_Since=modified, If_None_Match='"x"').status == 200, "If-None-Match wins over the date")
for date in ("yesterday", "Mon, 31 Feb 2026 00:00:00 GMT", "Mon, 02 Nov 2026 25:00:00 GMT", "9" * 500):
    say(ask(path, If_Modified_Since=date).status == 200, f"If-Modified-Since {date[:30]}: 200")
b = ask(path, Accept_Encoding="gzip, deflate")
packed_tag = b.headers.get("etag")
say(b.status == 200 and b.headers.get("content-encoding") == "gzip" and gzip.decompress(b.body) == wanted and packed_tag != etag,
    "gzip when asked, with an ETag of its own", b.headers)
say(ask(path, Accept_Encoding="gzip", If_None_Match=packed_tag).status == 304, "304 for the packed one")
for encoding in ("identity", "gzip;q=0", "gzip;q=0.000", "br"):
    say(ask(path, Accept_Encoding=encoding).body == wanted, f"plain for Accept-Encoding {encoding}")
say(ask(path, Accept_Encoding="br, gzip;q=0.5").headers.get("content-encoding") == "gzip", "gzip;q=0.5 is wanted")
say(ask(path + "?t=1").status == 200, "a query is no matter")
b = ask(f"/ics/{closed}/toban.ics")
say(b.status == 200 and "アドレスは使えなくなりました".encode() in b.body.replace(b"\r\n ", b""), "a given-up address shows a notice", b.raw[:200])
say(ask(f"/ics/{gone}/toban.ics").status == 410, "and 410 after thirty days")

# ---- what programs do ----
b = ask("/v1/duties?at=2026-12-02T20:00")
say(b.status == 200 and [d["provider"] for d in json.loads(b.body)["on_duty"]] == ["p1"], "/v1/duties at an instant", b.raw[:300])
b = ask("/v1/duties?at=2026-12-02T20:00%2B09:00")
say([d["provider"] for d in json.loads(b.body)["on_duty"]] == ["p1"], "with its zone", b.raw[:300])
say(json.loads(ask("/v1/now").body)["on_duty"] == [], "/v1/now in November: nobody")
say([p["number"] for p in json.loads(ask("/v1/publications").body)["publications"]] == [1], "/v1/publications")
say(len(json.loads(ask("/v1/roster").body)["seats"]) == 3, "/v1/roster")
b = ask("/health")
say(json.loads(b.body)["status"] == "ok" and token.encode() not in b.body, "/health")
say(b"090-0000" not in ask("/v1/roster").body + ask("/v1/duties?at=2026-12-02T20:00").body, "no private number")

# ---- what nobody should do ----
H = "Host: localhost\r\nConnection: close\r\n"
G = f"GET {path} HTTP/1.1\r\n"
hostile = [
    ("two lengths", G + H + "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello", {400}),
    ("two equal lengths", G + H + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", {400}),
    ("length and chunks", G + H + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    ("chunks and length", G + H + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", {400}),
    ("chunks", G + H + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400, 413}),
    ("unknown encoding", G + H + "Transfer-Encoding: cow\r\n\r\n", {400, 413}),
    ("two encodings", G + H + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", {400, 413}),
    ("encoding in odd case", G + H + "tRANSFER-eNCODING: CHUNKED\r\n\r\n0\r\n\r\n", {400, 413}),
    ("a body with GET", G + H + "Content-Length: 5\r\n\r\nhello", {413}),
    ("a length that is none", G + H + "Content-Length: x\r\n\r\n", {400, 413}),
    ("a negative length", G + H + "Content-Length: -1\r\n\r\n", {400, 413}),
    ("a length with a sign", G + H + "Content-Length: +5\r\n\r\nhello", {400, 413}),
    ("a huge length", G + H + "Content-Length: 99999999999999999999999\r\n\r\n", {400, 413}),
    ("a length in hex", G + H + "Content-Length: 0x5\r\n\r\nhello", {400, 413}),
    ("no Host", G + "\r\n", {400}),
    ("two Hosts", G + "Host: a\r\nHost: b\r\n\r\n", {400}),
    ("space before the colon", G + "Host : localhost\r\n\r\n", {400}),
    ("HTTP/2.0 in words", f"GET {path} HTTP/2.0\r\n{H}\r\n", {400, 505}),
    ("HTTP/9.9", f"GET {path} HTTP/9.9\r\n{H}\r\n", {400, 505}),
    ("HTTP/0.9", f"GET {path}\r\n\r\n", {0, 400, 505}),
    ("no version", f"GET {path} \r\n{H}\r\n", {0, 400, 505}),
    ("not HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {0, 400, 405, 505}),
    ("empty request", "\r\n\r\n\r\n", {0, 400}),
    ("absolute address", f"GET http://evil.example{path} HTTP/1.1\r\n{H}\r\n", {400, 404}),
    ("asterisk", f"OPTIONS * HTTP/1.1\r\n{H}\r\n", {400, 405}),
    ("CONNECT", f"CONNECT evil.example:443 HTTP/1.1\r\n{H}\r\n", {400, 405}),
    ("request line of 20000", f"GET /{'a' * 20000} HTTP/1.1\r\n{H}\r\n", {0, 400, 413, 414, 431}),
    ("path of 2000", f"GET /{'a' * 2000} HTTP/1.1\r\n{H}\r\n", {414}),
    ("header of 40000", G + H + f"X: {'a' * 40000}\r\n\r\n", {0, 400, 413, 431}),
    ("2000 headers", G + H + "X: a\r\n" * 2000 + "\r\n", {0, 400, 413, 431}),
    ("method of 5000", f"{'A' * 5000} / HTTP/1.1\r\n{H}\r\n", {0, 400, 405, 413, 414, 431}),
]
for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "MKCALENDAR", "get", "G\x01T"):
    hostile.append((f"method {method!r}", f"{method} {path} HTTP/1.1\r\n{H}\r\n", {405, 400}))
hostile.append(("POST with a body", f"POST {path} HTTP/1.1\r\n{H}Content-Length: 5\r\n\r\nhello", {405}))
almost = token[:-1] + ("a" if token[-1] != "a" else "b")
for name, target in [
    ("root", "/"), ("the folder of feeds", "/ics/"), ("the folder of one feed", f"/ics/{token}/"), ("another file name", f"/ics/{token}/duty.ics"), ("no file name", f"/ics/{token}"),
    ("an address too short", f"/ics/{token[:-1]}/toban.ics"), ("too long", f"/ics/{token}a/toban.ics"), ("one letter wrong", f"/ics/{almost}/toban.ics"),
    ("capital letters", f"/ics/{token.upper()}/toban.ics"), ("dots", f"/ics/../ics/{token}/toban.ics"), ("up and out", "/ics/../../../../etc/passwd"),
    ("packed dots", "/ics/%2e%2e/%2e%2e/etc/passwd"), ("packed slash", f"/ics%2F{token}%2Ftoban.ics"), ("a packed letter", f"/ics/%{ord(token[0]):02x}{token[1:]}/toban.ics"),
    ("a zero byte", f"{path}%00"), ("a zero byte before more", f"{path}%00.html"), ("broken percent", "/ics/%/%%/%zz"), ("overlong UTF-8", "/ics/%c0%ae%c0%ae/"), ("double slash", f"//ics/{token}/toban.ics"),
    ("trailing slash", f"{path}/"), ("semicolon", f"{path};jsessionid=1"), ("backslash", f"\\ics\\{token}\\toban.ics"), ("a hash instead of the address", "/ics/" + "0" * 64 + "/toban.ics"),
    ("spaces for the address", "/ics/" + "%20" * 32 + "/toban.ics"), ("a quote", "/ics/'%20OR%201=1--/toban.ics"), ("a script", "/<script>alert(1)</script>"), ("the data file", "/toban.db"),
    ("hidden files", "/.git/config"), ("a wrong version", "/v2/now"), ("more after a route", "/v1/now/x"),
]:
    hostile.append((name, f"GET {target} HTTP/1.1\r\n{H}\r\n", {404, 400}))
for at in ("", "x", "2026-02-30T00:00", "2026-12-02T25:00", "9" * 400, "2026-12-02T20:00%0d%0aX:y", "%00", "'", "-1"):
    hostile.append((f"at={at[:24]}", f"GET /v1/duties?at={at} HTTP/1.1\r\n{H}\r\n", {400}))
for name, header in [
    ("a folded header", "X: a\r\n b: c\r\nContent-Length:\r\n 5\r\n"), ("a zero byte in a header", "X: a\0b\r\nContent-Length: 5\r\n"), ("a bare CR in a header", "X: a\rContent-Length: 5\r\nContent-Length: 5\r\n"),
    ("a header without a name", ": x\r\nContent-Length: 5\r\n"), ("a header without a colon", "X\r\nContent-Length: 5\r\n"), ("a length with a blank in it", "Content-Length: 5 5\r\n"), ("a list of lengths", "Content-Length: 5, 5\r\n"),
    ("a length and Expect", "Expect: 100-continue\r\nContent-Length: 5\r\n"), ("chunks in quotes", 'Transfer-Encoding: "chunked"\r\n'), ("chunks after a tab", "Transfer-Encoding:\tchunked\r\n"),
    ("chunks and more", "Transfer-Encoding: chunked, identity\r\n"), ("a length with leading zeroes", "Content-Length: 0000000000000000000000005\r\n"),
]:
    hostile.append((name, f"GET /ics/{'a' * 32}/toban.ics HTTP/1.1\r\nHost: localhost\r\n{header}\r\nhelloGET /health HTTP/1.1\r\nHost: x\r\n\r\n", {0, 400, 404, 413, 501}))
hostile.append(("no at", f"GET /v1/duties HTTP/1.1\r\n{H}\r\n", {400}))
for name, data, allowed in hostile:
    b = Answer(raw(data.encode("latin-1")))
    # The library's own pages for what is no HTTP are allowed; an echo of the request, a feed or a second answer that is no refusal are not.
    answers = re.findall(rb"HTTP/1\.1 (\d)", b.raw)
    calm = token.encode() not in b.raw and b"alert(1)" not in b.raw and b"BEGIN:VCALENDAR" not in b.raw and set(answers) <= {b"4", b"5"}
    say(b.status in allowed and calm, f"hostile: {name}", b.raw[:200])
b = Answer(raw(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n".encode()))
say(b.status == 405 and b"status" not in b.body, "hostile: a request inside a body is not answered", b.raw)

# One answer on a connection, whatever stands behind the first request.
for name, first in [("a good request", f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"), ("a header without a name", f"GET {path} HTTP/1.1\r\nHost: x\r\n: y\r\n"),
                    ("a folded length", f"GET {path} HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n 5\r\n\r\nhello"), ("a body with GET", f"GET {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 38\r\n\r\n"), ("two Hosts", "GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
                    ("chunks", "GET /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), ("another method", "DELETE /health HTTP/1.1\r\nHost: x\r\n\r\n"),
                    ("a long address", f"GET /{'a' * 2000} HTTP/1.1\r\nHost: x\r\n\r\n")]:
    b = raw((first + "GET /health HTTP/1.1\r\nHost: x\r\n\r\n").encode())
    say(len(re.findall(rb"HTTP/1\.1 \d", b)) == 1 and b"status" not in b, f"hostile: after {name} nothing more is answered on the connection", b[:300])
b = Answer(raw(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n".encode()))
say(b.status == 200 and b.body == wanted, "hostile: no upgrade to another protocol", b.raw[:100])
b = ask(path, Range="bytes=0-3")
say(b.status == 200 and b.body == wanted, "hostile: a part is not served as the whole", b.raw[:100])
b = ask(path, Range="bytes=" + ",".join("0-" for _ in range(400)))
say(b.status == 200 and b.body == wanted, "hostile: four hundred ranges", b.raw[:100])
b = ask(path, Accept_Encoding=", ".join(["gzip;q=0.1"] * 600))
say(b.status == 200, "hostile: six hundred encodings", b.raw[:100])
b = ask(path, If_None_Match=", ".join(['"x"'] * 1500))
say(b.status == 200 and b.body == wanted, "hostile: fifteen hundred ETags", b.raw[:100])
b = ask(path, Cookie="a=" + "b" * 5000, X_Forwarded_For="127.0.0.1, " * 100, X_Original_URL="/metrics", X_HTTP_Method_Override="DELETE")
say(b.status == 200 and b.body == wanted, "hostile: headers that other servers obey", b.raw[:100])
b = ask(path, method="DELETE")
say(b.headers.get("allow") == "GET, HEAD", "405 names what is allowed", b.headers)
slow = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(100)]
for s in slow:
    s.sendall(b"GET /health HT")
say(ask(path).status == 200, "hostile: a hundred clients that stop in the middle keep nobody out")
for s in slow:
    s.close()
for _ in range(150):
    last = ask(f"/ics/{'a' * 32}/toban.ics")
say(last.status == 429, "guessing is slowed down", last.raw[:100])
say(ask(path).status == 200 and ask(path, If_None_Match=etag).status == 304, "and a known address is answered all the same")
b = ask("/metrics")
say(b.status == 200 and token.encode() not in b.body and b"toban_feeds 3" in b.body, "/metrics counts without naming", b.body)
