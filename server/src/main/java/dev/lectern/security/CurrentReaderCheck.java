package dev.lectern.security;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.StreamReaderCheck;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** Asks the {@link CallerAuthenticator}s again, which notice ended sessions, revoked keys and disabled people. */
@Component
class CurrentReaderCheck implements StreamReaderCheck {
    private final List<CallerAuthenticator> authenticators;
    private final CollectionGrants grants;

    CurrentReaderCheck(List<CallerAuthenticator> authenticators, CollectionGrants grants) {
        this.authenticators = List.copyOf(authenticators);
        this.grants = grants;
    }

    @Override
    public Caller check(HttpServletRequest request) {
        Caller before = CallerAttribute.of(request).orElseThrow();
        @Nullable Caller now = authenticators.stream()
                .map(authenticator -> authenticator.authenticate(request))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(before instanceof Caller.Visitor ? before : null);
        if (now == null || !now.kind().equals(before.kind())) {
            throw new LecternException(ErrorCode.UNAUTHENTICATED, "Your session has ended. Sign in again.");
        }
        if (now instanceof Caller.Visitor && !grants.isAnyPublic()) {
            throw new LecternException(ErrorCode.UNAUTHENTICATED, "No collection is public any more. Sign in.");
        }
        if (now instanceof Caller.ApiKey key
                && request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method) {
            ScopeInterceptor.require(key, method);
        }
        return now;
    }
}
