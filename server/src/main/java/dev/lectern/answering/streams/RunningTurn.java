package dev.lectern.answering.streams;

import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.answering.turn.TurnRequest;
import org.jspecify.annotations.Nullable;

/**
 * A turn on its way.
 *
 * @param keeper keeps what is written; null when nothing is kept
 */
record RunningTurn(
        TurnRequest question,
        Started started,
        TurnStream stream,
        StopSignal stop,
        @Nullable TurnRecorder keeper) {}
