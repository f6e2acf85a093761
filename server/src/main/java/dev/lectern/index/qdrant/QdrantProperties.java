package dev.lectern.index.qdrant;

import dev.lectern.shared.Secret;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Qdrant is.
 *
 * @param url its gRPC address, such as http://localhost:6334; https for TLS. Without one the index is a folder of the data folder
 * @param apiKey its API key, which must be allowed to write
 */
@ConfigurationProperties("lectern.qdrant")
public record QdrantProperties(
        @DefaultValue("") String url, @DefaultValue("") Secret apiKey) {

    /** Whether there is an address; it may still be wrong. */
    public boolean isConfigured() {
        return !url.isBlank();
    }
}
