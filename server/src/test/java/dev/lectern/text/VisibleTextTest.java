package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n",
                "\u200b",
                "\u00a0\u2060\ufeff",
                "\u202e\u202c",
                "\u3164",
                "\u2800",
                "\u200d\u200c",
                "\ud800",
                "\u0301",
                "\u0000",
                "\u0085\u2028\u2029",
                "\ufe0f"
            })
    void isBlank_nothingIsVisible(String text) {
        assertThat(VisibleText.isBlank(text)).isTrue();
        assertThat(VisibleText.toName(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "é", "\u200ba", "日", "👩‍👩‍👧", "\u0627"})
    void isBlank_somethingIsVisible(String text) {
        assertThat(VisibleText.isBlank(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'  a \t b\r\nc ', a b c",
        "'gnp\u202efdp.exe', gnpfdp.exe",
        "'a\u2066b\u2069c\u200e', abc",
        "'a\u0007b\u001b[31m', ab[31m",
        "'a\u2028b', a b",
        "'a\ud800b', ab",
        "'می\u200cخواهم', 'می\u200cخواهم'",
        "'👩\u200d👧', '👩\u200d👧'",
    })
    void toName_isOneLineWithoutTricks(String text, String name) {
        assertThat(VisibleText.toName(text)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "a b.md, a b.md",
        "'a\nb.md', 'a\\u000Ab.md'",
        "'a\\u000Ab.md', 'a\\u005Cu000Ab.md'",
        "'a\\b\\u00', 'a\\b\\u00'",
        "' a  b ', '\\u0020a \\u0020b\\u0020'",
        "'a\u200bb', 'a\\u200Bb'",
        "'\u200b', '\\u200B'",
        "'a\ud800', 'a\\uD800'",
        "'gnp\u202efdp.exe', 'gnp\\u202Efdp.exe'",
        "'a\u00a0b', 'a\\u00A0b'",
        "'👩\u200d👧', '👩\u200d👧'",
    })
    void toUniqueName_writesWhatIsNotSeenAsNumbers(String text, String name) {
        assertThat(VisibleText.toUniqueName(text)).isEqualTo(name);
        assertThat(VisibleText.toName(name)).isEqualTo(name);
    }

    @Test
    void toUniqueName_ofDifferentTexts_isDifferent() {
        String[] parts = {"a", " ", "\n", "\\", "u", "0020", "\\u0020", "\u200b", "\u3000"};
        Map<String, String> texts = new HashMap<>();
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(1 + random.nextInt(5), 0, parts.length).forEach(part -> text.append(parts[part]));
            String name = VisibleText.toUniqueName(text.toString());
            assertThat(texts.put(name, text.toString())).as(name).isIn(null, text.toString());
            assertThat(VisibleText.toName(name)).isEqualTo(name);
        }
    }

    @Test
    void toName_flagOfARegion_staysWhole() {
        String wales = new String(new int[] {0x1F3F4, 0xE0067, 0xE0062, 0xE0077, 0xE006C, 0xE0073, 0xE007F}, 0, 7);
        assertThat(VisibleText.toName(wales)).isEqualTo(wales);
    }
}
