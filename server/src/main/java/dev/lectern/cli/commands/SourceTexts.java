package dev.lectern.cli.commands;

import dev.lectern.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How sources are told to people. */
final class SourceTexts {
    private SourceTexts() {}

    /** The path of a source or of something in it, on one line. */
    static String path(JsonNode node) {
        return VisibleText.toUniqueName(node.path("path").asString(""));
    }

    /** Such as {@code needs confirmation}. */
    static String state(JsonNode source) {
        return source.path("state").asString("").replace('_', ' ');
    }

    /** Such as {@code polling every 60 s}. */
    static String watch(JsonNode source) {
        JsonNode watch = source.path("watch");
        String mode = watch.path("mode").asString("none");
        return mode.equals("polling")
                ? "polling every " + watch.path("interval").asLong(0) + " s"
                : mode;
    }

    static String lastScan(JsonNode source) {
        return source.path("scannedAt").asString("never").replaceAll("\\.\\d+Z$", "Z");
    }

    /** Such as {@code link 2, rule 34}, by the kinds of the API; {@code none} without findings. */
    static String findings(JsonNode source) {
        List<String> parts = new ArrayList<>();
        source.path("findings").properties().forEach(one -> parts.add(one.getKey() + " " + count(one.getValue())));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    static String count(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong(0));
    }

    /** Such as {@code 1 document}. */
    static String documents(JsonNode source) {
        return count(source.path("documents")) + (source.path("documents").asLong(0) == 1 ? " document" : " documents");
    }

    /** The files that are one document with another file; empty without any. */
    static String copies(JsonNode source) {
        long copies = source.path("copies").asLong(0);
        return copies == 0
                ? ""
                : count(source.path("copies")) + (copies == 1 ? " file has" : " files have")
                        + " the same bytes as another one, and one document with it";
    }

    /** What to do about missing files, for an id and a reason that may say it already; empty if it does. */
    static String confirmation(String id, String reason) {
        return reason.contains("lectern sources confirm")
                ? ""
                : "To see the files and to delete their documents: lectern sources confirm " + id;
    }

    /** Whether somebody has to decide about files that are missing. */
    static boolean needsConfirmation(JsonNode source) {
        return source.path("missing").path("count").asLong(0) > 0
                || source.path("state").asString("").equals("needs_confirmation");
    }
}
