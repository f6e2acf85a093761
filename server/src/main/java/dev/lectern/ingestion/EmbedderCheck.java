package dev.lectern.ingestion;

import dev.lectern.ingestion.reembedding.ReembeddingTable;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.ActiveEmbedder;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether the configured embedder can search the library. A configuration that the library has moved away from is followed with a warning, not refused. */
@Component
class EmbedderCheck {
    private static final Logger log = LoggerFactory.getLogger(EmbedderCheck.class);

    private final EmbedderRepository embedderRepository;
    private final EmbedderRegistry embedders;
    private final ReembeddingTable moves;

    EmbedderCheck(EmbedderRepository embedderRepository, EmbedderRegistry embedders, ReembeddingTable moves) {
        this.embedderRepository = embedderRepository;
        this.embedders = embedders;
        this.moves = moves;
    }

    /**
     * For the start. The model is only loaded when the library has documents.
     *
     * @throws LecternException CONFLICT with advice
     */
    void check() {
        embedderRepository.findRequired().ifPresent(this::check);
    }

    private void check(EmbedderFingerprint required) {
        String configured = embedders.configured();
        String known = embedderRepository.findActive().map(ActiveEmbedder::name).orElse(null);
        if (known != null && !known.equals(configured) && moves.movedFrom(configured)) {
            log.warn(
                    "The library was moved from {} to {} and is searched with that. Set LECTERN_EMBEDDER={}",
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
