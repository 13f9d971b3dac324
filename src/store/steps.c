/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each version of the file adds to the one before. A version that was released is never changed: what
 * comes later is a step of its own, one for each change that ships (docs/operator/store.md, "A new version").
 */
#include <stdlib.h>
#include <string.h>

#include "store_int.h"
#include "toban/domain/said.h"

/* Published things are said once. INSERT is watched as well, because INSERT OR REPLACE deletes without asking
 * the DELETE triggers of another program's connection. */
#define UNCHANGEABLE(table) \
    "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table " BEGIN SELECT RAISE(ABORT, '" table \
    ": rows are never changed'); END;\n" \
    "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table " BEGIN SELECT RAISE(ABORT, '" table \
    ": rows are never deleted'); END;\n"
#define WITH_PUBLICATION(table) \
    UNCHANGEABLE(table) \
    "CREATE TRIGGER " table "_no_late BEFORE INSERT ON " table \
    " WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)\n" \
    "  BEGIN SELECT RAISE(ABORT, '" table ": nothing is added to a publication'); END;\n"
#define APPENDED(table) \
    UNCHANGEABLE(table) \
    "CREATE TRIGGER " table "_no_replace BEFORE INSERT ON " table " WHEN EXISTS (SELECT 1 FROM " table \
    " WHERE id = NEW.id)\n" \
    "  BEGIN SELECT RAISE(ABORT, '" table ": rows are never replaced'); END;\n"

/* Without a modifier date() takes 2026-02-30 for a date.
 *
 * Dates are YYYY-MM-DD; instants YYYY-MM-DDTHH:MM+09:00; duty, band, provider, ledger, account are ids of the
 * region, as text without reference, so that what was said stays said whatever the region becomes. */
