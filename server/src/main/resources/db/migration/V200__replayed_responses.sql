-- What makes the response to a repeated request again, instead of giving the stored body: null gives the body.
ALTER TABLE idempotency_keys ADD COLUMN renderer TEXT;
-- The visitor whom a request without a cookie was carried out for: the repeated request gets the same cookie.
ALTER TABLE idempotency_keys ADD COLUMN visitor TEXT;
-- Answers and streams that were stored as they were sent: they would be given again with the text of documents deleted since.
DELETE FROM idempotency_keys WHERE content_type LIKE 'text/event-stream%' OR body LIKE '%"citations":%' OR body LIKE '%"passageId":%';
