package dev.lectern.ingestion;

import dev.lectern.ingestion.parsing.DocumentParser;
import dev.lectern.ingestion.passages.PassageCutter;
import dev.lectern.library.PipelineVersion;
import dev.lectern.models.Embedder;
import org.springframework.stereotype.Component;

/** What passages are made with at present. */
@Component
class RecipeSource {
    private final Embedder embedder;

    RecipeSource(Embedder embedder) {
        this.embedder = embedder;
    }

    PipelineVersion recipe() {
        return new PipelineVersion("p" + DocumentParser.VERSION + "c" + PassageCutter.VERSION, embedder.fingerprint());
    }
}
