package dev.lectern.library.update;

import dev.lectern.http.Page;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the library has of a source, for its owner. Reads only. */
@Repository
public class SourceInventory {
    private final JdbcClient jdbc;

    SourceInventory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Numbers of a source.
     *
     * @param documents with a location in the source
     * @param files locations of the source, with the missing ones and those whose document a person deleted
     * @param copies files whose bytes are those of another file of the source, and which are one document with it
     * @param missing files that the last scans did not find, and whose documents stay until that is confirmed
     * @param missingSince since when the first of them is missing; null when none is
     */
    public record Summary(
            long documents,
            long files,
            long copies,
            long missing,
            @Nullable Instant missingSince) {}

    /**
     * A file that the last scans did not find.
     *
     * @param path within its source
     * @param document null when a person deleted it before
     * @param title of the document; null without one
     */
    public record MissingFile(
            String path,
            @Nullable DocumentId document,
            @Nullable String title,
            Instant missingSince) {}

    public Summary summarize(WritableCollection collection, SourceId source) {
        return jdbc.sql("SELECT COUNT(DISTINCT document) AS documents, COUNT(*) AS files,"
                        + " COUNT(document) AS places,"
                        + " COUNT(missing_since) AS missing, MIN(missing_since) AS missing_since FROM location"
                        + " WHERE source = ? AND collection = ?")
                .params(source.value(), collection.id().value())
                .query((row, number) -> {
                    long missing = row.getLong("missing");
                    return new Summary(
                            row.getLong("documents"),
                            row.getLong("files"),
                            row.getLong("places") - row.getLong("documents"),
                            missing,
                            missing == 0 ? null : Instant.ofEpochMilli(row.getLong("missing_since")));
                })
                .single();
    }

    /**
     * A page of the missing files, by path.
     *
     * @param after path of the last one of the page before; null for the first page
     */
    public Page<MissingFile> findMissing(
            WritableCollection collection, SourceId source, @Nullable String after, int limit) {
        List<Object> parameters =
                new ArrayList<>(List.of(source.value(), collection.id().value()));
        String sql = "SELECT l.path, l.document, l.missing_since, d.title FROM location l"
                + " LEFT JOIN document d ON d.id = l.document"
                + " WHERE l.source = ? AND l.collection = ? AND l.missing_since IS NOT NULL";
        if (after != null) {
            sql += " AND l.path > ?";
            parameters.add(after);
        }
        parameters.add(limit + 1);
        List<MissingFile> found = jdbc.sql(sql + " ORDER BY l.path LIMIT ?")
                .params(parameters)
                .query(SourceInventory::read)
                .list();
        boolean more = found.size() > limit;
        List<MissingFile> items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? items.getLast().path() : null);
    }

    private static MissingFile read(ResultSet row, int number) throws SQLException {
        String document = row.getString("document");
        return new MissingFile(
                row.getString("path"),
                document == null ? null : new DocumentId(document),
                row.getString("title"),
                Instant.ofEpochMilli(row.getLong("missing_since")));
    }
}
