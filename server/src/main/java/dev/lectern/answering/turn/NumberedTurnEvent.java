package dev.lectern.answering.turn;

/**
 * An event as a reader gets it.
 *
 * @param id grows from event to event; a reader that has seen it has seen all before it
 */
public record NumberedTurnEvent(long id, TurnEvent event) {}
