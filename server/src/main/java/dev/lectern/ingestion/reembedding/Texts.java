package dev.lectern.ingestion.reembedding;

import dev.lectern.ingestion.passages.PassageText;
import dev.lectern.library.embedders.EmbeddingRepository.StoredText;

/** What an embedder reads of a stored text: the same as when its document was read. */
final class Texts {
    private Texts() {}

    static String embedded(StoredText text) {
        return PassageText.forEmbedding(text.title(), text.headings(), text.tableHeader(), text.text());
    }
}