static const char *const version_1[] = {
    "CREATE TABLE drafts ( -- what was planned or made by hand, with the question it answers\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  created_at TEXT NOT NULL, -- instant\n"
    "  \"from\" TEXT NOT NULL CHECK (date(\"from\", '+0 days') IS \"from\"), -- first duty date\n"
    "  \"to\" TEXT NOT NULL CHECK (date(\"to\", '+0 days') IS \"to\"), -- last duty date\n"
    "  duties TEXT NOT NULL, -- ids joined by ;\n"
    "  instance TEXT NOT NULL, -- canonical JSON of the problem\n"
    "  instance_digest TEXT NOT NULL, -- SHA-256, hex\n"
    "  status TEXT NOT NULL, -- optimal, feasible, none, manual\n"
    "  stopped_by TEXT NOT NULL, -- proof, time, gap, interrupt\n"
    "  objective INTEGER NOT NULL, -- hundredths of a squared duty, docs/rules.md\n"
    "  bound INTEGER NOT NULL, -- the same unit\n"
    "  certified INTEGER NOT NULL CHECK (certified IN (0, 1)), -- the bound was proven\n"
    "  certificate TEXT NOT NULL, -- integer duals, empty when there are none\n"
    "  steps TEXT NOT NULL, -- how the planner came to it\n"
    "  open_seats INTEGER NOT NULL, -- seats nobody takes\n"
    "  after_publication INTEGER NOT NULL -- latest publication when it was made, 0: none\n"
    ") STRICT;\n",
    "CREATE INDEX drafts_span ON drafts (\"from\", \"to\");\n",
    "CREATE TABLE draft_seats ( -- the seats that the draft decides\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot\n"
    "  provider TEXT, -- NULL: left open\n"
    "  PRIMARY KEY (draft, date, duty, band, role, seat)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE turns ( -- who sits in a seat of the draft in another's turn\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  provider TEXT NOT NULL, -- who sits there\n"
    "  turn_of TEXT NOT NULL, -- whose turn it was\n"
    "  PRIMARY KEY (draft, date, duty, band, role, provider)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE publications ( -- one counter for the region; written last, and then its rows elsewhere "
    "are closed\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  digest TEXT NOT NULL, -- SHA-256 over all seats in force, hex\n"
    "  \"by\" TEXT NOT NULL, -- who published\n"
    "  note TEXT NOT NULL\n"
    ") STRICT;\n",
    "CREATE TABLE rosters ( -- which draft a publication took for which duty and days\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  duty TEXT NOT NULL,\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  \"from\" TEXT NOT NULL CHECK (date(\"from\", '+0 days') IS \"from\"), -- first duty date\n"
    "  \"to\" TEXT NOT NULL CHECK (date(\"to\", '+0 days') IS \"to\"), -- last duty date\n"
    "  digest TEXT NOT NULL, -- SHA-256 over the duty's seats in force on these days, hex\n"
    "  PRIMARY KEY (publication, duty, draft)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE INDEX rosters_draft ON rosters (draft);\n",
    "CREATE TABLE withdrawals ( -- rosters that a publication takes out of force\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  duty TEXT NOT NULL,\n"
    "  \"from\" TEXT NOT NULL CHECK (date(\"from\", '+0 days') IS \"from\"), -- first duty date\n"
    "  \"to\" TEXT NOT NULL CHECK (date(\"to\", '+0 days') IS \"to\"), -- last duty date\n"
    "  PRIMARY KEY (publication, duty, \"from\")\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE tokens ( -- addresses of calendar feeds; the address itself is not here, only its hash\n"
    "  feed TEXT NOT NULL CHECK (feed IN ('provider', 'duty', 'body', 'area', 'facility', 'region')),\n"
    "  subject TEXT NOT NULL, -- id of the provider, duty, body or area\n"
    "  generation INTEGER NOT NULL CHECK (generation >= 1),\n"
    "  hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, hex\n"
    "  issued TEXT NOT NULL, -- instant\n"
    "  revoked TEXT, -- instant; NULL: in use\n"
    "  fetched TEXT, -- instant of the last fetch; NULL: never\n"
    "  fetched_publication INTEGER, -- in force at that moment\n"
    "  PRIMARY KEY (feed, subject, generation)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE draft_moves ( -- what became of a draft before it was published\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  state TEXT NOT NULL CHECK (state IN ('circulating', 'approved')),\n"
    "  until TEXT CHECK (date(until, '+0 days') IS until), -- circulating: last day for objections\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who\n"
    "  note TEXT NOT NULL\n"
    ") STRICT;\n",
    "CREATE INDEX draft_moves_draft ON draft_moves (draft);\n",
    "CREATE TABLE deliveries ( -- who was sent a publication, and who confirmed it\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number),\n"
    "  recipient TEXT NOT NULL,\n"
    "  what TEXT NOT NULL CHECK (what IN ('sent', 'confirmed')),\n"
    "  way TEXT NOT NULL, -- fax, mail, post, hand\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  note TEXT NOT NULL -- who confirmed, say\n"
    ") STRICT;\n",
    "CREATE TABLE namings ( -- the doctor a group sends for a seat it holds; the last row of a group in a "
    "slot holds\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  provider TEXT NOT NULL, -- the group\n"
    "  person TEXT, -- NULL: the name was taken back\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  note TEXT NOT NULL\n"
    ") STRICT;\n",
    "CREATE TABLE swaps ( -- one duty for another, or given to somebody else, as asked for\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number), -- the seats are meant as they stood "
    "in it\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  provider TEXT NOT NULL, -- who has this seat\n"
    "  taker TEXT NOT NULL, -- who is to have it\n"
    "  return_date TEXT CHECK (date(return_date, '+0 days') IS return_date), -- the taker's seat that goes "
    "to the first in return; NULL: none\n"
    "  return_band TEXT,\n"
    "  return_role TEXT CHECK (return_role IN ('primary', 'reserve')),\n"
    "  reason TEXT NOT NULL\n"
    ") STRICT;\n",
    "CREATE TABLE swap_moves ( -- who said what to it\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  swap INTEGER NOT NULL REFERENCES swaps (id),\n"
    "  state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'approved', 'published', 'refused', "
    "'withdrawn')),\n"
    "  provider TEXT, -- which of the two; NULL: the office\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  note TEXT NOT NULL,\n"
    "  publication INTEGER REFERENCES publications (number) -- published: in which\n"
    ") STRICT;\n",
    "CREATE INDEX swap_moves_swap ON swap_moves (swap);\n",
    "CREATE TABLE attendance ( -- what was done in a published seat; the last row of a seat's holder holds\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  seated TEXT NOT NULL, -- who sat there as published\n"
    "  came TEXT, -- who came; NULL: nobody\n"
    "  \"from\" TEXT, -- instant; NULL: the hours of the seat\n"
    "  until TEXT, -- instant\n"
    "  patients INTEGER CHECK (patients >= 0), -- NULL: not counted\n"
    "  referred INTEGER CHECK (referred BETWEEN 0 AND patients), -- sent on to a higher tier\n"
    "  light INTEGER CHECK (light BETWEEN 0 AND patients), -- light cases\n"
    "  taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)), -- the record was a mistake: as if there "
    "were none\n"
    "  reason TEXT NOT NULL,\n"
    "  at TEXT NOT NULL, -- instant of the entry\n"
    "  \"by\" TEXT NOT NULL -- who entered it\n"
    ") STRICT;\n",
    "CREATE INDEX attendance_slot ON attendance (date, duty, band, role);\n",
    "CREATE TABLE attend_ledger ( -- what attendance adds to the books beyond what was published\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  ledger TEXT NOT NULL,\n"
    "  account TEXT NOT NULL,\n"
    "  accrued INTEGER NOT NULL, -- millionths of a duty\n"
    "  done INTEGER NOT NULL -- millionths of a duty\n"
    ") STRICT;\n",
    "CREATE INDEX attend_ledger_slot ON attend_ledger (date, duty, band, role);\n",
    "CREATE TABLE publication_seats ( -- one row per change of a seat; in force in publication n is the last "
    "row up to n, if it has a provider\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot; who stays keeps it\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  provider TEXT, -- NULL: the seat was vacated\n"
    "  changed TEXT NOT NULL, -- instant; later with every change of the seat\n"
    "  sequence INTEGER NOT NULL CHECK (sequence >= 0), -- changes of the seat since it was first published\n"
    "  PRIMARY KEY (duty, date, band, role, seat, publication)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE ledger_slots ( -- the books in detail: what a publication adds to an account for one slot, "
    "or takes back\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  ledger TEXT NOT NULL,\n"
    "  account TEXT NOT NULL,\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  accrued INTEGER NOT NULL, -- millionths of a duty\n"
    "  done INTEGER NOT NULL, -- millionths of a duty\n"
    "  PRIMARY KEY (date, duty, band, role, ledger, account, publication)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE ledger_entries ( -- the books: per publication, month, ledger and account; and entries by "
    "hand\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  publication INTEGER REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED, -- NULL: by hand\n"
    "  ledger TEXT NOT NULL,\n"
    "  account TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- last duty date of the month that it "
    "sums; by hand: as of\n"
    "  accrued INTEGER NOT NULL, -- millionths of a duty\n"
    "  done INTEGER NOT NULL, -- millionths of a duty\n"
    "  adjusted INTEGER NOT NULL, -- millionths of a duty, by hand only\n"
    "  reason TEXT NOT NULL,\n"
    "  \"by\" TEXT NOT NULL, -- who\n"
    "  at TEXT NOT NULL -- instant of the entry\n"
    ") STRICT;\n",
    "CREATE TABLE audit ( -- who did what, when and why\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  who TEXT NOT NULL,\n"
    "  what TEXT NOT NULL,\n"
    "  detail TEXT NOT NULL\n"
    ") STRICT;\n",
    "CREATE TABLE route_overrides ( -- what has happened since a routing table was published; over at "
    "`until` by itself\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  entered_at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('closed', 'limited', 'late', 'substitute', 'extra', 'phone', "
    "'note', 'disaster', 'confirmed', 'cancelled')),\n"
    "  provider TEXT NOT NULL, -- whom it is about\n"
    "  duty TEXT NOT NULL, -- empty: whatever the provider does\n"
    "  other TEXT NOT NULL, -- who takes over (substitute); the second who declares or ends a disaster\n"
    "  \"from\" TEXT NOT NULL, -- instant\n"
    "  until TEXT NOT NULL CHECK (until > \"from\"), -- instant\n"
    "  phone TEXT NOT NULL,\n"
    "  note TEXT NOT NULL,\n"
    "  reason TEXT NOT NULL,\n"
    "  source TEXT NOT NULL, -- who said so, and how\n"
    "  supersedes INTEGER NOT NULL -- the row whose place it takes, 0: none\n"
    ") STRICT;\n",
    "CREATE TABLE blobs ( -- things that can be made again, kept for speed\n"
    "  name TEXT PRIMARY KEY,\n"
    "  bytes BLOB NOT NULL\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TRIGGER drafts_no_update BEFORE UPDATE ON drafts BEGIN SELECT RAISE(ABORT, 'drafts: rows are "
    "never changed'); END;\n",
    "CREATE TRIGGER draft_seats_no_update BEFORE UPDATE ON draft_seats BEGIN SELECT RAISE(ABORT, "
    "'draft_seats: rows are never changed'); END;\n",
    UNCHANGEABLE("turns"),
    UNCHANGEABLE("publications"),
    "CREATE TRIGGER publications_next BEFORE INSERT ON publications WHEN NEW.number <> (SELECT "
    "coalesce(max(number), 0) + 1 FROM publications)\n"
    "  BEGIN SELECT RAISE(ABORT, 'publications: numbers run on'); END;\n",
    WITH_PUBLICATION("rosters"),
    WITH_PUBLICATION("withdrawals"),
    WITH_PUBLICATION("publication_seats"),
    WITH_PUBLICATION("ledger_slots"),
    WITH_PUBLICATION("ledger_entries"),
    "CREATE TRIGGER ledger_entries_no_replace BEFORE INSERT ON ledger_entries WHEN EXISTS (SELECT 1 FROM "
    "ledger_entries WHERE id = NEW.id)\n"
    "  BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are never replaced'); END;\n",
    APPENDED("audit"),
    APPENDED("swaps"),
    APPENDED("swap_moves"),
    APPENDED("draft_moves"),
    APPENDED("deliveries"),
    APPENDED("namings"),
    APPENDED("attendance"),
    APPENDED("attend_ledger"),
    APPENDED("route_overrides"),
    NULL,
};

