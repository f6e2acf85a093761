package dev.lectern.retrieval;

import dev.lectern.caching.CacheFactory;
import dev.lectern.caching.MemoizedSupplier;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passages;
import dev.lectern.library.SearchableIndexes;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.rewriting.ModelQuestionRewriter;
import dev.lectern.retrieval.rewriting.QuestionRewriter;
import dev.lectern.shared.EmbedderFingerprint;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

@Configuration(proxyBeanMethods = false)
class RetrievalConfiguration {
    private static final String PROMPT = "prompts/rewrite-v1.txt";

    @Bean
    QuestionRewriter rewriter(
            ObjectProvider<ChatModel> chatModel, RetrievalProperties properties, InstantSource clock) {
        ChatModel model = chatModel.getIfAvailable();
        return model == null || model.name().equals(Quoter.NAME)
                ? QuestionRewriter.byRule()
                : new ModelQuestionRewriter(model, prompt(), properties.rewriteTimeout(), clock);
    }

    @Bean
    Retriever retriever(
            QuestionRewriter questionRewriter,
            Embedder embedder,
            ObjectProvider<LanguageDetector> languages,
            SearchableIndexes indexes,
            LibraryCollections collections,
            Passages passages,
            DocumentWarnings warnings,
            DocumentFields fields,
            CacheFactory cacheFactory,
            SearchCacheProperties properties,
            MeterRegistry meters) {
        LanguageDetector detector = languages.getIfAvailable(() -> text -> LanguageDetector.UNDETERMINED);
        Retriever pipeline = new PipelineRetriever(
                questionRewriter,
                embedder,
                detector,
                indexes,
                passages,
                warnings,
                fields,
                new RetrievalStageTimer(meters));
        if (!properties.enabled()) {
            return pipeline;
        }
        return new CachingRetriever(
                pipeline,
                cacheFactory.open("search", properties.limits(), new CachedRankingCodec()),
                collections,
                passages,
                new MemoizedSupplier<>(() -> embedder.fingerprint().id() + "/" + questionRewriter));
    }

    @Bean
    RetrieverFactory retrieverFactory(
            ObjectProvider<LanguageDetector> languages,
            PassageIndexRegistry indexes,
            Passages passages,
            DocumentWarnings warnings,
            DocumentFields fields,
            MeterRegistry meters) {
        LanguageDetector detector = languages.getIfAvailable(() -> text -> LanguageDetector.UNDETERMINED);
        RetrievalStageTimer retrievalStageTimer = new RetrievalStageTimer(meters);
        return embedder -> new PipelineRetriever(
                QuestionRewriter.byRule(),
                embedder,
                detector,
                unchecked(indexes),
                passages,
                warnings,
                fields,
                retrievalStageTimer);
    }

    /** The index of an embedder that is not active lacks what was committed since it was built, and is searched all the same to compare embedders. */
    private static SearchableIndexes unchecked(PassageIndexRegistry indexes) {
        return new SearchableIndexes() {
            @Override
            public <T> T search(EmbedderFingerprint fingerprint, Function<PassageIndex, T> search) {
                return search.apply(indexes.open(fingerprint));
            }
        };
    }

    private static String prompt() {
        try {
            return new ClassPathResource(PROMPT).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The program is incomplete: " + PROMPT + " is missing", e);
        }
    }
}
