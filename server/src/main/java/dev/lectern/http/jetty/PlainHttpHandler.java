package dev.lectern.http.jetty;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;

/**
 * Answers plain HTTP beside HTTPS. A browser that opens the page is redirected. Everything else is refused: a program that is redirected would go on to send
 * its key and its data unencrypted first, and nobody would notice.
 */
public final class PlainHttpHandler extends Handler.Wrapper {
    /** The name of the connector whose requests are answered here. */
    public static final String CONNECTOR = "plain";

    private static final Pattern FOR_PROGRAMS = Pattern.compile("/(api|health|metrics)(/.*)?|/openapi\\.json");
    private static final int HTTPS_PORT = 443;

    private final ProblemResponder problems;
    private final IntSupplier publicPort;

    /** @param publicPort the port of HTTPS, known once the server listens */
    public PlainHttpHandler(ProblemResponder problems, IntSupplier publicPort) {
        this.problems = problems;
        this.publicPort = publicPort;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!CONNECTOR.equals(request.getConnectionMetaData().getConnector().getName())) {
            return super.handle(request, response, callback);
        }
        String path = String.valueOf(request.getHttpURI().getCanonicalPath());
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (reads && !FOR_PROGRAMS.matcher(path).matches()) {
            problems.putSecurityHeaders(request, response);
            response.getHeaders().put(HttpHeader.LOCATION, secureAddress(request));
            response.setStatus(HttpStatus.PERMANENT_REDIRECT_308);
            response.write(true, null, callback);
            return true;
        }
        response.setStatus(ErrorCode.HTTPS_REQUIRED.status());
        problems.write(
                new LecternException(
                        ErrorCode.HTTPS_REQUIRED,
                        "This server answers programs by HTTPS only. Send the request to the https address. What was sent"
                                + " unencrypted, such as a key, may have been read by others: replace it."),
                request,
                response,
                callback);
        return true;
    }

    private String secureAddress(Request request) {
        int port = publicPort.getAsInt();
        return HttpURI.build(request.getHttpURI())
                .scheme("https")
                .host(HostPort.normalizeHost(Request.getServerName(request)))
                .port(port == HTTPS_PORT ? -1 : port)
                .fragment(null)
                .asString();
    }
}
