// The month without a reload. Everything here also works as plain links and forms: this file only asks for the part
// that changes, moves by keys, drags, and shows where somebody may go.
// @ts-check
const doc = document.documentElement;
doc.classList.add("live");

// What comes is HTML that our own server wrote and escaped; the policy says so once.
const trusted = globalThis.trustedTypes?.createPolicy("toban", { createHTML: (/** @type {string} */ s) => s });
const parse = (/** @type {string} */ text) =>
  new DOMParser().parseFromString(/** @type {any} */ (trusted ? trusted.createHTML(text) : text), "text/html");

const $ = (/** @type {string} */ id) => document.getElementById(id);
const grid = () => $("grid");
/** @returns {HTMLElement[]} */
const seats = () => [...document.querySelectorAll("#grid .seat")].map((s) => /** @type {HTMLElement} */ (s));

// ---- asking ---------------------------------------------------------------------------------------------------------

const kept = new Map(); // lists by address, for the revision that is shown
let waiting = 0;

async function ask(/** @type {string} */ url, /** @type {RequestInit} */ init = {}) {
  const slow = setTimeout(() => doc.classList.add("waiting"), 300);
  waiting++;
  try {
    const answer = await fetch(url, { ...init, headers: { "X-Toban-Part": "1" }, credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) { location.reload(); return null; }
    return { status: answer.status, text: await answer.text() };
  } catch {
    say("つながりません。画面の内容は変えていません。もう一度押してください。");
    return null;
  } finally {
    clearTimeout(slow);
    if (--waiting === 0) doc.classList.remove("waiting");
  }
}

function say(/** @type {string} */ text) {
  const p = document.createElement("p");
  p.className = "msg stop";
  p.setAttribute("role", "alert");
  p.textContent = text;
  $("said")?.replaceChildren(p);
}

// ---- putting in place -------------------------------------------------------------------------------------------------

// Replaces what has an id and is not as it was: nothing else moves under the pointer.
function put(/** @type {Document} */ page) {
  const before = grid()?.dataset, now = page.getElementById("grid")?.dataset;
  if (before && now && before.draft !== now.draft) {
    location.assign(`/d/${now.draft}`);
    return;
  }
  const held = document.activeElement?.closest("#grid td")?.id, aside = document.activeElement?.closest("#side");
  for (const id of ["revision", "facts", "next", "said", "undo", "side"]) swap($(id), page.getElementById(id));
  for (const cell of page.querySelectorAll("#grid td[id]")) swap($(cell.id), cell);
  if (before && now) before.revision = now.revision;
  ready();
  void again();
  // What had the focus is gone: the seat has it.
  const seat = held ? $(held)?.querySelector(".seat") : aside ? document.querySelector("#grid [aria-selected] .seat") : null;
  /** @type {HTMLElement|null} */ (seat)?.focus({ preventScroll: true });
}

// After an act its verdict is shown at once; who might sit there now comes after it.
async function again() {
  const seat = /** @type {HTMLAnchorElement|null} */ (document.querySelector("#grid [aria-selected] .seat"));
  if (!seat || document.querySelector("#side .cand")) return;
  shown = seat.href;
  history.replaceState(null, "", seat.href);
  const text = await list(seat.href);
  if (text !== null && shown === seat.href) swap($("side"), parse(text).getElementById("side"));
  filter();
}

function swap(/** @type {Element|null} */ old, /** @type {Element|null} */ now) {
  if (old && now && !old.isEqualNode(now)) old.replaceWith(document.adoptNode(now));
}

// ---- the table ----------------------------------------------------------------------------------------------------------

function ready() {
  const table = grid();
  if (!table) return;
  table.setAttribute("role", "grid");
  const all = seats();
  const chosen = all.find((s) => s.parentElement?.getAttribute("aria-selected") === "true") ?? all.find((s) => s.tabIndex === 0 && s.dataset.stop) ?? all[0];
  for (const td of table.querySelectorAll("tbody td")) td.setAttribute("role", "gridcell");
  for (const s of all) {
    s.tabIndex = s === chosen ? 0 : -1;
    if (s === chosen) s.dataset.stop = "1"; else delete s.dataset.stop;
    s.draggable = true;
    name(s);
  }
  filter();
}

// What a screen reader hears of a seat: date, duty, seat, person, verdict.
function name(/** @type {HTMLElement} */ seat) {
  const cell = /** @type {HTMLTableCellElement} */ (seat.closest("td"));
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const heads = /** @type {HTMLTableElement} */ (grid()).tHead?.rows[1]?.cells;
  const [, month, day] = row.id.split("-");
  const words = [...seat.children].map((c) => c.textContent).join("、");
  const weekday = (row.cells[0]?.textContent ?? "").split(" ")[1] ?? "";
  seat.setAttribute("aria-label", `${month}月${day}日 ${weekday} ${heads?.[cell.cellIndex - 1]?.dataset.name ?? ""} ${words}`);
}

/** @type {string|null} */
let shown = null;
async function choose(/** @type {HTMLAnchorElement} */ seat, focus = true) {
  const url = seat.href;
  for (const s of seats()) {
    s.tabIndex = -1;
    s.parentElement?.removeAttribute("aria-selected");
  }
  seat.tabIndex = 0;
  seat.parentElement?.setAttribute("aria-selected", "true");
  if (focus) seat.focus();
  history.replaceState(null, "", url);
  shown = url;
  // What stands there is of another seat: nobody may press it for this one.
  const old = $("side");
  if (old) old.inert = true;
  const text = await list(url);
  if (shown !== url) return;
  if (text === null) {
    if (old) old.inert = false;
    return;
  }
  swap($("side"), parse(text).getElementById("side"));
  const side = $("side");
  if (side) side.inert = false; // it was the same list
  filter();
}

function list(/** @type {string} */ url) {
  const key = `${grid()?.dataset.revision} ${url}`;
  if (!kept.has(key)) {
    if (kept.size > 40) kept.clear();
    kept.set(key, ask(`${url}&side=1`).then((a) => {
      if (a?.status === 200) return a.text;
      kept.delete(key);
      if (a) { const p = parse(a.text).getElementById("said"); swap($("said"), p); }
      return null;
    }));
  }
  return kept.get(key);
}

let soon = 0;
function fetchSoon(/** @type {HTMLAnchorElement} */ seat) {
  clearTimeout(soon);
  soon = setTimeout(() => void list(seat.href), 120);
}

// ---- acts -------------------------------------------------------------------------------------------------------------

async function act(/** @type {string} */ url, /** @type {URLSearchParams} */ form) {
  const answer = await ask(url, { method: "POST", body: form });
  if (!answer) return;
  kept.clear();
  clear();
  put(parse(answer.text));
}

// The fields that every change sends, from a form of the page.
function fields(/** @type {Record<string,string>} */ more) {
  const form = new URLSearchParams({ form: token(), revision: grid()?.dataset.revision ?? "" });
  for (const [k, v] of Object.entries(more)) form.set(k, v);
  return form;
}
const token = () => /** @type {HTMLInputElement|null} */ (document.querySelector("header input[name=form]"))?.value ?? "";
const draft = () => `/d/${grid()?.dataset.draft}`;
const of = (/** @type {HTMLAnchorElement} */ seat) => {
  const q = new URL(seat.href).searchParams;
  return { seat: q.get("seat") ?? "", who: q.get("who") ?? "" };
};

document.addEventListener("submit", (e) => {
  const form = /** @type {HTMLFormElement} */ (e.target);
  if (!form.dataset.act || !grid()) return;
  e.preventDefault();
  void act(form.action, new URLSearchParams(/** @type {any} */ (new FormData(form))));
});

document.addEventListener("click", (e) => {
  const at = /** @type {Element} */ (e.target);
  const seat = /** @type {HTMLAnchorElement|null} */ (at.closest?.("#grid a.seat"));
  const shut = at.closest?.("[data-close]");
  if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
  if (seat) {
    e.preventDefault();
    void choose(seat);
  } else if (shut && grid()) {
    e.preventDefault();
    document.querySelector("#grid [aria-selected]")?.removeAttribute("aria-selected");
    history.replaceState(null, "", draft());
    void ask(`${draft()}?side=1`).then((a) => { if (a?.status === 200) swap($("side"), parse(a.text).getElementById("side")); });
  }
});
document.addEventListener("focusin", (e) => {
  const seat = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (e.target).closest?.("#grid a.seat"));
  if (seat) fetchSoon(seat);
});

