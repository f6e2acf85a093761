package dev.lectern.answering.turn;

/**
 * An event with its id in the stream.
 *
 * @param id grows from event to event; a reader that has this event has all events before it
 */
public record NumberedTurnEvent(long id, TurnEvent event) {}
