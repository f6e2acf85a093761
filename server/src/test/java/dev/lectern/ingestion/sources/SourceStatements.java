package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.library.update.StoredContentFinder;
import dev.lectern.shared.SourceId;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** Runs statements about sources that only several nodes, or readers of lists, cause, for the test of the statements' plans. */
public final class SourceStatements {
    private SourceStatements() {}

    public static void runWatchStatements(ApplicationContext context, SourceId source) {
        SourceRepository sources = context.getBean(SourceRepository.class);
        sources.recordWatch(source, SourceWatchState.UNWATCHED);
        sources.releaseWatch(source);
        sources.recordSilence(source, null);
        sources.listWatchable();
        sources.recordFailure(source, "unreadable", "It cannot be read.");
        StoredContentFinder contents = context.getBean(StoredContentFinder.class);
        contents.findDocuments("hash");
        contents.findReadPaths(source, List.of("key", "lectern.db"));
        SourceFindingRepository findings = context.getBean(SourceFindingRepository.class);
        findings.replace(source, List.of(new SourceFinding("a", Kind.LINK, "A link.")), Map.of(Kind.RULE, 3L));
        findings.findPage(source, Kind.LINK, "link:0", 10);
        findings.findPage(source, null, "link:0", 10);
    }
}
