package dev.lectern.models.language;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identifies languages by their script, where a script is used by one language alone. */
final class ScriptLanguages {
    /** A character of these scripts says as much as about three letters. */
    private static final int WEIGHT_OF_SYLLABLES = 3;

    private static final Map<UnicodeScript, String> ALONE = Map.ofEntries(
            Map.entry(UnicodeScript.THAI, "th"),
            Map.entry(UnicodeScript.GREEK, "el"),
            Map.entry(UnicodeScript.ARMENIAN, "hy"),
            Map.entry(UnicodeScript.GEORGIAN, "ka"),
            Map.entry(UnicodeScript.TAMIL, "ta"),
            Map.entry(UnicodeScript.TELUGU, "te"),
            Map.entry(UnicodeScript.BENGALI, "bn"),
            Map.entry(UnicodeScript.GUJARATI, "gu"),
            Map.entry(UnicodeScript.KANNADA, "kn"),
            Map.entry(UnicodeScript.MALAYALAM, "ml"),
            Map.entry(UnicodeScript.KHMER, "km"));

    private static final Set<String> OF_SYLLABLES = Set.of("zh", "ja", "ko");

    private ScriptLanguages() {}

    /** Whether the script alone identifies a language. */
    static boolean isIdentifiedByScript(String language) {
        return ALONE.containsValue(language) || OF_SYLLABLES.contains(language);
    }

    /** The language whose own script the greater part of the text has; null when there is none. */
    static @Nullable String identify(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> letters.merge(UnicodeScript.of(letter), 1, Integer::sum));
        int han = letters.getOrDefault(UnicodeScript.HAN, 0);
        int kana = letters.getOrDefault(UnicodeScript.HIRAGANA, 0) + letters.getOrDefault(UnicodeScript.KATAKANA, 0);
        int hangul = letters.getOrDefault(UnicodeScript.HANGUL, 0);
        int all = letters.values().stream().mapToInt(Integer::intValue).sum();
        int syllables = han + kana + hangul;
        if (syllables > 0 && WEIGHT_OF_SYLLABLES * syllables >= all - syllables) {
            // Japanese and old Korean mix in Chinese characters, Chinese mixes in nothing.
            return 10 * kana > syllables ? "ja" : 5 * hangul > syllables ? "ko" : "zh";
        }
        return letters.entrySet().stream()
                .filter(entry -> ALONE.containsKey(entry.getKey()) && 2 * entry.getValue() > all)
                .map(entry -> ALONE.get(entry.getKey()))
                .findFirst()
                .orElse(null);
    }
}
