package dev.lectern.models.decorators;

import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.onnx.OnnxEmbedder;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SettingRule;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Checks that the configured models have a known kind, a name, and what their service requires. */
final class ModelSettingRule implements SettingRule {
    private static final String CHAT_MODEL = "LECTERN_CHAT_MODEL";
    private static final String EMBEDDER = "LECTERN_EMBEDDER";
    private static final String GEMINI = "gemini:";
    private static final String OPENAI = "openai:";
    private static final String ONNX = "onnx:";

    @Override
    public void check(Map<String, String> settings) {
        checkChatModels(settings);
        String embedder = settings.getOrDefault("lectern.embedder", "").strip();
        if (!embedder.isEmpty()) {
            checkEmbedder(embedder, settings);
        }
    }

    private static void checkChatModels(Map<String, String> settings) {
        String value = settings.getOrDefault("lectern.chat-model", ChatModelFactory.EXTRACTIVE);
        List<String> names =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        for (String name : names) {
            boolean extractive = name.equals(ChatModelFactory.EXTRACTIVE);
            if (!extractive && !isOf(GEMINI, name) && !isOf(OPENAI, name)) {
                throw invalid(
                        CHAT_MODEL, value, "has an unknown chat model \"" + name + "\". " + ChatModelFactory.FORM);
            }
            requireAccess(CHAT_MODEL, name, settings);
        }
        int extractive = names.indexOf(ChatModelFactory.EXTRACTIVE);
        if (extractive >= 0 && extractive < names.size() - 1) {
            throw invalid(
                    CHAT_MODEL,
                    value,
                    "has models after extractive, which are never used. Write extractive last, or leave it out");
        }
    }

    private static void checkEmbedder(String name, Map<String, String> settings) {
        if (isOf(ONNX, name)) {
            checkFolder(name);
        } else if (isOf(GEMINI, name) || isOf(OPENAI, name)) {
            requireAccess(EMBEDDER, name, settings);
            checkDimensions(name);
        } else {
            throw invalid(EMBEDDER, name, "is not an embedder. " + EmbedderFactory.FORM);
        }
    }

    private static void checkFolder(String name) {
        String folder = name.substring(ONNX.length());
        if (folder.equals(EmbedderFactory.BUNDLED)) {
            return;
        }
        try {
            OnnxEmbedder.checkFolder(Path.of(folder));
        } catch (InvalidPathException | LecternException unusable) {
            String reason = unusable instanceof LecternException ours ? ours.getMessage() : "The path is malformed.";
            throw invalid(
                    EMBEDDER,
                    name,
                    "cannot be used: " + reason + " Write onnx:" + EmbedderFactory.BUNDLED
                            + " for the bundled model, or the path of a folder with a model");
        }
    }

    private static void checkDimensions(String name) {
        try {
            EmbeddingModelName.of(name.substring(name.indexOf(':') + 1), 1);
        } catch (LecternException malformed) {
            throw invalid(EMBEDDER, name, "is not valid. " + malformed.getMessage());
        }
    }

    private static void requireAccess(String variable, String name, Map<String, String> settings) {
        if (name.startsWith(GEMINI) && isBlank(settings, "lectern.gemini.api-key")) {
            throw invalid(variable, name, "requires an API key of Gemini. Set LECTERN_GEMINI_API_KEY");
        }
        if (name.startsWith(OPENAI)
                && isBlank(settings, "lectern.openai.api-key")
                && isBlank(settings, "lectern.openai.base-url")) {
            throw invalid(
                    variable,
                    name,
                    "requires an API key or another address than OpenAI's. Set LECTERN_OPENAI_API_KEY or"
                            + " LECTERN_OPENAI_BASE_URL");
        }
    }

    private static boolean isOf(String kind, String name) {
        return name.startsWith(kind) && !name.substring(kind.length()).isBlank();
    }

    private static boolean isBlank(Map<String, String> settings, String key) {
        return settings.getOrDefault(key, "").isBlank();
    }

    private static InvalidSettingException invalid(String variable, String value, String sentence) {
        return new InvalidSettingException(
                variable + "=" + value + " " + sentence + (sentence.endsWith(".") ? "" : "."));
    }
}
