package dev.lectern.ingestion;

import dev.lectern.ingestion.reembedding.ReembeddingRepository;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.ActiveEmbedderLookup.ActiveEmbedder;
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

    private final EmbedderRepository embedderRepository;
    private final EmbedderRegistry embedders;
    private final ReembeddingRepository reembeddings;

    EmbedderCompatibilityCheck(
            EmbedderRepository embedderRepository, EmbedderRegistry embedders, ReembeddingRepository reembeddings) {
        this.embedderRepository = embedderRepository;
        this.embedders = embedders;
        this.reembeddings = reembeddings;
    }

    /**
     * Called at the start. The model is only loaded when the library has documents.
     *
     * @throws LecternException CONFLICT with advice
     */
    void check() {
        embedderRepository.findRequired().ifPresent(this::check);
    }

    private void check(EmbedderFingerprint required) {
        String configured = embedders.configured();
        String known = embedderRepository.findActive().map(ActiveEmbedder::name).orElse(null);
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
        embedders.setLocalName(required.id(), configured);
        if (known == null) {
            embedderRepository.recordName(required, configured);
        }
    }

    private void require(EmbedderFingerprint required, String name, @Nullable String known) {
        EmbedderFingerprint present = embedders.open(name).fingerprint();
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
