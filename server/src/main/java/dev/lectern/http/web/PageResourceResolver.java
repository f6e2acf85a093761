package dev.lectern.http.web;

import dev.lectern.http.PageFiles;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Finds the files of the page. Routes of the page have no file of their own: a browser's navigation to a path that has no file extension and is not
 * reserved for the server gets {@code index.html}, and the page shows the view of that path.
 */
final class PageResourceResolver extends PathResourceResolver {
    private static final String INDEX = "index.html";

    /** Paths whose file has another name. Browsers request the icon on their own. */
    private static final Map<String, String> ALIASES = Map.of("docs", "docs.html", "favicon.ico", "icon.svg");

    @Override
    protected @Nullable Resource resolveResourceInternal(
            @Nullable HttpServletRequest request,
            String requestPath,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        Resource file = super.resolveResourceInternal(
                request, ALIASES.getOrDefault(requestPath, requestPath), locations, chain);
        return file == null && request != null && PageFiles.isRoute(request)
                ? super.resolveResourceInternal(request, INDEX, locations, chain)
                : file;
    }
}
