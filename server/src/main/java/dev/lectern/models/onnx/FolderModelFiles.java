package dev.lectern.models.onnx;

import dev.lectern.models.onnx.EmbeddingModelDescription.Pooling;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model in a folder with {@code model.onnx}, {@code tokenizer.json} (of Hugging Face's tokenizers) and {@code
 * embedder.json}, such as
 *
 * <pre>{@code
 * {"name": "multilingual-e5-small", "dimensions": 384, "maxTokens": 512, "pooling": "mean", "normalise": true,
 *  "questionPrefix": "query: ", "passagePrefix": "passage: ", "languages": ["*"]}
 * }</pre>
 *
 * {@code pooling} is {@code cls} or {@code mean}. Prefixes default to the empty text and {@code normalise} to true. {@code languages} are ISO 639-1 codes,
 * {@code *} for all.
 */
record FolderModelFiles(Path folder) implements ModelFiles {
    private static final String DESCRIPTION = "embedder.json";
    private static final int MAX_DIMENSIONS = 4096;
    private static final int MIN_TOKENS = 8;
    private static final int MAX_TOKENS = 8192;
    private static final int HASH_DIGITS = 16;

    @Override
    public EmbeddingModelDescription description() throws IOException {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(Files.readString(folder.resolve(DESCRIPTION)));
        } catch (JacksonException e) {
            throw invalid("is not JSON", e);
        }
        return new EmbeddingModelDescription(
                text(json, "name"),
                number(json, "dimensions", 1, MAX_DIMENSIONS),
                json.path("questionPrefix").asString(""),
                json.path("passagePrefix").asString(""),
                pooling(text(json, "pooling")),
                json.path("normalise").asBoolean(true),
                languages(json.path("languages")),
                number(json, "maxTokens", MIN_TOKENS, MAX_TOKENS));
    }

    /** @throws LecternException when a file is missing or the description is invalid */
    void check() {
        for (String file : List.of(DESCRIPTION, "model.onnx", "tokenizer.json")) {
            if (!Files.isReadable(folder.resolve(file))) {
                throw new LecternException(
                        ErrorCode.MODEL_FAILED,
                        "The file " + folder.resolve(file) + " does not exist or cannot be read.");
            }
        }
        try {
            description();
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.MODEL_FAILED, "The file " + folder.resolve(DESCRIPTION) + " cannot be read.", e);
        }
    }

    private String text(JsonNode json, String field) {
        String value = json.path(field).asString("");
        if (value.isBlank()) {
            throw invalid("has no \"" + field + "\"", null);
        }
        return value;
    }

    private int number(JsonNode json, String field, int least, int most) {
        int value = json.path(field).asInt(least - 1);
        if (value < least || value > most) {
            throw invalid("needs a \"" + field + "\" from " + least + " to " + most, null);
        }
        return value;
    }

    private Pooling pooling(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "cls" -> Pooling.CLS;
            case "mean" -> Pooling.MEAN;
            default -> throw invalid("has a \"pooling\" other than cls and mean", null);
        };
    }

    private Set<String> languages(JsonNode json) {
        Set<String> languages = new HashSet<>();
        json.forEach(language -> languages.add(language.asString("").toLowerCase(Locale.ROOT)));
        if (languages.isEmpty()) {
            throw invalid("has no \"languages\", such as [\"en\"] or [\"*\"]", null);
        }
        return Set.copyOf(languages);
    }

    private LecternException invalid(String what, @Nullable Throwable cause) {
        return LecternException.forOperator(
                ErrorCode.MODEL_FAILED,
                "The description of the embedding model is invalid.",
                folder.resolve(DESCRIPTION) + " " + what
                        + ". See the example for LECTERN_EMBEDDER in the configuration reference.",
                cause);
    }

    @Override
    public String hashOfWeights() throws IOException {
        return Sha256.hex(folder.resolve("model.onnx")).substring(0, HASH_DIGITS);
    }

    @Override
    public byte[] weights() throws IOException {
        return Files.readAllBytes(folder.resolve("model.onnx"));
    }

    @Override
    public byte[] tokenizer() throws IOException {
        return Files.readAllBytes(folder.resolve("tokenizer.json"));
    }

    @Override
    public String toString() {
        return "onnx:" + folder;
    }
}
