package dev.lectern.http.proxy;

import dev.lectern.observability.spi.HealthCheck;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reports forwarding headers that are not believed, in the log and in the health report: at most once an hour each, as anybody can send them. */
@Component
class ForwardingHealthCheck implements HealthCheck {
    /** How often the log gets a warning, and how long the health report has it after the last such request. */
    static final Duration INTERVAL = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(ForwardingHealthCheck.class);

    private final InstantSource clock;
    private volatile @Nullable Finding untrusted;
    private volatile @Nullable Finding contradiction;

    /**
     * Headers that were not believed.
     *
     * @param sentence what is wrong, then what to do
     * @param loggedAt when it was logged last
     * @param seenAt when such a request came last
     */
    private record Finding(String sentence, Instant loggedAt, Instant seenAt) {}

    ForwardingHealthCheck(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "proxies";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        Instant since = clock.instant().minus(INTERVAL);
        Finding first = untrusted;
        Finding second = contradiction;
        boolean isFirst = first != null && first.seenAt().isAfter(since);
        boolean isSecond = second != null && second.seenAt().isAfter(since);
        if (first != null && isFirst) {
            return Health.warning(
                    isSecond && second != null ? first.sentence() + " " + second.sentence() : first.sentence());
        }
        return second != null && isSecond
                ? Health.warning(second.sentence())
                : Health.up("All forwarding headers of the last hour came from trusted proxies, or there were none.");
    }

    /** Forwarding headers came from a peer that is no trusted proxy. They are ignored. */
    void reportUntrusted(InetAddress peer) {
        untrusted = report(
                untrusted,
                "Forwarding headers (Forwarded, X-Forwarded-*, X-Real-IP) came from " + peer.getHostAddress()
                        + ", which is no trusted proxy, and were ignored. If it is your reverse proxy, add it to"
                        + " LECTERN_HTTP_TRUSTED_PROXIES; otherwise somebody tries to forge an address.");
    }

    /** {@code Forwarded} and {@code X-Forwarded-*} of one request contradict each other. Neither is used. */
    void reportContradiction(InetAddress peer) {
        contradiction = report(
                contradiction,
                "Forwarded and X-Forwarded-* in a request of the proxy " + peer.getHostAddress()
                        + " contradict each other, and neither was used: one of them may come from the client. Set"
                        + " LECTERN_HTTP_PROXY_HEADERS to the kind that the proxy sets.");
    }

    private Finding report(@Nullable Finding before, String sentence) {
        Instant now = clock.instant();
        boolean isDue = before == null || !before.loggedAt().plus(INTERVAL).isAfter(now);
        if (isDue) {
            log.warn("{}", sentence);
        }
        return new Finding(sentence, isDue || before == null ? now : before.loggedAt(), now);
    }
}