/* Drafts made by hand are one draft with a log of what was changed, its instance is stored once; and a reader
 * sees by one look whether anything that he shows has moved. */
#define NOT_FROZEN(table) \
    "CREATE TRIGGER " table "_no_late BEFORE INSERT ON " table \
    " WHEN EXISTS (SELECT 1 FROM rosters WHERE draft = NEW.draft) OR EXISTS (SELECT 1 FROM draft_moves " \
    "WHERE " \
    "draft = NEW.draft)\n" \
    "  BEGIN SELECT RAISE(ABORT, '" table ": the draft goes round or is published'); END;\n"
static const char *const version_3[] = {
    "CREATE TABLE instances ( -- the questions that drafts answer, each once\n"
    "  digest TEXT PRIMARY KEY, -- SHA-256 of the bytes, hex\n"
    "  bytes TEXT NOT NULL -- canonical JSON of the problem\n"
    ") STRICT;\n",
    "INSERT OR IGNORE INTO instances (digest, bytes) SELECT instance_digest, instance FROM drafts ORDER BY "
    "id",
    "ALTER TABLE drafts DROP COLUMN instance",
    "CREATE TABLE draft_edits ( -- what was done by hand to a draft that is worked on, in order\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  revision INTEGER NOT NULL CHECK (revision >= 1), -- of the draft, after this\n"
    "  act TEXT NOT NULL CHECK (act IN ('edit', 'undo', 'redo')),\n"
    "  of INTEGER, -- undo, redo: the edit that is taken back or done again\n"
    "  objective INTEGER NOT NULL, -- of the roster after this, as drafts.objective\n"
    "  open_seats INTEGER NOT NULL, -- seats nobody takes after this\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who\n"
    "  PRIMARY KEY (draft, revision),\n"
    "  CHECK ((of IS NULL) = (act = 'edit'))\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE draft_edit_seats ( -- the seats that an edit changed\n"
    "  draft INTEGER NOT NULL,\n"
    "  revision INTEGER NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot\n"
    "  went TEXT, -- provider who left it; NULL: it was open\n"
    "  came TEXT, -- provider who took it; NULL: it is left open\n"
    "  PRIMARY KEY (draft, revision, date, duty, band, role, seat),\n"
    "  FOREIGN KEY (draft, revision) REFERENCES draft_edits (draft, revision)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TABLE versions ( -- how often something of a kind was written: who shows it looks here whether "
    "it "
    "has moved\n"
    "  what TEXT PRIMARY KEY, -- a table of the region, or publications, drafts, route_overrides ...\n"
    "  version INTEGER NOT NULL\n"
    ") STRICT, WITHOUT ROWID;\n",
    "CREATE TRIGGER instances_no_update BEFORE UPDATE ON instances BEGIN SELECT RAISE(ABORT, 'instances: "
    "rows "
    "are never changed'); END;\n",
    UNCHANGEABLE("draft_edits"),
    UNCHANGEABLE("draft_edit_seats"),
    NOT_FROZEN("draft_edits"),
    NULL,
};

