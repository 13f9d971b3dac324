"""The office's pages asked as a browser asks them, and as it never would. Prints "STATUS NAME" for each thing seen (0: as it should be).
office_client.py TOBAN DB AT [EDITS]"""
import base64
import concurrent.futures
import glob
import hashlib
import hmac
import html
import http.client
import os
import re
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import time
import urllib.parse

TOBAN, DB, AT = sys.argv[1:4]
EDITS = int(sys.argv[4]) if len(sys.argv) > 4 else 40
PASSWORD = "himitsu-no-kotoba"


def say(good, name, more=""):
    print(f"{0 if good else 1} {name}", flush=True)
    if not good:
        print(f"{name}: {more}"[:600], file=sys.stderr)


class Office:
    """toban office on a port of its own."""

    def __init__(self):
        self.log = open(DB + ".office.log", "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [TOBAN, "office", "--port", "0", "--db", DB, "--lang", "ja", "--at", AT],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/first/\S+)?", line)
        self.port = int(found.group(1))
        self.first = found.group(2)

    def worker(self):
        """The process that answers: the child of the one that watches."""
        for stat in glob.glob("/proc/[0-9]*/stat"):
            try:
                text = open(stat, encoding="utf-8").read()
            except OSError:
                continue  # it has ended
            if int(text.rsplit(")", 1)[1].split()[1]) == self.process.pid:
                return int(text.split()[0])
        raise RuntimeError("nobody answers")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


class Browser:
    """A session: its cookie, and the word of its forms."""

    def __init__(self, office):
        self.office = office
        self.cookie = None
        self.session = None
        self.form = ""

    def ask(self, method, path, body=None, headers=None, own=True):
        c = http.client.HTTPConnection("127.0.0.1", self.office.port, timeout=30)
        h = {"Host": f"127.0.0.1:{self.office.port}"}
        if self.cookie and own:
            h["Cookie"] = self.cookie
        if isinstance(body, (dict, list)):
            body = urllib.parse.urlencode(body)
        if body is not None:
            h["Content-Type"] = "application/x-www-form-urlencoded"
        h.update(headers or {})
        c.request(method, path, body=body, headers=h)
        r = c.getresponse()
        text = r.read().decode("utf-8", "replace")
        cookie = r.getheader("Set-Cookie")
        if cookie and own:
            self.cookie = cookie.split(";")[0]
            if self.cookie.startswith("toban="):
                self.session = self.cookie
        found = re.search(r'name="form" value="([^"]+)"', text)
        if found:
            self.form = found.group(1)
        return r.status, text, r

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, fields, **more):
        return self.ask("POST", path, body={"form": self.form, **fields}, **more)

    def login(self, name, password=PASSWORD, code=""):
        status, text, _ = self.ask("POST", "/login", body={"login": name, "password": password, "code": code})
        if status == 303:
            self.get("/m")
        return status, text

    def revision(self, draft):
        return re.search(r'data-revision="(\d+)"', self.get(f"/d/{draft}")[1]).group(1)


def totp(secret):
    """RFC 6238, by hand."""
    step = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


def toban(*args, stdin=None):
    return subprocess.run([TOBAN, *args, "--db", DB, "--lang", "ja", "--at", AT], input=stdin, capture_output=True, text=True, check=False)


