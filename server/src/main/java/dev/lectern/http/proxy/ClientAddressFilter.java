package dev.lectern.http.proxy;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.http.FilterOrder;
import dev.lectern.observability.spi.LogContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets the {@link ClientAddress} of each request, before all other filters. Behind a trusted proxy they see the request as the client has sent it. */
@Component
@Order(FilterOrder.ADDRESS)
class ClientAddressFilter extends OncePerRequestFilter {
    private final ClientAddressResolver resolver;

    ClientAddressFilter(ClientAddressResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ClientAddress address = resolver.resolve(request);
        address.putInto(request);
        LogContext.put(LogContext.Field.CLIENT, address.text());
        chain.doFilter(address.isFromTrustedProxy() ? new ForwardedRequest(request, address) : request, response);
    }

    /** The path stays without the prefix, as controllers and filters know it. */
    private static final class ForwardedRequest extends HttpServletRequestWrapper {
        private final ClientAddress address;

        ForwardedRequest(HttpServletRequest request, ClientAddress address) {
            super(request);
            this.address = address;
        }

        @Override
        public String getRemoteAddr() {
            return address.text();
        }

        @Override
        public String getRemoteHost() {
            return address.text();
        }

        @Override
        public String getScheme() {
            return address.external().scheme();
        }

        @Override
        public boolean isSecure() {
            return address.external().isSecure();
        }

        @Override
        public String getServerName() {
            return address.external().host();
        }

        @Override
        public int getServerPort() {
            return address.external().port();
        }

        @Override
        public StringBuffer getRequestURL() {
            ExternalAddress external = address.external();
            return new StringBuffer(external.url(getRequestURI()));
        }
    }
}
