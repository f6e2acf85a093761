package dev.lectern.library.catalog;

import dev.lectern.library.Document;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.DocumentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads metadata and tags of documents that the caller has permission for. */
final class DocumentFieldReader {
    private final JdbcClient jdbc;

    DocumentFieldReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A tag, and whether it is one of a source only. */
    private record Tag(String tag, boolean inherited) {}

    /** The same documents with their metadata and tags. */
    List<Document> complete(List<Document> documents) {
        List<DocumentId> ids = documents.stream().map(Document::id).toList();
        Map<DocumentId, Map<String, List<String>>> metadata = new HashMap<>();
        Map<DocumentId, Map<String, Tag>> tags = new HashMap<>();
        for (List<DocumentId> some : SqlParameters.split(ids)) {
            List<String> values = some.stream().map(DocumentId::value).toList();
            readMetadata(values, metadata);
            readTags(values, tags);
        }
        return metadata.isEmpty() && tags.isEmpty()
                ? documents
                : documents.stream()
                        .map(document -> with(
                                document,
                                metadata.getOrDefault(document.id(), Map.of()),
                                tags.getOrDefault(document.id(), Map.of())))
                        .toList();
    }

    private static Document with(Document document, Map<String, List<String>> metadata, Map<String, Tag> tags) {
        return document.withFields(
                metadata,
                tags.values().stream().map(Tag::tag).toList(),
                tags.values().stream().filter(Tag::inherited).map(Tag::tag).toList());
    }

    private void readMetadata(List<String> documents, Map<DocumentId, Map<String, List<String>>> metadata) {
        jdbc.sql("SELECT document, key, value FROM document_metadata WHERE document IN ("
                        + SqlParameters.placeholders(documents.size()) + ") ORDER BY document, key, ordinal")
                .params(documents)
                .query(row -> {
                    metadata.computeIfAbsent(new DocumentId(row.getString(1)), one -> new LinkedHashMap<>())
                            .computeIfAbsent(row.getString(2), one -> new ArrayList<>())
                            .add(row.getString(3));
                });
    }

    /** The spelling of a source goes before that of the document: it is the same in all its documents. */
    private void readTags(List<String> documents, Map<DocumentId, Map<String, Tag>> tags) {
        String ids = SqlParameters.placeholders(documents.size());
        jdbc.sql("SELECT l.document, s.folded, s.tag FROM location l JOIN source_tag s ON s.source = l.source"
                        + " WHERE l.document IN (" + ids + ") ORDER BY l.document, s.source")
                .params(documents)
                .query(row -> {
                    tags.computeIfAbsent(new DocumentId(row.getString(1)), one -> new TreeMap<>())
                            .putIfAbsent(row.getString(2), new Tag(row.getString(3), true));
                });
        jdbc.sql("SELECT document, folded, tag FROM document_tag WHERE document IN (" + ids + ")")
                .params(documents)
                .query(row -> {
                    tags.computeIfAbsent(new DocumentId(row.getString(1)), one -> new TreeMap<>())
                            .putIfAbsent(row.getString(2), new Tag(row.getString(3), false));
                });
    }
}
