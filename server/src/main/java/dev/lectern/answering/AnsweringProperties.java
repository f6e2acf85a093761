package dev.lectern.answering;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of answering questions.
 *
 * @param fallbackExtractive Whether an extractive answer, marked as such, is given when no chat model can be reached; else the answer fails.
 * @param maxTurns Maximum number of answers that are written at once, 1 to 100000. Further questions are refused with status 429.
 * @param turnTimeout Maximum time for one answer, as 2m, 100ms to 1h. A model that is still writing then is cut off and the answer is marked as truncated; when it has
 *     written nothing, quotes are given in the last five seconds, or the answer fails with the error deadline_exceeded.
 * @param readerGrace Time that an answer goes on without a reader, as 30s, at most 1h. After that it is stopped and stored as interrupted.
 * @param shutdownGrace Time that answers go on after the server was told to stop, as 10s, at most 1h. Answers that are not complete by then are stored as interrupted.
 * @param keepEvery Interval for storing the text of an unfinished answer, as 1s, 10ms to 1h.
 * @param passages Maximum number of passages that an answer is written from, 1 to 100.
 * @param maxInputTokens Maximum size of a prompt in tokens, 256 to 10000000. The limit of the model applies when it is lower.
 * @param maxOutputTokens Maximum length of the text of an answer in tokens, 1 to 10000000. A longer answer is cut off and marked as truncated. Models that
 *     think get more for their thoughts, by the level of thinking.
 * @param maxCharacters Maximum length of an answer in characters, 1 to 10000000. A longer answer is cut off and marked as truncated.
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
        @DefaultValue("32000") int maxCharacters) {
    private static final Duration MAX_TIME = Duration.ofHours(1);

    public AnsweringProperties {
        SettingValidator.of("lectern.answering")
                .requireBetween("max-turns", maxTurns, 1, 100_000)
                .requireBetween("turn-timeout", turnTimeout, Duration.ofMillis(100), MAX_TIME)
                .requireBetween("reader-grace", readerGrace, Duration.ZERO, MAX_TIME)
                .requireBetween("shutdown-grace", shutdownGrace, Duration.ZERO, MAX_TIME)
                .requireBetween("keep-every", keepEvery, Duration.ofMillis(10), MAX_TIME)
                .requireBetween("passages", passages, 1, 100)
                .requireBetween("max-input-tokens", maxInputTokens, 256, 10_000_000)
                .requireBetween("max-output-tokens", maxOutputTokens, 1, 10_000_000)
                .requireBetween("max-characters", maxCharacters, 1, 10_000_000);
    }
}
