-- What a turn carries of the rollout that it is part of; null in turns of none, and in those of older versions.
ALTER TABLE turns ADD COLUMN rollout TEXT;
ALTER TABLE turns ADD COLUMN rollout_unit TEXT; -- a hash, never a user's id
ALTER TABLE turns ADD COLUMN rollout_arm INTEGER;
ALTER TABLE turns ADD COLUMN rollout_percent REAL;
ALTER TABLE turns ADD COLUMN rollout_cohort INTEGER;
ALTER TABLE turns ADD COLUMN rollout_asked INTEGER;

CREATE TABLE rollouts (
  name          TEXT PRIMARY KEY,
  version       INTEGER NOT NULL, -- counts decisions: each is written on the condition that it is still the one it was made from
  plan          TEXT NOT NULL,
  configured    INTEGER NOT NULL,
  status        TEXT NOT NULL,
  head_sequence INTEGER NOT NULL,
  head_hash     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE rollout_audit (
  name     TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  rollout  TEXT NOT NULL,
  line     TEXT NOT NULL,
  PRIMARY KEY (name, sequence)
) WITHOUT ROWID;
CREATE INDEX rollout_audit_by_rollout ON rollout_audit (name, rollout);

CREATE TABLE rollout_units (
  rollout TEXT NOT NULL,
  unit    TEXT NOT NULL,
  row     TEXT NOT NULL,
  changed INTEGER NOT NULL, -- rises with every change in its rollout
  PRIMARY KEY (rollout, unit)
) WITHOUT ROWID;
CREATE UNIQUE INDEX rollout_units_changed ON rollout_units (rollout, changed);

CREATE TABLE rollout_instances (
  rollout  TEXT NOT NULL,
  instance TEXT NOT NULL,
  row      TEXT NOT NULL,
  PRIMARY KEY (rollout, instance)
) WITHOUT ROWID;

CREATE TABLE rollout_heartbeats (
  instance TEXT PRIMARY KEY,
  hashes   TEXT NOT NULL,
  at       INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE rollout_probes (
  name  TEXT PRIMARY KEY,
  probe TEXT NOT NULL
) WITHOUT ROWID;
