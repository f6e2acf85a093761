package dev.lectern.security.oidc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the groups of a person from the claims of a provider. Providers send them as a list, as one text, as texts parted by commas or spaces, or as a list below
 * other objects, such as {@code realm_access.roles}.
 */
final class ClaimGroups {
    private static final int MAX_GROUPS = 1_000;

    private ClaimGroups() {}

    /**
     * The groups in the order of the claim, at most {@value #MAX_GROUPS}.
     *
     * @param path name of the claim, or names parted by dots that lead to it; a claim whose own name has dots, such as a URL, is found first
     */
    static Set<String> read(Map<String, Object> claims, String path) {
        List<String> found = new ArrayList<>();
        collect(claims.containsKey(path) ? claims.get(path) : follow(claims, path), found);
        Set<String> groups = new LinkedHashSet<>();
        for (String one : found) {
            String name = one.strip();
            if (!name.isEmpty() && groups.size() < MAX_GROUPS) {
                groups.add(name);
            }
        }
        return groups;
    }

    private static @Nullable Object follow(Map<String, Object> claims, String path) {
        Object present = claims;
        for (String name : path.split("\\.", -1)) {
            if (!(present instanceof Map<?, ?> map)) {
                return null;
            }
            present = map.get(name);
        }
        return present;
    }

    private static void collect(@Nullable Object value, List<String> found) {
        switch (value) {
            case String text -> found.addAll(List.of(text.split(text.contains(",") ? "," : "\\s+", -1)));
            case Collection<?> many ->
                many.forEach(one -> {
                    if (one instanceof String text) {
                        found.add(text);
                    } else if (one instanceof Map<?, ?> group && group.get("name") instanceof String name) {
                        found.add(name);
                    }
                });
            case null, default -> {
                // no groups
            }
        }
    }
}
