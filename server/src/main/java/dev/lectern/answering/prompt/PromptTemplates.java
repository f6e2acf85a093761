package dev.lectern.answering.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the instructions for models. Changed instructions are a new file with a new version, so that an answer can be traced to its instructions. */
final class PromptTemplates {
    private PromptTemplates() {}

    /** @param name such as {@code answer-v1} */
    static String read(String name) {
        String path = "/prompts/" + name + ".txt";
        try (InputStream in = PromptTemplates.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("A file of the program is missing: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