/* What calendars tell changes with rows of several tables. Each such row has one of its own in
 * calendar_marks, so that there is one order of all of them, whatever the clock did. */
#define LATEST "(SELECT coalesce(max(number), 0) FROM publications)"
#define MARKED(table, what, ref, at, publication) \
    "CREATE TRIGGER " table "_mark AFTER INSERT ON " table \
    " BEGIN INSERT INTO calendar_marks (at, what, ref, publication)" \
    " VALUES (NEW." at ", '" what "', NEW." ref ", " publication "); END;\n"
#define OF_BEFORE(table, what, ref, at) \
    "SELECT " at ", '" what "', " ref ", (SELECT coalesce(max(number), 0) FROM publications AS p" \
    " WHERE p.at <= " table "." at ") FROM " table

/* A publication holds what it shows, and life goes on after it. */
static const char *const version_4[] = {
    "CREATE TABLE documents ( -- number and date of a body's letter with which a publication is sent; the "
    "last row of both holds\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number),\n"
    "  body TEXT NOT NULL,\n"
    "  fiscal_year INTEGER NOT NULL, -- in which the numbers count\n"
    "  number INTEGER NOT NULL CHECK (number >= 0), -- 0: the body gives its letters none\n"
    "  text TEXT NOT NULL, -- the number as it stands on the letter\n"
    "  at TEXT NOT NULL, -- instant; its day is the letter's date\n"
    "  \"by\" TEXT NOT NULL -- who issued it\n"
    ") STRICT;\n",
    APPENDED("documents"),
    /* Drafts of before took the place of earlier ones whatever these had come to: it stays so. */
    "ALTER TABLE drafts ADD COLUMN supersedes INTEGER NOT NULL DEFAULT 1 CHECK (supersedes IN (0, 1))",
    "ALTER TABLE drafts ADD COLUMN past TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft_moves ADD COLUMN word TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft_moves ADD COLUMN meeting TEXT CHECK (date(meeting, '+0 days') IS meeting)",
    "ALTER TABLE draft_moves ADD COLUMN number TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE publication_facts ( -- what publications hold of the region: one row per change of a row "
    "of a "
    "table; in force in publication n on a day is the last row up to n of those that hold by then\n"
    "  what TEXT NOT NULL, -- table\n"
    "  key TEXT NOT NULL, -- cells of the row's key, each ended by a tab\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  since TEXT NOT NULL CHECK (since = '' OR date(since, '+0 days') IS since), -- first day; empty: "
    "always\n"
    "  cells TEXT, -- a line field=value for each cell that says something; NULL: the row was taken out\n"
    "  PRIMARY KEY (what, key, publication, since)\n"
    ") STRICT, WITHOUT ROWID;\n",
    "ALTER TABLE publications ADD COLUMN digest_format INTEGER NOT NULL DEFAULT 1 CHECK (digest_format IN "
    "(1, "
    "2))",
    UNCHANGEABLE("publication_facts"),
    /* those of before facts were held get theirs at the upgrade */
    "CREATE TRIGGER publication_facts_no_late BEFORE INSERT ON publication_facts"
    " WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication AND digest_format = 2)\n"
    "  BEGIN SELECT RAISE(ABORT, 'publication_facts: nothing is added to a publication'); END;\n",
    "CREATE TABLE calendar_marks ( -- one row for each thing entered that calendars tell, in the order "
    "entered\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  what TEXT NOT NULL CHECK (what IN ('publication', 'name', 'override', 'wording', 'setting', "
    "'table')),\n"
    "  ref INTEGER NOT NULL, -- number of the publication or wording, id of the name or override; else 0\n"
    "  publication INTEGER NOT NULL, -- the latest one then; 0: none\n"
    "  feed TEXT NOT NULL DEFAULT '', -- of a setting of one calendar: its kind; empty: of all\n"
    "  subject TEXT NOT NULL DEFAULT '' -- and whose it is\n"
    ") STRICT;\n",
    "INSERT INTO calendar_marks (at, what, ref, publication) SELECT * FROM ("
    "SELECT at, 'publication', number, number FROM publications UNION ALL " OF_BEFORE(
        "namings", "name", "id", "at") " UNION ALL " OF_BEFORE("route_overrides", "override", "id",
                                                               "entered_at") ") ORDER BY 1, 2, 3",
    APPENDED("calendar_marks"),
    MARKED("publications", "publication", "number", "at", "NEW.number"),
    MARKED("namings", "name", "id", "at", LATEST),
    MARKED("route_overrides", "override", "id", "entered_at", LATEST),
    "ALTER TABLE tokens ADD COLUMN fetched_mark INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE tokens ADD COLUMN alarm INTEGER NOT NULL DEFAULT 0 CHECK (alarm BETWEEN 0 AND 10080)",
    NULL,
};

