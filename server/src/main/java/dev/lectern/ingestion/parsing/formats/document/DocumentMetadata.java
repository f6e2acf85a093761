package dev.lectern.ingestion.parsing.formats.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file says of itself. Blank values, and authors that are none, are left out; of many or long ones only the beginning is kept. */
final class DocumentMetadata {
    private static final int MAX_METADATA = 100;
    private static final int MAX_METADATA_VALUES = 50;
    private static final int MAX_METADATA_LENGTH = 500;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    void add(String key, @Nullable String value) {
        String line = value == null ? "" : TextNormalizer.normalizeLine(value);
        String name = TextNormalizer.normalizeLine(key).toLowerCase(Locale.ROOT);
        if (line.isEmpty() || name.isEmpty() || name.length() > MAX_METADATA_LENGTH) {
            return;
        }
        if (name.equals("author") && !MetadataValidator.isAuthor(line)) {
            return;
        }
        if (values.size() < MAX_METADATA || values.containsKey(name)) {
            List<String> all = values.computeIfAbsent(name, one -> new ArrayList<>());
            String cut = line.length() <= MAX_METADATA_LENGTH ? line : line.substring(0, MAX_METADATA_LENGTH);
            if (all.size() < MAX_METADATA_VALUES && !all.contains(cut)) {
                all.add(cut);
            }
        }
    }

    /** The values by their keys, in the order in which they were added. */
    Map<String, List<String>> values() {
        return values;
    }
}
