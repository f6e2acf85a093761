package dev.lectern.library.catalog;

import dev.lectern.http.Page;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentLocation;
import dev.lectern.library.DocumentState;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.DocumentText;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.LibraryProperties;
import dev.lectern.library.OriginalFile;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.TextLine;
import dev.lectern.library.jdbc.BlockCodec;
import dev.lectern.library.jdbc.LineCodec;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.library.jdbc.StaleVersionCondition;
import dev.lectern.library.update.DocumentRemover;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.SourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Documents in the database. */
@Repository
class DocumentRepository implements Documents {
    /** Maximum documents whose headings become suggestions. */
    private static final int SUGGESTION_DOCUMENTS = 50;

    private final JdbcClient jdbc;
    private final DocumentRemover remover;
    private final CollectionAccess access;
    private final OriginalStore originals;
    private final DocumentWarningRepository warnings;
    private final LibraryProperties properties;
    private final DocumentFieldReader fields;
    private final SearchFilterResolver resolver;

    DocumentRepository(
            JdbcClient jdbc,
            DocumentRemover remover,
            CollectionAccess access,
            OriginalStore originals,
            DocumentWarningRepository warnings,
            LibraryProperties properties) {
        this.jdbc = jdbc;
        this.remover = remover;
        this.access = access;
        this.originals = originals;
        this.warnings = warnings;
        this.properties = properties;
        this.fields = new DocumentFieldReader(jdbc);
        this.resolver = new SearchFilterResolver(jdbc);
    }

