package dev.lectern.ingestion.reembedding;

import dev.lectern.ingestion.passages.EmbeddingInput;
import dev.lectern.library.LibraryEmbedders.StoredText;

/** Formats a stored text as the embedder read it when its document was ingested. */
public final class StoredTextFormatter {
    private StoredTextFormatter() {}

    public static String format(StoredText text) {
        return EmbeddingInput.format(text.title(), text.headings(), text.tableHeader(), text.text());
    }
}
