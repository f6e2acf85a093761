package dev.lectern.library.web;

import dev.lectern.library.OriginalFile;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The response with an original, which anybody may have written. Only PDF and plain text are displayed, in a sandbox without scripts; every other type is
 * downloaded as bytes. The browser must not guess the type.
 */
final class OriginalResponse {
    /** Types that a browser displays without running code. */
    private static final Set<String> INLINE_TYPES = Set.of("application/pdf", "text/plain");

    /** No script, no form, no request to any host, not in a frame. */
    private static final String POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private static final int MAX_NAME = 150;

    /** What a file system or a person could mistake: separators, wild cards, and characters without a shape, such as those that turn the direction of text. */
    private static final Pattern UNSAFE = Pattern.compile("[/\\\\:*?\"<>|%\\p{C}\\p{Zl}\\p{Zp}]");

    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private OriginalResponse() {}

    /** @param response gets the headers that replace those of the page */
    static ResponseEntity<Resource> of(OriginalFile original, HttpServletResponse response) {
        String type =
                original.mediaType() == null ? "" : original.mediaType().strip().toLowerCase(Locale.ROOT);
        boolean inline = INLINE_TYPES.contains(type);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        ContentDisposition disposition = (inline ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(safeName(original.name()), StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .contentType(inline ? MediaType.parseMediaType(type) : MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", disposition.toString())
                .eTag('"' + original.hash() + '"')
                .body(new FileSystemResource(original.file()));
    }

    /** The name of a file that every file system accepts and that reads as it is. At most 150 characters; its end, with the extension, stays. */
    static String safeName(String name) {
        String safe = UNSAFE.matcher(name).replaceAll("_").strip().replaceAll("^[.\\s]+|[.\\s]+$", "");
        if (safe.codePointCount(0, safe.length()) > MAX_NAME) {
            safe = safe.substring(safe.offsetByCodePoints(safe.length(), -MAX_NAME));
        }
        if (safe.isEmpty()) {
            return "document";
        }
        return DEVICE.matcher(safe).matches() ? "_" + safe : safe;
    }
}
