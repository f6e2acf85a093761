package dev.lectern.answering;

/**
 * A past question of a conversation with its answer.
 *
 * @param answer empty when there is none that may be used
 */
public record PastExchange(String question, String answer) {}
