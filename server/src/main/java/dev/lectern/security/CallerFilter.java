package dev.lectern.security;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.http.CallerAttribute;
import dev.lectern.http.FilterOrder;
import dev.lectern.http.NewVisitor;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Identifies the caller of an API request: the operator by a bearer token with the content of the key file, otherwise the visitor by the cookie. A request
 * without either gets the cookie of a new visitor. A browser gets it with the page: the page sends its first API requests in parallel, and each of them would
 * become a visitor of its own.
 */
@Component
@Order(FilterOrder.CALLER)
class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";
    private static final Pattern NO_PAGE = Pattern.compile("/(assets|docs|health|metrics|webjars)(/.*)?|/[^/]*\\.json");

    private final OperatorKey operatorKey;
    private final VisitorCookies cookies;
    private final IdGenerator ids;
    private final AuditLog auditLog;

    CallerFilter(OperatorKey operatorKey, VisitorCookies cookies, IdGenerator ids, AuditLog auditLog) {
        this.operatorKey = operatorKey;
        this.cookies = cookies;
        this.ids = ids;
        this.auditLog = auditLog;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().startsWith("/api/")) {
            String authorization = request.getHeader("Authorization");
            CallerAttribute.put(request, authorization != null ? operator(authorization) : visitor(request, response));
        } else if (opensPage(request) && cookies.read(request, response).isEmpty()) {
            cookies.write(new Caller.Visitor(ids.next()), request, response);
        }
        chain.doFilter(request, response);
    }

    private static boolean opensPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String path = request.getRequestURI();
        return request.getMethod().equals("GET")
                && (path.equals("/") || (accept != null && accept.contains("text/html")))
                && !NO_PAGE.matcher(path).matches();
    }

    private Caller operator(String authorization) {
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && operatorKey.matches(authorization.substring(BEARER.length()).strip())) {
            return new Caller.Operator("operator");
        }
        auditLog.recordRepeated(
                AuditEntry.of(AuditAction.OPERATOR_KEY_REJECTED, null, null).refused());
        throw new LecternException(
                ErrorCode.UNAUTHENTICATED,
                "The bearer token is not the key of this server. Send the content of the file `key` in its data folder, or no Authorization header.");
    }

    private Caller visitor(HttpServletRequest request, HttpServletResponse response) {
        return cookies.read(request, response).orElseGet(() -> {
            Caller.Visitor visitor = new Caller.Visitor(ids.next());
            cookies.write(visitor, request, response);
            NewVisitor.put(request, earlier -> {
                Caller.Visitor resumed = new Caller.Visitor(earlier);
                CallerAttribute.put(request, resumed);
                cookies.write(resumed, request, response);
                return resumed;
            });
            return visitor;
        });
    }
}