/* No telephone number: other characters, or fewer than ten digits. */
#define NO_TELEPHONE(column) \
    "(" column " GLOB '*[^-0-9() +]*' OR " column \
    " NOT GLOB '*[0-9]*[0-9]*[0-9]*[0-9]*[0-9]*[0-9]*[0-9]*[0-9]" \
    "*[0-9]*[0-9]*')"

/* Ways are judged from this version on. What was no address of its way is handed over (hand): nothing is
 * lost, and nothing goes where it cannot arrive. A new file has no such tables yet. */
static void ways_of_before(struct tb_db *db)
{
    if (tb_db_value(db,
                    "SELECT (SELECT count(*) FROM pragma_table_info('providers') WHERE name = 'staff_mail') "
                    "+ (SELECT count(*) FROM pragma_table_info('recipients') WHERE name = 'address')") < 2)
        return;
    tb_db_exec(db, "ALTER TABLE providers ADD COLUMN way TEXT");
    tb_db_exec(db, "UPDATE providers SET way = 'hand' WHERE staff_mail <> '' AND staff_mail NOT GLOB "
                   "'?*@?*.?*' AND " NO_TELEPHONE("staff_mail"));
    tb_db_exec(db, "UPDATE recipients SET way = 'hand' WHERE way = 'mail' AND address <> '' AND address NOT "
                   "GLOB '?*@?*.?*'");
    tb_db_exec(db, "UPDATE recipients SET way = 'hand' WHERE way = 'fax' AND address <> '' AND " NO_TELEPHONE(
                       "address"));
}

