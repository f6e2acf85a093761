package dev.lectern.models.services;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * API keys that are not in the environment.
 *
 * @param storedKeys Services whose API key administrators store and replace while the server runs, by their names, separated by commas, such
 *     as {@code gemini,eu}. The start then does not require the key of these services.
 */
@ConfigurationProperties("lectern.models")
record StoredKeyProperties(@DefaultValue Set<String> storedKeys) {
    StoredKeyProperties {
        storedKeys = Set.copyOf(storedKeys);
    }
}
