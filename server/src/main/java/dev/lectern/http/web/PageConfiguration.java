package dev.lectern.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * Serves the files of the page and of the API documentation from {@code META-INF/resources}. Assets have a content hash in their names and may be cached
 * for a year; all other files are revalidated by their ETag. Jetty compresses them, see {@code server.compression}.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    private static final String ROOT = "classpath:/META-INF/resources/";
    private static final String SWAGGER_UI = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Duration ONE_YEAR = Duration.ofDays(365);

    private final Map<Resource, String> etags = new ConcurrentHashMap<>();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(ROOT + "assets/")
                .setUseLastModified(false)
                .setCacheControl(CacheControl.maxAge(ONE_YEAR).cachePublic().immutable());
        revalidated(registry.addResourceHandler("/docs/*")
                .addResourceLocations(ROOT + "webjars/swagger-ui/" + swaggerUiVersion() + "/"));
        // No cache of resolved resources: any page route would become an entry.
        revalidated(registry.addResourceHandler("/**").addResourceLocations(ROOT))
                .resourceChain(false)
                .addResolver(new PageResourceResolver())
                .addTransformer(new PrefixTransformer());
    }

    /** Private, since the page comes with the cookie of a new visitor. Without Last-Modified: builds with fixed timestamps would hide a change. */
    private ResourceHandlerRegistration revalidated(ResourceHandlerRegistration registration) {
        return registration
                .setUseLastModified(false)
                .setEtagGenerator(this::etagOf)
                .setCacheControl(CacheControl.noCache().cachePrivate());
    }

    /** Stored for files alone: what was made for a request can differ with each proxy. */
    private String etagOf(Resource resource) {
        return resource instanceof TransformedResource
                ? etag(resource)
                : etags.computeIfAbsent(resource, PageConfiguration::etag);
    }

    /** A weak ETag, since the compressed response has the same one. */
    private static String etag(Resource resource) {
        try (InputStream content = resource.getInputStream()) {
            return "W/\"" + DigestUtils.md5DigestAsHex(content) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String swaggerUiVersion() {
        try {
            return PropertiesLoaderUtils.loadAllProperties(SWAGGER_UI).getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
