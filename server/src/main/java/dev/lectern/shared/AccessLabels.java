package dev.lectern.shared;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The access labels of a caller. A document without labels is visible to everyone who may read its collection. A document with labels is visible to callers
 * who have at least one of them.
 *
 * @param isUnrestricted whether documents with any labels are visible
 * @param names labels of the caller; empty if unrestricted
 */
public record AccessLabels(boolean isUnrestricted, Set<String> names) {
    /** Sees every document of a readable collection, whatever its labels are. For work that compares or copies whole collections. */
    public static final AccessLabels UNRESTRICTED = new AccessLabels(true, Set.of());

    /** Sees the documents without labels. */
    public static final AccessLabels NONE = new AccessLabels(false, Set.of());

    public AccessLabels {
        names = Set.copyOf(names);
        if (isUnrestricted && !names.isEmpty()) {
            throw new IllegalArgumentException("Unrestricted access has no labels");
        }
    }

    /** Sees the documents without labels, and those with at least one of these. */
    public static AccessLabels of(Set<String> names) {
        return names.isEmpty() ? NONE : new AccessLabels(false, names);
    }

    /** The same text for equal labels only, for cache keys: what is cached for one reader is shown to others with the same labels. */
    public String cacheKey() {
        return isUnrestricted
                ? "*"
                : names.stream()
                        .sorted()
                        .map(name -> name.length() + ":" + name)
                        .collect(Collectors.joining());
    }

    /** Whether a document with these labels is visible. */
    public boolean matches(Set<String> documentLabels) {
        return isUnrestricted
                || documentLabels.isEmpty()
                || documentLabels.stream().anyMatch(names::contains);
    }
}
