package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.cli.client.ApiException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code ask}: answers one question. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description =
                "Answers a question from the documents, with citations. The exit code is 3 when they have no answer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern ask \"How long is the warranty?\"",
            "  lectern ask \"When does it end?\" --filter tags=contract --filter created=2025-01-01..",
            "  lectern ask --json \"Who signed the contract?\" | jq -r .plainText"
        })
final class AskCommand implements Callable<Integer> {
    @Parameters(paramLabel = "QUESTION", description = "The question, in quotes.")
    private String question = "";

    @Option(names = "--collection", paramLabel = "ID", description = "Search only this collection; can be repeated.")
    private List<String> collections = List.of();

    @Option(names = "--json", description = "Print the answer as one JSON object.")
    private boolean json;

    @Mixin
    private FilterOption filter = new FilterOption();

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    private @Nullable JsonNode answer;
    private @Nullable JsonNode problem;
    private boolean written;
    private String empty = "";
    private final Terminal terminal = Terminal.ofProcess();
    private final MarkdownUnescaper plain = new MarkdownUnescaper();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = data.open()) {
            if (json) {
                JsonNode whole = apiClient.post("/ask", body(false));
                System.out.println(whole.toPrettyString());
                return exitCode(whole);
            }
            apiClient.stream("/ask", body(true), this::handleEvent);
            if (answer != null && exitCode(answer) == ExitCode.NOTHING_FOUND) {
                empty = EmptyCollections.describe(apiClient.get("/collections"), collections);
            }
        }
        AnswerPrinter printer = new AnswerPrinter(terminal);
        if (problem != null) {
            if (answer != null && !answer.path("text").asString("").isEmpty()) {
                printer.print(answer, written);
            }
            throw new ApiException(problem);
        }
        if (answer == null) {
            System.err.println("lectern: the stream ended before the answer was complete. Ask again.");
            return ExitCode.FAILED;
        }
        printer.print(answer, written);
        if (!empty.isEmpty()) {
            System.err.println(empty);
        }
        return exitCode(answer);
    }

    private Map<String, Object> body(boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("question", question);
        body.put("stream", stream);
        if (!collections.isEmpty()) {
            body.put("collections", collections);
        }
        filter.addTo(body);
        return body;
    }

    private void handleEvent(String name, JsonNode data) {
        switch (name) {
            case "delta" -> {
                // A person reads along. A program gets the plain text of the whole answer.
                if (terminal.interactive()) {
                    System.out.print(plain.unescape(data.path("text").asString("")));
                    System.out.flush();
                    written = true;
                }
            }
            case "finished" -> answer = data.path("answer");
            case "failed" -> {
                problem = data.path("problem");
                answer = data.path("answer");
            }
            default -> {
                // The finished answer contains passages and citations as well.
            }
        }
    }

    private static int exitCode(JsonNode answer) {
        return switch (answer.path("status").asString("")) {
            case "answered" -> ExitCode.OK;
            case "abstained" -> ExitCode.NOTHING_FOUND;
            default -> ExitCode.FAILED;
        };
    }
}
