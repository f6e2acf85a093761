package dev.lectern.security;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Accepted host names and origins, and the cookie of visitors.
 *
 * @param allowedHosts Host names that the server accepts, without ports, separated by commas, such as docs.example.org. It always accepts localhost; a request for another name is rejected with 403.
 * @param corsOrigins Origins of other sites whose pages may call the API, with scheme and without path, separated by commas, such as https://app.example.org. Their pages may also send the cookie; pages of all other sites can neither read nor change anything.
 * @param visitorKept Lifetime of the visitor cookie in the browser, as 365d, 1m to 3650d. After it, readers without an account no longer see their conversations.
 */
@ConfigurationProperties("lectern.security")
record SecurityProperties(
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue Set<String> corsOrigins,
        @DefaultValue("365d") Duration visitorKept) {
    private static final Pattern HOST =
            Pattern.compile("[\\p{L}\\p{N}_]([\\p{L}\\p{N}._-]*[\\p{L}\\p{N}.])?|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");

    /** As browsers write it in the header Origin. */
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    SecurityProperties {
        allowedHosts = Set.copyOf(allowedHosts);
        corsOrigins = corsOrigins.stream()
                .map(origin -> origin.strip().toLowerCase(Locale.ROOT).replaceFirst("/$", ""))
                .map(origin -> origin.replaceFirst("^(http://.*):80$|^(https://.*):443$", "$1$2"))
                .collect(Collectors.toUnmodifiableSet());
        SettingValidator settings = SettingValidator.of("lectern.security")
                .requireBetween("visitor-kept", visitorKept, Duration.ofMinutes(1), Duration.ofDays(3_650));
        allowedHosts.forEach(host -> settings.require(
                "allowed-hosts",
                host,
                HOST.matcher(host).matches(),
                "host names without scheme, port and path, separated by commas, such as docs.example.org"));
        corsOrigins.forEach(origin -> settings.require(
                "cors-origins",
                origin,
                ORIGIN.matcher(origin).matches(),
                "origins with scheme and without path, separated by commas, such as https://app.example.org. \"*\" and"
                        + " \"null\" would admit everybody and are not accepted"));
    }
}
