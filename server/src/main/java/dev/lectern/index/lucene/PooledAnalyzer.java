package dev.lectern.index.lucene;

import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * An analyzer whose token stream components belong to this instance, for use by one thread at a time. Lucene's default stores the components per
 * thread, which wastes memory with many short-lived threads that use every language. {@link TermCounter} pools the instances.
 */
final class PooledAnalyzer extends AnalyzerWrapper {
    private final LanguageAnalyzers languageAnalyzers;

    PooledAnalyzer(LanguageAnalyzers languageAnalyzers) {
        super(new PerInstanceReuse());
        this.languageAnalyzers = languageAnalyzers;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return languageAnalyzers.getWrappedAnalyzer(field);
    }

    private static final class PerInstanceReuse extends ReuseStrategy {
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
