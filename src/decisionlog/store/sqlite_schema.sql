-- The log in one SQLite file. Facts, and what lies beside them; read models have tables of their own.

-- The library selects `rowid, *`, so the column of the position must be called rowid; AUTOINCREMENT never gives a position twice.
CREATE TABLE stored_events (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    -- The nodes of the Merkle tree that this fact completes: its own leaf hash, then those of the subtrees that end with it.
    nodes BLOB NOT NULL DEFAULT x'',
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
);
CREATE TRIGGER stored_events_are_never_updated BEFORE UPDATE ON stored_events
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: record a correction'); END;
CREATE TRIGGER stored_events_are_never_deleted BEFORE DELETE ON stored_events
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: record a retraction'); END;
-- INSERT OR REPLACE deletes without firing a delete trigger, unless a connection asks for it; by position or by version.
CREATE TRIGGER stored_events_are_never_replaced BEFORE INSERT ON stored_events
    WHEN (NEW.rowid >= 0 AND NEW.rowid <= (SELECT max(rowid) FROM stored_events)) OR EXISTS (
        SELECT 1 FROM stored_events
        WHERE originator_id = NEW.originator_id AND originator_version = NEW.originator_version
    )
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: this position is taken'); END;

-- Every reference by which a thing was ever called. `name` is kind:ref with the ref folded; `position` gave it.
-- The last version of a stream is read from the index of stored_events.
CREATE TABLE streams (
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    stream TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (name, issuer, stream)
) WITHOUT ROWID;

-- What lies behind the commitments. It can be emptied, value by value, without breaking a proof: a row without a salt
-- says under which fact its value was erased.
CREATE TABLE vault (
    position INTEGER NOT NULL,
    digest TEXT NOT NULL,
    salt TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (position, digest)
) WITHOUT ROWID;

-- Keyed digests of requests already answered. They can be erased with the words that they were made of.
CREATE TABLE requests (key BLOB PRIMARY KEY, digest BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;

-- Checkpoints that were signed for this log, each with the cosignatures that came back; one for a size.
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL);

CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

-- What was given out of the log, and which words were in it in clear, so that whoever has them can be told of an erasure.
CREATE TABLE exports (
    number INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    words TEXT NOT NULL,
    file TEXT NOT NULL,
    recipient TEXT NOT NULL,
    opened TEXT NOT NULL
);

-- The keys by which other programs are known: of each, the digest of its secret. What it may do is said by facts, which an
-- export carries and this table is no part of; `id` is the key of the stream of its grant.
CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    made_at TEXT NOT NULL,
    last_used TEXT NOT NULL
) WITHOUT ROWID;
