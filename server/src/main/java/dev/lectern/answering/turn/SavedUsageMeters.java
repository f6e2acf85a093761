package dev.lectern.answering.turn;

import dev.lectern.answering.TokenUsage;
import dev.lectern.shared.Money;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what answers would have cost that were given again. */
final class SavedUsageMeters {
    private static final double MICROS = 1e6;

    private final Counter input;
    private final Counter output;
    private final Counter money;

    SavedUsageMeters(MeterRegistry meters) {
        this.input = tokens(meters, "input");
        this.output = tokens(meters, "output");
        this.money = Counter.builder("lectern.cache.saved")
                .description("What answers that were given again would have cost, as far as their price is known")
                .baseUnit("dollars")
                .register(meters);
    }

    void add(TokenUsage usage) {
        input.increment(usage.inputTokens());
        output.increment(usage.outputTokens());
        Money cost = usage.cost();
        if (cost != null) {
            money.increment(cost.micros() / MICROS);
        }
    }

    private static Counter tokens(MeterRegistry meters, String kind) {
        return Counter.builder("lectern.cache.saved.tokens")
                .description("Tokens of answers that were given again")
                .tag("kind", kind)
                .register(meters);
    }
}
