package dev.lectern.answering.turn;

import dev.lectern.answering.TokenUsage;
import dev.lectern.shared.Money;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the tokens and the money that cached answers saved. */
final class SavedUsageMeters {
    private final Counter input;
    private final Counter output;
    private final Counter money;

    SavedUsageMeters(MeterRegistry meters) {
        this.input = tokens(meters, "input");
        this.output = tokens(meters, "output");
        this.money = Counter.builder("lectern.cache.saved")
                .description(
                        "Price in US dollars of generating the answers that came from the cache, as far as it is known")
                .baseUnit("dollars")
                .register(meters);
    }

    void add(TokenUsage usage) {
        input.increment(usage.inputTokens());
        output.increment(usage.outputTokens());
        Money cost = usage.cost();
        if (cost != null) {
            money.increment(cost.dollars());
        }
    }

    private static Counter tokens(MeterRegistry meters, String kind) {
        return Counter.builder("lectern.cache.saved.tokens")
                .description("Tokens of generating the answers that came from the cache")
                .tag("kind", kind)
                .register(meters);
    }
}
