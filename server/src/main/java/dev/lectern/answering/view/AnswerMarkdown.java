package dev.lectern.answering.view;

import dev.lectern.answering.view.AnswerJson.CitationJson;
import java.util.List;

/** Formats an answer as Markdown for the export of a conversation. */
final class AnswerMarkdown {
    private AnswerMarkdown() {}

    static String of(AnswerJson answer) {
        StringBuilder text = new StringBuilder(answer.text().isBlank() ? "*No text.*" : answer.text());
        if ("failed".equals(answer.status())) {
            text.append("\n\n*Not complete: ").append(answer.reason()).append(".*");
        }
        AnswerNotes.of(answer).forEach(note -> text.append("\n\n*").append(note).append("*"));
        if (!answer.citations().isEmpty()) {
            text.append("\n\n### Sources\n\n");
            answer.citations().forEach(citation -> appendSource(text, citation));
        }
        return text.toString();
    }

    private static void appendSource(StringBuilder text, CitationJson citation) {
        text.append("- [").append(citation.number()).append("] ").append(citation.title());
        if (citation.page() != null) {
            text.append(", page ").append(citation.page());
        }
        List<String> headings = citation.headings();
        if (!headings.isEmpty()) {
            text.append(", ").append(String.join(" › ", headings));
        }
        text.append(" (").append(citation.uri()).append(")");
        if ("deleted".equals(citation.state())) {
            text.append(": the document was deleted, so its quote is not shown");
        } else {
            text.append(": “")
                    .append(citation.quote().strip().replaceAll("\\s+", " "))
                    .append("”");
            text.append("changed".equals(citation.state()) ? " (the document has changed since)" : "");
        }
        text.append('\n');
    }
}
