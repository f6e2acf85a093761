package dev.lectern.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownEscaperTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "<script>alert(1)</script>§\\<script\\>alert(1)\\</script\\>",
                "![x](http://evil/p.png)§\\!\\[x\\](http\\://evil/p.png)",
                "[x](javascript:alert(1))§\\[x\\](javascript:alert(1))",
                "See www.evil.example§See www\\.evil.example",
                "me@evil.example, mailto:me§me\\@evil.example, mailto\\:me",
                "# Heading§\\# Heading",
                "- item§\\- item",
                "1. item§1\\. item",
                "---§\\---",
                "===§\\===",
                "~~gone~~ `code` **bold** __b__§\\~\\~gone\\~\\~ \\`code\\` \\*\\*bold\\*\\* \\_\\_b\\_\\_",
                "a | b & $x$ {{ page }}§a \\| b \\& \\$x\\$ \\{\\{ page \\}\\}",
                "&lt;b&gt;§\\&lt;b\\&gt;",
                "\\<b>§\\\\\\<b\\>",
                "Costs 3.50 - 4.10 (gross).§Costs 3.50 - 4.10 (gross).",
            })
    void line_markup_isText(String text, String escaped) {
        assertThat(MarkdownEscaper.line(text)).isEqualTo(escaped);
    }

    @Test
    void line_severalLinesAndInvisibleCharacters_isOneVisibleLine() {
        assertThat(MarkdownEscaper.line(" a\n---\r\n\tb\u202Ec\u0000 ")).isEqualTo("a --- bc");
    }

    @Test
    void blockQuote_everyLine_staysInTheQuote() {
        assertThat(MarkdownEscaper.blockQuote("One\n===\n\n    <b>code</b>\n# Two\r\n> three\n"))
                .isEqualTo("> One\n> \\===\n>\n> \\<b\\>code\\</b\\>\n> \\# Two\n> \\> three\n");
    }
}
