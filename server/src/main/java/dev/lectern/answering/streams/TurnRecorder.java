package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnState;

/** Keeps what a turn writes. */
public interface TurnRecorder {

    /** Keeps what was written so far; false when nobody wants it any more. */
    boolean progress(String text);

    /** Tells readers at other nodes what they cannot know otherwise, and hears what they want. */
    RemoteReaders.Wishes exchange(TurnState state);

    void keep(End end);
}