def door(office):
    """The first account, log-in, sessions."""
    me = Browser(office)
    say(office.first is not None, "the first start prints an address that makes the first user")
    key = office.first.rsplit("/", 1)[1]
    status, text, answer = me.get(office.first)
    say(status == 200 and "はじめの利用者" in text, "it asks for a name and a password")
    policy = answer.getheader("Content-Security-Policy") or ""
    say("default-src 'none'" in policy and "require-trusted-types-for 'script'" in policy and answer.getheader("Cache-Control") == "no-store",
        "its answers name what a browser may do, and are kept nowhere", policy)
    status, text, _ = me.ask("POST", "/first", body={"key": key, "name": "北川", "login": "kitagawa", "password": "short"})
    say(status == 400 and "10 文字" in text, "a short password is refused with what would be right", text)
    fields = {"key": key, "name": "北川", "login": "kitagawa", "password": PASSWORD}
    status, _, answer = me.ask("POST", "/first", body=fields)
    cookie = answer.getheader("Set-Cookie") or ""
    say(status == 303 and "HttpOnly" in cookie and "SameSite=Lax" in cookie, "the first user is logged in", cookie)
    status, text, _ = Browser(office).ask("POST", "/first", body={**fields, "login": "other"})
    say(status == 410, "the address opens once", f"{status} {text}")
    say(Browser(office).get(office.first)[0] == 410, "and shows no form any more")
    say(me.get("/m")[0] == 200, "the months are shown")
    other = Browser(office)
    status, wrong_password = other.login("kitagawa", "not-the-password")
    status2, wrong_name = Browser(office).login("nobody", "not-the-password")
    clean = lambda t: re.sub(r'value="[^"]*"', "", t)
    say(status == status2 == 403 and clean(wrong_password) == clean(wrong_name), "a wrong name and a wrong password are answered alike")
    other.cookie = "toban=" + "A" * 43
    planted = other.cookie
    say(other.get("/m")[0] == 303, "a session that somebody made up is none")
    status, _ = other.login("kitagawa")
    say(status == 303 and other.cookie != planted, "log-in gives a new session, whatever was planted")
    stolen = other.cookie
    say(other.post("/logout", {})[0] == 303, "log-out")
    thief = Browser(office)
    thief.cookie = stolen
    say(thief.get("/m")[0] == 303, "a session that was ended is none")
    twice = Browser(office)
    twice.cookie = me.cookie + "; " + me.cookie
    say(twice.get("/m")[0] == 303, "two cookies of the name are none")
    for _ in range(5):
        other.login("shared", "not-the-password")
    status, text = other.login("shared", "not-the-password")
    say(status == 429 and "15 分" in text, "after five attempts that failed there is a pause", f"{status} {text}")
    # a code of the telephone
    toban("user", "add", "denwa", "--name", "電話の人", "--role", "office", stdin=PASSWORD + "\n")
    told = toban("user", "totp", "denwa").stdout
    secret = re.search(r"[A-Z2-7]{32}", told).group(0)
    phone = Browser(office)
    status, text = phone.login("denwa")
    say(status == 403 and "どれかが違います" in text, "who has a code is not let in without it, and told no more than others")
    one = totp(secret)
    say(phone.login("denwa", code="000000" if one != "000000" else "111111")[0] == 403, "a wrong code is refused")
    say(phone.login("denwa", code=one)[0] == 303, "and let in with the right one")
    say(Browser(office).login("denwa", code=one)[0] == 403, "a code is used once")
    return me


