package dev.lectern.library.originals;

import dev.lectern.backup.spi.PassingTable;
import dev.lectern.backup.spi.SnapshotFiles;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
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
class LibrarySnapshotSource implements SnapshotSource {
    private final ObjectProvider<OriginalStore> originals;

    LibrarySnapshotSource(ObjectProvider<OriginalStore> originals) {
        this.originals = originals;
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public List<StateTable> tables() {
        return List.of(
                StateTable.of("library_identity", "one").withSeed(1),
                StateTable.of("embedder_lock", "one").withSeed(1),
                StateTable.of("embedder", "id"),
                StateTable.of("collection", "id").withSeed(1),
                StateTable.of("document", "id"),
                StateTable.of("location", "source", "path"),
                StateTable.of("document_text", "document"),
                StateTable.of("passage", "id"),
                StateTable.of("embedding", "embedder", "hash"),
                StateTable.of("index_outbox", "id"),
                StateTable.of("original_outbox", "hash"));
    }

    @Override
    public List<PassingTable> passing() {
        return List.of(new PassingTable("original_hold", "reservations end with their process"));
    }

    @Override
    public Optional<SnapshotFiles> files() {
        return Optional.of(new Originals(originals.getObject()));
    }

    private record Originals(OriginalStore store) implements SnapshotFiles {
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
