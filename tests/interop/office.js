// The office in a browser: from the first address to a published month, with a mouse, with keys alone, without script, on a telephone, with
// large text, in forced colours, on paper; what axe finds.  office.js TOBAN DB AT OUT
// Prints "STATUS NAME" for each thing seen. Milliseconds are for make bench: FIGURES=1 prints them to stderr.
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const modules = process.env.MODULES;
const { chromium } = require(path.join(modules, 'playwright-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core', 'axe.min.js'), 'utf8');
const [toban, db, at, out] = process.argv.slice(2);
const word = 'himitsu-no-kotoba';

const began = Date.now();
const say = (good, name, more) => {
  if (process.env.FIGURES) console.error(`${Date.now() - began} ${name}`);
  console.log(`${good ? 0 : 1} ${name}`);
  if (!good) console.error(`${name}: ${String(more ?? '').slice(0, 700)}`);
};

function begin() {
  const p = spawn(toban, ['office', '--port', '0', '--db', db, '--lang', 'ja', '--at', at], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, fail) => {
    let text = '';
    p.stdout.on('data', (d) => {
      text += d;
      const found = /(http:\/\/127\.0\.0\.1:\d+)(\/first\/\S+)?/.exec(text);
      if (found && text.includes('\n')) done({ p, base: found[1], first: found[2] });
    });
    p.on('exit', () => fail(new Error(`the office ended: ${text}`)));
  });
}

async function findings(page, name) {
  await page.evaluate(axe);
  const r = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  say(r.violations.length === 0, `axe finds nothing on ${name}`, JSON.stringify(r.violations.map((v) => [v.id, v.nodes.slice(0, 2).map((n) => n.html)])));
}
const shot = (page, name) => page.screenshot({ path: path.join(out, `${name}.png`), fullPage: false });
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// Tab until what has the focus is it: a link, button or field by its words or its id. False: the whole page was gone through.
async function reach(page, selector, words, limit = 250) {
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press('Tab');
    const it = await page.evaluate(([s, w]) => {
      const at = document.activeElement;
      return at !== document.body && at.matches(s) && (!w || at.textContent.includes(w));
    }, [selector, words]);
    if (it) return true;
  }
  throw new Error(`no Tab reaches ${selector} ${words ?? ''} on ${page.url()}`);
}

// From the log-in to a published substitute without a pointer.
async function keys(browser, office) {
  const c = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ja-JP' });
  const p = await c.newPage();
  const press = (key) => p.keyboard.press(key);
  const go = async (selector, words, url) => {
    await reach(p, selector, words);
    await press('Enter');
    await p.waitForURL(url, { timeout: 60000 });
  };
  await p.goto(`${office.base}/login`);
  await reach(p, '#login');
  await p.keyboard.type('kitagawa');
  await press('Tab');
  await p.keyboard.type(word);
  await press('Enter');
  await p.waitForURL('**/m');
  await reach(p, '#period');
  await p.keyboard.type('2027-06');
  await press('Enter');
  await p.waitForURL('**/d/*', { timeout: 60000 });
  await p.waitForSelector('#grid[role=grid]');
  await reach(p, '#grid .seat');
  await press('ArrowDown');
  await press('ArrowDown');
  const id = await p.evaluate(() => document.activeElement.closest('td').id);
  const name = () => p.evaluate((i) => document.querySelector(`#${i} .name`)?.textContent ?? '', id);
  const was = await name();
  await press('Enter');
  await p.waitForFunction(() => document.activeElement.closest('#side .cand'));
  await press('Enter');
  await p.waitForFunction(([i, n]) => document.querySelector(`#${i} .name`)?.textContent !== n, [id, was]);
  await p.waitForSelector('#side:not([inert]) .cand');
  await press('Control+z');
  await p.waitForFunction(([i, n]) => document.querySelector(`#${i} .name`)?.textContent === n, [id, was]);
  await p.waitForSelector('#side:not([inert]) .cand');
  await go('#side a.stop', '特例', '**/exception**');
  await reach(p, '#reason');
  await p.keyboard.type('ほかにいないため');
  await press('Tab');
  await p.keyboard.type('白峯 理事');
  await press('Enter');
  await p.waitForURL(/\/d\/\d+\?/);
  await p.waitForSelector('#grid[role=grid]');
  await press('Control+z');
  await p.waitForFunction(([i, n]) => document.querySelector(`#${i} .name`)?.textContent === n, [id, was]);
  await go('#next', undefined, '**/publish');
  await go('button', 'この版を公表する', '**/publications');
  await go('nav a', 'これからの当番', '**/coming');
  await go('table a.btn', undefined, '**/replace**');
  await go('button', '引き受ける', '**with=**');
  await go('button', '公表して', '**/sent**');
  await reach(p, 'button', '全部送った');
  await press('Enter');
  await p.waitForFunction(() => document.querySelector('main').textContent.includes('すべて送りました'));
  await go('nav a', '月表', '**/m');
  await go('a', 'すべての当番を月で見る', '**/all');
  await go('a', '次の月', '**/all?month=**');
  await go('thead a', undefined, '**/d/**');
  await p.waitForSelector('#grid[role=grid]');
  await go('a.btn', '作り直す', '**/replan');
  await reach(p, 'summary', '席に入れない人');
  await press('Enter');
  await reach(p, 'input[name=without]');
  await press('Space');
  await go('button', '試す', '**/jobs/*');
  await p.waitForFunction(() => /できました/.test(document.querySelector('#job').textContent), undefined, { timeout: 60000 });
  say(/何も保存していません/.test(await p.textContent('#job')), 'a trial by keys alone tells what would differ');
  await go('nav a', '月表', '**/m');
  await go('button', 'を比べる', '**/compare**');
  await c.close();
}

