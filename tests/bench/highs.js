// Solves a CPLEX LP file with the npm package "highs": node highs.js PACKAGE FILE.lp SECONDS; prints status and objective as JSON.
"use strict";
const fs = require("fs");
const path = require("path");
const [, , where, file, seconds] = process.argv;
require(path.resolve(where))().then((highs) => {
  const out = highs.solve(fs.readFileSync(file, "utf8"), { time_limit: Number(seconds), mip_rel_gap: 0, mip_abs_gap: 0.5, output_flag: false });
  console.log(JSON.stringify({ status: out.Status, objective: out.ObjectiveValue }));
});
