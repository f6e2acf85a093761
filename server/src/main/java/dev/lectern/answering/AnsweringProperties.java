package dev.lectern.answering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of answering questions.
 *
 * @param fallbackExtractive Whether an extractive answer, marked as such, is given when no chat model can be reached; else the answer fails.
 * @param maxTurns Maximum number of answers that are written at once. Further questions are refused with status 429.
 * @param turnTimeout Maximum time for one answer, as 2m. A model that is still writing then is cut off and the answer is marked as truncated; when it has
 *     written nothing, quotes are given in the last five seconds, or the answer fails with the error deadline_exceeded.
 * @param readerGrace Time that an answer goes on without a reader, as 30s. After that it is stopped and stored as interrupted.
 * @param shutdownGrace Time that answers go on after the server was told to stop, as 10s. Answers that are not complete by then are stored as interrupted.
 * @param keepEvery Interval for storing the text of an unfinished answer, as 1s.
 * @param passages Maximum number of passages that an answer is written from, 1 to 100.
 * @param maxInputTokens Maximum size of a prompt in tokens. The limit of the model applies when it is lower.
 * @param maxOutputTokens Maximum length of an answer in tokens. A model stops there, and the answer is marked as truncated.
 * @param maxCharacters Maximum length of an answer in characters. A longer answer is cut off and marked as truncated.
 */
@ConfigurationProperties("lectern.answering")
public record AnsweringProperties(
        @DefaultValue("true") boolean fallbackExtractive,
        @DefaultValue("64") int maxTurns,
        @DefaultValue("2m") Duration turnTimeout,
        @DefaultValue("30s") Duration readerGrace,
        @DefaultValue("10s") Duration shutdownGrace,
        @DefaultValue("1s") Duration keepEvery,
        @DefaultValue("10") int passages,
        @DefaultValue("8000") int maxInputTokens,
        @DefaultValue("1024") int maxOutputTokens,
        @DefaultValue("32000") int maxCharacters) {}
