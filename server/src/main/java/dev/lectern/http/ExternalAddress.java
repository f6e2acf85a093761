package dev.lectern.http;

import java.util.Locale;

/**
 * The address under which a client reached this server: the address in its browser, also behind proxies that end TLS, change the {@code Host} header or add a
 * path. Absolute links, redirects, cookies and the check of origins use it.
 *
 * @param scheme {@code http} or {@code https}
 * @param host host name or IP address in lower case, IPv6 in brackets; empty when the request named none
 * @param port 1 to 65535
 * @param prefix path that proxies removed, such as {@code /lectern}; empty when there is none. Never ends with a slash
 */
public record ExternalAddress(String scheme, String host, int port, String prefix) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public ExternalAddress {
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Whether the client uses HTTPS. */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** As browsers write it in the {@code Origin} header: without the default port of the scheme. */
    public String origin() {
        return scheme + "://" + authority();
    }

    /** Host and port as in the {@code Host} header, without the default port of the scheme. */
    public String authority() {
        return port == defaultPort(scheme) ? host : host + ":" + port;
    }

    /** The absolute address of a path of this server, such as {@code /api/v1/jobs/1}. */
    public String url(String path) {
        return origin() + path(path);
    }

    /** A path of this server as the client has to request it: with the prefix. */
    public String path(String path) {
        return prefix + path;
    }

    /** 443 for https, 80 otherwise. */
    public static int defaultPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
}