    private Optional<Document> find(DocumentId document) {
        List<DocumentLocation> locations = jdbc.sql(
                        "SELECT source, path, uri FROM location WHERE document = ? ORDER BY source, path")
                .param(document.value())
                .query((row, number) ->
                        new DocumentLocation(new SourceId(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
        DocumentWarning warning = warnings.find(List.of(document)).get(document);
        return jdbc.sql("SELECT * FROM document WHERE id = ?")
                .param(document.value())
                .query((row, number) -> document(row, warning, locations))
                .optional()
                .map(found -> fields.complete(List.of(found)).getFirst());
    }

    @Override
    public Optional<Document> find(DocumentId document, ReadableCollections readable) {
        return find(document).filter(found -> readable.ids().contains(found.collection()));
    }

    @Override
    public Map<DocumentId, DocumentState> findStates(Collection<DocumentId> documents, ReadableCollections readable) {
        Map<DocumentId, DocumentWarning> warned = warnings.find(documents, readable);
        Map<DocumentId, DocumentState> states = HashMap.newHashMap(documents.size());
        for (List<DocumentId> some : SqlParameters.split(documents)) {
            jdbc.sql("SELECT id, collection, version,"
                            + " CASE WHEN text_checked = version THEN text_version ELSE version END AS text_version"
                            + " FROM document WHERE id IN (" + SqlParameters.placeholders(some.size()) + ")")
                    .params(some.stream().map(DocumentId::value).toList())
                    .query(row -> {
                        DocumentId id = new DocumentId(row.getString("id"));
                        if (readable.ids().contains(new CollectionId(row.getString("collection")))) {
                            states.put(
                                    id,
                                    new DocumentState(
                                            row.getInt("version"), row.getInt("text_version"), warned.get(id)));
                        }
                    });
        }
        return states;
    }

    @Override
    public Document get(Caller caller, DocumentId document) {
        return get(caller, Permission.READ, document);
    }

    @Override
    public Document getWritable(Caller caller, DocumentId document) {
        return get(caller, Permission.WRITE, document);
    }

    private Document get(Caller caller, Permission permission, DocumentId document) {
        Document found = find(document).orElseThrow(DocumentRepository::notFound);
        access.require(caller, permission, found.collection(), DocumentRepository::notFound);
        return found;
    }

    @Override
    public Page<Document> page(Caller caller, CollectionId collection, DocumentFilter filter) {
        access.require(caller, Permission.READ, collection, LibraryCollections::notFound);
        if (filter.limit() < 1 || filter.limit() > DocumentFilter.MAX_LIMIT) {
            throw LecternException.invalid(
                    "limit", "The limit is out of range. Use 1 to " + DocumentFilter.MAX_LIMIT + ".");
        }
        List<Document> found = filter.fields().isEmpty()
                ? list(collection, filter, List.of(), filter.limit() + 1)
                : listPassing(collection, filter);
        boolean more = found.size() > filter.limit();
        List<Document> items = fields.complete(withWarnings(more ? found.subList(0, filter.limit()) : found));
        return new Page<>(items, more ? items.getLast().id().value() : null);
    }

    /** Those that pass the conditions on fields, which other statements find; a part of them at a time, newest first. */
    private List<Document> listPassing(CollectionId collection, DocumentFilter filter) {
        String cursor = filter.cursor();
        List<String> passing = resolver.find(filter.fields(), List.of(collection)).stream()
                .map(DocumentId::value)
                .filter(id -> cursor == null || id.compareTo(cursor) < 0)
                .sorted(Comparator.reverseOrder())
                .toList();
        List<Document> found = new ArrayList<>();
        for (List<String> some : SqlParameters.split(passing)) {
            found.addAll(list(collection, filter, some, filter.limit() + 1 - found.size()));
            if (found.size() > filter.limit()) {
                break;
            }
        }
        return found;
    }

    /** @param ids of the documents to choose from; empty for all */
    private List<Document> list(CollectionId collection, DocumentFilter filter, List<String> ids, int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM document WHERE collection = ?");
        List<Object> parameters = new ArrayList<>(List.of(collection.value()));
        if (!ids.isEmpty()) {
            sql.append(" AND id IN (")
                    .append(SqlParameters.placeholders(ids.size()))
                    .append(')');
            parameters.addAll(ids);
        }
        if (filter.status() != null) {
            sql.append(" AND status = ?");
            parameters.add(filter.status().text());
        }
        if (filter.cursor() != null) {
            sql.append(" AND id < ?");
            parameters.add(filter.cursor());
        }
        if (filter.query() != null && !filter.query().isBlank()) {
            String pattern = toLikePattern(filter.query());
            sql.append(" AND (LOWER(title) LIKE ? ESCAPE '!' OR LOWER(uri) LIKE ? ESCAPE '!')");
            parameters.add(pattern);
            parameters.add(pattern);
        }
        sql.append(" ORDER BY id DESC LIMIT ?");
        parameters.add(limit);
        return jdbc.sql(sql.toString())
                .params(parameters)
                .query((row, number) -> document(row, null, List.of()))
                .list();
    }

    private List<Document> withWarnings(List<Document> documents) {
        Map<DocumentId, DocumentWarning> found =
                warnings.find(documents.stream().map(Document::id).toList());
        return found.isEmpty()
                ? documents
                : documents.stream()
                        .map(document -> document.withWarning(found.get(document.id())))
                        .toList();
    }

    private static String toLikePattern(String query) {
        String escaped = query.strip()
                .toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + escaped + "%";
    }

    @Override
    public Map<DocumentStatus, Long> counts() {
        Map<DocumentStatus, Long> counts = new EnumMap<>(DocumentStatus.class);
        for (DocumentStatus status : DocumentStatus.values()) {
            counts.put(status, 0L);
        }
        jdbc.sql("SELECT status, COUNT(*) FROM document GROUP BY status").query(row -> {
            counts.put(status(row.getString(1)), row.getLong(2));
        });
        return counts;
    }

    @Override
    public Optional<DocumentText> text(Caller caller, DocumentId document) {
        return jdbc.sql("SELECT d.title, d.uri, d.version, d.collection, t.body, t.headings, t.pages, t.blocks"
                        + " FROM document_text t JOIN document d ON d.id = t.document WHERE d.id = ?")
                .param(document.value())
                .query((row, number) ->
                        access.isGranted(caller, Permission.READ, new CollectionId(row.getString("collection")))
                                ? Optional.of(text(document, row))
                                : Optional.<DocumentText>empty())
                .optional()
                .flatMap(Function.identity());
    }

    private static DocumentText text(DocumentId document, ResultSet row) throws SQLException {
        return new DocumentText(
                document,
                row.getString("title"),
                row.getString("uri"),
                row.getInt("version"),
                row.getString("body"),
                LineCodec.decodeHeadings(row.getString("headings")),
                LineCodec.decodePages(row.getString("pages")),
                BlockCodec.decodeBlocks(row.getString("blocks")));
    }

    @Override
    public List<TextLine> lines(Caller caller, DocumentId document, int version) {
        return jdbc.sql("SELECT d.collection, t.lines FROM document_text t JOIN document d ON d.id = t.document"
                        + " WHERE d.id = ? AND d.version = ?")
                .params(document.value(), version)
                .query((row, number) ->
                        access.isGranted(caller, Permission.READ, new CollectionId(row.getString("collection")))
                                ? BlockCodec.decodeLines(row.getString("lines"))
                                : List.<TextLine>of())
                .optional()
                .orElse(List.of());
    }

    @Override
    public OriginalFile content(Caller caller, DocumentId document) {
        Document found = get(caller, document);
        Path file = originals.file(found.hash());
        if (!Files.isRegularFile(file)) {
            throw new LecternException(
                    ErrorCode.GONE, "The original of this document is no longer stored. Upload the document again.");
        }
        return new OriginalFile(
                file, DocumentLocation.fileName(found.uri()), found.mediaType(), found.size(), found.hash());
    }

    @Override
    public List<Suggestion> suggestions(Caller caller, CollectionId collection, int limit) {
        access.require(caller, Permission.READ, collection, LibraryCollections::notFound);
        String visible = properties.hidesUnreadable() ? " AND NOT (" + StaleVersionCondition.sql("d") + ")" : "";
        List<QuestionSuggester.Outline> outlines = jdbc.sql("SELECT d.id, d.title, t.headings FROM document d"
                        + " JOIN document_text t ON t.document = d.id"
                        + " WHERE d.collection = ? AND t.headings <> ''" + visible + " ORDER BY d.id LIMIT ?")
                .params(collection.value(), SUGGESTION_DOCUMENTS)
                .query((row, number) -> new QuestionSuggester.Outline(
                        new DocumentId(row.getString(1)), row.getString(2), LineCodec.decodeHeadings(row.getString(3))))
                .list();
        return QuestionSuggester.suggest(outlines, limit);
    }

    @Override
    public void delete(Caller caller, DocumentId document, Runnable condition) {
        if (!remover.deleteDocument(caller, document, condition, DocumentRepository::notFound)) {
            throw notFound();
        }
    }

    static LecternException notFound() {
        return new LecternException(
                ErrorCode.NOT_FOUND,
                "Document not found. It may have been deleted; list the documents of the collection again.");
    }

    static DocumentStatus status(String text) {
        return DocumentStatus.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Document document(ResultSet row, @Nullable DocumentWarning warning, List<DocumentLocation> locations)
            throws SQLException {
        return new Document(
                new DocumentId(row.getString("id")),
                new CollectionId(row.getString("collection")),
                row.getString("title"),
                row.getString("uri"),
                status(row.getString("status")),
                row.getString("reason_code"),
                row.getString("reason"),
                row.getInt("version"),
                row.getInt("passages"),
                row.getString("media_type"),
                row.getLong("bytes"),
                row.getString("hash"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                warning,
                locations,
                BlockCodec.decodeNotices(row.getString("notices")));
    }
}
