CREATE TABLE conversations (
  id           TEXT PRIMARY KEY,
  owner        TEXT NOT NULL,
  title        TEXT NOT NULL,
  room_id      TEXT NOT NULL,
  default_mode INTEGER,
  muted        INTEGER NOT NULL,
  turns        INTEGER NOT NULL,
  created      INTEGER NOT NULL,
  updated      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_by_owner ON conversations (owner, updated, id);

-- Position: turn n owns 2n-1 for the message and 2n for the reply.
CREATE TABLE messages (
  conversation_id TEXT NOT NULL,
  number          INTEGER NOT NULL,
  id              TEXT NOT NULL,
  turn_id         TEXT NOT NULL,
  role            INTEGER NOT NULL,
  text            TEXT NOT NULL,
  prompt_text     TEXT, -- what later prompts show of it: null as it is, empty nothing (its turn runs or was blocked)
  created         INTEGER NOT NULL,
  source          TEXT,
  PRIMARY KEY (conversation_id, number)
) WITHOUT ROWID;

CREATE TABLE turns (
  id                TEXT PRIMARY KEY,
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
  text              TEXT,
  rewritten_text    TEXT,
  responded         INTEGER NOT NULL DEFAULT 0,
  blocked           INTEGER NOT NULL DEFAULT 0,
  failure           TEXT,
  processing        TEXT NOT NULL,
  used              TEXT,
  created           INTEGER NOT NULL,
  ended             INTEGER
) WITHOUT ROWID;

CREATE TABLE outbox (
  turn_id TEXT NOT NULL,
  queue   TEXT NOT NULL,
  due     INTEGER NOT NULL,
  PRIMARY KEY (turn_id, queue)
) WITHOUT ROWID;
CREATE INDEX outbox_by_due ON outbox (due);

CREATE TABLE idempotency (
  owner           TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  key             TEXT NOT NULL,
  turn_id         TEXT NOT NULL,
  payload_hash    TEXT NOT NULL,
  created         INTEGER NOT NULL,
  PRIMARY KEY (owner, conversation_id, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created);

CREATE TABLE facts (
  owner   TEXT NOT NULL,
  room_id TEXT NOT NULL,
  text    TEXT NOT NULL,
  turn_id TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (owner, room_id, text)
) WITHOUT ROWID;
CREATE INDEX facts_by_age ON facts (owner, room_id, created);

CREATE TABLE evaluations (
  turn_id         TEXT NOT NULL,
  evaluator       TEXT NOT NULL,
  version         INTEGER NOT NULL,
  conversation_id TEXT NOT NULL,
  number          INTEGER NOT NULL,
  status          INTEGER NOT NULL,
  deferred        INTEGER NOT NULL,
  reason          TEXT,
  result          TEXT,
  tries           INTEGER NOT NULL DEFAULT 0,
  due             INTEGER NOT NULL,
  PRIMARY KEY (turn_id, evaluator, version)
) WITHOUT ROWID;
CREATE INDEX evaluations_due ON evaluations (due) WHERE status = 0;
