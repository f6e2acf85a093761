package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;

/** Adds one concern to the calls of another chat model and forwards the rest. Closing the decorator closes the model. */
abstract class ChatModelDecorator implements ChatModel {
    private final String concern;
    final ChatModel model;

    /** @param concern what the decorator adds; shown by {@link #toString} */
    ChatModelDecorator(String concern, ChatModel model) {
        this.concern = concern;
        this.model = model;
    }

    @Override
    public final String name() {
        return model.name();
    }

    @Override
    public final int maxInputTokens() {
        return model.maxInputTokens();
    }

    @Override
    public final void close() {
        model.close();
    }

    @Override
    public final String toString() {
        return concern + "[" + model + "]";
    }
}
