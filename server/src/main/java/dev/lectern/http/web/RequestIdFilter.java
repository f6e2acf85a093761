package dev.lectern.http.web;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.FilterOrder;
import dev.lectern.http.RequestId;
import dev.lectern.http.SecurityHeaders;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter: sends the request id that {@link RequestContextHandler} assigned, adds the security headers and translates exceptions of later filters
 * into problem responses.
 */
@Component
@Order(FilterOrder.REQUEST)
class RequestIdFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(RequestIdFilter.class);

    private final ProblemWriter problems;
    private final ExceptionTranslator translator;
    private final SecurityHeaders headers;

    RequestIdFilter(ProblemWriter problems, ExceptionTranslator translator, SecurityHeaders headers) {
        this.problems = problems;
        this.translator = translator;
        this.headers = headers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = RequestId.current();
        response.setHeader(RequestId.HEADER, id);
        headers.of(request.getRequestURI(), ClientAddress.of(request).external())
                .forEach(response::setHeader);
        ScopedValue.where(RequestId.CURRENT, id).call(() -> {
            pass(request, response, chain);
            return null;
        });
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        try {
            NulCharacterFilter.requireNoNul(request);
            chain.doFilter(request.getMethod().equals("TRACE") ? new UnechoedRequest(request) : request, response);
        } catch (LecternException failure) {
            problems.write(failure, response);
        } catch (IOException | ServletException | RuntimeException failure) {
            if (response.isCommitted() || ExceptionTranslator.isDisconnect(failure)) {
                log.debug("A response could not be completed", failure);
                return;
            }
            LecternException problem = translator.translate(failure);
            if (problem.code() == ErrorCode.INTERNAL) {
                log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            } else if (problem.code().status() >= 500) {
                log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), problem.getMessage());
            }
            problems.write(problem, response);
        }
    }

    /** A TRACE request would be echoed with its cookies. Under another unknown method it is refused like any other, with the methods that are allowed. */
    private static final class UnechoedRequest extends HttpServletRequestWrapper {
        UnechoedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "UNSUPPORTED";
        }
    }
}
