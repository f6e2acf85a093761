-- The filter of a question, as JSON; null without one.
ALTER TABLE message ADD COLUMN filter TEXT;
