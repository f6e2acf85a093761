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

/** Reads a JSON Lines file of questions with the documents that answer them. */
final class JudgedQuestionReader {
    private JudgedQuestionReader() {}

    /** @throws LecternException INVALID_REQUEST with the line number when the file is invalid */
    static List<JsonNode> read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw LecternException.invalid(
                    "questions", file + " cannot be read. Specify a file with one question per line.");
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
            throw LecternException.invalid(
                    "questions", file + " contains no questions. Write one JSON object per line.");
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
                        + " is not valid. Expected: {\"question\": \"How long is the warranty?\", \"documents\": [\"handbook.pdf\"]}.",
                cause);
    }
}
