package dev.lectern.http.web;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Filters U+0000, which PostgreSQL cannot store in text: a URL with it is refused, and in a JSON body it is replaced by U+FFFD. */
@Configuration(proxyBeanMethods = false)
class NulCharacterFilter {

    /** @throws LecternException {@code INVALID_REQUEST} when the query string contains it */
    static void requireNoNul(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST, "The URL contains the character U+0000 (%00). Remove it.");
        }
    }

    @Bean
    JacksonModule nulCharacterModule() {
        return new SimpleModule("nul-characters").addDeserializer(String.class, new NulReplacingDeserializer());
    }

    private static final class NulReplacingDeserializer extends StringDeserializer {
        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            String text = super.deserialize(parser, context);
            return text == null ? null : text.replace('\0', '\uFFFD');
        }
    }
}
