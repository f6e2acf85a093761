package dev.lectern.index;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;

/**
 * A passage that was found.
 *
 * @param version of the document that the passage belongs to: the library says whether it is still the present one
 * @param language of the passage, ISO 639-1 or {@code und}
 * @param score BM25 for words (0 or more), cosine for embeddings (-1 to 1); higher is better
 */
public record Hit(PassageId passage, DocumentId document, int version, String language, float score) {}
