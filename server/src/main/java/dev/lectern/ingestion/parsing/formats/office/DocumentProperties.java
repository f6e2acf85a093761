package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.MetadataValidator;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Office and OpenDocument files say of themselves, in the vocabulary of Dublin Core that both use. */
public final class DocumentProperties {
    private static final Map<String, String> KEYS = Map.of(
            "creator", "author",
            "initial-creator", "author",
            "created", "created",
            "creation-date", "created",
            "modified", "modified",
            "subject", "subject",
            "keywords", "keywords",
            "keyword", "keywords",
            "language", "language");

    /** A point in time, or a day; years after 9999 are made up. */
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(T\\d\\d:\\d\\d:\\d\\d)?(?:\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)?");

    private DocumentProperties() {}

    /**
     * Adds what the elements say, and returns the title if it is a real one.
     *
     * @param properties element whose children are the properties; null when the file has none
     */
    public static @Nullable String read(@Nullable XmlElement properties, ParsedDocumentBuilder out) {
        if (properties == null) {
            return null;
        }
        boolean initial = properties.find("initial-creator") != null;
        String title = null;
        for (XmlElement property : properties.children()) {
            String name = property.name();
            String key = KEYS.get(name);
            if (name.equals("title")) {
                title = title == null ? property.text() : title;
            } else if (name.equals("date") && properties.find("modified") == null) {
                addTime("modified", property.text(), out);
            } else if (key != null && (key.equals("created") || key.equals("modified"))) {
                addTime(key, property.text(), out);
            } else if (key != null && !(initial && name.equals("creator"))) {
                out.metadata(key, property.text());
            }
        }
        return title == null || !MetadataValidator.isTitle(title) ? null : title;
    }

    /** Files without a zone mean the local time of whoever wrote them, which nobody knows: only the day is kept. */
    public static void addTime(String key, @Nullable String value, ParsedDocumentBuilder out) {
        var matcher = TIME.matcher(value == null ? "" : value.strip());
        if (matcher.matches() && !matcher.group(1).startsWith("1601")) {
            String time = matcher.group(2);
            String zone = matcher.group(3);
            out.metadata(key, matcher.group(1) + (time == null || zone == null ? "" : time + zone));
        }
    }
}
