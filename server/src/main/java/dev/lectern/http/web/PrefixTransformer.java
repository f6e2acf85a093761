package dev.lectern.http.web;

import dev.lectern.http.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.resource.ResourceTransformer;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * Puts the path that proxies removed, such as {@code /lectern}, before the addresses in HTML files, so that the browser requests files and API below it. The
 * scripts of the page read it from {@code <meta name="base-path">} and load other files relative to themselves.
 */
final class PrefixTransformer implements ResourceTransformer {
    private static final Pattern ADDRESS = Pattern.compile("\\b(src|href|content)=\"/(?!/)");

    @Override
    public Resource transform(HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        Resource transformed = chain.transform(request, resource);
        String prefix = ClientAddress.of(request).external().prefix();
        if (prefix.isEmpty() || !"html".equals(StringUtils.getFilenameExtension(transformed.getFilename()))) {
            return transformed;
        }
        String html = transformed.getContentAsString(StandardCharsets.UTF_8);
        String prefixed = ADDRESS.matcher(html).replaceAll("$1=\"" + Matcher.quoteReplacement(prefix) + "/");
        return new TransformedResource(transformed, prefixed.getBytes(StandardCharsets.UTF_8));
    }
}
