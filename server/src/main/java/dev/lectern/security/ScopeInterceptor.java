package dev.lectern.security;

import dev.lectern.http.CallerAttribute;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses API keys without the scope of an operation ({@link RequiresScope}), and for an operation without a scope every key. */
@Component
class ScopeInterceptor implements HandlerInterceptor, WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = CallerAttribute.of(request).orElse(null);
        if (handler instanceof HandlerMethod method && caller != null) {
            if (caller instanceof Caller.ApiKey key) {
                require(key, method);
            } else {
                EndUser.requireNone(request);
            }
        }
        return true;
    }

    private static @Nullable Scope scopeOf(HandlerMethod method) {
        RequiresScope required = method.getMethodAnnotation(RequiresScope.class);
        if (required == null) {
            required = method.getBeanType().getAnnotation(RequiresScope.class);
        }
        return required == null ? null : required.value();
    }

    /** @throws LecternException FORBIDDEN without the scope of the operation */
    static void require(Caller.ApiKey key, HandlerMethod method) {
        Scope scope = scopeOf(method);
        if (scope == null) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN, "API keys cannot be used for this operation. Sign in for it.");
        }
        if (!key.scopes().contains(scope)) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN,
                    "This API key does not have the scope `" + scope.text()
                            + "`, which this operation needs. Use a key that has it, or let the owner of this key add it.");
        }
    }
}
