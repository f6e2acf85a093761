package dev.lectern.index.lucene;

import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The analyzers with what they need for one text at a time, for one thread at a time. Lucene keeps that for each thread, which is too much for many
 * threads that live shortly and use every language.
 */
final class AnalyzerKit extends AnalyzerWrapper {
    private final Analyzers analyzers;

    AnalyzerKit(Analyzers analyzers) {
        super(new InThisKit());
        this.analyzers = analyzers;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return analyzers.getWrappedAnalyzer(field);
    }

    private static final class InThisKit extends ReuseStrategy {
        private final Map<String, TokenStreamComponents> made = new HashMap<>();

        @Override
        public @Nullable TokenStreamComponents getReusableComponents(Analyzer analyzer, String field) {
            return made.get(field);
        }

        @Override
        public void setReusableComponents(Analyzer analyzer, String field, TokenStreamComponents components) {
            made.put(field, components);
        }
    }
}
