package dev.lectern.http.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a browser blocked, because the content security policy forbids it. All values come from the client: they are short, printable, and without query, which
 * may hold what a reader wrote.
 *
 * @param directive the directive that forbids it, such as {@code script-src-elem}; {@code other} when it is none
 * @param document the path of the page
 * @param blocked the address or kind of what was blocked, such as {@code inline}
 */
record CspReport(String directive, String document, String blocked) {
    private static final Set<String> DIRECTIVES = Set.of(
            "default-src",
            "script-src",
            "script-src-elem",
            "script-src-attr",
            "style-src",
            "style-src-elem",
            "style-src-attr",
            "img-src",
            "font-src",
            "connect-src",
            "media-src",
            "object-src",
            "child-src",
            "frame-src",
            "worker-src",
            "manifest-src",
            "base-uri",
            "form-action",
            "frame-ancestors");
    private static final int MAX_LENGTH = 200;
    private static final int MAX_REPORTS = 20;

    /** The reports of one body, of either format that browsers send; the first 20 of a longer list. */
    static List<CspReport> read(JsonNode body) {
        List<CspReport> reports = new ArrayList<>();
        if (body.isArray()) {
            for (JsonNode item : body) {
                if (reports.size() < MAX_REPORTS
                        && item.path("type").asString("").equals("csp-violation")) {
                    JsonNode report = item.path("body");
                    reports.add(of(report, "effectiveDirective", "documentURL", "blockedURL"));
                }
            }
        } else if (body.path("csp-report").isObject()) {
            JsonNode report = body.path("csp-report");
            String directive = report.has("effective-directive") ? "effective-directive" : "violated-directive";
            reports.add(of(report, directive, "document-uri", "blocked-uri"));
        }
        return reports;
    }

    private static CspReport of(JsonNode report, String directive, String document, String blocked) {
        String name = report.path(directive).asString("").split(" ", 2)[0];
        return new CspReport(
                DIRECTIVES.contains(name) ? name : "other",
                shorten(report.path(document).asString("")),
                shorten(report.path(blocked).asString("")));
    }

    private static String shorten(String address) {
        String bare = address.split("[?#]", 2)[0].replaceAll("[^\\x21-\\x7e]", "?");
        return bare.length() <= MAX_LENGTH ? bare : bare.substring(0, MAX_LENGTH) + "…";
    }
}
