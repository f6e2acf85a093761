package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownPlainTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "10\\.2.1 is the version. [1]|10.2.1 is the version. [1]",
                "A **bold** and *slanted* word. [1][2]|A bold and slanted word. [1][2]",
                "***both*** and __bold__ and _slanted_ and ~~gone~~|both and bold and slanted and gone",
                "**bold *and slanted***|bold and slanted",
                "snake_case_name and 2 * 3 * 4 and a ~ b|snake_case_name and 2 * 3 * 4 and a ~ b",
                "\\*not slanted\\* and a\\_b|*not slanted* and a_b",
                "Call `a_b * c_d` and ``x ` y``|Call a_b * c_d and x ` y",
                "An open ` stays|An open ` stays",
                "# Heading #|Heading",
                "> quoted **text**|quoted text",
                "* item|- item",
                "1. first|1. first",
                "See [the guide](https://example.org/a_b) now|See the guide (https://example.org/a_b) now",
                "[https://example.org](https://example.org)|https://example.org",
                "![a picture](https://example.org/x.png)|a picture",
                "<https://example.org>|https://example.org",
                "Fish &amp; chips \\<b>|Fish & chips <b>",
                "28 days [1] (paid)|28 days [1] (paid)",
                "\\[1\\] is quoted. [2]|[1] is quoted. [2]",
                "C:\\Users\\x|C:\\Users\\x",
                "Ein **fettes**, schönes „*Wort*“.|Ein fettes, schönes „Wort“.",
                "a ** not bold ** b|a ** not bold ** b",
                "é**b**|éb",
            })
    void of_inlineMarks_areRemoved(String markdown, String plain) {
        assertThat(MarkdownPlainText.of(markdown)).isEqualTo(plain);
    }

    @Test
    void of_code_staysAsItIs() {
        assertThat(MarkdownPlainText.of("Run:\n```sh\ncurl -d '*a_b*' \\\n  [1]\n```\n**Done**\n  + inner *item*"))
                .isEqualTo("Run:\ncurl -d '*a_b*' \\\n  [1]\nDone\n  - inner item");
    }

    @Test
    void of_table_hasItsCellsAndNoRule() {
        assertThat(MarkdownPlainText.of("| Day | Hours |\n|:---|---:|\n| *Mon* | 8 [1] |"))
                .isEqualTo("Day | Hours\nMon | 8 [1]");
    }

    @Test
    void of_rulesAndLineEnds_goAway() {
        assertThat(MarkdownPlainText.of("Title\n=====\none  \ntwo\\\nthree\n\n---\n"))
                .isEqualTo("Title\none\ntwo\nthree");
    }

    @Test
    @Timeout(60)
    void of_hugeRunsOfMarks_endsSoon() {
        for (String marks : new String[] {"*_`[~\\", "**a** _b_ ", "[\\]", "`a``", "*a_b", "> ", "| "}) {
            assertThat(MarkdownPlainText.of(marks.repeat(20_000))).isNotNull();
        }
    }
}
