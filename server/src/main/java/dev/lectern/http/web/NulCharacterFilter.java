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

/** Keeps out the one character that PostgreSQL keeps in no text, U+0000: an address with it is refused, in a body it is replaced as unreadable. */
@Configuration(proxyBeanMethods = false)
class NulCharacterFilter {

    /** @throws LecternException {@code INVALID_REQUEST} when the address has it */
    static void require(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "The address has the character U+0000 (%00), which no text has. Leave it out.");
        }
    }

    @Bean
    JacksonModule keepableTextModule() {
        return new SimpleModule("keepable-texts").addDeserializer(String.class, new KeepableText());
    }

    private static final class KeepableText extends StringDeserializer {
        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            String text = super.deserialize(parser, context);
            return text == null ? null : text.replace('\0', '\uFFFD');
        }
    }
}
