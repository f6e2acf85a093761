package dev.lectern.answering.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The instructions for models. A change of their words is a new file with a new version, so that an answer can be traced to what was asked for. */
final class PromptTemplates {
    private PromptTemplates() {}

    /** @param name such as {@code answer-v1} */
    static String read(String name) {
        String path = "/prompts/" + name + ".txt";
        try (InputStream in = PromptTemplates.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its file " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
