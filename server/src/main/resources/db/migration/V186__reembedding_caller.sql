-- Who started the re-embedding, as the text of a caller. Null for re-embeddings of earlier versions.
ALTER TABLE reembedding ADD COLUMN caller TEXT;
