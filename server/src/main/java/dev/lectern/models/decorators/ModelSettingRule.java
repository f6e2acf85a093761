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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that the configured models have a known kind, a name, and what their service requires. */
final class ModelSettingRule implements SettingRule {
    private static final String CHAT_MODEL = "LECTERN_CHAT_MODEL";
    private static final String EMBEDDER = "LECTERN_EMBEDDER";
    private static final String GEMINI = "gemini:";
    private static final String OPENAI = "openai:";
    private static final String ONNX = "onnx:";
    private static final String SERVICE_KEY = "lectern.model-service.";
    private static final Pattern NAMED = Pattern.compile("([a-z0-9]{1,30}):\\s*\\S.*");
    private static final Set<String> BUILT_IN = Set.of("gemini", "openai", "onnx", "extractive");

    @Override
    public void check(Map<String, String> settings) {
        checkStoredKeys(settings);
        checkChatModels(settings);
        String embedder = settings.getOrDefault("lectern.embedder", "").strip();
        if (!embedder.isEmpty()) {
            checkEmbedder(embedder, settings);
        }
    }

    private static void checkStoredKeys(Map<String, String> settings) {
        String value = settings.getOrDefault("lectern.models.stored-keys", "").strip();
        if (value.isEmpty()) {
            return;
        }
        for (String name : value.split(",", -1)) {
            String service = name.strip();
            if (!service.equals("gemini") && !service.equals("openai") && !isConfigured(service, settings)) {
                throw invalid(
                        "LECTERN_MODELS_STORED_KEYS",
                        value,
                        "names the service \"" + service + "\", which is not configured. Write names of configured"
                                + " services, such as gemini");
            }
        }
    }

    private static void checkChatModels(Map<String, String> settings) {
        String value = settings.getOrDefault("lectern.chat-model", ChatModelFactory.EXTRACTIVE);
        List<String> names =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        for (String name : names) {
            boolean extractive = name.equals(ChatModelFactory.EXTRACTIVE);
            if (!extractive && !isOf(GEMINI, name) && !isOf(OPENAI, name) && !isOfService(name, settings)) {
                throw invalid(CHAT_MODEL, value, describeUnknown("chat model", name, ChatModelFactory.FORM));
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
        } else if (isOf(GEMINI, name) || isOf(OPENAI, name) || isOfService(name, settings)) {
            requireAccess(EMBEDDER, name, settings);
            requireEmbeddings(name, settings);
            checkDimensions(name);
        } else {
            throw invalid(
                    EMBEDDER,
                    name,
                    NAMED.matcher(name).matches()
                            ? describeUnknown("embedder", name, EmbedderFactory.FORM)
                            : "is not an embedder. " + EmbedderFactory.FORM);
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
        String prefix = name.substring(0, Math.max(0, name.indexOf(':')));
        if (Arrays.stream(settings.getOrDefault("lectern.models.stored-keys", "").split(",", -1))
                .anyMatch(stored -> stored.strip().equals(prefix))) {
            return;
        }
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
        String service = SERVICE_KEY + prefix + ".";
        String type = settings.getOrDefault(service + "type", "");
        if (!type.isEmpty()
                && !type.equalsIgnoreCase("openai")
                && isBlank(settings, service + "api-key")
                && isBlank(settings, service + "api-keys")) {
            throw invalid(
                    variable,
                    name,
                    "requires an API key of its service. Set LECTERN_SERVICE_"
                            + prefix.toUpperCase(Locale.ROOT) + "_API_KEY");
        }
    }

    private static void requireEmbeddings(String name, Map<String, String> settings) {
        String type = settings.getOrDefault(SERVICE_KEY + name.substring(0, name.indexOf(':')) + ".type", "");
        if (type.equalsIgnoreCase("anthropic")) {
            throw invalid(
                    EMBEDDER,
                    name,
                    "is of a service of type anthropic, which has no embedders. Set " + EMBEDDER
                            + " to an embedder of another service");
        }
    }

    private static boolean isOfService(String name, Map<String, String> settings) {
        Matcher named = NAMED.matcher(name);
        return named.matches() && isConfigured(named.group(1), settings);
    }

    private static boolean isConfigured(String service, Map<String, String> settings) {
        return settings.keySet().stream().anyMatch(key -> key.startsWith(SERVICE_KEY + service + "."));
    }

    private static String describeUnknown(String kind, String name, String form) {
        Matcher named = NAMED.matcher(name);
        if (!named.matches() || BUILT_IN.contains(named.group(1))) {
            return "has an unknown " + kind + " \"" + name + "\". " + form;
        }
        String variables = "LECTERN_SERVICE_" + named.group(1).toUpperCase(Locale.ROOT);
        return "has the " + kind + " \"" + name + "\" of a service that is not configured. Set " + variables
                + "_TYPE and " + variables + "_BASE_URL, or correct the name. " + form;
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
