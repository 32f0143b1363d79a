-- The outbox is a column of the turn: when it is to be handed to a worker unless it has ended by then. What was a row in two
-- trees of its own is now one entry of a partial index, gone with the turn's end.
ALTER TABLE turns ADD COLUMN due INTEGER;
ALTER TABLE turns ADD COLUMN worker TEXT; -- the instance that runs it; null: none has begun
UPDATE turns SET due = (SELECT due FROM outbox WHERE turn_id = turns.id) WHERE status = 0;
DROP TABLE outbox;
CREATE INDEX turns_due ON turns (due) WHERE status = 0;

-- When the message of a pending evaluation is sent again unless it has run by then.
ALTER TABLE evaluations ADD COLUMN resend INTEGER NOT NULL DEFAULT 0;
DROP INDEX evaluations_due;
CREATE INDEX evaluations_resend ON evaluations (resend) WHERE status = 0;
CREATE INDEX evaluations_dead ON evaluations (turn_id, evaluator, version) WHERE status = 3;
