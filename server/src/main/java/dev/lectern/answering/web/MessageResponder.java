package dev.lectern.answering.web;

import dev.lectern.answering.Answer;
import dev.lectern.answering.streams.ReadableTurnStream;
import dev.lectern.answering.streams.RemoteStreams;
import dev.lectern.answering.streams.TurnStreamRegistry;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerJson;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.conversations.Conversation;
import dev.lectern.conversations.ConversationService;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.Message.Status;
import dev.lectern.conversations.MessageService;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Responds with the answer of a message, whether its turn is running here, at another node, or is over. */
@Component
final class MessageResponder {
    private final MessageService messages;
    private final ConversationService conversations;
    private final LibraryCollections collections;
    private final TurnStreamRegistry streams;
    private final RemoteStreams remoteStreams;
    private final AnswerPersistence answers;
    private final AnswerPresenter presenter;
    private final TurnStreamWriter writer;

    MessageResponder(
            MessageService messages,
            ConversationService conversations,
            LibraryCollections collections,
            TurnStreamRegistry streams,
            RemoteStreams remoteStreams,
            AnswerPersistence answers,
            AnswerPresenter presenter,
            TurnStreamWriter writer) {
        this.messages = messages;
        this.conversations = conversations;
        this.collections = collections;
        this.streams = streams;
        this.remoteStreams = remoteStreams;
        this.answers = answers;
        this.presenter = presenter;
        this.writer = writer;
    }

    /** @param after the id of the last event that the reader has seen, 0 for none */
    void writeEvents(Message answer, long after, Caller caller, HttpServletResponse response) {
        Optional<ReadableTurnStream> running = runningTurn(answer, caller);
        if (running.isPresent()) {
            writer.write(running.get(), after, caller, searchedFor(answer, caller), response);
        } else {
            writer.write(answers.restoreState(reread(answer, caller), caller), after, caller, response);
        }
    }

    /**
     * Waits until the turn is over.
     *
     * @throws dev.lectern.shared.LecternException when the turn failed
     */
    AnswerJson await(Message answer, Caller caller) {
        Optional<ReadableTurnStream> running = runningTurn(answer, caller);
        Answer result =
                running.isPresent() ? AwaitedAnswer.await(running.get()) : AwaitedAnswer.of(over(answer, caller));
        return presenter.toJson(result, answer, caller);
    }

    private Set<CollectionId> searchedFor(Message answer, Caller caller) {
        Conversation conversation = conversations.find(caller, answer.conversation());
        return collections.readableBy(caller, conversation.collections()).ids();
    }

    private TurnState over(Message answer, Caller caller) {
        return answers.restoreState(reread(answer, caller), caller);
    }

    private Optional<ReadableTurnStream> runningTurn(Message answer, Caller caller) {
        Optional<ReadableTurnStream> here = streams.find(answer.id()).map(stream -> stream);
        if (here.isPresent()) {
            return here;
        }
        // The turn may have ended since the message was read.
        Message now = reread(answer, caller);
        return now.status() == Status.GENERATING ? Optional.of(remoteStreams.open(now, caller)) : Optional.empty();
    }

    private Message reread(Message answer, Caller caller) {
        return messages.find(caller, answer.conversation(), answer.id());
    }
}