static void one_form(struct tb_db *db, const char *table, const char *column)
{
    struct tb_buf find = {0}, put = {0};
    char **was = NULL;
    size_t n = 0, cap = 0;
    tb_buf_addf(&find, "SELECT DISTINCT \"%s\" FROM \"%s\" WHERE \"%s\" <> ''", column, table, column);
    tb_buf_addf(&put, "UPDATE \"%s\" SET \"%s\" = :is WHERE \"%s\" = :was", table, column, column);
    for (struct tb_sql *q = tb_sql(db, tb_buf_str(&find)); tb_sql_row(q);)
        *TB_PUSH(was, n, cap) = tb_xstrdup(tb_sql_get_text(q, 0));
    for (size_t i = 0; i < n; i++) {
        struct tb_buf is = {0};
        if (!tb_said_phone(was[i], &is) && strcmp(was[i], tb_buf_str(&is)) != 0) {
            struct tb_sql *q = tb_sql(db, tb_buf_str(&put));
            tb_sql_text(q, "is", tb_buf_str(&is));
            tb_sql_text(q, "was", was[i]);
            tb_sql_run(q);
        }
        tb_buf_free(&is);
        free(was[i]);
    }
    free(was);
    tb_buf_free(&find);
    tb_buf_free(&put);
}

