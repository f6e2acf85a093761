package dev.lectern.answering.streams;

import dev.lectern.answering.streams.RemoteReaders.ReaderSignals;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.conversations.TurnService;
import dev.lectern.shared.MessageId;

/** Stores one turn of a conversation while it runs, and connects it with its readers at other nodes. */
final class TurnRecorder {
    private final MessageId answer;
    private final TurnService turns;
    private final AnswerPersistence answers;
    private final RemoteReaders remoteReaders;

    TurnRecorder(MessageId answer, TurnService turns, AnswerPersistence answers, RemoteReaders remoteReaders) {
        this.answer = answer;
        this.turns = turns;
        this.answers = answers;
        this.remoteReaders = remoteReaders;
    }

    /** Stores the text that was written so far. Returns false when the answer is no longer wanted. */
    boolean saveProgress(String text) {
        return turns.saveProgress(answer, text);
    }

    /** Publishes the passages for readers at other nodes and returns what those readers signalled. */
    ReaderSignals exchangeSignals(TurnState state) {
        Passages found = state.passages();
        return remoteReaders.exchangeSignals(
                answer, found == null ? null : AnswerPersistence.writePassages(found.items()));
    }

    /** Stores the complete answer. Returns false when another node has ended it, because it took this one for dead. */
    boolean saveEnd(End end) {
        return answers.save(end);
    }
}
