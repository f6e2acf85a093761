package dev.lectern.models;

import java.util.Arrays;
import java.util.List;

/** The names of models in the configuration. */
public final class RemoteModelName {
    private RemoteModelName() {}

    /** Whether the model is called over the network. */
    public static boolean isRemote(String name) {
        return name.indexOf(':') > 0 && !name.startsWith("onnx:");
    }

    /** The chat models in the value of {@code LECTERN_CHAT_MODEL}, in the order of their use; those behind {@code extractive} are never used. */
    public static List<String> chatModels(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .takeWhile(name -> !name.equals(Quoter.NAME))
                .toList();
    }
}
