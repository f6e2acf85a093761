package dev.lectern.security;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask, and from where.
 *
 * @param allowedHosts Host names under which this server is reached, without ports, separated by commas, such as docs.example.org.
 *     Requests for other hosts are refused; localhost is always allowed.
 * @param visitorKept Lifetime of the visitor cookie that separates the conversations of browsers, as 365d. After it a browser is a
 *     new visitor.
 */
@ConfigurationProperties("lectern.security")
public record SecurityProperties(
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("365d") Duration visitorKept) {
    public SecurityProperties {
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
