// SPDX-License-Identifier: GPL-3.0-or-later
// Events of every feed in DIR/ics as node-ical reads them: node read_nodeical.js DIR MODULES
"use strict";
const fs = require("fs");
const path = require("path");

const [dir, modules] = process.argv.slice(2);
const ical = require(require.resolve("node-ical", { paths: [modules] }));
const utc = (date) => date.toISOString().replace(/[-:]/g, "").replace(".000", "");

for (const name of fs.readdirSync(path.join(dir, "ics")).filter((f) => f.endsWith(".ics")).sort()) {
  // Properties of the calendar itself stand beside the events; only the latter have this type.
  Object.values(ical.sync.parseFile(path.join(dir, "ics", name)))
    .filter((e) => e.type === "VEVENT")
    .map((e) => [name, e.uid, utc(e.start), utc(e.end), e.summary].join("\t"))
    .sort()
    .forEach((line) => console.log(line));
}
