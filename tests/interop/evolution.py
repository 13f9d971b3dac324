# SPDX-License-Identifier: GPL-3.0-or-later
"""Evolution's calendar server, subscribed to feeds (webcal). Run under dbus-run-session, with directories of its own that stay from one run to the next.

  evolution.py OUT-DIR NAME=URL ...    writes OUT-DIR/NAME: day and hour as told, status, title, with tabs
"""
import pathlib
import sys
import time

import gi

gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
from gi.repository import ECal, EDataServer, GLib  # noqa: E402

out = pathlib.Path(sys.argv[1])
clients = {}
registry = EDataServer.SourceRegistry.new_sync(None)
for feed in sys.argv[2:]:
    name, _, url = feed.partition("=")
    source = registry.ref_source(name)
    if source is None:
        source = EDataServer.Source.new_with_uid(name, None)
        source.set_display_name(name)
        source.set_parent("webcal-stub")
        source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("webcal")
        source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_uri(GLib.Uri.parse(url, GLib.UriFlags.NONE))
        source.get_extension(EDataServer.SOURCE_EXTENSION_SECURITY).set_method("none")
        registry.commit_source_sync(source, None)
        time.sleep(1)
    clients[name] = ECal.Client.connect_sync(registry.ref_source(name), ECal.ClientSourceType.EVENTS, 1, None)
    clients[name].refresh_sync(None)
time.sleep(8)  # the refreshes go on behind the calls
for name, client in clients.items():
    lines = []
    for o in client.get_object_list_sync("#t", None)[1]:
        at = o.get_dtstart().as_ical_string()
        lines.append(f"{at[:4]}-{at[4:6]}-{at[6:8]}T{at[9:11]}:{at[11:13]}\t{o.get_status().value_nick.upper()}\t{o.get_summary()}\n")
    (out / name).write_text("".join(sorted(lines)))