/* Telephones have one form from this version on. What is read as none stays as it is until somebody types it
 * anew: nothing that people may need is lost. */
static void phones_of_before(struct tb_db *db)
{
    for (int k = 0; k < TB_E_COUNT; k++)
        for (int f = 0; f < tb_entities[k].n_fields; f++) {
            const struct tb_field *field = &tb_entities[k].fields[f];
            struct tb_buf sql = {0};
            if (!tb_field_phone(field)) continue;
            tb_buf_addf(&sql, "SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s'",
                        tb_entities[k].name, field->name);
            if (tb_db_value(db, tb_buf_str(&sql)) > 0) one_form(db, tb_entities[k].name, field->name);
            tb_buf_free(&sql);
        }
}

static void before_version_4(struct tb_db *db)
{
    ways_of_before(db);
    phones_of_before(db);
}

/* To add a step: the next number at the end, and TB_SCHEMA_VERSION the same. `fields` names what the lists of
 * toban/domain/fields.h got since ("+providers.born"), lost ("-providers.fax"), or got as a whole entity
 * ("+seasons"), with blanks between; those tables are rebuilt by themselves afterwards, and a new field has
 * its default. `sql` is for the other tables and for values, `callback` for what SQL alone cannot say. */
const struct tb_schema_step tb_schema_steps[] = {
    {.version = 1, .fields = "", .sql = version_1},
    {.version = 2, .fields = "+providers.born"},
    {.version = 3, .fields = "+surveys.days +wishes.ends +areas.inside", .sql = version_3},
    {.version = 4,
     .fields = "+amendments +holidays.kind +retention +bodies.approves +bodies.approval +bodies.other_hand "
               "+region.sender +region.calendar_class +bodies.signs +bodies.office "
               "+bodies.fax +bodies.mail +bodies.address "
               "+bodies.document +kinds.honorific +providers.way +recipients.honorific "
               "+providers.age_from +providers.age_to +duties.unrouted "
               "+providers.name_en +providers.latitude +providers.longitude "
               "+complaints.words +modifiers.words",
     .sql = version_4,
     .callback = before_version_4},
};
const size_t tb_schema_n_steps = TB_COUNT(tb_schema_steps);
