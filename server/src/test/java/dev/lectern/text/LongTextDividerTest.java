package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongTextDividerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "one two three four     | 9  | one two # three # four",
                "one; two three four    | 12 | one; # two three # four",
                "甲乙丙，丁戊己庚         | 6  | 甲乙丙， # 丁戊己庚",
                "abcdefghij             | 4  | abcd # efgh # ij",
                "ภาษาไทยง่ายมาก           | 9  | ภาษาไทย # ง่ายมาก",
                "😀😀😀                  | 3  | 😀 # 😀 # 😀",
                "short                  | 9  | short",
            })
    void divide_longText_takesTheBestPlaces(String text, int maxLength, String pieces) {
        assertThat(divide(text, maxLength)).isEqualTo(List.of(pieces.split(" # ")));
    }

    @Test
    void divide_partOfAText_givesOffsetsOfTheWholeText() {
        assertThat(LongTextDivider.divide("xx aa bb yy", new Span(2, 8), 3))
                .containsExactly(new Span(3, 5), new Span(6, 8));
        assertThat(LongTextDivider.divide("   ", new Span(0, 3), 3)).isEmpty();
    }

    private static List<String> divide(String text, int maxLength) {
        return LongTextDivider.divide(text, new Span(0, text.length()), maxLength).stream()
                .map(span -> span.in(text))
                .toList();
    }
}
