// The office in a browser, in milliseconds: from a press to what is seen. office.js TOBAN DB AT TIMES; one line of JSON.
'use strict';
const { spawn } = require('child_process');
const path = require('path');
const { chromium } = require(path.join(process.env.MODULES, 'playwright-core'));
const [toban, db, at, times] = process.argv.slice(2);
const median = (v) => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];

function begin() {
  const p = spawn(toban, ['office', '--port', '0', '--db', db, '--lang', 'ja', '--at', at], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done) => p.stdout.on('data', (d) => done({ p, base: /http:\/\/127\.0\.0\.1:\d+/.exec(d)[0] })));
}

async function main() {
  const office = await begin();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  await page.goto(`${office.base}/login`);
  await page.fill('#login', 'bench');
  await page.fill('#password', 'himitsu-no-kotoba');
  await page.click('button');
  await page.waitForURL('**/m');
  const months = [], lists = [], fetched = [], verdicts = [];
  let bytes = 0, nodes = 0;
  for (let i = 0; i < Number(times); i++) {
    await page.goto(`${office.base}/d/1`);
    const t = await page.evaluate(() => {
      const n = performance.getEntriesByType('navigation')[0];
      return [n.domContentLoadedEventEnd - n.requestStart, n.transferSize, document.getElementsByTagName('*').length];
    });
    months.push(t[0]);
    [bytes, nodes] = [t[1], t[2]];
  }
  // From inside the page: a press, then the moment at which what it shows is there.
  const timed = (row, column, what) => page.evaluate(([r, c, w]) => new Promise((done) => {
    const seat = document.querySelector(`#grid tbody tr:nth-child(${r}) td:nth-child(${c}) .seat`);
    const began = performance.now();
    const seen = new MutationObserver(() => {
      if (w === 'list' ? !document.querySelector('#side .cand') || document.querySelector('#side').dataset.old : document.querySelector('#grid').dataset.revision === w) return;
      seen.disconnect();
      done(performance.now() - began);
    });
    seen.observe(document.querySelector('#work'), { childList: true, subtree: true, attributes: true });
    if (w === 'list') {
      const side = document.querySelector('#side');
      side.dataset.old = '1';
      seat.click();
    } else document.querySelector('#side .cand button').click();
  }), [row, column, what]);
  for (let i = 0; i < Number(times); i++) {
    lists.push(await timed(3 + i % 20, 2 + i % 2, 'list'));
    await page.focus(`#grid tbody tr:nth-child(${3 + (i + 7) % 20}) td:nth-child(6) .seat`);
    await page.waitForTimeout(600);
    fetched.push(await timed(3 + (i + 7) % 20, 6, 'list'));
    verdicts.push(await timed(3 + (i + 7) % 20, 6, await page.getAttribute('#grid', 'data-revision')));
    await page.waitForTimeout(500);
  }
  await browser.close();
  office.p.kill('SIGTERM');
  console.log(JSON.stringify({ month_ms: median(months), month_bytes: bytes, month_nodes: nodes, list_ms: median(lists), list_fetched_ms: median(fetched), verdict_ms: median(verdicts) }));
}
main().then(() => process.exit(0), (e) => { console.error(e.stack); process.exit(1); });
