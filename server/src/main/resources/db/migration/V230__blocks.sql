-- What a reader found: the blocks of the text, and where its lines are on their pages. Null for versions of an earlier release.
ALTER TABLE document_text ADD COLUMN blocks TEXT;
ALTER TABLE document_text ADD COLUMN lines TEXT;
-- What the reader of the present version left out.
ALTER TABLE document ADD COLUMN notices TEXT;
