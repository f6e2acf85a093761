package dev.lectern.http.web;

import dev.lectern.http.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Serves the page: its one HTML file at every address that the page knows, and the files it loads. */
@Component
@Order(FilterOrder.PAGE)
class PageFilter extends OncePerRequestFilter {
    private static final Pattern VIEWS = Pattern.compile("/|/c/[^/]*|/documents|/embedder");
    private static final String INDEX = "/index.html";

    /** What stands for another file; browsers ask for the first icon unasked. */
    private static final Map<String, String> INSTEAD = Map.of("/docs", "/docs.html", "/favicon.ico", "/icon.svg");

    /** The build puts a hash of the content into these names. */
    private static final String HASHED = "/assets/";

    private final StaticFiles files = new StaticFiles();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return !reads || path.startsWith("/api/") || path.startsWith("/health");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        Optional<StaticFile> file =
                files.find(VIEWS.matcher(path).matches() ? INDEX : INSTEAD.getOrDefault(path, path));
        if (file.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(
                "Cache-Control", path.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
        send(file.get(), request, response);
    }

    private static void send(StaticFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("ETag", file.tag());
        response.setHeader("Vary", "Accept-Encoding");
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(file.tag())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] packed = takesGzip(request) ? file.packed() : null;
        byte[] body = packed == null ? file.bytes() : packed;
        response.setContentType(file.contentType());
        if (packed != null) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    private static boolean takesGzip(HttpServletRequest request) {
        String encodings = request.getHeader("Accept-Encoding");
        return encodings != null && encodings.contains("gzip");
    }
}
