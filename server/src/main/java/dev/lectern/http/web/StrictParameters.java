package dev.lectern.http.web;

import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Refuses query parameters that a client did not mean, as {@link StrictJson} does with bodies: those given twice, of which Spring would take the first or join
 * all, and those without a value where Spring would take the default or null. Unknown parameters are ignored.
 */
@Component
final class StrictParameters implements HandlerInterceptor, WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && !query.isEmpty() && handler instanceof HandlerMethod method) {
            Map<String, List<String>> given =
                    UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
            for (MethodParameter parameter : method.getMethodParameters()) {
                RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
                if (declared != null && BeanUtils.isSimpleValueType(parameter.getParameterType())) {
                    check(nameOf(declared, parameter), needsValue(declared, parameter), given);
                }
            }
        }
        return true;
    }

    private static void check(String name, boolean needsValue, Map<String, List<String>> given) {
        List<String> values = new ArrayList<>();
        given.forEach((encoded, some) -> {
            if (URLDecoder.decode(encoded, StandardCharsets.UTF_8).equals(name)) {
                values.addAll(some);
            }
        });
        if (values.size() > 1) {
            throw LecternException.invalid(
                    name, "The parameter `" + name + "` is given " + values.size() + " times. Send it once.");
        }
        if (needsValue && values.size() == 1 && isEmpty(values.getFirst())) {
            throw LecternException.invalid(
                    name, "The parameter `" + name + "` has no value. Give one, or leave the parameter out.");
        }
    }

    /** Null in a query such as {@code ?limit}. */
    private static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    /** Without a value, Spring would take the default, and null for what is not a text. */
    private static boolean needsValue(RequestParam declared, MethodParameter parameter) {
        return !declared.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                || parameter.getParameterType() != String.class;
    }

    private static String nameOf(RequestParam declared, MethodParameter parameter) {
        if (!declared.name().isEmpty()) {
            return declared.name();
        }
        String name = parameter.getParameterName();
        if (name == null) {
            throw new IllegalStateException("Compiled without the names of parameters: " + parameter);
        }
        return name;
    }
}
