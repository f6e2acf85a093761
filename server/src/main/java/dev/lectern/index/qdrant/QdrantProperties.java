package dev.lectern.index.qdrant;

import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Qdrant is.
 *
 * @param url gRPC address of Qdrant, such as http://localhost:6334, or https for TLS. When empty, a Lucene index in the data
 *     folder is used.
 * @param apiKey API key of Qdrant, which needs read and write permission.
 */
@ConfigurationProperties("lectern.qdrant")
public record QdrantProperties(
        @DefaultValue("") String url, @DefaultValue("") Secret apiKey) {
    public QdrantProperties {
        SettingValidator.of("lectern.qdrant").requireKey("api-key", apiKey);
    }

    /** Whether there is an address; it may still be wrong. */
    public boolean isConfigured() {
        return !url.isBlank();
    }
}