// ---- keys ---------------------------------------------------------------------------------------------------------------

/** @type {Record<string, [number, number]>} */
const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function move(/** @type {HTMLElement} */ from, /** @type {[number, number]} */ [dx, dy]) {
  const cell = /** @type {HTMLTableCellElement} */ (from.closest("td"));
  const body = /** @type {HTMLTableSectionElement} */ (cell.closest("tbody"));
  let x = cell.cellIndex, y = [...body.rows].indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement));
  for (;;) {
    x += dx; y += dy;
    const next = body.rows[y]?.cells[x];
    if (!next) return;
    const seat = /** @type {HTMLElement|null} */ (next.querySelector(".seat"));
    if (!seat) continue;
    from.tabIndex = -1;
    seat.tabIndex = 0;
    seat.focus();
    return;
  }
}

document.addEventListener("keydown", (e) => {
  const at = /** @type {HTMLElement} */ (e.target);
  const typing = at.matches?.("input, textarea, select");
  const seat = /** @type {HTMLAnchorElement|null} */ (at.closest?.("#grid a.seat"));
  if ((e.ctrlKey || e.metaKey) && !typing && grid()) {
    const word = e.key === "z" && !e.shiftKey ? "undo" : e.key === "y" || (e.key.toLowerCase() === "z" && e.shiftKey) ? "redo" : "";
    if (word) {
      e.preventDefault();
      const chosen = /** @type {HTMLAnchorElement|null} */ (document.querySelector("#grid [aria-selected] .seat"));
      void act(`${draft()}/${word}`, fields(chosen ? { seat: of(chosen).seat } : {}));
    }
    return;
  }
  if (e.key === "Escape" && !seat && at.closest?.("#side")) {
    /** @type {HTMLElement|null} */ (document.querySelector("#grid [aria-selected] .seat") ?? document.querySelector("#grid [data-stop]"))?.focus();
    return;
  }
  if (!seat) return;
  const step = steps[e.key];
  if (step) {
    e.preventDefault();
    move(seat, step);
  } else if (e.key === "Enter") {
    e.preventDefault();
    void choose(seat, false).then(() => /** @type {HTMLElement|null} */ (document.querySelector("#side .cand button, #side .cand a"))?.focus());
  } else if (e.key === "Delete" && of(seat).who) {
    e.preventDefault();
    const x = of(seat);
    void act(`${draft()}/leave`, fields({ seat: x.seat, provider: x.who }));
  } else if (e.key === "Escape") {
    clear();
  } else if (e.key.length === 1 && !e.altKey && $("kana")) {
    e.preventDefault();
    const box = /** @type {HTMLInputElement} */ ($("kana"));
    box.focus();
    box.value = e.key;
    filter();
  }
});

