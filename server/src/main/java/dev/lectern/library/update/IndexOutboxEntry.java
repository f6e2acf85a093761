package dev.lectern.library.update;

import dev.lectern.index.PassageSelection;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A deletion from the index of one embedder that is still to be carried out.
 *
 * @param embedder id of the fingerprint
 * @param kind of the target: collection, document, versions_before or version
 * @param target id of the collection or document
 * @param version of the document, 0 where the kind has none
 */
record IndexOutboxEntry(String id, String embedder, String kind, String target, int version) {

    static IndexOutboxEntry read(ResultSet row, int number) throws SQLException {
        return new IndexOutboxEntry(
                row.getString("id"),
                row.getString("embedder"),
                row.getString("kind"),
                row.getString("target"),
                row.getInt("version"));
    }

    static IndexOutboxEntry of(String id, String embedder, PassageSelection passageSelection) {
        return switch (passageSelection) {
            case PassageSelection.OfCollection(CollectionId collection) ->
                new IndexOutboxEntry(id, embedder, "collection", collection.value(), 0);
            case PassageSelection.OfDocument(DocumentId document) ->
                new IndexOutboxEntry(id, embedder, "document", document.value(), 0);
            case PassageSelection.OfVersionsBefore(DocumentId document, int version) ->
                new IndexOutboxEntry(id, embedder, "versions_before", document.value(), version);
            case PassageSelection.OfVersion(DocumentId document, int version) ->
                new IndexOutboxEntry(id, embedder, "version", document.value(), version);
        };
    }

    PassageSelection selection() {
        return switch (kind) {
            case "collection" -> new PassageSelection.OfCollection(new CollectionId(target));
            case "document" -> new PassageSelection.OfDocument(new DocumentId(target));
            case "versions_before" -> new PassageSelection.OfVersionsBefore(new DocumentId(target), version);
            case "version" -> new PassageSelection.OfVersion(new DocumentId(target), version);
            default -> throw new IllegalStateException("Unknown kind of outbox entry: " + kind);
        };
    }
}
