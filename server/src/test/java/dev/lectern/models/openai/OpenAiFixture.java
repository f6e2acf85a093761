package dev.lectern.models.openai;

import dev.lectern.models.langchain4j.ThinkingLevel;
import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** The factory with the address of a scripted server. */
public final class OpenAiFixture {
    private OpenAiFixture() {}

    public static OpenAiModelFactory factory(
            URI server, String key, int dimensions, ExecutorService executor, InstantSource clock) {
        return factory(server, key, dimensions, Duration.ofSeconds(60), Duration.ofSeconds(20), executor, clock);
    }

    /** With other limits for the first token and between tokens. */
    public static OpenAiModelFactory factory(
            URI server,
            String key,
            int dimensions,
            Duration firstToken,
            Duration nextToken,
            ExecutorService executor,
            InstantSource clock) {
        var properties = new OpenAiProperties(
                Secret.of(key), server, Duration.ofSeconds(30), 8_000, null, ThinkingLevel.MEDIUM, ThinkingLevel.LOW, firstToken, nextToken, dimensions);
        return new OpenAiModelFactory(properties.toSettings(), executor, clock);
    }
}
