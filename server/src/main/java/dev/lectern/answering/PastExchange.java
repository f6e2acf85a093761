package dev.lectern.answering;

/**
 * A past turn of a conversation.
 *
 * @param answer may be empty
 */
public record PastExchange(String question, String answer) {}
