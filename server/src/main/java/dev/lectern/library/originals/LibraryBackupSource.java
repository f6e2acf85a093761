package dev.lectern.library.originals;

import dev.lectern.backup.spi.ContentAddressedFiles;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.backup.spi.TransientTable;
import dev.lectern.library.OriginalStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class LibraryBackupSource implements SnapshotSource {
    private final ObjectProvider<OriginalStore> originals;

    LibraryBackupSource(ObjectProvider<OriginalStore> originals) {
        this.originals = originals;
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public List<SnapshotTable> tables() {
        return List.of(
                SnapshotTable.of("library_identity", "one").withSeededRows(1),
                SnapshotTable.of("embedder_lock", "one").withSeededRows(1),
                SnapshotTable.of("embedder", "id"),
                SnapshotTable.of("collection", "id").withSeededRows(1),
                SnapshotTable.of("document", "id"),
                SnapshotTable.of("location", "source", "path"),
                SnapshotTable.of("document_text", "document"),
                SnapshotTable.of("document_metadata", "document", "key", "ordinal"),
                SnapshotTable.of("document_tag", "document", "folded"),
                SnapshotTable.of("source_tag", "source", "folded"),
                SnapshotTable.of("passage", "id"),
                SnapshotTable.of("embedding", "embedder", "hash"),
                SnapshotTable.of("index_outbox", "id"),
                SnapshotTable.of("original_outbox", "hash"));
    }

    @Override
    public List<TransientTable> transientTables() {
        return List.of(new TransientTable("original_hold", "reservations end with their process"));
    }

    @Override
    public Optional<ContentAddressedFiles> files() {
        return Optional.of(new Originals(originals.getObject()));
    }

    private record Originals(OriginalStore store) implements ContentAddressedFiles {
        @Override
        public void forEach(Consumer<String> action) {
            store.forEach(action);
        }

        @Override
        public InputStream open(String hash) throws IOException {
            return Files.newInputStream(store.file(hash));
        }
    }
}
