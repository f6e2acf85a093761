package dev.lectern.answering.view;

import dev.lectern.answering.view.AnswerJson.CitationJson;
import java.util.List;

/** An answer for a person who reads it in a file. */
final class AnswerMarkdown {
    private AnswerMarkdown() {}

    static String of(AnswerJson answer) {
        StringBuilder text = new StringBuilder(answer.text().isBlank() ? "*No text.*" : answer.text());
        if ("failed".equals(answer.status())) {
            text.append("\n\n*Not complete: ").append(answer.reason()).append(".*");
        }
        if (!answer.citations().isEmpty()) {
            text.append("\n\n### Sources\n\n");
            answer.citations().forEach(citation -> source(text, citation));
        }
        return text.toString();
    }

    private static void source(StringBuilder text, CitationJson citation) {
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
            text.append(": the document was deleted, so its words are not shown any more");
        } else {
            text.append(": “")
                    .append(citation.quote().strip().replaceAll("\\s+", " "))
                    .append("”");
            text.append("changed".equals(citation.state()) ? " (the document has changed since)" : "");
        }
        text.append('\n');
    }
}
