package dev.lectern.library.update;

import dev.lectern.library.Document;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds out whether known bytes, or files at known places, were stored as documents. */
@Repository
public class StoredContentFinder {
    private final JdbcClient jdbc;

    StoredContentFinder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The documents of all collections whose newest or shown bytes have this SHA-256. */
    public List<DocumentId> findDocuments(String hash) {
        return jdbc.sql("SELECT id FROM document WHERE hash = ? UNION SELECT id FROM document WHERE present_hash = ?")
                .params(hash, hash)
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list();
    }

    /** Those of some paths of a source whose bytes were read, also when a person deleted the document since. */
    public List<String> findReadPaths(SourceId source, Collection<String> paths) {
        List<String> found = new ArrayList<>();
        for (List<String> some : SqlParameters.split(paths)) {
            found.addAll(jdbc.sql("SELECT path FROM location WHERE source = ? AND path IN ("
                            + SqlParameters.placeholders(some.size()) + ") AND hash NOT LIKE ?")
                    .param(source.value())
                    .params(some)
                    .param(Document.UNREADABLE_HASH_PREFIX + "%")
                    .query(String.class)
                    .list());
        }
        return found;
    }
}
