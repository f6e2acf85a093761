package dev.lectern.index;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;

/**
 * One passage that a search returned.
 *
 * @param version version of the document that the passage belongs to; the library decides whether it is the current one
 * @param language of the passage, ISO 639-1 or {@code und}
 * @param score BM25 for words (0 or more), cosine for embeddings (-1 to 1); higher is better
 */
public record SearchHit(PassageId passage, DocumentId document, int version, String language, float score) {}
