package dev.lectern.answering.streams;

import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.shared.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A turn that is running in this process.
 *
 * @param recorder stores the turn; null for a question without a conversation, which is not stored
 */
record RunningTurn(
        TurnRequest request,
        Started started,
        TurnStream stream,
        StopSignal stopSignal,
        @Nullable TurnRecorder recorder) {

    MessageId answer() {
        return request.answer();
    }

    void stop(StopSignal.Cause cause) {
        stopSignal.stop(cause);
    }
}
