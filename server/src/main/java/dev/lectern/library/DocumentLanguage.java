package dev.lectern.library;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The language of a document as a whole. */
public final class DocumentLanguage {
    private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");
    private static final String UNKNOWN = "und";

    private DocumentLanguage() {}

    /** The language of a tag such as {@code en-US} or {@code en_US}, in lower case. */
    public static String primary(String tag) {
        String lower = tag.strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < lower.length() && lower.charAt(end) != '-' && lower.charAt(end) != '_') {
            end++;
        }
        return lower.substring(0, end);
    }

    /**
     * What the document states, or else the language of most of its text.
     *
     * @param stated values of its metadata
     * @param lengths number of characters in each language
     * @return ISO 639 code; null when nobody knows
     */
    public static @Nullable String of(List<String> stated, Map<String, Long> lengths) {
        for (String one : stated) {
            String code = primary(one);
            if (CODE.matcher(code).matches() && !code.equals(UNKNOWN)) {
                return code;
            }
        }
        Map<String, Long> known = new HashMap<>(lengths);
        known.remove(UNKNOWN);
        return known.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
