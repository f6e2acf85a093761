package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent.End;

/** Keeps what a turn writes. */
public interface TurnKeeper {

    /** Keeps what was written so far; false when nobody wants it any more. */
    boolean progress(String text);

    void keep(End end);
}
