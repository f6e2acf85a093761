package dev.lectern.ingestion.sources;

import dev.lectern.shared.SourceId;
import org.springframework.context.ApplicationContext;

/** Runs statements of {@link SourceRepository} that only several nodes cause, for the test of the statements' plans. */
public final class SourceStatements {
    private SourceStatements() {}

    public static void runWatchStatements(ApplicationContext context, SourceId source) {
        SourceRepository sources = context.getBean(SourceRepository.class);
        sources.releaseWatch(source);
        sources.listWatchable();
    }
}
