-- The earlier pipeline versions that have read the present bytes of a document, or whose reading was cancelled: ' p4c3 p4c3o1f0e2d3c '. They do not read it again.
ALTER TABLE document ADD COLUMN settled_pipelines TEXT;
