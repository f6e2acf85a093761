package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.parsing.DocumentParser;
import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import dev.lectern.ingestion.passages.PassageSplitter;
import dev.lectern.library.PipelineVersion;
import dev.lectern.models.Embedder;
import org.springframework.stereotype.Component;

/** The present pipeline version: a raised version of the parser or splitter, or another command for recognition, makes every document be read again, in the background. */
@Component
public class PipelineVersionProvider {
    private final Embedder embedder;
    private final OcrProperties ocr;

    PipelineVersionProvider(Embedder embedder, OcrProperties ocr) {
        this.embedder = embedder;
        this.ocr = ocr;
    }

    public PipelineVersion current() {
        return new PipelineVersion(
                "p" + DocumentParser.VERSION + "c" + PassageSplitter.VERSION + ocr.fingerprint(),
                embedder.fingerprint());
    }
}