// ---- the list by its kana ------------------------------------------------------------------------------------------------

const hiragana = (/** @type {string} */ s) => s.normalize("NFKC").replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60)).replace(/\s/g, "");
function filter() {
  const box = /** @type {HTMLInputElement|null} */ ($("kana"));
  const wanted = hiragana(box?.value ?? "");
  for (const x of document.querySelectorAll("#side .cand")) {
    const li = /** @type {HTMLElement} */ (x);
    const name = hiragana(li.querySelector(".name")?.textContent ?? "");
    li.hidden = wanted !== "" && !hiragana(li.dataset.kana ?? "").includes(wanted) && !name.includes(wanted);
  }
  if (wanted) for (const d of document.querySelectorAll("#side .cands details")) /** @type {HTMLDetailsElement} */ (d).open = true;
}
document.addEventListener("input", (e) => { if (/** @type {Element} */ (e.target).id === "kana") filter(); });

// ---- somebody is held: where he may go, and an exchange where he is let go ---------------------------------------------------

function clear() {
  for (const s of document.querySelectorAll("#grid [data-may]")) s.removeAttribute("data-may");
  for (const s of document.querySelectorAll("#grid .over")) s.classList.remove("over");
}

async function places(/** @type {string} */ who) {
  const answer = await ask(`${draft()}/places?provider=${encodeURIComponent(who)}&month=${grid()?.dataset.month ?? ""}`);
  if (answer?.status !== 200 || held !== who) return;
  /** @type {{slot: number, mark: string}[]} */
  const marks = JSON.parse(answer.text).places;
  const of = new Map(marks.map((m) => [String(m.slot), m.mark]));
  for (const td of document.querySelectorAll("#grid td[id]")) {
    const mark = of.get(td.id.split("-")[1] ?? "");
    if (mark) td.querySelector(".seat")?.setAttribute("data-may", mark);
  }
}

/** @type {string|null} */
let held = null;
/** @type {HTMLAnchorElement|null} */
let from = null;
document.addEventListener("dragstart", (e) => {
  const seat = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (e.target).closest?.("#grid a.seat"));
  if (!seat || !of(seat).who) return;
  from = seat;
  held = of(seat).who;
  e.dataTransfer?.setData("text/plain", seat.textContent ?? "");
  void places(held);
});
document.addEventListener("dragover", (e) => {
  const seat = /** @type {Element} */ (e.target).closest?.("#grid a.seat");
  if (!from || !seat || seat === from) return;
  e.preventDefault();
  for (const s of document.querySelectorAll("#grid .over")) s.classList.remove("over");
  seat.classList.add("over");
});
document.addEventListener("drop", (e) => {
  const seat = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (e.target).closest?.("#grid a.seat"));
  if (!from || !seat || seat === from) return;
  e.preventDefault();
  const a = of(from), b = of(seat);
  void act(`${draft()}/exchange`, fields({ seat: a.seat, provider: a.who, with: b.who ? `${b.seat}=${b.who}` : b.seat }));
});
document.addEventListener("dragend", () => { from = held = null; clear(); });

// ---- to Excel ---------------------------------------------------------------------------------------------------------

document.addEventListener("copy", (e) => {
  const table = /** @type {HTMLTableElement|null} */ (grid());
  if (!table || !document.activeElement?.closest("#grid") || String(getSelection())) return;
  const lines = [...table.rows].map((r) => [...r.cells].map((c) => (c.querySelector(".name") ?? c).textContent?.replace(/\s+/g, " ").trim() ?? "").join("\t"));
  e.clipboardData?.setData("text/plain", lines.join("\n"));
  e.preventDefault();
});
// ---- jobs: the page asks how far it is ---------------------------------------------------------------------------------------------

async function follow() {
  const job = $("job");
  if (!job?.dataset.job) return;
  const answer = await ask(`/jobs/${job.dataset.job}`);
  if (answer?.status === 200) {
    const now = parse(answer.text).getElementById("job");
    const over = !now?.dataset.running;
    swap(job, now);
    if (over) { const to = $("job")?.dataset.then; if (to) location.assign(to); return; }
  }
  setTimeout(() => void follow(), 1000);
}

ready();
void follow();
