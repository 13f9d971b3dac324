// SPDX-License-Identifier: GPL-3.0-or-later
// Events of one feed as a JavaScript library reads them, a line each: day and hour in Tokyo, status, title.
//   node feed_state.js icaljs|node-ical MODULES FEED.ics
"use strict";
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

const [reader, modules, file] = process.argv.slice(2);
const tokyo = (date) => new Date(date.getTime() + 9 * 3600 * 1000).toISOString().slice(0, 16);

const readers = {
  async icaljs() {
    const { default: ICAL } = await import(pathToFileURL(path.join(modules, "ical.js", "dist", "ical.js")));
    const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(file, "utf8")));
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    return calendar.getAllSubcomponents("vevent").map((v) => {
      const e = new ICAL.Event(v);
      return [tokyo(e.startDate.toJSDate()), v.getFirstPropertyValue("status"), e.summary];
    });
  },
  async "node-ical"() {
    const ical = require(require.resolve("node-ical", { paths: [modules] }));
    return Object.values(ical.sync.parseFile(file))
      .filter((e) => e.type === "VEVENT")
      .map((e) => [tokyo(e.start), e.status, e.summary]);
  },
};

readers[reader]()
  .then((events) => events.map((e) => e.join("\t")).sort().forEach((line) => console.log(line)))
  .catch((e) => {
    console.error(e);
    process.exit(1);
  });
