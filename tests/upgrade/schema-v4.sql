4
1953456750
CREATE INDEX attend_ledger_slot ON attend_ledger (date, duty, band, role)
CREATE INDEX attendance_slot ON attendance (date, duty, band, role)
CREATE INDEX draft_moves_draft ON draft_moves (draft)
CREATE INDEX drafts_span ON drafts ("from", "to")
CREATE INDEX rosters_draft ON rosters (draft)
CREATE INDEX swap_moves_swap ON swap_moves (swap)
CREATE TABLE "aliases" (
  "area" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('name', 'reading', 'postcode')),
  "text" TEXT NOT NULL,
  PRIMARY KEY ("area", "kind", "text")
) STRICT
CREATE TABLE "amendments" (
  "what" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "field" TEXT NOT NULL,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"),
  "value" TEXT,
  "reason" TEXT,
  PRIMARY KEY ("what", "key", "field", "from")
) STRICT
CREATE TABLE "areas" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kana" TEXT,
  "level" TEXT NOT NULL CHECK ("level" IN ('region', 'municipality', 'zone', 'community', 'district')),
  "parent" TEXT REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "population" INTEGER DEFAULT 0 CHECK ("population" BETWEEN 0 AND 100000000),
  "under15" INTEGER DEFAULT 0 CHECK ("under15" BETWEEN 0 AND 100000000),
  "inside" INTEGER CHECK ("inside" BETWEEN 0 AND 600),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "balances" (
  "ledger" TEXT NOT NULL REFERENCES "ledgers"("id") DEFERRABLE INITIALLY DEFERRED,
  "account" TEXT NOT NULL,
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "carried" INTEGER NOT NULL,
  "reason" TEXT,
  PRIMARY KEY ("ledger", "account", "date")
) STRICT
CREATE TABLE "bands" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "when" TEXT NOT NULL REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "reception" TEXT,
  "from2" TEXT,
  "to2" TEXT,
  "reception2" TEXT,
  "handover" TEXT,
  PRIMARY KEY ("duty", "id")
) STRICT
CREATE TABLE "bodies" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('medical-association', 'foundation', 'hospital-council', 'municipality', 'pharmacist-association', 'dental-association', 'other')),
  "phone" TEXT,
  "signs" TEXT,
  "office" TEXT,
  "fax" TEXT,
  "mail" TEXT,
  "address" TEXT,
  "document" TEXT,
  "approves" INTEGER DEFAULT 0 CHECK ("approves" IN (0, 1)),
  "approval" TEXT,
  "other_hand" INTEGER DEFAULT 0 CHECK ("other_hand" IN (0, 1)),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "centres" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "area" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "phone" TEXT NOT NULL,
  "address" TEXT,
  "operator" TEXT,
  "hours" TEXT,
  "age_from" INTEGER DEFAULT 65 CHECK ("age_from" BETWEEN 0 AND 150),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "classes" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "weekdays" TEXT,
  "holiday" INTEGER DEFAULT 0 CHECK ("holiday" IN (0, 1)),
  "from" TEXT,
  "to" TEXT,
  "any_of" TEXT,
  "all_of" TEXT,
  "none_of" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "complaints" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "specialities" TEXT NOT NULL,
  "words" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "contacts" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 1 AND 100),
  "name" TEXT NOT NULL,
  "provider" TEXT REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "phone" TEXT,
  PRIMARY KEY ("duty", "rank")
) STRICT
CREATE TABLE "duties" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "title" TEXT,
  "kind" TEXT NOT NULL REFERENCES "kinds"("id") DEFERRABLE INITIALLY DEFERRED,
  "site" TEXT REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "specialities" TEXT NOT NULL,
  "tier" INTEGER NOT NULL CHECK ("tier" BETWEEN 0 AND 3),
  "body" TEXT NOT NULL REFERENCES "bodies"("id") DEFERRABLE INITIALLY DEFERRED,
  "period" TEXT NOT NULL,
  "group" TEXT,
  "area" TEXT REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "age_from" INTEGER DEFAULT 0 CHECK ("age_from" BETWEEN 0 AND 150),
  "age_to" INTEGER DEFAULT 150 CHECK ("age_to" BETWEEN 0 AND 150),
  "ambulance" INTEGER DEFAULT 0 CHECK ("ambulance" IN (0, 1)),
  "backup" INTEGER DEFAULT 0 CHECK ("backup" IN (0, 1)),
  "at_home" INTEGER DEFAULT 0 CHECK ("at_home" IN (0, 1)),
  "absence" TEXT DEFAULT 'owed' CHECK ("absence" IN ('forgiven', 'owed')),
  "swaps" TEXT DEFAULT 'counted' CHECK ("swaps" IN ('counted', 'neutral')),
  "note" TEXT,
  "unrouted" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "exceptions" (
  "rule" TEXT NOT NULL,
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "band" TEXT NOT NULL,
  "role" TEXT NOT NULL DEFAULT 'primary' CHECK ("role" IN ('primary', 'reserve')),
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "reason" TEXT NOT NULL,
  "signed_by" TEXT NOT NULL,
  "signed_on" TEXT NOT NULL CHECK (date("signed_on", '+0 days') IS "signed_on"),
  PRIMARY KEY ("rule", "duty", "date", "band", "role", "provider")
) STRICT
CREATE TABLE "exemptions" (
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "duty" TEXT REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"),
  "weekdays" TEXT,
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"),
  "reason" TEXT NOT NULL CHECK ("reason" IN ('leave', 'age', 'illness', 'other')),
  "accrues" INTEGER DEFAULT 0 CHECK ("accrues" IN (0, 1))
) STRICT
CREATE TABLE "external" (
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "what" TEXT NOT NULL,
  "permit" INTEGER DEFAULT 0 CHECK ("permit" IN (0, 1)),
  PRIMARY KEY ("provider", "from")
) STRICT
CREATE TABLE "figures" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "account" TEXT NOT NULL,
  "part" TEXT NOT NULL,
  "year" INTEGER NOT NULL CHECK ("year" BETWEEN 1900 AND 2200),
  "value" INTEGER NOT NULL,
  "source" TEXT,
  PRIMARY KEY ("duty", "account", "part", "year")
) STRICT
CREATE TABLE "formulas" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "of" TEXT NOT NULL CHECK ("of" IN ('share', 'member')),
  "part" TEXT NOT NULL,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  "percent" INTEGER NOT NULL,
  "before" INTEGER DEFAULT 0 CHECK ("before" BETWEEN 0 AND 10)
) STRICT
CREATE TABLE "history" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "band" TEXT NOT NULL,
  "role" TEXT NOT NULL CHECK ("role" IN ('primary', 'reserve')),
  "seat" INTEGER NOT NULL CHECK ("seat" BETWEEN 1 AND 50),
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY ("duty", "date", "band", "role", "seat")
) STRICT
CREATE TABLE "holidays" (
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "kind" TEXT DEFAULT 'add' CHECK ("kind" IN ('add', 'drop')),
  "name" TEXT
) STRICT
CREATE TABLE "homecare" (
  "area" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "device" TEXT NOT NULL CHECK ("device" IN ('ventilator', 'oxygen', 'dialysis')),
  "count" INTEGER NOT NULL CHECK ("count" BETWEEN 0 AND 100000),
  "keeper" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "checked" TEXT CHECK (date("checked", '+0 days') IS "checked"),
  PRIMARY KEY ("area", "device")
) STRICT
CREATE TABLE "hours" (
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "weekdays" TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  PRIMARY KEY ("provider", "weekdays", "from")
) STRICT
CREATE TABLE "kinds" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "person" INTEGER DEFAULT 0 CHECK ("person" IN (0, 1)),
  "honorific" TEXT CHECK ("honorific" IN ('sensei', 'sama', 'onchu')),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "ledgers" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "scope" TEXT NOT NULL CHECK ("scope" IN ('provider', 'person', 'share')),
  "duties" TEXT NOT NULL,
  "role" TEXT DEFAULT 'primary' CHECK ("role" IN ('primary', 'reserve')),
  "class" TEXT NOT NULL REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "price" INTEGER NOT NULL CHECK ("price" BETWEEN 0 AND 1000),
  "within" TEXT REFERENCES "ledgers"("id") DEFERRABLE INITIALLY DEFERRED,
  "catch_up" INTEGER DEFAULT 0,
  "beyond" INTEGER DEFAULT 0 CHECK ("beyond" BETWEEN 0 AND 100000),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "lines" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "age_from" INTEGER DEFAULT 0 CHECK ("age_from" BETWEEN 0 AND 150),
  "age_to" INTEGER DEFAULT 150 CHECK ("age_to" BETWEEN 0 AND 150),
  "note" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "links" (
  "from" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "type" TEXT NOT NULL CHECK ("type" IN ('owns', 'employed-by', 'deputises-for', 'paired-with', 'next-to', 'nurses-for', 'backs-up')),
  "to" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  PRIMARY KEY ("from", "type", "to")
) STRICT
CREATE TABLE "members" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "weight" INTEGER DEFAULT 1000000,
  "share" TEXT,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  "help" TEXT DEFAULT 'no' CHECK ("help" IN ('no', 'owed', 'given')),
  PRIMARY KEY ("duty", "provider")
) STRICT
CREATE TABLE "modifiers" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "specialities" TEXT NOT NULL,
  "words" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "overrides" (
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "class" TEXT NOT NULL REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "duty" TEXT REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "action" TEXT NOT NULL CHECK ("action" IN ('add', 'drop')),
  "reason" TEXT
) STRICT
CREATE TABLE "periods" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"),
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "pins" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "band" TEXT NOT NULL,
  "role" TEXT NOT NULL DEFAULT 'primary' CHECK ("role" IN ('primary', 'reserve')),
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "action" TEXT NOT NULL DEFAULT 'pin' CHECK ("action" IN ('pin', 'forbid')),
  "reason" TEXT,
  PRIMARY KEY ("duty", "date", "band", "role", "provider")
) STRICT
CREATE TABLE "policies" (
  "id" TEXT NOT NULL,
  "urgency" TEXT NOT NULL CHECK ("urgency" IN ('guidance', 'u1', 'u2', 'u3', 'u4', 'u5', 'unknown')),
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 1 AND 999),
  "hours" TEXT DEFAULT 'any' CHECK ("hours" IN ('any', 'consulting', 'closed')),
  "channel" TEXT DEFAULT 'any' CHECK ("channel" IN ('any', '119', 'others', 'staff')),
  "take" TEXT NOT NULL CHECK ("take" IN ('text', 'line', 'tertiary', 'certified', 'rotation', 'backup', 'rotation-any', 'primary', 'neighbour', 'soon', 'next', 'centre', 'standard', 'unsure')),
  "role" TEXT NOT NULL CHECK ("role" IN ('emergency', 'main', 'backup', 'later', 'line', 'family', 'last')),
  "if_none" INTEGER DEFAULT 0 CHECK ("if_none" IN (0, 1)),
  "within" INTEGER DEFAULT 0 CHECK ("within" BETWEEN 0 AND 10080),
  "keep" INTEGER DEFAULT 3 CHECK ("keep" BETWEEN 1 AND 6),
  "name" TEXT,
  "phone" TEXT,
  "note" TEXT,
  "approved_by" TEXT NOT NULL,
  "approved_on" TEXT NOT NULL CHECK (date("approved_on", '+0 days') IS "approved_on"),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "providers" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kana" TEXT,
  "kind" TEXT NOT NULL REFERENCES "kinds"("id") DEFERRABLE INITIALLY DEFERRED,
  "area" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "specialities" TEXT,
  "phone" TEXT,
  "staff_phone" TEXT,
  "staff_mail" TEXT,
  "address" TEXT,
  "joined" TEXT CHECK (date("joined", '+0 days') IS "joined"),
  "left" TEXT CHECK (date("left", '+0 days') IS "left"),
  "labour" TEXT DEFAULT 'none' CHECK ("labour" IN ('none', 'A', 'linked-B', 'B', 'C-1', 'C-2')),
  "born" TEXT CHECK (date("born", '+0 days') IS "born"),
  "home_visits" INTEGER DEFAULT 0 CHECK ("home_visits" IN (0, 1)),
  "advice" TEXT,
  "dispensing" TEXT DEFAULT 'none' CHECK ("dispensing" IN ('none', 'inside', 'outside')),
  "certified_until" TEXT CHECK (date("certified_until", '+0 days') IS "certified_until"),
  "tertiary" INTEGER DEFAULT 0 CHECK ("tertiary" IN (0, 1)),
  "disaster_base" INTEGER DEFAULT 0 CHECK ("disaster_base" IN (0, 1)),
  "parking" INTEGER DEFAULT 0 CHECK ("parking" BETWEEN 0 AND 10000),
  "checked" TEXT CHECK (date("checked", '+0 days') IS "checked"),
  "note" TEXT,
  "age_from" INTEGER DEFAULT 0 CHECK ("age_from" BETWEEN 0 AND 150),
  "age_to" INTEGER DEFAULT 150 CHECK ("age_to" BETWEEN 0 AND 150),
  "names_days" INTEGER DEFAULT 0 CHECK ("names_days" BETWEEN 0 AND 400),
  "way" TEXT CHECK ("way" IN ('fax', 'mail', 'post', 'hand')),
  "name_en" TEXT,
  "latitude" INTEGER DEFAULT 0,
  "longitude" INTEGER DEFAULT 0,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "recipients" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('municipality', 'fire', 'hospital', 'press', 'member', 'other')),
  "way" TEXT NOT NULL CHECK ("way" IN ('fax', 'mail', 'post', 'hand')),
  "address" TEXT,
  "each" INTEGER DEFAULT 0 CHECK ("each" IN (0, 1)),
  "duties" TEXT,
  "when" TEXT REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "days_from" INTEGER DEFAULT 0 CHECK ("days_from" BETWEEN 0 AND 400),
  "days_to" INTEGER DEFAULT 400 CHECK ("days_to" BETWEEN 0 AND 400),
  "honorific" TEXT CHECK ("honorific" IN ('sensei', 'sama', 'onchu', 'kakui')),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "region" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "notice" TEXT,
  "winter" TEXT REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "winter_percent" INTEGER DEFAULT 150 CHECK ("winter_percent" BETWEEN 100 AND 300),
  "travel_default" INTEGER DEFAULT 60 CHECK ("travel_default" BETWEEN 0 AND 600),
  "consulting" TEXT REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "consulting_from" TEXT DEFAULT '09:00',
  "consulting_to" TEXT DEFAULT '18:00',
  "half" TEXT REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "half_to" TEXT DEFAULT '12:00',
  "cancelled_days" INTEGER DEFAULT 30 CHECK ("cancelled_days" BETWEEN 1 AND 400),
  "calendar_class" TEXT DEFAULT 'public' CHECK ("calendar_class" IN ('public', 'confidential', 'private')),
  "sender" TEXT REFERENCES "bodies"("id") DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "retention" (
  "kind" TEXT NOT NULL CHECK ("kind" IN ('wishes', 'drafts', 'accesses', 'audit', 'swaps', 'deliveries', 'overrides', 'publications')),
  "years" INTEGER NOT NULL CHECK ("years" BETWEEN 1 AND 100),
  "note" TEXT,
  PRIMARY KEY ("kind")
) STRICT
CREATE TABLE "rules" (
  "id" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "duties" TEXT,
  "price" INTEGER CHECK ("price" BETWEEN 0 AND 1000000),
  "params" TEXT,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  "ja" TEXT NOT NULL,
  "en" TEXT NOT NULL,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "scales" (
  "scale" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 1 AND 20),
  "urgency" INTEGER NOT NULL CHECK ("urgency" BETWEEN 1 AND 5),
  "within" INTEGER DEFAULT 0 CHECK ("within" BETWEEN 0 AND 10080),
  "approved_by" TEXT NOT NULL,
  "approved_on" TEXT NOT NULL CHECK (date("approved_on", '+0 days') IS "approved_on"),
  PRIMARY KEY ("scale", "version", "code")
) STRICT
CREATE TABLE "seats" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "band" TEXT NOT NULL,
  "role" TEXT NOT NULL CHECK ("role" IN ('primary', 'reserve')),
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 0 AND 100),
  "when" TEXT NOT NULL REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "count" INTEGER NOT NULL CHECK ("count" BETWEEN 0 AND 50),
  PRIMARY KEY ("duty", "band", "role", "rank")
) STRICT
CREATE TABLE "shares" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "weight" INTEGER NOT NULL,
  PRIMARY KEY ("duty", "id")
) STRICT
CREATE TABLE "specialities" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "standards" (
  "id" TEXT NOT NULL,
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 1 AND 999),
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "complaint" TEXT REFERENCES "complaints"("id") DEFERRABLE INITIALLY DEFERRED,
  "age_from" INTEGER DEFAULT 0 CHECK ("age_from" BETWEEN 0 AND 150),
  "age_to" INTEGER DEFAULT 150 CHECK ("age_to" BETWEEN 0 AND 150),
  "area" TEXT REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  "approved_by" TEXT NOT NULL,
  "approved_on" TEXT NOT NULL CHECK (date("approved_on", '+0 days') IS "approved_on"),
  "source" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "suppliers" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "supplies" TEXT NOT NULL DEFAULT 'oxygen' CHECK ("supplies" IN ('oxygen', 'ventilator', 'dialysis', 'power')),
  "phone" TEXT NOT NULL,
  "count" INTEGER DEFAULT 0 CHECK ("count" BETWEEN 0 AND 100000),
  "note" TEXT,
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "surveys" (
  "id" TEXT NOT NULL,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"),
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"),
  "duties" TEXT NOT NULL,
  "deadline" TEXT CHECK (date("deadline", '+0 days') IS "deadline"),
  "days" TEXT CHECK ("days" IN ('duty', 'clock')),
  PRIMARY KEY ("id")
) STRICT
CREATE TABLE "travel" (
  "from" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "to" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "minutes" INTEGER NOT NULL CHECK ("minutes" BETWEEN 0 AND 600),
  PRIMARY KEY ("from", "to")
) STRICT
CREATE TABLE "wishes" (
  "survey" TEXT NOT NULL REFERENCES "surveys"("id") DEFERRABLE INITIALLY DEFERRED,
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "type" TEXT NOT NULL CHECK ("type" IN ('cannot', 'only', 'rather-not', 'like', 'count', 'any')),
  "from" TEXT CHECK (date("from", '+0 days') IS "from"),
  "to" TEXT CHECK (date("to", '+0 days') IS "to"),
  "duty" TEXT REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "band" TEXT,
  "count" INTEGER DEFAULT 0 CHECK ("count" BETWEEN 0 AND 366),
  "must" INTEGER DEFAULT 1 CHECK ("must" IN (0, 1)),
  "received" TEXT CHECK (date("received", '+0 days') IS "received"),
  "note" TEXT,
  "ends" TEXT
) STRICT
CREATE TABLE attend_ledger ( -- what attendance adds to the books beyond what was published
  id INTEGER PRIMARY KEY,
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  duty TEXT NOT NULL,
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  ledger TEXT NOT NULL,
  account TEXT NOT NULL,
  accrued INTEGER NOT NULL, -- millionths of a duty
  done INTEGER NOT NULL -- millionths of a duty
) STRICT
CREATE TABLE attendance ( -- what was done in a published seat; the last row of a seat's holder holds
  id INTEGER PRIMARY KEY,
  duty TEXT NOT NULL,
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  seated TEXT NOT NULL, -- who sat there as published
  came TEXT, -- who came; NULL: nobody
  "from" TEXT, -- instant; NULL: the hours of the seat
  until TEXT, -- instant
  patients INTEGER CHECK (patients >= 0), -- NULL: not counted
  referred INTEGER CHECK (referred BETWEEN 0 AND patients), -- sent on to a higher tier
  light INTEGER CHECK (light BETWEEN 0 AND patients), -- light cases
  taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)), -- the record was a mistake: as if there were none
  reason TEXT NOT NULL,
  at TEXT NOT NULL, -- instant of the entry
  "by" TEXT NOT NULL -- who entered it
) STRICT
CREATE TABLE audit ( -- who did what, when and why
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL, -- instant
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT
CREATE TABLE blobs ( -- things that can be made again, kept for speed
  name TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE calendar_marks ( -- one row for each thing entered that calendars tell, in the order entered
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL, -- instant
  what TEXT NOT NULL CHECK (what IN ('publication', 'name', 'override', 'wording', 'setting', 'table')),
  ref INTEGER NOT NULL, -- number of the publication or wording, id of the name or override; else 0
  publication INTEGER NOT NULL, -- the latest one then; 0: none
  feed TEXT NOT NULL DEFAULT '', -- of a setting of one calendar: its kind; empty: of all
  subject TEXT NOT NULL DEFAULT '' -- and whose it is
) STRICT
CREATE TABLE deliveries ( -- who was sent a publication, and who confirmed it
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publications (number),
  recipient TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('sent', 'confirmed')),
  way TEXT NOT NULL, -- fax, mail, post, hand
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who entered it
  note TEXT NOT NULL -- who confirmed, say
) STRICT
CREATE TABLE documents ( -- number and date of a body's letter with which a publication is sent; the last row of both holds
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publications (number),
  body TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL, -- in which the numbers count
  number INTEGER NOT NULL CHECK (number >= 0), -- 0: the body gives its letters none
  text TEXT NOT NULL, -- the number as it stands on the letter
  at TEXT NOT NULL, -- instant; its day is the letter's date
  "by" TEXT NOT NULL -- who issued it
) STRICT
CREATE TABLE draft_edit_seats ( -- the seats that an edit changed
  draft INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  duty TEXT NOT NULL,
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot
  went TEXT, -- provider who left it; NULL: it was open
  came TEXT, -- provider who took it; NULL: it is left open
  PRIMARY KEY (draft, revision, date, duty, band, role, seat),
  FOREIGN KEY (draft, revision) REFERENCES draft_edits (draft, revision)
) STRICT, WITHOUT ROWID
CREATE TABLE draft_edits ( -- what was done by hand to a draft that is worked on, in order
  draft INTEGER NOT NULL REFERENCES drafts (id),
  revision INTEGER NOT NULL CHECK (revision >= 1), -- of the draft, after this
  act TEXT NOT NULL CHECK (act IN ('edit', 'undo', 'redo')),
  of INTEGER, -- undo, redo: the edit that is taken back or done again
  objective INTEGER NOT NULL, -- of the roster after this, as drafts.objective
  open_seats INTEGER NOT NULL, -- seats nobody takes after this
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who
  PRIMARY KEY (draft, revision),
  CHECK ((of IS NULL) = (act = 'edit'))
) STRICT, WITHOUT ROWID
CREATE TABLE draft_moves ( -- what became of a draft before it was published
  id INTEGER PRIMARY KEY,
  draft INTEGER NOT NULL REFERENCES drafts (id),
  state TEXT NOT NULL CHECK (state IN ('circulating', 'approved')),
  until TEXT CHECK (date(until, '+0 days') IS until), -- circulating: last day for objections
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who
  note TEXT NOT NULL
, word TEXT NOT NULL DEFAULT '', meeting TEXT CHECK (date(meeting, '+0 days') IS meeting), number TEXT NOT NULL DEFAULT '') STRICT
CREATE TABLE draft_seats ( -- the seats that the draft decides
  draft INTEGER NOT NULL REFERENCES drafts (id),
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  duty TEXT NOT NULL,
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot
  provider TEXT, -- NULL: left open
  PRIMARY KEY (draft, date, duty, band, role, seat)
) STRICT, WITHOUT ROWID
CREATE TABLE drafts ( -- what was planned or made by hand, with the question it answers
  id INTEGER PRIMARY KEY,
  created_at TEXT NOT NULL, -- instant
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"), -- first duty date
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"), -- last duty date
  duties TEXT NOT NULL, -- ids joined by ;
  instance_digest TEXT NOT NULL, -- SHA-256, hex
  status TEXT NOT NULL, -- optimal, feasible, none, manual
  stopped_by TEXT NOT NULL, -- proof, time, gap, interrupt
  objective INTEGER NOT NULL, -- hundredths of a squared duty, docs/rules.md
  bound INTEGER NOT NULL, -- the same unit
  certified INTEGER NOT NULL CHECK (certified IN (0, 1)), -- the bound was proven
  certificate TEXT NOT NULL, -- integer duals, empty when there are none
  steps TEXT NOT NULL, -- how the planner came to it
  open_seats INTEGER NOT NULL, -- seats nobody takes
  after_publication INTEGER NOT NULL -- latest publication when it was made, 0: none
, supersedes INTEGER NOT NULL DEFAULT 1 CHECK (supersedes IN (0, 1)), past TEXT NOT NULL DEFAULT '') STRICT
CREATE TABLE instances ( -- the questions that drafts answer, each once
  digest TEXT PRIMARY KEY, -- SHA-256 of the bytes, hex
  bytes TEXT NOT NULL -- canonical JSON of the problem
) STRICT
CREATE TABLE ledger_entries ( -- the books: per publication, month, ledger and account; and entries by hand
  id INTEGER PRIMARY KEY,
  publication INTEGER REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED, -- NULL: by hand
  ledger TEXT NOT NULL,
  account TEXT NOT NULL,
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- last duty date of the month that it sums; by hand: as of
  accrued INTEGER NOT NULL, -- millionths of a duty
  done INTEGER NOT NULL, -- millionths of a duty
  adjusted INTEGER NOT NULL, -- millionths of a duty, by hand only
  reason TEXT NOT NULL,
  "by" TEXT NOT NULL, -- who
  at TEXT NOT NULL -- instant of the entry
) STRICT
CREATE TABLE ledger_slots ( -- the books in detail: what a publication adds to an account for one slot, or takes back
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  duty TEXT NOT NULL,
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  ledger TEXT NOT NULL,
  account TEXT NOT NULL,
  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,
  accrued INTEGER NOT NULL, -- millionths of a duty
  done INTEGER NOT NULL, -- millionths of a duty
  PRIMARY KEY (date, duty, band, role, ledger, account, publication)
) STRICT, WITHOUT ROWID
CREATE TABLE namings ( -- the doctor a group sends for a seat it holds; the last row of a group in a slot holds
  id INTEGER PRIMARY KEY,
  duty TEXT NOT NULL,
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  provider TEXT NOT NULL, -- the group
  person TEXT, -- NULL: the name was taken back
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who entered it
  note TEXT NOT NULL
) STRICT
CREATE TABLE publication_facts ( -- what publications hold of the region: one row per change of a row of a table; in force in publication n on a day is the last row up to n of those that hold by then
  what TEXT NOT NULL, -- table
  key TEXT NOT NULL, -- cells of the row's key, each ended by a tab
  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,
  since TEXT NOT NULL CHECK (since = '' OR date(since, '+0 days') IS since), -- first day; empty: always
  cells TEXT, -- a line field=value for each cell that says something; NULL: the row was taken out
  PRIMARY KEY (what, key, publication, since)
) STRICT, WITHOUT ROWID
CREATE TABLE publication_seats ( -- one row per change of a seat; in force in publication n is the last row up to n, if it has a provider
  duty TEXT NOT NULL,
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot; who stays keeps it
  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,
  provider TEXT, -- NULL: the seat was vacated
  changed TEXT NOT NULL, -- instant; later with every change of the seat
  sequence INTEGER NOT NULL CHECK (sequence >= 0), -- changes of the seat since it was first published
  PRIMARY KEY (duty, date, band, role, seat, publication)
) STRICT, WITHOUT ROWID
CREATE TABLE publications ( -- one counter for the region; written last, and then its rows elsewhere are closed
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL, -- instant
  digest TEXT NOT NULL, -- SHA-256 over all seats in force, hex
  "by" TEXT NOT NULL, -- who published
  note TEXT NOT NULL
, digest_format INTEGER NOT NULL DEFAULT 1 CHECK (digest_format IN (1, 2))) STRICT
CREATE TABLE rosters ( -- which draft a publication took for which duty and days
  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,
  duty TEXT NOT NULL,
  draft INTEGER NOT NULL REFERENCES drafts (id),
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"), -- first duty date
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"), -- last duty date
  digest TEXT NOT NULL, -- SHA-256 over the duty's seats in force on these days, hex
  PRIMARY KEY (publication, duty, draft)
) STRICT, WITHOUT ROWID
CREATE TABLE route_overrides ( -- what has happened since a routing table was published; over at `until` by itself
  id INTEGER PRIMARY KEY,
  entered_at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who entered it
  kind TEXT NOT NULL CHECK (kind IN ('closed', 'limited', 'late', 'substitute', 'extra', 'phone', 'note', 'disaster', 'confirmed', 'cancelled')),
  provider TEXT NOT NULL, -- whom it is about
  duty TEXT NOT NULL, -- empty: whatever the provider does
  other TEXT NOT NULL, -- who takes over (substitute); the second who declares or ends a disaster
  "from" TEXT NOT NULL, -- instant
  until TEXT NOT NULL CHECK (until > "from"), -- instant
  phone TEXT NOT NULL,
  note TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL, -- who said so, and how
  supersedes INTEGER NOT NULL -- the row whose place it takes, 0: none
) STRICT
CREATE TABLE swap_moves ( -- who said what to it
  id INTEGER PRIMARY KEY,
  swap INTEGER NOT NULL REFERENCES swaps (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'approved', 'published', 'refused', 'withdrawn')),
  provider TEXT, -- which of the two; NULL: the office
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who entered it
  note TEXT NOT NULL,
  publication INTEGER REFERENCES publications (number) -- published: in which
) STRICT
CREATE TABLE swaps ( -- one duty for another, or given to somebody else, as asked for
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publications (number), -- the seats are meant as they stood in it
  duty TEXT NOT NULL,
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  provider TEXT NOT NULL, -- who has this seat
  taker TEXT NOT NULL, -- who is to have it
  return_date TEXT CHECK (date(return_date, '+0 days') IS return_date), -- the taker's seat that goes to the first in return; NULL: none
  return_band TEXT,
  return_role TEXT CHECK (return_role IN ('primary', 'reserve')),
  reason TEXT NOT NULL
) STRICT
CREATE TABLE tokens ( -- addresses of calendar feeds; the address itself is not here, only its hash
  feed TEXT NOT NULL CHECK (feed IN ('provider', 'duty', 'body', 'area', 'facility', 'region')),
  subject TEXT NOT NULL, -- id of the provider, duty, body or area
  generation INTEGER NOT NULL CHECK (generation >= 1),
  hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, hex
  issued TEXT NOT NULL, -- instant
  revoked TEXT, -- instant; NULL: in use
  fetched TEXT, -- instant of the last fetch; NULL: never
  fetched_publication INTEGER, fetched_mark INTEGER NOT NULL DEFAULT 0, alarm INTEGER NOT NULL DEFAULT 0 CHECK (alarm BETWEEN 0 AND 10080), -- in force at that moment
  PRIMARY KEY (feed, subject, generation)
) STRICT, WITHOUT ROWID
CREATE TABLE turns ( -- who sits in a seat of the draft in another's turn
  draft INTEGER NOT NULL REFERENCES drafts (id),
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  duty TEXT NOT NULL,
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  provider TEXT NOT NULL, -- who sits there
  turn_of TEXT NOT NULL, -- whose turn it was
  PRIMARY KEY (draft, date, duty, band, role, provider)
) STRICT, WITHOUT ROWID
CREATE TABLE versions ( -- how often something of a kind was written: who shows it looks here whether it has moved
  what TEXT PRIMARY KEY, -- a table of the region, or publications, drafts, route_overrides ...
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE withdrawals ( -- rosters that a publication takes out of force
  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,
  duty TEXT NOT NULL,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"), -- first duty date
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"), -- last duty date
  PRIMARY KEY (publication, duty, "from")
) STRICT, WITHOUT ROWID
CREATE TRIGGER attend_ledger_no_delete BEFORE DELETE ON attend_ledger BEGIN SELECT RAISE(ABORT, 'attend_ledger: rows are never deleted'); END
CREATE TRIGGER attend_ledger_no_replace BEFORE INSERT ON attend_ledger WHEN EXISTS (SELECT 1 FROM attend_ledger WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'attend_ledger: rows are never replaced'); END
CREATE TRIGGER attend_ledger_no_update BEFORE UPDATE ON attend_ledger BEGIN SELECT RAISE(ABORT, 'attend_ledger: rows are never changed'); END
CREATE TRIGGER attendance_no_delete BEFORE DELETE ON attendance BEGIN SELECT RAISE(ABORT, 'attendance: rows are never deleted'); END
CREATE TRIGGER attendance_no_replace BEFORE INSERT ON attendance WHEN EXISTS (SELECT 1 FROM attendance WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'attendance: rows are never replaced'); END
CREATE TRIGGER attendance_no_update BEFORE UPDATE ON attendance BEGIN SELECT RAISE(ABORT, 'attendance: rows are never changed'); END
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit: rows are never deleted'); END
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'audit: rows are never replaced'); END
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit: rows are never changed'); END
CREATE TRIGGER calendar_marks_no_delete BEFORE DELETE ON calendar_marks BEGIN SELECT RAISE(ABORT, 'calendar_marks: rows are never deleted'); END
CREATE TRIGGER calendar_marks_no_replace BEFORE INSERT ON calendar_marks WHEN EXISTS (SELECT 1 FROM calendar_marks WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'calendar_marks: rows are never replaced'); END
CREATE TRIGGER calendar_marks_no_update BEFORE UPDATE ON calendar_marks BEGIN SELECT RAISE(ABORT, 'calendar_marks: rows are never changed'); END
CREATE TRIGGER deliveries_no_delete BEFORE DELETE ON deliveries BEGIN SELECT RAISE(ABORT, 'deliveries: rows are never deleted'); END
CREATE TRIGGER deliveries_no_replace BEFORE INSERT ON deliveries WHEN EXISTS (SELECT 1 FROM deliveries WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'deliveries: rows are never replaced'); END
CREATE TRIGGER deliveries_no_update BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(ABORT, 'deliveries: rows are never changed'); END
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents: rows are never deleted'); END
CREATE TRIGGER documents_no_replace BEFORE INSERT ON documents WHEN EXISTS (SELECT 1 FROM documents WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'documents: rows are never replaced'); END
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'documents: rows are never changed'); END
CREATE TRIGGER draft_edit_seats_no_delete BEFORE DELETE ON draft_edit_seats BEGIN SELECT RAISE(ABORT, 'draft_edit_seats: rows are never deleted'); END
CREATE TRIGGER draft_edit_seats_no_update BEFORE UPDATE ON draft_edit_seats BEGIN SELECT RAISE(ABORT, 'draft_edit_seats: rows are never changed'); END
CREATE TRIGGER draft_edits_no_delete BEFORE DELETE ON draft_edits BEGIN SELECT RAISE(ABORT, 'draft_edits: rows are never deleted'); END
CREATE TRIGGER draft_edits_no_late BEFORE INSERT ON draft_edits WHEN EXISTS (SELECT 1 FROM rosters WHERE draft = NEW.draft) OR EXISTS (SELECT 1 FROM draft_moves WHERE draft = NEW.draft)
  BEGIN SELECT RAISE(ABORT, 'draft_edits: the draft goes round or is published'); END
