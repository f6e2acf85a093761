package dev.lectern.answering.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.view.AnswerJson.CitationJson;
import dev.lectern.answering.view.AnswerJson.UsageJson;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarningView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exports with documents whose title, address, headings and text are hostile. */
class AnswerMarkdownTest {
    private static final String HOSTILE =
            "<script>alert(1)</script> ![x](https://evil.example/pixel.png)\n---\n# Heading";

    @Test
    void of_hostileDocument_isOneLineOfText() {
        String exported = export(new CitationJson(
                1, "d", HOSTILE, "https://evil.example/a)b", 3, List.of(HOSTILE), HOSTILE, null, 0, 9, 1, null, null));
        String source = exported.substring(exported.indexOf("- [1] "));
        assertThat(source.strip().lines()).hasSize(1);
        assertThat(source)
                .doesNotContainPattern("(?<!\\\\)(?:<script|!\\[|\\]\\()")
                .doesNotContain("https://")
                .contains(
                        "\\<script\\>alert(1)\\</script\\>",
                        "\\!\\[x\\](https\\://evil.example/pixel.png)",
                        "\\# Heading");
    }

    @Test
    void of_deletedDocument_hasNoQuoteAndAnEscapedTitle() {
        assertThat(export(new CitationJson(
                        1, "d", "*A*", "upload:a", null, List.of(), "", null, 0, 9, 1, "deleted", null)))
                .contains("- [1] \\*A\\* (upload:a): the document was deleted");
    }

    @Test
    void of_documentWithWarning_hasItOnTheSameLine() {
        DocumentWarning warning = DocumentWarning.unreadable(Instant.EPOCH, "The *file* is damaged.\nSave it again.");
        assertThat(export(new CitationJson(
                        1,
                        "d",
                        "A",
                        "upload:a",
                        null,
                        List.of(),
                        "Yes.",
                        null,
                        0,
                        4,
                        1,
                        null,
                        DocumentWarningView.of(warning))))
                .contains("- [1] A (upload:a): “Yes.”. **Note:** The present content of the file could not be read. The"
                        + " text is that of an earlier version. The \\*file\\* is damaged. Save it again.");
    }

    private static String export(CitationJson citation) {
        return AnswerMarkdown.of(new AnswerJson(
                "m",
                null,
                null,
                "answered",
                null,
                "Yes. [1]",
                "Yes. [1]",
                List.of(citation),
                List.of(),
                "extractive",
                null,
                null,
                null,
                false,
                new UsageJson(0, 0, 0, null),
                new AnswerTimings(null, null, null, 0),
                null,
                null));
    }
}
