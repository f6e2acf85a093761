package dev.lectern.cli.commands;

import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Shows an answer to a person: its text, then what it cites. */
final class AnswerPrinter {
    private static final Set<String> OUR_FAULT = Set.of("model_unavailable", "budget_used_up");

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Terminal terminal;

    AnswerPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Prints what has not been shown yet.
     *
     * @param written whether the text was streamed already
     */
    void print(JsonNode answer, boolean written) {
        if (!written) {
            System.out.print(new MarkdownUnescaper().of(answer.path("text").asString("")));
        }
        if (written || !answer.path("text").asString("").isEmpty()) {
            System.out.println();
        }
        if (answer.path("status").asString("").equals("abstained")) {
            printAbstention(answer);
        }
        for (JsonNode citation : answer.path("citations")) {
            System.out.println();
            System.out.println(terminal.strong("[" + citation.path("number").asInt() + "]") + " " + place(citation));
            System.out.println("    "
                    + terminal.muted("“"
                            + SPACES.matcher(citation.path("quote").asString(""))
                                    .replaceAll(" ") + "”"));
        }
    }

    private void printAbstention(JsonNode answer) {
        String reason = answer.path("reason").asString("");
        System.out.println(
                OUR_FAULT.contains(reason)
                        ? "No answer: " + reason.replace('_', ' ') + "."
                        : "The documents do not say. Ask differently, or look at what comes nearest:");
        for (JsonNode passage : answer.path("nearest")) {
            System.out.println("  - " + place(passage));
        }
    }

    static String place(JsonNode cited) {
        String last = cited.path("title").asString("");
        StringBuilder place = new StringBuilder(last);
        for (JsonNode heading : cited.path("headings")) {
            String next = heading.asString("");
            // A document's first heading is mostly its title.
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
