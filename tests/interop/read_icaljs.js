// SPDX-License-Identifier: GPL-3.0-or-later
// Events of every feed in DIR/ics as ical.js reads them: node read_icaljs.js DIR MODULES
"use strict";
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

const [dir, modules] = process.argv.slice(2);

function utc(time) {
  return time.toJSDate().toISOString().replace(/[-:]/g, "").replace(".000", "");
}

async function main() {
  const { default: ICAL } = await import(pathToFileURL(path.join(modules, "ical.js", "dist", "ical.js")));
  for (const name of fs.readdirSync(path.join(dir, "ics")).filter((f) => f.endsWith(".ics")).sort()) {
    const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path.join(dir, "ics", name), "utf8")));
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    const lines = calendar.getAllSubcomponents("vevent").map((v) => {
      const event = new ICAL.Event(v);
      return [event.uid, utc(event.startDate), utc(event.endDate), event.summary].join("\t");
    });
    for (const line of lines.sort()) console.log(`${name}\t${line}`);
  }
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
