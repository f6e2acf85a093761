package dev.lectern.security;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Accepted host names, and the cookie of visitors.
 *
 * @param allowedHosts Host names that the server accepts, without ports, separated by commas, such as docs.example.org. It always accepts localhost; a request for another name is rejected with 403.
 * @param visitorKept Lifetime of the visitor cookie in the browser, as 365d. After it, readers without an account no longer see their conversations.
 */
@ConfigurationProperties("lectern.security")
record SecurityProperties(
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("365d") Duration visitorKept) {
    SecurityProperties {
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
