-- Addresses of files are paths within their source. They were absolute paths of the server, which every reader saw.
UPDATE document SET uri = COALESCE(
    (SELECT 'folder:' || MIN(location.path) FROM location WHERE location.document = document.id AND location.uri = document.uri),
    uri)
  WHERE uri LIKE 'file:%';
UPDATE location SET uri = 'folder:' || path WHERE uri LIKE 'file:%';

-- Caches contain the former addresses.
UPDATE collection SET generation = generation + 1 WHERE id IN (SELECT collection FROM location WHERE uri LIKE 'folder:%');

-- Reasons of failed scans name the folder.
UPDATE job SET reason = REPLACE(reason, (SELECT source.path FROM source WHERE source.id = job.source), 'of the source')
  WHERE reason IS NOT NULL AND EXISTS (SELECT 1 FROM source WHERE source.id = job.source AND source.path <> '/');
UPDATE source SET reason = REPLACE(reason, path, 'of the source') WHERE reason IS NOT NULL AND path <> '/';
