# SPDX-License-Identifier: GPL-3.0-or-later
"""Thunderbird without a window, subscribed to feeds; what it shows is read from its own database.

  thunderbird.py sync PROFILE NAME=URL ...   subscribes where it is not, lets it fetch, ends it
  thunderbird.py show PROFILE NAME           day and hour in Tokyo, status, title, with tabs
"""
import datetime
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time

SECONDS = 25  # for starting and fetching; it has no sign for "done"


def prefs(feeds):
    yield "app.update.enabled", "false"
    yield "mail.provider.suppress_dialog_on_startup", "true"
    yield "mailnews.start_page.enabled", "false"
    yield "calendar.timezone.useSystemTimezone", "false"
    yield "calendar.timezone.local", '"Asia/Tokyo"'
    for feed in feeds:
        name, _, url = feed.partition("=")
        base = f"calendar.registry.{name}"
        for key, value in (("name", f'"{name}"'), ("type", '"ics"'), ("uri", f'"{url}"'), ("readOnly", "true"), ("cache.enabled", "true")):
            yield f"{base}.{key}", value


def sync(profile, feeds):
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "user.js").write_text("".join(f'user_pref("{k}", {v});\n' for k, v in prefs(feeds)))
    env = dict(os.environ, HOME=str(profile), MOZ_HEADLESS="1")
    p = subprocess.Popen(["thunderbird", "--headless", "--no-remote", "--profile", str(profile)], env=env, start_new_session=True,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(SECONDS)
    os.killpg(p.pid, signal.SIGTERM)
    try:
        p.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(p.pid, signal.SIGKILL)
        p.wait()


def show(profile, name):
    db = sqlite3.connect(profile / "calendar-data" / "cache.sqlite")
    for start, status, title in db.execute("SELECT event_start / 1000000, ical_status, title FROM cal_events WHERE cal_id = ?", (name,)):
        at = datetime.datetime.fromtimestamp(start, datetime.timezone(datetime.timedelta(hours=9)))
        print(at.strftime("%Y-%m-%dT%H:%M"), status, title, sep="\t")


if sys.argv[1] == "sync":
    sync(pathlib.Path(sys.argv[2]), sys.argv[3:])
else:
    show(pathlib.Path(sys.argv[2]), sys.argv[3])
