package dev.lectern.library.catalog;

import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.library.jdbc.LineCodec;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import dev.lectern.text.TableContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Passages in the database. */
@Repository
class PassageRepository implements Passages {
    private static final String SELECT =
            "SELECT p.id, p.document, p.version, p.ordinal, p.language, p.headings, p.page, p.start_at, p.end_at,"
                    + " p.body, p.table_header, d.collection, d.title, d.uri FROM passage p JOIN document d ON d.id = p.document ";

    private final JdbcClient jdbc;

    PassageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<PassageId, Passage> present(Collection<PassageId> ids, ReadableCollections readable) {
        Map<PassageId, Passage> found = HashMap.newHashMap(ids.size());
        for (List<PassageId> some : SqlParameters.split(ids)) {
            jdbc.sql(SELECT + "WHERE p.id IN (" + SqlParameters.placeholders(some.size()) + ")")
                    .params(some.stream().map(PassageId::value).toList())
                    .query(PassageRepository::passage)
                    .list()
                    .forEach(passage -> {
                        if (readable.ids().contains(passage.collection())) {
                            found.put(passage.id(), passage);
                        }
                    });
        }
        return found;
    }

    @Override
    public List<Passage> ofDocument(DocumentId document, ReadableCollections readable) {
        return readable(
                readable,
                jdbc.sql(SELECT + "WHERE p.document = ? ORDER BY p.ordinal")
                        .param(document.value())
                        .query(PassageRepository::passage)
                        .list());
    }

    @Override
    public List<Passage> neighbours(PassageId passage, int before, int after, ReadableCollections readable) {
        return readable(
                readable,
                jdbc.sql(SELECT + "JOIN passage o ON o.document = p.document WHERE o.id = ? AND p.ordinal"
                                + " BETWEEN o.ordinal - ? AND o.ordinal + ? ORDER BY p.ordinal")
                        .params(passage.value(), before, after)
                        .query(PassageRepository::passage)
                        .list());
    }

    private static List<Passage> readable(ReadableCollections readable, List<Passage> found) {
        return found.stream()
                .filter(passage -> readable.ids().contains(passage.collection()))
                .toList();
    }

    private static Passage passage(ResultSet row, int number) throws SQLException {
        return new Passage(
                new PassageId(row.getString("id")),
                new CollectionId(row.getString("collection")),
                new DocumentId(row.getString("document")),
                row.getInt("version"),
                row.getInt("ordinal"),
                row.getString("title"),
                row.getString("uri"),
                row.getString("language"),
                LineCodec.decodeTexts(row.getString("headings")),
                SqlParameters.getInteger(row, "page"),
                row.getInt("start_at"),
                row.getInt("end_at"),
                row.getString("body"),
                TableContext.parse(row.getString("table_header")));
    }
}
