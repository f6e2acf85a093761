-- Who started the job, as the text of a caller: kind and id, such as operator:operator. Null for jobs of earlier versions.
ALTER TABLE job ADD COLUMN caller TEXT;
