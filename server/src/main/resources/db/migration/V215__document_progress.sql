-- Counts of documents that wait for their first version, or never got one, are read with every answer.
CREATE INDEX document_progress ON document (collection, status, version);
