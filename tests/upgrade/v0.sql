-- A file of a version that never was: only some of the tables, columns that have gone (fax), columns that are missing,
-- rows to be kept. Used by tests/unit/t_store_schema.c. All people are fictitious (架空).
PRAGMA application_id = 1953456750;
PRAGMA user_version = 0;
CREATE TABLE region (id TEXT PRIMARY KEY, name TEXT);
INSERT INTO region VALUES ('old', '古い形式の医療圏（架空）');
CREATE TABLE areas (id TEXT PRIMARY KEY, name TEXT, level TEXT, parent TEXT REFERENCES areas (id));
INSERT INTO areas VALUES ('city', '市', 'municipality', NULL), ('d1', '地区', 'community', 'city');
CREATE TABLE kinds (id TEXT PRIMARY KEY, name TEXT, person INTEGER);
INSERT INTO kinds VALUES ('doctor', '医師', 1);
CREATE TABLE providers (id TEXT PRIMARY KEY, name TEXT, kind TEXT REFERENCES kinds (id), area TEXT REFERENCES areas (id), fax TEXT, joined TEXT, parking INTEGER);
INSERT INTO providers VALUES ('p1', '架空 一郎', 'doctor', 'd1', '076-000-0000', '2001-04-01', 3), ('p2', '架空 次郎', 'doctor', 'd1', NULL, NULL, NULL);
