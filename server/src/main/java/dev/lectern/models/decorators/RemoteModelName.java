package dev.lectern.models.decorators;

import java.util.Arrays;
import java.util.List;

/** Names of models in the configuration. */
final class RemoteModelName {
    private RemoteModelName() {}

    /** Whether the model is called over the network. */
    static boolean isRemote(String name) {
        return name.startsWith("gemini:") || name.startsWith("openai:");
    }

    /** The chat models in the value of {@code LECTERN_CHAT_MODEL}, in the order of their use; those behind {@code extractive} are never used. */
    static List<String> chatModels(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .takeWhile(name -> !name.equals(ChatModelFactory.EXTRACTIVE))
                .toList();
    }
}
