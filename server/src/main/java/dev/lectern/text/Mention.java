package dev.lectern.text;

import java.util.Set;

/**
 * A number or a name that a text mentions.
 *
 * @param span in that text
 * @param values of a number: its possible readings ("1.000" has two); of a name: the word without case and accents
 * @param initials of the run of names that it belongs to, such as {@code UMC}; empty when it stands alone
 */
public record Mention(Kind kind, Span span, Set<String> values, String initials) {
    public enum Kind {
        NUMBER,
        NAME
    }

    public Mention {
        values = Set.copyOf(values);
    }
}