async function main() {
  const office = await begin();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ja-JP', bypassCSP: false });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (m) => m.type() === 'error' && !m.text().includes('favicon') && !/status of (412|409)/.test(m.text()) && errors.push(m.text()));
  page.on('pageerror', (e) => errors.push(e.message));

  // ---- from the first address to a draft ----
  await page.goto(office.base + office.first);
  await page.fill('#name', '北川');
  await page.fill('#login', 'kitagawa');
  await page.fill('#password', word);
  await page.click('button');
  await page.waitForURL('**/m');
  say(true, 'the first address makes the first user, who is logged in');
  await page.fill('#period', '2026-12');
  await page.click('button:has-text("組む")');
  await page.waitForURL('**/d/*', { timeout: 60000 });
  const draft = page.url().match(/\/d\/(\d+)/)[1];
  say(true, 'a plan ends on its month by itself');
  await page.waitForSelector('#grid[role=grid]');
  const nodes = await page.evaluate(() => document.getElementsByTagName('*').length);
  say(nodes <= 3000, `the month has at most 3,000 nodes`, nodes);
  await shot(page, 'month');

  // ---- one move with its reason read: two presses ----
  let clicks = 0;
  const click = async (what) => { clicks++; await page.click(what); };
  const first = await page.textContent('#grid tbody tr:nth-child(5) td .seat .name');
  await click('#grid tbody tr:nth-child(5) td .seat');
  await page.waitForSelector('#side:not([inert]) .cand');
  const reasons = await page.textContent('#side');
  say(/前回/.test(reasons) && /入れない/.test(reasons) && /tel:/.test(await page.innerHTML('#side')), 'a press shows who may, who may not, why, and telephones');
  await shot(page, 'seat');
  const chosen = await page.textContent('#side .cand .name');
  await click('#side .cand button');
  await page.waitForFunction((n) => document.querySelector('#grid tbody tr:nth-child(5) td .seat .name')?.textContent !== n, first);
  say(clicks === 2, 'one move with its reason read takes two presses', clicks);
  say(chosen.startsWith((await page.textContent('#grid tbody tr:nth-child(5) td .seat .name')).trim()), 'and he sits there');
  await page.waitForSelector('#side:not([inert]) .cand');
  await page.keyboard.press('Control+z');
  await page.waitForFunction((n) => document.querySelector('#grid tbody tr:nth-child(5) td .seat .name')?.textContent === n, first);
  say(true, 'undo takes one key');
  await page.keyboard.press('Control+y');
  await page.waitForFunction((n) => document.querySelector('#grid tbody tr:nth-child(5) td .seat .name')?.textContent !== n, first);
  say(true, 'and doing it again too');

  // ---- keys alone ----
  await page.focus('#grid .seat[tabindex="0"]');
  const held = () => page.evaluate(() => document.activeElement.closest('td')?.id);
  const from = await held();
  await page.keyboard.press('ArrowDown');
  const below = await held();
  await page.keyboard.press('ArrowRight');
  const right = await held();
  say(from && below && right && from !== below && below !== right, 'arrows move in the grid', `${from} ${below} ${right}`);
  const stops = await page.evaluate(() => document.querySelectorAll('#grid .seat[tabindex="0"]').length);
  say(stops === 1, 'the grid is one stop of Tab', stops);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.closest('#side .cand'));
  say(true, 'Enter moves the focus into the list');
  await page.keyboard.press('Escape');
  say((await held()) === right, 'Esc brings it back to the same seat', await held());
  await page.keyboard.press('Delete');
  await page.waitForFunction((id) => document.querySelector(`#${id} .open`), right);
  say(true, 'Delete empties a seat');
  say(/必須違反|空席/.test(await page.textContent('#facts')) && (await page.getAttribute('#next', 'aria-disabled')) === 'true', 'an open seat is said, and keeps from publishing');
  await page.waitForSelector('#side:not([inert]) .cand');
  await shot(page, 'open');
  await page.focus(`#${right} .seat`);
  await page.keyboard.press('k');
  say((await page.inputValue('#kana')) === 'k' && (await page.evaluate(() => document.activeElement.id)) === 'kana', 'a letter goes into the filter');
  await page.fill('#kana', '');
  const sought = (await page.textContent('#side .cand .name')).trim().slice(0, 2);
  await page.fill('#kana', sought);
  say((await page.evaluate(() => [...document.querySelectorAll('#side .cand')].filter((c) => !c.hidden).length)) > 0
    && (await page.evaluate((n) => [...document.querySelectorAll('#side .cand')].every((c) => c.hidden || c.textContent.includes(n)), sought)), 'which leaves those that begin so');
  await page.fill('#kana', '');
  await page.focus(`#${right} .seat`);
  await page.keyboard.press('Control+z');
  await page.waitForFunction((id) => !document.querySelector(`#${id} .open`), right);

  // ---- drag is an exchange ----
  const one = '#grid tbody tr:nth-child(8) td:nth-child(2) .seat', two = '#grid tbody tr:nth-child(11) td:nth-child(2) .seat';
  const [a, b] = [await page.textContent(`${one} .name`), await page.textContent(`${two} .name`)];
  await page.dragAndDrop(one, two);
  await page.waitForFunction(([s, n]) => document.querySelector(`${s} .name`)?.textContent === n, [one, b]);
  say((await page.textContent(`${two} .name`)) === a, 'drag exchanges two seats');
  await page.keyboard.press('Control+z');
  await page.waitForFunction(([s, n]) => document.querySelector(`${s} .name`)?.textContent === n, [one, a]);

  // ---- twenty changes by hand, each back again; an exception ----
  for (let i = 0; i < 10; i++) {
    await page.click(`#grid tbody tr:nth-child(${i + 12}) td .seat`);
    await page.waitForSelector('#side:not([inert]) .cand button');
    const before = await page.getAttribute('#grid', 'data-revision');
    await page.click('#side .cand button');
    await page.waitForFunction((r) => document.querySelector('#grid').dataset.revision !== r, before);
    const now = await page.getAttribute('#grid', 'data-revision');
    await page.waitForSelector('#side:not([inert]) .cand');
    await page.keyboard.press('Control+z');
    await page.waitForFunction((r) => document.querySelector('#grid').dataset.revision !== r, now);
  }
  say(true, 'twenty changes by hand');
  await page.click('#grid tbody tr:nth-child(9) td .seat');
  await page.waitForSelector('#side:not([inert]) .cand a.stop', { state: 'attached' });
  await page.click('#side .cand a.stop');
  await page.waitForURL('**/exception**');
  await findings(page, 'the exception');
  await shot(page, 'exception');
  await page.fill('#reason', 'ほかにいないため');
  await page.fill('#signed-by', '白峯 理事');
  await page.click('button:has-text("署名")');
  await page.waitForURL(/\/d\/\d+\?/);
  say(/特例/.test(await page.textContent('#grid')) && /0件/.test(await page.textContent('#facts')), 'an exception is signed, shows, and is no breach');

  // ---- what a screen reader hears; axe ----
  await page.goto(`${office.base}/d/${draft}`);
  await page.waitForSelector('#grid[role=grid]');
  await findings(page, 'the month');
  await page.click('#grid tbody tr:nth-child(5) td .seat');
  await page.waitForSelector('#side:not([inert]) .cand');
  await findings(page, 'the month with a list');
  const labels = await page.evaluate(() => [...document.querySelectorAll('#grid .seat')].slice(0, 3).map((s) => s.getAttribute('aria-label') || s.textContent));
  say(labels.every((l) => /\d+月\d+日/.test(l) && /当番|予備|待機/.test(l)), 'each seat names date, duty, seat and person', labels.join(' | '));
  for (const [name, url] of [['the list of months', '/m'], ['by person', `/d/${draft}/people`], ['thin days', `/d/${draft}/thin`], ['changes', `/d/${draft}/edits`],
    ['planning again', `/d/${draft}/replan`], ['before publication', `/d/${draft}/publish`], ['what waits', '/todo'], ['publications', '/publications'],
    ['the books', '/ledger'], ['users', '/users'], ['all duties', '/all?month=2026-12']]) {
    await page.goto(office.base + url);
    await findings(page, name);
    await shot(page, url.replace(/\W+/g, '-').replace(/^-/, '') || 'root');
    say((await wide(page)) <= 0, `${name} does not scroll sideways`, await wide(page));
  }

  // ---- published; somebody cannot come ----
  await page.goto(`${office.base}/d/${draft}/publish`);
  await page.fill('#publish-note', '12月');
  await page.click('button:has-text("この版を公表する")');
  await page.waitForURL('**/publications');
  say(/第1版/.test(await page.textContent('main')), 'published from the page');
  let steps = 0;
  const step = async (what) => { steps++; await page.click(what); };
  await step('nav a:has-text("これからの当番")');
  await page.waitForURL('**/coming');
  await step('table a.btn');
  await page.waitForURL('**/replace**');
  await shot(page, 'telephone');
  await findings(page, 'the telephone script');
  await page.click('button:has-text("出ない")');
  await page.waitForLoadState();
  say(/出ない/.test(await page.textContent('table')), 'who did not answer is on record');
  await step('button:has-text("引き受ける")');
  await page.waitForURL('**with=**');
  await step('button:has-text("公表して")');
  await page.waitForURL('**/sent**');
  await shot(page, 'sent');
  await step('button:has-text("全部送った")');
  await page.waitForLoadState();
  say(/すべて送りました/.test(await page.textContent('main')) && steps <= 6, 'from the sick call to a published substitute with notices: at most six presses', steps);
  await findings(page, 'who is told');
  say(errors.length === 0, 'the browser had nothing to complain of', errors.join('; '));

  // ---- without script; on a telephone; large text; forced colours; paper ----
  const state = await context.storageState();
  const ways = [
    ['without script', { viewport: { width: 1366, height: 768 }, javaScriptEnabled: false }],
    ['at 390 px', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
    ['in forced colours', { viewport: { width: 1366, height: 768 }, forcedColors: 'active' }],
    ['in the dark', { viewport: { width: 1366, height: 768 }, colorScheme: 'dark' }],
  ];
  let period = 1;
  for (const [name, options] of ways) {
    const c = await browser.newContext({ ...options, storageState: state, locale: 'ja-JP' });
    const p = await c.newPage();
    await p.goto(`${office.base}/m`);
    await p.fill('#period', `2027-0${period++}`);
    await p.click('button:has-text("組む")');
    await p.waitForURL('**/jobs/*');
    if (options.javaScriptEnabled === false) {
      await shot(p, 'job');
      while (!(await p.$('a:has-text("月表を開く")'))) {
        await p.waitForTimeout(200);
        await p.reload();
      }
      await p.click('a:has-text("月表を開く")');
    }
    await p.waitForURL('**/d/*');
    await p.waitForSelector('#grid tbody');
    await p.click('#grid tbody tr:nth-child(3) td .seat');
    await p.waitForSelector('#side:not([inert]) .cand');
    await shot(p, `month ${name}`.replace(/\W+/g, '-'));
    const was = await p.textContent('#grid tbody tr:nth-child(3) td .seat .name');
    await p.click('#side .cand button');
    for (let i = 0; i < 50 && (await p.textContent('#grid tbody tr:nth-child(3) td .seat .name')) === was; i++) await p.waitForTimeout(100);
    const is = await p.textContent('#grid tbody tr:nth-child(3) td .seat .name');
    await p.click('#undo button:has-text("元に戻す")');
    for (let i = 0; i < 50 && (await p.textContent('#grid tbody tr:nth-child(3) td .seat .name')) !== was; i++) await p.waitForTimeout(100);
    const again = await p.textContent('#grid tbody tr:nth-child(3) td .seat .name');
    say(was !== is && again === was, `${name}: planned, changed, taken back`, `${was} ${is} ${again}`);
    if (options.javaScriptEnabled !== false) say((await wide(p)) <= 0, `${name}: the page does not scroll sideways`, await wide(p));
    await c.close();
  }
  // ---- every page on a telephone ----
  const small = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, storageState: state, locale: 'ja-JP' });
  const phone = await small.newPage();
  const seat = await (async () => {
    await phone.goto(`${office.base}/d/${draft}`);
    return phone.getAttribute('#grid tbody tr:nth-child(3) td .seat', 'href');
  })();
  const query = seat.slice(seat.indexOf('?'));
  for (const url of ['/login', '/m', `/d/${draft}/people`, `/d/${draft}/thin`, `/d/${draft}/edits`, `/d/${draft}/replan`, `/d/${draft}/publish`, `/d/${draft}/why${query}`,
    '/jobs/1', '/all?month=2027-01', '/compare?a=3&b=4', '/todo', '/coming', '/publications', '/sent?number=1', '/diff?a=1', '/ledger', '/users']) {
    await phone.goto(office.base + url);
    if (url.startsWith('/jobs/')) await phone.waitForURL('**/d/*'); // one that has ended goes on to its draft by itself
    await phone.screenshot({ path: path.join(out, `390-${url.replace(/\?.*/, '').replace(/\W+/g, '-').replace(/^-/, '')}.png`), fullPage: false });
    say((await wide(phone)) <= 0, `at 390 px ${url.replace(/\?.*/, '')} does not scroll sideways`, await wide(phone));
  }
  await small.close();
  await keys(browser, office);
  say(true, 'by keys alone: logged in, planned, changed, taken back, excepted, published, replaced, told, all duties, a trial, two drafts');
  const large = await browser.newContext({ viewport: { width: 1366, height: 768 }, storageState: state, locale: 'ja-JP' });
  const big = await large.newPage();
  await big.goto(`${office.base}/d/${draft}`);
  await big.evaluate(() => { document.documentElement.style.fontSize = '32px'; });
  await big.click('#grid tbody tr:nth-child(3) td .seat');
  await big.waitForSelector('#side:not([inert]) .cand');
  await shot(big, 'month-text200');
  say((await wide(big)) <= 0, 'with text of 200 %: the page does not scroll sideways', await wide(big));
  await big.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await big.pdf({ path: path.join(out, 'month.pdf'), format: 'A4', preferCSSPageSize: true });
  await big.emulateMedia({ media: 'print' });
  const shown = await big.evaluate(() => getComputedStyle(document.querySelector('#side')).display + getComputedStyle(document.querySelector('header.bar')).display);
  say(shown === 'nonenone', 'on paper stands the table alone', shown);
  await large.close();
  await browser.close();
  office.p.kill('SIGTERM');
}

main().then(() => process.exit(0), (e) => { console.error(e.stack); process.exit(1); });
