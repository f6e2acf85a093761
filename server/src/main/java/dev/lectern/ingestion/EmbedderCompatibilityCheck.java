package dev.lectern.ingestion;

import dev.lectern.ingestion.reembedding.ReembeddingRepository;
import dev.lectern.library.LibraryEmbedders;
import dev.lectern.library.LibraryEmbedders.InForce;
import dev.lectern.models.NamedEmbedders;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Checks that the configured embedder can search the library. A configured embedder that was replaced by re-embedding gives a warning and is not refused. */
@Component
class EmbedderCompatibilityCheck {
    private static final Logger log = LoggerFactory.getLogger(EmbedderCompatibilityCheck.class);

    private final LibraryEmbedders library;
    private final NamedEmbedders embedders;
    private final ReembeddingRepository reembeddings;

    EmbedderCompatibilityCheck(LibraryEmbedders library, NamedEmbedders embedders, ReembeddingRepository reembeddings) {
        this.library = library;
        this.embedders = embedders;
        this.reembeddings = reembeddings;
    }

    /**
     * Called at the start. The model is only loaded when the library has documents.
     *
     * @throws LecternException CONFLICT with advice
     */
    void check() {
        library.required().ifPresent(this::check);
    }

    private void check(EmbedderFingerprint required) {
        String configured = embedders.configured();
        String known = library.inForce().map(InForce::name).orElse(null);
        if (known != null && !known.equals(configured) && reembeddings.wasFormer(configured)) {
            log.warn(
                    "The library was re-embedded from {} to {}, which is the active embedder. Set LECTERN_EMBEDDER={}",
                    configured,
                    known,
                    known);
            require(required, known, known);
            return;
        }
        require(required, configured, known);
        embedders.remember(required.id(), configured);
        if (known == null) {
            library.name(required, configured);
        }
    }

    private void require(EmbedderFingerprint required, String name, @Nullable String known) {
        EmbedderFingerprint present = embedders.named(name).fingerprint();
        if (present.equals(required)) {
            return;
        }
        String former = known == null ? required.model() : known;
        throw new LecternException(
                ErrorCode.CONFLICT,
                name.equals(known)
                        ? "The index was made with another model than " + name + " is now (" + required.model()
                                + "). Put the former files back, or choose an empty data folder with LECTERN_DATA."
                        : "The index was made with the embedder " + former + " and cannot be searched with " + name
                                + ": set LECTERN_EMBEDDER back to the former, start, and move the library with"
                                + " lectern collections reembed " + name + ".");
    }
}
