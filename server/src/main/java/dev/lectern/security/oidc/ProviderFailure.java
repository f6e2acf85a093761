package dev.lectern.security.oidc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in the log why a call of the identity provider failed. The exceptions of the JDK for a refused connection or an unknown name have no message. */
final class ProviderFailure {
    private static final int MAX_CAUSES = 5;

    private ProviderFailure() {}

    /** The failure and its causes in one line, each by its message, or by its kind if it has none. */
    static String describe(Throwable failure) {
        List<String> parts = new ArrayList<>();
        for (Throwable one = failure; one != null && parts.size() < MAX_CAUSES; one = one.getCause()) {
            String text = textOf(one);
            // The wrappers repeat the message of their cause, or "null" in place of it.
            if (parts.stream().noneMatch(part -> part.contains(text))) {
                parts.add(text);
            }
        }
        return String.join("; ", parts);
    }

    private static String textOf(Throwable failure) {
        @Nullable String message = failure.getMessage();
        String kind = failure.getClass().getSimpleName();
        return message == null || message.isBlank()
                ? kind
                : message.replaceFirst("(: )?null$", "").isBlank() ? kind : message.replaceFirst(": null$", "");
    }
}
