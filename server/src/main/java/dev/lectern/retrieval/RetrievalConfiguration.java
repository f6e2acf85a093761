package dev.lectern.retrieval;

import dev.lectern.caching.Caches;
import dev.lectern.caching.Remembered;
import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passages;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.rewriting.ModelRewriter;
import dev.lectern.retrieval.rewriting.Rewriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

@Configuration(proxyBeanMethods = false)
class RetrievalConfiguration {
    private static final String PROMPT = "prompts/rewrite-v1.txt";

    @Bean
    Rewriter rewriter(ObjectProvider<ChatModel> chatModel, RetrievalProperties properties, InstantSource clock) {
        ChatModel model = chatModel.getIfAvailable();
        return model == null || model.name().equals(Quoter.NAME)
                ? Rewriter.byRule()
                : new ModelRewriter(model, prompt(), properties.rewriteTimeout(), clock);
    }

    @Bean
    Retriever retriever(
            Rewriter rewriter,
            Embedder embedder,
            ObjectProvider<LanguageDetector> languages,
            PassageIndexRegistry indexes,
            LibraryCollections collections,
            Passages passages,
            Caches caches,
            SearchCacheProperties properties,
            MeterRegistry meters) {
        LanguageDetector detector = languages.getIfAvailable(() -> text -> LanguageDetector.UNDETERMINED);
        Retriever pipeline =
                new PipelineRetriever(rewriter, embedder, detector, indexes::open, passages, new Stages(meters));
        if (!properties.enabled()) {
            return pipeline;
        }
        return new CachingRetriever(
                pipeline,
                caches.open("search", properties.limits(), new KeptRankingCodec()),
                collections,
                passages,
                new Remembered<>(() -> embedder.fingerprint().id() + "/" + rewriter));
    }

    @Bean
    RetrieverFactory retrieverFactory(
            ObjectProvider<LanguageDetector> languages,
            PassageIndexRegistry indexes,
            Passages passages,
            MeterRegistry meters) {
        LanguageDetector detector = languages.getIfAvailable(() -> text -> LanguageDetector.UNDETERMINED);
        Stages stages = new Stages(meters);
        return embedder ->
                new PipelineRetriever(Rewriter.byRule(), embedder, detector, indexes::open, passages, stages);
    }

    private static String prompt() {
        try {
            return new ClassPathResource(PROMPT).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The program is incomplete: " + PROMPT + " is missing", e);
        }
    }
}
