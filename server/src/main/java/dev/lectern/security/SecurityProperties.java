package dev.lectern.security;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Accepted host names, and the cookie of visitors.
 *
 * @param allowedHosts Host names that the server accepts, without ports, separated by commas, such as docs.example.org. It always accepts localhost; a request for another name is rejected with 403.
 * @param visitorKept Lifetime of the visitor cookie in the browser, as 365d, 1m to 3650d. After it, readers without an account no longer see their conversations.
 */
@ConfigurationProperties("lectern.security")
record SecurityProperties(
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("365d") Duration visitorKept) {
    private static final Pattern HOST =
            Pattern.compile("[\\p{L}\\p{N}_]([\\p{L}\\p{N}._-]*[\\p{L}\\p{N}.])?|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");

    SecurityProperties {
        allowedHosts = Set.copyOf(allowedHosts);
        SettingValidator settings = SettingValidator.of("lectern.security")
                .requireBetween("visitor-kept", visitorKept, Duration.ofMinutes(1), Duration.ofDays(3_650));
        allowedHosts.forEach(host -> settings.require(
                "allowed-hosts",
                host,
                HOST.matcher(host).matches(),
                "host names without scheme, port and path, separated by commas, such as docs.example.org"));
    }
}
