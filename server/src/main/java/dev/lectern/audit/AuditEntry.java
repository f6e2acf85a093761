package dev.lectern.audit;

import dev.lectern.shared.Caller;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded. Neither secrets nor texts of documents, questions or answers belong into it.
 *
 * @param caller null when nobody is known, such as after a failed sign-in
 * @param subject null when the action says it all
 * @param details at most 7, by names of letters; a value is one line of at most 250 bytes, so that all of them have at most 2 kB as JSON
 */
public record AuditEntry(
        AuditAction action,
        @Nullable Caller caller,
        @Nullable AuditSubject subject,
        Outcome outcome,
        Map<String, String> details) {
    private static final int MAX_DETAILS = 7;
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z]{0,29}");

    /** How it ended. */
    public enum Outcome {
        DONE,
        /** It was tried and not allowed, such as a sign-in with a wrong password. */
        REFUSED;

        /** As it is stored. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditEntry {
        if (details.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("More than " + MAX_DETAILS + " details: " + details.keySet());
        }
        Map<String, String> cleaned = new TreeMap<>();
        details.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Not a name of letters: " + name);
            }
            cleaned.put(name, AuditTexts.clean(value));
        });
        details = Collections.unmodifiableMap(cleaned);
    }

    /** A change that was made. */
    public static AuditEntry of(AuditAction action, @Nullable Caller caller, @Nullable AuditSubject subject) {
        return new AuditEntry(action, caller, subject, Outcome.DONE, Map.of());
    }

    /**
     * A change that was made.
     *
     * @param kind of the subject
     * @param id of the subject
     */
    public static AuditEntry of(AuditAction action, @Nullable Caller caller, String kind, String id) {
        return of(action, caller, new AuditSubject(kind, id));
    }

    /** The same as an attempt that was not allowed. */
    public AuditEntry refused() {
        return new AuditEntry(action, caller, subject, Outcome.REFUSED, details);
    }

    /** The same with another detail. Null is left out. */
    public AuditEntry with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(details);
        more.put(name, value.toString());
        return new AuditEntry(action, caller, subject, outcome, more);
    }
}