CREATE TRIGGER draft_edits_no_update BEFORE UPDATE ON draft_edits BEGIN SELECT RAISE(ABORT, 'draft_edits: rows are never changed'); END
CREATE TRIGGER draft_moves_no_delete BEFORE DELETE ON draft_moves BEGIN SELECT RAISE(ABORT, 'draft_moves: rows are never deleted'); END
CREATE TRIGGER draft_moves_no_replace BEFORE INSERT ON draft_moves WHEN EXISTS (SELECT 1 FROM draft_moves WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'draft_moves: rows are never replaced'); END
CREATE TRIGGER draft_moves_no_update BEFORE UPDATE ON draft_moves BEGIN SELECT RAISE(ABORT, 'draft_moves: rows are never changed'); END
CREATE TRIGGER draft_seats_no_update BEFORE UPDATE ON draft_seats BEGIN SELECT RAISE(ABORT, 'draft_seats: rows are never changed'); END
CREATE TRIGGER drafts_no_update BEFORE UPDATE ON drafts BEGIN SELECT RAISE(ABORT, 'drafts: rows are never changed'); END
CREATE TRIGGER instances_no_update BEFORE UPDATE ON instances BEGIN SELECT RAISE(ABORT, 'instances: rows are never changed'); END
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are never deleted'); END
CREATE TRIGGER ledger_entries_no_late BEFORE INSERT ON ledger_entries WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'ledger_entries: nothing is added to a publication'); END
CREATE TRIGGER ledger_entries_no_replace BEFORE INSERT ON ledger_entries WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are never replaced'); END
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are never changed'); END
CREATE TRIGGER ledger_slots_no_delete BEFORE DELETE ON ledger_slots BEGIN SELECT RAISE(ABORT, 'ledger_slots: rows are never deleted'); END
CREATE TRIGGER ledger_slots_no_late BEFORE INSERT ON ledger_slots WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'ledger_slots: nothing is added to a publication'); END
CREATE TRIGGER ledger_slots_no_update BEFORE UPDATE ON ledger_slots BEGIN SELECT RAISE(ABORT, 'ledger_slots: rows are never changed'); END
CREATE TRIGGER namings_mark AFTER INSERT ON namings BEGIN INSERT INTO calendar_marks (at, what, ref, publication) VALUES (NEW.at, 'name', NEW.id, (SELECT coalesce(max(number), 0) FROM publications)); END
CREATE TRIGGER namings_no_delete BEFORE DELETE ON namings BEGIN SELECT RAISE(ABORT, 'namings: rows are never deleted'); END
CREATE TRIGGER namings_no_replace BEFORE INSERT ON namings WHEN EXISTS (SELECT 1 FROM namings WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'namings: rows are never replaced'); END
CREATE TRIGGER namings_no_update BEFORE UPDATE ON namings BEGIN SELECT RAISE(ABORT, 'namings: rows are never changed'); END
CREATE TRIGGER publication_facts_no_delete BEFORE DELETE ON publication_facts BEGIN SELECT RAISE(ABORT, 'publication_facts: rows are never deleted'); END
CREATE TRIGGER publication_facts_no_late BEFORE INSERT ON publication_facts WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication AND digest_format = 2)
  BEGIN SELECT RAISE(ABORT, 'publication_facts: nothing is added to a publication'); END
