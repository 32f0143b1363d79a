-- The state of the embedded Service Bus. Times are Unix milliseconds.
CREATE TABLE queues (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  next INTEGER NOT NULL -- sequence numbers below it may be in use
);

CREATE TABLE messages (
  queue INTEGER NOT NULL,
  number INTEGER NOT NULL,
  state INTEGER NOT NULL, -- 0 active, 1 deferred, 2 scheduled
  deliveries INTEGER NOT NULL,
  session TEXT,
  enqueued INTEGER NOT NULL,
  scheduled INTEGER,
  expires INTEGER,
  encoded BLOB NOT NULL,
  PRIMARY KEY (queue, number)
) WITHOUT ROWID;

CREATE TABLE sessions (
  queue INTEGER NOT NULL,
  id TEXT NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (queue, id)
) WITHOUT ROWID;

CREATE TABLE duplicates (
  queue INTEGER NOT NULL,
  until INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (queue, until, id)
) WITHOUT ROWID;
