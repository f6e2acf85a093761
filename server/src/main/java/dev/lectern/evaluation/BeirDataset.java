package dev.lectern.evaluation;

import dev.lectern.answering.PastExchange;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dataset in BEIR's layout: a folder with {@code corpus.jsonl}, {@code queries.jsonl} and {@code qrels.tsv} (or {@code qrels/test.tsv}). Any of the files may
 * be missing. Byte-order marks are removed.
 */
record BeirDataset(Path path) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** A document of the corpus. */
    record Document(String id, String title, String text) {}

    String name() {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    boolean hasQuestions() {
        return Files.isRegularFile(path.resolve("queries.jsonl"));
    }

    List<Document> corpus() {
        return parseLines("corpus.jsonl").stream()
                .map(node -> new Document(text(node, "_id"), text(node, "title"), text(node, "text")))
                .toList();
    }

    /** In the order of the file. */
    List<EvaluationQuestion> questions() {
        Map<String, Map<String, Integer>> grades = grades();
        return parseLines("queries.jsonl").stream()
                .map(node -> question(node, grades.getOrDefault(text(node, "_id"), Map.of())))
                .toList();
    }

    private static EvaluationQuestion question(JsonNode node, Map<String, Integer> grades) {
        JsonNode metadata = node.path("metadata");
        boolean unanswerable = metadata.path("answerable").isBoolean()
                && !metadata.path("answerable").booleanValue();
        return new EvaluationQuestion(
                text(node, "_id"),
                text(node, "text"),
                history(metadata.path("history")),
                strings(metadata.path("answers")),
                unanswerable || text(metadata, "answerability").equals("UNANSWERABLE"),
                grades);
    }

    private static List<PastExchange> history(JsonNode turns) {
        List<PastExchange> history = new ArrayList<>();
        String asked = null;
        for (JsonNode turn : turns) {
            String content = text(turn, "content");
            if (text(turn, "role").equals("user")) {
                addUnanswered(history, asked);
                asked = content;
            } else if (asked != null) {
                history.add(new PastExchange(asked, content));
                asked = null;
            }
        }
        addUnanswered(history, asked);
        return history;
    }

    private static void addUnanswered(List<PastExchange> history, @Nullable String asked) {
        if (asked != null) {
            history.add(new PastExchange(asked, ""));
        }
    }

    private Map<String, Map<String, Integer>> grades() {
        Map<String, Map<String, Integer>> grades = new HashMap<>();
        Path file = Stream.of("qrels.tsv", "qrels/test.tsv")
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
        if (file == null) {
            return grades;
        }
        for (String line : readLines(file)) {
            String[] cells = line.split("\t", -1);
            if (cells.length >= 3 && cells[2].strip().matches("-?\\d+")) {
                grades.computeIfAbsent(cells[0], id -> new HashMap<>())
                        .put(cells[1], Integer.valueOf(cells[2].strip()));
            }
        }
        return grades;
    }

    private List<JsonNode> parseLines(String file) {
        Path full = path.resolve(file);
        if (!Files.isRegularFile(full)) {
            return List.of();
        }
        List<JsonNode> nodes = new ArrayList<>();
        int number = 0;
        for (String line : readLines(full)) {
            number++;
            if (!line.isBlank()) {
                nodes.add(parse(full, number, line));
            }
        }
        return nodes;
    }

    private static JsonNode parse(Path file, int number, String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            throw LecternException.invalid(
                    "folder", "Line %d of %s is not valid JSON. Correct it.".formatted(number, file));
        }
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw LecternException.invalid(
                    "folder", file + " is not readable as UTF-8 text. Check the permissions and the encoding.");
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("").replace(BYTE_ORDER_MARK, "");
    }

    private static List<String> strings(JsonNode node) {
        List<String> strings = new ArrayList<>();
        node.forEach(one -> strings.add(one.asString("").replace(BYTE_ORDER_MARK, "")));
        return strings;
    }
}