CREATE TRIGGER publication_facts_no_update BEFORE UPDATE ON publication_facts BEGIN SELECT RAISE(ABORT, 'publication_facts: rows are never changed'); END
CREATE TRIGGER publication_seats_no_delete BEFORE DELETE ON publication_seats BEGIN SELECT RAISE(ABORT, 'publication_seats: rows are never deleted'); END
CREATE TRIGGER publication_seats_no_late BEFORE INSERT ON publication_seats WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'publication_seats: nothing is added to a publication'); END
CREATE TRIGGER publication_seats_no_update BEFORE UPDATE ON publication_seats BEGIN SELECT RAISE(ABORT, 'publication_seats: rows are never changed'); END
CREATE TRIGGER publications_mark AFTER INSERT ON publications BEGIN INSERT INTO calendar_marks (at, what, ref, publication) VALUES (NEW.at, 'publication', NEW.number, NEW.number); END
CREATE TRIGGER publications_next BEFORE INSERT ON publications WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM publications)
  BEGIN SELECT RAISE(ABORT, 'publications: numbers run on'); END
CREATE TRIGGER publications_no_delete BEFORE DELETE ON publications BEGIN SELECT RAISE(ABORT, 'publications: rows are never deleted'); END
CREATE TRIGGER publications_no_update BEFORE UPDATE ON publications BEGIN SELECT RAISE(ABORT, 'publications: rows are never changed'); END
CREATE TRIGGER rosters_no_delete BEFORE DELETE ON rosters BEGIN SELECT RAISE(ABORT, 'rosters: rows are never deleted'); END
CREATE TRIGGER rosters_no_late BEFORE INSERT ON rosters WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'rosters: nothing is added to a publication'); END
CREATE TRIGGER rosters_no_update BEFORE UPDATE ON rosters BEGIN SELECT RAISE(ABORT, 'rosters: rows are never changed'); END
CREATE TRIGGER route_overrides_mark AFTER INSERT ON route_overrides BEGIN INSERT INTO calendar_marks (at, what, ref, publication) VALUES (NEW.entered_at, 'override', NEW.id, (SELECT coalesce(max(number), 0) FROM publications)); END
CREATE TRIGGER route_overrides_no_delete BEFORE DELETE ON route_overrides BEGIN SELECT RAISE(ABORT, 'route_overrides: rows are never deleted'); END
CREATE TRIGGER route_overrides_no_replace BEFORE INSERT ON route_overrides WHEN EXISTS (SELECT 1 FROM route_overrides WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'route_overrides: rows are never replaced'); END
CREATE TRIGGER route_overrides_no_update BEFORE UPDATE ON route_overrides BEGIN SELECT RAISE(ABORT, 'route_overrides: rows are never changed'); END
CREATE TRIGGER swap_moves_no_delete BEFORE DELETE ON swap_moves BEGIN SELECT RAISE(ABORT, 'swap_moves: rows are never deleted'); END
CREATE TRIGGER swap_moves_no_replace BEFORE INSERT ON swap_moves WHEN EXISTS (SELECT 1 FROM swap_moves WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'swap_moves: rows are never replaced'); END
CREATE TRIGGER swap_moves_no_update BEFORE UPDATE ON swap_moves BEGIN SELECT RAISE(ABORT, 'swap_moves: rows are never changed'); END
CREATE TRIGGER swaps_no_delete BEFORE DELETE ON swaps BEGIN SELECT RAISE(ABORT, 'swaps: rows are never deleted'); END
CREATE TRIGGER swaps_no_replace BEFORE INSERT ON swaps WHEN EXISTS (SELECT 1 FROM swaps WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'swaps: rows are never replaced'); END
CREATE TRIGGER swaps_no_update BEFORE UPDATE ON swaps BEGIN SELECT RAISE(ABORT, 'swaps: rows are never changed'); END
CREATE TRIGGER turns_no_delete BEFORE DELETE ON turns BEGIN SELECT RAISE(ABORT, 'turns: rows are never deleted'); END
CREATE TRIGGER turns_no_update BEFORE UPDATE ON turns BEGIN SELECT RAISE(ABORT, 'turns: rows are never changed'); END
CREATE TRIGGER withdrawals_no_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals: rows are never deleted'); END
CREATE TRIGGER withdrawals_no_late BEFORE INSERT ON withdrawals WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'withdrawals: nothing is added to a publication'); END
CREATE TRIGGER withdrawals_no_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals: rows are never changed'); END
CREATE UNIQUE INDEX "exemptions_key" ON "exemptions" ("provider", coalesce("duty", ''), "from", coalesce("weekdays", ''))
CREATE UNIQUE INDEX "formulas_key" ON "formulas" ("duty", "of", "part", coalesce("since", ''))
CREATE UNIQUE INDEX "holidays_key" ON "holidays" ("date", coalesce("kind", ''))
CREATE UNIQUE INDEX "overrides_key" ON "overrides" ("date", "class", coalesce("duty", ''))
CREATE UNIQUE INDEX "wishes_key" ON "wishes" ("survey", "provider", "type", coalesce("from", ''), coalesce("to", ''), coalesce("duty", ''), coalesce("band", ''))
ok
