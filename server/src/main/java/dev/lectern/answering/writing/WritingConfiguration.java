package dev.lectern.answering.writing;

import dev.lectern.answering.AnsweringProperties;
import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Quoter;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WritingConfiguration {

    /** The configured chat model with quoting as its fallback, or quoting alone when no chat model is configured. */
    @Bean
    AnswerWriter answerWriter(
            ObjectProvider<ChatModel> chatModel,
            ObjectProvider<Quoter> quoter,
            AnsweringProperties properties,
            ExecutorService executor,
            Clock clock) {
        ChatModel model = chatModel.getIfAvailable();
        if (model == null || model.name().equals(Quoter.NAME)) {
            return new QuotingAnswerWriter(quoter.getObject());
        }
        AnswerWriter writer = new ModelAnswerWriter(
                model,
                new PromptBuilder(
                        Math.min(properties.maxInputTokens(), model.maxInputTokens()), properties.maxOutputTokens()),
                properties.maxCharacters(),
                executor,
                clock);
        @Nullable Quoter second = properties.fallbackExtractive() ? quoter.getIfAvailable() : null;
        return second == null
                ? writer
                : new FallbackAnswerWriter(writer, model.name(), new QuotingAnswerWriter(second), clock);
    }
}
