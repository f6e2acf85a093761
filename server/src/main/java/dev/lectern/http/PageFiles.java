package dev.lectern.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.util.StringUtils;

/** Which requests are for the files of the page and of the API documentation. */
public final class PageFiles {
    /** Where the files are on the class path. */
    public static final String ROOT = "META-INF/resources/";

    /** First path segments that are never routes of the page. */
    private static final Set<String> RESERVED = Set.of("api", "assets", "docs", "health", "metrics", "webjars");

    /** First path segments of files that are part of no route. */
    private static final Set<String> FOLDERS = Set.of("assets", "docs", "webjars");

    /** Files whose path is another one than their name. */
    private static final Set<String> ALIASES = Set.of("", "favicon.ico");

    private PageFiles() {}

    /** Whether a browser navigates to a route of the page, which has no file of its own and gets {@code index.html}. */
    public static boolean isRoute(HttpServletRequest request) {
        String path = request.getRequestURI().substring(1);
        String accept = request.getHeader("Accept");
        return isRead(request)
                && accept != null
                && accept.contains("text/html")
                && StringUtils.getFilenameExtension(path) == null
                && !RESERVED.contains(firstSegment(path));
    }

    /** Whether a request reads a file: a route of the page, a file below {@code /assets} and {@code /docs}, or any other file that exists. */
    public static boolean isFile(HttpServletRequest request) {
        String path = request.getRequestURI().substring(1);
        return isRead(request)
                && (FOLDERS.contains(firstSegment(path))
                        || ALIASES.contains(path)
                        || isRoute(request)
                        || (!RESERVED.contains(firstSegment(path)) && exists(path)));
    }

    private static boolean exists(String path) {
        return PageFiles.class.getClassLoader().getResource(ROOT + path) != null;
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static String firstSegment(String path) {
        return path.split("/", 2)[0];
    }
}
