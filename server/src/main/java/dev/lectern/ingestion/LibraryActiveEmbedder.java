package dev.lectern.ingestion;

import dev.lectern.library.LibraryEmbedders;
import dev.lectern.models.EmbedderInForce;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells the models which embedder is active; the modules library and models do not know each other. */
@Component
class LibraryActiveEmbedder implements EmbedderInForce {
    private final LibraryEmbedders library;

    LibraryActiveEmbedder(LibraryEmbedders library) {
        this.library = library;
    }

    @Override
    public Optional<InForce> now() {
        return library.inForce().map(present -> new InForce(present.id(), present.name()));
    }
}
