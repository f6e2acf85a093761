package dev.lectern.answering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of answering questions.
 *
 * @param fallbackExtractive whether an answer is quoted from the documents, and said to be so, when no chat model can be reached
 * @param maxTurns how many answers are written at once; more questions get 429
 * @param turnTimeout how long one answer may take, as 2m
 * @param readerGrace how long an answer is written on without a reader, as 30s
 * @param shutdownGrace how long answers are written on after the server was told to stop, as 10s; what is not over then is kept as interrupted
 * @param keepEvery how often the text of an unfinished answer is kept, as 1s
 * @param passages how many passages an answer is written from at most, 1 to 100
 * @param maxInputTokens how large a prompt may be, in tokens; less where the model takes less
 * @param maxOutputTokens how much a model may write, in tokens
 * @param maxCharacters how long an answer may become; a model that writes more is cut off
 */
@ConfigurationProperties("lectern.answering")
record AnsweringProperties(
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
