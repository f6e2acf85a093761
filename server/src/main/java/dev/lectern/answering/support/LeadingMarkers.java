package dev.lectern.answering.support;

import java.util.regex.Pattern;

/**
 * Tells answers whose markers stand before their sentences ({@code [1] You get 28 days. [2] They expire in March.}) from those that have them behind, as the
 * prompt asks for. In the first, a marker at the beginning of a sentence belongs to that sentence; in the second, to the one before.
 */
public final class LeadingMarkers {
    private static final Pattern FIRST_WORDS =
            Pattern.compile("^[\\s*_>#-]*(?:\\d{1,3}[.)]\\s+)?(?:\\[\\d{1,4}]\\s*)+[*_:,\\s]*[\\p{L}\\p{N}]");

    private LeadingMarkers() {}

    /** @param answer with its markers */
    public static boolean areUsedIn(String answer) {
        return FIRST_WORDS.matcher(answer).find();
    }
}
