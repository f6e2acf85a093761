package dev.lectern.answering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How questions are answered.
 *
 * @param fallbackExtractive Whether an extractive answer, marked as such, is given when no chat model is available.
 * @param maxTurns Maximum number of answers that are generated at the same time. Further questions are refused with 429.
 * @param turnTimeout Maximum time for one answer, as 2m. After it the answer ends as failed.
 * @param readerGrace Time for which an answer continues without a connected reader, as 30s. After it generation is cancelled.
 * @param shutdownGrace Time for which answers continue after the server was told to stop, as 10s. Answers that are not complete by then
 *     are stored as interrupted.
 * @param keepEvery Interval at which the text of an unfinished answer is stored, as 1s. Text since the last store is lost when the
 *     process dies.
 * @param passages Maximum number of passages in the prompt of one answer, 1 to 100.
 * @param maxInputTokens Maximum number of tokens of one prompt. Passages that do not fit are left out; a lower limit of the model wins.
 * @param maxOutputTokens Maximum number of tokens of one answer. The model stops at this limit.
 * @param maxCharacters Maximum length of one answer in UTF-16 characters. A longer answer is cut off and marked as truncated.
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
