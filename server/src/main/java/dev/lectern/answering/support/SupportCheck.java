package dev.lectern.answering.support;

import java.util.List;
import java.util.Map;

/** Finds the sentences of a written answer that its citations do not bear out. Pure and thread-safe. */
public final class SupportCheck {

    /**
     * @param answer with its markers, such as {@code [2]}, behind or within the sentences they belong to
     * @param cited the texts (title and headings may stand in front) of the passages by their marker's number; a marker without one counts as none
     * @param language of the answer, ISO 639-1 or {@code und}
     * @return in the order of the text, without overlap
     */
    public List<Unsupported> check(String answer, Map<Integer, String> cited, String language) {
        return List.of();
    }
}
