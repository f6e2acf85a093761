package dev.lectern.ingestion.passages;

import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts a document into passages that respect its structure and end where sentences end. */
public final class PassageCutter {
    /** Changes when the same document may be cut otherwise; kept with each document. */
    public static final int VERSION = 1;

    private PassageCutter() {}

    /**
     * Cuts the whole text. Deterministic.
     *
     * @param tokens counts a text's tokens as the embedding model does; called about once per sentence
     * @param maxTokens what the model reads at most, title, headings and special tokens included; at least 64
     * @return in the order of the text; empty for a document without text
     */
    public static List<CutPassage> cut(ParsedDocument document, ToIntFunction<String> tokens, int maxTokens) {
        return List.of();
    }
}
