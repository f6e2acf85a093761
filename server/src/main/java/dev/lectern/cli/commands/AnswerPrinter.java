package dev.lectern.cli.commands;

import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Prints an answer: its text, then its citations. */
final class AnswerPrinter {
    private static final Set<String> SERVER_REASONS = Set.of("model_unavailable", "budget_used_up");

    /** Length of the date at the beginning of a time. */
    private static final int DATE = 10;

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Terminal terminal;

    AnswerPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Prints the parts of an answer that were not streamed.
     *
     * @param written whether the text was already printed
     */
    void print(JsonNode answer, boolean written) {
        if (!written) {
            System.out.print(textOf(answer));
        }
        if (written || !answer.path("text").asString("").isEmpty()) {
            System.out.println();
        }
        if (answer.path("status").asString("").equals("abstained")) {
            printAbstention(answer);
        }
        AnswerNotes.of(answer).forEach(note -> System.out.println(terminal.warning(note)));
        String progress = ReadingProgress.describe(answer.path("searched"));
        // The text of an abstention says so itself.
        if (!progress.isEmpty() && !answer.path("text").asString("").contains(progress.replace(".", ""))) {
            System.out.println(progress);
        }
        for (JsonNode citation : answer.path("citations")) {
            System.out.println();
            System.out.println(
                    terminal.strong("[" + citation.path("number").asInt() + "]") + " " + formatLocation(citation));
            System.out.println("    "
                    + terminal.muted("“"
                            + SPACES.matcher(citation.path("quote").asString(""))
                                    .replaceAll(" ") + "”"));
            String warning = warningOf(citation);
            if (!warning.isEmpty()) {
                System.out.println("    " + terminal.warning(warning));
            }
        }
    }

    /** A server of an older version sends no plain text. */
    private static String textOf(JsonNode answer) {
        return answer.has("plainText")
                ? answer.path("plainText").asString("")
                : new MarkdownUnescaper().unescape(answer.path("text").asString(""));
    }

    private void printAbstention(JsonNode answer) {
        String reason = answer.path("reason").asString("");
        System.out.println(
                SERVER_REASONS.contains(reason)
                        ? "No answer: " + reason.replace('_', ' ') + "."
                        : "The documents do not contain an answer. Rephrase the question, or see the closest passages:");
        for (JsonNode passage : answer.path("nearest")) {
            System.out.println("  - " + formatLocation(passage));
            String warning = warningOf(passage);
            if (!warning.isEmpty()) {
                System.out.println("    " + terminal.warning(warning));
            }
        }
    }

    /** The warning about the text of a document, with its date; empty when there is none. */
    static String warningOf(JsonNode cited) {
        JsonNode warning = cited.path("warning");
        String since = warning.path("since").asString("");
        String detail = warning.path("detail").asString("");
        return detail.isEmpty() || since.length() < DATE
                ? detail
                : detail + " (since " + since.substring(0, DATE) + ")";
    }

    static String formatLocation(JsonNode cited) {
        String last = cited.path("title").asString("");
        StringBuilder place = new StringBuilder(last);
        for (JsonNode heading : cited.path("headings")) {
            String next = heading.asString("");
            // The first heading of a document is usually its title.
            if (!next.equals(last)) {
                place.append(" › ").append(next);
            }
            last = next;
        }
        if (cited.path("page").isNumber()) {
            place.append(", page ").append(cited.path("page").asInt());
        }
        return place.toString();
    }
}
