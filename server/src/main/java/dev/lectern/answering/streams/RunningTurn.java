package dev.lectern.answering.streams;

import dev.lectern.answering.turn.Question;
import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.TurnEvent.Started;
import org.jspecify.annotations.Nullable;

/**
 * A turn on its way.
 *
 * @param keeper keeps what is written; null when nothing is kept
 */
record RunningTurn(
        Question question,
        Started started,
        KeptStream stream,
        StopSignal stop,
        @Nullable TurnKeeper keeper) {}
