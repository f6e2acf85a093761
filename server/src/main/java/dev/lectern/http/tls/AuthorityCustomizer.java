package dev.lectern.http.tls;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Gives requests of HTTP/2 the {@code Host} header that the checks of hosts and origins read. Clients send {@code :authority} instead, which replaces a header
 * that says something else.
 */
final class AuthorityCustomizer implements HttpConfiguration.Customizer {

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        String authority = request.getHttpURI().getAuthority();
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2 || authority == null) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders()).put(HttpHeader.HOST, authority);
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }
}
