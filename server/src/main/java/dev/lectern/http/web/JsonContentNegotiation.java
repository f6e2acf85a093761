package dev.lectern.http.web;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeType;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Restricts request and response bodies to JSON: libraries on the class path must not add a second format. Requests are read strictly, see {@link
 * StrictJson}.
 */
@Component
class JsonContentNegotiation implements WebMvcConfigurer {
    private final JsonMapper json;

    JsonContentNegotiation(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.withCborConverter(cborPlaceholder());
        builder.configureMessageConvertersList(this::makeStrict);
    }

    private void makeStrict(List<HttpMessageConverter<?>> converters) {
        converters.removeIf(JsonContentNegotiation::isOther);
        converters.replaceAll(converter ->
                converter instanceof JacksonJsonHttpMessageConverter ? new StrictJsonConverter(json) : converter);
    }

    /** Instead of the converter that Spring would make with a mapper of its own at each start, only to be removed with the others. */
    private static HttpMessageConverter<?> cborPlaceholder() {
        ByteArrayHttpMessageConverter placeholder = new ByteArrayHttpMessageConverter();
        placeholder.setSupportedMediaTypes(List.of(MediaType.APPLICATION_CBOR));
        return placeholder;
    }

    /** XML, and CBOR, which is there for passkeys only. */
    private static boolean isOther(HttpMessageConverter<?> converter) {
        return converter.getSupportedMediaTypes().stream()
                .map(MimeType::getSubtype)
                .anyMatch(subtype -> subtype.endsWith("xml") || subtype.endsWith("cbor"));
    }
}
