package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.parsing.DocumentParser;
import dev.lectern.ingestion.passages.PassageSplitter;
import dev.lectern.library.PipelineVersion;
import dev.lectern.models.Embedder;
import org.springframework.stereotype.Component;

/** The present pipeline version: a raised version of the parser or splitter makes every document be read again, in the background. */
@Component
public class PipelineVersionProvider {
    private final Embedder embedder;

    PipelineVersionProvider(Embedder embedder) {
        this.embedder = embedder;
    }

    public PipelineVersion current() {
        return new PipelineVersion(
                "p" + DocumentParser.VERSION + "c" + PassageSplitter.VERSION, embedder.fingerprint());
    }
}
