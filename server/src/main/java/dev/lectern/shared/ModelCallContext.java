package dev.lectern.shared;

import org.jspecify.annotations.Nullable;

/**
 * Whom a model is called for, and why. Every call of a chat model or an embedder takes it, and the usage ledger records it. It is an argument and bound to no
 * thread, since calls are batched, shared by equal questions and retried on other threads.
 *
 * @param caller null for work that nobody asked for, such as a warm-up or the scan of a changed folder
 * @param conversation null outside of a conversation
 * @param job the ingestion job, or with {@link Purpose#REEMBED} the re-embedding; null outside of both
 */
public record ModelCallContext(
        Purpose purpose,
        @Nullable Caller caller,
        @Nullable ConversationId conversation,
        @Nullable JobId job) {

    /** Why a model is called. The ledger has the names in lower case. */
    public enum Purpose {
        /** To write an answer. */
        ANSWER,
        /** To make a follow-up question self-contained. */
        REWRITE,
        /** To name a conversation. */
        TITLE,
        /** To search by the embedding of a question. */
        EMBED_QUESTION,
        /** To choose the sentences that an extractive answer quotes. */
        EMBED_SENTENCE,
        /** To make the passages of documents searchable. */
        EMBED_PASSAGE,
        /** To move the library to another embedder. */
        REEMBED,
        /** To measure rankings and answers, whatever the step. */
        EVALUATION,
        /** To load or try a model. */
        PROBE
    }

    /** Work of a caller outside of conversations and jobs. */
    public static ModelCallContext of(Purpose purpose, Caller caller) {
        return new ModelCallContext(purpose, caller, null, null);
    }

    /** A call that nobody asked for, to load or try a model. */
    public static ModelCallContext probe() {
        return new ModelCallContext(Purpose.PROBE, null, null, null);
    }

    /** The context of a step of the same work. All steps of an evaluation keep {@link Purpose#EVALUATION}, so that they are not taken for a reader's. */
    public ModelCallContext forStep(Purpose step) {
        return purpose == Purpose.EVALUATION || purpose == step
                ? this
                : new ModelCallContext(step, caller, conversation, job);
    }
}
