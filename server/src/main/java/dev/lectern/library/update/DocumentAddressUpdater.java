package dev.lectern.library.update;

import dev.lectern.library.Document;
import dev.lectern.library.DocumentLocation;
import dev.lectern.library.DocumentsRenamedEvent;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.DocumentId;
import dev.lectern.text.FileTitle;
import dev.lectern.text.VisibleText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps documents in step with their locations, in a transaction that has locked their collection: a document has the address of its first location, and the
 * name of its file as title if its content has none. Lists, searches and new citations show both at once. What was embedded and indexed with the former title
 * is replaced when the document has been read again.
 */
@Component
class DocumentAddressUpdater {
    private final JdbcClient jdbc;
    private final LocationRepository locations;
    private final DocumentRemover remover;
    private final ApplicationEventPublisher events;

    DocumentAddressUpdater(
            JdbcClient jdbc, LocationRepository locations, DocumentRemover remover, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.locations = locations;
        this.remover = remover;
        this.events = events;
    }

    /** @param titleSource null when an earlier release committed the present version, and before the first */
    private record Row(
            String collection,
            String uri,
            String title,
            @Nullable String titleSource,
            int version,
            String hash) {
        static Row read(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getString("collection"),
                    row.getString("uri"),
                    row.getString("title"),
                    row.getString("title_source"),
                    row.getInt("version"),
                    row.getString("hash"));
        }

        /** The source of the title, which is that of the file name before the first version. */
        private TitleSource source() {
            if (version == 0) {
                return TitleSource.FILE_NAME;
            }
            if (titleSource != null) {
                return TitleSource.of(titleSource);
            }
            String name = DocumentLocation.fileName(uri);
            for (TitleSource source : new TitleSource[] {TitleSource.STEM, TitleSource.FILE_NAME}) {
                if (source.titleOf(name).equals(title)) {
                    return source;
                }
            }
            return TitleSource.CONTENT;
        }

        String titleAt(String address) {
            TitleSource source = source();
            return source == TitleSource.CONTENT ? title : source.titleOf(DocumentLocation.fileName(address));
        }

        /** The extension says how a file is read. */
        boolean hasOtherExtension(String address) {
            return !FileTitle.extensionOf(DocumentLocation.fileName(uri))
                    .equals(FileTitle.extensionOf(DocumentLocation.fileName(address)));
        }
    }

    /**
     * Deletes a document without locations. Otherwise, if none of them has its address, that of the first becomes its address.
     *
     * @param entries gets the document if it has to be read again; {@link #publishRenamed} follows
     * @return whether it was deleted
     */
    boolean updateOrDelete(DocumentId document, OutboxEntries entries) {
        Optional<String> uri = locations.findUri(document);
        if (uri.isEmpty()) {
            entries.addAll(remover.deleteRows(List.of(document)));
            return true;
        }
        if (!locations.hasAddressOf(document) && setAddress(document, uri.get())) {
            entries.renamed().add(document);
        }
        return false;
    }

    /** Has the renamed documents of a transaction read again, at its end. */
    void publishRenamed(WritableCollection collection, OutboxEntries entries) {
        if (!entries.renamed().isEmpty()) {
            events.publishEvent(new DocumentsRenamedEvent(collection, entries.renamed()));
        }
    }

    /**
     * Sets the address and raises the generation, since citations contain addresses and titles.
     *
     * @return whether the document has to be read again, since its title or the kind of its file follows the name. It is not up to date from now on
     */
    private boolean setAddress(DocumentId document, String uri) {
        String address = VisibleText.toName(uri);
        Row row = jdbc.sql("SELECT collection, uri, title, title_source, version, hash FROM document WHERE id = ?")
                .param(document.value())
                .query(Row::read)
                .optional()
                .orElse(null);
        if (row == null || row.uri().equals(address)) {
            return false;
        }
        String title = row.titleAt(address);
        boolean readAgain = (!title.equals(row.title()) || row.hasOtherExtension(address))
                && !row.hash().startsWith(Document.UNREADABLE_HASH_PREFIX);
        jdbc.sql("UPDATE document SET uri = ?, title = ? WHERE id = ?")
                .params(address, title, document.value())
                .update();
        if (readAgain) {
            jdbc.sql("UPDATE document SET attempted_hash = NULL WHERE id = ?")
                    .param(document.value())
                    .update();
        }
        jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                .param(row.collection())
                .update();
        return readAgain;
    }
}
