package dev.lectern.answering.view;

import dev.lectern.answering.view.AnswerJson.CitationJson;
import dev.lectern.library.DocumentWarningView;
import dev.lectern.shared.MarkdownEscaper;
import java.util.List;
import java.util.stream.Collectors;

/** Formats an answer as Markdown for the export of a conversation. Its text is Markdown; all that comes from documents beside it is escaped. */
final class AnswerMarkdown {
    private AnswerMarkdown() {}

    static String of(AnswerJson answer) {
        StringBuilder text = new StringBuilder(answer.text().isBlank() ? "*No text.*" : answer.text());
        if ("failed".equals(answer.status())) {
            text.append("\n\n*Not complete: ")
                    .append(MarkdownEscaper.line(String.valueOf(answer.reason())))
                    .append(".*");
        }
        AnswerNotes.of(answer).forEach(note -> text.append("\n\n*").append(note).append("*"));
        if (!answer.citations().isEmpty()) {
            text.append("\n\n### Sources\n\n");
            answer.citations().forEach(citation -> appendSource(text, citation));
        }
        return text.toString();
    }

    private static void appendSource(StringBuilder text, CitationJson citation) {
        text.append("- [").append(citation.number()).append("] ").append(MarkdownEscaper.line(citation.title()));
        if (citation.page() != null) {
            text.append(", page ").append(citation.page());
        }
        List<String> headings = citation.headings();
        if (!headings.isEmpty()) {
            text.append(", ")
                    .append(headings.stream().map(MarkdownEscaper::line).collect(Collectors.joining(" › ")));
        }
        text.append(" (").append(MarkdownEscaper.line(citation.uri())).append(")");
        if ("deleted".equals(citation.state())) {
            text.append(": the document was deleted, so its quote is not shown");
        } else {
            String shown = citation.displayQuote();
            text.append(": “").append(MarkdownEscaper.line(shown == null ? citation.quote() : shown)).append("”");
            text.append("changed".equals(citation.state()) ? " (the document has changed since)" : "");
        }
        DocumentWarningView warning = citation.warning();
        if (warning != null) {
            text.append(". **Note:** ").append(MarkdownEscaper.line(warning.detail()));
        }
        text.append('\n');
    }
}
