package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvisibleCharacterFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text\n\twith lines",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian with a non-joiner
                "\ud83d\udc68\u200d\ud83d\udcbb", // emoji with a joiner
                "\u26a0\ufe0f and \u845b\udb40\udd00", // one selector each
                "\u0600\u0661", // a visible sign of the category Cf
            })
    void filter_whatScriptsNeed_stays(String text) {
        assertThat(InvisibleCharacterFilter.filter(text)).isEqualTo(text);
    }

    @Test
    void filter_whatNobodySees_isRemoved() {
        assertThat(InvisibleCharacterFilter.filter("a\u200bb\u2060c\ufeffd\u00ade\u202ef\u2066g\u2069h\u0000i\u001bj"))
                .isEqualTo("abcdefghij");
        assertThat(InvisibleCharacterFilter.filter("x\udb40\udc41\udb40\udc42\udb40\udc7f"))
                .isEqualTo("x");
        assertThat(InvisibleCharacterFilter.filter("x\ufe0f\ufe01\udb40\udd10y\ufe0f"))
                .isEqualTo("x\ufe0fy\ufe0f");
        assertThat(InvisibleCharacterFilter.filter("\ufe0f\u200b\ufe0fx")).isEqualTo("x");
        assertThat(InvisibleCharacterFilter.filter("x\ufe0f\u200b\ufe0f\u200b\ufe0f"))
                .isEqualTo("x\ufe0f");
    }
}
