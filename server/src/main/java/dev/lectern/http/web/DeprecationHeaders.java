package dev.lectern.http.web;

import dev.lectern.http.DeprecatedOperation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Adds the headers of deprecated operations to their responses, also to those that are problems. */
@Component
class DeprecationHeaders implements HandlerInterceptor, WebMvcConfigurer {
    /** Beside the description of the API, which has the replacement. */
    private static final String LINK = "</docs>; rel=\"deprecation\"; type=\"text/html\"";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            DeprecatedOperation deprecated = method.getMethodAnnotation(DeprecatedOperation.class);
            if (deprecated != null) {
                response.setHeader(
                        "Deprecation", "@" + startOf(deprecated.since()).toEpochSecond());
                response.setHeader("Sunset", DateTimeFormatter.RFC_1123_DATE_TIME.format(startOf(deprecated.sunset())));
                response.addHeader("Link", LINK);
            }
        }
        return true;
    }

    private static ZonedDateTime startOf(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC);
    }
}
