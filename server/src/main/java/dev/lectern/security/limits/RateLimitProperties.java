package dev.lectern.security.limits;

import dev.lectern.http.AddressRange;
import dev.lectern.shared.SettingValidator;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests one client address may send in a minute, and at once. An IPv6 address stands for its network (/64).
 *
 * @param requests Maximum number of requests of one client address in a minute, health, metrics and the files of the page not counted, as 100, 0 to 1000000.
 *     A further one is refused with 429 until the minute is over. 0 switches the limit off.
 * @param questions Maximum number of questions of one client address in a minute, which also count as requests, as 30, 0 to 1000000. A further one is refused
 *     with 429. 0 switches the limit off.
 * @param endUserQuestions Maximum number of questions of one end user of an API key in a minute, beside those of the program's address, as 30, 0 to 1000000. A
 *     further one is refused with 429. 0 switches the limit off.
 * @param signIns Maximum number of failed sign-ins of one client address in a minute, such as requests with a wrong key, as 10, 0 to 1000000. After it, further
 *     ones are refused with 429 without a check. 0 switches the limit off.
 * @param signInRequests Maximum number of requests of one client address in a minute that sign in, set a password or make the first administrator, which do not count
 *     as other requests, as 300, 0 to 1000000. A further one is refused with 429. 0 switches the limit off. Guesses of passwords have narrower limits of their own.
 * @param health Maximum number of requests of one client address to /health in a minute, as 300, 0 to 1000000. A further one is refused with 429. 0 switches
 *     the limit off.
 * @param metrics Maximum number of requests of one client address to /metrics in a minute, as 60, 0 to 1000000. A further one is refused with 429. 0 switches
 *     the limit off.
 * @param concurrentRequests Maximum number of requests of one client address that are handled at once, answers and event streams included, as 100, 0 to 1000000.
 *     A further one is refused with 429. 0 switches the limit off; health and metrics are never counted.
 * @param concurrentStreams Maximum number of answers and event streams of one client address at once, as 32, 0 to 1000000. A further one is refused with 429.
 *     0 switches the limit off.
 * @param allowedAddresses IP addresses and networks of clients that have no limits, separated by commas, such as 192.0.2.7,10.0.0.0/8. A client behind a
 *     proxy is only known if the proxy is one of LECTERN_HTTP_TRUSTED_PROXIES.
 */
@ConfigurationProperties("lectern.rate-limit")
record RateLimitProperties(
        @DefaultValue("100") int requests,
        @DefaultValue("30") int questions,
        @DefaultValue("30") int endUserQuestions,
        @DefaultValue("10") int signIns,
        @DefaultValue("300") int signInRequests,
        @DefaultValue("300") int health,
        @DefaultValue("60") int metrics,
        @DefaultValue("100") int concurrentRequests,
        @DefaultValue("32") int concurrentStreams,
        @DefaultValue List<String> allowedAddresses) {
    static final int MAX = 1_000_000;

    /** What to write as {@link #allowedAddresses()}. */
    static final String ADDRESSES =
            "IP addresses and networks of clients, separated by commas, such as 192.0.2.7,10.0.0.0/8,2001:db8::/32."
                    + " A network has no bits beyond its length";

    RateLimitProperties {
        allowedAddresses = allowedAddresses.stream().map(String::strip).toList();
        SettingValidator settings = SettingValidator.of("lectern.rate-limit")
                .requireBetween("requests", requests, 0, MAX)
                .requireBetween("questions", questions, 0, MAX)
                .requireBetween("end-user-questions", endUserQuestions, 0, MAX)
                .requireBetween("sign-ins", signIns, 0, MAX)
                .requireBetween("sign-in-requests", signInRequests, 0, MAX)
                .requireBetween("health", health, 0, MAX)
                .requireBetween("metrics", metrics, 0, MAX)
                .requireBetween("concurrent-requests", concurrentRequests, 0, MAX)
                .requireBetween("concurrent-streams", concurrentStreams, 0, MAX);
        allowedAddresses.forEach(address -> settings.require(
                "allowed-addresses",
                address,
                AddressRange.parse(address).isPresent(),
                ADDRESSES));
    }
}
