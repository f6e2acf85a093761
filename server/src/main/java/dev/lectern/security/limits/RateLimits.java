package dev.lectern.security.limits;

import dev.lectern.http.AddressRange;
import dev.lectern.http.ClientAddress;
import dev.lectern.shared.RuntimeSetting;
import dev.lectern.shared.RuntimeSettingSource;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** The limits at present, which may change while the server runs. */
@Component
class RateLimits implements RuntimeSettingSource {
    private static final String PREFIX = "lectern.rate-limit.";

    private final RuntimeSetting<Integer> requests;
    private final RuntimeSetting<Integer> questions;
    private final RuntimeSetting<Integer> endUserQuestions;
    private final RuntimeSetting<Integer> signIns;
    private final RuntimeSetting<Integer> signInRequests;
    private final RuntimeSetting<Integer> health;
    private final RuntimeSetting<Integer> metrics;
    private final RuntimeSetting<Integer> concurrentRequests;
    private final RuntimeSetting<Integer> concurrentStreams;
    private final RuntimeSetting<Addresses> allowedAddresses;

    RateLimits(RateLimitProperties properties) {
        requests = number("requests", properties.requests());
        questions = number("questions", properties.questions());
        endUserQuestions = number("end-user-questions", properties.endUserQuestions());
        signIns = number("sign-ins", properties.signIns());
        signInRequests = number("sign-in-requests", properties.signInRequests());
        health = number("health", properties.health());
        metrics = number("metrics", properties.metrics());
        concurrentRequests = number("concurrent-requests", properties.concurrentRequests());
        concurrentStreams = number("concurrent-streams", properties.concurrentStreams());
        allowedAddresses = RuntimeSetting.of(
                PREFIX + "allowed-addresses",
                RuntimeSetting.Kind.TEXT,
                parse(String.join(",", properties.allowedAddresses())),
                RateLimits::parse,
                Addresses::text,
                RateLimitProperties.ADDRESSES);
    }

    private static RuntimeSetting<Integer> number(String name, int value) {
        return RuntimeSetting.ofNumber(PREFIX + name, value, 0, RateLimitProperties.MAX);
    }

    /** @param text as it is written, without spaces */
    private record Addresses(String text, List<AddressRange> ranges) {}

    private static Addresses parse(String text) {
        List<String> parts = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        return new Addresses(
                String.join(",", parts),
                parts.stream()
                        .map(one -> AddressRange.parse(one).orElseThrow(IllegalArgumentException::new))
                        .toList());
    }

    @Override
    public List<RuntimeSetting<?>> runtimeSettings() {
        return List.of(
                requests,
                questions,
                endUserQuestions,
                signIns,
                signInRequests,
                health,
                metrics,
                concurrentRequests,
                concurrentStreams,
                allowedAddresses);
    }

    int requests() {
        return requests.value();
    }

    int questions() {
        return questions.value();
    }

    int endUserQuestions() {
        return endUserQuestions.value();
    }

    int signIns() {
        return signIns.value();
    }

    int signInRequests() {
        return signInRequests.value();
    }

    int health() {
        return health.value();
    }

    int metrics() {
        return metrics.value();
    }

    int concurrentRequests() {
        return concurrentRequests.value();
    }

    int concurrentStreams() {
        return concurrentStreams.value();
    }

    /** Whether a client has no limits. */
    boolean isAllowed(ClientAddress address) {
        for (AddressRange range : allowedAddresses.value().ranges()) {
            if (range.contains(address.client())) {
                return true;
            }
        }
        return false;
    }
}
