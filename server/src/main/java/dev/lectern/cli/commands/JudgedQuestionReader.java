package dev.lectern.cli.commands;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of questions with the documents that answer them, a JSON object on each line. */
final class JudgedQuestionReader {
    private JudgedQuestionReader() {}

    /** @throws LecternException INVALID_REQUEST for a file that cannot be read, with the line */
    static List<JsonNode> read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw LecternException.invalid(
                    "questions", file + " cannot be read. Name a file with a question on each line.");
        }
        List<JsonNode> questions = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank()) {
                questions.add(question(file, number, line));
            }
        }
        if (questions.isEmpty()) {
            throw LecternException.invalid("questions", file + " has no questions.");
        }
        return questions;
    }

    private static JsonNode question(Path file, int number, String line) {
        try {
            JsonNode question = JsonMapper.shared().readTree(line);
            if (question.path("question").isString()
                    && question.path("documents").isArray()) {
                return question;
            }
        } catch (JacksonException notJson) {
            throw wrong(file, number, notJson);
        }
        throw wrong(file, number, null);
    }

    private static LecternException wrong(Path file, int number, @Nullable Throwable cause) {
        return new LecternException(
                ErrorCode.INVALID_REQUEST,
                file + ", line " + number
                        + ": write {\"question\": \"How long is the warranty?\", \"documents\": [\"handbook.pdf\"]}.",
                cause);
    }
}
