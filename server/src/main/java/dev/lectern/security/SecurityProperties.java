package dev.lectern.security;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask, and from where.
 *
 * @param allowedHosts names under which this server is reached, without ports, separated by commas, such as docs.example.org; localhost is always one of them
 * @param visitorKept how long a browser keeps the cookie that tells its reader's conversations from others', as 365d
 */
@ConfigurationProperties("lectern.security")
public record SecurityProperties(
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("365d") Duration visitorKept) {
    public SecurityProperties {
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
