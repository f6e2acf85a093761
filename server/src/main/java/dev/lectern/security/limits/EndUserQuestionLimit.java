package dev.lectern.security.limits;

import dev.lectern.caching.TokenBuckets;
import dev.lectern.http.QuotaExceededException;
import dev.lectern.security.EndUser;
import dev.lectern.security.QuestionAdmission;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Sha256;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Limits the questions of each end user of a program, beside those of the program's address. */
@Component
class EndUserQuestionLimit implements QuestionAdmission {
    private final RateLimits limits;
    private final RateLimiter limiter;
    private final MeterRegistry meters;

    EndUserQuestionLimit(RateLimits limits, TokenBuckets buckets, MeterRegistry meters) {
        this.limits = limits;
        this.limiter = new RateLimiter(buckets);
        this.meters = meters;
    }

    @Override
    public Caller admit(
            Caller caller, @Nullable String endUser, HttpServletRequest request, HttpServletResponse response) {
        Caller named = EndUser.named(caller, endUser, request);
        RateLimitPolicy policy = RateLimitPolicy.perMinute("end-user", limits.endUserQuestions(), "questions")
                .of("The end user");
        if (policy.isEnabled() && named instanceof Caller.ApiKey key && key.endUser() != null) {
            take(policy, key, response);
        }
        return named;
    }

    private void take(RateLimitPolicy policy, Caller.ApiKey key, HttpServletResponse response) {
        try {
            // Hashed, since names are chosen by others and are personal data.
            limiter.take(List.of(policy), Sha256.hex(key.id()), response);
        } catch (QuotaExceededException exceeded) {
            Counter.builder(RateLimitFilter.LIMITED)
                    .description(RateLimitFilter.LIMITED_DESCRIPTION)
                    .tag("policy", policy.name())
                    .register(meters)
                    .increment();
            throw exceeded;
        }
    }
}
