package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import org.springframework.stereotype.Component;

/** Makes the rules of a folder source for one walk or one watcher. Thread-safe. */
@Component
class IgnoreRulesFactory {
    private final RuleFileReader reader;
    private final IngestionProperties properties;

    IgnoreRulesFactory(RuleFileReader reader, IngestionProperties properties) {
        this.reader = reader;
        this.properties = properties;
    }

    /** Rules of the settings; those of files are read folder by folder, see {@link IgnoreRules#readFolder}. */
    IgnoreRules create() {
        return new IgnoreRules(reader, properties.ignore(), properties.gitignore());
    }
}
