package dev.lectern.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files below {@code META-INF/resources} of our jars, kept in memory once they were asked for; only what exists is kept, a few megabytes. */
final class StaticFiles {
    private static final String ROOT = "META-INF/resources";

    /** The files that show the API, at an address without their version. */
    private static final String DOCS = "/docs/";

    private static final String DOCS_VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));
    private static final Set<String> PACKED_ALREADY = Set.of("png", "ico", "woff2");

    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    /** The file at a path of the site; empty when there is none. */
    Optional<StaticFile> find(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1);
        String type = TYPES.get(extension);
        if (type == null || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        StaticFile known = files.get(path);
        return known != null ? Optional.of(known) : load(path, type, !PACKED_ALREADY.contains(extension));
    }

    private Optional<StaticFile> load(String path, String type, boolean packable) {
        try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(ROOT + resource(path))) {
            if (in == null) {
                return Optional.empty();
            }
            StaticFile file = new StaticFile(in.readAllBytes(), type, packable);
            files.put(path, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String path) throws IOException {
        if (!path.startsWith(DOCS)) {
            return path;
        }
        try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(DOCS_VERSION)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return "/webjars/swagger-ui/" + properties.getProperty("version") + path.substring(DOCS.length() - 1);
        }
    }
}
