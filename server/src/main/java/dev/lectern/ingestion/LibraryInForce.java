package dev.lectern.ingestion;

import dev.lectern.library.LibraryEmbedders;
import dev.lectern.models.EmbedderInForce;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells the models what the library is searched with; they do not know each other. */
@Component
class LibraryInForce implements EmbedderInForce {
    private final LibraryEmbedders library;

    LibraryInForce(LibraryEmbedders library) {
        this.library = library;
    }

    @Override
    public Optional<InForce> now() {
        return library.inForce().map(present -> new InForce(present.id(), present.name()));
    }
}