def strangers(office, me):
    """What never comes from a page of ours."""
    bad = []
    paths = ["/", "/m", "/d/1", "/d/1/people", "/d/1/thin", "/d/1/edits", "/d/1/publish", "/d/1/replan", "/todo", "/publications",
             "/users", "/coming", "/ledger", "/sent", "/jobs/1", "/all", "/compare"]
    stranger = Browser(office)
    for path in paths:
        status, text, answer = stranger.get(path)
        if status != 303 or answer.getheader("Location") not in ("/login",) or "医師" in text:
            bad.append(f"GET {path} {status}")
    posts = ["/d/1/assign", "/d/1/leave", "/d/1/undo", "/d/1/redo", "/d/1/pin", "/d/1/forbid", "/d/1/exchange", "/d/1/exception",
             "/d/1/publish", "/plan", "/users", "/logout", "/replace", "/sent", "/jobs/1"]
    for path in posts:
        if stranger.ask("POST", path, body={"form": me.form})[0] != 303:
            bad.append(f"POST {path} by a stranger")
        if me.ask("POST", path, body={"form": "x" * 43})[0] != 403:
            bad.append(f"POST {path} with a forged form")
        if me.ask("POST", path, body={})[0] != 403:
            bad.append(f"POST {path} without its word")
        if me.post(path, {}, headers={"Origin": "https://evil.example"})[0] != 403:
            bad.append(f"POST {path} from elsewhere")
        if me.post(path, {}, headers={"Sec-Fetch-Site": "cross-site"})[0] != 403:
            bad.append(f"POST {path} from another site")
    for path in ("/m", "/login", "/d/1"):
        if me.get(path, headers={"Host": "evil.example"})[0] != 403:
            bad.append(f"GET {path} by another name")
    say(not bad, f"{len(paths) + 5 * len(posts) + 3} requests of strangers and other sites change and show nothing", "; ".join(bad))
    bad = []
    odd = [("/d/0", 404), ("/d/x", 404), ("/d/99999999999999999999", 404), ("/d/1/../../etc/passwd", 404), ("/d/%2e%2e", 404), ("/d/1/nothing", 404),
           ("/d/999999", 404), ("/jobs/x", 404), ("/static/..", 404), ("/d/1?seat=nothing", 400), ("/d/1?seet=x", 400),
           ("/d/1?seat=a&seat=b", 400), ("/d/1?seat=%ff", 400), ("/ledger?year=x", 400), ("/ledger?year=99999999999", 400), ("/diff?a=x", 400),
           ("/diff", 400), ("/sent?number=99", 404), ("/replace", 400), ("/replace?seat=x", 400), ("/d/1/places?provider=x", 400)]
    for path, wanted in odd:
        status, text, _ = me.get(path)
        if status != wanted or "SELECT" in text or DB in text:
            bad.append(f"{path} {status}")
    say(not bad, f"{len(odd)} addresses that lead nowhere are refused, without a path or SQL", "; ".join(bad))
    bad = []
    raw = [("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n", b"413"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\na=b", b"400"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b", b"415"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n", b"411"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nlogin=", b"403"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nlogin=%00", b"400"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nlogin=%zz", b"400"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\nxxx=y", b"400"),
           ("POST /login HTTP/1.1\r\nHost: {h}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 15\r\n\r\nlogin=a&login=b", b"400"),
           ("PUT /login HTTP/1.1\r\nHost: {h}\r\nContent-Length: 0\r\n\r\n", b"405"),
           ("DELETE /d/1 HTTP/1.1\r\nHost: {h}\r\n\r\n", b"405"),
           ("GET /m HTTP/1.1\r\nHost: {h}\r\nContent-Length: 5\r\n\r\nhello", b"413"),
           ("GET /m HTTP/1.1\r\nHost: {h}\r\nHost: evil\r\n\r\n", b"400"),
           ("GET /m HTTP/1.1\r\n\r\n", b"400"),
           ("GET http://evil/ HTTP/1.1\r\nHost: {h}\r\n\r\n", b"400"),
           ("GET /" + "a" * 2000 + " HTTP/1.1\r\nHost: {h}\r\n\r\n", b"414"),
           ("GET /m HTTP/1.1\r\nHost: {h}\r\nX: " + "a" * 40000 + "\r\n\r\n", b"431")]
    for text, wanted in raw:
        s = socket.create_connection(("127.0.0.1", office.port), timeout=10)
        try:
            s.sendall(text.format(h=f"127.0.0.1:{office.port}").encode())
            got = s.recv(200)
        except OSError as e:
            got = str(e).encode()
        s.close()
        if wanted not in got[:20]:
            bad.append(f"{text[:60]!r} {got[:40]!r}")
    say(not bad, f"{len(raw)} requests that are no proper ones are refused", "; ".join(bad))
    slow = [socket.create_connection(("127.0.0.1", office.port), timeout=10) for _ in range(60)]
    for s in slow:
        s.sendall(f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{office.port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nl".encode())
    began = time.monotonic()
    status = me.get("/m")[0]
    say(status == 200 and time.monotonic() - began < 2, "sixty who send slowly keep nobody waiting")
    for s in slow:
        s.close()


SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def scripts(me):
    """Nothing that is typed becomes markup."""
    bad = []
    for path, fields in [("/users", {"what": "add", "login": SCRIPT, "name": SCRIPT, "password": PASSWORD, "role": SCRIPT, "bodies": SCRIPT}),
                         ("/plan", {"period": SCRIPT, "duty": SCRIPT}),
                         ("/d/1/assign", {"seat": SCRIPT, "provider": SCRIPT, "revision": "0"}),
                         ("/d/1/exception", {"seat": SCRIPT, "provider": SCRIPT, "revision": "0", "reason": SCRIPT, "signed-by": SCRIPT}),
                         ("/d/1/publish", {"what": SCRIPT, "note": SCRIPT}),
                         ("/replace", {"seat": SCRIPT, "provider": SCRIPT, "said": SCRIPT})]:
        status, text, answer = me.post(path, fields)
        if status == 303:
            text = me.get(answer.getheader("Location"))[1]
        if "<script>alert" in text or "<img src=x" in text:
            bad.append(path)
    status, text, _ = me.post("/users", {"what": "add", "login": "namae", "name": SCRIPT, "password": PASSWORD, "role": "director"})
    if "<script>alert" in text or html.escape("<script>alert(1)</script>") not in text:
        bad.append("the list of users")
    say(not bad, "script in every field stays text", "; ".join(bad))


def seats_of(text):
    """(seat, who) of each cell of a page."""
    out = []
    for href in re.findall(r'class="seat[^"]*" href="([^"]+)"', text):
        q = urllib.parse.parse_qs(urllib.parse.urlsplit(html.unescape(href)).query)
        out.append((q["seat"][0], q.get("who", [None])[0]))
    return out


def candidates(text, mark):
    """Providers that may be put in by a press, of the group with this mark."""
    part = text.split(f"<h3>{mark}")[1].split("<h3>")[0]
    return re.findall(r'name="provider" value="([^"]+)"', part)


def work(office, me, draft):
    """A month worked on by hand: verdict, undo, redo, exchange, pin, exception."""
    status, text, _ = me.get(f"/d/{draft}")
    cells = seats_of(text)
    say(status == 200 and len(cells) > 100 and "必須違反" in text, "the month stands on one page", f"{status} {len(cells)}")
    seat, who = cells[0]
    query = urllib.parse.urlencode({"seat": seat, "who": who})
    text = me.get(f"/d/{draft}?{query}")[1]
    say("入れる" in text and "できれば避ける" in text and "入れない" in text and "tel:" in text, "the list of a seat has three groups, reasons, telephones")
    may = candidates(text, "○") or candidates(text, "△")
    status, _, answer = me.post(f"/d/{draft}/assign", {"seat": seat, "provider": may[0], "instead-of": who, "revision": "0"})
    where = answer.getheader("Location") or ""
    say(status == 303 and where.startswith(f"/d/{draft}?seat="), "who is pressed sits there", f"{status} {where}")
    say((seat, may[0]) in seats_of(me.get(f"/d/{draft}")[1]), "and is shown there")
    status, text, _ = me.post(f"/d/{draft}/assign", {"seat": seat, "provider": who, "instead-of": may[0], "revision": "0"})
    say(status == 412 and "北川" in text, "who looked at an older state is told who was faster", f"{status}")
    status, text, _ = me.post(f"/d/{draft}/undo", {"revision": "1"}, headers={"X-Toban-Part": "1"})
    say(status == 200 and "<html" not in text and 'id="facts"' in text, "a script gets the part that changed")
    say((seat, who) in seats_of(me.get(f"/d/{draft}")[1]), "undone")
    me.post(f"/d/{draft}/redo", {"revision": "2"})
    say((seat, may[0]) in seats_of(me.get(f"/d/{draft}")[1]), "done again")
    a, b = cells[2], next(c for c in cells[6:] if c[0].split(":")[0] == cells[2][0].split(":")[0] and c[0].count(":") == cells[2][0].count(":"))
    me.post(f"/d/{draft}/exchange", {"seat": a[0], "provider": a[1], "with": f"{b[0]}={b[1]}", "revision": "3"})
    now = seats_of(me.get(f"/d/{draft}")[1])
    say((a[0], b[1]) in now and (b[0], a[1]) in now, "two seats are exchanged as one change", f"{a} {b}")
    me.post(f"/d/{draft}/undo", {"revision": "4"})
    now = seats_of(me.get(f"/d/{draft}")[1])
    say(a in now and b in now, "and taken back as one")
    me.post(f"/d/{draft}/leave", {"seat": a[0], "provider": a[1], "revision": "5"})
    text = me.get(f"/d/{draft}")[1]
    say("空席</dt><dd><a" in text and "空席・違反を直してから" in text, "an open seat is said, and keeps from going on")
    page = me.get(f"/d/{draft}?{urllib.parse.urlencode({'seat': a[0]})}")[1]
    link = re.search(r'href="(/d/\d+/exception\?[^"]+)"', page)
    say(link is not None, "who may not can be taken with a signature")
    form = me.get(html.unescape(link.group(1)))[1]
    provider = re.search(r'name="provider" value="([^"]+)"', form).group(1)
    status, text, _ = me.post(f"/d/{draft}/exception", {"seat": a[0], "provider": provider, "revision": "6", "reason": "", "signed-by": ""})
    say(status == 400 and "理由" in text, "but not without reason and name")
    status, _, _ = me.post(f"/d/{draft}/exception", {"seat": a[0], "provider": provider, "revision": "6", "reason": "ほかにいない", "signed-by": "白峯"})
    text = me.get(f"/d/{draft}")[1]
    say(status == 303 and (a[0], provider) in seats_of(text) and "特例</span>" in text, "signed for, he sits there and it shows")
    status, text, _ = me.get(f"/d/{draft}/places?provider={may[0]}")
    say(status == 200 and '"mark":"' in text.replace(" ", ""), "where somebody may go")
    for view, word in [("thin", "手薄な日"), ("edits", "手直しの記録"), ("people", "持越し"), ("replan", "作り直す"), ("publish", "公表の前に")]:
        status, text, _ = me.get(f"/d/{draft}/{view}")
        say(status == 200 and word in text, f"the page {view}", f"{status}")


def two_clerks(office, draft):
    """Both change one month at once: each change is there, or its maker was told."""
    def clerk(login, first):
        b = Browser(office)
        b.login(login)
        done = refused = 0
        cells = [c for c in seats_of(b.get(f"/d/{draft}")[1]) if c[0].endswith(":reserve")]
        for i in range(EDITS // 2):
            seat, _ = cells[(first + 2 * i) % len(cells)]
            while True:
                revision = b.revision(draft)
                now = dict(seats_of(b.get(f"/d/{draft}")[1]))
                who = now.get(seat)
                act, fields = ("leave", {"provider": who}) if who else ("undo", {})
                status, text, _ = b.post(f"/d/{draft}/{act}", {"seat": seat, "revision": revision, **fields})
                if status == 303:
                    done += 1
                    break
                if status != 412:
                    raise RuntimeError(f"{act} {status} {text[:300]}")
                refused += 1
        return done, refused
    before = int(Browser_revision(office, draft))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        got = [f.result() for f in [pool.submit(clerk, "kitagawa", 0), pool.submit(clerk, "minami", 1)]]
    after = int(Browser_revision(office, draft))
    done = sum(d for d, _ in got)
    say(done == EDITS and after - before == EDITS, f"{EDITS} changes of two clerks at once: all are there, {sum(r for _, r in got)} were told that the other was faster",
        f"{got} {before} {after}")


def Browser_revision(office, draft):
    b = Browser(office)
    b.login("kitagawa")
    return b.revision(draft)


def bodies(office, draft):
    """A clerk of one association leaves the others' duties alone."""
    b = Browser(office)
    say(b.login("hakusan")[0] == 303, "a clerk of one body logs in")
    status, text, _ = b.get(f"/d/{draft}")
    cells = seats_of(text)
    seat, who = cells[0]
    status, text, _ = b.post(f"/d/{draft}/leave", {"seat": seat, "provider": who, "revision": b.revision(draft)})
    say(status == 409 and "hnma" not in text.split("msg stop")[0], "another body's seat is not his to change", f"{status} {text[:200]}")
    say((seat, who) in seats_of(b.get(f"/d/{draft}")[1]), "and stays as it was")
    say(b.get("/users")[0] == 409, "nor are the users")
    director = Browser(office)
    director.login("riji")
    status, text, _ = director.get(f"/d/{draft}")
    say(status == 200 and "席から外す" not in text, "a director reads, and is shown no way to change")
    status, text, _ = director.post(f"/d/{draft}/leave", {"seat": seat, "provider": who, "revision": director.revision(draft)})
    say(status == 409 and "担当理事" in text and (seat, who) in seats_of(director.get(f"/d/{draft}")[1]), "nor can he", f"{status}")


def kills(office, me, draft, times):
    """The process that answers is killed: what was acknowledged is there, the session too, and it answers again."""
    bad, slowest, jobs = [], 0, []
    for i in range(times):
        before = int(me.revision(draft))
        cells = [c for c in seats_of(me.get(f"/d/{draft}")[1]) if c[1] and not c[0].endswith(":reserve")]
        seat, who = cells[i % len(cells)]
        status, _, _ = me.post(f"/d/{draft}/leave", {"seat": seat, "provider": who, "revision": str(before)})
        if i % 2 == 0:
            jobs.append(me.post("/plan", {"period": "2027-03", "kind": "try", "without": who})[2].getheader("Location") or "none")
        os.kill(office.worker(), signal.SIGKILL)
        began = time.monotonic()
        while True:
            try:
                got, text, _ = me.get(f"/d/{draft}")
                break
            except OSError:
                if time.monotonic() - began > 10:
                    raise
                time.sleep(0.02)
        slowest = max(slowest, time.monotonic() - began)
        if status != 303 or got != 200 or (seat, who) in seats_of(text):
            bad.append(f"{i}: {status} {got}")
        me.post(f"/d/{draft}/undo", {"revision": str(before + 1)})
    say(not bad and slowest < 2, f"killed {times} times: no edit and no session lost, answered again within {slowest:.1f} s", "; ".join(bad))
    ends = [wait_for(me, job) for job in jobs]
    say(all("できました" in x for x in ends), f"and none of {len(jobs)} jobs that were told of", "; ".join(f"{j} {x[-300:]}" for j, x in zip(jobs, ends) if "できました" not in x))


def wait_for(me, job, until=None):
    """The page of a job when it has ended, or says what is waited for."""
    text = ""
    for _ in range(600):
        text = me.get(job)[1]
        if "data-running" not in text or (until and until in text):
            break
        time.sleep(0.1)
    return text


def plan(office, me):
    """A plan as a job, to its draft."""
    status, _, answer = me.post("/plan", {"period": "2027-02"})
    job = answer.getheader("Location") or ""
    say(status == 303 and job.startswith("/jobs/"), "a plan begins as a job", f"{status} {job}")
    text = wait_for(me, job)
    then = re.search(r'data-then="(/d/\d+)"', text)
    say(then is not None, "and ends with a draft", text[-600:])
    status, _, answer = me.post("/plan", {"period": "no-such-period"})
    job = answer.getheader("Location")
    text = wait_for(me, job)
    say("msg stop" in text and "no-such-period" in text, "one that cannot be says why")
    drafts = me.get("/m")[1].count('href="/d/')
    one = seats_of(me.get(then.group(1))[1])[0][1]
    job = me.post("/plan", {"period": "2027-02", "kind": "try", "without": one, "off": ["no-such-rule"]})[2].getheader("Location")
    text = wait_for(me, job)
    say("msg stop" in text and "no-such-rule" in text, "a trial without a rule that is not there says so", text[-600:])
    job = me.post("/plan", {"period": "2027-02", "kind": "try", "without": one})[2].getheader("Location")
    text = wait_for(me, job)
    say("できました" in text and "data-then" not in text and me.get("/m")[1].count('href="/d/') == drafts, "a trial tells what would differ and stores nothing", text[-600:])
    job = me.post("/plan", {"period": "FY2027", "duty": "night-paed"})[2].getheader("Location")
    text = wait_for(me, job, "見つかっています")
    me.post(job, {"take": "1"})
    text = wait_for(me, job)
    say("data-then" in text, "one that is stopped with the best so far has a draft", text[-900:])
    return then.group(1).rsplit("/", 1)[1] if then else "1"


def practice(me, draft):
    """On a copy everything may be tried."""
    real = me.session
    status, _, answer = me.post("/practice", {"what": "begin"})
    say(status == 303 and "toban-practice=1" in (answer.getheader("Set-Cookie") or ""), "practising begins on a copy")
    copy = Browser(me.office)
    copy.cookie, copy.form = f"{real}; toban-practice=1", me.form
    text = copy.get(f"/d/{draft}")[1]
    seat, who = seats_of(text)[1]
    say("練習" in text and "練習を終える" in text, "practising is said on the page")
    status, _, _ = copy.ask("POST", f"/d/{draft}/leave", body={"form": copy.form, "seat": seat, "provider": who, "revision": copy.revision(draft)}, own=True)
    say(status == 303 and (seat, who) not in seats_of(copy.get(f"/d/{draft}")[1]), "what is tried shows on the copy")
    status, text, _ = copy.get("/users")
    say(status == 409 and "練習" in text, "who may log in is not practised with", f"{status}")
    me.cookie = real
    text = me.get(f"/d/{draft}")[1]
    say((seat, who) in seats_of(text) and "練習を終える" not in text, "and nothing of it is in the real one")
    say('"kind": "backup"' in toban("todo", "--json").stdout, "a copy to practise on is no backup")
    director = Browser(me.office)
    director.login("riji")
    status, _, _ = director.post("/practice", {"what": "begin"})
    say(status == 409 and os.path.exists(DB + ".practice"), "a director does not begin it, and takes nobody's copy away", f"{status}")


def publish(me, draft):
    """Published from the page; who cannot come is replaced by telephone."""
    status, text, _ = me.get(f"/d/{draft}/publish")
    say(status == 200 and "公表は取り消せません" in text, "before publication it says what changes")
    status, _, _ = me.post(f"/d/{draft}/publish", {"what": "publish", "note": "二月"})
    say(status == 303 and "二月" in me.get("/publications")[1], "published")


def unreadable(office, me):
    """Why a file cannot be read is nothing for those who ask."""
    bad = []

    def seen(what, status, wanted, text):
        if status != wanted or os.path.dirname(DB) in text or "SQL" in text:
            bad.append(f"{what} {status} {text[-300:]}")

    os.chmod(DB + ".office", 0o644)
    seen("log-in", *Browser(office).ask("POST", "/login", body={"login": "kitagawa", "password": PASSWORD, "code": ""})[:1], 500,
         Browser(office).ask("POST", "/login", body={"login": "kitagawa", "password": PASSWORD, "code": ""})[1])
    status, text, _ = Browser(office).get("/first/" + "x" * 43)
    seen("the first address", status, 500, text)
    os.chmod(DB + ".office", 0o600)
    held = sqlite3.connect(DB, isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    status, text, _ = me.get("/m")
    seen("a page while others write", status, 503, text)
    held.execute("ROLLBACK")
    held.close()
    say(not bad, "no page and no door tells a path or SQL when a file cannot be read", "; ".join(bad))


def numbers(me, draft):
    """What is no number is refused, and taken for none."""
    bad = [f"GET number={x}" for x in ("abc", "1x", "-1", "99999999999999999999") if me.get(f"/sent?number={x}")[0] != 400]
    bad += [f"POST number={x}" for x in ("abc", "1x") if me.post("/sent", {"number": x, "recipient": "*", "what": "sent"})[0] != 400]
    seat, who = next(c for c in seats_of(me.get(f"/d/{draft}")[1]) if c[1])
    bad += [f"revision={x}" for x in ("abc", "0x", "") if me.post(f"/d/{draft}/leave", {"seat": seat, "provider": who, "revision": x})[0] != 400]
    say(not bad, "what is no number is refused and taken for none", "; ".join(bad))


def all_duties(me):
    """A draft of some days lies over what is published on these days alone, and an older open one beside it stays in sight."""
    def cells():
        text = me.get("/all?month=2027-02")[1]
        body = re.search(r"<tbody>(.*?)</tbody>", text, re.S)
        rows = re.findall(r"<tr.*?</tr>", body.group(1), re.S) if body else []
        return [[re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<td.*?</td>", r, re.S)] for r in rows], text
    before, _ = cells()
    made = []
    for period in ("2027-02-10..2027-02-12", "2027-02-20..2027-02-21"):
        text = wait_for(me, me.post("/plan", {"period": period, "kind": "replan", "duty": "night-paed"})[2].getheader("Location"))
        made += re.findall(r'data-then="/d/(\d+)"', text)
    text = me.get(f"/compare?a={made[0]}&b={made[1]}")[1]
    say("同じ席を決める案ではない" in text and "<td" not in text.split("比べられません")[1], "drafts that decide no seat together are not compared seat by seat")
    after, text = cells()
    filled = lambda rows: [[bool(c) for c in r] for r in rows]
    column = next(i for i, c in enumerate(after[9]) if c.startswith("案")) if any(c.startswith("案") for c in after[9]) else 0
    days = [i + 1 for i, r in enumerate(after) if r[column].startswith("案")]
    say(filled(before) == filled(after), "drafts of some days take no other day off the page of all duties", f"{before[0]} {after[0]}")
    say(days == [10, 11, 12, 20, 21], "and what is only a draft says so, of each of two drafts", f"{days}")


def office_file(me):
    """The file beside the data file: one of before jobs were kept is brought up; what kills the process again and again is given up."""
    file = sqlite3.connect(DB + ".office", isolation_level=None)
    file.execute("DROP TABLE jobs")
    file.execute("PRAGMA user_version=1")
    me.office = Office()
    location = me.post("/plan", {"period": "2027-03", "kind": "try", "duty": "night-paed"})[2].getheader("Location") or "none"
    say("できました" in wait_for(me, location), "a file of before jobs were kept is brought up by itself", location)
    me.office.end()
    file.execute("UPDATE jobs SET state = 0, tries = 1000, said = ''")
    me.office = Office()
    text = wait_for(me, location)
    say("msg stop" in text and "data-running" not in text, "a job that kills the process each time is given up, and says so", text[-400:])
    file.close()
    return me.office


def main():
    office = Office()
    me = door(office)
    strangers(office, me)
    scripts(me)
    for login, name, role in [("minami", "南", "office"), ("hakusan", "白山の事務", "office:hnma"), ("riji", "担当理事", "director")]:
        toban("user", "add", login, "--name", name, "--role", role, stdin=PASSWORD + "\n")
    draft = plan(office, me)
    numbers(me, draft)
    work(office, me, draft)
    bodies(office, draft)
    two_clerks(office, draft)
    kills(office, me, draft, 5 if EDITS < 100 else 100)
    fresh = plan(office, me)
    practice(me, fresh)
    publish(me, fresh)
    all_duties(me)
    unreadable(office, me)
    began = time.monotonic()
    code = office.end()
    say(code == 0 and time.monotonic() - began < 6, "it ends when it is told to", f"{code}")
    again = Office()
    say(again.first is None, "a second start prints no address for a first user")
    me.office = again
    say(me.get("/m")[0] == 200, "a session lives on over a restart")
    again.end()
    office_file(me).end()
    log = open(DB + ".office.log", encoding="utf-8").read()
    dump = subprocess.run(["sqlite3", DB, ".dump"], capture_output=True, text=True, check=False).stdout
    secret = me.cookie.split("=")[1]
    say(not any(w in log or w in dump for w in (PASSWORD, secret, "$argon2id$")), "no password and no session in the log or the data file")
    held = open(DB + ".office", "rb").read()
    say(PASSWORD.encode() not in held and secret.encode() not in held and b"$argon2id$" in held, "and beside it as hashes alone")
    say(os.stat(DB + ".office").st_mode & 0o077 == 0, "for its owner's eyes alone")


if __name__ == "__main__":
    main()
