-- Turns by rowid: without one, what exceeds a quarter of a page goes to a page of its own, which most turns did. The text has
-- another name, so that a process of an older version on the same folder fails rather than take every reply for empty.
CREATE TABLE turns_by_rowid (
  id                TEXT NOT NULL UNIQUE,
  conversation_id   TEXT NOT NULL,
  room_id           TEXT NOT NULL,
  owner             TEXT NOT NULL,
  number            INTEGER NOT NULL,
  status            INTEGER NOT NULL,
  attempt           INTEGER NOT NULL,
  streaming_attempt INTEGER,
  checkpoint        TEXT,
  cancel_requested  INTEGER NOT NULL DEFAULT 0,
  channel_type      INTEGER NOT NULL,
  streamed          INTEGER NOT NULL,
  own_text          TEXT, -- null where the reply's row has it
  rewritten_text    TEXT,
  responded         INTEGER NOT NULL DEFAULT 0,
  blocked           INTEGER NOT NULL DEFAULT 0,
  failure           TEXT,
  processing        TEXT NOT NULL,
  used              TEXT,
  created           INTEGER NOT NULL,
  ended             INTEGER,
  due               INTEGER,
  worker            TEXT,
  rollout           TEXT,
  rollout_unit      TEXT,
  rollout_arm       INTEGER,
  rollout_percent   REAL,
  rollout_cohort    INTEGER,
  rollout_asked     INTEGER
);
INSERT INTO turns_by_rowid SELECT id, conversation_id, room_id, owner, number, status, attempt, streaming_attempt, checkpoint,
  cancel_requested, channel_type, streamed, text, rewritten_text, responded, blocked, failure, processing, used, created, ended,
  due, worker, rollout, rollout_unit, rollout_arm, rollout_percent, rollout_cohort, rollout_asked FROM turns ORDER BY id;
DROP TABLE turns;
ALTER TABLE turns_by_rowid RENAME TO turns;
CREATE INDEX turns_due ON turns (due) WHERE status = 0;
