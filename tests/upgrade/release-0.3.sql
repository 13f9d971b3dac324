-- Made by tests/upgrade/make.sh with toban 0.3. Never changed. Everybody in it is fictitious (架空).
PRAGMA application_id = 1953456750;
PRAGMA user_version = 3;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
) STRICT;
INSERT INTO drafts VALUES(1,'2026-11-02T09:00+09:00','2026-12-02','2026-12-10','night','a2a653d6305e827982df748736c5783d1bee45501f9e0cc2edd04c0b519d63f8','optimal','proof',-1580,-1580,1,'tbcert 1 1000 19 0:-60000 1:-60000 2:-60000 3:-60000 4:150000 5:-60000 6:-60000 7:-60000 8:-60000 48:60000 49:-90000 50:-140000 51:-140000 52:-140000 53:-60000 54:-60000 55:-60000 56:-60000 57:-60000 0','blocks 1, lazy 0, sift 0, dive 1, fix 61, clique 0; dive: certificate',0,0);
INSERT INTO drafts VALUES(2,'2026-11-20T09:00+09:00','2026-12-09','2026-12-09','night','a72ecf4f9c878acdbe4e5354f97e0250271e843a3b02cbfd4cc74200b846168a','manual','',-60,-60,0,'','swap',0,1);
INSERT INTO drafts VALUES(3,'2026-11-20T09:00+09:00','2026-12-10','2026-12-10','night','8afc273cf6188dc24d942bb7f405a3c66a67cb54c454de93ba0c78685949e055','manual','',-60,-60,0,'','swap',0,1);
INSERT INTO drafts VALUES(4,'2026-12-06T09:00+09:00','2027-01-01','2027-01-03','night','3246631a79e2f96e994b42890c3c2ce9c5726d3955fb2a1371da127d206bb9c4','optimal','proof',-496,-496,1,'tbcert 1 1000 13 0:-80000 1:-80000 2:-60000 11:80000 12:80000 13:80000 14:-246000 15:-44000 16:-220000 17:-20000 18:-20000 19:-20000 20:-20000 0','blocks 1, lazy 0, sift 0, dive 1, fix 20, clique 0; dive: certificate',0,2);
CREATE TABLE draft_seats ( -- the seats that the draft decides
  draft INTEGER NOT NULL REFERENCES drafts (id),
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  duty TEXT NOT NULL,
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot
  provider TEXT, -- NULL: left open
  PRIMARY KEY (draft, date, duty, band, role, seat)
) STRICT, WITHOUT ROWID;
INSERT INTO draft_seats VALUES(1,'2026-12-02','night','eve','primary',1,'p1');
INSERT INTO draft_seats VALUES(1,'2026-12-03','night','eve','primary',1,'p2');
INSERT INTO draft_seats VALUES(1,'2026-12-04','night','eve','primary',1,'p3');
INSERT INTO draft_seats VALUES(1,'2026-12-05','night','eve','primary',1,'p4');
INSERT INTO draft_seats VALUES(1,'2026-12-06','night','eve','primary',1,'dept');
INSERT INTO draft_seats VALUES(1,'2026-12-07','night','eve','primary',1,'p1');
INSERT INTO draft_seats VALUES(1,'2026-12-08','night','eve','primary',1,'p2');
INSERT INTO draft_seats VALUES(1,'2026-12-09','night','eve','primary',1,'p3');
INSERT INTO draft_seats VALUES(1,'2026-12-10','night','eve','primary',1,'p4');
INSERT INTO draft_seats VALUES(2,'2026-12-09','night','eve','primary',1,'p4');
INSERT INTO draft_seats VALUES(3,'2026-12-10','night','eve','primary',1,'p3');
INSERT INTO draft_seats VALUES(4,'2027-01-01','night','eve','primary',1,'p2');
INSERT INTO draft_seats VALUES(4,'2027-01-02','night','eve','primary',1,'dept');
INSERT INTO draft_seats VALUES(4,'2027-01-03','night','eve','primary',1,'p2');
CREATE TABLE turns ( -- who sits in a seat of the draft in another's turn
  draft INTEGER NOT NULL REFERENCES drafts (id),
  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date
  duty TEXT NOT NULL,
  band TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  provider TEXT NOT NULL, -- who sits there
  turn_of TEXT NOT NULL, -- whose turn it was
  PRIMARY KEY (draft, date, duty, band, role, provider)
) STRICT, WITHOUT ROWID;
INSERT INTO turns VALUES(2,'2026-12-09','night','eve','primary','p4','p3');
INSERT INTO turns VALUES(3,'2026-12-10','night','eve','primary','p3','p4');
CREATE TABLE publications ( -- one counter for the region; written last, and then its rows elsewhere are closed
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL, -- instant
  digest TEXT NOT NULL, -- SHA-256 over all seats in force, hex
  "by" TEXT NOT NULL, -- who published
  note TEXT NOT NULL
) STRICT;
INSERT INTO publications VALUES(1,'2026-11-09T10:00+09:00','48db41c05b00494883404c46e88d52d15226c8f4666fed9746a650fef295cfdc','架空の事務局','十二月');
INSERT INTO publications VALUES(2,'2026-11-20T09:00+09:00','4d103a447a443220bc41faefecadc127ea32da01ee46e462dc68c348d029cb41','架空の事務局','当番の交換 1');
CREATE TABLE rosters ( -- which draft a publication took for which duty and days
  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,
  duty TEXT NOT NULL,
  draft INTEGER NOT NULL REFERENCES drafts (id),
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"), -- first duty date
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"), -- last duty date
  digest TEXT NOT NULL, -- SHA-256 over the duty's seats in force on these days, hex
  PRIMARY KEY (publication, duty, draft)
) STRICT, WITHOUT ROWID;
INSERT INTO rosters VALUES(1,'night',1,'2026-12-02','2026-12-10','48db41c05b00494883404c46e88d52d15226c8f4666fed9746a650fef295cfdc');
INSERT INTO rosters VALUES(2,'night',2,'2026-12-09','2026-12-09','6f6ac6fc0db57dd1dd5327e5f0aaccc8e95706cfc2b42cce5c6cd59cf79d8258');
INSERT INTO rosters VALUES(2,'night',3,'2026-12-10','2026-12-10','7ba78ca0b25f851d64c284cf83e8276cf53bc14fd22954e38eb4f094b19775cb');
CREATE TABLE withdrawals ( -- rosters that a publication takes out of force
  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,
  duty TEXT NOT NULL,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"), -- first duty date
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"), -- last duty date
  PRIMARY KEY (publication, duty, "from")
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens ( -- addresses of calendar feeds; the address itself is not here, only its hash
  feed TEXT NOT NULL CHECK (feed IN ('provider', 'duty', 'body', 'area', 'facility', 'region')),
  subject TEXT NOT NULL, -- id of the provider, duty, body or area
  generation INTEGER NOT NULL CHECK (generation >= 1),
  hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, hex
  issued TEXT NOT NULL, -- instant
  revoked TEXT, -- instant; NULL: in use
  fetched TEXT, -- instant of the last fetch; NULL: never
  fetched_publication INTEGER, -- in force at that moment
  PRIMARY KEY (feed, subject, generation)
) STRICT, WITHOUT ROWID;
INSERT INTO tokens VALUES('provider','p1',1,'0ff3ebd420872a6e2e19b4bf58f9ca2078de974f514fbd70d46c339066ad3d91','2026-11-09T10:00+09:00',NULL,NULL,NULL);
INSERT INTO tokens VALUES('provider','p2',1,'51aaed3dfa92564abc6b66d3764eed79cec0daf8a29b03671dc0dc0761437e32','2026-11-09T10:00+09:00','2026-11-09T10:00+09:00',NULL,NULL);
INSERT INTO tokens VALUES('provider','p2',2,'af02476cbf10a25efa1dae8476accccaaeca081039457e3738211b3e5efe47de','2026-11-09T10:00+09:00',NULL,NULL,NULL);
INSERT INTO tokens VALUES('provider','p3',1,'923845704c583d403cff8379ae5d245d39364b0631f2c30c48a0cc253f069065','2026-11-09T10:00+09:00','2026-11-09T10:00+09:00',NULL,NULL);
INSERT INTO tokens VALUES('region','small',1,'24f54fbb6e47e703705d2107dfe467d3954236ef88395c656ecd30f48af350af','2026-11-09T10:00+09:00',NULL,NULL,NULL);
CREATE TABLE draft_moves ( -- what became of a draft before it was published
  id INTEGER PRIMARY KEY,
  draft INTEGER NOT NULL REFERENCES drafts (id),
  state TEXT NOT NULL CHECK (state IN ('circulating', 'approved')),
  until TEXT CHECK (date(until, '+0 days') IS until), -- circulating: last day for objections
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who
  note TEXT NOT NULL
) STRICT;
INSERT INTO draft_moves VALUES(1,1,'circulating','2026-11-08','2026-11-02T10:00+09:00','架空の事務局','');
INSERT INTO draft_moves VALUES(2,1,'approved',NULL,'2026-11-09T10:00+09:00','架空の事務局','');
CREATE TABLE deliveries ( -- who was sent a publication, and who confirmed it
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publications (number),
  recipient TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('sent', 'confirmed')),
  way TEXT NOT NULL, -- fax, mail, post, hand
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who entered it
  note TEXT NOT NULL -- who confirmed, say
) STRICT;
INSERT INTO deliveries VALUES(1,1,'fire','sent','fax','2026-11-09T10:00+09:00','架空の事務局','');
INSERT INTO deliveries VALUES(2,1,'fire','confirmed','fax','2026-11-09T10:00+09:00','架空の事務局','指令第一係');
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
) STRICT;
INSERT INTO namings VALUES(1,'night','2026-12-06','eve','primary','dept','u1','2026-11-09T10:00+09:00','架空の事務局','');
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
) STRICT;
INSERT INTO swaps VALUES(1,1,'night','2026-12-09','eve','primary','p3','p4','2026-12-10','eve','primary','学会');
INSERT INTO swaps VALUES(2,2,'night','2026-12-07','eve','primary','p1','p4',NULL,NULL,NULL,'未定');
CREATE TABLE swap_moves ( -- who said what to it
  id INTEGER PRIMARY KEY,
  swap INTEGER NOT NULL REFERENCES swaps (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'approved', 'published', 'refused', 'withdrawn')),
  provider TEXT, -- which of the two; NULL: the office
  at TEXT NOT NULL, -- instant
  "by" TEXT NOT NULL, -- who entered it
  note TEXT NOT NULL,
  publication INTEGER REFERENCES publications (number) -- published: in which
) STRICT;
INSERT INTO swap_moves VALUES(1,1,'asked','p3','2026-11-20T09:00+09:00','架空の事務局','学会',NULL);
INSERT INTO swap_moves VALUES(2,1,'agreed','p4','2026-11-20T09:00+09:00','架空の事務局','',NULL);
INSERT INTO swap_moves VALUES(3,1,'approved',NULL,'2026-11-20T09:00+09:00','架空の事務局','',NULL);
INSERT INTO swap_moves VALUES(4,1,'published',NULL,'2026-11-20T09:00+09:00','架空の事務局','',2);
INSERT INTO swap_moves VALUES(5,2,'asked','p1','2026-11-20T09:00+09:00','架空の事務局','未定',NULL);
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
) STRICT;
INSERT INTO attendance VALUES(1,'night','2026-12-02','eve','primary','p1','p1',NULL,NULL,14,1,11,0,'','2026-12-06T09:00+09:00','架空の事務局');
INSERT INTO attendance VALUES(2,'night','2026-12-03','eve','primary','p2','p3','2026-12-03T20:00+09:00','2026-12-04T01:30+09:00',9,0,8,0,'急病','2026-12-06T09:00+09:00','架空の事務局');
INSERT INTO attendance VALUES(3,'night','2026-12-04','eve','primary','p3',NULL,NULL,NULL,NULL,NULL,NULL,0,'','2026-12-06T09:00+09:00','架空の事務局');
INSERT INTO attendance VALUES(4,'night','2026-12-04','eve','primary','p3',NULL,NULL,NULL,NULL,NULL,NULL,1,'書き誤り','2026-12-06T09:00+09:00','架空の事務局');
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
) STRICT;
INSERT INTO attend_ledger VALUES(1,'2026-12-03','night','eve','primary','nights','p2',0,-1000000);
INSERT INTO attend_ledger VALUES(2,'2026-12-03','night','eve','primary','nights','p3',0,1000000);
INSERT INTO attend_ledger VALUES(3,'2026-12-04','night','eve','primary','nights','dept',-200000,0);
INSERT INTO attend_ledger VALUES(4,'2026-12-04','night','eve','primary','nights','p1',-200000,0);
INSERT INTO attend_ledger VALUES(5,'2026-12-04','night','eve','primary','nights','p2',-200000,0);
INSERT INTO attend_ledger VALUES(6,'2026-12-04','night','eve','primary','nights','p3',-200000,-1000000);
INSERT INTO attend_ledger VALUES(7,'2026-12-04','night','eve','primary','nights','p4',-200000,0);
INSERT INTO attend_ledger VALUES(8,'2026-12-04','night','eve','primary','nights','dept',200000,0);
INSERT INTO attend_ledger VALUES(9,'2026-12-04','night','eve','primary','nights','p1',200000,0);
INSERT INTO attend_ledger VALUES(10,'2026-12-04','night','eve','primary','nights','p2',200000,0);
INSERT INTO attend_ledger VALUES(11,'2026-12-04','night','eve','primary','nights','p3',200000,1000000);
INSERT INTO attend_ledger VALUES(12,'2026-12-04','night','eve','primary','nights','p4',200000,0);
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
) STRICT, WITHOUT ROWID;
INSERT INTO publication_seats VALUES('night','2026-12-02','eve','primary',1,1,'p1','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-03','eve','primary',1,1,'p2','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-04','eve','primary',1,1,'p3','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-05','eve','primary',1,1,'p4','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-06','eve','primary',1,1,'dept','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-07','eve','primary',1,1,'p1','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-08','eve','primary',1,1,'p2','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-09','eve','primary',1,1,'p3','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-09','eve','primary',1,2,'p4','2026-11-20T09:00+09:00',1);
INSERT INTO publication_seats VALUES('night','2026-12-10','eve','primary',1,1,'p4','2026-11-09T10:00+09:00',0);
INSERT INTO publication_seats VALUES('night','2026-12-10','eve','primary',1,2,'p3','2026-11-20T09:00+09:00',1);
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
) STRICT, WITHOUT ROWID;
INSERT INTO ledger_slots VALUES('2026-12-02','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-02','night','eve','primary','nights','p1',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-02','night','eve','primary','nights','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-02','night','eve','primary','nights','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-02','night','eve','primary','nights','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-03','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-03','night','eve','primary','nights','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-03','night','eve','primary','nights','p2',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-03','night','eve','primary','nights','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-03','night','eve','primary','nights','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-04','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-04','night','eve','primary','nights','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-04','night','eve','primary','nights','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-04','night','eve','primary','nights','p3',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-04','night','eve','primary','nights','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-05','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-05','night','eve','primary','nights','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-05','night','eve','primary','nights','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-05','night','eve','primary','nights','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-05','night','eve','primary','nights','p4',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights','dept',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights.sun','dept',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights.sun','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights.sun','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights.sun','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-06','night','eve','primary','nights.sun','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-07','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-07','night','eve','primary','nights','p1',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-07','night','eve','primary','nights','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-07','night','eve','primary','nights','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-07','night','eve','primary','nights','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-08','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-08','night','eve','primary','nights','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-08','night','eve','primary','nights','p2',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-08','night','eve','primary','nights','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-08','night','eve','primary','nights','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-09','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-09','night','eve','primary','nights','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-09','night','eve','primary','nights','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-09','night','eve','primary','nights','p3',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-09','night','eve','primary','nights','p3',2,0,-1000000);
INSERT INTO ledger_slots VALUES('2026-12-09','night','eve','primary','nights','p4',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-09','night','eve','primary','nights','p4',2,0,1000000);
INSERT INTO ledger_slots VALUES('2026-12-10','night','eve','primary','nights','dept',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-10','night','eve','primary','nights','p1',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-10','night','eve','primary','nights','p2',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-10','night','eve','primary','nights','p3',1,200000,0);
INSERT INTO ledger_slots VALUES('2026-12-10','night','eve','primary','nights','p3',2,0,1000000);
INSERT INTO ledger_slots VALUES('2026-12-10','night','eve','primary','nights','p4',1,200000,1000000);
INSERT INTO ledger_slots VALUES('2026-12-10','night','eve','primary','nights','p4',2,0,-1000000);
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
) STRICT;
INSERT INTO ledger_entries VALUES(1,1,'nights','dept','2026-12-31',1800000,1000000,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(2,1,'nights','p1','2026-12-31',1800000,2000000,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(3,1,'nights','p2','2026-12-31',1800000,2000000,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(4,1,'nights','p3','2026-12-31',1800000,2000000,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(5,1,'nights','p4','2026-12-31',1800000,2000000,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(6,1,'nights.sun','dept','2026-12-31',200000,1000000,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(7,1,'nights.sun','p1','2026-12-31',200000,0,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(8,1,'nights.sun','p2','2026-12-31',200000,0,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(9,1,'nights.sun','p3','2026-12-31',200000,0,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(10,1,'nights.sun','p4','2026-12-31',200000,0,0,'','架空の事務局','2026-11-09T10:00+09:00');
INSERT INTO ledger_entries VALUES(11,NULL,'nights','p2','2026-12-06',0,0,500000,'応援','架空の事務局','2026-12-06T09:00+09:00');
INSERT INTO ledger_entries VALUES(12,NULL,'nights','dept','2026-12-06',0,0,-125000,'応援','架空の事務局','2026-12-06T09:00+09:00');
INSERT INTO ledger_entries VALUES(13,NULL,'nights','p1','2026-12-06',0,0,-125000,'応援','架空の事務局','2026-12-06T09:00+09:00');
INSERT INTO ledger_entries VALUES(14,NULL,'nights','p3','2026-12-06',0,0,-125000,'応援','架空の事務局','2026-12-06T09:00+09:00');
INSERT INTO ledger_entries VALUES(15,NULL,'nights','p4','2026-12-06',0,0,-125000,'応援','架空の事務局','2026-12-06T09:00+09:00');
CREATE TABLE audit ( -- who did what, when and why
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL, -- instant
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,'2026-11-01T09:00+09:00','office','init','small');
INSERT INTO audit VALUES(2,'2026-11-01T10:00+09:00','架空の事務局','wishes','{"key":"dec/p2/rather-not/2026-12-06","after":{"survey":"dec","provider":"p2","type":"rather-not","from":"2026-12-06","count":0,"must":true,"received":"2026-11-01"}}');
INSERT INTO audit VALUES(3,'2026-11-02T09:00+09:00','office','import','/tmp/tmp.RKb9SNbbrx/region');
INSERT INTO audit VALUES(4,'2026-11-02T09:00+09:00','office','wishes','{"key":"dec/p2/rather-not/2026-12-06","before":{"survey":"dec","provider":"p2","type":"rather-not","from":"2026-12-06","count":0,"must":true,"received":"2026-11-01"}}');
INSERT INTO audit VALUES(5,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-02/eve/primary/p1","after":{"duty":"night","date":"2026-12-02","band":"eve","role":"primary","provider":"p1","action":"pin"}}');
INSERT INTO audit VALUES(6,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-03/eve/primary/p2","after":{"duty":"night","date":"2026-12-03","band":"eve","role":"primary","provider":"p2","action":"pin"}}');
INSERT INTO audit VALUES(7,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-04/eve/primary/p3","after":{"duty":"night","date":"2026-12-04","band":"eve","role":"primary","provider":"p3","action":"pin"}}');
INSERT INTO audit VALUES(8,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-05/eve/primary/p4","after":{"duty":"night","date":"2026-12-05","band":"eve","role":"primary","provider":"p4","action":"pin"}}');
INSERT INTO audit VALUES(9,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-06/eve/primary/dept","after":{"duty":"night","date":"2026-12-06","band":"eve","role":"primary","provider":"dept","action":"pin"}}');
INSERT INTO audit VALUES(10,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-07/eve/primary/p1","after":{"duty":"night","date":"2026-12-07","band":"eve","role":"primary","provider":"p1","action":"pin"}}');
INSERT INTO audit VALUES(11,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-08/eve/primary/p2","after":{"duty":"night","date":"2026-12-08","band":"eve","role":"primary","provider":"p2","action":"pin"}}');
INSERT INTO audit VALUES(12,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-09/eve/primary/p3","after":{"duty":"night","date":"2026-12-09","band":"eve","role":"primary","provider":"p3","action":"pin"}}');
INSERT INTO audit VALUES(13,'2026-11-02T09:00+09:00','office','pins','{"key":"night/2026-12-10/eve/primary/p4","after":{"duty":"night","date":"2026-12-10","band":"eve","role":"primary","provider":"p4","action":"pin"}}');
INSERT INTO audit VALUES(14,'2026-11-02T09:00+09:00','office','plan','1');
INSERT INTO audit VALUES(15,'2026-11-02T10:00+09:00','架空の事務局','circulate','1 until 2026-11-08');
INSERT INTO audit VALUES(16,'2026-11-09T10:00+09:00','架空の事務局','approve','1');
INSERT INTO audit VALUES(17,'2026-11-09T10:00+09:00','架空の事務局','publish','1 48db41c0');
INSERT INTO audit VALUES(18,'2026-11-09T11:00+09:00','office','import','/tmp/tmp.RKb9SNbbrx/region');
INSERT INTO audit VALUES(19,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-02/eve/primary/p1","before":{"duty":"night","date":"2026-12-02","band":"eve","role":"primary","provider":"p1","action":"pin"}}');
INSERT INTO audit VALUES(20,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-03/eve/primary/p2","before":{"duty":"night","date":"2026-12-03","band":"eve","role":"primary","provider":"p2","action":"pin"}}');
INSERT INTO audit VALUES(21,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-04/eve/primary/p3","before":{"duty":"night","date":"2026-12-04","band":"eve","role":"primary","provider":"p3","action":"pin"}}');
INSERT INTO audit VALUES(22,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-05/eve/primary/p4","before":{"duty":"night","date":"2026-12-05","band":"eve","role":"primary","provider":"p4","action":"pin"}}');
INSERT INTO audit VALUES(23,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-06/eve/primary/dept","before":{"duty":"night","date":"2026-12-06","band":"eve","role":"primary","provider":"dept","action":"pin"}}');
INSERT INTO audit VALUES(24,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-07/eve/primary/p1","before":{"duty":"night","date":"2026-12-07","band":"eve","role":"primary","provider":"p1","action":"pin"}}');
INSERT INTO audit VALUES(25,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-08/eve/primary/p2","before":{"duty":"night","date":"2026-12-08","band":"eve","role":"primary","provider":"p2","action":"pin"}}');
INSERT INTO audit VALUES(26,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-09/eve/primary/p3","before":{"duty":"night","date":"2026-12-09","band":"eve","role":"primary","provider":"p3","action":"pin"}}');
INSERT INTO audit VALUES(27,'2026-11-09T11:00+09:00','office','pins','{"key":"night/2026-12-10/eve/primary/p4","before":{"duty":"night","date":"2026-12-10","band":"eve","role":"primary","provider":"p4","action":"pin"}}');
INSERT INTO audit VALUES(28,'2026-11-09T10:00+09:00','架空の事務局','sent','1 fire fax');
INSERT INTO audit VALUES(29,'2026-11-09T10:00+09:00','架空の事務局','confirmed','1 fire fax: 指令第一係');
INSERT INTO audit VALUES(30,'2026-11-09T10:00+09:00','架空の事務局','token-issue','provider p1 1');
INSERT INTO audit VALUES(31,'2026-11-09T10:00+09:00','架空の事務局','token-issue','provider p2 1');
INSERT INTO audit VALUES(32,'2026-11-09T10:00+09:00','架空の事務局','token-issue','provider p3 1');
INSERT INTO audit VALUES(33,'2026-11-09T10:00+09:00','架空の事務局','token-issue','region small 1');
INSERT INTO audit VALUES(34,'2026-11-09T10:00+09:00','架空の事務局','token-rotate','provider p2 2');
INSERT INTO audit VALUES(35,'2026-11-09T10:00+09:00','架空の事務局','token-revoke','provider p3');
INSERT INTO audit VALUES(36,'2026-11-09T10:00+09:00','架空の事務局','name','night:2026-12-06:eve dept: u1');
INSERT INTO audit VALUES(37,'2026-11-20T09:00+09:00','架空の事務局','swap','1 asked p3: 学会');
INSERT INTO audit VALUES(38,'2026-11-20T09:00+09:00','架空の事務局','swap','1 agreed p4');
INSERT INTO audit VALUES(39,'2026-11-20T09:00+09:00','架空の事務局','swap','1 approved');
INSERT INTO audit VALUES(40,'2026-11-20T09:00+09:00','架空の事務局','publish','2 4d103a44');
INSERT INTO audit VALUES(41,'2026-11-20T09:00+09:00','架空の事務局','swap','1 published');
INSERT INTO audit VALUES(42,'2026-11-20T09:00+09:00','架空の事務局','swap','2 asked p1: 未定');
INSERT INTO audit VALUES(43,'2026-12-06T09:00+09:00','架空の事務局','attend','night:2026-12-02:eve p1: came=p1 patients=14 referred=1 light=11');
INSERT INTO audit VALUES(44,'2026-12-06T09:00+09:00','架空の事務局','attend','night:2026-12-03:eve p2: came=p3 from=2026-12-03T20:00 to=2026-12-04T01:30 patients=9 referred=0 light=8: 急病');
INSERT INTO audit VALUES(45,'2026-12-06T09:00+09:00','架空の事務局','attend','night:2026-12-04:eve p3: came=nobody');
INSERT INTO audit VALUES(46,'2026-12-06T09:00+09:00','架空の事務局','attend','night:2026-12-04:eve p3: came=nobody -> -: 書き誤り');
INSERT INTO audit VALUES(47,'2026-12-06T09:00+09:00','架空の事務局','ledger','nights p2 0.5: 応援');
INSERT INTO audit VALUES(48,'2026-12-06T09:00+09:00','架空の事務局','override','1 phone centre  from 2026-12-06T09:00 until 2026-12-06T19:00 phone=076-000-0001 reason=回線 source=電話');
INSERT INTO audit VALUES(49,'2026-12-06T09:00+09:00','架空の事務局','plan','4');
INSERT INTO audit VALUES(50,'2026-12-06T09:00+09:00','架空の事務局','assign','4/1 night:2027-01-02:eve dept→p4');
INSERT INTO audit VALUES(51,'2026-12-06T09:00+09:00','架空の事務局','undo','4/2 night:2027-01-02:eve p4→dept');
INSERT INTO audit VALUES(52,'2026-12-06T09:00+09:00','架空の事務局','redo','4/3 night:2027-01-02:eve dept→p4');
INSERT INTO audit VALUES(53,'2026-12-06T09:00+09:00','架空の事務局','exceptions','{"key":"gap/night/2027-01-02/eve/primary/p4","after":{"rule":"gap","duty":"night","date":"2027-01-02","band":"eve","role":"primary","provider":"p4","reason":"電話で承諾","signed_by":"架空の理事","signed_on":"2026-12-06"}}');
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
) STRICT;
INSERT INTO route_overrides VALUES(1,'2026-12-06T09:00+09:00','架空の事務局','phone','centre','','','2026-12-06T09:00+09:00','2026-12-06T19:00+09:00','076-000-0001','','回線','電話',0);
CREATE TABLE blobs ( -- things that can be made again, kept for speed
  name TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE instances ( -- the questions that drafts answer, each once
  digest TEXT PRIMARY KEY, -- SHA-256 of the bytes, hex
  bytes TEXT NOT NULL -- canonical JSON of the problem
) STRICT;
INSERT INTO instances VALUES('a2a653d6305e827982df748736c5783d1bee45501f9e0cc2edd04c0b519d63f8','{"format_version":1,"region":{"format_version":1,"region":{"id":"small","name":"小さな医療圏","notice":"見本です。人名・電話番号は架空です。","winter_percent":150,"travel_default":60,"consulting_from":"09:00","consulting_to":"18:00","half_to":"12:00","cancelled_days":30},"areas":[{"id":"town","name":"架空町","level":"municipality","population":0,"under15":0},{"id":"ward","name":"架空町 東","level":"district","parent":"town","population":0,"under15":0,"inside":12}],"bodies":[{"id":"assoc","name":"架空町医師会","kind":"medical-association"}],"kinds":[{"id":"clinic","name":"診療所","person":false},{"id":"doctor","name":"医師","person":true},{"id":"hospital","name":"病院","person":false}],"specialities":[{"id":"internal","name":"内科"}],"classes":[{"id":"all","name":"毎日","holiday":false},{"id":"sun","name":"日曜","weekdays":["sun"],"holiday":false}],"providers":[{"id":"centre","name":"架空町急病センター","kind":"clinic","area":"town","phone":"076-000-0000","address":"架空町1-1","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"dept","name":"架空大学医局","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":10},{"id":"p1","name":"髙橋 一郎","kind":"doctor","area":"town","staff_phone":"090-0000-0001","labour":"none","born":"1958-04-01","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p2","name":"𠮷田, 花子","kind":"doctor","area":"town","staff_phone":"090-0000-0002","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p3","name":"鈴木 次郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p4","name":"佐々木 四郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"tert","name":"救命（架空）","kind":"hospital","area":"town","phone":"076-000-0099","staff_phone":"090-0000-0099","labour":"none","home_visits":false,"dispensing":"none","tertiary":true,"disaster_base":true,"parking":0,"names_days":0},{"id":"u1","name":"名簿 花子","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0}],"links":[{"from":"u1","type":"employed-by","to":"dept"}],"duties":[{"id":"night","name":"急病センター","kind":"doctor","site":"centre","specialities":["internal"],"tier":1,"body":"assoc","period":"month","age_from":0,"age_to":150,"ambulance":false,"backup":false,"at_home":false,"absence":"owed","swaps":"counted"}],"bands":[{"duty":"night","id":"eve","name":"準夜","when":"all","from":"19:30","to":"25:00","reception":"24:30"}],"seats":[{"duty":"night","band":"eve","role":"primary","rank":0,"when":"all","count":1}],"members":[{"duty":"night","provider":"dept","weight":"1","help":"no"},{"duty":"night","provider":"p1","weight":"1","help":"no"},{"duty":"night","provider":"p2","weight":"1","help":"no"},{"duty":"night","provider":"p3","weight":"1","help":"no"},{"duty":"night","provider":"p4","weight":"1","help":"no"}],"ledgers":[{"id":"nights","name":"準夜","scope":"provider","duties":["night"],"role":"primary","class":"all","price":1,"catch_up":"0","beyond":0},{"id":"nights.sun","name":"日曜の準夜","scope":"provider","duties":["night"],"role":"primary","class":"sun","price":1,"catch_up":"0","beyond":0}],"rules":[{"id":"gap","type":"rest.days","duties":["night"],"params":"days=2","ja":"準夜は続けない","en":"No two nights running"},{"id":"sixty-five","type":"limit.window","duties":["night"],"params":"max=9 months=2 from=65","ja":"65歳からは続く二か月に9回まで","en":"From 65 on at most nine in any two months"}],"surveys":[{"id":"dec","from":"2026-12-01","to":"2026-12-31","duties":["night"],"deadline":"2026-11-05"},{"id":"jan","from":"2027-01-01","to":"2027-01-03","duties":["night"],"deadline":"2026-12-05","days":"clock"}],"wishes":[{"survey":"dec","provider":"p4","type":"cannot","from":"2026-12-02","count":0,"must":true,"note":"通院"},{"survey":"jan","provider":"p3","type":"cannot","from":"2027-01-03","count":0,"must":true,"note":"法事","ends":"12:00"}],"balances":[{"ledger":"nights","account":"p1","date":"2026-03-31","carried":"0.25","reason":"前年度から"}],"pins":[{"duty":"night","date":"2026-12-02","band":"eve","role":"primary","provider":"p1","action":"pin"},{"duty":"night","date":"2026-12-03","band":"eve","role":"primary","provider":"p2","action":"pin"},{"duty":"night","date":"2026-12-04","band":"eve","role":"primary","provider":"p3","action":"pin"},{"duty":"night","date":"2026-12-05","band":"eve","role":"primary","provider":"p4","action":"pin"},{"duty":"night","date":"2026-12-06","band":"eve","role":"primary","provider":"dept","action":"pin"},{"duty":"night","date":"2026-12-07","band":"eve","role":"primary","provider":"p1","action":"pin"},{"duty":"night","date":"2026-12-08","band":"eve","role":"primary","provider":"p2","action":"pin"},{"duty":"night","date":"2026-12-09","band":"eve","role":"primary","provider":"p3","action":"pin"},{"duty":"night","date":"2026-12-10","band":"eve","role":"primary","provider":"p4","action":"pin"}],"complaints":[{"id":"internal","name":"内科系","specialities":["internal"]}],"lines":[{"id":"7119","name":"相談（架空）","phone":"#7119","from":"00:00","to":"24:00","age_from":0,"age_to":150}],"policies":[{"id":"guidance-119","urgency":"guidance","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重いときは119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-family","urgency":"guidance","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-line","urgency":"guidance","rank":60,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-neighbour","urgency":"guidance","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-next","urgency":"guidance","rank":50,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":3,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-portal","urgency":"guidance","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-primary","urgency":"guidance","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":5,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-119","urgency":"u1","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"119に電話","phone":"119","note":"すぐに119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-backup","urgency":"u1","rank":40,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-rotation","urgency":"u1","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-tertiary","urgency":"u1","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-backup","urgency":"u2","rank":30,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-certified","urgency":"u2","rank":40,"hours":"consulting","channel":"any","take":"certified","role":"backup","if_none":false,"within":0,"keep":2,"note":"診療時間内の救急告示病院です","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation","urgency":"u2","rank":10,"hours":"any","channel":"any","take":"rotation","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-any","urgency":"u2","rank":50,"hours":"any","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":2,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-late","urgency":"u2","rank":20,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"note":"当番の交替が近いので必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-tertiary","urgency":"u2","rank":60,"hours":"any","channel":"any","take":"tertiary","role":"last","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-119","urgency":"u3","rank":100,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-family","urgency":"u3","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-line","urgency":"u3","rank":80,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-neighbour","urgency":"u3","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-next","urgency":"u3","rank":90,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-portal","urgency":"u3","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-primary","urgency":"u3","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation","urgency":"u3","rank":60,"hours":"closed","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation-any","urgency":"u3","rank":70,"hours":"closed","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":1,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-soon","urgency":"u3","rank":50,"hours":"closed","channel":"any","take":"soon","role":"later","if_none":false,"within":60,"keep":1,"note":"まもなく開きます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-119","urgency":"u4","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-centre","urgency":"u4","rank":55,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-family","urgency":"u4","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-homecare","urgency":"u4","rank":57,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-line","urgency":"u4","rank":50,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-neighbour","urgency":"u4","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-next","urgency":"u4","rank":60,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-portal","urgency":"u4","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-primary","urgency":"u4","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-119","urgency":"u5","rank":50,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-centre","urgency":"u5","rank":35,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-family","urgency":"u5","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-homecare","urgency":"u5","rank":37,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-line","urgency":"u5","rank":30,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-next","urgency":"u5","rank":40,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-portal","urgency":"u5","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-119","urgency":"unknown","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"迷うときは119","phone":"119","note":"緊急度がわからないときは119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-line","urgency":"unknown","rank":40,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-rotation","urgency":"unknown","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-tertiary","urgency":"unknown","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"}],"recipients":[{"id":"fire","name":"消防指令センター（架空）","kind":"fire","way":"fax","address":"076-000-0009","each":false,"days_from":0,"days_to":400}]},"from":20789,"to":20797,"duties":[0],"slots":[[0,0,0,20789,1,1,1,29937330,29937660,29937630],[0,0,0,20790,1,1,1,29938770,29939100,29939070],[0,0,0,20791,1,1,1,29940210,29940540,29940510],[0,0,0,20792,1,1,1,29941650,29941980,29941950],[0,0,0,20793,1,1,3,29943090,29943420,29943390],[0,0,0,20794,1,1,1,29944530,29944860,29944830],[0,0,0,20795,1,1,1,29945970,29946300,29946270],[0,0,0,20796,1,1,1,29947410,29947740,29947710],[0,0,0,20797,1,1,1,29948850,29949180,29949150]],"bound":[],"pins":[[0,2,0],[1,3,0],[2,4,0],[3,5,0],[4,1,0],[5,2,0],[6,3,0],[7,4,0],[8,5,0]],"person_of":[0,1,2,3,4,5,6,7],"counters":[[0,1,0,1800000,180,6,1],[0,2,250000,1800000,205,7,1],[0,3,0,1800000,180,6,1],[0,4,0,1800000,180,6,1],[0,5,0,1800000,180,6,1],[1,1,0,200000,20,5,1],[1,2,0,200000,20,5,1],[1,3,0,200000,20,5,1],[1,4,0,200000,20,5,1],[1,5,0,200000,20,5,1]],"open_price":5301}');
INSERT INTO instances VALUES('a72ecf4f9c878acdbe4e5354f97e0250271e843a3b02cbfd4cc74200b846168a','{"format_version":1,"region":{"format_version":1,"region":{"id":"small","name":"小さな医療圏","notice":"見本です。人名・電話番号は架空です。","winter_percent":150,"travel_default":60,"consulting_from":"09:00","consulting_to":"18:00","half_to":"12:00","cancelled_days":30},"areas":[{"id":"town","name":"架空町","level":"municipality","population":0,"under15":0},{"id":"ward","name":"架空町 東","level":"district","parent":"town","population":0,"under15":0,"inside":12}],"bodies":[{"id":"assoc","name":"架空町医師会","kind":"medical-association"}],"kinds":[{"id":"clinic","name":"診療所","person":false},{"id":"doctor","name":"医師","person":true},{"id":"hospital","name":"病院","person":false}],"specialities":[{"id":"internal","name":"内科"}],"classes":[{"id":"all","name":"毎日","holiday":false},{"id":"sun","name":"日曜","weekdays":["sun"],"holiday":false}],"providers":[{"id":"centre","name":"架空町急病センター","kind":"clinic","area":"town","phone":"076-000-0000","address":"架空町1-1","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"dept","name":"架空大学医局","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":10},{"id":"p1","name":"髙橋 一郎","kind":"doctor","area":"town","staff_phone":"090-0000-0001","labour":"none","born":"1958-04-01","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p2","name":"𠮷田, 花子","kind":"doctor","area":"town","staff_phone":"090-0000-0002","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p3","name":"鈴木 次郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p4","name":"佐々木 四郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"tert","name":"救命（架空）","kind":"hospital","area":"town","phone":"076-000-0099","staff_phone":"090-0000-0099","labour":"none","home_visits":false,"dispensing":"none","tertiary":true,"disaster_base":true,"parking":0,"names_days":0},{"id":"u1","name":"名簿 花子","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0}],"links":[{"from":"u1","type":"employed-by","to":"dept"}],"duties":[{"id":"night","name":"急病センター","kind":"doctor","site":"centre","specialities":["internal"],"tier":1,"body":"assoc","period":"month","age_from":0,"age_to":150,"ambulance":false,"backup":false,"at_home":false,"absence":"owed","swaps":"counted"}],"bands":[{"duty":"night","id":"eve","name":"準夜","when":"all","from":"19:30","to":"25:00","reception":"24:30"}],"seats":[{"duty":"night","band":"eve","role":"primary","rank":0,"when":"all","count":1}],"members":[{"duty":"night","provider":"dept","weight":"1","help":"no"},{"duty":"night","provider":"p1","weight":"1","help":"no"},{"duty":"night","provider":"p2","weight":"1","help":"no"},{"duty":"night","provider":"p3","weight":"1","help":"no"},{"duty":"night","provider":"p4","weight":"1","help":"no"}],"ledgers":[{"id":"nights","name":"準夜","scope":"provider","duties":["night"],"role":"primary","class":"all","price":1,"catch_up":"0","beyond":0},{"id":"nights.sun","name":"日曜の準夜","scope":"provider","duties":["night"],"role":"primary","class":"sun","price":1,"catch_up":"0","beyond":0}],"rules":[{"id":"gap","type":"rest.days","duties":["night"],"params":"days=2","ja":"準夜は続けない","en":"No two nights running"},{"id":"sixty-five","type":"limit.window","duties":["night"],"params":"max=9 months=2 from=65","ja":"65歳からは続く二か月に9回まで","en":"From 65 on at most nine in any two months"}],"surveys":[{"id":"dec","from":"2026-12-01","to":"2026-12-31","duties":["night"],"deadline":"2026-11-05"},{"id":"jan","from":"2027-01-01","to":"2027-01-03","duties":["night"],"deadline":"2026-12-05","days":"clock"}],"wishes":[{"survey":"dec","provider":"p4","type":"cannot","from":"2026-12-02","count":0,"must":true,"note":"通院"},{"survey":"jan","provider":"p3","type":"cannot","from":"2027-01-03","count":0,"must":true,"note":"法事","ends":"12:00"}],"balances":[{"ledger":"nights","account":"p1","date":"2026-03-31","carried":"0.25","reason":"前年度から"}],"complaints":[{"id":"internal","name":"内科系","specialities":["internal"]}],"lines":[{"id":"7119","name":"相談（架空）","phone":"#7119","from":"00:00","to":"24:00","age_from":0,"age_to":150}],"policies":[{"id":"guidance-119","urgency":"guidance","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重いときは119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-family","urgency":"guidance","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-line","urgency":"guidance","rank":60,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-neighbour","urgency":"guidance","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-next","urgency":"guidance","rank":50,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":3,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-portal","urgency":"guidance","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-primary","urgency":"guidance","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":5,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-119","urgency":"u1","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"119に電話","phone":"119","note":"すぐに119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-backup","urgency":"u1","rank":40,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-rotation","urgency":"u1","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-tertiary","urgency":"u1","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-backup","urgency":"u2","rank":30,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-certified","urgency":"u2","rank":40,"hours":"consulting","channel":"any","take":"certified","role":"backup","if_none":false,"within":0,"keep":2,"note":"診療時間内の救急告示病院です","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation","urgency":"u2","rank":10,"hours":"any","channel":"any","take":"rotation","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-any","urgency":"u2","rank":50,"hours":"any","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":2,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-late","urgency":"u2","rank":20,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"note":"当番の交替が近いので必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-tertiary","urgency":"u2","rank":60,"hours":"any","channel":"any","take":"tertiary","role":"last","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-119","urgency":"u3","rank":100,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-family","urgency":"u3","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-line","urgency":"u3","rank":80,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-neighbour","urgency":"u3","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-next","urgency":"u3","rank":90,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-portal","urgency":"u3","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-primary","urgency":"u3","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation","urgency":"u3","rank":60,"hours":"closed","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation-any","urgency":"u3","rank":70,"hours":"closed","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":1,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-soon","urgency":"u3","rank":50,"hours":"closed","channel":"any","take":"soon","role":"later","if_none":false,"within":60,"keep":1,"note":"まもなく開きます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-119","urgency":"u4","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-centre","urgency":"u4","rank":55,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-family","urgency":"u4","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-homecare","urgency":"u4","rank":57,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-line","urgency":"u4","rank":50,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-neighbour","urgency":"u4","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-next","urgency":"u4","rank":60,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-portal","urgency":"u4","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-primary","urgency":"u4","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-119","urgency":"u5","rank":50,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-centre","urgency":"u5","rank":35,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-family","urgency":"u5","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-homecare","urgency":"u5","rank":37,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-line","urgency":"u5","rank":30,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-next","urgency":"u5","rank":40,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-portal","urgency":"u5","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-119","urgency":"unknown","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"迷うときは119","phone":"119","note":"緊急度がわからないときは119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-line","urgency":"unknown","rank":40,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-rotation","urgency":"unknown","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-tertiary","urgency":"unknown","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"}],"recipients":[{"id":"fire","name":"消防指令センター（架空）","kind":"fire","way":"fax","address":"076-000-0009","each":false,"days_from":0,"days_to":400}]},"from":20788,"to":20818,"duties":[0],"slots":[[0,0,0,20789,1,0,1,29937330,29937660,29937630],[0,0,0,20790,1,0,1,29938770,29939100,29939070],[0,0,0,20791,1,0,1,29940210,29940540,29940510],[0,0,0,20792,1,0,1,29941650,29941980,29941950],[0,0,0,20793,2,0,3,29943090,29943420,29943390],[0,0,0,20794,1,0,1,29944530,29944860,29944830],[0,0,0,20795,1,0,1,29945970,29946300,29946270],[0,0,0,20796,1,1,1,29947410,29947740,29947710],[0,0,0,20797,1,0,1,29948850,29949180,29949150]],"bound":[[0,1,2],[1,1,3],[2,1,4],[3,1,5],[4,1,1],[4,2,7],[5,1,2],[6,1,3],[8,1,4]],"pins":[],"person_of":[0,1,2,3,4,5,6,7],"counters":[[0,1,600000,200000,80,5,1],[0,2,-150000,200000,5,5,1],[0,3,-400000,200000,-20,4,1],[0,4,-400000,200000,-20,4,1],[0,5,600000,200000,80,5,1]],"open_price":2121}');
INSERT INTO instances VALUES('8afc273cf6188dc24d942bb7f405a3c66a67cb54c454de93ba0c78685949e055','{"format_version":1,"region":{"format_version":1,"region":{"id":"small","name":"小さな医療圏","notice":"見本です。人名・電話番号は架空です。","winter_percent":150,"travel_default":60,"consulting_from":"09:00","consulting_to":"18:00","half_to":"12:00","cancelled_days":30},"areas":[{"id":"town","name":"架空町","level":"municipality","population":0,"under15":0},{"id":"ward","name":"架空町 東","level":"district","parent":"town","population":0,"under15":0,"inside":12}],"bodies":[{"id":"assoc","name":"架空町医師会","kind":"medical-association"}],"kinds":[{"id":"clinic","name":"診療所","person":false},{"id":"doctor","name":"医師","person":true},{"id":"hospital","name":"病院","person":false}],"specialities":[{"id":"internal","name":"内科"}],"classes":[{"id":"all","name":"毎日","holiday":false},{"id":"sun","name":"日曜","weekdays":["sun"],"holiday":false}],"providers":[{"id":"centre","name":"架空町急病センター","kind":"clinic","area":"town","phone":"076-000-0000","address":"架空町1-1","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"dept","name":"架空大学医局","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":10},{"id":"p1","name":"髙橋 一郎","kind":"doctor","area":"town","staff_phone":"090-0000-0001","labour":"none","born":"1958-04-01","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p2","name":"𠮷田, 花子","kind":"doctor","area":"town","staff_phone":"090-0000-0002","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p3","name":"鈴木 次郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p4","name":"佐々木 四郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"tert","name":"救命（架空）","kind":"hospital","area":"town","phone":"076-000-0099","staff_phone":"090-0000-0099","labour":"none","home_visits":false,"dispensing":"none","tertiary":true,"disaster_base":true,"parking":0,"names_days":0},{"id":"u1","name":"名簿 花子","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0}],"links":[{"from":"u1","type":"employed-by","to":"dept"}],"duties":[{"id":"night","name":"急病センター","kind":"doctor","site":"centre","specialities":["internal"],"tier":1,"body":"assoc","period":"month","age_from":0,"age_to":150,"ambulance":false,"backup":false,"at_home":false,"absence":"owed","swaps":"counted"}],"bands":[{"duty":"night","id":"eve","name":"準夜","when":"all","from":"19:30","to":"25:00","reception":"24:30"}],"seats":[{"duty":"night","band":"eve","role":"primary","rank":0,"when":"all","count":1}],"members":[{"duty":"night","provider":"dept","weight":"1","help":"no"},{"duty":"night","provider":"p1","weight":"1","help":"no"},{"duty":"night","provider":"p2","weight":"1","help":"no"},{"duty":"night","provider":"p3","weight":"1","help":"no"},{"duty":"night","provider":"p4","weight":"1","help":"no"}],"ledgers":[{"id":"nights","name":"準夜","scope":"provider","duties":["night"],"role":"primary","class":"all","price":1,"catch_up":"0","beyond":0},{"id":"nights.sun","name":"日曜の準夜","scope":"provider","duties":["night"],"role":"primary","class":"sun","price":1,"catch_up":"0","beyond":0}],"rules":[{"id":"gap","type":"rest.days","duties":["night"],"params":"days=2","ja":"準夜は続けない","en":"No two nights running"},{"id":"sixty-five","type":"limit.window","duties":["night"],"params":"max=9 months=2 from=65","ja":"65歳からは続く二か月に9回まで","en":"From 65 on at most nine in any two months"}],"surveys":[{"id":"dec","from":"2026-12-01","to":"2026-12-31","duties":["night"],"deadline":"2026-11-05"},{"id":"jan","from":"2027-01-01","to":"2027-01-03","duties":["night"],"deadline":"2026-12-05","days":"clock"}],"wishes":[{"survey":"dec","provider":"p4","type":"cannot","from":"2026-12-02","count":0,"must":true,"note":"通院"},{"survey":"jan","provider":"p3","type":"cannot","from":"2027-01-03","count":0,"must":true,"note":"法事","ends":"12:00"}],"balances":[{"ledger":"nights","account":"p1","date":"2026-03-31","carried":"0.25","reason":"前年度から"}],"complaints":[{"id":"internal","name":"内科系","specialities":["internal"]}],"lines":[{"id":"7119","name":"相談（架空）","phone":"#7119","from":"00:00","to":"24:00","age_from":0,"age_to":150}],"policies":[{"id":"guidance-119","urgency":"guidance","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重いときは119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-family","urgency":"guidance","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-line","urgency":"guidance","rank":60,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-neighbour","urgency":"guidance","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-next","urgency":"guidance","rank":50,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":3,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-portal","urgency":"guidance","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-primary","urgency":"guidance","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":5,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-119","urgency":"u1","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"119に電話","phone":"119","note":"すぐに119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-backup","urgency":"u1","rank":40,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-rotation","urgency":"u1","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-tertiary","urgency":"u1","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-backup","urgency":"u2","rank":30,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-certified","urgency":"u2","rank":40,"hours":"consulting","channel":"any","take":"certified","role":"backup","if_none":false,"within":0,"keep":2,"note":"診療時間内の救急告示病院です","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation","urgency":"u2","rank":10,"hours":"any","channel":"any","take":"rotation","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-any","urgency":"u2","rank":50,"hours":"any","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":2,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-late","urgency":"u2","rank":20,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"note":"当番の交替が近いので必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-tertiary","urgency":"u2","rank":60,"hours":"any","channel":"any","take":"tertiary","role":"last","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-119","urgency":"u3","rank":100,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-family","urgency":"u3","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-line","urgency":"u3","rank":80,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-neighbour","urgency":"u3","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-next","urgency":"u3","rank":90,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-portal","urgency":"u3","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-primary","urgency":"u3","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation","urgency":"u3","rank":60,"hours":"closed","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation-any","urgency":"u3","rank":70,"hours":"closed","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":1,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-soon","urgency":"u3","rank":50,"hours":"closed","channel":"any","take":"soon","role":"later","if_none":false,"within":60,"keep":1,"note":"まもなく開きます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-119","urgency":"u4","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-centre","urgency":"u4","rank":55,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-family","urgency":"u4","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-homecare","urgency":"u4","rank":57,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-line","urgency":"u4","rank":50,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-neighbour","urgency":"u4","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-next","urgency":"u4","rank":60,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-portal","urgency":"u4","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-primary","urgency":"u4","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-119","urgency":"u5","rank":50,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-centre","urgency":"u5","rank":35,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-family","urgency":"u5","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-homecare","urgency":"u5","rank":37,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-line","urgency":"u5","rank":30,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-next","urgency":"u5","rank":40,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-portal","urgency":"u5","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-119","urgency":"unknown","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"迷うときは119","phone":"119","note":"緊急度がわからないときは119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-line","urgency":"unknown","rank":40,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-rotation","urgency":"unknown","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-tertiary","urgency":"unknown","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"}],"recipients":[{"id":"fire","name":"消防指令センター（架空）","kind":"fire","way":"fax","address":"076-000-0009","each":false,"days_from":0,"days_to":400}]},"from":20788,"to":20818,"duties":[0],"slots":[[0,0,0,20789,1,0,1,29937330,29937660,29937630],[0,0,0,20790,1,0,1,29938770,29939100,29939070],[0,0,0,20791,1,0,1,29940210,29940540,29940510],[0,0,0,20792,1,0,1,29941650,29941980,29941950],[0,0,0,20793,2,0,3,29943090,29943420,29943390],[0,0,0,20794,1,0,1,29944530,29944860,29944830],[0,0,0,20795,1,0,1,29945970,29946300,29946270],[0,0,0,20796,1,0,1,29947410,29947740,29947710],[0,0,0,20797,1,1,1,29948850,29949180,29949150]],"bound":[[0,1,2],[1,1,3],[2,1,4],[3,1,5],[4,1,1],[4,2,7],[5,1,2],[6,1,3],[7,1,5]],"pins":[],"person_of":[0,1,2,3,4,5,6,7],"counters":[[0,1,600000,200000,80,5,1],[0,2,-150000,200000,5,5,1],[0,3,-400000,200000,-20,4,1],[0,4,600000,200000,80,5,1],[0,5,-400000,200000,-20,4,1]],"open_price":2121}');
INSERT INTO instances VALUES('3246631a79e2f96e994b42890c3c2ce9c5726d3955fb2a1371da127d206bb9c4','{"format_version":1,"region":{"format_version":1,"region":{"id":"small","name":"小さな医療圏","notice":"見本です。人名・電話番号は架空です。","winter_percent":150,"travel_default":60,"consulting_from":"09:00","consulting_to":"18:00","half_to":"12:00","cancelled_days":30},"areas":[{"id":"town","name":"架空町","level":"municipality","population":0,"under15":0},{"id":"ward","name":"架空町 東","level":"district","parent":"town","population":0,"under15":0,"inside":12}],"bodies":[{"id":"assoc","name":"架空町医師会","kind":"medical-association"}],"kinds":[{"id":"clinic","name":"診療所","person":false},{"id":"doctor","name":"医師","person":true},{"id":"hospital","name":"病院","person":false}],"specialities":[{"id":"internal","name":"内科"}],"classes":[{"id":"all","name":"毎日","holiday":false},{"id":"sun","name":"日曜","weekdays":["sun"],"holiday":false}],"providers":[{"id":"centre","name":"架空町急病センター","kind":"clinic","area":"town","phone":"076-000-0000","address":"架空町1-1","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"dept","name":"架空大学医局","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":10},{"id":"p1","name":"髙橋 一郎","kind":"doctor","area":"town","staff_phone":"090-0000-0001","labour":"none","born":"1958-04-01","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p2","name":"𠮷田, 花子","kind":"doctor","area":"town","staff_phone":"090-0000-0002","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p3","name":"鈴木 次郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"p4","name":"佐々木 四郎","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0},{"id":"tert","name":"救命（架空）","kind":"hospital","area":"town","phone":"076-000-0099","staff_phone":"090-0000-0099","labour":"none","home_visits":false,"dispensing":"none","tertiary":true,"disaster_base":true,"parking":0,"names_days":0},{"id":"u1","name":"名簿 花子","kind":"doctor","area":"town","labour":"none","home_visits":false,"dispensing":"none","tertiary":false,"disaster_base":false,"parking":0,"names_days":0}],"links":[{"from":"u1","type":"employed-by","to":"dept"}],"duties":[{"id":"night","name":"急病センター","kind":"doctor","site":"centre","specialities":["internal"],"tier":1,"body":"assoc","period":"month","age_from":0,"age_to":150,"ambulance":false,"backup":false,"at_home":false,"absence":"owed","swaps":"counted"}],"bands":[{"duty":"night","id":"eve","name":"準夜","when":"all","from":"19:30","to":"25:00","reception":"24:30"}],"seats":[{"duty":"night","band":"eve","role":"primary","rank":0,"when":"all","count":1}],"members":[{"duty":"night","provider":"dept","weight":"1","help":"no"},{"duty":"night","provider":"p1","weight":"1","help":"no"},{"duty":"night","provider":"p2","weight":"1","help":"no"},{"duty":"night","provider":"p3","weight":"1","help":"no"},{"duty":"night","provider":"p4","weight":"1","help":"no"}],"ledgers":[{"id":"nights","name":"準夜","scope":"provider","duties":["night"],"role":"primary","class":"all","price":1,"catch_up":"0","beyond":0},{"id":"nights.sun","name":"日曜の準夜","scope":"provider","duties":["night"],"role":"primary","class":"sun","price":1,"catch_up":"0","beyond":0}],"rules":[{"id":"gap","type":"rest.days","duties":["night"],"params":"days=2","ja":"準夜は続けない","en":"No two nights running"},{"id":"sixty-five","type":"limit.window","duties":["night"],"params":"max=9 months=2 from=65","ja":"65歳からは続く二か月に9回まで","en":"From 65 on at most nine in any two months"}],"surveys":[{"id":"dec","from":"2026-12-01","to":"2026-12-31","duties":["night"],"deadline":"2026-11-05"},{"id":"jan","from":"2027-01-01","to":"2027-01-03","duties":["night"],"deadline":"2026-12-05","days":"clock"}],"wishes":[{"survey":"dec","provider":"p4","type":"cannot","from":"2026-12-02","count":0,"must":true,"note":"通院"},{"survey":"jan","provider":"p3","type":"cannot","from":"2027-01-03","count":0,"must":true,"note":"法事","ends":"12:00"}],"balances":[{"ledger":"nights","account":"p1","date":"2026-03-31","carried":"0.25","reason":"前年度から"}],"complaints":[{"id":"internal","name":"内科系","specialities":["internal"]}],"lines":[{"id":"7119","name":"相談（架空）","phone":"#7119","from":"00:00","to":"24:00","age_from":0,"age_to":150}],"policies":[{"id":"guidance-119","urgency":"guidance","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重いときは119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-family","urgency":"guidance","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-line","urgency":"guidance","rank":60,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-neighbour","urgency":"guidance","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-next","urgency":"guidance","rank":50,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":3,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-portal","urgency":"guidance","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"guidance-primary","urgency":"guidance","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":5,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-119","urgency":"u1","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"119に電話","phone":"119","note":"すぐに119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-backup","urgency":"u1","rank":40,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-rotation","urgency":"u1","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u1-tertiary","urgency":"u1","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-backup","urgency":"u2","rank":30,"hours":"any","channel":"any","take":"backup","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-certified","urgency":"u2","rank":40,"hours":"consulting","channel":"any","take":"certified","role":"backup","if_none":false,"within":0,"keep":2,"note":"診療時間内の救急告示病院です","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation","urgency":"u2","rank":10,"hours":"any","channel":"any","take":"rotation","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-any","urgency":"u2","rank":50,"hours":"any","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":2,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-rotation-late","urgency":"u2","rank":20,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"note":"当番の交替が近いので必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u2-tertiary","urgency":"u2","rank":60,"hours":"any","channel":"any","take":"tertiary","role":"last","if_none":false,"within":0,"keep":1,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-119","urgency":"u3","rank":100,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-family","urgency":"u3","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-line","urgency":"u3","rank":80,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-neighbour","urgency":"u3","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-next","urgency":"u3","rank":90,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-portal","urgency":"u3","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-primary","urgency":"u3","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation","urgency":"u3","rank":60,"hours":"closed","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-rotation-any","urgency":"u3","rank":70,"hours":"closed","channel":"any","take":"rotation-any","role":"last","if_none":true,"within":0,"keep":1,"note":"ほかの診療科の当番です。必ず電話で確かめてください","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u3-soon","urgency":"u3","rank":50,"hours":"closed","channel":"any","take":"soon","role":"later","if_none":false,"within":60,"keep":1,"note":"まもなく開きます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-119","urgency":"u4","rank":70,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-centre","urgency":"u4","rank":55,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-family","urgency":"u4","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-homecare","urgency":"u4","rank":57,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-line","urgency":"u4","rank":50,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-neighbour","urgency":"u4","rank":40,"hours":"closed","channel":"any","take":"neighbour","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-next","urgency":"u4","rank":60,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-portal","urgency":"u4","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u4-primary","urgency":"u4","rank":30,"hours":"closed","channel":"any","take":"primary","role":"main","if_none":false,"within":0,"keep":3,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-119","urgency":"u5","rank":50,"hours":"any","channel":"any","take":"text","role":"last","if_none":false,"within":0,"keep":3,"name":"症状が重くなったら119","phone":"119","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-centre","urgency":"u5","rank":35,"hours":"any","channel":"any","take":"centre","role":"line","if_none":false,"within":0,"keep":3,"name":"地区の地域包括支援センター（65歳以上）","note":"町名から電話番号が分かります","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-family","urgency":"u5","rank":10,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"診療時間内: かかりつけ医","note":"まずかかりつけ医へ電話を","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-homecare","urgency":"u5","rank":37,"hours":"any","channel":"staff","take":"text","role":"line","if_none":false,"within":0,"keep":3,"name":"在宅医療・介護の専門職の相談（いいがいネット）","phone":"076-000-0120","note":"専門職向け。平日 9:00-17:00（電話・時間は架空）","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-line","urgency":"u5","rank":30,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-next","urgency":"u5","rank":40,"hours":"closed","channel":"any","take":"next","role":"later","if_none":true,"within":0,"keep":2,"name":"次の診療時間: かかりつけ医","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"u5-portal","urgency":"u5","rank":20,"hours":"consulting","channel":"any","take":"text","role":"family","if_none":false,"within":0,"keep":3,"name":"医療情報ネット（ナビイ）","note":"診療科と地区から探せます","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-119","urgency":"unknown","rank":10,"hours":"any","channel":"others","take":"text","role":"emergency","if_none":false,"within":0,"keep":3,"name":"迷うときは119","phone":"119","note":"緊急度がわからないときは119へ","approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-line","urgency":"unknown","rank":40,"hours":"any","channel":"any","take":"line","role":"line","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-rotation","urgency":"unknown","rank":30,"hours":"any","channel":"any","take":"rotation","role":"backup","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"},{"id":"unknown-tertiary","urgency":"unknown","rank":20,"hours":"any","channel":"any","take":"tertiary","role":"main","if_none":false,"within":0,"keep":2,"approved_by":"見本（架空の承認）","approved_on":"2026-03-01"}],"recipients":[{"id":"fire","name":"消防指令センター（架空）","kind":"fire","way":"fax","address":"076-000-0009","each":false,"days_from":0,"days_to":400}]},"from":20819,"to":20821,"duties":[0],"slots":[[0,0,0,20789,1,0,1,29937330,29937660,29937630],[0,0,0,20790,1,0,1,29938770,29939100,29939070],[0,0,0,20791,1,0,1,29940210,29940540,29940510],[0,0,0,20792,1,0,1,29941650,29941980,29941950],[0,0,0,20793,2,0,3,29943090,29943420,29943390],[0,0,0,20794,1,0,1,29944530,29944860,29944830],[0,0,0,20795,1,0,1,29945970,29946300,29946270],[0,0,0,20796,1,0,1,29947410,29947740,29947710],[0,0,0,20797,1,0,1,29948850,29949180,29949150],[0,0,0,20819,1,1,1,29980530,29980860,29980830],[0,0,0,20820,1,1,1,29981970,29982300,29982270],[0,0,0,20821,1,1,3,29983410,29983740,29983710]],"bound":[[0,1,2],[1,1,3],[2,1,4],[3,1,5],[4,1,1],[4,2,7],[5,1,2],[6,1,3],[7,1,5],[8,1,4]],"pins":[],"person_of":[0,1,2,3,4,5,6,7],"counters":[[0,1,675000,600000,128,6,1],[0,2,-75000,600000,53,5,1],[0,3,1300000,600000,190,6,1],[0,4,-1325000,600000,-73,4,1],[0,5,-325000,600000,28,5,1],[1,1,-800000,200000,-60,4,1],[1,2,200000,200000,40,5,1],[1,3,200000,200000,40,5,1],[1,4,200000,200000,40,5,1],[1,5,200000,200000,40,5,1]],"open_price":5001}');
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
) STRICT, WITHOUT ROWID;
INSERT INTO draft_edits VALUES(4,1,'edit',NULL,-296,0,'2026-12-06T09:00+09:00','架空の事務局');
INSERT INTO draft_edits VALUES(4,2,'undo',1,-496,0,'2026-12-06T09:00+09:00','架空の事務局');
INSERT INTO draft_edits VALUES(4,3,'redo',1,-296,0,'2026-12-06T09:00+09:00','架空の事務局');
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
) STRICT, WITHOUT ROWID;
INSERT INTO draft_edit_seats VALUES(4,1,'2027-01-02','night','eve','primary',1,'dept','p4');
CREATE TABLE versions ( -- how often something of a kind was written: who shows it looks here whether it has moved
  what TEXT PRIMARY KEY, -- a table of the region, or publications, drafts, route_overrides ...
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO versions VALUES('addresses',7);
INSERT INTO versions VALUES('areas',1);
INSERT INTO versions VALUES('attendance',4);
INSERT INTO versions VALUES('balances',1);
INSERT INTO versions VALUES('bands',1);
INSERT INTO versions VALUES('bodies',1);
INSERT INTO versions VALUES('classes',1);
INSERT INTO versions VALUES('complaints',1);
INSERT INTO versions VALUES('drafts',9);
INSERT INTO versions VALUES('duties',1);
INSERT INTO versions VALUES('exceptions',1);
INSERT INTO versions VALUES('kinds',1);
INSERT INTO versions VALUES('ledgers',1);
INSERT INTO versions VALUES('lines',1);
INSERT INTO versions VALUES('links',1);
INSERT INTO versions VALUES('members',1);
INSERT INTO versions VALUES('names',1);
INSERT INTO versions VALUES('pins',2);
INSERT INTO versions VALUES('policies',1);
INSERT INTO versions VALUES('providers',1);
INSERT INTO versions VALUES('publications',2);
INSERT INTO versions VALUES('recipients',1);
INSERT INTO versions VALUES('region',1);
INSERT INTO versions VALUES('route_overrides',1);
INSERT INTO versions VALUES('rules',1);
INSERT INTO versions VALUES('seats',1);
INSERT INTO versions VALUES('sent',2);
INSERT INTO versions VALUES('specialities',1);
INSERT INTO versions VALUES('surveys',1);
INSERT INTO versions VALUES('swaps',7);
INSERT INTO versions VALUES('wishes',3);
CREATE TABLE IF NOT EXISTS "region" (
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
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO region VALUES('small','小さな医療圏',NULL,'見本です。人名・電話番号は架空です。',NULL,150,60,NULL,'09:00','18:00',NULL,'12:00',30);
CREATE TABLE IF NOT EXISTS "areas" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kana" TEXT,
  "level" TEXT NOT NULL CHECK ("level" IN ('region', 'municipality', 'zone', 'community', 'district')),
  "parent" TEXT REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "population" INTEGER DEFAULT 0 CHECK ("population" BETWEEN 0 AND 100000000),
  "under15" INTEGER DEFAULT 0 CHECK ("under15" BETWEEN 0 AND 100000000),
  "inside" INTEGER CHECK ("inside" BETWEEN 0 AND 600),
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO areas VALUES('town','架空町',NULL,'municipality',NULL,0,0,NULL);
INSERT INTO areas VALUES('ward','架空町 東',NULL,'district','town',0,0,12);
CREATE TABLE IF NOT EXISTS "aliases" (
  "area" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('name', 'reading', 'postcode')),
  "text" TEXT NOT NULL,
  PRIMARY KEY ("area", "kind", "text")
) STRICT;
CREATE TABLE IF NOT EXISTS "travel" (
  "from" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "to" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "minutes" INTEGER NOT NULL CHECK ("minutes" BETWEEN 0 AND 600),
  PRIMARY KEY ("from", "to")
) STRICT;
CREATE TABLE IF NOT EXISTS "bodies" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('medical-association', 'foundation', 'hospital-council', 'municipality', 'pharmacist-association', 'dental-association', 'other')),
  "phone" TEXT,
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO bodies VALUES('assoc','架空町医師会',NULL,'medical-association',NULL);
CREATE TABLE IF NOT EXISTS "kinds" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "person" INTEGER DEFAULT 0 CHECK ("person" IN (0, 1)),
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO kinds VALUES('clinic','診療所',NULL,0);
INSERT INTO kinds VALUES('doctor','医師',NULL,1);
INSERT INTO kinds VALUES('hospital','病院',NULL,0);
CREATE TABLE IF NOT EXISTS "specialities" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO specialities VALUES('internal','内科',NULL);
CREATE TABLE IF NOT EXISTS "classes" (
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
) STRICT;
INSERT INTO classes VALUES('all','毎日',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO classes VALUES('sun','日曜',NULL,'sun',0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "periods" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"),
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"),
  PRIMARY KEY ("id")
) STRICT;
CREATE TABLE IF NOT EXISTS "providers" (
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
  "names_days" INTEGER DEFAULT 0 CHECK ("names_days" BETWEEN 0 AND 400),
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO providers VALUES('centre','架空町急病センター',NULL,'clinic','town',NULL,'076-000-0000',NULL,NULL,'架空町1-1',NULL,NULL,'none',NULL,0,NULL,'none',NULL,0,0,0,NULL,NULL,0);
INSERT INTO providers VALUES('dept','架空大学医局',NULL,'doctor','town',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'none',NULL,0,NULL,'none',NULL,0,0,0,NULL,NULL,10);
INSERT INTO providers VALUES('p1','髙橋 一郎',NULL,'doctor','town',NULL,NULL,'090-0000-0001',NULL,NULL,NULL,NULL,'none','1958-04-01',0,NULL,'none',NULL,0,0,0,NULL,NULL,0);
INSERT INTO providers VALUES('p2','𠮷田, 花子',NULL,'doctor','town',NULL,NULL,'090-0000-0002',NULL,NULL,NULL,NULL,'none',NULL,0,NULL,'none',NULL,0,0,0,NULL,NULL,0);
INSERT INTO providers VALUES('p3','鈴木 次郎',NULL,'doctor','town',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'none',NULL,0,NULL,'none',NULL,0,0,0,NULL,NULL,0);
INSERT INTO providers VALUES('p4','佐々木 四郎',NULL,'doctor','town',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'none',NULL,0,NULL,'none',NULL,0,0,0,NULL,NULL,0);
INSERT INTO providers VALUES('tert','救命（架空）',NULL,'hospital','town',NULL,'076-000-0099','090-0000-0099',NULL,NULL,NULL,NULL,'none',NULL,0,NULL,'none',NULL,1,1,0,NULL,NULL,0);
INSERT INTO providers VALUES('u1','名簿 花子',NULL,'doctor','town',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'none',NULL,0,NULL,'none',NULL,0,0,0,NULL,NULL,0);
CREATE TABLE IF NOT EXISTS "links" (
  "from" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "type" TEXT NOT NULL CHECK ("type" IN ('owns', 'employed-by', 'deputises-for', 'paired-with', 'next-to', 'nurses-for', 'backs-up')),
  "to" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  PRIMARY KEY ("from", "type", "to")
) STRICT;
INSERT INTO links VALUES('u1','employed-by','dept',NULL,NULL);
CREATE TABLE IF NOT EXISTS "hours" (
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "weekdays" TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  PRIMARY KEY ("provider", "weekdays", "from")
) STRICT;
CREATE TABLE IF NOT EXISTS "duties" (
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
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO duties VALUES('night','急病センター',NULL,NULL,'doctor','centre','internal',1,'assoc','month',NULL,NULL,0,150,0,0,0,'owed','counted',NULL);
CREATE TABLE IF NOT EXISTS "bands" (
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
) STRICT;
INSERT INTO bands VALUES('night','eve','準夜','all','19:30','25:00','24:30',NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "seats" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "band" TEXT NOT NULL,
  "role" TEXT NOT NULL CHECK ("role" IN ('primary', 'reserve')),
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 0 AND 100),
  "when" TEXT NOT NULL REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "count" INTEGER NOT NULL CHECK ("count" BETWEEN 0 AND 50),
  PRIMARY KEY ("duty", "band", "role", "rank")
) STRICT;
INSERT INTO seats VALUES('night','eve','primary',0,'all',1);
CREATE TABLE IF NOT EXISTS "contacts" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 1 AND 100),
  "name" TEXT NOT NULL,
  "provider" TEXT REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "phone" TEXT,
  PRIMARY KEY ("duty", "rank")
) STRICT;
CREATE TABLE IF NOT EXISTS "members" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "weight" INTEGER DEFAULT 1000000,
  "share" TEXT,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  "help" TEXT DEFAULT 'no' CHECK ("help" IN ('no', 'owed', 'given')),
  PRIMARY KEY ("duty", "provider")
) STRICT;
INSERT INTO members VALUES('night','dept',1000000,NULL,NULL,NULL,'no');
INSERT INTO members VALUES('night','p1',1000000,NULL,NULL,NULL,'no');
INSERT INTO members VALUES('night','p2',1000000,NULL,NULL,NULL,'no');
INSERT INTO members VALUES('night','p3',1000000,NULL,NULL,NULL,'no');
INSERT INTO members VALUES('night','p4',1000000,NULL,NULL,NULL,'no');
CREATE TABLE IF NOT EXISTS "exemptions" (
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "duty" TEXT REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"),
  "weekdays" TEXT,
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"),
  "reason" TEXT NOT NULL CHECK ("reason" IN ('leave', 'age', 'illness', 'other')),
  "accrues" INTEGER DEFAULT 0 CHECK ("accrues" IN (0, 1))
) STRICT;
CREATE TABLE IF NOT EXISTS "shares" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "weight" INTEGER NOT NULL,
  PRIMARY KEY ("duty", "id")
) STRICT;
CREATE TABLE IF NOT EXISTS "formulas" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "of" TEXT NOT NULL CHECK ("of" IN ('share', 'member')),
  "part" TEXT NOT NULL,
  "since" TEXT CHECK (date("since", '+0 days') IS "since"),
  "until" TEXT CHECK (date("until", '+0 days') IS "until"),
  "percent" INTEGER NOT NULL,
  "before" INTEGER DEFAULT 0 CHECK ("before" BETWEEN 0 AND 10)
) STRICT;
CREATE TABLE IF NOT EXISTS "figures" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "account" TEXT NOT NULL,
  "part" TEXT NOT NULL,
  "year" INTEGER NOT NULL CHECK ("year" BETWEEN 1900 AND 2200),
  "value" INTEGER NOT NULL,
  "source" TEXT,
  PRIMARY KEY ("duty", "account", "part", "year")
) STRICT;
CREATE TABLE IF NOT EXISTS "ledgers" (
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
) STRICT;
INSERT INTO ledgers VALUES('nights','準夜','provider','night','primary','all',1,NULL,0,0);
INSERT INTO ledgers VALUES('nights.sun','日曜の準夜','provider','night','primary','sun',1,NULL,0,0);
CREATE TABLE IF NOT EXISTS "rules" (
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
) STRICT;
INSERT INTO rules VALUES('gap','rest.days','night',NULL,'days=2',NULL,NULL,'準夜は続けない','No two nights running');
INSERT INTO rules VALUES('sixty-five','limit.window','night',NULL,'max=9 months=2 from=65',NULL,NULL,'65歳からは続く二か月に9回まで','From 65 on at most nine in any two months');
CREATE TABLE IF NOT EXISTS "surveys" (
  "id" TEXT NOT NULL,
  "from" TEXT NOT NULL CHECK (date("from", '+0 days') IS "from"),
  "to" TEXT NOT NULL CHECK (date("to", '+0 days') IS "to"),
  "duties" TEXT NOT NULL,
  "deadline" TEXT CHECK (date("deadline", '+0 days') IS "deadline"),
  "days" TEXT CHECK ("days" IN ('duty', 'clock')),
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO surveys VALUES('dec','2026-12-01','2026-12-31','night','2026-11-05',NULL);
INSERT INTO surveys VALUES('jan','2027-01-01','2027-01-03','night','2026-12-05','clock');
CREATE TABLE IF NOT EXISTS "wishes" (
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
) STRICT;
INSERT INTO wishes VALUES('dec','p4','cannot','2026-12-02',NULL,NULL,NULL,0,1,NULL,'通院',NULL);
INSERT INTO wishes VALUES('jan','p3','cannot','2027-01-03',NULL,NULL,NULL,0,1,NULL,'法事','12:00');
CREATE TABLE IF NOT EXISTS "balances" (
  "ledger" TEXT NOT NULL REFERENCES "ledgers"("id") DEFERRABLE INITIALLY DEFERRED,
  "account" TEXT NOT NULL,
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "carried" INTEGER NOT NULL,
  "reason" TEXT,
  PRIMARY KEY ("ledger", "account", "date")
) STRICT;
INSERT INTO balances VALUES('nights','p1','2026-03-31',250000,'前年度から');
CREATE TABLE IF NOT EXISTS "history" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "band" TEXT NOT NULL,
  "role" TEXT NOT NULL CHECK ("role" IN ('primary', 'reserve')),
  "seat" INTEGER NOT NULL CHECK ("seat" BETWEEN 1 AND 50),
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY ("duty", "date", "band", "role", "seat")
) STRICT;
CREATE TABLE IF NOT EXISTS "external" (
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "what" TEXT NOT NULL,
  "permit" INTEGER DEFAULT 0 CHECK ("permit" IN (0, 1)),
  PRIMARY KEY ("provider", "from")
) STRICT;
CREATE TABLE IF NOT EXISTS "overrides" (
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "class" TEXT NOT NULL REFERENCES "classes"("id") DEFERRABLE INITIALLY DEFERRED,
  "duty" TEXT REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "action" TEXT NOT NULL CHECK ("action" IN ('add', 'drop')),
  "reason" TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS "pins" (
  "duty" TEXT NOT NULL REFERENCES "duties"("id") DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "band" TEXT NOT NULL,
  "role" TEXT NOT NULL DEFAULT 'primary' CHECK ("role" IN ('primary', 'reserve')),
  "provider" TEXT NOT NULL REFERENCES "providers"("id") DEFERRABLE INITIALLY DEFERRED,
  "action" TEXT NOT NULL DEFAULT 'pin' CHECK ("action" IN ('pin', 'forbid')),
  "reason" TEXT,
  PRIMARY KEY ("duty", "date", "band", "role", "provider")
) STRICT;
CREATE TABLE IF NOT EXISTS "exceptions" (
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
) STRICT;
INSERT INTO exceptions VALUES('gap','night','2027-01-02','eve','primary','p4','電話で承諾','架空の理事','2026-12-06');
CREATE TABLE IF NOT EXISTS "holidays" (
  "date" TEXT NOT NULL CHECK (date("date", '+0 days') IS "date"),
  "name" TEXT NOT NULL,
  PRIMARY KEY ("date")
) STRICT;
CREATE TABLE IF NOT EXISTS "complaints" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "specialities" TEXT NOT NULL,
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO complaints VALUES('internal','内科系',NULL,'internal');
CREATE TABLE IF NOT EXISTS "modifiers" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT,
  "specialities" TEXT NOT NULL,
  PRIMARY KEY ("id")
) STRICT;
CREATE TABLE IF NOT EXISTS "scales" (
  "scale" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 1 AND 20),
  "urgency" INTEGER NOT NULL CHECK ("urgency" BETWEEN 1 AND 5),
  "within" INTEGER DEFAULT 0 CHECK ("within" BETWEEN 0 AND 10080),
  "approved_by" TEXT NOT NULL,
  "approved_on" TEXT NOT NULL CHECK (date("approved_on", '+0 days') IS "approved_on"),
  PRIMARY KEY ("scale", "version", "code")
) STRICT;
CREATE TABLE IF NOT EXISTS "lines" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "age_from" INTEGER DEFAULT 0 CHECK ("age_from" BETWEEN 0 AND 150),
  "age_to" INTEGER DEFAULT 150 CHECK ("age_to" BETWEEN 0 AND 150),
  "note" TEXT,
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO lines VALUES('7119','相談（架空）','#7119','00:00','24:00',0,150,NULL);
CREATE TABLE IF NOT EXISTS "centres" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "area" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "phone" TEXT NOT NULL,
  "address" TEXT,
  "operator" TEXT,
  "hours" TEXT,
  "age_from" INTEGER DEFAULT 65 CHECK ("age_from" BETWEEN 0 AND 150),
  PRIMARY KEY ("id")
) STRICT;
CREATE TABLE IF NOT EXISTS "policies" (
  "id" TEXT NOT NULL,
  "urgency" TEXT NOT NULL CHECK ("urgency" IN ('guidance', 'u1', 'u2', 'u3', 'u4', 'u5', 'unknown')),
  "rank" INTEGER NOT NULL CHECK ("rank" BETWEEN 1 AND 999),
  "hours" TEXT DEFAULT 'any' CHECK ("hours" IN ('any', 'consulting', 'closed')),
  "channel" TEXT DEFAULT 'any' CHECK ("channel" IN ('any', '119', 'others', 'staff')),
  "take" TEXT NOT NULL CHECK ("take" IN ('text', 'line', 'tertiary', 'certified', 'rotation', 'backup', 'rotation-any', 'primary', 'neighbour', 'soon', 'next', 'centre', 'standard')),
  "role" TEXT NOT NULL CHECK ("role" IN ('emergency', 'main', 'backup', 'later', 'line', 'family', 'last')),
  "if_none" INTEGER DEFAULT 0 CHECK ("if_none" IN (0, 1)),
  "within" INTEGER DEFAULT 0 CHECK ("within" BETWEEN 0 AND 600),
  "keep" INTEGER DEFAULT 3 CHECK ("keep" BETWEEN 1 AND 6),
  "name" TEXT,
  "phone" TEXT,
  "note" TEXT,
  "approved_by" TEXT NOT NULL,
  "approved_on" TEXT NOT NULL CHECK (date("approved_on", '+0 days') IS "approved_on"),
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO policies VALUES('guidance-119','guidance',70,'any','any','text','last',0,0,3,'症状が重いときは119','119',NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('guidance-family','guidance',10,'consulting','any','text','family',0,0,3,'診療時間内: かかりつけ医',NULL,'まずかかりつけ医へ電話を','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('guidance-line','guidance',60,'any','any','line','line',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('guidance-neighbour','guidance',40,'closed','any','neighbour','main',0,0,3,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('guidance-next','guidance',50,'closed','any','next','later',1,0,3,'次の診療時間: かかりつけ医',NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('guidance-portal','guidance',20,'consulting','any','text','family',0,0,3,'医療情報ネット（ナビイ）',NULL,'診療科と地区から探せます','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('guidance-primary','guidance',30,'closed','any','primary','main',0,0,5,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u1-119','u1',10,'any','others','text','emergency',0,0,3,'119に電話','119','すぐに119へ','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u1-backup','u1',40,'any','any','backup','backup',0,0,1,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u1-rotation','u1',30,'any','any','rotation','backup',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u1-tertiary','u1',20,'any','any','tertiary','main',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u2-backup','u2',30,'any','any','backup','backup',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u2-certified','u2',40,'consulting','any','certified','backup',0,0,2,NULL,NULL,'診療時間内の救急告示病院です','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u2-rotation','u2',10,'any','any','rotation','main',0,0,3,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u2-rotation-any','u2',50,'any','any','rotation-any','last',1,0,2,NULL,NULL,'ほかの診療科の当番です。必ず電話で確かめてください','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u2-rotation-late','u2',20,'any','any','rotation','backup',0,0,2,NULL,NULL,'当番の交替が近いので必ず電話で確かめてください','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u2-tertiary','u2',60,'any','any','tertiary','last',0,0,1,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-119','u3',100,'any','any','text','last',0,0,3,'症状が重くなったら119','119',NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-family','u3',10,'consulting','any','text','family',0,0,3,'診療時間内: かかりつけ医',NULL,'まずかかりつけ医へ電話を','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-line','u3',80,'any','any','line','line',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-neighbour','u3',40,'closed','any','neighbour','main',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-next','u3',90,'closed','any','next','later',1,0,2,'次の診療時間: かかりつけ医',NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-portal','u3',20,'consulting','any','text','family',0,0,3,'医療情報ネット（ナビイ）',NULL,'診療科と地区から探せます','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-primary','u3',30,'closed','any','primary','main',0,0,3,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-rotation','u3',60,'closed','any','rotation','backup',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-rotation-any','u3',70,'closed','any','rotation-any','last',1,0,1,NULL,NULL,'ほかの診療科の当番です。必ず電話で確かめてください','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u3-soon','u3',50,'closed','any','soon','later',0,60,1,NULL,NULL,'まもなく開きます','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-119','u4',70,'any','any','text','last',0,0,3,'症状が重くなったら119','119',NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-centre','u4',55,'any','any','centre','line',0,0,3,'地区の地域包括支援センター（65歳以上）',NULL,'町名から電話番号が分かります','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-family','u4',10,'consulting','any','text','family',0,0,3,'診療時間内: かかりつけ医',NULL,'まずかかりつけ医へ電話を','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-homecare','u4',57,'any','staff','text','line',0,0,3,'在宅医療・介護の専門職の相談（いいがいネット）','076-000-0120','専門職向け。平日 9:00-17:00（電話・時間は架空）','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-line','u4',50,'any','any','line','line',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-neighbour','u4',40,'closed','any','neighbour','main',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-next','u4',60,'closed','any','next','later',1,0,2,'次の診療時間: かかりつけ医',NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-portal','u4',20,'consulting','any','text','family',0,0,3,'医療情報ネット（ナビイ）',NULL,'診療科と地区から探せます','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u4-primary','u4',30,'closed','any','primary','main',0,0,3,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u5-119','u5',50,'any','any','text','last',0,0,3,'症状が重くなったら119','119',NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u5-centre','u5',35,'any','any','centre','line',0,0,3,'地区の地域包括支援センター（65歳以上）',NULL,'町名から電話番号が分かります','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u5-family','u5',10,'consulting','any','text','family',0,0,3,'診療時間内: かかりつけ医',NULL,'まずかかりつけ医へ電話を','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u5-homecare','u5',37,'any','staff','text','line',0,0,3,'在宅医療・介護の専門職の相談（いいがいネット）','076-000-0120','専門職向け。平日 9:00-17:00（電話・時間は架空）','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u5-line','u5',30,'any','any','line','line',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u5-next','u5',40,'closed','any','next','later',1,0,2,'次の診療時間: かかりつけ医',NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('u5-portal','u5',20,'consulting','any','text','family',0,0,3,'医療情報ネット（ナビイ）',NULL,'診療科と地区から探せます','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('unknown-119','unknown',10,'any','others','text','emergency',0,0,3,'迷うときは119','119','緊急度がわからないときは119へ','見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('unknown-line','unknown',40,'any','any','line','line',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('unknown-rotation','unknown',30,'any','any','rotation','backup',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
INSERT INTO policies VALUES('unknown-tertiary','unknown',20,'any','any','tertiary','main',0,0,2,NULL,NULL,NULL,'見本（架空の承認）','2026-03-01');
CREATE TABLE IF NOT EXISTS "standards" (
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
) STRICT;
CREATE TABLE IF NOT EXISTS "homecare" (
  "area" TEXT NOT NULL REFERENCES "areas"("id") DEFERRABLE INITIALLY DEFERRED,
  "device" TEXT NOT NULL CHECK ("device" IN ('ventilator', 'oxygen', 'dialysis')),
  "count" INTEGER NOT NULL CHECK ("count" BETWEEN 0 AND 100000),
  "keeper" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "checked" TEXT CHECK (date("checked", '+0 days') IS "checked"),
  PRIMARY KEY ("area", "device")
) STRICT;
CREATE TABLE IF NOT EXISTS "suppliers" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "supplies" TEXT NOT NULL DEFAULT 'oxygen' CHECK ("supplies" IN ('oxygen', 'ventilator', 'dialysis', 'power')),
  "phone" TEXT NOT NULL,
  "count" INTEGER DEFAULT 0 CHECK ("count" BETWEEN 0 AND 100000),
  "note" TEXT,
  PRIMARY KEY ("id")
) STRICT;
CREATE TABLE IF NOT EXISTS "recipients" (
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
  PRIMARY KEY ("id")
) STRICT;
INSERT INTO recipients VALUES('fire','消防指令センター（架空）','fire','fax','076-000-0009',0,NULL,NULL,0,400);
CREATE INDEX drafts_span ON drafts ("from", "to");
CREATE INDEX rosters_draft ON rosters (draft);
CREATE INDEX draft_moves_draft ON draft_moves (draft);
CREATE INDEX swap_moves_swap ON swap_moves (swap);
CREATE INDEX attendance_slot ON attendance (date, duty, band, role);
CREATE INDEX attend_ledger_slot ON attend_ledger (date, duty, band, role);
CREATE TRIGGER drafts_no_update BEFORE UPDATE ON drafts BEGIN SELECT RAISE(ABORT, 'drafts: rows are never changed'); END;
CREATE TRIGGER draft_seats_no_update BEFORE UPDATE ON draft_seats BEGIN SELECT RAISE(ABORT, 'draft_seats: rows are never changed'); END;
CREATE TRIGGER turns_no_update BEFORE UPDATE ON turns BEGIN SELECT RAISE(ABORT, 'turns: rows are never changed'); END;
CREATE TRIGGER turns_no_delete BEFORE DELETE ON turns BEGIN SELECT RAISE(ABORT, 'turns: rows are never deleted'); END;
CREATE TRIGGER publications_no_update BEFORE UPDATE ON publications BEGIN SELECT RAISE(ABORT, 'publications: rows are never changed'); END;
CREATE TRIGGER publications_no_delete BEFORE DELETE ON publications BEGIN SELECT RAISE(ABORT, 'publications: rows are never deleted'); END;
CREATE TRIGGER publications_next BEFORE INSERT ON publications WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM publications)
  BEGIN SELECT RAISE(ABORT, 'publications: numbers run on'); END;
CREATE TRIGGER rosters_no_update BEFORE UPDATE ON rosters BEGIN SELECT RAISE(ABORT, 'rosters: rows are never changed'); END;
CREATE TRIGGER rosters_no_delete BEFORE DELETE ON rosters BEGIN SELECT RAISE(ABORT, 'rosters: rows are never deleted'); END;
CREATE TRIGGER rosters_no_late BEFORE INSERT ON rosters WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'rosters: nothing is added to a publication'); END;
CREATE TRIGGER withdrawals_no_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals: rows are never changed'); END;
CREATE TRIGGER withdrawals_no_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals: rows are never deleted'); END;
CREATE TRIGGER withdrawals_no_late BEFORE INSERT ON withdrawals WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'withdrawals: nothing is added to a publication'); END;
CREATE TRIGGER publication_seats_no_update BEFORE UPDATE ON publication_seats BEGIN SELECT RAISE(ABORT, 'publication_seats: rows are never changed'); END;
CREATE TRIGGER publication_seats_no_delete BEFORE DELETE ON publication_seats BEGIN SELECT RAISE(ABORT, 'publication_seats: rows are never deleted'); END;
CREATE TRIGGER publication_seats_no_late BEFORE INSERT ON publication_seats WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'publication_seats: nothing is added to a publication'); END;
CREATE TRIGGER ledger_slots_no_update BEFORE UPDATE ON ledger_slots BEGIN SELECT RAISE(ABORT, 'ledger_slots: rows are never changed'); END;
CREATE TRIGGER ledger_slots_no_delete BEFORE DELETE ON ledger_slots BEGIN SELECT RAISE(ABORT, 'ledger_slots: rows are never deleted'); END;
CREATE TRIGGER ledger_slots_no_late BEFORE INSERT ON ledger_slots WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'ledger_slots: nothing is added to a publication'); END;
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are never changed'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are never deleted'); END;
CREATE TRIGGER ledger_entries_no_late BEFORE INSERT ON ledger_entries WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)
  BEGIN SELECT RAISE(ABORT, 'ledger_entries: nothing is added to a publication'); END;
CREATE TRIGGER ledger_entries_no_replace BEFORE INSERT ON ledger_entries WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are never replaced'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit: rows are never changed'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit: rows are never deleted'); END;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'audit: rows are never replaced'); END;
CREATE TRIGGER swaps_no_update BEFORE UPDATE ON swaps BEGIN SELECT RAISE(ABORT, 'swaps: rows are never changed'); END;
CREATE TRIGGER swaps_no_delete BEFORE DELETE ON swaps BEGIN SELECT RAISE(ABORT, 'swaps: rows are never deleted'); END;
CREATE TRIGGER swaps_no_replace BEFORE INSERT ON swaps WHEN EXISTS (SELECT 1 FROM swaps WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'swaps: rows are never replaced'); END;
CREATE TRIGGER swap_moves_no_update BEFORE UPDATE ON swap_moves BEGIN SELECT RAISE(ABORT, 'swap_moves: rows are never changed'); END;
CREATE TRIGGER swap_moves_no_delete BEFORE DELETE ON swap_moves BEGIN SELECT RAISE(ABORT, 'swap_moves: rows are never deleted'); END;
CREATE TRIGGER swap_moves_no_replace BEFORE INSERT ON swap_moves WHEN EXISTS (SELECT 1 FROM swap_moves WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'swap_moves: rows are never replaced'); END;
CREATE TRIGGER draft_moves_no_update BEFORE UPDATE ON draft_moves BEGIN SELECT RAISE(ABORT, 'draft_moves: rows are never changed'); END;
CREATE TRIGGER draft_moves_no_delete BEFORE DELETE ON draft_moves BEGIN SELECT RAISE(ABORT, 'draft_moves: rows are never deleted'); END;
CREATE TRIGGER draft_moves_no_replace BEFORE INSERT ON draft_moves WHEN EXISTS (SELECT 1 FROM draft_moves WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'draft_moves: rows are never replaced'); END;
CREATE TRIGGER deliveries_no_update BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(ABORT, 'deliveries: rows are never changed'); END;
CREATE TRIGGER deliveries_no_delete BEFORE DELETE ON deliveries BEGIN SELECT RAISE(ABORT, 'deliveries: rows are never deleted'); END;
CREATE TRIGGER deliveries_no_replace BEFORE INSERT ON deliveries WHEN EXISTS (SELECT 1 FROM deliveries WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'deliveries: rows are never replaced'); END;
CREATE TRIGGER namings_no_update BEFORE UPDATE ON namings BEGIN SELECT RAISE(ABORT, 'namings: rows are never changed'); END;
CREATE TRIGGER namings_no_delete BEFORE DELETE ON namings BEGIN SELECT RAISE(ABORT, 'namings: rows are never deleted'); END;
CREATE TRIGGER namings_no_replace BEFORE INSERT ON namings WHEN EXISTS (SELECT 1 FROM namings WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'namings: rows are never replaced'); END;
CREATE TRIGGER attendance_no_update BEFORE UPDATE ON attendance BEGIN SELECT RAISE(ABORT, 'attendance: rows are never changed'); END;
CREATE TRIGGER attendance_no_delete BEFORE DELETE ON attendance BEGIN SELECT RAISE(ABORT, 'attendance: rows are never deleted'); END;
CREATE TRIGGER attendance_no_replace BEFORE INSERT ON attendance WHEN EXISTS (SELECT 1 FROM attendance WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'attendance: rows are never replaced'); END;
CREATE TRIGGER attend_ledger_no_update BEFORE UPDATE ON attend_ledger BEGIN SELECT RAISE(ABORT, 'attend_ledger: rows are never changed'); END;
CREATE TRIGGER attend_ledger_no_delete BEFORE DELETE ON attend_ledger BEGIN SELECT RAISE(ABORT, 'attend_ledger: rows are never deleted'); END;
CREATE TRIGGER attend_ledger_no_replace BEFORE INSERT ON attend_ledger WHEN EXISTS (SELECT 1 FROM attend_ledger WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'attend_ledger: rows are never replaced'); END;
CREATE TRIGGER route_overrides_no_update BEFORE UPDATE ON route_overrides BEGIN SELECT RAISE(ABORT, 'route_overrides: rows are never changed'); END;
CREATE TRIGGER route_overrides_no_delete BEFORE DELETE ON route_overrides BEGIN SELECT RAISE(ABORT, 'route_overrides: rows are never deleted'); END;
CREATE TRIGGER route_overrides_no_replace BEFORE INSERT ON route_overrides WHEN EXISTS (SELECT 1 FROM route_overrides WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'route_overrides: rows are never replaced'); END;
CREATE TRIGGER instances_no_update BEFORE UPDATE ON instances BEGIN SELECT RAISE(ABORT, 'instances: rows are never changed'); END;
CREATE TRIGGER draft_edits_no_update BEFORE UPDATE ON draft_edits BEGIN SELECT RAISE(ABORT, 'draft_edits: rows are never changed'); END;
CREATE TRIGGER draft_edits_no_delete BEFORE DELETE ON draft_edits BEGIN SELECT RAISE(ABORT, 'draft_edits: rows are never deleted'); END;
CREATE TRIGGER draft_edit_seats_no_update BEFORE UPDATE ON draft_edit_seats BEGIN SELECT RAISE(ABORT, 'draft_edit_seats: rows are never changed'); END;
CREATE TRIGGER draft_edit_seats_no_delete BEFORE DELETE ON draft_edit_seats BEGIN SELECT RAISE(ABORT, 'draft_edit_seats: rows are never deleted'); END;
CREATE TRIGGER draft_edits_no_late BEFORE INSERT ON draft_edits WHEN EXISTS (SELECT 1 FROM rosters WHERE draft = NEW.draft) OR EXISTS (SELECT 1 FROM draft_moves WHERE draft = NEW.draft)
  BEGIN SELECT RAISE(ABORT, 'draft_edits: the draft goes round or is published'); END;
CREATE UNIQUE INDEX "exemptions_key" ON "exemptions" ("provider", coalesce("duty", ''), "from", coalesce("weekdays", ''));
CREATE UNIQUE INDEX "formulas_key" ON "formulas" ("duty", "of", "part", coalesce("since", ''));
CREATE UNIQUE INDEX "wishes_key" ON "wishes" ("survey", "provider", "type", coalesce("from", ''), coalesce("to", ''), coalesce("duty", ''), coalesce("band", ''));
CREATE UNIQUE INDEX "overrides_key" ON "overrides" ("date", "class", coalesce("duty", ''));
COMMIT;
