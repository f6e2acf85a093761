package dev.lectern.models;

/** Around another chat model: adds something to writing, and leaves the rest to it. Closing closes it, too. */
abstract class ChatModelAround implements ChatModel {
    private final String what;
    final ChatModel model;

    /** @param what it adds, a word for the log */
    ChatModelAround(String what, ChatModel model) {
        this.what = what;
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
        return what + "[" + model + "]";
    }
}
