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
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
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
        if (!address.isFromTrustedProxy()) {
            chain.doFilter(request, response);
            return;
        }
        String prefix = address.external().prefix();
        chain.doFilter(
                new ForwardedRequest(request, address),
                prefix.isEmpty() ? response : new PrefixedResponse(response, prefix));
    }

    /** Puts the prefix before the path in the header Location. Whoever reads the header back, as to store it, gets the path without it. */
    private static final class PrefixedResponse extends HttpServletResponseWrapper {
        private final String prefix;

        PrefixedResponse(HttpServletResponse response, String prefix) {
            super(response);
            this.prefix = prefix;
        }

        @Override
        public void setHeader(String name, @Nullable String value) {
            super.setHeader(name, prefixed(name, value));
        }

        @Override
        public void addHeader(String name, @Nullable String value) {
            super.addHeader(name, prefixed(name, value));
        }

        @Override
        public @Nullable String getHeader(String name) {
            String value = super.getHeader(name);
            return isLocation(name) && value != null && value.startsWith(prefix + "/")
                    ? value.substring(prefix.length())
                    : value;
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            super.sendRedirect(withPrefix(location));
        }

        @Override
        public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
            super.sendRedirect(withPrefix(location), status, clearBuffer);
        }

        private @Nullable String prefixed(String name, @Nullable String value) {
            return value != null && isLocation(name) ? withPrefix(value) : value;
        }

        private String withPrefix(String location) {
            return location.startsWith("/") && !location.startsWith("//") ? prefix + location : location;
        }

        private static boolean isLocation(String name) {
            return name.equalsIgnoreCase("Location") || name.equalsIgnoreCase("Content-Location");
        }
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
